from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console
from support import shows

from scenes.studio.clip import Clip
from scenes.studio.progress import OnLines, OnTerminal, Several, sum_up, teller
from scenes.studio.take import Progress
from scenes.studio.tally import Tally

ONE, TWO = Clip("svd", shows("3 0; 4 5")), Clip("rank", shows("1 2; 2 4"), language="zh-Hans")
DONE = {"status": "rendered", "seconds": 2.0, "frames": 30}
KEPT = {"status": "kept", "seconds": 2.0, "frames": 30}
LOST = {"status": "failed", "error": "ValueError: [red]no", "log": "failed/x/log.txt"}


def test_off_a_terminal_there_is_a_line_for_each_clip_when_it_is_done() -> None:
    text = io.StringIO()
    with teller(Console(file=text), (ONE, TWO), Path("out")) as told:
        assert type(told) is OnLines
        told.progress(Progress(ONE.id, 5, 30, "first"))
        told.finished(ONE, DONE)
        told.finished(TWO, LOST)
    first, second = text.getvalue().splitlines()
    assert first.startswith("[1/2] svd · [3 0; 4 5] · en · 16:9 — 2.0 s in ")
    assert "rank · [1 2; 2 4] · zh-Hans · 16:9 — failed: ValueError: [red]no" in second
    assert second.endswith("(log: out/failed/x/log.txt)")


def test_on_a_terminal_there_is_a_bar_for_each_running_clip_and_one_for_all() -> None:
    text = io.StringIO()
    console = Console(file=text, force_terminal=True, width=150)
    with teller(console, (ONE, TWO), Path("out")) as told:
        assert type(told) is OnTerminal
        told.progress(Progress(ONE.id))
        told.progress(Progress(ONE.id, 15, 30, "first beat"))
        told._bars.refresh()
        assert "0 of 2 clips" in text.getvalue()
        assert "first beat" in text.getvalue()
        assert " 50%" in text.getvalue()
        assert "15 frames, " in text.getvalue()
        told.finished(ONE, DONE)
        told._bars.refresh()
        assert "1 of 2 clips" in text.getvalue()
        told.finished(TWO, LOST)
    assert "failed: ValueError: [red]no" in text.getvalue()


def test_a_kept_clip_is_said_to_be_kept() -> None:
    text = io.StringIO()
    with teller(Console(file=text), (ONE,), Path("out")) as told:
        told.finished(ONE, KEPT)
    assert text.getvalue() == "[1/1] svd · [3 0; 4 5] · en · 16:9 — kept\n"


def test_the_time_left_says_what_it_supposes(monkeypatch: pytest.MonkeyPatch) -> None:
    text = io.StringIO()
    console = Console(file=text, force_terminal=True, width=200)
    with teller(console, (ONE, TWO), Path("out")) as told:
        monkeypatch.setattr(Tally, "left", 75.0)
        told.progress(Progress(ONE.id, 15, 30, "first beat"))
        told._bars.refresh()
    assert "about 1:15 left, if 1 not yet begun are as long as the others" in text.getvalue()


def test_several_hear_the_same() -> None:
    texts = io.StringIO(), io.StringIO()
    both = Several(*(OnLines(Console(file=text), (ONE,), Path("out")) for text in texts))
    both.progress(Progress(ONE.id, 5, 30, "first"))
    both.finished(ONE, KEPT)
    assert texts[0].getvalue() == texts[1].getvalue() != ""


def test_a_batch_is_summed_up_in_one_line() -> None:
    summary = {"rendered": 1, "kept": 2, "failed": 3, "seconds": 90.0, "wall": 3700.0, "cpu": 8.0}
    assert sum_up(summary) == (
        "1 rendered, 2 kept, 3 failed: 1:30 of video in 1:01:40 (0:08 of processor time)"
    )
