"""Hands clips to a pool of workers, tries again what fails, publishes each result as it comes."""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue

from scenes.studio.report.embedding import embeddable
from scenes.studio.report.estimate import BatchEstimate
from scenes.studio.report.listener import Listener
from scenes.studio.request.clip import Clip
from scenes.studio.run.limits import TRIES
from scenes.studio.run.loaded import OutdatedError
from scenes.studio.run.pool import PoolLostError
from scenes.studio.run.task import render_task, take_log
from scenes.studio.store.clip_store import ClipStore
from scenes.studio.store.due import ClipState
from scenes.studio.store.record import ClipRecord
from scenes.studio.store.result import ClipResult, Progress

__all__ = ["NO_ROOM", "Scheduler"]

_IN_FLIGHT = 2**30  # bytes of files that wait in a cluster's queue, if several clips have any
_RENEWALS = 5  # times that a clip is begun anew because its sources were edited
NO_ROOM = "failed, and there was no room for its log: "


class Scheduler:
    """Renders clips with any executor and publishes them in an open store.

    What fails is tried once more.

    Parameters
    ----------
    executor
        Who does the tasks.
    store
        Where results are published.
    heard
        What workers report.
    listener, estimate
        Who hears of it, and what is known of the batch.
    task
        What a worker does.
    scratch
        Where the workers draw, if they see this machine's disk. Those that don't find a place
        of their own and get the bytes of the files that a clip shows, and their cluster tries
        again by itself what a worker took to its grave.
    """

    def __init__(
        self,
        executor: Executor,
        store: ClipStore,
        heard: SimpleQueue[Progress],
        listener: Listener,
        estimate: BatchEstimate,
        task: Callable[..., ClipResult] = render_task,
        *,
        scratch: Path | None = None,
    ) -> None:
        self._executor = executor
        self._store = store
        self._heard = heard
        self._listener = listener
        self._estimate = estimate
        self._task = task
        self._scratch = scratch
        self._running: dict[Future[ClipResult], ClipState] = {}
        self._sent: dict[Future[ClipResult], int] = {}  # bytes
        self._tries: Counter[str] = Counter()
        self._renewed: Counter[str] = Counter()
        self._last: dict[str, Progress] = {}

    def render(self, states: Iterable[ClipState]) -> list[ClipRecord]:
        """Render clips, and give their records in the order of their completion.

        Raises
        ------
        PoolLostError
            If the executor gave up what it was to do.
        """
        queue, records = deque(states), []
        while queue or self._running:
            while queue and (not self._running or sum(self._sent.values()) < _IN_FLIGHT):
                self._begin(queue.popleft())
            done, _ = wait(self._running, timeout=0.1, return_when=FIRST_COMPLETED)
            self._listen()
            for future in sorted(done, key=Future.cancelled):  # what came is kept in any case
                record = self._end(future)
                if record is not None:
                    records.append(record)
        return records

    def _begin(self, state: ClipState) -> None:
        clip = state.clip
        self._last.pop(clip.id, None)
        self._tries[clip.id] += 1
        future: Future[ClipResult]
        files: dict[str, bytes] = {}
        try:
            if self._scratch is None:
                files = _contents(state)
        except (OSError, OutdatedError) as error:
            future = Future()
            future.set_exception(error)
        else:
            sources = {} if self._scratch is None else state.sources
            given = {"files": files, "code": state.code, "sources": sources}
            future = self._executor.submit(self._task, clip, self._scratch, **given)
            self._sent[future] = sum(map(len, files.values()))
        self._running[future] = state

    def _listen(self) -> None:
        while not self._heard.empty():
            progress = self._heard.get()
            self._last[progress.clip] = progress
            self._estimate.note(progress)
            self._listener.progress(progress, self._estimate)

    def _end(self, future: Future[ClipResult]) -> ClipRecord | None:
        """Publish what came of a clip, or begin it again."""
        if future.cancelled():  # never by us
            raise PoolLostError("--dask: the scheduler was lost; run this again for the rest")
        state = self._running.pop(future)
        self._sent.pop(future, None)
        clip, store = state.clip, self._store
        if isinstance(future.exception(), OutdatedError) and self._renewed[clip.id] < _RENEWALS:
            # Somebody edits: it is drawn again, by the sources as they are now.
            self._renewed[clip.id] += 1
            self._tries[clip.id] -= 1
            self._begin(state.renewed())
            return None
        result = _result(future, clip, self._last.get(clip.id), self._scratch)
        is_ours_to_try = self._scratch is not None or future.exception() is None
        if result.facts is None and self._tries[clip.id] < TRIES and is_ours_to_try:
            self._begin(state)
            return None
        record = _published(store, state, embeddable(clip, result))
        store.due.pop(clip, None)
        if record.folder is None:  # so it will not be found there
            store.due[clip] = NO_ROOM + record.error
        with contextlib.suppress(OSError):  # the last one, at the end, is not optional
            store.write_manifest()
        self._estimate.settle(clip, record)
        self._listener.finished(clip, record, self._estimate)
        return record


def _contents(state: ClipState) -> dict[str, bytes]:
    """Give what is in the files that a clip shows; OutdatedError if its key says otherwise."""
    files = {name: path.read_bytes() for name, path in state.clip.files.items()}
    for name, data in files.items():
        if hashlib.sha256(data).hexdigest() != state.sources[name].sha256:
            raise OutdatedError.of(state.clip.files[name].name)
    return files


def _result(
    future: Future[ClipResult], clip: Clip, last: Progress | None, scratch: Path | None
) -> ClipResult:
    """Give the result, or what is known of one that was lost with its worker."""
    try:
        return future.result()
    except Exception as error:
        log = take_log(scratch, clip.id) if scratch else getattr(error, "log", "")
        return ClipResult.lost(clip.id, str(error), last, f"{log}\n{error}\n")


def _published(store: ClipStore, state: ClipState, result: ClipResult) -> ClipRecord:
    """Publish a result; if there is no room for it, at least its log."""
    clip, made_from = state.clip, (state.key, state.sources)
    try:
        return store.publish(clip, result, *made_from)
    except OSError as error:
        if result.facts is not None:
            log = f"{result.log}\n{error}\n"
            result = ClipResult(clip.id, error=f"it can't be published: {error.strerror}", log=log)
    try:
        store.make_room()
        return store.publish(clip, result, *made_from)
    except OSError:
        return replace(ClipRecord.of(clip, result), folder=None)
