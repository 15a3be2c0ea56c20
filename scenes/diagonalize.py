"""Diagonalization: on two lines A only multiplies, and every vector is a sum of two such parts."""

from __future__ import annotations

from typing import Any

from manim import DOWN, VGroup

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
    Draw,
    Either,
    Look,
    Pulse,
    Recolor,
    Value,
    Vanish,
    linear,
)
from scenes.stage.figure import bearing, length, toward
from scenes.stage.walk import Lattice
from scenes.turning import BESIDE, FAR, LONG, Turning

NEED = N_("$A$ acts on $x$ again and again. Where does ${power}$ lie?")
ASK = N_("Turn $x$. On which lines does $A x$ stay on the line of $x$?")
STAYS = N_("Here: ${equation}$. Take $v_1$ on this line, an eigenvector with eigenvalue ${value}$.")
REVERSED = N_(
    "180°, the same line: ${equation}$. Take $v_1$, an eigenvector with eigenvalue ${value}$."
)
SENT = N_("All of this line is sent to 0. Take $v_1$ on it, an eigenvector with eigenvalue 0.")
MORE = N_("Other arrows leave their line. Is there a second one that stays?")
SPLIT = N_("Split $x$ along both lines. What does $A$ make of each part?")
POWER = N_("It only multiplies each part, every time: ${power}$ takes only powers of numbers.")
TO_AXES = N_("$P$ has the columns $v_1, v_2$: so $P^(-1)$ takes them to the axes.")
TURN_OVER = N_("There $D$ multiplies along each axis; a negative number turns the plane over.")
STRETCH = N_("There $A$ acts as $D$: it only multiplies along each axis.")
BACK = N_("$P$ takes the axes back to the lines. Does $x$ arrive at $A x$?")
SUMMARY = N_("It does: $A = P D P^(-1)$. And many times over: ${power}$.")
GAP = N_("No: from ${multiple}$ to $A x$ the way is always parallel to this one line.")
NONE = N_("Half a turn, and never 0° or 180°: no line stays, no real eigenvector.")
ASK_ALL = N_("$A x$ lies on the line of $x$. Turn $x$: on which lines will it stay?")
ALL = N_("On every line, ${equation}$: each $x$ except 0 is an eigenvector.")
OTHER = N_("Take another matrix, $B$. Which lines stay now?")
TWO = N_("Two lines: an eigenvector on each gives the columns of $P$.")
NO_BASIS = N_("$A$ has only one such line, no second column for $P$: not diagonalizable.")
NO_REAL = N_("$A$ has no such line, no columns for $P$: not diagonalizable in real numbers.")
ANY_BASIS = N_("For $A$ every line is one: any two independent vectors will do for $P$.")

PACE = 2.2  # seconds for P⁻¹, D or P
TIMES = 10  # how often A is to act
HUGE = 100_000.0  # what is longer is not written out
OTHER_MATRIX = "1 1/2; 1/2 1"  # two lines of it stay
QUARTER = "0 -1; 1 0"
ANY = "2 1"
STEP = 20.0  # degrees
ROOM = 1.5  # lengths of an eigenvector, for its name


class Diagonalize(Turning):
    """On its eigenlines A only multiplies: A = P D P⁻¹."""

    title = N_("Diagonalization")
    inputs = (MatrixInput("2x2", default="3/2 1; 1/2 1"),)

    def construct(self) -> None:
        found = la.eigen(self.matrix)
        if found.is_real and len(found.spaces) == len(found.eigenvalues):
            self.two_lines()
        else:
            self.other_lines(found)

    # -- two lines ---------------------------------------------------------------------------

    def two_lines(self) -> None:
        """Find both lines, split x along them, and carry them to the axes and back."""
        theme = self.theme
        self.P, self.D = la.eigenbasis(self.matrix)
        self.v = self.P.columns
        self.values = [self.D[k, k] for k in (0, 1)]
        back = la.inverse(self.P)
        self.eigenvectors = self.P  # what the names v₁, v₂ stand for, and others
        self.named_maps = {
            "A^2": self.matrix @ self.matrix, "P^(-1)": back, "D P^(-1)": self.D @ back,
            "lambda": la.vector(self.values),
        }  # fmt: skip
        self.sum = self.v[0] + self.v[1]
        self.own = theme.i, theme.j
        self.colors = {
            "x": theme.input, "v_1": theme.i, "v_2": theme.j, "e_1": theme.i, "e_2": theme.j,
            "lambda_1": theme.i, "lambda_2": theme.j,
        }  # fmt: skip
        self.cast(self.sum, self.matrix)
        self.write_panel()
        self.need()
        self.search()
        self.split()
        self.diagonalize()

    def write_panel(self) -> None:
        """Set up what the panel will say."""
        self.card_ = self.card(self.matrix, "A", colors=(self.theme.ink,))
        power = f"A^{TIMES} x"
        self.asked = self.math(f'{power} = bold("?")')
        lines = [f"{power} = {self.powers()[0]}", *self.powers()[1:]]
        end = self.sum
        for _ in range(TIMES):
            end = self.matrix @ end
        if 1 < length(end) < HUGE:
            lines.append(f"approx ({', '.join(str(round(float(e))) for e in end)})")
        self.answer = VGroup(*map(self.math, lines)).arrange(DOWN, buff=0.2)
        self.tenth = self.math(f"A^{TIMES} = P D^{TIMES} P^(-1)")
        self.rows = [self.fact(k, value) for k, value in enumerate(self.values, start=1)]
        self.formula = self.math("A = P D P^(-1)")
        self.p_card, self.d_card = (
            self.card(self.legible(each), name, colors=self.own)
            for each, name in ((self.P, "P"), (self.D, "D"))
        )
        self.panel.set(
            self.heading(), self.card_, Either(self.asked, self.answer, self.tenth), RULE,
            Either(
                VGroup(*self.rows).arrange(DOWN, buff=0.25),
                VGroup(self.p_card, self.d_card).arrange(DOWN, buff=0.3),
            ),
            self.formula,
        )  # fmt: skip

    def powers(self) -> list[str]:
        """Write what A makes of both parts of x when it acts many times."""
        parts = []
        for k, value in enumerate(self.values, start=1):
            if value in (0, 1):
                parts += [f"v_{k}"] * int(value)
                continue
            text = notation.factor(value)
            if len(notation.plain(value)) > LONG:
                text = f"lambda_{k}"
            parts.append(f"({text})^{TIMES} v_{k}" if "/" in text else f"{text}^{TIMES} v_{k}")
        return [parts[0], *(f"+ {part}" for part in parts[1:])] if parts else ["0"]

    def need(self) -> None:
        """Let A act on x again and again."""
        plane, A, theme = self.plane, self.matrix, self.theme
        once, twice = A @ self.sum, A @ (A @ self.sum)
        size = length(self.sum)
        self.hops = [p for p in (once, twice) if length(p) < FAR * size]
        at = Value(self.sum)
        hop = self.arrow(at, theme.output)
        spots = [self.dot(p, theme.output) for p in self.hops]
        names = [self.label(p, n) for p, n in zip(spots, ("A x", "A^2 x"), strict=False)]
        self.stops: list[Any] = [*spots, *names]
        plane.plant(hop, *self.stops)
        plane.leave(self.x, self.x_name)
        plane.plant(self.x, self.x_name)
        self.open(self.panel.blocks[0], self.card_, self.x, self.x_name)
        self.first = self.first_view()
        plane.look(self.first)
        with self.beat("need", NEED, power=f"A^{TIMES} x"):
            for point, spot, label in zip(self.hops, spots, names, strict=False):
                self.play(Appear(hop, run_time=0.2), Change(at, point, run_time=1.1))
                self.play(Appear(spot, label, run_time=0.3))
            self.while_reading(Appear(self.asked, run_time=0.8))
        self.play(Vanish(hop, *self.stops, self.asked, run_time=0.3))

    def first_view(self) -> Any:
        """Give the view in which all of the search is seen, and the hops if they can be."""
        image, far = float(self.drawn) * self.matrix.array, length(self.sum)
        turns = [self.begin + t for t in self.stations()]
        spokes = [far * toward(a) for a in turns]
        spokes += [ROOM * v.array for v in self.v]
        near = [*spokes, *(image @ p for p in spokes)]
        close = self.fitting(self.plane, near)
        while (wide := self.fitting(self.plane, [*near, *self.hops])).unit < 0.5 * close.unit:
            self.hops.pop()
        return wide

    def stations(self) -> tuple[float, float, float]:
        """Say how far x turns, in degrees: back, to the first line, and to the second one."""
        first, second = (bearing(v, self.sum) for v in self.v)
        return 0.6 * second, first, second - 180.0

    def search(self) -> None:
        """Turn x until A x lies on its line, and again."""
        plane = self.plane
        wedge, degrees = self.opening_
        back, *stations = self.stations()
        with self.beat("ask", ASK):
            self.play(Appear(self.image_, self.image_name, self.rail), run_time=0.5)
            self.play(Appear(wedge), run_time=0.3)
            self.predict(
                Change(self.angle, self.begin + back, run_time=2.0, rate=linear), ask=self.mark
            )
            self.play(Vanish(self.mark, run_time=0.3), After(0.3, Appear(degrees, run_time=0.3)))
            self.play(self.turn(self.begin + stations[0], 2.0))
        self.lines = [self.line(*each) for each in zip(self.v, self.own, strict=True)]
        self.arrows = [self.arrow(*each) for each in zip(self.v, self.own, strict=True)]
        self.names = [self.label(arrow, f"v_{k}") for k, arrow in enumerate(self.arrows, 1)]
        plane.plant(*self.lines, *self.arrows, *self.names)
        value = self.values[0]
        first = SENT if value == 0 else REVERSED if value < 0 else STAYS
        shown = {"equation": self.says("A x", value, "x"), "value": self.exactly(self.brief(value))}
        with self.beat("line 1", first, **shown):
            self.meet(0)
        with self.beat("line 2", MORE):
            self.image_name.show(self.named("A x"))
            self.apart.now = 0.0
            self.play(
                Appear(self.x, self.x_name, self.image_, self.image_name, self.rail, wedge),
                Vanish(self.arrows[0], self.names[0]), run_time=0.4,
            )  # fmt: skip
            self.play(self.turn(self.begin + stations[1], 2.4), Appear(degrees, run_time=0.4))
            self.meet(1)

    # -- what becomes of the parts ---------------------------------------------------------------

    def split(self) -> None:
        """Split x along both lines; A multiplies each part, once and again."""
        plane, theme = self.plane, self.theme
        count = Value((1.0, 1.0))
        parts = [
            self.arrow(lambda k=k: count.now[k] * self.v[k].array, self.own[k]) for k in (0, 1)
        ]
        whole = lambda: sum(part.vector for part in parts)  # noqa: E731
        sides = [self.segment(part.given, whole, theme.ghost, dashed=True) for part in parts]
        total = self.arrow(whole, theme.input)
        name = self.label(total, "x")
        tags = [self.label(part, f"v_{k}") for k, part in enumerate(parts, start=1)]
        plane.plant(*sides, *parts, total, name, *tags)
        labels = [name, *tags]
        with self.beat("split", SPLIT):
            self.play(Appear(total, name, run_time=0.4))
            self.play(Draw(*sides), Appear(*parts, *tags), Vanish(*self.arrows, *self.names))
            self.while_reading(Pulse(*parts, run_time=0.8), most=1.5)
            self.act(count, self.values, total, labels, "A x")
        twice = self.D @ self.D
        with self.beat("power", POWER, power=f"A^{TIMES} x"):
            if len(self.hops) == 2 and la.det(self.D) > 0:  # a fold will take its time
                self.act(count, [twice[k, k] for k in (0, 1)], total, labels, "A^2 x")
            self.play(Appear(self.answer))
            each = zip(parts, tags, strict=True)
            self.while_reading(Chain(*(Pulse(*pair, run_time=0.7) for pair in each)))
        self.play(Vanish(*sides, *parts, total, *labels, run_time=0.3))

    def act(self, count: Value, to: Any, total: Any, labels: Any, name: str) -> None:
        """Let A act on the sum and on both parts."""
        power = "" if name == "A x" else "^2"
        texts = [
            name, *(self.multiple(c, f"v_{k}", f"lambda_{k}{power}") for k, c in enumerate(to, 1)),
        ]  # fmt: skip
        self.play(Vanish(*labels, run_time=0.2))
        counts = [float(c) for c in to]
        blue = [Recolor(each, self.theme.output, run_time=0.8) for each in (total, labels[0])]
        marks = [c * v.array for c, v in zip(counts, self.v, strict=True)]
        shown = [*marks, sum(marks), *(v.array for v in self.v)]
        view = self.fitting(self.plane, shown)
        look = [Look(self.plane, view, run_time=2.0)] if view.unit < self.plane.view.unit else []
        self.play(Change(count, counts, run_time=2.0), *blue, *look)
        for label, text in zip(labels, texts, strict=True):
            label.show(text)
        self.play(Appear(*labels, run_time=0.4))

    # -- to the axes and back ------------------------------------------------------------------

    def diagonalize(self) -> None:
        """Carry both lines to the axes, multiply there, and come back."""
        plane, theme = self.plane, self.theme
        lattice = Lattice(self.own, width=theme.line)
        moved = [self.arrow(v, color) for v, color in zip(self.v, self.own, strict=True)]
        x = self.arrow(self.sum, theme.input)
        tags = [self.label(arrow, f"v_{k}") for k, arrow in enumerate(moved, start=1)]
        name = self.label(x, "x")
        goal = self.arrow(self.matrix @ self.sum, theme.output)
        goal_name = self.label(goal, "A x")
        plane.leave(*self.lines)
        plane.plant(*lattice.lines, frame=lambda: plane.matrix @ self.P.array)
        plane.plant(goal, goal_name)
        plane.join(*self.lines, *moved, x, *tags, name)

        def named(letter: str) -> dict[Any, str]:
            """Say what the multiplied vectors are called."""
            return {
                tag: self.multiple(value, f"{letter}_{k}", f"lambda_{k}")
                for k, (tag, value) in enumerate(zip(tags, self.values, strict=True), start=1)
            }

        with self.beat("to the axes", TO_AXES):
            self.play(
                Appear(*moved, x, *tags, name, goal, goal_name), Dim(goal, goal_name, to=0.5),
                Vanish(*self.rows, run_time=0.3), After(0.3, Appear(self.p_card)),
                *self.looking_back(),
            )  # fmt: skip
            self.play(
                Chain(*(Pulse(moved[k], self.p_card.column(k), run_time=0.6) for k in (0, 1))),
                Appear(*lattice.lines, run_time=0.1),
                lattice.light_up(self.P, plane.view, run_time=1.2),
            )  # fmt: skip
            home = la.path(la.inverse(self.P))
            self.perform(
                plane, home, names={tags[0]: "e_1", tags[1]: "e_2", name: "P^(-1) x"}, run_time=PACE
            )
        folds = la.det(self.D) < 0
        with self.beat("stretch", TURN_OVER if folds else STRETCH):
            self.play(Appear(self.d_card, run_time=0.4))
            self.perform(
                plane, la.path(self.D), names=named("e") | {name: "D P^(-1) x"}, run_time=PACE
            )  # fmt: skip
            if not folds:  # long enough a motion
                self.while_reading(Pulse(*moved, *(self.d_card.entry(k, k) for k in (0, 1))))
        with self.beat("back", BACK):
            self.while_reading(Pulse(goal, goal_name, run_time=0.8))
            self.perform(
                plane, la.path(self.P), After(0.8, Vanish(goal_name)),
                names=named("v") | {name: "A x"},
                colors={x: theme.output, name: theme.output}, run_time=PACE,
            )  # fmt: skip
        self.remember(lattice, moved, x, goal)

    def remember(self, lattice: Lattice, moved: Any, image: Any, goal: Any) -> None:
        """Leave both sums in sight: that for x, and that for A x."""
        plane, theme = self.plane, self.theme
        x = self.arrow(self.sum, theme.input)
        name = self.label(x, "x")
        parts = [value * v.array for value, v in zip(map(float, self.values), self.v, strict=True)]
        end = sum(parts)
        sides = [self.segment(v, self.sum, theme.ghost, dashed=True) for v in self.v]
        others = [self.segment(part, end, theme.output, dashed=True) for part in parts]
        plane.plant(*sides, x, name, *others)
        power = f"A^{TIMES} = P D^{TIMES} P^(-1)"
        with self.beat("remember", SUMMARY, power=power):
            self.play(
                Dim(*lattice.lines, to=0.3), Appear(x, name, *sides), Draw(*others),
                Vanish(self.answer, goal, run_time=0.4), Appear(self.formula),
                After(0.5, Appear(self.tenth)),
            )  # fmt: skip
            self.play(Chain(Pulse(x, *sides), Pulse(image, *moved, *others)))
            self.summary()

    def looking_back(self) -> list[Any]:
        """Give the motion to where the search was seen from, if that is elsewhere."""
        return [] if self.plane.view == self.first else [Look(self.plane, self.first)]

    # -- other numbers of lines ------------------------------------------------------------------

    def other_lines(self, found: la.Eigen) -> None:
        """Every line stays, or one, or none; another matrix has two."""
        theme, A = self.theme, self.matrix
        self.eigenvectors = found.eigenvectors  # what the name v₁ stands for
        space = found.spaces[0] if found.spaces else None
        every = space is not None and space.space.dim == 2
        self.colors = {"x": theme.input, "v_1": theme.i, "lambda_1": theme.i}
        self.values = [each.value for each in found.spaces]
        self.own = (theme.i, theme.j)
        self.v = space.space.vectors if space is not None and not every else ()
        x = self.v[0] + la.matrix(QUARTER) @ self.v[0] if self.v else la.vector(ANY)
        self.cast(x, A)
        B = la.matrix(OTHER_MATRIX)
        self.named_maps = {"B": B, "lambda": la.vector(self.values or [0])}
        self.card_, other = (
            self.card(each, name, colors=(theme.ink,)) for each, name in ((A, "A"), (B, "B"))
        )
        self.rows = [self.fact(1, value) for value in self.values]
        says = self.says("A x", self.values[0], "x") if self.values else ""
        if every:
            self.rows = [self.math(says)]
        self.panel.set(self.heading(), Either(self.card_, other), RULE, *self.rows)
        wedge, degrees = self.opening_
        self.pair: list[Any] = [self.x, self.x_name, self.image_, self.image_name]
        self.open(self.panel.blocks[0], self.card_, *self.pair[:2])
        self.plane.look(self.view_of_turn(x, B))
        line = self.line(self.v[0], theme.i) if self.v else None
        with self.beat("ask", ASK_ALL if every else ASK):
            self.play(Appear(*self.pair[2:], self.rail), run_time=0.6)
            self.play(Appear(wedge), Change(self.apart, BESIDE if every else 0.0), run_time=0.4)
            back = Change(self.angle, self.begin + 30.0, run_time=2.0, rate=linear)
            self.predict(back, ask=self.mark)
            self.play(Vanish(self.mark, run_time=0.3), After(0.3, Appear(degrees, run_time=0.3)))
            self.play(self.turn(bearing(self.v[0]) if self.v else self.begin + 120.0, 2.4))
        if line is not None:
            self.one_line(line, says)
        else:
            with self.beat("half turn", ALL if every else NONE, equation=says):
                self.play(self.turn(self.begin + 150.0, 1.4), *map(Appear, self.rows))
                self.while_reading(self.turn(self.begin + 180.0, 1.6))
        self.contrast(B, other, [line] if self.v else [])
        with self.beat("remember", ANY_BASIS if every else NO_BASIS if self.v else NO_REAL):
            self.play(self.turn(self.begin + 90.0, 2.0))
            self.while_reading(self.turn(self.begin, 1.8))
            self.summary()

    def view_of_turn(self, x: la.Vector, B: la.Matrix) -> Any:
        """Give the view in which x, A x and B x are seen through half a turn and more."""
        spokes = [length(x) * toward(self.begin + STEP * k) for k in range(-3, 10)]
        ways = la.eigenbasis(B).P.columns
        spokes += [length(x) * toward(bearing(way)) for way in ways]
        images = float(self.drawn) * self.matrix.array, B.array
        return self.fitting(self.plane, [*spokes, *(M @ p for M in images for p in spokes)])

    def one_line(self, line: Any, says: str) -> None:
        """Stop on the line that stays, go on, and see why there is no second one."""
        plane, (v,), value = self.plane, self.v, self.values[0]
        arrow = self.arrow(v, self.theme.i)
        self.lines, self.arrows, self.names = [line], [arrow], [self.label(arrow, "v_1")]
        part = float(self.drawn) * float(value)
        foot = lambda: part * self.turned()  # noqa: E731
        gap = self.arrow(lambda: self.image_.vector - foot(), self.theme.third, tail=foot)
        plane.plant(line, arrow, *self.names, gap)
        first = SENT if value == 0 else REVERSED if value < 0 else STAYS
        with self.beat("line", first, equation=says, value=self.exactly(self.brief(value))):
            self.meet(0)
        with self.beat("no second", MORE):
            self.image_name.show(self.named("A x"))
            self.apart.now = 0.0
            self.play(
                Vanish(arrow, *self.names), Appear(*self.pair, self.rail, self.opening_[0]),
                run_time=0.4,
            )  # fmt: skip
            self.while_reading(
                self.turn(bearing(v) + 180.0, 3.2), Appear(self.opening_[1], run_time=0.4)
            )  # fmt: skip
        with self.beat("gap", GAP, multiple=self.multiple(value, "x", "lambda_1")):
            self.play(self.turn(bearing(v) + 120.0, 1.2), Vanish(*self.opening_, run_time=0.3))
            self.play(Appear(gap, run_time=0.4))
            self.play(self.turn(bearing(v) + 40.0, 1.8))
            self.while_reading(self.turn(bearing(v) + 110.0, 1.6))
        self.play(Vanish(gap), run_time=0.3)

    def contrast(self, B: la.Matrix, other: Any, kept: list[Any]) -> None:
        """Another matrix has two lines."""
        plane, theme = self.plane, self.theme
        x, _, image, image_name = self.pair
        ways = la.eigenbasis(B).P.columns
        lines = [self.line(v, color) for v, color in zip(ways, (theme.i, theme.j), strict=True)]
        plane.plant(*lines)
        scale, apart = self.drawn, self.apart.now
        with self.beat("other", OTHER):
            self.play(
                Vanish(image, image_name, *kept, *self.opening_, self.card_, *self.rows),
                run_time=0.4,
            )  # fmt: skip
            self.drawn, self.acting.now, self.apart.now = 1, B.array, 0.0
            image_name.show("B x")
            self.play(Appear(image, image_name, other, *self.opening_), run_time=0.5)
            for k in (1, 0):
                self.play(self.turn(bearing(ways[k]), 1.5))
                self.play(Appear(lines[k]), Change(self.apart, BESIDE), run_time=0.4)
                self.play(Pulse(image, x), run_time=0.5)
                if k:
                    self.play(Change(self.apart, 0.0, run_time=0.2))
            self.say(TWO)
            self.while_reading(Pulse(*lines, run_time=1.6))
        self.play(Vanish(image, image_name, *lines, *self.opening_, other), run_time=0.4)
        self.drawn, self.acting.now, self.apart.now = scale, self.matrix.array, apart
        image_name.show(self.named("A x"))
        self.play(
            Appear(image, image_name, *kept, *self.opening_, self.card_, *self.rows), run_time=0.6
        )  # fmt: skip
