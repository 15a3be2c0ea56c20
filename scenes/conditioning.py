"""The condition number: how far x moves when b moves a little."""

from __future__ import annotations

from fractions import Fraction
from math import atan2, floor, hypot, inf, log10, pi
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
    Pulse,
    Value,
    Vanish,
)
from scenes.stage.bezier import round_trip, smooth_through
from scenes.stage.figure import set_presence
from scenes.stage.panel import Row
from scenes.unbounded import NEAR, Unbounded, round_number, round_up

TWO = N_("Two equations, two lines. They cross at the solution $x$.")
LIKE_ONE = N_("Two lines that look like one. Draw their gap ${many}$ times as large.")
ASK = N_("Let $b$ change by {share}. By how much will $x$ change?")
MOVED = N_("$b$ has changed by {cause}, $x$ by {effect}.")
ABOUT = N_("about {size}")
ROUND = N_("The same change of $b$ in every direction. Watch $x$.")
LONG = N_(
    "Farthest where $A$ stretches least, by the singular value $sigma_2$: "
    "$abs(delta x) = abs(delta b) \\/ sigma_2$."
)
ALIKE = N_("As far every way: $abs(delta x) = abs(delta b) \\/ sigma_2$.")
SHORT = N_("Dashed: inputs with $abs(A x) = abs(b)$. None is shorter than $abs(b) \\/ sigma_1$.")
KAPPA = N_(
    "Divide: $abs(delta x) \\/ abs(x) <= (sigma_1 \\/ sigma_2) times abs(delta b) \\/ abs(b)$."
)
SMALLER = N_("$abs(det B) < abs(det A)$. Same $x$, $b = B x$, as many percent: a larger factor?")
SAME = N_("$det B = det A$. Same $x$, $b = B x$, as many percent: the same factor?")
TELLS = N_("No: here the factor is at most ${kappa}$. $det$ does not tell; $kappa$ does.")
SUMMARY = N_(
    "The relative error of $x$ is at most $kappa = sigma_1 \\/ sigma_2$ times that of $b$."
)

FAR = 3.0  # the longest error in x that is shown, in lengths of x
EVENLY = 3.0  # up to here κ is small
ROOM = 1.2  # what is seen of the plane, so that names fit about the ellipse
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
            "x": self.theme.input, "b": self.theme.output, "A x": self.theme.output,
            "delta x": self.theme.input, "delta b": self.theme.output,
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
        self.reason()
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
        self.nudged = la.identity(2).columns[self.moved] * self.step
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
        size_b, size_of_other = (float(la.norm(M @ self.x0)) for M in (A, self.other))
        self.ratio = size_of_other / size_b if size_b else 1.0  # B's b is as many percent off

    # -- the cast ------------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up b and what it moves by, seen closely, and x where two lines cross."""
        t = self.theme
        self.hues = (t.i, t.j)
        self.delta, self.zoom = Value((0.0, 0.0)), Value(0.0)
        self.now = Value(self.inverse)  # A⁻¹, and B⁻¹ later
        self.size = Value(float(la.norm(self.b0)))  # of b, and of B x later
        self.x = lambda: self.x0.array + self.now() @ self.delta()

        self.set_up()
        self.gap = self.prose(
            N_("gap $times {many}$"), color=self.hues[self.moved], many=notation.decimal(self.many)
        )
        self.plane.signs.append(self.gap)
        set_presence(self.gap, 0.0)

        self.lines = [self.line_of(k) for k in range(2)]
        self.dot_x = self.dot(self.x, t.input)
        landings = self.x0, self.x1
        self.name_x = self.label(
            self.dot_x, self.coordinates(self.x, *landings, prefix="x", write=notation.decimal)
        )
        self.ellipse_ = self.trip(self.x0.array, self.inverse, t.input)
        self.plane.plant(*self.lines, self.ellipse_, self.dot_x, self.name_x)

        self.dot_b = self.dot(self.delta, t.output)
        places = max(2, len(f"{float(self.step):.10f}".rstrip("0").split(".")[1]))
        b = self.coordinates(
            lambda: self.b0.array + self.delta(), self.b0, self.b0 + self.nudged,
            prefix="b", decimals=places, write=notation.decimal,
        )  # fmt: skip
        self.name_b = self.label(self.dot_b, b)
        self.middle = self.dot((0, 0), t.ghost, radius=0.06)
        self.circle = self.trip(0 * self.x0.array, la.identity(2), t.output)
        self.off_b = self.arrow(self.delta, t.output)
        self.off_x = self.arrow(self.error, t.input, tail=self.x0)
        self.data.plant(self.circle, self.middle, self.off_b, self.dot_b, self.name_b)
        self.name_db = self.label(self.off_b, "delta b")
        self.name_dx = self.label(self.off_x, "delta x")
        self.data.plant(self.name_db)
        self.plane.plant(self.off_x, self.name_dx)

    def line_of(self, k: int) -> Any:
        """Give the line of one equation; the one that moves opens up where they look like one."""
        row = self.matrix.row(k).array
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
        aside = self.aside_of(self.nudged)
        way = round_trip(middle, *(inverse.array @ v for v in (self.nudged.array, aside)))
        return self.curve(smooth_through(way, 0.0, 1.0, 48), color, width=0.7 * self.theme.bold)

    def write_panel(self) -> None:
        """Set up what the panel will say."""
        A, B = self.matrix, self.other
        self.cards = [self.card(A, "A"), self.card(B, "B")]
        for card in self.cards:
            for row, color in zip(card.rows, self.hues, strict=True):
                for entry in row:
                    entry.set_color(color)
        self.equations = self.below(
            self.math(f"{notation.combination(row, ('x_1', 'x_2'))} = b_{k}", color=color)
            for k, (row, color) in enumerate(zip(A.rows, self.hues, strict=True), start=1)
        )
        self.sigmas = self.below(
            self.math(f"sigma_{k} {finely(s)}") for k, s in enumerate(self.svd.S, start=1)
        )
        names = (("A", A), ("B", B))
        self.dets = self.below(
            self.math(f"det {name} {notation.decimal(la.det(M), sign=True)}") for name, M in names
        )
        self.found = [
            self.math(f"kappa({name}) {notation.decimal(la.condition_number(M), sign=True)}")
            for name, M in names
        ]
        size_x, size_b = float(la.norm(self.x0)), float(la.norm(self.b0))
        b, x = float(self.step) / (size_b or 1), float(self.step / self.svd.S[1]) / (size_x or 1)
        self.rows = [
            self.off_by(N_("$b$ off by"), lambda: norm(self.delta()) / (self.size() or 1), b),
            self.off_by(
                N_("$x$ off by"),
                lambda: norm(self.error()) / (size_x or 1),
                x,
                float(self.far) / (size_x or 1),
                x * self.ratio * float(self.svd.S[1] / la.svd(B).S[1]),
            ),
        ]
        factors, most = product(whole(float(self.kappa)), whole(100 * b))
        self.bound = Row(self.math(f"{factors} %"), self.math(f"{most} %"), self.theme)
        if self.layout.panel_columns > 1:
            self.equations = VGroup()  # they are the card's rows
        self.heading_ = self.heading()
        self.panel.set(
            self.heading_, Either(*self.cards), Either(self.equations, self.sigmas, self.dets),
            RULE, *self.rows, RULE, self.found[0], Either(self.found[1], self.bound),
        )  # fmt: skip

    def below(self, lines: Any) -> Any:
        """Put lines one below the other."""
        return VGroup(*lines).arrange(DOWN, buff=0.25, aligned_edge=LEFT)

    def off_by(self, message: str, share: Any, most: float, *more: float) -> Any:
        """Say how large an error is now, in proportion; of nothing it is the length itself."""
        factor, unit = (100, "%") if la.norm(self.x0) else (1, "")
        places = max(0, 1 - floor(log10(factor * min(most, *more, most))))
        ends = [whole(factor * each) for each in (most, *more)]
        number = self.running(
            lambda: round(factor * share(), places + 9), 0, *ends, decimals=places, unit=unit,
            spelled=True,
        )  # fmt: skip
        row = self.row(message, number)
        row.value.type_size *= 0.88 if self.layout.panel_columns == 1 else 0.76  # on one line
        return row

    # -- the story -----------------------------------------------------------------------------

    def cross(self) -> None:
        """Draw both lines; where they look like one, draw their gap larger."""
        self.open(
            self.heading_, self.cards[0], self.equations, self.dot_b, self.name_b,
            *self.data.signs, *self.plane.signs[:1],
        )  # fmt: skip
        self.data.look(self.near())
        self.plane.look(self.fitting(self.plane, self.shown()))
        room, (one, other) = self.plane.view.rect.inset(0.25), self.matrix.row(1 - self.moved)
        up = 0.5 if one * other > 0 else -0.5  # the corner that no line will cross
        place = room.right - self.gap.width / 2, up * (room.height - self.gap.height)
        self.gap.move_to([place[0], room.center[1] + place[1], 0.0])
        like_one = self.many > 1
        first, second = self.lines
        with self.beat("lines", LIKE_ONE if like_one else TWO, many=notation.decimal(self.many)):
            draws = Draw(first, run_time=1.0), After(0.6, Draw(second, run_time=1.0))
            meet = Appear(self.dot_x, self.name_x)
            if like_one:
                self.play(*draws)
                opens = Change(self.zoom, 1.0, run_time=2.0)
                self.while_reading(Appear(self.gap), opens, After(2.0, meet))
            else:
                self.while_reading(*draws, After(1.6, meet))

    def near(self, ratio: float = 1.0) -> Any:
        """Give the view in which the circle of b is large."""
        r = ROOM * float(self.step) * ratio
        return self.fitting(self.data, [(-r, -r), (r, 1.3 * r)], most=inf)

    def shown(self) -> list[Any]:
        """Give the ends of the ellipse that the plane of x shows."""
        pairs = [*zip(self.svd.V.columns, self.svd.S, strict=True)]
        far = float(self.step) * ROOM
        return [self.x0 + v * (far / float(s) * sign) for v, s in pairs for sign in (1, -1)]

    def nudge(self) -> None:
        """Let one entry of b grow."""
        grown = Value((0.0, 0.0))
        arrow = self.arrow(grown, self.theme.ink)
        mark = self.question_mark(self.dot_x)
        self.data.plant(arrow)
        self.plane.plant(mark)
        b, x = self.relative(self.step, self.size()), self.relative(self.far, la.norm(self.x0))
        with self.beat("ask", ASK, share=b):
            self.play(Vanish(self.name_b, run_time=0.3), Appear(arrow))
            self.predict(Change(grown, self.nudged, run_time=2.0), ask=mark)
            self.ghost(self.plane, self.dot_x)
            self.play(
                Vanish(mark, arrow, run_time=0.3), Appear(self.middle, *self.rows),
                Change(self.delta, self.nudged, run_time=2.0),
            )  # fmt: skip
            self.name_b.seated = False  # where it stood it would name the middle
            self.say(MOVED, cause=b, effect=x)
            self.play(Draw(self.off_b, self.off_x), After(0.6, Appear(self.name_b)))
            self.while_reading(Pulse(self.off_b, self.off_x))

    def relative(self, part: Any, whole_: Any) -> str:
        """Say how large an error is, in percent; of nothing it is the length itself."""
        share = 100 * float(part) / float(whole_) if whole_ else float(part)
        text = notation.decimal(whole(share), sign=True)
        size = f"${text.removeprefix('approx ').removeprefix('= ')}{' %' if whole_ else ''}$"
        return self.words(ABOUT, size=size) if text.startswith("approx") else size

    def go_round(self) -> None:
        """Let b go once round its circle, and on to where x is farthest off."""
        self.longest = self.svd.U.column(1) * self.step
        with self.beat("round", ROUND):
            self.play(
                Vanish(self.name_b, self.name_x, run_time=0.3),
                Dim(*self.lines, to=0.35),
                Appear(self.name_db, self.name_dx),
            )
            self.tour(self.circle, self.ellipse_)
            self.while_reading(self.turn(self.longest, run_time=0.8))

    def tour(self, *trails: Any) -> None:
        """Let b go once round, and x with it; both leave their trails."""
        self.play(self.turn(self.nudged, more=1, run_time=2.5), Draw(*trails, run_time=2.5))

    def turn(self, to: la.Vector, more: int = 0, run_time: float = 1.6) -> Change:
        """Let b turn the shorter way, after so many rounds, to or opposite to where `to` is."""
        start, end = (atan2(y, x) for x, y in (self.delta(), to.array))
        by = (end - start + pi / 2) % pi - pi / 2 + 2 * pi * more
        first = self.delta().copy()
        trip = round_trip(0 * first, first, self.aside_of(first))
        return Change(self.delta, along=lambda s: trip(s * by / (2 * pi)), run_time=run_time)

    def reason(self) -> None:
        """The longest error over the shortest input: that is κ."""
        error = la.vector(list(self.error()))
        self.bars = self.half_axis(error, self.x0, self.x0 * -1, "abs(delta b) \\/ sigma_2")
        with self.beat("long", ALIKE if self.kappa == 1 else LONG):
            self.play(
                Vanish(*self.lines, self.gap, self.equations, run_time=0.4),
                Dim(self.ellipse_, to=0.5),
                After(0.4, Appear(*self.bars, self.sigmas[1])),
            )
            self.while_reading(Pulse(*self.bars, self.off_x, run_time=2.0), most=2.5)
        if self.size():
            self.shortest(error)
        with self.beat("kappa", KAPPA if self.size() else SUMMARY):
            self.play(Appear(self.found[0], self.sigmas, *([self.bound] if self.size() else [])))
            self.while_reading(self.turn(self.longest, more=1, run_time=2.2))

    @staticmethod
    def aside_of(v: Any) -> Any:
        """Give a vector turned by a right angle."""
        return la.vector([-v[1], v[0]]).array

    def half_axis(self, axis: la.Vector, tail: la.Vector, other: la.Vector, size: str) -> list[Any]:
        """Give a dimension line on the far side of something else, and its size."""
        side = -1 if axis[0] * other[1] - axis[1] * other[0] > 0 else 1
        bar = self.measure((tail + axis).array, self.theme.sigma, tail=tail, side=side)
        found: list[Any] = [bar, self.label(bar, size)]
        self.plane.plant(*found)
        return found

    def shortest(self, error: la.Vector) -> None:
        """An input whose output is as long as b runs about: the shortest one is a half-axis."""
        size, (s1, s2), (v1, v2) = self.size(), self.svd.S, self.svd.V.columns
        short, long = v1.array * (size / float(s1)), v2.array * (size / float(s2))
        if self.kappa == 1:  # all are as short: x, too
            short, long = self.x0.array, self.aside_of(self.x0.array)
        elif short @ self.x0.array < 0:
            short = -short
        far = min(1.0, 1.5 * float(self.long) / 30 / norm(long))

        def way(s: float) -> Any:
            turn = far * (1 - 2 * s) * (1 - s)
            return (1 - turn**2) ** 0.5 * short + turn * long

        probe = Value(way(0.0))
        arrow, x = self.arrow(probe, self.theme.sigma), self.arrow(self.x0, self.theme.input)
        level = self.ellipse(
            self.inverse.array * size, self.theme.muted, counts=False, dash=(0.14, 0.1)
        )
        found: list[Any] = [level, x, self.label(x, "x")]
        self.plane.plant(arrow, *found)
        bar = self.half_axis(la.vector(list(short)), self.x0 * 0, error, "abs(b) \\/ sigma_1")
        with self.beat("short", SHORT):
            self.play(Draw(level, run_time=1.0), Appear(arrow))
            self.while_reading(Change(probe, along=way, run_time=2.4), most=1.3)
            self.play(Vanish(arrow), Appear(*found[1:], *bar, self.sigmas[0]))
        self.bars += [*found, *bar]

    def error(self) -> Any:
        """Give how far x is from where it was."""
        return self.now() @ self.delta()

    def contrast(self) -> None:
        """Let a neighbor that stretches otherwise take the same circle of b; then A once more."""
        B, tip, ratio = self.other, self.delta().copy(), self.ratio
        inverse, b = la.inverse(B), B @ self.x0
        trail = self.trip(self.x0.array, inverse * ratio, self.theme.input)
        rim = self.trip(0 * self.x0.array, la.identity(2) * ratio, self.theme.output)
        name = self.label(self.dot_b, f"b = ({', '.join(map(notation.decimal, b))})")
        views = self.data.view, self.plane.view
        unit = views[1].unit * float(la.svd(B).S[1] / self.svd.S[1]) / ratio
        self.plane.plant(trail)
        self.data.plant(rim, name)
        bound = [self.bound] if self.size() else []
        gone = [self.name_db, self.name_dx, *self.bars, *bound]
        with self.beat("other", SAME if self.even else SMALLER):
            self.play(
                Vanish(self.cards[0], self.sigmas, *gone, self.circle, run_time=0.4),
                Change(self.delta, 0 * tip, run_time=0.8),
                After(0.4, Appear(self.cards[1], self.dets)),
                After(0.8, Look(self.data, self.near(ratio))),
                After(0.8, Look(self.plane, views[1].around(self.x0.array, unit))),
                After(0.8, Appear(name)),
            )
            self.now.now, self.size.now = inverse, float(la.norm(b))
            grow = Change(self.delta, self.nudged.array * ratio, run_time=0.8)
            self.play(After(0.6, Vanish(name, run_time=0.3)), After(0.6, grow))
            self.tour(trail, rim)
            self.say(TELLS, kappa=notation.decimal(la.condition_number(B)))
            self.while_reading(
                Appear(self.found[1], run_time=0.6), self.turn(la.svd(B).U.column(1), 1, 1.8)
            )
        with self.beat("summary", SUMMARY):
            self.play(
                Vanish(self.cards[1], self.dets, self.found[1], trail, rim, run_time=0.4),
                Change(self.delta, 0 * tip, run_time=0.6),
                *map(Look, (self.data, self.plane), views),
                After(0.4, Appear(self.cards[0], self.sigmas)),
            )
            self.now.now, self.size.now = self.inverse, float(la.norm(self.b0))
            self.play(Change(self.delta, tip, run_time=1.2), Appear(self.circle))
            self.play(Appear(*gone))
            self.summary()


def norm(v: Any) -> float:
    """Give the length of a vector."""
    return hypot(*v)


def finely(value: Any) -> str:
    """Write a number as a decimal; with four digits where it doesn't end, and one sees them."""
    text, number = notation.decimal(value, sign=True), float(value)
    return f"approx {number:.4g}" if text[0] == "a" and 1e-4 < number < 1e4 else text


def product(one: float, other: float) -> tuple[str, str]:
    """Write a product, with as many digits as make true what is written, and its value."""
    for digits in range(3, 12):
        factors = [float(f"{each:.{digits}g}") for each in (one, other)]
        found, most = (float(f"{a * b:.3g}") for a, b in (factors, (one, other)))
        if found == most:
            break
    is_exact = abs(factors[0] * factors[1] - most) < 1e-12 * most
    texts = [f"{each:.{digits}g}" for each in factors]
    return " times ".join(texts), f"{'=' if is_exact else 'approx'} {most:.10g}"


def whole(value: float) -> float:
    """Give a number as the whole one that it is but for rounding."""
    return round(value) if abs(value - round(value)) < 1e-9 * value else value
