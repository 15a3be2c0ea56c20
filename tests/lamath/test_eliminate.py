from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import lamath as la
from lamath import _eliminate
from lamath._eliminate import reduced

small = st.tuples(st.integers(1, 4), st.integers(1, 5)).flatmap(
    lambda shape: st.lists(
        st.lists(
            st.builds(Fraction, st.integers(-4, 4), st.integers(1, 3)),
            min_size=shape[1],
            max_size=shape[1],
        ),
        min_size=shape[0],
        max_size=shape[0],
    )
)


def after(before: np.ndarray, step) -> np.ndarray:
    """Do the step by hand."""
    rows = np.array(before, dtype=object)
    if isinstance(step, la.RowSwap):
        rows[[step.row, step.other]] = rows[[step.other, step.row]]
    elif isinstance(step, la.RowScale):
        rows[step.row] = rows[step.row] * step.factor
    else:
        rows[step.row] = rows[step.row] + step.factor * rows[step.other]
    return rows


@given(small)
def test_sympy_agrees_and_every_step_is_one(rows):
    A, truth = la.matrix(rows), sympy.Matrix(rows)
    steps, rref, pivots = la.row_reduce(A)
    expected, expected_pivots = truth.rref()
    assert rref.exact == expected
    assert pivots == expected_pivots
    state = np.array(truth.tolist(), dtype=object)
    for step in steps:
        state = after(state, step)
        assert sympy.Matrix(state.tolist()) == sympy.Matrix(step.matrix.exact)
        assert getattr(step, "factor", 1) != 0
    assert rref.exact == sympy.Matrix(state.tolist())


@given(small)
def test_measured_steps_come_to_the_same_form(rows):
    A = la.matrix(np.array(rows, dtype=float))
    steps, rref, pivots = la.row_reduce(A)
    exact = la.row_reduce(rows)
    assert pivots == exact.pivots
    assert np.allclose(rref.array, exact.rref.array, atol=1e-12)
    assert not rref.is_exact
    state = A.array.copy()
    for step in steps:
        state = after(state, step).astype(float)
        assert np.allclose(state, step.matrix.array, atol=1e-12)


def test_one_by_hand():
    steps, rref, pivots = la.row_reduce("0 2 1; 3 4 5")
    assert steps == (
        la.RowSwap(0, 1, la.matrix("3 4 5; 0 2 1")),
        la.RowScale(0, sympy.Rational(1, 3), la.matrix("1 4/3 5/3; 0 2 1")),
        la.RowScale(1, sympy.Rational(1, 2), la.matrix("1 4/3 5/3; 0 1 1/2")),
        la.RowReplace(0, 1, sympy.Rational(-4, 3), la.matrix("1 0 1; 0 1 1/2")),
    )
    assert (rref, pivots) == (la.matrix("1 0 1; 0 1 1/2"), (0, 1))


def test_what_is_reduced_takes_no_step():
    for text in ("1 0 2; 0 1 3", "0 0; 0 0", "0 1; 0 0"):
        assert la.row_reduce(text).steps == ()
        assert la.row_reduce(text).rref == la.matrix(text)


def test_an_augmented_matrix_takes_pivots_on_its_left_only():
    steps, rref, pivots = la.row_reduce("1 2 1; 2 4 0", columns=2)
    assert rref == la.matrix("1 2 1; 0 0 -2")
    assert pivots == (0,)
    assert len(steps) == 1
    for columns in (-1, 4):
        with pytest.raises(la.ShapeError, match="from 0 to 3"):
            la.row_reduce("1 2 1; 2 4 0", columns=columns)


def test_roots_stay_roots():
    found = la.row_reduce("√2 2; 1 √2")
    assert found.rref == la.matrix("1 √2; 0 0")
    assert found.steps[0].factor == sympy.sqrt(2) / 2


def test_measured_entries_below_the_tolerance_are_nothing():
    found = la.row_reduce(np.array([[0.1, 0.2], [0.3, 0.6]]))
    assert found.pivots == (0,)
    assert found.rref.array.tolist() == [[1, 2], [0, 0]]


def test_more_steps_than_anyone_reads_are_refused():
    assert la.row_reduce(np.eye(24)).pivots == tuple(range(24))
    with pytest.raises(la.ShapeError, match="at most 24"):
        la.row_reduce(np.eye(25))


def test_exact_work_is_bounded(monkeypatch):
    roots = la.matrix("√2 √3 1; √5 1 √7; 1 √11 √13")
    wide = la.matrix([["1/3", "1/7"], ["1/11", "1/13"]])
    assert reduced(roots) is not None
    monkeypatch.setattr(_eliminate, "MAX_WORK", 3)
    _eliminate.reduced_rows.cache_clear()
    assert reduced(roots) is None
    assert reduced(wide) is None
    assert not la.row_reduce(wide).rref.is_exact
    monkeypatch.undo()
    _eliminate.reduced_rows.cache_clear()
    monkeypatch.setattr(_eliminate, "MAX_BITS", 3)
    assert reduced(wide) is None
    assert la.rank(wide) == 2
    monkeypatch.undo()
    _eliminate.reduced_rows.cache_clear()
    assert la.row_reduce(wide).rref.is_exact
