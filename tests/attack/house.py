"""What is attacked: a folder of tiny clips, batches that begin in an instant, and what must hold.

Whoever imports this has loaded everything that a batch needs; a batch is a copy of that
process. So it takes a second, and its processes, signals and files are real.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import gc
import hashlib
import json
import os
import shutil
import signal
import stat
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any, NoReturn

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(HERE.parent / "studio"), str(ROOT)]
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # threads don't survive being copied

import rich.progress  # noqa: E402, F401
import stand_in  # noqa: E402

import render  # noqa: E402
import scenes  # noqa: E402
from scenes.studio.run import batch as batches  # noqa: E402
from scenes.studio.run import pool as pools  # noqa: E402
from scenes.studio.run.limits import Limits, TimeLimit  # noqa: E402

PATIENCE = 90  # seconds, so that nothing fails because a machine is busy
STAND_IN = HERE.parent / "studio" / "stand_in.py"
ASKED = ("calm", "--aspect", "1:1,9:16", "--jobs", "2")
OURS = {"clips", "failed", "index.html", "manifest.json", "lesson.json", ".lock"}


def load() -> None:
    """Load the libraries that only workers need, and take the stand-ins for a catalogue."""
    from scenes.studio.video import draft, rendering  # noqa: F401, I001  (before the stage)
    import stand_ins  # noqa: F401

    scenes.CATALOGUE = stand_in.CATALOGUE
    gc.collect()
    gc.freeze()  # copies need not look through what is never freed


# Processes


class Batch:
    """A command that runs, in a session of its own."""

    def __init__(
        self,
        world: World,
        *arguments: str,
        cold: bool = False,
        before: Callable[[], object] = bool,
        instead: Callable[[], object] | None = None,
    ) -> None:
        """Start it, with all to load if it is `cold`, or `instead` of it anything else."""
        cold = cold or (world.script != STAND_IN and instead is None)
        world.batches.append(self)
        number = world.begun = world.begun + 1
        self.arguments = arguments
        self._told = [world.root / f"stdout-{number}", world.root / f"stderr-{number}"]
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            _become(world, self._told, arguments, cold, before, instead)
        self.code: int | None = None

    def wait(self, patience: float = PATIENCE) -> int:
        """Wait for the end, and give the exit code, or the negative signal; 999 if it hangs."""
        until = time.monotonic() + patience
        while self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > until:
                self.code = 999
                self.send(signal.SIGKILL, to_all=True)
            else:
                time.sleep(0.005)
        return self.code

    @property
    def is_running(self) -> bool:
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
        return self.code is None

    @property
    def processes(self) -> list[int]:
        """All of its session that run."""
        return [pid for pid, told in _table() if told[3] == str(self.pid) and told[0] not in "ZX"]

    @property
    def workers(self) -> list[int]:
        """The processes that it started itself."""
        return self.children(self.pid)

    def send(self, number: int, *, to_all: bool = False) -> None:
        """Send a signal to it, or to its whole session."""
        for pid in self.processes if to_all else [self.pid]:
            self.signal(pid, number)

    @staticmethod
    def signal(pid: int, number: int) -> None:
        """Send a signal to a process, if it is there."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)

    @staticmethod
    def children(pid: int) -> list[int]:
        """Give the processes that one has started."""
        return [each for each, told in _table() if told[1] == str(pid) and told[0] not in "ZX"]

    @property
    def said(self) -> str:
        """What it wrote, on both streams."""
        return "".join(path.read_text("utf-8", "replace") for path in self._told if path.is_file())

    def problems(self) -> list[str]:
        """Say what is wrong with how it ended."""
        signs = ("Traceback", "leaked", "Exception ignored", "most recent call")
        found = [f"{sign!r} in what it said" for sign in signs if sign in self.said]
        odd = {c for c in self.said if not c.isprintable() and c not in "\n"}
        found += [f"it said {''.join(odd)!a}"] if odd else []
        return found + (["it hangs"] if self.code == 999 else [])


def _table() -> Iterable[tuple[int, list[str]]]:
    """Give each process with its state, parent, group and session."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            yield int(path.parent.name), path.read_text().rpartition(")")[2].split()


def _become(
    world: World,
    told: list[Path],
    arguments: tuple[str, ...],
    cold: bool,
    before: Callable[[], object],
    instead: Callable[[], object] | None,
) -> NoReturn:
    """Run the command in this process, and end it."""
    code: Any = 1
    try:
        os.setsid()
        os.chdir(world.work)
        for number, path in enumerate(told, start=1):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
        os.environ |= {"TMPDIR": str(world.temporary), "COLUMNS": "300"}
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody else sets that
        if world.script.is_relative_to(ROOT):
            os.environ["PYTHONDONTWRITEBYTECODE"] = "1"  # it might be cut off where disks are full
        tempfile.tempdir = None
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        before()
        sys.argv = [str(world.script), *arguments]
        if cold:
            os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606  (the command itself)
        if instead is not None:
            instead()
            code = 0
        else:
            _warm()
            render.main()
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
    with contextlib.suppress(BaseException):
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


def _warm() -> None:
    """Let the first workers be copies; others begin as they always do, from the stand-ins' file."""
    limits = property(lambda self: Limits(TimeLimit(self.timeout), self.memory, forked=True))
    batches.Request.limits = limits  # type: ignore[method-assign, assignment]
    start = pools.WorkerPool.__init__

    def started(self: Any, *arguments: Any, **more: Any) -> None:
        start(self, *arguments, **more)
        self._kind = pools._spawn

    pools.WorkerPool.__init__ = started  # type: ignore[method-assign]
    as_the_stand_ins()


def as_the_stand_ins() -> None:
    """Let processes that this one starts begin with the stand-ins' file."""
    main = sys.modules["__main__"]
    main.__file__, main.__spec__ = str(STAND_IN), None


def adopt_orphans() -> None:
    """Be the parent of what a killed batch leaves, so that it can be seen and ended."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER


# Folders


class World:
    """A folder to work in, what lies around it, and what must hold of both.

    Parameters
    ----------
    root
        Where all of it is.
    base
        The folder of an undisturbed batch, which is copied; None for an empty one.
    within
        Of `out`, the folder that is meant: that of a lesson.
    script
        The command, if it isn't that with the stand-ins, which begins in an instant.
    """

    def __init__(
        self, root: Path, base: Path | None = None, within: str = "", script: Path = STAND_IN
    ) -> None:
        self.root, self.script = root, script
        self.work, self.temporary, self.around = root / "work", root / "tmp", root / "around"
        for folder in (self.work, self.temporary, self.around / "folder"):
            folder.mkdir(parents=True)
        (self.around / "secret.txt").write_text("what is outside stays as it is\n")
        (self.around / "folder" / "precious.txt").write_text("so does this\n")
        self.out = self.work / "out" / within
        if base is not None:
            shutil.copytree(base, self.out)
        self.batches: list[Batch] = []
        self.begun = 0
        self.guests: dict[str, str] = {}
        """What somebody else put into `out`, by its path there, with the SHA-256 of it."""
        self.before = picture(self.around)

    def run(self, *arguments: str, **options: Any) -> Batch:
        """Run a command to its end."""
        batch = Batch(self, *(arguments or ASKED), **options)
        batch.wait()
        return batch

    def guest(self, name: str, data: bytes = b"mine\n") -> None:
        """Put a file of somebody else's into `out`."""
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.guests[name] = hashlib.sha256(data).hexdigest()

    @cached_property
    def reference(self) -> dict[str, dict[str, str]]:
        """What each clip's files are, if nothing goes wrong."""
        return files_of(self.root.parent / "base")

    def problems(self, *, clips: bool = True) -> list[str]:
        """Say what is wrong already, whatever happened; with `clips`, what of these is."""
        found = [each for batch in self.batches for each in batch.problems()]
        if picture(self.around) != self.before:
            found.append("something outside was changed")
        for batch in self.batches:
            if batch.code is not None and not soon(lambda batch=batch: not batch.processes):
                found.append("processes are left")
                batch.send(signal.SIGKILL, to_all=True)
        return found + (self._wrong_clips() if clips else []) + self._lost()

    def _wrong_clips(self) -> list[str]:
        try:
            there = files_of(self.out)
        except (OSError, ValueError):
            return []  # a record is damaged, and the next batch has to find that
        found = []
        for id, files in there.items():
            if id in self.reference and files != self.reference[id]:
                names = [name for name in files if files[name] != self.reference[id].get(name)]
                found.append(f"a wrong clip: {', '.join(names)} of {id}")
        return found

    def _lost(self) -> list[str]:
        return [
            f"{name!a} is lost"
            for name, sha256 in self.guests.items()
            if not (self.out / name).is_file() or _sha256(self.out / name) != sha256
        ]

    def settle(self, *arguments: str, allowed: Iterable[str] = ()) -> list[str]:
        """Run once more, undisturbed, and say what is wrong when that has ended.

        `allowed` are names of what somebody else may have in `out`.
        """
        last = self.run(*arguments)
        found = self.problems()
        if last.code:
            said = last.said.strip().splitlines()
            return [
                *found,
                f"the last batch ended with {last.code}: {said[-1][:300] if said else ''}",
            ]
        if not files_of(self.out).keys() >= self.reference.keys():
            found.append("clips are missing in the end")
        guests = {Path(name).parts[0] for name in self.guests}
        found += self.left_behind({*guests, *allowed})
        manifest = json.loads((self.out / "manifest.json").read_text("utf-8"))
        if {clip["id"] for clip in manifest["clips"]} < self.reference.keys() or manifest["due"]:
            found.append("the manifest does not tell what is there")
        return found

    def left_behind(self, allowed: Iterable[str] = ()) -> list[str]:
        """Say what is left that should not be."""
        there = {path.name for path in self.out.iterdir()} if self.out.is_dir() else set()
        left = there - OURS - set(allowed)
        found = [f"left behind: {sorted(left)!a}"] if left else []
        if any(self.temporary.iterdir()):
            found.append("something is left in the folder for temporary files")
        return found

    @property
    def is_drawing(self) -> bool:
        """Whether a worker has begun to write a clip."""
        with contextlib.suppress(OSError):  # what is looked into goes away
            folders = (self.temporary.glob(f"{'lamath-*/' * depth}*/bundle/*") for depth in (1, 2))
            return any(any(found) for found in folders)
        return False


def soon(condition: Callable[[], object], patience: float = 30) -> bool:
    """Wait until a condition holds, and say whether it did in time."""
    until = time.monotonic() + patience
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def files_of(out: Path) -> dict[str, dict[str, str]]:
    """Give what is in the files of every clip whose record is there, by its id."""
    found = {}
    for record in out.glob("clips/*/clip.json"):
        if not stat.S_ISREG(record.lstat().st_mode) or record.parent.is_symlink():
            continue
        said = json.loads(record.read_text("utf-8"))
        names = sorted(said["files"].values())
        found[record.parent.name] = {name: _sha256(record.parent / name) for name in names}
    return found


def _sha256(path: Path) -> str:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return "not a file"
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        return f"unreadable: {error.strerror}"


def picture(folder: Path) -> dict[str, str]:
    """Give all that is in a folder."""
    return {
        str(path.relative_to(folder)): str(path.is_dir()) if path.is_dir() else _sha256(path)
        for path in sorted(folder.rglob("*"))
    }


def remove(path: Path) -> None:
    """Remove whatever is there, and follow nothing."""
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
    else:
        shutil.rmtree(path, ignore_errors=True)


def pick(rng: Random, paths: Iterable[Path]) -> Path | None:
    """Choose one of some paths, if there are any."""
    found = sorted(paths)
    return rng.choice(found) if found else None
