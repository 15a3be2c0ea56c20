"""Singular values: every matrix turns, stretches along two axes, and turns again."""

from scenes.stage import N_, MatrixScene


class RotateStretchRotate(MatrixScene):
    """A = U Σ Vᵀ: every matrix turns, stretches along two axes, and turns again."""

    title = N_("Rotate · Stretch · Rotate")
    matrix = "3 0; 4 5"
    accepts = ("2x2",)
