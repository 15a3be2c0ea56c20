"""The studio's fixtures: the command line, a project that may be edited, a batch with trouble."""

from __future__ import annotations

import json
import shutil
import signal
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import scenes
from scenes.studio.store import key

sys.path.insert(0, str(Path(__file__).parent))  # for stand_in, here and in workers of tests
# A shell lets what it starts in the background ignore Ctrl-C, and nohup a terminal that closes;
# so would all that we start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

from support import RENDER, STAND_IN, Run, start


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
