"""Sentences with mathematics in them, set in lines: prose by Pango, mathematics by Typst.

Both stand on one baseline and look equally large. Each symbol has the color of the thing
it names. A line is broken where a typographer would break it, in English and in Chinese.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import Final, Literal

import numpy as np
from manim import VGroup

from scenes.stage.fonts import family
from scenes.stage.lines import Box, Run, boxes_of, broken, symbol_name
from scenes.stage.message import plain, reading_seconds
from scenes.stage.outline import Points
from scenes.stage.text import Glyphs

__all__ = ["Paragraph", "paragraph", "plain", "reading_seconds"]

LEADING: Final = 1.9  # from one baseline to the next, in heights of a capital
_CLEAR: Final = 0.3  # least room between two lines where a formula is tall


class Paragraph(VGroup):
    """A message in lines, one Glyphs for each symbol in its color and each stretch of the rest.

    Made with the first baseline at y = 0, and x = 0 at its left edge or its middle.

    Attributes
    ----------
    text
        The message as plain text.
    lines
        Plain text of each line.
    fits
        Whether it has at most as many lines, none wider, as were asked for.
    """

    def __init__(
        self,
        glyphs: Sequence[Glyphs],
        symbols: Sequence[str | None],
        *,
        text: str,
        lines: tuple[str, ...],
        fits: bool,
        ground: Glyphs | None,
    ) -> None:
        super().__init__(*([ground] if ground else []), *glyphs)
        self.text, self.lines, self.fits = text, lines, fits
        self._glyphs, self._symbols = tuple(glyphs), tuple(symbols)

    def part(self, symbol: str) -> VGroup:
        """Give the places where a symbol stands that has a color of its own.

        Raises
        ------
        KeyError
            If it stands nowhere.
        """
        pairs = zip(self._glyphs, self._symbols, strict=True)
        found = [glyphs for glyphs, each in pairs if each == symbol_name(symbol)]
        if not found:
            raise KeyError(f"{symbol} has no color of its own in {self.text!r}")
        return VGroup(*found)

    @property
    def baseline(self) -> float:
        """Height of the first baseline, in stage units."""
        return self._glyphs[0].baseline

    @property
    def cap_height(self) -> float:
        """Height of a capital of its prose, in stage units."""
        return self._glyphs[0].cap_height

    def center_on(self, x: float, y: float) -> Paragraph:
        """Move what lies between the first line's capitals and the last baseline to (x, y)."""
        top, bottom = self.baseline + self.cap_height, self._glyphs[-1].baseline
        self.shift([x - self.get_center()[0], y - (top + bottom) / 2, 0.0])
        return self


def paragraph(
    text: str,
    *,
    language: str,
    size: float,
    color: str,
    width: float = inf,
    colors: Mapping[str, str] | None = None,
    most_lines: int = 2,
    align: Literal["center", "left"] = "center",
    bold: bool = False,
    halo: str | None = None,
) -> Paragraph:
    """Set a message in as few lines as it needs.

    Parameters
    ----------
    text
        Prose with Typst mathematics between dollar signs.
    size, width
        Height of a capital, and what no line should exceed, in stage units.
    colors
        Colors of symbols by their Typst source, ``{"x": "#F5D547", "A x": "#6CC4F5"}``;
        the longest that stands in a formula wins. All else is in `color`.
    most_lines
        If it needs more, or wider ones, the result doesn't fit and says so.
    halo
        Color of what lies behind it, see `Glyphs`.

    Raises
    ------
    ValueError
        If a dollar sign is not closed, or if there is nothing to set.
    """
    known = {symbol_name(source): hue for source, hue in (colors or {}).items()}
    boxes = boxes_of(text, family(language), language, bold, frozenset(known))
    if not boxes:
        raise ValueError(f"nothing to set in {text!r}")
    rows, fits = broken(boxes, width / size, most_lines)
    glyphs: list[Glyphs] = []
    symbols: list[str | None] = []
    everything: list[Points] = []
    baseline = 0.0
    for at, row in enumerate(rows):
        if at:
            baseline -= _leading(rows[at - 1], row)
        edge = row[0].left if align == "left" else (row[0].left + row[-1].right) / 2
        origin, down = np.array([edge, 0.0, 0.0]), np.array([0.0, baseline, 0.0])
        for run in _stretches(row):
            hue = color if run.symbol is None else known[run.symbol]
            points = run.points - origin
            glyphs.append(Glyphs(points, size=size, color=hue, text=run.text).shift(size * down))
            symbols.append(run.symbol)
            everything.append(points + down)
    ground = None
    if halo is not None:
        # One for all, behind all: each letter's own would cut into its neighbors.
        ground = Glyphs(np.concatenate(everything), size=size, color=halo, halo=halo)
    return Paragraph(
        glyphs,
        symbols,
        text=plain(text),
        lines=tuple("".join(box.space + box.text for box in row).strip() for row in rows),
        fits=fits,
        ground=ground,
    )


def _stretches(row: Sequence[Box]) -> Iterator[Run]:
    """Give a line's runs, those without a color of their own joined as far as they follow."""
    joined: list[Run] = []
    for box in row:
        for at, run in enumerate(box.runs):
            shifted = run.points + np.array([box.pen, 0.0, 0.0])
            text = run.text if at else box.space + run.text
            if joined and run.symbol is None and joined[-1].symbol is None:
                last = joined.pop()
                shifted, text = np.concatenate([last.points, shifted]), last.text + text
            joined.append(Run(run.symbol, text, shifted))
    yield from (run._replace(text=run.text.strip()) for run in joined)


def _leading(above: Sequence[Box], below: Sequence[Box]) -> float:
    """Give the room from one baseline to the next: more where formulas are tall."""
    depth = max(-run.points[:, 1].min() for box in above for run in box.runs)
    height = max(run.points[:, 1].max() for box in below for run in box.runs)
    return max(LEADING, float(depth + height) + _CLEAR)
