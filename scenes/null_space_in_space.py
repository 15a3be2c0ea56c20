"""The null space in space: the steps that cancel, and the directions that A cannot see."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate, chain, product
from math import ceil
from typing import Any

from manim import DOWN, RIGHT, VGroup

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
    Either,
    Entries,
    Fly,
    Look,
    MatrixScene,
    Pulse,
    Rename,
    Value,
    Vanish,
)
from scenes.stage.figure import length, presence_of, read, toward
from scenes.stage.floor import Floor
from scenes.stage.layout import Rect
from scenes.stage.shapes import Place
from scenes.stage.solids import rod, sheet
from scenes.stage.span import Span
from scenes.stage.standpoint import along, edge_on, oblique
from scenes.stage.view import FROM_ABOVE, View
from scenes.stage.walk import Walk
from scenes.stage.world import World

SEND = N_("$A$ sends the steps $e_k$ on the left to its columns $a_k$ on the right.")
ASK = {
    "plane": N_("Three columns in one plane: can steps along them lead back to $0$?"),
    "flat": N_("Three columns in the plane: can steps along them lead back to $0$?"),
    "line": N_("All columns on one line: can steps along them lead back to $0$?"),
    "space": N_("${a}$ leads out of the plane of ${b}$ and ${c}$: can steps lead back to $0$?"),
    "two": N_("$a_2$ leads out of the line of $a_1$: can steps lead back to $0$?"),
    "zero": N_("All columns are $0$: will $A x$ ever leave $0$?"),
}

# something is lost
WALK = N_("Go ${sum}$ on the right, and the same steps on the left.")
ANOTHER = N_("Another way: ${sum}$.")
BACK = N_("Back at $0$. The numbers of steps are an input ${n}$, and $A {n} = 0$.")
LIFT = {
    "plane": N_("What if ${a}$ leaves the plane?"),
    "line": N_("What if ${a}$ leaves the line?"),
    "flat": N_("What if ${a}$ turns within the plane?"),
}
MISSED = {
    "plane": N_("The steps miss $0$: nothing undoes the one off the plane."),
    "line": N_("The steps miss $0$: nothing undoes the one off the line."),
    "flat": N_("The steps miss $0$, but others lead back: ${sum} = 0$."),
}
NULL_LINE = N_("All multiples of $n$ go to $0$ too: the line $N(A)$, the null space.")
NULL_PLANE = N_("All sums of their multiples go to $0$ too: the plane $N(A)$, the null space.")
ADD = N_("Move another input $x$ along $n$. Watch $A x$.")
ADD_PLANE = N_("Move another input $x$ parallel to $N(A)$. Watch $A x$.")
SAME = N_("$A (x + {n}) = A x + {image} = A x$: it stays.")
LINES = N_("Look along $n$: what becomes of the lines?")
PLANES = N_("Look from the edge: what becomes of the planes?")
DOTS = N_("Each line is one dot here, as on the right.")
STRIPES = N_("Each plane is one line here, and one dot on the right.")
UNSEEN = N_("$N(A)$ is the direction that $A$ cannot see.")
UNSEEN_PLANE = N_("$N(A)$ holds the directions that $A$ cannot see.")

# nothing is lost
TRY = N_("Try ${sum}$ on the right, and the same steps on the left.")
CANNOT = {
    "space": N_("Missed: no steps along $a_1$ and $a_2$ undo a step off their plane."),
    "two": N_("Missed: no steps along $a_1$ undo a step off its line."),
}
ONLY_ZERO = N_("Only taking no steps ends at $0$: the null space $N(A)$ is just $0$.")
LAY = {
    "space": N_("What if ${a}$ lay in the plane?"),
    "two": N_("What if ${a}$ lay on the line?"),
}
CLOSES = N_("Back at $0$: this input $n$ is lost, $B n = 0$.")
ALL_CHANGE = N_("$N(A)$ is just $0$: add any $v != 0$ to $x$, and $A x$ changes.")

# everything is lost
NOWHERE = N_("No: steps along columns that are $0$ lead nowhere.")
ALL_SPACE = N_("Every input goes to $0$: the null space $N(A)$ is all of them.")
CHANGE_ZERO = N_("What if one entry is not $0$? Watch $x$ and its output.")
SOME = N_("Now $B x$ moves: not every input goes to $0$.")
SEES_NOTHING = N_("$N(A)$ holds every direction: $A$ sees none.")

NAMES = "a_1", "a_2", "a_3"
UNITS = "e_1", "e_2", "e_3"
LONGEST = 3.4  # an n that is longer is added in parts
FAR, FARTHEST = 0.2, 6  # how far off, in parts of the longest column, one should be lifted
REACH = 0.6  # how far the parallel lines go on both sides, in parts of what is added
ORIGIN = 0.0, 0.0, 0.0
LONG = 5  # signs of an entry that are too many to run in the panel
CLEAR = 0.3  # stage units that nobody overlooks


class NullSpaceInSpace(MatrixScene):
    """Steps along the columns that cancel are an input that A sends to 0, and cannot see."""

    title = N_("The null space in space")
    inputs = (MatrixInput("3x3", "2x3", "3x2", default="1 0 1; 0 1 1; 1 1 2"),)
    stages = 2

    def construct(self) -> None:
        A = self.matrix
        self.rows, self.many = A.shape
        self.rank, self.nulls = la.rank(A), la.null_space(A).vectors
        if not self.rank:
            self.all_lost()
        elif self.nulls:
            self.some_lost()
        else:
            self.nothing_lost()

    def some_lost(self) -> None:
        """Tell of steps that cancel."""
        self.drawn = self.rank
        self.set_up(self.changed())
        self.send()
        self.ask()
        for k in range(self.lost):
            self.cancel(k)
        if self.lost == 1:
            self.contrast()
        self.null_space()
        self.shift_x()
        self.look_along()
        self.remember()

    def nothing_lost(self) -> None:
        """Tell of columns each of which leads out of what the others reach."""
        laid = (la.coplanar if self.many == 3 else la.parallel)(self.matrix).matrix
        self.change, self.drawn = self.many - 1, self.many - 1
        self.nulls = la.null_space(laid).vectors
        self.set_up(laid)
        self.send()
        self.ask()
        self.miss()
        self.lay()
        self.all_change()

    def all_lost(self) -> None:
        """Tell of columns that lead nowhere."""
        near = la.neighbor(self.matrix)
        self.change, self.drawn = near.column, 1
        self.nulls = la.null_space(near.matrix).vectors
        self.set_up(near.matrix)
        self.send()
        self.stay()
        self.leave()
        self.see_nothing()

    # -- what is looked at ---------------------------------------------------------------

    def changed(self) -> la.Matrix:
        """Give A with a column changed, so that steps that cancelled no longer do."""
        A = self.matrix
        if self.rank == min(A.shape):  # wide: no column can leave the plane
            (n,) = self.nulls
            self.change = max(range(3), key=lambda k: (abs(n[k]), k))
            i = next(k for k in range(3) if k != self.change)
            sign = 1 if n[i] * n[self.change] <= 0 else -1
            shear = [
                [int(r == c) + sign * ((r, c) == (i, self.change)) for c in range(3)]
                for r in range(3)
            ]
            return A @ la.matrix(shear)
        near = la.neighbor(A)
        self.change, step = near.column, near.matrix - A
        tried = [A + step * k for k in range(1, FARTHEST + 1)]
        longest = max(float(la.norm(column)) for column in A.columns)
        n = self.tested
        far = (B for B in tried if float(la.norm(B @ n)) >= FAR * longest)
        return next(far, tried[-1])

    @property
    def kind(self) -> str:
        """Say where the columns lie."""
        if self.rank == self.many:
            return "space" if self.many == 3 else "two"
        return ("zero", "line", "plane" if self.rows == 3 else "flat")[self.rank]

    @property
    def tested(self) -> la.Vector:
        """The steps that are tried again when a column has changed."""
        return next(n for n in reversed(self.nulls) if n[self.change] != 0)

    def set_up(self, other: la.Matrix) -> None:
        """Set up both sides with their arrows, and the panel."""
        theme, A, many, nulls = self.theme, self.matrix, self.many, self.nulls
        self.lost = len(nulls)
        self.colors = {
            f"{letter}_{k}": color for letter in "abe" for k, color in enumerate(theme.columns, 1)
        }
        self.colors |= dict.fromkeys(("n", "n_1", "n_2", "N(A)"), theme.null_space)
        self.colors |= {"x": theme.input, "A x": theme.output, "C(A)": theme.column_space}
        self.other = other
        self.C, self.D = in_space(A), in_space(other)  # columns (3, many)
        self.E = la.identity(3).array[:, :many]
        self.ns = read([self.E @ n.array for n in nulls])  # a row for each
        self.M, self.part = Value(self.C), Value(self.first(0))
        self.choose_inputs()
        ways_in = [*self.E.T, *self.ns, self.x, self.x + self.way]
        self.left = self.side(
            0, N_("inputs"), ways_in, [*self.net, *self.E.T, *-self.E.T], many == 2
        )
        self.right = self.side(1, N_("outputs"), self.C.T, self.C.T, self.rows == 2)

        self.units = [
            self.arrow(e, color) for e, color in zip(self.E.T, theme.columns, strict=False)
        ]
        self.columns = [
            self.arrow(lambda k=k: self.M.now[:, k], theme.columns[k]) for k in range(many)
        ]
        self.unit_names = [self.label(*each) for each in zip(self.units, UNITS, strict=False)]
        self.column_names = [
            self.label(arrow, name if c.any() else f"{name} = 0")
            for arrow, name, c in zip(self.columns, NAMES, self.C.T, strict=False)
        ]
        if not self.rank:  # at one point there is room for one name
            names = " = ".join(NAMES[:many])
            self.column_names = [self.label(self.columns[0], f"{names} = 0")] * many
        self.goal, self.zero = self.ring((0, 0, 0)), self.dot((0, 0, 0), theme.null_space, 0.14)
        self.mark = self.question_mark(self.goal)
        self.left.plant(*self.units, *self.unit_names)
        self.right.plant(
            *self.columns, *self.column_names, self.goal, self.mark, self.zero
        )  # fmt: skip
        self.origin = self.dot((0, 0, 0), theme.null_space, 0.12)
        self.alone = self.label(self.origin, "N(A) = {0}")
        self.left.plant(self.origin, self.alone)
        self.drops = [] if self.rows == 2 else self.standing(self.right, *self.columns)

        leaders = [(self.C if self.rank else self.D)[:, k] for k in self.kept]
        self.span = Span(
            leaders, [*leaders, *self.C.T, *(self.C @ self.coefficients(p) for p in self.net)]
        )
        look = {"color": theme.column_space, "width": theme.line}
        cut_down = [tuple(0.85 * a for a in reach) for reach in (self.span.along, self.span.across)]
        self.reached: list[Any] = (
            sheet(self.span.u, self.span.v, *cut_down, fill=0.14, **look)
            if self.drawn == 2 and self.rows == 3
            else rod(self.span.u, self.span.along, at=ORIGIN, **look)
            if self.drawn == 1 and self.rank
            else []
        )
        self.right.plant(*self.reached)

        room = Entries.room(A, other)
        self.runs = max(map(len, room)) <= LONG  # else its entries would have no room to run
        self.card_A = self.card(A, "A", room=room if self.runs else ())
        self.card_B = (
            self.card(A, "B", means=other, room=room) if self.runs else self.card(other, "B")
        )
        self.n_cards = [
            self.card(n, name, colors=(theme.null_space,))
            for n, name in zip(nulls, self.n_names, strict=True)
        ]
        self.equations = [self.math(f"{notation.combination(n, NAMES[:many])} = 0") for n in nulls]
        total = self.prose(
            N_("${total}$ columns"), total=f"{self.rank} + {many - self.rank} = {many}"
        )
        words = self.prose(N_("rank + $dim N(A)$:"))
        self.total = VGroup(words, total).arrange(DOWN, buff=0.2)
        if self.aspect != "16:9":
            self.equations = []  # there is no room for them
        blocks = [VGroup(*self.n_cards).arrange(RIGHT, buff=0.35), *self.equations]
        blocks = [*blocks, RULE] if self.rank else []
        self.panel.set(
            self.heading(), Either(self.card_A, self.card_B), RULE, *blocks, self.total,
        )  # fmt: skip

    @property
    def n_names(self) -> list[str]:
        """What the steps that cancel are called."""
        return ["n"] if self.lost == 1 else [f"n_{k + 1}" for k in range(self.lost)]

    def first(self, k: int) -> Any:
        """Give one step along the k-th of what cancels, and none along the others."""
        return la.identity(self.lost).array[k]

    def coefficients(self, point: Any) -> Any:
        """Give an input's own coordinates, without the height that a flat one doesn't have."""
        return point[: self.many]

    def image_of(self, point: Any) -> Any:
        """Give what A sends an input to."""
        return self.C @ self.coefficients(point)

    def choose_inputs(self) -> None:
        """Choose inputs that A tells apart, one to be followed, and what is added to it."""
        if self.rank == self.many:
            self.kept = list(range(self.drawn))
        elif not self.rank:
            self.kept = [self.change]
        elif self.lost == 1:
            (n,) = self.nulls
            last = max(range(self.many), key=lambda k: (abs(n[k]), k))
            self.kept = [k for k in range(self.many) if k != last]
        else:
            self.kept = [max(range(self.many), key=lambda k: length(self.C[:, k]))]
        steps = (
            (-1.0, 0.0, 1.0) if self.drawn == 2 or self.lost == 2 else (-1.0, -0.5, 0.0, 0.5, 1.0)
        )
        frame = self.E[:, self.kept].T
        self.net = [read(each) @ frame for each in product(steps, repeat=self.drawn)]
        x = frame[0]
        if self.drawn == 2:
            i, j = self.kept
            n = self.ns[0]
            x = frame[0] + frame[1] if n[i] * n[j] < 0 else frame[0] - frame[1]
        out = self.image_of(x)
        up = out[2] if abs(out[2]) > 1e-9 else out[1]
        self.x = -x if up < 0 else x
        self.some = Fraction(1, max(1, ceil(length(self.ns[0]) / LONGEST)))
        self.way = float(self.some) * self.ns[0]

    # -- where to stand ------------------------------------------------------------------

    def side(self, stage: int, name: str, vectors: Any, points: Any, flat: bool) -> World:
        """Set up the inputs, or the outputs: space with its floor, or the plane from above."""
        if flat and stage == 1:
            world = self.world(grid=False, stage=stage, name=name)
        else:
            world = self.space(stage=stage, name=name)
            world.ground = Floor(self.theme, self._unit_note, over=points, always=True)
            is_plane = self.drawn == 2 and stage == 1
            kept = [self.C[:, k] for k in self.kept]
            normal = Span(kept, kept).normal if is_plane else ()
            view = oblique(world.given_view or world.view, vectors, normal)
            world.given_view = view.turned(*FROM_ABOVE) if flat else view
        world.most = float("inf")
        return world

    def points_in(self) -> list[Any]:
        """Give the inputs that one view of them is to show."""
        walks = [passed(n, self.E) for n in self.nulls]
        lines = [p + s * self.way for p in self.net for s in (-REACH, REACH)]
        if self.lost == 2 and self.rank:
            u, v, (along_u, along_v) = self.plane_of_nulls()
            lines = [p + a * u + b * v for p in self.net for a in along_u for b in along_v]
        wide = [] if self.rank else [1.3 * sign * e for e in self.E.T for sign in (1, -1)]
        return [*self.E.T, *chain(*walks), *lines, *wide, self.x + self.way]

    def points_out(self) -> list[Any]:
        """Give the outputs that one view of them is to show."""
        both = self.C, self.D
        walks = [passed(n, M) for n in self.nulls for M in both]
        more = 1.5 * self.D.T if not self.rank else self.D.T
        return [*self.C.T, *more, *chain(*walks), *map(self.image_of, self.net)]

    def fitted(self, world: World, view: View, points: Any) -> View:
        """Give a view fitted to points, clear of the axes in the corner."""
        rect, margin = view.rect, 0.75 * world.margin
        left, low, high = (0.0, 1.4, 3.0) if rect.height > 5.5 else (0.3, 0.2, 1.2)
        if rect.width > 6.5:
            left = 1.5
        room = Rect(rect.left + left, rect.bottom + low, rect.right, rect.top)
        spots = read(list(points))
        return view.on(room).fitted(spots, margin=margin, headroom=high * world.headroom).on(rect)

    def settle(self) -> None:
        """Choose from where both sides are seen when nothing else is said."""
        views = [
            self.fitted(world, world.view, points)
            for world, points in ((self.left, self.points_in()), (self.right, self.points_out()))
        ]
        self.home_in, self.home_out = self.one_unit(*views)
        self.left.look(self.home_in)
        self.right.look(self.home_out)
        aside = self.home_out
        if self.drawn == 2 and self.rows == 3:
            aside = edge_on(self.home_out, self.span.normal, list(self.C.T))
        elif self.rows == 3:
            aside = self.home_out.turned(self.home_out.azimuth + 0.5, self.home_out.elevation)
        points = [*self.points_out(), *(self.span.corners if self.drawn == 2 else ())]
        self.aside = self.fitted(self.right, aside, points)

    # -- the story -----------------------------------------------------------------------

    def send(self) -> None:
        """Set the axes' steps beside the columns that A sends them to."""
        self.open(self.panel.blocks[0], self.card_A)
        self.settle()
        self.draw()
        with self.beat("send", SEND):
            for k in range(self.many):
                self.play(
                    Appear(self.units[k], self.unit_names[k], run_time=0.4),
                    After(0.25, Appear(self.columns[k], self.column_names[k], run_time=0.4)),
                    After(0.25, Appear(*self.drops[2 * k : 2 * k + 2], run_time=0.4)),
                    Pulse(self.card_A.column(k), run_time=0.75),
                )  # fmt: skip
            if self.rows == 3 and self.rank:
                self.play(
                    Look(self.right, self.aside, run_time=1.8),
                    After(1.2, Appear(*self.reached, run_time=0.6)),
                )

    def ask(self) -> None:
        """Ask whether steps can cancel, while the view turns back."""
        with self.beat("ask", ASK[self.kind], a=NAMES[2], b=NAMES[0], c=NAMES[1]):
            look = [Look(self.right, self.home_out, run_time=2.4)] if self.rows == 3 else []
            pulse = [] if look else [Pulse(self.goal, run_time=2.0)]
            self.predict(Appear(self.goal, *self.reached), *look, *pulse, ask=self.mark)
            self.play(Vanish(self.mark, run_time=0.3))

    def cancel(self, k: int) -> None:
        """Take steps along the columns that cancel, and the same steps among the inputs."""
        n, name = self.nulls[k], self.n_names[k]
        self.plan(k)
        words = {"sum": notation.combination(n, NAMES[: self.many])}
        self.pace = 2.3 if k == 0 else 1.8
        with self.beat(f"walk {k + 1}", WALK if k == 0 else ANOTHER, **words):
            self.go()
            if k == 0:
                self.say(BACK, n=name)
            self.count(k)
        if k < self.lost - 1:
            self.play(Vanish(*self.way_in.members, *self.way_out.members))

    def plan(self, k: int) -> None:
        """Plan steps along the columns, and the same steps among the inputs."""
        n, name, theme = self.nulls[k], self.n_names[k], self.theme
        used = [j for j in range(self.many) if n[j]]
        counts, colors = [n[j] for j in used], [theme.columns[j] for j in used]
        self.way_out = Walk(
            self, [lambda j=j: self.part.now[k] * self.M.now[:, j] for j in used], counts, colors,
            start=ORIGIN,
        )  # fmt: skip
        self.way_in = Walk(
            self, [lambda j=j: self.part.now[k] * self.E[:, j] for j in used], counts, colors,
            start=ORIGIN,
        )  # fmt: skip
        self.part.now = self.first(k)
        self.left.plant(*self.way_in.members)
        self.right.plant(*self.way_out.members)
        n_arrow = self.arrow(self.ns[k], theme.null_space)
        n_name = self.label(n_arrow, name)
        self.left.plant(n_arrow, n_name)
        self.n_arrows = [*getattr(self, "n_arrows", []), n_arrow]
        self.n_labels = [*getattr(self, "n_labels", []), n_name]

    def go(self) -> None:
        """Take the steps on both sides."""
        self.play(
            Look(self.right, self.home_out, run_time=0.6), Vanish(*self.drops),
            Dim(*self.columns, *self.units, to=0.45),
            Vanish(*self.column_names, *self.unit_names),
        )  # fmt: skip
        self.play(
            Appear(*self.way_in.members, *self.way_out.members, run_time=0.2),
            self.way_in.go(self.pace), self.way_out.go(self.pace),
        )  # fmt: skip

    def count(self, k: int) -> None:
        """Let the numbers of steps become the entries of n."""
        card, arrow, name = self.n_cards[k], self.n_arrows[k], self.n_labels[k]
        used = [j for j in range(self.many) if self.nulls[k][j]]
        flights = [
            Fly(counter, card.entry(j, 0))
            for j, counter in zip(used, self.way_in.counters, strict=True)
        ]
        others = [card.entry(j, 0) for j in range(self.many) if j not in used]
        self.play(
            Appear(arrow, name, self.zero, card.brackets, card.heading, *others), *flights
        )  # fmt: skip
        self.while_reading(
            Appear(*self.equations[k : k + 1]),
            Chain(
                *(
                    Pulse(*each, run_time=0.6)
                    for each in (self.way_in.legs, (arrow, name), (*self.way_out.legs, self.zero))
                )
            ),
        )  # fmt: skip

    def contrast(self) -> None:
        """Change a column: the same steps no longer lead back."""
        k, walk = self.change, self.way_out
        a, b = NAMES[k], f"b_{k + 1}"
        self.measure_miss()
        others = [self.columns[j] for j in range(self.many) if j != k]
        again = la.null_space(self.other).vectors
        names = [b if j == k else NAMES[j] for j in range(self.many)]
        words = {"sum": notation.combination(again[-1], names) if again else ""}
        with self.beat("contrast", LIFT[self.kind], a=a):
            self.play(
                Vanish(self.zero, self.card_A, *self.way_in.counters, *walk.counters),
                Dim(*self.units, *self.way_in.legs, to=0.2),
                Dim(self.columns[k], to=1.0), Appear(self.column_names[k]), Vanish(*others),
                Look(self.right, self.aside if self.rank == 2 else self.home_out, run_time=1.2),
            )  # fmt: skip
            self.change_column(self.D, self.other, Appear(*self.missing))
            self.say(MISSED[self.kind], **words)
            self.leaving = walk.legs
            if self.kind == "flat":
                self.way_again(again[-1])
            self.while_reading(
                Chain(
                    *(
                        Pulse(*each, run_time=0.7)
                        for each in ([self.columns[k]], self.leaving, self.missing)
                    )
                )
            )
        self.play(
            Vanish(*self.missing, self.card_B, *self.leaving, *self.columns, *self.column_names),
            Look(self.right, self.home_out), run_time=0.6,
        )  # fmt: skip
        self.M.now = self.C

    def way_again(self, n: la.Vector) -> None:
        """Take other steps, that lead back once a column has changed."""
        used = [j for j in range(self.many) if n[j]]
        colors = [self.theme.columns[j] for j in used]
        again = Walk(
            self, [self.D[:, j] for j in used], [n[j] for j in used], colors, start=ORIGIN
        )  # fmt: skip
        self.right.plant(*again.members)
        points = [*self.points_out(), *(p for leg in again.legs for p in leg.landmarks())]
        self.play(
            Vanish(*self.way_out.legs, *self.missing),
            Look(self.right, self.fitted(self.right, self.right.view, points)),
        )  # fmt: skip
        self.play(Appear(*again.members, run_time=0.2), again.go(2.0))
        self.leaving = again.members

    def measure_miss(self) -> None:
        """Give the way from 0 to where the steps lead now, with its length."""
        walk = self.way_out
        miss = self.segment((0, 0, 0), walk.tip, self.theme.ink, counts=False)
        exact = [la.norm(M @ self.nulls[-1]) for M in (self.matrix, self.other)]
        number = self.label(miss, self.running(lambda: length(walk.tip()), *exact), on=0.5)
        self.missing: list[Any] = [miss, number]
        self.right.plant(*self.missing)

    def change_column(self, to: Any, other: la.Matrix, *also: Any) -> None:
        """Let a column, and the card, run to another matrix."""
        k, seconds = self.change, 2.0
        entries = Entries(
            self.card_B, lambda: self.M.now[: self.rows], self.matrix, other, run_time=seconds
        )
        self.play(
            Change(self.M, to, run_time=seconds), *([entries] if self.runs else []),
            After(0.0 if self.runs else seconds - 0.3, Appear(self.card_B, run_time=0.3)),
            Rename(self.column_names[k], f"b_{k + 1}"), *also,
        )  # fmt: skip

    def null_space(self) -> None:
        """Multiples and sums of what is sent to 0 are sent to 0 as well."""
        theme, grown = self.theme, Value((0.0, 0.0))
        moved = self.arrow(lambda: self.part.now @ self.ns, theme.null_space)
        self.left.plant(moved)
        if self.lost == 1:
            size = length(self.way)
            self.null = rod(
                self.way / size, grown, at=ORIGIN, color=theme.null_space, width=theme.bold
            )
            ways, reach, wide = [[-1.0], [1.0]], (-1.1 * size, 1.1 * size), []
            names = [self.label(moved, self.running(lambda: self.part.now[0], 1, unit="n"))]
            self.left.plant(*names)
        else:
            across = Value((0.0, 0.0))
            u, v, (reach, far) = self.plane_of_nulls()
            self.null = sheet(
                u, v, grown, across, color=theme.null_space, width=theme.line, fill=0.25
            )
            ways, names = [[0.4, 0.6], [-0.2, -0.1], [1.0, 0.0]], []
            wide = [Change(across, far, run_time=2.0)]
        self.left.plant(*self.null)
        with self.beat("null", NULL_LINE if self.lost == 1 else NULL_PLANE):
            gone = [] if self.lost == 1 else [*self.way_in.members, *self.way_out.members]
            back = [self.card_A, self.zero, *self.columns]
            back += [] if gone else self.way_out.legs
            self.play(
                Appear(*back), Dim(*self.columns, to=0.45),
                Vanish(*self.n_labels, *(self.n_arrows if self.lost == 1 else ()), *gone),
                Appear(moved, *names, *self.null), Dim(*self.way_in.legs, *self.units, to=0.5),
                run_time=0.5,
            )  # fmt: skip
            self.while_reading(
                Chain(*(Change(self.part, way, run_time=1.2) for way in ways)),
                After(0.4, Change(grown, reach, run_time=2.0)), *(After(0.4, w) for w in wide),
                most=1.6,
            )  # fmt: skip
            name = self.name_null()
            self.play(Appear(name, run_time=0.5))
        self.play(Vanish(*self.way_in.members, *self.way_out.members), run_time=0.3)

    def plane_of_nulls(self) -> tuple[Any, Any, Any]:
        """Give two perpendicular unit vectors of N(A), and how far it is drawn."""
        span = Span(list(self.ns), self.ns)
        return span.u, span.v, (span.along, span.across)

    def name_null(self) -> Any:
        """Give the name of N(A), beside it."""
        where = -1.0 * self.way if self.lost == 1 else 0.75 * self.ns[0] + 0.2 * self.ns[1]
        spot = Place(lambda: where, color=self.theme.null_space)
        self.null_name = self.label(spot, "N(A)")
        self.left.plant(spot, self.null_name)
        return self.null_name

    def shift_x(self) -> None:
        """Add what A sends to 0 to another input: the output stays."""
        theme = self.theme
        self.along = Value(0 * self.part.now)
        self.at = Value(self.x)

        def moved() -> Any:
            return self.at.now + self.along.now @ self.ns

        part = notation.combination([self.some], self.n_names[:1])
        added = f"x + {part}"
        self.x_start = self.arrow(self.x, theme.input)
        self.x_arrow = self.arrow(moved, theme.input)
        self.shift = self.arrow(lambda: moved() - self.x, theme.null_space, tail=self.x)
        self.out = self.arrow(lambda: self.image_of(self.at.now), theme.output)
        self.x_name = self.label(self.x_start, "x")
        self.x_added = self.label(self.x_arrow, added)
        self.out_name = self.label(self.out, "A x")
        self.same = self.label(self.out, f"A ({added})", on=0.55)
        self.same_end = self.label(self.out, f"A ({added})")
        self.parallel = self.beside(self.x, theme.input)
        self.left.plant(
            *self.parallel, self.x_start, self.shift, self.x_arrow, self.x_name, self.x_added
        )  # fmt: skip
        self.right.plant(self.out, self.out_name, self.same, self.same_end)
        self.x_drops = self.standing(self.left, self.x_arrow) if self.many == 3 else []
        goal = float(self.some) * self.first(0)
        with self.beat("add", ADD if self.lost == 1 else ADD_PLANE):
            self.play(
                Vanish(
                    *self.units, *self.columns, *self.n_arrows, *self.n_labels, self.goal,
                    *self.seen_in(self.left, but=self.null),
                ),
                Appear(self.x_start, self.x_name, self.out, self.out_name),
            )  # fmt: skip
            self.play(Appear(*self.parallel), run_time=0.6)
            ways = [goal, -0.6 * goal, goal] if self.lost == 1 else self.ways(goal)
            self.play(
                Appear(self.x_arrow, self.shift, *self.x_drops, run_time=0.2),
                Dim(self.x_start, to=0.5),
                Chain(*(Change(self.along, way, run_time=0.9) for way in ways)),
            )  # fmt: skip
            if self.lost == 1:
                image = f"A {part}" if self.some == 1 else f"A ({part})"
                self.say(SAME, n=part, image=image)
                self.play(Appear(self.x_added, self.same))
                self.while_reading(Pulse(self.out, self.same, self.x_arrow, self.x_added))
            else:
                self.while_reading(Appear(self.x_added, self.same), Pulse(self.out, self.same))

    def ways(self, goal: Any) -> list[Any]:
        """Give places on the way round the plane x + N(A), back to a goal."""
        return [goal, 0.6 * goal[::-1], goal]

    def seen_in(self, world: World, but: Any = ()) -> list[Any]:
        """Give what is seen of a side, but for some."""
        figures = [member.figure for member in world.members]
        return [f for f in figures if presence_of(f) and not any(f is each for each in but)]

    def beside(self, point: Any, color: str) -> list[Any]:
        """Give the line, or the plane, that is parallel to N(A) and goes through an input."""
        look = {"at": point, "color": color, "width": self.theme.line}
        if self.lost == 1:
            u, size = self.way / length(self.way), length(self.way)
            return rod(u, (-REACH * size, 1.15 * size), **look)
        u, v, reach = self.plane_of_nulls()
        return sheet(u, v, *reach, fill=0.08, **look)

    def look_along(self) -> None:
        """Look along what A cannot see: what is left is what A tells apart."""
        theme, many_dots = self.theme, []
        zero = next(k for k, p in enumerate(self.net) if not p.any())
        lines: list[Any] = []
        for k, p in enumerate(self.net):
            color, out = (theme.null_space,) * 2 if k == zero else (theme.input, theme.output)
            dot, image = self.dot(p, color), self.dot(self.image_of(p), out)
            self.left.plant(dot)
            self.right.plant(image)
            many_dots.append((dot, image))
            if k != zero and length(p - self.x):
                piece = self.beside(p, theme.input)
                self.left.plant(*piece)
                lines += piece
        near, far = self.nets()
        self.left.plant(*near)
        self.right.plant(*far)
        paving = self.paving(self.left)
        if self.rank == 2 and self.rows == 3:
            paving += self.paving(self.right)
        end_in, end_out = self.along_views()
        with self.beat("look", LINES if self.lost == 1 else PLANES):
            self.play(
                Vanish(
                    self.x_added, self.same, self.shift, *self.x_drops, self.x_start,
                    self.x_name, self.zero, self.null_name, *self.reached,
                ),
                Change(self.along, 0 * self.along.now),
                *(After(0.08 * k, Appear(*pair)) for k, pair in enumerate(many_dots)),
                After(0.3, Appear(*lines)),
            )  # fmt: skip
            self.x_now = self.label(self.x_arrow, "x")
            self.left.plant(self.x_now)
            self.play(
                Appear(self.x_now),
                Look(self.left, end_in, run_time=2.8), Look(self.right, end_out, run_time=2.8),
                Vanish(*paving, run_time=1.5),
            )  # fmt: skip
            self.say(DOTS if self.lost == 1 else STRIPES)
            self.play(Appear(*near, *far))
            self.while_reading(
                Chain(*(Change(self.at, p, run_time=0.8) for p in self.tour())),
            )

    def paving(self, world: World) -> list[Any]:
        """Give the floor of a side, if it has one."""
        return world.ground.paving if isinstance(world.ground, Floor) else []

    def nets(self) -> tuple[list[Any], list[Any]]:
        """Give thin lines that join neighboring dots, on both sides."""
        if self.rank < 2:
            return [], []
        found: tuple[list[Any], list[Any]] = ([], [])
        for k, other in (self.kept, self.kept[::-1]):
            for shift in (-1.0, 0.0, 1.0):
                start, end = (shift * self.E[:, other] + t * self.E[:, k] for t in (-1.0, 1.0))
                ways = (start, end), (self.image_of(start), self.image_of(end))
                for side, (tail, tip) in zip(found, ways, strict=True):
                    look = {"counts": False, "width": self.theme.line, "opacity": 0.8}
                    side.append(self.segment(tail, tip, self.theme.columns[k], **look))
        return found

    def tour(self) -> list[Any]:
        """Give dots that the input visits, and where it comes back to."""
        if self.rank < 2:
            return [-self.x, self.x]
        e, f = (self.E[:, k] for k in self.kept)
        x, y = (float(self.x @ each) for each in (e, f))
        return [x * e - y * f, -x * e - y * f, -x * e + y * f, self.x]

    def along_views(self) -> tuple[View, View]:
        """Give the view along N(A), and the one of the outputs that shows the same pattern."""
        left, right = self.home_in, self.home_out
        if self.lost == 2:
            left = edge_on(left, Span(list(self.ns), self.ns).normal, [*self.E.T])
        elif self.rank < 2:
            left = along(left, max((1, -1), key=lambda s: -self.turn(left, s)) * self.ns[0])
        else:
            e, f = (self.E[:, k] for k in self.kept)
            up = Span([self.image_of(e), self.image_of(f)], self.C.T).normal
            n = self.ns[0] if Span([e, f], self.E.T).normal @ self.ns[0] > 0 else -self.ns[0]
            if self.rows == 2:
                n = n if up[2] > 0 else -n
            elif n[2] < 0 or (n[2] == 0 and self.turn(left, 1, n) > self.turn(left, -1, n)):
                n, up = -n, -up
            left = along(left, n)
            right = along(right, up) if self.rows == 3 else right
        return (
            self.fitted(self.left, left, self.net if self.lost == 1 else self.points_in()),
            self.fitted(self.right, right, [self.image_of(p) for p in self.net]),
        )

    def turn(self, view: View, sign: int, n: Any = None) -> float:
        """Say how far one has to walk round to see a direction from its front."""
        return abs(along(view, sign * (self.ns[0] if n is None else n)).azimuth - view.azimuth)

    def remember(self) -> None:
        """What is added along N(A) is not seen, neither here nor by A."""
        goal = float(self.some) * self.first(0)
        much = self.label(
            self.x_arrow,
            self.running(lambda: self.along.now[0], self.some, 0, unit=self.n_names[0]),
            color=self.theme.null_space,
        )  # fmt: skip
        self.left.plant(much)
        with self.beat("remember", UNSEEN if self.lost == 1 else UNSEEN_PLANE):
            self.play(Appear(much, self.total, run_time=0.4), Vanish(self.x_now, run_time=0.3))
            self.while_reading(
                Chain(*(Change(self.along, way, run_time=1.0) for way in (-goal, goal))), most=1.2
            )
            self.play(
                Vanish(much, run_time=0.3), Appear(self.x_name, self.x_added, self.same_end)
            )  # fmt: skip
            self.summary()

    # -- nothing is lost -------------------------------------------------------------------

    def miss(self) -> None:
        """Take steps that lead near 0, and miss it."""
        self.pace = 2.6
        self.plan(0)
        self.measure_miss()
        words = {"sum": notation.combination(self.nulls[0], NAMES[: self.many])}
        with self.beat("miss", TRY, **words):
            self.go()
            self.play(Vanish(*self.way_out.counters), Appear(*self.missing))
            self.say(CANNOT[self.kind])
            gap = length(self.way_out.tip())
            near = self.aside.around(0.5 * self.way_out.tip(), 1.6 / gap)
            is_thin = gap * self.aside.unit < CLEAR
            look = Look(self.right, near if is_thin else self.aside, run_time=1.6)
            gone = Vanish(*self.columns, *self.way_out.legs, self.missing[0], run_time=0.5)
            self.while_reading(
                look, *([gone] if is_thin else []), Pulse(*self.way_out.legs), most=2.5
            )
            self.say(ONLY_ZERO)
            self.play(Vanish(*self.way_in.members))
            self.while_reading(
                Appear(self.origin, self.alone),
                Chain(Pulse(self.goal), Pulse(self.alone)),
                most=3.0,
            )

    def lay(self) -> None:
        """Lay the last column where the others lead: the same steps close."""
        k = self.change
        with self.beat("contrast", LAY[self.kind], a=NAMES[k]):
            self.play(
                Vanish(self.card_A, self.alone, self.origin), Appear(*self.way_in.legs),
                Dim(self.columns[k], to=1.0), Appear(self.column_names[k]),
            )  # fmt: skip
            self.change_column(self.D, self.other)
            self.say(CLOSES)
            self.play(
                Look(self.right, self.home_out), Vanish(*self.missing),
                Appear(self.n_arrows[0], self.n_labels[0], self.zero),
            )  # fmt: skip
            self.while_reading(
                Chain(Pulse(*self.way_out.legs), Pulse(self.zero, self.n_arrows[0])), most=3.0
            )

    def all_change(self) -> None:
        """Whatever is added to x, its output changes."""
        theme, turn = self.theme, Value(0.0)
        x = 0.6 * (self.E[:, 0] + self.E[:, 1])

        def v() -> Any:
            return 0.7 * rounded(turn.now)[: self.many] @ self.E.T

        moved = self.arrow(lambda: x + v(), theme.input)
        out, out_moved = (
            self.arrow(self.image_of(x), theme.output),
            self.arrow(lambda: self.image_of(x + v()), theme.output),
        )
        start, shift = self.arrow(x, theme.input), self.arrow(v, theme.ink, tail=x)
        names = [
            self.label(*each)
            for each in (
                (start, "x"), (moved, "x + v"), (shift, "v"), (out, "A x"), (out_moved, "A (x + v)")
            )
        ]  # fmt: skip
        self.left.plant(start, shift, moved, *names[:3])
        self.right.plant(out, out_moved, *names[3:])
        with self.beat("remember", ALL_CHANGE):
            gone = [*self.seen_in(self.left), *self.seen_in(self.right), self.card_B]
            self.play(Vanish(*gone, run_time=0.5))
            ways = [x + 0.7 * rounded(s)[: self.many] @ self.E.T for s in (0, 0.2, 0.4, 0.6, 0.8)]
            self.play(
                Appear(self.card_A, self.total, start, shift, moved, out, out_moved, *names),
                Dim(start, out, to=0.55),
                Look(self.left, self.fitted(self.left, self.home_in, [*ways, *-self.E.T])),
                Look(
                    self.right,
                    self.fitted(self.right, self.home_out, [self.image_of(p) for p in ways]),
                ),
            )  # fmt: skip
            self.while_reading(Change(turn, 1.0, run_time=3.6))
            self.summary()

    # -- all is lost -----------------------------------------------------------------------

    def stay(self) -> None:
        """Let x go anywhere: its output stays 0."""
        theme = self.theme
        self.at = Value(rounded(0.0)[: self.many] @ self.E.T)
        self.x_arrow = self.arrow(self.at, theme.input)
        self.x_name = self.label(self.x_arrow, "x")
        self.out = self.arrow(lambda: self.M.now @ self.coefficients(self.at.now), theme.output)
        self.out_name = self.label(self.out, "A x")
        self.left.plant(self.x_arrow, self.x_name)
        self.right.plant(self.out, self.out_name)
        with self.beat("ask", ASK["zero"]):
            self.play(
                Appear(self.x_arrow, self.x_name), Dim(*self.units, to=0.4),
                Vanish(*self.column_names, *self.unit_names),
            )  # fmt: skip
            self.predict(Appear(self.goal), self.roam(0.0, 0.5, 2.4), ask=self.mark)
        with self.beat("all", NOWHERE):
            self.play(Vanish(self.mark, run_time=0.3), self.roam(0.5, 1.0, 2.4))
            self.say(ALL_SPACE)
            self.play(Vanish(*self.columns), Appear(self.zero, self.total))
            self.while_reading(self.roam(0.0, 1.0, 3.0))

    def roam(self, start: float, end: float, run_time: float) -> Change:
        """Let x go round."""

        def along_it(s: float) -> Any:
            return 1.2 * rounded(start + s * (end - start))[: self.many] @ self.E.T

        return Change(self.at, along=along_it, run_time=run_time)

    def leave(self) -> None:
        """Change one entry: then some outputs are not 0."""
        k = self.change
        with self.beat("contrast", CHANGE_ZERO):
            self.column_names[k] = self.label(self.columns[k], NAMES[k])
            self.right.plant(self.column_names[k])
            self.out_name.show("B x")
            self.play(
                Vanish(self.card_A, self.zero, self.total, self.out_name), Appear(self.columns[k])
            )
            self.change_column(self.D, self.other, Appear(self.column_names[k]))
            self.play(Appear(self.out, self.out_name))
            self.play(self.roam(0.0, 0.6, 2.6))
            self.say(SOME)
            self.while_reading(self.roam(0.6, 1.0, 2.0))

    def see_nothing(self) -> None:
        """Back to A: every direction is in its null space."""
        with self.beat("remember", SEES_NOTHING):
            self.play(Vanish(self.card_B, self.column_names[self.change], self.out_name))
            self.play(Change(self.M, self.C), Vanish(self.columns[self.change]))
            self.out_name.show("A x = 0")
            self.play(Appear(self.card_A, self.total, self.zero, self.out_name))
            self.while_reading(self.roam(0.0, 1.0, 3.0))
            self.summary()


def rounded(share: float) -> Any:
    """Give a point of the unit sphere, as far round it on a tilted circle (3,)."""
    x, y = toward(360 * share + 20)
    return read([x, y, 0.8 * y]) / length([x, y, 0.8 * y])


def passed(n: la.Vector, columns: Any) -> list[Any]:
    """Give the points that a walk passes: n₁ steps along the first column, and so on."""
    return list(accumulate(count * a for count, a in zip(n.array, columns.T, strict=True)))


def in_space(A: la.Matrix) -> Any:
    """Give the columns of a matrix as columns of space (3, n)."""
    return la.identity(3).array[:, : A.shape[0]] @ A.array
