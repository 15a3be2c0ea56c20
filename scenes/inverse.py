"""The inverse: the same motion, rewound, and what stops it when A is singular."""

from __future__ import annotations

import numpy as np

import lamath as la
from scenes.inputs import MatrixInput, VectorInput
from scenes.stage import (
    RULE,
    Appear,
    Chain,
    Change,
    Dim,
    Draw,
    Either,
    Fly,
    Look,
    MatrixScene,
    N_,
    Pulse,
    Recolor,
    Value,
    Vanish,
)

I_HAT, J_HAT = "hat(dotless.i)", "hat(dotless.j)"
A_I, A_J, BACK_I, BACK_J = f"A {I_HAT}", f"A {J_HAT}", f"A^(-1) {I_HAT}", f"A^(-1) {J_HAT}"
CROWDED = 20  # condition number from which the slanted grid is a gray area

WATCH = N_("Watch $x$ move to $b$, and the area of the square.")
FOLD = N_("$det A < 0$: the plane is also turned over.")
PREDICT = N_("Only $b$ is left. How many steps along $A hat(dotless.i)$ and $A hat(dotless.j)$ lead there?")
COUNT = N_("Count: first along $A hat(dotless.i)$, then along $A hat(dotless.j)$.")
ADDRESS = N_("$A$ moved $x$ and the grid together: these steps are $x$.")
COUNT_I = N_("Count $hat(dotless.i)$ in the same steps.")
COUNT_J = N_("That is the first column of $A^(-1)$. The second: count $hat(dotless.j)$.")
CLOSE = N_("And if both columns lay on one line?")
CLOSED = N_("No steps lead to ${target}$: such a matrix has no inverse.")
BACKWARDS = N_("Play $A$ backwards. Watch $b$ and the dashed square.")
UNFOLD = N_("Play $A$ backwards: the plane is turned back first.")
RETURNED = N_("The dashed sides are now the columns of $A^(-1)$.")
FORTH = N_("Forward again: where does $A$ send these columns?")
SUMMARY = N_("$A^(-1)$ undoes $A$: $A A^(-1) = I$, and ${product}$.")

FIVE = N_("Five inputs in a row. Watch where they go.")
SOME = N_("Many inputs. Watch where they go.")
LANDED = N_("All of them have landed on one point: $b$.")
GUESS = N_("You are given $b$ alone. Which of them was it?")
MORE = N_("Now the whole line through the five.")
LINE = N_("All of it lands on $b$.")
CANCEL = N_("Why? These steps along the columns lead back to $0$.")
CANCEL_ALL = N_("Why? Both columns of $A$ are $0$.")
TOGETHER = N_("So $A n = 0$: $x$ and $x + n$ land together.")
ROAM = N_("And $b'$? Let $x$ roam, and watch $A x$.")
MISSED = N_("$A x$ never leaves this line: $b'$ has no input.")
MISSED_BY_ZERO = N_("$A x$ never leaves $0$: $b'$ has no input.")
NEIGHBOR = N_("Change one entry: different inputs, different outputs.")
VERDICT = N_("Many inputs for $b$, none for $b'$: $A$ has no inverse.")


class InverseUndoes(MatrixScene):
    """A⁻¹ undoes A: x is b's address in the moved grid, and the motion rewinds."""

    title = N_("The inverse undoes")
    inputs = (MatrixInput("2x2", default="2 1; 1 3"), VectorInput(of="input", default="-1 1"))

    def construct(self) -> None:
        if la.det(self.matrix) == 0:
            self.title = NoWayBack.title
            self.no_way_back()
        else:
            self.title = InverseUndoes.title
            self.undo()

    # -- it has an inverse ---------------------------------------------------------------

    def undo(self) -> None:
        """Count back to x, count the columns of A⁻¹, rewind."""
        A, theme = self.matrix, self.theme
        inverse, path, neighbor = la.inverse(A), la.path(A), la.parallel(A)
        identity = A @ inverse
        area, back = abs(la.det(A)), abs(la.det(inverse))
        self.colors = {"x": theme.input, "b": theme.output, A_I: theme.i, A_J: theme.j}

        square, basis, x = self.unit_square(), self.basis(), self.arrow(self.vector, theme.input)
        name = self.label(x, "x")
        world = self.world(square, *basis, x, name, through=[path])
        inside = self.label(square, self.running(self.area_of(world), 1, area))
        world.join(inside)

        columns = Value(A)  # the grid in which steps are counted
        lattice = self.lattice() if la.condition_number(A) <= CROWDED else None
        lines = lattice.lines if lattice else []
        walk, *walks = (
            self.walk(identity.columns, each) for each in (self.vector, *inverse.columns)
        )
        targets = [self.arrow(column, theme.ink) for column in inverse.columns]
        patch = self.region(self.outline(inverse), dash=(0.14, 0.1))
        share = self.label(patch, self.running(lambda: float(back) * self.area_of(world)(), 1, back))

        card, x_card = self.card(A, "A"), self.counted(self.vector, "x")
        card_back = self.counted(inverse, "A^(-1)")
        unknown, unknown_back = self.unknowns(x_card), self.unknowns(card_back)
        areas = self.row(N_("area of the square"), self.running(self.area_of(world), 1, area))
        product = self.math(self.times(area, back))
        self.panel.set(
            self.heading(), card, RULE, Either(x_card, card_back),
            self.math("A A^(-1) = I"), Either(areas, product),
        )
        unit = self.panel.blocks[4]

        self.open(square, *basis, x, name, inside, self.panel.blocks[0], card, areas)
        world.join(patch, share, *targets)
        world.plant(*lines, *(w for each in walks for w in (*each.members, *each.rulers)), frame=columns)
        world.join(*walk.members)
        question = self.question_mark(x)
        world.join(question)

        with self.beat("apply", WATCH):
            start = self.ghost(world, x)
            self.act(world, path, names={name: "b", basis.i_label: A_I, basis.j_label: A_J},
                     colors={x: theme.output, name: theme.output})
            self.while_reading(Pulse(x, name, square, inside))
        with self.beat("which", PREDICT):
            far = self.seen(world, A.columns, walk, columns)
            self.play(Vanish(square, inside, areas, *start), Appear(question), Look(world, far),
                      Appear(x_card.brackets, x_card.heading, *(m for row in unknown for m in row)))
            if lattice:
                self.play(Appear(*lines, run_time=0.1), Dim(*world.grid, to=0.0),
                          lattice.light_up(A, world.view))
            self.while_reading(Chain(Pulse(basis.i, basis.j), Pulse(question)))
            self.play(Pulse(question, *(m for row in unknown for m in row), run_time=2.0))
        with self.beat("count", COUNT):
            self.play(Vanish(question), Appear(*walk.members), run_time=0.4)
            self.while_reading(walk.go(2.8))
            self.say(ADDRESS)
            self.collect(walk, x_card, unknown, 0)
            self.while_reading(Chain(Pulse(*walk.legs), Pulse(x, x_card)))
        with self.beat("inverse", COUNT_I):
            rulers = walks[0].rulers
            signs = [self.label(ruler, text) for ruler, text in zip(rulers, (A_I, A_J), strict=True)]
            names = [self.label(target, text) for target, text in zip(targets, (I_HAT, J_HAT), strict=True)]
            world.plant(*signs, frame=columns)
            world.join(*names)
            marks = [w for row in unknown_back for w in row]
            self.play(
                Vanish(x, name, *walk.members, *basis, x_card),
                Appear(*rulers, *signs, targets[0], names[0], run_time=1.0),
                Appear(card_back.brackets, card_back.heading, *marks, run_time=1.0),
                Look(world, self.seen(world, A.columns, *walks, columns)),
            )
            for k, each in enumerate(walks):
                if k == 1:
                    self.say(COUNT_J)
                    self.play(Vanish(*walks[0].members), Appear(targets[1], names[1]))
                self.play(Appear(*each.members), run_time=0.1)
                self.play(each.go(2.4))
                self.collect(each, card_back, unknown_back, k)
        with self.beat("parallel", CLOSE):
            spared = 1 if la.column_space(neighbor.matrix).contains(identity.column(0)) else 0
            lost = self.question_mark(targets[spared])
            world.join(lost)
            self.play(
                Change(columns, neighbor.matrix, run_time=2.8),
                Vanish(*walks[1].members, signs[1]), Dim(card, card_back),
            )
            self.say(CLOSED, target=(I_HAT, J_HAT)[spared])
            self.play(Appear(lost), run_time=0.4)
            self.while_reading(Pulse(targets[spared], lost))
        with self.beat("rewind", BACKWARDS):
            self.play(
                Vanish(lost, *lines, *rulers, *signs), Change(columns, A), Appear(x, name, *walk.members, patch, share), Dim(*world.grid, to=1.0),
                Dim(card, card_back, to=1.0), Look(world, far),
            )
            self.act_back(
                world, names={name: "x", names[0]: BACK_I, names[1]: BACK_J},
                colors={x: theme.input, name: theme.input, targets[0]: theme.i, names[0]: theme.i,
                        targets[1]: theme.j, names[1]: theme.j},
            )
            self.say(RETURNED)
            self.play(
                Look(world, self.close(world, [*inverse.columns, *identity.columns, *self.corners(inverse), *self.corners(identity)])),
                Vanish(x, name, *walk.members),
                *(Recolor(card_back.column(k), color) for k, color in enumerate((theme.i, theme.j))),
            )
            self.while_reading(Chain(Pulse(targets[0], card_back.column(0)), Pulse(targets[1], card_back.column(1))))
        if not path.folds:  # a third fold would teach nothing new
            with self.beat("product", FORTH):
                start = self.region(self.outline(inverse), dash=(0.14, 0.1))
                size = self.label(start, self.exactly(back))
                world.plant(start, size)
                self.play(Appear(start, size), Dim(start, size, to=0.6), run_time=0.1)
                self.act(world, path, names={names[0]: I_HAT, names[1]: J_HAT})
        with self.beat("summary", SUMMARY, product=self.times(area, back)):
            self.play(Appear(unit, product))
            self.while_reading(Chain(Pulse(*targets, unit), Pulse(patch, product)))
            self.summary()

    def act(self, world, path, *, names, colors=None):
        """Move the world along a path; a fold is announced."""
        parts = path.parts
        for k, part in enumerate(parts, 1):
            if part.folds:
                self.say(FOLD)
            last = k == len(parts)
            self.perform(world, part, names=names if last else None, colors=colors if last else None)

    def act_back(self, world, *, names, colors):
        """Undo all that was played."""
        if world.trail[-1].path.folds:
            self.say(UNFOLD)
        self.rewind(world, names=names, colors=colors)

    def collect(self, walk, card, unknown, column):
        """Let a walk's counters fly to the entries of a column."""
        self.play(
            *(
                motion
                for counter, row, marks in zip(walk.counters, card.rows, unknown, strict=True)
                for motion in (Fly(counter, row[column], run_time=1.3), Vanish(marks[column]))
            )
        )

    def seen(self, world, points, *walks_and_frame):
        """Give the view in which all that is counted is seen, and the steps if they are not far."""
        *walks, columns = walks_and_frame
        A = columns.now
        ways = [A @ p for each in walks for leg in each.legs for p in leg.landmarks()]
        whole = self.fitting(world, [*points, *ways])
        close = self.fitting(world, ways)
        return whole if whole.unit > 0.8 * close.unit else close

    def close(self, world, points):
        return self.fitting(world, points, most=0.4 * world.view.rect.height)

    def corners(self, matrix):
        a, b = (c.array for c in matrix.columns)
        return [0 * a, a, a + b, b]

    def outline(self, matrix):
        from scenes.stage import bezier
        return bezier.polygon(self.corners(matrix))

    def times(self, area, back):
        return f"{self.exactly(area)} times {self.exactly(back)} = 1"


    # -- it has none ----------------------------------------------------------------------

    def no_way_back(self) -> None:
        """Many inputs land on one output, and some outputs have no input."""
        A, theme = self.matrix, self.theme
        null, path = la.null_space(A), la.path(A)
        n, b, missed = null.vectors[0], A @ self.vector, la.unreachable(A, self.vector)
        points = la.coset_points(self.vector, null, STEPS[null.dim])
        is_zero = la.rank(A) == 0
        self.colors = {"x": theme.input, "n": theme.null_space, "b": theme.output,
                       "A x": theme.output, A_I: theme.i, A_J: theme.j}

        square, name_of_b = self.unit_square(), "b" if b.array.any() else "b = 0"
        dots = [self.dot(point, theme.input) for point in points]
        name = self.label(dots[0], "x")
        world = self.world(square, *dots, name, through=[path])
        inside = self.label(square, self.running(self.area_of(world), 1, la.det(A)))
        world.join(inside)
        inputs = [self.dot(point, theme.input) for point in points]
        outside = self.dot(missed.vector, theme.ink)
        world.plant(*inputs, outside)

        card, n_card = self.card(A, "A"), self.counted(n, "n")
        unknown = self.unknowns(n_card)
        areas = self.row(N_("area of the square"), self.running(self.area_of(world), 1, la.det(A)))
        crushed, det = self.math("A n = 0"), self.math(self.equals("det A", la.det(A)))
        cards, facts = [card], [areas, det]
        if not is_zero:  # one entry more would not give 0 a way back
            near = la.neighbor(A)
            cards.append(self.card(near.matrix, "A'"))
            facts.append(self.math(self.equals("det A'", la.det(near.matrix))))
        self.panel.set(self.heading(), Either(*cards), Either(*facts), RULE, n_card, crushed)
        heading = self.panel.blocks[0]

        self.open(square, *dots, name, inside, heading, card, areas)
        with self.beat("flatten", SOME if is_zero else FIVE):
            self.play(Appear(*inputs, run_time=0.1), Dim(*inputs, to=0.45, run_time=0.1))
            self.act(world, path, names={name: name_of_b},
                     colors=dict.fromkeys((*dots, name), theme.output))
        with self.beat("landed", LANDED):
            self.play(Vanish(square, inside), Dim(*world.grid, to=0.0))
            self.while_reading(Chain(Pulse(*dots, name), Pulse(*inputs)))
        with self.beat("which", GUESS):
            self.guess(world, b, dots[0], inputs)
        again = Value(path(0.0))
        copies = [self.dot(point, theme.input) for point in points]
        line = self.line(n, theme.null_space, through=self.vector)
        world.plant(line, *copies, frame=again)
        if not is_zero:
            with self.beat("line", MORE):
                self.play(Draw(line), Appear(*copies, run_time=0.3), run_time=1.2)
                self.play(Change(again, along=path, run_time=3.0), Dim(*inputs, to=0.45))
                self.say(LINE)
                self.play(*(Recolor(copy, theme.output) for copy in copies), Vanish(line))
                self.while_reading(Pulse(*dots, name))
        with self.beat("cancel", CANCEL_ALL if is_zero else CANCEL):
            gap = self.arrow(n, theme.null_space, tail=self.vector)
            gap_name = self.label(gap, "n")
            world.plant(gap, gap_name)
            marks = [w for row in unknown for w in row]
            if not is_zero:
                walk = self.walk(A.columns, n)
                world.plant(*walk.members)
                self.play(Appear(*walk.members, n_card.brackets, n_card.heading, *marks))
                self.while_reading(walk.go(2.8))
                self.collect(walk, n_card, unknown, 0)
            self.say(TOGETHER)
            self.play(Appear(gap, gap_name, crushed), Dim(*inputs, to=1.0))
            self.while_reading(Chain(Pulse(gap, gap_name, crushed), Pulse(*inputs[:2]), Pulse(dots[0], name)))
            if not is_zero:
                self.play(Vanish(*walk.members))
        with self.beat("unreachable", ROAM):
            shown = self.roam(world, b, missed, outside, inputs)
        if not is_zero:
            with self.beat("neighbor", NEIGHBOR):
                spread = [near.matrix @ point for point in points]
                self.play(Vanish(*shown, *dots, name, gap, gap_name, n_card, crushed, card, areas),
                          Appear(cards[1], facts[2]),
                          Look(world, self.fitting(world, [*points, *spread, *self.matrix.columns])))
                entry = cards[1].rows[near.row][near.column]
                self.play(Change(again, near.matrix, run_time=2.4), Pulse(entry, run_time=2.4))
                self.while_reading(Chain(Pulse(*inputs), Pulse(*copies)))
        with self.beat("verdict", VERDICT):
            threads = [self.segment(point, b, theme.ghost, dashed=True) for point in points]
            world.plant(*threads)
            self.play(Change(again, A), Vanish(*cards[1:], *facts[2:]), Appear(card, det, *dots, name, outside),
                      Dim(*inputs, to=1.0))
            self.play(Draw(*threads), run_time=1.2)
            self.while_reading(Pulse(outside, det))
            self.summary()

    def guess(self, world, b, landed, inputs):
        """Let b run back to one input, and to another: nobody can tell."""
        run = Value(b)
        runner, question = self.dot(run, self.theme.output), self.question_mark(landed)
        trail = self.segment(b, run, self.theme.ghost, dashed=True)
        world.plant(runner, trail)
        world.join(question)
        self.play(Appear(question, runner, trail, run_time=0.4), Dim(*inputs, to=1.0))
        for k in (1, 4):
            self.play(Change(run, inputs[k].point, run_time=0.9))
            self.play(Pulse(inputs[k], run_time=0.5))
            self.play(Change(run, b, run_time=0.7))
        self.play(Pulse(question, *inputs, run_time=2.0))
        self.play(Vanish(runner, trail, question))

    def roam(self, world, b, missed, outside, inputs):
        """Let x go anywhere: A x stays in C(A), and b′ is not there."""
        A, theme = self.matrix, self.theme
        space, n = la.column_space(A), la.null_space(A).vectors[0]
        seed = self.vector if b.array.any() else max((A.T @ A).columns, key=la.norm)
        x = Value(seed)
        here, there = self.dot(x, theme.input), self.dot(self.image(A, x), theme.output)
        names = [self.label(here, "x"), self.label(there, "A x"), self.label(outside, "b'")]
        world.plant(here, there, *names)
        drop = self.segment(missed.vector, missed.foot, theme.ink, dashed=True)
        far = self.label(drop, self.exactly(missed.distance), on=0.5)
        world.plant(drop, far)
        shown = [here, there, *names, drop, far]
        if space.dim:
            along = self.line(space.vectors[0], theme.column_space)
            world.plant(along)
            self.play(Draw(along), Appear(here, there, *names, outside), Dim(*inputs, to=0.3), run_time=0.8)
            shown += [along, self.name_line(world, along, "C(A)")]
            self.play(Appear(shown[-1]), run_time=0.2)
        else:
            self.play(Appear(here, there, *names, outside), Dim(*inputs, to=0.3))
        way, side = seed.array, n.array

        def loop(s: float):
            return (0.5 + 0.5 * np.cos(2 * np.pi * s)) * way + 0.8 * np.sin(2 * np.pi * s) * side

        self.while_reading(Change(x, along=loop, run_time=4.0))
        self.say(MISSED if space.dim else MISSED_BY_ZERO)
        self.play(Draw(drop), Appear(far))
        self.while_reading(Change(x, along=loop, run_time=3.0))
        return shown

    def counted(self, what, name):
        """Give a card whose rows have the colors of the steps that they count."""
        card = self.card(what, name)
        for row, color in zip(card.rows, (self.theme.i, self.theme.j), strict=True):
            for entry in row:
                entry.set_color(color)
        return card


STEPS = {1: (0, 1, -1, 2, -2), 2: ((0, 0), (1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))}
"""Steps along N(A) from x to the inputs that are shown."""


class NoWayBack(InverseUndoes):
    """A singular matrix sends many inputs to one output: nothing can undo it."""

    title = N_("No way back")
    inputs = (MatrixInput("2x2", default="1 2; 2 4"), VectorInput(of="input", default="1 1"))
