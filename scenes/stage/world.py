"""The world: exactly what the map moves. Its state is one matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from manim import Animation, VGroup
from manim.utils.rate_functions import smooth

import lamath as la
from scenes.stage.figures import Arrow, Curve, Dot, Figure, Label, along
from scenes.stage.layout import Rect
from scenes.stage.text import Glyphs
from scenes.stage.window import LEAN, Window

__all__ = ["Crowd", "Deform", "Rewind", "Slide", "World", "lean", "plan_labels"]

_Array = npt.NDArray[np.float64]
_Figure = Figure | Label
_IDENTITY = np.eye(2)


class _Move(NamedTuple):
    path: la.LinearPath
    base: _Array


class World(VGroup):
    """Figures that move together, under one matrix.

    `pose(matrix)` draws every figure under it; nothing else moves them. What
    stands still on the same stage (the ground, ghosts) is `scenery`: it is
    drawn anew only when the window zooms.
    """

    def __init__(self, window: Window, *figures: _Figure) -> None:
        super().__init__()
        self.window = window
        self.matrix: _Array = np.eye(2)
        self.scenery: list[Callable[[], None]] = []
        self.followers: list[Callable[[_Array, bool], None]] = []
        self.readouts: list[VGroup] = []
        self.trail: list[_Move] = []
        self.still: list[_Figure] = []
        self.expected: list[Arrow] = []  # not on stage yet; labels keep clear of where they will be
        self.ground: VGroup = VGroup()
        self.notes: VGroup = VGroup()  # texts that stand on the stage, not in the plane
        self.signs: list[Glyphs] = []  # more of them, brought on stage by the scene
        self.grid: VGroup = VGroup()
        self.on_stage: Callable[[_Figure], bool] = lambda figure: True
        self.join(*figures)

    def join(self, *figures: _Figure) -> None:
        """Let figures move with this world from now on."""
        for figure in figures:
            figure.clip = self.window.rect
            self.add(figure)
            figure.pose(self.matrix, self.window)

    def plant(self, *figures: _Figure) -> None:
        """Set figures up on the same stage that the map does not move, as they would stand now."""
        for figure in figures:
            figure.clip = self.window.rect
            self.still.append(figure)
            figure.pose(_IDENTITY, self.window)
            self.scenery.append(partial(figure.pose, _IDENTITY, self.window))

    def leave(self, *figures: _Figure) -> None:
        """Let figures stay where they are."""
        self.remove(*figures)

    def pose(self, matrix: _Array, at_rest: bool = True) -> None:
        """Draw everything under `matrix` (2×2, or 3×2 in mid-fold)."""
        self.matrix = matrix
        if self.window.follow(matrix):
            for redraw in self.scenery:
                redraw()
        for figure in self.submobjects:
            if isinstance(figure, Label):
                figure.pose(matrix, self.window, at_rest)
            else:
                figure.pose(matrix, self.window)
        for follow in self.followers:
            follow(matrix, at_rest)

    def settle(self, *labels: _Figure) -> None:
        """Give labels their best place for the world as it stands; the others keep theirs."""
        mine = [label for label in self.labels if label in labels]
        for label, (bearing, gap) in zip(mine, plan_labels(self, self.matrix, mine), strict=True):
            label.bearing, label.gap = bearing, gap
            label.pose(self.matrix, self.window)

    @property
    def labels(self) -> list[Label]:
        """The labels among its figures."""
        return [figure for figure in self.submobjects if isinstance(figure, Label)]


class Deform(Animation):
    """Move a world along a path: M(t) = path(t) · M(0).

    `lamath` supplies the path; the world's matrix is the path's matrix at
    every frame. The move is remembered, so that Rewind can undo it exactly.
    """

    def __init__(
        self,
        world: World,
        path: la.LinearPath,
        *,
        run_time: float = 2.4,
        rate_func: Callable[[float], float] = smooth,
    ) -> None:
        self.world, self.path = world, path
        # an introducer, so that Manim leaves it to _setup_scene what comes on stage
        super().__init__(world, run_time=run_time, rate_func=rate_func, introducer=True)

    def create_starting_mobject(self) -> World:
        """Keep no copy: the path knows where everything was."""
        return self.world

    def _setup_scene(self, scene: Any) -> None:
        """Bring nothing on stage: figures that are not shown yet move unseen."""

    def begin(self) -> None:
        """Take the world as it stands; plan where labels end up."""
        self.base = self._take_base()
        self.world.window.lean = lean(self.path)
        labels = self.world.labels
        shown = [label for label in labels if self.world.on_stage(label)]
        self._labels = [(label, label.bearing, label.gap) for label in shown]
        self._targets = plan_labels(self.world, self._matrix_at(self._last), shown)
        super().begin()

    _first, _last = 0.0, 1.0

    def _take_base(self) -> _Array:
        base = np.asarray(self.world.matrix[:2])
        self.world.trail.append(_Move(self.path, base))
        return base

    def _matrix_at(self, t: float) -> _Array:
        return self.path(t) @ self.base

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw the world at this moment of the path."""
        s = min(max(self.rate_func(alpha), 0.0), 1.0)
        for (label, bearing, gap), (to_bearing, to_gap) in zip(
            self._labels, self._targets, strict=True
        ):
            turn = (to_bearing - bearing + np.pi) % (2 * np.pi) - np.pi
            label.bearing = bearing + s * turn
            label.gap = gap + s * (to_gap - gap)
        t = self._first + s * (self._last - self._first)
        self.world.pose(self._matrix_at(t), at_rest=s in (0.0, 1.0))


class Slide(Animation):
    """Move an arrow's tip by a vector, in mathematical coordinates, on every stage it stands on.

    Each world draws its arrow under its own matrix: a move along the null
    space is seen among the inputs and not among the outputs.
    """

    def __init__(self, figures: dict[Arrow, World], by: npt.ArrayLike, **kwargs: Any) -> None:
        self.figures, self.by = figures, np.asarray(by, dtype=float)
        self._starts = [arrow.vector for arrow in figures]
        super().__init__(VGroup(*figures), introducer=True, **kwargs)

    def _setup_scene(self, scene: Any) -> None:
        """Bring nothing on stage."""

    def create_starting_mobject(self) -> VGroup:
        """Keep no copy: the vectors say where everything was."""
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        """Put the tips where they are at this moment, and their labels with them."""
        s = self.rate_func(alpha)
        at_rest = s in (0.0, 1.0)
        for (arrow, world), start in zip(self.figures.items(), self._starts, strict=True):
            arrow.vector = start + s * self.by
            arrow.pose(world.matrix, world.window)
            for label in world.labels:
                if label.anchor is arrow:
                    label.pose(world.matrix, world.window, at_rest)


class Rewind(Deform):
    """Undo a world's last Deform: the same path, backwards, matrix for matrix."""

    _first, _last = 1.0, 0.0

    def __init__(self, world: World, **kwargs: Any) -> None:
        if not world.trail:
            raise ValueError("nothing to rewind: no Deform has been played")
        super().__init__(world, world.trail[-1].path, **kwargs)

    def _take_base(self) -> _Array:
        return self.world.trail.pop().base


def lean(path: la.LinearPath) -> _Array:
    """Which way heights are drawn: along the hinge, where a turning page shows best."""
    for part in path.parts:
        if part.name == "fold":
            return LEAN * np.asarray(part.mirror)
    return np.zeros(2)


_BEARINGS = tuple(
    np.deg2rad(
        [0, 20, -20, 40, -40, 60, -60, 78, -78, 95, -95, 112, -112, 130, -130, 150, -150, 180]
    )
)
_GAPS = (0.12, 0.24, 0.42, 0.62, 0.8)


def plan_labels(world: World, matrix: _Array, labels: Sequence[Label]) -> list[tuple[float, float]]:
    """Choose bearing and gap of `labels` for the world at rest under `matrix`.

    Each in turn takes the place that collides least with arrows, outlines, the
    axes, the stage's edge and the labels that have their place.
    """
    window = world.window
    unit = window.unit
    window.follow(matrix)
    crowd = Crowd(world, matrix)
    crowd.seats += [
        label.box for label in world.labels if world.on_stage(label) and label not in labels
    ]
    chosen = []
    for label in labels:
        best, least = (label.bearing, label.gap), np.inf
        for bearing, gap in product(_BEARINGS, _GAPS):
            box = _box(label.spot(matrix, window, bearing, gap), label.half)
            cost = 0.35 * abs(bearing) + 2.0 * (gap - _GAPS[0]) + crowd.cost(box)
            if cost < least:
                best, least, best_box = (bearing, gap), cost, box
        crowd.seats.append(best_box)
        chosen.append(best)
    window.unit = unit
    return chosen


def _box(center: _Array, half: _Array) -> Rect:
    (x, y), (w, h) = center, half
    return Rect(x - w, y - h, x + w, y + h)


def _half(text: Glyphs) -> _Array:
    return np.array([text.width, text.height]) / 2


class Crowd:
    """What stands on a stage, for a label that looks for a free seat."""

    def __init__(self, world: World, matrix: _Array) -> None:
        self._points, self._weights = _obstacles(world, matrix)
        self._edge = world.window.rect.inset(0.1)
        texts = [*(note for note in world.notes if note.get_fill_opacity()), *world.signs]
        self.seats = [_box(text.get_center()[:2], _half(text)) for text in texts]

    def cost(self, box: Rect) -> float:
        """How much a text in that box would cover or touch."""
        (x, y, _), w, h = box.center, box.width / 2, box.height / 2
        near = (np.abs(self._points[:, 0] - x) < w + 0.07) & (
            np.abs(self._points[:, 1] - y) < h + 0.07
        )
        taken = sum(box.overlaps(seat, gap=0.06) for seat in self.seats)
        return float(self._weights[near].sum()) + 400 * (taken + (not self._edge.contains(box)))


def _obstacles(world: World, matrix: _Array) -> tuple[_Array, _Array]:
    """Sample points (n, 2) of what labels must not cover, with their weights (n,)."""
    window = world.window
    points, weights = [], []

    def add(samples: _Array, weight: float) -> None:
        points.append(samples[:, :2])
        weights.append(np.full(len(samples), weight))

    def add_shaft(arrow: Arrow, matrix: _Array) -> None:
        add(np.linspace(*arrow.ends(matrix, window), 60), 6.0)

    for figure in filter(world.on_stage, world.submobjects):
        if isinstance(figure, Arrow):
            add_shaft(figure, matrix)
        elif isinstance(figure, Dot):
            add(along(window.place((figure.point @ matrix.T)[None]) + figure.rim, 4), 2.0)
        elif isinstance(figure, Curve) and figure.shown:
            add(along(window.place(figure.base @ matrix.T), 40), 3.0)
    for arrow in world.expected:
        add_shaft(arrow, _IDENTITY)
    for figure in world.still:
        if isinstance(figure, Label):
            x, y, _ = figure.get_center()
            w, h = figure.half
            add(np.array([[x + a * w, y + b * h] for a in (-1, 0, 1) for b in (-1, 0, 1)]), 30.0)
        elif isinstance(figure, Curve):
            add(along(np.asarray(figure.points), 40), 2.0)
    rect = window.rect
    x = np.linspace(rect.left, rect.right, 120)
    y = np.linspace(rect.bottom, rect.top, 120)
    add(np.column_stack([x, np.full(120, window.center[1])]), 0.8)
    add(np.column_stack([np.full(120, window.center[0]), y]), 0.8)
    return np.concatenate(points), np.concatenate(weights)
