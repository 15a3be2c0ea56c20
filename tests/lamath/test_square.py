from __future__ import annotations

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import lamath as la

square = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.lists(st.integers(-5, 5), min_size=n, max_size=n), min_size=n, max_size=n)
)


@given(square)
def test_sympy_agrees(rows):
    A, S = la.matrix(rows), sympy.Matrix(rows)
    measured = np.array(rows, dtype=float)
    assert la.trace(A) == S.trace()
    assert la.trace(measured) == float(S.trace())
    for n in range(len(rows)):
        for found in (la.cofactors(A, row=n), la.cofactors(A, column=n)):
            assert found.value == S.det()
            for term in found.terms:
                i, j = term.row, term.column
                assert found.at == n == (i if found.line == "row" else j)
                assert term.entry == rows[i][j]
                assert term.value == rows[i][j] * S.cofactor(i, j)
                assert term.sign == (-1) ** (i + j)
                assert (term.minor is None) == (len(rows) == 1)
                if term.minor is not None:
                    assert sympy.Matrix(term.minor.matrix.exact) == S.minor_submatrix(i, j)
                    assert term.minor.value == S.minor(i, j)
        assert la.cofactors(measured, row=n).value == pytest.approx(float(S.det()), abs=1e-9)


@given(square, st.data())
def test_what_determinants_do(rows, data):
    n = len(rows)
    A = la.matrix(rows)
    other = data.draw(
        st.lists(st.lists(st.integers(-3, 3), min_size=n, max_size=n), min_size=n, max_size=n)
    )
    assert la.det(A @ other) == la.det(A) * la.det(other)
    assert la.det(A.T) == la.det(A)
    assert la.det(A * 3) == 3**n * la.det(A)
    assert (A @ other).T == la.matrix(other).T @ A.T
    if n > 1:
        assert la.det([rows[1], rows[0], *rows[2:]]) == -la.det(A)
        assert la.det([[a + b for a, b in zip(rows[0], other[0], strict=True)], *rows[1:]]) == (
            la.det(A) + la.det([other[0], *rows[1:]])
        )
    triangle = np.triu(np.array(rows))
    assert la.det(triangle) == int(np.prod(np.diag(triangle)))


def test_the_terms_of_lesson_two():
    found = la.cofactors("2 1 3; 0 4 -1; 5 2 0")
    assert [term.value for term in found.terms] == [4, -5, -60]
    assert found.value == -61
    assert found.terms[0].minor.matrix == la.matrix("4 -1; 2 0")
    assert la.cofactors("2 1 3; 0 4 -1; 5 2 0", column=2).value == -61
    assert [t.value for t in la.cofactors("√2 1; 1 √2").terms] == [2, -1]


def test_what_outgrows_exactness_is_measured():
    roots = "√2+√3+√5+√7 √11+√13+√17+√19; √23+√29+√31+√37 √41+√43+√47+√53"
    A = la.matrix(roots)
    assert isinstance(la.cofactors(A).value, float)
    assert la.cofactors(A).value == pytest.approx(la.det(A))
    wide = la.matrix("√2+√3+√5+√7+√11+√13+√17+√19+√23 0; 0 √29+√31+√37+√41+√43+√47+√53+√59+√61")
    assert la.trace(wide) == pytest.approx(np.trace(wide.array))


def test_an_inverse_beyond_floats_is_refused(monkeypatch):
    with pytest.raises(la.MatrixError, match="scale the matrix up"):
        la.inverse("1e-290 1e-290; 1e-290 1.0000000000000000000000000000000000000001e-290")
    long = la.matrix("√2+√3+√5+√7 √11+√13+√17+√19; √23+√29+√31+√37 √41+√43+√47+√53")

    def fails(_):
        raise np.linalg.LinAlgError

    monkeypatch.setattr(np.linalg, "inv", fails)
    with pytest.raises(la.MatrixError, match="scale the matrix up"):
        la.inverse(long)


def test_refusals():
    for what in (la.trace, la.cofactors):
        with pytest.raises(la.ShapeError, match="square"):
            what("1 2 3; 4 5 6")
    with pytest.raises(la.ShapeError, match="7! products"):
        la.cofactors(np.eye(7))
    with pytest.raises(la.ShapeError, match="one of them"):
        la.cofactors("1 2; 3 4", row=0, column=1)
    with pytest.raises(la.ShapeError, match="no row 2"):
        la.cofactors("1 2; 3 4", row=2)
    with pytest.raises(la.ShapeError, match="no column -1"):
        la.cofactors("1 2; 3 4", column=-1)
    assert la.cofactors(np.eye(6)).value == 1.0


def test_which_matrices_commute():
    turn, shear = "0 -1; 1 0", "1 1; 0 1"
    assert not la.commute(turn, shear)
    assert la.commute(turn, "sqrt(3)/2 -1/2; 1/2 sqrt(3)/2")
    assert la.commute(np.array([[0.6, -0.8], [0.8, 0.6]]), np.array([[0.28, -0.96], [0.96, 0.28]]))
    assert not la.commute(np.array([[0.6, -0.8], [0.8, 0.6]]), shear)
    with pytest.raises(la.ShapeError):
        la.commute("1 2 3; 4 5 6", shear)
