"""The worker pool: processes on this machine, behind `concurrent.futures.Executor`.

The standard library's process pool breaks as a whole when one worker dies: every
clip in flight is lost, and nothing tells which one was to blame. Here each worker has
a pipe of its own, so a dead worker costs its own clip only, and is replaced.
"""

from __future__ import annotations

import contextlib
import gc
import math
import multiprocessing
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from scenes.studio.run.loaded import OutdatedError, note_loaded

__all__ = ["PoolLostError", "WorkerLostError", "WorkerPool", "ending", "report"]

P = ParamSpec("P")
T = TypeVar("T")

_spawn = multiprocessing.get_context("spawn")
_HAS_SIGNAL_MASKS = hasattr(signal, "pthread_sigmask")
_WATCHED = 0.2  # seconds between two looks at a worker
_STARTING = 60  # seconds more for a worker that has yet to start and load its libraries


class WorkerLostError(RuntimeError):
    """A worker died in the middle of a task; `log` is what it had written, if that is known."""

    log = ""


class PoolLostError(ConnectionError):
    """Who does the tasks is out of reach, and so are the tasks."""


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


class WorkerPool(Executor):
    """Runs tasks in `jobs` processes, each started once and used again and again.

    Parameters
    ----------
    jobs
        How many processes.
    hear
        Called with whatever a task passes to `report`, from a thread per worker.
    scratch
        A folder, for the temporary files of workers.
    clear
        What workers do with it should this process die.
    time_limit
        Gives the seconds that a task may take from its first report on, asked anew with
        every report; a worker that takes longer is killed.
    memory
        Megabytes that a worker may use; one that uses more is killed.
    forked
        Whether workers begin at once as copies of this process, with all that it has loaded.
    """

    def __init__(
        self,
        jobs: int,
        hear: Callable[[Any], None] = lambda _: None,
        scratch: Path | None = None,
        *,
        clear: Callable[[Path], None] = _remove,
        time_limit: Callable[[Any], float] = lambda _: math.inf,
        memory: float = math.inf,
        forked: bool = False,
    ) -> None:
        self._hear = hear
        self._kind: Any = multiprocessing.get_context("fork") if forked else _spawn
        self._scratch = scratch
        self._clear = clear
        self._time_limit = time_limit
        self._memory = memory
        self._lane = threading.local()
        self._lock = threading.Lock()
        # Copied before this process has threads: what one of them held would stay held for
        # ever in a copy.
        self._waiting = [self._start_worker() for _ in range(jobs if forked else 0)]
        self._workers = set(self._waiting)
        self._closed = False
        if _HAS_SIGNAL_MASKS:
            # Now, because it unblocks signals in the thread that first needs it.
            resource_tracker.ensure_running()
        self._threads = ThreadPoolExecutor(jobs, "pool", initializer=_leave_signals_to_main)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Let a worker do `fn(*args, **kwargs)`; all of it has to pickle."""
        return self._threads.submit(self._send, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the workers go when they are done."""
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        if wait:
            self._dismiss(_Worker.retire)

    def kill(self) -> None:
        """Stop at once: no worker is left when this returns."""
        self._dismiss(_Worker.kill)
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _dismiss(self, how: Callable[[_Worker], None]) -> None:
        with self._lock:
            self._closed = True
            workers = list(self._workers)
        for worker in workers:
            how(worker)

    def _send(self, fn: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        worker = self._own_worker()
        try:
            return worker.do(fn, args, kwargs, self._hear, self._time_limit, self._memory)
        except (WorkerLostError, OutdatedError) as error:
            self._lane.worker = None
            with self._lock:
                self._workers.discard(worker)
            if isinstance(error, OutdatedError):  # what it has loaded it can't load anew
                worker.retire()
            raise

    def _own_worker(self) -> _Worker:
        """Give the worker of this thread."""
        worker: _Worker | None = getattr(self._lane, "worker", None)
        if worker is None:
            with self._lock:
                if self._closed:
                    raise WorkerLostError("the pool has been dismissed")
                worker = self._lane.worker = (
                    self._waiting.pop() if self._waiting else self._start_worker()
                )
                self._workers.add(worker)
        return worker

    def _start_worker(self) -> _Worker:
        return _Worker(self._scratch, self._clear, self._kind)


class _Worker:
    """One process at the other end of a pipe."""

    def __init__(
        self, scratch: Path | None, clear: Callable[[Path], None], kind: Any = _spawn
    ) -> None:
        self._pipe, far_end = kind.Pipe()
        self._process = kind.Process(
            target=_serve, args=(far_end, scratch, clear), name="pool", daemon=True
        )
        self._process.start()
        far_end.close()  # so that the pipe ends when the process does
        self._looked = -math.inf

    def do(
        self,
        fn: Any,
        args: Any,
        kwargs: Any,
        hear: Callable[[Any], None],
        time_limit: Callable[[Any], float],
        memory: float,
    ) -> Any:
        began, allowed, starting = time.monotonic(), time_limit(None), _STARTING
        try:
            self._pipe.send((fn, args, kwargs))
            while True:
                while not self._pipe.poll(_WATCHED):
                    self._hold(began, allowed + starting, allowed, memory)
                kind, value = self._pipe.recv()
                if kind != "told":
                    break
                if starting:
                    began, starting = time.monotonic(), 0
                allowed = time_limit(value)
                hear(value)
                self._hold(began, allowed, allowed, memory)
        except (EOFError, OSError) as error:
            self._process.join()
            raise WorkerLostError(f"the worker {ending(self._process.exitcode)}") from error
        if kind == "raised":
            raise value
        return value

    def _hold(self, began: float, until: float, allowed: float, memory: float) -> None:
        """Kill a worker that takes too long or needs too much memory."""
        now = time.monotonic()
        if now - self._looked < _WATCHED:
            return
        self._looked = now
        if now - began > until:
            self.kill()
            raise WorkerLostError(f"it was given up after {allowed:.0f} s")
        if memory < math.inf and memory_of(self._process.pid) > memory:
            self.kill()
            raise WorkerLostError(f"it needed more than {memory:.0f} MB of memory")

    def retire(self) -> None:
        """Let an idle worker end by itself."""
        with contextlib.suppress(OSError):
            self._pipe.send(None)
        self._process.join(timeout=5)
        self.kill()

    def kill(self) -> None:
        self._process.kill()
        self._process.join()


def memory_of(pid: int | None) -> float:
    """Give the megabytes that a process has to itself; 0 where that can't be told.

    Why this is watched, and not bounded by RLIMIT_AS: that counts addresses, of which
    threads, libraries and mapped files of weights result gigabytes without any memory; and
    Pango and x264 abort without a word when they get none.
    """
    if sys.platform == "linux":
        try:
            resident, shared = Path(f"/proc/{pid}/statm").read_text().split()[1:3]
        except (OSError, ValueError):
            return 0
        return (int(resident) - int(shared)) * os.sysconf("SC_PAGESIZE") / 2**20
    if sys.platform == "darwin":
        ps = ["/bin/ps", "-o", "rss=", "-p", str(pid)]
        said = subprocess.run(ps, capture_output=True, check=False).stdout  # noqa: S603
        return int(said or 0) / 2**10
    return 0


def ending(code: int | None) -> str:
    """Say how a process ended that should not have."""
    if code is not None and code < 0:
        return f"was killed ({signal.Signals(-code).name}); memory may have run out"
    return f"stopped (exit code {code})"


def _leave_signals_to_main() -> None:
    """Block SIGINT in this thread and in the processes it starts: Ctrl-C is the parent's to handle.

    A worker would otherwise print a traceback when Ctrl-C reaches it while it starts.
    """
    if _HAS_SIGNAL_MASKS:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


# In the worker

_tell: Callable[[Any], None] = lambda _: None  # noqa: E731


def report(message: Any) -> None:
    """Tell the parent something from within a task; nothing happens outside of a worker."""
    _tell(message)


def _serve(pipe: Connection, scratch: Path | None, clear: Callable[[Path], None]) -> None:
    """Do tasks until there are no more."""
    global _tell
    note_loaded()
    if scratch is not None:
        tempfile.tempdir = str(scratch)
    with Path(os.devnull).open("w") as nowhere:  # what libraries print while they load
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # There are as many workers as cores: none needs more threads for its small matrices.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    watcher = threading.Thread(target=_die_with_parent, args=(scratch, clear), daemon=True)
    watcher.start()
    _tell = lambda message: pipe.send(("told", message))  # noqa: E731
    while True:
        try:
            task = pipe.recv()
        except EOFError:  # only when the parent has died
            watcher.join()
        if task is None:
            return
        fn, args, kwargs = task
        try:
            pipe.send(("done", fn(*args, **kwargs)))
        except Exception as error:
            pipe.send(("raised", _portable(error)))
        gc.collect()  # what refers to itself, as a scene does, would stay during the next task


def _portable(error: Exception) -> Exception:
    """Give the error itself if it survives the journey, else its text."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  (made on the line itself)
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _die_with_parent(scratch: Path | None, clear: Callable[[Path], None]) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        if scratch is not None:
            clear(scratch)
        os._exit(1)
