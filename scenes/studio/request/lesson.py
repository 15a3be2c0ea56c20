"""Lesson files: TOML that lists clips, texts and questions in the order of the page.

    title = "First steps"
    languages = ["en", "zh-Hans"]

    [[text]]
    body.en = "What can undo a matrix?"
    body.zh-Hans = "什么能撤销一个矩阵？"

    [[clip]]
    scene = "inverse"
    matrix = [[2, 1], [1, 3]]

A lesson file is data: nothing in it is run, and it can name no file outside of its own
folder. `read` finds everything that is wrong with one at once.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

from scenes.inputs import Taken
from scenes.studio.request.clip import Clip
from scenes.studio.request.lesson_file import read
from scenes.studio.request.lesson_tables import ClipTable
from scenes.studio.request.plan import Plan

__all__ = ["plan_lesson"]


def plan_lesson(
    path: Path, *, allow_outside: bool = False, asked: Mapping[str, Any] | None = None
) -> Plan:
    """Plan the clips of a lesson and the page that shows them.

    Raises
    ------
    LessonError
        With everything that is wrong with the file.
    """
    asked = {name: value for name, value in (asked or {}).items() if value not in (None, [], ())}
    lesson, order, given = read(path, allow_outside=allow_outside, asked=asked)
    settings = lesson.model_dump(include=set(_SETTINGS)) | asked
    taken = {clip.id for clip in lesson.clip if clip.id is not None}
    clips: list[Clip] = []
    parts: list[dict[str, Any]] = []
    for kind, number in order:
        table = getattr(lesson, str(kind))[number]
        if not isinstance(table, ClipTable):
            parts.append({"kind": kind} | table.model_dump())
            continue
        own = list(_clips(table, given[int(number)], settings, asked))
        clips += own
        parts.append(
            {
                "kind": "clip",
                "id": table.id or _free_id(int(number) + 1, taken),
                "title": table.title,
                "clips": [{"id": clip.id, **_shown_of(clip)} for clip in own],
            }
        )
    shown = {
        "title": lesson.title,
        "languages": settings["languages"],
        "aspects": settings["aspects"],
        "theme": settings["theme"],
        "parts": parts,
    }
    return Plan(tuple(dict.fromkeys(clips)), lesson=shown, folder=_folder_name(path))


_SETTINGS = ("languages", "aspects", "quality", "theme", "formats", "captions")


def _clips(
    table: ClipTable, given: Taken, settings: Mapping[str, Any], asked: Mapping[str, Any]
) -> Iterator[Clip]:
    """Give the clips of a table: what it says, else the lesson; the command line before both."""
    own = table.model_dump(include=set(_SETTINGS), exclude_none=True)
    said = {**settings, **own, **asked}
    for tongue, frame, kind in product(said["languages"], said["aspects"], said["formats"]):
        yield Clip(
            scene=table.scene,
            inputs=tuple(given.texts.items()),
            language=tongue,
            aspect=frame,
            theme=said["theme"],
            quality=said["quality"],
            format=kind,
            captions=said["captions"],
            places=tuple(given.files.items()),
        )


def _shown_of(clip: Clip) -> dict[str, Any]:
    """Give what the page shows of a clip before there is one."""
    facts = clip.facts
    return {name: facts[name] for name in ("scene", "inputs", "language", "aspect", "format")}


def _free_id(number: int, taken: set[str]) -> str:
    id = f"clip-{number}"
    while id in taken:
        id += "-a"
    taken.add(id)
    return id


_BUNDLES = ("clips", "failed", "draft")  # what lies beside the folders of lessons


def _folder_name(path: Path) -> str:
    r"""Make a folder's name of a lesson's path, another one for every path.

    It has letters of any script, digits, dots and dashes. A file of the current folder whose
    name has nothing else gives it alone; all others add what tells their paths apart.

    >>> _folder_name(Path("first-steps.toml")), _folder_name(Path("第 7 课.toml"))
    ('first-steps', '第-7-课-d2d4e8')
    """
    name = re.sub(r"[^\w.]+", "-", path.stem)[:60].strip("-._")
    whole = Path(os.path.abspath(path))  # noqa: PTH100  (resolve() would follow links)
    here = Path.cwd()
    seen = whole.relative_to(here) if whole.is_relative_to(here) else whole
    if seen.as_posix() == f"{name}.toml" and name not in _BUNDLES and name == name.lower():
        return name
    told_apart = hashlib.sha256(os.fsencode(seen.as_posix())).hexdigest()[:6]
    return f"{name or 'lesson'}-{told_apart}"
