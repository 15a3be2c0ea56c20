"""A walk: steps along the columns of a matrix, one leg after another, counted as they are made."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from lamath import notation
from scenes.stage import bezier
from scenes.stage.bezier import polyline
from scenes.stage.figure import Given, Value, read
from scenes.stage.labels import Label, Running
from scenes.stage.motion import Chain, Change, Motion, smooth
from scenes.stage.shapes import Arrow, Dot, Lines
from scenes.stage.theme import Layer
from scenes.stage.view import Array, View

__all__ = ["Lattice", "Leg", "Ruler", "Walk"]

MOST_PARTS = 12  # into which a step is cut; finer beads would be a thick line
NEAREST = 0.17  # stage units between two beads
_CIRCLE = np.column_stack([bezier.circle(), np.zeros(32)])


def parts_of(count: Any) -> int | None:
    """Say into how many equal parts steps are cut so that `count` is a whole number of them.

    None where nobody would count that far, or the number isn't known exactly.
    """
    if callable(count) or isinstance(count, float):
        return None
    try:
        ratio = Fraction(str(count))
    except ValueError:  # a square root
        return None
    return ratio.denominator if ratio.denominator <= MOST_PARTS else None


class Leg(Arrow):
    """Steps along one vector: a chain of pieces with a bead at the end of each.

    Parameters
    ----------
    step
        The vector of one step.
    count
        How many steps: a number, exact if it can be, or a Value.
    made
        The share of them that is made: gives a number in [0, 1].
    tail, outset
        Where it begins now, and where it will when the legs before it are made.
    parts
        Into how many pieces a step is cut.
    aside
        How far to the right of its line it is drawn, in stage units.
    """

    layer = Layer.ARROW
    SHAFT, HEAD, BEAD, WHOLE = 0.075, 0.27, 0.068, 0.105

    def __init__(
        self,
        step: Given,
        count: Any,
        made: Any,
        *,
        color: str,
        tail: Given,
        outset: Given | None = None,
        parts: int = 1,
        aside: float = 0.0,
        casing: str | None = None,
        scale: float = 1.0,
    ) -> None:
        self.step, self.count, self.made, self.parts, self.aside = step, count, made, parts, aside
        self.outset = tail if outset is None else outset
        self._beside = np.zeros(3)
        super().__init__(self.so_far, color=color, tail=tail, casing=casing, scale=scale)

    @property
    def steps(self) -> float:
        """How many steps it has in all."""
        return float(self.count() if callable(self.count) else self.count)

    @property
    def steps_made(self) -> float:
        """How many of them are made now."""
        return self.steps * float(self.made())

    def so_far(self) -> Array:
        """The way made on it now, as a vector."""
        return self.steps_made * read(self.step)

    def landmarks(self) -> Array:
        """Both ends of the whole leg, once the legs before it are made."""
        start = read(self.outset)
        return np.stack([start, start + self.steps * read(self.step)])

    def pose(self, matrix: Array, view: View) -> None:
        """Draw as much of the chain as is made."""
        tail, tip = self.ends(matrix, view)
        ahead = tip - tail
        length = float(np.linalg.norm(ahead))
        if length < 1e-6:
            self.points = np.zeros((0, 3))
            return
        u = ahead / length
        beside = self.aside * np.array([u[1], -u[0], 0.0])
        across = np.array([-u[1], u[0], 0.0]) * self.SHAFT * self.size / 2

        def on_way(far: float) -> Array:
            """Where it passes, so far from its tail."""
            return np.asarray(tail + far * u + beside)

        self._beside = beside
        start, end = on_way(0.0), on_way(length)
        pieces = [_around([start - across, end - across, end + across, start + across])]
        made = abs(self.steps_made)
        per_step = length / made
        beads = self._beads(made, per_step)
        pieces += [r * self.size * _CIRCLE + on_way(far * per_step) for far, r in beads]
        head = min(self.HEAD * self.size, 0.5 * length)
        at = on_way(_middle([0.0, *(far for far, _ in beads), made]) * per_step) + 0.55 * head * u
        wide = 0.52 * head * np.array([-u[1], u[0], 0.0])
        pieces.append(_around([at - head * u - wide, at, at - head * u + wide]))
        self.points = np.concatenate(pieces)

    def _beads(self, made: float, per_step: float) -> list[tuple[float, float]]:
        """Give where beads are, in steps from the tail, and their radii."""
        parts = self.parts if per_step / self.parts >= NEAREST else 1
        if per_step / parts < NEAREST:
            return []
        ends = range(1, int(made * parts + 1e-6) + 1)
        return [(k / parts, self.BEAD if k % parts else self.WHOLE) for k in ends]

    @property
    def drawn(self) -> tuple[Array, Array]:
        """Where it begins and ends as drawn now, but for being aside."""
        start, end = self._ends_drawn()
        return start - self._beside, end - self._beside

    def _ends_drawn(self) -> tuple[Array, Array]:
        points = np.asarray(self.points)
        return (points[0] + points[11]) / 2, (points[3] + points[7]) / 2

    def obstacles(self) -> Array:
        """Samples of its line and of its head."""
        points = np.asarray(self.points)
        if not len(points):
            return np.zeros((0, 2))
        start, end = self._ends_drawn()
        return np.vstack([np.linspace(start, end, 60), points[-12::2]])[:, :2]


class Ruler(Dot):
    """One step along a vector, cut into parts: pale beads on its line, a large one at its end."""

    layer = Layer.LINE

    def __init__(self, step: Given, *, color: str, parts: int = 1, scale: float = 1.0) -> None:
        super().__init__(step, color=color, radius=Leg.WHOLE * scale)
        self.parts, self.size = parts, scale

    def pose(self, matrix: Array, view: View) -> None:
        """Put the beads where they are."""
        super().pose(matrix, view)
        point = self.point
        foot, tip = view.place(np.stack([0 * point, point]) @ matrix[:, : len(point)].T)
        if np.linalg.norm(tip - foot) / self.parts >= NEAREST:
            small = 0.8 * Leg.BEAD * self.size * _CIRCLE
            marks = [small + foot + k / self.parts * (tip - foot) for k in range(1, self.parts)]
            self.points = np.concatenate([np.asarray(self.points), *marks])


class Counter(Label):
    """The number of steps made on a leg, beside it; there is none before the first."""

    def pose(self, matrix: Array, view: View) -> None:
        """Follow the leg."""
        super().pose(matrix, view)
        leg = self.anchor
        started = abs(leg.steps_made) * leg.parts >= min(1.0, abs(leg.steps) * leg.parts) - 1e-6
        self.strength = 1.0 if started and leg.made() > 0.0 else 0.0


class Walk:
    """c₁ steps along a₁, then c₂ along a₂ …, from a point on, with a counter beside each leg.

    Its legs, rulers and counters are figures like any other: they join a world or are
    planted there (`members` are legs and counters). `made` is the Value that tells how
    many legs are made; `go` gives the motion that makes them, step by step.

    Parameters
    ----------
    scene
        The scene, whose theme and labels it uses.
    steps
        The vectors of one step each.
    counts
        How many of each: exact numbers, or Values.
    colors
        One for each leg.
    start
        Where it begins.
    names
        What the steps are called, to be written with the numbers: "2 u", not "2".
    """

    LONG = 10  # signs of a number that are too many to stand beside a leg
    ASIDE = 0.1  # stage units between a way along a line and the way back on it

    def __init__(
        self,
        scene: Any,
        steps: Sequence[Given],
        counts: Sequence[Any],
        colors: Sequence[str],
        start: Given = (0.0, 0.0),
        names: Sequence[str] = (),
    ) -> None:
        self.steps, self.counts, self.start = tuple(steps), tuple(counts), start
        self.made = Value(0.0)
        aside = self.ASIDE if _on_one_line(self.steps) else 0.0
        parts = [parts_of(count) or 1 for count in self.counts]
        self.legs = [
            Leg(
                step,
                count,
                lambda k=k: min(max(self.made.now - k, 0.0), 1.0),
                color=color,
                tail=lambda k=k: self._reached(k),
                outset=lambda k=k: self._goal(k),
                parts=cut,
                aside=aside,
                casing=scene.theme.background,
            )
            for k, (step, count, color, cut) in enumerate(
                zip(self.steps, self.counts, colors, parts, strict=True)
            )
        ]
        self.rulers = [
            Ruler(step, color=color, parts=cut)
            for step, color, cut in zip(self.steps, colors, parts, strict=True)
        ]
        self.counters = [
            Counter(
                self._counter(leg, name),
                leg,
                size=(1.15 if parts_of(leg.count) else 0.8) * scene.theme.label,
                color=color,
                halo=scene.theme.background,
                on=1.0 if aside else 0.5,  # on one line only ends stand apart
            )
            for leg, color, name in zip(
                self.legs, colors, names or [""] * len(self.legs), strict=True
            )
        ]

    @property
    def members(self) -> list[Any]:
        """Legs, the first on top, and counters."""
        return [*reversed(self.legs), *self.counters]

    def tip(self) -> Array:
        """Where it has led by now."""
        return self._reached(len(self.legs))

    def _reached(self, k: int) -> Array:
        """Where it has led by now on its first k legs."""
        return read(self.start) + sum(leg.so_far() for leg in self.legs[:k])

    def _goal(self, k: int) -> Array:
        """Where its first k legs lead."""
        return read(self.start) + sum(leg.steps * read(leg.step) for leg in self.legs[:k])

    def _counter(self, leg: Leg, name: str) -> Running:
        """Count the pieces that are made: every number that it shows is exact."""
        parts = parts_of(leg.count)
        if parts is None or abs(leg.steps) * parts > 60:
            is_long = callable(leg.count) or len(notation.plain(leg.count)) > self.LONG
            exact = () if is_long else (leg.count, 0)
            return Running(lambda: leg.steps_made, exact)
        most = round(leg.steps * parts)
        sign = -1 if most < 0 else 1
        landings = [Fraction(k, parts) for k in range(min(most, 0), max(most, 0) + 1)]
        return Running(
            lambda: sign * int(abs(leg.steps_made) * parts + 1e-6) / parts, landings, unit=name
        )

    def go(self, run_time: float = 3.0, *, gap: float = 0.25, legs: slice = slice(None)) -> Chain:
        """Give the motion that makes it, leg after leg, a little rest at every bead."""
        weights = [min(max(_pieces(leg), 1), 5) ** 0.5 for leg in self.legs]
        motions: list[Motion] = [
            Change(
                self.made,
                along=_stepping(k, _pieces(leg)),
                run_time=run_time * weight / sum(weights),
                rate=lambda s: s,
            )
            for k, (leg, weight) in enumerate(zip(self.legs, weights, strict=True))
        ]
        return Chain(*motions[legs], gap=gap)


def _pieces(leg: Leg) -> int:
    """How many pieces a leg has, 1 where nobody could count them."""
    count = round(abs(leg.steps) * (parts_of(leg.count) or 1))
    return count if count <= 8 else 1


def _stepping(k: int, pieces: int) -> Any:
    """Make leg k of a walk piece by piece, each softly."""
    pieces = max(pieces, 1)

    def made(s: float) -> float:
        if s >= 1.0:
            return k + 1.0
        whole = int(s * pieces)
        return float(k + (whole + smooth(s * pieces - whole)) / pieces)

    return made


def _middle(marks: Sequence[float]) -> float:
    """Give the middle of the gap between two marks that is nearest to the middle of all."""
    half = (marks[0] + marks[-1]) / 2
    gaps = [(a + b) / 2 for a, b in pairwise(marks) if b - a > 1e-6]
    return min(gaps, key=lambda m: abs(m - half), default=half)


def _on_one_line(steps: Sequence[Given]) -> bool:
    vectors = np.array([read(step) for step in steps])
    values = np.linalg.svd(vectors, compute_uv=False)
    return len(values) > 1 and bool(values[1] <= 1e-3 * values[0])


def _around(corners: Sequence[Array]) -> Array:
    return polyline([*corners, corners[0]])


class Lattice:
    """The grid that two columns make, each family of lines in its column's color.

    Its `lines` are planted under the matrix whose columns they are; they light up from 0
    outward.
    """

    MOST = 40  # lines on each side

    def __init__(self, colors: Sequence[str], *, width: float, opacity: float = 0.75) -> None:
        self.spread = Value(0.0)
        self.lines = [
            Lines(
                way,
                1.0,
                self.MOST,
                float(self.MOST),
                front=color,
                width=width,
                opacity=opacity,
                within=self.spread,
            )
            for way, color in zip(np.eye(2), colors, strict=True)
        ]

    def light_up(self, matrix: Given, view: View, run_time: float = 2.0) -> Motion:
        """Give the motion that lights the lines up, as far as a view shows."""
        least = float(np.linalg.svd(read(matrix), compute_uv=False)[-1])
        far = self.MOST if least <= 0.0 else min(self.MOST, 2 * view.reach / least)
        return Change(self.spread, far, run_time=run_time)
