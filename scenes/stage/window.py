"""The window onto the plane: which mathematical point is drawn where."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from scenes.stage.layout import Rect

__all__ = ["Window", "nice_step", "seen"]

_Array = npt.NDArray[np.float64]

MARGIN = 0.62  # stage units
DEEPEST = 7.0  # largest ratio of sizes that one scale can show; beyond it the view zooms
SHIFT = 0.5  # how far the origin may leave the middle, in halves of the stage
LEAN = 0.38  # how far a point one unit above the plane is drawn along the fold's hinge


class Window:
    """A stage's view of the plane: `place(points)` gives stage coordinates.

    The camera is a linear map too: a point of the plane is scaled by `unit`
    about the stage's center; a point above the plane (a third coordinate) is
    also moved by `lean`, a parallel projection that leaves the plane itself
    exactly as seen from above.

    Parameters
    ----------
    rect
        The stage.
    figures
        (2, n) array: corners of what the world moves, before it moves.
    states
        The 2×2 matrices under which those figures are shown at rest. The scale
        is chosen so that all of them fit; where their sizes differ by more than
        a factor of seven no single scale is readable, and the view zooms:
        `unit` then depends on the matrix of the moment. What is crushed to the
        origin has no size.
    between
        Matrices that are passed through; what is shown fits then, too.
    fixed
        (2, m) array of further points to be shown, which don't move.
    margin
        Stage units kept free between what is shown and the stage's edge: the
        labels' room.
    """

    def __init__(
        self,
        rect: Rect,
        figures: npt.ArrayLike,
        states: Iterable[npt.ArrayLike],
        between: Iterable[npt.ArrayLike] = (),
        fixed: npt.ArrayLike | None = None,
        margin: float = MARGIN,
    ) -> None:
        self.rect = rect
        self._margin = margin
        self.center = rect.center
        self.lean = np.zeros(2)
        self._figures = np.asarray(figures, dtype=float)
        self._fixed = np.zeros((2, 1)) if fixed is None else np.asarray(fixed, dtype=float)
        boxes = [self._box(np.asarray(state, dtype=float)) for state in states]
        units = [self._fit(*box, shift=0.0) for box in boxes if np.ptp(box) > 0]
        boxes += [self._box(np.asarray(state, dtype=float)) for state in between]
        self.zooms = max(units) > DEEPEST * min(units)
        self._least = max(units) / 1e6
        if self.zooms:
            self.unit = units[0]
            return
        low = np.min([low for low, _ in boxes], axis=0)
        high = np.max([high for _, high in boxes], axis=0)
        self.unit = self._fit(low, high, shift=SHIFT)
        # what is shown stands in the middle, as far as the origin may give way
        give = SHIFT * self._room()
        self.center[:2] -= np.clip((low + high) / 2 * self.unit, -give, give)

    def _room(self) -> _Array:
        inner = self.rect.inset(self._margin)
        return np.array([inner.width / 2, inner.height / 2])

    def _box(self, matrix: _Array) -> tuple[_Array, _Array]:
        """Least and greatest coordinates of all that is shown under `matrix`."""
        if len(matrix) == 3:
            matrix = seen(matrix, self.lean)
        shown = np.hstack([matrix @ self._figures, self._fixed])
        return shown.min(axis=1), shown.max(axis=1)

    def _fit(self, low: _Array, high: _Array, shift: float) -> float:
        """Stage units for one mathematical unit, so that a box fits.

        The origin may give way by the fraction `shift` of half the stage.
        """
        room = self._room()
        with np.errstate(divide="ignore"):
            reach = np.maximum(np.maximum(high, -low), 1e-300)
            extent = np.maximum(high - low, 1e-300)
            return float(np.min([2 * room / extent, (1 + shift) * room / reach]))

    def follow(self, matrix: _Array) -> bool:
        """Zoom to the matrix of the moment; whether the scale changed."""
        if not self.zooms:
            return False
        unit = max(min(self._fit(*self._box(matrix), shift=0.0), 1e6 * self._least), self._least)
        changed = unit != self.unit
        self.unit = unit
        return changed

    def place(self, points: _Array) -> _Array:
        """Give (N, 3) stage coordinates of (N, 2) points, or (N, 3) with heights."""
        placed = np.empty((len(points), 3))
        placed[:, :2] = points[:, :2] * self.unit + self.center[:2]
        placed[:, 2] = 0.0
        if points.shape[1] == 3:
            placed[:, :2] += self.unit * points[:, 2:] * self.lean
        return placed

    @property
    def step(self) -> float:
        """Mathematical width of one grid square: 1, 2 or 5 times a power of ten.

        It is 1 wherever squares of that size are neither crowded nor huge.
        """
        return 1.0 if 0.3 <= self.unit <= 2.4 else nice_step(0.42 / self.unit)

    @property
    def reach(self) -> float:
        """A mathematical length longer than the stage's diagonal."""
        return math.hypot(self.rect.width, self.rect.height) / self.unit


def seen(matrix: _Array, lean: _Array) -> _Array:
    """Give the 2×2 matrix that takes a point to where a 3×2 matrix is seen to take it."""
    return np.asarray(matrix[:2] + np.outer(lean, matrix[2]))


def nice_step(least: float) -> float:
    """Give the least of 1, 2, 5 × 10ᵏ that is not below `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    for factor in (1, 2, 5, 10):
        if factor * power >= least * (1 - 1e-9):
            return factor * power
    return 10 * power
