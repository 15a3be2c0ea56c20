"""Perpendicular vectors: Gram–Schmidt step by step, QR, and which signs make a rotation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np

from lamath._eliminate import tolerance
from lamath._matrix import (
    EPS,
    Array,
    Matrix,
    MatrixLike,
    Row,
    Scalar,
    Vector,
    VectorLike,
    matrix,
    scalar,
    short,
    vector,
)
from lamath._numbers.surd import ZERO, Surd, TooLongError
from lamath.errors import ShapeError

__all__ = [
    "GramSchmidt",
    "GramSchmidtStep",
    "Qr",
    "Shadow",
    "dot",
    "facing",
    "gram_schmidt",
    "joined",
    "length",
    "orthonormal",
    "qr",
    "signed",
]


MAX_EXACT_STEPS: Final = 12
"""Vectors, and entries of each, that are made perpendicular exactly."""
MAX_STEPS: Final = 64
"""Vectors whose steps are kept."""


class Shadow(NamedTuple):
    """The projection of a vector onto an earlier direction."""

    onto: int
    """Which of the given vectors the direction came from, counted from 0."""
    length: Scalar
    """The signed length ⟨q, v⟩ along the unit vector q."""
    vector: Vector
    """The projection itself, ⟨q, v⟩ q."""


class GramSchmidtStep(NamedTuple):
    """What becomes of one vector."""

    name: str
    """``v_1``, ``v_2``, …, in the order given."""
    vector: Vector
    """The vector as given."""
    shadows: tuple[Shadow, ...]
    """Its projections onto the directions found before."""
    rest: Vector
    """What is left without them; zero if the vector depends on the earlier ones."""
    length: Scalar
    """How long the rest is."""
    unit: Vector | None
    """The rest at length 1; None if nothing is left."""

    @property
    def is_dependent(self) -> bool:
        """Whether the vector is a combination of the earlier ones."""
        return self.unit is None


class GramSchmidt(NamedTuple):
    """How vectors became perpendicular unit vectors."""

    steps: tuple[GramSchmidtStep, ...]
    """One for each vector."""
    Q: Matrix
    """The unit vectors as columns (n × rank)."""
    dependent: tuple[str, ...]
    """The names of the vectors that depend on earlier ones."""
    tolerance: float
    """How long a rest may be and still count as zero: max(n, k)·ε·σ₁; 0 if exact."""


class Qr(NamedTuple):
    """A = Q R, with the names of `numpy.linalg.qr`."""

    Q: Matrix
    """Orthonormal columns (m×k, k = min(m, n))."""
    R: Matrix
    """Upper triangular, nothing negative on its diagonal (k×n)."""


def gram_schmidt(vectors: MatrixLike | Iterable[VectorLike]) -> GramSchmidt:
    """Make vectors perpendicular, one after the other, and give each step.

    Takes vectors of ℝⁿ, or a matrix whose columns they are. What is left of each
    without its shadows is exact for up to 12 exact vectors of up to 12 entries, and so is
    its unit vector if the length is built from square roots.

    Raises
    ------
    ShapeError
        If the vectors differ in length, or there are none, or more than 64.

    Examples
    --------
    >>> found = gram_schmidt(["3 4", "5 5", "1 0"])
    >>> found.Q, found.dependent
    (matrix("3/5 4/5; 4/5 -3/5"), ('v_3',))
    >>> found.steps[1].shadows[0].vector, found.steps[1].rest, found.steps[1].length
    (vector("21/5 28/5"), vector("4/5 -3/5"), 1)
    """
    given = _columns(vectors)
    if len(given) > MAX_STEPS:
        raise ShapeError(
            f"the steps for {len(given)} vectors are too many to keep; give at most "
            f"{MAX_STEPS}, or ask for qr"
        )
    if _is_small(given):
        try:
            return _exact_steps(given)
        except (TooLongError, OverflowError):
            pass
    return _measured_steps(given)


def _columns(vectors: MatrixLike | Iterable[VectorLike]) -> tuple[Vector, ...]:
    if isinstance(vectors, Matrix | str | np.ndarray):
        return matrix(vectors).columns
    given = tuple(vector(v) for v in vectors)
    if not given:
        raise ShapeError("there are no vectors; give at least one")
    for number, v in enumerate(given, start=1):
        if len(v) != len(given[0]):
            raise ShapeError(
                f"v_{number} = ({short(v)}) has {len(v)} entries and v_1 has {len(given[0])}; "
                "give all vectors the same number of entries"
            )
    return given


def _is_small(given: Sequence[Vector]) -> bool:
    """Whether vectors are exact, few and short."""
    short_ones = max(len(given), len(given[0])) <= MAX_EXACT_STEPS
    return short_ones and all(v.is_exact for v in given)


def dot(a: Sequence[Surd], b: Sequence[Surd]) -> Surd:
    """Give the inner product of exact vectors."""
    return sum((x * y for x, y in zip(a, b, strict=True) if x and y), ZERO)


def _entries(v: Vector) -> Row:
    return tuple(x for (x,) in v.exact_rows)


def _exact_steps(given: Sequence[Vector]) -> GramSchmidt:
    """Work with the rests before they are made units: fractions stay fractions."""
    steps: list[GramSchmidtStep] = []
    before: list[tuple[int, Row, Surd]] = []  # which, rest, its square
    for number, v in enumerate(given):
        rest = _entries(v)
        shadows = []
        for which, u, square in before:
            share = dot(rest, u) / square
            shadow = [share * x for x in u]
            rest = tuple(x - y for x, y in zip(rest, shadow, strict=True))
            root = square.sqrt()
            length = float(share) * float(square) ** 0.5 if root is None else scalar(share * root)
            shadows.append(Shadow(which, length, Vector.of(shadow)))
        square = dot(rest, rest)
        size, unit = _unit(rest, square)
        if square:
            before.append((number, rest, square))
        steps.append(
            GramSchmidtStep(f"v_{number + 1}", v, tuple(shadows), Vector.of(rest), size, unit)
        )
    return _gathered(steps, len(given[0]), 0.0)


def _unit(rest: Row, square: Surd) -> tuple[Scalar, Vector | None]:
    if not square:
        return scalar(ZERO), None
    root = square.sqrt()
    if root is not None:
        return scalar(root), Vector.of(x / root for x in rest)
    array = np.array([float(x) for x in rest])
    size = float(square) ** 0.5
    return size, Vector.measured(array / size)


def _measured_steps(given: Sequence[Vector]) -> GramSchmidt:
    """Subtract shadows twice: once is not enough in floats (Giraud, Langou 2005)."""
    A = np.column_stack([v.array for v in given])
    eps = max(v.eps for v in given)
    small = tolerance(Matrix.measured(A, eps), np.linalg.svd(A, compute_uv=False))
    steps: list[GramSchmidtStep] = []
    before: list[tuple[int, Array]] = []
    for number, v in enumerate(given):
        rest = v.array.copy()
        lengths = np.zeros(len(before))
        for _ in range(2):
            for k, (_which, q) in enumerate(before):
                share = float(q @ rest)
                lengths[k] += share
                rest = rest - share * q
        shadows = tuple(
            Shadow(which, float(length), Vector.measured(length * q, eps))
            for length, (which, q) in zip(lengths, before, strict=True)
        )
        size = length(rest)
        unit = None
        if size > small:
            unit = Vector.measured(rest / size, eps)
            before.append((number, unit.array))
        else:
            rest, size = np.zeros_like(rest), 0.0
        left = Vector.measured(rest, eps)
        steps.append(GramSchmidtStep(f"v_{number + 1}", v, shadows, left, size, unit))
    return _gathered(steps, len(A), small)


def length(array: Array) -> float:
    """Give |v| without leaving the range of floats on the way."""
    largest = float(np.abs(array).max(initial=0.0))
    return largest * float(np.linalg.norm(array / largest)) if largest > 1e-300 else largest


def _gathered(steps: Sequence[GramSchmidtStep], ambient: int, small: float) -> GramSchmidt:
    units = [step.unit for step in steps if step.unit is not None]
    dependent = tuple(step.name for step in steps if step.is_dependent)
    return GramSchmidt(tuple(steps), joined(units, ambient), dependent, small)


def joined(columns: Sequence[Vector], ambient: int) -> Matrix:
    """Give the matrix with these columns, exact if all of them are."""
    if all(v.is_exact for v in columns):
        rows = [_entries(v) for v in columns]
        return Matrix.of([[v[i] for v in rows] for i in range(ambient)])
    eps = max((v.eps for v in columns), default=EPS)
    return Matrix.measured(np.column_stack([v.array for v in columns]), eps)


def orthonormal(A: Matrix) -> Matrix:
    """Make independent columns (n × dim) perpendicular unit vectors, by Gram–Schmidt or as it does.

    Exact where `gram_schmidt` is.
    """
    if not A.shape[1]:
        return A
    if _is_small(A.columns):
        return gram_schmidt(A).Q
    Q, R = np.linalg.qr(A.array)
    return Matrix.measured(Q * np.where(np.diag(R) < 0, -1.0, 1.0), A.eps)


def _axes(n: int) -> list[Vector]:
    return [Vector.of(Surd(int(i == j)) for i in range(n)) for j in range(n)]


def qr(A: MatrixLike) -> Qr:
    """Give the factorization A = Q R (A m×n, Q m×k, R k×n with k = min(m, n)).

    It is Gram–Schmidt on the columns of A: R holds the shadows, and on its diagonal
    the lengths of what is left, so nothing there is negative. A square Q is a
    rotation wherever it can be: unless det A < 0. Where a column depends on earlier
    ones, its place in Q is taken by a vector perpendicular to all others.

    Both are exact for an exact matrix of fractions, up to 12×12.

    Examples
    --------
    >>> Q, R = qr("3 0; 4 5")
    >>> Q, R
    (matrix("3/5 -4/5; 4/5 3/5"), matrix("5 4; 0 3"))
    """
    A = matrix(A)
    found = _exact_qr(A) if _is_small(A.columns) else None
    if found is not None:
        return found
    Q, R = np.linalg.qr(A.array)
    k = len(R)
    signs = np.where(np.diag(R) < 0, -1.0, 1.0)
    small = tolerance(A, np.linalg.svd(A.array, compute_uv=False))
    free = np.flatnonzero(np.abs(np.diag(R)) <= small)
    if len(free) and A.shape[0] == k and np.linalg.det(Q * signs) < 0:
        signs[free[-1]] *= -1
    # what counts as 0 may have either sign
    R = signs[:, None] * R
    R[free, free] = 0.0
    return Qr(Matrix.measured(Q * signs, A.eps), Matrix.measured(R, A.eps))


def _exact_qr(A: Matrix) -> Qr | None:
    """Place the unit vectors of Gram–Schmidt, and what completes them to a basis."""
    m, n = A.shape
    k = min(m, n)
    found = gram_schmidt(A)
    kept = [j for j, step in enumerate(found.steps) if not step.is_dependent]
    full = gram_schmidt([*found.Q.columns, *_axes(m)]).Q
    if not full.is_exact:
        return None
    # a unit vector stands where its column does; the places of the others are filled
    # by those that stand too far right, then by what completes the basis
    spare = iter([*(i for i, j in enumerate(kept) if j >= k), *range(len(kept), m)])
    places = [kept.index(j) if j in kept else next(spare) for j in range(k)]
    Q = joined([full.column(i) for i in places], m)
    free = [p for p in range(k) if p not in kept]
    if m == k and free and np.linalg.det(Q.array) < 0:
        Q = signed(Q, [-1 if p == free[-1] else 1 for p in range(k)])
    R = Q.T @ A
    return Qr(Q, R) if R.is_exact else None


def signed(A: Matrix, signs: Sequence[float]) -> Matrix:
    """Flip the columns of A whose sign is −1."""
    if not A.is_exact:
        return Matrix.measured(A.array * np.array(signs), A.eps)
    rows = (
        [x if sign > 0 else -x for x, sign in zip(row, signs, strict=True)] for row in A.exact_rows
    )
    return Matrix.of(rows, columns=A.shape[1])


def facing(Q: Matrix) -> list[int]:
    """Give the signs of columns that turn least: the diagonal not negative, and det Q = 1."""
    diagonal = np.diag(Q.array)
    signs = [-1 if x < -1e-12 else 1 for x in diagonal]
    if np.linalg.det(Q.array * np.array(signs)) < 0:
        signs[int(np.abs(diagonal).argmin())] *= -1
    return signs
