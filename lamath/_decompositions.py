"""SVD and polar decomposition, with the motions that they are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lamath._charpoly import MAX_CLOSED
from lamath._eigen import diagonal, symmetric_spaces
from lamath._matrix import Matrix, MatrixLike, Scalar, Vector, matrix, scaled, short, size
from lamath._orthogonal import joined, signed
from lamath._paths import (
    LinearPath,
    flatten,
    fold,
    polar_path,
    rotation,
    straight,
    turn_matrix,
)
from lamath._plane import FLIP, Plane
from lamath._spaces import left_null_space, rank
from lamath._surd import ONE, ZERO, Surd, TooLongError
from lamath.errors import ShapeError

__all__ = ["Polar", "Stage", "Svd", "path", "polar", "svd"]


@dataclass(frozen=True)
class Stage:
    """One of the three motions that a 2×2 matrix is made of."""

    name: str
    """``rotate_in``, ``stretch`` or ``rotate_out``."""
    symbol: str
    """The factor of A = U Σ Vᵀ that it plays: ``Vh``, ``Sigma`` or ``U``."""
    matrix: Matrix
    """What the motion ends at; the product of the three, the last first, is A."""
    path: LinearPath
    angle: float | None = None
    """The signed angle of a rotation, in radians; None for the stretch."""
    factors: tuple[Scalar, ...] = ()
    """The singular values, for the stretch."""

    @property
    def folds(self) -> bool:
        """Whether the sheet is turned over."""
        return self.path.folds


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

    def stages(self) -> tuple[Stage, Stage, Stage]:
        """Give the motions Vᵀ, Σ, U of a 2×2 matrix: turn, stretch, turn.

        If det A < 0 the stretch ends with a fold along its first axis, and the last
        stage is the rotation that is left. If σ₂ = 0 the stretch flattens first.

        Raises
        ------
        ShapeError
            If the matrix was not 2×2.

        Examples
        --------
        >>> [stage.name for stage in svd("3 0; 4 5").stages()]
        ['rotate_in', 'stretch', 'rotate_out']
        >>> [str(stage.matrix) for stage in svd("0 2; 1 0").stages()]
        ['0 1; -1 0', '2 0; 0 -1', '1 0; 0 1']
        """
        if self.U.shape != (2, 2) or self.Vh.shape != (2, 2):
            raise ShapeError(
                f"only 2×2 matrices have stages, not {self.U.shape[0]}×{self.Vh.shape[0]}; "
                "give two rows of two entries"
            )
        folds = _turns_over(self.U)
        scale = _diagonal(self.S, -1 if folds else 1)
        out = self.U @ FLIP if folds else self.U
        return (
            _turning("rotate_in", "Vh", self.Vh),
            Stage("stretch", "Sigma", scale, self._stretch(folds), None, tuple(self.S)),
            _turning("rotate_out", "U", out),
        )

    def _stretch(self, folds: bool) -> LinearPath:
        first, second = self.S.array
        if first == 0.0:
            return flatten(np.zeros((2, 2)))
        if second == 0.0:
            onto = flatten(np.diag([1.0, 0.0]))
            return onto if first == 1.0 else onto.then(straight(np.diag([first, 1.0])))
        scale = straight(np.diag([first, second]))
        return scale.then(fold(0.0)) if folds else scale


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
    and U is not. For 2×2 matrices there is a choice left between (U, V) and
    (−U, −V): the one that turns less in total. Equal singular values leave V open:
    V = I.

    Of larger matrices, every pair of columns of U and V takes the signs that turn less.

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


def path(A: MatrixLike) -> LinearPath:
    """Give the motion that does to the plane, in one shot, what the 2×2 matrix A does.

    - det A > 0: it turns by the polar angle while it stretches; det M(t) > 0 all along.
    - det A < 0: it stretches by P, then folds the sheet over its mirror line, in space.
    - rank 1: it flattens along the null space, then stretches, then turns.
    - A = 0: it shrinks to the origin.

    What would not move is left out.

    Raises
    ------
    ShapeError
        If A is not 2×2.

    Examples
    --------
    >>> path("0 -2; 1 0")
    <LinearPath: polar>
    >>> path("1 2; 3 4")
    <LinearPath: stretch then fold>
    >>> path("1 2; 2 4")
    <LinearPath: flatten then stretch>
    """
    A = matrix(A)
    if A.shape != (2, 2):
        raise ShapeError(
            f"the plane moves by 2×2 matrices; {short(A)} is {size(A)}, "
            "give two rows of two entries"
        )
    plane = Plane(A)
    if plane.rank == 0:
        return flatten(A)
    if plane.rank == 1:
        return _crushing(plane).ending(A)
    P = plane.polar()[1].array
    stretches = not np.array_equal(P, np.eye(2))
    if plane.sign < 0:
        over = fold(plane.flip / 2)
        return (straight(P).then(over) if stretches else over).ending(A)
    if not plane.turn:
        return straight(A)
    return (polar_path(plane.turn, P) if stretches else rotation(plane.turn)).ending(A)


def _crushing(plane: Plane) -> LinearPath:
    """Flatten onto the line that is kept, stretch it, turn it to where it lands."""
    c, s = turn_matrix(-plane.theta)[:, 0]
    onto = np.array([[c * c, c * s], [c * s, s * s]])
    motion = flatten(onto)
    if plane.sigma1 != 1.0:
        # the line is all that is left: scaling it is stretching along it
        motion = motion.then(straight(np.diag([plane.sigma1, plane.sigma1])))
    return motion.then(rotation(plane.turn)) if plane.turn else motion


def _turns_over(Q: Matrix) -> bool:
    """Whether an orthogonal matrix has determinant −1, not 1."""
    return float(np.linalg.det(Q.array)) < 0.0


def _turning(name: str, symbol: str, R: Matrix) -> Stage:
    angle = math.atan2(R.array[1, 0], R.array[0, 0])
    return Stage(name, symbol, R, rotation(angle).ending(R.array), angle)


def _diagonal(S: Vector, sign: int) -> Matrix:
    first, second = S.array
    if not S.is_exact:
        return Matrix.measured(np.diag([first, sign * second]), S.eps)
    (a,), (b,) = S.exact_rows
    return Matrix.of([[a, ZERO], [ZERO, b if sign > 0 else -b]])


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
    free. Columns turn less the larger their entries on the diagonal are.
    """
    (m, n), k = (U.shape[0], V.shape[0]), min(U.shape[0], V.shape[0])
    across, along = np.diag(U.array), np.diag(V.array)
    pair = across[:k] + along[:k]
    out, into = np.ones(m), np.ones(n)
    out[:k] = into[:k] = np.where(pair < -1e-12, -1.0, 1.0)
    out[found:] = np.where(across[found:] < -1e-12, -1.0, 1.0)
    into[found:] = np.where(along[found:] < -1e-12, -1.0, 1.0)
    least = int(np.abs(pair[:found]).argmin()) if found else 0
    spare_out = found + int(np.abs(across[found:]).argmin()) if m > found else None
    spare_in = found + int(np.abs(along[found:]).argmin()) if n > found else None
    if np.linalg.det(V.array * into) < 0:  # ±1: no question of size
        if spare_in is not None:
            into[spare_in] *= -1
        else:
            into[least] *= -1
            out[least] *= -1
    if np.linalg.det(U.array * out) < 0:
        if spare_out is not None:
            out[spare_out] *= -1
        elif spare_in is not None:  # a pair, and a free column to make up for it
            out[least] *= -1
            into[least] *= -1
            into[spare_in] *= -1
    return Svd(signed(U, out.tolist()), S, signed(V, into.tolist()).T)
