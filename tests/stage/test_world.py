"""The world: one matrix, one view, and every picture that follows from them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from manim import VGroup
from planes import ABOVE, STAGE, is_true, plane
from small import played
from zoo import ZOO, texts

import lamath as la
from scenes.stage import bezier
from scenes.stage.figure import Value, is_seen, presence_of, set_presence
from scenes.stage.labels import Label, Running
from scenes.stage.shapes import Arrow, Curve, Dot
from scenes.stage.theme import DARK

KINDS = pytest.mark.parametrize("kind", ZOO)


def square() -> Curve:
    return Curve(bezier.polygon([(0, 0), (1, 0), (1, 1), (0, 1)]), front=DARK.region, width=2)


def cast() -> tuple[Curve, Arrow, Dot, Label]:
    arrow = Arrow((1, 0.5), color=DARK.input)
    name = Label("x", arrow, size=0.27, color=DARK.input)
    return square(), arrow, Dot((1, 0), color=DARK.i), name


@KINDS
def test_everything_is_drawn_under_one_matrix(kind: str) -> None:
    world = plane(*cast())
    assert is_true(world)
    world.matrix = la.matrix(ZOO[kind]).array
    world.draw()
    assert is_true(world)


@pytest.mark.parametrize("shape", [(3, 2), (2, 3), (3, 3)])
def test_the_matrix_may_have_any_shape(shape: tuple[int, int]) -> None:
    """A sheet in space, and maps of space, are the same code with other numbers."""
    world = plane(*cast(), dim=shape[1])
    world.matrix = np.arange(1.0, 1 + math.prod(shape)).reshape(shape)
    for view in (ABOVE, ABOVE.turned(-1.0, 0.6)):
        world.look(view)
        world.draw()
        assert is_true(world)


def test_what_is_planted_stays_where_it_is() -> None:
    moving, still, bent = square(), square(), square()
    world = plane(moving)
    frame = np.array([[2.0, 0], [1, 1]])
    world.plant(still)
    world.plant(bent, frame=frame)
    set_presence(VGroup(still, bent), 1.0)
    world.matrix = np.array([[0.0, 1], [1, 0]])
    world.draw()
    assert np.asarray(still.points) == pytest.approx(ABOVE.place(still.base))
    assert np.asarray(bent.points) == pytest.approx(ABOVE.place(bent.base @ frame.T))
    assert np.asarray(moving.points) == pytest.approx(ABOVE.place(moving.base[:, ::-1]))


def test_the_plane_is_planted_on_the_floor_of_space() -> None:
    dot = Dot((1, 2, 3), color=DARK.i)
    world = plane(dim=3)
    world.plant(dot)
    set_presence(dot, 1.0)
    world.look(ABOVE.turned(-1.0, 0.5))
    world.draw()
    assert dot.get_center() == pytest.approx(world.view.spot((1, 2, 3)))


def test_who_joins_late_stands_where_the_matrix_puts_it_but_is_not_seen() -> None:
    world = plane()
    world.matrix = np.array([[2.0, 1], [1, 3]])
    dot = Dot((0, 1), color=DARK.j)
    world.join(dot)
    assert not is_seen(dot)
    set_presence(dot, 1.0)
    world.draw()
    assert dot.get_center() == pytest.approx(ABOVE.spot((1, 3)))


def test_joining_twice_changes_nothing() -> None:
    dot = Dot((0, 1), color=DARK.j)
    world = plane(dot)
    world.join(dot)
    world.plant(dot)
    assert len(world.members) == 1
    assert is_seen(dot)


def test_who_leaves_is_drawn_no_more() -> None:
    one, other = Dot((0, 1), color=DARK.j), Dot((1, 1), color=DARK.j)
    world = plane(one, other)
    before = np.array(one.points)
    world.leave(one)
    world.matrix = 2 * np.eye(2)
    world.draw()
    assert np.array_equal(one.points, before)
    assert world.member(one) is None
    assert world.member(other) is not None
    assert one not in set(world.pieces())


def test_only_what_is_named_is_drawn() -> None:
    one, other = Dot((0, 1), color=DARK.j), Dot((1, 1), color=DARK.j)
    world = plane(one, other)
    world.matrix = 2 * np.eye(2)
    world.draw(only={one})
    assert one.get_center() == pytest.approx(ABOVE.spot((0, 2)))
    assert other.get_center() == pytest.approx(ABOVE.spot((1, 1)))


def test_everything_is_clipped_to_the_stage() -> None:
    world = plane(*cast())
    assert {member.figure.clip for member in world.members} == {STAGE}


# --- What must be seen --------------------------------------------------------------------------


@given(texts)
def test_landmarks_are_where_the_matrix_sends_what_moves(matrix: str) -> None:
    A = la.matrix(matrix).array
    dot, pole = Dot((2, 1), color=DARK.i), Dot((5, 5), color=DARK.i)
    world = plane(dot)
    world.plant(pole)
    set_presence(pole, 1.0)
    marks = {tuple(np.round(mark, 9)) for mark in world.landmarks(A)}
    assert marks == {(0, 0, 0), (*np.round(A @ [2.0, 1.0], 9), 0), (5, 5, 0)}


def test_what_is_not_seen_need_not_be_in_sight() -> None:
    dot = Dot((2, 1), color=DARK.i)
    world = plane(dot)
    set_presence(dot, 0.0)
    assert len(world.landmarks()) == 1
    assert len(world.landmarks(all_of_it=True)) == 2


# --- Seats --------------------------------------------------------------------------------------


def test_labels_find_seats_that_are_free() -> None:
    arrows = [Arrow(v, color=DARK.i) for v in ((1, 0), (0, 1), (1, 1), (-1, 1), (0.9, 1.1))]
    labels = [Label("v", arrow, size=0.27, color=DARK.i) for arrow in arrows]
    world = plane(*arrows, *labels)
    world.seat(*labels)
    for label in labels:
        box = label.box
        assert STAGE.contains(box)
        for arrow in arrows:
            samples = arrow.obstacles()
            assert not any(
                box.left < x < box.right and box.bottom < y < box.top for x, y in samples
            )
        assert not any(other is not label and box.overlaps(other.box) for other in labels)


def test_planning_seats_moves_nothing() -> None:
    curve, arrow, dot, name = cast()
    world = plane(curve, arrow, dot, name)
    world.seat(name)
    before = np.array(name.points), name.bearing, name.gap
    world.matrix = np.array([[0.0, -2], [1, 0]])
    world.seats([name])
    for was, now in zip(before, (name.points, name.bearing, name.gap), strict=True):
        assert np.array_equal(was, now)


def test_a_text_that_is_not_seen_takes_no_seat() -> None:
    _, arrow, _, name = cast()
    other = Label("y", arrow, size=0.27, color=DARK.i)
    world = plane(arrow, name, other)
    set_presence(other, 0.0)
    world.seat(name)
    (_, alone), *_ = world.seats([other])
    set_presence(name, 0.0)
    (_, free), *_ = world.seats([other])
    assert free != alone


# --- Ghosts -------------------------------------------------------------------------------------


def picture(figure: Any) -> np.ndarray:
    return np.array(figure.points)


def test_a_ghost_stays_where_its_figure_was() -> None:
    figures = cast()
    world = plane(*figures)
    world.matrix = np.array([[2.0, 1], [1, 3]])
    world.draw()
    ghosts = [world.ghost(figure, DARK.ghost, 2) for figure in figures]
    before = [picture(ghost) for ghost in ghosts]
    for ghost, figure in zip(before, figures, strict=True):
        assert ghost == pytest.approx(picture(figure))
    world.matrix = np.eye(2)
    world.draw()
    for ghost, was, figure in zip(ghosts, before, figures, strict=True):
        assert picture(ghost) == pytest.approx(was)
        assert not np.allclose(picture(figure), was)


def test_a_ghost_is_pale_and_seen_and_behind() -> None:
    curve, arrow, *_ = cast()
    world = plane(curve, arrow)
    outline, pale = (world.ghost(figure, DARK.ghost, 2) for figure in (curve, arrow))
    assert outline.dash
    assert outline.get_fill_opacity() == 0
    assert pale.get_fill_opacity() < 0.5 < arrow.get_fill_opacity()
    assert presence_of(outline) == presence_of(pale) == 1.0
    assert outline.z_index < curve.z_index
    assert pale.z_index < arrow.z_index


def test_a_ghost_keeps_its_place_in_the_plane_when_the_view_zooms() -> None:
    curve, *_ = cast()
    world = plane(curve)
    ghost = world.ghost(curve, DARK.ghost, 2)
    world.look(ABOVE.fitted([[9, 9], [-9, -9]], margin=0.5))
    world.draw()
    assert picture(ghost) == pytest.approx(world.view.place(curve.base))


def test_the_ghost_of_a_running_number_runs_no_more() -> None:
    length, moving = Value(1.0), Arrow((1, 0), color=DARK.i)
    number = Label(Running(length, [1, 2]), moving, size=0.27, color=DARK.i)
    world = plane(moving, number)
    ghost = world.ghost(number, DARK.ghost, 2)
    length.now = 2.0
    world.draw()
    assert (ghost.text, number.text) == ("1", "2")


# --- The ground ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("matrix", "said"), [("2 1; 1 3", False), ("1000 0; 0 1000", True), ("0.01 0; 0 0.01", True)]
)
def test_the_unit_is_said_where_it_is_not_one(matrix: str, said: bool) -> None:
    world = played(matrix=matrix).plane
    (note,) = world.ground.notes()
    assert is_seen(note) == said
    if said:
        assert note.text == f"one square = {world.view.step:.10g}"
        assert float(world.view.step) != 1.0


def test_the_ground_s_lines_stand_at_multiples_of_the_step() -> None:
    world = plane()
    fine, *_ = world.ground.pieces()
    for unit in (1.2, 0.01, 40.0):
        view = ABOVE.fitted([[1, 1]], margin=0.5, fixed_unit=unit)
        world.look(view)
        starts = np.asarray(fine.points).reshape(-1, 4, 3)
        upright = np.abs(starts[:, 0, 0] - starts[:, -1, 0]) < 1e-6
        x = (starts[upright, 0, 0] - view.center[0]) / view.unit / view.step
        assert x == pytest.approx(np.round(x), abs=1e-6)
        assert len(x) > 5
        assert x.min() * view.step * unit + view.center[0] <= STAGE.left
        assert x.max() * view.step * unit + view.center[0] >= STAGE.right
