"""Which point is drawn where, from whichever side, and that all of it is in sight."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scenes.stage.layout import Rect
from scenes.stage.view import FROM_ABOVE, View, box_of, nice_step

RECT = Rect(-4.0, -2.0, 2.0, 4.0)
ABOVE = View(RECT, (0.5, -0.25), 2.0)
azimuths = st.floats(-math.pi, math.pi)
elevations = st.floats(-math.pi / 2, math.pi / 2)
units = st.floats(0.05, 20)
points = st.lists(st.tuples(*[st.floats(-9, 9)] * 3), min_size=1, max_size=6).map(
    lambda rows: np.array(rows, dtype=float)
)
views = st.builds(
    lambda x, y, unit, a, e: View(RECT, (x, y), unit, a, e),
    st.floats(-2, 2),
    st.floats(-2, 2),
    units,
    azimuths,
    elevations,
)


def test_a_point_of_the_plane_is_scaled_about_the_origin_s_place() -> None:
    origin, point = ABOVE.place([[0.0, 0.0], [2.0, -3.0]])
    assert origin == pytest.approx(ABOVE.origin)
    assert point == pytest.approx([0.5 + 4.0, -0.25 - 6.0, 0.0])
    assert ABOVE.spot((2.0, -3.0)) == pytest.approx(point)


@given(views, points)
def test_the_plane_is_the_floor_of_space(view: View, space: np.ndarray) -> None:
    floor = space * [1, 1, 0]
    assert view.place(space[:, :2]) == pytest.approx(view.place(floor), abs=1e-9)
    assert view.depth(space[:, :2]) == pytest.approx(view.depth(floor), abs=1e-9)


@given(views, points)
def test_right_up_and_toward_the_viewer_are_perpendicular_and_hold_all_of_a_point(
    view: View, space: np.ndarray
) -> None:
    frame = np.vstack([view.axes, view.toward])
    assert frame @ frame.T == pytest.approx(np.eye(3), abs=1e-9)
    assert np.linalg.det(frame) == pytest.approx(1.0)
    flat = (view.place(space)[:, :2] - view.center) / view.unit
    held = np.column_stack([flat, view.depth(space)])
    assert np.linalg.norm(held, axis=1) == pytest.approx(np.linalg.norm(space, axis=1), abs=1e-9)


@given(azimuths, elevations)
def test_what_stands_before_the_viewer_is_drawn_at_the_origin(azimuth: float, up: float) -> None:
    view = ABOVE.turned(azimuth, up)
    toward = [
        math.cos(up) * math.cos(azimuth),
        math.cos(up) * math.sin(azimuth),
        math.sin(up),
    ]
    assert view.spot(3 * np.array(toward)) == pytest.approx(view.origin, abs=1e-9)
    assert view.depth([toward, [0, 0, 0]]) == pytest.approx([1, 0], abs=1e-9)


def test_from_above_the_plane_lies_as_on_paper_without_rounding() -> None:
    assert np.array_equal(ABOVE.axes, [[1, 0, 0], [0, 1, 0]])
    assert np.array_equal(ABOVE.toward, [0, 0, 1])
    assert ABOVE.is_from_above
    assert not ABOVE.turned(FROM_ABOVE[0], 1.5).is_from_above


def test_a_higher_elevation_sees_more_of_the_floor_and_less_of_heights() -> None:
    low, high = (ABOVE.turned(-math.pi / 2, math.radians(e)) for e in (20, 70))
    for view, factor in ((low, math.sin(math.radians(20))), (high, math.sin(math.radians(70)))):
        assert view.axes[1] == pytest.approx([0, factor, math.sqrt(1 - factor**2)])


def test_a_chart_may_stretch_its_two_axes_apart() -> None:
    chart = View(RECT, (0.0, 0.0), 2.0, stretch=(0.5, 3.0))
    assert chart.place([[1.0, 1.0]])[0] == pytest.approx([1.0, 6.0, 0.0])


def test_a_view_can_not_be_changed() -> None:
    with pytest.raises(AttributeError):
        ABOVE.unit = 3.0  # type: ignore[misc]


# --- On the way from one view to another --------------------------------------------------------


@given(views, views)
def test_between_two_views_both_ends_are_exact(a: View, b: View) -> None:
    assert a.between(b, 0.0) is a
    assert a.between(b, 1.0) is b


@given(views, views, st.floats(0.01, 0.99))
def test_between_two_views_every_number_lies_between(a: View, b: View, s: float) -> None:
    between = a.between(b, s)
    for of in (lambda v: v.unit, lambda v: v.azimuth, lambda v: v.elevation):
        assert min(of(a), of(b)) - 1e-9 <= of(between) <= max(of(a), of(b)) + 1e-9


@given(views, views, st.floats(0, 1))
def test_a_zoom_keeps_the_point_that_both_views_draw_in_one_place(
    a: View, b: View, s: float
) -> None:
    """A point that seemed to wander while the scale changes would be a motion without meaning."""
    assume(abs(math.log(b.unit / a.unit)) > 0.1)
    a, b = a.turned(*FROM_ABOVE), b.turned(*FROM_ABOVE)
    fixed = (np.array(a.center) - b.center) / (b.unit - a.unit)
    spot = a.spot(fixed)
    assert b.spot(fixed) == pytest.approx(spot, rel=1e-6, abs=1e-6)
    assert a.between(b, s).spot(fixed) == pytest.approx(spot, rel=1e-6, abs=1e-6)


def test_a_view_can_move_to_another_stage() -> None:
    other = View(Rect(-7.0, -3.0, 7.0, 4.0), (0.0, 0.0), 2.0)
    assert ABOVE.between(other, 0.5).rect == Rect(-5.5, -2.5, 4.5, 4.0)


# --- What fits ----------------------------------------------------------------------------------


@given(views, points, st.floats(0, 1))
def test_a_fitted_view_shows_every_point_and_the_origin(
    view: View, space: np.ndarray, margin: float
) -> None:
    fitted = view.fitted(space, margin=margin, most=3.0)
    assert fitted.shows(space, margin)
    assert fitted.shows([[0, 0, 0]], margin)
    assert fitted.unit <= 3.0
    assert (fitted.azimuth, fitted.elevation) == (view.azimuth, view.elevation)


def test_a_fitted_view_is_as_large_as_it_can_be_and_in_the_middle() -> None:
    square = [[0, 0], [2, 0], [2, 1], [0, 1]]
    fitted = ABOVE.fitted(square, margin=0.5)
    box = box_of(fitted.place(square))
    assert box.width == pytest.approx(RECT.width - 1.0)
    assert box.center == pytest.approx(RECT.center)
    assert ABOVE.fitted(square, margin=0.5, most=1.0).unit == 1.0
    assert ABOVE.fitted(square, margin=0.5, fixed_unit=0.7).unit == 0.7


def test_what_lies_outside_is_not_shown() -> None:
    assert ABOVE.shows([[0.0, 0.0]])
    assert not ABOVE.shows([[0.0, 0.0], [0.9, 0.0]])
    assert ABOVE.shows([[0.7, 0.0]])
    assert not ABOVE.shows([[0.7, 0.0]], margin=0.2)


@given(views, st.tuples(azimuths, st.floats(0.1, 3)))
def test_the_way_out_ends_at_the_edge(view: View, polar: tuple[float, float]) -> None:
    angle, length = polar
    view = view.turned(*FROM_ABOVE)
    assume(view.shows([[0, 0]], 0.31))
    direction = length * np.array([math.cos(angle), math.sin(angle)])
    way = view.way_out(direction, 0.3)
    assert way > 0
    assert view.shows([0.999 * way * direction], 0.3)
    assert not view.shows([1.001 * way * direction], 0.3)


def test_from_a_place_off_the_stage_there_is_no_way_out() -> None:
    assert View(RECT, (9.0, 0.0), 1.0).way_out((1.0, 0.0), 0.3) == 0.0


@given(views, azimuths)
def test_a_line_of_the_reach_leads_off_the_stage(view: View, angle: float) -> None:
    view = view.turned(*FROM_ABOVE)
    end = 1.001 * view.reach * np.array([math.cos(angle), math.sin(angle)])
    assert not view.shows([end])


@given(st.floats(1e-9, 1e9))
def test_grid_steps_are_one_two_five(least: float) -> None:
    step = nice_step(least)
    assert least * (1 - 1e-9) <= step <= 2.5 * least * (1 + 1e-9)
    assert f"{step:.12e}"[0] in "125"
    assert float(f"{step:.0e}") == pytest.approx(step)


@given(st.floats(1e-4, 1e4))
def test_a_grid_square_is_neither_crowded_nor_huge(unit: float) -> None:
    view = View(RECT, (0.0, 0.0), unit)
    assert 0.29 <= view.step * unit <= 2.81
