"""Renders one clip with Manim. Nothing else here touches Manim's global configuration."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image

import scenes
from lamath.words import Words
from scenes.studio.report.captions import chapters, webvtt
from scenes.studio.report.exact import exact_facts
from scenes.studio.report.transcript import transcript
from scenes.studio.request.clip import Clip
from scenes.studio.store.result import BeatFacts, ClipFacts, Progress
from scenes.studio.video import storyboard
from scenes.studio.video.encoder import ClipWriter
from scenes.studio.video.manim_defaults import as_shipped, environment, manim

# The stage imports Manim too, so it comes after scenes.studio.video.manim_defaults.
# isort: split
from scenes.stage.camera import StageRenderer

__all__ = ["Drawing", "render_clip"]

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
    with environment(kept):
        yield


class Drawing(NamedTuple):
    """By what a scene is drawn and its frames are written, and its timeline if that is known."""

    renderer: type[StageRenderer] = StageRenderer
    writer: Callable[[Any, Path], ClipWriter] = ClipWriter
    timeline: Any = None


def _whole(kind: Any, parameters: Mapping[str, Any]) -> Drawing:
    return Drawing()


def render_clip(
    clip: Clip,
    folder: Path,
    tell: Callable[[Progress], None],
    prepare: Callable[[Any, Mapping[str, Any]], Drawing] = _whole,
) -> ClipFacts:
    """Render a clip and leave its files in `folder`, which must be empty and private.

    Manim takes braces in its path for templates.

    Parameters
    ----------
    tell
        Hears how many frames are done, from 0 on.
    prepare
        Gives, for a scene's class and parameters, by what it is drawn; drafts have ways of
        their own.
    """
    bundle, media = folder / "bundle", folder / "media"  # which Manim's own objects may write to
    for each in (bundle, media):
        each.mkdir()
    tell(Progress(clip.id))
    with (
        _no_environment(),
        as_shipped(**_settings(clip, media)),
    ):
        kind, parameters = scenes.entry(clip.scene).load(), _parameters(clip)
        return _render(clip, kind, parameters, prepare(kind, parameters), bundle, tell)


def _parameters(clip: Clip) -> dict[str, Any]:
    """Give what a scene's class is called with."""
    return {
        **dict(clip.inputs),
        **clip.files,
        "language": clip.language,
        "aspect": clip.aspect,
        "theme": clip.theme,
        "captions": clip.captions,
    }


def _render(
    clip: Clip,
    kind: Any,
    parameters: Mapping[str, Any],
    drawing: Drawing,
    bundle: Path,
    tell: Callable[[Progress], None],
) -> ClipFacts:
    writers: list[ClipWriter] = []

    def writer(settings: Any) -> ClipWriter:
        writers.append(drawing.writer(settings, bundle))
        return writers[-1]

    def on_frames(frames: int, beat: str) -> None:
        timeline, rate = scene.timeline, float(scene.camera.frame_rate)
        tell(Progress(clip.id, frames, timeline and timeline.frames, beat, time=frames / rate))

    renderer = partial(drawing.renderer, file_writer_class=writer)
    scene = kind(**parameters, on_frames=on_frames, renderer=renderer)
    scene.timeline = drawing.timeline
    try:
        scene.render()
    except BaseException:
        writers[-1].abort_encode_jobs()
        raise
    return _finish(clip, scene, writers[-1], bundle)


def _finish(clip: Clip, scene: Any, writer: ClipWriter, bundle: Path) -> ClipFacts:
    """Add to the frames what goes with them, and say what all of it is."""
    if writer.last is None:
        raise RuntimeError(f"{clip.scene} showed nothing: its construct() plays no animation")
    height, width = writer.last.shape[:2]
    fps = float(scene.camera.frame_rate)
    still = clip.format == "png"
    seconds = 0.0 if still else writer.frames / fps
    title = scene.words(scene.title)
    files: dict[str, str] = {}

    def put(what: str, name: str, data: str | Image.Image) -> None:
        if isinstance(data, str):
            (bundle / name).write_text(data, encoding="utf-8")
        else:
            data.save(bundle / name, optimize=True)
        files[what] = name

    last = Image.fromarray(writer.last).convert("RGB")
    poster = last if writer.poster is None else Image.fromarray(writer.poster).convert("RGB")
    put("poster", "poster.png", poster)
    if clip.format == "png-sequence":
        files["frames"] = "frames"
    elif not still:
        files["video"] = f"video.{clip.format}"
    if not still:
        put("summary", "summary.png", last)
        if writer.stills:
            put("storyboard", "storyboard.png", storyboard.sheet(writer.stills))
        if clip.captions:
            put("captions", f"captions.{clip.language}.vtt", webvtt(scene.beats, seconds))
        put("chapters", f"chapters.{clip.language}.vtt", chapters(scene.beats, seconds))
        known = {each.name: each for each in scene.inputs}
        called = ", ".join(known[name].label(text) for name, text in clip.inputs)
        say = Words(scenes.LOCALE, "studio", clip.language).gettext
        told = transcript(title, called, scene.beats, scene.sights, say)
        put("transcript", f"transcript.{clip.language}.md", told)
    given = {each.name: scene.parameters.get(each.name) for each in scene.inputs}
    put("mathematics", "facts.json", exact_facts(given))
    beats = tuple(BeatFacts(beat.name, beat.caption, beat.start, beat.end) for beat in scene.beats)
    return ClipFacts(title, seconds, writer.frames, width, height, fps, beats, files)
