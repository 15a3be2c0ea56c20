"""The lessons that ship, and the schema that editors complete lessons by."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from textwrap import dedent

import pytest
from html_reader import Reader
from support import Run

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


COURSE = {"inverse-column-null": [f"I.{n}" for n in range(1, 18)],
          "decompositions": [f"II.{n}" for n in range(1, 13)]}  # fmt: skip
"""The rows of the curriculum that a lesson goes through."""

WORKED_OUT = {
    "inverse-column-null": (
        "det A = 2·3 − 1·1 = 5", "A⁻¹ = [3/5 −1/5; −1/5 2/5]", "κ = σ₁/σ₂ ≈ 2.62",
        "σ₁ = (5 + √5)/2 ≈ 3.62", "σ₂ = (5 − √5)/2 ≈ 1.38",
        "det B = 1·4 − 2·2 = 0", "span{(1, 2)}", "N(B) = span{(−2, 1)}",
        "N(C) = span{(−2, 1, 0), (−3, 0, 1)}",
        "x = (1, 1)", "2√5/5 ≈ 0.894", "(2/5, 4/5) + t(−2, 1)", "κ = σ₁/σ₂ ≈ 402",
        "x = (4/3, 1/3)", "√2/2 ≈ 0.707", "(3/5, 6/5) + t(−2, 1)",
    ),
    "decompositions": (
        "σ₁ = (5 + √5)/2 ≈ 3.62", "σ₂ = (5 − √5)/2 ≈ 1.38", "3·2 = 6", "4 − 5 − 60 = −61",
        "span{(−1, −1, 1)}", "σ₁ = 3√5", "σ₂ = √5", "κ = σ₁/σ₂ = 3", "σ₂ = 1",
        "= √15 ≈ 3.87", "= √34 ≈ 5.83",
    ),
}  # fmt: skip
"""Acceptance values of the curriculum, as the page shows them."""


def _course(name: str) -> tuple[str, dict[str, list[str]]]:
    """Give the file of a lesson, and the texts of its page in each language."""
    path = scenes.FOLDER / "lessons" / f"{name}.toml"
    lesson = plan_lesson(path).lesson
    assert lesson is not None
    fields = ("title", "body", "prompt", "answer")
    said = {
        each: [part[f][each] for part in lesson["parts"] for f in fields if part.get(f)]
        for each in lesson["languages"]
    }
    return path.read_text(encoding="utf-8"), said


@pytest.mark.parametrize("name", COURSE)
def test_a_lesson_goes_through_every_row_in_order(name: str) -> None:
    source = (scenes.FOLDER / "lessons" / f"{name}.toml").read_text(encoding="utf-8")
    _, *rows = re.split(r"^# row (?=I)", source, flags=re.M)
    assert [row.split("\n")[0] for row in rows] == COURSE[name]
    for number, row in enumerate(rows, start=1):
        for tongue in LANGUAGES:
            assert f'title.{tongue} = "{number}. ' in row, f"row {number} has no heading"
    without_question = [row.split("\n")[0] for row in rows if "[[question]]" not in row]
    assert set(without_question) <= {"I.12", "I.17"}


@pytest.mark.parametrize("name", COURSE)
def test_the_numbers_of_a_lesson_are_worked_out(name: str) -> None:
    source, said = _course(name)
    for value in WORKED_OUT[name]:
        assert value not in source, f"{value} is typed"
        for tongue, texts in said.items():
            assert any(value in text for text in texts), f"{tongue} does not say {value}"


@pytest.mark.parametrize("name", COURSE)
def test_clips_that_a_lesson_waits_for_are_complete(name: str) -> None:
    source = (scenes.FOLDER / "lessons" / f"{name}.toml").read_text(encoding="utf-8")
    waiting = re.findall(r"^# \[\[clip\]\]\n((?:# \w+ = .+\n)+)", source, re.M)
    assert len(waiting) == source.count("# [[clip]]")
    ids = re.findall(r'^id = "(.+)"', source, re.M)
    for table in waiting:
        clip = tomllib.loads(table.replace("# ", ""))
        assert {"id", "scene"} < set(clip)
        assert clip["id"] not in ids
        ids.append(clip["id"])


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_of_the_project_is_called_by_its_name(
    render: Run, tmp_path: Path, path: Path
) -> None:
    done = render("--lesson", path.stem, "--language", "zh-Hans", "--plan", "--json")
    assert done.returncode == 0, done.stderr
    planned = json.loads(done.stdout)["clips"]
    own = plan_lesson(path, asked={"languages": ["zh-Hans"]}).clips
    assert [clip["id"] for clip in planned] == [clip.id for clip in own]
    (tmp_path / path.stem).write_text("title = 1", encoding="utf-8")  # a file goes before a name
    assert render("--lesson", path.stem, "--plan").returncode == 2
