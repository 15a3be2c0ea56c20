"""Temporary folders that nobody leaves for ever: what who was killed left, the next clears.

Each is named after its process, which holds it as a batch holds `--out`.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
import time
from pathlib import Path

from scenes.studio.request.clip import UnusableError
from scenes.studio.store.disk import Folder
from scenes.studio.store.lock import FolderLock
from scenes.studio.store.moves import is_running

__all__ = ["REMEDY", "TemporaryFolder", "clear_away", "clear_left", "is_private"]

_OURS = re.compile(r"lamath-(\d{1,30})-\w+")
_AGAIN = 20  # times that a folder is cleared

REMEDY = "name a folder with room for them in TMPDIR"
"""What to do where temporary files can't be written."""


class TemporaryFolder:
    """A folder in the system's place for such; making one clears away what others left.

    Parameters
    ----------
    place
        Instead of the system's.

    Raises
    ------
    UnusableError
        If none can be made, or Manim could not work in it.
    """

    def __init__(self, place: Path | None = None) -> None:
        try:
            place = place or Path(tempfile.gettempdir())
            clear_left(place)
            self.path = Path(tempfile.mkdtemp(prefix=f"lamath-{os.getpid()}-", dir=place))
        except OSError as error:
            where = f"{place}: {error.strerror}" if place else str(error.strerror)
            raise UnusableError(f"no room for temporary files ({where}); {REMEDY}") from None
        self._lock = FolderLock(Folder(self.path))
        self._lock.acquire()
        if set(str(self.path)) & set("{}"):
            self.close()
            raise UnusableError(
                f"Manim can't work in {place}, for it takes braces for templates; {REMEDY}"
            )

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove it, with all that is in it."""
        self._lock.release()  # first, for where a file is the lock it is not removed while open
        clear_away(self.path)


def is_private(folder: Path) -> bool:
    """Whether a folder is there still, and nobody else's: others may make one of its name."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    mine = not hasattr(os, "getuid") or (
        status.st_uid == os.getuid() and not status.st_mode & 0o077
    )
    return stat.S_ISDIR(status.st_mode) and mine


def clear_away(folder: Path) -> None:
    """Remove a folder that somebody may still be writing to."""
    for _ in range(_AGAIN):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            break
        time.sleep(0.05)


def clear_left(place: Path | None = None) -> None:
    """Remove the temporary folders of processes that have ended, and nothing of anybody else.

    Without a `place` that is the system's, if there is one.
    """
    if place is None:
        try:
            place = Path(tempfile.gettempdir())
        except OSError:
            return
    folder = Folder(place)
    for name in folder.names():
        found, status = _OURS.fullmatch(name), folder.status(name)
        if (
            found is None
            or status is None
            or folder.kind(name) != "a folder"
            or (hasattr(os, "getuid") and status.st_uid != os.getuid())
            or _is_used(folder, name, int(found[1]))
        ):
            continue
        folder.remove_all(name)


def _is_used(folder: Folder, name: str, pid: int) -> bool:
    """Whether a process of that number runs, or somebody holds its folder."""
    if os.name != "posix":  # nobody may ask who runs: the lock alone tells, once it was taken
        if not folder.kind(f"{name}/.lock"):
            return True
    elif is_running(pid):
        return True
    try:
        return not FolderLock(folder.inner(name)).is_free
    except OSError:  # somebody else clears it
        return True
