"""The record of a clip: what its clip.json says, and with it the manifest, events and pages.

This is the one place that reads what lies on a disk, where it may be anybody's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from lamath.words import LANGUAGES
from scenes.studio.request.clip import Clip
from scenes.studio.store.disk import Folder, time_of_change
from scenes.studio.store.result import BeatFacts, ClipResult
from scenes.studio.store.typed import DamagedError, read_json, typed

__all__ = [
    "FACTS", "LOG", "ClipRecord", "FileSum", "Key", "Source", "due_entry", "read_record",
]  # fmt: skip

FACTS = "clip.json"
LOG = "log.txt"

Key = Mapping[str, str]
"""A fingerprint of each part; of parameters, fonts and libraries, words that people can read."""

Status = Literal["rendered", "kept", "failed"]

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Source:
    """A file that a clip shows: where it is, how large, when it changed, and what is in it."""

    path: str
    size: int = 0
    time: int = 0
    sha256: str = ""
    """Empty if it could not be read."""
    settled: bool = False
    """Whether a change after this was sure to show in its time."""

    @classmethod
    def at(cls, path: Path) -> Source:
        """Say what can be told without reading it."""
        try:
            status = path.stat()
        except OSError:
            return cls(str(path))
        return cls(str(path), status.st_size, time_of_change(status))


@dataclass(frozen=True)
class FileSum:
    """A file of a bundle as it was published: its bytes, and when they were last verified."""

    size: int
    sha256: str
    changed: int = 0
    """Its time of change then, in nanoseconds."""

    @classmethod
    def of(cls, data: bytes) -> FileSum:
        """Sum up what is about to be written."""
        return cls(len(data), hashlib.sha256(data).hexdigest())


@dataclass(frozen=True)
class ClipRecord:
    """A clip and what became of it.

    Parameters
    ----------
    id, scene, inputs, language, aspect, theme, quality, format, captions
        What was asked for, as `Clip` has it.
    status
        ``rendered``, ``failed``, or ``kept`` if this batch found it so.
    folder
        Where its files are, as seen from the manifest; None if there was no room for any.
    files
        What each file of the folder is for: `{"video": "video.mp4"}`.
    title, seconds, frames, width, height, fps, beats
        What was rendered.
    error, beat, time, command
        What went wrong, where in the clip, and what makes it happen again.
    key, sources, sums
        What it was made from, and what is in each file.
    """

    id: str
    scene: str
    inputs: Mapping[str, str]
    language: str
    aspect: str
    theme: str
    quality: str
    format: str
    captions: bool
    status: Status
    folder: str | None
    files: Mapping[str, str]
    title: str | None = None
    seconds: float | None = None
    frames: int | None = None
    width: int | None = None
    height: int | None = None
    fps: float | None = None
    beats: tuple[BeatFacts, ...] = ()
    error: str = ""
    beat: str = ""
    time: float = 0.0
    command: str = ""
    key: Key = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    sums: Mapping[str, FileSum] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        clip: Clip,
        result: ClipResult,
        key: Key = _NOTHING,
        sources: Mapping[str, Source] = _NOTHING,
    ) -> ClipRecord:
        """Give the record of an attempt at a clip."""
        made: dict[str, Any] = {"id": clip.id, **clip.facts, "key": dict(key)}
        made["sources"] = dict(sources)
        if result.facts is None:
            made |= {"status": "failed", "folder": f"failed/{clip.id}", "command": clip.command}
            made |= {"error": result.error, "beat": result.beat, "time": result.time}
            made |= {"files": {"log": LOG}, "sums": {LOG: FileSum.of(result.logged)}}
        else:
            made |= {"status": "rendered", "folder": f"clips/{clip.id}"}
            made |= {each.name: getattr(result.facts, each.name) for each in fields(result.facts)}
            made |= {"sums": {name: FileSum.of(data) for name, data in result.files.items()}}
        return cls(**made)

    @property
    def log(self) -> str | None:
        """The log, as seen from the manifest."""
        return f"{self.folder}/{self.files['log']}" if self.folder and "log" in self.files else None

    @property
    def paths(self) -> dict[str, str]:
        """Its files as seen from the manifest, and the record itself."""
        files = {**self.files, "facts": FACTS} if self.folder else {}
        return {what: f"{self.folder}/{name}" for what, name in files.items()}

    def stored(self) -> dict[str, Any]:
        """Give what clip.json says."""
        said = asdict(self)
        del said["folder"]
        return said | {"beats": [each._asdict() for each in self.beats]}

    def entry(self) -> dict[str, Any]:
        """Give what the manifest says."""
        shown: dict[str, Any] = {name: getattr(self, name) for name in _LISTED}
        shown |= {"inputs": dict(self.inputs), "files": self.paths}
        if self.status == "failed":
            shown |= {name: getattr(self, name) for name in _LISTED_IF_FAILED}
        return shown


_LISTED = (
    "id", "scene", "title", "inputs", "language", "aspect", "theme", "quality", "format", "status",
    "seconds", "frames", "width", "height", "fps", "folder",
)  # fmt: skip
_LISTED_IF_FAILED = ("error", "beat", "time", "command", "log")


def due_entry(clip: Clip, why: str) -> dict[str, Any]:
    """Give what the manifest says of a clip that has yet to be rendered."""
    return {"id": clip.id, **clip.facts, "why": why, "command": clip.command}


# Reading


def read_record(out: Folder, name: str) -> ClipRecord | None:
    """Read the record in the folder of a bundle, such as ``clips/svd_1``, of a store.

    None if there is none, or not one of ours.

    Whatever is not as it was written makes it none of ours: no reader has to ask again.
    """
    kind, _, id = name.partition("/")
    try:
        said = read_json(out, f"{name}/{FACTS}")
        if not isinstance(said, dict) or not said.keys() >= _ALWAYS:
            return None
        record = typed(ClipRecord, said | {"folder": name})
    except (OSError, DamagedError):
        return None
    kept_in = {"clips": "rendered", "failed": "failed"}
    is_ours = (
        record.id == id
        and record.status == kept_in.get(kind)
        and record.language in LANGUAGES
        and all(map(_is_inside, (*record.files.values(), *record.sums)))
        and (record.status == "failed" or None not in _seen(record))
    )
    return record if is_ours else None


_ALWAYS = {each.name for each in fields(ClipRecord)} - {"folder", "sums"}


def _is_inside(name: str) -> bool:
    """Whether a name is that of a file in the folder of a bundle, on every system."""
    is_plain = name.isprintable() and not set(name) & set('\\:*?"<>|')
    return is_plain and all(part.strip(". ") for part in name.split("/"))


def _seen(record: ClipRecord) -> tuple[object, ...]:
    return (
        record.title, record.seconds, record.frames, record.width, record.height, record.fps,
    )  # fmt: skip
