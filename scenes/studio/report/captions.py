"""Captions and chapters as WebVTT, which every browser plays."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple, Protocol

__all__ = ["Spoken", "chapters", "webvtt"]


class Spoken(Protocol):
    """A sentence and when it is on screen (seconds); the stage's Beat is one."""

    @property
    def name(self) -> str: ...
    @property
    def caption(self) -> str: ...
    @property
    def start(self) -> float: ...
    @property
    def end(self) -> float: ...


def webvtt(beats: Iterable[Spoken], seconds: float) -> str:
    """Give the captions of a clip `seconds` long: in order, one at a time, none past its end.

    >>> from types import SimpleNamespace as Beat
    >>> print(webvtt([Beat(name="a", caption="0 < det", start=0.5, end=9.0)], 2.0), end="")
    WEBVTT
    <BLANKLINE>
    1
    00:00:00.500 --> 00:00:02.000
    0 &lt; det
    """
    cues: list[tuple[float, float, str]] = []
    for beat in sorted(beats, key=lambda beat: beat.start):
        text = _escaped(beat.caption)
        start, end = max(beat.start, 0.0), min(beat.end, seconds)
        if cues and cues[-1][1] > start:
            cues[-1] = (cues[-1][0], start, cues[-1][2])
        cues.append((start, end, text))
    shown = [cue for cue in cues if cue[2] and _milliseconds(cue[0]) < _milliseconds(cue[1])]
    blocks = [
        f"{number}\n{_stamp(start)} --> {_stamp(end)}\n{text}"
        for number, (start, end, text) in enumerate(shown, start=1)
    ]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


class _Chapter(NamedTuple):
    name: str
    caption: str
    start: float
    end: float


def chapters(beats: Iterable[Spoken], seconds: float) -> str:
    """Give the chapters of a clip: its beats, each called by the first sentence in it."""
    found = []
    for name, group in groupby(sorted(beats, key=lambda beat: beat.start), lambda beat: beat.name):
        first, *_ = told = list(group)
        found.append(_Chapter(name, first.caption, first.start, told[-1].end))
    return webvtt(found, seconds)


def _escaped(text: str) -> str:
    """Keep line breaks, but no empty line: it would end the cue."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    plain = "\n".join(line for line in lines if line)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _milliseconds(seconds: float) -> int:
    return round(1000 * seconds)


def _stamp(seconds: float) -> str:
    rest, milliseconds = divmod(_milliseconds(seconds), 1000)
    rest, second = divmod(rest, 60)
    hour, minute = divmod(rest, 60)
    return f"{hour:02}:{minute:02}:{second:02}.{milliseconds:03}"
