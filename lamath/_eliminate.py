"""Row reduction: the one elimination that everything exact rests on, with its steps as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final, NamedTuple, Protocol, Self, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from lamath._matrix import Matrix, MatrixLike, Row, Scalar, matrix, scalar, short, size
from lamath._numbers.surd import MAX_BITS, ONE, Surd, TooLongError
from lamath.errors import ShapeError

__all__ = [
    "Reduced",
    "RowReduction",
    "RowReplace",
    "RowScale",
    "RowStep",
    "RowSwap",
    "reduced",
    "reduced_rows",
    "row_reduce",
    "tolerance",
]

MAX_WORK: Final = 1_000_000
"""Products of terms, about two microseconds each, that one exact elimination may cost.

Counting work rather than time gives the same matrix the same answer on every machine.
"""


MAX_STEPS: Final = 24
"""Rows and columns of a reduction whose steps are kept: up to 576 steps, a matrix each."""


class RowSwap(NamedTuple):
    """Two rows change places."""

    row: int
    """A row, counted from 0."""
    other: int
    """The other row."""
    matrix: Matrix
    """The matrix after the step."""


class RowScale(NamedTuple):
    """A row is multiplied by a factor other than zero."""

    row: int
    """The row, counted from 0."""
    factor: Scalar
    """What it is multiplied by."""
    matrix: Matrix
    """The matrix after the step."""


class RowReplace(NamedTuple):
    """A multiple of another row is added to a row."""

    row: int
    """The row that changes, counted from 0."""
    other: int
    """The row that is added."""
    factor: Scalar
    """How many times it is added."""
    matrix: Matrix
    """The matrix after the step."""


RowStep: TypeAlias = RowSwap | RowScale | RowReplace


class RowReduction(NamedTuple):
    """How a matrix came to its reduced row echelon form."""

    steps: tuple[RowStep, ...]
    """Every step, in order; none for a matrix that is reduced already."""
    rref: Matrix
    """The reduced row echelon form (m×n)."""
    pivots: tuple[int, ...]
    """The pivot columns, counted from 0."""


class _Number(Protocol):
    """A number of a field: Surd, Fraction or float."""

    def __add__(self, other: Self, /) -> Self: ...
    def __sub__(self, other: Self, /) -> Self: ...
    def __mul__(self, other: Self, /) -> Self: ...
    def __truediv__(self, other: Self, /) -> Self: ...
    def __neg__(self) -> Self: ...
    def __bool__(self) -> bool: ...


N = TypeVar("N", bound=_Number)
_Record: TypeAlias = Callable[[str, int, int, Any, Sequence[Sequence[Any]]], None]


class Reduced(NamedTuple):
    """The reduced row echelon form of the left columns, and what came of the rest."""

    rows: tuple[Row, ...]
    pivots: tuple[int, ...]
    det: Surd  # of the left part, if it is square


class _Work:
    """Count what exact row operations cost, and stop before it is too much.

    Raises
    ------
    TooLongError
        If numbers outgrow `MAX_BITS`, or all operations together `MAX_WORK`.
    """

    def __init__(self) -> None:
        self.left = MAX_WORK

    def fractions(self, row: Sequence[Fraction], _: Fraction) -> None:
        longest = max(max(x.numerator.bit_length(), x.denominator.bit_length()) for x in row)
        if longest > MAX_BITS:
            raise TooLongError
        self.spend(len(row) * (1 + longest // 256))

    def surds(self, row: Sequence[Surd], factor: Surd) -> None:
        self.spend(max(1, len(factor.terms)) * sum(max(1, len(x.terms)) for x in row))

    def spend(self, cost: int) -> None:
        self.left -= cost
        if self.left < 0:
            raise TooLongError


def _eliminate(
    rows: list[list[N]],
    columns: int,
    one: N,
    *,
    pick: Callable[[list[list[N]], int, int], int | None],
    cost: Callable[[Sequence[N], N], None] = lambda row, factor: None,
    record: _Record = lambda *step: None,
) -> tuple[list[int], N]:
    """Reduce rows in place over their first `columns` columns; give pivots and determinant.

    `pick` chooses the row whose entry in a column becomes the pivot, None if all of
    them, from a given row on, count as zero.
    """
    pivots: list[int] = []
    product = one
    zero = one - one
    for column in range(columns):
        at = len(pivots)
        found = pick(rows, at, column)
        if found is None:
            for row in rows[at:]:
                row[column] = zero
            continue
        if found != at:
            rows[at], rows[found] = rows[found], rows[at]
            product = -product
            record("swap", at, found, None, rows)
        pivot = rows[at][column]
        product = product * pivot
        if pivot != one:
            cost(rows[at], pivot)
            rows[at] = [x / pivot if x else x for x in rows[at]]
            record("scale", at, at, one / pivot, rows)
        lead = rows[at]
        for i, row in enumerate(rows):
            if i != at and row[column]:
                factor = row[column]
                cost(lead, factor)
                rows[i] = [x - factor * y if y else x for x, y in zip(row, lead, strict=True)]
                record("replace", i, at, -factor, rows)
        pivots.append(column)
    if len(pivots) < len(rows):
        product = zero
    return pivots, product


def _first(rows: Sequence[Sequence[Any]], at: int, column: int) -> int | None:
    return next((i for i in range(at, len(rows)) if rows[i][column]), None)


def _largest_above(small: float) -> Callable[[list[list[float]], int, int], int | None]:
    def pick(rows: list[list[float]], at: int, column: int) -> int | None:
        sizes = [abs(row[column]) for row in rows[at:]]
        if not sizes or not max(sizes) > small:
            return None
        return at + sizes.index(max(sizes))

    return pick


def _exactly(rows: tuple[Row, ...], columns: int, record: _Record = lambda *step: None) -> Reduced:
    """Reduce exact rows; fractions go by themselves, ten times as fast as with roots.

    Raises
    ------
    TooLongError
        If that is more work, or leads to longer numbers, than `_Work` allows.
    """
    if all(x.is_rational for row in rows for x in row):
        plain = [[x.rational for x in row] for row in rows]
        pivots, product = _eliminate(
            plain, columns, Fraction(1), pick=_first, cost=_Work().fractions, record=record
        )
        kept = tuple(tuple(Surd(x) for x in row) for row in plain)
        return Reduced(kept, tuple(pivots), Surd(product))
    work = [list(row) for row in rows]
    found, value = _eliminate(work, columns, ONE, pick=_first, cost=_Work().surds, record=record)
    return Reduced(tuple(map(tuple, work)), tuple(found), value)


reduced_rows = lru_cache(maxsize=64)(_exactly)


def reduced(A: Matrix) -> Reduced | None:
    """Give the exact reduced form, None if the matrix is measured or its numbers outgrow us."""
    if not A.is_exact:
        return None
    try:
        return reduced_rows(A.exact_rows, A.shape[1])
    except TooLongError:
        return None


def tolerance(A: Matrix, S: NDArray[Any]) -> float:
    """Give max(m, n)·ε·σ₁: measured singular values up to it count as zero."""
    return max(A.shape) * A.eps * float(S[0]) if len(S) else 0.0


def row_reduce(A: MatrixLike, columns: int | None = None) -> RowReduction:
    """Give the reduced row echelon form of A (m×n), and every step on the way to it.

    The steps are those of Gauss and Jordan: column by column, a pivot is brought up,
    made 1, and cleared above and below. Only the first `columns` columns take pivots,
    so that [A | b] can be reduced over those of A.

    An exact A is reduced exactly, with the first entry that is not 0 as pivot. For a
    measured one the pivot is the largest entry, and entries up to max(m, n)·ε·σ₁
    count as 0.

    Raises
    ------
    ShapeError
        If A is larger than 24×24, or there are fewer columns than `columns`.

    Examples
    --------
    >>> steps, rref, pivots = row_reduce("1 2; 3 4")
    >>> rref, pivots
    (matrix("1 0; 0 1"), (0, 1))
    >>> for step in steps:
    ...     print(type(step).__name__, step.matrix)
    RowReplace 1 2; 0 -2
    RowScale 1 2; 0 1
    RowReplace 1 0; 0 1
    """
    A = matrix(A)
    if max(A.shape) > MAX_STEPS:
        raise ShapeError(
            f"the steps that reduce {short(A)}, {size(A)}, are too many to keep; give at most "
            f"{MAX_STEPS} rows and columns, or ask for rank, null_space or solve"
        )
    width = A.shape[1] if columns is None else columns
    if not 0 <= width <= A.shape[1]:
        raise ShapeError(
            f"{A.shape[1]} columns can't take pivots in the first {width}; "
            f"give columns from 0 to {A.shape[1]}"
        )
    if A.is_exact:
        try:
            steps, record = _recorder(
                lambda rows: Matrix.of(
                    [x if isinstance(x, Surd) else Surd(x) for x in row] for row in rows
                ),
                lambda factor: scalar(factor if isinstance(factor, Surd) else Surd(factor)),
            )
            form = _exactly(A.exact_rows, width, record)
            return RowReduction(tuple(steps), Matrix.of(form.rows), form.pivots)
        except (TooLongError, OverflowError):
            pass
    steps, record = _recorder(lambda rows: Matrix.measured(rows, A.eps), float)
    rows = A.array.tolist()
    small = tolerance(A, np.linalg.svd(A.array, compute_uv=False))
    pivots, _ = _eliminate(rows, width, 1.0, pick=_largest_above(small), record=record)
    return RowReduction(tuple(steps), Matrix.measured(rows, A.eps), tuple(pivots))


def _recorder(
    make: Callable[[Sequence[Sequence[Any]]], Matrix], number: Callable[[Any], Scalar]
) -> tuple[list[RowStep], _Record]:
    """Give an empty list of steps, and what writes into it."""
    steps: list[RowStep] = []

    def record(kind: str, row: int, other: int, factor: Any, rows: Sequence[Sequence[Any]]) -> None:
        after = make(rows)
        if kind == "swap":
            steps.append(RowSwap(row, other, after))
        elif kind == "scale":
            steps.append(RowScale(row, number(factor), after))
        else:
            steps.append(RowReplace(row, other, number(factor), after))

    return steps, record
