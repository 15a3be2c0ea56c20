"""What the page of a lesson shows, as it lies beside the clips."""

from __future__ import annotations

from typing import Literal, TypedDict

from scenes.studio.store.disk import Folder
from scenes.studio.store.typed import DamagedError, read_json, typed

__all__ = ["LESSON", "LessonRecord", "read_lesson"]

LESSON = "lesson.json"
"""The file of a store that says what a lesson's page shows, in order."""

Language = Literal["en", "zh-Hans", "zh-Hant"]
Texts = dict[str, str]


class PlannedClip(TypedDict):
    """A clip of a lesson, whether there is one yet or not."""

    id: str
    scene: str
    inputs: dict[str, str]
    language: Language
    aspect: str
    format: str


class ClipPart(TypedDict):
    """A clip in each of its languages, shapes and formats."""

    kind: Literal["clip"]
    id: str
    title: Texts | None
    clips: list[PlannedClip]


class TextPart(TypedDict):
    """A text in every language."""

    kind: Literal["text"]
    title: Texts | None
    body: Texts


class QuestionPart(TypedDict):
    """A question and its answer in every language."""

    kind: Literal["question"]
    prompt: Texts
    answer: Texts


class LessonRecord(TypedDict):
    """What the page of a lesson shows, in order."""

    title: Texts
    languages: list[Language]
    aspects: list[str]
    theme: Literal["dark", "light"]
    parts: list[ClipPart | TextPart | QuestionPart]


def read_lesson(out: Folder) -> LessonRecord | None:
    """Read what the lesson of a store shows; None if there is none, or not one of ours."""
    try:
        lesson = typed(LessonRecord, read_json(out, LESSON))
    except (OSError, DamagedError):
        return None
    spoken = set(lesson["languages"])
    said = [lesson["title"]]
    for part in lesson["parts"]:
        if part["kind"] == "text":
            said += [part["body"], part["title"] or part["body"]]
        elif part["kind"] == "question":
            said += [part["prompt"], part["answer"]]
    is_whole = bool(spoken) and all(spoken <= texts.keys() for texts in said)
    return lesson if is_whole and all(part.get("clips", True) for part in lesson["parts"]) else None
