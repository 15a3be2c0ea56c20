"""The rules of a clip that teaches, as far as they can be judged without eyes."""

from __future__ import annotations

import pytest
from holds import (
    areas_go_one_way,
    hold_time,
    keeps_lengths_in_a_turn,
    keeps_rank_in_a_fold,
    names_are_true,
    numbers_measure,
)
from takes import LANGUAGES, Clip, Take, take

from scenes import CATALOGUE

SCENE = pytest.mark.parametrize("id", [each.id for each in CATALOGUE])
LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


# --- True in every frame ------------------------------------------------------------------------


def test_names_are_true_at_rest(played: Take) -> None:
    names_are_true(played)


def test_running_numbers_show_what_they_measure(played: Take) -> None:
    numbers_measure(played)


def test_areas_only_rise_or_only_fall_in_a_motion(played: Take) -> None:
    for shift in played.shifts:
        areas_go_one_way(shift)


def test_a_fold_keeps_the_rank_and_a_turn_keeps_lengths(played: Take) -> None:
    for shift in played.shifts:
        keeps_rank_in_a_fold(shift)
        keeps_lengths_in_a_turn(shift)


@SCENE
def test_names_are_judged_at_all(id: str) -> None:
    assert len(set(take(Clip(id)).names)) >= 2


# --- Time ---------------------------------------------------------------------------------------


def test_every_caption_can_be_read(played: Take) -> None:
    hold_time(played)


def test_every_caption_can_be_read_in_every_language(shown: Take) -> None:
    hold_time(shown)


def test_no_clip_is_too_long_or_too_short(played: Take) -> None:
    assert 12 <= played.timeline.seconds <= 60


@SCENE
@LANGUAGE
def test_a_default_clip_keeps_moving(id: str, language: str) -> None:
    seen = take(Clip(id, language=language))
    assert seen.still_share <= 0.3
    assert seen.longest_freeze <= 2.5


@SCENE
@LANGUAGE
def test_a_default_clip_has_its_length(id: str, language: str) -> None:
    assert 20 <= take(Clip(id, language=language)).timeline.seconds <= 60
