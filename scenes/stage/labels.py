"""Texts that belong to something: names that follow an arrow, numbers where they are measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from math import cos, radians, sin
from typing import Any

import numpy as np

from lamath import notation
from scenes.stage.digits import digits
from scenes.stage.figure import Figure, read
from scenes.stage.layout import Rect
from scenes.stage.shapes import Arrow, Curve, Dot, Measure, Wedge
from scenes.stage.text import Glyphs, math
from scenes.stage.theme import Layer
from scenes.stage.view import Array, View

__all__ = ["Coordinates", "Label", "Running", "anchor_of"]


class Running:
    """A number that runs: what it measures, and the exact values it may land on.

    Parameters
    ----------
    measure
        Gives the number now.
    landings
        Exact values; at rest the nearest one within 10⁻⁹ is written exactly, and any other
        number with three significant figures and ≈.
    decimals
        Places shown while it runs; by default as many as its largest landing can bear.
    whole
        Whether it counts: then it only ever shows whole numbers.
    prefix
        Typst source set before the number where it rests, e.g. ``"x"`` for "x = 3".
    unit
        ``"°"`` for degrees, or the symbol of what is counted (``"n"`` for "1.2 n"); else empty.
    nonzero
        Whether it must not seem to be 0 before it is: then it takes more places near 0.
    spelled
        Whether one of the unit is written "1 n", and not "n".
    """

    def __init__(
        self,
        measure: Callable[[], float],
        landings: Sequence[Any] = (),
        *,
        decimals: int | None = None,
        whole: bool = False,
        prefix: str = "",
        unit: str = "",
        nonzero: bool = False,
        spelled: bool = False,
    ) -> None:
        self.measure, self.landings, self.whole = measure, tuple(landings), whole
        self.nonzero, self.spelled = nonzero, spelled
        self.prefix, self.unit = prefix, unit
        self._exact = [self._written(value) for value in self.landings]
        self.largest = max((abs(float(value)) for value in self.landings), default=1.0)
        least = min((abs(float(v)) for v in self.landings if float(v)), default=1.0)
        small = 2 if least >= 0.01 else 4
        wanted = small if self.largest < 100 else 1 if self.largest < 1000 else 0
        self.decimals = wanted if decimals is None else decimals
        self._rested: Any = None  # its value when all was at rest

    def source(self, at_rest: bool) -> tuple[str, bool]:
        """Give the text now, and whether it is Typst source (else digits that run).

        A number that still is what it was when all was at rest doesn't run.
        """
        value = float(self.measure())
        if at_rest:
            self._rested = value
        scale = max(1e-300, self.largest, abs(value))
        for landing, exact in zip(self.landings, self._exact, strict=True):
            if abs(float(landing) - value) <= 1e-9 * scale:
                return self._said(exact), True
        if self.whole:
            return self._said(f"{value:.0f}"), True
        if value == self._rested:
            return self._said(self._written(value)), True
        return self.running(value), False

    def _written(self, value: Any) -> str:
        if self.unit == "°":  # 22.5 degrees are exact, though no fraction of a turn is
            return notation.degrees(radians(float(value)), sign=True, style="typst")
        return notation.typst(value, sign=True)

    def frozen(self) -> Running:
        """Give the number that it is now, for good."""
        still = copy(self)
        value = self.measure()
        still.measure = lambda: value
        return still

    def _said(self, exact: str) -> str:
        if self.prefix:  # "x" and "= 3" or "approx 3.14"
            exact = exact if exact.startswith(("=", "approx")) else f"= {exact}"
            return f"{self.prefix} {exact}{self._unit_source}"
        is_one = self.unit not in _UNITS and exact in ("= 1", "= -1")
        if is_one and not self.spelled:  # n, not 1 n
            return exact.removeprefix("= ").removesuffix("1") + self.unit
        return exact.removeprefix("= ") + self._unit_source

    def running(self, value: float) -> str:
        """Give digits that keep their number of places while they run."""
        if abs(value) >= 1e6:
            return notation.plain(float(value))
        decimals = self.decimals
        if self.nonzero and 0.0 < abs(value) < 0.5:
            while round(value, decimals) == 0.0 and decimals < 6:
                decimals += 1
        text = f"{value:.{decimals}f}".replace("-", "−")
        if set(text) <= set("−0."):
            text = text.removeprefix("−")
        return text + (self.unit if self.unit in _UNITS else f" {self.unit}")

    @property
    def _unit_source(self) -> str:
        return _UNITS.get(self.unit, f" {self.unit}")


_UNITS = {"": "", "°": " degree"}


class Coordinates(Running):
    """The coordinates of a vector that moves, and the exact vectors that it may land on.

    `write` says how these are written, by default as exactly as can be.
    """

    def __init__(
        self,
        measure: Callable[[], Any],
        landings: Sequence[Any] = (),
        *,
        decimals: int | None = None,
        prefix: str = "",
        write: Callable[..., str] | None = None,
    ) -> None:
        flat = [entry for vector in landings for entry in vector]
        super().__init__(lambda: 0.0, flat, decimals=decimals, prefix=prefix)
        self.vector, self.landings = measure, tuple(landings)
        self._exact = [
            write(vector, sign=True) if write else f"= ({notation.typst(tuple(vector))})"
            for vector in landings
        ]

    def frozen(self) -> Coordinates:
        """Give the coordinates that they are now, for good."""
        still = copy(self)
        vector = read(self.vector).copy()
        still.vector = lambda: vector
        return still

    def source(self, at_rest: bool) -> tuple[str, bool]:
        """Give the text now, and whether it is Typst source (else digits that run)."""
        now = read(self.vector)
        if at_rest:
            self._rested = np.array(now)
        scale = max(1e-300, self.largest, float(np.abs(now).max()))
        for landing, exact in zip(self.landings, self._exact, strict=True):
            if np.abs(read(landing) - now).max() <= 1e-9 * scale:
                return self._said(exact), True
        if np.array_equal(now, self._rested):
            return self._said(f"approx ({notation.typst(tuple(now.tolist()))})"), True
        return self.running(now), False

    def running(self, value: Any) -> str:
        """Give digits that keep their number of places while they run."""
        entries = np.broadcast_to(value, np.shape(read(self.vector)))
        return f"({', '.join(Running.running(self, float(entry)) for entry in entries)})"


class Label(Glyphs):
    """A text that follows what it names, upright.

    `bearing` is the angle from the anchor's direction to where the text stands, `gap` the
    distance between them; the planner of seats chooses both. Its text is a name (Typst
    source) or a `Running` number; `become` gives it another one, by way of fading.
    """

    layer = Layer.LABEL
    FARTHEST = 1.1  # stage units from tip to text; beyond it nobody sees the connection

    def __init__(
        self,
        text: str | Running,
        anchor: Figure,
        *,
        size: float,
        color: str,
        halo: str | None = None,
        on: float | None = None,
    ) -> None:
        self.given = text
        self.anchor = anchor
        self.type_size = size
        self.on = on  # the share of the anchor's length at which it stands; None: at its tip
        shown = number_of(*_source(text, at_rest=True), 1.0)
        super().__init__(np.asarray(shown.points), size=size, color=color, text=shown.text)
        if halo is not None:
            self.set_stroke(halo, width=5.0, opacity=0.9, background=True)
        self.bearing, self.gap = 0.0, 0.14
        self.facing = np.array([1.0, 0.0])
        self.tip = np.zeros(2)  # what it names, on the stage, as last posed
        self.seated = False  # whether the planner has given it a seat
        self._shape()

    def _shape(self) -> None:
        box = np.asarray(self.points)[:, :2]
        low, high = box.min(axis=0), box.max(axis=0)
        self._outline = np.asarray(self.points) - [*((low + high) / 2), 0.0]
        self.half = (high - low) / 2

    def show(self, text: str | Running, at_rest: bool = True) -> None:
        """Set another text, in place."""
        self.given = text
        self.refresh(at_rest)

    def refresh(self, at_rest: bool) -> None:
        """Set its text anew, if it has changed."""
        source, is_math = _source(self.given, at_rest)
        if source == self.text:
            return
        center = self.get_center()
        self.turn_into(number_of(source, is_math, self.type_size))
        self._shape()
        self.points = self._outline + center

    @property
    def box(self) -> Rect:
        """The rectangle it covers now."""
        x, y, _ = self.get_center()
        w, h = self.half
        return Rect(x - w, y - h, x + w, y + h)

    def find(self, matrix: Array, view: View) -> None:
        """Look where the thing is that it names, and which way it points."""
        self.tip, direction = anchor_of(self.anchor, matrix, view, self.on)
        if direction is not None:
            self.facing = direction  # what shrinks away keeps its last direction

    def beside(self, bearing: float, gap: float) -> Array:
        """Give the center (2,) it would have beside what it names."""
        c, s = cos(bearing), sin(bearing)
        ux, uy = float(self.facing[0]), float(self.facing[1])
        x, y = c * ux - s * uy, s * ux + c * uy
        support = abs(x) * float(self.half[0]) + abs(y) * float(self.half[1])
        return self.tip + (gap + support) * np.array([x, y])

    def pose(self, matrix: Array, view: View) -> None:
        """Follow the anchor, and stay on the stage."""
        self.find(matrix, view)
        center = self.beside(self.bearing, self.gap)
        room = view.rect.inset(0.1)
        low = np.array([room.left, room.bottom]) + self.half
        high = np.array([room.right, room.top]) - self.half
        center = np.clip(center, low, np.maximum(low, high))
        self.points = self._outline + np.array([*center, 0.0])

    @property
    def distance(self) -> float:
        """How far its text is from what it names, in stage units."""
        center = self.get_center()[:2]
        nearest = np.clip(self.tip, center - self.half, center + self.half)
        return float(np.linalg.norm(self.tip - nearest))


def number_of(source: str, is_math: bool, size: float, *, in_line: bool = False) -> Glyphs:
    """Set Typst source, or digits that run."""
    if is_math:
        return math(source, size=size, color="#FFFFFF", in_line=in_line)
    return Glyphs(digits(source), size=size, color="#FFFFFF", text=source)


def _source(text: str | Running, at_rest: bool) -> tuple[str, bool]:
    return (text, True) if isinstance(text, str) else text.source(at_rest)


def anchor_of(
    figure: Figure, matrix: Array, view: View, on: float | None
) -> tuple[Array, Array | None]:
    """Give the point (2,) of the stage that a label of a figure names, and the figure's direction.

    The direction is a unit vector (2,), or None if the figure has none now.
    """
    if isinstance(figure, Arrow):
        tail, tip = figure.ends(matrix, view)
        direction = _unit(tip - tail)
        return (tip if on is None else tail + on * (tip - tail))[:2], direction
    if isinstance(figure, Measure):
        points = np.asarray(figure.points)
        a, b = points[0], points[3]
        return ((a + b) / 2)[:2], _unit(b - a)
    if isinstance(figure, Wedge):
        middle = figure.middle
        return figure.brim(view), _unit(view.axes[:, : len(middle)] @ middle)
    if isinstance(figure, Dot):
        point = figure.point
        return view.spot(matrix[:, : len(point)] @ point)[:2], None
    if isinstance(figure, Curve):
        base = figure.base
        if on is not None:  # a place on the line, and the line's direction there
            samples = view.place(base @ matrix[:, : base.shape[1]].T)
            k = min(int(on * (len(samples) - 1)), len(samples) - 2)
            ahead = _unit(samples[min(k + 1, len(samples) - 1)] - samples[k])
            piece = samples.reshape(-1, 4, 3)
            n = len(piece)
            j = min(int(on * n), n - 1)
            t = on * n - j
            p = piece[j]
            spot = (
                (1 - t) ** 3 * p[0]
                + 3 * t * (1 - t) ** 2 * p[1]
                + 3 * t * t * (1 - t) * p[2]
                + t**3 * p[3]
            )
            return spot[:2], ahead
        middle = view.spot(matrix[:, : base.shape[1]] @ (base.min(axis=0) + base.max(axis=0)) / 2)
        return middle[:2], None
    raise TypeError(f"nothing can be said where a {type(figure).__name__} is labelled")


def _unit(ahead: Array) -> Array | None:
    length = float(np.linalg.norm(ahead[:2]))
    return np.asarray(ahead[:2] / length) if length > 0.02 else None
