from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from matrices import fractions, grids, pictured, spatial
from matrices import whole as small

import lamath as la
from lamath import _decompositions, notation
from lamath._numbers.surd import Surd, TooLongError

IDENTITY = np.eye(2)
TIMES = [k / 24 for k in range(25)]


def near(found, expected, size=None):
    size = np.abs(expected).max() if size is None else size
    return np.abs(np.asarray(found) - expected).max() <= 1e-12 * size


def is_rotation(Q):
    return near(Q.T @ Q, np.eye(len(Q)), 1) and np.linalg.det(Q) > 0


def exact_sign(A):
    if la.rank(A) < 2:
        return 0
    (a, b), (c, d) = ([sympy.Rational(x) for x in row] for row in A.array.tolist())
    value = A.exact.det() if A.is_exact else a * d - b * c
    return 1 if value > 0 else -1


@given(A=...)
def test_svd_rebuilds(A: la.Matrix):
    U, S, Vh = la.svd(A)
    assert near(U.array @ np.diag(S.array) @ Vh.array, A.array)
    assert S.array[0] >= S.array[1] >= 0
    assert (S.array[1] == 0) == (la.rank(A) < 2)
    assert la.svd(A).V == Vh.T
    if U.is_exact and S.is_exact and Vh.is_exact and A.is_exact:
        assert U @ [[S[0], 0], [0, S[1]]] @ Vh == A


@given(A=...)
def test_both_are_rotations_wherever_they_can_be(A: la.Matrix):
    U, _, Vh = la.svd(A)
    assert is_rotation(Vh.array)
    assert near(U.array.T @ U.array, IDENTITY, 1)
    assert is_rotation(U.array) == (exact_sign(A) >= 0)


@given(A=...)
def test_sigma_has_all_its_figures(A: la.Matrix):
    S = la.svd(A).S.array
    assert np.allclose(S, np.linalg.svd(A.array, compute_uv=False), rtol=0, atol=1e-14 * S[0])
    if la.rank(A) == 2:
        det = A.exact.det() if A.is_exact else sympy.Matrix(A.array).applyfunc(sympy.Rational).det()
        product = sympy.Rational(S[0]) * sympy.Rational(S[1])
        assert abs(float(product / abs(sympy.N(det, 40))) - 1) < 1e-14


@given(st.one_of(grids(small), grids(fractions)).map(la.matrix))
def test_every_rational_matrix_of_the_plane_has_exact_singular_values(A):
    first, second = la.svd(A).S
    assert la.svd(A).S.is_exact
    assert sympy.expand(first * second) == abs(A.exact.det())
    assert sympy.expand(first**2 + second**2) == (A.exact.T @ A.exact).trace()
    assert first >= second >= 0
    read = la.vector(str(la.svd(A).S))  # what is written is the same number
    assert read == la.svd(A).S
    assert la.spectral_norm(A) == first
    assert sympy.expand(la.nuclear_norm(A) - first - second) == 0
    if second:
        (first,), (second,) = la.svd(A).S.exact_rows
        assert Surd.from_sympy(la.condition_number(A)) * second == first


@pytest.mark.parametrize(
    ("A", "said"),
    [
        ("3 0; 4 5", "(3√5, √5)"),
        ("2 1; 1 3", "((5 + √5)/2, (5 − √5)/2)"),
        ("1 2; 3 4", "((√34 + √26)/2, (√34 − √26)/2)"),
        ("5 1; 1 -3", "(1 + √17, √17 − 1)"),
        ("4 1; 1 0", "(2 + √5, √5 − 2)"),
        ("3 2; 1 4", "((5√2 + √10)/2, (5√2 − √10)/2)"),
        ("5 4; 4 -3", "(1 + 4√2, 4√2 − 1)"),
        ("3 2; 4 -3", "(1 + 3√2, 3√2 − 1)"),
        ("1 2; 2 4", "(5, 0)"),
        ("1/2 1; 0 1/3", "((√61 + √37)/12, (√61 − √37)/12)"),
    ],
)
def test_singular_values_are_sums_of_two_roots(A, said):
    assert notation.plain(la.svd(A).S) == said
    assert notation.is_simple(la.svd(A).S)


def test_a_condition_number_of_1e12():
    turn, other = la.rotation(0.7).end, la.rotation(-1.9).end
    A = turn @ np.diag([1.0, 1e-12]) @ other
    S = la.svd(A).S.array
    assert S[0] / S[1] == pytest.approx(1e12, rel=1e-3)  # A itself is rounded
    assert la.svd("1e6 0; 1 1e-6").S.array.prod() == pytest.approx(1, rel=1e-15)


@given(A=...)
def test_it_takes_the_smaller_turn(A: la.Matrix):
    assume(la.svd(A).Vh != la.matrix("1 0; 0 1"))  # equal σ: V = I is settled
    turns = [
        abs(stage.angle) for stage in la.svd(A).stages() if not stage.folds and stage.factors == ()
    ]
    assert len(turns) == (2 if exact_sign(A) >= 0 else 1)
    assert sum(turns) <= sum(math.pi - turn for turn in turns) + 1e-8


@given(spatial)
def test_in_space_too_it_takes_the_smallest_turns(A):
    """Whatever signs the columns of U and V may have instead."""
    U, _, Vh = (part.array for part in la.svd(A))
    r = la.rank(A)

    def turned(Q):
        if np.linalg.det(Q) < 0:
            Q = -Q  # turns by π minus what Q turns
            return math.pi - turned(Q)
        if len(Q) == 2:
            return abs(math.atan2(Q[1, 0], Q[0, 0]))
        return math.acos(max(-1.0, min(1.0, (np.trace(Q) - 1) / 2)))

    least = turned(U) + turned(Vh)
    for signs in product((1, -1), repeat=len(U) + len(Vh)):
        out, into = np.array(signs[: len(U)]), np.array(signs[len(U) :])
        if (out[:r] != into[:r]).any() or np.linalg.det(Vh * into[:, None]) < 0:
            continue
        if np.linalg.det(U * out) * np.linalg.det(U) < 0:
            continue
        assert least <= turned(U * out) + turned(Vh * into[:, None]) + 1e-6


@given(st.floats(-math.pi, math.pi), st.floats(0.1, 10), st.booleans())
def test_equal_values_leave_V_alone(angle, size, over):
    Q = size * la.rotation(angle).end @ np.diag([1, -1 if over else 1])
    U, S, Vh = la.svd(Q)
    assert Vh.array.tolist() == IDENTITY.tolist()
    assert near(U.array, Q / size, 1)
    assert S.array[0] == S.array[1]


def test_zero_is_three_times_nothing():
    U, S, Vh = la.svd("0 0; 0 0")
    assert U == Vh == la.matrix("1 0; 0 1")
    assert la.vector("0 0") == S
    assert la.svd(np.zeros((2, 2))).S.array.tolist() == [0, 0]
    assert la.polar("0 0; 0 0").R == U
    assert la.matrix("0 0; 0 0") == la.polar("0 0; 0 0").P


@given(pictured)
def test_stages_rebuild(A):
    stages = la.svd(A).stages()
    n = A.shape[1]
    assert [stage.name for stage in stages] == ["rotate_in", "stretch", "rotate_out"]
    assert [stage.symbol for stage in stages] == ["Vh", "Sigma", "U"]
    product = np.eye(n)
    for stage in stages:
        product = stage.matrix.array @ product
        assert stage.path(1).tolist() == stage.matrix.array.tolist()
        assert stage.path(0).tolist() == np.eye(stage.matrix.shape[1]).tolist()
    assert near(product, A.array, max(np.abs(A.array).max(), 1e-300))
    assert stages[1].matrix == la.svd(A).Sigma
    into, stretch, out = stages
    assert is_rotation(into.matrix.array)
    assert stretch.angle is None
    assert into.factors == out.factors == ()
    assert np.allclose([float(x) for x in stretch.factors], la.svd(A).S.array, rtol=0)
    assert into.path.name == "turn"
    for stage in (into, out):
        assert stage.path.angle == stage.angle
        assert stage.axis is stage.path.axis
        assert (stage.axis is not None) == (
            stage.angle is not None and len(stage.matrix.array) == 3
        )


@given(pictured)
def test_sigma_only_ever_stretches_the_axes(A):
    stretch = la.svd(A).stages()[1]
    S, n = la.svd(A).S.array, A.shape[1]
    assert not stretch.folds
    assert not stretch.reflects
    assert stretch.mirror is None
    for t in TIMES:
        M = stretch.path(t)
        assert (
            np.diag(np.diag(M)) == M if len(M) == n else (M.T @ M)[~np.eye(n, dtype=bool)] == 0
        ).all()
        assert (np.diag(M) >= 0).all()
        if la.rank(A) == n:  # by the same power along each axis
            assert np.allclose(np.diag(M)[:n], S**t, rtol=1e-12, atol=0)
    assert (np.diag(stretch.matrix.array) == S).all()


@given(pictured)
def test_a_turn_stage_keeps_lengths(A):
    into, _, out = la.svd(A).stages()
    for stage in (into, out):
        for t in TIMES:
            M = stage.path(t)
            if stage.reflects and t > stage.path.times[-2]:
                continue  # it passes through a plane
            assert np.allclose(M.T @ M, np.eye(M.shape[1]), rtol=0, atol=1e-9)


@given(pictured)
def test_a_mirror_image_is_in_U_and_nowhere_else(A):
    into, stretch, out = la.svd(A).stages()
    over = (
        A.shape[0] == A.shape[1]
        and la.rank(A) == A.shape[0]
        and np.linalg.det(out.matrix.array) < 0
    )
    if A.shape == (2, 2):
        assert over == (exact_sign(A) < 0)
    assert (into.mirror, stretch.mirror) == (None, None)
    assert (out.mirror is not None) == over
    assert out.folds == (over and A.shape == (2, 2))
    assert out.reflects == (over and A.shape == (3, 3))
    if out.folds:
        assert out.path.name == "fold"  # once, and no turn beside it
        assert out.angle is None
        assert near(la.fold(out.mirror).end, out.matrix.array, 1)
    elif out.reflects:
        assert out.path.name in ("turn then reflect", "reflect")
        assert (out.angle is None) == (out.path.name == "reflect")
    elif len(out.matrix.array) == 2:
        assert near(la.rotation(out.angle).end, out.matrix.array, 1)
    else:
        assert near(la.rotation(out.angle, out.axis).end, out.matrix.array, 1)


@pytest.mark.parametrize(
    ("A", "said"),
    [
        ("3 0; 4 5", ["turn -45.0", "stretch", "turn 71.6"]),
        ("1 2; 3 4", ["turn -54.8", "stretch", "fold"]),
        ("1 2; 2 4", ["turn -63.4", "flatten then stretch", "turn 63.4"]),
        ("0 0; 0 0", ["turn 0.0", "flatten", "turn 0.0"]),
        ("1 -1 2; 2 1 1; -1 0 1", ["turn 69.7", "stretch", "turn 56.6"]),
        ("1 0 1; 0 1 1; 1 1 0", ["turn 56.6", "stretch", "turn then reflect 42.8"]),
        ("1 0 1; 0 1 1", ["turn 69.7", "flatten then stretch", "turn 45.0"]),
        ("1 0; 0 1; 1 1", ["turn -45.0", "stretch", "turn 69.7"]),
        ("0 1 0; 1 0 0; 0 0 1", ["turn 0.0", "stretch", "reflect"]),
    ],
)
def test_stages_by_hand(A, said):
    found = []
    for stage in la.svd(A).stages():
        angle = "" if stage.angle is None else f" {math.degrees(stage.angle):.1f}"
        found.append(stage.path.name + angle)
    assert found == said


def test_a_stage_may_leave_or_enter_space():
    _, stretch, _ = la.svd("1 0 1; 0 1 1").stages()
    assert [stretch.path(t).shape for t in (0, 0.2, 0.5, 0.7, 1)] == [
        (3, 3),
        (3, 3),
        (2, 3),
        (2, 3),
        (2, 3),
    ]
    assert str(stretch.matrix) == "sqrt(3) 0 0; 0 1 0"
    _, stretch, out = la.svd("1 0; 0 1; 1 1").stages()
    assert [stretch.path(t).shape for t in (0, 0.5, 1)] == [(2, 2), (2, 2), (3, 2)]
    assert out.path(0.5).shape == (3, 3)


@given(A=...)
def test_polar_rebuilds(A: la.Matrix):
    polar = la.polar(A)
    R, P = polar
    assert near(R.array @ P.array, A.array)
    assert near(R.array.T @ R.array, IDENTITY, 1)
    assert P.array[0, 1] == P.array[1, 0]
    assert np.linalg.eigvalsh(P.array).min() >= -1e-14 * np.abs(P.array).max()
    if R.is_exact and P.is_exact:
        assert R @ P == A
    if exact_sign(A) < 0:
        assert polar.angle is None
        assert near(la.fold(polar.mirror).end, R.array, 1)
    else:
        assert polar.mirror is None
        assert near(la.rotation(polar.angle).end, R.array, 1)


def test_half_a_turn_is_positive():
    assert la.polar("-2 0; 0 -1").angle == math.pi
    assert la.path("-1 0; 0 -1").angle == math.pi
    assert la.path("-1 0; 0 -1")(0.5).round(12).tolist() == [[0, -1], [1, 0]]


SHAPES = hnp.array_shapes(min_dims=2, max_dims=2, max_side=5)


@given(hnp.arrays(float, SHAPES, elements=st.integers(-3, 3).map(float)), st.booleans())
def test_svd_of_any_shape(array, exact):
    A = la.matrix(array.astype(int) if exact else array)
    m, n = A.shape
    U, S, Vh = la.svd(A)
    Sigma = np.zeros((m, n))
    np.fill_diagonal(Sigma, S.array)
    assert near(U.array @ Sigma @ Vh.array, array, max(1, np.abs(array).max()))
    assert (np.diff(S.array) <= 0).all()
    assert (S.array > 0).sum() == la.rank(A)
    assert np.linalg.det(Vh.array) == pytest.approx(1)
    free = m != n or la.rank(A) < n
    positive = free or np.linalg.det(array) > 0
    assert np.linalg.det(U.array) == pytest.approx(1 if positive else -1)
    if m == n:
        R, P = la.polar(A)
        assert near(R.array @ P.array, array, max(1, np.abs(array).max()))
        assert np.linalg.det(R.array) == pytest.approx(1 if positive else -1)


def test_what_has_no_stages():
    for other in ("1 2", "1; 2", "1 2 3 4; 5 6 7 8", [[1] * 4] * 4):
        with pytest.raises(la.ShapeError, match="two or three"):
            la.svd(other).stages()
    assert la.polar(np.eye(3)).angle is None
    assert la.polar(np.eye(3)).mirror is None


def test_what_outgrows_exactness_is_measured():
    A = la.matrix("√2+√3+√5+√7 √11+√13+√17+√19; √23+√29+√31+√37 √41+√43+√47+√53")
    U, S, Vh = la.svd(A)
    assert near(U.array @ np.diag(S.array) @ Vh.array, A.array)
    assert not S.is_exact
    assert near(la.path(A)(1), A.array)
    assert not la.svd("1 √2; 0 √3").Vh.is_exact


@pytest.mark.parametrize("scale", ["1e-299", "1e-150", "1e150", "1e299"])
def test_any_scale(scale):
    A = la.matrix(f"{scale} 2*{scale}; 3*{scale} 4*{scale}")
    for B in (A, la.matrix(A.array)):
        U, S, Vh = la.svd(B)
        assert near(U.array @ np.diag(S.array) @ Vh.array, A.array)
        assert near(la.path(B)(1), A.array)
        assert la.rank(B) == 2


whole = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: hnp.arrays(int, shape, elements=st.integers(-2, 2))
)


@given(whole)
def test_what_is_exact_rebuilds_exactly(array):
    A = la.matrix(array)
    U, S, Vh = la.svd(A)
    truth = sympy.Matrix(array.T @ array if array.shape[0] >= array.shape[1] else array @ array.T)
    if S.is_exact:
        squares = sorted((x**2 for x in S), reverse=True)
        expected = [v for v, k in truth.eigenvals().items() for _ in range(k)]
        assert [float(x) for x in squares] == pytest.approx(
            sorted(map(float, expected), reverse=True)
        )
    if U.is_exact and Vh.is_exact:
        Sigma = [[S[i] if i == j else 0 for j in range(A.shape[1])] for i in range(A.shape[0])]
        assert U @ Sigma @ Vh == A
        assert la.matrix(np.eye(A.shape[0], dtype=int)) == U.T @ U
        assert Vh @ Vh.T == la.matrix(np.eye(A.shape[1], dtype=int))
        if A.shape[0] == A.shape[1]:
            R, P = la.polar(A)
            assert R @ P == A
            assert P == P.T
    assert np.allclose(la.svd(array.astype(float)).S.array, S.array, atol=1e-12)


@pytest.mark.parametrize(
    ("A", "values"),
    [
        ("1 2 3; 2 4 6; 3 6 9", "14 0 0"),
        ("1 0 1; 0 1 1; 1 1 2", "3 1 0"),
        ("1 0 1; 0 1 1; 1 1 0", "2 1 1"),
        ("1 1 0; 0 1 1", "√3 1"),
        ("3 4", "5"),
        ("3; 4", "5"),
        ("2 -1 0; -1 2 -1; 0 -1 2", "2+√2 2 2-√2"),
        ("0 0 0; 0 0 0", "0 0"),
        ("1e200 0 0; 0 2e200 0; 0 0 2e200", "2e200 2e200 1e200"),
        ("1e-200 0 0; 0 2e-200 0; 0 0 2e-200", "2e-200 2e-200 1e-200"),
    ],
)
def test_larger_singular_values_by_hand(A, values):
    U, S, Vh = la.svd(A)
    assert la.vector(values) == S
    assert U.is_exact
    assert Vh.is_exact


def test_a_symmetric_semidefinite_matrix_only_stretches():
    C = la.matrix("1 2 3; 2 4 6; 3 6 9")
    R, P = la.polar(C)
    assert la.matrix("1 0 0; 0 1 0; 0 0 1") == R
    assert P == C


def test_exact_values_between_measured_vectors():
    assert not la.svd("1 1+√2 0; 0 0 0; 0 0 0").S.is_exact  # σ² = 4 + 2√2 has no short root
    found = la.svd("2 1 0; 1 3 0; 0 0 1")
    assert found.S.is_exact
    assert not found.U.is_exact
    assert np.allclose(
        found.U.array @ np.diag(found.S.array) @ found.Vh.array,
        la.matrix("2 1 0; 1 3 0; 0 0 1").array,
    )


def test_what_is_too_long_for_an_exact_svd_is_measured(monkeypatch):
    class Long:
        def __truediv__(self, _):
            raise TooLongError

    monkeypatch.setattr(_decompositions, "ONE", Long())
    assert not la.svd("1 0 1; 0 1 1; 1 1 2").S.is_exact
