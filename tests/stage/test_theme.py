"""Colors can be told from what lies behind them, and captions can be read in time."""

from __future__ import annotations

from itertools import combinations

import pytest

from scenes.stage import THEMES, Theme
from scenes.stage.theme import contrast

THEME = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
LINES = ("live", "back", "region", "region_back", "ghost", "column_space", "null_space")
ROLES = ("i", "j", "input", "output", "column_space", "null_space", "sigma_1", "sigma_2")


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#336699", "#336699") == 1


@THEME
def test_words_can_be_read_on_every_surface(theme: Theme) -> None:
    for surface in (theme.background, theme.panel, theme.strip):
        assert contrast(theme.ink, surface) >= 7
        assert contrast(theme.muted, surface) >= 4.5


@THEME
@pytest.mark.parametrize("role", [*ROLES, "region"])
def test_colored_text_can_be_read_on_stage_and_panel(theme: Theme, role: str) -> None:
    assert contrast(getattr(theme, role), theme.background) >= 4.5
    assert contrast(getattr(theme, role), theme.panel) >= 4.5


@THEME
@pytest.mark.parametrize("role", LINES)
def test_lines_that_carry_meaning_can_be_seen(theme: Theme, role: str) -> None:
    assert contrast(getattr(theme, role), theme.background) >= 3


@THEME
def test_pairs_that_are_seen_together_differ(theme: Theme) -> None:
    pairs = [("i", "j"), ("input", "output"), ("column_space", "null_space"), ("live", "back")]
    for a, b in [*pairs, ("region", "region_back"), *combinations(("i", "j", "input"), 2)]:
        assert getattr(theme, a) != getattr(theme, b), (a, b)


@THEME
def test_nothing_is_set_below_the_minimum(theme: Theme) -> None:
    sizes = (theme.title, theme.caption, theme.math, theme.label, theme.prose, theme.small)
    assert min(sizes) > theme.minimum


def test_reading_takes_its_time() -> None:
    theme = THEMES["dark"]
    assert theme.read("") == 1.5
    assert theme.read("one, two") == pytest.approx(1.5 + 7 * 0.06)
    assert theme.read("矩阵。") == pytest.approx(1.5 + 3 * 0.25)
    assert theme.read("A 是矩阵") == pytest.approx(1.5 + 0.06 + 3 * 0.25)
    assert theme.summary >= 2


def test_a_theme_is_a_value() -> None:
    theme = THEMES["dark"]
    with pytest.raises(AttributeError):
        theme.ink = "#000000"
    larger = theme.scaled(1.25)
    assert larger.caption == pytest.approx(1.25 * theme.caption)
    assert larger.ink == theme.ink
