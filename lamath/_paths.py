"""Motion as mathematics: paths t ↦ M(t) whose every in-between matrix is true."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from lamath._matrix import Array

__all__ = ["LinearPath", "flatten", "fold", "polar_path", "rotation", "straight", "turn_matrix"]


def _frozen(array: ArrayLike) -> Array:
    copy = np.array(array, dtype=np.float64)
    copy.flags.writeable = False
    return copy


IDENTITY = _frozen(np.eye(2))


def turn_matrix(angle: float) -> Array:
    """Give the rotation by `angle` (2×2), quarter turns without rounding."""
    c, s = math.cos(angle), math.sin(angle)
    c = 0.0 if abs(c) < 1e-15 else c
    s = 0.0 if abs(s) < 1e-15 else s
    return np.array([[c, 0.0 - s], [s, c]])  # 0 − 0 is 0, −0 is not


class _Motion(Protocol):
    """What moves during one part: s ∈ (0, 1) ↦ a matrix that is near the identity at s near 0."""

    def __call__(self, s: float) -> Array: ...


@dataclass(frozen=True, eq=False)
class _Straight:
    """(1 − s)I + sP."""

    target: Array

    def __call__(self, s: float) -> Array:
        return (1.0 - s) * IDENTITY + s * self.target


@dataclass(frozen=True, eq=False)
class _Polar:
    """R(sθ)((1 − s)I + sP)."""

    angle: float
    stretch: Array | None

    def __call__(self, s: float) -> Array:
        c, d = math.cos(s * self.angle), math.sin(s * self.angle)
        turn = np.array([[c, -d], [d, c]])
        if self.stretch is None:
            return turn
        return turn @ ((1.0 - s) * IDENTITY + s * self.stretch)


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
        return self.motion(1.0 - s if self.backwards else s) @ self.base

    def after(self, matrix: Array) -> _Part:
        return replace(self, base=_frozen(self.base @ matrix), reach=_frozen(self.reach @ matrix))

    def alone(self) -> _Part:
        """Give the part by itself, as a motion from (or, played back, to) the identity."""
        return replace(self, base=IDENTITY, reach=self.far)


class LinearPath:
    """A motion of the plane: t ∈ [0, 1] ↦ the float64 matrix M(t), M(0) being the identity.

    M(t) is 2×2, except strictly inside a fold, where the sheet leaves the plane:
    there it is 3×2, its first two rows being the plane seen from above, the third
    the height. Both ends of every part are 2×2 and free of rounding. t is held to
    [0, 1].

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
        """The matrix at t = 0 (2×2): the identity, unless the path is played back."""
        return self._parts[0].start

    @property
    def end(self) -> Array:
        """The matrix at t = 1 (2×2)."""
        return self._parts[-1].end

    @property
    def parts(self) -> tuple[LinearPath, ...]:
        """The parts, each as a path of its own from (or, played back, to) the identity."""
        return tuple(LinearPath([part.alone()]) for part in self._parts)

    @property
    def name(self) -> str:
        """What happens: ``stretch``, ``turn``, ``polar``, ``fold``, ``flatten``, or several."""
        return " then ".join(part.name for part in self._parts)

    @property
    def folds(self) -> bool:
        """Whether the sheet is turned over somewhere along the path."""
        return any(isinstance(part.motion, _Fold) for part in self._parts)

    @property
    def mirror(self) -> Array | None:
        """The unit vector along the line of the first fold; None without a fold."""
        for part in self._parts:
            if isinstance(part.motion, _Fold):
                return part.motion.mirror
        return None

    @property
    def angle(self) -> float | None:
        """The signed angle, in radians, of the first turn, forwards; None without a turn."""
        for part in self._parts:
            if isinstance(part.motion, _Polar):
                return part.motion.angle
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
        that is played back, and so starts where this one ends, is followed as it is.

        Raises
        ------
        ValueError
            If the second path starts neither at the identity nor where this one ends.

        >>> quarter = rotation(math.pi / 2)
        >>> quarter.then(quarter).end
        array([[-1.,  0.],
               [ 0., -1.]])
        """
        first, second = list(self._parts), list(following._parts)
        if np.array_equal(following.start, IDENTITY):
            second = [part.after(self.end) for part in second]
        elif not np.allclose(
            following.start, self.end, rtol=0.0, atol=1e-12 * float(np.abs(self.end).max())
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
        """Give the path with its end, but for rounding, replaced by the 2×2 matrix `end`."""
        *before, last = self._parts
        reach = _planar(end)
        far = last.far if before else reach
        return LinearPath([*before, replace(last, reach=reach, far=far)])

    def __repr__(self) -> str:
        return f"<LinearPath: {self.name}{', reversed' if self.is_reversed else ''}>"


def _alone(name: str, motion: _Motion, end: ArrayLike) -> LinearPath:
    far = _frozen(end)
    return LinearPath([_Part(name, motion, far, IDENTITY, far)])


def _planar(matrix: Any) -> Array:
    array = np.asarray(getattr(matrix, "array", matrix), dtype=np.float64)
    if array.shape != (2, 2):
        from lamath.errors import ShapeError

        raise ShapeError(
            f"a path needs a 2×2 matrix, not {'×'.join(map(str, array.shape))}; "
            "give two rows of two entries"
        )
    return _frozen(array)


def straight(P: Any) -> LinearPath:
    """Give the straight path (1 − t)I + tP to a 2×2 matrix.

    It keeps its determinant positive exactly when P has no eigenvalue ≤ 0, as
    every positive definite P; for others use `path`.

    >>> straight([[3, 0], [0, 1]])(0.5)
    array([[2., 0.],
           [0., 1.]])
    """
    target = _planar(P)
    return _alone("stretch", _Straight(target), target)


def flatten(P: Any) -> LinearPath:
    """Give the straight path to a projection P (or to 0); |det| falls from 1 to 0 all the way.

    >>> [float(np.linalg.det(flatten([[1, 0], [0, 0]])(t))) for t in (0, 0.25, 1)]
    [1.0, 0.75, 0.0]
    """
    target = _planar(P)
    return _alone("flatten", _Straight(target), target)


def rotation(angle: float) -> LinearPath:
    """Give the turn about the origin by an angle in radians, counterclockwise if positive.

    >>> rotation(math.pi / 2).angle
    1.5707963267948966
    """
    return _alone("turn", _Polar(float(angle), None), turn_matrix(angle))


def polar_path(angle: float, P: Any) -> LinearPath:
    """Give R(tθ)((1 − t)I + tP), which turns while it stretches.

    For a positive definite P its determinant stays positive.

    >>> polar_path(math.pi / 2, [[2, 0], [0, 1]]).end
    array([[ 0., -1.],
           [ 2.,  0.]])
    """
    target = _planar(P)
    return _alone("polar", _Polar(float(angle), target), turn_matrix(angle) @ target)


def fold(mirror: float | ArrayLike) -> LinearPath:
    """Give the half turn in space about a line through the origin; it ends as the reflection.

    Parameters
    ----------
    mirror
        The line: its angle in radians, or a vector along it.

    >>> fold((1, 1)).end
    array([[0., 1.],
           [1., 0.]])
    """
    given = np.asarray(getattr(mirror, "array", mirror), dtype=np.float64)
    x, y = turn_matrix(float(given))[:, 0] if given.ndim == 0 else given
    squares = x * x + y * y
    if not squares > 0:
        raise ValueError("a mirror line needs a direction; give a vector other than zero")
    end = np.array([[x * x - y * y, 2 * x * y], [2 * x * y, y * y - x * x]]) / squares
    return _alone("fold", _Fold(_frozen([x, y] / np.sqrt(squares))), end)
