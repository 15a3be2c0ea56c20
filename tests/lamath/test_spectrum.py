from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import lamath as la
from lamath import _spectrum
from lamath._numbers import surd

S4 = "4 1; 1 4"
C = "1 2 3; 2 4 6; 3 6 9"
SHEAR = "3 0; 4 5"

spectra = st.lists(st.floats(0, 1e6), min_size=1, max_size=12).map(
    lambda values: np.array(sorted(values, reverse=True))
)
whole_spectra = st.lists(st.integers(0, 50), min_size=1, max_size=6).map(
    lambda values: sorted(values, reverse=True)
)
rectangles = st.tuples(st.integers(1, 7), st.integers(1, 7)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.floats(-10, 10, width=16))
)


# --- Storage ----------------------------------------------------------------------------------


def test_the_lesson_s_storage():
    counted = la.storage(4096, 4096, 8)
    assert counted.stored == 65_544
    assert f"{float(counted.share):.2%}" == "0.39%"
    assert counted.break_even == Fraction(4096 * 4096, 8193)
    assert counted.saves


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_numbers_are_saved_below_the_break_even_and_not_from_it_on(m, n, data):
    k = data.draw(st.integers(0, min(m, n)))
    counted = la.storage(m, n, k)
    assert counted.stored == k * (m + n) + k
    assert counted.saves == (k < counted.break_even) == (counted.share < 1)


@pytest.mark.parametrize(("m", "n", "k"), [(2, 3, 3), (2, 3, -1), (0, 3, 0), (3, 0, 0)])
def test_storage_of_what_does_not_exist(m, n, k):
    with pytest.raises(la.ShapeError, match="choose k from 0 to"):
        la.storage(m, n, k)


# --- Low rank ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("matrix", "k", "approximation", "frobenius", "spectral"),
    [
        (S4, 0, "0 0; 0 0", sympy.sqrt(34), 5),
        (S4, 1, "5/2 5/2; 5/2 5/2", 3, 3),
        (S4, 2, S4, 0, 0),
        (SHEAR, 1, "3/2 3/2; 9/2 9/2", sympy.sqrt(5), sympy.sqrt(5)),
        ("1 2; 2 4", 1, "1 2; 2 4", 0, 0),
        (C, 1, C, 0, 0),
        ("0 0; 0 0", 0, "0 0; 0 0", 0, 0),
        ("3 4", 0, "0 0", 5, 5),
    ],
)
def test_exact_approximations(matrix, k, approximation, frobenius, spectral):
    best = la.low_rank(matrix, k)
    if best.approximation.is_exact:
        assert best.approximation == la.matrix(approximation)
        assert (best.frobenius_error, best.spectral_error) == (frobenius, spectral)
    else:
        assert best.approximation.array == pytest.approx(la.matrix(approximation).array, abs=1e-14)
        assert best.frobenius_error == pytest.approx(float(frobenius))
        assert best.spectral_error == pytest.approx(float(spectral))
    assert best.k == k
    assert best.stored == best.storage.stored
    assert best.break_even == best.storage.break_even


def test_what_has_no_short_form_is_measured():
    best = la.low_rank("sqrt(2) sqrt(3); sqrt(5) sqrt(7)", 1)
    assert not best.approximation.is_exact
    assert isinstance(best.spectral_error, float)
    assert best.frobenius_error == pytest.approx(best.spectral_error)


@given(rectangles, st.data())
def test_eckart_young(A, data):
    k = data.draw(st.integers(0, min(A.shape)))
    best = la.low_rank(A, k)
    S = np.linalg.svd(A, compute_uv=False)
    missing = A - best.approximation.array
    scale = 1e-12 * max(1.0, S[0])
    assert np.linalg.matrix_rank(best.approximation.array) <= k
    assert float(best.spectral_error) == pytest.approx(np.linalg.norm(missing, 2), abs=scale)
    assert float(best.frobenius_error) == pytest.approx(np.linalg.norm(missing), abs=scale)
    # no other matrix of that rank is nearer
    rng = np.random.default_rng(0)
    other = rng.standard_normal((A.shape[0], k)) @ rng.standard_normal((k, A.shape[1]))
    assert np.linalg.norm(A - other, 2) >= float(best.spectral_error) - scale
    assert np.linalg.norm(A - other) >= float(best.frobenius_error) - scale


@given(st.from_type(la.Matrix))
def test_errors_fall_to_nothing(A):
    errors = [float(la.low_rank(A, k).frobenius_error) for k in range(3)]
    assert errors[0] >= errors[1] >= errors[2] == 0.0
    assert la.low_rank(A, 2).approximation == A


def test_errors_stay_within_the_range_of_floats():
    huge = np.diag([3e300, 2e300, 1e300])
    assert la.low_rank(huge, 1).frobenius_error == pytest.approx(5**0.5 * 1e300)
    tiny = np.diag([3e-300, 2e-300, 1e-300])
    assert la.low_rank(tiny, 1).frobenius_error == pytest.approx(5**0.5 * 1e-300)


@pytest.mark.parametrize("k", [-1, 3, 1.0, "1", None])
def test_ranks_that_do_not_fit(k):
    with pytest.raises(la.ShapeError):
        la.low_rank(S4, k)


# --- Energy -----------------------------------------------------------------------------------


def test_exact_shares():
    assert la.energy("5 3") == la.vector("25/34 1")
    assert la.energy(la.svd(SHEAR).S) == la.vector("9/10 1")
    assert la.energy("0 0") == la.vector("1 1")
    assert la.stable_rank("5 3") == sympy.Rational(34, 25)
    assert la.stable_rank("0 0") == 0
    assert la.stable_rank(la.svd("2 1; 1 3").S) == (9 - 3 * sympy.sqrt(5)) / 2


@pytest.mark.parametrize(
    ("S", "share", "k"),
    [
        ("5 3", 0.95, 2),
        ("5 3", Fraction(25, 34), 1),
        ("5 3", 0, 0),
        ("5 3", 1, 2),
        ("5 0", 1, 1),
        ("0 0", 0.95, 0),
        # 19 of 20 are 0.95 exactly, which the float nearest to it is not
        ([1] * 20, 0.95, 19),
        ([1.5] * 20, 0.5, 10),
        (np.array([3.0, 0.0]), 0.95, 1),
        (np.array([3.0, 1.0]), 1.0, 2),
        (np.array([3.0, 1.0]), 0, 0),
        (np.zeros(3), 0.5, 0),
    ],
)
def test_the_rank_for_a_share(S, share, k):
    assert la.rank_for_energy(S, share) == k


def test_the_weight_demo():
    S = la.svd(np.random.RandomState(42).randn(32, 64)).S
    assert la.rank_for_energy(S) == 25
    assert la.stable_rank(S) == pytest.approx(13.29, abs=5e-3)


@given(spectra, st.floats(0, 1))
def test_the_rank_for_a_share_is_the_smallest_that_reaches_it(S, share):
    shares = la.energy(S).array
    assert (np.diff(shares) >= 0).all()
    assert shares[-1] == 1.0
    k = la.rank_for_energy(S, share)
    if k and S.any():
        assert shares[k - 1] >= share
        assert k == 1 or shares[k - 2] < share


@given(spectra)
def test_the_stable_rank_lies_between_one_and_the_rank(S):
    found = la.stable_rank(S)
    nonzero = int((S > 0).sum())
    assert (1.0 if nonzero else 0.0) <= found <= nonzero * (1 + 1e-12)


@given(whole_spectra, st.fractions(0, 1))
def test_exact_and_measured_agree(S, share):
    assert la.energy(S).array == pytest.approx(la.energy(np.array(S, float)).array)
    assert float(la.stable_rank(S)) == pytest.approx(la.stable_rank(np.array(S, float)))
    assert abs(la.rank_for_energy(S, share) - la.rank_for_energy(np.array(S, float), share)) <= 1


def test_the_range_of_floats_is_not_left():
    for scale in (1e300, 1e-300):
        S = np.array([2.0, 1.0]) * scale
        assert la.energy(S).array == pytest.approx([0.8, 1.0])
        assert la.stable_rank(S) == pytest.approx(1.25)


def test_exact_results_too_long_to_keep_are_measured(monkeypatch):
    def too_long(*_):
        raise surd.TooLongError

    exact = la.low_rank(S4, 1)
    monkeypatch.setattr(_spectrum, "dot", too_long)
    best = la.low_rank(S4, 1)
    assert not best.approximation.is_exact
    assert best.approximation.array == pytest.approx(exact.approximation.array)
    assert isinstance(best.frobenius_error, float)
    assert best.frobenius_error == pytest.approx(3.0)


def test_exact_values_too_long_to_square_are_measured():
    roots = " ".join(f"sqrt({p})/{p}" for p in (2, 3, 5, 7, 11, 13, 17, 19))
    S = la.vector(f"{'+'.join(f'sqrt({p})' for p in (2, 3, 5, 7, 11, 13, 17, 19))} {roots}")
    assert not la.energy(S).is_exact
    assert isinstance(la.stable_rank(S), float)


@pytest.mark.parametrize("S", ["1 2", "2 -1", np.array([1.0, 2.0])])
def test_what_is_no_spectrum(S):
    for question in (la.energy, la.rank_for_energy, la.stable_rank):
        with pytest.raises(la.MatrixError, match="not singular values"):
            question(S)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan"), 95])
def test_what_is_no_share(share):
    with pytest.raises(la.MatrixError, match="no share"):
        la.rank_for_energy("5 3", share)
