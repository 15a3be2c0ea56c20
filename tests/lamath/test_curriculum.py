"""The numbers that the lessons state."""

from __future__ import annotations

import math

import numpy as np
import pytest
import sympy

import lamath as la

A = "2 1; 1 3"
B = "1 2; 2 4"
C = "1 2 3; 2 4 6; 3 6 9"
S4 = "4 1; 1 4"


@pytest.mark.parametrize(
    ("matrix", "det"),
    [
        (A, 5),
        (B, 0),
        (C, 0),
        (S4, 15),
        ("1 2; 3 4", -2),
        ("2 1 3; 1 2 1; 3 3 6", 6),
        ("1 0 0; 0 1 0; 0 0 1", 1),
        ("2 1 3; 0 4 -1; 5 2 0", -61),
        ("1 0 1; 0 1 1; 1 1 0", -2),
    ],
)
def test_determinants(matrix, det):
    assert la.det(matrix) == det


@pytest.mark.parametrize(
    ("matrix", "rank", "basis"),
    [
        (A, 2, []),
        (B, 1, ["-2 1"]),
        ("0 0; 0 0", 0, ["1 0", "0 1"]),
        (C, 1, ["-2 1 0", "-3 0 1"]),
        ("1 0 1; 0 1 1; 1 1 2", 2, ["-1 -1 1"]),
        ("1 0 1; 0 1 1; 1 1 0", 3, []),
    ],
)
def test_ranks_and_null_spaces(matrix, rank, basis):
    assert la.rank(matrix) == rank
    assert la.nullity(matrix) == len(basis)
    assert la.null_space(matrix).vectors == tuple(map(la.vector, basis))


@pytest.mark.parametrize(
    ("matrix", "basis"),
    [(A, ["2 1", "1 3"]), (B, ["1 2"]), ("0 0; 0 0", []), (C, ["1 2 3"])],
)
def test_column_spaces(matrix, basis):
    assert la.column_space(matrix).vectors == tuple(map(la.vector, basis))
    assert la.column_space(matrix).dim == la.rank(matrix)


def test_inverses():
    assert la.inverse(A) == la.matrix("3/5 -1/5; -1/5 2/5")
    assert la.inverse(A) @ la.matrix(A) == la.matrix(A) @ la.inverse(A) == la.matrix("1 0; 0 1")
    with pytest.raises(la.SingularMatrixError, match="no inverse") as refusal:
        la.inverse(B)
    assert refusal.value.rank == 1
    assert refusal.value.null_vector == la.vector("-2 1")


@pytest.mark.parametrize(
    ("matrix", "values"),
    [
        (A, "(5+√5)/2 (5-√5)/2"),
        (B, "5 0"),
        (S4, "5 3"),
        ("3 0; 4 5", "3√5 √5"),
    ],
)
def test_singular_values(matrix, values):
    assert la.vector(values) == la.svd(matrix).S


@pytest.mark.parametrize(
    ("matrix", "values"),
    [
        (C, [14, 0, 0]),
        ("1 0 1; 0 1 1; 1 1 2", [3, 1, 0]),
        ("1 0 1; 0 1 1; 1 1 0", [2, 1, 1]),
    ],
)
def test_singular_values_in_space(matrix, values):
    assert la.vector(values) == la.svd(matrix).S


def test_condition_numbers():
    assert la.condition_number("3 0; 4 5") == 3
    assert sympy.simplify(la.condition_number(A) - (3 + sympy.sqrt(5)) / 2) == 0
    assert float(la.condition_number(A)) == pytest.approx(2.618, abs=5e-4)
    assert la.condition_number(B) == math.inf
    first, second = la.svd(A).S
    assert (float(first), float(second)) == pytest.approx((3.618, 1.382), abs=5e-4)


@pytest.mark.parametrize(
    ("matrix", "b", "kind", "ranks", "x", "residual", "directions"),
    [
        (A, "3 4", "unique", (2, 2), "1 1", 0, []),
        (B, "1 0", "none", (1, 2), "1/25 2/25", 2 / sympy.sqrt(5), ["-2 1"]),
        (B, "2 4", "infinite", (1, 1), "2/5 4/5", 0, ["-2 1"]),
        ("2 1; 1 -1", "3 1", "unique", (2, 2), "4/3 1/3", 0, []),
        ("1 2; 1 2", "3 4", "none", (1, 2), "0.7 1.4", 1 / sympy.sqrt(2), ["-2 1"]),
        (B, "3 6", "infinite", (1, 1), "0.6 1.2", 0, ["-2 1"]),
    ],
)
def test_existence_of_solutions(matrix, b, kind, ranks, x, residual, directions):
    found = la.solve(matrix, b)
    assert found.kind == kind
    assert (found.rank_A, found.rank_Ab) == ranks
    assert found.least_squares == la.vector(x)
    assert found.particular == (None if kind == "none" else la.vector(x))
    assert found.residual == residual
    assert found.homogeneous.vectors == tuple(map(la.vector, directions))
    # the table of the cases: b ∈ C(A)? N(A) trivial?
    reached = la.column_space(matrix).contains(b)
    trivial = la.null_space(matrix).dim == 0
    expected = ("unique" if trivial else "infinite") if reached else "none"
    assert kind == expected


def test_null_vectors_are_crushed():
    for matrix in (B, C):
        for v in la.null_space(matrix).vectors:
            assert not (la.matrix(matrix) @ v).array.any()
    plane = la.null_space(C)
    assert plane == la.null_space("1 2 3")  # x + 2y + 3z = 0
    assert [v.array.tolist() for v in plane.vectors] == [[-2, 1, 0], [-3, 0, 1]]


@pytest.mark.parametrize("angle", [0.0, 0.3, 2.0])
def test_orthogonal_matrices_keep_lengths_and_angles(angle):
    u, v = la.vector("3 4"), la.vector("-1 2")
    turn = la.matrix(la.rotation(angle).end)
    mirror = la.matrix(la.fold(angle).end)
    for Q, det in ((turn, 1), (mirror, -1)):
        assert np.allclose((Q.T @ Q).array, np.eye(2))
        assert np.allclose((Q @ Q.T).array, np.eye(2))
        assert np.allclose(la.inverse(Q).array, Q.T.array)
        assert float(la.norm(Q @ u)) == pytest.approx(5)
        assert la.inner(Q @ u, Q @ v) == pytest.approx(float(la.inner(u, v)))
        assert la.det(Q) == pytest.approx(det)
    exact = la.matrix("3/5 -4/5; 4/5 3/5")
    assert la.inverse(exact) == exact.T
    assert la.det(exact) == 1


def test_undoing_a_product_from_the_correct_side():
    Q, S = la.spectral(S4)
    M = la.matrix(S4)
    assert Q @ S @ Q.T == M
    assert Q.T @ M @ Q == S
    assert M @ la.inverse(Q) != la.inverse(Q) @ M


def test_the_diagonalization_recipe():
    P, D = la.diagonalize("3 1; 0 2")
    assert la.matrix("1 -1; 0 1") == P
    assert la.matrix("3 0; 0 2") == D
    assert la.inverse(P) @ "3 1; 0 2" @ P == D
    with pytest.raises(la.DefectiveMatrixError) as shear:
        la.diagonalize("1 1; 0 1")
    assert (shear.value.eigenvalue, shear.value.missing) == (1, 1)
    with pytest.raises(la.ComplexEigenvaluesError):
        la.diagonalize("0 -1; 1 0")
    assert la.diagonalize("2 0; 0 2") == (la.matrix("1 0; 0 1"), la.matrix("2 0; 0 2"))


def test_orthogonal_diagonalization():
    Q, S = la.spectral(S4)
    assert la.matrix("5 0; 0 3") == S
    assert Q.columns == (la.vector("√2/2 √2/2"), la.vector("-√2/2 √2/2"))
    assert la.det(Q) == 1
    assert la.vector([abs(x) for x in la.eigen(S4).eigenvalues]) == la.svd(S4).S
    negative = la.matrix("1 2; 2 -2")  # λ = 2, −3
    assert la.eigen(negative).eigenvalues == (2, -3)
    assert la.vector("3 2") == la.svd(negative).S


def test_the_expansion_of_a_determinant():
    found = la.cofactors("2 1 3; 0 4 -1; 5 2 0")
    assert [term.value for term in found.terms] == [4, -5, -60]
    assert found.value == -61
    assert sum(term.value for term in la.cofactors("2 1; 1 3").terms) == 5
    assert la.cofactors("-4").value == -4
    eigenvalues = la.eigen("1 0 1; 0 1 1; 1 1 0").eigenvalues
    assert math.prod(eigenvalues) == la.det("1 0 1; 0 1 1; 1 1 0") == -2


@pytest.mark.parametrize(
    ("matrix", "frobenius", "spectral"),
    [(A, 3.873, 3.618), (B, 5, 5), (S4, 5.831, 5)],
)
def test_norms(matrix, frobenius, spectral):
    M = la.matrix(matrix)
    assert float(la.frobenius_norm(M)) == pytest.approx(frobenius, abs=5e-4)
    assert float(la.spectral_norm(M)) == pytest.approx(spectral, abs=5e-4)
    assert la.frobenius_norm(M) ** 2 == la.trace(M.T @ M)
    total = sum(x * x for x in la.svd(M).S)
    assert sympy.simplify(la.frobenius_norm(M) ** 2 - total) == 0
    assert (la.frobenius_norm(M) == la.spectral_norm(M)) == (la.rank(M) == 1)


def test_the_euclidean_norm():
    assert la.norm("3 4") == 5


def test_the_transpose_of_a_product():
    X, Y, Z = la.matrix(A), la.matrix("1 2 3; 4 5 6"), la.matrix(C)
    assert (X @ Y).T == Y.T @ X.T
    assert (X @ Y @ Z).T == Z.T @ Y.T @ X.T


def test_the_svd_of_lesson_two():
    into, stretch, out = la.svd("3 0; 4 5").stages()
    assert math.degrees(into.angle) == pytest.approx(-45, abs=1e-12)
    assert math.degrees(out.angle) == pytest.approx(71.57, abs=5e-3)
    assert stretch.factors == (3 * sympy.sqrt(5), sympy.sqrt(5))
    assert out.matrix @ stretch.matrix @ into.matrix == la.matrix("3 0; 4 5")


def test_the_axes_of_a_symmetric_matrix():
    U, S, Vh = la.svd(S4)
    assert U == Vh.T == la.matrix("√2/2 -√2/2; √2/2 √2/2")
    assert la.matrix("1 0; 0 1") == la.polar(S4).R
    assert la.matrix(S4) == la.polar(S4).P
    assert la.vector("5 3") == S


def test_undoing_from_the_wrong_side():
    Q = la.svd(S4).U
    assert Q @ la.svd(S4).Vh == la.matrix("1 0; 0 1")
    shear = la.matrix("1 1; 0 1")
    assert shear @ Q.T != Q.T @ shear


def test_the_weight_demo():
    W = la.matrix(np.random.RandomState(42).randn(32, 64))
    S = la.svd(W).S.array
    assert la.rank(W) == 32
    assert la.nullity(W) == 32
    assert (S[-1], S[0]) == pytest.approx((2.610, 12.299), abs=5e-4)
    assert S[0] / S[-1] == pytest.approx(4.712, abs=5e-4)


def test_the_determinant_says_nothing_about_invertibility():
    tenth = la.matrix(0.1 * np.eye(64))
    product = tenth.T @ tenth
    assert la.det(product) == pytest.approx(1e-128)
    assert la.rank(product) == 64
