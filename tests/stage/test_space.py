"""Scenes in space: maps of space and from space to the plane, kind and nasty, walked round."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from in_space import InSpace
from small import played

import lamath as la
from scenes import ASPECTS
from scenes.stage import bezier
from scenes.stage.audit import audit
from scenes.stage.figure import is_seen
from scenes.stage.labels import Label
from scenes.stage.solids import Ball, Drop, Shadow

ZOO = {
    "kind": "1 0 1; 0 1 1; 1 1 1",
    "turned over": "1 0 1; 0 1 1; 1 1 0",
    "turn": "0 1 0; 0 0 1; 1 0 0",
    "identity": "1 0 0; 0 1 0; 0 0 1",
    "half turn": "-1 0 0; 0 -1 0; 0 0 1",
    "point reflection": "-1 0 0; 0 -1 0; 0 0 -1",
    "zero": "0 0 0; 0 0 0; 0 0 0",
    "rank 1": "1 2 3; 2 4 6; 3 6 9",
    "rank 2": "1 2 3; 4 5 6; 7 8 9",
    "nilpotent": "0 1 0; 0 0 1; 0 0 0",
    "huge": "1000 0 0; 0 1000 200; 0 0 1000",
    "tiny": "0.01 0 0; 0 0.01 0; 0 0 0.01",
    "to the plane": "1 0 1; 0 1 1",
    "to a line": "1 2 3; 2 4 6",
    "to a point": "0 0 0; 0 0 0",
}
KINDS = pytest.mark.parametrize("kind", ZOO)


@KINDS
def test_a_scene_in_space_passes_the_audit(kind: str) -> None:
    assert audit(InSpace, matrix=ZOO[kind]) == []


@pytest.mark.parametrize("aspect", ASPECTS[1:])
def test_in_every_aspect(aspect: str) -> None:
    assert audit(InSpace, aspect=aspect) == []


@KINDS
def test_the_world_ends_at_its_matrix(kind: str) -> None:
    (world,) = played(InSpace, matrix=ZOO[kind]).worlds
    A = la.matrix(ZOO[kind]).array
    wanted = np.vstack([A, np.zeros((len(world.matrix) - len(A), 3))])  # the plane is the floor
    assert np.allclose(world.matrix, wanted, rtol=0, atol=1e-12 * max(np.abs(A).max(), 1e-300))


@KINDS
def test_all_of_it_is_in_sight_when_it_has_come_to_rest(kind: str) -> None:
    def look(scene: Any, beat: str) -> None:
        (world,) = scene.worlds
        if beat in ("map", "orbit"):
            assert world.view.shows(world.landmarks()), beat

    InSpace.rehearse(look, matrix=ZOO[kind])


@KINDS
def test_a_view_that_orbits_stands_where_it_was_asked_to(kind: str) -> None:
    (world,) = played(InSpace, matrix=ZOO[kind]).worlds
    assert world.view.azimuth == pytest.approx(math.radians(-20))
    assert world.view.elevation == pytest.approx(math.radians(24))


def test_columns_are_named_for_what_they_are_now() -> None:
    names: list[tuple[float, list[str]]] = []

    def watch(scene: Any, seconds: float) -> None:
        (world,) = scene.worlds
        names.append((seconds, [label.text for label in world.labels if is_seen(label)]))

    InSpace.rehearse(at_moment=watch, matrix=ZOO["kind"])
    assert names[0][1] == ["e_1", "e_2", "e_3"]
    assert names[-1][1] == ["a_1", "a_2", "a_3"]


def test_shadows_stay_on_the_floor_while_the_map_moves_their_arrows() -> None:
    checked = 0

    def watch(scene: Any, _: float) -> None:
        nonlocal checked
        (world,) = scene.worlds
        for member in world.members:
            figure = member.figure
            if isinstance(figure, Shadow) and is_seen(figure):
                tip = np.zeros(3)
                tip[: len(world.matrix)] = world.matrix @ figure.arrow.vector
                end = np.asarray(figure.points)[-1]
                assert end == pytest.approx(world.view.spot(tip * [1, 1, 0]), abs=1e-6)
                checked += 1

    InSpace.rehearse(at_moment=watch, matrix=ZOO["kind"])
    assert checked > 30


def test_no_turn_in_space_shows_the_angle_of_its_shadow() -> None:
    """What an angle of space looks like on the floor is another angle."""
    shown: set[str] = set()

    def watch(scene: Any, _: float) -> None:
        (world,) = scene.worlds
        shown.update(label.text for label in world.labels if is_seen(label))

    InSpace.rehearse(at_moment=watch, matrix=ZOO["turn"])
    assert not any("°" in text or "degree" in text for text in shown)


def test_who_stands_in_space_has_a_shadow_and_a_drop() -> None:
    (world,) = played(InSpace).worlds
    kinds = [type(member.figure) for member in world.members]
    assert kinds.count(Shadow) == kinds.count(Drop) == 3
    assert kinds.count(Label) == 3


def test_a_ball_is_seen_at_the_end() -> None:
    (world,) = played(InSpace).worlds
    (ball,) = (member.figure for member in world.members if isinstance(member.figure, Ball))
    assert is_seen(ball)
    reach = np.linalg.norm(world.view.axes @ world.matrix, 2)
    outline = bezier.along(np.asarray(ball.points), 50)[:, :2]
    far = np.linalg.norm(outline - world.view.center, axis=1).max()
    assert far == pytest.approx(world.view.unit * reach, rel=1e-3)
