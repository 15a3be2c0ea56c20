"""Eigenvalues and what they give: diagonal forms, and perpendicular axes where A = Aᵀ."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

import numpy as np

from lamath._charpoly import Factor, at_matrix, closed_factors, roots_of
from lamath._eliminate import tolerance
from lamath._matrix import (
    Array,
    Matrix,
    MatrixLike,
    Scalar,
    Vector,
    matrix,
    scalar,
    short,
    size,
)
from lamath._numbers.surd import ZERO, Surd, TooLongError
from lamath._orthogonal import facing, joined, signed
from lamath._spaces import Subspace, null_space, nullity
from lamath._square import check_square, inverse
from lamath.errors import (
    ComplexEigenvaluesError,
    DefectiveMatrixError,
    NotSymmetricError,
    ShapeError,
)

__all__ = [
    "Diagonalization",
    "Eigen",
    "Eigenspace",
    "Spectral",
    "diagonal",
    "diagonalize",
    "eigen",
    "eigenbasis",
    "skewing",
    "spectral",
    "symmetric_part",
    "symmetric_spaces",
]


MOST: Final = 4.0
"""How long a rational column of `eigenbasis` may be."""
COSINE: Final = -0.77
"""The least cosine of the angle between its columns: 140°."""


class Eigenspace(NamedTuple):
    """All vectors that A multiplies by one real number."""

    value: Scalar
    """The eigenvalue λ."""
    multiplicity: int
    """How often λ is a root of det(A − λI)."""
    space: Subspace
    """N(A − λI): the eigenvectors of λ, and 0."""

    @property
    def missing(self) -> int:
        """How many dimensions the space has less than the multiplicity asks for."""
        return self.multiplicity - self.space.dim


class Eigen(NamedTuple):
    """What a square matrix only stretches."""

    eigenvalues: tuple[Scalar, ...]
    """All n, each as often as it occurs: real ones descending, then conjugate pairs."""
    eigenvectors: Matrix
    """Independent eigenvectors of the real ones as columns (n×k), in the same order."""
    spaces: tuple[Eigenspace, ...]
    """One for each different real eigenvalue, in the same order."""
    tolerance: float
    """max(m, n)·ε·σ₁, in which measured eigenvalues are known at best; 0 if A is exact."""

    @property
    def is_real(self) -> bool:
        """Whether all eigenvalues are real."""
        return sum(space.multiplicity for space in self.spaces) == len(self.eigenvalues)

    @property
    def is_diagonalizable(self) -> bool:
        """Whether the eigenvectors are a basis."""
        return self.eigenvectors.shape[0] == self.eigenvectors.shape[1]


class Diagonalization(NamedTuple):
    """A = P D P⁻¹."""

    P: Matrix
    """Eigenvectors as columns (n×n)."""
    D: Matrix
    """Their eigenvalues on the diagonal (n×n)."""

    @property
    def P_inverse(self) -> Matrix:
        """P⁻¹, so that P⁻¹AP = D."""
        return inverse(self.P)


class Spectral(NamedTuple):
    """A = Q S Qᵀ, for a symmetric A."""

    Q: Matrix
    """Perpendicular unit eigenvectors as columns (n×n): a rotation."""
    S: Matrix
    """Their eigenvalues on the diagonal (n×n), descending."""

    @property
    def eigenvalues(self) -> Vector:
        """The diagonal of S."""
        if self.S.is_exact:
            return Vector.of(row[i] for i, row in enumerate(self.S.exact_rows))
        return Vector.measured(np.diag(self.S.array), self.S.eps)


def eigen(A: MatrixLike) -> Eigen:
    """Give eigenvalues and eigenvectors of A (n×n).

    For an exact A of at most 6×6, multiplicities and dimensions are decided exactly;
    eigenvalues are exact where they are built from square roots, and their
    eigenvectors are those of `null_space`. Everything else is measured: eigenvalues
    that could be one, as far as their condition tells, count as one, and the unit
    eigenvectors have their largest entry positive.

    Eigenvalues that are not real come as complex numbers, and have no space here.

    Raises
    ------
    ShapeError
        If A is not square.

    Examples
    --------
    >>> found = eigen("3 1; 0 2")
    >>> found.eigenvalues, found.eigenvectors
    ((3, 2), matrix("1 -1; 0 1"))
    >>> eigen("0 -1; 1 0").eigenvalues
    (I, -I)
    >>> [(space.value, space.multiplicity, space.missing) for space in eigen("1 1; 0 1").spaces]
    [(1, 2, 1)]
    """
    A = matrix(A)
    check_square(A, "eigenvalues")
    if A.is_exact:
        try:
            found = _exact_eigen(A)
        except (TooLongError, OverflowError):
            found = None
        if found is not None:
            return found
    return _measured_eigen(A)


def diagonalize(A: MatrixLike) -> Diagonalization:
    """Give P and D with A = P D P⁻¹ (all n×n): the columns of P are stretched by D.

    Exact where `eigen` is.

    Raises
    ------
    ShapeError
        If A is not square.
    ComplexEigenvaluesError
        If an eigenvalue is not real; it carries those.
    DefectiveMatrixError
        If an eigenvalue has too few eigenvectors; it carries which, and how many.

    Examples
    --------
    >>> P, D = diagonalize("3 1; 0 2")
    >>> P, D
    (matrix("1 -1; 0 1"), matrix("3 0; 0 2"))
    >>> P @ D @ inverse(P)
    matrix("3 1; 0 2")
    """
    A = matrix(A)
    found = eigen(A)
    real = sum(space.multiplicity for space in found.spaces)
    if not found.is_real:
        others = found.eigenvalues[real:]
        raise ComplexEigenvaluesError(
            f"{short(A)} has eigenvalues that are not real, such as {_text(others[0])}: "
            "it turns the directions that belong to them, so no real vector is only "
            "stretched; look at svd, which every matrix has",
            others,
        )
    for space in found.spaces:
        if space.missing:
            raise DefectiveMatrixError(
                f"{short(A)} can't be diagonalized: its eigenvalue {_text(space.value)} occurs "
                f"{space.multiplicity} times and has only {space.space.dim} independent "
                f"eigenvector{'s' if space.space.dim > 1 else ''}, {space.missing} "
                f"{'are' if space.missing > 1 else 'is'} missing; look at svd, which every "
                "matrix has",
                space.value,
                space.multiplicity,
                space.space.dim,
            )
    return Diagonalization(found.eigenvectors, diagonal(found.eigenvalues, A.eps))


def eigenbasis(A: MatrixLike) -> Diagonalization:
    """Give P and D of a 2×2 matrix such that P can be drawn: A = P D P⁻¹.

    P turns no sheet over (det P > 0); its columns are at most 140° apart, so that their sum
    is not short; none is much longer than a unit vector, or more than about twice as long as
    the other.

    Raises
    ------
    ShapeError
        If A is not 2×2.
    ComplexEigenvaluesError, DefectiveMatrixError
        As `diagonalize`.

    Examples
    --------
    >>> eigenbasis("3/2 1; 1/2 1")
    Diagonalization(P=matrix("2 -1; 1 1"), D=matrix("2 0; 0 1/2"))
    >>> eigenbasis("1 9; 0 2").P
    matrix("1 1; 0 1/9")
    >>> eigenbasis("0 1; 1 1").P
    matrix("(sqrt(5)-1)/2 (-1-sqrt(5))/2; 1 1")
    """
    A = matrix(A)
    if A.shape != (2, 2):
        raise ShapeError(f"a basis can be drawn for a 2×2 matrix; {short(A)} is {size(A)}")
    P, D = diagonalize(A)
    first, second = map(_brief, P.columns)
    values = [D[0, 0], D[1, 1]]
    a, b = first.array, second.array
    if a[0] * b[1] < a[1] * b[0]:
        second, b = -second, -b
    lengths = float(np.linalg.norm(a)), float(np.linalg.norm(b))
    if a @ b < COSINE * lengths[0] * lengths[1]:
        first, second, lengths = second, -first, lengths[::-1]
        values.reverse()
    if first.array.sum() < 0:
        first, second = -first, -second
    one, other = lengths
    if one > 2 * other:
        second = second * round(one / other)
    elif other > 2 * one:
        first = first * round(other / one)
    return Diagonalization(joined([first, second], 2), diagonal(values, A.eps))


def skewing(A: MatrixLike) -> Matrix:
    """Give T such that T A T⁻¹ has the eigenvalues of a symmetric A (2×2), but is not symmetric.

    T stretches along the first axis; if A is diagonal, T is a shear. (Only multiples of the
    identity stay what they are.)

    Examples
    --------
    >>> T = skewing("4 1; 1 4")
    >>> T @ matrix("4 1; 1 4") @ inverse(T)
    matrix("4 2; 1/2 4")
    >>> skewing("2 0; 0 1")
    matrix("1 1; 0 1")
    """
    A = matrix(A)
    return matrix("2 0; 0 1") if A[0, 1] != 0 else matrix("1 1; 0 1")


def symmetric_part(A: MatrixLike) -> Matrix:
    """Give (A + Aᵀ)/2, for a square A.

    >>> symmetric_part("1 2; 0 3")
    matrix("1 1; 1 3")
    """
    A = matrix(A)
    check_square(A, "a symmetric part")
    half: Matrix = (A + A.T) * Fraction(1, 2)
    return half


def _brief(v: Vector) -> Vector:
    """Give a multiple of a vector in which a rational entry is 1, if it is long or has roots."""
    if not v.is_exact:
        return v
    whole = [abs(x) for (x,) in v.exact_rows if x.is_rational and x != ZERO]
    if not whole or (len(whole) == len(v) and float(np.linalg.norm(v.array)) <= MOST):
        return v
    brief: Vector = v * (1 / scalar(max(whole)))
    return brief


def spectral(A: MatrixLike) -> Spectral:
    """Give Q and S with A = Q S Qᵀ (all n×n), for a symmetric A: the spectral theorem.

    Q is a rotation; of the signs that its columns may have, it takes those that turn
    least. Equal eigenvalues leave the axes open: they come from `null_space` by
    Gram–Schmidt. S is exact where `eigen` is, Q where the lengths are square roots
    too. Measured entries may differ from their mirror images by n·ε·max|a|.

    Raises
    ------
    ShapeError
        If A is not square.
    NotSymmetricError
        If A is not symmetric; it carries the place.

    Examples
    --------
    >>> Q, S = spectral("4 1; 1 4")
    >>> Q, S
    (matrix("sqrt(2)/2 -sqrt(2)/2; sqrt(2)/2 sqrt(2)/2"), matrix("5 0; 0 3"))
    """
    A = matrix(A)
    check_square(A, "a spectral decomposition")
    _check_symmetric(A)
    if A.is_exact:
        spaces = symmetric_spaces(A)
        if spaces is not None:
            exact = [scalar(value) for value, vectors in spaces for _ in vectors]
            Q = joined([v for _, vectors in spaces for v in vectors], A.shape[0])
            if not Q.is_exact:
                Q = Matrix.measured(np.linalg.eigh(A.array)[1][:, ::-1])
            return Spectral(signed(Q, facing(Q)), diagonal(exact, A.eps))
    X = np.linalg.eigh((A.array + A.array.T) / 2)[1][:, ::-1]
    values = eigen(Matrix.measured((A.array + A.array.T) / 2, A.eps)).eigenvalues
    if values[0] == values[-1]:
        X = np.eye(len(X))  # all directions serve: those that are there already
    Q = Matrix.measured(X, A.eps)
    return Spectral(signed(Q, facing(Q)), diagonal(values, A.eps))


def diagonal(values: Sequence[Scalar], eps: float) -> Matrix:
    """Give the square matrix with these on its diagonal, exact if all of them are."""
    n = len(values)
    if any(isinstance(x, float) for x in values):
        return Matrix.measured(np.diag([float(x) for x in values]), eps)
    exact = [Surd.from_sympy(x) for x in values]
    return Matrix.of([[exact[i] if i == j else ZERO for j in range(n)] for i in range(n)])


def _text(value: Scalar) -> str:
    if isinstance(value, complex):
        return f"{value.real:.6g} {'+' if value.imag > 0 else '-'} {abs(value.imag):.6g}i"
    return f"{value:.6g}" if isinstance(value, float) else str(value).replace("I", "i")


def _check_symmetric(A: Matrix) -> None:
    if A.is_exact:
        rows = A.exact_rows
        n = len(rows)
        place = next(
            ((i, j) for i in range(n) for j in range(i + 1, n) if rows[i][j] != rows[j][i]), None
        )
    else:
        off = np.abs(A.array - A.array.T)
        small = len(off) * A.eps * float(np.abs(A.array).max())
        i, j = (int(k) for k in np.unravel_index(int(off.argmax()), off.shape))
        place = (min(i, j), max(i, j)) if off[i, j] > small else None
    if place is not None:
        i, j = place
        raise NotSymmetricError(
            f"{short(A)} is not symmetric: row {i + 1}, column {j + 1} holds {_text(A[i, j])} and "
            f"its mirror image {_text(A[j, i])}; make them equal, or use diagonalize or svd",
            place,
        )


# Exact


def _shifted(A: Matrix, value: Surd) -> Matrix:
    return Matrix.of(
        [x - value if i == j else x for j, x in enumerate(row)]
        for i, row in enumerate(A.exact_rows)
    )


def symmetric_spaces(A: Matrix) -> list[tuple[Surd, list[Vector]]] | None:
    """Give eigenvalues, descending, each with perpendicular unit eigenvectors.

    None unless the symmetric A is exact and all its eigenvalues have closed forms.
    The vectors are measured where their lengths have none.
    """
    try:
        factors = closed_factors(A.exact_rows) if A.is_exact else None
        if factors is None or any(factor.open for factor in factors):
            return None
        values = sorted((x for factor in factors for x in factor.real), reverse=True)
        spaces = [null_space(_shifted(A, x)) for x in values]
    except (TooLongError, OverflowError):
        return None
    if not all(space.is_exact for space in spaces):
        return None
    found = [(x, list(space.orthonormal.columns)) for x, space in zip(values, spaces, strict=True)]
    return found if sum(len(vectors) for _, vectors in found) == A.shape[0] else None


def _exact_eigen(A: Matrix) -> Eigen | None:
    factors = closed_factors(A.exact_rows)
    if factors is None:
        return None
    spaces: list[Eigenspace] = []
    others: list[Scalar] = []
    for factor in factors:
        for value in factor.real:
            space = null_space(_shifted(A, value))
            if not space.is_exact or not space.dim:
                return None
            spaces.append(Eigenspace(scalar(value), factor.multiplicity, space))
        if factor.pair is not None:
            x, y = (scalar(part) for part in factor.pair)
            i = _imaginary_unit()
            others += [z for z in (x + i * y, x - i * y) for _ in range(factor.multiplicity)]
        if factor.open and not _open_spaces(A, factor, spaces, others):
            return None
    return _eigen(A, spaces, others, 0.0)


def _imaginary_unit() -> Any:
    from lamath._numbers import sympy as sp

    return sp.I


def _open_spaces(A: Matrix, factor: Factor, spaces: list[Eigenspace], others: list[Scalar]) -> bool:
    """Add what belongs to an irreducible factor f: roots in floats, dimensions exactly.

    Each of its roots has an eigenspace of the same dimension: that of N(f(A)), divided.
    """
    roots = roots_of(factor.open)
    if roots is None:
        return False
    real, rest = roots
    dim = 1
    if factor.multiplicity > 1:
        dim = nullity(Matrix.of(at_matrix(factor.open, A.exact_rows))) // (len(factor.open) - 1)
    for value in real:
        space = _nearest_space(A, value, dim)
        spaces.append(Eigenspace(value, factor.multiplicity, space))
    others += [z for z in rest for _ in range(factor.multiplicity)]
    return True


def _eigen(
    A: Matrix, spaces: Sequence[Eigenspace], others: Sequence[Scalar], small: float
) -> Eigen:
    ordered = tuple(sorted(spaces, key=lambda space: -float(space.value)))
    pairs = sorted(
        others, key=lambda z: (-_complex(z).real, -abs(_complex(z).imag), -_complex(z).imag)
    )
    values = tuple(space.value for space in ordered for _ in range(space.multiplicity))
    columns = [v for space in ordered for v in space.space.vectors]
    return Eigen((*values, *pairs), joined(columns, A.shape[0]), ordered, small)


def _complex(z: Scalar) -> complex:
    return complex(z)


# Measured


def _nearest_space(A: Matrix, value: float, dim: int) -> Subspace:
    """Give the `dim` directions that A − λI crushes most."""
    n = A.shape[0]
    _, S, Vh = np.linalg.svd(A.array - value * np.eye(n))
    columns = Vh[n - dim :].T
    columns = columns * np.sign(columns[np.abs(columns).argmax(axis=0), np.arange(dim)])
    gap = float(S[n - dim - 1]) if dim < n else 1.0
    off = tolerance(A, np.linalg.svd(A.array, compute_uv=False)) / gap if dim < n else 0.0
    return Subspace(Matrix.measured(columns, A.eps), tolerance=off)


def _measured_eigen(A: Matrix) -> Eigen:
    n = A.shape[0]
    sizes = np.linalg.svd(A.array, compute_uv=False)
    small, least = tolerance(A, sizes), sizes[-1]
    symmetric = bool((A.array == A.array.T).all())
    if symmetric:
        values, vectors = np.linalg.eigh(A.array)
        unsure = np.full(n, small)
    else:
        values, vectors = np.linalg.eig(A.array)
        unsure = small * _conditions(vectors, A.eps)
    spaces: list[Eigenspace] = []
    others: list[Scalar] = []
    for group in _groups(values, unsure):
        middle = complex(values[group].mean())
        if abs(middle.imag) > unsure[group].max():
            others += [middle] * len(group)
            continue
        value = middle.real + 0.0
        if abs(value) <= unsure[group].max() and least <= small:
            value = 0.0  # as the rank has it
        if symmetric:
            columns = vectors[:, group]
            columns = columns * np.sign(
                columns[np.abs(columns).argmax(axis=0), np.arange(len(group))]
            )
            space = Subspace(Matrix.measured(columns, A.eps), tolerance=_off(values, group, small))
        else:
            S = np.linalg.svd(A.array - value * np.eye(n), compute_uv=False)
            dim = min(max(1, int((8 * small >= S).sum())), len(group))
            space = _nearest_space(A, value, dim)
        spaces.append(Eigenspace(value, len(group), space))
    return _eigen(A, spaces, others, small)


def _off(values: Array, group: Sequence[int], small: float) -> float:
    """Give tolerance over gap (Davis and Kahan)."""
    rest = np.delete(values, group)
    if not len(rest):
        return 0.0
    return small / float(np.abs(rest - values[group].mean()).min())


def _conditions(vectors: Any, eps: float) -> Array:
    """Give how much an error in A grows in each eigenvalue, 1/|yᴴx| (Wilkinson 1965).

    Where eigenvectors meet this is infinite, yet n eigenvalues that fall into one
    spread by no more than the n-th root of the error: there the growth ends.
    """
    n = len(vectors)
    most = eps ** (1 / n - 1) if n > 1 else 1.0
    try:
        left = np.linalg.inv(vectors)
    except np.linalg.LinAlgError:
        return np.full(n, most)
    with np.errstate(over="ignore"):
        grown: Array = np.linalg.norm(left, axis=1)
    return np.where(np.isfinite(grown), np.clip(grown, 1.0, most), most)


def _groups(values: Any, unsure: Array) -> list[list[int]]:
    """Put eigenvalues together that could be one."""
    groups: list[list[int]] = []
    for i in range(len(values)):
        near = [
            group
            for group in groups
            if any(abs(values[i] - values[j]) <= unsure[i] + unsure[j] for j in group)
        ]
        groups = [group for group in groups if group not in near]
        groups.append(sorted([i, *(j for group in near for j in group)]))
    return groups
