"""Rank: how many dimensions of a picture are left."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from manim import Rectangle

import lamath as la
from lamath import notation
from scenes.inputs import MatrixInput
from scenes.stage import (
    N_,
    RULE,
    After,
    Appear,
    Chain,
    Change,
    Dim,
    Draw,
    Either,
    Entries,
    Glide,
    Look,
    MatrixScene,
    Pulse,
    Recolor,
    Value,
    Vanish,
    bezier,
)
from scenes.stage.figure import set_presence
from scenes.stage.ground import Ground
from scenes.stage.icons import Dimensions
from scenes.stage.letter import letter
from scenes.stage.shapes import Curve, Dots, Place
from scenes.stage.theme import Layer
from scenes.stage.walk import Walk

QUESTION = N_("$A$ moves the whole plane. What will be left: a plane, a line, a point?")
PLANE, LINE, POINT = N_("plane"), N_("line"), N_("point")

WATCH = N_("Watch the dots, and where $hat(dotless.i)$ and $hat(dotless.j)$ land.")
WATCH_LINES = N_("Watch these lines: each one becomes a single dot.")
GONE = {
    (): N_("Each line is one dot now: a dimension is gone."),
    ("stretch",): N_("Each line is one dot now. What is left is stretched."),
    ("shrink",): N_("Each line is one dot now. What is left shrinks."),
    ("turn",): N_("Each line is one dot now. What is left turns."),
    ("stretch", "turn"): N_("Each line is one dot now. What is left is stretched and turns."),
    ("shrink", "turn"): N_("Each line is one dot now. What is left shrinks and turns."),
}
TURN_OVER = N_("$det A < 0$: the plane turns over like a page. It stays a plane.")

STEPS = N_("$x = {x}$, so $A x = {sum}$. Follow the steps.")
NOWHERE = N_("$A hat(dotless.i) = A hat(dotless.j) = 0$: no step leads away from $0$.")
SLIDE = N_("All multiples of ${base}$ fill a line. Slide it along ${other}$.")
SLIDE_CLOSE = N_("From close up: slide the line of ${base}$ along ${other}$.")
INDEPENDENT = N_("It sweeps out the whole plane: the columns are linearly independent.")
DEPENDENT = N_("It only slides along itself: ${other} = {multiple}$, linearly dependent.")
NO_STEP = N_("${other} = 0$ adds nothing to the multiples of ${base}$: linearly dependent.")
RANK = {
    0: N_("All outputs are one point, the column space $C(A)$: the rank of $A$ is $0$."),
    1: N_("All outputs fill a line, the column space $C(A)$: the rank of $A$ is $1$."),
    2: N_("All outputs fill the plane, the column space $C(A)$: the rank of $A$ is $2$."),
}
CHANGE = N_("Change one column: $A$ becomes $B$. Watch ${moved}$.")
CHANGED = {
    0: N_("${moved}$ is not $0$ now: the outputs fill a line, and the rank of $B$ is $1$."),
    1: N_("${moved}$ is off the line: linearly independent, so the rank of $B$ is $2$."),
    2: N_("${moved}$ is on the line: linearly dependent, so the rank of $B$ is $1$."),
}
REMEMBER = N_("Rank: how many dimensions are left.")

I, J, A_I, A_J = "hat(dotless.i)", "hat(dotless.j)", "A hat(dotless.i)", "A hat(dotless.j)"
B_NAMES = "B hat(dotless.i)", "B hat(dotless.j)"
CORNER, HEIGHT, SPACING = (0.3, 0.2), 2.0, 0.2  # where the letter stands: beside î and ĵ
PLACES = ("1 2", "1/2 2", "1/2 1")  # dots in it, one of which plays the lead
THIRD = 3  # of its rows, so many have a line
BEYOND = 8.0  # how far lines reach beyond it: through the whole picture
ASIDE = 0.1  # stage units between an arrow and the line that it shares
CLEAR = 0.3  # stage units off a line that nobody overlooks
OPEN = 0.2  # what a picture of two dimensions has at least: its shorter axis to its longer one
FARTHEST = 6  # changes of an entry, in its smallest step, that are tried for it
PALE = 0.3


class Example(NamedTuple):
    """A matrix of the last picture."""

    matrix: la.Matrix
    name: str


class RankCollapse(MatrixScene):
    """The plane is mapped; rank is the number of dimensions that are left of it."""

    title = N_("Rank: what is left")
    inputs = (MatrixInput("2x2", default="1 2; 2 4"),)

    def construct(self) -> None:
        A = self.matrix
        self.rank, self.parts = la.rank(A), la.path(A).parts
        reduced = la.row_reduce(A)
        self.number = reduced.rref.row(0)  # in rank 1, A x is so many times the base
        self.base = reduced.pivots[0] if reduced.pivots else 0
        self.other = la.parallel(A).matrix if self.rank == 2 else self.opened()
        self.cast()
        self.question()
        self.move()
        if self.rank:
            self.steps()
            self.sweep()
        else:
            self.nowhere()
        self.answer()
        self.contrast()
        self.remember()

    def opened(self) -> la.Matrix:
        """Change one entry, as little as makes a picture in which all dimensions are seen."""
        A, near = self.matrix, la.neighbor(self.matrix).matrix
        if self.rank == 0:
            return near
        tried = [A + k * sign * (near - A) for k in range(1, FARTHEST + 1) for sign in (1, -1)]
        return next((B for B in tried if la.condition_number(B) * OPEN <= 1), tried[0])

    # -- the cast ------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up the letter, x in it, î and ĵ, and the panel."""
        A, theme = self.matrix, self.theme
        self.colors = {"x": theme.input, "A x": theme.output, "B x": theme.output}
        for names in ((I, J), (A_I, A_J), B_NAMES):
            self.colors |= dict(zip(names, theme.columns, strict=False))
        places = [la.vector(text) for text in PLACES]
        self.lead = next(
            (x for x in places if self.rank != 1 or self.number @ x not in (0, 1)), places[0]
        )
        along = la.null_space(A).vectors[0] if self.rank == 1 else (1, 0)
        self.letter = letter(CORNER, HEIGHT, through=self.lead, along=along, spacing=SPACING)
        self.grown = Value(0.0)  # the share of its dots that is there
        dots = self.letter.dots
        self.dots = Dots(
            lambda: dots[: max(1, round(self.grown.now * len(dots)))], color=theme.input
        )
        outline = bezier.polygon(self.letter.corners)
        self.shape = self.curve(outline, theme.input, fill=0.14, layer=Layer.REGION)
        rows = self.letter.every(THIRD, self.lead).lines(BEYOND)
        self.lines = self.curve(bezier.segments(*rows), theme.null_space, counts=False)
        self.x = Value(self.lead)
        self.x_dot = self.dot(self.x, theme.input, radius=0.12)
        self.x_name = self.label(self.x_dot, "x")
        self.arrows = self.basis((I, J))
        self.beside = Value(0.0)  # the arrows may share a line
        self.arrows.i.apart, self.arrows.j.apart = self.beside, lambda: -self.beside.now
        self.plane = self.world(
            *(self.shape, self.lines, self.dots, self.x_dot, self.x_name, *self.arrows),
            most=1.9 / self.layout.text,
        )
        self.cards = [self.card(A, "A"), self.card(A, "B", room=Entries.room(A, self.other))]
        names = (self.prose(name, color=theme.muted) for name in (PLANE, LINE, POINT))
        self.icons = Dimensions(tuple(names), theme)
        self.unknown = self.math('bold("?")', size=1.7 * theme.math)
        self.there = self.rank - 1 if self.rank == 2 else self.rank + 1
        self.known = [
            self.math(f'op("rank") {name} = {rank}', size=1.25 * theme.math)
            for name, rank in (("A", self.rank), ("B", self.there))
        ]
        self.panel.set(
            *(self.heading(), self.cards[0], self.icons, Either(self.unknown, self.known[0])),
            *(RULE, self.cards[1], self.known[1]),
        )

    # -- the story -----------------------------------------------------------------------

    def question(self) -> None:
        """Ask what will be left of the plane."""
        cast = (self.shape, self.dots, self.x_dot, self.x_name, *self.arrows)
        self.open(*cast, self.panel.blocks[0], self.cards[0])
        with self.beat("question", QUESTION):
            self.play(
                Change(self.grown, 1.0, run_time=2.2, rate=lambda s: s),
                After(0.4, Pulse(self.cards[0].column(0), self.arrows.i)),
                After(1.2, Pulse(self.cards[0].column(1), self.arrows.j)),
                After(1.6, Appear(self.icons, self.unknown)),
            )
            each = (Pulse(self.icons.of(k), self.unknown, run_time=0.7) for k in (2, 1, 0))
            self.while_reading(Chain(*each))

    def move(self) -> None:
        """Play what A does: lines become dots, or all dots go their way."""
        parts = self.parts
        labels = self.x_name, self.arrows.i_label, self.arrows.j_label
        several = len(parts) > 1  # on the way nothing is x, and nothing A x
        if self.rank == 1:
            with self.beat("flatten", WATCH_LINES):
                self.play(Draw(self.lines), *([Vanish(*labels)] if several else []))
                self.play_part(parts[0])
                self.play(Vanish(self.lines, run_time=0.3))
                self.say(GONE[tuple(_kind(part) for part in parts[1:])])
                for part in parts[1:]:
                    self.play_part(part)
                if several:
                    self.play(Appear(*labels))
                self.while_reading(Pulse(self.dots))
            return
        for part in parts:
            with self.beat(part.name, TURN_OVER if part.folds else WATCH):
                if several and part is parts[0]:
                    self.play(Vanish(*labels, run_time=0.3))
                self.play_part(part)
                if several and part is parts[-1]:
                    self.play(Appear(*labels))

    def play_part(self, part: la.LinearPath) -> None:
        """Play a part of what A does, with room for it; what lands at the end is A's image."""
        plane, arrows = self.plane, self.arrows
        ways = [plane.landmarks(part(k / 8) @ plane.matrix) for k in range(9)]
        view = plane.view if part.folds else self.view_for(plane, plane.view, ways)
        if 0.12 < view.unit / plane.view.unit < 0.85:  # zooming at once would hide a stretch
            self.play(Look(plane, view, run_time=0.9))
        landing: dict[str, Any] = {}
        if part is self.parts[-1]:
            dots = (self.dots, self.shape, self.x_dot, self.x_name)
            names = {self.x_name: "A x", arrows.i_label: A_I, arrows.j_label: A_J}
            landing = {"names": names, "colors": dict.fromkeys(dots, self.theme.output)}
        self.perform(plane, part, run_time=2.8, **landing)

    def nowhere(self) -> None:
        """Rank 0: both columns are 0."""
        with self.beat("why", NOWHERE):
            self.play(Look(self.plane, self.wide()))
            columns = (Pulse(self.cards[0].column(k), arrow) for k, arrow in enumerate(self.ends))
            self.while_reading(Chain(*columns, Pulse(self.x_dot, self.x_name)))

    @property
    def ends(self) -> tuple[Any, Any]:
        """The two arrows, without their names."""
        return self.arrows.i, self.arrows.j

    def steps(self) -> None:
        """A x is made of steps along the columns."""
        A, plane = self.matrix, self.plane
        first, second = (notation.typst(count) for count in self.lead)
        values = {"x": f"({first}, {second})", "sum": f"{first} {A_I} + {second} {A_J}"}
        kept = [k for k in (0, 1) if la.norm(A.column(k))]
        walk = Walk(
            self,
            [A.column(k) for k in kept],
            [self.lead[k] for k in kept],
            [self.theme.columns[k] for k in kept],
            names=[(A_I, A_J)[k] for k in kept],
        )
        for leg, counter in zip(walk.legs, walk.counters, strict=True):
            counter.on = 1.0 if abs(leg.steps) > 1 else 0.5  # clear of beads that it doesn't count
        plane.plant(*walk.members)
        with self.beat("steps", STEPS, **values):
            self.play(
                Dim(self.dots, self.shape, *plane.grid, to=PALE),
                Look(plane, self.wide()),
                Vanish(*self.arrows),
            )
            self.play(walk.go(2.6), Appear(*walk.members, run_time=0.2))
            self.while_reading(Pulse(self.x_dot, self.x_name))
        self.walked = walk.members

    def wide(self) -> Any:
        """Give the view in which x may go all round."""
        M = self.matrix.array if self.rank else np.eye(2)
        return self.fitting(self.plane, [M @ self.loop(k / 16) for k in range(16)])

    def loop(self, s: float) -> Any:
        """Go round the origin, from the lead and back to it."""
        a, b = self.lead.array
        return bezier.round_trip(np.zeros(2), np.array([a, b]), np.array([-b, a]))(s)

    def sweep(self) -> None:
        """Why: slid along the other column, the line of one leads out of itself, or doesn't."""
        A, theme, plane = self.matrix, self.theme, self.plane
        u, v = np.eye(2)[[self.base, 1 - self.base]]
        along, across = A.array @ u, A.array @ v
        gap = abs(float(la.det(A))) / float(np.linalg.norm(along))
        self.home = plane.view
        self.thin = 0.0 < gap * self.home.unit < CLEAR
        view = self.home.around((0, 0), 1.3 / gap) if self.thin else self.home
        far = 3 * view.reach / float(np.linalg.norm(along))
        enough = 2 * view.reach / gap if gap else 1.0
        self.slid = slid = Value(0.0)
        color = theme.columns[self.base]

        def strip() -> Any:
            corners = [(-far, -1), (far, -1), (far, 1), (-far, 1)]
            return bezier.polygon([a * u + b * slid.now * v for a, b in corners])

        self.first = self.curve(bezier.spanning(u, far), color, counts=False, width=theme.bold)
        self.first.is_line = True
        moving = Curve(
            lambda: bezier.spanning(u, far, slid.now * v), front=color, width=theme.bold, counts=False
        )  # fmt: skip
        beads = Dots(lambda: np.arange(-8, 9)[:, None] * u + slid.now * v, color=color)
        beads.landmarks = lambda: np.zeros((0, 2))  # they may leave the stage
        self.strip = Curve(
            strip, front=theme.column_space, fill=0.13, width=0.0, counts=False, layer=Layer.REGION
        )
        plane.join(self.strip, self.first, moving, beads)
        names = (A_I, A_J)[:: 1 if self.base == 0 else -1]
        said = dict(zip(("base", "other"), names, strict=True))
        slides = SLIDE_CLOSE if self.thin else SLIDE if across.any() else NO_STEP
        with self.beat("why", slides, **said):
            self.beside.now = 0.0 if gap or not across.any() else ASIDE
            self.play(
                Vanish(*self.walked, *([self.x_dot, self.x_name] if self.thin else [])),
                Appear(*(self.ends if self.thin else self.arrows)),
            )
            if self.thin:
                self.play(Dim(*self.ends, to=0.5), Look(plane, view, run_time=2.2))
            self.play(Draw(self.first))
            self.play(Appear(moving, beads, self.strip, run_time=0.3))
            if across.any():
                self.play(Change(slid, 1.0, run_time=2.0))
            if gap:
                self.say(INDEPENDENT)
                self.while_reading(Change(slid, enough, run_time=2.0))
            elif across.any():
                multiple = _times(self.number[1 - self.base], names[0])
                self.say(DEPENDENT, **said, multiple=multiple)
                self.while_reading(Change(slid, -1.0, run_time=2.0))
            self.while_reading(Pulse(*self.ends, self.first))
        self.play(Vanish(moving, beads, run_time=0.3))

    def answer(self) -> None:
        """Name the column space; the rank enters the panel, and lights up its picture."""
        plane, theme = self.plane, self.theme
        self.space_name = self.name_space()
        with self.beat("rank", RANK[self.rank]):
            if not self.rank:  # wherever x goes, A x stays
                home = self.dot(self.x, theme.input)
                self.home_of_x = [home, self.label(home, "x")]
                plane.plant(*self.home_of_x)
                self.play(Appear(*self.home_of_x))
            else:
                self.play(
                    Look(plane, self.home), Dim(*self.ends, to=1.0),
                    Recolor(self.first, theme.column_space) if self.rank == 1 else Vanish(self.first),
                    Appear(self.x_dot, self.x_name, *self.arrows),
                )  # fmt: skip
            self.play(
                Appear(self.space_name),
                Change(self.x, along=self.loop, run_time=3.4),
                After(1.6, Vanish(self.unknown, run_time=0.3)),
                After(1.6, Dim(*self.icons.besides(self.rank), to=PALE)),
                After(1.9, Appear(self.known[0])),
            )
            self.while_reading(Pulse(self.icons.of(self.rank), self.known[0]))

    def name_space(self) -> Any:
        """Give the name of the column space, where it can be seen to be meant."""
        plane, theme = self.plane, self.theme
        if self.rank == 1:
            line = self.line_of(self.matrix)
            return self.name_line(plane, line, "C(A)")
        rect, view = plane.view.rect, plane.view
        corner = np.array([rect.left + 0.9, rect.top - 0.6]) - view.center
        place = Place(corner / view.unit if self.rank else (0, 0), color=theme.column_space)
        plane.plant(place)
        name = self.label(place, "C(A)", color=theme.column_space)
        plane.plant(name)
        return name

    def line_of(self, matrix: la.Matrix) -> Curve:
        """Give the column space of a matrix of rank 1."""
        return self.line(la.column_space(matrix).vectors[0], self.theme.column_space)

    def contrast(self) -> None:
        """The matrix next door, where it is otherwise."""
        A, plane, arrows = self.matrix, self.plane, self.arrows
        column = 1 if self.rank == 2 else la.neighbor(A).column
        card, seconds = self.cards[1], 3.2
        changed = [card.rows[i][j] for i in (0, 1) for j in (0, 1) if A[i, j] != self.other[i, j]]
        names = dict(zip((arrows.i_label, arrows.j_label), B_NAMES, strict=True))
        names[self.x_name] = "B x"
        with self.beat("contrast", CHANGE, moved=B_NAMES[column]):
            if self.rank == 1:  # as much of the plane as will be swept by then
                gap = float(la.norm(self.other.columns[self.base])) / abs(float(la.det(self.other)))
                self.slid.now = 2 * plane.view.reach * gap
            self.play(
                Vanish(self.space_name, *(self.home_of_x if not self.rank else [])),
                *([Appear(self.first)] if self.rank == 2 else []),
                *([Vanish(self.first)] if self.rank == 1 else []),
                Dim(self.known[0], self.cards[0], to=0.5),
                Dim(self.dots, self.shape, to=1.0), Appear(card),
            )  # fmt: skip
            self.play(
                Glide(plane, self.other, names=names, run_time=seconds),
                Entries(card, plane, A, self.other, run_time=seconds),
                Pulse(*changed, run_time=1.8),
            )
            self.say(CHANGED[self.rank], moved=B_NAMES[column])
            self.play(
                Change(self.beside, ASIDE if self.there == 1 and self.rank else 0.0),
                Dim(self.icons.of(self.there), to=1.0),
                Appear(self.known[1]),
            )
            self.while_reading(Pulse(self.icons.of(self.there), self.known[1]))

    def remember(self) -> None:
        """Plane, line and point side by side, and this matrix among them."""
        plane, stage = self.plane, self.plane.view.rect
        A, B = Example(self.matrix, "A"), Example(self.other, "B")
        zero = Example(la.matrix([[0, 0], [0, 0]]), "")
        unit = Example(la.matrix([[1, 0], [0, 1]]), "")
        three = {2: (A, B, zero), 1: (B, A, zero), 0: (unit, B, A)}[self.rank]
        rects = stage.inset(0.2, 0.3).columns((1, 1, 1), 0.2)
        pictures = [
            self.picture(example, 2 - k, rect)
            for k, (example, rect) in enumerate(zip(three, rects, strict=True))
        ]
        with self.beat("remember", REMEMBER):
            self.play(
                Vanish(*(each for each in plane.pieces()), self.cards[1], self.known[1]),
                Dim(self.cards[0], self.known[0], to=1.0), Dim(*self.icons, to=PALE),
            )  # fmt: skip
            self.play(*(After(0.6 * k, Appear(*cast)) for k, cast in enumerate(pictures)))
            self.play(
                Dim(*self.icons.besides(self.rank), to=PALE),
                Pulse(self.icons.of(self.rank), self.known[0], *pictures[2 - self.rank][-3:]),
            )
            self.summary()

    def picture(self, example: Example, rank: int, rect: Any) -> list[Any]:
        """Set up a small picture of what a matrix leaves, its card above, its rank below."""
        theme, M = self.theme, example.matrix
        card = self.card(M, example.name)
        card.scale(min(1.0, rect.width / card.width))
        sign = self.math(f'op("rank") {example.name} = {rank}', size=1.25 * theme.math)
        top, bottom = rect.top - card.height - 0.2, rect.bottom + sign.height + 0.25
        room = replace(rect, top=top, bottom=bottom)
        mine = rank == self.rank
        frame = Rectangle(
            width=room.width, height=room.height,
            stroke_color=theme.ink if mine else theme.axis,
            stroke_width=theme.bold if mine else theme.line,
        ).move_to(room.center)  # fmt: skip
        world = self.world(grid=False)
        world.ground = Ground(theme, self._unit_note, grid=False, note=False)
        corners = self.letter.corners @ M.array.T
        world.view = replace(self.plane.view, rect=room).fitted(corners, margin=0.3, most=1.0)
        outline = bezier.polygon(self.letter.corners)
        world.plant(
            self.curve(outline, theme.output, fill=0.14, layer=Layer.REGION),
            Dots(self.letter.dots, color=theme.output, radius=0.045),
            frame=M,
        )
        if rank == 2:
            square = world.view.reach * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
            world.plant(self.region(bezier.polygon(square), theme.column_space, counts=False))
        elif rank == 1:
            world.plant(self.line_of(M))
        else:
            world.plant(self.dot((0, 0), theme.column_space, radius=0.14))
        x = float(rect.center[0])
        card.move_to([x, rect.top - card.height / 2, 0.0])
        sign.move_to([x, rect.bottom + sign.height / 2, 0.0])
        for each in (frame, card, sign):
            world.signs.append(each)
            for leaf in each.get_family():
                leaf.clip, leaf.z_index = self.plane.view.rect, float(Layer.LABEL)
        pieces = list(world.pieces())
        for piece in pieces:
            set_presence(piece, 0.0)
        return pieces


def _kind(part: la.LinearPath) -> str:
    """Say what a part does."""
    return "shrink" if part.name == "stretch" and la.det(part.end) < 1 else part.name


def _times(factor: Any, name: str) -> str:
    """Write a multiple of a vector."""
    if factor in (1, -1):
        return name if factor == 1 else f"-{name}"
    return f"{notation.typst(factor)} {name}"
