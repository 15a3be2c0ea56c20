"""Where in a TOML text each value stands: tomllib gives the values without their places."""

from __future__ import annotations

import re
import tomllib

__all__ = ["Position", "TooDeepError", "line_of", "positions"]

Position = tuple[str | int, ...]
"""The way to a value: `("clip", 1, "matrix")` is the matrix of the second clip."""

_DEPTH = 40
"""The most keys and brackets within each other; tomllib is slow with many, and has no limit."""

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_KEY = re.compile(r"[A-Za-z0-9_-]+|\"(?:\\.|[^\"\\])*\"|'[^']*'")
_BETWEEN_KEYS = re.compile(r"[ \t]*\.[ \t]*")
_SCALAR = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
    r"|[^,\]}#\n]+",
    re.DOTALL,
)


class TooDeepError(ValueError):
    """Tables or lists are nested too deeply; the text is one line with the place."""


def positions(text: str) -> dict[Position, int]:
    r"""Give the offset of every value, table and item of a text that tomllib accepts.

    They come in the order of the text. That of a pair is the offset of its key. Text that
    tomllib refuses is taken in as far as it makes sense, or refused as well.

    Raises
    ------
    TooDeepError
        If it is nested so deeply that tomllib had better not see it.
    ValueError
        If it is not TOML.

    Examples
    --------
    >>> found = positions("[[clip]]\nscene = 'svd'\n[[text]]\nbody.en = 'So'\n[[clip]]\n")
    >>> [place for place in found if len(place) == 2]
    [('clip', 0), ('text', 0), ('clip', 1)]
    >>> found["text", 0, "body", "en"]
    32
    """
    reader = _Reader(text)
    reader.document()
    return dict(sorted(reader.found.items(), key=lambda item: item[1]))


def line_of(text: str, offset: int) -> int:
    """Give the number of the line, from 1."""
    return text.count("\n", 0, offset) + 1


class _Reader:
    """Walks through a text once, and knows at each value the way to it."""

    def __init__(self, text: str) -> None:
        self.found: dict[Position, int] = {}
        self._text = text
        self._at = 0
        self._tables: dict[Position, int] = {}  # how many of each [[table]] there are so far

    def document(self) -> None:
        table: Position = ()
        while self._next():
            start = self._at
            if self._take("[["):
                table = self._table(self._keys(), is_new=True)
                self._skip()
                self._take("]]")
            elif self._take("["):
                table = self._table(self._keys(), is_new=False)
                self._skip()
                self._take("]")
            else:
                self._pair(table)
                continue
            for end in range(1, len(table) + 1):
                self.found.setdefault(table[:end], start)

    def _table(self, keys: list[str], *, is_new: bool) -> Position:
        place: Position = ()
        for number, key in enumerate(keys, start=1):
            place += (key,)
            if is_new and number == len(keys):
                self._tables[place] = self._tables.get(place, 0) + 1
            if place in self._tables:
                place += (self._tables[place] - 1,)
        return place

    def _pair(self, table: Position) -> None:
        start = self._at
        keys = self._keys()
        for end in range(1, len(keys) + 1):
            self.found.setdefault((*table, *keys[:end]), start)
        self._skip()
        self._take("=")
        self._skip()
        self._value((*table, *keys))

    def _value(self, place: Position) -> None:
        if len(place) > _DEPTH:
            self._refuse()
        if self._take("["):
            number = 0
            while self._next() and not self._take("]"):
                self.found.setdefault((*place, number), self._at)
                self._value((*place, number))
                number += 1
                self._skip()
                self._take(",")
        elif self._take("{"):
            while self._next() and not self._take("}"):
                self._pair(place)
                self._skip()
                self._take(",")
        else:
            self._match(_SCALAR)

    def _keys(self) -> list[str]:
        self._skip()
        keys = [self._key()]
        while _BETWEEN_KEYS.match(self._text, self._at):
            self._match(_BETWEEN_KEYS)
            keys.append(self._key())
            if len(keys) > _DEPTH:
                self._refuse()
        return keys

    def _key(self) -> str:
        key = self._match(_KEY)
        if key.startswith(('"', "'")):
            (key,) = tomllib.loads(f"{key} = 0")
        return key

    def _refuse(self) -> None:
        raise TooDeepError(f"more than {_DEPTH} levels, at line {line_of(self._text, self._at)}")

    # Steps

    def _next(self) -> bool:
        """Go to what comes next; say whether there is anything."""
        self._skip()
        return self._at < len(self._text)

    def _skip(self) -> None:
        self._match(_BLANK)

    def _take(self, sign: str) -> bool:
        found = self._text.startswith(sign, self._at)
        self._at += len(sign) * found
        return found

    def _match(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise ValueError(f"this is not TOML, at line {line_of(self._text, self._at)}")
        self._at = found.end()
        return found[0]
