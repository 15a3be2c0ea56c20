"""Singular values: every matrix turns, stretches along two axes, and turns again."""

from __future__ import annotations

from itertools import zip_longest
from math import inf, radians
from typing import Any

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
    Deform,
    Dim,
    Draw,
    Either,
    Look,
    MatrixScene,
    Pulse,
    Recolor,
    Rename,
    Rock,
    Value,
    Vanish,
    bezier,
)
from scenes.stage.figure import bearing, length, toward

BENT = N_("$x$ and $y$ are perpendicular. $A x$ and $A y$ are not.")
NEARLY = N_("$A$ brings $x$ and $y$ nearly onto one line.")
ALIGNED = N_("$A$ brings $x$ and $y$ onto one line.")
STRAIGHT = N_("$x$ and $y$ are perpendicular, and so are $A x$ and $A y$.")
DOTS = N_("$A$ sends $x$ and $y$ to 0.")

EVER = N_("Turn both. Will $A x$ and $A y$ ever be perpendicular?")
ZERO = N_("Turn both. Will one of them be sent to 0?")
ALWAYS = N_("Turn both. Will $A x$ and $A y$ always be perpendicular?")
LEAVE = N_("Turn both. Will $A x$ or $A y$ ever leave 0?")

BETWEEN = N_("From ${start}$ to ${end}$: in between it must be 90°.")
CLOSE_UP = N_("$A y$ points the other way now, but was never 0. Look closely.")
THROUGH = N_("$A y$ points the other way now: in between it must be 0.")
EVERY_PAIR = N_("Always: $A$ stretches every direction alike.")
NEVER = N_("Never: every direction is sent to 0.")
BUMP = N_("With $B$, which stretches one axis more, right angles are bent.")

PAIR = N_("These stay perpendicular: the singular vectors $v_1, v_2$.")
NULL_PAIR = N_("Such a pair are the singular vectors $v_1, v_2$; here $A v_2 = 0$.")
ANY_PAIR = N_("Any pair can be the singular vectors $v_1, v_2$. Take the axes.")
LENGTHS = N_("$A v_1, A v_2$ are half-axes of the ellipse; their lengths: the singular values.")
ONE_LENGTH = N_("The lengths of $A v_1, A v_2$ are the singular values; one is 0.")
SAME_LENGTH = N_("The circle stays a circle; its radius is both singular values.")
BOTH_ZERO = N_("The lengths of $A v_1, A v_2$ are the singular values: both are 0.")
EQUATIONS = N_("Their product is the area $|det A|$; their squares add up as the entries' do.")

READ = N_("$A v_k = sigma_k u_k$, each $u_k$ of length 1: that is $A = U Sigma V^top$.")
TURN_IN = N_("Read it from the right: $V^top$ turns $v_1, v_2$ onto the axes $e_1, e_2$.")
STRETCH = N_("$Sigma$ stretches along the axes, by $sigma_1$ and by $sigma_2$.")
FLATTEN = N_("$Sigma$ stretches along one axis; along the other nothing is left.")
STAYS = N_("$Sigma$ stretches by $sigma = 1$: every length stays as it is.")
VANISH = N_("$Sigma$ leaves nothing of either: all of the plane becomes one point.")
TURN_OUT = N_("$U$ turns them to where $A$ sends $v_1$ and $v_2$.")
TURN_BACK = N_("$A$ is symmetric, and here $A v_k = sigma_k v_k$: so $U = V$ turns them back.")
TURN_OVER = N_("$det A < 0$: $U$ is a fold. It turns the sheet over, about this line.")
NONE_LEFT = N_("Both singular values are 0: of no direction is anything left.")
EVERY = N_("Every $A$: turn, stretch, then turn or flip.")

TALES = {
    "bent": (BENT, EVER, BETWEEN, PAIR, LENGTHS),
    "thin": (NEARLY, EVER, CLOSE_UP, PAIR, LENGTHS),
    "flat": (ALIGNED, ZERO, THROUGH, NULL_PAIR, ONE_LENGTH),
    "even": (STRAIGHT, ALWAYS, EVERY_PAIR, ANY_PAIR, SAME_LENGTH),
    "zero": (DOTS, LEAVE, NEVER, ANY_PAIR, BOTH_ZERO),
}
THIN = 10.0  # how much longer than its width an ellipse is that must be seen from near
CORNER = 0.34  # stage units: a right angle that is seen from the last row


class RotateStretchRotate(MatrixScene):
    """A = U Σ Vᵀ: every matrix turns, stretches along two axes, and turns again."""

    title = N_("Rotate · Stretch · Rotate")
    inputs = (MatrixInput("2x2", default="3 0; 4 5"),)
    stages = 2

    def construct(self) -> None:
        self.svd = la.svd(self.matrix)
        self.long, self.short = self.svd.S.array.tolist()
        s1, s2 = self.svd.S
        thin = "thin" if self.short < self.long / THIN else "bent"
        self.kind = "zero" if not s1 else "flat" if not s2 else "even" if s1 == s2 else thin
        self.cast()
        self.write_panel()
        self.turn_pair(*TALES[self.kind][:3])
        self.name_pair(*TALES[self.kind][3:])
        self.take_apart()

    # -- the cast ------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up x and y on the unit circle, and what A makes of them."""
        t, A = self.theme, self.matrix.array
        self.colors = {
            "x": t.input, "y": t.input, "v_1": t.input, "v_2": t.input, "v_1, v_2": t.input,
            "A x": t.output, "A y": t.output, "A v_1": t.output, "A v_2": t.output,
            "A v_1, A v_2": t.output, "sigma": t.sigma, "sigma_1": t.sigma, "sigma_2": t.sigma,
            "V^top": t.ink, "U": t.ink, "Sigma": t.ink,
        }  # fmt: skip
        self.peak = bearing(self.svd.V.column(0))
        self.first = 45.0 * round(self.peak / 45.0 - 1.0)  # v₁ is met well within a quarter turn
        self.brief = [s for s in self.svd.S if len(self.exactly(s)) < 12]
        self.near: list[Any] = []  # what is only seen from near
        self.angle, self.grown, self.strength = Value(self.first), Value(0.0), Value(0.0)
        more = la.power(la.matrix("3/2 0; 0 1"))
        now = lambda: self.grown() * (A @ more(self.strength()))  # noqa: E731
        if not self.long:
            now = lambda: (1.0 - self.grown()) * np.eye(2)  # noqa: E731
        x, y = (lambda k=k: toward(self.angle() + 90.0 * k) for k in (0, 1))
        self.plane = self.world(stage=0, grid=False, name=N_("inputs"))
        like = self.plane if self.long <= 2.0 else None  # else the circle would get too small
        self.out = self.world(stage=1, name=N_("outputs"), grid=False, like=like, most=inf)
        self.circle = self.unit_circle(opacity=0.9)
        self.ellipse_ = self.ellipse(self.matrix, t.output)
        self.ins = [self.arrow(x, t.input), self.arrow(y, t.input)]
        self.apart = Value(0.07 if self.kind == "flat" else 0.0)  # two on one line
        self.outs = [self.arrow(self.image(now, v), t.output, apart=self.apart) for v in (x, y)]
        self.in_names = [self.label(*each) for each in zip(self.ins, "xy", strict=True)]
        self.out_names = [
            self.label(v, f"A {name}") for v, name in zip(self.outs, "xy", strict=True)
        ]
        self.corner = self.right_angle(x, y, size=CORNER)
        self.image_corner = self.right_angle(*(v.given for v in self.outs), size=CORNER)
        self.opening_: list[Any] = []
        if self.kind not in ("flat", "zero"):
            self.opening_ = [*self.opening(*self.outs)]
        self.plane.join(self.circle, *self.ins, *self.in_names)
        self.plane.plant(self.corner)
        self.out.plant(
            self.ellipse_, *self.outs, *self.out_names, self.image_corner, *self.opening_
        )

    def write_panel(self) -> None:
        """Set up what the panel will say: σ₁ and σ₂, what fixes them, and the three factors."""
        turn_in, _, turn_out = self.svd.stages()
        (s1, s2), entries = self.svd.S, [e for column in self.matrix.columns for e in column]
        names = ("sigma_1 = sigma_2",) if s1 == s2 else ("sigma_1", "sigma_2")
        self.found = [
            self.math(self.equals(name, s), color=self.theme.sigma)
            for name, s in zip(names, self.svd.S, strict=False)
        ]
        self.equations = [
            self.math(self.equals("sigma_1 sigma_2", abs(la.det(self.matrix)))),
            self.math(self.equals("sigma_1^2 + sigma_2^2", sum(e * e for e in entries))),
        ]
        self.formula = self.math("A = U Sigma V^top", size=1.2 * self.theme.math)
        out = self.row(N_("$U$ turns"), in_degrees(turn_out.angle))
        if turn_out.folds:
            out = self.row(N_("$U$ folds at"), in_degrees(radians(bearing(turn_out.mirror))))
        self.factors = [
            self.row(N_("$V^top$ turns"), in_degrees(turn_in.angle)),
            self.row(N_("$Sigma$ stretches"), "sigma_1, sigma_2"),
            out,
        ]
        for row in self.factors:
            row.value.scale(0.88)  # so that "turns ≈ −58.3°" stands on one line
        self.heading_, self.card_ = self.heading(), self.card(self.matrix, "A")
        early, late = [*self.found, *self.equations], [self.formula, *self.factors]
        self.about: list[Any] = []
        if self.layout.panel_columns == 1:  # there is room for all that was found
            self.about = [self.prose(N_("singular values"), color=self.theme.muted)]
            early = self.equations
        self.early = early
        slots = zip_longest(early, late)
        self.panel.set(
            self.heading_, self.card_, RULE,
            *([*self.about, *self.found, RULE] if self.about else []),
            *(Either(*(each for each in slot if each is not None)) for slot in slots),
        )  # fmt: skip

    # -- a pair that stays perpendicular ----------------------------------------------------

    def turn_pair(self, first: str, ask: str, answer: str) -> None:
        """A right angle is bent; turned by a quarter, it is bent the other way."""
        self.open(
            self.heading_, self.card_, self.circle, *self.ins, *self.in_names, self.corner,
            *self.plane.signs, *self.out.signs, *self.out.ground.pieces(),
        )  # fmt: skip
        with self.beat("bent", first):
            self.play(Appear(*self.outs, run_time=0.2), Change(self.grown, 1.0, run_time=1.9))
            self.play(Appear(*self.out_names, *self.opening_))
            self.while_reading(Pulse(self.corner, *self.opening_[:1], run_time=0.7))
        number = self.opening_[1:]
        shown = [] if self.kind == "thin" else number  # it would jump from 0° to 180°
        mark = self.question_mark(self.opening_[0] if self.opening_ else self.outs[1])
        self.out.plant(mark)
        start = self.angle_now()
        with self.beat("ask", ask):
            self.play(Appear(mark), Vanish(*number, run_time=0.3))
            self.play(Rock(self.angle, 14.0, run_time=1.9))
            self.leaving = self.ghost(self.plane, *self.ins)
            if self.opening_:
                self.leaving += self.ghost(self.out, *self.outs)
            self.play(
                Vanish(mark, run_time=0.3), After(0.3, Appear(*shown, run_time=0.3)),
                Change(self.angle, self.first + 90.0, run_time=2.6),
            )  # fmt: skip
        with self.beat("between", answer, start=start, end=self.angle_now()):
            if self.kind == "thin":
                self.look_closely()
            elif self.kind in ("even", "zero"):
                self.while_reading(Change(self.angle, self.first + 180.0, run_time=2.6))
            else:
                self.while_reading(Change(self.angle, self.peak, run_time=2.6))
        if self.kind == "even":
            with self.beat("contrast", BUMP):
                x_name, y_name = self.out_names
                self.play(
                    Rename(x_name, "B x"), Rename(y_name, "B y"), Dim(self.card_),
                    Vanish(*self.leaving),
                    Change(self.strength, 1.0, run_time=2.0),
                )  # fmt: skip
                self.play(Rock(self.angle, 20.0, run_time=1.6))
                self.play(Change(self.strength, 0.0, run_time=1.2))
                self.play(Rename(x_name, "A x"), Rename(y_name, "A y"), Dim(self.card_, to=1.0))

    def angle_now(self) -> str:
        """Write the angle between A x and A y."""
        return in_degrees(radians(abs(bearing(*(v.vector for v in self.outs)))))

    def look_closely(self) -> None:
        """Near the right angle A y is so short that it must be seen from near."""
        near = self.short / self.long
        spots = [side * each for each in self.svd.U.array.T for side in (1, -1)]
        close = self.fitting(self.out, [1.5 * self.short * spot for spot in spots], most=inf)
        self.far, blue = self.out.view, self.theme.output
        # of A x only the beginning of its shaft is seen from there
        part = min(1.0, 40.0 * near)
        begun = lambda: part * self.outs[0].vector  # noqa: E731
        shaft = self.segment((0, 0), begun, blue, width=5.5, counts=False)
        name = self.label(shaft, "A x", on=near / part, color=blue)
        self.out.plant(shaft, name)
        self.near = [shaft, name]
        self.play(
            Change(self.angle, self.peak + min(20.0, 70.0 * near), run_time=1.6),
            Vanish(*self.opening_, *self.leaving, run_time=0.3),
        )
        self.play(
            Look(self.out, close),
            After(0.6, Vanish(self.outs[0], self.out_names[0], run_time=0.4)),
            Appear(*self.near, run_time=1.2),
        )
        self.play(Change(self.angle, self.peak, run_time=2.0))

    def name_pair(self, pair: str, lengths: str) -> None:
        """The pair gets its names, and the lengths of its images."""
        s1, s2 = self.svd.S
        marks = [self.corner, self.image_corner][: 2 if s2 else 1]
        images = [f"A v_{k}" if s else f"A v_{k} = 0" for k, s in ((1, s1), (2, s2))]
        with self.beat("pair", pair):
            if self.kind in ("even", "zero"):
                self.play(Change(self.angle, self.peak, run_time=1.6))
            self.play(
                Appear(*marks), Vanish(*self.opening_, *self.leaving, run_time=0.3),
                *(Rename(*each) for each in zip(self.in_names, ("v_1", "v_2"), strict=True)),
                *(Rename(*each) for each in zip(self.out_names, images, strict=True)),
                *(Rename(name, images[0]) for name in self.near[1:]),
                Change(self.apart, 0.0, run_time=0.6),
            )  # fmt: skip
            self.while_reading(
                Chain(
                    Pulse(*marks[:1], *self.ins),
                    Pulse(*marks[1:], *self.outs),
                ),
                most=3.0,
            )
        way = 1 if bearing(self.outs[1].vector, self.outs[0].vector) >= 0 else -1
        with self.beat("lengths", lengths):
            if self.near:  # the short one first, while it is seen from near
                short = self.measure_image(1, way)
                self.play(
                    Look(self.out, self.far, run_time=1.4),
                    Vanish(*self.near, *short, self.image_corner),
                    After(0.9, Appear(self.outs[0], self.out_names[0], run_time=0.5)),
                )  # fmt: skip
            self.play(Draw(self.ellipse_), Pulse(self.circle))
            if s1:
                self.measure_image(0, -way)
            if s2 and not self.near:
                self.measure_image(1, way)
            self.while_reading(Appear(*self.about, *self.found), Pulse(*self.found[-1:]))
        if self.kind not in ("bent", "thin"):
            return
        with self.beat("equations", EQUATIONS):
            square = bezier.polygon([(0, 0), (1, 0), (1, 1), (0, 1)]) @ self.svd.Vh.array
            regions = [self.region(square), self.region(square @ self.matrix.array.T)]
            self.plane.plant(regions[0])
            self.out.plant(regions[1])
            self.play(Appear(*regions, self.equations[0]))
            self.play(Pulse(regions[1], self.equations[0]))
            self.play(Appear(self.equations[1]), Pulse(self.card_))
            self.while_reading(Pulse(self.equations[1]))
            self.leaving = regions

    def measure_image(self, k: int, side: int) -> tuple[Any, Any]:
        """Measure one image of the pair; the length gets its place in the panel."""
        line = self.measure(self.outs[k].given, self.theme.sigma, side=side)
        name, s = f"sigma_{k + 1}", self.svd.S[k]
        if self.near and k:  # how small it is, a root does not tell
            name = self.equals(name, self.short if "sqrt" in self.exactly(s) else s)
        label = self.label(line, name)
        self.out.plant(line, label)
        self.play(Appear(line, label))
        if k < len(self.found):
            self.play(Appear(*self.about, self.found[k]), Pulse(line, label), run_time=1.1)
        return line, label

    # -- from σ back to A -------------------------------------------------------------------

    def take_apart(self) -> None:
        """A is taken apart: turn, stretch, turn (or fold); then all three in one go."""
        t, plane, (s1, s2) = self.theme, self.plane, self.svd.S
        turn_in, stretch, turn_out = self.svd.stages()
        fits = 0.4 <= s1 <= 16.0 or not s1
        goal = self.ellipse(self.matrix, t.output, counts=fits, dash=(0.14, 0.1))
        targets = [self.arrow(v.vector.copy(), t.output) for v in self.outs]
        home = self.unit_circle(opacity=0.9, dash=(0.14, 0.1))
        plane.plant(goal, *targets, home)
        landed = [f"sigma_{k} u_{k}" if s else f"A v_{k} = 0" for k, s in ((1, s1), (2, s2))]
        with self.beat("read", READ):
            images = zip(self.out_names, landed, (s1, s2), strict=True)
            self.play(
                Vanish(*self.leaving, *self.early, run_time=0.3), After(0.3, Appear(self.formula)),
                *(Rename(each, name) for each, name, s in images if s),
            )  # fmt: skip
            self.while_reading(
                Chain(*(Pulse(each) for each in (*self.outs, self.formula))), most=3.0
            )
        enter = [
            *self.outgrow(plane, self.circle.base, run_time=1.1),
            Vanish(self.corner, *plane.signs, run_time=0.4),
            Appear(self.factors[0]), Pulse(self.formula.part("V^top")),
        ]  # fmt: skip
        if turn_in.angle:
            with self.beat("turn in", TURN_IN):
                self.play(*enter)
                self.factor(turn_in.path, ("e_1", "e_2"), self.name_axes())
        lines, sizes = [], []
        for v, s, side in zip(self.ins, (s1, s2), (-1, 1), strict=True):
            if s:
                lines.append(self.measure(v.given, t.sigma, side=side))
                size = self.running(lambda v=v: self.moved(v), 1, *self.brief)  # type: ignore[misc]
                sizes.append(self.label(lines[-1], size))
        plane.join(*lines, *sizes)
        with self.beat("stretch", self.stretching()):
            if not turn_in.angle:
                names = zip(self.in_names, ("e_1", "e_2"), strict=True)
                self.play(*enter, *(Rename(*each) for each in names))
            shown = [*goal.base, (self.long, 1), (-self.long, -1), (1, self.short)]
            self.play(
                Appear(*lines, *sizes, self.factors[1], run_time=0.8),
                Pulse(self.formula.part("Sigma")),
                *([Look(plane, self.fitting(plane, shown))] if fits else []),
            )
            self.squeeze(stretch.path, plane.view if fits else None)
        said = TURN_BACK if turn_in.angle and turn_out.angle == -turn_in.angle else TURN_OUT
        leave = [
            Appear(self.factors[2]), Pulse(self.formula.part("U"), run_time=0.7),
            Vanish(*lines, *sizes),
        ]  # fmt: skip
        colors = dict.fromkeys((*self.ins, *self.in_names, self.circle), t.output)
        if turn_out.angle or turn_out.folds:
            with self.beat("turn out", TURN_OVER if turn_out.folds else said):
                self.play(*leave, Appear(goal, *targets), Dim(*targets, to=0.45))
                self.factor(turn_out.path, landed, colors=colors)
        with self.beat("every", EVERY if s1 else NONE_LEFT):
            if not turn_out.angle and not turn_out.folds:
                names = zip(self.in_names, landed, strict=True)
                self.play(
                    *leave,
                    *(Rename(*each) for each in names),
                    *(Recolor(*each) for each in colors.items()),
                )
            if fits and plane.trail and not turn_out.folds and self.kind != "thin":
                self.in_one_go(home)
            if self.kind == "thin":  # a line so short has no room for its name
                lines, sizes = lines[:1], sizes[:1]
            for line in lines:  # a fold turns left into right
                line.side *= -1 if turn_out.folds else 1
            for k, size in enumerate(sizes, start=1):
                size.show(f"sigma_{k}")
            self.play(Appear(*lines, *sizes, *self.in_names), Vanish(*targets, goal))
            self.summary()

    def name_axes(self) -> list[Any]:
        """Name the axes before anything is turned onto them."""
        spots = [self.dot(each, self.theme.ink, radius=0.07) for each in ((1, 0), (0, 1))]
        names = [self.label(spot, f"e_{k}") for k, spot in enumerate(spots, start=1)]
        self.plane.plant(*spots, *names)
        self.play(Appear(*spots, *names, run_time=0.5))
        return [*spots, *names]

    def in_one_go(self, home: Any) -> None:
        """Play the three factors once more, onto where A sends the circle."""
        moved, theme = [self.circle, *self.ins], self.theme
        self.play(
            Vanish(*moved, *self.in_names, run_time=0.3),
            Appear(home, run_time=0.3),
            Dim(home, to=0.55, run_time=0.3),
        )
        self.plane.matrix = self.plane.trail[0].base
        self.play(
            Appear(*moved, run_time=0.3),
            *(Recolor(each, theme.input, run_time=0.3) for each in moved),
        )
        for stage, part in zip(self.svd.stages(), ("V^top", "Sigma", "U"), strict=True):
            colors = dict.fromkeys(moved, theme.output) if part == "U" else None
            pulse = Pulse(self.formula.part(part), run_time=0.9)
            self.perform(
                self.plane, stage.path, pulse, colors=colors, run_time=0.9,
                along=self.ins[0].vector,
            )  # fmt: skip

    def squeeze(self, path: la.LinearPath, view: Any) -> None:
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
        for part, now in (*((part, gone) for part in first), (last, named)):
            self.play(Deform(self.plane, part, names=now, view=view, run_time=1.9))

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

    def factor(self, path: la.LinearPath, names: Any, gone: Any = (), colors: Any = None) -> None:
        """Play a turn or a fold; where nothing turns, only the names change."""
        also = [After(0.6, Vanish(*gone, run_time=0.4))] if gone else []
        self.perform(
            self.plane,
            path,
            *also,
            names=dict(zip(self.in_names, names, strict=True)),
            colors=colors,
            along=self.ins[0].vector,
            run_time=min(max(self.reading_left() - 0.8, 1.9), 3.0),
        )


def in_degrees(angle: float | None) -> str:
    """Write an angle in degrees as Typst source."""
    return f"{notation.degrees(angle or 0.0, sign=True, style='typst').removeprefix('= ')} degree"
