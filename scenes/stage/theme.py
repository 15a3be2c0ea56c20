"""How everything looks: every color, size and duration of a clip, as one value."""

from __future__ import annotations

from dataclasses import dataclass, replace

__all__ = ["DARK", "LIGHT", "THEMES", "Theme", "contrast"]


@dataclass(frozen=True)
class Theme:
    """One look.

    Colors are hex strings, from the Okabe–Ito family so that no pair of roles
    relies on red against green. Sizes are heights of a capital letter in stage
    units (the frame's short side is 8). Durations are seconds.
    """

    name: str

    # surfaces
    background: str
    panel: str
    strip: str
    # words and lines
    ink: str
    muted: str
    grid: str
    axis: str
    ghost: str
    # the world
    live: str  # its grid, front side up
    back: str  # its grid, once the sheet lies on its face
    region: str  # the unit square or disc, front side up
    region_back: str
    # roles
    i: str  # first basis vector and first column
    j: str  # second basis vector and second column
    input: str
    output: str
    column_space: str
    null_space: str
    sigma_1: str
    sigma_2: str

    # sizes
    title: float = 0.27
    caption: float = 0.27
    math: float = 0.27
    label: float = 0.27
    prose: float = 0.21
    small: float = 0.17
    minimum: float = 0.13  # nothing is ever set smaller

    # stroke widths, in Manim's hundredths of a unit
    thin: float = 1.0
    line: float = 1.8
    bold: float = 4.0

    # durations
    swap: float = 0.35  # one caption gives way to the next
    move: float = 2.4  # the world moves
    breath: float = 0.5  # stillness after a movement
    summary: float = 2.0

    def scaled(self, factor: float) -> Theme:
        """Give the same look with all text larger (the least size stays)."""
        sizes = ("title", "caption", "math", "label", "prose", "small")
        return replace(self, **{name: factor * getattr(self, name) for name in sizes})


DARK = Theme(
    name="dark",
    background="#0F141B",
    panel="#161D27",
    strip="#0B0F15",
    ink="#F2F4F7",
    muted="#9AA7B8",
    grid="#263241",
    axis="#4A5A70",
    ghost="#8A97A8",
    live="#4A86BF",
    back="#B0768F",
    region="#F5D547",
    region_back="#E2808A",
    i="#2FC9A7",
    j="#F0904D",
    input="#F5D547",
    output="#6CC4F5",
    column_space="#6CC4F5",
    null_space="#E27BB1",
    sigma_1="#C3A6FF",
    sigma_2="#8FB0FF",
)

LIGHT = Theme(
    name="light",
    background="#FBFBF9",
    panel="#F0F2F5",
    strip="#E6E9EE",
    ink="#17202B",
    muted="#566273",
    grid="#DDE2E8",
    axis="#9AA6B5",
    ghost="#76818F",
    live="#3F7FB8",
    back="#A85C7B",
    region="#846800",
    region_back="#B23A48",
    i="#00745C",
    j="#A94F00",
    input="#7A6000",
    output="#0B639C",
    column_space="#0B639C",
    null_space="#A8326F",
    sigma_1="#6541B5",
    sigma_2="#2F55B8",
)

THEMES = {theme.name: theme for theme in (DARK, LIGHT)}


def contrast(a: str, b: str) -> float:
    """Contrast ratio of two colors, 1 to 21.

    Source: WCAG 2.2, relative luminance.
    """
    high, low = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    channels = (int(color[k : k + 2], 16) / 255 for k in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
