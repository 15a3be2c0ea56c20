"""Renders drafts anew while a person edits a scene, its words or a lesson.

Three processes share the work. The first waits for files to change (its threads keep it
from being copied). The second has loaded Manim and the other libraries but nothing of the
project. For every change it makes a copy of itself, and the copy imports the project as it
is now: nothing old stays in memory, and nothing large is loaded again. A change that comes
before the last one is done with ends that copy.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import multiprocessing
import os
import pickle
import re
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

import scenes
from scenes.studio.report.estimate import BatchEstimate
from scenes.studio.report.listener import Listeners, Silent
from scenes.studio.request.asked import Asked
from scenes.studio.request.clip import UnusableError
from scenes.studio.run.batch import Request, render_batch
from scenes.studio.run.limits import TRIES
from scenes.studio.run.pool import ending
from scenes.studio.store.clip_store import ClipStore
from scenes.studio.store.disk import Folder
from scenes.studio.store.own import hold_own
from scenes.studio.store.result import Progress
from scenes.studio.store.temporary import TemporaryFolder, clear_left, is_private
from scenes.wording import short, visible

__all__ = ["watch"]

_QUIET = 0.08  # seconds without a further change until a change counts as done
_KINDS = {
    ".py", ".po", ".toml", ".html", ".css", ".js",
    ".png", ".jpg", ".jpeg", ".webp", ".safetensors", ".npy", ".npz", ".csv",
}  # fmt: skip
_HAPPENED = {"created", "modified", "moved", "deleted"}
_PROJECT = ("scenes", "lamath")


def watch(asked: Asked, request: Request, say: Callable[[str], None]) -> int:
    """Render drafts of what is asked for, now and after every change, until Ctrl-C.

    Parameters
    ----------
    asked
        What to plan anew for every change; files that it names are watched too.
    request
        How to render it: into `draft` of its folder. Its clips don't matter.
    say
        Called with a line for the person who watches.
    """
    if not hasattr(os, "fork"):
        raise UnusableError("--watch needs Linux, macOS or another system that can copy processes")
    folders = [scenes.FOLDER, scenes.FOLDER.parent / "lamath"]
    if asked.lesson is not None:
        folders.append(asked.lesson.absolute().parent)
    changed: SimpleQueue[Path | Lost] = SimpleQueue()
    _clear_left(request.out)  # of who was killed
    with contextlib.ExitStack() as stack:
        stack.callback(_clear_left, request.out)  # last of all: nobody draws any more
        beats = stack.enter_context(TemporaryFolder())
        task = pickle.dumps((asked, replace(request, beat_cache=beats)))
        warm = stack.enter_context(_WarmProcess(task, changed.put))
        stack.enter_context(_file_events(folders, changed.put))
        say(f"watching {_listed(folders)}; Ctrl-C ends")
        try:
            warm.draw()
            lost = 0
            while True:
                news = _gather(changed)
                paths = [each for each in news if isinstance(each, Path)]
                lost = 0 if paths else lost + 1
                for each in news:
                    if isinstance(each, Lost):
                        say(_again(each.how, lost))
                if paths:
                    say(f"{_listed(paths)} changed")
                if lost < TRIES:
                    warm.draw()
        except KeyboardInterrupt:
            say("stopped watching")
            return 0


def _clear_left(out: Path) -> None:
    """Clear away what a draft has left that was ended in the middle."""
    clear_left()  # where it drew without this process's folder
    drafts = Folder(out, "draft")
    _clear_draft(out, "draft")
    for name in drafts.names():
        if drafts.kind(name) == "a folder":
            _clear_draft(out, "draft", name)


def _clear_draft(out: Path, *within: str) -> None:
    """Clear away what was left in one folder of drafts, half-written pages too."""
    ClipStore(out, *within).clear_left()
    folder = Folder(out, *within)
    for name in folder.names():
        if _HALF.fullmatch(name) and folder.kind(name) == "a file":
            folder.unlink(name)


@contextlib.contextmanager
def _file_events(folders: Iterable[Path], tell: Callable[[Path], None]) -> Any:
    """Tell of every file that changes in some folders."""
    from watchdog.events import FileSystemEventHandler
    from watchdog.observers import Observer

    class Handler(FileSystemEventHandler):  # type: ignore[misc]
        def on_any_event(self, event: Any) -> None:
            if event.is_directory or event.event_type not in _HAPPENED:
                return
            for path in filter(None, (event.src_path, getattr(event, "dest_path", ""))):
                if _matters(Path(os.fsdecode(path))):
                    tell(Path(os.fsdecode(path)))

    observer = Observer()
    for folder in folders:
        observer.schedule(Handler(), str(folder), recursive=True)
    observer.start()
    try:
        yield
    finally:
        observer.stop()
        observer.join()


def _matters(path: Path) -> bool:
    """Whether a file could change a clip: no cache, no draft, no editor's own file."""
    hidden = any(part.startswith((".", "__pycache__")) for part in path.parts)
    drawn = any(part in ("clips", "failed") for part in path.parts[:-1])
    ours = path.name in (_PAGE, _VERSION)
    return path.suffix in _KINDS and not (hidden or drawn or ours)


class Lost(NamedTuple):
    """That the process that draws has died, and how."""

    how: str


def _again(how: str, lost: int) -> str:
    """Say that a process that draws has died, as often as `lost` says since a file changed."""
    then = "it is started again" if lost < TRIES else "change a file to start it again"
    return f"the process that draws {how}; {then}"


def _gather(changed: SimpleQueue[Path | Lost]) -> list[Path | Lost]:
    """Wait for a change, and for those that follow at once."""
    paths = [changed.get()]
    with contextlib.suppress(Empty):
        while True:
            paths.append(changed.get(timeout=_QUIET))
    return list(dict.fromkeys(paths))


def _listed(paths: Iterable[Path]) -> str:
    """Name paths as seen from here.

    >>> _listed([Path("a.py"), Path("b/c.py")])
    'a.py, b/c.py'
    """
    here = Path.cwd()
    named = [path.relative_to(here) if path.is_relative_to(here) else path for path in paths]
    return ", ".join(map(str, named))


# The warm process


class _WarmProcess:
    """The process that has loaded everything but the project.

    Parameters
    ----------
    task
        What its copies do.
    tell
        Called, from a thread of its own, when the process dies without being asked to.
    """

    def __init__(self, task: bytes, tell: Callable[[Lost], None]) -> None:
        self._task, self._tell = task, tell
        self._start()

    def _start(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._pipe, far_end = spawn.Pipe()
        root = str(scenes.FOLDER.parent)
        process = spawn.Process(target=_serve, args=(far_end, root, self._task), name="warm")
        process.start()
        far_end.close()
        self._ends = False
        self._waiter = threading.Thread(target=self._wait, args=(process,), daemon=True)
        self._waiter.start()

    def _wait(self, process: Any) -> None:
        process.join()
        if not self._ends:
            self._tell(Lost(ending(process.exitcode)))

    def __enter__(self) -> _WarmProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self._ends = True
        self._pipe.close()  # which it takes as the end
        self._waiter.join()

    def draw(self) -> None:
        """Begin anew with the project as it is now."""
        if not self._waiter.is_alive():
            self._pipe.close()
            self._start()
        with contextlib.suppress(OSError):  # it has just died, and is started again for that
            self._pipe.send("draw")


def _serve(pipe: Connection, root: str, task: bytes) -> None:
    """Make a copy of this process for every change."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"  # threads don't survive being copied
    _load()
    copy: _Copy | None = None
    lost = 0
    while True:
        ready = wait([pipe, copy.ended] if copy else [pipe])
        how = copy.end() if copy else ""
        copy = None
        if pipe in ready:
            try:
                pipe.recv()
            except (EOFError, OSError):
                return
            lost = 0
        elif how:
            lost += 1
            _say(_again(how, lost))
        if pipe in ready or (how and lost < TRIES):
            copy = _Copy(lambda: _in_copy(root, task))


def _load() -> None:
    """Load the libraries, and forget the project."""
    for name in ("sympy", "rich.progress", "babel.messages.pofile", "jinja2", "pydantic"):
        importlib.import_module(name)
    importlib.import_module("scenes.studio.video.draft")  # and with it Manim, by its one door
    for name in [name for name in sys.modules if name.split(".")[0] in _PROJECT]:
        del sys.modules[name]
    gc.collect()
    gc.freeze()  # copies need not look through what is never freed


class _Copy:
    """A copy of this process that does one thing, in a group of its own with all it starts."""

    def __init__(self, task: Callable[[], None]) -> None:
        self.ended, far_end = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            try:
                os.setpgid(0, 0)
                task()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(0)
        with contextlib.suppress(OSError):
            os.setpgid(self._pid, self._pid)  # by now, whoever is first
        os.close(far_end)

    def end(self) -> str:
        """End it, if it has not ended, and all that it has started; say how it ended if badly."""
        with contextlib.suppress(OSError):
            os.killpg(self._pid, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        os.close(self.ended)
        return ending(code) if code else ""


# In the copy


def _in_copy(root: str, task: bytes) -> None:
    """Draw with the project as it is now; whatever is wrong becomes one line."""
    sys.dont_write_bytecode = True  # two edits within a second would look the same
    gc.set_threshold(100_000, 20, 20)  # a copy soon ends
    if root not in sys.path:
        sys.path.insert(0, root)
    try:
        now = importlib.import_module(__name__)
        now.draw(*pickle.loads(task))  # noqa: S301  (from the process above)
    except SystemExit:
        return  # nobody is left who would want it
    except BaseException as error:
        _say(_one_line(error, root))


class _WhileWanted(Silent):
    """Ends a draft whose parent has died: another process will draw it."""

    def __init__(self) -> None:
        self._parent = os.getppid()

    def progress(self, progress: Progress, estimate: BatchEstimate) -> None:
        """End, if the parent has died."""
        if os.getppid() != self._parent:
            sys.exit()


def draw(asked: Asked, request: Request) -> None:
    """Plan what is asked for, and render it as a draft, into `draft` of the folder."""
    from rich.console import Console

    from scenes.studio.report.progress import progress_listener

    wanted = _WhileWanted()
    try:
        planned = replace(asked, quality="l", format="mp4").plan()
        for note in planned.notes:
            _say(note)
        within = tuple(filter(None, ("draft", planned.folder)))
        request = replace(request, clips=planned.clips, lesson=planned.lesson, within=within)
        if request.beat_cache is not None and not is_private(request.beat_cache):
            request = replace(request, beat_cache=None)  # somebody cleared it away
        out = request.folder
        with progress_listener(Console(stderr=True), out, _say) as listener:
            result = render_batch(request, Listeners(listener, wanted))
        refresh(Folder(request.out, *within))
    except (UnusableError, OSError) as error:
        for line in str(error).splitlines():
            _say(line)
        return
    for line in result.lines(out):
        print(line, file=sys.stderr)
    print(visible(str(result.page)) if sys.stdout.isatty() else result.page)


def _say(line: str) -> None:
    print(f"render.py: {short(line, 2000)}", file=sys.stderr)


def _one_line(error: BaseException, root: str) -> str:
    """Say what is wrong, and in which line of the project."""
    if isinstance(error, SyntaxError):
        place = f"{error.filename}:{error.lineno}: "
        text = f"{type(error).__name__}: {error.msg}"
    else:
        frames = traceback.extract_tb(error.__traceback__)
        own = [
            each
            for each in frames
            if each.filename.startswith(root) and "site-packages" not in each.filename
        ]
        place = f"{own[-1].filename}:{own[-1].lineno}: " if own else ""
        text = f"{type(error).__name__}: {error}"
    return " ".join(f"{place.removeprefix(root + os.sep)}{text}".split())


# The page

_PAGE, _VERSION = "index.html", "version.js"
_HALF = re.compile(r"\.(index\.html|version\.js)\.\d{1,30}")  # on its way to one of these
_LARGEST = 256 * 2**20  # bytes of a page

_MARK = "// Added by --watch"
_RELOAD = """\
<script>
// Added by --watch: a script that names another version than this page's reloads it.
(() => {
  const mine = %s;
  window.draftVersion = (version) => { if (version !== mine) location.reload(); };
  setInterval(() => {
    const script = document.createElement("script");
    script.src = "%s?" + Date.now();
    script.onload = script.onerror = () => script.remove();
    document.head.append(script);
  }, 500);
})();
</script>
"""


def refresh(out: Folder) -> None:
    """Let the page of a folder reload itself wherever it is open, from a disk or a server."""
    if out.kind(_PAGE) != "a file":
        return
    version = json.dumps(str(time.time_ns()))
    text = out.read(_PAGE, _LARGEST).decode()
    if _MARK in text:
        return  # it has not been written anew
    text = text.removesuffix("</html>\n").removesuffix("</body>\n")
    _replace(out, _PAGE, f"{text}{_RELOAD % (version, _VERSION)}</body>\n</html>\n")
    _replace(out, _VERSION, f"window.draftVersion?.({version});\n")


def _replace(out: Folder, name: str, text: str) -> None:
    """Write a file so that who reads it meanwhile sees the old one or the new."""
    hold_own(out, name)
    new = f".{name}.{os.getpid()}"
    out.write(new, text.encode())
    out.move(new, name)
