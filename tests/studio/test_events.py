"""What other programs can read while a batch runs."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from support import shows

from scenes.studio.clip import Clip
from scenes.studio.events import OnJson, summary
from scenes.studio.take import Progress

ONE, TWO = Clip("svd", shows("3 0; 4 5")), Clip("rank", shows("1 2; 2 4"), language="zh-Hans")


def told(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_each_event_is_one_line_with_what_happened(tmp_path: Path) -> None:
    stream = io.StringIO()
    done = {"status": "rendered", "seconds": 2.0, "frames": 30, "beats": ["…"], "title": "奇异值"}
    with OnJson(stream, (ONE, TWO), tmp_path) as events:
        events.progress(Progress(ONE.id, 15, 30, "first\nbeat", 0.5))
        events.finished(ONE, done)
        events.finished(TWO, {"status": "failed", "error": "no", "log": "failed/x/log.txt"})
    started, progress, finished, failed = told(stream)
    assert (started["event"], started["clips"]) == ("started", 2)
    assert started["out"] == str(tmp_path)
    assert (progress["event"], progress["clip"], progress["scene"]) == ("progress", ONE.id, "svd")
    assert (progress["frames"], progress["total"], progress["beat"]) == (15, 30, "first\nbeat")
    assert progress["batch"] == {
        "done": 0, "clips": 2, "frames": 15, "total": 60, "left": None, "guessed": 1
    }  # fmt: skip
    assert (finished["event"], finished["record"]["title"]) == ("finished", "奇异值")
    assert "beats" not in finished["record"]
    assert finished["batch"]["done"] == 1
    assert (failed["event"], failed["record"]["error"]) == ("failed", "no")
    assert summary(events.tally, tmp_path).items() >= {
        "rendered": 1, "kept": 0, "failed": 1, "seconds": 2.0, "cpu": 0.5,
        "page": str(tmp_path / "index.html"),
    }.items()  # fmt: skip


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
