"""What can be wrong with a matrix: one small tree, each error with its remedy."""

from __future__ import annotations

from typing import Any

__all__ = [
    "ComplexEigenvaluesError",
    "DefectiveMatrixError",
    "InexactError",
    "LanguageError",
    "MatrixError",
    "NotSymmetricError",
    "ParseError",
    "ShapeError",
    "SingularMatrixError",
    "WeightsError",
]


class MatrixError(ValueError):
    """Anything wrong with a matrix or a vector; its text is one line and names a remedy."""

    def __reduce__(self) -> tuple[Any, ...]:
        # as it is, also between processes: what a kind carries besides its text comes along
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[MatrixError], args: tuple[Any, ...], carried: dict[str, Any]) -> MatrixError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(carried)
    return error


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


class NotSymmetricError(MatrixError):
    """The matrix differs from its transpose.

    Parameters
    ----------
    message
        One line.
    place
        Row and column, counted from 0, of an entry that differs from its mirror image.
    """

    def __init__(self, message: str, place: tuple[int, int]) -> None:
        super().__init__(message)
        self.place = place


class DefectiveMatrixError(MatrixError):
    """The matrix has too few eigenvectors to be diagonalized.

    Parameters
    ----------
    message
        One line.
    eigenvalue
        The eigenvalue whose eigenvectors are too few.
    multiplicity
        How many are needed: how often it is a root of det(A − λI).
    found
        How many independent ones there are.
    """

    def __init__(self, message: str, eigenvalue: Any, multiplicity: int, found: int) -> None:
        super().__init__(message)
        self.eigenvalue = eigenvalue
        self.multiplicity = multiplicity
        self.found = found

    @property
    def missing(self) -> int:
        """How many eigenvectors there are too few."""
        return self.multiplicity - self.found


class ComplexEigenvaluesError(MatrixError):
    """Some eigenvalues are not real, so that no real eigenvector belongs to them.

    Parameters
    ----------
    message
        One line.
    eigenvalues
        Those that are not real, as often as each occurs.
    """

    def __init__(self, message: str, eigenvalues: tuple[Any, ...]) -> None:
        super().__init__(message)
        self.eigenvalues = eigenvalues


class LanguageError(ValueError):
    """A language that there are no words for."""


class WeightsError(MatrixError):
    """A file of weights that can't be read, or a tensor that it does not hold."""
