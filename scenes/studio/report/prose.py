"""Plain text as a page shows it: paragraphs, lists, and matrices written by hand."""

from __future__ import annotations

import re
from typing import NamedTuple

from scenes.letters import is_chinese

__all__ = ["Block", "Rows", "blocks", "in_rows"]

Rows = list[list[str]]
"""The entries of a matrix, as they are written."""


class Block(NamedTuple):
    """A paragraph, which is one line of pieces, or a list, which has one for each item."""

    kind: str
    lines: list[list[str | Rows]]


_MATRIX = re.compile(r"\[([\w√.,/*+()\s−-]{1,200}(?:;[\w√.,/*+()\s−-]{1,200})+)\]")
_WORD = re.compile(r"[^\W\d_]{2,}")


def blocks(text: str) -> list[Block]:
    r"""Take a text apart: an empty line ends a paragraph, lines that begin with "- " are a list.

    >>> [block.kind for block in blocks("So it is.\n\nTwo cases:\n- none\n- all")]
    ['p', 'p', 'ul']
    >>> blocks("B = [1 2; 2 -4]")
    [Block(kind='p', lines=[['B = ', [['1', '2'], ['2', '−4']]]])]
    """
    found: list[Block] = []
    for lump in re.split(r"\n\s*\n", text.strip()):
        paragraph: list[str] = []
        items: list[str] = []
        for line in lump.splitlines():
            if line.startswith("- "):
                items.append(line[2:].strip())
            elif items:
                items[-1] = _joined(items[-1], line.strip())
            else:
                paragraph.append(line.strip())
        if paragraph:
            whole = ""
            for line in paragraph:
                whole = _joined(whole, line)
            found.append(Block("p", [_pieces(whole)]))
        if items:
            found.append(Block("ul", [_pieces(item) for item in items]))
    return found


def in_rows(text: str) -> Rows:
    """Give the entries of a matrix as one writes them by hand.

    >>> in_rows("-1 sqrt(2); 1/2 0")
    [['−1', '√2'], ['1/2', '0']]
    """
    return [[_written(entry) for entry in row.replace(",", " ").split()] for row in text.split(";")]


def _written(entry: str) -> str:
    return re.sub(r"sqrt\((\w+)\)", r"√\1", entry).replace("-", "−").replace("*", "·")


def _joined(before: str, line: str) -> str:
    """Join lines with a space, but not between Chinese characters."""
    if not before or not line:
        return before + line
    return before + ("" if is_chinese(before[-1]) or is_chinese(line[0]) else " ") + line


def _pieces(line: str) -> list[str | Rows]:
    """Part the matrices in a line from what is between them."""
    pieces: list[str | Rows] = []
    at = 0
    for found in _MATRIX.finditer(line):
        rows = in_rows(found[1])
        if (
            _WORD.search(found[1].replace("sqrt", ""))
            or len({len(row) for row in rows}) != 1
            or not rows[0]
        ):
            continue  # words in brackets
        pieces += [line[at : found.start()], rows]
        at = found.end()
    pieces.append(line[at:])
    return [piece for piece in pieces if piece]
