"""Singular values: every matrix turns, stretches along two axes, and turns again."""

from __future__ import annotations

from typing import Any

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
    Rename,
    Rock,
    Swing,
    Value,
    Vanish,
    bezier,
)
from scenes.stage.figure import bearing, length, set_presence, toward
from scenes.stage.motion import Motion

SWEEP = N_("$x$ goes round the unit circle. How long does $A x$ get?")
LONGEST = N_("Longest here: call this direction $v_1$, and the length $sigma_1$.")
WHERE = N_("And where will $A x$ be shortest?")
SHORTEST = N_("Along $-v_1$ longest again; halfway, at 90°, shortest: $v_2$, length $sigma_2$.")
CRUSHED = N_("Along $-v_1$ longest again; halfway, at 90°, $A v_2 = 0$: so $sigma_2 = 0$.")
SIDEWAYS = N_("At its longest, the length stands still: the tip can only move sideways.")
TANGENTS = N_("$x$ sets off along $v_2$, so $A x$ along $A v_2$: sideways, so $A v_1 perp A v_2$.")
SHADOW = N_("Why there? $A$ only sees the shadow of $x$ on $v_1$, and at 90° there is none.")
BENT = N_("Turn the pair: another right angle is bent. Only $v_1, v_2$ keep theirs.")
ONE_LINE = N_("Turn the pair: both land on one line. Only $v_2$ goes to zero.")
NOWHERE = N_("Nowhere: $A$ stretches every direction by the same $sigma$.")
KEPT = N_("So every right angle stays one. Any pair $v_1, v_2$ will do; take the axes.")
BUMP = N_("With $B$, which stretches one axis a little more, the curve gets a peak.")
WHERE_LONGEST = N_("Where will $A x$ be longest?")
POINT = N_("Length 0 in every direction: $sigma_1 = sigma_2 = 0$.")
READ = N_("$A v_k = sigma_k u_k$, each $u_k$ of length 1: that is $A = U Sigma V^top$.")
TURN_IN = N_("Read it from the right: $V^top$ turns $v_1, v_2$ onto the axes.")
NO_TURN_IN = N_("Read it from the right: here $V^top$ has nothing to turn.")
STRETCH = N_("$Sigma$ stretches along the axes, by $sigma_1$ and by $sigma_2$.")
FLATTEN = N_("$Sigma$ stretches along one axis; along the other nothing is left.")
STAYS = N_("$Sigma$ stretches by $sigma = 1$: every length stays as it is.")
VANISH = N_("$Sigma$ leaves nothing of either: all of the plane becomes one point.")
TURN_OUT = N_("$U$ turns them to where $A$ sends $v_1$ and $v_2$.")
TURN_BACK = N_("$U$ turns them back by the same angle: here $U$ and $V$ are equal.")
NO_TURN_OUT = N_("$U$ has nothing to turn: they are where $A$ sends $v_1$ and $v_2$.")
TURN_OVER = N_("$det A < 0$: $U$ is a fold. It turns the sheet over, about this line.")
NONE_LEFT = N_("Both singular values are 0: of no direction is anything left.")
EVERY = N_("Every $A$: turn, stretch, then turn or flip.")


CORNER = 0.3  # stage units: a right angle that is seen from the last row


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
        blue = t.output
        self.colors = {
            "x": t.input, "v_1": t.input, "v_2": t.input, "v_1, v_2": t.input,
            "A x": blue, "A v_1": blue, "A v_2": blue,
            "sigma": t.sigma, "sigma_1": t.sigma, "sigma_2": t.sigma,
            "V^top": t.ink, "U": t.ink, "Sigma": t.ink,
        }  # fmt: skip
        self.long, self.short = self.svd.S.array.tolist()
        self.peak = bearing(self.svd.V.column(0))
        self.first = 45.0 * round(self.peak / 45.0 - 1.0)  # a half turn with the peak well inside
        self.last, self.low = self.first + 180.0, self.peak + 90.0
        self.angle, self.traced, self.turn = Value(self.first), Value(self.first), Value(0.0)
        self.strength = Value(0.0)
        A, more = self.matrix.array, la.power(la.matrix("5/4 0; 0 1"))
        self.now = lambda: A @ more(self.strength())

        self.plane = self.world()
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
                (1.35 if self.is_even else 1.2) * self.long or 1.0,
                N_("length of $A x$"),
                color=t.sigma,
            ),
            beside=self.plane,
        )
        share = {"until": lambda: self.chart_.share(self.traced())}
        rim = self.arc(toward, self.first, self.last, t.input, counts=False, **share)
        trace = self.curve(
            lambda: bezier.smooth_through(self.image_at, self.first, self.last, 36), blue,
            until=lambda: chart.share(min(self.traced(), self.low + 22.0)),
            width=0.8 * t.bold, counts=False,
        )  # fmt: skip
        self.circle = self.unit_circle(opacity=0.8)
        self.x = self.arrow(lambda: toward(self.angle()), t.input)
        self.Ax = self.arrow(lambda: self.image_at(self.angle()), blue)
        self.x_name, self.Ax_name = self.label(self.x, "x"), self.label(self.Ax, "A x")
        self.ins: list[Any] = []
        self.outs: list[Any] = []
        self.in_names: list[Any] = []
        self.out_names: list[Any] = []
        for k, start in ((1, self.peak), (2, self.low)):
            v = self.arrow(lambda s=start: toward(s + self.turn()), t.input)
            Av = self.arrow(lambda s=start: self.image_at(s + self.turn()), blue)
            self.ins.append(v)
            self.outs.append(Av)
            self.in_names.append(self.label(v, f"v_{k}"))
            self.out_names.append(self.label(Av, f"A v_{k}"))
        v1, v2 = self.ins
        self.corner = self.right_angle(v1.given, v2.given, size=CORNER)
        # where the unit circle would fill the plane, or be a dot, it has a plane of its own
        self.lens = self.plane
        if self.long and not 0.6 <= self.long <= 1.15 * self.layout.stages[0].height:
            self.lens = self.inset(self.plane, N_("unit circle"))
            self.plane.most = float("inf")
        far = self.last if self.is_even else self.low + 22.0
        self.plane.plant(
            trace,
            *self.outs,
            *self.out_names,
            self.Ax,
            self.Ax_name,
            *(
                self.spot(self.plane, self.image_at(d))
                for d in range(int(self.first), int(far) + 1, 11)
            ),
        )
        self.moved_by_A = [self.circle, *self.ins, *self.in_names]
        self.lens.join(*self.moved_by_A)
        self.lens.plant(rim, self.corner, self.x, self.x_name)
        self.graph = chart.graph(
            self.height,
            t.sigma,
            t.bold,
            changes=self.is_even,
            pieces=60 if self.is_even else 180,
            **share,
        )
        top = lambda: (self.angle(), self.height(self.angle()))  # noqa: E731
        self.stem = self.stem_to(lambda: (self.angle(), 0.0), top)
        self.bead = self.dot(top, t.sigma)
        self.brief = [s for s in self.svd.S if len(self.exactly(s)) < 12]
        number = self.running(lambda: self.height(self.angle()), *self.brief)
        halfway = lambda: (self.angle(), self.halfway(self.height(self.angle())))  # noqa: E731
        self.number = self.bar_label(chart, halfway, number, t.sigma)
        chart.plant(self.graph, self.stem, self.bead)
        self.traces = [rim, trace]
        self.write_panel()
        self.open(
            self.heading_,
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

    def image_at(self, degrees: float) -> Any:
        """Give A x for the unit vector x at an angle."""
        return self.image(self.now, toward(degrees))()

    def height(self, degrees: float) -> float:
        """Give the length of A x."""
        return length(self.image_at(degrees))

    def halfway(self, height: float) -> float:
        """Give where a bar's number stands: at half its height, but clear of the axis."""
        return max(0.55 * height, 0.05 * self.long or 0.15)

    def stem_to(self, foot: Any, top: Any) -> Any:
        """Give a length that stands upright in the chart."""
        return self.segment(foot, top, self.theme.sigma, width=1.4 * self.theme.bold, counts=False)

    def spot(self, world: Any, point: Any) -> Any:
        """Give a point that only serves to hold a text."""
        dot = self.dot(point, self.theme.ink, radius=0.0)
        world.plant(dot)
        return dot

    def write_panel(self) -> None:
        """Set up what the panel will say: σ₁ and σ₂ as they are found, then the three factors."""
        turn_in, _, turn_out = self.svd.stages()
        self.heading_ = self.heading()
        self.card_ = self.card(self.matrix, "A")
        names = ("sigma",) if self.is_even and not self.is_zero else ("sigma_1", "sigma_2")
        self.found = [
            self.math(self.equals(name, s), color=self.theme.sigma)
            for name, s in zip(names, self.svd.S, strict=False)
        ]
        self.formula = self.math("A = U Sigma V^top", size=1.2 * self.theme.math)
        out = self.row(N_("$U$ turns"), in_degrees(turn_out.angle))
        if turn_out.folds:
            out = self.row(N_("$U$ folds"), at_degrees(bearing(turn_out.mirror)))
        self.factors = [
            self.row(N_("$V^top$ turns"), in_degrees(turn_in.angle)),
            self.row(N_("$Sigma$ stretches"), "sigma_1, sigma_2"),
            out,
        ]
        self.panel.set(self.heading_, self.card_, *self.found, RULE, self.formula, *self.factors)

    # -- from x to σ ------------------------------------------------------------------------

    def to(self, degrees: float, run_time: float, seen: float | None = None) -> list[Motion]:
        """Give the motions that turn x to an angle, tracing as far as x gets, or `seen`."""
        start, reached = self.angle(), self.traced()
        goal = degrees if seen is None else seen

        def trace(s: float) -> float:
            now = start + s * (degrees - start)
            return max(reached, now, now + (goal - degrees) * s**4)

        moves: list[Motion] = [Change(self.angle, degrees, run_time=run_time)]
        if goal > reached:
            moves.append(Change(self.traced, along=trace, run_time=run_time))
        return moves

    def sweep(self) -> None:
        """The length of A x leaves the plane and becomes the height of a curve."""
        with self.beat("sweep", SWEEP):
            self.play(Swing(self.plane, self.Ax, self.chart_, self.stem, run_time=1.1))
            self.play(
                Appear(self.bead, self.number, self.graph, *self.traces, run_time=0.3),
                *self.to(self.peak + 35.0, 2.2),
            )
            if not self.is_even:
                self.play(*self.to(self.peak, 0.8))

    def extremes(self) -> None:
        """The peak is v₁; where the low point is can be guessed, and then be seen."""
        s2 = self.svd.S[1]
        (v1, v2), (Av1, Av2) = self.ins, self.outs
        line, other_line = self.length_of(v1, Av1, 1), self.length_of(v2, Av2, 2)
        one, other = self.found_at(self.peak, 1), self.found_at(self.low, 2)
        with self.beat("longest", LONGEST):
            self.play(
                Rename(self.x_name, "v_1"), Rename(self.Ax_name, "A v_1"), Appear(*line, *one)
            )
            self.play(Fly(self.number, self.found[0]), Vanish(self.number, run_time=0.2))
            self.while_reading(Pulse(*one[:1], self.found[0]))
            self.play(Vanish(self.bead, self.stem, run_time=0.2))
        there = Value((self.peak + 85.0, 0.3 * self.long))
        ask = self.question_mark(self.spot(self.chart_, there))
        self.chart_.plant(ask)
        with self.beat("where", WHERE):
            self.play(
                Appear(v1, Av1, self.in_names[0], self.out_names[0], ask, run_time=0.4),
                Vanish(self.x_name, self.Ax, self.Ax_name, *line, run_time=0.4),
            )
            self.play(Rock(self.angle, 14.0, run_time=1.8), Rock(there, (30.0, 0.0), run_time=1.8))
            self.play(
                Vanish(ask, run_time=0.3),
                Rename(self.x_name, "x", run_time=0.2),
                Rename(self.Ax_name, "A x", run_time=0.2),
                Appear(self.Ax, self.stem, self.bead, run_time=0.3),
                After(0.5, Appear(self.x_name, self.Ax_name, self.number, run_time=0.3)),
                *self.to(self.low + 22.0, 2.0, seen=self.last),
            )
            self.play(*self.to(self.low, 0.6))
        self.last_found = other_line if s2 else ()
        probe = [self.x, self.Ax, self.x_name, self.Ax_name]
        with self.beat("shortest", SHORTEST if s2 else CRUSHED):
            self.play(
                Appear(v2, Av2, self.in_names[1], self.out_names[1], self.corner),
                Appear(*other, *self.last_found),
                Vanish(*probe, run_time=0.3),
                *(
                    [] if s2 else [Dim(*self.traces, self.circle, to=0.55)]
                ),  # the name of 0 needs room
            )
            self.play(Fly(self.number, self.found[1]), Vanish(self.number, run_time=0.2))
            self.while_reading(Pulse(self.corner, *other[:1], run_time=1.4))
            self.play(Vanish(self.bead, self.stem, run_time=0.2))

    def length_of(self, arrow: Any, image: Any, k: int) -> tuple[Any, Any]:
        """Give the dimension line of an image, on the side where its arrow isn't, and its name."""
        way = bearing(arrow.vector, image.vector) or (-90 if k == 1 else 90)
        line = self.measure(image.given, self.theme.sigma, side=-1 if way > 0 else 1)
        label = self.label(line, f"sigma_{k}")
        self.plane.plant(line, label)
        return line, label

    def found_at(self, degrees: float, k: int) -> tuple[Any, ...]:
        """Give the stem that stays where a length was found, its name, and the angle."""
        size = (self.long, self.short)[k - 1]
        stem = self.stem_to((degrees, 0.0), (degrees, size))
        tick = self.tick(self.chart_, degrees, at_degrees(degrees), self.theme.input)
        at = (degrees, self.halfway(size))
        name = self.bar_label(self.chart_, at, f"sigma_{k}", self.theme.sigma, side=-1)
        self.chart_.plant(stem)
        return stem, name, tick

    def why(self) -> None:
        """At the peak the length stands still, so the tip moves at right angles to A x."""
        t, s1 = self.theme, self.long
        slide = Value(1.0)

        def step(side: float, place: Any) -> Any:
            return lambda: slide() * place(self.peak) + side * place(self.low)

        level = self.segment((self.peak - 24.0, s1), (self.peak + 24.0, s1), t.ink, dashed=True)
        self.chart_.plant(level)
        ways, marks = [], []
        for place, color in ((toward, t.input), (self.image_at, t.output)):
            foot = lambda place=place: slide() * place(self.peak)  # noqa: E731
            ways.append(self.segment(step(-0.6, place), step(0.6, place), color, dashed=True))
            marks.append(self.right_angle(
                lambda place=place: -place(self.peak), lambda place=place: place(self.low),
                at=foot, size=CORNER,
            ))  # fmt: skip
        self.lens.plant(ways[0], marks[0])
        self.plane.plant(ways[1], marks[1])
        with self.beat("why", SIDEWAYS):
            self.play(
                *self.to(self.peak, 1.0),
                Appear(self.x, self.Ax, self.bead, level, ways[1]),
                Dim(self.outs[1], self.ins[1]),
                Vanish(*self.last_found, self.corner, run_time=0.3),
            )
            self.while_reading(Rock(self.angle, 16.0, run_time=2.4))
            self.say(TANGENTS)
            self.play(
                Appear(ways[0], *marks), Vanish(level), Dim(*self.chart_.pieces()), run_time=0.8
            )
            self.while_reading(
                Chain(
                    Pulse(*marks),
                    Change(slide, 0.0, run_time=1.6),
                    Dim(self.outs[1], self.ins[1], to=1.0),
                )
            )
        self.corners = marks
        self.leaving = [*ways, self.x, self.Ax, self.bead]

    def why_shadow(self) -> None:
        """Rank 1: A x is as long as the shadow of x on v₁, times σ₁."""
        t, seen = self.theme, la.row_space(self.matrix)

        def foot() -> Any:
            return seen.project(toward(self.angle()))

        shadow = self.segment((0.0, 0.0), foot, t.input, width=2.2 * t.bold)
        drop = self.segment(lambda: toward(self.angle()), foot, t.ink, dashed=True)
        self.lens.plant(shadow, drop)
        with self.beat("why", SHADOW):
            self.play(
                *self.to(self.peak + 20.0, 1.4),
                Appear(self.x, self.Ax, self.x_name, self.Ax_name, self.stem, self.bead),
                Appear(shadow, drop),
                Vanish(self.corner, *self.out_names, run_time=0.3),
                Dim(*self.outs),
            )
            self.while_reading(Chain(*self.to(self.low, 2.4)))
        self.leaving = [
            shadow, drop, self.x, self.Ax, self.x_name, self.Ax_name, self.stem, self.bead
        ]  # fmt: skip
        self.corners = [self.corner]

    def contrast(self) -> None:
        """No other pair keeps its right angle."""
        bent = () if self.is_flat else self.opening(*self.outs, radius=1.2)
        self.plane.plant(*bent)
        named = [*self.in_names, *self.out_names]
        with self.beat("contrast", ONE_LINE if self.is_flat else BENT):
            self.play(
                Vanish(*named, *self.corners, *self.leaving, run_time=0.3),
                Appear(self.corner, *bent, run_time=0.3),
                Dim(*self.outs, to=1.0),
                Dim(*self.chart_.pieces(), to=0.4),
                Change(self.turn, -45.0, run_time=1.7),
            )
            self.play(Pulse(*self.outs, run_time=0.7))
            self.play(Change(self.turn, 0.0, run_time=1.1))
            self.play(Vanish(*bent, run_time=0.3), Appear(*named, run_time=0.3))

    def nowhere(self) -> None:
        """σ₁ = σ₂: the curve is flat, and any pair is as good as the next."""
        there = Value((self.peak + 60.0, 0.6 * (self.long or 1.0)))
        ask = self.question_mark(self.spot(self.chart_, there))
        self.chart_.plant(ask)
        with self.beat("where", WHERE_LONGEST):
            self.play(Appear(ask), Vanish(self.number, run_time=0.3))
            self.play(Rock(self.angle, 14.0, run_time=2.4), Rock(there, (30.0, 0.0), run_time=2.4))
            self.play(
                Vanish(ask, run_time=0.3),
                After(0.4, Appear(self.number, run_time=0.3)),
                *self.to(self.last, 3.4),
            )
        with self.beat("nowhere", NOWHERE if self.long else POINT):
            self.while_reading(Appear(*self.found), *self.to(self.first + 90.0, 2.8))
        image = self.right_angle(*(Av.given for Av in self.outs), size=CORNER)
        self.plane.plant(image)
        self.corners = [image]
        shown = [self.corner, *self.ins, *self.outs]
        if not self.long:
            names = [*self.in_names, *self.out_names]
            self.play(Appear(*shown, *names), Vanish(*self.probe(), run_time=0.3))
            self.play(Pulse(*self.ins, *self.found, run_time=1.8))
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
            self.play(Change(self.turn, 60.0, run_time=2.0))
            self.play(Change(self.turn, 0.0, run_time=1.6))
            # only this pair is the v₁, v₂ of what follows
            self.play(Appear(*self.in_names, *self.out_names))

    def probe(self) -> list[Any]:
        """Give what shows one x, its image and its length."""
        return [self.x, self.Ax, self.x_name, self.Ax_name, self.stem, self.bead, self.number]

    # -- from σ back to A -------------------------------------------------------------------

    def apart(self) -> None:
        """A is taken apart: turn, stretch, turn (or fold)."""
        t, plane, (s1, s2) = self.theme, self.plane, self.svd.S
        turn_in, stretch, turn_out = self.svd.stages()
        fits = 0.4 <= s1 <= 16.0
        goal = self.ellipse(self.matrix, t.output, counts=fits, dash=(0.14, 0.1))
        plane.plant(goal)
        if self.lens is not plane:
            self.play(Vanish(*self.lens.pieces(), run_time=0.4))
            self.lens.leave(*self.moved_by_A)
            plane.join(*self.moved_by_A)
        shown: list[Any] = [(1.0, 1.0), (-1.0, -1.0)]
        if fits:
            shown += [(x, y) for x in (self.long, -self.long) for y in (0.0, 1.0, -1.0)]
            shown += [side * self.image_at(d) for d in range(0, 180, 6) for side in (1, -1)]
        landed = [
            f"A v_{k} = sigma_{k} u_{k}" if s else f"A v_{k} = 0" for k, s in ((1, s1), (2, s2))
        ]
        images = [*self.outs, *self.out_names]
        with self.beat("read", READ):
            self.play(
                *self.outgrow(plane, shown, run_time=1.1),
                Appear(self.formula, *self.moved_by_A, *([goal] if fits else [])),
                Dim(self.circle, to=1.0 if s2 or not fits else 0.55),
                Vanish(*self.traces, self.corner, *self.corners, run_time=0.4),
                *([] if fits else [Vanish(*images, run_time=0.3)]),
                Dim(goal, to=0.55),
            )
            if fits:
                # what is 0 has no room for more than its name
                names = [
                    (a, b) for a, b, s in zip(self.out_names, landed, (s1, s2), strict=True) if s
                ]
                self.play(*(Rename(label, name) for label, name in names), Pulse(*self.outs))
            self.while_reading(Pulse(self.formula, run_time=1.5))
        with self.beat("turn in", TURN_IN if turn_in.angle else NO_TURN_IN):
            self.play(
                Appear(plane.grid, self.factors[0]),
                Dim(self.circle, to=1.0), Dim(plane.grid, goal, to=0.55),
                Vanish(*images), Pulse(self.formula.part("V^top")),
            )  # fmt: skip
            self.factor(0, turn_in.path, ("e_1", "e_2"))
        lines, sizes = [], []
        for v, s, side in zip(self.ins, (s1, s2), (-1, 1), strict=True):
            if s:
                lines.append(self.measure(v.given, t.sigma, side=side))
                size = self.running(lambda v=v: self.moved(v), 1, *self.brief)  # type: ignore[misc]
                sizes.append(self.label(lines[-1], size))
        plane.join(*lines, *sizes)
        with self.beat("stretch", self.stretching()):
            self.play(
                Appear(*lines, *sizes, self.factors[1], run_time=0.5),
                Pulse(self.formula.part("Sigma")),
            )
            self.squeeze(stretch.path)
        said = TURN_OUT if turn_out.angle else NO_TURN_OUT
        if turn_out.angle and turn_in.angle and turn_out.angle + turn_in.angle == 0:
            said = TURN_BACK
        with self.beat("turn out", TURN_OVER if turn_out.folds else said):
            self.play(
                Appear(self.factors[2], goal, *self.outs), Dim(*self.outs, to=0.45),
                Pulse(self.formula.part("U"), run_time=0.7), Vanish(*lines, *sizes),
            )  # fmt: skip
            colors = dict.fromkeys((*self.ins, *self.in_names, self.circle), t.output)
            self.factor(2, turn_out.path, landed, colors)
        with self.beat("every", EVERY if s1 else NONE_LEFT):
            for line in lines:  # a fold turns left into right
                line.side *= -1 if turn_out.folds else 1
            for k, size in enumerate(sizes, start=1):
                size.show(f"sigma_{k}")
            self.play(Appear(*lines, *sizes), Vanish(*self.outs, goal), Dim(plane.grid, to=0.35))
            if not s1:
                self.while_reading(Pulse(*self.found, run_time=2.0), most=3.0)
            self.summary()

    def squeeze(self, path: la.LinearPath) -> None:
        """Play Σ part by part; what has become 0 is called so as it lands."""
        names = [
            f"sigma_{k} e_{k}" + ("" if s else " = 0") for k, s in enumerate(self.svd.S, start=1)
        ]
        named = dict(zip(self.in_names, names, strict=True))
        gone = {label: name for label, name in named.items() if name.endswith("= 0")}
        if self.long == self.short == 1.0:
            self.play(*(Rename(label, name) for label, name in named.items()))
            self.while_reading(Pulse(*self.ins, self.circle, self.factors[1], run_time=2.0))
            return
        *first, last = path.parts
        for part in first:
            self.perform(self.plane, part, names=gone, run_time=1.6)
        self.perform(self.plane, last, names=named, run_time=2.0)
        if not self.long:
            self.while_reading(Pulse(*self.found, run_time=2.0))

    def stretching(self) -> str:
        """Say what Σ does here."""
        s1, s2 = self.svd.S
        if not s1:
            return VANISH
        if not s2:
            return FLATTEN
        return STAYS if s1 == s2 == 1 else STRETCH

    def moved(self, arrow: Any) -> float:
        """Give how long an arrow is as the plane has it now."""
        return length(self.plane.matrix @ arrow.vector)

    def factor(
        self, k: int, path: la.LinearPath, names: Any, colors: dict[Any, str] | None = None
    ) -> None:
        """Play a turn or a fold; where nothing turns, only the names change."""
        self.perform(
            self.plane,
            path,
            names=dict(zip(self.in_names, names, strict=True)),
            colors=colors,
            along=self.ins[0].vector,
            run_time=2.0,
        )
        if not path.angle and not path.folds:
            self.while_reading(Pulse(*self.ins, self.circle, self.factors[k], run_time=2.0))


def in_degrees(radians: float | None) -> str:
    """Write an angle in degrees as Typst source."""
    return f"{notation.degrees(radians or 0.0, sign=True, style='typst').removeprefix('= ')} degree"


def at_degrees(degrees: float) -> str:
    """Write an angle that is given in degrees."""
    whole = round(degrees)
    size = whole if abs(degrees - whole) < 1e-9 else degrees
    return f"{notation.typst(size, sign=True).removeprefix('= ')} degree"
