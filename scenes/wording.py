"""How messages for people are worded: lists, quotes, times, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

__all__ = ["clock", "listed", "near", "nearest", "quoted", "short", "visible"]


def listed(words: Sequence[str], last: str) -> str:
    """Write words as a list.

    >>> listed(["svd", "rank", "inverse"], "and")
    'svd, rank and inverse'
    """
    *most, end = words
    return f"{', '.join(most)} {last} {end}" if most else end


def short(value: object, length: int = 40) -> str:
    """Write on one line, shortened, with nothing that a terminal would obey."""
    return visible(" ".join(str(value).split()), length)


def visible(text: str, length: int = 10_000) -> str:
    r"""Write a line as it is, but with nothing that a terminal would obey, and shortened.

    >>> visible("red: \x1b[31m, backwards: \u202e")
    'red: �[31m, backwards: �'
    """
    text = "".join(c if c.isprintable() else "�" for c in text[: length + 1])
    return text if len(text) <= length else text[: length - 1] + "…"


def quoted(value: object, length: int = 40) -> str:
    """Quote on one line, shortened, with nothing that a terminal would obey."""
    return f"'{short(value, length)}'"


def near(word: object, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Give the known word that was probably meant."""
    found = get_close_matches(str(word)[:100], list(known), n=1, cutoff=cutoff)
    return found[0] if found else None


def nearest(word: object, known: Sequence[str]) -> str:
    """Say what was probably meant, and what there is if that is not much.

    >>> nearest("drak", ["dark", "light"])
    'did you mean dark? (choose dark or light)'
    """
    meant = near(str(word).lower(), known)
    choice = f"choose {listed(known, 'or')}"
    if meant and len(known) <= 6:
        return f"did you mean {meant}? ({choice})"
    return f"did you mean {meant}?" if meant else choice


def clock(seconds: float) -> str:
    """Write a time as a person does.

    >>> clock(75), clock(3 * 3600 + 62)
    ('1:15', '3:01:02')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
