"""The mathematics of motion: every in-between picture is true."""

from __future__ import annotations

import re

import numpy as np
from holds import (
    follows_lamath,
    keeps_lengths,
    lands_on_the_matrix,
    only_ever_loses_area,
    rewinds_exactly,
    stays_open,
)
from takes import Take, area

import lamath as la
from lamath import notation

RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


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
