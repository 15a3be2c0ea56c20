"""What vectors of space reach: a line, then a plane, and how much of them is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from scenes.stage.view import Array

__all__ = ["Span", "powers_of_ten"]


class Span:
    """The line along a vector and the plane that a second one makes of it, cut to size.

    Parameters
    ----------
    leaders
        Vectors (3,): the first gives the line, the second the plane; any others are not
        needed, and where one is missing, some direction serves.
    spots
        Points (3,) round which line and plane are drawn, as far as they lie on them.
    """

    def __init__(self, leaders: Sequence[npt.ArrayLike], spots: Iterable[npt.ArrayLike]) -> None:
        basis = [np.asarray(v, dtype=float) for v in leaders]
        u = basis[0] / np.linalg.norm(basis[0])
        other = basis[1] if len(basis) > 1 else np.eye(3)[np.argmin(np.abs(u))]
        v = other - (other @ u) * u
        self.u: Array = u
        self.v: Array = v / np.linalg.norm(v)
        self.normal: Array = np.cross(self.u, self.v)
        points = np.array([np.zeros(3), *(np.asarray(p, dtype=float) for p in spots)])
        most = float(np.linalg.norm(points, axis=1).max())
        points = points[np.abs(points @ self.normal) < 1e-9 * most]
        (a, c), (b, d) = (f(points @ np.stack([u, self.v]).T, axis=0) for f in (np.min, np.max))
        wide = max(0.2 * most, 0.5 * (0.8 * most - float(d - c)))  # a sheet, not a strip
        self.along = float(a) - 0.25 * most, float(b) + 0.25 * most
        self.across = float(c) - wide, float(d) + wide

    @property
    def ends(self) -> list[Array]:
        """The two ends of the line."""
        return [a * self.u for a in self.along]

    @property
    def corners(self) -> list[Array]:
        """The four corners of the plane."""
        return [a * self.u + b * self.v for a in self.along for b in self.across]

    def holds(self, points: npt.ArrayLike) -> Array:
        """Give those of (N, 3) points of the line that are not beyond its ends."""
        points = np.asarray(points, dtype=float)
        where = points @ self.u
        return points[(where >= self.along[0]) & (where <= self.along[1])]


def powers_of_ten(vectors: Iterable[npt.ArrayLike], spread: float = 6.0) -> list[int]:
    """Give for each vector the power of ten by which it is too long to be drawn with the others.

    They are all 0 if no vector is more than `spread` times as long as another.

    >>> powers_of_ten([(1000, 0, 0), (0, 2, 0), (0, 0, 0)])
    [3, 0, 0]
    """
    lengths = [float(np.linalg.norm(np.asarray(v, dtype=float))) for v in vectors]
    some = [x for x in lengths if x]
    if not some or max(some) <= spread * min(some):
        return [0] * len(lengths)
    return [round(float(np.log10(x))) if x else 0 for x in lengths]
