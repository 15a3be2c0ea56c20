"""`manim render` plays the scenes too, from the project's folder and from files elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from manim import tempconfig
from manim.cli.render.commands import render
from PIL import Image

import scenes
from scenes.stage import Timeline

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


# --- The options of `manim render` --------------------------------------------------------------

SMALL = '''
from manim import FadeIn, FadeOut

from scenes.inputs import MatrixInput
from scenes.stage import N_, MatrixScene


class Small(MatrixScene):
    """Two beats."""

    title = N_("Rank: what survives")
    inputs = (MatrixInput("2x2", default="1 0; 0 1"),)

    def construct(self):
        card = self.card(self.matrix, "A")
        with self.beat("first", "It comes."):
            self.play(FadeIn(card))
        with self.beat("second", "It goes."):
            self.play(FadeOut(card))


class Again(Small):
    """The same."""
'''

CFG = "[CLI]\nframe_rate = 3\nverbosity = WARNING\n"

TOGETHER = (
    *("-o", "named", "--save_sections", "--disable_caching", "--seed", 3, "--log_to_file"),
    *("--log_dir", "log", "--video-codec", "libx264", "--pixel-format", "yuv420p"),
    *("--encoder-option", "crf=30", "--max-inflight-encoders", 2, "--encoder-queue-size", 4),
    *("-v", "WARNING", "--silent", "--no_latex_cleanup", "--renderer", "cairo"),
    *("-p", "--preview_command", "true"),
)

TRIED: dict[str, tuple[tuple[object, ...], str | None]] = {
    "the first plays": (("-n", "0,2"), "Small.mp4"),
    "some plays": (("-n", "2,3"), "Small.mp4"),
    "from a play on": (("-n", "2"), "Small.mp4"),
    "the last frame": (("-s",), "*.png"),
    "a GIF": (("--format", "gif"), "*.gif"),
    "webm, see-through": (("--format", "webm", "-t"), "Small.webm"),
    "frames, of a size": (("--format", "png-sequence", "-r", "320,180", "-0", 3), "000.png"),
    "no file": (("--format", "none", "--dry_run"), None),
    "a file of settings": (("-c", "mine.cfg"), "Small.mp4"),
    "much together": (TOGETHER, "named.mp4"),
}
REFUSED = (("--renderer", "opengl"), ("--live-preview",), ("--enable_gui",))
NOT_OURS = {
    # they open programs, or are of no effect with cairo, whatever the scene
    "--fullscreen", "--enable_wireframe", "--gui_location",
    "--use_projection_fill_shaders", "--use_projection_stroke_shaders", "--jupyter",
    "--show_in_file_browser", "--tex_template", "--help",
    # every test of this file gives them
    "--progress_bar", "--media_dir", "--quality", "--fps", "--frame_rate",
}  # fmt: skip
ALIASES = {
    "-o": "--output_file", "-s": "--save_last_frame", "-n": "--from_animation_number",
    "-t": "--transparent", "-r": "--resolution", "-0": "--zero_pad", "-c": "--config_file",
    "-v": "--verbosity", "-p": "--preview", "-a": "--write_all",
    "--silent": "--notify_outdated_version",
}  # fmt: skip


def small(tmp_path: Path, *options: object, **environment: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "small.py").write_text(SMALL, encoding="utf-8")
    (tmp_path / "mine.cfg").write_text(CFG, encoding="utf-8")
    return subprocess.run(
        [
            Path(sys.executable).with_name("manim"),
            *("render", "-ql", "--fps", "3", "--progress_bar", "none", "--media_dir", "media"),
            *map(str, options),
            *("small.py", "Small")[: 1 if "-a" in options else 2],
        ],
        cwd=tmp_path,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def length(video: Path) -> int:
    with av.open(str(video)) as film:
        return sum(1 for _ in film.decode(video=0))


@pytest.mark.parametrize(
    ("variable", "text", "says"),
    [
        (
            "LAMATH_MATRIX",
            "1 x",
            "LAMATH_MATRIX: '1 x': 'x' is not a number; write entries such as",
        ),
        ("LAMATH_MATRIX", "1 2", "Small takes a 2×2 matrix, and [1 2] is 1×2; give another matrix"),
        (
            "LAMATH_LANGUAGE",
            "xx",
            "LAMATH_LANGUAGE: there are no words in 'xx'; choose one of en, zh-Hans, zh-Hant",
        ),
        ("LAMATH_ASPECT", "4:3", "LAMATH_ASPECT: no aspect '4:3'; there are 16:9, 1:1, 9:16"),
        ("LAMATH_THEME", "pink" * 999, "LAMATH_THEME: no theme 'pinkpink"),
    ],
)
def test_what_the_environment_says_wrong_is_said_in_one_line(
    tmp_path: Path, variable: str, text: str, says: str
) -> None:
    done = small(tmp_path, **{variable: text})
    assert done.returncode == 1
    assert says in done.stderr
    assert done.stderr.strip().count("\n") == 0
    assert len(done.stderr) < 600


@pytest.mark.parametrize("what", TRIED)
def test_an_option_of_manim_render_does_what_it_says(tmp_path: Path, what: str) -> None:
    options, left = TRIED[what]
    done = small(tmp_path, *options)
    assert done.returncode == 0, done.stderr[-2000:]
    media = tmp_path / "media"
    if left is None:
        assert not [path for path in media.rglob("*") if path.suffix in (".mp4", ".png")]
        return
    file = only(media, left)
    if file.suffix == ".mp4":
        timeline = whole()
        if what in ("the first plays", "some plays", "from a play on"):
            assert 0 < length(file) < timeline.frames
        else:
            assert length(file) == timeline.frames


def whole() -> Timeline:
    """How long all of it is."""
    space: dict[str, Any] = {}
    exec(SMALL, space)  # noqa: S102
    with tempconfig({"frame_rate": 3}):
        timeline: Timeline = space["Small"].rehearse()
    return timeline


def test_all_scenes_of_a_file_are_written(tmp_path: Path) -> None:
    done = small(tmp_path, "-s", "-a")
    assert done.returncode == 0, done.stderr[-2000:]
    assert len(list((tmp_path / "media").rglob("*.png"))) == 2


@pytest.mark.parametrize("options", REFUSED, ids=" ".join)
def test_what_a_scene_cannot_do_is_refused_in_one_line(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    done = small(tmp_path, *options)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"Small is drawn by cairo, not in a window: leave {' '.join(options)} out"
    ]


def test_no_option_of_manim_render_is_forgotten() -> None:
    known = {each for option in render.params for each in option.opts + option.secondary_opts}
    given = {str(each) for options, _ in TRIED.values() for each in options}
    given |= {"-a"} | {each for options in REFUSED for each in options}
    tried = {ALIASES.get(each, each) for each in given if each.startswith("-")}
    long = {each for each in known if each.startswith("--")}
    assert long - tried - set(ALIASES) == {each for each in NOT_OURS if each in long}
    assert long >= tried
