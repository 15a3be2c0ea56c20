"""What a clip's frames depend on, so that only what changed is filmed again.

A key has a part for each room of the house and for the tools outside it, so that two
keys tell not only whether something changed but what. Nothing here imports what it looks
at: sources are read, and versions are asked of the packages' metadata.
"""

from __future__ import annotations

import ast
import hashlib
import platform
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

import scenes
from lamath.words import LOCALE, Words
from scenes.studio.clip import Clip

__all__ = ["Key", "Keys", "changes", "fonts", "libraries"]

Key = dict[str, str]
"""A fingerprint of each part; of parameters, fonts and libraries, words that people can read."""

Record = dict[str, Any]

_PACKAGES = (
    "manim", "numpy", "scipy", "sympy", "av", "typst", "pycairo", "manimpango", "pillow",
    "safetensors", "svgelements",
)  # fmt: skip

_FILM = "scenes.studio.film"  # what the studio does to a scene's frames, and all that it imports

_PARTS = {
    "scenes.stage.theme": "theme",
    "scenes.stage": "stage",
    "scenes.studio.reel": "encoder",
    "scenes.studio": "studio",
    "lamath": "lamath",
}
"""The part a module belongs to, by the longest name that fits; others are the scene's own."""

_IDLE = ("scenes", "scenes.studio.clip")
"""The catalogue and the parameters say which clips there are; what of it matters is in the key."""

_SETTLED = 2.0  # seconds until a further change of a file is sure to show in its time


class _Module(NamedTuple):
    """A file of the project."""

    name: str
    path: Path


# A batch looks twice: before it waits for its turn, and after.
_IMPORTED: dict[tuple[Path, bytes], frozenset[_Module]] = {}


class Keys:
    """Gives the keys of clips, and reads every file once.

    Parameters
    ----------
    known
        Files that were hashed before, as `sources` gives them.
    """

    def __init__(self, known: Iterable[Record] = ()) -> None:
        self._root = scenes.FOLDER.parent
        self._sources: dict[Path, bytes] = {}
        self._trees: dict[Path, ast.Module] = {}
        self._said: dict[Path, frozenset[str]] = {}
        self._made_of: dict[str, tuple[_Module, ...]] = {}
        self._code: dict[str, Key] = {}
        self._words: dict[tuple[str, str], str] = {}
        self._digests = {
            (each["path"], each["size"], each["time"]): each["sha256"]
            for each in known
            if each.get("settled")
        }

    def of(self, clip: Clip) -> Key:
        """Give the key of a clip."""
        facts = clip.facts
        said = sorted((facts.pop("inputs") | facts).items())
        key = {"parameters": ", ".join(f"{name}={value}" for name, value in said)}
        key |= self._code_of(clip.scene)
        key["words"] = self._words_of(clip.scene, clip.language)
        key["fonts"] = fonts(clip.language)
        key["libraries"] = libraries()
        for name, facts in self.sources(clip).items():
            key[name] = facts.get("sha256", "missing")
        return key

    # Code

    def _code_of(self, scene: str) -> Key:
        """Fingerprint the sources of a scene and of what films it, part by part."""
        if scene not in self._code:
            entry = scenes.entry(scene)
            digests = {"scene": hashlib.sha256(entry.class_name.encode())}
            for module in self._modules_of(scene):
                digest = digests.setdefault(_part(module.name), hashlib.sha256())
                source = self._source(module.path)
                digest.update(f"\n{module.name} {len(source)}\n".encode() + source)
            self._code[scene] = {part: digest.hexdigest() for part, digest in digests.items()}
        return self._code[scene]

    def _modules_of(self, scene: str) -> tuple[_Module, ...]:
        """Give every file of the project that a scene imports, or the studio to film it."""
        if scene not in self._made_of:
            path = scenes.entry(scene).path
            waiting = [_Module(path.stem, path), *self._found(_FILM, path.parent)]
            found: set[_Module] = set()
            while waiting:
                module = waiting.pop()
                if module not in found:
                    found.add(module)
                    waiting += self._imports(module.path)
            self._made_of[scene] = tuple(
                sorted(module for module in found if module.name not in _IDLE)
            )
        return self._made_of[scene]

    def _found(self, name: str, beside: Path) -> Iterator[_Module]:
        """Give the files that importing a dotted name runs, if they are the project's."""
        words = name.split(".")
        root = self._root if words[0] in ("scenes", "lamath") else beside
        for count in range(1, len(words) + 1):
            place = root.joinpath(*words[:count])
            for path in (place / "__init__.py", place.with_suffix(".py")):
                if path.is_file():
                    yield _Module(".".join(words[:count]), path)

    def _source(self, path: Path) -> bytes:
        if path not in self._sources:
            self._sources[path] = path.read_bytes()
        return self._sources[path]

    def _tree(self, path: Path) -> ast.Module:
        if path not in self._trees:
            try:
                self._trees[path] = ast.parse(self._source(path))
            except SyntaxError:  # half an edit; the worker's message is better than one from here
                self._trees[path] = ast.Module([], [])
        return self._trees[path]

    def _imports(self, path: Path) -> frozenset[_Module]:
        """Give what a source imports of the project."""
        known = path, self._source(path)
        if known not in _IMPORTED:
            names: set[tuple[str, Path]] = set()
            for node in _statements(self._tree(path)):
                if isinstance(node, ast.Import):
                    names |= {(alias.name, path.parent) for alias in node.names}
                elif isinstance(node, ast.ImportFrom):
                    beside = path.parents[max(node.level - 1, 0)]
                    start = f"{node.module}." if node.module else ""
                    # what is imported from a package may be a module itself
                    names |= {(start + alias.name, beside) for alias in node.names}
            _IMPORTED[known] = frozenset(
                file for name, beside in names for file in self._found(name, beside)
            )
        return _IMPORTED[known]

    def _texts(self, path: Path) -> frozenset[str]:
        """Give every text in a source."""
        if path not in self._said:
            self._said[path] = frozenset(
                node.value
                for node in ast.walk(self._tree(path))
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            )
        return self._said[path]

    # Words

    def _words_of(self, scene: str, language: str) -> str:
        """Fingerprint the translations that a scene may show: all but those of other scenes."""
        at = (scene, language)
        if language == "en":
            return "as in the sources"
        if at not in self._words:
            foreign = self._texts_elsewhere(scene)
            said = [
                f"{message}\0{words}\0"
                for folder, domain in ((scenes.LOCALE, "scenes"), (LOCALE, "lamath"))
                for message, words in sorted(Words(folder, domain, language).messages.items())
                if message not in foreign
            ]
            self._words[at] = hashlib.sha256("".join(said).encode()).hexdigest()
        return self._words[at]

    def _texts_elsewhere(self, scene: str) -> frozenset[str]:
        """Give the texts that stand in the sources of other scenes only."""

        def texts(modules: Iterable[_Module]) -> frozenset[str]:
            return frozenset[str]().union(*(self._texts(module.path) for module in modules))

        own = set(self._modules_of(scene))
        every = {module for each in scenes.CATALOGUE for module in self._modules_of(each.id)}
        return texts(every - own) - texts(own)

    # Files

    def sources(self, clip: Clip) -> dict[str, Record]:
        """Say of each file that a clip shows where it is, how large, how old, and its hash."""
        return {name: self._facts(path) for name, path in clip.files.items()}

    def _facts(self, path: Path) -> Record:
        try:
            stat = path.stat()
            at = (str(path), stat.st_size, stat.st_mtime_ns)
            if at not in self._digests:
                with path.open("rb") as file:
                    self._digests[at] = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:  # the worker will say so
            return {"path": str(path)}
        settled = time.time() - stat.st_mtime > _SETTLED
        facts = {"sha256": self._digests[at], "settled": settled}
        return dict(zip(("path", "size", "time"), at, strict=True)) | facts


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Give the statements within a node, however deep: imports are nothing else."""
    for name in ("body", "orelse", "finalbody", "handlers", "cases"):
        for each in getattr(node, name, ()):
            yield each
            yield from _statements(each)


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """Name the parts in which two keys differ; nothing if they don't.

    >>> changes({"scene": "1", "theme": "2"}, {"scene": "1", "theme": "3"})
    'theme changed'
    >>> changes({"stage": "1", "libraries": "numpy 2.2, av 14"}, {"libraries": "numpy 2.3, av 14"})
    'libraries (numpy 2.3) and stage changed'
    """
    said = []
    for part in dict.fromkeys((*new, *old)):
        if old.get(part) != new.get(part):
            news = ""
            if part in ("fonts", "libraries", "parameters"):
                before = old.get(part, "").split(", ")
                news = ", ".join(
                    each for each in new.get(part, "").split(", ") if each not in before
                )
            said.append(f"{part} ({news})" if news else part)
    return f"{' and '.join(said)} changed" if said else ""


# Tools


@cache
def libraries() -> str:
    """Name the versions of everything outside the project that draws, computes or encodes."""
    import cairo
    import manimpango

    python = ".".join(platform.python_version_tuple()[:2])
    named = {name: _version(name) for name in _PACKAGES}
    named |= {"Python": python, "cairo": cairo.cairo_version_string()}
    named |= {"Pango": manimpango.pango_version()}
    return ", ".join(f"{name} {number}" for name, number in named.items())


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


@cache
def fonts(language: str) -> str:
    """Name the files of the font that sets a language on this machine, with their versions.

    Without fontconfig, the fonts are taken to be those of the operating system.
    """
    installed = _installed()
    for family in _families()[language]:
        if family in installed:
            return f"{family}: {installed[family]}"
    return "none"


def _families() -> dict[str, tuple[str, ...]]:
    """Read from the stage, without importing it, which fonts it prefers."""
    source = (scenes.FOLDER / "stage" / "fonts.py").read_text(encoding="utf-8")
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "FAMILIES":
            found: dict[str, tuple[str, ...]] = ast.literal_eval(node.value)
            return found
    raise LookupError("scenes/stage/fonts.py names no FAMILIES")


@cache
def _installed() -> dict[str, str]:
    """Give every font family with what tells its version."""
    if shutil.which("fc-list") is None:
        import manimpango

        return dict.fromkeys(manimpango.list_fonts(), platform.platform())
    format = "%{family}\t%{file}\t%{fontversion}\n"
    listing = subprocess.run(  # noqa: S603
        ["fc-list", "--format", format],  # noqa: S607
        capture_output=True, check=False, encoding="utf-8",
    ).stdout  # fmt: skip
    found: dict[str, set[str]] = {}
    for line in listing.splitlines():
        families, file, number = line.split("\t")
        path = Path(file)
        size = path.stat().st_size if path.is_file() else 0
        for family in families.split(","):
            found.setdefault(family, set()).add(f"{path.name} {number} ({size} bytes)")
    return {family: " + ".join(sorted(files)) for family, files in found.items()}


def _part(module: str) -> str:
    fits = [name for name in _PARTS if module == name or module.startswith(f"{name}.")]
    return _PARTS[max(fits, key=len)] if fits else "scene"
