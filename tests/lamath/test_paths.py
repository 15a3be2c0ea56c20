from __future__ import annotations

import math
import pickle
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import lamath as la

IDENTITY = np.eye(2)
TIMES = [k / 24 for k in range(25)]
ANGLES = st.floats(-2 * math.pi, 2 * math.pi)


singular = st.builds(
    lambda A, k, over: A @ ([[0, 0], [k, 1]] if over else [[1, k], [0, 0]]),
    st.from_type(la.Matrix),
    st.sampled_from([0, 1, -2, 4]),
    st.booleans(),
)
"""Matrices with one column a multiple of the other: they flatten the plane."""


def size(M):
    return np.abs(M).max()


def sign(A):
    return 0 if la.rank(A) < 2 else (1 if la.polar(A).mirror is None else -1)


def normalized(M):
    """det of the matrix scaled to 1, so that no scale over- or underflows."""
    return np.linalg.det(M / size(M))


@given(A=...)
def test_it_begins_at_the_identity_and_ends_at_A(A: la.Matrix):
    path = la.path(A)
    assert path(0).tolist() == IDENTITY.tolist()
    assert path(1).tolist() == A.array.tolist()
    assert path(0).shape == path(1).shape == (2, 2)
    assert path.start.tolist() == IDENTITY.tolist()
    assert path.end.tolist() == A.array.tolist()


@given(A=...)
def test_the_plane_never_collapses_when_det_is_positive(A: la.Matrix):
    assume(sign(A) > 0)
    S = la.svd(A).S.array
    assume(S[0] < 1e10 * S[1])  # else the determinant of floats decides nothing
    path = la.path(A)
    for t in TIMES:
        assert path(t).shape == (2, 2)
        assert normalized(path(t)) > 0
    assert not path.folds
    assert path.mirror is None


@given(A=...)
def test_a_fold_never_loses_rank_in_space(A: la.Matrix):
    assume(sign(A) < 0)
    path = la.path(A)
    assert path.folds
    assert path.parts[-1].name == "fold"
    smallest = la.svd(A).S.array[1]
    for t in TIMES:
        M = path(t)
        assert np.linalg.svd(M, compute_uv=False)[1] >= min(1, smallest) * 0.999 - 1e-15 * size(M)
        inside = path.times[-2] < t < 1
        assert M.shape == ((3, 2) if inside else (2, 2))


@given(singular)
def test_flattening_only_ever_loses_area(A: la.Matrix):
    path = la.path(A)
    assert path.parts[0].name == "flatten"
    areas = [abs(np.linalg.det(path.parts[0](t))) for t in TIMES]
    assert areas[0] == 1
    assert all(later <= earlier for earlier, later in pairwise(areas))
    assert areas[-1] < 1e-15
    for t in TIMES:
        if t >= path.times[1] and la.rank(A):
            assert abs(normalized(path(t))) < 1e-14


@given(singular)
def test_null_arrows_shrink_straight_to_the_origin(A: la.Matrix):
    assume(la.rank(A) == 1)
    crushed = la.null_space(A).vectors[0].array
    crushed = crushed / np.linalg.norm(crushed)
    flatten = la.path(A).parts[0]
    for t in TIMES:
        assert np.allclose(flatten(t) @ crushed, (1 - t) * crushed, atol=1e-13)


@given(A=...)
def test_reversed_is_the_same_backwards(A: la.Matrix):
    path = la.path(A)
    back = path.reversed()
    for t in TIMES:
        again = back(1 - t)
        assert again.shape == path(t).shape
        assert np.abs(again - path(t)).max() <= 1e-12 * max(1, size(A.array))
    assert back.is_reversed
    assert not path.is_reversed
    assert back(0).tolist() == A.array.tolist()
    assert back(1).tolist() == IDENTITY.tolist()
    assert back.reversed()(0.3).tolist() == path(0.3).tolist()
    assert [part.name for part in back.parts] == [part.name for part in path.parts][::-1]


@given(A=...)
def test_parts_rebuild(A: la.Matrix):
    path = la.path(A)
    first, *rest = path.parts
    whole = first
    for part in rest:
        assert len(part.parts) == 1
        whole = whole.then(part)
    for t in TIMES:
        assert np.abs(whole(t) - path(t)).max() <= 1e-12 * max(1, size(A.array))
    assert {part.name for part in path.parts} <= {"stretch", "turn", "polar", "fold", "flatten"}


@given(A=...)
def test_a_rotation_stage_keeps_lengths(A: la.Matrix):
    into, stretch, out = la.svd(A).stages()
    for stage in (into, out):
        for t in TIMES:
            assert np.allclose(stage.path(t).T @ stage.path(t), IDENTITY, rtol=0, atol=1e-14)
        assert stage.path.angle == stage.angle
    for t in TIMES:  # the axes of the stretch stay axes
        assert abs(stretch.path(t)[0, 1]) == abs(stretch.path(t)[1, 0]) == 0


@given(ANGLES, ANGLES)
def test_turns_add_up(a, b):
    both = la.rotation(a).then(la.rotation(b))
    assert np.allclose(both.end, la.rotation(a + b).end, atol=1e-14)
    assert np.allclose(both(0.25), la.rotation(a / 2).end, atol=1e-14)


@given(ANGLES, st.floats(0, 1))
def test_a_fold_is_a_turn_in_space(mirror, t):
    fold = la.fold(mirror)
    M = fold(t)
    assert np.allclose(M.T @ M, IDENTITY, atol=1e-14)
    direction = [math.cos(mirror), math.sin(mirror)]
    assert np.allclose(fold.mirror, direction)
    assert np.allclose(M[:2] @ direction, direction)
    assert np.allclose(fold.end @ fold.end, IDENTITY)
    assert np.linalg.det(fold.end) == pytest.approx(-1)


def test_a_fold_lifts_the_left_side_of_its_line():
    lifted = la.fold((2, 0))(0.5)
    assert lifted.round(12).tolist() == [[1, 0], [0, 0], [0, 1]]
    assert la.fold(la.vector("0 1")).end.tolist() == [[-1, 0], [0, 1]]
    assert la.fold(math.pi / 4).end.round(15).tolist() == [[0, 1], [1, 0]]


def test_then_shares_time_and_is_associative():
    a, b, c = la.rotation(1), la.straight([[2, 0], [0, 1]]), la.fold(0.3)
    for whole in (a.then(b).then(c), a.then(b.then(c))):
        assert whole.times == pytest.approx((0, 1 / 3, 2 / 3, 1))
        assert [part.name for part in whole.parts] == ["turn", "stretch", "fold"]
        assert np.allclose(whole(1 / 3), a.end)
        assert np.allclose(whole(2 / 3), b.end @ a.end)
        assert np.allclose(whole.end, c.end @ b.end @ a.end)
        assert whole(0.9).shape == (3, 2)
        assert whole(2 / 3).shape == (2, 2)
    weighted = a.then(b.then(c), weights=(2, 3))
    assert weighted.times == pytest.approx((0, 0.4, 0.7, 1))
    with pytest.raises(ValueError, match="positive"):
        a.then(b, weights=(1, 0))


def test_there_and_back():
    path = la.path("2 1; 1 3")
    round_trip = path.then(path.reversed())
    assert round_trip(0.5).tolist() == path.end.tolist()
    assert round_trip(0.25).tolist() == round_trip(0.75).tolist() == path(0.5).tolist()
    assert round_trip.end.tolist() == IDENTITY.tolist()
    with pytest.raises(ValueError, match="starts neither"):
        la.rotation(1).then(path.reversed())


def test_quarter_turns_are_free_of_rounding():
    assert la.rotation(math.pi / 2).end.tolist() == [[0, -1], [1, 0]]
    assert la.rotation(math.pi).end.tolist() == [[-1, 0], [0, -1]]
    assert la.rotation(-math.pi / 2).end.tolist() == [[0, 1], [-1, 0]]


def test_a_reported_collapse_does_not_happen():
    """Turning by 135° with averaged entries brings the determinant down to 0.04."""
    path = la.path(la.matrix(la.rotation(math.radians(135)).end))
    assert all(np.linalg.det(path(t)) == pytest.approx(1) for t in TIMES)


@pytest.mark.parametrize(
    ("matrix", "names"),
    [
        ("2 1; 1 3", ["stretch"]),
        ("1 0; 0 1", ["stretch"]),
        ("3 0; 4 5", ["polar"]),
        ("0 -1; 1 0", ["turn"]),
        ("0 1; 1 0", ["fold"]),
        ("1 2; 3 4", ["stretch", "fold"]),
        ("1 2; 2 4", ["flatten", "stretch"]),
        ("0 2; 0 0", ["flatten", "stretch", "turn"]),
        ("0 1; 0 0", ["flatten", "turn"]),
        ("1 0; 0 0", ["flatten"]),
        ("-1 0; 0 0", ["flatten", "turn"]),
        ("0 0; 0 0", ["flatten"]),
    ],
)
def test_the_prescribed_motion(matrix, names):
    path = la.path(matrix)
    assert [part.name for part in path.parts] == names
    assert path.name == " then ".join(names)
    assert repr(path) == f"<LinearPath: {path.name}>"
    assert repr(path.reversed()).endswith("reversed>")
    for part in path.parts:
        assert (part.mirror is not None) == (part.name == "fold") == part.folds
        assert (part.angle is not None) == (part.name in ("turn", "polar"))


def test_it_is_a_value():
    path = la.path("1 2; 3 4")
    again = pickle.loads(pickle.dumps(path))  # noqa: S301
    assert again(0.8).tolist() == path(0.8).tolist()
    with pytest.raises(AttributeError):
        path.times = (0, 1)
    with pytest.raises(ValueError, match="read-only"):
        path.end[0, 0] = 1
    path(0)[0, 0] = 7  # what a call gives is the caller's own
    assert path(0)[0, 0] == 1
    assert path(-0.1).tolist() == path(0).tolist()
    assert path(1.1).tolist() == path(1).tolist()


def test_what_has_no_path():
    for broken in (lambda: la.path("1 2 3; 4 5 6"), lambda: la.straight(np.eye(3))):
        with pytest.raises(la.ShapeError, match="2×2"):
            broken()
    with pytest.raises(ValueError, match="direction"):
        la.fold((0, 0))


def test_a_polar_path_by_hand():
    path = la.polar_path(math.pi / 2, [[2, 0], [0, 1]])
    assert path.end.tolist() == [[0, -1], [2, 0]]
    assert path(0.5) == pytest.approx(la.rotation(math.pi / 4).end @ np.diag([1.5, 1]))
