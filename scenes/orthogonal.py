"""Orthogonal matrices: which matrix keeps a triangle, and how its columns tell."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from manim import DOWN, VGroup

import lamath as la
from lamath import notation
from scenes.inputs import MatrixInput, VectorInput
from scenes.stage import (
    N_,
    RULE,
    After,
    Appear,
    Chain,
    Dim,
    Draw,
    Either,
    Fly,
    Look,
    MatrixScene,
    Pulse,
    Recolor,
    Vanish,
)
from scenes.stage.bezier import circle, polygon
from scenes.stage.figure import bearing, length
from scenes.stage.labels import Running
from scenes.stage.motion import Motion
from scenes.stage.shapes import Place
from scenes.stage.view import View

WATCH = N_("${other}$ moves the plane. Watch the corner, and the hypotenuse $x$.")
WATCH_OVER = N_("${other}$ also turns the plane over. Watch the corner, and the hypotenuse $x$.")
SLANTED = N_("The corner has ${angle}$ now, ${other} x$ length ${changed}$: another triangle.")
SCALED = N_("The angles are kept, but every side is now ${factor}$ times as long.")
WARPED = N_("The corner still has 90°, but ${other} x$ length ${changed}$: another triangle.")
FLAT = N_("No triangle is left: ${other}$ flattens it.")
ASK = N_("The columns of $Q$ have length 1, too. Will $Q$ keep the triangle?")
ASK_ANY = N_("Now take $Q$. Look at its columns: will it keep the triangle?")
ASK_OVER = N_("$Q$ turns the plane over. Look at its columns: will it keep the triangle?")
KEPT = N_("Yes: its legs, ${first}$ and ${second}$, are at 90°, as long as before. So is $Q x$.")
KEPT_OVER = N_("Yes, turned over: its legs ${first}$, ${second}$ are at 90°, as long as before.")
PRODUCTS = N_("Dot products of the columns: 1 for each length, 0 for the right angle.")
FAILS = N_("${other}$ fails: ${product}$. Only if $Q^T Q = I$ is $Q$ called orthogonal.")
ALMOST = N_("${other}$ fails: ${product}$. $Q^T Q$ is nearly $I$: $Q$ is nearly orthogonal.")
BACK = N_("And the way back? See the shadows of $Q x$ on $q_1$ and $q_2$.")
ROWS = N_("${first}$ and ${second}$: the entries of $x$. $Q^T$ computes them, row by row.")
SUMMARY = N_("Perpendicular columns of length 1: $Q$ keeps every shape, and $Q^T$ undoes it.")

I_HAT, J_HAT = "hat(dotless.i)", "hat(dotless.j)"
TURN, LEANING = "3/5 -4/5; 4/5 3/5", "1 3/5; 0 4/5"
USUAL = "3 1"
ROUNDED = 2e-3  # how far AᵀA may be off I where only rounded entries explain it
FAINT = 0.2  # how long the longer leg must be to be seen
THIN = 9  # how many times as long as the other a leg may be
LARGE, SMALL = 8.0, 0.15  # what A may do to lengths, and its columns can still be seen
LONG = 4  # signs of a number that are too many to stand in a picture
WORDY = 9  # signs that are too many in a table
WIDE, NARROW = 4.0, 3.4  # stage units: what a panel, and half of one, has room for


class Part(NamedTuple):
    """What belongs to one of the two matrices."""

    matrix: la.Matrix
    letter: str
    columns: list[Any]  # both columns and their names
    circle: list[Any]  # the unit circle, if they reach it
    card: Any
    table: Any
    unknown: list[list[Any]]

    @property
    def names(self) -> list[str]:
        """What its columns are called."""
        return [f"{self.letter.lower()}_{k}" for k in (1, 2)]


class OrthogonalKeepsShape(MatrixScene):
    """Perpendicular columns of length 1 keep every shape, and the transpose undoes them."""

    title = N_("Orthogonal matrices")
    inputs = (
        MatrixInput("2x2", default="3/5 -4/5; 4/5 3/5"),
        VectorInput(of="input", default="3 1"),
    )

    def construct(self) -> None:
        self.choose()
        self.cast()
        self.write_panel()
        self.bend()
        self.keep()
        self.multiply()
        self.come_back()

    def choose(self) -> None:
        """Find an orthogonal matrix and one that is not: one of them is given."""
        A, theme = self.matrix, self.theme
        gram, one = A.T @ A, la.identity(2)
        self.is_exact = bool(gram == one)
        nearly = float(la.spectral_norm(gram - one)) < ROUNDED
        short, long = sorted(abs(float(entry)) for entry in self.vector)
        makes_one = long >= FAINT and THIN * short >= long
        self.x = self.vector if makes_one else la.vector(USUAL)
        is_given = self.is_exact or nearly
        Q, other = (A, la.matrix(LEANING)) if is_given else (la.matrix(TURN), A)
        self.is_exact = self.is_exact or not is_given
        letter = "K" if is_given else "A"
        self.colors = {"x": theme.input, I_HAT: theme.i, J_HAT: theme.j}
        for each in ("Q", letter):
            self.colors |= {f"{each.lower()}_1": theme.i, f"{each.lower()}_2": theme.j}
            self.colors |= {f"{each} x": theme.output}
        self.good, self.bad = self.part(Q, "Q"), self.part(other, letter)
        self.parts = [self.bad, self.good]
        self.named_maps: dict[str, Any] = {"x": self.x}  # what names stand for
        for part in self.parts:
            self.named_maps |= {part.letter: part.matrix}
            self.named_maps |= dict(zip(part.names, part.matrix.columns, strict=True))

    # -- the cast ------------------------------------------------------------------------

    def part(self, matrix: la.Matrix, letter: str) -> Part:
        """Set up what shows one matrix: its columns, its card, and the products of its columns."""
        theme = self.theme
        columns: list[Any] = []
        if SMALL < float(la.spectral_norm(matrix)) < LARGE:
            arrows = [
                self.arrow(*each) for each in zip(matrix.columns, theme.columns, strict=False)
            ]
            names = [self.label(a, f"{letter.lower()}_{k}") for k, a in enumerate(arrows, 1)]
            columns = [*arrows, *names]
        self.is_low = self.aspect == "1:1"  # a low stage has no room below, nor has its panel
        around = [] if self.is_low else [self.unit_circle(theme.ghost, width=theme.line)]
        gram = matrix.T @ matrix
        if max(len(notation.plain(entry)) for row in gram.rows for entry in row) > WORDY:
            gram = la.matrix(gram.array)
        table = self.card(gram, f"{letter}^T {letter}", colors=(theme.ink,))
        return Part(
            matrix, letter, columns, around if letter != "A" else [],
            self.card(matrix, letter), table, self.unknowns(table),
        )  # fmt: skip

    def cast(self) -> None:
        """Set up the triangle whose legs are the steps of x."""
        theme, x = self.theme, self.x
        steps = [c * entry for c, entry in zip(la.identity(2).columns, x, strict=True)]
        first, second = steps
        self.steps = steps
        self.legs = [
            self.segment(start, end, color, width=theme.bold)
            for start, end, color in (((0, 0), first, theme.i), (first, x, theme.j))
        ]
        self.leg_names = [
            self.label(leg, self.step_of(k, hat), on=0.7 if k == 0 else 0.5)
            for k, (leg, hat) in enumerate(zip(self.legs, (I_HAT, J_HAT), strict=True))
        ]
        self.side = self.arrow(x, theme.input)
        self.name = self.label(self.side, "x")
        self.first_names = {self.name: "x"} | {
            label: self.step_of(k, hat)
            for k, (label, hat) in enumerate(zip(self.leg_names, (I_HAT, J_HAT), strict=True))
        }
        self.area = self.region(polygon([(0, 0), first, x]), opacity=0.0)
        paths = [la.path(part.matrix) for part in self.parts]
        self.plane = plane = self.world(
            self.area, *self.legs, *self.leg_names, self.side, self.name, through=paths
        )

        def now(vector: la.Vector) -> Any:
            return plane.matrix @ vector.array

        ends = [self.brief(la.norm(v)) for v in (x, *(p.matrix @ x for p in self.parts))]
        running = self.running(lambda: length(now(x)), *ends)
        self.size = self.label(self.side, running, on=0.6, color=theme.ink)
        plane.join(self.size)

        def opened() -> float:
            return bearing(now(second)[:2], -now(first)[:2])

        def spot() -> Any:
            return now(first)[:2]

        wedge = self.wedge(
            lambda: math.radians(bearing(-spot())), lambda: math.radians(opened()), theme.ink,
            radius=0.45, at=spot,
        )  # fmt: skip
        at: Any = Place(spot, color=theme.ink)
        degrees = Running(lambda: abs(opened()), [90], unit="°", decimals=0)
        degrees_label = self.label(at, degrees)
        self.corner: list[Any] = [wedge, degrees_label]
        plane.plant(wedge, at, degrees_label)
        for part in self.parts:
            plane.plant(*part.circle, *part.columns)
        self.right = [self.right_angle(self.good.matrix.columns[0], self.good.matrix.columns[1])]
        plane.plant(*self.right)
        self.between: list[Any] = []
        if self.bad.columns and la.rank(self.bad.matrix) == 2:
            self.between = [*self.opening(*self.bad.columns[:2], radius=0.55)]
            plane.plant(*self.between)
        self.moving = [
            self.area, *self.legs, *self.leg_names, self.side, self.name, self.size, *self.corner,
        ]  # fmt: skip

    def brief(self, value: Any) -> Any:
        """Give a number that stands in a picture: measured, if it is long when exact."""
        return float(value) if len(notation.plain(value)) > LONG else value

    def step_of(self, k: int, name: str) -> str:
        """Write one of the two steps of x along something of that name."""
        if len(notation.plain(self.x[k])) > LONG:
            return f"x_{k + 1} {name}"
        return notation.combination((self.x[k],), (name,))

    def write_panel(self) -> None:
        """Set up what the panel will say."""
        good, bad, theme = self.good, self.bad, self.theme
        wanted = [(good, 0, 0), (good, 1, 1), (good, 0, 1), (bad, *self.failing())]
        self.lines = {(part.letter, i, j): self.product_line(part, i, j) for part, i, j in wanted}
        self.identity = self.math("Q^T Q = I" if self.is_exact else "Q^T Q approx I")
        self.transposed = self.card(good.matrix.T, "Q^T", colors=(theme.ink,))
        for row, color in zip(self.transposed.rows, theme.columns, strict=False):
            for entry in row:
                entry.set_color(color)  # its rows are the columns of Q
        pair = Either(good.table, self.transposed.move_to(good.table))
        said = Either(*self.lines.values(), self.identity)
        blocks = [bad.card, bad.table, RULE, good.card, pair, said]
        if self.is_low:
            blocks = [bad.card, said, RULE, good.card, pair]
        self.panel.set(self.heading(), *blocks)

    def product_line(self, part: Part, i: int, j: int) -> VGroup:
        """Write the dot product of two columns as a sum, if there is room for it."""
        one, two = part.matrix.columns[i], part.matrix.columns[j]
        name, value = f"{part.names[i]} dot {part.names[j]}", self.equals("", la.inner(one, two))
        first, second = (a * b for a, b in zip(one, two, strict=True))
        sign = "-" if second < 0 else "+"
        total = f"= {notation.typst(first)} {sign} {notation.typst(abs(second))} {value}"
        wide = WIDE if self.aspect == "16:9" else NARROW
        for share in (0.85, 0.7):
            for texts in ([f"{name} {total}"], [name, total]):
                lines = VGroup(*(self.math(t, size=share * self.theme.math) for t in texts))
                if lines.arrange(DOWN, buff=0.06 if self.is_low else 0.2).width <= wide:
                    return lines
        return VGroup(self.math(f"{name} {value}"))

    def failing(self) -> tuple[int, int]:
        """Give the product of columns that is not as it should be."""
        gram = self.bad.matrix.T @ self.bad.matrix
        if gram[0, 1] != 0:
            return 0, 1
        return (0, 0) if gram[0, 0] != 1 else (1, 1)

    # -- one that doesn't keep the triangle, one that does --------------------------------------

    def carry(self, part: Part) -> None:
        """Let a matrix move the plane."""
        path, theme = la.path(part.matrix), self.theme
        one, two = part.names
        hidden = [*self.corner, self.size] if path.folds else []
        rank = la.rank(part.matrix)
        if rank < 2:
            hidden += self.corner if rank else [*self.corner, *self.leg_names]
        if hidden:
            self.play(Vanish(*hidden, run_time=0.3))
        self.perform(
            self.plane, path, run_time=2.6 if len(path.parts) == 1 else 1.2,
            names={
                self.name: f"{part.letter} x",
                self.leg_names[0]: self.step_of(0, one), self.leg_names[1]: self.step_of(1, two),
            },
            colors={self.side: theme.output, self.name: theme.output},
        )  # fmt: skip
        if path.folds:
            back = self.corner if la.rank(part.matrix) == 2 else []
            self.play(Appear(self.size, *back, run_time=0.4))

    def bend(self) -> None:
        """Draw the triangle, and let a matrix spoil it."""
        bad, plane = self.bad, self.plane
        self.open(self.panel.blocks[0], bad.card)
        with self.beat(
            "bend", WATCH_OVER if la.path(bad.matrix).folds else WATCH, other=bad.letter
        ):
            for leg, name in zip(self.legs, self.leg_names, strict=True):
                self.play(Draw(leg), Appear(name), run_time=0.45)
            self.play(
                Appear(self.side, self.name, self.area, self.size, *self.corner), run_time=0.5
            )
            is_tiny = float(la.spectral_norm(bad.matrix)) < SMALL  # then it is seen from near
            self.ghosts = [] if is_tiny else self.ghost(plane, self.area)
            self.home = plane.view
            self.carry(bad)
            if bad.columns:
                self.play(Appear(*bad.circle, *bad.columns, run_time=0.6))
            self.say(self.verdict(), **self.values())
            seen = [each for each in (*self.corner, self.size) if getattr(each, "presence", 0)]
            self.while_reading(Chain(Pulse(*seen), Pulse(self.side, self.area)))

    def verdict(self) -> str:
        """Choose what is to be said of what has become of the triangle."""
        gram = self.bad.matrix.T @ self.bad.matrix
        if la.rank(self.bad.matrix) < 2:
            return FLAT
        if gram[0, 1] != 0:
            return SLANTED
        return SCALED if gram[0, 0] == gram[1, 1] else WARPED

    def values(self) -> dict[str, str]:
        """Give the numbers of the verdict."""
        M = self.bad.matrix
        first, second = (M @ step for step in self.steps)
        angle = math.radians(abs(bearing(second, -first)))
        written = notation.degrees(angle, sign=True, style="typst")
        return {
            "other": self.bad.letter,
            "changed": self.exactly(self.brief(la.norm(M @ self.x))),
            "angle": f"{written.removeprefix('= ')} degree",
            "factor": self.exactly(self.brief(la.norm(M.columns[0]))),
        }

    def keep(self) -> None:
        """Ask whether the other matrix keeps the triangle, and see that it does."""
        good, bad, plane, theme = self.good, self.bad, self.plane, self.theme
        path = la.path(good.matrix)
        middle = Place(self.x.array * 0.3, color=theme.ink)
        mark = self.question_mark(middle)
        plane.plant(middle, mark)
        figure = [step.array for step in (*self.steps, self.x)]
        reached = [path(t) for t in (0, 0.25, 0.5, 0.75, 1)]
        points = [M @ point for M in reached if len(M) == 2 for point in figure]
        near = self.fitting(plane, [*points, *([] if self.is_low else circle())])
        view = near if near.unit > 1.2 * self.home.unit else self.home
        message = ASK_OVER if path.folds else ASK if bad.letter == "K" else ASK_ANY
        with self.beat("ask", message):
            gone = [*bad.circle, *bad.columns]
            if len(plane.trail) == 1 and not plane.trail[0].path.folds:
                self.return_to_start(Vanish(*gone, run_time=0.4), view=view)
            else:
                self.play(Vanish(*gone, *self.moving, run_time=0.3))
                plane.matrix = la.identity(2).array
                plane.trail.clear()
                for label, name in self.first_names.items():
                    label.show(name)
                recolor = [Recolor(each, theme.input) for each in (self.side, self.name)]
                self.play(Look(plane, view), *recolor, run_time=0.5)
                self.play(Appear(*self.moving, run_time=0.3))
            if la.rank(bad.matrix) < 2:
                self.play(Appear(*self.corner, run_time=0.3))
            self.play(Appear(good.card, *good.circle, *good.columns))
            self.predict(
                Chain(Pulse(good.columns[0], good.columns[2], good.card.column(0)),
                      Pulse(good.columns[1], good.columns[3], good.card.column(1))),
                ask=mark,
            )  # fmt: skip
            self.play(Vanish(mark, run_time=0.3))
            self.carry(good)
            first, second = (self.step_of(k, name) for k, name in enumerate(good.names))
            self.say(KEPT_OVER if path.folds else KEPT, first=first, second=second)
            legs = [
                Pulse(self.legs[k], self.leg_names[k], good.columns[k], good.columns[2 + k])
                for k in (0, 1)
            ]
            self.while_reading(
                Chain(*legs, Appear(*self.right, run_time=0.4), Pulse(*self.right, *self.corner),
                      Pulse(self.size, self.side)),
            )  # fmt: skip

    def multiply(self) -> None:
        """Multiply the columns with each other: three numbers decide."""
        good, bad = self.good, self.bad
        i, j = self.failing()
        with self.beat("products", PRODUCTS):
            table = good.table
            self.play(
                Appear(table.brackets, table.heading, *(m for row in good.unknown for m in row))
            )
            before: list[Any] = []
            for r, c in ((0, 0), (1, 1), (0, 1)):
                before = self.fill(good, r, c, before)
        product = self.equals(
            f"{bad.names[i]} dot {bad.names[j]}",
            la.inner(bad.matrix.columns[i], bad.matrix.columns[j]),
        )
        with self.beat(
            "fails", FAILS if self.is_exact else ALMOST, other=bad.letter, product=product
        ):
            failing = {(i, j), (j, i)}
            table, entries = bad.table, [(r, c) for r in (0, 1) for c in (0, 1)]
            known = [table.entry(*place) for place in entries if place not in failing]
            known += [bad.unknown[r][c] for r, c in failing]
            come = [] if self.is_low else [Appear(table.brackets, table.heading, *known)]
            self.play(*come, *self.show_columns(bad), Vanish(*before, run_time=0.3))
            line = self.fill(bad, i, j, [])
            lit = [] if self.is_low else [table.entry(*place) for place in failing]
            self.play(Pulse(*lit), Vanish(*line, run_time=0.3), After(0.3, Appear(self.identity)))
            self.while_reading(Pulse(good.table.entries, self.identity))
            self.play(*self.hide_columns(bad))

    def show_columns(self, part: Part) -> list[Motion]:
        """Let the columns of the other matrix, and their angle, come instead of the triangle."""
        self.hidden = []
        if part.columns and self.plane.view.shows([a.vector for a in part.columns[:2]], 0.4):
            self.hidden = [*self.moving, *self.good.columns, *self.right, *self.ghosts]
        if not self.hidden:
            return []
        return [
            Vanish(*self.hidden), Dim(*self.plane.grid, to=0.25),
            Appear(*part.columns, *self.between),
        ]  # fmt: skip

    def hide_columns(self, part: Part) -> list[Motion]:
        """Let the triangle come back."""
        gone = Vanish(*part.columns, *self.between) if self.hidden else Vanish(*self.ghosts)
        return [gone, Appear(*self.hidden), Dim(*self.plane.grid, to=1.0)]

    def fill(self, part: Part, i: int, j: int, before: list[Any]) -> list[Any]:
        """Let a product of two columns come into the table, and give the line that says it."""
        line = self.lines[part.letter, i, j]
        places = [] if part is self.bad and self.is_low else [(i, j), (j, i)]
        gone = [part.unknown[r][c] for r, c in places]
        come = [part.table.entry(*place) for place in places]
        lit = [part.card.column(k) for k in {i, j}]
        if part.columns:
            lit += [part.columns[n + k] for k in {i, j} for n in (0, 2)]
        self.play(
            Vanish(*before, run_time=0.2), After(0.2, Appear(line, run_time=0.3)),
            Pulse(*lit, run_time=1.4), Vanish(*gone),
            After(0.8, Appear(*come, run_time=0.4)),
        )  # fmt: skip
        return [line]

    # -- and back ------------------------------------------------------------------------

    def come_back(self) -> None:
        """Find x in the shadows of Q x, and let the transpose undo Q."""
        good, theme, plane, x = self.good, self.theme, self.plane, self.x
        Q, card = good.matrix, self.transposed
        feet = [column * entry for column, entry in zip(Q.columns, x, strict=True)]
        lines = [self.line(column, theme.axis) for column in Q.columns]
        drops = [self.segment(Q @ x, foot, theme.muted, dashed=True) for foot in feet]
        shades = [self.shade(*each) for each in zip(feet, theme.columns, strict=False)]
        told = [self.exactly(self.brief(entry)) for entry in Q.T @ (Q @ x)]
        numbers = [
            self.label(shade, text, color=color, on=0.5)
            for shade, text, color in zip(shades, told, theme.columns, strict=False)
        ]
        plane.plant(*lines, *drops, *shades, *numbers)
        with self.beat("back", BACK):
            self.play(
                Vanish(*self.leg_names, self.size, *self.corner, *self.ghosts, *self.right),
                Appear(*lines), Dim(*plane.grid, to=0.4),
            )  # fmt: skip
            self.while_reading(
                Chain(*(m for k in (0, 1) for m in
                        (Draw(drops[k]), Appear(shades[k], numbers[k])))),
            )  # fmt: skip
        with self.beat("rows", ROWS, first=told[0], second=told[1]):
            self.play(Vanish(good.table), Appear(card.brackets, card.heading))
            self.play(
                *(
                    Fly(good.card.entry(i, j), card.entry(j, i), run_time=1.4)
                    for i in (0, 1)
                    for j in (0, 1)
                )
            )
            self.while_reading(Chain(*(Pulse(card.row(k), numbers[k]) for k in (0, 1))))
        with self.beat("remember", SUMMARY):
            others = [self.bad.card] if self.is_low else [self.bad.card, self.bad.table]
            gone = [*lines, *drops, *shades, *numbers]
            back = [Dim(*plane.grid, to=1.0), Dim(*others, to=0.35)]
            last = [*self.corner, self.size, *self.leg_names]
            folds = la.path(Q).folds  # it has been seen to turn over; once is enough
            if not folds:
                self.ghosts = self.ghost(plane, self.area)
            tip, color, name = (x, theme.input, "x") if folds else (Q @ x, theme.output, "Q x")
            pale = self.arrow(tip, color, opacity=0.55)
            self.ghosts += [pale, self.label(pale, name)]
            plane.plant(*self.ghosts[-2:])
            self.play(Vanish(*gone), *back, *([Appear(*self.ghosts)] if folds else []))
            if not folds:
                marks = [p for M in (la.identity(2), Q) for p in (M @ v for v in (*self.steps, x))]
                before = plane.trail[-1].view if plane.trail else plane.view
                shown = before.shows([p.array for p in marks], margin=0.4)
                self.return_to_start(view=None if shown else self.fitting(plane, marks))
            self.play(Appear(*last, *self.ghosts))
            self.while_reading(Pulse(self.area, *self.ghosts))
            self.summary()

    def return_to_start(self, *also: Motion, view: View | None = None) -> None:
        """Play a motion backwards."""
        if not self.plane.trail:
            return
        theme = self.theme
        self.rewind(
            self.plane, *also, run_time=1.6, view=view, names=self.first_names,
            colors={self.side: theme.input, self.name: theme.input},
        )  # fmt: skip
