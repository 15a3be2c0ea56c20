"""What is wrong with a lesson file, said as a teacher would, with the line and the remedy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import scenes
from scenes.studio.request.clip import UnusableError
from scenes.studio.request.lesson_tables import ClipTable, Lesson, QuestionTable, Table, TextTable
from scenes.studio.request.toml_positions import Position, line_of
from scenes.wording import nearest, quoted, short

__all__ = ["PARTS", "LessonError", "Problem", "plain", "position_of", "remedy", "report_lines"]

PARTS = ("clip", "text", "question")
_MAX_PROBLEMS = 50

Problem = tuple[Position, str]
"""Where in the file, and what is wrong there."""


class LessonError(UnusableError):
    """What is wrong with a lesson file: `problems`, each one line with its remedy."""

    def __init__(self, problems: Sequence[str]) -> None:
        shown = list(problems[:_MAX_PROBLEMS])
        if len(problems) > len(shown):
            shown.append(f"and {len(problems) - len(shown)} more of the like")
        self.problems = tuple(shown)
        super().__init__("\n".join(self.problems))


def plain(text: object) -> str:
    """Write on one line, shortened."""
    return short(text, 120)


def position_of(error: Mapping[str, Any]) -> Position:
    """Give the position of what pydantic found."""
    return tuple(each for each in error["loc"] if each != "[key]")


def remedy(error: Mapping[str, Any]) -> str:
    """Say what is wrong, and the remedy, as a teacher would."""
    kind, value, place = error["type"], error["input"], position_of(error)
    field = str(place[-1]) if place else ""
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind == "missing":
        return f"it is missing; add {_EXAMPLES.get(field, field)}"
    if kind == "extra_forbidden":
        known = list(_table_at(place).model_fields)
        if place[0] == "clip":
            known += scenes.known_inputs()
        return f"there is no such field; {nearest(field, known)}"
    if kind == "list_type" and field in PARTS:
        return f"it is one table; write [[{field}]], with two brackets, before each {field}"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return f"{quoted(value)} is no table; write [[{place[0]}]] and its fields below"
    if kind == "list_type":
        return f"{quoted(value)} is no list; write such as {_EXAMPLES.get(field, '[…]')}"
    if kind == "string_type":
        return f"{quoted(value)} is no text; write it in quotes: {_EXAMPLES.get(field, '…')}"
    if kind == "bool_type":
        return f"{quoted(value)} is neither true nor false; write one of them, without quotes"
    if kind == "too_short":
        return f"it is empty; write such as {_EXAMPLES.get(field, '[…]')}, or leave it out"
    if kind == "too_long":
        return f"it has {len(value)} items; {error['ctx']['max_length']} are the most"
    return f"{plain(error['msg'])}; correct {quoted(value)}"


_EXAMPLES = {
    "title": 'title = "First steps"',
    "languages": 'languages = ["en", "zh-Hans"]',
    "aspects": 'aspects = ["16:9"]',
    "quality": 'quality = "m"',
    "theme": 'theme = "dark"',
    "formats": 'formats = ["mp4"]',
    "clip": '[[clip]] with scene = "svd" below it',
    "scene": 'scene = "svd"',
    "id": 'id = "first-look"',
    "body": 'body = "…"',
    "prompt": 'prompt = "…"',
    "answer": 'answer = "…"',
}


def _table_at(place: Position) -> type[Table]:
    tables: dict[object, type[Table]] = {
        "clip": ClipTable, "text": TextTable, "question": QuestionTable,
    }  # fmt: skip
    return tables.get(place[0], Lesson) if len(place) > 1 else Lesson


def report_lines(
    name: str, text: str, where: Mapping[Position, int], problems: Sequence[tuple[Position, str]]
) -> list[str]:
    """Write each problem as one line, in the order of the file."""

    def offset(place: Position) -> int:
        return next(
            (where[place[:end]] for end in range(len(place), 0, -1) if place[:end] in where), 0
        )

    lines = [
        f"{name}:{line_of(text, offset(place))}: {_called(place)}{said}"
        for place, said in sorted(problems, key=lambda problem: offset(problem[0]))
    ]
    return list(dict.fromkeys(lines))


def _called(place: Position) -> str:
    """Call a field what a teacher calls it: `("clip", 1, "title", "en")` is clip 2, title in en."""
    words: list[str] = []
    for before, each in zip(("", *place), place, strict=False):
        if isinstance(each, int):
            if before in PARTS:
                words[-1] += f" {each + 1}"
        elif before in ("title", "body", "prompt", "answer"):
            words[-1] += f" in {plain(each)}"
        else:
            words.append(plain(each))
    return f"{', '.join(words)}: " if words else ""
