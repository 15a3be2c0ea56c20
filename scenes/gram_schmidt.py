"""Gram–Schmidt: take from one vector its projection on another; the rest is perpendicular."""

from __future__ import annotations

from collections.abc import Sequence
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
    Look,
    MatrixScene,
    Pulse,
    Rock,
    Value,
    Vanish,
)
from scenes.stage.figure import bearing, length
from scenes.stage.motion import Motion
from scenes.stage.walk import Walk

NEED = N_("Add the projections of $b$ on $a_1$ and $a_2$. Is the sum $b$?")
MISS = N_("No: these two lines are not perpendicular.")
ALREADY = N_("Yes: these two lines are perpendicular already.")
ASK = N_("When is $a_2$, minus a multiple of $a_1$, perpendicular to $a_1$?")
SHADOW = N_("The projection of $a_2$ is ${part}$ long, $a_1$ is ${whole}$: so it is ${multiple}$.")
REST = N_("Take it away: ${rest}$ is perpendicular to $a_1$.")
ADD = N_("Add the projections of $b$ again. On perpendicular lines the sum is $b$.")
UNITS = N_("At length 1 they are $q_1$ and $q_2$, the columns of $Q$.")
COUNT = N_("How many $q_1$ and $q_2$ lead to $a_1$, and how many to $a_2$?")
FACTORS = N_("These numbers are the columns of $R$: $A = Q R$.")
DEPENDENT = N_("Take the projection of $a_2$ on $a_1$ away. What is left?")
NOTHING = N_("Nothing: $a_2$ lies on that line and gives no new direction.")
NO_FIRST = N_("$a_1$ is the zero vector and gives no direction. Begin with $a_2$.")
NO_SECOND = N_("$a_2$ is the zero vector: it gives no new direction.")
NEITHER = N_("Both columns are the zero vector: there is no direction to begin with.")
ONE = N_("At length 1 it is $q_1$, the only column of $Q$.")
SUMMARY = N_("Take the projection away, and what is left is perpendicular.")
LEFT = N_("Gram–Schmidt keeps the directions that are new: here there is one.")
NONE = N_("Gram–Schmidt keeps the directions that are new: here there is none.")

NAMES = {"v_1": "a_1", "v_2": "a_2"}  # what the columns of A are called
SWAY = 0.3  # how far a tip sways while a viewer guesses, as a share of the vector
LONG = 6  # signs of a number that are too many in a formula
SEEN = 0.6  # stage units: how long an arrow must be to be seen well


class GramSchmidt(MatrixScene):
    """The columns of A become perpendicular unit vectors: A = QR."""

    title = N_("Gram–Schmidt")
    inputs = (MatrixInput("2x2", default="3 0; 4 5"),)

    def construct(self) -> None:
        theme = self.theme
        self.found = la.gram_schmidt(self.matrix)
        self.steps = self.found.steps
        self.colors = {
            "a_1": theme.i, "a_2": theme.j, "r": theme.third, "b": theme.input, "q_1": theme.i,
            "q_2": theme.third,
        }  # fmt: skip
        self.own = theme.i, theme.third  # of both directions that are found
        self.units = [step.unit for step in self.steps if step.unit is not None]
        if len(self.units) < 2:
            self.one_or_none()
            return
        self.cast()
        self.write_panel()
        self.need()
        self.split: list[Any] = []  # the picture to remember
        if self.shadow.length:
            self.subtract()
            self.add_up()
        self.make_units()
        self.count()

    # -- the cast ------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up both columns, the rest of the second one, and a vector to be put together."""
        theme, (first, second) = self.theme, self.steps
        self.ways = first.vector, second.rest
        self.shadow = second.shadows[0]
        self.share = Value(0.0)  # how much of its shadow is taken away from the second column
        gone = self.shadow.vector.array

        def left() -> Any:
            return second.vector.array - self.share.now * gone

        self.left = left
        self.v = [self.arrow(step.vector, color) for step, color in
                  zip(self.steps, theme.columns, strict=False)]  # fmt: skip
        self.names = [self.label(arrow, NAMES[step.name]) for arrow, step in
                      zip(self.v, self.steps, strict=True)]  # fmt: skip
        self.rest = self.arrow(left, theme.third)
        self.rest_name = self.label(self.rest, "r")
        size = max((la.norm(step.vector) for step in self.steps), key=float)
        self.b = (self.units[0] * 3 + self.units[1]) * (size / 5)
        self.given = self.arrow(self.b, theme.input)
        self.given_name = self.label(self.given, "b")
        self.sway = min(SWAY * length(second.vector) / max(length(gone), 1e-9), 0.8)  # no answer
        way = self.sway * gone
        self.rail = self.segment(
            second.vector.array + way, second.vector.array - way, theme.axis, dashed=True
        )
        self.plane = self.world(grid=False)
        self.plane.plant(
            self.rail, *self.v, *self.names, self.given, self.given_name, self.rest, self.rest_name
        )
        self.open_with = [*self.v, *self.names]

    def write_panel(self) -> None:
        """Set up what the panel will say."""
        A, Q, R = self.matrix, self.found.Q, la.qr(self.matrix).R
        self.q_card, self.r_card = self.card(Q, "Q", colors=self.own), self.card(R, "R")
        for row, color in zip(self.r_card.rows, self.own, strict=True):
            for entry in row:
                entry.set_color(color)  # that of the steps which it counts
        self.unknown = self.unknowns(self.r_card)
        first, second = (step.vector for step in self.steps)
        share = la.inner(first, second) / la.inner(first, first)
        if len(notation.plain(share)) > LONG:
            share = float(share)
        self.multiple = notation.combination((share,), ("a_1",))
        self.rest_of = f"r = {notation.combination((1, -share), ('a_2', 'a_1'))}"
        self.formula, self.equation = self.math(self.rest_of), self.math("A = Q R")
        self.panel.set(
            self.heading(), self.card(A, "A"), *([self.formula] if share else []), RULE,
            self.q_card, self.r_card, self.equation,
        )  # fmt: skip

    # -- shadows that miss, and shadows that don't ---------------------------------------------

    def put_together(
        self, ways: Sequence[la.Vector], colors: Sequence[str], *also: Motion, keep: bool = False
    ) -> list[Any]:
        """Lay the shadows of b on two lines tip to tail, and see where they lead."""
        plane, theme = self.plane, self.theme
        feet = [la.column_space(la.matrix([list(way)]).T).project(self.b) for way in ways]
        lines = [self.line(way, theme.axis) for way in ways]
        drops = [self.segment(self.b, foot, theme.muted, dashed=True) for foot in feet]
        corners = [
            self.right_angle(-foot.array, self.b.array - foot.array, at=foot, size=0.2)
            for foot in feet
        ]
        shades = [self.shade(*each) for each in zip(feet, colors, strict=True)]
        start = Value((0.0, 0.0))
        pieces = [
            self.arrow(feet[0], colors[0]),
            self.arrow(feet[1], colors[1], tail=start),
        ]
        end = self.dot(feet[0] + feet[1], theme.ink)
        mine = [*lines, *drops, *corners, *shades, *pieces, end]
        plane.plant(*mine)
        self.play(
            Draw(*drops), After(0.5, Appear(*corners, *shades, *lines)),
            Dim(*self.v, *self.names, to=0.4), *also,
        )  # fmt: skip
        self.play(Appear(*pieces, run_time=0.3), *([] if keep else [Vanish(*drops, *corners)]))
        self.while_reading(Change(start, feet[0], run_time=1.1))
        self.play(Appear(end, run_time=0.3))
        return mine

    def need(self) -> None:
        """Add the shadows of b on the lines of both columns: they miss it."""
        plane = self.plane
        first, second = self.steps
        total = sum(
            (la.column_space(la.matrix([list(s.vector)]).T).project(self.b) for s in self.steps),
            start=0 * self.b,
        )
        gap = self.segment(total, self.b, self.theme.bad, dashed=True)
        wedge, degrees = self.opening(*self.v, radius=0.7)
        plane.plant(gap, wedge, degrees)
        self.open(*self.panel.blocks[:2], *self.open_with)
        with self.beat("need", NEED):
            mine = self.put_together(
                (first.vector, second.vector),
                self.theme.columns[:2],
                Appear(self.given, self.given_name),
            )
            self.say(ALREADY if self.shadow.length == 0 else MISS)
            self.while_reading(Chain(Draw(gap), Appear(wedge, degrees), Pulse(gap, wedge, degrees)))
        self.play(
            Vanish(*mine, gap, wedge, degrees, self.given, self.given_name),
            Dim(*self.v, *self.names, to=1.0),
        )

    # -- taking the shadow away --------------------------------------------------------------

    def subtract(self) -> None:
        """Let the rest slide along the line of the first column until it is perpendicular."""
        plane, theme, a_1 = self.plane, self.theme, self.steps[0].vector
        shadow, rest, gone = self.shadow.vector, self.steps[1].rest, self.shadow.vector.array
        base = self.line(a_1, theme.axis)
        wedge, degrees = self.opening(self.v[0], self.rest, radius=0.7)
        shade = self.shade(shadow, theme.j)
        drop = self.segment(self.steps[1].vector, shadow, theme.muted, dashed=True)
        corner = self.right_angle(-gone, rest, at=shadow, size=0.2)
        part, whole = self.short(abs(self.shadow.length)), self.short(la.norm(a_1))
        number = self.label(shade, part, color=theme.j, on=0.5)
        measure = self.measure(a_1, theme.i, side=-1 if bearing(rest, a_1) > 0 else 1)
        size = self.label(measure, whole)
        product = "a_1 dot a_2" if self.shadow.length > 0 else "abs(a_1 dot a_2)"
        told_part = self.equals(f"{product} \\/ abs(a_1)", abs(self.shadow.length))
        taken = self.arrow(lambda: self.share.now * gone, theme.i, tail=self.left)
        name = self.label(taken, self.multiple, on=0.5)
        mark = self.question_mark(self.rest)
        square = self.right_angle(-rest, gone, at=rest)
        mine: list[Any] = [base, wedge, degrees, shade, drop, corner, taken, name, mark, square]
        plane.plant(*mine, number, measure, size)
        guess = [self.rest, taken, self.rail, wedge, degrees]
        with self.beat("ask", ASK):
            self.play(Appear(base, *guess), Dim(self.v[1], self.names[1], to=0.5))
            self.predict(Rock(self.share, self.sway, run_time=2.2), ask=mark)
            self.play(Vanish(mark, *guess, run_time=0.3))
            self.say(SHADOW, part=told_part, whole=whole, multiple=self.multiple)
            seen = length(shadow) * plane.view.unit
            told = [shade, number] if seen > SEEN else [shade]
            named = [name] if seen > 2.5 * SEEN else []
            self.play(Draw(drop, measure), After(0.4, Appear(corner, *told, size)))
            self.while_reading(Chain(Pulse(*told), Pulse(measure, size)))
            self.say(REST, rest=self.rest_of)
            self.play(Vanish(number, measure, size, corner), Appear(*guess), run_time=0.4)
            self.play(Change(self.share, 1.0, run_time=1.6))
            self.play(Appear(self.rest_name, self.formula, *named))
            self.while_reading(Pulse(self.rest, wedge, degrees, self.formula))
        self.split = [shade, taken, *named, self.rest, self.rest_name, square]
        self.play(Vanish(*mine, self.rail))

    def add_up(self) -> None:
        """Add the shadows of b on the perpendicular lines: they lead to b."""
        with self.beat("add", ADD):
            self.play(
                Appear(self.given, self.given_name), Vanish(self.v[1], self.names[1]), run_time=0.4
            )
            self.v, self.names = [self.v[0], self.rest], [self.names[0], self.rest_name]
            mine = self.put_together(self.ways, self.own, keep=True)
            self.while_reading(Pulse(mine[-1], self.given, self.given_name))
        self.play(Vanish(*mine, self.given, self.given_name), Dim(*self.v, *self.names, to=1.0))

    # -- units, and how to come back -----------------------------------------------------------

    def make_units(self) -> None:
        """Let both become unit vectors."""
        plane = self.plane
        values = [Value(way) for way in self.ways]
        self.q = [self.arrow(value, color) for value, color in
                  zip(values, self.own, strict=True)]  # fmt: skip
        q_names = [self.label(arrow, f"q_{k + 1}") for k, arrow in enumerate(self.q)]
        plane.plant(*self.q, *q_names)
        self.far = plane.view
        near = self.fitting(plane, [*(unit.array for unit in self.units), (0.0, 0.0)])
        changes = not SEEN <= plane.view.unit <= near.unit
        with self.beat("units", UNITS):
            self.play(
                Appear(*self.q, run_time=0.2), Dim(*self.v, to=0.3), Vanish(*self.names),
                *(Change(*each, run_time=1.2) for each in zip(values, self.units, strict=True)),
                *([Look(plane, near, run_time=1.2)] if changes else []),
            )  # fmt: skip
            self.play(Appear(*q_names, self.q_card))
            self.while_reading(
                Chain(*(Pulse(self.q[k], q_names[k], self.q_card.column(k)) for k in (0, 1)))
            )
        self.q_names = q_names

    def count(self) -> None:
        """Count the steps of the units that lead to the columns of A: these are R."""
        plane, A = self.plane, self.matrix
        R = la.qr(A).R
        goals = [self.arrow(step.vector, color) for step, color in
                 zip(self.steps, self.theme.columns, strict=False)]  # fmt: skip
        names = [
            self.label(arrow, NAMES[step.name])
            for arrow, step in zip(goals, self.steps, strict=True)
        ]
        walks = [Walk(self, self.units, [*c], self.own, names=("q_1", "q_2")) for c in R.columns]
        plane.plant(*goals, *names, *(each for walk in walks for each in walk.members))
        with self.beat("count", COUNT):
            self.play(
                Look(plane, self.far), Vanish(*self.v, *self.q_names),
                Appear(*goals, *names), Dim(*goals, *names, to=0.5),
                Appear(self.r_card.brackets, self.r_card.heading,
                       *(mark for row in self.unknown for mark in row)),
            )  # fmt: skip
            for k, (walk, column) in enumerate(zip(walks, R.columns, strict=True)):
                told = [each for each, n in zip(walk.counters, column, strict=True) if n]
                self.play(Appear(*walk.legs, *told, run_time=0.1), Dim(goals[k], names[k], to=1.0))
                self.play(walk.go(1.0))
                self.play(
                    Pulse(*told), Vanish(*(marks[k] for marks in self.unknown)),
                    After(0.3, Appear(*self.r_card.column(k))),
                )  # fmt: skip
                if k == 0:
                    self.play(Vanish(*walk.members, run_time=0.3), Dim(goals[0], names[0], to=0.5))
            self.say(FACTORS)
            self.play(Appear(self.equation))
            self.while_reading(Chain(Pulse(self.q_card), Pulse(self.r_card)))
        last = walks[-1]
        with self.beat("remember", SUMMARY):
            self.play(
                Vanish(*last.members, *self.q), Dim(goals[0], names[0], to=1.0),
                *([Appear(*self.split), Dim(self.rest, to=1.0)] if self.split else []),
            )  # fmt: skip
            looks = [self.split[:-3], [*self.split[-3:], self.formula]] if self.split else [goals]
            self.play(Chain(*(Pulse(*each) for each in looks)))
            self.summary()

    # -- fewer than two directions -----------------------------------------------------------

    def one_or_none(self) -> None:
        """Show that a vector on the line of the others gives no new direction."""
        plane = self.world(grid=False)
        theme, (first, second) = self.theme, self.steps
        arrows = [self.arrow(step.vector, color) for step, color in
                  zip(self.steps, theme.columns, strict=False)]  # fmt: skip
        names = [self.label(arrow, NAMES[step.name]) for arrow, step in
                 zip(arrows, self.steps, strict=True)]  # fmt: skip
        plane.plant(*arrows, *names)
        blocks: list[Any] = [self.heading(), self.card(self.matrix, "A")]
        if self.units:
            q_card = self.card(self.found.Q, "Q")
            blocks += [RULE, q_card]
        self.panel.set(*blocks)
        both = [(arrows[0], names[0]), (arrows[1], names[1])]
        self.open(*self.panel.blocks[:2], *arrows, *names)
        if not self.units:
            with self.beat("neither", NEITHER):
                self.while_reading(Chain(*(Pulse(*each) for each in both), Pulse(blocks[1])))
        elif first.is_dependent or second.shadows[0].length == 0:
            with self.beat("zero", NO_FIRST if first.is_dependent else NO_SECOND):
                self.while_reading(Chain(*(Pulse(*each) for each in both)))
        else:
            taken, gone = Value(0.0), second.shadows[0].vector.array
            rest = self.arrow(lambda: second.vector.array - taken.now * gone, theme.j)
            mark = self.question_mark(rest)
            line = self.line(first.vector, theme.axis)
            plane.plant(line, rest, mark)
            with self.beat("ask", DEPENDENT):
                self.play(Appear(line, rest), Dim(arrows[1], names[1], to=0.4))
                self.predict(Rock(taken, 0.15, run_time=2.2), ask=mark)
                self.play(Vanish(mark, run_time=0.3))
                self.play(Change(taken, 1.0, run_time=2.4))
                self.say(NOTHING)
                self.while_reading(Chain(Pulse(rest), Pulse(*both[1])))
        if self.units:
            vector = first.vector if not first.is_dependent else second.vector
            value = Value(vector)
            unit = self.arrow(value, theme.i)
            name = self.label(unit, "q_1")
            plane.plant(unit, name)
            near = self.fitting(plane, [self.units[0].array, (0.0, 0.0)])
            changes = not SEEN <= plane.view.unit <= near.unit
            with self.beat("unit", ONE):
                self.play(
                    Appear(unit, run_time=0.2), Vanish(*names), Dim(*arrows, to=0.3),
                    Change(value, self.units[0], run_time=1.8),
                    *([Look(plane, near, run_time=1.8)] if changes else []),
                )  # fmt: skip
                self.play(Appear(name, q_card))
                self.while_reading(Pulse(unit, name, q_card))
        with self.beat("remember", LEFT if self.units else NONE):
            self.while_reading(Chain(*(Pulse(*each) for each in both), Pulse(blocks[1])))
            self.summary()
