"""The dot product: the shadow of one vector on the line of another, times that one's length."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from manim import DOWN, RIGHT, VGroup

import lamath as la
from lamath import notation
from scenes.inputs import VectorInput
from scenes.stage import (
    N_,
    RULE,
    After,
    Appear,
    Chain,
    Change,
    Dim,
    Draw,
    Entries,
    Look,
    MatrixScene,
    Pulse,
    Rock,
    Value,
    Vanish,
)
from scenes.stage.bezier import circle
from scenes.stage.figure import bearing, length, toward
from scenes.stage.motion import Motion
from scenes.stage.shapes import Ticks
from scenes.stage.walk import Walk

WATCH = N_("Light falls squarely onto the line of $u$. Watch the shadow of $v$.")
BEHIND = N_("Beyond the origin it counts as negative: ${product}$, the dot product $u dot v$.")
POINT = N_("The shadow is a point, of length 0: so the dot product $u dot v$ is 0.")
PRODUCT = N_("Times the length of $u$, so that both count: ${product}$, the dot product $u dot v$.")
ASK = N_("Turn $v$. Where will $u dot v$ be 0?")
ELSEWHERE = N_("Turn $v$. Where else will $u dot v$ be 0?")
NEGATIVE = N_("At 90° to $u$, on both sides. Between, the shadow is negative: $u dot v < 0$.")
POSITIVE = N_("At 90° to $u$, on both sides. Between, the shadow is positive: $u dot v > 0$.")
ONE = N_("Do the entries give it, too? First, the shadow of $hat(dotless.i)$.")
SHARE = N_("Two similar triangles: ${ratio}$.")
SAME = N_("The same for $hat(dotless.j)$: ${ratio}$.")
AXIS = N_("Do the entries give it, too? See the shadows of single steps.")
APART = N_("Walk to $v$: the shadows of the steps add up to that of $v$.")
ENTRIES = N_("Times the length of $u$: ${first}$, ${second}$. So $u dot v = u_1 v_1 + u_2 v_2$.")
SUMMARY = N_("$u dot v$: the shadow of $v$ on $u$, times the length of $u$.")
NO_LINE = N_("$u$ is the zero vector: it has no line for a shadow, and its length is 0.")
NO_SHADOW = N_("$v$ is the zero vector: its shadow is a point, wherever $u$ points.")
ALWAYS = N_("Each product has a factor 0: $u dot v = 0$.")

WIDE = 4.0  # stage units: what a panel has room for
LONG = 6  # signs of a number that are too many to stand in a picture
FAR = 6  # times as long as the other vector, and still drawn at its length
SEEN = 0.7  # stage units: how long a piece must be to bear a number
MANY = 12  # units that can still be counted on a line
I_HAT, J_HAT = "hat(dotless.i)", "hat(dotless.j)"


class DotProductIsProjection(MatrixScene):
    """The dot product is a length times the length of a shadow, and a sum over entries."""

    title = N_("Dot product and shadow")
    inputs = (
        VectorInput("u", "4 3", of=2, help='The vector on whose line shadows fall: "4 3".'),
        VectorInput("v", "1 2", of=2, help='The vector that casts a shadow: "1 2".'),
    )

    def construct(self) -> None:
        theme = self.theme
        self.product, self.norm = la.inner(self.u, self.v), la.norm(self.u)
        self.blue = theme.output
        self.colors = {"u": self.blue, "v": theme.input, I_HAT: theme.i, J_HAT: theme.j}
        if 0 in (self.norm, la.norm(self.v)):
            self.nothing()
            return
        self.unit, self.shadow = self.u / self.norm, self.product / self.norm
        is_long = any(len(notation.plain(each)) > LONG for each in self.unit)
        self.coefficients = [float(each) if is_long else each for each in self.unit]  # as written
        self.drawn, self.name = in_proportion(self.u, self.v)
        self.colors[self.name] = self.blue
        self.cast()
        self.write_panel()
        self.fall()
        self.turn()
        self.compare()
        self.take_apart()
        self.add_up()
        with self.beat("remember", SUMMARY):
            factors = [self.band, self.lengths[0], self.rows[0]], [*self.lengths[1:], self.rows[1]]
            self.play(Vanish(*self.pieces[0], *self.pieces[1]), Appear(self.band, self.lengths[0]))
            self.play(Chain(*(Pulse(*each) for each in (*factors, self.rows[2:]))), run_time=2.2)
            self.summary()

    # -- the cast ------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up both vectors, and the shadow of the second one."""
        theme, u, v = self.theme, self.u, self.v
        row = la.matrix([list(self.unit)])
        self.onto = row.T @ row  # the projection onto the line of u
        self.size = la.norm(v)
        size = float(self.size)
        self.angle = Value(bearing(v))  # degrees

        def turned() -> Any:
            return size * toward(self.angle.now)

        self.turned = turned
        self.foot = self.image(self.onto, turned)
        line = self.line(u, theme.axis)
        marks = [k for k in range(-MANY, MANY + 1) if k]
        ticks = Ticks(self.unit, marks, color=theme.axis, width=theme.line, half=0.08)
        far = max(float(la.norm(self.drawn)), size) > MANY
        self.house: list[Any] = [line] if far else [line, ticks]
        across = la.vector([-u[1], u[0]])
        self.rays = [
            self.line(across, theme.input, through=self.unit * (self.size * k / 3), width=1.0)
            for k in range(-6, 10)
        ]
        self.u_arrow = self.arrow(self.drawn, self.blue)
        self.v_arrow = self.arrow(turned, theme.input)
        self.names = [self.label(self.u_arrow, self.name), self.label(self.v_arrow, "v")]
        self.band = self.shade(self.foot, theme.input)
        self.drop = self.segment(turned, self.foot, theme.muted, dashed=True)
        self.corner = self.right_angle(
            lambda: -self.foot(), lambda: turned() - self.foot(), at=self.foot, size=0.2
        )
        self.track = self.curve(size * circle(), theme.ghost, dash=(0.1, 0.1))
        self.over = self.measure(self.drawn, theme.ink, side=self.away_from(v))
        self.lengths: list[Any] = [
            self.label(self.band, self.short(self.shadow), color=theme.input, on=0.5),
            self.over, self.label(self.over, self.short(la.norm(self.drawn)), color=self.blue),
        ]  # fmt: skip
        mine = self.u_arrow, self.v_arrow, self.band, self.drop, self.corner
        self.shown: list[Any] = [*mine, *self.names]
        self.plane = self.world(grid=False)
        self.plane.plant(*self.rays, *self.house, self.track, *self.shown, *self.lengths)

    def away_from(self, vector: la.Vector) -> int:
        """Give the side of u where a vector is not: 1 is the left, -1 the right."""
        return -1 if bearing(vector, self.u) >= 0 else 1

    def factor(self, value: Any) -> str:
        """Write a number as a factor: measured, if it is long when exact."""
        is_long = len(notation.plain(value)) > LONG
        return notation.factor(float(value) if is_long else value)

    @staticmethod
    def is_like(*factors: Any) -> str:
        """Give the sign between two sides that are made of such factors."""
        is_measured = any(
            isinstance(each, float) or len(notation.plain(each)) > LONG for each in factors
        )
        return "approx" if is_measured else "="

    def write_panel(self) -> None:
        """Set up what the panel will say."""

        def signed() -> float:
            return float(self.unit.array @ self.foot())

        u, v = self.u, self.v
        square = la.vector([-u[1], u[0]]) * (self.size / self.norm)
        ahead = self.unit * self.size
        stops = v, square, -square, ahead, -ahead
        if any(len(notation.plain(x)) > 3 for each in stops for x in each):  # room for one line
            stops = v, *(la.vector(each.array) for each in stops[1:])
        self.stops = [la.matrix([list(each)]).T for each in stops]
        self.write_cards(Entries.room(*self.stops))
        ends = [
            [x, 0, most, -most]
            for x, most in ((self.shadow, self.size), (self.product, self.size * self.norm))
        ]
        runs = self.running(signed, *ends[0], nonzero=True, decimals=3)
        product = self.running(lambda: float(self.norm) * signed(), *ends[1], nonzero=True)
        self.rows = [
            self.row(N_("shadow of $v$"), runs),
            self.row(N_("length of $u$"), self.short(self.norm)),
            self.row("$u dot v$", product),
        ]
        self.sum = self.lines(self.coefficients, self.shadow)
        self.entries = self.lines([*self.u], self.product)
        self.panel.set(self.heading(), self.pair, RULE, *self.rows, RULE, self.sum, self.entries)

    def write_cards(self, room: Sequence[str] = ()) -> None:
        """Write both vectors; that of v has room for what it may be on its way."""
        self.cards = [
            self.card(each, name, colors=(self.colors[name],), size=1.15 * self.theme.math, **more)
            for each, name, more in ((self.u, "u", {}), (self.v, "v", {"room": room}))
        ]
        self.pair = VGroup(*self.cards).arrange(RIGHT, buff=0.5)

    def swing(self, motion: Motion) -> tuple[Motion, Motion]:
        """Give a motion of v with the entries that it has on its way."""
        entries = Entries(
            self.cards[1], lambda: self.turned()[:, None], *self.stops, run_time=motion.run_time
        )
        return motion, entries

    def terms(self, factors: Sequence[Any]) -> list[str]:
        """Write each factor times an entry of v."""
        return [
            f"{self.factor(a)} times {self.factor(b)}" for a, b in zip(factors, self.v, strict=True)
        ]

    def lines(self, factors: Sequence[Any], total: Any) -> VGroup:
        """Set a sum over the entries of v, on one line if there is room for it."""
        if self.is_like(*factors, *self.v) != "=":
            total = float(total)
        parts = " + ".join(self.terms(factors)), self.equals("", total)
        whole = self.math(" ".join(parts))
        if whole.width <= WIDE:
            return VGroup(whole)
        return VGroup(*map(self.math, parts)).arrange(DOWN, buff=0.25)

    # -- a shadow, and its length ------------------------------------------------------------

    def fall(self) -> None:
        """Let v swing into its place, and measure its shadow there."""
        home = self.angle.now
        self.angle.now += 100.0 if bearing(self.v, self.u) >= 0 else -100.0
        turn, entries = self.swing(Change(self.angle, home, run_time=2.4))
        entries.at(0.5)  # as they are there
        self.open(*self.panel.blocks[:2], *self.house, *self.shown)
        with self.beat("shadow", WATCH):
            self.play(Draw(*self.rays, run_time=0.8), Dim(*self.rays, to=0.25, run_time=0.1))
            self.play(turn, entries)
            self.play(Appear(self.lengths[0], self.rows[0]), Vanish(*self.rays))
            self.while_reading(Draw(self.over), After(0.5, Appear(self.lengths[2], self.rows[1])))
        a, b = notation.factor(self.shadow), notation.factor(self.norm)
        told = f"{a} times {b} {notation.typst(self.product, sign=True)}"
        message = PRODUCT if self.product > 0 else BEHIND if self.product else POINT
        with self.beat("product", message, product=told):
            factors = Pulse(self.lengths[0], self.rows[0]), Pulse(*self.lengths[1:], self.rows[1])
            self.while_reading(Chain(*factors, Appear(self.rows[2]), Pulse(self.rows[2])))

    def turn(self) -> None:
        """Turn v: find where its shadow is a point, and what comes after that."""
        plane, home = self.plane, self.angle.now
        off, level = bearing(self.v, self.u), self.product == 0
        side = 1.0 if off >= 0 else -1.0
        way = -side if abs(off) > 90 or level else side
        square = bearing(self.u) + (-side if level else side) * 90
        there = home + way * ((way * (square - home)) % 360)
        wedge, degrees = self.opening(self.u_arrow, self.v_arrow, radius=0.7)
        mark, name = self.question_mark(self.v_arrow), self.names[1]
        plane.plant(wedge, degrees, mark)
        with self.beat("turn", ELSEWHERE if level else ASK):
            self.play(Vanish(*self.lengths, self.corner, name), Appear(self.track))
            self.predict(*self.swing(Rock(self.angle, way * 9.0, run_time=2.0)), ask=mark)
            self.play(Vanish(mark, run_time=0.3), Appear(name, run_time=0.3))
            self.play(*self.swing(Change(self.angle, there, run_time=2.0)), Appear(wedge, degrees))
            self.say(NEGATIVE if way == side or level else POSITIVE)
            self.play(Pulse(wedge, degrees, self.rows[0], self.rows[2], run_time=1.4))
            self.while_reading(*self.swing(Change(self.angle, there + way * 180, run_time=2.8)))
        self.home = home + way * 360
        self.around = [wedge, degrees, self.track]

    # -- the entries -------------------------------------------------------------------------

    def compare(self) -> None:
        """Find how long the shadows of î and ĵ are: each has a triangle similar to one of u."""
        plane, ways = self.plane, la.identity(2).columns
        corner = ways[0] * self.v[0]
        room = [(0.5, 0.5), (-0.5, -0.5)]  # for measures along the axes
        near = [*room, self.drawn, self.v, corner, self.unit * self.shadow, *ways]
        self.near = self.fitting(plane, [*near, self.onto @ corner])
        on_axis = self.unit[0] in (0, 1, -1)  # where there are no triangles
        with self.beat("one", AXIS if on_axis else ONE):
            self.play(
                Vanish(*self.around), *self.swing(Change(self.angle, self.home, run_time=1.0))
            )
            self.play(
                Look(plane, self.near), Dim(self.rows[0], self.rows[2], to=0.3),
                Vanish(self.v_arrow, self.names[1], self.band, self.drop),
            )  # fmt: skip
            gone: list[Any] = []
            for k, way in enumerate(ways):
                if k and not on_axis:
                    self.say(SAME, ratio=self.ratio(k))
                small, told = self.own_shadow(k, way)
                self.play(Vanish(*gone), Appear(*small[:2]), Draw(small[2]), run_time=0.8)
                self.play(Appear(*small[3:], *(told if on_axis else []), run_time=0.4))
                gone = [*small, *told]
                if on_axis:
                    self.while_reading(Pulse(*told))
                    continue
                if not k:
                    self.say(SHARE, ratio=self.ratio(k))
                gone += self.explain(k, way, told)
        self.play(Vanish(*gone, run_time=0.4))
        self.over.side = self.away_from(self.v)

    def ratio(self, k: int) -> str:
        """Write that a step's shadow is to 1 as an entry of u is to its length."""
        numbers = self.coefficients[k], self.drawn[k], la.norm(self.drawn)
        share, entry, whole = map(self.factor, numbers)
        return f"{share} : 1 {self.is_like(*numbers)} {entry} : {whole}"

    def own_shadow(self, k: int, way: la.Vector) -> tuple[list[Any], list[Any]]:
        """Plant a step with its drop and its shadow, and the shadow's length where it has room."""
        foot, color = self.onto @ way, self.theme.columns[k]
        step, shade = self.arrow(way, color), self.shade(foot, color)
        small: list[Any] = [
            step, self.label(step, (I_HAT, J_HAT)[k]),
            self.segment(way, foot, self.theme.muted, dashed=True),
            self.right_angle(-foot.array, way.array - foot.array, at=foot, size=0.2), shade,
        ]  # fmt: skip
        number = self.label(shade, self.short(self.coefficients[k]), color=color, on=0.5)
        self.plane.plant(*small, number)
        return small, [number] if length(foot) * self.near.unit > SEEN else []

    def explain(self, k: int, way: la.Vector, told: Sequence[Any]) -> list[Any]:
        """Show the triangle of u that is similar to that of a step and its shadow."""
        theme, along = self.theme, way * self.drawn[k]
        side = (1 if k else -1) * (1 if float(self.u[0]) * float(self.u[1]) > 0 else -1)
        base = self.measure(along, self.blue, side=side)
        start, turn = math.radians(bearing(along)), math.radians(bearing(self.u, along))
        large: list[Any] = [
            self.segment(self.drawn, along, theme.muted, dashed=True),
            self.right_angle(-along.array, (self.drawn - along).array, at=along, size=0.2),
            self.wedge(start, turn, theme.ink, radius=0.5),
            base, self.label(base, self.short(self.drawn[k]), color=self.blue),
        ]  # fmt: skip
        self.plane.plant(*large)
        self.over.side = self.away_from(way)
        large += self.lengths[1:]
        self.play(Draw(large[0]), After(0.4, Appear(*large[1:])))
        self.play(Appear(*told, run_time=0.4))
        self.while_reading(Pulse(*large[2:]))
        return large

    def take_apart(self) -> None:
        """Walk to v step by step, and let each step cast its piece of the shadow."""
        plane, theme = self.plane, self.theme
        ways, counts = la.identity(2).columns, [*self.v]
        walk = Walk(self, ways, counts, theme.columns[:2], names=(I_HAT, J_HAT))
        corner = ways[0] * self.v[0]
        joint, foot = self.onto @ corner, self.unit * self.shadow
        thread = self.segment(corner, joint, theme.muted, dashed=True)
        pieces = [self.shade(joint, theme.i), self.shade(foot, theme.j, start=joint)]
        numbers = [
            self.label(piece, text, color=color, on=0.5)
            for piece, text, color in zip(
                pieces, self.terms(self.coefficients), theme.columns, strict=False
            )
        ]
        plane.plant(*walk.members, thread, *pieces, *numbers)
        with self.beat("apart", APART):
            self.play(Appear(*walk.members, run_time=0.2))
            self.play(walk.go(1.2))
            shares = [float(a) * float(b) for a, b in zip(self.unit, self.v, strict=True)]
            apart = shares[0] * shares[1] > 0 and min(map(abs, shares)) * plane.view.unit > SEEN
            told = numbers if apart else pieces  # no numbers on pieces that lie on each other
            self.play(Draw(thread), Draw(pieces[0]), After(0.6, Appear(told[0])))
            self.play(
                Appear(self.v_arrow, self.names[1], self.drop), Draw(pieces[1]),
                After(0.6, Appear(told[1])), Dim(self.rows[0], self.rows[2], to=1.0),
            )  # fmt: skip
            self.while_reading(Chain(Pulse(*pieces, *told), Appear(self.sum)))
        self.steps, self.pieces = [*walk.members, thread], (pieces, told)

    def add_up(self) -> None:
        """Multiply by the length of u."""
        (c, d), (a, b) = (list(card.entries) for card in self.cards)
        whole = self.factor(self.norm)
        first, second = (
            f"{whole} times {self.factor(share)} {self.is_like(self.norm, share)} "
            f"{notation.factor(entry)}"
            for share, entry in zip(self.coefficients, self.u, strict=True)
        )
        with self.beat("entries", ENTRIES, first=first, second=second):
            self.play(Vanish(*self.steps), Appear(self.corner, *self.lengths[1:], self.entries))
            pulses = map(Pulse, (c, d), (a, b), *self.pieces)
            self.while_reading(Chain(*pulses, Pulse(self.rows[2], self.entries)))

    # -- nothing to multiply -------------------------------------------------------------------

    def nothing(self) -> None:
        """Show that a zero vector makes every product 0."""
        (c, d), (a, b) = ([notation.factor(x) for x in each] for each in (self.u, self.v))
        entries = self.math(f"u dot v = {c} times {a} + {d} times {b} = 0")
        self.write_cards()
        self.panel.set(self.heading(), self.pair, RULE, entries)
        one, other = self.arrow(self.u, self.blue), self.arrow(self.v, self.theme.input)
        names = [self.label(one, "u"), self.label(other, "v")]
        self.world(one, other, *names, grid=False)
        self.open(*self.panel.blocks[:2], one, other, *names)
        both = Pulse(one, names[0]), Pulse(other, names[1])
        with self.beat("nothing", NO_SHADOW if self.norm else NO_LINE):
            self.while_reading(Chain(*both))
        with self.beat("entries", ALWAYS):
            self.play(Appear(entries))
            self.while_reading(Chain(Pulse(*self.cards), Pulse(entries)))
        with self.beat("remember", SUMMARY):
            self.while_reading(Chain(*both))
            self.summary()


def in_proportion(u: la.Vector, v: la.Vector) -> tuple[la.Vector, str]:
    """Give the multiple of u that can be seen beside v, and its name: "u", "u/100" or "10 u"."""
    ratio = float(la.norm(u)) / float(la.norm(v))
    power = round(math.log10(ratio)) if not 1 / FAR < ratio < FAR else 0
    if power > 0:
        return u / 10**power, f"u\\/{10**power}"
    return u * 10**-power, f"{10**-power} u" if power else "u"
