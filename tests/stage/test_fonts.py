"""Every language has a font, or says so before a frame is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import manimpango
import pytest

from scenes.stage import fonts
from scenes.stage.caption import paragraph
from scenes.stage.fonts import MissingFontError

Pretend = Callable[..., None]


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pretend]:
    """Pretend that the machine has just these fonts."""

    def pretend(*names: str) -> None:
        monkeypatch.setattr(manimpango, "list_fonts", lambda: list(names))
        fonts._installed.cache_clear()

    yield pretend
    monkeypatch.undo()
    fonts._installed.cache_clear()


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_the_first_font_that_the_machine_has_is_taken(installed: Pretend, language: str) -> None:
    first, second, *_ = fonts.FAMILIES[language]
    installed("Some Other", second)
    assert fonts.family(language) == second
    installed(second, first)
    assert fonts.family(language) == first


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_a_missing_font_names_its_remedy_in_one_line(installed: Pretend, language: str) -> None:
    installed("DejaVu Sans")
    with pytest.raises(MissingFontError) as caught:
        fonts.require("en", language)
    message = str(caught.value)
    assert language in message
    assert "install" in message
    assert fonts.FAMILIES[language][0] in message
    assert "fonts-noto-cjk" in message
    assert "\n" not in message


def test_simplified_and_traditional_letters_come_from_fonts_of_their_own() -> None:
    assert not set(fonts.FAMILIES["zh-Hans"]) & set(fonts.FAMILIES["zh-Hant"])


def test_words_without_a_font_are_an_error_and_never_boxes(installed: Pretend) -> None:
    installed("DejaVu Sans")
    with pytest.raises(MissingFontError):
        paragraph("矩阵 $A$", language="zh-Hans", size=0.28, color="#FFFFFF")
    assert paragraph("The matrix $A$", language="en", size=0.28, color="#FFFFFF").fits
