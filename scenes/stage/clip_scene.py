"""ClipScene: what every clip has, whatever it shows: a frame, words, beats, worlds, plays."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Literal, NamedTuple

import numpy as np
from manim import Mobject, Rectangle, Scene, VGroup, VMobject, Wait, config, tempconfig
from manim.constants import RendererType

from lamath.words import Words
from lamath.words import language as language_of
from scenes import ASPECTS, LOCALE
from scenes.inputs import Input, take, with_defaults
from scenes.stage.camera import RehearsalRenderer, StageRenderer
from scenes.stage.caption import Paragraph, paragraph, plain, reading_seconds
from scenes.stage.figure import Figure, is_seen, leaves, set_presence
from scenes.stage.layout import Layout, Rect
from scenes.stage.motion import After, Appear, Motion, Pulse, Vanish, longest
from scenes.stage.panel import Panel
from scenes.stage.play import Play
from scenes.stage.seen import Seen, seen
from scenes.stage.theme import THEMES, Layer, Theme
from scenes.stage.world import World
from scenes.wording import short

__all__ = ["N_", "Beat", "ClipScene", "Timeline"]


def N_(message: str) -> str:
    """Mark a message for translation; the stage translates it where it is shown."""
    return message


class Beat(NamedTuple):
    """One step of a clip's story: its caption is shown from `start` to `end` (seconds)."""

    name: str
    caption: str
    start: float
    end: float


class Timeline(NamedTuple):
    """A clip's story in time: its beats, its length in seconds, its frames, its type size."""

    beats: tuple[Beat, ...]
    seconds: float
    frames: int
    caption_size: float


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


class ClipScene(Scene):
    """A scene with a language, an aspect and a theme, told in beats.

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
        What the scene's declared inputs are to be; each falls back likewise.
    """

    title: str = ""
    inputs: ClassVar[tuple[Input, ...]] = ()
    language: str = "en"
    aspect: str = "16:9"
    theme: Any = "dark"
    stages: int = 1  # how many pictures the frame holds side by side
    shares: tuple[float, ...] | None = None  # how they divide the room; None: evenly

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
        with _in_one_line(is_manims=not given and language is aspect is theme is None):
            taken = take(declared, given, os.environ, who=kind.__name__)
            self.__dict__.update(taken.values)
            self.parameters = {
                **taken.values,
                "language": self._choose("language", language),
                "aspect": self._choose("aspect", aspect),
                "theme": self._choose("theme", theme),
                "captions": captions,
            }
            with _from_variable("language", language):
                self.language = language_of(self.parameters["language"])
            with _from_variable("aspect", aspect):
                aspects = {each: each for each in ASPECTS}
                self.aspect = _named(aspects, self.parameters["aspect"], "aspect")
            self.layout = Layout.of(self.aspect, self.stages, shares=self.shares)
            with _from_variable("theme", theme):
                theme_value: Theme = _named(THEMES, self.parameters["theme"], "theme")
        self.theme = theme_value.scaled(self.layout.text)
        self._words = Words(LOCALE, "scenes", self.language)
        self.captions = captions
        self.colors: dict[str, str] = {}  # Typst source of a symbol: the color of its thing
        self.beats: list[Beat] = []
        self.sights: list[Seen] = []  # what is to be seen when each of them ends
        self._has_asked = False
        self.on_frames = on_frames
        self.at_beat_end: Callable[[Any, str], None] | None = None
        self.at_moment: Callable[[Any, float], None] | None = None
        self.timeline: Timeline | None = None
        self.worlds: list[World] = []
        self.panel = Panel(self)
        self._playing: Play | None = None
        self._loose: list[Mobject] = []  # what stands on stage outside of every world
        self._beat = ""
        self._said, self._said_at, self._said_in = "", 0.0, ""
        self._caption: Paragraph | None = None
        self._swap: list[Motion] = []  # the change of captions that the next play begins with
        self._sizes: list[float] = []  # at which the captions so far would fit
        with tempconfig(_frame_settings(self.aspect, self.theme)):
            super().__init__(renderer=(renderer or StageRenderer)(), **kwargs)

    def _choose(self, name: str, given: Any) -> Any:
        if given is not None:
            return given
        return os.environ.get(_variable(name)) or getattr(type(self), name)

    @property
    def films(self) -> bool:
        """Whether pictures are drawn: a rehearsal draws none."""
        return not isinstance(self.renderer, RehearsalRenderer)

    @property
    def told(self) -> str:
        """The name of the beat that is being told."""
        return self._beat

    # -- words ---------------------------------------------------------------------------

    def words(self, message: str, **values: object) -> str:
        """Say a message in the clip's language, with values filled in."""
        return self._words.gettext(message).format(**values)

    def prose(
        self,
        message: str,
        *,
        size: float | None = None,
        color: str | None = None,
        bold: bool = False,
        width: float = 99.0,
        align: Literal["center", "left"] = "left",
        **values: object,
    ) -> Paragraph:
        """Set a message in the clip's language, mathematics between dollar signs."""
        return paragraph(
            self.words(message, **values),
            language=self.language,
            size=size or self.theme.prose,
            width=width,
            color=color or self.theme.ink,
            colors=self.colors,
            bold=bold,
            align=align,
        )

    def math(
        self, source: str, *, color: str | None = None, size: float | None = None
    ) -> Paragraph:
        """Set mathematics, given as Typst source, each symbol in the color of its thing."""
        return paragraph(
            f"${source}$",
            language=self.language,
            size=size or self.theme.math,
            width=99.0,
            color=color or self.theme.ink,
            colors={} if color else self.colors,
            align="left",
        )

    # -- the house -----------------------------------------------------------------------

    def setup(self) -> None:
        """Rehearse, so that the length is known.

        Who has rehearsed it already may set `timeline` before; no progress line is drawn then.
        """
        if self.timeline is None and self.films:
            self.timeline = self.rehearse(**self.parameters)
            self.renderer.length = self.timeline.seconds
        self._house = VGroup()
        self.seams: list[Rectangle] = []  # what parts one stage from the next
        self._build_house()

    def _build_house(self) -> None:
        layout, theme = self.layout, self.theme
        self.seams = [_surface(seam, theme.rule, "seams") for seam in layout.seams]
        house = [*self.seams]
        if layout.panel is not None:
            house.append(_surface(layout.panel, theme.panel, "panel"))
        if self.captions:
            house.append(_surface(layout.strip, theme.strip, "strip"))
        self._loose = [each for each in self._loose if each is not self._house]
        self._house = VGroup(*house)
        self._loose.append(self._house)

    def open(self, *shown: Mobject) -> None:
        """Divide the frame, fit every view, and show the opening picture at once."""
        need = self.panel.need(self.layout)
        self.layout = Layout.of(self.aspect, self.stages, panel=need, shares=self.shares)
        self._build_house()
        self.panel.arrange(self.layout)
        for world in self.worlds:
            self._first_view(world)
        for world in self.worlds:
            set_presence(world.grid, 1.0)
        for thing in shown:
            self.bring(thing)
        self.draw(at_rest=True)
        for world in self.worlds:
            world.seat(*(label for label in world.labels if is_seen(label)))
        self.draw(at_rest=True)

    @property
    def whole_room(self) -> Rect:
        """The room of all stages together, for a picture that outgrows its own."""
        stages = self.layout.stages
        return Rect(
            min(r.left for r in stages), min(r.bottom for r in stages),
            max(r.right for r in stages), max(r.top for r in stages),
        )  # fmt: skip

    def _first_view(self, world: World) -> None:
        raise NotImplementedError

    @classmethod
    def rehearse(
        cls,
        at_beat_end: Callable[[Any, str], None] | None = None,
        renderer: Callable[[], RehearsalRenderer] = RehearsalRenderer,
        at_moment: Callable[[Any, float], None] | None = None,
        **parameters: Any,
    ) -> Timeline:
        """Run the whole story without drawing a pixel or writing a file.

        `at_beat_end(scene, beat_name)` is called whenever a beat has come to rest,
        `at_moment(scene, seconds)` five times a second in the middle of every play.
        """
        with tempconfig(_REHEARSAL):
            scene = cls(renderer=renderer, **parameters)
            scene.at_beat_end, scene.at_moment = at_beat_end, at_moment
            scene.setup()
            scene.construct()
            scene.tear_down()
        size = min(scene._sizes, default=scene.theme.caption)
        return Timeline(tuple(scene.beats), scene.time, scene.renderer.frames, size)

    def frames_written(self, frames: int) -> None:
        """Tell whoever listens how far the film is."""
        if self.on_frames is not None:
            self.on_frames(frames, self._beat)

    # -- who is on stage -------------------------------------------------------------------

    def has(self, thing: Mobject) -> bool:
        """Whether a thing has its place on a stage, in the panel or in the frame."""
        return (
            any(thing is each for world in self.worlds for each in (*world.pieces(), world.grid))
            or self.panel.has(thing)
            or any(thing is each for each in self._loose)
        )

    def bring(self, thing: Mobject, presence: float | None = None) -> None:
        """Put a thing on stage; `presence` is how much of it is seen if it wasn't there yet."""
        known = self.has(thing)
        if not known:
            if isinstance(thing, Figure) or hasattr(thing, "anchor"):
                raise ValueError(
                    f"{thing} belongs to no world; let it join one, or plant it there, first"
                )
            self._loose.append(thing)
        if presence is None:
            set_presence(thing, 1.0)
        elif not known:
            set_presence(thing, presence)

    def dismiss(self, *things: Mobject) -> None:
        """Take things off for good."""
        self._loose = [each for each in self._loose if not any(each is t for t in things)]
        for world in self.worlds:
            world.leave(*things)

    def take_in(self, thing: Mobject) -> None:
        """Let a thing be drawn that has no place of its own, until it is dismissed."""
        self._loose.append(thing)

    def flying_copy(self, source: Mobject) -> Mobject:
        """Give a copy of a text that may be drawn anywhere in the frame."""
        copy = source.copy()
        for leaf in leaves(copy):
            leaf.clip, leaf.area = None, ""
            leaf.z_index = float(Layer.FLYING)
        self.take_in(copy)
        return copy

    def leaves(self) -> Iterator[VMobject]:
        """Give everything that may be drawn, from back to front within each layer."""
        for world in self.worlds:
            for piece in world.pieces():
                yield from leaves(piece)
        for thing in (*self.panel.pieces(), *self._loose):
            yield from leaves(thing)

    def seen(self) -> list[VMobject]:
        """Give all that is seen now, from back to front; what Manim itself added is last."""
        leaves_now = list(self.leaves())
        ours = set(leaves_now)
        foreign = [each for each in self.mobjects if each not in ours and not _is_leaf(each)]
        return [*sorted((leaf for leaf in leaves_now if is_seen(leaf)), key=_height), *foreign]

    def draw(self, at_rest: bool = True, only: Container[Any] | None = None) -> None:
        """Make the picture of the present state (of `only` some things, if it is given)."""
        for world in self.worlds:
            world.draw(at_rest, only)
        self.panel.draw(at_rest)

    # -- plays ---------------------------------------------------------------------------

    def play(self, *motions: Any, run_time: float | None = None, **kwargs: Any) -> None:
        """Let motions happen at the same time; a change of captions goes with them."""
        if motions and not isinstance(motions[0], Motion):  # Manim's own, such as its Wait
            super().play(*motions, **kwargs, **({} if run_time is None else {"run_time": run_time}))
            return
        if run_time is not None:
            longer = longest(motions)
            for motion in motions:
                motion.lasting(motion.run_time * run_time / longer)
        swap, self._swap = self._swap, []
        self._playing = Play(self, [*motions, *swap])
        super().play(self._playing)
        self.mobjects = self.seen()

    def wait(self, duration: float = 1.0, **_: Any) -> None:
        """Let everything stand for some seconds."""
        if self._swap:
            first = min(max(longest(self._swap), 1e-3), duration)
            self.play(run_time=None)
            duration -= first
        # whole frames, and not one too few: a caption is read to its end
        frames = math.ceil(duration * config.frame_rate - 1e-6)
        if frames >= 1:
            super().wait((frames + 1e-6) / config.frame_rate)

    def get_moving_and_static_mobjects(self, animations: Any) -> tuple[list[Any], list[Any]]:
        """Give what is drawn anew in every frame, and what is painted once.

        The areas of the frame don't overlap, so whatever lies in an area where nothing
        moves is painted once, and so is what lies below all that moves in its area.
        """
        if not isinstance(animations[0], Play):
            if not isinstance(animations[0], Wait):  # it may move whatever it likes
                return list(self.mobjects), []
            return self.seen(), []
        moved = animations[0].moved
        seen = sorted(
            (leaf for leaf in self.leaves() if is_seen(leaf) or leaf in moved), key=_height
        )
        if not moved:  # Manim takes an empty list for everything
            return seen, []
        if animations[0].roams or any(_area(leaf) == "" for leaf in moved):
            first = min((k for k, leaf in enumerate(seen) if leaf in moved), default=len(seen))
            return seen[first:], seen[:first]
        # in space what moves may pass behind what doesn't
        deep = {world.view.rect for world in self.worlds if not world.view.is_from_above}
        lively = {_area(leaf) for leaf in moved}
        lowest: dict[Any, int] = {}
        for index, leaf in enumerate(seen):
            area = _area(leaf)
            in_depth = area in deep and area in lively and leaf.z_index >= Layer.BEHIND
            if leaf in moved or in_depth:
                lowest.setdefault(area, index)
        live = [lowest.get(_area(leaf), len(seen)) <= k for k, leaf in enumerate(seen)]
        return (
            [leaf for leaf, is_live in zip(seen, live, strict=True) if is_live],
            [leaf for leaf, is_live in zip(seen, live, strict=True) if not is_live],
        )

    def reach(self, mobjects: Iterable[Mobject]) -> set[Rect] | None:
        """Give the rectangles that mobjects are drawn in, or None if that can be anywhere."""
        rects: set[Rect] = set()
        if self._playing is not None and self._playing.roams:
            return None
        for mobject in mobjects:
            clip = getattr(mobject, "clip", None)
            room = (clip,) if clip else self.layout.areas.get(getattr(mobject, "area", ""))
            if room is None:
                return None
            rects.update(room)
        return rects

    # -- the story -----------------------------------------------------------------------

    @contextmanager
    def beat(self, name: str, message: str | None = None, **values: object) -> Iterator[None]:
        """Tell one step of the story.

        It names the section, shows the caption if there is one yet (see `say`), and ends
        when its last caption could be read.
        """
        self._beat = name
        self.next_section(name)
        if message is not None:
            self.say(message, **values)
        yield
        self.wait(max(self.reading_left(), self.theme.breath))
        if self.at_beat_end is not None:
            self.at_beat_end(self, name)

    def say(self, message: str, **values: object) -> None:
        """Show a sentence from now on; the one before has been read by then.

        In the picture it comes with the next play, so that nothing stands still for it.
        """
        left = self.reading_left()
        if left > 0:
            self.wait(left)
        self._end_caption()
        text = self.words(message, **values)
        self._said, self._said_at, self._said_in = text, self.time, self._beat
        if not self.captions:
            return
        caption = self._set_caption(text)
        for leaf in leaves(caption):
            leaf.area = "strip"
            leaf.z_index = float(Layer.CAPTION)
        old, self._caption = self._caption, caption
        if old is None:
            self.bring(caption)
        else:
            # one after the other: two sentences on top of each other can't be read
            half = self.theme.swap / 2
            self._swap = [
                _Leave(old, run_time=half),
                After(half, Appear(caption, run_time=half)),
            ]

    def reading_left(self) -> float:
        """Seconds that the present caption still needs to be read."""
        if not self._said:
            return 0.0
        said_for = float(self.time) - self._said_at
        return max(0.0, reading_seconds(self._said) - said_for)

    def while_reading(self, *motions: Motion, most: float = 2.0) -> None:
        """Play motions for as long as the caption still takes to read.

        They take at least their own time, and at most `most` times as long.
        """
        own = longest(motions)
        self.play(*motions, run_time=float(np.clip(self.reading_left(), own, most * own)))

    def predict(self, *motions: Motion, ask: Mobject) -> None:
        """Let a viewer guess: a mark stands where to look, while motions go on without telling.

        They take two seconds or longer. The picture with the mark in it, which asks and
        does not answer, is the clip's poster; where there are several questions, the first.
        """
        self.play(Appear(ask, run_time=0.4))
        if not self._has_asked:
            self.renderer.keep_picture()
        self._has_asked = True
        self.while_reading(*(motions or (Pulse(ask, run_time=self.theme.guess),)))

    def summary(self) -> None:
        """Hold the last picture."""
        self.wait(self.theme.summary)

    def _end_caption(self) -> None:
        if self._said:
            beat = Beat(self._said_in, plain(self._said), self._said_at, self.time)
            self.beats.append(beat)
            if self.films:
                self.sights.append(seen(self.worlds, self.panel))
                self.renderer.keep_still()
                self.add_subcaption(
                    beat.caption, duration=beat.end - beat.start, offset=beat.start - self.time
                )
        self._said = ""

    def tear_down(self) -> None:
        """Close the last caption."""
        self._end_caption()
        super().tear_down()

    def _set_caption(self, text: str) -> Paragraph:
        """Set a sentence in the strip: at the size that all sentences of the clip fit at."""
        strip = self.layout.strip.inset(0.45, 0.1)
        most = 3 if self.aspect == "9:16" else 2
        known = self.timeline.caption_size if self.timeline else None
        sizes = [known] if known else [f * self.theme.caption for f in (1.0, 0.93, 0.86, 0.8, 0.74)]
        for size in sizes:
            caption = paragraph(
                text,
                language=self.language,
                size=size,
                width=strip.width,
                color=self.theme.ink,
                colors=self.colors,
                most_lines=most,
            )
            if caption.fits and caption.height <= strip.height:
                break
        self._sizes.append(size)
        middle = strip.center[1]
        return caption.center_on(float(strip.center[0]), float(middle))


class _Leave(Vanish):
    """Let a caption go for good."""

    def end(self, scene: Any) -> None:
        """Take it off."""
        scene.dismiss(*self.things)


def _is_leaf(mobject: Mobject) -> bool:
    """Whether the stage has drawn it once: what was dismissed since is gone."""
    return hasattr(mobject, "full")


def _height(leaf: VMobject) -> float:
    return float(leaf.z_index)


def _area(leaf: VMobject) -> Any:
    clip = getattr(leaf, "clip", None)
    return clip if clip is not None else getattr(leaf, "area", "")


def _surface(rect: Rect, color: str, area: str) -> Rectangle:
    """Give the ground of an area."""
    surface = Rectangle(
        width=rect.width, height=rect.height, fill_color=color, fill_opacity=1, stroke_width=0
    )
    surface.z_index, surface.area = float(Layer.HOUSE), area
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


@contextmanager
def _in_one_line(*, is_manims: bool) -> Iterator[None]:
    """Say what is wrong with what a scene is given, also if `manim render` makes it.

    Then that comes from the environment or the class, and for an exception Manim would print
    a page.
    """
    try:
        yield
    except ValueError as error:
        if is_manims:
            sys.exit(short(error, 500))
        raise


def _variable(name: str) -> str:
    """Name the variable of the environment that gives what is not given otherwise."""
    return f"LAMATH_{name.upper()}"


@contextmanager
def _from_variable(name: str, given: Any) -> Iterator[None]:
    """Name the variable of the environment in an error, if it is that which is wrong."""
    try:
        yield
    except ValueError as error:
        if given is None and os.environ.get(_variable(name)):
            raise ValueError(f"{_variable(name)}: {error}") from None
        raise


def _named(values: dict[str, Any], name: Any, what: str) -> Any:
    if name not in values:
        raise ValueError(f"no {what} {name!r}; there are {', '.join(values)}")
    return values[name]
