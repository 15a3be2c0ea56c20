"""Damage done between two batches: to records, files, links, pipes and names in `out`."""

from __future__ import annotations

import contextlib
import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from house import ASKED, World, pick, remove

__all__ = ["KINDS", "attack"]

Damage = Callable[[World, Random], Path | None]
"""Does some damage, and gives what may have to be moved away before a batch can go on."""

KINDS: dict[str, Damage] = {}

# To any place

PLACES = {
    "out": "", "clips": "clips", "a clip": "clips/calm*", "a record": "clips/*/clip.json",
    "a video": "clips/*/video.mp4", "a poster": "clips/*/poster.png",
    "captions": "clips/*/captions.en.vtt", "the manifest": "manifest.json",
    "the page": "index.html",
    "failed": "failed", "a failed clip": "failed/{id}", "a failed record": "failed/{id}/clip.json",
    "the lesson": "lesson.json", "an old batch": ".batch-4194304-00000000",
    "what it put aside": ".batch-4194304-00000000/replaced/clips/{id}",
}  # fmt: skip


def _flip(path: Path, rng: Random) -> None:
    data, times = bytearray(path.read_bytes()), path.stat()
    for _ in range(rng.randint(1, 3)):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(data)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def _zeros(path: Path, _rng: Random) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def _cut(path: Path, rng: Random) -> None:
    os.truncate(path, rng.randrange(path.stat().st_size))


def _endless(path: Path, _rng: Random) -> None:
    os.truncate(path, 5 * 2**30)


def _append(path: Path, rng: Random) -> None:
    with path.open("ab") as file:
        file.write(rng.randbytes(rng.randint(1, 50)))


TO_FILES: dict[str, Callable[[Path, Random], None]] = {
    "flip bits": _flip, "fill with zeros": _zeros, "cut off": _cut, "make endless": _endless,
    "append to": _append,
}  # fmt: skip


def _listen(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server, contextlib.chdir(path.parent):
        server.bind(path.name)


INSTEAD: dict[str, Callable[[World, Path, Random], object]] = {
    "nothing": lambda world, path, rng: None,
    "an empty file": lambda world, path, rng: path.write_bytes(b""),
    "noise": lambda world, path, rng: path.write_bytes(rng.randbytes(500)),
    "a folder": lambda world, path, rng: path.mkdir(),
    "a full folder": lambda world, path, rng: (path / "x" / "y").mkdir(parents=True),
    "a pipe": lambda world, path, rng: os.mkfifo(path),
    "a socket": lambda world, path, rng: _listen(path),
    "a device": lambda world, path, rng: path.symlink_to("/dev/zero"),
    "a link to a file outside": lambda w, path, rng: path.symlink_to(w.around / "secret.txt"),
    "a link to a folder outside": lambda w, path, rng: path.symlink_to(w.around / "folder"),
    "a link to nothing": lambda world, path, rng: path.symlink_to(world.around / "nothing"),
    "a link to itself": lambda world, path, rng: path.symlink_to(path),
    "a link to what it was": lambda world, path, rng: path.symlink_to(world.root / "aside"),
    "a second name of a file outside": lambda w, p, rng: os.link(w.around / "secret.txt", p),
}


def _place(world: World, pattern: str, rng: Random) -> Path | None:
    """Give what is at a place; or, if nothing is, where it would be."""
    if not pattern:
        return world.out
    id = rng.choice(sorted(world.reference))
    pattern = pattern.format(id=id)
    return pick(rng, world.out.glob(pattern)) or (None if "*" in pattern else world.out / pattern)


def _to_file(pattern: str, what: Callable[[Path, Random], None]) -> Damage:
    def damage(world: World, rng: Random) -> Path | None:
        path = _place(world, pattern, rng)
        if path is None or not path.is_file() or not path.stat().st_size:
            return None
        what(path, rng)
        return path

    return damage


def _instead(pattern: str, what: Callable[[World, Path, Random], object]) -> Damage:
    def damage(world: World, rng: Random) -> Path | None:
        path = _place(world, pattern, rng)
        if path is None:
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            path.rename(world.root / "aside")
        what(world, path, rng)
        return path

    return damage


for _said, _pattern in PLACES.items():
    if "." in _pattern.rpartition("/")[2] and not _pattern.startswith(".batch"):
        for _what, _how in TO_FILES.items():
            KINDS[f"{_what}: {_said}"] = _to_file(_pattern, _how)
    for _what, _put in INSTEAD.items():
        KINDS[f"{_what} in the place of: {_said}"] = _instead(_pattern, _put)

# To what a record says

FIELDS = (
    "id", "scene", "inputs", "language", "aspect", "theme", "quality", "format", "captions",
    "status", "files", "title", "seconds", "frames", "width", "height", "fps", "beats", "error",
    "beat", "time", "command", "key", "sources", "sums", "folder",
)  # fmt: skip
VALUES: dict[str, Any] = {
    "nothing": None, "zero": 0, "minus one": -1, "no text": "", "another text": "x", "a list": [],
    "an object": {}, "NaN": float("nan"), "infinity": float("inf"), "true": True,
    "half a letter": "\ud800", "a way out": "../../around/secret.txt", "huge": 10**400,
    "a list of objects": [{"video": {}}], "a way to the root": {"video": "/etc/passwd"},
    "a way up": {"video": "../../../around/secret.txt"}, "a mark": {"video": "\x1b[31m<script>"},
}  # fmt: skip


def _field(name: str, value: Any, *, missing: bool = False) -> Damage:
    def damage(world: World, rng: Random) -> Path | None:
        path = pick(rng, world.out.glob("clips/*/clip.json"))
        if path is None:
            return None
        said = json.loads(path.read_text("utf-8"))
        if missing:
            said.pop(name, None)
        else:
            said[name] = value
        path.write_text(json.dumps(said), "utf-8")
        return None

    return damage


for _name in FIELDS:
    KINDS[f"a record's field is missing: {_name}"] = _field(_name, None, missing=True)
    for _said, _value in VALUES.items():
        KINDS[f"a record's field is {_said}: {_name}"] = _field(_name, _value)


def _text(make: Callable[[str], str], pattern: str) -> Damage:
    def damage(world: World, rng: Random) -> Path | None:
        path = _place(world, pattern, rng)
        if path is not None and path.is_file():
            text = make(path.read_text("utf-8"))
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
        return path

    return damage


TEXTS: dict[str, Callable[[str], str]] = {
    "100,000 brackets": lambda text: "[" * 100_000,
    "a list": lambda text: f"[{text}]",
    "a number": lambda text: "1" + "0" * 10_000,
    "a mark in front": lambda text: f"\ufeff{text}",
    "UTF-16": lambda text: text.encode("utf-16").decode("latin-1"),
    "each field twice": lambda text: text.replace('"status":', '"status": 5, "status":', 1),
    "another batch's": lambda text: text.replace('"id"', '"Id"'),
    "empty lines": lambda text: "\n" * 1000 + text,
}
for _said, _make in TEXTS.items():
    for _what in ("a record", "the manifest", "the lesson"):
        KINDS[f"{_said} in the place of: {_what}"] = _text(_make, PLACES[_what])

# Odd names

NAMES = (
    b"\n", b"a\nb", b"\x1b[31mred", b"\xff\xfe", b"caf\xe9", "\u202ename".encode(), b"-rf", b"*",
    b"clip.json", b"x" * 255, b".hidden", b"...", b" ", b"{x}", b"%s", b"con", b"clips",
    b".batch-1-x", b".batch--1", b".batch-99999999999999999999-x", b".batch-x-y", b"failed",
)  # fmt: skip


def _name(name: bytes, where: str, kind: str) -> Damage:
    def damage(world: World, rng: Random) -> Path | None:
        folder = _place(world, where, rng)
        if folder is None:
            return None
        path = folder / os.fsdecode(name)
        if os.path.lexists(path) or not folder.is_dir():
            return None
        if kind == "a file":
            path.write_bytes(b"mine\n")
        elif kind == "a folder":
            path.mkdir()
            (path / "mine").write_bytes(b"mine\n")
        else:
            path.symlink_to(world.around / "folder")
        world.odd = path  # type: ignore[attr-defined]
        return path

    return damage


for _odd in NAMES:
    for _what in ("out", "clips", "a clip"):
        for _kind in ("a file", "a folder", "a link outside"):
            KINDS[f"{_kind} named {_odd[:20]!r} in: {_what}"] = _name(_odd, PLACES[_what], _kind)

WAYS = ((), (), ("--verify",), ("--prune",), ("--plan",), ("--force",), ("--json",))


def attack(world: World, kind: str, rng: Random, _length: float) -> list[str]:
    """Do some damage, run a batch in some way, and say what does not hold."""
    world.guest("clips/notes.txt")
    path = KINDS[kind](world, rng)
    odd: Path | None = getattr(world, "odd", None)
    if kind.endswith((": out", ": clips")):
        world.guests.clear()
    way = rng.choice(WAYS)
    first = world.run(*ASKED, *way)
    if "--plan" in way and not first.code:
        first = world.run(*ASKED)
    found = world.problems(clips=not first.code)
    if odd is not None and not os.path.lexists(odd) and not odd.name.startswith(".batch-"):
        found.append("something that somebody put there is gone")
    if first.code:
        said = [line for line in first.said.splitlines() if line.startswith("render.py: ")]
        if first.code != 2 or len(said) != 1:
            found.append(f"it ended with {first.code} and {len(said)} lines: {first.said[-300:]!a}")
        if path is not None:
            remove(path)  # which is what the line asks for
    if odd is not None:
        remove(odd)
    last = world.settle(*ASKED, allowed={path.name, "x"} if path is not None else ())
    return found + [each for each in last if each not in found]
