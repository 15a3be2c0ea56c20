"""How the tests of the studio start the command line, and what they give it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image

import scenes
from scenes.studio.store.record import ClipRecord
from scenes.studio.store.result import BeatFacts

HERE = Path(__file__).parent
RENDER = scenes.FOLDER.parent / "render.py"
STAND_IN = HERE / "stand_in.py"


def shows(text: str) -> tuple[tuple[str, str], ...]:
    """The inputs of a clip that is given a matrix."""
    return (("matrix", text),)


def as_png(width: int = 4) -> bytes:
    """A picture, as a file holds it."""
    file = io.BytesIO()
    Image.new("RGB", (width, 3)).save(file, "PNG")
    return file.getvalue()


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
        timeout=400,
        check=False,
        env=environment(**options),
    )


BEAT = BeatFacts("first", "Is 0 < 1?", 0.0, 2.0)


def record(**changes: Any) -> ClipRecord:
    """The record of a clip that was rendered."""
    id = changes.get("id", "clip-1")
    said: dict[str, Any] = {
        "id": id, "scene": "calm", "title": "Calm", "inputs": {"matrix": "1 -sqrt(2); 1/2 0"},
        "language": "en", "aspect": "16:9", "theme": "dark", "quality": "l", "format": "mp4",
        "captions": True, "status": "rendered", "seconds": 61.0, "frames": 915, "width": 854,
        "height": 480, "fps": 15.0, "folder": f"clips/{id}",
        "files": {"video": "video.mp4", "poster": "poster.png", "captions": "captions.vtt"},
        "beats": (BEAT,),
    }  # fmt: skip
    return ClipRecord(**said | changes)


def failed(**changes: Any) -> ClipRecord:
    """The record of a clip that failed."""
    numbers = dict.fromkeys(["title", "seconds", "frames", "width", "height", "fps"])
    left = {"folder": "failed/clip-1", "files": {"log": "log.txt"}, "error": "ValueError: broke"}
    return record(**(numbers | left | {"status": "failed", "beats": ()} | changes))
