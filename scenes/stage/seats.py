"""The planner of labels: pure geometry, from boxes and obstacles to seats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np

from scenes.stage.layout import Rect
from scenes.stage.view import Array

__all__ = ["Crowd", "Guest", "Seat", "plan"]

BEARINGS = tuple(
    np.deg2rad(
        [0, 20, -20, 40, -40, 60, -60, 78, -78, 95, -95, 112, -112, 130, -130, 150, -150, 180]
    )
)
GAPS = (0.12, 0.22, 0.36, 0.55, 0.8)
BESIDE = tuple(np.deg2rad([90, -90, 70, -70, 110, -110]))


class Seat(NamedTuple):
    """Where a text stands: its bearing from the anchor's direction, and the gap to it."""

    bearing: float
    gap: float


class Guest(NamedTuple):
    """A text that looks for a seat.

    `place(bearing, gap)` gives the center (2,) it would have, `half` its half width and
    height, `wishes` the bearings it would take, the best one (on either side) first.
    """

    place: Callable[[float, float], Array]
    half: Array
    present: Seat | None = None
    wishes: Sequence[float] = BEARINGS
    inside: bool = False  # it may stand on its anchor: a number inside a region


class Crowd:
    """What stands on a stage: points to keep clear of, and texts that have their seats.

    Parameters
    ----------
    room
        Where a text may stand.
    points, weights
        (N, 2) points and (N,) how much each matters.
    taken
        Boxes of other texts.
    """

    CLEARANCE = 0.07

    def __init__(self, room: Rect, points: Array, weights: Array, taken: Sequence[Rect]) -> None:
        self.room, self.points, self.weights = room, points, weights
        self.taken = list(taken)

    def cost(self, box: Rect) -> float:
        """How much a text in that box would cover or touch."""
        (x, y, _), w, h = box.center, box.width / 2, box.height / 2
        near = (np.abs(self.points[:, 0] - x) < w + self.CLEARANCE) & (
            np.abs(self.points[:, 1] - y) < h + self.CLEARANCE
        )
        taken = sum(box.overlaps(other, gap=0.07) for other in self.taken)
        return float(self.weights[near].sum()) + 400 * (taken + (not self.room.contains(box)))


def plan(crowd: Crowd, guests: Sequence[Guest]) -> list[Seat]:
    """Give each guest in turn the seat that collides least; all else equal, the one it has."""
    chosen = []
    for guest in guests:
        options = list(product(guest.wishes, GAPS))
        if guest.inside:
            options.insert(0, (0.0, -float(np.abs(guest.half[0]))))
        if guest.present is not None:
            options.insert(0, guest.present)
        best, least, best_box = Seat(*options[0]), np.inf, None
        for bearing, gap in options:
            box = box_at(guest.place(bearing, gap), guest.half)
            aside = abs(abs(_wrap(bearing)) - abs(_wrap(guest.wishes[0])))
            cost = 0.35 * aside + 2.5 * (gap - GAPS[0]) + crowd.cost(box)
            if guest.present is not None:
                cost += 0.3 * abs(_wrap(bearing - guest.present.bearing))
            if cost < least:
                best, least, best_box = Seat(bearing, gap), cost, box
        if best_box is not None:
            crowd.taken.append(best_box)
        chosen.append(best)
    return chosen


def box_at(center: Array, half: Array) -> Rect:
    """Give the box around a center (2,) with that half width and height (2,)."""
    (x, y), (w, h) = center, half
    return Rect(float(x - w), float(y - h), float(x + w), float(y + h))


def _wrap(angle: float) -> float:
    return float((angle + np.pi) % (2 * np.pi) - np.pi)
