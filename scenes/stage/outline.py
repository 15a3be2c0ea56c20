"""Type as filled outlines: mathematics set by Typst, words by Pango.

Each text is set once, beside marks that give its baseline, its size and how far the
pen moves, so that pieces of both kinds can be put side by side. Outlines are kept for
the life of the process: a worker that renders a hundred clips sets each symbol once.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias, cast

import manimpango
import numpy as np
import numpy.typing as npt
import svgelements
import typst

__all__ = [
    "Outline",
    "Points",
    "math_outline",
    "operand_gaps",
    "polyline",
    "prose_outline",
    "remembering",
]

Points: TypeAlias = npt.NDArray[np.float64]


class Outline(NamedTuple):
    """Filled cubic outlines: baseline at y = 0, the pen starts at x = 0, capitals 1 high.

    `parts` are (N, 3) arrays, empty ones where nothing is drawn; `advance` is where
    the pen stands afterwards.
    """

    parts: tuple[Points, ...]
    advance: float

    @property
    def points(self) -> Points:
        """All parts as one (N, 3) array."""
        return np.concatenate(self.parts)


# --- Mathematics ----------------------------------------------------------------------------------

_MARK: Final = "#box(width: 1pt, height: 1pt, fill: black)"  # stands on the baseline
_PAGE: Final = """\
#set page(width: auto, height: auto, margin: 4pt, fill: none)
#set text(size: 40pt)
{settings}
#let body = ${body}$
{mark}#h(80pt){formula}{mark}
"""
_BOLD: Final = '#show math.equation: set text(weight: "bold")'
_SLASHED: Final = '#set math.frac(style: "horizontal")'


@lru_cache(maxsize=8192)
def math_outline(
    bodies: tuple[str, ...],
    marked: tuple[bool, ...] | None = None,
    *,
    bold: bool = False,
    in_line: bool = False,
) -> Outline:
    """Set a formula given in pieces of Typst source.

    The outline has a part for each piece that is `marked` (by default each one), in
    order, after a first part for all others together. With `in_line` it is set as among
    words, fractions with a slash; otherwise as standing alone.
    """
    marked = (True,) * len(bodies) if marked is None else marked
    # Each marked piece gets a color of its own, which tells its outlines apart in the
    # picture that comes back, with the spacing of the whole formula kept.
    count, colored = 0, []
    for body, own in zip(map(operand_gaps, bodies), marked, strict=True):
        count += own
        colored.append(f'#text(fill: rgb("#0000{count:02x}"), ${body}$)' if own else body)
    mark, *shapes, end = _typeset(_joined(bodies, colored), bold, in_line)
    parts: list[list[Points]] = [[] for _ in range(count + 1)]
    for shape in shapes:
        index = int(shape.color[-2:], 16)
        if not 0 <= index <= count or (count == len(bodies) and not index):
            raise ValueError(f"a formula's part drew in a color of its own: {bodies}")
        parts[index].append(shape.points)
    point = np.ptp(mark.points[:, 0])
    left, baseline = mark.points[:, 0].max() + 80 * point, mark.points[:, 1].min()
    origin = np.array([left, baseline, 0.0])
    cap = _math_cap()
    advance = (end.points[:, 0].min() - left) / cap
    return Outline(tuple((_joint(part) - origin) / cap for part in parts), float(advance))


def _joined(bodies: Sequence[str], colored: Sequence[str]) -> str:
    text = colored[0]
    for before, after, piece in zip(bodies, bodies[1:], colored[1:], strict=False):
        apart = operand_gaps(f"{before} {after}").startswith(f"{operand_gaps(before)} thin ")
        text += f" thin {piece}" if apart else f" {piece}"
    return text


@cache
def _math_cap() -> float:
    _, letter, _ = _typeset("upright(H)", False, True)
    return float(np.ptp(letter.points[:, 1]))


@cache
def _compiler() -> typst.Compiler:
    # Without the machine's fonts Typst starts twenty times faster, and formulas
    # look the same everywhere: it brings its own mathematics font.
    return typst.Compiler(ignore_system_fonts=True)


def _typeset(body: str, bold: bool, in_line: bool) -> list[_Shape]:
    page = _PAGE.format(
        settings="\n".join([_BOLD] * bold + [_SLASHED] * in_line),
        body=body,
        mark=_MARK,
        formula="#body" if in_line else "$display(#body)$",
    )
    # one page, one picture
    return _set(page, lambda: cast("bytes", _compiler().compile(page.encode(), format="svg")))


_GREEK: Final = (
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|chi|"
    "psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi|Omega"
)
_SYMBOL: Final = (
    rf"(?:[A-Za-z](?![A-Za-z0-9.(])|(?:{_GREEK})(?![A-Za-z0-9])|(?:hat|bold|upright)\([^()]*\))"
)
_SCRIPT: Final = r"""(?:[_^](?:\([^()]*\)|"[^"]*"|[A-Za-z]+|\d+|[+*]))"""
_NUMBER: Final = r"(?<![\w.^_])\d+(?:\.\d+)?"
_FACTORS: Final = re.compile(rf"({_NUMBER}|(?<![A-Za-z.\"]){_SYMBOL}{_SCRIPT}*)\s+(?={_SYMBOL})")


@lru_cache(maxsize=8192)
def operand_gaps(source: str) -> str:
    """Set the factors of a product a hair apart, as in 2 A x, so that they read as several.

    >>> operand_gaps("A^(-1) A x = x")
    'A^(-1) thin A thin x = x'
    """
    return _FACTORS.sub(r"\1 thin ", source)


# --- Words ----------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def prose_outline(text: str, font: str, bold: bool) -> Outline:
    """Set one line of words in a font family; each letter is a part, spaces are not."""
    strut = _pango("HH", font, bold)
    (first, second), cap = (_left(shape) for shape in strut), np.ptp(strut[0].points[:, 1])
    mark, *letters, end = _pango(f"H{text}H", font, bold)
    # An H has as much room on its left as on its right, so the pen stood half of both before it.
    bearing = (second - first - np.ptp(mark.points[:, 0])) / 2
    left = _left(mark) + second - first
    origin = np.array([left - bearing, mark.points[:, 1].min(), 0.0])
    return Outline(
        tuple((letter.points - origin) / cap for letter in letters),
        float((_left(end) - left) / cap),
    )


def _pango(words: str, font: str, bold: bool) -> list[_Shape]:
    def draw() -> bytes:
        # Pango spreads letters unevenly at small sizes; set large and scaled down, they keep
        # the font's own spacing. It breaks lines where the picture ends. Without ligatures
        # each character is one outline.
        setting = manimpango.TextSetting(
            0, len(words), font, "NORMAL", "BOLD" if bold else "NORMAL", line_num=0
        )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "words.svg"
            manimpango.text2svg([setting], 20, 20, True, str(path), 0, 0, 10**6, 40, words)
            return path.read_bytes()

    return _set(f"{font} {bold} {words}", draw)


_known: dict[str, list[_Shape]] | None = None


@contextmanager
def remembering(known: dict[str, list[_Shape]]) -> Iterator[None]:
    """Set nothing again that `known` holds, and put into it whatever is set."""
    global _known
    before, _known = _known, known
    try:
        yield
    finally:
        _known = before


def _set(source: str, draw: Callable[[], bytes]) -> list[_Shape]:
    """Give the shapes of a picture, drawn from its source unless that is remembered."""
    if _known is None:
        return _svg_shapes(draw())
    if source not in _known:
        _known[source] = _svg_shapes(draw())
    return _known[source]


def _left(shape: _Shape) -> float:
    return float(shape.points[:, 0].min())


# --- Outlines -------------------------------------------------------------------------------------


class _Shape(NamedTuple):
    points: Points
    color: str


def _joint(parts: Sequence[Points]) -> Points:
    return np.concatenate(parts) if parts else np.zeros((0, 3))


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


def _curves(path: Any) -> Points:
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


def _bar(stroke: Points, width: float) -> Points:
    """Give a fraction's bar or a root's top, a horizontal stroke, as a filled outline."""
    start, end = stroke[0], stroke[-1]
    up = np.array([0.0, width / 2, 0.0])
    return polyline([start - up, end - up, end + up, start + up, start - up])


def polyline(corners: npt.ArrayLike) -> Points:
    """Give the straight line through `corners` as cubic curves, an (N, 3) array."""
    points = np.asarray(corners, dtype=float)
    thirds = np.linspace(points[:-1], points[1:], 4, axis=1)
    return thirds.reshape(-1, points.shape[1])
