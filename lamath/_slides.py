"""Why a determinant is a volume: slides that set a box upright, and matrices across 0."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from math import inf, log
from typing import Any, Final, NamedTuple

import numpy as np

from lamath._matrix import Matrix, MatrixLike, Vector, matrix, short, size, vector
from lamath._shears import Crossing
from lamath._square import cofactors, det
from lamath.errors import ShapeError

__all__ = ["Slide", "crossing_in_space", "slides"]

_DEAR: Final = 0.8
"""What it costs to slide along one column: the box must be that much less thin (a logarithm)."""
_THIN: Final = 1.1
"""The logarithm of how many times longer than thick a box may be without looking thin."""
_SIGN: Final = 0.12
"""What each sign costs that a side is written with."""
_BELOW: Final = 0.3
"""What a negative side costs, and as much again if it hangs below the floor."""
_WIDE: Final = 1.0
"""What it costs to slide far, for the logarithm of how much larger the entries get."""
_OPEN: Final = 0.12
"""A height, in parts of the longest column, above which a box is seen to be one."""
_LEVEL: Final = 0.5
"""Sine of the angle to the floor above which a plane is seen from both its sides."""


class Slide(NamedTuple):
    """A step that adds multiples of two columns to the third, which keeps the determinant."""

    column: int
    """The column that moves, parallel to the plane of the other two."""
    counts: Vector
    """How many of each column are added to it; 0 of itself."""
    matrix: Matrix
    """The matrix after it."""


def slides(A: MatrixLike) -> tuple[Slide, ...]:
    """Give slides that bring the columns of an invertible A (3×3) onto the three axes.

    The box on the columns becomes an upright one of the same volume. Elimination does it in
    at most four, with the pivots in whatever order: it takes few slides that end in simple
    sides, none of them tiny.

    Raises
    ------
    ShapeError
        If A is not 3×3.

    Examples
    --------
    >>> [str(step.matrix) for step in slides("1 1 0; 0 1 1; 1 0 1")][1::2]
    ['1 0 0; 0 1 0; 1 -1 2', '1 0 0; 0 1 0; 0 0 2']
    >>> slides("1 2 3; 4 5 6; 7 8 9")
    ()
    """
    A = _of_space(A)
    best: tuple[Slide, ...] = ()
    least = inf
    if det(A) != 0:
        for rows in permutations(range(3)):
            for columns in permutations(range(3)):
                way = _upright(A, rows, columns)
                cost = inf if way is None else _cost(way, A)
                if way is not None and cost < least - 1e-9:
                    best, least = way, cost
    return best


def _of_space(A: MatrixLike) -> Matrix:
    A = matrix(A)
    if A.shape != (3, 3):
        raise ShapeError(f"{short(A)} is {size(A)}; give three rows of three entries")
    return A


def _upright(A: Matrix, rows: Sequence[int], columns: Sequence[int]) -> tuple[Slide, ...] | None:
    """Clear what stands beside the pivots, then what stands over and under them."""
    way: list[Slide] = []
    pivots = list(zip(rows, columns, strict=True))
    plan = (columns[1], pivots[:1]), (columns[2], pivots[:2]), (columns[1], pivots[2:])
    for column, cleared in (*plan, (columns[0], pivots[1:])):
        before, counts = A, [0 * A[0, 0]] * 3
        for row, base in cleared:
            if A[row, base] == 0:
                return None
            counts[base] = -A[row, column] / A[row, base]
            A = _added(A, column, base, counts[base], zero=row)
        if way and way[-1].column == column:  # two slides of one column are one
            counts = [a + b for a, b in zip(way.pop().counts, counts, strict=True)]
        if before != A or any(count != 0 for count in counts):
            way.append(Slide(column, vector(counts), A))
    return tuple(way)


def _added(A: Matrix, column: int, base: int, count: Any, *, zero: int) -> Matrix:
    """Add a multiple of another column; where the sum is known to be 0, it is just 0."""
    entries = [list(row) for row in A.rows]
    for r, row in enumerate(entries):
        sum_ = row[column] + count * row[base]
        row[column] = 0 * sum_ if r == zero else sum_
    return matrix(entries)


def _cost(way: tuple[Slide, ...], A: Matrix) -> float:
    """Say how much is slid, and how far, and how hard the end is to read."""
    end = way[-1].matrix if way else A
    sides = [x for column in end.columns for x in column if x != 0]
    sizes = sorted(abs(float(side)) for side in sides)
    signs = sum(len(str(side).removeprefix("-")) for side in sides)
    most = float(np.abs(A.array).max())
    largest = max((float(np.abs(step.matrix.array).max()) for step in way), default=most)
    below = int((end.array < 0).sum()) + int((end.array[2] < 0).any())
    slid = sum(count != 0 for step in way for count in step.counts)
    thin = max(0.0, log(sizes[-1] / sizes[0]) - _THIN)
    return float(
        _DEAR * slid + _BELOW * below + thin + _SIGN * signs + _WIDE * max(0.0, log(largest / most))
    )


def crossing_in_space(A: MatrixLike) -> Crossing:
    """Give matrices that differ from A (3×3) in one entry, on both sides of determinant 0.

    Of the entries it takes a late one that needs no long way, whose column stays above the
    floor and crosses a plane that is not level: both its sides can be seen from above. For
    a rank below 2, where one entry makes no difference, they are neighbors of the identity.

    Raises
    ------
    ShapeError
        If A is not 3×3.

    Examples
    --------
    >>> found = crossing_in_space("1 1 0; 0 1 1; 1 0 1")
    >>> found.flat, found.beyond
    (matrix("1 1 0; 0 1 -1; 1 0 1"), matrix("1 1 0; 0 1 -3; 1 0 1"))
    """
    A = _of_space(A)
    found = [each for k in range(9) if (each := _across(A, *divmod(8 - k, 3))) is not None]
    if not found:
        return crossing_in_space("1 0 0; 0 1 0; 0 0 1")
    return min(found, key=lambda each: each[0])[1]


def _across(A: Matrix, row: int, column: int) -> tuple[float, Crossing] | None:
    """Say what it costs to change that entry, and give the crossing; None if nothing happens."""
    term = cofactors(A, column=column).terms[row]
    rate = term.sign * term.minor.value if term.minor else 0
    if rate == 0:
        return None
    rest = np.delete(A.array, column, axis=1)
    normal = np.cross(*rest.T)
    level = float(np.hypot(*normal[:2]) / np.linalg.norm(normal))
    longest = float(np.linalg.norm(A.array, axis=0).max())
    slope = abs(float(normal[row]) / float(np.linalg.norm(normal)))  # of the height, by the entry
    value, now = det(A), A[row, column]
    flat = now - value / rate
    is_open = abs(float(now - flat)) * slope > _OPEN * longest
    far: Any = now - flat
    if not is_open:
        far = _round(0.5 * longest / slope) * (1 if (value >= 0) == (rate > 0) else -1)
    opened = now if is_open else flat + far

    def having(entry: Any) -> Matrix:
        entries = [list(each) for each in A.rows]
        entries[row][column] = entry
        return matrix(entries)

    found = Crossing(row, column, having(opened), having(flat), having(flat - far))
    ends = [each.array[:, column] for each in found[2:]]
    cost = (
        2.0 * (level < _LEVEL)
        + 0.5 * float(np.linalg.norm(ends[2])) / longest
        + 0.5 * (min(float(end[2]) for end in ends) < min(0.0, float(A.array[2, column])))
        + abs(float(far)) / longest
        + 0.5 / slope
        + _SIGN * sum(len(str(entry)) for entry in (opened, flat, flat - far))
        + 0.2 * (2 - column)
    )
    return cost, found


def _round(value: float) -> Any:
    """Give about that number, as a power of ten times 1, 2 or 5, exactly."""
    power = int(np.floor(np.log10(value)))
    digit = max(k for k in (1, 2, 5) if k * 10.0**power <= value * (1 + 1e-9))
    return matrix(f"{digit}e{power}")[0, 0]
