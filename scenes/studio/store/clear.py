"""Removes what the project put in a folder and nothing else: `python -m …store.clear FOLDER`."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from scenes.studio.store.bundle import strays
from scenes.studio.store.clip_store import ClipStore
from scenes.studio.store.disk import Folder
from scenes.studio.store.own import OWN, remove_own
from scenes.studio.store.typed import DamagedError, read_json

__all__ = ["clear"]

_DEPTH = 3  # out, out/draft, out/draft/<lesson>


def clear(out: Path, *within: str, depth: int = _DEPTH) -> list[str]:
    """Remove clips, pages and manifests of a folder and of those of lessons in it.

    Returns
    -------
    list
        What else is there, as seen from the folder. It stays, and so do the folders that
        hold it.
    """
    store = ClipStore(out, *within)
    folder = store.folder
    if depth and folder.kind() == "a folder":
        for name in folder.names():
            if folder.kind(name) == "a folder" and name not in ("clips", "failed"):
                clear(out, *within, name, depth=depth - 1)
        for name in store.unwanted(()):
            store.remove(name)
        if _is_manifest(folder):
            for name in OWN:
                remove_own(folder, name)
        with contextlib.suppress(OSError):  # it holds something else
            folder.rmdir() if within else Folder(out.parent).rmdir(out.name)
    return strays(folder, ())


def _is_manifest(folder: Folder) -> bool:
    try:
        said = read_json(folder, "manifest.json")
    except (OSError, DamagedError):
        return False
    return isinstance(said, dict) and said.keys() == {"clips", "due"}


if __name__ == "__main__":
    for name in sys.argv[1:]:
        for left in clear(Path(name)):
            print(f"stays, for it was not made by render.py: {name}/{left!a}")
