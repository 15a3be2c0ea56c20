from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.studio.clip import Clip

CLIP = Clip("svd", "3 0; 4 5")


@given(matrix=st.text(), vector=st.none() | st.text())
def test_an_id_is_a_safe_folder_name_of_bounded_length(matrix: str, vector: str | None) -> None:
    id = Clip("svd", matrix, vector).id
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9._-]{0,99}", id)
    assert not id.endswith(".")


@pytest.mark.parametrize(
    "change",
    [
        {"scene": "rank"},
        {"matrix": "3 0; 45"},
        {"matrix": "-3 0; 4 5"},
        {"vector": "1 2"},
        {"language": "zh-Hans"},
        {"aspect": "1:1"},
        {"theme": "light"},
        {"quality": "h"},
        {"format": "gif"},
        {"captions": False},
        {"weights": "layers.safetensors"},
        {"tensor": "layers.0.weight"},
        {"image": "photo.png"},
    ],
)
def test_clips_that_differ_have_ids_that_differ_on_any_file_system(change: dict[str, str]) -> None:
    assert replace(CLIP, **change).id.lower() != CLIP.id.lower()


def test_long_matrices_that_differ_at_their_end_differ_in_their_ids() -> None:
    rows = "; ".join(["1 2 3 4 5 6 7 8"] * 20)
    assert Clip("svd", rows).id != Clip("svd", rows + "; 9").id


def test_an_id_stays_the_same_from_run_to_run() -> None:
    assert CLIP.id == "svd_3-0-4-5_en_16x9_dark_l_81472799"
