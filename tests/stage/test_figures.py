"""Pictures under a matrix: outlines are mapped, arrows re-aimed, labels stay upright."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zoo import ZOO

import lamath as la
from scenes.stage import DARK, Arrow, Curve, Dot, Label, Layout, Sweep, Window, circle, lines
from scenes.stage.figures import Grid, along, polygon, spanning
from scenes.stage.text import math

VIEW = Window(
    Layout.of("16:9").stages[0], 3 * np.array([[-1.0, 1, 1, -1], [-1, -1, 1, 1]]), [np.eye(2)]
)
entries = st.floats(-2, 2).map(lambda x: round(x, 3))
matrices = st.lists(entries, min_size=4, max_size=4).map(lambda e: np.array(e).reshape(2, 2))
KINDS = pytest.mark.parametrize("kind", ZOO)


def placed(point: np.ndarray) -> np.ndarray:
    return VIEW.place(np.atleast_2d(point))[0]


# --- Outlines -----------------------------------------------------------------------------------


@given(matrices)
def test_an_outline_is_mapped_point_by_point(A: np.ndarray) -> None:
    curve = Curve(circle(), front=DARK.region, width=2)
    curve.pose(A, VIEW)
    assert np.allclose(curve.points, VIEW.place(circle() @ A.T), atol=1e-12)


@given(matrices)
def test_what_is_on_the_circle_lands_on_the_ellipse(A: np.ndarray) -> None:
    """The curves between the points are mapped too: a linear map sends cubics to cubics."""
    curve = Curve(circle(), front=DARK.region, width=2)
    curve.pose(A, VIEW)
    drawn = along(np.asarray(curve.points), 9)
    assert np.allclose(drawn, VIEW.place(along(circle(), 9) @ A.T), atol=1e-9)


def test_a_circle_is_round() -> None:
    assert np.linalg.norm(along(circle(2.0), 50), axis=1) == pytest.approx(2, abs=1e-4)


def test_a_polygon_is_closed() -> None:
    points = polygon([(0, 0), (1, 0), (1, 1)])
    assert points[0] == pytest.approx(points[-1])
    assert points.shape == (12, 2)


def test_lines_are_parallel_and_stand_apart() -> None:
    points = lines((3, 4), spacing=0.5, count=2, length=10).reshape(5, 4, 2)
    ends = points[:, -1] - points[:, 0]
    assert ends == pytest.approx(np.tile([12.0, 16.0], (5, 1)))
    feet = points.mean(axis=1)
    assert np.linalg.norm(np.diff(feet, axis=0), axis=1) == pytest.approx(0.5)
    assert feet @ [3, 4] == pytest.approx(0, abs=1e-12)
    assert feet[2] == pytest.approx([0, 0], abs=1e-12)


def test_a_line_spans_through_its_point() -> None:
    points = spanning((1, 1), 5, through=(0, 2))
    assert points[0] + points[-1] == pytest.approx([0, 4])
    assert points[:, 1] - points[:, 0] == pytest.approx(2)


def test_the_sheet_shows_its_back_exactly_where_it_is_turned_over() -> None:
    curve = Curve(polygon([(0, 0), (1, 0), (1, 1)]), front="#112233", back="#445566", width=2)

    def color(matrix: list) -> str:
        curve.pose(np.array(matrix, dtype=float), VIEW)
        return curve.get_stroke_color().to_hex()

    assert color([[1, 0], [0, 1]]) == "#112233"
    assert color([[0, 1], [1, 0]]) == "#445566"
    assert color([[0, 0], [0, 0]]) == "#445566"  # neither side: as before
    assert color([[2, 1], [1, 3]]) == "#112233"
    assert color([[1, 2], [2, 4]]) == "#112233"
    fold = la.path("0 1; 1 0")
    assert color(fold(0.4)) == "#112233"
    assert color(fold(0.6)) == "#445566"


@KINDS
def test_a_crowded_grid_pales_and_never_vanishes(kind: str) -> None:
    grid = Grid((0, 1), 1.0, 8, 10.0, front=DARK.live, width=2, opacity=0.6)
    A = la.matrix(ZOO[kind]).array
    grid.pose(A, VIEW)
    assert 0 < grid.get_stroke_opacity() <= 0.6 + 1e-9
    assert np.allclose(grid.points, VIEW.place(grid.base @ A.T))


def test_a_roomy_grid_is_as_bright_as_it_was_made() -> None:
    grid = Grid((0, 1), 1.0, 8, 10.0, front=DARK.live, width=2, opacity=0.6)
    grid.pose(np.eye(2), VIEW)
    assert grid.get_stroke_opacity() == pytest.approx(0.6)
    grid.pose(np.diag([0.2, 1.0]), VIEW)
    assert grid.get_stroke_opacity() < 0.6


# --- Arrows -------------------------------------------------------------------------------------


@given(matrices)
@settings(max_examples=100)
def test_an_arrow_is_re_aimed_and_never_sheared(A: np.ndarray) -> None:
    arrow = Arrow((1.0, 0.5), color=DARK.i, tail=(0.2, -0.3))
    arrow.pose(A, VIEW)
    tail, tip = placed(A @ arrow.tail), placed(A @ (arrow.tail + arrow.vector))
    length = np.linalg.norm(tip - tail)
    points = np.asarray(arrow.points)
    if length < 0.05:
        assert np.linalg.norm(points - tail, axis=1).max() < 0.12
        return
    if length < 0.2:
        return  # as small as a dot
    u = (tip - tail) / length
    n = np.array([-u[1], u[0], 0])
    assert (points - tail) @ u == pytest.approx(np.clip((points - tail) @ u, 0, length), abs=1e-9)
    assert np.min(np.linalg.norm(points - tip, axis=1)) < 1e-9
    across = (points - tail) @ n
    assert across.max() == pytest.approx(-across.min())
    assert across.max() <= Arrow.HEAD_WIDTH / 2 + 1e-9


def test_a_long_arrow_s_head_keeps_its_size() -> None:
    arrow = Arrow((1, 0), color=DARK.i)
    for factor in (1.0, 2.0, 2.9):
        arrow.pose(factor * np.eye(2), VIEW)
        across = np.ptp(np.asarray(arrow.points)[:, 1])
        assert across == pytest.approx(Arrow.HEAD_WIDTH)


def test_a_dot_has_no_arrow_head() -> None:
    arrow = Arrow((-2, 1), color=DARK.null_space)
    arrow.pose(np.array([[1.0, 2.0], [2.0, 4.0]]), VIEW)
    points = np.asarray(arrow.points)
    assert np.linalg.norm(points - VIEW.center, axis=1) == pytest.approx(
        np.linalg.norm(points[0] - VIEW.center), rel=0.2
    )
    assert np.ptp(points[:, 0]) == pytest.approx(np.ptp(points[:, 1]), rel=1e-6)


@given(matrices)
def test_a_dot_keeps_its_size_and_goes_where_its_point_goes(A: np.ndarray) -> None:
    dot = Dot((1.0, 1.5), color=DARK.i, radius=0.1)
    dot.pose(A, VIEW)
    from_center = np.asarray(dot.points) - placed(A @ dot.point)
    assert np.linalg.norm(from_center, axis=1).max() == pytest.approx(0.1, rel=0.05)


# --- Labels -------------------------------------------------------------------------------------


def label_of(arrow: Arrow, source: str = "x") -> Label:
    return Label(math(source, size=0.27, color=DARK.i), arrow)


@given(matrices)
@settings(max_examples=100)
def test_a_label_stays_upright_and_near_its_arrow(A: np.ndarray) -> None:
    arrow = Arrow((1.0, 0.5), color=DARK.i)
    label = label_of(arrow)
    label.pose(np.eye(2), VIEW)
    before = np.asarray(label.points) - label.get_center()
    label.pose(A, VIEW)
    assert np.asarray(label.points) - label.get_center() == pytest.approx(before, abs=1e-9)
    tip = placed(A @ arrow.vector)[:2]
    low, high = (
        np.asarray(label.points)[:, :2].min(axis=0),
        np.asarray(label.points)[:, :2].max(axis=0),
    )
    inside = VIEW.rect.inset(0.5)
    if inside.left < tip[0] < inside.right and inside.bottom < tip[1] < inside.top:
        distance = np.linalg.norm(np.clip(tip, low, high) - tip)
        assert distance == pytest.approx(label.gap, abs=0.35)
        assert distance <= Label.FARTHEST


def test_the_name_of_what_has_become_a_dot_fades() -> None:
    label = label_of(Arrow((-2, 1), color=DARK.null_space))
    label.pose(np.eye(2), VIEW)
    assert label.get_fill_opacity() == 1
    label.pose(np.array([[1.0, 2.0], [2.0, 4.0]]), VIEW)
    assert label.get_fill_opacity() == 0
    label.pose(np.eye(2), VIEW)
    assert label.get_fill_opacity() == 1


def test_the_name_of_what_is_out_of_sight_fades() -> None:
    label = label_of(Arrow((1, 0), color=DARK.output))
    for factor, seen in ((1, True), (2.5, True), (100, False), (1, True)):
        label.pose(factor * np.eye(2), VIEW)
        assert (label.get_fill_opacity() > 0.5) == seen, factor


def test_a_name_fades_while_it_moves_and_is_there_or_not_at_rest() -> None:
    label = label_of(Arrow((1, 0), color=DARK.output))
    for strength in (1.0, 0.45):
        label.strength = strength
        moving, resting = set(), set()
        for factor in np.linspace(1, 8, 400):
            label.pose(factor * np.eye(2), VIEW, at_rest=False)
            moving.add(label.get_fill_opacity() / strength)
            label.pose(factor * np.eye(2), VIEW)
            resting.add(label.get_fill_opacity() / strength)
        assert resting == {0.0, 1.0}
        assert any(0.2 < opacity < 0.8 for opacity in moving)


# --- Angles -------------------------------------------------------------------------------------


@pytest.mark.parametrize("degrees", [-180, -135, -45, -1, 1, 30, 90, 135, 180])
def test_a_sweep_shows_the_angle_turned_so_far(degrees: float) -> None:
    turn = np.deg2rad(degrees)
    sweep = Sweep((1, 0), start=np.eye(2), turn=turn, color=DARK.muted, width=2)
    for t in (0.25, 0.5, 1.0):
        sweep.pose(la.rotation(t * turn).end, VIEW)
        arc = (np.asarray(sweep.points) - VIEW.center)[:, :2]
        radius = np.linalg.norm(arc, axis=1)
        angles = np.unwrap(np.arctan2(*arc[radius > 0.99 * radius.max()].T[::-1]))
        assert angles[-1] - angles[0] == pytest.approx(t * turn, abs=1e-3)
