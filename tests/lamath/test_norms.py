from __future__ import annotations

import math

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import lamath as la
from lamath import _norms

SHAPES = hnp.array_shapes(min_dims=2, max_dims=2, max_side=4)


@given(hnp.arrays(int, SHAPES, elements=st.integers(-4, 4)), st.booleans())
def test_numpy_agrees(array, exact):
    A = la.matrix(array if exact else array.astype(float))
    S = np.linalg.svd(array, compute_uv=False)
    frobenius, spectral, nuclear = la.frobenius_norm(A), la.spectral_norm(A), la.nuclear_norm(A)
    assert float(frobenius) == pytest.approx(np.linalg.norm(array))
    assert float(spectral) == pytest.approx(S[0])
    assert float(nuclear) == pytest.approx(S.sum())
    assert float(frobenius) ** 2 == pytest.approx((la.svd(A).S.array ** 2).sum())
    assert float(frobenius) >= float(spectral) * (1 - 1e-15)
    if la.rank(A) <= 1:
        assert float(frobenius) == pytest.approx(float(spectral))
    if exact:
        assert frobenius**2 == la.trace(A.T @ A)
    full = la.rank(A) == min(A.shape)
    expected = S[0] / S[-1] if full else math.inf
    assert float(la.condition_number(A)) == pytest.approx(expected)


@given(
    hnp.arrays(float, 3, elements=st.floats(-1e3, 1e3)),
    hnp.arrays(float, 3, elements=st.floats(-1e3, 1e3)),
)
def test_cauchy_and_schwarz(u, v):
    assert abs(la.inner(u, v)) <= float(la.norm(u)) * float(la.norm(v)) * (1 + 1e-12) + 1e-300
    assert float(la.norm(u)) == pytest.approx(np.linalg.norm(u))


@pytest.mark.parametrize(
    ("A", "frobenius", "spectral"),
    [
        ("2 1; 1 3", sympy.sqrt(15), (5 + sympy.sqrt(5)) / 2),
        ("1 2; 2 4", 5, 5),
        ("4 1; 1 4", sympy.sqrt(34), 5),
        ("1 2 3; 2 4 6; 3 6 9", 14, 14),
        ("0 0; 0 0", 0, 0),
        ("-7", 7, 7),
    ],
)
def test_norms_by_hand(A, frobenius, spectral):
    assert la.frobenius_norm(A) == frobenius
    assert sympy.simplify(la.spectral_norm(A) - spectral) == 0


def test_lengths_by_hand():
    assert la.norm("3 4") == 5
    assert la.norm("1 1") == sympy.sqrt(2)
    assert la.norm("1 1+√2") == pytest.approx(math.hypot(1, 1 + math.sqrt(2)))
    assert la.inner("1 2", "3 4") == 11
    assert la.inner(np.array([1.0, 2.0]), "3 4") == 11.0
    assert la.nuclear_norm("3 0; 4 5") == 4 * sympy.sqrt(5)
    with pytest.raises(la.ShapeError, match="inner product"):
        la.inner("1 2", "1 2 3")


def test_condition_numbers_by_hand():
    assert la.condition_number("3 0; 4 5") == 3
    assert sympy.simplify(la.condition_number("2 1; 1 3") - (3 + sympy.sqrt(5)) / 2) == 0
    assert la.condition_number("1 2; 2 4") == math.inf
    assert la.condition_number("1 0 0; 0 2 0") == 2
    assert la.condition_number(0.1 * np.eye(64)) == 1.0


def test_nothing_overflows_on_the_way():
    assert la.norm(np.array([3e200, 4e200])) == pytest.approx(5e200)
    assert la.norm(np.array([3e-200, 4e-200])) == pytest.approx(5e-200)
    assert la.frobenius_norm(np.full((2, 2), 1e300)) == pytest.approx(2e300)
    assert la.frobenius_norm("1e200 0; 0 1e200") == sympy.sqrt(2) * sympy.Integer(10) ** 200


def test_what_outgrows_exactness_is_a_float(monkeypatch):
    A = la.matrix("√2+√3+√5+√7 √11+√13+√17+√19; √23+√29+√31+√37 √41+√43+√47+√53")
    assert la.frobenius_norm(A) == pytest.approx(np.linalg.norm(A.array))
    values = la.vector("√2+√3+√5+√7+√11+√13+√17+√19+√23 √29+√31+√37+√41+√43+√47+√53+√59+√61")
    monkeypatch.setattr(_norms, "svd", lambda _: la.Svd(A, values, A))
    assert la.nuclear_norm(A) == pytest.approx(values.array.sum())
    values = la.vector("√2+√3+√5+√7+√11 √13+√17+√19+√23+√29")
    assert la.condition_number(A) == pytest.approx(values.array[0] / values.array[1])
