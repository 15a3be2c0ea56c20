"""The determinant: slide the layers of a parallelogram, and count the squares that it is worth."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import ceil, inf
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
    Dim,
    Draw,
    Either,
    Entries,
    Glide,
    Look,
    MatrixScene,
    Pulse,
    Vanish,
    bezier,
)
from scenes.stage.figure import length
from scenes.stage.labels import Label
from scenes.stage.shapes import Place
from scenes.stage.squares import UNIT_SQUARE, fill_circle, layers, square_at, turn_between
from scenes.stage.theme import Layer
from scenes.stage.view import View

WATCH = N_("$A$ moves the whole plane. Follow this square of the grid.")
WATCH_FOLD = N_("Follow this square: $A$ moves the plane, and turns it over.")
STAYS = N_("$A$ leaves every square of the grid where it is, like this one.")
ASK = N_("Its sides are now the columns of $A$. What is its area?")
SLIDE = N_("Slide its layers along ${base}$: same base and height, same area.")
AGAIN = N_("Slide again, along the other side.")
LAST = N_("Slide again, to get a rectangle.")
BACK = N_("Slide back, to the rectangle.")
COUNT = N_("Now its area is easy: width times height.")
MULTIPLY = N_("${product}$: this is the determinant, $det A$.")
FROM_ENTRIES = N_("The entries alone give this number, the determinant $det A$.")
NEGATIVE = N_("But the plane was turned over, so the determinant $det A$ is negative.")
NOTHING = N_("Nothing of its area is left: the determinant $det A$ is 0.")
CLOSE = N_("Change one entry of $A$ to get $B$. With its columns on one line, $det B = 0$.")
OPEN = N_("Change one entry of $A$ to get $B$: there is area again.")
INSTEAD = N_("Take another matrix $B$ instead: its columns enclose an area.")
CLOCKWISE = N_("Beyond, the turn from $b_1$ to $b_2$ is clockwise: a negative signed area.")
COUNTER = N_("Beyond, the turn from $b_1$ to $b_2$ is counterclockwise: a positive signed area.")
SUMMARY = N_("So it is with every small square: $A$ multiplies every area by ${size}$.")

LAYERS = 9
MANY = 16  # tiles that can still be counted
LONG = 8  # signs of a number that are too many to stand in a picture
WIDE = 3.9  # stage units: what a panel has room for
TURN = 1.2  # stage units: how far from the origin a turn is drawn
FAR = 20  # how much A may enlarge before a unit square is too small to see
FINE = 6  # small squares along a unit


class DeterminantIsArea(MatrixScene):
    """The determinant is what A multiplies every area by, with a sign for the side in sight."""

    title = N_("Determinant and area")
    inputs = (MatrixInput("2x2", default="2 1; 1 3"),)

    def construct(self) -> None:
        A = self.matrix
        self.path, self.det, self.crossing = la.path(A), la.det(A), la.crossing(A)
        self.slides = (la.shears(A) or there_and_back(A)) if self.det else ()
        self.far = la.spectral_norm(A) > FAR
        self.end = self.slides[-1].matrix if self.slides else A
        self.cast()
        self.write_panel()
        self.move()
        if self.det:
            self.slide()
            self.count()
        self.name_it()
        self.cross()
        self.every_area()

    # -- the cast ------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up a square of the grid with its sides and its layers."""
        (a, b), (c, d) = self.matrix
        theme = self.theme
        self.down, self.up = times(a, d), times(b, c)
        self.colors = {
            "a_1": theme.i, "a_2": theme.j, "b_1": theme.i, "b_2": theme.j,
            self.up: theme.bad, self.down: theme.input,  # for words, as the areas' colors
        }  # fmt: skip
        self.color = theme.region if self.det >= 0 else theme.region_back  # of the face in sight
        *self.arrows, one, other = self.basis()
        self.names = [one, other]
        self.cell = self.region(square_at((0, 0)))
        self.plane = self.world(self.cell, *self.arrows, *self.names, through=[self.path])
        self.layers = [
            self.curve(layers(LAYERS, k), self.color, opacity=0.7, counts=False) for k in (0, 1)
        ]
        self.unit = self.curve(square_at((0, 0)), theme.ghost, dash=(0.12, 0.09))
        self.one = self.label(self.unit, "1", color=theme.ink)
        self.counted: list[Any] = []  # what stands at the rectangle

    def write_panel(self) -> None:
        """Set up what the panel will say."""
        A, theme = self.matrix, self.theme
        others = self.crossing[2:]
        room = Entries.room(A, *others)
        style: dict[str, Any] = {"room": room, "size": 1.25 * theme.math, "spread": 1.2}
        if max(map(len, room)) > LONG:
            style = {}
        self.card_ = self.card(A, "A", **style)
        start = A if A in (self.crossing.opened, self.crossing.flat) else self.crossing.opened
        self.other = self.card(start, "B", **{"room": room, **style})
        self.sizes = [max(abs(self.end[r, 0]), abs(self.end[r, 1])) for r in (0, 1)]
        rows = [
            (N_("width"), self.side(0)),
            (N_("height"), self.side(1)),
            (N_("area"), self.equals(times(*self.sizes), abs(self.det))),
        ]
        if any(self.math(value).width > WIDE for _, value in rows):
            rows = [(N_("area"), self.exactly(abs(self.det)))]
        self.rows = [self.row(*each) for each in rows] if self.det else []
        products = f"det A = {self.down} - {self.up}"
        self.formula = VGroup(self.math(self.equals(products, self.det)))
        if self.formula.width > 1.2 * WIDE:
            lines = products, self.equals("", self.det)
            self.formula = VGroup(*map(self.math, lines)).arrange(DOWN, buff=0.3)
        signed = self.running(
            self.signed_area_of(self.plane), *map(la.det, others), self.det, nonzero=True,
            decimals=1 if abs(self.det) >= 1 else None,
        )  # fmt: skip
        self.signed = self.row(N_("signed area"), signed)
        corner = Place((1, 1), color=theme.ink)
        self.size = self.label(corner, signed, size=theme.number)
        self.plane.join(corner, self.size)
        self.panel.set(
            self.heading(), Either(self.card_, self.other), Either(self.formula, self.signed),
            RULE, *self.rows,
        )  # fmt: skip

    def side(self, row: int) -> str:
        """Write how long a side is; where a slide has left it of an entry, with how that was."""
        size, (first, *_) = self.sizes[row], (*self.slides, None)
        if first and len(self.slides) == 2 and first.matrix[1 - row, first.column] == 0:
            entry, other = (self.matrix[row, k] for k in (first.column, 1 - first.column))
            if first.matrix[row, first.column] > 0:
                return self.equals(
                    plus(notation.typst(entry), first.factor, notation.factor(other)), size
                )
        return self.exactly(size)

    # -- how many squares it is worth --------------------------------------------------------

    def move(self) -> None:
        """Let A move a square of the grid, and ask how large it is then."""
        plane, grid = self.plane, self.plane.grid
        plane.plant(self.unit, self.one)
        self.open(self.panel.blocks[0], self.card_, self.cell, self.one, *self.arrows, *self.names)
        mark = self.question_mark(self.cell)
        plane.join(*self.layers, mark)
        self.stays = stays = self.matrix == la.identity(2)
        with self.beat("move", WATCH_FOLD if self.path.folds else STAYS if stays else WATCH):
            if not self.path.folds:
                self.play(Pulse(self.cell, *self.arrows, run_time=0.8), Appear(self.unit))
            if stays:
                self.while_reading(Chain(Pulse(*grid), Pulse(self.cell)))
            self.carry(self.names, ("a_1", "a_2"))
        with self.beat("ask", ASK):
            self.play(
                Dim(*grid, to=0.0), Pulse(self.card_.entries, *self.arrows),
                Vanish(self.one) if stays or self.far else Appear(self.unit, self.one),
                run_time=0.6,
            )  # fmt: skip
            self.predict(
                Chain(*(Pulse(*each, run_time=1.0) for each in ((self.unit, self.one), (mark,)))),
                ask=mark,
            )
            self.play(Vanish(mark, run_time=0.3))

    def carry(self, labels: Sequence[Label], names: Sequence[str]) -> None:
        """Let A move the plane; what stops on the way has no name there."""
        if len(self.path.parts) == 1:
            named = dict(zip(labels, names, strict=True))
            time = 0.5 if self.stays else None
            lost = [Vanish(self.unit, self.one)] if self.far else []
            self.perform(self.plane, self.path, *lost, names=named, run_time=time)
            return
        self.play(Vanish(*labels, self.unit, self.one, run_time=0.2))
        self.perform(self.plane, self.path, run_time=1.4)
        for label, name in zip(labels, names, strict=True):
            label.show(name)
        self.play(Appear(*labels, run_time=0.4))

    def slide(self) -> None:
        """Slide layers until the parallelogram is a rectangle."""
        plane, before = self.plane, self.matrix
        ghost = self.ghost(plane, self.cell)
        for k, (moved, share, after) in enumerate(self.slides):
            base, layers, name = 1 - moved, self.layers[1 - moved], self.names[moved]
            last = k == len(self.slides) - 1
            again = AGAIN if not last else BACK if after == self.matrix else LAST
            rail = self.line(
                before.column(base), self.theme.columns[base],
                through=before.column(moved), dashed=True,
            )  # fmt: skip
            plane.plant(rail)
            with self.beat(
                f"slide {k + 1}",
                again if k else SLIDE,
                base=f"a_{base + 1}",
            ):
                gone = [name, self.unit, self.one]
                if la.spectral_norm(after) < 0.25 * la.spectral_norm(self.matrix):
                    gone += ghost  # what has become so small is seen from near
                self.play(Appear(layers, rail), Vanish(*gone), run_time=0.6)
                self.while_reading(Glide(plane, after, run_time=2.0))
                name.show(plus(f"a_{moved + 1}", share, f"a_{base + 1}"))
                named = k == 0 and len(notation.typst(share)) < LONG and self.end != self.matrix
                news = [Appear(name), Dim(*ghost, to=0.5)] if named else []
                self.play(Vanish(layers, rail, run_time=0.3), *news)
            before = after
        self.play(Vanish(*ghost, run_time=0.3))

    def count(self) -> None:
        """Count the squares in the rectangle."""
        plane, ink = self.plane, self.theme.ink
        x, y = self.end.array.sum(axis=1)
        out = 1 if x * y > 0 else -1
        sides = self.measure((x, 0), ink, side=-out), self.measure((0, y), ink, side=out)
        sizes = map(self.exactly, self.sizes)
        lengths = [self.label(*each) for each in zip(sides, sizes, strict=True)]
        view = self.near([(-0.15 * x, -0.12 * y), (1.05 * x, 1.05 * y)])
        tiles = self.tiles((x, y), view.unit)
        self.counted = [*sides, *lengths, *(piece for tile in tiles for piece in tile)]
        plane.plant(*self.counted)
        lit = [[Pulse(self.card_.row(k))] if " = " in self.side(k) else [] for k in (0, 1)]
        with self.beat("count", COUNT):
            self.play(
                Look(plane, view), Appear(sides[0], lengths[0], *self.rows[:-2]),
                *lit[0],
            )  # fmt: skip
            self.play(Appear(sides[1], lengths[1], *self.rows[1:-1]), *lit[1])
            self.play(
                *(After(0.15 * k, Appear(*tile, run_time=0.4)) for k, tile in enumerate(tiles)),
                Appear(self.rows[-1]), Vanish(*self.arrows, *self.names),
            )  # fmt: skip

    def near(self, points: Any) -> View:
        """Give a view in which points fit, however near they are to the origin."""
        close = all(length(point) < 0.5 for point in points)
        return self.fitting(self.plane, points, most=inf if close else None)

    def tiles(self, signs: Any, unit: float) -> list[list[Any]]:
        """Give the squares that fill the rectangle, and parts of squares, each with its area."""
        width, height = self.sizes
        if max(width, height) < 1 or ceil(width) * ceil(height) > MANY:
            return []
        tiles = []
        for j, i in product(range(ceil(height)), range(ceil(width))):
            w, h = min(1, width - i), min(1, height - j)
            outline = square_at((i, j), (float(w), float(h)), signs)
            tile = self.region(outline, self.color, fill=0.22)
            tiles.append([tile])
            text, size = self.exactly(w * h), 1.0 if w * h == 1 else 0.75
            if len(text) <= 4 and unit * min(float(w), float(h)) > 0.6:
                number = self.label(tile, text, color=self.theme.ink, size=size * self.theme.label)
                tiles[-1].append(number)
        return tiles

    # -- its name ------------------------------------------------------------------------

    def name_it(self) -> None:
        """The number is the determinant; the entries give it."""
        colors = {"down": self.theme.region, "up": self.theme.region_back}
        bands = [self.card_.band(diagonal=way, color=colors[way]) for way in ("down", "up")]
        for band in bands:
            band.area = "panel"
        message, by_slides = self.reason()
        with self.beat("name", message, product=by_slides):
            self.play(Appear(bands[0]), run_time=0.6)
            self.play(Appear(bands[1], self.formula))
            lit = [(band,) for band in bands] if self.det > 0 else [bands]
            self.while_reading(Chain(*(Pulse(*each) for each in lit)))
            self.play(Vanish(*bands, run_time=0.3))

    def reason(self) -> tuple[str, str]:
        """Say what the determinant is; where two slides show how, as width times height."""
        if self.det <= 0:
            return (NEGATIVE if self.det else NOTHING), ""
        height, *left = self.side(1).split(" = ")
        if not left or self.end[0, 0] < 0 or len(height) > 3 * LONG:
            return FROM_ENTRIES, ""
        return (
            MULTIPLY,
            f"{notation.factor(self.sizes[0])} times ({height}) = {self.down} - {self.up}",
        )

    # -- through 0 -----------------------------------------------------------------------

    def cross(self) -> None:
        """Move one column across the line of the other: the area goes through 0."""
        plane, found, now = self.plane, self.crossing, self.matrix
        card, columns = self.other, self.theme.columns
        turn = self.curve(
            lambda: turn_between(plane.matrix, TURN / plane.view.unit), self.theme.ink,
            width=0.7 * self.theme.bold, counts=False,
        )  # fmt: skip
        kept = 1 - found.column
        line = self.line(found.flat.column(kept), columns[kept], dashed=True)
        plane.plant(turn, line)
        points = [corner @ B.array.T for B in (now, *found[2:]) for corner in UNIT_SQUARE]
        view = self.near(points)

        def become(B: la.Matrix, run_time: float = 2.0) -> None:
            nonlocal now
            if now != B:
                self.while_reading(
                    Glide(plane, B, view=view, run_time=run_time),
                    Entries(card, plane, now, B, run_time=run_time),
                )
            now = B

        shut = found.flat != now != found.opened  # too nearly flat to be seen moving
        gone = *self.counted, *self.rows, *self.names, self.unit, self.one
        if not shut:
            back = [*(each.matrix for each in self.slides[-2::-1]), now]
            glides = [Glide(plane, each, run_time=0.7) for each in back[:-1]]
            last = Glide(plane, now, view=view, run_time=0.8)
            moves = [*(glides if self.end != now else []), last]
            self.play(Vanish(*gone, run_time=0.4), Appear(*self.arrows, run_time=0.4))
            for glide in moves:
                self.play(glide, *([Appear(self.size)] if glide is last else []))
        with self.beat("zero", INSTEAD if shut else CLOSE if self.det else OPEN):
            if shut:
                self.play(
                    Vanish(*gone, self.cell, *self.arrows, self.card_, self.formula), run_time=0.4
                )
                now = found.opened
                plane.matrix = now.array
                self.play(
                    Look(plane, view), Appear(self.cell, *self.arrows, self.size), run_time=0.6
                )
            for label, name in zip(self.names, ("b_1", "b_2"), strict=True):
                label.show(name)
            self.play(
                Vanish(self.card_, self.formula, run_time=0.3),
                After(0.3, Appear(card, self.signed, *self.names, turn, line, run_time=0.4)),
            )  # fmt: skip
            become(found.opened if shut or not self.det else found.flat)
            self.while_reading(Pulse(*self.arrows, self.cell, self.size, self.signed))
        with self.beat("beyond", CLOCKWISE if la.det(found.beyond) < 0 else COUNTER):
            become(found.flat, run_time=1.0)
            become(found.beyond)
            self.while_reading(Pulse(self.cell, turn, self.signed))
        self.left = [self.cell, *self.arrows, *self.names, self.size, turn, line, card, self.signed]

    # -- what it multiplies ----------------------------------------------------------------

    def every_area(self) -> None:
        """Let A multiply the area of a shape, as it does that of the squares in it."""
        plane, A, ink = self.plane, self.matrix, self.theme.ink
        color = self.color if self.path.folds else self.theme.region
        circle, squares = bezier.circle(), fill_circle(1 / FINE)
        disc = self.curve(circle, color, width=0.8 * self.theme.bold)
        small = self.curve(squares, color, fill=0.4, opacity=0.0, layer=Layer.REGION)
        whole = abs(self.det)
        if len(notation.plain(whole)) > LONG:
            whole = float(whole)
        size = self.label(
            disc, self.running(self.area_of(plane), 1, whole, unit="S"), color=ink, on=0.1
        )
        before = self.curve(circle, ink, dash=(0.12, 0.09))
        area = self.label(before, "S")
        plane.join(disc, small, size)
        plane.plant(before, area)
        view = self.fitting(plane, [*circle, *(circle @ A.array.T)])
        with self.beat("every", SUMMARY, size=self.equals("abs(det A)", abs(self.det))):
            self.play(Vanish(*self.left, run_time=0.3))
            plane.matrix = la.identity(2).array
            old = [] if self.far else [before, area]
            shape = old if self.path.folds else [*old[:1], disc, small, size]
            self.play(Look(plane, view), Appear(*shape, self.card_, self.formula), run_time=0.6)
            if self.path.folds:  # it has been seen to turn over; once is enough
                plane.matrix = A.array
                self.play(Draw(disc, run_time=1.6), After(0.8, Appear(small, size)))
            else:
                self.carry([], [])
                if not self.det:
                    size.show("0")
                if not self.far:
                    self.play(Appear(area, run_time=0.3))
            self.while_reading(Pulse(*old, disc, small, size, self.formula, run_time=1.4))
            self.summary()


def there_and_back(A: la.Matrix) -> tuple[la.Shear, ...]:
    """Give a slide and its way back, for a rectangle."""
    half = la.vector([Fraction(1, 2)])[0]
    first, second = A.columns
    leaning = la.matrix([list(first), list(second + first * half)]).T
    return la.Shear(1, half, leaning), la.Shear(1, -half, A)


def times(a: Any, b: Any) -> str:
    """Write a product."""
    return f"{notation.factor(a)} times {notation.factor(b)}"


def plus(start: str, share: Any, of: str) -> str:
    """Write `start` and a multiple of something, of a number with a sign of multiplication."""
    many, sign = notation.factor(abs(share)), "-" if share < 0 else "+"
    if of.startswith("a_"):
        return f"{start} {sign} {of}" if many == "1" else f"{start} {sign} {many} {of}"
    return f"{start} {sign} {many} times {of}"
