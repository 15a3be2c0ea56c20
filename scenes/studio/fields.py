"""What the fields of a lesson file may hold, each judged for itself, each mistake with its remedy.

Pydantic runs these checks and gathers what they find. A check may look at the fields
before it, so that a matrix is judged by its scene and a vector by both.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, cast

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, WithJsonSchema

import lamath as la
import scenes
from lamath.words import LANGUAGES, language
from scenes.studio.clip import FORMATS, QUALITIES
from scenes.studio.plan import length_problem, listed, shape_problem

__all__ = [
    "Around",
    "Aspects",
    "Body",
    "Formats",
    "Id",
    "Image",
    "Languages",
    "Matrix",
    "Quality",
    "Scene",
    "Tensor",
    "Theme",
    "Title",
    "Vector",
    "Weights",
    "WrongError",
    "in_list",
    "known_language",
    "nearest",
    "quoted",
]

MAX_TITLE = 200
MAX_BODY = 10_000
MAX_NAME = 300
MAX_IMAGE = 64 * 2**20
MAX_PIXELS = 50_000_000


@dataclass(frozen=True)
class Around:
    """What the fields are judged by besides themselves."""

    folder: Path
    allow_outside: bool = False
    languages: tuple[str, ...] | None = None
    """Those of the lesson; None if they are not known, because they are wrong."""
    asked: Mapping[str, Any] = field(default_factory=dict)
    """What the command line says; it wins."""

    @classmethod
    def of(cls, info: ValidationInfo) -> Around:
        """Give what pydantic passes along."""
        return cast(Around, info.context)


class WrongError(ValueError):
    """What is wrong with a field, and the remedy, in one line."""


# Words and choices


def quoted(value: object, length: int = 40) -> str:
    """Quote on one line, shortened, with nothing that a terminal would obey."""
    text = " ".join(str(value).split())
    text = "".join(c if c.isprintable() else "�" for c in text)
    return f"'{text if len(text) <= length else text[: length - 1] + '…'}'"


def nearest(word: object, known: Sequence[str]) -> str:
    """Say what was probably meant, and what there is if that is not much."""
    near = get_close_matches(str(word).lower()[:100], known, n=1, cutoff=0.6)
    choice = f"choose {listed(known, 'or')}"
    if near and len(known) <= 6:
        return f"did you mean {near[0]}? ({choice})"
    return f"did you mean {near[0]}?" if near else choice


def _one_of(what: str, known: Sequence[str]) -> AfterValidator:
    def check(word: str) -> str:
        if word not in known:
            raise WrongError(f"there is no {what} {quoted(word)}; {nearest(word, known)}")
        return word

    return AfterValidator(check)


def known_language(word: str) -> str:
    """Give the language that a tag means."""
    try:
        return language(word)
    except la.LanguageError:
        raise WrongError(
            f"there are no words in {quoted(word)}; {nearest(word, LANGUAGES)}"
        ) from None


def _enum(known: Sequence[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(known)})


def _enums(known: Sequence[str]) -> WithJsonSchema:
    one = {"type": "string", "enum": list(known)}
    several = {"type": "array", "items": one, "minItems": 1, "uniqueItems": True}
    return WithJsonSchema({"anyOf": [one, several]})


def in_list(value: Any) -> Any:
    """Let one word stand for a list of one."""
    return [value] if isinstance(value, str) else value


def _each_once(words: list[str]) -> list[str]:
    return list(dict.fromkeys(words))


_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _text(limit: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not text.strip():
            raise WrongError("it is empty; write something, or leave the line out")
        if len(text) > limit:
            raise WrongError(f"it has {len(text)} characters; shorten it to {limit}")
        for character in text:
            if character in "\n\t":
                continue
            if unicodedata.category(character) in ("Cc", "Cs") or character in _OVERRIDES:
                raise WrongError(
                    f"it has a character that can't be shown (U+{ord(character):04X}); remove it"
                )
        return text.strip()

    return check


def _same_in_all(limit: int) -> BeforeValidator:
    """Let one text stand for all languages."""
    check = _text(limit)

    def expand(value: Any) -> Any:
        if isinstance(value, str):
            return dict.fromkeys(LANGUAGES, check(value))
        if not isinstance(value, dict):
            raise WrongError(f"{quoted(value)} is no text; {_IN_QUOTES}")
        return value

    return BeforeValidator(expand)


_IN_QUOTES = 'write it in quotes, or one for each language: { en = "…", zh-Hans = "…" }'


def _texts(limit: int) -> WithJsonSchema:
    plain = {"type": "string", "minLength": 1, "maxLength": limit}
    each = {
        "type": "object",
        "properties": dict.fromkeys(LANGUAGES, plain),
        "additionalProperties": False,
        "minProperties": 1,
    }
    return WithJsonSchema({"anyOf": [plain, each]})


def _speaks_all(words: dict[str, str], info: ValidationInfo) -> dict[str, str]:
    """Hold that a text has every language that it is shown in."""
    around = Around.of(info)
    own = None if around.asked.get("languages") else info.data.get("languages")
    wanted = own or around.languages
    missing = [each for each in wanted or () if each not in words]
    if missing:
        raise WrongError(
            f"it has no words in {listed(missing, 'and')}; add them, "
            f"or take {listed(missing, 'and')} out of languages"
        )
    return words


# Matrices and files


def _matrix(value: Any, info: ValidationInfo) -> str:
    given = _numbers(la.matrix, value, "3 0; 4 5")
    entry = info.data.get("scene") and scenes.entry(info.data["scene"])
    problem = entry and shape_problem([entry], given)
    if problem:
        raise WrongError(f"{problem}; give another matrix or another scene")
    return str(given)


def _vector(value: Any, info: ValidationInfo) -> str:
    given = _numbers(la.vector, value, "1 2")
    if "scene" not in info.data:
        return str(given)
    entry = scenes.entry(info.data["scene"])
    if not entry.takes_vector:
        raise _untaken(entry, "vector")
    if "matrix" in info.data:
        matrix = la.matrix(info.data["matrix"] or entry.matrix)
        problem = length_problem(entry, matrix, given)
        if problem:
            raise WrongError(f"{problem}; give {matrix.shape[0]}")
    return str(given)


def _numbers(parse: Callable[[Any], Any], value: Any, example: str) -> Any:
    """Read a matrix or a vector, written as text or as an array of TOML."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float, list)):
        raise WrongError(f'{quoted(value)} is not made of numbers; write such as "{example}"')
    if isinstance(value, list):
        flat = [x for row in value for x in (row if isinstance(row, list) else [row])]
        odd = [x for x in flat if isinstance(x, bool) or not isinstance(x, (str, int, float))]
        if odd:
            raise WrongError(f"{quoted(odd[0])} is not a number; write such as 3, 0.5 or '1/2'")
    try:
        return parse([value] if isinstance(value, (int, float)) else value)
    except la.MatrixError as error:
        raise WrongError(str(error)) from None


def _untaken(entry: scenes.Entry, what: str) -> WrongError:
    takers = [each.id for each in scenes.CATALOGUE if getattr(each, f"takes_{what}")]
    remedy = f", or choose {listed(takers, 'or')}" if takers else ""
    noun = {"vector": "vector", "weights": "weights", "image": "picture"}[what]
    return WrongError(f"{entry.id} shows no {noun}; leave the line out{remedy}")


def _taken(what: Literal["weights", "image"], info: ValidationInfo) -> None:
    if "scene" in info.data:
        entry = scenes.entry(info.data["scene"])
        if not getattr(entry, f"takes_{what}"):
            raise _untaken(entry, what)


def _weights(name: str, info: ValidationInfo) -> str:
    _taken("weights", info)
    return _named(_file(name, info, _tensors), info)


def _tensor(name: str | None, info: ValidationInfo) -> str | None:
    """Hold that a tensor is in the file of weights, or that there is no choice."""
    if name is not None:
        _text(MAX_NAME)(name)
    if "weights" not in info.data:
        return name  # they are wrong, which has been said
    weights = info.data["weights"]
    if weights is None:
        if name is not None:
            raise WrongError(
                'it names a part of a file of weights; add weights = "…", or leave it out'
            )
        return None
    found = _tensors(Around.of(info).folder / weights)
    first = next(iter(found))
    if name is None and len(found) > 1:
        raise WrongError(
            f"{quoted(weights)} holds {len(found)} tensors; "
            f'name one: tensor = "{quoted(first, 80)[1:-1]}"'
        )
    if name is not None and name not in found:
        near = get_close_matches(name, list(found), n=1, cutoff=0.6)
        hint = f"did you mean {quoted(near[0], 80)}?" if near else f"there is {quoted(first, 80)}"
        raise WrongError(f"{quoted(weights)} has no tensor {quoted(name)}; {hint}")
    count = len(found[name or first])
    if count != 2:
        raise WrongError(
            f"{quoted(name or first)} is no matrix: it has {count} "
            f"dimension{'s' * (count != 1)}; name a tensor with 2"
        )
    return name


def _tensors(path: Path) -> dict[str, tuple[int, ...]]:
    from lamath.weights import tensors

    found = {name: tensor.shape for name, tensor in tensors(path).items()}
    if not found:
        raise la.WeightsError("it holds no tensors; give another file")
    return found


def _image(name: str, info: ValidationInfo) -> str:
    _taken("image", info)
    return _named(_file(name, info, _look_at), info)


def _look_at(path: Path) -> None:
    """Hold that a file is a picture, of a size that can be shown."""
    from PIL import Image, UnidentifiedImageError

    if path.stat().st_size > MAX_IMAGE:
        raise ValueError(f"it is larger than {MAX_IMAGE // 2**20} MB; make it smaller")
    try:
        with Image.open(path, formats=("PNG", "JPEG", "WEBP")) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                raise ValueError(f"it has {width}×{height} pixels; make it smaller")
            picture.verify()
    except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, OSError):
        raise ValueError("it is no whole PNG, JPEG or WebP; save it as one of these") from None


def _file(name: str, info: ValidationInfo, check: Callable[[Path], object]) -> Path:
    """Give the file that a name means, which exists, is readable and of the right kind."""
    around = Around.of(info)
    try:
        path = (around.folder / name).resolve()
        if not around.allow_outside and not path.is_relative_to(around.folder):
            raise WrongError(
                f"{quoted(name)} leaves the lesson's folder; put the file beside the lesson, "
                "or give --allow-outside"
            )
        if not path.is_file():
            raise WrongError(
                f"there is no file {quoted(name)} in the lesson's folder; check the name"
            )
        if not os.access(path, os.R_OK):
            raise WrongError(f"{quoted(name)} can't be read; check its permissions")
        check(path)
    except (la.MatrixError, ValueError, RuntimeError) as error:
        if isinstance(error, WrongError):
            raise
        said = str(error).replace(str(path) if "path" in locals() else name, name)
        raise WrongError(said if quoted(name) in said else f"{quoted(name)}: {said}") from None
    except OSError as error:
        raise WrongError(
            f"{quoted(name)} can't be read: {error.strerror}; check the name"
        ) from None
    return path


def _named(path: Path, info: ValidationInfo) -> str:
    """Name a file as seen from the lesson's folder, so that no clip knows this machine."""
    try:
        return Path(os.path.relpath(path, Around.of(info).folder)).as_posix()
    except ValueError:  # on another drive of Windows
        return path.as_posix()


# The fields


def _scene(name: str) -> str:
    known = [each.id for each in scenes.CATALOGUE]
    if name in known:
        return name
    raise WrongError(f"there is no scene {quoted(name)}; {nearest(name, known)}")


def _id(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) or len(text) > 60:
        plain = "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:60].strip("-")
        raise WrongError(
            f"{quoted(text)} is no id; use small letters, digits and single dashes"
            + (f": {plain}" if plain else "")
        )
    return text


_Language = Annotated[str, AfterValidator(known_language), _enum(LANGUAGES)]
_Aspect = Annotated[str, _one_of("aspect", scenes.ASPECTS), _enum(scenes.ASPECTS)]
_Format = Annotated[str, _one_of("format", FORMATS), _enum(FORMATS)]
Quality = Annotated[str, _one_of("quality", QUALITIES), _enum(QUALITIES)]
Theme = Annotated[str, _one_of("theme", scenes.THEMES), _enum(scenes.THEMES)]

_SOME = Field(min_length=1, max_length=20)
_LIST, _ONCE = BeforeValidator(in_list), AfterValidator(_each_once)
Languages = Annotated[list[_Language], _SOME, _LIST, _ONCE, _enums(LANGUAGES)]
Aspects = Annotated[list[_Aspect], _SOME, _LIST, _ONCE, _enums(scenes.ASPECTS)]
Formats = Annotated[list[_Format], _SOME, _LIST, _ONCE, _enums(FORMATS)]

_ALL = AfterValidator(_speaks_all)
_Heading = Annotated[str, AfterValidator(_text(MAX_TITLE))]
_Prose = Annotated[str, AfterValidator(_text(MAX_BODY))]
Title = Annotated[dict[_Language, _Heading], _same_in_all(MAX_TITLE), _ALL, _texts(MAX_TITLE)]
Body = Annotated[dict[_Language, _Prose], _same_in_all(MAX_BODY), _ALL, _texts(MAX_BODY)]

_Name = Annotated[str, AfterValidator(_text(MAX_NAME))]
_Number: dict[str, Any] = {"type": ["number", "string"]}
Scene = Annotated[str, AfterValidator(_scene)]
Matrix = Annotated[
    str,
    BeforeValidator(_matrix),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {"type": "array", "items": {"type": "array", "items": _Number}},
            ]
        }
    ),
]
Vector = Annotated[
    str,
    BeforeValidator(_vector),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": _Number}]}),
]
Weights = Annotated[_Name, AfterValidator(_weights)]
Tensor = Annotated[str | None, AfterValidator(_tensor)]
Image = Annotated[_Name, AfterValidator(_image)]
Id = Annotated[
    str,
    AfterValidator(_id),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 60}),
]
