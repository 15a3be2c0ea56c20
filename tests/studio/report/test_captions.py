from __future__ import annotations

import re
from itertools import pairwise
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from scenes.studio.report.captions import webvtt

STAMP = r"(\d\d+):([0-5]\d):([0-5]\d)\.(\d{3})"


def beat(caption: str, start: float, end: float) -> SimpleNamespace:
    return SimpleNamespace(caption=caption, start=start, end=end)


def cues(text: str) -> list[tuple[float, float, str]]:
    """Read WebVTT as its grammar has it; anything else fails."""
    header, *blocks = text.removesuffix("\n").split("\n\n")
    assert header == "WEBVTT"
    found = []
    for number, block in enumerate(blocks, start=1):
        name, timing, *lines = block.split("\n")
        assert name == str(number)
        match = re.fullmatch(f"{STAMP} --> {STAMP}", timing)
        assert match
        h, m, s, ms, *end = map(int, match.groups())
        assert lines
        assert all(lines)
        assert not any("-->" in line or "<" in line for line in lines)
        found.append((h * 3600 + m * 60 + s + ms / 1000, end, "\n".join(lines)))
        h, m, s, ms = end
        found[-1] = (found[-1][0], h * 3600 + m * 60 + s + ms / 1000, found[-1][2])
    return found


times = st.floats(-5, 100)


@given(st.lists(st.builds(beat, st.text(), times, times)), st.floats(0, 60))
def test_any_beats_give_valid_captions_in_order_and_inside_the_clip(
    beats: list[SimpleNamespace], seconds: float
) -> None:
    found = cues(webvtt(beats, seconds))
    assert all(start < end for start, end, _ in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert all(start >= 0 and end <= seconds + 0.0005 for start, end, _ in found)


def test_text_is_escaped_and_keeps_its_lines() -> None:
    assert cues(webvtt([beat("a < b & c\n\n--> d", 0, 1)], 5)) == [
        (0.0, 1.0, "a &lt; b &amp; c\n--&gt; d")
    ]


def test_a_caption_ends_where_the_next_begins() -> None:
    found = cues(webvtt([beat("one", 0, 3), beat("two", 2, 9)], 5))
    assert found == [(0.0, 2.0, "one"), (2.0, 5.0, "two")]


def test_hours_are_counted() -> None:
    assert "01:00:01.250 --> 01:01:01.000" in webvtt([beat("late", 3601.25, 3661)], 9999)
