"""Sentences with mathematics: how they read, where their lines end, how they look."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenes.letters import is_chinese
from scenes.stage.caption import Paragraph, paragraph, plain, reading_seconds
from scenes.stage.message import Piece, pieces
from scenes.stage.text import math, prose

INK, INPUT, OUTPUT, FIRST, SECOND = "#FFFFFF", "#F9D635", "#58A9D3", "#06ECBC", "#ED9153"
COLORS = {"x": INPUT, "A x": OUTPUT, "b": OUTPUT, "a_1": FIRST, "a_2": SECOND}

ENGLISH = "Play the same motion backwards: $b$ goes home to $x$, and nothing is lost."
CHINESE = "把同一段运动倒着放：$b$ 回到 $x$，什么也没有丢失，因为没有两个点落到一处。"


def caption(text: str, language: str = "en", **options: object) -> Paragraph:
    settings = {"language": language, "size": 0.28, "width": 12.0, "color": INK, "colors": COLORS}
    return paragraph(text, **(settings | options))


def shown(made: Paragraph) -> list[tuple[str, str]]:
    return [(each.text, each.get_fill_color().to_hex()) for each in made]


# --- Messages -------------------------------------------------------------------------------------


def test_a_message_is_prose_with_mathematics_between_dollars() -> None:
    assert pieces(r"$A x$ costs \$5") == (Piece("A x", True), Piece(" costs $5", False))
    with pytest.raises(ValueError, match="not closed"):
        pieces("the length of $A x")


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("A^(-1)", "A⁻¹"),
        ("sigma_1", "σ₁"),
        ("sigma_(i j)", "σᵢⱼ"),
        ("hat(dotless.i)", "î"),
        ("A hat(dotless.j)", "A ĵ"),
        ("V^top", "Vᵀ"),
        ("u_k v_k^top", "uₖ vₖᵀ"),
        ("A x", "A x"),
        ("x + N(A)", "x + N(A)"),
        ("det A", "det A"),
        ("sqrt(5)", "√5"),
        ("3 sqrt(5)", "3√5"),
        ("sqrt(x^2 + 1)", "√(x² + 1)"),
        ("(5 + sqrt(5))/2", "(5 + √5)/2"),
        ("frac(1 + x, 2)", "(1 + x)/2"),
        ("bold(0)", "0"),
        ("lambda approx 2 times 10^(-7)", "λ ≈ 2 × 10⁻⁷"),
        ("a dot b <= 3/5", "a · b ≤ 3/5"),
        ("45 degree", "45°"),
        ('"rank" A', "rank A"),
        ("norm(A x)", "‖A x‖"),
        ("abs(det A) != 0", "|det A| ≠ 0"),
        ("vec(1, -2)", "(1, −2)"),
        ('mat(delim: "[", 3/5, 1; -1, 0)', "[3/5 1; −1 0]"),
        ("RR^2 -> RR^3", "ℝ² → ℝ³"),
        ("cos^2 theta", "cos² θ"),
        ("W_Q", "W_Q"),
    ],
)
def test_mathematics_as_plain_text_and_as_typst(source: str, written: str) -> None:
    assert plain(f"${source}$") == written
    assert math(source, size=1.0, color=INK).width > 0  # Typst knows it, too


@pytest.mark.parametrize(
    ("source", "named"),
    [("A foo", "'foo'"), ("2 Ax", "'Ax'"), ("#x", "'#'"), ("a thing(x)", "thing")],
)
def test_an_unknown_word_is_named(source: str, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        plain(f"see ${source}$")


@pytest.mark.parametrize("source", ["x^", "sqrt(5", "x_(1"])
def test_broken_mathematics_is_an_error(source: str) -> None:
    with pytest.raises(ValueError, match=r"nothing follows|not closed"):
        plain(f"${source}$")


def test_reading_takes_its_time() -> None:
    assert reading_seconds("") == 1.5
    assert reading_seconds("one, two") == pytest.approx(1.5 + 7 * 0.06)
    assert reading_seconds("矩阵。") == pytest.approx(1.5 + 3 * 0.25)
    assert reading_seconds("$A^(-1)$ 是矩阵") == pytest.approx(1.5 + 3 * 0.06 + 3 * 0.25)


@pytest.mark.parametrize(
    ("char", "chinese"),
    [
        ("矩", True),
        ("，", True),
        ("。", True),
        ("A", False),
        ("Σ", False),
        (" ", False),
        ("·", False),
    ],
)
def test_what_counts_as_chinese(char: str, chinese: bool) -> None:
    assert is_chinese(char) is chinese


# --- Colors ---------------------------------------------------------------------------------------


def test_each_symbol_has_the_color_of_its_thing() -> None:
    made = caption("$x$ goes round. Watch $A x = b$ and $A$.")
    assert shown(made) == [
        ("x", INPUT),
        ("goes round. Watch =", INK),
        ("A x", OUTPUT),
        ("b", OUTPUT),
        ("and A.", INK),
    ]
    assert [each.text for each in made.part("A x")] == ["A x"]
    with pytest.raises(KeyError, match="sigma"):
        made.part("sigma_1")


def test_the_longest_symbol_wins_also_in_parentheses_and_lists() -> None:
    colored = shown(caption("$2 (A x + a_1), a_2$"))
    assert {("A x", OUTPUT), ("a₁", FIRST), ("a₂", SECOND)} <= {*colored}
    assert ("x", INPUT) not in shown(caption("$A x$"))
    assert shown(caption("$N(x)$")) == [("N(x)", INK)]


def test_colors_do_not_move_anything() -> None:
    for text in (ENGLISH, "$a_1 + a_2 = A x$", "$2 (A x + a_1), a_2$"):
        assert caption(text).width == pytest.approx(caption(text, colors={}).width, abs=1e-6)


# --- Spacing --------------------------------------------------------------------------------------


def gaps(made: Paragraph) -> list[float]:
    """White between neighboring stretches, in heights of a capital."""
    parts = sorted(made, key=lambda each: each.get_left()[0])
    return [float(b.get_left()[0] - a.get_right()[0]) / made.cap_height for a, b in pairwise(parts)]


def test_a_word_space_stands_between_words_and_mathematics() -> None:
    between_words = float(
        prose("n n", language="en", size=1.0, color=INK).width
        - 2 * prose("n", language="en", size=1.0, color=INK).width
    )
    assert gaps(caption("on $x$ on")) == pytest.approx([between_words] * 2, abs=0.12)


def test_punctuation_clings_to_mathematics() -> None:
    assert max(gaps(caption("$x$, $x$: $x$."))[::2]) < 0.25


@pytest.mark.parametrize("text", ["沿$x$走", "沿 $x$ 走"])
def test_chinese_keeps_a_quarter_square_from_mathematics(text: str) -> None:
    em = 1.364
    assert gaps(caption(text, "zh-Hans")) == pytest.approx([em / 4] * 2, abs=0.14)


def test_a_chinese_mark_brings_its_own_white() -> None:
    tight = caption("走：$x$", "zh-Hans").width
    assert caption("走： $x$", "zh-Hans").width == pytest.approx(tight)


def test_two_chinese_marks_in_a_row_share_their_white() -> None:
    apart, together = caption("「行」看，看", "zh-Hant"), caption("「行」，看看", "zh-Hant")
    assert together.width < apart.width - 0.3 * 1.364 * 0.28


def test_prose_and_mathematics_stand_on_one_baseline_and_look_equally_large() -> None:
    made = caption("on $x$ on")
    assert [each.baseline for each in made] == pytest.approx([0, 0, 0], abs=1e-6)
    x = float(made.part("x").height)
    letter = float(prose("x", language="en", size=0.28, color=INK).height)
    assert 0.9 < x / letter < 1.05


# --- Lines ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "text"), [("en", ENGLISH), ("zh-Hans", CHINESE)])
@given(width=st.floats(2.5, 14.0))
@settings(max_examples=12, deadline=None)
def test_lines_lose_nothing_and_fit_if_they_say_so(language: str, text: str, width: float) -> None:
    made = caption(text, language, width=width, most_lines=6)
    assert "".join(made.lines).replace(" ", "") == plain(text).replace(" ", "")
    assert made.text == plain(text)
    for line in made.lines:
        assert line == line.strip()
        assert line[0] not in "，。：；？！、,.;:?!）」”"
        assert line[-1] not in "（「“("
    if made.fits:
        assert made.width <= width + 1e-6
    else:
        assert made.width > width or len(made.lines) == 6


def test_what_fits_stays_in_one_line() -> None:
    made = caption("All of it.")
    assert (made.lines, made.fits) == (("All of it.",), True)


def test_what_does_not_fit_says_so() -> None:
    assert not caption(ENGLISH, width=4.0).fits
    assert len(caption(ENGLISH, width=4.0).lines) == 2
    assert caption(ENGLISH, width=4.0, most_lines=4).fits
    assert not caption("incomprehensibilities", width=1.0).fits


def test_lines_break_after_a_stop_by_preference() -> None:
    assert caption(ENGLISH, width=8.0).lines[0].endswith("backwards:")
    assert caption(CHINESE, "zh-Hans", width=9.0).lines[0][-1] in "，："
    made = caption("$A^(-1)$ 抵消 $A$：面积的倍数相乘，$5 times 1/5 = 1$。", "zh-Hans", width=5.5)
    assert made.lines == ("A⁻¹ 抵消 A：", "面积的倍数相乘，5 × 1/5 = 1。")


def test_lines_are_even_where_there_is_no_stop() -> None:
    first, second = caption("one two three four five six seven eight", width=6.0).lines
    assert abs(len(first) - len(second)) <= 8


def test_no_word_is_left_alone_and_no_line_ends_with_a_small_one() -> None:
    text = "This is what the map does to every vector of the plane, always."
    for width in np.arange(6.0, 9.5, 0.25):
        made = caption(text, width=float(width))
        assert all(len(line.split()) > 1 for line in made.lines)
        assert not made.lines[0].endswith((" of", " the")), made.lines


def test_a_chinese_word_is_not_parted_where_it_can_be_helped() -> None:
    for width in np.arange(3.0, 5.5, 0.1):
        made = caption("每个输入向量都会落到同一条直线上面去", "zh-Hans", width=float(width))
        assert made.lines[0][-1] not in "每输向同直"


@pytest.mark.parametrize("width", [3.5, 4.0, 5.0, 6.0])
def test_mathematics_is_never_broken(width: float) -> None:
    made = caption("so $a_1 + a_2 = A x$ here and $A x = b$ there", width=width, most_lines=4)
    joined = "\n".join(made.lines)
    assert "a₁ + a₂ = A x" in joined
    assert "A x = b" in joined


def test_words_that_cling_are_not_parted_from_mathematics() -> None:
    for width in np.arange(1.5, 4.0, 0.25):
        lines = caption("the $x$-axis and $(n)$th $x$, all", width=float(width), most_lines=6).lines
        assert any("x-axis" in line for line in lines)
        assert any("(n)th" in line for line in lines)
        assert any("x," in line for line in lines)


def test_lines_are_set_below_each_other_and_farther_where_formulas_are_tall() -> None:
    def step(text: str) -> float:
        made = caption(text, width=2.6)
        assert len(made.lines) == 2
        return float(made[0].baseline - made[-1].baseline) / made.cap_height

    assert step("one two three four") == pytest.approx(1.9, abs=1e-6)
    assert step("one two $x$ four $vec(1, 2, 3)$") > 2.5


# --- Placing --------------------------------------------------------------------------------------


def test_alignment() -> None:
    text = "one two three four five six"
    left = caption(text, width=3.0, align="left")
    assert len(left.lines) == 2
    assert [each.get_left()[0] for each in left] == pytest.approx([0, 0], abs=1e-3)
    centered = caption(text, width=3.0)
    assert [each.get_center()[0] for each in centered] == pytest.approx([0, 0], abs=1e-3)


def test_a_caption_is_centered_by_its_capitals() -> None:
    made = caption(ENGLISH, width=8.0).center_on(1.0, -3.0)
    assert made.get_center()[0] == pytest.approx(1.0)
    assert (made.baseline + made.cap_height + made[-1].baseline) / 2 == pytest.approx(-3.0)
    made.shift([0, 1, 0])
    assert made.baseline == pytest.approx(-3.0 + 1 + (1.9 - 1) * 0.28 / 2, abs=1e-3)


def test_a_halo_lies_behind_all_of_it() -> None:
    made = caption("on $x$, on", halo="#101010")
    ground, *letters = made
    assert ground.get_fill_color().to_hex() == "#101010"
    assert ground.get_stroke_width(background=True) > 0
    assert [each.text for each in letters] == ["on", "x", ", on"]
    assert all(each.get_stroke_width(background=True) == 0 for each in letters)


def test_bold_mathematics_stands_among_bold_words() -> None:
    assert caption("on $A x$", bold=True).width > 1.03 * caption("on $A x$").width


def test_nothing_is_no_caption() -> None:
    with pytest.raises(ValueError, match="nothing to set"):
        caption("  ")
