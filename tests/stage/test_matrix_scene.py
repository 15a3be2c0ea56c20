"""What scenes about a matrix share: first views, turns that show their angle, names that land."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from small import Small, played, small
from zoo import ZOO, texts

import lamath as la
from scenes.stage.figure import is_seen
from scenes.stage.shapes import Wedge
from scenes.stage.view import View

KINDS = pytest.mark.parametrize("kind", ZOO)


def views(matrix: str, aspect: str = "16:9") -> tuple[View, View, Any]:
    """The view of a small scene at its start and at its end, and the scene."""
    first: list[View] = []

    scenes: list[Any] = []
    Small.rehearse(
        lambda scene, beat: (first.append(scene.plane.view), scenes.append(scene)),
        matrix=matrix,
        aspect=aspect,
    )
    return first[0], scenes[-1].plane.view, scenes[-1]


@given(texts)
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
def test_the_unit_square_is_neither_a_speck_nor_fills_the_frame_at_the_start(matrix: str) -> None:
    first, _, _ = views(matrix)
    assert first.rect.height / 12 <= first.unit <= first.rect.height / 3 + 1e-9


@given(texts)
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
def test_what_rests_is_in_sight_and_no_speck(matrix: str) -> None:
    _, last, scene = views(matrix)
    marks = scene.plane.landmarks()
    assert last.shows(marks)
    if la.matrix(matrix).array.any() and np.abs(marks).max() > 0:
        assert np.ptp(last.place(marks)[:, :2], axis=0).max() > 0.4


@KINDS
def test_a_view_stays_as_it_is_where_it_can(kind: str) -> None:
    first, last, _ = views(ZOO[kind])
    if kind in ("kind", "identity", "half turn", "quarter turn", "shear"):
        assert last == first
    if kind in ("tiny", "huge"):
        assert last.unit != pytest.approx(first.unit)


@pytest.mark.parametrize("degrees", [-180, -135, -90, -1, 1, 30, 90, 135, 180])
def test_a_turn_shows_the_angle_turned_so_far_and_takes_it_away(degrees: int) -> None:
    swept: list[tuple[float, float]] = []

    def watch(scene: Any, _: float) -> None:
        plane = scene.plane
        for member in plane.members:
            if isinstance(member.figure, Wedge) and is_seen(member.figure):
                a, b = plane.matrix @ [1.0, 0.0]
                swept.append((math.degrees(member.figure.turn()), math.degrees(math.atan2(b, a))))

    class Turning(Small):
        def perform(self, world: Any, path: Any, *also: Any, **how: Any) -> None:
            super().perform(world, la.rotation(math.radians(degrees)), *also, **how)

    scenes: list[Any] = []
    Turning.rehearse(lambda scene, beat: scenes.append(scene), at_moment=watch)
    assert len(swept) > 5
    for turned, true in swept:
        assert math.remainder(turned - true, 360) == pytest.approx(0, abs=1e-6)
        assert 0 <= turned / degrees <= 1 + 1e-9
    assert swept[-1][0] == pytest.approx(degrees)
    assert not any(isinstance(member.figure, Wedge) for member in scenes[-1].plane.members)


def test_a_name_lands_even_where_nothing_turns() -> None:
    still = la.rotation(0.0)
    scene = played(small(lambda scene: scene.perform(scene.plane, still, names={scene.name: "b"})))
    assert scene.name.text == "b"
    assert len(scene.plane.trail) == 1


@KINDS
def test_rewinding_everything_leads_home(kind: str) -> None:
    scene = played(
        small(lambda scene: scene.rewind(scene.plane, names={scene.name: "x"})), matrix=ZOO[kind]
    )
    first, _, _ = views(ZOO[kind])
    assert np.array_equal(scene.plane.matrix, np.eye(2))
    assert scene.plane.view == first
    assert scene.name.text == "x"


def test_the_area_of_a_crushed_square_is_nothing() -> None:
    scene = played(matrix=ZOO["huge rank 1"])
    assert scene.area_of(scene.plane)() == 0.0
    assert scene.dimensions_of(scene.plane)() == 1.0


def test_words_of_a_matrix_are_exact_or_say_about() -> None:
    scene = Small()
    assert scene.exactly(la.vector(["1/2"])[0]) == "1/2"
    assert scene.equals("det A", 5) == "det A = 5"
    assert scene.equals("x", math.pi) == "x approx 3.14"
