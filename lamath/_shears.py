"""Why a determinant is an area: shears that make a rectangle of it, and matrices across 0."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product
from math import inf, log
from typing import Any, Final, NamedTuple

import numpy as np

from lamath._matrix import Matrix, MatrixLike, Scalar, matrix, short, size
from lamath._square import det
from lamath.errors import ShapeError

__all__ = ["Crossing", "Shear", "crossing", "shears"]

_DEAR: Final = 1.5
"""What one shear more may cost: it must make the rectangle that much less thin (a logarithm)."""
_THIN: Final = 1.1
"""The logarithm of how many times longer than wide a rectangle may be without looking thin."""
_SIGN: Final = 0.12
"""What each sign costs that a side is written with."""
_MOST: Final = 4
"""Shears before the last two."""
_SMALL: Final = 1.6
"""How many of the largest entries a change may be."""
_BROKEN: Final = 99
"""The largest denominator that an entry is better to have."""
_OPEN, _SHUT = 0.3, 0.08
"""Twice the area, over the columns' squared lengths: above it is wide, below it isn't seen."""


class Shear(NamedTuple):
    """A step that adds a multiple of one column to the other, which keeps the determinant."""

    column: int
    """The column that moves, along the other one."""
    factor: Scalar
    """How many of the other are added."""
    matrix: Matrix
    """The matrix after it."""


def shears(A: MatrixLike) -> tuple[Shear, ...]:
    """Give shears that bring the columns of an invertible A (2×2) onto the two axes.

    The parallelogram of the columns becomes a rectangle of the same area. Of the ways to
    do so it takes a short one that ends in simple sides, neither of them tiny.

    Raises
    ------
    ShapeError
        If A is not 2×2.

    Examples
    --------
    >>> [str(step.matrix) for step in shears("2 1; 1 3")]
    ['2 0; 1 5/2', '2 0; 0 5/2']
    >>> shears("1 2; 2 4")
    ()
    """
    A = _square(A)
    area = abs(float(det(A)))
    if not area:
        return ()
    best: tuple[Shear, ...] = ()
    least, first = inf, [A]
    for count in range(_MOST + 1):
        for pivot in product((0, 1), repeat=2):
            way = _onto_axes(first[-1], *pivot)
            cost = _DEAR * count + _cost(way, first[-1])
            if cost < least - 1e-9:
                best, least = (*_between(first), *way), cost
        first.append(_reduced(first[-1]))
        if first[-1] == first[-2]:
            break
    return best


def _square(A: MatrixLike) -> Matrix:
    A = matrix(A)
    if A.shape != (2, 2):
        raise ShapeError(f"{short(A)} is {size(A)}; give two rows of two entries")
    return A


def _cost(way: tuple[Shear, ...], A: Matrix) -> float:
    """Say how far a rectangle is from a square, and how hard its sides are to read."""
    if not way and not _is_rectangle(A):
        return inf
    end = way[-1].matrix if way else A
    sides = [x for column in end.columns for x in column if x != 0]
    one, other = (abs(float(side)) for side in sides)
    signs = sum(len(str(side).removeprefix("-")) for side in sides)
    return max(0.0, abs(log(one / other)) - _THIN) + _SIGN * signs


def _is_rectangle(A: Matrix) -> bool:
    return bool(A[0, 1] == A[1, 0] == 0 or A[0, 0] == A[1, 1] == 0)


def _onto_axes(A: Matrix, row: int, column: int) -> tuple[Shear, ...]:
    """Clear the pivot's row, then its column."""
    pivot = A[row, column]
    if pivot == 0:
        return ()
    other, below = 1 - column, 1 - row
    way = []
    factor = -A[row, other] / pivot
    if factor != 0:
        A = _added(A, other, factor, zero=row)
        way.append(Shear(other, factor, A))
    factor = -A[below, column] / A[below, other]
    if factor != 0:
        A = _added(A, column, factor, zero=below)
        way.append(Shear(column, factor, A))
    return tuple(way)


def _added(A: Matrix, column: int, factor: Any, zero: int | None = None) -> Matrix:
    """Add a multiple of the other column; where the sum is known to be 0, it is just 0."""
    entries = _entries(A)
    for r in range(2):
        sum_ = entries[r][column] + factor * entries[r][1 - column]
        entries[r][column] = 0 * sum_ if r == zero else sum_
    return matrix(entries)


def _entries(A: Matrix) -> list[list[Any]]:
    return [[A[r, c] for c in range(2)] for r in range(2)]


def _reduced(A: Matrix) -> Matrix:
    """Take the nearest whole number of the shorter column from the longer one."""
    lengths = np.linalg.norm(A.array, axis=0)
    column = int(np.argmax(lengths))
    a, b = A.array[:, column], A.array[:, 1 - column]
    count = round(float(a @ b) / float(b @ b))
    return _added(A, column, -count) if count else A


def _between(matrices: list[Matrix]) -> tuple[Shear, ...]:
    way = []
    for A, B in pairwise(matrices):
        column = next(c for c in range(2) if A.column(c) != B.column(c))
        a, base = A.column(column).array, A.column(1 - column).array
        factor = round(float((B.column(column).array - a) @ base) / float(base @ base))
        way.append(Shear(column, _exactly(Fraction(factor)), B))
    return tuple(way)


class Crossing(NamedTuple):
    """Three matrices that differ in one entry, and whose determinant goes through 0."""

    row: int
    column: int
    opened: Matrix
    """Its determinant has A's sign (plus if det A = 0); A itself if that is seen."""
    flat: Matrix
    """Its determinant is 0; A itself if det A = 0, but for A = 0."""
    beyond: Matrix
    """Its determinant has the other sign."""


def crossing(A: MatrixLike) -> Crossing:
    """Give matrices that differ from A (2×2) in one entry, on both sides of determinant 0.

    The last entry is changed, or, where the columns are nearly parallel, the one that does
    most. For A = 0, where one entry makes no difference, they are neighbors of the identity.

    Raises
    ------
    ShapeError
        If A is not 2×2.

    Examples
    --------
    >>> found = crossing("2 1; 1 3")
    >>> found.flat, found.beyond
    (matrix("2 1; 1 1/2"), matrix("2 1; 1 -2"))
    """
    A = _square(A)
    if not A.array.any():
        A = matrix("1 0; 0 1")
    most, value = float(np.abs(A.array).max()), det(A)
    cofactors = np.abs(A.array[::-1, ::-1])
    width = 2 * abs(float(value)) / float((A.array**2).sum())
    row, column = 1, 1
    if width < _OPEN or abs(float(value)) > _SMALL * most * cofactors[1, 1]:
        row, column = (int(k) for k in np.argwhere(cofactors == cofactors.max())[-1])
        goal = A[row, column] - value / A[1 - row, 1 - column] * (-1) ** (row + column)
        if cofactors[1, 1] and getattr(goal, "q", 1) > _BROKEN:
            row, column = 1, 1
    rate = A[1 - row, 1 - column] * (-1) ** (row + column)  # of det A, by that entry
    now = A[row, column]
    flat = now - value / rate
    far = _half(most) * (1 if (value >= 0) == (rate > 0) else -1)
    opened = now if width >= _SHUT else flat + _exactly(far)
    beyond = flat - (_exactly(far) if width < _OPEN else now - flat)
    if A.is_exact and not beyond.is_rational:  # any number will do there, so a plain one
        step = _half(most) / 5
        beyond = _exactly(round(float(beyond) / step) * step)

    def having(entry: Any) -> Matrix:
        entries = _entries(A)
        entries[row][column] = entry
        return matrix(entries)

    return Crossing(row, column, having(opened), having(flat), having(beyond))


def _exactly(value: Fraction) -> Scalar:
    return matrix([[value]])[0, 0]


def _half(value: float) -> Fraction:
    """Give about half of a number, as a power of ten times 1, 2 or 5."""
    power = Fraction(10) ** int(np.floor(np.log10(value / 2)))
    return power * max(k for k in (1, 2, 5) if k * power <= Fraction(value / 2))
