from __future__ import annotations

import pytest
from support import failed, record, shows

from scenes.studio.report.estimate import BatchEstimate
from scenes.studio.request.clip import Clip
from scenes.studio.store.record import ClipRecord
from scenes.studio.store.result import Progress

CLIPS = tuple(Clip("svd", shows(f"{n} 0; 0 1")) for n in range(4))
A, B, C, D = (clip.id for clip in CLIPS)


class Clock:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def rendered(frames: int) -> ClipRecord:
    return record(frames=frames, seconds=frames / 15)


def test_frames_are_counted_and_unknown_clips_taken_as_long_as_known_ones() -> None:
    estimate = BatchEstimate(CLIPS)
    assert (estimate.drawn, estimate.total, estimate.guessed) == (0, None, 4)
    estimate.note(Progress(A, 0))
    assert estimate.total is None
    estimate.note(Progress(A, 10, 100))
    estimate.note(Progress(B, 20, 300))
    assert (estimate.drawn, estimate.total, estimate.guessed) == (30, 800, 2)
    estimate.settle(CLIPS[0], rendered(100))
    estimate.settle(CLIPS[1], failed())  # after 20 frames: no more will come
    assert (estimate.drawn, estimate.total, estimate.guessed) == (120, 520, 2)
    assert (estimate.done, estimate.clips) == (2, 4)


def test_a_guess_comes_from_the_same_scene_if_it_can_and_minds_the_quality() -> None:
    clips = (
        Clip("svd", shows("1 0; 0 1")),
        Clip("rank", shows("1 0; 0 1")),
        Clip("svd", shows("2 0; 0 1")),
        Clip("inverse", shows("1 0; 0 1"), quality="m"),
    )
    estimate = BatchEstimate(clips)
    estimate.note(Progress(clips[0].id, 0, 300))
    estimate.note(Progress(clips[1].id, 0, 100))
    assert estimate.total == 300 + 100 + 300 + 2 * 200


def test_kept_clips_are_no_work() -> None:
    estimate = BatchEstimate(CLIPS)
    estimate.settle(CLIPS[0], record(status="kept", frames=999, seconds=9.0))
    estimate.note(Progress(B, 5, 50))
    assert (estimate.kept, estimate.rendered, estimate.failed) == (1, 0, 0)
    assert (estimate.drawn, estimate.total, estimate.seconds) == (5, 150, 0.0)


def test_the_time_left_follows_the_frames_not_the_clips() -> None:
    clock = Clock()
    estimate = BatchEstimate(CLIPS[:2], clock)
    estimate.note(Progress(A, 0, 100))
    assert estimate.left is None
    clock.seconds += 10
    estimate.note(Progress(A, 100, 100))
    estimate.settle(CLIPS[0], rendered(100))
    estimate.note(Progress(B, 0, 900))
    assert estimate.done == 1  # half of the clips, a tenth of the frames
    assert estimate.left == pytest.approx(90)


def test_a_long_last_clip_is_waited_for_at_its_own_speed() -> None:
    clock = Clock()
    estimate = BatchEstimate(CLIPS, clock)
    for clip in (A, B, C, D):
        estimate.note(Progress(clip, 0, 100 if clip != D else 200))
    clock.seconds += 10
    for clip in CLIPS[:3]:
        estimate.note(Progress(clip.id, 100, 100))
        estimate.settle(clip, rendered(100))
    estimate.note(Progress(D, 100, 200))
    assert estimate.left == pytest.approx(10)  # at the speed of all four it would be 2.5


def test_a_large_frame_is_more_work_than_a_small_one() -> None:
    clips = (Clip("svd", shows("1 0; 0 1")), Clip("svd", shows("1 0; 0 1"), quality="h"))
    clock = Clock()
    estimate = BatchEstimate(clips, clock)
    estimate.note(Progress(clips[0].id, 0, 100))
    clock.seconds += 10
    estimate.note(Progress(clips[0].id, 100, 100))
    estimate.note(Progress(clips[1].id, 0, 100))
    assert 20 < (estimate.left or 0) < 30


def test_a_clip_that_is_begun_again_counts_anew_but_its_processor_time_adds_up() -> None:
    estimate = BatchEstimate(CLIPS[:1])
    estimate.note(Progress(A, 50, 100, "late", 3.0))
    estimate.note(Progress(A, 0))
    estimate.note(Progress(A, 10, 100, "early", 1.5))
    assert estimate.drawn == 10
    assert estimate.cpu == pytest.approx(4.5)


def test_news_that_come_late_change_nothing() -> None:
    estimate = BatchEstimate(CLIPS[:1])
    estimate.note(Progress(A, 90, 100))
    estimate.settle(CLIPS[0], rendered(100))
    estimate.note(Progress(A, 95, 100))
    assert (estimate.drawn, estimate.total) == (100, 100)
    assert estimate.left is None or estimate.left == 0
