"""The inverse: the same motion, rewound, and what stops it when A is singular."""

from scenes.stage import N_, MatrixScene


class InverseUndoes(MatrixScene):
    """A⁻¹ undoes A: the plane moves, and the same path rewinds it."""

    title = N_("The inverse undoes")
    matrix = "2 1; 1 3"
    accepts = ("2x2",)
    takes_vector = True


class NoWayBack(InverseUndoes):
    """A singular matrix sends many inputs to one output: nothing can undo it."""

    title = N_("No way back")
    matrix = "1 2; 2 4"
    accepts = ("2x2",)
    takes_vector = True
