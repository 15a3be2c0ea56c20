"""How the tests of the studio start the command line."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import scenes
from scenes.studio import key

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # for stand_in, here and in the workers that tests start
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell lets what it starts in the background ignore Ctrl-C, and so would all that we start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
RENDER = scenes.FOLDER.parent / "render.py"
STAND_IN = HERE / "stand_in.py"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def environment(**more: str) -> dict[str, str]:
    return os.environ | {"COLUMNS": "300"} | more


def start(
    script: Path, *arguments: object, cwd: Path, **options: Any
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(script), *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env=environment(**options),
    )


@pytest.fixture
def render(tmp_path: Path) -> Run:
    """Run the command line in an empty folder."""
    return lambda *arguments, **options: start(RENDER, *arguments, cwd=tmp_path, **options)


@pytest.fixture
def stand_in(tmp_path: Path) -> Run:
    """Run the command line with the stand-ins, in an empty folder."""
    return lambda *arguments, **options: start(STAND_IN, *arguments, cwd=tmp_path, **options)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project, for keys to be made of: it may be edited, and nobody else does."""
    copy = tmp_path / "project"
    for room in ("scenes", "lamath"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(RENDER.parent / room, copy / room, ignore=ignored)
    shutil.copy(RENDER, copy)
    monkeypatch.setattr(scenes, "FOLDER", copy / "scenes")
    monkeypatch.setattr(scenes, "LOCALE", copy / "scenes" / "locale")
    monkeypatch.setattr(key, "LOCALE", copy / "lamath" / "words" / "locale")
    return copy


@pytest.fixture(scope="session")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """One batch of everything that can go wrong, and some that goes right."""
    folder = tmp_path_factory.mktemp("troubled")
    names = ["calm", "raises", "dies", "exits", "empty", "chatty"]
    aspects = ["--aspect", "16:9", "--aspect", "1:1"]
    done = start(
        STAND_IN, *names, "--json", "--jobs", 2, "--vector", "1 2", *aspects,
        cwd=folder,
        LAMATH_MATRIX="7 7; 7 7",
        LAMATH_THEME="light",
    )  # fmt: skip
    out = folder / "out"
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    return SimpleNamespace(done=done, out=out, clips=manifest["clips"])
