"""How long a clip may take, how much memory, how often it is tried, how often it reports."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scenes.studio.store.result import Progress

__all__ = ["MEMORY", "TRIES", "USUAL", "Limits", "Throttle", "TimeLimit"]

MEMORY = 2048
"""Megabytes that a worker may use: four times what a clip at 1080p needs."""

TRIES = 2
"""How often a clip is tried in all, wherever it is rendered."""


@dataclass(frozen=True)
class TimeLimit:
    """How many seconds a clip may take, judged by what is known of it so far.

    Parameters
    ----------
    seconds
        None allows five minutes, and a second for every frame once their number is
        known; at 1080p a frame takes about a fiftieth of that.
    """

    seconds: float | None = None

    def __call__(self, progress: Any) -> float:
        if self.seconds is not None:
            return self.seconds
        frames = progress.total if isinstance(progress, Progress) else None
        return 300 + (frames or 0)


@dataclass(frozen=True)
class Limits:
    """What a worker is held to: seconds for a clip, megabytes for itself."""

    time: TimeLimit = TimeLimit()
    memory: float = MEMORY
    forked: bool = False
    """Whether workers begin as copies of this process, with all that it has loaded."""


USUAL = Limits()


class Throttle:
    """Leaves out reports that follow too soon, but never that a clip's beat or length changed.

    Parameters
    ----------
    tell
        Hears what is not left out.
    seconds
        Between two reports.
    """

    def __init__(self, tell: Callable[[Progress], None], seconds: float) -> None:
        self._tell = tell
        self._seconds = seconds
        self._last = Progress("")
        self._told = 0.0

    def __call__(self, progress: Progress) -> None:
        last, now = self._last, time.monotonic()
        news = (progress.beat, progress.total) != (last.beat, last.total)
        if news or progress.frames == progress.total or now - self._told > self._seconds:
            self._last, self._told = progress, now
            self._tell(progress)
