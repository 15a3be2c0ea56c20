"""The view: which mathematical point is drawn where, for any dimension."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from scenes.stage.layout import Rect

__all__ = ["FROM_ABOVE", "View", "box_of", "nice_step"]

Array = npt.NDArray[np.float64]

FROM_ABOVE = (-math.pi / 2, math.pi / 2)
"""Azimuth and elevation from which the plane looks as on paper."""


@dataclass(frozen=True)
class View:
    """A linear map from mathematics to a stage, and where its origin stands.

    Points of dimension d are (N, d) arrays: `place` draws the plane (d = 2) as the floor
    of space (d = 3), so that a plane seen from above, a sheet in mid-fold and a cube are
    the same code with other numbers.

    Parameters
    ----------
    rect
        The stage.
    center
        Where the origin is drawn, in stage units.
    unit
        Stage units for one mathematical unit.
    azimuth, elevation
        Where the viewer stands, in radians: the angle around the third axis, and the
        height above the floor. The projection is parallel.
    stretch
        Factors along the stage's two axes, for charts; (1, 1) for space.
    """

    rect: Rect
    center: tuple[float, float]
    unit: float
    azimuth: float = FROM_ABOVE[0]
    elevation: float = FROM_ABOVE[1]
    stretch: tuple[float, float] = (1.0, 1.0)

    @cached_property
    def axes(self) -> Array:
        """The (2, 3) matrix whose rows are the directions right and up on the stage."""
        ca, sa = _clean(math.cos(self.azimuth)), _clean(math.sin(self.azimuth))
        ce, se = _clean(math.cos(self.elevation)), _clean(math.sin(self.elevation))
        rows = np.array([[-sa, ca, 0.0], [-se * ca, -se * sa, ce]]) + 0.0
        return np.asarray(np.diag(self.stretch) @ rows)

    @cached_property
    def toward(self) -> Array:
        """The unit vector (3,) that points at the viewer."""
        ca, sa = _clean(math.cos(self.azimuth)), _clean(math.sin(self.azimuth))
        ce, se = _clean(math.cos(self.elevation)), _clean(math.sin(self.elevation))
        return np.array([ce * ca, ce * sa, se])

    @property
    def is_from_above(self) -> bool:
        """Whether the plane is seen as on paper."""
        return (self.azimuth, self.elevation) == FROM_ABOVE

    @property
    def origin(self) -> Array:
        """Where the origin is drawn (3,)."""
        return np.array([*self.center, 0.0])

    def place(self, points: npt.ArrayLike) -> Array:
        """Give (N, 3) stage coordinates, the last one 0, of (N, d) points."""
        points = np.asarray(points, dtype=float)
        placed = np.zeros((len(points), 3))
        placed[:, :2] = points @ (self.unit * self.axes[:, : points.shape[1]].T) + self.center
        return placed

    def spot(self, point: npt.ArrayLike) -> Array:
        """Give the stage coordinates (3,) of one point (d,)."""
        spot: Array = self.place(np.asarray(point, dtype=float)[None])[0]
        return spot

    def depth(self, points: npt.ArrayLike) -> Array:
        """Give how near (N, d) points are to the viewer, in mathematical units (N,)."""
        points = np.asarray(points, dtype=float)
        return np.asarray(points @ self.toward[: points.shape[1]])

    def looks_like(self, other: View) -> bool:
        """Whether another view of the same stage differs by nothing that anybody sees."""
        same_side = (self.azimuth, self.elevation) == (other.azimuth, other.elevation)
        apart = math.dist(self.center, other.center)
        return same_side and apart < 1e-3 and abs(other.unit / self.unit - 1) < 1e-4

    def between(self, other: View, s: float) -> View:
        """Give the view at s ∈ [0, 1] of the way to another, whose stage may be another one."""
        if s <= 0.0:
            return self
        if s >= 1.0:
            return other
        unit = self.unit * (other.unit / self.unit) ** s
        if abs(other.unit / self.unit - 1) > 1e-6:
            # the point that both views draw in the same place stays there: a zoom about it
            share = (unit - self.unit) / (other.unit - self.unit)
        else:
            share = s
        rect = self.rect
        if rect != other.rect:  # the stage itself grows or moves: the origin goes straight
            share = s
            pairs = zip(astuple(rect), astuple(other.rect), strict=True)
            rect = Rect(*(a + s * (b - a) for a, b in pairs))
        return View(
            rect,
            _mix(self.center, other.center, share),
            unit,
            self.azimuth + s * (other.azimuth - self.azimuth),
            self.elevation + s * (other.elevation - self.elevation),
            _mix(self.stretch, other.stretch, s),
        )

    def turned(self, azimuth: float, elevation: float) -> View:
        """Give the same view from another side; angles in radians."""
        return replace(self, azimuth=azimuth, elevation=elevation)

    def on(self, rect: Rect) -> View:
        """Give the same view on another stage, to be fitted there."""
        return replace(self, rect=rect)

    def scaled(self, unit: float) -> View:
        """Give the view with another unit that keeps in the stage's middle what is there."""
        middle = self.rect.center[:2]
        x, y = middle + (np.array(self.center) - middle) * unit / self.unit
        return replace(self, center=(float(x), float(y)), unit=unit)

    def fitted(
        self,
        points: npt.ArrayLike,
        *,
        margin: float,
        most: float = math.inf,
        fixed_unit: float | None = None,
        headroom: float = 0.0,
    ) -> View:
        """Give the view in which all points (N, d), and the origin, fit.

        They stand in the middle; `most` bounds the unit, `margin` is kept free all round,
        and `headroom` above that.
        """
        points = np.asarray(points, dtype=float)
        flat = np.vstack([points @ self.axes[:, : points.shape[1]].T, np.zeros((1, 2))])
        low, high = flat.min(axis=0), flat.max(axis=0)
        room = np.array([self.rect.width, self.rect.height - headroom]) - 2 * margin
        unit = float(np.min(room / np.maximum(high - low, 1e-12)))
        unit = min(unit, most) if fixed_unit is None else fixed_unit
        center = self.rect.center[:2] - unit * (low + high) / 2 - np.array([0.0, headroom / 2])
        return replace(self, center=(float(center[0]), float(center[1])), unit=unit)

    def around(self, point: npt.ArrayLike, unit: float) -> View:
        """Give the view with that unit in which a point (d,) stands in the middle."""
        point = np.asarray(point, dtype=float)
        x, y = self.rect.center[:2] - unit * (self.axes[:, : len(point)] @ point)
        return replace(self, center=(float(x), float(y)), unit=unit)

    def shows(self, points: npt.ArrayLike, margin: float = 0.0) -> bool:
        """Whether all points (N, d) lie on the stage."""
        placed = self.place(points)
        room = self.rect.inset(margin)
        return bool(
            (placed[:, 0] >= room.left - 1e-6).all()
            and (placed[:, 0] <= room.right + 1e-6).all()
            and (placed[:, 1] >= room.bottom - 1e-6).all()
            and (placed[:, 1] <= room.top + 1e-6).all()
        )

    @property
    def step(self) -> float:
        """Mathematical width of one grid square: 1, 2 or 5 times a power of ten.

        It is 1 wherever squares of that size are neither crowded nor huge.
        """
        return 1.0 if 0.3 <= self.unit <= 2.8 else nice_step(0.42 / self.unit)

    @property
    def reach(self) -> float:
        """A mathematical length, from the origin, that leads off the stage in every direction."""
        x, y = self.center
        corner = (
            max(abs(x - self.rect.left), abs(x - self.rect.right)),
            max(abs(y - self.rect.bottom), abs(y - self.rect.top)),
        )
        return math.hypot(*corner) / self.unit

    def way_out(
        self, direction: npt.ArrayLike, margin: float, start: npt.ArrayLike | None = None
    ) -> float:
        """Give how far one can go along a direction (d,) and stay on the stage.

        One begins at a point (d,) of it, by default at the origin.
        """
        direction = np.asarray(direction, dtype=float)
        along = self.unit * (self.axes[:, : len(direction)] @ direction)
        begin = self.center if start is None else self.spot(start)[:2]
        room = self.rect.inset(margin)
        ways = []
        for c, o, low, high in zip(
            along, begin, (room.left, room.bottom), (room.right, room.top), strict=True
        ):
            if abs(c) > 1e-9:
                ways.append(((high if c > 0 else low) - o) / c)
        return max(min(ways, default=0.0), 0.0)


def box_of(points: Array) -> Rect:
    """Give the upright rectangle around placed points (N, ≥2)."""
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    return Rect(float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def nice_step(least: float) -> float:
    """Give the least of 1, 2, 5 × 10ᵏ that is not below `least`.

    >>> [nice_step(x) for x in (0.3, 1, 1.1, 4)]
    [0.5, 1.0, 2.0, 5.0]
    """
    power = 10.0 ** math.floor(math.log10(least))
    for factor in (1, 2, 5, 10):
        if factor * power >= least * (1 - 1e-9):
            return factor * power
    return 10 * power


def _clean(x: float) -> float:
    return 0.0 if abs(x) < 1e-12 else x


def _mix(a: Iterable[float], b: Iterable[float], s: float) -> tuple[float, float]:
    x, y = (p + s * (q - p) for p, q in zip(a, b, strict=True))
    return x, y
