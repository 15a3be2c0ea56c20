"""The stage: what scenes are made of."""

from scenes.stage.audit import Finding, audit
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
from scenes.stage.layout import Layout, Rect
from scenes.stage.panel import Readout, Row
from scenes.stage.scene import Basis, Beat, MatrixScene, N_, Timeline
from scenes.stage.theme import DARK, LIGHT, THEMES, Theme
from scenes.stage.window import Window
from scenes.stage.world import Deform, Rewind, Slide, World

__all__ = [
    "DARK",
    "LIGHT",
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
    "MatrixScene",
    "MissingFontError",
    "N_",
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
