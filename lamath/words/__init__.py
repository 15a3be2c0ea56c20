"""Words in the reader's language, read straight from gettext's .po files.

A catalogue lies at ``<folder>/<locale>/LC_MESSAGES/<domain>.po``, with locales
``en``, ``zh_Hans`` and ``zh_Hant``; nothing has to be compiled.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from lamath.errors import LanguageError

__all__ = ["LANGUAGES", "LOCALE", "N_", "READ", "Catalogue", "Phrase", "Words", "language"]

LANGUAGES: Final = ("en", "zh-Hans", "zh-Hant")

LOCALE: Final = Path(__file__).parent / "locale"
"""Where lamath's own words lie; their domain is ``lamath``."""

READ: Final[dict[str, set[str]]] = {}
"""The SHA-256 of each version of a catalogue that this process has read, by `Words.name`."""

_TRADITIONAL: Final = {"hant", "tw", "hk", "mo"}


def language(tag: str) -> str:
    """Give the language of `LANGUAGES` that a tag means.

    Scripts, regions and the shapes of locale names are understood.

    Raises
    ------
    LanguageError
        If it means none of them.

    Examples
    --------
    >>> language("zh-CN"), language("zh_HK"), language("en_US.UTF-8")
    ('zh-Hans', 'zh-Hant', 'en')
    """
    first, *rest = tag.strip().split(".")[0].split("@")[0].replace("_", "-").lower().split("-")
    if first == "en":
        return "en"
    if first == "zh":
        # a script says more than a region: zh-Hans-HK is simplified
        traditional = _TRADITIONAL.intersection(rest) and "hans" not in rest
        return "zh-Hant" if traditional else "zh-Hans"
    raise LanguageError(f"there are no words in {tag!r}; choose one of {', '.join(LANGUAGES)}")


class Catalogue(NamedTuple):
    """Translations, and the SHA-256 of the file that they were read from."""

    messages: Mapping[str, str] = MappingProxyType({})
    sha256: str = ""


@dataclass(frozen=True)
class Words:
    """The words of one domain in one language.

    Parameters
    ----------
    folder
        Where the catalogues lie.
    domain
        The name of the ``.po`` file.
    language
        One of `LANGUAGES`, or a tag that `lamath.words.language` understands.

    Raises
    ------
    LanguageError
        If the language is unknown or its catalogue is missing. English needs none:
        messages are English.
    """

    folder: Path
    domain: str
    language: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "folder", Path(self.folder))
        object.__setattr__(self, "language", language(self.language))
        if self.language != "en" and not self.path.is_file():
            raise LanguageError(f"there are no words in {self.language}: {self.path} is missing")

    @property
    def path(self) -> Path:
        """The catalogue's file."""
        locale = self.language.replace("-", "_")
        return self.folder / locale / "LC_MESSAGES" / f"{self.domain}.po"

    @property
    def name(self) -> str:
        """The catalogue's name, which is the same on every machine."""
        return _name(self.path)

    @property
    def catalogue(self) -> Catalogue:
        """What is in the file now."""
        try:
            changed = self.path.stat().st_mtime_ns
        except OSError:
            return Catalogue()
        return _read(self.path, changed)

    @property
    def messages(self) -> Mapping[str, str]:
        """What each message is in this language; empty and fuzzy translations are left out."""
        return self.catalogue.messages

    def gettext(self, message: str) -> str:
        """Give the message in this language, or as it is where it has no translation."""
        return self.messages.get(message, message)

    def missing(self, messages: Iterable[str]) -> tuple[str, ...]:
        """Give those of the messages that have no translation; none is missing in English."""
        if self.language == "en":
            return ()
        known = self.messages
        return tuple(message for message in messages if message not in known)


def N_(message: str) -> str:
    """Mark a message that is translated later, where the language is known.

    >>> N_("rank")
    'rank'
    """
    return message


@dataclass(frozen=True)
class Phrase:
    """A sentence with its numbers, not yet said in any language.

    >>> str(Phrase("rank {rank} of {most}", {"rank": 1, "most": 2}))
    'rank 1 of 2'
    """

    message: str
    """The English sentence, marked with `N_`, with names in braces for the numbers."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """What the names stand for."""

    def said(self, words: Words) -> str:
        """Give the sentence in the language of the words."""
        return words.gettext(self.message).format(**self.values)

    def __str__(self) -> str:
        return self.message.format(**self.values)


def _name(path: Path) -> str:
    return "/".join(path.parts[-3:])


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> Catalogue:
    from babel.messages.pofile import read_po  # only when words are wanted

    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    READ.setdefault(_name(path), set()).add(sha256)
    messages = {
        message.id: message.string
        for message in read_po(io.BytesIO(data), abort_invalid=True)
        if message.id and message.string and not message.fuzzy
        if isinstance(message.id, str) and isinstance(message.string, str)
    }
    return Catalogue(MappingProxyType(messages), sha256)
