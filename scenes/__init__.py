"""The catalogue: which scenes there are, in which order, and what each accepts.

Importing it costs nothing: what a scene class declares (title, matrix, accepted
shapes) is read from its source, so that listing the catalogue never loads Manim.
"""

from __future__ import annotations

import ast
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["ASPECTS", "CATALOGUE", "FOLDER", "LOCALE", "THEMES", "Entry", "entry"]

FOLDER = Path(__file__).resolve().parent
LOCALE = FOLDER / "locale"

ASPECTS = ("16:9", "1:1", "9:16")
THEMES = ("dark", "light")


class Declared(NamedTuple):
    """What a scene class says of itself, as literals in its body."""

    title: str
    matrix: str
    accepts: tuple[str, ...]
    takes_vector: bool
    takes_weights: bool
    takes_image: bool


class Entry:
    """One scene of the catalogue.

    Parameters
    ----------
    id
        What `render.py` takes, e.g. ``"svd"``.
    module
        The file's name in `scenes/`, without ``.py``.
    class_name
        What `manim render` takes, e.g. ``"RotateStretchRotate"``.
    """

    def __init__(self, id: str, module: str, class_name: str) -> None:
        self.id = id
        self.module = module
        self.class_name = class_name

    def __repr__(self) -> str:
        return f"Entry({self.id!r}, {self.module!r}, {self.class_name!r})"

    @property
    def path(self) -> Path:
        """The source file."""
        return FOLDER / f"{self.module}.py"

    @property
    def file(self) -> str:
        """The source file as a command line names it: ``scenes/svd.py``."""
        return f"scenes/{self.module}.py"

    @cached_property
    def declared(self) -> Declared:
        """What the class declares, read from its source without running it."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"), str(self.path))
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and node.name == self.class_name:
                values = dict(_literals(node))
                return Declared(
                    title=values["title"],
                    matrix=values["matrix"],
                    accepts=tuple(values["accepts"]),
                    takes_vector=values.get("takes_vector", False),
                    takes_weights=values.get("takes_weights", False),
                    takes_image=values.get("takes_image", False),
                )
        raise LookupError(f"{self.file} has no class {self.class_name}")

    @property
    def title(self) -> str:
        """The English title; the catalogues of words translate it."""
        return self.declared.title

    @property
    def matrix(self) -> str:
        """The matrix played when none is given."""
        return self.declared.matrix

    @property
    def accepts(self) -> tuple[str, ...]:
        """The shapes accepted, rows first: ``("2x2",)``."""
        return self.declared.accepts

    @property
    def takes_vector(self) -> bool:
        """Whether the scene shows a vector of the caller's choice."""
        return self.declared.takes_vector

    @property
    def takes_weights(self) -> bool:
        """Whether the scene shows a matrix from a file of weights."""
        return self.declared.takes_weights

    @property
    def takes_image(self) -> bool:
        """Whether the scene shows a picture of the caller's choice."""
        return self.declared.takes_image

    def load(self) -> Any:
        """Import the scene class (this imports Manim)."""
        from importlib import import_module

        return getattr(import_module(f"scenes.{self.module}"), self.class_name)


def _literals(node: ast.ClassDef) -> list[tuple[str, Any]]:
    """Give the names a class body binds to literals (`N_("…")` counts as its text)."""
    found = []
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            value = statement.value
            if isinstance(value, ast.Call) and value.args:
                value = value.args[0]
            try:
                found.append((statement.targets[0].id, ast.literal_eval(value)))
            except ValueError:
                continue  # not a literal: not a declaration
    return found


CATALOGUE = (
    Entry("inverse", "inverse", "InverseUndoes"),
    Entry("no_way_back", "inverse", "NoWayBack"),
    Entry("rank", "rank", "RankCollapse"),
    Entry("null_space", "null_space", "NullSpaceFlattens"),
    Entry("svd", "svd", "RotateStretchRotate"),
)


def entry(id: str) -> Entry:
    """Give the entry with that id; KeyError if there is none."""
    return {each.id: each for each in CATALOGUE}[id]
