"""The inverse: the same motion, rewound, and what stops it when A is singular."""

from __future__ import annotations

from manim import FadeIn, FadeOut, Indicate

import lamath as la
from lamath import notation
from scenes.inputs import MatrixInput, VectorInput
from scenes.stage import N_, MatrixScene, Rewind

QUESTION = N_("If A moved the plane, can we move it back?")
APPLY = {
    "turn": N_("A moves every point: x lands on b, and the unit square gets area {area}."),
    "fold": N_("A also turns the sheet over: x lands on b, the square gets area {area}."),
}
WHICH = N_("Now forget where we came from. Which x landed on b?")
REWIND = {
    "turn": N_("Play the same motion backwards: b goes home to x, and nothing is lost."),
    "fold": N_("The same motion backwards: the fold unfolds, and b goes home to x."),
}
INVERSE = N_("The way back is a matrix too. Its columns are the inputs that land on î and ĵ.")
PRODUCT = N_("Send them through A: they land on î and ĵ exactly. A A⁻¹ = I.")
PRODUCT_IN_WRITING = N_("Put through A, they become î and ĵ exactly. A A⁻¹ = I.")
SUMMARY = N_("A⁻¹ undoes A: the areas multiply to {area} · {back} = 1.")
SUMMARY_WITHOUT_NUMBERS = N_("A⁻¹ undoes A: what they do to areas multiplies to exactly 1.")

FLATTEN = N_("A crushes the plane: its area becomes 0, and x lands on b.")
TRY = N_("Try to rewind: b splits up. All of these inputs had landed on it.")
VERDICT = N_("From b alone nobody can tell which. Many inputs, one output: A has no inverse.")


class InverseUndoes(MatrixScene):
    """A⁻¹ undoes A: the plane moves, and the same path rewinds it."""

    title = N_("The inverse undoes")
    inputs = (
        MatrixInput("2x2", default="2 1; 1 3"),
        VectorInput(of="input", default="-1 1"),
    )

    def construct(self) -> None:
        det = la.det(self.matrix)
        if det == 0:
            self.title = NoWayBack.title
            self.no_way_back()
        else:
            self.title = InverseUndoes.title
            self.undo(det)

    def undo(self, det: la.Scalar) -> None:
        """The matrix has an inverse: the motion is rewound."""
        A, theme = self.matrix, self.theme
        inverse, path = la.inverse(A), la.path(A)
        way = "fold" if path.folds else "turn"

        square, basis = self.unit_square(), self.basis()
        x = self.arrow(self.vector, theme.input)
        x_name = self.label(x, "x")
        sources = self.in_proportion(*self.columns_of(inverse, "A^(-1)"))
        world = self.world(square, *basis, x, x_name, *sources, passes=[[path]])
        sources = self.large_enough(world, *sources)
        card, back = self.card(A, "A"), self.card(inverse, "A^(-1)")
        area = self.area_readout(world, abs(det))
        identity = self.card(A @ inverse, "A A^(-1)")
        areas = self.product_of(
            ("det A", det), ("det A^(-1)", la.det(inverse)), value=la.det(A @ inverse)
        )
        self.arrange(self.heading(), card, area, back, identity, instead={area: areas})

        self.open(square, *basis, x, x_name, card, area)
        with self.beat("question", QUESTION):
            self.play(Indicate(x))
        with self.beat("apply", APPLY[way], area=self.spoken(abs(det))):
            start = self.ghost(world, x)
            self.add(start)
            self.play(self.deform(world, path))
            (name,) = self.rename(world, {x_name: "b"})
            self.play(*self.recolor(theme.output, x, name))
        with self.beat("which", WHICH):
            self.play(*map(FadeOut, (square, *basis, start)))
            self.play(Indicate(x))
        with self.beat("rewind", REWIND[way]):
            self.play(self.reveal(square, *basis), FadeIn(start))
            self.play(Rewind(world))
            (name,) = self.rename(world, {name: "x"})
            self.play(*self.recolor(theme.input, x, name))
        with self.beat("inverse", INVERSE):
            self.play(*map(FadeOut, (x, name, start, *basis)), FadeIn(back))
            if sources:
                self.play(self.reveal(*sources))
        with self.beat("product", PRODUCT if sources else PRODUCT_IN_WRITING):
            self.play(self.deform(world, path))
            if sources:
                targets = {sources[2]: "hat(dotless.i)", sources[3]: "hat(dotless.j)"}
                self.rename(world, targets)
            self.play(FadeIn(identity))
        factors = abs(det), abs(la.det(inverse))
        values = dict(zip(("area", "back"), map(self.spoken, factors), strict=True))
        exact = all(map(notation.is_simple, factors))
        with self.beat("summary", SUMMARY if exact else SUMMARY_WITHOUT_NUMBERS, **values):
            self.play(FadeOut(area), FadeIn(areas))
            self.summary()

    def no_way_back(self) -> None:
        """The matrix is singular: a whole line (or plane) of inputs shares one output."""
        A, theme = self.matrix, self.theme
        null, path = la.null_space(A), la.path(A)

        square, basis = self.unit_square(), self.basis()
        x = self.arrow(self.vector, theme.input)
        x_name = self.label(x, "x")
        others = self.with_same_output(self.vector, null)
        doubts = [self.label(arrow, "?") for arrow in others]
        line = self.coset(self.vector, null)
        world = self.world(square, *basis, x, x_name, line, *others, *doubts, passes=[[path]])
        world.expected += others
        card, area = self.card(A, "A"), self.area_readout(world, la.det(A))
        facts = self.rows(
            self.row("det A", N_("determinant"), self.exactly(la.det(A))),
            self.row(None, N_("rank"), str(la.rank(A))),
        )
        self.arrange(self.heading(), card, area, facts)

        self.open(square, *basis, x, x_name, card, area)
        with self.beat("question", QUESTION):
            self.play(Indicate(x))
        with self.beat("flatten", FLATTEN):
            self.play(self.deform(world, path))
            (name,) = self.rename(world, {x_name: "b"})
            self.play(*self.recolor(theme.output, x, name))
        with self.beat("which", WHICH):
            self.hold(area)
            self.play(*map(FadeOut, (world.grid, square, *basis)))
            self.play(Indicate(x))
        with self.beat("try", TRY):
            image = self.ghost(world, x), self.ghost(world, name)
            self.add(*image)
            (name,) = self.rename(world, {name: "?"})
            self.play(self.reveal(line, *others, *doubts))
            self.play(Rewind(world))
            self.play(*self.recolor(theme.null_space, x, name))
        with self.beat("verdict", VERDICT):
            self.play(FadeIn(facts))
            self.summary()


class NoWayBack(InverseUndoes):
    """A singular matrix sends many inputs to one output: nothing can undo it."""

    title = N_("No way back")
    inputs = (
        MatrixInput("2x2", default="1 2; 2 4"),
        VectorInput(of="input", default="1 1"),
    )
