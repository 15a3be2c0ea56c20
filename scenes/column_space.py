"""The column space: all that the columns of a matrix can reach."""

from __future__ import annotations

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
    SWEEP,
    Reaching,
    Tenths,
    beyond,
    spanned_by,
)
from scenes.stage import (
    N_,
    RULE,
    After,
    Appear,
    Change,
    Dim,
    Draw,
    Either,
    Entries,
    Look,
    Pulse,
    Rename,
    Value,
    Vanish,
    bezier,
)
from scenes.stage.figure import length
from scenes.stage.gallery import Exhibit, gallery
from scenes.stage.motion import AWAY
from scenes.stage.panel import PanelNumber
from scenes.stage.squares import square_at
from scenes.stage.theme import Layer
from scenes.stage.view import View

CLOSE = N_("From close up: the amount of ${b}$ slides the line off itself.")
PLANE = N_("The whole plane: every $p$ is reached. It is the column space $C({M})$.")
NEW = N_("Other columns: can ${a}$ and ${b}$ reach this $p$?")
ASK = N_("Can ${a}$ and ${b}$ reach $p$?")
WATCH = N_("Change one amount, then the other. Watch the distance from $p$.")
OUT = N_("${b} = {multiple}$ stays in the line of ${a}$, so $p$ is out of reach.")
OUT_ALONE = N_("${b} = 0$ leads nowhere, so the dot stays in this line: $p$ is out of reach.")
LINE = N_("${b} = {multiple}$ adds nothing new: the column space $C({M})$ is only this line.")
LINE_ALONE = N_("${b} = 0$ adds nothing new: the column space $C({M})$ is only this line.")
POINT = N_("Both columns are 0, so the column space $C({M})$ is only the origin.")
FAR = N_("distance from $p$")
ZERO = N_("And if both columns shrink to 0?")
BESIDE = N_("Plane, line and point: compare the columns.")
REACHED = {
    2: N_("$C({M})$: the plane"),
    1: N_("$C({M})$: a line"),
    0: N_("$C({M})$: the origin"),
}

LESSON = "1 2; 2 4"  # the neighbor of the default, and where its question is
QUESTION = "1 0"
LOOP = "1/4 1/4", "3/4 3/4", "-3/4 3/4"  # amounts: the middle of an ellipse, and two radii
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
        self.spots = [self.goals(M) for M, _ in self.acts[:2]]
        self.set_up(A, self.spots[0][0])
        self.names = [
            self.label(arrow, name) for arrow, name in zip(self.columns, self.named(0), strict=True)
        ]
        self.counts = [
            [
                self.amount(k, name, *(x for c in self.amounts(self.acts[act][0])[1:] for x in c))
                for k, name in enumerate(self.named(act))
            ]
            for act in (0, 1)
        ]
        self.plane = self.world(
            *self.columns, *self.legs[::-1], *self.target, self.tip, *self.names,
            *(label for pair in self.counts for label in pair), grid=False,
        )  # fmt: skip
        self.cards = []
        for (before, _), (M, name) in zip(self.acts[:1] * 2, self.acts, strict=False):
            self.cards.append(self.card(before, name, means=M, room=Entries.room(before, M)))
        self.found = [
            self.prose(REACHED[la.rank(M)], M=name, size=1.1 * theme.prose)
            for M, name in self.acts[:2]
        ]
        self.all_sums = self.math("C(A) = {x_1 a_1 + x_2 a_2}")
        self.hits = [self.math(f"{self.ways(act)} = p") for act in (0, 1)]
        apart = Tenths(lambda: length(self.p.now - self.reached()), decimals=3)
        self.far = self.row(FAR, apart)
        coordinates = self.coordinates(
            self.p, *(p for pair in self.spots for p in pair), prefix="p"
        )
        where = PanelNumber(coordinates, size=theme.math, color=theme.ink, align="middle")
        self.panel.set(
            self.heading(),
            Either(*self.cards, self.all_sums),
            where,
            Either(*self.hits, self.far),
            RULE,
            *self.found,
        )

    def named(self, act: int) -> list[str]:
        """Write the names of the columns of an act's matrix."""
        return [f"{LETTERS[self.acts[act][1]]}_{k}" for k in (1, 2)]

    def ways(self, act: int) -> str:
        """Write the sums that lead to p in the end: one, or, on a line, two."""
        ways = self.amounts(self.acts[act][0])[1:] or (la.vector([1, 1]),)
        return " = ".join(self.sum_of(self.named(act), way) for way in ways)

    def goals(self, M: la.Matrix) -> tuple[la.Vector, la.Vector]:
        """Give where p is asked for, and, on the line that a matrix of rank 1 reaches, found."""
        sum_ = M @ la.vector([1, 1])
        if la.rank(M) == 2:
            return sum_, sum_
        if la.rank(M) == 0:
            return la.vector(QUESTION), la.vector(QUESTION)
        off = la.vector(QUESTION) if la.matrix(LESSON) == M else beyond(M)
        return off, M @ self.amounts(M)[1]

    @staticmethod
    def base(M: la.Matrix) -> int:
        """Say which column of a matrix of rank 1 draws the line."""
        return la.row_reduce(M).pivots[0]

    def amounts(self, M: la.Matrix) -> tuple[la.Vector, ...]:
        """Give amounts of the columns of a matrix of rank 1: to the foot of p, and to it twice."""
        if la.rank(M) != 1:
            return ()
        first = self.base(M)
        factor = la.row_reduce(M).rref[0, 1] if first == 0 else 0
        off = la.vector(QUESTION) if la.matrix(LESSON) == M else beyond(M)
        foot = la.column_space(M).project(off)
        base = M.column(first)
        (share,) = la.solve(spanned_by([base]), foot).least_squares
        if factor == 0:  # the other column is 0
            u, idle = (la.identity(2).column(k) for k in (first, 1 - first))
            return u * share + idle, u, u + idle
        return la.vector([1, (share - 1) / factor]), la.vector([0, 1]), la.vector([factor, 0])

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
        tips = [self.loop(k / 16) for k in range(16)] if la.rank(M) == 2 else []
        tips += [(1.5, 0.6), (1.2, 1.3), (-0.5, 0)] if la.rank(M) else []
        return [*(M.array @ c for c in tips), *M.array.T, *(p.array for p in self.spots[act])]

    @staticmethod
    def loop(s: float) -> Any:
        """Give amounts that go round: of both signs, and back to one of each."""
        return bezier.round_trip(*(la.vector(text).array for text in LOOP))(s)

    def turn(self, act: int) -> None:
        """Tell what the columns of one matrix reach."""
        if act == 0:
            shown = [*self.columns, *self.names, *self.target]
            self.open(self.panel.blocks[0], self.panel.blocks[2], self.cards[0], *shown)
            self.plane.look(self.view_of(0))
            self.draw()
            self.plane.seat(*self.names, self.target[-1])
            self.draw()
        tell = {2: self.reach_plane, 1: self.reach_line, 0: self.reach_point}
        tell[la.rank(self.acts[act][0])](act)

    def become(self, act: int) -> None:
        """Let the columns become those of the next matrix."""
        (A, _), (B, _) = self.acts[act - 1 : act + 1]
        seconds = 1.9
        self.play(
            Vanish(self.cards[act - 1], self.hits[act - 1], *self.counts[act - 1]),
            Vanish(*self.legs, self.tip),
            Dim(*self.columns, to=1.0), Appear(*self.target, *self.names),
            run_time=0.5,
        )  # fmt: skip
        self.c.now, self.beside.now = (0, 0), 0.0
        self.play(
            Change(self.M, B, run_time=seconds),
            Entries(self.cards[act], self.M, A, B, run_time=seconds),
            Appear(self.cards[act], run_time=0.3),
            Change(self.p, self.spots[act][0], run_time=seconds),
            Look(self.plane, self.view_of(act), run_time=seconds),
            *(
                Rename(label, new, away=AWAY, run_time=seconds)
                for label, new in zip(self.names, self.named(act), strict=True)
            ),
        )

    def show_steps(self, act: int) -> None:
        """Bring on the steps along the columns."""
        self.play(
            Dim(*self.columns, to=PALE),
            Vanish(*self.names, run_time=0.3),
            Appear(*self.legs, self.tip, *self.counts[act], run_time=0.4),
        )

    def reach_plane(self, act: int) -> None:
        """Two columns that reach the whole plane."""
        M, name = self.acts[act]
        a, b = self.named(act)
        with self.beat("reach", NEW if act else REACH, a=a, b=b):
            if act:
                self.become(act)
            self.show_steps(act)
            ways = [(1, 0)] if act else [(1.5, 0), (1.5, 0.6), (1.2, 1.3)]
            self.play(self.step(*ways, (1, 1), run_time=0.9))
            hit = Pulse(*self.target[:2], self.tip, *self.counts[act], run_time=1.6)
            self.while_reading(hit, Appear(self.hits[act]))
        self.sweep_plane(act)
        with self.beat("follow", PLANE, M=name):
            self.play(
                Appear(*self.target, *self.legs, self.tip, *self.counts[act], run_time=0.3),
                Vanish(*self.columns, run_time=0.3),
            )
            self.play(
                Change(self.c, along=self.loop, run_time=4.4),
                Change(self.p, along=lambda s: M.array @ self.loop(s), run_time=4.4),
                After(1.0, Appear(self.found[act])),
            )
        self.play(Vanish(self.tint, run_time=0.3), Appear(*self.columns, run_time=0.3))

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
            theme.column_space, fill=0.2, opacity=0.0, layer=Layer.REGION, counts=False,
        )  # fmt: skip
        plane.plant(trail, line, self.tint)
        with self.beat("sweep", SWEEP, a=a, b=b):
            self.play(Vanish(self.hits[act], run_time=0.4), self.step((1, 0), run_time=0.7))
            drawn.now = (1, 1)
            self.play(Appear(trail, run_time=0.1))
            for end, ways, seconds in ((far[0], (1, far[0]), 0.9), (far[1], far[::-1], 1.3)):
                self.play(
                    Change(drawn, sorted(ways), run_time=seconds),
                    Change(self.c, (end, 0), run_time=seconds),
                )
            self.play(Draw(line, run_time=0.3), self.step((0.5, 0), run_time=0.8))
            self.play(Vanish(trail, self.counts[act][0], run_time=0.2))
            steps = [*self.legs, self.tip, *self.counts[act]]
            if thin:
                self.say(CLOSE, b=b)
                self.play(Vanish(*self.columns, *self.names, *self.target, *steps))
                self.play(Look(plane, near, run_time=1.8))
            self.play(Appear(self.tint, run_time=0.2))
            slides = (wide, (0, wide), 1.5), (0, None, 0.6), (-wide, (-wide, wide), 1.5)
            for here, width, seconds in slides:
                self.play(
                    Change(slid, here, run_time=seconds),
                    Change(self.c, (0.5, here), run_time=seconds),
                    *([Change(swept, width, run_time=seconds)] if width else []),
                )
            self.play(Vanish(line, *steps, run_time=0.4))
            self.c.now = (1, 1)
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
        foot, once, again = self.amounts(M)
        u = M.column(k)
        multiple = notation.combination([again[k]], [a]) if again[1 - k] == 0 else ""
        unit = la.identity(2)
        e = unit.column(k).array
        with self.beat("ask", NEW if act else ASK, a=names[0], b=names[1]):
            if act:
                self.become(act)
            mark = self.question_mark(self.target[0])
            plane.join(mark)
            self.show_steps(act)
            self.predict(self.step(1.2 * e, 0.7 * e), ask=mark)
            self.play(Vanish(mark, run_time=0.3))
        line = self.line(u, theme.column_space)
        off = self.spots[act][0]
        gap = self.segment(self.p, self.reached, theme.ink, dashed=True, counts=False)
        drop = self.segment(off.array, (M @ foot).array, theme.ink, counts=False)
        least = la.norm(off - M @ foot)
        number = self.label(drop, self.running(lambda: least, least), on=0.5)
        square = self.right_angle(off - M @ foot, u, at=(M @ foot).array)
        plane.plant(line, gap, drop, number, square)
        idle = unit.column(1 - k).array
        past = foot.array + 0.35 * (foot.array - e) if multiple else e + 1.5 * idle
        with self.beat("out", WATCH):
            self.play(Appear(gap, self.far, run_time=0.4))
            self.play(self.step(1.5 * e, -0.5 * e, e), Draw(line, run_time=2.0))
            self.play(Change(self.beside, ASIDE, run_time=0.3), self.step(past, foot, run_time=1.3))
            self.say(OUT if multiple else OUT_ALONE, a=a, b=b, multiple=multiple)
            self.play(Appear(drop, square, number))
            self.while_reading(self.step(e, past, foot, run_time=1.1))
        with self.beat("line", LINE if multiple else LINE_ALONE, b=b, multiple=multiple, M=name):
            self.play(
                Vanish(gap, drop, number, square, self.far, run_time=0.4),
            )  # fmt: skip
            self.play(Change(self.p, self.spots[act][1]), self.step(once, run_time=1.4))
            self.play(Pulse(*self.target[:2], self.tip, run_time=0.6))
            named = self.name_line(plane, line, f"C({name})")
            self.while_reading(
                self.step(again, run_time=2.0),
                After(0.5, Appear(named, self.found[act])),
                After(1.6, Appear(self.hits[act], run_time=0.4)),
            )
        self.play(Vanish(line, named, run_time=0.3))

    def reach_point(self, act: int) -> None:
        """Columns that are both 0."""
        _, name = self.acts[act]
        with self.beat("ask", ASK, a=self.named(act)[0], b=self.named(act)[1]):
            mark = self.question_mark(self.target[0])
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
                self.prose(REACHED[la.rank(M)], M=name, size=1.2 * theme.prose),
                marks,
                lit=name == "A",
            )
            for M, name in acts
        ]
        pictures = gallery(self, exhibits)
        left = Value(self.acts[1][0])  # of columns that become 0
        for world, (M, name) in zip(pictures, acts, strict=True):
            rank = la.rank(M)
            if rank == 2:
                square = world.view.reach * square_at((-1, -1), (2, 2))
                world.plant(self.region(square, theme.column_space, counts=False))
            if rank == 1:
                world.plant(self.line(M.column(self.base(M)), theme.column_space, width=theme.bold))
            shrinks = name == "O"
            frame = left if shrinks else M
            arrows = sorted(
                zip(la.identity(2).columns, theme.columns, strict=False),
                key=lambda a: -la.norm(M @ a[0]),
            )
            world.plant(*(self.arrow(e, color) for e, color in arrows), frame=frame)
            if rank == 0:
                spot = self.dot((0, 0), theme.column_space, radius=0.14)
                world.plant(spot)
        below = [each.below for each in exhibits]
        with self.beat("remember", ZERO if "O" in (name for _, name in acts) else BESIDE):
            kept = [[p for p in w.pieces() if p not in (*below, spot)] for w in pictures]
            self.play(
                Vanish(*self.plane.pieces(), *self.panel.blocks[1:], run_time=0.4),
                *(After(0.15 + 0.3 * k, Appear(*pieces)) for k, pieces in enumerate(kept)),
            )
            self.play(
                Change(left, la.matrix("0 0; 0 0"), run_time=1.6),
                After(1.4, Appear(spot, run_time=0.2)),
            )
            self.say(SUMMARY)
            self.play(
                *(After(0.6 * k, Appear(each)) for k, each in enumerate(below)),
                After(1.2, Appear(self.all_sums)),
            )
            self.summary()


LAST = {2: "O", 1: "O", 0: "I"}  # the name of the third matrix, by the rank of the first
LETTERS = {"A": "a", "B": "b", "O": "o", "I": "e"}  # of columns


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
