"""Colors can be told from what lies behind them and from each other, by everyone."""

from __future__ import annotations

from itertools import combinations

import pytest
from coloraide import Color

from scenes.stage.theme import THEMES, Layer, Mark, Theme, contrast

THEME = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
SURFACES = ("background", "panel", "strip")
ROLES = ("i", "j", "third", "input", "output", "column_space", "null_space", "sigma")
ARROWS = ("i", "j", "third", "input", "output", "null_space")
FACES = ("sheet", "sheet_back"), ("region", "region_back"), ("live", "live_back")
VISION = ("normal", "protan", "deutan", "tritan")
APART = 12.0


def difference(a: str, b: str, vision: str) -> float:
    """ΔE2000 of two colors as somebody sees them."""
    seen = [Color(each) if vision == "normal" else Color(each).filter(vision) for each in (a, b)]
    return float(seen[0].delta_e(seen[1], method="2000"))


def least_difference(a: str, b: str) -> float:
    return min(difference(a, b, vision) for vision in VISION)


def over(color: str, opacity: float, ground: str) -> str:
    """What a tinted area looks like."""
    channels = (
        round(opacity * int(color[k : k + 2], 16) + (1 - opacity) * int(ground[k : k + 2], 16))
        for k in (1, 3, 5)
    )
    return "#" + "".join(f"{channel:02X}" for channel in channels)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#336699", "#336699") == 1


def test_a_difference_is_small_for_whom_it_is_small() -> None:
    red, green = "#D04040", "#709030"
    assert difference(red, green, "normal") > 40
    assert difference(red, green, "deutan") < difference(red, green, "tritan") / 2


@THEME
def test_words_can_be_read_on_every_surface(theme: Theme) -> None:
    for surface in SURFACES:
        assert contrast(theme.ink, getattr(theme, surface)) >= 7
        assert contrast(theme.muted, getattr(theme, surface)) >= 4.5


@THEME
@pytest.mark.parametrize("role", [*ROLES, "good", "bad"])
@pytest.mark.parametrize("surface", SURFACES)
def test_colored_text_can_be_read_everywhere(theme: Theme, role: str, surface: str) -> None:
    assert contrast(getattr(theme, role), getattr(theme, surface)) >= 4.5


@THEME
@pytest.mark.parametrize("role", ["live", "live_back", "region", "region_back", "ghost"])
def test_lines_that_carry_meaning_can_be_seen(theme: Theme, role: str) -> None:
    assert contrast(getattr(theme, role), theme.background) >= 3


@THEME
@pytest.mark.parametrize("role", ARROWS)
def test_an_arrow_has_a_rim_that_parts_it_from_any_sheet(theme: Theme, role: str) -> None:
    assert contrast(getattr(theme, role), theme.casing) >= 4.5


@THEME
@pytest.mark.parametrize(("a", "b"), list(combinations((*ROLES, "ink"), 2)))
def test_roles_that_meet_differ_for_everyone(theme: Theme, a: str, b: str) -> None:
    close = least_difference(getattr(theme, a), getattr(theme, b)) < APART
    assert not close or Theme.differ_in_style(a, b)


@THEME
@pytest.mark.parametrize(("a", "b"), list(combinations(ARROWS, 2)))
def test_arrows_differ_by_color_alone(theme: Theme, a: str, b: str) -> None:
    assert least_difference(getattr(theme, a), getattr(theme, b)) >= APART


@THEME
def test_what_an_output_is_and_where_outputs_land_are_not_one_blue(theme: Theme) -> None:
    assert least_difference(theme.output, theme.column_space) >= APART
    assert Theme.differ_in_style("output", "column_space")


@THEME
def test_no_two_roles_look_alike_even_where_their_styles_differ(theme: Theme) -> None:
    for a, b in combinations(ROLES, 2):
        assert difference(getattr(theme, a), getattr(theme, b), "normal") >= APART
        assert least_difference(getattr(theme, a), getattr(theme, b)) >= 7


@THEME
@pytest.mark.parametrize(("front", "back"), FACES)
def test_front_and_back_differ_for_everyone(theme: Theme, front: str, back: str) -> None:
    opacity = {"sheet": theme.sheet_fill, "region": theme.region_fill}.get(front, 1.0)
    faces = [over(getattr(theme, name), opacity, theme.background) for name in (front, back)]
    assert least_difference(*faces) >= APART


@THEME
def test_a_face_differs_from_what_lies_behind_it(theme: Theme) -> None:
    for name, opacity in (
        ("sheet", theme.sheet_fill),
        ("sheet_back", theme.sheet_fill),
        ("region", theme.region_fill),
        ("region_back", theme.region_fill),
    ):
        face = over(getattr(theme, name), opacity, theme.background)
        assert least_difference(face, theme.background) >= 8, name


@THEME
def test_right_and_wrong_are_told_by_their_signs(theme: Theme) -> None:
    for role in ("good", "bad"):
        assert Theme.marks[role] == {Mark.SIGN}


def test_marks_are_given_for_roles_that_there_are() -> None:
    assert {*Theme.marks} <= {*Theme.__dataclass_fields__}
    assert {*ROLES} <= {*Theme.marks}
    assert not Theme.differ_in_style("null_space", "column_space")  # both are lines


@THEME
def test_nothing_is_set_below_the_minimum(theme: Theme) -> None:
    sizes = (theme.title, theme.caption, theme.math, theme.label, theme.prose, theme.small)
    assert min(sizes) > theme.minimum
    assert theme.number > max(sizes)


def test_a_theme_is_a_value() -> None:
    theme = THEMES["dark"]
    with pytest.raises(AttributeError):
        theme.ink = "#000000"
    larger = theme.scaled(1.25)
    assert larger.caption == pytest.approx(1.25 * theme.caption)
    assert (larger.ink, larger.minimum) == (theme.ink, theme.minimum)
    assert theme.columns == (theme.i, theme.j, theme.third)


def test_layers_lie_in_the_order_of_their_names() -> None:
    assert [*Layer] == sorted(Layer)
    assert Layer.GRID < Layer.REGION < Layer.ARROW < Layer.LABEL < Layer.CAPTION
