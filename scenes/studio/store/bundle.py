"""The folder of one clip: whether its files are what was published, and which are not its own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from scenes.studio.store.disk import Folder, time_of_change
from scenes.studio.store.record import FACTS, ClipRecord, FileSum

__all__ = ["carry_over", "fill", "remove", "strays", "verify"]


def fill(folder: Folder, files: Mapping[str, bytes], record: ClipRecord) -> ClipRecord:
    """Write files to a new folder, and give the record with the times at which they are verified.

    Raises
    ------
    OSError
        If they can't be written.
    """
    sums = {}
    for name, data in files.items():
        folder.make(str(PurePosixPath(name).parent))
        folder.write(name, data)
        status = folder.status(name)
        changed = time_of_change(status) if status else 0
        sums[name] = replace(record.sums[name], changed=changed)
    return replace(record, sums=sums)


def verify(folder: Folder, record: ClipRecord, *, thorough: bool = False) -> tuple[str, ClipRecord]:
    """Say which file of a bundle is not what was published, and give what is known of all.

    A file that has not changed since it was last verified is not read, unless this is to be
    `thorough`.

    Returns
    -------
    str
        ``video.mp4 is damaged``, ``video.mp4 is missing``; nothing if all are what they were.
    ClipRecord
        With the times at which the files were found to be so.
    """
    sums = dict(record.sums)
    unknown = [name for name in record.files.values() if not _is_known(name, sums)]
    if unknown:
        return f"{unknown[0]} has no checksum", record
    for name, each in record.sums.items():
        what, sums[name] = _look(folder, name, each, thorough)
        if what:
            return f"{name} is {what}", record
    return "", replace(record, sums=sums)


def _is_known(name: str, sums: Mapping[str, FileSum]) -> bool:
    """Whether there is a checksum of a file, or of those in a folder."""
    return name in sums or any(each.startswith(f"{name}/") for each in sums)


def _look(folder: Folder, name: str, known: FileSum, thorough: bool) -> tuple[str, FileSum]:
    status = folder.status(name)
    if status is None:
        return "missing", known
    changed = time_of_change(status)
    if folder.kind(name) != "a file" or status.st_size != known.size:
        return "damaged", known
    try:
        if (thorough or changed != known.changed) and folder.sha256(name) != known.sha256:
            return "damaged", known
    except OSError:
        return "damaged", known
    return "", replace(known, changed=changed)


# What is not the project's


def strays(folder: Folder, own: Iterable[str]) -> list[str]:
    """Name the files of a folder that are neither its record nor its `own`; follow no link."""
    known = {FACTS, *own}
    return sorted(name for name in folder.files() if name not in known)


def carry_over(names: Iterable[str], old: Folder, new: Folder) -> None:
    """Give a new folder the files of an old one, unless it has such files itself.

    What was in a folder where a file belongs now goes into a folder named `kept`.

    Raises
    ------
    OSError
        If there is no room for them.
    """
    for name in names:
        if new.kind(name):
            continue
        target = name if _is_free(new, name) else f"kept/{name}"
        new.make(str(PurePosixPath(target).parent))
        old.share(name, new, target)


def _is_free(folder: Folder, name: str) -> bool:
    """Whether a name has folders above it only, or nothing yet."""
    return all(folder.kind(str(each)) in ("", "a folder") for each in PurePosixPath(name).parents)


def remove(folder: Folder, record: ClipRecord) -> list[str]:
    """Remove what a record lists, file by file and itself last, and name what stays.

    The folder stays too while it holds anything else.
    """
    within = {str(each) for name in record.sums for each in PurePosixPath(name).parents[:-1]}
    for name in (*record.sums, *record.files.values(), FACTS):
        if folder.kind(name) in ("a file", "a link"):
            folder.unlink(name)
    for name in (*sorted(within, key=len, reverse=True), "."):
        with contextlib.suppress(OSError):  # it holds something else
            folder.rmdir(name)
    return strays(folder, ())
