"""`--dask` under attack: a scheduler, workers and a batch, of which some are lost or differ."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from house import ASKED, Batch, World, as_the_stand_ins, files_of, remove, soon

__all__ = ["KINDS", "attack", "prepare"]


class Cluster:
    """A scheduler and workers on this machine, as copies of this process."""

    def __init__(self, world: World, name: str = "cluster") -> None:
        self.world, self.folder = world, world.root / name
        self.folder.mkdir()
        self.file = self.folder / "scheduler.json"
        self.scheduler = self._start(self._schedule)
        self.workers: list[Batch] = []

    def _start(self, what: Callable[[], None]) -> Batch:
        part = Batch(self.world, self.folder.name, instead=what)
        self.world.batches.remove(part)  # whoever is killed may say so
        return part

    def _main(self, main: Callable[..., None], *arguments: object) -> None:
        os.environ["TMPDIR"] = str(self.folder)
        as_the_stand_ins()
        with contextlib.suppress(SystemExit):
            main(["--host", "127.0.0.1", *map(str, arguments)], standalone_mode=False)

    def _schedule(self) -> None:
        from distributed.cli.dask_scheduler import main

        self._main(main, "--port", 0, "--no-dashboard", "--scheduler-file", self.file)

    def add(self, *, differs: bool = False) -> Batch:
        """Let a worker join."""

        def work() -> None:
            from distributed.cli.dask_worker import main

            from scenes.studio.run import dask_pool

            if differs:
                usual = dask_pool.environment_of
                dask_pool.environment_of = lambda languages=(): usual(languages) | {"numpy": "0.1"}
            self._main(
                main, "--scheduler-file", self.file, "--no-dashboard", "--no-nanny",
                "--nthreads", 1, "--local-directory", self.folder,
            )  # fmt: skip

        self.workers.append(self._start(work))
        return self.workers[-1]

    def end(self) -> list[str]:
        """End all of it, and say which processes stay."""
        for part in (*self.workers, self.scheduler):
            part.send(signal.SIGCONT)
            part.send(signal.SIGKILL)
            part.wait()
        parts = (*self.workers, self.scheduler)
        if soon(lambda: not any(part.processes for part in parts)):
            return []
        for part in parts:
            part.send(signal.SIGKILL, to_all=True)
        return ["processes of a worker are left"]


Fault = Callable[[Cluster, Batch, Random], object]


def _send(number: int, whom: str) -> Fault:
    def fault(cluster: Cluster, batch: Batch, rng: Random) -> None:
        if whom == "the batch":
            batch.send(number)
        elif whom == "the scheduler":
            cluster.scheduler.send(number)
        elif whom == "who films":
            for pid in rng.choice(cluster.workers).workers:
                batch.signal(pid, number)
        else:
            count = 1 if whom == "a worker" else len(cluster.workers)
            for worker in rng.sample(cluster.workers, count):
                worker.send(number)

    return fault


def _pause(whom: str) -> Fault:
    def fault(cluster: Cluster, batch: Batch, rng: Random) -> None:
        _send(signal.SIGSTOP, whom)(cluster, batch, rng)
        time.sleep(rng.uniform(0.2, 3))
        for part in (cluster.scheduler, *cluster.workers):
            part.send(signal.SIGCONT)

    return fault


def _joins(differs: bool, *, then_kill: bool = False) -> Fault:
    def fault(cluster: Cluster, batch: Batch, rng: Random) -> None:
        others = list(cluster.workers)
        cluster.add(differs=differs)
        if then_kill:
            time.sleep(rng.uniform(0, 2))
            for worker in others:
                worker.send(signal.SIGKILL)

    return fault


def _first(cluster: Cluster, batch: Batch, rng: Random) -> None:
    """It was there from the start."""


KINDS: dict[str, Fault] = {
    "kill: a worker": _send(signal.SIGKILL, "a worker"),
    "terminate: a worker": _send(signal.SIGTERM, "a worker"),
    "kill: who films": _send(signal.SIGKILL, "who films"),
    "kill: the scheduler": _send(signal.SIGKILL, "the scheduler"),
    "terminate: the scheduler": _send(signal.SIGTERM, "the scheduler"),
    "kill: the batch": _send(signal.SIGKILL, "the batch"),
    "Ctrl-C: the batch": _send(signal.SIGINT, "the batch"),
    "terminate: the batch": _send(signal.SIGTERM, "the batch"),
    "stop, continue: a worker": _pause("a worker"),
    "stop, continue: the scheduler": _pause("the scheduler"),
    "joins: a worker": _joins(False),
    "joins: a worker that differs": _joins(True),
    "joins: a worker, and the others are killed": _joins(False, then_kill=True),
    "was there: a worker that differs": _first,
}


def prepare(folder: Path) -> None:
    """Draw without a cluster what is compared with, and load what a cluster needs."""
    import distributed.cli.dask_scheduler
    import distributed.cli.dask_worker  # noqa: F401

    world = World(folder / "first-cluster")
    done = world.run(*ASKED)
    if done.code:
        raise RuntimeError(f"an undisturbed batch fails:\n{done.said}")
    (folder / "cluster.json").write_text(json.dumps(files_of(world.out)), "utf-8")
    remove(world.root)


def attack(root: Path, kind: str, rng: Random, worlds: list[World]) -> list[str]:
    """Render on a cluster, let a fault befall it, and say what does not hold."""
    world = World(root)
    worlds.append(world)
    world.reference = json.loads((root.parent / "cluster.json").read_text("utf-8"))
    cluster, found = Cluster(world), list[str]()
    try:
        soon(cluster.file.is_file)
        cluster.add()
        cluster.add(differs=kind.startswith("was there"))
        if kind.startswith("was there"):
            time.sleep(5)  # until both have joined
        batch = Batch(world, *ASKED, "--dask", str(cluster.file))
        time.sleep(rng.uniform(0.5, 7))
        KINDS[kind](cluster, batch, rng)
        batch.wait()
        found += world.problems()
        if kind.startswith("was there"):
            found += [] if batch.code == 2 else [f"a worker that differs: {batch.code}"]
        elif kind.startswith(("kill: the", "terminate: the", "Ctrl-C")):
            found += [] if batch.code in (0, 1, 2, -9, 130, 143) else [f"it ended {batch.code}"]
        elif batch.code:
            found.append(f"it ended with {batch.code}: {batch.said[-300:]!a}")
    finally:
        found += cluster.end()
    if rng.random() < 0.5:
        other = Cluster(world, "another")
        try:
            soon(other.file.is_file)
            other.add()
            again = world.run(*ASKED, "--dask", str(other.file))
            found += [] if again.code == 0 else [f"the next batch ended with {again.code}"]
        finally:
            found += other.end()
    return found + [each for each in world.settle(*ASKED) if each not in found]
