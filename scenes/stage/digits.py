"""Numbers that run: digits of one width, set without asking Typst in every frame."""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from scenes.stage.text import math
from scenes.stage.view import Array

__all__ = ["digits"]

# Widths in heights of a capital, after New Computer Modern: a digit is 0.5 em,
# a point 0.278 em, a sign or relation 0.778 em, and a capital 0.683 em high.
_ADVANCE = {
    "0": 0.732,
    ".": 0.407,
    "−": 1.0,
    "≈": 1.2,
    "×": 1.2,
    " ": 0.3,
    "°": 0.5,
    "(": 0.57,
    ")": 0.57,
    ",": 0.407,
}
_SOURCE = {"−": "-", "≈": "approx", "×": "times", "°": "degree"} | {
    raised: f"#super[{digit}]" for digit, raised in zip("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻", strict=True)
}
_NAMED = re.compile(r" (?=[a-z]_\d)")


def digits(text: str) -> Array:
    """Give the outlines (N, 3) of a number, capitals 1 high, baseline at 0.

    A minus sign hangs to the left of 0, so that digits stay where they are when a number
    changes sign. After it may come the name of what is counted, as in "1.37 a_1".
    """
    pen, shapes = 0.0, []
    text, *name = _NAMED.split(text, maxsplit=1)
    if text.startswith("−"):
        pen = -_ADVANCE["−"]
    for char in text:
        width = _ADVANCE.get(char, _ADVANCE["0"])
        if char != " ":
            glyph = _glyph(char)
            shapes.append(glyph + np.array([pen + (width - np.ptp(glyph[:, 0])) / 2, 0, 0]))
        pen += width
    for each in name:
        glyph = _glyph(each)
        shapes.append(glyph + np.array([pen + 0.3 - glyph[:, 0].min(), 0, 0]))
    return np.concatenate(shapes)


@cache
def _glyph(char: str) -> Array:
    return np.array(math(_SOURCE.get(char, char), size=1.0, color="#FFFFFF").points)
