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

WATCH = N_("Watch what $A$ does to $x$ and to the unit square.")
FOLD = N_("$det A < 0$: the plane is also turned over.")
LANDED = N_("$x$ has landed on $b$, and the square has area ${area}$.")
ALONE = N_("Now only $b$ is left. Which $x$ landed here?")
PREDICT = N_("How many steps along $A hat(dotless.i)$ and $A hat(dotless.j)$ lead to $b$?")
COUNT = N_("Count: first along $A hat(dotless.i)$, then along $A hat(dotless.j)$.")
ADDRESS = N_("$A$ moved the grid along with $x$: these steps are the coordinates of $x$.")
COUNT_I = N_("Now count $hat(dotless.i)$ with the same steps.")
COUNT_J = N_("That is the first column of $A^(-1)$. Count $hat(dotless.j)$ for the second.")
CLOSE = N_("What if both columns lay on one line?")
CLOSED = N_("No steps lead to ${target}$ any more: such a matrix has no inverse.")
BACKWARDS = N_("Play $A$ backwards. Watch $b$ and the dashed unit square.")
UNFOLD = N_("The same motion backwards: the plane is turned back first.")
RETURNED = N_("$b$ is $x$ again. The sides of the dashed figure are the columns of $A^(-1)$.")
FORTH = N_("Now let $A$ act on these columns.")
IDENTITY = N_("They land on $hat(dotless.i)$ and $hat(dotless.j)$: $A A^(-1) = I$.")
SUMMARY = N_("$A^(-1)$ undoes $A$: areas times ${area}$, then times ${back}$.")
SUMMARY_OF_ONE = N_("$A^(-1)$ undoes $A$, and neither changes any area.")


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
            self.act(world, path, FOLD, names={name: "b", basis.i_label: A_I, basis.j_label: A_J},
                     colors={x: theme.output, name: theme.output})
            self.say(LANDED, area=self.exactly(area))
            self.while_reading(Chain(Pulse(x, name), Pulse(square, inside)))
        with self.beat("which", ALONE):
            self.play(Vanish(square, inside, areas, *start), Appear(question),
                      Appear(x_card.brackets, x_card.heading, *(m for row in unknown for m in row)))
            if lattice:
                self.play(Appear(*lines, run_time=0.1), Dim(*world.grid, to=0.0))
                self.while_reading(lattice.light_up(A, world.view))
            self.say(PREDICT)
            self.while_reading(Chain(Pulse(question), Pulse(basis.i, basis.j), Pulse(question)))
            self.play(Pulse(question), run_time=2.0)
        with self.beat("count", COUNT):
            self.play(Vanish(question), Appear(*walk.members), run_time=0.4)
            self.while_reading(walk.go(3.2))
            self.say(ADDRESS)
            self.collect(walk, x_card, unknown, 0)
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
                Look(world, self.near(world, walks, columns)),
            )
            for k, each in enumerate(walks):
                if k == 1:
                    self.say(COUNT_J)
                    self.play(Vanish(*walks[0].members), Appear(targets[1], names[1]))
                self.play(Appear(*each.members), run_time=0.2)
                self.while_reading(each.go(2.6))
                self.collect(each, card_back, unknown_back, k)
        with self.beat("parallel", CLOSE):
            spared = 0 if not la.column_space(neighbor.matrix).contains(identity.column(0)) else 1
            self.play(Vanish(*walks[1].members, signs[1]), Dim(card, card_back))
            self.while_reading(Change(columns, neighbor.matrix, run_time=2.4))
            lost = self.question_mark(targets[spared])
            world.join(lost)
            self.say(CLOSED, target=(I_HAT, J_HAT)[spared])
            self.play(Appear(lost), run_time=0.4)
            self.while_reading(Pulse(targets[spared], names[spared], lost))
            self.play(Change(columns, A, run_time=1.6), Vanish(lost))
        with self.beat("rewind", BACKWARDS):
            self.play(
                Vanish(*lines, *rulers, *signs), Appear(x, name, patch), Dim(*world.grid, to=1.0),
                Dim(card, card_back, to=1.0),
            )
            self.act_back(
                world, UNFOLD, names={name: "x", names[0]: BACK_I, names[1]: BACK_J},
                colors={x: theme.input, name: theme.input, targets[0]: theme.i, names[0]: theme.i,
                        targets[1]: theme.j, names[1]: theme.j},
            )
            self.say(RETURNED)
            self.play(
                Look(world, self.fitting(world, [*inverse.columns, *identity.columns, inverse @ identity.column(0)])),
                Vanish(x, name),
                *(Recolor(card_back.column(k), color) for k, color in enumerate((theme.i, theme.j))),
            )
            self.while_reading(Chain(Pulse(targets[0], card_back.column(0)), Pulse(targets[1], card_back.column(1))))
        with self.beat("product", FORTH):
            small = self.ghost(world, patch)
            self.act(world, path, FOLD, names={names[0]: I_HAT, names[1]: J_HAT})
            self.say(IDENTITY)
            self.play(Appear(unit))
            self.while_reading(Pulse(*targets, unit))
        with self.beat("summary", SUMMARY if area != 1 else SUMMARY_OF_ONE,
                       area=self.exactly(area), back=self.exactly(back)):
            self.play(Appear(product))
            self.play(Pulse(patch, *small))
            self.summary()

    def act(self, world, path, fold, *, names, colors=None):
        """Move the world along a path; a fold is announced."""
        parts = path.parts
        for k, part in enumerate(parts):
            if part.folds:
                self.say(fold)
            last = k == len(parts) - 1
            self.perform(world, part, names=names if last else None, colors=colors if last else None)

    def act_back(self, world, fold, *, names, colors):
        """Undo all that was played."""
        if world.trail[-1].path.folds:
            self.say(fold)
        self.rewind(world, names=names, colors=colors)

    def collect(self, walk, card, unknown, column):
        """Let a walk's counters fly to the entries of a column."""
        for counter, row, marks in zip(walk.counters, card.rows, unknown, strict=True):
            self.play(Fly(counter, row[column]), Vanish(marks[column], run_time=0.6))

    def near(self, world, walks, columns):
        """Give the view in which all that is counted is seen."""
        A = columns.now
        points = [A @ p for each in walks for leg in each.legs for p in leg.landmarks()]
        return self.fitting(world, [*points])

    def outline(self, matrix):
        from scenes.stage import bezier
        a, b = (c.array for c in matrix.columns)
        return bezier.polygon([0 * a, a, a + b, b])

    def times(self, area, back):
        return f"{self.exactly(area)} times {self.exactly(back)} = 1"


class NoWayBack(InverseUndoes):
    """A singular matrix sends many inputs to one output: nothing can undo it."""

    title = N_("No way back")
    inputs = (MatrixInput("2x2", default="1 2; 2 4"), VectorInput(of="input", default="1 1"))
