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

`python -m scenes.studio.lesson --schema` writes the JSON Schema that editors complete by.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Annotated, Any, NamedTuple, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

import scenes
from scenes.inputs import Folder, Taken, look
from scenes.studio.clip import Clip, UnusableError
from scenes.studio.fields import (
    Around,
    Aspects,
    Body,
    Formats,
    Id,
    Languages,
    Quality,
    Scene,
    Theme,
    Title,
    WrongError,
    in_list,
    known_language,
)
from scenes.studio.places import Place, TooDeepError, line_of, places
from scenes.studio.plan import Plan, untaken
from scenes.wording import nearest, quoted, short

__all__ = ["SCHEMA", "Lesson", "LessonError", "plan_lesson", "read", "schema"]

SCHEMA = scenes.FOLDER / "lessons" / "lesson.schema.json"

MAX_FILE = 256 * 1024
MAX_PARTS = 300
MAX_CLIPS = 2000
_MAX_PROBLEMS = 50


class LessonError(UnusableError):
    """What is wrong with a lesson file: `problems`, each one line with its remedy."""

    def __init__(self, problems: Sequence[str]) -> None:
        shown = list(problems[:_MAX_PROBLEMS])
        if len(problems) > len(shown):
            shown.append(f"and {len(problems) - len(shown)} more of the like")
        self.problems = tuple(shown)
        super().__init__("\n".join(self.problems))


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ClipTable(_Table):
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


class TextTable(_Table):
    """A text: paragraphs with an empty line between them; lines that begin with "- " are a list."""

    title: Annotated[Title | None, Field(description="A heading.")] = None
    body: Annotated[Body, Field(description="The text. [2 1; 1 3] in it is shown as a matrix.")]


class QuestionTable(_Table):
    """A question to think about; the answer is shown when the reader asks for it."""

    prompt: Annotated[Body, Field(description="What to predict.")]
    answer: Annotated[Body, Field(description="What is revealed then.")]


class Lesson(_Table):
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


# Reading


class Read(NamedTuple):
    """What a lesson file says."""

    lesson: Lesson
    order: Sequence[Place]
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
    where = _places(text, name)
    values = _parse(text, name)
    asked = asked or {}
    around = Around(_spoken(values, asked), asked)
    problems = list(_at_large(values, around))
    folder = Folder(path.resolve().parent, "the lesson's folder", is_closed=not allow_outside)
    values, given = _given(values, folder, problems)
    try:
        lesson = Lesson.model_validate(values, context=around)
    except ValidationError as error:
        problems += [(_place(each), _said(each)) for each in error.errors(include_url=False)]
    if problems:
        raise LessonError(_lines(name, text, where, problems))
    order = [place for place in where if len(place) == 2 and place[0] in _PARTS]
    return Read(lesson, order, given)


def _given(
    values: dict[str, Any], folder: Folder, problems: list[tuple[Place, str]]
) -> tuple[dict[str, Any], list[Taken]]:
    """Take the inputs of scenes out of a lesson's clips, and note what is wrong with them."""
    clips, given = values.get("clip"), []
    known = scenes.known_inputs()
    entries = {entry.id: entry for entry in scenes.CATALOGUE}
    if not isinstance(clips, list):
        return values, []
    others = []
    for number, clip in enumerate(clips):
        scene = clip.get("scene") if isinstance(clip, dict) else None
        entry = entries.get(scene) if isinstance(scene, str) else None
        if entry is None:
            others.append(
                {field: value for field, value in clip.items() if field not in known}
                if isinstance(clip, dict)
                else clip
            )
            continue
        mine = {name: value for name, value in clip.items() if name in known}
        others.append({field: value for field, value in clip.items() if field not in known})
        for name in [name for name in mine if entry.input(name) is None]:
            problems.append((("clip", number, name), untaken(name, [entry], "the line")))
        taken, wrong = look(entry.inputs, mine, folder, entry.id)
        problems += [(("clip", number, error.name), str(error)) for error in wrong]
        given.append(taken)
    return values | {"clip": others}, given


_PARTS = ("clip", "text", "question")


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
        raise LessonError([f"{name}{at}: this is not TOML ({_plain(what)}); {hint}"]) from None


def _plain(text: object) -> str:
    return short(text, 120)


def _places(text: str, name: str) -> dict[Place, int]:
    try:
        return places(text)
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


def _at_large(values: dict[str, Any], around: Around) -> Iterator[tuple[Place, str]]:
    """Give what is wrong with the lesson as a whole, whatever is wrong with its fields."""
    tables = {kind: values.get(kind) for kind in _PARTS}
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


# Saying what is wrong


def _place(error: Mapping[str, Any]) -> Place:
    return tuple(each for each in error["loc"] if each != "[key]")


def _said(error: Mapping[str, Any]) -> str:
    """Say what is wrong, and the remedy, as a teacher would."""
    kind, value, place = error["type"], error["input"], _place(error)
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
    if kind == "list_type" and field in _PARTS:
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
    return f"{_plain(error['msg'])}; correct {quoted(value)}"


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


def _table_at(place: Place) -> type[_Table]:
    tables: dict[object, type[_Table]] = {
        "clip": ClipTable, "text": TextTable, "question": QuestionTable,
    }  # fmt: skip
    return tables.get(place[0], Lesson) if len(place) > 1 else Lesson


def _lines(
    name: str, text: str, where: Mapping[Place, int], problems: Sequence[tuple[Place, str]]
) -> list[str]:
    """Write each problem as one line, in the order of the file."""

    def offset(place: Place) -> int:
        return next(
            (where[place[:end]] for end in range(len(place), 0, -1) if place[:end] in where), 0
        )

    lines = [
        f"{name}:{line_of(text, offset(place))}: {_called(place)}{said}"
        for place, said in sorted(problems, key=lambda problem: offset(problem[0]))
    ]
    return list(dict.fromkeys(lines))


def _called(place: Place) -> str:
    """Call a field what a teacher calls it: `("clip", 1, "title", "en")` is clip 2, title in en."""
    words: list[str] = []
    for before, each in zip(("", *place), place, strict=False):
        if isinstance(each, int):
            if before in _PARTS:
                words[-1] += f" {each + 1}"
        elif before in ("title", "body", "prompt", "answer"):
            words[-1] += f" in {_plain(each)}"
        else:
            words.append(_plain(each))
    return f"{', '.join(words)}: " if words else ""


# Planning


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
    return Plan(tuple(dict.fromkeys(clips)), lesson=shown, folder=_folder_name(path.stem))


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


def _folder_name(stem: str) -> str:
    r"""Make a folder's name of a file's: letters of any script, digits, dots and dashes.

    >>> _folder_name("第 7 课"), _folder_name("../<a>")
    ('第-7-课', 'a')
    """
    return re.sub(r"[^\w.]+", "-", stem)[:60].strip("-._") or "lesson"


# The schema


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
        sys.exit("python -m scenes.studio.lesson --schema writes scenes/lessons/lesson.schema.json")


if __name__ == "__main__":
    _main()
