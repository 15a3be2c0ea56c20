"""What a matrix does to the plane: two arrows tell where every point goes, and how far."""

from __future__ import annotations

from typing import Any

import lamath as la
from lamath import notation
from scenes.inputs import MatrixInput, VectorInput
from scenes.stage import (
    N_,
    RULE,
    Appear,
    Chain,
    Change,
    Dim,
    Draw,
    Either,
    Look,
    MatrixScene,
    Pulse,
    Recolor,
    Value,
    Vanish,
    linear,
)
from scenes.stage.bezier import circle
from scenes.stage.figure import bearing, length, toward
from scenes.stage.shapes import Place

WATCH = N_("$A$ moves the plane. Follow only $hat(dotless.i)$ and $hat(dotless.j)$.")
WATCH_OVER = N_("$A$ also turns the plane over. Follow $hat(dotless.i)$ and $hat(dotless.j)$.")
STAYS = N_("$A = I$ leaves every point where it is, $hat(dotless.i)$ and $hat(dotless.j)$ too.")
LANDED = N_("They land on the columns of $A$. Do they tell where all points go?")
ASK = N_("Steps along $hat(dotless.i)$ and $hat(dotless.j)$ lead to $x$. Where will $A$ send it?")
STEPS = N_("Take the same steps along $A hat(dotless.i)$ and $A hat(dotless.j)$.")
MOVE = N_("Now $A$ moves the plane. Watch $x$.")
REASON = N_("Lines stay straight and even: so $A x$ is where the same steps lead.")
ROUND = N_("Now $x$ runs round the unit circle. Watch the length of $A x$.")
MOST = N_("$A x$ is at most ${most}$ long, and at least ${least}$.")
EVEN = N_("$A x$ is always ${most}$ long: no direction is special.")
SUMMARY = N_("Two columns tell where all points go. In some directions $A$ stretches most.")
SUMMARY_EVEN = N_("Two columns tell where all points go: here, as far in every direction.")
SUMMARY_ZERO = N_("Two columns tell where all points go: here, all to 0.")

I_HAT, J_HAT = "hat(dotless.i)", "hat(dotless.j)"
USUAL = "-3/5 4/5"
NEAR = 2.0  # stage units: how large a unit square may become
NARROW = 0.12  # what an ellipse must have of its length to bear a number across
LONG = 4  # signs of a number that are too many to stand in a picture


class MatrixMovesSpace(MatrixScene):
    """Two columns tell where the whole plane goes, in some directions far, in others not."""

    title = N_("A matrix moves the plane")
    inputs = (
        MatrixInput("2x2", default="3 0; 4 5"),
        VectorInput(of="input", default="-3/5 4/5"),
    )

    def construct(self) -> None:
        A, theme = self.matrix, self.theme
        self.x = self.vector if self.vector.array.any() else la.vector(USUAL)
        self.path, self.svd = la.path(A), la.svd(A)
        self.pace = 2.6 if len(self.path.parts) == 1 else 1.3  # seconds a part
        self.is_even = bool(self.svd.S[0] == self.svd.S[1])
        self.colors = {
            I_HAT: theme.i, J_HAT: theme.j, f"A {I_HAT}": theme.i, f"A {J_HAT}": theme.j,
            "x": theme.input, "A x": theme.output,
        }  # fmt: skip
        self.cast()
        self.sweep()
        self.walk_there()
        self.go_round()

    def brief(self, value: Any) -> Any:
        """Give a number that stands in a picture: measured, if it is long when exact."""
        return float(value) if len(notation.plain(value)) > LONG else value

    # -- the cast ------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up both unit vectors, x, and what the panel will say."""
        A, x, theme = self.matrix, self.x, self.theme
        self.base = self.basis()
        self.arrow_x = self.arrow(x, theme.input)
        self.name_x = self.label(self.arrow_x, "x")
        self.plane = plane = self.world(*self.base, self.arrow_x, self.name_x, through=[self.path])
        self.columns = self.basis((f"A {I_HAT}", f"A {J_HAT}"))
        self.first = self.walk(la.identity(2).columns, [*x])
        self.second = self.walk(A.columns, [*x])
        self.ring_ = self.ring(A @ x)
        plane.plant(*self.columns, frame=A)
        plane.plant(*self.first.members, *self.second.members, self.ring_)
        self.card_ = self.card(A, "A")
        self.image_card = self.card(A @ x, "A x", colors=(theme.output,))
        s1, s2 = self.svd.S
        first = N_("length of $A x$") if self.is_even else N_("longest $A x$")
        self.rows = [
            self.row(first, self.exactly(s1), color=theme.sigma),
            self.row(N_("shortest $A x$"), self.exactly(s2), color=theme.sigma),
        ]
        self.x_card = self.card(x, "x", colors=(theme.input,))
        self.panel.set(
            self.heading(), self.card_, RULE, Either(self.x_card, self.rows[0]),
            Either(self.image_card, self.rows[1]),
        )  # fmt: skip

    # -- two arrows ----------------------------------------------------------------------

    def sweep(self) -> None:
        """Let A move the plane, and see where î and ĵ land."""
        base, plane = self.base, self.plane
        names = {base.i_label: f"A {I_HAT}", base.j_label: f"A {J_HAT}"}
        self.open(*self.panel.blocks[:2], *base)
        stays = self.matrix == la.identity(2)
        message = WATCH_OVER if self.path.folds else STAYS if stays else WATCH
        with self.beat("sweep", message):
            self.play(Pulse(*base, run_time=0.8))
            if stays:
                self.while_reading(Pulse(*plane.grid, run_time=1.6))
            self.perform(plane, self.path, names=names, run_time=0.6 if stays else self.pace)
            self.say(LANDED)
            self.while_reading(
                Chain(
                    Pulse(base.i, base.i_label, self.card_.column(0)),
                    Pulse(base.j, base.j_label, self.card_.column(1)),
                    Pulse(*plane.grid),
                )
            )

    # -- the same steps ------------------------------------------------------------------

    def start_again(self) -> None:
        """Bring the plane back to where it was."""
        base, plane = self.base, self.plane
        names = {base.i_label: I_HAT, base.j_label: J_HAT}
        if len(plane.trail) == 1 and not self.path.folds:
            self.rewind(plane, names=names, run_time=1.6)
            return
        view = plane.trail[0].view if plane.trail else plane.view
        self.play(Vanish(*base, run_time=0.4), Dim(*plane.grid, to=0.0, run_time=0.4))
        plane.matrix = la.identity(2).array
        plane.trail.clear()
        for label, name in names.items():
            label.show(name)
        self.play(Look(plane, view, run_time=0.5))
        self.play(Appear(*base, run_time=0.4), Dim(*plane.grid, to=1.0, run_time=0.4))

    def walk_there(self) -> None:
        """Walk to x, take the same steps along the moved arrows, and see A x there."""
        A, plane, base, theme = self.matrix, self.plane, self.base, self.theme
        self.mark = mark = self.question_mark(self.arrow_x)
        plane.join(mark)
        with self.beat("ask", ASK):
            self.start_again()
            ways = [*la.identity(2).columns, self.x, la.identity(2).columns[0] * self.x[0]]
            self.play(Look(plane, self.fitting(plane, ways, most=NEAR)))
            self.play(Appear(*self.first.members, run_time=0.1))
            self.play(self.first.go(2.2))
            # where the stage is small, x crosses its counters; its card has these numbers
            crossed = self.first.counters if self.aspect != "16:9" else ()
            self.play(Appear(self.arrow_x, self.name_x, self.x_card), Vanish(*crossed))
            self.predict(Pulse(self.arrow_x, self.x_card, run_time=2.0), ask=mark)
            self.play(Vanish(mark, run_time=0.3))
        with self.beat("steps", STEPS):
            marks = [*A.columns, A @ self.x, A.columns[0] * self.x[0], self.x]
            home = plane.view
            view = home
            if not home.shows([m.array for m in marks], margin=0.4):
                view = self.fitting(plane, marks)
            self.play(
                Vanish(*self.first.members, *base), Appear(*self.columns), Look(plane, view),
                Dim(self.arrow_x, self.name_x, *plane.grid, to=0.4),
            )  # fmt: skip
            self.play(Appear(*self.second.members, run_time=0.1))
            self.play(self.second.go(2.4))
            self.play(Appear(self.ring_))
        with self.beat("move", REASON if self.path.folds else MOVE):
            self.play(
                Dim(*self.columns, to=0.6), Dim(self.arrow_x, self.name_x, to=1.0),
                Vanish(*self.second.counters),
            )  # fmt: skip
            if self.path.folds:  # it has been seen to turn over; once is enough
                self.play(Vanish(self.arrow_x, self.name_x), Dim(*plane.grid, to=0.0))
                plane.matrix = A.array
                self.name_x.show("A x")
                blue = [Recolor(each, theme.output) for each in (self.arrow_x, self.name_x)]
                self.play(Dim(*plane.grid, to=1.0), *blue, run_time=0.6)
                self.play(Appear(self.arrow_x, self.name_x))
            else:
                self.play(Dim(*plane.grid, to=1.0, run_time=0.4))
                self.perform(
                    plane, self.path, names={self.name_x: "A x"}, run_time=self.pace,
                    colors={self.arrow_x: theme.output, self.name_x: theme.output},
                )  # fmt: skip
                self.say(REASON)
            self.while_reading(
                Chain(
                    Appear(self.image_card), Pulse(*plane.grid),
                    Pulse(self.ring_, self.arrow_x, self.name_x, self.image_card),
                )
            )  # fmt: skip

    # -- every direction -----------------------------------------------------------------

    def go_round(self) -> None:
        """Let x run round the unit circle, and find where A x is longest and shortest."""
        A, plane, theme = self.matrix, self.plane, self.theme
        U, S, Vh = self.svd
        begin = bearing(Vh.rows[0]) - 50.0
        turn = Value(begin)
        x = self.arrow(lambda: toward(turn.now), theme.input)
        y = self.arrow(self.image(A, lambda: toward(turn.now)), theme.output)
        size = self.running(lambda: length(y.vector), *map(self.brief, S), nonzero=True)
        number = self.label(y, size, color=theme.ink)
        name = self.label(x, "x")
        ring = self.unit_circle(theme.input, dash=(0.12, 0.09))
        trace = self.arc(lambda t: A.array @ toward(t), begin, begin + 360.0, theme.output)
        if not A.array.any():
            trace = self.ellipse(A, theme.output)
        tips = [column * s for column, s in zip(U.columns, S, strict=True)]
        axes = [self.segment((0, 0), tip, theme.sigma, width=theme.bold) for tip in tips]
        spots = [Place(tip, color=theme.sigma) for tip in tips]
        signs = [
            self.label(spot, self.exactly(self.brief(s))) for spot, s in zip(spots, S, strict=True)
        ]
        plane.plant(ring, trace, *axes, *spots, *signs, x, y, name, number)
        told_there = [bool(s > NARROW * S[0]) for s in S]
        shown = [[sign] if fits else [] for sign, fits in zip(signs, told_there, strict=True)]
        view = self.fitting(plane, [*circle(), *(circle() @ A.array.T)], most=float("inf"))
        told = [self.exactly(self.brief(s)) for s in S]
        with self.beat("round", ROUND):
            self.play(
                Vanish(*self.second.members, self.ring_, *self.columns, self.arrow_x, self.name_x,
                       self.x_card, self.image_card),
                Dim(*plane.grid, to=0.0), Look(plane, view), Appear(ring, x, name, y, number),
            )  # fmt: skip
            self.play(
                Change(turn, begin + 360.0, run_time=4.6, rate=linear),
                Draw(trace, run_time=4.6, rate=linear),
            )  # fmt: skip
            if self.is_even:
                self.play(Appear(self.rows[0]))
                self.say(EVEN, most=told[0])
                self.while_reading(Change(turn, begin + 720.0, run_time=3.0))
            else:
                self.find_both(turn, begin, number, axes, shown)
                self.say(MOST, most=told[0], least=told[1])
                lit = zip(axes, shown, self.rows, strict=True)
                self.while_reading(Chain(*(Pulse(a, *b, c) for a, b, c in lit)))
        seen = [] if self.is_even else [*axes, *shown[0], *shown[1]]
        summary = SUMMARY_EVEN if self.is_even else SUMMARY
        with self.beat("remember", summary if A.array.any() else SUMMARY_ZERO):
            self.play(
                Appear(*self.columns), Dim(*self.columns, to=1.0),
                Vanish(x, name, y, number),
            )  # fmt: skip
            self.while_reading(
                Chain(
                    Pulse(*self.columns, self.card_.entries),
                    Pulse(trace, *seen),
                )
            )
            self.summary()

    def find_both(
        self, turn: Value, begin: float, number: Any, axes: list[Any], signs: list[list[Any]]
    ) -> None:
        """Let x go to where A x is longest, and on to where it is shortest."""
        self.play(Vanish(number, run_time=0.3), Change(turn, begin + 410.0, run_time=0.9))
        self.play(Draw(axes[0], run_time=0.7), Appear(*signs[0], self.rows[0]))
        self.play(Change(turn, begin + 500.0, run_time=1.2))
        self.play(Draw(axes[1], run_time=0.7), Appear(*signs[1], self.rows[1]))
