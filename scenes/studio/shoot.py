"""The task that a worker does: film one clip in a private folder, and hand over a Take.

It needs nothing but its arguments and returns nothing but values, so that it can be
done by any `concurrent.futures.Executor`, on this machine or on another.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from scenes.studio.clip import Clip
from scenes.studio.crew import report
from scenes.studio.take import Progress, Take

__all__ = ["get_ready", "log_of", "shoot"]

_OFTEN = 0.1  # seconds between two reports


def get_ready(languages: tuple[str, ...]) -> str:
    """Get ready to film, and give what stands in the way: one line, or nothing."""
    from scenes.studio import film  # noqa: F401, I001  (before the stage, and so that it is loaded)
    from scenes.stage import fonts

    try:
        fonts.require(*languages)
    except fonts.MissingFontError as error:
        return str(error)
    return ""


def log_of(clip: Clip, scratch: Path) -> Path:
    """Name the log of a clip while it is being filmed; it outlives a worker that dies."""
    return scratch / f"{clip.id}.log"


def shoot(
    clip: Clip,
    scratch: Path | None = None,
    beats: Path | None = None,
    files: Mapping[str, bytes] = MappingProxyType({}),
) -> Take:
    """Film a clip.

    Parameters
    ----------
    clip
        What to film.
    scratch
        Where to work; None is the machine's own place for temporary files.
    beats
        For a draft: where the beats drawn so far are kept.
    files
        What is in the files that the clip shows, if they are not on this machine.

    Returns
    -------
    Take
        With the files, or with the error: whatever a scene does, this does not raise.
    """
    with contextlib.ExitStack() as stack:
        if scratch is None:
            scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lamath-")))
        folder, log = scratch / clip.id, log_of(clip, scratch)
        folder.mkdir()
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        stack.callback(log.unlink, missing_ok=True)
        with _written_to(log):
            take = _attempt(clip, folder, beats, files)
        return replace(take, log=log.read_text("utf-8", "replace"))


def _attempt(clip: Clip, folder: Path, beats: Path | None, files: Mapping[str, bytes]) -> Take:
    last = Progress(clip.id)
    told, before = 0.0, time.process_time()

    def tell(progress: Progress) -> None:
        nonlocal last, told
        news = (progress.beat, progress.total) != (last.beat, last.total)
        if progress.beat != last.beat:
            print(f"beat {progress.beat!r} from frame {progress.frames}", flush=True)
        last = progress
        if news or time.monotonic() - told > _OFTEN:
            told = time.monotonic()
            report(replace(progress, cpu=time.process_time() - before))

    print(f"{clip}\n{clip.command}\n", flush=True)
    try:
        from scenes.studio.film import film

        facts = film(_unpacked(clip, files, folder / "inputs"), folder, tell, beats)
        bundle = folder / "bundle"
        made = {
            path.relative_to(bundle).as_posix(): path.read_bytes()
            for path in sorted(bundle.rglob("*"))
            if path.is_file()
        }
        return Take(clip.id, facts, made)
    except (Exception, SystemExit) as error:
        traceback.print_exc()
        said = " ".join(f"{type(error).__name__}: {error}".split())
        return Take.lost(clip.id, said, last)
    finally:
        report(replace(last, cpu=time.process_time() - before))


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
