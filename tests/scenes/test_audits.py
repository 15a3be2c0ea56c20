"""No scene, whatever it shows and to whom, has anything for the audit to find.

`make audit` looks at every scene with every matrix, in every language and aspect.
"""

from __future__ import annotations

from takes import Take


def test_audit_finds_nothing_with_any_matrix(played: Take) -> None:
    assert list(map(str, played.findings)) == []


def test_audit_finds_nothing_in_any_language_or_shape(shown: Take) -> None:
    assert list(map(str, shown.findings)) == []
    assert shown.lies == []
