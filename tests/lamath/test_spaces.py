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


@given(small)
def test_the_four_subspaces_fit_together(rows):
    for A in (la.matrix(rows), la.matrix(np.array(rows, dtype=float))):
        m, n = A.shape
        image, kernel = la.column_space(A), la.null_space(A)
        row, left = la.row_space(A), la.left_null_space(A)
        assert image.dim == row.dim == la.rank(A)
        assert (row.dim + kernel.dim, image.dim + left.dim) == (n, m)
        assert (row.ambient, left.ambient) == (n, m)
        for first, second in ((image, left), (row, kernel)):
            products = [abs(float(u @ v)) for u in first.vectors for v in second.vectors]
            assert all(x == 0 if A.is_exact else x < 1e-12 for x in products)
            assert (first + second).dim == first.ambient
            assert (first & second).dim == 0
        assert image == la.column_space(A @ A.T)
        assert row == la.column_space(A.T)


def combined(A, B):
    return sympy.Matrix(A).row_join(sympy.Matrix(B))


@given(small, small)
def test_dimensions_of_sum_and_intersection(one, other):
    n = min(len(one), len(other))
    A, B = one[:n], other[:n]
    for exact in (True, False):
        U, W = (la.column_space(X if exact else np.array(X, dtype=float)) for X in (A, B))
        both, common = U + W, U & W
        assert both.dim == combined(A, B).rank()
        assert both.dim + common.dim == U.dim + W.dim
        assert both.is_exact == common.is_exact == exact
        for v in common.vectors:
            assert U.contains(v)
            assert W.contains(v)
        for v in (*U.vectors, *W.vectors):
            assert both.contains(v)
        assert (U + U, U & U) == (U, U)
        assert (both, common) == (W + U, W & U)
        assert U & both == U
    measured = la.column_space(np.array(A, dtype=float))
    assert measured == la.column_space(A)
    assert (measured + la.column_space(B)).dim == combined(A, B).rank()
    assert (measured & la.column_space(B)).dim == common.dim


@given(small, st.lists(st.integers(-5, 5), min_size=4, max_size=4))
def test_projection_is_the_nearest_vector(rows, entries):
    v = la.vector(entries[: len(rows)])
    space = la.column_space(rows)
    shadow = space.project(v)
    assert shadow.is_exact
    assert space.contains(shadow)
    assert space.contains(v) == (shadow == v)
    assert all((v - shadow) @ u == 0 for u in space.vectors)
    assert space.project(shadow) == shadow
    Q = space.orthonormal
    assert Q.shape == (space.ambient, space.dim)
    if space.dim:
        assert la.matrix(np.eye(space.dim, dtype=int)) == Q.T @ Q
        assert Q @ (Q.T @ v) == shadow
    measured = la.column_space(np.array(rows, dtype=float))
    assert np.allclose(measured.project(v).array, shadow.array, atol=1e-12)
    assert np.allclose(space.project(v.array).array, shadow.array, atol=1e-12)
    assert measured.contains(v) == space.contains(v) == space.contains(v.array)
    assert measured.contains(shadow)


def test_subspaces_by_hand():
    plane = la.null_space("1 2 3")
    assert plane.vectors == (la.vector("-2 1 0"), la.vector("-3 0 1"))
    assert plane.orthonormal.column(0) == la.vector("-2√5/5 √5/5 0")
    assert plane & la.null_space("1 0 0") == la.column_space("0; -3; 2")
    assert (plane & la.column_space("1; 2; 3")).dim == 0
    assert repr(la.row_space("1 2 3; 4 5 6")) == "span{(1, 0, -1), (0, 1, 2)}"
    assert la.left_null_space("1 2; 3 4; 5 6") == la.column_space("1; -2; 1")
    assert la.row_space("√2 2; 1 √2").vectors == (la.vector("1 √2"),)
    assert plane.is_exact
    assert plane.tolerance == 0
    zero = la.null_space("1 0; 0 1")
    assert zero.contains("0 0")
    assert not zero.contains("0 1")
    assert zero.contains(np.zeros(2))
    assert not zero.contains(np.array([0.0, 1e-300]))
    assert zero.project("3 4") == la.vector("0 0")
    assert zero.orthonormal.shape == (2, 0)
    assert (zero + zero, zero & zero) == (zero, zero)
    line = la.column_space("1; 1")
    assert (line + zero, line & zero) == (line, zero)
    assert line & la.column_space("√2 1; 1 √2") == line


def test_lengths_without_roots_leave_projections_exact():
    line = la.column_space("1; 1+√2")
    assert not line.orthonormal.is_exact
    assert line.project("1 0").is_exact
    assert line.contains(line.project("1 0"))


def test_a_measured_subspace_says_how_far_it_may_be_off():
    sharp = la.column_space(np.array([[1.0, 1.0], [1.0, 1.0], [0.0, 0.0]]))
    assert 0 < sharp.tolerance < 1e-14
    A = np.array([[1.0, 1.0], [1.0, 1.0 + 1e-10], [0.0, 0.0]])
    unsure = la.column_space(A)
    assert 1e-6 < unsure.tolerance < 1e-4
    turned = la.column_space(A @ [[0.6, -0.8], [0.8, 0.6]])
    assert unsure == turned
    assert (unsure & turned).dim == 2
    assert la.column_space(np.zeros((2, 2))).tolerance == 0
    assert la.null_space(np.zeros((2, 2))) == la.column_space(np.eye(2))
    away = np.array([1.0, 1.0, 1e-10])
    assert not sharp.contains(away)
    assert sharp.contains(away * [1, 1, 1e-6])


def test_large_measured_subspaces():
    rng = np.random.default_rng(5)
    A, B = rng.normal(size=(80, 30)), rng.normal(size=(80, 20))
    shared = np.hstack([B, A[:, :5]])
    U, W = la.column_space(A), la.column_space(shared)
    assert (U + W).dim == 50
    assert (U & W).dim == 5
    assert la.column_space(A[:, :5]) == U & W
    assert (la.null_space(A.T) & la.null_space(B.T)).dim == 30
    exact = la.column_space(rng.integers(-9, 9, (20, 14)))
    assert not exact.orthonormal.is_exact
    assert np.allclose(exact.orthonormal.array.T @ exact.orthonormal.array, np.eye(14))
    assert not exact.project([1] * 20).is_exact
    assert exact.contains(exact.vectors[3])


def test_subspaces_of_different_spaces_do_not_mix():
    plane, line = la.null_space("1 2 3"), la.column_space("1; 2")
    for mixed in (lambda: plane + line, lambda: plane & line):
        with pytest.raises(la.ShapeError, match="same space"):
            mixed()
    for what in (plane.contains, plane.project):
        with pytest.raises(la.ShapeError, match="give 3"):
            what("1 2")
    assert plane != line


def test_sums_that_outgrow_exactness_are_measured(monkeypatch):
    from lamath import _spaces

    U, W = la.column_space("1; √2"), la.column_space("1; √3")
    monkeypatch.setattr(_spaces, "reduced", lambda _: None)
    assert (U + W).dim == 2
    assert (U & W).dim == 0
    assert not (U + W).is_exact
