"""What pages show of a clip."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import scenes
from lamath.words import Words
from scenes.studio.report.captions import webvtt
from scenes.studio.report.prose import Rows, in_rows
from scenes.studio.report.templates import NAMES
from scenes.studio.store.record import ClipRecord
from scenes.wording import clock

__all__ = ["inputs", "shown", "title"]


def shown(record: ClipRecord, files: Mapping[str, str]) -> dict[str, Any]:
    """Give what a page shows of a clip, whose files are where the page sees them."""
    seconds = record.seconds or 0.0
    captions = webvtt(record.beats, seconds).encode()
    # a GIF is a picture that moves
    movie = files.get("video") if record.format != "gif" else None
    return {
        "id": record.id,
        "language": record.language,
        "aspect": record.aspect,
        "format": record.format,
        "status": record.status,
        "error": record.error,
        "width": record.width,
        "height": record.height,
        "seconds": record.seconds,
        "files": dict(files),
        "movies": [movie] if movie else [],
        "picture": files.get("video", files.get("poster")),
        "title": record.title or title(record.scene, record.language),
        "question": record.beats[0].caption if record.beats else "",
        "words": " ".join(_titles(record.scene)),
        "language_name": NAMES[record.language],
        **inputs(record.inputs),
        "clock": clock(seconds),
        "starts": [
            beat.start
            for k, beat in enumerate(record.beats)
            if not k or beat.name != record.beats[k - 1].name
        ],
        "beats": [(beat.start, clock(beat.start), beat.caption) for beat in record.beats],
        # Browsers load no captions from file://, but these are part of the page.
        "captions": "data:text/vtt;base64," + base64.b64encode(captions).decode()
        if "captions" in files
        else "",
    }


def title(scene: str, language: str) -> str:
    """Give the title of a scene in a language."""
    titles = {entry.id: entry.title for entry in scenes.CATALOGUE}
    if scene not in titles:
        return scene  # left by an earlier version of the catalogue
    return Words(scenes.LOCALE, "scenes", language).gettext(titles[scene])


def _titles(scene: str) -> list[str]:
    """Give what a scene is called, in every language, and its id: what people look for."""
    return [scene.replace("_", " "), *dict.fromkeys(title(scene, each) for each in NAMES)]


def inputs(given: Mapping[str, str]) -> dict[str, Any]:
    """Give what a scene was given: in a few words, and as matrices where it is some."""
    known = scenes.known_inputs()
    shown: list[tuple[str, Rows]] = []
    said = []
    for name, text in given.items():
        brackets = known[name].brackets(text) if name in known else []
        called = known[name].label(text) if name in known else f"{name} {text}"
        said.append(called)
        shown += [(called, in_rows(each)) for each in brackets]
    return {"given": ", ".join(said), "matrices": shown}
