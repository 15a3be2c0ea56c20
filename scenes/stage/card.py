"""The matrix card: a matrix as it is written, its columns in the colors of î and ĵ."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject

import lamath as la
from lamath import notation
from scenes.stage.text import Glyphs, inline, math, polyline
from scenes.stage.theme import Theme

__all__ = ["MatrixCard"]


class MatrixCard(VGroup):
    """`name =` and the entries between brackets.

    Parameters
    ----------
    matrix
        A Matrix, or a Vector, which is shown as one column.
    name
        Typst source of what it is called; empty for a bare matrix.
    colors
        One color for each column.
    """

    def __init__(
        self,
        matrix: la.Matrix | la.Vector,
        *,
        name: str = "",
        colors: tuple[str, ...],
        theme: Theme,
        size: float | None = None,
    ) -> None:
        size = theme.math if size is None else size
        rows, columns = (*matrix.shape, 1)[:2]
        self.rows: list[list[Glyphs]] = [
            [
                math(
                    inline(notation.typst(_entry(matrix, r, c))),
                    size=size,
                    color=colors[c % len(colors)],
                )
                for c in range(columns)
            ]
            for r in range(rows)
        ]
        _lay_grid(self.rows, column_gap=1.3 * size, row_gap=0.75 * size)
        body = VGroup(*(entry for row in self.rows for entry in row))
        self.brackets = _brackets(body, size, theme)
        self.heading: Glyphs | None = None
        parts: list[VMobject] = [body, self.brackets]
        if name:
            sign = "=" if _all_simple(matrix) else "approx"
            self.heading = math(f"{name} {sign}", size=size, color=theme.ink)
            middle = self.brackets.get_center()
            self.heading.shift(
                [
                    self.brackets.get_left()[0] - 0.7 * size - self.heading.get_right()[0],
                    middle[1] - 0.5 * size - self.heading.baseline,
                    0.0,
                ]
            )
            parts.append(self.heading)
        super().__init__(*parts)

    def column(self, index: int) -> VGroup:
        """Give the entries of one column."""
        return VGroup(*(row[index] for row in self.rows))

    @property
    def entries(self) -> VGroup:
        """All entries, row by row."""
        return VGroup(*(entry for row in self.rows for entry in row))


def _entry(matrix: la.Matrix | la.Vector, row: int, column: int) -> object:
    return matrix[row, column] if len(matrix.shape) == 2 else matrix[row]


def _all_simple(matrix: la.Matrix | la.Vector) -> bool:
    rows, columns = (*matrix.shape, 1)[:2]
    return all(
        notation.is_simple(_entry(matrix, r, c)) for r in range(rows) for c in range(columns)
    )


def _lay_grid(rows: list[list[Glyphs]], column_gap: float, row_gap: float) -> None:
    widths = [max(row[c].width for row in rows) for c in range(len(rows[0]))]
    centers = np.cumsum([w + column_gap for w in widths]) - np.array(widths) / 2
    floor = 0.0
    for index, row in enumerate(rows):
        if index:
            rise = max(entry.get_top()[1] - entry.baseline for entry in row)
            floor -= row_gap + rise
        for entry, x in zip(row, centers, strict=True):
            entry.shift([x - entry.get_center()[0], floor - entry.baseline, 0.0])
        floor -= max(entry.baseline - entry.get_bottom()[1] for entry in row)


def _brackets(body: VGroup, size: float, theme: Theme) -> VGroup:
    pad, lip = 0.45 * size, 0.38 * size
    top, bottom = body.get_top()[1] + pad, body.get_bottom()[1] - pad
    sides = VGroup()
    for x, inward in ((body.get_left()[0] - pad, 1), (body.get_right()[0] + pad, -1)):
        lipped = x + inward * lip
        side = VMobject(stroke_color=theme.ink, stroke_width=2.2 * size / 0.27)
        side.points = polyline(
            [(lipped, top, 0.0), (x, top, 0.0), (x, bottom, 0.0), (lipped, bottom, 0.0)]
        )
        sides.add(side)
    return sides
