"""The ground a world stands on: still grid, axes, and the unit when it is not 1."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
from manim import VMobject

from scenes.stage import bezier
from scenes.stage.figure import leaves, paint
from scenes.stage.text import Glyphs
from scenes.stage.theme import Layer, Theme
from scenes.stage.view import Array, View, nice_step

__all__ = ["Ground"]


class Ground:
    """What stands still behind a world of the plane; in space, its floor.

    Parameters
    ----------
    say
        Sets "one square = 5" in the clip's language, given the number as text.
    always
        Whether to say it even if the number is 1: two planes side by side may differ in
        scale.
    grid, axes, note
        Whether they are drawn.
    """

    FADES, FULL = 0.26, 0.42  # stage units between two lines, where they vanish and are full

    def __init__(
        self,
        theme: Theme,
        say: Callable[[str], Glyphs],
        *,
        always: bool = False,
        grid: bool = True,
        axes: bool = True,
        note: bool = True,
    ) -> None:
        self.theme, self._say, self._always = theme, say, always
        self._noted = note
        self._levels = [_Still(theme.grid, theme.thin) for _ in range(2)] if grid else []
        self._axes = _Still(theme.axis, 1.8 * theme.thin) if axes else None
        self._note = say("1")
        self._note.z_index = float(Layer.LABEL)
        self._view: View | None = None
        for line in self._lines():
            line.z_index = float(Layer.FLOOR)

    def _lines(self) -> list[_Still]:
        return [*self._levels, *([self._axes] if self._axes is not None else [])]

    def pieces(self) -> Iterator[VMobject]:
        """Give what is drawn."""
        yield from self._lines()
        yield self._note

    def notes(self) -> list[Glyphs]:
        """Give the texts that labels keep clear of."""
        return [self._note]

    def draw(self, view: View) -> None:
        """Draw it as the view shows it; nothing happens if the view has not changed."""
        if view == self._view:
            return
        self._view = view
        for line in self._lines():
            line.clip = view.rect
        step = view.step
        above = view.is_from_above
        flatness = _flatness(view)
        levels = [step, nice_step(step * 1.01)]
        for line, size in zip(self._levels, levels, strict=False):
            gap = size * view.unit
            line.strength = float(np.clip((gap - self.FADES) / (self.FULL - self.FADES), 0, 1))
            line.strength *= flatness if size == step else flatness * (gap < 1.2)
            line.points = _grid_lines(view, size)
            paint(line)
        if self._axes is not None:
            reach = view.reach if above else 1.6 * view.reach
            axes = [bezier.spanning(d, reach) for d in ((1.0, 0.0), (0.0, 1.0))]
            self._axes.points = view.place(np.concatenate(axes))
        self._label(view, step)

    def _label(self, view: View, step: float) -> None:
        note = self._note
        text = self._say(f"{step:.10g}")
        if text.text != note.text:
            note.turn_into(text)
        note.clip = view.rect
        note.strength = float(self._noted and (self._always or not math.isclose(step, 1.0)))
        note.move_to(
            [
                view.rect.left + 0.22 + note.width / 2,
                view.rect.bottom + 0.2 + note.height / 2,
                0.0,
            ]
        )
        for leaf in leaves(note):
            paint(leaf)


class _Still(VMobject):
    """Lines that stand still."""

    is_line = True

    def __init__(self, color: str, width: float) -> None:
        super().__init__(stroke_color=color, stroke_width=width, stroke_opacity=1.0)
        self.strength = 1.0


def _flatness(view: View) -> float:
    """1 seen from above; less in a tilted view, where an endless grid only confuses."""
    return (
        float(np.clip((view.elevation - 0.7) / (math.pi / 2 - 0.7), 0.0, 1.0)) ** 2
        if (not view.is_from_above)
        else 1.0
    )


def _grid_lines(view: View, step: float) -> Array:
    count = math.ceil(view.reach / step) + 1
    reach = view.reach * (1.0 if view.is_from_above else 1.5)
    families = [bezier.lines(d, step, count, reach) for d in ((1.0, 0.0), (0.0, 1.0))]
    return view.place(np.concatenate(families))
