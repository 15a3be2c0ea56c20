"""Pages of a real batch, in a real browser, straight from the disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import STAND_IN, start

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium: make browser gets it")

QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

LESSON = """
languages = ["en", "zh-Hans"]
title = "A lesson"
[[text]]
body = "So it is: [1 2; 3 4]."
[[clip]]
id = "one"
scene = "moving"
[[question]]
prompt = "Why?"
answer = "Because of the answer."
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a batch and a lesson leave behind."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "lesson.toml").write_text(LESSON, encoding="utf-8")
    both = ("--language", "en,zh-Hans")
    for arguments in (("moving", "calm", *both), ("--lesson", "lesson.toml", "-q", "l")):
        done = start(STAND_IN, *arguments, cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder / "out"


class Tab:
    """A page that is open, and everything that went wrong in it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", self._on_request)

    def _on_console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(message.text)

    def _on_request(self, request: Any) -> None:
        if not request.url.startswith(("file://", "data:")):
            self.wrong.append(f"asks for {request.url}")

    def time(self) -> float:
        """Where its first video is."""
        return float(self.page.evaluate("document.querySelector('video').currentTime"))

    def waits(self, condition: str) -> None:
        """Wait until something is so."""
        self.page.wait_for_function(condition, timeout=15_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    made = Tab(context.new_page())
    yield made
    context.close()
    assert made.wrong == []


def embed(out: Path, language: str = "en") -> str:
    (page,) = out.glob(f"clips/moving_*_{language}_*/embed.html")
    return page.as_uri()


PAGES = ("index.html", "lesson/index.html")


@pytest.mark.parametrize("name", PAGES)
def test_every_clip_plays(tab: Tab, out: Path, name: str) -> None:
    tab.page.goto((out / name).as_uri())
    players = tab.page.locator(".player:visible")
    assert players.count() >= 1
    for index in range(players.count()):
        player = players.nth(index)
        player.locator('[data-do="play"]').click()
        video = player.locator("video").element_handle()
        tab.page.wait_for_function("video => video.currentTime > 0.3", arg=video, timeout=15_000)
    assert (
        tab.page.evaluate("[...document.querySelectorAll('video')].filter(v => !v.paused).length")
        <= 1
    )


def test_a_step_leads_to_the_next_sentence_which_is_said(tab: Tab, out: Path) -> None:
    tab.page.goto(embed(out))
    tab.page.locator('[data-do="next"]').click()
    tab.waits("document.querySelector('.said').textContent === 'It moves.'")
    assert tab.time() > 0.5
    tab.page.locator('[data-do="next"]').click()
    tab.waits("document.querySelector('.said').textContent === 'It goes.'")
    tab.page.locator('[data-do="back"]').click()
    tab.waits("document.querySelector('.said').textContent !== 'It goes.'")


def test_keys_do_what_buttons_do(tab: Tab, out: Path) -> None:
    tab.page.goto(embed(out))
    tab.page.locator("video").focus()
    tab.page.keyboard.press(" ")
    tab.waits("!document.querySelector('video').paused")
    tab.waits("document.querySelector('[data-do=play]').ariaLabel === 'Pause'")
    tab.page.keyboard.press("k")
    tab.waits("document.querySelector('video').paused")
    tab.page.keyboard.press("l")
    assert tab.page.evaluate("document.querySelector('video').loop")


def test_speed_and_place_can_be_chosen(tab: Tab, out: Path) -> None:
    tab.page.goto(embed(out))
    tab.page.locator('[data-do="speed"]').select_option("1.5")
    assert tab.page.evaluate("document.querySelector('video').playbackRate") == 1.5
    tab.page.locator('[data-do="seek"]').fill("1")
    tab.waits("Math.abs(document.querySelector('video').currentTime - 1) < 0.2")


def test_controls_cover_nothing(tab: Tab, out: Path) -> None:
    tab.page.goto(embed(out))
    assert not tab.page.evaluate("document.querySelector('video').controls")
    picture = tab.page.locator("video").bounding_box()
    controls = tab.page.locator(".controls").bounding_box()
    assert controls["y"] >= picture["y"] + picture["height"] - 1
    assert controls["y"] + controls["height"] <= 900


@pytest.mark.parametrize(("motion", "plays"), [("no-preference", True), ("reduce", False)])
def test_who_wants_less_motion_is_not_shown_any_unasked(
    tab: Tab, out: Path, motion: str, plays: bool
) -> None:
    tab.page.emulate_media(reduced_motion=motion)
    tab.page.goto(f"{embed(out)}#autoplay,loop")
    tab.page.wait_for_timeout(700)
    assert tab.page.evaluate("document.querySelector('video').paused") is not plays


def test_words_are_looked_for_in_every_language(tab: Tab, out: Path) -> None:
    tab.page.goto((out / "index.html").as_uri())
    search = tab.page.locator('input[type="search"]')
    shown = tab.page.locator("article:visible")
    everything = shown.count()
    search.fill("it moves")
    assert 0 < shown.count() < everything
    search.fill("no such word")
    assert shown.count() == 0
    assert tab.page.locator(".nothing").is_visible()
    search.fill("")
    assert shown.count() == everything


def test_a_lesson_speaks_the_language_that_is_chosen(tab: Tab, out: Path) -> None:
    tab.page.goto((out / "lesson/index.html").as_uri())
    assert tab.page.locator("article:visible").get_attribute("lang") == "en"
    tab.page.locator("#show_zh-Hans").check()
    assert tab.page.locator("article:visible").get_attribute("lang") == "zh-Hans"
    assert tab.page.evaluate("document.documentElement.lang") == "zh-Hans"


def test_an_answer_is_revealed_by_keyboard(tab: Tab, out: Path) -> None:
    tab.page.goto((out / "lesson/index.html").as_uri())
    answer = tab.page.locator(".answer:visible")
    assert answer.count() == 0
    tab.page.locator(".ask summary:visible").focus()
    tab.page.keyboard.press("Enter")
    assert answer.inner_text() == "Because of the answer."


def test_a_lesson_is_slides_that_arrow_keys_lead_through(tab: Tab, out: Path) -> None:
    tab.page.goto((out / "lesson/index.html").as_uri())
    tab.page.locator(".start").click()
    shown = tab.page.locator("main > section:visible")
    press = tab.page.keyboard.press
    assert (shown.count(), shown.get_attribute("class")) == (1, "text shown")
    press("ArrowRight")
    assert shown.get_attribute("class") == "clip shown"
    for sentence in ("It comes.", "It moves.", "It goes."):  # a step a press, and then a pause
        press("ArrowRight")
        tab.waits(f"document.querySelector('.said').textContent === '{sentence}'")
        tab.waits("document.querySelector('video').paused")
    press("ArrowRight")
    assert shown.get_attribute("class") == "ask shown"
    assert not tab.page.locator(".answer:visible").count()
    press("ArrowRight")
    assert tab.page.locator(".answer:visible").inner_text() == "Because of the answer."
    assert tab.page.locator(".place").inner_text() == "3 / 3"
    press("Escape")
    assert shown.count() == 3


def test_a_slide_has_an_address(tab: Tab, out: Path) -> None:
    tab.page.goto((out / "lesson/index.html").as_uri() + "#slide-3")
    shown = tab.page.locator("main > section:visible")
    assert (shown.count(), shown.get_attribute("class")) == (1, "ask shown")


@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_use_it(tab: Tab, out: Path, name: str) -> None:
    tab.page.goto((out / name).as_uri())
    found = axe.Axe().run(tab.page)
    assert found.violations_count == 0, found.generate_report()


def test_everybody_can_use_the_page_of_a_clip(tab: Tab, out: Path) -> None:
    tab.page.goto(embed(out, "zh-Hans"))
    found = axe.Axe().run(tab.page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_scrolls_down_only(tab: Tab, out: Path, name: str) -> None:
    tab.page.set_viewport_size({"width": 360, "height": 740})
    tab.page.goto((out / name).as_uri())
    assert tab.page.evaluate("document.documentElement.scrollWidth") == 360
