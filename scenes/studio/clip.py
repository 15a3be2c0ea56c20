"""The unit of work: one scene, one matrix, one language, one shape of frame, one quality."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, fields

__all__ = ["FORMATS", "QUALITIES", "Clip", "UnusableError"]

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
    matrix
        As `str(lamath.matrix(…))` writes it, so that equal matrices make equal clips.
    vector
        As `str(lamath.vector(…))` writes it; None is the scene's own.
    captions
        Whether the sentences are in the picture, and beside it as subtitles.
    weights, tensor, image
        A file of weights, the tensor in it, a picture: names of files as seen from the
        lesson's folder, never places on one machine (`Plan.files` knows those).
    """

    scene: str
    matrix: str
    vector: str | None = None
    language: str = "en"
    aspect: str = "16:9"
    theme: str = "dark"
    quality: str = "l"
    format: str = "mp4"
    captions: bool = True
    weights: str | None = None
    tensor: str | None = None
    image: str | None = None

    @property
    def id(self) -> str:
        """A folder name: readable, safe on every file system, unique, at most 100 letters.

        What is as usual is left out of its hash, so that what a clip may say one day
        changes no id of today.

        >>> Clip("svd", "3 0; 4 5").id
        'svd_3-0-4-5_en_16x9_dark_l_81472799'
        """
        named = (self.vector, self.weights, self.tensor, self.image)
        shown = [self.scene, self.matrix, *(each for each in named if each is not None)]
        shown += [self.language, self.aspect.replace(":", "x"), self.theme, self.quality]
        if self.format != "mp4":
            shown.append(self.format)
        if not self.captions:
            shown.append("no-captions")
        readable = "_".join(_plain(text) for text in shown)
        exact = "\n".join(
            f"{each.name}={getattr(self, each.name)!r}"
            for each in fields(self)
            if getattr(self, each.name) != each.default
        )
        return f"{readable[:90]}_{hashlib.sha256(exact.encode()).hexdigest()[:8]}"

    def __str__(self) -> str:
        shown = [self.scene, f"[{self.matrix}]", self.language, self.aspect]
        if self.vector is not None:
            shown.insert(2, f"({self.vector})")
        shown += [each for each in (self.weights, self.tensor, self.image) if each is not None]
        if self.theme != "dark":
            shown.append(self.theme)
        return " · ".join(shown)

    @property
    def files(self) -> dict[str, str]:
        """The names of the files that it shows, by the field that names each.

        >>> Clip("svd", "3 0; 4 5", image="cat.png").files
        {'image': 'cat.png'}
        """
        named = {"weights": self.weights, "image": self.image}
        return {field: name for field, name in named.items() if name is not None}

    @property
    def command(self) -> str:
        """The command that renders this clip alone."""
        said = [f"python render.py {self.scene} --matrix {_quoted(self.matrix)}"]
        if self.vector is not None:
            said.append(f"--vector {_quoted(self.vector)}")
        said.append(f"--language {self.language} --aspect {self.aspect} --theme {self.theme}")
        said.append(f"-q {self.quality} --format {self.format}")
        if not self.captions:
            said.append("--no-captions")
        return " ".join(said)


def _plain(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z.]+", "-", text).strip("-.")[:24]


def _quoted(text: str) -> str:
    return f'"{text}"'
