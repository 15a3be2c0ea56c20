"""Words and formulas as outlines: Typst for mathematics, Pango for prose.

Each text is set once, after a capital H that gives its baseline and its size
and is then dropped, so that everything on screen can be set by the height of
its capitals and lined up on baselines. Outlines are kept for the life of the
process: a worker that renders a hundred clips sets each symbol once.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple, cast

import manimpango
import numpy as np
import numpy.typing as npt
import svgelements
import typst
from manim import VGroup, VMobject

from scenes.letters import is_chinese
from scenes.stage.fonts import family

__all__ = [
    "Formula",
    "Glyphs",
    "Number",
    "inline",
    "is_chinese",
    "math",
    "polyline",
    "prose",
    "wrap",
]

_Points = npt.NDArray[np.float64]

_PAGE = """\
#set page(width: auto, height: auto, margin: 4pt, fill: none)
#set text(size: 40pt)
#let body = ${body}$
$upright(H)$#h(2em)$display(#body)$
"""


class Outline(NamedTuple):
    """Filled cubic outlines, baseline at y = 0, left edge at x = 0, capitals 1 high."""

    parts: tuple[_Points, ...]

    @property
    def points(self) -> _Points:
        """All parts as one (N, 3) array."""
        return np.concatenate(self.parts)


class Glyphs(VMobject):
    """A text as one filled outline.

    One mobject instead of one a letter keeps frames fast; `baseline` is the
    height of its baseline now, `cap_height` that of its capitals.
    """

    def __init__(self, points: _Points, *, size: float, color: str, text: str = "") -> None:
        super().__init__(fill_color=color, fill_opacity=1.0, stroke_width=0.0, stroke_opacity=0.0)
        self.points = points * size
        self.text = text
        self._native_height = float(np.ptp(points[:, 1])) or 1.0
        self._native_bottom = float(points[:, 1].min())

    def turn_into(self, other: Glyphs) -> None:
        """Show another text, at its size and place, in the color that this one has."""
        self.points, self.text = np.array(other.points), other.text
        self._native_height, self._native_bottom = other._native_height, other._native_bottom

    @property
    def cap_height(self) -> float:
        """Height of its capital letters, in stage units."""
        return float(self.height) / self._native_height

    @property
    def baseline(self) -> float:
        """Height of its baseline, in stage units."""
        return float(self.get_bottom()[1]) - self._native_bottom * self.cap_height


class Formula(VGroup):
    """A formula whose named parts can be lit one by one."""

    def __init__(self, parts: Sequence[Glyphs], names: Sequence[str]) -> None:
        super().__init__(*parts)
        self.names = tuple(names)

    def part(self, name: str) -> VGroup:
        """Give the parts of that name."""
        found = [glyphs for glyphs, each in zip(self, self.names, strict=True) if each == name]
        if not found:
            raise KeyError(f"the formula has parts {', '.join(self.names)}, not {name}")
        return VGroup(*found)


def math(
    source: str | Sequence[str | tuple[str, str]],
    *,
    size: float,
    color: str,
    colors: dict[str, str] | None = None,
) -> Any:
    """Set mathematics, given as Typst source.

    A string gives Glyphs. A sequence gives a Formula: each item is a string,
    its own name, or a pair (name, source); `colors` maps names to colors.
    """
    if isinstance(source, str):
        return Glyphs(_math_outline((source,)).points, size=size, color=color, text=source)
    pairs = [(item, item) if isinstance(item, str) else item for item in source]
    outline = _math_outline(tuple(body for _, body in pairs))
    parts = [
        Glyphs(points, size=size, color=(colors or {}).get(name, color), text=body)
        for points, (name, body) in zip(outline.parts, pairs, strict=True)
    ]
    return Formula(parts, [name for name, _ in pairs])


def inline(source: str) -> str:
    """Set fractions in the smaller style, so that rows can stay close."""
    return f"inline({source})" if "/" in source else source


def prose(text: str, *, language: str, size: float, color: str, bold: bool = False) -> Glyphs:
    """Set one line of words in the language's font."""
    outline = _prose_outline(text, family(language), bold)
    return Glyphs(outline.points, size=size, color=color, text=text)


@cache
def _compiler() -> typst.Compiler:
    # Without the machine's fonts Typst starts twenty times faster, and formulas
    # look the same everywhere: it brings its own mathematics font.
    return typst.Compiler(ignore_system_fonts=True)


@lru_cache(maxsize=4096)
def _math_outline(bodies: tuple[str, ...]) -> Outline:
    # Each part gets a color of its own, which tells its outlines apart in the
    # picture that comes back, with the spacing of the whole formula kept.
    marked = " ".join(
        f'#text(fill: rgb("#0000{index:02x}"), ${body}$)' if len(bodies) > 1 else body
        for index, body in enumerate(bodies, start=1)
    )
    source = _PAGE.format(body=marked).encode()
    svg = cast("bytes", _compiler().compile(source, format="svg"))  # one page, one picture
    strut, *shapes = _svg_shapes(svg)
    parts: list[list[_Points]] = [[] for _ in bodies]
    for shape in shapes:
        mark = int(shape.color[-2:], 16) if len(bodies) > 1 else 1
        if not 1 <= mark <= len(bodies):
            raise ValueError(f"a formula's part drew in a color of its own: {bodies}")
        parts[mark - 1].append(shape.points)
    return _normalized(strut.points, parts)


@lru_cache(maxsize=4096)
def _prose_outline(text: str, font: str, bold: bool) -> Outline:
    """Set a line of words; each letter is a part, spaces are not."""
    # Pango spreads letters unevenly at small sizes; set large and scaled down, they keep
    # the font's own spacing. It breaks lines where the picture ends. Without ligatures
    # each character is one outline.
    words, weight = f"H{text}", "BOLD" if bold else "NORMAL"
    setting = manimpango.TextSetting(0, len(words), font, "NORMAL", weight, line_num=0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "words.svg"
        manimpango.text2svg([setting], 20, 20, True, str(path), 0, 0, 10**6, 40, words)
        strut, *letters = _svg_shapes(path.read_bytes())
    if not letters:
        raise ValueError(f"nothing to set in {text!r}")
    return _normalized(strut.points, [[letter.points] for letter in letters])


def wrap(text: str, *, language: str, size: float, width: float) -> list[str]:
    """Break words into lines no wider than `width`, as even as they can be.

    A line ends at a space or between two Chinese characters, by preference
    after a stop, never before one.
    """
    letters = iter(_prose_outline(text, family(language), False).parts)
    edges = []
    for char in text:
        x = np.array([np.nan]) if char.isspace() else size * next(letters)[:, 0]
        edges.append((x.min(), x.max()))
    left, right = np.array(edges).T

    def length(start: int, end: int) -> float:
        return float(np.nanmax(right[start:end]) - np.nanmin(left[start:end]))

    def broken(start: int, end: int) -> list[str]:
        points = [at for at in _break_points(text) if start < at < end]
        if length(start, end) <= width or not points:
            return [text[start:end].strip()]

        def unevenness(at: int) -> float:
            longer = max(length(start, at), length(at, end))
            if text[at - 1] in _STOPS:
                longer *= 0.7 if longer <= width else 0.8
            return longer

        best = min(points, key=unevenness)
        return [*broken(start, best), *broken(best, end)]

    return broken(0, len(text))


_STOPS = "，。：；？！,.;:?!"
_CLOSING = _STOPS + "、）」』》】)’”…"
_OPENING = "（「『《【(‘“"


def _break_points(text: str) -> list[int]:
    points = []
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        if after.isspace() or (
            (is_chinese(before) or is_chinese(after))
            and after not in _CLOSING
            and before not in _OPENING
            and not before.isspace()
        ):
            points.append(at)
    return points


def _normalized(strut: _Points, parts: list[list[_Points]]) -> Outline:
    baseline, cap = strut[:, 1].min(), np.ptp(strut[:, 1])
    left = min(shape[:, 0].min() for part in parts for shape in part)
    origin = np.array([left, baseline, 0.0])
    return Outline(tuple((np.concatenate(part) - origin) / cap for part in parts))


class _Shape(NamedTuple):
    points: _Points
    color: str


def _svg_shapes(svg: bytes) -> list[_Shape]:
    """Read the filled outlines of a picture; strokes become thin filled bars."""
    drawing = svgelements.SVG.parse(BytesIO(svg), ppi=72)  # points of type stay as long as they are
    shapes = []
    for path in drawing.elements(lambda each: isinstance(each, svgelements.Path)):
        points = _curves(path)
        if len(points) and path.fill.value is not None:
            shapes.append(_Shape(points, path.fill.hexrgb))
        elif len(points):
            shapes.append(_Shape(_bar(points, path.stroke_width), path.stroke.hexrgb))
    return shapes


def _curves(path: svgelements.Path) -> _Points:
    """Give a path as cubic curves, an (N, 3) array; y points up."""
    path.approximate_arcs_with_cubics()
    curves: list[complex] = []
    for part in path:
        start, end = complex(part.start or 0), complex(part.end)
        if isinstance(part, svgelements.CubicBezier):
            curves += start, complex(part.control1), complex(part.control2), end
        elif isinstance(part, svgelements.QuadraticBezier):
            control = complex(part.control)
            curves += start, (start + 2 * control) / 3, (2 * control + end) / 3, end
        elif isinstance(part, svgelements.Line | svgelements.Close) and abs(end - start) > 1e-6:
            curves += start, (2 * start + end) / 3, (start + 2 * end) / 3, end
    z = np.array(curves)
    return np.column_stack([z.real, -z.imag, np.zeros(len(z))])


def _bar(stroke: _Points, width: float) -> _Points:
    """Give a fraction's bar or a root's top, a horizontal stroke, as a filled outline."""
    start, end = stroke[0], stroke[-1]
    up = np.array([0.0, width / 2, 0.0])
    return polyline([start - up, end - up, end + up, start + up, start - up])


def polyline(corners: npt.ArrayLike) -> _Points:
    """Give the straight line through `corners` as cubic curves, an (N, 3) array."""
    points = np.asarray(corners, dtype=float)
    thirds = np.linspace(points[:-1], points[1:], 4, axis=1)
    return thirds.reshape(-1, points.shape[1])


class Number(Glyphs):
    """A number whose digits change from frame to frame without setting type anew.

    `show` sets any text made of digits, a sign, a point and relations, every
    digit as wide as the next, so that a running number doesn't jitter;
    `land` replaces it by mathematics set properly.
    """

    def __init__(self, *, size: float, color: str) -> None:
        super().__init__(_glyph("0"), size=size, color=color)
        self._size = size
        self._scaled = 1.0
        self._place = np.zeros(3)

    def at(self, left: float, baseline: float, scaled: float) -> None:
        """Fix its left end, its baseline, and its size (1: as made)."""
        self._place = np.array([left, baseline, 0.0])
        self._scaled = scaled

    def show(self, text: str) -> None:
        """Show digits while they run."""
        pen, shapes = 0.0, []
        for char in text:
            width = _ADVANCE.get(char, _ADVANCE["0"])
            if char != " ":
                glyph = _glyph(char)
                shapes.append(glyph + np.array([pen + (width - np.ptp(glyph[:, 0])) / 2, 0, 0]))
            pen += width
        self._set(np.concatenate(shapes), text)

    def land(self, source: str) -> None:
        """Show mathematics, given as Typst source."""
        self._set(_math_outline((inline(source),)).points, source)

    def _set(self, points: _Points, text: str) -> None:
        self.text = text
        self.points = points * (self._size * self._scaled) + self._place
        self._native_height = float(np.ptp(points[:, 1]))
        self._native_bottom = float(points[:, 1].min())


# Widths in heights of a capital, after New Computer Modern: a digit is 0.5 em,
# a point 0.278 em, a sign or relation 0.778 em, and a capital 0.683 em high.
_ADVANCE = {"0": 0.732, ".": 0.407, "−": 1.0, "≈": 1.2, "×": 1.2, " ": 0.3}
_SPOKEN = {"−": "-", "≈": "approx", "×": "times"} | {
    raised: f"#super[{digit}]" for digit, raised in zip("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻", strict=True)
}


@cache
def _glyph(char: str) -> _Points:
    return _math_outline((_SPOKEN.get(char, char),)).points
