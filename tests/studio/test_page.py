from __future__ import annotations

import base64
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import stand_in

import scenes
from lamath.words import Words
from scenes.studio import page as pages
from scenes.studio.page import page

EVIL = """<script>alert("x")</script>' onload="alert(1)"""


def record(**changes: Any) -> dict[str, Any]:
    id = changes.get("id", "clip-1")
    return {
        "id": id, "scene": "calm", "title": "Calm", "matrix": "1 -sqrt(2); 1/2 0", "vector": None,
        "language": "en", "aspect": "16:9", "theme": "dark", "quality": "l", "format": "mp4",
        "status": "rendered", "seconds": 61.0, "frames": 915, "width": 854, "height": 480,
        "fps": 15.0, "folder": f"clips/{id}",
        "files": {
            "video": f"clips/{id}/video.mp4", "poster": f"clips/{id}/poster.png",
            "captions": f"clips/{id}/captions.vtt", "facts": f"clips/{id}/clip.json",
        },
        "beats": [{"name": "first", "caption": "Is 0 < 1?", "start": 0.0, "end": 2.0}],
    } | changes  # fmt: skip


def failed(**changes: Any) -> dict[str, Any]:
    numbers = dict.fromkeys(["title", "seconds", "frames", "width", "height", "fps"])
    left = {"files": {"log": "failed/clip-1/log.txt"}, "error": "ValueError: broke"}
    lost = record(**(numbers | left | {"status": "failed"} | changes))
    del lost["beats"]
    return lost


class Reader(HTMLParser):
    """Collects the elements of a page, and fails on tags that don't match."""

    VOID = frozenset({"meta", "source", "track", "img", "input"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(autouse=True)
def catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenes, "CATALOGUE", stand_in.CATALOGUE)


def test_every_clip_plays_with_poster_and_captions() -> None:
    html = Reader(page([record(), record(id="clip-2", language="en")]))
    assert [video["poster"] for video in html.all("video")] == [
        "clips/clip-1/poster.png",
        "clips/clip-2/poster.png",
    ]
    assert [source["src"] for source in html.all("source")] == [
        "clips/clip-1/video.mp4",
        "clips/clip-2/video.mp4",
    ]
    for video in html.all("video"):
        assert video["preload"] == "none"
        assert {"controls", "playsinline", "aria-label"} <= set(video)
    for track in html.all("track"):
        assert (track["kind"], track["srclang"]) == ("captions", "en")


def test_captions_are_part_of_the_page_because_files_may_not_load_files() -> None:
    (track,) = Reader(page([record()])).all("track")
    head, _, data = str(track["src"]).partition(",")
    assert head == "data:text/vtt;base64"
    assert base64.b64decode(data).decode().endswith("Is 0 &lt; 1?\n")


def test_the_page_needs_nothing_but_the_files_beside_it() -> None:
    html = Reader(page([record(), failed(id="clip-3", scene="wide")]))
    places = [
        value
        for _, attributes in html.elements
        for name, value in attributes.items()
        if name in ("src", "href", "poster") and value
    ]
    assert all(re.match(r"clips/|failed/|#|data:", place) for place in places)
    assert not html.all("link")
    assert "@import" not in html.text
    assert "url(" not in html.text


def test_text_from_anywhere_stays_text() -> None:
    beat = {"name": EVIL, "caption": EVIL, "start": 0.0, "end": 2.0}
    evil = dict.fromkeys(["title", "matrix", "vector", "aspect"], EVIL)
    html = Reader(
        page([record(**evil, beats=[beat]), failed(id="clip-2", error=EVIL, matrix=EVIL)])
    )
    assert len(html.all("script")) == 1
    assert not [attributes for _, attributes in html.elements if "onload" in attributes]
    assert html.text.count("<script>alert") >= 3


def test_each_clip_speaks_its_language_and_the_page_its_own() -> None:
    both = Reader(page([record(), record(id="clip-2", language="zh-Hans", title="平静")]))
    assert both.all("html")[0]["lang"] == "en"
    assert [article["lang"] for article in both.all("article")] == ["en", "zh-Hans"]
    assert [label.get("lang") for label in both.all("label")] == [None, "en", "zh-Hans"]
    assert "平静" in both.text


def test_a_page_of_one_language_speaks_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_title", lambda scene, language: f"{scene} in {language}")
    html = Reader(page([record(language="zh-Hant", title="平靜")]))
    assert html.all("html")[0]["lang"] == "zh-Hant"
    assert "calm in zh-Hant" in html.text
    assert "文字稿" in html.text
    assert not html.all("fieldset")


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_every_word_of_the_page_is_translated(language: str) -> None:
    templates = Path(pages.__file__).parent.glob("*.html")
    text = "".join(path.read_text(encoding="utf-8") for path in templates)
    said = set(re.findall(r'say(?:\[[\w.]+\])?\("([^"]+)"\)', text))
    assert len(said) > 14
    assert Words(scenes.LOCALE, "studio", language).missing(said) == ()


def test_clips_are_grouped_by_scene() -> None:
    html = Reader(page([record(), record(id="clip-2"), record(id="clip-3", scene="wide")]))
    assert [section["id"] for section in html.all("section")] == ["calm", "wide"]
    assert [a["href"] for a in html.all("a")][:2] == ["#calm", "#wide"]


def test_the_matrix_is_written_as_by_hand() -> None:
    html = Reader(page([record()]))
    (matrix,) = [each for each in html.all("span") if each.get("role") == "img"]
    assert matrix["aria-label"] == "A = 1 -sqrt(2); 1/2 0"
    assert "1−√21/20" in html.text


def test_a_failed_clip_shows_its_error_and_log() -> None:
    html = Reader(page([failed()]))
    assert "ValueError: broke" in html.text
    assert "failed/clip-1/log.txt" in [a["href"] for a in html.all("a")]
    assert not html.all("video")


@pytest.mark.parametrize("format", ["gif", "png"])
def test_pictures_are_shown_as_pictures(format: str) -> None:
    files = {"poster": "clips/clip-1/poster.png"}
    if format == "gif":
        files["video"] = "clips/clip-1/video.gif"
    html = Reader(page([record(format=format, files=files, seconds=0.0)]))
    assert not html.all("video")
    assert html.all("img")[0]["src"] == files.get("video", files["poster"])


def test_a_scene_that_is_no_longer_there_is_still_shown() -> None:
    assert "old_scene" in Reader(page([record(scene="old_scene", title=None)])).text
