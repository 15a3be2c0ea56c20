"""Turns JSON that anybody may have written into typed values, or refuses it.

The types are those that the values are declared with, so that what is written and what is
read can't drift apart. Depth, sizes and numbers are bounded: nothing that is read here can
make what uses it later run out of memory, of digits or of letters that UTF-8 knows.
"""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints, is_typeddict

from scenes.studio.store.disk import Folder

__all__ = ["DamagedError", "read_json", "typed"]

T = TypeVar("T")

_MAX_BYTES = 16 * 2**20  # a sequence of a hundred thousand pictures
_MAX_TEXT = 100_000
_MAX_NUMBER = 2**63


class DamagedError(ValueError):
    """What was read is not what was written."""


def read_json(folder: Folder, name: str) -> Any:
    """Read a file of JSON in a folder.

    Raises
    ------
    DamagedError
        If it is not one, whatever it is instead.
    OSError
        If it is not there, or can't be read.
    """
    data = folder.read(name, _MAX_BYTES)
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise DamagedError(f"{name} is not JSON: {type(error).__name__}") from None


def typed(kind: type[T], value: Any) -> T:
    """Give a value of JSON as what it is declared to be; names nobody declared are left out.

    Texts, numbers, `None`, choices, lists, mappings, typed dictionaries, named tuples and
    data classes are known. Numbers are neither negative nor infinite.

    Raises
    ------
    DamagedError
        If it is anything else.

    >>> typed(dict[str, float], {"width": 3})
    {'width': 3.0}
    """
    try:
        given: T = _as(kind, value)
    except (TypeError, UnicodeEncodeError) as error:
        raise DamagedError(str(error)) from None
    return given


def _as(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _any_of(get_args(kind), value)
    if origin is Literal:
        return _hold(isinstance(value, str) and value in get_args(kind), value)
    if origin in (dict, Mapping):
        _hold(isinstance(value, dict), value)
        each = get_args(kind)[1]
        return {_as(str, name): _as(each, inner) for name, inner in value.items()}
    if origin in (list, tuple):
        _hold(isinstance(value, list), value)
        return origin(_as(get_args(kind)[0], inner) for inner in value)
    if kind is str:
        _hold(isinstance(value, str) and len(value) <= _MAX_TEXT, value)
        value.encode()  # JSON can say half of a letter, and files can't
        return value
    if kind in (int, float):
        numbers = (int, float) if kind is float else int
        is_number = isinstance(value, numbers) and not isinstance(value, bool)
        return kind(_hold(is_number and 0 <= value < _MAX_NUMBER, value))
    if kind in (bool, type(None)):
        return _hold(isinstance(value, kind), value)
    return _whole(kind, value)


def _any_of(kinds: tuple[Any, ...], value: Any) -> Any:
    for kind in kinds:
        try:
            return _as(kind, value)
        except (DamagedError, TypeError):
            continue
    raise DamagedError("it is none of what it may be")


def _whole(kind: Any, value: Any) -> Any:
    """Give something with named parts; those with a usual value may be missing."""
    _hold(isinstance(value, dict), value)
    hints, optional = _parts(kind)
    missing = [name for name in hints if name not in value and name not in optional]
    _hold(not missing, missing)
    return kind(**{name: _as(hints[name], value[name]) for name in hints if name in value})


@cache
def _parts(kind: Any) -> tuple[dict[str, Any], frozenset[str]]:
    """Give the types of a class's parts, by name, and those that have a usual value."""
    if is_dataclass(kind):
        usual = [
            each.name
            for each in fields(kind)
            if each.default is not MISSING or each.default_factory is not MISSING
        ]
    else:
        usual = [] if is_typeddict(kind) else list(kind._field_defaults)
    return get_type_hints(kind), frozenset(usual)


def _hold(is_so: bool, value: Any) -> Any:
    if not is_so:
        raise DamagedError(f"{type(value).__name__} is not what belongs there")
    return value
