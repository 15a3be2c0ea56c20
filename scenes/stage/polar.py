"""Directions of the plane in degrees, and lengths, for what goes round."""

from __future__ import annotations

from typing import Any

import numpy as np

from scenes.stage.figure import Given, read
from scenes.stage.view import Array

__all__ = ["angle_of", "length", "toward", "toward_same"]


def toward(degrees: float) -> Array:
    """Give the unit vector at an angle, exactly at quarter turns.

    >>> toward(90)
    array([0., 1.])
    """
    if degrees % 90 == 0:
        x, y = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[int(degrees // 90) % 4]
        return np.array([x, y])
    return np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])


def angle_of(vector: Given) -> float:
    """Give a vector's angle in (−180, 180]."""
    x, y = read(vector)[:2]
    return float(np.degrees(np.arctan2(y, x)))


def toward_same(degrees: float, near: float) -> float:
    """Give the angle of the same line that is nearest to another angle."""
    return near + (degrees - near + 90) % 180 - 90


def length(vector: Any) -> float:
    """Give a vector's length."""
    return float(np.linalg.norm(read(vector)))
