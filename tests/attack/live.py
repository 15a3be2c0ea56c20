"""Faults while a batch runs: signals, deletions, links, full disks, two batches at once."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from house import ASKED, Batch, World, pick, remove, soon

__all__ = ["KINDS", "attack"]

Fault = Callable[[World, Batch, Random], None]
KINDS: dict[str, Fault] = {}

SIGNALS = {
    "kill": signal.SIGKILL, "terminate": signal.SIGTERM, "Ctrl-C": signal.SIGINT,
    "hang up": signal.SIGHUP, "quit": signal.SIGQUIT,
}  # fmt: skip


class SkippedError(Exception):
    """This machine does not allow that fault."""


def _signal(number: int, target: str) -> Fault:
    def fault(world: World, batch: Batch, rng: Random) -> None:
        if target == "a worker":
            pids = batch.workers
            for pid in rng.sample(pids, min(1, len(pids))):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)
        else:
            batch.send(number, to_all=target == "all")

    return fault


for _said, _number in SIGNALS.items():
    for _target in ("the parent", "a worker", "all"):
        KINDS[f"{_said}: {_target}"] = _signal(_number, _target)


def _stop(target: str, then: int) -> Fault:
    def fault(world: World, batch: Batch, rng: Random) -> None:
        _signal(signal.SIGSTOP, target)(world, batch, rng)
        time.sleep(rng.uniform(0.05, 0.6))
        if then == signal.SIGKILL:
            batch.send(signal.SIGKILL)
        batch.send(signal.SIGCONT, to_all=True)

    return fault


for _target in ("the parent", "a worker", "all"):
    KINDS[f"stop, continue: {_target}"] = _stop(_target, signal.SIGCONT)
    KINDS[f"stop, then kill the parent: {_target}"] = _stop(_target, signal.SIGKILL)


def _twice(first: int, second: int) -> Fault:
    def fault(world: World, batch: Batch, rng: Random) -> None:
        batch.send(first)
        time.sleep(rng.uniform(0, 0.1))
        batch.send(second)

    return fault


KINDS["Ctrl-C twice"] = _twice(signal.SIGINT, signal.SIGINT)
KINDS["terminate, then kill"] = _twice(signal.SIGTERM, signal.SIGKILL)
KINDS["Ctrl-C, then terminate"] = _twice(signal.SIGINT, signal.SIGTERM)

# What is taken away or put in the way

PLACES = {
    "the scratch folder": ".batch-*",
    "what is in the scratch folder": ".batch-*/*",
    "where clips are drawn": "../../tmp/lamath-*",
    "what is where clips are drawn": "../../tmp/lamath-*/*",
    "out": "",
    "clips": "clips",
    "a clip": "clips/calm*",
    "a file of a clip": "clips/*/*",
    "the manifest": "manifest.json",
    "the page": "index.html",
}


def _place(world: World, pattern: str, rng: Random) -> Path | None:
    if pattern.startswith("../../tmp/"):
        return pick(rng, world.temporary.glob(pattern.removeprefix("../../tmp/")))
    return world.out if not pattern else pick(rng, world.out.glob(pattern))


def _delete(pattern: str) -> Fault:
    def fault(world: World, batch: Batch, rng: Random) -> None:
        path = _place(world, pattern, rng)
        if path is not None:
            remove(path)

    return fault


def _replace(pattern: str, how: str) -> Fault:
    def fault(world: World, batch: Batch, rng: Random) -> None:
        path = _place(world, pattern, rng)
        if path is None:
            return
        aside = world.root / "aside"
        with contextlib.suppress(OSError):
            path.rename(aside)
        with contextlib.suppress(OSError):
            if how == "link outside":
                path.symlink_to(world.around / "folder")
            elif how == "pipe":
                os.mkfifo(path)
            elif how == "folder":
                path.mkdir()
            else:
                path.write_bytes(b"")
        world.in_the_way = path  # type: ignore[attr-defined]

    return fault


for _said, _pattern in PLACES.items():
    KINDS[f"delete: {_said}"] = _delete(_pattern)
for _said, _hows in {
    "the scratch folder": ("link outside", "file"),
    "clips": ("link outside", "pipe", "file"),
    "a clip": ("link outside", "pipe", "file"),
    "a file of a clip": ("link outside", "pipe", "folder"),
    "the manifest": ("link outside", "pipe", "folder"),
    "the page": ("link outside", "folder"),
}.items():
    for _how in _hows:
        KINDS[f"put a {_how} in the place of: {_said}"] = _replace(PLACES[_said], _how)


def _again_and_again(pattern: str) -> Fault:
    def fault(world: World, batch: Batch, rng: Random) -> None:
        path = _place(world, pattern, rng)
        if path is None:
            return
        aside = world.root / "aside"
        until = time.monotonic() + 3
        while batch.is_running and time.monotonic() < until:
            with contextlib.suppress(OSError):
                path.rename(aside)
                path.symlink_to(world.around / "folder")
            time.sleep(rng.uniform(0, 0.02))
            with contextlib.suppress(OSError):
                if path.is_symlink():
                    path.unlink()
                    aside.rename(path)
            time.sleep(rng.uniform(0, 0.02))
        world.in_the_way = path  # type: ignore[attr-defined]

    return fault


for _said in ("the scratch folder", "clips", "a clip"):
    KINDS[f"put a link and take it away, in the place of: {_said}"] = _again_and_again(
        PLACES[_said]
    )


def _guest(world: World, batch: Batch, rng: Random) -> None:
    path = pick(rng, world.out.glob("clips/calm*")) or world.out
    world.guest(f"{path.relative_to(world.out).as_posix()}/notes.txt")


KINDS["put a note into a clip"] = _guest

# Disks


def _mount(folder: Path, options: str) -> None:
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, check=False
    )
    if done.returncode:
        raise SkippedError


def _fill(world: World, batch: Batch, rng: Random) -> None:
    with contextlib.suppress(OSError), (world.out / "large").open("wb") as file:
        while batch.is_running:
            file.write(bytes(2**16))
            file.flush()


def _read_only(world: World, batch: Batch, rng: Random) -> None:
    _mount(world.out, "remount,ro")


KINDS["the disk is full"] = _fill
KINDS["the disk becomes read-only"] = _read_only
ON_A_DISK = ("the disk is full", "the disk becomes read-only")


def _no_fault(world: World, batch: Batch, rng: Random) -> None:
    """What is wrong has been so since the start."""


def _close(number: int) -> Callable[[], None]:
    return lambda: os.close(number)


def _gone_reader() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    os.dup2(writer, 1)


def _small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def _few_files() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (12, 12))


BEFORE: dict[str, Callable[[], None]] = {
    "stdout is closed": _close(1),
    "nobody reads stdout": _gone_reader,
    "files may have 40 KB": _small_files,
    "12 files may be open": _few_files,
}
KINDS |= dict.fromkeys(BEFORE, _no_fault)

# Two at once


def _second(then: int | None) -> Fault:
    def fault(world: World, batch: Batch, rng: Random) -> None:
        other = Batch(world, *ASKED)
        time.sleep(rng.uniform(0, 1))
        if then is not None:
            rng.choice([batch, other]).send(then)
        other.wait()

    return fault


KINDS["two batches at once"] = _second(None)
KINDS["two batches at once, one is killed"] = _second(signal.SIGKILL)
KINDS["two batches at once, one gets Ctrl-C"] = _second(signal.SIGINT)


def attack(world: World, kind: str, rng: Random, length: float) -> list[str]:
    """Begin a batch, let a fault befall it at a random moment, and say what does not hold.

    `length` is how many seconds an undisturbed batch takes.
    """
    kept = pick(rng, world.out.glob("clips/calm*"))
    for folder in world.out.glob("clips/calm*"):
        if folder != kept and rng.random() < 0.7:
            shutil.rmtree(folder)
    world.guest("clips/notes.txt")
    if kind in ON_A_DISK:
        shutil.move(world.out, world.root / "there")
        world.out.mkdir()
        _mount(world.out, "size=900k")
        shutil.copytree(world.root / "there", world.out, dirs_exist_ok=True)
    try:
        return _attack(world, kind, rng, length, kept)
    finally:
        if kind in ON_A_DISK:
            subprocess.run(["umount", "--lazy", world.out], capture_output=True, check=False)


def _attack(world: World, kind: str, rng: Random, length: float, kept: Path | None) -> list[str]:
    cold = rng.random() < 0.12 or kind in ("stdout is closed", "nobody reads stdout")
    more = [] if rng.random() < 0.8 else ["--json"]
    batch = Batch(world, *ASKED, *more, cold=cold, before=BEFORE.get(kind, bool))
    if rng.random() < 0.6:  # clips are drawn, however long it took until then
        soon(lambda: not batch.is_running or world.is_drawing)
        time.sleep(rng.uniform(0, length))
    else:
        time.sleep(rng.uniform(0, length * (5 if cold else 1)))
    KINDS[kind](world, batch, rng)
    batch.wait()
    if kind.startswith("delete: out") or kind.endswith(": clips"):
        world.guests.clear()
    found = world.problems(clips=not kind.startswith(("delete", "put a")))
    takes_away = kind.startswith(("delete: out", "delete: clips", "delete: a", "put a"))
    if kept is not None and not takes_away and not (kept / "clip.json").is_file():
        found.append("a clip that was there is lost")
    _tidy(world, kind)
    return found + world.settle(*ASKED)


def _tidy(world: World, kind: str) -> None:
    """Do what the message asks for: move away what is in the way."""
    path: Path | None = getattr(world, "in_the_way", None)
    if path is not None and kind.startswith("put a"):
        remove(path)
        aside = world.root / "aside"
        if aside.exists() and path.parent.is_dir() and not path.exists():
            aside.rename(path)
    if kind == "the disk is full":
        remove(world.out / "large")
        _mount(world.out, "remount,size=20m")
    if kind == "the disk becomes read-only":
        _mount(world.out, "remount,rw,size=20m")
