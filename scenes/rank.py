"""Rank: how many dimensions of the plane survive."""

from scenes.stage import N_, MatrixScene


class RankCollapse(MatrixScene):
    """Rank is the dimension of what is left of the plane."""

    title = N_("Rank: what survives")
    matrix = "1 2; 2 4"
    accepts = ("2x2",)
