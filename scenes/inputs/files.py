"""Inputs that are files, and what is in them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenes.inputs.base import Folder, Input, InputError, Values
from scenes.wording import near, quoted, short

if TYPE_CHECKING:
    from lamath.weights import Tensor

__all__ = ["ImageInput", "TensorInput", "TensorsInput", "WeightsInput"]

MAX_NAME = 300  # letters of a file's or a tensor's name
MAX_IMAGE = 64 * 2**20  # bytes
MAX_PIXELS = 50_000_000


def _name(given: Any, what: str) -> str:
    """Hold that a name is text that can be shown."""
    name = os.fspath(given) if isinstance(given, os.PathLike) else given
    if not isinstance(name, str):
        raise InputError(f'{quoted(given)} is no text; write it in quotes: {what} = "…"')
    if not name.strip():
        raise InputError("it is empty; write something, or leave it out")
    if len(name) > MAX_NAME:
        raise InputError(f"it has {len(name)} characters; shorten it to {MAX_NAME}")
    odd = [letter for letter in name if not letter.isprintable() and letter not in "\n\t"]
    if odd:
        raise InputError(f"it has a character that can't be shown (U+{ord(odd[0]):04X}); remove it")
    return name.strip()


@dataclass(frozen=True)
class _FileInput(Input):
    """A file, which the scene gets as a Path."""

    metavar = "FILE"
    is_file = True

    def parse(self, given: Any, folder: Folder) -> Any:
        return folder.find(_name(given, self.name), self.inspect)

    def inspect(self, path: Path) -> None:
        """Raise ValueError or OSError if a file is not of the right kind."""

    def text(self, value: Any, folder: Folder) -> str:
        return folder.name(value)


@dataclass(frozen=True)
class WeightsInput(_FileInput):
    """A file of weights: .npy, .npz or .safetensors."""

    name: str = "weights"
    help: str = field(default="A .npy, .npz or .safetensors file.", kw_only=True)

    noun = "weights"

    def inspect(self, path: Path) -> None:
        _tensors(path)


def _tensors(path: Path) -> dict[str, Tensor]:
    from lamath.weights import tensors

    found = tensors(path)
    if not found:
        raise InputError(f"{quoted(path.name)}: it holds no tensors; give another file")
    return found


@dataclass(frozen=True)
class TensorInput(Input):
    """The name of a tensor in the file of weights; a file with one tensor needs none."""

    name: str = "tensor"
    weights: str = field(default="weights", kw_only=True)
    dimensions: int = field(default=2, kw_only=True)
    help: str = field(default="Which tensor of the file of weights.", kw_only=True)

    noun = "tensor"
    metavar = "NAME"

    def parse(self, given: Any, folder: Folder) -> Any:
        return _name(given, self.name)

    def check(self, value: Any, before: Values, who: str) -> None:
        self._judge([value], before)

    def absent(self, before: Values) -> Any:
        self._judge([None], before)

    def _judge(self, names: Sequence[str | None], before: Values) -> None:
        """Hold that tensors are in the file of weights, or that there is no choice."""
        from lamath import WeightsError
        from lamath.weights import check_size

        if self.weights not in before:
            return  # they are wrong, which has been said
        weights = before[self.weights]
        if weights is None:
            if names != [None]:
                raise InputError(
                    "it names a part of a file of weights; "
                    f'add {self.weights} = "…", or leave it out'
                )
            return
        found, file = _tensors(weights), quoted(weights.name)
        first = next(iter(found))
        for name in names:
            if name is None and len(found) > 1:
                raise InputError(
                    f"{file} holds {len(found)} tensors; "
                    f'name one: {self.name} = "{short(first, 80)}"'
                )
            if name is not None and name not in found:
                meant = near(name, found)
                hint = (
                    f"did you mean {quoted(meant, 80)}?"
                    if meant
                    else f"there is {quoted(first, 80)}"
                )
                raise InputError(f"{file} has no tensor {quoted(name)}; {hint}")
            count = len(found[name or first].shape)
            if count != self.dimensions:
                what = "no matrix: it" if self.dimensions == 2 else f"not of {self.dimensions}: it"
                raise InputError(
                    f"{quoted(name or first)} is {what} has {count} "
                    f"dimension{'s' * (count != 1)}; name a tensor with {self.dimensions}"
                )
            try:
                check_size(found[name or first], quoted(name or first))
            except WeightsError as error:
                raise InputError(str(error)) from None


@dataclass(frozen=True)
class TensorsInput(TensorInput):
    """The names of several tensors in the file of weights, in text with commas between them."""

    name: str = "tensors"
    most: int = field(default=8, kw_only=True)
    help: str = field(default="Which tensors of the file, with commas between.", kw_only=True)

    def parse(self, given: Any, folder: Folder) -> Any:
        names = given.split(",") if isinstance(given, str) else given
        if not isinstance(names, list | tuple):
            raise InputError(f'{quoted(given)} is no list; write {self.name} = ["a", "b"]')
        if not 1 <= len(names) <= self.most:
            raise InputError(f"there are {len(names)} names; give 1 to {self.most} of them")
        return tuple(_name(name, self.name) for name in names)

    def check(self, value: Any, before: Values, who: str) -> None:
        self._judge(value, before)

    def absent(self, before: Values) -> Any:
        return None

    def text(self, value: Any, folder: Folder) -> str:
        return ",".join(value)

    def schema(self) -> dict[str, Any]:
        names = {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": self.most}
        return {"anyOf": [{"type": "string"}, names]}


@dataclass(frozen=True)
class ImageInput(_FileInput):
    """A picture: PNG, JPEG or WebP."""

    name: str = "image"
    help: str = field(default="A PNG, JPEG or WebP file.", kw_only=True)

    noun = "picture"

    def inspect(self, path: Path) -> None:
        from PIL import Image, UnidentifiedImageError

        if path.stat().st_size > MAX_IMAGE:
            raise ValueError(f"it is larger than {MAX_IMAGE // 2**20} MB; make it smaller")
        try:
            with Image.open(path, formats=("PNG", "JPEG", "WEBP")) as picture:
                width, height = picture.size
                if width * height > MAX_PIXELS:
                    raise ValueError(f"it has {width}×{height} pixels; make it smaller")
                picture.verify()
        except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, OSError):
            raise ValueError("it is no whole PNG, JPEG or WebP; save it as one of these") from None
