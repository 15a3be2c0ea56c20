"""The null space: what is sent to zero, and so can be added to an input unnoticed."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

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
from scenes.stage.polar import angle_of, length, toward, toward_same
from scenes.stage.walk import Walk

I_HAT, J_HAT = "A hat(dotless.i)", "A hat(dotless.j)"
BEFORE = 150  # degrees before its goal at which x sets out: A x grows first, then shrinks
SLOWER, CLOSE = 45, 12  # where x slows down, and where it waits
ROUND = 360
AXES = la.directions(2, 4)
UNITS = la.matrix("1 0; 0 1").array
ANY_SIZE = float("inf")  # outputs may be as small as they like, but for 0

WATCH = N_("$x$ goes round the circle. Watch $A x$.")

# a line is lost
PREDICT = N_("Will $A x$ ever be $0$, though $x$ is not?")
FOUND = N_("Here $A x$ is $0$. And half a turn on?")
NAMED = N_("$0$ again. Stretched to simple numbers, it is called $n$.")
CALLED = N_("$0$ again. Call this input $n$.")
LINE = N_("All multiples of $n$ go to $0$: the line $N(A)$.")
STEPS = N_("The numbers in $n$ are steps along the columns. They cancel.")
ONE_STEP = N_("$n$ is one step along ${column}$, and that column is $0$.")
SLIDE = N_("Move $x$ along $n$: $A x$ does not move.")
WATCH_LINES = N_("Watch the lines.")
LINES = N_("Each line becomes one dot: one dimension is lost.")
CHANGE = N_("Now change one entry of $A$: does any $B x$ still become $0$?")
ONLY_ZERO = N_("Even the shortest is ${least}$ long: $N(B) = {zero}$.")
REMEMBER = N_("$N(A)$: what you can add to $x$ without changing $A x$.")

# nothing is lost
SHORTEST = N_("No: here it is shortest, and ${least}$ long.")
NOT_ZERO = N_("It comes close, but it is ${least}$ long, not $0$.")
ALWAYS = N_("No: every $A x$ is ${least}$ long.")
APART = N_("Why? After one step along ${first}$, steps along ${second}$ only lead past $0$.")
PARALLEL = N_("With both columns on one line, the steps lead back to $0$.")
ALL_CHANGE = N_("$N(A)$ holds only $0$: whatever you add to $x$ changes $A x$.")

# everything is lost
PREDICT_LEAVE = N_("Will $A x$ ever leave $0$?")
NOWHERE = N_("No: both columns are $0$, so every step along them leads nowhere.")
CRUSHED = N_("$A$ moves inputs of all directions. Watch them.")
PLANE = N_("All end at $0$: $N(A)$ is the whole plane.")
ONE_LINE = N_("One entry changed: now only one line of inputs is sent to $0$.")
ANYTHING = N_("$N(A)$ is the plane: whatever you add to $x$, $A x$ stays $0$.")


class NullSpaceFlattens(MatrixScene):
    """N(A) is what can be added to x without changing A x."""

    title = N_("The null space")
    inputs = (MatrixInput("2x2", default="1 2; 2 4"),)
    stages = 2

    def construct(self) -> None:
        A, theme = self.matrix, self.theme
        roles = {"x": "input", "n": "null_space", "A n": "null_space", "N(A)": "null_space"}
        roles |= {
            "A x": "output",
            "B x": "output",
            "C(A)": "column_space",
            I_HAT: "i",
            J_HAT: "j",
            "B n": "null_space",
            "N(B)": "null_space",
        }
        self.colors = {symbol: getattr(theme, role) for symbol, role in roles.items()}
        self.svd, self.x = la.svd(A), Value((1.0, 0.0))
        {0: self.nothing_lost, 1: self.line_lost, 2: self.all_lost}[la.nullity(A)]()

    # -- a line is lost ------------------------------------------------------------------

    def line_lost(self) -> None:
        """Tell of a matrix of rank 1."""
        (n,) = la.null_space(self.matrix).vectors
        near, goal = la.neighbor(self.matrix), angle_of(n)
        named = self.math(f"n = {written(n)}", color=self.theme.null_space)
        sum_of_steps = combination(n, (I_HAT, J_HAT))
        self.asked = self.math(f"A n = {sum_of_steps}")
        self.equation = self.math(f"{sum_of_steps} = 0")
        self.named = [named, self.equation]
        blocks = (named, Either(self.asked, self.equation))
        self.set_up(goal - ROUND / 2, near.matrix, *blocks, sweep=BEFORE + ROUND / 2)
        self.run(goal - ROUND / 2, PREDICT)
        with self.beat("found"):
            self.find(n, goal, named)
        with self.beat("line", LINE):
            self.draw_null_line(n)
        walked = [k for k in (0, 1) if n[k]]
        dead = (I_HAT, J_HAT)[walked[0]]
        with self.beat("steps", STEPS if len(walked) > 1 else ONE_STEP, column=dead):
            self.cancel(n, walked)
        with self.beat("slide", SLIDE):
            foot = self.slide(n)
        with self.beat("lines", WATCH_LINES):
            self.draw_lines(n, foot)
        with self.beat("contrast", CHANGE):
            self.open_up(near, goal)
        with self.beat("remember", REMEMBER):
            self.remember(n, foot)

    def find(self, n: la.Vector, goal: float, named: Any) -> None:
        """Find two inputs that are sent to 0, and stretch one of them to the exact n."""
        first, size = goal - ROUND / 2, length(n)
        pink = [self.x_arrow, self.x_name, self.y_arrow, self.y_name]
        self.play(self.around(first - CLOSE, first, 1.0), Vanish(self.length, self.mark))
        self.say(FOUND)
        self.while_reading(Chain(Pulse(self.goal, run_time=0.6), self.around(first, goal, 1.8)))
        self.say(CALLED if size == 1 else NAMED)
        ends = [2 * n, -n, *AXES]
        self.play(*self.views(ends, ends), run_time=0.7)
        if size != 1:  # at one scale, so that the stretch is seen
            self.while_reading(Change(self.x, n, run_time=1.2))
        self.play(
            *(Recolor(each, self.theme.null_space) for each in pink),
            Rename(self.y_name, "A n = 0"),
            Rename(self.x_name, f"n = {written(n)}"),
            Appear(named),
            Vanish(self.trace, self.ring_of_x),
        )
        self.while_reading(Pulse(self.x_arrow, named, run_time=0.6))

    def draw_null_line(self, n: la.Vector) -> None:
        """Let multiples of n run along their line, while A sends them all to 0."""
        theme, many = self.theme, Value(1.0)
        self.null_line = self.line(n, theme.null_space)
        multiple = self.arrow(lambda: many.now * n.array, theme.null_space)
        factor = self.label(
            multiple, self.running(lambda: many.now, 1, 2, -1, unit="n", decimals=1)
        )
        self.left.plant(self.null_line, multiple, factor)
        self.null_name = self.name_line(self.left, self.null_line, "N(A)")
        self.play(
            Vanish(self.x_name, run_time=0.3),
            Appear(multiple, run_time=0.1),
            After(0.3, Appear(factor, run_time=0.3)),
            Change(many, 2.0, run_time=1.3),
            Rename(self.y_name, "0"),
        )
        self.play(Appear(self.null_line, self.null_name), Change(many, -1.0, run_time=1.6))
        self.play(Pulse(self.null_line, self.goal))
        self.leaving = [self.x_arrow, self.y_arrow, self.y_name, self.goal, multiple, factor]

    def cancel(self, n: la.Vector, walked: list[int]) -> None:
        """Walk as n says: among the inputs to n, among the outputs back to 0."""
        theme, A = self.theme, self.matrix
        arrow, zero = self.arrow(n, theme.null_space), self.dot((0, 0), theme.null_space, 0.16)
        name = self.label(arrow, "n")
        colors = [(theme.i, theme.j)[k] for k in walked]
        walks = [
            Walk(
                self,
                [units.T[k] for k in walked],
                [n[k] for k in walked],
                colors,
                names=[names[k] for k in walked],
            )
            for units, names in (
                (UNITS, ("hat(dotless.i)", "hat(dotless.j)")),
                (A.array, (I_HAT, J_HAT)),
            )
        ]
        # one step along each column, the shorter one on top
        order = sorted(walked, key=lambda k: -length(A.column(k)))
        columns = [self.arrow(A.column(k), (theme.i, theme.j)[k]) for k in order]
        names = [
            self.label(column, (I_HAT, J_HAT)[k]) for k, column in zip(order, columns, strict=True)
        ]
        steps = [walks[0].members, walks[1].members if len(walked) > 1 else walks[1].legs]
        self.left.plant(arrow, name, *steps[0])
        self.right.plant(*columns, *names, *steps[1], zero)
        far = n.array[0] * A.column(0).array
        self.play(
            Vanish(*self.leaving),
            Appear(arrow, name, *columns, *names, zero, self.asked),
            *self.views([n, (n.array[0], 0), -n], [far, -far, *A.columns]),
            run_time=0.8,
        )
        self.play(Pulse(self.asked, *self.card_A.rows[0], *self.card_A.rows[1], run_time=0.8))
        self.play(
            Appear(*flat(steps), run_time=0.2),
            Vanish(*names, run_time=0.5),
            Dim(*columns, to=0.3),
            *(walk.go(2.1) for walk in walks),
        )
        self.play(Vanish(self.asked, run_time=0.3), After(0.3, Appear(self.equation)), Pulse(zero))
        self.leaving = [arrow, name, zero, *columns, *flat(steps)]

    def slide(self, n: la.Vector) -> la.Vector:
        """Let x slide along its own line, parallel to N(A); give where it set out."""
        theme, A = self.theme, self.matrix
        foot, along = beside(n), Value(0.0)
        start = foot.array
        line = self.line(n, theme.input, through=foot, dashed=True)
        old = self.arrow(foot, theme.input, opacity=0.4)
        arrow = self.arrow(lambda: start + along.now * n.array, theme.input)
        shift = self.arrow(lambda: along.now * n.array, theme.null_space, tail=foot)
        much = self.running(lambda: along.now, 0, 1, 2, -1, unit="n", decimals=1)
        much = self.label(shift, much, on=0.5)
        image = self.arrow(A @ foot, theme.output)
        names = [self.label(arrow, "x"), self.label(image, f"A x = {written(A @ foot)}")]
        self.left.plant(line, old, shift, arrow, names[0], much)
        self.right.plant(image, names[1])
        ends = [start + 2 * n.array, start - n.array, n]
        self.play(Vanish(*self.leaving), *self.views(ends, [1.25 * (A @ foot).array]), run_time=0.8)
        self.play(Appear(arrow, line, image, *names, old))
        self.play(
            Appear(shift, run_time=0.3),
            After(0.5, Appear(much, run_time=0.3)),
            Change(along, 2.0, run_time=1.4),
        )
        self.play(Change(along, -1.0, run_time=1.3))
        self.sliding, self.along = [line, image, names[1], old, arrow], along
        self.shift, self.extra = [shift, much], [names[0], shift, much]
        return foot

    def draw_lines(self, n: la.Vector, foot: la.Vector) -> None:
        """Let five parallel lines, each with a dot on it, become five dots."""
        theme, A, t = self.theme, self.matrix, Value(-0.4)
        self.right.matrix = UNITS  # nothing that it moves is in sight
        enter, lines, dots, numbers = [], [], [], []
        for k in range(5):
            base = (k - 2) / 2 * foot.array
            color = theme.null_space if k == 2 else theme.input
            for add in (self.left.plant, self.right.join):
                ends = (base - 0.6 * n.array, base + 0.6 * n.array)
                lines.append(self.segment(*ends, color, width=theme.line * 1.6))
                dots.append(self.dot(lambda base=base: base + t.now * n.array, color))
                numbers.append(self.label(dots[-1], str(k + 1)))
                add(lines[-1], dots[-1], numbers[-1])
            pair = (*lines[-2:], *dots[-2:], *numbers[-2:])
            enter.append(Appear(*pair, run_time=0.15))
        room = [s * foot.array + e * n.array for s in (-1.1, 1.1) for e in (-0.9, 0.9)]
        self.play(
            Vanish(*self.extra, *self.sliding),
            *self.views(room, room),
            run_time=0.8,
        )
        self.play(Chain(*enter))
        outputs = [each for pair in (dots[1::2], numbers[1::2]) for each in (*pair[:2], *pair[3:])]
        colors = dict.fromkeys(outputs, theme.output)
        for part in (parts := la.path(A).parts):
            last = {"colors": colors} if part is parts[-1] else {}
            self.perform(self.right, part, **last, run_time=1.8 if part is parts[0] else 1.1)
        self.column_line = self.line(la.column_space(A).vectors[0], theme.column_space)
        self.right.plant(self.column_line)
        self.column_name = self.name_line(self.right, self.column_line, "C(A)")
        self.say(LINES)
        self.play(
            Appear(self.column_line, self.column_name, self.sum), Change(t, 0.4, run_time=1.4)
        )
        self.while_reading(Change(t, 0.0, run_time=1.2))
        self.leaving = [*lines, *dots, *numbers]

    def open_up(self, near: la.Neighbor, goal: float) -> None:
        """Change an entry: the segment of outputs opens to an ellipse that passes 0 by."""
        theme, B, svd = self.theme, near.matrix, la.svd(near.matrix)
        least, x = svd.V.columns[1], Value(toward(goal))
        lowest = toward_same(angle_of(least), goal) + ROUND
        self.right.matrix = self.matrix.array
        image = self.image(lambda: self.right.matrix, x)
        ring = self.unit_circle(width=theme.line, opacity=0.6)
        outline = self.unit_circle(theme.output)
        arrow, out = self.arrow(x, theme.input), self.arrow(image, theme.output)
        names = [self.label(arrow, "x"), self.label(out, "A x")]
        size = self.running(lambda: length(image()), 0, plain_number(svd.S[1]))
        size = self.label(out, size, on=0.5)
        zero = self.dot((0, 0), theme.null_space)
        alone = self.label(zero, "N(B) = {0}")
        self.left.plant(ring, arrow, names[0], zero, alone)
        self.right.join(outline)
        self.right.plant(out, names[1], size)
        outer = svd.U.array * svd.S.array
        looks = self.views(AXES, [*outer.T, *-outer.T])
        away = [*self.leaving, self.null_line, self.null_name, self.column_line]
        self.play(
            Vanish(*away, self.column_name, self.sum, *self.named),
            Appear(ring, arrow, outline, out, *names),
            *looks,
            run_time=0.9,
        )
        self.change_entry(near.matrix, looks[1].view, Rename(names[1], "B x"), Appear(size))
        self.play(
            Change(x, along=lambda s: toward(goal + s * (lowest - goal))),
            Pulse(self.card_B.rows[near.row][near.column]),
            run_time=2.8,
        )
        self.say(ONLY_ZERO, least=self.plainly(svd.S[1]), zero="{0}")
        self.play(*self.if_short(B.array @ least.array), Pulse(out))
        self.play(Change(x, (0, 0)), Vanish(size, names[0]), run_time=1.1)
        self.play(Appear(zero, alone), Vanish(arrow, ring), Pulse(zero))
        self.leaving = [ring, arrow, outline, out, *names, size, zero, alone]

    def change_entry(self, to: la.Matrix, view: Any, *also: Any, run_time: float = 1.6) -> None:
        """Let the outputs and the card, now called B, run to another matrix."""
        self.play(
            Vanish(self.card_A, run_time=0.2),
            Appear(self.card_B, run_time=0.2),
            Glide(self.right, to, view=view, run_time=run_time),
            Entries(self.card_B, self.right, self.matrix, to, run_time=run_time),
            *also,
        )

    def remember(self, n: la.Vector, foot: la.Vector) -> None:
        """Come back to A, and let x slide once more."""
        A, (*_, old, arrow) = self.matrix, self.sliding
        ends = [foot, foot + n, foot - n, n]
        names = [self.label(old, "x"), self.label(arrow, "x + n")]
        self.left.plant(*names)
        self.along.now = 0.0  # it is out of sight
        self.play(
            Vanish(*self.leaving, self.card_B, run_time=0.5),
            After(0.3, Appear(self.card_A, self.named[0])),
            Appear(self.null_line, self.null_name, self.column_line, self.column_name),
            *self.views(ends, [1.25 * (A @ foot).array]),
        )
        self.play(Appear(self.sum, *self.sliding, names[0]))
        self.while_reading(
            Appear(self.shift[0], run_time=0.2),
            After(1.4, Appear(self.shift[1], names[1], run_time=0.4)),
            Change(self.along, 1.0, run_time=1.8),
        )
        self.summary()

    # -- nothing is lost -----------------------------------------------------------------

    def nothing_lost(self) -> None:
        """Tell of a matrix of rank 2."""
        A, (most, least) = self.matrix, self.svd.S
        lowest = self.svd.V.columns[1]
        goal = angle_of(lowest)
        laid = la.parallel(A)
        lengths = [length(column) for column in A.columns]
        self.shorter, self.t = int(lengths[1] < lengths[0]), Value(1.0)
        first, second = ((I_HAT, J_HAT), (J_HAT, I_HAT))[self.shorter]
        self.set_up(goal, laid.matrix, sweep=ROUND)
        self.run(goal, PREDICT)
        with self.beat("shortest"):
            self.pass_by(goal, lowest, most, least)
        with self.beat("steps", APART, first=first, second=second):
            self.miss()
        with self.beat("contrast", PARALLEL):
            self.lay(laid)
        with self.beat("remember", ALL_CHANGE):
            self.change_all()

    def pass_by(self, goal: float, lowest: la.Vector, most: Any, least: Any) -> None:
        """Let A x come to where it is shortest, and close its ellipse round 0."""
        value, low = self.plainly(least), self.matrix.array @ lowest.array
        looks = self.if_short(low)
        self.play(self.around(goal - CLOSE, goal, 1.0), Vanish(self.mark))
        before = self.right.view
        self.say(ALWAYS if most == least else NOT_ZERO if looks else SHORTEST, least=value)
        if looks:
            self.play(*looks)
            self.play(Pulse(self.y_arrow))
            self.play(Look(self.right, before))
        else:
            self.play(Pulse(self.y_arrow))
        quiet = [Vanish(self.length)] if most != least else []
        self.while_reading(self.around(goal, goal + ROUND, 3.4), *quiet)

    def miss(self) -> None:
        """Take one step along the shorter column: the line of steps along the other misses 0."""
        theme = self.theme
        k, other, t = self.shorter, 1 - self.shorter, self.t
        colors, names, units = (theme.i, theme.j), (I_HAT, J_HAT), UNITS
        world = self.right
        world.matrix = self.matrix.array  # nothing that it moves is in sight
        step, on = (lambda: world.matrix[:, k]), (lambda: world.matrix[:, other])
        a, b = step(), on()
        nearest = -float(a @ b) / float(b @ b)
        reach = [nearest + 1.4, nearest - 1.4]

        def x() -> Any:
            return units[k] + t.now * units[other]

        arrow = self.arrow(x, theme.input)
        image = self.arrow(self.image(lambda: world.matrix, x), theme.output)
        steps = [
            self.arrow(units[k], colors[k]),
            self.arrow(lambda: t.now * units[other], colors[other], tail=units[k]),
            self.arrow(step, colors[k]),
            self.arrow(lambda: t.now * on(), colors[other], tail=step),
        ]
        way = self.line(units[other], colors[other], through=units[k], dashed=True)
        landed = self.segment(
            lambda: step() - 9 * on(),
            lambda: step() + 9 * on(),
            colors[other],
            dashed=True,
            counts=False,
        )
        column = self.arrow(on, colors[other], opacity=0.45)
        self.column_names = [self.label(steps[2], names[k]), self.label(column, names[other])]
        self.pair: list[Any] = [arrow, image, self.label(arrow, "x"), self.label(image, "A x")]
        self.left.plant(way, *steps[:2], arrow, self.pair[2])
        self.right.plant(landed, column, *steps[2:], image, self.pair[3], *self.column_names)
        t.now = reach[0]
        self.play(
            Vanish(self.trace, self.ring_of_x, self.length, self.y_arrow, self.y_name),
            Vanish(self.x_arrow, self.x_name),
            Appear(way, landed, column, *steps, *self.pair, *self.column_names),
            *self.views(
                [units[k] + r * units[other] for r in reach], [a, b, *(a + r * b for r in reach)]
            ),
        )
        self.play(Change(t, reach[1], run_time=2.6))
        looks = self.if_short(a + nearest * b)
        self.long = [*steps[2:], column]
        back = [Dim(*self.long, to=0.3), Vanish(*self.column_names)] if looks else []
        self.play(Change(t, nearest, run_time=1.4))
        if looks:
            self.while_reading(*looks, *back)
        self.leaving = [way, landed, column, *steps, *self.pair, *self.column_names, self.goal]

    def lay(self, laid: la.Parallel) -> None:
        """Lay the second column onto the first: the way passes through 0."""
        theme, k = self.theme, self.shorter
        (n,) = la.null_space(laid.matrix).vectors
        back = n.array[1 - k] / n.array[k]
        new = [each.replace("A", "B") for each in (I_HAT, J_HAT)]
        new = [*(new[j] for j in (k, 1 - k)), "B x"]
        labels: list[Any] = [*self.column_names, self.pair[3]]
        B = laid.matrix.array
        view = self.fitting(self.right, [*1.2 * B.T, *self.matrix.array.T, -B[:, k]])
        self.play(
            Look(self.right, view), Dim(*self.long, to=1.0), Appear(*self.column_names),
            run_time=0.9,
        )  # fmt: skip
        renamed = [Rename(label, name) for label, name in zip(labels, new, strict=True)]
        self.change_entry(laid.matrix, view, *renamed, run_time=1.8)
        self.play(Change(self.t, back, run_time=1.6))
        self.play(
            *(Recolor(each, theme.null_space) for each in self.pair),
            Rename(self.pair[2], "n"),
            Rename(self.pair[3], "B n = 0"),
            Pulse(self.goal),
        )

    def change_all(self) -> None:
        """Add whatever to x: A x changes."""
        theme, A = self.theme, self.matrix
        base, turned = self.svd.V.columns[0].array, Value(0.0)

        def x() -> Any:
            return base + 0.6 * toward(turned.now)

        arrow = self.arrow(x, theme.input)
        image = self.arrow(self.image(A.array, x), theme.output)
        round_x = self.curve(base + 0.6 * circle(), theme.input, dash=(0.1, 0.08))
        round_y = self.curve((base + 0.6 * circle()) @ A.array.T, theme.output, dash=(0.1, 0.08))
        zero = self.dot((0, 0), theme.null_space)
        names = [self.label(arrow, "x"), self.label(image, "A x")]
        names.append(self.label(zero, "N(A) = {0}"))
        self.left.plant(round_x, arrow, zero, names[0], names[2])
        self.right.plant(round_y, image, names[1])
        here = base + 0.7 * la.directions(2, 8)
        self.play(
            Vanish(*self.leaving, self.card_B),
            Appear(self.card_A, self.sum, arrow, image, round_x, round_y, zero, *names),
            *self.views([*here, -0.5 * base], [A.array @ v for v in here]),
        )
        self.while_reading(Change(turned, ROUND, run_time=3.0))
        self.summary()

    # -- everything is lost --------------------------------------------------------------

    def all_lost(self) -> None:
        """Tell of the zero matrix."""
        A = self.matrix
        near, goal = la.neighbor(A), 60
        self.set_up(goal, near.matrix)
        self.run(goal, PREDICT_LEAVE)
        with self.beat("nowhere", NOWHERE):
            self.play(self.around(goal - CLOSE, goal + BEFORE, 2.0), Vanish(self.mark))
            self.while_reading(
                Pulse(self.card_A.entries), self.around(goal + BEFORE, goal + ROUND, 2.0)
            )
        with self.beat("spray", CRUSHED):
            self.crush()
        with self.beat("contrast", ONE_LINE):
            self.open_line(near)
        with self.beat("remember", ANYTHING):
            self.add_anything()

    def crush(self) -> None:
        """Let A move inputs of all directions: all shrink to 0, so all are N(A)."""
        theme = self.theme
        vectors = [f * d for f in (1.0, 2.0) for d in la.directions(2, 12)]
        still = [self.arrow(v, theme.input, scale=0.75) for v in reversed(vectors)]
        moved = [self.arrow(v, theme.input, scale=0.75) for v in reversed(vectors)]
        self.left.plant(*still)
        self.right.join(*moved)
        self.play(
            Appear(*still, *moved),
            Dim(*self.right.grid, to=1.0),
            Vanish(self.x_arrow, self.x_name, self.ring_of_x, self.y_arrow, self.y_name),
            Vanish(self.length, self.goal),
            *self.views(vectors, vectors),
        )
        pink = dict.fromkeys(moved, theme.null_space)
        self.perform(self.right, la.path(self.matrix), colors=pink)
        self.say(PLANE)
        far = 60.0
        self.plane = self.region(
            polygon([(-far, -far), (far, -far), (far, far), (-far, far)]),
            theme.null_space,
            counts=False,
        )
        self.left.plant(self.plane)
        self.play(Appear(self.plane), *(Recolor(arrow, theme.null_space) for arrow in still))
        self.while_reading(Chain(Appear(self.sum), Pulse(*still)))
        self.leaving = [*still, *moved]

    def open_line(self, near: la.Neighbor) -> None:
        """Change one entry: A x leaves 0, but for the inputs of one line."""
        theme, B = self.theme, near.matrix
        (n,) = la.null_space(B).vectors
        line, goal = self.line(n, theme.null_space), angle_of(n)
        self.x.now = toward(goal + 60)
        self.x_arrow.given = self.x
        self.y_arrow.given = self.image(lambda: self.right.matrix, self.x)
        self.left.plant(line)
        looks = self.views(AXES, AXES)
        self.play(
            Vanish(*self.leaving, self.plane, self.sum),
            Dim(*self.right.grid, to=0.0),
            Appear(self.x_arrow, self.x_name, self.ring_of_x, self.y_arrow, self.y_name),
            *looks,
        )
        self.change_entry(B, looks[1].view, Rename(self.y_name, "B x"))
        self.play(self.around(goal + 60, goal, 1.6))
        self.play(Appear(line), self.around(goal, goal - ROUND / 2, 2.0))
        self.leaving = [line, self.ring_of_x]

    def add_anything(self) -> None:
        """Add whatever to x: A x stays 0."""
        self.right.matrix = self.matrix.array
        wide, start = 2 * AXES, angle_of(self.x)
        self.play(
            Vanish(*self.leaving, self.card_B),
            Appear(self.card_A, self.sum, self.plane),
            Rename(self.y_name, "A x = 0"),
            *self.views(wide, wide),
        )

        def along(s: float) -> Any:
            return (1 + 4 * s * (1 - s)) * toward(start + 230 * s)

        self.while_reading(Change(self.x, along=along, run_time=3.6))
        self.summary()

    # -- what they share -----------------------------------------------------------------

    def set_up(self, goal: float, other: la.Matrix, *blocks: Any, sweep: float = BEFORE) -> None:
        """Open with x on its circle, A x with its length, and the matrix in the panel."""
        theme, A = self.theme, self.matrix
        title, lost = self.heading(), la.nullity(A)
        room = Entries.room(A, other)  # B's card begins as A's, and runs
        self.card_A, self.card_B = self.card(A, "A", room=room), self.card(A, "B", room=room)
        rows = [
            self.row(N_("lost: $dim N(A)$"), str(lost), color=theme.null_space),
            self.row(N_("kept: $dim C(A)$"), str(2 - lost), color=theme.column_space),
            self.row(N_("columns"), f"{lost} + {2 - lost} = 2"),
        ]
        self.sum = VGroup(*rows)
        rule = (RULE,) if blocks else ()
        self.panel.set(title, Either(self.card_A, self.card_B), *rule, *blocks, RULE, self.sum)

        self.start, self.sweep = goal - BEFORE, sweep
        self.x.now, self.traced = toward(self.start), Value(0.0)
        output = self.image(A.array, self.x)
        self.ring_of_x = self.unit_circle(width=theme.line, opacity=0.6)
        self.x_arrow, self.y_arrow = (
            self.arrow(self.x, theme.input),
            self.arrow(output, theme.output),
        )
        self.x_name, self.y_name = self.label(self.x_arrow, "x"), self.label(self.y_arrow, "A x")
        size = self.running(lambda: length(output()), 0, *map(plain_number, self.svd.S))
        self.length = self.label(self.y_arrow, size, on=0.5, size=0.85 * theme.label)
        self.trace = self.arc(
            lambda t: A.array @ toward(t),
            self.start,
            self.start + sweep,
            theme.output,
            until=self.traced,
            opacity=0.7,
            width=theme.line,
        )
        self.goal = self.ring((0, 0))
        self.mark = self.question_mark(self.goal)
        away = -A.array @ toward(goal - SLOWER)
        self.mark.facing = toward(angle_of(away) if away.any() else 90)  # away from A x
        self.left = self.world(grid=False, stage=0, name=N_("inputs"))
        most = ANY_SIZE if la.rank(A) else None
        self.right = self.world(stage=1, name=N_("outputs"), like=self.left, most=most)
        self.left.plant(self.ring_of_x, self.x_arrow, self.x_name)
        self.right.plant(self.trace, self.y_arrow, self.y_name, self.length, self.goal, self.mark)
        for grid in self.right.grid:
            grid.brightness = 0.0  # until A moves the plane
        self.open(
            title,
            self.card_A,
            self.ring_of_x,
            self.x_arrow,
            self.x_name,
            self.trace,
            self.y_arrow,
            self.y_name,
            *([self.length] if lost < 2 else []),
        )

    def run(self, goal: float, question: str) -> None:
        """Let x run round its circle, and slow down near the answer."""
        with self.beat("run", WATCH):
            self.play(self.around(self.start, goal - SLOWER, 2.8))
        with self.beat("predict", question):
            self.play(
                Appear(self.goal, self.mark),
                self.around(goal - SLOWER, goal - CLOSE, 2.5),
            )

    def around(self, start: float, end: float, run_time: float) -> Change:
        """Let x go round its circle between two angles, and A x leave its trace."""

        def along(s: float) -> Any:
            angle = start + s * (end - start)
            self.traced.now = min((angle - self.start) / self.sweep, 1.0)
            return toward(angle)

        return Change(self.x, along=along, run_time=run_time)

    def if_short(self, tip: Any) -> list[Look]:
        """Look closely, if a vector among the outputs would be too short to be seen."""
        return [self.closer(tip)] if length(tip) * self.right.view.unit < 0.7 else []

    def closer(self, tip: Any) -> Look:
        """Look at the outputs so closely that a short one is long."""
        points = [2.2 * tip, -2.2 * tip]
        return Look(self.right, self.fitting(self.right, points, most=ANY_SIZE))

    def plainly(self, value: Any) -> str:
        """Write a length as a teacher would say it: exactly, but roots as a decimal."""
        return self.exactly(plain_number(value))

    def views(
        self, inputs: Iterable[Any], outputs: Iterable[Any], apart: bool = False
    ) -> list[Look]:
        """Look at both planes so that these points fit, with one unit if that can be."""
        views = [self.fitting(self.left, inputs), self.fitting(self.right, outputs, most=ANY_SIZE)]
        if not apart:
            views = self.one_unit(*views)
        return [Look(world, v) for world, v in zip((self.left, self.right), views, strict=True)]


def written(v: la.Vector) -> str:
    """Write a vector as a point, as Typst source."""
    return f"({notation.typst(tuple(v))})"


def combination(counts: la.Vector, symbols: tuple[str, ...]) -> str:
    """Write c₁ s₁ + c₂ s₂ as Typst source, without the terms that are 0."""
    text = ""
    for count, symbol in zip(counts, symbols, strict=True):
        if not count:
            continue
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


def beside(n: la.Vector) -> la.Vector:
    """Give a simple input clearly off the line of n, but not far."""
    line = la.Subspace(la.matrix([[entry] for entry in n]))
    tried = [la.vector(pair) for pair in product((0, 1, -1, 2, -2), repeat=2)]

    def fault(v: la.Vector) -> float:
        return abs(length((v - line.project(v)).array) - 0.9) + 0.05 * length(v.array)

    return min(tried, key=fault)
