"""Reaches what lies in a folder, where it may be anybody's, and nothing outside of it.

Whatever is opened, moved, written or removed is reached from the folder's descriptor by one name
after the other, and none of them may be a link. A pipe is not waited for, and no file is read
without a limit. Where the system knows no such descriptors (Windows), each name is looked at first.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import NamedTuple

__all__ = ["Folder", "hold", "inner", "kind_of", "time_of_change"]


def _flags(*names: str) -> int:
    return sum(getattr(os, name, 0) for name in names)


_BY_DESCRIPTOR = os.open in os.supports_dir_fd
_FOLDER = _flags("O_RDONLY", "O_DIRECTORY", "O_CLOEXEC")
_READ = _flags("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
_LOCK = _flags("O_RDWR", "O_CREAT", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
_NEW = _flags("O_WRONLY", "O_CREAT", "O_EXCL", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY")


class _Place(NamedTuple):
    """A name, and the descriptor of the folder that it is in."""

    name: str
    folder: int | None


class _Root:
    """The folder that somebody named, which may be a link, and its descriptor once it is held."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.descriptor: int | None = None

    def open(self) -> int:
        """Give a descriptor that is the caller's to close."""
        if self.descriptor is None:
            return os.open(self.path, _FOLDER)
        return os.dup(self.descriptor)


class Folder:
    """A folder and what is in it, by names with slashes between; ``.`` is the folder itself.

    Every method raises OSError if what it is to do can't be done, or a link is in the way.

    Parameters
    ----------
    path
        A folder that somebody named; it need not exist yet, and may be a link.
    within
        Names from there on, none of which may be a link.
    """

    def __init__(self, path: Path, *within: str) -> None:
        self._root = _Root(path)
        self._names = _parts(*within)

    @property
    def path(self) -> Path:
        """How a person calls it."""
        return self._root.path.joinpath(*self._names)

    def inner(self, *names: str) -> Folder:
        """Give a folder in this one, there or not."""
        found = Folder(self._root.path)
        found._root, found._names = self._root, (*self._names, *_parts(*names))
        return found

    def keep_open(self) -> None:
        """Stay with the folder that is at the path now, whatever takes its place, until `close`."""
        self.close()
        if _BY_DESCRIPTOR:
            self._root.descriptor = self._root.open()

    def close(self) -> None:
        """Let go of the folder."""
        if self._root.descriptor is not None:
            os.close(self._root.descriptor)
        self._root.descriptor = None

    @contextlib.contextmanager
    def _at(self, name: str) -> Iterator[_Place]:
        *above, last = (*self._names, *_parts(name)) or (".",)
        if not _BY_DESCRIPTOR:
            place = self._root.path
            for each in above:
                place /= each
                hold(place, "a folder")
            yield _Place(str(place / last), None)
            return
        descriptor = self._root.open()
        try:
            for each in above:
                below = os.open(each, _FOLDER | os.O_NOFOLLOW, dir_fd=descriptor)
                os.close(descriptor)
                descriptor = below
            yield _Place(last, descriptor)
        except OSError as error:
            if error.filename in (last, *above):  # which says little without the rest
                error.filename = str(self.path / name)
            raise
        finally:
            os.close(descriptor)

    # Looking

    def status(self, name: str = ".") -> os.stat_result | None:
        """Say what is there, and of a link that it is one; None if nothing is."""
        with contextlib.suppress(OSError, ValueError), self._at(name) as at:
            return os.stat(at.name, dir_fd=at.folder, follow_symlinks=False)
        return None

    def kind(self, name: str = ".") -> str:
        """Say in a word or two what is there; nothing if nothing is."""
        status = self.status(name)
        return _kind(status.st_mode) if status else ""

    def hold(self, name: str, kind: str) -> None:
        """Hold that what is there, if anything is, is of a kind; the error names the remedy."""
        _hold(self.path / name, self.kind(name), kind)

    def names(self, name: str = ".") -> list[str]:
        """Name what is in a folder; nothing if there is no such folder."""
        with contextlib.suppress(OSError), self._at(name) as at:
            if not _BY_DESCRIPTOR:
                hold(Path(at.name), "a folder")
                return sorted(each.name for each in Path(at.name).iterdir())
            descriptor = os.open(at.name, _FOLDER | os.O_NOFOLLOW, dir_fd=at.folder)
            try:
                with os.scandir(descriptor) as found:
                    return sorted(each.name for each in found)
            finally:
                os.close(descriptor)
        return []

    def files(self) -> Iterator[str]:
        """Name all that is in this folder and is no folder, however deep."""
        waiting = [""]
        while waiting:
            above = waiting.pop()
            for name in self.names(above or "."):
                if self.kind(above + name) == "a folder":
                    waiting.append(f"{above}{name}/")
                else:
                    yield above + name

    # Reading

    def open(self, name: str) -> BufferedReader:
        """Open a regular file for reading."""
        with self._at(name) as at:
            descriptor = os.open(at.name, _READ, dir_fd=at.folder)
        return os.fdopen(_regular(descriptor, self.path / name), "rb")

    def read(self, name: str, limit: int) -> bytes:
        """Give what is in a regular file of at most `limit` bytes."""
        with self.open(name) as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise OSError(f"{self.path / name} has more than {limit} bytes")
        return data

    def sha256(self, name: str) -> str:
        """Give the SHA-256 of a regular file, in hexadecimal."""
        with self.open(name) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def open_to_lock(self, name: str) -> int:
        """Give a descriptor of this folder (``.``) or of a file, made if need be.

        It is the caller's to close.
        """
        if name == ".":
            with self._at(name) as at:
                return os.open(at.name, _FOLDER | os.O_NOFOLLOW, dir_fd=at.folder)
        with self._at(name) as at:
            descriptor = os.open(at.name, _LOCK, 0o666, dir_fd=at.folder)
        return _regular(descriptor, self.path / name)

    # Writing

    def make(self, name: str = ".") -> list[str]:
        """Make a folder, and those above it; give the names of those that were not there."""
        parts, made = _parts(name), []
        for count in range(len(parts) + 1):
            each = "/".join(parts[:count]) or "."
            with contextlib.suppress(FileExistsError):
                self.make_new(each)
                made.append(each)
        return made

    def make_new(self, name: str) -> None:
        """Make a folder that is not there."""
        with self._at(name) as at:
            os.mkdir(at.name, dir_fd=at.folder)

    def write(self, name: str, data: bytes) -> None:
        """Write a new file; one that is there is removed, and not written to."""
        with self._at(name) as at:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(at.name, dir_fd=at.folder)
            with os.fdopen(os.open(at.name, _NEW, 0o666, dir_fd=at.folder), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())  # a disk may only now find out that it is full

    def move(self, name: str, to: str) -> None:
        """Move something to another name, where it replaces what is like it."""
        with self._at(name) as old, self._at(to) as new:
            os.replace(old.name, new.name, src_dir_fd=old.folder, dst_dir_fd=new.folder)

    def share(self, name: str, to: Folder, as_name: str) -> None:
        """Give another folder a file of this one, or a link as it is."""
        with self._at(name) as old, to._at(as_name) as new:
            ways = {"src_dir_fd": old.folder, "dst_dir_fd": new.folder}
            try:
                os.link(old.name, new.name, follow_symlinks=False, **ways)
            except (OSError, NotImplementedError):  # not every file system has links
                if self.kind(name) == "a link":
                    target = os.readlink(old.name, dir_fd=old.folder)
                    os.symlink(target, new.name, dir_fd=new.folder)
                    return
                with (
                    self.open(name) as file,
                    os.fdopen(os.open(new.name, _NEW, 0o666, dir_fd=new.folder), "wb") as copy,
                ):
                    shutil.copyfileobj(file, copy)

    # Removing

    def unlink(self, name: str) -> None:
        """Remove a file or a link, if it is there."""
        with contextlib.suppress(FileNotFoundError), self._at(name) as at:
            os.unlink(at.name, dir_fd=at.folder)

    def rmdir(self, name: str = ".") -> None:
        """Remove a folder that is empty."""
        with self._at(name) as at:
            os.rmdir(at.name, dir_fd=at.folder)

    def remove_all(self, name: str) -> None:
        """Remove a folder with all that is in it, as far as that can be done."""
        # too deep a tree is not one of ours
        with contextlib.suppress(OSError, RecursionError), self._at(name) as at:
            shutil.rmtree(at.name, ignore_errors=True, dir_fd=at.folder)


def _regular(descriptor: int, path: Path) -> int:
    """Give the descriptor of a regular file, or close it."""
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(f"{path} is not a regular file")
    return descriptor


def _parts(*names: str) -> tuple[str, ...]:
    parts = [part for name in names for part in PurePosixPath(name).parts]
    if any(part in ("..", "/") or os.sep in part for part in parts):
        raise OSError(f"{'/'.join(names)!a} leads elsewhere")
    return tuple(parts)


# Paths that are not in a folder of ours


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
    _hold(path, kind_of(path), kind)


def _hold(path: Path, found: str, kind: str) -> None:
    if found not in ("", kind):
        raise OSError(f"{path} is {found} where {kind} belongs; move it away")


def kind_of(path: Path) -> str:
    """Say in a word or two what is at a path, without following it; nothing if nothing is."""
    try:
        return _kind(path.lstat().st_mode)
    except (OSError, ValueError):
        return ""


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "a link"
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a file" if stat.S_ISREG(mode) else "a pipe or a device"
