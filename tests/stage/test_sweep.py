"""A line that slides: it leaves itself exactly if the columns are independent."""

from __future__ import annotations

import numpy as np
import pytest
from planes import is_true, plane
from zoo import ZOO

import lamath as la
from scenes.stage.figure import set_presence
from scenes.stage.sweep import Sweep


def swept(matrix: str, times: float = 1.0) -> Sweep:
    """The line of the first column, slid along the second, with all of it in sight."""
    world = plane()
    sweep = Sweep(world, (1, 0), (0, 1), color="#ffffff", tint="#ffffff", width=1.0)
    for figure in (sweep.strip, sweep.first, sweep.moving, sweep.beads):
        set_presence(figure, 1.0)
    world.matrix = la.matrix(matrix).array
    sweep.at.now = sweep.half.now = times
    world.draw()
    return sweep


@pytest.mark.parametrize("kind", [k for k in ZOO if la.matrix(ZOO[k]).columns[0].array.any()])
def test_it_is_off_the_line_by_area_over_length(kind: str) -> None:
    A = la.matrix(ZOO[kind])
    gap = swept(ZOO[kind]).gap(A)
    assert gap * float(la.norm(A.columns[0])) == pytest.approx(abs(float(la.det(A))), abs=1e-6)


@pytest.mark.parametrize("kind", ["kind", "turned over", "rank 1", "stretched"])
def test_it_goes_through_the_multiples_of_across(kind: str) -> None:
    A, sweep = la.matrix(ZOO[kind]).array, swept(ZOO[kind], 2.0)
    start, end = A @ sweep.moving.base[0], A @ sweep.moving.base[-1]
    ahead, there = end - start, 2.0 * A[:, 1] - start
    off = abs(ahead[0] * there[1] - ahead[1] * there[0]) / np.linalg.norm(ahead)
    assert off < 1e-6 * max(1.0, float(np.abs(A).max()))
    assert is_true(sweep.world)


def test_enough_of_it_covers_the_stage() -> None:
    A = la.matrix(ZOO["kind"])
    sweep = swept(ZOO["kind"])
    assert sweep.enough(A) * sweep.gap(A) >= sweep.world.view.reach
