"""One play: several motions at once, drawn once a frame, with labels that find their seats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from manim import Animation, VGroup, VMobject
from manim.utils.rate_functions import linear

from scenes.stage.figure import is_seen
from scenes.stage.labels import Label
from scenes.stage.layout import Rect
from scenes.stage.motion import Motion, longest
from scenes.stage.seats import Seat
from scenes.stage.view import Array
from scenes.stage.world import World

__all__ = ["Play"]

MOMENTS = (0.03, 0.11, 0.21, 0.33, 0.46, 0.58, 0.71, 0.83, 0.93, 0.98)
"""Shares of a play at which it is tried out, to find what it changes."""
GLANCE = 0.2
"""Seconds between two moments of a play at which who watches a rehearsal is called."""


class _Seating:
    """A label on its way from one seat to another."""

    def __init__(self, label: Label, start: Seat, goal: Seat) -> None:
        self.label, self.start, self.goal = label, start, goal
        self.turn = (goal.bearing - start.bearing + np.pi) % (2 * np.pi) - np.pi

    def at(self, s: float) -> None:
        self.label.bearing = self.start.bearing + s * self.turn
        self.label.gap = self.start.gap + s * (self.goal.gap - self.start.gap)


class Play(Animation):
    """Manim's side of a play: it hands the time on to the motions and draws the state."""

    def __init__(self, scene: Any, motions: Sequence[Motion]) -> None:
        self.scene, self.motions = scene, list(motions)
        self.moved: set[VMobject] = set()
        self.roams = False  # whether a stage grows or moves, so that areas may overlap
        self.begins = float(scene.time)  # Manim's clock has run on when it calls `begin`
        super().__init__(VGroup(), run_time=longest(motions), rate_func=linear)

    def _setup_scene(self, scene: Any) -> None:
        """Bring nothing on stage: motions do."""

    def create_starting_mobject(self) -> VGroup:
        """Keep no copy."""
        return VGroup()

    def begin(self) -> None:
        """Let the motions take the state, plan the labels' seats, find what moves."""
        scene = self.scene
        for motion in self.motions:
            motion.begin(scene)
        self._seatings: list[_Seating] = []
        self._set(0.0)
        self._seatings = self._plan()
        if scene.at_moment is not None:
            for seconds in np.arange(GLANCE / 2, self.run_time, GLANCE):
                self._set(float(seconds) / self.run_time)
                scene.draw(at_rest=False)
                scene.at_moment(scene, self.begins + float(seconds))
        if scene.films:
            self.moved = self._find_moved()
        self._set(0.0)
        scene.draw(at_rest=True)

    def _set(self, share: float) -> None:
        seconds = share * self.run_time
        for motion in self.motions:
            motion.at_time(motion.run_time if share >= 1.0 else seconds)
        s = share * share * (3 - 2 * share)
        for seating in self._seatings:
            seating.at(s)

    def _plan(self) -> list[_Seating]:
        """Let every label that is seen in the end find the seat it will have then."""
        scene = self.scene
        before: dict[int, bool] = {}
        for world in scene.worlds:
            for label in world.labels:
                before[id(label)] = is_seen(label)
        self._set(1.0)
        scene.draw(at_rest=True)
        found: list[tuple[World, Label, Seat]] = []
        for world in scene.worlds:
            seen = [label for label in world.labels if is_seen(label)]
            found += [(world, label, seat) for label, seat in world.seats(seen)]
        seatings = []
        for _, label, seat in found:
            was = Seat(label.bearing, label.gap)
            fresh = not label.seated or not before[id(label)]
            label.seated = True
            seatings.append(_Seating(label, seat if fresh else was, seat))
        return seatings

    def _find_moved(self) -> set[VMobject]:
        """Try the play out, and give what looks different at any moment of it."""
        scene = self.scene
        self._set(0.0)
        scene.draw(at_rest=True)
        first = {leaf: _look(leaf) for leaf in scene.leaves()}
        moved: set[VMobject] = set()
        open_ones = set(first)
        for share in (*MOMENTS, 1.0):
            self._set(share)
            scene.draw(at_rest=share == 1.0, only=open_ones)
            for leaf in scene.leaves():
                if leaf not in first:
                    moved.add(leaf)
                elif leaf in open_ones and _differs(first[leaf], now := _look(leaf)):
                    moved.add(leaf)
                    open_ones.discard(leaf)
                    self.roams = self.roams or first[leaf].clip != now.clip
        return moved

    def interpolate(self, alpha: float) -> None:
        """Set the state of this moment and draw it."""
        alpha = min(max(alpha, 0.0), 1.0)
        self._set(alpha)
        ends = alpha in (0.0, 1.0)
        everything = ends or not self.scene.films
        self.scene.draw(at_rest=ends, only=None if everything else self.moved)

    def finish(self) -> None:
        """Land."""
        self.interpolate(1.0)
        for motion in self.motions:
            motion.end(self.scene)
        self.scene.draw(at_rest=True)


class _Appearance(NamedTuple):
    points: Array
    painted: float
    fill: str
    stroke: str
    width: float
    height: float
    clip: Rect | None


def _look(leaf: VMobject) -> _Appearance:
    return _Appearance(
        np.array(leaf.points),
        getattr(leaf, "_painted", 1.0),
        leaf.get_fill_color().to_hex(),
        leaf.get_stroke_color().to_hex(),
        leaf.get_stroke_width(),
        getattr(leaf, "z_index", 0.0),
        getattr(leaf, "clip", None),
    )


def _differs(a: _Appearance, b: _Appearance) -> bool:
    return (
        a[1:] != b[1:]
        or a.points.shape != b.points.shape
        or bool(len(a.points) and np.abs(a.points - b.points).max() > 1e-9)
    )
