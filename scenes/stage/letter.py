"""The letter F as a picture of dots: turned, turned over or crushed, it shows what became of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scenes.stage.view import Array

__all__ = ["Letter", "letter"]

CORNERS = np.array(
    [(0, 0), (1, 0), (1, 2), (2.4, 2), (2.4, 3), (1, 3), (1, 4), (3, 4), (3, 5), (0, 5)],
    dtype=float,
)


class Letter(NamedTuple):
    """Its outline, and the dots that fill it."""

    corners: Array
    """(10, 2), counterclockwise."""
    rows: tuple[Array, ...]
    """Dots (N, 2) in rows along one direction, row by row."""
    direction: Array
    """That direction, a unit vector."""

    @property
    def dots(self) -> Array:
        """All dots (N, 2)."""
        return np.vstack(self.rows)

    def lines(self, beyond: float, reaching: npt.ArrayLike | None = None) -> tuple[Array, Array]:
        """Give where a line through each row begins and ends, (N, 2) each.

        They reach `beyond` the letter, and as far as to one point each if those are given.
        """
        along = self.corners @ self.direction
        low = np.full(len(self.rows), along.min() - beyond)
        high = np.full(len(self.rows), along.max() + beyond)
        if reaching is not None:
            ends = np.asarray(reaching) @ self.direction
            low, high = np.minimum(low, ends), np.maximum(high, ends)
        first = np.array([row[0] for row in self.rows])
        feet = first - np.outer(first @ self.direction, self.direction)
        return feet + np.outer(low, self.direction), feet + np.outer(high, self.direction)

    def every(self, nth: int, point: npt.ArrayLike) -> Letter:
        """Give it with only every nth row, that of a dot among them."""
        k = self._row(point)
        return self._replace(rows=self.rows[k % nth :: nth])

    def _row(self, point: npt.ArrayLike) -> int:
        spot = np.asarray(getattr(point, "array", point), dtype=float)
        return min(
            range(len(self.rows)),
            key=lambda k: float(np.linalg.norm(self.rows[k] - spot, axis=1).min()),
        )


def letter(
    corner: npt.ArrayLike,
    height: float,
    *,
    through: npt.ArrayLike,
    along: npt.ArrayLike = (1.0, 0.0),
    spacing: float = 0.2,
) -> Letter:
    """Give an F with its lower left corner there, filled with rows of dots along a direction.

    One of the dots is at `through`; rows, and dots in a row, are `spacing` apart.
    """
    corners = np.asarray(corner, dtype=float) + height / 5 * CORNERS
    u = np.asarray(getattr(along, "array", along), dtype=float)
    u = u / np.linalg.norm(u)
    n = np.array([-u[1], u[0]])
    anchor = np.asarray(getattr(through, "array", through), dtype=float)
    reach = int(2 * height / spacing) + 1
    steps = spacing * np.arange(-reach, reach + 1)
    rows = (anchor + s * n + steps[:, None] * u for s in steps)
    kept = (row[[_inside(corners, point) for point in row]] for row in rows)
    return Letter(corners, tuple(row for row in kept if len(row)), u)


def _inside(corners: Array, point: Array, rim: float = 0.03) -> bool:
    """Whether a point lies in a polygon, clear of its rim. Source: crossings of a ray."""
    a, b = corners, np.roll(corners, -1, axis=0)
    side = b - a
    share = np.clip(((point - a) * side).sum(axis=1) / (side**2).sum(axis=1), 0.0, 1.0)
    if np.linalg.norm(a + share[:, None] * side - point, axis=1).min() < rim:
        return False
    x, y = point
    crosses = (a[:, 1] > y) != (b[:, 1] > y)
    where = a[:, 0] + (y - a[:, 1]) / np.where(side[:, 1] == 0, 1.0, side[:, 1]) * side[:, 0]
    return bool(np.count_nonzero(crosses & (where > x)) % 2)
