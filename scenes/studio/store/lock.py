"""One batch at a time in a folder: a lock that ends with the process that holds it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

__all__ = ["FolderLock"]

_AGAIN = 0.2  # seconds between two tries

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FolderLock:
    """Holds a folder for this process.

    The folder itself is locked, so that nothing has to be cleared away, whoever is
    killed. Where the system locks files only, that is a file named ``.lock`` in it.

    Parameters
    ----------
    folder
        It must exist.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._descriptor: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether no other process can hold it now."""
        return self._descriptor is not None

    @property
    def is_free(self) -> bool:
        """Whether no process holds it, as far as one can tell; OSError if the folder is gone."""
        taken = self._try(self._folder)
        self.release()
        return taken is not False

    def acquire(self, waiting: Callable[[], None] = lambda: None) -> None:
        """Take the lock; while another process has it, say so once with `waiting`, and wait.

        On a file system without locks none is taken, and `is_held` stays false.

        Raises
        ------
        OSError
            If the folder is gone.
        """
        said = False
        for path in self._lockable():
            while (taken := self._try(path)) is False:
                if not said:
                    waiting()
                said = True
                time.sleep(_AGAIN)
            if taken:
                return

    def release(self) -> None:
        """Give the lock back."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _lockable(self) -> list[Path]:
        file = self._folder / ".lock"
        return [file] if sys.platform == "win32" else [self._folder, file]

    def _try(self, path: Path) -> bool | None:
        """Take the lock, or say that another process has it; None: it can't be locked at all."""
        how = (
            os.O_RDONLY
            if path == self._folder
            else os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        )
        descriptor = os.open(path, how, 0o666)
        try:
            _lock(descriptor)
            if not os.path.samestat(os.fstat(descriptor), path.stat()):
                raise FileNotFoundError(f"{path} was removed meanwhile")
        except OSError as error:
            os.close(descriptor)
            if isinstance(error, FileNotFoundError):
                raise
            # NFS, for one, locks no folders
            return False if isinstance(error, BlockingIOError | PermissionError) else None
        self._descriptor = descriptor
        return True
