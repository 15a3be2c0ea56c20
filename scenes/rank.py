"""Rank: how many dimensions of a picture are left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
    Value,
    Vanish,
    bezier,
)
from scenes.stage.figure import is_seen
from scenes.stage.icons import Dimensions
from scenes.stage.letter import letter, nearest
from scenes.stage.scale import scale_on
from scenes.stage.shapes import Dots
from scenes.stage.theme import Layer
from scenes.stage.walk import Walk

QUESTION = N_("What will $A$ leave of this picture: a plane, a line, a point?")
PLANE, LINE, POINT = N_("plane"), N_("line"), N_("point")
AREA, NOW = N_("area of the square"), N_("dimensions now")

WATCH_LINES = N_("Each of these lines will become one dot: watch.")
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
    0: N_("Change one entry of $A$ to get $B$: ${moved}$ leaves $0$."),
    1: N_("Change one entry of $A$ to get $B$: ${moved}$ leaves the line."),
    2: N_("Change $A$ to get $B$: ${moved}$ lies on the line of the other column."),
}
CHANGED = {
    0: N_("One column is no longer $0$, and a dimension is back."),
    1: N_("Off the line, and a whole dimension is back."),
    2: N_("Both on one line: the dots have met, a dimension is gone."),
}
REMEMBER = N_("Rank: how many dimensions are left.")

A_I, A_J = "A hat(dotless.i)", "A hat(dotless.j)"
B_NAMES = "B hat(dotless.i)", "B hat(dotless.j)"  # in the contrast
CORNER, HEIGHT, SPACING = (1.3, -0.8), 2.0, 0.16  # where the letter stands, beside the square
PLACES = ("2 1", "3/2 -1/2")  # dots in it, either of which may play the lead
STOPS = "3/2 -1/2", "3/2 1"  # where it goes visiting
CLEAR = 0.26  # stage units between two dots that nobody takes for one
BEYOND = 8.0  # how far the lines reach beyond it: through the whole picture
THIRD = 3  # of the rows, so many have a line: room for a name between them
ASIDE = 0.1  # stage units between an arrow and the line that it shares
OPEN = 0.2  # what a picture of two dimensions has at least: its shorter axis to its longer one
FARTHEST = 6  # changes of an entry, in its smallest step, that are tried for it
LARGE = 0.2  # the share of the stage's height that the letter fills in the last picture
ROOM = 0.4  # stage units between an arrow's tip and the edge: for its name
MOST = 0.5  # … and the most of it
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
        self.other = la.parallel(A).matrix if self.rank == 2 else self.opened()
        self.cast()
        self.question()
        (self.nothing, self.collapse, self.full)[self.rank]()
        self.home = self.plane.view
        self.contrast()
        self.remember()

    # -- the cast ------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up the picture of dots, the square, the panel."""
        A, theme = self.matrix, self.theme
        self.colors = {"x": theme.input, "A x": theme.output, A_I: theme.i, A_J: theme.j}
        self.colors |= dict(zip(B_NAMES, theme.columns, strict=False))
        self.lead = self.choose_lead()
        along = self.null.vectors[0] if self.rank == 1 else (1, 0)
        self.letter = letter(CORNER, HEIGHT, through=self.lead, along=along, spacing=SPACING)
        self.lined = self.letter.every(THIRD, self.lead)

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
        self.steps = self.basis((A_I, A_J))
        self.beside = Value(0.0)  # the columns' arrows may share a line
        self.steps.i.apart, self.steps.j.apart = self.beside, lambda: -self.beside.now
        self.plane.join(
            *(self.square, self.shape, self.lines, self.dots, self.x_dot, self.x_name),
            *self.steps_in_order(),
        )
        ghost = Dots(self.letter.dots, color=theme.input, radius=0.05)
        shadow = self.curve(outline, theme.input, width=theme.line, dash=(0.12, 0.09))
        self.ghosts = (shadow, ghost)
        ends = [self.path.parts[0].end @ row[0] for row in self.lined.rows]
        self.tracks = self.curve(
            bezier.segments(*self.lined.lines(BEYOND, ends)),
            theme.null_space,
            counts=False,
            dash=(0.1, 0.1),
        )
        home = self.dot(self.x, theme.input, radius=0.1)
        self.was = (home, self.label(home, "x"))
        self.plane.plant(*self.ghosts, *self.was, self.tracks)

        room = Entries.room(A, self.other)
        self.card_now, self.card_then = (self.card(A, name, room=room) for name in "AB")
        self.icons = Dimensions(
            tuple(self.prose(name, color=theme.muted) for name in (PLANE, LINE, POINT)), theme
        )
        self.unknown = self.math('bold("?")', size=1.7 * theme.math)
        self.there = self.rank - 1 if self.rank == 2 else self.rank + 1
        self.known, self.known_then = (
            self.math(f'op("rank") {name} = {rank}', size=1.25 * theme.math)
            for name, rank in (("A", self.rank), ("B", self.there))
        )
        area = self.running(self.area_of(self.plane), 1, *self.areas(), nonzero=True)
        self.panel.set(
            self.heading(),
            Either(self.card_now, self.card_then),
            RULE,
            area_row := self.row(AREA, area),
            now_row := self.row(NOW, self.running(self.dimensions_of(self.plane), whole=True)),
            RULE,
            self.icons,
            Either(self.unknown, self.known, self.known_then),
        )
        self.rows = (area_row, now_row)

    def steps_in_order(self) -> list[Any]:
        """Give the columns' arrows, the shorter one last and so on top, and their names."""
        columns, arrows = self.matrix.columns, [self.steps.i, self.steps.j]
        order = sorted((0, 1), key=lambda k: -float(la.norm(columns[k])))
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
        return self.lined.growing(self.grown.now, BEYOND)

    def opened(self) -> la.Matrix:
        """Change one entry, as little as makes a picture in which all dimensions are seen."""
        A, near = self.matrix, la.neighbor(self.matrix).matrix
        if self.rank == 0:
            return near
        tried = [A + k * sign * (near - A) for k in range(1, FARTHEST + 1) for sign in (1, -1)]
        flat = [1 / la.condition_number(each) for each in tried]
        return next((B for B, share in zip(tried, flat, strict=True) if share >= OPEN), tried[0])

    # -- the story -----------------------------------------------------------------------

    def question(self) -> None:
        """Ask what will be left of a picture to which something is about to happen."""
        cast = (self.square, self.shape, self.dots, self.x_dot, self.x_name)
        self.open(*cast, self.heading_block, self.card_now, *self.rows)
        also = (self.lines,) if self.rank == 1 else ()
        with self.beat("question", QUESTION):
            self.play(
                Appear(*also, run_time=0.3),
                Change(self.grown, 1.0, run_time=2.5, rate=lambda s: s),
                After(0.5, Pulse(self.card_now.column(0))),
                After(1.3, Pulse(self.card_now.column(1))),
                After(1.8, Appear(self.icons, self.unknown)),
            )
            each = (Pulse(self.icons.of(k), self.unknown, run_time=0.7) for k in (2, 1, 0))
            self.while_reading(Chain(*each))

    @property
    def heading_block(self) -> Any:
        return self.panel.blocks[0]

    def landing(self, last: bool) -> dict[str, Any]:
        """What the moved picture is called and colored once it has landed."""
        if not last:
            return {}
        colors = dict.fromkeys((self.dots, self.shape, self.x_dot, self.x_name), self.theme.output)
        return {"names": {self.x_name: "A x"}, "colors": colors}

    def make_room(self, part: la.LinearPath) -> None:
        """Zoom out before a stretch, so that zooming doesn't hide it."""
        plane = self.plane
        if not part.folds:
            ways = [plane.landmarks(part(k / 8) @ plane.matrix) for k in range(9)]
            view = self.view_for(plane, plane.view, ways)
            if 0.12 < view.unit / plane.view.unit < 0.85:
                self.play(Look(plane, view))

    def move(self, part: la.LinearPath, last: bool, run_time: float = 3.0) -> None:
        """Move; on its way the dot is neither x nor A x, and has no name."""
        alone = len(self.path.parts) == 1
        if not alone and is_seen(self.x_name):
            self.play(Vanish(self.x_name, run_time=0.3))
        self.perform(self.plane, part, run_time=self.at_leisure(run_time), **self.landing(last))
        if last and not alone:
            self.play(Appear(self.x_name, run_time=0.4))

    def at_leisure(self, seconds: float) -> float:
        """Give so long, or longer while the caption is read."""
        return min(max(self.reading_left(), seconds), 1.35 * seconds)

    def collapse(self) -> None:
        """Rank 1: lines become dots, and the dots lie on one line."""
        parts = self.path.parts
        for k, part in enumerate(parts):
            last = part is parts[-1]
            if part.name == "flatten":
                with self.beat("flatten", WATCH_LINES):
                    self.play(Appear(self.tracks, run_time=0.4))
                    self.move(part, last, 3.6)
                    self.say(LINES_GONE)
                    self.play(Vanish(self.square, self.tracks), Pulse(*self.rows))
                    self.while_reading(Draw(self.tracks, run_time=1.6), Pulse(self.dots))
                    self.play(Vanish(self.tracks, run_time=0.4))
                    for after in parts[k + 1 : k + 2]:
                        self.make_room(after)
                continue
            stretch = STRETCH if la.det(part.end) > 1 else SHRINK
            with self.beat(part.name, TURN if part.name == "turn" else stretch):
                self.move(part, last)
                for after in parts[k + 1 : k + 2]:
                    self.make_room(after)
        self._leaving = (self.lines,)
        self.one_way()
        self.one_number()

    def show_steps(self) -> None:
        """Bring the columns' arrows, and make room for them where there is none."""
        plane, columns = self.plane, [column.array for column in self.matrix.columns]
        if not plane.view.shows(columns, margin=ROOM):
            self.play(Look(plane, self.fitting(plane, [*plane.landmarks(), *columns])))
        self.play(
            Vanish(*self._leaving),
            Dim(self.dots, self.shape, to=0.45),
            Appear(*self.steps),
            Pulse(self.card_now),
        )

    def one_way(self) -> None:
        """Why: both columns lead along one line, so all steps do."""
        A, theme, steps = self.matrix, self.theme, self.steps
        base, other = ((A_I, steps.i), (A_J, steps.j))[:: 1 if self.base == 0 else -1]
        self.beside.now = ASIDE if la.norm(A.column(1 - self.base)) else 0.0
        with self.beat("why", STEPS, x=self.written(self.lead), sum=self.sum_of()):
            self.show_steps()
            walk = self.walk_to_lead()
            self.play(Vanish(*steps))
            self.play(walk.go(2.3), Appear(*walk.members, run_time=0.2))
            factor = self.number[1 - self.base]
            multiple = _times(factor, base[0]) if factor else "0"
            self.say(MULTIPLE, other=other[0], multiple=multiple, base=base[0])
            again = Walk(
                self,
                [A.column(self.base)],
                [self.number @ self.lead],
                [(theme.i, theme.j)[self.base]],
                names=[base[0]],
            )
            again.counters[0].on = 1.0  # there it counts; half way it would be wrong
            self.plane.plant(*again.members)
            self.play(Vanish(*walk.members), Appear(*steps))
            self.play(Pulse(*steps))
            self.play(Dim(*steps, to=0.45), Appear(*again.members, run_time=0.2))
            self.while_reading(again.go(2.0))
        self.walked = again

    def written(self, vector: la.Vector) -> str:
        """Write a vector in one line."""
        return f"({notation.typst(tuple(vector))})"

    def sum_of(self) -> str:
        """Write A x as steps."""
        first, second = self.lead
        sign = "-" if second < 0 else "+"
        return f"{notation.typst(first)} {A_I} {sign} {notation.typst(abs(second))} {A_J}"

    def walk_to_lead(self) -> Walk:
        """Give the walk from 0 to A x, without the legs that lead nowhere."""
        kept = [k for k in (0, 1) if la.norm(self.matrix.column(k))]
        walk = Walk(
            self,
            [self.matrix.column(k) for k in kept],
            [self.lead[k] for k in kept],
            [(self.theme.i, self.theme.j)[k] for k in kept],
            names=[(A_I, A_J)[k] for k in kept],
        )
        for leg, counter in zip(walk.legs, walk.counters, strict=True):
            counter.on = 1.0 if abs(leg.steps) > 1 else 0.5  # clear of beads that it doesn't count
        self.plane.plant(*walk.members)
        return walk

    def one_number(self) -> None:
        """A ruler on the line: its numbers say all."""
        theme, plane, number = self.theme, self.plane, self.number
        base = self.matrix.column(self.base)
        line = self.line(base, theme.column_space, length=4 * plane.view.reach)
        marks = scale_on(self, plane, base, color=theme.column_space)
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
            self.play(Vanish(*self.walked.members, *self.steps))
            self.beside.now = 0.0
            self.play(Dim(*self.steps, to=1.0), Appear(*kept), Draw(line))
            self.play(Appear(*marks), Vanish(self.x_name), Appear(reading))
            self.tour(stops[:1])
            self.answer()
        self.ruled, self.readings = [line, *marks], [reading]

    def stops(self) -> list[la.Vector]:
        """Give the dots that x visits."""
        return [x for x in map(la.vector, STOPS) if x != self.lead]

    def tour(self, stops: list[la.Vector]) -> None:
        """Let x visit some dots and come home, while the numbers follow."""
        self.while_reading(
            Chain(*(Change(self.x, stop, run_time=1.3) for stop in (*stops, self.lead)), gap=0.2)
        )

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
        self._leaving = (self.square,)
        self.two_ways()
        self.two_numbers()

    def visit_neighbors(self) -> None:
        """Let x go to the dots next to it and come home: each has its own place."""
        row = self.letter.row_of(self.lead)
        self.while_reading(
            Chain(*(Change(self.x, end, run_time=1.1) for end in (row[0], self.lead)))
        )

    def visit_closely(self, *motions: Any) -> None:
        """See from near by what is too thin to be seen from afar."""
        plane, home = self.plane, self.plane.view
        near = self.closer(self.matrix)
        away = (*self.steps, self.square)
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
        with self.beat("why", STEPS, x=self.written(self.lead), sum=self.sum_of()):
            self.show_steps()
            walk = self.walk_to_lead()
            self.play(Vanish(*steps))
            self.play(walk.go(2.3), Appear(*walk.members, run_time=0.2))
            self.say(FREE, base=A_I, other=A_J)
            if self.thin:
                self.visit_closely(Draw(line))
            else:
                self.play(Draw(line), Appear(probe))
                tries = [Change(tried, to, run_time=1.2) for to in (self.lead[0], 1)]
                self.while_reading(Chain(*tries))
        self.walked, self.ruled = walk, [line, probe]

    def two_numbers(self) -> None:
        """Wherever x goes, two counters are needed."""
        theme, plane, x = self.theme, self.plane, self.x
        a, b = (column.array for column in self.matrix.columns)
        first = self.arrow(lambda: x.now[0] * a, theme.i)
        second = self.arrow(lambda: x.now[1] * b, theme.j, tail=lambda: x.now[0] * a)
        stops = self.stops()

        def count(k: int) -> Callable[[], float]:
            return lambda: float(x.now[k])

        counters = [
            self.label(
                arrow,
                self.running(count(k), *(v[k] for v in (self.lead, *stops))),
                size=1.15 * theme.label,
                on=0.5,
            )
            for k, arrow in enumerate((first, second))
        ]
        plane.plant(first, second, *counters)
        with self.beat("rank", RANK[2]):
            self.play(
                Vanish(*self.walked.members, *self.ruled, *self.steps),
                Appear(first, second, *counters),
            )
            self.tour(stops[:1])
            self.answer()
        self.ruled, self.readings = [first, second], list(counters)

    def nothing(self) -> None:
        """Rank 0: one point is left."""
        (part,) = self.path.parts
        with self.beat("flatten", WATCH_ALL):
            self.move(part, True, 3.6)
            self.say(TOGETHER)
            self.play(Pulse(self.rows[1], self.rows[0]), Vanish(self.square))
            self.while_reading(Chain(Pulse(self.x_dot), Pulse(self.rows[1]), Pulse(self.x_dot)))
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
        self.ruled, self.readings = [*self.was, *self.ghosts], []

    def contrast(self) -> None:
        """The matrix next door, where it is otherwise."""
        plane, steps, there = self.plane, self.steps, self.there
        moved = B_NAMES[1 if self.rank == 2 else la.neighbor(self.matrix).column]
        thin = self.rank == 2 and self.thin
        shown: tuple[Any, ...] = (self.square, *steps[:2]) if self.rank else steps[:2]
        tags = () if self.rank == 2 and self.thin else steps[2:]
        names = dict(zip((steps.i_label, steps.j_label), B_NAMES, strict=True))
        lit = Dim(self.icons.of(there), to=1.0), Appear(self.known_then), Pulse(self.rows[1])
        with self.beat("contrast", CHANGE[self.rank], moved=moved):
            self.play(
                Vanish(*self.ruled, *self.readings, self.x_dot, self.x_name, run_time=0.4),
                Vanish(*steps[2:], self.known, self.card_now, run_time=0.4),
                Dim(self.dots, self.shape, *steps, to=1.0),
                After(0.4, Appear(self.card_then, *(() if thin else shown))),
                Dim(*self.icons, to=0.25),
            )
            if thin:  # seen from near by, the other dots around
                self.play(Look(plane, self.closer(self.matrix), run_time=1.8))
            near = plane.view.around(self.other.array @ self.x.now, plane.view.unit)
            self.glide(self.other, self.at_leisure(3.0), near if thin else None)
            self.say(CHANGED[self.rank])
            for label, name in names.items():
                label.show(name)
                label.on = 0.5  # the tips have the dots for neighbors
            self.play(
                *lit, Appear(*tags), *([Change(self.beside, ASIDE)] if self.rank == 2 else [])
            )
            self.x_name.show("B x")
            self.play(Appear(self.x_dot, self.x_name))
            ends = self.letter.dots[0], self.lead
            self.while_reading(Chain(*(Change(self.x, end, run_time=1.0) for end in ends)))

    def glide(self, to: la.Matrix, run_time: float, view: Any) -> None:
        """Let plane and card run to another matrix."""
        self.play(
            Glide(self.plane, to, view=view, run_time=run_time),
            Entries(self.card_then, self.plane, self.matrix, self.other, run_time=run_time),
            Pulse(*self.changed_entries(), run_time=min(run_time, 1.8)),
        )

    def changed_entries(self) -> list[Any]:
        """Give the entries of the card that differ."""
        card, A, B = self.card_then, self.matrix, self.other
        return [card.rows[i][j] for i in (0, 1) for j in (0, 1) if A[i, j] != B[i, j]]

    def remember(self) -> None:
        """The picture as it was, over what is left of it."""
        plane, corners = self.plane, self.letter.corners
        self.x.now = self.nearest_stop()
        A, x, height = self.matrix, self.x.now, plane.view.rect.height
        now = corners @ A.array.T if self.rank == 2 else [A @ x]
        base = A.column(self.base).array
        reach = HEIGHT / 2 / float(la.norm(base)) if self.rank == 1 else 0.0
        line = [reach * base, -reach * base]
        view = self.fitting(plane, [*corners, *now, *line], MOST * height / HEIGHT)
        if self.rank == 1 and view.unit * HEIGHT <= LARGE * height:  # A x is too far
            view = self.fitting(plane, [*corners, *line], MOST * height / HEIGHT)
        large = view.unit * HEIGHT > LARGE * height
        view = view if large else self.home
        with self.beat("remember", REMEMBER):
            self.play(
                Vanish(self.square, *self.steps, self.x_dot, self.x_name),
                Vanish(self.card_then, self.known_then),
                Dim(*self.rows, *self.icons, to=0.25),
            )
            self.play(Glide(plane, self.matrix, view=view, run_time=2.0))
            self.x_name.show("A x")
            self.beside.now = 0.0
            cast = [*self.ghosts] if large else []
            if view.shows([A.array @ x], margin=ROOM):
                cast += [*(self.was if large else ()), self.x_dot, self.x_name]
            if self.rank == 1:
                scale = scale_on(self, plane, base, color=self.theme.column_space)
                cast += [self.ruled[0], *scale]
            self.play(
                Appear(*cast, self.known, self.card_now),
                Dim(self.icons.of(self.rank), to=1.0),
            )
            self.summary()

    def nearest_stop(self) -> Any:
        """Give the dot among those visited whose image is nearest to the origin."""
        stops = [self.lead, *self.stops()]
        return min(stops, key=lambda x: float(la.norm(self.matrix @ x))).array


def _times(factor: Any, name: str) -> str:
    """Write a multiple of a vector."""
    if factor in (1, -1):
        return name if factor == 1 else f"-{name}"
    return f"{notation.typst(factor)} {name}"
