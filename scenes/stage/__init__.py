"""The stage: what scenes are made of."""

from scenes.stage.chart import Swing
from scenes.stage.clip_scene import N_, Beat, ClipScene, Timeline
from scenes.stage.figure import Value
from scenes.stage.matrix_scene import Basis, MatrixScene
from scenes.stage.motion import (
    After,
    Appear,
    Chain,
    Change,
    Deform,
    Dim,
    Draw,
    Entries,
    Fly,
    Glide,
    Look,
    Pulse,
    Recolor,
    Rename,
    Rewind,
    Rock,
    Vanish,
    linear,
    smooth,
)
from scenes.stage.panel import RULE, Either

__all__ = [
    "N_",
    "RULE",
    "After",
    "Appear",
    "Basis",
    "Beat",
    "Chain",
    "Change",
    "ClipScene",
    "Deform",
    "Dim",
    "Draw",
    "Either",
    "Entries",
    "Fly",
    "Glide",
    "Look",
    "MatrixScene",
    "Pulse",
    "Recolor",
    "Rename",
    "Rewind",
    "Rock",
    "Swing",
    "Timeline",
    "Value",
    "Vanish",
    "linear",
    "smooth",
]
