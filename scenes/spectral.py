"""The spectral theorem: a symmetric matrix stretches along perpendicular lines."""

from __future__ import annotations

from typing import Any

from manim import DOWN, VGroup

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
    Pulse,
    Rename,
    Value,
    Vanish,
    linear,
)
from scenes.stage.bezier import polygon
from scenes.stage.figure import bearing, length, toward
from scenes.turning import BESIDE, Turning

NEED = N_("$A$ is symmetric. Turn $x$: on which lines does $A$ only multiply it?")
PART = N_("$A = 1/2 (B + B^top)$ is symmetric. On which lines does it only multiply $x$?")
ASK = N_("Here: ${equation}$. At what angle to it will the second line be?")
SQUARE = N_("At 90°: ${equation}$. Is that an accident?")
LEAN = N_("$M$ keeps the eigenvalues, but is not symmetric. Watch the two lines.")
LEAVES = N_("Take $w$ perpendicular to the first line. $M w$ leaves the line of $w$.")
RETURN = N_("Back to the symmetric $A$. Watch the shadow of $A w$ on the first line.")
WHY = N_("$A^top = A$: the shadow is 0, so $A w$ stays on the line of $w$.")
TURN_IN = N_("Unit vectors $q_1, q_2$ are the columns of $Q$. $Q^top$ turns them to the axes.")
AT_AXES = N_("Unit vectors $q_1, q_2$ are the columns of $Q$. They lie on the axes already.")
STRETCH = N_("$S$ multiplies along the axes, by the eigenvalues.")
FOLD = N_("$S$ multiplies along the axes; a negative eigenvalue turns the plane over.")
TURN_OUT = N_("$Q$ turns back by the same angle: perpendicular lines, $A = Q S Q^top$.")
NO_TURN = N_("No turn is needed here: perpendicular lines, $A = Q S Q^top$.")
EVERY = N_("On every line: ${equation}$. So any perpendicular pair will do.")
SHEAR = N_("$M$ has the same eigenvalues, but it is not symmetric. How many lines stay?")
SINGLE = N_("Only one. A symmetric matrix always keeps a perpendicular pair.")

PACE = 2.2  # seconds for Qᵀ, S or Q
START = 65.0  # degrees from the first line to where x begins
STEPS = 0.0, 30.0, 60.0, 90.0, 120.0, 150.0, 180.0  # degrees
CORNER = 0.3  # stage units: a right angle
SEEN = 0.7  # stage units: a shadow long enough for its number
QUARTER = "0 -1; 1 0"
NILPOTENT = "0 1; 0 0"


class SpectralTheorem(Turning):
    """For symmetric A the lines that stay are perpendicular: A = Q S Qᵀ."""

    title = N_("The spectral theorem")
    inputs = (MatrixInput("2x2", default="4 1; 1 4"),)

    def construct(self) -> None:
        given = self.matrix
        self.is_symmetric = given == given.T
        self.A = given if self.is_symmetric else la.symmetric_part(given)
        self.Q, self.S = la.spectral(self.A)
        self.q, self.values = self.Q.columns, [self.S[k, k] for k in (0, 1)]
        self.named_vectors = {f"q_{k}": q for k, q in enumerate(self.q, start=1)}
        self.own = self.theme.i, self.theme.j
        theme = self.theme
        self.colors = {
            "x": theme.input, "w": theme.third, "q_1": theme.i, "q_2": theme.j, "e_1": theme.i,
            "e_2": theme.j, "lambda_1": theme.i, "lambda_2": theme.j,
        }  # fmt: skip
        self.start()
        if self.values[0] == self.values[1]:
            self.every_line()
        else:
            self.search()
            self.lean()
        self.take_apart()

    # -- the cast ------------------------------------------------------------------------------

    def start(self) -> None:
        """Set up x, A x and the panel."""
        A, given, ink = self.A, self.matrix, (self.theme.ink,)
        self.along = bearing(self.q[0])
        self.cast(toward(self.along + START), A)
        self.plane.about = A
        self.T = la.skewing(A)  # M is T A T⁻¹: its eigenvectors are T q₁ and T q₂
        self.M = self.T @ A @ la.inverse(self.T)
        if self.M == A:
            self.M = A + la.matrix(NILPOTENT)
        room = Entries.room(A, self.M)
        self.card_ = self.card(A, "A", colors=ink, room=room)
        self.lean_card = self.card(A, "M", colors=ink, means=self.M, room=room)
        self.given_card = self.card(given, "B", colors=ink, room=room)
        self.rows = [self.fact(k, value, "q") for k, value in enumerate(self.values, start=1)]
        part = self.multiple(self.values[0], "(w dot q_1)", "lambda_1")
        self.reason = VGroup(
            *map(self.math, ("A w dot q_1", "= w dot A^top q_1", "= w dot A q_1", f"= {part} = 0"))
        ).arrange(DOWN, buff=0.22)
        self.q_card = self.card(self.legible(self.Q), "Q", colors=self.own)
        self.s_card = self.card(self.legible(self.S), "S", colors=self.own)
        self.formula = self.math("A = Q S Q^top")
        self.panel.set(
            self.heading(), *([] if self.is_symmetric else [self.given_card]),
            Either(self.card_, self.lean_card), RULE,
            Either(
                VGroup(*self.rows).arrange(DOWN, buff=0.25), self.reason,
                VGroup(self.q_card, self.s_card).arrange(DOWN, buff=0.3),
            ),
            self.formula,
        )  # fmt: skip
        opening = self.card_ if self.is_symmetric else self.given_card
        self.open(self.panel.blocks[0], opening, self.x, self.x_name)
        self.plane.look(self.view_of_all())

    def view_of_all(self) -> Any:
        """Give the view in which all of the search and of the stages is seen."""
        image = float(self.drawn) * self.A.array
        every = self.values[0] == self.values[1]
        spokes = [toward(self.along + step) for step in STEPS[: None if every else -3]]
        ends = [image @ p for p in spokes]
        if every:
            ends += [float(self.scale(self.M)) * self.M.array @ p for p in spokes]
        else:  # where the lines of M lean
            ways = [(self.T @ q).array for q in self.q]
            sizes = [float(self.drawn) * float(value) for value in self.values]
            ends += [size / length(way) * way for size, way in zip(sizes, ways, strict=True)]
        stages = [float(self.drawn) * column.array for column in self.S.columns]
        return self.fitting(self.plane, [*spokes, *ends, *stages, *self.Q.T.array])

    # -- two lines -----------------------------------------------------------------------------

    def search(self) -> None:
        """Find the first line; then the second one, at a right angle to it."""
        plane = self.plane
        self.lines = [self.line(*each) for each in zip(self.q, self.own, strict=True)]
        self.arrows = [self.arrow(*each) for each in zip(self.q, self.own, strict=True)]
        self.names = [self.label(arrow, f"q_{k}") for k, arrow in enumerate(self.arrows, 1)]
        between, degrees = self.opening(self.arrows[0], self.x)
        mark = self.question_mark(between)
        corner = self.right_angle(self.q[0], self.q[1], size=CORNER)
        plane.plant(*self.lines, *self.arrows, *self.names, between, degrees, mark, corner)
        self.corner = corner
        with self.beat("first", NEED if self.is_symmetric else PART):
            self.play(
                Appear(self.image_, self.image_name, self.rail, *self.opening_),
                *([] if self.is_symmetric else [
                    Dim(self.given_card, to=0.6), Appear(self.card_),
                ]),
            )  # fmt: skip
            self.play(self.turn(self.along, 2.6))
        with self.beat("ask", ASK, equation=self.says("A x", self.values[0], "x")):
            self.meet(0, pause=False)
            self.image_name.show(self.named("A x"))
            self.apart.now, self.angle.now = 0.0, self.along + 25.0
            self.play(
                Appear(self.x, self.x_name, self.image_, self.image_name, self.rail, between),
                run_time=0.4,
            )  # fmt: skip
            self.predict(Change(self.angle, self.along + 60.0, run_time=2.2, rate=linear), ask=mark)
            self.play(Vanish(mark, run_time=0.3), After(0.3, Appear(degrees, run_time=0.3)))
            self.play(self.turn(self.along + 90.0, 1.8))
        with self.beat("square", SQUARE, equation=self.says("A x", self.values[1], "x")):
            self.play(Vanish(between, degrees, run_time=0.3), Appear(corner))
            self.meet(1)

    def lean(self) -> None:
        """Beside it a matrix whose lines lean; what that has to do with symmetry."""
        plane, theme, A = self.plane, self.theme, self.A
        skew = Value(la.identity(2))

        def acting() -> Any:
            """Give M as it is while its lines lean more and more."""
            T = la.matrix(skew.now)
            return (T @ A @ la.inverse(T)).array

        ways = [lambda q=q: skew.now @ q.array / length(skew.now @ q.array) for q in self.q]
        lines = [self.line(way, color) for way, color in zip(ways, self.own, strict=True)]
        ends = [self.arrow(way, color) for way, color in zip(ways, self.own, strict=True)]
        wedge, degrees = self.opening(*ends)
        far = [
            self.arrow(lambda k=k: float(self.drawn) * float(self.values[k]) * ways[k](),
                       theme.output)
            for k in (0, 1)
        ]  # fmt: skip
        factors = [
            self.label(arrow, f"times {notation.factor(self.brief(value))}")
            for arrow, value in zip(far, self.values, strict=True)
        ]
        quarter = la.matrix(QUARTER).array
        w = self.arrow(lambda: quarter @ ways[0](), theme.third)
        size = float(self.drawn)
        image = self.arrow(self.image(lambda: size * acting(), w.given), theme.output)
        foot = lambda: (ways[0]() @ image.vector) * ways[0]()  # noqa: E731
        drop = self.segment(image.given, foot, theme.muted, dashed=True)
        shade = self.shade(foot, theme.i)
        number = self.running(lambda: (ways[0]() @ image.vector) / size, self.shadow_of_w(), 0)
        end = self.dot(foot, theme.i)
        long = self.label(end, number)
        rail = self.line(w.given, theme.ghost, dashed=True)
        name, image_name = self.label(w, "w"), self.label(image, self.named("M w"))
        first = self.label(ends[0], "q_1")
        corner = self.right_angle(ways[0], w.given, size=CORNER)
        mine: list[Any] = [first, long, end, shade, rail, drop, w, image, name, image_name, corner]
        plane.plant(*lines, *far, *ends, *factors, wedge, degrees, *mine)
        with self.beat("lean", LEAN):
            self.play(
                Vanish(*self.arrows, *self.names, *self.lines, self.corner, *self.rows, self.card_),
                Appear(*lines, *far, *ends, *factors, wedge, degrees),
                After(0.4, Appear(self.lean_card)),
            )  # fmt: skip
            self.while_reading(
                Change(skew, self.T, run_time=2.4),
                Entries(self.lean_card, acting, A, self.M, run_time=2.4),
            )  # fmt: skip
        with self.beat("leaves", LEAVES):
            self.play(
                Vanish(wedge, degrees, ends[1], *far, *factors), Dim(lines[1], to=0.3),
                run_time=0.4,
            )  # fmt: skip
            self.play(Appear(w, name, corner, rail))
            self.play(Appear(image, image_name))
            seen = abs(float(self.shadow_of_w())) * size * plane.view.unit > SEEN
            self.while_reading(Draw(drop), After(0.5, Appear(shade, *[end, long] * seen)))
        with self.beat("return", RETURN):
            self.play(Vanish(image_name, self.lean_card, run_time=0.3))
            again = self.lean_card
            self.play(Appear(again, run_time=0.2))
            self.while_reading(
                Change(skew, la.identity(2), run_time=2.2),
                Entries(again, acting, self.M, A, run_time=2.2),
            )  # fmt: skip
            image_name.show(self.named("A w"))
            self.play(
                Vanish(again, run_time=0.3), After(0.3, Appear(self.card_)), Appear(image_name)
            )  # fmt: skip
        with self.beat("why", WHY):
            self.play(Appear(first, run_time=0.3))
            for line in self.reason:
                self.play(Appear(line, run_time=0.6))
            self.while_reading(Pulse(image, w, self.reason[-1]))
        self.play(Vanish(*mine, *lines, *ends, self.reason), run_time=0.4)

    def shadow_of_w(self) -> Any:
        """Give how long the shadow of M w on the first line is, with its sign."""
        first = self.T @ self.q[0]
        unit = first * (1 / la.norm(first))
        return la.inner(self.M @ (la.matrix(QUARTER) @ unit), unit)

    # -- every line ------------------------------------------------------------------------------

    def every_line(self) -> None:
        """Every line stays; another matrix, that is not symmetric, keeps one only."""
        plane, theme = self.plane, self.theme
        says = self.says("A x", self.values[0], "x")
        self.apart.now = BESIDE
        pair = [self.image_, self.image_name]
        line = self.line(self.q[0], theme.i)
        plane.plant(line)
        with self.beat("first", NEED if self.is_symmetric else PART):
            self.play(
                Appear(*pair, self.rail),
                *([] if self.is_symmetric else [
                    Dim(self.given_card, to=0.6), Appear(self.card_),
                ]),
            )  # fmt: skip
            self.predict(self.turn(self.along, 2.4), ask=self.mark)
            self.play(Vanish(self.mark, run_time=0.3))
            self.play(self.turn(self.along + 120.0, 2.4))
        with self.beat("every", EVERY, equation=says):
            self.play(*map(Appear, self.rows), self.turn(self.along + 180.0, 2.0))
            self.while_reading(self.turn(self.along + 90.0, 1.6))
        scale = self.drawn
        with self.beat("lean", SHEAR):
            self.play(Vanish(*pair, self.card_, *self.rows), run_time=0.4)
            self.drawn, self.apart.now = self.scale(self.M), 0.0
            self.acting.now = self.M.array
            self.image_name.show(self.named("M x"))
            self.lean_card.name_what_it_is(None)
            self.play(
                Entries(self.lean_card, lambda: self.M.array, self.A, self.M, run_time=0.5),
                Appear(*pair, self.lean_card, *self.opening_), run_time=0.5,
            )  # fmt: skip
            self.play(self.turn(0.0, 2.4))
            self.play(Appear(line), Pulse(self.x, self.image_), run_time=0.8)
            self.say(SINGLE)
            self.while_reading(self.turn(120.0, 2.6))
        self.play(
            Vanish(*pair, self.x, self.x_name, line, self.rail, *self.opening_, self.lean_card),
            run_time=0.4,
        )  # fmt: skip
        self.drawn = scale
        self.play(Appear(self.card_), run_time=0.4)

    # -- turn, stretch, turn back ------------------------------------------------------------------

    def take_apart(self) -> None:
        """Q turns the lines to the axes, S multiplies there, Q turns back."""
        plane = self.plane
        one, other = (q.array for q in self.q)
        corners = [0 * one, one, one + other, other]
        cell = self.region(polygon(corners))
        lines = [self.line(*each) for each in zip(self.q, self.own, strict=True)]
        arrows = [self.arrow(*each) for each in zip(self.q, self.own, strict=True)]
        names = [self.label(arrow, f"q_{k}") for k, arrow in enumerate(arrows, start=1)]
        plane.join(*lines, cell, *arrows, *names)
        turn = la.path(self.Q.T)
        turns = bool(turn.angle)

        def named(letter: str) -> dict[Any, str]:
            """Say what the multiplied vectors are called."""
            return {
                name: self.multiple(value, f"{letter}_{k}", f"lambda_{k}")
                for k, (name, value) in enumerate(zip(names, self.values, strict=True), start=1)
            }

        with self.beat("turn in", TURN_IN if turns else AT_AXES):
            self.play(Appear(*lines, cell, *arrows, *names, self.q_card))
            lit = [(arrow, self.q_card.column(k)) for k, arrow in enumerate(arrows)]
            self.play(Chain(*(Pulse(*each, run_time=0.5 if turns else 1.0) for each in lit)))
            ends = {name: f"e_{k}" for k, name in enumerate(names, start=1)}
            if turns:
                self.perform(plane, turn, names=ends, run_time=PACE, along=self.q[0])
            else:
                self.play(*(Rename(*each) for each in ends.items()))
        folds = la.det(self.S) < 0
        with self.beat("stretch", FOLD if folds else STRETCH):
            self.play(Appear(self.s_card, run_time=0.4))
            self.perform(plane, la.path(self.S), names=named("e"), run_time=PACE)
            if not folds:  # long enough a motion
                self.while_reading(Pulse(*(self.s_card.entry(k, k) for k in (0, 1)), *arrows))
        with self.beat("turn back", TURN_OUT if turns else NO_TURN):
            if turns:
                size, other_size = (abs(value) for value in self.values)
                self.perform(plane, la.path(self.Q), names=named("q"), run_time=PACE,
                             along=self.q[0] if size >= other_size else self.q[1])  # fmt: skip
            else:
                self.play(*(Rename(*each) for each in named("q").items()))
            corner = self.right_angle(self.q[0], self.q[1], size=CORNER)
            plane.plant(corner)
            self.play(Appear(self.formula, corner))
            parts: list[list[Any]] = [[*arrows], [corner, self.formula]]
            self.play(Chain(*(Pulse(*each) for each in parts[turns:])))
            self.summary()
