"""Boxes of space as bodies: faces in front, hidden edges dashed, a shadow, layers, unit cubes."""

from __future__ import annotations

from itertools import product
from math import ceil
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from scenes.stage import bezier
from scenes.stage.bezier import polygon, polyline
from scenes.stage.figure import Figure, Given, read
from scenes.stage.shapes import Curve
from scenes.stage.squares import turn_between
from scenes.stage.theme import Layer
from scenes.stage.view import Array, View

__all__ = [
    "CORNERS", "EDGES", "Body", "Side", "Upright", "block", "corners", "deck", "footprint",
    "normal_to", "turn_in_space", "volume",
]  # fmt: skip

CORNERS = np.array(list(product((0.0, 1.0), repeat=3)))
"""Those of the unit cube (8, 3)."""
EDGES = np.eye(3)
"""Its edges from the origin, as rows."""
_SHADES = (0.8, 0.55, 1.0)  # of the faces across the three edges, as shares of the fill


class Body(Figure):
    """A part of a box that is seen as a body: a face in front, its hidden edges, its shadow.

    Parameters
    ----------
    edges
        Three vectors (rows of a (3, 3) array), before the matrix; or their lengths (3,), for
        edges on the axes.
    corner
        Where they begin.
    part
        0, 1 or 2 for the face across that edge which is seen; "hidden" for the three edges
        that are not; "shadow" for what it covers of the floor.
    """

    layer = Layer.REGION

    def __init__(self, edges: Given, corner: Given, part: int | str, **style: Any) -> None:
        super().__init__(**style)
        self.edges, self.corner, self.part = edges, corner, part
        if part == "hidden":
            self.layer, self.dash = Layer.BEHIND, (0.08, 0.08)
        if part == "shadow":
            self.layer = Layer.FLOOR

    def placed(self, matrix: Array) -> tuple[Array, Array]:
        """Give its corner and its edges (rows), where the matrix puts them."""
        return matrix @ read(self.corner), self._edges() @ matrix.T

    def _edges(self) -> Array:
        edges = read(self.edges)
        return np.diag(edges) if edges.ndim == 1 else edges

    def pose(self, matrix: Array, view: View) -> None:
        """Draw what is seen of it from there."""
        corner, edges = self.placed(matrix)
        if self.part == "shadow":
            above = np.array([0.0, 0.0, 1.0])
            faces = [_face(corner, edges, k, _sides(edges, above)[k]) for k in range(3)]
            flat = np.concatenate([polygon(face * (1.0, 1.0, 0.0)) for face in faces])
            self.points = view.place(flat)
            return
        sides = _sides(edges, view.toward)
        if self.part == "hidden":
            back = corner + (1.0 - sides) @ edges
            ways = np.array([back + (2 * sides[k] - 1) * edges[k] for k in range(3)])
            self.points = view.place(np.concatenate([polyline([back, way]) for way in ways]))
            return
        k = int(self.part)
        self.points = view.place(polygon(_face(corner, edges, k, sides[k])))

    def landmarks(self) -> Array:
        """Its eight corners; a shadow has none."""
        if self.part == "shadow":
            return np.zeros((0, 3))
        return read(self.corner) + CORNERS @ self._edges()

    def obstacles(self) -> Array:
        """Samples of what is drawn of its edges."""
        if self.part == "shadow":
            return np.zeros((0, 2))
        return bezier.along(np.asarray(self.points), 24)[:, :2]

    def depth(self, matrix: Array, view: View) -> float:
        """How near the face is, or the corner that isn't seen."""
        corner, edges = self.placed(matrix)
        middle = corner + edges.sum(axis=0) / 2
        far = -0.1 if self.part == "hidden" else 0.0
        return float(np.tanh(0.2 * view.unit * view.depth(middle[None])[0])) + far


def block(
    edges: Given = EDGES,
    corner: Given = (0.0, 0.0, 0.0),
    *,
    color: str,
    width: float,
    fill: float = 0.34,
) -> list[Body]:
    """Give a box as a body: the edges that it hides, and its three faces in front."""
    hidden = Body(
        edges, corner, "hidden", stroke_color=color, stroke_width=0.5 * width, stroke_opacity=0.6
    )
    faces = [
        Body(
            edges, corner, k, stroke_color=color, stroke_width=width, fill_color=color,
            fill_opacity=shade * fill,
        )
        for k, shade in enumerate(_SHADES)
    ]  # fmt: skip
    return [hidden, *faces]


def footprint(edges: Given = EDGES, *, color: str) -> Body:
    """Give the shadow of a box on the floor."""
    return Body(edges, np.zeros(3), "shadow", fill_color=color, fill_opacity=0.55, stroke_width=0)


def deck(column: int, count: int, **style: Any) -> list[Curve]:
    """Give the layers across an edge of the unit cube, for a world that moves them."""
    edges, (i, j) = np.eye(3), [k for k in range(3) if k != column]
    return [
        Curve(
            polygon([foot, foot + edges[i], foot + edges[i] + edges[j], foot + edges[j]]),
            layer=Layer.REGION, counts=False, **style,
        )
        for foot in np.linspace(0, 1, count)[:, None] * edges[column]
    ]  # fmt: skip


def turn_in_space(one: npt.ArrayLike, other: npt.ArrayLike, radius: float) -> Array:
    """Points of the arc from one vector's direction to another's, with an arrow's head."""
    a, b = (np.asarray(v, dtype=float) for v in (one, other))
    u = a / np.linalg.norm(a)
    across = b - (b @ u) * u
    v = across / max(float(np.linalg.norm(across)), 1e-12)
    flat = np.array([[1.0, b @ u], [0.0, b @ v]])
    return np.asarray(turn_between(flat, radius)[:, :2] @ np.stack([u, v]))


def corners(*matrices: npt.ArrayLike) -> Array:
    """Give the corners (8 N, 3) of the boxes on the columns of matrices."""
    return np.vstack([CORNERS @ np.asarray(getattr(M, "array", M)).T for M in matrices])


def normal_to(one: Array, other: Array, toward: Array | None = None) -> Array:
    """Give a normal (3,) of two vectors' plane, on the side of a third one if it is given."""
    normal = np.cross(one, other)
    return normal if toward is None or normal @ toward >= 0 else -normal


def volume(matrix: Given) -> float:
    """Give the signed volume of the box on a matrix's columns, as it is now."""
    return float(np.linalg.det(read(matrix)))


class Side(NamedTuple):
    """One of the edges that bound what is seen of an upright box."""

    tail: Array
    tip: Array
    way: int
    """On which side of the way from tail to tip the box is not: 1 for the left, else -1."""


class Upright:
    """A box with a corner at the origin whose edges lie on the axes.

    Parameters
    ----------
    matrix
        Its edges are the columns, in whatever order.
    """

    def __init__(self, matrix: Given) -> None:
        self.matrix = read(matrix)
        self.far = self.matrix.sum(axis=1)  # the corner across from the origin
        self.sizes = np.abs(self.far)

    def axis(self, column: int) -> int:
        """Say on which axis an edge lies."""
        return int(np.argmax(np.abs(self.matrix[:, column])))

    def side(self, column: int, view: View) -> Side:
        """Give an edge as long as that column, below or beside all that is seen of the box."""
        axis = self.axis(column)
        low, high = np.minimum(self.far, 0.0), np.maximum(self.far, 0.0)
        front = np.where(view.toward > 0, high, low)
        tail = np.array([front[0], front[1], low[2]])
        if axis == 2:
            tail[1] = low[1] + high[1] - front[1]
        tip = tail.copy()
        tail[axis], tip[axis] = low[axis], high[axis]
        (ax, ay, _), (bx, by, _) = view.place(np.stack([tail, tip]))
        x, y, _ = view.spot(self.far / 2)
        out = (bx - ax) * ((ay + by) / 2 - y) - (by - ay) * ((ax + bx) / 2 - x)
        return Side(tail, tip, 1 if out > 0 else -1)

    def cubes(self, most: int, gap: float) -> list[tuple[Array, Array]]:
        """Give edges and corner of each unit cube, or of what there is room for, layer by layer.

        They are a gap apart. There are none if they are more than `most`, or no whole one.
        """
        counts = [ceil(size - 1e-9) for size in self.sizes]
        if self.sizes.max() < 1 or np.prod(counts) > most:
            return []
        signs, found = np.sign(self.far), []
        for k, j, i in product(*map(range, reversed(counts))):
            at = np.array([i, j, k])
            wide = np.minimum(1.0, self.sizes - at)
            free = np.minimum(gap, 0.2 * wide)
            found.append((np.diag(signs * (wide - 2 * free)), signs * (at + free)))
        return found


def _sides(edges: Array, toward: Array) -> Array:
    """Say for each edge which of the two faces across it is seen: at its start (0) or end (1)."""
    normals = np.cross(np.roll(edges, -1, axis=0), np.roll(edges, -2, axis=0))
    out = np.sign((normals * edges).sum(axis=1))  # which way is out at the end
    return np.asarray(((normals @ toward) * np.where(out == 0, 1.0, out) > 0).astype(float))


def _face(corner: Array, edges: Array, k: int, side: float) -> Array:
    """Give the four corners of a face across an edge."""
    i, j = (k + 1) % 3, (k + 2) % 3
    start = corner + side * edges[k]
    return np.array([start, start + edges[i], start + edges[i] + edges[j], start + edges[j]])
