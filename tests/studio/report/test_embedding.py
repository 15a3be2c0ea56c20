"""The page that plays a clip alone, and the snippets that put it elsewhere."""

from __future__ import annotations

import re

import pytest
from html_reader import Reader
from support import BEAT, shows

from scenes.studio.report.embedding import embeddable
from scenes.studio.request.clip import Clip
from scenes.studio.store.result import ClipFacts, ClipResult

EVIL = '<script>alert("1")</script>{{7*7}}`*\n[x](y)'


def result(clip: Clip, title: str = "Calm") -> ClipResult:
    names = {"video": f"video.{clip.format}", "poster": "poster.png", "captions": "captions.en.vtt"}
    facts = ClipFacts(title, 2.0, 30, 854, 480, 15.0, (BEAT,), names)
    return embeddable(clip, ClipResult(clip.id, facts, {"video.mp4": b""}))


CLIP = Clip("calm", shows("1 0; 0 1"))


def test_the_page_plays_the_files_beside_it() -> None:
    done = result(CLIP)
    assert done.facts is not None
    assert (done.facts.files["embed"], done.facts.files["snippets"]) == (
        "embed.html",
        "snippets.md",
    )
    html = Reader(done.files["embed.html"].decode())
    (video,) = html.all("video")
    assert video["poster"] == "poster.png"
    assert [each["src"] for each in html.all("source")] == ["video.mp4"]
    assert [each["kind"] for each in html.all("track")] == ["captions"]
    assert all(each.get("aria-label") for each in html.all("button"))


def test_the_page_speaks_the_clips_language_and_has_its_theme() -> None:
    html = Reader(
        result(Clip("calm", language="zh-Hans", theme="light")).files["embed.html"].decode()
    )
    (root,) = html.all("html")
    assert (root["lang"], root["data-theme"]) == ("zh-Hans", "light")
    assert "播放" in [each["aria-label"] for each in html.all("button")]


def test_a_picture_that_moves_has_no_player() -> None:
    done = result(Clip("calm", format="gif"))
    html = Reader(done.files["embed.html"].decode())
    assert [each["src"] for each in html.all("img")] == ["video.gif"]
    assert not html.all("video")
    assert "<video" not in done.files["snippets.md"].decode()


@pytest.mark.parametrize("where", ["embed.html", "snippets.md"])
def test_a_title_is_text_wherever_it_stands(where: str) -> None:
    text = result(CLIP, title=EVIL).files[where].decode()
    assert "<script>alert" not in text
    assert "49" not in re.sub(r"\d{3,}|#\w+", "", text.split("<style>")[0])
    if where == "snippets.md":
        assert text.count("```") % 2 == 0
        assert "\n[x](y)" not in text


def test_every_snippet_names_files_that_are_there() -> None:
    done = result(CLIP)
    text = done.files["snippets.md"].decode()
    assert done.facts is not None
    named = set(re.findall(rf"{re.escape(CLIP.id)}/([\w.-]+)", text))
    assert named == {"embed.html", "video.mp4", "poster.png", "captions.en.vtt"}
    assert named <= set(done.facts.files.values())


def test_what_failed_has_nothing_to_embed() -> None:
    lost = ClipResult(CLIP.id, error="broke")
    assert embeddable(CLIP, lost) is lost
