"""The task itself: it runs anywhere, and whatever a scene does it gives a ClipResult."""

from __future__ import annotations

import hashlib
import io
import multiprocessing
import pickle
import threading
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
import pool_tasks
import pytest
import stand_in
from support import as_png, shows

import scenes
from scenes.studio.report.estimate import BatchEstimate
from scenes.studio.report.listener import Silent
from scenes.studio.request.clip import Clip
from scenes.studio.run import scheduler
from scenes.studio.run.scheduler import Scheduler
from scenes.studio.run.task import render_task
from scenes.studio.store.clip_store import ClipStore
from scenes.studio.store.due import compare
from scenes.studio.store.result import ClipResult

WEIGHS = Clip("weighs", (("weights", "up/w.npy"), ("image", "p.png")))
CALM, CHATTY, RAISES = (Clip(name, shows("1 0; 0 1")) for name in ("calm", "chatty", "raises"))


@pytest.fixture(autouse=True)
def catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenes, "CATALOGUE", stand_in.CATALOGUE)


def test_a_take_needs_no_shared_folder_and_travels(capfd: pytest.CaptureFixture[str]) -> None:
    result = pickle.loads(pickle.dumps(render_task(CHATTY)))  # noqa: S301
    assert result.facts is not None
    assert set(result.files) == {
        "video.mp4", "poster.png", "summary.png", "storyboard.png", "facts.json",
        "captions.en.vtt", "chapters.en.vtt", "transcript.en.md",
    }  # fmt: skip
    assert result.files["poster.png"].startswith(b"\x89PNG")
    assert "a word on stdout" in result.log
    assert "a word from C" in result.log
    assert capfd.readouterr() == ("", "")


def test_a_failing_scene_gives_a_take_with_the_reason(tmp_path: Path) -> None:
    result = render_task(RAISES, tmp_path)
    assert result.facts is None
    assert result.files == {}
    assert result.error == "ValueError: the chalk broke (in beat 'first', 0.20 s into the clip)"
    assert (result.beat, result.time) == ("first", 0.2)
    assert "Traceback" in result.log
    assert list(tmp_path.iterdir()) == []


def as_npy(array: Any) -> bytes:
    file = io.BytesIO()
    np.save(file, np.array(array))
    return file.getvalue()


@pytest.mark.parametrize("travels", [True, False])
def test_a_scene_gets_the_files_of_its_clip(tmp_path: Path, travels: bool) -> None:
    files = {"weights": as_npy([[1.5, 2.0]]), "image": as_png()}
    places = []
    for name, content in files.items():
        places.append((name, tmp_path / Path(dict(WEIGHS.inputs)[name]).name))
        if not travels:
            places[-1][1].write_bytes(content)
    result = render_task(replace(WEIGHS, places=tuple(places)), files=files if travels else {})
    assert "None [[1.5, 2.0]] b" in result.log
    assert "x89PNG" in result.log
    assert result.facts is not None


def begin(executor: Executor, store: ClipStore, task: Any) -> Scheduler:
    """A scheduler for workers that do not see this machine's disk."""
    estimate = BatchEstimate(())
    return Scheduler(executor, store, SimpleQueue(), Silent(), estimate, task)


class Recorder(Executor):
    """Does a task when the first of those in flight is asked for, and remembers how many were."""

    def __init__(self) -> None:
        self.waiting: list[Any] = []
        self.most = 0
        self.given: list[Any] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
        future: Any = Future()
        self.waiting.append(future)
        self.most = max(self.most, len(self.waiting))
        self.given.append((args, kwargs))
        threading.Timer(0.05, self._do, (future, fn, args, kwargs)).start()
        return future

    def _do(self, future: Any, fn: Any, args: Any, kwargs: Any) -> None:
        self.waiting.remove(future)
        future.set_result(fn(*args, **kwargs))


def test_files_travel_to_a_farm_a_few_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "_IN_FLIGHT", 250)
    (tmp_path / "w.npy").write_bytes(b"w" * 100)
    places = (("weights", tmp_path / "w.npy"), ("image", tmp_path / "gone.png"))
    clips = [replace(WEIGHS, places=places, language=each) for each in ("en", "zh-Hans", "zh-Hant")]
    clips += [replace(clip, aspect="1:1") for clip in clips]
    (tmp_path / "gone.png").write_bytes(b"")
    store = ClipStore(tmp_path / "out")
    store.open()
    states = compare(clips, store)
    executor = Recorder()

    def lose(clip: Clip, scratch: Path | None, **given: Any) -> ClipResult:
        return ClipResult(clip.id, error="lost")

    records = begin(executor, store, lose).render(states)
    assert len(records) == 6
    assert executor.most == 3
    args, keywords = executor.given[0]
    assert args == (clips[0], None)
    assert keywords["files"] == {"weights": b"w" * 100, "image": b""}
    assert keywords["code"] == states[0].code
    assert keywords["sources"] == {}
    (tmp_path / "w.npy").write_bytes(b"other")
    begin(executor, store, lose).render(states[:1])
    assert executor.given[-1][1]["files"]["weights"] == b"other"
    weights = hashlib.sha256(b"other").hexdigest()
    assert states[0].renewed().sources["weights"].sha256 == weights
    (tmp_path / "gone.png").unlink()
    (record,) = begin(executor, store, lose).render(states[:1])
    assert "gone.png" in record.error


def test_any_executor_will_do(tmp_path: Path) -> None:
    store = ClipStore(tmp_path)
    store.open()
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, spawn, pool_tasks.use_stand_ins) as executor:
        states = compare((CALM, RAISES), store)
        estimate = BatchEstimate((CALM, RAISES))
        here = Scheduler(executor, store, SimpleQueue(), Silent(), estimate, scratch=store.scratch)
        records = here.render(states)
    assert [record.status for record in records] == ["rendered", "failed"]
    assert (tmp_path / records[0].paths["video"]).is_file()
    assert (estimate.rendered, estimate.failed) == (1, 1)
