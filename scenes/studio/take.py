"""What comes back from filming a clip; plain values, so that they travel between machines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Facts", "Progress", "Take"]


@dataclass(frozen=True)
class Progress:
    """How far a clip is; `total` is known once the scene has been rehearsed.

    `cpu` is the processor time spent on it so far, in seconds.
    """

    clip: str
    frames: int = 0
    total: int | None = None
    beat: str = ""
    cpu: float = 0.0


@dataclass(frozen=True)
class Facts:
    """What was filmed."""

    title: str
    seconds: float
    frames: int
    width: int
    height: int
    fps: float
    beats: tuple[dict[str, Any], ...]
    files: dict[str, str]
    """What each file is for: `{"video": "video.mp4", "poster": "poster.png", …}`."""


@dataclass(frozen=True)
class Take:
    """One attempt at a clip: either facts and the bytes of its files, or what went wrong."""

    clip: str
    facts: Facts | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    error: str = ""
    log: str = ""
