"""What x turns to show: the lines on which A only multiplies it."""

from __future__ import annotations

from fractions import Fraction
from math import log10
from typing import Any

from manim import DOWN, VGroup

import lamath as la
from lamath import notation
from scenes.stage import Appear, Change, MatrixScene, Pulse, Rename, Value, Vanish
from scenes.stage.figure import bearing, length, toward

__all__ = ["BESIDE", "FAR", "LONG", "Turning"]

LONG = 4  # signs of a number that are too many to stand in a picture
FAR = 6.0  # how much longer than x a vector may be, to be seen with it
BESIDE = 0.09  # stage units between x and A x on one line
TEN = 10


class Turning(MatrixScene):
    """A scene in which x turns until A only multiplies it."""

    values: list[Any]
    """The eigenvalues, as they are met."""
    lines: list[Any]
    arrows: list[Any]
    names: list[Any]
    rows: list[Any]

    def cast(self, x: la.Vector | Any, A: la.Matrix) -> None:
        """Set up x, which can turn, the line of x, and A x."""
        theme = self.theme
        size, self.begin = length(x), bearing(x)
        self.angle, self.acting = Value(self.begin), Value(A.array)
        self.drawn = self.scale(A)
        self.turned = lambda: size * toward(self.angle())
        self.x = self.arrow(self.turned, theme.input)
        self.apart = Value(0.0)
        self.image_ = self.arrow(
            self.image(lambda: float(self.drawn) * self.acting.now, self.turned),
            theme.output, apart=self.apart,
        )  # fmt: skip
        self.x_name = self.label(self.x, "x")
        self.image_name = self.label(self.image_, self.named("A x"))
        self.rail = self.line(self.turned, theme.ghost, dashed=True)
        wedge, degrees = self.opening(self.x, self.image_)
        self.opening_ = [wedge, degrees]
        self.mark = self.question_mark(wedge)
        self.plane = self.world(grid=False)
        self.plane.plant(
            self.rail, wedge, self.image_, self.x, self.x_name, self.image_name, degrees, self.mark
        )

    def scale(self, A: la.Matrix) -> Any:
        """Give what A x is multiplied by where it is drawn, so that it is about as long as x."""
        size = float(la.spectral_norm(A))
        if not size or 1.0 / FAR <= size <= FAR:
            return 1
        return Fraction(TEN) ** -round(log10(size))

    def named(self, name: str) -> str:
        """Give the name of A x, with what it is multiplied by where it is drawn."""
        return name if self.drawn == 1 else f"{notation.typst(self.drawn)} {name}"

    def multiple(self, count: Any, name: str, symbol: str = "") -> str:
        """Write a multiple of a vector; where its number is long, with a symbol or as measured."""
        brief = self.brief(count)
        if symbol and isinstance(brief, float):
            return f"{symbol} {name}"
        return notation.combination((brief,), (name,))

    def brief(self, count: Any) -> Any:
        """Give a number that is short enough to stand in a picture."""
        return count if len(notation.plain(count)) <= LONG else float(count)

    def says(self, name: str, count: Any, of: str) -> str:
        """Write that a vector is a multiple of another one."""
        sign = "approx" if isinstance(self.brief(count), float) else "="
        return f"{name} {sign} {self.multiple(count, of)}"

    def fact(self, k: int, value: Any, letter: str = "v") -> VGroup:
        """Write what A makes of an eigenvector, its eigenvalue below where that is long."""
        name = f"{letter}_{k}"
        lines = [f"A {name} = {self.multiple(value, name, f'lambda_{k}')}"]
        if isinstance(brief := self.brief(value), float):
            lines.append(self.equals(f"lambda_{k}", brief))
        return VGroup(*map(self.math, lines)).arrange(DOWN, buff=0.15)

    def legible(self, M: la.Matrix) -> la.Matrix:
        """Give a matrix as measured if its entries are long."""
        entries = [entry for column in M.columns for entry in column]
        is_long = any(len(notation.plain(entry)) > 2 * LONG for entry in entries)
        return la.matrix(M.array) if is_long else M

    def turn(self, to: float, run_time: float) -> Change:
        """Give the motion that turns x to an angle."""
        return Change(self.angle, to, run_time=run_time)

    def meet(self, k: int, pause: bool = True) -> None:
        """Let x and A x lie on one line, and take an eigenvector there."""
        equation = self.named("A x")  # as it is drawn
        if self.drawn == 1:
            equation = self.says("A x", self.values[k], "x")
        self.play(
            Appear(self.lines[k]), Vanish(self.rail, *self.opening_, run_time=0.3),
            Change(self.apart, BESIDE, run_time=0.5), Rename(self.image_name, equation),
        )  # fmt: skip
        self.play(Pulse(self.image_, self.image_name, run_time=0.8))
        self.play(
            Vanish(self.x, self.x_name, self.image_, self.image_name),
            Appear(*self.arrows[: k + 1], *self.names[: k + 1], self.rows[k]),
        )  # fmt: skip
        if pause:
            self.while_reading(Pulse(self.arrows[k], self.names[k], self.rows[k], run_time=0.8))
