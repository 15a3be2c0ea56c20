"""Lessons of several clips, stopped again and again: what was finished is kept, all gets done."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path
from random import Random
from typing import Any

from house import ROOT, STAND_IN, Batch, World, files_of, pick, remove, soon

__all__ = ["KINDS", "attack", "prepare"]

HEAD = 'title = "A course"\nquality = "l"\naspects = ["1:1"]\n'
CLIP = '\n[[clip]]\nscene = "calm"\nmatrix = [[{}, 0], [0, 1]]\n'
ASIDE = '\n[[text]]\nbody = "Between two clips."\n\n[[question]]\nprompt = "Why?"\nanswer = "So."\n'
COURSE = HEAD + ASIDE.join(CLIP.format(number) for number in range(1, 5))
SHORTER = HEAD + ASIDE + CLIP.format(1) + CLIP.format(2)
REAL = (
    'title = "Real"\nquality = "l"\nformats = ["png"]\n\n[[clip]]\nscene = "inverse"\n'
    '\n[[clip]]\nscene = "rank"\nmatrix = [[1, 2], [2, 4]]\n'
)
ASKED = ("--lesson", "course.toml", "--jobs", "2")

STOPS = {
    "kill": signal.SIGKILL, "terminate": signal.SIGTERM, "Ctrl-C": signal.SIGINT,
    "hang up": signal.SIGHUP,
}  # fmt: skip
KINDS = (
    *(f"stopped again and again: {each}" for each in (*STOPS, "all of these", "kill all")),
    "a worker is killed again and again", "a clip is deleted each time", "is edited each time",
    "another lesson at once", "clips are pruned", "real scenes: kill", "real scenes: kill all",
)  # fmt: skip


def _world(root: Path, kind: str) -> World:
    real = kind.startswith("real")
    world = World(root, within="course", script=ROOT / "render.py" if real else STAND_IN)
    (world.work / "course.toml").write_text(REAL if real else COURSE, "utf-8")
    return world


def _undisturbed(root: Path, kind: str) -> dict[str, Any]:
    """Give the files of a lesson that is drawn without trouble, and how many seconds it takes."""
    world, began = _world(root, kind), time.monotonic()
    done = world.run(*ASKED)
    if done.code:
        raise RuntimeError(f"an undisturbed lesson fails:\n{done.said}")
    found = {"files": files_of(world.out), "length": time.monotonic() - began}
    remove(root)
    return found


def prepare(folder: Path) -> None:
    """Draw what is compared with; real scenes take long, and are drawn by who attacks them."""
    (folder / "course.json").write_text(json.dumps(_undisturbed(folder / "first", "")), "utf-8")


def attack(root: Path, kind: str, rng: Random, worlds: list[World]) -> list[str]:
    """Begin a lesson a few times, let something befall it each time, and say what does not hold."""
    world = _world(root, kind)
    worlds.append(world)
    if kind.startswith("real"):
        expected = _undisturbed(root / "first", kind)
    else:
        expected = json.loads((root.parent / "course.json").read_text("utf-8"))
    world.reference, length = expected["files"], expected["length"]
    found: list[str] = []
    for _ in range(rng.randint(2, 4)):
        before = set(_finished(world))
        batch = Batch(world, *ASKED, *(["--prune"] if "pruned" in kind else []))
        if rng.random() < 0.6:
            soon(lambda: not batch.is_running or world.is_drawing)  # noqa: B023
            time.sleep(rng.uniform(0, length / 2))
        else:
            time.sleep(rng.uniform(0, length))
        gone = _befall(world, kind, batch, rng)
        gone |= before if "pruned" in kind else set()  # perhaps before anything befell it
        batch.wait()
        found += [each for each in world.problems() if each not in found]
        if before - set(_finished(world)) - gone:
            found.append("a clip that was there is lost")
    (world.work / "course.toml").write_text(REAL if kind.startswith("real") else COURSE, "utf-8")
    found += [each for each in world.settle(*ASKED) if each not in found]
    there = {path.name for path in (world.work / "out").iterdir()}
    if there - {"course", "other"}:
        found.append(f"left behind: {sorted(there)!a}")
    page = (world.out / "index.html").read_text("utf-8") if not found else ""
    if page and not all(f"clips/{id}/" in page for id in world.reference):
        found.append("a clip is not on the page")
    return found


def _finished(world: World) -> list[str]:
    return [path.parent.name for path in world.out.glob("clips/*/clip.json")]


def _befall(world: World, kind: str, batch: Batch, rng: Random) -> set[str]:
    """Do what the kind says, and give the clips that may be gone by that."""
    what = kind.partition(": ")[2]
    if what == "kill all":
        batch.send(signal.SIGKILL, to_all=True)
    elif what:
        batch.send(STOPS.get(what) or rng.choice(list(STOPS.values())))
    elif "worker" in kind:
        for pid in batch.workers[:1]:
            batch.signal(pid, signal.SIGKILL)
    elif "deleted" in kind:
        path = pick(rng, world.out.glob("clips/*"))
        if path is not None:
            remove(path)
            return {path.name}
    elif "edited" in kind or "pruned" in kind:
        lesson = world.work / "course.toml"
        lesson.write_text(SHORTER if lesson.read_text("utf-8") == COURSE else COURSE, "utf-8")
        time.sleep(rng.uniform(0, 0.3))
        batch.send(rng.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGCONT]))
    elif "another" in kind:
        (world.work / "other.toml").write_text(SHORTER, "utf-8")
        other = Batch(world, "--lesson", "other.toml", "--jobs", "1")
        time.sleep(rng.uniform(0, 1))
        batch.send(signal.SIGKILL)
        other.wait()
    return set()
