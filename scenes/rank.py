"""Rank: how many dimensions of a picture are left."""

from __future__ import annotations

from typing import Any

import numpy as np

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
from scenes.stage.gallery import Exhibit, gallery
from scenes.stage.icons import Dimensions
from scenes.stage.layout import Rect
from scenes.stage.letter import letter
from scenes.stage.shapes import Curve, Dots, Place
from scenes.stage.sweep import Sweep
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
CHANGE_CLOSE = N_("Change one column: $A$ becomes $B$. Watch the two lines.")
CHANGED = {
    0: N_("${moved}$ is not $0$ now: the outputs fill a line, and the rank of $B$ is $1$."),
    1: N_("${moved}$ is off the line: linearly independent, so the rank of $B$ is $2$."),
    2: N_("${moved}$ is on the line: linearly dependent, so the rank of $B$ is $1$."),
}
CHANGED_CLOSE = N_("They fall together: linearly dependent, so the rank of $B$ is $1$.")
REMEMBER = N_("Rank = dimensions that are left = linearly independent columns.")

E_I, E_J = "hat(dotless.i)", "hat(dotless.j)"
A_I, A_J = f"A {E_I}", f"A {E_J}"
B_I, B_J = f"B {E_I}", f"B {E_J}"
CORNER, HEIGHT, SPACING = (0.3, 0.2), 2.0, 0.2  # where the letter stands: beside î and ĵ
PLACES = ("1 2", "1/2 2", "1/2 1")  # dots in it, one of which plays the lead
NTH = 2  # of its rows, so many have a line: each second one
BEYOND = 8.0  # how far lines reach beyond it: through the whole picture
ASIDE = 0.1  # stage units between an arrow and the line that it shares
CLEAR = 0.15  # stage units off a line that nobody overlooks
OPEN = 0.2  # what a picture of two dimensions has at least: its shorter axis to its longer one
FARTHEST = 6  # changes of an entry, in its smallest step, that are tried for it
PALE = 0.3


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
        for names in ((E_I, E_J), (A_I, A_J), (B_I, B_J)):
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
        rows = self.letter.every(NTH, self.lead).lines(BEYOND)
        self.lines = self.curve(bezier.segments(*rows), theme.null_space, counts=False)
        self.x = Value(self.lead)
        self.x_dot = self.dot(self.x, theme.input, radius=0.12)
        self.x_name = self.label(self.x_dot, "x")
        self.arrows = self.basis((E_I, E_J))
        self.beside = Value(0.0)  # the arrows may share a line
        self.apart = ASIDE if self.rank == 1 and all(la.norm(a) for a in A.columns) else 0.0
        self.slide: Any = None
        self.named: list[Any] = []  # the names of a line, of the column space
        self.arrows.i.apart, self.arrows.j.apart = self.beside, lambda: -self.beside.now
        self.plane = self.world(
            *(self.shape, self.lines, self.dots, self.x_dot, self.x_name, *self.arrows),
            most=1.9 / self.layout.text,
        )
        room = Entries.room(A, self.other)
        self.cards = [self.card(A, "A"), self.card(A, "B", means=self.other, room=room)]
        words = (self.prose(name, color=theme.muted) for name in (PLANE, LINE, POINT))
        self.icons = Dimensions(tuple(words), theme)
        self.unknown = self.math('bold("?")', size=1.7 * theme.math)
        self.there = self.rank - 1 if self.rank == 2 else self.rank + 1
        self.known = [
            self.math(f'op("rank") {name} = {rank}', size=1.25 * theme.math)
            for name, rank in (("A", self.rank), ("B", self.there))
        ]
        self.panel.set(
            *(self.heading(), self.cards[0], Either(self.unknown, self.known[0]), RULE),
            *(self.icons, self.cards[1], self.known[1]),
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
                self.play(Appear(*labels), Change(self.beside, self.apart, run_time=0.6))
                self.while_reading(Pulse(self.dots))
            return
        for part in parts:
            with self.beat(part.name, TURN_OVER if part.folds else WATCH):
                if several and part is parts[0]:
                    self.play(Vanish(*labels, run_time=0.3))
                if part.folds:  # seen aslant, dots would only clot
                    self.play(Vanish(self.dots, run_time=0.3))
                self.play_part(part)
                if part is parts[-1]:
                    self.play(Appear(*labels, self.dots))

    def play_part(self, part: la.LinearPath) -> None:
        """Play a part of what A does, with room for it; what lands at the end is A's image."""
        plane, arrows = self.plane, self.arrows
        ways = np.vstack([plane.landmarks(part(k / 8) @ plane.matrix) for k in range(9)])
        view = plane.view.fitted(ways, margin=plane.margin, most=plane.view.unit)
        in_sight = part.folds or plane.view.shows(ways, margin=0.15)
        if not in_sight and view.unit > 0.12 * plane.view.unit:  # else it would hide a stretch
            self.play(Look(plane, view, run_time=0.8))
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
                *(Vanish(self.arrows[k], self.arrows[k + 2]) for k in kept),
            )
            self.play(walk.go(2.3), Appear(*walk.members, run_time=0.2))
            self.while_reading(Pulse(self.x_dot, self.x_name))
        self.walked = walk.members

    def wide(self) -> Any:
        """Give the view in which x may go all round."""
        M = self.matrix.array if self.rank else np.eye(2)
        self.scale = max(self.plane.view.rect.height / 3, self.plane.view.unit)
        points = [*(M @ self.loop(k / 16) for k in range(16)), *M.T]
        return self.fitting(self.plane, points, most=self.scale)

    def loop(self, s: float) -> Any:
        """Go round the origin in an ellipse, from the lead and back to it."""
        a, b = self.lead.array
        return bezier.round_trip(np.zeros(2), np.array([a, b]), np.array([-b, a]) / 2)(s)

    def sweep(self) -> None:
        """Why: slid along the other column, the line of one leads out of itself, or doesn't."""
        A, theme, plane, arrows = self.matrix, self.theme, self.plane, self.arrows
        u, v = np.eye(2)[[self.base, 1 - self.base]]
        color = theme.columns[self.base]
        self.slide = slide = Sweep(
            plane, u, v, color=color, tint=theme.column_space, width=theme.bold
        )
        gap = slide.gap(A) if self.rank == 2 else 0.0
        self.thin = 0.0 < gap * plane.view.unit < CLEAR
        names = (A_I, A_J)[:: 1 if self.base == 0 else -1]
        said = dict(zip(("base", "other"), names, strict=True))
        slides = bool((A.array @ v).any())
        asks = SLIDE_CLOSE if self.thin else SLIDE if slides else NO_STEP
        with self.beat("why", asks, **said):
            self.play(Vanish(*self.walked), *([] if self.thin else [Appear(*arrows)]))
            self.play(Draw(slide.first, run_time=0.8))
            if self.thin:  # what reaches far out of sight would only hide what matters
                self.play(
                    Vanish(self.x_dot, self.x_name, self.dots, self.shape),
                    Look(plane, plane.view.around((0, 0), 1.3 / gap), run_time=2.4),
                )
                self.named.append(self.name_line(plane, self.line(A @ u, color), f"t {names[0]}"))
            bright = self.named if self.thin else [slide.beads]
            self.play(Appear(slide.moving, slide.strip, *bright, run_time=0.3))
            if slides:
                self.play(*(Change(each, 1.0, run_time=2.0) for each in (slide.at, slide.half)))
            if self.thin:  # its name says how it got there
                there = self.line(A @ u, color, through=slide.foot(1.0))
                name = self.name_line(plane, there, f"t {names[0]} + {names[1]}")
                self.play(Appear(name, run_time=0.4))
                self.while_reading(Pulse(slide.moving, run_time=1.0))
                self.play(Vanish(name, run_time=0.3))
            if self.rank == 2:
                self.say(INDEPENDENT)
                far = slide.enough(A)
                self.while_reading(
                    *(Change(each, far, run_time=2.0) for each in (slide.at, slide.half))
                )
            elif slides:
                multiple = _times(self.number[1 - self.base], names[0])
                self.say(DEPENDENT, **said, multiple=multiple)
                self.while_reading(Change(slide.at, -1.0, run_time=2.0))
            self.while_reading(Pulse(*arrows[:2], slide.first))
            self.play(Vanish(slide.beads, run_time=0.3))

    def answer(self) -> None:
        """Name the column space; the rank enters the panel, and lights up its picture."""
        plane, theme, slide, labels = self.plane, self.theme, self.slide, self.arrows[2:]
        self.named.append(self.name_space())
        self.wanderer: list[Any] = []
        goes_round = Change(self.x, along=self.loop, run_time=3.4)
        with self.beat("rank", RANK[self.rank]):
            if not self.rank:  # wherever x goes, A x stays
                here = self.dot(self.x, theme.input)
                self.wanderer = [here, self.label(here, "x")]
                plane.plant(*self.wanderer)
                self.play(Appear(*self.wanderer))
            elif self.thin:  # A x is out of sight
                far = slide.at.now
                goes_round = Change(slide.at, along=lambda s: far * np.cos(2 * np.pi * s))
                goes_round.lasting(3.4)
            elif self.rank == 2:
                self.play(Vanish(slide.first, slide.moving, *labels))
            else:
                self.play(Recolor(slide.first, theme.column_space), Vanish(slide.moving, *labels))
            self.play(
                Appear(*self.named),
                goes_round,
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
        place = Place(self.clear_corner() if self.rank else (0, 0), color=theme.column_space)
        plane.plant(place)
        name = self.label(place, "C(A)", color=theme.column_space)
        plane.plant(name)
        return name

    def clear_corner(self) -> Any:
        """Give a point near the corner of the stage where there is most room for a name."""
        view, crowd = self.plane.view, self.plane.crowd()
        room = view.rect.inset(0.9, 0.6)
        spots = [np.array([x, y]) for x in (room.left, room.right) for y in (room.top, room.bottom)]
        spot = min(spots, key=lambda each: crowd.cost(Rect.around(each[0], each[1], 1.4, 0.9)))
        return (spot - view.center) / view.unit

    def line_of(self, matrix: la.Matrix) -> Curve:
        """Give the column space of a matrix of rank 1."""
        return self.line(la.column_space(matrix).vectors[0], self.theme.column_space)

    def contrast(self) -> None:
        """The matrix next door, where it is otherwise."""
        A, B, plane, arrows = self.matrix, self.other, self.plane, self.arrows
        column = 1 if self.rank == 2 else la.neighbor(A).column
        card, seconds = self.cards[1], 3.0
        changed = [card.rows[i][j] for i in (0, 1) for j in (0, 1) if A[i, j] != B[i, j]]
        names = {self.x_name: "B x", arrows.i_label: B_I, arrows.j_label: B_J}
        thin = self.rank == 2 and self.thin
        shown, gone = [card], [*self.named, *self.wanderer]
        if self.rank == 1:  # as much will be swept by then
            self.slide.half.now = self.slide.enough(B)
            gone.append(self.slide.first)
        if self.rank == 2:
            shown.append(self.slide.first)
        if thin:
            self.slide.at.now = 1.0
            shown.append(self.slide.moving)
        elif self.rank:
            shown += arrows[2:]
        moved = (B_I, B_J)[column]
        points = [*(self.letter.corners @ B.array.T), *B.array.T]
        picture = self.fitting(plane, points, most=self.scale)
        near = plane.view if thin else picture
        with self.beat("contrast", CHANGE_CLOSE if thin else CHANGE, moved=moved):
            self.play(
                Vanish(*gone),
                Dim(self.icons.of(self.rank), to=PALE),
                *([] if thin else [Dim(self.dots, self.shape, to=1.0)]),
                Appear(*shown),
            )  # fmt: skip
            self.play(
                Glide(plane, B, names=names, view=near, run_time=seconds),
                Entries(card, plane, A, B, run_time=seconds),
                Pulse(*changed, run_time=1.8),
            )
            self.say(CHANGED_CLOSE if thin else CHANGED[self.rank], moved=moved)
            if thin:  # B's picture, from where all of it is seen
                back = [self.dots, self.shape, self.x_dot, self.x_name, *arrows]
                self.play(
                    Vanish(self.slide.moving, run_time=0.3),
                    Dim(self.dots, self.shape, to=1.0, run_time=0.1),
                    Look(plane, picture, run_time=2.0),
                    After(1.2, Appear(*back)),
                )
            self.play(
                Change(self.beside, ASIDE if self.rank == 2 else 0.0),
                Dim(self.icons.of(self.there), to=1.0),
                Appear(self.known[1]),
            )
            self.while_reading(Pulse(self.icons.of(self.there), self.known[1]))

    def remember(self) -> None:
        """Plane, line and point side by side, and this matrix among them."""
        theme, letter = self.theme, self.letter
        A, B = (self.matrix, "A"), (self.other, "B")
        zero, one = (la.matrix("0 0; 0 0"), "O"), (la.matrix("1 0; 0 1"), "I")
        three = {2: (A, B, zero), 1: (B, A, zero), 0: (one, B, A)}[self.rank]
        exhibits = [
            Exhibit(
                self.card(M, name),
                self.math(f'op("rank") {name} = {2 - k}', size=1.25 * theme.math),
                letter.corners @ M.array.T,
                lit=2 - k == self.rank,
            )
            for k, (M, name) in enumerate(three)
        ]
        pictures = gallery(self, exhibits)
        for world, (M, _) in zip(pictures, three, strict=True):
            outline = bezier.polygon(letter.corners)
            world.plant(
                self.curve(outline, theme.output, fill=0.14, layer=Layer.REGION),
                Dots(letter.dots, color=theme.output, radius=0.045),
                frame=M,
            )
        plane, line, point = pictures
        square = plane.view.reach * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
        plane.plant(self.region(bezier.polygon(square), theme.column_space, counts=False))
        line.plant(self.line_of(three[1][0]))
        point.plant(self.dot((0, 0), theme.column_space, radius=0.14))
        lit = exhibits[2 - self.rank]
        with self.beat("remember", REMEMBER):
            self.play(
                Vanish(*self.plane.pieces(), self.cards[1], self.known[1]),
                Dim(*self.icons, to=PALE),
            )  # fmt: skip
            self.play(*(After(0.6 * k, Appear(*w.pieces())) for k, w in enumerate(pictures)))
            self.play(
                Dim(self.icons.of(self.rank), to=1.0),
                Pulse(self.icons.of(self.rank), self.known[0], lit.above, lit.below),
            )
            self.summary()


def _kind(part: la.LinearPath) -> str:
    """Say what a part does."""
    return "shrink" if part.name == "stretch" and la.det(part.end) < 1 else part.name


def _times(factor: Any, name: str) -> str:
    """Write a multiple of a vector."""
    if factor in (1, -1):
        return name if factor == 1 else f"-{name}"
    return f"{notation.typst(factor)} {name}"
