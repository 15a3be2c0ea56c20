"""What to look at: inputs, outputs and matrices next door that show what a matrix does."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lamath._matrix import (
    Array,
    Matrix,
    MatrixLike,
    Scalar,
    Vector,
    VectorLike,
    matrix,
    short,
    size,
    vector,
)
from lamath._motion.turns import taking
from lamath._norms import norm
from lamath._numbers.surd import Surd
from lamath._orthogonal import joined
from lamath._spaces import (
    Subspace,
    column_space,
    left_null_space,
    null_space,
    rank,
    row_space,
    tuple_text,
)
from lamath.errors import MatrixError, ShapeError

__all__ = [
    "Coplanar",
    "Neighbor",
    "Parallel",
    "Unreachable",
    "coplanar",
    "coset_points",
    "crushed",
    "directions",
    "inconsistent",
    "neighbor",
    "parallel",
    "unreachable",
]

_CLEAR = 0.05
"""Sines of angles, multiplied, below which a new dimension could hardly be seen."""


def directions(n: int, count: int, start: VectorLike | None = None) -> Array:
    """Give unit vectors all round, as the rows of an array (count×n), in the plane or in space.

    In the plane they go round counterclockwise, at equal angles; in space they wind down a
    spiral from pole to pole on which each has the same share of the sphere (González 2010).
    The first points along `start`, or, without one, along the first axis in the plane and
    next to the vertical in space.

    Raises
    ------
    ValueError
        If n is neither 2 nor 3, `count` less than 1, or `start` no direction of ℝⁿ.

    Examples
    --------
    >>> directions(2, 4)
    array([[ 1.,  0.],
           [ 0.,  1.],
           [-1.,  0.],
           [ 0., -1.]])
    >>> directions(2, 4, start="3 4")[1]
    array([-0.8,  0.6])
    """
    if n not in (2, 3) or count < 1:
        raise ValueError("directions are those of the plane or of space, at least one of them")
    k = np.arange(count)
    if n == 2:
        quarter = 4 * k / count  # in quarter turns, so that those are exact
        found = np.column_stack([np.cos(quarter * math.pi / 2), np.sin(quarter * math.pi / 2)])
        found[quarter % 1 == 0] = found[quarter % 1 == 0].round()
    else:
        z = 1 - (2 * k + 1) / count
        turn = k * math.pi * (3 - math.sqrt(5))  # the golden angle
        r = np.sqrt(1 - z * z)
        found = np.column_stack([r * np.cos(turn), r * np.sin(turn), z])
    if start is None:
        return found + 0.0
    first = vector(start).array
    if first.shape != (n,) or not first.any():
        raise ValueError(f"the first direction has {n} entries, not all 0")
    first = first / np.abs(first).max()
    first = first / np.linalg.norm(first)
    if n == 2:
        x, y = first
        turned: Array = found @ np.array([[x, y], [-y, x]]) + 0.0
    else:
        turned = found @ taking(found[0], first).matrix.T
        turned[0] = first
    return turned


def coset_points(x: VectorLike, space: Subspace, steps: Iterable[Any]) -> tuple[Vector, ...]:
    """Give points x + s₁n₁ + … + sₖnₖ of the line or plane x + N, n₁ … nₖ being N's basis.

    `steps` holds the s of each point: numbers if N is a line, else k of them in a row.
    Points are exact if x, N and s are.

    Raises
    ------
    ShapeError
        If x, N and the steps don't fit together.

    Examples
    --------
    >>> coset_points("1 1", null_space("1 2; 2 4"), [-1, 0, 1])
    (vector("3 0"), vector("1 1"), vector("-1 2"))
    """
    x = vector(x)
    if len(x) != space.ambient:
        raise ShapeError(
            f"{tuple_text(x)} has {len(x)} entries, and the subspace lies in ℝ^{space.ambient}; "
            "give both from the same space"
        )
    found = []
    for step in steps:
        row = [step] if np.ndim(step) == 0 else list(step)
        if len(row) != space.dim:
            raise ShapeError(
                f"a step in {space} has {space.dim} numbers, not {len(row)}; "
                "give one for each vector of its basis"
            )
        found.append(x + space.basis @ vector(row) if row else x)
    return tuple(found)


def crushed(A: MatrixLike, vectors: Iterable[VectorLike] | NDArray[Any]) -> tuple[bool, ...]:
    """Tell of each vector (of ℝⁿ, for A m×n) whether A sends it to zero.

    Decided exactly for exact vectors and an exact A. Measured ones, such as the rows of
    `directions`, count as crushed if they are in `null_space` as far as rounding can tell.

    >>> crushed("1 2; 2 4", ["-2 1", "1 1", "4 -2", "0 0"])
    (True, False, True, True)
    """
    null = null_space(A)
    return tuple(null.contains(v) for v in vectors)


class Neighbor(NamedTuple):
    """A matrix that differs in one entry."""

    matrix: Matrix
    """The matrix."""
    row: int
    """Where the entry stands, counted from 0."""
    column: int
    """The same."""
    before: Scalar
    """The entry as it was."""
    after: Scalar
    """The entry as it is."""


def neighbor(A: MatrixLike) -> Neighbor:
    """Give a matrix near A with one entry changed that has one dimension more.

    The entry aᵢⱼ will do if the axis eᵢ is off the column space and eⱼ off the row space,
    whatever is added. It is the last one where that shows clearly enough. What is added
    is 1 for small whole numbers, otherwise the 1, 2 or 5 times a power of ten that is
    a tenth to a quarter of the largest entry.

    Raises
    ------
    MatrixError
        If A has full rank already.

    Examples
    --------
    >>> neighbor("1 2; 2 4")
    Neighbor(matrix=matrix("1 2; 2 5"), row=1, column=1, before=4, after=5)
    """
    A = matrix(A)
    found = rank(A)
    if found == min(A.shape):
        raise MatrixError(
            f"{short(A)} has full rank, {found}, already; give one of less, or look at parallel"
        )
    # how far the axes are off both spaces, as sines; exact where that decides
    off_rows = _off(column_space(A))
    off_columns = _off(row_space(A))
    seen = np.outer(off_rows, off_columns)
    places = np.argwhere(seen >= _CLEAR)
    i, j = map(int, places[-1] if len(places) else np.argwhere(seen == seen.max())[-1])
    entries = [list(row) for row in (A.exact_rows if A.is_exact else A.array.tolist())]
    step = _small_step(A)
    entries[i][j] = entries[i][j] + (Surd(step) if A.is_exact else float(step))
    changed = Matrix.of(entries) if A.is_exact else Matrix.measured(entries, A.eps)
    return Neighbor(changed, i, j, A[i, j], changed[i, j])


def _off(space: Subspace) -> Array:
    """Give the distance of each axis' unit vector from a subspace: exactly 0 if it is inside."""
    n = space.ambient
    Q = space.orthonormal.array
    far: Array = np.linalg.norm(np.eye(n) - Q @ Q.T, axis=0)
    axes = np.eye(n, dtype=int)
    return np.array([0.0 if space.contains(e) else d for e, d in zip(axes, far, strict=True)])


class Parallel(NamedTuple):
    """A matrix whose columns lie on one line."""

    matrix: Matrix
    """The matrix."""
    factor: Fraction
    """What its first column is multiplied by to give the second."""


def parallel(A: MatrixLike) -> Parallel:
    """Give a matrix near A (m×2, of rank 2) whose second column is a multiple of the first.

    The multiple is near the shadow of the old column, a simple fraction, and not 1, so that
    both can be seen; where that column stood nearly upright on the first, it is about as
    long as it was.

    Raises
    ------
    ShapeError
        If A has not two columns.
    MatrixError
        If its columns are parallel already.

    Examples
    --------
    >>> parallel("2 1; 1 3")
    Parallel(matrix=matrix("2 3; 1 3/2"), factor=Fraction(3, 2))
    >>> parallel("2 0; 0 3").matrix
    matrix("2 3; 0 0")
    """
    A = matrix(A)
    if A.shape[1] != 2:
        raise ShapeError(f"{short(A)} is {size(A)}; give rows of two entries")
    if rank(A) < 2:
        raise MatrixError(
            f"the columns of {short(A)} are parallel already; give others, or look at neighbor"
        )
    first, second = A.columns
    lengths = [float(np.linalg.norm(v.array / np.abs(A.array).max())) for v in (first, second)]
    ratio = lengths[1] / lengths[0]
    a, b = (v.array / np.abs(v.array).max() for v in (first, second))
    cosine = float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))
    near = ratio * cosine if abs(cosine) >= 0.25 else ratio
    factor = _simple(near)
    if factor == 1:
        factor = Fraction(1 if near < 1 else 3, 2)
    laid = joined([first, first * factor], A.shape[0])
    return Parallel(laid, factor)


def inconsistent(A: MatrixLike, b: VectorLike) -> Matrix:
    """Give A (2×2, invertible) with a multiple of its first row for its second.

    Then A x = b has no solution: the lines of its rows are parallel. Of the simple multiples it
    is the one that sets them apart about half as far as the solution of A x = b is from 0,
    rather the row itself and rather not its opposite. For b = 0 the lines are one.

    Raises
    ------
    ShapeError
        If A is not 2×2, or b has not two entries.
    MatrixError
        If the lines are parallel already.

    Examples
    --------
    >>> inconsistent("2 1; 1 3", "3 4")
    matrix("2 1; 2 1")
    >>> inconsistent("2 1; 1 3", "3 3")
    matrix("2 1; 4 2")
    """
    A, b = matrix(A), vector(b)
    if A.shape != (2, 2) or len(b) != 2:
        raise ShapeError(f"{short(A)} is {size(A)}; give two rows of two entries, and b two")
    if rank(A) < 2:
        raise MatrixError(f"the rows of {short(A)} are parallel already; give others")
    first, second = (row.array for row in (A.row(0), A.row(1)))
    values, size_of_row = b.array, float(np.linalg.norm(first))
    reach = float(np.linalg.norm(np.linalg.solve(A.array, values))) or 1.0
    turn = float(np.sign(first @ second)) or 1.0

    def cost(factor: Fraction) -> float:
        share = abs(values[1] / float(factor) - values[0]) / size_of_row / reach
        odd = abs(math.log(abs(float(factor)))) / 2 + (factor * Fraction(turn) < 0)
        return abs(math.log(max(share, 1e-9) / 0.5)) + odd

    found = min((s * f for f in _MULTIPLES for s in (1, -1)), key=cost)
    return joined([A.row(0), A.row(0) * found], 2).T


_MULTIPLES = tuple(
    each
    for k in (1, 2, 3, 5, 10, 100, 1000)
    for each in dict.fromkeys([Fraction(k), Fraction(1, k)])
)


class Coplanar(NamedTuple):
    """A matrix whose three columns lie in one plane."""

    matrix: Matrix
    """The matrix."""
    factors: tuple[int, int]
    """How many of its first and of its second column make its third."""


def coplanar(A: MatrixLike) -> Coplanar:
    """Give a matrix near the invertible A (3×3) whose third column lies in the others' plane.

    It is a sum of one or two of each of them, or of their opposites: the nearest to the
    third column that A has, the first two being added, rather than taken away or doubled,
    unless the others are clearly nearer.

    Raises
    ------
    ShapeError
        If A is not 3×3.
    MatrixError
        If its columns lie in one plane already.

    Examples
    --------
    >>> coplanar("1 0 1; 0 1 1; 1 1 0")
    Coplanar(matrix=matrix("1 0 1; 0 1 1; 1 1 2"), factors=(1, 1))
    """
    A = matrix(A)
    if A.shape != (3, 3):
        raise ShapeError(f"{short(A)} is {size(A)}; give three rows of three entries")
    if rank(A) < 3:
        raise MatrixError(
            f"the columns of {short(A)} lie in one plane already; give others, or look at neighbor"
        )
    first, second = A.columns[:2]
    columns = A.array / np.abs(A.array).max()
    usual = float(np.linalg.norm(columns, axis=0).max())

    def cost(factors: tuple[int, int]) -> float:
        off = float(np.linalg.norm(columns[:, :2] @ factors - columns[:, 2])) / usual
        odd = sum((abs(c) > 1) + 0.5 * (c < 0) for c in factors)
        return off + 0.15 * odd

    s, t = min(product((1, -1, 2, -2), (1, -1, 2, -2)), key=cost)
    return Coplanar(joined([first, second, first * s + second * t], 3), (s, t))


class Unreachable(NamedTuple):
    """An output that no input has."""

    vector: Vector
    """The output b."""
    foot: Vector
    """The nearest vector of the column space."""
    distance: Scalar
    """How far that is."""


def unreachable(A: MatrixLike, x: VectorLike | None = None) -> Unreachable | None:
    """Give a simple vector clearly off the column space of A (m×n), None if that is all of ℝᵐ.

    It is about as far off as the shorter columns of A are long, and stands over A x, or next
    to it if it is rounded; by default over the sum of the columns. For A = 0 it is a
    unit vector.

    Raises
    ------
    ShapeError
        If x has not as many entries as A has columns.

    Examples
    --------
    >>> unreachable("1 2; 2 4")
    Unreachable(vector=vector("5 5"), foot=vector("3 6"), distance=sqrt(5))
    """
    A = matrix(A)
    spare = left_null_space(A)
    if not spare.dim:
        return None
    over = A @ (vector([1] * A.shape[1]) if x is None else vector(x))
    if x is None and not over.array.any():
        over = max(A.columns, key=lambda v: bool(v.array.any()))
    lengths = np.linalg.norm(A.array, axis=0)
    away = spare.vectors[0]
    reach = float(np.linalg.norm(away.array))
    if lengths.any():  # columns that nobody sees beside the longest don't count
        reach = float(lengths[lengths > 0.09 * lengths.max()].min())
    ratio = Fraction(reach / float(np.linalg.norm(away.array)))
    factor = _rounded_down(ratio) if ratio >= 1 else ratio
    grid = Fraction(1) if _is_whole(A) else _rounded_down(Fraction(reach) / 8)
    space = column_space(A)
    tried = [over + away * (sign * factor) for sign in (1, -1)]
    found = [v for v in (_on_grid(v, grid) for v in tried) if not space.contains(v)] or tried
    b = min(found, key=lambda v: (np.abs(v.array).max(), (v.array < 0).sum()))
    foot = space.project(b)
    return Unreachable(b, foot, norm(b - foot))


def _is_whole(A: Matrix) -> bool:
    if not A.is_exact:
        return False
    return all(x.is_rational and x.rational.denominator == 1 for row in A.exact_rows for x in row)


def _on_grid(v: Vector, grid: Fraction) -> Vector:
    """Round the entries to multiples of a fraction."""
    return Vector.of(Surd(round(Fraction(x) / grid) * grid) for x in v.array.tolist())


def _small_step(A: Matrix) -> Fraction:
    """Give what to add to an entry: enough to be seen, and no more."""
    largest = float(np.abs(A.array).max())
    if not largest or (_is_whole(A) and largest <= 12):
        return Fraction(1)
    return _rounded_down(Fraction(largest) / 4)


def _rounded_down(value: Fraction) -> Fraction:
    """Give the largest of 1, 2, 5 times a power of ten that is at most the value > 0."""
    power = Fraction(10) ** math.floor(math.log10(value))
    while power > value:  # the logarithm is rounded
        power /= 10
    return max(k * power for k in (1, 2, 5) if k * power <= value)


def _simple(value: float) -> Fraction:
    """Round to a simple number near it: halves, whole numbers, 1/n, one or two figures."""
    sign, far = (-1 if value < 0 else 1), abs(value)
    if far < 0.75:
        return sign / _simple_whole(1 / far) if far < 0.42 else Fraction(sign, 2)
    return sign * (Fraction(round(2 * far), 2) if far < 4 else _simple_whole(far))


def _simple_whole(value: float) -> Fraction:
    """Round a number above 2 to whole ones, and larger ones to one figure."""
    power = 10 ** max(0, math.floor(math.log10(value)))
    return Fraction(round(value / power) * power)
