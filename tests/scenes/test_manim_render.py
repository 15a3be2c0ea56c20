"""`manim render` plays the scenes too, from the project's folder and from files elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
from manim import tempconfig
from PIL import Image

import scenes

ROOT = scenes.FOLDER.parent
MINE = '''
from scenes.svd import RotateStretchRotate


class MyMatrix(RotateStretchRotate):
    """Another matrix, in another shape."""

    matrix = "0 2; 1 0"
    aspect = "9:16"
    theme = "light"
'''


def manim(*arguments: object, media: Path, cwd: Path = ROOT, **environment: str) -> None:
    done = subprocess.run(
        [
            Path(sys.executable).with_name("manim"),
            *("render", "-ql", "--progress_bar", "none", "--media_dir", media),
            *map(str, arguments),
        ],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


def only(media: Path, pattern: str) -> Path:
    (path,) = [path for path in media.rglob(pattern) if "partial" not in str(path)]
    return path


def test_the_last_frame_of_another_matrix_language_and_shape(tmp_path: Path) -> None:
    manim(
        "-s", "scenes/svd.py", "RotateStretchRotate",
        media=tmp_path,
        LAMATH_MATRIX="1 2; 2 4",
        LAMATH_LANGUAGE="zh-Hans",
        LAMATH_ASPECT="1:1",
    )  # fmt: skip
    picture = np.asarray(Image.open(only(tmp_path, "*.png")).convert("RGB"))
    assert picture.shape == (480, 480, 3)
    assert len(np.unique(picture.reshape(-1, 3), axis=0)) > 200


def test_a_film_as_long_as_its_rehearsal_says(tmp_path: Path) -> None:
    """With one setting changed, Manim films a whole clip fast."""
    manim("--fps", 4, "scenes/rank.py", "RankCollapse", media=tmp_path, LAMATH_MATRIX="0 0; 0 0")
    with av.open(str(only(tmp_path, "*.mp4"))) as video:
        stream = video.streams.video[0]
        frames = sum(1 for _ in video.decode(stream))
        assert (stream.width, stream.height) == (854, 480)
    with tempconfig({"frame_rate": 4}):
        timeline = scenes.entry("rank").load().rehearse(matrix="0 0; 0 0")
    assert frames == timeline.frames
    captions = only(tmp_path, "*.srt").read_text(encoding="utf-8")
    for beat in timeline.beats:
        assert beat.caption in captions


def test_a_subclass_in_a_file_elsewhere(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(MINE, encoding="utf-8")
    manim("-s", file, "MyMatrix", media=tmp_path / "media", cwd=tmp_path)
    picture = np.asarray(Image.open(only(tmp_path / "media", "*.png")).convert("RGB"))
    assert picture.shape == (854, 480, 3)
    assert picture.mean() > 200, "the light theme"
