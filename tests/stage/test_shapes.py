"""Pictures under a matrix: outlines are mapped, arrows re-aimed, marks measured on the stage."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from zoo import ZOO

import lamath as la
from scenes.stage import bezier
from scenes.stage.figure import Value
from scenes.stage.layout import Rect
from scenes.stage.shapes import (
    Arrow,
    Curve,
    Dot,
    Dots,
    Lines,
    Measure,
    RightAngle,
    Ring,
    Ticks,
    Wedge,
)
from scenes.stage.theme import DARK
from scenes.stage.view import View

VIEW = View(Rect(-4.0, -3.0, 4.0, 3.0), (0.5, -0.25), 0.9)
ASLANT = VIEW.turned(math.radians(-55), math.radians(24))
I2, I3 = np.eye(2), np.eye(3)
entries = st.floats(-2, 2).map(lambda x: round(x, 3))
matrices = st.lists(entries, min_size=4, max_size=4).map(lambda e: np.array(e).reshape(2, 2))
vectors = st.tuples(entries, entries).filter(any)
KINDS = pytest.mark.parametrize("kind", ZOO)


def points_of(figure: object) -> np.ndarray:
    return np.asarray(figure.points)  # type: ignore[attr-defined]


# --- Outlines -----------------------------------------------------------------------------------


@given(matrices)
def test_a_curve_is_mapped_with_all_that_lies_between_its_points(A: np.ndarray) -> None:
    """A linear map sends cubics to cubics."""
    curve = Curve(bezier.circle(), front=DARK.region, width=2)
    curve.pose(A, VIEW)
    drawn = bezier.along(points_of(curve), 9)
    assert drawn == pytest.approx(VIEW.place(bezier.along(bezier.circle(), 9) @ A.T), abs=1e-9)


@pytest.mark.parametrize("shape", [(2, 2), (3, 2), (3, 3), (2, 3)])
def test_a_curve_of_the_plane_can_stand_under_a_matrix_of_any_shape(shape: tuple) -> None:
    M = np.arange(1.0, 1 + math.prod(shape)).reshape(shape)
    curve = Curve(bezier.circle(), front=DARK.region, width=2)
    curve.pose(M, ASLANT)
    assert points_of(curve) == pytest.approx(ASLANT.place(bezier.circle() @ M[:, :2].T))


def test_a_curve_can_be_drawn_in_part() -> None:
    until, since = Value(0.5), Value(0.25)
    curve = Curve(bezier.spanning((1, 0), 2.0), front=DARK.ink, width=2, until=until, since=since)
    curve.pose(I2, VIEW)
    assert points_of(curve)[[0, -1]] == pytest.approx(VIEW.place([[-1, 0], [0, 0]]))
    until.now, since.now = 1.0, 0.0
    curve.pose(I2, VIEW)
    assert points_of(curve)[[0, -1]] == pytest.approx(VIEW.place([[-2, 0], [2, 0]]))
    until.now = 0.0
    curve.pose(I2, VIEW)
    assert len(points_of(curve)) == 0
    assert len(curve.obstacles()) == 0
    assert curve.landmarks() == pytest.approx(bezier.spanning((1, 0), 2.0))


def test_a_curve_follows_what_it_is_made_from() -> None:
    end = Value((1.0, 0.0))
    curve = Curve(lambda: bezier.polyline([(0, 0), end.now]), front=DARK.ink, width=2)
    end.now = (0.0, 2.0)
    curve.pose(I2, VIEW)
    assert points_of(curve)[-1] == pytest.approx(VIEW.spot((0, 2)))


def test_a_curve_that_does_not_count_need_not_stay_in_sight() -> None:
    base = bezier.spanning((1, 0), 60.0)
    assert len(Curve(base, front=DARK.ink, width=2, counts=False).landmarks()) == 0
    assert len(Curve(base, front=DARK.ink, width=2).landmarks()) == len(base)


def test_the_sheet_shows_its_back_exactly_where_it_is_turned_over() -> None:
    triangle = bezier.polygon([(0, 0), (1, 0), (1, 1)])
    curve = Curve(triangle, front="#112233", back="#445566", width=2)

    def color(matrix: object) -> str:
        curve.pose(np.array(matrix, dtype=float), VIEW)
        return str(curve.get_stroke_color().to_hex())

    assert color([[1, 0], [0, 1]]) == "#112233"
    assert color([[0, 1], [1, 0]]) == "#445566"
    assert color([[0, 0], [0, 0]]) == "#445566"  # neither side: as before
    assert color([[2, 1], [1, 3]]) == "#112233"
    assert color([[1, 2], [2, 4]]) == "#112233"
    fold = la.path("0 1; 1 0")
    assert color(fold(0.4)) == "#112233"
    assert color(fold(0.6)) == "#445566"


def test_a_sheet_seen_from_below_shows_its_back() -> None:
    triangle = bezier.polygon([(0, 0), (1, 0), (1, 1)])
    curve = Curve(triangle, front="#112233", back="#445566", width=2)
    for elevation, color in ((30, "#112233"), (-30, "#445566")):
        curve.pose(np.eye(3)[:, :2], VIEW.turned(0.3, math.radians(elevation)))
        assert curve.get_stroke_color().to_hex() == color


# --- Families of lines --------------------------------------------------------------------------


def grid() -> Lines:
    return Lines((0.0, 1.0), 1.0, 8, 10.0, front="#112233", back="#445566", width=2)


@KINDS
def test_a_crowded_grid_pales_and_never_vanishes(kind: str) -> None:
    lines, A = grid(), la.matrix(ZOO[kind]).array
    lines.pose(A, VIEW)
    assert 0 < lines.strength <= 1
    assert np.allclose(lines.points, VIEW.place(lines.base @ A.T))


def test_a_grid_is_bright_as_long_as_its_lines_stand_apart() -> None:
    lines = grid()
    lines.pose(I2, VIEW)
    assert lines.strength == 1.0
    lines.pose(np.diag([0.2, 1.0]), VIEW)
    assert lines.strength == pytest.approx(0.2 * VIEW.unit / Lines.CROWDED)
    lines.pose(np.diag([1.0, 0.2]), VIEW)  # shorter, but not closer
    assert lines.strength == 1.0


def test_a_grid_that_is_one_line_is_not_paled() -> None:
    lines = grid()
    lines.pose(np.diag([0.0, 1.0]), VIEW)
    assert lines.strength == 1.0


# --- Arrows -------------------------------------------------------------------------------------


def is_arrow(arrow: Arrow) -> bool:
    """Whether it has a shaft and a head."""
    return len(arrow.points) == 28


def is_dot(arrow: Arrow) -> bool:
    return len(arrow.points) == 32


def is_ring(arrow: Arrow) -> bool:
    return len(arrow.points) == 96


@given(matrices, vectors)
def test_an_arrow_is_re_aimed_and_never_sheared(A: np.ndarray, v: tuple) -> None:
    arrow = Arrow(v, color=DARK.i, tail=(0.2, -0.3))
    arrow.pose(A, VIEW)
    tail, tip = VIEW.place(np.array([arrow.tail, arrow.tail + arrow.vector]) @ A.T)
    length = float(np.linalg.norm(tip - tail))
    if not is_arrow(arrow):
        assert length <= 1e-8
        return
    points = points_of(arrow)
    u = (tip - tail) / length
    n = np.array([-u[1], u[0], 0.0])
    back = min(0.0, length - Arrow.LEAST)
    assert (points - tail) @ u == pytest.approx(
        np.clip((points - tail) @ u, back, length), abs=1e-9
    )
    assert np.linalg.norm(points - tip, axis=1).min() < 1e-9
    across = (points - tail) @ n
    assert across.max() == pytest.approx(-across.min())
    assert across.max() <= Arrow.HEAD_WIDTH / 2 + 1e-9


def test_a_long_arrow_s_head_keeps_its_size() -> None:
    arrow = Arrow((1, 0), color=DARK.i)
    for factor in (1.0, 2.0, 2.9):
        arrow.pose(factor * I2, VIEW)
        assert np.ptp(points_of(arrow)[:, 1]) == pytest.approx(Arrow.HEAD_WIDTH)
        assert np.stack(arrow.drawn) == pytest.approx(VIEW.place([[0, 0], [factor, 0]]))


@given(matrices, vectors)
def test_only_a_zero_vector_is_a_dot(A: np.ndarray, v: tuple) -> None:
    arrow = Arrow(v, color=DARK.null_space)
    arrow.pose(A, VIEW)
    image = np.linalg.norm(A @ np.array(v))
    if is_dot(arrow):
        assert image < 1e-8
    else:
        assert image > 0
        assert is_arrow(arrow)


@pytest.mark.parametrize("length", [1e-1, 1e-2, 1e-4, 1e-7])
def test_a_very_short_arrow_is_all_head_and_its_tip_is_true(length: float) -> None:
    arrow = Arrow((0.6, 0.8), color=DARK.i)
    arrow.pose(length * I2, VIEW)
    assert is_arrow(arrow)
    tail, tip = arrow.drawn
    assert tip == pytest.approx(VIEW.spot((0.6 * length, 0.8 * length)), abs=1e-12)
    assert np.linalg.norm(tip - tail) == pytest.approx(max(Arrow.LEAST, length * VIEW.unit))


def test_a_crushed_vector_is_a_dot_without_a_head_at_its_tail() -> None:
    arrow = Arrow((-2, 1), color=DARK.null_space)
    arrow.pose(np.array([[1.0, 2.0], [2.0, 4.0]]), VIEW)
    from_origin = np.linalg.norm(points_of(arrow) - VIEW.origin, axis=1)
    assert from_origin == pytest.approx(Arrow.DOT, rel=0.05)


def test_a_vector_that_points_at_the_viewer_is_no_null_vector() -> None:
    arrow = Arrow(ASLANT.toward, color=DARK.null_space)
    arrow.pose(I3, ASLANT)
    assert is_ring(arrow)
    assert arrow.drawn[1] == pytest.approx(ASLANT.origin)
    arrow.pose(I3, ASLANT.turned(0.3, 0.1))
    assert is_arrow(arrow)
    P = I3 - np.outer(ASLANT.toward, ASLANT.toward)
    arrow.pose(P, ASLANT)
    assert is_dot(arrow)


def test_an_arrow_of_the_plane_can_stand_in_space() -> None:
    arrow = Arrow((1, 2), color=DARK.i, tail=(0, 1))
    arrow.pose(I3, ASLANT)
    assert np.stack(arrow.drawn) == pytest.approx(ASLANT.place([[0, 1, 0], [1, 3, 0]]))


def test_an_arrow_follows_the_value_it_is_made_from() -> None:
    x = Value((1.0, 0.0))
    arrow = Arrow(x, color=DARK.input)
    x.now = (0.0, 1.0)
    arrow.pose(2 * I2, VIEW)
    assert arrow.drawn[1] == pytest.approx(VIEW.spot((0, 2)))


# --- Points -------------------------------------------------------------------------------------


@given(matrices)
def test_a_dot_keeps_its_size_and_goes_where_its_point_goes(A: np.ndarray) -> None:
    dot = Dot((1.0, 1.5), color=DARK.i, radius=0.1)
    dot.pose(A, VIEW)
    from_spot = np.linalg.norm(points_of(dot) - VIEW.spot(A @ [1.0, 1.5]), axis=1)
    assert from_spot.max() == pytest.approx(0.1, rel=0.05)
    assert from_spot.min() == pytest.approx(0.1, rel=0.05)


def test_many_dots_go_where_their_points_go() -> None:
    cloud = np.array([[0.0, 1.0], [2.0, -1.0], [1.0, 1.0]])
    A = np.array([[2.0, 1.0], [1.0, 3.0]])
    dots = Dots(cloud, color=DARK.i, radius=0.05)
    dots.pose(A, VIEW)
    centers = points_of(dots).reshape(3, -1, 3).mean(axis=1)
    assert centers == pytest.approx(VIEW.place(cloud @ A.T))


def test_a_ring_is_open_inside() -> None:
    ring = Ring((1, 1), color=DARK.ink, width=3)
    assert ring.get_fill_opacity() == 0
    assert ring.get_stroke_opacity() == 1


def test_ticks_stand_at_multiples_square_to_their_line() -> None:
    ticks = Ticks((1.0, 0.5), [-1, 1, 2], color=DARK.axis, width=2)
    A = np.array([[2.0, 1.0], [1.0, 3.0]])
    ticks.pose(A, VIEW)
    strokes = points_of(ticks).reshape(3, -1, 3)
    middles = (strokes[:, 0] + strokes[:, -1]) / 2
    image = A @ [1.0, 0.5]
    assert middles == pytest.approx(VIEW.place(np.outer([-1, 1, 2], image)))
    along = strokes[:, -1] - strokes[:, 0]
    assert along[:, :2] @ image == pytest.approx(0, abs=1e-9)
    assert np.linalg.norm(along, axis=1) == pytest.approx(2 * ticks.half)


# --- Marks --------------------------------------------------------------------------------------


@given(st.floats(-3.1, 3.1), st.floats(-6.2, 6.2).filter(lambda x: abs(x) > 0.1))
def test_a_wedge_spans_its_angle_whatever_the_matrix(start: float, turn: float) -> None:
    wedge = Wedge(Value(start), lambda: turn, color=DARK.muted, width=2, radius=0.8)
    wedge.pose(np.array([[2.0, 5.0], [0.0, 1.0]]), VIEW)
    arc = points_of(wedge)[::4][1:] - VIEW.origin
    assert np.linalg.norm(arc, axis=1) == pytest.approx(0.8)
    angles = np.unwrap(np.arctan2(arc[:, 1], arc[:, 0]))
    assert angles[-1] - angles[0] == pytest.approx(turn)
    assert np.cos(angles[0] - start) == pytest.approx(1)
    assert wedge.middle == pytest.approx(
        [math.cos(start + turn / 2), math.sin(start + turn / 2)], abs=1e-9
    )


def test_a_wedge_can_stand_at_another_vertex() -> None:
    wedge = Wedge(0.0, 1.0, color=DARK.muted, width=2, at=(1, 1))
    wedge.pose(I2, VIEW)
    assert points_of(wedge)[0] == pytest.approx(VIEW.spot((1, 1)))


@given(matrices, vectors)
def test_a_right_angle_has_equal_sides_along_both_images(A: np.ndarray, v: tuple) -> None:
    if abs(np.linalg.det(A)) < 0.05:
        return
    w = (-v[1], v[0])
    mark = RightAngle(v, w, color=DARK.ink, width=2, size=0.3)
    mark.pose(A, VIEW)
    vertex = VIEW.origin
    one, corner, other = (points_of(mark)[k] - vertex for k in (0, 3, 7))
    for side, image in ((one, A @ v), (other, A @ w)):
        assert side[:2] == pytest.approx(0.3 * image / np.linalg.norm(image), abs=1e-6)
    assert corner == pytest.approx(one + other)


@given(matrices, vectors, st.sampled_from([1, -1]))
def test_a_measure_is_as_long_as_its_segment_and_stands_beside_it(
    A: np.ndarray, v: tuple, side: int
) -> None:
    measure = Measure(v, color=DARK.ink, width=2, tail=(0.5, 0.5), side=side, offset=0.28)
    measure.pose(A, VIEW)
    a, b = VIEW.place(np.array([(0.5, 0.5), v]) @ A.T)
    if np.linalg.norm(b - a) < 1e-3:
        return
    line, *ticks = points_of(measure).reshape(-1, 4, 3)
    assert line[-1] - line[0] == pytest.approx(b - a, abs=1e-9)
    across = line[0] - a
    assert np.linalg.norm(across) == pytest.approx(0.28)
    assert across @ (b - a) == pytest.approx(0, abs=1e-6)
    assert np.sign(np.cross(b - a, across)[2]) == side
    for tick, end in zip(ticks, (line[0], line[-1]), strict=True):
        assert (tick[0] + tick[-1]) / 2 == pytest.approx(end)


def test_the_measure_of_nothing_is_no_line() -> None:
    measure = Measure((1, 2), color=DARK.ink, width=2)
    measure.pose(np.zeros((2, 2)), VIEW)
    assert points_of(measure) == pytest.approx(np.tile(VIEW.origin, (len(measure.points), 1)))
