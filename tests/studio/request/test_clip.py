from __future__ import annotations

import re
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import shows

from scenes.studio.request.clip import Clip

CLIP = Clip("svd", shows("3 0; 4 5"))


@given(matrix=st.text(), vector=st.text())
def test_an_id_is_a_safe_folder_name_of_bounded_length(matrix: str, vector: str) -> None:
    id = Clip("svd", (*shows(matrix), ("vector", vector))).id
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9._-]{0,99}", id)
    assert not id.endswith(".")


@pytest.mark.parametrize(
    "change",
    [
        {"scene": "rank"},
        {"inputs": shows("3 0; 45")},
        {"inputs": shows("-3 0; 4 5")},
        {"inputs": (*shows("3 0; 4 5"), ("vector", "1 2"))},
        {"language": "zh-Hans"},
        {"aspect": "1:1"},
        {"theme": "light"},
        {"quality": "h"},
        {"format": "gif"},
        {"captions": False},
        {"inputs": (*shows("3 0; 4 5"), ("rank", "1 2"))},
        {"inputs": (("weights", "layers.safetensors"),)},
        {"inputs": ()},
    ],
)
def test_clips_that_differ_have_ids_that_differ_on_any_file_system(change: dict[str, Any]) -> None:
    assert replace(CLIP, **change).id.lower() != CLIP.id.lower()


def test_long_matrices_that_differ_at_their_end_differ_in_their_ids() -> None:
    rows = "; ".join(["1 2 3 4 5 6 7 8"] * 20)
    assert Clip("svd", shows(rows)).id != Clip("svd", shows(rows + "; 9")).id


def test_an_id_stays_the_same_from_run_to_run() -> None:
    assert CLIP.id == "svd_3-0-4-5_en_16x9_dark_l_0a885bbb"


def test_where_its_files_are_does_not_make_it_another_clip() -> None:
    clip = Clip("layers", (("weights", "w.npy"),), places=(("weights", Path("/there/w.npy")),))
    assert clip == replace(clip, places=())
    assert clip.id == replace(clip, places=()).id
    assert "there" not in repr(clip)


def test_the_command_names_every_input_and_files_as_seen_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    inputs = (("matrix_b", "-1 0; 0 1"), ("weights", "w.npy"), ("tensor", "a$b"), ("rank", "2"))
    places = (("weights", tmp_path / "course" / "w.npy"),)
    said = shlex.split(Clip("layers", inputs, captions=False, places=places).command)
    assert said[:3] == ["python", "render.py", "layers"]
    assert said[3:11] == [
        "--matrix-b", "-1 0; 0 1", "--weights", str(Path("course/w.npy")), "--tensor", "a$b",
        "--rank", "2",
    ]  # fmt: skip
    assert said[-1] == "--no-captions"
