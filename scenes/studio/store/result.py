"""What comes back from rendering a clip; plain values, so that they travel between machines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["BeatFacts", "ClipFacts", "ClipResult", "Progress"]


class BeatFacts(NamedTuple):
    """One step of a clip's story: its sentence is on screen from `start` to `end` (seconds)."""

    name: str
    caption: str
    start: float
    end: float


@dataclass(frozen=True)
class Progress:
    """How far a clip is; `total` is known once the scene has been rehearsed.

    `time` is where in the clip that is, `cpu` the processor time spent on it so far,
    both in seconds.
    """

    clip: str
    frames: int = 0
    total: int | None = None
    beat: str = ""
    cpu: float = 0.0
    time: float = 0.0


@dataclass(frozen=True)
class ClipFacts:
    """What was rendered."""

    title: str
    seconds: float
    frames: int
    width: int
    height: int
    fps: float
    beats: tuple[BeatFacts, ...]
    files: dict[str, str]
    """What each file is for: `{"video": "video.mp4", "poster": "poster.png", …}`."""


@dataclass(frozen=True)
class ClipResult:
    """One attempt at a clip: either facts and the bytes of its files, or what went wrong."""

    clip: str
    facts: ClipFacts | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    error: str = ""
    log: str = ""
    beat: str = ""
    """Where it failed, and …"""
    time: float = 0.0
    """… how many seconds into the clip."""

    @property
    def logged(self) -> bytes:
        """The log, as a file has it; what broke may have printed halves of letters."""
        return self.log.encode("utf-8", "replace")

    @classmethod
    def lost(cls, clip: str, error: str, last: Progress | None, log: str = "") -> ClipResult:
        """Give an attempt that failed after it had come as far as `last`."""
        if last is None or not last.frames:
            return cls(clip, error=error, log=log)
        where = f"{error} (in beat {last.beat!r}, {last.time:.2f} s into the clip)"
        return cls(clip, error=where, log=log, beat=last.beat, time=round(last.time, 3))
