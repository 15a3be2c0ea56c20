"""A number line in the plane: ticks at the multiples of a vector, with their numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from scenes.stage.figure import Given, read
from scenes.stage.shapes import Ticks
from scenes.stage.view import nice_step
from scenes.stage.world import World

__all__ = ["scale_on"]


def scale_on(scene: Any, world: World, vector: Given, *, color: str) -> list[Any]:
    """Plant ticks at multiples of a vector, as far as the stage shows now, and their numbers.

    Gives what is to appear.
    """
    u, theme = read(vector), scene.theme
    length = world.view.unit * float(np.linalg.norm(u))
    least = 0.75 * scene.layout.text
    step = 1.0 if least <= length <= 4.0 else nice_step(least / length)
    ends = [world.view.way_out(side * u, 0.3) for side in (-1, 1)]
    if max(ends) < 2 * step:  # one number alone is no scale
        step = nice_step(1.4 * least / length)
    numbers = [k * step for k in range(-int(ends[0] / step), int(ends[1] / step) + 1)]
    ticks = Ticks(u, numbers, color=color, width=theme.line * 1.3)
    world.plant(ticks)
    marks: list[Any] = [ticks]
    x, y = u / np.linalg.norm(u)
    for value in numbers:
        spot = scene.dot(value * u, color, radius=0.0)
        name = scene.label(spot, f"{value:g}", color=color, size=0.8 * theme.label)
        name.facing = np.array([y, -x])  # to the right of the line
        world.plant(spot, name)
        marks.append(name)
    return marks
