"""Beats: one sentence each, long enough to read, told in order; and a scene's parameters."""

from __future__ import annotations

from pathlib import Path

import pytest
from manim import config, tempconfig
from small import Small, played, small

import lamath as la
from lamath.errors import LanguageError
from scenes import ASPECTS
from scenes.inputs import InputError, MatrixInput, VectorInput
from scenes.stage import THEMES, text

QUALITIES = {"l": (854, 480), "m": (1280, 720), "h": (1920, 1080), "k": (3840, 2160)}


# --- Beats --------------------------------------------------------------------------------------


def test_beats_follow_each_other_and_fill_the_clip() -> None:
    timeline = Small.rehearse()
    first, second = timeline.beats
    assert [first.name, second.name] == ["before", "after"]
    assert first.start == 0
    assert first.end == second.start
    assert second.end == pytest.approx(timeline.seconds)
    assert first.caption == "How much of the plane survives?"


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_a_caption_stays_until_it_could_be_read(language: str) -> None:
    for beat in Small.rehearse(language=language).beats:
        assert beat.end - beat.start >= THEMES["dark"].read(beat.caption) - 0.1


def test_captions_are_said_in_the_clip_s_language() -> None:
    said = {
        language: Small.rehearse(language=language).beats[0].caption
        for language in ("en", "zh-Hans", "zh-Hant")
    }
    assert len(set(said.values())) == 3
    assert said["zh-Hans"] == "整个平面，还能剩下多少？"


def test_a_long_movement_needs_no_more_waiting_than_a_breath() -> None:
    scene = small(lambda running: running.wait(20))
    beat = scene.rehearse().beats[1]
    assert 20 < beat.end - beat.start < 24


def test_values_are_filled_into_captions() -> None:
    seen = played(Small)
    assert seen.words("one square = {number}", number="5") == "one square = 5"


def test_the_caption_stands_in_its_strip_on_at_most_two_lines() -> None:
    for aspect in ASPECTS:
        for language in ("en", "zh-Hans"):
            seen = played(Small, aspect=aspect, language=language)
            strip = seen.layout.strip
            lines = {
                round(each.baseline, 3): each
                for mobject in seen.mobjects
                for each in mobject.get_family()
                if getattr(each, "area", "") == "strip" and getattr(each, "text", "")
            }
            assert 1 <= len(lines) <= 2
            for each in lines.values():
                assert strip.left < each.get_left()[0] < each.get_right()[0] < strip.right
                assert strip.bottom < each.get_bottom()[1] < each.get_top()[1] < strip.top


def test_a_clip_without_captions_tells_the_same_story_in_the_same_time() -> None:
    spoken, silent = Small.rehearse(), Small.rehearse(captions=False)
    assert [beat.caption for beat in silent.beats] == [beat.caption for beat in spoken.beats]
    assert silent.seconds == pytest.approx(spoken.seconds, abs=1.5)


# --- The rehearsal ------------------------------------------------------------------------------


@pytest.mark.parametrize("rate", [15, 24, 30, 60])
def test_seconds_and_frames_agree(rate: int) -> None:
    with tempconfig({"frame_rate": rate}):
        timeline = Small.rehearse()
    assert timeline.frames / rate == pytest.approx(timeline.seconds)


def test_rehearsing_writes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text._prose_outline.cache_clear()  # words that are set anew leave nothing behind either
    text._math_outline.cache_clear()
    with tempconfig({"media_dir": str(tmp_path / "media")}):
        Small.rehearse()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_rehearsing_leaves_the_settings_alone() -> None:
    before = {key: config[key] for key in ("dry_run", "pixel_width", "frame_width", "frame_rate")}
    Small.rehearse(aspect="9:16")
    assert {key: config[key] for key in before} == before


# --- Parameters ---------------------------------------------------------------------------------


class SmallWithVector(Small):
    inputs = (MatrixInput("2x2"), VectorInput(of="input"))


def test_a_keyword_beats_the_environment_and_that_beats_the_class(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert Small().matrix == la.matrix("2 1; 1 3")
    monkeypatch.setenv("LAMATH_MATRIX", "5 0; 0 5")
    monkeypatch.setenv("LAMATH_LANGUAGE", "zh-Hant")
    monkeypatch.setenv("LAMATH_ASPECT", "1:1")
    monkeypatch.setenv("LAMATH_THEME", "light")
    monkeypatch.setenv("LAMATH_VECTOR", "3 4")
    scene = SmallWithVector()
    assert scene.matrix == la.matrix("5 0; 0 5")
    assert scene.vector == la.vector("3 4")
    assert (scene.language, scene.layout.aspect, scene.theme.name) == ("zh-Hant", "1:1", "light")
    scene = SmallWithVector(
        matrix="7 0; 0 7", language="en", aspect="9:16", theme="dark", vector="1 2"
    )
    assert scene.matrix == la.matrix("7 0; 0 7")
    assert scene.vector == la.vector("1 2")
    assert (scene.language, scene.layout.aspect, scene.theme.name) == ("en", "9:16", "dark")


def test_an_empty_variable_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAMATH_MATRIX", "")
    assert Small().matrix == la.matrix("2 1; 1 3")


def test_a_subclass_brings_its_own_matrix_language_and_theme() -> None:
    scene = small(matrix="1 2; 3 4", language="zh-Hans", theme="light", aspect="1:1")()
    assert scene.matrix == la.matrix("1 2; 3 4")
    assert (scene.language, scene.layout.aspect, scene.theme.name) == ("zh-Hans", "1:1", "light")


def test_a_matrix_may_be_nested_lists() -> None:
    assert Small(matrix=[[1, 2], [3, 4]]).matrix == la.matrix("1 2; 3 4")
    assert small(matrix=[[1, 2], [3, 4]])().matrix == la.matrix("1 2; 3 4")


@pytest.mark.parametrize(
    ("parameters", "error", "says"),
    [
        ({"matrix": "1 2 3; 4 5 6"}, InputError, "Small takes a 2×2 matrix, and [1 2 3; 4 5 6] is"),
        ({"matrix": "1"}, InputError, "2×2"),
        ({"matrix": "1 2; 3"}, InputError, "Small, matrix: row 2"),
        ({"matrix": "one"}, InputError, "'one' is not a number"),
        ({"vector": "1 2"}, InputError, "Small shows no vector; it takes matrix"),
        ({"aspect": "4:3"}, ValueError, "16:9"),
        ({"theme": "pink"}, ValueError, "dark"),
        ({"language": "tlh"}, LanguageError, ""),
    ],
)
def test_what_cannot_be_played_is_said_in_one_line(
    parameters: dict[str, str], error: type[Exception], says: str
) -> None:
    with pytest.raises(error) as caught:
        Small(**parameters)
    message = str(caught.value)
    assert says in message
    assert "\n" not in message
    assert message.strip()


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("quality", QUALITIES)
def test_the_frame_has_even_pixels_and_eight_units_on_its_short_side(
    aspect: str, quality: str
) -> None:
    width, height = QUALITIES[quality]
    with tempconfig({"pixel_width": width, "pixel_height": height}):
        camera = Small(aspect=aspect).renderer.camera
    across, down = map(int, aspect.split(":"))
    assert camera.pixel_width % 2 == camera.pixel_height % 2 == 0
    assert min(camera.pixel_width, camera.pixel_height) == height
    assert camera.pixel_width / camera.pixel_height == pytest.approx(across / down, abs=0.005)
    # a whole number of pixels is up to half a pixel off
    assert min(camera.frame_width, camera.frame_height) == pytest.approx(8, rel=1 / height)
    assert camera.frame_width / camera.frame_height == pytest.approx(across / down, rel=1 / height)


def test_making_a_scene_leaves_manim_s_settings_alone() -> None:
    before = (config.pixel_width, config.frame_width, config.background_color)
    Small(aspect="9:16", theme="light")
    assert (config.pixel_width, config.frame_width, config.background_color) == before
