"""A box whose edges are raised from their shadows, and what each of them sweeps out."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product

import numpy as np
import numpy.typing as npt

from scenes.stage import bezier
from scenes.stage.figure import Value
from scenes.stage.squares import turn_between
from scenes.stage.view import Array, nice_step

__all__ = ["Raised"]

ONE = Fraction(1)
FLAT = np.array([1.0, 1.0, 0.0])


class Raised:
    """The box on three edges of space, each of which may lie on the floor or be raised.

    Parameters
    ----------
    edges
        Three vectors (3,): the edges as they are when they are raised.
    factor
        By what their heights are drawn longer than they are.
    """

    def __init__(self, edges: npt.ArrayLike, factor: Fraction = ONE) -> None:
        self.factor = factor
        self.full: Array = np.array(edges, dtype=float) * (1.0, 1.0, float(factor))
        self.shadows: Array = self.full * FLAT
        self.heights: Array = self.full - self.shadows
        self.up = Value(np.ones(3))  # the share of its height that each edge has now
        self.sunk = Value(0.0)  # how far what was swept out has sunk to the floor, 0 to 1

    @classmethod
    def to_be_seen(cls, edges: npt.ArrayLike) -> Raised:
        """Give a box whose heights are stretched or shrunk if else they or its bases were tiny."""
        plain = cls(edges)
        wide = float(np.ptp(plain.corners[:, :2], axis=0).max())
        high = float(np.abs(plain.heights).max())
        if not wide or not high or 0.2 <= high / wide <= 3.0:
            return plain
        if high < wide:
            return cls(edges, Fraction(nice_step(0.3 * wide / high)))
        return cls(edges, 1 / Fraction(nice_step(0.5 * high / wide)))

    def edge(self, j: int) -> Array:
        """Give an edge as it is now."""
        return np.asarray(self.shadows[j] + self.up.now[j] * self.heights[j])

    def edges(self) -> Array:
        """Give all edges (rows) as they are now."""
        return np.array([self.edge(j) for j in range(3)])

    def volume(self) -> float:
        """Give the signed volume of the box as it is now, with its true heights."""
        a, b, c = self.edges()
        return float(np.cross(a, b) @ c) / float(self.factor)

    def raised(self, *which: int) -> Array:
        """Give the shares when just these edges are raised."""
        return np.isin(np.arange(3), which).astype(float)

    @property
    def corners(self) -> Array:
        """Every corner that the box may come to have."""
        pairs = zip(self.full, self.shadows, strict=True)
        ways = product(*([0 * edge, edge, flat] for edge, flat in pairs))
        return np.array([sum(each) for each in ways])

    def upright_corners(self, j: int) -> Array:
        """Give the corners of the upright box over the shadows of the other two edges."""
        edges = [self.heights[j], *self.shadows[list(others(j))]]
        return np.array([sum(each) for each in product(*([0 * e, e] for e in edges))])

    def swept(self, j: int) -> Callable[[], Array]:
        """Give the three edges of what the far face sweeps out as one edge is raised."""
        k, m = others(j)

        def edges() -> Array:
            left = 1.0 - self.sunk.now * (1.0 - FLAT)  # of their heights
            return np.array([self.up.now[j] * self.heights[j], *self.edges()[[k, m]] * left])

        return edges

    def face(self, j: int) -> Callable[[], Array]:
        """Give the outline of the far face, which rises with one edge."""
        k, m = others(j)

        def outline() -> Array:
            e = self.edges()
            return bezier.polygon([e[j], e[j] + e[k], e[j] + e[k] + e[m], e[j] + e[m]])

        return outline

    def base(self, j: int) -> Array:
        """Give the outline of that face's shadow."""
        k, m = others(j)
        s = self.shadows
        return bezier.polygon([s[j], s[j] + s[k], s[j] + s[k] + s[m], s[j] + s[m]])

    def turn(self, j: int, radius: float) -> Array:
        """Give the arc on the floor from the shadow after that edge's to the one after that."""
        k, m = others(j)
        arc = turn_between(self.shadows[[k, m], :2].T, radius)
        return np.asarray(np.column_stack([arc, np.zeros(len(arc))]) + self.shadows[j])


def others(j: int) -> tuple[int, int]:
    """Give the two edges that come after one, in their cyclic order.

    >>> others(1)
    (2, 0)
    """
    return (j + 1) % 3, (j + 2) % 3
