r"""Numbers, vectors, matrices and results as Typst, LaTeX, plain text and JSON.

A number is written exactly where it is *simple*, that is

- a whole number of at most 6 digits, or of at most 9 that end in five zeros,
- a fraction p/q in lowest terms with \|p\| ≤ 999 and q ≤ 99,
- a decimal that ends, with at most 6 digits, where the fraction's denominator would
  be more than 25: 0.01 and not 1/100, but 1/25 and 5/2,
- a multiple of one square root, or a sum of two or of a fraction and one, with numbers of
  at most 2 digits and at most 3 under a root: 3√5, √5/5, (5 + √5)/2, (√34 − √26)/2,

and otherwise as a decimal with three significant figures, which `relation` calls
≈. Whole digits are never rounded away (12346, not 12300), and powers of ten appear
below 1e-4 and from 1e6 on. Floats are measured, so they are never simple: a running
readout shows 2.00 and lands on 2.

A result is written as formulas, such as ``x = (2/5, 4/5) + t (−2, 1)`` for the solutions of
a system and ``R₂ ← R₂ − 2R₁`` for a row step; as JSON, as a record of its fields.
"""

from __future__ import annotations

import json as _json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Literal

import numpy as np

from lamath._matrix import Matrix, Vector, entry
from lamath._motion.paths import LinearPath
from lamath._numbers.surd import Surd, TooLongError
from lamath._spaces import Subspace
from lamath.errors import InexactError
from lamath.notation.results import Formula, Span, Symbol, Times, Value, formulas

__all__ = [
    "combination", "data", "decimal", "degrees", "factor", "is_simple", "json", "latex", "plain",
    "relation", "typst",
]  # fmt: skip

MINUS: Final = "−"
_SUPERSCRIPTS: Final = str.maketrans("0123456789−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@dataclass(frozen=True)
class _Style:
    """How one notation writes what the others write too."""

    minus: str
    root: Callable[[str], str]
    times: str  # between a coefficient and a root
    fraction: Callable[[str, str, bool], str]  # above, below, whether above is one number
    power: Callable[[str, str], str]  # mantissa, exponent
    relations: tuple[str, str]
    matrix: Callable[[list[list[str]]], str]
    vector: Callable[[list[str]], str]
    name: str
    infinity: str
    between: str  # two formulas
    span: Callable[[str], str]


def _bmatrix(rows: list[str]) -> str:
    inside = r" \\ ".join(rows)
    return rf"\begin{{bmatrix}}{inside}\end{{bmatrix}}"


_TYPST: Final = _Style(
    minus="-",
    root=lambda inside: f"sqrt({inside})",
    times=" ",
    fraction=lambda above, below, single: f"{above}/{below}" if single else f"({above})/{below}",
    power=lambda mantissa, exponent: f"{mantissa} times 10^({exponent})",
    relations=("=", "approx"),
    matrix=lambda rows: f'mat(delim: "[", {"; ".join(", ".join(row) for row in rows)})',
    vector=lambda entries: f'vec(delim: "[", {", ".join(entries)})',
    name="typst",
    infinity="infinity",
    between=", quad ",
    span=lambda inside: f'op("span"){{{inside}}}',
)
_LATEX: Final = _Style(
    minus="-",
    root=lambda inside: rf"\sqrt{{{inside}}}",
    times="",
    fraction=lambda above, below, _: rf"\frac{{{above}}}{{{below}}}",
    power=lambda mantissa, exponent: rf"{mantissa} \times 10^{{{exponent}}}",
    relations=("=", r"\approx"),
    matrix=lambda rows: _bmatrix([" & ".join(row) for row in rows]),
    vector=lambda entries: _bmatrix(entries),
    name="latex",
    infinity=r"\infty",
    between=r",\quad ",
    span=lambda inside: rf"\operatorname{{span}}\{{{inside}\}}",
)
_PLAIN: Final = _Style(
    minus=MINUS,
    root=lambda inside: f"√{inside}",
    times="",
    fraction=lambda above, below, single: (
        f"{above}/{below}" if " " not in above else f"({above})/{below}"
    ),
    power=lambda mantissa, exponent: f"{mantissa}×10{exponent.translate(_SUPERSCRIPTS)}",
    relations=("=", "≈"),
    matrix=lambda rows: f"[{'; '.join(' '.join(row) for row in rows)}]",
    vector=lambda entries: f"({', '.join(entries)})",
    name="plain",
    infinity="∞",
    between=", ",
    span=lambda inside: f"span{{{inside}}}",
)


def typst(x: Any, *, sign: bool = False) -> str:
    """Write a number, a `Vector`, a `Matrix` or a result as Typst mathematics.

    With `sign`, the relation comes first: ``= 3 sqrt(5)`` or ``approx 6.71``.

    >>> import lamath as la
    >>> typst(la.svd("3 0; 4 5").S[0], sign=True)
    '= 3 sqrt(5)'
    >>> typst(la.inverse("2 1; 1 3"))
    'mat(delim: "[", 3/5, -1/5; -1/5, 2/5)'
    """
    return _write(x, _TYPST, sign)


def factor(x: Any) -> str:
    """Write a number as a factor, as Typst: in parentheses if it is negative or a sum.

    >>> factor(-2), factor(3)
    ('(-2)', '3')
    """
    text = typst(x)
    return f"({text})" if text.startswith("-") or "+" in text or " - " in text else text


def combination(counts: Iterable[Any], symbols: Iterable[str]) -> str:
    """Write c₁ s₁ + c₂ s₂ + …, s being Typst source, as Typst; terms that are 0 are left out.

    >>> combination((-2, 1), ("u", "v")), combination((0, 0), ("u", "v"))
    ('-2 u + v', '0')
    """
    text = ""
    for count, symbol in zip(counts, symbols, strict=True):
        if count != 0:
            size = factor(abs(count))
            sign = ("-" if count < 0 else "") if not text else " - " if count < 0 else " + "
            text += f"{sign}{'' if size == '1' else f'{size} '}{symbol}"
    return text or "0"


def decimal(x: Any, *, sign: bool = False) -> str:
    """Write a number, or those of a vector, as decimals in Typst, where they are measured.

    Those that end after at most four places, or have one digit, are exact.

    >>> import lamath as la
    >>> decimal(la.det("1/2 0; 0 1"), sign=True), decimal(la.norm("1 1"), sign=True)
    ('= 0.5', 'approx 1.41')
    >>> decimal(la.vector("13/10 1/3"), sign=True)
    'approx (1.3, 0.333)'
    """
    several = isinstance(x, Vector | tuple | list)
    parts = list(x) if several else [x]
    endings = [_ended(part) for part in parts]
    text = ", ".join(
        typst(float(part)) if ending is None else ending
        for part, ending in zip(parts, endings, strict=True)
    )
    text = f"({text})" if several else text
    relation = "approx" if None in endings else "="
    return f"{relation} {text}" if sign else text


def _ended(x: Any) -> str | None:
    """Give all of a number's decimals if they are few, else None."""
    number = _number(x)
    if isinstance(number, float) or not number.is_rational:
        return None
    value = number.rational
    for places in range(5):
        if (value * 10**places).denominator == 1 and abs(value) < 10**4:
            return f"{float(value):.{places}f}"
    for places in range(5, 51):
        digit = value * 10**places
        if digit.denominator == 1:
            power = f"10^(-{places})"
            return power if digit == 1 else f"{digit} times {power}" if abs(digit) < 10 else None
    return None


def latex(x: Any, *, sign: bool = False) -> str:
    r"""Write a number, a `Vector`, a `Matrix` or a result as LaTeX mathematics.

    >>> import lamath as la
    >>> latex(la.svd("2 1; 1 3").S[0], sign=True)
    '= \\frac{5 + \\sqrt{5}}{2}'
    """
    return _write(x, _LATEX, sign)


def plain(x: Any, *, sign: bool = False) -> str:
    """Write a number, a `Vector`, a `Matrix` or a result as a line of text.

    >>> import lamath as la
    >>> plain(la.solve("1 2; 2 4", "2 4"))
    'x = (2/5, 4/5) + t (−2, 1)'
    >>> plain(la.svd("2 1; 1 3").S)
    '((5 + √5)/2, (5 − √5)/2)'
    >>> plain(-0.00001234)
    '−1.23×10⁻⁵'
    """
    return _write(x, _PLAIN, sign)


def is_simple(x: Any) -> bool:
    """Whether a number is written exactly; of a vector or a matrix, whether every entry is.

    >>> is_simple(3), is_simple(3.0)
    (True, False)
    """
    if isinstance(x, Matrix | Vector):
        return x.is_exact and all(_simple(value) for row in x.exact_rows for value in row)
    if isinstance(x, tuple | list):
        return all(map(is_simple, x))
    parts = _complex_parts(x)
    if parts is not None:
        return all(isinstance(part, Surd) and _simple(part) for part in parts)
    number = _number(x)
    if isinstance(number, float):
        return math.isinf(number)
    return _simple(number)


def relation(x: Any) -> Literal["=", "≈"]:
    """Give the sign between a name and what is written for x: = if exact, else ≈."""
    return "=" if is_simple(x) else "≈"


def degrees(radians: float, *, sign: bool = False, style: str = "plain") -> str:
    """Write an angle in degrees, without the degree sign: whole ones and halves exactly.

    >>> degrees(-math.pi / 4), degrees(math.atan(3), sign=True)
    ('−45', '≈ 71.6')
    >>> degrees(math.atan(math.sqrt(2) - 1), sign=True)
    '= 22.5'
    >>> degrees(math.atan2(3, -4))
    '143.1'
    """
    chosen = {"plain": _PLAIN, "typst": _TYPST, "latex": _LATEX}[style]
    angle = math.degrees(radians)
    doubled = round(2 * angle)
    if abs(2 * angle - doubled) > 1e-9:
        text, size = _write(angle, chosen, sign), abs(angle)
        return text if size < 100 else text.replace(f"{size:.0f}", f"{size:.1f}")
    if doubled % 2 == 0:
        return _write(doubled // 2, chosen, sign)
    minus = "" if doubled > 0 else _write(-1, chosen, False).removesuffix("1")
    text = f"{minus}{abs(doubled) // 2}.5"
    return f"= {text}" if sign else text


def data(x: Any) -> Any:
    """Give a number, vector, matrix or result as what JSON can hold.

    - A count (int), a text, a truth value and None stay what they are.
    - A number becomes ``{"exact", "value", "text"}``: text that `matrix` reads, or None
      if it is measured; the nearest float, None if there is none; what `plain` writes.
      If it is complex, ``{"exact", "real", "imaginary", "text"}``, exact being two texts.
    - A vector becomes ``{"exact", "values"}`` with lists of those, a matrix the same with
      lists of rows, and a subspace ``{"dim", "ambient", "basis", "tolerance"}``.
    - A result becomes its fields, with its ``"type"``; a tuple becomes a list. A
      ``tolerance`` is a plain float everywhere.

    Raises
    ------
    TypeError
        If it is anything else.

    Examples
    --------
    >>> import lamath as la
    >>> data(la.svd("3 0; 4 5").S)
    {'exact': ['3*sqrt(5)', 'sqrt(5)'], 'values': [6.708203932499369, 2.23606797749979]}
    >>> data(la.det("1/2 0; 0 1"))
    {'exact': '1/2', 'value': 0.5, 'text': '1/2'}
    """
    if x is None or isinstance(x, str | bool | int):
        return x
    if isinstance(x, Matrix | Vector):
        exact = [[str(value) for value in row] for row in x.exact_rows] if x.is_exact else None
        if exact is not None and isinstance(x, Vector):
            return {"exact": [text for (text,) in exact], "values": x.array.tolist()}
        return {"exact": exact, "values": x.array.tolist()}
    if isinstance(x, Subspace):
        basis = [data(v) for v in x.vectors]
        return {"dim": x.dim, "ambient": x.ambient, "basis": basis, "tolerance": x.tolerance}
    if isinstance(x, LinearPath):
        return {"type": "LinearPath", "name": x.name, "end": x.end.tolist()}
    if isinstance(x, np.ndarray):
        return x.tolist()
    if isinstance(x, np.generic):
        return data(x.item())
    if isinstance(x, tuple) and hasattr(x, "_asdict"):
        return _record(x, x._asdict())
    if is_dataclass(x) and not isinstance(x, type):
        return _record(x, {field.name: getattr(x, field.name) for field in fields(x)})
    if isinstance(x, Mapping):
        return {str(k): data(v) for k, v in x.items()}
    if isinstance(x, tuple | list):
        return [data(v) for v in x]
    return _number_data(x)


def json(x: Any, *, indent: int | None = None) -> str:
    """Write a number, vector, matrix or result as JSON text; see `data` for its form.

    >>> import lamath as la
    >>> json(la.inverse("2 0; 0 4"))
    '{"exact": [["1/2", "0"], ["0", "1/4"]], "values": [[0.5, 0.0], [0.0, 0.25]]}'
    """
    return _json.dumps(data(x), indent=indent, ensure_ascii=False, allow_nan=False)


def _record(x: Any, parts: Mapping[str, Any]) -> dict[str, Any]:
    kept = {k: v if k == "tolerance" else data(v) for k, v in parts.items()}
    return {"type": type(x).__name__, **kept}


def _number_data(x: Any) -> dict[str, Any]:
    parts = _complex_parts(x)
    if parts is not None:
        exact = all(isinstance(part, Surd) for part in parts)
        return {
            "exact": [str(part) for part in parts] if exact else None,
            "real": float(parts[0]),
            "imaginary": float(parts[1]),
            "text": plain(x),
        }
    if not (isinstance(x, float | Fraction | Surd | Decimal) or getattr(x, "is_number", False)):
        raise TypeError(f"a {type(x).__name__} has no JSON form; give a result of lamath")
    number = _number(x)
    try:
        value = float(number)
    except OverflowError:
        value = math.inf
    return {
        "exact": str(number) if isinstance(number, Surd) else None,
        "value": value if math.isfinite(value) else None,
        "text": plain(x),
    }


def _complex_parts(x: Any) -> tuple[Surd | float, Surd | float] | None:
    """Give the parts of a number that is not real, None for others."""
    if isinstance(x, complex | np.complexfloating):
        return float(x.real), float(x.imag)
    if getattr(x, "is_number", False) and x.is_real is False and x.is_finite:
        real, imaginary = x.as_real_imag()
        return _number(real), _number(imaginary)
    return None


def _number(x: Any) -> Surd | float:
    """Tell exact numbers from measured ones."""
    if isinstance(x, float | np.floating) or getattr(x, "is_Float", False):
        return float(x)
    if isinstance(x, Surd):
        return x
    if isinstance(x, int | Fraction):
        return Surd(x)  # of any size, unlike an entry
    if getattr(x, "is_number", False):
        try:
            return Surd.from_sympy(x)
        except (InexactError, TooLongError):
            return float(x)
    return entry(x)


def _write(x: Any, style: _Style, sign: bool) -> str:
    lines = formulas(x)
    if lines is not None:
        return style.between.join(_formula(line, style) for line in lines)
    if isinstance(x, Matrix):
        text = style.matrix([[_scalar(value, style) for value in row] for row in _values(x)])
    elif isinstance(x, Vector):
        text = style.vector([_scalar(value, style) for (value,) in _values(x)])
    elif isinstance(x, tuple | list):
        text = ", ".join(_write(part, style, False) for part in x)
    else:
        text = _any_number(x, style)
    return f"{_relation(x, style)} {text}" if sign else text


def _relation(x: Any, style: _Style) -> str:
    return style.relations[not is_simple(x)]


def _any_number(x: Any, style: _Style) -> str:
    parts = _complex_parts(x)
    if parts is None:
        return _scalar(_number(x), style)
    real, imaginary = parts
    below = float(imaginary) < 0
    size = _scalar(-imaginary if below else imaginary, style)
    apart = "" if size.isdecimal() and style.name != "typst" else " "
    turned = "i" if size == "1" else f"{size}{apart}i"
    minus = style.minus if below else ""
    if not real:
        return f"{minus}{turned}"
    return f"{_scalar(real, style)} {minus or '+'} {turned}"


def _formula(line: Formula, style: _Style) -> str:
    return " ".join(_piece(piece, style) for piece in line)


def _piece(piece: Any, style: _Style) -> str:
    if isinstance(piece, Symbol):
        return str(getattr(piece, style.name))
    if isinstance(piece, Value):
        return _write(piece.value, style, True)
    if isinstance(piece, Span):
        inside = ", ".join(_write(v, style, False) for v in piece.vectors)
        return style.span(inside or "0")
    if isinstance(piece, Times):
        return _term_of(piece, style)
    return _write(piece, style, False)


def _term_of(piece: Times, style: _Style) -> str:
    """Write a term: its sign apart unless it comes first, and no 1 before a symbol."""
    text = _any_number(piece.factor, style)
    sign = style.minus if text.startswith(style.minus) else "" if piece.first else "+"
    size = text.removeprefix(style.minus)
    if piece.of is not None:
        symbol = str(getattr(piece.of, style.name))
        size = symbol if size == "1" else f"{size} {symbol}"
    return f"{sign}{size}" if piece.first else f"{sign} {size}"


def _values(x: Matrix | Vector) -> list[list[Surd | float]]:
    if x.is_exact:
        return [list(row) for row in x.exact_rows]
    return [list(row) for row in x.array.reshape(len(x.array), -1).tolist()]


def _scalar(value: Surd | float, style: _Style) -> str:
    if isinstance(value, Surd) and _simple(value):
        return _exact(value, style)
    return _decimal(value, style)


# Exact


def _ending(value: Fraction) -> str | None:
    """Give the decimal of a fraction whose denominator is better not shown, else None."""
    if value.denominator <= 25:
        return None
    for places in range(1, 7):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator))
            short = len(digits) <= 6 and abs(value) >= Fraction(1, 10_000)
            padded = digits.rjust(places + 1, "0")
            return f"{padded[:-places]}.{padded[-places:]}" if short else None
    return None


def _simple(value: Surd) -> bool:
    if value.is_rational:
        number = value.rational
        if number.denominator == 1:
            size = abs(number.numerator)
            return size < 10**6 or (size < 10**9 and size % 10**5 == 0)
        small = abs(number.numerator) <= 999 and number.denominator <= 99
        return small or _ending(number) is not None
    below, pairs = value.over_common()
    return len(pairs) <= 2 and below <= 99 and all(d <= 999 and abs(n) <= 99 for d, n in pairs)


def _exact(value: Surd, style: _Style) -> str:
    if value.is_rational:
        number = value.rational
        minus = style.minus if number < 0 else ""
        ending = _ending(number)
        if ending is not None:
            return minus + ending
        above, below = str(abs(number.numerator)), number.denominator
        return minus + (above if below == 1 else style.fraction(above, str(below), True))
    below, pairs = value.over_common()
    # a minus that all terms share stands before the fraction
    minus = style.minus if all(n < 0 for _, n in pairs) else ""
    terms = [(d, abs(n) if minus else n) for d, n in pairs]
    above = _term(*terms[0], style)
    for d, n in terms[1:]:
        above += f" {'+' if n > 0 else style.minus} {_term(d, abs(n), style)}"
    if below > 1:
        return minus + style.fraction(above, str(below), len(terms) == 1 and terms[0][1] == 1)
    return f"{minus}({above})" if minus and len(terms) > 1 else minus + above


def _term(d: int, n: int, style: _Style) -> str:
    if d == 1:
        return str(n)
    return style.root(str(d)) if n == 1 else f"{n}{style.times}{style.root(str(d))}"


# Decimal


def _decimal(value: Surd | float, style: _Style) -> str:
    """Give three significant figures, all whole digits, and a power of ten where it is due."""
    if isinstance(value, float) and math.isinf(value):
        return style.infinity if value > 0 else style.minus + style.infinity
    if isinstance(value, float) and math.isnan(value):
        raise ValueError("NaN can't be written as a number")
    if not value:
        return "0"
    above, below = value.near() if isinstance(value, Surd) else (value, 1)
    number = Decimal(above) / Decimal(below)  # holds what no float can: det may be 1e600
    minus, size = style.minus if number < 0 else "", abs(number)
    mantissa, exponent = f"{size:.2e}".split("e")
    power = int(exponent)
    if -4 <= power < 2:
        return f"{minus}{size:.{2 - power}f}"
    if power >= 2 and round(size) < 10**6:
        return f"{minus}{size:.0f}"
    return minus + style.power(mantissa, str(power).replace("-", style.minus))
