"""MatrixScene: the figures, panel words and motions that scenes about a matrix share."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from manim import Rectangle, VGroup

import lamath as la
from lamath import notation
from scenes.stage import bezier
from scenes.stage.card import MatrixCard
from scenes.stage.chart import Axis, Chart, TickLabel, even_ticks
from scenes.stage.clip_scene import N_, ClipScene
from scenes.stage.figure import Given, bearing, read, set_presence
from scenes.stage.floor import Floor
from scenes.stage.fold import Fold
from scenes.stage.ground import Ground
from scenes.stage.labels import Coordinates, Label, Running
from scenes.stage.layout import Rect
from scenes.stage.motion import (
    After,
    Appear,
    Deform,
    Draw,
    Fly,
    Look,
    Motion,
    Recolor,
    Rename,
    Rewind,
    Vanish,
)
from scenes.stage.panel import PanelNumber, Row
from scenes.stage.shapes import (
    Arrow,
    Curve,
    Dot,
    Lines,
    Measure,
    Place,
    RightAngle,
    Ring,
    Sector,
    Wedge,
)
from scenes.stage.solids import Drop, Shadow
from scenes.stage.text import Glyphs
from scenes.stage.theme import Layer
from scenes.stage.view import FROM_ABOVE, Array, View
from scenes.stage.walk import Lattice, Walk
from scenes.stage.world import World

__all__ = ["Basis", "MatrixScene"]

MOST_LINES = 40  # on each side of an axis: beyond it a grid is a gray area
TURN_TIME = 2.4  # seconds for a motion of the whole plane


class Basis(NamedTuple):
    """î and ĵ with their labels."""

    i: Arrow
    j: Arrow
    i_label: Label
    j_label: Label


class MatrixScene(ClipScene):
    """A scene that shows one idea for any matrix of the shapes it accepts.

    Subclasses declare their inputs and write `construct`: the mathematics from lamath
    first, then the cast, then the story in beats.
    """

    # -- worlds ------------------------------------------------------------------------

    def world(
        self,
        *figures: Any,
        stage: int = 0,
        grid: bool = True,
        ground: bool = True,
        through: Iterable[la.LinearPath] = (),
        most: float | None = None,
        dim: int = 2,
        view: View | None = None,
        name: str | None = None,
        like: World | None = None,
    ) -> World:
        """Set up a plane on a stage, with what the map moves on it.

        `through` lists paths that will be played from the start: where it can be, the
        view is chosen so that what they move stays in sight. `most` bounds the unit (in
        stage units). `name` is a message for the stage's upper left corner, `like` an
        earlier world that it has one unit with if it can (see `one_unit`).
        """
        base = Ground(
            self.theme, self._unit_note, always=self.stages > 1 and ground, grid=ground, axes=ground
        )
        world = World(base, dim=dim, text=self.layout.text)
        world.through, world.most, world.stage, world.given_view = list(through), most, stage, view
        world.like = like
        world.grid = VGroup()
        if grid:
            world.grid = VGroup(
                *(
                    Lines(
                        direction,
                        1.0,
                        MOST_LINES,
                        MOST_LINES * 1.0,
                        front=self.theme.live,
                        back=self.theme.live_back,
                        width=self.theme.mesh,
                    )
                    for direction in ((0.0, 1.0), (1.0, 0.0))
                )
            )
            world.join(*world.grid)
        world.join(*figures)
        self.worlds.append(world)
        if name is not None:
            self.name_stage(world, name)
        return world

    def name_stage(self, world: World, name: str, *, later: bool = False, **values: Any) -> Any:
        """Set a message into the upper left corner of a world's stage, below those before it.

        One for later takes the place of the one before it, when the story brings it on.
        """
        world.headroom = 1.5 * self.theme.prose  # nothing ends where the name stands
        sign: Any = self.prose(name, color=self.theme.muted, size=self.theme.prose, **values)
        sign.is_stage_name, sign.is_later = True, later
        if later:
            set_presence(sign, 0.0)
        for leaf in sign.get_family():  # lines may pass behind it
            leaf.set_stroke(self.theme.background, width=5.0, opacity=0.9, background=True)
        world.signs.append(sign)
        return sign

    def space(
        self,
        *figures: Any,
        stage: int = 0,
        reach: float = 3.0,
        over: Any = None,
        azimuth: float = -55.0,
        elevation: float = 24.0,
        through: Iterable[la.LinearPath] = (),
        dim: int = 3,
        name: str | None = None,
    ) -> World:
        """Set up space on a stage: a floor, axes in the corner, and what the map moves.

        The floor reaches that far, or lies under the points `over`. `azimuth` and `elevation`
        say, in degrees, where the viewer stands.
        """
        view = View(
            Rect(-1, -1, 1, 1), (0.0, 0.0), 1.0, math.radians(azimuth), math.radians(elevation)
        )
        world = self.world(
            *figures, stage=stage, grid=False, through=through, dim=dim, view=view, name=name
        )
        world.ground = Floor(
            self.theme, self._unit_note, reach=reach, over=over, always=self.stages > 1
        )
        return world

    def standing(self, world: World, *arrows: Arrow) -> list[Any]:
        """Give arrows of space their shadows on the floor, and lines that drop from their tips."""
        cast: list[Any] = []
        for arrow in arrows:
            color = arrow.get_fill_color().to_hex()
            cast.append(Shadow(arrow, color=self.theme.shadow, width=self.theme.bold))
            cast.append(Drop(arrow, color=color, width=self.theme.line))
        world.join(*cast)
        return cast

    def orbit(
        self, world: World, azimuth: float, elevation: float | None = None, run_time: float = 3.0
    ) -> Look:
        """Walk round a world to where the viewer stands at those angles, in degrees."""
        up = world.view.elevation if elevation is None else math.radians(elevation)
        view, marks = world.view.turned(math.radians(azimuth), up), world.landmarks()
        if not view.shows(marks, margin=0.15):
            view = view.fitted(marks, margin=world.margin, most=view.unit)
        return Look(world, view, run_time=run_time)

    def _unit_note(self, number: str) -> Glyphs:
        from scenes.stage.text import prose

        return prose(
            self.words(N_("one square = {number}"), number=number),
            language=self.language,
            size=0.9 * self.theme.prose,
            color=self.theme.muted,
            halo=self.theme.background,
        )

    def _first_view(self, world: World) -> None:
        """Fit a world's first view: the unit square between a twelfth and a third of the height."""
        rect = self.layout.stages[world.stage]
        if isinstance(world, Chart):
            world.settle(rect)
            return
        if world.inset_of is not None:
            rect = self._corner(world.inset_of)
        height = rect.height
        plain_view = world.given_view or View(
            rect, (float(rect.center[0]), float(rect.center[1])), 1.0, *FROM_ABOVE
        )
        if world.given_view is not None:
            plain_view = View(
                rect,
                plain_view.center,
                plain_view.unit,
                plain_view.azimuth,
                plain_view.elevation,
                plain_view.stretch,
            )
        most = height / 3 if world.most is None else world.most
        start = world.landmarks(all_of_it=True)
        marks = [start]
        for path in world.through:
            marks += [world.landmarks(path(t), all_of_it=True) for t in np.linspace(0, 1, 9)]
        margin = world.margin
        view = plain_view.fitted(
            np.vstack(marks), margin=margin, most=most, headroom=world.headroom
        )
        if view.unit < height / 12:
            view = plain_view.fitted(
                start, margin=margin, most=min(most, height / 5), headroom=world.headroom
            )
        world.view = view
        if world.like is not None:
            world.like.view, world.view = self.one_unit(world.like.view, view)
        for member in world.members:
            member.figure.clip = rect
        head, drop = rect.top - 0.25, 0.0
        for sign in world.signs:
            for leaf in sign.get_family():
                leaf.clip, leaf.z_index = rect, float(Layer.LABEL)
            if getattr(sign, "is_inset_name", False):
                x, y = rect.left + 0.1 + sign.width / 2, rect.top - 0.1 - sign.height / 2
                sign.move_to([x, y, 0.0])
            if getattr(sign, "is_card", False):  # over the other plane's ground, under its own
                sign.stretch_to_fit_width(rect.width).stretch_to_fit_height(rect.height)
                sign.move_to(rect.center).z_index = Layer.FLOOR + 1.0
                for piece in world.ground.pieces():
                    piece.z_index = max(piece.z_index, Layer.FLOOR + 2.0)
            if getattr(sign, "is_stage_name", False):  # one below the other
                head -= 0.0 if getattr(sign, "is_later", False) else drop
                sign.move_to([rect.left + 0.25 + sign.width / 2, head - sign.height / 2, 0.0])
                drop = sign.height + 0.6 * self.theme.prose

    def view_for(self, world: World, view: View, marks: Sequence[Array]) -> View:
        """Give the view in which the end of a motion is seen: the same one if it can be."""
        end, rect = marks[-1], view.rect
        reach = float(np.abs(view.place(end)[:, :2] - view.center).max(initial=0.0))
        tiny = 0.0 < reach < 0.5
        if not tiny and all(view.shows(each, margin=0.15) for each in marks):
            return view
        if tiny:
            return view.fitted(end, margin=2.2 * world.margin)
        most = max(rect.height / 3, view.unit)
        fitted = view.fitted(np.vstack(marks[-5:]), margin=world.margin, most=most)
        return view if view.looks_like(fitted) else fitted

    @staticmethod
    def one_unit(*views: View) -> list[View]:
        """Give views the least of their units, where nothing gets too small for it.

        Too small is a unit square of less than a thirteenth of its stage's height, or a
        picture of less than a quarter of what it could be: then each keeps its own.
        """
        units = [view.unit for view in views]
        least = min(units)
        if max(units) > 4 * least or any(least < view.rect.height / 13 for view in views):
            return list(views)
        return [view.scaled(least) for view in views]

    def fitting(
        self,
        world: World,
        points: Iterable[Any],
        most: float | None = None,
        rect: Rect | None = None,
    ) -> View:
        """Give the view of a world in which points (mathematical) fit, in its stage or another."""
        rows = np.array([np.resize(np.append(read(p), 0.0), 3) for p in points])
        view = world.view if rect is None else replace(world.view, rect=rect)
        return view.fitted(
            rows,
            margin=world.margin,
            most=most or view.rect.height / 3,
            headroom=world.headroom,
        )

    def outgrow(
        self, world: World, points: Iterable[Any], *, run_time: float = 1.6
    ) -> tuple[Motion, Motion]:
        """Give the motions by which a world takes the room of all stages, and the others leave."""
        others = [piece for each in self.worlds if each is not world for piece in each.pieces()]
        view = self.fitting(world, points, rect=self.whole_room)
        return (
            Vanish(*others, *self.seams, run_time=0.4 * run_time),
            Look(world, view, run_time=run_time),
        )

    def inset(self, of: World, name: str | None = None) -> World:
        """Set up a small plane of its own scale in a corner of another one's stage."""
        world = self.world(stage=of.stage)
        world.inset_of, world.margin = of, 0.45 * self.layout.text
        world.ground = Ground(self.theme, self._unit_note, grid=False, note=False)
        card = Rectangle(
            fill_color=self.theme.background, fill_opacity=1.0, stroke_color=self.theme.axis,
            stroke_width=self.theme.line,
        )  # fmt: skip
        card.is_card = True
        world.signs.append(card)
        if name is not None:
            world.headroom = 1.5 * self.theme.prose  # nothing ends where the name stands
            sign = self.prose(name, color=self.theme.muted, size=self.theme.small)
            sign.is_inset_name = True
            world.signs.append(sign)
        return world

    def _corner(self, of: World) -> Rect:
        """Give the corner of a stage in which its plane shows least."""
        room = of.view.rect.inset(0.12)
        side = 0.48 * min(room.width, room.height)
        marks = of.view.place(of.landmarks(all_of_it=True))
        corners = [
            Rect.around(x + sx * side / 2, y + sy * side / 2, side, side)
            for x, sx in ((room.right, -1),)  # to the left are the stage's name and its unit
            for y, sy in ((room.bottom, 1), (room.top, -1))
        ]

        def near(corner: Rect) -> float:
            return float(np.linalg.norm(marks[:, :2] - corner.center[:2], axis=1).min())

        return max(corners, key=near)

    def axis(
        self,
        low: float,
        high: float,
        name: str | None = None,
        *,
        at: Iterable[float] | None = None,
        unit: str = "",
        found: bool = False,
        color: str | None = None,
        **values: Any,
    ) -> Axis:
        """Give an axis of a chart; `at` lists its ticks, else they are round numbers.

        `found` keeps room for values that the story marks there, see `tick`.
        """
        where = even_ticks(low, high) if at is None else at
        ticks = tuple(
            (v, self.math(f"{v + 0.0:.10g}{unit}", color=self.theme.muted, size=self.theme.small))
            for v in where
        )
        sign = None if name is None else self.prose(name, color=color or self.theme.muted, **values)
        return Axis(low, high, ticks, sign, 1.5 * self.theme.small if found else 0.0)

    def chart(self, x: Axis, y: Axis, *, stage: int = 1, beside: World | None = None) -> Chart:
        """Set up a chart on a stage; `beside` shares a plane's unit and zero line."""
        chart = Chart(self.theme, x, y, beside=beside, text=self.layout.text)
        chart.stage = stage
        self.worlds.append(chart)
        return chart

    def tick(self, chart: Chart, value: float, number: str, color: str) -> TickLabel:
        """Give a number that is to stand at the x axis of a chart, in its place there."""
        foot = Dot((value, chart.y.low), color=color, radius=0.0)
        label = TickLabel(number, foot, size=1.15 * self.theme.small, color=color)
        label.drop = chart.scales.first_row
        chart.plant(foot, label)
        return label

    @staticmethod
    def image(matrix: Given, vector: Given) -> Callable[[], Array]:
        """Give what a matrix sends a vector to, as it is now; 0 where only rounding is left."""

        def product() -> Array:
            M, x = read(matrix), read(vector)
            y = M @ x
            small = 1e-12 * float(np.abs(M).max(initial=0.0)) * float(np.abs(x).max(initial=0.0))
            return np.where(np.linalg.norm(y) <= small, 0.0, y)

        return product

    # -- figures -----------------------------------------------------------------------

    def arrow(self, vector: Given, color: str, **style: Any) -> Arrow:
        """Give a vector's arrow."""
        return Arrow(vector, color=color, casing=self.theme.background, **style)

    def dot(self, point: Given, color: str, radius: float = 0.1) -> Dot:
        """Give a point."""
        return Dot(point, color=color, radius=radius, casing=self.theme.background)

    def ring(self, point: Given, color: str | None = None, radius: float = 0.22) -> Ring:
        """Give a circle of constant size about a point: something is to be found there."""
        return Ring(
            point, color=color or self.theme.ink, radius=radius, width=self.theme.bold * 0.8
        )

    def label(
        self,
        anchor: Any,
        text: str | Running,
        *,
        color: str | None = None,
        size: float | None = None,
        on: float | None = None,
    ) -> Label:
        """Give a name (or a running number) that follows a figure, in its color."""
        own = (
            anchor.get_fill_color()
            if not isinstance(anchor, Curve | Measure | Wedge)
            else (anchor.get_stroke_color())
        )
        return Label(
            text,
            anchor,
            size=size or self.theme.label,
            color=color or own.to_hex(),
            halo=self.theme.background,
            on=on,
        )

    def question_mark(self, anchor: Any, color: str | None = None) -> Label:
        """Give the "?" that marks what is to be predicted."""
        return self.label(
            anchor, 'bold("?")', color=color or self.theme.ink, size=1.7 * self.theme.label
        )

    def basis(self, names: tuple[str, str] = ("hat(dotless.i)", "hat(dotless.j)")) -> Basis:
        """Give î and ĵ, which A sends to its two columns."""
        i, j = self.arrow((1, 0), self.theme.i), self.arrow((0, 1), self.theme.j)
        return Basis(i, j, self.label(i, names[0]), self.label(j, names[1]))

    def curve(self, points: Given, color: str, **style: Any) -> Curve:
        """Give an outline."""
        style.setdefault("width", self.theme.line)
        return Curve(points, front=color, **style)

    def region(self, points: Given, color: str | None = None, **style: Any) -> Curve:
        """Give an outline whose inside is tinted."""
        style.setdefault("fill", 0.18)
        style.setdefault("layer", Layer.REGION)
        return Curve(
            points,
            front=color or self.theme.region,
            back=None if color else self.theme.region_back,
            width=self.theme.bold * 0.8,
            **style,
        )

    def unit_square(self) -> Curve:
        """Give the unit square."""
        return self.region(bezier.polygon([(0, 0), (1, 0), (1, 1), (0, 1)]))

    def unit_circle(self, color: str | None = None, **style: Any) -> Curve:
        """Give the unit circle."""
        style.setdefault("width", self.theme.line)
        return Curve(bezier.circle(), front=color or self.theme.input, **style)

    def line(
        self,
        direction: Given,
        color: str,
        *,
        through: Given | None = None,
        dashed: bool = False,
        width: float | None = None,
        length: float = 60.0,
    ) -> Curve:
        """Give a line, endless as far as a stage shows; it follows what moves it."""

        def points() -> Array:
            foot = None if through is None else read(through)
            return bezier.spanning(read(direction), length * 1.0, foot)

        moves = callable(direction) or callable(through)
        curve = Curve(
            points if moves else points(),
            front=color,
            width=width or self.theme.line * 1.3,
            dash=(0.14, 0.1) if dashed else (),
            counts=False,
            layer=Layer.LINE,
        )
        curve.is_line = True
        return curve

    def segment(
        self, start: Any, end: Any, color: str, *, dashed: bool = False, **style: Any
    ) -> Curve:
        """Give the straight piece between two points, which may be Values or callables."""
        style.setdefault("width", self.theme.line * 1.3)
        moving = callable(start) or callable(end)
        points = (
            (lambda: bezier.polyline([read(start), read(end)]))
            if moving
            else bezier.polyline([read(start), read(end)])
        )
        return Curve(points, front=color, dash=(0.12, 0.09) if dashed else (), **style)

    def shade(self, end: Any, color: str, *, start: Any = (0.0, 0.0)) -> Curve:
        """Give a shadow that falls on a line: a broad, pale band, by default from 0."""
        return self.segment(
            start, end, color, width=20.0, opacity=0.7, layer=Layer.BEHIND, counts=False
        )

    def name_line(
        self, world: World, line: Curve, name: str, away_from: Iterable[Any] = ()
    ) -> Label:
        """Give a line's name, which stands beside it where there is most room.

        It is at the end that is farther away from some points, if they are given.
        """
        base = line.base
        direction = base[-1] - base[0]
        foot = (base[0] + base[-1]) / 2
        color = line.get_stroke_color().to_hex()
        u = direction / np.linalg.norm(direction)

        def end(side: float) -> Array:
            view = world.view
            way = view.way_out(side * u, 0.9, foot)
            return np.asarray(foot + side * 0.92 * way * u)

        crowd, near = world.crowd(), [read(each) for each in away_from]
        best, least = 1.0, math.inf
        for side in (1.0, -1.0):
            tip = world.view.spot(end(side))
            half = np.array([0.5, 0.25])
            box = Rect(tip[0] - half[0], tip[1] - half[1], tip[0] + half[0], tip[1] + half[1])
            cost = crowd.cost(box)
            if near:
                cost = -min(math.dist(tip[:2], world.view.spot(each)[:2]) for each in near)
            if cost < least:
                best, least = side, cost
        anchor = Place(lambda: end(best), color=color)
        label = self.label(anchor, name, color=color)
        label.facing = np.array([-u[1], u[0]])
        world.plant(anchor, label)
        return label

    def ellipse(self, matrix: Any, color: str, **style: Any) -> Curve:
        """Give the image of the unit circle under a matrix."""
        M = read(matrix)
        style.setdefault("width", self.theme.line)
        return Curve(bezier.circle() @ M.T, front=color, **style)

    def arc(
        self, f: Callable[[float], Any], start: float, end: float, color: str, **style: Any
    ) -> Curve:
        """Give the curve t ↦ f(t) between two values of t, to be drawn bit by bit."""
        style.setdefault("width", self.theme.bold * 0.8)
        count = max(8, int(abs(end - start) / 0.15))
        return Curve(bezier.smooth_through(f, start, end, min(count, 64)), front=color, **style)

    def walk(
        self,
        steps: Sequence[Given],
        counts: Sequence[Any],
        colors: Sequence[str] | None = None,
        start: Given = (0.0, 0.0),
    ) -> Walk:
        """Give a walk: so many steps along each of some vectors, by default A's columns' colors."""
        theme = self.theme
        colors = colors or (theme.i, theme.j, theme.third)[: len(steps)]
        return Walk(self, steps, counts, colors, start)

    def lattice(self) -> Lattice:
        """Give the grid of A's columns, to be planted under A; it is dark until it lights up."""
        return Lattice((self.theme.i, self.theme.j), width=self.theme.line)

    def unknowns(self, card: MatrixCard) -> list[list[Any]]:
        """Give a "?" for each entry of a card, in its place and row, until it is known."""
        marks = [
            [self.math('bold("?")', size=self.theme.math).move_to(each) for each in row]
            for row in card.rows
        ]
        card.add(*(mark for row in marks for mark in row))
        return marks

    def collect(self, walk: Walk, card: MatrixCard, unknown: list[list[Any]], column: int) -> None:
        """Let a walk's counters fly to the entries of a column."""
        flights: list[Motion] = []
        for counter, row, marks in zip(walk.counters, card.rows, unknown, strict=True):
            flights += [Fly(counter, row[column], run_time=1.0, leaves=True)]
            flights += [Vanish(marks[column], run_time=0.3)]
        self.play(*flights)

    def wedge(self, start: Given, turn: Given, color: str | None = None, **style: Any) -> Wedge:
        """Give the sector of an angle."""
        return Wedge(start, turn, color=color or self.theme.muted, width=self.theme.line, **style)

    def opening(self, one: Arrow, other: Arrow, **style: Any) -> tuple[Wedge, Label]:
        """Give the angle between two arrows from the origin, and how many degrees it has now."""

        def turn() -> float:
            return bearing(other.vector, one.vector)

        wedge = self.wedge(
            lambda: math.radians(bearing(one.vector)),
            lambda: math.radians(turn()),
            self.theme.ink,
            **style,
        )
        size = Running(lambda: abs(turn()), [90], unit="°", decimals=0)
        return wedge, self.label(wedge, size, color=self.theme.ink)

    def opening_in_space(self, one: Given, other: Given, **style: Any) -> tuple[Sector, Label]:
        """Give the angle between two vectors of space, and how many degrees it has now."""

        def both() -> tuple[Array, Array]:
            return _in_space(read(one)), _in_space(read(other))

        def sides() -> tuple[Array, Array]:
            a, b = (v / max(float(np.linalg.norm(v)), 1e-300) for v in both())
            across = b - (a @ b) * a
            return a, across / max(float(np.linalg.norm(across)), 1e-300)

        def turn() -> float:
            a, across = sides()
            b = both()[1]
            if not b.any():  # 0 is square to every vector
                return math.pi / 2
            return math.atan2(float(across @ b), float(a @ b))

        style.setdefault("width", self.theme.line)
        color = self.theme.ink
        sector = Sector(lambda: sides()[0], lambda: sides()[1], turn, color=color, **style)
        size = Running(lambda: math.degrees(turn()), [90], unit="°", decimals=0)
        return sector, self.label(sector, size, color=color)

    def right_angle(
        self, one: Given, other: Given, color: str | None = None, **style: Any
    ) -> RightAngle:
        """Give the mark of a right angle."""
        return RightAngle(
            one, other, color=color or self.theme.ink, width=self.theme.line * 1.2, **style
        )

    def measure(self, tip: Given, color: str, **style: Any) -> Measure:
        """Give a dimension line beside a segment."""
        return Measure(tip, color=color, width=self.theme.line, **style)

    def ghost(self, world: World, *figures: Any) -> list[Any]:
        """Leave pale copies of figures where they are now, while the world moves on."""
        return [world.ghost(figure, self.theme.ghost, self.theme.line) for figure in figures]

    # -- the panel -----------------------------------------------------------------------

    def heading(self) -> Any:
        """Give the scene's title."""
        return self.prose(self.title, size=self.theme.title, bold=True)

    def card(self, matrix: Any, name: str = "", **kwargs: Any) -> MatrixCard:
        """Give a matrix as it is written, its columns in their colors."""
        kwargs.setdefault("colors", self.theme.columns)
        return MatrixCard(matrix, name=name, theme=self.theme, **kwargs)

    def row(self, message: str, value: Any, *, color: str | None = None, **values: Any) -> Row:
        """Give a line of the panel: words, and a value (Typst source or a Running number)."""
        words = self.prose(message, color=self.theme.muted, **values)
        if isinstance(value, Running):
            shown: Any = PanelNumber(value, size=self.theme.math, color=color or self.theme.ink)
        else:
            shown = self.math(value, color=color)
        return Row(words, shown, self.theme)

    def running(self, measure: Callable[[], float], *landings: Any, **style: Any) -> Running:
        """Give a number that runs with what it measures and lands on exact values."""
        return Running(measure, landings, **style)

    def coordinates(self, vector: Given, *landings: Any, **style: Any) -> Coordinates:
        """Give the coordinates of a vector that moves and lands on exact ones."""
        return Coordinates(lambda: read(vector), landings, **style)

    def exactly(self, value: Any) -> str:
        """Write a number as Typst source, with ≈ before it if it is not exact."""
        return notation.typst(value, sign=True).removeprefix("= ")

    def in_line(self, value: Any) -> str:
        """Write a number as Typst source, a fraction with a slash."""
        source = self.exactly(value)
        above, slash, below = source.rpartition("/")
        if above.startswith("(") and not {"+", "-"} & set(above):
            above = above[1:-1]
        return f"{above} \\/ {below}" if slash else source

    def short(self, value: Any, most: int = 6) -> str:
        """Write a number that stands in a picture: measured, if it is long when exact."""
        is_long = len(notation.plain(value)) > most
        return self.exactly(float(value) if is_long else value)

    def equals(self, name: str, value: Any) -> str:
        """Write `name = value` as Typst source, or `name ≈ value` if it is not exact."""
        return f"{name} {notation.typst(value, sign=True)}"

    def area_of(self, world: World) -> Callable[[], float]:
        """Give the measure of the unit square's area as the world moves it."""
        return lambda: _area(world.matrix)

    def signed_area_of(self, world: World) -> Callable[[], float]:
        """Give the same with a sign: negative while another side of the plane is up."""
        return lambda: math.copysign(_area(world.matrix), np.linalg.det(world.matrix[:2]))

    def dimensions_of(self, world: World) -> Callable[[], float]:
        """Give the number of dimensions that the world's image has now."""
        return lambda: float(np.linalg.matrix_rank(world.matrix, rtol=1e-9))

    # -- motion ------------------------------------------------------------------------

    def perform(
        self,
        world: World,
        path: la.LinearPath,
        *also: Motion,
        names: dict[Label, str] | None = None,
        colors: dict[Any, str] | None = None,
        run_time: float | None = None,
        along: Given | None = None,
    ) -> None:
        """Move a world along a path, part by part: a fold is staged, a turn shows its angle.

        The angle is shown from where the vector `along` is to where it goes; in space only
        if there is one, with the axis. New names and colors are taken as the last part
        lands. `also` plays with the first.
        """
        parts = path.parts
        for k, part in enumerate(parts):
            last = k == len(parts) - 1
            end: dict[str, Any] = {"quiet": names or ()}
            if last:
                end = {"names": names, "colors": colors}
            if part.folds:
                Fold(self, world, part).play(**end)
            elif part.name == "turn" and (part.axis is None or along is not None):
                self._turn(world, part, also if k == 0 else (), end, run_time, along)
            else:
                motion = Deform(world, part, run_time=run_time or TURN_TIME, **end)
                self.play(motion, *(also if k == 0 else ()))

    def _turn(
        self,
        world: World,
        part: la.LinearPath,
        also: Sequence[Motion],
        end: dict[str, Any],
        run_time: float | None,
        along: Given | None,
    ) -> None:
        if not part.angle:  # nothing turns, but what lands has its new name
            landing: list[Motion] = [Rename(*each) for each in (end.get("names") or {}).items()]
            landing += [Recolor(*each) for each in (end.get("colors") or {}).items()]
            if landing or also:
                self.play(*landing, *also)
            return
        axis: list[Any]
        if part.axis is None:
            *axis, wedge, label = self.turn_mark(world, part, along)
        else:
            *axis, wedge, label = self.axis_mark(world, part, along)
            self.play(Draw(*axis, run_time=0.6), *also)
            also = ()
        self.play(
            Deform(world, part, run_time=run_time or TURN_TIME, **end),
            Appear(wedge, run_time=0.3),
            After(0.3 * (run_time or TURN_TIME), Appear(label, run_time=0.3)),  # there is room then
            *also,
        )
        self.play(Vanish(*axis, wedge, label, run_time=0.3))
        self.dismiss(*axis, wedge, label)

    def turn_mark(
        self, world: World, part: la.LinearPath, along: Given | None = None
    ) -> tuple[Wedge, Label]:
        """Give the wedge that grows while a world turns, with its angle in it.

        It begins where the vector `along` is now, by default the longer of the moved î and ĵ.
        """
        angle = float(part.angle or 0.0)
        state = np.array(world.matrix)[:2]
        longest = np.eye(state.shape[1])[int(np.argmax(np.linalg.norm(state, axis=0)))]
        vector = longest if along is None else read(along)
        a = state @ vector
        start = math.atan2(a[1], a[0])

        def turned() -> float:
            b = world.matrix[:2] @ vector
            swept = math.atan2(a[0] * b[1] - a[1] * b[0], float(a @ b))
            if swept * angle < 0 and abs(swept) > 1e-6:
                swept += 2 * math.pi * np.sign(angle)
            return swept

        wedge = self.wedge(start, turned)
        label = self.label(
            wedge,
            Running(lambda: math.degrees(turned()), [math.degrees(angle)], decimals=0, unit="°"),
            color=self.theme.ink,
        )
        world.plant(wedge, label)
        return wedge, label

    def axis_mark(
        self, world: World, part: la.LinearPath, along: Given
    ) -> tuple[Curve, Sector, Label]:
        """Give the axis that space turns about, and the sector that grows, with its angle.

        The sector begins at the tip of what a vector is now, square to the axis: the first
        row of `along` that stands well off the axis.
        """
        axis, angle = read(part.axis), float(part.angle or 0.0)
        state, far = np.array(world.matrix), float(world.stretches[0])

        def off(vector: Array) -> float:
            tip = _in_space(state @ vector)
            return float(np.linalg.norm(np.cross(axis, tip)))

        vectors = list(np.atleast_2d(read(along)))
        vector = next((v for v in vectors if off(v) > 0.4 * far), max(vectors, key=off))
        tip = _in_space(state @ vector)
        height = float(axis @ tip)
        start = tip - height * axis
        side = np.cross(axis, start)

        def turned() -> float:
            now = _in_space(world.matrix @ vector)
            swept = math.atan2(float(side @ now), float(start @ now))
            return swept if swept > -1e-6 else swept + 2 * math.pi

        ink = self.theme.ink
        line = self.segment(-1.3 * far * axis, 1.3 * far * axis, ink, dashed=True, counts=False)
        sector = Sector(
            start, side, turned, at=height * axis, color=ink, width=self.theme.line, radius=0.0
        )
        number = Running(
            lambda: math.degrees(turned()), [math.degrees(angle)], decimals=0, unit="°"
        )
        label = self.label(sector, number, color=ink)
        world.plant(line, sector, label)
        return line, sector, label

    def rewind(
        self,
        world: World,
        *also: Motion,
        names: dict[Label, str] | None = None,
        colors: dict[Any, str] | None = None,
        run_time: float | None = None,
        moves: int | None = None,
        view: View | None = None,
    ) -> None:
        """Undo the last `moves` parts of what was played (by default all), part by part.

        The last part ends in `view`, by default in the one that its path began in.
        """
        count = len(world.trail) if moves is None else moves
        for k in range(count):
            last = k == count - 1
            end: dict[str, Any] = {"quiet": names or ()}
            if last:
                end = {"names": names, "colors": colors}
            if world.trail[-1].path.folds:
                Fold(self, world, world.trail[-1].path, back=True).play(**end)
            else:
                motion = Rewind(
                    world, view=view if last else None, run_time=run_time or TURN_TIME, **end
                )
                self.play(motion, *(also if k == 0 else ()))


def _in_space(vector: Array) -> Array:
    """Give a vector of the plane as one of its floor in space."""
    return np.append(vector, np.zeros(3 - len(vector)))


def _area(matrix: Any) -> float:
    """Give the area of the unit square's image, in the plane or in space.

    A crushed sheet has none: what rounding leaves of σ₂ must not show as a number.
    """
    most, least = np.linalg.svd(matrix, compute_uv=False)
    return float(most * least) if least > 1e-13 * most else 0.0
