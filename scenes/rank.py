"""Rank: how many dimensions of the plane survive."""

from manim import Create, FadeIn, Indicate

import lamath as la
from scenes.inputs import MatrixInput
from scenes.stage import N_, MatrixCard, MatrixScene, World

QUESTION = N_("How much of the plane survives?")
FIBERS = N_("Each of these lines runs along the null space. Watch what A does to them.")
COLLAPSE = {
    "flatten": N_("Each line is crushed to a single dot: a whole dimension is gone."),
    "stretch": N_("What is left is stretched along its own direction."),
    "turn": N_("And it is turned: both columns of A now lie on one line."),
}
LINE = N_("That line is the column space: all that A can reach. Its dimension is the rank, 1.")
COLUMNS = {
    2: N_("î and ĵ land on the two columns of A, and these point in different directions."),
    0: N_("Both columns of A are zero: î and ĵ went to the origin, and all else with them."),
}
MOVE = N_("A moves every point. Do any two land on the same spot?")
PLANE = N_("No. The columns still span the whole plane: the rank is 2.")
TURNED_OVER = N_("No. The sheet is turned over, but it still fills the plane: the rank is 2.")
SHRINK = N_("A sends every vector to the origin.")
POINT = N_("One point is left. The column space has dimension 0: the rank is 0.")


class RankCollapse(MatrixScene):
    """Rank is the dimension of what is left of the plane."""

    title = N_("Rank: what survives")
    inputs = (MatrixInput("2x2", default="1 2; 2 4"),)

    def construct(self) -> None:
        A = self.matrix
        rank, path = la.rank(A), la.path(A)

        basis, square = self.basis(), self.unit_square()
        world = self.world(square, *basis, passes=[[path]])
        card, count = self.card(A, "A"), self.rank_readout(world)
        area = self.area_readout(world, abs(la.det(A)))
        self.arrange(self.heading(), card, count, area)

        self.open(square, *basis, card, count, area)
        with self.beat("question", QUESTION):
            self.play(Indicate(count))
        (self.vanish, self.collapse, self.refill)[rank](world, path, card)

    def collapse(self, world: World, path: la.LinearPath, card: MatrixCard) -> None:
        """Rank 1: lines become dots, and the dots make up the column space."""
        (null,) = la.null_space(self.matrix).vectors
        (image,) = la.column_space(self.matrix).vectors
        fibers, feet = self.fibers(world, null)

        with self.beat("fibers", FIBERS):
            self.play(Create(fibers), *map(FadeIn, feet))
        for part in path.parts:
            with self.beat(part.name, COLLAPSE[part.name]):
                self.motion(world, part, la.svd(self.matrix).V.column(0))
        line, name = self.line(world, image, self.theme.column_space, "C(A)")
        with self.beat("line", LINE):
            self.play(Create(line), FadeIn(name))
            self.summary()

    def vanish(self, world: World, path: la.LinearPath, card: MatrixCard) -> None:
        """Rank 0: everything goes to the origin."""
        with self.beat("shrink", SHRINK):
            self.play(self.deform(world, path))
        with self.beat("columns", COLUMNS[0]):
            self.play(*map(Indicate, (card.column(0), card.column(1))))
        space = la.column_space(self.matrix)
        origin = self.subspace(world, space, self.theme.column_space, "C(A) = {bold(0)}")
        with self.beat("point", POINT):
            self.play(*map(FadeIn, origin))
            self.summary()

    def refill(self, world: World, path: la.LinearPath, card: MatrixCard) -> None:
        """Rank 2: no two points meet, and the plane is full again."""
        with self.beat("move", MOVE):
            self.play(self.deform(world, path))
        with self.beat("columns", COLUMNS[2]):
            self.play(*map(Indicate, (card.column(0), card.column(1))))
        space = la.column_space(self.matrix)
        plane = self.subspace(world, space, self.theme.column_space, "C(A)")
        with self.beat("plane", TURNED_OVER if path.folds else PLANE):
            self.play(*map(FadeIn, plane))
            self.summary()
