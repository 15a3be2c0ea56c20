"""Where the lines of a paragraph end: what may not be broken, and where a break is best.

Lengths are in heights of a capital.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from functools import cache, lru_cache
from math import inf
from typing import Final, NamedTuple

import numpy as np

from scenes.letters import is_chinese
from scenes.stage.message import pieces, plain
from scenes.stage.outline import Points, math_outline, prose_outline

__all__ = ["MATH_SCALE", "Box", "Kind", "Run", "boxes_of", "broken", "symbol_name"]

MATH_SCALE: Final = 1.08  # New Computer Modern has a lower x than the fonts for prose


class Kind(Enum):
    """What a box holds."""

    WORD = auto()  # Latin letters with their punctuation
    HAN = auto()
    OPENING = auto()  # Chinese punctuation that no line ends with
    CLOSING = auto()  # … that no line begins with
    MATH = auto()


class Run(NamedTuple):
    """Outlines of one color: those of a symbol that has its own, or of anything else (None)."""

    symbol: str | None
    text: str
    points: Points


class Box(NamedTuple):
    """What no line may break, where it stands if all is one line.

    Its runs are drawn from `pen`; its ink goes from `left` to `right`.
    """

    kind: Kind
    text: str
    runs: tuple[Run, ...]
    pen: float
    left: float
    right: float
    space: str  # before it, in plain text
    breakable: bool  # whether a line may begin with it
    inside: bool = False  # whether that would part a Chinese word


_OPENING: Final = "（「『《【〈〔“‘"
_CLOSING: Final = "，。：；？！、）」』》】〉〕”’…—"
# Lines may end within a Chinese word, but not well: these are the words of the subject.
_CHINESE: Final = re.compile(
    "矩阵|行列式|向量|平面|空间|直线|虚线|方向|方格|单位圆|正方形|平行四边形|旋转|拉伸|压缩|翻转|移动|"
    "面积|长度|角度|倍数|坐标轴?|原点|输入|输出|列空间|零空间|奇异值|维数|满秩|线性|相关|无关|唯一|"
    "这些|每个|所有|没有|什么|怎样|哪里|哪些|一个|两个|同一|变成|消失|仍然|正好|完全|"
    "矩陣|空間|直線|虛線|單位圓|平行四邊形|旋轉|拉伸|壓縮|翻轉|移動|面積|長度|角度|倍數|座標軸?|原點|"
    "輸入|輸出|列空間|零空間|奇異值|維數|滿秩|線性|相關|無關|這些|每個|沒有|什麼|怎樣|哪裡|一個|"
    "兩個|變成"
)
_LATIN_CLOSING: Final = ",.;:?!)]}%"


@lru_cache(maxsize=512)
def boxes_of(
    message: str, font: str, language: str, bold: bool, known: frozenset[str]
) -> tuple[Box, ...]:
    """Set a message in one line; `known` holds the symbols that have a color of their own."""
    em = prose_outline("中" if language.startswith("zh") else "m", font, bold).advance
    blank = prose_outline(" ", font, bold).advance
    boxes: list[Box] = []
    spaced, end = False, 0.0
    for kind, source in _cut(message, language):
        if not source:
            spaced = True
            continue
        runs, advance = (
            _formula(source, known, bold) if kind is Kind.MATH else _word(source, font, bold)
        )
        text = plain(f"${source}$") if kind is Kind.MATH else source
        ink = np.concatenate([run.points[:, 0] for run in runs])
        box = Box(kind, text, runs, end, ink.min(), ink.max(), "", False)
        if boxes:
            gap, breakable = _between(boxes[-1], box, end, spaced, em, blank)
            space = (
                " " if spaced or (gap > 0 and _is_wide(kind) != _is_wide(boxes[-1].kind)) else ""
            )
            box = box._replace(pen=end + gap, breakable=breakable, space=space)
        boxes.append(box._replace(left=box.pen + box.left, right=box.pen + box.right))
        spaced, end = False, box.pen + advance
    inside = _inside_words(boxes)
    return tuple(box._replace(inside=at in inside) for at, box in enumerate(boxes))


def _cut(message: str, language: str) -> Iterator[tuple[Kind, str]]:
    """Cut a message into what no line may break; an empty word is a space."""
    for piece in pieces(message):
        if piece.is_math:
            yield Kind.MATH, piece.source
            continue
        word = ""
        for char in piece.source:
            kind = _kind(char, language)
            if kind is Kind.WORD and not char.isspace():
                word += char
                continue
            if word:
                yield Kind.WORD, word
            yield kind, char.strip()
            word = ""
        if word:
            yield Kind.WORD, word


def _kind(char: str, language: str) -> Kind:
    wide = is_chinese(char)
    if (wide or language.startswith("zh")) and char in _OPENING:
        return Kind.OPENING
    if (wide or language.startswith("zh")) and char in _CLOSING:
        return Kind.CLOSING
    return Kind.HAN if wide else Kind.WORD


def _inside_words(boxes: Sequence[Box]) -> set[int]:
    text = "".join(box.text if box.kind is Kind.HAN else " " for box in boxes)
    return {at for word in _CHINESE.finditer(text) for at in range(word.start() + 1, word.end())}


def _is_wide(kind: Kind) -> bool:
    return kind in (Kind.HAN, Kind.OPENING, Kind.CLOSING)


def _between(
    before: Box, after: Box, end: float, spaced: bool, em: float, blank: float
) -> tuple[float, bool]:
    """Give the room between two boxes, and whether a line may begin with the second."""
    wide = _is_wide(before.kind), _is_wide(after.kind)
    parted = before.kind is not Kind.OPENING and after.kind is not Kind.CLOSING
    if wide == (False, False):
        return (blank, True) if spaced else (0.0, False)
    if wide == (True, True):
        if before.kind is Kind.HAN or after.kind is Kind.HAN:
            return 0.0, parted
        # Two marks in a row bring too much white with them; half a square goes.
        white = end - before.right + after.left
        return -min(em / 2, max(0.0, white - 0.4 * em)), parted
    if before.kind is Kind.HAN or after.kind is Kind.HAN:
        clings = not spaced and (after.text[0] in _LATIN_CLOSING or before.text[-1] in "([{")
        return (0.0, False) if clings else (em / 4, True)
    return 0.0, parted  # a mark brings its own white


def _word(text: str, font: str, bold: bool) -> tuple[tuple[Run, ...], float]:
    outline = prose_outline(text, font, bold)
    return (Run(None, text, outline.points),), outline.advance


def _formula(source: str, known: frozenset[str], bold: bool) -> tuple[tuple[Run, ...], float]:
    stretches = list(_stretches(_tokens(source), known))
    outline = math_outline(
        tuple(text for text, _ in stretches),
        tuple(own for _, own in stretches),
        bold=bold,
        in_line=True,
    )
    rest, *parts = (MATH_SCALE * part for part in outline.parts)
    symbols = [text for text, own in stretches if own]
    others = " ".join(text for text, own in stretches if not own)
    runs = [Run(None, plain(f"${others}$"), rest)] if len(rest) else []
    runs += [
        Run(text, plain(f"${text}$"), points) for text, points in zip(symbols, parts, strict=True)
    ]
    return tuple(runs), MATH_SCALE * outline.advance


def symbol_name(source: str) -> str:
    """Give a symbol's source as it is compared with that of others: spaces don't matter."""
    return " ".join(_tokens(source))


def _tokens(source: str) -> list[str]:
    """Split mathematics at its spaces, but not inside of a function's arguments."""
    tokens, depth, start = [], 0, 0
    for at, char in enumerate(f"{source} "):
        if char in " ,(" and not depth:
            if char == "(" and at > start:  # a function's, or a script's
                depth = 1
                continue
            tokens += [source[start:at]] if at > start else []
            tokens += [char] if char in ",(" else []
            start = at + 1
        elif char == ")" and not depth:
            tokens += [source[start:at]] if at > start else []
            start = at
        else:
            depth += (char in "([{") - (char in ")]}")
    return tokens


def _stretches(tokens: list[str], known: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Join tokens to the longest known symbols; tell of each stretch whether it is one."""
    at, rest = 0, []
    while at < len(tokens):
        ends = range(len(tokens), at, -1)
        end = next((end for end in ends if " ".join(tokens[at:end]) in known), None)
        if end is None:
            rest.append(tokens[at])
            at += 1
            continue
        if rest:
            yield " ".join(rest), False
        yield " ".join(tokens[at:end]), True
        at, rest = end, []
    if rest:
        yield " ".join(rest), False


# --- Lines ----------------------------------------------------------------------------------------

_STOPS: Final = "。：；？！.:;?!"
_COMMAS: Final = "，、,"
_UNSTOPPED: Final = 0.36  # as bad as lines of 29 and 71 percent
_DANGLING: Final = 0.08  # a line that ends with "of"
_PARTED: Final = 0.15  # a Chinese word in two
_LONELY: Final = 1.0  # a word in a line of its own
_TOO_LONG: Final = 1e3


def broken(
    boxes: Sequence[Box], width: float, most: int
) -> tuple[tuple[tuple[Box, ...], ...], bool]:
    """Break boxes into lines, and tell whether at most `most` lines no wider than `width` do."""
    count = len(boxes)
    starts = [at for at in range(1, count) if boxes[at].breakable]

    def length(start: int, end: int) -> float:
        return boxes[end - 1].right - boxes[start].left

    def cost(start: int, end: int, ideal: float) -> float:
        """Give how bad it is to have these boxes in a line."""
        uneven = (length(start, end) / ideal - 1) ** 2
        too_long = max(0.0, length(start, end) - width)
        parted = end < count and boxes[end].inside
        ending = _ending(boxes[start:end], last=end == count)
        return uneven + ending + _PARTED * parted + _TOO_LONG * too_long

    def best(lines: int) -> tuple[float, tuple[int, ...]]:
        """Give the cost of the best way to make that many lines, and where they begin."""
        ideal = length(0, count) / lines

        @cache
        def rest(start: int, left: int) -> tuple[float, tuple[int, ...]]:
            if left == 1:
                return cost(start, count, ideal), (start,)
            ways = []
            for end in starts[bisect_right(starts, start) :]:
                more, begins = rest(end, left - 1)
                ways.append((cost(start, end, ideal) + more, (start, *begins)))
            return min(ways, default=(inf, ()))

        return rest(0, lines)

    rows: tuple[tuple[Box, ...], ...] = (tuple(boxes),)
    for lines in range(1, most + 1):
        _, begins = best(lines)
        if not begins:  # there are not as many places to break at
            break
        ends = (*begins[1:], count)
        rows = tuple(tuple(boxes[a:b]) for a, b in zip(begins, ends, strict=True))
        if all(row[-1].right - row[0].left <= width for row in rows):
            return rows, True
    return rows, False


def _ending(row: Sequence[Box], *, last: bool) -> float:
    """Give how bad it is that a line ends with this row."""
    alone = sum(box.kind not in (Kind.OPENING, Kind.CLOSING) for box in row) == 1
    end = row[-1].text
    if last:
        return _LONELY * alone
    bad = 0.0 if end[-1] in _STOPS else _UNSTOPPED * (0.3 if end[-1] in _COMMAS else 1.0)
    return bad + _LONELY * alone + _DANGLING * (end.isalpha() and end.isascii() and len(end) <= 3)
