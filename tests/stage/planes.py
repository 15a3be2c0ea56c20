"""Worlds without a scene."""

from __future__ import annotations

from typing import Any

import numpy as np

from scenes.stage.figure import set_presence
from scenes.stage.ground import Ground
from scenes.stage.labels import Label
from scenes.stage.layout import Layout
from scenes.stage.shapes import Arrow, Curve, Dot
from scenes.stage.text import Glyphs, prose
from scenes.stage.theme import DARK
from scenes.stage.view import View
from scenes.stage.world import World

STAGE = Layout.of("16:9").stages[0]
ABOVE = View(STAGE, (float(STAGE.center[0]), float(STAGE.center[1])), 1.2)


def say(number: str) -> Glyphs:
    return prose(f"one square = {number}", language="en", size=0.2, color=DARK.muted)


def plane(*figures: Any, dim: int = 2) -> World:
    """A world of which all is seen, from above."""
    world = World(Ground(DARK, say), dim=dim)
    world.join(*figures)
    for figure in figures:
        set_presence(figure, 1.0)
    world.look(ABOVE)
    world.draw()
    return world


def is_true(world: World) -> bool:
    """Whether every curve, arrow and dot is drawn as the matrix sends it."""
    for member in world.members:
        figure = member.figure
        M = world.matrix if member.frame is None else member.frame
        if isinstance(figure, Curve):
            here, base = np.asarray(figure.points), figure.drawn
            there = world.view.place(base @ M[:, : base.shape[1]].T)
        elif isinstance(figure, Arrow):
            here, there = np.array(figure.drawn[1]), figure.ends(M, world.view)[1]
        elif isinstance(figure, Dot):
            here = np.asarray(figure.points).mean(axis=0)
            there = world.view.spot(M[:, : len(figure.point)] @ figure.point)
        elif isinstance(figure, Label):
            here = figure.tip
            there = world.view.spot(M[:, :2] @ figure.anchor.vector)[:2]  # type: ignore[attr-defined]
        else:
            continue
        if here.shape != there.shape or not np.allclose(here, there, atol=1e-6):
            return False
    return True
