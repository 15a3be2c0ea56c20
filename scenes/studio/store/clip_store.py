"""What a finished clip leaves behind: a folder that appears whole or not at all.

    out/
        index.html          plays every clip
        manifest.json       lists what is here, and what is still due and why
        clips/<id>/         video, poster, captions, clip.json
        failed/<id>/        log.txt, clip.json

The manifest is derived from the folders, never the other way round, so it cannot
disagree with them and keeps what earlier batches left.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import scenes
from scenes.studio.request.clip import Clip
from scenes.studio.store import bundle
from scenes.studio.store.disk import Folder
from scenes.studio.store.lock import FolderLock
from scenes.studio.store.moves import is_running, put_right, swap
from scenes.studio.store.own import OWN, hold_own, remove_own
from scenes.studio.store.record import (
    FACTS,
    LOG,
    ClipRecord,
    Key,
    Source,
    due_entry,
    read_record,
)
from scenes.studio.store.result import ClipResult

__all__ = ["ClipStore"]

_RESERVE = 256 * 1024  # bytes, set aside so that a full disk still takes logs and the manifest
_AGAIN = 100  # times that the folder is made
_OWN = ("manifest.json", "index.html", "lesson.json")


class ClipStore:
    """The folder that bundles are published in.

    Parameters
    ----------
    out
        The folder; it need not exist yet.
    within
        Names of folders in it, the last of which is meant instead; none may be a link.
    """

    def __init__(self, out: Path, *within: str) -> None:
        self.folder = Folder(out, *within)
        """What it is on the disk."""
        self.out = self.folder.path
        self.scratch = self.out / f".batch-{os.getpid()}-{secrets.token_hex(4)}"
        self._base = out
        self._within = [name for name in within if name]
        self._above = Folder(out)
        self._made: list[Path] = []
        self._lock = FolderLock(self.folder)
        self.has_waited = False
        """Whether another batch was at work here before `open` was done."""
        self.due: dict[Clip, str] = {}
        """What this batch has still to make and why, for the manifest."""

    # Opening and closing

    def check(self, ids: Iterable[str] = (), *, lesson: bool = False) -> None:
        """Raise OSError if bundles can't be published here; write nothing, and follow no link.

        `ids` are those of the clips that are to be published; `lesson` says whether theirs
        is to be written too.
        """
        existing = next(path for path in (self.out, *self.out.absolute().parents) if path.exists())
        if not existing.is_dir():
            raise NotADirectoryError(f"{existing} is not a folder")
        if not os.access(existing, os.W_OK | os.X_OK):
            raise PermissionError(f"{existing} can't be written to")
        base = Folder(self._base)
        for count in range(len(self._within)):
            base.hold("/".join(self._within[: count + 1]), "a folder")
        for name in _OWN:
            self.folder.hold(name, "a file")
            if lesson or name != "lesson.json":
                hold_own(self.folder, name)
        wanted = tuple(ids)
        for kind in ("clips", "failed"):
            self.folder.hold(kind, "a folder")
            for id in wanted:
                self.folder.hold(f"{kind}/{id}", "a folder")

    @property
    def is_writable(self) -> bool:
        """Whether bundles can be published here, as far as one can tell."""
        try:
            self.check()
        except OSError:
            return False
        return True

    def open(self, waiting: Callable[[], None] = lambda: None) -> None:
        """Make the folder and the place to work in; nobody else can until `close`.

        While another batch is at work here, this says so once with `waiting`, and waits.

        Raises
        ------
        OSError
            If that can't be done; nothing is left behind then.
        """
        try:
            self._own(waiting)
            self.clear_left()
            self.folder.make_new(self.scratch.name)
            self._write("spare", bytes(_RESERVE))
        except OSError:
            self.remove_if_empty()
            raise

    def _own(self, waiting: Callable[[], None]) -> None:
        def wait() -> None:
            self.has_waited = True
            waiting()

        for _ in range(_AGAIN):
            with contextlib.suppress(FileNotFoundError):  # another batch removed it as empty
                self._make()
                self._lock.acquire(wait)
                return self.folder.keep_open()
        raise FileNotFoundError(f"{self.out} is removed again and again")

    def _make(self) -> None:
        """Make the folder and those above it, and remember which were not there, deepest first."""
        highest = self._made[-1].parent if self._made else self._base
        if highest.is_symlink() and not highest.exists():
            raise FileExistsError(f"{highest} is a link to nothing; move it away")
        there = next(path for path in (highest, *highest.parents) if path.exists())
        self._above.close()
        self._above = Folder(there)
        self._above.keep_open()
        names = (*self._base.relative_to(there).parts, *self._within)
        made = [there / name for name in self._above.make("/".join(names))]
        self._made = sorted({*self._made, *made}, key=lambda path: len(path.parts), reverse=True)

    def clear_left(self) -> None:
        """Put right what batches left that were killed."""
        for name, pid in self._batches():
            if self._lock.is_held or not is_running(pid):
                put_right(self.out / name, self.folder)

    def _batches(self) -> list[tuple[str, int]]:
        """Name the places where batches work here, and their processes."""
        found = [(name, re.match(r"\.batch-(\d{1,30})-", name)) for name in self.folder.names()]
        return [
            (name, int(each[1]))
            for name, each in found
            if each and self.folder.kind(name) == "a folder"
        ]

    @property
    def has_leftovers(self) -> bool:
        """Whether a batch was killed here whose place to work in is still there."""
        return any(not is_running(pid) for _, pid in self._batches())

    def close(self) -> None:
        """Remove the place to work in, and let others in."""
        self.folder.remove_all(self.scratch.name)
        self._lock.release()
        self.folder.close()
        self._above.close()

    @property
    def at_work(self) -> str:
        """Name the process that is at work here, as far as one can tell."""
        pids = [pid for _, pid in self._batches()]
        return f"process {pids[0]}" if len(pids) == 1 else "another process"

    def make_room(self) -> None:
        """Give back the space that was set aside for the last words."""
        self.folder.unlink(f"{self.scratch.name}/spare")

    def remove_if_empty(self) -> None:
        """Remove the folders that `open` made and that nothing was put in."""
        self.folder.remove_all(self.scratch.name)
        if self._made:
            self._lock.release_empty()
        with contextlib.suppress(OSError):
            for path in self._made:
                self._above.rmdir(path.relative_to(self._above.path).as_posix())
        self.close()

    # Publishing

    def publish(
        self,
        clip: Clip,
        result: ClipResult,
        key: Key = MappingProxyType({}),
        sources: Mapping[str, Source] = MappingProxyType({}),
    ) -> ClipRecord:
        """Put a result in its place in one move, and give its record.

        A failed one leaves its log; an earlier bundle of the same clip stays. `key` and
        `sources` say what it was made from, so that it need not be made again.

        Raises
        ------
        OSError
            If it can't be written; nothing of it is there then.
        """
        record = ClipRecord.of(clip, result, key, sources)
        files = result.files if result.facts else {LOG: result.logged}
        record = self._place(record, files)
        if result.facts is not None:
            with contextlib.suppress(OSError):  # then the clip is drawn once more
                self.remove(f"failed/{clip.id}")
        return record

    def _place(self, record: ClipRecord, files: Mapping[str, bytes]) -> ClipRecord:
        out, place = self.folder, str(record.folder)
        new = f"{self.scratch.name}/new/{record.id}"
        try:
            out.make(new)
            record = bundle.fill(out.inner(new), files, record)
            out.write(f"{new}/{FACTS}", _as_json(record.stored()))
            before = read_record(out, place)
            own = (*before.sums, *before.files.values()) if before else ()
            strays = bundle.strays(out.inner(place), own)
            bundle.carry_over(strays, out.inner(place), out.inner(new))
            swap(out, new, place, aside=f"{self.scratch.name}/replaced/{place}")
        except OSError:
            out.remove_all(new)
            with contextlib.suppress(OSError):
                out.rmdir(place.partition("/")[0])
            raise
        return record

    def note_verified(self, record: ClipRecord) -> None:
        """Write down when files were verified, so that they need not be read again."""
        stored = self.record(record.id)
        if stored is not None and stored != record and _is_same(stored, record):
            self.write(f"{record.folder}/{FACTS}", _as_json(record.stored()))

    def remove(self, folder: str) -> list[str]:
        """Remove what the project put in a folder, and name what else is there, which stays.

        Raises
        ------
        OSError
            If it can't be removed.
        """
        record = read_record(self.folder, folder)
        left = [] if record is None else bundle.remove(self.folder.inner(folder), record)
        with contextlib.suppress(OSError):
            self.folder.rmdir(folder.partition("/")[0])
        return left

    # Looking

    def record(self, id: str) -> ClipRecord | None:
        """Give the record of a clip's bundle; None if there is none, or it is unreadable."""
        return read_record(self.folder, f"clips/{id}")

    def has_bundle(self, id: str) -> bool:
        """Whether a clip's bundle has a record, be it readable or not."""
        return bool(self.folder.kind(f"clips/{id}/{FACTS}"))

    def has_failed(self, id: str) -> bool:
        """Whether a clip failed when it was last rendered."""
        return bool(self.folder.kind(f"failed/{id}/{FACTS}"))

    def verify(self, record: ClipRecord, *, thorough: bool = False) -> tuple[str, ClipRecord]:
        """Say which file of a bundle is not what was published, as `bundle.verify` does."""
        return bundle.verify(self.folder.inner(str(record.folder)), record, thorough=thorough)

    def unwanted(self, wanted: Iterable[str]) -> list[str]:
        """Give the folders of clips, finished or failed, whose ids are not among the wanted."""
        ids = set(wanted)
        return [str(record.folder) for record in self._found() if record.id not in ids]

    def unreadable(self, wanted: Iterable[str]) -> list[str]:
        """Give the folders whose records can't be read, of clips that are not wanted."""
        ids = set(wanted)
        return [
            folder
            for folder in self._folders()
            if folder.partition("/")[2] not in ids
            and self.folder.kind(f"{folder}/{FACTS}")
            and read_record(self.folder, folder) is None
        ]

    def _folders(self) -> list[str]:
        """Name the folders where bundles are, or logs."""
        return [
            f"{kind}/{name}" for kind in ("clips", "failed") for name in self.folder.names(kind)
        ]

    # Listing

    def records(self) -> list[ClipRecord]:
        """Give what is here, in the order of the catalogue; a failure hides an earlier bundle."""
        return sorted({record.id: record for record in self._found()}.values(), key=_order)

    def _found(self) -> Iterator[ClipRecord]:
        """Give every record that can be read: first of what was rendered, then of what failed."""
        for folder in self._folders():
            record = read_record(self.folder, folder)
            if record is not None:
                yield record

    def write_manifest(self) -> list[ClipRecord]:
        """Write manifest.json anew and give its records."""
        records = self.records()
        self.write("manifest.json", self._manifest(records))
        return records

    def remove_own(self) -> None:
        """Remove the manifest and the pages of a store with nothing in it."""
        for name in _OWN:
            with contextlib.suppress(OSError):
                remove_own(self.folder, name)

    def lists(self, records: list[ClipRecord]) -> bool:
        """Whether manifest.json says what `write_manifest` would write of these records."""
        try:
            wanted = self._manifest(records)
            return self.folder.read("manifest.json", len(wanted)) == wanted
        except OSError:
            return False

    def _manifest(self, records: list[ClipRecord]) -> bytes:
        due = [due_entry(clip, why) for clip, why in self.due.items()]
        return _as_json({"clips": [record.entry() for record in records], "due": due})

    def write(self, name: str, data: bytes) -> None:
        """Write a file of the store itself; who reads it meanwhile sees the old one or the new.

        Raises
        ------
        OSError
            If it can't be written, or somebody else's file is there.
        """
        if name in OWN:
            hold_own(self.folder, name)
        self.folder.move(self._write("file", data), name)

    def _write(self, name: str, data: bytes) -> str:
        """Write a file in the place to work in, and give its name as seen from the store."""
        name = f"{self.scratch.name}/{name}"
        self.folder.write(name, data)
        return name


def _is_same(one: ClipRecord, other: ClipRecord) -> bool:
    """Whether two records differ at most in when files were verified."""
    said = [
        replace(each, sums={name: replace(file, changed=0) for name, file in each.sums.items()})
        for each in (one, other)
    ]
    return said[0] == said[1]


def _order(record: ClipRecord) -> tuple[Any, ...]:
    ids = [entry.id for entry in scenes.CATALOGUE]
    place = ids.index(record.scene) if record.scene in ids else len(ids)
    given = list(record.inputs.values())
    return place, record.scene, given, record.language, record.aspect, record.id


def _as_json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "replace")  # an error may quote halves of letters
