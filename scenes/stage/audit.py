"""The audit: looks at every stage at the end of every beat, without rasterising."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from manim import VMobject

from scenes.stage.caption import Paragraph
from scenes.stage.card import MatrixCard
from scenes.stage.clip_scene import ClipScene
from scenes.stage.figure import Figure, is_seen, leaves
from scenes.stage.labels import Label
from scenes.stage.layout import Rect
from scenes.stage.shapes import Arrow, Curve, Dot, Lines
from scenes.stage.solids import Patch
from scenes.stage.text import Formula, Glyphs
from scenes.stage.theme import contrast
from scenes.stage.view import box_of
from scenes.stage.walk import Leg, Ruler
from scenes.stage.world import World

__all__ = ["Finding", "audit"]

TEXT_CONTRAST, LINE_CONTRAST = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
PALE = 0.6  # what is paler has stepped back on purpose: it may lie behind other things


class Finding(NamedTuple):
    """What is wrong, in which beat of which scene, and between which things."""

    scene: str
    beat: str
    fault: str
    things: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.scene}, beat {self.beat}: {self.fault}: {' / '.join(self.things)}"


def audit(scene: type[ClipScene], **parameters: Any) -> list[Finding]:
    """Rehearse a scene and give all that is wrong with how it looks.

    Text that overlaps text or a line, anything outside its area, text that is too small,
    contrast that is too low, a label too far from its arrow, and a picture that disagrees
    with its world's matrix.
    """
    findings: list[Finding] = []

    def note(beat: str, found: Iterable[tuple[str, ...]]) -> None:
        for fault, *things in found:
            finding = Finding(scene.__name__, beat, fault, tuple(things))
            if finding not in findings:
                findings.append(finding)

    def look(running: ClipScene, beat: str) -> None:
        note(beat, faults(running))

    def glance(running: ClipScene, _: float) -> None:
        for world in running.worlds:  # in mid-motion texts may pass each other, lies may not
            note(running.told, _untrue(world))

    scene.rehearse(at_beat_end=look, at_moment=glance, **parameters)
    return findings


def faults(scene: ClipScene) -> Iterator[tuple[str, ...]]:
    """Give what is wrong with the picture as it stands."""
    shown = [leaf for leaf in scene.leaves() if is_seen(leaf) and len(leaf.points)]
    texts = [leaf for leaf in shown if isinstance(leaf, Glyphs)]
    yield from _crowded(scene, texts)
    for world in scene.worlds:
        yield from _covered(world)
        yield from _misplaced(world)
        yield from _untrue(world)
    yield from _outside(scene, texts)
    yield from _illegible(scene, texts)


def _strength(leaf: VMobject) -> float:
    return float(getattr(leaf, "_painted", 1.0))


def _sets(scene: ClipScene) -> dict[int, int]:
    """Say which texts belong to one piece of typesetting, whose parts may touch."""
    pieces = [*scene.panel.pieces(), *scene._loose, *(s for w in scene.worlds for s in w.signs)]
    groups: dict[int, int] = {}
    for piece in pieces:
        for group in piece.get_family():
            if isinstance(group, Formula | Paragraph | MatrixCard):
                for leaf in leaves(group):
                    groups.setdefault(id(leaf), id(group))
    return groups


def _crowded(scene: ClipScene, texts: list[Glyphs]) -> Iterator[tuple[str, ...]]:
    """Text over text."""
    groups = _sets(scene)
    boxes = [(text, box_of(np.asarray(text.points)).inset(0.012)) for text in texts]
    for (a, box_a), (b, box_b) in combinations(boxes, 2):
        same = groups.get(id(a), id(a)) == groups.get(id(b), id(b))
        if not same and box_a.overlaps(box_b):
            yield "text overlaps text", a.text, b.text


def _covered(world: World) -> Iterator[tuple[str, ...]]:
    """A label over an arrow or an outline that is not its own."""
    labels = [label for label in world.labels if _strength(label) > PALE]
    for member in world.members:
        figure = member.figure
        if isinstance(figure, Label | Dot | Lines | Patch) or _strength(figure) < PALE:
            continue
        if isinstance(figure, Curve) and not figure.get_stroke_opacity():
            continue
        samples = figure.obstacles()
        for label in labels:
            box = label.box.inset(0.03)
            inside = (
                (samples[:, 0] > box.left)
                & (samples[:, 0] < box.right)
                & (samples[:, 1] > box.bottom)
                & (samples[:, 1] < box.top)
            )
            if inside.any():
                yield "a label covers a line", label.text, _name(figure)


def _misplaced(world: World) -> Iterator[tuple[str, ...]]:
    """A label too far from what it names; an arrow that leaves its stage."""
    for label in world.labels:
        if _strength(label) > PALE and label.distance > Label.FARTHEST:
            yield "a label is far from what it names", label.text
    for member in world.members:
        figure = member.figure
        if isinstance(figure, Arrow) and len(figure.points) and _strength(figure) > PALE:
            tail, tip = figure.drawn
            if not all(_holds(world.view.rect, each) for each in (tail, tip)):
                yield "an arrow leaves its stage", _name(figure)


def _holds(rect: Rect, spot: Any) -> bool:
    return rect.contains(Rect(spot[0], spot[1], spot[0], spot[1]))


def _outside(scene: ClipScene, texts: Iterable[Glyphs]) -> Iterator[tuple[str, ...]]:
    """Text outside its area."""
    areas = scene.layout.areas
    for text in texts:
        clip = getattr(text, "clip", None)
        rooms = (clip,) if clip is not None else areas.get(getattr(text, "area", ""), ())
        box = box_of(np.asarray(text.points))
        if rooms and not any(room.contains(box, slack=0.02) for room in rooms):
            yield "text leaves its area", text.text


def _illegible(scene: ClipScene, texts: Iterable[Glyphs]) -> Iterator[tuple[str, ...]]:
    """Text too small, or with too little contrast."""
    theme = scene.theme
    grounds = {"panel": theme.panel, "strip": theme.strip}
    for text in texts:
        if _strength(text) < PALE:
            continue
        if text.cap_height < theme.minimum - 1e-6:
            yield f"text is only {text.cap_height:.3f} high", text.text
        ground = grounds.get(getattr(text, "area", ""), theme.background)
        ratio = contrast(text.get_fill_color().to_hex(), ground)
        if ratio < TEXT_CONTRAST:
            yield f"text has contrast {ratio:.2f}", text.text
    for world in scene.worlds:
        for member in world.members:
            figure = member.figure
            if not isinstance(figure, Arrow | Dot) or _strength(figure) < PALE:
                continue
            ratio = contrast(figure.get_fill_color().to_hex(), theme.background)
            if figure.get_fill_opacity() > PALE and ratio < LINE_CONTRAST:
                yield f"a figure has contrast {ratio:.2f}", _name(figure)


def _untrue(world: World) -> Iterator[tuple[str, ...]]:
    """A picture that disagrees with its world's matrix, or with the view of it."""
    view = world.view
    for member in world.members:
        figure = member.figure
        if isinstance(figure, Label) or not is_seen(figure):
            continue
        matrix = world.matrix if member.frame is None else member.frame
        if isinstance(figure, Curve):
            drawn = figure.drawn
            here = np.asarray(figure.points)
            there = view.place(drawn @ matrix[:, : drawn.shape[1]].T)
        elif isinstance(figure, Lines):
            here, there = np.asarray(figure.points), view.place(figure.base @ matrix[:, :2].T)
        elif isinstance(figure, Leg):
            if not len(figure.points):
                continue  # no step is made yet
            here, there = np.stack(figure.drawn), np.stack(figure.ends(matrix, view))
        elif isinstance(figure, Arrow):
            here, there = np.stack(figure.drawn), np.stack(figure.ends(matrix, view))
            if figure.is_zero(matrix):
                there[1] = there[0]  # a dot stands at the tail
            elif len(figure.points) != 28:
                there[0] = there[1]  # the tip, seen from the front
            elif np.linalg.norm(there[1] - there[0]) < figure.LEAST * figure.size:
                here, there = here[1:], there[1:]  # all head: only its tip is true
        elif isinstance(figure, Ruler):
            point = figure.point
            here = np.asarray(figure.points)[:32].mean(axis=0)[None]
            there = view.spot(matrix[:, : len(point)] @ point)[None]
        elif isinstance(figure, Dot):
            point = figure.point
            here = figure.get_center()[None]
            there = view.spot(matrix[:, : len(point)] @ point)[None]
        else:
            continue
        scale = max(1.0, float(np.abs(there).max(initial=0.0)))
        if here.shape != there.shape or not np.allclose(here, there, atol=1e-6 * scale):
            yield "a picture disagrees with its matrix", _name(figure)


def _name(figure: Figure) -> str:
    if isinstance(figure, Arrow):
        return f"arrow {np.round(figure.vector, 3)}"
    return type(figure).__name__.lower()
