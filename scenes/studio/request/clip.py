"""The unit of work: one scene, what it is given, one language, one shape of frame, one quality."""

from __future__ import annotations

import hashlib
import re
import shlex
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from scenes.wording import short

__all__ = ["FORMATS", "QUALITIES", "Clip", "UnusableError", "written"]

QUALITIES = ("l", "m", "h", "p", "k")
"""As `manim render -q` names them: 480p15, 720p30, 1080p60, 1440p60, 2160p60."""

FORMATS = ("mp4", "webm", "mov", "gif", "png", "png-sequence")
"""As `manim render --format` names them; png is the last frame only."""


class UnusableError(ValueError):
    """What was asked for can't be done; the text is one line that names the remedy."""


@dataclass(frozen=True)
class Clip:
    """Everything that decides what a clip shows.

    Parameters
    ----------
    scene
        An id of the catalogue.
    inputs
        What the scene is given, as `scenes.inputs` writes it: name and text of each input
        that is not absent, in the order declared. A file is named as seen from the lesson's
        folder or the current one, never by its place on one machine.
    captions
        Whether the sentences are in the picture, and beside it as subtitles.
    places
        Where the files are that inputs name. What a clip shows does not depend on it.
    """

    scene: str
    inputs: tuple[tuple[str, str], ...] = ()
    language: str = "en"
    aspect: str = "16:9"
    theme: str = "dark"
    quality: str = "l"
    format: str = "mp4"
    captions: bool = True
    places: tuple[tuple[str, Path], ...] = field(default=(), compare=False, repr=False)

    @property
    def id(self) -> str:
        """A folder name: readable, safe on every file system, unique, at most 100 letters.

        What is as usual is left out of its hash, so that what a clip may say one day
        changes no id of today.

        >>> Clip("svd", (("matrix", "3 0; 4 5"),)).id
        'svd_3-0-4-5_en_16x9_dark_l_0a885bbb'
        """
        shown = [self.scene, *(text for _, text in self.inputs)]
        shown += [self.language, self.aspect.replace(":", "x"), self.theme, self.quality]
        if self.format != "mp4":
            shown.append(self.format)
        if not self.captions:
            shown.append("no-captions")
        readable = "_".join(_plain(text) for text in shown)
        exact = "\n".join(
            f"{each.name}={getattr(self, each.name)!r}"
            for each in fields(self)
            if each.compare and getattr(self, each.name) != each.default
        )
        return f"{readable[:90]}_{hashlib.sha256(exact.encode()).hexdigest()[:8]}"

    def __str__(self) -> str:
        """Write it for people: what it is given is shortened."""
        inputs = [short(written(name, text), 80) for name, text in self.inputs]
        shown = [self.scene, *inputs, self.language, self.aspect]
        if self.theme != "dark":
            shown.append(self.theme)
        return " · ".join(shown)

    @property
    def files(self) -> dict[str, Path]:
        """Where the files are that it shows, by the input that names each."""
        return dict(self.places)

    @property
    def facts(self) -> dict[str, Any]:
        """What it shows, by name, as values that JSON knows."""
        said = {each.name: getattr(self, each.name) for each in fields(self) if each.compare}
        return said | {"inputs": dict(self.inputs)}

    @property
    def command(self) -> str:
        """The command that renders this clip alone.

        >>> Clip("rank", (("matrix", "1 2; 2 4"),)).command.partition(" --theme")[0]
        'python render.py rank --matrix "1 2; 2 4" --language en --aspect 16:9'
        """
        said = ["python render.py", self.scene]
        for name, text in self.inputs:
            shown = _from_here(self.files[name]) if name in self.files else text
            said.append(f"--{name.replace('_', '-')} {_quoted(shown)}")
        said.append(f"--language {self.language} --aspect {self.aspect} --theme {self.theme}")
        said.append(f"-q {self.quality} --format {self.format}")
        if not self.captions:
            said.append("--no-captions")
        return " ".join(said)


def _plain(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z.]+", "-", text).strip("-.")[:24]


def written(name: str, text: str) -> str:
    """Write an input as one does by hand: rows in brackets, a row in parentheses."""
    if ";" in text:
        return f"[{text}]"
    return f"({text})" if " " in text else f"{name} {text}"


def _quoted(text: str) -> str:
    return shlex.quote(text) if re.search(r'["$`\\!]', text) else f'"{text}"'


def _from_here(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
