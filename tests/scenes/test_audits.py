"""No scene, whatever it shows and to whom, has anything for the audit to find.

`make audit` looks at every scene with every matrix, in every language and
aspect, and with many matrices that nobody chose.
"""

from __future__ import annotations

import pytest
from holds import hold_motion, hold_time
from hypothesis import given
from takes import ANY_MATRIX, Clip, Take, take
from zoo import texts

from scenes import CATALOGUE


def test_audit_finds_nothing_with_any_matrix(played: Take) -> None:
    assert list(map(str, played.findings)) == []


def test_audit_finds_nothing_in_any_language_or_shape(shown: Take) -> None:
    assert list(map(str, shown.findings)) == []
    assert shown.lies == []


@given(matrix=texts)
@ANY_MATRIX
@pytest.mark.parametrize("id", [each.id for each in CATALOGUE])
def test_audit_of_any_matrix(id: str, matrix: str) -> None:
    seen = take(Clip(id), matrix=matrix)
    assert list(map(str, seen.findings)) == []
    hold_motion(seen)
    hold_time(seen)
