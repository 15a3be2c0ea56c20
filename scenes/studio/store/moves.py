"""Moves folders into place, and puts right what was left when somebody was killed in between."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from scenes.studio.store.disk import is_folder

__all__ = ["is_running", "put_right", "swap"]


def swap(new: Path, place: Path, aside: Path) -> None:
    """Move a folder into place; what was there is put aside first, and put back on failure."""
    place.parent.mkdir(exist_ok=True)
    if not place.exists():
        new.replace(place)
        return
    aside.parent.mkdir(parents=True, exist_ok=True)
    place.replace(aside)
    try:
        new.replace(place)
    except OSError:
        aside.replace(place)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def put_right(batch: Path) -> None:
    """Clear away what a batch that was killed left, after putting back what it had put aside."""
    for aside in batch.glob("replaced/*/*"):
        place = batch.parent / aside.relative_to(batch / "replaced")
        if not all(map(is_folder, (batch, aside.parent.parent, aside.parent, aside))):
            continue  # a link leads elsewhere
        # Listeners may do this at once, and a new batch may have published already.
        with contextlib.suppress(OSError):
            place.parent.mkdir(exist_ok=True)
            if not place.exists():
                aside.replace(place)
    shutil.rmtree(batch, ignore_errors=True)


def is_running(pid: int) -> bool:
    """Whether a process of that number runs, as far as one can tell."""
    if os.name != "posix":
        return True  # asking would be dangerous elsewhere; leave its folder alone
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):  # no process has such a number
        return False
    except PermissionError:
        return True
    return True
