"""The world: what stands on one stage, what the map moves of it, and from where it is seen."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from manim import VGroup

import lamath as la
from scenes.stage.figure import Figure, Given, is_seen, paint, presence_of, read, set_presence
from scenes.stage.ground import Ground
from scenes.stage.labels import Label
from scenes.stage.layout import Rect
from scenes.stage.seats import BESIDE, Crowd, Guest, Seat, box_at, plan
from scenes.stage.shapes import Arrow, Curve, Dot, Measure, Wedge
from scenes.stage.solids import Patch
from scenes.stage.theme import Layer
from scenes.stage.view import Array, View

__all__ = ["Member", "Move", "World"]


@dataclass
class Member:
    """A figure or a label on a stage.

    `given` is the matrix that it is drawn under for good, or a Value of it; None: the
    world's own, so that the map moves it.
    """

    figure: Figure | Label
    given: Given | None = None

    @property
    def frame(self) -> Array | None:
        """The matrix that it is drawn under now, None if it is the world's own."""
        return None if self.given is None else read(self.given)


class Move(NamedTuple):
    """A path that was played, the matrix it began at, and the view it began in."""

    path: la.LinearPath
    base: Array
    view: View


class World:
    """What stands on one stage.

    Its state is one matrix, one view, and the members' own state; `draw` makes the
    picture of it. Nothing else moves anything.

    Parameters
    ----------
    dim
        The dimension of what stands there before the map moves it: 2, or 3 for space.
    """

    about: Any
    """The matrix that its names are about, where that is not the scene's."""
    MARGIN = 0.62  # stage units kept free between what is shown and the stage's edge

    def __init__(self, ground: Ground, *, dim: int = 2, text: float = 1.0) -> None:
        self.ground = ground
        self.matrix: Array = np.eye(dim)
        self.dim = dim
        self.margin = self.MARGIN * text
        self.headroom = 0.0  # kept free above that, for its name
        self.members: list[Member] = []
        self.trail: list[Move] = []
        self.signs: list[Any] = []  # texts that stand on the stage, not in the world
        self.grid = VGroup()  # the lines that it moves, if it has any
        self.view: View = View(Rect(-1, -1, 1, 1), (0.0, 0.0), 1.0)
        self.at_rest = True
        # how its first view is chosen, see MatrixScene.world
        self.stage = 0
        self.through: list[la.LinearPath] = []
        self.most: float | None = None
        self.given_view: View | None = None
        self.like: World | None = None
        self.inset_of: World | None = None

    # -- who is there ------------------------------------------------------------------

    def join(self, *figures: Figure | Label) -> None:
        """Let figures move with this world from now on."""
        self._enter(None, figures)

    def plant(self, *figures: Figure | Label, frame: Given | None = None) -> None:
        """Set figures up that the map doesn't move: under `frame`, by default the identity.

        They move with a Value as frame when it changes.
        """
        # the plane is the floor of space: one identity serves both
        given = np.eye(3) if frame is None else frame
        self._enter(given if callable(given) else np.array(read(given)), figures)

    def _enter(self, frame: Given | None, figures: Iterable[Figure | Label]) -> None:
        for figure in figures:
            if self.member(figure) is None:
                self.members.append(Member(figure, frame))
                if not hasattr(figure, "presence"):
                    set_presence(figure, 0.0)  # until the story brings it on
                figure.clip = self.view.rect
                self.draw_one(self.members[-1])

    def leave(self, *figures: Any) -> None:
        """Take figures off the stage for good."""
        self.members = [m for m in self.members if not any(m.figure is f for f in figures)]

    def member(self, figure: Any) -> Member | None:
        """Give the record of a figure, None if it is not here."""
        return next((m for m in self.members if m.figure is figure), None)

    @property
    def stretches(self) -> Array:
        """How much its matrix stretches now: the singular values, largest first."""
        return np.asarray(np.linalg.svd(self.matrix, compute_uv=False))

    @property
    def labels(self) -> list[Label]:
        """The labels among its members."""
        return [m.figure for m in self.members if isinstance(m.figure, Label)]

    def frame_of(self, figure: Any) -> Array:
        """The matrix that a figure is drawn under now."""
        member = self.member(figure)
        return self.matrix if member is None or member.frame is None else member.frame

    def pieces(self) -> Iterator[Any]:
        """Give everything that is drawn on this stage."""
        yield from self.ground.pieces()
        for member in self.members:
            yield member.figure
        yield from self.signs

    # -- drawing -----------------------------------------------------------------------

    def look(self, view: View) -> None:
        """See it from there."""
        if view != self.view:
            self.view = view
            self.ground.draw(view)

    def draw(self, at_rest: bool = True, only: Container[Any] | None = None) -> None:
        """Make the picture of the present state (of `only` some members, if it is given)."""
        self.at_rest = at_rest
        self.ground.draw(self.view)
        members = [m for m in self.members if only is None or m.figure in only]
        for labels in (False, True):  # labels follow what has been drawn
            for member in members:
                if isinstance(member.figure, Label) is labels:
                    self.draw_one(member)

    def draw_one(self, member: Member) -> None:
        """Draw one member."""
        figure, view = member.figure, self.view
        figure.clip = view.rect
        if getattr(figure, "presence", 1.0) == 0.0 and not isinstance(figure, Measure):
            paint(figure)  # nobody sees it; a measure's label stands by what it drew
            return
        if isinstance(figure, Label):
            figure.refresh(self.at_rest)
            figure.pose(self.frame_of(figure.anchor), view)
            figure.z_index = float(figure.layer)
        else:
            matrix = self.matrix if member.frame is None else member.frame
            figure.pose(matrix, view)
            figure.z_index = self._order(figure, matrix)
        paint(figure)

    def _order(self, figure: Figure, matrix: Array) -> float:
        """Say how late a figure is drawn: by its layer, and in space by how near it is.

        In space lines, arrows, points and regions share one layer, so that what lies
        behind a translucent plane is drawn first and shows through it.
        """
        view, layer = self.view, figure.layer
        if figure.under:
            return float(Layer.HOUSE) + 0.2
        if view.is_from_above:
            return float(layer)
        depth = figure.depth(matrix, view)
        if self.dim < 3 or not Layer.BEHIND <= layer <= Layer.POINT:
            return float(layer) + 0.49 * depth
        if isinstance(figure, Patch):
            return float(Layer.LINE)
        marks = figure.landmarks()
        middle = matrix[:, : marks.shape[1]] @ marks.mean(axis=0) if len(marks) else np.zeros(0)
        sides = []
        for member in self.members:
            patch = member.figure
            if isinstance(patch, Patch) and is_seen(patch) and len(middle):
                normal = patch.normal(self.matrix if member.frame is None else member.frame)
                off = middle - patch.foot[: len(middle)]
                over = float(normal[: len(middle)] @ off) * float(normal @ view.toward)
                sides.append(0.0 if abs(over) < 1e-9 else float(np.sign(over)))
        side, solid = float(np.sign(sum(sides))), 1.0 if layer >= Layer.LINE else -1.0
        if side:
            order = 5.0 * side + 2.0 * depth
        else:  # in the plane: a line on it, a region below it; without a plane, depth decides
            order = 2.0 * solid + depth if sides else solid + 2.0 * depth
        return float(Layer.LINE) + order + 0.01 * float(layer)

    # -- what must be seen ---------------------------------------------------------------

    def landmarks(self, matrix: Array | None = None, *, all_of_it: bool = False) -> Array:
        """Give (N, k) points that must stay in sight, the moving ones under `matrix`."""
        matrix = self.matrix if matrix is None else matrix
        points = [np.zeros((1, 3))]
        for member in self.members:
            figure = member.figure
            if isinstance(figure, Label) or not (all_of_it or presence_of(figure) > 0):
                continue
            frame = matrix if member.frame is None else member.frame
            marks = figure.landmarks()
            if len(marks):
                points.append(_in_space(marks @ frame[:, : marks.shape[1]].T))
        return np.vstack(points)

    def crowd(self, besides: Iterable[Any] = ()) -> Crowd:
        """Give what a text that looks for a seat must keep clear of, as drawn now."""
        points, weights = [np.zeros((0, 2))], [np.zeros(0)]
        skipped = {id(each) for each in besides}
        taken = []
        for member in self.members:
            figure = member.figure
            if id(figure) in skipped or not is_seen(figure):
                continue
            if isinstance(figure, Label):
                taken.append(figure.box)
                continue
            samples = figure.obstacles()
            points.append(samples)
            weights.append(np.full(len(samples), _WEIGHTS.get(type(figure), 2.0)))
        for text in (*self.signs, *self.ground.notes()):
            if is_seen(text) and len(text.points):
                half = np.array([text.width, text.height]) / 2
                taken.append(box_at(text.get_center()[:2], half))
        rect, (x0, y0) = self.view.rect, self.view.center
        if self.view.is_from_above:
            x = np.linspace(rect.left, rect.right, 120)
            y = np.linspace(rect.bottom, rect.top, 120)
            points += [
                np.column_stack([x, np.full(120, y0)]),
                np.column_stack([np.full(120, x0), y]),
            ]
            weights += [np.full(240, 0.8)]
        return Crowd(rect.inset(0.1), np.concatenate(points), np.concatenate(weights), taken)

    def seats(self, labels: Iterable[Label]) -> list[tuple[Label, Seat]]:
        """Choose seats for labels, with everything as it stands now."""
        labels = list(labels)
        crowd = self.crowd(besides=labels)
        guests = []
        for label in labels:
            label.find(self.frame_of(label.anchor), self.view)
            present = Seat(label.bearing, label.gap) if label.seated else None
            guests.append(Guest(label.beside, label.half, present, **_wishes(label)))
        return list(zip(labels, plan(crowd, guests), strict=True))

    def seat(self, *labels: Label) -> None:
        """Give labels their seats at once."""
        for label, seat in self.seats(labels):
            label.bearing, label.gap = seat
            label.seated = True
            label.pose(self.frame_of(label.anchor), self.view)

    def ghost(self, figure: Any, color: str, width: float) -> Any:
        """Leave a pale, dashed copy of a figure where it is now, while the world moves on."""
        ghost = figure.copy()
        for name in ("_painted", "full"):
            if hasattr(ghost, name):
                delattr(ghost, name)
        if isinstance(ghost, Curve):
            ghost.front = ghost.back = color
            ghost.dash = (0.12, 0.09)
            ghost.given = np.array(figure.base)
            ghost.set_fill(opacity=0).set_stroke(color=color, width=width, opacity=0.9)
            ghost.layer = Layer.BEHIND
        elif isinstance(ghost, Arrow):
            ghost.given, ghost.given_tail = np.array(figure.vector), np.array(figure.tail)
            ghost.set_fill(opacity=0.4)
            ghost.layer = Layer.BEHIND
        elif isinstance(ghost, Dot):
            ghost.given = np.array(figure.point)
            ghost.set_fill(opacity=0.4)
            ghost.layer = Layer.BEHIND
        elif isinstance(ghost, Label):
            ghost.anchor = self.ghost(figure.anchor, color, width)
            set_presence(ghost.anchor, 0.0)
            ghost.given = figure.given if isinstance(figure.given, str) else figure.given.frozen()
            ghost.set_fill(opacity=0.4)
        self.plant(ghost, frame=self.frame_of(figure))
        set_presence(ghost, 1.0, 1.0)
        return ghost


_WEIGHTS: dict[type, float] = {Arrow: 6.0, Curve: 3.0, Dot: 3.0, Measure: 3.0, Wedge: 1.0}


def _wishes(label: Label) -> dict[str, Any]:
    if isinstance(label.anchor, Measure):  # on its far side: the near one has what it measures
        return {"wishes": tuple(label.anchor.side * each for each in BESIDE if each > 0)}
    if label.on is not None:
        return {"wishes": BESIDE}
    if isinstance(label.anchor, Wedge):
        return {"wishes": (0.0, 0.3, -0.3, 0.7, -0.7, 1.1, -1.1)}
    if isinstance(label.anchor, Curve):
        return {"inside": True}
    return {}


def _in_space(points: Array) -> Array:
    return np.hstack([points, np.zeros((len(points), 3 - points.shape[1]))])
