"""Which font sets the words of each language on this machine."""

from __future__ import annotations

from functools import cache

__all__ = ["MissingFontError", "family", "require"]

# In order of preference. The first ones carry Latin letters of the same design,
# so that English and Chinese clips of one lesson look alike. In English it is the Korean
# one: its quotes and dashes are narrow, those of the others as wide as a Chinese letter.
FAMILIES = {
    "zh-Hans": (
        "Noto Sans CJK SC",
        "Noto Sans SC",
        "Source Han Sans SC",
        "Source Han Sans CN",
        "PingFang SC",
        "Microsoft YaHei",
        "WenQuanYi Micro Hei",
        "WenQuanYi Zen Hei",
    ),
    "zh-Hant": (
        "Noto Sans CJK TC",
        "Noto Sans CJK HK",
        "Noto Sans TC",
        "Noto Sans HK",
        "Source Han Sans TC",
        "Source Han Sans TW",
        "Source Han Sans HK",
        "PingFang TC",
        "PingFang HK",
        "Microsoft JhengHei",
    ),
    "en": (
        "Noto Sans CJK KR",
        "Source Han Sans K",
        "Noto Sans CJK SC",
        "Source Han Sans SC",
        "Noto Sans",
        "Source Sans 3",
        "Source Sans Pro",
        "Inter",
        "Helvetica Neue",
        "Segoe UI",
        "Arial",
        "Liberation Sans",
        "DejaVu Sans",
    ),
}


class MissingFontError(RuntimeError):
    """No font on this machine can set that language."""


@cache
def _installed() -> frozenset[str]:
    import manimpango

    return frozenset(manimpango.list_fonts())


def family(language: str) -> str:
    """Name the font family that sets `language`.

    Raises
    ------
    MissingFontError
        Pango would draw boxes without a word; the message names what to install.
    """
    for name in FAMILIES[language]:
        if name in _installed():
            return name
    raise MissingFontError(
        f"no font for {language} on this machine; install one of: "
        f"{', '.join(FAMILIES[language][:4])} "
        "(Debian and Ubuntu: apt-get install fonts-noto-cjk)"
    )


def require(*languages: str) -> None:
    """Raise MissingFontError unless every language has a font."""
    for language in languages:
        family(language)
