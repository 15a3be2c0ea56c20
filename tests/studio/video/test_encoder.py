"""Frames that differ little from the one before, and those that do not."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from scenes.studio.video.encoder import Encoder

SIZE = 96, 64
RATE = Fraction(15)
Boxes = list[tuple[slice, slice]]
Write = Callable[[Encoder, np.ndarray, Boxes], None]


def story() -> list[tuple[np.ndarray, Boxes]]:
    """Frames, and where each differs from the one before."""
    chance = np.random.default_rng(0)

    def color() -> np.ndarray:
        return np.array([*chance.integers(0, 255, 3), 255], dtype=np.uint8)

    frame = np.zeros((SIZE[1], SIZE[0], 4), dtype=np.uint8)
    for row in range(0, SIZE[1], 8):
        for column in range(0, SIZE[0], 8):
            frame[row : row + 8, column : column + 8] = color()
    told: list[tuple[np.ndarray, Boxes]] = [(frame, [])]
    for boxes in (
        [(slice(0, 10), slice(4, 20))],
        [(slice(3, 9), slice(5, 11)), (slice(31, 64), slice(0, 96))],  # neither starts evenly
        [],
        [(slice(63, 65), slice(95, 99))],  # the last pixel, and more than there is
        [(slice(20, 30), slice(0, 96))],
    ):
        frame = frame.copy()
        for box in boxes:
            frame[box] = color()
        told.append((frame, boxes))
    return told


def written(target: Path, write: Write) -> bytes:
    encoder = Encoder(target, SIZE, RATE)
    for frame, boxes in story():
        write(encoder, frame, boxes)
    encoder.close()
    return target.read_bytes()


@pytest.mark.parametrize("format", ["mp4", "webm", "gif"])
def test_a_film_of_changes_is_the_film_of_the_frames(format: str, tmp_path: Path) -> None:
    whole = written(
        tmp_path / f"whole.{format}", lambda encoder, frame, boxes: encoder.write(frame)
    )
    parts = written(
        tmp_path / f"parts.{format}", lambda encoder, frame, boxes: encoder.write(frame, boxes)
    )
    with av.open(str(tmp_path / f"parts.{format}")) as video:
        assert sum(1 for _ in video.decode(video=0)) == len(story())
    assert parts == whole


def test_a_frame_may_be_drawn_over_once_it_is_written(tmp_path: Path) -> None:
    def write(encoder: Encoder, frame: np.ndarray, boxes: Boxes) -> None:
        encoder.write(frame)
        frame[:] = 0

    whole = written(tmp_path / "whole.mp4", lambda encoder, frame, boxes: encoder.write(frame))
    assert written(tmp_path / "over.mp4", write) == whole


def test_a_reel_that_was_given_up_leaves_nothing(tmp_path: Path) -> None:
    encoder = Encoder(tmp_path / "half.mp4", SIZE, RATE)
    encoder.write(story()[0][0])
    encoder.abort()
    assert list(tmp_path.iterdir()) == []
