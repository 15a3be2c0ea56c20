"""The motion that does in one go what a matrix of the plane or of space does."""

from __future__ import annotations

import math
from contextlib import suppress
from typing import Final

import numpy as np

from lamath._decompositions import svd
from lamath._matrix import EPS, Array, Matrix, MatrixLike, matrix, short, size
from lamath._motion.paths import (
    LinearPath,
    flatten,
    fold,
    polar_path,
    reflect,
    rotation,
    shear,
    stretching,
    within,
)
from lamath._motion.stages import SHAPES
from lamath._motion.turns import STILL, Turn, improper_turn, taking, turn_matrix, turn_of
from lamath._plane import Plane
from lamath._spaces import rank
from lamath.errors import ShapeError

__all__ = ["path"]

STRAIGHT: Final = 0.35
"""How flat N(A) may lie along C(A), as the sine of the angle between them, for space to be
flattened along the one onto the other; closer to it points would run far out on the way."""


def path(A: MatrixLike, *, slides: bool = False) -> LinearPath:
    """Give the motion that does in one go what A does (2×2, 3×3, 2×3 or 3×2).

    - It turns by the angle of the polar decomposition A = R P while it stretches, R(tθ)Pᵗ,
      if it can: for det A > 0, and for a 3×2 matrix of rank 2, whose P acts in the plane
      and whose R turns that plane in space. The determinant is (det A)ᵗ.
    - If its rank is less than its columns, it flattens along N(A) straight onto C(A),
      obliquely, and does within C(A) what is left to do there: for rank 1 it stretches by
      tr A and nothing swings, for rank 2 it turns within the plane C(A) while it
      stretches. Where N(A) lies nearly along C(A), or C(A) would have to be turned over
      (rank 1: tr A < 0.35 σ₁), it flattens along N(A) onto the row space, stretches and
      then turns, by the smallest angle that there is. |det M(t)| never rises.
    - If det A < 0 in the plane, it stretches by P, then folds the sheet over its mirror
      line, in space: rank 2 all the way.
    - If det A < 0 in space, it turns, stretches, then reflects space through a plane:
      no path of space to a mirror image avoids lying flat for a moment.
    - 2×3 and 3×2 matrices map within space, the plane being its floor x, y.
    - The zero matrix shrinks straight to the origin. The identity has a path that stays.

    What would not move is left out. With `slides` a shear of the plane goes straight, so that
    what it leaves in place stays there on the way.

    Raises
    ------
    ShapeError
        If A is of another shape.

    Examples
    --------
    >>> path("0 -2; 1 0")
    <LinearPath: polar>
    >>> path("1 1; 0 1", slides=True)
    <LinearPath: shear>
    >>> path("1 2; 3 4")
    <LinearPath: stretch then fold>
    >>> path("1 2; 2 4")
    <LinearPath: flatten then stretch>
    >>> path("0 1 0; 0 0 1; 1 0 0").axis.round(3)
    array([-0.577, -0.577, -0.577])
    >>> [path("1 0 1; 0 1 1")(t).shape for t in (0, 0.5, 1)]
    [(3, 3), (3, 3), (2, 3)]
    """
    A = matrix(A)
    if A.shape not in SHAPES:
        raise ShapeError(
            f"the plane and space move by 2×2, 3×3, 2×3 and 3×2 matrices; {short(A)} is {size(A)}, "
            "give two or three rows of two or three entries"
        )
    if slides and A.shape == (2, 2):
        with suppress(ValueError):  # it is no shear
            return shear(A).ending(A)
    found = _in_the_plane(A) if A.shape == (2, 2) else _in_space(A)
    return found.ending(A)


def _in_the_plane(A: Matrix) -> LinearPath:
    plane = Plane(A)
    V, S = turn_matrix(-plane.theta), np.array([plane.sigma1, plane.sigma2])
    turn = Turn(plane.turn, None)
    if plane.rank < 2:
        r = plane.rank
        return _crushing(turn_matrix(plane.phi)[:, :r], S[:r], V[:, :r], turn)
    if plane.sign > 0:
        return _together(turn, V, S, STILL)
    over = fold(plane.flip / 2)
    return stretching(V, S).then(over) if _stretches(S) else over


def _in_space(A: Matrix) -> LinearPath:
    m, n = A.shape
    U, values, Vh = (part.array for part in svd(A))
    V, r = Vh.T, rank(A)
    if r < n:
        crushed = _crushing(_in(3, U[:, :r]), values[:r], _in(3, V[:, :r]))
        return within(crushed, n)
    # what rounding turns: R is known to about ε σ₁ over the sum of the two smallest σ
    still = STILL + 64 * EPS * values[0] / (values[-2] + values[-1])
    R = U @ (Vh if m == n else np.block([[Vh, np.zeros((2, 1))], [np.zeros((1, 2)), np.eye(1)]]))
    if np.linalg.det(R) > 0.0:  # ±1: no question of size
        return _together(turn_of(R), V, values, still)
    turn, normal = improper_turn(R)
    parts = [reflect(normal)]
    if _stretches(values):
        parts.insert(0, stretching(turn.matrix @ V, values))
    if turn.angle > still:
        parts.insert(0, rotation(*turn))
    return _joined(parts)


def _together(turn: Turn, V: Array, S: Array, still: float) -> LinearPath:
    """Give R(tθ)Pᵗ, P = V diag(S) Vᵀ, without what would not move."""
    if abs(turn.angle) <= still:
        return stretching(V, S)
    if _stretches(S) or len(V) < len(turn.matrix):
        return polar_path(turn, V, S)
    return rotation(*turn)


def _crushing(U: Array, S: Array, V: Array, turn: Turn | None = None) -> LinearPath:
    """Give the motion of rank r < d: U diag(S) Vᵀ, with U and V of r columns (d×r).

    `turn` is, in the plane, the one that takes V to U.
    """
    d, r = U.shape
    if r == 0:
        return flatten(np.zeros((d, d)))
    meet = V.T @ U
    if np.linalg.det(meet) > 0 and np.linalg.svd(meet, compute_uv=False)[-1] >= STRAIGHT:
        onto = flatten(U @ np.linalg.inv(meet) @ V.T)
        return onto.then(found) if (found := _inside(U, S[:, None] * meet)) else onto
    parts = [flatten(V @ V.T)]
    if _stretches(S):
        parts.append(_stretched(V, S))
    parts.append(rotation(*(turn or _taking(V, U))))
    return _joined(parts)


def _inside(U: Array, B: Array) -> LinearPath | None:
    """Give the motion of C(A), spanned by the columns of U (d×r), by B (r×r, det B > 0)."""
    if len(B) == 1:
        return _stretched(U, B[0]) if _stretches(B[0]) else None
    angle = math.atan2(B[1, 0] - B[0, 1], B[0, 0] + B[1, 1])
    P = turn_matrix(-angle) @ B
    factors, axes = np.linalg.eigh((P + P.T) / 2)
    normal = np.cross(U[:, 0], U[:, 1])
    turn = Turn(abs(angle), normal if angle > 0 else -normal)
    moves = _stretches(factors)
    if turn.angle <= 1e-9:
        return _stretched(U @ axes, factors) if moves else None
    if not moves:
        return rotation(*turn)
    return polar_path(turn, *_completed(U @ axes, factors))


def _stretched(axes: Array, factors: Array) -> LinearPath:
    """Stretch along fewer axes than there are, where nothing is left beside them."""
    return stretching(*_completed(axes, factors))


def _completed(axes: Array, factors: Array) -> tuple[Array, Array]:
    """Let the missing axes shrink like the others, so that rounding beside them does as well."""
    d, r = axes.shape
    if r == 1:
        return np.eye(d), np.full(d, factors[0])
    full = np.column_stack([axes, np.cross(axes[:, 0], axes[:, 1])])
    return full, np.append(factors, factors.min())


def _taking(V: Array, U: Array) -> Turn:
    """Give the smallest turn of space that takes the columns of V (1 or 2) to those of U."""
    if V.shape[1] == 2:
        before, after = (np.column_stack([X, np.cross(X[:, 0], X[:, 1])]) for X in (V, U))
        return turn_of(after @ before.T)
    return taking(V[:, 0], U[:, 0])


def _stretches(factors: Array) -> bool:
    return bool((np.abs(factors - 1.0) > STILL).any())


def _in(d: int, X: Array) -> Array:
    """Add zeros to columns: what is in the plane lies on the floor of space."""
    return np.vstack([X, np.zeros((d - len(X), X.shape[1]))])


def _joined(parts: list[LinearPath]) -> LinearPath:
    first, *rest = parts
    for part in rest:
        first = first.then(part)
    return first
