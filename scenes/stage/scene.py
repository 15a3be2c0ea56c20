"""MatrixScene: what every scene of this project starts from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
from manim import Animation, FadeIn, FadeOut, Mobject, Rectangle, Scene, VGroup, VMobject, tempconfig
from manim.animation.composition import AnimationGroup

import lamath as la
import scenes
from lamath import notation
from lamath.words import Words
from lamath.words import language as language_of
from scenes.stage import panel as _panel
from scenes.stage.camera import RehearsalRenderer, StageRenderer
from scenes.stage.card import MatrixCard
from scenes.stage.figures import Arrow, Curve, Dot, Figure, Grid, Label, Sweep, polygon, spanning
from scenes.stage.layout import Layout, Rect
from scenes.stage.plane import Ground, sheet
from scenes.stage.text import Glyphs, math, prose, wrap
from scenes.stage.theme import THEMES, Theme
from scenes.stage.window import Window
from scenes.stage.world import Crowd, Deform, World

_IDENTITY = np.eye(2)

__all__ = ["Basis", "Beat", "MatrixScene", "N_", "Timeline"]


def N_(message: str) -> str:
    """Mark a message for translation; the stage translates it where it is shown."""
    return message


class Beat(NamedTuple):
    """One step of a clip's story: its caption is shown from `start` to `end` (seconds)."""

    name: str
    caption: str
    start: float
    end: float


class Basis(NamedTuple):
    """î and ĵ with their labels."""

    i: Arrow
    j: Arrow
    i_label: Label
    j_label: Label


class Timeline(NamedTuple):
    """A clip's story in time: its beats, its length in seconds, its frames."""

    beats: tuple[Beat, ...]
    seconds: float
    frames: int


class MatrixScene(Scene):
    """A scene that shows one idea for any matrix of the shapes it accepts.

    Subclasses set the class attributes and write `construct`: the mathematics
    from lamath first, then the cast, then the story in beats.

    Parameters
    ----------
    matrix, vector, language, aspect, theme
        What to show and how; each falls back to the environment
        (`LAMATH_MATRIX`, `LAMATH_VECTOR`, `LAMATH_LANGUAGE`, `LAMATH_ASPECT`,
        `LAMATH_THEME`), then to the class attribute of that name.
    on_frames
        Called with the number of frames written so far and the beat's name.
    renderer
        Gives the renderer; Manim's command line and the studio leave it out.
    """

    title: str = ""
    matrix: Any = ""
    vector: Any = None
    accepts: tuple[str, ...] = ("2x2",)
    takes_vector: bool = False
    language: str = "en"
    aspect: str = "16:9"
    theme: Any = "dark"
    stages: int = 1  # how many planes the frame holds side by side

    def __init__(
        self,
        *,
        matrix: Any = None,
        vector: Any = None,
        language: str | None = None,
        aspect: str | None = None,
        theme: str | None = None,
        on_frames: Callable[[int, str], None] | None = None,
        renderer: Callable[[], StageRenderer] | None = None,
        **kwargs: Any,
    ) -> None:
        self.parameters = {
            "matrix": self._choose("matrix", matrix),
            "vector": self._choose("vector", vector),
            "language": self._choose("language", language),
            "aspect": self._choose("aspect", aspect),
            "theme": self._choose("theme", theme),
        }
        self.matrix = la.matrix(self.parameters["matrix"])
        self._check_shape()
        given = self.parameters["vector"]
        self.vector = None if given is None else la.vector(given)
        self.language = language_of(self.parameters["language"])
        self.theme: Theme = _named(THEMES, self.parameters["theme"], "theme")
        aspect = _named({each: each for each in scenes.ASPECTS}, self.parameters["aspect"], "aspect")
        self.layout = Layout.of(aspect, self.stages)
        self._words = Words(scenes.LOCALE, "scenes", self.language)
        self.beats: list[Beat] = []
        self.on_frames = on_frames
        self.at_beat_end: Callable[[MatrixScene, str], None] | None = None
        self.timeline: Timeline | None = None
        self._caption: VGroup | None = None
        self._title: Glyphs | None = None
        self._caption_text, self._caption_start, self._beat = "", 0.0, ""
        self.worlds: list[World] = []
        with tempconfig(_frame_settings(aspect, self.theme)):
            super().__init__(renderer=(renderer or StageRenderer)(), **kwargs)

    # -- what is shown ---------------------------------------------------------------

    def _choose(self, name: str, given: Any) -> Any:
        if given is not None:
            return given
        return os.environ.get(f"LAMATH_{name.upper()}") or getattr(type(self), name)

    def _check_shape(self) -> None:
        shape = "x".join(map(str, self.matrix.shape))
        if shape not in self.accepts:
            wanted = " or ".join(each.replace("x", "×") for each in self.accepts)
            raise la.ShapeError(
                f"{type(self).__name__} takes a {wanted} matrix, "
                f"not {shape.replace('x', '×')}: {self.matrix}"
            )

    def words(self, message: str, **values: object) -> str:
        """Say a message in the clip's language, with values filled in."""
        return self._words.gettext(message).format(**values)

    # -- setting the stage -----------------------------------------------------------

    def setup(self) -> None:
        """Rehearse, so that the length is known, and draw the empty house."""
        if not isinstance(self.renderer, RehearsalRenderer):
            self.timeline = self.rehearse(**self.parameters)
            self.renderer.length = self.timeline.seconds
        layout, theme = self.layout, self.theme
        surfaces = VGroup(_surface(layout.panel, theme.panel), _surface(layout.strip, theme.strip))
        surfaces.area = "house"
        surfaces.layer = 0
        self.add(surfaces)

    @classmethod
    def rehearse(
        cls, at_beat_end: Callable[[MatrixScene, str], None] | None = None, **parameters: Any
    ) -> Timeline:
        """Run the whole story without drawing a pixel or writing a file.

        `at_beat_end(scene, beat_name)` is called whenever a beat has come to rest.
        """
        with tempconfig({"dry_run": True, "progress_bar": "none"}):
            scene = cls(renderer=RehearsalRenderer, **parameters)
            scene.at_beat_end = at_beat_end
            scene.setup()
            scene.construct()
            scene.tear_down()
        return Timeline(tuple(scene.beats), scene.time, scene.renderer.frames)

    def tear_down(self) -> None:
        """Close the last caption."""
        self._end_caption()
        super().tear_down()

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
        )
        ground = Ground(window, self.theme, self._unit_note, always=self.stages > 1)
        ground.layer = 1
        world = World(window)
        world.ground = ground
        world.scenery.append(ground.redraw)
        if grid:
            least = min(
                (float(np.linalg.svd(s, compute_uv=False)[-1]) for s in rests if abs(_det(s)) > 1e-9),
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

    # -- the cast: on the stage ------------------------------------------------------

    def arrow(self, vector: Any, color: str, **style: Any) -> Arrow:
        """Give a vector's arrow."""
        return Arrow(_floats(vector), color=color, **style)

    def region(self, points: Any) -> Curve:
        """Give the outline of a figure whose inside is tinted: front and back differ."""
        theme = self.theme
        return Curve(
            points, front=theme.region, back=theme.region_back, width=theme.bold * 0.8, fill=0.14
        )

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

    def in_proportion(self, *figures: Figure) -> tuple[Figure, ...]:
        """Give arrows and labels back, or none if an arrow is far longer or shorter than 1.

        What would be a speck, or make a speck of everything else, is left to
        the panel to say.
        """
        lengths = [np.linalg.norm(each.vector) for each in figures if isinstance(each, Arrow)]
        return figures if all(0.1 <= length <= 7 for length in lengths) else ()

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

    def unit_square(self) -> Curve:
        """Give the unit square."""
        return self.region(polygon([(0, 0), (1, 0), (1, 1), (0, 1)]))

    def line(self, world: World, direction: Any, color: str, name: str) -> tuple[Curve, Label]:
        """Give a named line through the origin that stands still on a world's stage."""
        window = world.window
        along = _floats(direction) / np.linalg.norm(_floats(direction))
        curve = Curve(
            spanning(along, window.reach), front=color, width=self.theme.bold, shown=False
        )
        inner = window.rect.inset(0.55)
        # how far from the origin the line still is well inside the stage
        far = min(
            half / abs(c)
            for half, c in zip((inner.width / 2, inner.height / 2), along, strict=True)
            if abs(c) > 1e-9
        )
        crowd = Crowd(world, world.matrix)
        crowd.seats += [label.box for label in world.labels if world.on_stage(label)]
        seats = []
        for t in np.array([0.9, 0.8, 0.7, 0.6, -0.9, -0.8, -0.7, -0.6]) * far / window.unit:
            foot = Dot(t * along, color=color, radius=0.0)
            label = self.label(foot, name)
            label._facing = along
            for bearing in (np.pi / 2, -np.pi / 2):
                center = label.spot(_IDENTITY, window, bearing, 0.16)
                box = Rect(*(center - label.half), *(center + label.half))
                seats.append((crowd.cost(box), len(seats), label, bearing))
        _, _, label, label.bearing = min(seats)
        label.gap = 0.16
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
        mark.layer = 2
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

    def span(self, name: str, space: la.Subspace, color: str) -> Glyphs:
        """Write a subspace as the span of its exact basis."""
        vectors = [notation.typst(vector) for vector in space.vectors]
        body = f'"span" {{{", ".join(vectors)}}}' if vectors else "{bold(0)}"
        if len(vectors) == 1:
            body = f'"span" thin {vectors[0]}'
        return self.math(f"{name} = {body}", color=color)

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

    def spray(
        self, direction: Any, color: str, *, count: int = 12, length: float = 1.5
    ) -> list[Arrow]:
        """Give arrows in `count` directions all around, the first along `direction`."""
        x, y = _floats(direction)
        angles = np.arctan2(y, x) + 2 * np.pi * np.arange(count) / count
        tips = length * np.column_stack([np.cos(angles), np.sin(angles)])
        return [self.arrow(tip, color, scale=0.8) for tip in tips]

    def name_stage(self, stage: int, message: str) -> Glyphs:
        """Give the name of a stage, for its upper left corner."""
        rect = self.layout.stages[stage]
        name = self.prose(self.words(message), color=self.theme.muted)
        corner = [rect.left + 0.25 + name.width / 2, rect.top - 0.25 - name.height / 2, 0.0]
        return name.move_to(corner)

    def label(self, anchor: Arrow | Dot, source: str, size: float | None = None) -> Label:
        """Give a label, set as mathematics, in its arrow's color."""
        color = anchor.get_fill_color().to_hex()
        return Label(math(source, size=size or self.theme.label, color=color), anchor)

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
            ghost.set_fill(opacity=0.45)
        ghost.layer = 3
        world.still.append(ghost)
        world.scenery.append(lambda: ghost.pose(matrix, world.window))
        return ghost

    # -- the cast: in the panel ------------------------------------------------------

    def heading(self) -> Glyphs:
        """Give the scene's title."""
        self._title = self.prose(self.words(self.title), size=self.theme.title, bold=True)
        return self._title

    def prose(
        self, text: str, *, size: float | None = None, color: str | None = None, bold: bool = False
    ) -> Glyphs:
        """Set words already in the clip's language."""
        return prose(
            text,
            language=self.language,
            size=size or self.theme.prose,
            color=color or self.theme.ink,
            bold=bold,
        )

    def math(self, source: Any, *, color: str | None = None, size: float | None = None, **kw: Any) -> Any:
        """Set mathematics, given as Typst source."""
        return math(source, size=size or self.theme.math, color=color or self.theme.ink, **kw)

    def card(self, matrix: Any, name: str = "", **kwargs: Any) -> MatrixCard:
        """Give a matrix as it is written, its columns in the colors of î and ĵ."""
        kwargs.setdefault("colors", (self.theme.i, self.theme.j))
        return MatrixCard(matrix, name=name, theme=self.theme, **kwargs)

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
            lambda matrix: float(np.sqrt(max(np.linalg.det(matrix.T @ matrix), 0.0))),
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

    def hold(self, readout: _panel.Readout) -> None:
        """Let a readout keep what it shows, whatever its world does next."""
        for world in self.worlds:
            if readout in world.readouts:
                world.readouts.remove(readout)
                world.followers.remove(readout.run)

    def count_readout(
        self, message: str, world: World, arrows: Sequence[Arrow]
    ) -> _panel.Readout:
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

    def row(self, symbol: str | None, message: str, value: Any = None, **values: Any) -> _panel.Row:
        """Give a line of the panel: symbol, meaning, value (both as Typst source)."""
        return _panel.Row(
            None if symbol is None else self.math(symbol, size=self.theme.prose * 1.15),
            self.prose(self.words(message, **values)),
            None if value is None else self.math(value, size=self.theme.prose * 1.15),
        )

    def columns(self, *blocks: VMobject, gap: float = 0.5) -> VGroup:
        """Set blocks side by side."""
        for block in blocks:
            if isinstance(block, _panel.Readout):
                block.widen()
        return VGroup(*blocks).arrange(buff=gap)

    def rows(self, *rows: _panel.Row, gap: float = 0.56) -> VGroup:
        """Stack rows as wide as a column of the panel."""
        width = self.layout.panel.width / self.layout.panel_columns - 2 * _panel.PAD
        return _panel.row_block(rows, width, gap)

    def arrange(self, *blocks: VMobject) -> None:
        """Give every block its place in the panel; what is shown when is the story's affair."""
        for world in self.worlds:
            for readout in world.readouts:
                readout.widen()
        _panel.arrange(blocks, self.layout)
        for block in blocks:
            _settle_in(block, "panel")
        for world in self.worlds:
            for readout in world.readouts:
                readout.run(world.matrix, at_rest=True)

    def open(self, *shown: Mobject) -> None:
        """Show the opening picture at once: title, every world's ground and grid, and `shown`."""
        if self._title is not None:
            self.add(self._title)
        for world in self.worlds:
            self.add(world.ground)
            if len(world.grid):
                world.grid.layer = 2
                self.add(world.grid)
        self._bring(*shown)

    def _bring(self, *figures: Mobject) -> None:
        """Put figures on stage; labels find their seats."""
        self.add(*figures)
        for world in self.worlds:
            world.settle(*figures)

    def reveal(self, *figures: Mobject) -> FadeIn:
        """Give the animation that lets figures appear, every label in a free seat."""
        self._bring(*figures)
        return FadeIn(*figures)

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
            if np.linalg.norm(world.matrix @ arrow.vector)
            < 1e-9 * np.linalg.norm(arrow.vector)
        ]

    def deform(self, world: World, path: la.LinearPath) -> Deform:
        """Move a world along a path; each of its parts gets its time."""
        weight = sum(1.0 if part.name != "fold" else 1.2 for part in path.parts)
        return Deform(world, path, run_time=self.theme.move * weight ** 0.7)

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

    # -- the story -------------------------------------------------------------------

    @contextmanager
    def beat(self, name: str, message: str, **values: object) -> Iterator[None]:
        """Tell one step of the story.

        Shows the caption (which is also the subtitle), names the section, and
        afterwards holds still until the caption could be read.
        """
        text = self.words(message, **values)
        self._beat = name
        self.next_section(name)
        self._end_caption()
        start = self.time
        self._show_caption(text, start)
        yield
        need = self.theme.read(text) - (self.time - start)
        self.wait(max(need, self.theme.breath))
        if self.at_beat_end is not None:
            self.at_beat_end(self, name)

    def summary(self) -> None:
        """Hold the last picture, which is also the poster."""
        self.wait(self.theme.summary)

    def _show_caption(self, text: str, start: float) -> None:
        caption = self._set_caption(text)
        _settle_in(caption, "strip")
        caption.layer = 1
        old, self._caption = self._caption, caption
        self._caption_text, self._caption_start = text, start
        if old is None:
            self.add(caption)
        else:
            self.play(FadeOut(old), FadeIn(caption), run_time=self.theme.swap)

    def _end_caption(self) -> None:
        if self._caption_text:
            beat = Beat(self._last_beat, self._caption_text, self._caption_start, self.time)
            self.beats.append(beat)
            if not isinstance(self.renderer, RehearsalRenderer):
                self.add_subcaption(
                    beat.caption, duration=beat.end - beat.start, offset=beat.start - self.time
                )
        self._caption_text = ""
        self._last_beat = self._beat

    def _set_caption(self, text: str) -> VGroup:
        strip, theme = self.layout.strip.inset(0.45, 0.12), self.theme
        for size in (theme.caption, 0.9 * theme.caption, 0.8 * theme.caption, 0.7 * theme.caption):
            lines = wrap(text, language=self.language, size=size, width=strip.width)
            if len(lines) <= (1 if strip.height < 2.6 * size else 2):
                break
        leading = 2.0 * size
        caption = VGroup(*(self.prose(line, size=size) for line in lines))
        middle = strip.center[1]
        for index, glyphs in enumerate(caption):
            baseline = middle + leading * ((len(lines) - 1) / 2 - index) - size / 2
            glyphs.shift([strip.center[0] - glyphs.get_center()[0], baseline - glyphs.baseline, 0])
        return caption

    def frames_written(self, frames: int) -> None:
        """Tell whoever listens how far the film is."""
        if self.on_frames is not None:
            self.on_frames(frames, self._beat)

    # -- how Manim draws it ----------------------------------------------------------

    def add(self, *mobjects: Mobject) -> MatrixScene:
        """Show mobjects, each in its layer."""
        super().add(*mobjects)
        self.mobjects.sort(key=lambda mobject: getattr(mobject, "layer", 5))
        return self

    def get_moving_mobjects(self, *animations: Animation) -> list[Mobject]:
        """Give what must be drawn anew in every frame.

        The areas of the frame don't overlap, so whatever lies in an area where
        nothing moves is painted once, however deep in the pile it lies.
        """
        moved = set(_moved(animations))
        first: dict[str, int] = {}
        for index, mobject in enumerate(self.mobjects):
            if any(member in moved or member.updaters for member in mobject.get_family()):
                first.setdefault(area_of(mobject), index)
        return [
            mobject
            for index, mobject in enumerate(self.mobjects)
            if index >= first.get(area_of(mobject), len(self.mobjects))
        ]


def _settle_in(mobject: Mobject, area: str) -> None:
    for member in mobject.get_family():
        member.area = area


def area_of(mobject: Mobject) -> str:
    """Name the area of the frame in which a mobject is drawn."""
    for member in mobject.get_family():
        if hasattr(member, "area"):
            return str(member.area)
    return "stage"


def _moved(animations: Sequence[Animation]) -> Iterator[Mobject]:
    for animation in animations:
        yield from animation.mobject.get_family()
        if isinstance(animation, AnimationGroup):
            yield from _moved(animation.animations)
        if isinstance(animation, Deform):
            for readout in animation.world.readouts:
                yield from readout.get_family()
            if animation.world.window.zooms:
                yield from animation.world.ground.get_family()


def _surface(rect: Rect, color: str) -> Rectangle:
    surface = Rectangle(
        width=rect.width, height=rect.height, fill_color=color, fill_opacity=1, stroke_width=0
    )
    return surface.move_to(rect.center)


def _frame_settings(aspect: str, theme: Theme) -> dict[str, Any]:
    """Manim's settings for that aspect, at the short side of the quality asked for."""
    from manim import config

    short = min(config.pixel_width, config.pixel_height)
    frame = Layout.of(aspect).frame
    pixels = {"16:9": (_even(short * 16 / 9), short), "1:1": (short, short)}
    width, height = pixels.get(aspect, (short, _even(short * 16 / 9)))
    return {
        "pixel_width": width,
        "pixel_height": height,
        "frame_width": frame.width,
        "frame_height": frame.height,
        "background_color": theme.background,
    }


def _even(length: float) -> int:
    return 2 * round(length / 2)


def _named(values: dict[str, Any], name: Any, what: str) -> Any:
    if name not in values:
        raise ValueError(f"no {what} {name!r}; there are {', '.join(values)}")
    return values[name]


def _det(matrix: Any) -> float:
    return float(matrix[0, 0] * matrix[1, 1] - matrix[0, 1] * matrix[1, 0])


def _floats(vector: Any) -> Any:
    return getattr(vector, "array", vector)


def _states(passes: Sequence[Sequence[la.LinearPath]]) -> tuple[list[Any], list[Any]]:
    """Give the matrices at which the world rests, and samples of those in between.

    They are 2×2: heights are left out.
    """
    rests, between = [np.eye(2)], []
    for paths in passes:
        base = np.eye(2)
        for path in paths:
            between += [path(t)[:2] @ base for t in np.linspace(0, 1, 13)[1:-1]]
            base = path(1.0) @ base
            rests.append(base)
    return rests, between

