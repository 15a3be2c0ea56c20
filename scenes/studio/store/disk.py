"""Opens what lies on a disk, where it may be anybody's: regular files only, and so much of them.

A link is not followed, a pipe is not waited for, and no file is read without a limit.
"""

from __future__ import annotations

import hashlib
import os
import stat
from io import BufferedReader
from pathlib import Path

__all__ = [
    "hold", "inner", "is_folder", "kind_of", "open_file", "read_file", "sha256_of",
    "time_of_change",
]  # fmt: skip

_HOW = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
)


def open_file(path: Path) -> BufferedReader:
    """Open a regular file for reading.

    Raises
    ------
    OSError
        If it can't be opened, or is a link, a folder, a pipe or a device.
    """
    descriptor = os.open(path, _HOW)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(f"{path} is not a regular file")
    return os.fdopen(descriptor, "rb")


def read_file(path: Path, limit: int) -> bytes:
    """Give what is in a regular file of at most `limit` bytes; OSError if it is not one."""
    with open_file(path) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise OSError(f"{path} has more than {limit} bytes")
    return data


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a regular file, in hexadecimal; OSError if it is not one."""
    with open_file(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def time_of_change(status: os.stat_result) -> int:
    """Give when a file last changed, in nanoseconds; whoever sets its other times can't set this.

    Windows keeps no such time; when it was last written has to do there.
    """
    return status.st_mtime_ns if os.name == "nt" else status.st_ctime_ns


def inner(out: Path, *names: str) -> Path:
    """Give a folder in `out`, there or not; OSError if a link leads out of it on the way."""
    for name in filter(None, names):
        out /= name
        hold(out, "a folder")
    return out


def hold(path: Path, kind: str) -> None:
    """Hold that what is at a path, if anything is, is of a kind; OSError names the remedy."""
    found = kind_of(path)
    if found not in ("", kind):
        raise OSError(f"{path} is {found} where {kind} belongs; move it away")


def is_folder(path: Path) -> bool:
    """Whether a folder is there, and not a link to one."""
    return kind_of(path) == "a folder"


def kind_of(path: Path) -> str:
    """Say in a word or two what is at a path, without following it; nothing if nothing is."""
    try:
        mode = path.lstat().st_mode
    except (OSError, ValueError):
        return ""
    if stat.S_ISLNK(mode):
        return "a link"
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a file" if stat.S_ISREG(mode) else "a pipe or a device"
