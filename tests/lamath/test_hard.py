"""Matrices that are hard, from the literature that made them known.

Hilbert 1894; Vandermonde 1772; Kahan 1966, "Numerical linear algebra"; Wilkinson 1965, "The
algebraic eigenvalue problem" (W₂₁⁺ and the growing matrix of Gaussian elimination);
companion matrices (Frobenius 1878) and Jordan blocks (1870); Demmel 1987 on the nearest
defective matrix; graded matrices (Stewart 2001, "Matrix algorithms II"). Many are in
Higham's Test Matrix Toolbox.
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
import scipy.linalg
import sympy
from hypothesis import given
from hypothesis import strategies as st

import lamath as la

EPS = np.finfo(float).eps


def hilbert(n: int) -> la.Matrix:
    return la.matrix([[Fraction(1, i + j + 1) for j in range(n)] for i in range(n)])


def kahan(n: int, angle: float = 1.2) -> np.ndarray:
    s, c = math.sin(angle), math.cos(angle)
    return np.diag(s ** np.arange(n)) @ (np.eye(n) - c * np.triu(np.ones((n, n)), 1))


def growth(n: int) -> np.ndarray:
    """Elimination without exchanging columns doubles its last entries at every step."""
    A = np.eye(n) - np.tril(np.ones((n, n)), -1)
    A[:, -1] = 1
    return A


def jordan(value: float, n: int) -> np.ndarray:
    return value * np.eye(n) + np.eye(n, k=1)


FAMILIES = {
    "Hilbert 6": hilbert(6).array,
    "Hilbert 12": scipy.linalg.hilbert(12),
    "Vandermonde": np.vander(np.linspace(0.1, 1, 8)),
    "Kahan": kahan(30),
    "Wilkinson W21+": np.diag(np.abs(np.arange(-10.0, 11))) + np.eye(21, k=1) + np.eye(21, k=-1),
    "Wilkinson growth": growth(12),
    "companion of 1…8": scipy.linalg.companion(np.poly(np.arange(1.0, 9))),
    "Jordan block": jordan(2.0, 5),
    "nearly defective": np.array([[1.0, 1.0], [1e-13, 1.0]]),
    "one ulp from rank 1": np.array([[1.0, 1.0], [1.0, 1.0 + EPS]]),
    "graded 10±150": np.diag(10.0 ** np.array([150, 75, 0, -75, -150])),
    "graded and full": np.array([[1e150, 1e75, 1], [1e75, 1, 1e-75], [1, 1e-75, 3e-150]]),
    "denormals": np.array([[5e-324, 1e-310], [2e-310, 3e-320]]),
    "large": np.full((3, 3), 1e300) + np.diag([1e300, 2e300, 3e300]),
    "outer product": np.outer([1e5, 1, 1e-5], [3.0, 1e-3, 7]),
    "1×1": np.array([[-7.0]]),
    "1×1 zero": np.array([[0.0]]),
    "wide": np.random.default_rng(0).normal(size=(3, 40)),
    "tall": np.random.default_rng(0).normal(size=(40, 3)),
    "zero": np.zeros((4, 2)),
}


def near(found: np.ndarray, expected: np.ndarray) -> bool:
    size = np.abs(expected).max()
    return bool(np.abs(found - expected).max() <= 1e-13 * max(expected.shape) * size)


@pytest.mark.parametrize("name", FAMILIES)
def test_svd_and_qr_rebuild(name):
    array = FAMILIES[name]
    A = la.matrix(array)
    U, S, Vh = la.svd(A)
    m, n = A.shape
    k = min(m, n)
    # a σ that counts as 0 leaves at most the tolerance behind
    assert near(U.array[:, :k] * S.array @ Vh.array[:k], array)
    assert near(U.array.T @ U.array, np.eye(m))
    assert near(Vh.array @ Vh.array.T, np.eye(n))
    assert (np.diff(S.array) <= 0).all()
    assert (S.array >= 0).all()
    assert (S.array > 0).sum() == la.rank(A)
    if array.any() and np.abs(array).max() > 1e-300:
        assert la.rank(A) == np.linalg.matrix_rank(array)
    Q, R = la.qr(A)
    assert near(Q.array @ R.array, array)
    assert near(Q.array.T @ Q.array, np.eye(k))


@pytest.mark.parametrize("name", FAMILIES)
def test_the_four_subspaces(name):
    array = FAMILIES[name]
    A = la.matrix(array)
    r, (m, n) = la.rank(A), A.shape
    image, rows = la.column_space(A), la.row_space(A)
    kernel, left = la.null_space(A), la.left_null_space(A)
    assert (image.dim, rows.dim, kernel.dim, left.dim) == (r, r, n - r, m - r)
    size = np.abs(array).max()
    assert np.abs(array @ kernel.basis.array).max(initial=0) <= 1e-13 * max(m, n) * size
    assert np.abs(image.basis.array.T @ left.basis.array).max(initial=0) <= 1e-12
    assert np.abs(rows.basis.array.T @ kernel.basis.array).max(initial=0) <= 1e-12
    assert (image + left).dim == m
    assert (image & left).dim == 0
    assert image == la.column_space(A)


@pytest.mark.parametrize("name", FAMILIES)
def test_systems_are_solved_as_far_as_they_can_be(name):
    array = FAMILIES[name]
    x = np.ones(array.shape[1])
    with np.errstate(over="ignore"):
        b = array @ x
    found = la.solve(array, b)
    assert found.kind == ("unique" if found.rank_A == array.shape[1] else "infinite")
    reach = np.abs(array).max() * np.abs(found.particular.array).max() + np.abs(b).max()
    assert np.abs(array @ found.particular.array - b).max() <= 1e-13 * max(array.shape) * reach


@pytest.mark.parametrize("name", [n for n in FAMILIES if "denormals" not in n])
def test_the_conditions_of_penrose(name):
    A = FAMILIES[name]
    if name.startswith("graded"):
        A = A / np.abs(A).max()
    P = la.pinv(A).array
    loss = 1e-13 * max(A.shape) * max(1.0, np.linalg.norm(A, 2) * np.linalg.norm(P, 2))
    assert np.linalg.norm(A @ P @ A - A, 2) <= loss * max(1, np.linalg.norm(A, 2))
    assert np.linalg.norm(P @ A @ P - P, 2) <= loss * max(1, np.linalg.norm(P, 2))
    assert np.linalg.norm((A @ P).T - A @ P, 2) <= loss
    assert np.linalg.norm((P @ A).T - P @ A, 2) <= loss


def test_a_pseudo_inverse_beyond_floats_is_refused():
    with pytest.raises(la.MatrixError, match="too large for floats"):
        la.pinv(FAMILIES["denormals"])


@pytest.mark.parametrize("n", [3, 6, 12])
def test_hilbert_is_exact(n):
    H = hilbert(n)
    truth = sympy.Matrix(H.exact)
    assert la.rank(H) == n
    assert la.det(H) == truth.det()
    assert la.inverse(H).exact == sympy.ImmutableMatrix(truth.inv())
    assert all(x.is_integer for x in la.inverse(H).exact)
    ones = la.vector([1] * n)
    assert la.solve(H, H @ ones).particular == ones
    assert la.condition_number(hilbert(6)) == pytest.approx(1.495e7, rel=1e-3)


def test_vandermonde_has_a_product_for_a_determinant():
    points = [Fraction(1, 2), Fraction(-3), Fraction(2, 7), Fraction(5), Fraction(1, 9)]
    V = la.matrix([[x**k for k in range(5)] for x in points])
    expected = math.prod(b - a for i, a in enumerate(points) for b in points[i + 1 :])
    assert la.det(V) == sympy.Rational(expected.numerator, expected.denominator)
    assert la.cofactors(V).value == la.det(V)


def test_kahan_fools_qr_but_not_the_rank():
    K = kahan(90)
    assert min(abs(np.diag(la.qr(K).R.array))) > 1e-4
    assert la.rank(K) == np.linalg.matrix_rank(K) == 89


def test_wilkinson_has_pairs_that_agree_to_all_figures():
    W = FAMILIES["Wilkinson W21+"]
    found = la.eigen(W)
    assert np.allclose(
        [float(x) for x in found.eigenvalues], scipy.linalg.eigvalsh(W)[::-1], atol=1e-13
    )
    assert found.spaces[0].multiplicity == 2  # 10.7461941829033…, 7e-14 apart
    Q, S = la.spectral(W)
    assert near(Q.array @ S.array @ Q.array.T, W)
    assert near(Q.array.T @ Q.array, np.eye(21))


def test_a_companion_matrix_has_the_roots_of_its_polynomial():
    C = la.matrix(scipy.linalg.companion(np.poly([1, 2, 3, 4, 5, 6])).round().astype(int))
    assert la.eigen(C).eigenvalues == (6, 5, 4, 3, 2, 1)
    P, D = la.diagonalize(C)
    assert P @ D @ la.inverse(P) == C
    golden = la.matrix("1 1; 1 0")
    assert la.eigen(golden).eigenvalues[0] == sympy.GoldenRatio.expand(func=True)
    measured = la.eigen(FAMILIES["companion of 1…8"])
    assert np.allclose(np.real(measured.eigenvalues), range(8, 0, -1), atol=1e-8)


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6])
def test_jordan_blocks_are_as_defective_as_can_be(n):
    for A in (jordan(2.0, n).astype(int), jordan(2.0, n)):
        with pytest.raises(la.DefectiveMatrixError) as refusal:
            la.diagonalize(A)
        assert (refusal.value.multiplicity, refusal.value.found) == (n, 1)
        assert refusal.value.eigenvalue == 2


def test_a_turned_jordan_block_is_still_found_out():
    for n in (2, 3):
        Q = scipy.linalg.qr(np.random.default_rng(n).normal(size=(n, n)))[0]
        with pytest.raises(la.DefectiveMatrixError) as refusal:
            la.diagonalize(Q @ jordan(2.0, n) @ Q.T)
        assert refusal.value.eigenvalue == pytest.approx(2)
        assert refusal.value.found == 1


def test_nearly_defective_is_not_defective():
    exact = la.eigen("1 1; 0.0001 1")
    assert exact.eigenvalues == (sympy.Rational(101, 100), sympy.Rational(99, 100))
    assert (
        la.matrix([[1 + Fraction(1, 10**20), 0], [0, 1 - Fraction(1, 10**20)]])
        == la.diagonalize("1 1; 1e-40 1").D
    )
    A = np.array([[1.0, 1.0], [1e-8, 1.0]])
    P, D = la.diagonalize(A)
    assert np.allclose(P.array @ D.array @ np.linalg.inv(P.array), A, atol=1e-12)


def test_one_ulp_decides_exactly_and_only_exactly():
    ulp = FAMILIES["one ulp from rank 1"]
    assert la.rank(ulp) == 1  # measured: nobody can tell
    assert la.rank([[1, 1], [1, Fraction(1.0 + EPS)]]) == 2  # exact: it is
    assert la.solve(ulp, ulp @ [1, 1]).kind == "infinite"
    with pytest.raises(la.SingularMatrixError):
        la.inverse(ulp)
    assert la.rank(np.diag([1.0, 1.0, 3 * EPS])) == 2
    assert la.rank(np.diag([1.0, 1.0, 3.1 * EPS])) == 3


def test_graded_matrices_keep_their_scale():
    A = FAMILIES["graded 10±150"]
    assert la.rank(A) == 1
    exact = la.matrix(
        [
            [f"1e{k}" if i == j else 0 for j in range(5)]
            for i, k in enumerate((150, 75, 0, -75, -150))
        ]
    )
    assert la.rank(exact) == 5
    assert la.det(exact) == 1
    assert la.svd(exact).S.is_exact
    assert la.condition_number(exact) == sympy.Integer(10) ** 300
    assert la.inverse(exact) @ exact == la.matrix(np.eye(5, dtype=int))
    assert la.solve(exact, "1 1 1 1 1").kind == "unique"
    assert la.eigen(exact).eigenvalues[0] == sympy.Integer(10) ** 150


entries = st.integers(-9, 9)


@given(st.lists(entries, min_size=2, max_size=4), st.lists(entries, min_size=2, max_size=4))
def test_outer_products_have_rank_one(u, v):
    A = la.matrix([[a * b for b in v] for a in u])
    assert la.rank(A) == (any(u) and any(v))
    size = sum(a * a for a in u) * sum(b * b for b in v)
    assert la.svd(A).S[0] == sympy.sqrt(size)
    assert la.frobenius_norm(A) == la.spectral_norm(A) == la.nuclear_norm(A)
    assert la.rank(A.array) == la.rank(A)


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0)])
def test_what_has_no_entries_is_no_matrix(shape):
    for what in (la.rank, la.svd, la.row_reduce, la.pinv, la.eigen, la.gram_schmidt):
        with pytest.raises(la.ParseError, match="no entries"):
            what(np.zeros(shape))
