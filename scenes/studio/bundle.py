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
import dataclasses
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import scenes
from lamath.words import LANGUAGES
from scenes.studio.clip import Clip
from scenes.studio.key import Key
from scenes.studio.lock import FolderLock
from scenes.studio.take import Take

__all__ = ["Record", "Shelf", "put_right"]

Record = dict[str, Any]
"""A clip as the manifest lists it; `files` are relative to the manifest."""

_FACTS = "clip.json"
_LOG = "log.txt"
_SPARE = 256 * 1024  # bytes, set aside so that a full disk still takes logs and the manifest


class Shelf:
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
        self.due: list[Record] = []
        """What this batch has still to make, for the manifest."""

    # Opening and closing

    def check(self) -> None:
        """Raise OSError if bundles can't be published here; write nothing."""
        existing = next(path for path in (self.out, *self.out.absolute().parents) if path.exists())
        if not existing.is_dir():
            raise NotADirectoryError(f"{existing} is not a folder")
        if not os.access(existing, os.W_OK | os.X_OK):
            raise PermissionError(f"{existing} can't be written to")

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
            self._spare.write_bytes(bytes(_SPARE))
        except OSError:
            self.remove_if_empty()
            raise

    def _own(self, waiting: Callable[[], None]) -> None:
        while True:
            missing = [path for path in (self.out, *self.out.parents) if not path.exists()]
            self._made = list(dict.fromkeys(missing + self._made))
            self.out.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileNotFoundError):  # another batch removed it as empty
                return self._lock.acquire(waiting)

    def _clear_away(self) -> None:
        """Put right what a batch that was killed left; nobody else is at work here now."""
        for batch in self.out.glob(".batch-[0-9]*-*"):
            pid = batch.name.split("-")[1]
            if self._lock.is_held or (pid.isdecimal() and not _is_running(int(pid))):
                put_right(batch)

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
    def _spare(self) -> Path:
        return self.scratch / "spare"

    def make_room(self) -> None:
        """Give back the space that was set aside for the last words."""
        self._spare.unlink(missing_ok=True)

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
        take: Take,
        key: Key | None = None,
        sources: Mapping[str, Any] = MappingProxyType({}),
    ) -> Record:
        """Put a take in its place in one move, and give its record.

        A failed take leaves its log; an earlier bundle of the same clip stays. `key` and
        `sources` say what it was made from, so that it need not be made again.

        Raises
        ------
        OSError
            If it can't be written; nothing of it is there then.
        """
        made_from: Record = {"key": key or {}, "sources": dict(sources)}
        if take.facts is None:
            lost: Record = {"status": "failed", "error": take.error, "beat": take.beat}
            lost |= {"time": take.time, "command": clip.command, "files": {"log": _LOG}}
            return self._place("failed", clip, lost | made_from, {_LOG: take.log.encode()})
        facts = {"status": "rendered", **dataclasses.asdict(take.facts)}
        record = self._place("clips", clip, facts | made_from, take.files)
        self._remove("failed", clip.id)
        return record

    def _place(self, kind: str, clip: Clip, facts: Record, files: dict[str, bytes]) -> Record:
        stored = {"id": clip.id, **clip.facts, **facts}
        stored["sizes"] = {name: len(data) for name, data in files.items()}
        new = self.scratch / "new" / clip.id
        try:
            for name, data in (files | {_FACTS: _as_json(stored)}).items():
                path = new / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            place = self.out / kind / clip.id
            _swap(new, place, aside=self.scratch / "replaced" / kind / clip.id)
        except OSError:
            shutil.rmtree(new, ignore_errors=True)
            with contextlib.suppress(OSError):
                (self.out / kind).rmdir()
            raise
        return _listed(stored, f"{kind}/{clip.id}")

    def _remove(self, kind: str, name: str) -> None:
        """Let a folder vanish in one move."""
        gone = self.scratch / "removed" / kind / name
        with contextlib.suppress(FileNotFoundError):
            if (self.out / kind / name).exists():
                gone.parent.mkdir(parents=True, exist_ok=True)
                (self.out / kind / name).replace(gone)
        shutil.rmtree(gone, ignore_errors=True)
        with contextlib.suppress(OSError):
            (self.out / kind).rmdir()

    # Looking

    def stored(self, id: str) -> Record | None:
        """Give what a clip's bundle says of itself; None if there is none, or it is unreadable."""
        facts = _read(self.out / "clips" / id / _FACTS)
        return {"key": {}, "sources": {}, "sizes": {}} | facts if facts else None

    def has_failed(self, id: str) -> bool:
        """Whether a clip failed when it was last filmed."""
        return (self.out / "failed" / id).exists()

    def damage(self, stored: Record) -> str:
        """Say which file of a bundle is not what was published; nothing if all are."""
        folder = self.out / "clips" / str(stored["id"])
        for name, size in stored["sizes"].items():
            try:
                if (folder / name).stat().st_size != size:
                    return f"{name} is damaged"
            except OSError:
                return f"{name} is missing"
        return ""

    def listed(self, stored: Record) -> Record:
        """Give a bundle as the manifest lists it."""
        return _listed(stored, f"clips/{stored['id']}")

    def unwanted(self, wanted: Iterable[str]) -> list[str]:
        """Give the folders of clips, finished or failed, whose ids are not among the wanted."""
        ids = set(wanted)
        return [
            f"{kind}/{path.parent.name}"
            for kind in ("clips", "failed")
            for path in sorted(self.out.glob(f"{kind}/*/{_FACTS}"))
            if path.parent.name not in ids and (_read(path) or {}).get("id") == path.parent.name
        ]

    def remove(self, folder: str) -> None:
        """Remove a folder that `unwanted` gave."""
        kind, name = folder.split("/")
        self._remove(kind, name)

    # Listing

    def records(self) -> list[Record]:
        """Give what is here, in the order of the catalogue; a failure hides an earlier bundle."""
        found: dict[str, Record] = {}
        for kind in ("clips", "failed"):
            for path in sorted(self.out.glob(f"{kind}/*/{_FACTS}")):
                stored = _read(path)
                if stored is not None and _is_ours(stored, path.parent.name):
                    found[stored["id"]] = _listed(stored, f"{kind}/{path.parent.name}")
        return sorted(found.values(), key=_order)

    def write_manifest(self) -> list[Record]:
        """Write manifest.json anew and give its records, with their beats."""
        records = self.records()
        self.write("manifest.json", self._manifest(records))
        return records

    def remove_manifest(self) -> None:
        """Remove the manifest and the page of a shelf with nothing on it."""
        for name in ("manifest.json", "index.html"):
            (self.out / name).unlink(missing_ok=True)

    def lists(self, records: list[Record]) -> bool:
        """Whether manifest.json says what `write_manifest` would write of these records."""
        try:
            return (self.out / "manifest.json").read_bytes() == self._manifest(records)
        except OSError:
            return False

    def _manifest(self, records: list[Record]) -> bytes:
        clips = [{k: v for k, v in record.items() if k != "beats"} for record in records]
        return _as_json({"clips": clips, "due": self.due})

    def write(self, name: str, data: bytes) -> None:
        """Write a file of the shelf itself; who reads it meanwhile sees the old one or the new."""
        new = self.scratch / name
        new.write_bytes(data)
        new.replace(self.out / name)


def _swap(new: Path, place: Path, aside: Path) -> None:
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
        # Several may do this at once, and a new batch may have published already.
        with contextlib.suppress(OSError):
            place.parent.mkdir(exist_ok=True)
            if not place.exists():
                aside.replace(place)
    shutil.rmtree(batch, ignore_errors=True)


def _read(path: Path) -> Record | None:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return stored if isinstance(stored, dict) else None


def _is_ours(stored: Record, folder: str) -> bool:
    """Whether a clip.json says of itself all that is listed; it may be anybody's."""
    texts = ("scene", "language", "aspect", "theme", "quality", "format")
    wanted: dict[str, type] = dict.fromkeys(texts, str) | {"files": dict, "inputs": dict}
    wanted |= {"beats": list} if stored.get("status") == "rendered" else {"command": str}
    return (
        stored.get("id") == folder
        and stored.get("status") in ("rendered", "failed")
        and stored.get("language") in LANGUAGES
        and all(isinstance(stored.get(name), kind) for name, kind in wanted.items())
        and all(isinstance(text, str) for text in stored["inputs"].values())
    )


def _is_running(pid: int) -> bool:
    if os.name != "posix":
        return True  # asking would be dangerous elsewhere; leave its folder alone
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


_SAME = ("id", "scene", "title", "inputs", "language", "aspect", "theme", "quality",
         "format", "status", "seconds", "frames", "width", "height", "fps")  # fmt: skip


def _listed(stored: Record, folder: str) -> Record:
    """Give a stored clip as the manifest lists it, its files relative to the manifest."""
    record: Record = {name: stored.get(name) for name in _SAME}
    record["folder"] = folder
    files = stored["files"] | {"facts": _FACTS}
    record["files"] = {what: f"{folder}/{name}" for what, name in files.items()}
    if stored["status"] == "failed":
        record |= {name: stored.get(name) for name in ("error", "beat", "time", "command")}
        record["log"] = record["files"]["log"]
    else:
        record["beats"] = stored["beats"]
    return record


def _order(record: Record) -> tuple[Any, ...]:
    scene = record["scene"]
    ids = [entry.id for entry in scenes.CATALOGUE]
    place = ids.index(scene) if scene in ids else len(ids)
    given = list(record["inputs"].values())
    return place, scene, given, record["language"], record["aspect"], record["id"]


def _as_json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
