from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import lamath as la

SQUARE = st.lists(st.integers(-6, 6), min_size=9, max_size=9).map(
    lambda e: la.matrix([e[:3], e[3:6], e[6:]])
)


@given(SQUARE)
def test_slides_make_an_upright_box_of_the_same_signed_volume(A):
    assume(la.det(A) != 0)
    now = la.matrix(A)
    found = la.slides(A)
    assert len(found) <= 4
    for step in found:
        assert step.counts[step.column] == 0
        assert step.matrix.column(step.column) == now.column(step.column) + now @ step.counts
        for other in {0, 1, 2} - {step.column}:
            assert step.matrix.column(other) == now.column(other)
        assert la.det(step.matrix) == la.det(A)
        now = step.matrix
    assert (np.count_nonzero(now.array, axis=0) == 1).all()
    assert (np.count_nonzero(now.array, axis=1) == 1).all()


def test_slides_set_the_lessons_box_upright_with_pivots_1_1_and_2():
    found = la.slides("1 1 0; 0 1 1; 1 0 1")
    assert found[0].matrix == la.matrix("1 0 0; 0 1 1; 1 -1 1")
    assert found[1].matrix == la.matrix("1 0 0; 0 1 0; 1 -1 2")
    assert found[-1].matrix == la.matrix("1 0 0; 0 1 0; 0 0 2")


@pytest.mark.parametrize(
    "text", ["1 2 3; 4 5 6; 7 8 9", "1 0 0; 0 1 0; 0 0 1", "0 0 1; 1 0 0; 0 1 0"]
)
def test_what_is_flat_or_upright_already_needs_no_slide(text):
    assert la.slides(text) == ()


@given(SQUARE)
def test_a_crossing_in_space_goes_through_0_in_one_entry(A):
    found = la.crossing_in_space(A)
    opened, flat, beyond = (la.det(each) for each in found[2:])
    assert flat == 0
    assert opened + beyond == 0
    assert la.det(A) * opened >= 0
    changed = np.argwhere(found.opened.array != found.beyond.array)
    assert changed.tolist() == [[found.row, found.column]]
    if la.det(A) == 0 and la.rank(A) == 2:
        assert found.flat == A


def test_the_lessons_volume_crosses_0():
    found = la.crossing_in_space("1 1 0; 0 1 1; 1 0 1")
    assert [la.det(each) for each in found[2:]] == [2, 0, -2]


@pytest.mark.parametrize("f", [la.slides, la.crossing_in_space])
def test_only_boxes_of_space_are_set_upright(f):
    with pytest.raises(la.ShapeError, match="three rows"):
        f("1 2; 3 4")
