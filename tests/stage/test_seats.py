"""The planner of labels: clear of what is there, on the stage, and where they are if they can."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.stage.layout import Rect
from scenes.stage.seats import BESIDE, GAPS, Crowd, Guest, Seat, box_at, plan

ROOM = Rect(-4.0, -3.0, 4.0, 3.0)
HALF = np.array([0.2, 0.15])
spots = st.tuples(st.floats(-3, 3), st.floats(-2, 2)).map(np.array)
angles = st.floats(-math.pi, math.pi)


def guest(at: Any = (0.0, 0.0), facing: float = 0.0, **options: Any) -> Guest:
    """A text at the tip of an arrow that points in the direction `facing`."""

    def place(bearing: float, gap: float) -> np.ndarray:
        u = np.array([math.cos(facing + bearing), math.sin(facing + bearing)])
        return np.asarray(np.array(at) + (gap + float(np.abs(u) @ HALF)) * u)

    return Guest(place, HALF, **options)


def box(of: Guest, seat: Seat) -> Rect:
    return box_at(of.place(*seat), of.half)


def crowd(*lines: tuple[Any, Any], room: Rect = ROOM, taken: tuple[Rect, ...] = ()) -> Crowd:
    """A stage with straight lines on it."""
    points = [np.linspace(a, b, 200) for a, b in lines] or [np.zeros((0, 2))]
    samples = np.concatenate(points)
    return Crowd(room, samples, np.full(len(samples), 5.0), taken)


def test_alone_a_text_stands_straight_ahead_and_close() -> None:
    assert plan(crowd(), [guest()]) == [Seat(0.0, GAPS[0])]


@given(spots, angles)
def test_a_text_keeps_clear_of_lines(at: np.ndarray, facing: float) -> None:
    ahead = at + 2 * np.array([math.cos(facing), math.sin(facing)])
    there = crowd(((0, 0), at), (at, ahead))
    of = guest(at, facing)
    (seat,) = plan(there, [of])
    inside = box(of, seat)
    assert not any(
        inside.left < x < inside.right and inside.bottom < y < inside.top for x, y in there.points
    )


@given(st.lists(spots, min_size=2, max_size=5))
def test_texts_keep_clear_of_each_other(spots: list[np.ndarray]) -> None:
    guests = [guest(at) for at in spots]
    seats = plan(crowd(), guests)
    boxes = [box(of, seat) for of, seat in zip(guests, seats, strict=True)]
    for k, a in enumerate(boxes):
        for b in boxes[:k]:
            assert not a.overlaps(b)


@given(st.tuples(st.floats(-3.9, 3.9), st.floats(-2.9, 2.9)), angles)
def test_a_text_is_never_outside_the_room(at: tuple, facing: float) -> None:
    of = guest(at, facing)
    (seat,) = plan(crowd(), [of])
    assert ROOM.contains(box(of, seat))


def test_of_two_seats_as_good_a_text_takes_its_own() -> None:
    for bearing in (math.radians(40), math.radians(-40)):
        ahead = crowd(((0.05, 0), (3, 0)))
        present = Seat(bearing, GAPS[0])
        found = plan(ahead, [guest(present=present)])[0]
        assert np.sign(found.bearing) == np.sign(bearing)


def test_a_text_leaves_its_seat_when_a_line_comes() -> None:
    present = Seat(0.0, GAPS[0])
    (seat,) = plan(crowd(((0.0, 0.0), (3.0, 0.0))), [guest(present=present)])
    assert seat != present


def test_a_seat_that_is_taken_is_left_to_who_has_it() -> None:
    of = guest()
    taken = box(of, Seat(0.0, GAPS[0]))
    (seat,) = plan(crowd(taken=(taken,)), [of])
    assert not box(of, seat).overlaps(taken)


def test_who_wishes_to_stand_beside_a_line_stands_beside_it() -> None:
    (seat,) = plan(crowd(), [guest(wishes=BESIDE)])
    assert abs(seat.bearing) == pytest.approx(math.pi / 2)


def test_who_may_stand_inside_does() -> None:
    of = guest(inside=True)
    (seat,) = plan(crowd(), [of])
    assert box(of, seat).center[:2] == pytest.approx([0, 0])


def test_planning_changes_nothing_but_what_is_taken() -> None:
    there, guests = crowd(((0, 0), (1, 1))), [guest(), guest((1, 1))]
    points, weights = there.points.copy(), there.weights.copy()
    assert plan(there, guests) == plan(crowd(((0, 0), (1, 1))), guests)
    assert np.array_equal(there.points, points)
    assert np.array_equal(there.weights, weights)
    assert len(there.taken) == 2
