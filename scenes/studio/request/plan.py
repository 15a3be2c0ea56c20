"""From what was asked for to clips; what cannot be rendered stops here, in one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import Any

import lamath as la
import scenes
from lamath.words import LANGUAGES, language
from scenes.inputs import Folder, MisfitError, Taken, look, misfit
from scenes.studio.request.clip import Clip, UnusableError
from scenes.wording import listed, near

__all__ = ["Plan", "plan", "untaken", "wishes"]


@dataclass(frozen=True)
class Plan:
    """The clips to render, in order, and what the asker should know about them."""

    clips: tuple[Clip, ...]
    notes: tuple[str, ...] = ()
    lesson: Mapping[str, Any] | None = None
    """What the page of a lesson shows, in order; None if these clips are no lesson."""
    folder: str = ""
    """The folder in `--out` that a lesson has to itself."""


def plan(
    names: Sequence[str] = (),
    given: Mapping[str, str | None] = MappingProxyType({}),
    *,
    languages: Iterable[str] = (),
    aspects: Iterable[str] = (),
    themes: Iterable[str] = (),
    quality: str = "l",
    format: str = "mp4",
    captions: bool = True,
) -> Plan:
    """Plan every scene named (or all) × language × aspect × theme.

    Parameters
    ----------
    names
        Ids or class names of scenes; none means all that take what is given.
    given
        The inputs, by name, as typed; None is each scene's own.
    captions
        Whether the sentences are in the picture and beside it.
    languages, aspects, themes
        Each item may be a list with commas; none means en, 16:9, dark.

    Raises
    ------
    UnusableError
        If there is nothing sensible to render.
    """
    wished = wishes(languages, aspects, themes)
    spoken, frames = wished["languages"] or ["en"], wished["aspects"] or ["16:9"]
    colors = wished["themes"] or ["dark"]
    inputs = {name: text for name, text in given.items() if text is not None}
    chosen, notes = _entries(names, inputs)
    clips = [
        Clip(
            scene=entry.id,
            inputs=tuple(taken.texts.items()),
            language=tongue,
            aspect=frame,
            theme=color,
            quality=quality,
            format=format,
            captions=captions,
            places=tuple(taken.files.items()),
        )
        for entry, taken in chosen
        for tongue, frame, color in product(spoken, frames, colors)
    ]
    return Plan(tuple(dict.fromkeys(clips)), tuple(notes))


# Scenes and what they are given


def _entries(
    names: Sequence[str], given: Mapping[str, str]
) -> tuple[list[tuple[scenes.Entry, Taken]], list[str]]:
    """Choose scenes; those not asked for by name may be left out, and are then noted."""
    chosen = list(dict.fromkeys(map(_entry, names))) or list(scenes.CATALOGUE)
    notes = []
    for name in given:
        without = [entry for entry in chosen if entry.input(name) is None]
        if len(without) == len(chosen):
            raise UnusableError(untaken(name, without, scenes.known_inputs()[name].option))
        if without and names:
            ids = listed([entry.id for entry in without], "or")
            notes.append(f"{scenes.known_inputs()[name].option} is not shown by {ids}")
        elif without:
            chosen = [entry for entry in chosen if entry not in without]
            notes.append(f"left out: {untaken(name, without)}")
    taking, unfit = [], []
    for entry in chosen:
        taken, wrong = look(entry.inputs, given, Folder(), entry.id)
        for error in wrong:
            if not isinstance(error, MisfitError):
                raise UnusableError(f"{scenes.known_inputs()[error.name].option}: {error}")
            unfit.append(error)
        if not wrong:
            taking.append((entry, taken))
    if unfit and (names or not taking):
        raise UnusableError(misfit(unfit))
    if unfit:
        notes.append(f"left out: {misfit(unfit)}")
    return taking, notes


def untaken(name: str, entries: Sequence[scenes.Entry], what: str = "") -> str:
    """Say that some scenes do not show an input, and which do.

    With `what`, the option or the line of a file that gives it, say what to do about it.
    """
    noun = scenes.known_inputs()[name].noun or name
    ids = listed([entry.id for entry in entries], "and")
    said = f"{ids} show{'s' * (len(entries) == 1)} no {noun}"
    if not what:
        return said
    takers = [entry.id for entry in scenes.CATALOGUE if entry.input(name) is not None]
    return f"{said}; leave {what} out, or choose {listed(takers, 'or')}"


def _entry(name: str) -> scenes.Entry:
    for entry in scenes.CATALOGUE:
        if name in (entry.id, entry.class_name):
            return entry
    raise UnusableError(f"there is no scene {name!r}; {_hint(name)}")


def _hint(name: str) -> str:
    """Say what was probably meant by a word that is not a scene."""
    for option, values in (("aspect", scenes.ASPECTS), ("theme", scenes.THEMES)):
        if name in values:
            return f"several {option}s are joined by commas: --{option} {','.join(values)}"
    if _is_language(name):
        return f"several languages are joined by commas: --language {','.join(LANGUAGES)}"
    if re.match(r"[\d\s.;,+*/()\[\]-]+$", name):
        return 'a matrix is one argument, in quotes: --matrix "3 0; 4 5"'
    known = {each.class_name.lower(): each.id for each in scenes.CATALOGUE}
    known |= {each.id.lower(): each.id for each in scenes.CATALOGUE}
    meant = near(name.lower(), known, cutoff=0.5)
    if meant:
        return f"did you mean {known[meant]}? (--list shows all)"
    return f"there are {', '.join(entry.id for entry in scenes.CATALOGUE)}"


# Words


def wishes(
    languages: Iterable[str] = (), aspects: Iterable[str] = (), themes: Iterable[str] = ()
) -> dict[str, list[str]]:
    """Read what a command line asks for, each item a word or several with commas.

    Raises
    ------
    UnusableError
        If there is no such language, aspect or theme.
    """
    return {
        "languages": _choices(languages, _language),
        "aspects": _choices(aspects, _one_of("aspect", scenes.ASPECTS)),
        "themes": _choices(themes, _one_of("theme", scenes.THEMES)),
    }


def _choices(given: Iterable[str], check: Callable[[str], str]) -> list[str]:
    words = [word for item in given for word in re.split(r"[,\s]+", item.strip())]
    return list(dict.fromkeys(map(check, words)))


def _one_of(what: str, values: Sequence[str]) -> Callable[[str], str]:
    def check(word: str) -> str:
        if word not in values:
            raise UnusableError(f"there is no {what} {word!r}; choose {listed(values, 'or')}")
        return word

    return check


def _language(word: str) -> str:
    try:
        return language(word)
    except la.LanguageError:
        raise UnusableError(
            f"there are no words in {word!r}; choose {listed(LANGUAGES, 'or')}"
        ) from None


def _is_language(word: str) -> bool:
    try:
        return bool(language(word))
    except la.LanguageError:
        return False
