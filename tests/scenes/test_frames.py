"""What the frames of a film show: all that stands on stage, each thing in its area."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from films import crop, drawn, film, still
from manim import ManimColor, Wait
from manim.renderer.cairo_renderer import CairoRenderer
from zoo import ZOO

from scenes import entry

TILE = 10  # pixels


def tiles(picture: np.ndarray) -> np.ndarray:
    """The mean color of each square of ten by ten pixels."""
    height, width = (side // TILE * TILE for side in picture.shape[:2])
    squares = picture[:height, :width].reshape(height // TILE, TILE, width // TILE, TILE, -1)
    return squares.mean(axis=(1, 3))


def unlike(a: np.ndarray, b: np.ndarray) -> float:
    """How far the colors of two pictures are apart where they differ most, of 255."""
    return float(np.abs(tiles(a.astype(float)) - tiles(b.astype(float))).max())


@pytest.mark.parametrize(
    ("id", "kind", "aspect"),
    [
        ("svd", "turned over", "16:9"),
        ("svd", "kind", "16:9"),
        ("inverse", "tiny", "1:1"),
        ("no_way_back", "nilpotent", "1:1"),
        ("null_space", "rank 1", "9:16"),
        ("rank", "first column zero", "16:9"),
    ],
)
def test_every_frame_is_what_stands_on_stage_and_stays_in_its_area(
    id: str, kind: str, aspect: str
) -> None:
    """A film draws only what moves, over a still picture of the rest."""
    wrong: list[tuple[str, float]] = []
    counted = 0

    def look(scene: object, frame: np.ndarray) -> None:
        nonlocal counted
        counted += 1
        if isinstance(scene.animations[0], Wait):
            return  # drawn once, in full
        leaves = list(scene.leaves())
        if len(leaves) > len(set(leaves)):
            wrong.append(("draws something twice", scene.time))
        anew = drawn(scene)
        top = round((scene.layout.frame.top - scene.layout.strip.top) * 120 / 8)
        apart = np.delete(np.abs(anew.astype(int) - frame), top, axis=0)  # but for the progress
        if apart.max() > 2:
            wrong.append(("differs from the stage", scene.time))
        around = drawn(scene, lambda leaf: getattr(leaf, "clip", None) is None)
        for rect in (scene.layout.panel, scene.layout.strip):
            if not np.array_equal(crop(scene, frame, rect), crop(scene, around, rect)):
                wrong.append(("leaves the stage", scene.time))

    scene = film(entry(id).load(), look, height=120, rate=2, matrix=ZOO[kind], aspect=aspect)
    assert wrong == []
    assert counted > 20
    assert scene.renderer.frames == scene.timeline.frames


def test_a_film_moves_and_ends_on_a_picture_that_stands() -> None:
    frames: list[np.ndarray] = []
    film(entry("rank").load(), lambda scene, frame: frames.append(frame[:, :, :3]), height=120)
    colors = np.unique(frames[0].reshape(-1, 3), axis=0)
    assert len(colors) > 50, "the first frame is empty"
    assert unlike(frames[0], frames[-1]) > 20
    assert max(unlike(a, b) for a, b in pairwise(frames)) > 5


@pytest.mark.parametrize("rate", [15, 30])
def test_a_rehearsal_counts_the_frames_of_the_film(rate: int) -> None:
    scene = film(
        entry("rank").load(), lambda scene, frame: None, height=60, rate=rate, matrix="0 0; 0 0"
    )
    assert scene.renderer.frames == scene.timeline.frames
    assert scene.renderer.time == pytest.approx(scene.timeline.seconds)


def test_the_progress_line_tells_how_far_the_film_is(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[np.ndarray] = []
    write = CairoRenderer.add_frame

    def watch(self: CairoRenderer, frame: np.ndarray, num_frames: int = 1) -> None:
        written.append(np.array(frame[:, :, :3]))
        write(self, frame, num_frames)

    monkeypatch.setattr(CairoRenderer, "add_frame", watch)
    scene = film(entry("rank").load(), lambda scene, frame: None, height=120)
    color = np.array(ManimColor(scene.theme.input).to_int_rgb())
    row = round((scene.layout.frame.top - scene.layout.strip.top) * 120 / 8)
    lit = [int((frame[row] == color).all(axis=1).sum()) for frame in written]
    assert lit == sorted(lit)
    assert lit[0] <= 5
    assert lit[-1] == written[0].shape[1]


def test_each_theme_lights_the_frame() -> None:
    scene = entry("rank").load()
    beat = scene.rehearse().beats[0].name
    assert still(scene, beat, height=90).mean() < 60
    assert still(scene, beat, height=90, theme="light").mean() > 180


def test_what_a_camera_draws_is_seen_by_the_comparison() -> None:
    """A frame without its arrows is not taken for the same one."""
    from scenes.stage.shapes import Arrow

    scene = entry("svd").load()
    beat = scene.rehearse().beats[0].name
    whole = still(scene, beat, height=120)
    bare = still(scene, beat, height=120, keep=lambda leaf: not isinstance(leaf, Arrow))
    assert unlike(whole, bare) > 10
