"""Singular values: every matrix turns, stretches along two axes, and turns again."""

from __future__ import annotations

from itertools import zip_longest
from math import inf, radians
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
    linear,
)
from scenes.stage.figure import bearing, length, set_presence, toward

WATCH = N_("$x$ and $y$ are perpendicular. Watch $A x$ and $A y$.")

EVER = N_("$A x$ and $A y$ make no right angle. If $x$ and $y$ turn, will they ever?")
ZERO = N_("$A x$ and $A y$ lie on one line. If $x$, $y$ turn: is one of them ever 0?")
ALWAYS = N_("Still a right angle. If $x$ and $y$ turn: does it stay one?")
LEAVE = N_("Both are sent to 0. If $x$ and $y$ turn: does one ever leave 0?")

QUARTER = N_("Watch the angle during a quarter turn.")
ABOUT = N_("about {size}")
EVERY_PAIR = N_("Always: $A$ stretches every direction alike.")
NEVER = N_("Never: every direction is sent to 0.")
BUMP = N_("With $B$, which stretches one axis more, right angles are bent.")

PAIR = N_("From {begin} to {end}: so once 90°. That pair: right singular vectors $v_1, v_2$.")
NULL_PAIR = N_("In between $A y$ was 0. That pair: the right singular vectors $v_1, v_2$.")
ANY_PAIR = N_("So any pair can be the right singular vectors $v_1, v_2$: take the axes.")
ELLIPSE = N_(
    "The circle becomes an ellipse. Its semi-axes: the singular values $sigma_1, sigma_2$."
)
LINE = N_("The circle becomes a line: one singular value is its half, the other is 0.")
CIRCLE = N_("The circle stays a circle; its radius is both singular values.")
POINT = N_("The circle becomes one point: both singular values are 0.")

COLUMNS = N_("$A v_k = sigma_k u_k$, each $u_k$ a unit vector: as columns, $A V = U Sigma$.")
READ = N_("$v_1, v_2$ are perpendicular unit vectors: $V^(-1) = V^top$, so $A = U Sigma V^top$.")
TURN_IN = N_("Read it from the right: $V^top$ turns $v_1, v_2$ onto the axes.")
STRETCH = N_("$Sigma$ stretches along the axes, by $sigma_1$ and by $sigma_2$.")
FLATTEN = N_("$Sigma$ stretches along one axis; along the other nothing is left.")
STAYS = N_("$Sigma$ stretches by $sigma = 1$: every length stays as it is.")
VANISH = N_("$Sigma$ leaves nothing of either: all of the plane becomes one point.")
TURN_OUT = N_("$U$ turns them to $sigma_1 u_1, sigma_2 u_2$: that is $A v_1, A v_2$.")
TURN_BACK = N_("Here $u_k = v_k$: so $U = V$ turns back by the same angle.")
TURN_OVER = N_("$det A < 0$: $U$ is a reflection. It turns the sheet over, about this line.")
NONE_LEFT = N_("Both singular values are 0: of no direction is anything left.")
TURNED = N_("Turn, stretch, turn: $e_1$ and $e_2$ land on the columns of $A$.")
FOLDED = N_("$A = U Sigma V^top$: turn, stretch, then reflect.")

TALES: dict[str, tuple[str, str | None, str, str]] = {
    "bent": (EVER, QUARTER, PAIR, ELLIPSE),
    "thin": (EVER, QUARTER, PAIR, ELLIPSE),
    "flat": (ZERO, None, NULL_PAIR, LINE),
    "even": (ALWAYS, EVERY_PAIR, ANY_PAIR, CIRCLE),
    "zero": (LEAVE, NEVER, ANY_PAIR, POINT),
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
        self.long, self.least = self.svd.S.array.tolist()
        s1, s2 = self.svd.S
        thin = "thin" if self.least < self.long / THIN else "bent"
        self.kind = "zero" if not s1 else "flat" if not s2 else "even" if s1 == s2 else thin
        self.cast()
        self.write_panel()
        self.turn_pair(*TALES[self.kind][:2])
        self.name_pair(*TALES[self.kind][2:])
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
        self.angle, self.grown, self.strength = Value(self.first), Value(0.0), Value(0.0)
        more = la.power(la.matrix("3/2 0; 0 1"))
        now = lambda: self.grown() * (A @ more(self.strength()))  # noqa: E731
        if not self.long:
            now = lambda: (1.0 - self.grown()) * la.identity(2).array  # noqa: E731
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
        self.corners = [self.right_angle(*(v.given for v in self.outs), size=CORNER)]
        self.opening_: list[Any] = []
        if self.kind not in ("flat", "zero"):
            self.opening_ = [*self.opening(*self.outs)]
        self.plane.join(self.circle, *self.ins, *self.in_names)
        self.plane.plant(self.corner)
        self.out.plant(self.ellipse_, *self.outs, *self.out_names, *self.corners, *self.opening_)
        self.units = [self.arrow(u, t.ink) for u in self.svd.U.array.T]
        self.unit_names = [self.label(u, f"u_{k}") for k, u in enumerate(self.units, start=1)]
        self.out.plant(*self.units, *self.unit_names)
        self.near = self.look_closely() if self.kind == "thin" else None

    def write_panel(self) -> None:
        """Set up what the panel will say: σ₁ and σ₂, and the three factors."""
        turn_in, _, turn_out = self.svd.stages()
        s1, s2 = self.svd.S
        names = ("sigma_1 = sigma_2",) if s1 == s2 else ("sigma_1", "sigma_2")
        self.found = [
            self.math(self.equals(name, s), color=self.theme.sigma)
            for name, s in zip(names, self.svd.S, strict=False)
        ]
        self.columns = self.math("A V = U Sigma", size=1.2 * self.theme.math)
        self.formula = self.math("A = U Sigma V^top", size=1.2 * self.theme.math)
        out = self.row(N_("$U$ turns"), in_degrees(turn_out.angle))
        if turn_out.folds:
            out = self.row(N_("$U$ reflects at"), in_degrees(radians(bearing(turn_out.mirror))))
        self.factors = [
            self.row(N_("$V^top$ turns"), in_degrees(turn_in.angle)),
            self.row(N_("$Sigma$ stretches"), "sigma_1, sigma_2"),
            out,
        ]
        for row in self.factors:
            row.value.scale(0.88)  # so that "turns ≈ −58.3°" stands on one line
        self.heading_, self.card_ = self.heading(), self.card(self.matrix, "A")
        early, late = [*self.found, self.columns], [self.formula, *self.factors]
        self.about: list[Any] = []
        if self.layout.panel_columns == 1:  # there is room for all that was found
            self.about = [self.prose(N_("singular values"), color=self.theme.muted)]
            early = [self.columns]
        self.early = early
        slots = zip_longest(early, late)
        self.panel.set(
            self.heading_, self.card_, RULE,
            *([*self.about, *self.found, RULE] if self.about else []),
            *(Either(*(each for each in slot if each is not None)) for slot in slots),
        )  # fmt: skip

    # -- a pair that stays perpendicular ----------------------------------------------------

    def turn_pair(self, ask: str, answer: str | None) -> None:
        """A right angle is bent; turned by a quarter, it is bent the other way."""
        self.open(
            self.heading_, self.card_, self.circle, *self.ins, *self.in_names, self.corner,
            *self.plane.signs, *self.out.signs, *self.out.ground.pieces(),
        )  # fmt: skip
        for piece in self.near_ground():
            set_presence(piece, 0.0)
        with self.beat("bent", WATCH):
            self.play(Appear(*self.outs, run_time=0.2), Change(self.grown, 1.0, run_time=1.9))
            self.play(Appear(*self.out_names, *self.opening_))
        number = self.opening_[1:]
        mark = self.question_mark(self.opening_[0] if self.opening_ else self.outs[1])
        self.out.plant(mark)
        end, bends = self.first + 90.0, self.kind in ("bent", "thin")
        with self.beat("ask", ask):
            self.leaving = self.ghost(self.plane, *self.ins)
            if self.opening_:
                self.leaving += self.ghost(self.out, *self.outs)
            self.play(Vanish(*number, run_time=0.3))
            self.predict(Change(self.angle, self.first + 16.0, run_time=2.2, rate=linear), ask=mark)
            if not answer:
                self.play(Vanish(mark, run_time=0.3), Change(self.angle, end, run_time=2.8))
        if answer:
            with self.beat("answer", answer):
                self.play(
                    Vanish(mark, run_time=0.3), After(0.3, Appear(*number)),
                    Change(self.angle, end if bends else end + 90.0, run_time=3.4),
                )  # fmt: skip
        if self.kind == "even":
            with self.beat("contrast", BUMP):
                x_name, y_name = self.out_names
                self.play(
                    Rename(x_name, "B x"), Rename(y_name, "B y"), Dim(self.card_),
                    Vanish(*self.leaving),
                    Change(self.strength, 1.0, run_time=1.4),
                )  # fmt: skip
                self.play(Rock(self.angle, 20.0, run_time=1.6))
                self.play(Change(self.strength, 0.0, run_time=0.9))
                self.play(Rename(x_name, "A x"), Rename(y_name, "A y"), Dim(self.card_, to=1.0))

    def angle_at(self, angle: float) -> str:
        """Write the angle between A x and A y when x and y have turned that far."""
        x, y = (self.matrix.array @ toward(angle + 90.0 * k) for k in (0, 1))
        size = in_degrees(radians(abs(bearing(x, y))))
        about = self.words(ABOUT, size=f"${size.removeprefix('approx ')}$")
        return about if "approx" in size else f"${size}$"

    def look_closely(self) -> Any:
        """Set up what is too short to be seen beside A x, seen from near."""
        near, blue = self.inset(self.out, N_("enlarged")), self.theme.output
        near.most, part = inf, 9.0 * self.least / self.long
        near.leave(*near.grid)
        spots = [self.dot(s * 1.5 * self.least * self.svd.U.array[:, 1], blue) for s in (1, -1)]
        begun = lambda: part * self.outs[0].vector  # noqa: E731
        arrows = [
            self.segment((0, 0), begun, blue, width=5.5),
            self.arrow(self.outs[1].given, blue),
        ]
        self.near_name = self.label(arrows[1], "A y")
        corner = self.right_angle(*(v.given for v in self.outs), size=CORNER)
        near.plant(*spots, *arrows, self.near_name, corner)
        self.close, self.corners = [*arrows, self.near_name], [corner]
        return near

    def near_ground(self) -> list[Any]:
        """Give what the picture from near stands on."""
        return [*self.near.ground.pieces(), *self.near.signs] if self.near else []

    def name_pair(self, pair: str, image: str) -> None:
        """The pair gets its names, and the lengths of its images."""
        s1, s2 = self.svd.S
        images = [f"A v_{k}" if s else f"A v_{k} = 0" for k, s in ((1, s1), (2, s2))]
        begin, end = self.angle_at(self.first), self.angle_at(self.first + 90.0)
        with self.beat("pair", pair, begin=begin, end=end):
            self.play(
                *([Appear(*self.near_ground(), *self.close)] if self.near else []),
                Change(self.angle, self.peak, run_time=2.6),
            )
            self.play(
                Appear(self.corner, *self.corners[: 1 if s2 else 0]),
                Vanish(*self.opening_, *self.leaving, run_time=0.3),
                Change(self.apart, 0.0, run_time=0.6),
            )
            names = zip((*self.in_names, *self.out_names), ("v_1", "v_2", *images), strict=True)
            self.play(
                *(Rename(*each) for each in names),
                *([Rename(self.near_name, images[1])] if self.near else []),
            )
            self.while_reading(
                Chain(Pulse(self.corner, *self.ins), Pulse(*self.corners, *self.outs))
            )
        self.leaving = []
        way = 1 if bearing(self.outs[1].vector, self.outs[0].vector) >= 0 else -1
        with self.beat("lengths", image):
            self.play(Draw(self.ellipse_, run_time=1.8), Pulse(self.circle))
            for k in range(len(self.found)):
                if self.svd.S[k]:
                    self.measure_image(k, way if k else -way)
            self.play(Appear(*self.about, *self.found))

    def measure_image(self, k: int, side: int) -> None:
        """Measure one image of the pair; the length gets its place in the panel."""
        world = self.near if self.near and k else self.out
        line = self.measure(self.outs[k].given, self.theme.sigma, side=side)
        label = self.label(line, f"sigma_{k + 1}")
        world.plant(line, label)
        self.play(Appear(line, label))
        self.leaving += [line, label]
        self.play(Appear(*self.about, self.found[k]), Pulse(line, label), run_time=1.1)

    # -- from σ back to A -------------------------------------------------------------------

    def take_apart(self) -> None:
        """A is taken apart: turn, stretch, turn (or fold); then all three in one go."""
        t, plane, (s1, s2) = self.theme, self.plane, self.svd.S
        turn_in, stretch, turn_out = self.svd.stages()
        fits = 0.4 <= s1 <= 16.0 or not s1
        goal = self.ellipse(self.matrix, t.output, counts=fits, dash=(0.14, 0.1))
        targets = [self.arrow(v.vector.copy(), t.output) for v in self.outs]
        plane.plant(goal, *targets)
        landed = [f"sigma_{k} u_{k}" if s else f"A v_{k} = 0" for k, s in ((1, s1), (2, s2))]
        seen = self.out.view.unit > 0.6  # else they are specks
        units = [*self.units, *self.unit_names] if seen else []
        with self.beat("read", COLUMNS):
            names = zip(self.out_names, landed, (s1, s2), strict=True)
            self.play(
                Appear(*units),
                Vanish(*self.leaving),
                *(Rename(label, name) for label, name, s in names if s),
                *([Rename(self.near_name, landed[1])] if self.near else []),
            )
            self.play(Appear(self.columns))
            self.while_reading(Pulse(*self.outs, *units))
            self.say(READ)
            self.play(Vanish(*self.early, run_time=0.4), After(0.4, Appear(self.formula)))
            self.while_reading(Chain(Pulse(*self.ins, self.corner), Pulse(self.formula)))
        enter = [
            *self.outgrow(plane, self.circle.base, run_time=1.1),
            Vanish(self.corner, *plane.signs, run_time=0.4),
            Appear(self.factors[0]), Pulse(self.formula.part("V^top")),
        ]  # fmt: skip
        if turn_in.angle:
            with self.beat("turn in", TURN_IN):
                self.play(*enter)
                self.factor(turn_in.path, ("e_1", "e_2"))
        lines, sizes = [], []
        for v, s, side in zip(self.ins, (s1, s2), (-1, 1), strict=True):
            if s:
                lines.append(self.measure(v.given, t.sigma, side=side))
                size = self.running(lambda v=v: self.moved(v), 1, *self.brief)  # type: ignore[misc]
                sizes.append(self.label(lines[-1], size))
        plane.join(*lines, *sizes)
        with self.beat("stretch", self.stretching()):
            if not turn_in.angle:
                axes = zip(self.in_names, ("e_1", "e_2"), strict=True)
                self.play(*enter, *(Rename(*each) for each in axes))
            shown = [*goal.base, (self.long, 1), (-self.long, -1), (1, self.least)]
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
        last = NONE_LEFT if not s1 else FOLDED if turn_out.folds else TURNED
        with self.beat("every", last):
            if not turn_out.angle and not turn_out.folds:
                ends = zip(self.in_names, landed, strict=True)
                self.play(
                    *leave,
                    *(Rename(*each) for each in ends),
                    *(Recolor(*each) for each in colors.items()),
                )
            if turn_out.folds:  # long enough a motion not to be seen twice
                parts = [self.formula.part(each) for each in ("V^top", "Sigma", "U")]
                pairs = zip(parts, self.factors, strict=True)
                self.play(Chain(*(Pulse(*pair) for pair in pairs)))
            elif s1:
                self.in_one_go()
            self.summary()

    def in_one_go(self) -> None:
        """Play the three factors once more: e₁ and e₂ land on the columns of A."""
        plane, theme, basis = self.plane, self.theme, self.basis(("e_1", "e_2"))
        plane.join(*basis)
        self.play(
            Vanish(*self.ins, *self.in_names, self.circle),
            Dim(self.formula, *self.factors, to=0.4),
            *([Look(plane, plane.trail[0].view)] if plane.trail else []),
            run_time=0.5,
        )
        if plane.trail:
            plane.matrix = plane.trail[0].base
        self.play(Recolor(self.circle, theme.input, run_time=0.3), Appear(self.circle, *basis))
        self.play(Vanish(*basis[2:], run_time=0.2))
        for k, stage in enumerate(self.svd.stages()):
            pulse = Dim(self.factors[k], to=1.0, run_time=0.4)
            colors = {self.circle: theme.output} if k == 2 else None
            self.perform(plane, stage.path, pulse, colors=colors, run_time=0.9, along=(1, 0))
        for k, name in enumerate(basis[2:], start=1):
            name.show(f"A e_{k}")
        self.play(Appear(*basis[2:]), Dim(self.formula, to=1.0))

    def squeeze(self, path: la.LinearPath, view: Any) -> None:
        """Play Σ part by part; what has become 0 is called so as it lands."""
        names = [
            f"sigma_{k} e_{k}" + ("" if s else " = 0") for k, s in enumerate(self.svd.S, start=1)
        ]
        named = dict(zip(self.in_names, names, strict=True))
        gone = {label: name for label, name in named.items() if name.endswith("= 0")}
        if self.long == self.least == 1.0:
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

    def factor(self, path: la.LinearPath, names: Any, colors: Any = None) -> None:
        """Play a turn or a fold; where nothing turns, only the names change."""
        self.perform(
            self.plane,
            path,
            names=dict(zip(self.in_names, names, strict=True)),
            colors=colors,
            along=self.ins[0].vector,
            run_time=min(max(self.reading_left() - 0.8, 1.9), 3.0),
        )


def in_degrees(angle: float | None) -> str:
    """Write an angle in degrees as Typst source."""
    return f"{notation.degrees(angle or 0.0, sign=True, style='typst').removeprefix('= ')} degree"
