"""The matrix card shows a matrix as it is written."""

from __future__ import annotations

import pytest
from zoo import ZOO

import lamath as la
from lamath import notation
from scenes.stage import DARK
from scenes.stage.card import MatrixCard
from scenes.stage.text import inline


def card(matrix: la.Matrix | la.Vector, name: str = "A") -> MatrixCard:
    return MatrixCard(matrix, name=name, colors=(DARK.i, DARK.j), theme=DARK)


@pytest.mark.parametrize("kind", ZOO)
def test_entries_are_written_exactly_and_in_place(kind: str) -> None:
    A = la.matrix(ZOO[kind])
    rows = card(A).rows
    for r in range(2):
        for c in range(2):
            assert rows[r][c].text == inline(notation.typst(A[r, c]))
    assert rows[0][0].get_left()[0] < rows[0][1].get_left()[0]
    assert rows[0][0].baseline > rows[1][0].baseline
    for row in rows:
        assert row[0].get_right()[0] < row[1].get_left()[0]
        assert row[0].baseline == pytest.approx(row[1].baseline, abs=1e-6)


@pytest.mark.parametrize("kind", ZOO)
def test_brackets_hold_all_entries(kind: str) -> None:
    shown = card(la.matrix(ZOO[kind]))
    left, right = shown.brackets
    for entry in shown.entries:
        assert left.get_left()[0] < entry.get_left()[0]
        assert entry.get_right()[0] < right.get_right()[0]
        assert left.get_bottom()[1] < entry.get_bottom()[1]
        assert entry.get_top()[1] < left.get_top()[1]
    assert shown.heading.get_right()[0] < left.get_left()[0]


def test_columns_have_the_colors_of_i_and_j() -> None:
    shown = card(la.matrix("1 2; 3 4"))
    for index, color in enumerate((DARK.i, DARK.j)):
        assert {each.get_fill_color().to_hex() for each in shown.column(index)} == {color}


def test_a_card_says_equal_only_of_what_is_exact() -> None:
    assert card(la.matrix("3/5 sqrt(2); 0 1")).heading.text == "A ="
    assert card(la.svd("1 2; 3 4").U).heading.text == "A approx"


def test_a_bare_matrix_and_a_vector() -> None:
    assert card(la.matrix("1 2; 3 4"), name="").heading is None
    shown = card(la.vector("1/2 3"))
    assert [[entry.text for entry in row] for row in shown.rows] == [[inline("1/2")], ["3"]]
