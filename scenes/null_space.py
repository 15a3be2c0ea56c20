"""The null space: which inputs are sent to zero."""

from manim import FadeIn, FadeOut, Indicate

import lamath as la
from scenes.inputs import MatrixInput
from scenes.stage import N_, MatrixScene, Rewind, Slide

QUESTION = N_("Which of these vectors does A send to zero?")
APPLY = {
    0: N_("A moves them all, and every one of them survives."),
    1: N_("Most survive. A few shrink to the origin: they are sent to zero."),
    2: N_("All of them shrink to the origin."),
}
TURNED_OVER = N_("A moves them all and turns the plane over, and every one of them survives.")
SOURCE = {
    0: N_("Rewind: only the zero vector itself is sent to zero. N(A) is just the origin."),
    1: N_("Rewind: the ones that vanished all stood on one line. It is the null space N(A)."),
    2: N_("Rewind: they came from everywhere. N(A) is the whole plane."),
}
SLIDE = N_("Slide x along N(A): the input moves, the output A x stays where it is.")
COUNT = N_("Rank and nullity share out the {columns} columns of A: {rank} + {nullity} = {columns}.")


class NullSpaceFlattens(MatrixScene):
    """The inputs that A sends to zero stood on one line all along."""

    title = N_("The null space")
    inputs = (MatrixInput("2x2", default="1 2; 2 4"),)
    stages = 2

    def construct(self) -> None:
        A, theme = la.matrix(self.matrix), self.theme
        null, path = la.null_space(A), la.path(A)
        rank, nullity = la.rank(A), la.nullity(A)
        kept, lost = la.svd(A).V.columns

        inputs, outputs = self.spray(lost, theme.input), self.spray(lost, theme.input)
        x, image = self.arrow(kept, theme.input), self.arrow(kept, theme.output)
        names = [self.label(x, "x"), self.label(image, "A x")]
        left = self.world(*inputs, x, names[0], grid=False, stage=0)
        right = self.world(*outputs, image, names[1], passes=[[path]], stage=1)
        card = self.card(A, "A")
        dead = self.count_readout(N_("sent to 0"), right, outputs)
        sums = self.rows(
            self.row(None, N_("rank"), str(rank)),
            self.row(None, N_("nullity"), str(nullity)),
            self.row(None, N_("columns"), str(A.shape[1])),
        )
        basis = self.span("N(A)", null, theme.null_space)
        self.arrange(self.heading(), card, dead, basis, sums)

        self.open(
            self.name_stage(0, N_("inputs")),
            self.name_stage(1, N_("outputs")),
            *(*inputs, *outputs, card, dead),
        )
        with self.beat("question", QUESTION):
            self.play(Indicate(card))
        with self.beat("apply", TURNED_OVER if path.folds else APPLY[nullity]):
            self.play(self.deform(right, path))
            gone = self.crushed(right, outputs)
            pairs = [arrows[k] for arrows in (inputs, outputs) for k in gone]
            if pairs:
                self.play(*self.recolor(theme.null_space, *pairs))
        with self.beat("source", SOURCE[nullity]):
            self.play(Rewind(right))
            name = "N(A)" if nullity else "N(A) = {bold(0)}"
            space = self.subspace(left, null, theme.null_space, name)
            self.play(*map(FadeIn, (*space, basis)))
        if nullity == 1:
            with self.beat("slide", SLIDE):
                others = [*inputs, *outputs]
                self.play(*map(FadeOut, others))
                self.play(self.deform(right, path))
                self.play(self.reveal(x, image, *names))
                for steps in (1, -2, 1):
                    self.play(Slide({x: left, image: right}, steps * lost, run_time=1.2))
                self.play(*map(FadeOut, (x, image, *names)), self.reveal(*others))
        image_space = self.subspace(right, la.column_space(A), theme.column_space, "C(A)")
        with self.beat("count", COUNT, rank=rank, nullity=nullity, columns=A.shape[1]):
            if nullity != 1:
                self.play(self.deform(right, path))
            self.play(*map(FadeIn, (sums, *image_space)))
            self.summary()
