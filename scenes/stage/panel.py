"""The panel: the algebra beside the picture, in blocks, as wide as what it shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from manim import Line, VGroup, VMobject

from scenes.stage.digits import digits
from scenes.stage.figure import leaves, paint, presence_of, set_presence
from scenes.stage.labels import Running, number_of
from scenes.stage.layout import Layout, Rect
from scenes.stage.text import Glyphs
from scenes.stage.theme import Layer, Theme

__all__ = ["RULE", "Either", "Panel", "PanelNumber", "Row"]

RULE = "rule"
"""Stands for a thin line between two blocks."""

PAD = 0.32
GUTTER = 0.45  # stage units between two columns
MARGIN = 0.26  # above and below
GAP = (0.18, 0.6)  # least and most stage units between two blocks
USUAL_GAP = 0.3


class PanelNumber(Glyphs):
    """A running number that keeps its right end, or its left, and its baseline.

    Its fractions have a slash, as in other rows.
    """

    def __init__(self, running: Running, *, size: float, color: str, align: str = "right") -> None:
        self.running, self.align = running, align
        self.type_size = size
        super().__init__(digits("0"), size=size, color=color)
        self.edge, self.floor = 0.0, 0.0
        self.refresh(at_rest=True, force=True)

    def widest(self) -> float:
        """Give the width of the widest text that it may show."""
        sources = [(self.running._said(exact), True) for exact in self.running._exact]
        sources.append((self.running.running(-self.running.largest), False))
        return max(float(number_of(*each, self.type_size, in_line=True).width) for each in sources)

    def refresh(self, at_rest: bool, force: bool = False) -> None:
        """Set its text anew, if it has changed."""
        source, is_math = self.running.source(at_rest)
        if source == self.text and not force:
            return
        self.turn_into(number_of(source, is_math, self.type_size, in_line=True))
        x = np.asarray(self.points)[:, 0]
        left = self.edge - self._end(x)
        self.points = self.points + np.array([left, self.floor, 0.0])

    def _end(self, x: Any) -> float:
        """Give the end that it keeps, of points with those x."""
        ends = {"right": x.max(), "left": x.min(), "middle": (x.max() + x.min()) / 2}
        return float(ends[self.align])

    def settle(self) -> None:
        """Keep from now on the end that it has, where it is."""
        self.edge, self.floor = self._end(np.asarray(self.points)[:, 0]), self.baseline

    def put(self, edge: float, floor: float) -> None:
        """Set the end that it keeps, and its baseline."""
        self.edge, self.floor = edge, floor
        self.refresh(at_rest=True, force=True)


class Row(VGroup):
    """A line of the panel: words at the left, a value at the right end.

    Where they don't fit side by side the value stands below.
    """

    def __init__(self, words: Any, value: Any, theme: Theme) -> None:
        self.words, self.value, self.theme = words, value, theme
        super().__init__(words, value)

    @property
    def natural(self) -> float:
        """The width it would like to have."""
        return float(self.words.width) + 0.5 * self.theme.math + self._value_width()

    def _value_width(self) -> float:
        if isinstance(self.value, PanelNumber):
            return self.value.widest()
        return float(self.value.width)

    def spread(self, width: float) -> None:
        """Lay it out for that width, the words' baseline at 0 and its left end at 0."""
        apart = self.natural > width + 1e-6
        _seat(self.words, 0.0, 0.0)
        floor = -2.0 * self.theme.math if apart else 0.0
        if isinstance(self.value, PanelNumber):
            self.value.put(width, floor)
        else:
            _seat(self.value, width - float(self.value.width), floor)


def _seat(text: Any, left: float, baseline: float) -> None:
    text.shift([left - text.get_left()[0], baseline - text.baseline, 0.0])


class Either(VGroup):
    """Blocks that take each other's place: one of them is seen at a time."""


class Panel:
    """The blocks of the panel, in order; what is shown when is the story's affair."""

    def __init__(self, scene: Any) -> None:
        self._scene = scene
        self.blocks: list[VMobject] = []
        self.numbers: list[PanelNumber] = []

    def set(self, *blocks: Any) -> None:
        """Say what stands in the panel, from top to bottom; RULE gives a thin line."""
        theme = self._scene.theme
        self.blocks, self.numbers = [], []
        for block in blocks:
            if block is RULE:
                block = Line([0, 0, 0], [1, 0, 0], color=theme.axis, stroke_width=theme.thin * 1.4)
                block.is_rule = True
            self.blocks.append(block)
        for block in self.blocks:
            if not _is_rule(block):
                set_presence(block, 0.0)  # until the story brings it on
        for leaf in self.leaves():
            leaf.area, leaf.clip = "panel", None
            leaf.z_index = float(Layer.PANEL)
            if isinstance(leaf, PanelNumber):
                self.numbers.append(leaf)

    def leaves(self) -> Iterator[VMobject]:
        """Give everything that is drawn."""
        for block in self.blocks:
            yield from leaves(block)

    def pieces(self) -> list[VMobject]:
        """Give its blocks."""
        return self.blocks

    def has(self, thing: Any) -> bool:
        """Whether a thing is a block of the panel, or part of one."""
        return any(member is thing for block in self.blocks for member in block.get_family())

    def draw(self, at_rest: bool) -> None:
        """Show the numbers of the moment."""
        for number in self.numbers:
            number.refresh(at_rest)
            paint(number)
        for k, block in enumerate(self.blocks):
            if _is_rule(block):  # it is there as far as there is something on both sides
                block.strength = min(_shown(self.blocks[:k]), _shown(self.blocks[k + 1 :]))
                paint(block)

    def need(self, layout: Layout) -> float:
        """Give the width that its blocks need beside the stages, or the height below them.

        In stage units; 0 if it is empty.
        """
        if not self.blocks:
            return 0.0
        if layout.panel_columns == 1:
            return max(_natural(block) for block in self.blocks) + 2 * PAD
        width = (layout.frame.width - 2 * PAD - GUTTER) / 2
        parts = self._columns(width)
        if len(parts) == 1:
            width = layout.frame.width - 2 * PAD
        tallest = max(self._tall(part, width) for part in parts)
        return tallest + 2 * MARGIN

    def _tall(self, blocks: Sequence[VMobject], width: float) -> float:
        gaps = USUAL_GAP * max(len(blocks) - 1, 0)
        return sum(self._height(block, width) for block in blocks) + gaps

    def _columns(self, width: float) -> tuple[list[VMobject], ...]:
        """Divide the blocks into two columns of about the same height, without loose rules."""
        if len([block for block in self.blocks if not _is_rule(block)]) < 2:
            return (self.blocks,)
        cuts = range(1, len(self.blocks))
        parts = [(_trimmed(self.blocks[:k]), _trimmed(self.blocks[k:])) for k in cuts]
        return min(
            (pair for pair in parts if all(pair)),
            key=lambda pair: max(self._tall(part, width) for part in pair),
        )

    def arrange(self, layout: Layout) -> None:
        """Give every block its place: one column, or two where the panel is wide."""
        if not self.blocks or layout.panel is None:
            return
        area = layout.panel.inset(PAD, MARGIN)
        if layout.panel_columns == 1:
            self._stack(self.blocks, area)
            return
        parts = self._columns((area.width - GUTTER) / 2)
        rects = area.columns((1.0,) * len(parts), GUTTER)
        for part, rect in zip(parts, rects, strict=True):
            self._stack(part, rect)
        for block in self.blocks:
            if _is_rule(block) and not any(block is each for part in parts for each in part):
                block.points = np.zeros((0, 3))  # the gap between the columns tells them apart

    def _height(self, block: VMobject, width: float) -> float:
        _lay(block, width)
        return 0.02 if _is_rule(block) else float(block.height)

    def _stack(self, blocks: Sequence[VMobject], area: Rect) -> None:
        """Stack blocks evenly; they shrink when gaps can't any further."""
        heights = [self._height(block, area.width) for block in blocks]
        least = GAP[0] * (len(blocks) - 1)
        total = sum(heights)
        if total + least > area.height:
            factor = (area.height - least) / total
            for block in blocks:
                _shrink(block, factor)
            heights = [factor * height for height in heights]
            total = sum(heights)
        gap = min((area.height - total) / max(len(blocks) - 1, 1), GAP[1])
        spare = area.height - total - gap * (len(blocks) - 1)
        y = area.top - 0.35 * spare
        for block, height in zip(blocks, heights, strict=True):
            center = [(area.left + area.right) / 2, y - height / 2, 0.0]
            _move(block, center)
            y -= height + gap


def _is_rule(block: Any) -> bool:
    return bool(getattr(block, "is_rule", False))


def _shown(blocks: Sequence[VMobject]) -> float:
    """Say how much of the blocks is to be seen; a rule is nothing by itself."""
    return max((presence_of(each) for each in blocks if not _is_rule(each)), default=0.0)


def _trimmed(blocks: Sequence[VMobject]) -> list[VMobject]:
    """Leave out rules at either end."""
    kept = list(blocks)
    while kept and _is_rule(kept[0]):
        kept.pop(0)
    while kept and _is_rule(kept[-1]):
        kept.pop()
    return kept


def _natural(block: Any) -> float:
    if _is_rule(block):
        return 0.0
    if isinstance(block, Either):
        return max(_natural(each) for each in block)
    if isinstance(block, Row):
        return block.natural
    if isinstance(block, VGroup) and any(isinstance(each, Row) for each in block):
        return max(_natural(each) for each in block)
    return float(block.width)


def _lay(block: Any, width: float) -> None:
    """Give a block its form for that width."""
    if _is_rule(block):
        block.put_start_and_end_on([0.0, 0.0, 0.0], [width, 0.0, 0.0])
    elif isinstance(block, Either):
        for each in block:
            _lay(each, width)
            _move(each, [0.0, 0.0, 0.0])
    elif isinstance(block, Row):
        block.spread(width)
        if block.width > width + 1e-6:  # even alone on its line a value is too long
            _shrink(block, width / float(block.width))
    elif isinstance(block, VGroup) and any(isinstance(each, Row) for each in block):
        y = 0.0
        for each in block:
            _lay(each, width)
            _move(each, [width / 2, y - float(each.height) / 2, 0.0])
            y -= float(each.height) + 0.28
    elif block.width > width:
        _shrink(block, width / float(block.width))


def _shrink(block: VMobject, factor: float) -> None:
    if factor >= 1 or _is_rule(block):
        return
    for leaf in leaves(block):
        if isinstance(leaf, PanelNumber):
            leaf.type_size *= factor
    block.scale(factor)
    _settle(block)


def _move(block: VMobject, center: Any) -> None:
    block.move_to(center)
    _settle(block)


def _settle(block: VMobject) -> None:
    """Let running numbers know where they stand now."""
    for leaf in leaves(block):
        if isinstance(leaf, PanelNumber):
            leaf.settle()
