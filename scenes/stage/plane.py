"""The ground a world stands on: still grid, axes, and the unit when it is not 1."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from manim import VGroup

from scenes.stage.figures import Curve, Figure, Grid, lines, spanning
from scenes.stage.text import Glyphs
from scenes.stage.theme import Theme
from scenes.stage.window import Window

__all__ = ["Ground", "sheet"]

_IDENTITY = np.eye(2)
MOST_LINES = 40  # on each side of an axis: beyond it a grid is a gray area


class Ground(VGroup):
    """What stands still behind a world.

    Parameters
    ----------
    say
        Sets "one square = 5" in the clip's language, given the number as text.
    always
        Whether to say it even if the number is 1: two planes side by side may
        differ in scale.
    """

    def __init__(
        self, window: Window, theme: Theme, say: Callable[[str], Glyphs], *, always: bool = False
    ) -> None:
        super().__init__()
        self.window, self.theme, self._say, self._always = window, theme, say, always
        self.note = VGroup()  # drawn above what moves
        self.note.layer = 6
        self.redraw()

    def redraw(self) -> None:
        """Draw it at the window's present scale."""
        window = self.window
        step = window.step
        count = math.ceil(window.reach / step / 2) + 1
        grid = [
            Curve(
                lines(direction, step, count, window.reach),
                front=self.theme.grid,
                width=self.theme.thin,
                shown=False,
            )
            for direction in ((1, 0), (0, 1))
        ]
        axes = [
            Curve(
                spanning(direction, window.reach),
                front=self.theme.axis,
                width=1.8 * self.theme.thin,
                shown=False,
            )
            for direction in ((1, 0), (0, 1))
        ]
        self.submobjects = [*grid, *axes]
        for figure in self.submobjects:
            figure.clip, figure.straight = window.rect, True
            figure.pose(_IDENTITY, window)
        if self._always or not math.isclose(step, 1.0):
            note = self._say(f"{step:.10g}")
            note.move_to(
                [
                    window.rect.left + 0.22 + note.width / 2,
                    window.rect.bottom + 0.2 + note.height / 2,
                    0.0,
                ]
            )
            self.note.submobjects = [note]
        else:
            self.note.submobjects = []


def sheet(window: Window, theme: Theme, least: float) -> tuple[Figure, Figure]:
    """Give the world's own grid: vertical lines, then horizontal ones.

    `least` is the smallest factor by which the world shrinks in any direction;
    the sheet is made so large that it still fills the stage then, up to
    forty lines to a side.
    """
    step = window.step
    half = window.reach / 2
    extent = min(half / max(least, 1e-9), MOST_LINES * step)
    extent = step * math.ceil(max(extent, half) / step)
    count = round(extent / step)
    vertical, horizontal = (
        Grid(
            direction,
            step,
            count,
            extent,
            front=theme.live,
            back=theme.back,
            width=theme.line,
            opacity=0.6,
        )
        for direction in ((0, 1), (1, 0))
    )
    return vertical, horizontal
