"""The folder of one clip: whether its files are what was published, and which are not its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from scenes.studio.store.disk import kind_of, sha256_of, time_of_change
from scenes.studio.store.record import ClipRecord, FileSum

__all__ = ["fill", "verify"]


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
