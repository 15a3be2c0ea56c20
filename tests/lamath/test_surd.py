from __future__ import annotations

import math
from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from lamath._numbers.surd import MAX_TERMS, ONE, ZERO, Surd, TooLongError
from lamath.errors import InexactError

rationals = st.builds(Fraction, st.integers(-50, 50), st.integers(1, 20))
surds = st.lists(st.tuples(rationals, st.integers(1, 30)), max_size=2).map(
    lambda terms: sum((Surd(q) * Surd.root(Fraction(d)) for q, d in terms), ZERO)
)


@given(surds, surds, surds)
def test_it_is_a_field(x, y, z):
    assert (x + y) + z == x + (y + z)
    assert x * (y + z) == x * y + x * z
    assert x - x == ZERO
    if y:
        assert x / y * y == x


@given(surds, surds)
def test_sympy_agrees(x, y):
    assert Surd.from_sympy(x.to_sympy()) == x
    assert (x * y).to_sympy() == sympy.expand(x.to_sympy() * y.to_sympy())
    assert x.sign() == sympy.sign(x.to_sympy())
    assert float(x) == pytest.approx(float(x.to_sympy()), rel=1e-14)


@given(surds)
def test_roots_square_back(x):
    square = x * x
    root = square.sqrt()
    if x.is_rational or root is not None:
        assert root == abs(x)


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ("0", "0"),
        ("45", "3*sqrt(5)"),
        ("2/9", "sqrt(2)/3"),
        ("3/2", "sqrt(6)/2"),
        ("7+4*sqrt(3)", "2+sqrt(3)"),
        ("7-4*sqrt(3)", "2-sqrt(3)"),
        ("5-2*sqrt(6)", "sqrt(3)-sqrt(2)"),
        ("2+sqrt(3)", "(sqrt(2)+sqrt(6))/2"),
        ("1+sqrt(2)", None),
        ("sqrt(2)", None),
        ("sqrt(3)-1", None),
        ("sqrt(2)+sqrt(3)+10", None),
    ],
)
def test_roots_of_roots(inside, outside):
    root = Surd.from_sympy(sympy.sympify(inside)).sqrt()
    assert root == (None if outside is None else Surd.from_sympy(sympy.sympify(outside)))


def test_cancellation_loses_nothing():
    big = Surd.root(Fraction(10**10 + 19)) - Surd(100_000)
    assert float(big) == pytest.approx(19 / 2e5, rel=1e-9)
    almost = Surd.root(Fraction(2)) - Surd(Fraction(math.isqrt(2 * 10**200), 10**100))
    assert almost.sign() == 1
    assert 0 < float(almost) < 1e-99


def test_what_can_not_be_factored_has_no_root():
    assert str(Surd.root(Fraction(30_000_001 * 30_000_023))) == "sqrt(900000720000023)"
    p, q = 1_000_000_007, 998_244_353
    assert Surd.root(Fraction(p * q)) is None
    assert Surd.root(Fraction(p * p)) == Surd(p)
    assert Surd.root(Fraction(1, p * q)) is None
    assert (Surd(p * q) + Surd.root(Fraction(2))).sqrt() is None


def test_no_number_grows_without_end():
    with pytest.raises(TooLongError):
        number = ONE
        for prime in (2, 3, 5, 7, 11):
            number = number * (ONE + Surd.root(Fraction(prime)))
    assert MAX_TERMS == 16
    with pytest.raises(TooLongError):
        number = Surd(Fraction(1, 3))
        for _ in range(20):
            number = number * number


def test_a_negative_number_has_no_root():
    with pytest.raises(ValueError, match="negative"):
        Surd(-1).sqrt()


@pytest.mark.parametrize("value", [sympy.pi, sympy.cbrt(2), sympy.I, sympy.sqrt(1 + sympy.sqrt(2))])
def test_other_numbers_are_refused(value):
    with pytest.raises((InexactError, ValueError)):
        Surd.from_sympy(value)


def test_order_and_text():
    assert Surd(1) < Surd.root(Fraction(2)) < Surd(2)
    assert str(ZERO) == "0"
    two, thirteen = Surd.root(Fraction(2)), Surd.root(Fraction(13))
    assert [str(x) for x in (two + thirteen, two - thirteen, ONE - two + thirteen)] == [
        "sqrt(13)+sqrt(2)",
        "sqrt(2)-sqrt(13)",
        "1+sqrt(13)-sqrt(2)",
    ]
    assert repr((Surd.root(Fraction(5)) - ONE) / Surd(2)) == "Surd('(sqrt(5)-1)/2')"
    assert len({Surd(1), ONE, ZERO}) == 2
    assert Surd(1) != 1
