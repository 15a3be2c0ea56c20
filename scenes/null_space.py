"""The null space: which inputs are sent to zero."""

from scenes.stage import N_, MatrixScene


class NullSpaceFlattens(MatrixScene):
    """The inputs that A sends to zero stood on one line all along."""

    title = N_("The null space")
    matrix = "1 2; 2 4"
    accepts = ("2x2",)
