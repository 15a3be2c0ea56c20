"""A box whose edges are raised from their shadows."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.stage.raised import Raised, others

EDGES = np.array([(0, 5, 2), (4, 2, 1), (-1, 0, 3)])
"""The columns of [2 1 3; 0 4 −1; 5 2 0], its first axis up."""


def test_each_height_adds_what_its_far_face_sweeps_out() -> None:
    box = Raised(EDGES)
    grown = []
    for up in ((), (0,), (0, 1), (0, 1, 2)):
        box.up.now = box.raised(*up)
        grown.append(box.volume())
    assert grown == pytest.approx([0, 4, -1, -61])
    for j, added in enumerate(np.diff(grown)):
        box.up.now = box.raised(*range(j + 1))
        for sunk in (0.0, 0.5, 1.0):  # sinking keeps the volume
            box.sunk.now = sunk
            assert np.linalg.det(box.swept(j)()) == pytest.approx(added)


def test_heights_that_nobody_would_see_are_stretched_and_volumes_stay_true() -> None:
    flat = Raised.to_be_seen([(4, 7, 1), (5, 8, 2), (6, 10, 3)])
    assert flat.factor > 1
    assert flat.volume() == pytest.approx(-3)
    assert Raised.to_be_seen(EDGES).factor == 1
    assert Raised.to_be_seen([(1, 0, 900), (0, 1, 0), (0, 0, 0)]).factor < 1


def test_edges_come_in_cyclic_order() -> None:
    assert [others(j) for j in range(3)] == [(1, 2), (2, 0), (0, 1)]
