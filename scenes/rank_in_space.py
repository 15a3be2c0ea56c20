"""Rank in space: how many columns lead somewhere new."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain
from typing import Any

from manim import VGroup

import lamath as la
from lamath import notation
from scenes.inputs import MatrixInput
from scenes.stage import (
    N_,
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
    Rename,
    Value,
    Vanish,
)
from scenes.stage.figure import leaves, set_presence
from scenes.stage.floor import Floor
from scenes.stage.layout import Rect
from scenes.stage.shapes import Dots, Place
from scenes.stage.solids import rod, sheet
from scenes.stage.span import Span, powers_of_ten
from scenes.stage.standpoint import edge_on, oblique
from scenes.stage.theme import Layer
from scenes.stage.view import View

QUESTION = N_("How many columns are not combinations of the earlier ones?")
LINE = N_("All multiples of ${a}$ fill a line.")
PLANE = N_("Slide this line along ${a}$: it sweeps out a plane.")
SAME = N_("Slide the line along ${a} = {sum}$: it stays the same line.")
ZERO = N_("${a} = 0$ leads nowhere.")
ASK = (
    N_("Only ${a}$ is left. Does it lead somewhere?"),
    N_("Does ${a}$ lead out of this line?"),
    N_("Does ${a}$ lead out of this plane?"),
)
OUT = N_("The plane from its edge: the tip of ${a}$ is not in it.")
CLOSE = N_("From close up: the tip of ${a}$ is not in the plane.")
INSIDE = N_("The plane from its edge: ${a}$ lies in it.")
SPACE = N_("Slide the plane along ${a}$: it sweeps out space.")
SUM = N_("${a} = {sum}$: we could go there already.")
RANK = N_("Together the columns reach $C(A)$. Its dimension is ${rank}$: the rank of $A$.")
CHANGE = N_("What if ${a}$ changes? Watch its tip.")
LAID = N_("${b} = {sum}$ lies in the plane: the rank of $B$ is only $2$.")
LIFTED = {
    1: N_("${b}$ is not $0$: one column leads somewhere, and the rank of $B$ is $1$."),
    2: N_("${b}$ leads out of the line: the rank of $B$ is $2$."),
    3: N_("${b}$ leads out of the plane: the rank of $B$ is ${rank}$."),
}
REMEMBER = N_("Rank: how many columns lead somewhere new.")
NEW = (
    N_("${column}$ is not $0$"), N_("${column}$ is off the line"), N_("${column}$ is off the plane")
)  # fmt: skip
OLD = (
    N_("${column}$ is the zero vector"),
    N_("${column}$ is on the line"),
    N_("${column}$ is in the plane"),
)
REACHED = (N_("only a point"), N_("a line"), N_("a plane"), N_("all of space"))


NAMES = "a_1", "a_2", "a_3"
FIRST, SECOND, THIRD = range(3)
FAR, FARTHEST = 0.15, 6  # how far off, in parts of the longest column, one should be lifted
CLEAR = 0.3  # stage units that nobody overlooks
PALE = 0.5
NEAR = 0.6  # of a column: how far a plane is slid where there is little room
FACING = 0.6  # sine of the angle under which the plane of two columns is seen


class RankInSpace(MatrixScene):
    """Column by column, what is reached is swept along; rank counts the sweeps that grow it."""

    title = N_("Rank in space")
    inputs = (MatrixInput("3x3", default="1 0 1; 0 1 1; 1 1 0"),)

    def construct(self) -> None:
        A = self.matrix
        self.new = leading(A)
        self.rank = sum(self.new)
        self.powers = powers_of_ten(A.columns)
        self.drawn = self.scaled(A)
        if self.rank == THIRD + 1:
            self.changed, self.near = THIRD, la.coplanar(self.drawn).matrix
        else:
            self.changed = la.neighbor(self.drawn).column
            self.near = self.lifted()
        self.other = self.scaled(self.near, -1)
        self.leaders = [k for k in range(3) if self.new[k]]
        self.cast()
        self.write_panel()
        self.question()
        for k in range(3):
            self.take_column(k)
        self.answer()
        self.contrast()
        self.remember()

    def scaled(self, A: la.Matrix, sign: int = 1) -> la.Matrix:
        """Give the matrix whose columns are drawn: lengths that differ widely are brought near."""
        factors = [Fraction(10) ** (-sign * power) for power in self.powers]
        return A @ la.matrix(
            [[f if i == j else 0 for j, f in enumerate(factors)] for i in range(3)]
        )

    def lifted(self) -> la.Matrix:
        """Change one entry until its column is clearly off what the others reach."""
        step = la.neighbor(self.drawn).matrix - self.drawn
        tried = [self.drawn + step * n for n in range(1, FARTHEST + 1)]
        longest = max(float(la.norm(column)) for column in tried[0].columns)
        far = (B for B in tried if float(self.height(B)) >= FAR * longest)
        return next(far, tried[-1])

    def height(self, matrix: la.Matrix) -> Any:
        """Give how far the tip of the changing column is from what the others reach."""
        others = [c for j, c in enumerate(matrix.columns) if j != self.changed]
        return la.gram_schmidt([*others, matrix.column(self.changed)]).steps[-1].length

    def legs(self, matrix: la.Matrix, k: int) -> list[tuple[la.Vector, la.Vector, str]]:
        """Give the steps along the new columns that lead to one in their plane."""
        goal, counts = matrix.column(k), la.row_reduce(matrix).rref.column(k)
        steps = [
            (matrix.column(j) * c, self.theme.columns[j])
            for c, j in zip(counts, self.leaders[:2], strict=False)
        ]
        (p, first), (q, second) = sorted(steps, key=lambda step: float(la.norm(step[0])))
        legs = [(goal * 0, p, first), (p, goal, second)]
        if counts[0] == counts[1] == 1:  # a parallelogram, two of whose sides are the arrows
            legs = [(p, goal, second), (q, goal, first)]
        return [leg for leg in legs if leg[0] != leg[1]]

    # -- the cast ------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up the arrows on their floor, and the line and the plane that they reach."""
        theme = self.theme
        self.colors = {
            f"{letter}_{k}": color for letter in "ab" for k, color in enumerate(theme.columns, 1)
        }
        self.columns = [column.array for column in self.drawn.columns]
        goal = self.near.column(self.changed).array
        leaders = [self.columns[k] for k in self.leaders]
        self.span = span = Span(
            leaders if len(leaders) > 1 else [*leaders, goal],
            [*self.columns, goal, *(-0.6 * each for each in leaders[:1])],
        )
        self.spots = [*self.columns, goal]
        if len(leaders) == SECOND + 1:
            others = (k for k in range(3) if not self.new[k])
            self.spots += [leg[0].array for k in others for leg in self.legs(self.drawn, k)]
        self.M, self.grown = Value(self.drawn), [Value(0.02) for _ in NAMES]
        self.arrows = [
            self.arrow(lambda k=k: self.grown[k].now * self.M.now[:, k], color)
            for k, color in enumerate(theme.columns)
        ]
        self.labels = [self.label(arrow, self.named("a", k)) for k, arrow in enumerate(self.arrows)]
        self.space_ = world = self.space(*self.arrows, *self.labels)
        self.floor = world.ground = Floor(theme, self._unit_note, over=self.spots)
        world.most = float("inf")
        normal = span.normal if self.rank > 1 else 0 * span.normal
        world.given_view = oblique(world.view, self.columns, normal, facing=FACING)
        self.reached, self.swept, self.slid = Value((0, 0)), Value((0, 0)), Value(0.0)
        self.moving = Value(0.0)  # where the line stands, across the plane
        color, thin = theme.column_space, theme.line
        self.plane = sheet(
            span.u, span.v, self.reached, self.swept, color=color, width=thin, fill=0.2
        )
        self.line_, self.slider = (
            rod(
                span.u,
                self.reached,
                at=lambda at=at: at.now * span.v,
                color=color,
                width=theme.bold,
            )
            for at in (Value(0.0), self.moving)
        )
        self.rising = self.shifted(span, lambda: self.slid.now * self.columns[THIRD])
        self.tip = self.dot(lambda: self.M.now[:, THIRD], theme.third)  # it alone, seen from near
        self.tip_name = self.label(self.tip, self.named("a", THIRD))
        world.plant(*self.plane, *self.line_, *self.slider, *self.rising, self.tip, self.tip_name)
        self.feet = [self.standing(world, arrow) for arrow in self.arrows]
        self.standing_there = [*self.arrows, *self.labels, *chain(*self.feet)]
        self.leaving: list[Any] = []  # what is there to show where the last column leads

    def named(self, letter: str, k: int) -> str:
        """Write the name of what is drawn for a column, which may be a part of it."""
        name = f"{letter}_{k + 1}"
        return f"10^({-self.powers[k]}) {name}" if self.powers[k] else name

    def shifted(self, span: Span, at: Any) -> list[Any]:
        """Give a plane that has been slid off the origin."""
        look = {"color": self.theme.column_space, "width": self.theme.line, "fill": 0.07}
        return sheet(span.u, span.v, span.along, span.across, at=at, **look)

    def write_panel(self) -> None:
        """Set up the tally: for each column whether it is new; first of A, then of B."""
        A, B = self.matrix, self.other
        self.cards = [self.card(A, "A"), self.card(B, "B", means=B), self.card(B, "B", means=B)]
        self.tallies = [self.tally_of(A), self.tally_of(B, self.changed)]
        self.known = [
            self.math(self.rank_of(*each), size=1.25 * self.theme.math)
            for each in (("A", A), ("B", B))
        ]
        self.panel.set(
            self.heading(), Either(*self.cards[:2]),
            Either(*(VGroup(*rows) for rows in self.tallies), self.cards[2]), Either(*self.known),
        )  # fmt: skip

    def tally_of(self, matrix: la.Matrix, changed: int | None = None) -> list[Any]:
        """Write for each column of a matrix whether it is new, and why."""
        rows, new = [], leading(matrix)
        for k, column in enumerate(matrix.columns):
            before = sum(new[:k]) if column.array.any() else 0
            said, count = (NEW, "+1") if new[k] else (OLD, "+0")
            rows.append(self.row(said[before], count, column=f"{'ab'[k == changed]}_{k + 1}"))
        return rows

    def rank_of(self, name: str, matrix: la.Matrix) -> str:
        """Write what the rank of a matrix is."""
        return f'op("rank") {name} = {sum(leading(matrix))}'

    def fitted(self, view: View, reach: int, margin: float = 0.45) -> View:
        """Give the view in which all arrows fit, and a line (1), a plane (2) or space (3)."""
        ends = self.span.corners if reach > 1 else self.span.ends
        if reach > 2:
            ends = [end + side * self.columns[THIRD] for end in ends for side in (-1, 1)]
        points = [*self.spots, *ends, *self.floor.corners]
        return view.fitted(points, margin=margin * self.layout.text)

    # -- the story -----------------------------------------------------------------------

    def question(self) -> None:
        """Set the columns up as arrows, one after the other, and ask what they reach."""
        world = self.space_
        self.open(self.panel.blocks[0], self.cards[0])
        near, reach = self.fitted(world.view, 1), min(self.rank, 2)
        self.home = self.fitted(near, reach)
        self.aside = self.fitted(edge_on(near, self.span.normal, self.spots), reach)
        world.look(self.fitted(near.turned(near.azimuth + 0.5, near.elevation), 1))
        self.draw()
        with self.beat("columns", QUESTION):
            for k, arrow in enumerate(self.arrows):
                self.play(
                    Change(self.grown[k], 1.0, run_time=0.7),
                    Appear(arrow, run_time=0.2), Appear(*self.feet[k], run_time=0.7),
                    After(0.4, Appear(self.labels[k], run_time=0.3)),
                    Pulse(self.cards[0].column(k), run_time=0.7),
                )  # fmt: skip
            self.while_reading(Look(world, near, run_time=1.3), most=4.0)

    def take_column(self, k: int) -> None:
        """Take one more column: it leads out of what is reached already, or doesn't."""
        before = sum(self.new[:k])
        if k == FIRST:
            self.play(
                Dim(*self.arrows[1:], *self.labels[1:], *chain(*self.feet[1:]), to=PALE),
                run_time=0.4,
            )
        else:
            self.play(Dim(self.arrows[k], self.labels[k], *self.feet[k], to=1.0), run_time=0.4)
        if k == THIRD:
            beyond = Place(1.5 * self.columns[k], color=self.theme.ink)
            mark = self.question_mark(beyond)
            self.space_.plant(beyond, mark)
            with self.beat("ask", ASK[before], a=self.named("a", k)):
                around = self.space_.view
                around = around.turned(around.azimuth, around.elevation + 0.2)
                self.predict(Look(self.space_, around, run_time=2.0), ask=mark)
                self.play(Vanish(mark, run_time=0.3))
        tell = self.nothing, self.same_line, self.in_plane
        if self.new[k]:
            tell = self.sweep_line, self.sweep_plane, self.sweep_space
        tell[before if self.columns[k].any() else 0](k)

    def tally_up(self, k: int, *motions: Any) -> None:
        """Write into the panel what a column led to, while motions go on."""
        row = self.tallies[0][k]
        pulse = Pulse(row.value, self.arrows[k], run_time=1.2)
        self.while_reading(Appear(row), pulse, *motions)

    def sweep_line(self, k: int) -> None:
        """The first column that is not 0: a line."""
        with self.beat(f"column {k + 1}", LINE, a=self.named("a", k)):
            self.play(
                Appear(*self.line_, run_time=0.2),
                Change(self.reached, self.span.along, run_time=1.4),
            )
            self.tally_up(k)

    def sweep_plane(self, k: int) -> None:
        """The second new column: the line sweeps out a plane."""
        low, high = self.span.across
        with self.beat(f"column {k + 1}", PLANE, a=self.named("a", k)):
            slides = (
                Change(self.moving, x, run_time=t) for x, t in ((high, 1.3), (0, 0.4), (low, 1.0))
            )
            first, last = (
                Change(self.swept, (0, high), run_time=1.3),
                Change(self.swept, (low, high), run_time=1.0),
            )
            self.play(
                Look(self.space_, self.home), Appear(*self.slider, *self.plane, run_time=0.3),
                Chain(*slides), Chain(first, After(0.4, last)),
            )  # fmt: skip
            self.tally_up(k, Vanish(*self.slider, *self.line_))

    def sweep_space(self, k: int) -> None:
        """The third new column: the plane sweeps out space."""
        self.see_edge_on(k, out=True)
        stack = self.stack(self.space_, self.span, self.columns[k])
        self.leaving += [*chain(*stack), *self.rising]
        with self.beat(f"column {k + 1}", SPACE, a=self.named("a", k)):
            self.step_back()
            look = Look(self.space_, self.fitted(self.home, 3), run_time=1.1)
            self.play(look, Dim(*self.arrows, *self.labels, to=1.0))
            slides = (Change(self.slid, to, run_time=t) for to, t in ((1.0, 1.1), (-1.0, 1.4)))
            left = zip((1.1, 2.5), stack, strict=True)
            self.play(
                Appear(*self.rising, run_time=0.3), Chain(*slides),
                *(After(when, Appear(*each, run_time=0.2)) for when, each in left),
            )  # fmt: skip
            self.tally_up(k)

    def stack(self, world: Any, span: Span, way: Any) -> list[list[Any]]:
        """Set up planes that a plane leaves behind as it is slid along a column, both ways."""
        stack = [self.shifted(span, part * way) for part in (1.0, -1.0)]
        world.plant(*chain(*stack))
        return stack

    def nothing(self, k: int) -> None:
        """A column that is 0."""
        with self.beat(f"column {k + 1}", ZERO, a=NAMES[k]):
            self.tally_up(k, Pulse(self.arrows[k]))

    def same_line(self, k: int) -> None:
        """A column on the line: slid along it, the line moves in itself."""
        base, slid = self.columns[self.leaders[0]], Value(0.0)

        def multiples() -> Any:
            return self.span.holds([n * base + slid.now * self.columns[k] for n in range(-9, 10)])

        beads = Dots(multiples, color=self.theme.column_space)
        self.space_.plant(beads)
        with self.beat(f"column {k + 1}", SAME, a=NAMES[k], sum=as_sum(self.matrix, k)):
            self.play(Appear(beads))
            self.play(Change(slid, 1.0, run_time=2.0))
            self.tally_up(k, Vanish(beads))

    def in_plane(self, k: int) -> None:
        """A column in the plane: it is reached by steps along the others."""
        self.see_edge_on(k, out=False)
        with self.beat(f"column {k + 1}", SUM, a=NAMES[k], sum=as_sum(self.matrix, k)):
            self.play(
                Look(self.space_, self.home, run_time=1.5), Dim(*self.arrows, *self.labels, to=1.0)
            )
            self.go(self.drawn, k)
            self.tally_up(k)

    def go(self, matrix: la.Matrix, k: int) -> None:
        """Draw the steps along other columns that lead to one."""
        steps = [self.segment(*leg, dashed=True, counts=False) for leg in self.legs(matrix, k)]
        self.space_.plant(*steps)
        self.leaving += steps
        self.play(Chain(*(Draw(step, run_time=0.6) for step in steps)))

    def see_edge_on(self, k: int, *, out: bool) -> None:
        """Walk round until the plane is seen edge-on: then a column in it can't hide."""
        gap, thin = self.gap_of(k) if out else [], out and self.is_thin
        with self.beat("edge"):
            others = [*self.arrows[:k], *self.labels[:k]]
            self.play(Look(self.space_, self.aside, run_time=2.4), Dim(*others, to=PALE))
            self.say(CLOSE if thin else OUT if out else INSIDE, a=self.named("a", k))
            self.closer()
            self.play(Appear(*gap), Pulse(self.arrows[k], *self.plane))
            self.while_reading(Pulse(self.arrows[k], self.tip), most=4.0)
            self.play(Vanish(*gap, run_time=0.3))

    def gap_of(self, k: int) -> list[Any]:
        """Give the perpendicular from a column's tip to the plane."""
        n, (right, up) = self.span.normal, self.aside.axes

        def tip() -> Any:
            return self.M.now[:, k]

        def foot() -> Any:
            return tip() - (n @ tip()) * n

        drop = self.segment(foot, tip, self.theme.ink, counts=False)
        far = max((float(n @ tip) for tip in (self.columns[k], self.spots[3])), key=abs)
        across = (right @ n) * up - (up @ n) * right
        square = self.right_angle(n if far > 0 else -n, across, at=foot, size=0.18)
        self.space_.plant(drop, square)
        return [drop, square]

    @property
    def is_thin(self) -> bool:
        """Whether the third column leads out of the plane by so little that nobody sees it."""
        return self.rank > 2 and float(self.height(self.drawn)) * self.aside.unit < CLEAR

    def closer(self) -> None:
        """See the tip of a column that is nearly in the plane from near, without its arrow."""
        if not self.is_thin:
            return
        tip, n = self.columns[THIRD], self.span.normal
        unit = 1.6 / float(self.height(self.drawn))
        self.play(
            Look(self.space_, self.aside.around(tip - 0.5 * (n @ tip) * n, unit), run_time=1.8),
            Vanish(*self.standing_there, run_time=0.6), Appear(self.tip, self.tip_name),
        )  # fmt: skip

    def step_back(self) -> None:
        """See all the arrow again."""
        if self.is_thin:
            self.play(
                Look(self.space_, self.aside), After(0.5, Appear(*self.standing_there)),
                Vanish(self.tip, self.tip_name),
            )  # fmt: skip

    def answer(self) -> None:
        """The rank: how many columns led somewhere new."""
        home, space = self.home, self.space_
        around = self.fitted(home.turned(home.azimuth + 0.35, home.elevation), max(self.rank, 1))
        with self.beat("rank", RANK, rank=self.rank):
            self.play(Appear(self.known[0]), Pulse(*(row.value for row in self.tallies[0])))
            self.while_reading(Look(space, around, run_time=2.0), Pulse(self.known[0]))

    def contrast(self) -> None:
        """One column is changed, and the rank with it."""
        k, world, seconds = self.changed, self.space_, 2.0
        a, b = (self.named(letter, k) for letter in "ab")
        name, there = f"b_{k + 1}", sum(leading(self.other))
        labels = self.labels[k], self.tip_name
        flat = self.rank > there
        beside = [each for j in range(3) if j != k for each in (self.arrows[j], self.labels[j])]
        gap = self.gap_of(k) if max(self.rank, there) > 2 else []
        with self.beat("contrast", CHANGE, a=a):
            self.play(
                Vanish(*self.leaving), Dim(*beside, to=PALE),
                *([Look(world, self.aside, run_time=1.2)] if gap else []),
                *(Rename(label, f"{a} -> {b}") for label in labels),
            )  # fmt: skip
            self.closer()
            self.play(
                Change(self.M, self.near, run_time=seconds), Appear(*gap, run_time=0.3),
                *([After(seconds - 0.4, Vanish(*gap, run_time=0.4))] if flat else []),
            )  # fmt: skip
            if flat:
                self.step_back()
            self.play(
                *([Look(world, self.home)] if flat else []), Dim(*beside, to=1.0),
                Vanish(self.cards[0], *self.tallies[0], self.known[0], run_time=0.4),
                After(0.4, Appear(self.cards[1])), *(Rename(label, b) for label in labels),
            )  # fmt: skip
            if flat:
                self.go(self.near, k)
                self.say(LAID, b=name, sum=as_sum(self.other, k))
            else:
                self.say(LIFTED[there], b=name, rank=there)
                self.sweep_again(there)
            rows = (After(0.4 * j, Appear(row)) for j, row in enumerate(self.tallies[1]))
            self.play(*rows, After(1.2, Appear(self.known[1])))
            self.while_reading(Pulse(self.arrows[k], self.tip, self.known[1]), most=2.0)

    def sweep_again(self, there: int) -> None:
        """Show the line or the plane that the lifted column opens."""
        if there == 1:
            self.play(Appear(*self.line_), Change(self.reached, self.span.along, run_time=1.2))
        if there == 2:
            self.play(
                Appear(*self.plane), Change(self.swept, self.span.across, run_time=1.2),
                Look(self.space_, self.fitted(self.space_.view, 2)),
            )  # fmt: skip

    def remember(self) -> None:
        """What A reaches beside what B reaches."""
        rect = self.space_.view.rect.inset(0.25, 0.3)
        rects = rect.columns((1, 1), 0.25)
        pairs = [("A", self.drawn), ("B", self.near)]
        spans = [self.span_of(matrix) for _, matrix in pairs]
        points = [*self.floor.corners, *chain(*(points for _, points in spans))]
        with self.beat("remember", REMEMBER):
            self.play(
                Vanish(*self.space_.pieces(), self.cards[1], *self.tallies[1], self.known[1]),
                After(0.4, Appear(self.cards[0], self.cards[2])),
            )
            pictures = [
                self.picture(*pair, span, rect, points)
                for pair, (span, _), rect in zip(pairs, spans, rects, strict=True)
            ]
            self.play(*(After(0.8 * k, Appear(*each)) for k, each in enumerate(pictures)))
            self.summary()

    def span_of(self, matrix: la.Matrix) -> tuple[Span, list[Any]]:
        """Give the line and the plane of a matrix's columns, and points round what they reach."""
        columns = [column.array for column in matrix.columns]
        new = [column for column, each in zip(columns, leading(matrix), strict=True) if each]
        if not new:
            return self.span, columns
        span = Span(new, [*columns, -0.6 * new[0]])
        ends = span.corners if len(new) > 1 else span.ends
        far = (end + side * way for end in ends for way in new[2:] for side in (-NEAR, NEAR))
        return span, [*columns, *ends, *far]

    def picture(
        self, letter: str, matrix: la.Matrix, span: Span, rect: Rect, points: list[Any]
    ) -> list[Any]:
        """Set up a small picture of what the columns of a matrix reach."""
        theme, reached = self.theme, sum(leading(matrix))
        look = {"color": theme.column_space, "width": theme.line}
        world = self.space()
        world.ground = Floor(theme, self._unit_note, over=self.spots, note=False)
        room = rect.inset(0.0, 3.4 * theme.math)
        world.view = self.home.on(room).fitted(points, margin=0.1)
        if reached == 1:
            world.plant(*rod(span.u, span.along, at=0 * span.u, **look | {"width": theme.bold}))
        if reached > 1:
            world.plant(*sheet(span.u, span.v, span.along, span.across, **look))
        if reached > 2:
            self.stack(world, span, NEAR * matrix.column(THIRD).array)
        for k, column in enumerate(matrix.columns):
            arrow = self.arrow(column, theme.columns[k], scale=0.75)
            name = self.named("b" if letter == "B" and k == self.changed else "a", k)
            world.plant(arrow, self.label(arrow, name))
        above = self.math(self.rank_of(letter, matrix), size=1.2 * theme.math)
        below = self.prose(REACHED[reached], size=1.4 * theme.prose)
        rows = world.view.place(points)[:, 1]
        floors = rows.max() + 2.1 * theme.math, rows.min() - 2.9 * theme.math
        for sign, floor in zip((above, below), floors, strict=True):
            sign.scale(min(1.0, 0.95 * rect.width / float(sign.width)))
            sign.shift([rect.center[0] - sign.get_center()[0], floor - sign.baseline, 0.0])
            world.signs.append(sign)
            for leaf in leaves(sign):
                leaf.clip, leaf.z_index = rect, float(Layer.LABEL)
        pieces = list(world.pieces())
        for piece in pieces:
            set_presence(piece, 0.0)
        return pieces


def leading(A: la.Matrix) -> list[bool]:
    """Say of each column whether it leads out of what those before it reach."""
    pivots = la.row_reduce(A).pivots
    return [k in pivots for k in range(3)]


def as_sum(A: la.Matrix, k: int) -> str:
    """Write a column as a sum of multiples of those before it that lead somewhere new."""
    reduced = la.row_reduce(A)
    counts = list(reduced.rref.column(k))[: len(reduced.pivots)]
    return notation.combination(counts, [NAMES[j] for j in reduced.pivots])
