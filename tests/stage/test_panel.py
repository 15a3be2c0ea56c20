"""What stands in the panel: numbers that land, rows that line up, blocks that fit."""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pytest
from manim import VMobject
from small import Small

import lamath as la
from lamath import notation
from scenes import ASPECTS
from scenes.stage import DARK, Layout, Readout, Rect, Row
from scenes.stage.panel import arrange, row_block, shrink_to
from scenes.stage.text import Glyphs, math, polyline


def symbol(source: str) -> Glyphs:
    return math(source, size=0.27, color=DARK.ink)


def readout(*landings: object, whole: bool = False) -> Readout:
    return Readout(
        symbol("sigma_1"), lambda matrix: float(matrix[0, 0]), landings, DARK, whole=whole
    )


def at(value: float, shown: Readout, *, rest: bool = False) -> str:
    shown.run(np.diag([value, 1.0]), at_rest=rest)
    return shown.number.text


# --- Readouts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["5", "3*sqrt(5)", "sqrt(5)", "(5+sqrt(5))/2", "-1/5", "1000"])
def test_a_readout_lands_on_its_exact_value(text: str) -> None:
    exact = la.vector([text])[0]
    shown = readout(1, exact)
    assert at(float(exact), shown, rest=True) == notation.typst(exact, sign=True)
    assert at(float(exact), shown).startswith("= ")


def test_a_value_that_has_no_simple_form_is_shown_as_about() -> None:
    sigma = la.svd("1 2; 3 4").S[0]
    assert not notation.is_simple(sigma)
    assert at(float(sigma), readout(1, sigma), rest=True) == "approx 5.46"


def test_a_running_number_is_about_and_keeps_its_decimals() -> None:
    shown = readout(1, 5)
    for value in (1.234, 2.0001, 4.999, 3.5):
        text = at(value, shown)
        assert re.fullmatch(r"≈ \d\.\d\d", text), text
        assert float(text.removeprefix("≈ ")) == pytest.approx(value, abs=0.005)


def test_what_only_comes_near_does_not_land() -> None:
    assert at(5 - 1e-6, readout(1, 5)).startswith("≈")
    assert at(5 - 1e-12, readout(1, 5)) == "= 5"


def test_what_rests_elsewhere_says_about() -> None:
    assert at(2.71828, readout(1, 5), rest=True) == "approx 2.72"


def test_a_count_shows_whole_numbers_only() -> None:
    shown = readout(0, 1, 2, whole=True)
    at(2.0, shown)
    assert at(1.5, shown) == "= 2"
    assert at(1.0, shown) == "= 1"


def test_numbers_stay_beside_their_head_and_on_its_line() -> None:
    shown = readout(1, la.vector(["3*sqrt(5)"])[0])
    for value in (1.0, 2.5, 3 * np.sqrt(5)):
        at(value, shown)
        assert shown.number.get_left()[0] > shown.head.get_right()[0]
        assert shown.number.baseline == pytest.approx(shown.head.baseline, abs=1e-6)


def test_a_widened_readout_has_room_for_all_it_will_show() -> None:
    shown = readout(1, 1000)
    shown.widen()
    room = shown.width
    for value in (1.0, 500.0, 999.9, 1000.0):
        at(value, shown)
        assert shown.width <= room + 0.02


# --- Rows and blocks ----------------------------------------------------------------------------


def test_rows_line_up_in_columns() -> None:
    rows = [
        Row(symbol("A"), symbol("x"), symbol("1")),
        Row(symbol("det A"), symbol("x y"), symbol("1000")),
    ]
    row_block(rows, 3.0, 0.5)
    assert rows[0].words.get_left()[0] == pytest.approx(rows[1].words.get_left()[0])
    assert rows[0].value.get_right()[0] == pytest.approx(rows[1].value.get_right()[0])
    for row in rows:
        assert row.symbol.get_right()[0] < row.words.get_left()[0]
        assert row.words.get_right()[0] < row.value.get_left()[0]
        assert row.value.baseline == pytest.approx(row.words.baseline, abs=1e-6)


def test_a_row_without_room_is_made_smaller() -> None:
    row = Row(None, symbol("a b c d e f g h i"), symbol("1000000"))
    row_block([row], 1.2, 0.5)
    assert row.width <= 1.2 + 1e-6


def block(width: float, height: float) -> VMobject:
    shape = VMobject()
    shape.points = polyline([(0, 0, 0), (width, 0, 0), (width, height, 0), (0, 0, 0)])
    return shape


def box(mobject: VMobject) -> Rect:
    (left, bottom, _), (right, top, _) = (
        mobject.get_corner([-1, -1, 0]),
        mobject.get_corner([1, 1, 0]),
    )
    return Rect(left, bottom, right, top)


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("stages", [1, 2])
@pytest.mark.parametrize(
    "sizes", [[(1, 1)], [(2, 0.5)] * 5, [(9, 1), (1, 2), (3, 3)], [(1, 4)] * 4]
)
def test_blocks_stand_in_the_panel_apart_and_in_order(
    aspect: str, stages: int, sizes: list[tuple[float, float]]
) -> None:
    layout = Layout.of(aspect, stages)
    blocks = [block(*size) for size in sizes]
    arrange(blocks, layout, {})
    boxes = [box(each) for each in blocks]
    assert all(layout.panel.contains(each) for each in boxes)
    assert not any(a.overlaps(b, gap=-1e-6) for a, b in combinations(boxes, 2))
    order = sorted(
        boxes, key=lambda each: (each.center[0] > layout.panel.center[0] + 0.1, -each.top)
    )
    if layout.panel_columns == 1:
        assert order == boxes


def test_what_comes_instead_takes_the_same_place() -> None:
    layout = Layout.of("16:9")
    first, second, later = block(1, 1), block(2, 0.5), block(1, 0.8)
    arrange([first, second], layout, {second: later})
    assert later.get_center() == pytest.approx(second.get_center(), abs=0.5)
    assert layout.panel.contains(box(later))
    assert not box(later).overlaps(box(first))


def test_what_comes_instead_has_room_however_tall_it_is() -> None:
    blocks = [block(1, 1), block(2, 0.5), block(1, 1)]
    later = block(1, 3)
    arrange(blocks, Layout.of("16:9"), {blocks[1]: later})
    assert not any(box(later).overlaps(box(each)) for each in (blocks[0], blocks[2]))


def test_long_readouts_stand_in_a_pile_and_keep_their_size() -> None:
    long = la.svd("100 99; 99 98").S
    for lengths, piled in ((la.svd("3 0; 4 5").S, False), (long, True)):
        first, second = shown = [readout(1, length) for length in lengths]
        Small().columns(*shown)
        assert (second.head.get_top()[1] < first.head.get_bottom()[1]) == piled
        assert first.head.get_left()[0] == pytest.approx(second.head.get_left()[0]) or not piled
        assert first.head.cap_height == pytest.approx(DARK.math)


def test_a_long_product_has_its_numbers_in_a_line_of_their_own_if_there_is_room() -> None:
    dets = la.det("-5 -3; -6 6"), la.det(la.inverse("-5 -3; -6 6"))
    for aspect, line_break in (("16:9", " \\"), ("9:16", " \\"), ("1:1", "")):
        scene = Small(aspect=aspect)
        product = scene.product_of(("det A", dets[0]), ("det A^(-1)", dets[1]), value=1)
        wanted = f"det A dot det A^(-1){line_break} = (-48) dot (inline(-1/48)) = 1"
        assert product.text == wanted
    short = Small().product_of(("a", 2), ("b", 3), value=6)
    assert short.text == "a dot b = 2 dot 3 = 6"


def test_what_comes_instead_shrinks_no_more_than_it_must() -> None:
    layout = Layout.of("1:1")
    blocks = [block(1, 1), block(2, 3), block(1, 1), block(1, 4)]
    later = block(3, 0.5)
    arrange(blocks, layout, {blocks[1]: later})
    assert blocks[1].height < 3
    assert (later.width, later.height) == pytest.approx((3, 0.5))


def test_blocks_only_ever_shrink() -> None:
    small, large = block(1, 1), block(4, 1)
    shrink_to(small, 2)
    shrink_to(large, 2)
    assert small.width == pytest.approx(1)
    assert (large.width, large.height) == pytest.approx((2, 0.5))
