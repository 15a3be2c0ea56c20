"""What stands on a plane: curves, arrows, dots and labels that can be drawn under any matrix.

A figure keeps its points in mathematical coordinates. `pose(matrix, window)`
draws it as the matrix sends it: outlines are mapped, arrows re-aimed, labels
follow their anchor and stay upright. Matrices are 2×2, or 3×2 while a sheet
folds in space (the third row is the height above the plane).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import VMobject

from scenes.stage.layout import Rect
from scenes.stage.text import Glyphs, polyline
from scenes.stage.window import Window

__all__ = [
    "Arrow",
    "Curve",
    "Dot",
    "Figure",
    "Grid",
    "Label",
    "Sweep",
    "along",
    "circle",
    "lines",
    "polygon",
    "spanning",
]

_Array = npt.NDArray[np.float64]


class Figure(VMobject):
    """A picture of something in the plane."""

    def pose(self, matrix: _Array, window: Window) -> None:
        """Draw it under `matrix`."""
        raise NotImplementedError

    def landmarks(self) -> _Array:
        """(2, n) mathematical points that must stay in sight; none by default."""
        return np.zeros((2, 0))


class Curve(Figure):
    """An outline or a family of lines, mapped point by point.

    Parameters
    ----------
    points
        (N, 2) cubic Bézier points in mathematical coordinates.
    front, back
        Stroke colors while the sheet shows its face, and its back.
    fill
        Opacity of the area inside; 0 for lines.
    shown
        Whether its points must stay in sight.
    """

    def __init__(
        self,
        points: _Array,
        *,
        front: str,
        back: str | None = None,
        width: float,
        fill: float = 0.0,
        dash: Sequence[float] = (),
        opacity: float = 1.0,
        shown: bool = True,
    ) -> None:
        super().__init__(
            stroke_color=front,
            stroke_width=width,
            stroke_opacity=opacity,
            fill_color=front,
            fill_opacity=fill,
        )
        self.base = points
        self.front, self.back = front, back or front
        self.dash = tuple(dash)
        self.shown = shown
        self.facing = True

    def pose(self, matrix: _Array, window: Window) -> None:
        """Map every point; show the back's color once the sheet lies on its face."""
        self.points = window.place(self.base @ matrix.T)
        facing = _faces(matrix, self.facing)
        if facing is not self.facing:
            self.facing = facing
            self.set_color(self.front if facing else self.back)

    def landmarks(self) -> _Array:
        """Its points, if it must stay in sight."""
        return self.base.T if self.shown else np.zeros((2, 0))


class Grid(Curve):
    """A family of parallel lines that pales where it gets crowded.

    Squeezed lines would run together into one bright band; paler ones let the
    picture stay as light as it was.

    Parameters
    ----------
    direction, spacing, count, length
        As for `lines`.
    """

    straight = True  # the camera draws no more of it than its stage shows
    CROWDED = 0.3  # stage units between two lines, below which they pale
    PALEST = 0.25

    def __init__(
        self,
        direction: npt.ArrayLike,
        spacing: float,
        count: int,
        length: float,
        *,
        opacity: float,
        **style: Any,
    ) -> None:
        super().__init__(
            lines(direction, spacing, count, length), opacity=opacity, shown=False, **style
        )
        u = np.asarray(direction, dtype=float)
        self._along = u / np.linalg.norm(u)
        self._across = spacing * np.array([-self._along[1], self._along[0]])
        self._count, self._opacity = count, opacity

    def pose(self, matrix: _Array, window: Window) -> None:
        """Map the lines, as bright as their distance allows."""
        super().pose(matrix, window)
        (ax, ay), (sx, sy) = matrix[:2] @ self._along, matrix[:2] @ self._across
        length = float(np.hypot(ax, ay))
        # where a line has shrunk to a point, the points' distance counts
        gap = abs(ax * sy - ay * sx) / length if length > 1e-9 else float(np.hypot(sx, sy))
        gap *= window.unit
        band = 2 * self._count * gap  # all lines as one: nothing to pale
        share = float(np.clip(max(gap / self.CROWDED, 1 - 2 * band), self.PALEST, 1.0))
        self.set_stroke(opacity=share * self._opacity)


def _faces(matrix: _Array, before: bool) -> bool:
    """Whether the sheet shows its face; unchanged where it has none (det = 0)."""
    (a, b), (c, d) = matrix[:2]
    det = a * d - b * c
    scale = abs(a * d) + abs(b * c)
    return before if abs(det) <= 1e-9 * scale else bool(det > 0)


def circle(radius: float = 1.0) -> _Array:
    """Points of a circle about the origin, counterclockwise from (radius, 0)."""
    # Eight cubic arcs: off the true circle by less than 5e-6 of the radius.
    angles = np.arange(8) * np.pi / 4
    handle = 4 / 3 * np.tan(np.pi / 16)
    here = np.column_stack([np.cos(angles), np.sin(angles)])
    along = np.column_stack([-np.sin(angles), np.cos(angles)])
    there, along_there = np.roll(here, -1, axis=0), np.roll(along, -1, axis=0)
    arcs = np.stack([here, here + handle * along, there - handle * along_there, there], axis=1)
    return radius * arcs.reshape(-1, 2)


def along(points: _Array, count: int) -> _Array:
    """Sample cubic Bézier curves: `count` points on each piece, ends included."""
    p0, p1, p2, p3 = points.reshape(-1, 4, points.shape[1]).transpose(1, 0, 2)
    t = np.linspace(0, 1, count)[:, None, None]
    samples = (1 - t) ** 3 * p0 + 3 * t * (1 - t) ** 2 * p1 + 3 * t * t * (1 - t) * p2 + t**3 * p3
    return samples.reshape(-1, points.shape[1])


def polygon(corners: npt.ArrayLike) -> _Array:
    """Points of the closed polygon through `corners`."""
    points = np.asarray(corners, dtype=float)
    return polyline(np.vstack([points, points[:1]]))


def lines(direction: npt.ArrayLike, spacing: float, count: int, length: float) -> _Array:
    """Points of 2·count + 1 parallel lines, the middle one through the origin.

    They point along `direction`, stand `spacing` apart and reach `length` to
    both sides.
    """
    along = np.asarray(direction, dtype=float)
    along = along / np.linalg.norm(along)
    across = spacing * np.array([-along[1], along[0]])
    feet = np.arange(-count, count + 1)[:, None] * across
    start, end = feet - length * along, feet + length * along
    return np.linspace(start, end, 4, axis=1).reshape(-1, 2)


def spanning(direction: npt.ArrayLike, length: float, through: npt.ArrayLike = (0, 0)) -> _Array:
    """Points of one long line through a point."""
    along = np.asarray(direction, dtype=float)
    along = length * along / np.linalg.norm(along)
    foot = np.asarray(through, dtype=float)
    return polyline([foot - along, foot + along])


class Arrow(Figure):
    """A vector from the origin (or `tail`), re-aimed under every matrix, never sheared.

    A null vector is a dot: a dot has no arrow head.
    """

    SHAFT = 0.065  # stage units
    HEAD_LENGTH, HEAD_WIDTH = 0.3, 0.26
    DOT = 0.085

    def __init__(
        self,
        vector: npt.ArrayLike,
        *,
        color: str,
        tail: npt.ArrayLike = (0.0, 0.0),
        opacity: float = 1.0,
        scale: float = 1.0,
    ) -> None:
        super().__init__(fill_color=color, fill_opacity=opacity, stroke_width=0.0)
        self.vector = np.asarray(vector, dtype=float)
        self.tail = np.asarray(tail, dtype=float)
        self.size = scale

    def landmarks(self) -> _Array:
        """Its two ends."""
        return np.column_stack([self.tail, self.tail + self.vector])

    def ends(self, matrix: _Array, window: Window) -> tuple[_Array, _Array]:
        """Give tail and tip on the stage."""
        tail, tip = window.place(np.stack([self.tail, self.tail + self.vector]) @ matrix.T)
        return tail, tip

    def length(self, matrix: _Array, window: Window) -> float:
        """Give its length on the stage."""
        tail, tip = self.ends(matrix, window)
        return float(np.linalg.norm(tip - tail))

    @property
    def drawn(self) -> tuple[_Array, _Array]:
        """Tail and tip as they are drawn now, read off the outline."""
        points = np.asarray(self.points)
        if len(points) == len(_CIRCLE):  # a dot
            center = points.mean(axis=0)
            return center, center
        return (points[0] + points[-5]) / 2, points[11]

    def pose(self, matrix: _Array, window: Window) -> None:
        """Aim it; below the size of a dot, draw a dot."""
        tail, tip = self.ends(matrix, window)
        along = tip - tail
        length = float(np.linalg.norm(along))
        if length < 1.2 * self.DOT * self.size:
            self.points = _disc(tail, self.DOT * self.size)
            return
        u = along / length
        n = np.array([-u[1], u[0], 0.0])
        head = min(self.HEAD_LENGTH * self.size, 0.5 * length)
        wide = self.HEAD_WIDTH * self.size * head / (self.HEAD_LENGTH * self.size) / 2
        half = min(self.SHAFT * self.size / 2, 0.6 * wide)
        neck = tip - head * u
        self.points = polyline(
            [
                tail + half * n,
                neck + half * n,
                neck + wide * n,
                tip,
                neck - wide * n,
                neck - half * n,
                tail - half * n,
                tail + half * n,
            ]
        )


class Sweep(Figure):
    """The angle that a vector has turned through since `start`, as a growing sector.

    Parameters
    ----------
    vector
        The vector, in mathematical coordinates.
    start
        The world's matrix when the turn begins.
    turn
        The whole angle in radians; its sign tells a half turn's direction.
    """

    RADIUS = 0.8  # stage units

    def __init__(
        self, vector: npt.ArrayLike, *, start: _Array, turn: float, color: str, width: float
    ) -> None:
        super().__init__(
            stroke_color=color, stroke_width=width, fill_color=color, fill_opacity=0.22
        )
        self.vector = np.asarray(vector, dtype=float)
        x, y = (start @ self.vector)[:2]
        self.start, self.turn = float(np.arctan2(y, x)), turn

    def pose(self, matrix: _Array, window: Window) -> None:
        """Draw the sector swept so far."""
        x, y = (matrix @ self.vector)[:2]
        swept = (float(np.arctan2(y, x)) - self.start + np.pi) % (2 * np.pi) - np.pi
        if swept * self.turn < 0 and abs(swept) > 1e-6:
            swept += 2 * np.pi * np.sign(self.turn)
        angles = self.start + np.linspace(0, swept, 40)
        arc = self.RADIUS * np.column_stack([np.cos(angles), np.sin(angles), np.zeros(40)])
        self.points = polyline(np.vstack([np.zeros(3), arc, np.zeros(3)])) + window.center


class Dot(Figure):
    """A point, drawn as a disc of constant size."""

    def __init__(self, point: npt.ArrayLike, *, color: str, radius: float = 0.085) -> None:
        super().__init__(fill_color=color, fill_opacity=1.0, stroke_width=0.0)
        self.point = np.asarray(point, dtype=float)
        self.radius = radius

    @property
    def rim(self) -> _Array:
        """Its outline about the origin, on the stage."""
        return self.radius * _CIRCLE

    def pose(self, matrix: _Array, window: Window) -> None:
        """Move it to where its point goes."""
        self.points = _disc(window.place((self.point @ matrix.T)[None])[0], self.radius)

    def landmarks(self) -> _Array:
        """Its point."""
        return self.point[:, None]


def _disc(center: _Array, radius: float) -> _Array:
    return radius * _CIRCLE + center


_CIRCLE = np.column_stack([circle(), np.zeros(32)])


class Label(Glyphs):
    """A text that follows the tip of an arrow (or a point), upright.

    `bearing` is the angle from the arrow's direction to where the label
    stands, `gap` the distance between tip and text; the world chooses both.
    """

    FARTHEST = 0.95  # stage units from tip to text; beyond it nobody sees the connection

    def __init__(self, glyphs: Glyphs, anchor: Arrow | Dot) -> None:
        super().__init__(
            np.asarray(glyphs.points) / glyphs.cap_height,
            size=glyphs.cap_height,
            color=glyphs.get_fill_color().to_hex(),
            text=glyphs.text,
        )
        self.anchor = anchor
        self.bearing, self.gap = 0.0, 0.14
        self._facing = np.array([1.0, 0.0])
        box = np.asarray(self.points)[:, :2]
        low, high = box.min(axis=0), box.max(axis=0)
        self._outline = np.asarray(self.points) - [*((low + high) / 2), 0.0]
        self.half = (high - low) / 2
        self.tip = np.zeros(2)  # what it names, on the stage, as last posed
        self.strength = 1.0  # its opacity, while it is in sight

    @property
    def box(self) -> Rect:
        """The rectangle it covers now."""
        x, y, _ = self.get_center()
        w, h = self.half
        return Rect(x - w, y - h, x + w, y + h)

    def spot(self, matrix: _Array, window: Window, bearing: float, gap: float) -> _Array:
        """Give the center (x, y) it would have."""
        if isinstance(self.anchor, Arrow):
            tail, tip = self.anchor.ends(matrix, window)
            along = (tip - tail)[:2]
            length = float(np.linalg.norm(along))
            # A vector that shrinks away keeps its last direction.
            if length > 0.05:
                self._facing = along / length
        else:
            tip = window.place((self.anchor.point @ matrix.T)[None])[0]
        cos, sin = np.cos(bearing), np.sin(bearing)
        ux, uy = self._facing
        u = np.array([cos * ux - sin * uy, sin * ux + cos * uy])
        support = float(np.abs(u) @ self.half)
        self.tip = tip[:2]
        return self.tip + (gap + support) * u

    def pose(self, matrix: _Array, window: Window, at_rest: bool = True) -> None:
        """Follow the anchor; the name of what has become a dot, or is out of sight, fades away.

        At rest it is there or not: a name half faded can't be read.
        """
        center = self.spot(matrix, window, self.bearing, self.gap)
        room = window.rect.inset(0.08)
        low = np.array([room.left, room.bottom]) + self.half
        high = np.array([room.right, room.top]) - self.half
        center = np.clip(center, low, high)
        self.points = self._outline + np.array([*center, 0.0])
        nearest = np.clip(self.tip, center - self.half, center + self.half)
        opacity = (self.FARTHEST - float(np.linalg.norm(self.tip - nearest))) / 0.1
        if isinstance(self.anchor, Arrow):
            opacity = min(opacity, (self.anchor.length(matrix, window) - 0.07) / 0.01)
        opacity = min(max(opacity, 0.0), 1.0)
        opacity = self.strength * (round(opacity) if at_rest else opacity)
        if opacity != self.get_fill_opacity():
            self.set_fill(opacity=opacity)

    def landmarks(self) -> _Array:
        """None: its anchor has them."""
        return np.zeros((2, 0))
