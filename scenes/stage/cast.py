"""The cast: what can stand on a stage, and how it moves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from manim import FadeIn, FadeOut, Mobject, VGroup, VMobject

import lamath as la
from scenes.stage.figures import Arrow, Curve, Dot, Figure, Grid, Label, Sweep, polygon, spanning
from scenes.stage.frame import N_
from scenes.stage.layout import Rect
from scenes.stage.plane import Ground, sheet
from scenes.stage.story import StoryScene
from scenes.stage.text import Glyphs, math, prose
from scenes.stage.window import MARGIN, Window, seen
from scenes.stage.world import Crowd, Deform, World, lean

__all__ = ["Basis", "CastScene"]

_IDENTITY = np.eye(2)
SPECK = 0.2  # stage units; of a shorter arrow one can't see where it points


class Basis(NamedTuple):
    """î and ĵ with their labels."""

    i: Arrow
    j: Arrow
    i_label: Label
    j_label: Label


class CastScene(StoryScene):
    """A scene with worlds on its stages."""

    # -- worlds ------------------------------------------------------------------------

    def world(
        self,
        *figures: Figure | Label,
        passes: Sequence[Sequence[la.LinearPath]] = (),
        stage: int = 0,
        fixed: Sequence[Sequence[float]] = (),
        grid: bool = True,
    ) -> World:
        """Set up a plane on a stage, with what the map moves on it.

        `passes` lists what will be played: each is a sequence of paths, played
        one after the other from the start. The scale is chosen so that the
        figures stay in sight all the way.
        """
        rests, between = _states(passes)
        landmarks = np.hstack([figure.landmarks() for figure in figures])
        window = Window(
            self.layout.stages[stage],
            landmarks,
            rests,
            between,
            np.array(fixed, dtype=float).T if len(fixed) else None,
            margin=MARGIN * self.layout.text,
        )
        ground = Ground(window, self.theme, self._unit_note, always=self.stages > 1)
        ground.layer = 1
        world = World(window)
        world.ground, world.notes = ground, ground.note
        world.scenery.append(ground.redraw)
        if grid:
            least = min(
                (
                    float(np.linalg.svd(s, compute_uv=False)[-1])
                    for s in rests
                    if abs(_det(s)) > 1e-9
                ),
                default=1.0,
            )
            world.grid = VGroup(*sheet(window, self.theme, least))
            world.join(*world.grid)
        world.join(*figures)
        world.on_stage = lambda figure: figure in self._family()
        self.worlds.append(world)
        return world

    def _family(self) -> set[Mobject]:
        return {member for mobject in self.mobjects for member in mobject.get_family()}

    def _unit_note(self, number: str) -> Glyphs:
        return prose(
            self.words(N_("one square = {number}"), number=number),
            language=self.language,
            size=self.theme.small,
            color=self.theme.muted,
        )

    def name_stage(self, stage: int, message: str) -> Glyphs:
        """Give the name of a stage, for its upper left corner."""
        rect = self.layout.stages[stage]
        name = self.prose(self.words(message), color=self.theme.muted)
        name.clip = rect
        corner = [rect.left + 0.25 + name.width / 2, rect.top - 0.25 - name.height / 2, 0.0]
        for world in self.worlds:
            if world.window.rect == rect:
                world.signs.append(name)
        return name.move_to(corner)

    def open(self, *shown: Mobject) -> None:
        """Show the opening picture at once: title, every world's ground and grid, and `shown`."""
        if self._title is not None:
            self.add(self._title)
        for world in self.worlds:
            self.add(world.ground, world.notes)
            if len(world.grid):
                world.grid.layer = 2
                self.add(world.grid)
        self._bring(*shown)

    def _bring(self, *figures: Mobject) -> None:
        """Put figures on stage; labels find their seats."""
        self.add(*figures)
        for world in self.worlds:
            for figure in world.submobjects:
                if figure in figures:
                    figure.pose(world.matrix, world.window)
            world.settle(*figures)

    def reveal(self, *figures: Mobject) -> FadeIn:
        """Give the animation that lets figures appear, every label in a free seat."""
        self._bring(*figures)
        return FadeIn(*figures)

    # -- figures -----------------------------------------------------------------------

    def arrow(self, vector: Any, color: str, **style: Any) -> Arrow:
        """Give a vector's arrow."""
        return Arrow(_floats(vector), color=color, **style)

    def region(self, points: Any) -> Curve:
        """Give the outline of a figure whose inside is tinted: front and back differ."""
        theme = self.theme
        return Curve(
            points, front=theme.region, back=theme.region_back, width=theme.bold * 0.8, fill=0.14
        )

    def label(self, anchor: Arrow | Dot, source: str, size: float | None = None) -> Label:
        """Give a label, set as mathematics, in its arrow's color."""
        color = anchor.get_fill_color().to_hex()
        return Label(math(source, size=size or self.theme.label, color=color), anchor)

    def basis(self) -> Basis:
        """Give î and ĵ, which A sends to its two columns."""
        i, j = self.arrow((1, 0), self.theme.i), self.arrow((0, 1), self.theme.j)
        return Basis(i, j, self.label(i, "hat(dotless.i)"), self.label(j, "hat(dotless.j)"))

    def columns_of(self, matrix: la.Matrix, name: str) -> Basis:
        """Give the columns of a matrix, named as what it sends î and ĵ to."""
        i, j = (
            self.arrow(column, color)
            for column, color in zip(matrix.columns, (self.theme.i, self.theme.j), strict=True)
        )
        labels = (f"{name} hat(dotless.i)", f"{name} hat(dotless.j)")
        return Basis(i, j, *(self.label(*pair) for pair in zip((i, j), labels, strict=True)))

    def unit_square(self) -> Curve:
        """Give the unit square."""
        return self.region(polygon([(0, 0), (1, 0), (1, 1), (0, 1)]))

    def spray(
        self, direction: Any, color: str, *, count: int = 12, length: float = 1.5
    ) -> list[Arrow]:
        """Give arrows in `count` directions all around, the first along `direction`."""
        x, y = _floats(direction)
        angles = np.arctan2(y, x) + 2 * np.pi * np.arange(count) / count
        tips = length * np.column_stack([np.cos(angles), np.sin(angles)])
        return [self.arrow(tip, color, scale=0.8) for tip in tips]

    def in_proportion(self, *figures: Figure) -> tuple[Figure, ...]:
        """Give arrows and labels back, or none if an arrow is far longer than 1.

        What would make a speck of everything else is left to the panel to say.
        """
        lengths = [np.linalg.norm(each.vector) for each in figures if isinstance(each, Arrow)]
        return figures if all(length <= 7 for length in lengths) else ()

    def large_enough(self, world: World, *figures: Figure) -> tuple[Figure, ...]:
        """Give arrows and labels of a world back, or take them off it if an arrow is a speck."""
        arrows = [each for each in figures if isinstance(each, Arrow)]
        if all(each.length(world.matrix, world.window) >= SPECK for each in arrows):
            return figures
        world.leave(*figures)
        return ()

    def with_same_output(self, vector: Any, null: la.Subspace) -> list[Arrow]:
        """Give other inputs that land where `vector` lands: it, plus null vectors.

        They stand evenly about the shortest such input.
        """
        x = _floats(la.vector(vector))
        if null.dim == 1:
            n = _floats(null.vectors[0]) / np.linalg.norm(_floats(null.vectors[0]))
            own = float(x @ n)
            seats = np.array([-2.2, -1.1, 0.0, 1.1, 2.2])
            seats = seats[np.argsort(np.abs(seats - own))[1:]]  # x has the seat nearest to it
            steps = (seats - own)[:, None] * n
        else:
            angles = np.arctan2(x[1], x[0]) + np.pi / 3 * np.arange(1, 6)
            tips = np.linalg.norm(x) * np.column_stack([np.cos(angles), np.sin(angles)])
            steps = tips - x
        return [self.arrow(x + step, self.theme.null_space) for step in steps]

    def coset(self, vector: Any, null: la.Subspace, length: float = 60.0) -> Curve:
        """Give all inputs that land where `vector` lands, if they make up a line."""
        along = null.vectors[0] if null.dim == 1 else la.vector("1 0")
        points = spanning(_floats(along), length, through=_floats(la.vector(vector)))
        return Curve(
            points,
            front=self.theme.null_space,
            width=self.theme.line,
            dash=(0.12, 0.09),
            opacity=1.0 if null.dim == 1 else 0.0,
            shown=False,
        )

    def fibers(self, world: World, direction: Any) -> tuple[Curve, list[Dot]]:
        """Give parallel lines that move with a world, and the dot in the middle of each.

        The lines run along `direction`; the dots stand where they cross the
        perpendicular through the origin.
        """
        window, color = world.window, self.theme.null_space
        along = _floats(direction) / np.linalg.norm(_floats(direction))
        spacing = window.step
        count = max(int(window.reach / spacing / 2), 1)
        across = spacing * np.array([-along[1], along[0]])
        curve = Grid(
            along,
            spacing,
            count,
            window.reach,
            front=color,
            width=self.theme.line,
            opacity=0.9,
        )
        feet = [Dot(k * across, color=color, radius=0.07) for k in range(-count, count + 1)]
        world.join(curve, *feet)
        curve.layer = 3
        return curve, feet

    def line(self, world: World, direction: Any, color: str, name: str) -> tuple[Curve, Label]:
        """Give a named line through the origin that stands still on a world's stage."""
        window = world.window
        along = _floats(direction) / np.linalg.norm(_floats(direction))
        curve = Curve(
            spanning(along, window.reach), front=color, width=self.theme.bold, shown=False
        )
        crowd = Crowd(world, world.matrix)
        crowd.seats += [label.box for label in world.labels if world.on_stage(label)]
        seats: list[tuple[float, int, Label]] = []
        for t, gap in product((0.9, 0.8, 0.95, 1.0, 0.7, 0.6, 0.5), (0.12, 0.08, 0.2)):
            for side, bearing in product((1, -1), (np.pi / 2, -np.pi / 2)):
                tip = side * t * _way_out(window, side * along) * along
                foot = Dot(tip, color=color, radius=0.0)
                label = self.label(foot, name)
                label._facing, label.bearing, label.gap = along, bearing, gap
                center = label.spot(_IDENTITY, window, bearing, gap)
                box = Rect(*(center - label.half), *(center + label.half))
                seats.append((crowd.cost(box), len(seats), label))
        *_, label = min(seats)
        world.plant(curve, label)
        curve.layer = 2
        return curve, label

    def subspace(self, world: World, space: la.Subspace, color: str, name: str) -> list[Figure]:
        """Give a subspace of the plane, standing still: a point, a line or all of it."""
        if space.dim == 1:
            return list(self.line(world, space.vectors[0], color, name))
        mark = Dot((0, 0), color=color, radius=0.13 if space.dim == 0 else 20.0)
        if space.dim == 2:
            mark.set_fill(opacity=0.16)
        world.plant(mark)
        mark.layer = 6 if space.dim == 0 else 2
        return [mark, self.corner_text(world, name, color)]

    def corner_text(self, world: World, source: str, color: str) -> Glyphs:
        """Give mathematics in the emptiest corner of a world's stage."""
        text = self.math(source, color=color)
        inner = world.window.rect.inset(0.25 + text.width / 2, 0.25 + text.height / 2)
        crowd = Crowd(world, world.matrix)
        half = np.array([text.width, text.height]) / 2
        corners = [
            np.array([x, y]) for y in (inner.top, inner.bottom) for x in (inner.right, inner.left)
        ][:3]  # the fourth, below left, is where the unit stands
        boxes = [Rect(*(corner - half), *(corner + half)) for corner in corners]
        costs = [crowd.cost(box) for box in boxes]
        return text.move_to(boxes[costs.index(min(costs))].center)

    def ghost(self, world: World, figure: Figure) -> Figure:
        """Leave a pale copy of a figure where it is now, while the world moves on."""
        ghost = figure.copy()
        matrix = np.array(world.matrix)
        if isinstance(ghost, Curve):
            ghost.front = ghost.back = self.theme.ghost
            ghost.dash = (0.12, 0.09)
            ghost.set_fill(opacity=0).set_stroke(
                color=self.theme.ghost, width=self.theme.line, opacity=0.9
            )
        else:
            ghost.set_fill(opacity=min(0.45, figure.get_fill_opacity()))
        if isinstance(ghost, Label):
            ghost.strength = 0.45
        ghost.layer = 3
        world.still.append(ghost)
        world.scenery.append(lambda: ghost.pose(matrix, world.window))
        return ghost

    # -- motion ------------------------------------------------------------------------

    def deform(self, world: World, path: la.LinearPath) -> Deform:
        """Move a world along a path; each of its parts gets its time."""
        weight = sum(1.0 if part.name != "fold" else 1.2 for part in path.parts)
        return Deform(world, path, run_time=self.theme.move * weight**0.7)

    def motion(self, world: World, path: la.LinearPath, vector: Any) -> None:
        """Play a path; if it is a turn, show the angle that `vector` sweeps.

        No turn at all takes no time.
        """
        if path.angle is None:
            self.play(self.deform(world, path))
            return
        if not path.angle:
            return
        sweep = Sweep(
            _floats(vector),
            start=world.matrix,
            turn=path.angle,
            color=self.theme.muted,
            width=self.theme.line,
        )
        world.join(sweep)
        self.add(sweep)
        self.play(self.deform(world, path))
        self.play(FadeOut(sweep), run_time=self.theme.swap)
        world.leave(sweep)

    def rename(self, world: World, names: dict[Label, str]) -> list[Label]:
        """Give arrows other names: old labels fade into new ones."""
        fresh = []
        for label, source in names.items():
            new = self.label(label.anchor, source)
            new.bearing, new.gap, new._facing = label.bearing, label.gap, label._facing
            world.leave(label)
            world.join(new)
            fresh.append(new)
        self.play(*map(FadeOut, names), self.reveal(*fresh), run_time=self.theme.swap)
        return fresh

    def recolor(self, color: str, *mobjects: VMobject) -> list[Any]:
        """Give the animations that color mobjects anew."""
        return [mobject.animate.set_color(color) for mobject in mobjects]

    def crushed(self, world: World, arrows: Sequence[Arrow]) -> list[int]:
        """Say which arrows (by index) are dots now."""
        return [
            k
            for k, arrow in enumerate(arrows)
            if np.linalg.norm(world.matrix @ arrow.vector) < 1e-9 * np.linalg.norm(arrow.vector)
        ]


def _way_out(window: Window, direction: Any) -> float:
    """How far one can go from the origin along a unit vector and stay well inside the stage."""
    inner, origin = window.rect.inset(0.55), window.center
    edges = ((inner.left, inner.right), (inner.bottom, inner.top))
    return (
        min(
            (high - o if c > 0 else o - low) / abs(c)
            for (low, high), o, c in zip(edges, origin, direction, strict=False)
            if abs(c) > 1e-9
        )
        / window.unit
    )


def _det(matrix: Any) -> float:
    return float(matrix[0, 0] * matrix[1, 1] - matrix[0, 1] * matrix[1, 0])


def _floats(vector: Any) -> Any:
    return getattr(vector, "array", vector)


def _states(passes: Sequence[Sequence[la.LinearPath]]) -> tuple[list[Any], list[Any]]:
    """Give the matrices at which the world rests, and samples of those in between.

    They are 2×2: what rises above the plane counts where it is seen.
    """
    rests, between = [np.eye(2)], []
    for paths in passes:
        base = np.eye(2)
        for path in paths:
            for t in np.linspace(0, 1, 13)[1:-1]:
                matrix = path(t)
                flat = seen(matrix, lean(path)) if len(matrix) == 3 else matrix
                between.append(flat @ base)
            base = path(1.0) @ base
            rests.append(base)
    return rests, between
