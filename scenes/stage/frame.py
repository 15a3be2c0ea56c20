"""The frame of every clip: what it shows, in which language and aspect, and how Manim draws it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar, NamedTuple

from manim import Animation, Mobject, Rectangle, Scene, VGroup, config, tempconfig
from manim.animation.composition import AnimationGroup
from manim.constants import RendererType

import scenes
from lamath.words import N_, Words
from lamath.words import language as language_of
from scenes.inputs import Input, take, with_defaults
from scenes.stage.camera import RehearsalRenderer, StageRenderer
from scenes.stage.layout import Layout, Rect
from scenes.stage.text import Glyphs, math, prose
from scenes.stage.theme import THEMES, Theme
from scenes.stage.world import Deform, World

__all__ = ["N_", "Beat", "FrameScene", "Timeline", "area_of", "settle_in"]


class Beat(NamedTuple):
    """One step of a clip's story: its caption is shown from `start` to `end` (seconds)."""

    name: str
    caption: str
    start: float
    end: float


class Timeline(NamedTuple):
    """A clip's story in time: its beats, its length in seconds, its frames."""

    beats: tuple[Beat, ...]
    seconds: float
    frames: int


_REHEARSAL = {
    "dry_run": True,
    "progress_bar": "none",
    # what `manim render` is told of the film is not about its rehearsal
    "from_animation_number": 0,
    "upto_animation_number": -1,
    "save_sections": False,
    "preview": False,
    "show_in_file_browser": False,
}
_MANIMS = ("camera_class", "always_update_mobjects", "random_seed", "skip_animations")


class FrameScene(Scene):
    """A scene with something to show, a language, an aspect and a theme.

    Parameters
    ----------
    language, aspect, theme
        How to show it; each falls back to the environment (`LAMATH_LANGUAGE`,
        `LAMATH_ASPECT`, `LAMATH_THEME`), then to the class attribute of that name.
    captions
        Whether the picture holds the sentences; without them a teacher speaks instead,
        in the same time.
    on_frames
        Called with the number of frames written so far and the beat's name.
    renderer
        Gives the renderer; Manim's command line and the studio leave it out.
    given
        What to show: the `inputs` that the class declares, by name. They fall back to the
        environment (`LAMATH_MATRIX`, …), then to the class attribute of that name, then to
        the default declared. Parsed and checked, they are attributes of the scene.
    """

    title: str = ""
    inputs: ClassVar[tuple[Input, ...]] = ()
    language: str = "en"
    aspect: str = "16:9"
    theme: Any = "dark"
    stages: int = 1  # how many planes the frame holds side by side

    def __init__(
        self,
        *manims: Any,
        language: str | None = None,
        aspect: str | None = None,
        theme: str | None = None,
        captions: bool = True,
        on_frames: Callable[[int, str], None] | None = None,
        renderer: Callable[[], StageRenderer] | None = None,
        **given: Any,
    ) -> None:
        kind = type(self)
        windows = {"renderer opengl": bool(manims) or config.renderer is RendererType.OPENGL}
        windows |= {"live-preview": config.live_preview, "enable_gui": config.enable_gui}
        for option in [name for name, is_wanted in windows.items() if is_wanted]:
            # for any other exception Manim would print a page
            sys.exit(f"{kind.__name__} is drawn by cairo, not in a window: leave --{option} out")
        kwargs = {name: given.pop(name) for name in _MANIMS if name in given}
        own = {each.name: getattr(kind, each.name, None) for each in kind.inputs}
        declared = with_defaults(kind.inputs, {k: v for k, v in own.items() if v is not None})
        taken = take(declared, given, os.environ, who=kind.__name__)
        self.__dict__.update(taken.values)
        self.parameters = {
            "language": self._choose("language", language),
            "aspect": self._choose("aspect", aspect),
            "theme": self._choose("theme", theme),
            "captions": captions,
            **taken.values,
        }
        self.language = language_of(self.parameters["language"])
        self.theme: Theme = _named(THEMES, self.parameters["theme"], "theme")
        aspect = _named(
            {each: each for each in scenes.ASPECTS}, self.parameters["aspect"], "aspect"
        )
        self.layout = Layout.of(aspect, self.stages)
        self.theme = self.theme.scaled(self.layout.text)
        self._words = Words(scenes.LOCALE, "scenes", self.language)
        self.captions = captions
        self.beats: list[Beat] = []
        self.on_frames = on_frames
        self.at_beat_end: Callable[[Any, str], None] | None = None
        self.timeline: Timeline | None = None
        self._title: Glyphs | None = None
        self._beat = ""
        self.worlds: list[World] = []
        with tempconfig(_frame_settings(aspect, self.theme)):
            super().__init__(renderer=(renderer or StageRenderer)(), **kwargs)

    def _choose(self, name: str, given: Any) -> Any:
        if given is not None:
            return given
        return os.environ.get(f"LAMATH_{name.upper()}") or getattr(type(self), name)

    def words(self, message: str, **values: object) -> str:
        """Say a message in the clip's language, with values filled in."""
        return self._words.gettext(message).format(**values)

    def prose(
        self, text: str, *, size: float | None = None, color: str | None = None, bold: bool = False
    ) -> Glyphs:
        """Set words already in the clip's language."""
        return prose(
            text,
            language=self.language,
            size=size or self.theme.prose,
            color=color or self.theme.ink,
            bold=bold,
        )

    def math(
        self, source: Any, *, color: str | None = None, size: float | None = None, **kw: Any
    ) -> Any:
        """Set mathematics, given as Typst source."""
        return math(source, size=size or self.theme.math, color=color or self.theme.ink, **kw)

    def setup(self) -> None:
        """Rehearse, so that the length is known, and draw the empty house.

        Who has rehearsed it already may set `timeline` before; no progress line is drawn then.
        """
        if self.timeline is None and not isinstance(self.renderer, RehearsalRenderer):
            self.timeline = self.rehearse(**self.parameters)
            self.renderer.length = self.timeline.seconds
        layout, theme = self.layout, self.theme
        surfaces = VGroup(_surface(layout.panel, theme.panel))
        if self.captions:
            surfaces.add(_surface(layout.strip, theme.strip))
        surfaces.area = "house"
        surfaces.layer = 0
        self.add(surfaces)

    @classmethod
    def rehearse(
        cls,
        at_beat_end: Callable[[Any, str], None] | None = None,
        renderer: Callable[[], RehearsalRenderer] = RehearsalRenderer,
        **parameters: Any,
    ) -> Timeline:
        """Run the whole story without drawing a pixel or writing a file.

        `at_beat_end(scene, beat_name)` is called whenever a beat has come to rest.
        """
        with tempconfig(_REHEARSAL):
            scene = cls(renderer=renderer, **parameters)
            scene.at_beat_end = at_beat_end
            scene.setup()
            scene.construct()
            scene.tear_down()
        return Timeline(tuple(scene.beats), scene.time, scene.renderer.frames)

    def frames_written(self, frames: int) -> None:
        """Tell whoever listens how far the film is."""
        if self.on_frames is not None:
            self.on_frames(frames, self._beat)

    def add(self, *mobjects: Mobject) -> FrameScene:
        """Show mobjects, each in its layer."""
        super().add(*mobjects)
        self.mobjects.sort(key=lambda mobject: getattr(mobject, "layer", 5))
        return self

    def get_moving_mobjects(self, *animations: Animation) -> list[Mobject]:
        """Give what must be drawn anew in every frame.

        The areas of the frame don't overlap, so whatever lies in an area where
        nothing moves is painted once, however deep in the pile it lies.
        """
        moved = set(_moved(animations))
        first: dict[str, int] = {}
        for index, mobject in enumerate(self.mobjects):
            if any(member in moved or member.updaters for member in mobject.get_family()):
                first.setdefault(area_of(mobject), index)
        return [
            mobject
            for index, mobject in enumerate(self.mobjects)
            if index >= first.get(area_of(mobject), len(self.mobjects))
        ]

    def reach(self, mobjects: Iterable[Mobject]) -> set[Rect] | None:
        """Give the rectangles that mobjects are drawn in, or None if that can be anywhere."""
        areas = self.layout.areas
        rects: set[Rect] = set()
        for mobject in mobjects:
            for member in mobject.family_members_with_points():
                clip = getattr(member, "clip", None)
                room = (clip,) if clip else areas.get(getattr(member, "area", ""))
                if room is None:
                    return None
                rects.update(room)
        return rects


def settle_in(mobject: Mobject, area: str) -> None:
    """Say in which area of the frame a mobject and all of its parts are drawn."""
    for member in mobject.get_family():
        member.area = area


def area_of(mobject: Mobject) -> str:
    """Name the area of the frame in which a mobject is drawn."""
    for member in mobject.get_family():
        if hasattr(member, "area"):
            return str(member.area)
    return "stage"


def _moved(animations: Sequence[Animation]) -> Iterator[Mobject]:
    for animation in animations:
        yield from animation.mobject.get_family()
        if isinstance(animation, AnimationGroup):
            yield from _moved(animation.animations)
        if isinstance(animation, Deform):
            for readout in animation.world.readouts:
                yield from readout.get_family()
            if animation.world.window.zooms:
                yield from animation.world.ground.get_family()
                yield from animation.world.notes.get_family()


def _surface(rect: Rect, color: str) -> Rectangle:
    surface = Rectangle(
        width=rect.width, height=rect.height, fill_color=color, fill_opacity=1, stroke_width=0
    )
    return surface.move_to(rect.center)


def _frame_settings(aspect: str, theme: Theme) -> dict[str, Any]:
    """Manim's settings for that aspect, at the short side of the quality asked for."""
    short = min(config.pixel_width, config.pixel_height)
    frame = Layout.of(aspect).frame
    pixels = {"16:9": (_even(short * 16 / 9), short), "1:1": (short, short)}
    width, height = pixels.get(aspect, (short, _even(short * 16 / 9)))
    return {
        "pixel_width": width,
        "pixel_height": height,
        "frame_width": frame.width,
        "frame_height": frame.height,
        "background_color": theme.background,
    }


def _even(length: float) -> int:
    return 2 * round(length / 2)


def _named(values: dict[str, Any], name: Any, what: str) -> Any:
    if name not in values:
        raise ValueError(f"no {what} {name!r}; there are {', '.join(values)}")
    return values[name]
