"""The world: one matrix, and every picture that follows from it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from manim.utils.rate_functions import linear
from small import Small, played
from zoo import ZOO, texts

import lamath as la
from scenes.stage import (
    DARK,
    Arrow,
    Curve,
    Deform,
    Dot,
    Label,
    Layout,
    Rewind,
    Slide,
    Window,
    World,
)
from scenes.stage.figures import polygon
from scenes.stage.text import math

STAGE = Layout.of("16:9").stages[0]
STOPS = np.linspace(0, 1, 21)
KINDS = pytest.mark.parametrize("kind", ZOO)


def world(matrix: str = "2 1; 1 3") -> World:
    arrow = Arrow((1, 1), color=DARK.input)
    figures = (
        Curve(polygon([(0, 0), (1, 0), (1, 1), (0, 1)]), front=DARK.region, width=2),
        arrow,
        Dot((1, 0), color=DARK.i),
        Label(math("x", size=0.27, color=DARK.input), arrow),
    )
    landmarks = np.hstack([figure.landmarks() for figure in figures])
    return World(Window(STAGE, landmarks, [np.eye(2), la.matrix(matrix).array]), *figures)


def play(animation: Deform) -> list[np.ndarray]:
    """Play an animation as Manim does, and give the world's matrix at each stop."""
    animation.begin()
    seen = []
    for alpha in STOPS:
        animation.interpolate(alpha)
        seen.append(np.array(animation.world.matrix))
    animation.finish()
    assert np.array_equal(animation.world.matrix, seen[-1])
    return seen


def holds(here: World) -> bool:
    """Whether every figure is drawn as the matrix sends it."""
    curve, arrow, dot, _ = here.submobjects
    M, place = here.matrix, here.window.place
    return (
        np.allclose(curve.points, place(curve.base @ M.T), atol=1e-9)
        and np.allclose(arrow.drawn[1], place(arrow.vector[None] @ M.T)[0], atol=1e-9)
        and np.allclose(
            np.asarray(dot.points).mean(axis=0), place(dot.point[None] @ M.T)[0], atol=1e-6
        )
    )


@KINDS
def test_posing_draws_everything_under_one_matrix(kind: str) -> None:
    A = la.matrix(ZOO[kind]).array
    here = world(ZOO[kind])
    assert holds(here)
    here.pose(A)
    assert np.array_equal(here.matrix, A)
    assert holds(here)


@KINDS
def test_deform_plays_the_path_and_lands_on_the_matrix(kind: str) -> None:
    path, here = la.path(ZOO[kind]), world(ZOO[kind])
    seen = play(Deform(here, path, rate_func=linear))
    for t, matrix in zip(STOPS, seen, strict=True):
        assert np.array_equal(matrix, path(t))
        assert holds(here)
    A = la.matrix(ZOO[kind]).array
    assert np.allclose(here.matrix, A, rtol=0, atol=1e-12 * np.abs(A).max())


@KINDS
def test_rewind_visits_the_same_matrices_backwards(kind: str) -> None:
    here = world(ZOO[kind])
    forth = play(Deform(here, la.path(ZOO[kind]), rate_func=linear))
    back = play(Rewind(here, rate_func=linear))
    for there, again in zip(forth, reversed(back), strict=True):
        assert np.allclose(there, again, rtol=1e-12, atol=1e-12)
    assert np.array_equal(here.matrix, np.eye(2))
    assert holds(here)


@given(texts)
@settings(max_examples=40)
def test_a_positive_determinant_stays_positive(matrix: str) -> None:
    for seen in play(Deform(world(matrix), la.path(matrix))):
        if la.det(matrix) > 0:
            assert np.linalg.det(seen) > 0
        if la.det(matrix) != 0:
            assert np.linalg.matrix_rank(seen) == 2


@given(texts, texts)
@settings(max_examples=25)
def test_moves_follow_one_another_and_rewind_in_turn(first: str, second: str) -> None:
    here = world(first)
    A, B = la.matrix(first).array, la.matrix(second).array
    play(Deform(here, la.path(first)))
    play(Deform(here, la.path(second)))
    assert np.allclose(here.matrix, B @ A, rtol=1e-9, atol=1e-9)
    play(Rewind(here))
    assert np.allclose(here.matrix, A, rtol=1e-12, atol=1e-12)
    play(Rewind(here))
    assert np.array_equal(here.matrix, np.eye(2))


def test_there_is_nothing_to_rewind_before_a_move() -> None:
    with pytest.raises(ValueError, match="nothing to rewind"):
        Rewind(world())


def test_a_fold_rises_above_the_plane_and_keeps_its_rank() -> None:
    seen = play(Deform(world("0 1; 1 0"), la.path("0 1; 1 0"), rate_func=linear))
    assert {matrix.shape for matrix in seen[1:-1]} == {(3, 2)}
    for matrix in seen:
        assert np.linalg.svd(matrix, compute_uv=False) == pytest.approx([1, 1])


def test_half_a_turn_passes_through_a_quarter() -> None:
    seen = play(Deform(world("-1 0; 0 -1"), la.path("-1 0; 0 -1"), rate_func=linear))
    assert abs(seen[10]) == pytest.approx(np.array([[0, 1], [1, 0]]))


def test_followers_hear_every_matrix_and_when_it_rests() -> None:
    here, heard = world(), []
    here.followers.append(lambda matrix, at_rest: heard.append((np.array(matrix), at_rest)))
    seen = play(Deform(here, la.path("2 1; 1 3")))
    assert all(any(np.array_equal(m, h) for h, _ in heard) for m in seen)
    resting = [h for h, at_rest in heard if at_rest]
    assert all(np.array_equal(r, seen[0]) or np.array_equal(r, seen[-1]) for r in resting)
    assert heard[-1][1]


def test_scenery_is_drawn_anew_exactly_when_the_view_zooms() -> None:
    for matrix, zooms in (("2 1; 1 3", False), ("1000 0; 0 1000", True)):
        here, drawn = world(matrix), []
        here.scenery.append(lambda drawn=drawn: drawn.append(1))
        play(Deform(here, la.path(matrix)))
        assert bool(drawn) == zooms


def test_what_is_planted_stays_and_what_leaves_stops() -> None:
    here = world()
    line = Curve(polygon([(0, 0), (2, 0), (2, 2)]), front=DARK.column_space, width=2)
    here.plant(line)
    gone = here.submobjects[0]
    here.leave(gone)
    still, left = np.array(line.points), np.array(gone.points)
    play(Deform(here, la.path("2 1; 1 3")))
    assert np.array_equal(line.points, still)
    assert np.array_equal(gone.points, left)


def test_a_figure_that_joins_late_stands_where_the_matrix_puts_it() -> None:
    here = world()
    here.pose(np.array([[2.0, 1.0], [1.0, 3.0]]))
    dot = Dot((0, 1), color=DARK.j)
    here.join(dot)
    center = np.asarray(dot.points).mean(axis=0)
    assert center == pytest.approx(here.window.place(np.array([[1.0, 3.0]]))[0])


def test_a_slide_moves_the_input_and_its_image_alike() -> None:
    left, right = world("1 2; 2 4"), world("1 2; 2 4")
    right.pose(np.array([[1.0, 2.0], [2.0, 4.0]]))
    arrows = {here.submobjects[1]: here for here in (left, right)}
    before = [np.array(arrow.drawn[1]) for arrow in arrows]
    slide = Slide(arrows, la.vector("-2 1").array)
    slide.begin()
    for alpha in STOPS:
        slide.interpolate(alpha)
        assert np.allclose(right.submobjects[1].drawn[1], before[1], atol=1e-9)
    moved = left.submobjects[1].drawn[1] - before[0]
    assert moved == pytest.approx(left.window.unit * np.array([-2, 1, 0]))


def test_labels_move_without_jumps() -> None:
    for kind in ("kind", "turned over", "rank 1", "half turn"):
        here = world(ZOO[kind])
        label = here.submobjects[-1]
        motion = Deform(here, la.path(ZOO[kind]))
        motion.begin()
        spots = []
        for alpha in np.linspace(0, 1, 201):
            motion.interpolate(alpha)
            spots.append(np.array(label.get_center()))
        steps = [np.linalg.norm(b - a) for a, b in pairwise(spots)]
        assert max(steps) < 0.35, kind


def test_the_world_of_a_scene_ends_at_its_matrix() -> None:
    for kind in ("kind", "turned over", "rank 1"):
        scene = played(Small, matrix=ZOO[kind])
        assert scene.plane.matrix == pytest.approx(scene.matrix.array, rel=1e-12)


def test_names_keep_clear_of_arrows_that_are_still_to_come() -> None:
    here = world()
    (label,) = here.labels
    here.settle(label)
    taken = label.box
    tip = (taken.center - here.window.center)[:2] / here.window.unit
    here.expected.append(Arrow(tip, color=DARK.null_space))
    here.settle(label)
    assert not label.box.overlaps(taken)
