"""No way back: a singular matrix sends many inputs to one output, and reaches others with none."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import cos, pi, sin
from typing import Any

import lamath as la
from lamath import notation
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
    Look,
    MatrixScene,
    Pulse,
    Recolor,
    Value,
    Vanish,
)
from scenes.stage.figure import length
from scenes.stage.motion import Motion
from scenes.stage.shapes import Dots
from scenes.stage.world import World

FIVE = N_("Five inputs on a line. Where does $A$ send them?")
NINE = N_("Nine inputs. Where does $A$ send them?")
WHICH = N_("Given $b$ alone: which one was it?")
CANCEL = N_("Why? These steps along the columns lead back to $0$: $A n = 0$.")
CANCEL_ONE = N_("Why? ${column}$ is $0$: a step along it leads nowhere.")
CANCEL_ALL = N_("Why? Both columns of $A$ are $0$: no step leads away from $0$.")
LINE = N_("So $A (x + n) = A x + A n = A x$. Watch the whole line.")
ROAM = N_("Now another point, $b'$. Let $x$ move anywhere: does $A x$ get there?")
PARALLEL = N_("Parallel columns: $A x$ stays in the column space $C(A)$, and $b'$ is outside.")
MISSED_BY_ZERO = N_("$A x$ never leaves $0$: no $x$ is sent to $b'$.")
CHANGE = N_("Change one entry: the columns are no longer parallel.")
NEIGHBOR = N_("${det} != 0$: every point has exactly one input, $b'$ too.")
AGAIN = N_("Back to $A$.")
VERDICT = N_("$det A = 0$: infinitely many inputs for $b$, none for $b'$. $A$ has no inverse.")

A_I, A_J = "A hat(dotless.i)", "A hat(dotless.j)"
B_I, B_J = "B hat(dotless.i)", "B hat(dotless.j)"
STEPS: dict[int, Any] = {
    1: (0, 1, -1, 2, -2),
    2: sorted(product((0, 1, -1), repeat=2), key=lambda step: (any(step), step != (1, 0))),
}
"""Steps along a basis of N(A), from x to the inputs that are shown."""
BETWEEN = [Fraction(k, 4) for k in range(-48, 49)]
"""Steps to many more of them."""
FAINT = 0.55


class Undoing(MatrixScene):
    """What the scenes about undoing a matrix share, and what they show of a singular one."""

    def no_way_back(self) -> None:
        """Many inputs land on one output, and some outputs have no input."""
        A, theme = self.matrix, self.theme
        null, path = la.null_space(A), la.path(A)
        n, b = null.vectors[0], A @ self.vector
        points = la.coset_points(self.vector, null, STEPS[null.dim])
        near = la.neighbor(A) if la.rank(A) else None  # one entry gives 0 no way back
        spread = [near.matrix @ point for point in points] if near else []
        self.colors = {"x": theme.input, "n": theme.null_space, "b": theme.output,
                       "A x": theme.output, A_I: theme.i, A_J: theme.j}  # fmt: skip
        if near:
            source, missed = apart(A, near.matrix, points)
        else:  # on the side where no input stands
            source = missed = la.vector([-1 if float(self.vector[0]) > 0 else 1, 0])

        dots = [self.dot(point, theme.input) for point in points]
        name = self.label(dots[0], "x")
        world = self.world(*dots, name, through=[path])

        card, n_card = self.card(A, "A"), self.counted(n, "n")
        unknown = self.unknowns(n_card)
        det, same = self.math("det A = 0"), self.math("A (x + n) = A x")
        first, second = (notation.typst(each) for each in n)
        sign = "" if second.startswith("-") else "+"
        crushed = self.math(f"A n = {first} {A_I} {sign} {second} {A_J} = 0")
        cards, facts = [card], [det]
        if near:
            det_B = self.equals("det B", la.det(near.matrix))
            cards.append(self.card(A, "B", means=near.matrix, room=Entries.room(A, near.matrix)))
            facts.append(self.math(det_B))
        self.panel.set(self.heading(), Either(*cards), Either(*facts), RULE, n_card, crushed, same)
        self.open(self.panel.blocks[0], dots[0], name, card)

        inputs = [self.dot(point, theme.input) for point in points]
        origin = self.dot((0, 0), theme.ink, radius=0.06)
        zero: list[Any] = [origin, self.label(origin, "0")] if b.array.any() else []
        outside, only = self.dot(missed, theme.ink), self.dot(source, theme.input)
        stray: list[Any] = [outside, self.label(outside, "b'"), self.ring(missed)]
        again, copies = Value(path(0.0)), [self.dot(point, theme.input) for point in points]
        threads = [self.segment(p, self.image(again, p), theme.muted, dashed=True) for p in points]
        way = self.segment(source, missed, theme.ink)
        its_own: list[Any] = [only, self.label(only, "x'"), way]
        line, home = (
            self.line(n, color, through=self.vector) for color in (theme.null_space, theme.muted)
        )
        world.plant(*inputs, *zero, *stray, *threads, *its_own, home)
        world.plant(*copies, frame=again)

        with self.beat("flatten", FIVE if near else NINE):
            self.play(Chain(*(Appear(dot) for dot in dots[1:])), run_time=1.2)
            self.play(Appear(*inputs), Dim(*inputs, to=FAINT), Vanish(name), run_time=0.2)
            for k, part in enumerate(parts := path.parts):
                colors = dict.fromkeys(dots, theme.output) if k == len(parts) - 1 else {}
                self.perform(
                    world, part, colors=colors, run_time=max(1.8, self.reading_left() - 0.8)
                )
            name.show("b" if zero else "b = 0")
            self.play(Appear(name), Recolor(name, theme.output), run_time=0.3)
        with self.beat("which", WHICH):
            self.guess(world, b, inputs, *world.grid)
        empty = [text for text, c in zip((A_I, A_J), A.columns, strict=True) if not c.array.any()]
        why = CANCEL_ALL if not near else CANCEL_ONE if empty else CANCEL
        walk = self.walk(A.columns, [*n])
        rulers: list[Any] = [*walk.rulers]
        rulers += [self.label(*each) for each in zip(walk.rulers, (A_I, A_J), strict=True)]
        world.plant(*rulers, *walk.members)
        with self.beat("cancel", why, column=(empty or [""])[0]):
            marks = [mark for row in unknown for mark in row]
            ways = [p for leg in walk.legs for p in leg.landmarks()]
            if near:
                self.play(
                    Look(world, self.fitting(world, [*points, b, *A.columns, *ways])),
                    Appear(*zero, *walk.members, *rulers), Dim(*inputs, to=FAINT),
                    Vanish(*((*dots, name) if zero else ())),
                    Appear(n_card.brackets, n_card.heading, *marks),
                )  # fmt: skip
                self.play(walk.go(2.0))
                self.collect(walk, n_card, unknown, 0)
                self.play(Appear(crushed), Vanish(*walk.members))
            else:
                self.while_reading(Chain(Pulse(card), Pulse(*dots, name)))
        rest: list[Any] = [*zero]
        if near:
            gap = self.arrow(n, theme.null_space, tail=self.vector)
            names = [
                self.label(inputs[0], "x"), self.label(inputs[1], "x + n"),
                self.label(gap, "n", on=0.5),
            ]  # fmt: skip
            between = la.coset_points(self.vector, null, BETWEEN)
            crowd = Dots([point.array for point in between], color=theme.input, radius=0.05)
            world.plant(gap, *names)
            world.plant(line, crowd, frame=again)
            with self.beat("line", LINE):
                self.play(
                    Vanish(*rulers), Appear(gap, *names, same, *dots, name), Dim(*inputs, to=1.0),
                    After(0.8, Draw(line, run_time=1.4)), After(0.8, Appear(crowd, *copies)),
                )  # fmt: skip
                self.while_reading(
                    Change(again, along=path, run_time=2.4),
                    Appear(home, run_time=0.2),
                    After(2.3, Vanish(line, crowd, *copies, run_time=0.1)),
                )
            rest += [home, gap, *names]
        with self.beat("unreachable", ROAM):
            shown = [*points, *spread, source, b, missed]
            arrive: list[Motion] = [Appear(*stray), Vanish(*rest), Dim(*inputs, to=FAINT)]
            law = self.roam(world, shown, arrive, rulers)
        if near:
            copies = [self.dot(point, theme.output) for point in points]
            columns = self.basis((B_I, B_J))
            world.plant(*copies, *columns, frame=again)
            self.play(
                Vanish(*law, n_card, crushed, same), Vanish(card, run_time=0.3),
                Appear(*copies, *columns[:2]), Dim(*inputs, to=1.0), After(0.3, Appear(cards[1])),
                Look(world, self.fitting(world, shown), run_time=0.9),
            )  # fmt: skip
            with self.beat("neighbor", CHANGE):
                self.while_reading(
                    Change(again, near.matrix, run_time=2.4),
                    Entries(cards[1], again, A, near.matrix),
                )
                self.play(Appear(*columns[2:]), Pulse(*columns[:2]))
                self.say(NEIGHBOR, det=det_B)
                self.while_reading(
                    Draw(*threads), Appear(facts[1]), Appear(*its_own[:2]),
                    After(0.8, Draw(way, run_time=1.4)),
                )  # fmt: skip
        with self.beat("verdict", AGAIN if near else VERDICT):
            if near:
                self.play(
                    Change(again, A), After(0.3, Appear(card)),
                    Vanish(cards[1], *facts[1:], *its_own, *columns, run_time=0.3), run_time=1.8,
                )  # fmt: skip
                self.say(VERDICT)
                self.while_reading(
                    Vanish(*copies, run_time=0.3),
                    Draw(home, run_time=1.6), Appear(det, *law[:2]),
                )  # fmt: skip
            else:
                again.now = A
                near_by = Look(world, self.fitting(world, shown))
                self.play(Vanish(*law), Appear(det), Dim(*inputs, to=1.0), near_by)
                self.while_reading(Draw(*threads))
            self.summary()

    def guess(self, world: World, b: la.Vector, inputs: list[Any], *done: Any) -> None:
        """Let b run to every input, one after the other: nobody can tell."""
        run = Value(b)
        runner = self.dot(run, self.theme.output)
        trail = self.segment(b, run, self.theme.muted, dashed=True)
        questions = [self.label(each, 'bold("?")', color=self.theme.ink) for each in inputs]
        world.plant(trail, runner, *questions)
        self.play(Vanish(*done), Dim(*inputs, to=1.0), Appear(runner, trail, *questions[1:]))
        order = sorted(inputs, key=lambda each: tuple(each.point))
        stops = [Change(run, each.point, run_time=0.35) for each in order]
        self.predict(Chain(*stops, Change(run, b, run_time=0.5), gap=0.08), ask=questions[0])
        self.play(Vanish(runner, trail, *questions))

    def roam(
        self, world: World, shown: list[Any], arrive: list[Motion], rulers: list[Any]
    ) -> list[Any]:
        """Let x go anywhere: A x stays in C(A), and b′ is not there."""
        A, theme, missed = self.matrix, self.theme, shown[-1].array
        space, null = la.column_space(A), la.null_space(A)
        side, ahead = null.vectors[0].array, (la.row_space(A).vectors or null.vectors)[-1].array
        size = [length(each) for each in shown]
        far = 1.5 * max(size) / length(ahead)
        if space.dim:  # past the height of b′
            far = min(far, 1.2 * max(size[-2:]) / length(A.array @ ahead))

        def anywhere(s: float) -> Any:
            return -cos(pi * s) * far * ahead + sin(pi * (1.5 * s + 0.25)) * side

        x = Value(anywhere(0.0))
        here, there = self.dot(x, theme.input), self.dot(self.image(A, x), theme.output)
        running: list[Any] = [here, there, self.label(here, "x"), self.label(there, "A x")]
        trace = self.segment(A.array @ x.now, self.image(A, x), theme.column_space)
        world.plant(trace, *running)
        ways = [anywhere(k / 8) for k in range(9)]
        view = self.fitting(world, [*shown, *ways, *(A.array @ each for each in ways)])
        self.play(Look(world, view), Appear(trace, *running), *arrive)
        self.while_reading(Change(x, along=anywhere, run_time=3.0))
        if not space.dim:
            self.say(MISSED_BY_ZERO)
            self.while_reading(Change(x, along=lambda s: anywhere(1 - s), run_time=3.0))
            return running
        way = self.line(A.array @ ahead, theme.column_space)
        drop = self.segment(missed, space.project(shown[-1]), theme.muted, dashed=True)
        world.plant(way, drop)
        self.say(PARALLEL)
        self.play(Vanish(trace, *running), Appear(*rulers), Draw(way, run_time=1.6))
        sign = self.name_line(world, way, "C(A)")
        self.while_reading(Appear(sign), After(0.6, Draw(drop, run_time=1.2)))
        return [way, sign, *rulers, drop]

    # -- what both stories need ------------------------------------------------------------

    def counted(self, what: la.Matrix | la.Vector, name: str) -> Any:
        """Give a card whose rows have the colors of the steps that they count."""
        card = self.card(what, name)
        for row, color in zip(card.rows, (self.theme.i, self.theme.j), strict=True):
            for entry in row:
                entry.set_color(color)
        return card


def apart(A: la.Matrix, B: la.Matrix, points: Any) -> tuple[la.Vector, la.Vector]:
    """Give an input and its output under B that is clear of every line that is drawn about A."""
    n, x, b = la.null_space(A).vectors[0].array, points[0].array, (A @ points[0]).array
    lines = [(0 * b, way) for way in (*la.identity(2).array, la.column_space(A).vectors[0].array)]
    lines += [(b, n), (x, n), (B.array @ x, B.array @ n)]
    lines += [(p.array, end - p.array) for p in points for end in (b, (B @ p).array)]
    pairs = [(p, B @ p) for p in points]
    most = max(length(each) for pair in pairs for each in pair)

    def clear(pair: tuple[la.Vector, la.Vector]) -> float:
        """Tell how far from every line the output is, as a share of the picture."""
        y, size = pair[1].array, max(most, *map(length, pair))
        return min(away(y - foot, way) / size for foot, way in lines if way.any())

    def away(point: Any, way: Any) -> float:
        """Tell how far a point is from the line along a vector."""
        (a, b), (c, d) = point, way
        return abs(float(a * d - b * c)) / length(way)

    steps = [la.vector(step) for step in product(range(-2, 3), repeat=2)]
    inputs = [point + step for point in points for step in steps]
    return max(((each, B @ each) for each in inputs), key=clear)
