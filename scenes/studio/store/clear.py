"""Removes what the project put in a folder and nothing else: `python -m …store.clear FOLDER`."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from scenes.studio.store.bundle import strays
from scenes.studio.store.clip_store import ClipStore
from scenes.studio.store.disk import is_folder, kind_of
from scenes.studio.store.typed import DamagedError, read_json

__all__ = ["clear"]

_OWN = ("index.html", "lesson.json", "version.js", ".lock", "manifest.json")
_DEPTH = 3  # out, out/draft, out/draft/<lesson>


def clear(out: Path, depth: int = _DEPTH) -> list[str]:
    """Remove clips, pages and manifests of a folder and of those of lessons in it.

    Returns
    -------
    list
        What else is there, as seen from the folder. It stays, and so do the folders that
        hold it.
    """
    if depth and is_folder(out):
        for folder in filter(is_folder, list(out.iterdir())):
            if folder.name not in ("clips", "failed"):
                clear(folder, depth - 1)
        store = ClipStore(out)
        for name in store.unwanted(()):
            store.remove(name)
        if _is_manifest(out / "manifest.json"):
            for name in _OWN:
                if kind_of(out / name) == "a file":
                    (out / name).unlink()
        with contextlib.suppress(OSError):  # it holds something else
            out.rmdir()
    return strays(out, ())


def _is_manifest(path: Path) -> bool:
    try:
        said = read_json(path)
    except (OSError, DamagedError):
        return False
    return isinstance(said, dict) and said.keys() == {"clips", "due"}


if __name__ == "__main__":
    for name in sys.argv[1:]:
        for left in clear(Path(name)):
            print(f"stays, for it was not made by render.py: {name}/{left!a}")
