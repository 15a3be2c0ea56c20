"""Rendering as a program asks for it, without a command line."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import stand_in
from support import shows

import scenes
from scenes.studio.report.estimate import BatchEstimate
from scenes.studio.report.lesson_record import read_lesson
from scenes.studio.report.listener import Silent
from scenes.studio.request.asked import Asked
from scenes.studio.request.clip import Clip, UnusableError
from scenes.studio.run.batch import Request, render_batch
from scenes.studio.store.clip_store import ClipStore
from scenes.studio.store.disk import Folder
from scenes.studio.store.due import compare
from scenes.studio.store.record import ClipRecord
from scenes.studio.store.result import BeatFacts, ClipFacts, ClipResult


class Heard(Silent):
    """Remembers what it hears."""

    def __init__(self) -> None:
        self.out: Path | None = None
        self.records: list[ClipRecord] = []
        self.lines: list[str] = []

    def started(self, estimate: BatchEstimate, out: Path) -> None:
        self.out = out

    def told(self, line: str) -> None:
        self.lines.append(line)

    def finished(self, clip: Clip, record: ClipRecord, estimate: BatchEstimate) -> None:
        assert record.id == clip.id
        self.records.append(record)


@pytest.fixture(autouse=True)
def catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenes, "CATALOGUE", stand_in.CATALOGUE)


def fill(out: Path, *clips: Clip) -> None:
    """Make a folder that seems to hold clips."""
    facts = ClipFacts("T", 2.0, 30, 854, 480, 15.0, (BeatFacts("a", "A.", 0, 2),), {"poster": "p"})
    store = ClipStore(out)
    store.open()
    for state in compare(clips, store):
        result = ClipResult(state.clip.id, facts, {"p": b"picture"})
        store.publish(state.clip, result, state.key, state.sources)
    store.close()


def test_what_is_there_is_kept_and_told_and_typed(tmp_path: Path) -> None:
    planned = Asked(names=("calm", "wide")).plan()
    fill(tmp_path, *planned.clips)
    other = Clip("calm", shows("5 0; 0 5"))
    fill(tmp_path, other)
    heard = Heard()
    before = [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)]
    result = render_batch(Request(planned.clips, tmp_path), heard)
    assert [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)] == before
    assert [record.status for record in result.records] == ["kept", "kept"]
    assert tuple(heard.records) == result.records
    assert heard.out == result.out == tmp_path
    assert result.counts == {"rendered": 0, "kept": 2, "failed": 0}
    assert not result.has_failed
    assert result.page.is_file()
    assert result.unwanted == (f"clips/{other.id}",)


def test_files_that_were_only_touched_are_read_once(tmp_path: Path) -> None:
    clip = Clip("calm", shows("1 0; 0 1"))
    fill(tmp_path, clip)
    request = Request((clip,), tmp_path)
    render_batch(request)
    picture, record = (tmp_path / "clips" / clip.id / name for name in ("p", "clip.json"))
    before = record.read_bytes()
    picture.touch()
    assert render_batch(request).counts["kept"] == 1
    after = record.read_bytes()
    assert after != before
    assert render_batch(request).counts["kept"] == 1
    assert record.read_bytes() == after


@pytest.mark.parametrize("number", ["0", "9" * 30])
def test_what_a_killed_batch_left_is_cleared_when_nothing_is_due(
    tmp_path: Path, number: str
) -> None:
    clip = Clip("calm", shows("1 0; 0 1"))
    fill(tmp_path, clip)
    if number == "0":
        ended = subprocess.Popen([sys.executable, "-c", ""])
        ended.wait()
        number = str(ended.pid)
    render_batch(Request((clip,), tmp_path))
    (tmp_path / f".batch-{number}-00").mkdir()
    assert render_batch(Request((clip,), tmp_path)).counts["kept"] == 1
    assert not list(tmp_path.glob(".batch-*"))


def test_pruning_is_told(tmp_path: Path) -> None:
    clips = Clip("calm", shows("1 0; 0 1")), Clip("calm", shows("5 0; 0 5"))
    fill(tmp_path, *clips)
    heard = Heard()
    result = render_batch(Request(clips[:1], tmp_path, prune=True), heard)
    assert heard.lines == [f"removed clips/{clips[1].id}"]
    assert result.unwanted == ()


def test_what_pruning_leaves_is_told(tmp_path: Path) -> None:
    clips = Clip("calm", shows("1 0; 0 1")), Clip("calm", shows("5 0; 0 5"))
    fill(tmp_path, *clips)
    note = tmp_path / "clips" / clips[1].id / "note.txt"
    note.write_text("mine")
    (tmp_path / "clips" / "odd").mkdir()
    (tmp_path / "clips" / "odd" / "clip.json").write_text("{")
    heard = Heard()
    render_batch(Request(clips[:1], tmp_path, prune=True), heard)
    assert heard.lines == [
        "clips/odd stays: its clip.json can't be read; look whether to remove it yourself",
        f"clips/{clips[1].id} stays: note.txt in it was not made by render.py",
    ]
    assert [path.name for path in note.parent.iterdir()] == ["note.txt"]


def test_nobody_has_to_listen(tmp_path: Path) -> None:
    fill(tmp_path, Clip("calm", shows("1 0; 0 1")))
    planned = Asked(names=("calm",), given={"matrix": "1 0; 0 1"}).plan()
    assert render_batch(Request(planned.clips, tmp_path)).counts["kept"] == 1


def test_a_folder_that_will_not_do_is_said_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    planned = Asked(names=("calm",)).plan()
    with pytest.raises(UnusableError, match="--out: "):
        render_batch(Request(planned.clips, tmp_path / "file"))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (Asked(names=("calm",), lesson=Path("x.toml")), "leave these out"),
        (Asked(given={"matrix": "1"}, lesson=Path("x.toml")), "leave these out"),
        (Asked(themes=("dark,light",), lesson=Path("x.toml")), "a lesson has one theme"),
        (Asked(lesson=Path("no such file.toml")), "there is no such file"),
    ],
)
def test_what_cannot_be_planned_is_said(asked: Asked, says: str) -> None:
    with pytest.raises(UnusableError, match=says):
        asked.plan()


@pytest.mark.parametrize(
    "lesson", ["{", "[" * 100_000, "[]", '{"parts": 5}', '{"languages": []}', '{"title": NaN}']
)
def test_a_damaged_lesson_leaves_the_page_of_the_clips(tmp_path: Path, lesson: str) -> None:
    clip = Clip("calm", shows("1 0; 0 1"))
    fill(tmp_path, clip)
    (tmp_path / "lesson.json").write_text(lesson)
    result = render_batch(Request((clip,), tmp_path))
    assert result.counts["kept"] == 1
    assert clip.id in result.page.read_text(encoding="utf-8")


@pytest.mark.parametrize("files", [{}, {"video": "p"}, {"frames": "p"}])
def test_a_record_that_names_few_files_stops_no_page(tmp_path: Path, files: dict[str, str]) -> None:
    clips = Clip("calm", shows("1 0; 0 1")), Clip("calm", shows("5 0; 0 5"))
    fill(tmp_path, *clips)
    path = tmp_path / "clips" / clips[1].id / "clip.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"files": files}))
    result = render_batch(Request(clips[:1], tmp_path))
    assert result.counts["kept"] == 1
    assert clips[0].id in result.page.read_text(encoding="utf-8")


def test_a_lesson_that_lacks_a_language_is_not_shown(tmp_path: Path) -> None:
    lesson = {
        "title": {"en": "A lesson"}, "languages": ["en"], "aspects": ["16:9"], "theme": "dark",
        "parts": [{"kind": "text", "title": None, "body": {"en": "Look."}}],
    }  # fmt: skip
    path = tmp_path / "lesson.json"
    path.write_text(json.dumps(lesson))
    assert read_lesson(Folder(tmp_path)) == lesson
    path.write_text(json.dumps(lesson | {"languages": ["en", "zh-Hans"]}))
    assert read_lesson(Folder(tmp_path)) is None
