"""Rank: how many dimensions of a picture are left."""

from __future__ import annotations

from typing import Any

import numpy as np

import lamath as la
from lamath import notation
from scenes.inputs import MatrixInput
from scenes.stage import (
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
    N_,
    Pulse,
    Value,
    Vanish,
)
from scenes.stage import bezier
from scenes.stage.icons import Dimensions
from scenes.stage.letter import letter, nearest
from scenes.stage.shapes import Dots, Ticks
from scenes.stage.theme import Layer
from scenes.stage.view import nice_step
from scenes.stage.walk import Walk

QUESTION = N_("What will $A$ leave of this picture: a plane, a line, a point?")
PLANE, LINE, POINT = N_("plane"), N_("line"), N_("point")
AREA, NOW = N_("area of the square"), N_("dimensions now")

WATCH_LINES = N_("Watch the lines.")
LINES_GONE = N_("Each line is one dot now: a dimension is gone.")
STRETCH = N_("What is left stretches along its own line.")
SHRINK = N_("What is left shrinks along its own line.")
TURN = N_("And the line turns, all in one piece.")
WATCH_DOTS = N_("Watch the dots: do any two meet?")
TURN_OVER = N_("The plane is turned over like a page: now one sees its back.")
APART = N_("No two have met: both dimensions are left.")
CLOSE = N_("They are close, but no two have met: both dimensions are left.")
WATCH_ALL = N_("Watch the dots.")
TOGETHER = N_("All of them on one point: both dimensions are gone.")

STEPS = N_("$x = {x}$, so $A x = {sum}$. Watch the steps.")
MULTIPLE = N_("${other} = {multiple}$, so every output is a multiple of ${base}$.")
FREE = N_("No step along ${base}$ can replace a step along ${other}$.")
NOWHERE = N_("$A hat(dotless.i) = A hat(dotless.j) = 0$: no step leads anywhere.")
RANK = {
    0: N_("Wherever $x$ goes, $A x$ stays at this one point: the rank of $A$ is $0$."),
    1: N_("One number now says where $A x$ is: the rank of $A$ is $1$."),
    2: N_("It takes two numbers to say where $A x$ is: the rank of $A$ is $2$."),
}
CHANGE = {
    0: N_("Change one entry, so that ${moved}$ leaves $0$. Watch the dots."),
    1: N_("Change one entry, so that ${moved}$ leaves the line. Watch the dots."),
    2: N_("Now lay $A hat(dotless.j)$ onto the line of $A hat(dotless.i)$. Watch the dots."),
}
CHANGED = {
    0: N_("One column that leads somewhere, and a dimension is back."),
    1: N_("A little off the line, and a whole dimension is back."),
    2: N_("Both on one line: the dots have met, a dimension is gone."),
}
REMEMBER = N_("Rank: how many dimensions are left.")

I, J = "A hat(dotless.i)", "A hat(dotless.j)"
CORNER, HEIGHT, SPACING = (1.3, -0.8), 2.0, 0.16  # where the letter stands, beside the square
PLACES = ("2 1", "3/2 -1/2")  # dots in it, either of which may play the lead
STOPS = "3/2 -1/2", "3/2 1"  # where it goes visiting
CLEAR = 0.26  # stage units between two dots that nobody takes for one
HALF = 0.5
BEYOND = 0.4  # how far the lines reach beyond it
TOUCHING = 0.1  # stage units between two dots that seem to be one


class RankCollapse(MatrixScene):
    """A picture of dots is mapped; rank is the number of dimensions that are left of it."""

    title = N_("Rank: what is left")
    inputs = (MatrixInput("2x2", default="1 2; 2 4"),)

    def construct(self) -> None:
        A = self.matrix
        self.rank, self.path, self.null = la.rank(A), la.path(A), la.null_space(A)
        reduced = la.row_reduce(A)
        self.number = reduced.rref.row(0)  # in rank 1, A x is so many times the base
        self.base = reduced.pivots[0] if reduced.pivots else 0
        self.other = la.parallel(A).matrix if self.rank == 2 else la.neighbor(A).matrix
        self.cast()
        self.question()
        (self.nothing, self.collapse, self.full)[self.rank]()
        self.contrast()
        self.remember()

    # -- the cast ------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up the picture of dots, the square, the panel."""
        A, theme = self.matrix, self.theme
        self.colors = {"x": theme.input, "A x": theme.output, I: theme.i, J: theme.j}
        self.lead = self.choose_lead()
        along = self.null.vectors[0] if self.rank == 1 else (1, 0)
        self.letter = letter(CORNER, HEIGHT, through=self.lead, along=along, spacing=SPACING)

        self.grown = Value(0.0)  # the share of the lines, and of the dots, that is there
        outline = bezier.polygon(self.letter.corners)
        self.shape = self.curve(
            outline, theme.input, fill=0.14, layer=Layer.REGION, width=theme.line
        )
        self.dots = Dots(self.dots_so_far, color=theme.input)
        self.lines = self.curve(self.lines_so_far, theme.null_space, counts=False)
        self.x = Value(self.lead)
        self.x_dot = self.dot(self.x, theme.input, radius=0.12)
        self.x_name = self.label(self.x_dot, "x")
        self.square = self.unit_square()
        self.plane = self.world(most=1.9 / self.layout.text)
        area = self.running(self.area_of(self.plane), 1, *self.areas())
        self.area = self.label(self.square, area, color=theme.region)
        self.steps = self.basis((I, J))
        self.plane.join(
            *(self.square, self.area, self.shape, self.lines, self.dots, self.x_dot, self.x_name),
            *self.steps_in_order(),
        )
        ghost = Dots(self.letter.dots, color=theme.ghost, radius=0.05)
        shadow = self.curve(outline, theme.ghost, width=theme.line, dash=(0.12, 0.09))
        self.ghosts = (shadow, ghost)
        ends = [self.path.parts[0].end @ row[0] for row in self.letter.rows]
        self.tracks = self.curve(
            bezier.segments(*self.letter.lines(BEYOND, ends)),
            theme.null_space,
            counts=False,
            dash=(0.1, 0.1),
        )
        home = self.dot(self.x, theme.input, radius=0.1)
        self.was = (home, self.label(home, "x"))
        self.plane.plant(*self.ghosts, *self.was, self.tracks)

        self.card_now = self.card(A, "A", room=Entries.room(A, self.other))
        self.icons = Dimensions(
            tuple(self.prose(name, color=theme.muted) for name in (PLANE, LINE, POINT)), theme
        )
        self.unknown = self.math('bold("?")', size=1.7 * theme.math)
        self.known = self.math(f'op("rank") A = {self.rank}', size=1.25 * theme.math)
        self.panel.set(
            self.heading(),
            self.card_now,
            RULE,
            area_row := self.row(AREA, self.running(self.area_of(self.plane), 1, *self.areas())),
            now_row := self.row(NOW, self.running(self.dimensions_of(self.plane), whole=True)),
            RULE,
            self.icons,
            Either(self.unknown, self.known),
        )
        self.rows = (area_row, now_row)

    def steps_in_order(self) -> list[Any]:
        """Give the columns' arrows, the shorter one last and so on top, and their names."""
        lengths = np.linalg.norm(self.matrix.array, axis=0)
        arrows = [self.steps.i, self.steps.j]
        order = sorted((0, 1), key=lambda k: -lengths[k])
        return [*(arrows[k] for k in order), self.steps.i_label, self.steps.j_label]

    def areas(self) -> tuple[Any, ...]:
        """The exact areas that the square will have."""
        return abs(la.det(self.matrix)), abs(la.det(self.other)), 0

    def choose_lead(self) -> la.Vector:
        """Give the dot to follow: one that doesn't land on 0 or on the tip of a column."""
        places = [la.vector(text) for text in PLACES]
        if self.rank != 1:
            return places[0]
        return next((x for x in places if self.number @ x not in (0, 1)), places[0])

    def dots_so_far(self) -> Any:
        dots = self.letter.dots
        return dots[: max(1, round(self.grown.now * len(dots)))]

    def lines_so_far(self) -> Any:
        """Lines through the dots that A will make one of, as far as they have grown."""
        starts, ends = self.letter.lines(BEYOND)
        middles = (starts + ends) / 2
        shares = np.clip(len(starts) * self.grown.now - np.arange(len(starts)), 0.001, 1.0)
        half = shares[:, None] * (ends - starts) / 2
        return bezier.segments(middles - half, middles + half)

    # -- the story -----------------------------------------------------------------------

    def question(self) -> None:
        """Something is going to happen to the picture: what will be left?"""
        cast = (self.square, self.area, self.shape, self.dots, self.x_dot, self.x_name)
        self.open(*cast, self.heading_block, self.card_now, *self.rows)
        also = (self.lines,) if self.rank == 1 else ()
        with self.beat("question", QUESTION):
            self.play(
                Appear(*also, run_time=0.3),
                Change(self.grown, 1.0, run_time=3.2, rate=lambda s: s),
                After(0.5, Pulse(self.card_now.column(0))),
                After(1.3, Pulse(self.card_now.column(1))),
                After(1.8, Appear(self.icons, self.unknown)),
            )
            for k in (2, 1, 0):
                self.play(Pulse(self.icons.of(k), self.unknown), run_time=0.7)

    @property
    def heading_block(self) -> Any:
        return self.panel.blocks[0]

    def landing(self, last: bool) -> dict[str, Any]:
        """What the moved picture is called and colored once it has landed."""
        if not last:
            return {}
        colors = {
            each: self.theme.output for each in (self.dots, self.shape, self.x_dot, self.x_name)
        }
        return {"names": {self.x_name: "A x"}, "colors": colors}

    def move(self, part: la.LinearPath, last: bool, run_time: float = 3.0) -> None:
        """Make room first, so that a stretch is not hidden by zooming; then move."""
        plane = self.plane
        if not part.folds:
            ways = [plane.landmarks(part(t) @ plane.matrix) for t in np.linspace(0, 1, 9)]
            view = self.view_for(plane, plane.view, ways)
            if 0.12 < view.unit / plane.view.unit < 0.85:
                self.play(Look(plane, view))
        self.perform(plane, part, run_time=self.at_leisure(run_time), **self.landing(last))

    def at_leisure(self, seconds: float) -> float:
        """Give so long, or longer while the caption is read."""
        return float(np.clip(self.reading_left(), seconds, 1.6 * seconds))

    def collapse(self) -> None:
        """Rank 1: lines become dots, and the dots lie on one line."""
        parts = self.path.parts
        for part in parts:
            last = part is parts[-1]
            if part.name == "flatten":
                with self.beat("flatten", WATCH_LINES):
                    self.play(Appear(self.tracks, run_time=0.4))
                    self.move(part, last, 3.6)
                    self.say(LINES_GONE)
                    self.play(Vanish(self.square, self.area, self.tracks), Pulse(*self.rows))
                    self.while_reading(Draw(self.tracks, run_time=2.0), Pulse(self.dots))
                    self.play(Vanish(self.tracks, run_time=0.4))
                continue
            stretch = STRETCH if np.linalg.det(part.end) > 1 else SHRINK
            with self.beat(part.name, TURN if part.name == "turn" else stretch):
                self.move(part, last)
        self._leaving = (self.lines,)
        self.one_way()
        self.one_number()

    def one_way(self) -> None:
        """Why: both columns lead along one line, so all steps do."""
        A, theme, steps = self.matrix, self.theme, self.steps
        base, other = ((I, steps.i), (J, steps.j))[:: 1 if self.base == 0 else -1]
        with self.beat("why", STEPS, x=self.coordinates(self.lead), sum=self.sum_of()):
            self.play(
                Vanish(*self._leaving), Dim(self.dots, self.shape, to=0.45), Appear(*steps),
                Pulse(self.card_now),
            )  # fmt: skip
            walk = self.walk_to_lead()
            self.play(Dim(*steps, to=0.35))
            self.play(walk.go(3.0), Appear(*walk.members, run_time=0.2))
            factor = self.number[1 - self.base]
            multiple = _times(factor, base[0]) if factor else "0"
            self.say(MULTIPLE, other=other[0], multiple=multiple, base=base[0])
            again = Walk(
                self,
                [A.column(self.base)],
                [self.number @ self.lead],
                [(theme.i, theme.j)[self.base]],
            )
            self.plane.plant(*again.members)
            self.play(Vanish(*walk.members), Appear(*again.members, run_time=0.2))
            self.while_reading(again.go(2.4))
        self.walk = again

    def coordinates(self, vector: la.Vector) -> str:
        """Write a vector in one line."""
        return f"({notation.typst(tuple(vector))})"

    def sum_of(self) -> str:
        """Write A x as steps."""
        first, second = self.lead
        sign = "-" if second < 0 else "+"
        return f"{notation.typst(first)} {I} {sign} {notation.typst(abs(second))} {J}"

    def walk_to_lead(self) -> Walk:
        """Give the walk from 0 to A x, without the legs that lead nowhere."""
        kept = [k for k in (0, 1) if self.matrix.column(k).array.any()]
        walk = Walk(
            self,
            [self.matrix.column(k) for k in kept],
            [self.lead[k] for k in kept],
            [(self.theme.i, self.theme.j)[k] for k in kept],
        )
        self.plane.plant(*walk.members)
        return walk

    def one_number(self) -> None:
        """A ruler on the line: its numbers say all."""
        theme, plane, number = self.theme, self.plane, self.number
        base = self.matrix.column(self.base)
        line = self.line(base, theme.column_space, length=4 * plane.view.reach)
        marks = self.ruler(base)
        stops = self.stops()
        landings = [number @ each for each in (self.lead, *stops)]
        reading = self.label(
            self.x_dot, self.running(lambda: float(number.array @ self.x.now), *landings),
            color=theme.ink, size=1.25 * theme.label,
        )  # fmt: skip
        plane.plant(line)
        plane.join(reading)
        spare = self.steps.j if self.base == 0 else self.steps.i
        spare_name = self.steps.j_label if self.base == 0 else self.steps.i_label
        kept = [each for each in self.steps if each is not spare and each is not spare_name]
        with self.beat("rank", RANK[1]):
            self.play(Vanish(*self.walk.members, spare, spare_name), Dim(*kept, to=1.0), Draw(line))
            self.play(Appear(*marks), Vanish(self.x_name), Appear(reading))
            self.tour(stops[:1])
            self.answer()
        self.ruled = (line, *marks)
        self.readings = (reading,)

    def stops(self) -> list[la.Vector]:
        """Give the dots that x visits."""
        return [x for x in map(la.vector, STOPS) if x != self.lead]

    def tour(self, stops: list[la.Vector]) -> None:
        """Let x visit some dots and come home, while the numbers follow."""
        self.while_reading(
            Chain(*(Change(self.x, stop, run_time=1.3) for stop in (*stops, self.lead)), gap=0.2)
        )

    def ruler(self, base: la.Vector) -> list[Any]:
        """Give ticks at multiples of a vector that the stage shows, with numbers."""
        plane, theme = self.plane, self.theme
        length = plane.view.unit * float(np.linalg.norm(base.array))
        least = 0.75 * self.layout.text
        step = 1.0 if least <= length <= 4.0 else nice_step(least / length)
        ends = [plane.view.way_out(side * base.array, 0.3) for side in (-1, 1)]
        numbers = [k * step for k in range(-int(ends[0] / step), int(ends[1] / step) + 1)]
        ticks = Ticks(base, numbers, color=theme.column_space, width=theme.line * 1.3)
        plane.plant(ticks)
        marks: list[Any] = [ticks]
        for value in numbers:
            spot = self.dot(value * base.array, theme.column_space, radius=0.0)
            name = self.label(spot, f"{value:g}", color=theme.column_space, size=0.8 * theme.label)
            name.facing = _right_of(base.array)
            plane.plant(spot, name)
            marks.append(name)
        return marks

    def answer(self) -> None:
        """Let the rank enter the panel, and light up its picture."""
        chosen = self.icons.of(self.rank)
        self.play(
            Vanish(self.unknown, run_time=0.3),
            Dim(*self.icons.besides(self.rank), to=0.25),
            After(0.3, Appear(self.known)),
            After(0.6, Pulse(chosen, self.known)),
        )

    def full(self) -> None:
        """Rank 2: no two dots meet."""
        plane, parts = self.plane, self.path.parts
        for part in parts:
            with self.beat(part.name, TURN_OVER if part.folds else WATCH_DOTS):
                self.move(part, part is parts[-1])
                if part is parts[-1]:
                    self.thin = plane.view.unit * self.apart(self.matrix) < TOUCHING
                    self.say(CLOSE if self.thin else APART)
                    if self.thin:
                        self.visit_closely()
                    else:
                        self.play(Pulse(self.dots, self.rows[1]))
                        self.visit_neighbors()
        self._leaving = (self.square, self.area)
        self.two_ways()
        self.two_numbers()

    def visit_neighbors(self) -> None:
        """Let x go to the dots next to it and come home: each has its own place."""
        row = next(
            row for row in self.letter.rows if (abs(row - self.lead.array) < 1e-9).all(1).any()
        )
        self.while_reading(
            Chain(*(Change(self.x, end, run_time=1.1) for end in (row[0], row[-1], self.lead)))
        )

    def visit_closely(self, *motions: Any) -> None:
        """See from near by what is too thin to be seen from afar."""
        plane, home = self.plane, self.plane.view
        near = self.closer(self.matrix)
        away = (*self.steps, self.square, self.area)
        self.play(Vanish(*away), Look(plane, near, run_time=2.0))
        self.while_reading(*(motions or (Pulse(self.dots, self.rows[1]),)))
        self.play(Look(plane, home))

    def apart(self, matrix: la.Matrix) -> float:
        """How far apart the nearest two dots are, once mapped."""
        return nearest(self.letter.dots @ matrix.array.T)

    def closer(self, matrix: la.Matrix) -> Any:
        """Give the view around A x in which all dots can be told apart."""
        view = self.plane.view
        unit = min(max(CLEAR / self.apart(matrix), view.unit), 300 * view.unit)
        return view.around(matrix.array @ self.x.now, unit)

    def two_ways(self) -> None:
        """Why: one column can't replace the other."""
        plane, theme, steps = self.plane, self.theme, self.steps
        line = self.line(
            self.matrix.column(0), theme.i, width=theme.line, length=4 * plane.view.reach
        )
        tried = Value(0.0)
        column = self.matrix.column(0).array
        probe = self.dot(lambda: tried.now * column, theme.i)
        plane.plant(line, probe)
        with self.beat("why", STEPS, x=self.coordinates(self.lead), sum=self.sum_of()):
            self.play(
                Vanish(*self._leaving), Dim(self.dots, self.shape, to=0.45), Appear(*steps),
                Pulse(self.card_now),
            )  # fmt: skip
            walk = self.walk_to_lead()
            self.play(Dim(*steps, to=0.35))
            self.play(walk.go(3.0), Appear(*walk.members, run_time=0.2))
            self.say(FREE, base=I, other=J)
            if self.thin:
                self.visit_closely(Draw(line))
            else:
                self.play(Draw(line), Appear(probe))
                tries = [Change(tried, to, run_time=1.2) for to in (self.lead[0], 1)]
                self.while_reading(Chain(*tries))
        self.walk = walk
        self.ruled = (line, probe)

    def two_numbers(self) -> None:
        """Wherever x goes, two counters are needed."""
        theme, plane, x = self.theme, self.plane, self.x
        a, b = (column.array for column in self.matrix.columns)
        first = self.arrow(lambda: x.now[0] * a, theme.i)
        second = self.arrow(lambda: x.now[1] * b, theme.j, tail=lambda: x.now[0] * a)
        stops = self.stops()
        counters = [
            self.label(
                arrow,
                self.running(lambda k=k: float(x.now[k]), *(v[k] for v in (self.lead, *stops))),
                size=1.15 * theme.label,
                on=0.5,
            )
            for k, arrow in enumerate((first, second))
        ]
        plane.plant(first, second, *counters)
        with self.beat("rank", RANK[2]):
            self.play(
                Vanish(*self.walk.members, *self.ruled, *self.steps),
                Appear(first, second, *counters),
            )
            self.tour(stops)
            self.answer()
        self.ruled, self.readings = (first, second), tuple(counters)

    def nothing(self) -> None:
        """Rank 0: one point is left."""
        (part,) = self.path.parts
        with self.beat("flatten", WATCH_ALL):
            self.move(part, True, 3.6)
            self.say(TOGETHER)
            self.play(Pulse(self.rows[1], self.rows[0]), Vanish(self.square, self.area))
            self.while_reading(Pulse(self.x_dot, self.rows[1]))
        with self.beat("why", NOWHERE):
            self.while_reading(
                Chain(
                    Pulse(self.card_now.column(0)),
                    Pulse(self.card_now.column(1)),
                    Pulse(self.x_dot, self.x_name),
                )
            )
        with self.beat("rank", RANK[0]):
            self.play(Appear(*self.ghosts, *self.was))
            self.tour(self.stops())
            self.answer()
        self.ruled, self.readings = (*self.was, *self.ghosts), ()

    def contrast(self) -> None:
        """The matrix next door, where it is otherwise."""
        plane, self.home = self.plane, self.plane.view
        moved = J if self.rank == 2 else (I, J)[la.neighbor(self.matrix).column]
        there = self.rank - 1 if self.rank == 2 else self.rank + 1
        thin = self.rank == 2 and self.thin
        shown = () if thin else self.steps if self.rank == 0 else (
            self.square, self.area, *self.steps
        )  # fmt: skip
        lit = Dim(self.icons.of(there), to=1.0), Pulse(self.icons.of(there), self.rows[1])
        with self.beat("contrast", CHANGE[self.rank], moved=moved):
            self.play(
                Vanish(*self.ruled, *self.readings, self.known, self.x_dot, self.x_name),
                Dim(self.dots, self.shape, *self.steps, to=1.0),
                Appear(*shown),
                Dim(*self.icons, to=0.25),
            )
            if thin:  # seen from near by, the other dots around
                self.play(Look(plane, self.closer(self.matrix), run_time=1.8))
            there_near = plane.view.around(self.other.array @ self.x.now, plane.view.unit)
            self.glide(self.other, self.at_leisure(3.2), there_near if thin else None)
            self.say(CHANGED[self.rank])
            seems_thin = plane.view.unit * self.apart(self.other) < 2 * TOUCHING
            if self.rank == 1 and seems_thin:  # each dot is a row again, but a short one
                near = self.closer(self.other)
                self.play(Vanish(self.area, *self.steps), Look(plane, near, run_time=1.8), *lit)
            else:
                self.play(Vanish(self.area), *lit)
            if self.rank < 2:
                view = plane.view
                self.glide((self.matrix + self.other) * HALF, 1.4, view)
                self.glide(self.other, 1.4, view)
            else:
                self.play(Appear(self.x_dot, self.x_name))
                self.visit_neighbors()

    def glide(self, to: la.Matrix, run_time: float, view: Any, *also: Any) -> None:
        """Let plane and card run to another matrix."""
        self.play(
            Glide(self.plane, to, view=view, run_time=run_time),
            Entries(self.card_now, self.plane, self.matrix, self.other, run_time=run_time),
            *(also or (Pulse(*self.changed_entries(), run_time=min(run_time, 1.8)),)),
        )

    def changed_entries(self) -> list[Any]:
        """Give the entries of the card that differ."""
        card, A, B = self.card_now, self.matrix, self.other
        return [card.rows[i][j] for i in (0, 1) for j in (0, 1) if A[i, j] != B[i, j]]

    def remember(self) -> None:
        """The picture as it was, over what is left of it."""
        before, now = self.letter.corners, self.letter.corners @ self.matrix.array.T
        both = self.fitting(self.plane, [*before, *now])
        sizes = [both.unit * float(np.ptp(each, axis=0).max()) for each in (before, now)]
        fits = sizes[0] > 0.4 and (sizes[1] > 0.4 or self.rank == 0)
        larger = self.rank != 1 or both.unit >= self.home.unit  # ticks are set for one size
        view = both if fits and larger else self.home
        cast = (*(self.ghosts + self.was if fits else ()), self.x_dot, self.x_name)
        with self.beat("remember", REMEMBER):
            away = Vanish(self.square, self.area, *self.steps)
            self.glide(self.matrix, 2.0, view, away, Dim(*self.rows, *self.icons, to=0.25))
            ruled = self.ruled if self.rank == 1 else ()
            self.play(Appear(*cast, *ruled, self.known), Dim(self.icons.of(self.rank), to=1.0))
            self.summary()


def _times(factor: Any, name: str) -> str:
    """Write a multiple of a vector."""
    if factor in (1, -1):
        return name if factor == 1 else f"-{name}"
    return f"{notation.typst(factor)} {name}"


def _right_of(direction: Any) -> Any:
    """Give the unit vector to the right of a direction: where a ruler's numbers stand."""
    x, y = direction / np.linalg.norm(direction)
    return np.array([y, -x])
