"""Sympy, imported when a name of it is first used: it takes longer than all of lamath."""

from __future__ import annotations

from typing import Any

__all__: list[str] = []


def __getattr__(name: str) -> Any:
    import sympy

    globals()[name] = value = getattr(sympy, name)
    return value
