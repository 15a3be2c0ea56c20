"""The three motions that a matrix of the plane or of space is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from lamath._matrix import Array, Matrix, Scalar, Vector
from lamath._motion.paths import LinearPath, flatten, fold, power, reflect, rotation
from lamath._motion.turns import improper_turn, turn_of
from lamath._numbers.surd import ZERO
from lamath.errors import ShapeError

__all__ = ["SHAPES", "Stage", "diagonal_of", "stages"]

SHAPES: Final = ((2, 2), (3, 3), (2, 3), (3, 2))
"""What a picture can show: maps between the plane and space."""


@dataclass(frozen=True)
class Stage:
    """One of the three motions that a matrix of the plane or of space is made of."""

    name: str
    """``rotate_in``, ``stretch`` or ``rotate_out``."""
    symbol: str
    """The factor of A = U Σ Vᵀ that it plays: ``Vh``, ``Sigma`` or ``U``."""
    matrix: Matrix
    """What the motion ends at; the product of the three, the last first, is A."""
    path: LinearPath
    angle: float | None = None
    """The angle of its turn, in radians, signed in the plane; None for the stretch, for a fold
    and for a reflection that needs no turn."""
    factors: tuple[Scalar, ...] = ()
    """The singular values, for the stretch."""

    @property
    def axis(self) -> Array | None:
        """The unit vector that it turns about, in space; else None."""
        return self.path.axis

    @property
    def mirror(self) -> Array | None:
        """The line of its fold, or the normal of its reflection, as `LinearPath.mirror` is."""
        return self.path.mirror

    @property
    def folds(self) -> bool:
        """Whether the plane is turned over."""
        return self.path.folds

    @property
    def reflects(self) -> bool:
        """Whether space passes to its mirror image."""
        return self.path.reflects


def stages(U: Matrix, S: Vector, Vh: Matrix) -> tuple[Stage, Stage, Stage]:
    """Give the motions Vᵀ, Σ and U."""
    m, n = U.shape[0], Vh.shape[0]
    if (m, n) not in SHAPES:
        raise ShapeError(
            f"only maps between the plane and space have stages, not {m}×{n}; "
            "give two or three rows of two or three entries"
        )
    return (
        _orthogonal("rotate_in", "Vh", Vh),
        Stage("stretch", "Sigma", diagonal_of(S, (m, n)), _stretch(S.array, m, n), None, tuple(S)),
        _orthogonal("rotate_out", "U", U),
    )


def diagonal_of(S: Vector, shape: tuple[int, int]) -> Matrix:
    """Give the matrix of a shape with these numbers on its diagonal."""
    m, n = shape
    if not S.is_exact:
        array = np.zeros(shape)
        np.fill_diagonal(array, S.array)
        return Matrix.measured(array, S.eps)
    values = [x for (x,) in S.exact_rows]
    return Matrix.of(
        ([values[i] if i == j else ZERO for j in range(n)] for i in range(m)), columns=n
    )


def _orthogonal(name: str, symbol: str, Q: Matrix) -> Stage:
    path = _path_of(Q.array)
    return Stage(name, symbol, Q, path.ending(Q), path.angle)


def _path_of(Q: Array) -> LinearPath:
    """Turn; or fold the plane once; or turn space as little as possible and reflect it."""
    if np.linalg.det(Q) > 0.0:  # ±1: no question of size
        return rotation(*turn_of(Q))
    if len(Q) == 2:
        return fold(float(np.arctan2(Q[1, 0], Q[0, 0])) / 2)
    turn, normal = improper_turn(Q)
    over = reflect(normal)
    return rotation(*turn).then(over) if turn.angle else over


def _stretch(S: Array, m: int, n: int) -> LinearPath:
    """Flatten what σ = 0 or a lost axis flattens, stretch the other axes, set a plane in space."""
    k = int((S > 0.0).sum())
    kept = np.eye(m, n)
    kept[k:, k:] = 0.0
    end = np.zeros((m, n))
    np.fill_diagonal(end, S)
    scale = np.ones(m)
    scale[:k] = S[:k]
    if k == n:
        return power(np.diag(scale[:n])).ending(end)
    flat = flatten(kept)
    return flat if (scale == 1.0).all() else flat.then(power(np.diag(scale))).ending(end)
