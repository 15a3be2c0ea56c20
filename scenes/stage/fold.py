"""A fold: the sheet turns over in space like a page, both faces tinted, its hinge drawn.

The view tilts first, so that nobody takes the fold for a collapse; the plane stays where
it was as a dashed floor; the angle stands in a wedge at the near end of the hinge.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

import lamath as la
from scenes.stage import bezier
from scenes.stage.camera import visible
from scenes.stage.figure import Figure
from scenes.stage.labels import Label, Running
from scenes.stage.layout import Rect
from scenes.stage.motion import Appear, Deform, Dim, Look, Rewind, Vanish
from scenes.stage.shapes import Curve, Place
from scenes.stage.theme import Layer, Theme
from scenes.stage.view import Array, View
from scenes.stage.world import World

__all__ = ["Fold"]

ELEVATION = math.radians(40)
BESIDE = math.radians(58)  # between the hinge's direction and the viewer's
TILT_TIME, FOLD_TIME = 1.3, 3.2


class Face(Figure):
    """One half of the sheet, on one side of the hinge, in the color of the face it shows."""

    layer = Layer.BEHIND

    def __init__(self, corners: Array, up: Array, theme: Theme) -> None:
        super().__init__(
            fill_color=theme.sheet,
            fill_opacity=0.75,
            stroke_color=theme.live,
            stroke_width=theme.line,
        )
        self.corners, self.up, self.theme, self.facing = bezier.polygon(corners), up, theme, True

    def pose(self, matrix: Array, view: View) -> None:
        """Map it; the color tells which face is seen."""
        self.points = view.place(self.corners @ matrix.T)
        (a, b), (c, d) = view.axes[:, : len(matrix)] @ matrix
        facing = bool(a * d - b * c > 0)
        if facing is not self.facing:
            self.facing = facing
            color = self.theme.sheet if facing else self.theme.sheet_back
            self.set_fill(color, family=False)
            rim = self.theme.live if facing else self.theme.live_back
            self.set_stroke(rim, family=False)

    def depth(self, matrix: Array, view: View) -> float:
        """Above the floor, or below it."""
        if len(matrix) < 3:
            return 0.0
        return float(np.tanh(3.0 * (matrix[2] @ self.corners.mean(axis=0))))


class Fold:
    """The staging of one part of a path that folds, forwards or back."""

    def __init__(
        self, scene: Any, world: World, part: la.LinearPath, *, back: bool = False
    ) -> None:
        self.scene, self.world, self.part, self.back = scene, world, part, back
        self.theme: Theme = scene.theme
        self.mirror = np.asarray(part.mirror, dtype=float)
        base = world.trail[-1].base if back else world.matrix
        self.base = np.array(base[:2])

    def play(
        self,
        *,
        names: dict[Label, str] | None = None,
        quiet: Iterable[Label] = (),
        colors: dict[Any, str] | None = None,
    ) -> None:
        """Tilt, fold, and look from above again."""
        scene, world = self.scene, self.world
        flat = world.view
        bright = max((getattr(line, "brightness", 1.0) for line in world.grid), default=1.0)
        reach = self._reach()
        cast = self._cast(reach)
        tilted = self._view(flat, reach)
        scene.play(
            Look(world, tilted, run_time=TILT_TIME),
            Appear(*cast, run_time=TILT_TIME),
            Dim(*world.grid, to=0.0, run_time=0.7 * TILT_TIME),
        )
        how: dict[str, Any] = {"names": names, "quiet": quiet, "colors": colors}
        how |= {"view": tilted, "run_time": FOLD_TIME}
        scene.play(Rewind(world, **how) if self.back else Deform(world, self.part, **how))
        marks = [world.landmarks()]
        after = scene.view_for(world, flat, marks)
        scene.play(
            Look(world, after, run_time=TILT_TIME),
            Vanish(*cast, run_time=0.8 * TILT_TIME),
            Dim(*world.grid, to=bright, run_time=TILT_TIME),
        )
        scene.dismiss(*cast)

    def _reach(self) -> float:
        marks = self.world.landmarks()[:, :2]
        far = float(np.linalg.norm(marks, axis=1).max(initial=1.0))
        return 1.2 * max(far, 1e-6)

    def _view(self, flat: View, reach: float) -> View:
        mx, my = self.mirror
        hinge, front = math.atan2(my, mx), -math.pi / 2
        choices = [hinge + k * math.pi + side * BESIDE for k in (0, 1) for side in (1, -1)]
        azimuth = front + min((math.remainder(a - front, 2 * math.pi) for a in choices), key=abs)
        m, n = self.mirror, np.array([-my, mx])
        corners = [reach * (a * m + b * n) for a in (1, -1) for b in (1, -1)]
        points = [[*c, 0.0] for c in corners]
        for angle in (math.pi / 3, math.pi / 2, 2 * math.pi / 3):
            for a in (1, -1):
                for b in (1, -1):
                    p = reach * (a * m + b * math.cos(angle) * n)
                    points.append([*p, b * math.sin(angle) * reach])
        turned = View(flat.rect, flat.center, flat.unit, azimuth, ELEVATION)
        return turned.fitted(points, margin=0.35)

    def _cast(self, reach: float) -> list[Any]:
        world, theme, m = self.world, self.theme, self.mirror
        n = np.array([-m[1], m[0]])
        undo = _undo(self.base)
        halves = []
        for side in (1.0, -1.0):
            corners = reach * np.array([-m, m, m + side * n, -m + side * n])
            halves.append(Face(corners @ undo.T, side * n, theme))
        lines = self._lines(reach)
        world.join(*halves, lines)
        floor = Curve(
            bezier.polygon(reach * np.array([m + n, m - n, -m - n, -m + n])),
            front=theme.ghost,
            width=theme.line,
            fill=0.55,
            fill_color=theme.floor,
            dash=(0.14, 0.1),
            counts=False,
            layer=Layer.BEHIND,
        )
        hinge = Curve(
            bezier.spanning(m, 1.06 * reach),
            front=theme.ink,
            width=theme.bold,
            counts=False,
            layer=Layer.LINE,
        )
        world.plant(floor, hinge)
        return [*halves, lines, floor, hinge, *self._angle(reach)]

    def _lines(self, reach: float) -> Curve:
        """The world's own grid, cut to the sheet."""
        theme, m = self.theme, self.mirror
        turn = np.array([m, [-m[1], m[0]]])  # into coordinates along and across the hinge
        count = 12
        u = self.world.view.step
        feet = u * np.arange(-count, count + 1)
        far = 4 * count * u
        starts = np.concatenate(
            [np.column_stack([feet, 0 * feet - far]), np.column_stack([0 * feet - far, feet])]
        )
        ends = np.concatenate(
            [np.column_stack([feet, 0 * feet + far]), np.column_stack([0 * feet + far, feet])]
        )
        box = Rect(-reach, -reach, reach, reach)
        pieces = visible(starts @ self.base.T @ turn.T, ends @ self.base.T @ turn.T, box)
        kept = np.array(pieces).reshape(-1, 4)
        undo = _undo(self.base)
        a, b = kept[:, :2] @ turn @ undo.T, kept[:, 2:] @ turn @ undo.T
        return Curve(
            bezier.segments(a, b) if len(kept) else np.zeros((0, 2)),
            front=theme.live,
            width=theme.thin * 1.2,
            opacity=0.7,
            counts=False,
            layer=Layer.BEHIND,
        )

    def _angle(self, reach: float) -> list[Any]:
        """The wedge at the near end of the hinge, with the angle of the moment."""
        world, theme, m = self.world, self.theme, self.mirror
        n = np.array([-m[1], m[0]])
        undo = _undo(self.base)
        far = reach * m
        view = self._view(world.view, reach)
        if view.depth(np.append(far, 0.0)[None])[0] < 0:
            far = -far
        radius = 0.3 * reach

        def angle() -> float:
            moved = world.matrix @ (undo @ n)
            height = float(moved[2]) if len(moved) > 2 else 0.0
            return math.atan2(height, float(moved[:2] @ n))

        def arc() -> Array:
            end = abs(angle())
            sign = 1.0 if angle() >= 0 else -1.0
            a = np.linspace(0.0, max(end, 1e-3), 24)[:, None]
            ring = np.cos(a) * np.append(n, 0.0) + sign * np.sin(a) * np.array([0.0, 0.0, 1.0])
            return bezier.polyline(np.append(far, 0.0) + radius * ring)

        wedge = Curve(arc, front=theme.ink, width=theme.line * 1.2, counts=False, layer=Layer.LINE)
        middle = Place(
            lambda: (
                np.append(far, 0.0)
                + radius
                * (
                    math.cos(angle() / 2) * np.append(n, 0.0)
                    + math.sin(angle() / 2) * np.array([0.0, 0.0, 1.0])
                )
            ),
            color=theme.ink,
        )
        degrees = Running(lambda: abs(math.degrees(angle())), [0, 180], decimals=0, unit="°")
        label: Label = self.scene.label(middle, degrees, color=theme.ink, size=0.85 * theme.label)
        world.plant(wedge, middle, label, frame=np.eye(3))
        return [wedge, middle, label]


def _undo(base: Array) -> Array:
    """Give what undoes a matrix; of a crushed plane, what it can."""
    is_crushed = np.linalg.matrix_rank(base, rtol=1e-9) < len(base)
    return np.asarray((np.linalg.pinv if is_crushed else np.linalg.inv)(base))
