"""A matrix of the plane, taken apart without cancellation."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple, TypeVar

import numpy as np

from lamath._matrix import Array, Matrix, Row, Vector
from lamath._motion.turns import turn_matrix
from lamath._numbers.surd import ONE, ZERO, Surd, TooLongError

__all__ = ["FLIP", "Plane"]

HALF = Surd(Fraction(1, 2))
FLIP = Matrix.of([[ONE, ZERO], [ZERO, -ONE]])
"""The mirror image in the first axis."""

T = TypeVar("T")


class Plane:
    """What a 2×2 matrix is, as two complex numbers: A z = w z + w′ z̄.

    w turns and scales, w′ turns over and scales. With a and a′ their angles,
    σ₁ = |w| + |w′| and σ₂ = ||w| − |w′||, and A = R(φ) diag(σ₁, ±σ₂) R(θ) where
    φ = (a + a′)/2, θ = (a − a′)/2 (Blinn 1996, "Consider the lowly 2×2 matrix").
    w, w′ and det A are formed exactly, also from floats, so that nothing cancels.
    """

    def __init__(self, A: Matrix) -> None:
        self.eps = A.eps
        self.exact = A.is_exact
        if A.is_exact:
            try:
                self._take_apart(A.exact_rows)
                return
            except TooLongError:
                self.exact = False
        self._take_apart([[Surd(Fraction(x)) for x in row] for row in A.array.tolist()])

    def _take_apart(self, rows: list[list[Surd]] | tuple[Row, ...]) -> None:
        (a, b), (c, d) = rows
        self.w = _Complex((a + d) * HALF, (c - b) * HALF)
        self.w_bar = _Complex((a - d) * HALF, (c + b) * HALF)
        self.det = a * d - b * c
        straight, over = abs(self.w), abs(self.w_bar)
        self.sigma1 = straight + over
        # |det|/σ₁, divided exactly: det may lie outside the range of floats
        self.sigma2 = float(abs(self.det) / Surd(Fraction(self.sigma1))) if self.sigma1 else 0.0
        self.sign = self.det.sign()
        small = 0.0 if self.exact else 2 * self.eps * self.sigma1
        if not self.exact and self.sigma2 <= small:
            self.sigma2, self.sign = 0.0, 0
        self.rank = (self.sigma1 > 0) + (self.sign != 0)
        self.repeated = self.rank != 1 and min(straight, over) <= small
        self.turn = self.w.angle if straight > small else 0.0
        """The angle of the polar rotation, in (−π, π]."""
        self.flip = self.w_bar.angle if over > small else 0.0
        """Twice the angle of the polar mirror line, if det A < 0."""
        self.sigma2 = self.sigma1 if self.repeated else min(self.sigma1, self.sigma2)
        self.phi, self.theta = self._angles()

    def _angles(self) -> tuple[float, float]:
        """Choose φ and θ with the smaller |φ| + |θ|; if equal, the smaller |θ|, then θ < 0.

        If det A < 0, φ is twice the angle of a mirror line, and only θ turns anything.
        """
        if self.repeated:
            return (0.0, self.turn, self.flip)[self.sign], 0.0
        phi, theta = (self.turn + self.flip) / 2, (self.turn - self.flip) / 2
        choices = [(_within(phi + k), _within(theta + k)) for k in (0.0, math.pi)]

        def order(choice: tuple[float, float]) -> tuple[float, float, float]:
            first, second = map(abs, choice)
            total = second if self.sign < 0 else first + second
            return round(total, 9), round(second, 9), choice[1]

        return min(choices, key=order)

    @property
    def values(self) -> Vector:
        """σ₁ and σ₂."""
        return self._exactly(self._values) or Vector.measured([self.sigma1, self.sigma2], self.eps)

    @property
    def turn_out(self) -> Matrix:
        """R(φ)."""
        return self._turn_by(self.phi, lambda: self._half_turned(self.phi, 1))

    @property
    def turn_in(self) -> Matrix:
        """R(θ)."""
        return self._turn_by(self.theta, lambda: self._half_turned(self.theta, -1))

    def polar(self) -> tuple[Matrix, Matrix]:
        """Give R and P."""
        if self.rank == 0:
            zero = Matrix.of([[ZERO, ZERO], [ZERO, ZERO]])
            return self._turn_by(
                0.0, lambda: _turn(ONE, ZERO)
            ), zero if self.exact else self.stretch
        if self.sign < 0:
            R = self._turn_by(self.flip, self.w_bar.turn) @ FLIP
            own, other, x_sign = self.w_bar, self.w, -1
        else:
            R = self._turn_by(self.turn, self.w.turn)
            own, other, x_sign = self.w, self.w_bar, 1

        def stretch() -> Matrix | None:
            """P z = |own| z + (the rest, turned back) z̄."""
            modulus = own.modulus()
            if modulus is None:
                return None
            x = (own.x * other.x + own.y * other.y) / modulus
            y = (own.x * other.y - own.y * other.x) / modulus * Surd(x_sign)
            return Matrix.of([[modulus + x, y], [y, modulus - x]])

        return R, self._exactly(stretch) or self.stretch

    @property
    def stretch(self) -> Matrix:
        """P = V Σ Vᵀ in floats, symmetric without rounding."""
        V = turn_matrix(-self.theta)
        P: Array = V @ np.diag([self.sigma1, self.sigma2]) @ V.T
        return Matrix.measured((P + P.T) / 2, self.eps)

    # Exact forms

    def _exactly(self, make: Callable[[], T | None]) -> T | None:
        """Give what is made, None where it has no exact form of a bearable length."""
        if not self.exact:
            return None
        try:
            return make()
        except TooLongError:
            return None

    def _turn_by(self, angle: float, make: Callable[[], Matrix | None]) -> Matrix:
        return self._exactly(make) or Matrix.measured(turn_matrix(angle), self.eps)

    def _values(self) -> Vector | None:
        straight, over = self.w.modulus(), self.w_bar.modulus()
        if straight is None or over is None:
            return None
        return Vector.of([straight + over, abs(straight - over)])

    def _half_turned(self, angle: float, side: int) -> Matrix | None:
        """Give R(φ) (side 1) or R(θ) (side −1).

        Its double angle is that of w·w′ or of w divided by w′; the half angle has the
        signs of the float.
        """
        if self.repeated:
            if side < 0 or self.rank == 0:
                return _turn(ONE, ZERO)
            return (self.w if self.sign > 0 else self.w_bar).turn()
        modulus = (self.w.squares * self.w_bar.squares).sqrt()
        if modulus is None:
            return None
        double = self.w.x * self.w_bar.x - self.w.y * self.w_bar.y * Surd(side)
        cosine = double / modulus
        c, s = ((ONE + cosine) * HALF).sqrt(), ((ONE - cosine) * HALF).sqrt()
        if c is None or s is None:
            return None
        return _turn(c if math.cos(angle) > 0 else -c, s if math.sin(angle) > 0 else -s)


class _Complex(NamedTuple):
    """An exact complex number x + iy."""

    x: Surd
    y: Surd

    @property
    def squares(self) -> Surd:
        return self.x * self.x + self.y * self.y

    @property
    def angle(self) -> float:
        """The angle in (−π, π]."""
        return math.atan2(float(self.y), float(self.x))

    def __abs__(self) -> float:
        return math.hypot(float(self.x), float(self.y))

    def modulus(self) -> Surd | None:
        return self.squares.sqrt()

    def turn(self) -> Matrix | None:
        """Give the rotation by its angle."""
        modulus = self.modulus()
        return None if modulus is None else _turn(self.x / modulus, self.y / modulus)


def _turn(c: Surd, s: Surd) -> Matrix:
    return Matrix.of([[c, -s], [s, c]])


def _within(angle: float) -> float:
    """Give the same direction as an angle in (−π, π]."""
    turned = math.remainder(angle, 2 * math.pi)
    return math.pi if turned <= -math.pi + 1e-15 else turned
