from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console
from support import failed, record, shows

from scenes.studio.report.batch_result import BatchResult
from scenes.studio.report.estimate import BatchEstimate
from scenes.studio.report.listener import Listeners
from scenes.studio.report.progress import LineListener, TerminalListener, progress_listener
from scenes.studio.request.clip import Clip
from scenes.studio.store.record import ClipRecord
from scenes.studio.store.result import Progress

ONE, TWO = Clip("svd", shows("3 0; 4 5")), Clip("rank", shows("1 2; 2 4"), language="zh-Hans")
DONE = record(seconds=2.0, frames=30)
KEPT = record(seconds=2.0, frames=30, status="kept")
LOST = failed(error="ValueError: [red]no", folder="failed/x")
OUT = Path("out")


class Batch:
    """Tells a listener what a batch would tell it."""

    def __init__(self, listener: LineListener | Listeners, *clips: Clip) -> None:
        self.listener, self.estimate = listener, BatchEstimate(clips)
        listener.started(self.estimate, OUT)

    def progress(self, progress: Progress) -> None:
        self.estimate.note(progress)
        self.listener.progress(progress, self.estimate)

    def finished(self, clip: Clip, record: ClipRecord) -> None:
        self.estimate.settle(clip, record)
        self.listener.finished(clip, record, self.estimate)


def test_off_a_terminal_there_is_a_line_for_each_clip_when_it_is_done() -> None:
    text = io.StringIO()
    with progress_listener(Console(file=text), OUT) as listener:
        assert type(listener) is LineListener
        batch = Batch(listener, ONE, TWO)
        batch.progress(Progress(ONE.id, 5, 30, "first"))
        batch.finished(ONE, DONE)
        batch.finished(TWO, LOST)
    first, second = text.getvalue().splitlines()
    assert first.startswith("[1/2] svd · [3 0; 4 5] · en · 16:9 — 2.0 s in ")
    assert "rank · [1 2; 2 4] · zh-Hans · 16:9 — failed: ValueError: [red]no" in second
    assert second.endswith("(log: out/failed/x/log.txt)")


def test_on_a_terminal_there_is_a_bar_for_each_running_clip_and_one_for_all() -> None:
    text = io.StringIO()
    console = Console(file=text, force_terminal=True, width=150)
    with progress_listener(console, OUT) as listener:
        assert isinstance(listener, TerminalListener)
        batch = Batch(listener, ONE, TWO)
        batch.progress(Progress(ONE.id))
        batch.progress(Progress(ONE.id, 15, 30, "first beat"))
        listener._bars.refresh()
        assert "0 of 2 clips" in text.getvalue()
        assert "svd · [3 0; 4 5]" in text.getvalue()
        assert "first beat" in text.getvalue()
        assert " 50%" in text.getvalue()
        assert "15 frames, " in text.getvalue()
        batch.finished(ONE, DONE)
        listener._bars.refresh()
        assert "1 of 2 clips" in text.getvalue()
        batch.finished(TWO, LOST)
    assert "failed: ValueError: [red]no" in text.getvalue()


def test_a_kept_clip_is_said_to_be_kept() -> None:
    text = io.StringIO()
    with progress_listener(Console(file=text), OUT) as listener:
        Batch(listener, ONE).finished(ONE, KEPT)
    assert text.getvalue() == "[1/1] svd · [3 0; 4 5] · en · 16:9 — kept\n"


def test_the_time_left_says_what_it_supposes(monkeypatch: pytest.MonkeyPatch) -> None:
    text = io.StringIO()
    console = Console(file=text, force_terminal=True, width=200)
    with progress_listener(console, OUT) as listener:
        assert isinstance(listener, TerminalListener)
        monkeypatch.setattr(BatchEstimate, "left", 75.0)
        Batch(listener, ONE, TWO).progress(Progress(ONE.id, 15, 30, "first beat"))
        listener._bars.refresh()
    assert "about 1:15 left, if 1 not yet begun are as long as the others" in text.getvalue()


def test_lines_for_the_person_who_waits_are_passed_on() -> None:
    said: list[str] = []
    with progress_listener(Console(file=io.StringIO()), OUT, said.append) as listener:
        listener.told("removed clips/x")
    assert said == ["removed clips/x"]


def test_several_hear_the_same() -> None:
    texts, said = (io.StringIO(), io.StringIO()), list[str]()
    lines = (LineListener(Console(file=text), OUT, said.append) for text in texts)
    both = Listeners(*lines)
    batch = Batch(both, ONE)
    batch.progress(Progress(ONE.id, 5, 30, "first"))
    batch.finished(ONE, KEPT)
    both.told("so")
    assert texts[0].getvalue() == texts[1].getvalue() != ""
    assert said == ["so", "so"]


def test_a_batch_is_summed_up_in_one_line() -> None:
    records = (DONE, KEPT, KEPT, LOST, LOST, LOST)
    result = BatchResult(records, OUT, seconds=90.0, wall=3700.0, cpu=8.0)
    assert str(result) == (
        "1 rendered, 2 kept, 3 failed: 1:30 of video in 1:01:40 (0:08 of processor time)"
    )


def test_each_failure_is_told_with_its_log_and_the_command_that_repeats_it() -> None:
    lost = failed(inputs={"matrix": "1 2; 3 4", "vector": "1 2"}, command="python render.py calm")
    nowhere = failed(folder=None)
    lines = list(BatchResult((DONE, lost, nowhere), OUT).lines(Path("here")))
    assert lines[:3] == [
        "failed: calm · [1 2; 3 4] · (1 2): ValueError: broke",
        f"    log:   {Path('here/failed/clip-1/log.txt')}",
        "    alone: python render.py calm",
    ]
    assert not [line for line in lines[3:] if "log:" in line]
    assert lines[-1].startswith("1 rendered, 0 kept, 2 failed")
