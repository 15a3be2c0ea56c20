"""What other programs can read while a batch runs."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from support import failed, record, shows

from scenes.studio.report.batch_result import BatchResult
from scenes.studio.report.estimate import BatchEstimate
from scenes.studio.report.events import JsonListener
from scenes.studio.request.clip import Clip
from scenes.studio.store.result import Progress

ONE, TWO = Clip("svd", shows("3 0; 4 5")), Clip("rank", shows("1 2; 2 4"), language="zh-Hans")


def told(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_each_event_is_one_line_with_what_happened(tmp_path: Path) -> None:
    stream = io.StringIO()
    events, estimate = JsonListener(stream), BatchEstimate((ONE, TWO))
    events.started(estimate, tmp_path)
    progress = Progress(ONE.id, 15, 30, "first\nbeat", 0.5)
    estimate.note(progress)
    events.progress(progress, estimate)
    records = record(id=ONE.id, title="奇异值", seconds=2.0), failed(id=TWO.id, error="no")
    for clip, each in zip((ONE, TWO), records, strict=True):
        estimate.settle(clip, each)
        events.finished(clip, each, estimate)
    times = estimate.seconds, estimate.wall, estimate.cpu
    events.ended(BatchResult(records, tmp_path, *times))
    started, going, finished, lost, summary = told(stream)
    assert (started["event"], started["clips"]) == ("started", 2)
    assert started["out"] == str(tmp_path)
    assert (going["event"], going["clip"], going["scene"]) == ("progress", ONE.id, "svd")
    assert (going["frames"], going["total"], going["beat"]) == (15, 30, "first\nbeat")
    assert going["batch"] == {
        "done": 0, "clips": 2, "frames": 15, "total": 60, "left": None, "guessed": 1
    }  # fmt: skip
    assert (finished["event"], finished["record"]["title"]) == ("finished", "奇异值")
    assert "beats" not in finished["record"]
    assert finished["batch"]["done"] == 1
    assert (lost["event"], lost["record"]["error"]) == ("failed", "no")
    assert summary.items() >= {
        "event": "summary", "rendered": 1, "kept": 0, "failed": 1, "seconds": 2.0, "cpu": 0.5,
        "page": str(tmp_path / "index.html"),
    }.items()  # fmt: skip
    assert summary["clips"] == [finished["record"], lost["record"]]


def test_the_command_line_tells_a_batch_from_start_to_summary(troubled: SimpleNamespace) -> None:
    events = [json.loads(line) for line in troubled.done.stdout.splitlines()]
    kinds = [event["event"] for event in events]
    assert (kinds[0], kinds[-1]) == ("started", "summary")
    assert events[0]["clips"] == kinds.count("finished") + kinds.count("failed") == 12
    assert (kinds.count("finished"), kinds.count("failed")) == (4, 8)
    times = [event["time"] for event in events]
    assert times == sorted(times)


def test_progress_knows_the_length_before_the_first_frame(troubled: SimpleNamespace) -> None:
    events = [json.loads(line) for line in troubled.done.stdout.splitlines()]
    lengths = {clip["id"]: clip["frames"] for clip in troubled.clips}
    calm = [each for each in events if each["event"] == "progress" and each["scene"] == "calm"]
    assert calm[-1]["frames"] == calm[-1]["total"] == lengths[calm[-1]["clip"]]
    assert {each["total"] for each in calm} <= {None, *lengths.values()}
    assert events[-1]["cpu"] > 0
