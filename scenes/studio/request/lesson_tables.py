"""The tables of a lesson file, for pydantic to check and for editors to complete.

`python -m scenes.studio.request.lesson_tables --schema` writes the JSON Schema.
"""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any, cast

from pydantic import BaseModel, ConfigDict, Field

import scenes
from scenes.studio.request.fields import (
    Aspects,
    Body,
    Formats,
    Id,
    Languages,
    Quality,
    Scene,
    Theme,
    Title,
)  # fmt: skip

__all__ = [
    "MAX_PARTS", "SCHEMA", "ClipTable", "Lesson", "QuestionTable", "Table", "TextTable", "schema",
]  # fmt: skip

SCHEMA = scenes.FOLDER / "lessons" / "lesson.schema.json"

MAX_PARTS = 300


class Table(BaseModel):
    """What all of them have in common."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ClipTable(Table):
    """A clip: a scene, and what it is given. What it leaves out, the lesson says.

    The inputs that the scene declares are fields too; `Read.given` has those.
    """

    scene: Annotated[Scene, Field(description="Which; `python render.py --list` shows them.")]
    languages: Annotated[Languages | None, Field(description="Instead of the lesson's.")] = None
    aspects: Annotated[Aspects | None, Field(description="Instead of the lesson's.")] = None
    quality: Annotated[Quality | None, Field(description="Instead of the lesson's.")] = None
    theme: Annotated[Theme | None, Field(description="Instead of the lesson's.")] = None
    formats: Annotated[Formats | None, Field(description="Instead of the lesson's.")] = None
    captions: Annotated[bool | None, Field(description="Instead of the lesson's.")] = None
    title: Annotated[
        Title | None, Field(description="Its heading on the page; without one, the scene's.")
    ] = None
    id: Annotated[Id | None, Field(description="What a link to it ends with: index.html#id.")] = (
        None
    )


class TextTable(Table):
    """A text: paragraphs with an empty line between them; lines that begin with "- " are a list."""

    title: Annotated[Title | None, Field(description="A heading.")] = None
    body: Annotated[
        Body,
        Field(
            description="The text. [2 1; 1 3] in it is shown as a matrix, "
            "{det} as a number of the clip above."
        ),
    ]


class QuestionTable(Table):
    """A question to think about; the answer is shown when the reader asks for it."""

    prompt: Annotated[Body, Field(description="What to predict.")]
    answer: Annotated[Body, Field(description="What is revealed then.")]


class Lesson(Table):
    """A lesson: clips, texts and questions, in the order of the file."""

    languages: Annotated[Languages, Field(description="The first is the page's own.")] = ["en"]
    title: Annotated[Title, Field(description="The title of the page.")]
    aspects: Annotated[Aspects, Field(description="The shapes of the pictures.")] = ["16:9"]
    quality: Annotated[
        Quality, Field(description="480p15, 720p30, 1080p60, 1440p60 or 2160p60.")
    ] = "m"
    theme: Annotated[Theme, Field(description="The colors.")] = "dark"
    formats: Annotated[Formats, Field(description="The kinds of files.")] = ["mp4"]
    captions: Annotated[
        bool, Field(description="false: no sentences in the pictures, no subtitles.")
    ] = True
    clip: Annotated[list[ClipTable], Field(min_length=1, max_length=MAX_PARTS)]
    text: Annotated[list[TextTable], Field(max_length=MAX_PARTS)] = []
    question: Annotated[list[QuestionTable], Field(max_length=MAX_PARTS)] = []


def schema() -> dict[str, Any]:
    """Give the JSON Schema of a lesson file, for editors."""
    found = cast(dict[str, Any], _without_null(Lesson.model_json_schema()))
    found["$schema"] = "http://json-schema.org/draft-07/schema#"
    properties = found["$defs"]["ClipTable"]["properties"]
    properties["scene"] |= {
        "oneOf": [{"const": each.id, "title": each.title} for each in scenes.CATALOGUE]
    }
    properties |= {
        each.name: {"description": each.help} | each.schema()
        for each in scenes.known_inputs().values()
    }
    return found


def _without_null(value: Any) -> Any:
    """Leave out null, which TOML does not know, and titles that repeat a name."""
    if isinstance(value, list):
        return [_without_null(each) for each in value if each != {"type": "null"}]
    if not isinstance(value, dict):
        return value
    kept = {
        key: _without_null(each)
        for key, each in value.items()
        if not (key == "default" and each is None)
        and not (key == "title" and isinstance(each, str))
    }
    if len(kept.get("anyOf", ())) == 1:
        kept |= kept.pop("anyOf")[0]
    return kept


def _main() -> None:
    text = json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
    if sys.argv[1:] == ["--schema"]:
        SCHEMA.parent.mkdir(exist_ok=True)
        SCHEMA.write_text(text, encoding="utf-8")
    else:
        sys.exit(f"python -m {__spec__.name} --schema writes {SCHEMA.name}")


if __name__ == "__main__":
    _main()
