"""A batch: films clips with a crew, publishes each as it comes, whatever happens to others."""

from __future__ import annotations

import contextlib
import dataclasses
import signal
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from pathlib import Path
from queue import SimpleQueue
from typing import Protocol

from scenes.studio.bundle import Record, Shelf
from scenes.studio.clip import Clip, UnusableError
from scenes.studio.crew import Crew
from scenes.studio.page import write_page
from scenes.studio.shoot import get_ready, log_of, shoot
from scenes.studio.take import Progress, Take

__all__ = ["Listener", "film_all", "run"]

_STOPS = [signal.SIGINT, signal.SIGTERM]


class Listener(Protocol):
    """Who wants to know how a batch goes on."""

    def progress(self, progress: Progress) -> None:
        """Hear how far a clip is."""

    def finished(self, clip: Clip, record: Record) -> None:
        """Hear that a clip was published, or why not."""


def run(clips: tuple[Clip, ...], out: Path, jobs: int, listener: Listener) -> list[Record]:
    """Film clips with `jobs` workers of this machine into the folder `out`.

    However it ends, by Ctrl-C too, no worker and no half of a bundle is left.

    Returns
    -------
    list
        The records of these clips, in the order of their completion.

    Raises
    ------
    UnusableError
        If the batch can't start; nothing has been written then.
    """
    shelf = Shelf(out)
    _or_unusable(shelf.check)
    jobs = min(jobs, len(clips))
    heard: SimpleQueue[Progress] = SimpleQueue()
    with contextlib.ExitStack() as at_end:  # runs from the last line to the first
        for stop in _STOPS:
            at_end.callback(signal.signal, stop, signal.getsignal(stop))
        crew = Crew(jobs, heard.put, shelf.scratch)
        at_end.callback(crew.kill)
        _prepare(crew, jobs, clips)
        _or_unusable(shelf.open)
        at_end.callback(shelf.close)
        at_end.callback(_list, shelf)
        at_end.callback(crew.kill)
        for stop in _STOPS:
            at_end.callback(signal.signal, stop, signal.SIG_IGN)  # the rest takes no time
        return film_all(clips, crew, shelf, heard, listener)


def film_all(
    clips: tuple[Clip, ...],
    executor: Executor,
    shelf: Shelf,
    heard: SimpleQueue[Progress],
    listener: Listener,
) -> list[Record]:
    """Film clips with any executor and publish them on an open shelf."""
    clip_of = {executor.submit(shoot, clip, shelf.scratch): clip for clip in clips}
    records = []
    waiting = set(clip_of)
    while waiting:
        done, waiting = wait(waiting, timeout=0.1, return_when=FIRST_COMPLETED)
        while not heard.empty():
            listener.progress(heard.get())
        for future in done:
            clip = clip_of[future]
            records.append(_published(shelf, clip, _take(future, clip, shelf.scratch)))
            with contextlib.suppress(OSError):  # the last one, at the end, is not optional
                shelf.write_manifest()
            listener.finished(clip, records[-1])
    return records


def _prepare(crew: Crew, jobs: int, clips: tuple[Clip, ...]) -> None:
    """Start all workers, and see with the first whether clips can be filmed here."""
    languages = tuple(sorted({clip.language for clip in clips}))
    first, *_ = [crew.submit(get_ready, languages) for _ in range(jobs)]
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


def _take(future: Future[Take], clip: Clip, scratch: Path) -> Take:
    """Give the take, or what is known of one that was lost with its worker."""
    try:
        return future.result()
    except Exception as error:
        try:
            log = log_of(clip, scratch).read_text("utf-8", "replace")
        except OSError:
            log = ""
        return Take(clip.id, error=str(error), log=f"{log}\n{error}\n")


def _published(shelf: Shelf, clip: Clip, take: Take) -> Record:
    try:
        return shelf.publish(clip, take)
    except OSError as error:
        lost: Record = {"status": "failed", "error": str(error), "log": None, "files": {}}
        return {"id": clip.id, **dataclasses.asdict(clip), "folder": None, **lost}


def _list(shelf: Shelf) -> None:
    """Bring manifest and page up to date; an empty shelf needs none."""
    if shelf.records():
        write_page(shelf)
    else:
        shelf.remove_if_empty()
