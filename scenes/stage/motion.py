"""Animations as values: each says how long it takes and what the state is at s ∈ [0, 1].

They change state only; the scene draws the picture of it once a frame. Several play at
once (`play(a, b)`), one after another (`Chain`), or late (`After`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import ManimColor, Mobject, VMobject
from manim.utils.rate_functions import linear, smooth, there_and_back

import lamath as la
from lamath import notation
from scenes.stage.figure import Given, Value, leaves, paint, presence_of, read, set_presence
from scenes.stage.labels import Label, Running
from scenes.stage.shapes import Curve
from scenes.stage.view import Array, View
from scenes.stage.world import Move, World

__all__ = [
    "After",
    "Appear",
    "Chain",
    "Change",
    "Deform",
    "Dim",
    "Draw",
    "Entries",
    "Fly",
    "Glide",
    "Look",
    "Motion",
    "Pulse",
    "Recolor",
    "Rename",
    "Rewind",
    "Rock",
    "Vanish",
    "linear",
    "smooth",
]

Rate = Callable[[float], float]
AWAY = (0.12, 0.88)  # shares of a move between which what moves has no name


class Motion:
    """One change of state over time.

    Parameters
    ----------
    run_time
        Seconds.
    rate
        How its course s ∈ [0, 1] goes with time.
    """

    def __init__(self, *, run_time: float = 1.0, rate: Rate = smooth) -> None:
        self.run_time, self.rate = run_time, rate

    def begin(self, scene: Any) -> None:
        """Take the state as it stands; bring on what will be seen."""

    def at(self, s: float) -> None:
        """Set the state at s ∈ [0, 1] of its course."""
        raise NotImplementedError

    def at_time(self, seconds: float) -> None:
        """Set the state so many seconds after its beginning."""
        t = min(max(seconds / self.run_time, 0.0), 1.0) if self.run_time > 0 else 1.0
        # a rate function's ends are free of rounding here
        self.at(self.rate(t) if 0.0 < t < 1.0 else self.rate(round(t)))

    def end(self, scene: Any) -> None:
        """Tidy up after it, at its last state."""

    def lasting(self, seconds: float) -> Motion:
        """Give it that length."""
        self.run_time = seconds
        return self


class Chain(Motion):
    """Motions one after another, as one."""

    def __init__(self, *motions: Motion, gap: float = 0.0) -> None:
        self.motions, self.gap = motions, gap
        super().__init__(
            run_time=sum(m.run_time for m in motions) + gap * max(len(motions) - 1, 0), rate=linear
        )
        self._begun = 0

    def begin(self, scene: Any) -> None:
        """Each begins where the one before it ends, so ends are found by going there."""
        self._scene = scene
        self._offsets: list[float] = []
        reached = 0.0
        for motion in self.motions:
            self._offsets.append(reached)
            motion.begin(scene)
            motion.at_time(motion.run_time)
            reached += motion.run_time + self.gap
        for motion in reversed(self.motions):
            motion.at_time(0.0)

    def at(self, s: float) -> None:
        """Everything earlier stands at its end, everything later at its beginning."""
        seconds = s * self.run_time
        if s >= 1.0:
            seconds = float("inf")
        for motion, offset in reversed(list(zip(self.motions, self._offsets, strict=True))):
            if offset > 0 and seconds < offset:
                motion.at_time(0.0)
        for motion, offset in zip(self.motions, self._offsets, strict=True):
            if seconds >= offset:
                motion.at_time(min(seconds - offset, motion.run_time))

    def end(self, scene: Any) -> None:
        """End all."""
        for motion in self.motions:
            motion.end(scene)

    def lasting(self, seconds: float) -> Chain:
        """Give all of it that length, in proportion."""
        factor = seconds / self.run_time
        for motion in self.motions:
            motion.lasting(motion.run_time * factor)
        self.gap *= factor
        self.run_time = seconds
        return self


class After(Chain):
    """A motion that begins some seconds late."""

    def __init__(self, seconds: float, motion: Motion) -> None:
        super().__init__(_Nothing(run_time=seconds), motion)


class _Nothing(Motion):
    def at(self, s: float) -> None:
        """Change nothing."""


class Change(Motion):
    """Let a Value run to another one, or along a function s ↦ value."""

    def __init__(
        self,
        value: Value,
        to: npt.ArrayLike | None = None,
        *,
        along: Callable[[float], npt.ArrayLike] | None = None,
        run_time: float = 1.5,
        rate: Rate = smooth,
    ) -> None:
        super().__init__(run_time=run_time, rate=rate)
        self.value, self.along = value, along
        if (to is None) == (along is None):
            raise ValueError("a value runs to another one, or along a function")
        self.to: Array = np.array(0.0 if to is None else getattr(to, "array", to), dtype=float)

    def begin(self, scene: Any) -> None:
        """Start from the present value."""
        self.start = np.array(self.value.now, dtype=float)

    def at(self, s: float) -> None:
        """Set the value."""
        if self.along is not None:
            self.value.now = self.along(s)
        elif s >= 1.0:
            self.value.now = self.to
        else:
            self.value.now = (1 - s) * self.start + s * self.to


class Rock(Motion):
    """Let a Value swing about where it is, and come back: something is still open."""

    def __init__(
        self, value: Value, by: npt.ArrayLike, *, times: float = 1.0, run_time: float = 2.0
    ) -> None:
        super().__init__(run_time=run_time, rate=linear)
        self.value, self.by, self.times = value, np.array(by, dtype=float), times

    def begin(self, scene: Any) -> None:
        """Start from the present value."""
        self.start = np.array(self.value.now, dtype=float)

    def at(self, s: float) -> None:
        """Swing, softly in and out."""
        swing = 0.0 if s in (0.0, 1.0) else np.sin(2 * np.pi * self.times * s) * np.sin(np.pi * s)
        self.value.now = self.start + swing * self.by


class Deform(Motion):
    """Move a world along a path: M(t) = path(t) · M(0).

    `lamath` supplies the path; the world's matrix is the path's matrix at every frame. The
    move is remembered, so that Rewind can undo it. What would leave the stage is followed
    by the view.

    Parameters
    ----------
    names
        Labels that become another name as they land. On the way the thing is neither the
        one nor the other, and has no name.
    quiet
        Labels that lose their name on the way and find it later.
    colors
        Figures and labels that take another color as they land.
    view
        From where it is seen in the end; by default, such that all of it is in sight.
    """

    def __init__(
        self,
        world: World,
        path: la.LinearPath,
        *,
        names: dict[Label, str] | None = None,
        quiet: Iterable[Label] = (),
        colors: dict[VMobject, str] | None = None,
        view: View | None = None,
        run_time: float = 2.4,
        rate: Rate = smooth,
    ) -> None:
        super().__init__(run_time=run_time, rate=rate)
        self.world, self.path, self.view = world, path, view
        self._naming = [
            *(Rename(label, name, away=AWAY) for label, name in (names or {}).items()),
            *(_Hush(label) for label in quiet),
        ]
        self._landing = [Recolor(figure, color) for figure, color in (colors or {}).items()]

    _first, _last = 0.0, 1.0

    def begin(self, scene: Any) -> None:
        """Take the world as it stands, and choose from where the end is seen."""
        world = self.world
        self._start_view = world.view
        self.base = self._take_base()
        self._follow(scene)
        for motion in (*self._naming, *self._landing):
            motion.begin(scene)

    def _take_base(self) -> Array:
        base = np.asarray(self.world.matrix)
        self.world.trail.append(Move(self.path, base, self.world.view))
        return base

    def _follow(self, scene: Any) -> None:
        world, start = self.world, self._start_view
        steps = np.linspace(self._first, self._last, 9)
        marks = [world.landmarks(self._matrix_at(t)) for t in steps]
        if self.view is None:
            self.view = scene.view_for(world, start, marks)

    def _matrix_at(self, t: float) -> Array:
        moved = self.path(t)
        if moved.shape[1] != len(self.base):  # the base may have grown a row of heights
            return np.asarray(moved @ self.base[: moved.shape[1]])
        return np.asarray(moved @ self.base)

    def at(self, s: float) -> None:
        """Set matrix, view and names, and in the last part of the way the new colors."""
        t = self._first + s * (self._last - self._first)
        self.world.matrix = self._matrix_at(min(max(t, 0.0), 1.0))
        if self.view is not None:
            self.world.look(self._start_view.between(self.view, s))
        for naming in self._naming:
            naming.at(s)
        for landing in self._landing:
            landing.at(max(0.0, 1.0 - (1.0 - s) / 0.2))  # exactly 1 at the end

    def end(self, scene: Any) -> None:
        """Land."""
        for motion in (*self._naming, *self._landing):
            motion.end(scene)


class Rewind(Deform):
    """Undo a world's last Deform: the same path, backwards, matrix for matrix, view for view."""

    _first, _last = 1.0, 0.0

    def __init__(self, world: World, **kwargs: Any) -> None:
        if not world.trail:
            raise ValueError("nothing to rewind: no Deform has been played")
        super().__init__(world, world.trail[-1].path, **kwargs)

    def _take_base(self) -> Array:
        move = self.world.trail.pop()
        if self.view is None:
            self.view = move.view
        return move.base


class Glide(Deform):
    """Let the columns of a world's matrix run straight to those of another one.

    No map does this to the plane: it compares two matrices. It is not remembered; to come
    back, glide back.
    """

    def __init__(self, world: World, to: Any, **kwargs: Any) -> None:
        super().__init__(world, la.flatten(np.zeros((2, 2))), **kwargs)
        self.to = np.array(getattr(to, "array", to), dtype=float)

    def _take_base(self) -> Array:
        return np.array(self.world.matrix)

    def _matrix_at(self, t: float) -> Array:
        if t in (0.0, 1.0):  # free of rounding
            return self.to if t else self.base
        return np.asarray((1 - t) * self.base + t * self.to)


class Entries(Motion):
    """Let a matrix card show a matrix that another motion, played before it, changes.

    The matrix is a world's, which may Glide, or a Value, which may Change, or a callable. It
    lands on exact matrices; only entries in which these differ run.
    """

    def __init__(self, card: Any, of: World | Given, *landings: Any, run_time: float = 2.4) -> None:
        super().__init__(run_time=run_time)
        self.card, first = card, landings[0]
        rows, columns = first.shape

        def measure(i: int, j: int) -> Callable[[], float]:
            return lambda: float(self.now()[i, j])

        self.now: Callable[[], Array] = lambda: np.asarray(
            of.matrix if isinstance(of, World) else read(of)
        )
        self.running = [
            (
                card.entry(i, j),
                Running(
                    measure(i, j),
                    [each[i, j] for each in landings],
                    decimals=_few(landings),
                ),
            )
            for i in range(rows)
            for j in range(columns)
            if any(each[i, j] != first[i, j] for each in landings)
        ]

    @staticmethod
    def room(*landings: Any) -> list[str]:
        """Give what the card needs room for."""
        number = Running(lambda: 0.0, [0], decimals=_few(landings))
        entries = {entry for each in landings for column in each.columns for entry in column}
        running = [number.running(float(entry)).replace("−", "-") for entry in entries]
        at_rest = [notation.typst(entry, sign=True).removeprefix("= ") for entry in entries]
        return running + at_rest

    def at(self, s: float) -> None:
        """Write the entries of the moment."""
        for entry, number in self.running:
            source, is_math = number.source(at_rest=s in (0.0, 1.0))
            (entry.land if is_math else entry.show)(source)
        self.card.name_what_it_is(self.now() if s in (0.0, 1.0) else None)


def _few(matrices: Sequence[Any]) -> int:
    """Give how many places running entries need to be seen running."""
    rows = np.array([each.array for each in matrices])
    apart = np.abs(np.diff(rows, axis=0))
    least = float(apart[apart > 0].min(initial=np.inf))
    if not np.isfinite(least) or least >= 50:
        return 0
    if least >= 10:
        return 1
    return int(np.clip(np.floor(-np.log10(min(least, 1.0)) + 1e-9) + 2, 2, 6))


class Look(Motion):
    """See a world from elsewhere: zoom, tilt or orbit."""

    def __init__(self, world: World, view: View, *, run_time: float = 1.2, rate: Rate = smooth):
        super().__init__(run_time=run_time, rate=rate)
        self.world, self.view = world, view

    def begin(self, scene: Any) -> None:
        """Start from the present view."""
        self.start = self.world.view

    def at(self, s: float) -> None:
        """Go there."""
        self.world.look(self.start.between(self.view, s))


class _Fading(Motion):
    """Let the presence or the brightness of things go to a value."""

    def __init__(self, things: Iterable[Mobject], name: str, to: float, run_time: float) -> None:
        super().__init__(run_time=run_time)
        self.things, self.name, self.to = list(things), name, to

    def begin(self, scene: Any) -> None:
        """Start from how it is."""
        self.parts = [leaf for thing in self.things for leaf in leaves(thing)]
        self.starts = [getattr(leaf, self.name, 1.0) for leaf in self.parts]

    def at(self, s: float) -> None:
        """Fade."""
        for leaf, start in zip(self.parts, self.starts, strict=True):
            setattr(leaf, self.name, (1 - s) * start + s * self.to)
            paint(leaf)


class Appear(_Fading):
    """Let things come on stage."""

    def __init__(self, *things: Mobject, run_time: float = 0.6) -> None:
        super().__init__(things, "presence", 1.0, run_time)

    def begin(self, scene: Any) -> None:
        """Bring on what isn't there; what was never seen starts from nothing."""
        for thing in self.things:
            scene.bring(thing, presence=0.0)
        super().begin(scene)


class Vanish(_Fading):
    """Let things leave the stage; they can come back."""

    def __init__(self, *things: Mobject, run_time: float = 0.5) -> None:
        super().__init__(things, "presence", 0.0, run_time)


class Dim(_Fading):
    """Let things step back (or, with `to=1`, forward again)."""

    def __init__(self, *things: Mobject, to: float = 0.3, run_time: float = 0.6) -> None:
        super().__init__(things, "brightness", to, run_time)


class Draw(Motion):
    """Let curves grow from their beginning, as far as `to`."""

    def __init__(self, *curves: Curve, to: float = 1.0, run_time: float = 1.0, rate: Rate = smooth):
        super().__init__(run_time=run_time, rate=rate)
        self.curves, self.to = curves, to

    def begin(self, scene: Any) -> None:
        """Bring them on, with nothing drawn."""
        for curve in self.curves:
            if presence_of(curve) == 0.0:
                scene.bring(curve)
                curve.until = 0.0
        self.starts = [float(read(curve.until)) for curve in self.curves]

    def at(self, s: float) -> None:
        """Draw so much of them."""
        for curve, start in zip(self.curves, self.starts, strict=True):
            curve.until = (1 - s) * start + s * self.to


class Rename(Motion):
    """Let a label become another text: the old one goes, the new one comes.

    Between the two shares `away` of its course there is none.
    """

    def __init__(
        self,
        label: Label,
        name: str | Running,
        *,
        away: tuple[float, float] = (0.5, 0.5),
        run_time: float = 0.5,
        rate: Rate = linear,
    ) -> None:
        super().__init__(run_time=run_time, rate=rate)
        self.label, self.name, self.away = label, name, away

    def begin(self, scene: Any) -> None:
        """Start from its present text."""
        self.old, self.was = self.label.given, getattr(self.label, "strength", 1.0)

    def at(self, s: float) -> None:
        """Fade through nothing."""
        gone, back = self.away
        self.label.show(self.old if s < back else self.name)
        # strength, not presence: it may come or go meanwhile
        going, coming = self.was * (1.0 - s / gone), (s - back) / (1.0 - back)
        self.label.strength = max(going, coming, 0.0)
        paint(self.label)


class _Hush(Motion):
    """Let a label fall silent, until another motion names it."""

    def __init__(self, label: Label) -> None:
        super().__init__(rate=linear)
        self.label = label

    def begin(self, scene: Any) -> None:
        """Start from its present strength."""
        self.was = getattr(self.label, "strength", 1.0)

    def at(self, s: float) -> None:
        """Fade."""
        self.label.strength = self.was * max(0.0, 1.0 - s / AWAY[0])
        paint(self.label)


class Recolor(Motion):
    """Let something take another color."""

    def __init__(self, thing: Mobject, color: str, *, run_time: float = 0.5) -> None:
        super().__init__(run_time=run_time)
        self.thing, self.color = thing, ManimColor(color)

    def begin(self, scene: Any) -> None:
        """Start from its present colors."""
        self.parts = list(leaves(self.thing))
        self.fills = [leaf.get_fill_color() for leaf in self.parts]
        self.strokes = [leaf.get_stroke_color() for leaf in self.parts]

    def at(self, s: float) -> None:
        """Mix."""
        for leaf, fill, stroke in zip(self.parts, self.fills, self.strokes, strict=True):
            if leaf.get_fill_opacity() or getattr(leaf, "full", (0,))[0]:
                leaf.set_fill(self._mixed(fill, s), family=False)
            if leaf.get_stroke_width():
                leaf.set_stroke(self._mixed(stroke, s), family=False)
            if isinstance(leaf, Curve):
                leaf.front = leaf.back = self._mixed(stroke, s).to_hex()

    def _mixed(self, start: ManimColor, s: float) -> ManimColor:
        if s in (0.0, 1.0):  # free of rounding
            return self.color if s else start
        return start.interpolate(self.color, s)


class Pulse(Motion):
    """Light something up for a moment: brighter and broader, where it is, in its color."""

    def __init__(self, *things: Mobject, run_time: float = 0.9) -> None:
        super().__init__(run_time=run_time, rate=there_and_back)
        self.things = things

    def begin(self, scene: Any) -> None:
        """Take the strokes as they are."""
        self.parts = [leaf for thing in self.things for leaf in leaves(thing)]
        self.kept = [
            (leaf.get_stroke_width(), leaf.get_stroke_color(), leaf.get_stroke_opacity())
            for leaf in self.parts
        ]

    def at(self, s: float) -> None:
        """Broaden every outline, in its own color."""
        for leaf, (width, color, opacity) in zip(self.parts, self.kept, strict=True):
            if s <= 0.0:
                leaf.set_stroke(color, width=width, opacity=opacity, family=False)
                continue
            seen = getattr(leaf, "_painted", 1.0)
            if opacity and width:
                leaf.set_stroke(width=width * (1 + 1.2 * s), family=False)
            else:
                leaf.set_stroke(leaf.get_fill_color(), width=3.5 * s, opacity=seen, family=False)


class Fly(Motion):
    """Let a copy of a text travel in a bow from where it is to where another one stands.

    The bow goes upward, away from the captions. The other text comes into sight as it lands.
    With `leaves` no text stays behind.
    """

    def __init__(
        self,
        source: VMobject,
        target: VMobject,
        *,
        run_time: float = 1.1,
        bow: float = 0.12,
        leaves: bool = False,
    ) -> None:
        super().__init__(run_time=run_time)
        self.source, self.target, self.bow, self.leaves = source, target, bow, leaves

    def begin(self, scene: Any) -> None:
        """Bring on a copy that may be drawn anywhere."""
        scene.bring(self.target, presence=0.0)
        self.copy = scene.flying_copy(self.source)
        self.points = [np.array(leaf.points) for leaf in leaves(self.copy)]
        self.start, self.goal = self.source.get_center(), self.target.get_center()
        self.most = scene.layout.frame.top - 0.3
        self.size = float(self.target.height) / max(float(self.source.height), 1e-6)
        colors = [leaf.get_fill_color() for leaf in leaves(self.target)]
        self.color = colors[0] if colors else None
        self.from_color = next(iter(leaves(self.copy))).get_fill_color()

    def at(self, s: float) -> None:
        """Put it on its way."""
        ahead = self.goal - self.start
        side = np.array([-ahead[1], ahead[0], 0.0]) * self.bow
        middle = self.start + s * ahead + 4 * s * (1 - s) * side * (1 if ahead[0] >= 0 else -1)
        middle[1] = min(middle[1], max(self.most, self.start[1], self.goal[1]))
        size = self.size**s
        for leaf, points in zip(leaves(self.copy), self.points, strict=True):
            leaf.points = (points - self.start) * size + middle
            if self.color is not None:
                leaf.set_fill(self.from_color.interpolate(self.color, s), family=False)
        flies = 0.0 if s in (0.0, 1.0) else 1.0
        set_presence(self.copy, flies)
        set_presence(self.target, 1.0 if s >= 1.0 else 0.0)
        if self.leaves:
            set_presence(self.source, 0.0 if s else 1.0)

    def end(self, scene: Any) -> None:
        """Put the copy away."""
        scene.dismiss(self.copy)


def longest(motions: Sequence[Motion]) -> float:
    """Give how long the longest of several motions takes."""
    return max(motion.run_time for motion in motions)
