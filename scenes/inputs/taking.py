"""From what was given to what a scene is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from scenes.inputs.base import Folder, Input, InputError, MisfitError
from scenes.inputs.files import ImageInput, TensorInput, TensorsInput, WeightsInput
from scenes.inputs.numbers import (
    ChoiceInput,
    IntInput,
    MatricesInput,
    MatrixInput,
    NumberInput,
    VectorInput,
)
from scenes.wording import listed

__all__ = ["KINDS", "Taken", "look", "take", "with_defaults"]


KINDS: Mapping[str, type[Input]] = {
    kind.__name__: kind
    for kind in (
        *(MatrixInput, MatricesInput, VectorInput, WeightsInput, TensorInput, TensorsInput),
        *(ImageInput, IntInput, NumberInput, ChoiceInput),
    )
}
"""By name, for who reads declarations from a source."""


class Taken(NamedTuple):
    """What a scene is given."""

    values: dict[str, Any]
    """Parsed and checked, by name; None for what is absent."""
    texts: dict[str, str]
    """As text that gives the same again; files by their names as seen from the folder."""
    files: dict[str, Path]
    """Where those files are."""


def with_defaults(declared: Iterable[Input], attributes: Mapping[str, Any]) -> tuple[Input, ...]:
    """Give the inputs, with the defaults that a class has as attributes of their names."""
    return tuple(
        each.with_default(attributes[each.name]) if each.name in attributes else each
        for each in declared
    )


def look(
    declared: Iterable[Input], given: Mapping[str, Any], folder: Folder, who: str
) -> tuple[Taken, list[InputError]]:
    """Parse and check what a scene is given, and gather all that is wrong with it."""
    taken, wrong = Taken({}, {}, {}), []
    for each in declared:
        try:
            if given.get(each.name) is None:
                value = each.fallback(taken.values, folder, who)
            else:
                value = each.parse(given[each.name], folder)
                each.check(value, taken.values, who)
        except InputError as error:
            error.name = each.name
            wrong.append(error)
            continue
        taken.values[each.name] = value
        if value is not None:
            taken.texts[each.name] = each.text(value, folder)
        if each.is_file and value is not None:
            taken.files[each.name] = value
    return taken, wrong


def take(
    declared: Sequence[Input],
    given: Mapping[str, Any],
    environ: Mapping[str, str] = MappingProxyType({}),
    *,
    who: str = "this scene",
) -> Taken:
    """Give a scene what it declares: as given, else from the environment, else by default.

    Raises
    ------
    InputError
        In one line that names the scene (`who`) or the variable, and the remedy.
    """
    unknown = [name for name in given if name not in {each.name for each in declared}]
    if unknown:
        has = listed([each.name for each in declared], "and") if declared else "nothing"
        raise InputError(f"{who} shows no {unknown[0]}; it takes {has}")
    said = {each.name: environ.get(each.variable) or None for each in declared}
    said |= {name: value for name, value in given.items() if value is not None}
    taken, wrong = look(declared, said, Folder(), who)
    for error in wrong:
        if given.get(error.name) is None and said[error.name] is not None:
            (variable,) = [each.variable for each in declared if each.name == error.name]
            raise InputError(f"{variable}: {error}") from None
        if isinstance(error, MisfitError):
            raise error
        raise InputError(f"{who}, {error.name}: {error}") from None
    return taken
