"""The frame's areas don't meet, and fill it."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from scenes import ASPECTS
from scenes.stage import Layout, Rect

EVERY = list(product(ASPECTS, (1, 2)))


@pytest.mark.parametrize(("aspect", "stages"), EVERY)
def test_areas_lie_in_the_frame_and_do_not_overlap(aspect: str, stages: int) -> None:
    layout = Layout.of(aspect, stages)
    areas = [*layout.stages, layout.panel, layout.strip]
    assert len(layout.stages) == stages
    assert all(layout.frame.contains(area) for area in areas)
    assert not any(a.overlaps(b, gap=-1e-9) for a, b in combinations(areas, 2))


@pytest.mark.parametrize(("aspect", "stages"), EVERY)
def test_areas_leave_hardly_anything_of_the_frame(aspect: str, stages: int) -> None:
    layout = Layout.of(aspect, stages)
    areas = [*layout.stages, layout.panel, layout.strip]
    covered = sum(area.width * area.height for area in areas)
    assert covered > 0.97 * layout.frame.width * layout.frame.height


@pytest.mark.parametrize(("aspect", "stages"), EVERY)
def test_the_short_side_is_eight_units(aspect: str, stages: int) -> None:
    frame = Layout.of(aspect, stages).frame
    across, down = map(int, aspect.split(":"))
    assert min(frame.width, frame.height) == 8
    assert frame.width / frame.height == pytest.approx(across / down)
    assert frame.center == pytest.approx([0, 0, 0])


@pytest.mark.parametrize("aspect", ASPECTS)
def test_a_diptych_has_two_stages_of_one_size(aspect: str) -> None:
    inputs, outputs = Layout.of(aspect, 2).stages
    assert (inputs.width, inputs.height) == pytest.approx((outputs.width, outputs.height))
    assert inputs.left < outputs.left or inputs.top > outputs.top


def test_rectangles() -> None:
    rect = Rect(-1, -2, 3, 4)
    assert (rect.width, rect.height) == (4, 6)
    assert rect.center == pytest.approx([1, 1, 0])
    assert rect.inset(1) == Rect(0, -1, 2, 3)
    assert rect.inset(1, 0) == Rect(0, -2, 2, 4)
    assert rect.contains(rect)
    assert rect.contains(rect.inset(0.1))
    assert not rect.contains(rect.inset(-0.1))
    assert rect.overlaps(Rect(2, 3, 9, 9))
    assert not rect.overlaps(Rect(3, -2, 5, 4))
    assert rect.overlaps(Rect(3, -2, 5, 4), gap=0.1)
