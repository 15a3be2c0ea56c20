"""Cubic Bézier outlines as (4n, d) arrays, in any dimension."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from scenes.stage.text import polyline

__all__ = [
    "along",
    "circle",
    "level",
    "lines",
    "polygon",
    "polyline",
    "portion",
    "round_trip",
    "smooth_through",
    "spanning",
]

Array = npt.NDArray[np.float64]


def circle(radius: float = 1.0, frame: npt.ArrayLike | None = None) -> Array:
    """Points of a circle about the origin, counterclockwise from (radius, 0).

    `frame` (d×2) holds two perpendicular unit vectors of space that span its plane.
    """
    # Eight cubic arcs: off the true circle by less than 5e-6 of the radius.
    angles = np.arange(8) * np.pi / 4
    handle = 4 / 3 * np.tan(np.pi / 16)
    here = np.column_stack([np.cos(angles), np.sin(angles)])
    tangent = np.column_stack([-np.sin(angles), np.cos(angles)])
    there, tangent_there = np.roll(here, -1, axis=0), np.roll(tangent, -1, axis=0)
    arcs = np.stack([here, here + handle * tangent, there - handle * tangent_there, there], axis=1)
    points = radius * arcs.reshape(-1, 2)
    return points if frame is None else np.asarray(points @ np.asarray(frame, dtype=float).T)


def polygon(corners: npt.ArrayLike) -> Array:
    """Points of the closed polygon through `corners` (N, d)."""
    points = np.asarray(corners, dtype=float)
    return polyline(np.vstack([points, points[:1]]))


def lines(direction: npt.ArrayLike, spacing: float, count: int, length: float) -> Array:
    """Points of 2·count + 1 parallel lines of the plane, the middle one through the origin.

    They point along `direction`, stand `spacing` apart and reach `length` to both sides.
    """
    u = np.asarray(direction, dtype=float)
    u = u / np.linalg.norm(u)
    across = spacing * np.array([-u[1], u[0]])
    feet = np.arange(-count, count + 1)[:, None] * across
    return segments(feet - length * u, feet + length * u)


def segments(starts: npt.ArrayLike, ends: npt.ArrayLike) -> Array:
    """Points of straight pieces from each of `starts` to each of `ends`, (N, d) both."""
    starts, ends = np.asarray(starts, dtype=float), np.asarray(ends, dtype=float)
    return np.linspace(starts, ends, 4, axis=1).reshape(-1, starts.shape[1])


def spanning(
    direction: npt.ArrayLike, length: float, through: npt.ArrayLike | None = None
) -> Array:
    """Points of one line, `length` to both sides of a point (the origin by default)."""
    u = np.asarray(direction, dtype=float)
    u = length * u / np.linalg.norm(u)
    foot = np.zeros(len(u)) if through is None else np.asarray(through, dtype=float)
    return polyline([foot - u, foot + u])


def level(normal: npt.ArrayLike, value: float, length: float) -> Array:
    """Points of the line of the plane on which normal · x = value, `length` to both sides.

    Its middle is its point next to the origin. There is none if the normal is 0.

    >>> level((2, 0), 6, 1)[[0, -1]]
    array([[ 3., -1.],
           [ 3.,  1.]])
    """
    n = np.asarray(normal, dtype=float)
    if not n.any():
        return np.zeros((0, 2))
    return spanning((-n[1], n[0]), length, value / float(n @ n) * n)


def smooth_through(
    f: Callable[[float], npt.ArrayLike], start: float, end: float, count: int
) -> Array:
    """Points of the curve t ↦ f(t) (d,), by `count` cubic pieces with its tangents (Hermite)."""
    t = np.linspace(start, end, count + 1)
    h = (end - start) / count
    here = np.array([f(float(x)) for x in t], dtype=float)
    e = 1e-4 * h
    slope = np.array([np.asarray(f(float(x + e))) - np.asarray(f(float(x - e))) for x in t]) / (
        2 * e
    )
    a, b, da, db = here[:-1], here[1:], slope[:-1] * h / 3, slope[1:] * h / 3
    return np.stack([a, a + da, b - db, b], axis=1).reshape(-1, here.shape[1])


def round_trip(center: Array, first: Array, second: Array) -> Callable[[float], Array]:
    """Give the ellipse s ↦ center + cos 2πs · first + sin 2πs · second, 0 ≤ s ≤ 1."""

    def there(s: float) -> Array:
        turn = 2 * np.pi * s
        return np.asarray(center + np.cos(turn) * first + np.sin(turn) * second)

    return there


def along(points: Array, count: int) -> Array:
    """Sample cubic Bézier curves: `count` points on each piece, ends included."""
    if not len(points):
        return points
    p0, p1, p2, p3 = points.reshape(-1, 4, points.shape[1]).transpose(1, 0, 2)
    t = np.linspace(0, 1, count)[:, None, None]
    samples = (1 - t) ** 3 * p0 + 3 * t * (1 - t) ** 2 * p1 + 3 * t * t * (1 - t) * p2 + t**3 * p3
    return np.asarray(samples.transpose(1, 0, 2).reshape(-1, points.shape[1]))


def portion(points: Array, start: float, end: float) -> Array:
    """Give the part of a chain of n cubic pieces between two shares of it, 0 ≤ start ≤ end ≤ 1."""
    pieces = points.reshape(-1, 4, points.shape[1])
    n = len(pieces)
    if start <= 0.0 and end >= 1.0:
        return points
    if end <= start:
        return points[:0]
    first = min(int(start * n), n - 1)
    last = min(int(np.ceil(end * n)) - 1, n - 1)
    kept = [pieces[k] for k in range(first, last + 1)]
    kept[-1] = _until(kept[-1], end * n - last)
    cut = (start * n - first) / (end * n - last) if first == last else start * n - first
    kept[0] = _until(kept[0][::-1], 1 - cut)[::-1]
    return np.concatenate(kept)


def _until(piece: Array, t: float) -> Array:
    """Give a cubic piece (4, d) up to t. Source: de Casteljau's algorithm."""
    p0, p1, p2, p3 = piece
    a, b, c = (1 - t) * p0 + t * p1, (1 - t) * p1 + t * p2, (1 - t) * p2 + t * p3
    d, e = (1 - t) * a + t * b, (1 - t) * b + t * c
    return np.array([p0, a, d, (1 - t) * d + t * e])
