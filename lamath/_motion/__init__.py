"""Motion: turns, paths of matrices, and the stages that a matrix is made of."""

__all__: list[str] = []
