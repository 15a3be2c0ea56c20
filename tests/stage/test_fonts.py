"""Every language has a font, or says so before a frame is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import manimpango
import pytest
from small import Small

from scenes.stage import MissingFontError, fonts

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


def test_a_clip_without_a_font_stops_before_its_first_frame(installed: Pretend) -> None:
    frames = []
    scene = Small(language="zh-Hans", on_frames=lambda count, beat: frames.append(count))
    installed("DejaVu Sans")
    with pytest.raises(MissingFontError):
        scene.render()
    assert frames == []
