"""Small pictures side by side, each in a frame, with a title above and a verdict below."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from manim import Rectangle

from scenes.stage.figure import set_presence
from scenes.stage.ground import Ground
from scenes.stage.theme import Layer
from scenes.stage.world import World

__all__ = ["Exhibit", "gallery"]

GAP = 0.2  # stage units between frames, and between a frame and its texts


class Exhibit(NamedTuple):
    """What one picture is to hold."""

    above: Any
    below: Any
    marks: npt.ArrayLike
    """Points (N, 2) that fit in it."""
    lit: bool = False
    """Whether its frame is bolder than the others'."""


def gallery(scene: Any, exhibits: Sequence[Exhibit], stage: int = 0) -> list[World]:
    """Set up still planes that share a stage, from left to right; nothing of them is seen yet."""
    rects = scene.layout.stages[stage].inset(GAP, 1.5 * GAP).columns([1] * len(exhibits), GAP)
    texts = [text for each in exhibits for text in (each.above, each.below)]
    scale = min(1.0, *(0.92 * rects[0].width / text.width for text in texts))
    for text in texts:  # all by the same factor: they are one row
        text.scale(scale)
    head = max(each.above.height for each in exhibits) + GAP
    foot = max(each.below.height for each in exhibits) + GAP
    return [
        _hung(scene, each, replace(rect, top=rect.top - head, bottom=rect.bottom + foot), stage)
        for each, rect in zip(exhibits, rects, strict=True)
    ]


def _hung(scene: Any, exhibit: Exhibit, room: Any, stage: int) -> World:
    theme, (above, below, marks, lit) = scene.theme, exhibit
    world: World = scene.world(stage=stage, grid=False)
    world.ground = Ground(theme, scene._unit_note, grid=False, note=False)
    flat = replace(scene.worlds[0].view, rect=room)
    most = math.inf if np.any(marks) else room.height / 3  # a point alone has no scale
    world.view = flat.fitted(np.asarray(marks), margin=0.3, most=most)
    world.draw()
    frame = Rectangle(
        width=room.width,
        height=room.height,
        stroke_color=theme.ink if lit else theme.axis,
        stroke_width=theme.bold if lit else theme.line,
    ).move_to(room.center)
    middle = float(room.center[0])
    above.move_to([middle, room.top + GAP + above.height / 2, 0.0])
    below.move_to([middle, room.bottom - GAP - below.height / 2, 0.0])
    for sign in (frame, above, below):
        world.signs.append(sign)
        for leaf in sign.get_family():
            leaf.clip, leaf.z_index = scene.layout.stages[stage], float(Layer.LABEL)
    for piece in world.pieces():
        set_presence(piece, 0.0)
    return world
