"""Who wants to know how a batch goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from scenes.studio.report.estimate import BatchEstimate
from scenes.studio.request.clip import Clip
from scenes.studio.store.record import ClipRecord
from scenes.studio.store.result import Progress

__all__ = ["Listener", "Listeners", "Silent"]


class Listener(Protocol):
    """Hears from a batch what happens, as it happens."""

    def started(self, estimate: BatchEstimate, out: Path) -> None:
        """Hear that a batch begins, and the folder it renders into."""

    def told(self, line: str) -> None:
        """Hear a line for the person who waits."""

    def progress(self, progress: Progress, estimate: BatchEstimate) -> None:
        """Hear how far a clip is, and with it the batch."""

    def finished(self, clip: Clip, record: ClipRecord, estimate: BatchEstimate) -> None:
        """Hear that a clip was published or kept, or why not."""


class Silent:
    """Hears everything and says nothing."""

    def started(self, estimate: BatchEstimate, out: Path) -> None:
        """Say nothing."""

    def told(self, line: str) -> None:
        """Say nothing."""

    def progress(self, progress: Progress, estimate: BatchEstimate) -> None:
        """Say nothing."""

    def finished(self, clip: Clip, record: ClipRecord, estimate: BatchEstimate) -> None:
        """Say nothing."""


class Listeners:
    """Passes everything on to several."""

    def __init__(self, *listeners: Listener) -> None:
        self._listeners = listeners

    def started(self, estimate: BatchEstimate, out: Path) -> None:
        """Pass on that a batch begins."""
        for listener in self._listeners:
            listener.started(estimate, out)

    def told(self, line: str) -> None:
        """Pass on a line."""
        for listener in self._listeners:
            listener.told(line)

    def progress(self, progress: Progress, estimate: BatchEstimate) -> None:
        """Pass on how far a clip is."""
        for listener in self._listeners:
            listener.progress(progress, estimate)

    def finished(self, clip: Clip, record: ClipRecord, estimate: BatchEstimate) -> None:
        """Pass on that a clip was published, or why not."""
        for listener in self._listeners:
            listener.finished(clip, record, estimate)
