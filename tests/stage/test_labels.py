"""Texts that belong to something: they follow it upright, and numbers say what is true."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import lamath as la
from lamath import notation
from scenes.stage import bezier
from scenes.stage.figure import Value
from scenes.stage.labels import Coordinates, Label, Running
from scenes.stage.layout import Rect
from scenes.stage.shapes import Arrow, Curve, Dot, Lines, Measure, Wedge
from scenes.stage.theme import DARK
from scenes.stage.view import View

VIEW = View(Rect(-4.0, -3.0, 4.0, 3.0), (0.0, 0.0), 0.9)
ASLANT = VIEW.turned(math.radians(-55), math.radians(24))
I2 = np.eye(2)
entries = st.floats(-2, 2).map(lambda x: round(x, 3))
matrices = st.lists(entries, min_size=4, max_size=4).map(lambda e: np.array(e).reshape(2, 2))


def label(anchor: Any, text: Any = "x", **style: Any) -> Label:
    return Label(text, anchor, size=0.27, color=DARK.i, **style)


# --- Where they stand ---------------------------------------------------------------------------


@given(matrices, st.floats(-3, 3), st.floats(0.1, 0.6))
def test_a_label_stays_upright_at_its_distance_from_the_tip(
    A: np.ndarray, bearing: float, gap: float
) -> None:
    arrow = Arrow((1.0, 0.5), color=DARK.i)
    name = label(arrow)
    name.bearing, name.gap = bearing, gap
    name.pose(I2, VIEW)
    before = np.asarray(name.points) - name.get_center()
    name.pose(A, VIEW)
    assert np.asarray(name.points) - name.get_center() == pytest.approx(before, abs=1e-9)
    tip = VIEW.spot(A @ arrow.vector)[:2]
    assert name.tip == pytest.approx(tip)
    room = VIEW.rect.inset(0.1)
    box = name.box
    assert room.contains(box)
    if room.inset(0.01).contains(box):
        # the gap is between supporting lines, so a corner may be farther off
        assert gap - 1e-9 <= name.distance <= gap + 0.35


def test_a_label_stands_ahead_of_its_arrow_whichever_way_that_points() -> None:
    name = label(Arrow((1.0, 0.0), color=DARK.i))
    for angle in np.linspace(0, 6, 13):
        c, s = math.cos(angle), math.sin(angle)
        name.pose(np.array([[c, -s], [s, c]]), VIEW)
        ahead = name.get_center()[:2] - name.tip
        assert ahead / np.linalg.norm(ahead) == pytest.approx([c, s])


def test_what_shrinks_away_keeps_its_label_on_the_side_it_had() -> None:
    name = label(Arrow((1.0, 1.0), color=DARK.null_space))
    name.pose(I2, VIEW)
    aside = name.get_center()[:2] - name.tip
    name.pose(np.zeros((2, 2)), VIEW)
    assert name.tip == pytest.approx([0, 0])
    assert name.get_center()[:2] - name.tip == pytest.approx(aside)


def test_a_label_stays_on_the_stage_when_its_arrow_leaves() -> None:
    name = label(Arrow((1.0, 0.2), color=DARK.i))
    name.pose(100 * I2, VIEW)
    assert VIEW.rect.contains(name.box)
    assert name.distance > Label.FARTHEST


ANCHORS = [
    (Arrow((2, 1), color=DARK.i, tail=(-1, 0)), None, (1, 1), (2, 1)),
    (Arrow((2, 1), color=DARK.i, tail=(-1, 0)), 0.5, (0, 0.5), (2, 1)),
    (Dot((1, -1), color=DARK.i), None, (1, -1), None),
    (
        Curve(bezier.polygon([(0, 0), (2, 0), (2, 1), (0, 1)]), front=DARK.i, width=2),
        None,
        (1, 0.5),
        None,
    ),
    (Curve(bezier.polyline([(0, 0), (2, 1)]), front=DARK.i, width=2), 0.5, (1, 0.5), (2, 1)),
    (Curve(bezier.circle(), front=DARK.i, width=2), 0.25, (0, 1), None),
]


@pytest.mark.parametrize(("anchor", "on", "named", "ahead"), ANCHORS)
def test_a_label_names_the_place_it_belongs_to(
    anchor: Any, on: float | None, named: tuple, ahead: tuple | None
) -> None:
    A = np.array([[1.0, 0.5], [0.0, 1.0]])
    name = label(anchor, on=on)
    for view in (VIEW, ASLANT):
        anchor.pose(A, view)
        name.pose(A, view)
        assert name.tip == pytest.approx(view.spot(A @ named)[:2], abs=1e-6)
        if ahead is not None:
            direction = (view.axes[:, :2] @ A) @ ahead
            assert name.facing == pytest.approx(direction / np.linalg.norm(direction))


def test_a_number_on_a_measure_stands_at_its_middle() -> None:
    measure = Measure((2, 0), color=DARK.i, width=2, side=1, offset=0.3)
    measure.pose(I2, VIEW)
    number = label(measure)
    number.pose(I2, VIEW)
    assert number.tip == pytest.approx(VIEW.spot((1, 0))[:2] + np.array([0, 0.3]))


def test_a_number_in_a_wedge_looks_along_its_middle() -> None:
    wedge = Wedge(0.0, math.pi / 2, color=DARK.i, width=2, radius=0.5, at=(1, 0))
    wedge.pose(I2, VIEW)
    number = label(wedge)
    number.pose(I2, VIEW)
    assert number.facing == pytest.approx([math.sqrt(0.5)] * 2)
    assert number.tip == pytest.approx(VIEW.spot((1, 0))[:2] + 0.5 * math.sqrt(0.5))


def test_what_has_no_place_can_not_be_labelled() -> None:
    grid = Lines((0, 1), 1.0, 3, 4.0, front=DARK.live, width=1)
    with pytest.raises(TypeError, match="Lines"):
        label(grid).pose(I2, VIEW)


# --- What they say ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["x", "sqrt(5)", "1/2", "(5 + sqrt(5))/2", "A x"])
def test_another_text_stands_in_the_same_place_at_the_same_size(text: str) -> None:
    name = label(Arrow((1, 1), color=DARK.i), "hat(dotless.i)")
    name.pose(I2, VIEW)
    center = name.get_center()
    name.show(text)
    assert name.text == text
    assert name.get_center() == pytest.approx(center)
    assert name.cap_height == pytest.approx(0.27)
    points = np.asarray(name.points)
    assert (name.box.width, name.box.height) == pytest.approx(np.ptp(points[:, :2], axis=0))
    name.pose(I2, VIEW)
    assert name.distance == pytest.approx(name.gap, abs=0.3)


def running(*landings: Any, **style: Any) -> tuple[Value, Running]:
    value = Value(0.0)
    return value, Running(value, landings, **style)


@pytest.mark.parametrize("text", ["5", "3*sqrt(5)", "sqrt(5)", "(5+sqrt(5))/2", "-1/5", "1000"])
def test_a_number_lands_on_its_exact_value(text: str) -> None:
    exact = la.vector([text])[0]
    value, number = running(1, exact)
    value.now = float(exact)
    wanted = notation.typst(exact, sign=True).removeprefix("= ")
    assert number.source(at_rest=True) == (wanted, True)
    assert number.source(at_rest=False) == (wanted, True)


def test_what_has_no_simple_form_is_shown_as_about() -> None:
    sigma = la.svd("0.1234567 0; 0 0.1").S[0]
    assert not notation.is_simple(sigma)
    value, number = running(1, sigma)
    value.now = float(sigma)
    assert number.source(at_rest=True) == ("approx 0.123", True)
    value.now = 2.71828
    assert number.source(at_rest=True) == ("approx 2.72", True)


def test_a_running_number_keeps_its_decimals_and_is_no_exact_value() -> None:
    value, number = running(1, 5)
    for now in (1.234, 2.0001, 4.999, 3.5):
        value.now = now
        text, is_math = number.source(at_rest=False)
        assert not is_math
        assert re.fullmatch(r"\d\.\d\d", text), text
        assert float(text) == pytest.approx(now, abs=0.0051)


def test_what_only_comes_near_does_not_land() -> None:
    value, number = running(1, 5)
    value.now = 5 - 1e-6
    assert number.source(at_rest=False) == ("5.00", False)
    value.now = 5 - 1e-12
    assert number.source(at_rest=False) == ("5", True)


@pytest.mark.parametrize(
    ("largest", "decimals"), [(0.003, 4), (0.5, 2), (7, 2), (700, 1), (7000, 0)]
)
def test_a_number_has_as_many_decimals_as_it_can_bear(largest: float, decimals: int) -> None:
    assert running(largest)[1].decimals == decimals


def test_what_stands_still_keeps_saying_about_while_other_things_move() -> None:
    value, number = running(1, 5)
    value.now = 2.71828
    assert number.source(at_rest=True) == ("approx 2.72", True)
    assert number.source(at_rest=False) == ("approx 2.72", True)
    value.now = 2.72
    assert number.source(at_rest=False) == ("2.72", False)
    x = Value((0.5, 0.123456))
    pair = Coordinates(x, [la.vector("1 1")])
    assert pair.source(at_rest=True) == pair.source(at_rest=False)
    x.now = (0.5, 0.2)
    assert pair.source(at_rest=False) == ("(0.50, 0.20)", False)


def test_a_count_shows_whole_numbers_only() -> None:
    value, number = running(0, 1, 2, whole=True)
    shown = set()
    for now in np.linspace(0, 2, 21):
        value.now = now
        shown.add(number.source(at_rest=False)[0])
    assert shown == {"0", "1", "2"}


def test_nothing_is_never_minus_nothing() -> None:
    value, number = running(1)
    value.now = -0.001
    assert number.source(at_rest=False) == ("0.00", False)
    value.now = -0.01
    assert number.source(at_rest=False) == ("−0.01", False)


def test_a_number_can_say_its_name_and_its_unit() -> None:
    value, number = running(90, unit="°", decimals=0)
    value.now = 90.0
    assert number.source(at_rest=True) == ("90 degree", True)
    value.now = 44.6
    assert number.source(at_rest=False) == ("45°", False)
    value, named = running(3, prefix="x")
    value.now = 3.0
    assert named.source(at_rest=True) == ("x = 3", True)
    value.now = math.pi
    assert named.source(at_rest=True) == ("x approx 3.14", True)


def test_coordinates_run_and_land_exactly() -> None:
    goal = la.vector("1/2 sqrt(2)")
    x = Value((0.0, 0.0))
    number = Coordinates(x, [goal])
    x.now = (0.25, -1.0)
    assert number.source(at_rest=False) == ("(0.25, −1.00)", False)
    x.now = goal
    text, is_math = number.source(at_rest=False)
    assert is_math
    assert text == f"({notation.typst(tuple(goal))})"
    x.now = (0.123456, 7.0)
    assert number.source(at_rest=True)[0].startswith("approx (0.123")


@given(st.floats(0.01, 9.98))
def test_digits_do_not_jitter(now: float) -> None:
    value, number = running(9.99)
    name = label(Dot((0, 0), color=DARK.i), number)
    value.now = 8.88
    name.refresh(at_rest=False)
    width = name.box.width
    value.now = now
    name.refresh(at_rest=False)
    assert name.box.width == pytest.approx(width, abs=0.05)
