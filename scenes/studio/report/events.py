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
from typing import Any, TextIO

from scenes.studio.report.batch_result import BatchResult
from scenes.studio.report.estimate import BatchEstimate
from scenes.studio.request.clip import Clip
from scenes.studio.store.record import ClipRecord
from scenes.studio.store.result import Progress

__all__ = ["JsonListener"]


class JsonListener:
    """Writes events to a stream."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def started(self, estimate: BatchEstimate, out: Path) -> None:
        """Write that a batch begins."""
        self._write("started", estimate, clips=estimate.clips, out=str(out.absolute()))

    def told(self, line: str) -> None:
        """Leave what is for people to others."""

    def progress(self, progress: Progress, estimate: BatchEstimate) -> None:
        """Write how far a clip is."""
        self._write(
            "progress",
            estimate,
            clip=progress.clip,
            scene=estimate.scene(progress.clip),
            beat=progress.beat,
            frames=progress.frames,
            total=progress.total,
            speed=round(estimate.speed(progress.clip), 1),
            batch=_batch(estimate),
        )

    def finished(self, clip: Clip, record: ClipRecord, estimate: BatchEstimate) -> None:
        """Write that a clip was published, or why not."""
        event = "failed" if record.status == "failed" else "finished"
        self._write(event, estimate, clip=clip.id, record=record.entry(), batch=_batch(estimate))

    def ended(self, result: BatchResult) -> None:
        """Write the summary, the last line."""
        self._line({"event": "summary", "time": round(result.wall, 3)} | result.summary())

    def _write(self, event: str, estimate: BatchEstimate, **facts: Any) -> None:
        self._line({"event": event, "time": round(estimate.wall, 3)} | facts)

    def _line(self, said: dict[str, Any]) -> None:
        print(json.dumps(said), file=self._stream, flush=True)


def _batch(estimate: BatchEstimate) -> dict[str, Any]:
    left = estimate.left
    return {
        "done": estimate.done,
        "clips": estimate.clips,
        "frames": estimate.drawn,
        "total": estimate.total,
        "left": left and round(left, 1),
        "guessed": estimate.guessed,
    }
