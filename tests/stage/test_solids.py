"""What stands in space: planes, balls, boxes, shadows, and which of them hides which."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.stage import bezier
from scenes.stage.figure import Value, set_presence
from scenes.stage.floor import Floor
from scenes.stage.layout import Rect
from scenes.stage.shapes import Arrow, Curve, Dot, Sector
from scenes.stage.solids import Ball, Drop, Patch, Rim, Shadow, Sheet, box, cut
from scenes.stage.standpoint import edge_on, nearly_along, oblique
from scenes.stage.text import prose
from scenes.stage.theme import DARK
from scenes.stage.view import FROM_ABOVE, View
from scenes.stage.world import World

VIEW = View(Rect(-4.0, -3.0, 4.0, 3.0), (0.5, -0.25), 0.9, math.radians(-55), math.radians(24))
I3 = np.eye(3)
entries = st.floats(-2, 2).map(lambda x: round(x, 2))
sides = st.tuples(st.floats(-3.1, 3.1), st.floats(-1.5, 1.5))
spaces = st.lists(entries, min_size=9, max_size=9).map(lambda e: np.array(e).reshape(3, 3))
crushed = st.lists(entries, min_size=6, max_size=6).map(lambda e: np.array(e).reshape(2, 3))


def mathematical(figure: Any, view: View) -> np.ndarray:
    """Where a figure is drawn, seen from the view's origin, in its units (N, 2)."""
    return np.asarray((np.asarray(figure.points)[:, :2] - view.center) / view.unit)


# --- Planes -------------------------------------------------------------------------------------


def patch(one: Any = (1, 0, 1), other: Any = (0, 1, 1), **style: Any) -> Patch:
    return Patch(one, other, 2.0, color=DARK.column_space, width=2, **style)


@given(sides, spaces)
def test_a_strip_lies_in_its_plane_and_is_a_square(side: tuple, M: np.ndarray) -> None:
    view = VIEW.turned(*side)
    plane = patch()
    n = plane.normal(M)
    if abs(np.linalg.det(M)) < 0.05 or np.linalg.norm(np.cross(n, view.toward)) < 0.01:
        return
    corners = plane.corners(M, view)
    assert corners @ np.linalg.solve(M.T, [-1, -1, 1]) == pytest.approx(0, abs=1e-7)
    edges = np.roll(corners, -1, axis=0) - corners
    assert np.linalg.norm(edges, axis=1) == pytest.approx(4.0)
    assert np.sum(edges * np.roll(edges, -1, axis=0), axis=1) == pytest.approx(0, abs=1e-9)


def test_a_strip_seen_edge_on_is_a_line() -> None:
    """From within the plane nothing of its face is to be seen, whichever corners it has."""
    view = VIEW.turned(math.atan2(1, 1), math.atan2(2, math.sqrt(2)))  # toward ∝ (1, 1, 2)
    plane = patch()
    assert plane.normal(I3) @ view.toward == pytest.approx(0, abs=1e-12)
    plane.pose(I3, view)
    flat = mathematical(plane, view)
    S = np.linalg.svd(flat - flat.mean(axis=0), compute_uv=False)
    assert S[1] == pytest.approx(0, abs=1e-9)
    assert S[0] > 1


def test_a_strip_seen_face_on_is_a_square() -> None:
    n = np.array([-1, -1, 1]) / math.sqrt(3)
    view = VIEW.turned(math.atan2(n[1], n[0]), math.asin(n[2]))
    plane = patch()
    plane.pose(I3, view)
    corners = mathematical(plane, view)[::4]
    assert np.linalg.norm(corners, axis=1) == pytest.approx(2 * math.sqrt(2))


@given(spaces)
def test_a_plane_that_the_map_moves_keeps_its_corners(M: np.ndarray) -> None:
    plane = patch(strip=False)
    assert plane.corners(M, VIEW) == pytest.approx(plane.corners(I3, VIEW) @ M.T, abs=1e-9)
    assert plane.corners(M, VIEW) == pytest.approx(plane.corners(M, VIEW.turned(1, 1)), abs=1e-9)


def test_a_plane_that_is_crushed_to_a_line_has_no_normal_and_stays_drawn() -> None:
    M = np.outer([1.0, 2, 3], [1, 0, 0])
    for plane in (patch(), patch(strip=False)):
        assert np.array_equal(plane.normal(M), np.zeros(3))
        plane.pose(M, VIEW)
        assert np.isfinite(plane.points).all()


# --- Balls --------------------------------------------------------------------------------------


@given(sides, st.one_of(spaces, crushed))
def test_a_ball_s_outline_reaches_as_far_as_the_ball_in_every_direction(
    side: tuple, M: np.ndarray
) -> None:
    """The support of the image of the unit ball along u is |Mᵀu|."""
    view = VIEW.turned(*side)
    ball = Ball(color=DARK.input, width=2)
    ball.pose(M, view)
    outline = bezier.along(mathematical(ball, view), 200)
    for angle in np.linspace(0, math.pi, 9):
        u = np.array([math.cos(angle), math.sin(angle)])
        flat = view.axes[:, : len(M)] @ M
        assert (outline @ u).max() == pytest.approx(np.linalg.norm(flat.T @ u), abs=2e-4)


@given(sides, spaces, st.floats(0, 6))
def test_a_great_circle_is_before_the_ball_where_its_surface_faces_the_viewer(
    side: tuple, M: np.ndarray, spin: float
) -> None:
    if np.linalg.svd(M, compute_uv=False)[-1] < 0.05:
        return
    view = VIEW.turned(*side)
    c, s = math.cos(spin), math.sin(spin)
    frame = np.array([[c, 0], [s, 0], [0, 1]])
    halves = [Rim(frame, color=DARK.ink, width=2, front=front) for front in (True, False)]
    for half in halves:
        half.pose(M, view)
    lengths = [len(half.points) // 4 for half in halves]
    assert sum(lengths) in (Rim.SAMPLES, Rim.SAMPLES + 1)
    for t in np.linspace(0, 2 * math.pi, 17):
        u = frame @ [math.cos(t), math.sin(t)]
        # a little out of the surface along its normal: nearer to the viewer, or farther
        faces = float(np.linalg.solve(M.T, u) @ view.toward)
        if abs(faces) < 0.2 * np.linalg.norm(np.linalg.solve(M.T, u)):
            continue
        spot = view.place((M @ u)[None])[0]
        near, far = (
            np.linalg.norm(bezier.along(np.asarray(half.points), 6) - spot, axis=1).min(
                initial=math.inf
            )
            for half in halves
        )
        assert min(near, far) < 0.01
        if faces > 0:
            assert near < 0.01
        else:
            assert far < 0.01


def test_the_hidden_half_is_dashed_and_pale() -> None:
    front, back = (Rim(I3[:, :2], color=DARK.ink, width=2, front=f) for f in (True, False))
    assert back.dash
    assert not front.dash
    assert back.get_stroke_opacity() < 0.5 * front.get_stroke_opacity()


# --- Boxes and shadows --------------------------------------------------------------------------


def test_a_box_has_six_faces_on_its_vectors() -> None:
    vectors = np.array([[1.0, 0, 2], [0, 3, 0], [-1, 1, 1]])
    faces = box(vectors, color=DARK.region, width=2, tail=(0, 0, 1))
    corners = {tuple(np.round(c, 9)) for face in faces for c in face.base[::4]}
    wanted = {
        tuple(np.array([i, j, k]) @ vectors + [0, 0, 1])
        for i in (0, 1)
        for j in (0, 1)
        for k in (0, 1)
    }
    assert len(faces) == 6
    assert corners == wanted


@given(spaces, st.tuples(entries, entries, entries))
def test_a_shadow_lies_on_the_floor_below_its_arrow_and_the_drop_leads_there(
    M: np.ndarray, v: tuple
) -> None:
    arrow = Arrow(v, color=DARK.i)
    shadow = Shadow(arrow, color=DARK.shadow, width=4)
    drop = Drop(arrow, color=DARK.i, width=2)
    for each in (arrow, shadow, drop):
        each.pose(M, VIEW)
    tip = M @ np.array(v)
    foot = tip * [1, 1, 0]
    assert np.asarray(shadow.points)[[0, -1]] == pytest.approx(VIEW.place([[0, 0, 0], foot]))
    assert np.asarray(drop.points)[[0, -1]] == pytest.approx(VIEW.place([tip, foot]))


def test_what_a_map_sends_to_the_plane_casts_its_shadow_where_it_lies() -> None:
    M = np.array([[1.0, 0, 1], [0, 1, 1]])
    arrow = Arrow((1, 2, 3), color=DARK.i)
    shadow = Shadow(arrow, color=DARK.shadow, width=4)
    shadow.pose(M, VIEW)
    assert np.asarray(shadow.points)[-1] == pytest.approx(VIEW.spot(M @ [1, 2, 3]))


# --- Who hides whom -----------------------------------------------------------------------------


def space(*figures: Any) -> World:
    def say(number: str) -> Any:
        return prose(number, language="en", size=0.2, color="#FFFFFF")

    world = World(Floor(DARK, say), dim=3)
    world.join(*figures)
    for figure in figures:
        set_presence(figure, 1.0)
    return world


def figures_at(p: np.ndarray) -> list[Any]:
    return [
        Arrow(p, color=DARK.i),
        Dot(p, color=DARK.i),
        Curve(bezier.polyline([0.9 * p, 1.1 * p]), front=DARK.i, width=2),
        Curve(bezier.polygon([p, 1.1 * p, 1.05 * p + [0.1, 0, 0]]), front=DARK.i, width=2),
    ]


@given(sides, st.floats(0.2, 2))
def test_what_lies_behind_a_plane_is_drawn_before_it(side: tuple, far: float) -> None:
    view, plane = VIEW.turned(*side), patch()
    n = plane.normal(I3)
    if abs(n @ view.toward) < 0.02:
        return
    n = n * np.sign(n @ view.toward)
    before, behind = figures_at(far * n), figures_at(-far * n)
    world = space(*before, plane, *behind)
    world.look(view)
    world.draw()
    for figure in before:
        assert figure.z_index > plane.z_index
    for figure in behind:
        assert figure.z_index < plane.z_index


def test_a_plane_that_is_not_seen_orders_nothing() -> None:
    plane, arrow = patch(), Arrow((1.0, 1, -1), color=DARK.i)
    world = space(arrow, plane)
    world.look(VIEW)
    world.draw()
    before = arrow.z_index
    set_presence(plane, 0.0)
    world.draw()
    assert arrow.z_index != before


def test_of_two_points_the_nearer_one_is_drawn_later() -> None:
    near, far = Dot(VIEW.toward, color=DARK.i), Dot(-VIEW.toward, color=DARK.j)
    world = space(near, far)
    world.look(VIEW)
    world.draw()
    assert near.z_index > far.z_index
    world.look(VIEW.turned(VIEW.azimuth + math.pi, -VIEW.elevation))
    world.draw()
    assert near.z_index < far.z_index


def test_from_above_only_the_layers_count() -> None:
    near, far = Dot((0, 0, 1), color=DARK.i), Dot((0, 0, -1), color=DARK.j)
    world = space(near, far)
    world.look(VIEW.turned(*FROM_ABOVE))
    world.draw()
    assert near.z_index == far.z_index


def test_a_floor_is_cut_to_whole_squares() -> None:
    floor = space().ground
    assert isinstance(floor, Floor)
    floor.draw(VIEW)
    tile, squares, *_ = floor.pieces()
    corners = np.asarray(tile.points)[::4]
    assert corners == pytest.approx(
        VIEW.place(3.0 * np.array([[1, 1], [1, -1], [-1, -1], [-1, 1]]))
    )
    assert np.asarray(squares.points)[:, 0].max() <= corners[:, 0].max() + 1e-9


@given(sides, st.floats(-3, 3), st.floats(-3, 3))
def test_an_arrow_in_a_plane_lies_on_it(side: tuple, a: float, b: float) -> None:
    plane = patch()
    arrow = Arrow(a * np.array([1.0, 0, 1]) + b * np.array([0.0, 1, 1]), color=DARK.i)
    world = space(arrow, plane)
    world.look(VIEW.turned(*side))
    world.draw()
    assert arrow.z_index > plane.z_index


def test_a_floor_may_lie_under_what_stands_on_it() -> None:
    floor = Floor(DARK, space().ground._say, over=[(1, 0, 1), (0, 1, 1)])
    floor.draw(VIEW)
    corners = np.asarray(next(floor.pieces()).points)[::4]
    assert corners == pytest.approx(
        VIEW.place(
            np.array([[2, 2], [2, -1], [-1, -1], [-1, 2]])
            - 0.5 * np.array([[1, 1], [1, -1], [-1, -1], [-1, 1]])
        )
    )


# --- What is swept, and what the floor hides ----------------------------------------------------


@given(st.lists(entries, min_size=12, max_size=12).map(lambda c: np.reshape(c, (4, 3))))
def test_the_floor_cuts_in_two(corners: np.ndarray) -> None:
    above, below = cut(corners), cut(corners, below=True)
    slack = 1e-6
    assert (above[:, 2] >= -slack).all()
    assert (below[:, 2] <= slack).all()
    for corner in corners:
        if abs(corner[2]) > slack:
            part = above if corner[2] > 0 else below
            assert np.abs(part - corner).sum(axis=1).min() < slack


def test_what_lies_in_the_floor_is_above_it() -> None:
    square = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]], dtype=float)
    assert len(cut(square)) == 4
    assert len(cut(square, below=True)) == 0


def test_a_sheet_is_drawn_above_the_floor_and_below_it() -> None:
    one, other, swept = np.array([1.0, 0, 0]), np.array([0, 0, 1.0]), Value((0.0, 2.0))
    sheets = [
        Sheet(one, other, (-1, 1), swept, below=below, color=DARK.i, width=1.0)
        for below in (False, True)
    ]
    world = space(*sheets)
    world.look(VIEW)
    world.draw()
    assert [len(sheet.points) > 0 for sheet in sheets] == [True, False]
    swept.now = (-2.0, 2.0)
    world.draw()
    for sheet, low, high in zip(sheets, (0, -2), (2, 0), strict=True):
        wanted = VIEW.place(np.array([(x, 0, z) for x in (-1, 1) for z in (low, high)]))
        drawn = np.asarray(sheet.points)[:, :2]
        assert drawn.min(axis=0) == pytest.approx(wanted[:, :2].min(axis=0))
        assert drawn.max(axis=0) == pytest.approx(wanted[:, :2].max(axis=0))
    assert sheets[1].z_index < next(world.ground.pieces()).z_index < sheets[0].z_index


# --- Where to stand -----------------------------------------------------------------------------


@given(st.tuples(entries, entries, entries).filter(lambda n: np.linalg.norm(n) > 0.1))
def test_a_plane_is_seen_exactly_edge_on(n: np.ndarray) -> None:
    n = np.asarray(n)
    seen = edge_on(VIEW, n, [(1, 0, 0), (0, 1, 1)])
    assert abs(float(n @ seen.toward)) < 1e-9 * float(np.linalg.norm(n))
    assert 0 <= seen.elevation < 0.5
    assert abs(seen.azimuth - VIEW.azimuth) <= math.pi + 1e-9


def test_arrows_are_told_apart() -> None:
    columns = np.array([(1.0, 0, 1), (0, 1, 1), (1, 1, 2)])
    seen = oblique(VIEW, columns, np.cross(*columns[:2]))
    flat = columns @ seen.axes.T
    assert np.linalg.norm(flat, axis=1).min() > 0.5
    assert abs(np.cross(*columns[:2]) @ seen.toward) / 3**0.5 > 0.3


@pytest.mark.parametrize("axis", [(1, 0, 0), (0, 0, 1), (1, -1, 2)])
def test_a_view_nearly_along_an_axis_shows_what_is_square_to_it(axis: tuple) -> None:
    aside, across = (np.cross(axis, v) for v in ((1, 2, 3), np.cross(axis, (1, 2, 3))))
    seen = nearly_along(VIEW, axis, aside)
    assert seen.elevation > 0.2
    assert np.linalg.norm(seen.axes @ axis) < 0.6 * np.linalg.norm(axis)
    assert np.linalg.norm(seen.axes @ across) > 0.8 * np.linalg.norm(across)


# --- Turns --------------------------------------------------------------------------------------


def test_a_sector_begins_and_ends_with_what_turns() -> None:
    start, side, foot = np.array([2.0, 0, 0]), np.array([0, 0, 2.0]), np.array([0, 1.0, 0])
    look = {"color": DARK.ink, "width": 2.0, "radius": 0.0}
    sector = Sector(start, side, math.pi / 2, at=foot, **look)
    sector.pose(I3, VIEW)
    corners = VIEW.place([foot, foot + start, foot + side])
    drawn = np.asarray(sector.points)
    assert drawn[0] == pytest.approx(corners[0])
    assert drawn[3] == pytest.approx(corners[1])
    assert drawn[-4] == pytest.approx(corners[2])
    half = VIEW.place([foot + (start + side) / math.sqrt(2)])[0, :2]
    assert sector.brim(VIEW) == pytest.approx(half)


@pytest.mark.parametrize("normal", [(0, 0, 1), (1, 1, 1), (-2, 0, 1)])
def test_a_mirror_is_square_to_its_normal(normal: tuple) -> None:
    mirror = Patch.square_to(normal, 2.0, color=DARK.ink, width=2)
    assert np.cross(mirror.normal(I3), normal) == pytest.approx(np.zeros(3), abs=1e-12)
