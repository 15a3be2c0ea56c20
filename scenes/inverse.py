"""The inverse: the same motion, rewound, and what stops it when A is singular."""

from __future__ import annotations

import lamath as la
from lamath import notation
from scenes.inputs import MatrixInput, VectorInput
from scenes.stage import (
    RULE,
    Appear,
    Chain,
    Change,
    Dim,
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
        patch = self.curve(self.outline(inverse), theme.ink, dash=(0.14, 0.1), width=theme.bold * 0.7)

        card, x_card = self.card(A, "A"), self.card(self.vector, "x")
        card_back = self.card(inverse, "A^(-1)")
        for each in (x_card, card_back):  # numbers of steps keep the color of their steps
            for row, color in zip(each.rows, (theme.i, theme.j), strict=True):
                for entry in row:
                    entry.set_color(color)
        unknown, unknown_back = self.unknowns(x_card), self.unknowns(card_back)
        areas = self.row(N_("area of the square"), self.running(self.area_of(world), 1, area))
        product = self.math(self.times(area, back))
        self.panel.set(
            self.heading(), card, RULE, Either(x_card, card_back),
            self.math("A A^(-1) = I"), Either(areas, product),
        )
        unit = self.panel.blocks[4]

        self.open(square, *basis, x, name, inside, self.panel.blocks[0], card, areas)
        world.join(patch, *targets)
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
                Vanish(lost, *lines, *rulers, *signs), Change(columns, A), Appear(x, name, *walk.members, patch), Dim(*world.grid, to=1.0),
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
                self.ghost(world, patch)
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
        return self.fitting(world, points, most=0.62 * world.view.rect.height)

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
        null, space, path = la.null_space(A), la.column_space(A), la.path(A)
        n, b, missed = null.vectors[0], A @ self.vector, la.unreachable(A, self.vector)
        is_zero = la.rank(A) == 0
        self.colors = {"x": theme.input, "n": theme.null_space, "A n": theme.null_space,
                       "b": theme.output, "A x": theme.output}

        square = self.unit_square()
        dots = [self.dot(point, theme.input) for point in la.coset_points(self.vector, null, STEPS[null.dim])]
        name = self.label(dots[0], "x")
        world = self.world(square, *dots, name, through=[path])
        inside = self.label(square, self.running(self.area_of(world), 1, la.det(A)))
        world.join(inside)
        world.plant(self.dot(missed.vector, theme.ink))
        card = self.card(A, "A")
        n_card = self.card(n, "n")
        unknown = self.unknowns(n_card)
        areas = self.row(N_("area of the square"), self.running(self.area_of(world), 1, la.det(A)))
        crushed = self.math("A n = 0")
        det = self.math(self.equals("det A", la.det(A)))
        self.panel.set(self.heading(), card, RULE, Either(areas, det), n_card, crushed)

        self.open(square, *dots, name, inside, self.panel.blocks[0], card, areas)
        inputs = self.ghost(world, *dots)
        with self.beat("flatten", SOME if is_zero else FIVE):
            self.act(world, path, names={name: "b"}, colors=dict.fromkeys((*dots, name), theme.output))
        with self.beat("landed", LANDED):
            self.play(Vanish(square, inside), Dim(*world.grid, to=0.3))
            self.while_reading(Chain(Pulse(*dots, name), Pulse(*inputs)))
        run = Value(b)
        runner, trail = self.dot(run, theme.output), self.segment(b, run, theme.ghost, dashed=True)
        question = self.question_mark(dots[0])
        world.plant(runner, trail)
        world.join(question)
        with self.beat("which", GUESS):
            self.play(Appear(question, runner, trail, run_time=0.4), Dim(*world.grid, to=0.0))
            for k in (1, 4):
                self.play(Change(run, inputs[k].point, run_time=0.9))
                self.play(Pulse(inputs[k], run_time=0.5))
                self.play(Change(run, b, run_time=0.7))
            self.while_reading(Pulse(question, *inputs), most=1.0)
            self.play(Vanish(runner, trail, question))


STEPS = {1: (0, 1, -1, 2, -2), 2: ((0, 0), (1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))}
"""Steps along N(A) from x to the inputs that are shown."""


class NoWayBack(InverseUndoes):
    """A singular matrix sends many inputs to one output: nothing can undo it."""

    title = N_("No way back")
    inputs = (MatrixInput("2x2", default="1 2; 2 4"), VectorInput(of="input", default="1 1"))
