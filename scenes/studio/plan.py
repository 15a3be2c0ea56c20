"""From what was asked for to the clips to film; what can't be filmed stops here, in one line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

import lamath as la
import scenes
from lamath.words import LANGUAGES, language
from scenes.studio.clip import Clip, UnusableError

__all__ = ["Plan", "length_problem", "listed", "plan", "shape_problem", "wishes"]

T = TypeVar("T")


@dataclass(frozen=True)
class Plan:
    """The clips to film, in order, and what the asker should know about them."""

    clips: tuple[Clip, ...]
    notes: tuple[str, ...] = ()
    files: Mapping[str, Path] = field(default_factory=dict)
    """Where the files are that clips name: `clip.weights` and `clip.image` are the keys."""
    lesson: Mapping[str, Any] | None = None
    """What the page of a lesson shows, in order; None if these clips are no lesson."""
    folder: str = ""
    """The folder in `--out` that a lesson has to itself."""


def plan(
    names: Sequence[str] = (),
    *,
    matrix: str | None = None,
    vector: str | None = None,
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
        Ids or class names of scenes; none means all that take the matrix.
    matrix, vector
        As typed; None is each scene's own.
    captions
        Whether the sentences are in the picture and beside it.
    languages, aspects, themes
        Each item may be a list with commas; none means en, 16:9, dark.

    Raises
    ------
    UnusableError
        If there is nothing sensible to film.
    """
    wished = wishes(languages, aspects, themes)
    spoken, frames = wished["languages"] or ["en"], wished["aspects"] or ["16:9"]
    colors = wished["themes"] or ["dark"]
    given = None if matrix is None else _parsed(la.matrix, "--matrix", matrix)
    shown = None if vector is None else _parsed(la.vector, "--vector", vector)
    entries, notes = _entries(names, given)
    clips = []
    for entry in entries:
        played = given if given is not None else la.matrix(entry.matrix)
        chosen = shown if entry.takes_vector else None
        problem = length_problem(entry, played, chosen) if chosen is not None else ""
        if problem:
            raise UnusableError(problem)
        for tongue, frame, color in product(spoken, frames, colors):
            clips.append(
                Clip(
                    scene=entry.id,
                    matrix=str(played),
                    vector=None if chosen is None else str(chosen),
                    language=tongue,
                    aspect=frame,
                    theme=color,
                    quality=quality,
                    format=format,
                    captions=captions,
                )
            )
    if shown is not None:
        notes += _without_vector(entries)
    return Plan(tuple(dict.fromkeys(clips)), tuple(notes))


# Scenes


def _entries(
    names: Sequence[str], matrix: la.Matrix | None
) -> tuple[list[scenes.Entry], list[str]]:
    """Choose the scenes; those not asked for by name may be left out, and are then noted."""
    chosen = list(dict.fromkeys(map(_entry, names))) or list(scenes.CATALOGUE)
    if matrix is None:
        return chosen, []
    shape = _shape(matrix)
    unfit = [entry for entry in chosen if shape not in entry.accepts]
    if unfit and (names or len(unfit) == len(chosen)):
        raise UnusableError(shape_problem(unfit, matrix))
    notes = [f"left out: {_wanted(unfit)}, and this one is {_size(shape)}"] if unfit else []
    return [entry for entry in chosen if entry not in unfit], notes


def shape_problem(entries: Sequence[scenes.Entry], matrix: la.Matrix) -> str:
    """Say which of the scenes don't take the matrix; nothing if all do."""
    shape = _shape(matrix)
    unfit = [entry for entry in entries if shape not in entry.accepts]
    return f"{_wanted(unfit)}, and [{_short(matrix)}] is {_size(shape)}" if unfit else ""


def _shape(matrix: la.Matrix) -> str:
    return "x".join(map(str, matrix.shape))


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
    near = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.5)
    if near:
        return f"did you mean {known[near[0]]}? (--list shows all)"
    return f"there are {', '.join(entry.id for entry in scenes.CATALOGUE)}"


def _wanted(entries: Sequence[scenes.Entry]) -> str:
    """Say which scenes want which shapes: "svd and rank take a 2×2 matrix"."""
    by_shapes: dict[tuple[str, ...], list[str]] = {}
    for entry in entries:
        by_shapes.setdefault(entry.accepts, []).append(entry.id)
    return "; ".join(
        f"{listed(ids, 'and')} take{'s' if len(ids) == 1 else ''} "
        f"a {listed([_size(shape) for shape in shapes], 'or')} matrix"
        for shapes, ids in by_shapes.items()
    )


def listed(words: Sequence[str], last: str) -> str:
    """Write words as a list: "svd, rank and inverse"."""
    *most, end = words
    return f"{', '.join(most)} {last} {end}" if most else end


def _size(shape: str) -> str:
    return shape.replace("x", "×")


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"


# Vectors


def length_problem(entry: scenes.Entry, matrix: la.Matrix, vector: la.Vector) -> str:
    """Say that a vector is not as long as the matrix's columns; nothing if it is."""
    wanted = matrix.shape[0]
    if len(vector) == wanted:
        return ""
    return (
        f"{entry.id} with [{_short(matrix)}] takes a vector of {wanted} numbers, "
        f"and ({_short(vector)}) has {len(vector)}"
    )


def _without_vector(entries: Sequence[scenes.Entry]) -> list[str]:
    idle = [entry.id for entry in entries if not entry.takes_vector]
    if len(idle) == len(entries):
        takers = [entry.id for entry in scenes.CATALOGUE if entry.takes_vector]
        raise UnusableError(
            f"no vector is shown by {listed(idle, 'or')}; leave --vector out"
            + (f", or choose {listed(takers, 'or')}" if takers else "")
        )
    return [f"--vector is not shown by {listed(idle, 'or')}"] if idle else []


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


def _parsed(parse: Callable[[str], T], option: str, text: str) -> T:
    try:
        return parse(text)
    except la.MatrixError as error:
        raise UnusableError(f"{option}: {error}") from None
