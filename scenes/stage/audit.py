"""The audit: looks at the stage at the end of every beat, without rasterising."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from manim import Mobject, VMobject

from scenes.stage.figures import Arrow, Curve, Dot, Figure, Label, along
from scenes.stage.frame import area_of
from scenes.stage.layout import Rect
from scenes.stage.scene import MatrixScene
from scenes.stage.text import Formula, Glyphs
from scenes.stage.theme import contrast
from scenes.stage.world import World

__all__ = ["Finding", "audit"]

_Array = npt.NDArray[np.float64]

TEXT_CONTRAST, LINE_CONTRAST = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
SEEN = 0.05  # opacity from which a thing counts as visible
PALE = 0.5  # what is paler is a ghost: it may lie behind other things


class Finding(NamedTuple):
    """What is wrong, in which beat of which scene, and between which things."""

    scene: str
    beat: str
    fault: str
    things: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.scene}, beat {self.beat}: {self.fault}: {' / '.join(self.things)}"


def audit(scene: type[MatrixScene], **parameters: Any) -> list[Finding]:
    """Rehearse a scene and give all that is wrong with how it looks.

    Text that overlaps text or a line, anything outside its area, text that is
    too small, contrast that is too low, a label too far from its arrow, and a
    picture that disagrees with its world's matrix.
    """
    findings: list[Finding] = []

    def look(running: MatrixScene, beat: str) -> None:
        findings.extend(
            Finding(scene.__name__, beat, fault, tuple(things))
            for fault, *things in _faults(running)
        )

    scene.rehearse(at_beat_end=look, **parameters)
    return findings


def _faults(scene: MatrixScene) -> Iterator[tuple[str, ...]]:
    shown = list(
        {
            id(member): (member, area)
            for member, area in [
                (member, area_of(member))
                for mobject in scene.mobjects
                for member in mobject.get_family()
                if isinstance(member, VMobject) and len(member.points) and _opacity(member) > SEEN
            ]
        }.values()
    )
    texts = [(member, area) for member, area in shown if isinstance(member, Glyphs)]
    figures = [member for member, _ in shown if isinstance(member, Figure)]
    yield from _crowded(scene, [text for text, _ in texts])
    yield from _covered([text for text, _ in texts if isinstance(text, Label)], figures)
    yield from _misplaced(scene, texts, figures)
    yield from _illegible(scene, texts, figures)
    for world in scene.worlds:
        yield from _untrue(world, {id(figure) for figure in figures})


def _opacity(mobject: VMobject) -> float:
    return max(
        float(mobject.get_fill_opacity()),
        float(mobject.get_stroke_opacity()) if mobject.get_stroke_width() > 0 else 0.0,
    )


def _rect(mobject: VMobject) -> Rect:
    low, high = mobject.points[:, :2].min(axis=0), mobject.points[:, :2].max(axis=0)
    return Rect(*map(float, (*low, *high)))


def _crowded(scene: MatrixScene, texts: list[Glyphs]) -> Iterator[tuple[str, ...]]:
    """Text over text. The parts of one formula are set by Typst, side by side."""
    formula = {
        id(part): id(group)
        for mobject in scene.mobjects
        for group in mobject.get_family()
        if isinstance(group, Formula)
        for part in group
    }
    boxes = [(text, _rect(text).inset(0.012)) for text in texts]
    for (a, box_a), (b, box_b) in combinations(boxes, 2):
        same = formula.get(id(a), a) == formula.get(id(b), b)
        if not same and box_a.overlaps(box_b):
            yield "text overlaps text", a.text, b.text


def _covered(labels: list[Label], figures: list[Figure]) -> Iterator[tuple[str, ...]]:
    """A label over an arrow or an outline."""
    for figure in figures:
        if isinstance(figure, Dot) or _opacity(figure) < PALE:
            continue
        if isinstance(figure, Curve) and not figure.shown:
            continue
        samples = along(np.asarray(figure.points), 25)
        for label in labels:
            box = _rect(label).inset(0.03)
            inside = (
                (samples[:, 0] > box.left)
                & (samples[:, 0] < box.right)
                & (samples[:, 1] > box.bottom)
                & (samples[:, 1] < box.top)
            )
            if inside.any():
                yield "a label covers a line", label.text, _name(figure)


def _misplaced(
    scene: MatrixScene, texts: list[tuple[Glyphs, str]], figures: list[Figure]
) -> Iterator[tuple[str, ...]]:
    """Anything outside its area; a label too far from what it names."""
    layout = scene.layout
    for text, area in texts:
        if not any(rect.contains(_rect(text)) for rect in layout.areas[area]):
            yield f"text leaves the {area}", text.text
        if isinstance(text, Label):
            box = _rect(text)
            nearest = np.clip(text.tip, [box.left, box.bottom], [box.right, box.top])
            if np.linalg.norm(nearest - text.tip) > Label.FARTHEST:
                yield "a label is far from its arrow", text.text
    for figure in figures:
        if (
            isinstance(figure, Arrow)
            and _opacity(figure) > PALE
            and not any(rect.inset(0.05).contains(_rect(figure)) for rect in layout.stages)
        ):
            yield "an arrow leaves its stage", _name(figure)


def _illegible(
    scene: MatrixScene, texts: list[tuple[Glyphs, str]], figures: list[Figure]
) -> Iterator[tuple[str, ...]]:
    """Text too small; contrast too low for text, or for a line that carries meaning."""
    theme = scene.theme
    grounds = {"panel": theme.panel, "strip": theme.strip, "stage": theme.background}
    for text, area in texts:
        if text.cap_height < theme.minimum - 1e-6:
            yield f"text is only {text.cap_height:.3f} high", text.text
        color = _blend(text.get_fill_color().to_hex(), grounds[area], text.get_fill_opacity())
        if text.get_fill_opacity() > PALE and contrast(color, grounds[area]) < TEXT_CONTRAST:
            yield f"text has contrast {contrast(color, grounds[area]):.2f}", text.text
    for figure in figures:
        if _opacity(figure) < PALE:
            continue
        color = (
            figure.get_stroke_color() if isinstance(figure, Curve) else figure.get_fill_color()
        ).to_hex()
        if color in (theme.grid, theme.axis):
            continue  # the still grid only helps to measure
        if contrast(color, theme.background) < LINE_CONTRAST:
            yield f"a line has contrast {contrast(color, theme.background):.2f}", _name(figure)


def _blend(color: str, ground: str, opacity: float) -> str:
    mixed = (
        round(opacity * int(color[k : k + 2], 16) + (1 - opacity) * int(ground[k : k + 2], 16))
        for k in (1, 3, 5)
    )
    return "#" + "".join(f"{channel:02X}" for channel in mixed)


def _untrue(world: World, shown: set[int]) -> Iterator[tuple[str, ...]]:
    """A picture that disagrees with its world's matrix."""
    window, M = world.window, world.matrix
    flat = window.unit * np.asarray(M)[:2]
    for figure in world.submobjects:
        if id(figure) not in shown:
            continue
        if isinstance(figure, Curve):
            here, there = np.asarray(figure.points)[:, :2], figure.base @ flat.T
        elif isinstance(figure, Arrow):
            tail, tip = figure.drawn
            here = np.stack([tail, tip])[:, :2]
            there = np.stack([figure.tail, figure.tail + figure.vector]) @ flat.T
            if np.linalg.norm(there[1] - there[0]) < 1.2 * figure.DOT * figure.size:
                there[1] = there[0]  # a dot stands at the tail
        elif isinstance(figure, Dot):
            here = np.asarray(figure.get_center())[None, :2]
            there = figure.point[None] @ flat.T
        else:
            continue
        if not np.allclose(
            here - window.center[:2], there, atol=1e-6 * max(1.0, np.abs(there).max())
        ):
            yield "a picture disagrees with its matrix", _name(figure)


def _name(mobject: Mobject) -> str:
    if isinstance(mobject, Arrow):
        return f"arrow {np.round(mobject.vector, 3)}"
    return type(mobject).__name__.lower()
