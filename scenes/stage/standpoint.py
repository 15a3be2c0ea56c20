"""Where to stand in space: so that arrows can be told apart, or a plane is seen edge-on."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from scenes.stage.view import Array, View

__all__ = ["along", "edge_on", "nearly_along", "oblique", "telling"]

USUAL, TILT = -50.0, 24.0  # degrees: azimuth and elevation of a view that suits most things
LOW = 14.0  # degrees: from lower the floor is a line
ASIDE = 0.4  # how far aside of an axis one stands that one looks along, by its length
OPEN = 0.42  # sine of the angle under which a plane looks like one


def oblique(
    view: View,
    vectors: Sequence[npt.ArrayLike],
    normal: npt.ArrayLike = (),
    *also: Sequence[npt.ArrayLike],
    facing: float = OPEN,
) -> View:
    """Give the view from where vectors of space show their lengths and stand apart.

    `also` lists other vectors of which the same holds, at another time.

    A plane with that normal, if there is one, is seen from above or below, not edge-on; so
    are several planes, given by the rows of `normal`. `facing` is the sine of the angle under
    which a plane is open enough.
    """
    normals = _arrays(list(np.atleast_2d(np.asarray(normal, dtype=float))))

    def worth(azimuth: float, elevation: float) -> float:
        seen = view.turned(math.radians(azimuth), math.radians(elevation))
        sines = [abs(float(n @ seen.toward)) / float(np.linalg.norm(n)) for n in normals]
        flat = min(sines, default=1.0) / facing
        usual = abs((azimuth - USUAL + 180) % 360 - 180) / 180
        apart = min(_told_apart(seen, each) for each in (vectors, *also))
        return min(flat, 1.0, apart) - 0.35 * usual

    places = [(a, e) for a in range(-175, 185, 10) for e in (18.0, TILT, 32.0)]
    azimuth, elevation = max(places, key=lambda place: worth(*place))
    return view.turned(math.radians(azimuth), math.radians(elevation))


def along(view: View, direction: npt.ArrayLike) -> View:
    """Give the view in which a direction points at the viewer, a short way round from this one.

    >>> from scenes.stage.layout import Rect
    >>> view = View(Rect(0, 0, 1, 1), (0.0, 0.0), 1.0)
    >>> along(view, (0, -2, 2)).toward.round(3) + 0.0
    array([ 0.   , -0.707,  0.707])
    """
    x, y, z = np.asarray(direction, dtype=float)
    level = float(np.hypot(x, y))
    way = math.atan2(y, x) - view.azimuth if level > 1e-9 * abs(z) else 0.0
    way = (way + math.pi) % (2 * math.pi) - math.pi
    return view.turned(view.azimuth + way, math.atan2(z, level))


def telling(
    view: View, groups: Sequence[Sequence[npt.ArrayLike]], side: npt.ArrayLike = ()
) -> View:
    """Give the view from where the vectors of each of several groups can be told apart.

    It stands on that side of a plane, if `side` is a normal of one, a short way round.
    """
    n = np.asarray(side, dtype=float)

    def worth(azimuth: float, elevation: float) -> float:
        seen = view.turned(math.radians(azimuth), math.radians(elevation))
        before = float(n @ seen.toward) / float(np.linalg.norm(n)) / OPEN if n.any() else 1.0
        usual = abs((azimuth - USUAL + 180) % 360 - 180) / 180
        apart = [min(1.0, _told_apart(seen, vectors)) for vectors in groups]
        # the sum counts too: what can be told apart from nowhere must not decide alone
        return min(before, 1.0, *apart) + sum(apart) / len(apart) - 0.2 * usual

    places = [(a, e) for a in range(-175, 185, 10) for e in (18.0, TILT, 32.0)]
    azimuth, elevation = max(places, key=lambda place: worth(*place))
    way = (math.radians(azimuth) - view.azimuth + math.pi) % (2 * math.pi) - math.pi
    return view.turned(view.azimuth + way, math.radians(elevation))


def edge_on(view: View, normal: npt.ArrayLike, vectors: Sequence[npt.ArrayLike]) -> View:
    """Give a view along the plane with that normal, a short way round from the present one."""
    n = np.asarray(normal, dtype=float)
    level = float(np.hypot(n[0], n[1]))
    steep = math.atan2(0.85 * level, abs(float(n[2])))
    found = []
    for up in (0.4, 0.7, 1.0):
        elevation = min(math.radians(TILT) * up, steep)
        if level < 1e-9:  # the plane lies level: it is edge-on from all round
            azimuths = [math.radians(a) for a in range(-180, 180, 15)]
        else:
            lean = -math.tan(elevation) * float(n[2]) / level
            ahead = math.atan2(n[1], n[0])
            azimuths = [ahead + math.acos(lean), ahead - math.acos(lean)]
        for azimuth in azimuths:
            way = (azimuth - view.azimuth + math.pi) % (2 * math.pi) - math.pi
            found.append((view.turned(view.azimuth + way, elevation), abs(way)))
    return max(found, key=lambda each: _lengths(each[0], vectors) - 0.25 * each[1])[0]


def nearly_along(view: View, axis: npt.ArrayLike, aside: npt.ArrayLike) -> View:
    """Give a view along an axis of space but a little from the side of a direction square to it.

    Of the four such places it is one that looks down on the floor, not too steeply; where all
    lie level with it, a little higher.
    """
    a, b = (np.asarray(v, dtype=float) / np.linalg.norm(v) for v in (axis, aside))
    places = [along(view, s * a + t * ASIDE * b) for s in (1, -1) for t in (1, -1)]
    found = min(places, key=lambda each: abs(each.elevation - math.radians(TILT)))
    return found.turned(found.azimuth, max(found.elevation, math.radians(LOW)))


def _lengths(view: View, vectors: Sequence[npt.ArrayLike]) -> float:
    """Say how much the view leaves of the vector that it shortens most, 0 to 1."""
    sizes = [float(np.linalg.norm(view.axes @ v) / np.linalg.norm(v)) for v in _arrays(vectors)]
    return min(sizes, default=1.0)


def _told_apart(view: View, vectors: Sequence[npt.ArrayLike]) -> float:
    """Say how well vectors can be told apart, up to 1 for well."""
    units = [v / np.linalg.norm(v) for v in _arrays(vectors)]
    flat = [view.axes @ u for u in units]
    worth = _lengths(view, vectors) / 0.6
    for k, a in enumerate(units):
        for j in range(k):
            apart = float(np.linalg.norm(np.cross(a, units[j])))
            if apart > 0.05:  # parallel ones are so from everywhere
                x, y = flat[k], flat[j]
                sine = abs(x[0] * y[1] - x[1] * y[0]) / (np.linalg.norm(x) * np.linalg.norm(y))
                opposed = float(x @ y) < 0
                worth = min(worth, (1.0 if opposed else sine / 0.4) + 0.0)
    return worth


def _arrays(vectors: Sequence[npt.ArrayLike]) -> list[Array]:
    arrays = (np.asarray(v, dtype=float) for v in vectors)
    return [v for v in arrays if v.any()]
