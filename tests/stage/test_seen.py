"""What is to be seen, told in names and numbers."""

from __future__ import annotations

import pytest

from scenes import entry
from scenes.stage.seen import Seen, seen


@pytest.fixture(scope="module")
def inverse() -> dict[str, Seen]:
    """What is seen at the end of each beat of a scene."""
    found: dict[str, Seen] = {}

    def look(scene, name):
        found[name] = seen(scene.worlds, scene.panel)

    entry("inverse").load().rehearse(at_beat_end=look, matrix="2 1; 1 3", vector="-1 1")
    return found


def test_arrows_are_told_where_the_matrix_has_put_them(inverse: dict[str, Seen]) -> None:
    arrows = {name: tip for each in inverse.values() for name, _, tip in each.stages[0].arrows}
    assert arrows["A î"] == "(2, 1)"
    assert arrows["A ĵ"] == "(1, 3)"
    assert arrows["b"] == "(−1, 2)"


def test_entries_are_told_exactly(inverse: dict[str, Seen]) -> None:
    *_, last = inverse.values()
    arrows = {name: tip for name, _, tip in last.stages[0].arrows}
    assert arrows["A⁻¹ î"] == "(3/5, −1/5)"


def test_the_panel_is_told_line_by_line(inverse: dict[str, Seen]) -> None:
    first, *_, last = inverse.values()
    assert "A = [2 1; 1 3]" in first.panel
    assert "A⁻¹ = [3/5 −1/5; −1/5 2/5]" in last.panel
    assert "det A = 5" in last.panel
    assert "det A⁻¹ = 1/5" not in first.panel  # before the story has it


def test_what_is_asked_is_not_told(inverse: dict[str, Seen]) -> None:
    texts = [mark for each in inverse.values() for stage in each.stages for mark in stage.marks]
    assert "?" not in texts
