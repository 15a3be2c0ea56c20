from __future__ import annotations

import math
import pickle
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from matrices import pictured, planar, spatial

import lamath as la

IDENTITY = np.eye(2)
TIMES = [k / 24 for k in range(25)]
ANGLES = st.floats(-2 * math.pi, 2 * math.pi)
NAMES = {"stretch", "turn", "polar", "fold", "flatten", "reflect"}


singular = st.one_of(
    st.builds(
        lambda A, k, over: A @ ([[0, 0], [k, 1]] if over else [[1, k], [0, 0]]),
        st.from_type(la.Matrix),
        st.sampled_from([0, 1, -2, 4]),
        st.booleans(),
    ),
    spatial.filter(lambda A: la.rank(A) < A.shape[1]),
)
"""Matrices that crush something: of the plane, one column a multiple of the other, and of space."""


def with_sign(matrices, wanted):
    """Give those with a determinant, of that sign: a row is turned over where it is not."""
    return matrices.filter(lambda A: A.shape[0] == A.shape[1] == la.rank(A)).map(
        lambda A: A if sign(A) == wanted else np.diag([-1] + [1] * (len(A.array) - 1)) @ A
    )


mirrored = with_sign(spatial, -1).filter(lambda A: condition(A) < 1e6)
"""Matrices of space with det < 0."""


def size(M):
    return np.abs(M).max()


def normalized(M):
    """det of the matrix scaled to 1, so that no scale over- or underflows."""
    return np.linalg.det(M / size(M))


def area(M):
    """How much the volume of the columns is, whatever the number of rows."""
    return math.sqrt(abs(np.linalg.det(M.T @ M)))


def sign(A):
    """Give the sign of det A, 0 unless A is square."""
    if A.shape[0] != A.shape[1] or la.rank(A) < A.shape[0]:
        return 0
    return 1 if np.linalg.det(la.svd(A).U.array) > 0 else -1


def tall(M, rows=3):
    return np.vstack([M, np.zeros((rows - len(M), M.shape[1]))])


def condition(A):
    S = la.svd(A).S.array
    return S[0] / S[-1] if S[-1] else math.inf


@given(pictured)
def test_it_begins_at_the_identity_and_ends_at_A(A):
    path = la.path(A)
    n = A.shape[1]
    assert path(0).tolist() == path.start.tolist() == np.eye(n).tolist()
    assert path(1).tolist() == path.end.tolist() == A.array.tolist()
    assert all(path(t).shape[1] == n for t in TIMES)
    assert all(max(len(path(0)), len(path(1))) <= len(path(t)) <= 3 for t in TIMES[1:-1])


@given(pictured)
def test_parts_meet(A):
    """Missing rows count as rows of zeros."""
    path = la.path(A)
    for t in path.times[1:-1]:
        for near in (t - 1e-9, t + 1e-9):
            assert np.allclose(tall(path(near)), tall(path(t)), rtol=0, atol=1e-6 * size(path(t)))
    for t, end in ((1e-9, np.eye(A.shape[1])), (1 - 1e-9, A.array)):
        scale = max(size(path(t)), size(end)) if end.any() else 1
        assert np.allclose(tall(path(t)), tall(end), rtol=0, atol=1e-6 * scale)


@given(with_sign(pictured, 1))
def test_a_positive_determinant_is_a_power_all_the_way(A):
    assume(condition(A) < 1e4 and 1e-50 < size(A.array) < 1e50)
    path, full = la.path(A), np.linalg.det(A.array)
    assert path.name in ("stretch", "turn", "polar")
    for t in TIMES:
        assert path(t).shape == A.shape
        assert np.linalg.det(path(t)) == pytest.approx(full**t, rel=1e-9)
    assert not path.folds
    assert not path.reflects
    assert path.mirror is None


@given(with_sign(planar, 1))
def test_the_plane_never_collapses_when_det_is_positive(A):
    S = la.svd(A).S.array
    assume(S[0] < 1e10 * S[1])  # else the determinant of floats decides nothing
    assert all(normalized(la.path(A)(t)) > 0 for t in TIMES)


def test_what_keeps_areas_keeps_them_all_the_way():
    """(1 − t)I + tP, with P the positive factor, would swell to 1.03 in between."""
    path = la.path("1 1; 0 1")
    assert [np.linalg.det(path(t)) for t in TIMES] == pytest.approx([1] * 25, rel=1e-14)


@given(spatial.filter(lambda A: A.shape == (3, 2) and condition(A) < 1e4))
def test_the_plane_set_into_space_keeps_two_dimensions(A):
    path = la.path(A)
    assert path.name in ("stretch", "polar")
    for t in TIMES:
        assert area(path(t)) == pytest.approx(area(A.array) ** t, rel=1e-9)


@given(with_sign(planar, -1))
def test_a_fold_never_loses_rank_in_space(A):
    path = la.path(A)
    assert path.folds
    assert not path.reflects
    assert path.parts[-1].name == "fold"
    smallest = la.svd(A).S.array[1]
    for t in TIMES:
        M = path(t)
        assert np.linalg.svd(M, compute_uv=False)[1] >= min(1, smallest) * 0.999 - 1e-15 * size(M)
        inside = path.times[-2] < t < 1
        assert M.shape == ((3, 2) if inside else (2, 2))


@given(mirrored)
def test_a_mirror_image_of_space_passes_through_a_plane(A):
    path = la.path(A)
    names = [part.name for part in path.parts]
    assert names == [name for name in ("turn", "stretch", "reflect") if name in names]
    assert names[-1] == "reflect"
    assert path.reflects
    assert not path.folds
    over = path.parts[-1]
    assert np.linalg.norm(over.mirror) == pytest.approx(1)
    assert over(0.5) @ over.mirror == pytest.approx(0)  # flat for a moment
    across = np.cross(over.mirror, [0.6, 0.0, 0.8])
    assert np.allclose(over(0.3) @ across, across)
    start, full = path.times[-2], abs(np.linalg.det(A.array))
    for t in TIMES:
        volume = np.linalg.det(path(t)) / max(1, full)
        assert volume > 0 or t > (start + 1) / 2 - 1e-9


@given(mirrored)
def test_the_turn_of_a_mirror_image_is_the_smallest(A):
    """Of all rotations that a reflection completes to the orthogonal factor."""
    path, Q = la.path(A), la.polar(A).R.array
    for n in np.random.RandomState(0).randn(20, 3):
        R = (np.eye(3) - 2 * np.outer(n, n) / (n @ n)) @ Q
        assert math.cos(path.angle or 0.0) >= (np.trace(R) - 1) / 2 - 1e-9


@given(singular)
def test_rank_falls_once_and_nothing_ever_grows_back(A):
    path = la.path(A)
    assert path.parts[0].name == "flatten"
    assert "flatten" not in [part.name for part in path.parts[1:]]
    areas = [area(path.parts[0](t)) for t in TIMES]
    assert areas[0] == 1
    assert all(later <= earlier + 1e-14 for earlier, later in pairwise(areas))
    assert areas[-1] < 1e-7
    for t in TIMES:
        S = np.linalg.svd(path(t), compute_uv=False)
        if 0 < t < path.times[1]:
            assert (1e-13 * S[0] < S).all()
        elif t >= path.times[1] and la.rank(A) and condition_of_rank(A) < 1e6:
            assert (1e-12 * S[0] < S).sum() == la.rank(A)


def condition_of_rank(A):
    S = la.svd(A).S.array
    return S[0] / S[la.rank(A) - 1]


@given(singular)
def test_null_arrows_shrink_straight_to_the_origin(A):
    assume(la.rank(A))
    flatten = la.path(A).parts[0]
    for v in la.null_space(A).orthonormal.columns:
        start = v.array
        end = flatten(1) @ start
        assert size(end) < 1e-12
        for t in TIMES:
            seen = tall(flatten(t) @ start[:, None])[:, 0]
            # of a plane in space it may lift off the floor on its way, and comes back
            assert np.allclose(seen[: len(start)], (1 - t) * start, atol=1e-12)


@given(singular)
def test_nothing_swings_where_it_need_not(A):
    """Where N(A) is well off C(A) the first part lands in C(A), and all stays there."""
    r, d = la.rank(A), max(A.shape)
    assume(r and condition_of_rank(A) < 1e6)
    U, _, Vh = la.svd(A)
    out = tall(U.array[:, :r], d)
    meet = tall(Vh.array[:r].T, d).T @ out
    low = np.linalg.svd(meet, compute_uv=False)[-1]
    assume(abs(low - 0.35) > 1e-9)
    path = la.path(A)
    direct = low > 0.35 and np.linalg.det(meet) > 0
    if r == 1:
        assert ("turn" in path.name) != direct
        assert "polar" not in path.name
    for t in TIMES:
        if direct and t >= path.times[1]:
            seen = tall(path(t), d)
            assert np.allclose(out @ (out.T @ seen), seen, rtol=0, atol=1e-9 * size(seen))


@given(pictured)
def test_reversed_is_the_same_backwards(A):
    path = la.path(A)
    back = path.reversed()
    for t in TIMES:
        again = back(1 - t)
        if not any(abs(t - at) < 1e-9 for at in path.times[1:-1]):  # 1 − t may round across
            assert again.shape == path(t).shape
        assert size(tall(again) - tall(path(t))) <= 1e-12 * max(1, size(A.array))
    assert back.is_reversed
    assert not path.is_reversed
    assert back(0).tolist() == A.array.tolist()
    assert back(1).tolist() == np.eye(A.shape[1]).tolist()
    assert back.reversed()(0.3).tolist() == path(0.3).tolist()
    assert [part.name for part in back.parts] == [part.name for part in path.parts][::-1]


@given(pictured)
def test_parts_rebuild(A):
    path = la.path(A)
    first, *rest = path.parts
    whole = first
    for part in rest:
        assert len(part.parts) == 1
        whole = whole.then(part)
    for t in TIMES:
        assert size(tall(whole(t)) - tall(path(t))) <= 1e-12 * max(1, size(A.array))
    assert {part.name for part in path.parts} <= NAMES


@given(pictured)
def test_what_would_not_move_is_left_out(A):
    path = la.path(A)
    for part in path.parts:
        moves = max(size(tall(part(t)) - tall(part.start)) for t in TIMES) > 0
        assert moves or size(tall(A.array) - tall(np.eye(A.shape[1]))) < 1e-11
    if len(path.parts) > 1:
        assert (np.diff(path.times) > 0).all()


@given(pictured)
def test_a_turn_says_how_far_and_about_what(A):
    for part in la.path(A).parts:
        assert (part.angle is not None) == (part.name in ("turn", "polar"))
        assert (part.axis is not None) == (part.angle is not None and max(A.shape) == 3)
        assert (part.mirror is not None) == (part.name in ("fold", "reflect"))
        assert part.folds == (part.name == "fold")
        assert part.reflects == (part.name == "reflect")
        if part.axis is not None:
            assert np.linalg.norm(part.axis) == pytest.approx(1)
            assert 0 < part.angle <= math.pi
        if part.name == "turn":
            n = part.start.shape[0]
            for t in TIMES:
                assert np.allclose(part(t).T @ part(t), np.eye(n), rtol=0, atol=1e-9)
            if part.axis is not None:
                assert np.allclose(part(0.4) @ part.axis, part.axis, atol=1e-9)


@given(ANGLES, ANGLES)
def test_turns_add_up(a, b):
    both = la.rotation(a).then(la.rotation(b))
    assert np.allclose(both.end, la.rotation(a + b).end, atol=1e-14)
    assert np.allclose(both(0.25), la.rotation(a / 2).end, atol=1e-14)


@given(ANGLES, st.floats(0, 1))
def test_a_turn_of_space_about_the_vertical_is_one_of_the_floor(angle, t):
    path = la.rotation(angle, axis=(0, 0, 3))
    assert np.allclose(path(t)[:2, :2], la.rotation(angle)(t), atol=1e-14)
    assert path(t)[2].tolist() == [0, 0, 1]
    assert path.axis.tolist() == [0, 0, 1]
    assert la.rotation(angle, axis=(0, 0, -1)).end == pytest.approx(path.end.T)


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
    turned = la.rotation(math.pi, axis=(*direction, 0))(t)[:, :2]
    assert np.allclose(tall(M), turned, atol=1e-14)


def test_a_fold_lifts_the_left_side_of_its_line():
    lifted = la.fold((2, 0))(0.5)
    assert lifted.round(12).tolist() == [[1, 0], [0, 0], [0, 1]]
    assert la.fold(la.vector("0 1")).end.tolist() == [[-1, 0], [0, 1]]
    assert la.fold(math.pi / 4).end.round(15).tolist() == [[0, 1], [1, 0]]


def test_a_reflection_goes_straight_through_its_plane():
    over = la.reflect((0, 2, 0))
    assert [over(t)[1, 1] for t in (0, 0.25, 0.5, 1)] == [1, 0.5, 0, -1]
    assert over.end.tolist() == np.diag([1, -1, 1]).tolist()
    assert over.mirror.tolist() == [0, 1, 0]


def test_then_shares_time_and_is_associative():
    a, b, c = la.rotation(1), la.power([[2, 0], [0, 1]]), la.fold(0.3)
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


def test_the_plane_is_the_floor_of_space():
    stood_up = la.power(np.diag([2, 1])).then(la.rotation(math.pi / 2, axis=(1, 0, 0)))
    assert stood_up.end.tolist() == [[2, 0], [0, 0], [0, 1]]
    assert [stood_up(t).shape for t in (0, 0.25, 0.75, 1)] == [(2, 2), (2, 2), (3, 2), (3, 2)]
    landed = la.flatten([[1, 0, 1], [0, 1, 1]]).then(la.rotation(math.pi / 2))
    assert landed.end.tolist() == [[0, -1, -1], [1, 0, 1]]
    assert [landed(t).shape for t in (0, 0.25, 0.75, 1)] == [(3, 3), (3, 3), (2, 3), (2, 3)]
    on_the_floor = la.flatten(np.diag([1, 1, 0])).then(la.fold(0))
    assert on_the_floor.end.tolist() == [[1, 0, 0], [0, -1, 0]]
    with pytest.raises(ValueError, match="ends in space"):
        stood_up.then(la.fold(0))


def test_there_and_back():
    path = la.path("2 1; 1 3")
    round_trip = path.then(path.reversed())
    assert round_trip(0.5).tolist() == path.end.tolist()
    assert round_trip(0.25).tolist() == round_trip(0.75).tolist() == path(0.5).tolist()
    assert round_trip.end.tolist() == IDENTITY.tolist()
    for other in (la.rotation(1), la.rotation(1, axis=(1, 0, 0))):
        with pytest.raises(ValueError, match="starts neither"):
            other.then(path.reversed())
    for shape in ("1 0 1; 0 1 1", "1 0; 0 1; 1 1"):
        path = la.path(shape)
        assert path.then(path.reversed()).end.tolist() == path.start.tolist()


def test_quarter_turns_are_free_of_rounding():
    assert la.rotation(math.pi / 2).end.tolist() == [[0, -1], [1, 0]]
    assert la.rotation(math.pi).end.tolist() == [[-1, 0], [0, -1]]
    assert la.rotation(-math.pi / 2).end.tolist() == [[0, 1], [-1, 0]]
    assert la.rotation(math.pi / 2, axis=(1, 0, 0)).end.tolist() == [
        [1, 0, 0],
        [0, 0, -1],
        [0, 1, 0],
    ]
    assert la.rotation(math.pi, axis=(0, 1, 0)).end.tolist() == np.diag([-1, 1, -1]).tolist()


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
        ("1 1; 0 0", ["flatten"]),
        ("3 3; 0 0", ["flatten", "stretch"]),
        ("1 3; 0 0", ["flatten", "stretch", "turn"]),
        ("0 2; 0 0", ["flatten", "stretch", "turn"]),
        ("0 1; 0 0", ["flatten", "turn"]),
        ("1 0; 0 0", ["flatten"]),
        ("-1 0; 0 0", ["flatten", "turn"]),
        ("0 0; 0 0", ["flatten"]),
        ("1 -1 2; 2 1 1; -1 0 1", ["polar"]),
        ("1 0 0; 0 1 0; 0 0 1", ["stretch"]),
        ("0 0 1; 1 0 0; 0 1 0", ["turn"]),
        ("1 0 1; 0 1 1; 1 1 0", ["stretch", "reflect"]),
        ("-1 0 0; 0 -1 0; 0 0 -1", ["turn", "reflect"]),
        ("0 -2 0; 2 0 0; 0 0 -2", ["turn", "stretch", "reflect"]),
        ("1 0 1; 0 1 1; 1 1 2", ["flatten", "stretch"]),
        ("1 2 3; 2 4 6; 3 6 9", ["flatten", "stretch"]),
        ("1 0 0; 0 1 0; 1 1 0", ["flatten"]),
        ("0 -1 0; 1 0 0; 0 0 0", ["flatten", "turn"]),
        ("0 -2 0; 1 0 0; 0 0 0", ["flatten", "polar"]),
        ("0 0 0; 1 0 0; 0 1 0", ["flatten", "turn"]),
        ("-1 0 0; 0 0 0; 0 0 0", ["flatten", "turn"]),
        ("0 0 0; 0 0 0; 0 0 0", ["flatten"]),
        ("1 0 1; 0 1 1", ["flatten"]),
        ("1 2 3; 2 4 6", ["flatten", "stretch"]),
        ("0 0 0; 0 0 0", ["flatten"]),
        ("1 0; 0 1; 1 1", ["polar"]),
        ("1 0; 0 1; 0 0", ["stretch"]),
        ("0 0; 1 0; 0 1", ["polar"]),
        ("1 2; 2 4; 3 6", ["flatten", "stretch"]),
        ("0 0; 0 0; 1 1", ["flatten", "stretch", "turn"]),
    ],
)
def test_the_prescribed_motion(matrix, names):
    path = la.path(matrix)
    assert [part.name for part in path.parts] == names
    assert path.name == " then ".join(names)
    assert repr(path) == f"<LinearPath: {path.name}>"
    assert repr(path.reversed()).endswith("reversed>")


def test_it_lands_straight_on_the_column_space():
    """[[1, 2], [2, 4]] is 5 times the projection along (−2, 1) onto (1, 2)."""
    onto, along = la.path("1 2; 2 4").parts
    assert onto.end * 5 == pytest.approx(np.array([[1, 2], [2, 4]]))
    assert along(0.5) @ [1, 2] == pytest.approx(math.sqrt(5) * np.array([1, 2]))
    oblique = la.path("1 1; 0 0")(0.5)  # along (−1, 1), not along (0, 1)
    assert oblique == pytest.approx(np.array([[1, 0.5], [0, 0.5]]))


@pytest.mark.parametrize(
    ("matrix", "angle"),
    [("-1 0; 0 0", 180), ("0 1; 0 0", -90), ("1 3; 0 0", -71.565), ("-2 1; 0 0", -153.435)],
)
def test_what_has_to_swing_takes_the_smaller_angle(matrix, angle):
    path = la.path(matrix)
    assert math.degrees(path.angle) == pytest.approx(angle, abs=1e-3)
    flat = path.parts[0].end
    assert flat == pytest.approx(flat.T)  # straight across, onto the row space


def test_the_identity_has_a_path_that_stays():
    for n in (2, 3):
        path = la.path(np.eye(n, dtype=int))
        assert all(path(t).tolist() == np.eye(n).tolist() for t in TIMES)


def test_a_stretch_runs_straight_to_zero_where_it_must():
    path = la.power([[4, 0], [0, 0]])
    assert path(0.5).tolist() == [[2, 0], [0, 0.5]]
    assert path.end.tolist() == [[4, 0], [0, 0]]
    crushing = la.power([[1, 1], [1, 1]])
    assert crushing(0.5) @ [1, -1] == pytest.approx([0.5, -0.5])
    assert crushing(0.5) @ [1, 1] == pytest.approx(math.sqrt(2) * np.ones(2))


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
    for broken in ("1 2", "1; 2", "1 2 3 4; 5 6 7 8", np.eye(4, dtype=int)):
        with pytest.raises(la.ShapeError, match="two or three"):
            la.path(broken)
    with pytest.raises(la.ShapeError, match="square"):
        la.power([[1, 2, 3], [4, 5, 6]])
    with pytest.raises(la.ShapeError, match="rows of entries"):
        la.flatten([1, 0])
    with pytest.raises(la.ShapeError, match="2 columns"):
        la.rotation(1).ending(np.eye(3))
    for asked, why in (
        (lambda: la.fold((0, 0)), "direction"),
        (lambda: la.fold((1, 0, 0)), "2 numbers"),
        (lambda: la.rotation(1, axis=(0, 0, 0)), "direction"),
        (lambda: la.rotation(1, axis=(0, 1)), "3 numbers"),
        (lambda: la.reflect((1, 0)), "3 numbers"),
        (lambda: la.power([[1, 1], [0, 1]]), "symmetric"),
        (lambda: la.power([[1, 2], [2, 1]]), "negative"),
        (lambda: la.flatten([[2, 0], [0, 0]]), "projection"),
    ):
        with pytest.raises(ValueError, match=why):
            asked()


def test_a_shear_may_go_straight():
    path = la.path("3 4; -1 -1", slides=True)
    assert path.name == "shear"
    for t in (0, 0.3, 1):
        assert np.linalg.det(path(t)) == pytest.approx(1)
        assert path(t) @ (2, -1) == pytest.approx((2, -1))
    assert la.path("2 1; 1 3", slides=True).name == "stretch"
    assert la.path("1 0; 0 1", slides=True).name == "stretch"
