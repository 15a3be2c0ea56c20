"""Rank, determinant, inverse and the subspaces of a matrix, decided exactly where it is exact."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import Any, NamedTuple, Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from lamath._matrix import (
    Matrix,
    MatrixLike,
    Row,
    Scalar,
    Vector,
    matrix,
    scalar,
    short,
    size,
)
from lamath._plane import Plane
from lamath._surd import ONE, ZERO, Surd, TooLongError
from lamath.errors import MatrixError, ShapeError, SingularMatrixError

__all__ = [
    "Subspace",
    "column_space",
    "det",
    "inverse",
    "null_space",
    "nullity",
    "rank",
    "tolerance",
]


class _Number(Protocol):
    """A number of a field: Surd or Fraction."""

    def __add__(self, other: Self, /) -> Self: ...
    def __sub__(self, other: Self, /) -> Self: ...
    def __mul__(self, other: Self, /) -> Self: ...
    def __truediv__(self, other: Self, /) -> Self: ...
    def __neg__(self) -> Self: ...
    def __bool__(self) -> bool: ...


N = TypeVar("N", bound=_Number)


class _Reduced(NamedTuple):
    """The reduced row echelon form of the left columns, and what came of the rest."""

    rows: tuple[Row, ...]
    pivots: tuple[int, ...]
    det: Surd  # of the left part, if it is square


def _eliminate(rows: list[list[N]], columns: int, one: N) -> tuple[list[int], N]:
    """Reduce rows in place over their first `columns` columns; give pivots and determinant."""
    pivots: list[int] = []
    product = one
    for column in range(columns):
        at = len(pivots)
        found = next((i for i in range(at, len(rows)) if rows[i][column]), None)
        if found is None:
            continue
        if found != at:
            rows[at], rows[found] = rows[found], rows[at]
            product = -product
        pivot = rows[at][column]
        product = product * pivot
        rows[at] = [x / pivot if x else x for x in rows[at]]
        lead = rows[at]
        for i, row in enumerate(rows):
            if i != at and row[column]:
                factor = row[column]
                rows[i] = [x - factor * y if y else x for x, y in zip(row, lead, strict=True)]
        pivots.append(column)
    if len(pivots) < len(rows):
        product = product - product
    return pivots, product


@lru_cache(maxsize=64)
def _reduced(rows: tuple[Row, ...], columns: int) -> _Reduced:
    """Reduce exact rows over their first `columns` columns.

    Raises
    ------
    TooLongError
        If the numbers outgrow what can be kept exactly.
    """
    if all(x.is_rational for row in rows for x in row):
        plain = [[x.rational for x in row] for row in rows]
        pivots, product = _eliminate(plain, columns, Fraction(1))
        kept = tuple(tuple(Surd(x) for x in row) for row in plain)
        return _Reduced(kept, tuple(pivots), Surd(product))
    work = [list(row) for row in rows]
    found, value = _eliminate(work, columns, ONE)
    return _Reduced(tuple(map(tuple, work)), tuple(found), value)


def reduced(A: Matrix) -> _Reduced | None:
    """Give the exact reduced form, None if the matrix is measured or its numbers outgrow us."""
    if not A.is_exact:
        return None
    try:
        return _reduced(A.exact_rows, A.shape[1])
    except TooLongError:
        return None


def measured_rank(A: Matrix, S: NDArray[Any]) -> int:
    """Count the singular values S of A above max(m, n)·ε·σ₁."""
    if A.shape == (2, 2):
        return Plane(A).rank  # by the same rule, without rounding
    return int((tolerance(A, S) < S).sum())


def tolerance(A: Matrix, S: NDArray[Any]) -> float:
    """Give max(m, n)·ε·σ₁: measured singular values up to it count as zero."""
    return max(A.shape) * A.eps * float(S[0]) if len(S) else 0.0


def rank(A: MatrixLike) -> int:
    """Give the dimension of the column space.

    Exact matrices are decided exactly. For measured ones, singular values up to
    max(m, n)·ε·σ₁ count as zero.

    >>> rank("1 2; 2 4")
    1
    """
    A = matrix(A)
    form = reduced(A)
    if form is not None:
        return len(form.pivots)
    S = np.linalg.svd(A.array, compute_uv=False)
    return measured_rank(A, S)


def nullity(A: MatrixLike) -> int:
    """Give the dimension of the null space: columns minus rank.

    >>> nullity("1 2 3; 2 4 6; 3 6 9")
    2
    """
    A = matrix(A)
    return A.shape[1] - rank(A)


def _square(A: Matrix, what: str) -> None:
    if A.shape[0] != A.shape[1]:
        raise ShapeError(
            f"only a square matrix has {what}; {short(A)} is {size(A)}, "
            "give as many rows as columns"
        )


def det(A: MatrixLike) -> Scalar:
    """Give the determinant: a sympy number for an exact matrix, a float for a measured one.

    Where the rank is not full it is 0, not a rounding error.

    Raises
    ------
    ShapeError
        If A is not square.
    MatrixError
        If the determinant of a measured matrix is beyond the range of floats.

    Examples
    --------
    >>> det("2 1 3; 0 4 -1; 5 2 0")
    -61
    """
    A = matrix(A)
    _square(A, "a determinant")
    form = reduced(A)
    if form is not None:
        return scalar(form.det)
    if rank(A) < A.shape[0]:
        return 0.0
    try:
        with np.errstate(over="ignore"):
            value = float(Plane(A).det if A.shape == (2, 2) else np.linalg.det(A.array))
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise MatrixError(
            f"the determinant of {short(A)} is too large for a float; scale the matrix down"
        )
    return value


def inverse(A: MatrixLike) -> Matrix:
    """Give A⁻¹, the matrix that undoes A.

    Raises
    ------
    ShapeError
        If A is not square.
    SingularMatrixError
        If A has no inverse; it carries the rank and a null vector.

    Examples
    --------
    >>> inverse("2 1; 1 3")
    matrix("3/5 -1/5; -1/5 2/5")
    """
    A = matrix(A)
    _square(A, "an inverse")
    n = A.shape[0]
    found = rank(A)
    if found < n:
        crushed = null_space(A).vectors[0]
        raise SingularMatrixError(
            f"{short(A)} has no inverse: its rank is {found}, less than {n}, so it sends "
            f"{_tuple(crushed)} to zero; change an entry, or look at null_space",
            rank=found,
            null_vector=crushed,
        )
    if A.is_exact:
        extended = tuple(
            (*row, *(ONE if i == j else ZERO for j in range(n)))
            for i, row in enumerate(A.exact_rows)
        )
        try:
            return Matrix.of(row[n:] for row in _reduced(extended, n).rows)
        except (TooLongError, OverflowError):
            pass
    return Matrix.measured(np.linalg.inv(A.array), A.eps)


@dataclass(frozen=True, eq=False)
class Subspace:
    """All combinations of some independent vectors of ℝⁿ.

    >>> null_space("1 2 3; 2 4 6; 3 6 9")
    span{(-2, 1, 0), (-3, 0, 1)}
    """

    basis: Matrix
    """The vectors of a basis as columns (n × dim; n×0 for the origin alone)."""

    @property
    def dim(self) -> int:
        """How many vectors a basis has."""
        return self.basis.shape[1]

    @property
    def ambient(self) -> int:
        """How many entries each vector has: n."""
        return self.basis.shape[0]

    @property
    def vectors(self) -> tuple[Vector, ...]:
        """The vectors of the basis."""
        return self.basis.columns

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Subspace):
            return NotImplemented
        if (self.ambient, self.dim) != (other.ambient, other.dim):
            return False
        if self.basis.is_exact and other.basis.is_exact:
            pairs = zip(self.basis.exact_rows, other.basis.exact_rows, strict=True)
            return self.dim == 0 or rank(Matrix.of(a + b for a, b in pairs)) == self.dim
        both = np.hstack([np.linalg.qr(each.basis.array)[0] for each in (self, other)])
        return self.dim == 0 or rank(Matrix.measured(both, self.basis.eps)) == self.dim

    def __hash__(self) -> int:
        return hash((self.ambient, self.dim))

    def __repr__(self) -> str:
        if not self.dim:
            return f"the origin of ℝ{''.join('⁰¹²³⁴⁵⁶⁷⁸⁹'[int(c)] for c in str(self.ambient))}"
        return f"span{{{', '.join(map(_tuple, self.vectors))}}}"


def column_space(A: MatrixLike) -> Subspace:
    """Give the subspace of all A x: where outputs can land.

    The basis holds the pivot columns of an exact A, in smallest integers, and an
    orthonormal basis for a measured one.

    >>> column_space("1 2; 2 4")
    span{(1, 2)}
    """
    A = matrix(A)
    form = reduced(A)
    if form is not None:
        columns = list(zip(*A.exact_rows, strict=True))
        return _span([columns[j] for j in form.pivots], A.shape[0])
    U, S, _ = np.linalg.svd(A.array)
    return Subspace(Matrix.measured(U[:, : measured_rank(A, S)], A.eps))


def null_space(A: MatrixLike) -> Subspace:
    """Give the subspace of all x with A x = 0: what is crushed to zero.

    The basis has one vector for each free column of an exact A, in smallest
    integers, and is orthonormal for a measured one.

    >>> null_space("1 2; 2 4")
    span{(-2, 1)}
    >>> null_space("2 1; 1 3")
    the origin of ℝ²
    """
    A = matrix(A)
    columns = A.shape[1]
    form = reduced(A)
    if form is None:
        _, S, Vh = np.linalg.svd(A.array)
        return Subspace(Matrix.measured(Vh[measured_rank(A, S) :].T, A.eps))
    vectors = []
    for free in sorted(set(range(columns)) - set(form.pivots)):
        found = [ONE if j == free else ZERO for j in range(columns)]
        for row, pivot in zip(form.rows, form.pivots, strict=False):
            found[pivot] = -row[free]
        vectors.append(found)
    return _span(vectors, columns)


def _tuple(v: Vector) -> str:
    return f"({', '.join(str(v).split())})"


def _span(vectors: Sequence[Sequence[Surd]], ambient: int) -> Subspace:
    scaled = [_smallest(v) for v in vectors]
    return Subspace(Matrix.of([[v[i] for v in scaled] for i in range(ambient)]))


def _smallest(vector: Sequence[Surd]) -> Row:
    """Scale by a positive fraction so that all coefficients are integers without a divisor."""
    coefficients = [q for x in vector for _, q in x.terms]
    scale = Surd(
        Fraction(
            lcm(*(q.denominator for q in coefficients)),
            gcd(*(q.numerator for q in coefficients)),
        )
    )
    # n/d scaled by L/g: lcm and gcd of reduced fractions leave integers of gcd 1
    return tuple(x * scale for x in vector)
