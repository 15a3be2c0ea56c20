"""The task that a worker does: render one clip in a private folder, and hand over a ClipResult.

It needs nothing but its arguments and returns nothing but values, so that it can be
done by any `concurrent.futures.Executor`, on this machine or on another.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from scenes.studio.request.clip import Clip
from scenes.studio.run.limits import Throttle
from scenes.studio.run.loaded import hold_files, hold_loaded
from scenes.studio.run.pool import report
from scenes.studio.store.disk import Folder
from scenes.studio.store.record import Source
from scenes.studio.store.result import ClipFacts, ClipResult, Progress
from scenes.studio.store.temporary import REMEDY, TemporaryFolder
from scenes.wording import short

__all__ = ["prepare_worker", "render_task", "take_log"]

_OFTEN = 0.1  # seconds between two reports
_LONGEST_LOG = 16 * 2**20  # bytes
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


def prepare_worker(languages: tuple[str, ...]) -> str:
    """Get ready to render, and give what stands in the way: one line, or nothing."""
    from scenes.studio.video import rendering  # noqa: F401, I001  (before the stage, and loaded)
    from scenes.stage import fonts

    try:
        fonts.require(*languages)
    except fonts.MissingFontError as error:
        return str(error)
    return ""


def render_task(
    clip: Clip,
    scratch: Path | None = None,
    beat_cache: Path | None = None,
    files: Mapping[str, bytes] = MappingProxyType({}),
    code: Mapping[str, str] = MappingProxyType({}),
    sources: Mapping[str, Source] = MappingProxyType({}),
) -> ClipResult:
    """Render a clip.

    Parameters
    ----------
    clip
        What to render.
    scratch
        Where to work; None is the machine's own place for temporary files.
    beat_cache
        For a draft: where the beats drawn so far are kept.
    files
        What is in the files that the clip shows, if they are not on this machine.
    code
        The sources and words that the clip is to be drawn by, as `Keys.code` gives them.
    sources
        The files that the clip shows, if they are on this machine, as `Keys.sources` gives
        them.

    Returns
    -------
    ClipResult
        With the files, or with the error: whatever a scene does, this does not raise.

    Raises
    ------
    OutdatedError
        If this process has loaded other sources or words, before or meanwhile, or if files
        have changed.
    """
    hold_loaded(code)
    hold_files(sources.values())
    with contextlib.ExitStack() as stack:
        if scratch is None:
            scratch = stack.enter_context(TemporaryFolder())
        folder, log = scratch / clip.id, scratch / _log_name(clip.id)
        folder.mkdir()
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        stack.callback(log.unlink, missing_ok=True)
        try:
            with _written_to(log):
                result = _attempt(clip, folder, beat_cache, files)
            result = replace(result, log=log.read_text("utf-8", "replace"))
        except OSError as error:  # there is not even room for a log
            result = ClipResult(clip.id, error=_said(error))
        hold_loaded(code)
        hold_files(sources.values())
        return result


def take_log(scratch: Path, id: str) -> str:
    """Give the log that a worker left of a clip, and clear away what it was working at."""
    folder, name, log = Folder(scratch), _log_name(id), ""
    with contextlib.suppress(OSError):
        with folder.open(name) as file:
            log = file.read(_LONGEST_LOG).decode("utf-8", "replace")
        folder.unlink(name)
    folder.remove_all(id)
    return log


def _log_name(id: str) -> str:
    """Name the log of a clip while it is being rendered; it outlives a worker that dies."""
    return f"{id}.log"


def _attempt(
    clip: Clip, folder: Path, beat_cache: Path | None, files: Mapping[str, bytes]
) -> ClipResult:
    last, before = Progress(clip.id), time.process_time()
    tell_parent = Throttle(report, _OFTEN)

    def tell(progress: Progress) -> None:
        nonlocal last
        if progress.beat != last.beat:
            print(f"beat {progress.beat!r} from frame {progress.frames}", flush=True)
        last = replace(progress, cpu=time.process_time() - before)
        tell_parent(last)

    print(f"{clip}\n{clip.command}\n", flush=True)
    try:
        here = _unpacked(clip, files, folder / "inputs")
        facts = _render(here, folder, tell, beat_cache)
        bundle = folder / "bundle"
        made = {
            path.relative_to(bundle).as_posix(): path.read_bytes()
            for path in sorted(bundle.rglob("*"))
            if path.is_file()
        }
        return ClipResult(clip.id, facts, made)
    except (Exception, SystemExit) as error:
        traceback.print_exc()
        return ClipResult.lost(clip.id, _said(error), last)
    finally:
        report(replace(last, cpu=time.process_time() - before))


def _said(error: BaseException) -> str:
    said = short(f"{type(error).__name__}: {error}", 1000)
    return f"{said}; {REMEDY}" if getattr(error, "errno", None) in _FULL else said


def _render(
    clip: Clip, folder: Path, tell: Callable[[Progress], None], beat_cache: Path | None
) -> ClipFacts:
    if beat_cache is None:
        from scenes.studio.video.rendering import render_clip

        return render_clip(clip, folder, tell)
    from scenes.studio.video.draft import render_draft

    return render_draft(clip, folder, tell, beat_cache)


def _unpacked(clip: Clip, files: Mapping[str, bytes], folder: Path) -> Clip:
    """Write the files that came as bytes to a folder, and say so in the clip."""
    named, places = dict(clip.inputs), clip.files
    for name, content in files.items():
        folder.mkdir(exist_ok=True)
        places[name] = folder / f"{name}{Path(named[name]).suffix}"
        places[name].write_bytes(content)
    return replace(clip, places=tuple(places.items()))


@contextlib.contextmanager
def _written_to(log: Path) -> Iterator[None]:
    """Send everything that is printed to a log, by whichever library, Python or not."""
    kept = [os.dup(1), os.dup(2)]
    with log.open("w", encoding="utf-8", buffering=1) as file:
        sys.stdout.flush()
        sys.stderr.flush()
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
        try:
            with contextlib.redirect_stdout(file), contextlib.redirect_stderr(file):
                yield
        finally:
            for number, descriptor in enumerate(kept, start=1):
                os.dup2(descriptor, number)
                os.close(descriptor)
