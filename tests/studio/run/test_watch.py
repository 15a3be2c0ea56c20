"""A person edits; drafts and their page follow. The project is a copy, so that it can be edited."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from types import SimpleNamespace

import av
import numpy as np
import pytest
from processes import PATIENCE, ends, of_group, wait_until
from support import environment

import scenes
from scenes.studio.run.watch import _gather, _matters, refresh
from scenes.studio.store.disk import Folder

ROOT = scenes.FOLDER.parent

OURS = '<meta name="generator" content="render.py">'

SCENE = '''
from manim import FadeIn

from scenes.inputs import MatrixInput
from scenes.stage import N_, MatrixScene


class Short(MatrixScene):
    """Four short beats."""

    title = N_("Short")
    inputs = (MatrixInput("2x2", default="1 0; 0 1"),)

    def construct(self):
        with self.beat("one", "One."):
            self.wait(0.2)
        with self.beat("two", "Two."):
            self.play(FadeIn(self.card(self.matrix, "A")))
        with self.beat("three", "Three."):
            self.wait(0.2)
        with self.beat("four", "Four."):
            self.wait(0.2)
'''


class Watched:
    """A copy of the project that somebody edits while it is watched."""

    def __init__(self, root: Path, temporary: Path) -> None:
        self.root, self.temporary = root, temporary
        self.draft = root / "out" / "draft"
        self.scene = root / "scenes" / "short.py"
        self.process = subprocess.Popen(
            [sys.executable, "render.py", "short", "--watch"],
            cwd=root,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            env=environment(PYTHONPATH=str(root), TMPDIR=str(temporary)),
        )
        self.said: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stderr
        self.said.extend(iter(self.process.stderr.readline, ""))

    @property
    def version(self) -> str:
        path = self.draft / "version.js"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def edit(self, path: Path, old: str, new: str) -> None:
        """Edit a file, and wait until the page is told to reload."""
        text, before = path.read_text(encoding="utf-8"), self.version
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        wait_until(lambda: self.version != before)

    def beats(self) -> set[str]:
        return {path.name for path in self.temporary.glob("lamath-*/short_*/*.mp4")}

    def pictures(self) -> list[np.ndarray]:
        (path,) = self.draft.glob("clips/short_*/video.mp4")
        with av.open(str(path)) as video:
            return [frame.to_ndarray(format="rgb24") for frame in video.decode(video=0)]


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    root, temporary = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("tmp")
    ignored = shutil.ignore_patterns("__pycache__")
    for room in ("scenes", "lamath"):
        shutil.copytree(ROOT / room, root / room, ignore=ignored)
    shutil.copy(ROOT / "render.py", root)
    catalogue = root / "scenes" / "__init__.py"
    text = catalogue.read_text(encoding="utf-8")
    entry = 'CATALOGUE = (\n    Entry("short", "short", "Short"),\n'
    catalogue.write_text(text.replace("CATALOGUE = (\n", entry), encoding="utf-8")
    (root / "scenes" / "short.py").write_text(SCENE, encoding="utf-8")
    watched = Watched(root, temporary)
    try:
        wait_until(lambda: watched.version)
        yield watched
    finally:
        if watched.process.poll() is None:
            os.killpg(watched.process.pid, signal.SIGKILL)
            watched.process.wait()


def test_only_the_beats_that_change_are_drawn_again(watched: Watched) -> None:
    before, known = watched.pictures(), watched.beats()
    assert len(known) == 4
    watched.edit(watched.scene, '"Four."', '"Vier."')  # whatever is slow the first time
    text = watched.scene.read_text(encoding="utf-8")
    (watched.root / "scenes" / "short.py").write_text(text, encoding="utf-8")
    # words as long as those before: a longer sentence is given more frames to be read in
    new = text.replace('"Three."', '"Seven."').replace('"Vier."', '"Four!"')
    watched.edit(watched.scene, text, new)
    after = watched.pictures()
    assert len(after) == len(before)
    differs = [not np.array_equal(a, b) for a, b in zip(before, after, strict=True)]
    third = differs.index(True)
    assert not any(differs[:third])
    assert third >= len(before) * 0.4
    assert all(differs[third + 10 :])
    # "Vier.", then two; the unchanged first two were not drawn again
    assert len(watched.beats() - known) == 3


def test_what_was_drawn_before_an_edit_serves_after_it_is_undone(watched: Watched) -> None:
    before, known = watched.pictures(), watched.beats()
    watched.edit(watched.scene, '"One."', '"Once."')
    assert not np.array_equal(watched.pictures()[0], before[0])
    assert len(watched.beats() - known) >= 1
    known = watched.beats()
    watched.edit(watched.scene, '"Once."', '"One."')
    assert watched.beats() == known
    for mine, its in zip(watched.pictures(), before, strict=True):
        assert np.array_equal(mine, its)


def test_the_stage_is_loaded_anew(watched: Watched) -> None:
    before = watched.pictures()
    theme = watched.root / "scenes" / "stage" / "theme.py"
    (color,) = re.findall(r'background="(#\w+)"', theme.read_text(encoding="utf-8"))[:1]
    watched.edit(theme, color, "#400000")
    after = watched.pictures()
    assert not np.array_equal(after[0], before[0])
    watched.edit(theme, "#400000", color)
    assert np.array_equal(watched.pictures()[0], before[0])


def test_a_mistake_is_one_line_and_watching_goes_on(watched: Watched) -> None:
    text = watched.scene.read_text(encoding="utf-8")
    count = len(watched.said)
    watched.scene.write_text(text.replace("def construct(self):", "def construct(self:"))
    try:
        wait_until(lambda: any("SyntaxError" in line for line in watched.said[count:]))
    except AssertionError as error:
        raise AssertionError(f"{watched.said}") from error
    time.sleep(0.3)
    lines = [line for line in watched.said[count:] if not line.endswith("changed\n")]
    assert len(lines) == 1, lines
    assert re.match(r"render\.py: scenes/short\.py:\d+: SyntaxError: ", lines[0])
    version = watched.version
    watched.scene.write_text(text.replace('"Two."', '"Two!"'))
    wait_until(lambda: watched.version != version)


def test_the_page_knows_its_version_and_asks_for_it(watched: Watched) -> None:
    page = (watched.draft / "index.html").read_text(encoding="utf-8")
    (mine,) = re.findall(r'const mine = ("\d+");', page)
    assert mine in watched.version
    assert page.count("Added by --watch") == 1
    assert page.endswith("</script>\n</body>\n</html>\n")


def test_drafts_stay_out_of_the_clips(watched: Watched) -> None:
    assert {path.name for path in (watched.root / "out").iterdir()} == {"draft"}


def drawing(watched: Watched) -> set[int]:
    """The process that has loaded the libraries; its copies are in groups of their own."""
    group = of_group(watched.process.pid) - {watched.process.pid}
    return {pid for pid in group if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()}


@pytest.mark.skipif(sys.platform != "linux", reason="only /proc tells which one draws")
def test_a_drawing_process_that_dies_is_said_and_started_again(watched: Watched) -> None:
    (warm,) = drawing(watched)
    begun = len(watched.said)
    os.kill(warm, signal.SIGKILL)
    wait_until(lambda: any("0 failed" in line for line in watched.said[begun:]))
    told = "render.py: the process that draws was killed (SIGKILL); memory may have run out; "
    lines = [line for line in watched.said[begun:] if "the process that draws" in line]
    assert lines == [f"{told}it is started again\n"]
    (other,) = drawing(watched)
    assert other != warm
    wait_until(lambda: not children(other))

    text = watched.scene.read_text(encoding="utf-8")
    version, begun = watched.version, len(watched.said)
    watched.scene.write_text(text.replace('"One."', '"Eins."'), encoding="utf-8")
    (copy,) = wait_until(lambda: children(other))
    os.kill(copy, signal.SIGKILL)
    wait_until(lambda: any("it is started again" in line for line in watched.said[begun:]))
    wait_until(lambda: watched.version != version)  # though nobody has edited since


def children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(each) for each in path.read_text().split()]


def test_a_temporary_folder_that_somebody_cleared_away_is_done_without(watched: Watched) -> None:
    (folder,) = watched.temporary.iterdir()
    shutil.rmtree(folder)
    watched.edit(watched.scene, '"Two', '"Zwei')
    assert not list(watched.temporary.iterdir())


def test_ctrl_c_ends_it_and_leaves_nothing(watched: Watched) -> None:
    text = watched.scene.read_text(encoding="utf-8")
    # whatever the first beat says by now: text that stays the same has nothing drawn
    changed = re.sub(r'(beat\("one", )"[^"]*"', r'\1"In the middle of it."', text)
    assert changed != text
    watched.scene.write_text(changed, encoding="utf-8")
    wait_until(lambda: list(watched.draft.glob(".batch-*")))
    pids = of_group(watched.process.pid)
    os.killpg(watched.process.pid, signal.SIGINT)
    assert watched.process.wait(PATIENCE) == 0
    assert watched.said[-1] == "render.py: stopped watching\n"
    assert all(ends(pid) for pid in pids)
    wait_until(lambda: not list(watched.temporary.iterdir()))
    assert not list(watched.draft.glob(".batch-*"))


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_who_is_killed_leaves_a_folder_that_the_next_one_clears(
    watched: Watched, tmp_path: Path
) -> None:
    for number in (signal.SIGKILL, signal.SIGHUP):
        again = Watched(watched.root, tmp_path)
        wait_until(lambda: any("watching" in line for line in again.said))  # noqa: B023
        assert len(list(tmp_path.glob("lamath-*"))) == 1  # and that of the one before is gone
        pids = of_group(again.process.pid)
        again.process.send_signal(number)
        again.process.wait(PATIENCE)
        assert all(ends(pid) for pid in pids)
    assert not list(tmp_path.iterdir())


def test_it_goes_with_nothing_that_is_not_for_drafts(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "render.py", "svd", "--watch", "--dask", "tcp://127.0.0.1:1"],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "--watch goes without" in done.stderr


# Its parts


@pytest.mark.parametrize(
    ("path", "matters"),
    [
        ("scenes/svd.py", True),
        ("scenes/locale/zh_Hans/LC_MESSAGES/scenes.po", True),
        ("lessons/first.toml", True),
        ("lessons/photo.png", True),
        ("scenes/__pycache__/svd.cpython-311.pyc", False),
        ("scenes/.svd.py.swp", False),
        ("scenes/.#svd.py", False),
        ("scenes/svd.py~", False),
        ("lessons/out/clips/svd/poster.png", False),
        ("lessons/out/index.html", False),
    ],
)
def test_only_files_that_could_change_a_clip_matter(path: str, matters: bool) -> None:
    assert _matters(Path(path)) is matters


def test_changes_at_once_are_one_change() -> None:
    changed: SimpleQueue[Path] = SimpleQueue()
    for name in ("a.py", "b.py", "a.py"):
        changed.put(Path(name))
    assert _gather(changed) == [Path("a.py"), Path("b.py")]


def test_a_page_that_is_not_new_is_left_alone(tmp_path: Path) -> None:
    refresh(Folder(tmp_path))
    assert not list(tmp_path.iterdir())
    page = tmp_path / "index.html"
    page.write_text(f"{OURS}<p>…</p>\n</body>\n</html>\n", encoding="utf-8")
    refresh(Folder(tmp_path))
    state = SimpleNamespace(page=page.read_text("utf-8"), time=(tmp_path / "version.js").stat())
    refresh(Folder(tmp_path))
    assert page.read_text(encoding="utf-8") == state.page
    assert (tmp_path / "version.js").stat().st_mtime_ns == state.time.st_mtime_ns
