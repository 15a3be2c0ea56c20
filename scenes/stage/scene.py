"""MatrixScene: what every scene of this project starts from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import numpy as np
from manim import DOWN, LEFT, VGroup, VMobject

import lamath as la
from lamath import notation
from scenes.inputs import Input, MatrixInput
from scenes.stage import panel as _panel
from scenes.stage.card import MatrixCard
from scenes.stage.cast import CastScene
from scenes.stage.figures import Arrow
from scenes.stage.frame import N_, settle_in
from scenes.stage.text import Glyphs, inline
from scenes.stage.world import World

__all__ = ["MatrixScene"]


class MatrixScene(CastScene):
    """A scene that shows one idea for any matrix of the shapes it accepts.

    Subclasses set the class attributes and write `construct`: the mathematics
    from lamath first, then the cast, then the story in beats. The words for
    the panel are here; those for the stage in CastScene, for the story in
    StoryScene.
    """

    inputs: ClassVar[tuple[Input, ...]] = (MatrixInput("2x2"),)
    matrix: Any
    vector: Any

    def heading(self) -> Glyphs:
        """Give the scene's title."""
        self._title = self.prose(self.words(self.title), size=self.theme.title, bold=True)
        return self._title

    def card(self, matrix: Any, name: str = "", **kwargs: Any) -> MatrixCard:
        """Give a matrix as it is written, its columns in the colors of î and ĵ."""
        kwargs.setdefault("colors", (self.theme.i, self.theme.j))
        return MatrixCard(matrix, name=name, theme=self.theme, **kwargs)

    def span(self, name: str, space: la.Subspace, color: str) -> Glyphs:
        """Write a subspace as the span of its exact basis."""
        vectors = [notation.typst(vector) for vector in space.vectors]
        body = f'"span" {{{", ".join(vectors)}}}' if vectors else "{bold(0)}"
        if len(vectors) == 1:
            body = f'"span" thin {vectors[0]}'
        return self.math(f"{name} = {body}", color=color)

    def row(self, symbol: str | None, message: str, value: Any = None, **values: Any) -> _panel.Row:
        """Give a line of the panel: symbol, meaning, value (both as Typst source)."""
        return _panel.Row(
            None if symbol is None else self.math(symbol, size=self.theme.prose * 1.15),
            self.prose(self.words(message, **values)),
            None if value is None else self.math(value, size=self.theme.prose * 1.15),
        )

    def rows(self, *rows: _panel.Row, gap: float = 0.56) -> VGroup:
        """Stack rows as wide as a column of the panel."""
        return _panel.row_block(rows, _panel.column_width(self.layout), gap)

    def columns(self, *readouts: _panel.Readout, gap: float = 0.5) -> VGroup:
        """Set readouts side by side, on one baseline, or in a pile if they would get small."""
        for readout in readouts:
            readout.widen()
        row = VGroup(*readouts).arrange(buff=gap)
        if 0.8 * row.width > _panel.column_width(self.layout):
            return row.arrange(DOWN, buff=0.8 * self.theme.math, aligned_edge=LEFT)
        for readout in readouts:
            readout.shift([0.0, readouts[0].head.baseline - readout.head.baseline, 0.0])
        return row

    def arrange(self, *blocks: VMobject, instead: dict[VMobject, VMobject] | None = None) -> None:
        """Give every block its place in the panel; what is shown when is the story's affair.

        `instead` maps a block to one that will take its place later.
        """
        readouts = [readout for world in self.worlds for readout in world.readouts]
        for readout in readouts:
            readout.widen()
        _panel.arrange(blocks, self.layout, instead or {})
        for block in (*blocks, *(instead or {}).values()):
            settle_in(block, "panel")
        for world in self.worlds:
            for readout in world.readouts:
                readout.run(world.matrix, at_rest=True)

    def exactly(self, value: Any) -> str:
        """Write a number as Typst source, with ≈ before it if it is not exact."""
        return notation.typst(value, sign=True).removeprefix("= ")

    def spoken(self, value: Any) -> str:
        """Write a number for a caption, with ≈ before it if it is not exact."""
        return notation.plain(value, sign=True).removeprefix("= ")

    def product_of(self, *factors: tuple[str, Any], value: Any) -> Glyphs:
        """Write a product: of names, and of their values where those are exact.

        The values have a line of their own if one is too short and there is room for two.
        """
        lines = [" dot ".join(name for name, _ in factors)]
        if all(notation.is_simple(number) for _, number in factors):
            numbers = [notation.typst(number) for _, number in factors]
            signed = [f"({inline(n)})" if n.startswith("-") else inline(n) for n in numbers]
            lines.append(f"= {' dot '.join(signed)}")
        lines[-1] += f" {notation.typst(value, sign=True)}"
        size = 1.15 * self.theme.prose
        line = self.math(" ".join(lines), size=size)
        fits = line.width <= _panel.column_width(self.layout)
        low = self.layout.panel.height < _panel.LOW
        return line if fits or low else self.math(" \\ ".join(lines), size=size)

    def readout(
        self,
        head: Glyphs,
        world: World,
        measure: Callable[[Any], float],
        landings: Sequence[Any],
        *,
        whole: bool = False,
    ) -> _panel.Readout:
        """Give a number that runs with a world and lands on its exact value."""
        readout = _panel.Readout(head, measure, landings, self.theme, whole=whole)
        world.followers.append(readout.run)
        world.readouts.append(readout)
        return readout

    def length_readout(
        self, symbol: str, world: World, vector: la.Vector, length: Any, color: str
    ) -> _panel.Readout:
        """Give the running length of a unit vector as the world carries it, ending at `length`."""
        v = vector.array
        return self.readout(
            self.math(symbol, color=color),
            world,
            lambda matrix: float(np.linalg.norm(matrix @ v)),
            [1, length],
        )

    def area_readout(self, world: World, area: Any) -> _panel.Readout:
        """Give the running area of the unit square, ending at `area`.

        In mid-fold it is the area of the sheet in space, which a fold leaves alone.
        """
        return self.readout(
            self.prose(self.words(N_("area")), color=self.theme.region),
            world,
            _area,
            [1, area, 0],
        )

    def rank_readout(self, world: World) -> _panel.Readout:
        """Give the number of dimensions that the world has now."""
        return self.readout(
            self.prose(self.words(N_("rank")), color=self.theme.column_space),
            world,
            lambda matrix: float(np.linalg.matrix_rank(matrix, rtol=1e-9)),
            [2, 1, 0],
            whole=True,
        )

    def count_readout(self, message: str, world: World, arrows: Sequence[Arrow]) -> _panel.Readout:
        """Count the arrows that a world has crushed to nothing."""
        vectors = np.column_stack([arrow.vector for arrow in arrows])
        least = 1e-9 * float(np.abs(vectors).max())

        def gone(matrix: Any) -> float:
            return float((np.linalg.norm(matrix @ vectors, axis=0) < least).sum())

        return self.readout(
            self.prose(self.words(message), color=self.theme.null_space),
            world,
            gone,
            range(len(arrows) + 1),
            whole=True,
        )

    def hold(self, readout: _panel.Readout) -> None:
        """Let a readout keep what it shows, whatever its world does next."""
        for world in self.worlds:
            if readout in world.readouts:
                world.readouts.remove(readout)
                world.followers.remove(readout.run)


def _area(matrix: Any) -> float:
    """Give the area of the unit square's image, in the plane or in space.

    A crushed sheet has none: what rounding leaves of σ₂ must not show as a number.
    """
    most, least = np.linalg.svd(matrix, compute_uv=False)
    return float(most * least) if least > 1e-14 * most else 0.0
