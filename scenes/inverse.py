"""The inverse: steps ride along with the grid, so the columns of A⁻¹ can be counted."""

from __future__ import annotations

from typing import Any

import lamath as la
from lamath import notation
from scenes.inputs import MatrixInput, VectorInput
from scenes.no_way_back import Undoing
from scenes.stage import (
    N_,
    RULE,
    After,
    Appear,
    Change,
    Dim,
    Either,
    Entries,
    Look,
    Pulse,
    Rename,
    Value,
    Vanish,
)
from scenes.stage.bezier import polygon, round_trip
from scenes.stage.view import View
from scenes.stage.world import World

I_HAT, J_HAT = HATS = "hat(dotless.i)", "hat(dotless.j)"
A_I, A_J = IMAGES = f"A {I_HAT}", f"A {J_HAT}"
BACK_I, BACK_J = f"A^(-1) {I_HAT}", f"A^(-1) {J_HAT}"
UNIT = [(0, 0), (1, 0), (1, 1), (0, 1)]
LARGE = 4.5  # how much A may enlarge before the view follows
LONG = 8  # signs of a number that are too many to stand in a picture
CROWDED = 9  # how flat, or how fine, the slanted grid may be before it is a gray area

WATCH = N_("$x$ is reached by steps along $hat(dotless.i)$ and $hat(dotless.j)$. $A$ moves them.")
WATCH_FOLD = N_("Watch $x$ and its steps. $det A < 0$: the plane is also turned over.")
SAME = N_("$b = A x$: the same steps, along $A hat(dotless.i)$ and $A hat(dotless.j)$.")
PREDICT = N_(
    "Which $x$ lands on $hat(dotless.i)$? Reach it by steps along "
    "$A hat(dotless.i)$ and $A hat(dotless.j)$."
)
COUNT_I = N_("Count the steps along each.")
COUNT_J = N_("That $x$ is $A^(-1) hat(dotless.i)$: the first column. Now reach $hat(dotless.j)$.")
SLIDE = N_("Why ${count}$? Slide the far edge along ${base}$: the area stays ${part}$.")
SHARE = N_("Area ${part}$ over $abs(det A) = {whole}$: that is ${count}$ of a step.")
SHARE_BACK = N_("Area ${part}$ over $abs(det A) = {whole}$: ${count}$ of a step, backwards.")
CLOSE = N_("And if both columns lie on one line, as in $B$?")
CLOSED = N_("No steps lead to ${target}$: $B$ has no inverse.")
BACKWARDS = N_("Play $A$ backwards. Watch $b$, and the dashed unit square.")
BACK = N_("Play $A$ backwards. Watch $b$.")
UNFOLD = N_("Play $A$ backwards: the plane is turned back first.")
SUMMARY = N_("$A^(-1)$ undoes $A$, and $A$ undoes $A^(-1)$.")


class InverseUndoes(Undoing):
    """A⁻¹ undoes A: its columns are counted in the moved grid, and the motion is rewound."""

    title = N_("The inverse undoes")
    inputs = (MatrixInput("2x2", default="2 1; 1 3"), VectorInput(of="input", default="-1 1"))

    def construct(self) -> None:
        if la.det(self.matrix) == 0:
            self.title = NoWayBack.title
            self.no_way_back()
        else:
            self.title = InverseUndoes.title
            self.undo()

    def undo(self) -> None:
        """Let steps move with the grid, count the columns of A⁻¹, rewind, and play again."""
        A, theme = self.matrix, self.theme
        inverse, path, parallel = la.inverse(A), la.path(A), la.parallel(A).matrix
        identity = A @ inverse
        back = abs(la.det(inverse))
        is_crowded = max(la.condition_number(A), la.spectral_norm(inverse)) > CROWDED
        entry = None if is_crowded else telling(inverse)
        self.colors = {"x": theme.input, "b": theme.output, A_I: theme.i, A_J: theme.j}

        basis, x = self.basis(), self.arrow(self.vector, theme.input)
        walk = self.walk(identity.columns, [*self.vector])
        name = self.label(x, "x")
        world = self.world(
            *basis, x, name, *walk.members, through=[path] if la.spectral_norm(A) < LARGE else []
        )

        card, x_card = self.card(A, "A"), self.counted(self.vector, "x")
        other = self.card(A, "B", means=parallel, room=Entries.room(A, parallel))
        back_card = self.counted(inverse, "A^(-1)")
        unknown = self.unknowns(back_card)
        dets = [self.math(self.equals("det A", la.det(A))), self.math("det B = 0")]
        home, again = self.math("A^(-1) A = I"), self.math("A A^(-1) = I")
        self.panel.set(
            self.heading(), Either(card, other), Either(*dets), RULE,
            Either(x_card, back_card), home, again,
        )  # fmt: skip

        grid = Value(A)  # in which steps are counted: its columns, its lines
        lattice, steps = self.lattice(), self.basis(IMAGES)
        walks = [self.walk(identity.columns, [*each]) for each in inverse.columns]
        rails = [
            self.line(column, color, length=60 * float(la.spectral_norm(inverse)))
            for column, color in zip(identity.columns, (theme.i, theme.j), strict=True)
        ]
        lines = rails if is_crowded else lattice.lines
        cell = self.region(polygon(UNIT))
        ticks = walks[1].rulers
        targets = [self.arrow(column, theme.ink) for column in inverse.columns]
        names = [self.label(*each) for each in zip(targets, HATS, strict=True)]
        question = self.question_mark(targets[0])
        patch = self.region(polygon(corners(inverse)), dash=(0.14, 0.1))
        share = self.label(
            patch, self.running(lambda: float(back) * self.area_of(world)(), 1, back)
        )
        self.open(self.panel.blocks[0], *basis, x, name, card, x_card)
        world.join(*targets, *names)  # first, so that steps lie on them
        world.plant(
            cell, *lines, *steps, *ticks, *(w for each in walks for w in each.members), frame=grid
        )
        rail = self.line(A.column(0), theme.i)
        world.plant(rail)
        world.join(patch, share, question)
        with self.beat("apply", WATCH_FOLD if path.folds else WATCH):
            self.play(Appear(*walk.members, run_time=0.1))
            self.play(walk.go(1.5))
            self.carry(
                world, path, names={name: "b", basis.i_label: A_I, basis.j_label: A_J},
                colors={x: theme.output, name: theme.output},
            )  # fmt: skip
            self.say(SAME)
            ways = [A @ p for leg in walk.legs for p in leg.landmarks()]
            self.play(Look(world, self.close(world, ways, A.columns)), Pulse(*walk.legs, x_card))
            self.while_reading(Pulse(x, name, *walk.legs, run_time=1.4))
        with self.beat("which", PREDICT):
            counts = [A @ p for each in walks for leg in each.legs for p in leg.landmarks()]
            near = self.close(world, counts, A.columns)
            marks = [mark for row in unknown for mark in row]
            signs = [
                sign for sign, column in zip(steps[2:], A.columns, strict=True)
                if near.shows([[*column.array, 0.0]])
            ]  # fmt: skip
            self.play(
                Vanish(x, name, *walk.members, x_card, *basis), Dim(*world.grid, to=0.0),
                Look(world, near), Appear(*steps[:2], *signs, *ticks, targets[0], names[0]),
                After(0.5, Appear(back_card.brackets, back_card.heading, *marks)),
            )  # fmt: skip
            self.play(
                Appear(*lines, question, run_time=0.3), Dim(steps.i, steps.j, to=0.45),
                lattice.light_up(A, near),
            )  # fmt: skip
            self.while_reading(Pulse(question, targets[0], run_time=2.0))
        with self.beat("inverse", COUNT_I):
            for k, each in enumerate(walks):
                if k == 1:
                    self.say(COUNT_J)
                    self.play(Vanish(*walks[0].members), Appear(targets[1], names[1]))
                self.play(Appear(*each.members), Vanish(question), run_time=0.2)
                self.play(each.go(1.6))
                self.collect(each, back_card, unknown, k)
        self.play(Vanish(*walks[1].members, run_time=0.3))
        if entry:
            self.explain(world, grid, entry, [cell, dets[0]])
        probes: list[Any] = []
        if not (entry and path.folds):  # which take long enough
            with self.beat("parallel", CLOSE):
                ends = [
                    *A.columns,
                    *parallel.columns,
                    *(-0.4 * each.array for each in parallel.columns),
                ]
                lost = 1 if la.column_space(parallel).contains(identity.column(0)) else 0
                self.play(
                    Vanish(*names, *targets, *dets, card, back_card, *ticks),
                    Appear(targets[lost], names[lost], cell), After(0.5, Appear(other)),
                    *(Rename(sign, str(sign.given).replace("A", "B")) for sign in signs),
                    run_time=0.9,
                )  # fmt: skip
                view = self.close(world, identity.columns, ends, 0.2)
                is_seen = view.shows([[*end.array, 0.0] for end in parallel.columns])
                self.play(
                    Change(grid, parallel, run_time=2.4), Entries(other, grid, A, parallel),
                    Look(world, view), Vanish(*(() if is_seen else signs)),
                    Dim(*lines, to=0.3),
                )  # fmt: skip
                self.play(Appear(rail, dets[1]), Vanish(*lines), run_time=0.3)
                self.say(CLOSED, target=HATS[lost])
                reach = 0.9 * parallel.column(0).array
                spot = Value(0 * reach)  # wherever steps along the columns lead
                probes = [self.dot(spot, theme.ink)]
                world.plant(*probes)
                self.play(Appear(*probes, run_time=0.2))
                self.while_reading(
                    Change(spot, along=round_trip(0 * reach, 0 * reach, reach), run_time=2.0),
                    Pulse(targets[lost], dets[1]),
                )
        fits = 0.1 < la.spectral_norm(inverse) < CROWDED  # beside x, one sees it
        sized = [patch, share] if is_plain(back) else [patch]
        undone = [*sized, *targets, *names]
        with self.beat("rewind", UNFOLD if path.folds else BACKWARDS if fits else BACK):
            known = [entry for row in back_card.rows for entry in row]
            self.play(
                Vanish(rail, *probes, cell, *steps, *ticks, *lines, other, *dets),
                Vanish(*(() if fits else undone)),
                After(0.5, Appear(card, back_card.brackets, back_card.heading, *known)),
                Look(world, self.close(world, ways, [*A.columns, *identity.columns])),
                Appear(x, name, *walk.members, *(undone if fits else ())),
                Dim(*world.grid, to=1.0),
            )  # fmt: skip
            lands = {names[0]: BACK_I, names[1]: BACK_J}
            start = [p for leg in walk.legs for p in leg.landmarks()]
            around = [*corners(inverse), *corners(identity)]
            near = self.close(world, start, around, 0.0 if fits else 0.3)
            self.carry(
                world, names={name: "x", **(lands if fits else {})},
                colors={x: theme.input, name: theme.input}, view=near,
            )  # fmt: skip
            if path.folds:
                self.play(Look(world, near))
            self.play(Appear(home), Pulse(x, home))
        with self.beat("summary", SUMMARY):
            if not path.folds:  # a third fold would teach nothing new
                for label, text in lands.items():
                    label.show(text)
                near = self.close(world, corners(inverse), corners(identity))
                self.play(Vanish(x, name, *walk.members), Look(world, near), Appear(*undone))
                small = self.region(polygon(corners(inverse)))
                world.plant(small)
                if fits:
                    self.play(Appear(small), Dim(small, to=0.7), run_time=0.1)
                else:  # a grid so fine, or so wide, is no grid
                    self.play(Dim(*world.grid, to=0.0, run_time=0.3))
                self.carry(world, path, names={names[0]: I_HAT, names[1]: J_HAT}, colors={})
            self.play(Appear(again))
            self.while_reading(Pulse(*([x] if path.folds else [patch, *targets]), home, again))
            self.summary()

    def explain(self, world: World, grid: Value, entry: tuple[int, int], shown: list[Any]) -> None:
        """Show why an entry of A⁻¹ has det A below: it is an area over the area of a cell."""
        A, theme = self.matrix, self.theme
        leg, target = entry
        inverse = la.inverse(A)
        count, rest = inverse[leg, target], inverse[1 - leg, target]
        part, whole = abs(count * la.det(A)), abs(la.det(A))
        base, along = A.column(1 - leg).array, A.column(leg).array
        slide = Value(float(rest))

        def strip() -> Any:
            return polygon(spanned(base, float(count) * along + slide.now * base))

        area = self.region(strip, theme.ink)
        size = self.label(area, self.exactly(part))
        walk = self.walk([A.column(leg)], [count], [(theme.i, theme.j)[leg]])
        covered = max(float(count), 0.0)  # of the cell
        rest_of_cell = self.region(polygon(spanned(base, (1 - covered) * along, covered * along)))
        most = self.label(rest_of_cell, self.exactly(whole))
        world.plant(area, size, rest_of_cell, most, *walk.members)
        says = {"part": self.exactly(part), "whole": self.exactly(whole)}
        seen = [*strip(), *spanned(base, along), float(count) * along, *UNIT]
        arrive = [Look(world, self.fitting(world, seen)), Appear(area, size)]
        share = {"count": self.exactly(abs(count)), **says}
        with self.beat("fractions"):
            if rest:
                self.say(SLIDE, base=IMAGES[1 - leg], count=self.exactly(count), **says)
                self.play(*arrive)
                self.while_reading(Change(slide, 0.0, run_time=2.0))
                arrive = []
            self.say(SHARE if count > 0 else SHARE_BACK, **share)
            self.play(*arrive, Appear(*shown, most), Appear(*walk.members, run_time=0.1))
            self.while_reading(walk.go(1.2))
        self.play(Vanish(area, size, most, *walk.members, run_time=0.3))

    def carry(
        self,
        world: World,
        path: la.LinearPath | None = None,
        *,
        names: dict[Any, str],
        colors: dict[Any, str],
        view: View | None = None,
    ) -> None:
        """Move a world along a path, or back; what stops on the way has no name there."""
        staged = len(path.parts if path else world.trail) > 1
        if staged:
            self.play(Vanish(*names, run_time=0.2))
        landing, pace = ({}, 1.2) if staged else (names, None)
        if path:
            self.perform(world, path, names=landing, colors=colors, run_time=pace)
        else:
            self.rewind(world, names=landing, colors=colors, run_time=pace, view=view)
        if staged:
            for label, text in names.items():
                label.show(text)
            self.play(Appear(*names, run_time=0.4))

    def close(self, world: World, points: Any, also: Any, least: float = 0.3) -> View:
        """Give a view in which points are large, with others unless these make them small."""
        most = 0.4 * world.view.rect.height
        near = self.fitting(world, points, most=float("inf"))
        if near.unit > 4 * most:  # all of it is tiny
            most = near.unit
        near = self.fitting(world, points, most=most)
        whole = self.fitting(world, [*points, *also], most=most)
        return whole if whole.unit > least * near.unit else near


def spanned(first: Any, second: Any, start: Any = (0.0, 0.0)) -> list[Any]:
    """Give the corners of a parallelogram, from the vectors of two sides."""
    return [start + step for step in (0 * first, first, first + second, second)]


def corners(matrix: la.Matrix) -> list[Any]:
    """Give the corners of the parallelogram that the columns span."""
    return spanned(*(column.array for column in matrix.columns))


def is_plain(value: Any) -> bool:
    """Tell whether a number is exact and short enough to stand in a picture."""
    return notation.is_simple(value) and len(notation.plain(value)) <= LONG


def telling(inverse: la.Matrix) -> tuple[int, int] | None:
    """Give the row and column of a fraction whose size can be seen as a share of a step."""
    for low, high in ((1 / 12, 0.99), (-0.99, -1 / 12)):
        for place in ((1, 1), (0, 1), (1, 0), (0, 0)):  # the second column was counted last
            if low <= float(inverse[place]) <= high and is_plain(inverse[place]):
                return place
    return None


class NoWayBack(InverseUndoes):
    """A singular matrix sends many inputs to one output: nothing can undo it."""

    title = N_("A way back?")
    inputs = (MatrixInput("2x2", default="1 2; 2 4"), VectorInput(of="input", default="1 1"))
