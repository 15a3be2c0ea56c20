"""The transcript of a clip: what is said and what is seen, for who reads or hears it instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from scenes.studio.report.captions import Spoken
from scenes.wording import clock

__all__ = ["SeenLike", "SightLike", "in_markdown", "transcript"]


class SightLike(Protocol):
    """What is to be seen on one stage; the stage's Sight is one."""

    @property
    def heading(self) -> str: ...
    @property
    def arrows(self) -> Sequence[tuple[str, str, str]]: ...
    @property
    def points(self) -> Sequence[tuple[str, str]]: ...
    @property
    def marks(self) -> Sequence[str]: ...


class SeenLike(Protocol):
    """What is to be seen in the frame; the stage's Seen is one."""

    @property
    def stages(self) -> Sequence[SightLike]: ...
    @property
    def panel(self) -> Sequence[str]: ...


def transcript(
    title: str,
    given: str,
    beats: Sequence[Spoken],
    sights: Sequence[SeenLike],
    say: Callable[[str], str],
) -> str:
    """Write a clip down as Markdown: each sentence, and what is new in the picture when it ends.

    Parameters
    ----------
    given
        What the scene was given, in a few words.
    sights
        What is to be seen when each of the `beats` ends.
    say
        Translates a message of the studio.
    """
    blocks = [f"# {in_markdown(title)}", *([in_markdown(given)] if given else [])]
    before: set[str] = set()
    for beat, sight in zip(beats, sights, strict=True):
        blocks.append(f"**{clock(beat.start)}** {in_markdown(beat.caption)}")
        told = list(_told(sight, say))
        news = [(place, [each for each in things if each not in before]) for place, things in told]
        lines = [f"- {place}: {'; '.join(map(in_markdown, new))}" for place, new in news if new]
        if lines:
            blocks.append("\n".join(lines))
        before = {each for _, things in told for each in things}
    return "\n\n".join(blocks) + "\n"


def _told(sight: SeenLike, say: Callable[[str], str]) -> Iterable[tuple[str, list[str]]]:
    """Give the things that are seen, by where."""
    for number, stage in enumerate(sight.stages, start=1):
        place = say("Picture") if len(sight.stages) == 1 else f"{say('Picture')} {number}"
        if stage.heading:
            place += f" ({stage.heading})"
        arrows = [_arrow(say, *each) for each in stage.arrows]
        points = [say("point {name} at {place}").format(name=n, place=p) for n, p in stage.points]
        yield place, [*arrows, *points, *stage.marks]
    yield say("Beside it"), list(sight.panel)


def _arrow(say: Callable[[str], str], name: str, tail: str, tip: str) -> str:
    if tail:
        return say("arrow {name} from {tail} to {tip}").format(name=name, tail=tail, tip=tip)
    return say("arrow {name} to {tip}").format(name=name, tip=tip)


_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>#|"})


def in_markdown(text: str) -> str:
    r"""Write a text so that Markdown shows it as it is.

    >>> print(in_markdown("A_1 *is* <b>[2 1]</b>"))
    A\_1 \*is\* \<b\>\[2 1\]\</b\>
    """
    return " ".join(text.split()).translate(_SPECIAL)
