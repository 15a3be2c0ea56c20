"""Systems A x = b: whether they have solutions, which, and what comes nearest if not."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from lamath._eliminate import reduced, reduced_rows, tolerance
from lamath._matrix import (
    Array,
    Matrix,
    MatrixLike,
    Scalar,
    Vector,
    VectorLike,
    matrix,
    scalar,
    scaled,
    short,
    size,
    vector,
)
from lamath._numbers.surd import ZERO, TooLongError
from lamath._orthogonal import MAX_EXACT_STEPS, dot, joined, length
from lamath._spaces import Subspace, null_space, rank
from lamath._square import inverse
from lamath.errors import MatrixError, ShapeError

__all__ = ["Solution", "pinv", "solve"]


class Solution(NamedTuple):
    """The solutions of A x = b, or what comes nearest to one."""

    kind: Literal["unique", "none", "infinite"]
    """How many solutions there are."""
    particular: Vector | None
    """A solution: the shortest one if there are infinitely many; None if there is none."""
    homogeneous: Subspace
    """The null space of A: what may be added to a solution."""
    least_squares: Vector
    """The shortest x that brings A x as near to b as it can be; a solution if there is one."""
    residual: Scalar
    """How far A x then is from b: ‖b − A x‖, 0 if there is a solution."""
    rank_A: int  # noqa: N815  (the field's name)
    """The rank of A."""
    rank_Ab: int  # noqa: N815
    """The rank of A with b beside it; equal to `rank_A` if there is a solution."""
    tolerance: float
    """Singular values of A up to here count as 0: max(m, n)·ε·σ₁, or 0 if A is exact."""


def pinv(A: MatrixLike) -> Matrix:
    """Give the pseudo-inverse A⁺ (n×m for A m×n) of Moore and Penrose.

    A⁺b is the shortest x with A x nearest to b. It is exact for an exact A: with C
    the pivot columns and F the reduced form, A = C F and A⁺ = Fᵀ(FFᵀ)⁻¹(CᵀC)⁻¹Cᵀ; it
    is measured beyond 12×12.
    For a measured A, singular values up to max(m, n)·ε·σ₁ count as 0.

    >>> pinv("1 2; 2 4")
    matrix("1/25 2/25; 2/25 4/25")
    """
    A = matrix(A)
    m, n = A.shape
    form = reduced(A) if max(m, n) <= MAX_EXACT_STEPS else None
    if form is not None:
        if not form.pivots:
            return Matrix.of([[ZERO] * m] * n)
        C, s = scaled(joined([A.column(j) for j in form.pivots], m))
        F = Matrix.of(form.rows[: len(form.pivots)])
        try:
            found = F.T @ inverse(F @ F.T) @ inverse(C.T @ C) @ C.T * (1 / s)
            if found.is_exact:
                return found
        except MatrixError:  # no float holds what comes between
            pass
    return Matrix.measured(_pinv(A), A.eps)


def _pinv(A: Matrix) -> Array:
    U, S, Vh = np.linalg.svd(A.array, full_matrices=False)
    r = rank(A)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        found: Array = (Vh[:r].T / S[:r]) @ U[:, :r].T
    return found


def solve(A: MatrixLike, b: VectorLike) -> Solution:
    """Solve A x = b (A m×n, b of m entries), whatever the number of solutions.

    There is a solution exactly when b lies in the column space, that is, when
    rank [A | b] = rank A; it is the only one exactly when the null space is trivial.

    For exact A and b everything is exact, the residual if it is a square root. For
    measured ones the rank of A has the tolerance max(m, n)·ε·σ₁, and b lies in the
    column space if ‖b − A x‖ ≤ max(m, n)·ε·(σ₁‖x‖ + ‖b‖).

    Raises
    ------
    ShapeError
        If b has not as many entries as A has rows.

    Examples
    --------
    >>> solve("2 1; 1 3", "3 4").particular
    vector("1 1")
    >>> found = solve("1 2; 2 4", "1 0")
    >>> found.kind, found.least_squares, found.residual
    ('none', vector("1/25 2/25"), 2*sqrt(5)/5)
    >>> found = solve("1 2; 2 4", "2 4")
    >>> found.kind, found.particular, found.homogeneous
    ('infinite', vector("2/5 4/5"), span{(-2, 1)})
    """
    A, b = matrix(A), vector(b)
    if A.shape[0] != len(b):
        raise ShapeError(
            f"A x = b needs as many entries in b as A has rows; {short(A)} is {size(A)} and "
            f"({short(b)}) has {len(b)}"
        )
    found = rank(A)
    decided = _exactly(A, b) if A.is_exact and b.is_exact else None
    if isinstance(decided, Solution):
        return decided
    S = np.linalg.svd(A.array, compute_uv=False)
    small = 0.0 if reduced(A) is not None else tolerance(A, S)
    x = _nearest(A, b, found)
    residual = length((b - A @ x).array)
    if decided is None:
        reach = float(S[0]) * length(x.array) + length(b.array)
        decided = found == A.shape[0] or residual <= max(A.shape) * max(A.eps, b.eps) * reach
    return _solution(A, x, 0.0 if decided else residual, found, solvable=decided, small=small)


def _exactly(A: Matrix, b: Vector) -> Solution | bool | None:
    """Solve exactly, or at least tell whether there is a solution, or give None."""
    rows = tuple((*row, x) for row, (x,) in zip(A.exact_rows, b.exact_rows, strict=True))
    n = A.shape[1]
    try:
        form = reduced_rows(rows, n)
    except TooLongError:
        return None
    found = len(form.pivots)
    solvable = not any(row[n] for row in form.rows[found:])
    try:
        if solvable and found == n:
            x = Vector.of(row[n] for row in form.rows[:n])
            return _solution(A, x, scalar(ZERO), found, solvable=True, small=0.0)
        x = pinv(A) @ b
        left = b - A @ x
    except OverflowError:
        return solvable
    if not (x.is_exact and left.is_exact):
        return solvable
    return _solution(A, x, _exact_length(left), found, solvable=solvable, small=0.0)


def _solution(
    A: Matrix, x: Vector, residual: Scalar, found: int, *, solvable: bool, small: float
) -> Solution:
    if not solvable:
        return Solution("none", None, null_space(A), x, residual, found, found + 1, small)
    kind: Literal["unique", "infinite"] = "unique" if found == A.shape[1] else "infinite"
    return Solution(kind, x, null_space(A), x, residual, found, found, small)


def _exact_length(v: Vector) -> Scalar:
    try:
        entries = [x for (x,) in v.exact_rows]
        root = dot(entries, entries).sqrt()
    except TooLongError:
        root = None
    return length(v.array) if root is None else scalar(root)


def _nearest(A: Matrix, b: Vector, found: int) -> Vector:
    """Give the shortest least-squares solution in floats, corrected once by its residual."""
    U, S, Vh = np.linalg.svd(A.array, full_matrices=False)
    U, S, Vh = U[:, :found], S[:found], Vh[:found]
    with np.errstate(over="ignore", invalid="ignore"):
        x = Vh.T @ ((U.T @ b.array) / S)
        x = x + Vh.T @ ((U.T @ (b.array - A.array @ x)) / S)
    return Vector.measured(x, max(A.eps, b.eps))
