from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

import pytest
import stand_in
from html_reader import Reader
from support import failed, record

import scenes
from lamath.words import Words
from scenes.studio.report import page as pages
from scenes.studio.report import shown as what
from scenes.studio.report.page import page
from scenes.studio.store.record import ClipRecord
from scenes.studio.store.result import BeatFacts

EVIL = """<script>alert("x")</script>' onload="alert(1)"""


SCENES = [entry.id for entry in scenes.CATALOGUE]


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
    beat = BeatFacts(EVIL, EVIL, 0.0, 2.0)
    inputs = dict.fromkeys(["matrix", "vector", "no such input", EVIL], EVIL)
    evil: dict[str, Any] = {"title": EVIL, "aspect": EVIL, "inputs": inputs}
    html = Reader(
        page([record(**evil, beats=(beat,)), failed(id="clip-2", error=EVIL, inputs=inputs)])
    )
    assert len(html.all("script")) == 1
    assert not [attributes for _, attributes in html.elements if "onload" in attributes]
    assert html.text.count("<script>alert") >= 3


def test_each_clip_speaks_its_language_and_the_page_its_own() -> None:
    both = Reader(page([record(), record(id="clip-2", language="zh-Hans", title="平静")]))
    assert both.all("html")[0]["lang"] == "en"
    assert [article["lang"] for article in both.all("article")] == ["en", "zh-Hans"]
    assert [label.get("lang") for label in both.all("label")] == [None, "en", "zh-Hans", None]
    assert "平静" in both.text


def test_a_page_of_one_language_speaks_it_all() -> None:
    html = Reader(page([record(language="zh-Hant", title="平靜", scene="svd")]))
    assert html.all("html")[0]["lang"] == "zh-Hant"
    assert "奇異值" in html.text
    assert "文字稿" in html.text
    assert not html.all("fieldset")


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_every_word_of_the_page_is_translated(language: str) -> None:
    templates = Path(pages.__file__).parent.glob("*.html")
    text = "".join(path.read_text(encoding="utf-8") for path in templates)
    said = set(re.findall(r'say(?:\[[\w.]+\])?\("([^"]+)"\)', text))
    said |= {"Others", *(title for _, title, _ in scenes.TOPICS)}
    assert len(said) > 14
    assert Words(scenes.LOCALE, "studio", language).missing(said) == ()


def test_clips_are_grouped_by_topic() -> None:
    records = [record(id="a", scene="svd"), record(id="b", scene="rank"), record(id="c")]
    html = Reader(page([*records, record(id="d", scene="inverse")]))
    assert [section["id"] for section in html.all("section")] == [
        "space", "singular-values", "others",
    ]  # fmt: skip
    assert [a["href"] for a in html.all("a")][:2] == ["#space", "#singular-values"]
    assert [article["id"] for article in html.all("article")] == ["b", "d", "a", "c"]


def test_every_scene_is_about_something() -> None:
    members = [scene for _, _, members in scenes.TOPICS for scene in members]
    assert sorted(members) == sorted(SCENES)


def test_a_scene_is_found_by_its_id_and_its_title(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(what, "title", lambda scene, language: f"{scene} in {language}")
    html = Reader(page([record(), record(id="other", scene="no_way_back")]))
    other, calm = (article["data-words"] for article in html.all("article"))
    assert calm == "calm calm in en calm in zh-Hans calm in zh-Hant"
    assert other.startswith("no way back ")
    assert [each["type"] for each in html.all("input") if each.get("type") == "search"]


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
    files = {"poster": "poster.png"}
    if format == "gif":
        files["video"] = "video.gif"
    html = Reader(page([record(format=format, files=files, seconds=0.0)]))
    assert not html.all("video")
    assert html.all("img")[0]["src"] == f"clips/clip-1/{files.get('video', 'poster.png')}"


def test_a_scene_that_is_no_longer_there_is_still_shown() -> None:
    assert "old_scene" in Reader(page([record(scene="old_scene", title=None)])).text


# The page of a lesson


def planned(*settings: tuple[str, str, str]) -> list[dict[str, Any]]:
    """The clips of one part, by language, aspect and format."""
    return [
        {"id": "-".join(each), "scene": "calm", "inputs": {"matrix": "1 0; 0 1"}}
        | dict(zip(("language", "aspect", "format"), each, strict=True))
        for each in settings
    ]


def lesson_of(*parts: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "title": {"en": "A lesson", "zh-Hans": "一课", "zh-Hant": "一課"},
        "languages": ["en", "zh-Hans"],
        "aspects": ["16:9"],
        "theme": "dark",
        "parts": list(parts),
    } | changes


def part(*settings: tuple[str, str, str], **changes: Any) -> dict[str, Any]:
    return {"kind": "clip", "id": "a", "title": None, "clips": planned(*settings)} | changes


def rendered(lesson: dict[str, Any]) -> list[ClipRecord]:
    """Records for all clips of a lesson."""
    records = []
    for each in lesson["parts"]:
        for clip in each.get("clips", []):
            names = ("poster.png", "captions.vtt", f"video.{clip['format']}")
            files = {name.partition(".")[0]: name for name in names}
            records.append(record(**clip, files=files))
    return records


QUESTION = {"kind": "question", "prompt": {"en": "Why?", "zh-Hans": "为什么？"}}
QUESTION |= {"answer": {"en": "So.", "zh-Hans": "就这样。"}}
TEXT = {"kind": "text", "title": None, "body": {"en": "A:\n- x\n- [1 2; 3 4]", "zh-Hans": "甲"}}


def test_a_reader_sees_each_part_in_one_language() -> None:
    lesson = lesson_of(TEXT, QUESTION, part(("en", "16:9", "mp4"), ("zh-Hans", "16:9", "mp4")))
    html = Reader(pages.lesson_page(lesson, rendered(lesson)))
    assert html.all("html")[0]["lang"] == "en"
    shown = [(each["lang"], each["data-for"]) for _, each in html.elements if "data-for" in each]
    # the title, the button that starts the slides, the parts, the one that ends them
    assert shown == [("en", "en"), ("zh-Hans", "zh-Hans")] * 6
    radios = [each for each in html.all("input") if each.get("name") == "language"]
    assert [each["id"] for each in radios] == ["show_en", "show_zh-Hans"]
    assert ["checked" in each for each in radios] == [True, False]
    assert "显示答案" in html.text
    assert "Show the answer" in html.text
    assert not [each for each in html.all("input") if each.get("name") == "shape"]


def test_a_lesson_in_one_language_needs_no_choice() -> None:
    lesson = lesson_of(part(("zh-Hans", "16:9", "mp4")), languages=["zh-Hans"])
    html = Reader(pages.lesson_page(lesson, rendered(lesson)))
    assert html.all("html")[0]["lang"] == "zh-Hans"
    assert not html.all("fieldset")


def test_who_asks_for_a_language_or_shape_that_a_clip_lacks_sees_its_first() -> None:
    lesson = lesson_of(
        part(("en", "1:1", "mp4"), ("en", "9:16", "mp4")),
        part(("zh-Hans", "16:9", "mp4"), id="b"),
        languages=["en", "zh-Hans", "zh-Hant"],
        aspects=["16:9", "9:16"],
    )
    html = Reader(pages.lesson_page(lesson, rendered(lesson)))
    assert [(each["data-for"], each["data-shape"]) for each in html.all("article")] == [
        ("en zh-Hans zh-Hant", "16:9"),
        ("en zh-Hans zh-Hant", "9:16"),
        ("en zh-Hans zh-Hant", "16:9 9:16"),
    ]
    assert len([each for each in html.all("input") if each.get("name") == "shape"]) == 2


def test_several_formats_are_one_player() -> None:
    lesson = lesson_of(
        part(("en", "16:9", "gif"), ("en", "16:9", "webm"), ("en", "16:9", "mp4")),
        languages=["en"],
    )
    html = Reader(pages.lesson_page(lesson, rendered(lesson)))
    (_,) = html.all("video")
    sources = [str(source["src"]).rpartition(".")[2] for source in html.all("source")]
    assert sources == ["webm", "mp4"]
    names = [a.get("download") for a in html.all("a")]
    assert names == ["a.webm", "a.mp4", "a.gif", "en-16:9-webm.vtt"]


def test_a_clip_below_a_question_does_not_show_how_it_ends() -> None:
    clips = [part(("en", "16:9", "mp4"), id=id) for id in "ab"]
    lesson = lesson_of(QUESTION, *clips, languages=["en"])
    first, second = Reader(pages.lesson_page(lesson, rendered(lesson))).all("video")
    assert "poster" not in first
    assert "poster" in second


def test_a_teachers_title_comes_before_the_scenes() -> None:
    lesson = lesson_of(part(("en", "16:9", "mp4"), title={"en": "Look here"}), languages=["en"])
    html = Reader(pages.lesson_page(lesson, rendered(lesson)))
    assert "Look here" in html.text


def test_what_is_not_rendered_yet_is_said_and_what_failed_too() -> None:
    lesson = lesson_of(part(("en", "16:9", "mp4"), ("zh-Hans", "16:9", "mp4")))
    lost = failed(id="zh-Hans-16:9-mp4", language="zh-Hans")
    html = Reader(pages.lesson_page(lesson, [lost]))
    assert [each["class"] for each in html.all("article")] == ["waiting", "failed"]
    assert "Not rendered yet" in html.text
    assert "ValueError: broke" in html.text
    assert not html.all("video")


def test_paragraphs_lists_and_matrices_are_what_they_look_like() -> None:
    html = Reader(pages.lesson_page(lesson_of(TEXT, languages=["en"]), []))
    assert len(html.all("ul")) == 1
    assert len(html.all("li")) == 2
    (matrix,) = [each for each in html.all("span") if each.get("role") == "img"]
    assert matrix["aria-label"] == "1 2; 3 4"


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_page_has_the_colors_of_its_clips(theme: str) -> None:
    html = Reader(pages.lesson_page(lesson_of(TEXT, theme=theme), []))
    assert html.all("html")[0]["data-theme"] == theme
    (scheme,) = [each for each in html.all("meta") if each.get("name") == "color-scheme"]
    assert scheme["content"] == theme


def test_a_clip_without_captions_has_no_subtitles_but_its_transcript() -> None:
    files = {"video": "video.mp4", "poster": "poster.png"}
    html = Reader(page([record(files=files)]))
    assert not html.all("track")
    assert "Is 0 < 1?" in html.text
