"""A batch: renders what is due, whatever fails, and brings manifest and page up to date.

However it ends, by Ctrl-C too, no worker and no half of a bundle is left.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import CancelledError
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from scenes.studio.report.batch_result import BatchResult
from scenes.studio.report.estimate import BatchEstimate
from scenes.studio.report.lesson_record import LESSON
from scenes.studio.report.listener import Listener, Silent
from scenes.studio.report.page import is_current, write_page
from scenes.studio.request.clip import Clip, UnusableError
from scenes.studio.run.limits import MEMORY, TRIES, Limits, TimeLimit
from scenes.studio.run.memory import workers_that_fit
from scenes.studio.run.pool import PoolLostError, WorkerLostError, WorkerPool
from scenes.studio.run.scheduler import NO_ROOM, Scheduler
from scenes.studio.run.task import prepare_worker, render_task
from scenes.studio.store.clip_store import ClipStore
from scenes.studio.store.due import ClipState, compare
from scenes.studio.store.moves import put_right
from scenes.studio.store.record import ClipRecord
from scenes.studio.store.result import Progress
from scenes.studio.store.temporary import TemporaryFolder, clear_away, clear_left
from scenes.wording import short

if TYPE_CHECKING:
    from scenes.studio.run.dask_pool import DaskPool

__all__ = ["Request", "render_batch"]


@dataclass(frozen=True)
class Request:
    """What a batch is asked to do.

    Parameters
    ----------
    clips
        What to render.
    out, within
        The folder for the bundles and the page, and names of folders in it, the last of which
        is meant instead; none of these may be a link.
    jobs
        How many workers of this machine.
    dask
        The address of a Dask scheduler, to render with its workers instead.
    lesson
        What the page of a lesson shows; None leaves the page as it is.
    force
        Render all clips, due or not.
    prune
        Remove bundles of `out` that are not among these clips.
    verify
        Read all files of bundles that are there, changed or not, to find damage.
    timeout, memory
        Seconds for a clip (see `TimeLimit`), megabytes for a worker.
    beat_cache
        For drafts: where the beats drawn so far are kept. Workers then begin as copies of
        this process, if the system can do that.
    """

    clips: tuple[Clip, ...]
    out: Path
    within: tuple[str, ...] = ()
    jobs: int = 1
    dask: str | None = None
    lesson: Mapping[str, Any] | None = field(default=None, compare=False)
    force: bool = False
    prune: bool = False
    verify: bool = False
    timeout: float | None = None
    memory: int = MEMORY
    beat_cache: Path | None = None

    @property
    def folder(self) -> Path:
        """The folder that is meant."""
        return self.out.joinpath(*self.within)

    @property
    def limits(self) -> Limits:
        """What workers are held to."""
        # elsewhere than on Linux fonts don't survive a fork
        forked = self.beat_cache is not None and sys.platform == "linux"
        return Limits(TimeLimit(self.timeout), self.memory, forked)


def render_batch(request: Request, listener: Listener | None = None) -> BatchResult:
    """Render what is due, tell a listener how it goes on, and give what it came to.

    Raises
    ------
    UnusableError
        If the batch can't start; nothing has been written then.
    """
    listener = listener or Silent()
    request = replace(request, out=request.out.absolute())
    estimate = BatchEstimate(request.clips)
    listener.started(estimate, request.folder)
    clear_left()
    store = ClipStore(request.out, *request.within)
    states = _compared(request, store)
    has_news = any(state.why for state in states)
    has_news |= store.is_writable and (store.has_leftovers or any(s.is_news for s in states))
    if not request.prune and not has_news and _is_told(store, request.lesson):
        records = _kept(states, listener, estimate)  # a folder that can't be written to will do
    else:
        records = _Batch(request, store, listener, estimate).run(states)
    unwanted = tuple(store.unwanted(clip.id for clip in request.clips))
    times = (estimate.seconds, estimate.wall, estimate.cpu)
    return BatchResult(tuple(records), request.folder, *times, unwanted)


def _compared(request: Request, store: ClipStore) -> tuple[ClipState, ...]:
    return compare(request.clips, store, force=request.force, thorough=request.verify)


class _Batch:
    """A batch that has something to do."""

    def __init__(
        self, request: Request, store: ClipStore, listener: Listener, estimate: BatchEstimate
    ) -> None:
        self._request = request
        self._store = store
        self._listener = listener
        self._estimate = estimate
        self._heard: SimpleQueue[Progress] = SimpleQueue()
        self._scratch: Path | None = None
        """Where workers of this machine draw: not in `out`, to which others may write."""

    def run(self, states: tuple[ClipState, ...]) -> list[ClipRecord]:
        """Render what is due among the states; they are looked at again after waiting."""
        request, store = self._request, self._store
        ids, has_lesson = [clip.id for clip in request.clips], request.lesson is not None
        _or_unusable(partial(store.check, ids, lesson=has_lesson))
        with contextlib.ExitStack() as at_end:  # runs from the last line to the first
            at_end.callback(store.close)
            at_end.callback(store.remove_if_empty)
            _or_unusable(partial(store.open, self._tell_of_waiting))
            if store.has_waited:  # another batch has been here
                states = _compared(request, store)
            due = tuple(state for state in states if state.why)
            if due and request.dask is None:
                self._scratch = at_end.enter_context(TemporaryFolder(request.beat_cache))
            pool = self._pool(due) if due else None
            if pool is not None:
                at_end.callback(pool.kill)
                self._prepare(pool, due)
            if request.lesson is not None:
                store.write(LESSON, _as_json(request.lesson))
            store.due = {state.clip: state.why for state in due}
            for state in due:
                if state.is_damaged:
                    self._listener.told(f"clips/{state.clip.id}: {state.why}: drawn again")
            at_end.callback(_list, store)
            for state in states:
                if state.is_news and not state.why and state.record is not None:
                    with contextlib.suppress(OSError):  # then they are read again next time
                        store.note_verified(state.record)
            records = _kept(states, self._listener, self._estimate)
            if pool is not None:
                at_end.callback(pool.kill)
                with contextlib.suppress(OSError):
                    store.write_manifest()  # says what is due, should nobody live to say more
                records += self._scheduler(pool).render(due)
            if request.prune:
                self._prune()
            return records

    def _pool(self, due: tuple[ClipState, ...]) -> WorkerPool | DaskPool:
        """Start who renders: a pool on this machine, or a Dask cluster's workers."""
        request, limits = self._request, self._request.limits
        if request.dask is None:
            return WorkerPool(
                self._jobs(due),
                self._heard.put,
                self._scratch,
                clear=partial(_clear_up, self._store.scratch),
                time_limit=limits.time,
                memory=limits.memory,
                forked=limits.forked,
            )
        from scenes.studio.run.dask_pool import DaskPool

        tell = self._listener.told
        return DaskPool(request.dask, _languages(due), self._heard.put, tell, limits)

    def _prepare(self, pool: WorkerPool | DaskPool, due: tuple[ClipState, ...]) -> None:
        """Start all workers, and see with the first whether clips can be rendered here."""
        jobs = min(self._request.jobs, len(due)) if self._request.dask is None else 1
        languages = _languages(due)
        first, *_ = [pool.submit(prepare_worker, languages) for _ in range(jobs)]
        try:
            for _ in range(TRIES - 1):
                if isinstance(first.exception(), WorkerLostError):
                    first = pool.submit(prepare_worker, languages)
            problem = first.result()
        except CancelledError:
            raise PoolLostError("--dask: the scheduler was lost; run this again") from None
        except Exception as error:
            problem = f"clips can't be rendered on this machine: {type(error).__name__}: {error}"
        if problem:
            raise UnusableError(problem)

    def _jobs(self, due: tuple[ClipState, ...]) -> int:
        """Give how many workers of this machine there are to be."""
        return workers_that_fit(min(self._request.jobs, len(due)), self._request.memory)

    def _scheduler(self, pool: WorkerPool | DaskPool) -> Scheduler:
        cache, scratch = self._request.beat_cache, self._scratch
        task = render_task if cache is None else partial(render_task, beat_cache=cache)
        heard, listener, estimate = self._heard, self._listener, self._estimate
        return Scheduler(pool, self._store, heard, listener, estimate, task, scratch=scratch)

    def _prune(self) -> None:
        store, tell = self._store, self._listener.told
        wanted = [clip.id for clip in self._request.clips]
        for folder in store.unreadable(wanted):
            tell(f"{folder} stays: its clip.json can't be read; look whether to remove it yourself")
        for folder in store.unwanted(wanted):
            left = [short(name) for name in store.remove(folder)]
            if left:
                more = f" and {len(left) - 3} more" if len(left) > 3 else ""
                tell(f"{folder} stays: {', '.join(left[:3])}{more} in it was not made by render.py")
            else:
                tell(f"removed {folder}")

    def _tell_of_waiting(self) -> None:
        store = self._store
        self._listener.told(
            f"{store.at_work} renders into {store.out}; waiting for it to finish (Ctrl-C gives up)"
        )


def _kept(
    states: Iterable[ClipState], listener: Listener, estimate: BatchEstimate
) -> list[ClipRecord]:
    """Tell of the clips that need not be rendered."""
    kept = []
    for state in states:
        if not state.why and state.record is not None:
            kept.append(replace(state.record, status="kept"))
            estimate.settle(state.clip, kept[-1])
            listener.finished(state.clip, kept[-1], estimate)
    return kept


def _clear_up(batch: Path, scratch: Path) -> None:
    """Clear away what a batch leaves that has died."""
    put_right(batch)
    clear_away(scratch)


def _is_told(store: ClipStore, lesson: Mapping[str, Any] | None) -> bool:
    """Whether manifest and page say what they should."""
    with contextlib.suppress(OSError):
        wanted = None if lesson is None else _as_json(lesson)
        told = wanted is None or store.folder.read(LESSON, len(wanted)) == wanted
        return told and is_current(store)
    return False


def _as_json(lesson: Mapping[str, Any]) -> bytes:
    return json.dumps(lesson, ensure_ascii=False).encode()


def _languages(states: Iterable[ClipState]) -> tuple[str, ...]:
    return tuple(sorted({state.clip.language for state in states}))


def _or_unusable(step: Callable[[], None]) -> None:
    try:
        step()
    except OSError as error:
        what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        raise UnusableError(f"--out: {what}") from None


def _list(store: ClipStore) -> None:
    """Bring manifest and page up to date; an empty store needs none."""
    store.make_room()
    if store.records() or any(why.startswith(NO_ROOM) for why in store.due.values()):
        write_page(store)
    else:
        store.remove_own()
