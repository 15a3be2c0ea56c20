"""Words, formulas and running numbers: sizes, baselines, halos."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenes.stage.fonts import family
from scenes.stage.outline import math_outline, operand_gaps, polyline, prose_outline
from scenes.stage.text import HALO, Glyphs, Number, formula, math, prose, running

WHITE, RED = "#FFFFFF", "#FF0000"


def words(text: str, **options: object) -> Glyphs:
    return prose(text, **({"language": "en", "size": 0.5, "color": WHITE} | options))


def symbols(source: str, **options: object) -> Glyphs:
    return math(source, **({"size": 0.5, "color": WHITE} | options))


def test_a_capital_is_as_high_as_asked() -> None:
    assert words("H").height == pytest.approx(0.5, rel=0.02)
    assert symbols("upright(H)").height == pytest.approx(0.5, rel=0.02)


def test_size_does_not_depend_on_what_is_written() -> None:
    for text in ("H", "Hp", "HÎ", "H."):
        assert words(text).cap_height == pytest.approx(0.5, rel=1e-6)
    for source in ("x", "x_1", "1/2", "sqrt(5)", "A^(-1)"):
        assert symbols(source).cap_height == pytest.approx(0.5, rel=1e-6)


def test_baseline_and_pen_stay_with_the_letters() -> None:
    for glyphs in (words("Hop"), symbols("y"), symbols("H_1")):
        assert (glyphs.baseline, glyphs.pen) == pytest.approx((0, 0), abs=1e-6)
        glyphs.shift([3, 2, 0])
        assert (glyphs.baseline, glyphs.pen) == pytest.approx((2, 3), abs=1e-6)
        glyphs.scale(2)
        assert glyphs.cap_height == pytest.approx(1.0, rel=1e-6)
    assert words("Hop").get_bottom()[1] < -0.05
    assert words("H").get_bottom()[1] == pytest.approx(0, abs=0.01)


def test_nothing_is_no_text() -> None:
    with pytest.raises(ValueError, match="nothing to set"):
        words("  ")


def test_a_text_keeps_its_words_and_can_take_those_of_another() -> None:
    assert words("det A").text == "det A"
    glyphs, other = symbols("x"), symbols("A x", color=RED)
    other.shift([1, 1, 0])
    glyphs.turn_into(other)
    assert (glyphs.text, glyphs.get_fill_color().to_hex()) == ("A x", WHITE)
    assert (glyphs.baseline, glyphs.pen) == pytest.approx((1, 1), abs=1e-6)


@pytest.mark.parametrize(
    ("language", "text"), [("zh-Hans", "阵线变维压"), ("zh-Hant", "陣線變維壓")]
)
def test_chinese_is_drawn_letter_by_letter(language: str, text: str) -> None:
    """A box for a missing letter would give every letter the same outline."""
    outlines = [np.asarray(words(char, language=language).points) for char in text]
    assert all(len(outline) > 40 for outline in outlines)
    assert len({outline.shape[0] for outline in outlines}) > 1
    assert words(text, language=language).width == pytest.approx(5 * 0.5 * 1.364, rel=0.05)


def test_english_quotes_are_as_narrow_as_letters() -> None:
    for mark in "“”’":
        assert prose_outline(mark, family("en"), False).advance < 0.8


def test_a_halo_reaches_beyond_the_letters_in_the_ground_s_color() -> None:
    bare, rimmed = symbols("x"), symbols("x", halo="#101010")
    assert bare.get_stroke_width(background=True) == 0
    assert rimmed.get_stroke_color(background=True).to_hex() == "#101010"
    assert rimmed.get_stroke_width(background=True) / 200 == pytest.approx(HALO * 0.5)
    assert rimmed.get_stroke_width() == 0


# --- Outlines -------------------------------------------------------------------------------------


@pytest.mark.parametrize("font", ["Noto Sans CJK SC", "DejaVu Sans"])
def test_the_pen_moves_as_far_as_letters_take(font: str) -> None:
    n = prose_outline("n", font, False).advance
    assert prose_outline("nnnn", font, False).advance == pytest.approx(4 * n, abs=0.02)
    space = prose_outline(" ", font, False)
    assert space.parts == ()
    assert prose_outline("n n", font, False).advance == pytest.approx(
        2 * n + space.advance, abs=0.02
    )


def test_the_pen_moves_through_mathematics_too() -> None:
    one = math_outline(("x",), in_line=True)
    assert math_outline(("x x",), in_line=True).advance == pytest.approx(
        2 * one.advance + 1 / 6 / 0.683, abs=0.03
    )
    assert 0 < one.points[:, 0].min() < 0.1
    assert 0 < one.advance - one.points[:, 0].max() < 0.15


def test_bold_is_bolder() -> None:
    assert prose_outline("ox", "Noto Sans CJK SC", True).advance > 1.01 * (
        prose_outline("ox", "Noto Sans CJK SC", False).advance
    )
    assert math_outline(("A",), bold=True).advance > 1.05 * math_outline(("A",)).advance


@pytest.mark.parametrize(
    ("source", "apart"),
    [
        ("A x", "A thin x"),
        ("A^(-1) A x = x", "A^(-1) thin A thin x = x"),
        ("norm(A x)", "norm(A thin x)"),
        ("U Sigma V^top", "U thin Sigma thin V^top"),
        ("sigma_1 u_1", "sigma_1 thin u_1"),
        ("A hat(dotless.i)", "A thin hat(dotless.i)"),
        ("a_3 = a_1 + a_2", "a_3 = a_1 + a_2"),
        ("3 sqrt(5)", "3 sqrt(5)"),
        ("1.2 A n", "1.2 thin A thin n"),
        ("3/5 x - 2", "3/5 thin x - 2"),
        ("x_2 y^2 z", "x_2 thin y^2 thin z"),
        ("sum_(k=1)^24 sigma_k", "sum_(k=1)^24 sigma_k"),
        ("2 times 3", "2 times 3"),
        ("det A", "det A"),
        ("x in C(A)", "x in C(A)"),
    ],
)
def test_factors_stand_a_hair_apart(source: str, apart: str) -> None:
    assert operand_gaps(source) == apart


def test_fractions_in_a_line_have_a_slash() -> None:
    assert symbols("1/2", in_line=True).height < 1.6 * 0.5
    assert symbols("1/2").height > 2 * 0.5
    plain = symbols("3", in_line=True)
    assert symbols("3/5", in_line=True).width > 2 * plain.width
    parens = symbols("(5 + sqrt(5))/2", in_line=True).width
    assert parens > symbols("5 + sqrt(5)/2", in_line=True).width + 0.3 * 0.5


def test_a_bar_and_a_root_are_drawn() -> None:
    """Typst draws them as strokes, which are kept as thin filled bars."""
    assert symbols("1/2").width < symbols("1/200").width
    root, inside = symbols("sqrt(5)"), symbols("5")
    assert root.width > 1.5 * inside.width
    top = np.asarray(root.points)[:, 1].max()
    over = np.asarray(root.points)[np.asarray(root.points)[:, 1] > top - 0.05]
    assert np.ptp(over[:, 0]) > inside.width


def test_a_polyline_goes_straight_through_its_corners() -> None:
    points = polyline([(0, 0, 0), (3, 0, 0), (3, 3, 0)])
    assert points.reshape(2, 4, 3)[:, [0, 3]].tolist() == [
        [[0, 0, 0], [3, 0, 0]],
        [[3, 0, 0], [3, 3, 0]],
    ]
    assert points[1] == pytest.approx([1, 0, 0])


# --- Formulas in parts ----------------------------------------------------------------------------


def test_parts_of_a_formula_can_be_lit_one_by_one() -> None:
    parts = ["A", "=", "U", "Sigma", ("Vh", "V^top")]
    made = formula(parts, size=0.5, color=WHITE, colors={"U": RED})
    assert made.names == ("A", "=", "U", "Sigma", "Vh")
    assert [glyphs.get_fill_color().to_hex() for glyphs in made.part("U")] == [RED]
    lefts = [glyphs.get_left()[0] for glyphs in made]
    assert lefts == sorted(lefts)
    with pytest.raises(KeyError, match="not W"):
        made.part("W")


@pytest.mark.parametrize("source", ["A = U", "A x = b", "U Sigma V^top", "a_1 + a_2"])
def test_a_formula_in_parts_is_as_wide_as_in_one_piece(source: str) -> None:
    made = formula(source.split(), size=0.5, color=WHITE)
    assert made.width == pytest.approx(symbols(source).width, rel=1e-3)


def test_a_part_can_not_bring_a_color_of_its_own() -> None:
    with pytest.raises(ValueError, match="a color of its own"):
        formula(["A", "#text(fill: red, $x$)"], size=0.5, color=WHITE)


# --- Running numbers ------------------------------------------------------------------------------


@given(st.floats(0, 9.99))
@settings(max_examples=30, deadline=None)
def test_a_running_number_does_not_jitter(value: float) -> None:
    number = Number(size=0.5, color=WHITE)
    number.at(2.0, 1.0)
    number.show("≈ 0.00")
    left, width = number.get_left()[0], number.width
    number.show(f"≈ {value:.2f}")
    assert number.get_left()[0] == pytest.approx(left)
    assert number.width == pytest.approx(width, abs=0.12)
    assert number.text == f"≈ {value:.2f}"


def point_of(text: str, **room: object) -> float:
    """Where the decimal point of a running number stands."""
    head = text[: text.index(".")]
    return running(head, **room)[1]


def test_a_minus_and_a_second_digit_leave_the_point_where_it_is() -> None:
    room = {"digits": 2, "signed": True}
    texts = ["9.99", "−9.99", "10.01", "−10.01", "0.50"]
    assert len({round(point_of(text, **room), 9) for text in texts}) == 1
    assert len({round(running(text, **room)[1], 9) for text in texts}) == 1
    assert point_of("10.01") > point_of("9.99")  # where no room is kept


def test_a_minus_stands_at_its_digits() -> None:
    outlines, _ = running("−5.0", digits=3, signed=True)
    bare, _ = running("5.0", digits=3, signed=True)
    assert bare[:, 0].min() - outlines[:, 0].min() < 1.2


def test_a_number_lands_as_mathematics_where_it_ran() -> None:
    number = Number(size=0.5, color=WHITE)
    number.at(2.0, 1.0)
    number.show("≈ 6.71")
    number.land("= 3 sqrt(5)")
    assert number.text == "= 3 sqrt(5)"
    assert number.get_left()[0] == pytest.approx(2.0, abs=1e-3)
    assert number.baseline == pytest.approx(1.0, abs=1e-6)
    assert number.cap_height == pytest.approx(0.5, rel=1e-6)


def test_a_number_goes_on_where_it_was_moved_to() -> None:
    number = Number(size=0.5, color=WHITE)
    number.show("1.00")
    number.scale(2, about_point=[0, 0, 0]).shift([3, 1, 0])
    for text in ("2.00", "−7.77", "0.01") * 30:
        number.show(text)
    assert (number.pen, number.baseline) == pytest.approx((3.0, 1.0), abs=1e-6)
    assert number.cap_height == pytest.approx(1.0, rel=1e-6)


@pytest.mark.parametrize("text", ["−1.25", "1.5×10⁻⁷", "≈ 1000", "2.50×10⁶", "= 45°", "95.6%"])
def test_every_sign_of_a_running_number_can_be_shown(text: str) -> None:
    number = Number(size=0.5, color=WHITE)
    number.show(text)
    assert number.text == text
    assert number.width > 0.3 * len(text) * 0.5 * 0.5
