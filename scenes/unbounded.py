"""Two planes, b seen closely and x beside it; of a singular A: that no error is bounded."""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import Any

import lamath as la
from lamath import notation
from scenes.stage import N_, RULE, Appear, Change, Draw, MatrixScene, Value, Vanish
from scenes.stage.bezier import circle
from scenes.stage.ground import Ground
from scenes.stage.view import nice_step

STILL = N_("$x$ moves along this line. Will $A x$ move?")
STAYS = N_("$A x$ stays: of this direction $A$ leaves nothing, $sigma_2 = 0$.")
FREE = N_("Now $A x$ may be off by ${step}$. How far can $x$ go?")
ENDLESS = N_("Without end. $sigma_2 = 0$: the condition number $kappa$ is infinite.")

NEAR = 0.8  # the longest error in x, in lengths of x, where another one is to be longer


class Unbounded(MatrixScene):
    """b and x side by side, each at its own scale; a singular A bounds no error in x."""

    def set_up(self) -> None:
        """Set up two planes: b seen closely, and x."""
        self.data = self.world(stage=0, grid=False, name=N_("right side $b$"), most=inf)
        ground = Ground(self.theme, self._unit_note, axes=False, always=True)  # 0 is elsewhere
        self.data.ground = ground
        self.plane = self.world(stage=1, grid=False, name=N_("solution $x$"), most=inf)
        for sign in self.plane.signs:  # lines pass behind it
            sign.set_stroke(self.theme.background, width=6.0, opacity=1.0, background=True)

    def endless(self) -> None:
        """Let x move and A x stay: nothing bounds an error in x."""
        A, t, (s1, _) = self.matrix, self.theme, la.svd(self.matrix).S
        x0 = la.vector([1, 1]) if self.vector is None else la.solve(A, self.vector).least_squares
        size = float(la.norm(x0)) or 1.0
        step = round_number(0.5 * NEAR * size * float(s1)) if s1 else Fraction(1)
        null = la.null_space(A).vectors
        way_n = null[0] * round_number(1.2 * size / float(la.norm(null[0])))
        n = way_n.array
        b, rows = A @ x0, la.row_space(A).vectors
        across = unit(rows[0]) * float(step / s1) if rows else null[1].array * size
        x = Value(x0)
        off = lambda: A.array @ (x() - x0.array)  # noqa: E731

        self.set_up()
        way = self.line(n, t.null_space, through=x0, length=30 * size)
        edges = [
            self.line(n, t.input, through=x0 + side, dashed=True, length=30 * size)
            for side in (across, -across)
        ]
        dot, image = self.dot(x, t.input), self.dot(off, t.output)
        name = self.label(
            dot, self.coordinates(x, x0, x0 + way_n, x0 - way_n, prefix="x", write=notation.decimal)
        )
        there = self.coordinates(lambda: b.array + off(), b, prefix="A x", write=notation.decimal)
        ask, fixed = self.question_mark(image), self.label(image, there)
        rim = self.curve(circle(float(step)), t.output)
        middle, radius = self.dot((0, 0), t.ghost, radius=0.06), self.measure((step, 0), t.ink)
        length = self.label(radius, notation.decimal(step))
        self.plane.plant(way, *edges, dot, name)
        self.data.plant(rim, middle, image, fixed, ask, radius, length)
        heading, card, law = self.heading(), self.card(A, "A"), self.math("sigma_2 = 0")
        kappa = self.equals("kappa(A) = sigma_1 \\/ sigma_2", la.condition_number(A))
        found = self.math(kappa)
        self.panel.set(heading, card, RULE, law, found)
        signs = [*self.data.signs, *self.plane.signs]
        self.open(heading, card, dot, name, image, fixed, *signs)
        reach = [x0 + side * way for way in (1.3 * n, across) for side in (1, -1)]
        self.plane.look(self.fitting(self.plane, reach))
        with self.beat("still", STILL):
            self.play(Draw(way, run_time=1.2))
            self.predict(ask=ask)
            self.play(Vanish(ask, run_time=0.3), Change(x, x0 + n, run_time=2.0))
            self.say(STAYS)
            self.while_reading(Change(x, x0 - n, run_time=3.0), Appear(law))
        with self.beat("free", FREE, step=notation.decimal(step)):
            self.play(
                Vanish(name, fixed), Appear(rim, middle, radius, length, *(edges if rows else ())),
                Change(x, x0, run_time=1.0),
            )  # fmt: skip
            self.play(
                Vanish(radius, length, run_time=0.3), Change(x, x0 + across - n, run_time=1.4)
            )
            self.play(Change(x, x0 - across + n, run_time=2.0))
            self.play(Change(x, x0 + 3 * n, run_time=2.4))
        with self.beat("summary", ENDLESS):
            x.now = x0 - 3 * n
            self.play(Appear(found), Change(x, x0 + 3 * n, run_time=2.6))
            x.now = x0 - 3 * n
            self.while_reading(Change(x, x0, run_time=1.6))
            self.summary()


def unit(v: la.Vector) -> Any:
    """Give the unit vector along a vector."""
    return v.array / float(la.norm(v))


def round_number(most: float) -> Fraction:
    """Give the largest of 1, 2, 5 × 10ᵏ that is not above a number."""
    return 1 / round_up(1 / most)


def round_up(least: float) -> Fraction:
    """Give the least of 1, 2, 5 × 10ᵏ that is not below a number."""
    return Fraction(f"{nice_step(least):.6g}")
