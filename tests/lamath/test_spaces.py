from __future__ import annotations

import math

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import lamath as la

small = st.integers(1, 4).flatmap(
    lambda m: st.integers(1, 4).flatmap(
        lambda n: st.lists(
            st.lists(st.integers(-3, 3), min_size=n, max_size=n), min_size=m, max_size=m
        )
    )
)


@given(small)
def test_sympy_agrees(rows):
    A, S = la.matrix(rows), sympy.Matrix(rows)
    assert la.rank(A) == S.rank()
    assert la.nullity(A) == len(S.nullspace())
    assert la.rank(np.array(rows, dtype=float)) == S.rank()
    if A.shape[0] == A.shape[1]:
        assert la.det(A) == S.det()
        assert la.det(np.array(rows, dtype=float)) == pytest.approx(float(S.det()), abs=1e-9)
        if S.rank() == S.rows:
            assert la.inverse(A).exact == S.inv()


@given(small)
def test_spaces_hold_what_they_should(rows):
    for A in (la.matrix(rows), la.matrix(np.array(rows, dtype=float))):
        kernel, image = la.null_space(A), la.column_space(A)
        assert kernel.dim + image.dim == A.shape[1]
        assert (kernel.ambient, image.ambient) == (A.shape[1], A.shape[0])
        assert image.basis.shape == (A.shape[0], image.dim)
        assert len(kernel.vectors) == kernel.dim
        for v in kernel.vectors:
            assert np.allclose((A @ v).array, 0, atol=1e-12)
            assert not A.is_exact or A @ v == la.vector([0] * A.shape[0])
        both = np.hstack([A.array, image.basis.array])
        assert np.linalg.matrix_rank(both) == image.dim


@given(A=...)
def test_an_inverse_undoes(A: la.Matrix):
    if la.rank(A) < 2:
        with pytest.raises(la.SingularMatrixError) as refusal:
            la.inverse(A)
        assert refusal.value.rank == la.rank(A)
        v = refusal.value.null_vector
        assert np.abs(v.array).max() > 0
        size = np.abs(A.array).max() * np.abs(v.array).max()
        assert np.abs((A @ v).array).max() <= 1e-14 * size
    elif A.is_exact and np.abs(la.inverse(A).array).max() < 1e12:
        assert la.inverse(A) @ A == A @ la.inverse(A) == la.matrix("1 0; 0 1")


def test_roots_are_decided_exactly():
    A = la.matrix("sqrt(2) 2; 1 sqrt(2)")
    assert la.rank(A) == 1
    assert la.det(A) == 0
    assert str(la.null_space(A)) == "span{(-sqrt(2), 1)}"
    assert la.inverse("sqrt(2) 1; 1 sqrt(2)") == la.matrix("sqrt(2) -1; -1 sqrt(2)")
    assert la.det("1+√2 1; 1 √2-1") == 0
    assert la.rank("1 1; 1 1.0000000000000000000000000000001") == 2


def test_what_outgrows_exactness_is_measured():
    A = la.matrix("√2+√3+√5+√7 √11+√13+√17+√19; √23+√29+√31+√37 √41+√43+√47+√53")
    assert la.rank(A) == 2
    assert isinstance(la.det(A), float)
    assert not la.inverse(A).is_exact
    assert la.null_space(A).dim == 0
    assert la.column_space(A).dim == 2


def test_measured_rank_has_a_tolerance():
    eps = np.finfo(float).eps
    assert la.rank(np.diag([1.0, 2 * eps])) == 1
    assert la.rank(np.diag([1.0, 2.1 * eps])) == 2
    assert la.rank(np.diag([1.0, 1.0, 3 * eps])) == 2
    assert la.rank(np.diag([1e-140, 1e-150])) == 2
    assert la.rank(np.zeros((2, 3))) == 0
    tenth = la.matrix(np.array([[0.1, 0.2], [0.3, 0.6]]))
    assert la.rank(tenth) == 1
    assert la.det(tenth) == 0.0
    single = np.outer([0.1, 0.7, 0.3], [0.3, 0.9, 0.2]).astype(np.float32)
    assert la.rank(single) == 1
    tiny = la.matrix(0.1 * np.eye(64))
    assert la.rank(tiny.T @ tiny) == 64


def test_determinants_beyond_floats():
    assert la.det("1e200 0; 0 1e200") == sympy.Integer(10) ** 400
    for A in (np.diag([1e200, 1e200]), 1e200 * np.eye(3)):
        with pytest.raises(la.MatrixError, match="too large"):
            la.det(A)


@pytest.mark.parametrize("what", [la.det, la.inverse, la.polar])
def test_what_only_square_matrices_have(what):
    with pytest.raises(la.ShapeError, match="square"):
        what("1 2 3; 4 5 6")


def test_refusals_are_one_line_with_a_remedy():
    with pytest.raises(la.SingularMatrixError) as refusal:
        la.inverse([[7] * 30] * 30)
    assert "\n" not in str(refusal.value)
    assert "rank is 1, less than 30" in str(refusal.value)


def test_subspaces_are_values():
    line = la.null_space("1 2; 2 4")
    assert line == la.column_space("-4; 2")
    assert line != la.column_space("1; 2")
    assert line != la.null_space("2 1; 1 3")
    assert line != "span{(-2, 1)}"
    assert la.null_space("2 1; 1 3") == la.null_space("1 0; 0 1")
    assert la.column_space(np.eye(3)) == la.column_space("1 2 3; 0 1 5; 0 0 1")
    assert la.null_space(np.array([[1.0, 2.0], [2.0, 4.0]])) == line
    assert hash(line) == hash(la.column_space("-4; 2"))
    assert repr(line) == "span{(-2, 1)}"
    assert repr(la.null_space("2 1; 1 3")) == "the origin of ℝ²"
    assert line.vectors[0] == la.vector("-2 1")
    assert la.null_space("2 1; 1 3").basis.shape == (2, 0)
    assert la.null_space("2 1; 1 3").vectors == ()
    assert math.isclose(np.linalg.norm(la.null_space(np.ones((2, 2))).vectors[0].array), 1)
    assert la.column_space("2 4; 4 8").vectors == (la.vector("1 2"),)
    assert la.null_space("1 1/2 1/3").vectors == (la.vector("-1 2 0"), la.vector("-1 0 3"))
