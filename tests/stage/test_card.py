"""The matrix card shows a matrix as it is written."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from zoo import ZOO

import lamath as la
from lamath import notation
from scenes.stage.card import MatrixCard
from scenes.stage.layout import Rect
from scenes.stage.theme import DARK, Layer

LARGE = "; ".join(" ".join(f"{'-' * (k % 3 == 0)}{k}/7" for k in range(r, r + 6)) for r in range(6))
SHAPES = ["1", "1 2 3", "1; -2; 3", "1 0 1; 0 1 1; 1 1 2", "3/5 -4/5; -4/5 -3/5", LARGE]


def card(matrix: str | la.Matrix | la.Vector, name: str = "A", **options: object) -> MatrixCard:
    given = la.matrix(matrix) if isinstance(matrix, str) else matrix
    return MatrixCard(given, name=name, theme=DARK, **options)


def rect_of(thing: object) -> Rect:
    (left, bottom, _), (right, top, _) = thing.get_corner([-1, -1, 0]), thing.get_corner([1, 1, 0])
    return Rect(left, bottom, right, top)


@pytest.mark.parametrize("kind", ZOO)
def test_entries_are_written_exactly(kind: str) -> None:
    A = la.matrix(ZOO[kind])
    shown = card(A)
    for r in range(2):
        for c in range(2):
            assert shown.entry(r, c).text == notation.typst(A[r, c])


@pytest.mark.parametrize("matrix", SHAPES)
def test_entries_stand_in_a_grid_and_do_not_touch(matrix: str) -> None:
    shown = card(matrix)
    for row in shown.rows:
        assert np.ptp([entry.baseline for entry in row]) < 1e-6
        for a, b in pairwise(row):
            assert a.get_right()[0] + 0.5 * DARK.math < b.get_left()[0]
    for c in range(len(shown.rows[0])):
        assert np.ptp([entry.get_center()[0] for entry in shown.column(c)]) < 0.01
    steps = [a[0].baseline - b[0].baseline for a, b in pairwise(shown.rows)]
    assert steps == pytest.approx([steps[0]] * len(steps) if steps else [])
    for a, b in pairwise(shown.rows):
        assert min(e.get_bottom()[1] for e in a) > max(e.get_top()[1] for e in b) + 0.1


@pytest.mark.parametrize("matrix", SHAPES)
def test_brackets_hold_all_entries_with_as_much_room_on_all_sides(matrix: str) -> None:
    shown = card(matrix)
    inside, outside = rect_of(shown.entries), rect_of(shown.brackets)
    assert outside.contains(inside.inset(-0.3 * DARK.math))
    assert outside.center == pytest.approx([0, 0, 0], abs=1e-6)
    assert inside.left - outside.left == pytest.approx(outside.right - inside.right, abs=0.02)
    assert inside.bottom - outside.bottom == pytest.approx(outside.top - inside.top, abs=0.09)
    assert shown.heading.get_right()[0] < outside.left


def test_columns_have_their_colors_and_a_fourth_begins_again() -> None:
    shown = card("1 2 3 4; 5 6 7 8")
    for index, color in enumerate((DARK.i, DARK.j, DARK.third, DARK.i)):
        assert {each.get_fill_color().to_hex() for each in shown.column(index)} == {color}
    mixed = card("1 2; 3 4", colors=(DARK.input,))
    assert {each.get_fill_color().to_hex() for each in mixed.entries} == {DARK.input}


def test_rows_and_columns() -> None:
    shown = card("1 2 3; 4 5 6")
    assert [each.text for each in shown.row(1)] == ["4", "5", "6"]
    assert [each.text for each in shown.column(2)] == ["3", "6"]
    assert [each.text for each in shown.entries] == ["1", "2", "3", "4", "5", "6"]


def test_a_card_says_equal_only_of_what_is_exact() -> None:
    assert card("3/5 sqrt(2); 0 1").heading.text == "A ="
    assert card(la.svd("1 2; 3 4").U).heading.text == "A approx"


def test_a_bare_matrix_and_a_vector() -> None:
    assert card("1 2; 3 4", name="").heading is None
    shown = card(la.vector("1/2 3"))
    assert [[entry.text for entry in row] for row in shown.rows] == [["1/2"], ["3"]]


def test_an_entry_gives_way_to_another_and_nothing_else_moves() -> None:
    shown = card("3/5 1; -1/5 2", room=("-13/15",))
    others = [np.array(each.points) for each in (*shown.rows[0], shown.entry(1, 1))]
    brackets = np.array(shown.brackets[0].points)
    entry = shown.entry(1, 0)
    middle, baseline = entry.get_center()[0], entry.baseline
    for change in (entry.land, entry.show):
        for text in ("?", "4", "-13/15") if change == entry.land else ("4.37", "−0.50"):
            change(text)
            assert entry.text == text
            assert entry.get_center()[0] == pytest.approx(middle, abs=0.06)
            assert entry.baseline == pytest.approx(baseline, abs=1e-6)
            assert entry.get_left()[0] > shown.brackets[0].get_left()[0] + 0.2 * DARK.math
            assert entry.get_right()[0] < shown.entry(1, 1).get_left()[0] - 0.3 * DARK.math
    for before, each in zip(others, (*shown.rows[0], shown.entry(1, 1)), strict=True):
        assert np.array_equal(before, each.points)
    assert np.array_equal(brackets, shown.brackets[0].points)


def test_an_entry_runs_where_the_card_was_moved_to() -> None:
    shown = card("1 2; 3 4")
    shown.scale(1.5).shift([2, 1, 0])
    entry = shown.entry(0, 1)
    middle, baseline = entry.get_center()[0], entry.baseline
    entry.land("8")
    assert entry.get_center()[0] == pytest.approx(middle, abs=1e-3)
    assert entry.baseline == pytest.approx(baseline, abs=1e-6)
    assert entry.cap_height == pytest.approx(1.5 * DARK.math, rel=1e-6)


def test_a_band_lies_behind_its_entries_and_inside_the_brackets() -> None:
    shown = card("2 1; 1 3", spread=1.6)
    shown.shift([1, -1, 0])
    inner = rect_of(shown.brackets)
    for band, behind in (
        (shown.band(column=1), shown.column(1)),
        (shown.band(row=0), shown.row(0)),
        (shown.band(diagonal="down"), [shown.entry(0, 0), shown.entry(1, 1)]),
        (shown.band(diagonal="up"), [shown.entry(1, 0), shown.entry(0, 1)]),
    ):
        area = rect_of(band)
        assert inner.contains(area)
        assert all(area.contains(rect_of(entry)) for entry in behind)
        assert Layer.LABEL < band.z_index < Layer.PANEL
        assert band.get_fill_opacity() == DARK.band_fill


def test_a_column_s_band_leaves_the_other_column_out() -> None:
    shown = card("2 1; 1 3")
    assert not rect_of(shown.band(column=0)).overlaps(rect_of(shown.column(1)))


def test_a_band_lies_behind_one_thing() -> None:
    shown = card("2 1; 1 3")
    for wrong in ({}, {"row": 0, "column": 1}):
        with pytest.raises(ValueError, match="a row, a column or a diagonal"):
            shown.band(**wrong)
