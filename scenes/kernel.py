"""What the stories about null spaces share: x on its circle, steps, lines that become dots."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from manim import DOWN, VGroup

import lamath as la
from lamath import notation
from scenes.stage import (
    N_,
    RULE,
    After,
    Appear,
    Change,
    Either,
    Entries,
    Glide,
    Look,
    MatrixScene,
    Pulse,
    Value,
    Vanish,
)
from scenes.stage.bezier import circle
from scenes.stage.figure import bearing, length, presence_of, toward
from scenes.stage.shapes import Dots
from scenes.stage.walk import Walk

HATS = "hat(dotless.i)", "hat(dotless.j)"
A_HATS, B_HATS = ("A hat(dotless.i)", "A hat(dotless.j)"), ("B hat(dotless.i)", "B hat(dotless.j)")
UNITS = la.matrix("1 0; 0 1")
BEFORE, SLOWER, CLOSE = 150, 45, 12  # degrees before its goal: x sets out, slows down, waits
ASIDE = 0.1  # stage units between an arrow and the line that two of them share
ANY_SIZE = float("inf")  # outputs may be as small as they like, but for 0
STEPS_OF_N = (-0.8, -0.4, 0.0, 0.4, 0.8)  # where the inputs of a line are shown
SHIFTS = (-1.0, -0.5, 0.0, 0.5, 1.0)  # where the lines are

WATCH = N_("$x$ goes round the circle. Watch $A x$.")


class Kernel(MatrixScene):
    """Inputs at the left, outputs at the right, and what is sent to 0."""

    stages = 2

    # -- how they begin --------------------------------------------------------------

    def set_up(self, goal: la.Vector, other: la.Matrix, n: la.Vector | None = None) -> None:
        """Open with x on its circle, A x with its trace, and the matrix in the panel."""
        theme, A, lost = self.theme, self.matrix, la.nullity(self.matrix)
        self.start, self.size = bearing(goal), length(goal)
        self.goal_of_x = goal.array
        self.walked: list[Any] = []
        self.x, self.drawn = Value(self.input_at(-BEFORE)), Value(0.0)
        self.common: list[list[Any]] = [[], []]  # what one view of each plane is to show

        self.circle = self.curve(self.size * circle(), theme.input, opacity=0.6, dash=(0.1, 0.08))
        self.x_arrow = self.arrow(self.x, theme.input)
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
        self.right.matrix = A.array
        output = self.image(lambda: self.right.matrix, self.x)
        self.y_arrow = self.arrow(output, theme.output)
        self.x_name, self.y_name = self.label(self.x_arrow, "x"), self.label(self.y_arrow, "A x")
        self.left.plant(self.circle, self.x_arrow, self.x_name, self.origin, self.alone)
        self.right.plant(self.trace, self.y_arrow, self.y_name, self.goal, self.mark)

        room = Entries.room(A, other)  # B's card begins as A's, and runs
        self.card_A = self.card(A, "A", room=room)
        self.card_B = self.card(A, "B", means=other, room=room)
        words = self.math('op("rank") A + dim N(A)')
        total = self.prose(N_("${total}$ columns"), total=f"= {2 - lost} + {lost} = 2")
        self.sum = VGroup(words, total).arrange(DOWN, buff=0.2)
        blocks: list[Any] = [Either(self.card_A, self.card_B)]
        if n is not None:
            self.named = self.math(f"n = ({notation.typst(tuple(n))})", color=theme.null_space)
            self.equation = self.math(f"{notation.combination(n, A_HATS)} = 0")
            blocks += [RULE, self.named, self.equation]
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
            self.play(self.around(-BEFORE, -SLOWER, 2.6))
        with self.beat("predict", question):
            self.predict(Appear(self.goal), self.around(-SLOWER, -CLOSE, 2.2), ask=self.mark)

    def arrive(self, run_time: float) -> None:
        """Let x come to its goal; only there is the question answered."""
        self.play(
            self.around(-CLOSE, 0, run_time), After(run_time, Vanish(self.mark, run_time=0.3))
        )

    # -- steps and lines -------------------------------------------------------------

    def walk_columns(
        self, matrix: la.Matrix, n: la.Vector, names: tuple[str, str], *kept: Any
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
        if la.rank(matrix) == 1 and len(walked) > 1:  # else one would hide the other
            arrows[0].apart, arrows[1].apart = ASIDE, ASIDE * (-1 if n[0] * n[1] < 0 else 1)
        labels = [self.label(arrow, names[k]) for k, arrow in zip(order, arrows, strict=True)]
        for counter in walks[0].counters:  # at the end it would be a name of where it leads
            counter.on = 0.5
        steps = walks[0].members if len(walked) > 1 else []  # along 0 nothing moves
        if la.rank(matrix) == 2 and walks[0].legs[0].aside:  # nearly parallel: no room for numbers
            steps = walks[0].legs
        self.right.plant(*arrows, *labels, *steps)
        if not self.walked:
            self.walked = walks[1].members
            self.left.plant(*self.walked)
        ends = [(1.2 if la.rank(matrix) < 2 else 1.5) * n.array[0] * columns[0].array, matrix @ n]
        ends += [f * column.array for column in columns for f in (1.0, -0.4)]
        self.play(
            self.all_but(*kept, *self.walked), Appear(*kept, *arrows, *labels),
            *self.views([n, (1.3 * n.array[0], 0), -0.3 * n], ends),
            run_time=0.9,
        )  # fmt: skip
        self.play(Pulse(*arrows, *labels, run_time=0.7))
        self.play(
            Appear(*self.walked, *steps, run_time=0.2), *(walk.go(2.1) for walk in walks),
            Vanish(*([*arrows, *labels] if steps else []), run_time=0.2),
        )  # fmt: skip

    def draw_lines(self, n: la.Vector, flattened: str, *kept: Any) -> None:
        """Let A flatten parallel lines of inputs: each becomes one dot."""
        theme, foot, A = self.theme, beside(n, self.matrix).array, self.matrix
        everything = not la.rank(A)
        self.ins: list[Any] = []
        self.outs: list[Any] = []
        for shift in SHIFTS:
            points = [shift * foot + t * n.array for t in STEPS_OF_N]
            pink = everything or not shift
            for add, cast, usual, far in (
                (self.left.plant, self.ins, theme.input, 60.0),
                (self.right.join, self.outs, theme.output, 4 * length(n)),
            ):
                color = theme.null_space if pink else usual
                dots = Dots(points, color=color, radius=0.085)
                line = self.line(n, color, through=shift * foot, length=far)
                add(line, dots)
                cast.append((line, dots))
        self.right.matrix = UNITS.array
        room = [s * foot + t * n.array for s in (-1, 1) for t in (-1, 1)]
        self.play(
            self.all_but(*kept), *self.views(room, room), After(0.4, Appear(*chain(*self.ins)))
        )
        flatten, *rest = la.path(A).parts
        arriving = Appear(*chain(*self.outs), run_time=1.2)
        self.perform(self.right, flatten, arriving, run_time=2.2)
        self.say(flattened)
        if not everything:
            end = 1.1 * (A.array @ foot)
            (_, look) = self.views([], [end, -end])
            if look.view.unit < 0.99 * self.right.view.unit:
                self.play(look)
            for part in rest:
                self.perform(self.right, part, run_time=1.5)
            self.column_line = self.segment(-end, end, theme.column_space)
            self.column_name = self.label(self.column_line, "C(A)", on=0.8)
            self.right.plant(self.column_line, self.column_name)

    def open_up(self, B: la.Matrix) -> None:
        """Change an entry: what A sent to one dot comes apart."""
        self.right.matrix = self.matrix.array
        inner = [B @ point for _, dots in self.ins[1:4] for point in dots.base]
        self.play(Vanish(*self.ins[0], *self.ins[4], *self.outs[0], *self.outs[4], self.sum))
        self.change_entry(B, self.fitting(self.right, inner, most=self.most), {})

    def change_entry(self, to: la.Matrix, view: Any, names: Any) -> None:
        """Let the outputs and the card, now called B, run to another matrix."""
        run_time = min(max(self.reading_left() - 0.5, 2.0), 4.0)
        self.play(
            Vanish(self.card_A, run_time=0.2), Appear(self.card_B, run_time=0.2),
            Glide(self.right, to, view=view, names=names, run_time=run_time),
            Entries(self.card_B, self.right, self.matrix, to, run_time=run_time),
        )  # fmt: skip

    # -- what is in sight ------------------------------------------------------------

    def all_but(self, *kept: Any) -> Vanish:
        """Give the motion by which all leave both stages, but for some."""
        cast = [member.figure for world in (self.left, self.right) for member in world.members]
        seen = [each for each in cast if presence_of(each) and not any(each is k for k in kept)]
        return Vanish(*seen, run_time=0.4)

    def views(self, inputs: Iterable[Any], outputs: Iterable[Any]) -> list[Look]:
        """Look at both planes so that these points fit, from where all can be told if it can."""
        looks = []
        planes = (self.left, inputs, None), (self.right, outputs, ANY_SIZE)
        for (world, points, most), common in zip(planes, self.common, strict=True):
            points = list(points)
            near = self.fitting(world, points or common, most=most)
            far = self.fitting(world, [*points, *common], most=most)
            looks.append(Look(world, far if far.unit > 0.4 * near.unit else near))
        return looks


def beside(n: la.Vector, A: la.Matrix) -> la.Vector:
    """Give a simple input off the line of n, about square to it, and not so far."""
    (x, y), size = n.array, max(0.6, 0.75 / length(n))
    if (A.array @ (-y, x))[0] < 0:  # to the right there is room for the name of A x
        size = -size
    return la.vector([round(-size * y), round(size * x)])
