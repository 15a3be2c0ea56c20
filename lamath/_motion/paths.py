"""Motion as mathematics: paths t ↦ M(t) whose every in-between matrix is true."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from lamath._matrix import EPS, Array
from lamath._motion.turns import Turn, turn_matrix
from lamath.errors import ShapeError

__all__ = [
    "LinearPath",
    "flatten",
    "fold",
    "polar_path",
    "power",
    "reflect",
    "rotation",
    "shear",
    "stretching",
    "within",
]


def _frozen(array: ArrayLike) -> Array:
    copy = np.array(array, dtype=np.float64) + 0.0  # −0 becomes 0
    copy.flags.writeable = False
    return copy


def _with_rows(matrix: Array, rows: int) -> Array:
    """Add rows of zeros: the plane is the floor of space. What is cut off is zero."""
    missing = rows - len(matrix)
    if missing <= 0:
        return matrix[:rows]
    return np.vstack([matrix, np.zeros((missing, matrix.shape[1]))])


def _is_identity(matrix: Array) -> bool:
    return np.array_equal(matrix, np.eye(len(matrix)))


class _Motion(Protocol):
    """What moves during one part: s ∈ (0, 1) ↦ a matrix that is near the identity at s near 0."""

    def __call__(self, s: float) -> Array: ...


@dataclass(frozen=True, eq=False)
class _Straight:
    """(1 − s)I + sP."""

    target: Array

    def __call__(self, s: float) -> Array:
        return (1.0 - s) * np.eye(len(self.target)) + s * self.target


@dataclass(frozen=True, eq=False)
class _Stretch:
    """V diag(fᵢˢ) Vᵀ, and straight to 0 along the axes with fᵢ = 0."""

    axes: Array
    factors: Array

    def __call__(self, s: float) -> Array:
        scale = np.where(self.factors > 0.0, self.factors**s, 1.0 - s)
        found: Array = (self.axes * scale) @ self.axes.T
        return found


@dataclass(frozen=True, eq=False)
class _Polar:
    """R(sθ), after a stretch if there is one."""

    turn: Turn
    stretch: _Stretch | None

    def __call__(self, s: float) -> Array:
        R = turn_matrix(s * self.turn.angle, self.turn.axis)
        if self.stretch is None:
            return R
        found: Array = R @ _with_rows(self.stretch(s), len(R))
        return found


@dataclass(frozen=True, eq=False)
class _Fold:
    """The half turn in space about a line of the plane: rows x, y and height."""

    mirror: Array

    def __call__(self, s: float) -> Array:
        (x, y), c, d = self.mirror, math.cos(math.pi * s), math.sin(math.pi * s)
        # m mᵀ + cos(πs) n nᵀ seen from above and sin(πs) nᵀ in height, n = (−y, x)
        return np.array(
            [
                [x * x + c * y * y, (1.0 - c) * x * y],
                [(1.0 - c) * x * y, y * y + c * x * x],
                [-d * y, d * x],
            ]
        )


@dataclass(frozen=True, eq=False)
class _Reflection(_Straight):
    """I − 2s nnᵀ."""

    normal: Array


@dataclass(frozen=True, eq=False)
class _Part:
    """One motion, applied to a base during its share of the time, played on or back."""

    name: str
    motion: _Motion
    far: Array  # where the motion ends, free of rounding
    base: Array  # what it is applied to
    reach: Array  # far @ base, free of rounding
    weight: float = 1.0
    backwards: bool = False

    @property
    def start(self) -> Array:
        return self.reach if self.backwards else self.base

    @property
    def end(self) -> Array:
        return self.base if self.backwards else self.reach

    def __call__(self, s: float) -> Array:
        if s <= 0.0:
            return self.start.copy()
        if s >= 1.0:
            return self.end.copy()
        matrix = self.motion(1.0 - s if self.backwards else s)
        return matrix @ _with_rows(self.base, matrix.shape[1])

    def after(self, matrix: Array) -> _Part:
        base = self.base @ _with_rows(matrix, self.base.shape[1])
        reach = self.reach @ _with_rows(matrix, self.reach.shape[1])
        return replace(self, base=_frozen(base), reach=_frozen(reach))

    def alone(self) -> _Part:
        """Give the part by itself, as a motion from (or, played back, to) the identity."""
        if _is_identity(self.base):
            return self
        return replace(self, base=_frozen(np.eye(self.far.shape[1])), reach=self.far)


class LinearPath:
    """A linear motion: t ∈ [0, 1] ↦ the float64 matrix M(t), from the identity to A (m×n).

    M(0) is the identity (n×n) and M(1) is A; both are free of rounding. In between M(t)
    has n columns and as many rows as there are dimensions on the way, in mathematical
    coordinates: the plane is the floor x, y of space. A fold of the plane is 3×2 while the
    sheet turns, its third row being the height; on its way to a 2×3 matrix space is 3×3
    until it lies on the floor. Where a part ends and the next one begins M(t) is
    continuous, missing rows counting as rows of zeros. t is held to [0, 1].

    A path made by `reversed` runs from its matrix back to the identity.

    >>> half_turn = rotation(math.pi)
    >>> half_turn(1)
    array([[-1.,  0.],
           [ 0., -1.]])
    >>> fold(0)(0.5).round(12)
    array([[1., 0.],
           [0., 0.],
           [0., 1.]])
    """

    __slots__ = ("_parts", "times")

    times: tuple[float, ...]
    """Where the parts begin and end: one more than there are parts, from 0 to 1."""

    def __init__(self, parts: Sequence[_Part]) -> None:
        total = math.fsum(part.weight for part in parts)
        reached, times = 0.0, [0.0]
        for part in parts:
            reached += part.weight / total
            times.append(reached)
        times[-1] = 1.0
        object.__setattr__(self, "_parts", tuple(parts))
        object.__setattr__(self, "times", tuple(times))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a LinearPath can't be changed; make another")

    def __reduce__(self) -> tuple[Any, ...]:
        return LinearPath, (self._parts,)

    _parts: tuple[_Part, ...]

    def __call__(self, t: float) -> Array:
        times, k = self.times, 0
        while t > times[k + 1] and k + 2 < len(times):
            k += 1
        return self._parts[k]((t - times[k]) / (times[k + 1] - times[k]))

    @property
    def start(self) -> Array:
        """The matrix at t = 0: the identity (n×n), unless the path is played back."""
        return self._parts[0].start

    @property
    def end(self) -> Array:
        """The matrix at t = 1 (m×n)."""
        return self._parts[-1].end

    @property
    def parts(self) -> tuple[LinearPath, ...]:
        """The parts, each as a path of its own from (or, played back, to) the identity.

        `then` puts them together again.
        """
        return tuple(LinearPath([part.alone()]) for part in self._parts)

    @property
    def name(self) -> str:
        """What happens, part by part, joined by " then ".

        ``stretch`` (along perpendicular axes), ``turn``, ``polar`` (both at once), ``fold``
        (of the plane, in space), ``flatten`` (onto a line, a plane, the origin),
        ``shear`` (straight, along one direction) or ``reflect`` (space, through a plane).
        """
        return " then ".join(part.name for part in self._parts)

    @property
    def folds(self) -> bool:
        """Whether the plane is turned over somewhere along the path."""
        return any(isinstance(part.motion, _Fold) for part in self._parts)

    @property
    def reflects(self) -> bool:
        """Whether space passes through a plane, to its mirror image, somewhere along the path."""
        return any(isinstance(part.motion, _Reflection) for part in self._parts)

    @property
    def mirror(self) -> Array | None:
        """What the first fold or reflection leaves in place, by one unit vector, else None.

        For a fold, which is about a line of the plane, a vector along that line (2 entries).
        For a reflection, which is in a plane of space, a vector perpendicular to that
        plane (3 entries); the first that is not 0 is positive.
        """
        for part in self._parts:
            if isinstance(part.motion, _Fold):
                return part.motion.mirror
            if isinstance(part.motion, _Reflection):
                return part.motion.normal
        return None

    @property
    def angle(self) -> float | None:
        """The angle of the first turn, in radians, forwards; None without a turn.

        It is signed in the plane, counterclockwise positive. In space it is what `axis`
        says.
        """
        turn = self._turn
        return None if turn is None else turn.angle

    @property
    def axis(self) -> Array | None:
        """The unit vector (3 entries) that the first turn in space is about, counterclockwise."""
        turn = self._turn
        return None if turn is None else turn.axis

    @property
    def _turn(self) -> Turn | None:
        for part in self._parts:
            if isinstance(part.motion, _Polar):
                return part.motion.turn
        return None

    @property
    def is_reversed(self) -> bool:
        """Whether the path runs back to the identity."""
        return self._parts[-1].backwards

    def reversed(self) -> LinearPath:
        """Give the same matrices in reverse order: ``path.reversed()(t) == path(1 - t)``.

        It starts at the matrix that the path ends at and ends at the identity.
        """
        return LinearPath(
            [replace(part, backwards=not part.backwards) for part in reversed(self._parts)]
        )

    def then(
        self, following: LinearPath, *, weights: tuple[float, float] | None = None
    ) -> LinearPath:
        """Give this path and after it another one, applied to what this one ends with.

        All parts share the time equally, unless `weights` gives the two shares. A path
        that is played back, and so starts where this one ends, is followed as it is. A
        path of space may follow one of the plane, which is its floor, and one of the plane
        what has landed on the floor.

        Raises
        ------
        ValueError
            If the second path starts neither at the identity nor where this one ends, or
            is one of the plane and this one ends in space.

        >>> quarter = rotation(math.pi / 2)
        >>> quarter.then(quarter).end
        array([[-1.,  0.],
               [ 0., -1.]])
        """
        first, second = list(self._parts), list(following._parts)
        start, end = following.start, self.end
        if start.shape[0] == start.shape[1] and _is_identity(start):
            if end[len(start) :].any():
                raise ValueError("the first path ends in space, the second moves a plane only")
            second = [part.after(end) for part in second]
        elif start.shape[1] != end.shape[1] or not np.allclose(
            _with_rows(start, max(len(start), len(end))),
            _with_rows(end, max(len(start), len(end))),
            rtol=0.0,
            atol=1e-12 * float(np.abs(end).max()),
        ):
            raise ValueError(
                "the second path starts neither at the identity nor at the first's end"
            )
        if weights is not None:
            if not all(weight > 0 for weight in weights):
                raise ValueError("weights are positive")
            for parts, share in ((first, weights[0]), (second, weights[1])):
                total = math.fsum(part.weight for part in parts)
                parts[:] = [replace(part, weight=part.weight * share / total) for part in parts]
        return LinearPath([*first, *second])

    def ending(self, end: Any) -> LinearPath:
        """Give the path with its end, but for rounding, replaced by the matrix `end`.

        `end` may have more rows than the path's, which are zero, or do without such.

        Raises
        ------
        ShapeError
            If `end` has another number of columns.
        """
        *before, last = self._parts
        reach = _array(end)
        if reach.shape[1] != self.end.shape[1]:
            raise ShapeError(
                f"this path ends at a matrix of {self.end.shape[1]} columns; "
                f"give one of as many, not {reach.shape[1]}"
            )
        far = last.far if before else reach
        return LinearPath([*before, replace(last, reach=reach, far=far)])

    def __repr__(self) -> str:
        return f"<LinearPath: {self.name}{', reversed' if self.is_reversed else ''}>"


def within(path: LinearPath, n: int) -> LinearPath:
    """Give what a path of space does to its first n dimensions: to the floor, for n = 2."""
    floor = np.eye(path.start.shape[0])[:, :n]
    first, *rest = (part.after(floor) for part in path._parts)
    return LinearPath([replace(first, base=_frozen(np.eye(n))), *rest])


def _alone(name: str, motion: _Motion, end: ArrayLike) -> LinearPath:
    far = _frozen(end)
    return LinearPath([_Part(name, motion, far, _frozen(np.eye(far.shape[1])), far)])


def _array(matrix: Any) -> Array:
    array = np.asarray(getattr(matrix, "array", matrix), dtype=np.float64)
    if array.ndim != 2 or not array.size:
        raise ShapeError("a path needs a matrix; give rows of entries")
    return _frozen(array)


def _square(matrix: Any) -> Array:
    array = _array(matrix)
    if array.shape[0] != array.shape[1]:
        raise ShapeError(
            f"a stretch needs a square matrix, not {array.shape[0]}×{array.shape[1]}; "
            "give as many rows as columns"
        )
    return array


def power(P: Any) -> LinearPath:
    """Give the stretch t ↦ Pᵗ, P (n×n) being symmetric with no negative eigenvalue.

    The determinant is (det P)ᵗ. Along axes that P sends to 0 it runs straight there. The
    identity gives a path that stays.

    Raises
    ------
    ShapeError
        If P is not square.
    ValueError
        If P is not symmetric, or has a negative eigenvalue.

    Examples
    --------
    >>> power([[4, 0], [0, 1]])(0.5)
    array([[2., 0.],
           [0., 1.]])
    """
    target = _square(P)
    if not np.any(target - np.diag(np.diag(target))):
        axes, factors, small = np.eye(len(target)), np.diag(target).copy(), 0.0
    else:
        largest = float(np.abs(target).max())
        if np.abs(target - target.T).max() > 1e-12 * largest:
            raise ValueError("only a symmetric matrix is a stretch along perpendicular axes")
        factors, axes = np.linalg.eigh(target)
        small = 4 * len(target) * EPS * float(np.abs(factors).max())
    if factors.min() < -small:
        raise ValueError("a stretch has no negative eigenvalue; a fold or a reflection has")
    factors[factors <= small] = 0.0
    return stretching(axes, factors).ending(target)


def stretching(axes: Array, factors: ArrayLike) -> LinearPath:
    """Give the stretch along perpendicular unit vectors (columns, n×n) by factors ≥ 0."""
    stretch = _Stretch(_frozen(axes), _frozen(factors))
    return _alone("stretch", stretch, (stretch.axes * stretch.factors) @ stretch.axes.T)


def flatten(P: Any) -> LinearPath:
    """Give the straight path (1 − t)I + tP to a projection P = P², or to 0.

    P may be oblique, and of any size. |det| falls from 1 to 0 all the way. A P that is
    not square is meant within the larger space: [[1, 0, 1], [0, 1, 1]] lays space onto
    its floor.

    Raises
    ------
    ValueError
        If P is not a projection.

    Examples
    --------
    >>> [float(np.linalg.det(flatten([[1, 0], [0, 0]])(t))) for t in (0, 0.25, 1)]
    [1.0, 0.75, 0.0]
    """
    end = _array(P)
    d = max(end.shape)
    target = np.zeros((d, d))
    target[: end.shape[0], : end.shape[1]] = end
    if np.abs(target @ target - target).max() > 1e-9 * max(1.0, float(np.abs(target).max()) ** 2):
        raise ValueError("what is flattened ends at a projection: P times P is P")
    motion = _Straight(_frozen(target))
    if end.shape[0] > end.shape[1]:
        return within(_alone("flatten", motion, target), end.shape[1]).ending(end)
    return _alone("flatten", motion, end)


def shear(A: Any) -> LinearPath:
    """Give the straight path (1 − t)I + tA to a shear: A − I is not 0, its square is.

    Every point slides along one direction, and det is 1 all the way.

    Raises
    ------
    ValueError
        If A is not a shear.

    Examples
    --------
    >>> shear([[1, 1], [0, 1]])(0.5)
    array([[1. , 0.5],
           [0. , 1. ]])
    """
    target = _square(A)
    slide = target - np.eye(len(target))
    largest = float(np.abs(slide).max())
    if not largest or np.abs(slide @ slide).max() > 1e-12 * largest**2:
        raise ValueError("a shear moves every point along one direction, and no other matrix does")
    return _alone("shear", _Straight(target), target)


def rotation(angle: float, axis: ArrayLike | None = None) -> LinearPath:
    """Give the turn by an angle in radians, counterclockwise if positive.

    Without an axis it turns the plane about the origin; with one, a vector of 3 entries,
    space about it: counterclockwise for an eye that the axis points at.

    >>> rotation(math.pi / 2).angle
    1.5707963267948966
    >>> rotation(math.pi / 2, axis=(0, 0, 2)).end
    array([[ 0., -1.,  0.],
           [ 1.,  0.,  0.],
           [ 0.,  0.,  1.]])
    """
    unit = None if axis is None else _frozen(_unit(axis, 3, "an axis"))
    turn = Turn(float(angle), unit)
    return _alone("turn", _Polar(turn, None), turn.matrix)


def polar_path(turn: Turn, axes: Array, factors: ArrayLike) -> LinearPath:
    """Give R(tθ)Pᵗ, which turns while it stretches; P = V diag(f) Vᵀ, all f > 0.

    P may be 2×2 and R a turn of space: then the path leads from the plane into space.
    """
    stretch = _Stretch(_frozen(axes), _frozen(factors))
    P = (stretch.axes * stretch.factors) @ stretch.axes.T
    R = turn.matrix
    return _alone("polar", _Polar(turn, stretch), R @ _with_rows(P, len(R)))


def fold(mirror: float | ArrayLike) -> LinearPath:
    """Give the half turn in space about a line of the plane; it ends as the reflection.

    Parameters
    ----------
    mirror
        The line: its angle in radians, or a vector along it.

    >>> fold((1, 1)).end
    array([[0., 1.],
           [1., 0.]])
    """
    given = np.asarray(getattr(mirror, "array", mirror), dtype=np.float64)
    line = turn_matrix(float(given))[:, 0] if given.ndim == 0 else given
    x, y = _unit(line, 2, "a mirror line")
    a, b = line / np.abs(line).max()
    end = np.array([[a * a - b * b, 2 * a * b], [2 * a * b, b * b - a * a]]) / (a * a + b * b)
    return _alone("fold", _Fold(_frozen([x, y])), end)


def reflect(normal: ArrayLike) -> LinearPath:
    """Give the straight path I − 2t nnᵀ to the mirror image of space in a plane.

    At t = 1/2 space lies flat in that plane: no path of space avoids it. (A fold would
    need a fourth dimension to turn in.)

    Parameters
    ----------
    normal
        The plane, by a vector perpendicular to it (3 entries).

    >>> reflect((0, 0, 5)).end
    array([[ 1.,  0.,  0.],
           [ 0.,  1.,  0.],
           [ 0.,  0., -1.]])
    """
    n = _unit(normal, 3, "a mirror plane")
    given = np.asarray(getattr(normal, "array", normal), dtype=np.float64)
    a = given / np.abs(given).max()
    end = _frozen(np.eye(3) - 2.0 * np.outer(a, a) / (a @ a))
    return _alone("reflect", _Reflection(end, _frozen(n)), end)


def _unit(direction: Any, n: int, what: str) -> Array:
    """Give the unit vector along a direction of n entries."""
    array = np.asarray(getattr(direction, "array", direction), dtype=np.float64)
    largest = float(np.abs(array).max(initial=0.0))
    if array.shape != (n,) or not largest:
        raise ValueError(f"{what} needs a direction; give {n} numbers, not all 0")
    scaled = array / largest
    unit: Array = scaled / np.linalg.norm(scaled)
    return unit
