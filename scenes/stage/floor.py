"""The floor of space: a squared piece of the ground plane, and which way is up."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
from manim import VMobject

from scenes.stage import bezier
from scenes.stage.figure import paint
from scenes.stage.ground import Ground
from scenes.stage.text import Glyphs, math
from scenes.stage.theme import Layer, Theme
from scenes.stage.view import Array, View, nice_step

__all__ = ["Floor"]


class Floor(Ground):
    """What stands still in space: the floor, cut to a square, and the three axes in a corner.

    Parameters
    ----------
    reach
        Half the floor's side in mathematical units; the stage rounds it to whole squares.
    over
        Points (N, ≥2) that it lies under, with some room round them, in place of `reach`.
    note
        Whether the unit and the axes are drawn.
    axes
        The letters of the axes; the last one points up.
    """

    TRIAD = 0.55  # stage units

    def __init__(
        self,
        theme: Theme,
        say: Callable[[str], Glyphs],
        *,
        reach: float = 3.0,
        over: npt.ArrayLike | None = None,
        always: bool = False,
        note: bool = True,
        axes: str = "xyz",
    ) -> None:
        super().__init__(theme, say, always=always, grid=False, axes=False, note=note)
        self.step, self.sides = _sides(reach, over)
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
        self._letters = [math(name, size=0.7 * theme.label, color=theme.muted) for name in axes]
        for piece in (self._tile, self._squares):
            piece.z_index = float(Layer.HOUSE) + 0.5
        for sign in (self._triad, *self._letters):
            sign.z_index = float(Layer.LABEL)

    @property
    def corners(self) -> Array:
        """Its four corners (4, 3)."""
        (x0, y0), (x1, y1) = self.sides
        return np.array([(x1, y1, 0.0), (x1, y0, 0.0), (x0, y0, 0.0), (x0, y1, 0.0)])

    @property
    def paving(self) -> list[VMobject]:
        """The tile, its squares and how wide they are: all but the axes in the corner."""
        return [self._tile, self._squares, self._note]

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
        step = self.step
        self._tile.points = view.place(bezier.polygon(self.corners))
        x, y = (step * np.arange(np.ceil(a / step), b / step + 0.1) for a, b in self.sides.T)
        ends = [
            np.concatenate([np.column_stack([x, 0 * x + y_]), np.column_stack([0 * y + x_, y])])
            for x_, y_ in self.sides
        ]
        self._squares.points = view.place(bezier.segments(*ends))
        corner = np.array([view.rect.left + 0.95, view.rect.bottom + 1.0])
        tips = self.TRIAD * view.axes.T  # (3, 2)
        strokes = []
        for k, tip in enumerate(tips):
            strokes.append(bezier.polyline([[*corner, 0.0], [*(corner + tip), 0.0]]))
            length = float(np.linalg.norm(tip))
            letter = self._letters[k]
            away = tip / length if length > 0.12 else np.zeros(2)
            letter.strength = float(self._noted and length > 0.12)
            spot = corner + tip + 0.2 * away
            if spot[1] < view.rect.bottom + 0.6:  # there the unit stands
                spot = np.array([spot[0] + 0.2, view.rect.bottom + 0.6])
            for other in self._letters[:k]:  # two axes on one line
                x, y, _ = other.get_center()
                if other.strength and max(abs(spot[0] - x), abs(spot[1] - y)) < 0.3:
                    spot = np.array([spot[0], y - 0.3])
            letter.move_to([*spot, 0.0])
            letter.clip = view.rect
            paint(letter)
        self._triad.points = np.concatenate(strokes)
        self._triad.set_stroke(opacity=float(self._noted))
        for piece in (self._tile, self._squares, self._triad):
            piece.clip = view.rect
        self._label(view, step)


def _sides(reach: float, over: npt.ArrayLike | None) -> tuple[float, Array]:
    """Give the side of a square, and the floor's lower left and upper right corner (2, 2)."""
    if over is None:
        step = nice_step(reach / 4)
        far = max(1, round(reach / step)) * step
        return step, far * np.array([[-1.0, -1.0], [1.0, 1.0]])
    points = np.vstack([np.zeros((1, 2)), np.asarray(over, dtype=float)[:, :2]])
    most = float(np.abs(points).max()) or 1.0
    step = 1.0 if 1.0 <= most <= 4.0 else nice_step(most / 4)
    low, high = points.min(axis=0) / step, points.max(axis=0) / step
    return step, step * np.stack([np.floor(2 * low - 0.6), np.ceil(2 * high + 0.6)]) / 2
