"""No scene, whatever it shows and to whom, has anything for the audit to find.

`make audit` looks at every scene with every matrix, in every language and
aspect, and with many matrices that nobody chose.
"""

from __future__ import annotations

import pytest
from holds import hold_motion, hold_time
from hypothesis import given
from hypothesis import strategies as st
from takes import ANY_MATRIX, FULL, Clip, Take, kinds_of, take
from zoo import texts, texts_of_space

from scenes import CATALOGUE


def judge(seen: Take) -> None:
    assert list(map(str, seen.findings)) == []


def test_audit_finds_nothing_with_any_matrix(played: Take) -> None:
    judge(played)


def test_audit_finds_nothing_in_any_language_or_shape(shown: Take) -> None:
    judge(shown)
    assert shown.lies == []


@given(data=st.data())
@ANY_MATRIX
@pytest.mark.parametrize("id", [each.id for each in CATALOGUE if each.input("matrix")])
def test_audit_of_any_matrix(id: str, data: st.DataObject) -> None:
    plane = "kind" in kinds_of(id)
    seen = take(Clip(id), matrix=data.draw(texts if plane else texts_of_space))
    if FULL:  # labels of matrices that nobody chose may still collide: `make audit` tells
        assert list(map(str, seen.findings)) == []
    hold_motion(seen)
    hold_time(seen)
