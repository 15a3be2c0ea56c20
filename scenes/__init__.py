"""The catalogue: which scenes there are, in which order, and what each accepts.

Importing it costs nothing: what a scene class declares (its title, its inputs) is read
from its source, so that listing the catalogue never loads Manim.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from scenes.inputs import KINDS, Input, with_defaults

__all__ = [
    "ASPECTS", "CATALOGUE", "FOLDER", "LOCALE", "THEMES", "TOPICS",
    "Entry", "entry", "known_inputs", "show",
]  # fmt: skip

FOLDER = Path(__file__).resolve().parent
LOCALE = FOLDER / "locale"

ASPECTS = ("16:9", "1:1", "9:16")
THEMES = ("dark", "light")


class Declared(NamedTuple):
    """What a scene class says of itself, as literals in its body."""

    title: str
    inputs: tuple[Input, ...]


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
        classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
        if self.class_name not in classes:
            raise LookupError(f"{self.file} has no class {self.class_name}")
        said = _literals(self.class_name, classes)
        if not {"title", "inputs"} <= said.keys():
            raise LookupError(f"{self.file}: {self.class_name} declares no title or no inputs")
        return Declared(said["title"], with_defaults(said["inputs"], said))

    @property
    def title(self) -> str:
        """The English title; the catalogues of words translate it."""
        return self.declared.title

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What it can be given."""
        return self.declared.inputs

    def input(self, name: str) -> Input | None:
        """Give the input of that name, if it has one."""
        return next((each for each in self.inputs if each.name == name), None)

    def load(self) -> Any:
        """Import the scene class (this imports Manim)."""
        from importlib import import_module

        return getattr(import_module(f"scenes.{self.module}"), self.class_name)


def _literals(name: str, classes: Mapping[str, ast.ClassDef]) -> dict[str, Any]:
    """Give the names that a class, or a base of it in the same file, binds to literals."""
    found: dict[str, Any] = {}
    for base in reversed(classes[name].bases):
        if isinstance(base, ast.Name) and base.id in classes:
            found |= _literals(base.id, classes)
    for statement in classes[name].body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            with suppress(ValueError):  # not a literal: not a declaration
                found[statement.targets[0].id] = _literal(statement.value)
    return found


def _literal(node: ast.expr) -> Any:
    """Evaluate a literal; `N_("…")` counts as its text, `MatrixInput(…)` as the input."""
    if isinstance(node, ast.Tuple):
        return tuple(map(_literal, node.elts))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        arguments = [_literal(each) for each in node.args]
        keywords = {each.arg: _literal(each.value) for each in node.keywords if each.arg}
        if node.func.id in KINDS:
            return KINDS[node.func.id](*arguments, **keywords)
        if len(arguments) == 1 and not keywords:
            return arguments[0]
    return ast.literal_eval(node)


CATALOGUE = (
    Entry("inverse", "inverse", "InverseUndoes"),
    Entry("no_way_back", "inverse", "NoWayBack"),
    Entry("rank", "rank", "RankCollapse"),
    Entry("rank_in_space", "rank_in_space", "RankInSpace"),
    Entry("null_space", "null_space", "NullSpaceFlattens"),
    Entry("null_space_in_space", "null_space_in_space", "NullSpaceInSpace"),
    Entry("svd", "svd", "RotateStretchRotate"),
    Entry("svd_in_space", "svd_in_space", "RotateStretchRotateInSpace"),
    Entry("column_space", "column_space", "ColumnSpace"),
    Entry("solutions", "solutions", "SolutionSet"),
    Entry("three_fates", "three_fates", "ThreeFates"),
    Entry("invertible", "invertible", "PredictInvertible"),
    Entry("conditioning", "conditioning", "GradientStability"),
    Entry("determinant", "determinant", "DeterminantIsArea"),
    Entry("volume", "volume", "DeterminantIsVolume"),
    Entry("cofactors", "cofactors", "CofactorExpansion"),
    Entry("operator", "operator", "MatrixMovesSpace"),
    Entry("orthogonal", "orthogonal", "OrthogonalKeepsShape"),
    Entry("inner_product", "inner_product", "DotProductIsProjection"),
    Entry("diagonalize", "diagonalize", "Diagonalize"),
    Entry("spectral", "spectral", "SpectralTheorem"),
    Entry("gram_schmidt", "gram_schmidt", "GramSchmidt"),
    Entry("product", "product", "OrderMatters"),
    Entry("transpose", "transpose", "TransposeReverses"),
)

TOPICS = (
    ("space", "Inverse, rank and null space",
     ("inverse", "no_way_back", "rank", "rank_in_space", "null_space", "null_space_in_space",
      "column_space", "invertible")),
    ("systems", "Systems of equations", ("solutions", "three_fates", "conditioning")),
    ("determinants", "Determinants", ("determinant", "volume", "cofactors")),
    ("singular-values", "Singular values", ("svd", "svd_in_space")),
    ("orthogonality", "Inner product and orthogonality",
     ("orthogonal", "inner_product", "gram_schmidt")),
    ("maps", "Maps and products", ("operator", "product", "transpose")),
    ("eigenvalues", "Eigenvalues", ("diagonalize", "spectral")),
)  # fmt: skip
"""What the scenes are about: an id, a title for the page, the scenes; each has one."""


def entry(id: str) -> Entry:
    """Give the entry with that id; KeyError if there is none."""
    return {each.id: each for each in CATALOGUE}[id]


def known_inputs() -> dict[str, Input]:
    """Give every input that some scene declares, by name; a name means the same in all scenes."""
    found: dict[str, Input] = {}
    for each in CATALOGUE:
        for declared in each.inputs:
            found.setdefault(declared.name, declared)
    return found


def show(scene: str, **wishes: Any) -> Any:
    """Show a clip in a notebook: ``show("svd", matrix="3 0; 4 5", language="zh-Hans")``.

    See `scenes.studio.run.notebook.show`; only this loads Manim.
    """
    return import_module("scenes.studio.run.notebook").show(scene, **wishes)
