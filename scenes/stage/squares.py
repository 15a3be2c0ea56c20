"""Squares of the plane: layers of one, those in a circle, the turn between two sides."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scenes.stage import bezier
from scenes.stage.figure import bearing, toward
from scenes.stage.view import Array

__all__ = ["UNIT_SQUARE", "fill_circle", "layers", "square_at", "turn_between"]

UNIT_SQUARE = np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])
"""Its corners (4, 2)."""


def square_at(
    corner: npt.ArrayLike, sides: npt.ArrayLike = (1.0, 1.0), signs: npt.ArrayLike = (1.0, 1.0)
) -> Array:
    """Outline of a rectangle with a corner there, mirrored by the signs of `signs`."""
    corners = UNIT_SQUARE * np.asarray(sides, dtype=float) + np.asarray(corner, dtype=float)
    return bezier.polygon(corners * np.sign(signs))


def layers(count: int, along: int) -> Array:
    """Points of the lines that cut the unit square into layers along an axis (0 or 1)."""
    ways = np.eye(2)
    feet = np.linspace(0, 1, count + 1)[1:-1, None] * ways[1 - along]
    return bezier.segments(feet, feet + ways[along])


def fill_circle(side: float, gap: float = 0.1) -> Array:
    """Outlines of small squares, a bit apart, that lie inside of the unit circle."""
    square = side * (gap + (1 - 2 * gap) * UNIT_SQUARE)
    marks = np.arange(-1, 1, side)
    squares = [np.array((x, y)) + square for x in marks for y in marks]
    return np.concatenate(
        [bezier.polygon(s) for s in squares if (np.linalg.norm(s, axis=1) <= 1).all()]
    )


def turn_between(matrix: Array, radius: float) -> Array:
    """Points of the arc from the first column to the second, with an arrow's head at its end.

    Where the columns are opposite neither way is shorter, and there is no arc.
    """
    start, end = matrix[:2].T
    first, turn = bearing(start), bearing(end, start)
    if abs(turn) > 179.9:
        turn = 0.0
    arc = [radius * toward(first + t * turn) for t in np.linspace(0, 1, 24)]
    ahead = np.sign(turn) * toward(first + turn + 90)
    side, size = toward(first + turn), 0.3 * radius * min(1.0, abs(turn) / 40)
    head = [arc[-1] + size * (k * side - ahead) for k in (-0.6, 0.6)]
    return np.concatenate([bezier.polyline(arc), bezier.polyline([head[0], arc[-1], head[1]])])
