"""How everything looks: every color, size, layer and duration of a clip."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import ClassVar

__all__ = ["DARK", "LIGHT", "THEMES", "Layer", "Mark", "Theme", "contrast"]


class Layer(IntEnum):
    """What lies over what: a mobject's `z_index`, from the back to the front."""

    HOUSE = 0  # grounds of stage, panel and strip
    FLOOR = 10  # the plane that a tilted sheet leaves, shadows
    GRID = 20
    BEHIND = 30  # what stands behind a sheet or a region, dimmed
    REGION = 40  # sheets, tiles, the unit square, a disc
    LINE = 50  # subspaces, curves, ghosts, measures
    ARROW = 60
    POINT = 70
    LABEL = 80
    PANEL = 90
    CAPTION = 100
    FLYING = 110  # on its way from the stage to the panel


class Mark(StrEnum):
    """The shapes a role is drawn in; two of them can be told apart whatever their color."""

    ARROW = "arrow"
    LINE = "line"  # solid, without a head, from edge to edge
    DASHED = "dashed"
    HAIR = "hair"  # a thin solid line, one of a grid
    MEASURE = "measure"  # a thin line with a tick at both ends, or a chart's curve
    FILL = "fill"  # a tinted area
    SIGN = "sign"  # a check mark or a cross
    TEXT = "text"


@dataclass(frozen=True)
class Theme:
    """One look.

    Colors are hex strings. Roles whose colors differ by less than ΔE2000 12, in normal
    vision or in one of the three kinds of color-deficient vision, differ by their
    `marks`. Sizes are heights of a capital letter in stage units (the frame's short
    side is 8). Durations are seconds.
    """

    marks: ClassVar[MappingProxyType[str, frozenset[Mark]]]
    """The shapes in which each role is drawn."""

    name: str

    # surfaces
    background: str
    panel: str
    strip: str
    # words and lines
    ink: str  # words, and what is fixed: a mirror line, a right angle
    muted: str
    rule: str  # between two blocks of the panel, two stages
    grid: str
    axis: str
    ghost: str  # where things were before
    casing: str  # the rim of an arrow or a point, in front of a sheet
    # the world
    live: str  # its grid, front side up
    live_back: str  # its grid, back side up
    region: str  # the unit square or disc, front side up
    region_back: str
    sheet: str  # the plane itself, when it is seen turning over
    sheet_back: str
    floor: str  # where it lay
    shadow: str
    # roles
    i: str  # first basis vector and first column
    j: str  # second basis vector and second column
    third: str  # third basis vector and third column
    input: str
    output: str
    column_space: str
    null_space: str
    sigma: str  # every singular value: half-axes are told apart by their names
    good: str
    bad: str

    # opacities of fills
    region_fill: float = 0.34
    sheet_fill: float = 0.75
    band_fill: float = 0.3  # behind entries of a matrix
    dim: float = 0.35  # what does not matter now

    # sizes
    caption: float = 0.28
    title: float = 0.27
    number: float = 0.38  # the one that matters
    math: float = 0.28
    label: float = 0.26
    prose: float = 0.22
    small: float = 0.17
    minimum: float = 0.13  # nothing is ever set smaller

    # stroke widths, in Manim's hundredths of a unit
    thin: float = 1.0
    line: float = 1.8
    mesh: float = 2.6  # of the grid that moves: the plane itself, not its background
    bold: float = 4.0
    arrow: float = 5.5
    rim: float = 2.5  # how much wider its casing is on either side

    # durations
    swap: float = 0.35  # one caption gives way to the next
    move: float = 2.4  # the world moves
    breath: float = 0.5  # stillness after a movement
    guess: float = 2.0  # a viewer makes up their mind
    summary: float = 2.0

    def scaled(self, factor: float) -> Theme:
        """Give the same look with all text larger (the least size stays)."""
        sizes = ("caption", "title", "number", "math", "label", "prose", "small")
        return replace(self, **{name: factor * getattr(self, name) for name in sizes})

    @property
    def columns(self) -> tuple[str, str, str]:
        """Colors of a matrix's columns, which come round after the third."""
        return self.i, self.j, self.third

    @classmethod
    def differ_in_style(cls, a: str, b: str) -> bool:
        """Whether two roles never have the same shape, whatever their colors."""
        return not cls.marks[a] & cls.marks[b]


Theme.marks = MappingProxyType(
    {
        "i": frozenset({Mark.ARROW}),
        "j": frozenset({Mark.ARROW}),
        "third": frozenset({Mark.ARROW}),
        "input": frozenset({Mark.ARROW, Mark.DASHED}),
        "output": frozenset({Mark.ARROW}),
        "null_space": frozenset({Mark.ARROW, Mark.LINE}),
        "column_space": frozenset({Mark.LINE}),
        "sigma": frozenset({Mark.MEASURE}),
        "ink": frozenset({Mark.LINE}),
        "ghost": frozenset({Mark.DASHED}),
        "live": frozenset({Mark.HAIR}),
        "live_back": frozenset({Mark.HAIR}),
        "region": frozenset({Mark.FILL}),
        "region_back": frozenset({Mark.FILL}),
        "sheet": frozenset({Mark.FILL}),
        "sheet_back": frozenset({Mark.FILL}),
        "good": frozenset({Mark.SIGN}),
        "bad": frozenset({Mark.SIGN}),
    }
)

DARK = Theme(
    name="dark",
    background="#0F141B",
    panel="#161D27",
    strip="#0B0F15",
    ink="#F2F4F7",
    muted="#9AA7B8",
    rule="#2C3948",
    grid="#263241",
    axis="#4A5A70",
    ghost="#8A97A8",
    casing="#0F141B",
    live="#4A86BF",
    live_back="#B0768F",
    region="#F5D547",
    region_back="#E7666B",
    sheet="#2B4C72",
    sheet_back="#79434C",
    floor="#1A2430",
    shadow="#05070A",
    i="#06ECBC",
    j="#ED9153",
    third="#AC5AFB",
    input="#F9D635",
    output="#58A9D3",
    column_space="#B4DEFC",
    null_space="#F93497",
    sigma="#C0A6FC",
    good="#7BD66F",
    bad="#FF6B5E",
)

LIGHT = Theme(
    name="light",
    background="#FFFFFF",
    panel="#F4F6F9",
    strip="#EFF2F6",
    ink="#141B24",
    muted="#566273",
    rule="#CBD2DB",
    grid="#DDE2E8",
    axis="#9AA6B5",
    ghost="#76818F",
    casing="#FFFFFF",
    live="#3F7FB8",
    live_back="#A85C7B",
    region="#8C6C00",
    region_back="#E0004A",
    sheet="#B9D3EE",
    sheet_back="#F5CDB9",
    floor="#EDF0F4",
    shadow="#C3CAD3",
    i="#265848",
    j="#773A0E",
    third="#852DEE",
    input="#876B1B",
    output="#3C72A6",
    column_space="#03185A",
    null_space="#B83274",
    sigma="#5C3190",
    good="#1F7A2E",
    bad="#C0271B",
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
