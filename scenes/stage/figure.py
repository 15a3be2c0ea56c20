"""What every picture on a stage has in common: state first, then the drawing of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import Mobject, VMobject

from scenes.stage.theme import Layer
from scenes.stage.view import Array, View

__all__ = [
    "Figure",
    "Given",
    "Value",
    "bearing",
    "is_seen",
    "leaves",
    "length",
    "paint",
    "presence_of",
    "read",
    "set_presence",
    "toward",
]


class Value:
    """A number or a vector that changes; whatever is made from it follows.

    >>> x = Value((1, 2))
    >>> x.now = (3, 4)
    >>> x()
    array([3., 4.])
    """

    def __init__(self, now: npt.ArrayLike) -> None:
        self.now = now

    @property
    def now(self) -> Any:
        """Its present value: a float, or a float64 array."""
        return self._now

    @now.setter
    def now(self, value: npt.ArrayLike) -> None:
        array = np.array(getattr(value, "array", value), dtype=float)
        self._now = float(array) if array.ndim == 0 else array

    def __call__(self) -> Any:
        return self._now


Given = Any  # an array, a lamath vector, a Value, or a callable that gives an array


def read(given: Given) -> Array:
    """Give the present value of a vector, a Value or a callable, as a float64 array."""
    if callable(given):
        given = given()
    return np.asarray(getattr(given, "array", given), dtype=float)


def toward(degrees: float) -> Array:
    """Give the unit vector of the plane at an angle; quarter turns are unrounded.

    >>> toward(90)
    array([0., 1.])
    """
    angle = np.deg2rad(degrees)
    unit = np.array([np.cos(angle), np.sin(angle)])
    return np.where(np.abs(unit) < 1e-15, 0.0, unit)


def bearing(vector: Given, start: Given = (1.0, 0.0)) -> float:
    """Give the angle in degrees from one vector of the plane to another, counterclockwise.

    >>> bearing((0, -2))
    -90.0
    """
    (a, b), (c, d) = read(start), read(vector)
    return float(np.rad2deg(np.arctan2(a * d - b * c, a * c + b * d)))


def length(vector: Given) -> float:
    """Give the length of a vector, as it is now.

    >>> length((3, 4))
    5.0
    """
    return float(np.linalg.norm(read(vector)))


class Figure(VMobject):
    """A picture of something mathematical.

    It keeps its points in mathematical coordinates; `pose(matrix, view)` draws it as the
    matrix sends it and the view shows it. How much of it is to be seen (`presence`, 0 to
    1), and how bright it is among the others (`brightness`), is state like its points.
    """

    layer: Layer = Layer.LINE
    is_line = False  # long straight pieces, of which the camera draws what its stage shows
    under = False  # whether it lies under the floor of space, and shows through it

    def pose(self, matrix: Array, view: View) -> None:
        """Draw it under `matrix` ((k, n): n coordinates in, k out)."""
        raise NotImplementedError

    def landmarks(self) -> Array:
        """(N, n) points that must stay in sight, before the matrix; none by default."""
        return np.zeros((0, 2))

    def obstacles(self) -> Array:
        """(N, 2) points of the stage, as drawn now, that labels keep clear of."""
        return np.zeros((0, 2))

    def depth(self, matrix: Array, view: View) -> float:
        """How near to the viewer it lies, in (−1, 1): orders pictures of one layer in space."""
        return 0.0


def leaves(mobject: Mobject) -> Iterator[VMobject]:
    """Give the parts of a mobject that are drawn."""
    for member in mobject.get_family():
        if isinstance(member, VMobject) and (len(member.points) or isinstance(member, Figure)):
            yield member


def presence_of(mobject: Mobject) -> float:
    """Say how much of a mobject is to be seen, 0 to 1."""
    return max((getattr(leaf, "presence", 1.0) for leaf in leaves(mobject)), default=0.0)


def set_presence(
    mobject: Mobject, presence: float | None = None, brightness: float | None = None
) -> None:
    """Say how much of a mobject is to be seen (0: nothing), and how bright it is."""
    for leaf in leaves(mobject):
        if presence is not None:
            leaf.presence = presence
        if brightness is not None:
            leaf.brightness = brightness
        paint(leaf)


def paint(leaf: VMobject) -> None:
    """Give a leaf the opacity that its state asks for."""
    full = getattr(leaf, "full", None)
    if full is None:
        full = leaf.full = (
            float(leaf.get_fill_opacity()),
            float(leaf.get_stroke_opacity()),
            float(leaf.get_stroke_opacity(background=True)),
        )
    factor = getattr(leaf, "presence", 1.0) * getattr(leaf, "brightness", 1.0)
    factor *= getattr(leaf, "strength", 1.0)
    if getattr(leaf, "_painted", 1.0) == factor:
        return
    leaf._painted = factor
    fill, stroke, behind = full
    if fill:
        leaf.set_fill(opacity=factor * fill, family=False)
    if stroke and leaf.get_stroke_width():
        leaf.set_stroke(opacity=factor * stroke, family=False)
    if behind and leaf.get_stroke_width(background=True):
        leaf.set_stroke(opacity=factor**2 * behind, background=True, family=False)


def is_seen(leaf: VMobject) -> bool:
    """Whether anything of a leaf is drawn."""
    return getattr(leaf, "_painted", 1.0) > 1e-3
