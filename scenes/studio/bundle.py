"""What a finished clip leaves behind: a folder that appears whole or not at all.

    out/
        index.html          plays every clip
        manifest.json       lists what is here
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
from pathlib import Path
from typing import Any

import scenes
from scenes.studio.clip import Clip
from scenes.studio.take import Take

__all__ = ["Record", "Shelf"]

Record = dict[str, Any]
"""A clip as the manifest lists it; `files` are relative to the manifest."""

_FACTS = "clip.json"
_LOG = "log.txt"


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

    # Opening and closing

    def check(self) -> None:
        """Raise OSError if bundles can't be published here; write nothing."""
        existing = next(path for path in (self.out, *self.out.absolute().parents) if path.exists())
        if not existing.is_dir():
            raise NotADirectoryError(f"{existing} is not a folder")
        if not os.access(existing, os.W_OK | os.X_OK):
            raise PermissionError(f"{existing} can't be written to")

    def open(self) -> None:
        """Make the folder and the place to work in.

        Raises
        ------
        OSError
            If that can't be done; nothing is left behind then.
        """
        self._made = [path for path in (self.out, *self.out.parents) if not path.exists()]
        try:
            self.out.mkdir(parents=True, exist_ok=True)
            _put_right(self.out)
            self.scratch.mkdir()
        except OSError:
            self.remove_if_empty()
            raise

    def close(self) -> None:
        """Remove the place to work in."""
        shutil.rmtree(self.scratch, ignore_errors=True)

    def remove_if_empty(self) -> None:
        """Remove the folders that `open` made and that nothing was put in."""
        self.close()
        with contextlib.suppress(OSError):
            for path in self._made:
                path.rmdir()

    # Publishing

    def publish(self, clip: Clip, take: Take) -> Record:
        """Put a take in its place in one move, and give its record.

        A failed take leaves its log; an earlier bundle of the same clip stays.
        """
        if take.facts is None:
            facts: Record = {"status": "failed", "error": take.error, "files": {"log": _LOG}}
            return self._place("failed", clip, facts, {_LOG: take.log.encode()})
        facts = {"status": "rendered", **dataclasses.asdict(take.facts)}
        record = self._place("clips", clip, facts, take.files)
        shutil.rmtree(self.out / "failed" / clip.id, ignore_errors=True)
        with contextlib.suppress(OSError):
            (self.out / "failed").rmdir()
        return record

    def _place(self, kind: str, clip: Clip, facts: Record, files: dict[str, bytes]) -> Record:
        stored = {"id": clip.id, **dataclasses.asdict(clip), **facts}
        new = self.scratch / "new" / clip.id
        for name, data in (files | {_FACTS: _as_json(stored)}).items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        place = self.out / kind / clip.id
        _swap(new, place, aside=self.scratch / "replaced" / kind / clip.id)
        return _listed(stored, f"{kind}/{clip.id}")

    # Listing

    def records(self) -> list[Record]:
        """Give what is here, in the order of the catalogue; a failure hides an earlier bundle."""
        found: dict[str, Record] = {}
        for kind in ("clips", "failed"):
            for path in sorted(self.out.glob(f"{kind}/*/{_FACTS}")):
                with contextlib.suppress(OSError, ValueError, KeyError):
                    stored = json.loads(path.read_text(encoding="utf-8"))
                    found[stored["id"]] = _listed(stored, f"{kind}/{path.parent.name}")
        return sorted(found.values(), key=_order)

    def write_manifest(self) -> list[Record]:
        """Write manifest.json anew and give its records, with their beats."""
        records = self.records()
        clips = [{k: v for k, v in record.items() if k != "beats"} for record in records]
        self.write("manifest.json", _as_json({"clips": clips}))
        return records

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


def _put_right(out: Path) -> None:
    """Clear away what a batch that was killed left, after putting back what it had put aside."""
    for batch in out.glob(".batch-[0-9]*-*"):
        pid = batch.name.split("-")[1]
        if not pid.isdecimal() or _is_running(int(pid)):
            continue
        for aside in batch.glob("replaced/*/*"):
            place = out / aside.relative_to(batch / "replaced")
            if not place.exists():
                place.parent.mkdir(exist_ok=True)
                aside.replace(place)
        shutil.rmtree(batch, ignore_errors=True)


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


_SAME = ("id", "scene", "title", "matrix", "vector", "language", "aspect", "theme", "quality",
         "format", "status", "seconds", "frames", "width", "height", "fps")  # fmt: skip


def _listed(stored: Record, folder: str) -> Record:
    """Give a stored clip as the manifest lists it, its files relative to the manifest."""
    record: Record = {name: stored.get(name) for name in _SAME}
    record["folder"] = folder
    files = stored["files"] | {"facts": _FACTS}
    record["files"] = {what: f"{folder}/{name}" for what, name in files.items()}
    if stored["status"] == "failed":
        record |= {"error": stored["error"], "log": record["files"]["log"]}
    else:
        record["beats"] = stored["beats"]
    return record


def _order(record: Record) -> tuple[Any, ...]:
    scene = record["scene"]
    ids = [entry.id for entry in scenes.CATALOGUE]
    place = ids.index(scene) if scene in ids else len(ids)
    return place, scene, record["matrix"], record["language"], record["aspect"], record["id"]


def _as_json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
