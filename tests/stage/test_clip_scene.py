"""A clip's story in time, its frame and its parameters, and that a film leaves nothing out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from in_space import InSpace
from manim import config, tempconfig
from small import Small, played, small

import lamath as la
from lamath.errors import LanguageError
from scenes import ASPECTS
from scenes.inputs import InputError, MatrixInput, VectorInput
from scenes.stage import N_, MatrixScene, outline
from scenes.stage.camera import StageRenderer
from scenes.stage.caption import reading_seconds
from scenes.stage.clip_scene import ClipScene
from scenes.stage.figure import is_seen, leaves, presence_of
from scenes.stage.motion import Appear, Deform, Pulse
from scenes.stage.solids import Patch
from scenes.stage.view import box_of

QUALITIES = {"l": (854, 480), "m": (1280, 720), "h": (1920, 1080), "k": (3840, 2160)}


# --- Beats --------------------------------------------------------------------------------------


def test_beats_follow_each_other_and_fill_the_clip() -> None:
    timeline = Small.rehearse()
    first, second = timeline.beats
    assert [first.name, second.name] == ["before", "after"]
    assert first.start == 0
    assert first.end == second.start
    assert second.end == pytest.approx(timeline.seconds)
    assert first.caption == "If A moved the plane, can we move it back?"


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_a_caption_stays_until_it_could_be_read(language: str) -> None:
    for beat in Small.rehearse(language=language).beats:
        assert beat.end - beat.start >= reading_seconds(beat.caption) - 1e-6


def test_captions_are_said_in_the_clip_s_language() -> None:
    said = {
        language: Small.rehearse(language=language).beats[1].caption
        for language in ("en", "zh-Hans", "zh-Hant")
    }
    assert len(set(said.values())) == 3
    assert said["en"] == "The inverse undoes"


def test_a_long_movement_needs_no_more_waiting_than_a_breath() -> None:
    beat = small(lambda running: running.wait(20)).rehearse().beats[1]
    assert 20 < beat.end - beat.start < 24


def test_values_are_filled_into_captions() -> None:
    assert played().words("one square = {number}", number="5") == "one square = 5"


def test_a_sentence_is_read_before_the_next_one_is_said() -> None:
    first, second = N_("If A moved the plane, can we move it back?"), N_("The inverse undoes")

    class Talking(Small):
        def construct(self) -> None:
            self.open()
            with self.beat("one", first):
                self.say(second)

    beats = Talking.rehearse().beats
    assert [beat.caption for beat in beats] == [first, second]
    assert {beat.name for beat in beats} == {"one"}
    for beat in beats:
        assert beat.end - beat.start >= reading_seconds(beat.caption) - 1e-6


def test_a_beat_may_begin_without_a_sentence_and_say_it_when_there_is_something_to_see() -> None:
    class Showing(Small):
        def construct(self) -> None:
            self.open()
            with self.beat("look"):
                self.wait(2)
                self.say(N_("The inverse undoes"))

    (beat,) = Showing.rehearse().beats
    assert (beat.name, beat.start) == ("look", pytest.approx(2, abs=0.05))


def test_while_a_sentence_is_read_the_motion_goes_on() -> None:
    times: list[float] = []

    class Reading(Small):
        def construct(self) -> None:
            word = self.math("x")
            self.open(word)
            with self.beat("read", N_("If A moved the plane, can we move it back?")):
                for seconds in (0.9, 2.0, 2.0):
                    before = self.time
                    self.while_reading(Pulse(word, run_time=seconds))
                    times.append(self.time - before)

    Reading.rehearse()
    # stretched, but at most to twice its time; then for what is left; then its own time
    need = reading_seconds("If A moved the plane, can we move it back?")
    assert times[0] == pytest.approx(1.8, abs=0.02)
    assert times[1] == pytest.approx(max(need - 1.8, 2.0), abs=0.05)
    assert times[2] == pytest.approx(2.0, abs=0.02)


def test_a_viewer_has_two_seconds_to_guess_and_the_mark_stays_in_sight() -> None:
    seen: list[tuple[float, float]] = []

    class Asking(Small):
        def construct(self) -> None:
            mark = self.math('bold("?")')
            self.panel.set(mark)
            self.open()
            with self.beat("guess", N_("Watch.")):
                before = self.time
                self.predict(ask=mark)
                seen.append((self.time - before, presence_of(mark)))

    Asking.rehearse()
    ((seconds, presence),) = seen
    assert seconds >= 2.0
    assert presence == 1.0


def strip_texts(scene: Any) -> list[Any]:
    return [
        leaf
        for leaf in scene.leaves()
        if getattr(leaf, "area", "") == "strip" and getattr(leaf, "text", "")
    ]


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_caption_stands_in_its_strip(aspect: str, language: str) -> None:
    scene = played(aspect=aspect, language=language)
    texts = strip_texts(scene)
    assert texts
    for text in texts:
        assert scene.layout.strip.contains(box_of(np.asarray(text.points)))
        assert is_seen(text)


def test_only_one_caption_is_seen_at_a_time() -> None:
    together: set[int] = set()

    def count(scene: Any, _: float) -> None:
        together.add(sum(is_seen(text) for text in strip_texts(scene)))

    Small.rehearse(at_moment=count)
    assert together <= {0, 1}


def test_all_captions_of_a_film_have_the_size_at_which_the_longest_fits() -> None:
    long = N_("one square = {number}")

    class Wordy(Small):
        def construct(self) -> None:
            self.open()
            with self.beat("short", N_("The inverse undoes")):
                self.wait(0.1)
            with self.beat("long", long, number=" ".join(["many words"] * 17)):
                self.wait(0.1)

    timeline = Wordy.rehearse()
    theme = Wordy().theme
    assert timeline.caption_size < theme.caption
    scene = Wordy()
    scene.timeline = timeline
    short = scene._set_caption("The inverse undoes")
    assert short.cap_height == pytest.approx(timeline.caption_size)


def test_a_clip_without_captions_tells_the_same_story_in_the_same_time() -> None:
    spoken, silent = Small.rehearse(), Small.rehearse(captions=False)
    assert [beat.caption for beat in silent.beats] == [beat.caption for beat in spoken.beats]
    assert silent.seconds == pytest.approx(spoken.seconds, abs=0.5)
    assert not strip_texts(played(captions=False))


# --- Who is on stage ----------------------------------------------------------------------------


def test_nothing_is_seen_before_the_story_brings_it_on() -> None:
    seen: dict[str, bool] = {}

    class Shy(Small):
        def construct(self) -> None:
            self.x, self.name = self.arrow((1, 1), self.theme.input), None
            word = self.prose(N_("The inverse undoes"))
            self.world(self.x)
            self.panel.set(word)
            self.open()
            seen["before"] = is_seen(self.x) or any(is_seen(leaf) for leaf in leaves(word))
            self.play(Appear(self.x, word))
            seen["after"] = is_seen(self.x) and all(is_seen(leaf) for leaf in leaves(word))

    Shy.rehearse()
    assert seen == {"before": False, "after": True}


def test_what_belongs_nowhere_can_not_be_brought_on() -> None:
    scene = played()
    with pytest.raises(ValueError, match="belongs to no world"):
        scene.bring(scene.arrow((1, 0), scene.theme.i))


def test_what_is_dismissed_is_gone() -> None:
    scene = played()
    word = scene.math("y")
    scene.bring(word)
    assert scene.has(word)
    scene.dismiss(word, scene.x)
    assert not scene.has(word)
    assert scene.x not in set(scene.leaves())


# --- The film -----------------------------------------------------------------------------------


class Keeping(StageRenderer):
    """Keeps every different frame that it writes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kept: list[np.ndarray] = []

    def add_frame(self, frame: Any, num_frames: int = 1) -> None:
        super().add_frame(frame, num_frames)
        self.kept.append(frame.copy())


def frames(kind: type[ClipScene], **parameters: Any) -> list[np.ndarray]:
    settings = {"dry_run": True, "progress_bar": "none", "frame_rate": 4}
    with tempconfig(settings | {"pixel_width": 320, "pixel_height": 180, "verbosity": "ERROR"}):
        scene = kind(renderer=Keeping, **parameters)
        scene.render()
    kept: list[np.ndarray] = scene.renderer.kept
    return kept


class Behind(MatrixScene):
    """An arrow that turns around to the other side of a plane that stands still."""

    title = N_("The inverse undoes")
    inputs = (MatrixInput("3x3", default="1 0 0; 0 1 0; 0 0 1"),)

    def construct(self) -> None:
        arrow = self.arrow((-1, -1, 1), self.theme.i, scale=3)
        plane = Patch((1, 0, 1), (0, 1, 1), 2.2, color=self.theme.column_space, width=2, fill=0.9)
        world = self.space(arrow)
        world.plant(plane)
        self.open(arrow, plane)
        for angle in (3.1, -3.1):
            with self.beat("turn"):
                self.play(Deform(world, la.rotation(angle, (1, -1, 0)), view=world.view))


@pytest.mark.parametrize(
    ("kind", "matrix"),
    [
        (Small, "2 1; 1 3"),
        (Small, "0 1; 1 0"),
        (InSpace, "1 0 1; 0 1 1"),
        (Behind, "1 0 0; 0 1 0; 0 0 1"),
    ],
)
def test_drawing_what_moves_alone_gives_the_same_frames(kind: type[ClipScene], matrix: str) -> None:
    def everything(self: Any, animations: Any) -> tuple[list[Any], list[Any]]:
        return list(self.leaves()), []

    whole = type(
        "Whole",
        (kind,),
        {"get_moving_and_static_mobjects": everything, "reach": lambda self, mobjects: None},
    )
    some, all_of_it = frames(kind, matrix=matrix), frames(whole, matrix=matrix)
    assert len(some) == len(all_of_it)
    assert len({frame.tobytes() for frame in some}) > 5
    for k, (a, b) in enumerate(zip(some, all_of_it, strict=True)):
        assert np.abs(a.astype(int) - b).max() <= 2, k


def test_a_film_is_as_long_as_its_rehearsal() -> None:
    counted: list[int] = []
    settings = {"dry_run": True, "progress_bar": "none", "frame_rate": 5, "verbosity": "ERROR"}
    with tempconfig(settings | {"pixel_width": 160, "pixel_height": 90}):
        timeline = Small.rehearse()
        scene = Small(on_frames=lambda frames, beat: counted.append(frames))
        scene.render()
    assert counted[-1] == timeline.frames == scene.renderer.frames
    assert counted == sorted(counted)


# --- The rehearsal ------------------------------------------------------------------------------


@pytest.mark.parametrize("rate", [15, 24, 30, 60])
def test_seconds_and_frames_agree(rate: int) -> None:
    with tempconfig({"frame_rate": rate}):
        timeline = Small.rehearse()
    assert timeline.frames / rate == pytest.approx(timeline.seconds)


def test_rehearsing_writes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    outline.math_outline.cache_clear()  # words that are set anew leave nothing behind either
    outline.prose_outline.cache_clear()
    with tempconfig({"media_dir": str(tmp_path / "media")}):
        Small.rehearse()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_rehearsing_leaves_the_settings_alone() -> None:
    before = {key: config[key] for key in ("dry_run", "pixel_width", "frame_width", "frame_rate")}
    Small.rehearse(aspect="9:16")
    assert {key: config[key] for key in before} == before


# --- Parameters ---------------------------------------------------------------------------------


class SmallWithVector(Small):
    inputs = (MatrixInput("2x2", default="2 1; 1 3"), VectorInput(of="input"))


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
    parameters: dict[str, Any], error: type[Exception], says: str
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
