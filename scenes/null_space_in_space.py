"""The null space in space: the steps that cancel, and the directions that A cannot see."""

from __future__ import annotations

from itertools import chain
from typing import Any

import lamath as la
from lamath import notation
from scenes.inputs import MatrixInput
from scenes.kernel_in_space import (
    NAMES,
    ORIGIN,
    KernelInSpace,
    passed,
)
from scenes.stage import (
    N_,
    After,
    Appear,
    Chain,
    Change,
    Dim,
    Look,
    Pulse,
    Value,
    Vanish,
)
from scenes.stage.figure import length, read, toward
from scenes.stage.solids import rod, sheet
from scenes.stage.walk import Walk

SEND = N_("$A$ sends $e_k$ to $a_k$, column $k$ of $A$.")
ASK = {
    "plane": N_("Three columns in one plane: can steps, not all 0, lead back to $0$?"),
    "flat": N_("Three columns in the plane: can steps, not all 0, lead back to $0$?"),
    "line": N_("All columns on one line: can steps, not all 0, lead back to $0$?"),
    "space": N_(
        "${a}$ leads out of the plane of ${b}$, ${c}$: can steps, not all 0, lead back to $0$?"
    ),
    "two": N_("$a_2$ leads out of the line of $a_1$: can steps, not all 0, lead back to $0$?"),
    "zero": N_("All columns are $0$: will $A x$ ever leave $0$?"),
}

# something is lost
THERE = N_("${sum}$ leads to ${end}$. On the left: the same steps.")
WALK = N_("Go ${sum}$ on the right, and the same steps on the left.")
ANOTHER = N_("Another way: ${sum}$.")
BACK = N_("Back at $0$: the coefficients are an input ${n}$, and $A {n} = 0$.")
LIFT = {
    "plane": N_("What if ${a}$ leaves the plane?"), "line": N_("What if ${a}$ leaves the line?"),
    "flat": N_("What if ${a}$ turns within the plane?"),
}  # fmt: skip
MISSED = {
    "plane": N_("${c}$, ${d}$ cannot undo a step along ${b}$, nor each other: $N(B)$ is just $0$."),
    "line": N_("${c}$ cannot undo a step along ${b}$: $N(B)$ is just $0$."),
    "flat": N_("The steps miss $0$, but others lead back: ${sum} = 0$."),
}
NULL_LINE = N_(
    "Only multiples of $n$ go to $0$ (the amount of ${a}$ fixes the rest): the null space $N(A)$."
)
NULL_PLANE = N_("All sums of their multiples go to $0$ too: the plane $N(A)$, the null space.")
ADD = N_("Move another input $x$ along $n$. Watch $A x$.")
ADD_PLANE = N_("Move another input $x$ parallel to $N(A)$. Watch $A x$.")
SAME = N_("$A (x + {n}) = A x + {image} = A x$: it stays.")
LINES = N_("Look along $n$: each line is one dot, and has one dot on the right.")
PLANES = N_("Look from the edge: each plane becomes one line, and one dot on the right.")
UNSEEN = N_("$N(A)$ is the direction that $A$ sends to $0$.")
UNSEEN_PLANE = N_("$N(A)$ holds the directions that $A$ sends to $0$.")

# nothing is lost
TRY = N_("Try ${sum}$ on the right, and the same steps on the left.")
CANNOT = {
    "space": N_("Missed: no steps along $a_1$ and $a_2$ undo a step off their plane."),
    "two": N_("Missed: no steps along $a_1$ undo a step off its line."),
}
ONLY_ZERO = N_("Only taking no steps ends at $0$: the null space $N(A)$ is just $0$.")
LAY = {"space": N_("What if ${a}$ lay in the plane?"), "two": N_("What if ${a}$ lay on the line?")}
CLOSES = N_("Back at $0$: this input $n$ is lost, $B n = 0$.")
ALL_CHANGE = N_("$N(A)$ is just $0$: add any $v != 0$ to $x$, and $A x$ changes.")

# everything is lost
NOWHERE = N_("No: steps along columns that are $0$ lead nowhere.")
ALL_SPACE = N_("Every input goes to $0$: the null space $N(A)$ is all of them.")
CHANGE_ZERO = N_("What if one entry is not $0$? Watch $x$ and its output.")
SOME = N_("Now $B x$ moves: not every input goes to $0$.")
SEES_NOTHING = N_("$N(A)$ holds every direction: $A$ sends all to $0$.")

CLEAR = 0.3  # stage units that nobody overlooks


class NullSpaceInSpace(KernelInSpace):
    """Steps along the columns that cancel are an input that A sends to 0, and cannot see."""

    title = N_("The null space in space")
    inputs = (MatrixInput("3x3", "2x3", "3x2", default="1 0 1; 1 1 2; 0 1 1"),)

    def construct(self) -> None:
        A = self.matrix
        self.rows, self.many = A.shape
        self.rank, self.nulls = la.rank(A), la.null_space(A).vectors
        if not self.rank:
            self.all_lost()
        elif self.nulls:
            if len(self.nulls) == 1:
                self.nulls = (self.turned(self.nulls[0]),)
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
            if self.kind == "space" or (self.kind == "two" and self.rows == 3):
                self.play(
                    Look(self.right, self.aside, run_time=1.8),
                    After(1.2, Appear(*self.reached, run_time=0.6)),
                )

    def ask(self) -> None:
        """Ask whether steps can cancel, while the view turns back."""
        with self.beat("ask", ASK[self.kind], a=NAMES[2], b=NAMES[0], c=NAMES[1]):
            look = Look(self.right, self.home_out, run_time=2.4)
            turns = self.rank == self.many and self.rows == 3
            pulse = Chain(*(Pulse(a, run_time=0.7) for a in self.columns))
            self.predict(Appear(self.goal, *self.reached), look if turns else pulse, ask=self.mark)
            self.play(Vanish(self.mark, run_time=0.3))

    def cancel(self, k: int) -> None:
        """Take steps along the columns that cancel, and the same steps among the inputs."""
        n, name = self.nulls[k], self.n_names[k]
        self.plan(k)
        words = {"sum": notation.combination(n, NAMES[: self.many])}
        self.pace = 2.1 if k == 0 else 1.8
        *before, last = [j for j in range(self.many) if n[j]]
        finds = bool(before) and self.lost == 1
        if finds:
            there = notation.combination([n[j] for j in before], [NAMES[j] for j in before])
            end = notation.combination([-n[last]], [NAMES[last]])
            with self.beat("find", THERE, sum=there, end=end):
                self.go(slice(0, -1))
                self.play(Pulse(self.columns[last], run_time=0.6))
                self.go(slice(-1, None))
        caption = BACK if finds else WALK if k == 0 else ANOTHER
        with self.beat(f"walk {k + 1}", caption, n=name, **words):
            if not finds:
                self.go()
                if k == 0:
                    self.say(BACK, n=name)
            self.count(k)
        if k < self.lost - 1:
            self.play(Vanish(*self.way_in.members, *self.way_out.members))

    def contrast(self) -> None:
        """Change a column: the same steps no longer lead back."""
        k, walk = self.change, self.way_out
        a, b = NAMES[k], f"b_{k + 1}"
        self.measure_miss()
        rise = self.segment(self.C[:, k], lambda: self.M.now[:, k], self.theme.ink)
        self.right.plant(rise)
        miss = [rise, self.missing[0]]
        others = [
            f[j] for f in (self.columns, self.column_names) for j in range(self.many) if j != k
        ]
        again = la.null_space(self.other).vectors
        names = [b if j == k else NAMES[j] for j in range(self.many)]
        words = {"sum": notation.combination(again[-1], names)} if again else {"b": b}
        others_named = [name for j, name in enumerate(NAMES[: self.many]) if j != k]
        words |= dict(zip("cd", others_named, strict=False))
        steps = (passed(self.tested, M) for M in (self.C, self.D))
        near = [*self.C.T, *self.D.T, *chain(*steps)]
        told = [*self.n_cards, *self.equations]
        with self.beat("contrast", LIFT[self.kind], a=a):
            self.play(
                Vanish(
                    self.zero, *told, *self.way_in.counters, *walk.counters,
                    *self.n_arrows, *self.n_labels,
                ),
                Dim(*self.units, *self.way_in.legs, to=0.2),
                Dim(self.columns[k], to=1.0), Appear(self.column_names[k]), Vanish(*others),
                Look(self.right, self.fitted(self.right, self.home_out, near), run_time=0.8),
            )  # fmt: skip
            self.change_column(self.D, self.other, Appear(*miss))
            self.say(MISSED[self.kind], **words)
            self.leaving = walk.legs
            if again:
                self.way_again(again[-1])
            else:
                self.alone.show("N(B) = {0}")
                self.play(Vanish(*self.way_in.legs), Appear(self.origin, self.alone))
            self.while_reading(
                Chain(Pulse(self.columns[k], rise, run_time=0.8), Pulse(*self.leaving, miss[1])),
                most=3.0,
            )
        self.play(
            Vanish(
                *miss, self.card_B, *self.leaving, *self.columns, *self.column_names,
                self.origin, self.alone,
            ),
            Appear(self.card_A, *told), Look(self.right, self.home_out), run_time=0.6,
        )  # fmt: skip
        self.M.now = self.C

    def way_again(self, n: la.Vector) -> None:
        """Take other steps, that lead back once a column has changed."""
        used = [j for j in range(self.many) if n[j]]
        colors = [self.theme.columns[j] for j in used]
        again = Walk(self, [self.D[:, j] for j in used], [n[j] for j in used], colors, start=ORIGIN)
        self.right.plant(*again.members)
        points = [*self.points_out(), *(p for leg in again.legs for p in leg.landmarks())]
        self.play(
            Vanish(*self.way_out.legs, *self.missing),
            Look(self.right, self.fitted(self.right, self.right.view, points)),
        )  # fmt: skip
        self.play(Appear(*again.members, run_time=0.2), again.go(1.7))
        self.leaving = again.members

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
            ways, reach, wide = [[-0.25], [1.0]], (-1.1 * size, 1.1 * size), []
        else:
            across = Value((0.0, 0.0))
            u, v, (reach, far) = self.plane_of_nulls()
            self.null = sheet(
                u, v, grown, across, color=theme.null_space, width=theme.line, fill=0.25
            )
            ways = [[0.4, 0.6], [-0.2, -0.1], [1.0, 0.0]]
            wide = [Change(across, far, run_time=2.0)]
        self.left.plant(*self.null)
        free = next(k for k in range(self.many) if k not in self.kept)
        with self.beat("null", NULL_LINE if self.lost == 1 else NULL_PLANE, a=NAMES[free]):
            gone = [*self.n_labels, *self.way_in.members, *self.way_out.members]
            back = [self.card_A, self.zero, *self.columns, moved, *self.null]
            if self.lost == 1:
                gone, back = [], [*back, *self.n_labels, *self.way_out.legs]
            self.play(
                Appear(*back), Vanish(*gone), Dim(*self.columns, to=0.45),
                Dim(*self.way_in.legs, *self.units, to=0.5),
                run_time=0.5,
            )  # fmt: skip
            self.while_reading(
                Chain(*(Change(self.part, way, run_time=1.0) for way in ways)),
                Change(grown, reach, run_time=2.0), *wide, most=3.0,
            )  # fmt: skip
            name = self.name_null()
            self.play(Appear(name, run_time=0.5))
        self.play(Vanish(*self.way_in.members, *self.way_out.members), run_time=0.3)

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
            ways = [-0.6 * goal, goal] if self.lost == 1 else self.ways(goal)
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

    def look_along(self) -> None:
        """Look along what A cannot see: what is left is what A tells apart."""
        theme, many_dots = self.theme, []
        zero = next(k for k, p in enumerate(self.net) if not p.any())
        lines: list[Any] = []
        for k, p in enumerate(self.net):
            color, out = (theme.null_space,) * 2 if k == zero else (theme.input, theme.output)
            dot, image = self.dot(self.slid(p), color), self.dot(self.image_of(p), out)
            self.left.plant(dot)
            self.right.plant(image)
            many_dots.append((dot, image))
            if k != zero and length(p - self.x):
                piece = self.beside(p, theme.input)
                self.left.plant(*piece)
                lines += piece
        paving = self.paving(self.left)
        if self.rank == 2 and self.rows == 3:
            paving += self.paving(self.right)
        end_in, end_out = self.along_views()
        self.far_in, self.far_out = self.far_views()
        with self.beat("look", LINES if self.lost == 1 else PLANES):
            self.play(
                Vanish(
                    self.x_added, self.same, self.shift, *self.x_drops, self.x_start,
                    self.x_name, self.zero, self.null_name, *self.reached,
                ),
                Change(self.along, 0 * self.along.now),
                Look(self.left, self.far_in), Look(self.right, self.far_out),
                *(After(0.08 * k, Appear(*pair)) for k, pair in enumerate(many_dots)),
                After(0.3, Appear(*lines)),
            )  # fmt: skip
            self.x_now = self.label(self.x_arrow, "x")
            self.left.plant(self.x_now)
            self.play(
                Appear(self.x_now), Look(self.left, end_in, run_time=2.0),
                Look(self.right, end_out, run_time=2.0), Vanish(*paving, run_time=1.5),
            )  # fmt: skip
            self.while_reading(Chain(*(Pulse(*pair, run_time=0.25) for pair in many_dots)))

    def slid(self, p: Any) -> Any:
        """Give where an input is once it is moved along N(A)."""
        return lambda: p + self.along.now @ self.ns

    def remember(self) -> None:
        """What is added along N(A) is not seen by A."""
        goal = float(self.some) * self.first(0)
        names = [world.signs[0] for world in (self.left, self.right)]
        with self.beat("remember", UNSEEN if self.lost == 1 else UNSEEN_PLANE):
            self.play(
                Vanish(self.x_arrow, self.x_now, self.out, self.out_name, *self.n_cards),
                Vanish(*self.equations, *names, run_time=0.4),
                Look(self.left, self.far_in), Look(self.right, self.far_out),
                *(After(0.5, Appear(each)) for each in (*self.reached, *self.counted)),
                run_time=1.6,
            )  # fmt: skip
            self.while_reading(
                Chain(*(Change(self.along, s * goal, run_time=0.8) for s in (0.8, 0.0))),
                Appear(self.total), most=1.3,
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
                Appear(self.origin, self.alone), Chain(Pulse(self.goal), Pulse(self.alone)),
                most=3.0,
            )  # fmt: skip

    def lay(self) -> None:
        """Lay the last column where the others lead: the same steps close."""
        k = self.change
        with self.beat("contrast", LAY[self.kind], a=NAMES[k]):
            self.play(
                Vanish(self.alone, self.origin), Appear(*self.way_in.legs),
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
            self.play(Vanish(self.zero, self.total, self.out_name), Appear(self.columns[k]))
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
