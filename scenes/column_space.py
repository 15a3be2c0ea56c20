"""The column space: all that the columns of a matrix can reach."""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import Any

import lamath as la
from lamath import notation
from scenes.inputs import MatrixInput
from scenes.reaching import (
    ASIDE,
    PALE,
    REACH,
    RUN,
    SUMMARY,
    Reaching,
    beyond,
)
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
    Rename,
    Value,
    Vanish,
    bezier,
)
from scenes.stage.figure import length
from scenes.stage.gallery import Exhibit, gallery
from scenes.stage.panel import PanelNumber
from scenes.stage.squares import square_at
from scenes.stage.theme import Layer
from scenes.stage.view import View

CLOSE = N_("From close up: the amount of ${b}$ slides the line off itself.")
PLANE = N_("All linear combinations $x_1 {a} + x_2 {b}$: the column space $C({M})$, the plane.")
LINES = N_("All multiples of ${a}$: a line.")
SLIDE = N_("Add multiples of ${b}$: the line slides. What do all of them reach?")
ASK = N_("Does ${M} x = p$ have a solution?")
NEW = N_("Other columns: does ${M} x = p$ have a solution?")
WATCH = N_("Change both amounts. Watch the dot.")
OUT = N_("${b} = {multiple}$ is in the line of ${a}$: no combination reaches $p$.")
OUT_ALONE = N_("${b} = 0$ leads nowhere: no combination reaches $p$.")
ON = N_("And for a $p$ on this line?")
LINE = N_("The column space $C({M})$ is only this line: $p$ must lie on it.")
POINT = N_("Both columns are 0, so the column space $C({M})$ is only the zero vector.")
SOLVED = N_("$A x = p$ has a solution")
REACHED = {
    2: N_("$C({M})$: the plane"),
    1: N_("$C({M})$: a line"),
    0: N_("$C({M})$: the zero vector"),
}

LESSON = "1 2; 2 4"  # the neighbor of the default, and where its question is
QUESTION = "1 0"
ELSEWHERE, LAST_HIT = la.vector("2 2/5"), la.vector("1 1")  # amounts
SMALL = 0.3  # columns that would be too short beside the unit square
CLEAR = 0.3  # stage units that nobody overlooks


class ColumnSpace(Reaching):
    """Amounts of the columns run: the dot they lead to sweeps a plane, a line, or nothing."""

    title = N_("The column space")
    inputs = (MatrixInput("2x2", "3x2", "3x3", default="2 1; 1 3"),)

    def construct(self) -> None:
        A = self.matrix
        if A.shape[0] == 3:
            self.in_space()
            return
        self.acts = [*zip((A, *others(A)), ("A", "B", LAST[la.rank(A)]), strict=True)]
        self.cast()
        for k in (0, 1):
            self.turn(k)
        self.remember()

    # -- the cast ------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up the columns, the steps along them, the dot where they lead, and p."""
        theme, A = self.theme, self.matrix
        self.colors = {
            f"{letter}_{k}": color
            for letter in LETTERS.values()
            for k, color in enumerate(theme.columns, 1)
        }
        self.spots = [self.goal(M) for M, _ in self.acts[:2]]
        self.set_up(A, self.spots[0])
        self.names = [
            self.label(arrow, name) for arrow, name in zip(self.columns, self.named(0), strict=True)
        ]
        self.counts = [
            [self.amount(k, name, *self.on_line(act)) for k, name in enumerate(self.named(act))]
            for act in (0, 1)
        ]
        near = min((M for M, _ in self.acts[:2]), key=la.rank)  # on one line, one hides the other
        longer_first = sorted(
            self.columns, key=lambda a: -length(near.column(self.columns.index(a)))
        )
        self.plane = self.world(
            *longer_first, *self.legs[::-1], *self.target, self.tip, *self.names,
            *(label for pair in self.counts for label in pair), grid=False,
        )  # fmt: skip
        self.cards = [self.card(M, name) for M, name in self.acts[:2]]
        self.found = [
            self.prose(REACHED[la.rank(M)], M=name, size=1.1 * theme.prose)
            for M, name in self.acts[:2]
        ]
        self.facts = [[self.math(part) for part in self.fact(act)] for act in (0, 1)]
        self.solved = self.prose(SOLVED, size=1.1 * theme.prose), self.math("<=> p in C(A)")
        landings = [*self.spots, *(M @ LAST_HIT for M, _ in self.acts[:2])]
        landings += [M @ self.on_line(k) for k, (M, _) in enumerate(self.acts[:2])]
        self.where = PanelNumber(
            self.coordinates(self.p, *landings, prefix="p"),
            size=theme.math, color=theme.ink, align="middle",
        )  # fmt: skip
        self.panel.set(
            self.heading(),
            Either(*self.cards),
            self.where,
            *(Either(*parts) for parts in zip(*self.facts, self.solved, strict=True)),
            RULE,
            Either(*self.found),
        )

    def named(self, act: int) -> list[str]:
        """Write the names of the columns of an act's matrix."""
        return [f"{LETTERS[self.acts[act][1]]}_{k}" for k in (1, 2)]

    def fact(self, act: int) -> tuple[str, str]:
        """Write, in two parts, what is found: amounts that lead to p, or why there are none."""
        (M, name), names = self.acts[act], self.named(act)
        if la.rank(M) == 2:
            x = notation.typst(tuple(hit(M)))
            return f"x = ({x})", f"{name} x = {notation.combination(hit(M), names)} = p"
        sum_ = f"x_1 {names[0]} + x_2 {names[1]}"
        if la.rank(M) == 0:
            return sum_, "= 0"
        x = notation.combination(la.row_reduce(M).rref.row(0), ["x_1", "x_2"])
        return sum_, f"= {f'({x})' if ' ' in x else x} {names[self.base(M)]}"

    def goal(self, M: la.Matrix) -> la.Vector:
        """Give where p is asked for."""
        if la.rank(M) == 2:
            return M @ hit(M)
        return la.vector(QUESTION) if la.matrix(LESSON) == M or la.rank(M) == 0 else beyond(M)

    @staticmethod
    def base(M: la.Matrix) -> int:
        """Say which column of a matrix of rank 1 draws the line."""
        return la.row_reduce(M).pivots[0]

    def on_line(self, act: int) -> la.Vector:
        """Give amounts of two columns on one line that lead to a point of it."""
        M, _ = self.acts[act]
        if la.rank(M) != 1:
            return la.vector([0, 0])
        k, factor = self.base(M), la.row_reduce(M).rref[0, 1]
        if k or not factor:
            return la.identity(2).column(k) * Fraction(3, 2) + la.identity(2).column(1 - k)
        return la.vector([Fraction(1, 2), 1 / factor])

    # -- the story -----------------------------------------------------------------------

    def view_of(self, act: int) -> View:
        """Give the view in which an act is seen; one for all of them if nothing gets too small."""
        tiny = all(length(column) < SMALL for column in self.acts[0][0].columns)
        most = inf if tiny else None
        each = [self.places(k) for k in (0, 1)]
        views = [self.fitting(self.plane, places, most=most) for places in each]
        both = self.fitting(self.plane, [*each[0], *each[1]], most=most)
        if max(view.unit for view in views) < 1.15 * both.unit:
            return both
        return views[act]

    def places(self, act: int) -> list[Any]:
        """Give the points that an act must show."""
        M, _ = self.acts[act]
        ways = [(2.4, 0), (2.4, -0.8), *(c.array for c in (hit(M), ELSEWHERE, LAST_HIT))]
        tips = [M.array @ c for c in ways]
        if la.rank(M) == 1:
            tips = [x * M.column(self.base(M)).array for x in (1.6, -0.8)]
        return [*tips, *M.array.T, self.spots[act].array]

    def turn(self, act: int) -> None:
        """Tell what the columns of one matrix reach."""
        if act == 0:
            shown = [*self.columns, *self.names, *self.target]
            self.beside.now = hair(self.acts[0][0])
            self.open(self.panel.blocks[0], self.where, self.cards[0], *shown)
            self.plane.look(self.view_of(0))
            self.draw()
            self.plane.seat(*self.names, self.target[-1])
            self.draw()
        tell = {2: self.reach_plane, 1: self.reach_line, 0: self.reach_point}
        tell[la.rank(self.acts[act][0])](act)

    def become(self, act: int) -> None:
        """Put the next matrix in the place of the first one."""
        shown = [*self.columns, *self.names]
        self.play(
            Vanish(
                self.cards[0], *self.facts[0], self.found[0], *self.target, *shown, *self.filled
            ),
            Vanish(*self.legs, self.tip, *self.counts[0], self.where),
        )
        self.c.now, self.M.now, self.p.now = (0, 0), self.acts[act][0].array, self.spots[act].array
        self.beside.now = hair(self.acts[act][0])
        self.play(
            Look(self.plane, self.view_of(act), run_time=0.4), Dim(*self.columns, to=1.0),
            Appear(self.cards[act]),
            *(Rename(*pair) for pair in zip(self.names, self.named(act), strict=True)),
        )  # fmt: skip
        self.play(Appear(*shown), After(0.5, Appear(*self.target, self.where)))

    def show_steps(self, act: int) -> None:
        """Bring on the steps along the columns."""
        if act == 0:
            self.play(Pulse(*self.columns, *self.names))
        self.play(
            Dim(*self.columns, to=PALE),
            Vanish(*self.names, run_time=0.3),
            Appear(*self.legs, self.tip, *self.counts[act], run_time=0.4),
        )

    def reach_plane(self, act: int) -> None:
        """Two columns that reach the whole plane."""
        M, name = self.acts[act]
        a, b = self.named(act)
        with self.beat("reach", NEW if act else REACH, a=a, b=b, M=name):
            if act:
                self.become(act)
            self.show_steps(act)
            goal = hit(M)
            y = 0.5 * float(goal[1])
            ways = [(2, 0)] if act else [(1.4, 0), (1.4, y)]
            self.play(self.step(*ways, goal, run_time=0.9))
            found = Pulse(*self.target[:2], self.tip, *self.counts[act], run_time=1.6)
            self.while_reading(found, Appear(*self.facts[act]))
        self.sweep_plane(act)
        with self.beat("follow", PLANE, a=a, b=b, M=name):
            self.play(
                Appear(*self.target, *self.legs, self.tip, self.where, run_time=0.3),
                Appear(*self.counts[act], run_time=0.3),
                Vanish(*self.columns, run_time=0.3),
            )
            self.play(
                *(
                    Chain(*(Change(value, to @ c, run_time=2.0) for c in (ELSEWHERE, LAST_HIT)))
                    for value, to in ((self.c, la.identity(2)), (self.p, M))
                ),
                After(1.0, Appear(self.found[act])),
            )
        self.filled = [self.tint]

    def sweep_plane(self, act: int) -> None:
        """Let one amount draw a line, and the other one slide it over the plane."""
        plane, theme = self.plane, self.theme
        M, (a, b) = self.acts[act][0], self.named(act)
        u, v = M.array.T
        view = plane.view
        gap = float(abs(la.det(M)) / la.norm(M.column(0)))
        thin = gap * view.unit < CLEAR
        near = view.around((0, 0), 1.3 / gap) if thin else view
        far = 0.9 * view.way_out(u, 0.0), -0.9 * view.way_out(-u, 0.0)
        wide = near.reach / gap
        long = (view.reach + view.reach / gap * length(v)) / length(u)
        drawn, swept, slid = Value((0, 0)), Value((0, 0)), Value(0.0)
        trail = self.segment(
            lambda: drawn.now[0] * u, lambda: drawn.now[1] * u, theme.columns[0],
            width=theme.bold, counts=False,
        )  # fmt: skip
        line = self.curve(
            lambda: bezier.polyline([slid.now * v - long * u, slid.now * v + long * u]),
            theme.columns[0], width=theme.bold, counts=False,
        )  # fmt: skip
        self.tint = self.curve(
            lambda: bezier.polygon([x * long * u + y * v for x, y in band(*swept.now)]),
            theme.column_space, fill=0.15, opacity=0.0, layer=Layer.REGION, counts=False,
        )  # fmt: skip
        plane.plant(trail, line, self.tint)
        steps = [*self.legs, self.tip, *self.counts[act]]
        with self.beat("sweep", LINES, a=a):
            self.play(
                Vanish(*self.facts[act], *self.target, self.where, run_time=0.4),
                self.step((1, 0), run_time=0.7),
            )
            drawn.now = (1, 1)
            self.play(Appear(trail, run_time=0.1))
            for end, ways, seconds in ((far[0], (1, far[0]), 0.9), (far[1], far[::-1], 1.3)):
                self.play(
                    Change(drawn, sorted(ways), run_time=seconds),
                    Change(self.c, (end, 0), run_time=seconds),
                )
            self.play(Draw(line, run_time=0.3), self.step((0.5, 0), run_time=0.6))
            self.say(CLOSE if thin else SLIDE, b=b)
            self.play(Vanish(trail, *(steps if thin else self.counts[act][:1]), run_time=0.3))
            if thin:
                self.play(Vanish(*self.columns, *self.names))
                self.play(Look(plane, near, run_time=1.8), Appear(self.tint))
            else:
                self.play(
                    Appear(self.tint, run_time=0.2), Change(slid, 0.6), Change(swept, (0, 0.6)),
                    self.step((0.5, 0.6), run_time=1.5),
                )  # fmt: skip
                self.play(Vanish(*steps, run_time=0.4))
            self.play(Change(slid, wide), Change(swept, (0, wide)))
            self.while_reading(Change(slid, -wide), Change(swept, (-wide, wide)), most=4.0)
            self.play(Vanish(line, run_time=0.4))
            self.c.now = hit(M).array
            if thin:
                everywhere = view.reach / gap  # seen from afar too
                swept.now = (-everywhere, everywhere)
                self.play(
                    Look(plane, view, run_time=1.4),
                    After(0.8, Appear(*self.columns)),
                )

    def reach_line(self, act: int) -> None:
        """Columns on one line."""
        plane, theme = self.plane, self.theme
        M, name = self.acts[act]
        names = self.named(act)
        k = self.base(M)
        a, b = names[k], names[1 - k]
        factor = 0 if k else la.row_reduce(M).rref[0, 1]
        multiple = notation.combination([factor], [a]) if factor else ""
        e = la.identity(2).column(k).array
        with self.beat("ask", NEW if act else ASK, M=name):
            if act:
                self.become(act)
            mark = self.question_mark(self.target[0])
            plane.join(mark)
            self.show_steps(act)
            self.predict(self.step(1.2 * e, 0.7 * e), ask=mark)
            self.play(Vanish(mark, run_time=0.3))
        line = self.line(M.column(k), theme.column_space, length=4 * plane.view.reach)
        plane.plant(line)
        there = self.on_line(act)
        ways = [there.array * way for way in ((1.4, 0.4), (-0.8, 1.2), (0.8, 0.4))]
        with self.beat("out", WATCH):
            self.play(self.step(*ways[:2], run_time=1.4), Draw(line, run_time=2.0))
            self.say(OUT if multiple else OUT_ALONE, a=a, b=b, multiple=multiple)
            self.play(Appear(*self.facts[act]))
            self.while_reading(self.step(ways[2], ways[0]), Pulse(self.facts[act][-1]))
        with self.beat("line", ON):
            self.play(
                Change(self.p, M @ there, run_time=1.4), After(0.6, self.step(there, run_time=1.4))
            )
            self.play(Pulse(*self.target[:2], self.tip, *self.counts[act]))
            self.say(LINE, M=name)
            named = self.name_line(plane, line, f"C({name})")
            shown = 0.6 * there.array, there.array
            self.while_reading(
                Appear(named, self.found[act]),
                self.step(*shown, run_time=1.6),
                Chain(*(Change(self.p, M.array @ c, run_time=1.6) for c in shown)),
            )
        self.filled = [line, named]

    def reach_point(self, act: int) -> None:
        """Columns that are both 0."""
        name = self.acts[act][1]
        with self.beat("ask", ASK, M=name):
            self.filled, mark = [], self.question_mark(self.target[0])
            self.plane.join(mark)
            self.predict(ask=mark)
            self.play(Vanish(mark, run_time=0.3))
        with self.beat("point", RUN):
            self.show_steps(act)
            self.while_reading(self.step((2, 1), (-1, 0.5), (1, 1)))
            self.say(POINT, M=name)
            self.while_reading(Appear(self.found[act]), self.step((2, -1), (1, 1)))

    def remember(self) -> None:
        """Plane, line and point side by side."""
        theme = self.theme
        acts = sorted(self.acts, key=lambda act: -la.rank(act[0]))
        marks = [p for M, _ in acts for p in (*M.array.T, *-M.array.T)]
        exhibits = [
            Exhibit(
                self.card(M, name),
                self.prose(REACHED[la.rank(M)], M=name, size=1.3 * theme.prose),
                marks,
            )
            for M, name in acts
        ]
        pictures = gallery(self, exhibits)
        for world, (M, _) in zip(pictures, acts, strict=True):
            rank = la.rank(M)
            if rank == 2:
                square = world.view.reach * square_at((-1, -1), (2, 2))
                world.plant(self.region(square, theme.column_space, counts=False))
            if rank == 1:
                u, far = M.column(self.base(M)), 4 * world.view.reach
                world.plant(self.line(u, theme.column_space, width=theme.bold, length=far))
            arrows = [
                self.arrow(column, color)
                for column, color in zip(M.columns, theme.columns, strict=False)
            ]
            arrows.sort(key=lambda arrow: -length(arrow.vector))
            world.plant(*arrows)
            if rank == 0:
                world.plant(self.dot((0, 0), theme.column_space, radius=0.14))
        with self.beat("remember", SUMMARY):
            self.play(
                Vanish(*self.plane.pieces(), *self.panel.blocks[1:], run_time=0.4),
                *(After(0.4 + 0.8 * k, Appear(*w.pieces())) for k, w in enumerate(pictures)),
                After(2.8, Appear(*self.solved)),
            )
            self.summary()


LAST = {2: "O", 1: "O", 0: "I"}  # the name of the third matrix, by the rank of the first
LETTERS = {"A": "a", "B": "b", "O": "o", "I": "e"}  # of columns


def hit(M: la.Matrix) -> la.Vector:
    """Give amounts that lead to p, with room for their labels."""
    u, v = M.columns
    near = u @ v > 0.75 * length(u) * length(v)
    return la.vector([2, 1 if near or length(v) < 0.75 * length(u) else -1])


def hair(M: la.Matrix) -> float:
    """Give how far the arrows of columns that share a line stand off it."""
    return ASIDE if la.rank(M) == 1 and all(any(column) for column in M.columns) else 0.0


def band(low: float, high: float) -> list[tuple[float, float]]:
    """Give the corners of a rectangle that goes from −1 to 1 and between two heights."""
    return [(-1.0, low), (1.0, low), (1.0, high), (-1.0, high)]


def others(A: la.Matrix) -> tuple[la.Matrix, la.Matrix]:
    """Give two matrices beside A, so that all ranks are there."""
    zero, one = la.matrix("0 0; 0 0"), la.identity(2)
    if la.rank(A) == 0:
        return la.neighbor(A).matrix, one
    if la.rank(A) == 1:
        return la.neighbor(A).matrix, zero
    B = la.matrix(LESSON) if la.matrix("2 1; 1 3") == A else la.parallel(A).matrix
    return B, zero
