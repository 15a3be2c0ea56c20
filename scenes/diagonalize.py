"""Diagonalization: on two lines A only multiplies, and every vector is a sum of two such parts."""

from __future__ import annotations

from fractions import Fraction
from math import log10
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
    Draw,
    Either,
    Look,
    MatrixScene,
    Pulse,
    Recolor,
    Rename,
    Value,
    Vanish,
    linear,
)
from scenes.stage.bezier import polygon
from scenes.stage.figure import bearing, length, toward
from scenes.stage.walk import Lattice

NEED = N_("$A$ acts on $x$ again and again. Where does ${power}$ lie?")
ASK = N_("$A x$ has left the line of $x$. Turn $x$: on which lines will $A x$ stay?")
STAYS = N_("Here it stays, ${equation}$: an eigenvector $v_1$ and its eigenvalue.")
REVERSED = N_("180°, the same line: ${equation}$. An eigenvector $v_1$ and its eigenvalue.")
SENT = N_("Here ${equation}$: all of this line is sent to 0. An eigenvector $v_1$.")
TOO = N_("Here too: ${equation}$. A second eigenvector $v_2$.")
SPLIT = N_("Split $x$ along both lines. What does $A$ make of each part?")
POWER = N_("It only multiplies each part, every time. So ${power}$ takes just two powers.")
TO_AXES = N_("$v_1, v_2$ are the columns of $P$: so $P^(-1)$ takes them to the axes.")
STRETCH = N_("There $A$ is simple: $D$ only multiplies along each axis.")
BACK = N_("$P$ takes the axes back to the lines: does $x$ arrive at $A x$?")
SUMMARY = N_("It does: $A = P D P^(-1)$. Read it from the right.")
ONE = N_("The rest of the half turn: no second line. Why?")
GAP = N_("From ${multiple}$ to $A x$ the way is always parallel to the one line.")
NONE = N_("Half a turn, and never 0° or 180°: no line stays, no real eigenvector.")
ASK_ALL = N_("$A x$ lies on the line of $x$. Turn $x$: on which lines will it stay?")
ALL = N_("On every line, ${equation}$: each $x$ except 0 is an eigenvector.")
OTHER = N_("Take another matrix, $B$. Which lines stay now?")
TWO = N_("Two lines: an eigenvector on each gives the columns of $P$.")
NO_BASIS = N_("$A$ has only one such line, no second column for $P$: not diagonalizable.")
NO_REAL = N_("$A$ has no such line, no columns for $P$: not diagonalizable in real numbers.")
ANY_BASIS = N_("For $A$ every line is one: any two independent vectors will do for $P$.")

TIMES = 10  # how often A is to act
LONG = 4  # signs of a number that are too many to stand in a picture
FAR = 6.0  # how much longer than x a vector may be, to be seen with it
OTHERS = "2 1; 1 2"  # a matrix with two lines that stay
BESIDE = 0.09  # stage units between x and A x on one line


class Diagonalize(MatrixScene):
    """On its eigenlines A only multiplies: A = P D P⁻¹."""

    title = N_("Diagonalization")
    inputs = (MatrixInput("2x2", default="3/2 1; 1/2 1"),)

    def construct(self) -> None:
        found = la.eigen(self.matrix)
        if found.is_real and len(found.spaces) == len(found.eigenvalues):
            self.two_lines()
        else:
            self.other_lines(found)

    # -- x and A x ---------------------------------------------------------------------------

    def cast(self, x: Any) -> None:
        """Set up x, which can turn, the line of x, and A x."""
        theme, A = self.theme, self.matrix.array
        size, self.begin = length(x), bearing(x)
        self.angle, self.acting = Value(self.begin), Value(A)
        self.drawn = self.scale(x)
        self.turned = lambda: size * toward(self.angle())
        self.x = self.arrow(self.turned, theme.input)
        self.apart = Value(0.0)
        self.image_ = self.arrow(
            self.image(lambda: float(self.drawn) * self.acting.now, self.turned),
            theme.output, apart=self.apart,
        )  # fmt: skip
        self.x_name = self.label(self.x, "x")
        self.image_name = self.label(self.image_, self.named("A x"))
        self.rail = self.line(self.turned, theme.ghost, dashed=True)
        wedge, degrees = self.opening(self.x, self.image_)
        self.opening_ = [wedge, degrees]
        self.mark = self.question_mark(wedge)
        self.plane = self.world(grid=False)
        self.plane.plant(
            self.rail, wedge, self.image_, self.x, self.x_name, self.image_name, degrees, self.mark
        )

    def scale(self, x: Any) -> Any:
        """Give what A x is multiplied by where it is drawn, so that it is about as long as x."""
        size = float(la.spectral_norm(self.matrix))
        if not size or 1.0 / FAR <= size <= FAR:
            return 1
        return Fraction(TIMES) ** -round(log10(size))

    def named(self, name: str) -> str:
        """Give the name of A x, with what it is multiplied by where it is drawn."""
        return name if self.drawn == 1 else f"{notation.typst(self.drawn)} {name}"

    def multiple(self, count: Any, name: str, symbol: str = "") -> str:
        """Write a multiple of a vector; where its number is long, with a symbol or as measured."""
        brief = self.brief(count)
        if symbol and isinstance(brief, float):
            return f"{symbol} {name}"
        return notation.combination((brief,), (name,))

    def brief(self, count: Any) -> Any:
        """Give a number that is short enough to stand in a picture."""
        return count if len(notation.plain(count)) <= LONG else float(count)

    def says(self, name: str, count: Any, of: str) -> str:
        """Write that a vector is a multiple of another one."""
        sign = "approx" if isinstance(self.brief(count), float) else "="
        return f"{name} {sign} {self.multiple(count, of)}"

    def turn(self, to: float, run_time: float) -> Change:
        """Give the motion that turns x to an angle."""
        return Change(self.angle, to, run_time=run_time)

    # -- two lines ---------------------------------------------------------------------------

    def two_lines(self) -> None:
        """Find both lines, split x along them, and carry them to the axes and back."""
        theme = self.theme
        self.P, self.D = la.eigenbasis(self.matrix)
        self.v, self.values = self.P.columns, [self.D[k, k] for k in (0, 1)]
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
        self.cast(self.sum)
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
        self.answer = self.math(f"{power} = {self.powers()}")
        self.rows = [
            self.math(self.says(f"A v_{k}", value, f"v_{k}"))
            for k, value in enumerate(self.values, start=1)
        ]
        self.formula = self.math("A = P D P^(-1)")
        self.p_card = self.card(self.P, "P", colors=self.own)
        self.d_card = self.card(self.D, "D", colors=self.own)
        self.panel.set(
            self.heading(), self.card_, Either(self.asked, self.answer), RULE,
            *self.rows, RULE, self.p_card, self.d_card, self.formula,
        )  # fmt: skip

    def powers(self) -> str:
        """Write what A makes of x when it acts many times."""
        parts = []
        for k, value in enumerate(self.values, start=1):
            if value in (0, 1):
                parts += [f"v_{k}"] * int(value)
                continue
            text = notation.factor(value)
            if len(notation.plain(value)) > LONG:
                text = f"lambda_{k}"
            parts.append(f"({text})^{TIMES} v_{k}" if "/" in text else f"{text}^{TIMES} v_{k}")
        return " + ".join(parts) or "0"

    def need(self) -> None:
        """Let A act on x again and again: where will that lead?"""
        plane, A, theme = self.plane, self.matrix, self.theme
        once, twice = A @ self.sum, A @ (A @ self.sum)
        size = length(self.sum)
        self.hops = [p for p in (once, twice) if length(p) < FAR * size]
        at = Value(self.sum)
        hop = self.arrow(at, theme.output)
        spots = [self.dot(p, theme.output) for p in self.hops]
        names = [self.label(p, n) for p, n in zip(spots, ("A x", "A^2 x"), strict=False)]
        self.stops = [*spots, *names]
        plane.plant(hop, *self.stops)
        plane.leave(self.x, self.x_name)
        plane.plant(self.x, self.x_name)
        self.open(self.panel.blocks[0], self.card_, self.x, self.x_name)
        plane.look(self.first_view())
        with self.beat("need", NEED, power=f"A^{TIMES} x"):
            for point, spot, label in zip(self.hops, spots, names, strict=False):
                self.play(Appear(hop, run_time=0.2), Change(at, point, run_time=1.3))
                self.play(Appear(spot, label, run_time=0.4))
            self.while_reading(Appear(self.asked))
        self.play(Vanish(hop, *self.stops, self.asked))

    def first_view(self) -> Any:
        """Give the view in which all of the search is seen, and the hops if they can be."""
        image, far = float(self.drawn) * self.matrix.array, length(self.sum)
        turns = [self.begin + t for t in self.stations()]
        spokes = [far * toward(a) for a in turns]
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
        plane, theme = self.plane, self.theme
        wedge, degrees = self.opening_
        back, *stations = self.stations()
        with self.beat("ask", ASK):
            self.play(Appear(self.image_, self.image_name, self.rail), run_time=0.5)
            self.play(Appear(wedge, degrees))
            self.predict(
                Change(self.angle, self.begin + back, run_time=2.2, rate=linear), ask=self.mark
            )
            self.play(Vanish(self.mark, run_time=0.3))
        self.lines, self.arrows, self.names = [], [], []
        for k, (turn, value) in enumerate(zip(stations, self.values, strict=True)):
            line = self.line(self.v[k], self.own[k])
            arrow = self.arrow(self.v[k], self.own[k])
            name = self.label(arrow, f"v_{k + 1}")
            plane.plant(line, arrow, name)
            self.lines.append(line)
            self.arrows.append(arrow)
            self.names.append(name)
            first = SENT if value == 0 else REVERSED if value < 0 else STAYS
            way = abs(self.angle.now - self.begin - turn)
            self.play(self.turn(self.begin + turn, 1.0 + way / 70.0))
            with self.beat(f"line {k + 1}", TOO if k else first,
                           equation=self.says("A x", value, "x")):  # fmt: skip
                self.play(
                    Appear(line), Vanish(self.rail, degrees, wedge, run_time=0.3),
                    Change(self.apart, BESIDE, run_time=0.5),
                    Rename(self.image_name, self.says("A x", value, "x")),
                )  # fmt: skip
                self.while_reading(Appear(self.rows[k]), Pulse(self.image_, self.x, run_time=1.6))
                self.play(
                    Vanish(self.x, self.x_name, self.image_, self.image_name),
                    Appear(arrow, name),
                )  # fmt: skip
            if k == 0:
                self.image_name.show(self.named("A x"))
                self.play(
                    Appear(self.x, self.image_, self.rail, wedge, degrees),
                    Change(self.apart, 0.0), Dim(arrow, name), run_time=0.4,
                )  # fmt: skip
        self.play(Dim(self.arrows[0], self.names[0], to=1.0, run_time=0.3))

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
            self.while_reading(Pulse(*parts))
            self.act(count, self.values, total, labels, "A x")
        twice = self.D @ self.D
        with self.beat("power", POWER, power=f"A^{TIMES} x"):
            if len(self.hops) == 2:
                self.act(count, [twice[k, k] for k in (0, 1)], total, labels, "A^2 x")
            self.play(Appear(self.answer))
            self.while_reading(Chain(*(Pulse(*each) for each in zip(parts, tags, strict=True))))
        self.play(Vanish(*sides, *parts, total, *labels))

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
        names = [self.label(arrow, f"v_{k}") for k, arrow in enumerate(moved, start=1)]
        name = self.label(x, "x")
        goal = self.ghost(plane, self.arrow(self.matrix @ self.sum, theme.output))
        plane.leave(*self.lines)
        plane.plant(*lattice.lines, frame=lambda: plane.matrix @ self.P.array)
        plane.join(*self.lines, *moved, x, *names, name)
        back = la.inverse(self.P)
        with self.beat("to the axes", TO_AXES):
            self.play(Appear(*moved, x, *names, name), Appear(*goal))
            self.play(
                Appear(*lattice.lines, run_time=0.1),
                lattice.light_up(self.P, plane.view, run_time=1.2),
                Appear(self.p_card),
            )  # fmt: skip
            self.perform(
                plane, la.path(back),
                names={names[0]: "e_1", names[1]: "e_2", name: "P^(-1) x"}, run_time=2.6,
            )  # fmt: skip
        with self.beat("stretch", STRETCH):
            self.play(Appear(self.d_card))
            self.perform(
                plane, la.path(self.D), run_time=2.6,
                names={names[0]: self.multiple(self.values[0], "e_1", "lambda_1"),
                       names[1]: self.multiple(self.values[1], "e_2", "lambda_2"), name: "D P^(-1) x"},
            )  # fmt: skip
        with self.beat("back", BACK):
            self.perform(
                plane, la.path(self.P), run_time=2.6,
                names={names[0]: self.multiple(self.values[0], "v_1", "lambda_1"),
                       names[1]: self.multiple(self.values[1], "v_2", "lambda_2"), name: "A x"},
                colors={x: theme.output, name: theme.output},
            )  # fmt: skip
        with self.beat("remember", SUMMARY):
            self.play(Appear(self.formula))
            self.summary()

    # -- other numbers of lines ------------------------------------------------------------------

    def other_lines(self, found: la.Eigen) -> None:
        """Every line stays, or one, or none; another matrix has two."""
        theme, A = self.theme, self.matrix
        self.colors = {"x": theme.input, "v_1": theme.i}
        space = found.spaces[0] if found.spaces else None
        self.eigenvectors = found.eigenvectors  # what the name v₁ stands for
        every = space is not None and space.space.dim == 2
        x = la.vector("2 1")
        if space is not None and not every:
            (v,) = space.space.vectors
            x = v + la.matrix("0 -1; 1 0") @ v
        self.cast(x)
        B = la.matrix(OTHERS)
        self.named_maps = {"B": B}
        ink = (theme.ink,)
        self.card_, other = self.card(A, "A", colors=ink), self.card(B, "B", colors=ink)
        rows = [self.math(self.says("A v_1", space.value, "v_1"))] if space and not every else []
        if every:
            rows = [self.math(self.says("A x", space.value, "x"))]
        self.panel.set(self.heading(), Either(self.card_, other), RULE, *rows)
        plane, (wedge, degrees) = self.plane, self.opening_
        pair = [self.x, self.x_name, self.image_, self.image_name]
        self.open(self.panel.blocks[0], self.card_, *pair[:2])
        image, far = float(self.drawn) * A.array, length(x)
        spokes = [far * toward(self.begin + 10.0 * k) for k in range(-6, 19)]
        plane.look(self.fitting(plane, [*spokes, *(image @ p for p in spokes)]))
        with self.beat("ask", ASK_ALL if every else ASK):
            self.play(Appear(*pair[2:], self.rail), run_time=0.6)
            self.play(Appear(wedge, degrees), Change(self.apart, BESIDE if every else 0.0))
            self.predict(Change(self.angle, self.begin - 50.0, run_time=2.2, rate=linear),
                         ask=self.mark)  # fmt: skip
            self.play(Vanish(self.mark, run_time=0.3))
        kept: list[Any] = []
        if space is not None and not every:
            kept = self.one_line(v, space.value, rows[0])
        else:
            with self.beat("all" if every else "none", ALL if every else NONE,
                           equation=self.says("A x", space.value, "x") if every else ""):  # fmt: skip
                self.play(self.turn(self.begin + 130.0, 4.0))
                self.while_reading(*(Appear(row) for row in rows), Pulse(*pair[::2]))
        self.contrast(B, other, kept)
        with self.beat("remember", ANY_BASIS if every else NO_BASIS if kept else NO_REAL):
            self.play(self.turn(self.angle.now + 180.0, 3.0))
            self.summary()

    def one_line(self, v: la.Vector, value: Any, row: Any) -> list[Any]:
        """Stop on the line that stays, go on, and see why there is no second one."""
        plane, theme = self.plane, self.theme
        wedge, degrees = self.opening_
        line, arrow = self.line(v, theme.i), self.arrow(v, theme.i)
        name = self.label(arrow, "v_1")
        part = float(self.drawn) * float(value)
        foot = lambda: part * self.turned()  # noqa: E731
        gap = self.arrow(lambda: self.image_.vector - foot(), theme.third, tail=foot)
        plane.plant(line, arrow, name, gap)
        first = SENT if value == 0 else REVERSED if value < 0 else STAYS
        self.play(self.turn(bearing(v) + 0.0, 1.6))
        with self.beat("line", first, equation=self.says("A x", value, "x")):
            self.play(Appear(line, arrow, name, row), Vanish(degrees, wedge, run_time=0.3))
            self.while_reading(Pulse(arrow, line, run_time=1.4))
        with self.beat("no second", ONE):
            self.play(Appear(wedge, degrees), Vanish(arrow, name), run_time=0.3)
            self.play(self.turn(bearing(v) + 180.0, 4.0))
        with self.beat("gap", GAP, multiple=self.multiple(value, "x")):
            self.play(self.turn(bearing(v) + 90.0, 1.4), Vanish(wedge, degrees, run_time=0.3))
            self.play(Appear(gap))
            self.play(self.turn(bearing(v) + 40.0, 1.6))
            self.while_reading(self.turn(bearing(v) + 130.0, 2.0))
        self.play(Vanish(gap), run_time=0.3)
        return [line]

    def contrast(self, B: la.Matrix, other: Any, kept: list[Any]) -> None:
        """Another matrix has two lines."""
        plane, theme = self.plane, self.theme
        pair = self.image_, self.image_name
        P, _ = la.eigenbasis(B)
        lines = [
            self.line(v, color) for v, color in zip(P.columns, (theme.i, theme.j), strict=True)
        ]
        plane.plant(*lines)
        view, scale = plane.view, self.drawn
        with self.beat("other", OTHER):
            self.play(Vanish(*pair, *kept, *self.opening_, self.card_), run_time=0.4)
            self.drawn, self.acting.now, self.apart.now = 1, B.array, 0.0
            self.image_name.show("B x")
            self.play(Appear(*pair, other))
            for k, v in enumerate(P.columns):
                self.play(self.turn(bearing(v), 1.6))
                self.play(
                    Appear(lines[k]), Pulse(*pair[:1]), Change(self.apart, BESIDE), run_time=0.5
                )
                self.play(Change(self.apart, 0.0, run_time=0.2))
            self.say(TWO)
            self.while_reading(Pulse(*lines, run_time=1.6))
        self.play(Vanish(*pair, *lines, other), run_time=0.4)
        self.drawn, self.acting.now = scale, self.matrix.array
        self.image_name.show(self.named("A x"))
        self.play(Appear(*pair, *kept, self.card_), Look(plane, view), run_time=0.6)
