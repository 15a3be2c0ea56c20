"""`--watch` under attack: whatever ends it or is in its way, drafts follow, nothing is left."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from house import Batch, World, pick, remove, soon
from project import Project

__all__ = ["KINDS", "attack", "prepare"]

ASKED = ("calm", "--watch", "--jobs", "1")
Fault = Callable[[World, Project, Batch, Random], object]
PATIENCE = 60  # seconds until a draft that does not follow is given up


def _send(number: int, whom: str) -> Fault:
    def fault(world: World, project: Project, watch: Batch, rng: Random) -> None:
        if whom == "the watcher":
            watch.send(number)
        elif whom == "all":
            watch.send(number, to_all=True)
        else:
            warm = [pid for pid in watch.workers if b"spawn_main" in _command(pid)]
            drawing = [pid for each in warm for pid in watch.children(each)]
            for pid in warm if whom == "who draws" else drawing:
                watch.signal(pid, number)

    return fault


def _command(pid: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def _edit(world: World, project: Project, watch: Batch, rng: Random) -> None:
    for version in (2, 1, 2, 1, 2)[: rng.randint(1, 5)]:
        project.edit("the scene", version)
        time.sleep(rng.uniform(0, 1))


def _mistake(world: World, project: Project, watch: Batch, rng: Random) -> None:
    with project.without("the scene", cut=True):
        time.sleep(rng.uniform(0, 2))


def _gone(world: World, project: Project, watch: Batch, rng: Random) -> None:
    with project.without("the scene"):
        time.sleep(rng.uniform(0, 2))


def _delete(pattern: str) -> Fault:
    def fault(world: World, project: Project, watch: Batch, rng: Random) -> None:
        path = pick(rng, world.root.glob(pattern))
        if path is not None:
            remove(path)

    return fault


def _instead(pattern: str, how: str) -> Fault:
    def fault(world: World, project: Project, watch: Batch, rng: Random) -> None:
        path = pick(rng, world.root.glob(pattern))
        if path is None:
            return
        remove(path)
        with contextlib.suppress(OSError):
            if how == "link":
                path.symlink_to(world.around / "folder")
            elif how == "pipe":
                os.mkfifo(path)
            else:
                path.write_bytes(b"mine\n")
        project.edit("the scene", 2)
        time.sleep(rng.uniform(0, 3))
        remove(path)

    return fault


KINDS: dict[str, Fault] = {
    "kill: the watcher": _send(signal.SIGKILL, "the watcher"),
    "kill: all": _send(signal.SIGKILL, "all"),
    "kill: who draws": _send(signal.SIGKILL, "who draws"),
    "kill: its copy": _send(signal.SIGKILL, "its copy"),
    "hang up: the watcher": _send(signal.SIGHUP, "the watcher"),
    "hang up: all": _send(signal.SIGHUP, "all"),
    "terminate: the watcher": _send(signal.SIGTERM, "the watcher"),
    "Ctrl-C: all": _send(signal.SIGINT, "all"),
    "edit in mid-draw": _edit,
    "a mistake, and its correction": _mistake,
    "the scene is gone for a moment": _gone,
    "delete: out": _delete("work/out"),
    "delete: the draft": _delete("work/out/draft"),
    "delete: a clip of the draft": _delete("work/out/draft/clips/*"),
    "delete: what is being drawn": _delete("work/out/draft/.batch-*"),
    "delete: the temporary folder": _delete("tmp/lamath-*"),
    "delete: what is in the temporary folder": _delete("tmp/lamath-*/*"),
    "put in the place of the draft: a link": _instead("work/out/draft", "link"),
    "put in the place of the draft: a file": _instead("work/out/draft", "file"),
    "put in the place of clips: a link": _instead("work/out/draft/clips", "link"),
    "put in the place of the page: a link": _instead("work/out/draft/index.html", "link"),
    "put in the place of the page: a pipe": _instead("work/out/draft/index.html", "pipe"),
}


def prepare(folder: Path) -> None:
    """Nothing is compared with."""


def _says(world: World, text: str) -> bool:
    """Whether the draft says something, and its page has been told."""
    with contextlib.suppress(OSError, ValueError):
        (record,) = world.out.glob("clips/calm*/clip.json")
        said = json.loads(record.read_text("utf-8"))["beats"][0]["caption"]
        return said == text and (world.out / "version.js").is_file()
    return False


def attack(root: Path, kind: str, rng: Random, worlds: list[World]) -> list[str]:
    """Watch, let a fault befall it at a random moment, edit, and say what does not hold."""
    project = Project(root / "project")
    world = World(root, within="draft", script=project.script)
    worlds.append(world)
    watch = Batch(world, *ASKED)
    if rng.random() < 0.5:
        soon(lambda: not watch.is_running or _says(world, "Said by version 1."))
    else:
        soon(lambda: not watch.is_running or world.is_drawing)
    time.sleep(rng.uniform(0, 0.3))
    KINDS[kind](world, project, watch, rng)
    if kind.endswith((": the watcher", ": all")):
        watch.wait()
    found = world.problems(clips=False)
    if not watch.is_running:
        watch = Batch(world, *ASKED)
        soon(lambda: not watch.is_running or "watching" in watch.said)
    project.edit("the scene", 1)
    project.scene.write_text(project.scene.read_text("utf-8").replace("version 1", "version 3"))
    if not soon(lambda: not watch.is_running or _says(world, "Said by version 3."), PATIENCE):
        found.append("the draft does not follow")
    if not watch.is_running:
        found.append(f"watching ended with {watch.code}")
    time.sleep(0.5)  # the draft is told of before its process ends
    watch.send(signal.SIGINT)
    if watch.wait() and "watching ended" not in str(found):
        found.append(f"Ctrl-C ended it with {watch.code}")
    found += [each for each in world.problems(clips=False) if each not in found]
    return found + world.left_behind({"version.js"})
