"""Words, formulas and running numbers as mobjects, set by the height of their capitals.

Everything on screen is sized by its capitals and lined up on baselines. Sentences with
mathematics in them are set by `caption`, one line of either kind here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, Literal, NamedTuple

import numpy as np
from manim import LineJointType, VGroup, VMobject

from scenes.stage.fonts import family
from scenes.stage.outline import Points, math_outline, polyline, prose_outline

__all__ = [
    "HALO",
    "Formula",
    "Glyphs",
    "Number",
    "formula",
    "math",
    "polyline",
    "prose",
    "running",
]

HALO: Final = 0.3  # how far a halo reaches beyond the letters, in heights of a capital


class _Extent(NamedTuple):
    """Where an outline lies, in heights of a capital."""

    left: float
    bottom: float
    height: float

    @classmethod
    def of(cls, points: Points) -> _Extent:
        # Of control points too, as Manim's own bounds are not, so that sizes come out exact.
        left, bottom = points[:, :2].min(axis=0)
        return cls(float(left), float(bottom), float(np.ptp(points[:, 1])) or 1.0)


class Glyphs(VMobject):
    """A text as one filled outline.

    One mobject instead of one a letter keeps frames fast; `baseline` is the
    height of its baseline now, `cap_height` that of its capitals.

    Parameters
    ----------
    points
        The outline, an (N, 3) array in heights of a capital, baseline at y = 0.
    size, color
        Height of a capital in stage units; the fill.
    halo
        Color of what lies behind it: a rim in that color keeps lines from running
        through the letters.
    """

    def __init__(
        self, points: Points, *, size: float, color: str, text: str = "", halo: str | None = None
    ) -> None:
        super().__init__(fill_color=color, fill_opacity=1.0, stroke_width=0.0, stroke_opacity=0.0)
        self.points = points * size
        self.text = text
        self._native = _Extent.of(points)
        if halo is not None:
            self.joint_type = LineJointType.ROUND  # corners of letters would grow spikes
            # Manim counts widths in hundredths, and half of a stroke lies under the letter.
            self.set_background_stroke(color=halo, width=200 * HALO * size, opacity=1.0)

    def turn_into(self, other: Glyphs) -> None:
        """Show another text, at its size and place, in the color that this one has."""
        self.points, self.text = np.array(other.points), other.text
        self._native = other._native

    @property
    def cap_height(self) -> float:
        """Height of its capital letters, in stage units."""
        return float(np.ptp(self.points[:, 1])) / self._native.height

    @property
    def baseline(self) -> float:
        """Height of its baseline, in stage units."""
        return float(self.points[:, 1].min()) - self._native.bottom * self.cap_height

    @property
    def pen(self) -> float:
        """Where its outline's x is 0 now, in stage units."""
        return float(self.points[:, 0].min()) - self._native.left * self.cap_height


class Formula(VGroup):
    """A formula whose named parts can be lit one by one."""

    def __init__(self, parts: Sequence[Glyphs], names: Sequence[str]) -> None:
        super().__init__(*parts)
        self.names = tuple(names)

    def part(self, name: str) -> VGroup:
        """Give the parts of that name.

        Raises
        ------
        KeyError
            If there is none; the message lists those there are.
        """
        found = [glyphs for glyphs, each in zip(self, self.names, strict=True) if each == name]
        if not found:
            raise KeyError(f"the formula has parts {', '.join(self.names)}, not {name}")
        return VGroup(*found)


def math(
    source: str, *, size: float, color: str, halo: str | None = None, in_line: bool = False
) -> Glyphs:
    """Set mathematics, given as Typst source, on y = 0 with its left edge at x = 0.

    With `in_line` its fractions have a slash, as in captions and rows.
    """
    points = math_outline((source,), in_line=in_line).points
    return Glyphs(points - _edge(points), size=size, color=color, text=source, halo=halo)


def formula(
    parts: Sequence[str | tuple[str, str]],
    *,
    size: float,
    color: str,
    colors: Mapping[str, str] | None = None,
) -> Formula:
    """Set a formula in parts: each is a string, its own name, or a pair (name, source).

    `colors` maps names to colors; the others get `color`.
    """
    pairs = [(item, item) if isinstance(item, str) else item for item in parts]
    outline = math_outline(tuple(body for _, body in pairs))
    edge = _edge(outline.points)
    glyphs = [
        Glyphs(points - edge, size=size, color=(colors or {}).get(name, color), text=body)
        for points, (name, body) in zip(outline.parts[1:], pairs, strict=True)
    ]
    return Formula(glyphs, [name for name, _ in pairs])


def prose(
    text: str,
    *,
    language: str,
    size: float,
    color: str,
    bold: bool = False,
    halo: str | None = None,
) -> Glyphs:
    """Set one line of words in the language's font, on y = 0 with its left edge at x = 0.

    Raises
    ------
    ValueError
        If there is nothing to set.
    """
    outline = prose_outline(text, family(language), bold)
    if not outline.parts:
        raise ValueError(f"nothing to set in {text!r}")
    points = outline.points - _edge(outline.points)
    return Glyphs(points, size=size, color=color, text=text, halo=halo)


def _edge(points: Points) -> Points:
    return np.array([points[:, 0].min(), 0.0, 0.0])


class Number(Glyphs):
    """A number whose digits change from frame to frame without setting type anew.

    `show` sets digits that run, `land` mathematics set properly, both where the number
    stands now, however it was moved or scaled since.

    Parameters
    ----------
    digits
        How many digits before the point have room.
    signed
        Whether a minus has room as well.
    align
        Whether its left end or its middle stays in place.
    """

    def __init__(
        self,
        *,
        size: float,
        color: str,
        digits: int = 1,
        signed: bool = False,
        align: Literal["left", "center"] = "left",
        halo: str | None = None,
    ) -> None:
        self._room, self._align = (digits, signed), align
        points, advance = running("0", *self._room)
        super().__init__(self._aligned(points, advance), size=size, color=color, halo=halo)

    def at(self, x: float, baseline: float) -> None:
        """Move its left end, or its middle, and its baseline."""
        self.shift([x - self.pen, baseline - self.baseline, 0.0])

    def show(self, text: str) -> None:
        """Show digits while they run, see `running`."""
        self._replace(self._aligned(*running(text, *self._room)), text)

    def land(self, source: str) -> None:
        """Show mathematics, given as Typst source."""
        points = math_outline((source,), in_line=True).points
        points = points - _edge(points)
        self._replace(self._aligned(points, float(points[:, 0].max())), source)

    def _aligned(self, points: Points, width: float) -> Points:
        offset = np.array([width / 2 if self._align == "center" else 0.0, 0.0, 0.0])
        return np.asarray(points - offset)

    def _replace(self, points: Points, text: str) -> None:
        place, size = np.array([self.pen, self.baseline, 0.0]), self.cap_height
        self.text = text
        self.points = points * size + place
        self._native = _Extent.of(points)


def running(text: str, digits: int = 1, signed: bool = False) -> tuple[Points, float]:
    """Give outlines of a number that runs, and their width, in heights of a capital.

    The text is made of digits, signs and relations. Every digit is as wide as the next.
    The point stays where it is while digits or a minus come and go before it, as far as
    there is room for so many digits, and for a sign.
    """
    lead, whole = _head(text)
    room = digits * _ADVANCE["0"] + signed * _ADVANCE["−"]
    pen, shapes = 0.0, []
    for at, char in enumerate(text):
        if at == lead:
            pen += max(0.0, room - sum(map(_advance, text[lead:whole])))
        if char != " ":
            glyph = _glyph(char)
            middle = pen + (_advance(char) - np.ptp(glyph[:, 0])) / 2
            shapes.append(glyph + np.array([middle, 0.0, 0.0]))
        pen += _advance(char)
    return np.concatenate(shapes), pen


# Widths in heights of a capital, after New Computer Modern: a digit is 0.5 em,
# a point 0.278 em, a sign or relation 0.778 em, and a capital 0.683 em high.
_ADVANCE: Final = {
    "0": 0.732,
    ".": 0.407,
    "−": 1.0,
    "≈": 1.2,
    "=": 1.2,
    "×": 1.2,
    "°": 0.55,
    "%": 1.22,
    "?": 0.69,
    "(": 0.57,
    ")": 0.57,
    ",": 0.407,
    " ": 0.3,
}
_SPOKEN: Final = {"−": "-", "≈": "approx", "×": "times", "°": "degree"} | {
    raised: f"#super[{digit}]" for digit, raised in zip("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻", strict=True)
}


def _advance(char: str) -> float:
    return _ADVANCE.get(char, _ADVANCE["0"])


def _head(text: str) -> tuple[int, int]:
    """Give where the sign and whole digits of the number in a text begin and end."""
    lead = next((at for at, char in enumerate(text) if char == "−" or char.isdecimal()), len(text))
    whole = lead
    while whole < len(text) and (text[whole] == "−" or text[whole].isdecimal()):
        whole += 1
    return lead, whole


@cache
def _glyph(char: str) -> Points:
    points = math_outline((_SPOKEN.get(char, char),)).points
    return np.asarray(points - _edge(points))
