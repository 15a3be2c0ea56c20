from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from matrices import crushed as crushing
from matrices import grids, pictured, planar, spatial, whole

import lamath as la
from lamath._samples import _rounded_down

singular = st.one_of(
    st.tuples(st.integers(2, 3), st.integers(2, 3), st.integers(1, 2))
    .flatmap(lambda shape: crushing(*shape))
    .filter(lambda A: la.rank(A) < min(A.shape)),
    crushing(2, 2, 1),
)
scaled = st.builds(lambda A, k: A * Fraction(10) ** k, singular, st.integers(-4, 4))


# --- Directions -----------------------------------------------------------------------------------


@given(st.sampled_from([2, 3]), st.integers(1, 60))
def test_directions_are_unit_vectors_that_lean_nowhere(n, count):
    found = la.directions(n, count)
    assert found.shape == (count, n)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1)
    if count > 1:
        assert np.abs(found.mean(axis=0)).max() < (1e-12 if n == 2 else 1.6 / count)


def test_in_the_plane_they_go_round():
    found = la.directions(2, 12)
    assert found[[0, 3, 6, 9]].tolist() == [[1, 0], [0, 1], [-1, 0], [0, -1]]
    angles = np.unwrap(np.arctan2(found[:, 1], found[:, 0]))
    assert np.diff(angles) == pytest.approx(math.pi / 6)


def test_in_space_no_two_are_close():
    found = la.directions(3, 40)
    apart = np.arccos(np.clip(found @ found.T - 2 * np.eye(40), -1, 1)).min(axis=0)
    assert apart.min() > 0.7 * math.sqrt(4 * math.pi / 40)


@given(st.lists(st.integers(-9, 9), min_size=2, max_size=3).filter(any), st.integers(1, 20))
def test_the_first_points_where_it_should(start, count):
    n = len(start)
    found = la.directions(n, count, start=start)
    assert found[0] == pytest.approx(start / np.linalg.norm(start))
    plain = la.directions(n, count)
    assert found @ found.T == pytest.approx(plain @ plain.T)  # turned as a whole
    if n == 2 and count % 2 == 0:
        assert found[count // 2] == pytest.approx(-found[0])


def test_what_is_no_direction():
    for wrong in (
        lambda: la.directions(4, 3),
        lambda: la.directions(2, 0),
        lambda: la.directions(2, 3, start="0 0"),
        lambda: la.directions(2, 3, start="1 0 0"),
    ):
        with pytest.raises(ValueError, match="direction"):
            wrong()


# --- Null vectors ---------------------------------------------------------------------------------


@given(singular, st.lists(whole, min_size=3, max_size=3), st.lists(st.integers(-3, 3), max_size=4))
def test_coset_points_all_land_together(A, x, steps):
    null = la.null_space(A)
    assume(null.dim)
    x = x[: A.shape[1]]
    rows = [[s] * null.dim for s in steps] if null.dim > 1 else steps
    points = la.coset_points(x, null, rows)
    assert len(points) == len(steps)
    assert all(A @ point == A @ la.vector(x) for point in points)
    assert all(point.is_exact for point in points)
    for point, s in zip(points, steps, strict=True):
        assert (point == la.vector(x)) == (s == 0)


def test_steps_may_be_of_any_kind():
    null = la.null_space("1 2; 2 4")
    assert (
        la.coset_points("0 0", null, ["1/2", 0.5, Fraction(1, 2), [0.5]])
        == (la.vector("-1 1/2"),) * 4
    )
    assert not la.coset_points("0 0", null, np.array([0.5]))[0].is_exact
    plane = la.null_space("1 2 3")
    assert la.coset_points("1 1 1", plane, [(1, 0), (0, 1)]) == (
        la.vector("-1 2 1"),
        la.vector("-2 1 2"),
    )
    assert la.coset_points("1 2", la.null_space("1 0; 0 1"), [()]) == (la.vector("1 2"),)
    with pytest.raises(la.ShapeError, match="2 numbers, not 1"):
        la.coset_points("1 1 1", plane, [1])
    with pytest.raises(la.ShapeError, match="same space"):
        la.coset_points("1 1", plane, [(1, 0)])


@given(singular, grids(whole, 3, 3))
def test_crushed_is_decided_exactly(A, vectors):
    vectors = [v[: A.shape[1]] for v in vectors]
    found = la.crushed(A, vectors)
    assert found == tuple(not (A @ la.vector(v)).array.any() for v in vectors)


def test_crushed_of_arrows_all_round():
    start = la.null_space("1 2; 2 4").vectors[0]
    found = la.crushed("1 2; 2 4", la.directions(2, 12, start=start))
    assert [k for k, zero in enumerate(found) if zero] == [0, 6]
    assert la.crushed("1 2; 2 4", ["-2 1", "-2 1.0000000000000001"]) == (True, False)
    assert la.crushed("1e-300 0; 0 0", ["1 0", "0 1"]) == (False, True)


# --- Matrices next door ---------------------------------------------------------------------------


@given(scaled)
def test_a_neighbor_has_one_dimension_more(A):
    found = la.neighbor(A)
    assert la.rank(found.matrix) == la.rank(A) + 1
    changed = np.argwhere(found.matrix.array != A.array)
    assert changed.tolist() == [[found.row, found.column]]
    assert (found.before, found.after) == (
        A[found.row, found.column],
        found.matrix[found.row, found.column],
    )
    largest = np.abs(A.array).max() or 1
    assert 0.08 * largest <= float(found.after - found.before) <= max(largest, 1)


@pytest.mark.parametrize(
    ("A", "neighbor", "place"),
    [
        ("1 2; 2 4", "1 2; 2 5", (1, 1)),
        ("0 0; 0 0", "0 0; 0 1", (1, 1)),
        ("0 1; 0 2", "0 1; 1 2", (1, 0)),
        ("1 2 3; 2 4 6; 3 6 9", "1 2 3; 2 4 6; 3 6 10", (2, 2)),
        ("1 0 1; 0 1 1; 1 1 2", "1 0 1; 0 1 1; 1 1 3", (2, 2)),
        ("0.01 0.02; 0.02 0.04", "0.01 0.02; 0.02 0.05", (1, 1)),
        ("1000 2000; 2000 4000", "1000 2000; 2000 5000", (1, 1)),
        ("1 10; 10 100", "1 10; 30 100", (1, 0)),
        ("1 1000; 1000 1000000", "200001 1000; 1000 1000000", (0, 0)),
        ("1 2; 2 4; 3 6", "1 2; 2 4; 3 7", (2, 1)),
    ],
)
def test_neighbors_by_hand(A, neighbor, place):
    found = la.neighbor(A)
    assert found.matrix == la.matrix(neighbor)
    assert (found.row, found.column) == place


def test_steps_are_one_two_or_five_times_a_power_of_ten():
    for k, value in ((1, 1), (1, "1.99"), (2, 2), (2, "4.9"), (5, 5), (5, "9.99"), (10, 10)):
        for scale in (Fraction(1, 10**6), 1, 10**9):
            assert _rounded_down(Fraction(value) * scale) == k * scale
    assert _rounded_down(10 - Fraction(1, 10**30)) == 5  # whose logarithm is rounded to 1


def test_a_measured_matrix_has_a_neighbor_too():
    found = la.neighbor(np.array([[0.1, 0.2], [0.3, 0.6]]))
    assert not found.matrix.is_exact
    assert la.rank(found.matrix) == 2
    assert found.after == pytest.approx(0.7)


@given(planar.filter(lambda A: la.rank(A) == 2))
def test_parallel_columns_are_near_the_old_ones(A):
    found = la.parallel(A)
    old, new = A.array / np.abs(A.array).max(), found.matrix.array / np.abs(A.array).max()
    assert la.rank(found.matrix) == 1
    assert found.matrix.column(0) == A.column(0)
    assert found.matrix.array[:, 1] == pytest.approx(float(found.factor) * A.array[:, 0])
    longer, before = np.linalg.norm(new[:, 1]), np.linalg.norm(old[:, 1])
    assert 0.15 * before < longer < 1.6 * before


@pytest.mark.parametrize(
    ("A", "factor"),
    [
        ("2 1; 1 3", "3/2"),
        ("3 0; 4 5", "1/2"),
        ("1 2; 3 4", "3/2"),
        ("2 -1; 1 -3", "-1"),
        ("1 0; 0 1", "3/2"),
        ("0 -1; 1 0", "3/2"),
        ("2 0; 0 1", "1/2"),
        ("1000 0; 0 1", "1/1000"),
        ("1 300; 0 1", "300"),
        ("1 345; 0 1", "300"),
        ("1/2 sqrt(3)/2; -sqrt(2) 1/3", "1/2"),
        ("3 1; 0 1", "1/3"),
        ("1 0; 0 1; 1 1", "1/2"),
    ],
)
def test_parallels_by_hand(A, factor):
    assert la.parallel(A).factor == Fraction(factor)


# --- Outputs out of reach -------------------------------------------------------------------------


@given(scaled)
def test_what_is_out_of_reach_is_clearly_so(A):
    found = la.unreachable(A)
    space = la.column_space(A)
    assert found.vector.is_exact
    assert la.solve(A, found.vector).kind == "none"
    assert space.contains(found.foot)
    assert la.solve(A, found.vector).residual == found.distance
    perpendicular = (found.vector - found.foot).array @ A.array
    size = np.abs(A.array).max() or 1
    assert np.abs(perpendicular).max() <= 1e-9 * size**2
    lengths = np.linalg.norm(A.array, axis=0)
    if lengths.any():
        shortest = lengths[lengths > 0.09 * lengths.max()].min()
        assert 0.2 * shortest <= float(found.distance) <= 3 * shortest


@given(pictured)
def test_nothing_is_out_of_reach_of_full_row_rank(A):
    assert (la.unreachable(A) is None) == (la.rank(A) == A.shape[0])


@given(spatial.filter(lambda A: A.shape[0] == 3 and la.rank(A) == 2))
def test_a_plane_in_space_leaves_room(A):
    found = la.unreachable(A)
    assert float(found.distance) > 0
    assert not la.column_space(A).contains(found.vector)


@pytest.mark.parametrize(
    ("A", "vector", "foot"),
    [
        ("1 2; 2 4", "5 5", "3 6"),
        ("1000 2000; 2000 4000", "5000 5000", "3000 6000"),
        ("0.01 0.02; 0.02 0.04", "0.05 0.05", "0.03 0.06"),
        ("1 -1; 2 -2", "3 1", "1 2"),
        ("0 1; 0 2", "3 1", "1 2"),
        ("0 0; 0 0", "1 0", "0 0"),
        ("1 0 1; 0 1 1; 1 1 2", "3 3 3", "2 2 4"),
        ("1 0; 0 1; 1 1", "2 2 1", "1 1 2"),
    ],
)
def test_out_of_reach_by_hand(A, vector, foot):
    found = la.unreachable(A)
    assert found.vector == la.vector(vector)
    assert found.foot == la.vector(foot)
    assert found.distance == la.norm(la.vector(vector) - la.vector(foot))


def test_it_stands_over_a_chosen_output():
    found = la.unreachable("1 2; 2 4", x="1 0")
    assert found.foot == la.vector("1 2")
    assert found.vector == la.vector("3 1")
    with pytest.raises(la.ShapeError):
        la.unreachable("1 2; 2 4", x="1 0 0")


@pytest.mark.parametrize("b", ["3 4", "3 3", "0 4", "3 0"])
@pytest.mark.parametrize("A", ["2 1; 1 3", "1 2; 3 4", "0 -1; 1 0", "1000 0; 0 1", "√2 0; 1 1/3"])
def test_parallel_rows_that_ask_for_different_lines(A, b):
    found = la.inconsistent(A, b)
    assert found.row(0) == la.matrix(A).row(0)
    assert la.rank(found) == 1
    assert la.solve(found, b).kind == "none"


def test_rounding_never_puts_it_back():
    slight = la.unreachable("√2 0; 1 0")
    assert slight.vector.is_exact
    assert float(slight.distance) > 0.5


@pytest.mark.parametrize(
    ("name", "A", "message"),
    [
        ("neighbor", "2 1; 1 3", "full rank, 2, already; give one of less, or look at parallel"),
        ("neighbor", "1 2 3; 4 5 6", "full rank"),
        ("parallel", "1 2; 2 4", "parallel already; give others, or look at neighbor"),
        ("parallel", "1 2 3; 4 5 6", "give rows of two entries"),
        ("coplanar", "1 0 1; 0 1 1; 1 1 2", "in one plane already; give others, or look at neig"),
        ("coplanar", "1 2; 3 4", "three rows of three entries"),
        ("inconsistent", "1 2; 2 4", "parallel already; give others"),
        ("inconsistent", "1 2 3; 4 5 6", "two rows of two entries"),
    ],
)
def test_what_has_no_other_side(name, A, message):
    more = ("1 1",) if name == "inconsistent" else ()
    with pytest.raises(la.MatrixError, match=message):
        getattr(la, name)(A, *more)


@pytest.mark.parametrize(
    ("A", "third", "factors"),
    [
        ("1 0 1; 0 1 1; 1 1 0", "1 1 2", (1, 1)),
        ("1 0 0; 0 1 0; 0 0 1", "1 1 0", (1, 1)),
        ("1 0 0; 0 1 -1; 0 0 1", "1 -1 0", (1, -1)),
        ("2 -1 0; -1 2 -1; 0 -1 2", "-1 -1 1", (-1, -1)),
        ("1000 0 0; 200 1000 0; 0 0 1000", "1000 -800 0", (1, -1)),
    ],
)
def test_columns_laid_into_one_plane(A, third, factors):
    found = la.coplanar(A)
    assert found.factors == factors
    assert found.matrix.column(2) == la.vector(third)
    assert found.matrix.columns[:2] == la.matrix(A).columns[:2]
    assert la.rank(found.matrix) == 2
