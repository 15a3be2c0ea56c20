"""Every word that a scene says is there in every language, and none that nobody says."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

import scenes
from scenes.letters import is_chinese
from scenes.stage.message import pieces, plain

LOCALES = ("zh_Hans", "zh_Hant")
LOCALE = pytest.mark.parametrize("locale", LOCALES)

# Pairs of letters that these scenes may need, simplified first.
PAIRS = (
    "阵陣 线線 变變 维維 压壓 转轉 积積 个個 应應 对對 从從 长長 间間 点點 为為 这這 数數 还還 "
    "过過 来來 实實 现現 后後 发發 开開 关關 轴軸 圆圓 边邊 两兩 样樣 组組 义義 见見 动動 没沒 "
    "复復 问問 题題 说說 输輸 亏虧 拟擬 奇奇 异異 值值 满滿 钟鐘 图圖 专專 宽寬 叠疊 侧側 处處 "
    "标標 准準 张張 伸伸 缩縮 单單 与與 么麼 剩剩 画畫 万萬 无無 体體 归歸 让讓 乘乘 强強 许許 论論"
)
SIMPLIFIED = {pair[0] for pair in PAIRS.split() if pair[0] != pair[1]}
TRADITIONAL = {pair[1] for pair in PAIRS.split() if pair[0] != pair[1]}

TERMS = {
    "rank": ("秩", "秩"),
    "determinant": ("行列式", "行列式"),
    "null space": ("零空间", "零空間"),
    "column space": ("列空间", "行空間"),
    "inverse": ("逆矩阵", "反矩陣"),
    "area": ("面积", "面積"),
    "matrix": ("矩阵", "矩陣"),
    "ellipse": ("椭圆", "橢圓"),
    "unit circle": ("单位圆", "單位圓"),
    "origin": ("原点", "原點"),
    "perpendicular": ("垂直", "垂直"),
}


@cache
def said() -> frozenset[str]:
    """Every message marked in the scenes and their stage."""
    sources = [*scenes.FOLDER.glob("*.py"), *(scenes.FOLDER / "stage").glob("*.py")]
    return frozenset(
        message
        for path in sources
        for _, message, *_ in extract_from_file("python", path, keywords={"N_": None})
    )


@cache
def catalogue(locale: str) -> Catalog:
    path = Path(scenes.LOCALE) / locale / "LC_MESSAGES" / "scenes.po"
    with path.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


def translations(locale: str) -> dict[str, str]:
    return {each.id: each.string for each in catalogue(locale) if each.id}


def test_there_is_something_to_say() -> None:
    assert len(said()) > 30
    assert {each.title for each in scenes.CATALOGUE} <= said()


@LOCALE
def test_every_message_is_translated_and_none_is_left_over(locale: str) -> None:
    assert set(translations(locale)) == said()


@LOCALE
def test_no_translation_is_empty_fuzzy_or_obsolete(locale: str) -> None:
    for each in catalogue(locale):
        if each.id:
            assert each.string.strip(), each.id
            assert not each.fuzzy, each.id
    assert not catalogue(locale).obsolete


@LOCALE
def test_values_are_filled_in_alike(locale: str) -> None:
    holes = re.compile(r"\{(\w*)\}")
    for message, translation in translations(locale).items():
        assert set(holes.findall(message)) == set(holes.findall(translation)), message


@LOCALE
def test_symbols_are_kept(locale: str) -> None:
    """What is mathematics in the English message is mathematics in the other."""

    def symbols(message: str) -> set[str]:
        return {word for piece in pieces(message) if piece.is_math for word in piece.source.split()}

    for message, translation in translations(locale).items():
        assert symbols(message) == symbols(translation), message


def test_mathematics_is_set_as_mathematics() -> None:
    """No symbol stands in a message as a letter of its prose."""
    for message in said():
        for piece in pieces(message):
            if not piece.is_math:
                assert not re.search(r"[îĵΣσ₀₁₂ᵀ⁻¹]|\b(?:[xbn]|[B-HJ-Z])\b", piece.source), message


@pytest.mark.parametrize("locale", ("en", *LOCALES))
def test_every_message_can_be_written_as_plain_text(locale: str) -> None:
    texts = said() if locale == "en" else translations(locale).values()
    for text in texts:
        assert "$" not in plain(re.sub(r"\{\w+\}", "1", text))


@LOCALE
def test_chinese_is_set_as_chinese(locale: str) -> None:
    for message, translation in translations(locale).items():
        if " " in message and not re.fullmatch(r"[\W\dA-Z]*", message):
            assert any(map(is_chinese, translation)), message
        assert not re.search(r"[\u4e00-\u9fff][,;:?!.]", translation), translation


def test_simplified_and_traditional_keep_to_their_letters() -> None:
    simplified = "".join(translations("zh_Hans").values())
    traditional = "".join(translations("zh_Hant").values())
    assert not set(simplified) & TRADITIONAL
    assert not set(traditional) & SIMPLIFIED
    assert set(simplified) & SIMPLIFIED
    assert set(traditional) & TRADITIONAL


@LOCALE
@pytest.mark.parametrize("term", TERMS)
def test_the_lessons_own_terms_are_used(locale: str, term: str) -> None:
    word = TERMS[term][LOCALES.index(locale)]
    for message, translation in translations(locale).items():
        if re.search(rf"\b{term}\b", message, re.I):
            assert word in translation, f"{message} → {translation}"


@LOCALE
def test_no_caption_is_longer_than_its_english_one_could_be(locale: str) -> None:
    """Two lines hold about forty Chinese characters."""
    for message, translation in translations(locale).items():
        assert sum(map(is_chinese, translation)) <= 42, translation
        assert len(plain(re.sub(r"\{\w+\}", "1", message))) <= 96, message
