"""What the singular values of a matrix say: how much it keeps, and in how few directions."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lamath._decompositions import Svd, svd
from lamath._matrix import (
    Array,
    Matrix,
    MatrixLike,
    Scalar,
    Vector,
    VectorLike,
    matrix,
    scalar,
    short,
    vector,
)
from lamath._numbers.surd import ONE, ZERO, Surd, TooLongError
from lamath._orthogonal import dot, length
from lamath._spaces import rank
from lamath.errors import MatrixError, ShapeError

__all__ = [
    "LowRank",
    "Storage",
    "energy",
    "low_rank",
    "measured_rank_for_energy",
    "measured_stable_rank",
    "rank_for_energy",
    "shares",
    "stable_rank",
    "storage",
]


class Storage(NamedTuple):
    """How many numbers a rank-k form of a matrix takes, and when that is fewer than it has."""

    stored: int
    """k(m + n) + k: k left vectors, k right vectors, k singular values."""
    full: int
    """m n, the entries of the matrix itself."""
    break_even: Fraction
    """mn/(m + n + 1): the rank-k form is the smaller one where k is less."""

    @property
    def share(self) -> Fraction:
        """Stored numbers for each number of the matrix."""
        return Fraction(self.stored, self.full)

    @property
    def saves(self) -> bool:
        """Whether k is below the break-even."""
        return self.stored < self.full


@dataclass(frozen=True)
class LowRank:
    """The best approximation of a matrix by one of rank k, and what it leaves out."""

    approximation: Matrix
    """The first k terms of Σ σᵢ uᵢ vᵢᵀ (m×n)."""
    k: int
    """How many terms were kept."""
    frobenius_error: Scalar
    """√(Σ σᵢ²) over the terms left out: the Frobenius norm of what is missing."""
    spectral_error: Scalar
    """The first singular value left out: the spectral norm of what is missing."""
    storage: Storage
    """The numbers that it takes."""

    @property
    def stored(self) -> int:
        """The numbers kept: k(m + n) + k."""
        return self.storage.stored

    @property
    def break_even(self) -> Fraction:
        """The bound on k below which numbers are saved: mn/(m + n + 1)."""
        return self.storage.break_even


def storage(m: int, n: int, k: int) -> Storage:
    """Count the numbers of a rank-k form of an m×n matrix.

    Raises
    ------
    ShapeError
        If there is no such form: 0 ≤ k ≤ min(m, n).

    Examples
    --------
    >>> storage(4096, 4096, 8)
    Storage(stored=65544, full=16777216, break_even=Fraction(16777216, 8193))
    >>> f"{float(storage(4096, 4096, 8).share):.2%}"
    '0.39%'
    """
    if m < 1 or n < 1 or not 0 <= k <= min(m, n):
        raise ShapeError(
            f"there is no rank {k} form of a {m}×{n} matrix; choose k from 0 to {min(m, n)}"
        )
    return Storage(k * (m + n) + k, m * n, Fraction(m * n, m + n + 1))


def low_rank(A: MatrixLike, k: int) -> LowRank:
    """Give the matrix of rank at most k that is nearest to A.

    It is nearest in the Frobenius and in the spectral norm (Eckart and Young 1936,
    Mirsky 1960); the only one where σₖ > σₖ₊₁. Exact where the singular value
    decomposition is.

    Raises
    ------
    ShapeError
        Unless 0 ≤ k ≤ min(m, n).

    Examples
    --------
    >>> best = low_rank("4 1; 1 4", 1)
    >>> best.approximation
    matrix("5/2 5/2; 5/2 5/2")
    >>> best.spectral_error, best.stored, best.break_even
    (3, 5, Fraction(4, 5))
    """
    A = matrix(A)
    try:
        k = operator.index(k)
    except TypeError:
        raise ShapeError(f"a rank is a whole number, not {k!r}") from None
    counted = storage(*A.shape, k)
    if rank(A) <= k:
        # nothing is left out, so the nearest matrix is A, to the last digit
        nothing = scalar(ZERO) if A.is_exact else 0.0
        return LowRank(A, k, nothing, nothing, counted)
    if not A.is_exact:
        U, S, Vh = np.linalg.svd(A.array, full_matrices=False)
        kept = Matrix.measured(U[:, :k] * S[:k] @ Vh[:k], A.eps)
        return LowRank(kept, k, length(S[k:]), float(S[k]), counted)
    found = svd(A)
    return LowRank(_sum(found, k), k, *_missing(found.S, k), counted)


def _sum(found: Svd, k: int) -> Matrix:
    """Give the first k terms of Σ σᵢ uᵢ vᵢᵀ, exactly if all three are exact."""
    U, S, Vh = found
    if U.is_exact and S.is_exact and Vh.is_exact:
        values = [x for (x,) in S.exact_rows[:k]]
        columns = list(zip(*Vh.exact_rows[:k], strict=True)) or [()] * Vh.shape[1]
        try:
            scaled = [[x * s for x, s in zip(row, values, strict=False)] for row in U.exact_rows]
            return Matrix.of([dot(row, column) for column in columns] for row in scaled)
        except (TooLongError, OverflowError):
            pass
    return Matrix.measured(U.array[:, :k] * S.array[:k] @ Vh.array[:k], U.eps)


def _missing(S: Vector, k: int) -> tuple[Scalar, Scalar]:
    """Give the Frobenius and the spectral norm of what is left out, exactly if S is exact."""
    if not S.is_exact:
        return length(S.array[k:]), float(S.array[k])
    left = [x for (x,) in S.exact_rows[k:]]
    try:
        root = dot(left, left).sqrt()
    except TooLongError:
        root = None
    return length(S.array[k:]) if root is None else scalar(root), scalar(left[0])


# From singular values


def energy(S: VectorLike) -> Vector:
    """Give the share of Σσ² that the first k singular values hold, for k = 1, 2, ….

    All are 1 if every σ is 0: nothing is missing. Exact where S is.

    Raises
    ------
    MatrixError
        If the values are not those of a matrix: descending, none negative.

    Examples
    --------
    >>> energy("5 3")
    vector("25/34 1")
    """
    S = _spectrum(S)
    if S.is_exact:
        try:
            squares = [x * x for (x,) in S.exact_rows]
            total = sum(squares, ZERO)
            if not total:
                return Vector.of([ONE] * len(S))
            sums = [sum(squares[: k + 1], ZERO) for k in range(len(S))]
            return Vector.of(x / total for x in sums)
        except TooLongError:
            pass
    return Vector.measured(shares(S.array), S.eps)


def rank_for_energy(S: VectorLike, share: float | Fraction = 0.95) -> int:
    """Give the smallest k for which the first k singular values hold a share of Σσ².

    Raises
    ------
    MatrixError
        If the share is not between 0 and 1, or the values are not those of a matrix.

    Examples
    --------
    >>> rank_for_energy("5 3"), rank_for_energy("5 3", 0.7)
    (2, 1)
    """
    S = _spectrum(S)
    if not 0 <= share <= 1:
        raise MatrixError(f"{share!r} is no share of the energy; choose one from 0 to 1")
    if not S.array.any():
        return 0
    found = energy(S)
    if not found.is_exact:
        return _reaching(found.array, float(share))
    # 0.95 means 19/20 here, not the float that is nearest to it
    wanted = Surd(Fraction(str(share)))
    if not wanted:
        return 0
    return next(k for k, (x,) in enumerate(found.exact_rows, start=1) if not x < wanted)


def stable_rank(S: VectorLike) -> Scalar:
    """Give ‖A‖_F²/‖A‖₂² = Σσ²/σ₁², a rank that small singular values hardly change.

    It lies between 1 and the rank; 0 for the zero matrix. Exact where S is.

    Raises
    ------
    MatrixError
        If the values are not those of a matrix.

    Examples
    --------
    >>> stable_rank("5 3"), stable_rank("5 0")
    (34/25, 1)
    """
    S = _spectrum(S)
    if S.is_exact:
        values = [x for (x,) in S.exact_rows]
        if not values[0]:
            return scalar(ZERO)
        try:
            return scalar(sum((x * x for x in values), ZERO) / (values[0] * values[0]))
        except TooLongError:
            pass
    return measured_stable_rank(S.array)


def shares(S: NDArray[Any]) -> Array:
    """Give the cumulative shares of Σσ² for descending floats."""
    if not S.any():
        return np.ones(len(S))
    squares = np.square(S / S[0], dtype=np.float64)
    sums = np.cumsum(squares)
    sums /= sums[-1]
    return sums


def measured_stable_rank(S: NDArray[Any]) -> float:
    """Give Σσ²/σ₁² for descending floats."""
    return float(np.square(S / S[0], dtype=np.float64).sum()) if S.any() else 0.0


def measured_rank_for_energy(S: NDArray[Any], share: float) -> int:
    """Give the smallest k that reaches a share, for descending floats."""
    return _reaching(shares(S), share) if S.any() else 0


def _reaching(found: Array, share: float) -> int:
    return int(np.searchsorted(found, share)) + 1 if share > 0 else 0


def _spectrum(S: VectorLike | Sequence[Any]) -> Vector:
    """Read singular values, and hold them to be some."""
    S = vector(S)
    if (S.array < 0).any() or (np.diff(S.array) > 0).any():
        raise MatrixError(
            f"({short(S)}) are not singular values, which descend and are not negative; "
            "give svd(A).S"
        )
    return S
