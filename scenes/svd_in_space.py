"""Singular values in space: turn, stretch, and turn again, each turn about its own axis."""

from __future__ import annotations

from itertools import combinations, zip_longest
from math import radians
from typing import Any, NamedTuple

from manim import there_and_back

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
    Either,
    Look,
    MatrixScene,
    Pulse,
    Rename,
    Value,
    Vanish,
)
from scenes.stage.bezier import circle, polyline
from scenes.stage.figure import length, read
from scenes.stage.solids import Ball, Patch, Rim
from scenes.stage.standpoint import oblique
from scenes.stage.theme import Layer

WATCH = N_("$A$ sends all $x$ of length 1 to this shape. Where is $A x$ longest?")
LONGEST = N_("Longest: the singular vector $v_1$. The length of $A v_1$ is $sigma_1$.")
ALIKE = N_("$A$ stretches every $x$ alike: each can be $v_1$.")
ASK = N_("$w$ is at right angles to $v_1$. And $A w$ to $A v_1$?")
WHY = N_("As long as this angle is acute, a step along $w$ makes $A x$ longer.")
OTHERS = N_("The longest $A w$ in the disc gives $v_2$. The remaining direction is ${rest}$.")
ANY = N_("Any two $w$ at right angles can be ${rest}$.")
SHORT_ONES = N_("$v_2$; then ${rest}$. Beside $A v_1$, ${few}$: too short to be seen.")
OTHER = N_("$v_2$ is at right angles to $v_1$, and $A v_2$ to $A v_1$.")
LOST = N_("All that is at right angles to $v_1$ is sent to 0: ${rest}$ too.")
NOTHING = N_("$A$ sends all of space to 0: $sigma_1$ and all others are 0.")
UNITS = N_("All $A v_k$ are at right angles. Along them, with length 1: $u_k$.")
MORE_UNITS = N_("Along $A v_k$, with length 1: $u_k$. Others at right angles complete $U$.")
COLUMNS = N_("$A v_k = sigma_k u_k$ for each $k$. All in one: $A = U Sigma V^top$.")
TURN_IN = N_("$V^top$ turns about the dashed line: ${v}$ onto the axes.")
TURN_FLAT = N_("$V^top$ turns the plane: ${v}$ onto the axes.")
STAY_IN = N_("$V^top$ has nothing to turn: ${v}$ lie on the axes.")
STRETCH = N_("$Sigma$ stretches by the singular values: ${s}$.")
VANISH = N_("$Sigma$ leaves nothing: all singular values are 0.")
FLATTEN = N_("$Sigma$ stretches by ${s}$; along an axis with $sigma = 0$ nothing is left.")
DROP = N_("$Sigma$ leaves out the third axis, and stretches the others by ${s}$.")
TURN_OUT = N_("$U$ turns about another line: onto ${av}$.")
TURN_UP = N_("$U$ turns it in space, about the dashed line: onto ${av}$.")
TURN_LEVEL = N_("$U$ turns the plane: onto ${av}$.")
REFLECT = N_("$det A < 0$: $U$ turns, and then reflects through this plane.")
REFLECT_ONLY = N_("$det A < 0$: $U$ reflects through this plane.")
STAY_OUT = N_("$U$ has nothing to turn: these are ${av}$ already.")
SAME = N_("Turn, stretch, turn: each $v_k$ has come to $sigma_k u_k = A v_k$.")

FROM, OVER, AWAY = -80.0, 32.0, -45.0  # degrees from v₁: x sets out, goes past, and steps aside
SHORT = 12  # letters of Typst source that fit at the end of a row
LARGE = 4.0  # how much longer than 1 something is that is seen from farther away


AXES = la.identity(3).array
SWAY = 0.35  # radians: so far the viewer walks round, and back, to see what is in front
HINGES = {1: (0, 0, 1), 2: (0, -1, 0)}  # what turns the first axis to the second, or the third


class Side(NamedTuple):
    """What stands on one side: x and w and the disc with its ball, or their images."""

    world: Any
    ball: list[Any]
    disc: list[Any]
    step: Any
    x: Any
    w: Any
    x_name: Any
    w_name: Any
    vs: list[Any]
    names: list[Any]


class RotateStretchRotateInSpace(MatrixScene):
    """A = U Σ Vᵀ: in space too, every matrix turns, stretches along axes, and turns again."""

    title = N_("Singular values in space")
    inputs = (MatrixInput("3x3", "2x3", "3x2", default="1 -1 2; 2 1 1; -1 0 1"),)
    stages = 2
    shares = (1.0, 1.7)

    def construct(self) -> None:
        if self.aspect != "16:9":  # the ball needs its height, and its name room
            self.shares = (1.0, 1.3 if self.aspect == "9:16" else 1.9)
        A = self.matrix
        self.svd, self.rank = la.svd(A), la.rank(A)
        self.outs, self.ins = A.shape
        values = self.svd.S.array.tolist()
        self.sizes = values + [0.0] * (self.ins - len(values))
        self.partner = self.steps_towards()
        self.even = self.sizes[self.partner] == self.sizes[0]
        self.cast()
        self.write_panel()
        self.open(
            self.heading_, self.card_, self.length,
            *(each for side in self.sides for each in (*side.ball, side.x, side.x_name)),
        )  # fmt: skip
        if self.rank:
            self.find_longest()
            self.find_others()
        else:
            self.find_nothing()
        self.take_apart()

    def steps_towards(self) -> int:
        """Choose which of v₂, v₃ x keeps away from: where A x can best be seen to grow."""
        first, *rest = self.sizes
        lesser = [k for k, s in enumerate(rest, start=1) if s < first]
        return next((k for k in reversed(lesser) if self.sizes[k]), [self.ins - 1, *lesser][-1])

    # -- the cast ------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up x, the disc square to it, and what A makes of them."""
        t, V, k = self.theme, self.svd.V.array, self.partner
        self.colors = dict.fromkeys(("V^top", "Sigma", "U"), t.ink)
        self.colors |= {"x": t.input, "w": t.input, "A x": t.output, "A w": t.output}
        for j, color in enumerate(t.columns[: self.ins], start=1):
            self.colors |= {f"{name}_{j}": color for name in ("v", "A v", "u", "e")}
            self.colors[f"sigma_{j}"] = t.sigma
        across = [j for j in range(1, self.ins) if j != k]
        self.angle, self.spin = Value(FROM), Value(0.0)
        hinge = None if self.ins == 2 else HINGES[k]

        def frame() -> Any:
            """Give x, w, and what else spans the disc with w."""
            Q = V @ (la.rotation(radians(self.spin()), AXES[0]).end if across else AXES[:2, :2])
            return (Q @ la.rotation(radians(self.angle()), hinge).end)[:, [0, k, *across]]

        def square() -> Any:
            disc = frame()[:, 1:]
            return circle(1.0, disc) if across else polyline([-disc[:, 0], disc[:, 0]])

        self.at_x = lambda: frame()[:, 0]
        self.at_w = lambda: frame()[:, 1]
        reach = max(self.sizes[0], 1.5) * AXES
        ins = self.space(stage=0, dim=self.ins, name=N_("$x$ of length 1"), over=[*AXES, *-AXES])
        over = [*0.7 * reach, *-0.7 * reach]
        outs = self.space(stage=1, dim=self.ins, name=N_("outputs"), over=over)
        self.sides = []
        for world, matrix, color, names in (
            (ins, la.identity(self.ins).array, t.input, ("x", "w", "{}")),
            (outs, self.matrix.array, t.output, ("A x", "A w", "A {}")),
        ):
            disc: list[Any] = [
                self.curve(square, color, fill=0.25 * len(across), layer=Layer.REGION)
            ]
            disc += [
                Rim(lambda: frame()[:, 1:], color=color, width=t.line, front=f)
                for f in (True, False) if across
            ]  # fmt: skip
            x, w = (self.arrow(v, color) for v in (self.at_x, self.at_w))
            step = self.arrow(lambda: 0.4 * self.at_w(), color, tail=self.at_x, scale=0.8)
            x_name, w_name = self.label(x, names[0]), self.label(w, names[1])
            vs, called = self.frame_of_v(names[2])
            ball = self.ball_of(AXES, color)
            side = Side(world, ball, disc, step, x, w, x_name, w_name, vs, called)
            cast: list[Any] = [*ball, *disc, step, x, w, x_name, w_name, *vs, *called]
            world.plant(*cast, frame=matrix)
            self.sides.append(side)
        self.images = [self.image(self.matrix, v) for v in (self.at_x, self.at_w)]
        self.moved = self.name_stage(outs, N_("inputs in motion"), later=True)
        self.opening_: list[Any] = [*self.opening_in_space(*self.images)]
        outs.plant(*self.opening_)
        self.set_up_ball()
        self.stand()

    def ball_of(self, frame: Any, color: str) -> list[Any]:
        """Give the unit ball, in space with the three circles in the planes of a frame."""
        t, ball = self.theme, [Ball(color=color, width=self.theme.line, fill=0.06, dim=self.ins)]
        pairs = combinations(range(3), 2) if self.ins == 3 else ()
        both = [(pair, front) for pair in pairs for front in (True, False)]
        look = {"color": color, "width": t.thin}
        return [*ball, *(Rim(frame[:, pair], front=front, **look) for pair, front in both)]

    def walk_round(self) -> list[Look]:
        """Go a little way round both sides, and back."""
        views = [(s.world, s.world.view) for s in self.sides]
        return [
            Look(
                world,
                view.turned(view.azimuth + SWAY, view.elevation),
                run_time=2.0,
                rate=there_and_back,
            )
            for world, view in views
        ]

    def frame_of_v(self, name: str) -> tuple[list[Any], list[Any]]:
        """Give v₁, v₂, v₃ as arrows in the colors of their columns, with their names."""
        colors = self.theme.columns[: self.ins]
        vs = [self.arrow(v, c) for v, c in zip(self.svd.V.array.T, colors, strict=True)]
        return vs, [self.label(v, name.format(f"v_{k}")) for k, v in enumerate(vs, start=1)]

    def stand(self) -> None:
        """Look at both sides from one place, in one unit, for all that comes."""
        turn_in, stretch, turn_out = stages = self.svd.stages()
        axes = [each.axis for each in stages if each.angle and each.axis is not None]
        first, last = (list(in_columns(Q)) for Q in (self.svd.V, self.svd.U))
        ins, outs = (side.world for side in self.sides)
        view = oblique(ins.given_view, list(AXES), [*axes, *AXES], first, last)
        ins.given_view = outs.given_view = view
        ins.most = outs.most = float("inf")
        rest: Any = stretch.path.end @ turn_in.path.end
        path: Any = lambda t: turn_out.path(t) @ rest  # noqa: E731
        outs.through, outs.like = [path], ins

    def write_panel(self) -> None:
        """Set up what the panel will say: lengths, the singular values, the three factors."""
        turn_in, _, turn_out = self.svd.stages()
        on_the_way = [self.length_at(angle) for angle in (FROM, OVER)]
        values = [s if len(self.exactly(s)) <= SHORT else float(s) for s in self.svd.S]
        size = self.running(lambda: length(self.images[0]), *values, *on_the_way)
        self.length = self.row(N_("length of $A x$"), size)
        size = self.running(lambda: length(self.images[1]), *values)
        self.length_w = self.row(N_("length of $A w$"), size)
        self.found = [
            self.math(self.equals(f"sigma_{k}", s), color=self.theme.sigma)
            for k, s in enumerate(values, start=1)
        ]
        big = 1.2 * self.theme.math
        self.formula = self.math("A = U Sigma V^top", size=big)
        turns = N_("$U$ turns, reflects") if turn_out.reflects else N_("$U$ turns")
        sigmas = ", ".join(map(self.exactly, self.svd.S))
        if len(sigmas) > SHORT:
            sigmas = self.listed("sigma_{}", len(self.found))
        self.factors = [
            self.row(N_("$V^top$ turns"), in_degrees(turn_in.angle)),
            self.row(N_("$Sigma$ stretches"), sigmas),
            self.row(turns, in_degrees(turn_out.angle)),
        ]
        self.matrices = [
            self.math(f"{Q} = [{self.listed(f'{q}_{{}}', n).replace(',', '')}]")
            for Q, q, n in (("V", "v", self.ins), ("U", "u", self.outs))
        ]
        self.heading_ = self.heading()
        # its columns have no part in the story: the colors belong to v₁, v₂, v₃
        self.card_ = self.card(self.matrix, "A", colors=(self.theme.ink,))
        first, second, *third = self.found
        (V, U), (into, along, out) = self.matrices, self.factors
        early: list[Any] = [Either(self.length, first), Either(self.length_w, second), *third]
        late = [self.formula, Either(V, into), along, Either(U, out)]
        blocks = [*early, RULE, *late]
        self.early: list[Any] = []
        if self.layout.panel_columns > 1:  # what was found gives way to the factors
            self.early = self.found
            rows = zip_longest(self.found, (V, None, U), self.factors)
            blocks = [Either(self.length, self.length_w, self.formula)]
            blocks += [Either(*(each for each in row if each is not None)) for row in rows]
        self.panel.set(self.heading_, self.card_, RULE, *blocks)

    def length_at(self, angle: float) -> float:
        """Give how long A x is when x is so many degrees from v₁."""
        self.angle.now, before = angle, self.angle.now
        size = length(self.images[0])
        self.angle.now = before
        return size

    def listed(self, name: str, count: int, start: int = 1) -> str:
        """Write names with their numbers, as v₁, v₂, v₃."""
        return ", ".join(name.format(k) for k in range(start, count + 1))

    # -- the longest image -----------------------------------------------------------------

    def find_longest(self) -> None:
        """Let x go over the ball until A x is longest; there every A w is square to it."""
        ins, outs = self.sides
        aside = -90.0 if self.ins == 3 else 0.0
        with self.beat("watch", WATCH):
            self.while_reading(Change(self.angle, OVER, run_time=2.0))
            self.play(Change(self.angle, 0.0), Change(self.spin, aside), run_time=1.3)
        with self.beat("longest", ALIKE if self.even else LONGEST):
            self.play(
                *(Vanish(s.x, s.x_name, run_time=0.3) for s in self.sides),
                *(Appear(s.vs[0], s.names[0]) for s in self.sides),
                Vanish(self.length, run_time=0.3), After(0.3, Appear(self.found[0])),
            )  # fmt: skip
            pulse = Pulse(ins.vs[0], outs.vs[0], self.found[0], run_time=1.2)
            self.while_reading(pulse, *self.walk_round())
        if self.rank == 1:
            return
        wedge, size = self.opening_
        mark = self.question_mark(wedge)
        outs.world.plant(mark)
        begin = max((-36.0, 36.0), key=self.apart) if self.ins == 3 else 0.0
        self.spin.now = begin
        with self.beat("ask", ASK):
            self.play(
                *(Appear(*s.disc, s.w, s.w_name, run_time=0.5) for s in self.sides),
                After(0.3, Appear(wedge)),
            )
            sway = [Change(self.spin, 0.0, run_time=2.0)] if begin else []
            self.predict(*sway, ask=mark)
            self.play(Vanish(mark, run_time=0.3), After(0.3, Appear(size, run_time=0.3)))
        if self.even:
            return
        moving = [self.length, *(each for s in self.sides for each in (s.x, s.x_name))]
        found = [self.found[0], *(each for s in self.sides for each in (s.vs[0], s.names[0]))]
        steps = [s.step for s in self.sides]
        with self.beat("why", WHY):
            self.play(
                Vanish(*found, run_time=0.3), Appear(*moving, run_time=0.3),
                Change(self.angle, AWAY, run_time=1.4),
            )  # fmt: skip
            self.play(Appear(*steps, run_time=0.4))
            self.while_reading(
                Chain(Change(self.angle, 0.0, run_time=2.4), Vanish(*steps, run_time=0.3))
            )
            self.play(Vanish(*moving, run_time=0.3), Appear(*found, run_time=0.3))

    def apart(self, spin: float) -> float:
        """Give how far the image of w is seen from the line of A v₁, were w there."""
        self.spin.now = spin
        a, b = (self.sides[1].world.view.axes[:, : self.outs] @ image() for image in self.images)
        return abs(float(a[0] * b[1] - a[1] * b[0]))

    def find_others(self) -> None:
        """Find the longest image in the disc; what is left is the third."""
        ins, outs = self.sides
        unit = outs.world.view.unit
        few = [
            f"A v_{k}" for k, s in enumerate(self.sizes, start=1) if 0.0 < s * unit < outs.w.LEAST
        ]
        said = SHORT_ONES if few else OTHERS
        plain = LOST if self.rank == 1 else OTHER if self.ins == 2 else ANY
        searches = self.ins == 3 and self.rank > 1 and not self.even
        rest = self.listed("v_{}", self.ins, start=3 if searches else 2)
        with self.beat("others", said if searches else plain, rest=rest, few=", ".join(few)):
            shown = [Appear(self.length_w, run_time=0.3)] if searches else []
            self.play(Vanish(*self.opening_, run_time=0.3), *shown)
            if searches:
                goal = -90.0 if self.partner == 2 else 0.0
                past = goal - 25.0 if goal else 60.0
                self.play(Change(self.spin, past, run_time=1.6))
                self.play(Change(self.spin, goal, run_time=0.8))
            old = [each for s in self.sides for each in (s.w, s.w_name)]
            self.play(
                Vanish(*old, self.length_w, run_time=0.3),
                *(Appear(*each.vs, *each.names) for each in self.sides),
                *(Appear(*each.disc) for each in self.sides),
                *(
                    Rename(label, label.given + " = 0", run_time=0.1)
                    for label, s in zip(outs.names, self.sizes, strict=True) if not s
                ),
            )  # fmt: skip
            self.while_reading(*(
                Chain(Appear(sigma, run_time=0.3), Pulse(sigma, ins.vs[k], outs.vs[k]))
                for k, sigma in enumerate(self.found[1:], start=1)
            ))  # fmt: skip

    def find_nothing(self) -> None:
        """Let x go its way: every image is 0."""
        with self.beat("watch", WATCH):
            self.while_reading(Change(self.angle, 0.0, run_time=3.0))
        with self.beat("nothing", NOTHING):
            self.play(
                Vanish(self.length),
                *(Vanish(s.x, s.x_name) for s in self.sides),
                *(Appear(*s.vs) for s in self.sides), Appear(*self.sides[0].names),
            )  # fmt: skip
            self.play(Appear(*self.found))
            self.while_reading(Pulse(*self.sides[0].vs, *self.sides[1].vs, *self.found), most=4.0)

    # -- the three motions -----------------------------------------------------------------

    def take_apart(self) -> None:
        """Turn, stretch and turn the ball, with v₁, v₂, v₃ on it, until it is where A sends it."""
        self.write_columns()
        self.turn_in()
        self.stretch()
        self.turn_out()
        self.remember()

    def set_up_ball(self) -> None:
        """Set up a second ball among the outputs, to be turned into the image of the first."""
        t, world = self.theme, self.sides[1].world
        self.vs, self.names = self.frame_of_v("{}")
        self.ball = self.ball_of(self.svd.V.array, t.input)
        world.join(*self.ball, *self.vs, *self.names)
        self.longest = max(self.sizes[0], 1.0)
        ends = [max(s, 1.0) * e for s, e in zip([*self.sizes, 1.0], AXES, strict=False)]
        self.axes = [self.segment(-end, end, t.axis, counts=False) for end in ends]
        pairs = zip(self.svd.U.array.T, t.columns[: self.rank], strict=False)
        self.us = [self.arrow(u, color) for u, color in pairs]
        self.u_names = [self.label(u, f"u_{k}") for k, u in enumerate(self.us, start=1)]
        world.plant(*self.axes, *self.us, *self.u_names)
        self.one = world

    def called(self, letter: str) -> dict[Any, str]:
        """Give the names that the arrows have when they are multiples of eₖ, or of uₖ."""
        names = {}
        for k, (label, size) in enumerate(zip(self.names, self.svd.S, strict=False), start=1):
            names[label] = f"sigma_{k} {letter}_{k}" + ("" if size else " = 0")
        return names

    def turn(self, stage: la.Stage, names: dict[Any, str], colors: Any = None) -> None:
        """Play a turn, its angle shown at v₁ or, where that is the axis, at another."""
        V, M = self.svd.V.array, self.one.matrix
        along = V[:, 0]
        if stage.axis is not None:  # best seen at what stands square to the axis
            axis = read(stage.axis)[: len(M)]
            along = read(sorted(V.T, key=lambda v: abs(axis @ M @ v) / max(length(M @ v), 1e-9)))
        self.perform(self.one, stage.path, names=names, colors=colors, along=along, run_time=1.8)
        if not stage.angle:
            self.while_reading(Pulse(*self.vs, run_time=1.5))

    def write_columns(self) -> None:
        """Take the v's and the u's as columns, and solve what was found for A."""
        outs, named = self.sides[1], enumerate(zip(self.sides[1].names, self.sizes, strict=True), 1)
        gone = [*(disc for side in self.sides for disc in side.disc), *self.early]
        if self.rank:
            with self.beat("units", UNITS if self.rank == self.outs else MORE_UNITS):
                self.play(
                    Vanish(*gone, *outs.names, run_time=0.4), Dim(*outs.vs, to=0.3),
                    Appear(*self.us, *self.u_names), After(0.4, Appear(*self.matrices)),
                )  # fmt: skip
                self.while_reading(Pulse(*self.us, *self.matrices, run_time=2.4), most=3.0)
        with self.beat("columns", COLUMNS):
            self.play(
                Vanish(*gone, *self.us, *self.u_names, run_time=0.3), Dim(*outs.vs, to=1.0),
                Appear(*outs.names, *self.matrices, self.formula, run_time=0.6),
                *(Rename(label, f"sigma_{k} u_{k}") for k, (label, s) in named if s),
            )  # fmt: skip
            self.while_reading(Pulse(*self.sides[0].vs, *outs.vs, self.formula, run_time=1.6))

    def turn_in(self) -> None:
        """Play Vᵀ."""
        stage, _, _ = self.svd.stages()
        said = TURN_FLAT if self.ins == 2 else TURN_IN
        outs, vs = self.sides[1], self.listed("v_{}", self.ins)
        view = self.one.view
        room = {"margin": self.one.margin, "headroom": self.one.headroom}
        near = view.fitted(self.ball[0].landmarks(), **room)
        self.far, self.near = view, near if view.unit < near.unit / LARGE else view
        with self.beat("turn in", said if stage.angle else STAY_IN, v=vs):
            self.play(
                Vanish(*outs.vs, *outs.names, outs.world.signs[0], *self.matrices, run_time=0.3),
                Dim(*outs.ball, to=0.4), Look(self.one, self.near),
                *(After(0.3, Appear(each, run_time=0.5)) for each in (self.moved, self.factors[0])),
                Appear(*self.axes, *self.ball, *self.vs, *self.names),
                Pulse(self.formula.part("V^top")), run_time=0.8,
            )  # fmt: skip
            self.turn(stage, {label: f"e_{k}" for k, label in enumerate(self.names, start=1)})

    def stretch(self) -> None:
        """Play Σ part by part."""
        _, stage, _ = self.svd.stages()
        full = STRETCH if self.rank == self.ins else DROP if self.rank == self.outs else FLATTEN
        sigmas = self.listed("sigma_{}", self.rank)
        with self.beat("stretch", full if self.rank else VANISH, s=sigmas):
            part = self.formula.part("Sigma")
            dropped = self.names[len(self.found) :]  # their axis is left out
            self.play(Appear(self.factors[1]), Pulse(part), Vanish(*dropped), run_time=0.8)
            *first, last = stage.path.parts
            for each in first:
                self.play(Deform(self.one, each, quiet=self.names, view=self.near, run_time=1.6))
            stretched = Deform(self.one, last, names=self.called("e"), view=self.far, run_time=1.6)
            self.while_reading(stretched)

    def turn_out(self) -> None:
        """Play U: a turn, with a reflection after it if det A < 0."""
        t, (*_, stage) = self.theme, self.svd.stages()
        said = STAY_OUT
        if stage.reflects:
            said = REFLECT if stage.angle else REFLECT_ONLY
        elif stage.angle:
            said = TURN_LEVEL if self.outs == 2 else TURN_UP if self.ins == 2 else TURN_OUT
        mirror: list[Any] = []
        if stage.mirror is not None:
            look = {"color": t.ink, "width": t.line, "fill": 0.12}
            mirror = [Patch.square_to(stage.mirror, self.longest, **look)]
            self.one.plant(*mirror)
        with self.beat("turn out", said, av=self.listed("sigma_{0} u_{0}", self.rank or 1)):
            self.play(
                Vanish(*self.axes), Appear(*mirror),
                After(0.4, Appear(self.factors[2])), Pulse(self.formula.part("U")), run_time=0.8,
            )  # fmt: skip
            self.turn(stage, self.called("u"), dict.fromkeys(self.ball, t.output))
            if mirror:
                self.play(Vanish(*mirror, run_time=0.4))

    def remember(self) -> None:
        """See side by side what went in and what has come out."""
        ins, outs = self.sides
        with self.beat("same", SAME):
            self.while_reading(
                Vanish(*outs.ball, *outs.vs, self.moved), Appear(outs.world.signs[0]),
                Pulse(self.formula, *ins.vs, *self.vs), *self.walk_round(), most=1.0,
            )  # fmt: skip
            self.summary()


def in_columns(Q: la.Matrix) -> Any:
    """Give the columns of an orthogonal matrix, if they are of space."""
    return Q.array.T if len(Q.array) == 3 else []


def in_degrees(angle: float | None) -> str:
    """Write an angle in degrees as Typst source."""
    return f"{notation.degrees(angle or 0.0, sign=True, style='typst').removeprefix('= ')} degree"
