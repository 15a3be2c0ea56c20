"""A table: matrices as blocks of cells, whose entries stay upright when the table is turned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

import lamath as la
from lamath import notation
from scenes.stage.labels import Label
from scenes.stage.shapes import Curve
from scenes.stage.squares import square_at
from scenes.stage.theme import Layer
from scenes.stage.view import Array, View

__all__ = ["Block", "Entry"]

LONG = 6  # signs of an entry that are too many for a cell
FILLED = 0.9  # the share of a cell that a number may take


class Entry(Label):
    """A number that stands upright in the middle of its cell, small enough for it."""

    def beside(self, bearing: float, gap: float) -> Array:
        """Give its center: where the middle of the cell is."""
        return self.tip

    def pose(self, matrix: Array, view: View) -> None:
        """Follow the cell."""
        natural = np.ptp(self._outline[:, :2], axis=0)
        share = min(1.0, *(FILLED * view.unit / np.maximum(natural, 1e-9)))
        self.half = share * natural / 2
        super().pose(matrix, view)
        center = np.asarray(self.points) - self._outline
        self.points = share * self._outline + center


class Block:
    """A matrix as cells, one unit each; rows go down from its upper left corner.

    Parameters
    ----------
    scene
        The scene, whose theme it uses.
    matrix
        What is written in it.
    corner
        Where its upper left corner is.
    color
        Of its entries and its frame.
    """

    def __init__(
        self, scene: Any, matrix: la.Matrix, corner: tuple[float, float], color: str
    ) -> None:
        self.scene, self.color = scene, color
        self.shape, (self.left, self.top) = matrix.shape, corner
        theme = scene.theme
        self.cells = [
            [self._cell(r, c) for c in range(self.shape[1])] for r in range(self.shape[0])
        ]
        self.entries = [
            [self._entry(cell, value) for cell, value in zip(row, values, strict=True)]
            for row, values in zip(self.cells, matrix.rows, strict=True)
        ]
        self.frame = Curve(
            self._outline(0, 0, *self.shape), front=color, width=theme.bold, layer=Layer.LINE
        )

    def _outline(self, row: int, column: int, rows: int, columns: int) -> Array:
        foot = self.left + column, self.top - row - rows
        return square_at(foot, (float(columns), float(rows)))

    def _cell(self, row: int, column: int) -> Curve:
        theme = self.scene.theme
        return Curve(
            self._outline(row, column, 1, 1), front=theme.axis, width=theme.thin, fill=0.06,
            fill_color=self.color, layer=Layer.REGION,
        )  # fmt: skip

    def _entry(self, cell: Curve, value: Any) -> Entry:
        size = 1.4 * self.scene.theme.label
        return Entry(self.written(value), cell, size=size, color=self.color)

    @staticmethod
    def written(value: Any) -> str:
        """Write an entry: measured, if it is long when exact."""
        is_long = len(notation.plain(value)) > LONG
        return notation.decimal(float(value)) if is_long else notation.typst(value)

    def strip(self, *, row: int | None = None, column: int | None = None) -> Curve:
        """Give what lights up a row or a column."""
        rows, columns = self.shape
        outline = (
            self._outline(row, 0, 1, columns)
            if row is not None
            else self._outline(0, column or 0, rows, 1)
        )
        return Curve(
            outline, front=self.color, width=self.scene.theme.bold, fill=0.3, layer=Layer.REGION
        )

    def mark(self, row: int, column: int, color: str | None = None) -> Curve:
        """Give what lights up one cell."""
        return Curve(
            self._outline(row, column, 1, 1), front=color or self.color, fill=0.2,
            width=self.scene.theme.bold, layer=Layer.REGION,
        )  # fmt: skip

    def members(self) -> Iterator[Any]:
        """Give all that stands in a world: cells, frame, entries."""
        for row in self.cells:
            yield from row
        yield self.frame
        for entries in self.entries:
            yield from entries
