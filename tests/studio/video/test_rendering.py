"""Films of stand-ins, opened and looked at."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import av
import numpy as np
import pytest
import stand_in
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter
from PIL import Image
from support import Run, shows

import scenes
from lamath.words import Words
from scenes.studio.request.clip import FORMATS, Clip
from scenes.studio.store.result import Progress
from scenes.studio.video import manim_defaults  # before anything else that imports Manim
from scenes.studio.video.rendering import render_clip

CLIP = Clip("calm", shows("1 0; 0 1"))
PANEL = (0x16, 0x1D, 0x27)  # what the dark theme paints at the right edge


def shot(clip: Clip, folder: Path) -> SimpleNamespace:
    heard: list[Progress] = []
    before = dict(manim_defaults.manim.config.items())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scenes, "CATALOGUE", stand_in.CATALOGUE)
        facts = render_clip(clip, folder, heard.append)
    assert {k: v for k, v in manim_defaults.manim.config.items() if before[k] != v} == {}
    files = {what: folder / "bundle" / name for what, name in facts.files.items()}
    return SimpleNamespace(clip=clip, facts=facts, heard=heard, **files)


@pytest.fixture(scope="module", params=FORMATS)
def any_format(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> SimpleNamespace:
    folder = tmp_path_factory.mktemp(request.param)
    return shot(replace(CLIP, format=request.param), folder)


@pytest.fixture(scope="module")
def mp4(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    return shot(CLIP, tmp_path_factory.mktemp("mp4"))


def atoms(path: Path) -> Iterator[str]:
    """The boxes of an mp4 file, outermost only."""
    with path.open("rb") as file:
        while header := file.read(8):
            size, name = struct.unpack(">I4s", header)
            yield name.decode()
            file.seek(size - 8, 1)


def colors(frame: av.VideoFrame) -> np.ndarray:
    """A frame as RGB, converted as exactly as can be."""
    exactly = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT
    return (
        VideoReformatter()
        .reformat(
            frame,
            format="rgb24",
            src_colorspace=Colorspace.ITU709,
            dst_colorspace=Colorspace.ITU709,
            interpolation=exactly,
        )
        .to_ndarray()
    )


def test_mp4_starts_before_it_is_whole(mp4: SimpleNamespace) -> None:
    order = list(atoms(mp4.video))
    assert order.index("moov") < order.index("mdat")


def test_mp4_is_what_every_player_takes_and_names_its_colors(
    mp4: SimpleNamespace,
) -> None:
    with av.open(str(mp4.video)) as video:
        (stream,) = video.streams
        codec = stream.codec_context
        assert (codec.name, codec.pix_fmt) == ("h264", "yuv420p")
        tags = (codec.color_primaries, codec.color_trc, codec.colorspace, codec.color_range)
        assert tags == (1, 1, 1, 1)  # BT.709 three times, limited range


@pytest.mark.parametrize("format", ["mp4", "webm"])
def test_colors_are_what_the_tags_say(format: str, tmp_path: Path) -> None:
    done = shot(replace(CLIP, format=format, theme="dark"), tmp_path)
    with av.open(str(done.video)) as video:
        *_, last = video.decode(video=0)
    assert (last.colorspace, last.color_range) == (1, 1)
    seen = colors(last)
    drawn = np.asarray(Image.open(done.poster))
    assert tuple(drawn[10, -10]) == PANEL
    assert np.abs(seen[10, -10].astype(int) - PANEL).max() <= 2
    assert np.abs(seen.astype(int) - drawn).mean() < 2


def test_every_two_seconds_can_be_sought(mp4: SimpleNamespace) -> None:
    with av.open(str(mp4.video)) as video:
        keys = [packet.pts * packet.time_base for packet in video.demux() if packet.is_keyframe]
    assert all(b - a <= 2 for a, b in pairwise(keys))


def test_frames_are_as_many_as_were_rehearsed_and_told(mp4: SimpleNamespace) -> None:
    assert mp4.heard[0] == Progress(CLIP.id)
    frames = [progress.frames for progress in mp4.heard]
    assert frames == sorted(frames)
    last = mp4.heard[-1]
    assert last.frames == last.total == mp4.facts.frames
    assert last.beat == "first"


def test_each_format_is_what_manim_means_by_it(any_format: SimpleNamespace) -> None:
    facts, format = any_format.facts, any_format.clip.format
    assert any_format.poster.suffix == ".png"
    assert Image.open(any_format.poster).size == (facts.width, facts.height) == (854, 480)
    if format == "png":
        assert facts.frames == 1
        assert set(facts.files) == {"poster", "mathematics"}
    elif format == "png-sequence":
        assert len(list(any_format.frames.glob("*.png"))) == facts.frames > 20
    else:
        assert any_format.video.suffix == f".{format}"
        with av.open(str(any_format.video)) as video:
            assert sum(1 for _ in video.decode(video=0)) == facts.frames > 20
            if format != "gif":
                assert video.duration / av.time_base == pytest.approx(facts.seconds, abs=0.02)
    if format != "png":
        assert facts.seconds == facts.frames / facts.fps
        assert any_format.captions.read_text(encoding="utf-8").startswith("WEBVTT\n\n1\n")


def test_a_gif_is_no_faster_than_browsers_play_it(tmp_path: Path) -> None:
    done = shot(replace(CLIP, format="gif", quality="h", aspect="1:1"), tmp_path)
    assert done.facts.fps == 30
    with Image.open(done.video) as gif:
        durations = []
        for frame in range(gif.n_frames):
            gif.seek(frame)
            durations.append(gif.info["duration"])
    assert min(durations) >= 20
    assert sum(durations) / 1000 == pytest.approx(done.facts.seconds, abs=0.1)


@pytest.mark.parametrize(
    ("quality", "aspect", "size"),
    [("l", "9:16", (480, 854)), ("m", "1:1", (720, 720)), ("m", "16:9", (1280, 720))],
)
def test_quality_is_the_short_side(
    quality: str, aspect: str, size: tuple[int, int], tmp_path: Path
) -> None:
    done = shot(replace(CLIP, quality=quality, aspect=aspect, format="png"), tmp_path)
    assert (done.facts.width, done.facts.height) == size


def test_poster_and_captions_are_those_of_the_clip(mp4: SimpleNamespace) -> None:
    with av.open(str(mp4.video)) as video:
        *_, last = video.decode(video=0)
    seen = colors(last)
    poster = np.asarray(Image.open(mp4.poster))
    assert np.abs(seen.astype(int) - poster).mean() < 2
    assert poster.std() > 5  # something is on it
    assert "Is 0 &lt; 1 &amp; &lt;i&gt;true&lt;/i&gt;?" in mp4.captions.read_text(encoding="utf-8")
    assert mp4.facts.beats[0].caption == "Is 0 < 1 & <i>true</i>?"


def test_a_clip_is_called_what_it_shows(tmp_path: Path) -> None:
    """A scene about matrices without an inverse shows the inverse of one that has one."""
    invertible = Clip("no_way_back", shows("2 1; 1 3"), language="zh-Hans", format="png")
    facts = render_clip(invertible, tmp_path, lambda progress: None)
    words = Words(scenes.LOCALE, "scenes", "zh-Hans")
    assert facts.title == words.gettext(scenes.entry("inverse").title) != "The inverse undoes"


def test_a_failing_scene_leaves_no_thread_and_no_file(tmp_path: Path) -> None:
    import threading

    with pytest.raises(ValueError, match="chalk"):
        shot(replace(CLIP, scene="raises"), tmp_path)
    assert "encoder" not in {thread.name for thread in threading.enumerate()}
    assert list((tmp_path / "bundle").iterdir()) == []


CFG = """
[CLI]
quality = high_quality
frame_height = 3
background_color = RED
format = gif
seed = 5
from_animation_number = 1
max_files_cached = 0
renderer = {renderer}
save_sections = True
media_dir = elsewhere
verbosity = DEBUG
[video_encoder]
codec = libx264rgb
pixel_format = rgb24
[video_encoder.options]
crf = 51
"""


@pytest.mark.parametrize("renderer", ["opengl", "of my own"])
def test_no_manim_cfg_has_a_say(
    stand_in: Run, tmp_path: Path, mp4: SimpleNamespace, renderer: str
) -> None:
    home = tmp_path / "home"
    user = home / ".config" / "manim" / "manim.cfg"
    user.parent.mkdir(parents=True)
    for path in (user, tmp_path / "manim.cfg"):
        path.write_text(CFG.format(renderer=renderer))
    done = stand_in("calm", HOME=str(home), USERPROFILE=str(home))
    assert done.returncode == 0, done.stderr
    (video,) = tmp_path.glob("out/clips/*/video.mp4")
    assert digest(video) == digest(mp4.video)
    assert not (tmp_path / "elsewhere").exists()


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_without_captions_a_clip_is_as_long_but_says_nothing(
    mp4: SimpleNamespace, tmp_path: Path
) -> None:
    silent = shot(replace(CLIP, captions=False), tmp_path)
    assert silent.facts.seconds == mp4.facts.seconds
    assert silent.facts.beats == mp4.facts.beats
    assert "captions" not in silent.facts.files
    strip = np.asarray(Image.open(silent.poster))[-24:]
    assert len(np.unique(strip.reshape(-1, 3), axis=0)) == 1
    assert len(np.unique(np.asarray(Image.open(mp4.poster))[-50:].reshape(-1, 3), axis=0)) > 1
