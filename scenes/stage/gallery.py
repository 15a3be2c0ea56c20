"""Small pictures side by side, each in a frame, with a title above and a verdict below."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from manim import Rectangle

from scenes.stage.figure import set_presence
from scenes.stage.ground import Ground
from scenes.stage.layout import Rect
from scenes.stage.theme import Layer
from scenes.stage.view import Array
from scenes.stage.world import World

__all__ = ["framed"]

GAP = 0.2  # stage units between the frame and what stands above and below it


def framed(
    scene: Any, rect: Rect, above: Any, below: Any, *, marks: Array, lit: bool = False
) -> World:
    """Set up a still plane in a part of a stage, in which points (N, 2) fit; nothing is seen yet.

    `lit` draws its frame bolder than the others'.
    """
    theme = scene.theme
    for text in (above, below):
        text.scale(min(1.0, rect.width / text.width))
    room = replace(rect, top=rect.top - above.height - GAP, bottom=rect.bottom + below.height + GAP)
    frame = Rectangle(
        width=room.width,
        height=room.height,
        stroke_color=theme.ink if lit else theme.axis,
        stroke_width=theme.bold if lit else theme.line,
    ).move_to(room.center)
    middle = float(rect.center[0])
    above.move_to([middle, rect.top - above.height / 2, 0.0])
    below.move_to([middle, rect.bottom + below.height / 2, 0.0])
    world: World = scene.world(grid=False)
    world.ground = Ground(theme, scene._unit_note, grid=False, note=False)
    stage = scene.layout.stages[world.stage]
    for sign in (frame, above, below):
        world.signs.append(sign)
        for leaf in sign.get_family():
            leaf.clip, leaf.z_index = stage, float(Layer.LABEL)
    for piece in world.pieces():
        set_presence(piece, 0.0)
    flat = replace(scene.worlds[0].view, rect=room)
    world.view = flat.fitted(marks, margin=0.3, most=room.height / 3)
    return world
