"""The null space: what is sent to zero, and so can be added to an input unnoticed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from manim import VGroup

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
    Glide,
    Look,
    MatrixScene,
    Pulse,
    Recolor,
    Rename,
    Value,
    Vanish,
)
from scenes.stage.bezier import circle, polygon
from scenes.stage.figure import presence_of
from scenes.stage.polar import angle_of, length, toward
from scenes.stage.shapes import Dots, Place
from scenes.stage.walk import Walk

HATS = "hat(dotless.i)", "hat(dotless.j)"
A_HATS, B_HATS = ("A hat(dotless.i)", "A hat(dotless.j)"), ("B hat(dotless.i)", "B hat(dotless.j)")
UNITS = la.matrix("1 0; 0 1")
BEFORE, SLOWER, CLOSE = 150, 45, 12  # degrees before its goal: x sets out, slows down, waits
ANY_SIZE = float("inf")  # outputs may be as small as they like, but for 0
SEEN = 0.5  # stage units that an arrow or a gap needs to be seen
STEPS_OF_N = (-0.8, -0.4, 0.0, 0.4, 0.8)  # where the inputs of a line are shown
SHIFTS = (-1.0, -0.5, 0.0, 0.5, 1.0)  # where the lines are
FAR = 60.0

WATCH = N_("$x$ goes round the circle. Watch $A x$.")
PREDICT = N_("Will $A x$ ever be the zero vector $0 = (0, 0)$?")
PREDICT_LEAVE = N_("$A x$ is the zero vector $0 = (0, 0)$. Will it ever leave?")

# a line is lost
FOUND = N_("Yes: here $A x = 0$. Call this input $n$.")
LINE = N_("The null space $N(A)$: all $x$ with $A x = 0$. Here: all multiples of $n$.")
STEPS = N_("Why? The numbers in $n$ are steps along the columns.")
ONE_STEP = N_("Why? $n$ is one step along ${column}$, and that column is $0$.")
ADD = N_("Take an $x$ that is not in $N(A)$, and add $n$ to it.")
SAME = N_("$A (x + n) = A x + A n = A x$: the output stays.")
LINES = N_("Watch each line parallel to $N(A)$ become one dot: a dimension is lost.")
CHANGE = N_("Change one entry of $A$: is $n$ still sent to $0$?")
OPENED = N_("No: $B$ sends only $0$ itself to $0$.")
REMEMBER = N_("$N(A)$: all that you can add to $x$ without changing $A x$.")

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


class NullSpaceFlattens(MatrixScene):
    """N(A) is what can be added to x without changing A x."""

    title = N_("The null space")
    inputs = (MatrixInput("2x2", default="1 2; 2 4"),)
    stages = 2

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
        self.search(PREDICT)
        with self.beat("found"):
            self.find(n)
        with self.beat("line", LINE):
            self.draw_null_line(n)
        walked = [k for k in (0, 1) if n[k]]
        dead = A_HATS[walked[0]]
        with self.beat("steps", STEPS if len(walked) > 1 else ONE_STEP, column=dead):
            self.walk_columns(A, n, A_HATS, self.n_arrow, self.n_name)
            self.play(Appear(self.zero, self.zero_name, self.equation), Pulse(self.zero))
            self.while_reading(Pulse(self.n_arrow, self.equation))
        with self.beat("add", ADD):
            self.add_n(n)
        with self.beat("lines", LINES):
            self.draw_lines(n, self.null_line, self.null_name)
            self.play(Appear(self.column_line, self.column_name, self.sum), self.all_dots())
            self.while_reading(
                Chain(
                    *(Pulse(*i, *o, run_time=0.4) for i, o in zip(self.ins, self.outs, strict=True))
                )
            )
        with self.beat("contrast", CHANGE):
            self.open_up(near.matrix, n)
            self.say(OPENED)
            self.play(Appear(self.origin, self.alone), Vanish(*flat(self.ins)))
            self.while_reading(Pulse(self.origin, self.alone))
        with self.beat("remember", REMEMBER):
            self.remember(near.matrix)

    def nothing_lost(self) -> None:
        """Tell of a matrix of rank 2."""
        A, svd = self.matrix, la.svd(self.matrix)
        laid, low, least = la.parallel(A).matrix, svd.V.columns[1], svd.S[1]
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
            self.play(self.around(-CLOSE, BEFORE, 2.0), Vanish(self.mark))
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
            self.draw_lines(n, self.plane, self.null_name)
            self.say(CRUSHED)
            self.while_reading(
                Appear(self.sum), Chain(Pulse(*flat(self.ins)), Pulse(*self.outs[2]))
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

    # -- how they begin ------------------------------------------------------------------

    def set_up(self, goal: la.Vector, other: la.Matrix, n: la.Vector | None = None) -> None:
        """Open with x on its circle, A x with its trace, and the matrix in the panel."""
        theme, A, lost = self.theme, self.matrix, la.nullity(self.matrix)
        self.start, self.size = angle_of(goal), length(goal)
        self.goal_of_x = goal.array
        self.walked: list[Any] = []
        self.x, self.drawn = Value(self.input_at(-BEFORE)), Value(0.0)
        output = self.image(A.array, self.x)

        self.circle = self.curve(self.size * circle(), theme.input, opacity=0.6, dash=(0.1, 0.08))
        self.x_arrow = self.arrow(self.x, theme.input)
        self.y_arrow = self.arrow(output, theme.output)
        self.x_name, self.y_name = self.label(self.x_arrow, "x"), self.label(self.y_arrow, "A x")
        self.trace = self.arc(
            lambda t: A.array @ self.input_at(t), -BEFORE, 360, theme.output,
            until=self.drawn, opacity=0.6, width=theme.line,
        )  # fmt: skip
        self.goal = self.ring((0, 0))
        self.mark = self.question_mark(self.goal)
        self.origin = self.dot((0, 0), theme.null_space)
        self.alone = self.label(self.origin, "N(A) = {0}")
        self.left = self.world(grid=False, stage=0, name=N_("inputs"))
        self.most = ANY_SIZE if la.rank(A) else None
        self.right = self.world(grid=False, stage=1, name=N_("outputs"), most=self.most)
        self.left.plant(self.circle, self.x_arrow, self.x_name, self.origin, self.alone)
        self.right.plant(self.trace, self.y_arrow, self.y_name, self.goal, self.mark)
        self.right.matrix = A.array

        room = Entries.room(A, other)  # B's card begins as A's, and runs
        self.card_A, self.card_B = self.card(A, "A", room=room), self.card(A, "B", room=room)
        counts = self.prose(N_("${total}$ columns"), total=f"{lost} + {2 - lost} = 2")
        lost_row = self.row(N_("lost: $dim N(A)$"), str(lost), color=theme.null_space)
        kept_row = self.row(N_("kept: $dim C(A)$"), str(2 - lost), color=theme.column_space)
        self.sum = VGroup(lost_row, kept_row, counts)
        blocks: list[Any] = [Either(self.card_A, self.card_B)]
        if n is not None:
            self.named = self.math(f"n = ({notation.typst(tuple(n))})", color=theme.null_space)
            self.equation = self.math(f"{combination(n, A_HATS)} = 0")
            self.same = self.math("A (x + n) = A x")
            blocks += [RULE, self.named, Either(self.equation, self.same)]
        title = self.heading()
        self.panel.set(title, *blocks, RULE, self.sum)
        cast = [self.circle, self.x_arrow, self.x_name, self.y_arrow, self.y_name]
        self.open(title, self.card_A, *cast, self.trace)

    def input_at(self, degrees: float) -> Any:
        """Give the input so many degrees beyond the goal."""
        there = degrees % 360 == 0
        return self.goal_of_x if there else self.size * toward(self.start + degrees)

    def around(self, start: float, end: float, run_time: float) -> Change:
        """Let x go round its circle, in degrees beyond its goal, and A x leave its trace."""

        def along(s: float) -> Any:
            degrees = start + s * (end - start)
            self.drawn.now = min((degrees + BEFORE) / (360 + BEFORE), 1.0)
            return self.input_at(degrees)

        return Change(self.x, along=along, run_time=run_time)

    def search(self, question: str) -> None:
        """Let x run round its circle, and slow down near the answer."""
        with self.beat("run", WATCH):
            self.play(self.around(-BEFORE, -SLOWER, 3.0))
        with self.beat("predict", question):
            self.play(Appear(self.goal, self.mark), self.around(-SLOWER, -CLOSE, 3.0))

    # -- a line is lost ------------------------------------------------------------------

    def find(self, n: la.Vector) -> None:
        """Let x arrive where A x is 0, and call it n."""
        self.play(self.around(-CLOSE, 0, 1.2), Vanish(self.mark))
        self.say(FOUND)
        self.play(Pulse(self.goal, run_time=0.6))
        pink = (self.x_arrow, self.x_name, self.y_arrow, self.y_name)
        self.play(
            *(Recolor(each, self.theme.null_space) for each in pink),
            Rename(self.x_name, "n"), Rename(self.y_name, "A n = 0"),
            Vanish(self.trace, self.circle), After(0.4, Appear(self.named)),
        )  # fmt: skip
        self.while_reading(Pulse(self.x_arrow, self.named))

    def draw_null_line(self, n: la.Vector) -> None:
        """Let multiples of n run along their line, while A sends them all to 0."""
        theme, many = self.theme, Value(1.0)
        self.null_line = self.line(n, theme.null_space)
        self.n_arrow = self.arrow(lambda: many.now * n.array, theme.null_space)
        self.n_name = self.label(
            self.n_arrow, self.running(lambda: many.now, 1, -1, unit="n", decimals=1)
        )
        self.zero = self.dot((0, 0), theme.null_space, 0.16)
        self.zero_name = self.label(self.zero, "0")
        self.left.plant(self.null_line, self.n_arrow, self.n_name)
        self.right.plant(self.zero, self.zero_name)
        self.play(
            Appear(self.n_arrow, self.n_name, self.zero, self.zero_name, run_time=0.3),
            Vanish(self.x_arrow, self.x_name, self.y_arrow, self.y_name, run_time=0.3),
            Look(self.left, self.fitting(self.left, [1.5 * n, -1.5 * n])),
            Chain(Change(many, 1.5, run_time=1.0), Change(many, -1.0, run_time=1.8)),
            After(1.9, Appear(self.null_line)),
        )
        self.play(Change(many, 1.0, run_time=1.6))
        self.n_name.show("n")
        self.null_name = self.name_line(self.left, self.null_line, "N(A)")
        self.play(Appear(self.null_name), Pulse(self.null_line, self.zero, self.goal))

    def walk_columns(
        self, matrix: la.Matrix, n: la.Vector, names: tuple[str, str], *kept: Any, line: Any = ()
    ) -> None:
        """Walk as n says: among the inputs to n, among the outputs along the columns."""
        colors, columns = self.theme.columns[:2], matrix.columns
        walked = [k for k in (0, 1) if n[k]]
        walks = [
            Walk(
                self,
                [steps[k] for k in walked],
                [n[k] for k in walked],
                [colors[k] for k in walked],
                names=[called[k] for k in walked],
            )
            for steps, called in ((columns, names), (UNITS.columns, HATS))
        ][: 1 if self.walked else 2]  # among the inputs they are made once
        # the shorter column on top, where both are on one line
        order = sorted((0, 1), key=lambda k: -length(columns[k]))
        arrows = [self.arrow(columns[k], colors[k]) for k in order]
        labels = [self.label(arrow, names[k]) for k, arrow in zip(order, arrows, strict=True)]
        self.right.plant(*arrows, *labels, *walks[0].members)
        if not self.walked:
            self.walked = walks[1].members
            self.left.plant(*self.walked)
        ends = [1.2 * n.array[0] * columns[0].array, matrix @ n]
        ends += [f * column.array for column in columns for f in (1.0, -0.4)]
        self.play(
            self.all_but(*kept, *self.walked), Appear(*arrows, *labels),
            *self.views([n, (1.3 * n.array[0], 0), -0.3 * n], ends),
            run_time=0.9,
        )  # fmt: skip
        self.play(Pulse(*arrows, *labels, run_time=0.7))
        self.play(
            Appear(*(each for walk in walks for each in walk.members), run_time=0.2),
            Vanish(*labels), Dim(*arrows, to=0.3), *(walk.go(2.3) for walk in walks),
            *(After(1.2, Appear(each)) for each in line),
        )  # fmt: skip

    def add_n(self, n: la.Vector) -> None:
        """Add n to an x off N(A): A x stays."""
        theme, foot, along = self.theme, beside(n, self.matrix), Value(0.0)
        start, image = foot.array, self.matrix @ foot
        line = self.line(n, theme.input, through=foot, dashed=True)
        x, out = self.arrow(foot, theme.input), self.arrow(image, theme.output)
        moved = self.arrow(lambda: start + along.now * n.array, theme.input)
        shift = self.arrow(lambda: along.now * n.array, theme.null_space, tail=foot)
        names = [self.label(x, "x"), self.label(moved, "x + n"), self.label(shift, "n", on=0.5)]
        out_name = self.label(out, "A x")
        self.left.plant(line, x, shift, moved, *names)
        self.right.plant(out, out_name)
        self.sum_of_two = [x, moved, shift, *names, out, out_name]
        self.looks_at_sum = self.views([foot, foot + n, n, -0.6 * n], [image, -0.4 * image])
        kept = (self.null_line, self.null_name, self.n_arrow, self.n_name)
        self.play(
            self.all_but(*kept), Appear(*kept), After(0.3, Appear(x, names[0], out, out_name)),
            *self.looks_at_sum,
        )  # fmt: skip
        self.play(
            Appear(shift, moved, line, run_time=0.3), Change(along, 1.0, run_time=2.0),
            After(1.5, Appear(*names[1:], run_time=0.5)), Dim(x, to=0.6),
        )  # fmt: skip
        self.say(SAME)
        self.play(
            Vanish(self.equation, run_time=0.2), After(0.2, Appear(self.same)), Pulse(out, moved)
        )
        self.while_reading(Chain(Pulse(shift, self.n_arrow), Pulse(x, moved, out)))

    def remember(self, B: la.Matrix) -> None:
        """Come back to A, and show once more what may be added to x."""
        x, moved, shift, *names = self.sum_of_two
        lines = flat([*self.ins[1:4], *self.outs[1:4]])
        self.play(
            self.all_but(*lines), Appear(*flat(self.ins[1:4])),
            Glide(self.right, self.matrix, view=self.dots_view(), run_time=1.4),
            Entries(self.card_B, self.right, B, self.matrix, run_time=1.4),
        )  # fmt: skip
        self.play(
            Vanish(*lines, run_time=0.4), Vanish(self.card_B, run_time=0.2), *self.looks_at_sum,
            After(0.5, Appear(x, moved, shift, *names, self.zero, self.zero_name)),
            Appear(self.null_line, self.null_name, self.card_A, self.named, self.same, self.sum),
        )  # fmt: skip
        self.while_reading(Pulse(moved, shift, names[-2]))
        self.summary()

    # -- lines of inputs -----------------------------------------------------------------

    def draw_lines(self, n: la.Vector, *kept: Any) -> None:
        """Let A move parallel lines of inputs: each becomes one dot."""
        theme, foot, A = self.theme, beside(n, self.matrix).array, self.matrix
        everything = not la.rank(A)
        self.ins: list[Any] = []
        self.outs: list[Any] = []
        for shift in SHIFTS:
            points = np.array([shift * foot + t * n.array for t in STEPS_OF_N])
            color = theme.null_space if everything or not shift else theme.input
            for add, cast in ((self.left.plant, self.ins), (self.right.join, self.outs)):
                dots = Dots(points, color=color, radius=0.085)
                line = self.segment(points[0], points[-1], color, width=theme.line * 1.4)
                add(line, dots)
                cast.append((line, dots))
        self.right.matrix = UNITS.array
        room = [s * foot + t * n.array for s in (-1, 1) for t in (-1, 1)]
        self.play(
            self.all_but(*kept), *self.views(room, room, apart=False),
            After(0.6, Appear(*flat(self.ins), *flat(self.outs))),
        )  # fmt: skip
        moved = [] if everything else [each for k in (0, 1, 3, 4) for each in self.outs[k]]
        self.perform(
            self.right, la.path(A), colors=dict.fromkeys(moved, theme.output), run_time=1.3
        )
        if not everything:
            end = 1.25 * (A.array @ foot)
            self.column_line = self.segment(-end, end, theme.column_space)
            self.column_name = self.label(self.column_line, "C(A)", on=0.8)
            self.right.plant(self.column_line, self.column_name)

    def dots_view(self) -> Any:
        """Give the view of what A makes of the lines."""
        dots = [self.matrix @ point for _, each in self.ins for point in each.base]
        return self.fitting(self.right, dots, most=ANY_SIZE)

    def all_dots(self) -> Look:
        """Look at all that A made of the lines."""
        return Look(self.right, self.dots_view())

    def open_up(self, B: la.Matrix, n: la.Vector | None = None) -> None:
        """Change an entry: what A sent to one dot comes apart."""
        self.right.matrix = self.matrix.array
        inner = [B @ point for _, dots in self.ins[1:4] for point in dots.base]
        look = self.fitting(self.right, inner, most=self.most)
        gone = [*self.ins[0], *self.ins[4], *self.outs[0], *self.outs[4], self.sum]
        self.alone.show("N(B) = {0}")
        if n is None:
            self.play(Vanish(*gone))
            self.change_entry(B, look, {})
            return
        arrows = [self.arrow(n, self.theme.null_space) for _ in range(2)]
        names = [self.label(arrow, text) for arrow, text in zip(arrows, ("n", "A n"), strict=True)]
        self.left.plant(arrows[0], names[0])
        self.right.join(arrows[1], names[1])
        gone += [self.column_line, self.column_name, self.named, self.same]
        gone += [self.null_line, self.null_name]
        self.play(Vanish(*gone), Appear(*arrows, *names), Pulse(*arrows))
        self.change_entry(B, look, {names[1]: "B n"})

    def change_entry(self, to: la.Matrix, view: Any, names: Any) -> None:
        """Let the outputs and the card, now called B, run to another matrix."""
        run_time = float(np.clip(self.reading_left() - 0.5, 2.0, 4.0))
        self.play(
            Vanish(self.card_A, run_time=0.2), Appear(self.card_B, run_time=0.2),
            Glide(self.right, to, view=view, names=names, run_time=run_time),
            Entries(self.card_B, self.right, self.matrix, to, run_time=run_time),
        )  # fmt: skip

    # -- nothing is lost -----------------------------------------------------------------

    def come_close(self, message: str, least: Any) -> None:
        """Let A x come to where it is shortest, and look closely if that is too short."""
        tip = self.matrix.array @ self.input_at(0)
        self.play(self.around(-CLOSE, 0, 1.2), Vanish(self.mark))
        if length(tip) * self.right.view.unit < SEEN:
            self.play(Look(self.right, self.close_to(tip)))
        self.say(message, least=self.exactly(least))
        size = self.label(self.y_arrow, self.exactly(least), on=0.5)
        self.right.plant(size)
        self.play(Appear(size))
        self.while_reading(Pulse(self.y_arrow, size))
        self.play(Vanish(size), self.around(0, 360, 3.0), Look(self.right, self.whole()))

    def whole(self) -> Any:
        """Give the view of all that A makes of the circle."""
        return self.fitting(self.right, [self.matrix @ v for v in self.rounds()], most=ANY_SIZE)

    def close_to(self, tip: Any) -> Any:
        """Give the view of the outputs in which a short one is long."""
        return self.fitting(self.right, [2.0 * tip, -2.0 * tip], most=ANY_SIZE)

    def miss(self, n: la.Vector) -> None:
        """Take steps along both columns: the way misses 0."""
        A, theme = self.matrix, self.theme
        a, b = (column.array for column in A.columns)
        far = 9 * (abs(n.array) @ [length(a), length(b)])
        line = self.line(b, theme.j, through=n.array[0] * a, dashed=True, length=far)
        self.right.plant(line)
        self.walk_columns(A, n, A_HATS, self.goal, line=(line,))
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
        turned = Value(angle_of(base) + 60)

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

    # -- what they share -----------------------------------------------------------------

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
        room = view.rect.inset(0.7)
        return (np.array([room.right, room.top]) - view.center) / view.unit

    def all_but(self, *kept: Any) -> Vanish:
        """Give the motion by which all leave both stages, but for some."""
        cast = [member.figure for world in (self.left, self.right) for member in world.members]
        seen = [each for each in cast if presence_of(each) and not any(each is k for k in kept)]
        return Vanish(*seen, run_time=0.4)

    def views(
        self, inputs: Iterable[Any], outputs: Iterable[Any], apart: bool = True
    ) -> list[Look]:
        """Look at both planes so that these points fit, where it matters with one unit."""
        views = [self.fitting(self.left, inputs), self.fitting(self.right, outputs, most=ANY_SIZE)]
        if not apart:
            views = self.one_unit(*views)
        return [Look(world, v) for world, v in zip((self.left, self.right), views, strict=True)]


def combination(counts: la.Vector, symbols: tuple[str, ...]) -> str:
    """Write c₁ s₁ + c₂ s₂ as Typst source, without the terms that are 0."""
    text = ""
    for count, symbol in zip(counts, symbols, strict=True):
        if count:
            sign = "-" if count < 0 else "+" if text else ""
            size = notation.typst(abs(count))
            text += f"{sign} {'' if size == '1' else size} {symbol} "
    return text


def plain_number(value: Any) -> Any:
    """Give a number exactly, but one with a root as a float."""
    return float(value) if "sqrt" in notation.typst(value) else value


def flat(lists: Iterable[Iterable[Any]]) -> list[Any]:
    """Give what is in lists as one list."""
    return [each for some in lists for each in some]


def beside(n: la.Vector, A: la.Matrix) -> la.Vector:
    """Give a simple input off the line of n, about square to it, and not so far."""
    across = max(0.6, 0.75 / length(n)) * np.array([-n.array[1], n.array[0]])
    if (A.array @ across)[0] < 0:  # to the right there is room for the name of A x
        across = -across
    return la.vector([int(each) for each in np.rint(across)])
