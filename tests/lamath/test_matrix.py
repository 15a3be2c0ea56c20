from __future__ import annotations

import pickle
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import lamath as la

A = la.matrix("2 1; 1 3")
B = la.matrix("1 2; 2 4")


def test_lists_of_many_kinds_of_number():
    given = la.matrix([[1, Fraction(1, 3)], ["√2", sympy.sqrt(2) / 2], [0.1, Decimal("0.5")]])
    assert given == la.matrix("1 1/3; sqrt(2) sqrt(2)/2; 0.1 1/2")
    assert given.is_exact
    assert la.matrix(sympy.Matrix([[1, 2], [3, 4]])) == la.matrix("1 2; 3 4")
    assert la.matrix(((np.int64(1), True), (2, 3))) == la.matrix("1 1; 2 3")
    assert la.matrix([[sympy.Float("0.25")]]) == la.matrix("1/4")
    assert la.matrix(A) is A


def test_arrays_of_integers_are_exact_and_of_floats_measured():
    assert la.matrix(np.array([[1, 2], [3, 4]])) == la.matrix("1 2; 3 4")
    assert la.matrix(np.array([[1, Fraction(1, 2)]], dtype=object)) == la.matrix("1 1/2")
    measured = la.matrix(np.array([[0.1, 2.0]]))
    assert not measured.is_exact
    assert measured != la.matrix("0.1 2")
    assert la.matrix([[np.float64(0.1), 2]]) == measured
    assert hash(la.matrix([[np.float64(0.1), 2]])) == hash(measured)
    assert la.matrix(np.array([[0.5]], dtype=np.float32)).eps == np.finfo(np.float32).eps
    with pytest.raises(la.InexactError, match="measured"):
        _ = measured.exact
    assert not la.matrix(np.ones((65, 2), dtype=int)).is_exact
    assert not la.matrix([[1] * 65]).is_exact


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ([], "no entries"),
        ([[]], "no entries"),
        ([1, 2], "not a row"),
        (["12", "34"], "not a row"),
        ([[1, 2], [3]], "row 2 has 1"),
        (7, "not a matrix"),
        (None, "not a matrix"),
        ([[1j]], "complex"),
        ([[None]], "not a number"),
        ([[[1]]], "not a number"),
        ([[float("nan")]], "NaN"),
        ([[float("inf")]], "infinity"),
        ([[10**400]], "too large"),
        ([[Fraction(1, 10**400)]], "too close to zero"),
        ([[10**5000]], "too large"),
        ([[sympy.pi]], "not built from fractions"),
        ([[sympy.oo]], "not a finite real"),
        ([[sympy.I]], "not a finite real"),
        ([[sympy.Symbol("x")]], "not a number"),
        ([[1] * 70, [1] * 69 + ["x"]], "not a finite real"),
        (np.array([1, 2]), "1 dimensions"),
        (np.zeros((0, 2)), "no entries"),
        (np.array([[1j]]), "complex"),
        (np.array([["a"]]), "give integers or floats"),
        (np.array([[np.nan]]), "NaN"),
        (np.array([[np.inf]]), "infinity"),
        (la.vector("1 2"), "vector is not a matrix"),
    ],
)
def test_what_is_no_matrix_is_refused(entries, problem):
    with pytest.raises(la.ParseError, match=problem):
        la.matrix(entries)


@pytest.mark.parametrize("entries", [5, [], [[1], [2]], np.eye(2), np.array(1.0), A, None])
def test_what_is_no_vector_is_refused(entries):
    with pytest.raises(la.ParseError):
        la.vector(entries)


def test_an_integer_too_long_to_print_is_no_matrix_either():
    with pytest.raises(la.ParseError, match="this int is not a matrix"):
        la.matrix(10**5000)


def test_it_is_a_value():
    assert la.matrix([[2, 1], [1, 3]]) == A
    assert A != B
    assert A != "2 1; 1 3"
    assert len({A, la.matrix("2 1;1 3"), B}) == 2
    for broken in (lambda: setattr(A, "array", 1), lambda: setattr(la.vector("1"), "eps", 1)):
        with pytest.raises(AttributeError):
            broken()
    with pytest.raises(ValueError, match="read-only"):
        A.array[0, 0] = 7
    with pytest.raises(TypeError):
        la.Matrix([[1]])
    with pytest.raises(TypeError):
        la.Vector([1])
    for value in (A, la.vector("1 2"), la.matrix(np.eye(2))):
        assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301


def test_parts():
    C = la.matrix("1 2 3; 4 5 6")
    assert C.shape == (2, 3)
    assert C.T.shape == (3, 2)
    assert C.T.T == C
    assert C[1, 2] == 6
    assert isinstance(C[1, 2], sympy.Integer)
    assert C.row(1) == la.vector("4 5 6")
    assert C.column(1) == C.columns[1] == la.vector("2 5")
    assert C.rows == (la.vector("1 2 3"), la.vector("4 5 6"))
    assert C.exact == sympy.ImmutableMatrix([[1, 2, 3], [4, 5, 6]])
    measured = la.matrix(C.array)
    assert measured.T.array.tolist() == C.array.T.tolist()
    assert measured[1, 2] == 6.0
    assert isinstance(measured[1, 2], float)
    assert measured.row(1) == la.vector(np.array([4.0, 5.0, 6.0]))
    assert measured.column(0).array.tolist() == [1.0, 4.0]


def test_arithmetic():
    v = la.vector("1 -1")
    assert la.matrix("4 8; 7 14") == A @ B
    assert A @ v == la.vector("1 -2")
    assert A @ "1 0; 0 1" == A
    assert np.array([[1, 0], [0, 1]]) @ A == A
    assert la.matrix("3 3; 3 7") == A + B
    assert la.matrix("1 -1; -1 -1") == A - B
    assert -A == A * -1 == -1 * A
    assert A * Fraction(1, 2) == la.matrix("1 1/2; 1/2 3/2")
    assert not (A * 0.5).is_exact
    assert v + v == 2 * v == la.vector("2 -2")
    assert v - v == v * 0
    assert -v == la.vector("-1 1")
    assert v @ v == 2
    assert la.vector(np.array([1.0, 2.0])) @ v == -1.0
    assert not (A @ la.vector(np.array([1.0, 2.0]))).is_exact
    assert not (A @ la.matrix(np.eye(2))).is_exact
    assert not (A + la.matrix(np.eye(2))).is_exact
    assert np.asarray(A).tolist() == [[2.0, 1.0], [1.0, 3.0]]
    with pytest.raises(TypeError):
        A * B
    for broken in (
        lambda: A @ la.matrix("1 2 3"),
        lambda: A + la.matrix("1"),
        lambda: v @ la.vector("1"),
    ):
        with pytest.raises(la.ShapeError):
            broken()


integers = st.lists(st.integers(-9, 9), min_size=4, max_size=4).map(
    lambda entries: np.array(entries).reshape(2, 2)
)


@given(integers, integers, st.lists(st.integers(-9, 9), min_size=2, max_size=2))
def test_what_numpy_does_is_done(a, b, v):
    A, B, u = la.matrix(a), la.matrix(b), la.vector(v)
    for found, expected in (
        (A[1], a[1]),
        (A[-1, 0], a[-1, 0]),
        (A[np.int64(1)], a[1]),
        (A.T, a.T),
        (A @ B, a @ b),
        (A @ b, a @ b),
        (A @ b.tolist(), a @ b),
        (b @ A, b @ a),
        (b.tolist() @ A, b @ a),
        (A @ v, a @ v),
        (A @ tuple(v), a @ v),
        (A @ np.array(v), a @ v),
        (v @ A, v @ a),
        (np.array(v) @ A, v @ a),
        (u @ A, v @ a),
        (u @ v, np.dot(v, v)),
        (v @ u, np.dot(v, v)),
        (np.array(v) @ u, np.dot(v, v)),
        (b @ u, b @ v),
        (b.tolist() @ u, b @ v),
        (A + b, a + b),
        (b + A, a + b),
        (A - b, a - b),
        (b - A, b - a),
        (u + v, 2 * np.array(v)),
        (v + u, 2 * np.array(v)),
        (np.array(v) - u, 0 * np.array(v)),
        (u - [1, 2], np.array(v) - [1, 2]),
        (-A, -a),
        (2 * A, 2 * a),
        (np.int64(2) * A, 2 * a),
        (A / 4, a / 4),
        (A / np.int64(4), a / 4),
        (u / 4, np.array(v) / 4),
        (A**0, np.eye(2)),
        (A**1, a),
        (A**5, np.linalg.matrix_power(a, 5)),
        (A ** np.int64(6), np.linalg.matrix_power(a, 6)),
    ):
        assert np.asarray(found).shape == np.shape(expected)
        assert np.asarray(found, dtype=float).tolist() == np.asarray(expected, dtype=float).tolist()
        assert getattr(found, "is_exact", True)
    assert len(A) == len(a)
    assert [row.array.tolist() for row in A] == a.tolist()
    first, second = A
    assert (first, second) == A.rows
    if la.rank(A) == 2:
        assert la.inverse(A) == A**-1
        assert A**-3 @ A**3 == A**0
    assert np.linalg.det(A) == pytest.approx(float(la.det(A)))


def test_dividing_by_roots_and_floats():
    assert A / sympy.sqrt(2) == la.matrix("√2 √2/2; √2/2 3*√2/2")
    assert A / "1/2" == 2 * A
    assert not (A / 0.5).is_exact
    assert (A / 0.5).array.tolist() == (2 * A).array.tolist()
    measured = la.matrix(A.array)
    assert (measured / 4).array.tolist() == (A / 4).array.tolist()
    assert (measured**2).array.tolist() == (A @ A).array.tolist()
    assert not (measured**0).is_exact
    assert (measured**-1).array == pytest.approx(la.inverse(A).array)


@pytest.mark.parametrize(
    ("asked", "kind", "way"),
    [
        (lambda: A * B, TypeError, "A @ B"),
        (lambda: A / B, TypeError, "A @ inverse"),
        (lambda: 1 / A, TypeError, "inverse"),
        (lambda: A**0.5, TypeError, r"power\(P\)"),
        (lambda: A[:, 0], TypeError, r"A.column\(j\)"),
        (lambda: A[0, 1, 1], TypeError, r"A\[i, j\]"),
        (lambda: A["x"], TypeError, r"A\[i\] is a row"),
        (lambda: A[2], IndexError, "out of range"),
        (lambda: la.vector("1 2")[0:1], TypeError, "v.array"),
        (lambda: A / 0, ZeroDivisionError, "by 0"),
        (lambda: A / 0.0, ZeroDivisionError, "by 0"),
        (lambda: A + 1, la.ParseError, "give rows"),
        (lambda: A @ 3, la.ParseError, "give rows"),
        (lambda: A @ [1, 2, 3], la.ShapeError, "as many columns"),
        (lambda: la.matrix("1 2 3; 4 5 6") ** 2, la.ShapeError, "square"),
        (lambda: la.matrix("1 2; 2 4") ** -1, la.SingularMatrixError, "no inverse"),
    ],
)
def test_what_is_not_meant_names_the_way_that_is(asked, kind, way):
    with pytest.raises(kind, match=way):
        asked()


def test_what_outgrows_exactness_becomes_measured():
    huge = la.matrix([["1e200", "√2"], ["√3", "√5"]]) @ la.matrix("√7 √11; √13 √17")
    assert huge.is_exact
    roots = "; ".join(" ".join(f"√{p}" for p in (2, 3, 5, 7, 11, 13, 17, 19)) for _ in range(8))
    C = la.matrix(roots)
    assert (C @ C).is_exact
    many = la.matrix([["√2+√3+√5+√7", "√11+√13"]]) @ la.matrix("√17+√19+√23+√29; √31+√37")
    assert not many.is_exact
    nine = la.vector("√2+√3+√5+√7+√11+√13+√17+√19+√23")
    assert not (nine + la.vector("√29+√31+√37+√41+√43+√47+√53+√59+√61")).is_exact
    full = la.matrix([["√2+√3+√5"] * 64] * 64)
    assert not (full @ full).is_exact  # more work than it is worth
    with pytest.raises(la.MatrixError, match="too large"):
        la.matrix("1e200 0; 0 1") @ la.matrix("1e200 0; 0 1")


def test_vectors():
    v = la.vector("3 sqrt(2)")
    assert len(v) == 2
    assert v.shape == (2,)
    assert v.array.shape == (2,)
    assert list(v) == [3, sympy.sqrt(2)]
    assert v.exact == sympy.ImmutableMatrix([3, sympy.sqrt(2)])
    assert la.vector(v) is v
    assert v != "3 sqrt(2)"
    assert hash(v) == hash(la.vector("3 sqrt(2)"))
    measured = la.vector(np.array([0.5, 1.0]))
    assert list(measured) == [0.5, 1.0]
    assert not measured.is_exact
    assert hash(measured) == hash(la.vector(np.array([0.5, 1.0])))
    with pytest.raises(la.InexactError):
        _ = measured.exact


def test_reprs():
    assert repr(A) == 'matrix("2 1; 1 3")'
    assert repr(la.matrix(np.array([[0.5, 1]]))) == "<measured 1×2 matrix 0.5 1>"
    assert repr(la.vector("1/2 3")) == 'vector("1/2 3")'
    assert repr(la.vector(np.array([0.5, 1]))) == "<measured vector 0.5 1>"
    assert repr(la.matrix(np.zeros((50, 50)))) == "<measured 50×50 matrix (50×50)>"


@given(A=...)
def test_floats_are_the_nearest(A: la.Matrix):
    if A.is_exact:
        expected = [[float(x) for x in A.exact.row(i)] for i in range(2)]
        assert np.allclose(A.array, expected, rtol=1e-15, atol=0)


@pytest.mark.parametrize("n", [1, 2, 3, 7])
def test_the_identity_changes_nothing(n):
    A = la.matrix(np.arange(1, n * n + 1).reshape(n, n))
    assert la.identity(n) @ A == A == A @ la.identity(n)
    assert la.identity(n).is_exact
