"""Who in the studio may know what."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import scenes

STUDIO = scenes.FOLDER / "studio"


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_manim_comes_into_the_studio_by_one_door() -> None:
    users = {
        path.stem
        for path in STUDIO.glob("*.py")
        if any(name.split(".")[0] == "manim" for name in imports(path))
    }
    assert users == {"shipped"}


def test_only_film_configures_manim() -> None:
    users = {path.stem for path in STUDIO.glob("*.py") if "as_shipped(" in path.read_text("utf-8")}
    assert users == {"shipped", "film"}


@pytest.mark.parametrize(
    "module",
    [
        "batch",
        "progress",
        "plan",
        "page",
        "bundle",
        "crew",
        "shoot",
        "key",
        "due",
        "lock",
        "tally",
        "events",
        "farm",
        "watch",
        "lesson",
    ],
)
def test_the_parent_of_the_workers_never_loads_manim(module: str) -> None:
    code = f"import sys, scenes.studio.{module}; sys.exit('manim' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
