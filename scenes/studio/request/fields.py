"""What the fields of a lesson file may hold, each judged for itself, each mistake with its remedy.

Pydantic runs these checks and gathers what they find. What a scene is given is not among
them: `scenes.inputs` judges that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, cast

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, WithJsonSchema

import lamath as la
import scenes
from lamath.words import LANGUAGES, language
from scenes.studio.request.clip import FORMATS, QUALITIES
from scenes.wording import listed, nearest, quoted

__all__ = [
    "Around",
    "Aspects",
    "Body",
    "Formats",
    "Id",
    "Languages",
    "Quality",
    "Scene",
    "Theme",
    "Title",
    "WrongError",
    "in_list",
    "known_language",
]

MAX_TITLE = 200
MAX_BODY = 10_000


@dataclass(frozen=True)
class Around:
    """What the fields are judged by besides themselves."""

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

Scene = Annotated[str, AfterValidator(_scene)]
Id = Annotated[
    str,
    AfterValidator(_id),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 60}),
]
