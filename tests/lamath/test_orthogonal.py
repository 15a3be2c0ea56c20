from __future__ import annotations

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import lamath as la

grids = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(-3, 3), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


def identity(n: int) -> la.Matrix:
    return la.matrix(np.eye(n, dtype=int))


@given(grids)
def test_each_step_of_gram_schmidt(rows):
    A = la.matrix(rows)
    found = la.gram_schmidt(A)
    assert found.Q.shape == (A.shape[0], la.rank(A))
    assert found.tolerance == 0
    if found.Q.shape[1]:
        assert identity(found.Q.shape[1]) == found.Q.T @ found.Q
        assert la.column_space(found.Q) == la.column_space(A)
    for k, step in enumerate(found.steps):
        before = [s.rest for s in found.steps[:k]]
        assert step.name == f"v_{k + 1}"
        assert step.vector == A.column(k)
        total = step.rest
        for shadow in step.shadows:
            q = found.steps[shadow.onto].unit
            assert shadow.length == q @ step.vector
            assert shadow.vector == (q @ step.vector) * q
            total = total + shadow.vector
        assert total == step.vector
        assert all(step.rest @ u == 0 for u in before)
        assert step.length == la.norm(step.rest)
        assert step.is_dependent == (step.name in found.dependent) == (step.length == 0)
        earlier = sympy.Matrix(rows)[:, :k].rank() if k else 0
        assert step.is_dependent == (sympy.Matrix(rows)[:, : k + 1].rank() == earlier)
        if step.unit is not None:
            assert step.unit * step.length == step.rest


@given(grids)
def test_measured_gram_schmidt_agrees(rows):
    A = np.array(rows, dtype=float)
    exact, found = la.gram_schmidt(la.matrix(rows)), la.gram_schmidt(A)
    assert found.dependent == exact.dependent
    assert np.allclose(found.Q.array, exact.Q.array, atol=1e-12)
    for one, other in zip(found.steps, exact.steps, strict=True):
        assert np.allclose(one.rest.array, other.rest.array, atol=1e-12)
        assert float(one.length) == pytest.approx(float(other.length), abs=1e-12)
        for a, b in zip(one.shadows, other.shadows, strict=True):
            assert a.onto == b.onto
            assert float(a.length) == pytest.approx(float(b.length), abs=1e-12)


def test_vectors_come_in_many_forms():
    by_text = la.gram_schmidt(["3 4", "5 5"])
    assert by_text == la.gram_schmidt([[3, 4], [5, 5]]) == la.gram_schmidt("3 5; 4 5")
    assert la.matrix("3/5 4/5; 4/5 -3/5") == by_text.Q
    assert la.gram_schmidt(["1 0", np.array([1.0, 1.0])]).Q.array.tolist() == [[1, 0], [0, 1]]


def test_lengths_without_a_short_root_are_measured():
    found = la.gram_schmidt(["1 1+√2", "1 0"])
    first, second = found.steps
    assert isinstance(first.length, float)
    assert not first.unit.is_exact
    assert isinstance(second.shadows[0].length, float)
    assert second.rest.is_exact  # what is left still is
    assert second.rest @ first.rest == 0
    assert np.allclose(found.Q.array.T @ found.Q.array, np.eye(2))


def test_floats_lose_nothing_on_nearly_equal_vectors():
    # Läuchli 1961: one pass of Gram–Schmidt leaves q₂·q₃ = 1/2 here
    e = 1e-8
    Q = la.gram_schmidt(np.array([[1, 1, 1], [e, 0, 0], [0, e, 0], [0, 0, e]])).Q.array
    assert np.allclose(Q.T @ Q, np.eye(3), atol=1e-12)


@given(grids)
def test_qr_rebuilds(rows):
    for A in (la.matrix(rows), la.matrix(np.array(rows, dtype=float))):
        m, n = A.shape
        Q, R = la.qr(A)
        k = min(m, n)
        assert (Q.shape, R.shape) == ((m, k), (k, n))
        assert np.allclose((Q @ R).array, A.array, atol=1e-12)
        assert np.allclose(Q.array.T @ Q.array, np.eye(k), atol=1e-12)
        assert (np.tril(R.array, -1) == 0).all()
        assert (np.diag(R.array) >= 0).all()
        if A.is_exact:
            assert Q @ R == A
            assert identity(k) == Q.T @ Q
        if m == k:
            leading = la.matrix(A.array[:, :m].astype(int))
            if la.det(leading) >= 0:
                assert np.linalg.det(Q.array) == pytest.approx(1)
            else:
                assert np.linalg.det(Q.array) == pytest.approx(-1)


@pytest.mark.parametrize(
    ("A", "Q", "R"),
    [
        ("3 0; 4 5", "3/5 -4/5; 4/5 3/5", "5 4; 0 3"),
        ("0 -2; 1 0", "0 -1; 1 0", "1 0; 0 2"),
        ("1 2; 2 4", "√5/5 -2√5/5; 2√5/5 √5/5", "√5 2√5; 0 0"),
        ("0 0; 0 0", "1 0; 0 1", "0 0; 0 0"),
        ("1 2 0; 0 0 1", "1 0; 0 1", "1 2 0; 0 0 1"),
        ("1 2 0; 0 0 -1", "1 0; 0 1", "1 2 0; 0 0 -1"),
        ("-2", "-1", "2"),
        ("0", "1", "0"),
        ("3; 4", "3/5; 4/5", "5"),
    ],
)
def test_factors_by_hand(A, Q, R):
    found = la.qr(A)
    assert la.matrix(A) == found.Q @ found.R
    assert found == (la.matrix(Q), la.matrix(R))


def test_larger_ones_are_measured():
    A = la.matrix(np.random.default_rng(2).integers(-9, 9, (13, 13)))
    found = la.qr(A)
    assert not found.Q.is_exact
    assert np.allclose((found.Q @ found.R).array, A.array)
    assert not la.gram_schmidt(A).Q.is_exact
    assert not la.qr("1 1; 1+√2 0").Q.is_exact


def test_refusals():
    with pytest.raises(la.ShapeError, match="no vectors"):
        la.gram_schmidt([])
    with pytest.raises(la.ShapeError, match=r"v_2 = \(1 2 3\) has 3"):
        la.gram_schmidt(["1 2", "1 2 3"])
    with pytest.raises(la.ShapeError, match="65 vectors"):
        la.gram_schmidt(np.eye(65))


def test_what_outgrows_exactness_is_measured():
    long = "√2+√3+√5+√7 √11+√13+√17+√19"
    found = la.gram_schmidt([long, "√23+√29+√31+√37 √41+√43+√47+√53"])
    assert np.allclose(found.Q.array.T @ found.Q.array, np.eye(2))
    assert not found.Q.is_exact


def test_a_basis_that_can_not_be_completed_exactly_is_measured():
    v = "1+√2 0 0; 2+√2 0 0; √2 0 0"  # of length 3 + √2
    assert la.gram_schmidt(v).Q.is_exact
    Q, R = la.qr(v)
    assert not Q.is_exact
    assert np.allclose((Q @ R).array, la.matrix(v).array)
    assert np.linalg.det(Q.array) == pytest.approx(1)
