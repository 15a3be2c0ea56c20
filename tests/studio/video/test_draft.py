"""Drafts draw only what looks different, and what they cut together is what a film would show."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
import stand_in
from PIL import Image
from support import shows

import scenes
from scenes.studio.request.clip import Clip
from scenes.studio.run.task import render_task

MOVING = Clip("moving", shows("1 0; 0 1"))


@pytest.fixture(autouse=True)
def catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenes, "CATALOGUE", stand_in.CATALOGUE)


def pictures(video: bytes, folder: Path) -> Iterator[np.ndarray]:
    path = folder / "shown.mp4"
    path.write_bytes(video)
    with av.open(str(path)) as film:
        for frame in film.decode(video=0):
            yield frame.to_ndarray(format="rgb24").astype(int)


@pytest.fixture(scope="module")
def beats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("beats")


@pytest.fixture(scope="module")
def whole(beats: Path) -> dict[str, bytes]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scenes, "CATALOGUE", stand_in.CATALOGUE)
        result = render_task(MOVING, beat_cache=beats)
    assert result.facts is not None, result.log
    assert [beat.name for beat in result.facts.beats] == ["first", "second", "third"]
    return result.files


def test_a_draft_shows_what_the_film_shows_but_for_the_progress_line(
    whole: dict[str, bytes], tmp_path: Path
) -> None:
    film = render_task(MOVING)
    assert film.facts is not None
    drafted = list(pictures(whole["video.mp4"], tmp_path))
    rendered = list(pictures(film.files["video.mp4"], tmp_path))
    assert len(drafted) == len(rendered) == film.facts.frames
    for draft, picture in zip(drafted, rendered, strict=True):
        assert np.abs(draft - picture).mean() < 2
    assert whole["captions.en.vtt"] == film.files["captions.en.vtt"]


def poster(files: dict[str, bytes]) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(files["poster.png"]))).astype(int)


def test_the_poster_is_the_picture_that_the_scene_kept(
    whole: dict[str, bytes], beats: Path, tmp_path: Path
) -> None:
    film = render_task(MOVING)
    again = render_task(MOVING, beat_cache=beats)  # its picture is in a beat that is known
    (second,) = (beat for beat in film.facts.beats if beat.name == "second")
    frames = list(pictures(film.files["video.mp4"], tmp_path))
    moved = frames[round((second.start + 1.0) * film.facts.fps) - 1]
    assert np.abs(poster(film.files) - moved).mean() < 2
    assert np.abs(poster(whole) - moved).mean() < 2
    assert np.abs(poster(again.files) - moved).mean() < 2
    assert np.abs(poster(film.files) - frames[-1]).mean() > 1


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_a_beat_drawn_by_itself_is_the_same(
    whole: dict[str, bytes], beats: Path, tmp_path: Path, missing: int
) -> None:
    (folder,) = beats.glob("moving_*")
    kept = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert len(kept) == 3
    lengths = {path: path.stat().st_size for path in kept}
    gone = sorted(kept)[missing]
    gone.unlink()
    result = render_task(MOVING, beat_cache=beats)
    assert result.files["video.mp4"] == whole["video.mp4"]
    assert {path: path.stat().st_size for path in folder.iterdir()} == lengths


def test_nothing_is_drawn_if_nothing_changed(
    whole: dict[str, bytes], beats: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scenes.studio.video.draft.Encoder", None)  # whoever begins one, fails
    result = render_task(MOVING, beat_cache=beats)
    assert result.error == ""
    assert result.files["video.mp4"] == whole["video.mp4"]
