"""The determinant in space: slide the layers of a box, and count the cubes that it is worth."""

from __future__ import annotations

from fractions import Fraction
from math import prod
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
from scenes.stage.block import (
    CORNERS,
    EDGES,
    Upright,
    block,
    corners,
    deck,
    footprint,
    normal_to,
    turn_in_space,
    volume,
)  # fmt: skip
from scenes.stage.figure import leaves, length, set_presence
from scenes.stage.floor import Floor
from scenes.stage.layout import Rect
from scenes.stage.shapes import Place
from scenes.stage.span import powers_of_ten
from scenes.stage.standpoint import edge_on, telling
from scenes.stage.theme import Layer
from scenes.stage.view import View

WATCH = N_("$A$ moves all of space. Follow this cube.")
STAYS = N_("$A$ leaves every cube where it is, like this one.")
CARRY = N_("$A$ carries the edges of this cube to its columns.")
SPAN = N_("Take the columns of $A$ as the edges of a box.")
ASK = N_("How many of these cubes is the box worth?")
SLIDE = N_("Slide its layers along ${base}$. Base and height stay: so does the volume.")
SLIDE_FLAT = N_("Slide its layers, each in its plane. None grows: the volume stays.")
LAST = N_("Slide on, until all edges are at right angles.")
ASK_FAR = N_("How many unit cubes is the box worth?")
COUNT_FAR = N_("The edges are not drawn to scale. Their product is the volume.")
COUNT = N_("Now its volume is the product of its edges.")
MULTIPLY = N_("${product}$: this is the determinant, $det A$.")
LOOK = N_("Look at it from the tip of ${c}$.")
SIGN = N_("From here, ${a}$ turns clockwise to ${b}$: so $det A$ is negative.")
EDGE = N_("Walk round, to see it edge-on.")
NOTHING = N_("Nothing of its volume is left: the determinant $det A$ is 0.")
CLOSE = N_("Change one entry of $A$ to get $B$. Watch ${c}$.")
CLOSED = N_("Seen edge-on, the box is flat: $det B = 0$.")
OPEN = N_("Change one entry of $A$ to get $B$: ${c}$ opens a box.")
INSTEAD = N_("Take another matrix $B$ instead: its columns span a box.")
PAST = N_("Move ${c}$ on, to the other side.")
CLOCKWISE = N_("From the tip of ${c}$, ${a}$ turns clockwise to ${b}$: a negative volume.")
SUMMARY = N_("So it is with every small cube: $A$ multiplies every volume by ${size}$.")
UNIT, IMAGE, STACK = N_("unit cube"), N_("its image"), N_("same volume")

LAYERS = 8
NEAR = 2.5  # how much larger what has become small is seen, at least
MANY = 24  # cubes that can still be told apart
LONG = 8  # signs of a number that are too many to stand in a picture
WIDE = 3.9  # stage units: what a panel has room for
FAR = 9  # how much A may enlarge before a unit cube is too small to see
GAP = 0.03  # between two cubes
FLAT = 1e-6
BESIDE = 0.4  # units between the unit cube and the box
SHORT = 0.3  # stage units: an edge that no measure fits
LEAST = 0.6  # units that a picture is wider than what it shows


class DeterminantIsVolume(MatrixScene):
    """The determinant is what A multiplies every volume by, with a sign for what it mirrors."""

    title = N_("Determinant and volume")
    inputs = (MatrixInput("3x3", default="1 1 0; 0 1 1; 1 0 1"),)

    def construct(self) -> None:
        A = self.matrix
        self.det, self.slides = la.det(A), la.slides(A)
        self.powers = powers_of_ten(A.columns)
        self.drawn = self.scaled(A)
        self.crossing = la.crossing_in_space(self.drawn)
        self.end = self.slides[-1].matrix if self.slides else A
        self.is_far = la.spectral_norm(A) > FAR or any(self.powers)
        self.moves = self.det > 0 and not self.is_far
        # what is negative has been seen to be; what is flat has shown its contrast
        self.goes_on = self.det > 0 or la.rank(A) < 2
        self.cast()
        self.write_panel()
        self.move()
        if self.det:
            self.slide()
            self.count()
        self.name_it()
        self.cross()
        self.every_volume()

    def scaled(self, A: la.Matrix, sign: int = 1) -> la.Matrix:
        """Give the matrix whose columns are drawn: lengths that differ widely are brought near."""
        factors = [Fraction(10) ** (-sign * power) for power in self.powers]
        return A @ la.matrix(
            [[f if i == j else 0 for j, f in enumerate(factors)] for i in range(3)]
        )

    # -- the cast ------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up the unit cube with its edges, its layers, and the place where one stands."""
        theme = self.theme
        self.colors = {
            f"{letter}_{k}": color for letter in "ab" for k, color in enumerate(theme.columns, 1)
        }
        self.color = theme.region if self.det >= 0 else theme.region_back
        self.arrows = [
            self.arrow(edge, color) for edge, color in zip(EDGES, theme.columns, strict=True)
        ]
        self.names = [self.label(arrow, f"e_{k}") for k, arrow in enumerate(self.arrows, 1)]
        self.grown = Value((1.0, 1.0, 1.0))  # how much of each edge the box has been swept along
        self.box = block(self.grown, color=self.color, width=theme.line * 1.3)
        self.shadow = footprint(self.grown, color=theme.shadow)
        self.heart = self.curve(bezier.polyline(CORNERS[[0, 7]]), theme.ink, opacity=0.0)
        self.space_ = world = self.space(
            self.shadow, *self.box, *self.arrows, *self.names, self.heart
        )
        world.most = float("inf")
        states = [self.drawn, *(self.scaled(step.matrix) for step in self.slides)]
        if not self.is_far:
            states.append(la.identity(3))
        self.spots: Any = corners(*states)
        self.floor = world.ground = Floor(theme, self._unit_note, over=self.spots)
        world.given_view = telling(world.view, [list(self.drawn.array.T), list(EDGES)])
        self.put = Value((0, 0, 0))  # where the unit cube is, to be compared with
        self.unit = block(corner=self.put, color=theme.ghost, width=theme.line, fill=0.1)
        self.middle = self.curve(
            lambda: bezier.polyline(self.put.now + CORNERS[[0, 7]]), theme.ink, opacity=0.0
        )
        self.one = self.label(self.middle, "1", color=theme.ink)
        world.plant(*self.unit, self.middle, self.one)
        self.counted: list[Any] = []
        self.now_shown: list[Any] = []

    def showing(self, view: View, points: Any) -> View:
        """Give the view in which points fit."""
        return view.fitted(points, margin=0.75 * self.layout.text)

    def named(self, letter: str, k: int) -> str:
        """Write the name of what is drawn for a column, which may be a part of it."""
        name = f"{letter}_{k + 1}"
        return f"10^({-self.powers[k]}) {name}" if self.powers[k] else name

    def write_panel(self) -> None:
        """Set up what the panel will say."""
        A, theme = self.matrix, self.theme
        others = [self.scaled(B, -1) for B in self.crossing[2:]]
        self.card_ = self.card(A, "A")
        self.now = self.card(A, room=Entries.room(A, *(step.matrix for step in self.slides)))
        self.now_is = self.prose(N_("edges of the box, as columns"), color=theme.muted)
        start = A if A in others[:2] else others[0]
        k = self.crossing.column
        changed = [la.matrix([[entry] for entry in B.column(k)]) for B in (A, *others)]
        self.other = self.card(start, "B", room=Entries.room(*changed))
        self.sizes = [max((abs(x) for x in c), key=float) for c in self.end.columns]
        self.product = " times ".join(map(notation.factor, self.sizes))
        whole = self.equals(self.product, abs(self.det))
        if self.math(whole).width > WIDE:
            whole = self.exactly(abs(self.det))
        self.volume = [self.row(N_("volume"), 'bold("?")'), self.row(N_("volume"), whole)]
        self.formula = self.math(self.equals("det A", self.det), size=1.25 * theme.math)
        shrink = prod(10.0**power for power in self.powers)
        self.signed = self.row(
            N_("signed volume"),
            self.running(
                lambda: shrink * volume(self.space_.matrix),
                *map(la.det, others), self.det, nonzero=True,
            ),
        )  # fmt: skip
        self.panel.set(
            self.heading(), Either(self.card_, self.other), RULE,
            *([self.now_is, self.now] if self.slides else []),
            *([RULE, Either(*self.volume)] if self.det else []),
            Either(self.formula, self.signed),
        )  # fmt: skip

    # -- how many cubes it is worth ----------------------------------------------------------

    def move(self) -> None:
        """Let A move a cube, and ask how large it is then."""
        world = self.space_
        self.open(self.panel.blocks[0], self.card_)
        self.beside = self.room_beside(world.view)
        if not self.is_far:
            self.spots = [*self.spots, *(CORNERS + self.beside)]
        self.home = self.showing(world.view, self.spots)
        world.look(self.home)
        self.plan_the_walk()
        cube = [self.shadow, *self.box, *self.arrows, *self.names]
        stays = self.matrix == la.identity(3)
        if not self.is_far:
            for thing in (*cube, self.one):
                self.bring(thing)
            self.draw()
            world.seat(*self.names, self.one)
        self.draw()
        message = STAYS if stays else WATCH if self.moves else SPAN if self.is_far else CARRY
        with self.beat("move", message):
            if self.moves:
                self.play(Pulse(*self.box, *self.arrows, run_time=0.6), Appear(*self.unit))
                self.play(Vanish(self.one, run_time=0.2))
                names = {name: f"a_{k}" for k, name in enumerate(self.names, 1)}
                self.perform(world, la.path(self.drawn), names=names, run_time=2.4)
            else:
                self.grow()
        if not self.det:
            return
        mark = self.question_mark(self.heart)
        world.join(mark)
        with self.beat("ask", ASK_FAR if self.is_far else ASK):
            aside = [] if self.is_far else [Change(self.put, self.beside, run_time=0.9)]
            self.play(Appear(self.volume[0]), Pulse(*self.box), *aside)
            if aside:
                self.play(Appear(self.one, run_time=0.3))
            turned = self.home.turned(self.home.azimuth + 0.3, self.home.elevation)
            there, back = Look(world, self.showing(turned, self.spots)), Look(world, self.home)
            self.predict(Chain(there, back), ask=mark)
            self.play(Vanish(mark, *self.unit, self.one, run_time=0.3))

    def room_beside(self, view: View) -> Any:
        """Say where the unit cube is to the left of all that the box will be."""
        right = view.axes[0]
        most, least = max(CORNERS @ right), min(self.spots @ right)
        return (least - BESIDE - most) * right

    def grow(self) -> None:
        """Carry the edges alone, then sweep the box from them: no path in space mirrors it."""
        world, flying = self.space_, Value(EDGES)
        if not self.is_far:
            arrows = [
                self.arrow(lambda k=k: flying.now[:, k], color)
                for k, color in enumerate(self.theme.columns)
            ]
            world.plant(*arrows)
            gone = *self.box, self.shadow, *self.names, self.one
            self.play(Appear(*self.unit), Vanish(*gone))
            for arrow in arrows:
                self.bring(arrow)
            self.play(Vanish(*self.arrows, run_time=0.1))
            self.play(Change(flying, self.drawn, run_time=1.3))
            self.dismiss(*arrows)
            set_presence_of(self.arrows, 1.0)
        world.matrix = self.drawn.array
        is_box = la.rank(self.drawn) > 1
        self.grown.now = (1.0, FLAT, FLAT) if is_box else (1.0, 1.0, 1.0)
        for k, name in enumerate(self.names):
            name.show(self.named("a", k))
        self.draw()
        world.seat(*self.names)
        self.play(Appear(*self.arrows, *self.names, self.shadow, *self.box))
        if is_box:
            ways = (1.0, 1.0, FLAT), (1.0, 1.0, 1.0)
            self.while_reading(Chain(*(Change(self.grown, way, run_time=0.9) for way in ways)))
        else:
            self.while_reading(Pulse(*self.arrows))

    def slide(self) -> None:
        """Slide layers until the box stands upright."""
        world, before = self.space_, self.matrix
        layers = {
            k: deck(k, LAYERS, front=self.color, width=0.6 * self.theme.line, fill=0.14)
            for k in {step.column for step in self.slides}
        }
        world.join(*(layer for each in layers.values() for layer in each))
        gone, self.now_shown = list(self.names), [self.now, self.now_is]
        for first in (0, 1):
            steps = self.slides[first:] if first else self.slides[:1]
            if not steps:
                continue
            bases = [k for k, count in enumerate(steps[0].counts) if count != 0]
            flat = SLIDE_FLAT if len(bases) > 1 else SLIDE
            message = LAST if first else flat
            with self.beat(f"slide {first + 1}", message, base=f"a_{bases[0] + 1}"):
                if first == 0:
                    self.play(Appear(self.now_is, self.now), Vanish(*gone), Dim(*self.box, to=0.35))
                for step in steps:
                    before = self.slide_once(step, before, layers[step.column], len(steps))
        self.play(Dim(*self.box, to=1.0), run_time=0.4)

    def slide_once(self, step: Any, before: la.Matrix, layers: Any, among: int) -> la.Matrix:
        """Slide the layers across one edge; give the matrix after it."""
        world, k = self.space_, step.column
        start, goal = (self.scaled(M).column(k).array for M in (before, step.matrix))
        rail = self.segment(start, goal, self.theme.columns[k], dashed=True, counts=False)
        world.plant(rail)
        self.play(Appear(*layers, rail), run_time=0.3)
        seconds = 1.8 if among == 1 else 1.0
        motions = (
            Glide(world, self.scaled(step.matrix), view=world.view, run_time=seconds),
            Entries(self.now, self.unscaled, before, step.matrix, run_time=seconds),
        )
        if among == 1:
            self.while_reading(*motions)
        else:
            self.play(*motions)
        self.play(Vanish(*layers, rail), Pulse(self.now.column(k)), run_time=0.4)
        return step.matrix

    def unscaled(self) -> Any:
        """Give the matrix whose columns are drawn now, at their own lengths."""
        return self.space_.matrix * [10.0**power for power in self.powers]

    def count(self) -> None:
        """Measure the upright box, and count the cubes in it."""
        world, end = self.space_, Upright(self.scaled(self.end))
        near = self.showing(world.view, corners(end.matrix))
        if near.unit < NEAR * world.view.unit:
            near = world.view
        sides = self.measures(end, near)
        cubes = self.cubes(end)
        world.plant(*(piece for pair in sides for piece in pair))
        world.plant(*(piece for cube in cubes for piece in cube))
        self.counted = [piece for group in (*sides, *cubes) for piece in group]
        with self.beat("count", COUNT_FAR if any(self.powers) else COUNT):
            if near is not world.view:
                self.play(Look(world, near))
            if not self.slides:
                self.play(Vanish(*self.names))
            lit = [self.edge_entry(k) for k in range(3)]
            self.play(
                *(
                    After(0.4 * k, Chain(Appear(*pair, run_time=0.4), Pulse(*pair, lit[k])))
                    for k, pair in enumerate(sides)
                )
            )
            if cubes:
                step = min(0.4, 2.0 / len(cubes))
                stacked = (
                    After(step * n, Appear(*cube, run_time=0.4)) for n, cube in enumerate(cubes)
                )
                self.play(Vanish(*self.arrows), Dim(*self.box, to=0.3), *stacked)
                self.play(Vanish(*self.box, run_time=0.2))
            self.play(Vanish(self.volume[0], run_time=0.3), After(0.3, Appear(self.volume[1])))

    def edge_entry(self, k: int) -> Any:
        """Give the one entry of an upright edge, in the card."""
        return (self.now if self.slides else self.card_).entry(Upright(self.end).axis(k), k)

    def measures(self, end: Upright, view: View) -> list[tuple[Any, Any]]:
        """Give the lengths of an upright box's edges, on the edges that bound what is seen."""
        pairs = []
        for k, (size, color) in enumerate(zip(self.sizes, self.theme.columns, strict=True)):
            tail, tip, way = end.side(k, view)
            line: Any = Place((tail + tip) / 2, color=color)
            if length(view.spot(tip) - view.spot(tail)) > SHORT:
                line = self.measure(tip, color, tail=tail, side=way, offset=0.2)
            pairs.append((line, self.label(line, self.exactly(size), color=color)))
        return pairs

    def cubes(self, end: Upright) -> list[list[Any]]:
        """Give the cubes that fill an upright box, in the order in which they are stacked."""
        cubes = [] if self.is_far else end.cubes(MANY, GAP)
        return [block(*cube, color=self.color, width=self.theme.line) for cube in cubes]

    # -- its name ------------------------------------------------------------------------

    def name_it(self) -> None:
        """The volume is the size of the determinant; what is mirrored makes it negative."""
        if not self.det:
            self.see_it_flat()
            return
        if self.det > 0:
            with self.beat("name", MULTIPLY, product=self.equals(self.product, self.det)):
                lengths = [label for label in self.counted if label in self.space_.labels]
                self.play(Pulse(self.volume[1], *lengths), After(0.5, Appear(self.formula)))
                self.while_reading(Pulse(self.formula, *self.counted))
            return
        with self.beat("sign", LOOK, **self.roles("a")):
            self.recall()
            self.while_reading(Appear(*self.names, run_time=0.4), *self.step_round())
            self.say(SIGN, **self.roles("a"))
            self.play(Draw(*self.turn, run_time=1.5))
            self.while_reading(Appear(self.formula), Pulse(*self.turn, run_time=1.2))

    def see_it_flat(self) -> None:
        """A box without volume is seen to be flat."""
        world, points = self.space_, [*self.drawn.array.T]
        if la.rank(self.matrix) == 2:
            normal = la.left_null_space(self.drawn).vectors[0]
            aside = self.showing(edge_on(self.home, normal, points), self.spots)
            with self.beat("edge", EDGE):
                self.while_reading(Look(world, aside, run_time=2.4))
        with self.beat("name", NOTHING):
            self.play(Appear(self.formula), Pulse(*self.arrows))
            self.while_reading(Pulse(self.formula, *self.box))

    def roles(self, letter: str) -> dict[str, str]:
        """Name the column that crosses, and the two whose plane it crosses."""
        found = zip("cab", (self.crossing.column, *self.others), strict=True)
        return {role: f"{letter}_{k + 1}" for role, k in found}

    def recall(self) -> None:
        """Show again the box that A makes of the unit cube."""
        if self.counted:
            back = [] if self.space_.view == self.home else [Look(self.space_, self.home)]
            self.play(Vanish(*self.counted, *self.now_shown), *back, run_time=0.4)
            self.space_.matrix, self.counted = self.drawn.array, []
            self.draw()
            self.play(Appear(*self.box, *self.arrows), Dim(*self.box, to=0.6), run_time=0.5)

    def step_round(self) -> list[Look]:
        """Give the way to where the tip of the crossing column points at the viewer."""
        return [Look(self.space_, self.front, run_time=1.2)]

    # -- through 0 -----------------------------------------------------------------------

    def plan_the_walk(self) -> None:
        """Choose where to stand while one column moves through the plane of the others."""
        found = self.crossing
        k = found.column
        self.others = (k + 1) % 3, (k + 2) % 3
        edges = [B.array.T for B in found[2:]]
        one, other = (edges[0][j] for j in self.others)
        side = normal_to(one, other, edges[0][k])
        front = telling(self.home, [list(edges[0])], side)
        aside = edge_on(front, side, list(edges[1]))
        after = front.turned(2 * aside.azimuth - front.azimuth, front.elevation)
        if float(side @ after.toward) > -0.5 * float(side @ front.toward):  # nearly level
            after = front.turned(aside.azimuth, -front.elevation)
        views = front, aside, after
        halves = [(0, 0, 0.0), (0, 1, 0.5), (1, 1, 0.0), (1, 2, 0.5), (2, 2, 0.0)]
        units = []
        for m, n, s in halves if self.goes_on else halves[:3]:
            box = CORNERS @ ((1 - s) * edges[m] + s * edges[n])
            units.append(self.showing(views[m].between(views[n], s), box).unit)
        self.front, self.aside, self.after = (
            view.fitted(CORNERS @ edge, margin=0.5, fixed_unit=min(units))
            for view, edge in zip(views, edges, strict=True)
        )

        def turn() -> Any:
            one, other = (self.space_.matrix[:, j] for j in self.others)
            return turn_in_space(one, other, 0.55 * min(length(one), length(other)))

        self.turn = [self.curve(turn, self.theme.ink, width=0.8 * self.theme.bold, counts=False)]
        self.space_.plant(*self.turn)

    def cross(self) -> None:
        """Move one column through the plane of the others: the volume goes through 0."""
        world, found, now, card = self.space_, self.crossing, self.matrix, self.other
        opened, flat, beyond = (self.scaled(B, -1) for B in found[2:])
        roles, arrow = self.roles("b"), self.arrows[found.column]

        def become(goal: la.Matrix, view: View, *also: Any, run_time: float = 2.0) -> None:
            nonlocal now
            self.play(
                Glide(world, self.scaled(goal), view=view, run_time=run_time),
                Entries(card, self.unscaled, now, goal, run_time=run_time), *also,
            )  # fmt: skip
            now = goal

        anew = now not in (opened, flat) and not self.det
        is_open = bool(self.det) and opened == now
        with self.beat("zero", CLOSE if is_open else INSTEAD if anew else OPEN, **roles):
            self.recall()
            gone = [*self.volume, self.formula, *self.names, *self.unit, self.one]
            if anew:
                self.play(Vanish(*gone, *self.box, self.shadow, *self.arrows), run_time=0.5)
                world.matrix, now = found.opened.array, opened
                world.look(self.front)
                self.draw()
                self.play(Appear(*self.box, self.shadow, *self.arrows), run_time=0.6)
            else:
                self.play(Vanish(*gone, *self.turn), *self.step_round())
            for j, name in enumerate(self.names):
                name.show(self.named("b", j))
            self.play(
                Vanish(self.card_, run_time=0.3), After(0.3, Appear(card, run_time=0.4)),
                Appear(self.signed, *self.names, *self.turn), Dim(*self.box, to=0.6),
            )  # fmt: skip
            if is_open:
                become(flat, self.aside)
                self.say(CLOSED)
            elif not anew:
                become(opened, self.front)
            self.while_reading(Pulse(arrow, self.signed, *self.box, run_time=1.3))
        if not self.goes_on:
            return
        with self.beat("beyond", PAST, **roles):
            if not is_open:
                become(flat, self.aside, run_time=1.6)
            color = self.theme.region_back
            mirrored: list[Any] = [After(1.2, Recolor(piece, color)) for piece in self.box]
            mirrored.append(Vanish(*self.turn))
            become(beyond, self.after, *mirrored, run_time=max(2.4, self.reading_left()))
            self.say(CLOCKWISE, **roles)
            again = Pulse(*self.turn, arrow, self.signed, run_time=1.0)
            self.while_reading(Chain(Draw(*self.turn, run_time=1.4), again))

    # -- what it multiplies ----------------------------------------------------------------

    def every_volume(self) -> None:
        """The unit cube, the box, and the cubes that it is worth, side by side."""
        size = self.equals("abs(det A)", abs(self.det))
        with self.beat("every", SUMMARY, size=size):
            self.play(Vanish(*self.space_.pieces(), self.other, self.signed, run_time=0.4))
            shown = self.pictures()
            self.play(
                Appear(self.card_, self.formula),
                *(After(0.5 * k, Appear(*pieces)) for k, pieces in enumerate(shown)),
            )
            self.while_reading(Chain(*(Pulse(*pieces, run_time=0.6) for pieces in shown)))
            self.summary()

    def pictures(self) -> list[list[Any]]:
        """Set up the three pictures, at one scale, each as wide as it needs."""
        value = self.exactly(abs(self.det))
        told: list[tuple[str, str, la.Matrix]] = []
        if not self.is_far:
            told.append((UNIT, "1", la.identity(3)))
        told.append((IMAGE, value, self.drawn))
        if self.det and (self.slides or not self.is_far):
            told.append((STACK, self.product, self.scaled(self.end)))
        room = self.space_.view.rect.inset(0.3)
        seen = [corners(M) @ self.home.axes.T for *_, M in told]
        wide = [max(flat[:, 0]) - min(flat[:, 0]) + LEAST for flat in seen]
        rects = room.columns(tuple(wide), 0.3)
        views = [
            self.home.on(rect.inset(0.1, 2.6 * self.theme.math)).fitted(corners(M), margin=0.1)
            for rect, (*_, M) in zip(rects, told, strict=True)
        ]
        return [
            self.picture(view, rect, *each)
            for view, rect, each in zip(self.one_unit(*views), rects, told, strict=True)
        ]

    def picture(self, view: View, rect: Rect, words: str, number: str, M: la.Matrix) -> list[Any]:
        """Set up one of them, with its volume above and its name below."""
        theme, world = self.theme, self.space()
        world.ground = Floor(theme, self._unit_note, over=corners(M), note=False)
        world.view = view
        cubes = self.cubes(Upright(M)) if words == STACK else []
        color = theme.ghost if words == UNIT else self.color
        bodies = cubes or [block(M.array.T, color=color, width=theme.line)]
        world.plant(footprint(M.array.T, color=theme.shadow), *(p for b in bodies for p in b))
        if words == IMAGE:
            arrows = zip(M.columns, theme.columns, strict=True)
            world.plant(*(self.arrow(column, hue, scale=0.75) for column, hue in arrows))
        above = self.math(number, size=1.6 * theme.math)
        below = self.prose(words, size=1.3 * theme.prose)
        floors = rect.top - 2.3 * theme.math, rect.bottom + 0.6 * theme.math
        for sign, floor in zip((above, below), floors, strict=True):
            sign.scale(min(1.0, 0.95 * rect.width / float(sign.width)))
            sign.shift([rect.center[0] - sign.get_center()[0], floor - sign.baseline, 0.0])
            world.signs.append(sign)
            for leaf in leaves(sign):
                leaf.clip, leaf.z_index = rect, float(Layer.LABEL)
        pieces = [piece for piece in world.pieces() if piece not in world.ground.pieces()]
        for piece in world.pieces():
            set_presence(piece, 0.0)
        return pieces


def set_presence_of(things: Any, presence: float) -> None:
    """Say at once of several things how much of them is to be seen."""
    for thing in things:
        set_presence(thing, presence)
