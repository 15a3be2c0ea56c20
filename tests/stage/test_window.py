"""Which point is drawn where, and that all of it is in sight and large enough."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zoo import ZOO, texts

import lamath as la
from scenes.stage import Layout, Rect, Window
from scenes.stage.window import nice_step

STAGE = Layout.of("16:9").stages[0]
SQUARE = np.array([[0.0, 1, 1, 0], [0, 0, 1, 1]])


def window(*states: np.ndarray, rect: Rect = STAGE) -> Window:
    return Window(rect, SQUARE, [np.eye(2), *states])


def corners(view: Window, matrix: np.ndarray) -> np.ndarray:
    return view.place((matrix @ SQUARE).T)


def box(points: np.ndarray) -> Rect:
    return Rect(*points[:, :2].min(axis=0), *points[:, :2].max(axis=0))


def test_a_point_is_scaled_about_the_origin_s_place() -> None:
    view = window()
    origin, point = view.place(np.array([[0.0, 0.0], [2.0, -3.0]]))
    assert origin == pytest.approx(view.center)
    assert point - origin == pytest.approx([2 * view.unit, -3 * view.unit, 0])


def test_both_axes_have_one_scale() -> None:
    i, j = window(np.diag([3.0, 1.0])).place(np.eye(2)) - window(np.diag([3.0, 1.0])).center
    assert np.linalg.norm(i) == pytest.approx(np.linalg.norm(j))


def test_a_height_leans_and_leaves_the_plane_alone() -> None:
    view = window()
    flat = view.place(np.array([[1.0, 2.0]]))
    view.lean = np.array([0.3, 0.1])
    assert view.place(np.array([[1.0, 2.0, 0.0]])) == pytest.approx(flat)
    (raised,) = view.place(np.array([[1.0, 2.0, 2.0]])) - flat
    assert raised == pytest.approx([0.6 * view.unit, 0.2 * view.unit, 0])


@pytest.mark.parametrize("kind", ZOO)
def test_what_rests_is_in_sight(kind: str) -> None:
    A = la.matrix(ZOO[kind]).array
    view = window(A)
    for state in (np.eye(2), A):
        view.follow(state)
        assert STAGE.contains(box(corners(view, state)))


@given(texts, st.sampled_from(["16:9", "1:1", "9:16"]), st.sampled_from([1, 2]))
@settings(max_examples=60)
def test_what_rests_is_in_sight_and_not_a_speck(matrix: str, aspect: str, stages: int) -> None:
    A = la.matrix(matrix).array
    for rect in Layout.of(aspect, stages).stages:
        view = window(A, rect=rect)
        for state in (np.eye(2), A):
            view.follow(state)
            seen = box(corners(view, state))
            assert rect.contains(seen)
            if state.any():
                assert max(seen.width, seen.height) > 0.05 * min(rect.width, rect.height)


@given(texts)
@settings(max_examples=60)
def test_landmarks_and_their_images_leave_the_origin_in_sight(matrix: str) -> None:
    view = window(la.matrix(matrix).array)
    assert STAGE.contains(box(view.center[None]))


def test_a_view_zooms_only_where_no_single_scale_will_do() -> None:
    kind = window(np.diag([2.0, 3.0]))
    before = kind.unit
    assert not kind.zooms
    assert not kind.follow(np.diag([2.0, 3.0]))
    assert kind.unit == before
    huge = window(1000 * np.eye(2))
    assert huge.zooms
    before = huge.unit
    assert huge.follow(1000 * np.eye(2))
    assert huge.unit == pytest.approx(before / 1000)


def test_a_fixed_landmark_stays_in_sight() -> None:
    view = Window(STAGE, SQUARE, [np.eye(2)], fixed=[[0.0], [-40.0]])
    assert STAGE.contains(box(view.place(np.array([[0.0, -40.0]]))))


def test_what_is_passed_through_is_in_sight_too() -> None:
    turned = 3 * np.array([[0.0, -1.0], [1.0, 0.0]])
    view = Window(STAGE, SQUARE, [np.eye(2)], between=[turned])
    assert STAGE.contains(box(corners(view, turned)))


@given(st.floats(1e-9, 1e9))
def test_grid_steps_are_one_two_five(least: float) -> None:
    step = nice_step(least)
    assert least * (1 - 1e-9) <= step <= 2.5 * least * (1 + 1e-9)
    assert f"{step:.12e}"[0] in "125"
    assert float(f"{step:.0e}") == pytest.approx(step)


@pytest.mark.parametrize("factor", [0.001, 0.05, 1, 1.5, 7, 30, 1000])
def test_a_grid_square_is_neither_crowded_nor_huge(factor: float) -> None:
    view = Window(STAGE, factor * SQUARE, [np.eye(2)])
    assert 0.25 <= view.step * view.unit <= 2.5
    assert view.reach * view.unit >= np.hypot(STAGE.width, STAGE.height) * (1 - 1e-9)
