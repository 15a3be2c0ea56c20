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
    assert la.svd(matrix).S.array == pytest.approx(values, rel=1e-14)


def test_condition_numbers():
    first, second = la.svd(A).S
    assert float(first / second) == pytest.approx(2.618, abs=5e-4)
    first, second = la.svd("3 0; 4 5").S
    assert sympy.simplify(first / second) == 3


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
