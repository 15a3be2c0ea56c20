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
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import scenes
from scenes.studio.request.clip import Clip
from scenes.studio.store import bundle
from scenes.studio.store.disk import hold, is_folder, kind_of, read_file
from scenes.studio.store.lock import FolderLock
from scenes.studio.store.moves import is_running, put_right, swap
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


class ClipStore:
    """The folder that bundles are published in.

    Parameters
    ----------
    out
        The folder; it need not exist yet.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.scratch = out / f".batch-{os.getpid()}-{secrets.token_hex(4)}"
        self._made: list[Path] = []
        self._lock = FolderLock(out)
        self.has_waited = False
        """Whether another batch was at work here before `open` was done."""
        self.due: dict[Clip, str] = {}
        """What this batch has still to make and why, for the manifest."""

    # Opening and closing

    def check(self, ids: Iterable[str] = ()) -> None:
        """Raise OSError if bundles can't be published here; write nothing, and follow no link.

        `ids` are those of the clips that are to be published.
        """
        ids = tuple(ids)
        existing = next(path for path in (self.out, *self.out.absolute().parents) if path.exists())
        if not existing.is_dir():
            raise NotADirectoryError(f"{existing} is not a folder")
        if not os.access(existing, os.W_OK | os.X_OK):
            raise PermissionError(f"{existing} can't be written to")
        for name in ("manifest.json", "index.html", "lesson.json"):
            hold(self.out / name, "a file")
        for kind in ("clips", "failed"):
            for name in ("", *ids):
                hold(self.out / kind / name, "a folder")

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
            self._clear_away()
            self.scratch.mkdir()
            self._reserve.write_bytes(bytes(_RESERVE))
        except OSError:
            self.remove_if_empty()
            raise

    def _own(self, waiting: Callable[[], None]) -> None:
        def wait() -> None:
            self.has_waited = True
            waiting()

        while True:
            missing = [path for path in (self.out, *self.out.parents) if not path.exists()]
            self._made = list(dict.fromkeys(missing + self._made))
            self.out.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileNotFoundError):  # another batch removed it as empty
                return self._lock.acquire(wait)

    def _clear_away(self) -> None:
        """Put right what a batch that was killed left; nobody else is at work here now."""
        for batch in filter(is_folder, self.out.glob(".batch-[0-9]*-*")):
            pid = batch.name.split("-")[1]
            if self._lock.is_held or (pid.isdecimal() and not is_running(int(pid))):
                put_right(batch)

    @property
    def has_leftovers(self) -> bool:
        """Whether a batch was killed here whose place to work in is still there."""
        pids = [batch.name.split("-")[1] for batch in self.out.glob(".batch-[0-9]*-*")]
        return any(pid.isdecimal() and not is_running(int(pid)) for pid in pids)

    def close(self) -> None:
        """Remove the place to work in, and let others in."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        self._lock.release()

    @property
    def at_work(self) -> str:
        """Name the process that is at work here, as far as one can tell."""
        pids = [batch.name.split("-")[1] for batch in self.out.glob(".batch-[0-9]*-*")]
        return f"process {pids[0]}" if len(pids) == 1 else "another process"

    @property
    def _reserve(self) -> Path:
        return self.scratch / "spare"

    def make_room(self) -> None:
        """Give back the space that was set aside for the last words."""
        self._reserve.unlink(missing_ok=True)

    def remove_if_empty(self) -> None:
        """Remove the folders that `open` made and that nothing was put in."""
        self.close()
        with contextlib.suppress(OSError):
            for path in self._made:
                path.rmdir()

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
        new, place = self.scratch / "new" / record.id, self.out / str(record.folder)
        try:
            new.mkdir(parents=True)
            record = bundle.fill(new, files, record)
            (new / FACTS).write_bytes(_as_json(record.stored()))
            before = read_record(place)
            own = (*before.sums, *before.files.values()) if before else ()
            bundle.carry_over(bundle.strays(place, own), place, new)
            swap(new, place, aside=self.scratch / "replaced" / str(record.folder))
        except OSError:
            shutil.rmtree(new, ignore_errors=True)
            with contextlib.suppress(OSError):
                place.parent.rmdir()
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
        record = read_record(self.out / folder)
        left = [] if record is None else bundle.remove(self.out / folder, record)
        with contextlib.suppress(OSError):
            (self.out / folder).parent.rmdir()
        return left

    # Looking

    def record(self, id: str) -> ClipRecord | None:
        """Give the record of a clip's bundle; None if there is none, or it is unreadable."""
        return read_record(self.out / "clips" / id)

    def has_bundle(self, id: str) -> bool:
        """Whether a clip's bundle has a record, be it readable or not."""
        return bool(kind_of(self.out / "clips" / id / FACTS))

    def has_failed(self, id: str) -> bool:
        """Whether a clip failed when it was last rendered."""
        return bool(kind_of(self.out / "failed" / id / FACTS))

    def verify(self, record: ClipRecord, *, thorough: bool = False) -> tuple[str, ClipRecord]:
        """Say which file of a bundle is not what was published, as `bundle.verify` does."""
        return bundle.verify(self.out / str(record.folder), record, thorough=thorough)

    def unwanted(self, wanted: Iterable[str]) -> list[str]:
        """Give the folders of clips, finished or failed, whose ids are not among the wanted."""
        ids = set(wanted)
        return [str(record.folder) for record in self._found() if record.id not in ids]

    def unreadable(self, wanted: Iterable[str]) -> list[str]:
        """Give the folders whose records can't be read, of clips that are not wanted."""
        ids = set(wanted)
        return [
            f"{kind}/{path.parent.name}"
            for kind in ("clips", "failed")
            for path in sorted(self.out.glob(f"{kind}/*/{FACTS}"))
            if path.parent.name not in ids
            and is_folder(self.out / kind)
            and read_record(path.parent) is None
        ]

    # Listing

    def records(self) -> list[ClipRecord]:
        """Give what is here, in the order of the catalogue; a failure hides an earlier bundle."""
        return sorted({record.id: record for record in self._found()}.values(), key=_order)

    def _found(self) -> Iterator[ClipRecord]:
        """Give every record that can be read: first of what was rendered, then of what failed."""
        for kind in ("clips", "failed"):
            for folder in sorted(self.out.glob(f"{kind}/*")):
                record = read_record(folder)
                if record is not None:
                    yield record

    def write_manifest(self) -> list[ClipRecord]:
        """Write manifest.json anew and give its records."""
        records = self.records()
        self.write("manifest.json", self._manifest(records))
        return records

    def remove_manifest(self) -> None:
        """Remove the manifest and the page of a store with nothing in it."""
        for name in ("manifest.json", "index.html"):
            (self.out / name).unlink(missing_ok=True)

    def lists(self, records: list[ClipRecord]) -> bool:
        """Whether manifest.json says what `write_manifest` would write of these records."""
        try:
            wanted = self._manifest(records)
            return read_file(self.out / "manifest.json", len(wanted)) == wanted
        except OSError:
            return False

    def _manifest(self, records: list[ClipRecord]) -> bytes:
        due = [due_entry(clip, why) for clip, why in self.due.items()]
        return _as_json({"clips": [record.entry() for record in records], "due": due})

    def write(self, name: str, data: bytes) -> None:
        """Write a file of the store itself; who reads it meanwhile sees the old one or the new."""
        new = self.scratch / Path(name).name
        new.write_bytes(data)
        new.replace(self.out / name)


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
