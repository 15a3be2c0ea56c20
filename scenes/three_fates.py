"""Systems A x = b one after another: C(A) decides whether there are solutions, N(A) how many."""

from __future__ import annotations

from math import inf
from typing import Any

from manim import DOWN, RIGHT, UP, VGroup

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
from scenes.stage.figure import bearing, leaves, length, set_presence, toward
from scenes.stage.ground import Ground
from scenes.stage.labels import Label
from scenes.stage.layout import Rect
from scenes.stage.theme import Layer
from scenes.stage.view import View

HOW_MANY = N_("Each row of $A x = b$ asks $x$ to be on a line. How many $x$ are on both?")
HOW_MANY_0 = N_("How many $x$ have $A x = b$: none, one, or more?")
NEXT = N_("Another system. How many $x$ now?")
AGAIN = N_("The same $A$, another $b$. How many $x$ now?")

ONE = N_("One crossing: only this $x$ has $A x = b$.")
NONE = N_("No crossing: on $C(A)$, $A x$ stays ${gap}$ or more from $b$.")
NONE_EMPTY = N_("${value}$ is not $0$: on $C(A)$, $A x$ stays ${gap}$ or more from $b$.")
NONE_ZERO = N_("$A x$ is always $0$, at a distance of ${gap}$ from $b$.")
SAME = N_("It is one line: every $x$ on it has $A x = b$.")
SAME_EMPTY = N_("Row {row} asks only $0 = 0$: every $x$ on the line has $A x = b$.")
SAME_ZERO = N_("$A x$ is always $0$, and so is $b$: every $x$ is a solution.")

SPAN = N_("All $A x$ form $C(A)$, the span of the columns. Is $b$ in it?")
NULL = N_("$N(A)$ is all $n$ with $A n = 0$. So $A (x + n) = A x$.")
ONLY_0 = N_("$N(A)$, all $n$ with $A n = 0$, is only $0$: there is no second solution.")
REMEMBER = N_("$C(A)$ decides whether there is a solution, and $N(A)$ then how many.")

FATES = {
    "unique": N_("one solution"),
    "none": N_("no solution"),
    "infinite": N_("infinitely many"),
}
VERDICTS = {  # without a solution, and with infinitely many; by how many rows of A are 0
    0: (NONE, SAME),
    1: (NONE_EMPTY, SAME_EMPTY),
    2: (NONE_ZERO, SAME_ZERO),
}

SMALL = 0.3  # a picture that is seen from nearer than usual
CLEAR = 0.3  # stage units that are seen as apart
PALE = 0.35


class System:
    """One system, its size, and its two pictures."""

    left: Any
    right: Any
    block: Any
    rows: Any
    fate: Any
    ask: Any
    answers: Any
    lines: Any
    null: Any
    x: Any
    x_parts: Any
    y: Any
    b: Any
    gap: Any
    space: Any
    columns: Any

    def __init__(self, given: la.Matrix) -> None:
        self.A, self.goal = spanned_by(list(given.columns)[:2]), given.column(2)
        self.found = la.solve(self.A, self.goal)
        self.rank, self.kind, self.best = la.rank(self.A), self.found.kind, self.found.least_squares
        rows = [self.A.row(k) for k in (0, 1)]
        self.empty = [not any(row) for row in rows]
        self.order = sorted((0, 1), key=lambda k: self.empty[k])
        self.feet = [
            la.vector([0, 0]) if not any(row) else row * (value / (row @ row))
            for row, value in zip(rows, self.goal, strict=True)
        ]
        stretch = float(la.spectral_norm(self.A))
        inner = max(length(each) for each in (self.best, *self.feet))
        outer = length(self.goal) or stretch * inner or 2 * stretch or 2.0
        self.sizes = inner or (outer / stretch if stretch else outer), outer
        first = rows[self.order[0]]
        self.along = self.step(la.vector([-first[1], first[0]]) if any(first) else la.vector("1 0"))
        self.aside = self.step(first if self.rank else la.vector("0 1"))

    def step(self, way: la.Vector) -> Any:
        """Give as much of a vector as is seen among inputs, and whose image is among outputs."""
        ratios = zip(self.sizes, (length(way), length(self.A @ way)), strict=True)
        return min(size / long for size, long in ratios if long) * way.array

    @property
    def parted(self) -> tuple[float, float]:
        """How far lines are apart that never meet, and b from the column space, else 0."""
        if self.kind != "none" or self.rank != 1:
            return 0.0, 0.0
        lines = 0.0 if any(self.empty) else length(self.feet[0] - self.feet[1])
        return lines, float(self.found.residual)

    def point(self, k: int) -> Any:
        """Give a point of the line of row k: the solution, or the one next to 0."""
        return (self.feet[k] if self.kind == "none" else self.best).array

    @property
    def path(self) -> list[Any]:
        """The points that x goes through; the first is where it begins."""
        best = self.best.array
        if self.kind == "unique":
            return [best - self.along, best]
        if self.kind == "infinite":
            return [best - 0.6 * self.along, best + 0.8 * self.along, best]
        if self.rank == 1 and not any(self.empty):
            first, second = (self.point(k) for k in (0, 1))
            return [first, second, best]
        return [best - 0.6 * self.aside, best + 0.6 * self.aside, best]

    @property
    def marks(self) -> tuple[list[Any], list[Any]]:
        """The points that its pictures must show, beside 0."""
        inputs = [*self.path, *map(self.point, (0, 1))]
        if self.rank < 2:
            inputs += [self.best.array + t * self.along for t in (-0.6, 0.8)]
        return inputs, [self.goal.array, *(self.A.array @ p for p in self.path)]


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
    stages = 2

    def construct(self) -> None:
        self.shown = [System(each) for each in self.systems]
        self.cast()
        self.write_panel()
        self.begin()
        for k in range(len(self.shown)):
            self.act(k)
        self.how_many()
        self.remember()

    # -- the cast ------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up the pictures of every system."""
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
            near = [inf if size < SMALL else None for size in each.sizes]
            each.left = self.world(grid=False, stage=0, name=N_("inputs"), most=near[0])
            each.right = self.world(
                grid=False, stage=1, name=N_("outputs"), most=near[1], like=each.left
            )
            for world, points in zip((each.left, each.right), each.marks, strict=True):
                world.about, world.system = each.A, each
                world.plant(self.curve(bezier.polyline(points), theme.ink))  # to fit them
            self.cast_inputs(each)
            self.cast_outputs(each)

    def cast_inputs(self, each: System) -> None:
        """Set up the lines of the rows, x, and the null space."""
        theme, left = self.theme, each.left
        each.lines = [self.row_line(each, k) for k in each.order if not each.empty[k]]
        each.x = Value(each.path[0])
        x = self.dot(each.x, theme.input, 0.12)
        each.x_parts = [x, self.label(x, "x")]
        each.null = self.whole(each, left, each.found.homogeneous.vectors, theme.null_space)
        left.plant(*each.lines, each.null, *each.x_parts)

    def cast_outputs(self, each: System) -> None:
        """Set up b, A x, the gap between them, the columns and their span."""
        theme, right = self.theme, each.right
        output = self.image(each.A, each.x)
        y, b = self.dot(output, theme.output, 0.12), self.ring(each.goal, theme.ink, 0.18)
        each.y, each.b = [y, self.label(y, "A x")], [b, self.label(b, "b")]
        each.gap = self.segment(output, each.goal, theme.muted, dashed=True, counts=False)
        each.space = self.whole(each, right, la.column_space(each.A).vectors, theme.column_space)
        columns = sorted(enumerate(each.A.columns, 1), key=lambda pair: -length(pair[1]))
        most = 3 * max(map(length, each.marks[1]))
        arrows = [
            (self.arrow(column, theme.ink), f"a_{k}")
            for k, column in columns  # what is longer lies below
            if 0 < length(column) <= most
        ]
        each.columns = [(arrow, self.label(arrow, name)) for arrow, name in arrows]
        planted = (thing for pair in each.columns for thing in pair)
        right.plant(each.space, *planted, each.gap, *each.b, *each.y)

    def row_line(self, each: System, k: int) -> Any:
        """Give the line on which a row has the value that is asked for, drawn towards x's last."""
        row, point = each.A.row(k).array, each.point(k)

        def points() -> Any:
            u = toward(bearing(row) + 90)
            ways = [each.left.view.way_out(way, 0.0, point) for way in (u, -u)]
            if ways[0] > ways[1]:
                u, ways = -u, ways[::-1]
            return bezier.polyline([point - ways[1] * u, point + ways[0] * u])

        line = self.curve(points, self.row_colors[k], counts=False, width=self.theme.bold)
        line.is_line = True
        if k == each.order[1] and each.kind == "infinite":
            line.dash = (0.3, 0.3)  # so that the other one shows beneath it
        return line

    def whole(self, each: System, world: Any, basis: Any, color: str) -> Any:
        """Give the picture of a subspace: a point, a line, or all of the plane."""
        if not basis:
            return self.ring((0, 0), color, 0.13)
        if len(basis) == 1:
            dashed = world is each.left  # it may be the line of a row
            line = self.curve(
                lambda: bezier.spanning(basis[0].array, 1.02 * world.view.reach),
                color, width=self.theme.bold, counts=False,
                dash=(0.3, 0.3) if dashed else (),
            )  # fmt: skip
            line.is_line = True
            return line
        corners = bezier.polygon([(-1, -1), (1, -1), (1, 1), (-1, 1)])
        return self.region(lambda: world.view.reach * corners, color, counts=False, fill=0.22)

    def system(self, each: System) -> tuple[Any, list[Any]]:
        """Write a system as matrices, and give its rows, each in the color of its line."""
        cards = [self.card(each.A, ""), self.card(each.goal, "")]
        rows = [VGroup(*(card.row(k) for card in cards)) for k in (0, 1)]
        for row, color in zip(rows, self.row_colors, strict=True):
            row.set_color(color)
        parts = cards[0], self.math("x"), self.math("="), cards[1]
        return VGroup(*parts).arrange(RIGHT, buff=0.4 * self.theme.math), rows

    def write_panel(self) -> None:
        """Set up each system, and below it how many solutions it has, and why."""
        theme, is_column = self.theme, self.layout.panel_columns == 1
        for each in self.shown:
            card, each.rows = self.system(each)
            card.scale(1.25 if is_column else 0.9)
            each.fate = self.prose(FATES[each.kind], size=1.15 * theme.prose, bold=True)
            each.ask = self.math('bold("?")', size=1.5 * theme.math)
            answers = (
                "N(A) = {0}" if each.rank == 2 else "N(A) != {0}",
                "b in.not C(A)" if each.kind == "none" else "b in C(A)",
            )
            each.answers = [self.math(answer, size=theme.label) for answer in answers]
            said = VGroup(each.fate, each.ask.move_to(each.fate))
            below = VGroup(*each.answers[::-1])
            gap = (0.75 if is_column else 0.5) * theme.prose
            below.arrange(RIGHT if is_column else DOWN, buff=gap)
            VGroup(card, said, below).arrange(DOWN, buff=gap)
            each.block = VGroup(card, said, *each.answers)
        blocks = [each.block for each in self.shown]
        if not is_column:
            blocks = [VGroup(*blocks).arrange(RIGHT, buff=0.4, aligned_edge=UP)]
        self.panel.set(*blocks)

    def _first_view(self, world: Any) -> None:
        """Come near where lines, or b and a line, would seem to touch."""
        super()._first_view(world)
        each = world.system
        if world is each.left:
            return
        pair = each.left, each.right
        for plane, marks, apart in zip(pair, each.marks, each.parted, strict=True):
            plane.view = nearer(plane.view, marks, apart)
        differ = abs(each.left.view.unit - world.view.unit) > 0.01 * world.view.unit
        for plane in pair:
            plane.ground = Ground(self.theme, self._unit_note, always=differ)

    # -- the story -----------------------------------------------------------------------

    def begin(self) -> None:
        """Show the systems, and the first one's ground."""
        self.open(*(each.block[0] for each in self.shown))
        for each in self.shown[1:]:
            set_presence(each.block, brightness=PALE)
            for world in (each.left, each.right):
                for piece in world.pieces():
                    set_presence(piece, 0.0)
        self.draw()

    def house(self, each: System) -> list[Any]:
        """Give what stands there from the start."""
        return [
            piece
            for world in (each.left, each.right)
            for piece in (*world.ground.pieces(), *world.signs)
        ]

    def act(self, k: int) -> None:
        """Draw one line and ask; draw the other, and let x run."""
        each, change = self.shown[k], []
        message = HOW_MANY_0 if any(each.empty) else HOW_MANY
        if k:
            before = self.shown[k - 1]
            message = AGAIN if each.A == before.A else NEXT
            change = [
                Vanish(*before.left.pieces(), *before.right.pieces(), run_time=0.4),
                Dim(before.block, to=PALE), Dim(each.block, to=1.0), Appear(*self.house(each)),
            ]  # fmt: skip
        with self.beat(f"guess {k + 1}" if k else "guess", message):
            first, second = (each.rows[row] for row in each.order)
            self.play(*change, Pulse(first, run_time=1.4), Draw(*each.lines[:1], run_time=1.2))
            self.play(Appear(*each.x_parts, *each.b, run_time=0.4))
            self.predict(self.stroll(each), ask=each.ask)
        with self.beat(f"fate {k + 1}"):
            line = Draw(*each.lines[1:], run_time=1.2)
            self.play(Pulse(second, run_time=1.4), line, Appear(*each.y))
            if each.kind == "none" and not k:
                self.span(each)
            if each.kind != "infinite":
                space = self.columns(each) if each.kind == "none" and k else []
                self.play(Chain(*self.legs(each)), Appear(each.gap), *space)
            self.decide(each, is_first=not k)
        if each.kind != "none" and not k:
            with self.beat("span"):
                self.span(each)
                self.while_reading(Appear(each.answers[1]), Pulse(*each.b))

    def stroll(self, each: System) -> Any:
        """Let x run a little, and come back."""
        x, start = each.x, each.path[0]
        return Chain(*(Change(x, start + t * each.along, run_time=0.7) for t in (0.3, 0.0)))

    def legs(self, each: System) -> list[Any]:
        """Let x go through its places."""
        places = each.path[1:]
        return [Change(each.x, place, run_time=1.6 / len(places)) for place in places]

    def columns(self, each: System) -> list[Any]:
        """Let the columns come on, and all that they reach."""
        view = each.right.view
        arrows = [
            thing for pair in each.columns if view.shows([(0, 0), pair[0].vector]) for thing in pair
        ]
        if each.rank != 1:
            return [Appear(*arrows), After(0.8, Appear(each.space, run_time=1.0))]
        name = self.name_line(each.right, each.space, "C(A)", [each.goal])
        return [Appear(*arrows), After(0.8, Draw(each.space)), After(1.4, Appear(name))]

    def span(self, each: System) -> None:
        """Say what the column space is."""
        self.say(SPAN)
        self.while_reading(*self.columns(each))

    def decide(self, each: System, is_first: bool) -> None:
        """Say what became of a system; x runs on where A x rests."""
        parted, same = VERDICTS[sum(each.empty)]
        message = ONE if each.kind == "unique" else parted if each.kind == "none" else same
        gap = self.in_line(each.found.residual)
        self.say(
            message, gap=gap,
            value=self.exactly(each.goal[each.order[1]]), row=str(each.order[1] + 1),
        )  # fmt: skip
        news = []
        if each.kind == "none" and each.rank:
            foot, space = each.A @ each.best, la.column_space(each.A).vectors[0]
            square = self.right_angle(space, each.goal - foot, self.theme.muted, at=foot)
            number = self.label(each.gap, gap, on=0.5, color=self.theme.ink)
            each.right.plant(square, number)
            news = [square, number]
            name = each.y[1]
            name.facing = (foot - each.goal).array
            each.right.seat(name)
            if name.distance > 0.5 * Label.FARTHEST:  # there is no room for it
                self.play(Vanish(name, run_time=0.2))
        self.play(Vanish(each.ask, run_time=0.3), Appear(each.fate, *news))
        also: list[Any] = []
        if each.kind == "none" or not is_first:
            also = [Appear(each.answers[1]), *(self.columns(each) if each.kind != "none" else [])]
        self.while_reading(self.run(each) if each.rank < 2 else Pulse(*each.lines), *also)

    def run(self, each: System) -> Any:
        """Let x run along the null space and come back."""
        best, way = each.best.array, each.along
        if not each.rank:
            trip = bezier.round_trip(best - 0.3 * way, 0.3 * way, 0.3 * each.aside)
            return Chain(Change(each.x, trip(0.0), run_time=0.6), Change(each.x, along=trip))
        return Chain(*(Change(each.x, best + t * way, run_time=0.9) for t in (-0.6, 0.8, 0.0)))

    def how_many(self) -> None:
        """Put the inputs of all systems side by side, and ask what the null space holds."""
        moves = [each for each in self.shown if each.rank < 2]
        last = self.shown[-1]
        with self.beat("how many", NULL if moves else ONLY_0):
            gone = (*last.left.pieces(), *last.right.pieces(), *self.seams)
            self.play(Vanish(*gone), run_time=0.4)
            tiles = self.whole_room.inset(0.2).columns([1] * len(self.shown), 0.25)
            pieces = [self.picture(*pair) for pair in zip(self.shown, tiles, strict=True)]
            blocks = [Dim(each.block, to=1.0) for each in self.shown]
            self.play(*(Appear(*each) for each in pieces), *blocks)
            nulls = [each.null for each in self.shown]
            self.play(*(Draw(null) if null.is_line else Appear(null) for null in nulls))
            self.play(Appear(*map(self.name_null, self.shown)), run_time=0.4)
            answers = After(2.0, Appear(*(each.answers[0] for each in self.shown)))
            self.while_reading(*map(self.run, moves), Pulse(*nulls), answers)

    def picture(self, each: System, rect: Rect) -> list[Any]:
        """See the inputs of a system in a part of the room, below the system itself."""
        world, signs = each.left, []
        if self.layout.panel_columns == 1:  # else it stands right below
            sign, _ = self.system(each)
            sign.scale(min(1.0, rect.width / sign.width))
            sign.move_to([rect.center[0], rect.top - sign.height / 2, 0.0])
            for leaf in leaves(sign):
                leaf.clip, leaf.z_index = rect, float(Layer.LABEL)
                set_presence(leaf, 0.0)
            signs = [sign]
            rect = Rect(rect.left, rect.bottom, rect.right, rect.top - sign.height - 0.2)
        world.signs = signs
        far = max(map(length, each.marks[0]))
        most = rect.height / 3 if far > SMALL else inf
        world.look(world.view.on(rect).fitted(each.marks[0], margin=0.4, most=most))
        notes = world.ground.notes()
        ground = [piece for piece in world.ground.pieces() if piece not in notes]
        return [*ground, *signs, *each.lines, *each.x_parts]

    def name_null(self, each: System) -> Any:
        """Give the null space its name."""
        if each.rank == 1:
            return self.name_line(each.left, each.null, "N(A)", [each.best])
        name = self.label(each.null, "N(A)")
        each.left.plant(name)
        return name

    def remember(self) -> None:
        """Keep the table in sight."""
        with self.beat("remember", REMEMBER):
            marks = [(each.fate, *each.answers) for each in self.shown]
            self.play(Chain(*(Pulse(*each, run_time=0.7) for each in marks)))
            self.summary()


def nearer(view: View, points: list[Any], apart: float) -> View:
    """Give a view of points alone, without 0, where what is so far apart would seem to touch."""
    if not 0.0 < apart * view.unit < CLEAR:
        return view
    low, high = (la.vector([way(c) for c in zip(*points, strict=True)]).array for way in (min, max))
    near = view.fitted([high - low], margin=0.2 * min(view.rect.width, view.rect.height))
    return view if near.unit < 1.5 * view.unit else near.around((low + high) / 2, near.unit)
