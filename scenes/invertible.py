"""Which matrices can be undone: those whose columns enclose an area, or a volume."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import inf
from typing import Any

from manim import DOWN, LEFT, RIGHT, VGroup

import lamath as la
from lamath import notation
from scenes.inputs import MatricesInput
from scenes.stage import (
    N_,
    After,
    Appear,
    Chain,
    Change,
    Dim,
    Draw,
    Look,
    MatrixScene,
    Pulse,
    Value,
    Vanish,
    bezier,
)
from scenes.stage.block import block
from scenes.stage.figure import leaves, length, set_presence
from scenes.stage.floor import Floor
from scenes.stage.ground import Ground
from scenes.stage.icons import Tick
from scenes.stage.layout import Rect
from scenes.stage.motion import Motion
from scenes.stage.shapes import Place
from scenes.stage.solids import rod, sheet
from scenes.stage.span import Span, powers_of_ten
from scenes.stage.squares import turn_between
from scenes.stage.standpoint import edge_on, oblique
from scenes.stage.theme import Layer
from scenes.stage.view import View

CONTRAST = {
    2: N_("For contrast, take ${A}$. Do its columns lie on one line?"),
    3: N_("For contrast, take ${A}$. Do its columns lie in one plane?"),
}
FIRST = {
    2: N_("Can ${A}$ be undone? Do its columns lie on one line?"),
    3: N_("Can ${A}$ be undone? Do its columns lie in one plane?"),
}
NEXT = {
    2: N_("And ${A}$? Do its columns lie on one line?"),
    3: N_("And ${A}$? Do its columns lie in one plane?"),
}
AREA = N_("No: they enclose area ${size}$, and ${det}$.")
TURNED = N_("No. Area ${size}$, clockwise from ${a}$ to ${b}$: ${det}$.")
FAR = N_("No: ${a}$ sweeps out an area, so $det {A}$ is not $0$. Invertible.")
CLOSE = N_("From close up: ${b}$ is not on the line of ${a}$. Invertible.")
NO_AREA = N_("Yes: ${c} = {sum}$, without area. ${det}$.")
ZEROS = N_("All columns are $0$ and lead nowhere: $det {A} = 0$.")
VOLUME = N_("Volume ${size}$: base ${base}$, height ${height}$. ${det}$, invertible.")
MIRRORED = N_("Volume ${size}$: base ${base}$, height ${height}$. Mirrored: ${det}$.")
UNIT = N_("${A}$ keeps the unit cube: $det {A} = 1$, invertible.")
FAR_OUT = N_("There is a volume, and $det {A} != 0$: ${A}$ is invertible.")
CLOSE_OUT = N_("From close up: ${c}$ is not in the plane. Invertible.")
FLAT = N_("Yes: ${c} = {sum}$. No volume, so $det {A} = 0$.")
ON_LINE = N_("They even lie on one line. No volume, so $det {A} = 0$.")
CARRY = N_("Does ${A}$ keep all points apart? Watch $x$ and $y$.")
UNDONE = N_("Different points, different images: ${A}^(-1)$ brings them back.")
MET = N_("Both to ${b}$: whole lines go to one point. No inverse.")
EQUAL = N_("Inputs ${x}$ and ${y}$ have the same output: ${A}$ has no inverse.")
REMEMBER = N_("$det != 0 <=>$ independent columns $<=>$ invertible.")
YES, NO = N_("invertible"), N_("not invertible")

LETTERS = "ABCD"
RATIO = 8  # how many times longer outputs may be than inputs to be seen in one picture
THIN = 0.14  # stage units: a gap that is overlooked
NEAR = 1.6  # stage units: how long it is seen from close up
LONG = 7  # signs of a number that are too many for a sentence
WIDE, WIDE_OF_TWO = 3.9, 3.4  # stage units: what a panel, or a column of it, has room for
STRETCH = 1.35  # how much wider a card and its verdict may be and still be read
FEW = 2  # matrices that leave time for one more
PALE = 0.4
START = 0.02


class Case:
    """A matrix, and what is drawn of it.

    Parameters
    ----------
    scene
        Where it is drawn.
    letter
        What the matrix is called.
    """

    world: Any
    home: View
    cast: Any  # sets up the world, and what comes with the answer
    swept: Any  # what has been swept out
    look: Any  # chooses from where it is seen
    ask: Any  # gives what goes on while the question is open
    try_it: Any  # does what shows the answer
    answer: Any  # tells whether the columns enclose anything
    fill: Any  # gives what fills what they enclose
    small: Any  # gives a small world for the end, and what it takes over from the large one

    def __init__(self, scene: Any, letter: str, matrix: la.Matrix) -> None:
        self.scene, self.letter, self.matrix = scene, letter, matrix
        self.det, self.rank = la.det(matrix), la.rank(matrix)
        self.is_regular = self.rank == len(matrix.columns)
        self.powers = powers_of_ten(matrix.columns)
        scale = [Fraction(10) ** -power for power in self.powers]
        self.drawn = la.matrix([[f * x for f, x in zip(scale, row, strict=True)] for row in matrix])
        self.columns = [column.array for column in self.drawn.columns]
        self.names = [f"{letter.lower()}_{k + 1}" for k in range(len(self.columns))]
        leaders = list(la.row_reduce(matrix).pivots)
        self.order = [*leaders, *(k for k in range(len(self.columns)) if k not in leaders)]
        self.color = scene.theme.region_back if self.det < 0 else scene.theme.region
        self.slid = Value(START)  # how far the last column is followed
        self.grown = [Value(START) for _ in self.columns]
        self.arrows = [
            scene.arrow(lambda k=k: self.grown[k].now * self.columns[k], color)
            for k, color in zip(range(len(self.columns)), scene.theme.columns, strict=False)
        ]
        self.labels = [scene.label(arrow, self.named(k)) for k, arrow in enumerate(self.arrows)]
        self.last = self.order[-1]
        self.mark = scene.question_mark(self.arrows[self.last])
        self.pair = self.two_inputs()
        self.feet: list[Any] = []  # shadows on a floor
        self.passing: list[Any] = []  # what is in the way once the columns have been judged
        self.cast()
        self.world.about = matrix  # what its names are names in
        self.from_below = sorted(range(len(self.columns)), key=lambda k: -length(self.columns[k]))
        self.world.plant(*(self.arrows[k] for k in self.from_below), *self.labels, self.mark)

    def named(self, k: int) -> str:
        """Write the name of what is drawn for a column, which may be a part of it."""
        return f"10^({-self.powers[k]}) {self.names[k]}" if self.powers[k] else self.names[k]

    def two_inputs(self) -> list[la.Vector]:
        """Give two inputs; with the same output, if they can: they differ by a null vector."""
        if self.is_regular:
            return list(la.identity(len(self.columns)).columns)[:2]
        n = la.null_space(self.matrix).vectors[0]
        one, other = (la.vector([max(s * x, 0 * x) for x in n]) for s in (-1, 1))
        return [one, other] if any(one) and any(other) else [n, -n]

    @property
    def height(self) -> float:
        """Say how far the tip of the last column is from the line or plane of the others."""
        steps = la.gram_schmidt([self.drawn.column(k) for k in self.order]).steps
        return float(steps[-1].length)

    def is_thin(self, view: View) -> bool:
        """Whether that column leads out by so little that nobody sees it."""
        return self.is_regular and self.height * view.unit < THIN

    def come_near(self, view: View) -> None:
        """See the tip of the last column from close up."""
        scene, k = self.scene, self.last
        near = view.around(self.columns[k], NEAR / self.height)
        tip = scene.dot(self.columns[k], scene.theme.columns[k])
        name = scene.label(tip, self.named(k))
        self.world.plant(tip, name)
        scene.play(
            Look(self.world, near, run_time=1.8), Appear(tip, name),
            Vanish(*self.arrows, *self.labels, *self.passing, *self.feet),
        )  # fmt: skip

    @property
    def meets(self) -> bool:
        """Whether both inputs and their output can be seen in one picture."""
        if any(self.powers) or self.matrix == la.identity(len(self.columns)):
            return False
        sizes = [length(v) for x in self.pair for v in (x, self.matrix @ x)]
        seen = [size for size in sizes if size]
        return max(seen) <= RATIO * min(seen)

    @property
    def is_proof(self) -> bool:
        """Whether one can see how it is undone."""
        return self.is_regular and self.meets and not self.is_thin(self.home)

    @property
    def spots(self) -> list[Any]:
        """Points that are to be in sight."""
        found = [*self.columns]
        if self.is_regular or len(found) == 2:
            found = [0 * found[0]]
            for column in self.columns:
                found += [each + column for each in found]
        if self.meets:
            x, y = self.pair
            found += [x.array, y.array, (self.matrix @ x).array, (self.matrix @ y).array]
        return found

    @property
    def values(self) -> dict[str, str]:
        """What sentences may speak of."""
        a, b, c = (self.names[k] for k in (*self.order, self.last)[:3])
        counts = la.row_reduce(self.matrix).rref.column(self.last)
        leaders = self.order[: self.rank]
        total = notation.combination(list(counts)[: self.rank], [self.names[k] for k in leaders])
        return {
            "A": self.letter, "a": a, "b": b, "c": c, "sum": total,
            "size": self.scene.exactly(abs(brief(self.det))), "det": self.value(),
        }  # fmt: skip

    def value(self, reason: str = "") -> str:
        """Write the determinant, after what it comes from if there is room for that."""
        return self.scene.equals(f"det {self.letter}{reason}", brief(self.det))


class InPlane(Case):
    """Two columns: one slides along the other, and sweeps out an area or stays on its line."""

    def cast(self) -> None:
        """Set up the line of one column, and what it sweeps out along the other."""
        scene, theme = self.scene, self.scene.theme
        a, b = (self.columns[k] for k in self.order)
        self.swept = scene.region(
            lambda: bezier.polygon([0 * a, a, a + self.slid.now * b, self.slid.now * b]), self.color
        )
        self.slider = scene.segment(
            lambda: self.slid.now * b, lambda: self.slid.now * b + a,
            theme.columns[self.order[0]], width=1.3 * theme.bold,
        )  # fmt: skip
        self.line = scene.line(a if a.any() else (1, 0), theme.column_space)
        corner = Place(a + b, color=theme.ink)
        self.number = scene.label(corner, scene.short(abs(self.det)), size=theme.number)
        self.world = world = scene.world(grid=False)
        radius = 0.75 * min(map(length, self.columns))
        self.turn = scene.curve(
            turn_between(self.drawn.array, radius), theme.ink, counts=False, width=1.3 * theme.line
        )
        world.plant(self.swept, self.line, self.slider, corner, self.turn, self.number)
        self.passing = [self.slider, self.swept, self.turn, self.number]
        self.passing += [self.line] if self.is_regular else []

    def look(self) -> None:
        """Choose from where it is seen."""
        size = max(map(length, self.spots))
        most = inf if size < 0.5 else None
        self.home = self.scene.fitting(self.world, self.spots, most=most)
        self.world.look(self.home)
        names = [*self.labels, self.mark]  # they keep clear of the line that is to come
        for thing in (*self.arrows, *([self.line] if self.rank else []), *names):
            set_presence(thing, 1.0)
        for grown in self.grown:
            grown.now = 1.0
        self.world.draw()
        self.world.seat(*names)
        for grown in self.grown:
            grown.now = START

    def ask(self) -> Any:
        """Draw the line of one column."""
        if not self.rank:
            return Pulse(*self.arrows, run_time=1.8)
        return Draw(self.line, run_time=1.8)

    def value(self, reason: str = "") -> str:
        """Write the determinant, after the products of which it is the difference."""
        (a, b), (c, d) = self.matrix
        if max(len(notation.plain(x)) for x in (a * d, b * c, self.det)) <= LONG:
            reason = f" = {notation.typst(a * d)} - {notation.factor(b * c)}"
        return super().value(reason)

    def try_it(self) -> None:
        """Slide one column along the other."""
        if self.rank:
            self.scene.play(
                Appear(self.slider, self.swept, run_time=0.2), Dim(self.line, to=0.6),
                Change(self.slid, 1.0, run_time=1.1),
            )  # fmt: skip
        if self.is_thin(self.home):
            self.come_near(self.home)

    def answer(self) -> None:
        """Say what it has swept out."""
        scene, said = self.scene, self.values
        message = self.message()
        scene.say(message, **said)
        bands = scene.bands(self)
        news = [*bands, *([self.number] if message in (AREA, TURNED) else [])]
        scene.play(Appear(*news), *([Draw(self.turn)] if message == TURNED else []))
        scene.judge(self)
        scene.while_reading(Chain(Pulse(*bands, *news, *self.arrows), Vanish(*bands)), most=3.0)

    def message(self) -> str:
        """Give the sentence that tells what the columns enclose."""
        if not self.rank:
            return ZEROS
        if not self.is_regular:
            return NO_AREA
        if self.is_thin(self.home):
            return CLOSE
        if any(self.powers):
            return FAR
        return TURNED if self.det < 0 else AREA

    def small(self, room: Rect) -> tuple[Any, list[Any]]:
        """Set up a small plane, with the parallelogram or the line."""
        world = self.scene.world(grid=False)
        world.ground = Ground(self.scene.theme, self.scene._unit_note, grid=False, note=False)
        a, b = self.columns
        points = [0 * a, a, b, a + b]
        world.view = self.home.on(room).fitted(points, margin=0.25)
        return world, [self.swept if self.is_regular else self.line][: self.rank]


class InSpace(Case):
    """Three columns: seen along the plane of two, the third one leads out of it or does not."""

    def cast(self) -> None:
        """Set up the floor, the plane of two columns, and the box on all."""
        scene, theme = self.scene, self.scene.theme
        columns = [self.columns[k] for k in self.order]
        leaders = columns[: self.rank] or [la.identity(3).column(0).array]
        self.span = span = Span(leaders, self.spots)
        self.world = world = scene.space()
        world.ground = Floor(theme, scene._unit_note, over=self.columns)
        world.most = inf
        normal = span.normal if self.rank > 1 else 0 * span.normal
        world.given_view = oblique(world.view, self.columns, normal)
        self.swept = Value((0, 0))
        look = {"color": theme.column_space, "width": theme.line}
        self.plane = (
            sheet(span.u, span.v, span.along, self.swept, **look)
            if self.rank > 1 else
            rod(span.u, span.along, at=0 * span.u, **look)
        )  # fmt: skip
        a, b, c = columns
        self.box = (
            block(lambda: [a, b, self.slid.now * c], color=self.color, width=theme.line)
            if self.is_regular
            else []
        )
        for face in self.box:
            face.counts = False
        world.plant(*self.plane, *self.box)
        if self.is_regular:
            self.set_measures(a, b, c)
        self.feet = [each for arrow in self.arrows for each in scene.standing(world, arrow)]

    def set_measures(self, a: Any, b: Any, c: Any) -> None:
        """Set up the base and the height of the box, and its volume."""
        scene, theme = self.scene, self.scene.theme
        one, other, last = la.gram_schmidt([self.drawn.column(k) for k in self.order]).steps
        rest = last.rest.array
        foot = c - rest
        drop = scene.segment(foot, c, theme.ink, dashed=True, counts=False)
        square = scene.right_angle(rest, -foot if foot.any() else a, at=foot, size=0.18)
        texts = one.length * other.length, last.length, abs(self.det)
        base, height, volume = (scene.in_line(brief(each)) for each in texts)
        self.sizes = {"base": base, "height": height}
        self.drop = [drop, square]
        corners = [Place(tip, color=theme.ink) for tip in ((a + b) / 2, a + b + c)]
        pairs = zip((drop, *corners), (height, base, volume), strict=True)
        self.numbers = [scene.label(*pair, on=0.5 if pair[0] is drop else None) for pair in pairs]
        self.passing = [*self.box, *self.drop, *self.numbers]
        self.world.plant(*corners, *self.drop, *self.numbers)

    def look(self) -> None:
        """Choose from where it is seen, at first and along the plane."""
        self.home = self.fitted(self.world.view)
        self.aside = self.fitted(edge_on(self.home, self.span.normal, self.columns))
        self.world.look(self.home)

    def fitted(self, view: View, margin: float = 0.45) -> View:
        """Give the view in which columns, plane and box fit."""
        points = [*self.spots, *self.world.ground.corners]
        return view.fitted(points, margin=margin * self.scene.layout.text)

    def ask(self) -> Any:
        """Walk round a little, and come back."""
        world, home = self.world, self.home
        there = self.fitted(home.turned(home.azimuth + 0.35, home.elevation))
        return Chain(Look(world, there, run_time=0.9), Look(world, home, run_time=0.9))

    def try_it(self) -> None:
        """Look along the plane of two columns, and measure how far the third one leads out."""
        if self.rank > 1:
            self.scene.play(
                Appear(*self.plane, run_time=0.2), Change(self.swept, self.span.across),
                Look(self.world, self.aside, run_time=1.7),
                *([After(1.2, Draw(self.drop[0], run_time=0.6))] if self.is_measured else []),
            )  # fmt: skip
        if self.is_measured:
            self.scene.play(Appear(self.drop[1], self.numbers[0]))

    def answer(self) -> None:
        """Fill a box if the third column leads out."""
        scene, world, said = self.scene, self.world, self.values
        if not self.is_regular:
            message = FLAT if self.rank == 2 else ON_LINE if self.rank else ZEROS
            scene.say(message, **said)
            scene.play(Appear(*(self.plane if self.rank else [])), Pulse(*self.arrows))
            scene.judge(self)
            scene.while_reading(
                Look(world, self.home, run_time=1.5) if self.rank == 2 else self.ask()
            )
            return
        if self.is_thin(self.aside):
            self.come_near(self.aside)
            scene.say(CLOSE_OUT, **said)
            scene.judge(self)
            scene.while_reading(Pulse(*self.plane, self.arrows[self.last]))
            return
        if any(self.powers):
            scene.say(FAR_OUT, **said)
        else:
            scene.say(MIRRORED if self.det < 0 else VOLUME, **said, **self.sizes)
        shown = [] if any(self.powers) else self.numbers[1:]
        gone = Vanish(*self.plane, *self.drop, self.numbers[0], run_time=0.5)
        scene.play(
            *self.fill(0.0), After(1.2, Look(world, self.home, run_time=1.4)), After(1.2, gone)
        )
        scene.judge(self, *shown)
        scene.while_reading(Pulse(*self.box, *shown))

    @property
    def is_measured(self) -> bool:
        """Whether the height of the box can be seen."""
        return self.is_regular and not any(self.powers) and not self.is_thin(self.aside)

    def fill(self, late: float) -> list[Motion]:
        """Give the motions that let the box rise along the last column."""
        return [
            After(late, Appear(*self.box, run_time=0.3)),
            After(late, Change(self.slid, 1.0, run_time=1.4)),
        ]

    def small(self, room: Rect) -> tuple[Any, list[Any]]:
        """Set up a small floor, with the box or the plane, which is seen edge-on."""
        scene = self.scene
        world = scene.space()
        world.ground = Floor(scene.theme, scene._unit_note, over=self.columns, note=False)
        view = self.home if self.is_regular or self.rank < 2 else self.aside
        world.view = self.fitted(view.on(room), margin=0.1)
        return world, self.box or (self.plane if self.rank else [])


class PredictInvertible(MatrixScene):
    """A matrix can be undone unless its columns lie on one line, or in one plane."""

    title = N_("Invertible or not?")
    inputs = (
        MatricesInput(
            "2x2", "3x3", name="matrices",
            default="1 2; 3 4 | 1 2; 2 4 | 2 1 3; 1 2 1; 3 3 6 | 1 0 0; 0 1 0; 0 0 1",
            least=1, most=4,
        ),
    )  # fmt: skip

    def construct(self) -> None:
        theme = self.theme
        self.colors = {"x": theme.input, "y": theme.input}
        for letter in LETTERS.lower():
            self.colors |= {f"{letter}_{k}": color for k, color in enumerate(theme.columns, 1)}
        matrices = [*self.matrices, *contrast(self.matrices)]
        self.cases: list[Case] = [
            (InPlane if matrix.shape[0] == 2 else InSpace)(self, letter, matrix)
            for letter, matrix in zip(LETTERS, matrices, strict=False)
        ]
        self.write_panel()
        self.begin()
        flat = [case for case in self.cases if not case.is_regular]
        self.reason = min(flat, key=lambda case: not case.meets, default=None)
        proofs = [case for case in self.cases if case.is_proof]
        self.proof = min(proofs, key=lambda case: len(case.columns), default=None)
        for k, case in enumerate(self.cases):
            self.tell(k)
            if case in (self.reason, self.proof):
                self.carry(case)
        self.remember()

    def write_panel(self) -> None:
        """Set up the cards, and beside each what comes out."""
        self.cards = [self.card(case.matrix, case.letter, spread=1.15) for case in self.cases]
        self.verdicts = []
        for case in self.cases:
            size = self.theme.prose
            words = self.prose(YES if case.is_regular else NO, size=1.12 * size)
            said = VGroup(Tick(case.is_regular, size, self.theme), words)
            said.arrange(RIGHT, buff=0.35 * size)
            value = self.math(Case.value(case))
            self.verdicts.append(VGroup(value, said).arrange(DOWN, buff=size, aligned_edge=LEFT))
        room = WIDE if self.layout.panel_columns == 1 else WIDE_OF_TWO
        pairs = list(zip(self.cards, self.verdicts, strict=True))
        beside = room == WIDE_OF_TWO or all(
            STRETCH * room > card.width + verdict.width for card, verdict in pairs
        )
        blocks = [
            VGroup(*pair).arrange(RIGHT if beside else DOWN, buff=0.7 * self.theme.math)
            for pair in pairs
        ]
        widest = max(float(each.width) for each in blocks)
        for each in blocks:  # all by the same factor
            each.scale(min(1.0, room / widest))
        self.panel.set(self.heading(), *blocks)

    def begin(self) -> None:
        """Show the cards, and the ground of the first picture."""
        self.open(self.panel.blocks[0], *self.cards[: len(self.matrices)])
        for card in self.cards[1:]:
            set_presence(card, brightness=PALE)
        ground = [*self.cases[0].world.ground.pieces()]
        for case in self.cases:
            case.look()
            for piece in case.world.pieces():
                set_presence(piece, float(piece in ground))
        self.draw()

    def bands(self, case: Case) -> list[Any]:
        """Give the bands behind the entries that make a determinant."""
        card = self.cards[self.cases.index(case)]
        down = card.band(diagonal="down", color=self.theme.region)
        found = [down, card.band(diagonal="up", color=self.theme.region_back)]
        for band in found:
            band.area = "panel"
            band.set_stroke(band.get_fill_color(), self.theme.line, 1.0).set_fill(opacity=0.0)
        return found

    # -- the story -----------------------------------------------------------------------

    def tell(self, k: int) -> None:
        """Set a matrix's columns up, ask, and answer."""
        case, card = self.cases[k], self.cards[k]
        is_unit = case.matrix == la.identity(3)
        given = k < len(self.matrices)
        message = (FIRST if not k else NEXT if given else CONTRAST)[len(case.columns)]
        message = UNIT if is_unit else message
        with self.beat(case.letter, message, A=case.letter):
            change: list[Any] = []
            if k:
                change = [Vanish(*self.cases[k - 1].world.pieces(), run_time=0.4)]
                change += [Appear(card, *case.world.ground.pieces()), Dim(card, to=1.0)]
            self.play(
                *change,
                *(Change(grown, 1.0, run_time=1.0) for grown in case.grown),
                Appear(*case.arrows, run_time=0.2), Pulse(card.entries, run_time=1.0),
                Appear(*case.feet, run_time=1.0),
                After(0.7, Appear(*case.labels, run_time=0.3)),
            )  # fmt: skip
            if is_unit:
                self.play(*case.fill(0.0))
                self.judge(case)
                return
            self.predict(Chain(case.ask(), Vanish(case.mark, run_time=0.2)), ask=case.mark)
            case.try_it()
            case.answer()

    def judge(self, case: Case, *also: Any) -> None:
        """Write beside a card what came out, unless it is yet to be shown why."""
        verdict = self.verdicts[self.cases.index(case)]
        shown = verdict[0] if case in (self.reason, self.proof) else verdict
        self.play(Appear(shown, *also), run_time=0.6)

    def carry(self, case: Case) -> None:
        """Carry two inputs to their outputs, and back if they are still two."""
        world, theme, verdict = case.world, self.theme, self.verdicts[self.cases.index(case)][1]
        outputs = [case.matrix @ each for each in case.pair]
        said = {
            name: f"({notation.typst(tuple(each))})"
            for name, each in zip("xyb", (*case.pair, outputs[0]), strict=True)
        } | {"A": case.letter}
        if not case.meets:
            with self.beat("meet", EQUAL, **said):
                self.play(Appear(verdict))
                self.while_reading(Pulse(*case.arrows, run_time=2.0))
            return
        n, two = len(case.columns), [] if case.is_regular else case.pair
        parts = 4 if n == 2 else 2
        field = [la.vector(p) / parts for p in product(range(parts + 1), repeat=n)]
        ways: list[Any] = [(Value(each), each, case.matrix @ each) for each in [*two, *field]]
        dots = [self.dot(place, theme.input, 0.12) for place, *_ in ways[: len(two)]]
        for place, *_ in ways[len(two) :]:
            dots.append(self.dot(place, theme.ink, 0.05))
            dots[-1].counts = False
        names = [self.label(*pair) for pair in zip(dots, "xy", strict=False)][: len(two)]
        there = [self.dot(outputs[0], theme.output, 0.14)] if two else []
        there += [self.label(dot, f"{case.letter} x = {case.letter} y") for dot in there]
        world.plant(*dots, *names, *there)

        def flock(end: int) -> list[Motion]:
            """Give the motions that carry one after another to its output, or back."""
            late = 1.0 / len(ways)
            return [After(late * k, Change(way[0], way[end])) for k, way in enumerate(ways)]

        with self.beat(f"carry {case.letter}", CARRY if two else UNDONE, **said):
            self.play(
                Appear(*dots, *names), Dim(*case.arrows, *case.labels, to=PALE),
                Vanish(*(each for each in case.passing if each is not case.swept)),
            )  # fmt: skip
            if two:
                self.while_reading(Vanish(*names, run_time=0.2), *flock(2))
                self.say(MET, **said)
                self.play(Appear(*there, verdict), Vanish(*dots[:2], run_time=0.2))
                self.while_reading(Pulse(*there, run_time=1.2), most=3.0)
            else:
                self.play(*flock(2))
                self.while_reading(*flock(1), After(1.5, Appear(verdict)))

    def remember(self) -> None:
        """Put all pictures side by side."""
        stage = self.cases[-1].world.view.rect
        count = len(self.cases)
        in_row = count if stage.width > stage.height or count < 3 else 2
        rows = stage.inset(0.2).rows([1] * (2 if in_row < count else 1), 0.2)
        rects = [rect for row in rows for rect in row.columns([1] * in_row, 0.2)]
        with self.beat("remember", REMEMBER):
            self.play(Vanish(*self.cases[-1].world.pieces()), run_time=0.4)
            pictures = [
                self.picture(case, rect) for case, rect in zip(self.cases, rects, strict=False)
            ]
            self.play(*(Appear(*picture) for picture in pictures), Pulse(*self.verdicts))
            self.summary()

    def picture(self, case: Case, rect: Rect) -> list[Any]:
        """Set up a small picture of a matrix's columns, and what they enclose."""
        theme = self.theme
        world, body = case.small(
            Rect(rect.left, rect.bottom, rect.right, rect.top - 2.0 * theme.math)
        )
        case.world.leave(*body)
        world.plant(*body, *(
            self.arrow(case.columns[k], theme.columns[k], scale=0.75) for k in case.from_below
        ))  # fmt: skip
        sign = VGroup(self.math(case.letter), Tick(case.is_regular, theme.math, theme))
        sign.arrange(RIGHT, buff=theme.math)
        sign.move_to([rect.center[0], rect.top - theme.math, 0.0])
        world.signs.append(sign)
        for leaf in leaves(sign):
            leaf.clip, leaf.z_index = rect, float(Layer.LABEL)
        pieces = list(world.pieces())
        for piece in pieces:
            set_presence(piece, 0.0)
        return pieces


def brief(x: Any) -> Any:
    """Give a number as it is to be written: measured, if it is long when exact."""
    return float(x) if len(notation.plain(x)) > LONG else x


def contrast(matrices: Sequence[la.Matrix]) -> list[la.Matrix]:
    """Give a neighbor that can't be undone, if all can be, and there is time for it."""
    last = matrices[-1]
    if len(matrices) > FEW or any(la.rank(M) < M.shape[0] for M in matrices):
        return []
    return [la.crossing(last).flat if last.shape[0] == 2 else la.coplanar(last).matrix]
