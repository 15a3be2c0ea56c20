"""Which versions of everything outside the project draw, compute, set words or encode.

Nothing here imports what it looks at: versions are asked of the packages' metadata.
"""

from __future__ import annotations

import ast
import platform
import shutil
import subprocess
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import scenes

__all__ = ["fonts", "libraries"]

_PACKAGES = (
    "manim", "numpy", "scipy", "sympy", "av", "typst", "pycairo", "manimpango", "pillow",
    "safetensors", "svgelements",
)  # fmt: skip


@cache
def libraries() -> str:
    """Name the versions of everything outside the project that draws, computes or encodes."""
    import cairo
    import manimpango

    python = ".".join(platform.python_version_tuple()[:2])
    named = {name: _version(name) for name in _PACKAGES}
    named |= {"Python": python, "cairo": cairo.cairo_version_string()}
    named |= {"Pango": manimpango.pango_version()}
    return ", ".join(f"{name} {number}" for name, number in named.items())


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


@cache
def fonts(language: str) -> str:
    """Name the files of the font that sets a language on this machine, with their versions.

    Without fontconfig, the fonts are taken to be those of the operating system.
    """
    installed = _installed()
    for family in _families()[language]:
        if family in installed:
            return f"{family}: {installed[family]}"
    return "none"


def _families() -> dict[str, tuple[str, ...]]:
    """Read from the stage, without importing it, which fonts it prefers."""
    source = (scenes.FOLDER / "stage" / "fonts.py").read_text(encoding="utf-8")
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "FAMILIES":
            found: dict[str, tuple[str, ...]] = ast.literal_eval(node.value)
            return found
    raise LookupError("scenes/stage/fonts.py names no FAMILIES")


@cache
def _installed() -> dict[str, str]:
    """Give every font family with what tells its version."""
    if shutil.which("fc-list") is None:
        import manimpango

        return dict.fromkeys(manimpango.list_fonts(), platform.platform())
    format = "%{family}\t%{file}\t%{fontversion}\n"
    listing = subprocess.run(  # noqa: S603
        ["fc-list", "--format", format],  # noqa: S607
        capture_output=True, check=False, encoding="utf-8",
    ).stdout  # fmt: skip
    found: dict[str, set[str]] = {}
    for line in listing.splitlines():
        families, file, number = line.split("\t")
        path = Path(file)
        size = path.stat().st_size if path.is_file() else 0
        for family in families.split(","):
            found.setdefault(family, set()).add(f"{path.name} {number} ({size} bytes)")
    return {family: " + ".join(sorted(files)) for family, files in found.items()}
