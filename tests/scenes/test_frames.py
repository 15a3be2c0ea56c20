"""What is really drawn: a few pictures, and facts about pixels.

`pytest tests/scenes/test_frames.py --update-frames` draws the reference
pictures anew; look at them before committing.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from films import crop, drawn, film, off_stage, still
from manim import ManimColor, Wait
from manim.renderer.cairo_renderer import CairoRenderer
from PIL import Image
from zoo import ZOO

from scenes import entry
from scenes.stage import Arrow, Layout
from scenes.stage.fonts import FAMILIES, family

FRAMES = Path(__file__).parent / "frames"
SIZE = (214, 120)
TILE = 10  # pixels
TOLERANCE = 14  # of 255
PICTURES = {"svd": "stretch", "inverse": "product", "rank": "line", "null_space": "count"}


def tiles(picture: np.ndarray) -> np.ndarray:
    """The mean color of each square of ten by ten pixels."""
    height, width = (side // TILE * TILE for side in picture.shape[:2])
    squares = picture[:height, :width].reshape(height // TILE, TILE, width // TILE, TILE, 3)
    return squares.mean(axis=(1, 3))


def unlike(a: np.ndarray, b: np.ndarray) -> float:
    """How far the colors of two pictures are apart where they differ most, of 255.

    Tiles forgive what versions of cairo do differently at edges, and would not
    forgive an arrow that is missing or stands elsewhere.
    """
    return float(np.abs(tiles(a.astype(float)) - tiles(b.astype(float))).max())


def small(picture: np.ndarray) -> np.ndarray:
    return np.asarray(Image.fromarray(picture).resize(SIZE, Image.Resampling.BOX))


@pytest.mark.parametrize("id", PICTURES)
def test_a_beat_looks_as_it_did(id: str, request: pytest.FixtureRequest) -> None:
    seen = small(still(entry(id).load(), PICTURES[id]))
    path = FRAMES / f"{id}.png"
    if request.config.getoption("--update-frames"):
        FRAMES.mkdir(exist_ok=True)
        Image.fromarray(seen).save(path, optimize=True)
    reference = np.asarray(Image.open(path).convert("RGB"))
    if family("en") != FAMILIES["en"][0]:
        # the words of panel and strip would be in another font
        unit = SIZE[1] / 8
        stages = Layout.of("16:9", entry(id).load().stages).stages
        keep = np.zeros(SIZE[::-1], dtype=bool)
        for rect in stages:
            columns = slice(
                int((rect.left + 64 / 9) * unit) + 1, int((rect.right + 64 / 9) * unit) - 1
            )
            keep[: int(7 * unit) - 1, columns] = True
        seen, reference = seen * keep[..., None], reference * keep[..., None]
    assert unlike(seen, reference) < TOLERANCE


def test_the_comparison_sees_what_matters_and_forgives_the_rest() -> None:
    """An arrow less, or the next beat, is beyond the tolerance; another sampling is not."""
    scene = entry("svd").load()
    seen = small(still(scene, "stretch"))

    def no_arrows(mobject: object) -> bool:
        return not isinstance(mobject, Arrow)

    assert unlike(seen, small(still(scene, "stretch", keep=no_arrows))) > 1.5 * TOLERANCE
    assert unlike(seen, small(still(scene, "rotate_in"))) > 1.5 * TOLERANCE
    assert unlike(seen, small(still(scene, "stretch", height=720))) < TOLERANCE / 2


# --- Every frame of a film ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "kind", "aspect"),
    [
        ("svd", "turned over", "16:9"),
        ("inverse", "tiny", "1:1"),
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
        anew = drawn(scene)
        top = round((scene.layout.frame.top - scene.layout.strip.top) * 120 / 8)
        apart = np.delete(np.abs(anew.astype(int) - frame), top, axis=0)  # but for the progress
        if apart.max() > 2:
            wrong.append(("differs from the stage", scene.time))
        around = drawn(scene, off_stage)
        for rect in (scene.layout.panel, scene.layout.strip):
            if not np.array_equal(crop(scene, frame, rect), crop(scene, around, rect)):
                wrong.append(("leaves the stage", scene.time))

    scene = film(entry(id).load(), look, height=120, rate=3, matrix=ZOO[kind], aspect=aspect)
    assert wrong == []
    assert counted > 30
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
    scene = film(entry("rank").load(), lambda scene, frame: None, height=60, rate=rate)
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
    assert still(scene, "question", height=90).mean() < 60
    assert still(scene, "question", height=90, theme="light").mean() > 200
