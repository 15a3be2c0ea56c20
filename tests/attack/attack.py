"""Attacks the project as it comes, and counts: `make attack`, or python tests/attack/attack.py.

    --seed 1 --share 0.1 --kind damage    a tenth of one kind
    --only live:17                        one attack again, with what was said

Each attack is drawn by lot from the seed, its kind and its number, and states what must hold
after it: no wrong clip, no traceback, nothing lost, nothing written or removed outside, nothing
left behind, and the next batch completes.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import house

COUNTS = {
    "live": 320, "damage": 340, "lessons": 1000, "weights": 200,
    "courses": 39, "edits": 27, "watch": 22, "dask": 14,
}  # fmt: skip
"""How many attacks of each kind there are."""

SLOW = {"courses": "courses", "edits": "edits", "watch": "watching", "dask": "cluster"}
"""The modules of those whose commands begin as they always do."""


class Case(NamedTuple):
    """One attack."""

    family: str
    number: int
    seed: str

    @property
    def lot(self) -> Random:
        """What is drawn by lot for it."""
        return Random(f"{self.seed}/{self.family}/{self.number}")  # noqa: S311


def run(case: Case, folder: Path, length: float) -> tuple[str, list[str], str]:
    """Do one attack, and give its kind, what does not hold, and what was said."""
    import damage
    import lessons
    import live
    import weight_files
    from house import World

    rng, base = case.lot, folder / "base"
    root = Path(tempfile.mkdtemp(prefix=f"{case.family}-{case.number}-", dir=folder))
    said: list[str] = []
    try:
        if case.family in ("live", "damage"):
            kind = _kind(case, {"live": live.KINDS, "damage": damage.KINDS}[case.family])
            world = house.World(root, base)
            attack = live.attack if case.family == "live" else damage.attack
            try:
                found = attack(world, kind, rng, length)
            except live.SkippedError:
                return kind, ["skipped"], ""
            finally:
                said = _said(world)
        elif case.family in SLOW:
            module = import_module(SLOW[case.family])
            kind, worlds = _kind(case, module.KINDS), list[World]()
            try:
                found = module.attack(root, kind, rng, worlds)
            finally:
                said = [each for world in worlds for each in _said(world)]
        elif case.family == "lessons":
            kind, found = lessons.attack(root, rng)
        else:
            kind, found = weight_files.attack(root, rng)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    return kind, found, "\n".join(said)


def _kind(case: Case, kinds: Iterable[str]) -> str:
    """Let the kinds take turns, in an order that is drawn by lot."""
    shuffled = sorted(kinds)
    Random(case.seed).shuffle(shuffled)  # noqa: S311
    return shuffled[case.number % len(shuffled)]


def _said(world: Any) -> list[str]:
    return [f"$ {' '.join(each.arguments)}\n{each.said}" for each in world.batches]


def _apart(cases: list[Case], folder: Path, length: float) -> int:
    """Do some attacks in a copy of this process, which writes down what came of each."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    house.adopt_orphans()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for case in cases:
        try:
            told: Any = run(case, folder, length)
        except BaseException:
            told = ("the attack itself", ["it broke"], traceback.format_exc())
        _told(case, folder).write_text(json.dumps(told), "utf-8")
    os._exit(0)


def _told(case: Case, folder: Path) -> Path:
    return folder / f"told-{case.family}-{case.number}"


TOGETHER = {"lessons": 20, "weights": 5}
"""How many attacks of a kind are made in one process, if it is more than one."""


def _groups(cases: list[Case]) -> Iterator[list[Case]]:
    for family in COUNTS:
        count = TOGETHER.get(family, 1)
        mine = [case for case in cases if case.family == family]
        yield from (mine[at : at + count] for at in range(0, len(mine), count))


def _all(cases: list[Case], folder: Path, length: float, jobs: int) -> Iterator[tuple[Case, Any]]:
    waiting, running = list(_groups(cases))[::-1], dict[int, list[Case]]()
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                group = waiting.pop()
                running[_apart(group, folder, length)] = group
            pid, _ = os.wait()
            for case in running.pop(pid, []):
                file = _told(case, folder)
                broken = ("the attack itself", ["it ended"], "")
                yield case, json.loads(file.read_text("utf-8")) if file.is_file() else broken
    finally:
        for pid in running:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)


def _base(folder: Path) -> float:
    """Make the folder of an undisturbed batch, and give how many seconds one takes."""
    world = house.World(folder / "first")
    first = world.run(*house.ASKED)
    if first.code:
        sys.exit(f"an undisturbed batch fails:\n{first.said}")
    shutil.copytree(world.out, folder / "base")
    shutil.rmtree(world.out)
    began = time.monotonic()
    world.run(*house.ASKED)
    length = time.monotonic() - began
    if house.files_of(world.out) != house.files_of(folder / "base"):
        sys.exit("two undisturbed batches differ")
    shutil.rmtree(folder / "first")
    return length


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", default="1")
    parser.add_argument("--share", type=float, default=1.0, metavar="0…1")
    parser.add_argument("--kind", choices=COUNTS, action="append")
    parser.add_argument("--only", metavar="KIND:NUMBER")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    house.load()
    if asked.only:
        family, _, number = asked.only.partition(":")
        cases = [Case(family, int(number), asked.seed)]
    else:
        counts = {name: COUNTS[name] for name in asked.kind or COUNTS}
        cases = [
            Case(name, number, asked.seed)
            for name, count in counts.items()
            for number in sorted(
                Random(asked.seed).sample(range(count), max(1, round(count * asked.share)))  # noqa: S311
            )
        ]
    folder = Path(tempfile.mkdtemp(prefix="lamath-attack-"))
    outcome: Counter[tuple[str, str, str]] = Counter()
    began = time.monotonic()
    try:
        families = {case.family for case in cases}
        length = _base(folder) if families & {"live", "damage"} else 0.0
        for family in families & SLOW.keys():
            import_module(SLOW[family]).prepare(folder)
        for case, (kind, found, said) in _all(cases, folder, length, asked.jobs):
            state = "skipped" if found == ["skipped"] else "failed" if found else "survived"
            outcome[case.family, kind.partition(":")[0], state] += 1
            if asked.only:
                print(f"{kind}: {state}")
            if state == "failed":
                print(f"FAILED {case.family}:{case.number} ({kind}): {'; '.join(found)[:500]}")
                again = f"--seed {asked.seed} --only {case.family}:{case.number}"
                print(f"       make attack ARGS='{again}'")
            if said and (asked.only or kind == "the attack itself"):
                print(said)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _table(outcome, time.monotonic() - began)
    sys.exit(any(state == "failed" for _, _, state in outcome))


def _table(outcome: Counter[tuple[str, str, str]], seconds: float) -> None:
    states = ("survived", "failed", "skipped")
    rows = sorted({(family, kind) for family, kind, _ in outcome})
    print(f"\n{'':52}" + "".join(f"{each:>10}" for each in states))
    for family in dict.fromkeys(family for family, _ in rows):
        for mine, kind in rows:
            if mine == family:
                counts = "".join(f"{outcome[family, kind, each]:>10}" for each in states)
                print(f"  {family:8}{kind[:40]:42}{counts}")
        sums = [
            sum(n for (f, _, s), n in outcome.items() if (f, s) == (family, each))
            for each in states
        ]
        print(f"{family + ', in all':52}" + "".join(f"{each:>10}" for each in sums))
    print(f"{sum(outcome.values())} attacks in {seconds / 60:.1f} minutes")


if __name__ == "__main__":
    main()
