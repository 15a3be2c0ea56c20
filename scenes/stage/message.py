r"""Messages: prose with mathematics between dollar signs, and how they read as plain text.

The mathematics is Typst source, as in ``$A^(-1)$ undoes $A$``; ``\$`` is a dollar.
Subtitles, transcripts and pages can't set it, so `plain` writes it in Unicode.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from scenes.letters import is_chinese

__all__ = ["Piece", "pieces", "plain", "reading_seconds"]


class Piece(NamedTuple):
    """A stretch of a message: words, or the Typst source of a formula."""

    source: str
    is_math: bool


def pieces(message: str) -> tuple[Piece, ...]:
    r"""Split a message into prose and mathematics.

    Raises
    ------
    ValueError
        If a dollar sign is not closed.

    >>> [piece.source for piece in pieces("the length of $A x$, \\$5")]
    ['the length of ', 'A x', ', $5']
    """
    parts = re.split(r"(?<!\\)\$", message)
    if len(parts) % 2 == 0:
        raise ValueError(f"a dollar sign is not closed in {message!r}")
    return tuple(
        Piece(part.strip() if at % 2 else part.replace(r"\$", "$"), is_math=bool(at % 2))
        for at, part in enumerate(parts)
        if part
    )


@lru_cache(maxsize=4096)
def plain(message: str) -> str:
    """Write a message as one line of Unicode.

    Raises
    ------
    ValueError
        If the mathematics holds a word that is not known here; it is named.

    >>> plain("$A^(-1)$ undoes $A$: $A^(-1) A hat(dotless.i) = hat(dotless.i)$")
    'A⁻¹ undoes A: A⁻¹ A î = î'
    >>> plain("$sigma_1 = 3 sqrt(5) approx 6.71$")
    'σ₁ = 3√5 ≈ 6.71'
    """
    return "".join(
        _formula(piece.source) if piece.is_math else piece.source for piece in pieces(message)
    )


def reading_seconds(message: str) -> float:
    """Seconds it takes to read a message.

    1.5 s, plus 0.25 s for each Chinese character and 0.06 s for each other one that
    is not a space; those of a formula are counted as `plain` writes them.
    """
    text = plain(message)
    chinese = sum(map(is_chinese, text))
    return 1.5 + 0.25 * chinese + 0.06 * (sum(not char.isspace() for char in text) - chinese)


# --- Typst mathematics as Unicode -----------------------------------------------------------------

_GREEK: Final = re.findall(
    r"\w+",
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi chi psi omega",
)
_OPERATORS: Final = re.findall(
    r"\w+",
    "arccos arcsin arctan arg cos cosh cot det dim exp gcd id inf ker lim ln log max min mod sin "
    "sinh sup tan tanh tr",
)


def _greek(name: str, case: str) -> str:
    return unicodedata.lookup(f"GREEK {case} LETTER {name.replace('lambda', 'lamda').upper()}")


_WORDS: Final = (
    {name: name for name in _OPERATORS}
    | {name: _greek(name, "SMALL") for name in _GREEK}
    | {name.capitalize(): _greek(name, "CAPITAL") for name in _GREEK}
    | {
        "approx": "≈",
        "checkmark.heavy": "✔",
        "crossmark.heavy": "✘",
        "arrow.r": "→",
        "arrow.r.bar": "↦",
        "arrow.r.double": "⇒",
        "compose": "∘",
        "degree": "°",
        "dot": "·",
        "dot.c": "·",
        "dot.op": "·",
        "dots": "…",
        "dots.c": "⋯",
        "dotless.i": "ı",
        "dotless.j": "ȷ",
        "eq.not": "≠",
        "gt.eq": "≥",
        "in": "∈",
        "in.not": "∉",
        "infinity": "∞",
        "inter": "∩",
        "lt.eq": "≤",
        "minus": "−",
        "oo": "∞",
        "parallel": "∥",
        "percent": "%",
        "perp": "⊥",
        "plus": "+",
        "plus.minus": "±",
        "prime": "′",
        "prop": "∝",
        "quad": " ",
        "space": " ",
        "subset": "⊂",
        "subset.eq": "⊆",
        "sum": "∑",
        "thin": " ",
        "times": "×",
        "top": "⊤",
        "union": "∪",
        "CC": "ℂ",
        "NN": "ℕ",
        "QQ": "ℚ",
        "RR": "ℝ",
        "ZZ": "ℤ",
    }
)
_SHORTHANDS: Final = {
    "|->": "↦",
    "<=>": "⇔",
    "...": "…",
    "->": "→",
    "=>": "⇒",
    "<=": "≤",
    ">=": "≥",
    "!=": "≠",
    ":=": "≔",
    "<<": "≪",
    ">>": "≫",
    "-": "−",
    "*": "∗",
    "'": "′",
}
_RAISED: Final = str.maketrans(
    "0123456789+−=()abcdefghijklmnoprstuvwxyz⊤TH′∗",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᵀᴴ′*",
)
_LOWERED: Final = str.maketrans(
    "0123456789+−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"
)
_ACCENTS: Final = {"hat": "\u0302", "tilde": "\u0303", "overline": "\u0304", "arrow": "\u20d7"}


def _accented(accent: str) -> Callable[[list[str]], str]:
    def write(args: list[str]) -> str:
        (base,) = args
        base = {"ı": "i", "ȷ": "j"}.get(base, base)
        return unicodedata.normalize("NFC", base + accent)

    return write


def _root(args: list[str]) -> str:
    (inside,) = args
    return f"√{inside}" if inside.isalnum() else f"√({inside})"


def _quotient(args: list[str]) -> str:
    above, below = (f"({arg})" if " " in arg else arg for arg in args)
    return f"{above}/{below}"


def _as_is(args: list[str]) -> str:
    return ", ".join(args)


_FUNCTIONS: Final[dict[str, Callable[[list[str]], str]]] = {
    **{name: _accented(accent) for name, accent in _ACCENTS.items()},
    **dict.fromkeys(("bold", "upright", "italic", "cal", "bb", "op", "inline", "display"), _as_is),
    "sqrt": _root,
    "frac": _quotient,
    "norm": lambda args: f"‖{_as_is(args)}‖",
    "abs": lambda args: f"|{_as_is(args)}|",
    "vec": lambda args: f"({_as_is(args)})",
    "mat": lambda args: f"[{' '.join(args).replace(' ; ', '; ')}]",
}

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+)
    | "(?P<string>[^"]*)"
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<word>[A-Za-z][A-Za-z0-9]+(?:\.[a-z]+)*)
    | \\(?P<escaped>\S)
    | (?P<sign>\|->|<=>|\.\.\.|->|=>|<=|>=|!=|:=|<<|>>|[-*'])
    | (?P<other>.)""",
    re.VERBOSE,
)


def _formula(source: str) -> str:
    """Write one formula; `source` is Typst mathematics."""
    text, at = "", 0
    while at < len(source):
        if source[at] in "_^":
            script, at = _primary(source, at + 1, source[at])
            text = text.rstrip() + script
        else:
            primary, at = _primary(source, at)
            text += primary
    text = re.sub(r"(?<=\d) (?=√)| (?=[°%′])", "", text)  # as in 3√5, 45°
    return re.sub(r"\s+", " ", text).strip()


def _primary(source: str, at: int, script: str = "") -> tuple[str, int]:
    """Write what begins at `at`, as a script if `script` is _ or ^; give its end as well."""
    if script and source[at : at + 1] == "(":
        end = _closing(source, at)
        return _scripted(_formula(source[at + 1 : end - 1]), script), end
    token = _TOKEN.match(source, at)
    if token is None:
        raise ValueError(f"nothing follows {script} in ${source}$")
    kind, text, end = str(token.lastgroup), token[str(token.lastgroup)], token.end()
    if kind == "space":
        text = " "
    elif kind == "sign":
        text = _SHORTHANDS[text]
    elif kind == "word" and text in _FUNCTIONS and source[end : end + 1] == "(":
        close = _closing(source, end)
        text, end = _FUNCTIONS[text](_arguments(source[end + 1 : close - 1])), close
    elif kind == "word":
        if text not in _WORDS:
            raise ValueError(f"plain text has no word for {text!r} in ${source}$")
        text = _WORDS[text]
    elif kind == "other" and text in "#&":
        raise ValueError(f"plain text has no word for {text!r} in ${source}$")
    return (_scripted(text, script) if script else text), end


def _scripted(text: str, script: str) -> str:
    table = _RAISED if script == "^" else _LOWERED
    tight = text.replace(" ", "")
    if all(ord(char) in table for char in tight):
        return tight.translate(table)
    return f"{script}{text}" if text.isalnum() or len(text) == 1 else f"{script}({text})"


def _closing(source: str, at: int) -> int:
    """Give the place after the parenthesis that closes the one at `at`."""
    depth = 0
    for end, char in enumerate(_without_strings(source)[at:], start=at + 1):
        depth += (char in "([{") - (char in ")]}")
        if not depth:
            return end
    raise ValueError(f"a parenthesis is not closed in ${source}$")


def _arguments(source: str) -> list[str]:
    """Write a function's arguments; a semicolon, which ends a matrix's row, is one too."""
    args, depth, start = [], 0, 0
    for at, char in enumerate(_without_strings(source) + ","):
        depth += (char in "([{") - (char in ")]}")
        if char in ",;" and not depth:
            args.append(source[start:at])
            args += ";" * (char == ";")
            start = at + 1
    named = re.compile(r"\s*[a-z]+:")
    return [arg if arg == ";" else _formula(arg) for arg in args if not named.match(arg)]


def _without_strings(source: str) -> str:
    """Blank out what stands between quotes, so that its parentheses don't count."""
    return re.sub(r'"[^"]*"', lambda match: " " * len(match[0]), source)
