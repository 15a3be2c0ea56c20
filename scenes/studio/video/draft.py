"""Drafts: only the beats that look different from before are drawn; the rest is cut in.

A rehearsal takes a fingerprint of every beat: of all that is on stage at the start, on
the way and at the end of each play. A beat whose fingerprint is known has been drawn
already. Drafts leave out the progress line, which would make every frame depend on all.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import shutil
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import av
import numpy as np

import scenes
from scenes.studio.request.clip import Clip
from scenes.studio.store.result import ClipFacts, Progress
from scenes.studio.video.encoder import ClipWriter, Encoder, Pixels
from scenes.studio.video.manim_defaults import manim

# The stage imports Manim too, so it comes after scenes.studio.video.manim_defaults.
# isort: split
from scenes.stage import outline
from scenes.stage.camera import RehearsalRenderer, StageRenderer
from scenes.studio.video.rendering import Drawing, render_clip

__all__ = ["DraftRenderer", "DraftWriter", "Fingerprinter", "render_draft"]

_MOMENTS = (0.0, 0.15, 0.3, 0.5, 0.7, 0.85)  # of each play, besides its end
_KEPT = 60  # beats of one clip: those of some earlier versions, for who undoes an edit


class Fingerprinter(RehearsalRenderer):
    """Rehearses, and takes the fingerprint of each beat in `fingerprints`."""

    def __init__(self) -> None:
        super().__init__()
        self._beats: list[Any] = []

    @property
    def fingerprints(self) -> list[str]:
        """The fingerprints, in the order of the story."""
        return [beat.hexdigest()[:32] for beat in self._beats]

    def play(self, scene: Any, *args: Any, **kwargs: Any) -> None:
        """Let a play pass, and look."""
        while len(self._beats) <= len(scene.beats):
            self._beats.append(hashlib.sha256(_circumstances(self.camera)))
        before = self.frames
        super().play(scene, *args, **kwargs)
        self._look(scene)
        self._beats[-1].update(f"{self.frames - before} frames".encode())

    def save_static_frame_data(self, scene: Any, *args: Any, **kwargs: Any) -> None:
        """Look, now that the play is about to begin, and on its way."""
        super().save_static_frame_data(scene, *args, **kwargs)
        self._look(scene)
        if not scene.is_current_animation_frozen_frame():
            for moment in _MOMENTS:
                for animation in scene.animations:
                    animation.interpolate(moment)
                self._look(scene)

    def _look(self, scene: Any) -> None:
        seen = self._beats[-1]
        for leaf in scene.seen():
            for part in _picture(leaf):
                seen.update(part)


def _picture(mobject: Any) -> Iterator[bytes]:
    """Give all that decides how one mobject is drawn."""
    yield np.ascontiguousarray(mobject.points).tobytes()
    if isinstance(mobject, manim.VMobject):
        yield mobject.fill_rgbas.tobytes() + mobject.stroke_rgbas.tobytes()
        yield mobject.background_stroke_rgbas.tobytes()
        widths = mobject.stroke_width, mobject.background_stroke_width, mobject.sheen_factor
        drawn = [getattr(mobject, name, None) for name in ("clip", "dash", "is_line", "z_index")]
        ends = mobject.joint_type, mobject.cap_style, mobject.z_index
        yield repr((widths, drawn, ends)).encode()
    elif hasattr(mobject, "pixel_array"):
        yield np.ascontiguousarray(mobject.pixel_array).tobytes()


def _circumstances(camera: Any) -> bytes:
    """Give what every frame depends on besides the stage: its size, and the code that draws."""
    digest = hashlib.sha256(
        f"{camera.pixel_width} {camera.pixel_height} {camera.frame_rate} "
        f"{camera.frame_width} {camera.frame_height} {camera.background_color}".encode()
    )
    root = scenes.FOLDER.parent
    for room in ("lamath", "scenes/stage", "scenes/studio/video"):
        for path in sorted((root / room).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.digest()


def render_draft(
    clip: Clip, folder: Path, tell: Callable[[Progress], None], cache: Path
) -> ClipFacts:
    """Render a clip as `render_clip` does, but only its beats that `cache` does not hold."""

    def prepare(kind: Any, parameters: Mapping[str, Any]) -> Drawing:
        if clip.format != "mp4":
            return Drawing()
        fingerprinter = Fingerprinter()
        timeline = kind.rehearse(renderer=lambda: fingerprinter, **parameters)
        writer = partial(DraftWriter, cache=cache / clip.id, prints=fingerprinter.fingerprints)
        return Drawing(DraftRenderer, writer, timeline)

    with set_once(cache):
        return render_clip(clip, folder, tell, prepare)


@contextlib.contextmanager
def set_once(folder: Path) -> Iterator[None]:
    """Set no line of words and no formula again that was set by an earlier draft."""
    store = folder / "outlines.pickle"
    try:
        known = pickle.loads(store.read_bytes())  # noqa: S301  (the folder is ours alone)
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError):
        known = {}
    before = len(known)
    with outline.remembering(known):
        yield
    if len(known) > before:
        new = store.with_suffix(f".{os.getpid()}")
        new.write_bytes(pickle.dumps(known))
        new.replace(store)


class DraftWriter(ClipWriter):
    """Encodes each beat that is drawn into a file of its own, and joins all of them in the end.

    Parameters
    ----------
    settings
        Manim's, resolved for one scene.
    folder
        Where `video.mp4` goes.
    cache
        Where the beats of this clip are kept.
    prints
        The fingerprints of its beats.
    """

    def __init__(self, settings: Any, folder: Path, *, cache: Path, prints: list[str]) -> None:
        super().__init__(settings, folder, encoder=False)
        wanted = settings.video_encoder
        self._size, self._rate = (wanted.width, wanted.height), wanted.frame_rate
        self._new = folder.parent / "beats"
        self._cache, self._prints = cache, prints
        self._beat = -1
        self._kept_at: int | None = None
        self._new.mkdir()
        cache.mkdir(parents=True, exist_ok=True)

    def is_due(self, beat: int) -> bool:
        """Whether a beat has yet to be drawn."""
        return not self._kept(beat).is_file()

    def turn_to(self, beat: int) -> None:
        """Encode what follows into the file of a beat."""
        if beat != self._beat:
            self._end_encoder()
            self._beat = beat
            self.encoder = Encoder(
                self._new / f"{self._prints[beat]}.mp4", self._size, self._rate, draft=True
            )

    def keep_picture(self, frame: int) -> None:
        """Take a frame for the poster once the beats are joined: it may be one that is known."""
        self._kept_at = frame

    def keep_still(self) -> None:
        """Keep none: a draft has no storyboard, for not every beat of it is drawn."""

    def finish(self) -> None:
        """Keep the beats, and join them."""
        self._end_encoder()
        for path in self._new.iterdir():
            shutil.move(path, self._cache / path.name)
        parts = [self._kept(beat) for beat in range(len(self._prints))]
        self.frames = _join(parts, self.folder / "video.mp4", self._rate)
        self.last = _last_of(parts[-1])
        if self._kept_at:
            self.poster = _last_of(self.folder / "video.mp4", self._kept_at)
        for path in parts:
            path.touch()
        old = sorted(self._cache.glob("*.mp4"), key=lambda path: path.stat().st_mtime)
        for path in old[:-_KEPT]:
            path.unlink()

    def _kept(self, beat: int) -> Path:
        return self._cache / f"{self._prints[beat]}.mp4"

    def _end_encoder(self) -> None:
        if self.encoder is not None:
            self.encoder.close()
        self.encoder = None


class DraftRenderer(StageRenderer):
    """Draws the beats that are due, and lets the others pass."""

    file_writer: DraftWriter

    def play(self, scene: Any, *args: Any, **kwargs: Any) -> None:
        """Draw a play, or let it pass."""
        beat = len(scene.beats)
        if self.file_writer.is_due(beat):
            self.file_writer.turn_to(beat)
            self._original_skipping_status = False
            super().play(scene, *args, **kwargs)
        else:
            self.pass_over(scene, *args, **kwargs)

    def save_static_frame_data(self, *args: Any, **kwargs: Any) -> Any:
        """Draw what does not move, unless nobody will see it."""
        if self.skip_animations:
            self.static_image = None
            return None
        return super().save_static_frame_data(*args, **kwargs)


def _join(parts: list[Path], target: Path, rate: Fraction) -> int:
    """Copy videos one after the other into one, and count its frames."""
    count = 0
    with av.open(str(target), "w", options={"movflags": "+faststart"}) as joined:
        stream: Any = None
        for part in parts:
            with av.open(str(part)) as video:
                template = video.streams.video[0]
                if stream is None:
                    stream = joined.add_stream_from_template(template)
                for packet in video.demux(template):
                    if packet.dts is None:
                        continue
                    packet.time_base = 1 / rate
                    packet.pts = packet.dts = count
                    packet.duration = 1
                    packet.stream = stream
                    joined.mux(packet)
                    count += 1
    return count


def _last_of(path: Path, count: int | None = None) -> Pixels:
    """Give the last of so many pictures of a video, by default of all."""
    with av.open(str(path)) as video:
        *_, last = islice(video.decode(video=0), count)
        return last.to_ndarray(format="rgba")  # type: ignore[no-any-return]
