"""Too little memory is said before a worker starts."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import stand_in
from support import shows

import scenes
from scenes.studio.request.clip import Clip, UnusableError
from scenes.studio.run import memory
from scenes.studio.run.batch import Request, render_batch
from scenes.studio.run.memory import free_memory, workers_that_fit


@pytest.mark.parametrize(
    ("free", "addresses", "says"),
    [
        (100, math.inf, "a worker needs 256 MB to draw anything, and 100 MB are free; close"),
        (
            math.inf,
            500,
            r"1024 MB of addresses, and 500 are allowed; raise the limit \(ulimit -v\)",
        ),
    ],
)
def test_a_batch_without_memory_for_one_worker_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: float, addresses: float, says: str
) -> None:
    monkeypatch.setattr(scenes, "CATALOGUE", stand_in.CATALOGUE)
    monkeypatch.setattr(memory, "free_memory", lambda: free)
    monkeypatch.setattr(memory, "_address_limit", lambda: addresses)
    with pytest.raises(UnusableError, match=says):
        render_batch(Request((Clip("calm", shows("1 0; 0 1")),), tmp_path / "out", jobs=2))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("free", "jobs"), [(256, 1), (600, 2), (5000, 4), (math.inf, 4)])
def test_there_are_as_many_workers_as_there_is_memory_for(
    monkeypatch: pytest.MonkeyPatch, free: float, jobs: int
) -> None:
    monkeypatch.setattr(memory, "free_memory", lambda: free)
    assert workers_that_fit(4, 2048) == jobs


def test_a_container_has_what_its_limit_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = free_memory()
    monkeypatch.setattr(memory, "_GROUPS", tmp_path)
    for name, text in (
        ("max", f"{300 * 2**20}"),
        ("current", f"{250 * 2**20}"),
        ("stat", f"anon 5\ninactive_file {40 * 2**20}\nactive_file {10 * 2**20}\n"),
    ):
        (tmp_path / f"memory.{name}").write_text(text, encoding="utf-8")
    assert free_memory() == pytest.approx(100)
    assert before > 100
    (tmp_path / "memory.max").write_text("max", encoding="utf-8")
    assert free_memory() > 100
