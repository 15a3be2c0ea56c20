"""Small pictures for the panel: a plane, a line and a point; a tick and a cross."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup, VMobject

from scenes.stage import bezier
from scenes.stage.theme import Theme
from scenes.stage.view import Array

__all__ = ["Dimensions", "Tick"]


class Dimensions(VGroup):
    """A plane, a line and a point side by side, each over its name.

    Parameters
    ----------
    names
        What stands below them, in this order.
    """

    def __init__(self, names: Sequence[VMobject], theme: Theme) -> None:
        u = theme.math
        outlines = (
            bezier.polygon(u * np.array([(-1.7, -0.75), (0.9, -0.75), (1.7, 0.75), (-0.9, 0.75)])),
            bezier.polyline(u * np.array([(-1.5, -0.7), (1.5, 0.7)])),
            bezier.circle(0.3 * u),
        )
        super().__init__()
        self.pictures: list[VMobject] = []
        x = 0.0
        for points, name, fill in zip(outlines, names, (0.25, 0.0, 1.0), strict=True):
            picture = VMobject(
                stroke_color=theme.ink,
                stroke_width=1.3 * theme.line,
                fill_color=theme.ink,
                fill_opacity=fill,
            )
            half = max(float(name.width) / 2, 1.5 * u)
            x += half
            picture.points = _flat(points) + np.array([x, 0.0, 0.0])
            name.shift([x - name.get_center()[0], -2.2 * u - name.baseline, 0.0])
            x += half + 0.7 * u
            self.pictures.append(picture)
            self.add(VGroup(picture, name))

    def of(self, dimension: int) -> VGroup:
        """Give the picture with that many dimensions, and its name."""
        return self[2 - dimension]

    def besides(self, dimension: int) -> list[VGroup]:
        """Give the others."""
        return [each for k, each in enumerate(self) if k != 2 - dimension]


class Tick(VMobject):
    """A tick, or a cross: yes or no, told apart by shape and color."""

    def __init__(self, is_yes: bool, size: float, theme: Theme) -> None:
        super().__init__(
            stroke_color=theme.good if is_yes else theme.bad, stroke_width=1.3 * theme.bold
        )
        tick = [[(-0.5, 0.0), (-0.15, -0.45), (0.55, 0.5)]]
        cross = [[(-0.4, -0.45), (0.4, 0.45)], [(-0.4, 0.45), (0.4, -0.45)]]
        strokes = (size * np.array(corners) for corners in (tick if is_yes else cross))
        self.points = _flat(np.concatenate([bezier.polyline(each) for each in strokes]))


def _flat(points: Array) -> Array:
    return np.column_stack([points, np.zeros(len(points))])
