"""What vectors of space reach, cut to size."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.stage.layout import Rect
from scenes.stage.span import Span, powers_of_ten
from scenes.stage.standpoint import along
from scenes.stage.view import View

COLUMNS = np.array([(1.0, 0, 1), (0, 1, 1), (1, 1, 0)])


def test_it_holds_its_vectors_and_no_others() -> None:
    span = Span(COLUMNS[:2], COLUMNS)
    frame = np.stack([span.u, span.v, span.normal])
    assert frame @ frame.T == pytest.approx(np.eye(3))
    assert COLUMNS[:2] @ span.normal == pytest.approx(np.zeros(2))
    assert abs(float(COLUMNS[2] @ span.normal)) == pytest.approx(2 / 3**0.5)
    for column in COLUMNS[:2]:
        assert span.along[0] < column @ span.u < span.along[1]
        assert span.across[0] < column @ span.v < span.across[1]


def test_a_line_has_some_plane_and_ends() -> None:
    span = Span([(1, 2, 3)], [(1, 2, 3), (3, 6, 9)])
    assert np.cross(span.u, (1, 2, 3)) == pytest.approx(np.zeros(3))
    kept = span.holds(np.arange(-9, 10)[:, None] * np.array([1.0, 2, 3]))
    assert {tuple(point) for point in kept} >= {(0, 0, 0), (1, 2, 3), (3, 6, 9)}
    assert len(kept) < 19


@pytest.mark.parametrize(
    ("vectors", "powers"),
    [
        ([(1, 0, 1), (0, 1, 1), (3, 0, 0)], [0, 0, 0]),
        ([(1000, 0, 0), (0, 1, 0), (0, 0, 0.01)], [3, 0, -2]),
        ([(0, 0, 0), (0, 0, 0)], [0, 0]),
    ],
)
def test_lengths_that_differ_widely_are_brought_near(vectors: list, powers: list[int]) -> None:
    assert powers_of_ten(vectors) == powers


@pytest.mark.parametrize("direction", [(-1, -1, 1), (0, 0, 2), (3, 0, 0), (1, -2, -1)])
def test_who_looks_along_a_direction_sees_a_point(direction: tuple[int, ...]) -> None:
    view = along(View(Rect(0, 0, 1, 1), (0.0, 0.0), 1.0, -0.9, 0.4), direction)
    assert view.axes @ direction == pytest.approx(np.zeros(2), abs=1e-12)
    assert view.toward @ direction > 0
    assert abs(view.azimuth + 0.9) <= np.pi + 1e-9
