from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from scenes.studio.clip import Clip
from scenes.studio.progress import OnLines, OnTerminal, Tally, teller
from scenes.studio.take import Progress

ONE, TWO = Clip("svd", "3 0; 4 5"), Clip("rank", "1 2; 2 4", language="zh-Hans")
DONE = {"status": "rendered", "seconds": 2.0, "frames": 30}
LOST = {"status": "failed", "error": "ValueError: [red]no", "log": "failed/x/log.txt"}


def test_frames_are_counted_and_unknown_clips_taken_as_long_as_known_ones() -> None:
    tally = Tally(4)
    assert (tally.drawn, tally.total) == (0, None)
    tally.note(Progress("a", 0))
    assert tally.total is None
    tally.note(Progress("a", 10, 100))
    tally.note(Progress("b", 20, 300))
    assert (tally.drawn, tally.total) == (30, 800)
    tally.settle("a", 100)
    tally.settle("b", None)  # failed after 20 frames: no more will come
    assert (tally.drawn, tally.total) == (120, 240)


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
        told.finished(ONE, DONE)
        told._bars.refresh()
        assert "1 of 2 clips" in text.getvalue()
        told.finished(TWO, LOST)
    assert "failed: ValueError: [red]no" in text.getvalue()
