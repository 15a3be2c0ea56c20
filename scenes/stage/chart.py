"""A chart: two axes with ticks and names on a stage, where curves are traced and stems stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from manim import VGroup, VMobject

from scenes.stage import bezier
from scenes.stage.figure import leaves, paint, set_presence
from scenes.stage.labels import Label
from scenes.stage.layout import Rect
from scenes.stage.motion import Motion
from scenes.stage.shapes import Arrow, Curve
from scenes.stage.text import Glyphs
from scenes.stage.theme import Layer, Theme
from scenes.stage.view import FROM_ABOVE, Array, View, nice_step
from scenes.stage.world import World

__all__ = ["Axis", "Chart", "Swing", "TickLabel", "even_ticks"]

PAD = 0.25  # stage units between a chart and its stage's edge
TICK = 0.1  # stage units that a tick is long
GAP = 0.14  # stage units between an axis, its numbers and its name


class Axis(NamedTuple):
    """What one axis of a chart shows: its range, its numbers, its name with the unit."""

    low: float
    high: float
    ticks: tuple[tuple[float, Any], ...]
    """Values, and the texts that stand there."""
    name: Any | None = None
    room: float = 0.0
    """Stage units kept free below its numbers, for values that the story finds."""


def even_ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Give at most so many round values between two.

    >>> even_ticks(0, 6.7)
    [0.0, 2.0, 4.0, 6.0]
    """
    step = nice_step((high - low) / most)
    while True:
        first, last = int(np.ceil(low / step - 1e-9)), int(np.floor(high / step + 1e-9))
        if last - first < most:
            return [k * step for k in range(first, last + 1)]
        step = nice_step(1.1 * step)


class Scales:
    """The ground of a chart: its axes, with ticks, numbers, names and faint level lines."""

    def __init__(self, theme: Theme, x: Axis, y: Axis) -> None:
        self.x, self.y = x, y
        self._levels = _Still(theme.grid, theme.thin)
        self._axes = _Still(theme.axis, 1.8 * theme.thin)
        self._texts = [text for axis in (x, y) for _, text in axis.ticks]
        self._names = [axis.name for axis in (x, y) if axis.name is not None]
        self._view: View | None = None
        for line in (self._levels, self._axes):
            line.z_index = float(Layer.FLOOR)
        for text in (*self._texts, *self._names):
            for leaf in leaves(text):
                leaf.z_index = float(Layer.LABEL)

    def pieces(self) -> Iterator[VMobject]:
        """Give what is drawn."""
        yield from (self._levels, self._axes, *self._texts, *self._names)

    def notes(self) -> list[Any]:
        """Give the texts that labels keep clear of."""
        return [leaf for text in (*self._texts, *self._names) for leaf in leaves(text)]

    @property
    def first_row(self) -> float:
        """How far below the axis stands what the story marks there."""
        return TICK + 0.08 + (self.height(self.x) + 0.08 if self.x.room else 0.0)

    def widest(self, axis: Axis) -> float:
        """Give the width of an axis's widest number."""
        return max((float(text.width) for _, text in axis.ticks), default=0.0)

    def height(self, axis: Axis) -> float:
        """Give the height of an axis's tallest number."""
        return max((float(text.height) for _, text in axis.ticks), default=0.0)

    def draw(self, view: View) -> None:
        """Draw it as the view shows it; nothing happens if the view has not changed."""
        if view == self._view:
            return
        self._view = view
        x, y = self.x, self.y
        for piece in self.pieces():
            for leaf in leaves(piece):
                leaf.clip = view.rect
        (left, floor), (right, top) = (
            view.spot((x.low, y.low))[:2],
            view.spot((x.high, y.high))[:2],
        )
        lines = [_piece((left, floor), (right, floor)), _piece((left, floor), (left, top + 0.2))]
        levels = [np.zeros((0, 3))]
        for value, text in x.ticks:
            at = view.spot((value, y.low))[0]
            lines.append(_piece((at, floor), (at, floor - TICK)))
            _put(text, at - text.width / 2, floor - TICK - 0.08 - text.height)
        for value, text in y.ticks:
            at = view.spot((x.low, value))[1]
            levels.append(_piece((left, at), (right, at)))
            _put(text, left - GAP - text.width, at - text.height / 2)
        self._axes.points, self._levels.points = np.concatenate(lines), np.concatenate(levels)
        if x.name is not None:
            low = floor - TICK - 0.08 - self.height(x) - x.room - GAP
            _put(x.name, right - x.name.width, low - x.name.height)
        if y.name is not None:
            _put(y.name, left + GAP, top + 0.2)
        for piece in self.pieces():
            for leaf in leaves(piece):
                paint(leaf)


class Chart(World):
    """A stage with two axes: points (x, y) on it are values, each with its own scale.

    Parameters
    ----------
    x, y
        The axes.
    beside
        A plane whose unit and zero line the chart takes over where it can, so that a
        stem is exactly as long as the arrow that it stands for.
    """

    def __init__(
        self, theme: Theme, x: Axis, y: Axis, *, beside: World | None = None, text: float = 1.0
    ) -> None:
        self.scales = Scales(theme, x, y)
        super().__init__(self.scales, dim=2, text=text)  # type: ignore[arg-type]
        self.x, self.y, self.beside = x, y, beside
        self.grid = VGroup()

    def graph(
        self,
        f: Any,
        color: str,
        width: float,
        *,
        changes: bool = False,
        pieces: int = 180,
        **style: Any,
    ) -> Curve:
        """Give the curve of a function of x over the whole axis, drawn as far as `until`.

        `changes` says that the function is another one as time goes on.
        """

        def points() -> Array:
            return bezier.smooth_through(lambda t: (t, f(t)), self.x.low, self.x.high, pieces)

        style.setdefault("counts", False)
        return Curve(points if changes else points(), front=color, width=width, **style)

    def share(self, value: float) -> float:
        """Give which share of the x axis lies before a value."""
        return float(np.clip((value - self.x.low) / (self.x.high - self.x.low), 0.0, 1.0))

    def settle(self, rect: Rect) -> None:
        """Find the scales; the plane beside gives way as far as the chart needs it."""
        x, y, s = self.x, self.y, self.scales
        foot = PAD + TICK + 0.08 + s.height(x) + x.room
        if x.name is not None:
            foot += GAP + float(x.name.height)
        head = PAD + 0.2 + (float(y.name.height) if y.name is not None else 0.0)
        last = float(x.ticks[-1][1].width) / 2 if x.ticks else 0.0
        left = rect.left + PAD + max(s.widest(y) + GAP, last)
        right = rect.right - max(PAD, 0.12 + last)
        unit = (rect.height - foot - head) / (y.high - y.low)
        zero = rect.bottom + foot - unit * y.low
        if self.beside is not None:
            unit, zero = self._agree(rect, foot, head, unit)
        across = (right - left) / (x.high - x.low)
        self.view = View(
            rect, (left - across * x.low, zero), unit, *FROM_ABOVE, (across / unit, 1.0)
        )

    def _agree(self, rect: Rect, foot: float, head: float, most: float) -> tuple[float, float]:
        """Give the unit and the height of the zero line that suit both, and set the plane so."""
        plane = self.beside
        assert plane is not None  # noqa: S101
        view, margin = plane.view, plane.margin
        marks = plane.landmarks(all_of_it=True)[:, :2]
        (_, a), (_, b) = marks.min(axis=0), marks.max(axis=0)
        top = self.y.high
        if abs(view.rect.top - rect.top) > 0.1 or abs(view.rect.bottom - rect.bottom) > 0.1:
            unit = min(view.unit, most)  # one above the other: one unit, two zero lines
            plane.view = view.fitted(marks, margin=margin, fixed_unit=unit)
            spare = rect.height - foot - head - unit * top
            return unit, rect.bottom + foot + 0.4 * spare
        room = rect.height - margin
        needs = (
            (b - a, room - margin),
            (top, rect.height - foot - head),
            (b, room - foot),
            (top - a, room - head),
        )
        unit = min(view.unit, *(have / max(need, 1e-12) for need, have in needs))
        low = max(rect.bottom + margin - unit * a, rect.bottom + foot)
        high = min(rect.top - margin - unit * b, rect.top - head - unit * top)
        zero = (low + high) / 2
        plane.view = replace(view.fitted(marks, margin=margin, fixed_unit=unit), unit=unit)
        plane.view = replace(plane.view, center=(plane.view.center[0], zero))
        return unit, zero


class TickLabel(Label):
    """A number that stands below the axis, under the point that it belongs to."""

    drop = TICK + 0.08

    def beside(self, bearing: float, gap: float) -> Array:
        """Stand below."""
        return np.asarray(self.tip - np.array([0.0, self.drop + self.half[1]]))


class Swing(Motion):
    """Let a length leave its arrow, turn upright, and become the stem that stands for it."""

    def __init__(
        self, world: World, arrow: Arrow, chart: Chart, stem: Curve, *, run_time: float = 1.6
    ) -> None:
        super().__init__(run_time=run_time)
        self.world, self.arrow, self.chart, self.stem = world, arrow, chart, stem

    def begin(self, scene: Any) -> None:
        """Bring on a copy of the length that may be drawn anywhere."""
        member = self.chart.member(self.stem)
        if member is None:
            raise ValueError("the stem belongs to another chart")
        self.chart.draw_one(member)
        scene.bring(self.stem, presence=0.0)
        color, width = self.stem.get_stroke_color(), self.stem.get_stroke_width()
        self.copy = VMobject(stroke_color=color, stroke_width=width, stroke_opacity=1.0)
        self.copy.points = np.zeros((0, 3))
        self.copy.z_index = float(Layer.FLYING)
        self.copy.area = ""
        scene.take_in(self.copy)

    def at(self, s: float) -> None:
        """Put it on its way."""
        tail, tip = self.arrow.ends(self.world.frame_of(self.arrow), self.world.view)
        base = self.stem.base
        foot, top = self.chart.view.place(base[[0, -1]])
        before, after = (tip - tail)[:2], (top - foot)[:2]
        long = [max(float(np.linalg.norm(v)), 1e-9) for v in (before, after)]
        angles = [np.arctan2(v[1], v[0]) for v in (before, after)]
        turn = (angles[1] - angles[0] + np.pi) % (2 * np.pi) - np.pi
        length = long[0] ** (1 - s) * long[1] ** s
        angle = angles[0] + s * turn
        start = (1 - s) * tail + s * foot
        end = start + length * np.array([np.cos(angle), np.sin(angle), 0.0])
        self.copy.points = _piece(start[:2], end[:2])
        set_presence(self.copy, 0.0 if s in (0.0, 1.0) else 1.0)
        set_presence(self.stem, 1.0 if s >= 1.0 else 0.0)

    def end(self, scene: Any) -> None:
        """Put the copy away."""
        scene.dismiss(self.copy)


class _Still(VMobject):
    """Lines that stand still."""

    is_line = True

    def __init__(self, color: str, width: float) -> None:
        super().__init__(stroke_color=color, stroke_width=width, stroke_opacity=1.0)


def _piece(start: Any, end: Any) -> Array:
    return np.linspace([*start, 0.0], [*end, 0.0], 4)


def _put(text: Glyphs, left: float, bottom: float) -> None:
    text.shift([left - text.get_left()[0], bottom - text.get_bottom()[1], 0.0])
