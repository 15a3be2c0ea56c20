"""What stands on a plane or in space: curves, families of lines, arrows, dots, wedges, measures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from scenes.stage import bezier
from scenes.stage.bezier import polyline
from scenes.stage.figure import Figure, Given, Value, read
from scenes.stage.theme import Layer
from scenes.stage.view import Array, View

__all__ = [
    "Arrow",
    "Curve",
    "Dot",
    "Dots",
    "Lines",
    "Measure",
    "Place",
    "RightAngle",
    "Ring",
    "Sector",
    "Ticks",
    "Wedge",
    "faces",
]

_CIRCLE = np.column_stack([bezier.circle(), np.zeros(32)])


class Curve(Figure):
    """An outline, mapped point by point.

    Parameters
    ----------
    points
        (N, d) cubic Bézier points in mathematical coordinates, or a callable giving them.
    front, back
        Colors while the sheet shows its face, and its back.
    fill, fill_color
        Opacity and color of the area inside; 0 for lines.
    until, since
        The share of it that is drawn: numbers or Values in [0, 1].
    counts
        Whether its points must stay in sight.
    """

    layer = Layer.LINE

    def __init__(
        self,
        points: Given,
        *,
        front: str,
        back: str | None = None,
        width: float,
        fill: float = 0.0,
        fill_color: str | None = None,
        dash: Sequence[float] = (),
        opacity: float = 1.0,
        until: float | Value = 1.0,
        since: float | Value = 0.0,
        counts: bool = True,
        layer: Layer | None = None,
    ) -> None:
        super().__init__(
            stroke_color=front,
            stroke_width=width,
            stroke_opacity=opacity,
            fill_color=fill_color or front,
            fill_opacity=fill,
        )
        self.given = points if callable(points) else np.asarray(points, dtype=float)
        self.front, self.back = front, back or front
        self.dash = tuple(dash)
        self.until, self.since = until, since
        self.counts = counts
        self.facing = True
        if layer is not None:
            self.layer = layer

    @property
    def base(self) -> Array:
        """Its points (N, d) now, all of them."""
        return read(self.given)

    @property
    def drawn(self) -> Array:
        """Its points (N, d) now, as far as it is drawn."""
        return bezier.portion(self.base, float(read(self.since)), float(read(self.until)))

    def pose(self, matrix: Array, view: View) -> None:
        """Map every point; show the back's color once the sheet lies on its face."""
        drawn = self.drawn
        if drawn.shape[1] < matrix.shape[1]:  # the plane, drawn in space
            matrix = matrix[:, : drawn.shape[1]]
        self.points = view.place(drawn @ matrix.T)
        if self.back != self.front:
            facing = faces(matrix, view, self.facing)
            if facing is not self.facing:
                self.facing = facing
                self.set_color(self.front if facing else self.back)

    def landmarks(self) -> Array:
        """Its points, if it must stay in sight."""
        return self.base if self.counts else self.base[:0]

    def obstacles(self) -> Array:
        """Samples of the outline, of an endless line only where its stage shows it."""
        points = np.asarray(self.points)[:, :2]
        clip = getattr(self, "clip", None)
        if not self.is_line or clip is None or not len(points):
            return bezier.along(np.asarray(self.points), 24)[:, :2]
        samples = np.linspace(points[0], points[-1], 4000)
        inside = (np.abs(samples - clip.center[:2]) <= (clip.width / 2, clip.height / 2)).all(
            axis=1
        )
        return samples[inside][::2] if inside.any() else samples[:0]

    def depth(self, matrix: Array, view: View) -> float:
        """The depth of its middle."""
        base = self.base
        return _depth(base.mean(axis=0) if len(base) else np.zeros(2), matrix, view)


class Lines(Figure):
    """A family of parallel lines of the plane that pales where it gets crowded.

    Squeezed lines would run together into one bright band; paler ones let the picture
    stay as light as it was.

    Parameters
    ----------
    direction, spacing
        The lines point along `direction`, `spacing` apart, one through the origin.
    count, length
        How many on each side, and how far each reaches.
    within
        How far from the origin they are drawn, before the matrix: a number or a Value;
        None: all of them, all along.
    """

    is_line = True
    layer = Layer.GRID
    CROWDED = 0.3  # stage units between two lines, below which they pale
    PALEST = 0.25

    def __init__(
        self,
        direction: npt.ArrayLike,
        spacing: float,
        count: int,
        length: float,
        *,
        front: str,
        back: str | None = None,
        width: float,
        opacity: float = 0.6,
        dash: Sequence[float] = (),
        within: float | Value | None = None,
    ) -> None:
        super().__init__(stroke_color=front, stroke_width=width, stroke_opacity=opacity)
        self.all_of_it = bezier.lines(direction, spacing, count, length)
        self.within = within
        u = np.asarray(direction, dtype=float)
        self._along = u / np.linalg.norm(u)
        self._across = spacing * np.array([-self._along[1], self._along[0]])
        self._count = count
        self.front, self.back, self.facing = front, back or front, True
        self.dash = tuple(dash)
        self.strength = 1.0

    @property
    def base(self) -> Array:
        """Its points (N, 2) now."""
        if self.within is None:
            return self.all_of_it
        radius = float(read(self.within))
        far = np.arange(-self._count, self._count + 1) * float(np.linalg.norm(self._across))
        half = np.sqrt(np.maximum(radius**2 - far**2, 0.0))
        near = half > 0.0
        feet = np.arange(-self._count, self._count + 1)[near, None] * self._across
        ways = half[near, None] * self._along
        return bezier.segments(feet - ways, feet + ways)

    def pose(self, matrix: Array, view: View) -> None:
        """Map the lines, as bright as their distance allows."""
        matrix = matrix[:, :2]
        self.points = view.place(self.base @ matrix.T)
        flat = view.unit * (view.axes[:, : len(matrix)] @ matrix)
        (ax, ay), (sx, sy) = flat @ self._along, flat @ self._across
        length = float(np.hypot(ax, ay))
        # where a line has shrunk to a point, the points' distance counts
        gap = abs(ax * sy - ay * sx) / length if length > 1e-9 else float(np.hypot(sx, sy))
        band = 2 * self._count * gap  # all lines as one: nothing to pale
        self.strength = float(np.clip(max(gap / self.CROWDED, 1 - 2 * band), self.PALEST, 1.0))
        facing = faces(matrix, view, self.facing)
        if facing is not self.facing:
            self.facing = facing
            self.set_stroke(color=self.front if facing else self.back, family=False)


class Arrow(Figure):
    """A vector from the origin (or a tail), re-aimed under every matrix, never sheared.

    Only a zero vector is a dot. A vector that points at the viewer is a ring with a dot in
    it, the tip of an arrow seen from the front; a very short one is all head.

    Parameters
    ----------
    vector, tail
        (d,) each: arrays, Values or callables.
    scale
        1 for what matters, less for members of a crowd.
    apart
        How far to the left of its line it is drawn, in stage units, where two share a line.
    """

    layer = Layer.ARROW
    SHAFT = 0.07  # stage units
    HEAD_LENGTH, HEAD_WIDTH = 0.3, 0.27
    DOT, LEAST = 0.085, 0.13

    def __init__(
        self,
        vector: Given,
        *,
        color: str,
        tail: Given = (0.0, 0.0),
        opacity: float = 1.0,
        scale: float = 1.0,
        casing: str | None = None,
        apart: Given = 0.0,
    ) -> None:
        super().__init__(fill_color=color, fill_opacity=opacity, stroke_width=0.0)
        if casing is not None:
            self.set_stroke(casing, width=4.0, opacity=1.0, background=True)
        self.given, self.given_tail = vector, tail
        self.size, self.apart = scale, apart

    @property
    def vector(self) -> Array:
        """The vector (d,) now, before the matrix."""
        return read(self.given)

    @property
    def tail(self) -> Array:
        """Where it begins (d,), before the matrix."""
        tail = read(self.given_tail)
        vector = self.vector
        return tail if len(tail) == len(vector) else np.resize(np.append(tail, 0.0), len(vector))

    def landmarks(self) -> Array:
        """Its two ends."""
        return np.stack([self.tail, self.tail + self.vector])

    def ends(self, matrix: Array, view: View) -> tuple[Array, Array]:
        """Give tail and tip on the stage."""
        vector = self.vector
        tail, tip = view.place(
            np.stack([self.tail, self.tail + vector]) @ matrix[:, : len(vector)].T
        )
        return tail, tip

    def is_zero(self, matrix: Array) -> bool:
        """Whether the matrix sends the vector to 0, but for rounding."""
        vector = self.vector
        most = float(np.abs(matrix).max(initial=0.0)) * float(np.abs(vector).max(initial=0.0))
        image = matrix[:, : len(vector)] @ vector
        return float(np.linalg.norm(image)) <= 1e-9 * max(most, 1e-300)

    @property
    def drawn(self) -> tuple[Array, Array]:
        """Tail and tip as they are drawn now, read off the outline."""
        points = np.asarray(self.points)
        if len(points) != 28:  # a dot, or a ring
            center = points[:32].mean(axis=0)
            return center, center
        tail, tip = (points[0] + points[-5]) / 2, points[11]
        across = points[0] - tail
        back = float(read(self.apart)) * across / max(float(np.linalg.norm(across)), 1e-12)
        return tail - back, tip - back

    def pose(self, matrix: Array, view: View) -> None:
        """Aim it."""
        tail, tip = self.ends(matrix, view)
        if self.is_zero(matrix):
            self.points = self.DOT * self.size * _CIRCLE + tail
            return
        ahead = tip - tail
        length = float(np.linalg.norm(ahead))
        vector = self.vector
        true = view.unit * float(np.linalg.norm(matrix[:, : len(vector)] @ vector))
        if length < 0.12 * true and length < self.HEAD_LENGTH * self.size:
            ring = 0.15 * self.size * _CIRCLE
            inner = 0.11 * self.size * _CIRCLE[::-1]
            point = 0.05 * self.size * _CIRCLE
            self.points = np.concatenate([ring, inner, point]) + tip
            return
        u = ahead / max(length, 1e-12)
        n = np.array([-u[1], u[0], 0.0])
        if length < self.LEAST * self.size:  # all head, larger than life: its tip is true
            tail = tip - self.LEAST * self.size * u
            length = self.LEAST * self.size
        beside = float(read(self.apart)) * n
        tail, tip = tail + beside, tip + beside
        head = min(self.HEAD_LENGTH * self.size, 0.6 * length)
        wide = self.HEAD_WIDTH * head / self.HEAD_LENGTH / 2
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

    def obstacles(self) -> Array:
        """Samples of the shaft."""
        tail, tip = self.drawn
        return np.linspace(tail, tip, 60)[:, :2]

    def depth(self, matrix: Array, view: View) -> float:
        """The depth of its tip's half."""
        return _depth(self.tail + 0.6 * self.vector, matrix, view)


class Dot(Figure):
    """A point, drawn as a disc of constant size."""

    layer = Layer.POINT

    def __init__(
        self, point: Given, *, color: str, radius: float = 0.09, casing: str | None = None
    ) -> None:
        super().__init__(fill_color=color, fill_opacity=1.0, stroke_width=0.0)
        if casing is not None:
            self.set_stroke(casing, width=4.0, opacity=1.0, background=True)
        self.given, self.radius = point, radius

    @property
    def point(self) -> Array:
        """The point (d,) now, before the matrix."""
        return read(self.given)

    def pose(self, matrix: Array, view: View) -> None:
        """Move it to where its point goes."""
        point = self.point
        self.points = self.radius * _CIRCLE + view.spot(matrix[:, : len(point)] @ point)

    def landmarks(self) -> Array:
        """Its point."""
        return self.point[None]

    def obstacles(self) -> Array:
        """Samples of the rim."""
        return bezier.along(np.asarray(self.points), 3)[:, :2]

    def depth(self, matrix: Array, view: View) -> float:
        """The point's depth."""
        return _depth(self.point, matrix, view)


class Place(Dot):
    """A point that is not drawn and in nobody's way: something for a label to stand by."""

    def __init__(self, point: Given, *, color: str) -> None:
        super().__init__(point, color=color, radius=0.0)

    def landmarks(self) -> Array:
        """None: it need not stay in sight."""
        return self.point[None][:0]

    def obstacles(self) -> Array:
        """None."""
        return np.zeros((0, 2))


class Dots(Figure):
    """Many points, drawn as discs of constant size.

    Parameters
    ----------
    points
        (N, d) in mathematical coordinates, or a callable giving them.
    radius
        In stage units: a number, or a callable giving it.
    """

    layer = Layer.POINT

    def __init__(self, points: Given, *, color: str, radius: Given = 0.07) -> None:
        super().__init__(fill_color=color, fill_opacity=1.0, stroke_width=0.0)
        self.given, self.radius = points, radius

    @property
    def base(self) -> Array:
        """The points (N, d) now, before the matrix."""
        return read(self.given)

    def pose(self, matrix: Array, view: View) -> None:
        """Move each to where its point goes."""
        base = self.base
        spots = view.place(base @ matrix[:, : base.shape[1]].T)
        self.points = (spots[:, None] + float(read(self.radius)) * _CIRCLE).reshape(-1, 3)

    def landmarks(self) -> Array:
        """The points."""
        return self.base

    def obstacles(self) -> Array:
        """Every tenth point of the rims."""
        return np.asarray(self.points)[::10, :2]


class Ticks(Figure):
    """Short strokes across a line through the origin, at multiples of a vector.

    Parameters
    ----------
    vector
        (d,): the tick of 1.
    numbers
        Where the ticks stand.
    half
        Half the length of a tick, in stage units.
    """

    layer = Layer.LINE

    def __init__(
        self,
        vector: Given,
        numbers: Sequence[float],
        *,
        color: str,
        width: float,
        half: float = 0.11,
    ) -> None:
        super().__init__(stroke_color=color, stroke_width=width)
        self.given, self.numbers, self.half = vector, np.array(numbers, dtype=float), half

    def pose(self, matrix: Array, view: View) -> None:
        """Draw them square to the line as it lies on the stage."""
        vector = read(self.given)
        spots = view.place(np.outer(self.numbers, matrix[:, : len(vector)] @ vector))
        ahead = view.spot(matrix[:, : len(vector)] @ vector) - view.origin
        length = float(np.linalg.norm(ahead))
        if length < 1e-9:
            self.points = np.zeros((0, 3))
            return
        across = self.half * np.array([-ahead[1], ahead[0], 0.0]) / length
        self.points = bezier.segments(spots - across, spots + across)

    def obstacles(self) -> Array:
        """Samples of the strokes."""
        return np.asarray(self.points)[:, :2]


class Ring(Dot):
    """A circle of constant size around a point: something is to be found there."""

    def __init__(self, point: Given, *, color: str, radius: float = 0.2, width: float) -> None:
        super().__init__(point, color=color, radius=radius)
        self.set_fill(opacity=0.0)
        self.set_stroke(color, width=width, opacity=1.0)


class Wedge(Figure):
    """The angle from one direction of the plane to another, as a sector about a vertex.

    Parameters
    ----------
    start, turn
        The first side's angle and the signed angle from it to the second, in radians;
        numbers, Values or callables.
    radius
        Stage units.
    """

    layer = Layer.REGION

    def __init__(
        self,
        start: Given,
        turn: Given,
        *,
        color: str,
        width: float,
        radius: float = 0.8,
        fill: float = 0.22,
        at: Given = (0.0, 0.0),
    ) -> None:
        super().__init__(
            stroke_color=color, stroke_width=width, fill_color=color, fill_opacity=fill
        )
        self.start, self.turn, self.radius, self.at = start, turn, radius, at

    def pose(self, matrix: Array, view: View) -> None:
        """Draw the sector; it is measured on the stage and not moved by the matrix."""
        start, turn = float(read(self.start)), float(read(self.turn))
        angles = start + np.linspace(0, turn, 40)
        radius = self.radius / view.unit
        vertex = read(self.at)
        arc = vertex + radius * np.column_stack([np.cos(angles), np.sin(angles)])
        self.points = polyline(view.place(np.vstack([vertex, arc, vertex])))

    @property
    def middle(self) -> Array:
        """The direction (2,) of its middle."""
        angle = float(read(self.start)) + float(read(self.turn)) / 2
        return np.array([np.cos(angle), np.sin(angle)])

    def brim(self, view: View) -> Array:
        """Give the middle (2,) of its arc, on the stage."""
        middle = view.axes[:, :2] @ self.middle
        length = float(np.linalg.norm(middle))
        vertex = view.spot(read(self.at))[:2]
        return np.asarray(vertex + self.radius * middle / (length if length > 0.02 else 1.0))

    def obstacles(self) -> Array:
        """Samples of its rim."""
        return np.asarray(self.points)[::4, :2]


class Sector(Wedge):
    """The angle that a vector of space sweeps out, as a sector in the plane that it turns in.

    Parameters
    ----------
    start, side
        Where it begins, (3,), and a vector as long and square to it, toward which it turns.
    turn
        By how much, in radians.
    at
        The vertex.
    radius
        Stage units; 0: as long as `start` is.
    """

    def __init__(
        self, start: Given, side: Given, turn: Given, *, at: Given = (0.0, 0.0, 0.0), **style: Any
    ) -> None:
        super().__init__(start, turn, at=at, **style)
        self.side = side

    def _spoke(self, turned: Any, view: View) -> Array:
        """Give the spokes (N, 3) of angles (N,), as long as they are drawn."""
        start, angles = read(self.start), np.atleast_1d(turned)[:, None]
        spokes = np.cos(angles) * start + np.sin(angles) * read(self.side)
        length = float(np.linalg.norm(start))
        if self.radius and length:
            spokes = spokes * (self.radius / view.unit / length)
        return np.asarray(spokes)

    def pose(self, matrix: Array, view: View) -> None:
        """Draw the sector; it is not moved by the matrix."""
        vertex = read(self.at)[None]
        arc = vertex + self._spoke(np.linspace(0, float(read(self.turn)), 40), view)
        self.points = polyline(view.place(np.vstack([vertex, arc, vertex])))

    @property
    def middle(self) -> Array:
        """The direction (3,) of its middle."""
        half = float(read(self.turn)) / 2
        return np.asarray(np.cos(half) * read(self.start) + np.sin(half) * read(self.side))

    def brim(self, view: View) -> Array:
        """Give the middle (2,) of its arc, on the stage."""
        spoke = self._spoke(float(read(self.turn)) / 2, view)
        return view.place(read(self.at)[None] + spoke)[0, :2]


class RightAngle(Figure):
    """The little square that marks a right angle between two directions of the plane."""

    layer = Layer.LINE

    def __init__(
        self,
        one: Given,
        other: Given,
        *,
        color: str,
        width: float,
        at: Given = (0.0, 0.0),
        size: float = 0.26,
    ) -> None:
        super().__init__(stroke_color=color, stroke_width=width)
        self.one, self.other, self.at, self.size = one, other, at, size

    def pose(self, matrix: Array, view: View) -> None:
        """Draw it along the images of both directions."""
        sides = []
        for given in (self.one, self.other):
            vector = read(given)
            image = view.axes[:, : len(matrix)] @ (matrix[:, : len(vector)] @ vector)
            length = float(np.linalg.norm(image))
            sides.append(np.append(image / length if length > 1e-12 else image, 0.0) * self.size)
        at = read(self.at)
        vertex = view.spot(matrix[:, : len(at)] @ at)
        self.points = polyline([vertex + sides[0], vertex + sum(sides), vertex + sides[1]])


class Measure(Figure):
    """A dimension line beside the segment from `tail` to `tip`, with a tick at both ends.

    Parameters
    ----------
    side
        1: to the left of the direction from tail to tip, −1: to the right.
    offset
        How far from the segment, in stage units.
    """

    layer = Layer.LINE

    def __init__(
        self,
        tip: Given,
        *,
        color: str,
        width: float,
        tail: Given = (0.0, 0.0),
        side: int = 1,
        offset: float = 0.28,
    ) -> None:
        super().__init__(stroke_color=color, stroke_width=width)
        self.given, self.given_tail, self.side, self.offset = tip, tail, side, offset

    def pose(self, matrix: Array, view: View) -> None:
        """Draw it where the matrix puts the segment."""
        tip, tail = read(self.given), read(self.given_tail)
        n = len(tip)
        a, b = view.spot(matrix[:, :n] @ tail), view.spot(matrix[:, :n] @ tip)
        ahead = b - a
        length = float(np.linalg.norm(ahead))
        if length < 1e-9:
            self.points = polyline([a, a])
            return
        across = self.side * np.array([-ahead[1], ahead[0], 0.0]) / length
        a, b, tick = a + self.offset * across, b + self.offset * across, 0.1 * across
        self.points = np.concatenate(
            [polyline([a, b]), polyline([a - tick, a + tick]), polyline([b - tick, b + tick])]
        )

    def obstacles(self) -> Array:
        """Samples of the line."""
        return bezier.along(np.asarray(self.points)[:4], 40)[:, :2]


def faces(matrix: Array, view: View, before: bool) -> bool:
    """Whether a sheet of the plane shows its face to the viewer; unchanged where it has none."""
    if matrix.shape[1] != 2:
        return before
    (a, b), (c, d) = view.axes[:, : len(matrix)] @ matrix
    det = a * d - b * c
    scale = abs(a * d) + abs(b * c)
    return before if abs(det) <= 1e-9 * scale else bool(det > 0)


def _depth(point: Any, matrix: Array, view: View) -> float:
    image = matrix[:, : len(point)] @ point
    return float(np.tanh(0.2 * view.unit * view.depth(image[None])[0]))
