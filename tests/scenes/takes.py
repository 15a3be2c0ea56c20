"""Takes: a clip rehearsed with somebody watching every movement.

A rehearsal jumps from one rest to the next; a take also stops on the way, as
a film's frames do, and notes what it sees. Nothing is rasterised.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from hypothesis import HealthCheck, Phase, settings
from manim import Animation, VMobject
from manim.animation.composition import AnimationGroup
from zoo import ZOO

from scenes import ASPECTS, CATALOGUE, entry
from scenes.stage import (
    Arrow,
    Curve,
    Deform,
    Dot,
    Figure,
    Label,
    Readout,
    Rect,
    Rewind,
    Timeline,
    World,
    audit,
)
from scenes.stage.text import Glyphs

FULL = os.environ.get("LAMATH_AUDIT") == "full"

# A rehearsal is dear: few matrices, the same ones every time; `make audit` tries many others.
settings.register_profile("few", max_examples=6, derandomize=True, database=None)
settings.register_profile("many", max_examples=100)
ANY_MATRIX = settings(
    settings.get_profile("many" if FULL else "few"),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
LANGUAGES = ("en", "zh-Hans", "zh-Hant")
STOPS = np.linspace(0, 1, 13)  # when a movement is looked at


class Clip(NamedTuple):
    """What is played."""

    scene: str
    kind: str = "default"
    language: str = "en"
    aspect: str = "16:9"
    theme: str = "dark"

    def __str__(self) -> str:
        special = [mine for mine, usual in zip(self, Clip(""), strict=True) if mine != usual]
        return "-".join(special).replace(" ", "_")

    @property
    def parameters(self) -> dict[str, Any]:
        matrix = {} if self.kind == "default" else {"matrix": ZOO[self.kind]}
        return matrix | {
            "language": self.language,
            "aspect": self.aspect,
            "theme": self.theme,
        }


def zoo_clips() -> list[Clip]:
    return [Clip(each.id, kind) for each in CATALOGUE for kind in ("default", *ZOO)]


def everywhere() -> list[Clip]:
    """Each scene in every language and aspect; with LAMATH_AUDIT=full, with every matrix too."""
    kinds = ("default", *ZOO) if FULL else ("default",)
    return [
        Clip(each.id, kind, language, aspect, theme)
        for each, kind, language, aspect in product(CATALOGUE, kinds, LANGUAGES, ASPECTS)
        for theme in ("dark", "light")
        if theme == "dark" or (kind == "default" and (FULL or language == "en"))
        if (kind, language, aspect, theme) != ("default", "en", "16:9", "dark")
    ]


class Instant(NamedTuple):
    """The world at one moment of a movement."""

    s: float  # how far the movement is, as its rate function says
    matrix: Any  # 2×2 or 3×2
    readouts: dict[str, str]  # the running numbers, as written, by what they name


@dataclass
class Motion:
    """One Deform or Rewind."""

    beat: str
    path: Any
    before: Any
    rewinds: bool
    instants: list[Instant] = field(default_factory=list)

    @property
    def after(self) -> Any:
        return self.instants[-1].matrix

    @property
    def areas(self) -> np.ndarray:
        return np.array([area(instant.matrix) for instant in self.instants])


class Rest(NamedTuple):
    """What is on screen when a beat has come to rest."""

    beat: str
    texts: tuple[str, ...]
    figures: tuple[type, ...]
    readouts: dict[str, str]


class Play(NamedTuple):
    """One play: when, how long, and whether nothing moved."""

    start: float
    end: float
    still: bool


@dataclass
class Take:
    """What was seen."""

    clip: Clip
    matrix: Any = None
    timeline: Timeline | None = None
    opening: Rest | None = None
    findings: list[Any] = field(default_factory=list)
    motions: list[Motion] = field(default_factory=list)
    lies: list[str] = field(default_factory=list)  # where a picture and its matrix disagree
    rests: list[Rest] = field(default_factory=list)
    plays: list[Play] = field(default_factory=list)
    shapes: dict[Label, Any] = field(default_factory=dict)

    @property
    def captions(self) -> dict[str, str]:
        return {beat.name: beat.caption for beat in self.timeline.beats}


class Watched:
    """Comes before a scene's class and lets a Take see what the scene does."""

    seen: Take

    @classmethod
    def rehearse(cls, at_beat_end: Any = None, **parameters: Any) -> Timeline:
        def look(scene: Any, beat: str) -> None:
            cls.seen.rests.append(at_rest(scene, beat))
            if at_beat_end is not None:
                at_beat_end(scene, beat)

        cls.seen.timeline = super().rehearse(look, **parameters)
        return cls.seen.timeline

    def setup(self) -> None:
        self.seen.matrix = self.matrix
        super().setup()

    def play(self, *animations: Any, **options: Any) -> None:
        if self.seen.opening is None:
            self.seen.opening = at_rest(self, "opening")
        start = self.time
        super().play(*animations, **options)
        still = self.is_current_animation_frozen_frame()
        self.seen.plays.append(Play(start, self.time, still))

    def next_section(self, name: str = "unnamed", *args: Any, **options: Any) -> None:
        self.told = name
        super().next_section(name, *args, **options)

    def begin_animations(self) -> None:
        self.moves = [
            (each, Motion(self.told, each.path, each.world.matrix, isinstance(each, Rewind)))
            for each in deforms(self.animations)
        ]
        self.seen.motions += [motion for _, motion in self.moves]
        super().begin_animations()

    def update_to_time(self, t: float) -> None:
        for share in STOPS if self.moves else STOPS[-1:]:
            super().update_to_time(share * t)
            for each, motion in self.moves:
                s = float(each.rate_func(share * t / each.run_time))
                numbers = {one.head.text: one.number.text for one in each.world.readouts}
                motion.instants.append(Instant(s, np.array(each.world.matrix), numbers))
                self.seen.lies += [
                    f"{motion.beat} at {s:.2f}: {lie}" for lie in lies(each.world, self.seen.shapes)
                ]


def take(clip: Clip, **more: Any) -> Take:
    """Rehearse a clip, watch it, and audit it."""
    found = Take(clip)
    parent = entry(clip.scene).load()
    scene = type(parent.__name__, (Watched, parent), {"seen": found})
    found.findings = audit(scene, **(clip.parameters | more))
    return found


def deforms(animations: Iterable[Animation]) -> Iterator[Deform]:
    for animation in animations:
        if isinstance(animation, Deform):
            yield animation
        elif isinstance(animation, AnimationGroup):
            yield from deforms(animation.animations)


def visible(mobject: VMobject) -> bool:
    inked = mobject.get_stroke_width() > 0 and mobject.get_stroke_opacity() > 0.05
    return len(mobject.points) > 0 and (inked or mobject.get_fill_opacity() > 0.05)


def at_rest(scene: Any, beat: str) -> Rest:
    seen = [
        member
        for mobject in scene.mobjects
        for member in mobject.get_family()
        if isinstance(member, VMobject) and visible(member)
    ]
    return Rest(
        beat,
        tuple(member.text for member in seen if isinstance(member, Glyphs)),
        tuple(type(member) for member in seen if isinstance(member, Figure)),
        {
            member.head.text: member.number.text
            for mobject in scene.mobjects
            for member in mobject.get_family()
            if isinstance(member, Readout)
        },
    )


def area(matrix: Any) -> float:
    """The factor by which areas grow, in the plane or in space."""
    return float(np.prod(np.linalg.svd(matrix, compute_uv=False)))


# --- What is drawn, against the matrix ----------------------------------------------------------


def lies(world: World, shapes: dict[Label, Any]) -> Iterator[str]:
    """Say where a world's pictures are not where its matrix puts them."""
    M, window = world.matrix, world.window

    def sent(points: Any) -> Any:
        return window.place(np.atleast_2d(points) @ M.T)

    for figure in world.submobjects:
        points = np.asarray(figure.points)
        if isinstance(figure, Curve):
            if not close(points, sent(figure.base)):
                yield f"{type(figure).__name__} off"
        elif isinstance(figure, Arrow):
            (tail,), (tip,) = sent(figure.tail), sent(figure.tail + figure.vector)
            yield from arrow_lies(points, tail, tip)
        elif isinstance(figure, Dot):
            if not close(points.mean(axis=0), sent(figure.point)[0]):
                yield "Dot off"
        elif isinstance(figure, Label) and world.on_stage(figure):
            yield from label_lies(figure, points, sent, shapes)
        if isinstance(figure, Arrow | Label) and world.on_stage(figure) and visible(figure):
            box = Rect(*points[:, :2].min(axis=0), *points[:, :2].max(axis=0))
            if not window.rect.contains(box):
                yield f"{type(figure).__name__} out of sight"


def close(a: Any, b: Any) -> bool:
    return np.allclose(a, b, rtol=0, atol=1e-9 * max(1.0, float(np.abs(b).max())))


def arrow_lies(points: Any, tail: Any, tip: Any) -> Iterator[str]:
    """An arrow is drawn straight from its tail to its tip, or as a dot on both."""
    length = np.linalg.norm(tip - tail)
    if length < 0.05:
        if np.linalg.norm(points - tail, axis=1).max() > 0.11:
            yield "a null arrow is no dot"
        return
    if length < 0.13:
        return  # arrow or dot: the stage decides
    along = (points - tail) @ (tip - tail) / length
    across = np.linalg.norm(points - tail - np.outer(along, (tip - tail) / length), axis=1)
    if not close([along.min(), along.max()], [0.0, length]):
        yield f"arrow drawn from {along.min():.3f} to {along.max():.3f}, not to {length:.3f}"
    if across.max() > Arrow.HEAD_WIDTH / 2 + 1e-9:
        yield "arrow head sheared"
    if not close(np.linalg.norm(points - tip, axis=1).min(), 0.0):
        yield "arrow misses its tip"


def label_lies(label: Label, points: Any, sent: Any, shapes: dict[Label, Any]) -> Iterator[str]:
    """A label keeps its shape, and stands near what it names."""
    low, high = points.min(axis=0), points.max(axis=0)
    shape = points - (low + high) / 2
    if not close(shape, shapes.setdefault(label, shape)):
        yield f"label {label.text} turned or scaled"
    anchor = label.anchor
    end = anchor.tail + anchor.vector if isinstance(anchor, Arrow) else anchor.point
    (tip,) = sent(end)
    if visible(label) and np.linalg.norm(np.clip(tip, low, high) - tip) > Label.FARTHEST:
        yield f"label {label.text} far from its arrow"
