"""The cast: what can stand on a stage stands where the mathematics puts it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small import Small, played, small
from zoo import ZOO

import lamath as la
from scenes.stage import DARK, Arrow, Curve, Dot, Label, Rect

BARE = Small()
vectors = (
    st.tuples(st.integers(-5, 5), st.integers(-5, 5)).filter(any).map(lambda v: f"{v[0]} {v[1]}")
)


def box(mobject: Any) -> Rect:
    points = np.asarray(mobject.points)[:, :2]
    return Rect(*points.min(axis=0), *points.max(axis=0))


def staged(matrix: str, meddle: Callable[[Any], None]) -> Any:
    return played(small(meddle), matrix=matrix)


# --- Arrows -------------------------------------------------------------------------------------


def test_the_basis_is_what_the_columns_come_from() -> None:
    i, j, i_label, j_label = BARE.basis()
    assert (i.vector.tolist(), j.vector.tolist()) == ([1, 0], [0, 1])
    assert (i_label.anchor, j_label.anchor) == (i, j)
    assert i.get_fill_color().to_hex() == DARK.i
    assert j.get_fill_color().to_hex() == DARK.j


def test_columns_stand_where_a_matrix_sends_the_basis() -> None:
    inverse = la.inverse("2 1; 1 3")
    i, j, *_ = BARE.columns_of(inverse, "A^(-1)")
    assert np.column_stack([i.vector, j.vector]) == pytest.approx(inverse.array)


@given(vectors)
def test_a_spray_looks_in_all_directions_and_along_the_one_given(direction: str) -> None:
    along = la.vector(direction).array
    arrows = np.array([arrow.vector for arrow in BARE.spray(along, DARK.input)])
    lengths = np.linalg.norm(arrows, axis=1)
    assert lengths == pytest.approx(lengths[0])
    assert arrows.sum(axis=0) == pytest.approx([0, 0], abs=1e-9)
    assert arrows[0] / lengths[0] == pytest.approx(along / np.linalg.norm(along))
    cosines = arrows @ along / lengths / np.linalg.norm(along)
    assert np.count_nonzero(np.abs(cosines) > 1 - 1e-9) == 2


def test_what_is_out_of_proportion_is_left_to_the_panel() -> None:
    usual, tiny, huge = (BARE.arrow((k, 0), DARK.i) for k in (1, 0.01, 1000))
    assert BARE.in_proportion(usual, tiny) == (usual, tiny)
    assert BARE.in_proportion(huge, usual) == ()
    world = BARE.world(usual, tiny, passes=[])
    assert BARE.large_enough(world, usual) == (usual,)
    assert BARE.large_enough(world, usual, tiny) == ()
    assert not {usual, tiny} & set(world.submobjects)


@given(vectors, st.sampled_from(["1 2; 2 4", "0 1; 0 0", "1 1; -1 -1", "0 0; 0 0", "0 1; 0 2"]))
@settings(suppress_health_check=list(HealthCheck))
def test_inputs_with_the_same_output_are_others_and_land_on_it(vector: str, matrix: str) -> None:
    A, x = la.matrix(matrix).array, la.vector(vector).array
    tips = [arrow.vector for arrow in BARE.with_same_output(vector, la.null_space(matrix))]
    assert len(tips) >= 4
    for tip in tips:
        assert A @ tip == pytest.approx(A @ x, abs=1e-9)
    everyone = np.array([x, *tips])
    apart = np.linalg.norm(everyone[:, None] - everyone[None], axis=2)
    assert apart[~np.eye(len(everyone), dtype=bool)].min() > 0.3


@given(vectors, st.sampled_from(["1 2; 2 4", "0 1; 0 0", "1 1; -1 -1", "0 1; 0 2"]))
@settings(suppress_health_check=list(HealthCheck))
def test_a_coset_lands_on_one_point(vector: str, matrix: str) -> None:
    A, x = la.matrix(matrix).array, la.vector(vector).array
    line = BARE.coset(vector, la.null_space(matrix))
    assert line.dash
    assert line.base @ A.T == pytest.approx(np.tile(A @ x, (len(line.base), 1)), abs=1e-6)


@pytest.mark.parametrize("kind", ["rank 1", "nilpotent", "zero", "kind"])
def test_the_crushed_are_exactly_the_null_vectors(kind: str) -> None:
    A = la.matrix(ZOO[kind])
    lost = la.svd(A).V.columns[1]
    scene = staged(ZOO[kind], lambda scene: None)
    arrows = scene.spray(lost, DARK.input)
    dead = scene.crushed(scene.plane, arrows)
    assert dead == [k for k, arrow in enumerate(arrows) if np.allclose(A.array @ arrow.vector, 0)]
    assert len(dead) == (0, 2, 12)[la.nullity(A)]


# --- Lines, subspaces, fibers -------------------------------------------------------------------


@given(vectors)
@settings(max_examples=15)
def test_a_line_runs_along_its_direction_across_the_whole_stage(direction: str) -> None:
    scene = played(Small)
    line, name = scene.line(scene.plane, la.vector(direction), DARK.column_space, "C(A)")
    along = la.vector(direction).array / np.linalg.norm(la.vector(direction).array)
    offset = np.asarray(line.points) - scene.plane.window.center
    across = offset[:, 0] * along[1] - offset[:, 1] * along[0]
    assert across == pytest.approx(0, abs=1e-9)
    stage = scene.layout.stages[0]
    assert np.linalg.norm(offset, axis=1).max() >= min(stage.width, stage.height) / 2
    assert stage.contains(box(name))
    inside = box(name).inset(0.02)
    samples = np.linspace(offset[0], offset[-1], 2000)[:, :2] + scene.plane.window.center[:2]
    assert not any(
        inside.left < x < inside.right and inside.bottom < y < inside.top for x, y in samples
    )


def test_a_line_stays_when_the_world_moves() -> None:
    scene = played(Small)
    line, _ = scene.line(scene.plane, la.vector("1 2"), DARK.column_space, "C(A)")
    before = np.array(line.points)
    scene.plane.pose(np.array([[0.0, 1.0], [2.0, 0.0]]))
    assert np.array_equal(line.points, before)


@pytest.mark.parametrize(("kind", "shape"), [("zero", Dot), ("rank 1", Curve), ("kind", Dot)])
def test_a_subspace_is_a_point_a_line_or_the_whole_stage(kind: str, shape: type) -> None:
    scene = played(Small, matrix=ZOO[kind])
    mark, name = scene.subspace(scene.plane, la.column_space(ZOO[kind]), DARK.column_space, "C(A)")
    assert isinstance(mark, shape)
    stage = scene.layout.stages[0]
    assert stage.contains(box(name))
    if kind == "zero":
        assert mark.get_center() == pytest.approx(scene.plane.window.center)
        assert mark.width < 0.5
    if kind == "kind":
        assert box(mark).contains(stage)
        assert mark.clip == stage
        assert mark.get_fill_opacity() < 0.3


@given(vectors)
@settings(max_examples=15)
def test_fibers_run_along_the_null_space_and_their_dots_stand_on_them(direction: str) -> None:
    scene = played(Small)
    fibers, feet = scene.fibers(scene.plane, la.vector(direction))
    along = la.vector(direction).array / np.linalg.norm(la.vector(direction).array)
    lines = fibers.base.reshape(-1, 4, 2)
    for line, foot in zip(lines, feet, strict=True):
        step = line[-1] - line[0]
        assert step[0] * along[1] - step[1] * along[0] == pytest.approx(0, abs=1e-9)
        assert line.mean(axis=0) == pytest.approx(foot.point, abs=1e-9)
        assert foot.point @ along == pytest.approx(0, abs=1e-9)


def test_fibers_of_the_null_space_become_points() -> None:
    scene = played(Small, matrix="1 2; 2 4")
    (null,) = la.null_space("1 2; 2 4").vectors
    fibers, _ = scene.fibers(scene.plane, null)
    images = (fibers.base @ np.array([[1.0, 2], [2, 4]]).T).reshape(-1, 4, 2)
    assert np.ptp(images, axis=1) == pytest.approx(0, abs=1e-9)
    assert np.linalg.norm(images[0, 0] - images[-1, 0]) > 1


# --- Motion -------------------------------------------------------------------------------------


def test_a_ghost_stays_where_its_figure_was() -> None:
    scene = played(Small)
    arrow, outline = scene.ghost(scene.plane, scene.x), scene.ghost(scene.plane, scene.square)
    for ghost, figure in ((arrow, scene.x), (outline, scene.square)):
        before = np.array(ghost.points)
        assert before == pytest.approx(np.asarray(figure.points))
        scene.plane.pose(np.eye(2))
        assert np.array_equal(ghost.points, before)
        assert not np.allclose(figure.points, before)
        scene.plane.pose(scene.matrix.array)
    assert arrow.get_fill_opacity() < 1
    assert outline.dash


def test_a_ghost_keeps_its_place_in_the_plane_when_the_view_zooms() -> None:
    scene = played(Small, matrix="1000 0; 0 1000")
    assert scene.plane.window.zooms
    ghost = scene.ghost(scene.plane, scene.x)
    tip = scene.x.vector * 1000
    scene.plane.pose(np.eye(2))
    assert ghost.drawn[1] == pytest.approx(scene.plane.window.place(tip[None])[0])


def test_a_ghost_s_name_stays_pale() -> None:
    scene = played(Small)
    ghost = scene.ghost(scene.plane, scene.name)
    assert 0 < ghost.get_fill_opacity() < 0.5
    for redraw in scene.plane.scenery:
        redraw()
    assert 0 < ghost.get_fill_opacity() < 0.5


def test_new_names_take_the_place_of_old_ones() -> None:
    renamed = []
    scene = staged(
        "2 1; 1 3", lambda scene: renamed.extend(scene.rename(scene.plane, {scene.name: "b"}))
    )
    (fresh,) = renamed
    assert fresh.text == "b"
    assert fresh.anchor is scene.x
    shown = {member for mobject in scene.mobjects for member in mobject.get_family()}
    assert fresh in shown
    assert scene.name not in shown
    assert scene.name not in scene.plane.submobjects
    assert scene.layout.stages[0].contains(box(fresh))


def test_a_turn_shows_its_angle_and_takes_it_away() -> None:
    seen = []

    def turn(scene: Any) -> None:
        scene.at_beat_end = None
        before = scene.time
        scene.motion(scene.plane, la.rotation(0.5), (1, 0))
        seen.append(scene.time - before)
        before = scene.time
        scene.motion(scene.plane, la.rotation(0.0), (1, 0))
        seen.append(scene.time - before)
        seen.append([type(each).__name__ for each in scene.plane.submobjects])

    small(turn).rehearse()
    took, nothing, left = seen
    assert took > 1
    assert nothing == 0
    assert "Sweep" not in left


def test_longer_stories_take_longer() -> None:
    scene = played(Small)
    runs = [
        scene.deform(scene.plane, la.path(ZOO[kind])).run_time
        for kind in ("kind", "first column zero", "turned over")
    ]
    assert runs == sorted(runs)
    assert runs[0] < runs[1]


def test_labels_find_seats_free_of_arrows() -> None:
    def crowd(scene: Any) -> None:
        arrows = [scene.arrow(v, DARK.i) for v in ((1, 0), (0, 1), (1, 1), (-1, 1))]
        labels = [scene.label(arrow, "v") for arrow in arrows]
        scene.plane.join(*arrows, *labels)
        scene.play(scene.reveal(*arrows, *labels))
        scene.crowd = arrows, labels

    scene = staged("2 1; 1 3", crowd)
    arrows, labels = scene.crowd
    for label in labels:
        inside = box(label)
        for arrow in (*arrows, scene.x):
            tail, tip = arrow.drawn
            line = tail + np.linspace(0, 1, 200)[:, None] * (tip - tail)
            assert not any(
                inside.left < x < inside.right and inside.bottom < y < inside.top
                for x, y, _ in line
            )
        for other in (*labels, scene.name):
            assert other is label or not box(label).overlaps(box(other))


def test_a_label_names_an_arrow_in_its_color() -> None:
    arrow = BARE.arrow((1, 2), DARK.sigma_1)
    label = BARE.label(arrow, "v_1")
    assert isinstance(label, Label)
    assert isinstance(arrow, Arrow)
    assert label.get_fill_color().to_hex() == DARK.sigma_1


@pytest.mark.parametrize(
    ("matrix", "said"), [("2 1; 1 3", False), ("1000 0; 0 1000", True), ("0.01 0; 0 0.01", True)]
)
def test_the_unit_is_said_where_it_is_not_one(matrix: str, said: bool) -> None:
    scene = played(Small, matrix=matrix)
    notes = [note.text for note in scene.plane.notes if note.get_fill_opacity() > 0]
    assert notes == [f"one square = {scene.plane.window.step:.10g}"] * said
    assert scene.plane.notes in scene.mobjects
