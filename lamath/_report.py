"""Everything that can be said about a matrix, in one place, each part when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, TypeVar

from lamath._decompositions import Polar, Svd, polar, svd
from lamath._eigen import Diagonalization, Eigen, Spectral, diagonalize, eigen, spectral
from lamath._eliminate import RowReduction, row_reduce
from lamath._matrix import Matrix, MatrixLike, Scalar, Vector, VectorLike, matrix, vector
from lamath._norms import condition_number, frobenius_norm, nuclear_norm, spectral_norm
from lamath._orthogonal import Qr, qr
from lamath._solve import Solution, pinv, solve
from lamath._spaces import (
    Subspace,
    column_space,
    left_null_space,
    null_space,
    nullity,
    rank,
    row_space,
)
from lamath._spectrum import energy, rank_for_energy, stable_rank
from lamath._square import det, inverse, trace
from lamath.errors import MatrixError, ShapeError
from lamath.notation import data

__all__ = ["Report", "analyze"]

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Report:
    """What can be said about a matrix A, and about A x = b.

    Every part is worked out when it is first asked for. A part that A does not have
    is None, and `why` gives the error that says so.

    >>> report = analyze("1 2; 2 4")
    >>> report.rank, report.inverse
    (1, None)
    >>> report.why("inverse").null_vector
    vector("-2 1")
    """

    A: Matrix
    """The matrix (m×n)."""
    b: Vector | None = None
    """The right side of A x = b (m entries), if one was given."""
    _problems: dict[str, MatrixError] = field(default_factory=dict, init=False, repr=False)

    def _attempt(self, name: str, question: Callable[[Matrix], T]) -> T | None:
        try:
            return question(self.A)
        except MatrixError as problem:
            self._problems[name] = problem
            return None

    def why(self, name: str) -> MatrixError | None:
        """Give the reason why a part is None; None if it is there.

        >>> print(analyze("1 2 3; 4 5 6").why("det"))
        only a square matrix has a determinant; 1 2 3; 4 5 6 is 2×3, give as many rows as columns
        """
        getattr(self, name)
        return self._problems.get(name)

    # Shape and size

    @property
    def shape(self) -> tuple[int, int]:
        """The numbers of rows and columns."""
        return self.A.shape

    @property
    def is_exact(self) -> bool:
        """Whether the entries are known exactly."""
        return self.A.is_exact

    @property
    def is_square(self) -> bool:
        """Whether there are as many rows as columns."""
        return self.A.shape[0] == self.A.shape[1]

    @property
    def is_symmetric(self) -> bool:
        """Whether A = Aᵀ, measured entries within their tolerance."""
        return self.is_square and self.spectral is not None

    @property
    def is_invertible(self) -> bool:
        """Whether A is square and of full rank."""
        return self.is_square and self.nullity == 0

    @cached_property
    def rank(self) -> int:
        """The dimension of the column space."""
        return rank(self.A)

    @cached_property
    def nullity(self) -> int:
        """The dimension of the null space."""
        return nullity(self.A)

    @cached_property
    def det(self) -> Scalar | None:
        """The determinant, if A is square."""
        return self._attempt("det", det)

    @cached_property
    def trace(self) -> Scalar | None:
        """The trace, if A is square."""
        return self._attempt("trace", trace)

    @cached_property
    def inverse(self) -> Matrix | None:
        """A⁻¹, if there is one."""
        return self._attempt("inverse", inverse)

    @cached_property
    def pinv(self) -> Matrix | None:
        """The pseudo-inverse A⁺."""
        return self._attempt("pinv", pinv)

    # Spaces

    @cached_property
    def row_reduction(self) -> RowReduction | None:
        """The reduced row echelon form, with every step, unless those are too many to keep."""
        return self._attempt("row_reduction", row_reduce)

    @cached_property
    def column_space(self) -> Subspace:
        """C(A): where outputs can land."""
        return column_space(self.A)

    @cached_property
    def row_space(self) -> Subspace:
        """C(Aᵀ): the inputs that matter."""
        return row_space(self.A)

    @cached_property
    def null_space(self) -> Subspace:
        """N(A): what is crushed to zero."""
        return null_space(self.A)

    @cached_property
    def left_null_space(self) -> Subspace:
        """N(Aᵀ): what is perpendicular to every output."""
        return left_null_space(self.A)

    # Decompositions

    @cached_property
    def svd(self) -> Svd:
        """A = U Σ Vᵀ."""
        return svd(self.A)

    @cached_property
    def polar(self) -> Polar | None:
        """A = R P, if A is square."""
        return self._attempt("polar", polar)

    @cached_property
    def qr(self) -> Qr:
        """A = Q R."""
        return qr(self.A)

    @cached_property
    def eigen(self) -> Eigen | None:
        """Eigenvalues and eigenvectors, if A is square."""
        return self._attempt("eigen", eigen)

    @cached_property
    def diagonalization(self) -> Diagonalization | None:
        """A = P D P⁻¹, if the eigenvectors are a basis."""
        return self._attempt("diagonalization", diagonalize)

    @cached_property
    def spectral(self) -> Spectral | None:
        """A = Q S Qᵀ, if A is symmetric."""
        return self._attempt("spectral", spectral)

    # Size

    @cached_property
    def frobenius_norm(self) -> Scalar:
        """‖A‖_F."""
        return frobenius_norm(self.A)

    @cached_property
    def spectral_norm(self) -> Scalar:
        """‖A‖₂ = σ₁."""
        return spectral_norm(self.A)

    @cached_property
    def nuclear_norm(self) -> Scalar:
        """Σσ."""
        return nuclear_norm(self.A)

    @cached_property
    def condition_number(self) -> Scalar:
        """κ = σ₁/σ_min, infinite unless the rank is full."""
        return condition_number(self.A)

    @cached_property
    def stable_rank(self) -> Scalar:
        """‖A‖_F²/‖A‖₂²."""
        return stable_rank(self.svd.S)

    @cached_property
    def energy(self) -> Vector:
        """The shares of Σσ² that the first singular values hold."""
        return energy(self.svd.S)

    @cached_property
    def energy_rank(self) -> int:
        """The fewest singular values that hold 95 % of Σσ²."""
        return rank_for_energy(self.svd.S)

    # A x = b

    @cached_property
    def solution(self) -> Solution | None:
        """The solutions of A x = b, if b was given."""
        return None if self.b is None else solve(self.A, self.b)

    def facts(self) -> dict[str, Any]:
        """Give everything as JSON can hold it, in the form of `lamath.notation.data`.

        What A does not have is None.

        >>> facts = analyze("2 1; 1 3", "3 4").facts()
        >>> facts["det"], facts["solution"]["particular"]
        ({'exact': '5', 'value': 5.0, 'text': '5'}, {'exact': ['1', '1'], 'values': [1.0, 1.0]})
        """
        return {name: data(getattr(self, name)) for name in PARTS}


PARTS: Final = (
    "A",
    "b",
    "shape",
    "is_exact",
    "rank",
    "nullity",
    "det",
    "trace",
    "inverse",
    "pinv",
    "row_reduction",
    "column_space",
    "row_space",
    "null_space",
    "left_null_space",
    "svd",
    "polar",
    "qr",
    "eigen",
    "diagonalization",
    "spectral",
    "frobenius_norm",
    "spectral_norm",
    "nuclear_norm",
    "condition_number",
    "stable_rank",
    "energy",
    "energy_rank",
    "solution",
)
"""The parts of a report, in the order in which they are told."""


def analyze(A: MatrixLike, b: VectorLike | None = None) -> Report:
    """Give one report of everything that can be said about A (m×n), and about A x = b.

    Raises
    ------
    ParseError
        If A or b can't be read.
    ShapeError
        If b has not as many entries as A has rows.

    Examples
    --------
    >>> report = analyze("2 1; 1 3", "3 4")
    >>> report.det, report.svd.S, report.solution.particular
    (5, vector("(5+sqrt(5))/2 (5-sqrt(5))/2"), vector("1 1"))
    """
    A = matrix(A)
    right = None if b is None else vector(b)
    if right is not None and len(right) != A.shape[0]:
        raise ShapeError(
            f"({right}) has {len(right)} entries and A has {A.shape[0]} rows; "
            "give b as many entries as A has rows"
        )
    return Report(A, right)
