"""What is to be seen at a moment, in names and numbers, for who can't see the picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, Final, NamedTuple

import numpy as np

from lamath import notation
from scenes.stage.caption import Paragraph
from scenes.stage.card import MatrixCard
from scenes.stage.figure import is_seen, leaves
from scenes.stage.labels import Label
from scenes.stage.message import plain
from scenes.stage.panel import Either, Panel, Row
from scenes.stage.shapes import Arrow, Dot, Place
from scenes.stage.text import Glyphs
from scenes.stage.view import Array
from scenes.stage.world import World

__all__ = ["Seen", "Sight", "seen"]

_LARGEST: Final = 60  # of a denominator that is told; others are told as decimals


class Sight(NamedTuple):
    """What is to be seen on one stage: each arrow's name, tail (empty: 0) and tip, each point's."""

    heading: str
    arrows: tuple[tuple[str, str, str], ...]
    points: tuple[tuple[str, str], ...]
    marks: tuple[str, ...]
    """What else is written there."""


class Seen(NamedTuple):
    """What is to be seen in the frame at a moment."""

    stages: tuple[Sight, ...]
    panel: tuple[str, ...]


def seen(worlds: Iterable[World], panel: Panel) -> Seen:
    """Tell what is to be seen now."""
    return Seen(
        tuple(_sight(world) for world in worlds),
        tuple(line for block in panel.blocks for line in _lines(block)),
    )


def _sight(world: World) -> Sight:
    arrows: dict[str, tuple[str, str]] = {}
    points: dict[str, str] = {}
    marks: list[str] = []
    for label in filter(is_seen, world.labels):
        anchor, name = label.anchor, _read(label.text)
        if isinstance(anchor, Arrow) and _is_a_name(label):
            frame, tail = world.frame_of(anchor)[: world.dim], anchor.tail
            start, end = np.stack([tail, tail + anchor.vector]) @ frame[:, : len(tail)].T
            arrows[name] = _written(start) if start.any() else "", _written(end)
        elif isinstance(anchor, Dot) and not isinstance(anchor, Place) and _is_a_name(label):
            point, frame = anchor.point, world.frame_of(anchor)
            points[name] = _written((frame[:, : len(point)] @ point)[: world.dim])
        elif name not in (*marks, "?"):
            marks.append(name)
    places = {*(tip for _, tip in arrows.values()), *points.values()}
    heading = " ".join(_text(sign) for sign in world.signs if _is_shown(sign))
    return Sight(
        heading,
        tuple((name, *ends) for name, ends in arrows.items()),
        tuple(points.items()),
        tuple(mark for mark in marks if mark not in places),
    )


def _is_a_name(label: Label) -> bool:
    return isinstance(label.given, str) and label.given != "?"


def _written(vector: Array) -> str:
    """Write where something is: as fractions where it is at such, else to two decimals.

    >>> _written(np.array([0.6, -2.0])), _written(np.array([0.70710678, 0.0]))
    ('(3/5, −2)', '≈ (0.71, 0)')
    """
    exact = [Fraction(float(entry)).limit_denominator(_LARGEST) for entry in vector]
    scale = max(1.0, float(np.abs(vector).max(initial=0.0)))
    if all(abs(float(e) - float(v)) <= 1e-9 * scale for e, v in zip(exact, vector, strict=True)):
        return f"({', '.join(map(notation.plain, exact))})"
    short = [f"{float(entry):.2f}".rstrip("0").rstrip(".").replace("-", "−") for entry in vector]
    return f"≈ ({', '.join('0' if each == '−0' else each for each in short)})"


# Texts


def _is_shown(thing: Any) -> bool:
    """Whether any part of a thing is drawn."""
    return any(map(is_seen, leaves(thing)))


def _lines(block: Any) -> Iterator[str]:
    """Give the lines of a block of the panel that are to be seen."""
    if not _is_shown(block):
        return
    if isinstance(block, MatrixCard):
        rows = "; ".join(" ".join(_read(entry.text) for entry in row) for row in block.rows)
        named = block.heading is not None and is_seen(block.heading)
        yield f"{_read(block.heading.text)} [{rows}]" if named and block.heading else f"[{rows}]"
    elif isinstance(block, Row):
        words, value = _text(block.words), _text(block.value)
        yield f"{words} {value}" if words and value else words or value
    elif isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Glyphs):
        yield _read(block.text)
    elif isinstance(block, Either) or len(block.submobjects):
        for each in block.submobjects:
            yield from _lines(each)


def _text(thing: Any) -> str:
    return " ".join(_lines(thing))


def _read(source: str) -> str:
    """Write Typst source, or digits that ran, in Unicode."""
    try:
        return plain(f"${source}$")
    except ValueError:
        return source
