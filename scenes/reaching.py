"""What columns reach: amounts of them run, and a dot goes where they lead. In space, all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, cast

import lamath as la
from lamath import notation
from scenes.stage import (
    N_,
    RULE,
    After,
    Appear,
    Chain,
    Change,
    Dim,
    Either,
    Look,
    MatrixScene,
    Pulse,
    Value,
    Vanish,
)
from scenes.stage.figure import length, toward
from scenes.stage.floor import Floor
from scenes.stage.labels import Label, Running
from scenes.stage.layout import Rect
from scenes.stage.shapes import Place
from scenes.stage.solids import rod, sheet
from scenes.stage.span import Span, powers_of_ten
from scenes.stage.standpoint import edge_on, oblique
from scenes.stage.view import View

REACH = N_("$A x = p$: how much of ${a}$ and of ${b}$ leads to $p$?")
REACH_ONE = N_("How much of ${a}$ leads to $p$?")
SWEEP = N_("Change the amount of ${a}$, then that of ${b}$. What does the dot reach?")
SWEEP_ONE = N_("Change the amount of ${a}$. What does the dot reach?")
NOT_IN_PLANE = N_("The dot reaches a plane. Can it reach this $p$?")
NOT_ON_LINE = N_("The dot reaches a line. Can it reach this $p$?")
EDGE = N_("Walk round, to see the plane edge-on. Watch the dot and $p$.")
OFF_PLANE = N_("The dot stays in the plane: $p$ is out of reach.")
NEAR = N_("From close up: $p$ is off the plane.")
OFF_LINE = N_("The dot stays in the line: $p$ is out of reach.")
LAST = N_("There is one more column. Now the amount of ${a}$.")
ALL = N_("${a}$ leads out of the plane, and to $p$.")
THROUGH = N_("Its amount slides the plane through all of space.")
REST = N_("Now the amount of ${a}$ too. Does it help?")
STAYS = N_("${sums}$: nothing new, and $p$ stays out of reach.")
RUN = N_("Change the amounts. Watch the dot.")
ONLY_ZERO = N_("All columns are 0: the dot stays at the origin.")
ASK_ZERO = N_("Can the columns reach $p$?")
SUMMARY = N_("The column space: all linear combinations of the columns.")
SPACE = {
    3: N_("$C({M})$: all of space"),
    2: N_("$C({M})$: a plane"),
    1: N_("$C({M})$: a line"),
    0: N_("$C({M})$: the zero vector"),
}
PALE = 0.45
ASIDE = 0.05  # stage units between two arrows on one line
CLEAR = 0.3  # stage units that nobody overlooks


class Reaching(MatrixScene):
    """Columns, steps along them, the dot to which these lead, and p, which is to be reached."""

    counts: Any  # labels, or pairs of them
    found: Any

    def set_up(self, M: la.Matrix, p: la.Vector) -> None:
        """Make arrows of the columns, steps along them one after the other, the dot, and p."""
        theme = self.theme
        self.M, self.c, self.beside = Value(M), Value([0] * M.shape[1]), Value(0.0)
        colors = theme.columns[: M.shape[1]]
        self.columns = [
            self.arrow(lambda k=k: self.M.now[:, k], color) for k, color in enumerate(colors)
        ]
        self.legs = [
            self.arrow(
                lambda k=k: self.c.now[k] * self.M.now[:, k], color,
                tail=lambda k=k: self.M.now[:, :k] @ self.c.now[:k],
            )
            for k, color in enumerate(colors)
        ]  # fmt: skip
        for leg, side in zip(self.legs, (1, -1), strict=False):
            leg.apart = lambda side=side: side * self.beside.now
        self.tip = self.dot(self.reached, theme.output, radius=0.12)
        self.p = Value(p)
        self.target = [self.ring(self.p), self.dot(self.p, theme.ink, radius=0.05)]
        self.target.append(self.label(self.target[0], "p"))

    def reached(self) -> Any:
        """Give the point that the amounts lead to now."""
        return self.M.now @ self.c.now

    def amount(self, k: int, unit: str, *exact: Any) -> Label:
        """Give the amount of a column beside the step along it, with exact values to land on."""
        tenths = [Fraction(n, 10) for n in range(-20, 21)]
        return Amount(
            self, k, Tenths(lambda: self.c.now[k], [*tenths, *exact], unit=unit, spelled=True)
        )

    @staticmethod
    def sum_of(names: Sequence[str], amounts: Iterable[Any] = (1, 1, 1)) -> str:
        """Write a sum of multiples, ones too."""
        pairs = zip(amounts, names, strict=False)
        return " + ".join(f"{notation.typst(c)} {name}" for c, name in pairs if c)

    def step(self, *amounts: Any, run_time: float = 1.0) -> Chain:
        """Give the motion that runs through some amounts."""
        return Chain(*(Change(self.c, c, run_time=run_time) for c in amounts))

    # -- in space ------------------------------------------------------------------------

    def in_space(self) -> None:
        """Tell what the columns of A reach in space."""
        A = self.matrix
        self.rank, self.reduced = la.rank(A), la.row_reduce(A)
        scale = [Fraction(10) ** -power for power in powers_of_ten(A.columns)]
        self.powers = powers_of_ten(A.columns)
        n = A.shape[1]
        self.drawn = A @ la.matrix(
            [[f if i == j else 0 for j in range(n)] for i, f in enumerate(scale)]
        )
        self.first = self.reduced.pivots[:2]
        self.late = [k for k in range(n) if k not in self.first]
        self.cast_space()
        self.space_opens()
        if self.rank == 0:
            self.stay()
        else:
            self.find_p()
            self.sweep()
            self.leave()
            if self.late:
                self.go_on()
            if self.rank == 3:
                self.slide_through()
        self.end()

    def mix(self, one: Any = 0, two: Any = 0, late: Any = 0) -> la.Vector:
        """Give amounts: of the column that draws the line, of the one that slides it, of others."""
        found = [late] * self.drawn.shape[1]
        for k, amount in zip(self.first, (one, two), strict=False):
            found[k] = amount
        return la.vector(found)

    def drawn_name(self, k: int) -> str:
        """Write the name of what is drawn for a column, which may be a part of it."""
        name = f"a_{k + 1}"
        return f"10^({-self.powers[k]}) {name}" if self.powers[k] else name

    def cast_space(self) -> None:
        """Set up the columns on their floor, and the line and the plane that they reach."""
        A, theme = self.drawn, self.theme
        self.colors = {f"a_{k}": color for k, color in enumerate(theme.columns, 1)}
        group = [A.column(k) for k in self.first]
        self.hit = self.mix(1, 1) if len(group) == 2 else self.mix(Fraction(3, 2))
        inside = A @ self.hit
        if self.rank == 3:
            outside = A @ la.vector([1, 1, 1])
        else:
            outside = beyond(spanned_by(group or A.columns))
        self.spots = [inside if group else outside, outside]
        self.far = (
            la.norm(outside - la.column_space(spanned_by(group)).project(outside))
            if group
            else la.norm(outside)
        )
        self.set_up(A, self.spots[0])
        self.names = [self.label(arrow, self.drawn_name(k)) for k, arrow in enumerate(self.columns)]
        self.counts = [
            self.amount(k, "" if self.powers[k] else f"a_{k + 1}", Fraction(3, 2))
            for k in range(len(self.columns))
        ]
        points = [*(column.array for column in A.columns), *(p.array for p in self.spots)]
        leaders = [v.array for v in group]
        self.span = span = Span(leaders or [(1, 0, 0)], points)
        self.space_ = world = self.space(
            *self.columns, *self.legs[::-1], *self.target, self.tip, *self.names, *self.counts
        )
        self.floor = world.ground = Floor(theme, self._unit_note, over=points)
        world.most = float("inf")
        normal = span.normal if len(group) == 2 else 0 * span.normal
        world.given_view = oblique(world.view, points, normal)
        self.points = [*points, *self.floor.corners]
        if group:
            self.points += span.corners if len(group) == 2 else span.ends
        look = {"color": theme.column_space, "width": theme.line}
        self.along, self.across, self.at = Value((0, 0)), Value((0, 0)), Value(0.0)
        self.sheet = sheet(span.u, span.v, span.along, self.across, **look)
        self.rod = rod(
            span.u, self.along, at=lambda: self.at.now * span.v, **look | {"width": theme.bold}
        )
        feet = [
            self.segment(
                spot,
                lambda spot=spot: spot() * (1, 1, 0),
                color,
                dashed=True,
                counts=False,
                width=theme.line,
            )
            for spot, color in ((self.p, theme.ink), (self.reached, theme.output))
        ]
        self.p_foot, self.tip_foot = feet
        self.feet = [each for arrow in self.columns for each in self.standing(world, arrow)]
        world.plant(*self.sheet, *self.rod, *feet)
        card = self.card(self.matrix, "A")
        self.found = self.prose(SPACE[self.rank], M="A", size=1.1 * theme.prose)
        names = [self.drawn_name(k) for k in range(len(self.columns))]
        places = [self.math(f"p = ({notation.typst(tuple(p))})") for p in self.spots]
        self.written = places[:1] if self.spots[0] == self.spots[1] else places
        self.formula = self.math(f"{self.sum_of(names, self.hit)} = p")
        self.whole = self.math(f"{self.sum_of(names)} = p")
        self.panel.set(
            self.heading(), card, Either(*self.written), Either(self.formula, self.whole), RULE,
            self.found,
        )  # fmt: skip

    def space_opens(self) -> None:
        """Show the columns and p, from where they can be told apart."""
        world = self.space_
        shown = [*self.columns, *self.names, *self.feet, *self.target, self.p_foot]
        self.open(*self.panel.blocks[:2], self.written[0], *shown)
        margin = 0.45 * self.layout.text
        self.home = world.view.fitted(self.points, margin=margin)
        self.aside = edge_on(self.home, self.span.normal, self.points[: len(self.columns) + 2])
        self.aside = self.aside.fitted(self.points, margin=margin)
        world.look(self.home)
        self.draw()
        world.seat(*self.names, self.target[-1])
        self.draw()

    def bring_steps(self, which: Iterable[int]) -> None:
        """Bring on the steps along some columns."""
        which = list(which)
        self.play(
            Dim(*self.columns, *self.feet, to=PALE), Vanish(*self.names),
            Appear(*(self.legs[k] for k in which), *(self.counts[k] for k in which)),
            Appear(self.tip, self.tip_foot), Dim(self.p_foot, self.tip_foot, to=0.55), run_time=0.4,
        )  # fmt: skip

    def find_p(self) -> None:
        """Look for the amounts that lead to p."""
        names = [f"a_{k + 1}" for k in self.first]
        both = len(names) == 2
        with self.beat("reach", REACH if both else REACH_ONE, a=names[0], b=names[-1]):
            self.bring_steps(self.first)
            ways = [(1.4, 0), (1.4, 0.6), (1.2, 1.2)] if both else [(0.8, 0), (-0.5, 0)]
            self.play(self.step(*(self.mix(x, y) for x, y in ways), self.hit, run_time=0.9))
            hit = Pulse(*self.target[:2], self.tip, run_time=1.6)
            self.while_reading(hit, Appear(self.formula))

    def sweep(self) -> None:
        """Let one amount draw a line, and the other one slide it over a plane."""
        span, (u, *v) = self.span, [self.drawn.column(k).array for k in self.first]
        per = length(u)
        low, high = span.along
        names = [f"a_{k + 1}" for k in self.first]
        with self.beat("sweep", SWEEP if v else SWEEP_ONE, a=names[0], b=names[-1]):
            self.play(
                Vanish(*self.target, self.p_foot, self.formula, run_time=0.3),
                self.step(self.mix(0), run_time=0.6),
            )
            self.play(Appear(*self.rod, run_time=0.1))
            for end, drawn in ((high, (0, high)), (low, (low, high))):
                self.play(
                    Change(self.c, self.mix(end / per), run_time=1.1),
                    Change(self.along, drawn, run_time=1.1),
                )
            if not v:
                self.play(self.step(self.mix(1)))
                return
            one, _ = self.first
            self.play(self.step(self.mix(0.6), run_time=0.6), Vanish(self.counts[one]))
            out = float(v[0] @ span.v)
            lean = float(v[0] @ span.u)
            self.play(Appear(*self.sheet, run_time=0.1))
            bottom, top = span.across
            for side, wide, seconds in (
                (top, (0, top), 1.2),
                (0, None, 0.5),
                (bottom, (bottom, top), 1.2),
            ):
                share = side / out
                self.play(
                    Change(self.at, side, run_time=seconds),
                    Change(self.c, self.mix(0.6 - share * lean / per, share), run_time=seconds),
                    *([Change(self.across, wide, run_time=seconds)] if wide else []),
                )
            self.play(Vanish(*self.rod, *self.counts, run_time=0.3), self.step(self.mix(0.6, 0.4)))

    def leave(self) -> None:
        """Let p leave what is reached so far."""
        world, two = self.space_, len(self.first) == 2
        mark = self.question_mark(self.target[0])
        foot = la.column_space(spanned_by([self.drawn.column(k) for k in self.first])).project(
            self.spots[1]
        )
        gap = self.segment(self.p, foot.array, self.theme.ink, dashed=True, counts=False)
        middle = Place(((self.spots[1] + foot) * Fraction(1, 2)).array, color=self.theme.ink)
        number = self.label(middle, self.running(lambda: self.far, self.far), color=self.theme.ink)
        world.plant(mark, gap, middle, number)
        self.gap = [gap, number]
        with self.beat("ask", NOT_IN_PLANE if two else NOT_ON_LINE):
            self.p.now = self.spots[0]
            self.play(Appear(*self.target, self.p_foot, run_time=0.3))
            self.play(
                Change(self.p, self.spots[1], run_time=1.2), Vanish(self.written[0], run_time=0.3),
                After(0.9, Appear(self.written[-1], run_time=0.3)),
            )  # fmt: skip
            rock = [self.mix(0.9, 0.6), self.mix(0.6, 0.4)]
            self.predict(self.step(*rock), ask=mark)
            self.play(Vanish(mark, run_time=0.3))
        ways = [self.mix(x, y) for x, y in ((1.2, 0.2), (0.2, 1.1), (-0.4, 0.5))]
        with self.beat("edge", EDGE if two else OFF_LINE):
            to = self.aside if two else self.home
            if two:
                self.play(Look(world, to, run_time=2.4))
                self.while_reading(self.step(*ways[:2], run_time=0.9))
            thin = two and float(self.far) * to.unit < CLEAR
            if thin:
                self.say(NEAR)
                here = to.around(middle.point, 1.6 / float(self.far))
                self.play(
                    Look(world, here, run_time=2.0), Appear(*self.gap),
                    Vanish(*self.columns, *self.feet, *self.legs, *self.counts, run_time=0.5),
                )  # fmt: skip
                self.while_reading(Pulse(*self.gap))
                self.play(
                    Look(world, to, run_time=1.2), Appear(*self.columns, *self.feet),
                    Appear(*(self.legs[k] for k in self.first)),
                    Vanish(*self.gap),
                )  # fmt: skip
                return
            if two:
                self.say(OFF_PLANE)
            self.play(Appear(*self.gap))
            self.while_reading(self.step(ways[2], ways[0]))

    def go_on(self) -> None:
        """Let the other columns join in: only in rank 3 they lead to p."""
        late, full = self.late, self.rank == 3
        names = ", ".join(f"a_{k + 1}" for k in late)
        with self.beat("more", LAST if full else REST, a=names):
            self.play(
                Appear(*(self.legs[k] for k in late), *(self.counts[k] for k in late)),
                *([Vanish(*self.gap)] if full else []),
            )
            if full:
                self.play(self.step(self.mix(1, 1)))
                self.while_reading(
                    self.step(self.mix(1, 1, late=0.5), self.mix(1, 1, 1), run_time=1.4)
                )
                self.say(ALL, a=names)
                self.while_reading(Pulse(*self.target[:2], self.tip), Appear(self.whole))
            else:
                self.while_reading(
                    self.step(self.mix(0.5, 0.2, late=0.4), self.mix(0.4, 0.4, late=0.9))
                )
                sums = [f"{f'a_{k + 1}'} = {self.multiple(k)}" for k in late]
                self.say(STAYS, sums=", quad ".join(sums))
                self.while_reading(
                    self.step(self.mix(0.3, 0.3, late=0.5), self.mix(0.5, 0.5, late=0.2))
                )

    def slide_through(self) -> None:
        """Let the third column slide the plane through space."""
        (k,) = self.late
        a = self.drawn.column(k).array
        world, theme, span = self.space_, self.theme, self.span
        moving = sheet(
            span.u, span.v, span.along, span.across, at=lambda: self.c.now[k] * a,
            color=theme.columns[k], width=theme.line, fill=0.12,
        )  # fmt: skip
        world.plant(*moving)
        with self.beat("through", THROUGH):
            ends = [corner + x * a for corner in span.corners for x in (-0.8, 1.2)]
            view = self.home.fitted([*self.points, *ends], margin=0.45 * self.layout.text)
            self.play(
                Look(world, view, run_time=2.0), After(1.6, Appear(*moving, run_time=0.4)),
                Vanish(*(self.counts[j] for j in self.first)),
            )  # fmt: skip
            ways = [self.mix(1, 1, late=x) for x in (1.2, -0.8, 1)]
            self.play(self.step(*ways, run_time=1.3))

    def multiple(self, k: int) -> str:
        """Write a column as a sum of multiples of those that led somewhere."""
        counts = list(self.reduced.rref.column(k))[: len(self.reduced.pivots)]
        return notation.combination(counts, [f"a_{j + 1}" for j in self.reduced.pivots])

    def stay(self) -> None:
        """All columns are 0."""
        mark = self.question_mark(self.target[0])
        self.space_.plant(mark)
        with self.beat("ask", ASK_ZERO):
            self.predict(ask=mark)
            self.play(Vanish(mark, run_time=0.3))
        with self.beat("point", RUN):
            self.bring_steps(range(len(self.columns)))
            some = [[x] * len(self.columns) for x in (2, -1, 1)]
            self.while_reading(self.step(*some))
            self.say(ONLY_ZERO)
            self.while_reading(self.step(*some[1:]))

    def end(self) -> None:
        """Name the column space, in a picture that holds all of it."""
        world = self.space_
        with self.beat("remember", SUMMARY):
            view = world.view
            if self.rank == 2:  # a bit from the side, so that p is seen to be off the plane
                view = self.aside.between(self.home, 0.35)
                view = view.fitted(self.points, margin=0.45 * self.layout.text)
            self.play(
                Look(world, view, run_time=1.8), After(0.8, Appear(self.found)),
                Dim(*self.columns, *self.feet, to=1.0), Appear(*self.names),
                Vanish(*self.legs, *self.counts, self.tip_foot),
            )  # fmt: skip
            self.summary()


class Tenths(Running):
    """A number that halts in between, and is written there as it is while it runs."""

    def source(self, at_rest: bool) -> tuple[str, bool]:
        """Give the text now: exactly where it lands, else digits, however long it halts."""
        return super().source(at_rest=False)

    def _written(self, value: Any) -> str:
        tenths = 10 * float(value)
        return f"= {float(value):g}" if tenths == round(tenths) else super()._written(value)


class Amount(Label):
    """The amount of a column, on one side of the step along it; none next to nothing."""

    LEAST = 0.15  # of an amount
    OFF = 0.2  # stage units off the step

    def __init__(self, scene: Reaching, k: int, running: Running) -> None:
        theme = scene.theme
        self.scene, self.k = scene, k
        self.side = 0.0 * scene.p.now[:2]  # until it is known
        super().__init__(
            running, scene.legs[k], size=theme.label, color=theme.columns[k],
            halo=theme.background, on=0.5,
        )  # fmt: skip

    def find(self, matrix: Any, view: View) -> None:
        """Choose the side: off the other column, or, if both lie on one line, off p."""
        super().find(matrix, view)
        flat = (view.axes[:, : len(self.scene.M.now)] @ self.scene.M.now).T
        mine = flat[self.k]
        side = aside_of(mine, flat[self.k - 1] if self.k else -flat[1])
        self.on, self.off = 0.4 if self.k else 0.5, self.OFF
        if not side.any():  # on one line: each in its place along it, off p
            p = view.axes[:, : len(self.scene.p.now)] @ self.scene.p.now
            there = flat[1 - self.k if self.k < 2 else 0]
            side = aside_of(mine, -p) if mine.any() else aside_of(there, p)
            self.on, self.off = 0.5 if self.k else 0.25, self.OFF + ASIDE
        if not side.any() and not mine.any():
            side = toward((135, 45, -45)[self.k])
        if not side.any():
            side = aside_of(mine, self.side)
        self.side = side if side.any() else aside_of(mine, mine[::-1] * (-1, 1))

    def beside(self, bearing: float, gap: float) -> Any:
        """Give the place beside the middle of the step, whatever the planner proposes."""
        x, y = self.side
        return self.tip + (self.off + abs(x) * self.half[0] + abs(y) * self.half[1]) * self.side

    def pose(self, matrix: Any, view: View) -> None:
        """Follow the step as long as it is in sight."""
        super().pose(matrix, view)
        is_little = abs(self.scene.c.now[self.k]) < self.LEAST
        x, y = self.tip
        outside = not view.rect.inset(0.3).contains(Rect(x, y, x, y))
        self.strength = 0.0 if is_little or outside else 1.0


def aside_of(way: Any, off: Any) -> Any:
    """Give the unit normal (2,) of a direction of the stage on the side to which another leads."""
    across = way[::-1] * (-1.0, 1.0)
    far = float(across @ off)
    least = 0.05 * length(way) * length(off)
    return 0 * across if abs(far) <= least else across * (1 if far > 0 else -1) / length(across)


def beyond(M: la.Matrix) -> la.Vector:
    """Give a point that the columns of a matrix do not reach."""
    return cast("la.Unreachable", la.unreachable(M)).vector


def spanned_by(columns: Sequence[la.Vector]) -> la.Matrix:
    """Give the matrix with those columns."""
    return la.matrix([[v[i] for v in columns] for i in range(len(columns[0]))])
