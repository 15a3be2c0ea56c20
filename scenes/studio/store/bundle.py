"""The folder of one clip: whether its files are what was published, and which are not its own."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from scenes.studio.store.disk import is_folder, kind_of, sha256_of, time_of_change
from scenes.studio.store.record import FACTS, ClipRecord, FileSum

__all__ = ["carry_over", "fill", "remove", "strays", "verify"]


def fill(folder: Path, files: Mapping[str, bytes], record: ClipRecord) -> ClipRecord:
    """Write files to a new folder, and give the record with the times at which they are verified.

    Raises
    ------
    OSError
        If they can't be written.
    """
    sums = {}
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        sums[name] = replace(record.sums[name], changed=time_of_change(path.stat()))
    return replace(record, sums=sums)


def verify(folder: Path, record: ClipRecord, *, thorough: bool = False) -> tuple[str, ClipRecord]:
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
        what, sums[name] = _look(folder / name, each, thorough)
        if what:
            return f"{name} is {what}", record
    return "", replace(record, sums=sums)


def _is_known(name: str, sums: Mapping[str, FileSum]) -> bool:
    """Whether there is a checksum of a file, or of those in a folder."""
    return name in sums or any(each.startswith(f"{name}/") for each in sums)


def _look(path: Path, known: FileSum, thorough: bool) -> tuple[str, FileSum]:
    if kind_of(path) != "a file":
        return ("damaged" if kind_of(path) else "missing"), known
    try:
        status = path.lstat()
        changed = time_of_change(status)
        if status.st_size != known.size:
            return "damaged", known
        if (thorough or changed != known.changed) and sha256_of(path) != known.sha256:
            return "damaged", known
    except OSError:
        return "damaged", known
    return "", replace(known, changed=changed)


# What is not the project's


def strays(folder: Path, own: Iterable[str]) -> list[str]:
    """Name the files of a folder that are neither its record nor its `own`; follow no link."""
    if not is_folder(folder):
        return []
    known = {FACTS, *own}
    found = []
    for place, folders, files in os.walk(folder):
        inside = Path(place).relative_to(folder)
        links = [name for name in folders if not is_folder(Path(place) / name)]
        found += [(inside / name).as_posix() for name in (*files, *links)]
    return sorted(name for name in found if name not in known)


def carry_over(names: Iterable[str], old: Path, new: Path) -> None:
    """Give a new folder the files of an old one, unless it has such files itself.

    What was in a folder where a file belongs now goes into a folder named `kept`.

    Raises
    ------
    OSError
        If there is no room for them.
    """
    for name in names:
        if kind_of(new / name):
            continue
        target = new / name if _is_free(new, name) else new / "kept" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(old / name, target, follow_symlinks=False)
        except (OSError, NotImplementedError):  # not every file system has links
            shutil.copy2(old / name, target, follow_symlinks=False)


def _is_free(folder: Path, name: str) -> bool:
    """Whether a name has folders above it only, or nothing yet."""
    above = PurePosixPath(name).parents
    return all(kind_of(folder / each) in ("", "a folder") for each in above)


def remove(folder: Path, record: ClipRecord) -> list[str]:
    """Remove what a record lists, file by file and itself last, and name what stays.

    The folder stays too while it holds anything else.
    """
    within = {str(each) for name in record.sums for each in PurePosixPath(name).parents[:-1]}
    for name in (*record.sums, *record.files.values(), FACTS):
        if kind_of(folder / name) in ("a file", "a link") and _is_real(folder, name):
            (folder / name).unlink()
    for name in (*sorted(within, key=len, reverse=True), "."):
        if _is_real(folder, f"{name}/."):
            with contextlib.suppress(OSError):  # it holds something else
                (folder / name).rmdir()
    return strays(folder, ())


def _is_real(folder: Path, name: str) -> bool:
    """Whether no link leads from a folder to the place of a name."""
    return all(is_folder(folder / each) for each in PurePosixPath(name).parents)
