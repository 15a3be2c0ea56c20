"""The product: the same two motions in two orders, and what that says about AB and BA."""

from __future__ import annotations

from collections.abc import Sequence
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
    Deform,
    Dim,
    Either,
    Look,
    MatrixScene,
    Pulse,
    Value,
    Vanish,
    bezier,
)
from scenes.stage.figure import is_seen, read, set_presence
from scenes.stage.labels import Label
from scenes.stage.letter import letter
from scenes.stage.motion import Motion
from scenes.stage.view import View

ORDER = N_("first ${first}$, then ${last}$")

START = N_("Here ${first}$ goes first. Follow ${x}$.")
START_FOLD = N_("Here ${first}$ goes first, and turns the plane over. Follow ${x}$.")
OTHER = N_("Here ${first}$ goes first.")
OTHER_FOLD = N_("Here ${first}$ goes first, and turns the plane over.")
ASK = N_("Now the other one on each side. Will both end at one point?")
THEN = N_("First ${first}$, then ${last}$.")
DIFFER = N_("Two different points: the order matters.")
ALIKE = N_("The same point, and the same picture: $A$ and $B$ commute.")
WHY = N_("Why? ${B}$ meets ${x}$ on one side, ${Ax}$ on the other. Compare its moves.")
BOTH_ALIKE = N_("The same move. But where ${A}$ is last, it changes that, too.")
UNDO = N_("Undo ${gone}$ on both sides. Where does that give ${kept}$ (dashed)?")
UNDONE = N_("Only where ${gone}$ was last: there ${back}$ stands next to ${gone}$.")
TURNS = N_("Is it always so? Take two turns.")
TURNS_ALIKE = N_("The same point: turns commute, for angles add up in any order.")
OTHERS = N_("Is it always so? Take a turn and a shear.")
OTHERS_DIFFER = N_("Two different points: $C$ and $D$ don't commute.")
COLUMNS = N_("The columns: where $hat(dotless.i)$ and $hat(dotless.j)$ land.")
SUMMARY = N_("$A B$ means $B$ first. Swap them, and you get another matrix.")
SUMMARY_ALIKE = N_("$A B$ means $B$ first. You may swap them only if they commute.")

HATS = "hat(dotless.i)", "hat(dotless.j)"
QUARTER, SHEAR = "0 -1; 1 0", "1 0; 1 1"
TURNS_OF_TWO = "1/2 -sqrt(3)/2; sqrt(3)/2 1/2", "sqrt(3)/2 -1/2; 1/2 sqrt(3)/2"
CORNER, HEIGHT = (0.25, 0.2), 1.2  # where the letter stands: clear of î and ĵ
AROUND = 0.2  # of how far things reach, kept free on the other side for their names
LOSS = 0.4  # how much smaller things may get so that the view can stay
KEPT = 0.6  # how much smaller than they could be things may stay
STEPS = 8  # moments of a motion at which it must be in sight
ASIDE = 1.6  # stage units beside a point that its coordinates take
SHORT = 9  # signs of a point that can stand at its arrow
LONG = 12  # signs of a point that are too many to stand in a picture
PALE = 0.25


class Side:
    """One picture: the letter and an arrow, moved by two matrices in one order."""

    def __init__(self, scene: Any, order: str, k: int) -> None:
        self.order = order  # the letters as they are written: the last one acts first
        theme = scene.theme
        self.shape = scene.region(bezier.polygon(scene.corners), fill=0.3)
        both = scene.basis()
        self.arrow, self.other = both[k], both[1 - k]
        self.name, self.other_name = both[2 + k], both[3 - k]
        self.ask = scene.question_mark(self.arrow, theme.ink)
        maps = scene.named_maps
        self.first, self.last = maps[order[1]], maps[order[0]]
        self.product = self.last @ self.first
        self.way = [self.first, self.last]


class OrderMatters(MatrixScene):
    """AB means B first, then A: the other order is in general another matrix."""

    title = N_("Order matters")
    inputs = (
        MatrixInput("2x2", default="0 -1; 1 0"),
        MatrixInput(
            "2x2", default="1 1; 0 1", name="second", symbol="B",
            help='The second factor B of the product A B: "1 1; 0 1".',
        ),
    )  # fmt: skip
    stages = 2

    second: la.Matrix

    def construct(self) -> None:
        A, B = self.matrix, self.second
        self.commute = la.commute(A, B)
        C, D = map(la.matrix, (QUARTER, SHEAR) if self.commute else TURNS_OF_TWO)
        self.named_maps = {"A": A, "B": B, "C": C, "D": D}
        AB, BA = A @ B, B @ A
        self.k = 0 if self.commute or not same(AB.column(0), BA.column(0)) else 1
        self.x, self.followed = HATS[self.k], la.identity(2).column(self.k)
        self.undone = next((name for name in "AB" if la.det(self.named_maps[name])), "")
        if self.commute or path(A).folds or path(B).folds:  # a fold takes its time
            self.undone = ""
        self.corners = letter(CORNER, HEIGHT, through=(1, 1)).corners
        self.cast()
        self.write_panel()
        self.first()
        self.ask()
        self.then()
        if not self.commute:
            self.why("A", "B")
        if self.undone:
            self.undo()
        if self.commute or not (path(A).folds and path(B).folds):  # four folds are enough
            self.contrast()
        self.columns()

    # -- the cast ------------------------------------------------------------------------

    def cast(self) -> None:
        """Set up both pictures, and how far what moves in them will go."""
        theme = self.theme
        for start in ("", "A B ", "B A "):
            self.colors |= {start + hat: c for hat, c in zip(HATS, theme.columns, strict=False)}
        self.sides = [Side(self, order, self.k) for order in ("AB", "BA")]
        self.planes: list[Any] = []
        for stage, side in enumerate(self.sides):
            plane = self.world(
                side.shape, side.other, side.arrow, side.name, side.other_name, side.ask,
                stage=stage,
            )  # fmt: skip
            plane.margin *= 1.3  # for names with coordinates
            self.planes.append(plane)
        self.signs = [self.name_order(order) for order in ("AB", "BA")]
        self.other_signs = [self.name_order(order, shown=False) for order in ("CD", "DC")]

    def name_order(self, order: str, shown: bool = True) -> Any:
        """Say over a picture which matrix acts first."""
        plane = self.planes[order in ("BA", "DC")]
        sign = self.name_stage(plane, ORDER, first=order[1], last=order[0])
        if not shown:
            set_presence(sign, 0.0)
        return sign

    def write_panel(self) -> None:
        """Set up what the panel will say."""
        x = self.x
        self.cards = {name: self.card(self.named_maps[name[0]], name) for name in self.named_maps}
        self.results = [self.card(side.product, " ".join(side.order)) for side in self.sides]
        given, others = (
            VGroup(*(self.cards[name] for name in names)).arrange(DOWN, buff=0.3)
            for names in ("AB", "CD")
        )
        products = VGroup(*self.results).arrange(DOWN, buff=0.3)
        signs = ("=" if self.commute else "eq.not"), ("eq.not" if self.commute else "=")
        self.open_question = self.math(f'A B {x} quad bold("?") quad B A {x}')
        ends = (place(side.product.column(self.k)) for side in self.sides)
        self.answer = VGroup(
            self.math(f"A B {x} {signs[0]} B A {x}"),
            *(
                self.math(f"{' '.join(side.order)} {x} {end}")
                for side, end in zip(self.sides, ends, strict=True)
            ),
        ).arrange(DOWN, buff=0.3)
        self.other_answer = self.math(f"C D {x} {signs[1]} D C {x}")
        undone = self.undone or "A"
        kept = "B" if undone == "A" else "A"
        self.back = VGroup(
            self.math(f"{undone}^(-1) {undone} {kept} = {kept}"),
            self.math(f"{undone}^(-1) {kept} {undone} eq.not {kept}"),
        ).arrange(DOWN, buff=0.3)
        self.given, self.others = given, others
        head = [self.heading()] if self.layout.panel_columns == 1 else []  # a band is low
        self.panel.set(
            *head, Either(given, others), RULE,
            Either(self.open_question, self.answer, self.other_answer, self.back, products),
        )  # fmt: skip

    # -- the story -----------------------------------------------------------------------

    def first(self) -> None:
        """Let B act on the left, and A on the right."""
        shown = [piece for side in self.sides for piece in (side.shape, side.arrow, side.name)]
        self.open(*self.panel.blocks[:-3], self.given, *shown)
        ways = [side.way for side in self.sides]
        start = [*self.corners, *map(read, la.identity(2).rows)]
        steps = [self.passed(way[:1]) for way in ways]
        self.see(start, [*start, *steps[0]], sum(steps, start), [*start, *self.passed(*ways)])
        for sign, other in zip(self.signs, self.other_signs, strict=True):
            other.move_to(sign)
        for k, (side, words) in enumerate(
            zip(self.sides, ((START, START_FOLD), (OTHER, OTHER_FOLD)), strict=True)
        ):
            first, message = side.order[1], words[path(side.first).folds]
            with self.beat(f"first {first}", message, first=first, x=self.x):
                if looks := self.looks(steps[0] + steps[k]):
                    self.play(*looks)
                self.act(k, first, side.first, f"{first} {self.x}")

    def act(self, k: int, letter: str, M: la.Matrix, name: str) -> None:
        """Let a matrix move the plane of one side."""
        side, card, way = self.sides[k], self.cards[letter], path(M)
        time = min(max(self.reading_left(), 1.9), 3.0)
        self.perform(
            self.planes[k], way, Pulse(card.entries, run_time=1.4),
            Vanish(side.ask, run_time=0.3), along=self.followed,
            names={side.name: name}, run_time=max(time / len(way.parts), 1.2),
        )  # fmt: skip

    def views_of(self, *choices: Any) -> list[View]:
        """Give views of one scale with some points in sight: with as many as is no loss."""
        tried = [
            [
                self.fitting(plane, [share * p for p in points for share in (1, -AROUND)])
                for plane in self.planes
            ]
            for points in choices
        ]
        enough = LOSS * max(views[0].unit for views in tried)
        return next(views for views in reversed(tried) if views[0].unit >= enough)

    def see(self, *choices: Any) -> None:
        """Take such views at once."""
        for plane, view in zip(self.planes, self.views_of(*choices), strict=True):
            plane.look(view)
            plane.draw()
            plane.seat(*(label for label in plane.labels if is_seen(label)))

    def looks(self, points: Any) -> list[Look]:
        """Give the motions to such views, if the present ones don't do."""
        views, now = self.views_of(points), [plane.view for plane in self.planes]
        fits = all(view.shows([[*p, 0.0] for p in points], margin=0.15) for view in now)
        if fits and now[0].unit == now[1].unit > KEPT * views[0].unit:
            return []
        return [Look(*each, run_time=0.8) for each in zip(self.planes, views, strict=True)]

    def passed(self, *ways: Sequence[la.Matrix]) -> list[Any]:
        """Give where what is seen passes while the matrices of a way act one after the other."""
        marks = [*self.corners, *la.identity(2).rows]
        return [
            (M(t / STEPS) @ start @ read(mark))[:2]
            for way in ways
            for start, M in runs(way)
            for t in range(STEPS + 1)
            for mark in marks
        ]

    def ask(self) -> None:
        """Ask where both end."""
        marks = [side.ask for side in self.sides]
        with self.beat("ask", ASK):
            looks = self.looks(self.passed(*(side.way for side in self.sides)))
            self.play(Appear(*marks, run_time=0.4), *looks)
            self.predict(
                Chain(*(Pulse(mark, run_time=1.0) for mark in marks)), ask=self.open_question
            )

    def then(self) -> None:
        """Let the other matrix act on each side."""
        for k, side in enumerate(self.sides):
            last, first = side.order[0], side.order[1]
            with self.beat(f"then {last}", THEN, first=first, last=last):
                end = side.product.column(self.k)
                view, point = self.planes[k].view, place(end)
                aside = view.rect.right - view.spot(read(end))[0]
                if len(point) > SHORT or aside < ASIDE * self.layout.text:
                    point = ""
                if path(side.last).parts[0].folds:
                    self.play(Vanish(side.ask, run_time=0.3))
                self.act(k, last, side.last, f"{last} {first} {self.x} {point}".strip())
                if k:
                    self.level()
                    self.say(ALIKE if self.commute else DIFFER)
                    self.play(
                        Vanish(self.open_question, run_time=0.3),
                        After(0.3, Appear(self.answer)),
                    )
                    ends = [(each.arrow, each.shape) for each in self.sides]
                    self.while_reading(Chain(*(Pulse(*end) for end in ends)))

    def level(self) -> None:
        """See both planes at one scale, where they had to be followed."""
        views = [plane.view for plane in self.planes]
        least = min(view.unit for view in views)
        even = [view.scaled(least) for view in views]
        if not all(a.looks_like(b) for a, b in zip(views, even, strict=True)):
            looks = [Look(*each, run_time=1.0) for each in zip(self.planes, even, strict=True)]
            self.play(*looks)

    def why(self, last: str, first: str) -> None:
        """Show what one of the two does on either side: to x, and to what the other has left."""
        theme, e = self.theme, self.followed
        A, B = self.named_maps[last], self.named_maps[first]
        starts = [e, A @ e]
        pushes = [B @ start - start for start in starts]
        names = [self.x, f"{last} {self.x}"]
        grown = Value(0.0)
        cast: list[list[Any]] = []
        for plane, start, push, name in zip(self.planes, starts, pushes, names, strict=True):
            color = theme.columns[self.k]
            old = self.arrow(start, color, opacity=0.55)
            step = self.arrow(lambda push=push: grown.now * push.array, theme.third, tail=start)
            size = self.label(step, place(push).removeprefix("= "), on=0.5, size=0.9 * theme.label)
            sign = self.label(old, name)
            plane.plant(old, step, sign, size)
            cast.append([old, sign, step, size])
        dimmed = [side.shape for side in self.sides]
        dimmed += [line for plane in self.planes for line in plane.grid]
        left = self.sides[0]
        views = [plane.view for plane in self.planes]
        near = [(plane.matrix @ e.array)[:2] for plane in self.planes]
        near += [
            read(spot)
            for each in zip(starts, pushes, strict=True)
            for spot in (each[0], each[0] + each[1])
        ]
        with self.beat("why", WHY, B=first, x=names[0], Ax=names[1]):
            self.play(
                Dim(*dimmed, to=PALE), Dim(left.arrow, left.name, to=PALE),
                *(Appear(old, sign) for old, sign, *_ in cast), *self.looks(near),
            )  # fmt: skip
            self.play(Appear(*(step for *_, step, _ in cast), run_time=0.1))
            self.play(Change(grown, 1.0, run_time=1.4))
            self.play(Appear(*(size for *_, size in cast)))
            if same(*pushes):
                self.say(BOTH_ALIKE, A=last)
            self.while_reading(Chain(*(Pulse(step, size) for *_, step, size in cast)))
        gone = [piece for each in cast for piece in each]
        looks = [Look(*each, run_time=0.8) for each in zip(self.planes, views, strict=True)]
        self.play(Vanish(*gone), Dim(*dimmed, left.arrow, left.name, to=1.0), *looks)

    def undo(self) -> None:
        """Undo one of the two on both sides: that gives the other one only where it came last."""
        gone = self.undone
        kept = "B" if gone == "A" else "A"
        K, back = self.named_maps[kept], la.inverse(self.named_maps[gone])
        ghosts = [
            self.curve(side.shape.base, self.theme.ink, dash=(0.12, 0.09)) for side in self.sides
        ]
        for plane, ghost in zip(self.planes, ghosts, strict=True):
            plane.plant(ghost, frame=K)
        names = [side.name for side in self.sides]
        arrows = [side.arrow for side in self.sides]
        with self.beat("undo", UNDO, kept=kept, gone=gone):
            self.play(Vanish(*names, *arrows, run_time=0.3), Appear(*ghosts))
            ends = [back @ side.product for side in self.sides]
            near = [M.array @ mark for M in (K, *ends) for mark in self.corners]
            slow = min(max(self.reading_left(), 1.4), 2.8)
            self.together([back, back], views=self.views_of(near), run_time=slow)
            for plane, end in zip(self.planes, ends, strict=True):
                plane.matrix = end.array
            self.say(UNDONE, gone=gone, back=f"{gone}^(-1)")
            fits = 0 if gone == "A" else 1
            self.play(Vanish(self.answer, run_time=0.3), After(0.3, Appear(self.back)))
            each = [
                Pulse(self.sides[k].shape, ghosts[k], self.back[k != fits])
                for k in (fits, 1 - fits)
            ]
            self.while_reading(Chain(*each))
        self.play(Vanish(*ghosts, self.back, *(s.shape for s in self.sides)))

    def together(
        self,
        matrices: Sequence[la.Matrix],
        names: Sequence[str] = (),
        views: Sequence[View] = (),
        run_time: float = 1.4,
    ) -> None:
        """Let matrices act on both sides at once, with the angle where one turns."""
        ways = [path(M) for M in matrices]
        views = views or [plane.view for plane in self.planes]
        if any(len(way.parts) > 1 or way.folds for way in ways):  # seen before; once is enough
            shapes = [side.shape for side in self.sides]
            self.play(Vanish(*shapes, run_time=0.4))
            for plane, M in zip(self.planes, matrices, strict=True):
                plane.matrix = M.array @ plane.matrix
            looks = zip(self.planes, views, strict=True)
            self.play(Appear(*shapes, run_time=0.6), *(Look(*each, run_time=0.4) for each in looks))
            return
        marks: list[Any] = []
        moves: list[Motion] = []
        for k, (plane, way) in enumerate(zip(self.planes, ways, strict=True)):
            named: dict[Label, str] = {self.sides[k].name: names[k]} if names else {}
            if way.name == "turn" and way.angle:
                wedge, size = self.turn_mark(plane, way)
                marks += [wedge, size]
                moves += [Appear(wedge, run_time=0.3), After(0.7, Appear(size, run_time=0.3))]
            moves.append(Deform(plane, way, names=named, view=views[k], run_time=run_time))
        self.play(*moves)
        self.play(Vanish(*marks, run_time=0.2))
        self.dismiss(*marks)

    def contrast(self) -> None:
        """Show another pair, for which it is the other way round."""
        ask, told = (OTHERS, OTHERS_DIFFER) if self.commute else (TURNS, TURNS_ALIKE)
        C, D = self.named_maps["C"], self.named_maps["D"]
        pieces = [piece for side in self.sides for piece in (side.shape, side.arrow, side.name)]
        with self.beat("contrast", ask):
            self.play(
                Vanish(*pieces, self.given, self.answer, *self.signs, run_time=0.4),
            )
            for plane, side in zip(self.planes, self.sides, strict=True):
                plane.matrix = la.identity(2).array
                side.name.show(self.x)
            self.see(self.passed([D, C], [C, D]))
            self.play(Appear(*pieces, self.others, *self.other_signs, run_time=0.5))
            self.together([D, C], [f"D {self.x}", f"C {self.x}"])
            self.together([C, D], [f"C D {self.x}", f"D C {self.x}"])
            self.say(told)
            self.play(Appear(self.other_answer))
            ends = [Pulse(side.arrow, side.shape) for side in self.sides]
            self.while_reading(Chain(*ends, Pulse(self.other_answer)))
        if self.commute:
            self.why("C", "D")

    def columns(self) -> None:
        """Read the columns of both products where î and ĵ have landed."""
        pieces = [piece for side in self.sides for piece in (side.shape, side.arrow, side.name)]
        with self.beat("columns", COLUMNS):
            self.play(
                Vanish(*pieces, self.answer, self.others, self.other_answer, run_time=0.4),
                Vanish(*self.other_signs, run_time=0.4),
            )
            for plane, side in zip(self.planes, self.sides, strict=True):
                plane.matrix = side.product.array
                for j, label in ((self.k, side.name), (1 - self.k, side.other_name)):
                    label.show(f"{' '.join(side.order)} {HATS[j]}")
            self.see(self.passed(*([side.product] for side in self.sides)))
            self.play(
                Appear(*pieces, self.given, *self.signs, run_time=0.6),
                Appear(*(card.brackets for card in self.results), run_time=0.6),
                Appear(*(card.heading for card in self.results), run_time=0.6),
            )
            others = [piece for side in self.sides for piece in (side.other, side.other_name)]
            for j in (self.k, 1 - self.k):
                arrows = [side.arrow if j == self.k else side.other for side in self.sides]
                entries = [entry for card in self.results for entry in card.column(j)]
                news = [] if j == self.k else [Appear(*others)]
                self.play(After(0.3, Pulse(*arrows, run_time=0.9)), Appear(*entries), *news)
            self.say(SUMMARY_ALIKE if self.commute else SUMMARY)
            ends = [
                Pulse(card.entries, side.shape)
                for card, side in zip(self.results, self.sides, strict=True)
            ]
            self.while_reading(Chain(*ends))


def path(M: la.Matrix) -> la.LinearPath:
    """Give the motion of a matrix."""
    return la.path(M, slides=True)


def runs(way: Sequence[la.Matrix]) -> list[tuple[Any, la.LinearPath]]:
    """Give where each matrix of a way begins, and its motion."""
    starts = [la.identity(2)]
    for M in way:
        starts.append(M @ starts[-1])
    return [(start.array, path(M)) for start, M in zip(starts, way, strict=False)]


def same(u: la.Vector, v: la.Vector) -> bool:
    """Tell whether two vectors are the same, but for rounding."""
    far = max(float(la.norm(u)), float(la.norm(v)))
    return float(la.norm(u - v)) <= 1e-12 * far


def place(point: la.Vector) -> str:
    """Write the coordinates of a point, with the sign before them."""
    exact = ", ".join(notation.typst(entry) for entry in point)
    if notation.is_simple(point) and len(notation.plain(point)) <= LONG:
        return f"= ({exact})"
    return notation.decimal(point, sign=True)
