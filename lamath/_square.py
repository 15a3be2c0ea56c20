"""What only square matrices have: trace, determinant and its expansion, inverse."""

from __future__ import annotations

import math
from typing import Any, Final, Literal, NamedTuple, NoReturn

import numpy as np

from lamath._eliminate import reduced, reduced_rows
from lamath._matrix import Matrix, MatrixLike, Scalar, matrix, scalar, short, size
from lamath._numbers.surd import ONE, ZERO, Surd, TooLongError
from lamath._plane import Plane
from lamath._spaces import null_space, rank, tuple_text
from lamath.errors import MatrixError, ShapeError, SingularMatrixError

__all__ = [
    "Cofactor", "Cofactors", "check_square", "cofactors", "commute", "det", "inverse", "trace",
]  # fmt: skip

MAX_EXPANSION: Final = 6
"""An expansion has n! products: 720 for 6×6."""


def check_square(A: Matrix, what: str) -> None:
    """Refuse a matrix that has not as many rows as columns."""
    if A.shape[0] != A.shape[1]:
        raise ShapeError(
            f"only a square matrix has {what}; {short(A)} is {size(A)}, "
            "give as many rows as columns"
        )


def commute(A: MatrixLike, B: MatrixLike) -> bool:
    """Tell whether AB = BA; measured matrices may differ in their last digits.

    Raises
    ------
    ShapeError
        If A and B are not square, of one size.

    Examples
    --------
    >>> commute("0 -1; 1 0", "2 1; -1 2"), commute("0 -1; 1 0", "1 1; 0 1")
    (True, False)
    """
    A, B = matrix(A), matrix(B)
    check_square(A, "a product in both orders")
    one, other = A @ B, B @ A
    if one.is_exact and other.is_exact:
        return one == other
    largest = float(np.abs(A.array).max() * np.abs(B.array).max())
    return bool(np.abs(one.array - other.array).max() <= 1e-12 * largest)


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
    check_square(A, "a determinant")
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
    MatrixError
        If the inverse is beyond the range of floats.

    Examples
    --------
    >>> inverse("2 1; 1 3")
    matrix("3/5 -1/5; -1/5 2/5")
    """
    A = matrix(A)
    check_square(A, "an inverse")
    n = A.shape[0]
    found = rank(A)
    if found < n:
        crushed = null_space(A).vectors[0]
        raise SingularMatrixError(
            f"{short(A)} has no inverse: its rank is {found}, less than {n}, so it sends "
            f"{tuple_text(crushed)} to zero; change an entry, or look at null_space",
            rank=found,
            null_vector=crushed,
        )
    if A.is_exact:
        extended = tuple(
            (*row, *(ONE if i == j else ZERO for j in range(n)))
            for i, row in enumerate(A.exact_rows)
        )
        try:
            return Matrix.of(row[n:] for row in reduced_rows(extended, n).rows)
        except TooLongError:
            pass
        except OverflowError:
            _beyond(A)
    try:
        return Matrix.measured(np.linalg.inv(A.array), A.eps)
    except np.linalg.LinAlgError:
        _beyond(A)


def _beyond(A: Matrix) -> NoReturn:
    raise MatrixError(f"the inverse of {short(A)} is too large for floats; scale the matrix up")


def trace(A: MatrixLike) -> Scalar:
    """Give the sum of the diagonal of A (n×n): a sympy number if A is exact, else a float.

    Raises
    ------
    ShapeError
        If A is not square.

    Examples
    --------
    >>> trace("4 1; 1 4")
    8
    """
    A = matrix(A)
    check_square(A, "a trace")
    if A.is_exact:
        try:
            return scalar(sum((row[i] for i, row in enumerate(A.exact_rows)), ZERO))
        except TooLongError:
            pass
    return float(np.trace(A.array))


class Cofactor(NamedTuple):
    """One term of an expansion: entry × sign × the determinant of its minor."""

    row: int
    """The row of the entry, counted from 0."""
    column: int
    """Its column."""
    entry: Scalar
    """The entry a."""
    sign: int
    """(−1)^(row + column)."""
    minor: Cofactors | None
    """The expansion of what is left without that row and column; None for a 1×1 matrix."""
    value: Scalar
    """The term: entry × sign × determinant of the minor."""


class Cofactors(NamedTuple):
    """det A as a sum of terms, one for each entry of a row or a column."""

    matrix: Matrix
    """The matrix that is expanded."""
    line: Literal["row", "column"]
    """Whether along a row or along a column."""
    at: int
    """Which one, counted from 0."""
    terms: tuple[Cofactor, ...]
    """The terms, in the order of the entries."""
    value: Scalar
    """Their sum, det A."""


def cofactors(A: MatrixLike, *, row: int | None = None, column: int | None = None) -> Cofactors:
    """Expand det A (n×n, n ≤ 6) along a row (the first, unless said) or a column.

    The minors are expanded in turn, along their first row or column.

    Raises
    ------
    ShapeError
        If A is not square or is larger than 6×6, or has no such row or column.

    Examples
    --------
    >>> found = cofactors("2 1 3; 0 4 -1; 5 2 0")
    >>> [term.value for term in found.terms], found.value
    ([4, -5, -60], -61)
    >>> found.terms[1].minor.matrix, found.terms[1].minor.value
    (matrix("0 -1; 5 0"), 5)
    """
    A = matrix(A)
    check_square(A, "cofactors")
    n = A.shape[0]
    if n > MAX_EXPANSION:
        raise ShapeError(
            f"the expansion of {short(A)}, {size(A)}, has {n}! products; "
            f"give at most {MAX_EXPANSION} rows, or ask for det"
        )
    if row is not None and column is not None:
        raise ShapeError("an expansion goes along a row or along a column; give one of them")
    line: Literal["row", "column"] = "row" if column is None else "column"
    at = (row or 0) if column is None else column
    if not 0 <= at < n:
        raise ShapeError(f"{short(A)} has no {line} {at}; give one from 0 to {n - 1}")
    if A.is_exact:
        try:
            return _expand(A, line, at)[0]
        except (TooLongError, OverflowError):
            pass
    return _expand(Matrix.measured(A.array, A.eps), line, at)[0]


def _expand(A: Matrix, line: Literal["row", "column"], at: int) -> tuple[Cofactors, Any]:
    """Expand, and give the sum in the numbers that A holds as well."""
    n = A.shape[0]
    rows = A.exact_rows if A.is_exact else A.array.tolist()
    terms: list[Cofactor] = []
    values: list[Any] = []
    for k in range(n):
        i, j = (at, k) if line == "row" else (k, at)
        sign = -1 if (i + j) % 2 else 1
        value, inside = rows[i][j], None
        if n > 1:
            inside, minor = _expand(_without(A, i, j), line, 0)
            value = value * minor
        values.append(value if sign > 0 else -value)
        terms.append(Cofactor(i, j, A[i, j], sign, inside, _shown(values[-1])))
    total = sum(values[1:], values[0])
    return Cofactors(A, line, at, tuple(terms), _shown(total)), total


def _shown(value: Any) -> Scalar:
    return scalar(value) if isinstance(value, Surd) else float(value)


def _without(A: Matrix, i: int, j: int) -> Matrix:
    """Leave out row i and column j."""
    if A.is_exact:
        rows = (row for k, row in enumerate(A.exact_rows) if k != i)
        return Matrix.of([x for k, x in enumerate(row) if k != j] for row in rows)
    return Matrix.measured(np.delete(np.delete(A.array, i, 0), j, 1), A.eps)
