"""How the frame is divided: stages for pictures, a panel for the algebra, a caption strip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["SHORT_SIDE", "Layout", "Rect"]

SHORT_SIDE: Final = 8.0  # stage units along the frame's short side, in every aspect


@dataclass(frozen=True)
class Rect:
    """An upright rectangle in stage units, the frame's center being (0, 0)."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def around(cls, x: float, y: float, width: float, height: float) -> Rect:
        """Give the rectangle of that size whose center is (x, y)."""
        return cls(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

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

    def columns(self, shares: Sequence[float], gap: float = 0.0) -> tuple[Rect, ...]:
        """Divide it from left to right, `gap` apart, in widths that go as `shares`."""
        cuts = _cuts(self.left, self.right, shares, gap)
        return tuple(Rect(left, self.bottom, right, self.top) for left, right in cuts)

    def rows(self, shares: Sequence[float], gap: float = 0.0) -> tuple[Rect, ...]:
        """Divide it from top to bottom, `gap` apart, in heights that go as `shares`."""
        cuts = _cuts(-self.top, -self.bottom, shares, gap)
        return tuple(Rect(self.left, -bottom, self.right, -top) for top, bottom in cuts)


def _cuts(
    start: float, end: float, shares: Sequence[float], gap: float
) -> list[tuple[float, float]]:
    unit = (end - start - gap * (len(shares) - 1)) / sum(shares)
    starts = [start + unit * sum(shares[:k]) + gap * k for k in range(len(shares))]
    return [(at, at + unit * share) for at, share in zip(starts, shares, strict=True)]


@dataclass(frozen=True)
class _Shape:
    """What is particular to one aspect: sizes in stage units.

    `panel` bounds the panel's size, its width beside the stages or its height below
    them, with one stage and with more; in between is what it has if nobody asks.
    """

    width: float
    height: float
    strip: float
    panel: tuple[float, float, float]
    panel_of_many: tuple[float, float, float]
    text: float = 1.0


_LONG: Final = SHORT_SIDE * 16 / 9
_SHAPES: Final = {
    "16:9": _Shape(_LONG, SHORT_SIDE, 1.2, (2.4, 3.7, 4.6), (2.4, 2.8, 3.6)),
    "1:1": _Shape(SHORT_SIDE, SHORT_SIDE, 1.2, (1.2, 2.1, 2.6), (1.2, 2.1, 2.6)),
    # Three lines of captions fit below; two pictures have two thirds of the height.
    "9:16": _Shape(SHORT_SIDE, _LONG, 2.0, (1.5, 3.6, 4.4), (1.5, 2.7, _LONG / 3 - 2.0), text=1.25),
}
_SEAM: Final = 0.07  # what tells two stages apart


@dataclass(frozen=True)
class Layout:
    """The areas of one frame.

    The stages stand side by side, or one above the other in a tall frame, in the order of
    the story. The panel is a column on the right in 16:9 and a band below them elsewhere;
    there may be none. The strip for the caption is at the bottom.
    """

    aspect: str
    frame: Rect
    stages: tuple[Rect, ...]
    panel: Rect | None
    strip: Rect
    text: float = 1.0  # how much larger than in 16:9 text is set: a tall frame is seen on a phone

    @classmethod
    def of(
        cls,
        aspect: str,
        stages: int = 1,
        panel: float | None = None,
        shares: Sequence[float] | None = None,
    ) -> Layout:
        """Divide a frame.

        Parameters
        ----------
        aspect
            16:9, 1:1 or 9:16.
        stages
            How many pictures it holds.
        panel
            What the panel's blocks need: its width in 16:9, its height elsewhere, brought
            within bounds; 0 for no panel, in which case the stages take its room.
        shares
            The room each stage has, relative to the others.

        Raises
        ------
        KeyError
            If there is no such aspect.
        ValueError
            If the shares are not as many as the stages.
        """
        shape = _SHAPES[aspect]
        shares = (1.0,) * stages if shares is None else shares
        if len(shares) != stages:
            raise ValueError(f"{stages} stages can't have {len(shares)} shares")
        least, usual, most = shape.panel if stages == 1 else shape.panel_of_many
        size = usual if panel is None else min(max(panel, least), most) if panel else 0.0
        frame = Rect.around(0.0, 0.0, shape.width, shape.height)
        strip = Rect(frame.left, frame.bottom, frame.right, frame.bottom + shape.strip)
        above = Rect(frame.left, strip.top, frame.right, frame.top)
        if aspect == "16:9":
            room = Rect(above.left, above.bottom, above.right - size, above.top)
            rest = Rect(room.right, above.bottom, above.right, above.top)
        else:
            room = Rect(above.left, above.bottom + size, above.right, above.top)
            rest = Rect(above.left, above.bottom, above.right, room.bottom)
        divided = room.rows if aspect == "9:16" else room.columns
        return cls(aspect, frame, divided(shares, _SEAM), rest if size else None, strip, shape.text)

    @property
    def areas(self) -> dict[str, tuple[Rect, ...]]:
        """The rectangles of each area that there is, by its name."""
        panel = {} if self.panel is None else {"panel": (self.panel,)}
        return {"stage": self.stages, **panel, "strip": (self.strip,)}

    @property
    def seams(self) -> tuple[Rect, ...]:
        """The gaps between neighboring stages, to be filled so that they read as two pictures."""
        return tuple(
            Rect(a.right, a.bottom, b.left, a.top)
            if a.top == b.top
            else Rect(a.left, b.top, a.right, a.bottom)
            for a, b in pairwise(self.stages)
        )

    @property
    def panel_columns(self) -> int:
        """How many columns of blocks the panel holds side by side."""
        return 1 if self.aspect == "16:9" else 2
