"""Reads a lesson file: TOML in, checked tables and inputs out, or all that is wrong with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

import scenes
from scenes.inputs import Folder, Taken, look
from scenes.studio.request.fields import Around, WrongError, in_list, known_language
from scenes.studio.request.lesson_errors import (
    PARTS,
    LessonError,
    Problem,
    plain,
    position_of,
    remedy,
    report_lines,
)  # fmt: skip
from scenes.studio.request.lesson_numbers import filled
from scenes.studio.request.lesson_tables import MAX_PARTS, Lesson
from scenes.studio.request.plan import untaken
from scenes.studio.request.toml_positions import Position, TooDeepError, positions
from scenes.wording import quoted, short

__all__ = ["Read", "read"]

MAX_FILE = 256 * 1024
MAX_CLIPS = 2000


class Read(NamedTuple):
    """What a lesson file says."""

    lesson: Lesson
    order: Sequence[Position]
    """Its parts in the order of the file: `("text", 0)`, `("clip", 0)`, …."""
    given: list[Taken]
    """For each clip what its scene is given."""


def read(
    path: Path, *, allow_outside: bool = False, asked: Mapping[str, Any] | None = None
) -> Read:
    """Read a lesson file.

    Parameters
    ----------
    path
        The file.
    allow_outside
        Whether the files that it names may lie outside of its folder.
    asked
        What the command line says instead of the file: `languages`, `aspects`, ….

    Raises
    ------
    LessonError
        With everything that is wrong with it.
    """
    name = short(path, 200)
    text = _read_text(path, name)
    where = _positions(text, name)
    values = _parse(text, name)
    if endless := list(_endless(values)):
        said = "it has a number of more than 300 digits; write a shorter one"
        problems = [(place, said) for place in endless]
        raise LessonError(report_lines(name, text, where, problems))
    asked = asked or {}
    around = Around(_spoken(values, asked), asked)
    problems = list(_at_large(values, around))
    folder = Folder(path.resolve().parent, "the lesson's folder", is_closed=not allow_outside)
    values, given = _given(values, folder, problems)
    try:
        lesson = Lesson.model_validate(values, context=around)
    except ValidationError as error:
        problems += [(position_of(each), remedy(each)) for each in error.errors(include_url=False)]
    order = [place for place in where if len(place) == 2 and place[0] in PARTS]
    if not problems:
        lesson, problems = filled(lesson, order, given)
    if problems:
        raise LessonError(report_lines(name, text, where, problems))
    return Read(lesson, order, given)


def _given(
    values: dict[str, Any], folder: Folder, problems: list[Problem]
) -> tuple[dict[str, Any], list[Taken]]:
    """Take the inputs of scenes out of a lesson's clips, and note what is wrong with them."""
    clips, taken, others = values.get("clip"), [], []
    if not isinstance(clips, list):
        return values, []
    known = scenes.known_inputs()
    entries = {entry.id: entry for entry in scenes.CATALOGUE}
    for number, clip in enumerate(clips):
        if not isinstance(clip, dict):
            others.append(clip)
            continue
        mine = {name: value for name, value in clip.items() if name in known}
        others.append({name: value for name, value in clip.items() if name not in known})
        scene = clip.get("scene")
        entry = entries.get(scene) if isinstance(scene, str) else None
        if entry is None:
            continue  # which is said of the scene
        for name in [name for name in mine if entry.input(name) is None]:
            problems.append((("clip", number, name), untaken(name, [entry], "the line")))
        found, wrong = look(entry.inputs, mine, folder, entry.id)
        problems += [(("clip", number, error.name), str(error)) for error in wrong]
        taken.append(found)
    return values | {"clip": others}, taken


def _read_text(path: Path, name: str) -> str:
    try:
        if not path.is_file():
            what = "it is not a file" if path.exists() else "there is no such file"
            raise LessonError([f"{name}: {what}; check the path"])
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except LessonError:
        raise
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise LessonError([f"{name}: it can't be read: {said}; check the path"]) from None
    if len(data) > MAX_FILE:
        raise LessonError([f"{name}: it is larger than {MAX_FILE // 1024} KB; make two lessons"])
    try:
        # some editors of Windows put a mark in front
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise LessonError([f"{name}:{line}: it is not UTF-8; save it as UTF-8 text"]) from None


_HINTS = (
    ("Cannot overwrite a value", "this field is there twice; keep one"),
    ("Cannot mutate", "this table is there twice; begin each clip with [[clip]]"),
    ("Cannot declare", "this table is there twice; begin each clip with [[clip]], two brackets"),
    ("Illegal character '\\n'", "a quote is not closed; texts of several lines go in three quotes"),
    ("Expected '=' after a key", "a field is written name = value"),
    ("Invalid value", "this is no value; texts go in quotes, lists in brackets"),
    ("Unclosed array", "a bracket is not closed; add ]"),
    ("Unescaped", "write two backslashes for one, or use single quotes"),
)


def _parse(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise LessonError([f"{name}: it is nested too deeply; write fewer brackets"]) from None
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        said = " ".join(str(error).split())
        found = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", said)
        at = "" if found is None else f":{found[1] or text.count(chr(10)) + 1}"
        what = said[: found.start()] if found else said
        hint = next((hint for sign, hint in _HINTS if what.startswith(sign)), "correct this line")
        raise LessonError([f"{name}{at}: this is not TOML ({plain(what)}); {hint}"]) from None


def _endless(value: Any, place: Position = ()) -> Iterator[Position]:
    """Give the places of whole numbers that are too long to be written.

    Python reads such numbers in hexadecimal, octal and binary only.
    """
    if isinstance(value, int) and abs(value) >= 10**300:
        yield place
    inner = dict(enumerate(value)) if isinstance(value, list) else value
    for name, each in inner.items() if isinstance(inner, dict) else ():
        yield from _endless(each, (*place, name))


def _positions(text: str, name: str) -> dict[Position, int]:
    try:
        return positions(text)
    except (TooDeepError, RecursionError):
        raise LessonError([f"{name}: it is nested too deeply; write fewer brackets"]) from None
    except ValueError:
        return {}  # what is wrong, tomllib says best


def _spoken(values: dict[str, Any], asked: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Give the languages that texts have to be in; None if they are not to be made out."""
    if asked.get("languages"):
        return tuple(asked["languages"])
    said = in_list(values.get("languages", ["en"]))
    try:
        return tuple(known_language(word) for word in said)
    except (WrongError, TypeError, AttributeError):
        return None


def _at_large(values: dict[str, Any], around: Around) -> Iterator[Problem]:
    """Give what is wrong with the lesson as a whole, whatever is wrong with its fields."""
    tables = {kind: values.get(kind) for kind in PARTS}
    lists = {kind: each for kind, each in tables.items() if isinstance(each, list)}
    if sum(map(len, lists.values())) > MAX_PARTS:
        yield (), f"it has more than {MAX_PARTS} clips, texts and questions; make two lessons"
    first: dict[str, int] = {}
    count = 0
    for number, clip in enumerate(lists.get("clip", [])):
        if not isinstance(clip, dict):
            continue
        id = clip.get("id")
        if isinstance(id, str) and first.setdefault(id, number) != number:
            yield (
                ("clip", number, "id"),
                f"{quoted(id)} is the id of clip {first[id] + 1} too; choose another",
            )
        count += _count(values | clip, around)
    if count > MAX_CLIPS:
        yield (
            (),
            f"languages × aspects × formats come to {count} clips; "
            f"{MAX_CLIPS} are the most, so leave some out",
        )


def _count(settings: Mapping[str, Any], around: Around) -> int:
    count = 1
    for name in ("languages", "aspects", "formats"):
        words = around.asked.get(name) or settings.get(name, [""])
        count *= len(set(map(str, words))) if isinstance(words, list) else 1
    return count
