"""What stands in the panel: blocks that fit, rows that line up, numbers that keep their end."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import VGroup, VMobject
from small import played

import lamath as la
from scenes import ASPECTS
from scenes.stage.figure import Value, is_seen, leaves, presence_of, set_presence
from scenes.stage.labels import Running
from scenes.stage.layout import Layout, Rect
from scenes.stage.panel import PAD, RULE, Either, Panel, PanelNumber, Row
from scenes.stage.text import polyline
from scenes.stage.theme import DARK
from scenes.stage.view import box_of

SCENE = played()


def block(width: float, height: float) -> VMobject:
    shape = VMobject(stroke_width=1)
    shape.points = polyline([(0, 0, 0), (width, 0, 0), (width, height, 0), (0, 0, 0)])
    return shape


def box(mobject: VMobject) -> Rect:
    return box_of(np.concatenate([np.asarray(leaf.points) for leaf in leaves(mobject)]))


def panel(*blocks: Any, aspect: str = "16:9", stages: int = 1) -> tuple[Panel, Layout]:
    """A panel as an opening scene arranges it."""
    made = Panel(SCENE)
    made.set(*blocks)
    need = made.need(Layout.of(aspect, stages))
    layout = Layout.of(aspect, stages, panel=need)
    made.arrange(layout)
    return made, layout


def area(layout: Layout) -> Rect:
    assert layout.panel is not None
    return layout.panel


def number(*landings: Any, **style: Any) -> tuple[Value, PanelNumber]:
    value = Value(float(landings[0]))
    return value, PanelNumber(Running(value, landings), size=0.27, color=DARK.ink, **style)


# --- Blocks -------------------------------------------------------------------------------------


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("stages", [1, 2])
@pytest.mark.parametrize(
    "sizes", [[(1, 1)], [(2, 0.5)] * 5, [(9, 1), (1, 2), (3, 3)], [(1, 4)] * 4]
)
def test_blocks_stand_in_the_panel_apart_and_in_order(
    aspect: str, stages: int, sizes: list[tuple[float, float]]
) -> None:
    blocks = [block(*size) for size in sizes]
    _, layout = panel(*blocks, aspect=aspect, stages=stages)
    boxes = [box(each) for each in blocks]
    assert all(area(layout).contains(each) for each in boxes)
    assert not any(a.overlaps(b, gap=-1e-6) for a, b in combinations(boxes, 2))
    middle = area(layout).center[0]
    if layout.panel_columns == 2:
        order = sorted(boxes, key=lambda each: (each.center[0] > middle + 0.1, -each.top))
    else:
        order = sorted(boxes, key=lambda each: -each.top)
    assert order == boxes


def test_a_panel_is_as_wide_as_what_it_shows() -> None:
    small, large = panel(block(2.6, 1))[1], panel(block(3.4, 1), block(1, 1))[1]
    assert area(small).width == pytest.approx(2.6 + 2 * PAD)
    assert area(large).width == pytest.approx(3.4 + 2 * PAD)


def test_a_panel_below_the_stage_is_as_high_as_what_it_shows() -> None:
    low, high = (panel(block(2, h), block(2, h), aspect="1:1")[1] for h in (0.9, 1.6))
    assert area(high).height - area(low).height == pytest.approx(0.7)


def test_a_panel_that_shows_nothing_is_not_there() -> None:
    made, layout = panel()
    assert layout.panel is None
    assert made.need(layout) == 0


def test_blocks_are_never_enlarged_and_shrink_only_if_they_must() -> None:
    first, second = block(1, 1), block(2, 0.5)
    panel(first, second)
    assert (first.width, second.width) == pytest.approx((1, 2))
    wide = block(9, 1)
    panel(wide)
    assert wide.width < 9
    assert wide.height / wide.width == pytest.approx(1 / 9)


def test_what_is_set_is_not_seen_until_the_story_brings_it_on() -> None:
    first = block(1, 1)
    panel(first)
    assert not is_seen(first)


def test_one_of_several_stands_where_the_others_do() -> None:
    one, other = block(1, 1), block(2, 0.5)
    above, below = block(1, 0.4), block(1, 0.4)
    either = Either(one, other)
    _, layout = panel(above, either, below)
    assert one.get_center() == pytest.approx(other.get_center())
    for each in (one, other):
        assert area(layout).contains(box(each))
        assert not box(each).overlaps(box(above))
        assert not box(each).overlaps(box(below))


def test_a_rule_is_as_wide_as_the_panel_and_there_with_what_it_divides() -> None:
    above, below = block(1, 1), block(2.5, 1)
    made, layout = panel(above, RULE, below)
    rule = made.blocks[1]
    assert rule.width == pytest.approx(area(layout).width - 2 * PAD)
    assert box(below).top < rule.get_center()[1] < box(above).bottom
    set_presence(above, 1.0)
    made.draw(at_rest=True)
    assert not is_seen(rule)
    set_presence(below, 0.5)
    made.draw(at_rest=True)
    assert rule.get_stroke_opacity() == pytest.approx(0.5)
    set_presence(below, 1.0)
    made.draw(at_rest=True)
    assert rule.get_stroke_opacity() == pytest.approx(1)


def test_a_rule_between_two_columns_is_left_out() -> None:
    made, _ = panel(block(1, 1), RULE, block(1, 1), aspect="1:1")
    assert len(made.blocks[1].points) == 0


# --- Rows ---------------------------------------------------------------------------------------


def rows() -> list[Row]:
    return [
        SCENE.row("area", "3"),
        SCENE.row("area", "inline(1/2)"),
        SCENE.row("area", SCENE.running(Value(1.0), 1, la.vector(["sqrt(5)"])[0])),
    ]


@pytest.mark.parametrize("aspect", ASPECTS)
def test_rows_have_their_words_at_the_left_and_values_at_the_right(aspect: str) -> None:
    shown = rows()
    panel(VGroup(*shown), aspect=aspect)
    assert len({round(row.words.get_left()[0], 6) for row in shown}) == 1
    last = [[*leaves(row.value)][-1] for row in shown]
    rights = [float(np.asarray(leaf.points)[:, 0].max()) for leaf in last]
    assert rights == pytest.approx([rights[0]] * 3, abs=1e-6)
    for row in shown:
        assert box(row.words).right < box(row.value).left
        assert row.value.baseline == pytest.approx(row.words.baseline, abs=1e-6)
    assert [-row.words.baseline for row in shown] == sorted(-row.words.baseline for row in shown)


def test_a_value_that_has_no_room_beside_its_words_stands_below_them() -> None:
    row = SCENE.row("area", "(123456789 + 2 sqrt(123456789)) / 987654321")
    _, layout = panel(VGroup(row))
    assert area(layout).contains(box(row.words))
    assert area(layout).contains(box(row.value))
    assert box(row.value).top < box(row.words).bottom


# --- Numbers ------------------------------------------------------------------------------------


@given(st.floats(-99, 99), st.sampled_from(["right", "left"]))
@settings(max_examples=30)
def test_a_running_number_keeps_its_end_and_its_baseline(now: float, align: str) -> None:
    value, shown = number(1, 99, align=align)
    shown.put(2.0, 1.0)
    value.now = now
    shown.refresh(at_rest=False)
    x = np.asarray(shown.points)[:, 0]
    if align == "right":
        assert x.max() == pytest.approx(2.0)
    elif now > 0.01:
        assert x.min() == pytest.approx(2.0)
    assert shown.baseline == pytest.approx(1.0, abs=1e-6)
    assert shown.cap_height == pytest.approx(0.27)


@pytest.mark.parametrize("text", ["sqrt(5)", "1/2", "(5+sqrt(5))/2"])
def test_a_number_lands_as_mathematics_where_it_ran(text: str) -> None:
    value, shown = number(1, la.vector([text])[0])
    row = Row(SCENE.prose("area"), shown, SCENE.theme)
    panel(row)
    floor, right = row.words.baseline, box(shown).right
    for now in (0.5, 1.2, float(la.vector([text])[0])):
        value.now = now
        shown.refresh(at_rest=False)
        assert shown.baseline == pytest.approx(floor, abs=1e-6)
        assert box(shown).right == pytest.approx(right, abs=1e-6)
    assert not shown.text[0].isdigit() or "/" in shown.text


def test_a_row_has_room_for_all_that_its_number_will_show() -> None:
    value, shown = number(1, 1000, la.vector(["(5+sqrt(5))/2"])[0])
    row = Row(SCENE.prose("area"), shown, SCENE.theme)
    _, layout = panel(row)
    for now in (1.0, 500.04, 999.9, 1000.0, (5 + np.sqrt(5)) / 2):
        value.now = now
        shown.refresh(at_rest=False)
        assert box(shown).left > box(row.words).right
        assert area(layout).contains(box(shown))


def test_a_number_that_was_made_smaller_stays_so() -> None:
    value, shown = number(1, 5)
    row = Row(SCENE.prose("area"), shown, SCENE.theme)
    panel(row, *(block(1, 3) for _ in range(4)))
    small = shown.cap_height
    assert small < 0.27
    value.now = 2.5
    shown.refresh(at_rest=False)
    assert shown.cap_height == pytest.approx(small)


def test_the_panel_shows_the_numbers_of_the_moment() -> None:
    value, shown = number(1, 2)
    made, _ = panel(shown)
    set_presence(shown, 1.0)
    value.now = 1.5
    made.draw(at_rest=False)
    assert shown.text == "1.50"
    value.now = 2.0
    made.draw(at_rest=False)
    assert shown.text == "2"
    assert presence_of(shown) == 1.0


def test_a_panel_that_is_set_anew_forgets_its_old_numbers() -> None:
    _, first = number(1)
    _, second = number(2)
    made = Panel(SCENE)
    made.set(first)
    made.set(second)
    assert made.numbers == [second]
