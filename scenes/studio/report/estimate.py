"""The estimate of a batch: how much is done, how much is left, and how long that will result."""

from __future__ import annotations

import time
from collections.abc import Callable

from scenes.studio.request.clip import Clip
from scenes.studio.store.record import ClipRecord
from scenes.studio.store.result import Progress

__all__ = ["BatchEstimate"]

_SIZES = {"l": (0.41, 15), "m": (0.92, 30), "h": (2.07, 60), "p": (3.69, 60), "k": (8.29, 60)}
"""For each quality, megapixels and frames per second."""


class BatchEstimate:
    """Counts frames, which are known before they are drawn: every clip is rehearsed first.

    A clip that has not begun counts as long as those of its scene that are known, or as
    all that are; how many are guessed in this way is told (`guessed`).

    Parameters
    ----------
    clips
        All clips of the batch.
    now
        Gives the time in seconds.
    """

    def __init__(self, clips: tuple[Clip, ...], now: Callable[[], float] = time.monotonic) -> None:
        self.clips = len(clips)
        self.rendered = self.kept = self.failed = 0
        self.seconds = 0.0
        """Seconds of video that were rendered."""
        self._clips = {clip.id: clip for clip in clips}
        self._now = now
        self._since = now()
        self._begun: dict[str, float] = {}
        self._last: dict[str, Progress] = {}
        self._totals: dict[str, int] = {}
        self._rehearsed: dict[str, int] = {}  # the same, but whole if the clip failed
        self._settled: set[str] = set()
        self._spent: dict[str, float] = {}

    def note(self, progress: Progress) -> None:
        """Note how far a clip is; one that is begun anew counts from its start again."""
        id = progress.clip
        if id in self._settled or id not in self._clips:
            return
        last = self._last.get(id)
        if last is None or progress.frames < last.frames:
            self._begun[id] = self._now()
            self._spent[id] = self._spent.get(id, 0.0) + (last.cpu if last else 0.0)
        self._last[id] = progress
        if progress.total is not None:
            self._totals[id] = self._rehearsed[id] = progress.total

    def settle(self, clip: Clip, record: ClipRecord) -> None:
        """Note that a clip was rendered, kept from an earlier batch, or failed."""
        drawn = self._drawn(clip.id)
        self._settled.add(clip.id)
        if record.status == "kept":
            self.kept += 1
            self._totals.pop(clip.id, None)
            self._last.pop(clip.id, None)
        elif record.status == "failed":
            self.failed += 1
            self._totals[clip.id] = drawn
        else:
            self.rendered += 1
            self.seconds += record.seconds or 0.0
            self._totals[clip.id] = self._rehearsed[clip.id] = record.frames or 0

    def scene(self, id: str) -> str | None:
        """Name the scene of a clip."""
        return self._clips[id].scene if id in self._clips else None

    def name(self, id: str) -> str:
        """Name a clip for people."""
        return str(self._clips.get(id, id))

    @property
    def done(self) -> int:
        """How many clips there is nothing left to do for."""
        return len(self._settled)

    @property
    def drawn(self) -> int:
        """How many frames have been drawn."""
        return sum(map(self._drawn, self._totals))

    @property
    def total(self) -> int | None:
        """How many frames there will be; None while nothing is known."""
        lengths = self._lengths()
        return None if lengths is None else round(sum(lengths.values()))

    @property
    def guessed(self) -> int:
        """How many clips' lengths are a guess, because they have not been rehearsed yet."""
        return len(self._clips.keys() - self._totals.keys() - self._settled)

    @property
    def wall(self) -> float:
        """Seconds since the start."""
        return self._now() - self._since

    @property
    def cpu(self) -> float:
        """Seconds of processor time spent on clips, on whichever machine; start-up not counted."""
        return sum(self._spent.values()) + sum(last.cpu for last in self._last.values())

    @property
    def left(self) -> float | None:
        """Seconds left at the speed so far; None while the frames drawn say too little.

        Clips that run last run alone: it takes at least as long as the longest of them.
        """
        lengths = self._lengths()
        if lengths is None or not self._begun:
            return None
        work = {id: length * self._cost(id) for id, length in lengths.items()}
        done = {id: self._drawn(id) * self._cost(id) for id in work}
        whole, finished = sum(work.values()), sum(done.values())
        passed = self._now() - min(self._begun.values())
        if passed < 3 or finished < 0.01 * whole:
            return None
        longest = [
            (self._totals[id] - self._drawn(id)) / self.speed(id)
            for id in self._totals.keys() - self._settled
            if self.speed(id) > 0
        ]
        return max([(whole - finished) * passed / finished, *longest])

    def speed(self, id: str) -> float:
        """Give the frames per second of a clip since it began."""
        passed = self.took(id)
        return self._drawn(id) / passed if passed > 0 else 0.0

    def took(self, id: str) -> float:
        """Give the seconds since a clip began."""
        return self._now() - self._begun.get(id, self._since)

    def _drawn(self, id: str) -> int:
        if id in self._settled and id in self._totals:
            return self._totals[id]
        return self._last[id].frames if id in self._last else 0

    def _lengths(self) -> dict[str, float] | None:
        """Give the frames of every clip that is not kept, guessed where they are not known."""
        if not self._totals:
            return None
        seconds: dict[str, list[float]] = {"": []}
        for id, frames in self._rehearsed.items():
            for kind in ("", self._clips[id].scene):
                seconds.setdefault(kind, []).append(frames / self._rate(id))

        def guess(id: str) -> float:
            alike = seconds.get(self._clips[id].scene, seconds[""])
            return sum(alike) / len(alike) * self._rate(id) if alike else 0.0

        guesses = self._clips.keys() - self._settled - self._totals.keys()
        return {id: float(frames) for id, frames in self._totals.items()} | {
            id: guess(id) for id in guesses
        }

    def _rate(self, id: str) -> int:
        return _SIZES[self._clips[id].quality][1]

    def _cost(self, id: str) -> float:
        """How much work a frame is: one of 1080p takes about 2.4 times as long as one of 480p."""
        return 5 + 6.5 * _SIZES[self._clips[id].quality][0]
