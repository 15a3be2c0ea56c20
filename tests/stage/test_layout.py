"""The frame's areas don't meet, and fill it."""

from __future__ import annotations

from itertools import combinations, pairwise, product

import pytest

from scenes import ASPECTS
from scenes.stage.layout import Layout, Rect

EVERY = list(product(ASPECTS, (1, 2, 3), (None, 0.0, 3.0)))


@pytest.mark.parametrize(("aspect", "stages", "panel"), EVERY)
def test_areas_lie_in_the_frame_and_do_not_overlap(
    aspect: str, stages: int, panel: float | None
) -> None:
    layout = Layout.of(aspect, stages, panel)
    areas = [area for each in layout.areas.values() for area in each]
    assert len(layout.stages) == stages
    assert ("panel" in layout.areas) is (panel != 0.0)
    assert all(layout.frame.contains(area) for area in areas)
    assert not any(a.overlaps(b, gap=-1e-9) for a, b in combinations(areas, 2))


@pytest.mark.parametrize(("aspect", "stages", "panel"), EVERY)
def test_areas_and_seams_fill_the_frame(aspect: str, stages: int, panel: float | None) -> None:
    layout = Layout.of(aspect, stages, panel)
    areas = [area for each in layout.areas.values() for area in each]
    covered = sum(area.width * area.height for area in (*areas, *layout.seams))
    assert covered == pytest.approx(layout.frame.width * layout.frame.height)
    assert len(layout.seams) == stages - 1
    for seam in layout.seams:
        assert 0.03 < min(seam.width, seam.height) < 0.12
        assert not any(seam.overlaps(area, gap=-1e-9) for area in areas)


@pytest.mark.parametrize("aspect", ASPECTS)
def test_the_short_side_is_eight_units(aspect: str) -> None:
    frame = Layout.of(aspect).frame
    across, down = map(int, aspect.split(":"))
    assert min(frame.width, frame.height) == 8
    assert frame.width / frame.height == pytest.approx(across / down)
    assert frame.center == pytest.approx([0, 0, 0])


@pytest.mark.parametrize("aspect", ASPECTS)
def test_stages_have_their_shares_in_the_order_of_the_story(aspect: str) -> None:
    first, second = Layout.of(aspect, 2, shares=(1, 1.5)).stages
    down = aspect == "9:16"
    if down:
        assert (first.top > second.top) and first.width == second.width
        assert second.height == pytest.approx(1.5 * first.height)
    else:
        assert (first.left < second.left) and first.height == second.height
        assert second.width == pytest.approx(1.5 * first.width)


def test_shares_are_as_many_as_stages() -> None:
    with pytest.raises(ValueError, match="2 stages can't have 3 shares"):
        Layout.of("16:9", 2, shares=(1, 1, 1))


def test_a_wide_panel_is_as_wide_as_what_it_shows_within_reason() -> None:
    for need, given in ((0.5, 2.4), (2.4, 2.4), (3.3, 3.3), (4.6, 4.6), (9.0, 4.6)):
        layout = Layout.of("16:9", panel=need)
        assert layout.panel is not None
        assert layout.panel.width == pytest.approx(given)
        assert layout.panel.right == layout.frame.right
        assert layout.stages[0].right == pytest.approx(layout.panel.left)


@pytest.mark.parametrize("stages", [1, 2])
@pytest.mark.parametrize("aspect", ["1:1", "9:16"])
def test_a_panel_below_stands_between_stages_and_strip(aspect: str, stages: int) -> None:
    layout = Layout.of(aspect, stages)
    assert layout.panel is not None
    assert layout.panel.bottom == layout.strip.top
    assert min(stage.bottom for stage in layout.stages) == pytest.approx(layout.panel.top)
    assert layout.panel_columns == 2


@pytest.mark.parametrize("need", [None, 1.0, 9.0])
def test_in_a_tall_frame_two_pictures_have_two_thirds_of_the_height(need: float | None) -> None:
    layout = Layout.of("9:16", 2, need)
    height = layout.stages[0].top - layout.stages[-1].bottom
    assert height >= 0.66 * layout.frame.height


@pytest.mark.parametrize("aspect", ASPECTS)
def test_without_a_panel_the_stages_take_its_room(aspect: str) -> None:
    bare, full = Layout.of(aspect, 2, 0.0), Layout.of(aspect, 2)
    assert bare.panel is None
    assert sum(s.width * s.height for s in bare.stages) > sum(
        s.width * s.height for s in full.stages
    )


def test_rectangles() -> None:
    rect = Rect(-1, -2, 3, 4)
    assert (rect.width, rect.height) == (4, 6)
    assert Rect.around(1, 1, 4, 6) == rect
    assert rect.center == pytest.approx([1, 1, 0])
    assert rect.inset(1) == Rect(0, -1, 2, 3)
    assert rect.inset(1, 0) == Rect(0, -2, 2, 4)
    assert rect.contains(rect)
    assert rect.contains(rect.inset(0.1))
    assert not rect.contains(rect.inset(-0.1))
    assert rect.overlaps(Rect(2, 3, 9, 9))
    assert not rect.overlaps(Rect(3, -2, 5, 4))
    assert rect.overlaps(Rect(3, -2, 5, 4), gap=0.1)


def test_dividing_a_rectangle() -> None:
    rect = Rect(0, 0, 10, 4)
    left, right = rect.columns((1, 2), gap=1)
    assert left == Rect(0, 0, 3, 4)
    assert right == Rect(4, 0, 10, 4)
    rows = rect.rows((1, 1, 1), gap=0.5)
    assert [row.height for row in rows] == pytest.approx([1, 1, 1])
    assert rows[0].top == 4
    assert rows[-1].bottom == pytest.approx(0)
    assert all(above.bottom - below.top == pytest.approx(0.5) for above, below in pairwise(rows))
