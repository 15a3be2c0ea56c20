"""Takes: a clip rehearsed with somebody watching, five looks a second.

A rehearsal jumps from one rest to the next; a take also stops on the way, as a film's
frames do, and notes what it sees. Nothing is rasterised.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from hypothesis import HealthCheck, Phase, settings
from names import untrue_names
from zoo import LISTS, PAIRS, SPACE, ZOO

from scenes import ASPECTS, CATALOGUE, entry
from scenes.inputs import MatrixInput
from scenes.stage import Deform, Rewind, Timeline
from scenes.stage.audit import audit
from scenes.stage.figure import is_seen
from scenes.stage.labels import Label, Running
from scenes.stage.motion import Chain, Motion
from scenes.stage.panel import PanelNumber
from scenes.stage.play import GLANCE
from scenes.stage.text import Glyphs

FULL = os.environ.get("LAMATH_AUDIT") == "full"

# A rehearsal is dear: few matrices, the same ones every time; `make audit` tries many others.
settings.register_profile("few", max_examples=4, derandomize=True, database=None)
settings.register_profile("many", max_examples=60)
ANY_MATRIX = settings(
    settings.get_profile("many" if FULL else "few"),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    deadline=None,
)
LANGUAGES = ("en", "zh-Hans", "zh-Hant")
THEMES = ("dark", "light")


class Clip(NamedTuple):
    """What is played."""

    scene: str
    kind: str = "default"
    language: str = "en"
    aspect: str = "16:9"
    theme: str = "dark"

    def __str__(self) -> str:
        special = [mine for mine, usual in zip(self, Clip(""), strict=True) if mine != usual]
        return "-".join(special).replace(" ", "_").replace(":", "x")

    @property
    def parameters(self) -> dict[str, Any]:
        inputs: dict[str, str] = {}
        if self.kind in PAIRS:
            inputs = dict(zip("uv", PAIRS[self.kind], strict=True))
        elif self.kind in LISTS:
            inputs = {"matrices": LISTS[self.kind]}
        elif self.kind != "default":
            inputs = {"matrix": (ZOO | SPACE)[self.kind]}
        return inputs | {
            "language": self.language,
            "aspect": self.aspect,
            "theme": self.theme,
        }


def kinds_of(id: str) -> tuple[str, ...]:
    """The kinds of the zoo that a scene takes."""
    if entry(id).input("u"):
        return tuple(PAIRS)
    if entry(id).input("matrices"):
        return tuple(LISTS)
    inputs = [each for each in entry(id).inputs if isinstance(each, MatrixInput)]
    return tuple(
        kind
        for zoo, shape in ((ZOO, (2, 2)), (SPACE, (3, 3)))
        if any(each.name == "matrix" and each.fits(shape) for each in inputs)
        for kind in zoo
    )


def zoo_clips() -> list[Clip]:
    """Each scene with its default, and with every matrix of the zoo that it takes."""
    return [Clip(each.id, kind) for each in CATALOGUE for kind in ("default", *kinds_of(each.id))]


def everywhere() -> list[Clip]:
    """Each scene in every pair of language, aspect and theme; with LAMATH_AUDIT=full in all.

    Each language meets each aspect with the default, and each language and each aspect has
    a matrix of the zoo once; the zoo's kinds take turns.
    """
    clips = []
    for each in CATALOGUE:
        kinds = ("default", *kinds_of(each.id))
        if FULL:
            clips += [Clip(each.id, *rest) for rest in product(kinds, LANGUAGES, ASPECTS, THEMES)]
            continue
        for turn, (language, aspect) in enumerate(product(LANGUAGES, ASPECTS)):
            clips.append(Clip(each.id, "default", language, aspect, THEMES[turn % 2]))
            if len(kinds) > 1 and turn % (len(ASPECTS) + 1) == 0:  # the diagonal
                kind = kinds[1 + (4 * turn) % (len(kinds) - 1)]
                clips.append(Clip(each.id, kind, language, aspect, THEMES[(turn + 1) % 2]))
    return clips


class Moment(NamedTuple):
    """What is seen at one moment."""

    seconds: float
    beat: str
    still: bool  # nothing but the caption differs from the moment before
    numbers: tuple[tuple[str, float], ...]  # running numbers as written, and what they measure


class Shift(NamedTuple):
    """One Deform or Rewind: its path, and the matrices seen."""

    beat: str
    path: Any
    rewinds: bool
    base: Any
    seen: list[Any]


class Rest(NamedTuple):
    """What is on screen when a beat has come to rest."""

    beat: str
    texts: tuple[str, ...]


@dataclass
class Take:
    """What was seen."""

    clip: Clip
    matrix: Any = None
    timeline: Timeline | None = None
    findings: list[Any] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    shifts: list[Shift] = field(default_factory=list)
    rests: list[Rest] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # claims of labels that could be judged
    lies: list[str] = field(default_factory=list)  # those that were false, at rest

    @property
    def captions(self) -> str:
        return " ".join(beat.caption for beat in self.timeline.beats)

    @property
    def still_share(self) -> float:
        """The share of the clip in which nothing but captions changes."""
        moving = sum(GLANCE for moment in self.moments if not moment.still)
        return 1.0 - moving / self.timeline.seconds

    @property
    def longest_freeze(self) -> float:
        """Seconds of the longest stretch, before the last caption, in which nothing changes."""
        last = self.timeline.beats[-1].start
        longest, since = 0.0, 0.0
        for moment in self.moments:
            if moment.seconds > last:
                break
            if not moment.still:
                longest, since = max(longest, moment.seconds - since), moment.seconds
        return max(longest, last - since)


class Watched:
    """Comes before a scene's class and lets a Take see what the scene does."""

    taken: Take
    _before: Any = None
    _shifts: tuple[Any, ...] = ()

    @classmethod
    def rehearse(cls, at_beat_end: Any = None, at_moment: Any = None, **parameters: Any) -> Any:
        def look(scene: Any, beat: str) -> None:
            texts = tuple(
                leaf.text for leaf in scene.leaves() if isinstance(leaf, Glyphs) and is_seen(leaf)
            )
            cls.taken.rests.append(Rest(beat, texts))
            at_beat_end(scene, beat)

        def glance(scene: Any, seconds: float) -> None:
            scene.note(seconds)
            at_moment(scene, seconds)

        cls.taken.timeline = super().rehearse(look, at_moment=glance, **parameters)
        return cls.taken.timeline

    def setup(self) -> None:
        self.taken.matrix = getattr(self, "matrix", None)
        super().setup()

    def note(self, seconds: float) -> None:
        """Write down this moment."""
        picture = {
            id(leaf): _look(leaf)
            for leaf in self.leaves()
            if is_seen(leaf) and getattr(leaf, "area", "") != "strip"
        }
        still = self._before is not None and _same(self._before, picture)
        self._before = picture
        numbers = tuple(
            (leaf.text, float(running.measure()))
            for leaf in self.leaves()
            if is_seen(leaf) and (running := running_of(leaf)) is not None
        )
        self.taken.moments.append(Moment(seconds, self.told, still, numbers))
        for shift, world in self._shifts:
            shift.seen.append(np.array(world.matrix))

    def play(self, *motions: Any, **options: Any) -> None:
        if motions and not isinstance(motions[0], Motion):  # a pause
            super().play(*motions, **options)
            return
        deforms = [each for motion in motions for each in flat(motion)]
        shifts = []
        for each in deforms if len(deforms) == 1 else ():
            world, rewinds = each.world, isinstance(each, Rewind)
            base = world.trail[-1].base if rewinds else world.matrix
            shift = Shift(self.told, each.path, rewinds, np.array(base), [])
            shifts.append((shift, world))
        self._shifts = tuple(shifts)
        super().play(*motions, **options)
        self.taken.shifts += [shift for shift, _ in shifts]
        self._shifts = ()
        judged, false = untrue_names(self)
        self.taken.names += judged
        self.taken.lies += [f"{self.told} at {self.time:.1f}s: {each}" for each in false]


def running_of(leaf: Any) -> Running | None:
    """Give the running number that a text shows, None if it shows none."""
    if isinstance(leaf, PanelNumber):
        return leaf.running
    if isinstance(leaf, Label) and isinstance(leaf.given, Running):
        return leaf.given
    return None


def flat(motion: Motion) -> list[Deform]:
    """Give the Deforms that a motion is made of."""
    if isinstance(motion, Deform):
        return [motion]
    if isinstance(motion, Chain):
        return [each for part in motion.motions for each in flat(part)]
    return []


def _look(leaf: Any) -> tuple[Any, ...]:
    opacity = getattr(leaf, "_painted", 1.0)
    return np.array(leaf.points), round(opacity, 2), leaf.get_stroke_width()


def _same(before: dict[int, Any], now: dict[int, Any]) -> bool:
    """Whether two pictures are alike to the eye: no outline moves by a fiftieth of a unit."""
    if before.keys() != now.keys():
        return False
    for key, (points, opacity, width) in now.items():
        was, paint, broad = before[key]
        if was.shape != points.shape or abs(opacity - paint) > 0.04 or abs(width - broad) > 0.3:
            return False
        if len(points) and np.abs(points - was).max() > 0.02:
            return False
    return True


def take(clip: Clip, **more: Any) -> Take:
    """Rehearse a clip, watch it, and audit it."""
    return _take(clip, tuple(sorted(more.items())))


@lru_cache(maxsize=8)
def _take(clip: Clip, more: tuple[tuple[str, Any], ...]) -> Take:
    found = Take(clip)
    parent = entry(clip.scene).load()
    scene = type(parent.__name__, (Watched, parent), {"taken": found})
    found.findings = audit(scene, **(clip.parameters | dict(more)))
    return found
