"""The stage: what scenes are made of."""

from scenes.stage.audit import Finding, audit
from scenes.stage.card import MatrixCard
from scenes.stage.cast import Basis
from scenes.stage.figures import (
    Arrow,
    Curve,
    Dot,
    Figure,
    Label,
    Sweep,
    circle,
    lines,
    polygon,
    spanning,
)
from scenes.stage.fonts import MissingFontError
from scenes.stage.frame import N_, Beat, Timeline
from scenes.stage.layout import Layout, Rect
from scenes.stage.panel import Readout, Row
from scenes.stage.scene import MatrixScene
from scenes.stage.theme import DARK, LIGHT, THEMES, Theme
from scenes.stage.window import Window
from scenes.stage.world import Deform, Rewind, Slide, World

__all__ = [
    "DARK",
    "LIGHT",
    "N_",
    "THEMES",
    "Arrow",
    "Basis",
    "Beat",
    "Curve",
    "Deform",
    "Dot",
    "Figure",
    "Finding",
    "Label",
    "Layout",
    "MatrixCard",
    "MatrixScene",
    "MissingFontError",
    "Readout",
    "Rect",
    "Rewind",
    "Row",
    "Slide",
    "Sweep",
    "Theme",
    "Timeline",
    "Window",
    "World",
    "audit",
    "circle",
    "lines",
    "polygon",
    "spanning",
]
