"""The floor of space: a squared patch of the ground plane, and which way is up."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from manim import VMobject

from scenes.stage import bezier
from scenes.stage.figure import paint
from scenes.stage.ground import Ground
from scenes.stage.text import Glyphs, math
from scenes.stage.theme import Layer, Theme
from scenes.stage.view import View, nice_step

__all__ = ["Floor"]


class Floor(Ground):
    """What stands still in space: the floor, cut to a square, and the three axes in a corner.

    Parameters
    ----------
    reach
        Half the floor's side in mathematical units; the stage rounds it to whole squares.
    """

    TRIAD = 0.55  # stage units

    def __init__(
        self,
        theme: Theme,
        say: Callable[[str], Glyphs],
        *,
        reach: float = 3.0,
        always: bool = False,
    ) -> None:
        super().__init__(theme, say, always=always, grid=False, axes=False)
        self.reach = reach
        self._tile = VMobject(
            fill_color=theme.grid,
            fill_opacity=0.35,
            stroke_color=theme.axis,
            stroke_width=theme.line,
        )
        self._squares = VMobject(
            stroke_color=theme.axis, stroke_width=theme.thin, stroke_opacity=0.7
        )
        self._triad = VMobject(stroke_color=theme.muted, stroke_width=1.4 * theme.line)
        self._letters = [math(name, size=0.7 * theme.label, color=theme.muted) for name in "xyz"]
        for piece in (self._tile, self._squares):
            piece.z_index = float(Layer.HOUSE) + 0.5
        for sign in (self._triad, *self._letters):
            sign.z_index = float(Layer.LABEL)

    def pieces(self) -> Iterator[VMobject]:
        """Give what is drawn."""
        yield self._tile
        yield self._squares
        yield self._triad
        yield from self._letters
        yield self._note

    def notes(self) -> list[Glyphs]:
        """Give the texts that labels keep clear of."""
        return [self._note, *self._letters]

    def draw(self, view: View) -> None:
        """Draw it as the view shows it; nothing happens if the view has not changed."""
        if view == self._view:
            return
        self._view = view
        step = nice_step(self.reach / 4)
        count = max(1, round(self.reach / step))
        far = count * step
        corners = far * np.array([[1, 1], [1, -1], [-1, -1], [-1, 1]], dtype=float)
        self._tile.points = view.place(bezier.polygon(corners))
        families = [bezier.lines(d, step, count, far) for d in ((1.0, 0.0), (0.0, 1.0))]
        self._squares.points = view.place(np.concatenate(families))
        corner = np.array([view.rect.left + 0.95, view.rect.bottom + 0.85])
        tips = self.TRIAD * view.axes.T  # (3, 2)
        strokes = []
        for k, tip in enumerate(tips):
            strokes.append(bezier.polyline([[*corner, 0.0], [*(corner + tip), 0.0]]))
            length = float(np.linalg.norm(tip))
            letter = self._letters[k]
            away = tip / length if length > 0.12 else np.zeros(2)
            letter.strength = float(length > 0.12)
            letter.move_to([*(corner + tip + 0.2 * away), 0.0])
            letter.clip = view.rect
            paint(letter)
        self._triad.points = np.concatenate(strokes)
        for piece in (self._tile, self._squares, self._triad):
            piece.clip = view.rect
        self._label(view, step)
