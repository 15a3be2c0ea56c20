"""No way back: a singular matrix sends many inputs to one output, and reaches others with none."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import lamath as la
from scenes.stage import (
    N_,
    RULE,
    Appear,
    Chain,
    Change,
    Dim,
    Draw,
    Either,
    Entries,
    Fly,
    Look,
    MatrixScene,
    Pulse,
    Recolor,
    Value,
    Vanish,
)
from scenes.stage.bezier import round_trip
from scenes.stage.motion import Motion
from scenes.stage.shapes import Dots
from scenes.stage.walk import Walk
from scenes.stage.world import World

FIVE = N_("Five inputs in a row. Watch where they go.")
DISC = N_("Nine inputs. Watch where they go.")
WHICH = N_("All of them are $b$ now. Given $b$ alone: which one was it?")
MORE = N_("There are more on this line. Watch all of it.")
LINE = N_("The whole line went to $b$.")
CANCEL = N_("Why? These steps along the columns lead back to $0$.")
CANCEL_ALL = N_("Why? Both columns of $A$ are $0$: no step leads away from $0$.")
TOGETHER = N_("So $A n = 0$: $x$ and $x + n$ both go to $b$.")
ROAM = N_("And $b'$? Let $x$ roam, and watch $A x$.")
MISSED = N_("$A x$ never leaves this line: $b'$ has no input.")
MISSED_BY_ZERO = N_("$A x$ never leaves $0$: $b'$ has no input.")
CHANGE = N_("Now change one entry of $A$.")
NEIGHBOR = N_("Five inputs, five outputs: each has a way back.")
VERDICT = N_("Infinitely many inputs for $b$, none for $b'$: $A$ has no inverse.")

A_I, A_J = "A hat(dotless.i)", "A hat(dotless.j)"
STEPS: dict[int, Any] = {
    1: (0, 1, -1, 2, -2),
    2: sorted(product((0, 1, -1), repeat=2), key=lambda step: (any(step), step != (1, 0))),
}
"""Steps along a basis of N(A), from x to the inputs that are shown."""
BETWEEN = [Fraction(k, 4) for k in range(-48, 49)]
"""Steps to many more of them."""


class Undoing(MatrixScene):
    """What the scenes about undoing a matrix share, and what they show of a singular one."""

    def no_way_back(self) -> None:
        """Many inputs land on one output, and some outputs have no input."""
        A, theme = self.matrix, self.theme
        null, path, is_zero = la.null_space(A), la.path(A), la.rank(A) == 0
        n, b = null.vectors[0], A @ self.vector
        missed: Any = la.unreachable(A, self.vector)  # there is one, A being singular
        points = la.coset_points(self.vector, null, STEPS[null.dim])
        self.colors = {"x": theme.input, "n": theme.null_space, "b": theme.output,
                       "A x": theme.output}  # fmt: skip

        square = self.unit_square()
        dots = [self.dot(point, theme.input) for point in points]
        name = self.label(dots[0], "x")
        world = self.world(square, *dots, name, through=[path])
        inside = self.label(square, self.running(self.area_of(world), 1, la.det(A)))
        world.join(inside)
        inputs = [self.dot(point, theme.input) for point in points]
        outside = self.dot(missed.vector, theme.ink)
        outside_name = self.label(outside, "b'")
        world.plant(*inputs, outside, outside_name)

        card, n_card = self.card(A, "A"), self.counted(n, "n")
        unknown = self.unknowns(n_card)
        areas = self.row(N_("area of the square"), self.running(self.area_of(world), 1, la.det(A)))
        crushed, det = self.math("A n = 0"), self.math(self.equals("det A", la.det(A)))
        cards, facts = [card], [areas, det]
        if not is_zero:  # one entry more would not give 0 a way back
            near = la.neighbor(A)
            room = Entries.room(A, near.matrix)
            cards.append(self.card(A, "A'", room=room))
            facts.append(self.math(self.equals("det A'", la.det(near.matrix))))
        self.panel.set(self.heading(), Either(*cards), Either(*facts), RULE, n_card, crushed)

        self.open(self.panel.blocks[0], square, *dots, name, inside, card, areas)
        with self.beat("flatten", DISC if is_zero else FIVE):
            self.play(Appear(*inputs, run_time=0.1), Dim(*inputs, to=0.45, run_time=0.1))
            landed = "b" if b.array.any() else "b = 0"
            self.perform(
                world, path, names={name: landed},
                colors=dict.fromkeys((*dots, name), theme.output),
            )  # fmt: skip
        with self.beat("which", WHICH):
            self.guess(world, b, inputs, square, inside, *world.grid)
        homes: list[Any] = []  # the line that went to b
        again, copies = Value(path(0.0)), [self.dot(point, theme.input) for point in points]
        if not is_zero:
            with self.beat("line", MORE):
                line = self.line(n, theme.null_space, through=self.vector)
                home = self.line(n, theme.ghost, through=self.vector)
                between = la.coset_points(self.vector, null, BETWEEN)
                crowd = Dots([point.array for point in between], color=theme.input, radius=0.05)
                homes.append(home)
                world.plant(home)
                world.plant(line, crowd, *copies, frame=again)
                self.play(Draw(line), Appear(crowd, *copies), run_time=1.2)
                self.play(Appear(home, run_time=0.1), Dim(*inputs, to=0.45, run_time=0.3))
                self.play(Change(again, along=path, run_time=3.0))
                self.say(LINE)
                self.play(Vanish(line, crowd), *(Recolor(copy, theme.output) for copy in copies))
                self.while_reading(Chain(Pulse(home, *inputs), Pulse(*dots, name)))
        with self.beat("cancel", CANCEL_ALL if is_zero else CANCEL):
            gap = self.arrow(n, theme.null_space, tail=self.vector)
            pair = [
                self.label(each, text) for each, text in zip(inputs, ("x", "x + n"), strict=False)
            ]
            gap_name = self.label(gap, "n")
            walk = self.walk(A.columns, [*n])
            signs = [self.label(*each) for each in zip(walk.rulers, (A_I, A_J), strict=True)]
            world.plant(gap, *pair, gap_name, *walk.rulers, *signs)
            if not is_zero:
                world.plant(*walk.members)
                marks = [mark for row in unknown for mark in row]
                ways = [p for leg in walk.legs for p in leg.landmarks()]
                self.play(
                    Look(world, self.fitting(world, [*points, b, missed.vector, *ways])),
                    Appear(*walk.members, *walk.rulers, *signs),
                    Appear(n_card.brackets, n_card.heading, *marks),
                )
                self.play(walk.go(2.6))
                self.collect(walk, n_card, unknown, 0)
            else:
                self.while_reading(Chain(Pulse(card), Pulse(*dots, name)))
            self.say(TOGETHER)
            self.play(
                Vanish(*walk.members, *walk.rulers, *signs),
                Appear(gap, gap_name, *pair, crushed), Dim(*inputs, to=1.0),
            )  # fmt: skip
            journey = Value(path(0.0))
            two = [self.dot(point, theme.input) for point in points[:2]]
            world.plant(*two, frame=journey)
            self.play(Appear(*two, run_time=0.1))
            self.play(Change(journey, along=path, run_time=2.2))
            self.play(*(Recolor(each, theme.output) for each in two), Pulse(*dots, name))
            self.play(Vanish(*two, *homes, gap, gap_name, *pair))
        with self.beat("unreachable", ROAM):
            roaming = self.roam(world, missed, outside, outside_name, inputs)
        gone = [*roaming, n_card, crushed]
        threads = [self.segment(p, self.image(again, p), theme.ghost, dashed=True) for p in points]
        if is_zero:
            again.now = A
        world.plant(*threads)
        if not is_zero:
            with self.beat("neighbor", CHANGE):
                entry = cards[1].rows[near.row][near.column]
                spread = [near.matrix @ point for point in points]
                self.play(
                    Vanish(*gone, *dots, name, card, areas),
                    Appear(cards[1]), Dim(*inputs, to=0.6),
                    Look(world, self.fitting(world, [*points, *spread, missed.vector])),
                )  # fmt: skip
                self.play(
                    Change(again, near.matrix, run_time=2.4),
                    Entries(cards[1], again, A, near.matrix, run_time=2.4),
                    Pulse(entry, run_time=2.4),
                )
                self.say(NEIGHBOR)
                self.play(Draw(*threads), Appear(facts[-1]), run_time=1.2)
                self.while_reading(Pulse(*inputs, *copies, facts[-1]))
        with self.beat("verdict", VERDICT):
            alone = self.ring(missed.vector)
            world.plant(alone)
            if not is_zero:
                self.play(
                    Change(again, A, run_time=1.6), Vanish(*facts[2:], run_time=0.3),
                    Entries(cards[1], again, A, near.matrix, run_time=1.6),
                )  # fmt: skip
            self.play(
                Vanish(*gone, areas, *cards[1:]), Appear(card, det, *dots, name),
                Dim(*inputs, to=1.0),
            )  # fmt: skip
            self.play(Draw(*threads) if is_zero else Pulse(name), Appear(alone))
            self.while_reading(Pulse(outside, outside_name, alone, det))
            self.summary()

    def guess(self, world: World, b: la.Vector, inputs: list[Any], *done: Any) -> None:
        """Let b run to every input, one after the other: nobody can tell."""
        run = Value(b)
        runner = self.dot(run, self.theme.output)
        trail = self.segment(b, run, self.theme.ghost, dashed=True)
        questions = [self.label(each, 'bold("?")', color=self.theme.ink) for each in inputs]
        world.plant(trail, runner, *questions)
        self.play(Vanish(*done), Dim(*inputs, to=1.0), Appear(runner, trail, *questions))
        order = sorted(inputs, key=lambda each: tuple(each.point))
        stops = [Change(run, each.point, run_time=0.6 - 0.03 * len(inputs)) for each in order]
        self.play(Chain(*stops, Change(run, b, run_time=0.6), gap=0.08))
        self.play(Pulse(*questions, *inputs, run_time=2.0))
        self.play(Vanish(runner, trail, *questions))

    def roam(
        self, world: World, missed: Any, outside: Any, outside_name: Any, inputs: list[Any]
    ) -> list[Any]:
        """Let x go anywhere: A x stays in C(A), and b′ is not there."""
        A, theme = self.matrix, self.theme
        space, side = la.column_space(A), la.null_space(A).vectors[0].array
        is_lost = not (A @ self.vector).array.any()
        away = (la.row_space(A).vectors or la.null_space(A).vectors)[-1]
        seed = (away if is_lost else self.vector).array

        loop = round_trip(0.1 * seed, -0.5 * seed, 0.7 * side)
        x = Value(loop(0.0))
        here, there = self.dot(x, theme.input), self.dot(self.image(A, x), theme.output)
        names = [self.label(here, "x"), self.label(there, "A x")]
        drop = self.segment(missed.vector, missed.foot, theme.ink, dashed=True)
        far = self.label(drop, self.exactly(missed.distance), on=0.5)
        world.plant(here, there, *names, drop, far)
        shown = [here, there, *names, drop, far]
        arriving = [here, there, *names, outside, outside_name]
        if space.dim:
            way = self.line(space.vectors[0], theme.column_space)
            square = self.right_angle(
                missed.vector - missed.foot, space.vectors[0] * -1, at=missed.foot
            )
            world.plant(way, square)
            way_name = self.name_line(world, way, "C(A)")
            self.play(Draw(way), Appear(*arriving, way_name), Dim(*inputs, to=0.3))
            shown += [way, way_name, square]
        else:
            self.play(Appear(*arriving), Dim(*inputs, to=0.3))

        self.while_reading(Change(x, along=loop, run_time=3.2))
        self.say(MISSED if space.dim else MISSED_BY_ZERO)
        self.play(Draw(drop), Appear(far, *shown[8:]))
        self.while_reading(Change(x, along=loop, run_time=2.6))
        return shown

    # -- what both stories need ------------------------------------------------------------

    def collect(self, walk: Walk, card: Any, unknown: list[list[Any]], column: int) -> None:
        """Let a walk's counters fly to the entries of a column."""
        flights: list[Motion] = []
        bows = 0.3, -0.3  # from above and from below: not across the name of the card
        for counter, row, marks, bow in zip(walk.counters, card.rows, unknown, bows, strict=True):
            flights += [Fly(counter, row[column], run_time=1.0, bow=bow), Vanish(marks[column])]
        self.play(*flights)

    def counted(self, what: la.Matrix | la.Vector, name: str) -> Any:
        """Give a card whose rows have the colors of the steps that they count."""
        card = self.card(what, name)
        for row, color in zip(card.rows, (self.theme.i, self.theme.j), strict=True):
            for entry in row:
                entry.set_color(color)
        return card
