"""Results as formulas: symbols, relations and values in a row, for `notation` to write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from lamath._decompositions import Polar, Svd
from lamath._eigen import Diagonalization, Eigen, Eigenspace, Spectral
from lamath._eliminate import RowReduction, RowReplace, RowScale, RowSwap
from lamath._orthogonal import GramSchmidt, GramSchmidtStep, Qr, Shadow
from lamath._solve import Solution
from lamath._spaces import Subspace
from lamath._square import Cofactor, Cofactors

__all__ = ["Formula", "Span", "Symbol", "Times", "Value", "formulas"]


class Symbol(NamedTuple):
    """What stands for a thing, in each notation."""

    plain: str
    typst: str
    latex: str


class Value(NamedTuple):
    """A number, vector or matrix, after the relation that it takes."""

    value: Any


class Span(NamedTuple):
    """The span of some vectors."""

    vectors: tuple[Any, ...]


class Times(NamedTuple):
    """A term of a sum: a number, or a multiple of a symbol, with its sign."""

    factor: Any
    first: bool
    """Whether it opens the sum: then + is left out."""
    of: Symbol | None = None
    """The symbol: before it 1 is left out."""


Formula: TypeAlias = Sequence[Any]
"""Symbols, values and bare numbers, vectors and matrices, in the order of reading."""

_BELOW: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def same(text: str) -> Symbol:
    return Symbol(text, text, text)


def indexed(letter: str, index: int) -> Symbol:
    plain = f"{letter}{str(index).translate(_BELOW)}"
    return Symbol(plain, f"{letter}_{index}", f"{letter}_{{{index}}}")


PLUS: Final = same("+")
EQUALS: Final = same("=")
SWAPS: Final = Symbol("↔", "<->", r"\leftrightarrow")
TAKES: Final = Symbol("←", "<-", r"\leftarrow")
SIGMA: Final = Symbol("σ", "sigma", r"\sigma")
LAMBDA: Final = Symbol("λ", "lambda", r"\lambda")
V_TRANSPOSED: Final = Symbol("Vᵀ", "V^top", r"V^\top")
BEST: Final = Symbol("x̂", "hat(x)", r"\hat{x}")
MISSED: Final = Symbol("‖b − A x̂‖", "norm(b - A hat(x))", r"\lVert b - A\hat{x} \rVert")
DETERMINANT: Final = Symbol("det A", "det A", r"\det A")


def _named(*names: str | Symbol) -> Callable[[Any], list[Formula]]:
    """Write a record as one equation for each of its first fields."""

    def write(x: Any) -> list[Formula]:
        return [
            [same(name) if isinstance(name, str) else name, Value(value)]
            for name, value in zip(names, x, strict=False)
        ]

    return write


def _eigenspace(x: Eigenspace) -> list[Formula]:
    space = Symbol("N(A − λI)", "N(A - lambda I)", r"N(A - \lambda I)")
    return [[LAMBDA, Value(x.value)], [space, EQUALS, Span(x.space.vectors)]]


def _eigen(x: Eigen) -> list[Formula]:
    found = [formula for space in x.spaces for formula in _eigenspace(space)]
    real = sum(space.multiplicity for space in x.spaces)
    return found + [[LAMBDA, Value(value)] for value in x.eigenvalues[real:]]


def _solution(x: Solution) -> list[Formula]:
    if x.particular is None:
        return [[BEST, Value(x.least_squares)], [MISSED, Value(x.residual)]]
    line: list[Any] = [same("x"), Value(x.particular)]
    directions = x.homogeneous.vectors
    for number, v in enumerate(directions, start=1):
        line += [PLUS, same("t") if len(directions) == 1 else indexed("t", number), v]
    return [line]


def _row(i: int) -> Symbol:
    return indexed("R", i + 1)


def _reduction(x: RowReduction) -> list[Formula]:
    reduced = Symbol("rref A", 'op("rref") A', r"\operatorname{rref} A")
    return [
        *(formula for step in x.steps for formula in formulas(step) or []),
        [reduced, Value(x.rref)],
    ]


def _step(x: GramSchmidtStep) -> list[Formula]:
    number = int(x.name.split("_")[1])
    if x.unit is None:
        return [[indexed("v", number), EQUALS, *_sum([s.vector for s in x.shadows] or [x.rest])]]
    return [[indexed("q", number), Value(x.unit)]]


def _sum(parts: Sequence[Any]) -> Formula:
    return [piece for part in parts for piece in (PLUS, part)][1:]


_FORMULAS: Final[dict[type, Callable[[Any], list[Formula]]]] = {
    Svd: _named("U", SIGMA, V_TRANSPOSED),
    Polar: _named("R", "P"),
    Qr: _named("Q", "R"),
    Diagonalization: _named("P", "D"),
    Spectral: _named("Q", "S"),
    Eigenspace: _eigenspace,
    Eigen: _eigen,
    Solution: _solution,
    RowSwap: lambda x: [[_row(x.row), SWAPS, _row(x.other)]],
    RowScale: lambda x: [[_row(x.row), TAKES, Times(x.factor, True, _row(x.row))]],
    RowReplace: lambda x: [
        [_row(x.row), TAKES, _row(x.row), Times(x.factor, False, _row(x.other))]
    ],
    RowReduction: _reduction,
    Shadow: lambda x: [[x.vector]],
    GramSchmidtStep: _step,
    GramSchmidt: lambda x: [formula for step in x.steps for formula in _step(step)],
    Cofactor: lambda x: [[x.value]],
    Cofactors: lambda x: [
        [
            DETERMINANT,
            EQUALS,
            *(Times(term.value, k == 0) for k, term in enumerate(x.terms)),
            Value(x.value),
        ]
    ],
    Subspace: lambda x: [[Span(x.vectors)]],
}


def formulas(x: Any) -> list[Formula] | None:
    """Give the formulas of a result, None if it is none that has some."""
    write = _FORMULAS.get(type(x))
    return None if write is None else write(x)
