"""What a clip's matrices are: everything that lamath can say of them, for who computes on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

import lamath as la
from lamath import notation

__all__ = ["exact_facts"]

_LARGEST: Final = 8  # rows or columns; of larger matrices only the shape is told


def exact_facts(given: Mapping[str, Any]) -> str:
    """Write as JSON what can be said of the matrices and vectors among some inputs.

    Each matrix has the parts of `lamath.analyze`, as `lamath.notation.data` writes them, and
    `written`: text, LaTeX and Typst of each. A matrix is told together with the vector b that
    comes after it, if that has as many entries as the matrix has rows.
    """
    found: dict[str, Any] = {}
    vectors = {name: value for name, value in given.items() if isinstance(value, la.Vector)}
    for name, value in given.items():
        if isinstance(value, la.Matrix):
            b = next((v for v in vectors.values() if len(v) == value.shape[0]), None)
            found[name] = _of(value, b)
        elif isinstance(value, la.Vector):
            found[name] = notation.data(value) | {"written": _written(value)}
        elif isinstance(value, Iterable) and not isinstance(value, str):
            listed = [each for each in value if isinstance(each, la.Matrix)]
            if listed:
                found[name] = [_of(each) for each in listed]
    return json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _of(matrix: la.Matrix, b: la.Vector | None = None) -> dict[str, Any]:
    if max(matrix.shape) > _LARGEST:
        return {"shape": list(matrix.shape)}
    report = la.analyze(matrix, b)
    facts = report.facts()
    there = [name for name, value in facts.items() if value is not None]
    return facts | {"written": {name: _written(getattr(report, name)) for name in there}}


def _written(x: Any) -> dict[str, str]:
    return {
        "text": notation.plain(x),
        "latex": notation.latex(x),
        "typst": notation.typst(x),
    }
