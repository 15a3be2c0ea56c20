"""SVD and polar decomposition, with the motions that they are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from lamath._matrix import Array, Matrix, MatrixLike, Scalar, Vector, matrix, short, size
from lamath._paths import (
    LinearPath,
    flatten,
    fold,
    polar_path,
    rotation,
    straight,
    turn_matrix,
)
from lamath._spaces import rank
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
    def V(self) -> Matrix:  # noqa: N802  (the field's name)
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
        out = self.U @ Matrix.of([[ONE, ZERO], [ZERO, -ONE]]) if folds else self.U
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

    For an exact 2×2 matrix, each of U, S, Vh is exact if its entries are fractions
    and square roots; what is not, and everything larger, is measured.

    Examples
    --------
    >>> U, S, Vh = svd("3 0; 4 5")
    >>> S
    vector("3*sqrt(5) sqrt(5)")
    >>> Vh
    matrix("sqrt(2)/2 sqrt(2)/2; -sqrt(2)/2 sqrt(2)/2")
    """
    A = matrix(A)
    if A.shape == (2, 2):
        return _Plane(A).svd()
    return _svd(A)


def polar(A: MatrixLike) -> Polar:
    """Give the polar decomposition A = R P of a square matrix.

    R is a rotation unless det A < 0. Both are exact for an exact 2×2 matrix of
    fractions.

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
        return _Plane(A).polar()
    U, S, Vh = _svd(A)
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
    return _Plane(A).path()


class _Plane:
    """What a 2×2 matrix is, as two complex numbers: A z = w z + w′ z̄.

    w = E + iH turns and scales, w′ = F + iG turns over and scales. With a₂ and a₁
    their angles, σ₁ = |w| + |w′|, σ₂ = ||w| − |w′||, A = R(φ) diag(σ₁, ±σ₂) R(θ),
    φ = (a₂ + a₁)/2, θ = (a₂ − a₁)/2 (Blinn 1996, "Consider the lowly 2×2 matrix").
    E, F, G, H and det A are formed exactly, also from floats, so nothing cancels.
    """

    def __init__(self, A: Matrix) -> None:
        self.A = A
        if A.is_exact:
            (a, b), (c, d) = A.exact_rows
        else:
            (a, b), (c, d) = [[Surd(Fraction(x)) for x in row] for row in A.array.tolist()]
        half = Surd(Fraction(1, 2))
        self.E, self.F = (a + d) * half, (a - d) * half
        self.G, self.H = (c + b) * half, (c - b) * half
        det = a * d - b * c
        self.Q2 = self.E * self.E + self.H * self.H  # |w|²
        self.R2 = self.F * self.F + self.G * self.G  # |w′|²
        w, w_bar = (_modulus(self.E, self.H), _modulus(self.F, self.G))
        self.sigma1 = w + w_bar
        self.sigma2 = _ratio(abs(det), self.sigma1) if self.sigma1 else 0.0
        self.sign = det.sign()
        if not A.is_exact and self.sigma2 <= 2 * A.eps * self.sigma1:
            self.sigma2, self.sign = 0.0, 0
        self.rank = (self.sigma1 > 0) + (self.sign != 0)
        # σ₁ = σ₂ when one of the two parts is absent
        small = 0.0 if A.is_exact else 2 * A.eps * self.sigma1
        self.turn = _angle(self.E, self.H) if w > small else 0.0
        self.flip = _angle(self.F, self.G) if w_bar > small else 0.0
        self.repeated = self.rank != 1 and min(w, w_bar) <= small

    def angles(self) -> tuple[float, float]:
        """Give φ and θ with the smaller |φ| + |θ|; if equal, the smaller |θ|, then θ < 0."""
        if self.repeated:
            return (self.turn if self.sign > 0 else self.flip if self.sign < 0 else 0.0), 0.0
        phi, theta = (self.turn + self.flip) / 2, (self.turn - self.flip) / 2
        choices = [(_within(phi + k), _within(theta + k)) for k in (0.0, math.pi)]

        def order(choice: tuple[float, float]) -> tuple[float, float, float]:
            total, second = abs(choice[0]) + abs(choice[1]), abs(choice[1])
            return round(total, 9), round(second, 9), choice[1]

        return min(choices, key=order)

    def svd(self) -> Svd:
        phi, theta = self.angles()
        S = self._exact_values() or Vector.measured([self.sigma1, self.sigma2], self.A.eps)
        U = self._exact_turn(phi, 1) or Matrix.measured(turn_matrix(phi), self.A.eps)
        Vh = self._exact_turn(theta, -1) or Matrix.measured(turn_matrix(theta), self.A.eps)
        if self.sign < 0:
            U = U @ Matrix.of([[ONE, ZERO], [ZERO, -ONE]])
        return Svd(U, S, Vh)

    def _exact_values(self) -> Vector | None:
        """Give |w| + |w′| and ||w| − |w′|| exactly, if both moduli are exact."""
        if not self.A.is_exact:
            return None
        try:
            w, w_bar = self.Q2.sqrt(), self.R2.sqrt()
            if w is None or w_bar is None:
                return None
            return Vector.of([w + w_bar, abs(w - w_bar)])
        except TooLongError:
            return None

    def _exact_turn(self, angle: float, side: int) -> Matrix | None:
        """Give R(φ) (side 1) or R(θ) (side −1) exactly, where its entries are surds.

        The double angle is that of w·w′ or of w·w̄′; the single one is its half, with
        the signs of the float.
        """
        if not self.A.is_exact:
            return None
        c, s = math.cos(angle), math.sin(angle)
        try:
            if self.repeated:
                part = (self.E, self.H, self.Q2) if self.sign > 0 else (self.F, self.G, self.R2)
                if side < 0 or self.rank == 0:
                    return _turn(ONE, ZERO)
                modulus = part[2].sqrt()
                return None if modulus is None else _turn(part[0] / modulus, part[1] / modulus)
            F, G = self.F, self.G * Surd(side)
            modulus = (self.Q2 * self.R2).sqrt()
            if modulus is None:
                return None
            cosine = (self.E * F - self.H * G) / modulus
            half = Surd(Fraction(1, 2))
            above, below = ((ONE + cosine) * half).sqrt(), ((ONE - cosine) * half).sqrt()
            if above is None or below is None:
                return None
            return _turn(above if c > 0 else -above, below if s > 0 else -below)
        except TooLongError:
            return None

    def polar(self) -> Polar:
        A = self.A
        if self.rank == 0:
            return Polar(Matrix.of([[ONE, ZERO], [ZERO, ONE]]), A)
        if A.is_exact:
            over = self.sign < 0
            x, y, squares = (self.F, self.G, self.R2) if over else (self.E, self.H, self.Q2)
            try:
                modulus = squares.sqrt()
                if modulus is not None:
                    c, s = x / modulus, y / modulus
                    R = Matrix.of([[c, s], [s, -c]]) if over else _turn(c, s)
                    P = R.T @ A
                    if P.is_exact:
                        return Polar(R, P)
            except (TooLongError, OverflowError):
                pass
        turned = turn_matrix(self.flip if self.sign < 0 else self.turn)
        if self.sign < 0:
            turned = turned @ np.diag([1.0, -1.0])
        return Polar(Matrix.measured(turned, A.eps), Matrix.measured(self._stretching(), A.eps))

    def _stretching(self) -> Array:
        """Give P = V Σ Vᵀ in floats, symmetric without rounding."""
        _, theta = self.angles()
        V = turn_matrix(-theta)
        P = V @ np.diag([self.sigma1, self.sigma2]) @ V.T
        return np.array((P + P.T) / 2)

    def path(self) -> LinearPath:
        end = self.A.array
        if self.rank == 0:
            return flatten(end)
        if self.rank == 1:
            return self._flattening().ending(end)
        P = self.polar().P.array
        stretches = not np.array_equal(P, np.eye(2))
        if self.sign > 0:
            if not self.turn:
                return straight(end)
            return (polar_path(self.turn, P) if stretches else rotation(self.turn)).ending(end)
        over = fold(self.flip / 2)
        return (straight(P).then(over) if stretches else over).ending(end)

    def _flattening(self) -> LinearPath:
        _, theta = self.angles()
        c, s = turn_matrix(-theta)[:, 0]
        onto = np.array([[c * c, c * s], [c * s, s * s]])
        whole = flatten(onto)
        if self.sigma1 != 1.0:
            whole = whole.then(straight(np.eye(2) + (self.sigma1 - 1.0) * onto))
        return whole.then(rotation(self.turn)) if self.turn else whole


def _modulus(x: Surd, y: Surd) -> float:
    return math.hypot(float(x), float(y))


def _angle(x: Surd, y: Surd) -> float:
    """Give the angle of (x, y) in (−π, π]."""
    return math.atan2(float(y) + 0.0, float(x) + 0.0)


def _ratio(value: Surd, below: float) -> float:
    """Give value / below, also where the value alone would overflow."""
    return float(value / Surd(Fraction(below)))


def _within(angle: float) -> float:
    """Give the same direction as an angle in (−π, π]."""
    turned = math.remainder(angle, 2 * math.pi)
    return math.pi if turned <= -math.pi + 1e-15 else turned


def _turn(c: Surd, s: Surd) -> Matrix:
    return Matrix.of([[c, -s], [s, c]])


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
    """Decompose a matrix of any shape in floats, and choose the signs."""
    m, n = A.shape
    U, S, Vh = np.linalg.svd(A.array)
    found = rank(A)
    S[found:] = 0.0
    if np.linalg.det(Vh) < 0:  # ±1: no question of size
        # the last row is free if it belongs to no σ, else its partner in U goes with it
        Vh[-1] *= -1
        if found == n:
            U[:, n - 1] *= -1
    if np.linalg.det(U) < 0:
        if m > found:
            U[:, -1] *= -1
        elif n > found:
            U[:, -1] *= -1
            Vh[[m - 1, -1]] *= -1  # with its partner, and a free row to make up for it
    return Svd(Matrix.measured(U, A.eps), Vector.measured(S, A.eps), Matrix.measured(Vh, A.eps))
