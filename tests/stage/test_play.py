"""A play: whatever changes is found as moving, and drawing that alone is drawing all."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import VMobject
from small import Small, played, small

import lamath as la
from scenes.stage.figure import Value, is_seen
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
    Rock,
    Vanish,
)
from scenes.stage.play import GLANCE, Play


class Filmed(Small):
    """A rehearsal that looks for what moves, as a film does."""

    is_filmed = False

    @property
    def films(self) -> bool:
        return self.is_filmed


SCENE = played(Filmed)
SCENE.is_filmed = True
AREA = SCENE.area
SINGLE = [
    "turn",
    "stretch",
    "crush",
    "fold",
    "glide",
    "zoom",
    "tilt",
    "slide",
    "rock",
    "appear",
    "vanish",
    "dim",
    "draw",
    "rename",
    "recolor",
    "pulse",
    "fly",
]


class Cast:
    """A world with one of each, and motions for all of them."""

    def __init__(self) -> None:
        scene, theme = SCENE, SCENE.theme
        self.x = Value((1.0, 0.5))
        self.arrow = scene.arrow(self.x, theme.input)
        self.name = scene.label(self.arrow, "x")
        self.other = scene.arrow((0, 1), theme.j)
        self.late = scene.label(self.other, "y")
        self.measure = scene.measure(self.x, theme.input)
        self.length = scene.label(
            self.measure, scene.running(lambda: float(np.linalg.norm(self.x.now)), 1)
        )
        self.square = scene.unit_square()
        self.trace = scene.arc(lambda t: (math.cos(t), math.sin(t)), 0.0, 3.0, theme.output)
        self.dot = scene.dot((1, 1), theme.i)
        self.wedge = scene.wedge(0.0, lambda: math.atan2(self.x.now[1], self.x.now[0]))
        scene.worlds.clear()
        self.world = scene.world(self.square, self.arrow, self.other, self.name, self.dot)
        self.world.plant(self.measure, self.length, self.trace, self.wedge)
        self.world.join(self.late)
        scene._first_view(self.world)
        for thing in (*self.world.grid, *(m.figure for m in self.world.members)):
            if thing not in (self.late, self.trace):
                scene.bring(thing)
        scene.draw()
        self.world.seat(*(label for label in self.world.labels if is_seen(label)))
        scene.draw()

    def motion(self, kind: str) -> Motion:
        theme, world, view = SCENE.theme, self.world, self.world.view
        made: dict[str, Any] = {
            "turn": lambda: Deform(world, la.rotation(1.0)),
            "stretch": lambda: Deform(world, la.path("2 1; 1 3"), names={self.name: "b"}),
            "crush": lambda: Deform(world, la.path("1 2; 2 4"), colors={self.name: theme.j}),
            "fold": lambda: Deform(world, la.path("0 1; 1 0"), view=view),
            "glide": lambda: Glide(world, la.matrix("1 1; 0 1")),
            "zoom": lambda: Look(world, view.scaled(0.5 * view.unit)),
            "tilt": lambda: Look(world, view.turned(-1.0, 0.7)),
            "slide": lambda: Change(self.x, (-0.5, 1.0)),
            "rock": lambda: Rock(self.x, (0.3, 0.2)),
            "appear": lambda: Appear(self.late),
            "vanish": lambda: Vanish(self.name, self.dot),
            "dim": lambda: Dim(self.square, *world.grid),
            "draw": lambda: Draw(self.trace),
            "rename": lambda: Rename(self.name, "A x"),
            "recolor": lambda: Recolor(self.arrow, theme.output),
            "pulse": lambda: Pulse(self.square, self.name, self.arrow),
            "fly": lambda: Fly(self.name, SCENE.matrix_card),
        }
        motion: Motion = made[kind]()
        return motion


kinds = st.sampled_from(SINGLE)
delays = st.floats(0.05, 2)


def look(leaf: VMobject) -> tuple[Any, ...]:
    return (
        np.array(leaf.points).round(9).tobytes(),
        getattr(leaf, "_painted", 1.0),
        leaf.get_fill_color().to_hex(),
        leaf.get_stroke_color().to_hex(),
        leaf.get_stroke_width(),
        leaf.get_stroke_opacity(),
        leaf.get_fill_opacity(),
        leaf.z_index,
        getattr(leaf, "clip", None),
    )


def picture() -> dict[VMobject, tuple[Any, ...]]:
    """What is to be seen, and how it looks."""
    return {leaf: look(leaf) for leaf in SCENE.leaves() if is_seen(leaf)}


def check(play: Play, moments: list[float]) -> None:
    play.begin()
    start = picture()
    for moment in moments:
        play.interpolate(moment)
        drawn = picture()
        for leaf, seen in drawn.items():
            if leaf not in play.moved:
                assert start[leaf] == seen
        SCENE.draw(at_rest=moment in (0.0, 1.0))
        assert picture() == drawn
    play.finish()


@pytest.mark.parametrize("kind", SINGLE)
def test_whatever_changes_is_found_as_moving(kind: str) -> None:
    cast = Cast()
    play = Play(SCENE, [cast.motion(kind)])
    check(play, [0.03, 0.31, 0.5, 0.77, 0.99, 1.0])
    assert play.moved


@given(
    st.lists(
        st.tuples(kinds, st.none() | delays), min_size=1, max_size=3, unique_by=lambda p: p[0]
    ),
    st.lists(st.floats(0, 1), min_size=4, max_size=4),
)
@settings(max_examples=25)
def test_together_and_late_too(motions: list[tuple[str, float | None]], moments: list) -> None:
    moving = {"turn", "stretch", "crush", "fold", "glide", "zoom", "tilt"}
    if sum(kind in moving for kind, _ in motions) > 1:
        return  # a world has one matrix and one view
    cast = Cast()
    made = [cast.motion(kind) for kind, _ in motions]
    late = [
        motion if delay is None else After(delay, motion)
        for motion, (_, delay) in zip(made, motions, strict=True)
    ]
    check(Play(SCENE, late), moments)


@given(st.lists(kinds, min_size=2, max_size=3, unique=True), st.lists(st.floats(0, 1), min_size=4))
@settings(max_examples=15)
def test_one_after_another_too(order: list[str], moments: list[float]) -> None:
    cast = Cast()
    check(Play(SCENE, [Chain(*(cast.motion(kind) for kind in order))]), moments)


def test_what_stands_still_is_not_found_as_moving() -> None:
    cast = Cast()
    play = Play(SCENE, [cast.motion("recolor")])
    play.begin()
    assert play.moved == {cast.arrow}
    play.finish()


def test_a_number_in_the_panel_moves_with_what_it_measures() -> None:
    cast = Cast()
    scene = SCENE
    value = Value(1.0)
    row = scene.row("area", scene.running(value, 1, 2))
    scene.panel.set(row)
    scene.bring(row)
    play = Play(scene, [Change(value, 2.0)])
    play.begin()
    assert play.moved == {row.value}
    play.finish()
    assert row.value.text == "2"
    assert cast.arrow not in play.moved


# --- Labels -------------------------------------------------------------------------------------


def test_labels_land_where_nothing_is_in_their_way() -> None:
    cast = Cast()
    play = Play(SCENE, [cast.motion("slide"), cast.motion("appear")])
    play.begin()
    play.finish()
    boxes = [label.box for label in cast.world.labels if is_seen(label)]
    assert len(boxes) == 3
    for k, a in enumerate(boxes):
        assert not any(a.overlaps(b) for b in boxes[:k])
        for arrow in (cast.arrow, cast.other):
            samples = arrow.obstacles()
            assert not any(a.left < x < a.right and a.bottom < y < a.top for x, y in samples)


def test_labels_move_without_jumps() -> None:
    for kind in ("turn", "stretch", "crush", "glide", "slide"):
        cast = Cast()
        play = Play(SCENE, [cast.motion(kind)])
        play.begin()
        spots = []
        for alpha in np.linspace(0, 1, 121):
            play.interpolate(float(alpha))
            spots.append([label.get_center() for label in (cast.name, cast.length)])
        play.finish()
        steps = np.linalg.norm(np.diff(np.array(spots), axis=0), axis=2)
        assert steps.max() < 0.45, kind


# --- Who watches --------------------------------------------------------------------------------


def test_moments_in_the_middle_are_shown_as_they_will_be_drawn() -> None:
    seen: list[tuple[float, np.ndarray]] = []

    def watch(scene: Any, seconds: float) -> None:
        plane = getattr(scene, "plane", None)
        if plane is not None and plane.members:
            seen.append((seconds, np.array(plane.matrix)))

    ends: list[float] = []
    timeline = small(lambda scene: ends.append(scene.time)).rehearse(at_moment=watch)
    times = [seconds for seconds, _ in seen]
    assert times == sorted(times)
    assert 0 < times[0] < times[-1] < timeline.seconds
    moving = [seconds for seconds, matrix in seen if 1.01 < np.linalg.det(matrix) < 4.99]
    assert len(moving) > 5
    assert np.diff(moving) == pytest.approx(GLANCE)
    assert max(moving) < ends[0]
