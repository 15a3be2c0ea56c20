"""Systems A x = b side by side: C(A) decides whether there is a solution, N(A) how many."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any

from manim import RIGHT, Rectangle, VGroup

import lamath as la
from scenes.inputs import MatricesInput
from scenes.reaching import spanned_by
from scenes.stage import (
    N_,
    After,
    Appear,
    Chain,
    Change,
    Dim,
    Draw,
    MatrixScene,
    Pulse,
    Value,
    Vanish,
    bezier,
)
from scenes.stage.figure import bearing, length, set_presence, toward
from scenes.stage.ground import Ground
from scenes.stage.layout import Rect
from scenes.stage.theme import Layer, Theme
from scenes.stage.view import FROM_ABOVE, View

LINES = N_("Each row of $A x = b$ asks $x$ to be on a line.")
LINES_0 = N_("Each row of $A$ that is not $0$ asks $x$ to be on a line.")
HOW_MANY_0 = N_("How many $x$ have $A x = b$: none, one, or more?")
HOW_MANY = N_("So does the other row. How many $x$ are on both lines?")

ALONG = N_("$x$ runs along its line. Does $A x$ reach $b$?")
LEAVE = N_("$x$ runs along its line. Does $A x$ leave $b$?")
ACROSS = N_("$x$ goes from line to line. Does $A x$ reach $b$?")
ABOUT = N_("$x$ runs about. Does $A x$ reach $b$?")
ONE = N_("One crossing: only this $x$ has $A x = b$.")
NONE = N_("No crossing: on $C(A)$, $A x$ stays ${gap}$ or more from $b$.")
NONE_EMPTY = N_("${value}$ is not $0$: on $C(A)$, $A x$ stays ${gap}$ or more from $b$.")
NONE_ZERO = N_("$A x$ is always $0$, at a distance of ${gap}$ from $b$.")
SAME = N_("It is one line: every $x$ on it has $A x = b$.")
SAME_EMPTY = N_("Row {row} asks only $0 = 0$: every $x$ on the line has $A x = b$.")
SAME_ZERO = N_("$A x$ is always $0$, and so is $b$: every $x$ is a solution.")

WHETHER = N_("Is $b$ in $C(A)$, among all $A x$? If not: no solution.")
AGAIN = N_("The same $A$, another $b$. Does $A x$ leave $b$ as $x$ runs?")
MANY = N_("Is there more in $N(A)$ than $0$?")
ONLY_0 = N_("No: $A x$ is $0$ for $x = 0$ alone, so there is never a second solution.")
MANY_SO = N_("Then $x$ moves along it and $A x$ rests: $A (x + n) = A x + 0$.")
REMEMBER = N_("$C(A)$ decides whether there is a solution, $N(A)$ how many.")

FATES = {
    "unique": N_("one solution"),
    "none": N_("no solution"),
    "infinite": N_("infinitely many"),
}

VERDICTS = {  # without a solution, and with infinitely many; by how many rows of A are 0
    "none": (NONE, SAME),
    "one": (NONE_EMPTY, SAME_EMPTY),
    "all": (NONE_ZERO, SAME_ZERO),
}

HEAD, LINE, FOOT = 3.6, 1.9, 2.0  # heights, in those of a capital
GAP = 0.16  # stage units
FAR = 1.0  # times the size of a picture that x goes
SMALL = 0.3  # a picture that is seen from nearer than usual
CLEAR = 0.5  # stage units that are seen as apart
NEAR = 0.2  # what is smaller than this share of another picture has its own unit


class System:
    """One system, its size, and its two pictures."""

    left: Any
    right: Any
    card: Any
    rows: Any
    fate: Any
    ask: Any
    titles: Any
    answers: Any
    lines: Any
    null: Any
    x: Any
    x_dot: Any
    x_name: Any
    y_dot: Any
    y_name: Any
    b_ring: Any
    b_name: Any
    gap: Any
    space: Any

    def __init__(self, given: la.Matrix) -> None:
        self.A, self.b = spanned_by(list(given.columns)[:2]), given.column(2)
        self.found = la.solve(self.A, self.b)
        self.rank, self.kind, self.best = la.rank(self.A), self.found.kind, self.found.least_squares
        rows = [self.A.row(k) for k in (0, 1)]
        self.empty = [not any(row) for row in rows]
        self.order = sorted((0, 1), key=lambda k: self.empty[k])
        self.feet = [
            la.vector([0, 0]) if not any(row) else row * (value / (row @ row))
            for row, value in zip(rows, self.b, strict=True)
        ]
        stretch = float(la.spectral_norm(self.A))
        inner = max(length(each) for each in (self.best, *self.feet))
        outer = length(self.b)
        outer = outer or stretch * inner or 2 * stretch or 2.0
        self.sizes = inner or (outer / stretch if stretch else outer), outer
        first = rows[self.order[0]]
        self.way = la.vector([-first[1], first[0]]) if any(first) else la.vector([1, 0])
        self.along = self.step(self.way)
        self.aside = self.step(first if self.rank else la.vector([0, 1]))

    def step(self, way: la.Vector) -> Any:
        """Give as much of a vector as is seen among inputs, and whose image is among outputs."""
        ratios = zip(self.sizes, (length(way), length(self.A @ way)), strict=True)
        return FAR * min(size / long for size, long in ratios if long) * way.array

    @property
    def parted(self) -> tuple[float, float]:
        """How far lines are apart that never meet, and b from the column space, else 0."""
        if self.kind != "none" or self.rank != 1:
            return 0.0, 0.0
        lines = 0.0 if any(self.empty) else length(self.feet[0] - self.feet[1])
        return lines, float(self.found.residual)

    @property
    def kind_of_rows(self) -> str:
        """Say whether rows of A are 0: all, one or none."""
        return ("none", "one", "all")[sum(self.empty)]

    def point(self, k: int) -> Any:
        """Give a point of the line of row k: the solution, or the one next to 0."""
        return (self.feet[k] if self.kind == "none" else self.best).array

    @property
    def path(self) -> list[Any]:
        """The points that x goes through while its system acts; the first is where it begins."""
        best = self.best.array
        if self.kind == "unique":
            return [best - self.along, best]
        if self.kind == "infinite":
            return [best - 0.6 * self.along, best + 0.8 * self.along, best]
        if self.rank == 1 and not any(self.empty):
            first, second = (each.array for each in self.feet)
            return [first, second, best]
        return [best - 0.6 * self.aside, best + 0.6 * self.aside, best]


class Room:
    """How the room of one system is divided: what is written, and its two pictures."""

    def __init__(self, room: Rect, theme: Theme) -> None:
        head, line, foot = HEAD * theme.math, LINE * theme.label, FOOT * theme.math
        self.is_wide = room.width > 1.3 * room.height
        if self.is_wide:  # and low
            head, line = 0.8 * head, 0.85 * line
        self.head = upper(room, head)
        self.foot = lower(room, foot)
        if self.is_wide:  # the verdict beside the system
            self.head, self.foot = self.head.columns((1, 1), GAP)
        floor = room.bottom if self.is_wide else self.foot.top
        middle = Rect(room.left, floor, room.right, self.head.bottom)
        rows, columns = middle.rows((1, 1), GAP), middle.columns((1, 1), 2 * GAP)
        self.stacked = columns[0].width < rows[0].height - line
        both = rows if self.stacked else columns
        self.titles = self.answers = [upper(rect, line) for rect in both]
        self.pictures = [lower(rect, rect.height - line) for rect in both]
        self.is_roomy = not (self.stacked or self.is_wide)
        if self.is_roomy:  # a table at the foot
            self.answers = [lower(rect, line) for rect in both]
            self.pictures = [upper(rect, rect.height - line) for rect in self.pictures]


class ThreeFates(MatrixScene):
    """A system has one solution, none, or infinitely many: C(A) and N(A) decide."""

    title = N_("One, none or infinitely many")
    inputs = (
        MatricesInput(
            "2x3",
            name="systems",
            default="2 1 3; 1 3 4 | 1 2 1; 2 4 0 | 1 2 2; 2 4 4",
            least=1,
            most=3,
            help='Systems A x = b, each as [A | b]: "2 1 3; 1 3 4 | 1 2 1; 2 4 0".',
        ),
    )
    stages = 3

    def construct(self) -> None:
        self.shown = [System(each) for each in self.systems]
        self.stages = len(self.shown)
        self.has_zeros = any(any(each.empty) for each in self.shown)
        self.cast()
        self.open(*(part for each in self.shown for part in (each.card, *each.titles)))
        self.lines()
        for each in self.shown:
            self.act(each)
        self.whether()
        self.how_many()
        self.remember()

    # -- the cast ------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up the pictures of every system, and what is written about it."""
        theme = self.theme
        self.row_colors = theme.i, theme.j
        self.colors = {
            "x": theme.input,
            "A x": theme.output,
            "C(A)": theme.column_space,
            "N(A)": theme.null_space,
            "n": theme.null_space,
        }
        for each in self.shown:
            self.cast_texts(each)
            each.left, each.right = self.world(grid=False), self.world(grid=False)
            each.left.stage = each.right.stage = self.shown.index(each)
            for world, texts in (
                (each.left, [each.card, each.fate, each.ask, each.titles[0], *each.answers[1]]),
                (each.right, [each.titles[1], *each.answers[0]]),
            ):
                world.about = each.A
                world.ground = Ground(theme, self._unit_note)
                world.frame = Rectangle(color=theme.axis, stroke_width=theme.line)
                world.signs.append(world.frame)
                for text in texts:
                    world.signs.append(text)
                    set_presence(text, 0.0)
            self.cast_inputs(each)
            self.cast_outputs(each)

    def cast_texts(self, each: System) -> None:
        """Write a system as matrices, and the answers to come."""
        theme = self.theme
        cards = [self.card(each.A, ""), self.card(each.b, "")]
        for card in cards:
            for row, color in zip(card.rows, self.row_colors, strict=True):
                for entry in row:
                    entry.set_color(color)
        each.rows = [VGroup(*(card.row(k) for card in cards)) for k in (0, 1)]
        parts = cards[0], self.math("x"), self.math("="), cards[1]
        each.card = VGroup(*parts).arrange(RIGHT, buff=0.4 * theme.math)
        each.fate = self.prose(FATES[each.kind], size=1.25 * theme.prose, bold=True)
        each.ask = self.math('bold("?")', size=1.5 * theme.math)
        each.titles = [
            self.prose(name, color=theme.muted) for name in (N_("inputs"), N_("outputs"))
        ]
        verdicts = each.kind != "none", each.rank == 2
        each.answers = [
            (
                self.math(question, size=theme.label),
                self.math(
                    "checkmark.heavy" if yes else "crossmark.heavy",
                    color=theme.good if yes else theme.bad,
                    size=1.1 * theme.label,
                ),
            )
            for question, yes in zip(("b in C(A)", "N(A) = {0}"), verdicts, strict=True)
        ]

    def cast_inputs(self, each: System) -> None:
        """Set up the lines of the rows, x, and the null space."""
        theme, left = self.theme, each.left
        each.lines = [self.row_line(each, k) for k in each.order if not each.empty[k]]
        each.x = Value(each.path[0])
        x = self.dot(each.x, theme.input, 0.11)
        each.x_dot, each.x_name = x, self.label(x, "x")
        each.null = self.whole(each, left, each.found.homogeneous.vectors, theme.null_space)
        left.plant(*each.lines, *each.null, x, each.x_name)

    def cast_outputs(self, each: System) -> None:
        """Set up b, A x, the gap between them, and the column space."""
        theme, right = self.theme, each.right
        output = self.image(each.A, each.x)
        y = self.dot(output, theme.output, 0.11)
        each.y_dot, each.y_name = y, self.label(y, "A x")
        each.b_ring = self.ring(each.b, theme.ink, 0.17)
        each.b_name = self.label(each.b_ring, "b")
        each.gap = self.segment(output, each.b, theme.muted, dashed=True, counts=False)
        each.space = self.whole(each, right, la.column_space(each.A).vectors, theme.column_space)
        right.plant(*each.space, each.gap, each.b_ring, y, each.b_name, each.y_name)

    def row_line(self, each: System, k: int) -> Any:
        """Give the line on which a row has the value that is asked for, drawn towards x's last."""
        theme = self.theme
        row, point = each.A.row(k).array, each.point(k)

        def points() -> Any:
            u = toward(bearing(row) + 90)
            ways = [each.left.view.way_out(way, 0.0, point) for way in (u, -u)]
            if ways[0] > ways[1]:
                u, ways = -u, ways[::-1]
            return bezier.polyline([point - ways[1] * u, point + ways[0] * u])

        line = self.curve(points, self.row_colors[k], counts=False, width=theme.bold)
        line.is_line = True
        if k == each.order[1] and each.kind == "infinite":
            line.dash = (0.3, 0.3)  # so that the other one shows beneath it
        return line

    def whole(self, each: System, world: Any, basis: Any, color: str) -> list[Any]:
        """Give the picture of a subspace: a point, a line, or all of the plane."""
        if not basis:
            return [self.ring((0, 0), color, 0.13)]
        if len(basis) == 1:
            dashed = world is each.left  # it may be the line of a row
            foot = (0, 0) if dashed else (each.A @ each.best).array
            line = self.curve(
                lambda: bezier.spanning(basis[0].array, 1.02 * world.view.reach, foot),
                color, width=self.theme.bold, counts=False,
                dash=(0.14, 0.1) if dashed else (),
            )  # fmt: skip
            line.is_line = True
            return [line]
        corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
        return [
            self.region(
                lambda: world.view.reach * bezier.polygon(corners), color, counts=False, fill=0.22
            )
        ]

    # -- places --------------------------------------------------------------------------

    def _first_view(self, world: Any) -> None:
        """Lay out all systems at once, at the first of their pictures."""
        if world is self.shown[0].left:
            self.lay_out()

    def lay_out(self) -> None:
        """Give every picture and text its place, in every system alike."""
        self.rooms = rooms = [Room(stage.inset(GAP), self.theme) for stage in self.layout.stages]
        for side, index in (("left", 0), ("right", 1)):
            self.fit(
                [getattr(each, side) for each in self.shown],
                [room.pictures[index] for room in rooms],
                [self.marks(each, side) for each in self.shown],
            )
        for each, room in zip(self.shown, rooms, strict=True):
            answers = [VGroup(*answer).arrange(RIGHT, buff=GAP) for answer in each.answers[::-1]]
            parts = [
                (each.card, room.head), (each.fate, room.foot), (each.ask, room.foot),
                *zip(each.titles, room.titles, strict=True),
                *zip(answers, room.answers, strict=True),
            ]  # fmt: skip
            need = max(answer.width for answer in answers)
            for answer in answers:  # by the same factor: they are one row
                answer.scale(min(1.0, room.answers[0].width / need))
            for text, rect in parts:
                text.scale(min(1.0, rect.width / text.width, 0.98 * rect.height / text.height))
                text.move_to(rect.center)
            if room.stacked or room.is_wide:
                for title, answer, rect in zip(each.titles, answers, room.titles, strict=True):
                    answer.scale(min(1.0, (rect.width - title.width - GAP) / answer.width))
                    title.shift([rect.left - title.get_left()[0], 0.0, 0.0])
                    answer.shift([rect.right - answer.get_right()[0], 0.0, 0.0])
            low = room.foot.center[1] - 0.5 * self.theme.prose
            each.fate.shift([0.0, low - each.fate.baseline, 0.0])
            for world in (each.left, each.right):
                for leaf in (leaf for sign in world.signs for leaf in sign.get_family()):
                    leaf.clip = self.layout.stages[world.stage]
                    leaf.z_index = float(Layer.LABEL)

    def _unit_note(self, number: str) -> Any:
        note = super()._unit_note(number).scale(0.75)
        return note.set_stroke(width=0, background=True)

    def marks(self, each: System, side: str) -> list[Any]:
        """Give the points that a picture must show."""
        if side == "right":
            return [each.b.array, *(each.A.array @ p for p in each.path)]
        return [*each.path, *(each.point(k) for k in (0, 1))]

    def fit(self, worlds: list[Any], rects: list[Rect], marks: list[Any]) -> None:
        """Fit the views of pictures of one kind: one unit for all, where nothing gets too small."""
        views = []
        for rect, points in zip(rects, marks, strict=True):
            view = View(rect, (rect.center[0], rect.center[1]), 1.0, *FROM_ABOVE)
            far = max(map(length, points))
            most = rect.height / 3 if far > SMALL else inf if far else rect.height / 6
            views.append(view.fitted(points, margin=min(0.45, 0.2 * rect.height), most=most))
        least = min(view.unit for view in views)
        is_left = worlds[0] is self.shown[0].left
        if all(view.unit * (NEAR if is_left else 0.7) <= least for view in views):
            views = [view.scaled(least) for view in views]
        apart = [each.parted[0 if is_left else 1] for each in self.shown]
        clear = 0.4 * CLEAR if is_left else CLEAR  # lines are clearer than dots
        views = [nearer(*each, clear) for each in zip(views, marks, apart, strict=True)]
        differ = max(view.unit for view in views) > 1.01 * min(view.unit for view in views)
        for world, view in zip(worlds, views, strict=True):
            world.view = view
            world.ground = Ground(self.theme, self._unit_note, always=differ)
            rect = view.rect
            frame = world.frame.stretch_to_fit_width(rect.width).stretch_to_fit_height(rect.height)
            frame.move_to(rect.center)
            world.draw()

    def things(self, each: System) -> Iterator[Any]:
        """Give all that is seen of a system."""
        yield from each.left.pieces()
        yield from each.right.pieces()

    # -- the story -----------------------------------------------------------------------

    def lines(self) -> None:
        """Draw the first line of every system, then half of the second, and ask."""
        with self.beat("lines", LINES_0 if self.has_zeros else LINES):
            self.play(
                *(
                    After(
                        0.5 * k,
                        Chain(Pulse(each.rows[each.order[0]], run_time=0.7), Draw(*each.lines[:1])),
                    )
                    for k, each in enumerate(self.shown)
                )
            )
            self.while_reading(
                *(
                    Appear(
                        each.b_ring, each.b_name, each.x_dot, each.x_name, each.y_dot, each.y_name
                    )
                    for each in self.shown
                )
            )
        with self.beat("guess", HOW_MANY_0 if self.has_zeros else HOW_MANY):
            asks = VGroup(*(each.ask for each in self.shown))
            halves = [Draw(*each.lines[1:], to=0.45, run_time=2.0) for each in self.shown]
            rows = [Pulse(each.rows[each.order[1]]) for each in self.shown]
            self.predict(*halves, *rows, ask=asks)

    def act(self, each: System) -> None:
        """Let x run where the rows let it, and A x show what comes of it."""
        others = [
            thing for other in self.shown if other is not each for thing in self.things(other)
        ]
        parallel = each.kind == "none" and each.rank == 1 and not any(each.empty)
        k = self.shown.index(each)
        message = {"unique": ALONG, "none": ACROSS if parallel else ABOUT, "infinite": LEAVE}[
            each.kind
        ]
        if not each.rank:
            message = ABOUT
        elif each.kind == "infinite" and k and each.A == self.shown[k - 1].A:
            message = AGAIN
        with self.beat(f"act {k + 1}", message):
            self.play(Dim(*others, to=0.35), Dim(*self.things(each), to=1.0))
            gap = [] if each.kind == "infinite" else [Appear(each.gap)]
            self.play(Draw(*each.lines[1:], run_time=0.8), *gap)
            more = []
            if each.kind == "none":
                more = [
                    After(0.6, Draw(*each.space, run_time=2.0))
                    if each.rank
                    else Appear(*each.space)
                ]
            self.while_reading(Chain(*self.legs(each)), *more)
            if each.kind == "none" and each.rank and self.rooms[0].is_roomy:
                self.draw()
                sign = self.name_line(each.right, each.space[0], "C(A)", [each.b])
                self.play(Appear(sign), run_time=0.4)
            message, values = self.verdict(each)
            self.say(message, **values)
            self.play(
                Pulse(each.x_dot, each.y_dot), Vanish(each.ask, run_time=0.3), *self.foot(each)
            )
            again = [Chain(*self.legs(each))] if each.kind != "unique" else [Pulse(*each.lines)]
            self.while_reading(Appear(each.fate), *again)

    def legs(self, each: System) -> list[Any]:
        """Let x go through its places."""
        places = each.path[1:]
        return [Change(each.x, place, run_time=2.4 / len(places)) for place in places]

    def foot(self, each: System) -> list[Any]:
        """Show that the gap is as short as it gets."""
        if each.kind != "none" or not each.rank:
            return []
        foot = each.A @ each.best
        space = la.column_space(each.A).vectors[0]
        square = self.right_angle(space, each.b - foot, self.theme.muted, at=foot)
        drop = self.segment(foot, each.b, self.theme.muted, dashed=True, counts=False)
        each.right.plant(square, drop)
        figures = [square, drop]
        if self.rooms[0].is_roomy:
            number = in_line(self.exactly(each.found.residual))
            size = 0.7 * self.theme.label
            figures.append(self.label(drop, number, on=0.5, color=self.theme.ink, size=size))
            each.right.plant(figures[-1])
        return [After(0.4, Appear(*figures)), Vanish(each.y_name, run_time=0.3)]

    def verdict(self, each: System) -> tuple[str, dict[str, str]]:
        """Say what became of a system."""
        if each.kind == "unique":
            return ONE, {}
        parted, same = VERDICTS[each.kind_of_rows]
        if each.kind == "infinite":
            return same, {"row": str(each.order[1] + 1)}
        return parted, {
            "value": self.exactly(each.b[each.order[1]]),
            "gap": in_line(self.exactly(each.found.residual)),
        }

    def whether(self) -> None:
        """Ask of every system whether b is in the column space."""
        every = [thing for each in self.shown for thing in self.things(each)]
        with self.beat("whether", WHETHER):
            self.play(
                Dim(*every, to=1.0),
                Vanish(*(each.y_name for each in self.shown), run_time=0.3),
            )
            self.play(*(self.arrive(each.space, 0.3 * k) for k, each in self.turns()))
            self.answer(0, lambda each: each.b_ring)

    def how_many(self) -> None:
        """Ask of every system whether its null space is more than 0."""
        with self.beat("how many", MANY):
            self.play(*(self.arrive(each.null, 0.3 * k) for k, each in self.turns()))
            moves = [self.move_on(each) for each in self.shown if each.rank < 2]
            self.say(MANY_SO if moves else ONLY_0)
            self.while_reading(*moves, *(Pulse(*each.null) for each in self.shown if not moves))
            self.answer(1, lambda each: each.x_dot)

    def turns(self) -> list[tuple[int, System]]:
        """Give the systems with their numbers."""
        return list(enumerate(self.shown))

    def arrive(self, figures: list[Any], late: float) -> Any:
        """Bring on a subspace."""
        (figure,) = figures
        motion = Draw(figure, run_time=1.4) if figure.is_line else Appear(figure, run_time=1.0)
        return After(late, motion)

    def move_on(self, each: System) -> Any:
        """Let x run along the null space and come back."""
        best, way = each.best.array, each.along
        if not each.rank:
            return Change(
                each.x,
                along=bezier.round_trip(best - 0.3 * way, 0.3 * way, 0.3 * each.aside),
                run_time=2.4,
            )
        return Chain(*(Change(each.x, best + t * way, run_time=1.2) for t in (-0.6, 0.8, 0.0)))

    def answer(self, index: int, where: Any) -> None:
        """Let each picture give its answer to a question, one after the other."""
        self.while_reading(
            *(
                After(
                    0.5 * k,
                    Chain(
                        Pulse(where(each), run_time=0.6), Appear(*each.answers[index], run_time=0.4)
                    ),
                )
                for k, each in self.turns()
            )
        )

    def remember(self) -> None:
        """Keep the table in sight."""
        with self.beat("remember", REMEMBER):
            marks = [(each.fate, *(mark for _, mark in each.answers)) for each in self.shown]
            self.while_reading(Chain(*(Pulse(*each, run_time=0.8) for each in marks)), most=1.2)
            self.summary()


def in_line(source: str) -> str:
    """Write a fraction in Typst with a slash."""
    above, slash, below = source.rpartition("/")
    if above.startswith("(") and not {"+", "-"} & set(above):
        above = above[1:-1]
    return f"{above} \\/ {below}" if slash else source


def nearer(view: View, points: list[Any], apart: float, clear: float) -> View:
    """Give a view of points alone, without 0, where what is so far apart would seem to touch."""
    if not 0.0 < apart * view.unit < clear:
        return view
    low, high = (la.vector([way(c) for c in zip(*points, strict=True)]).array for way in (min, max))
    near = view.fitted([high - low], margin=0.2 * min(view.rect.width, view.rect.height))
    return view if near.unit < 1.5 * view.unit else near.around((low + high) / 2, near.unit)


def upper(rect: Rect, height: float) -> Rect:
    """Give the upper part of a rectangle, of that height."""
    return Rect(rect.left, rect.top - height, rect.right, rect.top)


def lower(rect: Rect, height: float) -> Rect:
    """Give the lower part of a rectangle, of that height."""
    return Rect(rect.left, rect.bottom, rect.right, rect.bottom + height)
