"""The condition number: how far x moves when b moves a little."""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import Any

from manim import DOWN, LEFT, VGroup

import lamath as la
from lamath import notation
from scenes.inputs import MatrixInput, VectorInput
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
    Value,
    Vanish,
)
from scenes.stage.bezier import round_trip, smooth_through
from scenes.stage.figure import set_presence
from scenes.stage.layout import Rect
from scenes.stage.shapes import Place
from scenes.unbounded import NEAR, Unbounded, round_number, round_up

TWO = N_("Two equations, two lines. They cross at the solution $x$.")
LIKE_ONE = N_("Two lines that look like one. Draw their gap ${many}$ times as large.")
ASK = N_("${entry}$ grows by ${step}$. How far will the crossing go?")
MOVED = N_("$b$ has moved by ${step}$, and $x$ by {far}.")
ABOUT = N_("about {size}")
ROUND = N_("Now $b$ moves by ${step}$ in every direction. Watch $x$.")
LONG = N_("Why so far along $v_2$? $A$ shrinks it most, to ${step}$.")
LEAST = N_("Why so far along $v_2$? $A$ stretches it least, to ${step}$.")
EACH = N_("How far along $v_2$? Where $A$ makes the step as long as ${step}$.")
SHORT = N_("Along $v_1$ a shorter step already becomes ${step}$.")
TINY = N_("Along $v_1$ a step too short to see already becomes ${step}$.")
ALIKE = N_("Along $v_1$ it is as long: $A$ treats every direction alike.")
KAPPA = N_("Longest over shortest: the condition number $kappa = sigma_1 \\/ sigma_2$.")
SMALLER = N_("$abs(det B) < abs(det A)$: does $x$ go even farther?")
EVEN = N_("As far in every direction: $kappa = 1$. $det$ does not tell.")
SAME = N_("$det B = det A$, its lines nearer to parallel: does $x$ go farther?")
THIN = N_("Longer and thinner: $kappa$ is larger. $det$ does not tell.")
SUMMARY = N_("In proportion, errors in $x$ are at most $kappa$ times those in $b$.")

FAR = 1.5  # the longest error in x that is shown, in lengths of x
EVENLY = 3.0  # up to here κ is small
ROOM = 1.2  # what is seen of the plane, so that names fit about the ellipse
SEEN = 0.05  # stage units of a step that one sees
WIDELY = 1.2  # stage units of a distance that has room for its number
WIDE = 6  # signs of an entry that are too many for a small card
FLAT = 0.08  # the slope between two lines up to which they look like one
OPENED = 0.35  # the slope at which they are drawn then, at least


class GradientStability(Unbounded):
    """κ = σ₁/σ₂: A⁻¹ makes of a circle of right sides an ellipse so much longer than wide."""

    title = N_("Condition number")
    inputs = (MatrixInput("2x2", default="1 1; 1 1.01"), VectorInput(of="output"))
    stages = 2
    shares = (2.0, 3.0)

    def construct(self) -> None:
        self.colors = {
            "x": self.theme.input, "v_1": self.theme.input, "v_2": self.theme.input,
            "b": self.theme.output, "A x": self.theme.output,
            "sigma_1": self.theme.sigma, "sigma_2": self.theme.sigma,
        }  # fmt: skip
        if la.det(self.matrix) == 0:
            self.endless()
            return
        self.solve()
        self.cast()
        self.write_panel()
        self.cross()
        self.nudge()
        self.go_round()
        self.name_it()
        self.contrast()

    # -- the mathematics ---------------------------------------------------------------------

    def solve(self) -> None:
        """Find x, how far b is to move, and what that does to x."""
        A, given = self.matrix, self.vector
        self.inverse, self.svd, self.kappa = la.inverse(A), la.svd(A), la.condition_number(A)
        self.x0 = la.vector([1, 1]) if given is None else self.inverse @ given
        self.b0 = A @ self.x0
        s2 = float(self.svd.S[1])
        self.even = self.kappa <= EVENLY
        size = float(la.norm(self.x0)) or 1.0
        self.long = 30 * size  # stands for no end
        self.step = round_number((NEAR if self.even else FAR) * size * s2)
        columns = [la.norm(column) for column in self.inverse.columns]
        self.moved = int(bool(columns[1] >= 0.9 * columns[0]))  # the equation whose line moves
        units = la.identity(2).columns
        self.nudged, self.aside = (units[k] * self.step for k in (self.moved, 1 - self.moved))
        self.x1 = self.x0 + self.inverse @ self.nudged
        self.far = la.norm(self.inverse @ self.nudged)
        fixed = la.matrix([list(A.row(1 - self.moved))])
        slope = abs(float(la.det(A))) / max(abs(float(la.inner(*A.rows))), 1e-300)
        self.many = round_up(OPENED / slope) if slope < FLAT else Fraction(1)
        across = la.pinv(fixed) @ fixed  # what of a vector is square to the line that stays
        self.opening_up = la.power(la.identity(2) + across * (self.many - 1))
        if self.even:
            rows = list(A.rows)  # a multiple of one row added to the other keeps the determinant
            rows[self.moved] += rows[1 - self.moved] * 2
            self.other = la.matrix([list(row) for row in rows])
            if max(len(notation.typst(entry)) for row in rows for entry in row) > WIDE:
                self.other = la.matrix(self.other.array)
        else:
            share = round_number(min(2.5 * s2, 0.999 * float(abs(la.det(A))) ** 0.5))
            self.other = la.identity(2) * share

    # -- the cast ------------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up b and what it moves by, seen closely, and x where two lines cross."""
        t = self.theme
        self.hues = (t.i, t.j)
        self.delta, self.zoom = Value((0.0, 0.0)), Value(0.0)
        self.now = Value(self.inverse)  # A⁻¹, and B⁻¹ later
        self.x = lambda: self.x0.array + self.now() @ self.delta()

        self.set_up()
        self.gap = self.prose(
            N_("gap $times {many}$"), color=t.ink, many=notation.decimal(self.many)
        )
        self.plane.signs.append(self.gap)
        set_presence(self.gap, 0.0)

        self.lines = [self.line_of(k, self.matrix) for k in range(2)]
        self.dot_x = self.dot(self.x, t.input)
        landings = self.x0, self.x1
        self.name_x = self.label(
            self.dot_x, self.coordinates(self.x, *landings, prefix="x", write=notation.decimal)
        )
        self.ellipse_ = self.trip(self.x0.array, self.inverse, t.input)
        self.plane.plant(*self.lines, self.ellipse_, self.dot_x, self.name_x)

        self.dot_b = self.dot(self.delta, t.output)
        self.name_b = self.label(self.dot_b, self.coordinates_of_b(self.b0, self.nudged))
        self.middle = self.dot((0, 0), t.ghost, radius=0.06)
        self.circle = self.trip(0 * self.x0.array, la.identity(2), t.output)
        self.data.plant(self.circle, self.middle, self.dot_b, self.name_b)

    def line_of(self, k: int, A: la.Matrix) -> Any:
        """Give the line of one equation; the one that moves opens up where they look like one."""
        row = A.row(k).array
        along = row[::-1] * (-1.0, 1.0)
        if k == self.moved:
            return self.line(
                lambda: self.opening_up(self.zoom()) @ along, self.hues[k],
                through=self.x, width=0.7 * self.theme.bold, length=self.long,
            )  # fmt: skip
        return self.line(
            along, self.hues[k], through=self.x, width=0.7 * self.theme.bold, length=self.long
        )

    def trip(self, middle: Any, inverse: la.Matrix, color: str) -> Any:
        """Give what b, or x, goes round while b goes round its circle."""
        way = round_trip(middle, *(inverse.array @ v.array for v in (self.nudged, self.aside)))
        return self.curve(smooth_through(way, 0.0, 1.0, 48), color, width=0.7 * self.theme.bold)

    def coordinates_of_b(self, b: la.Vector, *moves: la.Vector) -> Any:
        """Give the coordinates of b as it moves."""
        places = max(2, len(f"{float(self.step):.10f}".rstrip("0").split(".")[1]))
        return self.coordinates(
            lambda: b.array + self.delta(), b, *(b + move for move in moves),
            prefix="b", decimals=places, write=notation.decimal,
        )  # fmt: skip

    def write_panel(self) -> None:
        """Set up what the panel will say."""
        A, B = self.matrix, self.other
        self.cards = [self.system(A, "A"), self.system(B, "B")]
        names = (("A", A), ("B", B))
        self.rows = [self.shares_of(M) for _, M in names]
        self.dets = [
            self.math(f"det {name} {notation.decimal(la.det(M), sign=True)}") for name, M in names
        ]
        self.kappas = [
            f"kappa({name}) {notation.decimal(la.condition_number(M), sign=True)}"
            for name, M in names
        ]
        self.found = [self.math(each) for each in self.kappas]
        step = notation.decimal(self.step)
        self.sizes = [
            self.math(f"{step} \\/ sigma_{k} {notation.decimal(self.step / s, sign=True)}")
            for k, s in enumerate(self.svd.S, start=1)
        ]
        self.heading_ = self.heading()
        cards, systems = (Either(*pair) for pair in zip(*self.cards, strict=True))
        if self.layout.panel_columns == 1:
            rows = [Either(*pair) for pair in zip(*self.rows, strict=True)]
            last = [Either(*pair) for pair in zip(self.sizes[::-1], self.dets, strict=True)]
            blocks = [cards, systems, RULE, *rows, RULE, *last, *self.found]
        else:  # too low for the equations, which are the card's rows, and for what B does
            self.cards, self.rows = [(card,) for card, _ in self.cards], [self.rows[0], []]
            rows = [Either(*pair) for pair in zip(self.rows[0], self.dets, strict=True)]
            last = [self.sizes[1], Either(self.sizes[0], self.found[1])]
            blocks = [cards, self.found[0], *rows, *last]
        self.panel.set(self.heading_, *blocks)

    def shares_of(self, M: la.Matrix) -> list[Any]:
        """Say how much b and x change in proportion, when b is nudged."""
        far = la.norm(la.inverse(M) @ self.nudged)
        rows = [
            self.row(N_("$b$ off by"), self.share(self.step, M @ self.x0)),
            self.row(N_("$x$ off by"), self.share(far, self.x0)),
        ]
        for row in rows:
            row.value.scale(0.88 if self.layout.panel_columns == 1 else 0.76)  # on one line
        return rows

    def share(self, size: Any, of: la.Vector) -> str:
        """Write which share of a vector's length a length is; of none it is the length itself."""
        whole = la.norm(of)
        if not whole:
            return notation.decimal(size)
        return f"{notation.decimal(size / whole * 100, sign=True).removeprefix('= ')} %"

    def system(self, M: la.Matrix, name: str) -> tuple[Any, ...]:
        """Give a matrix, and its two equations, each in the color of its line."""
        card = self.card(M, name)
        for row, color in zip(card.rows, self.hues, strict=True):
            for entry in row:
                entry.set_color(color)
        lines = VGroup(
            *(
                self.math(f"{notation.combination(row, ('x_1', 'x_2'))} = b_{k}", color=color)
                for k, (row, color) in enumerate(zip(M.rows, self.hues, strict=True), start=1)
            )
        ).arrange(DOWN, buff=0.25, aligned_edge=LEFT)
        return card, lines

    # -- the story -----------------------------------------------------------------------------

    def cross(self) -> None:
        """Draw both lines; where they look like one, draw their gap larger."""
        self.open(
            self.heading_, *(part for part in self.cards[0]), self.dot_b, self.name_b,
            *self.data.signs, *self.plane.signs[:1],
        )  # fmt: skip
        self.data.look(self.near())
        self.plane.look(self.fitting(self.plane, self.shown()))
        self.hang_gap()
        like_one = self.many > 1
        first, second = self.lines
        with self.beat("lines", LIKE_ONE if like_one else TWO, many=notation.decimal(self.many)):
            draws = Draw(first, run_time=1.2), After(0.8, Draw(second, run_time=1.2))
            if like_one:
                self.play(*draws)
                self.while_reading(Change(self.zoom, 1.0, run_time=2.0))
            else:
                self.while_reading(*draws)
            self.play(Appear(*([self.gap] if like_one else []), self.dot_x, self.name_x))

    def hang_gap(self) -> None:
        """Put the note on the gap in a corner of its stage that no line will cross."""
        plane, sign = self.plane, self.gap
        self.zoom.now = 1.0
        set_presence(self.lines[self.moved], 1.0)
        plane.draw()
        crowd, room = plane.crowd(besides=[sign]), plane.view.rect.inset(0.25)
        corners = [
            Rect.around(room.right - sign.width / 2, y, sign.width, sign.height)
            for y in (room.top - sign.height / 2, room.bottom + sign.height / 2)
        ]
        sign.move_to(min(corners, key=crowd.cost).center)
        self.zoom.now = 0.0
        set_presence(self.lines[self.moved], 0.0)
        plane.draw()

    def near(self) -> Any:
        """Give the view in which the circle of b is large."""
        r = ROOM * float(self.step)
        return self.fitting(self.data, [(-r, -r), (r, r)], most=inf)

    def shown(self, *more: la.Matrix) -> list[Any]:
        """Give the ends of the ellipses that the plane of x shows."""
        return [
            self.x0 + v * (float(self.step / s) * ROOM * sign)
            for svd in (self.svd, *map(la.svd, more))
            for v, s in zip(svd.V.columns, svd.S, strict=True)
            for sign in (1, -1)
        ]

    def nudge(self) -> None:
        """Let one entry of b grow."""
        ink, step = self.theme.ink, notation.decimal(self.step)
        arrow, size = self.arrow(self.nudged, ink), self.measure(self.nudged, ink)
        number = self.label(size, step)
        way = self.measure(self.x1, ink, tail=self.x0, side=-1)
        far = self.brief(self.far)
        distance = self.label(way, far)
        self.data.plant(arrow, size, number)
        mark = self.question_mark(self.dot_x)
        self.plane.plant(mark, way, distance)
        with self.beat("ask", ASK, entry=f"b_{self.moved + 1}", step=step):
            self.play(Appear(arrow, size, number))
            self.predict(ask=mark)
            self.ghost(self.plane, self.dot_x)
            self.play(Vanish(mark, arrow, self.name_b, run_time=0.3))
            self.play(Appear(self.middle), Change(self.delta, self.nudged, run_time=2.4))
            self.name_b.seated = False  # where it stood it would name the middle
            about = self.words(ABOUT, size=f"${far.removeprefix('approx ')}$")
            self.say(MOVED, step=step, far=about if far.startswith("approx") else f"${far}$")
            wide = self.plane.view.unit * float(self.far) > WIDELY
            self.play(Appear(*((way, distance) if wide else ()), self.name_b))
            self.while_reading(Appear(self.rows[0][0]), After(0.8, Appear(self.rows[0][1])))
        self.gone = [size, number, way, distance, self.name_b, self.name_x]

    def go_round(self) -> None:
        """Let b go once round its circle."""
        with self.beat("round", ROUND, step=notation.decimal(self.step)):
            self.play(
                Vanish(*self.gone, run_time=0.3),
                Dim(*self.lines, to=0.35),
            )
            self.tour(self.circle, self.ellipse_)

    def tour(self, *trails: Any) -> None:
        """Let b go once round, and x with it; both leave their trails."""
        self.while_reading(self.once_round(2.8), Draw(*trails, run_time=2.8), most=1.2)

    def once_round(self, run_time: float) -> Change:
        """Give the motion of b round its circle."""
        way = round_trip(0 * self.x0.array, self.nudged.array, self.aside.array)
        return Change(self.delta, along=way, run_time=run_time)

    def name_it(self) -> None:
        """Why the ellipse is so long, and how long for its width."""
        t, step = self.theme, notation.decimal(self.step)
        ways = [u * self.step for u in self.svd.U.columns]
        out, in_ = self.arrow(self.delta, t.output), self.arrow(self.error, t.input, tail=self.x0)
        self.data.plant(out)
        self.plane.plant(in_)
        names = []
        for k, (way, s) in enumerate(zip(ways, self.svd.S, strict=True), start=1):
            reach = notation.decimal(self.step / s, sign=True).removeprefix("= ")
            pair = [
                self.label(arrow, f"{size} {name}_{k}".removeprefix("1 "))
                for arrow, size, name in ((out, step, "u"), (in_, reach, "v"))
            ]
            self.data.plant(pair[0])
            self.plane.plant(pair[1])
            names.append((way, pair, self.sizes[k - 1]))
        (short, short_names, width), (long, long_names, length) = names
        self.play(
            Vanish(*self.lines, self.gap, run_time=0.4),
            Change(self.delta, (0.0, 0.0), run_time=0.6),
        )
        shrinks = EACH if self.kappa == 1 else LONG if self.svd.S[1] < 1 else LEAST
        with self.beat("long", shrinks, step=step):
            self.while_reading(
                Appear(out, in_, run_time=0.2), Change(self.delta, long, run_time=2.4), most=1.4
            )
            self.play(Appear(*long_names, length))
        seen = self.plane.view.unit * float(self.step / self.svd.S[0]) > SEEN
        along = ALIKE if self.kappa == 1 else SHORT if seen else TINY
        with self.beat("short", along, step=step):
            self.play(
                Vanish(*long_names, run_time=0.3), Change(self.delta, (0.0, 0.0), run_time=0.6)
            )
            self.while_reading(Change(self.delta, short, run_time=1.4), most=1.7)
            self.play(Appear(*short_names, width))
        with self.beat("kappa", KAPPA):
            turn = round_trip(0 * self.x0.array, short.array, long.array)
            self.play(Vanish(*short_names, run_time=0.3), Appear(self.found[0], run_time=0.3))
            self.while_reading(Change(self.delta, along=turn, run_time=2.6), most=1.5)

        self.gone = [out, in_, *self.sizes]

    def brief(self, value: Any) -> str:
        """Write a number exactly if that is short, else as a decimal."""
        text = self.exactly(value)
        return (
            text
            if len(text) < 8 and "/" not in text
            else notation.decimal(value, sign=True).removeprefix("= ")
        )

    def error(self) -> Any:
        """Give how far x is from where it was."""
        return self.now() @ self.delta()

    def contrast(self) -> None:
        """Let a neighbor that stretches otherwise take the same circle of b."""
        B, theme = self.other, self.theme
        inverse = la.inverse(B)
        lines = [self.line_of(k, B) for k in range(2)]
        trail = self.trip(self.x0.array, inverse, theme.input)
        b = f"b {notation.decimal(B @ self.x0, sign=True)}"
        name = self.label(self.middle, b, color=theme.output)
        longest = (self.inverse @ self.svd.U.column(1), inverse @ la.svd(B).U.column(1))
        ends = [
            Place(self.x0 + v * (side * self.step), color=theme.input)
            for side, v in zip((-1, 1), longest, strict=True)
        ]
        signs = [self.label(*each) for each in zip(ends, self.kappas, strict=True)]
        self.plane.plant(*lines, trail, *ends, *signs)
        self.data.plant(name)
        with self.beat("other", SAME if self.even else SMALLER):
            self.play(
                Vanish(
                    *self.cards[0], *self.rows[0], self.dot_x, self.dot_b, self.circle, *self.gone,
                    run_time=0.4,
                ),
                After(0.4, Appear(*self.cards[1], *self.rows[1][:1], name)),
                Dim(self.ellipse_, to=0.5), Appear(*self.dets),
                Look(self.plane, self.fitting(self.plane, self.shown(B))),
            )  # fmt: skip
            self.now.now, self.zoom.now, self.delta.now = inverse, 0.0, self.nudged
            self.play(Draw(*lines, run_time=0.7), Appear(self.dot_x, self.dot_b))
            self.play(Dim(*lines, to=0.35, run_time=0.3), Vanish(name, run_time=0.3))
            self.tour(self.circle, trail)
            self.say(THIN if self.even else EVEN)
            self.play(Appear(self.found[1], *self.rows[1][1:]))
            self.while_reading(self.once_round(1.6))
        with self.beat("summary", SUMMARY):
            self.play(
                Vanish(
                    *lines, *self.cards[1], *(self.rows[1] or self.dets), self.dot_x, run_time=0.4
                ),
                Dim(self.ellipse_, to=1.0), Dim(trail, to=0.6),
                After(0.4, Appear(*self.cards[0], *self.rows[0], *signs)),
            )  # fmt: skip
            self.now.now = self.inverse
            self.while_reading(Appear(self.dot_x, run_time=0.3), self.once_round(1.7))
            self.summary()
