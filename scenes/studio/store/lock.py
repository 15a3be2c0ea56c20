"""One batch at a time in a folder: a lock that ends with the process that holds it."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable

from scenes.studio.store.disk import Folder

__all__ = ["FolderLock"]

_AGAIN = 0.2  # seconds between two tries
_FILE = ".lock"

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

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._descriptor: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether no other process can hold it now."""
        return self._descriptor is not None

    @property
    def is_free(self) -> bool:
        """Whether no process holds it, as far as one can tell; OSError if the folder is gone."""
        taken = self._try(self._lockable[0])
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
        for name in self._lockable:
            while (taken := self._try(name)) is False:
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

    def release_empty(self) -> None:
        """Give the lock back, and take its file away from a folder that holds nothing else."""
        is_alone = self.is_held and self._folder.names() == [_FILE]
        if is_alone and sys.platform != "win32":  # while nobody else can take it
            self._folder.unlink(_FILE)
        self.release()
        if is_alone and sys.platform == "win32":  # where no file is removed that is open
            with contextlib.suppress(OSError):  # somebody else has taken it
                self._folder.unlink(_FILE)

    @property
    def _lockable(self) -> list[str]:
        return [_FILE] if sys.platform == "win32" else [".", _FILE]

    def _try(self, name: str) -> bool | None:
        """Take the lock, or say that another process has it; None: it can't be locked at all."""
        descriptor = self._folder.open_to_lock(name)
        try:
            _lock(descriptor)
            there = self._folder.status(name)
            if there is None or not os.path.samestat(os.fstat(descriptor), there):
                raise FileNotFoundError(f"{self._folder.path / name} was removed meanwhile")
        except OSError as error:
            os.close(descriptor)
            if isinstance(error, FileNotFoundError):
                raise
            # NFS, for one, locks no folders
            return False if isinstance(error, BlockingIOError | PermissionError) else None
        self._descriptor = descriptor
        return True
