"""Each scene stages what its matrix is, and shows the lessons' own numbers exactly."""

from __future__ import annotations

import re

import pytest
from takes import Clip, Take, take
from zoo import ZOO

import lamath as la

FOLDED = re.compile(r"\bfold|\bturned? over|\bturns .*over|\bflip|\breflect", re.I)


def told(id: str, kind: str = "default", **more: str) -> str:
    return take(Clip(id, kind), **more).captions


def written(seen: Take, beat: str = "") -> set[str]:
    """All texts in sight when beats have come to rest."""
    return {text for rest in seen.rests if not beat or rest.beat == beat for text in rest.texts}


def all_of(seen: Take) -> str:
    return " ".join(written(seen))


# --- The staging --------------------------------------------------------------------------------


def test_a_plane_is_turned_over_exactly_if_the_determinant_is_negative(played: Take) -> None:
    if played.clip.scene == "null_space":
        return  # its plane never moves under the viewer's eyes as a whole
    folded = any(shift.path.folds for shift in played.shifts)
    assert folded == bool(la.det(played.matrix) < 0)


@pytest.mark.parametrize("id", ["inverse", "rank", "svd"])
def test_a_fold_is_announced_in_words(id: str) -> None:
    assert FOLDED.search(told(id, "turned over"))
    assert not FOLDED.search(told(id, "kind")) or id == "svd"


def test_a_singular_matrix_flattens_before_it_does_anything_else(played: Take) -> None:
    names = [shift.path.name for shift in played.shifts if not shift.rewinds]
    if names and la.rank(played.matrix) == 1 and played.clip.scene in ("rank", "no_way_back"):
        assert names[0].startswith("flatten")


@pytest.mark.parametrize("id", ["inverse", "no_way_back"])
@pytest.mark.parametrize("kind", ["kind", "turned over", "rank 1", "zero"])
def test_the_way_back_exists_exactly_if_the_matrix_has_an_inverse(id: str, kind: str) -> None:
    beats = {beat.name for beat in take(Clip(id, kind)).timeline.beats}
    if la.rank(ZOO[kind]) == 2:
        assert {"rewind", "inverse"} <= beats
        assert "verdict" not in beats
    else:
        assert "verdict" in beats
        assert not {"rewind", "inverse"} & beats


# --- The numbers --------------------------------------------------------------------------------


def test_the_inverse_counts_its_columns_exactly() -> None:
    seen = take(Clip("inverse"))
    assert {"5", "3/5", "-1/5", "2/5"} <= written(seen)
    assert "5 × 1/5 = 1" in seen.captions


def test_no_way_back_shows_the_distance_of_what_has_no_input() -> None:
    seen = take(Clip("no_way_back"))
    assert any("sqrt(5)" in text for text in written(seen))
    assert "det A = 0" in all_of(seen)


@pytest.mark.parametrize(("kind", "rank"), [("kind", 2), ("turned over", 2), ("nilpotent", 1)])
def test_the_rank_enters_the_panel_once_it_is_earned(kind: str, rank: int) -> None:
    seen = take(Clip("rank", kind))
    first = seen.rests[0]
    assert not any("rank" in text for text in first.texts)
    assert any(re.search(rf"rank\W* A = {rank}\b", text) for text in written(seen))


def test_the_null_space_has_its_exact_vector() -> None:
    texts = all_of(take(Clip("null_space")))
    assert re.search(r"-2.*1", texts)


def test_singular_values_are_written_exactly() -> None:
    texts = all_of(take(Clip("svd")))
    assert "σ₁ = 3√5" in texts
    assert "σ₂ = √5" in texts
    assert "71.6" in texts
    own = all_of(take(Clip("svd"), matrix="5 2; 2 1"))
    assert "σ₁ = 3 + 2√2" in own


def test_singular_values_of_a_matrix_that_nobody_tuned_for() -> None:
    assert "σ₁ = √13 + √2" in all_of(take(Clip("svd"), matrix="2 -3; 1 4"))
