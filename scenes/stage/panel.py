"""What stands in the panel: rows, running readouts, and how they are arranged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import VGroup, VMobject

from lamath import notation
from scenes.stage.layout import Layout, Rect
from scenes.stage.text import Glyphs, Number
from scenes.stage.theme import Theme

__all__ = ["Readout", "Row", "arrange", "shrink_to"]

_Array = npt.NDArray[np.float64]


class Row(VGroup):
    """A line of the panel: a symbol, what it means, and a value at the right end."""

    def __init__(self, symbol: Glyphs | None, words: Glyphs | None, value: Glyphs | None) -> None:
        self.symbol, self.words, self.value = symbol, words, value
        super().__init__(*(part for part in (symbol, words, value) if part is not None))

    def spread(self, width: float, symbol_width: float, gap: float) -> Row:
        """Line the parts up: symbols in a column, words beside it, values at the right."""
        x = symbol_width + gap if symbol_width else 0.0
        parts = [part for part in (self.words, self.value) if part is not None]
        need = sum(part.width for part in parts) + gap * (len(parts) - 1)
        if need > width - x:
            for part in parts:
                part.scale((width - x) / need)
        if self.symbol is not None:
            self.symbol.shift([-self.symbol.get_left()[0], -self.symbol.baseline, 0.0])
        if self.words is not None:
            self.words.shift([x - self.words.get_left()[0], -self.words.baseline, 0.0])
        if self.value is not None:
            self.value.shift([width - self.value.get_right()[0], -self.value.baseline, 0.0])
        return self


class Readout(VGroup):
    """A number that runs with a world and lands on its exact value.

    Parameters
    ----------
    head
        What it names.
    measure
        Gives the number from the world's matrix (2×2, or 3×2 in mid-fold).
    landings
        Exact values it may come to rest on; at rest the nearest one within
        10⁻⁹ is shown as it is written, otherwise three significant figures.
    whole
        Whether it counts: then it only ever shows its landings.
    """

    def __init__(
        self,
        head: Glyphs,
        measure: Callable[[_Array], float],
        landings: Sequence[Any],
        theme: Theme,
        *,
        whole: bool = False,
    ) -> None:
        self.whole = whole
        self.measure = measure
        self.landings = tuple(landings)
        self.number = Number(size=theme.math, color=head.get_fill_color().to_hex())
        self.head = head
        self._head_size = head.cap_height
        self._gap = 0.7 * theme.math
        self._exact = [notation.typst(value, sign=True) for value in self.landings]
        largest = max((abs(float(value)) for value in self.landings), default=0.0)
        self._decimals = 2 if largest < 100 else 1 if largest < 1000 else 0
        self._largest = largest
        self._ends_small = any(0 < abs(float(value)) < 0.01 for value in self.landings)
        super().__init__(head, self.number)
        self.run(np.eye(2), at_rest=True)

    def _seat(self) -> None:
        """Put the number beside its head, in the head's size."""
        scaled = self.head.cap_height / self._head_size
        left = self.head.get_right()[0] + self._gap * scaled
        self.number.at(left, self.head.baseline, scaled)

    def widen(self) -> None:
        """Show the widest text it will ever show, for a layout with room for it."""
        self._seat()
        shows = [partial(self.number.land, source) for source in self._exact]
        if not self.whole:
            shows.append(partial(self.number.show, f"≈ {self._running(self._largest)}"))
        widths = []
        for show in shows:
            show()
            widths.append(self.number.width)
        shows[widths.index(max(widths))]()

    def run(self, matrix: _Array, at_rest: bool) -> None:
        """Show the number for this matrix."""
        self._seat()
        value = self.measure(matrix)
        scale = max(1.0, self._largest, abs(value))
        for landing, source in zip(self.landings, self._exact, strict=True):
            if abs(float(landing) - value) <= 1e-9 * scale:
                self.number.land(source)
                return
        if at_rest:
            self.number.land(notation.typst(float(value), sign=True))
        elif not self.whole:
            self.number.show(f"≈ {self._running(value)}")

    def _running(self, value: float) -> str:
        """Give digits that keep their number of decimals while they run."""
        size = abs(value)
        if size >= 1e6 or (self._ends_small and 0 < size < 5e-3):
            return notation.plain(float(value))
        return f"{value:.{self._decimals}f}".replace("-", "−")


PAD = 0.3
LOW = 3.0  # stage units; a lower panel has no lines to spare
GUTTER = 0.4  # stage units between two columns
GAP = (0.16, 0.55)  # least and most stage units between two blocks


def column_width(layout: Layout) -> float:
    """How wide a block of the panel may be."""
    columns = layout.panel_columns
    return (layout.panel.width - 2 * PAD - GUTTER * (columns - 1)) / columns


def shrink_to(mobject: VMobject, width: float, height: float = np.inf) -> None:
    """Scale a block down if it is wider or taller than its place."""
    factor = min(width / mobject.width, height / mobject.height, 1.0)
    if factor < 1:
        mobject.scale(factor)


def arrange(blocks: Sequence[VMobject], layout: Layout, instead: dict[VMobject, VMobject]) -> None:
    """Put blocks into the panel, in order: one column, or two where it is wide.

    Blocks that are too wide are scaled down; gaps shrink before blocks do.
    `instead` maps a block to one that will take its place.
    """
    area = layout.panel.inset(PAD, 0.22)
    natural = {later: later.height for later in instead.values()}
    for block, later in instead.items():
        for each in (block, later):
            shrink_to(each, column_width(layout))
        later.move_to(block)
    blocks = [VGroup(block, instead[block]) if block in instead else block for block in blocks]
    if layout.panel_columns == 1 or len(blocks) < 2:
        _stack(blocks, area, 0.0)
    else:
        heights = [block.height + GAP[0] for block in blocks]
        split = min(range(1, len(blocks)), key=lambda k: max(sum(heights[:k]), sum(heights[k:])))
        middle = (area.left + area.right) / 2
        _stack(blocks[:split], Rect(area.left, area.bottom, middle - GUTTER / 2, area.top), 0.5)
        _stack(blocks[split:], Rect(middle + GUTTER / 2, area.bottom, area.right, area.top), 0.5)
    for block, later in instead.items():  # it has shrunk with the others: no more than it must
        later.scale_to_fit_height(min(natural[later], max(block.height, later.height)))
        shrink_to(later, column_width(layout))


def _stack(blocks: Sequence[VMobject], area: Rect, drop: float) -> None:
    """Stack blocks evenly; they shrink when gaps can't any further.

    `drop` is the share of the room left over that stays above them.
    """
    for block in blocks:
        shrink_to(block, area.width)
    least = GAP[0] * (len(blocks) - 1)
    total = sum(block.height for block in blocks)
    if total + least > area.height:
        for block in blocks:
            block.scale((area.height - least) / total)
        total = area.height - least
    gap = min((area.height - total) / max(len(blocks) - 1, 1), GAP[1])
    y = area.top - drop * (area.height - total - gap * (len(blocks) - 1))
    for block in blocks:
        block.move_to([(area.left + area.right) / 2, y - block.height / 2, 0.0])
        y -= block.height + gap


def row_block(rows: Sequence[Row], width: float, gap: float) -> VGroup:
    """Stack rows whose symbols share a column."""
    symbol_width = max((row.symbol.width for row in rows if row.symbol is not None), default=0.0)
    block = VGroup()
    for index, row in enumerate(rows):
        row.spread(width, symbol_width, 0.2)
        row.shift([0.0, -index * gap, 0.0])
        block.add(row)
    return block
