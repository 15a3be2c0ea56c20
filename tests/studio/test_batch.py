"""The four headline scenes, rendered by one command and opened."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import av
import numpy as np
import pytest
from conftest import RENDER, start
from PIL import Image

SCENES = ("svd", "inverse", "rank", "null_space")


@pytest.fixture(scope="session")
def batch(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """What a teacher gets: `render.py svd inverse rank null_space --matrix … --language …`."""
    folder = tmp_path_factory.mktemp("batch")
    done = start(
        RENDER, *SCENES, "--matrix", "1 2; 3 4", "--language", "zh-Hans", "--json", cwd=folder
    )
    out = folder / "out"
    clips = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["clips"]
    return SimpleNamespace(done=done, out=out, clips={clip["scene"]: clip for clip in clips})


def frames(path: Path) -> list[np.ndarray]:
    """The frames as small gray pictures."""
    with av.open(str(path)) as video:
        return [
            frame.reformat(width=64, height=36, format="gray").to_ndarray()
            for frame in video.decode(video=0)
        ]


def test_all_scenes_are_rendered(batch: SimpleNamespace) -> None:
    assert batch.done.returncode == 0, batch.done.stderr
    assert set(batch.clips) == set(SCENES)
    assert {clip["status"] for clip in batch.clips.values()} == {"rendered"}
    assert json.loads(batch.done.stdout)["rendered"] == len(SCENES)


@pytest.mark.parametrize("scene", SCENES)
def test_each_clip_is_a_film(batch: SimpleNamespace, scene: str) -> None:
    clip = batch.clips[scene]
    assert (clip["matrix"], clip["language"]) == ("1 2; 3 4", "zh-Hans")
    assert (clip["width"], clip["height"], clip["fps"]) == (854, 480, 15)
    assert 10 <= clip["seconds"] <= 90
    pictures = frames(batch.out / clip["files"]["video"])
    assert len(pictures) == clip["frames"] == round(clip["seconds"] * clip["fps"])
    assert min(picture.std() for picture in pictures) > 4  # none is empty, the first included
    changes = [np.abs(a.astype(int) - b).max() for a, b in pairwise(pictures)]
    assert sum(change > 8 for change in changes) > 0.1 * len(changes)  # it moves


@pytest.mark.parametrize("scene", SCENES)
def test_each_clip_has_poster_and_captions(batch: SimpleNamespace, scene: str) -> None:
    clip = batch.clips[scene]
    poster = Image.open(batch.out / clip["files"]["poster"])
    assert poster.size == (clip["width"], clip["height"])
    assert np.asarray(poster).std() > 8
    captions = (batch.out / clip["files"]["captions"]).read_text(encoding="utf-8")
    assert captions.startswith("WEBVTT\n")
    assert captions.count(" --> ") >= 3
    assert any("\u4e00" <= letter <= "\u9fff" for letter in captions)


def test_the_page_plays_them(batch: SimpleNamespace) -> None:
    page = (batch.out / "index.html").read_text(encoding="utf-8")
    assert page.startswith('<!doctype html>\n<html lang="zh-Hans">')
    for clip in batch.clips.values():
        assert f'src="{clip["files"]["video"]}"' in page
        assert clip["title"] in page
