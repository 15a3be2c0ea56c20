"""Values that anybody may have written, read as what they are declared to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypedDict

import pytest

from scenes.studio.store.typed import DamagedError, typed


class Point(NamedTuple):
    x: float
    y: float = 0.0


class Named(TypedDict):
    name: str | None


@dataclass(frozen=True)
class Whole:
    kind: Literal["a", "b"]
    points: tuple[Point, ...] = ()
    counts: Mapping[str, int] | None = None


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        (Whole, {"kind": "a", "unknown": []}, Whole("a")),
        (Whole, {"kind": "b", "points": [{"x": 1}]}, Whole("b", (Point(1.0),))),
        (Whole, {"kind": "b", "counts": {"n": 2}}, Whole("b", counts={"n": 2})),
        (Named, {"name": None, "unknown": 5}, {"name": None}),
        (list[Named], [{"name": "x"}], [{"name": "x"}]),
        (bool, True, True),
    ],
)
def test_what_is_declared_is_read(kind: Any, value: Any, read: Any) -> None:
    assert typed(kind, value) == read


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Whole, {}), (Whole, []), (Whole, {"kind": "c"}), (Whole, {"kind": []}),
        (Whole, {"kind": "a", "points": {}}), (Whole, {"kind": "a", "points": [{}]}),
        (Whole, {"kind": "a", "counts": {"n": True}}), (Whole, {"kind": "a", "counts": {"n": -1}}),
        (Named, {}), (Named, {"name": 5}), (str, "\ud800"), (str, "x" * 100_001), (int, 10**400),
        (float, 10**400), (float, float("nan")), (float, float("inf")), (int, 1.0), (bool, 1),
        (dict[str, str], {"\ud800": "x"}),
    ],
)  # fmt: skip
def test_anything_else_is_refused(kind: Any, value: Any) -> None:
    with pytest.raises(DamagedError):
        typed(kind, value)
