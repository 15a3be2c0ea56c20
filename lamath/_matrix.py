"""Matrices and vectors as values: exact entries and a read-only float array."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Final, NoReturn, TypeAlias, final, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lamath._numbers import sympy as sp
from lamath._numbers.parse import as_float, parse_entry, parse_row, parse_rows, shortened
from lamath._numbers.surd import ONE, ZERO, Surd, TooLongError
from lamath.errors import InexactError, MatrixError, ParseError, ShapeError

__all__ = [
    "EPS",
    "MAX_EXACT",
    "Array",
    "Matrix",
    "MatrixLike",
    "Row",
    "Scalar",
    "Vector",
    "VectorLike",
    "entry",
    "identity",
    "matrix",
    "scalar",
    "scaled",
    "short",
    "size",
    "vector",
]

Array: TypeAlias = NDArray[np.float64]
Row: TypeAlias = tuple[Surd, ...]
Scalar: TypeAlias = Any
"""A sympy number where the result is exact, a float where it is measured."""
MatrixLike: TypeAlias = "Matrix | str | Sequence[Sequence[Any]] | NDArray[Any]"
VectorLike: TypeAlias = "Vector | str | Sequence[Any] | NDArray[Any]"

EPS: Final = float(np.finfo(np.float64).eps)
MAX_EXACT: Final = 64
"""Larger matrices are measured, whatever they hold."""
MAX_PRODUCTS: Final = 500_000
"""Products of terms that one exact matrix product may take; beyond, floats take over."""


def scalar(value: Surd) -> Scalar:
    """Give an exact number as the world sees it."""
    return value.to_sympy()


def _frozen(array: ArrayLike) -> Array:
    copy = np.array(array, dtype=np.float64)
    copy.flags.writeable = False
    return copy


def _finite(array: ArrayLike) -> Array:
    """Freeze the entries of a result, which may have left the range of floats."""
    frozen = _frozen(np.asarray(array) + 0.0)  # −0 becomes 0
    if not np.isfinite(frozen).all():
        raise MatrixError("the result is too large for floats; scale the matrix down")
    return frozen


def _number_text(value: float) -> str:
    text = repr(value)
    return text[:-2] if text.endswith(".0") else text


class _Grid:
    """What a matrix and a vector share: exact entries or none, floats, a tolerance."""

    __slots__ = ()
    __array_ufunc__ = None  # numpy leaves array @ Matrix to Matrix
    array: Array
    eps: float

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        return np.array(self.array, dtype=dtype, copy=copy)

    @property
    def is_exact(self) -> bool:
        """Whether the entries are known exactly, as fractions and square roots."""
        return self._exact_rows is not None

    @property
    def _exact_rows(self) -> tuple[Row, ...] | None:
        raise NotImplementedError

    @property
    def exact_rows(self) -> tuple[Row, ...]:
        """The exact entries, row by row, in the number type of `lamath._numbers.surd`.

        Raises
        ------
        InexactError
            If they are measured.
        """
        rows = self._exact_rows
        if rows is None:
            raise InexactError(
                f"{self} holds measured numbers, which have no exact form; ask .is_exact first"
            )
        return rows


@final
class Matrix(_Grid):
    """A matrix of real numbers, known exactly or measured; made by `matrix`.

    Matrices are values: they can't be changed, and two are equal when both are exact
    and all entries agree, or both are measured and all floats do.

    >>> A = matrix("3 0; 4 5")
    >>> A
    matrix("3 0; 4 5")
    >>> A.T @ A
    matrix("25 20; 20 25")
    >>> A.column(0), A[0], A[1, 0]
    (vector("3 4"), vector("3 0"), 4)
    >>> A @ [1, 2], A / 2, A**-1
    (vector("3 14"), matrix("3/2 0; 2 5/2"), matrix("1/3 0; -4/15 1/5"))
    """

    array: Array
    """The entries as a read-only float64 array (m×n)."""
    eps: float
    """The relative spacing of the numbers that the entries were measured in."""
    _rows: tuple[Row, ...] | None

    def __init__(self, *_: object) -> None:
        raise TypeError("write lamath.matrix(…) to make a Matrix")

    @classmethod
    def of(cls, rows: Iterable[Iterable[Surd]], columns: int | None = None) -> Matrix:
        """Make an exact matrix from rows of exact numbers; `columns` counts where no row does."""
        kept = tuple(tuple(row) for row in rows)
        width = len(kept[0]) if kept else columns or 0
        floats = np.array([[float(x) for x in row] for row in kept], dtype=np.float64)
        return cls._make(floats.reshape(len(kept), width), kept, EPS)

    @classmethod
    def measured(cls, array: ArrayLike, eps: float = EPS) -> Matrix:
        """Make a measured matrix from an array of two dimensions."""
        return cls._make(array, None, eps)

    @classmethod
    def _make(cls, array: ArrayLike, rows: tuple[Row, ...] | None, eps: float) -> Matrix:
        new = cls.__new__(cls)
        new.__dict__.update(array=_finite(array), _rows=rows, eps=eps)
        return new

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a Matrix can't be changed; make another")

    def __reduce__(self) -> tuple[Any, ...]:
        return Matrix._make, (self.array, self._rows, self.eps)

    @property
    def _exact_rows(self) -> tuple[Row, ...] | None:
        return self._rows

    @property
    def shape(self) -> tuple[int, int]:
        """The numbers of rows and columns."""
        rows, columns = self.array.shape
        return rows, columns

    @cached_property
    def exact(self) -> Any:
        """The entries as a sympy ImmutableMatrix.

        Raises
        ------
        InexactError
            If the matrix is measured.
        """
        rows = self.exact_rows
        return sp.ImmutableMatrix(*self.shape, [x.to_sympy() for row in rows for x in row])

    @property
    def T(self) -> Matrix:
        """The transpose."""
        if self._rows is None:
            return Matrix.measured(self.array.T, self.eps)
        return Matrix.of(zip(*self._rows, strict=True), columns=self.shape[0])

    @property
    def rows(self) -> tuple[Vector, ...]:
        """The rows, as vectors."""
        return tuple(self.row(i) for i in range(self.shape[0]))

    @property
    def columns(self) -> tuple[Vector, ...]:
        """The columns, as vectors."""
        return tuple(self.column(j) for j in range(self.shape[1]))

    def row(self, i: int) -> Vector:
        """Give row i, counted from 0."""
        if self._rows is None:
            return Vector.measured(self.array[i], self.eps)
        return Vector.of(self._rows[i])

    def column(self, j: int) -> Vector:
        """Give column j, counted from 0."""
        if self._rows is None:
            return Vector.measured(self.array[:, j], self.eps)
        return Vector.of(row[j] for row in self._rows)

    @overload
    def __getitem__(self, place: int) -> Vector: ...
    @overload
    def __getitem__(self, place: tuple[int, int]) -> Scalar: ...
    def __getitem__(self, place: int | tuple[int, int]) -> Vector | Scalar:
        if isinstance(place, int | np.integer):
            return self.row(int(place))
        kinds = [isinstance(k, int | np.integer) for k in place] if isinstance(place, tuple) else []
        if kinds != [True, True]:
            raise TypeError(
                "A[i] is a row and A[i, j] a number; write A.column(j) for a column, "
                "A.array[…] for any part in floats"
            )
        i, j = place
        return float(self.array[i, j]) if self._rows is None else scalar(self._rows[i][j])

    def __len__(self) -> int:
        return self.shape[0]

    def __iter__(self) -> Iterator[Vector]:
        return iter(self.rows)

    # Arithmetic

    @overload
    def __matmul__(self, other: Vector) -> Vector: ...
    @overload
    def __matmul__(self, other: Matrix | str | Sequence[Sequence[Any]]) -> Matrix: ...
    @overload
    def __matmul__(self, other: NDArray[Any] | Sequence[Any]) -> Any: ...
    def __matmul__(self, other: Any) -> Matrix | Vector:
        if _is_vector(other):
            return self._times(_column(vector(other))).column(0)
        return self._times(matrix(other))

    def _times(self, right: Matrix) -> Matrix:
        if self.shape[1] != right.shape[0]:
            raise ShapeError(
                f"{size(self)} times {size(right)} is not defined; "
                "the first needs as many columns as the second has rows"
            )
        if self._rows is not None and right._rows is not None and _is_bearable(self, right):
            columns = list(zip(*right._rows, strict=True))
            try:
                return Matrix.of(
                    ([_dot(row, column) for column in columns] for row in self._rows),
                    columns=right.shape[1],
                )
            except (TooLongError, OverflowError):
                pass
        with np.errstate(over="ignore", invalid="ignore"):
            return Matrix.measured(self.array @ right.array, max(self.eps, right.eps))

    def __rmatmul__(self, other: Any) -> Any:
        if _is_vector(other):
            return self.T._times(_column(vector(other))).column(0)
        return matrix(other)._times(self)

    def _entrywise(self, other: Matrix, sign: int) -> Matrix:
        if self.shape != other.shape:
            raise ShapeError(
                f"{size(self)} and {size(other)} can't be added; give both the same shape"
            )
        if self._rows is not None and other._rows is not None:
            pairs = zip(self._rows, other._rows, strict=True)
            try:
                return Matrix.of(
                    (
                        [a + b if sign > 0 else a - b for a, b in zip(*rows, strict=True)]
                        for rows in pairs
                    ),
                    columns=self.shape[1],
                )
            except (TooLongError, OverflowError):
                pass
        return Matrix.measured(self.array + sign * other.array, max(self.eps, other.eps))

    def __add__(self, other: MatrixLike) -> Matrix:
        return self._entrywise(matrix(other), 1)

    __radd__ = __add__

    def __sub__(self, other: MatrixLike) -> Matrix:
        return self._entrywise(matrix(other), -1)

    def __rsub__(self, other: MatrixLike) -> Matrix:
        return matrix(other)._entrywise(self, -1)

    def __neg__(self) -> Matrix:
        return self * -1

    def __mul__(self, factor: Any) -> Matrix:
        if isinstance(factor, Matrix | Vector):
            raise TypeError("write A @ B for a matrix product")
        number = _exact_number(factor)
        if self._rows is None or number is None:
            return Matrix.measured(self.array * float(factor), self.eps)
        return Matrix.of(([x * number for x in row] for row in self._rows), self.shape[1])

    __rmul__ = __mul__

    def __truediv__(self, divisor: Any) -> Matrix:
        if isinstance(divisor, Matrix | Vector):
            raise TypeError("a matrix has no quotient with a matrix; write A @ inverse(B)")
        number = _exact_number(divisor)
        if not (float(divisor) if number is None else number):
            raise ZeroDivisionError("the entries can't be divided by 0")
        if self._rows is None or number is None:
            return Matrix.measured(self.array / float(divisor), self.eps)
        return self * (ONE / number)

    def __rtruediv__(self, _: Any) -> NoReturn:
        raise TypeError("a number divided by a matrix has no meaning; write inverse(A) or A ** -1")

    def __pow__(self, exponent: int) -> Matrix:
        """Multiply the matrix by itself; negative powers are those of the inverse."""
        if not isinstance(exponent, int | np.integer):
            raise TypeError(
                "only whole powers of a matrix are defined; the real powers of a stretch "
                "are the path power(P)"
            )
        m, n = self.shape
        if m != n:
            raise ShapeError(
                f"only a square matrix has powers; {short(self)} is {size(self)}, "
                "give as many rows as columns"
            )
        if exponent < 0:
            from lamath._square import inverse

            return inverse(self) ** -exponent
        found = identity(n) if self.is_exact else Matrix.measured(np.eye(n), self.eps)
        square = self
        for bit in reversed(f"{exponent:b}"):
            found = found @ square if bit == "1" else found
            square = square @ square if exponent > 1 else square
        return found

    # As a value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Matrix):
            return NotImplemented
        if self._rows is not None or other._rows is not None:
            return self.shape == other.shape and self._rows == other._rows
        return bool(np.array_equal(self.array, other.array))

    def __hash__(self) -> int:
        return hash(
            (self.shape, (self.array + 0.0).tobytes() if self._rows is None else self._rows)
        )

    def __str__(self) -> str:
        if self._rows is None:
            return "; ".join(" ".join(_number_text(x) for x in row) for row in self.array.tolist())
        return "; ".join(" ".join(str(x) for x in row) for row in self._rows)

    def __repr__(self) -> str:
        if self._rows is None or not self.array.size:
            kind = "measured" if self._rows is None else "exact"
            return f"<{kind} {size(self)} matrix {short(self)}>"
        return f'matrix("{self}")'


@final
class Vector(_Grid):
    """A vector of real numbers, known exactly or measured; made by `vector`.

    Iterating gives its numbers.

    >>> b = vector("(3, 4)")
    >>> b
    vector("3 4")
    >>> [float(x) for x in b]
    [3.0, 4.0]
    >>> b @ b
    25
    """

    array: Array
    """The entries as a read-only float64 array of one dimension."""
    eps: float
    """The relative spacing of the numbers that the entries were measured in."""
    _entries: Row | None

    def __init__(self, *_: object) -> None:
        raise TypeError("write lamath.vector(…) to make a Vector")

    @classmethod
    def of(cls, entries: Iterable[Surd]) -> Vector:
        """Make an exact vector."""
        kept = tuple(entries)
        return cls._make([float(x) for x in kept], kept, EPS)

    @classmethod
    def measured(cls, array: ArrayLike, eps: float = EPS) -> Vector:
        """Make a measured vector from an array of one dimension."""
        return cls._make(array, None, eps)

    @classmethod
    def _make(cls, array: ArrayLike, entries: Row | None, eps: float) -> Vector:
        new = cls.__new__(cls)
        new.__dict__.update(array=_finite(array), _entries=entries, eps=eps)
        return new

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a Vector can't be changed; make another")

    def __reduce__(self) -> tuple[Any, ...]:
        return Vector._make, (self.array, self._entries, self.eps)

    @property
    def _exact_rows(self) -> tuple[Row, ...] | None:
        return None if self._entries is None else tuple((x,) for x in self._entries)

    @property
    def shape(self) -> tuple[int]:
        """The number of entries, in a tuple."""
        return (len(self),)

    @cached_property
    def exact(self) -> Any:
        """The entries as a sympy ImmutableMatrix of one column.

        Raises
        ------
        InexactError
            If the vector is measured.
        """
        rows = self.exact_rows
        return sp.ImmutableMatrix(len(self), 1, [x.to_sympy() for (x,) in rows])

    def __len__(self) -> int:
        return len(self.array)

    def __getitem__(self, i: int) -> Scalar:
        if not isinstance(i, int | np.integer):
            raise TypeError("v[i] is a number; write v.array[…] for any part in floats")
        return float(self.array[i]) if self._entries is None else scalar(self._entries[i])

    def __iter__(self) -> Iterator[Scalar]:
        return (self[i] for i in range(len(self)))

    def __matmul__(self, other: VectorLike) -> Scalar:
        """Give the inner product, or, with a matrix, the row that the vector times it is."""
        if isinstance(other, Matrix):
            return other.__rmatmul__(self)
        other = vector(other)
        if len(self) != len(other):
            raise ShapeError(
                f"vectors of {len(self)} and {len(other)} entries have no inner product; "
                "give both the same number of entries"
            )
        if self._entries is None or other._entries is None:
            return float(self.array @ other.array)
        return scalar(_dot(self._entries, other._entries))

    def __rmatmul__(self, other: Any) -> Any:
        return self @ other if _is_vector(other) else matrix(other) @ self

    def __add__(self, other: VectorLike) -> Vector:
        return (_column(self) + _column(vector(other))).column(0)

    __radd__ = __add__

    def __sub__(self, other: VectorLike) -> Vector:
        return (_column(self) - _column(vector(other))).column(0)

    def __rsub__(self, other: VectorLike) -> Vector:
        return vector(other) - self

    def __neg__(self) -> Vector:
        return self * -1

    def __mul__(self, factor: Any) -> Vector:
        scaled: Matrix = _column(self) * factor
        return scaled.column(0)

    __rmul__ = __mul__

    def __truediv__(self, divisor: Any) -> Vector:
        quotient: Matrix = _column(self) / divisor
        return quotient.column(0)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Vector):
            return NotImplemented
        if self._entries is not None or other._entries is not None:
            return self._entries == other._entries
        return bool(np.array_equal(self.array, other.array))

    def __hash__(self) -> int:
        return hash((self.array + 0.0).tobytes() if self._entries is None else self._entries)

    def __str__(self) -> str:
        if self._entries is None:
            return " ".join(_number_text(x) for x in self.array.tolist())
        return " ".join(str(x) for x in self._entries)

    def __repr__(self) -> str:
        if self._entries is None:
            return f"<measured vector {short(self)}>"
        return f'vector("{self}")'


def matrix(entries: MatrixLike) -> Matrix:
    """Make a matrix from text, nested lists or an array.

    Text has rows separated by semicolons or line ends and entries separated by
    spaces or commas; an entry is built from integers, decimals, fractions,
    ``sqrt(…)`` or ``√``, ``+ - * /`` and parentheses. ``1 -2`` is two entries;
    ``1 - 2`` and ``1-2`` are one. Python numbers are exact, a float being the
    decimal that it prints. Arrays of integers are exact, arrays of floats measured.

    Raises
    ------
    ParseError
        If it is not a matrix of finite real numbers with at least one entry.

    Examples
    --------
    >>> matrix("3 0; 4 5") == matrix("[[3, 0], [4, 5]]") == matrix([[3, 0], [4, 5]])
    True
    >>> matrix("1/3 sqrt(12); 0.5 -1").exact
    Matrix([
    [1/3, 2*sqrt(3)],
    [1/2,        -1]])
    """
    if isinstance(entries, Matrix):
        return entries
    if isinstance(entries, Vector):
        raise ParseError("a vector is not a matrix; give its entries in rows")
    if isinstance(entries, str):
        return Matrix.of(parse_rows(entries))
    if isinstance(entries, np.ndarray):
        return _from_array(entries)
    if getattr(entries, "is_Matrix", False):  # sympy's
        entries = entries.tolist()  # type: ignore[union-attr]
    if not isinstance(entries, Iterable):
        raise ParseError(f"{_given(entries)} is not a matrix; give rows, such as [[3, 0], [4, 5]]")
    rows: list[list[Any]] = []
    for row in entries:
        if isinstance(row, str) or not isinstance(row, Iterable):
            raise ParseError(
                f"{_given(row)} is not a row; give rows of entries, such as [[3, 0], [4, 5]]"
            )
        rows.append(list(row))
    if not rows or not rows[0]:
        raise ParseError("there are no entries; give rows, such as [[3, 0], [4, 5]]")
    for number, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            raise ParseError(
                f"row {number} has {len(row)} entries and row 1 has {len(rows[0])}; "
                "give every row the same number of entries"
            )
    flat = [x for row in rows for x in row]
    if max(len(rows), len(rows[0])) > MAX_EXACT or any(isinstance(x, np.floating) for x in flat):
        return _from_array(_floats(rows))
    return Matrix.of([entry(x) for x in row] for row in rows)


def identity(n: int) -> Matrix:
    """Give the identity matrix, n×n.

    >>> identity(2)
    matrix("1 0; 0 1")
    """
    return matrix(np.eye(n, dtype=int))


def vector(entries: VectorLike) -> Vector:
    """Make a vector from text, a list or an array; entries as for `matrix`.

    Raises
    ------
    ParseError
        If it is not a list of finite real numbers with at least one entry.

    Examples
    --------
    >>> vector("3 4") == vector("(3,4)") == vector("3; 4") == vector([3, 4])
    True
    """
    if isinstance(entries, Vector):
        return entries
    if isinstance(entries, str):
        return Vector.of(parse_row(entries))
    if isinstance(entries, np.ndarray) and entries.ndim != 1:
        raise ParseError(f"an array of {entries.ndim} dimensions is not a vector; flatten it")
    if isinstance(entries, Matrix) or not isinstance(entries, Iterable):
        raise ParseError(f"{_given(entries)} is not a vector; give a list such as [3, 4]")
    if isinstance(entries, np.ndarray):
        return matrix(entries[None, :]).row(0)
    return matrix([list(entries)]).row(0)


def _from_array(array: NDArray[Any]) -> Matrix:
    if array.ndim != 2:
        raise ParseError(
            f"an array of {array.ndim} dimensions is not a matrix; give one of 2 dimensions"
        )
    if not array.size:
        raise ParseError("the array has no entries; give at least one row and one column")
    if array.dtype.kind == "c":
        raise ParseError("the array is complex; entries are real numbers, take .real if it is one")
    if array.dtype.kind == "O":
        return matrix(array.tolist())
    if array.dtype.kind not in "biuf":
        raise ParseError(f"an array of {array.dtype} is not a matrix; give integers or floats")
    if array.dtype.kind == "f":
        if not np.isfinite(array).all():
            raise ParseError("the array holds NaN or infinity; every entry needs a finite value")
        return Matrix.measured(array, max(EPS, float(np.finfo(array.dtype).eps)))
    if max(array.shape) > MAX_EXACT:
        return Matrix.measured(array)
    return Matrix.of([Surd(int(x)) for x in row] for row in array.tolist())


def _floats(rows: list[list[Any]]) -> NDArray[Any]:
    try:
        return np.array([[float(x) for x in row] for row in rows])
    except (TypeError, ValueError, OverflowError):
        raise ParseError(
            "an entry is not a finite real number; large matrices are read as floats"
        ) from None


def entry(value: Any) -> Surd:
    """Read one Python or sympy number, or text."""
    number: Surd
    if isinstance(value, str):
        return parse_entry(value)
    if isinstance(value, Surd):
        number = value
    elif isinstance(value, int | Fraction | np.integer | np.bool_):
        number = Surd(value if isinstance(value, Fraction) else int(value))
    elif isinstance(value, complex | np.complexfloating):
        raise ParseError(f"{_given(value)} is complex; entries are real numbers")
    elif isinstance(value, float | Decimal) or getattr(value, "is_Float", False):
        return parse_entry(str(value))
    elif getattr(value, "is_number", False):
        if value.is_finite is False or value.is_real is False:
            raise ParseError(f"{_given(value)} is not a finite real number; give one")
        try:
            number = Surd.from_sympy(value)
        except (InexactError, TooLongError) as problem:
            raise ParseError(str(problem) or f"{_given(value)} is too long; round it") from None
    else:
        raise ParseError(f"{_given(value)} is not a number; give numbers such as 3 or '1/3'")
    as_float(number, f"a {type(value).__name__}")
    return number


def _exact_number(value: Any) -> Surd | None:
    """Give a factor exactly, None if it is measured."""
    if isinstance(value, float | np.floating) or getattr(value, "is_Float", False):
        return None
    return entry(value)


def _dot(a: Sequence[Surd], b: Sequence[Surd]) -> Surd:
    return sum((x * y for x, y in zip(a, b, strict=True)), ZERO)


def _is_bearable(A: Matrix, B: Matrix) -> bool:
    """Whether an exact product takes few enough products of terms, each some microseconds."""
    left = [sum(len(row[k].terms) for row in A.exact_rows) for k in range(A.shape[1])]
    right = [sum(len(x.terms) for x in row) for row in B.exact_rows]
    return sum(a * b for a, b in zip(left, right, strict=True)) <= MAX_PRODUCTS


def scaled(A: Matrix) -> tuple[Matrix, Fraction]:
    """Give (B, s) with A = s B, s a power of ten, and the squares of B within reach of floats."""
    largest = float(np.abs(A.array).max(initial=0.0))
    if largest == 0.0 or 1e-100 < largest < 1e100:
        return A, Fraction(1)
    s = Fraction(10) ** round(math.log10(largest))
    return A * (1 / s), s


def _is_vector(other: Any) -> bool:
    """Whether what stands beside a matrix has one dimension: text is a matrix."""
    if isinstance(other, Vector):
        return True
    if isinstance(other, np.ndarray):
        return other.ndim == 1
    return isinstance(other, list | tuple) and not any(
        isinstance(x, Iterable) and not isinstance(x, str) for x in other
    )


def _column(v: Vector) -> Matrix:
    if v._entries is None:
        return Matrix.measured(v.array[:, None], v.eps)
    return Matrix.of([x] for x in v._entries)


def size(A: Matrix) -> str:
    return "×".join(map(str, A.shape))


def _given(value: object) -> str:
    try:
        return shortened(str(value))
    except (ValueError, RecursionError):  # an integer too long to print
        return f"this {type(value).__name__}"


def short(A: Matrix | Vector, length: int = 40) -> str:
    """Give the text of a matrix on one line, cut after `length` characters."""
    if A.array.size > 400:
        return f"({'×'.join(map(str, A.shape))})"
    text = str(A)
    return text if len(text) <= length else text[: length - 1] + "…"
