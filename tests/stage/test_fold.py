"""A fold: a sheet in space that turns like a page, seen from aside, and never a collapse."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import pytest
from small import Small, small
from zoo import ZOO

import lamath as la
from scenes.stage.audit import audit
from scenes.stage.figure import is_seen
from scenes.stage.fold import Face
from scenes.stage.labels import Label
from scenes.stage.view import View

FOLDED = {kind: ZOO[kind] for kind in ("turned over", "reflection")} | {
    "skew": "-3 1; 2 1",
    "surds": "1/2 sqrt(3)/2; sqrt(2) 1/3",
}
KINDS = pytest.mark.parametrize("kind", FOLDED)


class Moment(NamedTuple):
    """What is on stage at a moment."""

    matrix: np.ndarray
    view: View
    faces: list[tuple[bool, str]]
    labels: list[str]
    true: bool


def moments(matrix: str, kind: type[Small] = Small) -> tuple[list[Moment], Any]:
    """Watch a scene, and give it at its end too."""
    seen: list[Moment] = []
    scenes: list[Any] = []

    def watch(scene: Any, _: float) -> None:
        world = scene.plane
        faces = [
            (member.figure.facing, member.figure.get_fill_color().to_hex())
            for member in world.members
            if isinstance(member.figure, Face) and is_seen(member.figure)
        ]
        labels = [label.text for label in world.labels if is_seen(label)]
        seen.append(Moment(np.array(world.matrix), world.view, faces, labels, True))

    kind.rehearse(lambda scene, beat: scenes.append(scene), at_moment=watch, matrix=matrix)
    return seen, scenes[-1]


@KINDS
def test_no_rank_is_lost_on_the_way(kind: str) -> None:
    A = la.matrix(FOLDED[kind])
    least = min(1.0, float(la.svd(A).S[-1]))
    seen, _ = moments(FOLDED[kind])
    for moment in seen:
        S = np.linalg.svd(moment.matrix, compute_uv=False)
        assert S[-1] > 0.99 * least


@KINDS
def test_the_sheet_rises_only_while_it_is_seen_from_aside(kind: str) -> None:
    seen, _ = moments(FOLDED[kind])
    high = [m for m in seen if len(m.matrix) == 3 and np.abs(m.matrix[2]).max() > 1e-6]
    assert len(high) > 5
    for moment in high:
        assert math.degrees(moment.view.elevation) < 60
        assert len(moment.faces) == 2


@KINDS
def test_the_view_tilts_first_and_looks_from_above_again(kind: str) -> None:
    seen, scene = moments(FOLDED[kind])
    tilted = [not moment.view.is_from_above for moment in seen]
    high = [len(m.matrix) == 3 and np.abs(m.matrix[2]).max() > 1e-6 for m in seen]
    assert tilted.index(True) < high.index(True)
    assert scene.plane.view.is_from_above
    assert scene.plane.matrix == pytest.approx(scene.matrix.array, rel=1e-12)
    assert scene.plane.matrix.shape == (2, 2)


@KINDS
def test_the_hinge_is_seen_from_aside_and_not_along(kind: str) -> None:
    """Seen along its hinge, a page that turns would look like a line."""
    path = la.path(FOLDED[kind])
    (part,) = (part for part in path.parts if part.folds)
    seen, _ = moments(FOLDED[kind])
    steepest = min(seen, key=lambda moment: moment.view.elevation)
    mirror = np.asarray(part.mirror, dtype=float)
    along = abs(float(np.append(mirror, 0.0) @ steepest.view.toward))
    assert along < 0.6


@KINDS
def test_each_half_shows_the_color_of_the_face_it_turns_to_us(kind: str) -> None:
    seen, scene = moments(FOLDED[kind])
    theme = scene.theme
    shown = set()
    for moment in seen:
        if not moment.faces:
            continue
        A, B = moment.view.axes[:, : len(moment.matrix)] @ moment.matrix, moment.faces
        front = np.linalg.det(A) > 0
        for facing, color in B:
            assert facing == front
            assert color == (theme.sheet if front else theme.sheet_back)
            shown.add(color)
    assert shown == {theme.sheet, theme.sheet_back}


@KINDS
def test_everything_of_the_fold_is_gone_afterwards(kind: str) -> None:
    _, scene = moments(FOLDED[kind])
    _, plain = moments("2 1; 1 3")
    assert [type(m.figure) for m in scene.plane.members] == [
        type(m.figure) for m in plain.plane.members
    ]
    assert all(is_seen(member.figure) for member in scene.plane.members)
    assert all(line.get_stroke_opacity() > 0.1 for line in scene.plane.grid)


@KINDS
def test_a_fold_passes_the_audit_in_the_middle_too(kind: str) -> None:
    assert audit(Small, matrix=FOLDED[kind]) == []


def test_what_is_folding_has_no_name_and_lands_with_its_new_one() -> None:
    seen, scene = moments("0 1; 1 0")
    high = [m for m in seen if len(m.matrix) == 3 and np.abs(m.matrix[2]).max() > 0.5]
    assert len(high) > 3
    assert not any({"x", "A x"} & set(m.labels) for m in high)
    names = [label for moment in seen for label in moment.labels if label in ("x", "A x")]
    assert names == sorted(names, reverse=True)  # x, then A x
    assert scene.name.text == "A x"


def test_the_angle_runs_from_nothing_to_half_a_turn() -> None:
    seen, _ = moments("0 1; 1 0")
    degrees = [
        int(text.removesuffix("°").removesuffix(" degree"))
        for moment in seen
        for text in moment.labels
        if text.endswith(("°", " degree"))
    ]
    assert degrees[0] == 0
    assert degrees[-1] == 180
    assert degrees == sorted(degrees)
    assert len(set(degrees)) > 8


def test_a_fold_is_undone_by_unfolding() -> None:
    seen, scene = moments(
        "1 2; 3 4", small(lambda scene: scene.rewind(scene.plane, names={scene.name: "x"}))
    )
    assert np.array_equal(scene.plane.matrix, np.eye(2))
    assert scene.plane.trail == []
    assert scene.plane.view.is_from_above
    assert scene.name.text == "x"
    high = [len(m.matrix) == 3 and np.abs(m.matrix[2]).max() > 1e-6 for m in seen]
    starts = [k for k in range(1, len(high)) if high[k] and not high[k - 1]]
    assert len(starts) == 2
    for moment in seen:
        assert np.linalg.svd(moment.matrix, compute_uv=False)[-1] > 0.3


def test_a_grid_that_has_stepped_back_stays_back_after_a_fold() -> None:
    class Quiet(Small):
        def perform(self, world: Any, *args: Any, **kwargs: Any) -> None:
            for line in world.grid:
                line.brightness = 0.3
            super().perform(world, *args, **kwargs)

    _, scene = moments("0 1; 1 0", Quiet)
    assert [line.brightness for line in scene.plane.grid] == pytest.approx([0.3, 0.3])


def test_a_label_s_text_is_not_part_of_the_fold() -> None:
    _, scene = moments("0 1; 1 0")
    assert [m.figure.text for m in scene.plane.members if isinstance(m.figure, Label)] == ["A x"]
