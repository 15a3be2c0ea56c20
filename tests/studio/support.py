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

HERE = Path(__file__).parent
RENDER = scenes.FOLDER.parent / "render.py"
STAND_IN = HERE / "stand_in.py"


def shows(text: str) -> tuple[tuple[str, str], ...]:
    """The inputs of a clip that is given a matrix."""
    return (("matrix", text),)


def as_png() -> bytes:
    """A picture, as a file holds it."""
    file = io.BytesIO()
    Image.new("RGB", (4, 3)).save(file, "PNG")
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
        timeout=120,
        check=False,
        env=environment(**options),
    )
