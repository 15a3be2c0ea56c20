"""The null space: what is sent to zero, and so can be added to an input unnoticed."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain
from typing import Any

import lamath as la
from lamath import notation
from scenes.inputs import MatrixInput
from scenes.kernel import A_HATS, ANY_SIZE, ASIDE, B_HATS, BEFORE, CLOSE, Kernel, beside
from scenes.stage import (
    N_,
    After,
    Appear,
    Chain,
    Change,
    Dim,
    Look,
    Pulse,
    Recolor,
    Value,
    Vanish,
)
from scenes.stage.bezier import circle, polygon
from scenes.stage.figure import bearing, length, toward
from scenes.stage.shapes import Place

SEEN = 0.4  # stage units: an image long enough to be seen beside the columns
FAR = 60.0
MOST_STEPS = 9  # along one column, for one along the other

PREDICT = N_("Will $A x$ ever be the zero vector $0$?")
PREDICT_LEAVE = N_("$A x$ is the zero vector $0 = (0, 0)$. Will it ever leave?")

# a line is lost
FOUND = N_("Yes: here $A x = 0$. Call this input $n$.")
AGAIN = N_("Also at $-n$: $A (c n) = c (A n) = 0$ for any $c$.")
LINE = N_("The null space $N(A)$: all $x$ with $A x = 0$. As $A != 0$, only multiples of $n$.")
STEPS = N_("Why? ${relation}$: the steps in $n$ lead back to $0$.")
ONE_STEP = N_("Why? $n$ is one step along ${column}$, and that column is $0$.")
ADD = N_("Take an $x$ that is not in $N(A)$, and add $n$.")
SAME = N_("The output stays: $A (x + n) = A x + A n = A x$.")
LINES = N_("Watch the lines parallel to $N(A)$.")
KEPT = N_("Each line became one dot: one dimension is lost.")
CHANGE = N_("Change one entry, and call it $B$: is $B n$ still $0$?")
OPENED = N_("No: its columns are not parallel, so only $0$ is sent to $0$.")
REMEMBER = N_("$N(A)$: everything you can add to $x$ without changing $A x$.")

# nothing is lost
SHORTEST = N_("No: even at its shortest, $A x$ is ${least}$ long.")
ALWAYS = N_("No: $A x$ is always ${least}$ long.")
POINT = N_("The null space $N(A)$: all $x$ with $A x = 0$. Here it is only $0$.")
APART = N_("Why? Go along ${first}$, then along ${second}$: on the dashed line.")
MISSED = N_("That line misses $0$: no steps along both columns lead back.")
PARALLEL = N_("Steps can cancel only if both columns lie on one line, as those of $B$.")
ALL_CHANGE = N_("$N(A)$ holds only $0$: add any $v != 0$ to $x$, and $A x$ changes.")

# everything is lost
NOWHERE = N_("No: both columns are $0$, so every step along them leads nowhere.")
PLANE = N_("The null space $N(A)$: all $x$ with $A x = 0$. Here it is the whole plane.")
WATCH_DOTS = N_("Watch what $A$ does to these inputs.")
CRUSHED = N_("All of them are sent to $0$: both dimensions are lost.")
CHANGE_ZERO = N_("Change one entry of $A$: are all inputs still sent to $0$?")
ONE_LINE = N_("No: $B$ sends only one line to $0$.")
ANYTHING = N_("$N(A)$ is the plane: whatever you add to $x$, $A x$ stays $0$.")


class NullSpaceFlattens(Kernel):
    """N(A) is what can be added to x without changing A x."""

    title = N_("The null space")
    inputs = (MatrixInput("2x2", default="1 2; 2 4"),)

    def construct(self) -> None:
        A, theme = self.matrix, self.theme
        self.colors = dict.fromkeys(("n", "A n", "B n", "N(A)", "N(B)"), theme.null_space)
        self.colors |= {"x": theme.input, "A x": theme.output, "C(A)": theme.column_space}
        for names in (A_HATS, B_HATS):
            self.colors |= dict(zip(names, theme.columns, strict=False))
        (self.nothing_lost, self.line_lost, self.all_lost)[la.nullity(A)]()

    # -- the three stories ---------------------------------------------------------------

    def line_lost(self) -> None:
        """Tell of a matrix of rank 1."""
        A, near = self.matrix, la.neighbor(self.matrix)
        (n,) = la.null_space(A).vectors
        self.set_up(n, near.matrix, n)
        foot, first = beside(n, A).array, n.array[0] * A.column(0).array
        ends = [f * v for f in (1.1, -1.1) for v in (A.array @ foot, first)]
        self.common = [[*self.rounds(), foot, 1.5 * (foot + n.array)], [*ends, *A.columns]]
        self.search(PREDICT)
        with self.beat("found"):
            self.find(n)
        with self.beat("line", AGAIN):
            self.draw_null_line()
        walked = [k for k in (0, 1) if n[k]]
        dead = A_HATS[walked[0]]
        why = {"column": dead} if len(walked) == 1 else {"relation": relation(n)}
        with self.beat("steps", STEPS if len(walked) > 1 else ONE_STEP, **why):
            self.walk_columns(A, n, A_HATS, self.n_arrow, self.n_name, self.zero)
            self.while_reading(Appear(self.equation), Pulse(self.equation))
        with self.beat("add", ADD):
            self.add_n(n)
        with self.beat("lines", LINES):
            self.draw_lines(n, KEPT, self.null_line)
            self.play(Appear(self.column_line, self.column_name, self.sum))
            self.while_reading(Pulse(self.column_line, self.sum))
        with self.beat("contrast", CHANGE):
            self.open_columns(near.matrix, n)
        with self.beat("remember"):
            self.remember()

    def nothing_lost(self) -> None:
        """Tell of a matrix of rank 2."""
        A, svd = self.matrix, la.svd(self.matrix)
        laid, low, least = la.parallel(A).matrix, svd.V.columns[1], svd.S[1]
        (n,) = la.null_space(laid).vectors
        if max(abs(n.array)) > MOST_STEPS * min(abs(n.array)):  # nobody would see single steps
            a = A.column(0)
            laid = la.matrix([[each, each * Fraction(1, 2)] for each in a])
            (n,) = la.null_space(laid).vectors
        self.set_up(low, laid)
        self.search(PREDICT)
        with self.beat("shortest"):
            self.come_close(ALWAYS if svd.S[0] == least else SHORTEST, plain_number(least))
        with self.beat("point", POINT):
            self.play(Change(self.x, (0, 0)), Vanish(self.x_name, self.y_name), run_time=2.0)
            self.play(Appear(self.origin, self.alone), Pulse(self.goal), Vanish(self.circle))
            self.while_reading(Pulse(self.origin, self.alone))
        with self.beat("steps", APART, first=A_HATS[0], second=A_HATS[1]):
            self.miss(n)
        with self.beat("contrast", PARALLEL):
            self.lay(laid, n)
        with self.beat("remember", ALL_CHANGE):
            self.change_all(svd)

    def all_lost(self) -> None:
        """Tell of the zero matrix."""
        near, theme = la.neighbor(self.matrix), self.theme
        (n,) = la.null_space(near.matrix).vectors
        self.set_up(n, near.matrix)
        self.search(PREDICT_LEAVE)
        with self.beat("nowhere", NOWHERE):
            self.play(self.around(-CLOSE, BEFORE, 2.0), After(1.7, Vanish(self.mark, run_time=0.3)))
            self.while_reading(Pulse(self.card_A.entries), self.around(BEFORE, 360, 2.4))
        with self.beat("plane", PLANE):
            corners = [(-FAR, -FAR), (FAR, -FAR), (FAR, FAR), (-FAR, FAR)]
            self.plane = self.region(polygon(corners), theme.null_space, counts=False)
            corner = Place(self.corner, color=theme.null_space)
            self.null_name = self.label(corner, "N(A)")
            self.left.plant(self.plane, corner, self.null_name)
            self.play(Appear(self.plane, self.null_name), Vanish(self.circle))
            self.play(*self.views(1.5 * self.rounds(), self.rounds()))
            self.while_reading(self.roam())
        with self.beat("lines", WATCH_DOTS):
            self.draw_lines(n, CRUSHED, self.plane, self.null_name)
            self.while_reading(
                Appear(self.sum), Chain(Pulse(*chain(*self.ins)), Pulse(*self.outs[2]))
            )
        with self.beat("contrast", CHANGE_ZERO):
            self.open_up(near.matrix)
            self.say(ONE_LINE)
            line, others = self.line(n, theme.null_space), [0, 1, 3, 4]
            self.left.plant(line)
            name = self.name_line(self.left, line, "N(B)")
            self.play(
                Vanish(self.plane, self.null_name), Appear(line, name),
                *(Recolor(each, theme.input) for k in others for each in self.ins[k]),
                *(Recolor(each, theme.output) for k in others for each in self.outs[k]),
            )  # fmt: skip
            self.while_reading(Pulse(line, name, *self.ins[2], *self.outs[2]))
        with self.beat("remember", ANYTHING):
            self.play(self.all_but(), Vanish(self.card_B), run_time=0.5)
            self.right.matrix = self.matrix.array
            self.y_name.show("A x = 0")
            self.play(
                Appear(self.plane, self.null_name, self.card_A, self.sum),
                Appear(self.x_arrow, self.x_name, self.y_arrow, self.y_name),
                *self.views(1.5 * self.rounds(), self.rounds()),
            )
            self.while_reading(self.roam())
            self.summary()

    # -- a line is lost ------------------------------------------------------------------

    def find(self, n: la.Vector) -> None:
        """Let x arrive where A x is 0, call it n, and go on to the other side."""
        theme, self.many = self.theme, Value(1.0)
        self.null_line = self.line(n, theme.null_space)
        self.n_arrow = self.arrow(lambda: self.many.now * n.array, theme.null_space)
        self.n_name = self.label(self.n_arrow, "n")
        self.zero = self.dot((0, 0), theme.null_space, 0.16)
        self.zero_name = self.label(self.zero, "A n = 0")
        self.left.plant(self.null_line, self.n_arrow, self.n_name)
        self.right.plant(self.zero, self.zero_name)
        self.arrive(1.0)
        self.say(FOUND)
        self.play(
            Appear(self.n_arrow, self.n_name, self.zero, self.zero_name, self.named),
            Vanish(self.x_name, self.y_name, run_time=0.3),
        )
        self.while_reading(
            After(0.3, self.around(0, 180, 2.4)),
            After(0.4, Chain(Appear(self.x_name, self.y_name), Vanish(self.y_name), gap=1.1)),
        )

    def draw_null_line(self) -> None:
        """Let multiples of n run along their line, while A sends them all to 0."""
        self.play(Vanish(self.y_arrow, self.trace, self.n_name, run_time=0.3))
        running = self.running(lambda: self.many.now, 1, -1, unit="n", decimals=1)
        self.n_name.show(running)
        self.while_reading(
            Appear(self.n_name, run_time=0.3), Change(self.many, -1.0, run_time=1.6),
            After(0.8, Vanish(self.x_arrow, self.x_name, self.circle)),
            After(1.0, Appear(self.null_line)),
        )  # fmt: skip
        self.say(LINE)
        self.play(Change(self.many, 1.0, run_time=1.6))
        self.n_name.show("n")
        self.null_name = self.name_line(self.left, self.null_line, "N(A)")
        self.play(Appear(self.null_name))
        self.while_reading(Pulse(self.null_line, run_time=1.4), most=3.0)

    def add_n(self, n: la.Vector) -> None:
        """Add n to an x off N(A): A x stays."""
        theme, foot, self.along = self.theme, beside(n, self.matrix), Value(0.0)
        start, image = foot.array, self.matrix @ foot
        line = self.line(n, theme.input, through=foot, dashed=True)
        x, out = self.arrow(foot, theme.input), self.arrow(image, theme.output)
        moved = self.arrow(lambda: start + self.along.now * n.array, theme.input)
        shift = self.arrow(lambda: self.along.now * n.array, theme.null_space, tail=foot)
        self.riding = [self.label(moved, "x + n"), self.label(shift, "n", on=0.5)]
        name, out_name = self.label(x, "x"), self.label(out, "A x")
        same = self.label(out, "A (x + n)", on=0.5)
        self.left.plant(line, x, shift, moved, name, *self.riding)
        self.right.plant(out, out_name, same)
        self.sum_of_two = [line, x, moved, shift, name, out, out_name, same]
        kept = (self.null_line, self.null_name)
        self.play(
            self.all_but(*kept), Appear(*kept), After(0.3, Appear(x, name, out, out_name)),
            *self.views([], []),
        )  # fmt: skip
        self.play(
            Appear(shift, moved, line, run_time=0.3), Change(self.along, 1.0, run_time=1.5),
            Dim(x, to=0.6), After(1.2, Appear(*self.riding, run_time=0.3)),
        )  # fmt: skip
        self.say(SAME)
        self.while_reading(
            Appear(same), Vanish(self.equation),
            Chain(Change(self.along, -0.8, run_time=1.2), Change(self.along, 1.0, run_time=1.2)),
            Chain(Vanish(*self.riding), Appear(*self.riding), gap=1.4),
        )  # fmt: skip

    def open_columns(self, B: la.Matrix, n: la.Vector) -> None:
        """Change an entry: the columns leave their common line, and n is not sent to 0."""
        self.x.now, self.right.matrix = n.array, self.matrix.array
        columns, theme = self.basis(A_HATS), self.theme
        aside = Value(ASIDE)
        columns.i.apart, columns.j.apart = aside, lambda: -aside.now
        self.right.join(*columns)
        self.y_name.show("A n")
        image = B @ n
        near, whole = (
            self.fitting(self.right, [1.5 * image.array, -0.5 * image.array, *more], most=self.most)
            for more in ((), (*self.matrix.columns, *B.columns))
        )
        look = whole if la.norm(image) * whole.unit > SEEN else near
        self.play(
            self.all_but(), Vanish(self.named, self.sum), Look(self.right, look),
            After(0.4, Appear(self.n_arrow, self.n_name, *columns)),
            After(0.4, Appear(self.goal, self.y_arrow, self.y_name)),
        )  # fmt: skip
        names = {columns.i_label: B_HATS[0], columns.j_label: B_HATS[1]}
        self.change_entry(B, look, {self.y_name: "B n"} | names)
        self.say(OPENED)
        self.alone.show("N(B) = {0}")
        plain = (Recolor(each, theme.input) for each in (self.n_arrow, self.n_name))
        self.play(*plain, Change(aside, 0.0), Pulse(*columns[:2]))
        # two names at the tips of nearly parallel columns have no room on a small stage
        crowded = [Vanish(*columns[2:])] if self.aspect != "16:9" else []
        self.while_reading(Appear(self.origin, self.alone), Pulse(self.goal), *crowded, most=5.0)

    def remember(self) -> None:
        """Show once more, for A, what may be added to x."""
        self.say(REMEMBER)
        self.along.now = 0.0
        self.play(
            self.all_but(), Vanish(self.card_B, run_time=0.2), *self.views([], []),
            After(0.3, Appear(self.null_line, self.null_name, *self.sum_of_two)),
            After(0.3, Appear(self.card_A, self.named, self.sum)),
        )  # fmt: skip
        self.play(
            Change(self.along, 1.0, run_time=1.2), After(0.9, Appear(*self.riding, run_time=0.3))
        )
        self.summary()

    # -- nothing is lost -----------------------------------------------------------------

    def come_close(self, message: str, least: Any) -> None:
        """Let A x come to where it is shortest, and look closely if that is too short."""
        tip, whole = self.matrix.array @ self.input_at(0), self.right.view
        self.arrive(1.0)
        if length(tip) * self.right.view.unit < SEEN:
            self.play(Look(self.right, self.close_to(tip)))
        self.say(message, least=self.exactly(least))
        size = self.label(self.y_arrow, self.exactly(least), on=0.5)
        self.right.plant(size)
        self.play(Appear(size))
        self.while_reading(Pulse(self.y_arrow, size))
        self.play(Vanish(size), self.around(0, 360, 3.0), Look(self.right, whole))

    def close_to(self, tip: Any) -> Any:
        """Give the view of the outputs in which a short one is long."""
        return self.fitting(self.right, [2.0 * tip, -2.0 * tip], most=ANY_SIZE)

    def miss(self, n: la.Vector) -> None:
        """Take steps along both columns: the way misses 0."""
        A, theme = self.matrix, self.theme
        a, b = (column.array for column in A.columns)
        far = 9 * float(abs(n.array) @ [length(a), length(b)])
        line = self.line(b, theme.j, through=n.array[0] * a, dashed=True, length=far)
        self.right.plant(line)
        self.walk_columns(A, n, A_HATS, self.goal, line)
        nearest = n.array[0] * (a - (a @ b) / (b @ b) * b)
        if length(nearest) * self.right.view.unit < SEEN:
            self.play(
                self.all_but(line, self.goal, *self.walked),
                Look(self.right, self.close_to(nearest)),
            )
        self.say(MISSED)
        self.while_reading(Chain(Pulse(line), Pulse(self.goal)))

    def lay(self, laid: la.Matrix, n: la.Vector) -> None:
        """Lay the second column onto the first: the same steps lead back to 0."""
        arrows = self.basis(A_HATS)
        shorter = int(length(laid.column(1)) < length(laid.column(0)))  # it lies on top
        self.right.join(*(arrows if shorter else reversed(arrows)))
        look = self.fitting(self.right, [n.array[0] * laid.column(0).array, *laid.columns])
        self.play(self.all_but(self.goal, *self.walked), Appear(*arrows), Look(self.right, look))
        names = {arrows.i_label: B_HATS[0], arrows.j_label: B_HATS[1]}
        self.change_entry(laid, look, names)
        self.walk_columns(laid, n, B_HATS, self.goal)
        cast = [self.arrow(n, self.theme.null_space), self.dot((0, 0), self.theme.null_space, 0.16)]
        signs = [self.label(*each) for each in zip(cast, ("n", "B n = 0"), strict=True)]
        self.left.plant(cast[0], signs[0])
        self.right.plant(cast[1], signs[1])
        self.play(Appear(*cast, *signs), Pulse(cast[1]))

    def change_all(self, svd: Any) -> None:
        """Add whatever to x: A x changes."""
        theme, A = self.theme, self.matrix.array
        base = svd.V.columns[0].array
        base = base if base[1] > 0 else -base
        turned = Value(bearing(base) + 60)

        def v() -> Any:
            return 0.6 * toward(turned.now)

        def x_and_v() -> Any:
            return base + v()

        x, out = self.arrow(base, theme.input), self.arrow(A @ base, theme.output)
        moved, out_moved = (
            self.arrow(x_and_v, theme.input),
            self.arrow(self.image(A, x_and_v), theme.output),
        )
        shift = self.arrow(v, theme.ink, tail=base)
        ring = base + 0.6 * circle()
        rounds = [self.curve(ring, theme.input, dash=(0.1, 0.08))]
        rounds.append(self.curve(ring @ A.T, theme.output, dash=(0.1, 0.08)))
        named = {x: "x", moved: "x + v", shift: "v", out: "A x", out_moved: "A (x + v)"}
        names = [self.label(*each) for each in named.items()]
        self.left.plant(rounds[0], x, moved, shift, *names[:3])
        self.right.plant(rounds[1], out, out_moved, *names[3:])
        self.play(self.all_but(), Vanish(self.card_B))
        self.play(
            Appear(self.card_A, self.sum, *named, *rounds, *names),
            Dim(x, out, to=0.55), *self.views([*ring, -0.3 * base], ring @ A.T),
        )  # fmt: skip
        self.while_reading(Change(turned, turned.now + 360, run_time=3.4))
        self.summary()

    # -- everything is lost -----------------------------------------------------------------

    def roam(self) -> Change:
        """Let x go anywhere."""

        def along(s: float) -> Any:
            return (1 + 2 * s * (1 - s)) * self.input_at(360 * s)

        return Change(self.x, along=along, run_time=3.6)

    def rounds(self) -> Any:
        """Give points all round the circle of x."""
        return self.size * la.directions(2, 16)

    def corner(self) -> Any:
        """Give the point of the inputs that is seen near the upper right corner."""
        view = self.left.view
        room = view.rect.inset(0.9)
        x, y = view.center
        return (room.right - x) / view.unit, (room.top - y) / view.unit


def relation(n: la.Vector) -> str:
    """Write the longer column as a multiple of the other one, where n leads back to 0."""
    long, short = (1, 0) if abs(float(n[0])) >= abs(float(n[1])) else (0, 1)
    return f"{A_HATS[long]} = {notation.combination([-n[short] / n[long]], [A_HATS[short]])}"


def plain_number(value: Any) -> Any:
    """Give a number exactly, but one with a root as a float."""
    return float(value) if "sqrt" in notation.typst(value) else value
