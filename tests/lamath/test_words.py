from __future__ import annotations

import pytest

import lamath as la
from lamath.words import LANGUAGES, Words, language

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "matrix"
msgstr "矩陣"

msgid "rank"
msgstr ""

#, fuzzy
msgid "inverse"
msgstr "反"

msgid "two "
"lines"
msgstr "兩行"
"字"

msgid "one"
msgid_plural "many"
msgstr[0] "多"
"""


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "zh_Hant" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "scenes.po").write_text(PO, encoding="utf-8")
    return tmp_path


def test_words_come_from_the_catalogue(folder):
    words = Words(folder, "scenes", "zh-TW")
    assert words.language == "zh-Hant"
    assert words.gettext("matrix") == "矩陣"
    assert words.gettext("two lines") == "兩行字"
    assert words.messages["matrix"] == "矩陣"


def test_what_has_no_translation_stays_as_it_is(folder):
    words = Words(folder, "scenes", "zh-Hant")
    for message in ("rank", "inverse", "unheard of", ""):
        assert words.gettext(message) == message
    assert words.missing(["matrix", "rank", "inverse"]) == ("rank", "inverse")


def test_english_is_what_messages_are_in(folder):
    words = Words(str(folder), "scenes", "en")
    assert words.gettext("matrix") == "matrix"
    assert words.missing(["matrix"]) == ()
    place = folder / "en" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "other.po").write_text('msgid "color"\nmsgstr "colour"\n', encoding="utf-8")
    assert Words(folder, "other", "en").gettext("color") == "colour"


def test_words_are_values(folder):
    assert Words(folder, "scenes", "zh-HK") == Words(str(folder), "scenes", "zh_Hant")
    with pytest.raises(AttributeError):
        Words(folder, "scenes", "en").language = "zh-Hant"
    with pytest.raises(TypeError):
        Words(folder, "scenes", "zh-Hant").messages["matrix"] = "?"


def test_a_missing_catalogue_is_told_at_once(folder):
    with pytest.raises(la.LanguageError, match=r"zh-Hans: .*scenes\.po is missing"):
        Words(folder, "scenes", "zh-Hans")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("EN_us.UTF-8", "en"),
        ("zh", "zh-Hans"),
        ("zh-Hans", "zh-Hans"),
        ("zh_Hans", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh_CN.GB18030@pinyin", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh-Hant", "zh-Hant"),
        ("zh_HANT", "zh-Hant"),
        ("zh-TW", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        (" zh-Hant-TW ", "zh-Hant"),
    ],
)
def test_tags(tag, expected):
    assert language(tag) == expected
    assert expected in LANGUAGES


@pytest.mark.parametrize("tag", ["", "de", "english", "C", "zho", "../en"])
def test_other_tags_are_refused_naming_those_there_are(tag, folder):
    with pytest.raises(la.LanguageError, match="en, zh-Hans, zh-Hant"):
        language(tag)
    with pytest.raises(la.LanguageError):
        Words(folder, "scenes", tag)
