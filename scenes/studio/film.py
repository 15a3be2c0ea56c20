"""Films one clip with Manim. Nothing else here touches Manim's global configuration."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from PIL import Image

import scenes
from scenes.studio import draft
from scenes.studio.captions import webvtt
from scenes.studio.clip import Clip
from scenes.studio.reel import ReelWriter
from scenes.studio.shipped import as_shipped, manim
from scenes.studio.take import Facts, Progress

# The stage imports Manim too, so it comes after scenes.studio.shipped.
# isort: split
from scenes.stage.camera import StageRenderer

__all__ = ["film"]

_QUALITIES = {each["flag"]: name for name, each in manim.constants.QUALITIES.items()}
_SMOOTHEST_GIF = 30  # frames per second; browsers slow down what is faster than 50


def _settings(clip: Clip, media: Path) -> dict[str, Any]:
    """Give Manim's settings for a clip; size and colors of the frame are the stage's affair."""
    quality = manim.constants.QUALITIES[_QUALITIES[clip.quality]]
    fps = quality["frame_rate"]
    return {
        "pixel_width": quality["pixel_width"],
        "pixel_height": quality["pixel_height"],
        "frame_rate": min(fps, _SMOOTHEST_GIF) if clip.format == "gif" else fps,
        "format": clip.format,
        "media_dir": str(media),
        "disable_caching": True,  # Manim's cache of plays can give wrong frames
        "seed": 0,
        "progress_bar": "none",
        "verbosity": "WARNING",
    }


@contextlib.contextmanager
def _no_environment() -> Iterator[None]:
    """Hide LAMATH_MATRIX and its kin: a clip is what it says it is."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LAMATH_")}
    with mock.patch.dict(os.environ, kept, clear=True):
        yield


def film(
    clip: Clip,
    folder: Path,
    tell: Callable[[Progress], None],
    beats: Path | None = None,
) -> Facts:
    """Film a clip and leave its files in `folder`, which must be empty and private.

    `tell` hears how many frames are done, from 0 on. With a folder of `beats` drawn
    before, the film is a draft (see scenes.studio.draft).
    """
    media, bundle = folder / "media", folder / "bundle"
    media.mkdir()
    bundle.mkdir()
    tell(Progress(clip.id))
    with contextlib.ExitStack() as stack:
        stack.enter_context(_no_environment())
        stack.enter_context(as_shipped(**_settings(clip, media)))
        if beats is not None:
            stack.enter_context(draft.set_once(beats))
        return _film(clip, bundle, tell, beats)


def _film(
    clip: Clip,
    bundle: Path,
    tell: Callable[[Progress], None],
    beats: Path | None,
) -> Facts:
    writers: list[ReelWriter] = []

    def writer(settings: Any) -> ReelWriter:
        if sampler is not None and beats is not None:
            writers.append(draft.Cutter(settings, bundle, beats / clip.id, sampler.prints))
        else:
            writers.append(ReelWriter(settings, bundle))
        return writers[-1]

    def on_frames(frames: int, beat: str) -> None:
        timeline, rate = scene.timeline, float(scene.camera.frame_rate)
        tell(Progress(clip.id, frames, timeline and timeline.frames, beat, time=frames / rate))

    parameters = {
        **dict(clip.inputs),
        **clip.files,
        "language": clip.language,
        "aspect": clip.aspect,
        "theme": clip.theme,
        "captions": clip.captions,
    }
    kind = scenes.entry(clip.scene).load()
    sampler, renderer, timeline = None, StageRenderer, None
    if beats is not None and clip.format == "mp4":
        sampler, renderer = draft.Sampler(), draft.DraftRenderer
        timeline = kind.rehearse(renderer=lambda: sampler, **parameters)
    scene = kind(
        **parameters, on_frames=on_frames, renderer=partial(renderer, file_writer_class=writer)
    )
    scene.timeline = timeline
    try:
        scene.render()
    except BaseException:
        writers[-1].abort_encode_jobs()
        raise
    return _develop(clip, scene, writers[-1], bundle)


def _develop(clip: Clip, scene: Any, writer: ReelWriter, bundle: Path) -> Facts:
    """Add poster and captions to the frames, and say what all of it is."""
    if writer.last is None:
        raise RuntimeError(f"{clip.scene} showed nothing: its construct() plays no animation")
    height, width = writer.last.shape[:2]
    fps = float(scene.camera.frame_rate)
    still = clip.format == "png"
    seconds = 0.0 if still else writer.frames / fps
    Image.fromarray(writer.last).convert("RGB").save(bundle / "poster.png", optimize=True)
    files = {"poster": "poster.png"}
    if clip.format == "png-sequence":
        files["frames"] = "frames"
    elif not still:
        files["video"] = f"video.{clip.format}"
    if clip.captions and not still:
        (bundle / "captions.vtt").write_text(webvtt(scene.beats, seconds), encoding="utf-8")
        files["captions"] = "captions.vtt"
    beats = tuple(beat._asdict() for beat in scene.beats)
    return Facts(scene.words(scene.title), seconds, writer.frames, width, height, fps, beats, files)
