"""A clip in a notebook: rendered, or taken from the store if it is there, and shown."""

from __future__ import annotations

import base64
import html
from pathlib import Path
from typing import Any

import scenes
from scenes.studio.report.captions import webvtt
from scenes.studio.request.clip import UnusableError
from scenes.studio.request.plan import plan
from scenes.studio.run.batch import Request, render_batch
from scenes.studio.store.record import ClipRecord
from scenes.wording import listed

__all__ = ["ShownClip", "show"]


class ShownClip:
    """A clip that a notebook displays, whole: it plays wherever the notebook is taken.

    Attributes
    ----------
    folder
        Its bundle: the video, and what goes with it.
    """

    def __init__(self, folder: Path, record: ClipRecord) -> None:
        self.folder, self._record = folder, record

    @property
    def video(self) -> Path:
        """The file of the video."""
        return self.folder / self._record.files["video"]

    def __repr__(self) -> str:
        return f"<clip {self.video}>"

    def _repr_html_(self) -> str:
        record = self._record
        captions = webvtt(record.beats, record.seconds or 0.0).encode()
        return (
            f'<video controls playsinline width="{record.width}" height="{record.height}" '
            f'style="max-width: 100%; height: auto" aria-label="{html.escape(str(record.title))}" '
            f'poster="{_inline("image/png", (self.folder / record.files["poster"]).read_bytes())}" '
            f'src="{_inline("video/mp4", self.video.read_bytes())}">'
            f'<track kind="captions" srclang="{record.language}" '
            f'src="{_inline("text/vtt", captions)}"></video>'
        )


def _inline(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def show(
    scene: str,
    *,
    language: str = "en",
    aspect: str = "16:9",
    theme: str = "dark",
    quality: str = "m",
    out: str | Path = "out",
    **given: Any,
) -> ShownClip:
    """Render a clip, unless `out` has it already, and give what a notebook displays of it.

    Parameters
    ----------
    scene
        An id of the catalogue, or the name of its class.
    given
        What the scene is given, as text or as values: ``matrix="3 0; 4 5"``,
        ``matrix=[[3, 0], [4, 5]]``.

    Raises
    ------
    UnusableError
        In one line, if that can't be rendered.
    RuntimeError
        If the scene failed; the message says why and where its log is.
    """
    entry = next((each for each in scenes.CATALOGUE if scene in (each.id, each.class_name)), None)
    for name in given if entry else ():
        if entry is not None and entry.input(name) is None:
            takes = listed([each.name for each in entry.inputs], "and")
            raise UnusableError(f"{entry.id} shows no {name}; it takes {takes}")
    planned = plan(
        (scene,), given, languages=(language,), aspects=(aspect,), themes=(theme,), quality=quality
    )
    result = render_batch(Request(planned.clips, Path(out)))
    (record,) = result.records
    if record.status == "failed":
        raise RuntimeError(f"{record.error}; see {Path(out) / str(record.log)}")
    return ShownClip(result.out / str(record.folder), record)
