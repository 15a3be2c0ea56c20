"""Singular values: every matrix turns, stretches along two axes, and turns again."""

from __future__ import annotations

import math

import numpy as np

import lamath as la
from lamath import notation
from scenes.inputs import MatrixInput
from scenes.stage import (
    N_,
    RULE,
    After,
    Appear,
    Chain,
    Change,
    Dim,
    Fly,
    MatrixScene,
    Pulse,
    Recolor,
    Rename,
    Rock,
    Swing,
    Value,
    Vanish,
    bezier,
)
from scenes.stage.figure import set_presence

SWEEP = N_("$x$ goes round the unit circle. How long does $A x$ get?")
LONGEST = N_("Longest here: call this direction $v_1$, and the length $sigma_1$.")
WHERE = N_("And where will $A x$ be shortest?")
SHORTEST = N_("Exactly 90° further on: $v_2$. There the length is $sigma_2$.")
CRUSHED = N_("Exactly 90° further on: $A$ sends $v_2$ to zero, so $sigma_2 = 0$.")
SIDEWAYS = N_("At its longest, the length stands still: the tip can only move sideways.")
TANGENTS = N_("$x$ sets off along $v_2$, $A x$ along $A v_2$: so these two make a right angle.")
SHADOW = N_("Why there? $A$ only sees the shadow of $x$ on $v_1$, and at 90° there is none.")
BENT = N_("Turn the pair: another right angle is bent. Only $v_1, v_2$ keep theirs.")
ONE_LINE = N_("Turn the pair: both land on one line. Only $v_2$ goes to zero.")
NOWHERE = N_("Nowhere: $A$ stretches every direction by the same $sigma$.")
KEPT = N_("So every right angle stays one. Any pair $v_1, v_2$ will do; take the axes.")
BUMP = N_("With $B$, which stretches one axis a little more, the curve gets a peak.")
WHERE_LONGEST = N_("Where will $A x$ be longest?")
POINT = N_("Length 0 in every direction: $sigma_1 = sigma_2 = 0$.")
TURN_IN = N_("Now read $A = U Sigma V^top$ from the right: $V^top$ turns $v_1, v_2$ onto the axes.")
NO_TURN_IN = N_("Now read $A = U Sigma V^top$ from the right: here $V^top$ has nothing to turn.")
STRETCH = N_("$Sigma$ stretches along the axes, by $sigma_1$ and by $sigma_2$.")
FLATTEN = N_("$Sigma$ stretches along one axis; along the other nothing is left.")
STAYS = N_("$Sigma$ stretches by $sigma = 1$: every length stays as it is.")
VANISH = N_("$Sigma$ leaves nothing of either: all of the plane becomes one point.")
TURN_OUT = N_("$U$ turns them to where $A$ sends $v_1$ and $v_2$.")
TURN_BACK = N_("$U$ turns them back by the same angle: here $U$ and $V$ are equal.")
NO_TURN_OUT = N_("$U$ has nothing to turn: they are where $A$ sends $v_1$ and $v_2$.")
TURN_OVER = N_("$det A < 0$: $U$ is a fold. It turns the sheet over, about this line.")
NONE_LEFT = N_("Both singular values are 0: of no direction is anything left.")
EVERY = N_("Every $A$: turn, stretch, turn.")
EVERY_FOLD = N_("Every $A$: turn, stretch, turn – or, with $det A < 0$, a fold.")


class RotateStretchRotate(MatrixScene):
    """A = U Σ Vᵀ: every matrix turns, stretches along two axes, and turns again."""

    title = N_("Rotate · Stretch · Rotate")
    inputs = (MatrixInput("2x2", default="3 0; 4 5"),)
    stages = 2
    shares = (1, 1.1)

    def construct(self) -> None:
        self.svd = la.svd(self.matrix)
        s1, s2 = self.svd.S
        self.is_zero, self.is_flat, self.is_even = s1 == 0, s2 == 0, s1 == s2
        self.cast()
        self.sweep()
        if self.is_even:
            self.nowhere()
        else:
            self.extremes()
            self.why_shadow() if self.is_flat else self.why()
            self.contrast()
        self.apart()

    # -- the cast ------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up the plane with x and A x, and the chart of the length of A x."""
        t = self.theme
        blue, length = t.output, t.sigma
        self.colors = {
            "x": t.input, "v_1": t.input, "v_2": t.input, "v_1, v_2": t.input,
            "A x": blue, "A v_1": blue, "A v_2": blue,
            "sigma": length, "sigma_1": length, "sigma_2": length,
            "V^top": t.ink, "U": t.ink, "Sigma": t.ink,
        }  # fmt: skip
        x1, y1 = self.svd.V.column(0).array
        self.peak = math.degrees(math.atan2(y1, x1))
        self.first = 45.0 * round(self.peak / 45.0 - 1.0)  # a half turn with the peak well inside
        self.last, self.low = self.first + 180.0, self.peak + 90.0
        self.turning_points = np.linspace(self.first, self.low + 22.0, 15)
        self.angle, self.traced, self.turn = Value(self.first), Value(self.first), Value(0.0)
        self.more, self.strength = la.power(la.matrix("5/4 0; 0 1")), Value(0.0)

        self.plane = self.world()
        s1 = float(self.svd.S[0])
        self.chart_ = chart = self.chart(
            self.axis(
                self.first,
                self.last,
                N_("angle of $x$"),
                unit=" degree",
                found=True,
                at=(self.first, self.first + 90.0, self.last),
            ),
            self.axis(
                0.0,
                (1.35 if self.is_even else 1.2) * float(self.svd.S[0]) or 1.0,
                N_("length of $A x$"),
                color=length,
            ),
            beside=self.plane,
        )
        share = {"until": lambda: self.chart_.share(self.traced())}
        rim = self.arc(on_circle, self.first, self.last, t.input, counts=False, **share)
        trace = self.curve(
            lambda: bezier.smooth_through(self.image_at, self.first, self.last, 36), blue,
            until=lambda: chart.share(min(self.traced(), self.low + 22.0)),
            width=0.8 * t.bold, counts=False,
        )  # fmt: skip
        self.circle = self.unit_circle(opacity=0.8)
        self.x = self.arrow(lambda: on_circle(self.angle()), t.input)
        self.Ax = self.arrow(lambda: self.image_at(self.angle()), blue)
        self.x_name, self.Ax_name = self.label(self.x, "x"), self.label(self.Ax, "A x")
        self.ins, self.in_names, self.outs, self.out_names = [], [], [], []
        for k, start in ((1, self.peak), (2, self.low)):
            v = self.arrow(lambda s=start: on_circle(s + self.turn()), t.input)
            Av = self.arrow(lambda s=start: self.image_at(s + self.turn()), blue)
            self.ins.append(v)
            self.outs.append(Av)
            self.in_names.append(self.label(v, f"v_{k}"))
            crushed = self.svd.S[k - 1] == 0
            self.out_names.append(self.label(Av, f"A v_{k} = 0" if crushed else f"A v_{k}"))
        v1, v2 = self.ins
        self.corner = self.right_angle(v1.given, v2.given, size=0.2)
        # where the unit circle would fill the plane, or be a dot, it has a plane of its own
        self.lens = self.plane
        if s1 and not 0.6 <= s1 <= 1.15 * self.layout.stages[0].height:
            self.lens = self.inset(self.plane, N_("unit circle"))
            self.plane.most = math.inf
        self.plane.plant(
            trace,
            *self.outs,
            *self.out_names,
            self.Ax,
            self.Ax_name,
            *(self.spot(self.plane, self.image_at(d)) for d in self.turning_points),
        )
        self.moved_by_A = [self.circle, *self.ins, *self.in_names]
        self.lens.join(*self.moved_by_A)
        self.lens.plant(rim, self.corner, self.x, self.x_name)
        self.graph = chart.graph(
            self.height,
            length,
            t.bold,
            changes=self.is_even,
            pieces=60 if self.is_even else 180,
            **share,
        )
        top = lambda: (self.angle(), self.height(self.angle()))  # noqa: E731
        self.stem = self.stem_to(lambda: (self.angle(), 0.0), top)
        self.bead = self.dot(top, length)
        short = [s for s in self.svd.S if len(self.exactly(s)) < 12]
        number = self.running(lambda: self.height(self.angle()), *short)
        self.number = self.label(self.bead, number, color=length)
        chart.plant(self.graph, self.stem, self.bead, self.number)
        self.traces = [rim, trace]
        self.write_panel()
        self.open(
            self.card_,
            self.circle,
            self.x,
            self.x_name,
            self.Ax,
            self.Ax_name,
            *chart.ground.pieces(),
            *self.lens.signs,
        )
        set_presence(self.plane.grid, 0.0)
        set_presence(self.lens.grid, 0.0)

    def image_at(self, degrees: float) -> np.ndarray:
        """Give A x for the unit vector x at an angle; what is only rounding is zero."""
        y = self.matrix.array @ self.more(self.strength()) @ on_circle(degrees)
        return np.where(np.abs(y) < 1e-12 * float(self.svd.S[0]), 0.0, y)

    def height(self, degrees: float) -> float:
        """Give the length of A x."""
        return float(np.linalg.norm(self.image_at(degrees)))

    def stem_to(self, foot, top):
        """Give a length that stands upright in the chart."""
        return self.segment(foot, top, self.theme.sigma, width=1.4 * self.theme.bold, counts=False)

    def spot(self, world, point):
        """Give a point that only serves to hold a text."""
        dot = self.dot(point, self.theme.ink, radius=0.0)
        world.plant(dot)
        return dot

    def write_panel(self) -> None:
        """Set up what the panel will say: σ₁ and σ₂ as they are found, then the three factors."""
        turn_in, _, turn_out = self.svd.stages()
        self.card_ = self.card(self.matrix, "A")
        names = ("sigma",) if self.is_even and not self.is_zero else ("sigma_1", "sigma_2")
        self.found = [
            self.math(self.equals(name, s), color=self.theme.sigma)
            for name, s in zip(names, self.svd.S, strict=False)
        ]
        self.formula = self.math("A = U Sigma V^top", size=1.2 * self.theme.math)
        out = self.row(N_("$U$ turns"), angle_of(turn_out.angle, radians=True))
        if turn_out.folds:
            x, y = turn_out.mirror
            out = self.row(N_("$U$ folds"), angle_of(math.atan2(y, x), radians=True))
        self.factors = [
            self.row(N_("$V^top$ turns"), angle_of(turn_in.angle, radians=True)),
            self.row(N_("$Sigma$ stretches"), "sigma_1, sigma_2"),
            out,
        ]
        self.panel.set(self.card_, *self.found, RULE, self.formula, *self.factors)

    # -- from x to σ ------------------------------------------------------------------------

    def to(self, degrees: float, run_time: float, seen: float | None = None) -> list:
        """Give the motions that turn x to an angle, tracing as far as x gets, or `seen`."""
        start, reached = self.angle(), self.traced()
        goal = degrees if seen is None else seen

        def trace(s: float) -> float:
            now = start + s * (degrees - start)
            return max(reached, now, now + (goal - degrees) * s**4)

        moves = [Change(self.angle, degrees, run_time=run_time)]
        if goal > reached:
            moves.append(Change(self.traced, along=trace, run_time=run_time))
        return moves

    def sweep(self) -> None:
        """The length of A x leaves the plane and becomes the height of a curve."""
        with self.beat("sweep", SWEEP):
            self.play(Swing(self.plane, self.Ax, self.chart_, self.stem, run_time=1.4))
            self.play(
                Appear(self.bead, self.number, self.graph, *self.traces, run_time=0.3),
                *self.to(self.peak + 35.0, 3.0),
            )
            if not self.is_even:
                self.play(*self.to(self.peak, 0.9))

    def extremes(self) -> None:
        """The peak is v₁; where the low point is can be guessed, and then be seen."""
        s1, s2 = self.svd.S
        (v1, v2), (Av1, Av2) = self.ins, self.outs
        folds = self.svd.stages()[2].folds
        long, short = self.length_of(Av1, s1), self.length_of(Av2, s2, -1 if folds else 1)
        one, other = self.found_at(self.peak, s1, 1), self.found_at(self.low, s2, 2)
        with self.beat("longest", LONGEST):
            self.play(
                Rename(self.x_name, "x = v_1"),
                Rename(self.Ax_name, "A v_1"),
                Appear(*long, *one),
                Vanish(self.number),
            )
            self.play(Fly(long[1], self.found[0]))
        there = Value((self.peak + 85.0, 0.3 * float(s1)))
        ask = self.question_mark(self.spot(self.chart_, there))
        self.chart_.plant(ask)
        with self.beat("where", WHERE):
            self.play(
                Appear(v1, Av1, self.in_names[0], self.out_names[0], ask, run_time=0.4),
                Vanish(self.x_name, self.Ax_name, *long, run_time=0.4),
            )
            self.play(Rock(self.angle, 14.0, run_time=2.2), Rock(there, (30.0, 0.0), run_time=2.2))
            self.play(
                Vanish(ask, run_time=0.3),
                Rename(self.x_name, "x", run_time=0.2),
                Rename(self.Ax_name, "A x", run_time=0.2),
                After(0.5, Appear(self.x_name, self.Ax_name, self.number, run_time=0.3)),
                *self.to(self.low + 22.0, 2.3, seen=self.last),
            )
            self.play(*self.to(self.low, 0.9))
        self.last_found = short
        with self.beat("shortest", SHORTEST if s2 else CRUSHED):
            self.play(
                Appear(
                    v2,
                    Av2,
                    self.in_names[1],
                    self.out_names[1],
                    self.corner,
                    *other,
                    *(short if s2 else ()),
                ),
                Vanish(
                    self.x, self.Ax, self.x_name, self.Ax_name, self.number, self.bead, run_time=0.3
                ),
            )
            self.play(Pulse(self.corner), Fly(short[1] if s2 else other[1], self.found[1]))

    def length_of(self, arrow, length, side: int = 1) -> tuple:
        """Give the dimension line beside an arrow, and its length."""
        line = self.measure(arrow.given, self.theme.sigma, side=side)
        size = self.label(line, self.exactly(length))
        self.plane.plant(line, size)
        return line, size

    def found_at(self, degrees: float, length, k: int) -> tuple:
        """Give the stem that stays where a length was found, its name, and the angle."""
        stem = self.stem_to((degrees, 0.0), (degrees, float(length)))
        tick = self.tick(self.chart_, degrees, angle_of(degrees), self.theme.input)
        foot = self.spot(self.chart_, (degrees, (0.5, 0.9)[k - 1] * float(length)))
        name = self.label(foot, f"sigma_{k}", color=self.theme.sigma)
        self.chart_.plant(stem, name)
        return stem, name, tick

    def why(self) -> None:
        """At the peak the length stands still, so the tip moves at right angles to A x."""
        t, s1 = self.theme, float(self.svd.S[0])
        slide = Value(1.0)

        def step(side: float, place):
            return lambda: slide() * place(self.peak) + side * place(self.low)

        level = self.segment((self.peak - 24.0, s1), (self.peak + 24.0, s1), t.ink, dashed=True)
        self.chart_.plant(level)
        cast = []
        for place, color in ((on_circle, t.input), (self.image_at, t.output)):
            foot = lambda place=place: slide() * place(self.peak)  # noqa: E731
            cast.append(self.segment(step(-0.6, place), step(0.6, place), color, dashed=True))
            cast.append(self.right_angle(
                lambda place=place: -place(self.peak), lambda place=place: place(self.low),
                at=foot, size=0.2,
            ))  # fmt: skip
        self.lens.plant(*cast[:2])
        self.plane.plant(*cast[2:])
        with self.beat("why", SIDEWAYS):
            self.play(
                *self.to(self.peak, 1.2),
                Dim(self.outs[1], self.ins[1]),
                Vanish(*self.last_found, run_time=0.3),
                Appear(self.x, self.Ax, self.bead, run_time=0.3),
                Vanish(self.corner, run_time=0.3),
            )
            self.play(Appear(level), Rock(self.angle, 16.0, run_time=2.2))
            self.say(TANGENTS)
            self.play(Appear(*cast), Rock(self.angle, 16.0, run_time=2.0))
            self.play(
                Change(slide, 0.0, run_time=1.4),
                Vanish(level),
                Dim(self.outs[1], self.ins[1], to=1.0),
            )
        self.corners = [cast[1], cast[3]]
        self.leaving = [cast[0], cast[2], self.x, self.Ax, self.bead]

    def why_shadow(self) -> None:
        """Rank 1: A x is as long as the shadow of x on v₁, times σ₁."""
        t = self.theme

        def foot():
            return np.cos(math.radians(self.angle() - self.peak)) * on_circle(self.peak)

        shadow = self.segment((0.0, 0.0), foot, t.input, width=2.2 * t.bold)
        drop = self.segment(lambda: on_circle(self.angle()), foot, t.ink, dashed=True)
        self.lens.plant(shadow, drop)
        with self.beat("why", SHADOW):
            self.play(
                *self.to(self.peak + 20.0, 1.4),
                Vanish(*self.last_found, run_time=0.3),
                Appear(self.x, self.Ax, self.x_name, self.Ax_name, self.bead, shadow, drop),
                Vanish(self.corner, *self.out_names, run_time=0.3),
                Dim(*self.outs),
            )
            self.while_reading(Chain(*self.to(self.low, 2.4)))
        self.leaving = [shadow, drop, self.x, self.Ax, self.x_name, self.Ax_name, self.bead]
        self.corners = [self.corner]

    def contrast(self) -> None:
        """No other pair keeps its right angle."""

        def opening() -> float:
            (a, b), (c, d) = self.outs[0].vector, self.outs[1].vector
            return math.atan2(a * d - b * c, a * c + b * d)

        def start() -> float:
            x, y = self.outs[0].vector
            return math.atan2(y, x)

        wedge = self.wedge(start, opening, self.theme.ink, radius=1.2)
        size = self.running(lambda: abs(math.degrees(opening())), 90, unit="°", decimals=0)
        angle = self.label(wedge, size, color=self.theme.ink)
        self.plane.plant(wedge, angle)
        named = [*self.in_names, *self.out_names]
        with self.beat("contrast", ONE_LINE if self.is_flat else BENT):
            shown = [] if self.is_flat else [wedge, angle]
            self.play(
                Vanish(*named, *self.corners, *self.leaving, run_time=0.3),
                Appear(self.corner, *shown, run_time=0.3),
                Dim(*self.outs, to=1.0),
                Change(self.turn, -45.0, run_time=1.8),
            )
            self.wait(0.5)
            self.play(Change(self.turn, 0.0, run_time=1.4))
            self.play(Vanish(*shown, run_time=0.3), Appear(*named, run_time=0.3))

    def nowhere(self) -> None:
        """σ₁ = σ₂: the curve is flat, and any pair is as good as the next."""
        s1, _ = self.svd.S
        there = Value((self.peak + 60.0, 0.6 * (float(s1) or 1.0)))
        ask = self.question_mark(self.spot(self.chart_, there))
        self.chart_.plant(ask)
        with self.beat("where", WHERE_LONGEST):
            self.play(Appear(ask))
            self.play(Rock(self.angle, 14.0, run_time=2.4), Rock(there, (30.0, 0.0), run_time=2.4))
            self.play(Vanish(ask, run_time=0.3), *self.to(self.last, 3.0))
        with self.beat("nowhere", NOWHERE if s1 else POINT):
            self.while_reading(Appear(*self.found), *self.to(self.first + 90.0, 2.4))
        shown = [self.corner, *self.ins, *self.in_names, *self.outs]
        image = self.right_angle(*(Av.given for Av in self.outs), size=0.2)
        self.plane.plant(image)
        self.corners = [image]
        if not s1:
            self.play(Appear(*shown, *self.out_names), Vanish(*self.probe(), run_time=0.3))
            return
        with self.beat("contrast", BUMP):
            others = [self.card_, *self.found, self.chart_.y.name]  # they speak of A
            self.play(
                Change(self.strength, 1.0, run_time=2.0), Rename(self.Ax_name, "B x"), Dim(*others)
            )
            self.play(Change(self.strength, 0.0, run_time=2.0))
            self.play(Rename(self.Ax_name, "A x"), Dim(*others, to=1.0, run_time=0.4))
        with self.beat("kept", KEPT):
            self.play(Appear(*shown, image), Vanish(*self.probe(), run_time=0.3))
            self.play(Change(self.turn, 60.0, run_time=1.8))
            self.play(Change(self.turn, 0.0, run_time=1.4))
            self.play(Appear(*self.out_names))

    def probe(self) -> list:
        """Give what shows one x, its image and its length."""
        return [self.x, self.Ax, self.x_name, self.Ax_name, self.stem, self.bead, self.number]

    # -- from σ back to A -------------------------------------------------------------------

    def apart(self) -> None:
        """A is taken apart: turn, stretch, turn (or fold)."""
        t, plane, (s1, s2) = self.theme, self.plane, self.svd.S
        turn_in, stretch, turn_out = self.svd.stages()
        goal = self.ellipse(self.matrix, t.output, counts=False, dash=(0.14, 0.1))
        plane.plant(goal)
        if self.lens is not plane:
            self.play(Vanish(*self.lens.pieces(), run_time=0.4))
            self.lens.leave(*self.moved_by_A)
            plane.join(*self.moved_by_A)
        shown, stay = [], []
        if 0.4 <= s1 <= 16.0:
            stay = [goal, *self.outs, *self.out_names]
            shown = [s * float(s1) * e for e in np.eye(2) for s in (1, -1)]
            shown += [s * self.image_at(d) for d in range(0, 180, 6) for s in (1, -1)]
        with self.beat("turn in", TURN_IN if turn_in.angle else NO_TURN_IN):
            self.play(
                *self.outgrow(plane, [*shown, (1, 1), (-1, -1)]),
                Appear(*stay[:1], *self.moved_by_A),
                Dim(*stay[1:], to=0.4),
                *([] if stay else [Vanish(*self.outs, *self.out_names, run_time=0.3)]),
                Vanish(*self.traces, self.corner, *self.corners, run_time=0.5),
            )
            self.play(
                Appear(plane.grid, self.formula, self.factors[0]), Pulse(self.formula.part("V^top"))
            )
            self.factor(turn_in.path, ("e_1", "e_2"))
        lines = [
            self.measure(v.given, t.sigma, side=k) for v, k in zip(self.ins, (-1, 1), strict=True)
        ]
        sizes = [
            self.label(line, self.running(lambda v=v: self.moved(v), 1, s))
            for line, v, s in zip(lines, self.ins, (s1, s2), strict=True)
        ]
        lines, sizes = (
            [each for each, s in zip(pair, (s1, s2), strict=True) if s] for pair in (lines, sizes)
        )
        plane.join(*lines, *sizes)
        names = [f"sigma_{k} e_{k}" + (" = 0" if not s else "") for k, s in ((1, s1), (2, s2))]
        with self.beat("stretch", self.stretching()):
            self.play(
                Appear(*lines, *sizes, self.factors[1], run_time=0.5),
                Pulse(self.formula.part("Sigma")),
            )
            self.factor(stretch.path, names)
        names = [
            f"A v_{k} = sigma_{k} u_{k}" if s else f"A v_{k} = 0" for k, s in ((1, s1), (2, s2))
        ]
        said = TURN_OUT if turn_out.angle else NO_TURN_OUT
        if turn_out.angle and turn_out.angle + turn_in.angle == 0:
            said = TURN_BACK
        if not stay:  # too large or too small to be seen before the stretch
            self.play(
                Appear(goal, *self.outs, *self.out_names), Dim(*self.outs, *self.out_names, to=0.4)
            )
        with self.beat("turn out", TURN_OVER if turn_out.folds else said):
            self.play(
                Appear(self.factors[2]),
                Pulse(self.formula.part("U")),
                Vanish(*lines, *sizes, *self.out_names),
            )
            colors = dict.fromkeys((*self.ins, *self.in_names, self.circle), t.output)
            self.factor(turn_out.path, names, colors)
        last = EVERY_FOLD if turn_out.folds else EVERY if s1 else NONE_LEFT
        with self.beat("every", last):
            for line in lines:  # a fold turns left into right
                line.side *= -1 if turn_out.folds else 1
            self.play(Appear(*lines, *sizes), Vanish(*self.outs, goal), Dim(plane.grid, to=0.4))
            self.summary()

    def stretching(self) -> str:
        """Say what Σ does here."""
        s1, s2 = self.svd.S
        if not s1:
            return VANISH
        if not s2:
            return FLATTEN
        return STAYS if s1 == s2 == 1 else STRETCH

    def moved(self, arrow) -> float:
        """Give how long an arrow is as the plane has it now."""
        return float(np.linalg.norm(self.plane.matrix @ arrow.vector))

    def factor(self, path, names, colors=None) -> None:
        """Play one factor of A; where it changes nothing, only the names change."""
        renamed = dict(zip(self.in_names, names, strict=True))
        if np.allclose(path.end, np.eye(2)):
            self.play(
                *(Rename(label, name) for label, name in renamed.items()),
                *(Recolor(each, color) for each, color in (colors or {}).items()),
            )
            return
        self.perform(
            self.plane, path, names=renamed, colors=colors, along=self.ins[0].vector, run_time=2.0
        )


def on_circle(degrees: float) -> np.ndarray:
    """Give the unit vector at an angle."""
    return np.array([math.cos(math.radians(degrees)), math.sin(math.radians(degrees))])


def angle_of(angle: float | None, radians: bool = False) -> str:
    """Write an angle in degrees as Typst source."""
    size = (angle or 0.0) if radians else math.radians(angle or 0.0)
    return f"{notation.degrees(size, sign=True, style='typst').removeprefix('= ')} degree"
