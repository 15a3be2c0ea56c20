"""The Dask pool: a cluster behind `concurrent.futures.Executor`, so that many machines do as one.

A task travels with everything it needs and comes back as bytes, so the machines share no
disk. Each Dask worker lets a pool of one do the work: a scene that crashes costs its own
process, not the worker; limits hold as they do at home; and whatever a worker is allowed
to do at a time, clips are rendered one after another, since Manim's configuration is one
for all threads. What becomes of tasks whose worker is lost is the scheduler's affair.

A worker gets tasks only once it was compared with this machine: tasks need a resource, in
Dask's sense, which is given to those that would draw the same pictures. So one that joins
later and differs is left out and named, and what it could have taken goes to the others.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import hashlib
import itertools
import logging
import multiprocessing
import pickle
import shutil
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import asdict
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import scenes
from scenes.studio.request.clip import UnusableError
from scenes.studio.run.limits import TRIES, USUAL, Limits, Throttle
from scenes.studio.run.pool import WorkerLostError, WorkerPool
from scenes.studio.store import versions
from scenes.studio.store.result import Progress
from scenes.studio.store.temporary import TemporaryFolder, clear_away

__all__ = ["DaskPool", "differences", "environment_of"]

P = ParamSpec("P")
T = TypeVar("T")

_CONNECTING = 10  # seconds until a scheduler that doesn't answer is given up
_STARTING = 60  # seconds until the file of a scheduler that may be starting is given up
_LOOKING = 1  # second between two looks at who has joined
_OFTEN = 0.5  # seconds between two reports of one worker


class DaskPool(Executor):
    """Runs tasks on the workers of a Dask scheduler.

    Parameters
    ----------
    address
        The scheduler's, ``tcp://host:8786``, or the ``.json`` file that its
        ``--scheduler-file`` names.
    languages
        For which the workers need fonts.
    hear
        Called with the Progress that tasks report, from a thread of its own.
    say
        Called with a line for the person who waits, also from a thread of its own.
    limits
        For the pool of each worker.

    Raises
    ------
    UnusableError
        If no scheduler answers, or a worker is not like this machine in all that shows. Of
        those that join later, `say` hears.
    """

    def __init__(
        self,
        address: str,
        languages: tuple[str, ...] = (),
        hear: Callable[[Progress], None] = lambda _: None,
        say: Callable[[str], None] = lambda _: None,
        limits: Limits = USUAL,
    ) -> None:
        self._topic = f"lamath-{uuid.uuid4()}"
        self._languages = languages
        self._expected = environment_of(languages)
        self._limits = pickle.dumps(limits)
        self._say = say
        self._refused: set[tuple[str, str]] = set()
        self._left = threading.Event()
        like_us = hashlib.sha256(repr(sorted(self._expected.items())).encode()).hexdigest()
        self._resource = f"lamath-{like_us[:12]}"
        self._client = _connect(address, say)
        try:
            self._await_worker()
            self._compare()
            self._client.subscribe_topic(
                self._topic, lambda event: hear(Progress(**event[1]["progress"]))
            )
        except OSError as error:
            self._client.close()
            raise UnusableError(_no_scheduler(address, error)) from None
        except BaseException:
            self._client.close()
            raise
        self._executor = self._client.get_executor(
            pure=False, retries=TRIES - 1, resources={self._resource: 1}
        )
        self._watcher = threading.Thread(target=self._watch, name="joining", daemon=True)
        self._watcher.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Let a worker do `fn(*args, **kwargs)`; all of it has to pickle.

        The future is cancelled should the scheduler be lost.
        """
        # Pickled here, for the scheduler would look into anything else.
        task = pickle.dumps((fn, args, kwargs))
        try:
            done: Future[T] = self._executor.submit(_do, self._topic, self._limits, task)
        except Exception:
            if self._client.status == "running":
                raise
            done = Future()
            done.cancel()
            done.set_running_or_notify_cancel()  # or nobody who waits for it would wake up
        return done

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster when the tasks are done; it goes on without us."""
        with contextlib.suppress(OSError):  # who is lost can't be taken leave of
            self._executor.shutdown(wait=wait and not cancel_futures)
        self._left.set()
        self._watcher.join()
        self._client.close()

    def kill(self) -> None:
        """Leave at once: what no worker has begun is not begun any more."""
        self.shutdown(cancel_futures=True)

    # Workers

    def _workers(self) -> dict[str, Any]:
        """Give what the scheduler knows of its workers, by their addresses."""
        known: dict[str, Any] = self._client.scheduler_info(n_workers=-1)["workers"]
        if self._client.status != "running":
            raise ConnectionError("it does not answer any more")
        return known

    def _await_worker(self) -> None:
        if not self._workers():
            address = self._client.scheduler.address
            self._say(f"waiting for a worker; start one with: dask worker {address} --nthreads 1")
            while not self._workers():
                time.sleep(0.2)

    def _compare(self) -> None:
        """Hold that every worker would draw the same pictures as this machine."""
        try:
            self._client.run_on_scheduler(environment_of)
        except Exception as error:
            raise UnusableError(f"the scheduler {differences({}, error)}") from None
        wrong = self._admit(None)
        if wrong:
            worker, text = next(iter(sorted(wrong.items())))
            others = f" (and {len(wrong) - 1} more like it)" if len(wrong) > 1 else ""
            raise UnusableError(f"worker {worker}{others} {text}")

    def _admit(self, workers: list[str] | None) -> dict[str, str]:
        """Give tasks to those of some workers (None: all) that are like this machine.

        Returns
        -------
        dict
            In what the others differ, by their addresses.
        """
        found = self._client.run(
            environment_of, self._languages, workers=workers, on_error="return"
        )
        said = {worker: differences(self._expected, its) for worker, its in found.items()}
        alike = [worker for worker, text in said.items() if not text]
        self._client.run(_take_part, self._resource, workers=alike, on_error="ignore")
        self._client.run_on_scheduler(_look_again, alike)
        return {worker: text for worker, text in said.items() if text}

    def _watch(self) -> None:
        """Look at workers that join, for as long as there is work."""
        while not self._left.wait(_LOOKING):
            # One that leaves at once can't be asked, and one that stays is asked again.
            with contextlib.suppress(Exception):
                new = {
                    address: (address, info["local_directory"])
                    for address, info in self._workers().items()
                    if self._resource not in info["resources"]
                }
                new = {each: who for each, who in new.items() if who not in self._refused}
                for worker, text in sorted(self._admit(list(new)).items() if new else ()):
                    self._refused.add(new[worker])
                    self._say(f"worker {worker} is left out: it {text}")


def _connect(address: str, say: Callable[[str], None]) -> Any:
    """Find the scheduler, or say that there is none."""
    try:
        from distributed import Client
        from distributed.comm import get_address_host_port, resolve_address
    except ImportError:
        raise UnusableError(
            '--dask needs the extra "dask": make setup, or pip install -e ".[dask]"'
        ) from None
    for name in logging.root.manager.loggerDict:
        if name.startswith(("distributed", "tornado")):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is said by us
    where = {"scheduler_file" if address.endswith(".json") else "address": address}
    try:
        if "scheduler_file" in where:
            _await(Path(address), say)
        if "address" in where:
            get_address_host_port(resolve_address(address))  # a Client of nonsense never closes
        return Client(**where, timeout=_CONNECTING, set_as_default=False)
    except (OSError, ValueError, TypeError, ImportError) as error:
        raise UnusableError(_no_scheduler(address, error)) from None


def _no_scheduler(address: str, error: BaseException) -> str:
    return (
        f"--dask: no scheduler answers at {address} ({_first_line(error)}); "
        "start one with: dask scheduler"
    )


def _await(file: Path, say: Callable[[str], None]) -> None:
    """Wait for the file of a scheduler that is about to start, as in a job of many steps."""
    if not file.is_file():
        say(f"waiting for {file}, which dask scheduler --scheduler-file writes")
    until = time.monotonic() + _STARTING
    while not file.is_file():
        if time.monotonic() > until:
            raise FileNotFoundError("the file does not appear")
        time.sleep(0.2)


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


# What has to be the same


@functools.cache
def environment_of(languages: tuple[str, ...] = ()) -> dict[str, str]:
    """Name the versions of everything on this machine that shows in a clip."""
    tools = dict(each.rsplit(" ", 1) for each in versions.libraries().split(", "))
    fonts = {f"font for {language}": versions.fonts(language) for language in languages}
    return {"project": _project()} | tools | fonts


def _project() -> str:
    """Fingerprint the project's own code and words."""
    digest = hashlib.sha256()
    root = scenes.FOLDER.parent
    for path in sorted(
        itertools.chain.from_iterable(
            (root / room).rglob(f"*.{kind}") for room in ("lamath", "scenes") for kind in _KINDS
        )
    ):
        source = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(source)}\n".encode() + source)
    return digest.hexdigest()[:12]


_KINDS = ("py", "po", "html", "css", "js")


def differences(here: Mapping[str, str], there: Mapping[str, str] | BaseException) -> str:
    """Say in what a worker differs, and what to do about it; nothing if it doesn't.

    >>> differences({"numpy": "2.4.6"}, {"numpy": "2.3.0"})
    'has numpy 2.3.0, here it is 2.4.6; run make setup there, and start the worker again'
    """
    if isinstance(there, BaseException):
        return (
            f"does not have this project, or not this version of it ({_first_line(there)}); "
            "check it out there, run make setup, and start again from its .venv"
        )
    different = [what for what in here if here[what] != there.get(what)]
    if not different:
        return ""
    said = ", ".join(f"{what} {there.get(what)}, here it is {here[what]}" for what in different)
    if "project" in different:
        remedy = "check out the same version there"
    elif all(what.startswith("font") for what in different):
        remedy = "install the same font there"
    else:
        remedy = "run make setup there"
    return f"has {said}; {remedy}, and start the worker again"


# At the scheduler


def _look_again(workers: list[str], dask_scheduler: Any = None) -> None:
    """Let workers have what no worker could take until now."""
    for worker in filter(None, map(dask_scheduler.workers.get, workers)):
        due = dask_scheduler.bulk_schedule_unrunnable_after_adding_worker(worker)
        dask_scheduler.transitions(due, f"lamath-{time.time()}")


# At the worker


async def _take_part(resource: str, dask_worker: Any = None) -> None:
    """Let this worker have tasks, one at a time."""
    await dask_worker.set_resources(**{resource: 1})


_one_at_a_time = threading.Lock()
_hear: Callable[[Progress], None] = lambda _: None  # noqa: E731
_pool: tuple[bytes, WorkerPool, TemporaryFolder] | None = None


def _do(topic: str, limits: bytes, task: bytes) -> Any:
    """Do a task, in this worker's pool of one."""
    from distributed import get_worker

    global _hear
    worker = get_worker()
    with _one_at_a_time:
        _hear = Throttle(
            lambda progress: worker.log_event(topic, {"progress": asdict(progress)}), _OFTEN
        )
        pool, scratch = _worker_pool(limits)
        place = Path(tempfile.mkdtemp(dir=scratch))
        try:
            return pool.submit(_do_in, place, task).result()
        except WorkerLostError as error:
            error.log = "".join(path.read_text("utf-8", "replace") for path in place.rglob("*.log"))
            raise
        finally:
            shutil.rmtree(place, ignore_errors=True)


def _worker_pool(limits: bytes) -> tuple[WorkerPool, Path]:
    """Give the pool of this worker, and a folder that goes when the worker does."""
    global _pool
    if _pool is None:
        # Children of a daemon are forbidden since they would outlive it; those of a pool don't.
        multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
        atexit.register(_dismiss)
    elif _pool[0] != limits:
        _dismiss()
    else:
        return _pool[1], _pool[2].path
    told: Limits = pickle.loads(limits)  # noqa: S301  (Dask itself sends pickles)
    scratch = TemporaryFolder()
    pool = WorkerPool(
        1, lambda progress: _hear(progress), scratch.path,
        clear=clear_away, time_limit=told.time, memory=told.memory,
    )  # fmt: skip
    _pool = limits, pool, scratch
    return pool, scratch.path


def _dismiss() -> None:
    if _pool is not None:
        _pool[1].kill()
        _pool[2].close()


def _do_in(place: Path, task: bytes) -> Any:
    """Do a task with temporary files in a place that is cleared away, whatever happens."""
    tempfile.tempdir = str(place)
    try:
        fn, args, kwargs = pickle.loads(task)  # noqa: S301  (Dask itself sends pickles)
        return fn(*args, **kwargs)
    finally:
        tempfile.tempdir = None
