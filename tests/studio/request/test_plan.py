from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import stand_in
from support import Run, as_png, shows

import scenes
from scenes.studio.request.clip import Clip, UnusableError
from scenes.studio.request.plan import plan


@pytest.fixture(autouse=True)
def catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenes, "CATALOGUE", stand_in.CATALOGUE)


def test_each_scene_plays_its_own_matrix_unless_one_is_given() -> None:
    assert plan(["calm", "wide"]).clips == (
        Clip("calm", shows("1 0; 0 1")),
        Clip("wide", shows("1 0 0; 0 1 0")),
    )
    assert plan(["calm"], {"matrix": "[[1,2],[3,0.5]]"}).clips == (
        Clip("calm", shows("1 2; 3 1/2")),
    )


def test_a_scene_is_named_by_id_or_class_and_filmed_once() -> None:
    assert plan(["Calm", "calm"]).clips == plan(["calm"]).clips


def test_every_language_meets_every_aspect_and_theme() -> None:
    clips = plan(
        ["calm"], languages=["en,zh-CN", "zh_TW"], aspects=["1:1", "9:16"], themes=["dark,light"]
    ).clips
    assert len(set(clips)) == 12
    assert {clip.language for clip in clips} == {"en", "zh-Hans", "zh-Hant"}


def test_what_was_asked_for_twice_is_filmed_once() -> None:
    assert len(plan(["calm"], languages=["zh-Hans", "zh-CN"]).clips) == 1


def test_of_all_scenes_those_that_take_the_matrix_are_filmed_and_the_others_named() -> None:
    planned = plan(given={"matrix": "1 2 3; 4 5 6"})
    assert [clip.scene for clip in planned.clips] == ["wide"]
    without, note = planned.notes
    assert without == "left out: weighs and pictured show no matrix"
    assert note.startswith("left out: calm, chatty, raises")
    assert "take a 2×2 matrix, and [1 2 3; 4 5 6] is 2×3; " in note


def test_a_vector_goes_to_the_scenes_that_show_one() -> None:
    planned = plan(["calm", "chatty"], {"vector": "1, 2"})
    assert [dict(clip.inputs).get("vector") for clip in planned.clips] == [None, "1 2"]
    assert planned.notes == ("--vector is not shown by calm",)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"names": ["clam"]}, "no scene 'clam'; did you mean calm?"),
        ({"names": ["chaty"]}, "did you mean chatty?"),
        ({"names": ["qqqqq"]}, "there are calm, wide, chatty"),
        ({"names": ["calm", "zh-Hans"]}, "--language en,zh-Hans,zh-Hant"),
        ({"names": ["calm", "1:1"]}, "--aspect 16:9,1:1,9:16"),
        ({"names": ["calm", "light"]}, "--theme dark,light"),
        ({"names": ["0;", "4"]}, 'in quotes: --matrix "3 0; 4 5"'),
        (
            {"names": ["wide"], "given": {"matrix": "1 2; 3 4"}},
            "2×3 matrix, and [1 2; 3 4] is 2×2",
        ),
        ({"names": ["wide", "calm"], "given": {"matrix": "1 2; 3 4"}}, "wide takes a 2×3 matrix"),
        ({"given": {"matrix": "1"}}, "take a 2×2 matrix; wide takes a 2×3 matrix, and [1] is 1×1"),
        (
            {"names": ["chatty"], "given": {"vector": "1 2 3"}},
            "a vector of 2 numbers as an output of a 2×2 matrix, and (1 2 3) has 3; give 2",
        ),
        ({"names": ["calm"], "given": {"vector": "1 2"}}, "leave --vector out, or choose chatty"),
        ({"languages": ["fr"]}, "no words in 'fr'; choose en, zh-Hans or zh-Hant"),
        ({"languages": [""]}, "no words in ''"),
        ({"aspects": ["4:3"]}, "no aspect '4:3'; choose 16:9, 1:1 or 9:16"),
        ({"themes": ["blue"]}, "no theme 'blue'; choose dark or light"),
    ],
)
def test_what_cannot_be_filmed_is_said_with_its_remedy(
    arguments: dict[str, Any], says: str
) -> None:
    with pytest.raises(UnusableError) as stopped:
        plan(arguments.pop("names", ()), **arguments)
    assert says in str(stopped.value)
    assert "\n" not in str(stopped.value)


def test_the_command_of_a_clip_asks_for_the_same_clip(stand_in: Run, tmp_path: Path) -> None:
    (tmp_path / "a folder").mkdir()
    np.savez(tmp_path / "a folder" / "w.npz", **{"layer.0": np.eye(2), "layer.1": np.eye(2)})
    (tmp_path / "p.png").write_bytes(as_png())
    files = ["--weights", "a folder/w.npz", "--tensor", "layer.1", "--image", "p.png"]
    more = ["--language", "zh-Hans", "--no-captions", "-q", "m", "--format", "gif"]
    for asked in (["weighs", *files, *more], ["chatty", "--vector", "-1/2 sqrt(2)"]):
        (first,) = json.loads(stand_in(*asked, "--plan", "--json").stdout)["clips"]
        command = shlex.split(first["command"])
        assert command[:2] == ["python", "render.py"]
        (again,) = json.loads(stand_in(*command[2:], "--plan", "--json").stdout)["clips"]
        assert again == first


@pytest.mark.parametrize(
    "matrix",
    [
        "a b; c d", "1 2; 3", "", ";", "1 nan; 0 1", "inf 0; 0 1", "1+2i 0; 0 1", "1e400 0; 0 1",
        "1/0 1; 1 1", "__import__('os').system('true') 1; 1 1",
    ],
)  # fmt: skip
def test_what_is_not_a_matrix_is_said_in_one_line(matrix: str) -> None:
    with pytest.raises(UnusableError, match=r"^--matrix: ") as stopped:
        plan(["calm"], {"matrix": matrix})
    assert "\n" not in str(stopped.value)
