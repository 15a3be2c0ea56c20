"""Expanding a determinant: press a box flat, raise its edges again, and add what each brings."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import Any, cast

import lamath as la
from lamath import notation
from scenes.inputs import MatrixInput
from scenes.stage import (
    N_,
    RULE,
    After,
    Appear,
    Change,
    Dim,
    Draw,
    Either,
    Look,
    MatrixScene,
    Pulse,
    Rename,
    Vanish,
)
from scenes.stage.figure import leaves, length, set_presence
from scenes.stage.floor import Floor
from scenes.stage.layout import Rect
from scenes.stage.motion import longest
from scenes.stage.panel import Row
from scenes.stage.raised import Raised, others
from scenes.stage.shapes import Place
from scenes.stage.solids import box
from scenes.stage.span import powers_of_ten
from scenes.stage.standpoint import oblique
from scenes.stage.theme import Layer
from scenes.stage.view import View, box_of

SEE = N_("Row 1 of $A$ holds the heights of the edges of this box.")
FLAT = N_("Without row 1 it is flat: volume $0$. Only shadows are left.")
ASK = N_("Only ${a}$ gets its height ${h}$ back. What is the volume then?")
ASK_ANY = N_("Now the heights come back. What is the volume then?")
NEXT = N_("Now ${a}$ gets its height ${h}$ back. Watch the face at its tip.")
GAIN = N_("What it swept out is added. Set upright, it keeps its volume.")
PLUS = N_("Counterclockwise from ${k}$ to ${m}$: signed base ${c}$, height ${h}$.")
MINUS = N_("Clockwise from ${k}$ to ${m}$: signed base ${c}$, height ${h}$.")
LYING = N_("${a}$ has height $0$: it stays on the floor and adds nothing.")
BOTH_LYING = N_("${a}$ and ${b}$ have height $0$: they add nothing.")
ALL_LYING = N_("All heights are $0$: the box stays flat.")
NO_BASE = N_("${k}$ and ${m}$ enclose no area: base $0$, nothing is added.")
THREE = N_("The volume of the slanted box: the sum of three upright ones.")
ONE = N_("The volume is one upright box. The other two are flat.")
CANCEL = N_("They cancel: the edges of the box lie in one plane, volume $0$.")
NOTHING = N_("All three are flat, and so is the box: volume $0$.")
STRETCHED = N_("heights × ${factor}$")
SHRUNK = N_("heights × $1/{factor}$")
FEWER = N_("Along row ${row}$: the same sum, $det A$. A $0$ adds nothing.")
SAME = N_("Along row ${row}$: other boxes, the same sum, $det A$.")

AXES = "xyz"
LONG = 8  # signs of a number that are too many for a product
FEW = 2.0  # units along a square of the floor: then unit squares are not too many
ABOVE = 1.0  # radians: from there shadows show their size
STEEP = 0.6  # radians: from that high up a base on the floor looks like an area


class CofactorExpansion(MatrixScene):
    """Without row 1 a box is flat; each height that comes back adds one upright box."""

    title = N_("Cofactor expansion")
    inputs = (MatrixInput("3x3", default="2 1 3; 0 4 -1; 5 2 0"),)

    def construct(self) -> None:
        A = self.matrix
        self.expansions = [la.cofactors(A, row=row) for row in range(3)]
        self.terms = self.expansions[0].terms
        self.sums = list(accumulate(term.value for term in self.terms))
        worths = [parts(term)[2] for row in (0, 1, 2) for term in self.expansions[row].terms]
        is_rounded = any(isinstance(worth, float) for worth in worths)
        self.det = float(la.det(A)) if is_rounded else la.det(A)
        zeros = [list(A.row(row)).count(0) for row in range(3)]
        self.second = max((1, 2), key=lambda row: zeros[row])
        self.saves = 0 < zeros[self.second] < 3
        self.cast()
        self.write_panel()
        self.see()
        self.press()
        self.told_gain = False
        self.base: list[Any] = []
        worth = [j for j, term in enumerate(self.terms) if term.value != 0]
        j = 0
        while j < 3:
            if j == (worth or [0])[0]:
                self.ask(j, any_=not worth)
            j += self.raise_edge(j)
        self.compare()

    # -- the cast ------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up the box, its edges, their heights and their shadows."""
        theme, A = self.theme, self.matrix
        self.powers = powers_of_ten(A.columns)
        self.colors = {
            f"{letter}_{k}": color for letter in "as" for k, color in enumerate(theme.columns, 1)
        }
        self.box = shape = Raised.to_be_seen(self.edges_over(0))
        self.upright = la.matrix(  # as it is drawn
            [list(A.row(1)), list(A.row(2)), list(A.row(0) * shape.factor)]
        )
        self.arrows = [
            self.arrow(lambda j=j: shape.edge(j), color) for j, color in enumerate(theme.columns)
        ]
        self.names = [self.label(arrow, self.named("a", j)) for j, arrow in enumerate(self.arrows)]
        self.space_ = world = self.space(*self.arrows, *self.names)
        self.scale_note = self.scale_of(shape)
        if self.scale_note:
            world.headroom = 1.5 * theme.prose
            world.signs += self.scale_note
        self.floor = world.ground = self.floor_under(shape.corners, 0)
        world.most = float("inf")
        world.given_view = self.steep(shape, world.view)
        self.faces = box(shape.edges, color=theme.ghost, width=theme.line, fill=0.05)
        self.drops = [
            self.segment(
                lambda j=j: shape.shadows[j], lambda j=j: shape.edge(j), color, dashed=True
            )
            for j, color in enumerate(theme.columns)
        ]
        self.flat_edges = [
            self.segment(0 * shadow, shadow, color, opacity=0.7)
            for shadow, color in zip(shape.shadows, theme.columns, strict=True)
        ]
        middles = [
            Place(lambda j=j: shape.edge(j) - shape.heights[j] * shape.up.now[j] / 2, color=color)
            for j, color in enumerate(theme.columns)
        ]
        self.sizes = [
            self.label(place, self.exactly(short(A[0, j]))) for j, place in enumerate(middles)
        ]
        world.join(*middles)
        world.join(*self.faces, *self.flat_edges, *self.drops, *self.sizes)

    def steep(self, shape: Raised, view: View) -> View:
        """Give a view from rather high up, in which the edges of a box stand apart."""
        return view.turned(oblique(view, [*shape.full], (0, 0, 1)).azimuth, STEEP)

    def edges_over(self, row: int) -> list[Any]:
        """Give the columns as they are drawn when the axis of a row points up."""
        order = [(row + k) % 3 for k in (1, 2, 0)]
        return [
            column.array[order] / 10.0**power
            for column, power in zip(self.matrix.columns, self.powers, strict=True)
        ]

    def floor_under(self, points: Any, row: int, *, note: bool = True) -> Floor:
        """Give a floor for the axis of a row pointing up; its squares count a base's area."""
        axes = AXES[row + 1 :] + AXES[: row + 1]
        floor = Floor(self.theme, self._unit_note, over=points, note=note, axes=axes)
        floor.step = 1.0 if floor.step == FEW else floor.step
        return floor

    def scale_of(self, shape: Raised) -> list[Any]:
        """Say by what heights are drawn longer or shorter than they are, if they are."""
        if shape.factor == 1:
            return []
        long = shape.factor > 1
        factor = notation.typst(shape.factor if long else 1 / shape.factor)
        sign = self.prose(
            STRETCHED if long else SHRUNK, factor=factor, color=self.theme.muted,
            size=self.theme.prose,
        )  # fmt: skip
        sign.is_stage_name = True
        return [sign]

    def named(self, letter: str, j: int) -> str:
        """Write the name of what is drawn of a column, which may be a part of it."""
        name = f"{letter}_{j + 1}"
        return f"10^({-self.powers[j]}) {name}" if self.powers[j] else name

    def write_panel(self) -> None:
        """Set up the sum that grows."""
        A = self.matrix
        size = 1.2 if self.layout.panel_columns == 1 else 0.9  # as there is room
        self.card_ = self.card(A, "A", size=size * self.theme.math)
        self.products = [self.math(product(term)) for term in self.terms]
        self.minors = [
            Row(
                self.prose(N_("cofactor"), color=self.theme.muted),
                self.math(self.equals(minor(term), parts(term)[1]), size=0.85 * self.theme.math),
                self.theme,
            )
            for term in self.terms
        ]
        self.asked = self.row(N_("signed volume"), 'bold("?")')
        scale = 10.0 ** sum(self.powers)
        self.volume = self.row(
            N_("signed volume"),
            self.running(
                lambda: scale * self.box.volume(), 0, *map(short, self.sums), nonzero=True
            ),
        )
        self.lines = [
            self.math(self.equals(total(self.expansions[row].terms), self.det))
            for row in (0, self.second)
        ]
        self.result = self.math(self.equals("det A", self.det))
        self.panel.set(
            self.heading(), self.card_, Either(*self.minors), RULE,
            *map(Either, self.products, (*self.lines, self.result)), RULE,
            Either(self.asked, self.volume),
        )  # fmt: skip

    def fitted(self, view: View, points: Any = None, margin: float = 0.5) -> View:
        """Give the view in which the box fits, wherever its edges are."""
        points = self.box.corners if points is None else points
        return view.fitted([*points, *self.floor.corners], margin=margin * self.layout.text)

    # -- the story -----------------------------------------------------------------------

    def see(self) -> None:
        """Walk round the box, and see how high its edges reach."""
        world = self.space_
        self.open(
            self.panel.blocks[0], self.card_, self.asked, *self.faces, *self.flat_edges,
            *self.drops, *self.arrows, *self.names,
        )  # fmt: skip
        home = self.fitted(world.view)
        for j, size in enumerate(self.sizes):  # heights stand outside of what is swept there
            start, *_, opposite = home.place(self.box.base(j)[:9])
            if length(start - opposite):
                size.facing = (start - opposite)[:2] / length(start - opposite)
        self.home, self.above = home, self.fitted(home.turned(home.azimuth, ABOVE))
        world.look(self.fitted(home.turned(home.azimuth + 0.6, home.elevation)))
        self.draw()
        with self.beat("box", SEE):
            self.play(Look(world, home, run_time=1.5))
            for j, term in enumerate(self.terms):
                shown = [Appear(self.sizes[j], run_time=0.4)] if term.entry else []
                pulse = Pulse(self.card_.entry(0, j), self.drops[j], run_time=0.55)
                self.play(pulse, *shown)

    def press(self) -> None:
        """Cross out row 1: all edges come down to the floor."""
        self.strike, self.strikes = self.struck(row=0), [self.struck(column=j) for j in range(3)]
        with self.beat("press"):
            self.play(Appear(self.strike, run_time=0.4), Vanish(*self.sizes, run_time=0.3))
            self.move((), range(3), run_time=1.7)
            self.say(FLAT)
            self.play(Vanish(*self.drops, self.asked, run_time=0.2), Appear(self.volume))
            self.meanwhile(Look(self.space_, self.above, run_time=2.0))

    def move(self, up: Iterable[int], moved: Iterable[int], run_time: float, *also: Any) -> None:
        """Raise some edges, let the others lie, and give those that move their new names."""
        up = tuple(up)
        named = [
            Rename(
                self.names[j], self.named("a" if j in up else "s", j),
                away=(0.12, 0.88), run_time=run_time,
            )
            for j in moved
        ]  # fmt: skip
        self.play(Change(self.box.up, self.box.raised(*up), run_time=run_time), *named, *also)

    def meanwhile(self, *motions: Any) -> None:
        """Play motions until the caption has nearly been read, or for as long as they take."""
        left = self.reading_left() - self.theme.breath
        self.play(*motions, run_time=max(left, longest(motions)))

    def struck(self, **line: int) -> Any:
        """Give a line that crosses out a row or a column of the card."""
        strike = self.card_.strike(**line)
        strike.area = "panel"
        return strike

    def base_of(self, j: int) -> list[Any]:
        """Give a base on the floor, which way it turns, and the number it counts."""
        color = self.sign_color(self.terms[j])
        base = self.region(self.box.base(j), color, fill=0.3)
        base.counts = False
        number = self.label(base, self.exactly(parts(self.terms[j])[1]), color=self.theme.ink)
        s = self.box.shadows
        sides = [self.segment(s[j], s[j] + s[k], self.theme.columns[k]) for k in others(j)]
        reach = 0.8 * min(map(length, s[list(others(j))]))
        radius = min(0.8 / self.space_.view.unit, reach)
        turn = self.curve(
            self.box.turn(j, radius), self.theme.ink, width=0.8 * self.theme.bold, counts=False
        )
        self.space_.plant(base, *sides, turn, number)
        return [turn, number, base, *sides]

    def sign_color(self, term: la.Cofactor) -> str:
        """Give the color of what counts positive, or negative, or nothing."""
        if term.value == 0:
            return self.theme.ghost
        return self.theme.region if term.value > 0 else self.theme.region_back

    def ask(self, j: int, *, any_: bool) -> None:
        """Ask what the first height brings."""
        turn, *base = self.base_of(j)
        self.base = [turn, *base]
        place = Place((self.box.full[j] + self.box.base(j)[8]) / 2, color=self.theme.ink)
        mark = self.question_mark(place)
        self.space_.plant(place, mark)
        h = self.exactly(parts(self.terms[j])[0])
        with self.beat("ask", ASK_ANY if any_ else ASK, a=f"a_{j + 1}", h=h):
            self.play(Appear(*base, self.minors[j], self.strikes[j]), run_time=0.4)
            self.predict(ask=mark)
            self.play(Vanish(mark, run_time=0.2))
            if any_:
                self.play(Vanish(turn, *base, self.minors[j], self.strikes[j], run_time=0.3))
                self.base = []
            else:
                self.lift(j, [])

    def lift(self, j: int, base: list[Any]) -> None:
        """Give an edge its height again, and show what the far face sweeps out."""
        color, shape = self.sign_color(self.terms[j]), self.box
        self.lid = self.region(shape.face(j), color, fill=0.25)
        self.prism = box(
            shape.swept(j), tail=shape.shadows[j], color=color, width=self.theme.line, fill=0.14
        )
        for piece in (self.lid, *self.prism):
            piece.counts = False
        self.space_.plant(self.lid, *self.prism)
        news = self.strikes[j], self.lid, self.drops[j], *self.prism, *base
        self.play(Appear(*news, run_time=0.4), Dim(*self.faces, to=0.55, run_time=0.4))
        seconds = max(1.7, self.reading_left() - 0.8)
        is_home = self.space_.view == self.home
        back = [] if is_home else [Look(self.space_, self.home, run_time=seconds)]
        self.move(range(j + 1), (j,), seconds, *back)
        self.play(Appear(self.sizes[j], run_time=0.3))

    def raise_edge(self, j: int) -> int:
        """Give an edge its height again, or several that have none; say how many."""
        h, c, v = parts(self.terms[j])
        k, m = (f"s_{n + 1}" for n in others(j))
        values = {
            "a": f"a_{j + 1}", "b": f"a_{j + 2}", "k": k, "m": m,
            **{key: notation.typst(x) for key, x in zip("hcv", (h, c, v), strict=True)},
        }  # fmt: skip
        card_entry, strike = self.card_.entry(0, j), self.strikes[j]
        if v == 0:
            lying = [term.entry == 0 for term in self.terms[j:]]
            many = [*lying, False].index(False)  # so many lie on the floor, one after another
            message = (NO_BASE, LYING, BOTH_LYING, ALL_LYING)[many]
            moved = range(j, j + max(many, 1))
            with self.beat(f"edge {j + 1}", message, **values):
                self.play(Appear(*(self.strikes[n] for n in moved)), run_time=0.4)
                self.move(
                    range(moved.stop), moved, 1.4, *(Pulse(self.card_.entry(0, n)) for n in moved)
                )
                news = [self.products[n] for n in moved]
                lit = [self.arrows[n] for n in moved]
                self.meanwhile(Appear(*news), Pulse(*news, *lit, run_time=1.2))
            self.play(Vanish(*(self.strikes[n] for n in moved), run_time=0.3))
            return len(moved)
        asked = bool(self.base)
        turn, number, *base = self.base or self.base_of(j)
        self.base = []
        with self.beat(f"edge {j + 1}", None if asked else NEXT, **values):
            if not asked:
                self.lift(j, base)
                if not self.told_gain:
                    self.say(GAIN)
                    self.told_gain = True
                sink = Change(self.box.sunk, 1.0, run_time=1.6)
                self.meanwhile(Vanish(self.lid), sink)
            self.say(MINUS if c < 0 else PLUS, **values)
            self.play(Appear(number, self.minors[j]), Draw(turn), Dim(*self.prism, to=0.4))
            pulse = Pulse(card_entry, self.sizes[j], run_time=1.0)
            self.meanwhile(Appear(self.products[j]), pulse)
        gone = *base, *self.prism, self.lid, number, turn, strike, self.minors[j], self.sizes[j]
        self.play(Vanish(*gone, run_time=0.3))
        self.box.sunk.now = 0.0
        return 1

    # -- the boxes side by side ------------------------------------------------------------

    def compare(self) -> None:
        """The upright boxes side by side, of row 1 and then of another one."""
        world = self.space_
        first, second = (self.triple(row) for row in (0, self.second))
        worth = sum(term.value != 0 for term in self.terms)
        cancels = worth > 1 and self.sums[-1] == 0
        with self.beat("three", CANCEL if cancels else (NOTHING, ONE, THREE, THREE)[worth]):
            self.play(Vanish(*world.pieces(), self.volume, *self.products, run_time=0.4))
            self.play(Appear(self.lines[0]), *self.entering(first))
            self.meanwhile(Pulse(self.lines[0], run_time=1.0))
            strike = self.struck(row=self.second)
            old = [piece for pieces in first for piece in pieces]
            self.play(Vanish(*old, self.strike, run_time=0.4), Appear(strike, run_time=0.4))
            self.play(*self.entering(second))
        with self.beat("other", FEWER if self.saves else SAME, row=self.second + 1):
            self.play(Appear(self.lines[1]))
            self.play(Appear(self.result), Pulse(*self.lines, run_time=1.2))
            self.summary()

    def entering(self, pictures: list[list[Any]]) -> list[Any]:
        """Give motions that bring on pictures one after the other."""
        return [After(0.3 * k, Appear(*pieces, run_time=0.5)) for k, pieces in enumerate(pictures)]

    def triple(self, row: int) -> list[list[Any]]:
        """Set up the three upright boxes of a row, at one scale, with what they count."""
        size, room = self.theme.math, self.space_.view.rect.inset(0.25, 0.3)
        room = Rect(room.left, room.bottom + 2.0 * size, room.right, room.top)
        shape = Raised.to_be_seen(self.edges_over(row))
        steep = self.steep(shape, self.space_.view)
        ends = [shape.upright_corners(j) for j in range(3)]
        wide = [box_of(steep.place(each)).width for each in ends]
        rects = room.columns([each + 0.3 * (sum(wide) or 1.0) for each in wide], 0.25)
        views = [
            steep.on(rect).fitted(each, margin=0.35 * self.layout.text)
            for rect, each in zip(rects, ends, strict=True)
        ]
        unit = min(each.unit for each in views)
        views = [each.scaled(unit) for each in views]
        floors = [self.floor_under(each, row, note=False) for each in ends]
        lows = [
            box_of(view.place([*each, *under.corners])).bottom
            for view, each, under in zip(views, ends, floors, strict=True)
        ]
        floor = max(min(lows) - 1.6 * size, room.bottom - 1.2 * size)
        terms = self.expansions[row].terms
        signs = [self.math(product(term)) for term in terms]
        if any(float(s.width) > 1.8 * r.width for r, s in zip(rects, signs, strict=True)):
            signs = [self.math(self.exactly(parts(term)[2])) for term in terms]
        least = min(0.95 * r.width / float(s.width) for r, s in zip(rects, signs, strict=True))
        for sign, rect in zip(signs, rects, strict=True):
            sign.scale(min(1.2, least))
            sign.shift([rect.center[0] - sign.get_center()[0], floor - sign.baseline, 0.0])
        pictures = [
            self.picture(row, j, shape, each, signs[j], floors[j]) for j, each in enumerate(views)
        ]
        for note in self.scale_of(shape):
            note.shift([room.left - note.get_left()[0], room.top - note.get_top()[1], 0.0])
            pictures[0].append(self.on_stage(note))
        return pictures

    def picture(
        self, row: int, j: int, shape: Raised, view: View, sign: Any, under: Floor
    ) -> list[Any]:
        """Set up a small picture of one upright box, with what it counts below it."""
        theme, world = self.theme, self.space()
        color = self.sign_color(self.expansions[row].terms[j])
        world.ground = under
        world.look(view)
        edges = {n: shape.shadows[n] for n in others(j)} | {j: shape.heights[j]}
        world.plant(
            *box(list(edges.values()), color=color, width=theme.line, fill=0.16),
            *(self.arrow(edge, theme.columns[n], scale=0.7) for n, edge in edges.items()),
        )
        pieces = [*world.pieces(), self.on_stage(sign)]
        for piece in pieces:
            set_presence(piece, 0.0)
        return pieces

    def on_stage(self, sign: Any) -> Any:
        """Let a text stand on the stage, to be brought on later."""
        self.space_.signs.append(sign)
        for leaf in leaves(sign):
            leaf.clip, leaf.z_index = self.space_.view.rect, float(Layer.LABEL)
        set_presence(sign, 0.0)
        return sign


def product(term: la.Cofactor) -> str:
    """Write height times base."""
    h, c, v = parts(term)
    return f"{notation.factor(h)} times {notation.factor(c)} {notation.typst(v, sign=True)}"


def parts(term: la.Cofactor) -> tuple[Any, Any, Any]:
    """Give an entry, its cofactor, and their product, rounded where they are long."""
    h, c = short(term.entry), short(left_of(term).value * term.sign)
    rounded = isinstance(h, float) or isinstance(c, float)
    return h, c, short(term.value, 0 if rounded and term.value else LONG)


def short(x: Any, most: int = LONG) -> Any:
    """Give a number as it is if it is written with few signs, else as a rounded one."""
    return x if len(notation.typst(x)) <= most else float(x)


def left_of(term: la.Cofactor) -> la.Cofactors:
    """Give what is left of a 3×3 matrix without a row and a column."""
    return cast(la.Cofactors, term.minor)


def minor(term: la.Cofactor) -> str:
    """Write what is left without a row and a column, between bars, with its sign."""
    rows = "; ".join(", ".join(map(notation.typst, row)) for row in left_of(term).matrix.rows)
    return f'{"-" if term.sign < 0 else ""} mat(delim: "|", {rows})'


def total(terms: Iterable[la.Cofactor]) -> str:
    """Write a sum of numbers, zeros included."""
    text = ""
    for term in terms:
        size = notation.typst(abs(parts(term)[2]))
        text += (
            f"{'-' if term.value < 0 else ''}{size}"
            if not text
            else (f" {'-' if term.value < 0 else '+'} {size}")
        )
    return text
