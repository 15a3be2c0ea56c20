"""Rank, and the subspaces of a matrix, decided exactly where it is exact."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lamath._eliminate import reduced, tolerance
from lamath._matrix import (
    EPS,
    Array,
    Matrix,
    MatrixLike,
    Row,
    Vector,
    VectorLike,
    matrix,
    scaled,
    vector,
)
from lamath._numbers.surd import ONE, ZERO, Surd
from lamath._orthogonal import MAX_EXACT_STEPS, joined, orthonormal
from lamath._plane import Plane
from lamath.errors import MatrixError, ShapeError

__all__ = [
    "Subspace",
    "column_space",
    "left_null_space",
    "measured_rank",
    "null_space",
    "nullity",
    "rank",
    "row_space",
    "tuple_text",
]


def measured_rank(A: Matrix, S: NDArray[Any]) -> int:
    """Count the singular values S of A above max(m, n)·ε·σ₁."""
    if A.shape == (2, 2):
        return Plane(A).rank  # by the same rule, without rounding
    return int((tolerance(A, S) < S).sum())


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


@dataclass(frozen=True, eq=False)
class Subspace:
    """All combinations of some independent vectors of ℝⁿ.

    U + W is the sum, all u + w; U & W the intersection. Between exact subspaces all
    questions are decided exactly; a measured one knows how far its directions may be
    off, and what is no further off counts as inside.

    >>> plane = null_space("1 2 3")
    >>> plane
    span{(-2, 1, 0), (-3, 0, 1)}
    >>> plane.contains("1 1 -1"), plane.project("1 2 3")
    (True, vector("0 0 0"))
    >>> plane & null_space("1 0 0")
    span{(0, -3, 2)}
    >>> (plane + column_space("1; 2; 3")).dim
    3
    """

    basis: Matrix
    """The vectors of a basis as columns (n × dim; n×0 for the origin alone)."""
    tolerance: float = field(default=0.0, kw_only=True)
    """The sine of the angle by which measured directions may be off; 0 if exact."""

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

    @property
    def is_exact(self) -> bool:
        """Whether the basis is known exactly."""
        return self.basis.is_exact

    @property
    def orthonormal(self) -> Matrix:
        """Perpendicular unit vectors that span the same, as columns (n × dim).

        They come from `basis` by Gram–Schmidt, exact where lengths are square roots.
        """
        return orthonormal(self.basis)

    def contains(self, v: VectorLike) -> bool:
        """Tell whether v lies in the subspace.

        Raises
        ------
        ShapeError
            If v has another number of entries than the vectors of the subspace.
        """
        v = self._vector(v)
        if self.is_exact and v.is_exact:
            return (self + Subspace(joined([v], self.ambient))).dim == self.dim
        size = float(np.abs(v.array).max())
        if size == 0.0:
            return True
        unit = v.array / size / np.linalg.norm(v.array / size)
        return bool(np.linalg.norm(self._away(unit)) <= self._small(self.tolerance, v.eps))

    def project(self, v: VectorLike) -> Vector:
        """Give the vector of the subspace that is nearest to v, exact if both are.

        Raises
        ------
        ShapeError
            If v has another number of entries than the vectors of the subspace.
        """
        v = self._vector(v)
        if self.is_exact and v.is_exact:
            if not self.dim:
                return v * 0
            found = self._exact_projection(v) if self.ambient <= MAX_EXACT_STEPS else None
            if found is not None:
                return found
        Q = self.orthonormal.array
        return Vector.measured(Q @ (Q.T @ v.array), max(v.eps, self.basis.eps))

    def _exact_projection(self, v: Vector) -> Vector | None:
        """Give B y with BᵀB y = Bᵀv, None if numbers outgrow us on the way."""
        B, _ = scaled(self.basis)
        with contextlib.suppress(MatrixError):  # no float holds what comes between
            square = B.T @ B
            columns = [*map(square.column, range(self.dim)), B.T @ v]
            form = reduced(joined(columns, self.dim))
            if form is not None:
                found: Vector = B @ Vector.of(row[-1] for row in form.rows)
                return found if found.is_exact else None
        return None

    def __add__(self, other: Subspace) -> Subspace:
        self._same_ambient(other)
        if self.is_exact and other.is_exact:
            both = Matrix.of(
                (a + b for a, b in zip(self.basis.exact_rows, other.basis.exact_rows, strict=True)),
                columns=self.dim + other.dim,
            )
            form = reduced(both)
            if form is not None:
                return Subspace(joined([both.column(j) for j in form.pivots], self.ambient))
        U, S, _, found, small = self._together(other)
        least = float(S[found - 1]) if found else 1.0
        return Subspace(self._measured(other, U[:, :found]), tolerance=small / least)

    def __and__(self, other: Subspace) -> Subspace:
        self._same_ambient(other)
        if self.is_exact and other.is_exact:
            pairs = zip(self.basis.exact_rows, other.basis.exact_rows, strict=True)
            both = Matrix.of((a + tuple(-x for x in b) for a, b in pairs), self.dim + other.dim)
            form = reduced(both)
            if form is not None:
                found = [
                    x[: self.dim] for x in _null_vectors(form.rows, form.pivots, both.shape[1])
                ]
                columns = list(zip(*self.basis.exact_rows, strict=True))
                return _span(
                    [
                        [
                            sum((c * v[i] for c, v in zip(x, columns, strict=True)), ZERO)
                            for i in range(self.ambient)
                        ]
                        for x in found
                    ],
                    self.ambient,
                )
        _, S, Vh, rank_, small = self._together(other)
        shared = self.orthonormal.array @ Vh[rank_:, : self.dim].T  # of length √½
        Q, _ = np.linalg.qr(shared)
        least = float(S[rank_ - 1]) if rank_ else 1.0
        return Subspace(self._measured(other, Q), tolerance=small / least)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Subspace):
            return NotImplemented
        if (self.ambient, self.dim) != (other.ambient, other.dim):
            return False
        return (self + other).dim == self.dim

    def __hash__(self) -> int:
        return hash((self.ambient, self.dim))

    def __repr__(self) -> str:
        if not self.dim:
            return f"the origin of ℝ{''.join('⁰¹²³⁴⁵⁶⁷⁸⁹'[int(c)] for c in str(self.ambient))}"
        return f"span{{{', '.join(map(tuple_text, self.vectors))}}}"

    def _vector(self, v: VectorLike) -> Vector:
        v = vector(v)
        if len(v) != self.ambient:
            raise ShapeError(
                f"{tuple_text(v)} has {len(v)} entries and lies in no subspace of "
                f"ℝ^{self.ambient}; give {self.ambient}"
            )
        return v

    def _same_ambient(self, other: Subspace) -> None:
        if self.ambient != other.ambient:
            raise ShapeError(
                f"subspaces of ℝ^{self.ambient} and ℝ^{other.ambient} have nothing to do with "
                "each other; take both from the same space"
            )

    def _away(self, v: Array) -> Array:
        Q = self.orthonormal.array
        rest: Array = v - Q @ (Q.T @ v)
        return rest - Q @ (Q.T @ rest)

    def _small(self, *tolerances: float) -> float:
        return max(self.ambient, 2) * 4 * max(EPS, self.basis.eps) + sum(tolerances)

    def _measured(self, other: Subspace, columns: Array) -> Matrix:
        return Matrix.measured(columns, max(self.basis.eps, other.basis.eps))

    def _together(self, other: Subspace) -> tuple[Array, Array, Array, int, float]:
        """Give the SVD of both orthonormal bases side by side, the rank, and what counts as 0."""
        U, S, Vh = _singular(np.hstack([self.orthonormal.array, other.orthonormal.array]))
        small = self._small(self.tolerance, other.tolerance)
        return U, S, Vh, int((small < S).sum()), small


def column_space(A: MatrixLike) -> Subspace:
    """Give the subspace of all A x: where outputs can land (in ℝᵐ for A m×n).

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
    U, S, _ = np.linalg.svd(A.array, full_matrices=False)
    found = measured_rank(A, S)
    return _measured_space(A, S, U[:, :found], found)


def row_space(A: MatrixLike) -> Subspace:
    """Give the span of the rows of A (in ℝⁿ for A m×n): all that A does not crush.

    The basis holds the rows of the reduced echelon form of an exact A that are not
    zero, in smallest integers, and an orthonormal basis for a measured one.

    >>> row_space("1 2; 2 4")
    span{(1, 2)}
    """
    A = matrix(A)
    form = reduced(A)
    if form is not None:
        return _span(form.rows[: len(form.pivots)], A.shape[1])
    _, S, Vh = np.linalg.svd(A.array, full_matrices=False)
    found = measured_rank(A, S)
    return _measured_space(A, S, Vh[:found].T, found)


def null_space(A: MatrixLike) -> Subspace:
    """Give the subspace of all x with A x = 0 (in ℝⁿ for A m×n): what is crushed to zero.

    The basis has one vector for each free column of an exact A, in smallest
    integers, and is orthonormal for a measured one.

    >>> null_space("1 2; 2 4")
    span{(-2, 1)}
    >>> null_space("2 1; 1 3")
    the origin of ℝ²
    """
    A = matrix(A)
    form = reduced(A)
    if form is not None:
        return _span(_null_vectors(form.rows, form.pivots, A.shape[1]), A.shape[1])
    _, S, Vh = _singular(A.array)
    found = measured_rank(A, S)
    return _measured_space(A, S, Vh[found:].T, found)


def left_null_space(A: MatrixLike) -> Subspace:
    """Give the subspace of all y with Aᵀy = 0 (in ℝᵐ for A m×n): what is perpendicular to C(A).

    The basis of an exact A is that of `null_space` for the transpose; for a measured one it
    is orthonormal.

    >>> left_null_space("1 2; 2 4")
    span{(-2, 1)}
    """
    A = matrix(A)
    if reduced(A) is not None:
        return null_space(A.T)
    # of A, not of its transpose: so it is perpendicular to C(A) to the last figure
    U, S, _ = np.linalg.svd(A.array, full_matrices=A.shape[0] > A.shape[1])
    found = measured_rank(A, S)
    return _measured_space(A, S, U[:, found:], found)


def _singular(array: Array) -> tuple[Array, Array, Array]:
    """Give U, S and all of Vᵀ, but of U only what is there anyway."""
    rows, columns = array.shape
    U, S, Vh = np.linalg.svd(array, full_matrices=columns > rows)
    return U, S, Vh


def _null_vectors(rows: Sequence[Row], pivots: Sequence[int], columns: int) -> list[list[Surd]]:
    """Give one null vector for each free column of a reduced form."""
    vectors = []
    for free in sorted(set(range(columns)) - set(pivots)):
        found = [ONE if j == free else ZERO for j in range(columns)]
        for row, pivot in zip(rows, pivots, strict=False):
            found[pivot] = -row[free]
        vectors.append(found)
    return vectors


def _measured_space(A: Matrix, S: NDArray[Any], columns: Array, found: int) -> Subspace:
    """Say how far singular vectors may be off: by the tolerance over the gap (Wedin)."""
    off = tolerance(A, S) / float(S[found - 1]) if found else 0.0
    return Subspace(Matrix.measured(columns, A.eps), tolerance=off)


def tuple_text(v: Vector) -> str:
    """Write a vector as it stands in a message: (3, 4)."""
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
