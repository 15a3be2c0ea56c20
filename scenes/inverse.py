"""The inverse: x is counted back in the moved grid, and the motion is rewound."""

from __future__ import annotations

from typing import Any

import lamath as la
from lamath import notation
from scenes.inputs import MatrixInput, VectorInput
from scenes.no_way_back import Undoing
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
    Look,
    Pulse,
    Rename,
    Value,
    Vanish,
)
from scenes.stage.bezier import polygon
from scenes.stage.figure import read
from scenes.stage.view import View
from scenes.stage.world import World

I_HAT, J_HAT = "hat(dotless.i)", "hat(dotless.j)"
A_I, A_J, BACK_I, BACK_J = f"A {I_HAT}", f"A {J_HAT}", f"A^(-1) {I_HAT}", f"A^(-1) {J_HAT}"
LONG = 10  # signs of a number that are too many to stand in a picture
CROWDED = 20  # how flat, or how fine, the slanted grid may be before it is a gray area

WATCH = N_("Watch $x$ move to $b$, and the area of the square.")
WATCH_FOLD = N_("Watch $x$ and the square. $det A < 0$: the plane is also turned over.")
PREDICT = N_(
    "Suppose you know only $b$. How many steps along $A hat(dotless.i)$ and "
    "$A hat(dotless.j)$ lead there?"
)
COUNT = N_("Count: first along $A hat(dotless.i)$, then along $A hat(dotless.j)$.")
ADDRESS = N_("$A$ moved $x$ and the grid together: these steps are $x$.")
COUNT_I = N_(
    "$A^(-1) hat(dotless.i)$ is the $x$ with $A x = hat(dotless.i)$: "
    "reach $hat(dotless.i)$ with the same steps."
)
COUNT_J = N_("That is the first column of $A^(-1)$. Now reach $hat(dotless.j)$.")
CLOSE = N_("And if both columns lie on one line, as those of $B$?")
CLOSED = N_("No steps lead to ${target}$: $B$ has no inverse.")
BACKWARDS = N_("Play $A$ backwards. Watch $b$ and the dashed square.")
UNFOLD = N_("Play $A$ backwards: the plane is turned back first.")
FORTH = N_("The two arrows are the columns of $A^(-1)$. Where does $A$ send them?")
SUMMARY = N_("$A^(-1)$ undoes $A$: $A A^(-1) = I$, and ${product}$.")


class InverseUndoes(Undoing):
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

    def undo(self) -> None:
        """Count back to x, count the columns of A⁻¹, rewind."""
        A, theme = self.matrix, self.theme
        inverse, path, parallel = la.inverse(A), la.path(A), la.parallel(A).matrix
        identity = A @ inverse
        area, back = abs(la.det(A)), abs(la.det(inverse))
        self.colors = {"x": theme.input, "b": theme.output, A_I: theme.i, A_J: theme.j}

        square, basis, x = self.unit_square(), self.basis(), self.arrow(self.vector, theme.input)
        name = self.label(x, "x")
        world = self.world(square, *basis, x, name, through=[path])
        inside = self.label(square, self.running(self.area_of(world), 1, area))
        world.join(inside)

        card, x_card = self.card(A, "A"), self.counted(self.vector, "x")
        other = self.card(A, "B", room=Entries.room(A, parallel))
        back_card = self.card(inverse, "A^(-1)")
        unknown, unknown_back = self.unknowns(x_card), self.unknowns(back_card)
        areas = self.row(N_("area of the square"), self.running(self.area_of(world), 1, area))
        is_plain = all(
            notation.is_simple(each) and len(notation.plain(each)) <= LONG for each in (area, back)
        )
        factors = map(self.exactly, (area, back)) if is_plain else ("abs(det A)", "abs(det A^(-1))")
        product = f"{' times '.join(factors)} = 1"
        unit, areas_multiply = self.math("A A^(-1) = I"), self.math(product)
        self.panel.set(
            self.heading(),
            Either(card, other),
            RULE,
            Either(areas, x_card, back_card),
            unit,
            areas_multiply,
        )
        self.open(self.panel.blocks[0], square, *basis, x, name, inside, card, areas)

        grid = Value(A)  # in which steps are counted: its columns, its lines
        lattice = self.lattice()
        colors = theme.i, theme.j
        is_crowded = max(la.condition_number(A), la.spectral_norm(inverse)) > CROWDED
        rails = [
            self.line(column, color, length=60 * float(la.spectral_norm(inverse)))
            for column, color in zip(identity.columns, colors, strict=True)
        ]
        lines = rails if is_crowded else lattice.lines
        rail = self.line(A.column(0), theme.i)
        stray = self.walk(parallel.columns, (1, -1))
        walk, *walks = (
            self.walk(identity.columns, each) for each in (self.vector, *inverse.columns)
        )
        world.join(*walk.members)
        rulers = walks[0].rulers
        signs = [self.label(*each) for each in zip(rulers, (A_I, A_J), strict=True)]
        world.plant(
            *lines, *rulers, *signs, *(w for each in walks for w in each.members), frame=grid
        )
        targets = [self.arrow(column, theme.ink) for column in inverse.columns]
        names = [self.label(*each) for each in zip(targets, (I_HAT, J_HAT), strict=True)]
        patch = self.region(polygon(corners(inverse)), dash=(0.14, 0.1))
        share = self.label(
            patch, self.running(lambda: float(back) * self.area_of(world)(), 1, back)
        )
        world.join(patch, share, *targets, *names)
        home = self.curve(polygon(corners(identity)), theme.ghost)
        large = self.region(polygon(corners(A)))
        most = self.label(large, self.exactly(area))
        world.plant(rail, home, large, most, *stray.members)
        sized = [patch, share] if is_plain else [patch]

        with self.beat("apply", WATCH_FOLD if path.folds else WATCH):
            self.carry(
                world, path, names={name: "b", basis.i_label: A_I, basis.j_label: A_J},
                colors={x: theme.output, name: theme.output},
            )  # fmt: skip
            if not path.folds:
                self.while_reading(Pulse(x, name, square, inside))
        with self.beat("which", PREDICT):
            ways = [A @ p for leg in walk.legs for p in leg.landmarks()]
            wide = self.close(world, ways, A.columns)
            question = self.question_mark(x)
            world.join(question)
            marks = [question, *(mark for row in unknown for mark in row)]
            self.play(
                Vanish(square, inside, areas), Look(world, wide),
                After(0.5, Appear(x_card.brackets, x_card.heading, *marks)),
            )  # fmt: skip
            self.play(
                Appear(*lines, run_time=0.1), Dim(*world.grid, to=0.0),
                lattice.light_up(A, world.view),
            )  # fmt: skip
            self.while_reading(Pulse(basis.i, basis.j))
            self.play(Pulse(*marks, run_time=2.0))
        with self.beat("count", COUNT):
            self.play(Vanish(question), Appear(*walk.members), run_time=0.3)
            self.while_reading(walk.go(2.6))
            self.say(ADDRESS)
            self.collect(walk, x_card, unknown, 0)
            self.while_reading(Pulse(*walk.legs, x_card))
        with self.beat("inverse", COUNT_I):
            marks = [mark for row in unknown_back for mark in row]
            counts = [A @ p for each in walks for leg in each.legs for p in leg.landmarks()]
            near = self.close(world, counts, A.columns)
            signs = [
                sign for sign, column in zip(signs, A.columns, strict=True)
                if near.shows([[*column.array, 0.0]])
            ]  # fmt: skip
            self.play(
                Vanish(x, name, *walk.members, *basis, x_card),
                Appear(*rulers, *signs, targets[0], names[0]),
                After(0.5, Appear(back_card.brackets, back_card.heading, *marks)),
                Look(world, near),
            )  # fmt: skip
            for k, each in enumerate(walks):
                if k == 1:
                    self.say(COUNT_J)
                    self.play(Vanish(*walks[0].members), Appear(targets[1], names[1]))
                self.play(Appear(*each.members), run_time=0.1)
                self.play(each.go(1.9))
                self.collect(each, back_card, unknown_back, k)
        with self.beat("parallel", CLOSE):
            lost = 1 if la.column_space(parallel).contains(identity.column(0)) else 0
            question = self.question_mark(targets[lost])
            world.join(question)
            self.play(
                Vanish(*walks[1].members, card, back_card), After(0.5, Appear(other)),
                *(Rename(sign, str(sign.given).replace("A", "B")) for sign in signs),
                run_time=0.9,
            )  # fmt: skip
            ends = [*parallel.columns, *(p for leg in stray.legs for p in leg.landmarks())]
            view = self.close(world, identity.columns, ends, 0.2)
            is_seen = view.shows([[*read(end), 0.0] for end in ends])
            self.play(
                Change(grid, parallel, run_time=2.4), Entries(other, grid, A, parallel),
                Look(world, view), Vanish(*(() if is_seen else (*signs, *rulers))),
            )  # fmt: skip
            self.play(Appear(rail), Vanish(*lines), run_time=0.3)
            if is_seen:
                self.play(Appear(*stray.members), stray.go(1.6))
            else:
                self.play(Pulse(rail, other, run_time=1.6))
            self.say(CLOSED, target=(I_HAT, J_HAT)[lost])
            self.play(Appear(question), run_time=0.4)
            self.while_reading(Pulse(targets[lost], question))
        known = [entry for row in back_card.rows for entry in row]
        with self.beat("rewind", UNFOLD if path.folds else BACKWARDS):
            self.play(
                Vanish(question, rail, *rulers, *signs, *stray.members, other),
                After(0.5, Appear(card, back_card.brackets, back_card.heading, *known)),
                Look(world, self.close(world, ways, [*A.columns, *identity.columns])),
                Appear(x, name, *walk.members, *sized, home), Dim(*world.grid, to=1.0),
            )  # fmt: skip
            self.carry(
                world, names={name: "x", names[0]: BACK_I, names[1]: BACK_J},
                colors={x: theme.input, name: theme.input, targets[0]: theme.i,
                        names[0]: theme.i, targets[1]: theme.j, names[1]: theme.j},
            )  # fmt: skip
            near = self.close(world, corners(inverse), corners(identity))
            if not world.view.shows([[*c, 0.0] for c in corners(inverse)]):
                self.play(Look(world, near))
        if not path.folds:  # a third fold would teach nothing new
            with self.beat("product", FORTH):
                self.play(Look(world, near), Vanish(x, name, *walk.members, home))
                self.play(Pulse(*targets, back_card))
                small = self.region(polygon(corners(inverse)))
                size = self.label(small, self.exactly(back), on=0.125)
                world.plant(small, size)
                if max(map(la.spectral_norm, (A, inverse))) < CROWDED:  # both can be seen
                    self.play(Appear(small, size), Dim(small, size, to=0.6), run_time=0.1)
                self.perform(world, path, names={names[0]: I_HAT, names[1]: J_HAT})
        with self.beat("summary", SUMMARY, product=product):
            whole = self.close(world, [*corners(inverse), *corners(identity)], corners(A), 0.15)
            shown = [large, most] if whole.shows([[*c, 0.0] for c in corners(A)]) else []
            self.play(
                Vanish(x, name, *walk.members, home), Look(world, whole),
                Appear(unit, areas_multiply, *(shown if is_plain else ())),
            )  # fmt: skip
            self.while_reading(Chain(Pulse(*targets, unit), Pulse(patch, areas_multiply, *shown)))
            self.summary()

    def carry(
        self,
        world: World,
        path: la.LinearPath | None = None,
        *,
        names: dict[Any, str],
        colors: dict[Any, str],
    ) -> None:
        """Move a world along a path, or back; what stops on the way has no name there."""
        staged = len(path.parts if path else world.trail) > 1
        if staged:
            self.play(Vanish(*names, run_time=0.2))
        landing, pace = ({}, 1.2) if staged else (names, None)
        if path:
            self.perform(world, path, names=landing, colors=colors, run_time=pace)
        else:
            self.rewind(world, names=landing, colors=colors, run_time=pace)
        if staged:
            for label, text in names.items():
                label.show(text)
            self.play(Appear(*names, run_time=0.4))

    def close(self, world: World, points: Any, also: Any, least: float = 0.3) -> View:
        """Give a view in which points are large, with others unless these make them small."""
        most = 0.4 * world.view.rect.height
        near = self.fitting(world, points, most=float("inf"))
        if near.unit > 4 * most:  # all of it is tiny
            most = near.unit
        near = self.fitting(world, points, most=most)
        whole = self.fitting(world, [*points, *also], most=most)
        return whole if whole.unit > least * near.unit else near


def corners(matrix: la.Matrix) -> list[Any]:
    """Give the corners of the parallelogram that the columns span."""
    first, second = matrix.columns
    return [first.array * 0, first.array, (first + second).array, second.array]


class NoWayBack(InverseUndoes):
    """A singular matrix sends many inputs to one output: nothing can undo it."""

    title = N_("No way back")
    inputs = (MatrixInput("2x2", default="1 2; 2 4"), VectorInput(of="input", default="1 1"))
