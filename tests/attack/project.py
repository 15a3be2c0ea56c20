"""A copy of the project that somebody edits: one short scene, and what its frames depend on."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from pathlib import Path

from house import ROOT, World, files_of

__all__ = ["TARGETS", "Project", "references"]

SCENE = '''
from scenes.inputs import MatrixInput
from scenes.stage import N_, MatrixScene


class Calm(MatrixScene):
    """One beat."""

    title = N_("Calm")
    inputs = (MatrixInput("2x2", default="1 0; 0 1"),)

    def construct(self):
        with self.beat("first", N_("Said by version 1.")):
            self.wait(1.5)
'''
WORDS = (
    '\nmsgid "Said by version 1."\nmsgstr "第1版"\n\nmsgid "Said by version 2."\nmsgstr "第3版"\n'
)

TARGETS = ("the scene", "the stage", "the words")


class Project:
    """The copy, in a folder; each of its targets has two versions of the same size."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        ignored = shutil.ignore_patterns("pictures")
        for room in ("scenes", "lamath"):
            shutil.copytree(ROOT / room, folder / room, ignore=ignored)
        self.script = Path(shutil.copy(ROOT / "render.py", folder))
        catalogue = folder / "scenes" / "__init__.py"
        text = catalogue.read_text("utf-8")
        entry = 'CATALOGUE = (\n    Entry("calm", "calm", "Calm"),\n'
        catalogue.write_text(text.replace("CATALOGUE = (\n", entry), "utf-8")
        self.scene = folder / "scenes" / "calm.py"
        self.scene.write_text(SCENE, "utf-8")
        theme = folder / "scenes" / "stage" / "theme.py"
        (color,) = re.findall(r'background="(#\w{6})"', theme.read_text("utf-8"))[:1]
        words = folder / "scenes" / "locale" / "zh_Hans" / "LC_MESSAGES" / "scenes.po"
        words.write_text(words.read_text("utf-8") + WORDS, "utf-8")
        self._targets = {
            "the scene": (self.scene, "version 1", "version 2"),
            "the stage": (theme, color, "#400000"),
            "the words": (words, "第1版", "第2版"),
        }

    def path(self, target: str) -> Path:
        """Where a target is."""
        return self._targets[target][0]

    def edit(self, target: str, version: int, *, keep_time: bool = False) -> None:
        """Save a version, 1 or 2, of a target."""
        path, first, second = self._targets[target]
        status = path.stat()
        text = path.read_text("utf-8")
        text = text.replace(first, second) if version == 2 else text.replace(second, first)
        path.write_text(text, "utf-8")
        if keep_time:
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    @contextlib.contextmanager
    def without(self, target: str, *, cut: bool = False):
        """Take a target away for a while, or half of it."""
        path = self.path(target)
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2]) if cut else path.unlink()
        try:
            yield
        finally:
            path.write_bytes(data)


def references(folder: Path, *asked: str) -> None:
    """Draw the first version of the project, and the second of each target, and note the files."""
    found = {}
    for target in (None, *TARGETS):
        place = folder / f"project-{target}"
        project = Project(place / "project")
        if target is not None:
            project.edit(target, 2)
        world = World(place / "world", script=project.script)
        done = world.run(*asked)
        if done.code:
            raise RuntimeError(f"an undisturbed batch of the copy fails:\n{done.said}")
        found[target or "first"] = files_of(world.out)
        shutil.rmtree(place)
    if len({json.dumps(each) for each in found.values()}) != len(found):
        raise RuntimeError("two versions look the same")
    (folder / "references.json").write_text(json.dumps(found), "utf-8")
