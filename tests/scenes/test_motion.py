"""The mathematics of motion: every in-between picture is true."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from takes import Clip, Motion, Take, area, take
from zoo import texts

import lamath as la
from lamath import notation

RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


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
        assert (np.diff(areas) <= 1e-9).all(), motion.path


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


# --- Every scene, every matrix of the zoo -------------------------------------------------------


def test_something_moves(played: Take) -> None:
    assert played.motions


def test_the_world_follows_a_path_of_lamath(played: Take) -> None:
    follows_lamath(played)


def test_the_plane_never_collapses_on_the_way(played: Take) -> None:
    stays_open(played)


def test_a_singular_map_only_ever_loses_area(played: Take) -> None:
    only_ever_loses_area(played)


def test_a_turn_keeps_lengths(played: Take) -> None:
    keeps_lengths(played)


def test_a_rewind_visits_the_same_matrices_backwards(played: Take) -> None:
    rewinds_exactly(played)


def test_the_world_ends_at_the_matrix(played: Take) -> None:
    lands_on_the_matrix(played)


def test_every_picture_is_where_the_matrix_puts_it(played: Take) -> None:
    assert played.lies == []


def test_running_numbers_tell_the_matrix_of_the_moment(played: Take) -> None:
    svd = la.svd(played.matrix)
    exact = [la.matrix("0")[0, 0], la.matrix("1")[0, 0], abs(la.det(played.matrix)), *svd.S]

    def says(text: str, value: float) -> bool:
        running = re.fullmatch(r"≈ (\d+(?:\.(\d+))?)(?:×10(.+))?", text)
        if running is None:  # landed
            return any(
                notation.typst(each, sign=True) == text
                and abs(float(each) - value) <= 1e-8 * max(1.0, value)
                for each in exact
            )
        digits, decimals, power = running.groups()
        scale = 10.0 ** int((power or "⁰").translate(RAISED))
        step = 10.0 ** -len(decimals or "")
        return abs(float(digits) * scale - value) <= 0.51 * step * scale

    for motion in played.motions:
        for s, matrix, numbers in motion.instants:
            lengths = np.linalg.norm(matrix @ svd.V.array, axis=0)
            truth = {"area": area(matrix), "sigma_1": lengths[0], "sigma_2": lengths[1]}
            for name, value in truth.items():
                if name in numbers:
                    assert says(numbers[name], value), (motion.beat, s, name, numbers[name], value)


def test_the_rank_counts_what_is_left(played: Take) -> None:
    for motion in played.motions:
        for _, matrix, numbers in motion.instants:
            if "rank" in numbers:
                assert numbers["rank"] == f"= {np.linalg.matrix_rank(matrix, rtol=1e-9)}"


# --- Any matrix ---------------------------------------------------------------------------------


@given(matrix=texts)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.parametrize("scene", ["svd", "inverse", "rank", "null_space"])
def test_motion_is_true_for_any_matrix(scene: str, matrix: str) -> None:
    hold_motion(take(Clip(scene), matrix=matrix))
