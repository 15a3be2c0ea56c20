"""What this process really draws by: the sources and words it loaded, however they change later."""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import struct
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from types import CodeType, ModuleType

import scenes
from lamath.words import READ
from scenes.studio.store.record import Source

__all__ = ["OutdatedError", "hold_files", "hold_loaded", "note_loaded"]

_NOTED: dict[str, str] = {}
"""The SHA-256 of each module's source as it was loaded, by the module's name."""


class OutdatedError(RuntimeError):
    """A process has loaded something else than it is to draw by, and a new one is needed."""

    @classmethod
    def of(cls, name: str) -> OutdatedError:
        """Say what it is, and what to do."""
        return cls(
            f"{name} was edited while clips were drawn; run this again when the edit is done"
        )


def note_loaded() -> None:
    """Note what is loaded from now on, and what is already; once is enough for a process."""
    if any(isinstance(each, _Finder) for each in sys.meta_path):
        return
    sys.meta_path.insert(0, _Finder())
    for name, module in list(sys.modules.items()):
        spec = getattr(module, "__spec__", None)
        if spec is not None and _is_ours(spec):
            _NOTED[name] = "other than its source" if _is_old(spec) else _sha256(spec.origin)


def hold_loaded(expected: Mapping[str, str]) -> None:
    """Hold that the modules and words loaded so far are those expected, by name and SHA-256.

    Raises
    ------
    OutdatedError
        If one of them is another.
    """
    for name, sha256 in expected.items():
        if not {_NOTED.get(name, sha256), *READ.get(name, ())} <= {sha256}:
            raise OutdatedError.of(name)


def hold_files(sources: Iterable[Source]) -> None:
    """Hold that files have not changed since they were looked at, be it only for a while.

    Raises
    ------
    OutdatedError
        If one has.
    """
    for each in sources:
        if each != replace(Source.at(Path(each.path)), sha256=each.sha256, settled=each.settled):
            raise OutdatedError.of(Path(each.path).name)


class _Loader(SourceFileLoader):
    """Compiles the very bytes that it notes.

    Bytecode is not asked for: it counts as new if size and time of a source are what they were.
    """

    def get_code(self, fullname: str) -> CodeType:
        source = self.get_data(self.path)
        _NOTED[fullname] = hashlib.sha256(source).hexdigest()
        return self.source_to_code(source, self.path)


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is None or not _is_ours(spec):
            return None  # the usual finders go on
        spec.loader = _Loader(fullname, str(spec.origin))
        return spec


def _is_old(spec: ModuleSpec) -> bool:
    """Whether a module came from bytecode of an earlier source; the next process has to compile.

    Python takes bytecode for new if the source has the size and time (seconds) that it had.
    """
    try:
        source, data = (Path(str(path)).read_bytes() for path in (spec.origin, spec.cached))
        time = int(Path(str(spec.origin)).stat().st_mtime)
        head = MAGIC_NUMBER + struct.pack("<LLL", 0, time & 0xFFFFFFFF, len(source))
        if not data.startswith(head):
            return False
        found = marshal.loads(data[len(head) :])  # noqa: S302  (Python has loaded it, too)
        if found == compile(source, str(spec.origin), "exec", dont_inherit=True):
            return False
    except (OSError, ValueError, EOFError, TypeError, SyntaxError):
        return False  # it was compiled, or can't have been loaded
    with contextlib.suppress(OSError):
        Path(str(spec.cached)).unlink()
    return True


def _is_ours(spec: ModuleSpec) -> bool:
    origin = str(spec.origin)
    is_source = origin.startswith(str(scenes.FOLDER.parent)) and origin.endswith(".py")
    return is_source and "site-packages" not in origin


def _sha256(path: str | None) -> str:
    try:
        return hashlib.sha256(Path(str(path)).read_bytes()).hexdigest()
    except OSError:
        return "missing"
