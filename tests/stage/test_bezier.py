"""Outlines in any dimension: where they run, and what a part of them is."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.stage import bezier

shares = st.floats(0, 1)
PIECES = bezier.smooth_through(lambda t: (t, t**2, math.sin(t)), -1.0, 2.0, 5)


def at(points: np.ndarray, t: float) -> np.ndarray:
    """Where a chain of n cubic pieces stands at share t of it."""
    pieces = points.reshape(-1, 4, points.shape[1])
    k = min(int(t * len(pieces)), len(pieces) - 1)
    s = t * len(pieces) - k
    weights = [(1 - s) ** 3, 3 * s * (1 - s) ** 2, 3 * s * s * (1 - s), s**3]
    return np.asarray(weights @ pieces[k])


def test_a_circle_is_round() -> None:
    samples = bezier.along(bezier.circle(2.0), 50)
    assert np.linalg.norm(samples, axis=1) == pytest.approx(2, abs=2e-5)
    assert samples[0] == pytest.approx([2, 0])


def test_a_circle_in_space_lies_in_its_plane() -> None:
    frame = np.linalg.qr(np.array([[1.0, 2], [0, 1], [1, 1]]))[0]
    samples = bezier.along(bezier.circle(1.0, frame), 9)
    assert samples @ np.cross(*frame.T) == pytest.approx(0, abs=1e-12)
    assert np.linalg.norm(samples, axis=1) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("corners", [[(0, 0), (1, 0), (1, 1)], [(0, 0, 1), (1, 2, 0), (3, 1, 1)]])
def test_a_polygon_is_closed_and_straight(corners: list) -> None:
    points = bezier.polygon(corners)
    assert points.shape == (12, len(corners[0]))
    assert points[::4] == pytest.approx(np.array(corners, dtype=float))
    assert points[-1] == pytest.approx(points[0])


def test_lines_are_parallel_and_stand_apart() -> None:
    points = bezier.lines((3, 4), spacing=0.5, count=2, length=10).reshape(5, 4, 2)
    assert points[:, -1] - points[:, 0] == pytest.approx(np.tile([12.0, 16.0], (5, 1)))
    feet = points.mean(axis=1)
    assert np.linalg.norm(np.diff(feet, axis=0), axis=1) == pytest.approx(0.5)
    assert feet @ [3, 4] == pytest.approx(0, abs=1e-12)
    assert feet[2] == pytest.approx([0, 0], abs=1e-12)


@pytest.mark.parametrize("direction", [(1, 1), (0, 3, 4)])
def test_a_line_spans_as_far_to_both_sides_of_its_point(direction: tuple) -> None:
    foot = np.arange(1.0, 1 + len(direction))
    points = bezier.spanning(direction, 5, through=foot)
    assert (points[0] + points[-1]) / 2 == pytest.approx(foot)
    u = np.array(direction) / np.linalg.norm(direction)
    assert points[-1] - points[0] == pytest.approx(10 * u)


def test_a_smooth_curve_follows_its_function() -> None:
    points = bezier.smooth_through(lambda t: (math.cos(t), math.sin(t)), 0.0, 3.0, 12)
    samples = bezier.along(points, 7)
    assert np.linalg.norm(samples, axis=1) == pytest.approx(1, abs=2e-5)
    assert samples[-1] == pytest.approx([math.cos(3), math.sin(3)])


@given(shares, shares, shares)
def test_a_portion_is_the_same_curve_from_its_start_to_its_end(
    start: float, end: float, t: float
) -> None:
    start, end = sorted((start, end))
    part = bezier.portion(PIECES, start, end)
    if end <= start:
        assert len(part) == 0
        return
    assert part[0] == pytest.approx(at(PIECES, start), abs=1e-9)
    assert part[-1] == pytest.approx(at(PIECES, end), abs=1e-9)
    samples = bezier.along(part, 5)
    far = np.linalg.norm(samples[:, None] - bezier.along(PIECES, 400)[None], axis=2).min(axis=1)
    assert far.max() < 5e-3


def test_all_of_a_curve_is_the_curve_itself() -> None:
    assert bezier.portion(PIECES, 0.0, 1.0) is PIECES


def test_nothing_has_no_samples() -> None:
    assert len(bezier.along(np.zeros((0, 3)), 9)) == 0
