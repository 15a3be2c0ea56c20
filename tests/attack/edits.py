"""Edits of what frames depend on while a batch draws them: each clip shows what its key says."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from house import Batch, World, soon
from project import TARGETS, Project, references

__all__ = ["KINDS", "attack", "prepare"]

ASKED = ("calm", "--aspect", "1:1", "--language", "zh-Hans", "--jobs", "1")
Edit = Callable[[Project, str, Batch, Random], int]
"""Edits a target of a project, and gives the version that it leaves."""


def _stays(project: Project, target: str, batch: Batch, rng: Random) -> int:
    project.edit(target, 2)
    return 2


def _keeps_its_time(project: Project, target: str, batch: Batch, rng: Random) -> int:
    project.edit(target, 2, keep_time=True)
    return 2


def _put_back(keep_time: bool) -> Edit:
    def edit(project: Project, target: str, batch: Batch, rng: Random) -> int:
        project.edit(target, 2, keep_time=keep_time)
        time.sleep(rng.uniform(0, 2))
        project.edit(target, 1, keep_time=keep_time)
        return 1

    return edit


def _again_and_again(project: Project, target: str, batch: Batch, rng: Random) -> int:
    version = 1
    for _ in range(rng.randint(3, 9)):
        version = 3 - version
        project.edit(target, version)
        time.sleep(rng.uniform(0, 0.7))
    return version


def _for_a_moment(cut: bool) -> Edit:
    def edit(project: Project, target: str, batch: Batch, rng: Random) -> int:
        with project.without(target, cut=cut):
            time.sleep(rng.uniform(0, 1.5))
        project.edit(target, 2)
        return 2

    return edit


def _and_kill(who: str) -> Edit:
    def edit(project: Project, target: str, batch: Batch, rng: Random) -> int:
        project.edit(target, 2)
        time.sleep(rng.uniform(0, 1))
        if who == "the batch":
            batch.send(signal.SIGKILL)
        else:
            for pid in batch.workers[:1]:
                batch.signal(pid, signal.SIGKILL)
        return 2

    return edit


HOWS: dict[str, Edit] = {
    "is edited": _stays,
    "is edited and keeps its time": _keeps_its_time,
    "is edited and put back": _put_back(False),
    "is edited and put back, with its time": _put_back(True),
    "is edited again and again": _again_and_again,
    "is cut off for a moment": _for_a_moment(True),
    "is gone for a moment": _for_a_moment(False),
    "is edited and the batch is killed": _and_kill("the batch"),
    "is edited and a worker is killed": _and_kill("a worker"),
}
KINDS = {f"{how}: {target}": (target, edit) for target in TARGETS for how, edit in HOWS.items()}


def prepare(folder: Path) -> None:
    """Draw what is compared with."""
    references(folder, *ASKED)


def attack(root: Path, kind: str, rng: Random, worlds: list[World]) -> list[str]:
    """Begin a batch, edit something at a random moment, and say what does not hold."""
    project = Project(root / "project")
    world = World(root, script=project.script)
    worlds.append(world)
    expected = json.loads((root.parent / "references.json").read_text("utf-8"))
    batch = Batch(world, *ASKED)
    if rng.random() < 0.6:
        soon(lambda: not batch.is_running or world.is_drawing)
        time.sleep(rng.uniform(0, 0.5))
    else:
        time.sleep(rng.uniform(0, 4))
    target, edit = KINDS[kind]
    version = edit(project, target, batch, rng)
    batch.wait()
    found = world.problems(clips=False)
    if batch.code not in (0, 1, 2, -signal.SIGKILL):
        found.append(f"it ended with {batch.code}")
    world.reference = expected["first" if version == 1 else target]
    found += [each for each in world.settle(*ASKED) if each not in found]
    if world.batches[-1].code == 0 and "0 rendered" not in world.run(*ASKED).said:
        found.append("it is drawn for ever")
    return found
