"""Tells other programs how a batch goes on: one JSON object a line, as it happens.

Every line has `event` and `time` (seconds since the start). What follows it:

started
    `clips` (how many), `out` (the folder).
progress
    `clip` (its id), `scene`, `beat`, `frames` drawn of `total` (null until the clip has been
    rehearsed), `speed` (frames per second), and `batch`: `done` of `clips`, `frames` drawn
    of `total`, `left` (seconds; null while too little is known), `guessed` (how many clips'
    lengths are taken from the average of the others).
finished
    `clip`, `record` as the manifest lists it (`status`: rendered or kept), `batch`.
failed
    `clip`, `record` with `error` and `log`, `batch`.
summary
    The last line: `rendered`, `kept`, `failed`, `seconds` of video, `wall` and `cpu` (seconds),
    `manifest`, `page`, `clips` (their records).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Self, TextIO

from scenes.studio.bundle import Record
from scenes.studio.clip import Clip
from scenes.studio.take import Progress
from scenes.studio.tally import Tally

__all__ = ["OnJson", "summary"]


class OnJson:
    """Writes events.

    Parameters
    ----------
    stream
        Where to.
    clips
        All clips of the batch.
    out
        The folder of the batch.
    """

    def __init__(self, stream: TextIO, clips: tuple[Clip, ...], out: Path) -> None:
        self._stream = stream
        self._scenes = {clip.id: clip.scene for clip in clips}
        self._out = out
        self.tally = Tally(clips)

    def __enter__(self) -> Self:
        self.write("started", clips=self.tally.clips, out=str(self._out.absolute()))
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing stays open."""

    def progress(self, progress: Progress) -> None:
        """Write how far a clip is."""
        self.tally.note(progress)
        self.write(
            "progress",
            clip=progress.clip,
            scene=self._scenes.get(progress.clip),
            beat=progress.beat,
            frames=progress.frames,
            total=progress.total,
            speed=round(self.tally.speed(progress.clip), 1),
            batch=self._batch(),
        )

    def finished(self, clip: Clip, record: Record) -> None:
        """Write that a clip was published, or why not."""
        self.tally.settle(clip, record)
        self.write(
            "failed" if record["status"] == "failed" else "finished",
            clip=clip.id,
            record=without_beats(record),
            batch=self._batch(),
        )

    def write(self, event: str, **facts: Any) -> None:
        """Write one line, at once."""
        line = {"event": event, "time": round(self.tally.wall, 3)} | facts
        print(json.dumps(line), file=self._stream, flush=True)

    def _batch(self) -> dict[str, Any]:
        tally = self.tally
        left = tally.left
        return {
            "done": tally.done,
            "clips": tally.clips,
            "frames": tally.drawn,
            "total": tally.total,
            "left": left and round(left, 1),
            "guessed": tally.guessed,
        }


def summary(tally: Tally, out: Path) -> dict[str, Any]:
    """Sum a batch up, and say where to look."""
    return {
        "rendered": tally.rendered,
        "kept": tally.kept,
        "failed": tally.failed,
        "seconds": round(tally.seconds, 3),
        "wall": round(tally.wall, 3),
        "cpu": round(tally.cpu, 3),
        "manifest": str(out.absolute() / "manifest.json"),
        "page": str(out.absolute() / "index.html"),
    }


def without_beats(record: Record) -> Record:
    """Leave out what the manifest leaves out."""
    return {name: value for name, value in record.items() if name != "beats"}
