"""How the frame is divided: stages for planes, a panel for the algebra, a caption strip."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["SHORT_SIDE", "Layout", "Rect"]

SHORT_SIDE = 8.0  # stage units along the frame's short side, in every aspect


@dataclass(frozen=True)
class Rect:
    """An upright rectangle in stage units, the frame's center being (0, 0)."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Its width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its height."""
        return self.top - self.bottom

    @property
    def center(self) -> npt.NDArray[np.float64]:
        """Its center, as a 3-vector with z = 0."""
        return np.array([(self.left + self.right) / 2, (self.bottom + self.top) / 2, 0.0])

    def inset(self, x: float, y: float | None = None) -> Rect:
        """Give the rectangle that is smaller by x (and y) on each side."""
        y = x if y is None else y
        return Rect(self.left + x, self.bottom + y, self.right - x, self.top - y)

    def contains(self, other: Rect, slack: float = 1e-3) -> bool:
        """Whether `other` lies inside, up to `slack`."""
        return (
            other.left >= self.left - slack
            and other.right <= self.right + slack
            and other.bottom >= self.bottom - slack
            and other.top <= self.top + slack
        )

    def overlaps(self, other: Rect, gap: float = 0.0) -> bool:
        """Whether both share more than a border, or come closer than `gap`."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.bottom < other.top + gap
            and other.bottom < self.top + gap
        )


@dataclass(frozen=True)
class Layout:
    """The areas of one frame.

    `stages` has one rectangle, or two for a diptych (inputs first). The panel
    is a column beside the stage in 16:9 and a band of columns elsewhere.
    """

    aspect: str
    frame: Rect
    stages: tuple[Rect, ...]
    panel: Rect
    strip: Rect
    text: float = 1.0  # how much larger than in 16:9 text is set: a tall frame is seen on a phone

    @classmethod
    def of(cls, aspect: str, stages: int = 1) -> Layout:
        """Divide a frame of that aspect for one stage or for a diptych."""
        return _LAYOUTS[aspect, stages]

    @property
    def areas(self) -> dict[str, tuple[Rect, ...]]:
        """The rectangles of each area."""
        return {"stage": self.stages, "panel": (self.panel,), "strip": (self.strip,)}

    @property
    def panel_columns(self) -> int:
        """How many columns of blocks the panel holds side by side."""
        return 1 if self.panel.width < 5 else 2


def _centered(width: float, height: float) -> Rect:
    return Rect(-width / 2, -height / 2, width / 2, height / 2)


def _wide(stages: int) -> Layout:
    frame = _centered(SHORT_SIDE * 16 / 9, SHORT_SIDE)
    floor = frame.bottom + 1.0
    strip = Rect(frame.left, frame.bottom, frame.right, floor)
    if stages == 1:
        edge = frame.right - 4.35
        areas: tuple[Rect, ...] = (Rect(frame.left, floor, edge, frame.top),)
        panel = Rect(edge, floor, frame.right, frame.top)
    else:
        side = 5.55
        areas = (
            Rect(frame.left, floor, frame.left + side, frame.top),
            Rect(frame.right - side, floor, frame.right, frame.top),
        )
        panel = Rect(areas[0].right, floor, areas[1].left, frame.top)
    return Layout("16:9", frame, areas, panel, strip)


def _square(stages: int) -> Layout:
    frame = _centered(SHORT_SIDE, SHORT_SIDE)
    floor = frame.bottom + 1.05
    strip = Rect(frame.left, frame.bottom, frame.right, floor)
    ceiling = floor + 2.4
    panel = Rect(frame.left, floor, frame.right, ceiling)
    if stages == 1:
        areas: tuple[Rect, ...] = (Rect(frame.left, ceiling, frame.right, frame.top),)
    else:
        areas = (
            Rect(frame.left, ceiling, -0.03, frame.top),
            Rect(0.03, ceiling, frame.right, frame.top),
        )
    return Layout("1:1", frame, areas, panel, strip)


def _tall(stages: int) -> Layout:
    frame = _centered(SHORT_SIDE, SHORT_SIDE * 16 / 9)
    floor = frame.bottom + 1.5
    strip = Rect(frame.left, frame.bottom, frame.right, floor)
    if stages == 1:
        ceiling = floor + 4.2
        areas: tuple[Rect, ...] = (Rect(frame.left, ceiling, frame.right, frame.top),)
        panel = Rect(frame.left, floor, frame.right, ceiling)
    else:
        side = (frame.top - floor - 2.9) / 2
        areas = (
            Rect(frame.left, frame.top - side, frame.right, frame.top),
            Rect(frame.left, floor, frame.right, floor + side),
        )
        panel = Rect(frame.left, areas[1].top, frame.right, areas[0].bottom)
    return Layout("9:16", frame, areas, panel, strip, text=1.25)


_LAYOUTS = {
    (layout.aspect, len(layout.stages)): layout
    for stages in (1, 2)
    for layout in (_wide(stages), _square(stages), _tall(stages))
}
