"""Text to numbers, by a small grammar that can only add, multiply, divide and take roots.

    rows    = row, { (";" | newline), row }
    row     = sum, { ("," | space), sum }
    sum     = product, { ("+" | "-"), product }
    product = signed, { ("*" | "/"), signed }
    signed  = { "+" | "-" }, factor
    factor  = number, [ root ] | root | "(", sum, ")"
    root    = ("sqrt", "(", sum, ")") | ("√", factor)

A space separates entries, except around an operator. ``+`` and ``-`` could also be
signs, so there, as in MATLAB, the spacing decides: ``1 - 2`` and ``1-2`` are one
entry, ``1 -2`` is two. Inside parentheses spaces mean nothing.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Final, NoReturn

from lamath._numbers.surd import Surd, TooLongError
from lamath.errors import ParseError

__all__ = [
    "MAX_SIZE", "as_float", "on_one_line", "parse_entry", "parse_row", "parse_rows", "shortened",
]  # fmt: skip

MAX_SIZE: Final = 64
MAX_TEXT: Final = 100_000
MAX_ENTRY: Final = 1_000
MAX_DIGITS: Final = 300
MAX_EXPONENT: Final = 300
MAX_DEPTH: Final = 40

_EXAMPLES: Final = "write entries such as 3, -1/2, 0.5 or sqrt(2)"
_NUMBER: Final = re.compile(r"([0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([+-]?[0-9]+))?")
_COEFFICIENT: Final = re.compile(r"[-+ ]*[0-9.]+[^(]*(√|sqrt)", re.IGNORECASE)
_ROW: Final = re.compile(r"\s*\[([^\[\]]*)\]\s*")

# What Chinese keyboards and word processors write, as the ASCII that is meant.
_FULLWIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PLAIN: Final = str.maketrans(
    {
        **{chr(code): chr(plain) for code, plain in _FULLWIDTH.items()},
        **dict.fromkeys("−–—‒﹣", "-"),
        **dict.fromkeys("×·⋅∙∗", "*"),
        **dict.fromkeys("÷∕⁄", "/"),
        **dict.fromkeys("、﹐", ","),
        **dict.fromkeys("【〔", "["),
        **dict.fromkeys("】〕", "]"),
        **dict.fromkeys("\u3000\u00a0\u2009\u202f\t", " "),
        "﹔": ";",
        "\ufeff": "",
    }
)


def shortened(text: str, length: int = 40) -> str:
    """Give the text on one line, at most `length` characters, quoted."""
    return f"'{on_one_line(text, length)}'"


def on_one_line(text: str, length: int = 40) -> str:
    """Give the text on one line, at most `length` characters, with nothing a terminal obeys."""
    line = " ".join(text.split())
    printable = "".join(c if c.isprintable() else "�" for c in line)
    return printable if len(printable) <= length else printable[: length - 1] + "…"


def parse_rows(text: str) -> list[list[Surd]]:
    """Read the rows of a matrix; they have equal lengths, from 1 to `MAX_SIZE`.

    Raises
    ------
    ParseError
        If the text is anything but a matrix of real numbers.
    """
    plain = _plain(text)
    if plain.startswith("["):
        if not plain.endswith("]"):
            raise ParseError(f"{shortened(text)} opens a bracket that is not closed; add ]")
        inner = plain[1:-1].strip()
        pieces = _bracketed(inner, text) if inner.startswith("[") else _lines(inner, text)
    else:
        pieces = _lines(plain, text)
    if not pieces:
        raise ParseError("there are no entries; write a matrix such as 3 0; 4 5")
    if len(pieces) > MAX_SIZE:
        _too_large(f"{len(pieces)} rows")
    rows = [_Reader(piece).entries() for piece in pieces]
    width = len(rows[0])
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            raise ParseError(
                f"row {number} has {_count(len(row))} and row 1 has {width}; "
                "give every row the same number of entries"
            )
    return rows


def parse_row(text: str) -> list[Surd]:
    """Read the entries of a vector, written in a row, in a column or in parentheses."""
    plain = _plain(text)
    if plain.startswith("(") and _closing(plain) == len(plain) - 1:
        plain = plain[1:-1]
    rows = parse_rows(plain)
    if len(rows) == 1:
        return rows[0]
    if all(len(row) == 1 for row in rows):
        return [row[0] for row in rows]
    raise ParseError(f"{shortened(text)} has several rows; write a vector such as (3, 4)")


def parse_entry(text: str) -> Surd:
    """Read one number."""
    entries = _Reader(_plain(text)).entries()
    if len(entries) != 1:
        raise ParseError(f"{shortened(text)} is {len(entries)} numbers where one is wanted")
    return entries[0]


def as_float(value: Surd, text: str) -> float:
    """Give the float nearest to an entry; only entries that have one are taken."""
    try:
        near = float(value)
    except OverflowError:
        near = math.inf
    if abs(near) > 1e300:
        raise ParseError(f"{shortened(text)} is too large; stay below 1e300")
    if value and abs(near) < 1e-300:
        raise ParseError(f"{shortened(text)} is too close to zero; write 0 or stay above 1e-300")
    return near


def _plain(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise ParseError(f"the text has {len(text)} characters; at most {MAX_TEXT} are read")
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_PLAIN).strip()
    if not plain:
        raise ParseError("the text is empty; write a matrix such as 3 0; 4 5")
    return plain


def _closing(text: str) -> int:
    """Give the place of the parenthesis that closes the one at 0, −1 if none does."""
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return place
    return -1


def _lines(inner: str, text: str) -> list[str]:
    """Split at semicolons and line ends; blank lines and a last semicolon are nothing."""
    pieces: list[str] = []
    for line in inner.split("\n"):
        parts = line.split(";")
        if len(parts) > 1 and not parts[-1].strip():
            parts.pop()
        for part in parts:
            if part.strip():
                pieces.append(part)
            elif len(parts) > 1 or ";" in line:
                raise ParseError(
                    f"row {len(pieces) + 1} of {shortened(text)} is empty; remove a semicolon"
                )
    return pieces


def _bracketed(inner: str, text: str) -> list[str]:
    """Split ``[3, 0], [4, 5]`` into what the brackets hold."""
    pieces: list[str] = []
    place = 0
    while place < len(inner):
        found = _ROW.match(inner, place)
        if found is None:
            raise ParseError(f"the brackets of {shortened(text)} do not match; write [[3,0],[4,5]]")
        pieces.append(found[1].replace("\n", " "))
        place = found.end()
        if place < len(inner) and inner[place] in ",;":
            place += 1
    return pieces


def _count(number: int) -> str:
    return f"{number} entry" if number == 1 else f"{number} entries"


def _too_large(what: str) -> NoReturn:
    raise ParseError(
        f"{what} are too many to read from text; {MAX_SIZE} are the most, an array may hold more"
    )


class _Reader:
    """Recursive descent over one row."""

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        self.at = 0
        self.depth = 0  # of parentheses: outside them a space can separate entries
        self.nesting = 0  # of calls

    # Characters

    @property
    def next(self) -> str:
        return self.text[self.at : self.at + 1]

    def spaces(self) -> bool:
        start = self.at
        while self.next == " " or self.next == "\n":
            self.at += 1
        return self.at > start

    def refuse(self, problem: str) -> NoReturn:
        raise ParseError(f"{shortened(self.text)}: {problem}")

    # Grammar

    def entries(self) -> list[Surd]:
        if not self.text:
            self.refuse(f"a row is empty; {_EXAMPLES}")
        found: list[Surd] = []
        while True:
            start = self.at
            value = self.sum()
            self.check_entry(value, start)
            found.append(value)
            if len(found) > MAX_SIZE:
                _too_large(f"{len(found)} or more entries in a row")
            apart = self.spaces()
            if not self.next:
                return found
            if self.next == ",":
                self.at += 1
                self.spaces()
                if self.next in ("", ","):
                    self.refuse("an entry is missing beside a comma; write 0 for zero")
            elif not apart:
                self.unexpected()

    def check_entry(self, value: Surd, start: int) -> None:
        text = self.text[start : self.at]
        if len(text) > MAX_ENTRY:
            self.refuse(f"an entry of {len(text)} characters is too long; round it")
        as_float(value, text)

    def sum(self) -> Surd:
        value = self.product()
        while True:
            before = self.at
            apart = self.spaces()
            sign = self.next
            closes = self.text[self.at + 1 : self.at + 2] in (" ", "\n")
            if sign not in ("+", "-") or (apart and not closes and self.depth == 0):
                self.at = before
                return value
            self.at += 1
            self.spaces()
            other = self.product()
            value = self.held(operator.add if sign == "+" else operator.sub, value, other)

    def product(self) -> Surd:
        value = self.signed()
        while True:
            before = self.at
            self.spaces()
            sign = self.next
            if sign not in ("*", "/"):
                self.at = before
                return value
            self.at += 1
            if self.next == "*":
                self.refuse("powers are not read; write 3*3 for the square of 3")
            self.spaces()
            start = self.at
            other = self.signed()
            if sign == "/" and not other:
                self.refuse("division by zero; give a denominator other than 0")
            if sign == "/" and _COEFFICIENT.match(self.text[start : self.at]):
                self.refuse("the fraction can be read in two ways; add parentheses: 1/(3√5)")
            value = self.held(operator.mul if sign == "*" else operator.truediv, value, other)

    def signed(self) -> Surd:
        negative = False
        while self.next in ("+", "-") and self.next:
            negative ^= self.next == "-"
            self.at += 1
            self.spaces()
        value = self.factor()
        return -value if negative else value

    def factor(self) -> Surd:
        self.nesting += 1
        if self.nesting > MAX_DEPTH:
            self.refuse("parentheses or roots are nested too deeply; simplify the entry")
        character = self.next
        if character == "(":
            value = self.parenthesis()
        elif self.at_root():
            value = self.root()
        elif character and (character in "0123456789."):
            value = self.number()
            if self.at_root():
                value = self.held(operator.mul, value, self.root())
        else:
            self.unexpected()
        self.nesting -= 1
        return value

    def parenthesis(self) -> Surd:
        self.at += 1
        self.depth += 1
        self.spaces()
        value = self.sum()
        self.spaces()
        if self.next != ")":
            if self.next:
                self.unexpected()
            self.refuse("a parenthesis is not closed; add )")
        self.at += 1
        self.depth -= 1
        return value

    def at_root(self) -> bool:
        return self.next == "√" or self.text[self.at : self.at + 4].lower() == "sqrt"

    def root(self) -> Surd:
        if self.next == "√":
            self.at += 1
            self.spaces()
            inside = self.factor() if self.next in ("(", "√") else self.number()
        else:
            self.at += 4
            self.spaces()
            if self.next != "(":
                self.refuse("sqrt needs parentheses; write sqrt(2)")
            inside = self.parenthesis()
        if inside.sign() < 0:
            self.refuse("a negative number has no real square root; entries are real numbers")
        found = inside.sqrt()
        if found is None:
            self.refuse("this square root has no short exact form; write its decimal value instead")
        return found

    def number(self) -> Surd:
        found = _NUMBER.match(self.text, self.at)
        if found is None:
            self.unexpected()
        digits, exponent = found[1], found[2]
        self.at = found.end()
        following = self.next
        if following in ("i", "j", "I", "J"):
            self.refuse("complex numbers are not taken; entries are real numbers")
        if following == "^":
            self.refuse("powers are not read; write 3*3 for the square of 3")
        if following == ".":
            self.refuse("a number has two decimal points; separate entries with spaces or commas")
        if len(digits) > MAX_DIGITS:
            self.refuse(f"a number has more than {MAX_DIGITS} digits; round it")
        power = int(exponent) if exponent and len(exponent) < 9 else 0
        if exponent and (abs(power) > MAX_EXPONENT or len(exponent) >= 9):
            size = "close to zero" if exponent.startswith("-") else "large"
            self.refuse(f"{found[0][:20]} is too {size}; exponents go from -300 to 300")
        return Surd(Fraction(digits.rstrip(".")) * Fraction(10) ** power)

    def held(self, operation: Callable[[Surd, Surd], Surd], a: Surd, b: Surd) -> Surd:
        try:
            return operation(a, b)
        except TooLongError:
            self.refuse("an entry is too long to keep exactly; write its decimal value instead")

    def unexpected(self) -> NoReturn:
        rest = self.text[self.at :]
        word = re.match(r"[^\W\d_]+", rest)
        if not rest:
            self.refuse(f"a number is missing at the end; {_EXAMPLES}")
        if rest[0] == "∞":
            self.refuse("infinity is not a number; every entry needs a finite value")
        if word is None:
            self.refuse(f"{rest[0]!r} is not expected there; {_EXAMPLES}")
        name = word[0].lower()
        if name == "nan":
            self.refuse("NaN is not a number; every entry needs a value")
        if name in ("inf", "infinity"):
            self.refuse("infinity is not a number; every entry needs a finite value")
        if name in ("i", "j"):
            self.refuse("complex numbers are not taken; entries are real numbers")
        self.refuse(f"{word[0][:20]!r} is not a number; {_EXAMPLES}")
