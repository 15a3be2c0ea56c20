"""Each scene stages what its matrix is, and shows the lessons' own numbers exactly."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from takes import Clip, Take, take
from zoo import SPACE, ZOO

import lamath as la
from lamath import notation
from scenes import entry
from scenes.conditioning import product
from scenes.stage.figure import is_seen
from scenes.stage.labels import Label
from scenes.stage.shapes import Curve

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
    still = {"cofactors", "column_space", "conditioning", "invertible", "null_space"}
    # in volume it is the turn from one edge to another
    still |= {"gram_schmidt", "inner_product", "null_space_in_space", "rank_in_space"}
    still |= {"invertible", "solutions", "three_fates", "volume"}
    still |= {"spectral"}  # there it is the symmetric part
    still |= {"transpose"}  # a table turns there, not the plane
    if played.clip.scene in still:
        return  # nothing moves there under the viewer's eyes as a whole
    folded = any(shift.path.folds or shift.path.reflects for shift in played.shifts)
    assert folded == bool(la.det(played.matrix) < 0)


@pytest.mark.parametrize("id", ["inverse", "rank", "svd", "determinant"])
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


@pytest.mark.parametrize("kind", SPACE)
def test_a_plane_in_space_is_seen_edge_on_before_anything_is_said_of_it(kind: str) -> None:
    seen = take(Clip("rank_in_space", kind))
    beats = [beat.name for beat in seen.timeline.beats]
    A = la.matrix(SPACE[kind])
    asked = la.rank(A) and la.row_reduce(A).pivots[:2] == (0, 1)
    assert ("edge" in beats) == bool(asked)
    assert beats.index("ask") < beats.index("column 3")


# --- The numbers --------------------------------------------------------------------------------


def test_the_inverse_counts_its_columns_exactly() -> None:
    seen = take(Clip("inverse"))
    assert {"3/5", "-1/5", "2/5"} <= written(seen, "inverse")
    assert {"A⁻¹ A = I", "A A⁻¹ = I"} <= written(seen, "summary")


def test_the_inverse_takes_b_back_to_x_before_its_columns_are_read() -> None:
    seen = take(Clip("inverse"))
    assert "A⁻¹ A = I" in written(seen, "rewind")
    assert "det A⁻¹ = 1/5" in written(seen, "inverse")
    beats = [beat.name for beat in seen.timeline.beats]
    assert beats.index("rewind") < beats.index("parallel") < beats.index("inverse")


@pytest.mark.parametrize("kind", ["rank 1", "first column zero", "nilpotent", "huge rank 1"])
def test_what_has_no_input_has_one_under_the_neighbor(kind: str) -> None:
    seen = take(Clip("no_way_back", kind))
    assert "b'" in written(seen, "neighbor")
    assert "every point has exactly one input, b′ too" in seen.captions
    assert not any("det A" in text for rest in seen.rests[:-1] for text in rest.texts)
    assert "det A = 0" in written(seen, "verdict")


@pytest.mark.parametrize(("kind", "rank"), [("kind", 2), ("turned over", 2), ("nilpotent", 1)])
def test_the_rank_enters_the_panel_once_it_is_earned(kind: str, rank: int) -> None:
    seen = take(Clip("rank", kind))
    first = seen.rests[0]
    assert not any("rank" in text for text in first.texts)
    assert any(re.search(rf"rank\W* A = {rank}\b", text) for text in written(seen))


@pytest.mark.parametrize("kind", ["kind", "turned over", "rank 1", "zero", "stretched"])
def test_plane_line_and_point_stand_side_by_side_in_the_end(kind: str) -> None:
    last = " ".join(take(Clip("rank", kind)).rests[-1].texts)
    ranks = dict(re.findall(r"rank\W* ([ABIO]) = (\d)", last))
    assert sorted(ranks.values()) == ["0", "1", "2"]
    assert ranks["A"] == str(la.rank(ZOO[kind]))


@pytest.mark.parametrize("kind", ["kind", "rank 1", "first column zero", "stretched"])
def test_the_rank_is_explained_by_dependence(kind: str) -> None:
    said = told("rank", kind)
    first = said.index("rank of")
    word = "independent" if la.rank(ZOO[kind]) == 2 else "dependent"
    assert re.search(rf"linearly {word}", said[:first])
    assert "column space" in said[:first]


def test_the_null_space_has_its_exact_vector() -> None:
    assert "n = ( −2 , 1 )" in written(take(Clip("null_space")), "found")


@pytest.mark.parametrize(
    ("kind", "shape"), [("kind", "only 0"), ("rank 1", "multiples of n"), ("zero", "whole plane")]
)
def test_the_null_space_is_defined_when_it_is_in_sight(kind: str, shape: str) -> None:
    seen = take(Clip("null_space", kind))
    (beat,) = (each for each in seen.timeline.beats if "all x with A x = 0" in each.caption)
    assert shape in beat.caption
    assert any("N(A)" in text for text in written(seen, beat.name))


def test_the_determinant_counts_its_squares_exactly() -> None:
    seen = take(Clip("determinant"))
    texts = all_of(seen)
    assert {"1", "2", "1/2", "5/2", "-5"} <= written(seen)
    assert "3 − 1/2 × 1 = 5/2" in texts
    assert "2 × 5/2 = 5" in texts
    assert "2 × (3 − 1/2 × 1) = 2 × 3 − 1 × 1" in seen.captions
    assert "|det A| = 5" in seen.captions


@pytest.mark.parametrize("matrix", ["2 1; 1 3", "1 2; 3 4", "2 1; 1 2", "1 1; 1/3 2/3"])
def test_the_areas_written_on_the_tiles_add_up_to_the_determinant(matrix: str) -> None:
    areas: list[Fraction] = []

    def look(scene: Any, beat: str) -> None:
        if beat != "count":
            return
        for label in scene.counted:
            if isinstance(label, Label) and isinstance(label.anchor, Curve):  # not that of a side
                assert is_seen(label)
                areas.append(Fraction(label.text))
                assert float(areas[-1]) == pytest.approx(np.prod(np.ptp(label.anchor.base, axis=0)))
        assert sum(areas) == abs(Fraction(str(la.det(scene.matrix))))

    entry("determinant").load().rehearse(look, matrix=matrix)
    assert areas


@pytest.mark.parametrize(("kind", "size"), [("turned over", 2), ("rank 1", 0), ("identity", 1)])
def test_the_determinant_is_what_every_area_is_multiplied_by(kind: str, size: int) -> None:
    seen = take(Clip("determinant", kind))
    assert f"|det A| = {size}" in seen.captions
    first = {text for rest in seen.rests[:2] for text in rest.texts}
    assert not any("det" in text for text in first)  # it is named once it has been found


def test_singular_values_are_written_exactly() -> None:
    texts = all_of(take(Clip("svd")))
    assert "σ₁ = 3√5" in texts
    assert "σ₂ = √5" in texts
    assert "71.6" in texts
    own = all_of(take(Clip("svd"), matrix="5 2; 2 1"))
    assert "σ₁ = 3 + 2√2" in own


def test_singular_values_are_named_before_the_three_factors() -> None:
    seen = take(Clip("svd"))
    assert "singular vectors" in seen.captions
    assert "singular values" in seen.captions
    assert seen.captions.index("A V = U Σ") < seen.captions.index("A = U Σ Vᵀ")


def test_the_angle_between_two_images_passes_a_right_one() -> None:
    assert "From about 36.9° to about 143.1°: so once 90°" in told("svd")
    assert "so once 90°" in told("svd", "turned over")
    assert "A y was 0" in told("svd", "rank 1")


def test_singular_values_of_a_matrix_that_nobody_tuned_for() -> None:
    assert "σ₁ = √13 + √2" in all_of(take(Clip("svd"), matrix="2 -3; 1 4"))


@pytest.mark.parametrize("kind", ["default", *SPACE])
def test_rank_in_space_counts_the_columns_that_are_new(kind: str) -> None:
    seen = take(Clip("rank_in_space", kind))
    rank = la.rank(seen.matrix)
    (last,) = (rest.texts for rest in seen.rests if rest.beat == "remember")
    assert any(re.search(rf"rank\W* A = {rank}\b", text) for text in last)
    counted = max(
        (rest.texts for rest in seen.rests if rest.beat == "rank"), key=lambda each: len(each)
    )
    assert (counted.count("+1"), counted.count("+0")) == (rank, 3 - rank)
    (before,) = (rest.texts for rest in seen.rests if rest.beat == "column 3")
    assert not any("rank" in text for text in before)
    there = rank + 1 if rank < 3 else 2
    for beat in ("contrast", "remember"):
        assert any(re.search(rf"rank\W* B = {there}\b", text) for text in written(seen, beat))


def test_rank_in_space_shows_the_lessons_matrices() -> None:
    assert "b₃ = a₁ + a₂" in told("rank_in_space")  # (1, 1, 0) is laid onto (1, 1, 2)
    assert not any(re.search(r"\d\.\d", text) for text in written(take(Clip("rank_in_space"))))
    assert "a₃ = a₁ + a₂" in told("rank_in_space", matrix="1 0 1; 0 1 1; 1 1 2")
    assert "a₂ = 2 a₁" in told("rank_in_space", "in space rank 1")
    assert "a₃ = −a₁ + 2 a₂" in told("rank_in_space", "in space rank 2")


def test_cofactors_add_box_by_box() -> None:
    seen = take(Clip("cofactors"))
    grown = {"press": "0", "edge 1": "4", "edge 2": "-1", "edge 3": "-61"}
    for rest in seen.rests:
        if rest.beat in grown:
            assert rest.texts[rest.texts.index("signed volume") + 1] == grown[rest.beat]
    assert {"2 × 2 = 4", "1 × ( −5 ) = −5", "3 × ( −20 ) = −60"} <= written(seen, "edge 3")
    sums = {"4 − 5 − 60 = −61", "0 − 60 − 1 = −61", "det A = −61"}
    assert sums <= written(seen, "other")
    assert not sums & written(seen, "edge 3")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("in space identity", "a₂ and a₃ have height 0"),
        ("in space rank 2", "in one plane"),
        ("in space rank 1", "enclose no area"),
        ("in space zero", "the box stays flat"),
    ],
)
def test_cofactors_say_what_adds_nothing(kind: str, words: str) -> None:
    assert words in told("cofactors", kind)


def test_svd_in_space_shows_its_numbers() -> None:
    seen = take(Clip("svd_in_space"))
    texts = written(seen)
    assert {"σ₁ = 3", "σ₂ = 2", "σ₃ = 1", "3 , 2 , 1", "90 degree"} <= texts
    assert "69.7" in all_of(seen)
    assert "56.6" in all_of(seen)
    assert not FOLDED.search(seen.captions)
    assert "σ₂ = 1" in all_of(take(Clip("svd_in_space"), matrix="1 0; 0 1; 1 1"))


@pytest.mark.parametrize("kind", ["default", "in space turned over", "in space rank 1"])
def test_svd_in_space_turns_stretches_and_turns(kind: str) -> None:
    seen = take(Clip("svd_in_space", kind))
    stages = la.svd(seen.matrix).stages()
    played = [part.name for shift in seen.shifts for part in shift.path.parts]
    assert played == [part.name for stage in stages for part in stage.path.parts]
    assert bool(FOLDED.search(seen.captions)) == stages[2].reflects
    beats = [beat.name for beat in seen.timeline.beats]
    assert beats.index("longest") < beats.index("turn in") < beats.index("turn out")


@pytest.mark.parametrize("matrix", ["1 2 0; 0 1 2", "1 2 3; 2 4 6", "2 -1; 1 3; 0 2"])
def test_svd_in_space_takes_maps_between_space_and_the_plane(matrix: str) -> None:
    seen = take(Clip("svd_in_space"), matrix=matrix)
    assert seen.findings == []
    assert seen.lies == []
    assert seen.shifts[-1].seen[-1].shape[1] == seen.matrix.shape[1]


# --- Dot products -------------------------------------------------------------------------------


def test_the_dot_product_is_a_shadow_times_a_length_and_a_sum_over_entries() -> None:
    seen = take(Clip("inner_product"), u="3 4", v="2 1")
    assert "2 × 5 = 10" in seen.captions
    for said in ("3/5 : 1 = 3 : 5", "4/5 : 1 = 4 : 5", "5 × 3/5 = 3, 5 × 4/5 = 4"):
        assert said in seen.captions
    shown = all_of(seen)
    assert "3/5 × 2 + 4/5 × 1" in shown
    assert "3 × 2 + 4 × 1" in shown


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("pair at a right angle", "The shadow is a point"),
        ("pair turned away", "(−√5) × √5 = −5"),
        ("pair with no first", "it has no line for a shadow"),
        ("pair with no second", "its shadow is a point, wherever u points"),
    ],
)
def test_a_shadow_may_be_a_point_or_fall_behind_the_origin(kind: str, said: str) -> None:
    assert said in take(Clip("inner_product", kind)).captions


def test_the_condition_number_is_how_much_longer_than_wide_errors_come_back() -> None:
    seen = take(Clip("conditioning"))
    assert {"x = (1, 1)", "b = (2, 2.01)"} <= written(seen, "lines")
    assert {"x = (-1, 3)", "b = (2, 2.03)", "approx 0.705 %", "200 %"} <= written(seen, "ask")
    assert "b has changed by about 0.705%, x by 200%" in seen.captions
    assert {"abs(delta b) \\/ sigma_2", "abs(b) \\/ sigma_1"} <= written(seen, "short")
    assert "gap 100 times" in seen.captions
    assert {"≈ 2.005", "≈ 0.004988", "κ(A) ≈ 402"} <= written(seen, "kappa")
    assert not any("κ" in text for rest in seen.rests[:2] for text in rest.texts)
    assert {"det A = 0.01", "det B = 0.0001", "κ(B) = 1"} <= written(seen, "other")
    assert {"402 × 0.7053%", "≈ 284%"} <= written(seen, "summary")


@pytest.mark.parametrize("one", [1, 2**0.5, 402.00751, 1e6 / 7])
@pytest.mark.parametrize("other", [0.7053, 50 * 2**0.5, 100 / 3, 20])
def test_a_product_of_rounded_numbers_is_what_is_written(one: float, other: float) -> None:
    written, most = product(one, other)
    a, b = map(float, written.split(" times "))
    sign, found = most.split()
    assert f"{a * b:.3g}" == f"{float(found):.3g}" == f"{one * other:.3g}"
    assert sign == "approx" or a * b == pytest.approx(float(found), rel=1e-12)


@pytest.mark.parametrize("kind", ["kind", "identity", "turned over", "stretched"])
def test_what_determinant_a_matrix_has_says_nothing_of_its_condition_number(kind: str) -> None:
    A = la.matrix(ZOO[kind])
    seen = take(Clip("conditioning", kind))
    assert f"κ(A) {notation.decimal(la.condition_number(A), sign=True)}".replace(
        "approx", "≈"
    ) in written(seen, "summary")
    even = la.condition_number(A) <= 3
    assert ("det B = det A" in seen.captions) == bool(even)
    assert ("|det B| < |det A|" in seen.captions) != bool(even)


@pytest.mark.parametrize("kind", ["rank 1", "nilpotent", "zero"])
def test_a_singular_matrix_bounds_no_error(kind: str) -> None:
    seen = take(Clip("conditioning", kind))
    assert "κ(A) = / = ∞" in written(seen, "summary")
    assert "is infinite" in seen.captions


# --- The column space ---------------------------------------------------------------------------


def test_the_column_space_shows_the_lessons_numbers() -> None:
    seen = take(Clip("column_space"))
    assert {"2 a_1", "-1 a_2", "p = (3, -1)"} <= written(seen, "reach")
    assert "p = (3, 4)" in written(seen, "follow")
    assert {"p = (1, 0)", "= p"} & written(seen, "out") == {"p = (1, 0)"}
    assert "b₂ = 2 b₁ is in the line of b₁: no combination reaches p" in seen.captions
    assert not any("C(A)" in text for text in written(seen, "line"))
    last = " ".join(seen.rests[-1].texts)
    assert all(
        words in last for words in ("C(A): the plane", "C(B): a line", "C(O): the zero vector")
    )


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("turned over", "the column space C(A), the plane"),
        ("rank 1", "column space C(A) is only this line"),
        ("zero", "column space C(A) is only the zero vector"),
    ],
)
def test_the_column_space_is_named_once_it_has_been_reached(kind: str, words: str) -> None:
    seen = take(Clip("column_space", kind))
    assert words in seen.captions.split("Other columns")[0]
    assert not any("C(" in text for text in seen.rests[0].texts)


@pytest.mark.parametrize(
    ("matrix", "shape", "words"),
    [
        ("1 0; 0 1; 1 1", "a plane", "sqrt(3)"),
        ("1 2; 2 4; 3 6", "a line", "a₂ = 2 a₁"),
        ("1 0 1; 0 1 1; 1 1 0", "all of space", "1 + 1 + 1 = p"),
        ("1 0 1; 0 1 1; 1 1 2", "a plane", "a₃ = a₁ + a₂"),
        ("1 2 3; 2 4 6; 3 6 9", "a line", "a₃ = 3 a₁"),
    ],
)
def test_the_column_space_in_space(matrix: str, shape: str, words: str) -> None:
    seen = take(Clip("column_space"), matrix=matrix)
    assert f"C(A): {shape}" in seen.rests[-1].texts
    assert not any("C(A)" in text for rest in seen.rests[:-1] for text in rest.texts)
    assert words in all_of(seen) + seen.captions
    assert seen.findings == []


def test_the_volume_is_counted_in_cubes_before_it_is_the_determinant() -> None:
    seen = take(Clip("volume"))
    assert {"1", "2", "1 × 1 × 2 = 2"} <= written(seen, "count")
    before = [rest for rest in seen.rests if rest.beat in ("move", "ask", "slide 1", "slide 2")]
    assert len(before) == 4
    assert not any("det" in text for rest in before for text in rest.texts)
    assert "det A = 2" in written(seen, "name")
    assert "0" in written(seen, "zero")
    assert "-2" in written(seen, "beyond")  # the signed volume
    assert "b₁ turns clockwise to b₂: a negative volume" in seen.captions
    assert "|det A| = 2" in seen.captions


@pytest.mark.parametrize(
    ("kind", "size"),
    [("in space turned over", 2), ("in space rank 2", 0), ("in space stretched", 10)],
)
def test_the_determinant_is_what_every_volume_is_multiplied_by(kind: str, size: int) -> None:
    seen = take(Clip("volume", kind))
    assert f"|det A| = {size}" in seen.captions
    beats = [beat.name for beat in seen.timeline.beats]
    assert ("sign" in beats) == bool(la.det(seen.matrix) < 0)
    assert ("count" in beats) == bool(size)


@pytest.mark.parametrize(
    ("matrix", "vector", "shown"),
    [
        ("2 1; 1 3", "3 4", {"2 x_1 + x_2 = 3", "x_1 + 3 x_2 = 4", "(1, 1)", "(3, 3)"}),
        ("1 2; 2 4", "1 0", {"(1/25, 2/25)", "(1/5, 2/5)", "(2 sqrt(5))/5"}),
        ("1 2; 2 4", "2 4", {"= ( 2/5 , 4/5 )", "+ t ( −2 , 1 )", "(2, 4)"}),
        ("2 1; 1 -1", "3 1", {"(4/3, 1/3)", "(3, 1)"}),
        ("1 2; 1 2", "3 4", {"(7/10, 7/5)", "sqrt(2)/2"}),
        ("1 2; 2 4", "3 6", {"= ( 3/5 , 6/5 )", "+ t ( −2 , 1 )"}),
    ],
)
def test_solutions_of_the_lessons_systems(matrix: str, vector: str, shown: set[str]) -> None:
    seen = take(Clip("solutions"), matrix=matrix, vector=vector)
    assert shown <= written(seen)
    found = la.solve(matrix, vector)
    word = {"unique": "one solution", "none": "No solution", "infinite": "is a solution"}
    told = {kind for kind, each in word.items() if each in seen.captions}
    assert found.kind in told
    assert found.kind == "unique" or "one solution" not in told
    ranks = {f"rank A = {found.rank_A}", f"rank [A | b] = {found.rank_Ab}"}
    assert found.kind == "unique" or ranks <= written(seen, "remember")
    assert not seen.findings


@pytest.mark.parametrize(
    ("matrix", "vector", "said"),
    [
        ("1 2; 0 0", "3 4", "stays 0. b has 4 there"),
        ("0 0; 1 2", "0 4", "b has 0 there too: every x on the line"),
        ("0 0; 0 0", "3 4", "always 5, never 0: no solution"),
        ("0 0; 0 0", "0 0", "every x is a solution"),
        ("2 1; 1 3", "0 0", "B x rests on b"),
    ],
)
def test_a_zero_row_asks_for_nothing_or_for_too_much(matrix: str, vector: str, said: str) -> None:
    seen = take(Clip("solutions"), matrix=matrix, vector=vector)
    assert said in seen.captions
    assert not seen.findings


def test_three_systems_and_what_decides() -> None:
    seen = take(Clip("three_fates"))
    last = written(seen, "remember")
    assert {"one solution", "no solution", "infinitely many"} <= last
    assert not {"one solution", "no solution", "infinitely many"} & written(seen, "guess")
    marks = [text for text in seen.rests[-1].texts if text in ("= {0}", "≠ {0}", "b ∈", "b ∉")]
    assert marks == ["= {0}", "b ∈", "≠ {0}", "b ∉", "≠ {0}", "b ∈"]  # N(A), and b in C(A)
    assert "2√5 / 5 or more from b" in seen.captions


@pytest.mark.parametrize(
    ("systems", "fates"),
    [
        ("2 1 3; 1 -1 1 | 1 2 3; 1 2 4 | 1 2 3; 2 4 6", ["one", "no", "infinitely"]),
        ("1 2 3; 0 0 4 | 0 0 0; 1 2 2 | 0 0 3; 0 0 4", ["no", "infinitely", "no"]),
        ("0 0 0; 0 0 0 | 1 1 2; 1 1.01 2.01", ["infinitely", "one"]),
    ],
)
def test_any_list_of_systems_has_its_fates(systems: str, fates: list[str]) -> None:
    seen = take(Clip("three_fates"), systems=systems)
    words = {"one solution": "one", "no solution": "no", "infinitely many": "infinitely"}
    assert [words[t] for t in seen.rests[-1].texts if t in words] == fates
    assert not seen.findings
    assert not seen.lies


def test_steps_that_cancel_in_space_are_the_null_vector() -> None:
    seen = take(Clip("null_space_in_space"))
    assert "a₁ + a₂ leads to a₃" in seen.captions
    (rest,) = (rest.texts for rest in seen.rests if rest.beat == "walk 1")
    assert rest[rest.index("n =") - 3 : rest.index("n =")] == ("1", "1", "-1")
    assert "N(B) = {0}" in written(seen, "contrast")
    assert {"x", "x + n", "A x", "A (x + n)"} <= written(seen, "add")
    assert {"dim N(A) = 1", 'op("rank") A = 2', "2 + 1 = 3 columns"} <= written(seen, "remember")


def test_the_lessons_plane_is_found_by_two_ways_back() -> None:
    seen = take(Clip("null_space_in_space", "in space rank 1"))
    assert "Go −2 a₁ + a₂ " in seen.captions
    assert "Another way: −3 a₁ + a₃." in seen.captions
    (rest,) = (rest.texts for rest in seen.rests if rest.beat == "walk 2")
    assert rest[rest.index("n_1 =") - 3 : rest.index("n_1 =")] == ("-2", "1", "0")
    assert rest[rest.index("n_2 =") - 3 : rest.index("n_2 =")] == ("-3", "0", "1")
    assert "1 + 2 = 3 columns" in written(seen, "remember")


@pytest.mark.parametrize(
    ("matrix", "said"),
    [
        ("1 0 1; 0 1 1", "but others lead back: −2 a₁ − a₂ + b₃ = 0"),
        ("1 2; 2 4; 3 6", "2 a₁ leads to a₂"),
        ("1 0; 0 1; 1 1", "N(A) is just 0"),
        ("0 0 0; 0 0 0", "N(A) holds every direction"),
        ("2 1 3; 1 2 1; 3 3 6", "N(A) is just 0"),
    ],
)
def test_a_null_space_has_the_size_that_the_columns_leave_it(matrix: str, said: str) -> None:
    seen = take(Clip("null_space_in_space"), matrix=matrix)
    A = la.matrix(matrix)
    assert said in seen.captions
    total = f"{la.rank(A)} + {la.nullity(A)} = {A.shape[1]} columns"
    assert total in seen.rests[-1].texts


def test_gram_schmidt_counts_back_to_the_columns() -> None:
    seen = take(Clip("gram_schmidt"))
    shown = all_of(seen)
    assert {"4", "3"} <= written(seen)
    for written_so in ("3/5", "-4/5", "4/5"):
        assert written_so in shown
    assert "A = Q R" in shown
    assert "On perpendicular lines the sum is b" in seen.captions
    assert "r = a₂ − 4/5 a₁" in seen.captions


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("quarter turn", "perpendicular already"),
        ("rank 1", "no new direction"),
        ("first column zero", "Begin with a₂"),
        ("nilpotent", "Begin with a₂"),
        ("zero", "no direction to begin with"),
    ],
)
def test_gram_schmidt_says_where_it_stops(kind: str, words: str) -> None:
    assert words in take(Clip("gram_schmidt", kind)).captions


def test_four_matrices_are_judged_by_what_their_columns_enclose() -> None:
    seen = take(Clip("invertible"))
    verdicts = {"det A = −2", "det B = 0", "det C = 6", "det D = 1"}
    assert verdicts <= set(seen.rests[-1].texts)
    shown = [text for text in seen.rests[-1].texts if text in ("invertible", "not invertible")]
    assert shown == ["invertible", "not invertible", "invertible", "invertible"]
    for said in ("det A = 4 − 6 = −2", "det B = 4 − 4 = 0", "Both to (2, 4)", "Volume 6"):
        assert said in seen.captions


def test_only_matrices_that_can_all_be_undone_have_a_contrast() -> None:
    assert "For contrast" in told("invertible", "list of one")
    assert "For contrast" not in told("invertible", "list of flat ones")


def test_two_lines_stay_and_ten_powers_take_two() -> None:
    seen = take(Clip("diagonalize"))
    assert {"A = 2", "A = 1/2", "v_1", "v_2"} <= written(seen, "line 2")
    assert {"1/2 v_2", "2 v_1", "A x"} <= written(seen, "split")
    assert {"1/4 v_2", "4 v_1", "A^2 x", "≈ ( 2048 , 1024 )"} <= written(seen, "power")
    assert {"e_1", "e_2", "P^(-1) x"} <= written(seen, "to the axes")
    assert {"2 e_1", "1/2 e_2", "D P^(-1) x"} <= written(seen, "stretch")
    assert {"A = P D P⁻¹", "A¹⁰ = P D¹⁰ P⁻¹"} <= written(seen, "remember")


def test_the_lessons_matrix_is_diagonalized() -> None:
    seen = take(Clip("diagonalize"), matrix="3 1; 0 2")
    assert {"A = 3", "A = 2"} <= written(seen, "line 2")
    found = la.eigenbasis("3 1; 0 2")
    assert la.matrix("1 -1; 0 1") == found.P
    assert la.matrix("3 0; 0 2") == found.D


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("turned over", "turns the plane over"),
        ("rank 1", "an eigenvector with eigenvalue 5"),
        ("shear", "not diagonalizable"),
        ("nilpotent", "sent to 0"),
        ("quarter turn", "no real eigenvector"),
        ("identity", "each x except 0 is an eigenvector"),
    ],
)
def test_how_many_lines_stay(kind: str, words: str) -> None:
    assert words in told("diagonalize", kind)


def test_two_motions_in_two_orders_end_at_two_points() -> None:
    seen = take(Clip("product"))
    assert "Why? B meets î on one side, A î on the other." in seen.captions
    ends = {"A B hat(dotless.i) = (0, 1)", "B A hat(dotless.i) = (1, 1)"}
    assert ends | {"(0, 0)", "(1, 0)"} <= written(seen, "why")
    assert {"A⁻¹ A B = B", "A⁻¹ B A ≠ B"} <= written(seen, "undo")
    (last,) = (rest.texts for rest in seen.rests if rest.beat == "columns")
    for name, entries in (("A B =", ("0", "-1", "1", "1")), ("B A =", ("1", "-1", "1", "0"))):
        assert last[last.index(name) - 4 : last.index(name)] == entries


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("identity", "A and B commute"),
        ("kind", "Two different points"),
        ("zero", "A and B commute"),
    ],
)
def test_whether_the_order_matters_is_seen_and_said(kind: str, said: str) -> None:
    seen = take(Clip("product", kind))
    assert said in seen.captions
    beats = {beat.name for beat in seen.timeline.beats}
    assert {"why", "contrast", "columns"} <= beats
    assert ("undo" in beats) == (kind == "kind")


def test_an_orthogonal_matrix_keeps_the_triangle_that_another_bends() -> None:
    seen = take(Clip("orthogonal"))
    assert "126.9° now, K x length ≈ 3.69" in seen.captions
    first, then = (written(seen, beat) for beat in ("bend", "ask"))
    assert {"3 k_1", "k_2", "approx 126.9 degree", "approx 3.69"} <= first
    assert {"3 q_1", "q_2", "90 degree", "sqrt(10)"} <= then
    assert "k₁ · k₂ = 3/5" in seen.captions
    assert "= −12/25 + 12/25 = 0" in written(seen, "products")
    assert {"3", "1"} <= written(seen, "back")
    assert not any("Qᵀ" in text or "Q^T" in text for text in first | then)
    assert "Qᵀ Q = I" in written(seen, "remember")


@pytest.mark.parametrize(
    ("matrix", "said"),
    [
        ("3/5 4/5; 4/5 -3/5", "Q turns the plane over"),
        ("1/2 -sqrt(3)/2; sqrt(3)/2 1/2", "Only if Qᵀ Q = I"),
        ("0.866 -0.5; 0.5 0.866", "Q is nearly orthogonal"),
        ("3 -4; 4 3", "every side is now 5 times as long"),
        ("2 0; 0 1/2", "The corner still has 90°"),
        ("1 1; 0 1", "a₁ · a₂ = 1"),
        ("2 1; 1 3", "a₁ · a₂ = 5"),
        ("1 2; 2 4", "No triangle is left"),
    ],
)
def test_only_perpendicular_columns_of_length_1_keep_a_triangle(matrix: str, said: str) -> None:
    seen = take(Clip("orthogonal"), matrix=matrix)
    assert said in seen.captions
    assert not seen.findings
    assert not seen.lies


def test_lines_of_a_symmetric_matrix_are_perpendicular_and_why() -> None:
    seen = take(Clip("spectral"))
    assert {"A = 5", "A = 3", "q_1", "q_2"} <= written(seen, "square")
    assert {"2", "1/2", "M =", "approx 126.9 degree"} <= written(seen, "lean")
    assert {"w", "M w", "3/2"} <= written(seen, "leaves")
    assert {"A w", "q_1", "0", "= 5 ( · ) = 0"} <= written(seen, "why")
    assert {"e_1", "e_2"} <= written(seen, "turn in")
    assert {"5 e_1", "3 e_2"} <= written(seen, "stretch")
    assert {"5 q_1", "3 q_2", "A = Q S Qᵀ"} <= written(seen, "turn back")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("reflection", "a negative eigenvalue turns the plane over"),
        ("identity", "any perpendicular pair will do"),
        ("stretched", "No turn is needed here"),
        ("turned over", "A = 1/2 (B + Bᵀ) is symmetric"),
    ],
)
def test_any_matrix_has_a_symmetric_part_with_perpendicular_lines(kind: str, words: str) -> None:
    assert words in told("spectral", kind)


def test_a_product_is_transposed_by_turning_its_table() -> None:
    seen = take(Clip("transpose"))
    assert "A row has 2 entries, a column has 4 entries" in seen.captions
    assert "The same strips cross at 7" in seen.captions
    assert {"A", "B", "A B", "A^T", "B^T", "(A B)^T"} <= set(seen.names)
    last = " ".join(seen.rests[-1].texts)
    assert all(sign in last for sign in ("≠", "= Cᵀ"))


@pytest.mark.parametrize(
    ("matrix", "second", "said"),
    [
        ("1 2; 3 4", "0 1; 1 1", "But now they cross at 4, not at 3"),
        ("2 1; 1 2", "0 1; 1 0", "commute"),
        ("1 2 3", "2; 0; 1", "That product is 3 × 3, but (A B)ᵀ is 1 × 1"),
    ],
)
def test_transposes_in_the_old_order_fail_but_for_luck(matrix: str, second: str, said: str) -> None:
    assert said in take(Clip("transpose"), matrix=matrix, second=second).captions


def test_two_columns_tell_where_x_goes_and_how_far_directions_do() -> None:
    seen = take(Clip("operator"))
    assert {"A hat(dotless.i)", "A hat(dotless.j)"} <= written(seen, "sweep")
    assert {"-3/5", "4/5", "x"} <= written(seen, "ask")
    assert not {"-9/5", "8/5"} & (written(seen, "ask") | written(seen, "steps"))
    assert {"-9/5", "8/5", "A x"} <= written(seen, "move")
    assert "at most 3√5 long, and at least √5" in seen.captions


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("repeated", "A x is always 5 long: no direction is special"),
        ("identity", "A = I leaves every point where it is"),
        ("zero", "here, all to 0"),
        ("rank 1", "at least 0"),
        ("turned over", "also turns the plane over"),
    ],
)
def test_what_all_directions_come_to(kind: str, said: str) -> None:
    assert said in take(Clip("operator", kind)).captions
