"""The storyboard of a clip: what is to be seen at the end of each sentence, on one sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

__all__ = ["sheet", "small"]

_AREA = 640 * 360  # pixels of a still
_GAP = 12  # pixels around each


def small(picture: Image.Image) -> Image.Image:
    """Give a picture in the size that it has on a sheet."""
    factor = min(1.0, (_AREA / (picture.width * picture.height)) ** 0.5)
    size = round(picture.width * factor), round(picture.height * factor)
    return picture.resize(size, Image.Resampling.LANCZOS)


def sheet(stills: Sequence[Image.Image]) -> Image.Image:
    """Put pictures of one size on a sheet in rows, as high as it is wide or a little higher."""
    width, height = stills[0].width + _GAP, stills[0].height + _GAP
    columns = min(len(stills), max(1, round((len(stills) * height / width) ** 0.5)))
    rows = -(-len(stills) // columns)
    page = Image.new("RGB", (columns * width + _GAP, rows * height + _GAP), "white")
    for number, still in enumerate(stills):
        row, column = divmod(number, columns)
        page.paste(still, (_GAP + column * width, _GAP + row * height))
    return page
