"""The characteristic polynomial, and what of it has roots in closed form."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

from lamath._matrix import Row
from lamath._numbers import sympy as sp
from lamath._numbers.surd import ONE, ZERO, Surd, TooLongError
from lamath._orthogonal import dot

__all__ = ["MAX_CLOSED", "Factor", "at_matrix", "characteristic", "closed_factors", "roots_of"]

MAX_CLOSED: Final = 6
"""Larger matrices are measured: factors of degree 7 and more rarely have closed roots."""

HALF: Final = Surd(Fraction(1, 2))


class Factor(NamedTuple):
    """A factor of a polynomial: its roots if they have a closed form, else itself."""

    multiplicity: int
    """How often it divides the polynomial."""
    real: tuple[Surd, ...] = ()
    """Real roots, different from each other."""
    pair: tuple[Surd, Surd] | None = None
    """(x, y), y > 0, for two roots x ± iy."""
    open: tuple[Fraction, ...] = ()
    """An irreducible polynomial whose roots have no closed form here, highest power first."""


def characteristic(rows: Sequence[Row]) -> list[Surd]:
    """Give the coefficients of det(λI − A), highest power first (Faddeev and LeVerrier).

    Raises
    ------
    TooLongError
        If they outgrow what can be kept exactly.
    """
    n = len(rows)
    coefficients = [ONE]
    M = [[ZERO] * n for _ in range(n)]
    for k in range(1, n + 1):
        for i in range(n):
            M[i][i] = M[i][i] + coefficients[-1]
        columns = list(zip(*M, strict=True))
        M = [[dot(row, column) for column in columns] for row in rows]
        trace = sum((M[i][i] for i in range(n)), ZERO)
        coefficients.append(-trace / Surd(k))
    return coefficients


def closed_factors(rows: Sequence[Row]) -> list[Factor] | None:
    """Factor det(λI − A) of an exact square matrix; None if there is no way to tell.

    With rational coefficients every factor is found. With roots in them, the matrix
    has to be triangular, or all but two eigenvalues have to be 0.
    """
    n = len(rows)
    if n > MAX_CLOSED:
        return None
    if not any(rows[i][j] for i in range(n) for j in range(i)) or not any(
        rows[i][j] for j in range(n) for i in range(j)
    ):
        diagonal = [rows[i][i] for i in range(n)]
        return [Factor(diagonal.count(x), (x,)) for x in dict.fromkeys(diagonal)]
    try:
        polynomial = characteristic(rows)
        if all(c.is_rational for c in polynomial):
            return _rational_factors([c.rational for c in polynomial])
        return _few_factors(polynomial)
    except TooLongError:
        return None


def _rational_factors(polynomial: Sequence[Fraction]) -> list[Factor]:
    x = sp.Symbol("x")
    _, factors = sp.Poly([_rational(c) for c in polynomial], x, domain="QQ").factor_list()
    found = []
    for factor, multiplicity in factors:
        first, *rest = (Fraction(int(c.p), int(c.q)) for c in factor.all_coeffs())
        monic = [c / first for c in rest]
        if len(monic) == 1:
            found.append(Factor(multiplicity, (Surd(-monic[0]),)))
            continue
        closed = None
        if len(monic) == 2:
            closed = _quadratic(Surd(monic[0]), Surd(monic[1]), multiplicity)
        found.append(closed or Factor(multiplicity, open=(Fraction(1), *monic)))
    return found


def _few_factors(polynomial: Sequence[Surd]) -> list[Factor] | None:
    """Treat a polynomial with roots among its coefficients: λᵏ times a line or a parabola."""
    kept = list(polynomial)
    while not kept[-1]:
        kept.pop()
    zeros = len(polynomial) - len(kept)
    found = [Factor(zeros, (ZERO,))] if zeros else []
    if len(kept) == 2:
        return [*found, Factor(1, (-kept[1],))]
    if len(kept) != 3:
        return None
    last = _quadratic(kept[1], kept[2], 1)
    return None if last is None else [*found, last]


def _quadratic(b: Surd, c: Surd, multiplicity: int) -> Factor | None:
    """Give the roots of λ² + bλ + c; None if their root is not a short one."""
    middle = -b * HALF
    under = middle * middle - c
    if not under:
        return Factor(2 * multiplicity, (middle,))
    root = abs(under).sqrt()
    if root is None:
        return None
    if under.sign() > 0:
        return Factor(multiplicity, (middle + root, middle - root))
    return Factor(multiplicity, pair=(middle, root))


def _rational(value: Fraction) -> Any:
    return sp.Rational(value.numerator, value.denominator)


def roots_of(polynomial: Sequence[Fraction]) -> tuple[list[float], list[complex]] | None:
    """Give the roots of an irreducible polynomial in floats: the real ones, the others.

    How many are real is decided exactly (Sturm). None if the search does not converge.
    """
    p = sp.Poly([_rational(c) for c in polynomial], sp.Symbol("x"), domain="QQ")
    try:
        roots = [complex(z) for z in p.nroots(n=30, maxsteps=200)]
    except (sp.polys.polytools.NoConvergence, OverflowError):  # mpmath's, as sympy has it
        return None
    roots.sort(key=lambda z: abs(z.imag))
    real = int(p.count_roots())
    others = sorted(roots[real:], key=lambda z: (-z.real, -z.imag))
    return sorted((z.real for z in roots[:real]), reverse=True), others


def at_matrix(polynomial: Sequence[Fraction], rows: Sequence[Row]) -> list[list[Surd]]:
    """Give p(A) for an exact square matrix, by Horner's rule.

    Raises
    ------
    TooLongError
        If its entries outgrow what can be kept exactly.
    """
    n = len(rows)
    value = [[ZERO] * n for _ in range(n)]
    columns = list(zip(*rows, strict=True))
    for c in polynomial:
        value = [[dot(row, column) for column in columns] for row in value]
        for i in range(n):
            value[i][i] = value[i][i] + Surd(c)
    return value
