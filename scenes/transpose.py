"""The transpose of a product: a table of rows and columns, turned about its diagonal."""

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
    Deform,
    Dim,
    Draw,
    Either,
    Look,
    MatrixScene,
    Pulse,
    Vanish,
)
from scenes.stage.shapes import Place
from scenes.stage.table import Block, Entry
from scenes.stage.view import View

CROSS = N_("An entry of $A B$: a row of $A$ times a column of $B$.")
NAIVE = N_("Is $(A B)^T = A^T B^T$? Put $A^T$ on the left, $B^T$ above.")
MISFIT = N_("A row has {one}, a column has {other}: they don't match.")
SHAPE = N_("That product is ${one}$, but $(A B)^T$ is ${other}$.")
UNLIKE = N_("But now they cross at ${found}$, not at ${wanted}$.")
BY_CHANCE = N_("Here every entry agrees. But that is luck: this $A$ and $B$ commute.")
ASK = N_("Turn the whole table about its diagonal. What will stand on the left?")
TURN = N_("Watch the two strips.")
LANDED = N_("What stood above stands on the left now: $B^T$ comes first.")
WHY = N_("The same strips cross at ${value}$: the same pairs, the same sum.")
THREE = N_("Three factors? Turn $(A B) C$, then turn $A B$.")
SUMMARY = N_("Transposing a product reverses the order.")
ONE_ENTRY, ENTRIES = N_("1 entry"), N_("{count} entries")

TILT = -103.0, 56.0  # degrees: from where the table is seen to turn
PALE = 0.6
ROOM = 0.9  # cells beside the product that its name takes
MOST = 1.5  # stage units: the size of a cell
NEAR = 0.86  # of the size that it could have, so that what rises stays in sight


class TransposeReverses(MatrixScene):
    """(AB)ᵀ = BᵀAᵀ: turned about its diagonal, the table of a product has B on the left."""

    title = N_("Transpose of a product")
    inputs = (
        MatrixInput("mxn", default="1 2 0; 3 1 1", largest=5),
        MatrixInput(
            "nxp", name="second", symbol="B", largest=5, times="matrix",
            default=(
                "1 0 2 1; 1 1 0 0; 0 2 1 1", "1 2 0; 3 1 1", "2 1 3",
                "1 0; 2 1; 0 1; 1 1", "1 0; 2 1; 0 1; 1 1; 0 2",
            ),
            help='The second factor B of the product A B: "1 1; 0 1".',
        ),
    )  # fmt: skip

    second: la.Matrix

    def construct(self) -> None:
        A, B = self.matrix, self.second
        self.product = A @ B
        self.turned = la.matrix([[0, -1], [-1, 0]])  # about the diagonal that goes down
        self.place = self.followed()
        self.value = self.product[self.place]
        self.cast()
        self.write_panel()
        self.cross()
        self.try_it()
        self.ask()
        self.turn()
        self.why()

    def followed(self) -> tuple[int, int]:
        """Choose an entry of AB: a large one off the diagonal, and where (AB)ᵀ isn't AᵀBᵀ."""
        (m, p), other = self.product.shape, self.naive()
        places = [(r, c) for r in range(m) for c in range(p)]

        def worth(place: tuple[int, int]) -> Any:
            r, c = place
            alike = other is not None and other.shape == (p, m)
            differs = alike and other is not None and other[c, r] != self.product[r, c]
            return differs, r != c, abs(float(self.product[r, c]))

        return max(places, key=worth)

    def naive(self) -> la.Matrix | None:
        """Give AᵀBᵀ, if its factors fit."""
        fits = self.matrix.shape[0] == self.second.shape[1]
        return self.matrix.T @ self.second.T if fits else None

    # -- the cast ------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up the table: A on the left, B above, AB where they cross."""
        A, B, theme = self.matrix, self.second, self.theme
        (m, n), (_, p) = A.shape, B.shape
        hues = theme.i, theme.j, theme.ink
        self.colors = {"A": hues[0], "A^T": hues[0], "B": hues[1], "B^T": hues[1]}
        self.left = Block(self, A, (-n, 0), hues[0])
        self.above = Block(self, B, (0, n), hues[1])
        self.inside = Block(self, self.product, (0, 0), hues[2])
        self.strips = [self.left.strip(row=self.place[0]), self.above.strip(column=self.place[1])]
        spots = ((-n / 2, 0), (0, n / 2), (p, -m))
        places = [Place(spot, color=hue) for spot, hue in zip(spots, hues, strict=True)]
        self.names = [
            self.label(place, name, size=1.3 * theme.label)
            for place, name in zip(places, ("A", "B", "A B"), strict=True)
        ]
        out = min(m, p)  # where the diagonal leaves AB, in which it would cross numbers
        self.diagonal = [
            self.segment(start, end, theme.ink, dashed=True, counts=False)
            for start, end in (((-n, n), (0, 0)), ((out, -out), (out + 0.8, -out - 0.8)))
        ][: 2 if m != p else 1]  # at a corner stands a name
        self.cell = self.inside.mark(*self.place)
        self.blocks = self.left, self.above, self.inside
        self.tables = list(zip(self.names, self.blocks, strict=True))  # which name means which
        self.table = [piece for block in self.blocks for piece in block.members()]
        self.plane = self.world(
            *self.strips, self.cell, *self.table, *places, *self.names, *self.diagonal,
            grid=False, ground=False, most=MOST,
        )  # fmt: skip
        self.trial = [Block(self, A.T, (-m, 0), hues[0]), Block(self, B.T, (0, p), hues[1])]
        other = self.naive()
        fits = other is not None and other.shape == self.product.T.shape
        self.there = (self.place[1], self.place[0]) if fits else (0, 0)
        self.tried = [
            self.trial[0].strip(row=self.there[0]), self.trial[1].strip(column=self.there[1]),
        ]  # fmt: skip
        self.over = [  # cells of the longer strip that have no partner
            *(self.trial[0].mark(self.there[0], k, theme.bad) for k in range(p, m)),
            *(self.trial[1].mark(k, self.there[1], theme.bad) for k in range(m, p)),
        ]
        spots_of_trial = ((-m / 2, 0), (0, p / 2))
        trial_places = [
            Place(spot, color=hue) for spot, hue in zip(spots_of_trial, hues, strict=False)
        ]
        self.trial_names = [
            self.label(place, name, size=1.3 * theme.label)
            for place, name in zip(trial_places, ("A^T", "B^T"), strict=True)
        ]
        self.plane.plant(
            *self.tried, *self.over, *(piece for block in self.trial for piece in block.members()),
            *trial_places, *self.trial_names,
        )  # fmt: skip

    def write_panel(self) -> None:
        """Set up what the panel will say."""
        row, column = self.matrix.row(self.place[0]), self.second.column(self.place[1])
        self.sum = self.sum_of(list(zip(row, column, strict=True)))
        self.sum_again = self.sum_of(list(zip(column, row, strict=True)))
        asked = 'bold("?")'
        self.asked = [
            self.math(f"(A B)^T = {asked}"),
            self.math(f"(A B)^T = A^T B^T {asked}"),
        ]
        agrees = self.naive() == self.product.T
        self.failed = self.math(f"(A B)^T {'=' if agrees else 'eq.not'} A^T B^T")
        self.answer = self.math("(A B)^T = B^T A^T")
        self.three = self.below(("(A B C)^T", "= C^T (A B)^T", "= C^T B^T A^T"))
        self.panel.set(
            self.heading(), self.sum, RULE,
            Either(*self.asked[1:], self.failed), Either(self.asked[0], self.answer), RULE,
            Either(self.sum_again, self.three),
        )  # fmt: skip

    def sum_of(self, pairs: list[tuple[Any, Any]]) -> Any:
        """Write a row times a column, each line with two products at most."""
        terms = [f"{notation.factor(a)} times {notation.factor(b)}" for a, b in pairs]
        terms = [terms[0], *(f"+ {term}" for term in terms[1:])]
        lines = [" ".join(terms[k : k + 3]) for k in range(0, len(terms), 3)]
        return self.below([*lines, self.equals("", self.value)])

    def below(self, lines: Any) -> Any:
        """Set lines of mathematics one below the other."""
        return VGroup(*map(self.math, lines)).arrange(DOWN, buff=0.25)

    # -- the story -----------------------------------------------------------------------

    def cross(self) -> None:
        """Where a row of A and a column of B cross stands an entry of AB."""
        inside = self.inside
        entries = [entry for row in inside.entries for entry in row]
        here = inside.entries[self.place[0]][self.place[1]]
        empty = [piece for piece in self.table if all(piece is not entry for entry in entries)]
        self.open(self.panel.blocks[0], *empty, *self.names)
        self.home = self.whole_table(la.identity(2))
        self.plane.look(self.home)
        self.plane.draw()
        self.plane.seat(*self.names)
        with self.beat("cross", CROSS):
            self.play(Appear(self.strips[0]))
            self.play(Appear(self.strips[1]))
            self.play(self.pairs(), Appear(self.sum, run_time=1.0))
            self.play(Appear(here, self.cell))
            rest = [entry for entry in entries if entry is not here]
            fill = (After(0.1 * k, Appear(entry, run_time=0.4)) for k, entry in enumerate(rest))
            self.while_reading(Pulse(self.cell), *fill)

    def whole_table(self, turned: la.Matrix) -> View:
        """Give the view from above of the table as a matrix leaves it, with room for a name."""
        (m, _), (_, p) = self.matrix.shape, self.second.shape
        points = [*corners(self.blocks), (p + ROOM, -m - ROOM)]
        flat = self.plane.view if self.plane.view.is_from_above else self.home
        room = self.plane.margin
        return flat.fitted([turned.array @ point for point in points], margin=room, most=MOST)

    def pairs(self, run_time: float = 0.7) -> Chain:
        """Light up what is multiplied, pair by pair."""
        row, column = (
            self.left.cells[self.place[0]],
            [each[self.place[1]] for each in self.above.cells],
        )
        return Chain(*(Pulse(*pair, run_time=run_time) for pair in zip(row, column, strict=True)))

    def try_it(self) -> None:
        """Try AᵀBᵀ: it doesn't fit, or it is another matrix."""
        plane = self.plane
        trial = [piece for block in self.trial for piece in block.members()]
        with self.beat("try", NAIVE):
            old = [*self.table, *self.strips, self.cell, *self.names]
            view = self.fitting(plane, corners(self.trial), most=self.home.unit)
            self.play(
                Vanish(*old), Look(plane, view, run_time=0.8),
                After(0.4, Appear(*trial, *self.trial_names)), Appear(self.asked[1]),
            )  # fmt: skip
            self.play(Appear(*self.tried))
            (i, j), (first, last) = self.there, self.trial
            pairs = zip(first.cells[i], (row[j] for row in last.cells), strict=False)
            self.while_reading(Chain(*(Pulse(*pair, run_time=0.7) for pair in pairs)))
            trial += self.tell_of_it()
            self.play(Vanish(self.asked[1], run_time=0.3), After(0.3, Appear(self.failed)))
            first, last = self.tried
            lit = (first, self.trial[0].frame), (last, self.trial[1].frame), (trial[-1],)
            self.while_reading(Chain(*(Pulse(*each, run_time=1.1) for each in lit)))
        self.play(
            Vanish(*trial, *self.tried, *self.trial_names), Look(plane, self.home, run_time=0.8),
            After(0.4, Appear(*self.table, *self.strips, self.cell, *self.names)),
        )  # fmt: skip

    def tell_of_it(self) -> list[Any]:
        """Say what is wrong with AᵀBᵀ, and give what shows it."""
        plane, other, wanted = self.plane, self.naive(), self.product.T
        (m, _), (_, p) = self.matrix.shape, self.second.shape
        if other is None:
            self.say(MISFIT, one=self.entries(m), other=self.entries(p))
            self.play(Appear(*self.over))
            return self.over
        color = self.theme.ink if other == wanted else self.theme.bad
        block = Block(self, other, (0, 0), color)
        cells, entries = (
            [each for row in rows for each in row] for rows in (block.cells, block.entries)
        )
        if other.shape != wanted.shape:
            self.say(SHAPE, one=self.shape_of(other), other=self.shape_of(wanted))
            shown = [*cells, block.frame, *entries]
        elif other == wanted:
            self.say(BY_CHANCE)
            shown = [*cells, block.frame, *entries]
        else:
            i, j = self.there
            self.say(UNLIKE, found=self.exactly(other[i, j]), wanted=self.exactly(self.value))
            shown = [block.cells[i][j], block.mark(i, j), block.entries[i][j]]
        plane.plant(*shown)
        self.play(Appear(*shown))
        return shown

    @staticmethod
    def shape_of(M: la.Matrix) -> str:
        """Write how many rows and columns a matrix has."""
        return " times ".join(map(str, M.shape))

    def entries(self, count: int) -> str:
        """Count entries in words."""
        return self.words(ONE_ENTRY) if count == 1 else self.words(ENTRIES, count=count)

    def ask(self) -> None:
        """Ask who stands on the left when the table is turned."""
        with self.beat("ask", ASK):
            self.play(Draw(*self.diagonal))
            lit = self.diagonal, [self.left.frame, self.above.frame]
            self.predict(Chain(*(Pulse(*each, run_time=1.1) for each in lit)), ask=self.asked[0])

    def turn(self) -> None:
        """Turn the table about its diagonal, in space, and read it."""
        plane, names = self.plane, ("A^T", "B^T", "(A B)^T")
        path = la.fold((1, -1)).ending(self.turned)
        others = [piece for piece in self.table if not isinstance(piece, Entry)]
        numbers = [each for each in self.table if isinstance(each, Entry)]  # they would clot
        numbers = [number for number in numbers if not self.is_followed(number)]
        with self.beat("turn", TURN):
            tilt = self.orbit(plane, *TILT)
            small = tilt.view.scaled(NEAR * tilt.view.unit)
            self.play(
                Look(plane, small, run_time=1.2), Dim(*numbers, to=0.0, run_time=1.2),
                Dim(*others, to=PALE, run_time=1.2),
            )  # fmt: skip
            renamed = dict(zip(self.names, names, strict=True))
            before = self.ghost(plane, *(block.frame for block in self.blocks))
            self.play(Deform(plane, path, names=renamed, view=small, run_time=3.2))
            view = self.whole_table(self.turned)
            self.play(
                Vanish(*before),
                Look(plane, view, run_time=1.2),
                Dim(*others, *numbers, to=1.0, run_time=1.2),
            )
            self.say(LANDED)
            self.play(
                Vanish(self.asked[0], run_time=0.3), After(0.3, Appear(self.answer)),
                Pulse(self.above.frame, run_time=1.2),
            )  # fmt: skip
            frames = self.above.frame, self.left.frame, self.inside.frame
            self.while_reading(Chain(*(Pulse(frame) for frame in frames)))

    def is_followed(self, piece: Any) -> bool:
        """Whether a piece of the table is a number in a strip, or where they cross."""
        i, j = self.place
        followed = [*self.left.entries[i], *(row[j] for row in self.above.entries)]
        return any(piece is each for each in (*followed, self.inside.entries[i][j]))

    def why(self) -> None:
        """The strips cross where they did: the same pairs, the same sum; so with more factors."""
        with self.beat("why", WHY, value=self.exactly(self.value)):
            self.play(Dim(*self.diagonal, to=0.5), Appear(self.sum_again, run_time=1.0))
            self.while_reading(Chain(self.pairs(0.8), Pulse(self.cell)))
        with self.beat("three", THREE):
            self.play(Vanish(self.sum_again, run_time=0.3), After(0.3, Appear(self.three[0])))
            self.play(Appear(self.three[1], run_time=0.8))
            self.while_reading(
                Chain(Pulse(self.three[1]), Appear(self.three[2]), Pulse(self.three[2]))
            )
            self.say(SUMMARY)
            self.while_reading(Chain(Pulse(self.answer), Pulse(self.three[2])))


def corners(blocks: Any) -> list[Any]:
    """Give where the corners of blocks are."""
    return [point for block in blocks for point in block.frame.landmarks()]
