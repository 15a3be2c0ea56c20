"""Solutions of A x = b: each row is a line of inputs, and makes one coordinate of A x right."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import cos, floor, inf, log10, pi, sin
from typing import Any

from manim import DOWN, RIGHT, VGroup, rate_functions

import lamath as la
from lamath import notation
from scenes.inputs import MatrixInput, VectorInput
from scenes.stage import (
    N_,
    RULE,
    After,
    Appear,
    Chain,
    Change,
    Draw,
    Either,
    Entries,
    MatrixScene,
    Pulse,
    Value,
    Vanish,
    bezier,
)
from scenes.stage.figure import length, read
from scenes.stage.labels import Coordinates, Label
from scenes.stage.panel import PanelNumber, Row

SEARCH = N_("Look for an input $x$ whose output $A x$ is $b$.")
ASKS = N_("Row 1 says ${equation}$."), N_("Row 2 says ${equation}$.")
RIGHT_HERE = (
    N_("On this line, the first coordinate of $A x$ is right: ${value}$."),
    N_("On this line, the second coordinate of $A x$ is right: ${value}$."),
)
HOW_MANY = N_("How many $x$ will bring $A x$ to $b$?")
EMPTY = (
    N_("Row 1 of $A$ is $0$: the first coordinate of $A x$ stays $0$."),
    N_("Row 2 of $A$ is $0$: the second coordinate of $A x$ stays $0$."),
)
ASK_BOTH = N_("The rows say ${first}$ and ${second}$.")
BOTH_EMPTY = N_("Both rows of $A$ are $0$: $A x$ stays at $0$.")

ONE = N_("One crossing: only there both equations hold.")
TURN = N_("Make row 2 parallel to row 1. Watch the crossing.")
RUNS_OFF = N_("Make row 2 parallel to row 1: the crossing runs off.")
ONTO = N_("Move $b$ to $B x$.")
MET = N_("One line twice: every $x$ on it is a solution.")
UPON = N_("The lines are one: $x$ runs on, and $B x$ rests on $b$.")

FORCED = N_("Row 2 is ${c}$ times row 1: on its line, ${forced}$, never ${value}$. No solution.")
CANNOT = N_("${form}$ cannot be ${forced}$ and ${value}$ at once. No solution.")
NEVER = N_("$b$ has ${value}$ there: no $x$ makes that right. No solution.")
STAYS_IN = N_("Column ${m}$ is ${c}$ times column ${n}$: $A x$ stays in the column space $C(A)$.")
SHORTEST_0 = N_("So the gap to $b$ is always ${gap}$, never $0$: no solution.")
NEAREST = N_("On the dashed line $A x = p$, nearest to $b$: the least-squares solutions.")

SAME = N_("Row 2 is ${c}$ times row 1, and so is $b$: one line, each $x$ on it is a solution.")
AS_WELL = N_("$b$ has $0$ there too: every $x$ on the line is a solution.")
EVERYTHING = N_("$b$ is $0$ as well: every $x$ is a solution.")
SHORTEST_ONE = N_("$x_p$ is the shortest of them. Add multiples of $n$ to it.")
WHY = N_("$A n = 0$, so $A x = A x_p + t A n = b$ for every $t$.")
OUTSIDE = N_("$A x$ stays in the column space $C(A)$: no $x$ brings it to $c$.")

REMEMBER = {
    "unique": N_("They cross: one solution. Parallel: none. One line twice: infinitely many."),
    "none": N_("$b$ is not in $C(A)$: it adds an independent column, and there is no solution."),
    "infinite": N_("$b$ is in $C(A)$: no new independent column, each $x_p + t n$ is a solution."),
}
REMEMBER_0 = {
    "none": N_("$A x$ is always $0$, and $b$ is not: no solution."),
    "infinite": N_("$A x$ is always $0$, and so is $b$: every $x$ is a solution."),
}

WIDE = 0.5  # of its stage that a line has for its equation
CROSSED = 40.0  # the cost of a name's place from which on more than an axis runs through it
LONG, SHORT = 1.2, 0.6  # times the size of a picture that a step may be long
HALF = Fraction(1, 2)
DASHES = 0.3, 0.3  # of a line, so that another one shows beneath it
SMALL = 0.3  # a picture that is seen from nearer than usual
AXES = (1, 0), (0, 1)


class SolutionSet(MatrixScene):
    """The solutions of A x = b are the inputs that lie on the line of each row."""

    title = N_("How many solutions?")
    inputs = (MatrixInput("2x2", default="2 1; 1 3"), VectorInput(of="output", default="3 4"))
    stages = 2

    def construct(self) -> None:
        A, b = self.matrix, self.vector
        self.found, self.rank = la.solve(A, b), la.rank(A)
        self.best = self.found.least_squares
        self.foot = A @ self.found.least_squares
        self.is_empty = [not any(A.row(k)) for k in (0, 1)]
        self.order = sorted((0, 1), key=lambda k: self.is_empty[k])
        self.other = la.inconsistent(A, b) if self.rank == 2 else A
        self.scale_it()
        self.cast()
        self.write_panel()
        self.search()
        if self.rank:
            for k in self.order:
                self.row_of(k)
            {"unique": self.cross, "none": self.miss, "infinite": self.coincide}[self.found.kind]()
        else:
            self.no_rows()

    # -- sizes ---------------------------------------------------------------------------

    def scale_it(self) -> None:
        """Choose how far x goes: `along` the first line, and `off` it."""
        A, b, best = self.matrix, self.vector, self.best
        rows, stretch = [A.row(k) for k in (0, 1)], float(la.spectral_norm(A))
        feet = [abs(float(v)) / length(row) for v, row in zip(b, rows, strict=True) if any(row)]
        inner, outer = max([length(best), *feet]), length(b)
        outer = outer or stretch * inner or 2 * stretch or 2.0
        inner = inner or (outer / stretch if stretch else outer)
        if max(inner, outer) <= 4 * min(inner, outer):
            inner = outer = max(inner, outer)
        if min(inner, outer) > SMALL:
            inner, outer = max(inner, 2.0), max(outer, 2.0)
        self.sizes = inner, outer
        self.places = 2 if SMALL <= inner < 30 else min(max(1 - floor(log10(inner)), 0), 6)
        first, second = (rows[k] for k in self.order)
        across = la.vector([-first[1], first[0]]) if self.rank else la.vector("1 0")
        aside = {0: la.vector("0 1"), 1: first, 2: la.vector([-second[1], second[0]])}[self.rank]
        self.along, self.off = self.step(across, LONG), self.step(aside, SHORT)
        axis = 1 - self.order[0]
        if (A @ self.along)[axis] * b[axis] < 0:
            self.along = -self.along  # so that A x goes back towards the axis
        if length(best - self.along + self.off) > length(best - self.along - self.off):
            self.off = -self.off

    def step(self, way: la.Vector, share: float) -> la.Vector:
        """Give the simple multiple of a vector that fits among inputs, as its image does."""
        inner, outer = self.sizes
        ratios = (inner, length(way)), (outer, length(self.matrix @ way))
        most = share * min(size / long for size, long in ratios if long)
        tens = Fraction(10)
        powers = [k * tens**p for p, k in product(range(-9, 10), (1, 2, 5))]
        return way * max(each for each in powers if each <= most)

    # -- the cast ------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up x and A x, the lines of the rows, and b with its gap."""
        A, b, theme = self.matrix, self.vector, self.theme
        self.row_colors = theme.i, theme.j
        symbols = "x_1", "x_2"
        self.equations = [
            self.equals(notation.combination(A.row(k), symbols), b[k]) for k in (0, 1)
        ]
        self.colors = {"x": theme.input, "A x": theme.output, "B x": theme.output}
        self.colors |= dict(zip(self.equations, self.row_colors, strict=True))
        self.colors |= {
            "C(A)": theme.column_space,
            "n": theme.null_space,
            "x_p": theme.input,
            "A x = p": theme.output,
        }
        self.map, self.b = Value(A), Value(b)  # the lines are those of map x = b
        self.x = Value(self.about(0.0))
        self.bands: list[Any] = []
        near = [inf if size < SMALL else None for size in self.sizes]
        self.left = self.world(grid=False, stage=0, name=N_("inputs"), most=near[0])
        self.right = self.world(
            grid=False, stage=1, name=N_("outputs"), most=near[1], like=self.left
        )
        output = self.image(self.map, self.x)
        self.x_arrow = self.arrow(self.x, theme.input)
        self.y_arrow = self.arrow(output, theme.output)
        self.x_name, self.y_name = self.label(self.x_arrow, "x"), self.label(self.y_arrow, "A x")
        self.arrows = self.x_arrow, self.y_arrow
        self.b_dot = self.dot(self.b, theme.ink, 0.12)
        self.b_name = self.label(self.b_dot, "b")
        self.gap = self.segment(output, self.b, theme.muted, dashed=True, counts=False)
        self.in_lines = [self.row_line(self.left, k, lambda k=k: self.map.now[k]) for k in (0, 1)]
        self.out_lines = [self.row_line(self.right, k, axis) for k, axis in enumerate(AXES)]
        room = [self.about(k / 16) for k in range(17)]
        room += [self.on(k, t).array for k in (0, 1) if not self.is_empty[k] for t in (-1, HALF)]
        if self.rank == 2:
            room.append(self.on(self.order[1], 1).array)
        images = [A.array @ p for p in room] + [self.elsewhere().array]
        if self.rank == 2:
            images += [(self.other @ (self.best + self.off * k)).array for k in (-1, 0, 1)]
        for world, points in ((self.left, room), (self.right, images)):
            world.plant(self.curve(bezier.polyline(points), theme.ink))  # never seen: to fit them
        self.left.plant(*self.in_lines, self.x_arrow, self.x_name)
        self.right.plant(*self.out_lines, self.gap, self.y_arrow, self.y_name)
        self.right.plant(self.b_dot, self.b_name)
        self.in_names: list[Any] = []
        self.out_names: list[Any] = []

    def row_line(self, world: Any, k: int, normal: Any) -> Any:
        """Give the line on which a row has the value that is asked for, endless."""
        theme, is_second = self.theme, k == self.order[1]

        def points() -> Any:
            return bezier.level(read(normal), float(self.b.now[k]), 2.4 * world.view.reach)

        line = self.curve(points, self.row_colors[k], counts=False, width=0.75 * theme.bold)
        line.is_line = True
        if is_second and world is self.left and self.found.kind == "infinite":
            line.dash = DASHES
        return line

    def about(self, s: float) -> Any:
        """Give where x is as it searches: round the best input, in the end beside the line."""
        turn = -1.7 * pi * (1 - s)
        best, along, off = (v.array for v in (self.best, self.along, self.off))
        first, second = 0.5 * off - 0.65 * along, 0.2 * along + 0.4 * off
        return best - 0.35 * along + cos(turn) * first + sin(turn) * second

    def on(self, k: int, t: Any) -> la.Vector:
        """Give a point of the line of row k: so much along it from the solution or the foot."""
        row, way = self.matrix.row(k), self.along
        if self.rank == 2 and k != self.order[0]:
            way = self.off
        foot = self.best + row * ((self.vector[k] - row @ self.best) / (row @ row))
        return foot + way * t

    def elsewhere(self) -> la.Vector:
        """Give an output off the column space, where that isn't all of the plane."""
        far = la.unreachable(self.matrix, self.best)
        if far is None or self.found.kind != "infinite":
            return self.foot
        away = far.vector - far.foot
        away = away * Fraction(0.4 * self.sizes[1] / length(away)).limit_denominator(10)
        return self.foot + away

    def write_panel(self) -> None:
        """Set up the system as matrices, where x and A x are, and the ranks."""
        A, b, theme, found = self.matrix, self.vector, self.theme, self.found
        self.card_A = self.in_rows(self.card(A, "", room=Entries.room(A, self.other)))
        self.column = la.matrix([list(b)]).T
        self.reached = la.matrix([list(self.other @ self.best)]).T  # B x, where b will be moved
        room = Entries.room(self.column, self.reached)
        self.card_b = self.in_rows(self.card(self.column, "", room=room))
        parts = self.card_A, self.math("x"), self.math("="), self.card_b
        self.system = VGroup(*parts).arrange(RIGHT, buff=0.5 * theme.math)
        self.names = [self.math(name) for name in ("A x = b", "B x = b")]
        self.at = []
        for name, M in (("A x", A), ("B x", self.other)):
            output = self.image(self.map, self.shown)
            lines = (
                ("x", self.shown, self.best, theme.input),
                (name, output, M @ self.best, theme.output),
            )
            rows = (
                Row(self.math(what), self.digits(value, end, color), theme)
                for what, value, end, color in lines
            )
            self.at.append(VGroup(*rows))
        ranks = ("A", found.rank_A), ("[A | b]", found.rank_Ab)
        self.ranks = self.stacked(*(f'op("rank") {name} = {rank}' for name, rank in ranks))
        terms = [self.best, *found.homogeneous.vectors[:1]]
        start, *ways = map(coordinates, terms)
        general = f"x = {start}", *(f"+ t {way}" for way in ways)
        is_low = self.layout.panel_columns > 1
        self.general = self.math(" ".join(general)) if is_low else self.stacked(*general)
        self.panel.set(
            self.heading(), Either(*self.names), self.system, RULE, Either(*self.at), RULE,
            *([self.general] if found.kind == "infinite" and self.rank else []),
            *([] if found.kind == "unique" else [self.ranks]),
        )  # fmt: skip

    def digits(self, value: Any, end: la.Vector, color: str) -> PanelNumber:
        """Give coordinates that run in the panel, exact where they end."""
        number = Digits(value, [end], decimals=self.places)
        number.largest = max(self.sizes)
        return PanelNumber(number, size=0.8 * self.theme.math, color=color)

    def shown(self) -> Any:
        """Give x as it is written: rounded, but on a line so that its equation holds."""
        x, best, unit = self.x.now, self.best.array, 10.0**-self.places
        if abs(x - best).max() < 1e-9 * self.sizes[0]:
            return best
        near = (x / unit).round() * unit
        for k, level in product((0, 1), (self.vector, self.foot)):
            row, value = self.matrix.row(k).array, float(level[k])
            if not row.any() or abs(row @ x - value) > 1e-9 * length(row) * self.sizes[0]:
                continue
            j = int(row[1] != 0 and (row[0] == 0 or abs(row[1]) < abs(row[0])))
            tries = [near.copy() for _ in range(41)]
            for n, each in enumerate(tries):  # 0, 1, -1, 2, -2 … units beside it
                each[1 - j] += unit * ((n + 1) // 2) * (-1) ** n
                each[j] = (value - row[1 - j] * each[1 - j]) / row[j]
            written = (t for t in tries if abs(t / unit - (t / unit).round()).max() < 1e-6)
            return next(written, tries[0])
        return near

    def stacked(self, *sources: str) -> Any:
        """Set mathematics in lines."""
        return VGroup(*map(self.math, sources)).arrange(DOWN, buff=0.5 * self.theme.math)

    def in_rows(self, card: Any) -> Any:
        """Give the rows of a card the colors of their lines."""
        for row, color in zip(card.rows, self.row_colors, strict=True):
            for entry in row:
                entry.set_color(color)
        return card

    # -- the story -----------------------------------------------------------------------

    def search(self) -> None:
        """Let x run about, and A x miss b."""
        self.open(
            self.panel.blocks[0], self.names[0], self.system, self.x_arrow, self.x_name,
            self.y_arrow, self.y_name, self.b_dot, self.b_name,
        )  # fmt: skip
        with self.beat("search", SEARCH):
            self.play(Appear(self.gap), Change(self.x, along=self.about, run_time=3.4))

    def row_of(self, k: int) -> None:
        """Let x go onto the line of a row, and along it; of 0 there is none."""
        with self.beat(f"row {k + 1}", ASKS[k], equation=self.equations[k]):
            first, lit = self.order[0], self.lit(k)
            is_first = k == first
            if not is_first:
                self.play(*lit, self.go(first, -1, 1.8))
                self.guess(Chain(self.go(first, -HALF, 1.2), self.go(first, -1, 1.2)))
                lit = ()
            if self.is_empty[k]:
                self.say(EMPTY[k])
                self.play(Draw(self.out_lines[k], run_time=1.2))
                self.name_value(k)
                self.while_reading(self.roaming(self.on(first, -1)))
                return
            near, far = (HALF, 1) if self.rank == 2 and not is_first else (-HALF, -1)
            line = Draw(self.in_lines[k], run_time=1.2)
            self.play(*lit, self.go(k, far, 1.6), After(0.8, line))
            if is_first or self.found.kind != "infinite":
                self.name(k)
            self.say(RIGHT_HERE[k], value=self.exactly(self.vector[k]))
            self.play(Draw(self.out_lines[k], run_time=1.2), Appear(self.at[0]))
            self.name_value(k)
            self.while_reading(self.go(k, near, 1.8))

    def go(self, k: int, t: Any, run_time: float) -> Change:
        """Let x go to a point of the line of row k."""
        return Change(self.x, self.on(k, t), run_time=run_time)

    def lit(self, k: int) -> tuple[Any, ...]:
        """Give the motions that light up a row of the system."""
        band = self.card_A.band(row=k, color=self.row_colors[k])
        band.area = "panel"
        self.bands.append(band)
        return Appear(band), Pulse(self.card_A.row(k), self.card_b.row(k))

    def name(self, k: int) -> None:
        """Write its equation at a line of inputs, where there is room for it."""
        equation = self.equations[k]
        if self.math(equation, size=self.theme.label).width > WIDE * self.left.view.rect.width:
            return
        ways = [self.best, self.best * 0, self.on(self.order[0], -1)]
        if not self.is_empty[self.order[1]]:
            ways.append(self.on(self.order[1], 1 if self.rank == 2 else HALF))
        for far_from in (ways, ()):
            name = self.name_line(self.left, self.in_lines[k], equation, far_from)
            self.left.seat(name)
            lies_free = self.left.crowd(besides=[name]).cost(name.box) < CROSSED
            if lies_free and name.distance < Label.FARTHEST:
                self.in_names.append(name)
                self.play(Appear(name), run_time=0.4)
                return

    def name_value(self, k: int) -> None:
        """Write at a line of outputs what one coordinate is there."""
        if not self.vector[k]:
            return  # it is an axis
        value = self.exactly(self.vector[k])
        self.out_names.append(self.name_line(self.right, self.out_lines[k], value))
        self.play(Appear(self.out_names[-1]), run_time=0.4)

    def guess(self, motion: Any) -> None:
        """Ask how many solutions there are."""
        mark = self.question_mark(self.b_dot)
        self.right.plant(mark)
        self.say(HOW_MANY)
        self.predict(motion, ask=mark)
        self.play(Vanish(mark, run_time=0.3))

    def back_and_forth(self, s: float) -> Any:
        """Give where x is as it goes back on its way, and returns."""
        return self.about(1 - 4 * s * (1 - s))

    def depend(self, M: la.Matrix, message: str, *way: Any) -> None:
        """Say what row 1 forces upon row 2, a multiple of it."""
        b, c = self.vector, ratio(M.row(1), M.row(0))
        form, forced = notation.combination(M.row(1), ("x_1", "x_2")), self.exactly(c * b[0])
        equation, value = self.equals(form, c * b[0]), self.exactly(b[1])
        if message == FORCED and c == 1:
            self.say(CANNOT, form=form, forced=forced, value=value)
        else:
            self.say(message, c=self.exactly(c), forced=equation, value=value)
        self.play(Pulse(self.card_A.row(0), self.card_A.row(1)))
        self.while_reading(Chain(*(self.go(0, t, 1.4) for t in way)))

    def no_rows(self) -> None:
        """Both rows are 0."""
        first, second = self.equations
        with self.beat("guess"):
            self.guess(Change(self.x, along=self.back_and_forth, run_time=3.2))
        with self.beat("rows", ASK_BOTH, first=first, second=second):
            for k in (0, 1):
                self.play(*self.lit(k))
                self.play(Draw(self.out_lines[k]))
            self.say(BOTH_EMPTY)
            self.while_reading(Change(self.x, along=self.back_and_forth, run_time=3.0))
        kind = self.found.kind
        size = self.gap_size()
        with self.beat("all", SHORTEST_0 if kind == "none" else EVERYTHING, gap=size.given):
            shown = [Appear(size)] if kind == "none" else []
            self.while_reading(*shown, Change(self.x, along=self.back_and_forth, run_time=3.0))
        with self.beat("remember", REMEMBER_0[kind]):
            self.play(Appear(self.ranks))
            self.summary()

    def gap_size(self) -> Label:
        """Give the length of the gap at its shortest, to stand on it."""
        shortest = self.exactly(self.found.residual)
        size = self.label(self.gap, shortest, on=0.5, color=self.theme.ink)
        self.right.plant(size)
        return size

    def roaming(self, start: la.Vector) -> Change:
        """Let x run about, to and fro off the line, and end at the best input."""
        first, best, away = (v.array for v in (start, self.best, self.off))

        def along(s: float) -> Any:
            return (1 - s) * first + s * best + sin(2 * pi * s) * sin(pi * s) * away

        return Change(self.x, along=along, run_time=3.0)

    def stay(self, message: str, *gone: Any) -> None:
        """Say why A x stays in a line, the column space, and draw it."""
        columns = self.matrix.columns
        n = 0 if any(columns[0]) else 1
        c = self.exactly(ratio(columns[1 - n], columns[n]))
        self.say(message, m=str(2 - n), n=str(n + 1), c=c)
        if self.left.view.unit == self.right.view.unit:  # it is noted there
            gone += tuple(self.right.ground.notes())
        start = self.go(self.order[0], -HALF, 1.2)
        line = self.line(next(filter(any, columns)), self.theme.column_space)
        self.right.plant(line)
        self.play(Draw(line, run_time=1.2), Vanish(*gone, *self.out_names), start)
        self.play(Appear(self.name_line(self.right, line, "C(A)")), run_time=0.4)
        self.while_reading(self.roaming(self.on(self.order[0], -HALF)))

    # -- one solution --------------------------------------------------------------------

    def cross(self) -> None:
        """One solution; without it where the lines are parallel."""
        A, B, b = self.matrix, self.other, self.vector
        with self.beat("one", ONE):
            self.play(Change(self.x, self.best, run_time=1.6))
            self.while_reading(Chain(Pulse(*self.in_lines), Pulse(*self.arrows)))
        hidden = [
            *self.in_names, *self.out_names, *self.out_lines, *self.bands,
            self.y_name, self.at[0], self.names[0],
        ]  # fmt: skip
        crossing = self.ring(self.crossing)
        self.left.plant(crossing)
        apart = la.solve(B, b).kind == "none"
        form = notation.combination(B.row(1), ("x_1", "x_2"))
        shown = [self.y_name, self.names[1], self.at[1]]
        with self.beat("turn", RUNS_OFF if apart else TURN):
            self.play(Vanish(*hidden), Appear(crossing), run_time=0.5)
            self.play(
                Change(
                    self.map, B, run_time=3.6, rate=rate_functions.ease_out_sine
                ),  # the crossing is seen to run
                Entries(self.card_A, self.map, A, B, run_time=3.6),
            )
            self.y_name.show("B x")
            self.play(Vanish(crossing), Appear(*shown), run_time=0.5)
            if apart:
                self.in_names, self.equations[1] = [], self.equals(form, b[1])
                for k in (0, 1):
                    self.name(k)
                self.depend(B, FORCED, -HALF, 0)
            else:
                self.say(UPON)
                self.while_reading(self.run_along())
        if apart:
            with self.beat("onto", ONTO):
                self.in_lines[1].dash = DASHES
                self.play(Vanish(*self.in_names), run_time=0.3)
                self.move_b(self.column, self.reached)
                self.say(MET)
                self.while_reading(self.run_along())
        with self.beat("remember", REMEMBER["unique"]):
            self.in_lines[1].dash = ()
            self.play(Vanish(*shown, run_time=0.3))
            back = Change(self.map, A, run_time=1.8), Entries(self.card_A, self.map, A, B)
            self.move_b(self.reached, self.column, *back)
            self.y_name.show("A x")
            self.play(Appear(*hidden))
            self.summary()

    def crossing(self) -> Any:
        """Give where the lines cross now, far away where they don't."""
        (p, q), (r, s) = self.map.now
        size, (b1, b2) = p * s - q * r, self.b.now
        if abs(size) < 1e-9 * abs(float(la.det(self.matrix))):
            return self.best.array if not any(self.vector) else 1e3 * self.along.array
        return la.vector([(s * b1 - q * b2) / size, (p * b2 - r * b1) / size]).array

    def run_along(self) -> Chain:
        """Let x run along the first line, and come back."""
        ends = self.best - self.along, self.best
        return Chain(*(Change(self.x, end, run_time=1.2) for end in ends))

    def move_b(self, start: la.Matrix, end: la.Matrix, *motions: Any) -> None:
        """Let b move, in the plane and in the system."""
        column = Entries(self.card_b, lambda: self.b.now.reshape(2, 1), start, end, run_time=1.8)
        self.play(*motions, Change(self.b, end.columns[0], run_time=1.8), column, run_time=1.8)

    # -- none ----------------------------------------------------------------------------

    def miss(self) -> None:
        """No solution: b is off the column space."""
        A, theme, first, k = self.matrix, self.theme, *self.order
        empty, size = self.is_empty[k], self.gap_size()
        with self.beat("none"):
            if empty:
                self.say(NEVER, value=self.exactly(self.vector[k]))
                self.while_reading(Pulse(self.out_lines[k], self.b_dot))
            else:
                self.depend(A, FORCED, HALF, -HALF)
        space = self.image(A, self.off)
        square = self.right_angle(space, self.vector - self.foot, theme.muted, at=self.foot)
        near = self.line(self.along, theme.input, through=self.best, dashed=True)
        self.left.plant(near)
        self.right.plant(square)
        with self.beat("off"):
            self.stay(STAYS_IN, *(self.out_lines[j] for j in self.order[: 1 + empty]))
        with self.beat("nearest", NEAREST):
            gone = [self.in_lines[first], *self.in_names] if empty else []
            self.play(Vanish(self.y_name, *gone), run_time=0.3)
            self.y_name.show("A x = p")
            self.play(Draw(near, run_time=1.0), Appear(self.y_name, size, square, run_time=0.5))
            ends = (self.best + self.along * t for t in (HALF, -HALF))
            self.while_reading(Chain(*(Change(self.x, end, run_time=2.2) for end in ends)))
        with self.beat("remember", REMEMBER["none"]):
            self.play(Appear(self.ranks))
            self.summary()

    # -- infinitely many -------------------------------------------------------------------

    def coincide(self) -> None:
        """Infinitely many solutions: b is in the column space."""
        theme, k = self.theme, self.order[0]
        empty = self.is_empty[self.order[1]]
        with self.beat("all"):
            if empty:
                self.say(AS_WELL)
                self.while_reading(Chain(self.go(k, -1, 1.4), self.go(k, HALF, 2.2)))
            else:
                self.depend(self.matrix, SAME, HALF, -HALF)
        start = self.arrow(self.best, theme.input)
        shift = self.arrow(lambda: self.x.now - self.best.array, theme.null_space, tail=self.best)
        names = [self.label(start, "x_p"), self.label(shift, "t n", on=0.5)]
        self.left.plant(start, shift, *names)
        with self.beat("why", SHORTEST_ONE):
            self.play(Change(self.x, self.best, run_time=1.2), Vanish(*self.bands, *self.in_names))
            self.play(Appear(start, names[0]), Vanish(self.x_name, run_time=0.2))
            self.play(Appear(shift), run_time=0.1)
            self.while_reading(self.go(k, -1, 1.8))
            self.play(Appear(names[1], self.x_name), run_time=0.3)
            self.say(WHY)
            self.play(Appear(self.general), Vanish(*names, run_time=0.3))
            self.while_reading(Chain(self.go(k, HALF, 1.4), self.go(k, -HALF, 1.4)))
            self.play(Appear(*names), run_time=0.3)
        c = self.dot(self.elsewhere(), theme.ink)
        c_name = self.label(c, "c")
        self.right.plant(c, c_name)
        with self.beat("away"):
            self.play(Appear(c, c_name), Vanish(start, shift, *names))
            self.stay(OUTSIDE, *self.out_lines)
            self.play(self.go(k, -1, 1.2))
        with self.beat("remember", REMEMBER["infinite"]):
            self.play(Appear(start, shift, *names, *self.in_names, self.ranks))
            self.summary()


def coordinates(v: la.Vector) -> str:
    """Write a vector as coordinates."""
    return f"({notation.typst(tuple(v))})"


def ratio(one: la.Vector, other: la.Vector) -> Any:
    """Give c where `one` is c times `other`."""
    return next(a / b for a, b in zip(one, other, strict=True) if b)


class Digits(Coordinates):
    """Coordinates that stay digits where they rest, except where they are to land."""

    def source(self, at_rest: bool) -> tuple[str, bool]:
        """Give the text now, and whether it is Typst source."""
        return super().source(at_rest=False)
