"""What stands in space: planes as translucent strips, boxes, balls as few clean curves, shadows."""

from __future__ import annotations

import math
from functools import partial
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from scenes.stage import bezier
from scenes.stage.bezier import polyline
from scenes.stage.figure import Figure, Given, read
from scenes.stage.shapes import Arrow, Curve
from scenes.stage.theme import Layer
from scenes.stage.view import Array, View

__all__ = ["Ball", "Drop", "Patch", "Rim", "Shadow", "Sheet", "box", "cut", "rod", "sheet"]


class Patch(Figure):
    """A piece of a plane through the origin, translucent, cut so that its place can be read.

    A still plane (`strip`) is cut along the view and across it, so that it is a tidy strip
    from every side; one that the map moves keeps its corners.

    Parameters
    ----------
    one, other
        Two vectors (3,) that span it.
    reach
        Half its side, in mathematical units.
    """

    layer = Layer.REGION

    def __init__(
        self,
        one: Given,
        other: Given,
        reach: float,
        *,
        color: str,
        width: float,
        fill: float = 0.22,
        strip: bool = True,
    ) -> None:
        super().__init__(
            fill_color=color, fill_opacity=fill, stroke_color=color, stroke_width=width
        )
        self.one, self.other, self.reach, self.strip = one, other, reach, strip

    @classmethod
    def square_to(cls, normal: npt.ArrayLike, reach: float, **style: Any) -> Patch:
        """Give a piece of the plane with that normal (3,)."""
        n = np.asarray(normal, dtype=float)
        one = np.cross(n, np.eye(3)[int(np.abs(n).argmin())])
        return cls(one, np.cross(n, one), reach, **style)

    def normal(self, matrix: Array) -> Array:
        """Give the unit normal (3,) of its image; zeros if the image is no plane."""
        a, b = (matrix @ read(v) for v in (self.one, self.other))
        n = np.cross(_three(a), _three(b))
        length = float(np.linalg.norm(n))
        return n / length if length > 1e-12 else np.zeros(3)

    def corners(self, matrix: Array, view: View) -> Array:
        """Give the (4, 3) corners of its image."""
        if self.strip:
            n = self.normal(matrix)
            across = np.cross(n, view.toward)
            length = float(np.linalg.norm(across))
            u = across / length if length > 1e-6 else _three(matrix @ read(self.one))
            u = u / max(float(np.linalg.norm(u)), 1e-12)
            v = np.cross(n, u)
        else:
            first = read(self.one) / np.linalg.norm(read(self.one))
            second = read(self.other) - (read(self.other) @ first) * first
            second = second / max(float(np.linalg.norm(second)), 1e-12)
            u, v = _three(matrix @ first), _three(matrix @ second)
        return self.reach * np.array([u + v, u - v, -u - v, -u + v])

    def pose(self, matrix: Array, view: View) -> None:
        """Draw it under `matrix` ((k, 3))."""
        self.points = polyline(view.place(np.vstack([c := self.corners(matrix, view), c[:1]])))

    def landmarks(self) -> Array:
        """None: it is as large as it needs to be."""
        return np.zeros((0, 3))

    def obstacles(self) -> Array:
        """Samples of the rim, none farther apart than a label is wide."""
        return bezier.along(np.asarray(self.points), 40)[:, :2]

    @property
    def foot(self) -> Array:
        """A point (3,) that it holds."""
        return np.zeros(3)


class Sheet(Patch):
    """A rectangle of a plane, as far as a line has swept it out; it may be slid off the origin.

    Parameters
    ----------
    one, other
        Two perpendicular unit vectors (3,).
    along, across
        From where to where it goes, (2,) each, along the first and along the second of them.
    at
        Where its own origin stands.
    below
        Whether this is the part under the floor, which shows through it; else the part above.
    """

    def __init__(
        self,
        one: Given,
        other: Given,
        along: Given,
        across: Given,
        *,
        at: Given = (0.0, 0.0, 0.0),
        below: bool = False,
        color: str,
        width: float,
        fill: float = 0.2,
    ) -> None:
        fill, width = (0.6 * fill, 0.5 * width) if below else (fill, width)
        super().__init__(one, other, 1.0, color=color, width=width, fill=fill, strip=False)
        self.along, self.across, self.at, self.under = along, across, at, below

    @property
    def foot(self) -> Array:
        """Where its own origin stands."""
        return read(self.at)

    def corners(self, matrix: Array, view: View) -> Array:
        """Give the (4, 3) corners of all of it."""
        (a, b), (c, d) = read(self.along), read(self.across)
        places = np.array([(a, c), (b, c), (b, d), (a, d)])
        return places @ np.stack([read(self.one), read(self.other)]) + self.foot

    def pose(self, matrix: Array, view: View) -> None:
        """Draw its part above the floor, or the one below."""
        kept = cut(self.corners(matrix, view), below=self.under)
        self.points = polyline(view.place(np.vstack([kept, kept[:1]]))) if len(kept) else _NOTHING


def sheet(*given: Any, **style: Any) -> list[Sheet]:
    """Give a sheet in two parts, the one above the floor first."""
    return [Sheet(*given, **style, below=below) for below in (False, True)]


def rod(direction: Given, along: Given, *, at: Given, color: str, width: float) -> list[Curve]:
    """Give a piece of a line in two parts, the one above the floor first.

    It goes from where to where, (2,), `along` a unit vector (3,), from a point `at`.
    """

    def part(below: bool) -> Array:
        ends = cut([read(at) + side * read(direction) for side in read(along)], below=below)
        return polyline(ends) if len(ends) > 1 else _NOTHING

    parts = []
    for below, share, opacity in ((False, 1.0, 1.0), (True, 0.5, 0.6)):
        points = partial(part, below)
        parts.append(Curve(points, front=color, width=share * width, opacity=opacity, counts=False))
        parts[-1].under = below
    return parts


def cut(corners: npt.ArrayLike, *, below: bool = False) -> Array:
    """Give the corners (N, 3) of what the floor leaves of a polygon: above it, or below.

    What lies in the floor counts as above. Source: Sutherland and Hodgman, CACM 17 (1974) 32.
    """
    points = np.asarray(corners, dtype=float)
    heights = -points[:, 2] if below else points[:, 2]
    slack = 1e-9 * float(np.abs(points).max(initial=0.0))
    if (heights <= slack).all():  # nothing on this side
        return points[:0] if below or (heights < -slack).any() else points
    kept = []
    for k, height in enumerate(heights):
        after = (k + 1) % len(points)
        if height >= -slack:
            kept.append(points[k])
        if height * heights[after] < 0 and abs(height) > slack < abs(heights[after]):
            share = height / (height - heights[after])
            kept.append((1 - share) * points[k] + share * points[after])
    return np.array(kept)


class Ball(Figure):
    """The outline of the unit ball's image: an ellipse, from wherever it is seen."""

    layer = Layer.REGION

    def __init__(
        self,
        *,
        color: str,
        width: float,
        fill: float = 0.1,
        dim: int = 3,
        dash: tuple[float, ...] = (),
    ) -> None:
        super().__init__(
            fill_color=color, fill_opacity=fill, stroke_color=color, stroke_width=width
        )
        self.dim, self.dash = dim, dash

    def pose(self, matrix: Array, view: View) -> None:
        """Draw the outline: the seen map takes the ball to the ellipse of its singular values."""
        flat = view.axes[:, : len(matrix)] @ matrix[:, : self.dim]
        U, S, _ = np.linalg.svd(flat)
        points = bezier.circle() @ (U * S).T
        placed = np.zeros((len(points), 3))
        placed[:, :2] = view.unit * points + view.center
        self.points = placed

    def landmarks(self) -> Array:
        """Points round it whose hull holds it, from wherever it is seen."""
        ways = np.array([way for way in product((-1.0, 0.0, 1.0), repeat=self.dim) if any(way)])
        return np.asarray(1.05 * ways / np.linalg.norm(ways, axis=1, keepdims=True))

    def obstacles(self) -> Array:
        """Samples of the outline, none farther apart than a label is high."""
        return bezier.along(np.asarray(self.points), 24)[:, :2]


class Rim(Figure):
    """A great circle of the unit ball under the map: the half that is in front, or the one behind.

    Parameters
    ----------
    frame
        (3, 2): two perpendicular unit vectors that span the circle's plane.
    front
        Whether this is the half that the ball doesn't hide.
    """

    layer = Layer.LINE
    SAMPLES = 96

    def __init__(self, frame: Given, *, color: str, width: float, front: bool) -> None:
        super().__init__(
            stroke_color=color, stroke_width=width, stroke_opacity=1.0 if front else 0.35
        )
        self.frame, self.front = frame, front
        self.dash = () if front else (0.07, 0.07)

    def pose(self, matrix: Array, view: View) -> None:
        """Draw the points whose surface faces the viewer, or those that don't."""
        t = np.linspace(0, 2 * math.pi, self.SAMPLES, endpoint=False)
        u = np.column_stack([np.cos(t), np.sin(t)]) @ read(self.frame).T
        image = u @ matrix.T
        S = np.linalg.svd(matrix, compute_uv=False)
        if matrix.shape == (3, 3) and S[-1] > 1e-6 * S[0]:
            seen = u @ np.linalg.inv(matrix) @ view.toward >= 0
        else:
            seen = np.ones(len(u), dtype=bool)
        mine = seen if self.front else ~seen
        if not mine.any():
            self.points = np.zeros((0, 3))
            return
        if mine.all():
            run = np.append(np.arange(len(u)), 0)
        else:
            start = int(np.flatnonzero(mine & ~np.roll(mine, 1))[0])
            run = (start + np.arange(int(mine.sum()) + 1)) % len(u)
        self.points = polyline(view.place(image[run]))

    def obstacles(self) -> Array:
        """Samples of what lies in front."""
        return np.asarray(self.points)[::2, :2] if self.front else np.zeros((0, 2))

    def depth(self, matrix: Array, view: View) -> float:
        """Before the ball, or behind it."""
        return 0.3 if self.front else -0.9


def box(
    vectors: Given,
    *,
    color: str,
    width: float,
    fill: float = 0.1,
    tail: npt.ArrayLike = (0.0, 0.0, 0.0),
) -> list[Curve]:
    """Give the six faces of the box on three vectors (rows of a (3, 3) array), for space.

    The vectors may be a Value or a callable: then the box changes with them.
    """
    start = np.asarray(tail, dtype=float)

    def face(k: int, side: float) -> Array:
        a, i, j = read(vectors), (k + 1) % 3, (k + 2) % 3
        corner = start + side * a[k]
        return bezier.polygon([corner, corner + a[i], corner + a[i] + a[j], corner + a[j]])

    faces = []
    for k, side in product(range(3), (0.0, 1.0)):
        points = partial(face, k, side) if callable(vectors) else face(k, side)
        faces.append(Curve(points, front=color, width=width, fill=fill, layer=Layer.REGION))
    return faces


class Shadow(Figure):
    """The shadow of an arrow on the floor, which tells how high it stands."""

    layer = Layer.FLOOR

    def __init__(self, arrow: Arrow, *, color: str, width: float) -> None:
        super().__init__(stroke_color=color, stroke_width=width, stroke_opacity=0.9)
        self.arrow = arrow

    def pose(self, matrix: Array, view: View) -> None:
        """Draw the arrow's image with its height taken away."""
        v = self.arrow.vector
        ends = np.stack([self.arrow.tail, self.arrow.tail + v]) @ matrix[:, : len(v)].T
        ends = np.array([_three(each) for each in ends])
        ends[:, 2] = 0.0
        self.points = polyline(view.place(ends))


class Drop(Figure):
    """The dotted line from an arrow's tip straight down to the floor."""

    layer = Layer.BEHIND

    def __init__(self, arrow: Arrow, *, color: str, width: float) -> None:
        super().__init__(stroke_color=color, stroke_width=width, stroke_opacity=0.8)
        self.arrow, self.dash = arrow, (0.04, 0.07)

    def pose(self, matrix: Array, view: View) -> None:
        """Draw it."""
        v = self.arrow.vector
        tip = _three(matrix[:, : len(v)] @ (self.arrow.tail + v))
        self.points = polyline(view.place(np.array([tip, [tip[0], tip[1], 0.0]])))


_NOTHING = np.zeros((0, 3))


def _three(vector: Array) -> Array:
    return np.append(vector, np.zeros(3 - len(vector))) if len(vector) < 3 else vector
