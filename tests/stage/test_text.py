"""Words and formulas as outlines: sizes, baselines, line breaks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenes.stage.text import Number, inline, is_chinese, math, polyline, prose, wrap

ENGLISH = "Play the same motion backwards: b goes home to x, and nothing is lost."
CHINESE = "把同一段运动倒着放：b 回到 x，什么也没有丢失，因为没有两个点落到一处。"


def words(text: str, **options: object) -> object:
    return prose(text, **({"language": "en", "size": 0.5, "color": "#FFFFFF"} | options))


def set_math(source: object, **options: object) -> object:
    return math(source, **({"size": 0.5, "color": "#FFFFFF"} | options))


def test_a_capital_is_as_high_as_asked() -> None:
    assert words("H").height == pytest.approx(0.5, rel=0.02)
    assert set_math("upright(H)").height == pytest.approx(0.5, rel=0.02)


def test_size_does_not_depend_on_what_is_written() -> None:
    for text in ("H", "Hp", "HÎ", "H."):
        assert words(text).cap_height == pytest.approx(0.5, rel=1e-6)
    for source in ("x", "x_1", "1/2", "sqrt(5)", "A^(-1)"):
        assert set_math(source).cap_height == pytest.approx(0.5, rel=1e-6)


def test_the_baseline_is_where_letters_stand() -> None:
    for glyphs in (words("Hop"), set_math("y"), set_math("H_1")):
        assert glyphs.baseline == pytest.approx(0, abs=1e-6)
        glyphs.shift([3, 2, 0])
        assert glyphs.baseline == pytest.approx(2, abs=1e-6)
        glyphs.scale(2)
        assert glyphs.cap_height == pytest.approx(1.0, rel=1e-6)
    assert words("Hop").get_bottom()[1] < -0.05
    assert words("H").get_bottom()[1] == pytest.approx(0, abs=0.01)


def test_nothing_is_no_text() -> None:
    with pytest.raises(ValueError, match="nothing to set"):
        words("  ")


def test_a_text_keeps_its_words() -> None:
    assert words("det A").text == "det A"
    assert set_math("sqrt(5)").text == "sqrt(5)"


@pytest.mark.parametrize(
    ("language", "text"), [("zh-Hans", "阵线变维压"), ("zh-Hant", "陣線變維壓")]
)
def test_chinese_is_drawn_letter_by_letter(language: str, text: str) -> None:
    """A box for a missing letter would give every letter the same outline."""
    outlines = [np.asarray(words(char, language=language).points) for char in text]
    assert all(len(outline) > 40 for outline in outlines)
    assert len({outline.shape[0] for outline in outlines}) > 1
    assert words(text, language=language).width == pytest.approx(5 * 0.5 * 1.3, rel=0.25)


def test_parts_of_a_formula_can_be_lit_one_by_one() -> None:
    formula = set_math(["A", "=", "U", "Sigma", ("Vh", "V^top")], colors={"U": "#FF0000"})
    assert formula.names == ("A", "=", "U", "Sigma", "Vh")
    assert [glyphs.get_fill_color().to_hex() for glyphs in formula.part("U")] == ["#FF0000"]
    lefts = [glyphs.get_left()[0] for glyphs in formula]
    assert lefts == sorted(lefts)
    with pytest.raises(KeyError, match="not W"):
        formula.part("W")


def test_a_formula_in_parts_is_as_wide_as_in_one_piece() -> None:
    assert set_math(["A", "=", "U"]).width == pytest.approx(set_math("A = U").width, rel=0.02)


def test_a_bar_and_a_root_are_drawn() -> None:
    """Typst draws them as strokes, which are kept as thin filled bars."""
    assert set_math("1/2").width < set_math("1/200").width
    root, inside = set_math("sqrt(5)"), set_math("5")
    assert root.width > 1.5 * inside.width
    top = np.asarray(root.points)[:, 1].max()
    over = np.asarray(root.points)[np.asarray(root.points)[:, 1] > top - 0.05]
    assert np.ptp(over[:, 0]) > inside.width


def test_fractions_in_rows_are_set_small() -> None:
    assert set_math(inline("1/2")).height < set_math("1/2").height
    assert inline("3") == "3"


def test_a_polyline_goes_straight_through_its_corners() -> None:
    points = polyline([(0, 0, 0), (3, 0, 0), (3, 3, 0)])
    assert points.reshape(2, 4, 3)[:, [0, 3]].tolist() == [
        [[0, 0, 0], [3, 0, 0]],
        [[3, 0, 0], [3, 3, 0]],
    ]
    assert points[1] == pytest.approx([1, 0, 0])


# --- Lines --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "text"), [("en", ENGLISH), ("zh-Hans", CHINESE)])
@pytest.mark.parametrize("width", [12.0, 7.0, 4.0])
def test_lines_are_no_wider_than_asked_and_lose_nothing(
    language: str, text: str, width: float
) -> None:
    lines = wrap(text, language=language, size=0.27, width=width)
    joined = (" " if language == "en" else "").join(lines)
    assert joined.replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert prose(line, language=language, size=0.27, color="#FFFFFF").width <= width
        assert line == line.strip()
        assert line[0] not in "，。：；？！,.;:?!、）”"


def test_english_breaks_between_words_and_never_within() -> None:
    lines = wrap(ENGLISH, language="en", size=0.27, width=4.0)
    assert len(lines) > 1
    assert " ".join(lines).split() == ENGLISH.split()


def test_a_line_ends_with_a_thought_where_both_lines_have_room() -> None:
    text = "A⁻¹ 抵消 A：面积的倍数相乘，5 · 1/5 = 1。"
    lines = wrap(text, language="zh-Hans", size=0.34, width=7.1)
    assert lines == ["A⁻¹ 抵消 A：面积的倍数相乘，", "5 · 1/5 = 1。"]


def test_what_fits_stays_in_one_line() -> None:
    assert wrap("All of it.", language="en", size=0.27, width=12) == ["All of it."]


def test_lines_break_after_a_stop_by_preference() -> None:
    lines = wrap(CHINESE, language="zh-Hans", size=0.27, width=10.0)
    assert len(lines) == 2
    assert lines[0][-1] in "，：。"


def test_a_word_too_long_to_break_is_left_whole() -> None:
    assert wrap("incomprehensibilities", language="en", size=1, width=1) == [
        "incomprehensibilities"
    ]


@pytest.mark.parametrize(
    ("char", "chinese"),
    [
        ("矩", True),
        ("，", True),
        ("。", True),
        ("A", False),
        ("Σ", False),
        ("î", False),
        (" ", False),
        ("·", False),
    ],
)
def test_what_counts_as_chinese(char: str, chinese: bool) -> None:
    assert is_chinese(char) is chinese


# --- Running numbers ----------------------------------------------------------------------------


@given(st.floats(0, 9.99))
@settings(max_examples=30)
def test_a_running_number_does_not_jitter(value: float) -> None:
    number = Number(size=0.5, color="#FFFFFF")
    number.at(2.0, 1.0, 1.0)
    number.show("≈ 0.00")
    left, width = number.get_left()[0], number.width
    number.show(f"≈ {value:.2f}")
    assert number.get_left()[0] == pytest.approx(left)
    assert number.width == pytest.approx(width, abs=0.12)
    assert number.text == f"≈ {value:.2f}"


def test_a_number_lands_as_mathematics_where_it_ran() -> None:
    number = Number(size=0.5, color="#FFFFFF")
    number.at(2.0, 1.0, 1.0)
    number.show("≈ 6.71")
    number.land("= 3 sqrt(5)")
    assert number.text == "= 3 sqrt(5)"
    assert number.get_left()[0] == pytest.approx(2.0, abs=1e-6)
    assert number.baseline == pytest.approx(1.0, abs=1e-6)
    assert number.cap_height == pytest.approx(0.5, rel=1e-6)


@pytest.mark.parametrize("text", ["−1.25", "1.5×10⁻⁷", "≈ 1000", "2.50×10⁶"])
def test_every_sign_of_a_running_number_can_be_shown(text: str) -> None:
    number = Number(size=0.5, color="#FFFFFF")
    number.show(text)
    assert number.text == text
    assert number.width > 0.3 * len(text) * 0.5 * 0.5
