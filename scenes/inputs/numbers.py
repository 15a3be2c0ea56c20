"""Inputs that are numbers: matrices, vectors, single numbers, and choices between words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from scenes.inputs.base import Folder, Input, InputError, MisfitError, Values
from scenes.wording import listed, nearest, quoted, short

__all__ = [
    "ChoiceInput", "IntInput", "MatricesInput", "MatrixInput", "NumberInput", "VectorInput",
]  # fmt: skip


def _numbers(parse: Callable[[Any], Any], given: Any, example: str) -> Any:
    """Read a matrix or a vector: text, an array of TOML, or what lamath takes."""
    from lamath import MatrixError

    is_plain = isinstance(given, (str, int, float)) and not isinstance(given, bool)
    is_rows = not isinstance(given, dict) and hasattr(given, "__iter__")
    if not (is_plain or is_rows or hasattr(given, "shape")):  # lamath's own have that
        raise InputError(f'{quoted(given)} is not made of numbers; write such as "{example}"')
    if isinstance(given, list):
        flat = [x for row in given for x in (row if isinstance(row, list) else [row])]
        odd = [x for x in flat if isinstance(x, bool | dict)]
        if odd:
            raise InputError(f"{quoted(odd[0])} is not a number; write such as 3, 0.5 or '1/2'")
    try:
        value = parse([given] if isinstance(given, (int, float)) else given)
    except (MatrixError, TypeError) as error:
        raise InputError(str(error)) from None
    if _EXTREME.search(str(value)):
        raise InputError(
            "a number is too large, too close to zero or too long to be drawn; "
            "stay between 1e-50 and 1e50"
        )
    return value


# of more than 50 digits, above the line or below it: the third power of what two such numbers
# have to do with each other is still a float
_EXTREME = re.compile(r"\d{51}|\de[+-]?(?:[5-9]\d|\d{3})")


_ENTRY = {"type": ["number", "string"]}
_ROW = {"type": "array", "items": _ENTRY}
_ROWS = {"type": "array", "items": _ROW}


@dataclass(frozen=True, init=False)
class MatrixInput(Input):
    """A matrix of one of some shapes.

    Parameters
    ----------
    shapes
        Rows first: ``"2x2"``. Letters stand for any number up to `largest`, the same letter
        for the same: ``"nxn"``, ``"2xn"``, ``"mxn"``.
    symbol
        What the scene calls it.
    times
        The name of a matrix before it, to whose columns its rows belong in a product.
    """

    shapes: tuple[str, ...] = ()
    symbol: str = "A"
    largest: int = 8
    times: str = ""

    noun = "matrix"
    metavar = "M"

    def __init__(
        self,
        *shapes: str,
        default: Any = None,
        name: str = "matrix",
        symbol: str = "A",
        largest: int = 8,
        times: str = "",
        help: str = 'The matrix: "2 1; 1 3".',
    ) -> None:
        settings = {"name": name, "default": default, "help": help, "shapes": shapes}
        settings["times"] = times
        for each, value in (settings | {"symbol": symbol, "largest": largest}).items():
            object.__setattr__(self, each, value)

    @property
    def takes(self) -> str:
        return f"{listed([self._size(shape) for shape in self.shapes], 'or')} {self.noun}"

    def _size(self, shape: str) -> str:
        return shape.replace("x", "×")

    def parse(self, given: Any, folder: Folder) -> Any:
        from lamath import matrix

        return _numbers(matrix, given, "3 0; 4 5")

    def fits(self, shape: tuple[int, ...]) -> bool:
        """Whether a matrix may have that many rows and columns."""
        return any(self._fits(pattern, shape) for pattern in self.shapes)

    def _fits(self, pattern: str, shape: tuple[int, ...]) -> bool:
        named: dict[str, int] = {}
        for letter, count in zip(pattern.split("x"), shape, strict=True):
            wanted = int(letter) if letter.isdecimal() else named.setdefault(letter, count)
            if count != wanted or (letter in named and count > self.largest):
                return False
        return True

    def check(self, value: Any, before: Values, who: str) -> None:
        if not self.fits(value.shape):
            open_ended = any(not shape.replace("x", "").isdecimal() for shape in self.shapes)
            limit = f" with at most {self.largest} rows and columns" if open_ended else ""
            raise MisfitError(
                who,
                f"{'an' if self.takes[0] in '8mn' else 'a'} {self.takes}{limit}",
                f"[{short(value)}] is {'×'.join(map(str, value.shape))}",
                f"give another {self.noun} or another scene",
            )
        first = before.get(self.times)
        if first is not None and value.shape[0] != first.shape[1]:
            count = first.shape[1]
            raise MisfitError(
                who,
                f"a second {self.noun} of {count} row{'s' * (count != 1)} to that of {count} "
                f"column{'s' * (count != 1)}",
                f"[{short(value)}] has {value.shape[0]}",
                f"give {count}",
            )

    def brackets(self, text: str) -> list[str]:
        return [text]

    def label(self, text: str) -> str:
        return f"{self.symbol} = {text}" if self.symbol else text

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, _ROWS], "examples": ["2 1; 1 3", [[2, 1], [1, 3]]]}


@dataclass(frozen=True, init=False)
class MatricesInput(MatrixInput):
    """Several matrices, in text with bars between them: ``"1 2; 3 4 | 0 1; 1 0"``."""

    least: int = 1
    most: int = 4

    def __init__(
        self,
        *shapes: str,
        default: Any = None,
        name: str = "matrices",
        least: int = 1,
        most: int = 4,
        largest: int = 8,
        help: str = 'The matrices, with bars between them: "1 2; 3 4 | 0 1; 1 0".',
    ) -> None:
        settings: dict[str, Any] = {"symbol": "", "largest": largest, "help": help}
        super().__init__(*shapes, default=default, name=name, **settings)
        object.__setattr__(self, "least", least)
        object.__setattr__(self, "most", most)

    def parse(self, given: Any, folder: Folder) -> Any:
        parts = given.split("|") if isinstance(given, str) else given
        if not isinstance(parts, list | tuple):
            raise InputError(f'{quoted(given)} is no list; write such as "1 2; 3 4 | 0 1; 1 0"')
        if not self.least <= len(parts) <= self.most:
            raise InputError(
                f"there are {len(parts)} matrices; give {self.least} to {self.most} of them"
            )
        return tuple(super(MatricesInput, self).parse(part, folder) for part in parts)

    def check(self, value: Any, before: Values, who: str) -> None:
        for each in value:
            super().check(each, before, who)

    def text(self, value: Any, folder: Folder) -> str:
        return " | ".join(map(str, value))

    def brackets(self, text: str) -> list[str]:
        return [part.strip() for part in text.split("|")]

    def schema(self) -> dict[str, Any]:
        one = {"anyOf": [{"type": "string"}, _ROWS]}
        several = {"type": "array", "items": one, "minItems": self.least, "maxItems": self.most}
        return {"anyOf": [{"type": "string"}, several]}


@dataclass(frozen=True)
class VectorInput(Input):
    """A vector.

    Parameters
    ----------
    of
        What it is: an ``"input"`` of the matrix has an entry for each column, an ``"output"``
        for each row; a number is the number of entries.
    matrix
        The name of the matrix, which is declared before it.
    """

    name: str = "vector"
    of: str | int = field(default="input", kw_only=True)
    matrix: str = field(default="matrix", kw_only=True)
    help: str = field(default='The vector, for scenes that show one: "1 2".', kw_only=True)

    noun = "vector"
    metavar = "B"

    def parse(self, given: Any, folder: Folder) -> Any:
        from lamath import vector

        return _numbers(vector, given, "1 2")

    def check(self, value: Any, before: Values, who: str) -> None:
        matrix, wanted, why = before.get(self.matrix), self.of, ""
        if matrix is not None and not isinstance(wanted, int):
            rows, columns = matrix.shape
            wanted = {"output": rows, "input": columns}[wanted]
            why = (
                f" as {'an' if self.of[0] in 'io' else 'a'} {self.of} of a {rows}×{columns} matrix"  # type: ignore[index]
            )
        if isinstance(wanted, int) and len(value) != wanted:
            numbers = f"{wanted} number{'s' * (wanted != 1)}"
            found = f"({short(value)}) has {len(value)}"
            raise MisfitError(who, f"a vector of {numbers}{why}", found, f"give {wanted}")

    def brackets(self, text: str) -> list[str]:
        return [text.replace(" ", "; ")]

    def label(self, text: str) -> str:
        return text

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, _ROW]}


# Single values


@dataclass(frozen=True)
class NumberInput(Input):
    """A number between two bounds, both included."""

    low: float = field(default=0.0, kw_only=True)
    high: float = field(default=1.0, kw_only=True)

    metavar = "N"
    kind: ClassVar[type] = float

    def parse(self, given: Any, folder: Folder) -> Any:
        kind = "whole number" if self.kind is int else "number"
        range_ = f"from {self.low:g} to {self.high:g}"
        try:
            if isinstance(given, bool) or (self.kind is int and isinstance(given, float)):
                raise TypeError
            value = self.kind(given)
        except (TypeError, ValueError, OverflowError):
            raise InputError(f"{quoted(given)} is no {kind}; give one {range_}") from None
        if not self.low <= value <= self.high:
            raise InputError(f"{quoted(given)} is out of bounds; give a {kind} {range_}")
        return value

    def text(self, value: Any, folder: Folder) -> str:
        return repr(value).removesuffix(".0")

    def schema(self) -> dict[str, Any]:
        kind = "integer" if self.kind is int else "number"
        return {"type": kind, "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True)
class IntInput(NumberInput):
    """A whole number between two bounds, both included."""

    low: int = field(default=0)
    high: int = field(default=8)

    kind = int


@dataclass(frozen=True)
class ChoiceInput(Input):
    """One of some words."""

    choices: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def takes(self) -> str:
        return f"{self.name} ({listed(self.choices, 'or')})"

    def parse(self, given: Any, folder: Folder) -> Any:
        if given not in self.choices:
            raise InputError(
                f"there is no {self.name} {quoted(given)}; {nearest(given, self.choices)}"
            )
        return given

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.choices)}
