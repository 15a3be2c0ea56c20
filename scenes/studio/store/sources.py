"""Which sources of the project a file depends on, by its imports, read and never run.

A package that only passes names on (its `__init__` holds nothing but imports) is not a
dependency itself: what somebody imports from it leads to the module that has it. So the
stage's audit is no part of a scene, although the stage offers both.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import scenes

__all__ = ["Module", "Sources"]

# A batch may look twice: before it waits for its turn, and after.
_IMPORTED: dict[tuple[Path, bytes], tuple[_Import, ...]] = {}

_OURS = ("scenes", "lamath")


class Module(NamedTuple):
    """A file of the project."""

    name: str
    path: Path


class _Import(NamedTuple):
    """A name that a source imports: all of a module, or one thing from it."""

    module: str
    thing: str = ""
    called: str = ""


class Sources:
    """The project's sources, each read once."""

    def __init__(self) -> None:
        self._root = scenes.FOLDER.parent
        self._sources: dict[Path, bytes] = {}
        self._trees: dict[Path, ast.Module] = {}
        self._said: dict[Path, frozenset[str]] = {}

    def closure(self, *starts: Module) -> tuple[Module, ...]:
        """Give every file of the project that some files depend on, and these, by name."""
        waiting, found = list(starts), set[Module]()
        while waiting:
            module = waiting.pop()
            if module not in found:
                found.add(module)
                for each in self._imports(module):
                    waiting += self._providers(each, module.path.parent)
        return tuple(sorted(found))

    def module(self, name: str) -> Module:
        """Give a module of the project by its dotted name."""
        found = self._file(name, self._root)
        if found is None:
            raise LookupError(f"the project has no module {name}")
        return found

    def source(self, path: Path) -> bytes:
        """Give what is in a file."""
        if path not in self._sources:
            self._sources[path] = path.read_bytes()
        return self._sources[path]

    def texts(self, path: Path) -> frozenset[str]:
        """Give every text in a source."""
        if path not in self._said:
            self._said[path] = frozenset(
                node.value
                for node in ast.walk(self._tree(path))
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            )
        return self._said[path]

    def _tree(self, path: Path) -> ast.Module:
        if path not in self._trees:
            try:
                self._trees[path] = ast.parse(self.source(path))
            except SyntaxError:  # half an edit; the worker's message is better than one from here
                self._trees[path] = ast.Module([], [])
        return self._trees[path]

    def _imports(self, module: Module) -> tuple[_Import, ...]:
        """Give what a source imports of the project."""
        known = module.path, self.source(module.path)
        if known not in _IMPORTED:
            is_package = module.path.name == "__init__.py"
            package = module.name.split(".") if is_package else module.name.split(".")[:-1]
            found: list[_Import] = []
            for node in _statements(self._tree(module.path)):
                if isinstance(node, ast.Import):
                    found += [_Import(alias.name) for alias in node.names]
                elif isinstance(node, ast.ImportFrom):
                    above = package[: len(package) + 1 - node.level] if node.level else []
                    name = ".".join([*above, *filter(None, [node.module])])
                    found += [
                        _Import(name, alias.name, alias.asname or alias.name)
                        for alias in node.names
                    ]
            _IMPORTED[known] = tuple(found)
        return _IMPORTED[known]

    def _providers(self, wanted: _Import, beside: Path) -> Iterator[Module]:
        """Give the files that have what is imported, if they are the project's."""
        if wanted.thing:
            inner = self._file(f"{wanted.module}.{wanted.thing}".strip("."), beside)
            if inner is not None:
                yield inner
                return
        module = self._file(wanted.module, beside)
        if module is None:
            return
        offered = self._passed_on(module)
        if wanted.thing not in ("", "*") and offered is not None:
            for each in offered:
                if each.called == wanted.thing:
                    yield from self._providers(each, module.path.parent)
            return
        yield module

    def _passed_on(self, module: Module) -> tuple[_Import, ...] | None:
        """Give what a package passes on, if that is all that it does."""
        if module.path.name != "__init__.py":
            return None
        for node in self._tree(module.path).body:
            is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            is_list = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
            if not (is_text or is_list or isinstance(node, ast.Import | ast.ImportFrom)):
                return None
        return self._imports(module)

    def _file(self, name: str, beside: Path) -> Module | None:
        """Give the file of a module: the project's, or one that lies beside who imports it."""
        words = name.split(".")
        root = self._root if words[0] in _OURS else beside
        place = root.joinpath(*words)
        for path in (place / "__init__.py", place.with_suffix(".py")):
            if name and path.is_file():
                return Module(name, path)
        return None


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Give the statements within a node, however deep: imports are nothing else."""
    for name in ("body", "orelse", "finalbody", "handlers", "cases"):
        for each in getattr(node, name, ()):
            yield each
            yield from _statements(each)
