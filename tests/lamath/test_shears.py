from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import lamath as la

SQUARE = st.lists(st.integers(-9, 9), min_size=4, max_size=4).map(
    lambda e: la.matrix([e[:2], e[2:]])
)


@given(SQUARE)
def test_shears_make_a_rectangle_of_the_same_signed_area(A):
    assume(la.det(A) != 0)
    now = la.matrix(A)
    for step in la.shears(A):
        base = now.column(1 - step.column)
        assert step.matrix.column(1 - step.column) == base
        assert step.matrix.column(step.column) == now.column(step.column) + base * step.factor
        assert la.det(step.matrix) == la.det(A)
        now = step.matrix
    assert now[0, 1] == now[1, 0] == 0 or now[0, 0] == now[1, 1] == 0


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("2 1; 1 3", "2 0; 0 5/2"),
        ("5 2; 2 1", "1 0; 0 1"),
        ("100 99; 99 98", "1 0; 0 -1"),
        ("1000 0; 200 1000", "1000 0; 0 1000"),
    ],
)
def test_a_rectangle_is_as_little_thin_as_it_can_be(text, sides):
    assert la.shears(text)[-1].matrix == la.matrix(sides)


@pytest.mark.parametrize("text", ["1 2; 2 4", "0 2; 2 0", "-1 0; 0 -1", "0 0; 0 0"])
def test_what_is_flat_or_a_rectangle_already_needs_no_shear(text):
    assert la.shears(text) == ()


@given(SQUARE)
def test_a_crossing_goes_through_0_in_one_entry(A):
    found = la.crossing(A)
    opened, flat, beyond = (la.det(each) for each in found[2:])
    assert flat == 0
    assert opened * beyond < 0
    assert la.det(A) * opened >= 0
    changed = np.argwhere(found.opened.array != found.beyond.array)
    assert changed.tolist() == [[found.row, found.column]]
    if la.det(A) == 0 and A.array.any():
        assert found.flat == A


def test_a_crossing_moves_the_last_entry_if_that_is_seen():
    assert la.crossing("2 1; 1 3").beyond == la.matrix("2 1; 1 -2")
    assert la.crossing("100 99; 99 98").opened == la.matrix("100 99; 99 4801/100")
    assert la.crossing("0 0; 0 0").opened == la.matrix("1 0; 0 1")
