"""The story of a clip: beats, and the captions that tell them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from manim import FadeIn, FadeOut, VGroup
from manim.utils.rate_functions import smooth, squish_rate_func

from scenes.stage.camera import RehearsalRenderer
from scenes.stage.frame import Beat, FrameScene, settle_in
from scenes.stage.text import wrap

__all__ = ["StoryScene"]


class StoryScene(FrameScene):
    """A scene told in beats: one beat, one sentence, long enough to read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._caption: VGroup | None = None
        self._caption_text, self._caption_start = "", 0.0
        self._told = ""  # the beat whose caption is on screen
        super().__init__(*args, **kwargs)

    @contextmanager
    def beat(self, name: str, message: str, **values: object) -> Iterator[None]:
        """Tell one step of the story.

        Shows the caption (which is also the subtitle), names the section, and
        afterwards holds still until the caption could be read.
        """
        text = self.words(message, **values)
        self._beat = name
        self.next_section(name)
        self._end_caption()
        start = self.time
        self._show_caption(text, start)
        yield
        need = self.theme.read(text) - (self.time - start)
        self.wait(max(need, self.theme.breath))
        if self.at_beat_end is not None:
            self.at_beat_end(self, name)

    def summary(self) -> None:
        """Hold the last picture, which is also the poster."""
        self.wait(self.theme.summary)

    def _show_caption(self, text: str, start: float) -> None:
        first = not self.beats
        self._caption_text, self._caption_start = text, start
        if not self.captions:
            if not first:
                self.wait(self.theme.swap)
            return
        caption = self._set_caption(text)
        settle_in(caption, "strip")
        caption.layer = 1
        old, self._caption = self._caption, caption
        if old is None:
            self.add(caption)
        else:
            # one after the other: two sentences on top of each other can't be read
            leaves, comes = (squish_rate_func(smooth, t, t + 0.5) for t in (0.0, 0.5))
            self.play(
                FadeOut(old, rate_func=leaves),
                FadeIn(caption, rate_func=comes),
                run_time=self.theme.swap,
            )

    def _end_caption(self) -> None:
        if self._caption_text:
            beat = Beat(self._told, self._caption_text, self._caption_start, self.time)
            self.beats.append(beat)
            if not isinstance(self.renderer, RehearsalRenderer):
                self.add_subcaption(
                    beat.caption, duration=beat.end - beat.start, offset=beat.start - self.time
                )
        self._caption_text = ""
        self._told = self._beat

    def tear_down(self) -> None:
        """Close the last caption."""
        self._end_caption()
        super().tear_down()

    def _set_caption(self, text: str) -> VGroup:
        strip, theme = self.layout.strip.inset(0.45, 0.12), self.theme
        for size in (theme.caption, 0.9 * theme.caption, 0.8 * theme.caption, 0.7 * theme.caption):
            lines = wrap(text, language=self.language, size=size, width=strip.width)
            leading = 2.0 * size
            if len(lines) * leading <= strip.height + 0.6 * size:
                break
        caption = VGroup(*(self.prose(line, size=size) for line in lines))
        middle = strip.center[1]
        for index, glyphs in enumerate(caption):
            baseline = middle + leading * ((len(lines) - 1) / 2 - index) - size / 2
            glyphs.shift([strip.center[0] - glyphs.get_center()[0], baseline - glyphs.baseline, 0])
        return caption
