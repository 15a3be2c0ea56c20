from __future__ import annotations

import pytest
from support import shows

from scenes.studio.clip import Clip
from scenes.studio.take import Progress
from scenes.studio.tally import Tally

CLIPS = tuple(Clip("svd", shows(f"{n} 0; 0 1")) for n in range(4))
A, B, C, D = (clip.id for clip in CLIPS)


class Clock:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def rendered(frames: int) -> dict[str, object]:
    return {"status": "rendered", "frames": frames, "seconds": frames / 15}


def test_frames_are_counted_and_unknown_clips_taken_as_long_as_known_ones() -> None:
    tally = Tally(CLIPS)
    assert (tally.drawn, tally.total, tally.guessed) == (0, None, 4)
    tally.note(Progress(A, 0))
    assert tally.total is None
    tally.note(Progress(A, 10, 100))
    tally.note(Progress(B, 20, 300))
    assert (tally.drawn, tally.total, tally.guessed) == (30, 800, 2)
    tally.settle(CLIPS[0], rendered(100))
    tally.settle(CLIPS[1], {"status": "failed"})  # after 20 frames: no more will come
    assert (tally.drawn, tally.total, tally.guessed) == (120, 520, 2)
    assert (tally.done, tally.clips) == (2, 4)


def test_a_guess_comes_from_the_same_scene_if_it_can_and_minds_the_quality() -> None:
    clips = (
        Clip("svd", shows("1 0; 0 1")),
        Clip("rank", shows("1 0; 0 1")),
        Clip("svd", shows("2 0; 0 1")),
        Clip("inverse", shows("1 0; 0 1"), quality="m"),
    )
    tally = Tally(clips)
    tally.note(Progress(clips[0].id, 0, 300))
    tally.note(Progress(clips[1].id, 0, 100))
    assert tally.total == 300 + 100 + 300 + 2 * 200


def test_kept_clips_are_no_work() -> None:
    tally = Tally(CLIPS)
    tally.settle(CLIPS[0], {"status": "kept", "frames": 999, "seconds": 9.0})
    tally.note(Progress(B, 5, 50))
    assert (tally.kept, tally.rendered, tally.failed) == (1, 0, 0)
    assert (tally.drawn, tally.total, tally.seconds) == (5, 150, 0.0)


def test_the_time_left_follows_the_frames_not_the_clips() -> None:
    clock = Clock()
    tally = Tally(CLIPS[:2], clock)
    tally.note(Progress(A, 0, 100))
    assert tally.left is None
    clock.seconds += 10
    tally.note(Progress(A, 100, 100))
    tally.settle(CLIPS[0], rendered(100))
    tally.note(Progress(B, 0, 900))
    assert tally.done == 1  # half of the clips, a tenth of the frames
    assert tally.left == pytest.approx(90)


def test_a_long_last_clip_is_waited_for_at_its_own_speed() -> None:
    clock = Clock()
    tally = Tally(CLIPS, clock)
    for clip in (A, B, C, D):
        tally.note(Progress(clip, 0, 100 if clip != D else 200))
    clock.seconds += 10
    for clip in CLIPS[:3]:
        tally.note(Progress(clip.id, 100, 100))
        tally.settle(clip, rendered(100))
    tally.note(Progress(D, 100, 200))
    assert tally.left == pytest.approx(10)  # at the speed of all four it would be 2.5


def test_a_large_frame_is_more_work_than_a_small_one() -> None:
    clips = (Clip("svd", shows("1 0; 0 1")), Clip("svd", shows("1 0; 0 1"), quality="h"))
    clock = Clock()
    tally = Tally(clips, clock)
    tally.note(Progress(clips[0].id, 0, 100))
    clock.seconds += 10
    tally.note(Progress(clips[0].id, 100, 100))
    tally.note(Progress(clips[1].id, 0, 100))
    assert 20 < (tally.left or 0) < 30


def test_a_clip_that_is_begun_again_counts_anew_but_its_processor_time_adds_up() -> None:
    tally = Tally(CLIPS[:1])
    tally.note(Progress(A, 50, 100, "late", 3.0))
    tally.note(Progress(A, 0))
    tally.note(Progress(A, 10, 100, "early", 1.5))
    assert tally.drawn == 10
    assert tally.cpu == pytest.approx(4.5)


def test_news_that_come_late_change_nothing() -> None:
    tally = Tally(CLIPS[:1])
    tally.note(Progress(A, 90, 100))
    tally.settle(CLIPS[0], rendered(100))
    tally.note(Progress(A, 95, 100))
    assert (tally.drawn, tally.total) == (100, 100)
    assert tally.left is None or tally.left == 0
