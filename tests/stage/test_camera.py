"""What the camera draws: clips hold, dashes have gaps, and nothing is drawn that isn't seen."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manim import VMobject, tempconfig

from scenes.stage.bezier import polyline, spanning
from scenes.stage.camera import StageCamera, visible
from scenes.stage.layout import Rect
from scenes.stage.shapes import Curve, Lines
from scenes.stage.text import prose

WIDE, HIGH = 320, 160  # pixels; 40 to a unit


@pytest.fixture
def camera() -> Iterator[StageCamera]:
    settings = {"pixel_width": WIDE, "pixel_height": HIGH, "frame_width": 8, "frame_height": 4}
    with tempconfig(settings):
        yield StageCamera()


def ink(camera: StageCamera, *mobjects: VMobject) -> np.ndarray:
    """Where anything is drawn, as (row, column) of pixels."""
    camera.reset()
    ground = camera.pixel_array.copy()
    camera.capture_mobjects(mobjects)
    return (camera.pixel_array != ground).any(axis=2)


def box(pixels: np.ndarray) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of what is drawn, in units."""
    rows, columns = np.nonzero(pixels)
    return (
        columns.min() / 40 - 4,
        2 - (rows.max() + 1) / 40,
        (columns.max() + 1) / 40 - 4,
        2 - rows.min() / 40,
    )


def line(*ends: tuple[float, float], **style: object) -> Curve:
    curve = Curve(polyline(ends), **({"front": "#FFFFFF", "width": 4} | style))
    curve.points = np.column_stack([curve.base, np.zeros(len(curve.base))])
    return curve


CLIP = Rect(-1.0, -0.5, 2.0, 1.0)


def test_a_clip_holds_a_picture_on_its_stage(camera: StageCamera) -> None:
    loose = line((-4, -2), (4, 2))
    assert box(ink(camera, loose))[0] < -3.5
    loose.clip = CLIP
    left, bottom, right, top = box(ink(camera, loose))
    assert left >= -1.0 - 0.026
    assert right <= 2.0 + 0.026
    assert bottom >= -0.5 - 0.026
    assert top <= 1.0 + 0.026


def test_one_picture_s_clip_does_not_touch_the_next(camera: StageCamera) -> None:
    clipped, free = line((-4, 0), (4, 0)), line((-4, 1.5), (4, 1.5))
    clipped.clip = CLIP
    both = ink(camera, clipped, free)
    assert np.array_equal(both, ink(camera, clipped) | ink(camera, free))
    assert both[20].all()  # the free line crosses the whole frame, 1.5 units up


def test_a_clip_holds_after_other_pictures(camera: StageCamera) -> None:
    clipped, free = line((-4, 0), (4, 0)), line((-4, 1.5), (4, 1.5))
    clipped.clip = CLIP
    assert np.array_equal(ink(camera, free, clipped), ink(camera, clipped, free))


def test_dashes_have_gaps_and_end_with_their_line(camera: StageCamera) -> None:
    dashed, solid = line((-3, 0), (3, 0), dash=(0.3, 0.3)), line((-3, 1), (3, 1))
    row = ink(camera, dashed, solid)[79]
    gaps = np.count_nonzero(np.diff(row[45:275].astype(int)) == -1)
    assert 8 <= gaps <= 10
    assert ink(camera, dashed, solid)[39, 45:275].all()


def test_what_is_transparent_is_not_drawn(camera: StageCamera) -> None:
    hidden = line((-3, 0), (3, 0), opacity=0)
    assert not ink(camera, hidden).any()


@pytest.mark.parametrize("direction", [(0, 1), (1, 0), (1, 1), (-2, 1)])
def test_a_grid_is_drawn_as_if_all_of_it_were(
    camera: StageCamera, direction: tuple[float, float]
) -> None:
    """Only the pieces on the stage are traced; the picture is the same."""
    grid = Lines(direction, 0.4, 9, 500.0, front="#FFFFFF", width=3, opacity=1.0)
    grid.points = np.column_stack([grid.base, np.zeros(len(grid.base))])
    grid.clip = CLIP
    drawn = ink(camera, grid)
    grid.is_line = False
    assert np.count_nonzero(drawn) > 500
    assert np.count_nonzero(drawn != ink(camera, grid)) <= 0.02 * np.count_nonzero(drawn)


def test_a_line_far_off_is_not_drawn(camera: StageCamera) -> None:
    grid = Lines((1, 0), 100.0, 0, 10.0, front="#FFFFFF", width=3, opacity=1.0)
    grid.points = np.column_stack([grid.base, np.zeros(len(grid.base))]) + np.array([0, 5, 0])
    grid.clip = CLIP
    assert not ink(camera, grid).any()


coordinate = st.floats(-4, 4).map(lambda x: round(x, 2))


@given(st.lists(coordinate, min_size=4, max_size=4))
def test_the_visible_piece_of_a_segment_is_the_part_in_the_rectangle(ends: list[float]) -> None:
    start, end = np.array(ends[:2]), np.array(ends[2:])
    pieces = visible(start[None], end[None], CLIP)
    t = np.linspace(0, 1, 401)[:, None]
    points = start + t * (end - start)
    inside = (
        (points[:, 0] > CLIP.left + 1e-6)
        & (points[:, 0] < CLIP.right - 1e-6)
        & (points[:, 1] > CLIP.bottom + 1e-6)
        & (points[:, 1] < CLIP.top - 1e-6)
    )
    if np.array_equal(start, end):
        return
    if not pieces:
        assert inside.sum() <= 1
        return
    ((x0, y0, x1, y1),) = pieces
    assert CLIP.contains(Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), slack=1e-9)
    for x, y in points[inside]:
        assert min(x0, x1) - 1e-9 <= x <= max(x0, x1) + 1e-9
        assert min(y0, y1) - 1e-9 <= y <= max(y0, y1) + 1e-9


def test_a_line_through_the_stage_is_long_enough_to_cross_it() -> None:
    points = spanning((1, 2), 100.0)
    assert visible(points[:1], points[-1:], CLIP)


def test_only_the_boxes_in_scope_are_restored_and_drawn_on(camera: StageCamera) -> None:
    across = line((-4, 0), (4, 0))
    camera.reset()
    ground = camera.pixel_array.copy()
    camera.pixel_array[:] = 7
    camera.scope = camera.box(CLIP), camera.box(Rect(3, -2, 4, 2))
    camera.set_frame_to_background(ground)
    camera.capture_mobjects([across])
    inside = np.zeros((HIGH, WIDE), dtype=bool)
    for box in camera.scope:
        inside[box] = True
    assert (camera.pixel_array[~inside] == 7).all()
    assert not (camera.pixel_array[inside] == 7).all(axis=1).any()
    camera.scope = None
    drawn = ink(camera, across)
    assert drawn.sum() > (drawn & inside).sum() > 0


def test_a_box_holds_a_rectangle_to_the_pixel(camera: StageCamera) -> None:
    assert camera.box(Rect(-1, -0.5, 2, 1)) == (slice(40, 100), slice(120, 240))
    assert camera.box(Rect(-1.01, -0.51, 2.01, 1.01)) == (slice(39, 101), slice(119, 241))


def test_an_outline_that_was_shifted_is_drawn_as_if_traced_anew(camera: StageCamera) -> None:
    word = prose("Sₐßg 直", language="zh-Hans", size=0.8, color="#FFFFFF")
    ink(camera, word)
    word.shift([0.7125, -0.4375, 0])  # whole pixels and halves
    shifted = ink(camera, word), camera.pixel_array.copy()
    camera._traces.clear()
    assert np.array_equal(shifted[0], ink(camera, word))
    assert np.abs(shifted[1].astype(int) - camera.pixel_array).max() <= 4


def test_an_outline_that_was_changed_is_traced_anew(camera: StageCamera) -> None:
    word = prose("Sag", language="en", size=0.8, color="#FFFFFF")
    before = ink(camera, word)
    word.stretch(1.5, dim=0)
    wider = ink(camera, word)
    camera._traces.clear()
    assert np.array_equal(wider, ink(camera, word))
    assert not np.array_equal(before, wider)
