"""The task itself: it runs anywhere, and whatever a scene does it gives a Take."""

from __future__ import annotations

import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import crew_tasks
import pytest
import stand_in

import scenes
from scenes.studio.batch import film_all
from scenes.studio.bundle import Shelf
from scenes.studio.clip import Clip
from scenes.studio.due import due
from scenes.studio.shoot import shoot

CALM, CHATTY, RAISES = (Clip(name, "1 0; 0 1") for name in ("calm", "chatty", "raises"))


@pytest.fixture(autouse=True)
def catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenes, "CATALOGUE", stand_in.CATALOGUE)


def test_a_take_needs_no_shared_folder_and_travels(capfd: pytest.CaptureFixture[str]) -> None:
    take = pickle.loads(pickle.dumps(shoot(CHATTY)))  # noqa: S301
    assert take.facts is not None
    assert set(take.files) == {"video.mp4", "poster.png", "captions.vtt"}
    assert take.files["poster.png"].startswith(b"\x89PNG")
    assert "a word on stdout" in take.log
    assert "a word from C" in take.log
    assert capfd.readouterr() == ("", "")


def test_a_failing_scene_gives_a_take_with_the_reason(tmp_path: Path) -> None:
    take = shoot(RAISES, tmp_path)
    assert take.facts is None
    assert take.files == {}
    assert take.error == "ValueError: the chalk broke (in beat 'first', 0.20 s into the clip)"
    assert (take.beat, take.time) == ("first", 0.2)
    assert "Traceback" in take.log
    assert list(tmp_path.iterdir()) == []


class Quiet:
    def progress(self, progress: Any) -> None: ...

    def finished(self, clip: Clip, record: Any) -> None: ...


def test_any_executor_will_do(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.open()
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, spawn, crew_tasks.use_stand_ins) as executor:
        steps = due((CALM, RAISES), shelf)
        records = film_all(steps, executor, shelf, SimpleQueue(), Quiet())
    assert [record["status"] for record in records] == ["rendered", "failed"]
    assert (tmp_path / records[0]["files"]["video"]).is_file()
