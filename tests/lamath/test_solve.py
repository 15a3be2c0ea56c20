from __future__ import annotations

import numpy as np
import pytest
import scipy.linalg
import sympy
from hypothesis import given
from hypothesis import strategies as st

import lamath as la
from lamath import _solve

entries = st.integers(-3, 3)
systems = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: st.tuples(
        st.lists(
            st.lists(entries, min_size=shape[1], max_size=shape[1]),
            min_size=shape[0],
            max_size=shape[0],
        ),
        st.lists(entries, min_size=shape[0], max_size=shape[0]),
        st.lists(entries, min_size=shape[1], max_size=shape[1]),
        st.booleans(),
    )
)


def check(A: la.Matrix, b: la.Vector, found: la.Solution) -> None:
    """Hold a solution to its own kind."""
    atol = 0 if A.is_exact and b.is_exact else 1e-10
    x = found.least_squares
    gap = (b - A @ x).array
    assert found.kind == (
        "none"
        if found.rank_A < found.rank_Ab
        else "unique"
        if found.rank_A == A.shape[1]
        else "infinite"
    )
    assert np.allclose((A.T @ (b - A @ x)).array, 0, atol=atol)
    assert found.homogeneous == la.null_space(A)
    assert all(abs(float(v @ x)) <= atol for v in found.homogeneous.vectors)  # the shortest
    assert float(found.residual) == pytest.approx(np.linalg.norm(gap), abs=1e-10)
    if found.kind == "none":
        assert found.particular is None
        assert found.residual > 0
    else:
        assert found.particular == x
        assert found.residual == 0
        assert np.allclose(gap, 0, atol=atol)
    for v in found.homogeneous.vectors:
        assert np.allclose((A @ (x + v)).array, (A @ x).array, atol=atol)


@given(systems)
def test_a_solution_satisfies_its_own_kind(system):
    rows, given_b, x, consistent = system
    A = la.matrix(rows)
    b = A @ la.vector(x) if consistent else la.vector(given_b)
    truth = sympy.Matrix(rows).row_join(sympy.Matrix(b.exact)).rank()
    nearest = scipy.linalg.lstsq(A.array, b.array)[0]
    for found in (la.solve(A, b), la.solve(A.array, b.array)):
        assert found.rank_A == sympy.Matrix(rows).rank()
        assert found.rank_Ab == truth
        assert np.allclose(found.least_squares.array, nearest, atol=1e-9)
    check(A, b, la.solve(A, b))
    assert la.solve(A, b).tolerance == 0
    assert la.solve(A, b).least_squares.is_exact
    measured = la.matrix(A.array), la.vector(b.array)
    check(*measured, la.solve(*measured))
    assert la.solve(*measured).tolerance == pytest.approx(
        max(A.shape) * np.finfo(float).eps * np.linalg.norm(A.array, 2)
    )


@given(systems)
def test_the_conditions_of_penrose(system):
    rows, *_ = system
    A = la.matrix(rows)
    P = la.pinv(A)
    assert A @ P @ A == A
    assert P @ A @ P == P
    assert (A @ P).T == A @ P
    assert (P @ A).T == P @ A
    assert sympy.Matrix(P.exact) == sympy.Matrix(rows).pinv()
    assert np.allclose(la.pinv(A.array).array, P.array, atol=1e-10)


@pytest.mark.parametrize(
    ("A", "b", "kind", "x", "residual"),
    [
        ("2 1; 1 3", "3 4", "unique", "1 1", 0),
        ("1 2; 2 4", "1 0", "none", "1/25 2/25", 2 / sympy.sqrt(5)),
        ("1 2; 2 4", "2 4", "infinite", "2/5 4/5", 0),
        ("2 1; 1 -1", "3 1", "unique", "4/3 1/3", 0),
        ("1 2; 1 2", "3 4", "none", "0.7 1.4", 1 / sympy.sqrt(2)),
        ("1 2; 2 4", "3 6", "infinite", "0.6 1.2", 0),
        ("0 0; 0 0", "0 0", "infinite", "0 0", 0),
        ("0 0; 0 0", "3 4", "none", "0 0", 5),
        ("√2 1; 1 √2", "√2 1", "unique", "1 0", 0),
        ("3 4", "5", "infinite", "3/5 4/5", 0),
        ("3; 4", "3 4", "unique", "1", 0),
        ("7", "2", "unique", "2/7", 0),
        (
            "1e200 2e200; 2e200 4e200",
            "1e200 0",
            "none",
            "1/25 2/25",
            sympy.Integer(10) ** 200 * 2 / sympy.sqrt(5),
        ),
        ("1e-200 2e-200; 2e-200 4e-200", "1e-200 2e-200", "infinite", "1/5 2/5", 0),
    ],
)
def test_systems_by_hand(A, b, kind, x, residual):
    found = la.solve(A, b)
    assert found.kind == kind
    assert found.least_squares == la.vector(x)
    assert found.residual == residual
    measured = la.solve(la.matrix(A).array, la.vector(b).array)
    assert measured.kind == kind
    assert np.allclose(measured.least_squares.array, la.vector(x).array, atol=1e-14)


def test_a_small_right_side_is_not_lost_beside_a_large_matrix():
    B = np.array([[1e8, 2e8], [2e8, 4e8]])
    assert la.solve(B, np.array([1e-6, 0])).kind == "none"
    assert la.solve(B, np.array([1e-6, 2e-6])).kind == "infinite"
    assert la.solve(B, np.array([0.0, 0.0])).kind == "infinite"


def test_larger_systems():
    rng = np.random.default_rng(1)
    A = la.matrix(rng.integers(-9, 9, (20, 20)))
    x = la.vector(rng.integers(-9, 9, 20))
    assert la.solve(A, A @ x).particular == x  # one solution is exact whatever the size
    wide = la.matrix(rng.integers(-9, 9, (13, 20)))
    found = la.solve(wide, wide @ x)
    assert found.kind == "infinite"
    assert not found.particular.is_exact
    assert np.allclose(wide.array @ found.particular.array, (wide @ x).array)
    tall = wide.T
    assert la.solve(tall, list(range(20))).kind == "none"
    assert not la.pinv(wide).is_exact


def test_what_outgrows_exactness_is_measured():
    A = la.matrix("√2+√3+√5+√7 √11+√13+√17+√19; √23+√29+√31+√37 √41+√43+√47+√53")
    found = la.solve(A, A.column(0))
    assert found.kind == "unique"
    assert found.least_squares.array == pytest.approx([1, 0], abs=1e-12)
    assert found.tolerance > 0
    assert not la.pinv(A).is_exact
    with pytest.raises(la.MatrixError, match="too large for floats"):
        la.solve("1e-250 0; 0 1", "1e200 1")


def test_a_residual_without_a_short_root_is_a_float():
    found = la.solve("1; 0", "0 1+√2")
    assert found.residual == 1 + sympy.sqrt(2)
    found = la.solve("1; 0; 0", "0 1 1+√2")
    assert isinstance(found.residual, float)
    assert found.residual == pytest.approx(np.hypot(1, 1 + np.sqrt(2)))


def test_refusals():
    with pytest.raises(la.ShapeError, match=r"\(1 2\) has 2"):
        la.solve("1 2 3; 4 5 6; 7 8 9", "1 2")


def test_an_overlong_residual_is_a_float(monkeypatch):
    def too_long(*_):
        raise _solve.TooLongError

    monkeypatch.setattr(_solve, "dot", too_long)
    assert la.solve("1 2; 2 4", "1 0").residual == pytest.approx(2 / np.sqrt(5))


def test_a_pseudo_inverse_whose_parts_no_float_holds_is_measured():
    graded = la.pinv("1e200 0; 0 1e-200")
    assert not graded.is_exact
    assert np.allclose(graded.array * [[1e200, 0], [0, 1e-200]], np.eye(2))
    wide = la.matrix(
        [[f"{7 * i + j}/{10**60 + 11 * i + j}" for j in range(1, 8)] for i in range(6)]
    )
    assert la.pinv(wide).shape == (7, 6)
