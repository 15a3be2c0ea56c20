"""The four headline scenes, rendered by one command and opened.

One test, because it is the rendering that takes the time.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image
from support import Run

SCENES = ("svd", "inverse", "rank", "null_space")


def test_a_teachers_matrix_becomes_four_clips(render: Run, tmp_path: Path) -> None:
    done = render(*SCENES, "--matrix", "1 2; 3 4", "--language", "zh-Hans", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["rendered"] == len(SCENES)
    out = tmp_path / "out"
    clips = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["clips"]
    assert {(clip["scene"], clip["status"]) for clip in clips} == {
        (scene, "rendered") for scene in SCENES
    }
    for clip in clips:
        check_film(clip, out)
        check_poster(clip, out)
        check_captions(clip, out)
    check_page(clips, out)


def check_film(clip: dict[str, Any], out: Path) -> None:
    scene = clip["scene"]
    assert (clip["inputs"]["matrix"], clip["language"]) == ("1 2; 3 4", "zh-Hans")
    assert (clip["width"], clip["height"], clip["fps"]) == (854, 480, 15)
    assert 10 <= clip["seconds"] <= 90, scene
    pictures = small_frames(out / clip["files"]["video"])
    assert len(pictures) == clip["frames"] == round(clip["seconds"] * clip["fps"]), scene
    # no frame is empty, the first included
    assert min(picture.std() for picture in pictures) > 4, scene
    moves = [np.abs(a.astype(int) - b).max() > 8 for a, b in pairwise(pictures)]
    assert sum(moves) > 0.1 * len(moves), scene


def small_frames(path: Path) -> list[np.ndarray]:
    """The frames as small gray pictures."""
    with av.open(str(path)) as video:
        return [
            frame.reformat(width=64, height=36, format="gray").to_ndarray()
            for frame in video.decode(video=0)
        ]


def check_poster(clip: dict[str, Any], out: Path) -> None:
    poster = Image.open(out / clip["files"]["poster"])
    assert poster.size == (clip["width"], clip["height"])
    assert np.asarray(poster).std() > 8, clip["scene"]


def check_captions(clip: dict[str, Any], out: Path) -> None:
    captions = (out / clip["files"]["captions"]).read_text(encoding="utf-8")
    assert captions.startswith("WEBVTT\n")
    assert captions.count(" --> ") >= 3, clip["scene"]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in captions), clip["scene"]


def check_page(clips: list[dict[str, Any]], out: Path) -> None:
    page = (out / "index.html").read_text(encoding="utf-8")
    assert page.startswith('<!doctype html>\n<html lang="zh-Hans">')
    for clip in clips:
        assert f'src="{clip["files"]["video"]}"' in page
        assert clip["title"] in page
