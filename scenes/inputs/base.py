"""What every input has in common, and what can be wrong with one."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Self

from scenes.wording import listed, quoted

__all__ = ["Folder", "Input", "InputError", "MisfitError", "Values", "misfit"]

Values = Mapping[str, Any]
"""The parsed inputs before one; those that are wrong are missing."""


class InputError(ValueError):
    """What is wrong with an input, and the remedy, in one line; `name` is the input's."""

    name = ""


class MisfitError(InputError):
    """A good value that this scene cannot show."""

    def __init__(self, who: str, wants: str, found: str, remedy: str) -> None:
        super().__init__(who, wants, found, remedy)
        self.who, self.wants, self.found, self.remedy = who, wants, found, remedy

    def __str__(self) -> str:
        return misfit([self])


def misfit(errors: Sequence[MisfitError]) -> str:
    """Say in one line which scenes cannot show a value.

    >>> misfit([MisfitError("svd", "a 2×2 matrix", "[1] is 1×1", "give another")])
    'svd takes a 2×2 matrix, and [1] is 1×1; give another'
    """
    takers: dict[str, list[str]] = {}
    for each in errors:
        takers.setdefault(each.wants, []).append(each.who)
    said = "; ".join(
        f"{listed(who, 'and')} take{'s' * (len(who) == 1)} {wants}" for wants, who in takers.items()
    )
    return f"{said}, and {errors[0].found}; {errors[0].remedy}"


@dataclass(frozen=True)
class Folder:
    """Where files are looked for.

    Parameters
    ----------
    path
        What names are relative to.
    called
        What a message calls it.
    is_closed
        Whether files have to lie in it.
    """

    path: Path = Path()
    called: str = ""
    is_closed: bool = False

    def name(self, path: Path) -> str:
        """Name a file as seen from here, so that nobody learns where on a machine that is."""
        try:
            return Path(os.path.relpath(path, self.path.resolve())).as_posix()
        except ValueError:  # on another drive of Windows
            return path.as_posix()

    def find(self, name: str, check: Callable[[Path], object]) -> Path:
        """Give the file that a name means, which exists, can be read and passes a check."""
        path = self.path.resolve() / name
        try:
            path = path.resolve()
            if self.is_closed and not path.is_relative_to(self.path.resolve()):
                raise InputError(
                    f"{quoted(name)} leaves {self.called}; put the file beside the lesson, "
                    "or give --allow-outside"
                )
            if not path.is_file():
                where = f" in {self.called}" if self.called else ""
                raise InputError(f"there is no file {quoted(name)}{where}; check the name")
            if not os.access(path, os.R_OK):
                raise InputError(f"{quoted(name)} can't be read; check its permissions")
            check(path)
        except InputError:
            raise
        except OSError as error:
            raise InputError(
                f"{quoted(name)} can't be read: {error.strerror}; check the name"
            ) from None
        except (ValueError, RuntimeError) as error:
            said = str(error).replace(str(path), name)
            raise InputError(said if quoted(name) in said else f"{quoted(name)}: {said}") from None
        return path


@dataclass(frozen=True)
class Input:
    """One thing that a scene can be given.

    Parameters
    ----------
    name
        A word: attribute of the scene, field of a lesson; `--a-b` and `LAMATH_A_B` of ``a_b``.
    default
        What is taken if nothing is given; of a tuple the first that fits. None: the scene
        does without.
    help
        One sentence for whoever is asked for it.
    """

    name: str
    default: Any = None
    help: str = field(default="", kw_only=True)

    noun: ClassVar[str] = ""
    metavar: ClassVar[str] = "X"
    is_file: ClassVar[bool] = False

    @property
    def option(self) -> str:
        """The option of the command line."""
        return "--" + self.name.replace("_", "-")

    @property
    def variable(self) -> str:
        """The variable of the environment."""
        return f"LAMATH_{self.name.upper()}"

    @property
    def takes(self) -> str:
        """What it takes, in a table: ``2×2 matrix``."""
        return self.noun or self.name

    def parse(self, given: Any, folder: Folder) -> Any:
        """Parse what was given; InputError if it is nothing of this kind."""
        raise NotImplementedError

    def check(self, value: Any, before: Values, who: str) -> None:
        """Raise MisfitError if a good value does not suit the scene or the inputs before."""

    def absent(self, before: Values) -> Any:
        """Give the value if there is none, neither given nor by default."""
        return None

    def text(self, value: Any, folder: Folder) -> str:
        """Write a value as text that gives it again."""
        return str(value)

    def brackets(self, text: str) -> list[str]:
        """Give the matrices that a text of this input shows, each as rows."""
        return []

    def label(self, text: str) -> str:
        """Call a text of this input what it is, in a few words."""
        return f"{self.name} {text}"

    def schema(self) -> dict[str, Any]:
        """Give the JSON Schema of the field of a lesson."""
        return {"type": "string"}

    def with_default(self, default: Any) -> Self:
        """Give the same input with another default."""
        other = copy.copy(self)
        object.__setattr__(other, "default", default)
        return other

    def fallback(self, before: Values, folder: Folder, who: str) -> Any:
        """Give the value by default."""
        choices = self.default if isinstance(self.default, tuple) else (self.default,)
        for number, choice in enumerate(choices, start=1):
            if choice is None:
                return self.absent(before)
            try:
                value = self.parse(choice, folder)
                self.check(value, before, who)
            except MisfitError:
                if number == len(choices):
                    raise
            else:
                return value
        return self.absent(before)
