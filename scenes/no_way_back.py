"""No way back: a singular matrix sends many inputs to one output, and reaches others with none."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

import lamath as la
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
NINE = N_("Nine inputs. Watch where they go.")
WHICH = N_("All of them are $b$ now. Given $b$ alone: which one was it?")
CANCEL = N_("Why? These steps along the columns lead back to $0$.")
CANCEL_ONE = N_("Why? ${column}$ is $0$: a step along it leads nowhere.")
CANCEL_ALL = N_("Why? Both columns of $A$ are $0$: no step leads away from $0$.")
LINE = N_("$A n = 0$: adding $n$ changes no output. Watch the whole line.")
ROAM = N_("And $b'$? Let $x$ roam, and watch $A x$.")
MISSED = N_("$A x$ never leaves the column space $C(A)$: $b'$ has no input.")
MISSED_BY_ZERO = N_("$A x$ never leaves $0$: $b'$ has no input.")
CHANGE = N_("Now change one entry of $A$.")
NEIGHBOR = N_("Under $B$ every output has one input, $b'$ too.")
AGAIN = N_("Back to $A$: they meet again.")
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
        null, space, path = la.null_space(A), la.column_space(A), la.path(A)
        n, b = null.vectors[0], A @ self.vector
        points = la.coset_points(self.vector, null, STEPS[null.dim])
        near = la.neighbor(A) if space.dim else None  # one entry would not give 0 a way back
        spread = [near.matrix @ point for point in points] if near else []
        farthest = max(
            spread, key=lambda v: float(la.norm(v - space.project(v))), default=None
        )  # what only the neighbor reaches
        if farthest is None:  # on the side where no input stands
            axis = la.vector([1, 0])
            missed = axis * (-1 if float(self.vector[0]) > 0 else 1)
        else:
            missed = farthest
        self.colors = {"x": theme.input, "n": theme.null_space, "b": theme.output,
                       "A x": theme.output}  # fmt: skip

        dots = [self.dot(point, theme.input) for point in points]
        name = self.label(dots[0], "x")
        world = self.world(*dots, name, through=[path])

        card, n_card = self.card(A, "A"), self.counted(n, "n")
        unknown = self.unknowns(n_card)
        crushed, det = self.math("A n = 0"), self.math("det A = 0")
        cards, facts = [card], [det]
        if near:
            cards.append(self.card(A, "B", means=near.matrix, room=Entries.room(A, near.matrix)))
            facts.append(self.math(self.equals("det B", la.det(near.matrix))))
        self.panel.set(self.heading(), Either(*cards), Either(*facts), RULE, n_card, crushed)
        self.open(self.panel.blocks[0], *dots, name, card)

        inputs = [self.dot(point, theme.input) for point in points]
        origin = self.dot((0, 0), theme.ink, radius=0.06)
        zero: list[Any] = [origin, self.label(origin, "0")] if b.array.any() else []
        outside = self.dot(missed, theme.ink)
        stray: list[Any] = [outside, self.label(outside, "b'")]
        again, copies = Value(path(0.0)), [self.dot(point, theme.input) for point in points]
        threads = [self.segment(p, self.image(again, p), theme.ghost, dashed=True) for p in points]
        line, home = (
            self.line(n, color, through=self.vector) for color in (theme.null_space, theme.ghost)
        )
        world.plant(*inputs, *zero, *stray, *threads, home)
        world.plant(*copies, frame=again)

        with self.beat("flatten", FIVE if near else NINE):
            self.play(Appear(*inputs, run_time=0.1), Dim(*inputs, to=0.45, run_time=0.1))
            self.perform(
                world, path, run_time=1.9, names={name: "b" if zero else "b = 0"},
                colors=dict.fromkeys((*dots, name), theme.output),
            )  # fmt: skip
        with self.beat("which", WHICH):
            self.guess(world, b, inputs, *world.grid)
        empty = [text for text, c in zip((A_I, A_J), A.columns, strict=True) if not c.array.any()]
        why = CANCEL_ALL if not near else CANCEL_ONE if empty else CANCEL
        with self.beat("cancel", why, column=(empty or [""])[0]):
            walk = self.walk(A.columns, [*n])
            signs = [self.label(*each) for each in zip(walk.rulers, (A_I, A_J), strict=True)]
            world.plant(*walk.rulers, *signs, *walk.members)
            marks = [mark for row in unknown for mark in row]
            ways = [p for leg in walk.legs for p in leg.landmarks()]
            if near:
                self.play(
                    Look(world, self.fitting(world, [*points, b, *A.columns, *ways])),
                    Appear(*zero, *walk.members, *walk.rulers, *signs), Dim(*inputs, to=0.45),
                    Appear(n_card.brackets, n_card.heading, *marks),
                )  # fmt: skip
                self.play(walk.go(1.8))
                self.collect(walk, n_card, unknown, 0)
                self.play(Vanish(*walk.members, *walk.rulers, *signs))
            else:
                self.while_reading(Chain(Pulse(card), Pulse(*dots, name)))
        if near:
            with self.beat("line", LINE):
                gap = self.arrow(n, theme.null_space, tail=self.vector)
                names = [
                    self.label(each, text)
                    for each, text in ((inputs[0], "x"), (inputs[1], "x + n"), (gap, "n"))
                ]
                between = la.coset_points(self.vector, null, BETWEEN)
                crowd = Dots([point.array for point in between], color=theme.input, radius=0.05)
                world.plant(gap, *names)
                world.plant(line, crowd, frame=again)
                self.play(Appear(gap, *names, crushed), Dim(*inputs, to=1.0))
                self.while_reading(Pulse(gap, crushed, run_time=1.2))
                self.play(Draw(line), Appear(crowd, *copies), run_time=0.8)
                self.play(Appear(home, run_time=0.1), Dim(*inputs, to=0.45, run_time=0.3))
                self.play(Change(again, along=path, run_time=2.2))
                self.play(Vanish(line, crowd), *(Recolor(copy, theme.output) for copy in copies))
                self.while_reading(Pulse(home, *inputs, *dots, name))
                self.play(Vanish(home, gap, *names, *copies))
        with self.beat("unreachable", ROAM):
            roaming = self.roam(world, missed, stray, inputs)
        if near:
            with self.beat("neighbor", CHANGE):
                entry = cards[1].rows[near.row][near.column]
                self.play(
                    Vanish(*roaming, n_card, crushed, *dots, name), Vanish(card, run_time=0.3),
                    After(0.3, Appear(cards[1])), Appear(*copies), Dim(*inputs, to=1.0),
                    Look(world, self.fitting(world, [*points, *spread])),
                )  # fmt: skip
                self.while_reading(
                    Change(again, near.matrix, run_time=2.2),
                    Entries(cards[1], again, A, near.matrix, run_time=2.2),
                    Pulse(entry, run_time=2.2),
                )
                self.say(NEIGHBOR)
                self.play(Draw(*threads), Appear(facts[-1]), run_time=1.0)
                retreat = Value(near.matrix)  # along the threads, from outputs to inputs
                returning = [self.dot(point, theme.output) for point in points]
                world.plant(*returning, frame=retreat)
                self.play(Appear(*returning, run_time=0.1))
                self.while_reading(
                    Change(retreat, np.eye(2), run_time=1.8), Pulse(*stray, run_time=1.8)
                )
                self.play(Vanish(*returning, run_time=0.4))
        with self.beat("verdict", AGAIN if near else VERDICT):
            alone = self.ring(missed)
            world.plant(alone)
            if near:
                self.play(Vanish(*facts[1:], run_time=0.3))
                self.while_reading(
                    Change(again, A, run_time=1.8),
                    Entries(cards[1], again, A, near.matrix, run_time=1.8),
                )
                self.play(Vanish(cards[1], run_time=0.3), After(0.3, Appear(card)))
                self.say(VERDICT)
            else:
                again.now = A
            lines = [home, *roaming[4:]] if near else []
            self.play(
                Vanish(*roaming[:4]), Appear(card, det, *dots, name, alone, *lines),
                Dim(*inputs, to=1.0), Draw(*threads),
            )  # fmt: skip
            self.while_reading(Pulse(*stray, alone, det))
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
        stops = [Change(run, each.point, run_time=0.5 - 0.03 * len(inputs)) for each in order]
        self.play(Chain(*stops, Change(run, b, run_time=0.6), gap=0.08))
        self.play(Pulse(*questions, *inputs, run_time=2.0))
        self.play(Vanish(runner, trail, *questions))

    def roam(self, world: World, missed: Any, stray: list[Any], inputs: list[Any]) -> list[Any]:
        """Let x go anywhere: A x stays in C(A), and b′ is not there."""
        A, theme = self.matrix, self.theme
        space, side = la.column_space(A), la.null_space(A).vectors[0].array
        is_lost = not (A @ self.vector).array.any()
        away = (la.row_space(A).vectors or la.null_space(A).vectors)[-1]
        seed = (away if is_lost else self.vector).array

        loop = round_trip(0.3 * seed + 0.6 * side, -0.6 * seed, 0.6 * side)
        x = Value(loop(0.0))
        here, there = self.dot(x, theme.input), self.dot(self.image(A, x), theme.output)
        shown: list[Any] = [here, there, self.label(here, "x"), self.label(there, "A x")]
        world.plant(*shown)
        turns = [loop(s) for s in (0.0, 0.25, 0.5, 0.75)]
        far = [*turns, *(A.array @ each for each in turns), missed]
        view = self.fitting(world, [*(each.point for each in inputs), *far])
        arrive = [Look(world, view), Appear(*shown, *stray), Dim(*inputs, to=0.3)]
        if space.dim:
            ahead = space.vectors[0]  # its name stands at the end away from b′
            ahead = ahead * (-1 if float(la.inner(ahead, missed)) > 0 else 1)
            way = self.line(ahead, theme.column_space)
            world.plant(way)
            self.play(Draw(way), *arrive)
            shown += [way, self.name_line(world, way, "C(A)")]
            self.play(Appear(shown[-1], run_time=0.3))
        else:
            self.play(*arrive)
        self.while_reading(Change(x, along=loop, run_time=2.4))
        self.say(MISSED if space.dim else MISSED_BY_ZERO)
        self.while_reading(Change(x, along=loop, run_time=3.2), Pulse(*stray))
        return shown

    # -- what both stories need ------------------------------------------------------------

    def collect(self, walk: Walk, card: Any, unknown: list[list[Any]], column: int) -> None:
        """Let a walk's counters fly to the entries of a column."""
        flights: list[Motion] = []
        bows = 0.3, -0.3  # from above and from below: not across the name of the card
        for counter, row, marks, bow in zip(walk.counters, card.rows, unknown, bows, strict=True):
            flights += [Fly(counter, row[column], run_time=1.0, bow=bow)]
            flights += [Vanish(counter, marks[column], run_time=0.3)]
        self.play(*flights)

    def counted(self, what: la.Matrix | la.Vector, name: str) -> Any:
        """Give a card whose rows have the colors of the steps that they count."""
        card = self.card(what, name)
        for row, color in zip(card.rows, (self.theme.i, self.theme.j), strict=True):
            for entry in row:
                entry.set_color(color)
        return card
