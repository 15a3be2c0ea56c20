"""Animations as values: what the state is on the way, and that both ends are exact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from planes import is_true, plane
from small import played
from zoo import ZOO, texts

import lamath as la
from scenes.stage import bezier
from scenes.stage.figure import Value, is_seen, presence_of, set_presence
from scenes.stage.labels import Label
from scenes.stage.motion import (
    After,
    Appear,
    Chain,
    Change,
    Deform,
    Dim,
    Draw,
    Fly,
    Glide,
    Look,
    Motion,
    Pulse,
    Recolor,
    Rename,
    Rewind,
    Rock,
    Vanish,
    linear,
    longest,
)
from scenes.stage.shapes import Arrow, Curve, Dot
from scenes.stage.theme import DARK
from scenes.stage.view import View
from scenes.stage.world import World

STOPS = np.linspace(0, 1, 21)
KINDS = pytest.mark.parametrize("kind", ZOO)


@pytest.fixture(scope="module")
def scene() -> Any:
    """A scene that has been played to its end."""
    return played()


def course(motion: Motion, scene: Any, see: Callable[[], Any]) -> list[Any]:
    """Play a motion and give what is seen at each stop."""
    motion.begin(scene)
    seen = []
    for t in STOPS:
        motion.at_time(t * motion.run_time)
        seen.append(see())
    motion.end(scene)
    return seen


def world(scene: Any) -> World:
    """A world of the scene's, with an arrow and its name."""
    arrow = Arrow((1, 0.5), color=DARK.input)
    name = Label("x", arrow, size=0.27, color=DARK.input)
    square = Curve(bezier.polygon([(0, 0), (1, 0), (1, 1)]), front=DARK.region, width=2)
    new = plane(square, arrow, name)
    scene.worlds[:] = [new]
    return new


# --- Values -------------------------------------------------------------------------------------


def test_a_value_runs_to_another_one_and_arrives_exactly(scene: Any) -> None:
    x = Value((0.1, 0.2))
    goal = np.array([1 / 3, np.sqrt(2)])
    seen = course(Change(x, goal, rate=linear), scene, lambda: x.now)
    assert np.array_equal(seen[0], [0.1, 0.2])
    assert np.array_equal(seen[-1], goal)
    assert seen[10] == pytest.approx((goal + seen[0]) / 2)


def test_a_value_can_run_along_a_function(scene: Any) -> None:
    x = Value(0.0)
    seen = course(Change(x, along=lambda s: s**2, rate=linear), scene, lambda: x.now)
    assert seen == pytest.approx(STOPS**2)


def test_a_value_must_be_told_where_to_run() -> None:
    for how in ({}, {"to": 1.0, "along": lambda s: s}):
        with pytest.raises(ValueError, match="runs to another one"):
            Change(Value(0.0), **how)


def test_what_rocks_swings_to_both_sides_and_comes_back_exactly(scene: Any) -> None:
    x = Value((1 / 3, 2.0))
    seen = np.array(course(Rock(x, (0.6, 0.0), times=2), scene, lambda: x.now))
    assert np.array_equal(seen[0], seen[-1])
    assert np.array_equal(seen[0], [1 / 3, 2.0])
    swing = seen[:, 0] - 1 / 3
    assert swing.max() == pytest.approx(-swing.min())
    assert 0.3 < swing.max() <= 0.6
    assert seen[:, 1] == pytest.approx(2.0)


# --- The world ----------------------------------------------------------------------------------


@KINDS
def test_a_deform_plays_its_path_and_lands_on_the_matrix(scene: Any, kind: str) -> None:
    here, path = world(scene), la.path(ZOO[kind])

    def see() -> np.ndarray:
        here.draw()
        assert is_true(here)
        return np.array(here.matrix)

    seen = course(Deform(here, path, rate=linear), scene, see)
    for t, matrix in zip(STOPS, seen, strict=True):
        assert np.allclose(matrix, path(t), rtol=1e-12, atol=1e-12)
    A = la.matrix(ZOO[kind]).array
    assert np.allclose(here.matrix, A, rtol=0, atol=1e-12 * np.abs(A).max())


@KINDS
def test_a_rewind_goes_back_matrix_for_matrix_and_view_for_view(scene: Any, kind: str) -> None:
    here = world(scene)
    start = here.view

    def see() -> tuple[np.ndarray, View]:
        return np.array(here.matrix), here.view

    forth = course(Deform(here, la.path(ZOO[kind]), rate=linear), scene, see)
    back = course(Rewind(here, rate=linear), scene, see)
    for (there, seen), (again, again_seen) in zip(forth, reversed(back), strict=True):
        assert np.allclose(there, again, rtol=1e-12, atol=1e-12)
        assert again_seen.unit == pytest.approx(seen.unit)
        assert again_seen.center == pytest.approx(seen.center)
    assert np.array_equal(here.matrix, np.eye(2))
    assert here.view == start
    assert here.trail == []


@KINDS
def test_what_a_deform_moves_ends_in_sight_and_is_no_speck(scene: Any, kind: str) -> None:
    here = world(scene)
    course(Deform(here, la.path(ZOO[kind])), scene, lambda: None)
    marks = here.landmarks()
    assert here.view.shows(marks)
    spread = np.ptp(here.view.place(marks)[:, :2], axis=0).max()
    assert spread > 0.4 or kind == "zero"


@given(texts, texts)
@settings(max_examples=25)
def test_moves_follow_one_another_and_rewind_in_turn(first: str, second: str) -> None:
    here = plane(Dot((1, 1), color=DARK.i))
    A, B = la.matrix(first).array, la.matrix(second).array
    still = type("Still", (), {"view_for": staticmethod(lambda world, view, marks: view)})()
    for path in (la.path(first), la.path(second)):
        course(Deform(here, path), still, lambda: None)
    assert np.allclose(here.matrix, B @ A, rtol=1e-9, atol=1e-9)
    course(Rewind(here), still, lambda: None)
    assert np.allclose(here.matrix, A, rtol=1e-12, atol=1e-12)
    course(Rewind(here), still, lambda: None)
    assert np.array_equal(here.matrix, np.eye(2))


def test_there_is_nothing_to_rewind_before_a_move(scene: Any) -> None:
    with pytest.raises(ValueError, match="nothing to rewind"):
        Rewind(world(scene))


def test_a_name_changes_only_as_it_lands(scene: Any) -> None:
    here = world(scene)
    (name,) = here.labels
    path = la.path("2 1; 1 3")
    seen = course(
        Deform(here, path, names={name: "b"}, colors={name: DARK.output}, rate=linear),
        scene,
        lambda: (name.text, name.get_fill_color().to_hex()),
    )
    assert {text for text, _ in seen[:17]} == {"x"}
    assert {color for _, color in seen[:16]} == {DARK.input}
    assert seen[-1] == ("b", DARK.output)
    back = course(Rewind(here, names={name: "x"}, rate=linear), scene, lambda: name.text)
    assert (back[0], back[-1]) == ("b", "x")


def test_a_glide_mixes_matrices_and_leaves_nothing_to_rewind(scene: Any) -> None:
    here = world(scene)
    A, B = np.array([[2.0, 1], [1, 3]]), np.array([[1.0, 2], [2, 4]])
    here.matrix = A
    seen = course(Glide(here, B, rate=linear), scene, lambda: np.array(here.matrix))
    for t, matrix in zip(STOPS, seen, strict=True):
        assert matrix == pytest.approx((1 - t) * A + t * B)
    assert np.array_equal(here.matrix, B)
    assert here.trail == []


def test_a_look_goes_from_the_present_view_to_another(scene: Any) -> None:
    here = world(scene)
    start, goal = here.view, here.view.turned(-1.0, 0.6)
    seen = course(Look(here, goal, rate=linear), scene, lambda: here.view)
    assert seen[0] is start
    assert seen[-1] is goal
    elevations = [view.elevation for view in seen]
    assert elevations == sorted(elevations, reverse=True)


# --- What is to be seen -------------------------------------------------------------------------


def test_things_come_and_go_and_come_back(scene: Any) -> None:
    here = world(scene)
    arrow = here.members[1].figure
    set_presence(arrow, 0.0)
    for motion, ends in ((Appear, (0, 1)), (Vanish, (1, 0)), (Appear, (0, 1))):
        seen = course(motion(arrow), scene, lambda: presence_of(arrow))
        assert (seen[0], seen[-1]) == ends
        assert 0 < seen[10] < 1
        assert seen == sorted(seen, reverse=ends[0] == 1)
        assert is_seen(arrow) == bool(ends[1])
        assert arrow.get_fill_opacity() == pytest.approx(ends[1])


def test_what_appears_must_belong_somewhere(scene: Any) -> None:
    with pytest.raises(ValueError, match="belongs to no world"):
        Appear(Arrow((1, 0), color=DARK.i)).begin(scene)


def test_what_is_dimmed_is_still_there_and_can_be_lit_again(scene: Any) -> None:
    arrow = world(scene).members[1].figure
    course(Dim(arrow, to=0.3), scene, lambda: None)
    assert presence_of(arrow) == 1
    assert arrow.get_fill_opacity() == pytest.approx(0.3)
    course(Vanish(arrow), scene, lambda: None)
    course(Appear(arrow), scene, lambda: None)
    assert arrow.get_fill_opacity() == pytest.approx(0.3)
    course(Dim(arrow, to=1), scene, lambda: None)
    assert arrow.get_fill_opacity() == pytest.approx(1)


def test_a_curve_is_drawn_from_its_beginning(scene: Any) -> None:
    here = world(scene)
    curve = Curve(bezier.spanning((1, 0), 2.0), front=DARK.ink, width=2)
    here.join(curve)

    def far() -> float:
        here.draw()
        points = np.asarray(curve.points)
        return float(points[-1, 0] - here.view.spot((-2, 0))[0]) if len(points) else 0.0

    seen = course(Draw(curve, to=0.5, rate=linear), scene, far)
    assert seen == pytest.approx(2 * here.view.unit * STOPS, abs=1e-6)
    seen = course(Draw(curve, rate=linear), scene, far)
    assert seen[0] == pytest.approx(2 * here.view.unit)
    assert seen[-1] == pytest.approx(4 * here.view.unit)


def test_a_new_name_comes_through_nothing(scene: Any) -> None:
    """Two texts on top of each other could not be read."""
    (name,) = world(scene).labels

    def see() -> tuple[str, float]:
        return name.text, round(name.get_fill_opacity(), 9)

    seen = course(Rename(name, "b", rate=linear), scene, see)
    assert seen[0] == ("x", 1)
    assert seen[-1] == ("b", 1)
    assert seen[10][1] == 0
    assert {text for text, _ in seen[:10]} == {"x"}
    assert {text for text, _ in seen[10:]} == {"b"}


def test_a_name_can_change_while_it_comes_or_goes(scene: Any) -> None:
    (name,) = world(scene).labels
    for motions, there in (
        ((Vanish(name), Rename(name, "b")), 0),
        ((Rename(name, "c"), Appear(name)), 1),
        ((Rename(name, "d"), Vanish(name)), 0),
        ((Appear(name), Rename(name, "x")), 1),
    ):
        for motion in motions:
            motion.begin(scene)
        for t in STOPS:
            for motion in motions:
                motion.at_time(t * motion.run_time)
        assert name.get_fill_opacity() == pytest.approx(there)


def test_recoloring_ends_at_the_color_and_keeps_the_opacity(scene: Any) -> None:
    here = world(scene)
    curve, arrow, name = (member.figure for member in here.members)
    set_presence(arrow, 1.0, 0.5)
    for thing in (curve, arrow, name):
        course(Recolor(thing, DARK.output), scene, lambda: None)
    assert arrow.get_fill_color().to_hex() == DARK.output
    assert arrow.get_fill_opacity() == pytest.approx(0.5)
    assert name.get_fill_color().to_hex() == DARK.output
    assert curve.get_stroke_color().to_hex() == DARK.output
    here.matrix = np.diag([1.0, -1.0])
    here.draw()
    assert curve.get_stroke_color().to_hex() == DARK.output  # drawing it doesn't bring it back


def test_a_pulse_leaves_geometry_and_colors_as_they_were(scene: Any) -> None:
    here = world(scene)
    figures = [member.figure for member in here.members]

    def look(figure: Any) -> tuple[Any, ...]:
        return (
            figure.get_stroke_width(),
            figure.get_stroke_color().to_hex(),
            figure.get_stroke_opacity(),
            figure.get_stroke_width(background=True),
            figure.get_fill_color().to_hex(),
            figure.get_fill_opacity(),
        )

    before = [(np.array(figure.points), look(figure)) for figure in figures]
    seen = course(
        Pulse(*figures),
        scene,
        lambda: [(np.array(figure.points), figure.get_stroke_width()) for figure in figures],
    )
    for k, (figure, (points, style)) in enumerate(zip(figures, before, strict=True)):
        assert all(np.array_equal(at[k][0], points) for at in seen)
        assert seen[10][k][1] > style[0] + 1
        assert look(figure) == style


def test_a_copy_flies_from_one_text_to_the_other_and_is_gone(scene: Any) -> None:
    here = world(scene)
    source = here.labels[0]
    target = scene.math("y").move_to([4.0, 1.0, 0.0])
    fly = Fly(source, target)
    seen = course(
        fly,
        scene,
        lambda: (np.array(fly.copy.get_center()), presence_of(fly.copy), presence_of(target)),
    )
    assert seen[1][0] == pytest.approx(source.get_center(), abs=0.3)
    assert seen[-2][0] == pytest.approx(target.get_center(), abs=0.3)
    assert [there for _, there, _ in seen] == [0] + [1] * 19 + [0]
    assert [there for _, _, there in seen] == [0] * 20 + [1]
    assert fly.copy.height / target.height == pytest.approx(1, rel=0.05)
    assert not scene.has(fly.copy)
    assert scene.has(target)


# --- Time ---------------------------------------------------------------------------------------


def test_motions_in_a_chain_follow_each_other(scene: Any) -> None:
    x = Value(0.0)
    chain = Chain(
        Change(x, 1.0, run_time=1.0, rate=linear),
        Change(x, along=lambda s: 1 + s, run_time=2.0, rate=linear),
        Change(x, 10.0, run_time=1.0, rate=linear),
        gap=0.5,
    )
    assert chain.run_time == 5.0
    chain.begin(scene)
    assert x.now == 0.0
    for seconds, now in (
        (0.5, 0.5),
        (1.0, 1.0),
        (1.25, 1.0),
        (1.5, 1.0),
        (2.5, 1.5),
        (3.75, 2.0),
        (4.5, 6.0),
        (5.0, 10.0),
        (0.25, 0.25),
    ):
        chain.at_time(seconds)
        assert x.now == pytest.approx(now)


def test_in_a_chain_each_begins_where_the_one_before_it_ends(scene: Any) -> None:
    here = world(scene)
    first, second = la.path("2 1; 1 3"), la.path("0 -1; 1 0")
    chain = Chain(Deform(here, first), Deform(here, second))
    seen = course(chain, scene, lambda: np.array(here.matrix))
    assert np.array_equal(seen[0], np.eye(2))
    assert here.matrix == pytest.approx(np.array([[0, -1], [1, 0]]) @ [[2, 1], [1, 3]])
    assert len(here.trail) == 2


def test_what_plays_late_stands_still_until_then(scene: Any) -> None:
    x = Value(2.0)
    late = After(1.0, Change(x, 3.0, run_time=1.0, rate=linear))
    assert late.run_time == 2.0
    seen = course(late, scene, lambda: x.now)
    assert seen[:11] == pytest.approx([2.0] * 11)
    assert seen[15] == pytest.approx(2.5)
    assert seen[-1] == 3.0


def test_a_chain_is_made_longer_in_proportion(scene: Any) -> None:
    x = Value(0.0)
    chain = Chain(
        Change(x, 1.0, run_time=1.0, rate=linear),
        After(0.5, Change(x, 2.0, run_time=0.5, rate=linear)),
        gap=1.0,
    )
    seen = course(chain, scene, lambda: x.now)
    x.now = 0.0
    assert course(chain.lasting(9.0), scene, lambda: x.now) == pytest.approx(seen)
    assert chain.run_time == 9.0


def test_a_motion_without_length_is_over_at_once(scene: Any) -> None:
    x = Value(0.0)
    change = Change(x, 1.0, run_time=0.0)
    change.begin(scene)
    change.at_time(0.0)
    assert x.now == 1.0


def test_the_longest_motion_tells_how_long_a_play_takes() -> None:
    x = Value(0.0)
    motions = Change(x, 1.0, run_time=0.7), After(1.0, Rock(x, 1.0, run_time=0.4))
    assert longest(motions) == pytest.approx(1.4)
