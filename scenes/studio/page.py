"""The page that plays every clip of a shelf, from a web server or straight from the disk."""

from __future__ import annotations

import base64
import re
from itertools import groupby
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2

import scenes
from lamath.words import LANGUAGES, Words
from scenes.studio.bundle import Record, Shelf
from scenes.studio.captions import webvtt

__all__ = ["page", "write_page"]

NAMES = {"en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}
"""Each language as its own readers call it."""

_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def write_page(shelf: Shelf) -> None:
    """Write manifest.json and index.html anew."""
    shelf.write("index.html", page(shelf.write_manifest()).encode())


def page(records: list[Record]) -> str:
    """Give the page as HTML; `records` come scene by scene.

    It speaks the language of its clips if that is only one, otherwise English, and
    needs nothing but the files of the shelf.
    """
    spoken = [each for each in LANGUAGES if any(each == r["language"] for r in records)]
    language = spoken[0] if len(spoken) == 1 else "en"
    return _templates.get_template("page.html").render(
        language=language,
        languages={each: NAMES[each] for each in spoken},
        seconds=_clock(sum(record["seconds"] or 0 for record in records)),
        count=sum(record["status"] == "rendered" for record in records),
        say=Words(scenes.LOCALE, "studio", language).gettext,
        groups=[
            (scene, _title(scene, language), [_shown(record) for record in group])
            for scene, group in groupby(records, key=lambda record: record["scene"])
        ],
    )


def _shown(record: Record) -> dict[str, Any]:
    """Add to a record what the page shows of it."""
    beats = [SimpleNamespace(**beat) for beat in record.get("beats", [])]
    captions = webvtt(beats, record["seconds"] or 0.0).encode()
    files = record["files"]
    return record | {
        # a GIF is a picture that moves
        "movie": files.get("video") if record["format"] != "gif" else None,
        "picture": files.get("video", files.get("poster")),
        "title": record["title"] or _title(record["scene"], record["language"]),
        "question": beats[0].caption if beats else "",
        "rows": _rows(record["matrix"]),
        "shown_vector": _rows(record["vector"].replace(" ", ";")) if record["vector"] else [],
        "clock": _clock(record["seconds"] or 0),
        "beats": [(beat.start, _clock(beat.start), beat.caption) for beat in beats],
        # Browsers load no captions from file://, but these are part of the page.
        "captions": "data:text/vtt;base64," + base64.b64encode(captions).decode(),
    }


def _title(scene: str, language: str) -> str:
    titles = {entry.id: entry.title for entry in scenes.CATALOGUE}
    if scene not in titles:
        return scene  # left by an earlier version of the catalogue
    return Words(scenes.LOCALE, "scenes", language).gettext(titles[scene])


def _rows(text: str) -> list[list[str]]:
    """Give the entries of a matrix as one writes them by hand.

    >>> _rows("-1 sqrt(2); 1/2 0")
    [['−1', '√2'], ['1/2', '0']]
    """
    return [[_written(entry) for entry in row.split()] for row in text.split(";")]


def _written(entry: str) -> str:
    return re.sub(r"sqrt\((\w+)\)", r"√\1", entry).replace("-", "−").replace("*", "·")


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
