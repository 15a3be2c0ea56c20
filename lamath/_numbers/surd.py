"""Exact numbers: rational combinations of square roots, such as (5 + √5)/2.

They form a field in which every question has a bounded, exact answer: roots of
different squarefree integers are linearly independent over the rationals, so a
number is zero when it has no terms, and equal to another when the terms agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from math import gcd, isqrt, lcm
from typing import Any, Final

from lamath._numbers import sympy as sp

__all__ = ["ONE", "ZERO", "Surd", "TooLongError"]

MAX_TERMS: Final = 16
MAX_BITS: Final = 8192
_TRIAL: Final = 100_000
"""Radicands are divided by every prime up to here; see `_square_part`."""


class TooLongError(ArithmeticError):
    """An exact result that is longer than anyone would read; floats take over."""


class Surd:
    """A number Σ q·√d, with rational q and squarefree integers d ≥ 1.

    `terms` holds the pairs (d, q), d ascending, q ≠ 0.

    >>> Surd.root(Fraction(45))
    Surd('3*sqrt(5)')
    >>> (Surd(5) + Surd.root(Fraction(5))) / Surd(2)
    Surd('(5+sqrt(5))/2')
    """

    __slots__ = ("terms",)
    terms: tuple[tuple[int, Fraction], ...]

    def __init__(self, value: int | Fraction = 0) -> None:
        self.terms = ((1, Fraction(value)),) if value else ()

    @classmethod
    def _of(cls, terms: Mapping[int, Fraction]) -> Surd:
        kept = tuple(sorted((d, q) for d, q in terms.items() if q))
        if len(kept) > MAX_TERMS:
            raise TooLongError
        for _, q in kept:
            if q.numerator.bit_length() > MAX_BITS or q.denominator.bit_length() > MAX_BITS:
                raise TooLongError
        new = cls.__new__(cls)
        new.terms = kept
        return new

    @classmethod
    def root(cls, value: Fraction) -> Surd | None:
        """Give √value for a rational value ≥ 0, None where its factors stay unknown."""
        above = _square_part(value.numerator)
        below = _square_part(value.denominator)
        if above is None or below is None:
            return None
        (a, c), (b, d) = above, below
        return cls._of({c * d: Fraction(a, b * d)})

    @classmethod
    def from_sympy(cls, value: Any) -> Surd:
        """Read a sympy number built from rationals, +, −, ×, ÷ and square roots.

        Raises
        ------
        InexactError
            If the number is built from anything else.
        """
        from lamath.errors import InexactError

        if value.is_Rational:
            return cls(Fraction(int(value.p), int(value.q)))
        parts = [cls.from_sympy(part) for part in value.args]
        if value.is_Add:
            return sum(parts, ZERO)
        if value.is_Mul:
            product = ONE
            for part in parts:
                product = product * part
            return product
        if value.is_Pow and value.exp.is_Rational and value.exp.q in (1, 2) and parts[0] != ZERO:
            found = parts[0] if value.exp.q == 1 else parts[0].sqrt()
            if found is not None and abs(value.exp.p) <= 64:
                power = ONE
                for _ in range(abs(int(value.exp.p))):
                    power = power * found
                return power if value.exp.p > 0 else ONE / power
        raise InexactError(f"{value} is not built from fractions and square roots; give a decimal")

    # Arithmetic

    def __add__(self, other: Surd) -> Surd:
        total = dict(self.terms)
        for d, q in other.terms:
            total[d] = total.get(d, Fraction(0)) + q
        return Surd._of(total)

    def __neg__(self) -> Surd:
        return Surd._of({d: -q for d, q in self.terms})

    def __sub__(self, other: Surd) -> Surd:
        return self + -other

    def __mul__(self, other: Surd) -> Surd:
        total: dict[int, Fraction] = {}
        for d, q in self.terms:
            for e, r in other.terms:
                g = gcd(d, e)
                key = (d // g) * (e // g)
                total[key] = total.get(key, Fraction(0)) + q * r * g
        return Surd._of(total)

    def __truediv__(self, other: Surd) -> Surd:
        above, below = self, other
        while not below.is_rational:
            conjugate = below._conjugate()
            above, below = above * conjugate, below * conjugate
        scale = 1 / below.rational  # ZeroDivisionError where it should be
        return Surd._of({d: q * scale for d, q in above.terms})

    def _conjugate(self) -> Surd:
        """Flip the sign of one root that occurs, so that the product with it loses that root."""
        root = self.terms[-1][0]
        for d, _ in self.terms:
            common = gcd(root, d)
            root = common if common > 1 else root
        return Surd._of({d: -q if d % root == 0 else q for d, q in self.terms})

    def sqrt(self) -> Surd | None:
        """Give the square root if it is such a number too, else None.

        √(a + b√c) is one exactly when a² − b²c is the square of a rational.
        """
        if self.sign() < 0:
            raise ValueError("a negative number has no real square root")
        if self.is_rational:
            return Surd.root(self.rational)
        if len(self.terms) != 2 or self.terms[0][0] != 1:
            return None
        (_, a), (c, b) = self.terms
        norm = a * a - b * b * c
        if norm < 0:
            return None
        p, q = isqrt(norm.numerator), isqrt(norm.denominator)
        if p * p != norm.numerator or q * q != norm.denominator:
            return None
        first, second = (Surd.root((a + k * Fraction(p, q)) / 2) for k in (1, -1))
        if first is None or second is None:
            return None
        return first + second if b > 0 else first - second

    def __abs__(self) -> Surd:
        return -self if self.sign() < 0 else self

    # Comparison

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __eq__(self, other: object) -> bool:
        return self.terms == other.terms if isinstance(other, Surd) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.terms)

    def sign(self) -> int:
        """Give −1, 0 or 1."""
        if self.is_rational:
            value = self.rational
            return (value > 0) - (value < 0)
        above, _ = self.near(8)
        return 1 if above > 0 else -1

    def __lt__(self, other: Surd) -> bool:
        return (self - other).sign() < 0

    # Forms

    @property
    def is_rational(self) -> bool:
        """Whether no root is left."""
        return not self.terms or (len(self.terms) == 1 and self.terms[0][0] == 1)

    @property
    def rational(self) -> Fraction:
        """The number as a fraction, if `is_rational`."""
        return self.terms[0][1] if self.terms else Fraction(0)

    @property
    def reading_order(self) -> tuple[tuple[int, Fraction], ...]:
        """The terms as people write them: positive ones first, then fractions, then large roots."""
        return tuple(sorted(self.terms, key=lambda t: (t[1] < 0, t[0] > 1, -t[1] * t[1] * t[0])))

    def over_common(self) -> tuple[int, tuple[tuple[int, int], ...]]:
        """Give (L, pairs) with integers n for which the number is (Σ n√d)/L, as it is read."""
        below = lcm(*(q.denominator for _, q in self.terms))
        return below, tuple(
            (d, q.numerator * (below // q.denominator)) for d, q in self.reading_order
        )

    def near(self, bits: int = 64) -> tuple[int, int]:
        """Give integers (n, m) with n/m within a relative 2^−bits of the number."""
        if self.is_rational:
            return self.rational.as_integer_ratio()
        below, pairs = self.over_common()
        shift = 64
        while True:
            total = sum((1 if n > 0 else -1) * isqrt((n * n * d) << (2 * shift)) for d, n in pairs)
            if abs(total) > len(pairs) << bits:
                return total, below << shift
            shift *= 2

    def __float__(self) -> float:
        if self.is_rational:
            return float(self.rational)
        above, below = self.near()
        return above / below

    def to_sympy(self) -> Any:
        """Give the number as sympy writes it."""
        return sp.Add(
            *(sp.Rational(q.numerator, q.denominator) * sp.sqrt(d) for d, q in self.terms)
        )

    def __str__(self) -> str:
        below, pairs = self.over_common()
        if not pairs:
            return "0"
        text = ""
        for d, n in pairs:
            size = "" if abs(n) == 1 and d > 1 else str(abs(n))
            root = f"sqrt({d})" if d > 1 else ""
            text += ("-" if n < 0 else "+" if text else "") + "*".join(filter(None, (size, root)))
        if below == 1:
            return text
        return f"({text})/{below}" if len(pairs) > 1 else f"{text}/{below}"

    def __repr__(self) -> str:
        return f"Surd({str(self)!r})"


@lru_cache(maxsize=1)
def _primes() -> tuple[int, ...]:
    """Give the primes below `_TRIAL`, by the sieve of Eratosthenes."""
    prime = bytearray([1]) * _TRIAL
    for n in range(2, isqrt(_TRIAL) + 1):
        if prime[n]:
            prime[n * n :: n] = bytes(len(range(n * n, _TRIAL, n)))
    return tuple(n for n in range(2, _TRIAL) if prime[n])


@lru_cache(maxsize=4096)
def _square_part(n: int) -> tuple[int, int] | None:
    """Give (s, f) with n = s²·f and f squarefree, None if n is too large to tell.

    Once every prime below B is divided out, what is left is squarefree if it is
    no square and less than B³: it has at most two prime factors.
    """
    square, free = 1, 1
    for p in _primes():
        if p * p > n:
            break
        while n % (p * p) == 0:
            n //= p * p
            square *= p
        if n % p == 0:
            n //= p
            free *= p
    root = isqrt(n)
    if root * root == n:
        return square * root, free
    if n < _TRIAL**3:
        return square, free * n
    return None


ZERO: Final = Surd(0)
ONE: Final = Surd(1)
