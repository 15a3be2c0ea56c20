"""What must hold of every take, whatever is played."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from takes import Shift, Take


def close(a: np.ndarray, b: np.ndarray, rel: float = 1e-9) -> bool:
    return a.shape == b.shape and np.allclose(a, b, rtol=0, atol=rel * float(np.abs(b).max() or 1))


def hold_motion(seen: Take) -> None:
    """All that must hold of a take's movements, whatever the matrix."""
    names_are_true(seen)
    numbers_measure(seen)
    for shift in seen.shifts:
        areas_go_one_way(shift)
        keeps_rank_in_a_fold(shift)
        keeps_lengths_in_a_turn(shift)


def names_are_true(seen: Take) -> None:
    assert seen.lies == []


def area(matrix: np.ndarray) -> float:
    """The factor by which areas grow, in the plane or in space."""
    return float(np.prod(np.linalg.svd(matrix, compute_uv=False)))


def areas_go_one_way(shift: Shift) -> None:
    """Between its two ends a determinant only falls, or only rises; a mirror image passes 0."""
    if shift.path.reflects:
        return
    sizes = np.array([area(matrix) for matrix in shift.seen])
    if len(sizes) < 2:
        return
    steps = np.diff(sizes)
    largest = max(float(np.abs(matrix).max()) for matrix in shift.seen)
    slack = 1e-9 * max(1.0, float(sizes.max()), largest**2)
    assert (steps >= -slack).all() or (steps <= slack).all(), (shift.path, sizes)


def keeps_rank_in_a_fold(shift: Shift) -> None:
    if shift.path.name != "fold":
        return
    rank = np.linalg.matrix_rank(shift.base, rtol=1e-9)
    for matrix in shift.seen:
        assert np.linalg.matrix_rank(matrix, rtol=1e-9) == rank


def keeps_lengths_in_a_turn(shift: Shift) -> None:
    if shift.path.name != "turn":
        return
    before = shift.base.T @ shift.base
    for matrix in shift.seen:
        assert close(matrix.T @ matrix, before)


def numbers_measure(seen: Take) -> None:
    """A running number shows what it measures, to its last digit."""
    for moment in seen.moments:
        for text, value in moment.numbers:
            digits = re.fullmatch(r"(−?\d+(?:\.(\d+))?)°?", text)
            if digits is not None:
                shown = float(digits[1].replace("−", "-"))
                assert abs(shown - value) <= 0.51 * 10.0 ** -len(digits[2] or ""), (moment, text)


# --- Time ---------------------------------------------------------------------------------------


def hold_time(seen: Take) -> None:
    reads_at_leisure(seen)
    beats = seen.timeline.beats
    assert all(a.end == pytest.approx(b.start) for a, b in pairwise(beats))
    assert beats[-1].end == pytest.approx(seen.timeline.seconds)


def reads_at_leisure(seen: Take) -> None:
    for beat in seen.timeline.beats:
        chinese = len(re.findall(r"[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]", beat.caption))
        latin = len(re.sub(r"\s", "", beat.caption)) - chinese
        need = 1.5 + 0.06 * latin + 0.25 * chinese
        assert beat.end - beat.start >= need - 1 / 10, beat
