"""What must hold of every take, whatever is played."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from takes import Motion, Take

import lamath as la

# --- Motion -------------------------------------------------------------------------------------


def close(a: np.ndarray, b: np.ndarray, rel: float = 1e-9) -> bool:
    return np.allclose(a, b, rtol=0, atol=rel * float(np.abs(b).max()))


def paths(A: la.Matrix) -> list[la.LinearPath]:
    """What lamath has to offer a scene: the whole path, its parts, the stages of the SVD."""
    whole = la.path(A)
    return [whole, *whole.parts, *(stage.path for stage in la.svd(A).stages())]


def follows(motion: Motion, path: la.LinearPath) -> bool:
    """Whether all that was seen is that path, applied to where the world was at first."""
    base = motion.after if motion.rewinds else motion.before
    return all(
        np.shape(matrix) == np.shape(path(t) @ base) and close(matrix, path(t) @ base, 1e-12)
        for s, matrix, _ in motion.instants
        for t in [1 - s if motion.rewinds else s]
        if np.any(path(t) @ base)
    )


def hold_motion(seen: Take) -> None:
    """All that must hold of a take's movements, whatever the matrix."""
    follows_lamath(seen)
    stays_open(seen)
    only_ever_loses_area(seen)
    keeps_lengths(seen)
    rewinds_exactly(seen)
    lands_on_the_matrix(seen)
    assert seen.lies == []


def follows_lamath(seen: Take) -> None:
    offered = paths(seen.matrix)
    for motion in seen.motions:
        assert any(follows(motion, path) for path in offered), motion.path


def stays_open(seen: Take) -> None:
    """The plane is never squeezed more than A itself squeezes it, nor turned over unseen."""
    det, least = float(la.det(seen.matrix)), float(la.svd(seen.matrix).S[1])
    for motion in seen.motions:
        for s, matrix, _ in motion.instants:
            if det > 0:
                assert matrix.shape == (2, 2)
                assert np.linalg.det(matrix) > 0, (motion.path, s)
            if det != 0:
                left = np.linalg.svd(matrix, compute_uv=False)[-1]
                assert left >= min(1.0, least) * (1 - 1e-9), (motion.path, s)


def only_ever_loses_area(seen: Take) -> None:
    if la.rank(seen.matrix) == 2:
        return
    for motion in seen.motions:
        areas = motion.areas[::-1] if motion.rewinds else motion.areas
        rounding = 1e-12 * max(1.0, float((seen.matrix.array**2).sum()))
        assert (np.diff(areas) <= rounding).all(), motion.path


def keeps_lengths(seen: Take) -> None:
    for motion in seen.motions:
        if motion.path.name != "turn":
            continue
        before = motion.before.T @ motion.before
        for _, matrix, _ in motion.instants:
            assert close(matrix.T @ matrix, before), motion.path


def rewinds_exactly(seen: Take) -> None:
    for forth, back in pairwise(seen.motions):
        if not back.rewinds:
            continue
        for s, matrix, _ in back.instants:
            assert np.array_equal(matrix, forth.path(1.0 - s) @ forth.before), s
        assert np.array_equal(back.before, forth.after)
        assert np.array_equal(back.after, forth.before)


def lands_on_the_matrix(seen: Take) -> None:
    A = seen.matrix.array
    last = seen.motions[-1]
    assert close(last.before if last.rewinds else last.after, A, 1e-12)


# --- Time ---------------------------------------------------------------------------------------


def hold_time(seen: Take) -> None:
    reads_at_leisure(seen)
    beats = seen.timeline.beats
    names = [beat.name for beat in beats]
    assert len(names) == len(set(names))
    assert all(a.end == b.start for a, b in pairwise(beats))
    assert beats[-1].end == pytest.approx(seen.timeline.seconds)
    *_, last = seen.plays
    held = sum(play.end - play.start for play in trailing_stills(seen))
    assert last.still
    assert held >= 2 - 1 / 15


def reads_at_leisure(seen: Take) -> None:
    for beat in seen.timeline.beats:
        chinese = len(re.findall(r"[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]", beat.caption))
        latin = len(re.sub(r"\s", "", beat.caption)) - chinese
        need = 1.5 + 0.06 * latin + 0.25 * chinese
        assert beat.end - beat.start >= need - 1 / 10, beat


def trailing_stills(seen: Take) -> list:
    stills = []
    for play in reversed(seen.plays):
        if not play.still:
            break
        stills.append(play)
    return stills
