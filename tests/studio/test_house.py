"""Who in the studio may know what."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

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


def test_each_room_says_what_it_is_for_and_does_nothing_else() -> None:
    rooms = {path.parent.name: path for path in STUDIO.glob("*/__init__.py")}
    assert set(rooms) == {"request", "run", "video", "store", "report"}
    for path in rooms.values():
        (said,) = path.read_text(encoding="utf-8").splitlines()
        assert ast.get_docstring(ast.parse(said))
    assert [path.name for path in STUDIO.glob("*.py")] == ["__init__.py"]


def test_manim_comes_into_the_studio_by_one_door() -> None:
    users = {
        path.stem
        for path in STUDIO.rglob("*.py")
        if any(name.split(".")[0] == "manim" for name in imports(path))
    }
    assert users == {"manim_defaults"}


def test_manim_is_configured_where_clips_are_rendered_only() -> None:
    users = {path.stem for path in STUDIO.rglob("*.py") if "as_shipped(" in path.read_text("utf-8")}
    assert users == {"manim_defaults", "rendering"}


def test_production_code_patches_nothing() -> None:
    for path in STUDIO.rglob("*.py"):
        assert not {name for name in imports(path) if name.startswith("unittest")}, path


def test_nothing_runs_the_command_line() -> None:
    for path in scenes.FOLDER.rglob("*.py"):
        assert "render" not in imports(path), path
        assert 'import_module("render")' not in path.read_text(encoding="utf-8"), path


MODULES = sorted(
    ".".join(path.relative_to(scenes.FOLDER.parent).with_suffix("").parts)
    for path in STUDIO.rglob("*.py")
    if path.parent.name != "video"
)


LOAD_ALL = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
    if "manim" in sys.modules:
        sys.exit(f"{name} loads manim")
"""


def test_the_parent_of_the_workers_never_loads_manim() -> None:
    assert MODULES
    load = [sys.executable, "-c", LOAD_ALL, *MODULES]
    done = subprocess.run(load, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
