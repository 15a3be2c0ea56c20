"""Temporary folders that nobody leaves for ever: what who was killed left, the next clears.

Each is named after its process, which holds it as a batch holds `--out`.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
import time
from pathlib import Path

from scenes.studio.store.disk import Folder
from scenes.studio.store.lock import FolderLock
from scenes.studio.store.moves import is_running

__all__ = ["TemporaryFolder", "clear_away", "clear_left"]

_OURS = re.compile(r"lamath-(\d{1,30})-\w+")
_AGAIN = 20  # times that a folder is cleared


class TemporaryFolder:
    """A folder in the system's place for such; making one clears away what others left.

    Parameters
    ----------
    place
        Instead of the system's.
    """

    def __init__(self, place: Path | None = None) -> None:
        place = place or Path(tempfile.gettempdir())
        clear_left(place)
        self.path = Path(tempfile.mkdtemp(prefix=f"lamath-{os.getpid()}-", dir=place))
        self._lock = FolderLock(self.path)
        self._lock.acquire()

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove it, with all that is in it."""
        clear_away(self.path)
        self._lock.release()


def clear_away(folder: Path) -> None:
    """Remove a folder that somebody may still be writing to."""
    for _ in range(_AGAIN):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            break
        time.sleep(0.05)


def clear_left(place: Path) -> None:
    """Remove the temporary folders of processes that have ended, and nothing of anybody else."""
    folder = Folder(place)
    for name in folder.names():
        found, status = _OURS.fullmatch(name), folder.status(name)
        if (
            found is None
            or status is None
            or folder.kind(name) != "a folder"
            or (hasattr(os, "getuid") and status.st_uid != os.getuid())
            or is_running(int(found[1]))
        ):
            continue
        with contextlib.suppress(OSError):  # somebody else clears it
            if FolderLock(place / name).is_free:
                folder.remove_all(name)
