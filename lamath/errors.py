"""What can be wrong with a matrix: one small tree, each error with its remedy."""

from __future__ import annotations

from typing import Any

__all__ = [
    "InexactError",
    "LanguageError",
    "MatrixError",
    "ParseError",
    "ShapeError",
    "SingularMatrixError",
    "WeightsError",
]


class MatrixError(ValueError):
    """Anything wrong with a matrix or a vector; its text is one line and names a remedy."""


class ParseError(MatrixError):
    """What was given is not a matrix or a vector of real numbers."""


class ShapeError(MatrixError):
    """The shape does not fit what was asked."""


class InexactError(MatrixError):
    """An exact form was asked of measured numbers, or of numbers that have no short one."""


class SingularMatrixError(MatrixError):
    """The matrix has no inverse.

    Parameters
    ----------
    message
        One line.
    rank
        The rank that was found.
    null_vector
        A `Vector` other than zero that the matrix sends to zero.
    """

    def __init__(self, message: str, rank: int, null_vector: Any) -> None:
        super().__init__(message)
        self.rank = rank
        self.null_vector = null_vector


class LanguageError(ValueError):
    """A language that there are no words for."""


class WeightsError(MatrixError):
    """A file of weights that can't be read, or a tensor that it does not hold."""
