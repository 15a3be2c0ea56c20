"""Rotations of the plane and of space, by angle and axis."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from lamath._matrix import Array

__all__ = ["STILL", "ImproperTurn", "Turn", "improper_turn", "taking", "turn_matrix", "turn_of"]

STILL: Final = 1e-12
"""Angles, and stretches' differences from 1, that nobody could tell from none."""

_UP: Final = np.array([0.0, 0.0, 1.0])
_UP.flags.writeable = False

_SMALL: Final = 1e-15
"""What sines, cosines and the entries of an axis are rounded off to zero below."""


class Turn(NamedTuple):
    """A rotation."""

    angle: float
    """In radians: in (−π, π] in the plane, in [0, π] about an axis."""
    axis: Array | None
    """The unit vector in space that it turns about, counterclockwise; None in the plane."""

    @property
    def matrix(self) -> Array:
        """The rotation (2×2 or 3×3)."""
        return turn_matrix(self.angle, self.axis)


class ImproperTurn(NamedTuple):
    """A rotation of space and after it a reflection in a plane."""

    turn: Turn
    """The rotation."""
    normal: Array
    """The unit vector perpendicular to the plane."""


def turn_matrix(angle: float, axis: Array | None = None) -> Array:
    """Give the rotation by `angle` (2×2, or 3×3 about a unit vector), quarter turns unrounded."""
    c, s = math.cos(angle), math.sin(angle)
    c = 0.0 if abs(c) < _SMALL else c
    s = 0.0 if abs(s) < _SMALL else s
    if axis is None:
        return np.array([[c, 0.0 - s], [s, c]])  # 0 − 0 is 0, −0 is not
    x, y, z = axis.tolist()
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    R: Array = np.eye(3) + s * cross + (1.0 - c) * (cross @ cross)
    return R + 0.0


def turn_of(R: Array) -> Turn:
    """Give the angle and the axis of a rotation matrix (2×2 or 3×3).

    The axis is that of the quaternion with w ≥ 0, so that the angle is the smaller one.
    Half turns, which have two axes, take the one whose first entry is positive; what turns
    nothing has the axis (0, 0, 1).
    """
    if len(R) == 2:
        angle = math.atan2(R[1, 0], R[0, 0])
        if abs(angle) < STILL:
            return Turn(0.0, None)
        return Turn(math.pi if angle < STILL - math.pi else angle, None)
    # the row of 4qqᵀ whose diagonal is the largest, so that nothing cancels (Shepperd 1978)
    d, t = np.diag(R), float(np.trace(R))
    skew = np.array([R[2, 1] - R[1, 2], R[0, 2] - R[2, 0], R[1, 0] - R[0, 1]])
    k = int(np.argmax(d))
    if t >= d[k]:
        w, v = 1.0 + t, skew
    else:
        v = R[k] + R[:, k]
        v[k] = 1.0 + 2.0 * d[k] - t
        w = float(skew[k])
    size = math.hypot(w, *v)
    w, v = w / size, v / size
    if w < 0.0:
        w, v = -w, -v
    v = np.where(np.abs(v) < _SMALL, 0.0, v)
    length = float(np.linalg.norm(v))
    if length < STILL / 2:
        return Turn(0.0, _UP)
    axis = v / length
    if w < STILL / 2:
        return Turn(math.pi, _laid(axis))
    return Turn(2.0 * math.atan2(length, w), axis + 0.0)


def _laid(axis: Array) -> Array:
    """Give the unit vector or its opposite, whichever has its first entry (but 0) positive."""
    first = axis[np.flatnonzero(np.abs(axis) > 1e-9)[0]]
    return (axis if first > 0 else -axis) + 0.0


def taking(v: Array, u: Array) -> Turn:
    """Give the smallest turn of space that takes one unit vector to another."""
    axis = np.cross(v, u)
    sine = float(np.linalg.norm(axis))
    if sine < 1e-9:  # there already, or back: about anything perpendicular
        axis = np.cross(v, np.eye(3)[int(np.abs(v).argmin())])
        return Turn(0.0 if v @ u > 0 else math.pi, axis / np.linalg.norm(axis))
    return Turn(math.atan2(sine, float(v @ u)), axis / sine)


def improper_turn(Q: Array) -> ImproperTurn:
    """Take an orthogonal 3×3 matrix with det −1 apart, into the smallest turn and a reflection.

    −Q turns about an axis by some ω; Q turns about the same axis, the other way, by
    π − ω, and reflects in the plane perpendicular to it.
    """
    angle, axis = turn_of(-Q)
    assert axis is not None  # noqa: S101  (it is one of space)
    if angle == 0.0:  # Q = −I
        return ImproperTurn(Turn(math.pi, axis), axis)
    if angle == math.pi:
        return ImproperTurn(Turn(0.0, _UP), axis)
    return ImproperTurn(Turn(math.pi - angle, -axis + 0.0), _laid(axis))
