"""How large a vector or a matrix is, and how unevenly it stretches."""

from __future__ import annotations

import math

import numpy as np

from lamath._decompositions import svd
from lamath._matrix import Matrix, MatrixLike, Scalar, Vector, VectorLike, matrix, scalar, vector
from lamath._numbers.surd import ZERO, TooLongError
from lamath._orthogonal import dot, length

__all__ = [
    "condition_number",
    "frobenius_norm",
    "inner",
    "norm",
    "nuclear_norm",
    "spectral_norm",
]


def inner(u: VectorLike, v: VectorLike) -> Scalar:
    """Give the inner product ⟨u, v⟩ of two vectors of ℝⁿ: sympy's if both are exact, else a float.

    Raises
    ------
    ShapeError
        If they differ in length.

    Examples
    --------
    >>> inner("1 1", "-1 1")
    0
    """
    return vector(u) @ vector(v)


def norm(v: VectorLike) -> Scalar:
    """Give the Euclidean length of a vector of ℝⁿ, exact if it is built from square roots.

    >>> norm("3 4"), norm("1 2")
    (5, sqrt(5))
    """
    return _size(vector(v))


def frobenius_norm(A: MatrixLike) -> Scalar:
    """Give ‖A‖_F (A m×n), the root of the sum of all squared entries: ‖A‖_F² = tr AᵀA = Σσ².

    It is exact if it is built from square roots, else a float.

    >>> frobenius_norm("2 1; 1 3"), frobenius_norm("1 2; 2 4")
    (sqrt(15), 5)
    """
    return _size(matrix(A))


def _size(x: Matrix | Vector) -> Scalar:
    if x.is_exact:
        entries = [value for row in x.exact_rows for value in row]
        try:
            root = dot(entries, entries).sqrt()
        except TooLongError:
            root = None
        if root is not None:
            return scalar(root)
    return length(x.array.ravel())


def spectral_norm(A: MatrixLike) -> Scalar:
    """Give ‖A‖₂ = σ₁ (A m×n): how far A stretches at most; exact where `svd` is.

    >>> spectral_norm("2 1; 1 3"), spectral_norm("4 1; 1 4")
    (sqrt(5)/2 + 5/2, 5)
    """
    return svd(A).S[0]


def nuclear_norm(A: MatrixLike) -> Scalar:
    """Give the sum of the singular values of A (m×n); exact where `svd` is.

    >>> nuclear_norm("3 0; 4 5")
    4*sqrt(5)
    """
    S = svd(A).S
    if S.is_exact:
        try:
            return scalar(sum((x for (x,) in S.exact_rows), ZERO))
        except TooLongError:
            pass
    return math.fsum(S.array)


def condition_number(A: MatrixLike) -> Scalar:
    """Give κ = σ₁/σₖ (A m×n, k = min(m, n)): infinite unless the rank is full.

    Exact where `svd` is; `math.inf` where σₖ = 0, which for measured matrices is where
    it is at most max(m, n)·ε·σ₁.

    >>> condition_number("3 0; 4 5"), condition_number("2 1; 1 3"), condition_number("1 2; 2 4")
    (3, sqrt(5)/2 + 3/2, inf)
    """
    S = svd(A).S
    if not S.array[-1]:
        return math.inf
    if S.is_exact:
        try:
            return scalar(S.exact_rows[0][0] / S.exact_rows[-1][0])
        except TooLongError:
            pass
    with np.errstate(over="ignore"):
        return float(S.array[0] / S.array[-1])
