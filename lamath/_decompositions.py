"""SVD and polar decomposition."""

from __future__ import annotations

import math
from itertools import product
from typing import NamedTuple

import numpy as np

from lamath._charpoly import MAX_CLOSED
from lamath._eigen import diagonal, symmetric_spaces
from lamath._matrix import Array, Matrix, MatrixLike, Vector, matrix, scaled, short, size
from lamath._motion.stages import Stage, diagonal_of, stages
from lamath._motion.turns import improper_turn, turn_of
from lamath._numbers.surd import ONE, Surd, TooLongError
from lamath._orthogonal import joined, signed
from lamath._plane import FLIP, Plane
from lamath._spaces import left_null_space, rank
from lamath.errors import ShapeError

__all__ = ["Polar", "Svd", "polar", "svd"]


class Svd(NamedTuple):
    """A = U Σ Vᵀ, with the names of `numpy.linalg.svd`."""

    U: Matrix
    """Orthogonal (m×m); its columns are where the unit circle's axes land."""
    S: Vector
    """The singular values, descending."""
    Vh: Matrix
    """Orthogonal (n×n): Vᵀ."""

    @property
    def V(self) -> Matrix:
        """The transpose of Vh; its columns are the directions that stay perpendicular."""
        return self.Vh.T

    @property
    def Sigma(self) -> Matrix:
        """Σ: the singular values on the diagonal of a matrix of the shape of A (m×n)."""
        return diagonal_of(self.S, (self.U.shape[0], self.Vh.shape[0]))

    def stages(self) -> tuple[Stage, Stage, Stage]:
        """Give the motions Vᵀ, Σ, U of a 2×2, 3×3, 2×3 or 3×2 matrix: turn, stretch, turn.

        Σ never turns anything over: it stretches along the axes, flattening first where
        σ = 0 or where it drops an axis (2×3), and ends in space for a 3×2 matrix. If
        det A < 0, U is a reflection: of the plane, one fold about its mirror line; of
        space, the smallest turn that does it and a reflection through a plane.

        Raises
        ------
        ShapeError
            If the matrix was of another shape.

        Examples
        --------
        >>> [stage.name for stage in svd("3 0; 4 5").stages()]
        ['rotate_in', 'stretch', 'rotate_out']
        >>> [str(stage.matrix) for stage in svd("0 2; 1 0").stages()]
        ['0 1; -1 0', '2 0; 0 1', '1 0; 0 -1']
        >>> svd("0 2; 1 0").stages()[2].path
        <LinearPath: fold>
        """
        return stages(self.U, self.S, self.Vh)


class Polar(NamedTuple):
    """A = R P: a stretch along perpendicular axes, then a rotation or a reflection."""

    R: Matrix
    """Orthogonal; a rotation unless det A < 0."""
    P: Matrix
    """Symmetric, no eigenvalue negative."""

    @property
    def angle(self) -> float | None:
        """The signed angle of R in radians, if it is a rotation of the plane, else None."""
        if self.R.shape != (2, 2) or _turns_over(self.R):
            return None
        return math.atan2(self.R.array[1, 0], self.R.array[0, 0])

    @property
    def mirror(self) -> float | None:
        """The angle in radians of the mirror line, if R is a reflection of the plane, else None."""
        if self.R.shape != (2, 2) or not _turns_over(self.R):
            return None
        return math.atan2(self.R.array[1, 0], self.R.array[0, 0]) / 2


def svd(A: MatrixLike) -> Svd:
    """Give the singular value decomposition A = U Σ Vᵀ, σ₁ ≥ σ₂ ≥ … ≥ 0.

    U and V are rotations wherever they can be: whenever det A > 0, or a sign is free
    because a singular value is 0 or A is not square. If det A < 0, V is a rotation
    and U is not. Up to 3×3, signs that are left to choose are those that turn least in
    total, a reflection not counted; for larger matrices, every pair of columns of U and V
    takes the signs that turn less. Equal singular values leave V open: V = I for 2×2.

    For an exact matrix of at most 6×6, S is exact if its entries are fractions and
    square roots, and so are U and Vh; what is not, and everything larger, is measured.

    Examples
    --------
    >>> U, S, Vh = svd("3 0; 4 5")
    >>> S
    vector("3*sqrt(5) sqrt(5)")
    >>> Vh
    matrix("sqrt(2)/2 sqrt(2)/2; -sqrt(2)/2 sqrt(2)/2")
    >>> svd("1 2 3; 2 4 6; 3 6 9").S
    vector("14 0 0")
    """
    A = matrix(A)
    if A.shape == (2, 2):
        plane = Plane(A)
        U = plane.turn_out @ FLIP if plane.sign < 0 else plane.turn_out
        return Svd(U, plane.values, plane.turn_in)
    return _svd(A)


def polar(A: MatrixLike) -> Polar:
    """Give the polar decomposition A = R P of a square matrix.

    R is a rotation unless det A < 0. Both are exact for an exact 2×2 matrix of
    fractions, and for a larger one whose `svd` is exact.

    Raises
    ------
    ShapeError
        If A is not square.

    Examples
    --------
    >>> R, P = polar("0 -2; 1 0")
    >>> R, P
    (matrix("0 -1; 1 0"), matrix("1 0; 0 2"))
    """
    A = matrix(A)
    if A.shape[0] != A.shape[1]:
        raise ShapeError(
            f"only a square matrix has a polar decomposition; {short(A)} is {size(A)}, "
            "give as many rows as columns"
        )
    if A.shape == (2, 2):
        return Polar(*Plane(A).polar())
    U, S, Vh = _svd(A)
    if U.is_exact and S.is_exact and Vh.is_exact:
        return Polar(U @ Vh, Vh.T @ (diagonal(list(S), A.eps) @ Vh))
    P = Vh.array.T @ (S.array[:, None] * Vh.array)
    return Polar(Matrix.measured(U.array @ Vh.array, A.eps), Matrix.measured((P + P.T) / 2, A.eps))


def _turns_over(Q: Matrix) -> bool:
    """Whether an orthogonal matrix has determinant −1, not 1."""
    return float(np.linalg.det(Q.array)) < 0.0


def _svd(A: Matrix) -> Svd:
    """Decompose a matrix of any shape, exactly if it can be, and choose the signs."""
    found = rank(A)
    values: Vector | None = None
    if A.is_exact and max(A.shape) <= MAX_CLOSED:
        turned = A.shape[0] < A.shape[1]
        exact = _exact_svd(A.T if turned else A)
        if exact is not None:
            U, values, V = exact
            if U is not None and V is not None:
                return _oriented(V, values, U, found) if turned else _oriented(U, values, V, found)
    left, S, right = np.linalg.svd(A.array)
    S[found:] = 0.0
    return _oriented(
        Matrix.measured(left, A.eps),
        values or Vector.measured(S, A.eps),
        Matrix.measured(right.T, A.eps),
        found,
    )


def _exact_svd(A: Matrix) -> tuple[Matrix | None, Vector, Matrix | None] | None:
    """Give U, S, V of an exact matrix at least as tall as wide, from the eigenvectors of AᵀA.

    U and V are None where they have no closed form; None if S has none.
    """
    A, s = scaled(A)
    spaces = symmetric_spaces(A.T @ A)
    if spaces is None:
        return None
    try:
        roots = [value.sqrt() for value, _ in spaces]
        values: list[Surd] = []
        right: list[Vector] = []
        left: list[Vector] = []
        for root, (_, vectors) in zip(roots, spaces, strict=True):
            if root is None:
                return None
            values += [root] * len(vectors)
            right += vectors
            if root:
                left += [(A @ v) * (ONE / root) for v in vectors]
    except (TooLongError, OverflowError):
        return None
    S = Vector.of(values) * s
    left += left_null_space(A).orthonormal.columns
    V, U = joined(right, A.shape[1]), joined(left, A.shape[0])
    return (U, S, V) if V.is_exact and U.is_exact else (None, S, None)


def _oriented(U: Matrix, S: Vector, V: Matrix, found: int) -> Svd:
    """Choose the signs of U (m×m) and V (n×n): both rotations if possible, and little turn.

    The first `found` columns belong to a σ > 0 and change signs in pairs; the others are
    free.
    """
    if max(U.shape[0], V.shape[0]) <= 3:
        out, into = _smallest_turns(U.array, V.array, found)
    else:
        out, into = _facing(U.array, V.array, found)
    return Svd(signed(U, out.tolist()), S, signed(V, into.tolist()).T)


def _smallest_turns(U: Array, V: Array, found: int) -> tuple[Array, Array]:
    """Try all signs of at most 3 + 3 columns for the smallest sum of both angles, then of V's."""
    m, n = len(U), len(V)
    best: tuple[Array, Array] | None = None
    least = (math.inf, 0.0, 0.0)
    for signs in product((1.0, -1.0), repeat=m + n - found):
        out = np.array(signs[:m])
        into = np.array([*signs[:found], *signs[m:]])
        if np.linalg.det(V * into) < 0:  # ±1: no question of size
            continue
        over = float(np.linalg.det(U * out) < 0)
        first, second = _angle(U * out), _angle(V * into)
        order = (over, round(first + second, 9), round(second, 9))
        if order < least or best is None:
            best, least = (out, into), order
    assert best is not None  # noqa: S101  (of a pair of signs one makes V a rotation)
    return best


def _angle(Q: Array) -> float:
    """Give how far an orthogonal matrix (at most 3×3) turns, beside what it reflects."""
    if np.linalg.det(Q) < 0:
        return improper_turn(Q).turn.angle if len(Q) == 3 else 0.0
    return abs(turn_of(Q).angle) if len(Q) > 1 else 0.0


def _facing(U: Array, V: Array, found: int) -> tuple[Array, Array]:
    """Turn the pairs of columns towards the axes, which is where their diagonals are large."""
    (m, n), k = (len(U), len(V)), min(len(U), len(V))
    across, along = np.diag(U), np.diag(V)
    pair = across[:k] + along[:k]
    out, into = np.ones(m), np.ones(n)
    out[:k] = into[:k] = np.where(pair < -1e-12, -1.0, 1.0)
    out[found:] = np.where(across[found:] < -1e-12, -1.0, 1.0)
    into[found:] = np.where(along[found:] < -1e-12, -1.0, 1.0)
    least = int(np.abs(pair[:found]).argmin()) if found else 0
    spare_out = found + int(np.abs(across[found:]).argmin()) if m > found else None
    spare_in = found + int(np.abs(along[found:]).argmin()) if n > found else None
    if np.linalg.det(V * into) < 0:
        if spare_in is not None:
            into[spare_in] *= -1
        else:
            into[least] *= -1
            out[least] *= -1
    if np.linalg.det(U * out) < 0:
        if spare_out is not None:
            out[spare_out] *= -1
        elif spare_in is not None:  # a pair, and a free column to make up for it
            out[least] *= -1
            into[least] *= -1
            into[spare_in] *= -1
    return out, into
