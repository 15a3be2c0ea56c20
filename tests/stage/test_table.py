"""Matrices as blocks of cells: entries stay upright, and in their cells."""

from __future__ import annotations

import numpy as np
import pytest
from small import small

import lamath as la
from scenes.stage.layout import Rect
from scenes.stage.table import Block
from scenes.stage.view import View

VIEW = View(Rect(-5, -4, 5, 4), (0.0, 0.0), 0.8)


@pytest.fixture
def block() -> Block:
    return Block(small()(), la.matrix("1 2 0; 3 -1000000 1/3"), (-3, 0), "#FFFFFF")


def test_rows_go_down_from_the_corner(block: Block) -> None:
    assert block.cells[0][0].base.mean(axis=0) == pytest.approx((-2.5, -0.5))
    assert block.cells[1][2].base.mean(axis=0) == pytest.approx((-0.5, -1.5))
    assert block.strip(row=1).base.min(axis=0) == pytest.approx((-3, -2))
    assert block.strip(column=2).base.max(axis=0) == pytest.approx((0, 0))
    assert block.mark(0, 1).base.mean(axis=0) == pytest.approx((-1.5, -0.5))
    assert [block.entries[1][k].given for k in (0, 2)] == ["3", "1/3"]


@pytest.mark.parametrize("matrix", [np.eye(2), np.array([[0.0, -1], [-1, 0]])])
def test_entries_stand_upright_in_their_cells(block: Block, matrix: np.ndarray) -> None:
    wide = block.entries[1][1]
    wide.pose(matrix, VIEW)
    x, y = np.ptp(np.asarray(wide.points)[:, :2], axis=0)
    assert y < x < VIEW.unit
    assert wide.get_center()[:2] == pytest.approx(VIEW.unit * matrix @ (-1.5, -1.5))
