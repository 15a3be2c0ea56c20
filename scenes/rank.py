"""Rank: how many dimensions of a picture are left."""

from __future__ import annotations

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
    Recolor,
    Value,
    Vanish,
    bezier,
)
from scenes.stage.figure import length
from scenes.stage.gallery import Exhibit, gallery
from scenes.stage.icons import Dimensions
from scenes.stage.letter import letter
from scenes.stage.shapes import Curve, Dots, Place
from scenes.stage.squares import square_at
from scenes.stage.theme import Layer
from scenes.stage.walk import Walk

QUESTION = N_("$A$ moves the whole plane. What will be left: a plane, a line, a point?")
PLANE, LINE, POINT = N_("plane"), N_("line"), N_("point")

WATCH = N_("Watch the dots, and where $hat(dotless.i)$ and $hat(dotless.j)$ land.")
WATCH_LINES = N_("Watch the lines: what does $A$ make of each one?")
GONE = N_("Each line is one dot: a dimension is gone.")
LEFT = {
    "stretch": N_("What is left is stretched."),
    "shrink": N_("What is left shrinks."),
    "turn": N_("What is left turns."),
}
TURN_OVER = N_("$det A < 0$: the plane turns over like a page. It stays a plane.")

STEPS = N_("$x = {x}$, so $A x = {sum}$. Follow the steps.")
NOWHERE = N_("$A hat(dotless.i) = A hat(dotless.j) = 0$: no step leads away from $0$.")
INDEPENDENT = N_("${other}$ leads off the line of ${base}$: linearly independent columns.")
DEPENDENT = N_("${other} = {multiple}$, on the line of ${base}$: linearly dependent columns.")
OUTPUTS = {
    0: N_("Move $x$: $A x$ stays at $0$. One point is the column space $C(A)$."),
    1: N_("So each $A x = {sum}$ is on the line: the column space $C(A)$."),
    2: N_("So $A x = {sum}$ reaches all of the plane: the column space $C(A)$."),
}
RANK = {
    0: N_("No dimension is left: the rank of $A$ is $0$."),
    1: N_("One dimension is left: the rank of $A$ is $1$."),
    2: N_("Both dimensions are left: the rank of $A$ is $2$."),
}
CHANGE = N_("Change one column of $A$. Watch ${moved}$ and the dots.")
LAY = N_("Make the second column ${multiple}$. What will be left of the plane?")
LAY_CLOSE = N_("From close up: make the second column ${multiple}$. Watch the two lines.")
CHANGED = {
    0: N_("${moved}$ is not $0$ now: a line of outputs, and the rank of $B$ is $1$."),
    1: N_("${moved}$ is off the line now, and the rank of $B$ is $2$."),
    2: N_("${moved}$ is on the line now, and the rank of $B$ is $1$."),
}
REMEMBER = N_("Rank = dimension of $C(A)$ = number of linearly independent columns.")

E_I, E_J = "hat(dotless.i)", "hat(dotless.j)"
A_I, A_J = f"A {E_I}", f"A {E_J}"
B_I, B_J = f"B {E_I}", f"B {E_J}"
CORNER, HEIGHT, SPACING = (0.3, 0.2), 1.6, 0.18  # where the letter stands: beside î and ĵ
PLACES = ("2 1", "2 2", "2 -1", "5/2 1")  # beside it; one of them plays the lead
NTH = 2  # of its rows, so many have a line: each second one
BEYOND = 30.0  # how far lines reach beyond it: they fill the picture till they are dots
ASIDE = 0.1  # stage units between an arrow and the line, where two lie on it
CLEAR = 0.15  # stage units off a line that nobody overlooks
NEAR = 0.4  # stage units from 0 within which no x is seen to move
PALE, HALF = 0.3, 0.75


class RankCollapse(MatrixScene):
    """The plane is mapped; rank is the number of dimensions that are left of it."""

    title = N_("Rank: what is left")
    inputs = (MatrixInput("2x2", default="1 2; 2 4"),)

    plane: Any

    def construct(self) -> None:
        A = self.matrix
        self.rank, self.parts = la.rank(A), la.path(A).parts
        reduced = la.row_reduce(A)
        self.number = reduced.rref.row(0)  # in rank 1, A x is so many times the base
        self.base = reduced.pivots[0] if reduced.pivots else 0
        if self.rank == 2:
            self.other, factor = la.parallel(A)
            self.multiple, self.changed = notation.combination([factor], [A_I]), 1
        else:
            self.other, self.changed = self.opened()
        self.cast()
        self.question()
        self.move()
        if self.rank:
            self.steps()
            self.why()
        else:
            self.nowhere()
        self.answer()
        self.contrast()
        self.remember()

    def opened(self) -> tuple[la.Matrix, int]:
        """Change a column so that all dimensions are seen; say which."""
        if self.rank == 0:
            near = la.neighbor(self.matrix)
            return near.matrix, near.column
        base = self.base
        (a, b), (c, d) = self.matrix.column(base), self.matrix.column(1 - base)
        if c and d:  # one entry is enough
            c, d = (0, d) if abs(float(a)) > abs(float(b)) else (c, 0)
        else:
            c, d = -b, a
        return la.matrix([[c, a], [d, b]] if base else [[a, c], [b, d]]), 1 - base

    def room_for(self, spacing: float, most: float) -> float:
        """Give a radius of dots that stand apart, however they are stretched now."""
        stretched = self.plane.stretches[0 if self.rank == 1 else 1]
        return min(max(0.35 * spacing * stretched * self.plane.view.unit, 0.03), most)

    def stands_clear(self, x: la.Vector) -> bool:
        """Whether x is off the lines of the columns, and A x is neither 0 nor a column."""
        off = all(x[0] * a[1] != x[1] * a[0] for a in self.matrix.columns if la.norm(a))
        return off and (self.rank != 1 or self.number @ x not in (0, 1))

    # -- the cast ------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up the letter, x in it, î and ĵ, and the panel."""
        A, theme = self.matrix, self.theme
        self.colors = {"x": theme.input, "A x": theme.output, "B x": theme.output}
        for names in ((E_I, E_J), (A_I, A_J), (B_I, B_J)):
            self.colors |= dict(zip(names, theme.columns, strict=False))
        places = [la.vector(text) for text in PLACES]
        self.lead = next((x for x in places if self.stands_clear(x)), places[0])
        along = la.null_space(A).vectors[0] if self.rank == 1 else (1, 0)
        self.letter = letter(CORNER, HEIGHT, through=self.lead, along=along, spacing=SPACING)
        self.grown = Value(0.0)  # the share of its dots that is there
        dots = self.letter.dots
        self.dots = Dots(
            lambda: dots[: max(1, round(self.grown.now * len(dots)))],
            color=theme.input,
            radius=lambda: self.room_for(SPACING, 0.07),
        )
        outline = bezier.polygon(self.letter.corners)
        self.shape = self.curve(outline, theme.input, fill=0.14, layer=Layer.REGION)
        some = self.letter.every(NTH, self.lead)
        rows = bezier.segments(*some.lines(BEYOND))
        self.lines = self.curve(rows, theme.null_space, counts=False)
        self.beads = Dots(  # what they become
            some.dots,
            color=theme.null_space,
            radius=lambda: self.room_for(NTH * SPACING, 0.09),
        )
        self.x = Value(self.lead)
        self.x_dot = self.dot(self.x, theme.input, radius=0.12)
        self.x_name = self.label(self.x_dot, "x")
        self.arrows = self.basis((E_I, E_J))
        self.beside = Value(0.0)
        self.arrows.i.apart, self.arrows.j.apart = self.beside, lambda: -self.beside.now
        flat = self.other if self.rank == 2 else A  # where they share a line, the shorter is on top
        lengths = [la.norm(column) for column in flat.columns]
        self.columns = [*(self.ends if lengths[0] > lengths[1] else self.ends[::-1])]
        self.columns += self.arrows[2:]
        self.picture = [self.x_dot, self.x_name, self.dots, self.shape]
        self.lit: list[Any] = []  # the grid of A's columns
        self.named: list[Any] = []  # the name of the column space
        self.plane = self.world(
            *(self.shape, self.lines, self.dots, self.beads, self.x_dot, self.x_name),
            *self.columns,
            most=1.9 / self.layout.text,
        )
        x = self.dot(self.x, theme.input, radius=0.12)  # where A hasn't moved it
        self.driver: list[Any] = [x, self.label(x, "x")]
        self.plane.plant(*self.driver)
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
        self.open(*self.picture, *self.columns, self.panel.blocks[0], self.cards[0])
        with self.beat("question", QUESTION):
            self.play(
                Change(self.grown, 1.0, run_time=2.2, rate=lambda s: s),
                After(0.4, Pulse(self.cards[0].column(0), self.arrows.i)),
                After(1.2, Pulse(self.cards[0].column(1), self.arrows.j)),
                After(1.6, Appear(self.icons)),
            )
            each = (Pulse(self.icons.of(k), run_time=0.7) for k in (2, 1, 0))
            self.predict(Chain(*each), ask=self.unknown)

    def move(self) -> None:
        """Play what A does: lines become dots, or all dots go their way."""
        parts, labels = self.parts, [self.x_name, *self.arrows[2:]]
        several = len(parts) > 1  # on the way nothing is x, and nothing A x
        if self.rank == 1:
            with self.beat("flatten", WATCH_LINES):
                self.play(
                    *(Draw(self.lines, run_time=1.5), After(0.8, Appear(self.beads))),
                    *([Vanish(*labels)] if several else []),
                )
                self.play_part(parts[0])
                self.say(GONE)
                self.play(Vanish(self.lines, run_time=0.3), Pulse(self.beads, run_time=1.4))
                self.step_back(ahead=True)
                self.while_reading(Pulse(self.beads, self.shape, run_time=1.2))
                for part in parts[1:]:
                    self.say(LEFT[_kind(part)])
                    self.play_part(part)
                apart = Change(self.beside, self.apart(self.matrix), run_time=0.4)
                self.play(Appear(*labels, run_time=0.4), apart)
                self.while_reading(Pulse(*self.columns, self.beads))
            return
        for part in parts:
            with self.beat(part.name, TURN_OVER if part.folds else WATCH):
                if part is parts[0]:
                    self.step_back(ahead=True)
                    if several:
                        self.play(Vanish(*labels, run_time=0.3))
                if part.folds:  # seen aslant, dots would only clot
                    self.play(Vanish(self.dots, run_time=0.3))
                self.play_part(part)
                if part is parts[-1]:
                    self.play(Appear(*labels, self.dots))

    def play_part(self, part: la.LinearPath) -> None:
        """Play a part of what A does; what lands at the end is A's image."""
        landing: dict[str, Any] = {}
        if part is self.parts[-1]:
            names = {self.x_name: "A x", self.arrows.i_label: A_I, self.arrows.j_label: A_J}
            dots = (self.dots, self.shape, self.x_dot, self.x_name)
            landing = {"names": names, "colors": dict.fromkeys(dots, self.theme.output)}
        self.perform(self.plane, part, run_time=2.5 if part is self.parts[0] else 1.6, **landing)

    @staticmethod
    def apart(M: la.Matrix) -> float:
        """Give how far apart the columns are drawn: on one line they would hide each other."""
        return ASIDE if la.rank(M) == 1 and all(la.norm(each) for each in M.columns) else 0.0

    def step_back(self, ahead: bool = False) -> None:
        """See all that is to come at once, so that nothing zooms while something moves.

        What is so long (or so short) that the rest would be out of sight is followed.
        """
        plane, path = self.plane, la.path(self.matrix)
        M = (self.matrix if self.rank else la.identity(2)).array
        points = [*(M @ self.loop(k / 16) for k in range(16)), *M.T, *self.other.array.T]
        points.append(self.other.array @ self.lead.array)
        points += [*(self.letter.corners @ self.other.array.T), *(self.letter.corners @ M.T)]
        if ahead:
            points += [p for k in range(17) for p in plane.landmarks(path(k / 16))[:, :2]]
        view = self.fitting(plane, points, most=max(plane.view.rect.height / 3, plane.view.unit))
        fits = view.unit < 1.5 * plane.view.unit and plane.view.shows(points)
        if not fits and not (ahead and view.unit < 0.12 * plane.view.unit):
            self.play(Look(plane, view, run_time=1.4))

    def nowhere(self) -> None:
        """Rank 0: both columns are 0."""
        with self.beat("why", NOWHERE):
            self.step_back()
            columns = (Pulse(self.cards[0].column(k), arrow) for k, arrow in enumerate(self.ends))
            self.while_reading(Chain(*columns, Pulse(self.x_dot, self.x_name)))

    @property
    def ends(self) -> tuple[Any, Any]:
        """The two arrows, without their names."""
        return self.arrows.i, self.arrows.j

    def sum_of(self, first: str, second: str) -> str:
        """Write A x as steps along the columns."""
        return f"{first} {A_I} + {second} {A_J}".replace("+ -", "- ")

    def steps(self) -> None:
        """A x is made of steps along the columns."""
        A, plane = self.matrix, self.plane
        first, second = (notation.typst(count) for count in self.lead)
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
        with self.beat("steps", STEPS, x=f"({first}, {second})", sum=self.sum_of(first, second)):
            self.step_back()
            x = plane.view.spot(self.lead.array) - plane.view.spot((0, 0))
            if not plane.view.shows(self.lead.array[None]) or length(x) < NEAR:
                self.driver = []  # it is out of the picture's scale
            self.play(
                Dim(self.dots, self.shape, to=HALF),
                Vanish(self.beads),
                Appear(*self.driver),
                *(Vanish(self.arrows[k], self.arrows[k + 2]) for k in kept),
            )
            self.while_reading(Chain(Appear(*walk.members, run_time=0.1), walk.go(2.7)))
        self.walked = walk.members

    def loop(self, s: float) -> Any:
        """Go round in a circle that has 0 in it, from the lead and back to it."""
        x = self.lead.array
        return bezier.round_trip(0.35 * x, 0.65 * x, 0.65 * x[::-1] * (-1, 1))(s)

    def why(self) -> None:
        """Why: one column is on the line of the other, or leads off it."""
        A, theme, plane, base = self.matrix, self.theme, self.plane, self.base
        u, v = la.identity(2).array[[base, 1 - base]]
        names = (A_I, A_J)[:: 1 if base == 0 else -1]
        said = dict(zip(("base", "other"), names, strict=True))
        per = la.norm(A.column(base))
        gap = float(abs(la.det(A)) / per)  # how far the other column leads off the line
        self.thin = 1e-9 * float(per) < gap < CLEAR / plane.view.unit
        far = 60.0 + (3 * plane.view.reach + la.norm(A.column(1 - base))) / per
        self.first = self.line(u, theme.columns[base], length=float(far))
        self.second = self.line(u, theme.columns[1 - base], through=v, length=float(far))
        plane.join(self.first, self.second)
        lattice = self.lattice()
        self.lit = lattice.lines
        plane.plant(*self.lit, frame=A)
        with self.beat("why"):
            self.play(
                Vanish(*self.walked),
                Appear(*self.columns),
                After(0.2, Draw(self.first, run_time=0.9)),
            )
            if self.thin:
                self.from_afar, self.close_up = plane.view, plane.view.around((0, 0), 1.3 / gap)
                self.play(Appear(self.second, run_time=0.3))
                self.play(Vanish(*self.picture, *self.driver, run_time=0.4))
                self.play(Look(plane, self.close_up, run_time=2.4))
            if self.rank == 1:
                self.say(
                    DEPENDENT,
                    **said,
                    multiple=notation.combination([self.number[1 - base]], [names[0]]),
                )
                self.while_reading(Chain(*(Pulse(end, run_time=1.2) for end in self.ends)))
                return
            self.say(INDEPENDENT, **said)
            if self.thin:
                self.while_reading(Pulse(self.second, run_time=2.0))
                self.play(Look(plane, self.from_afar, run_time=2.0), Vanish(self.second))
                self.play(Appear(*self.picture, *self.driver))
            else:
                self.play(Appear(*self.lit, run_time=0.2))
                self.while_reading(lattice.light_up(A, plane.view))

    def answer(self) -> None:
        """Name the column space; then the rank enters the panel, and lights up its picture."""
        plane, color = self.plane, self.theme.column_space
        recolored = []
        if self.rank == 1:
            self.named = [self.name_line(plane, self.line_of(self.matrix), "C(A)")]
            recolored = [Recolor(self.first, color)]
        if self.rank == 0:
            point = Place((0, 0), color=color)
            self.named = [self.label(point, "C(A)", color=color)]
            plane.plant(point, *self.named)
        with self.beat("rank", OUTPUTS[self.rank], sum=self.sum_of("x_1", "x_2")):
            self.play(Appear(*self.named, *self.driver), *recolored)
            self.while_reading(Change(self.x, along=self.loop, run_time=2.8))
            self.say(RANK[self.rank])
            self.play(
                Vanish(self.unknown, run_time=0.3),
                Dim(*self.icons.besides(self.rank), to=PALE),
                After(0.3, Appear(self.known[0])),
            )
            self.while_reading(Pulse(self.icons.of(self.rank), self.known[0]), most=4.0)

    def line_of(self, matrix: la.Matrix) -> Curve:
        """Give the column space of a matrix of rank 1."""
        return self.line(la.column_space(matrix).vectors[0], self.theme.column_space)

    def contrast(self) -> None:
        """The matrix next door, where it is otherwise."""
        A, B, plane, arrows = self.matrix, self.other, self.plane, self.arrows
        names = {self.x_name: "B x", arrows.i_label: B_I, arrows.j_label: B_J}
        thin = self.rank == 2 and self.thin
        asks, said = CHANGE, {"moved": (A_I, A_J)[self.changed]}
        if self.rank == 2:
            asks, said = LAY_CLOSE if thin else LAY, {"multiple": self.multiple}
        afar = [*self.picture, *self.columns]
        with self.beat("contrast", asks, **said):
            self.play(
                Vanish(*self.named, *self.driver, *self.lit, *(afar if thin else [])),
                Dim(self.icons.of(self.rank), self.cards[0], self.known[0], to=PALE),
                Dim(self.dots, self.shape, to=1.0),
                Change(self.beside, 0.0),
                Appear(self.cards[1], *([self.second] if thin else [])),
            )
            if thin:
                self.play(Look(plane, self.close_up, run_time=2.0))
            self.while_reading(
                Glide(plane, B, names=names, view=plane.view, run_time=2.6),
                Entries(self.cards[1], plane, A, B, run_time=2.6),
                most=1.6,
            )
            self.say(CHANGED[self.rank], moved=(B_I, B_J)[self.changed])
            self.play(
                Change(self.beside, self.apart(B)),
                Dim(self.icons.of(self.there), to=1.0),
                Appear(self.known[1]),
            )
            if thin:  # B's picture, from where all of it is seen
                self.play(Look(plane, self.from_afar, run_time=2.0), After(1.2, Appear(*afar)))
            self.while_reading(Pulse(self.icons.of(self.there), self.known[1]), most=4.0)

    def remember(self) -> None:
        """Plane, line and point side by side, and this matrix among them."""
        theme, letter = self.theme, self.letter
        A, B = (self.matrix, "A"), (self.other, "B")
        zero, one = (la.matrix("0 0; 0 0"), "O"), (la.matrix("1 0; 0 1"), "I")
        three = {2: (A, B, zero), 1: (B, A, zero), 0: (one, B, A)}[self.rank]
        marks = [p for M, _ in three for p in letter.corners @ M.array.T]  # one scale for all
        exhibits = [
            Exhibit(
                self.card(M, name),
                self.math(f'op("rank") {name} = {2 - k}', size=1.25 * theme.math),
                marks,
                lit=2 - k == self.rank,
            )
            for k, (M, name) in enumerate(three)
        ]
        pictures = gallery(self, exhibits)
        left = Value(la.identity(2))  # of the letter that becomes a point
        frames = (three[0][0], three[1][0], left)
        for world, frame in zip(pictures, frames, strict=True):
            outline = bezier.polygon(letter.corners)
            world.plant(
                self.curve(outline, theme.output, fill=0.14, layer=Layer.REGION),
                Dots(letter.dots, color=theme.output, radius=0.045),
                frame=frame,
            )
        plane, line, point = pictures
        square = plane.view.reach * square_at((-1, -1), (2, 2))
        plane.plant(self.region(square, theme.column_space, counts=False))
        line.plant(self.line_of(three[1][0]))
        spot = self.dot((0, 0), theme.column_space, radius=0.14)
        point.plant(spot)
        below = [each.below for each in exhibits]
        panel = [self.cards[0], self.known[0], self.cards[1], self.known[1]]
        with self.beat("remember"):
            kept = [[p for p in w.pieces() if p not in (*below, spot)] for w in pictures]
            self.play(
                Vanish(*self.plane.pieces(), *panel, run_time=0.4),
                Dim(*self.icons, to=1.0),
                *(After(0.3 * (k + 1), Appear(*pieces)) for k, pieces in enumerate(kept)),
            )
            self.say(REMEMBER)
            self.play(
                *(After(0.7 * k, Appear(each)) for k, each in enumerate(below)),
                Change(left, la.matrix("0 0; 0 0"), run_time=1.4),
                After(1.2, Appear(spot, run_time=0.2)),
            )
            self.summary()


def _kind(part: la.LinearPath) -> str:
    """Say what a part does."""
    return "shrink" if part.name == "stretch" and la.det(part.end) < 1 else part.name
