"""The matrix card: a matrix as it is written, each column in its color."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
from manim import LineJointType, RoundedRectangle, VGroup, VMobject

import lamath as la
from lamath import notation
from scenes.stage.figure import paint
from scenes.stage.outline import Points, polyline
from scenes.stage.text import Glyphs, Number, math
from scenes.stage.theme import Layer, Theme

__all__ = ["MatrixCard"]

# In heights of a capital.
_COLUMN_GAP: Final = 1.05
_ROW_GAP: Final = 0.7
_PAD: Final = 0.5  # between entries and brackets
_LIP: Final = 0.36
_BAND: Final = 0.42  # how far a band reaches beyond the entries
_STROKE: Final = 8.0  # of the brackets, in Manim's hundredths of a unit


class MatrixCard(VGroup):
    """`name =` and the entries between brackets, the middle of the brackets at the origin.

    Parameters
    ----------
    matrix
        A Matrix, or a Vector, which is shown as one column.
    name
        Typst source of what it is called; empty for a bare matrix.
    means
        The matrix that the name stands for, if the card shows others on the way to it:
        these have no name.
    colors
        Colors of the columns, which come round if there are more; None: the theme's.
    size
        Height of a capital; None: the theme's for mathematics.
    room
        Typst sources of what entries may show later: each has room for the widest.
    spread
        How much wider than usual entries are set apart, so that bands have room.
    """

    def __init__(
        self,
        matrix: la.Matrix | la.Vector,
        *,
        name: str = "",
        means: la.Matrix | None = None,
        colors: Sequence[str] | None = None,
        theme: Theme,
        size: float | None = None,
        room: Sequence[str] = (),
        spread: float = 1.0,
    ) -> None:
        self._theme = theme
        self._size = theme.math if size is None else size
        hues = theme.columns if colors is None else colors
        sources = _written(matrix)
        self.rows = [
            [self._set(source, hues[c % len(hues)]) for c, source in enumerate(row)]
            for row in sources
        ]
        self._lay(sources, room, spread)
        self.brackets = VGroup(*self._bracket_pair())
        self.heading: Glyphs | None = None
        parts: list[VMobject] = [VGroup(*self._each()), self.brackets]
        if name:
            sign = "=" if notation.is_simple(matrix) else "approx"
            self.heading = math(f"{name} {sign}", size=self._size, color=theme.ink)
            left = self.brackets.get_left()[0] - 0.75 * self._size - self.heading.width
            self.heading.shift([left, -0.5 * self._size, 0.0])
            parts.append(self.heading)
        super().__init__(*parts)
        self._means = means
        self.name_what_it_is(matrix.array)

    def name_what_it_is(self, shown: npt.ArrayLike | None) -> None:
        """Show the name exactly if it stands for what the card shows (None: still running)."""
        if self._means is not None and self.heading is not None:
            is_named = shown is not None and np.allclose(shown, self._means.array, atol=1e-9)
            self.heading.strength = float(is_named)
            paint(self.heading)

    def entry(self, row: int, column: int) -> Number:
        """Give one entry; `show` and `land` make it show something else in its place."""
        return self.rows[row][column]

    def row(self, index: int) -> VGroup:
        """Give the entries of one row."""
        return VGroup(*self.rows[index])

    def column(self, index: int) -> VGroup:
        """Give the entries of one column."""
        return VGroup(*(row[index] for row in self.rows))

    @property
    def entries(self) -> VGroup:
        """All entries, row by row."""
        return VGroup(*self._each())

    def band(
        self,
        *,
        row: int | None = None,
        column: int | None = None,
        diagonal: Literal["down", "up"] | None = None,
        color: str | None = None,
    ) -> VMobject:
        """Give a band that lies behind a row, a column, or the diagonal that goes down or up.

        It is placed where the card stands now, and not part of it.

        Raises
        ------
        ValueError
            Unless just one of the three is given.
        """
        if sum(each is not None for each in (row, column, diagonal)) != 1:
            raise ValueError("a band lies behind a row, a column or a diagonal")
        if diagonal is not None:
            return self._slanted(diagonal, color)
        behind = self.rows[row] if row is not None else [each[column or 0] for each in self.rows]
        cap = behind[0].cap_height
        left = min(float(each.get_left()[0]) for each in behind)
        right = max(float(each.get_right()[0]) for each in behind)
        top, bottom = behind[0].baseline + cap, behind[-1].baseline
        reach = 2 * _BAND * cap
        shape = RoundedRectangle(
            width=right - left + reach, height=top - bottom + reach, corner_radius=0.35 * cap
        )
        shape.move_to([(left + right) / 2, (top + bottom) / 2, 0.0])
        return self._tinted(shape, color)

    def strike(self, *, row: int | None = None, column: int | None = None) -> VMobject:
        """Give a line that crosses out a row or a column; it is not part of the card."""
        band = self.band(row=row, column=column)
        ends = (
            (band.get_left(), band.get_right())
            if row is not None
            else (band.get_top(), band.get_bottom())
        )
        line = VMobject(stroke_color=self._theme.muted, stroke_width=0.6 * _STROKE * self._size)
        line.points = polyline(ends)
        return line.set_z_index(Layer.PANEL + 1)

    def _slanted(self, diagonal: str, color: str | None) -> VMobject:
        rows = self.rows if diagonal == "down" else self.rows[::-1]
        behind = [row[k] for k, row in enumerate(rows) if k < len(row)]
        start, end, cap = _middle(behind[0]), _middle(behind[-1]), behind[0].cap_height
        radius = 0.5 * max(cap, *(each.width for each in behind)) + 0.8 * _BAND * cap
        x, y, _ = end - start
        shape = RoundedRectangle(
            width=float(np.hypot(x, y)) + 2 * radius,
            height=2 * radius,
            corner_radius=0.999 * radius,  # Manim draws no whole half circle
        )
        shape.rotate(float(np.arctan2(y, x))).move_to((start + end) / 2)
        return self._tinted(shape, color)

    def _tinted(self, shape: VMobject, color: str | None) -> VMobject:
        shape.set_stroke(width=0)
        shape.set_fill(color or self._theme.input, opacity=self._theme.band_fill)
        shape.set_z_index(Layer.PANEL - 1)
        return shape

    def _each(self) -> Iterator[Number]:
        for row in self.rows:
            yield from row

    def _set(self, source: str, color: str) -> Number:
        entry = Number(size=self._size, color=color, align="center")
        entry.land(source)
        return entry

    def _lay(self, sources: list[list[str]], room: Sequence[str], spread: float) -> None:
        """Put the entries in their places: equal steps down, columns as wide as they need."""
        size = self._size
        outlines = [math(source, size=size, color="#FFFFFF", in_line=True) for source in room]
        least = max((each.width for each in outlines), default=0.0)
        heights = [*self._each(), *outlines]
        rise = max(float(each.get_top()[1]) for each in heights)
        drop = max(-float(each.get_bottom()[1]) for each in heights)
        step = max(rise + drop + _ROW_GAP * spread * size, (1 + _ROW_GAP * spread) * size)
        columns = range(len(sources[0]))
        widths = [max(least, *(row[c].width for row in self.rows)) for c in columns]
        gap = _COLUMN_GAP * spread * size
        centers = np.cumsum([w + gap for w in widths]) - gap - np.array(widths) / 2
        centers -= (sum(widths) + gap * (len(widths) - 1)) / 2
        highest = step * (len(self.rows) - 1) / 2 - size / 2
        for r, row in enumerate(self.rows):
            for entry, x in zip(row, centers, strict=True):
                entry.shift([x, highest - step * r, 0.0])
        pad = _PAD * (1 + 0.6 * (spread - 1)) * size
        self._half = (
            float(centers[-1] + widths[-1] / 2) + pad,
            max(highest + rise, -(highest - step * (len(self.rows) - 1)) + drop) + pad,
        )

    def _bracket_pair(self) -> Iterator[VMobject]:
        (x, y), lip = self._half, _LIP * self._size
        for side in (-1, 1):
            bracket = VMobject(stroke_color=self._theme.ink, stroke_width=_STROKE * self._size)
            bracket.joint_type = LineJointType.MITER
            corners = [(side * (x - lip), y), (side * x, y), (side * x, -y), (side * (x - lip), -y)]
            bracket.points = polyline([(*corner, 0.0) for corner in corners])
            yield bracket


def _written(matrix: la.Matrix | la.Vector) -> list[list[str]]:
    if isinstance(matrix, la.Vector):
        return [[notation.typst(value)] for value in matrix]
    rows, columns = matrix.shape
    return [[notation.typst(matrix[r, c]) for c in range(columns)] for r in range(rows)]


def _middle(entry: Glyphs) -> Points:
    return np.array([float(entry.get_center()[0]), entry.baseline + entry.cap_height / 2, 0.0])
