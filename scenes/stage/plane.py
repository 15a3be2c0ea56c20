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
_DIRECTIONS = ((1, 0), (0, 1))
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
        # The same few mobjects for good: Manim asks what moves when a play begins,
        # and would go on drawing what has been replaced since.
        self._grid = [_still(theme.grid, theme.thin) for _ in _DIRECTIONS]
        self._axes = [_still(theme.axis, 1.8 * theme.thin) for _ in _DIRECTIONS]
        self.add(*self._grid, *self._axes)
        for figure in self.submobjects:
            figure.clip, figure.straight = window.rect, True
        self._text = say("1")
        self._text.clip = window.rect
        self.note = VGroup(self._text)  # drawn above what moves
        self.note.layer = 6
        self.redraw()

    def redraw(self) -> None:
        """Draw it at the window's present scale."""
        window = self.window
        step = window.step
        count = math.ceil(window.reach / step / 2) + 1
        for direction, grid, axis in zip(_DIRECTIONS, self._grid, self._axes, strict=True):
            grid.base = lines(direction, step, count, window.reach)
            axis.base = spanning(direction, window.reach)
        for figure in (*self._grid, *self._axes):
            figure.pose(_IDENTITY, window)
        text = self._text
        text.turn_into(self._say(f"{step:.10g}"))
        text.set_fill(opacity=float(self._always or not math.isclose(step, 1.0)))
        text.move_to(
            [
                window.rect.left + 0.22 + text.width / 2,
                window.rect.bottom + 0.2 + text.height / 2,
                0.0,
            ]
        )


def _still(color: str, width: float) -> Curve:
    return Curve(np.zeros((0, 2)), front=color, width=width, shown=False)


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
