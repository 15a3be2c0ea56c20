"""What the stories about null spaces in space share: both sides, steps, lines, views."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate, chain, product
from math import ceil
from typing import Any

from manim import DOWN, RIGHT, VGroup

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
    Either,
    Entries,
    Fly,
    Look,
    MatrixScene,
    Pulse,
    Rename,
    Value,
    Vanish,
)
from scenes.stage.figure import length, presence_of, read, set_presence
from scenes.stage.floor import Floor
from scenes.stage.layout import Rect
from scenes.stage.shapes import Place
from scenes.stage.solids import rod, sheet
from scenes.stage.span import Span
from scenes.stage.standpoint import along, edge_on, oblique
from scenes.stage.text import math
from scenes.stage.view import FROM_ABOVE, View
from scenes.stage.walk import Walk
from scenes.stage.world import World

NAMES = "a_1", "a_2", "a_3"
UNITS = "e_1", "e_2", "e_3"
LONGEST = 3.4  # an n that is longer is added in parts
FAR, FARTHEST = 0.2, 6  # how far off, in parts of the longest column, one should be lifted
REACH = 0.6  # how far the parallel lines go on both sides, in parts of what is added
ORIGIN = 0.0, 0.0, 0.0
LONG = 5  # signs of an entry that are too many to run in the panel


class KernelInSpace(MatrixScene):
    """Inputs at the left, outputs at the right, and the steps that cancel."""

    stages = 2

    # -- what is looked at -----------------------------------------------------------------

    def changed(self) -> la.Matrix:
        """Give A with a column changed, so that steps that cancelled no longer do."""
        A = self.matrix
        if self.rank == min(A.shape):  # wide: no column can leave the plane
            (n,) = self.nulls
            self.change = max(range(3), key=lambda k: (abs(n[k]), k))
            i = next(k for k in range(3) if k != self.change)
            sign = 1 if n[i] * n[self.change] <= 0 else -1
            shear = [
                [int(r == c) + sign * ((r, c) == (i, self.change)) for c in range(3)]
                for r in range(3)
            ]
            return A @ la.matrix(shear)
        near = la.neighbor(A)
        self.change, step = near.column, near.matrix - A
        tried = [A + step * k for k in range(1, FARTHEST + 1)]
        longest = max(float(la.norm(column)) for column in A.columns)
        n = self.tested
        far = (B for B in tried if float(la.norm(B @ n)) >= FAR * longest)
        return next(far, tried[-1])

    @property
    def kind(self) -> str:
        """Say where the columns lie."""
        if self.rank == self.many:
            return "space" if self.many == 3 else "two"
        return ("zero", "line", "plane" if self.rows == 3 else "flat")[self.rank]

    @property
    def tested(self) -> la.Vector:
        """The steps that are tried again when a column has changed."""
        return next(n for n in reversed(self.nulls) if n[self.change] != 0)

    @property
    def n_names(self) -> list[str]:
        """What the steps that cancel are called."""
        return ["n"] if self.lost == 1 else [f"n_{k + 1}" for k in range(self.lost)]

    @staticmethod
    def turned(n: la.Vector) -> la.Vector:
        """Turn what cancels so that the last step leads back."""
        used = [count for count in n if count]
        return -n if len(used) > 1 and used[-1] > 0 else n

    def first(self, k: int) -> Any:
        """Give one step along the k-th of what cancels, and none along the others."""
        return la.identity(self.lost).array[k]

    def coefficients(self, point: Any) -> Any:
        """Give an input's own coordinates, without the height that a flat one doesn't have."""
        return point[: self.many]

    def image_of(self, point: Any) -> Any:
        """Give what A sends an input to."""
        return self.C @ self.coefficients(point)

    def choose_inputs(self) -> None:
        """Choose inputs that A tells apart, one to be followed, and what is added to it."""
        if self.rank == self.many:
            self.kept = list(range(self.drawn))
        elif not self.rank:
            self.kept = [self.change]
        elif self.lost == 1:
            (n,) = self.nulls
            last = max(range(self.many), key=lambda k: (abs(n[k]), k))
            self.kept = [k for k in range(self.many) if k != last]
        else:
            self.kept = [max(range(self.many), key=lambda k: length(self.C[:, k]))]
        steps = (
            (-1.0, 0.0, 1.0) if self.drawn == 2 or self.lost == 2 else (-1.0, -0.5, 0.0, 0.5, 1.0)
        )
        frame = self.E[:, self.kept].T
        self.net = [read(each) @ frame for each in product(steps, repeat=self.drawn)]
        x = frame[0]
        if self.drawn == 2:
            i, j = self.kept
            n = self.ns[0]
            x = frame[0] + frame[1] if n[i] * n[j] < 0 else frame[0] - frame[1]
        out = self.image_of(x)
        up = out[2] if abs(out[2]) > 1e-9 else out[1]
        self.x = -x if up < 0 else x
        self.some = Fraction(1, max(1, ceil(length(self.ns[0]) / LONGEST)))
        self.way = float(self.some) * self.ns[0]

    # -- the cast --------------------------------------------------------------------------

    def set_up(self, other: la.Matrix) -> None:
        """Set up both sides with their arrows, and the panel."""
        theme, A, many, nulls = self.theme, self.matrix, self.many, self.nulls
        self.lost = len(nulls)
        self.colors = {
            f"{letter}_{k}": color for letter in "abe" for k, color in enumerate(theme.columns, 1)
        }
        self.colors |= dict.fromkeys(("n", "n_1", "n_2", "N(A)"), theme.null_space)
        self.colors |= {"x": theme.input, "A x": theme.output, "C(A)": theme.column_space}
        self.other = other
        self.C, self.D = in_space(A), in_space(other)  # columns (3, many)
        self.E = la.identity(3).array[:, :many]
        self.ns = read([self.E @ n.array for n in nulls])  # a row for each
        self.M, self.part = Value(self.C), Value(self.first(0))
        self.choose_inputs()
        ways_in = [*self.E.T, *self.ns, self.x, self.x + self.way]
        self.left = self.side(
            0, N_("inputs"), ways_in, [*self.net, *self.E.T, *-self.E.T], many == 2
        )
        self.right = self.side(1, N_("outputs"), self.C.T, self.C.T, self.rows == 2)

        self.units = [
            self.arrow(e, color) for e, color in zip(self.E.T, theme.columns, strict=False)
        ]
        self.columns = [
            self.arrow(lambda k=k: self.M.now[:, k], theme.columns[k]) for k in range(many)
        ]
        self.unit_names = [self.label(*each) for each in zip(self.units, UNITS, strict=False)]
        self.column_names = [
            self.label(arrow, name if c.any() else f"{name} = 0")
            for arrow, name, c in zip(self.columns, NAMES, self.C.T, strict=False)
        ]
        if not self.rank:  # at one point there is room for one name
            names = " = ".join(NAMES[:many])
            self.column_names = [self.label(self.columns[0], f"{names} = 0")] * many
        self.goal, self.zero = self.ring((0, 0, 0)), self.dot((0, 0, 0), theme.null_space, 0.14)
        self.mark = self.question_mark(self.goal)
        self.left.plant(*self.units, *self.unit_names)
        self.right.plant(*self.columns, *self.column_names, self.goal, self.mark, self.zero)
        self.origin = self.dot((0, 0, 0), theme.null_space, 0.12)
        self.alone = self.label(self.origin, "N(A) = {0}")
        self.left.plant(self.origin, self.alone)
        self.drops = [] if self.rows == 2 else self.standing(self.right, *self.columns)

        leaders = [(self.C if self.rank else self.D)[:, k] for k in self.kept]
        self.span = Span(
            leaders, [*leaders, *self.C.T, *(self.C @ self.coefficients(p) for p in self.net)]
        )
        look = {"color": theme.column_space, "width": theme.line}
        cut_down = [tuple(0.85 * a for a in reach) for reach in (self.span.along, self.span.across)]
        self.reached: list[Any] = (
            sheet(self.span.u, self.span.v, *cut_down, fill=0.14, **look)
            if self.drawn == 2 and self.rows == 3
            else rod(self.span.u, self.span.along, at=ORIGIN, **look)
            if self.drawn == 1 and self.rank
            else []
        )
        self.right.plant(*self.reached)

        room = Entries.room(A, other)
        self.runs = max(map(len, room)) <= LONG  # else its entries would have no room to run
        self.card_A = self.card(A, "A", room=room if self.runs else ())
        self.card_B = (
            self.card(A, "B", means=other, room=room) if self.runs else self.card(other, "B")
        )
        self.n_cards = [
            self.card(n, name, colors=(theme.null_space,))
            for n, name in zip(nulls, self.n_names, strict=True)
        ]
        self.equations = [self.math(f"{notation.combination(n, NAMES[:many])} = 0") for n in nulls]
        total = self.prose(
            N_("${total}$ columns"), total=f"{self.rank} + {many - self.rank} = {many}",
            size=1.5 * theme.prose, bold=True,
        )  # fmt: skip
        words = self.math('op("rank") A + dim N(A) =')
        self.total = VGroup(words, total).arrange(DOWN, buff=0.2)
        if self.aspect != "16:9":
            self.equations = []  # there is no room for them
        found = Either(VGroup(*self.n_cards).arrange(RIGHT, buff=0.35), self.total)
        blocks = [found, *self.equations] if self.rank else [self.total]
        self.counted = []  # in the last picture: how many dimensions are lost, and kept
        for world, source, color in (
            (self.left, f"dim N(A) = {self.lost}", theme.null_space),
            (self.right, f'op("rank") A = {self.rank}', theme.column_space),
        ):
            sign: Any = math(source, size=1.3 * theme.math, color=color)
            sign.is_stage_name = sign.is_later = True
            set_presence(sign, 0.0)
            world.signs.append(sign)
            self.counted.append(sign)
        self.panel.set(self.heading(), Either(self.card_A, self.card_B), RULE, *blocks)

    def side(self, stage: int, name: str, vectors: Any, points: Any, flat: bool) -> World:
        """Set up the inputs, or the outputs: space with its floor, or the plane from above."""
        if flat and stage == 1:
            world = self.world(grid=False, stage=stage, name=name)
        else:
            world = self.space(stage=stage, name=name)
            world.ground = Floor(self.theme, self._unit_note, over=points, always=True)
            is_plane = self.drawn == 2 and stage == 1
            kept = [self.C[:, k] for k in self.kept]
            normal = Span(kept, kept).normal if is_plane else ()
            view = oblique(world.given_view or world.view, vectors, normal)
            world.given_view = view.turned(*FROM_ABOVE) if flat else view
        world.most = float("inf")
        return world

    # -- where to stand --------------------------------------------------------------------

    def points_in(self) -> list[Any]:
        """Give the inputs that one view of them is to show."""
        walks = [passed(n, self.E) for n in self.nulls]
        lines = [s * self.way for s in (-1.0, 1.0)]
        if self.lost == 2 and self.rank:
            u, v, (along_u, along_v) = self.plane_of_nulls()
            lines = [a * u + b * v for a in along_u for b in along_v]
        wide = [] if self.rank else [1.3 * sign * e for e in self.E.T for sign in (1, -1)]
        return [*self.E.T, *chain(*walks), *lines, *wide, self.x, self.x + self.way]

    def far_views(self) -> list[View]:
        """Give the views that show all inputs that are told apart, and their outputs."""
        lines = [p + s * self.way for p in self.net for s in (-REACH, 1.0)]
        outs = [*map(self.image_of, self.net)]
        return self.one_unit(
            self.fitted(self.left, self.home_in, [*self.points_in(), *lines]),
            self.fitted(self.right, self.home_out, [*outs, *(0.8 * c for c in self.span.corners)]),
        )

    def points_out(self) -> list[Any]:
        """Give the outputs that one view of them is to show."""
        changes = (
            not self.rank or self.rank == self.many or self.kind == "flat"
        )  # else it has a view of its own
        both = (self.C, self.D) if changes else (self.C,)
        walks = [passed(n, M) for n in self.nulls for M in both]
        more = [
            f * M[:, k]
            for M in both
            for k in range(self.many)
            for f in (1.0, 1.0 if self.rank else 1.5)
        ]
        return [*more, *chain(*walks), self.image_of(self.x)]

    def fitted(self, world: World, view: View, points: Any) -> View:
        """Give a view fitted to points, clear of the axes in the corner."""
        rect, margin = view.rect, 0.75 * world.margin
        left, low, high = (0.0, 1.1, 2.3) if rect.height > 5.5 else (0.3, 0.2, 1.2)
        if rect.width > 6.5:
            left = 1.5
        room = Rect(rect.left + left, rect.bottom + low, rect.right, rect.top)
        spots = read(list(points))
        return view.on(room).fitted(spots, margin=margin, headroom=high * world.headroom).on(rect)

    def settle(self) -> None:
        """Choose from where both sides are seen when nothing else is said."""
        views = [
            self.fitted(world, world.view, points)
            for world, points in ((self.left, self.points_in()), (self.right, self.points_out()))
        ]
        self.home_in, self.home_out = self.one_unit(*views)
        self.left.look(self.home_in)
        self.right.look(self.home_out)
        aside = self.home_out
        if self.drawn == 2 and self.rows == 3:
            aside = edge_on(self.home_out, self.span.normal, list(self.C.T))
        elif self.rows == 3:
            aside = self.home_out.turned(self.home_out.azimuth + 0.5, self.home_out.elevation)
        points = [*self.points_out(), *(self.span.corners if self.drawn == 2 else ())]
        self.aside = self.fitted(self.right, aside, points)

    def along_views(self) -> list[View]:
        """Give the view along N(A), and the one of the outputs that shows the same pattern."""
        left, right = self.home_in, self.home_out
        if self.lost == 2:
            left = edge_on(left, Span(list(self.ns), self.ns).normal, [*self.E.T])
        elif self.rank < 2:
            left = along(left, max((1, -1), key=lambda s: -self.turn(left, s)) * self.ns[0])
        else:
            e, f = (self.E[:, k] for k in self.kept)
            up = Span([self.image_of(e), self.image_of(f)], self.C.T).normal
            n = self.ns[0] if Span([e, f], self.E.T).normal @ self.ns[0] > 0 else -self.ns[0]
            if self.rows == 2:
                n = n if up[2] > 0 else -n
            elif n[2] < 0 or (n[2] == 0 and self.turn(left, 1, n) > self.turn(left, -1, n)):
                n, up = -n, -up
            left = along(left, n)
            right = along(right, up) if self.rows == 3 else right
        outs = [self.image_of(p) for p in self.net]
        return self.one_unit(
            self.fitted(
                self.left, left, [*self.net, 1.25 * self.x] if self.lost == 1 else self.points_in()
            ),
            self.fitted(self.right, right, [*outs, 1.25 * self.image_of(self.x)]),
        )

    def turn(self, view: View, sign: int, n: Any = None) -> float:
        """Say how far one has to walk round to see a direction from its front."""
        return abs(along(view, sign * (self.ns[0] if n is None else n)).azimuth - view.azimuth)

    # -- steps -----------------------------------------------------------------------------

    def plan(self, k: int) -> None:
        """Plan steps along the columns, and the same steps among the inputs."""
        n, name, theme = self.nulls[k], self.n_names[k], self.theme
        used = [j for j in range(self.many) if n[j]]
        counts, colors = [n[j] for j in used], [theme.columns[j] for j in used]
        self.way_out = Walk(
            self, [lambda j=j: self.part.now[k] * self.M.now[:, j] for j in used], counts, colors,
            start=ORIGIN,
        )  # fmt: skip
        self.way_in = Walk(
            self, [lambda j=j: self.part.now[k] * self.E[:, j] for j in used], counts, colors,
            start=ORIGIN,
        )  # fmt: skip
        self.part.now = self.first(k)
        self.left.plant(*self.way_in.members)
        self.right.plant(*self.way_out.members)
        n_arrow = self.arrow(self.ns[k], theme.null_space)
        n_name = self.label(n_arrow, name)
        self.left.plant(n_arrow, n_name)
        self.n_arrows = [*getattr(self, "n_arrows", []), n_arrow]
        self.n_labels = [*getattr(self, "n_labels", []), n_name]

    def go(self, legs: slice = slice(None)) -> None:
        """Take the steps, or some of them, on both sides."""
        if legs.start is None or legs.start >= 0:
            self.play(
                Look(self.right, self.home_out, run_time=0.6), Vanish(*self.drops),
                Dim(*self.columns, *self.units, to=0.45),
                Vanish(*self.unit_names, *([] if legs.stop else self.column_names)),
            )  # fmt: skip
        self.play(
            Appear(*self.way_in.members, *self.way_out.members, run_time=0.2),
            self.way_in.go(self.pace, legs=legs), self.way_out.go(self.pace, legs=legs),
        )  # fmt: skip

    def count(self, k: int) -> None:
        """Let the numbers of steps become the entries of n."""
        card, arrow, name = self.n_cards[k], self.n_arrows[k], self.n_labels[k]
        used = [j for j in range(self.many) if self.nulls[k][j]]
        flights = [
            Fly(counter, card.entry(j, 0))
            for j, counter in zip(used, self.way_in.counters, strict=True)
        ]
        others = [card.entry(j, 0) for j in range(self.many) if j not in used]
        self.play(Appear(arrow, name, self.zero, card.brackets, card.heading, *others), *flights)
        self.while_reading(
            Appear(*self.equations[k : k + 1]),
            Chain(
                *(
                    Pulse(*each, run_time=0.6)
                    for each in (self.way_in.legs, (arrow, name), (*self.way_out.legs, self.zero))
                )
            ),
        )  # fmt: skip

    def measure_miss(self) -> None:
        """Give the way from 0 to where the steps lead now, with its length."""
        walk = self.way_out
        miss = self.segment((0, 0, 0), walk.tip, self.theme.ink, counts=False)
        exact = [la.norm(M @ self.nulls[-1]) for M in (self.matrix, self.other)]
        number = self.label(miss, self.running(lambda: length(walk.tip()), *exact), on=0.5)
        self.missing: list[Any] = [miss, number]
        self.right.plant(*self.missing)

    def change_column(self, to: Any, other: la.Matrix, *also: Any) -> None:
        """Let a column, and the card, run to another matrix."""
        k, seconds = self.change, 1.7
        entries = Entries(
            self.card_B, lambda: self.M.now[: self.rows], self.matrix, other, run_time=seconds
        )
        self.play(
            Change(self.M, to, run_time=seconds), *([entries] if self.runs else []),
            *(
                After(0.0 if self.runs else seconds - 0.3, each)
                for each in (Vanish(self.card_A, run_time=0.3), Appear(self.card_B, run_time=0.3))
            ),
            Rename(self.column_names[k], f"b_{k + 1}"), *also,
        )  # fmt: skip

    # -- lines, planes and dots ------------------------------------------------------------

    def plane_of_nulls(self) -> tuple[Any, Any, Any]:
        """Give two perpendicular unit vectors of N(A), and how far it is drawn."""
        span = Span(list(self.ns), self.ns)
        return span.u, span.v, (span.along, span.across)

    def name_null(self) -> Any:
        """Give the name of N(A), beside it."""
        where = -0.75 * self.way if self.lost == 1 else 0.75 * self.ns[0] + 0.2 * self.ns[1]
        spot = Place(lambda: where, color=self.theme.null_space)
        self.null_name = self.label(spot, "N(A)")
        self.left.plant(spot, self.null_name)
        return self.null_name

    def beside(self, point: Any, color: str) -> list[Any]:
        """Give the line, or the plane, that is parallel to N(A) and goes through an input."""
        look = {"at": point, "color": color, "width": self.theme.line}
        if self.lost == 1:
            u, size = self.way / length(self.way), length(self.way)
            return rod(u, (-REACH * size, 1.15 * size), **look)
        u, v, reach = self.plane_of_nulls()
        return sheet(u, v, *reach, fill=0.08, **look)

    def ways(self, goal: Any) -> list[Any]:
        """Give places on the way round the plane x + N(A), back to a goal."""
        return [goal, 0.6 * goal[::-1], goal]

    def paving(self, world: World) -> list[Any]:
        """Give the floor of a side, if it has one."""
        return world.ground.paving if isinstance(world.ground, Floor) else []

    def seen_in(self, world: World, but: Any = ()) -> list[Any]:
        """Give what is seen of a side, but for some."""
        figures = [member.figure for member in world.members]
        return [f for f in figures if presence_of(f) and not any(f is each for each in but)]


def passed(n: la.Vector, columns: Any) -> list[Any]:
    """Give the points that a walk passes: n₁ steps along the first column, and so on."""
    return list(accumulate(count * a for count, a in zip(n.array, columns.T, strict=True)))


def in_space(A: la.Matrix) -> Any:
    """Give the columns of a matrix as columns of space (3, n)."""
    return la.identity(3).array[:, : A.shape[0]] @ A.array
