"""Moves folders into place, and puts right what was left when somebody was killed in between."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from scenes.studio.store.disk import Folder

__all__ = ["is_running", "put_right", "swap"]


def swap(out: Folder, new: str, place: str, aside: str) -> None:
    """Move a folder into place; what was there is put aside first, and put back on failure."""
    _make_above(out, place)
    if not out.kind(place):
        out.move(new, place)
        return
    _make_above(out, aside)
    out.move(place, aside)
    try:
        out.move(new, place)
    except OSError:
        out.move(aside, place)
        raise
    out.remove_all(aside)


def put_right(batch: Path, out: Folder | None = None) -> None:
    """Clear away what a batch that was killed left, after putting back what it had put aside.

    `out` is the folder that it is in, if that is open.
    """
    out = out or Folder(batch.parent)
    replaced = f"{batch.name}/replaced"
    for kind in out.names(replaced):
        for name in out.names(f"{replaced}/{kind}"):
            # Listeners may do this at once, and a new batch may have published already.
            with contextlib.suppress(OSError):
                if out.kind(f"{replaced}/{kind}/{name}") == "a folder":
                    out.make(kind)
                    if not out.kind(f"{kind}/{name}"):
                        out.move(f"{replaced}/{kind}/{name}", f"{kind}/{name}")
    out.remove_all(batch.name)


def _make_above(out: Folder, name: str) -> None:
    out.make(name.rpartition("/")[0])


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
