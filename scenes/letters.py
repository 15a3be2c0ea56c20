"""Which letters are Chinese: they break a line anywhere, and are joined without a space."""

from __future__ import annotations

__all__ = ["is_chinese"]


def is_chinese(char: str) -> bool:
    """Whether a character is Chinese, or punctuation as wide as one.

    >>> is_chinese("解"), is_chinese("："), is_chinese("x")
    (True, True, False)
    """
    return (
        "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\uff00" <= char <= "\uffef"
    )
