"""The inverse: from b back to x, and then from î and ĵ back to the columns of A⁻¹."""

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
    Change,
    Dim,
    Draw,
    Either,
    Look,
    Recolor,
    Value,
    Vanish,
)
from scenes.stage.bezier import polygon
from scenes.stage.view import View
from scenes.stage.walk import Lattice
from scenes.stage.world import World

I_HAT, J_HAT = "hat(dotless.i)", "hat(dotless.j)"
A_I, A_J = f"A {I_HAT}", f"A {J_HAT}"
BACK_I, BACK_J = f"A^(-1) {I_HAT}", f"A^(-1) {J_HAT}"
LONG = 8  # signs of a number that are too many to stand in a picture
CROWDED = 9  # how far A⁻¹ may stretch before its grid is a gray area

WATCH = N_("$A$ moves the whole plane. Watch $x$.")
WATCH_FOLD = N_("Watch $x$. $det A < 0$: the plane is also turned over.")
WHICH = N_("Only $b$ is known now. How much of each column of $A$ makes $b$?")
FOUND = N_("These amounts are $x$.")
BACK = N_("Play $A$ backwards. Watch $b$.")
UNFOLD = N_("Play $A$ backwards: the plane is turned back first. Watch $b$.")
UNDONE = N_("$b$ is back at $x$: this motion is $A^(-1)$.")
CLOSE = N_("Is there a way back from $B$? Its columns are parallel. Watch the dots.")
CLOSED = N_("Two inputs, one output. Which way back? $B$ is not invertible.")
COLUMNS = N_("Now watch where $A^(-1)$ takes $hat(dotless.i)$ and $hat(dotless.j)$.")
COUNT = N_("Their coordinates are the columns of $A^(-1)$.")
FORTH = N_("Then $A$ acts on that. The area becomes 1 again.")
SUMMARY = N_("$A^(-1)$ undoes $A$, and $A$ undoes $A^(-1)$.")


class InverseUndoes(Undoing):
    """A⁻¹ takes b back to x, and î and ĵ to its columns; A undoes it."""

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
        """Find x from b, play A backwards, see what that does to î and ĵ, and play A again."""
        A, theme = self.matrix, self.theme
        inverse, path = la.inverse(A), la.path(A)
        identity = A @ inverse
        pace = 1.6 if path.folds else 3.2  # a fold is slow enough
        back = abs(la.det(inverse))
        self.colors = {"x": theme.input, "b": theme.output, A_I: theme.i, A_J: theme.j}

        basis, x = self.basis(), self.arrow(self.vector, theme.input)
        walk = self.walk(identity.columns, [*self.vector])
        name = self.label(x, "x")
        world = self.world(*basis, x, name, *walk.members, through=[path])
        walks = [
            self.walk(identity.columns, [*column], (color, color))
            for column, color in zip(inverse.columns, (theme.i, theme.j), strict=True)
        ]
        cell = self.region(polygon(corners(identity)))
        share = self.label(cell, self.exactly(back), color=theme.ink)
        sized = [share] if is_plain(back) else []
        fits = 0.1 < la.spectral_norm(inverse) < CROWDED
        left, small = self.basis((BACK_I, BACK_J)), self.region(polygon(corners(identity)))

        card, x_card = self.card(A, "A"), self.counted(self.vector, "x")
        back_card = self.card(inverse, "A^(-1)")
        x_marks, marks = self.unknowns(x_card), self.unknowns(back_card)
        det = self.math(self.equals("det A", la.det(A)))
        back_det = self.math(self.equals("det A^(-1)", la.det(inverse)))
        solved = self.math("x = A^(-1) b")
        home, again = self.math("A^(-1) A = I"), self.math("A A^(-1) = I")
        other = self.card(la.parallel(A).matrix, "B")
        crushed = self.math("det B = 0")
        self.panel.set(
            self.heading(), Either(card, other), Either(det, crushed), RULE,
            Either(x_card, back_card), Either(solved, back_det), home, again,
        )  # fmt: skip
        self.open(self.panel.blocks[0], *basis, x, name, card)
        world.join(cell, share)
        world.plant(small, *left, frame=inverse)
        world.plant(*(member for each in walks for member in each.members))

        with self.beat("apply", WATCH_FOLD if path.folds else WATCH):
            self.perform(
                world, path, names={name: "b", basis.i_label: A_I, basis.j_label: A_J},
                colors={x: theme.output, name: theme.output}, run_time=pace,
            )  # fmt: skip
        with self.beat("which", WHICH):
            ways = [A @ p for leg in walk.legs for p in leg.landmarks()]
            if not world.view.shows([[*map(float, p), 0.0] for p in ways], margin=0.15):
                self.play(Look(world, self.fitting(world, [*ways, *A.columns])))
            self.play(Appear(x_card.brackets, *(m for row in x_marks for m in row)))
            self.predict(ask=x_card.heading)
            self.play(Appear(*walk.members, run_time=0.1))
            self.play(walk.go(2.2))
            self.say(FOUND)
            self.collect(walk, x_card, x_marks, 0)
        with self.beat("rewind", UNFOLD if path.folds else BACK):
            self.rewind(
                world, names={name: "x", basis.i_label: I_HAT, basis.j_label: J_HAT},
                colors={x: theme.input, name: theme.input}, run_time=pace,
            )  # fmt: skip
            self.say(UNDONE)
            self.while_reading(Appear(solved), After(1.2, Appear(home)))
        self.play(Vanish(x, name, *walk.members, x_card, solved))
        if not path.folds and 0.3 < la.spectral_norm(la.parallel(A).matrix) < 2 * CROWDED:
            self.flatten(world, [card, home], [other, crushed], [*basis])
        with self.beat("inverse", COLUMNS):
            whole = self.fitting(
                world, [*corners(identity), *(corners(inverse) if fits else ())],
                most=0.4 * world.view.rect.height,
            )  # fmt: skip
            if not fits:
                self.play(Dim(*world.grid, to=0.0, run_time=0.3))
            self.play(Look(world, whole), Appear(cell, det))
            self.perform(
                world, la.path(inverse), run_time=0.8 * pace,
                names={basis.i_label: BACK_I, basis.j_label: BACK_J},
            )  # fmt: skip
            self.say(COUNT)
            self.play(
                Look(world, self.close(world, corners(inverse), corners(identity))),
                Appear(back_card.brackets, back_card.heading, *(m for row in marks for m in row)),
            )  # fmt: skip
            for k, each in enumerate(walks):
                self.play(Appear(*each.members, run_time=0.1))
                self.play(each.go(1.2))
                self.collect(each, back_card, marks, k)
                self.play(Vanish(*each.members, run_time=0.3))
            self.play(Appear(*sized, back_det))
        with self.beat("summary", SUMMARY if path.folds else FORTH):
            if not path.folds:  # one more fold would teach nothing new
                stays = [small, left.i, left.j, left.i_label, left.j_label] if fits else []
                self.play(*([Look(world, whole)] if fits else []), Vanish(share, run_time=0.3))
                self.perform(
                    world, path, Appear(*stays[:3]), Dim(*stays[:3], to=0.6),
                    After(0.6, Appear(*stays[3:])), run_time=pace,
                    names={basis.i_label: I_HAT, basis.j_label: J_HAT},
                )  # fmt: skip
                self.say(SUMMARY)
            self.play(Appear(again))
            self.summary()

    def flatten(self, world: World, gone: list[Any], come: list[Any], basis: list[Any]) -> None:
        """Let a neighbor with parallel columns send two inputs to one output."""
        B = la.parallel(self.matrix).matrix
        path, n, u = la.path(B), la.null_space(B).vectors[0], la.row_space(B).vectors[0]
        middle, aside = (1.2 * v.array / float(la.norm(v)) for v in (u, n))
        points = [middle - aside, middle + aside]
        squashed = Value(la.identity(2))
        lattice = Lattice((self.theme.live, self.theme.live), width=self.theme.line)
        dots, homes = ([self.dot(p, self.theme.input) for p in points] for _ in range(2))
        threads = [self.segment(B.array @ p, p, self.theme.ghost, dashed=True) for p in points]
        world.plant(*homes, *threads)
        world.plant(*lattice.lines, *dots, frame=squashed)
        lattice.spread.now = lattice.MOST
        with self.beat("parallel", CLOSE):
            view = self.fitting(world, [0 * middle, *points, *(B.array @ p for p in points)])
            self.play(
                Vanish(*gone, *basis), Dim(*world.grid, to=0.0), Look(world, view),
                Appear(*lattice.lines, *homes, *dots, come[0]),
            )  # fmt: skip
            self.play(Dim(*homes, to=0.4, run_time=0.3))
            self.while_reading(Change(squashed, along=path, run_time=2.6))
            self.say(CLOSED)
            self.play(*(Recolor(dot, self.theme.output) for dot in dots), Appear(come[1]))
            self.while_reading(Draw(*threads, run_time=1.6))
        self.play(
            Vanish(*come, *lattice.lines, *dots, *homes, *threads),
            Appear(*gone, *basis),
            Dim(*world.grid, to=1.0),
        )

    def close(self, world: World, points: Any, also: Any) -> View:
        """Give a view in which points are large, with others unless these make them small."""
        near = self.fitting(world, points, most=float("inf"))
        whole = self.fitting(world, [*points, *also], most=0.4 * world.view.rect.height)
        return whole if whole.unit > 0.5 * near.unit else near


def corners(matrix: la.Matrix) -> list[Any]:
    """Give the corners of the parallelogram that the columns span."""
    first, second = (column.array for column in matrix.columns)
    return [0 * first, first, first + second, second]


def is_plain(value: Any) -> bool:
    """Tell whether a number is exact and short enough to stand in a picture."""
    return notation.is_simple(value) and len(notation.plain(value)) <= LONG


class NoWayBack(InverseUndoes):
    """A singular matrix sends many inputs to one output: nothing can undo it."""

    title = N_("A way back?")
    inputs = (MatrixInput("2x2", default="1 2; 2 4"), VectorInput(of="input", default="1 1"))
