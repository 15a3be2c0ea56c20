"""The record of a clip: what its clip.json says, and with it the manifest, events and pages.

This is the one place that reads what lies on a disk, where it may be anybody's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from lamath.words import LANGUAGES
from scenes.studio.request.clip import Clip
from scenes.studio.store.result import BeatFacts, ClipResult

__all__ = [
    "FACTS", "LOG", "ClipRecord", "Key", "Source", "due_entry", "names_itself", "read_record",
]  # fmt: skip

FACTS = "clip.json"
LOG = "log.txt"

Key = Mapping[str, str]
"""A fingerprint of each part; of parameters, fonts and libraries, words that people can read."""

Status = Literal["rendered", "kept", "failed"]

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Source:
    """A file that a clip shows: where it is, how large and old, and what is in it."""

    path: str
    size: int = 0
    time: int = 0
    sha256: str = ""
    """Empty if it could not be read."""
    settled: bool = False
    """Whether a change after this was sure to show in its time."""


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
    key, sources, sizes
        What it was made from, and the bytes of each file.
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
    sizes: Mapping[str, int] = field(default_factory=dict)

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
            made |= {"files": {"log": LOG}, "sizes": {LOG: len(result.log.encode())}}
        else:
            made |= {"status": "rendered", "folder": f"clips/{clip.id}"}
            made |= {each.name: getattr(result.facts, each.name) for each in fields(result.facts)}
            made |= {"sizes": {name: len(data) for name, data in result.files.items()}}
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


def read_record(folder: Path) -> ClipRecord | None:
    """Read the record in the folder of a bundle; None if there is none, or not one of ours."""
    try:
        record = _record(_read(folder), folder)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
    return record if record.id == folder.name and _is_ours(record) else None


def names_itself(folder: Path) -> bool:
    """Whether what lies in a folder says that it belongs there, be it of an earlier version."""
    try:
        return bool(_read(folder)["id"] == folder.name)
    except (OSError, ValueError, LookupError, TypeError):
        return False


def _read(folder: Path) -> Any:
    return json.loads((folder / FACTS).read_text(encoding="utf-8"))


def _record(said: Mapping[str, Any], folder: Path) -> ClipRecord:
    known = {each.name for each in fields(ClipRecord)}
    values = {name: value for name, value in said.items() if name in known}
    values["beats"] = tuple(BeatFacts(**each) for each in said["beats"])
    values["sources"] = {name: Source(**each) for name, each in said["sources"].items()}
    return ClipRecord(**values | {"folder": f"{folder.parent.name}/{folder.name}"})


def _is_ours(record: ClipRecord) -> bool:
    """Whether all is of the kind that it should be."""
    kinds: dict[str, Any] = {
        each.name: {"str": str, "bool": bool, "float": (int, float)}.get(str(each.type), object)
        for each in fields(record)
    }
    numbers = (record.seconds, record.frames, record.width, record.height, record.fps)
    texts = (record.inputs, record.files, record.key)
    kept_in = {"clips": "rendered", "failed": "failed"}
    return (
        all(isinstance(getattr(record, name), kind) for name, kind in kinds.items())
        and record.status == kept_in[str(record.folder).split("/")[0]]
        and record.language in LANGUAGES
        and all(isinstance(each, Mapping) for each in (*texts, record.sizes))
        and all(isinstance(text, str) for each in texts for text in each.values())
        and all(isinstance(size, int) for size in record.sizes.values())
        and isinstance(record.title, str | None)
        and all(isinstance(number, int | float | None) for number in numbers)
        and (record.status == "failed" or None not in (record.title, *numbers))
        and all(isinstance(each.caption, str) for each in record.beats)
        and all(isinstance(each.start + each.end, int | float) for each in record.beats)
    )
