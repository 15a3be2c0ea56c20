"""Each scene stages what its matrix is: the story, its time, its numbers."""

from __future__ import annotations

import re

import pytest
from holds import hold_time
from takes import Clip, Take, area, take
from zoo import ZOO

import lamath as la
from lamath import notation
from scenes import CATALOGUE
from scenes.inverse import InverseUndoes
from scenes.stage.text import inline

FOLDED = re.compile(r"\bfold|\bturn\w* (the \w+ )?over", re.I)


def exactly(value: object) -> str:
    return notation.typst(value, sign=True)


# --- Time ---------------------------------------------------------------------------------------


def test_every_caption_can_be_read_and_the_last_picture_stands(played: Take) -> None:
    hold_time(played)


def test_every_caption_can_be_read_in_every_language(shown: Take) -> None:
    hold_time(shown)


def test_no_clip_is_too_long(played: Take) -> None:
    assert played.timeline.seconds <= 60
    if played.clip.kind == "default":
        assert played.timeline.seconds >= 20


def test_no_clip_is_too_long_in_any_language(shown: Take) -> None:
    assert 20 <= shown.timeline.seconds <= 60


def test_the_first_frame_shows_what_the_scene_is_about(played: Take) -> None:
    texts, figures = played.opening.texts, played.opening.figures
    assert set(texts) & {each.title for each in CATALOGUE}
    assert {inline(notation.typst(entry)) for row in played.matrix.rows for entry in row} <= set(
        texts
    )
    assert len(figures) >= 3


# --- The staging --------------------------------------------------------------------------------


def forth(seen: Take) -> list:
    return [motion for motion in seen.motions if not motion.rewinds]


def test_a_negative_determinant_is_folded_and_said(played: Take) -> None:
    folded = [motion for motion in forth(played) if motion.path.folds]
    assert bool(folded) == (la.det(played.matrix) < 0)
    captions = " ".join(played.captions.values())
    assert bool(FOLDED.search(captions)) == bool(folded)


def test_a_singular_matrix_flattens_first(played: Take) -> None:
    moving = [motion for motion in forth(played) if motion.path.name != "turn"]
    singular = la.rank(played.matrix) < 2
    assert bool(moving and moving[0].path.name.startswith("flatten")) == singular


@pytest.mark.parametrize("id", ["inverse", "no_way_back"])
@pytest.mark.parametrize("kind", ["kind", "turned over", "rank 1", "zero"])
def test_the_way_back_exists_exactly_if_the_matrix_has_an_inverse(id: str, kind: str) -> None:
    seen = take(Clip(id, kind))
    beats = set(seen.captions)
    if la.rank(ZOO[kind]) == 2:
        assert {"rewind", "inverse"} <= beats
        assert "verdict" not in beats
        assert area(seen.motions[-1].after) > 0
    else:
        assert "verdict" in beats
        assert not {"rewind", "inverse"} & beats


def told(id: str, kind: str) -> str:
    return " ".join(take(Clip(id, kind)).captions.values())


def test_repeated_singular_values_leave_the_axes_open() -> None:
    for kind in ("repeated", "identity", "reflection", "tiny", "half turn"):
        assert re.search(r"any (two )?perpendicular", told("svd", kind)), kind
        assert "ellipse" not in told("svd", kind), kind
    for kind in ("kind", "shear", "turned over"):
        assert "perpendicular" not in told("svd", kind), kind
        assert "ellipse" in told("svd", kind), kind


def test_the_rank_is_told_in_words_and_counted() -> None:
    for kind, rank in (("kind", 2), ("turned over", 2), ("nilpotent", 1), ("zero", 0)):
        seen = take(Clip("rank", kind))
        assert seen.rests[-1].readouts["rank"] == f"= {rank}"
        assert f"{rank}." in seen.timeline.beats[-1].caption


def test_fibers_are_shown_where_a_line_is_lost() -> None:
    for kind in ("rank 1", "first column zero", "nilpotent"):
        assert "fibers" in take(Clip("rank", kind)).captions
    for kind in ("kind", "zero"):
        assert "fibers" not in take(Clip("rank", kind)).captions


def test_the_null_space_is_written_with_its_exact_basis() -> None:
    seen = take(Clip("null_space", "rank 1"))
    (vector,) = la.null_space(ZOO["rank 1"]).vectors
    assert str(vector) == "-2 1"
    assert any(notation.typst(vector) in text for text in seen.rests[-1].texts)


def test_rank_and_nullity_share_out_the_columns() -> None:
    for kind, numbers in (("kind", "2 + 0 = 2"), ("rank 1", "1 + 1 = 2"), ("zero", "0 + 2 = 2")):
        assert numbers in told("null_space", kind)


# --- The numbers --------------------------------------------------------------------------------


def written(seen: Take, beat: str = "") -> set[str]:
    rests = [rest for rest in seen.rests if not beat or rest.beat == beat]
    return {text for rest in rests for text in (*rest.texts, *rest.readouts.values())}


def test_the_lesson_s_own_numbers_are_exact() -> None:
    svd = written(take(Clip("svd")), "together")
    assert {"= 3 sqrt(5)", "= sqrt(5)", "-45 degree", "approx 71.6 degree"} <= svd
    inverse = take(Clip("inverse"))
    assert inverse.rests[1].readouts == {"area": "= 5"}
    assert {inline("3/5"), inline("-1/5"), inline("2/5")} <= written(inverse, "summary")
    assert "5 · 1/5 = 1" in inverse.captions["summary"]


def test_areas_land_on_the_determinant(played: Take) -> None:
    shown = [rest.readouts["area"] for rest in played.rests if "area" in rest.readouts]
    if shown and "verdict" not in played.captions:
        assert exactly(abs(la.det(played.matrix))) in shown


def test_lengths_land_on_the_singular_values(played: Take) -> None:
    last = played.rests[-1].readouts
    for k, sigma in enumerate(la.svd(played.matrix).S, 1):
        assert last.get(f"sigma_{k}", exactly(sigma)) == exactly(sigma)


def test_what_is_not_exact_says_so() -> None:
    readouts = take(Clip("svd", "turned over")).rests[-1].readouts
    assert {text.split()[0] for text in readouts.values()} == {"approx"}


def test_a_caption_multiplies_numbers_only_where_they_are_exact() -> None:
    for kind, said in (("default", "5 · 1/5 = 1"), ("-5 -3; -6 6", "48 · 1/48 = 1")):
        matrix = None if kind == "default" else kind
        assert said in InverseUndoes.rehearse(matrix=matrix).beats[-1].caption
    caption = InverseUndoes.rehearse(matrix="1/3 2; 5/7 -6/11").beats[-1].caption
    assert "≈" not in caption
    assert "exactly 1" in caption


def test_what_would_be_a_speck_is_left_to_the_panel() -> None:
    for matrix, shown in (("2 1; 1 3", True), ("10 1; 3 4", False)):
        rests = take(Clip("inverse", aspect="1:1"), matrix=matrix).rests
        texts = {text for rest in rests for text in rest.texts}
        assert ("A^(-1) hat(dotless.i)" in texts) == shown


def test_the_inverse_is_written_with_its_exact_entries(played: Take) -> None:
    if "inverse" in played.captions:
        back = la.inverse(played.matrix)
        entries = {inline(notation.typst(entry)) for row in back.rows for entry in row}
        assert entries <= written(played, "inverse")
