"""The lessons that ship, and the schema that editors complete lessons by."""

from __future__ import annotations

import json
import re
from pathlib import Path
from textwrap import dedent

import pytest
from html_reader import Reader

import scenes
from lamath.words import LANGUAGES
from scenes.studio.report.page import lesson_page
from scenes.studio.request import lesson_tables
from scenes.studio.request.lesson import plan_lesson

LESSONS = sorted((scenes.FOLDER / "lessons").glob("*.toml"))


def test_the_lesson_in_the_readme_is_sound(tmp_path: Path) -> None:
    readme = (scenes.FOLDER.parent / "README.md").read_text(encoding="utf-8")
    _, _, section = readme.partition("## Lesson files\n")
    block = re.search(r"(?:^ {4}.*\n|^\n)+", section.partition(":\n\n")[2], re.M)
    assert block is not None
    path = tmp_path / "readme.toml"
    path.write_text(dedent(block[0]), encoding="utf-8")
    planned = plan_lesson(path)
    assert len(planned.clips) == 2 + 4
    assert planned.lesson is not None
    assert [part["kind"] for part in planned.lesson["parts"]] == ["clip", "question", "clip"]


def test_the_schema_is_up_to_date() -> None:
    stored = json.loads(lesson_tables.SCHEMA.read_text(encoding="utf-8"))
    assert stored == lesson_tables.schema(), "lessons or the catalogue changed: run make schema"


def test_the_schema_tells_editors_what_there_is() -> None:
    schema = lesson_tables.schema()
    clip = schema["$defs"]["ClipTable"]["properties"]
    assert [each["const"] for each in clip["scene"]["oneOf"]] == [e.id for e in scenes.CATALOGUE]
    assert clip["quality"]["enum"] == ["l", "m", "h", "p", "k"]
    assert set(clip) == {
        "scene", *scenes.known_inputs(), "title", "id", "languages",
        "aspects", "quality", "theme", "formats", "captions",
    }  # fmt: skip
    assert {"title", "languages", "clip", "text", "question"} < set(schema["properties"])
    assert '"null"' not in json.dumps(schema)
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_lessons_that_ship_are_sound(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("#:schema ./lesson.schema.json\n")
    planned = plan_lesson(path)
    assert planned.lesson is not None
    assert set(planned.lesson["languages"]) == set(LANGUAGES)
    html = Reader(lesson_page(planned.lesson, []))
    assert len(html.all("details")) >= 2 * len(LANGUAGES)
