"""A batch: films what is due with a crew, publishes each clip as it comes, whatever fails."""

from __future__ import annotations

import contextlib
import json
import shutil
import signal
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol

from scenes.studio.bundle import Record, Shelf, put_right
from scenes.studio.clip import Clip, UnusableError
from scenes.studio.crew import Crew
from scenes.studio.due import Step, due
from scenes.studio.page import LESSON, is_current, write_page
from scenes.studio.shoot import get_ready, log_of, shoot
from scenes.studio.take import Progress, Take

if TYPE_CHECKING:
    from scenes.studio.farm import Farm

__all__ = ["MEMORY", "Listener", "Patience", "film_all", "run"]

MEMORY = 2048
"""Megabytes that a worker may use: four times what a clip at 1080p needs."""

_TRIES = 2
_IN_FLIGHT = 2**30  # bytes of files that wait in a farm's queue, if more than one clip has any
_LOST = "failed, and there was no room for its log: "
_STOPS = [signal.SIGINT, signal.SIGTERM]


class Listener(Protocol):
    """Who wants to know how a batch goes on."""

    def progress(self, progress: Progress) -> None:
        """Hear how far a clip is."""

    def finished(self, clip: Clip, record: Record) -> None:
        """Hear that a clip was published, or why not."""


@dataclass(frozen=True)
class Patience:
    """How many seconds a clip may take, judged by what is known of it so far.

    Parameters
    ----------
    seconds
        None allows five minutes, and a second for every frame once their number is
        known; at 1080p a frame takes about a fiftieth of that.
    """

    seconds: float | None = None

    def __call__(self, progress: Any) -> float:
        if self.seconds is not None:
            return self.seconds
        frames = progress.total if isinstance(progress, Progress) else None
        return 300 + (frames or 0)


def run(
    clips: tuple[Clip, ...],
    out: Path,
    jobs: int,
    listener: Listener,
    farm: str | None = None,
    say: Callable[[str], None] = lambda _: None,
    *,
    lesson: Mapping[str, Any] | None = None,
    force: bool = False,
    prune: bool = False,
    timeout: float | None = None,
    memory: int = MEMORY,
    beats: Path | None = None,
) -> list[Record]:
    """Film what is due of some clips, with this machine's workers or a farm's, into `out`.

    However it ends, by Ctrl-C too, no worker and no half of a bundle is left.

    Parameters
    ----------
    jobs
        How many workers of this machine.
    farm
        The address of a farm, to film there.
    say
        Called with a line for the person who waits.
    lesson
        What the page of a lesson shows; None leaves the page as it is.
    force
        Film all clips, due or not.
    prune
        Remove bundles of `out` that are not among these clips.
    timeout, memory
        Seconds for a clip (see `Patience`), megabytes for a worker.
    beats
        For drafts: where the beats drawn so far are kept. Workers then begin as copies of
        this process, if the system can do that.

    Returns
    -------
    list
        The records of these clips, those that were kept first, the others in the order of
        their completion.

    Raises
    ------
    UnusableError
        If the batch can't start; nothing has been written then.
    """
    shelf = Shelf(out)
    steps = due(clips, shelf, force=force)
    if not prune and not any(step.why for step in steps) and _is_told(shelf, lesson):
        return _kept(steps, listener)  # a folder that can't be written to will do
    _or_unusable(shelf.check)
    heard: SimpleQueue[Progress] = SimpleQueue()
    with contextlib.ExitStack() as at_end:  # runs from the last line to the first
        for stop in _STOPS:
            at_end.callback(signal.signal, stop, signal.getsignal(stop))
        at_end.callback(shelf.close)
        at_end.callback(shelf.remove_if_empty)
        _or_unusable(partial(shelf.open, lambda: say(_waiting(shelf))))
        steps = due(clips, shelf, force=force)  # another batch may have been here
        waiting = tuple(step for step in steps if step.why)
        if waiting:
            limits: dict[str, Any] = {"patience": Patience(timeout), "memory": memory}
            if beats is not None:
                limits["forked"] = sys.platform == "linux"  # elsewhere fonts don't survive a fork
            hired = min(jobs, len(waiting))
            crew = _hire(farm, waiting, hired, heard.put, shelf, say, limits)
            at_end.callback(crew.kill)
            _prepare(crew, 1 if farm else hired, waiting)
        if lesson is not None:
            shelf.write(LESSON, _as_json(lesson))
        shelf.due = [_still_due(step) for step in waiting]
        at_end.callback(_list, shelf)
        if waiting:
            at_end.callback(crew.kill)
        for stop in _STOPS:
            at_end.callback(signal.signal, stop, signal.SIG_IGN)  # the rest takes no time
        records = _kept(steps, listener)
        if waiting:
            with contextlib.suppress(OSError):
                shelf.write_manifest()  # says what is due, should nobody live to say more
            task = shoot if beats is None else partial(shoot, beats=beats)
            records += film_all(waiting, crew, shelf, heard, listener, task, shared=not farm)
        for folder in shelf.unwanted(clip.id for clip in clips) if prune else []:
            shelf.remove(folder)
            say(f"removed {folder}")
        return records


def film_all(
    steps: Iterable[Step],
    executor: Executor,
    shelf: Shelf,
    heard: SimpleQueue[Progress],
    listener: Listener,
    task: Callable[..., Take] = shoot,
    *,
    shared: bool = True,
) -> list[Record]:
    """Film clips with any executor and publish them on an open shelf.

    What fails is tried once more. `shared` says whether the workers see this machine's
    disk; those that don't are a farm's: they get the bytes of the files that a clip
    shows, and try again by themselves what a worker took to its grave.
    """
    scratch = shelf.scratch if shared else None
    running: dict[Future[Take], Step] = {}
    sent: dict[Future[Take], int] = {}  # bytes
    tries: Counter[str] = Counter()
    last: dict[str, Progress] = {}
    records = []

    def begin(step: Step) -> None:
        last.pop(step.clip.id, None)
        tries[step.clip.id] += 1
        future: Future[Take]
        try:
            files = {} if shared else {n: p.read_bytes() for n, p in step.clip.files.items()}
        except OSError as error:
            future = Future()
            future.set_exception(error)
        else:
            future = executor.submit(task, step.clip, scratch, files=files)
            sent[future] = sum(map(len, files.values()))
        running[future] = step

    queue = deque(steps)
    while queue or running:
        while queue and (not running or sum(sent.values()) < _IN_FLIGHT):
            begin(queue.popleft())
        done, _ = wait(running, timeout=0.1, return_when=FIRST_COMPLETED)
        while not heard.empty():
            progress = heard.get()
            last[progress.clip] = progress
            listener.progress(progress)
        for future in done:
            step = running.pop(future)
            sent.pop(future, None)
            clip = step.clip
            take = _take(future, clip, last.get(clip.id), shelf.scratch)
            again = tries[clip.id] < _TRIES and (shared or future.exception() is None)
            if take.facts is None and again:
                begin(step)
                continue
            records.append(_published(shelf, step, take))
            shelf.due = [each for each in shelf.due if each["id"] != clip.id]
            if records[-1]["folder"] is None:  # so it will not be found there
                shelf.due.append(_still_due(step) | {"why": _LOST + records[-1]["error"]})
            with contextlib.suppress(OSError):  # the last one, at the end, is not optional
                shelf.write_manifest()
            listener.finished(clip, records[-1])
    return records


def _kept(steps: Iterable[Step], listener: Listener) -> list[Record]:
    """Tell of the clips that need not be filmed."""
    kept = []
    for step in steps:
        if not step.why and step.record is not None:
            kept.append(step.record | {"status": "kept"})
            listener.finished(step.clip, kept[-1])
    return kept


def _is_told(shelf: Shelf, lesson: Mapping[str, Any] | None) -> bool:
    """Whether manifest and page say what they should."""
    with contextlib.suppress(OSError):
        told = lesson is None or (shelf.out / LESSON).read_bytes() == _as_json(lesson)
        return told and is_current(shelf)
    return False


def _as_json(lesson: Mapping[str, Any]) -> bytes:
    return json.dumps(lesson, ensure_ascii=False).encode()


def _still_due(step: Step) -> Record:
    said = {"why": step.why, "command": step.clip.command}
    return {"id": step.clip.id, **step.clip.facts, **said}


def _waiting(shelf: Shelf) -> str:
    return f"{shelf.at_work} renders into {shelf.out}; waiting for it to finish (Ctrl-C gives up)"


def _hire(
    farm: str | None,
    steps: tuple[Step, ...],
    jobs: int,
    hear: Callable[[Progress], None],
    shelf: Shelf,
    say: Callable[[str], None],
    limits: dict[str, Any],
) -> Crew | Farm:
    """Give who films: a crew on this machine, or the farm at an address."""
    if farm is None:
        return Crew(jobs, hear, shelf.scratch, clear=put_right, **limits)
    from scenes.studio.farm import Farm

    return Farm(farm, _languages(steps), hear, say, limits)


def _languages(steps: Iterable[Step]) -> tuple[str, ...]:
    return tuple(sorted({step.clip.language for step in steps}))


def _prepare(crew: Crew | Farm, jobs: int, steps: tuple[Step, ...]) -> None:
    """Start all workers, and see with the first whether clips can be filmed here."""
    first, *_ = [crew.submit(get_ready, _languages(steps)) for _ in range(jobs)]
    try:
        problem = first.result()
    except Exception as error:
        problem = f"clips can't be filmed on this machine: {type(error).__name__}: {error}"
    if problem:
        raise UnusableError(problem)


def _or_unusable(step: Callable[[], None]) -> None:
    try:
        step()
    except OSError as error:
        what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        raise UnusableError(f"--out: {what}") from None


def _take(future: Future[Take], clip: Clip, last: Progress | None, scratch: Path) -> Take:
    """Give the take, or what is known of one that was lost with its worker."""
    try:
        return future.result()
    except Exception as error:
        path = log_of(clip, scratch)
        try:
            log = path.read_text("utf-8", "replace")
        except OSError:
            log = getattr(error, "log", "")
        path.unlink(missing_ok=True)
        shutil.rmtree(scratch / clip.id, ignore_errors=True)
        return Take.lost(clip.id, str(error), last, f"{log}\n{error}\n")


def _published(shelf: Shelf, step: Step, take: Take) -> Record:
    """Publish a take; if there is no room for it, at least its log."""
    clip, made_from = step.clip, (step.key, step.sources)
    try:
        return shelf.publish(clip, take, *made_from)
    except OSError as error:
        if take.facts is not None:
            log = f"{take.log}\n{error}\n"
            take = Take(clip.id, error=f"it can't be published: {error.strerror}", log=log)
    try:
        shelf.make_room()
        return shelf.publish(clip, take, *made_from)
    except OSError:
        lost: Record = {"status": "failed", "error": take.error, "log": None, "files": {}}
        lost |= {"beat": take.beat, "time": take.time, "command": clip.command}
        return {"id": clip.id, **clip.facts, "folder": None, **lost}


def _list(shelf: Shelf) -> None:
    """Bring manifest and page up to date; an empty shelf needs none."""
    shelf.make_room()
    if shelf.records() or any(each["why"].startswith(_LOST) for each in shelf.due):
        write_page(shelf)
    else:
        (shelf.out / LESSON).unlink(missing_ok=True)
        shelf.remove_manifest()
