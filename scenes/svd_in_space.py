"""Singular values in space: turn, stretch, and turn again, each turn about its own axis."""

from __future__ import annotations

from itertools import chain, zip_longest
from math import radians
from typing import Any, NamedTuple

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
from scenes.stage.figure import length, set_presence, toward
from scenes.stage.floor import Floor
from scenes.stage.solids import Ball, Patch, Rim
from scenes.stage.standpoint import nearly_along, oblique
from scenes.stage.theme import Layer
from scenes.stage.view import FROM_ABOVE, View

DISC = N_("The disc is at right angles to $x$. Watch $A x$ and the image of the disc.")
LINE = N_("The line is at right angles to $x$. Watch $A x$ and the image of the line.")
ACUTE = N_("The angle is acute: if $x$ steps towards $w$, $A x$ gets longer. Until when?")
ALIKE = N_("$A w$ points the way of $A x$: if $x$ steps towards $w$, $A x$ grows. Until when?")
EVEN = N_("A right angle. If $x$ turns towards $w$: does it stay one?")
LONGEST = N_("Until it is 90°. This $x$ is called $v_1$, and the length of $A v_1$ is $sigma_1$.")
UNTIL_ZERO = N_(
    "Until $A w = 0$. This $x$ is called $v_1$, and the length of $A v_1$ is $sigma_1$."
)
ALL_ALIKE = N_("It does: $A$ stretches all directions alike. Call this $x$ $v_1$.")
ROUND = N_("Now $w$ goes round the disc. Does the right angle last?")
LASTS = N_("It does: else a step towards $w$ would make $A v_1$ longer.")
OTHERS = N_("In the disc the same again: ${second}$ is the longest, and ${third}$ is left.")
SHORT_ONES = N_("In the disc the same again; beside $A v_1$, ${few}$: too short to be seen.")
OTHER = N_("$v_2$ is square to $v_1$, and $A v_2$ to $A v_1$.")
LOST = N_("All of the disc is sent to 0, and with it $v_2$ and ${third}$.")
NOTHING = N_("$A$ sends all of space to 0: $sigma_1$ and all others are 0.")
TURN_IN = N_("$V^top$ turns all of it about the dashed line: ${v}$ onto the axes.")
TURN_FLAT = N_("$V^top$ turns the plane: ${v}$ onto the axes.")
STAY_IN = N_("$V^top$ has nothing to turn: ${v}$ lie on the axes.")
STRETCH = N_("$Sigma$ stretches along the axes: by ${s}$.")
VANISH = N_("$Sigma$ leaves nothing: all singular values are 0.")
FLATTEN = N_("$Sigma$ stretches by ${s}$; along an axis with $sigma = 0$ nothing is left.")
DROP = N_("$Sigma$ leaves out the third axis, and stretches the others by ${s}$.")
TURN_OUT = N_("$U$ turns it about another line: onto ${av}$.")
TURN_UP = N_("$U$ turns it in space, about the dashed line: onto ${av}$.")
TURN_LEVEL = N_("$U$ turns the plane: onto ${av}$.")
REFLECT = N_("$det A < 0$: $U$ turns, and then reflects through this plane.")
REFLECT_ONLY = N_("$det A < 0$: $U$ reflects through this plane.")
STAY_OUT = N_("$U$ has nothing to turn: these are ${av}$ already.")
SAME = N_("$U Sigma V^top$ takes each $v_k$ to $sigma_k u_k = A v_k$: so it is $A$.")

FROM, STEP, NEAR = -80.0, -54.0, -44.0  # degrees from v₁: x sets out, is asked about, waits
QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
SHORT = 12  # letters of Typst source that fit at the end of a row
LARGE = 2.0  # how much longer than 1 something is that is seen from farther away


AXES = la.identity(3).array
HINGES = {1: (0, 0, 1), 2: (0, -1, 0)}  # what turns the first axis to the second, or the third


class Side(NamedTuple):
    """What stands on one side: x and w and the disc with its ball, or their images."""

    world: Any
    ball: Any
    disc: list[Any]
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
    shares = (2.0, 3.0)

    def construct(self) -> None:
        A = self.matrix
        self.svd, self.rank = la.svd(A), la.rank(A)
        self.outs, self.ins = A.shape
        values = self.svd.S.array.tolist()
        self.sizes = values + [0.0] * (self.ins - len(values))
        self.partner = self.steps_towards()
        least = self.sizes[self.partner]
        bends = "alike" if not least else "bent"
        self.kind = "zero" if not self.rank else "even" if least == self.sizes[0] else bends
        self.cast()
        self.write_panel()
        self.open(
            self.heading_, self.card_, self.length,
            *(each for side in self.sides for each in (side.ball, *side.disc, side.x, side.x_name)),
        )  # fmt: skip
        if self.kind == "zero":
            self.find_nothing()
        else:
            self.find_longest()
            self.find_others()
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

        def moved() -> Any:
            return V @ la.rotation(radians(self.angle()), hinge).end

        def frame() -> Any:
            return moved()[:, [k, *across]]

        def square() -> Any:
            return circle(1.0, frame()) if across else polyline([-frame()[:, 0], frame()[:, 0]])

        self.at_x = lambda: moved()[:, 0]
        self.at_w = lambda: frame() @ toward(self.spin())[: 1 + len(across)]
        reach = max(self.sizes[0], 1.5) * AXES
        ins = self.space(stage=0, dim=self.ins, name=N_("inputs of length 1"), over=[*AXES, *-AXES])
        outs = self.space(stage=1, name=N_("outputs"), over=[*0.7 * reach, *-0.7 * reach])
        self.sides = []
        for world, matrix, color, names in (
            (ins, la.identity(self.ins).array, t.input, ("x", "w", "{}")),
            (outs, self.matrix.array, t.output, ("A x", "A w", "A {}")),
        ):
            disc: list[Any] = [
                self.curve(square, color, fill=0.25 * len(across), layer=Layer.REGION)
            ]
            disc += [
                Rim(frame, color=color, width=t.line, front=f) for f in (True, False) if across
            ]
            x, w = (self.arrow(v, color) for v in (self.at_x, self.at_w))
            x_name, w_name = self.label(x, names[0]), self.label(w, names[1])
            vs, called = self.frame_of_v(names[2])
            ball = Ball(color=color, width=t.line, fill=0.06, dim=self.ins)
            side = Side(world, ball, disc, x, w, x_name, w_name, vs, called)
            cast: list[Any] = [ball, *disc, x, w, x_name, w_name, *vs, *called]
            world.plant(*cast, frame=matrix)
            self.sides.append(side)
        self.images = [self.image(self.matrix, v) for v in (self.at_x, self.at_w)]
        self.opening_: list[Any] = [*self.opening_in_space(*self.images)]
        outs.plant(*self.opening_)
        self.stand()

    def frame_of_v(self, name: str) -> tuple[list[Any], list[Any]]:
        """Give v₁, v₂, v₃ as arrows in the colors of their columns, with their names."""
        colors = self.theme.columns[: self.ins]
        vs = [self.arrow(v, c) for v, c in zip(self.svd.V.array.T, colors, strict=True)]
        return vs, [self.label(v, name.format(f"v_{k}")) for k, v in enumerate(vs, start=1)]

    def stand(self) -> None:
        """Look so that the plane in which x steps is seen openly, on both sides in one unit."""
        U, V = self.svd.U.array, self.svd.V.array
        j = next(j for j in (2, 1) if j != self.partner)
        for side, Q in zip(self.sides, (V, U), strict=True):
            view = side.world.given_view
            if len(Q) == 2:
                view = view.turned(*FROM_ABOVE)
            elif Q is U and not self.sizes[self.partner]:
                view = oblique(view, list(Q.T[:2]), Q[:, 2])
            else:
                view = nearly_along(view, Q[:, j], Q[:, 0])
            side.world.given_view = view
            side.world.most = float("inf")
        self.sides[1].world.like = self.sides[0].world

    def write_panel(self) -> None:
        """Set up what the panel will say: lengths, the singular values, the three factors."""
        turn_in, _, turn_out = self.svd.stages()
        on_the_way = [self.length_at(angle) for angle in (STEP, NEAR)]
        values = [s if len(self.exactly(s)) <= SHORT else float(s) for s in self.svd.S]
        size = self.running(lambda: length(self.images[0]), *values, *on_the_way)
        self.length = self.row(N_("length of $A x$"), size)
        self.found = [
            self.math(self.equals(f"sigma_{k}", s), color=self.theme.sigma)
            for k, s in enumerate(values, start=1)
        ]
        big = 1.2 * self.theme.math
        self.product = self.math("U Sigma V^top", size=big)
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
        self.heading_ = self.heading()
        # its columns have no part in the story: the colors belong to v₁, v₂, v₃
        self.card_ = self.card(self.matrix, "A", colors=(self.theme.ink,))
        blocks: list[Any] = [Either(self.length, self.found[0]), *self.found[1:], RULE]
        blocks += [Either(self.product, self.formula), *self.factors]
        self.early: list[Any] = []
        if self.layout.panel_columns > 1:  # what was found gives way to the factors
            self.early = [self.length, *self.found]
            pairs = zip_longest(self.found, self.factors)
            blocks = [Either(self.length, self.product, self.formula)]
            blocks += [Either(*(each for each in pair if each is not None)) for pair in pairs]
        self.panel.set(self.heading_, self.card_, RULE, *blocks)

    def length_at(self, angle: float) -> float:
        """Give how long A x is when x is so many degrees from v₁."""
        self.angle.now, before = angle, self.angle.now
        size = length(self.images[0])
        self.angle.now = before
        return size

    def listed(self, name: str, count: int) -> str:
        """Write names with their numbers, as v₁, v₂, v₃."""
        return ", ".join(name.format(k) for k in range(1, count + 1))

    # -- the longest image -----------------------------------------------------------------

    def find_longest(self) -> None:
        """Let x step the way that A x leans, until it leans no more."""
        ins, outs = self.sides
        mark = self.question_mark(self.opening_[0] if self.kind != "alike" else outs.w)
        outs.world.plant(mark)
        opening = self.opening_ if self.kind != "alike" else []
        asked = {"even": EVEN, "alike": ALIKE}.get(self.kind, ACUTE)
        found = {"even": ALL_ALIKE, "alike": UNTIL_ZERO}.get(self.kind, LONGEST)
        with self.beat("watch", DISC if self.ins == 3 else LINE):
            self.while_reading(Change(self.angle, STEP, run_time=2.6))
        with self.beat("ask", asked):
            self.play(
                Appear(ins.w, ins.w_name, outs.w, outs.w_name, run_time=0.5),
                After(0.3, Appear(*opening[:1])),
            )
            self.predict(Change(self.angle, NEAR, run_time=2.0), ask=mark)
            self.play(Vanish(mark, run_time=0.3), After(0.3, Appear(*opening[1:], run_time=0.3)))
            self.play(Change(self.angle, 0.0, run_time=2.6))
        with self.beat("longest", found):
            self.play(
                *(Vanish(s.x, s.x_name, run_time=0.3) for s in self.sides),
                *(Appear(s.vs[0], s.names[0]) for s in self.sides),
                Vanish(self.length, run_time=0.3), After(0.3, Appear(self.found[0])),
            )  # fmt: skip
            pulse = Pulse(outs.vs[0], *opening, self.found[0], run_time=1.2)
            self.while_reading(pulse, *self.walk_round(), most=3.0)

    def find_others(self) -> None:
        """Let w go round: its image stays square; then the others are found in the disc."""
        ins, outs = self.sides
        round_, goal = 0.0, 0.0
        if self.ins == 3:
            goal = 90.0 if self.partner == 2 else 0.0
        if self.ins == 3 and self.rank > 1:
            with self.beat("round", ROUND):
                if self.kind == "alike":
                    self.play(Appear(*self.opening_, run_time=0.3))
                self.while_reading(Change(self.spin, 360.0, run_time=3.0))
                self.say(LASTS)
                round_ = 720.0
                self.while_reading(Change(self.spin, round_, run_time=2.8))
        last = OTHER if self.ins == 2 else OTHERS if self.rank > 1 else LOST
        unit = outs.world.view.unit
        few = [
            f"A v_{k}" for k, s in enumerate(self.sizes, start=1) if 0.0 < s * unit < outs.w.LEAST
        ]
        if few and last is OTHERS:
            last = SHORT_ONES
        with self.beat("others", last, second="A v_2", third="v_3", few=", ".join(few)):
            self.play(
                Change(self.spin, round_ + goal, run_time=1.0), Vanish(*self.opening_, run_time=0.3)
            )
            old = [each for s in self.sides for each in (s.w, s.w_name)]
            self.play(
                Vanish(*old),
                *(Appear(*each.vs, *each.names) for each in self.sides),
                *(
                    Rename(label, label.given + " = 0", run_time=0.1)
                    for label, s in zip(outs.names, self.sizes, strict=True) if not s
                ),
            )  # fmt: skip
            pulses = [
                Chain(Appear(sigma, run_time=0.3), Pulse(sigma, ins.vs[k], outs.vs[k]))
                for k, sigma in enumerate(self.found[1:], start=1)
            ]
            if pulses:
                self.while_reading(Chain(*pulses))

    def walk_round(self) -> list[Look]:
        """Look at both sides from where the disc lies open."""
        looks = []
        for side, Q in zip(self.sides, (self.svd.V.array, self.svd.U.array), strict=True):
            view = side.world.view
            if len(Q) == 3:
                seen = oblique(view, list(Q.T), Q[:, 0])
                marks = side.world.landmarks(all_of_it=True)
                if not seen.shows(marks, margin=0.15):
                    seen = seen.fitted(marks, margin=side.world.margin, most=view.unit)
                looks.append(Look(side.world, seen, run_time=1.5))
        return looks

    def find_nothing(self) -> None:
        """Let x go its way: every image is 0."""
        with self.beat("watch", DISC if self.ins == 3 else LINE):
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
        """Turn, stretch and turn the ball, with v₁, v₂, v₃ on it."""
        self.set_up_ball()
        self.turn_in()
        self.stretch()
        self.turn_out()
        self.remember()

    def set_up_ball(self) -> None:
        """Set up the ball in a space of its own, and where A sends it."""
        t, V = self.theme, self.svd.V.array
        self.vs, self.names = self.frame_of_v("{}")
        self.ball = [Ball(color=t.input, width=t.line, fill=0.06, dim=self.ins)]
        for k in range(3 if self.ins == 3 else 0):
            across = V[:, [j for j in range(3) if j != k]]
            self.ball += [Rim(across, color=t.input, width=t.thin, front=f) for f in (True, False)]
        dashed = Ball(color=t.ghost, width=t.line, fill=0.0, dim=self.ins, dash=(0.12, 0.09))
        goals, _ = self.frame_of_v("A {}")
        self.one = world = self.space(dim=self.ins)
        world.join(*self.ball, *self.vs, *self.names)
        self.near, self.far = self.views()
        world.plant(dashed, *goals, frame=self.matrix)
        self.goals = [dashed, *goals]
        self.longest = max(self.sizes[0], 1.0)
        corners = 0.7 * max(self.longest, 1.5) * AXES
        world.ground = Floor(t, self._unit_note, over=[*corners, *-corners], always=True)
        long = 1.3 * self.longest
        self.axes = [self.segment(-long * e, long * e, t.axis, counts=False) for e in AXES]
        world.plant(*self.axes)
        world.look(self.near)
        for piece in world.pieces():
            set_presence(piece, 0.0)

    def views(self) -> tuple[View, View]:
        """Give the view of the ball, and the one that has room for what Σ and U make of it."""
        world, svd = self.one, self.svd
        *_, turn_out = stages = svd.stages()
        axes = [each.axis for each in stages if each.angle and each.axis is not None]
        level: Any = AXES[2:] if 2 in self.matrix.shape else []  # the plane is the floor
        standing = (world.given_view or world.view).on(self.whole_room)
        first, last = (list(in_columns(Q)) for Q in (svd.V, svd.U))
        view = oblique(standing, list(AXES), [*axes, *level], first, last)
        near, rest = world.landmarks(all_of_it=True), svd.Sigma.array @ svd.Vh.array
        ends = (world.landmarks(turn_out.path(t) @ rest, all_of_it=True) for t in QUARTERS)
        far = chain.from_iterable(ends)
        small, large = (
            view.fitted([*each, *(-point for point in each)], margin=world.margin)
            for each in (near, [*near, *far])
        )
        return (small, large) if large.unit < small.unit / LARGE else (large, large)

    def called(self, letter: str) -> dict[Any, str]:
        """Give the names that the arrows have when they are multiples of eₖ, or of uₖ."""
        names = {}
        for k, (label, size) in enumerate(zip(self.names, self.svd.S, strict=False), start=1):
            names[label] = f"sigma_{k} {letter}_{k}" + ("" if size else " = 0")
        return names

    def turn(self, stage: la.Stage, names: dict[Any, str], colors: Any = None) -> None:
        """Play a turn, its angle shown at v₁ or, where that is the axis, at another."""
        V = self.svd.V.array
        along = V[:, 0] if stage.axis is None else V.T
        self.perform(self.one, stage.path, names=names, colors=colors, along=along, run_time=2.7)
        if not stage.angle:
            self.while_reading(Pulse(*self.vs, run_time=1.5))

    def turn_in(self) -> None:
        """Play Vᵀ."""
        stage, _, _ = self.svd.stages()
        said = TURN_FLAT if self.ins == 2 else TURN_IN
        vs = self.listed("v_{}", self.ins)
        with self.beat("turn in", said if stage.angle else STAY_IN, v=vs):
            old = [piece for each in self.sides for piece in each.world.pieces()]
            self.play(Vanish(*old, *self.seams, *self.early, run_time=0.4))
            self.play(
                Appear(*self.one.ground.pieces(), *self.axes, *self.ball, *self.vs, *self.names),
                Appear(self.product, self.factors[0]),
                Pulse(self.product.part("V^top"), run_time=0.8),
            )
            self.turn(stage, {label: f"e_{k}" for k, label in enumerate(self.names, start=1)})

    def stretch(self) -> None:
        """Play Σ part by part."""
        _, stage, _ = self.svd.stages()
        full = STRETCH if self.rank == self.ins else DROP if self.rank == self.outs else FLATTEN
        sigmas = self.listed("sigma_{}", self.rank)
        with self.beat("stretch", full if self.rank else VANISH, s=sigmas):
            part = self.product.part("Sigma")
            dropped = self.names[len(self.found) :]  # their axis is left out
            self.play(
                Appear(self.factors[1]), Pulse(part, *self.found), Vanish(*dropped), run_time=0.8
            )
            *first, last = stage.path.parts
            for each in first:
                self.play(Deform(self.one, each, quiet=self.names, view=self.near, run_time=2.0))
            self.play(Deform(self.one, last, names=self.called("e"), view=self.far, run_time=2.4))

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
        with self.beat("turn out", said, av=self.listed("A v_{}", self.ins)):
            self.play(
                Appear(self.factors[2], *self.goals, *mirror), Dim(*self.goals[1:], to=0.4),
                Vanish(*self.axes), Pulse(self.product.part("U")),
            )  # fmt: skip
            self.turn(stage, self.called("u"), dict.fromkeys(self.ball, t.output))
            if mirror:
                self.play(Vanish(*mirror, run_time=0.4))

    def remember(self) -> None:
        """Walk round what A makes of the ball, with its half-axes."""
        world = self.one
        view = oblique(world.view, list(self.svd.U.array.T), ()) if self.outs == 3 else world.view
        marks = world.landmarks()
        look = view.fitted([*marks, *-marks], margin=world.margin)
        with self.beat("same", SAME):
            self.play(
                Vanish(*self.goals),
                Vanish(self.product, run_time=0.3), After(0.3, Appear(self.formula)),
            )  # fmt: skip
            self.while_reading(Look(world, look, run_time=2.0), Pulse(self.formula, run_time=1.0))
            self.summary()


def in_columns(Q: la.Matrix) -> Any:
    """Give the columns of an orthogonal matrix, if they are of space."""
    return Q.array.T if len(Q.array) == 3 else []


def in_degrees(angle: float | None) -> str:
    """Write an angle in degrees as Typst source."""
    return f"{notation.degrees(angle or 0.0, sign=True, style='typst').removeprefix('= ')} degree"
