"""A line of the plane that slides, and the strip that it sweeps, under the world's matrix."""

from __future__ import annotations

from typing import Any

import numpy as np

from scenes.stage import bezier
from scenes.stage.figure import Given, Value, read
from scenes.stage.shapes import Curve, Dots
from scenes.stage.theme import Layer
from scenes.stage.view import Array
from scenes.stage.world import World

__all__ = ["Sweep"]

BEADS = 8  # on each side: enough to see that the line moves


class Sweep:
    """The multiples of `along`, slid along `across`: a whole plane, or the line itself again.

    Its figures join the world: `first` is the line through 0, `moving` the one that
    slides, with `beads` on it, `strip` what has been swept on both sides. `at` says how
    many times `across` the line has slid, `half` how far the strip reaches.
    """

    def __init__(
        self, world: World, along: Given, across: Given, *, color: str, tint: str, width: float
    ) -> None:
        self.world, self.along, self.across = world, read(along), read(across)
        self.at, self.half = Value(0.0), Value(0.0)
        style: dict[str, Any] = {"front": color, "width": width, "counts": False}
        self.first = Curve(lambda: self._line(0.0), **style)
        self.moving = Curve(lambda: self._line(self.at.now), **style)
        self.first.is_line = self.moving.is_line = True
        numbers = np.arange(-BEADS, BEADS + 1)[:, None]
        self.beads = Dots(lambda: numbers * self.along + self.at.now * self.across, color=color)
        self.strip = Curve(
            self._strip, front=tint, fill=0.13, width=0.0, counts=False, layer=Layer.REGION
        )
        world.join(self.strip, self.first, self.moving, self.beads)

    def gap(self, matrix: Given) -> float:
        """How far a matrix takes `across` off the line."""
        return float(np.linalg.norm(read(matrix) @ self._aside(1.0, read(matrix))))

    def enough(self, matrix: Given) -> float:
        """How many times `across`, which leads off the line, sweep all that the stage shows."""
        return 2 * self.world.view.reach / self.gap(matrix)

    def foot(self, times: float) -> Array:
        """Where the line is nearest to 0, slid so many times, as the world sends it."""
        return np.asarray(self.world.matrix @ self._aside(times, self.world.matrix))

    def _aside(self, times: float, matrix: Array) -> Array:
        """Where the line slid so far meets the line through 0 at right angles: in sight."""
        a, b = matrix @ self.along, matrix @ self.across
        return np.asarray(times * (self.across - (a @ b) / (a @ a) * self.along))

    def _reach(self) -> float:
        return 3 * self.world.view.reach / float(np.linalg.norm(self.world.matrix @ self.along))

    def _line(self, times: float) -> Array:
        u = self._reach() * self.along
        foot = self._aside(times, self.world.matrix)
        return bezier.polyline([foot - u, foot + u])

    def _strip(self) -> Array:
        w, u = self._aside(self.half.now, self.world.matrix), self._reach() * self.along
        return bezier.polygon([w - u, w + u, u - w, -u - w])
