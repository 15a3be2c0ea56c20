"""The matrices that every property is tried on."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

import lamath as la

settings.register_profile("lamath", settings.get_profile("patient"), max_examples=120)
settings.load_profile("lamath")


def grids(entries: st.SearchStrategy, rows: int = 2, columns: int = 2) -> st.SearchStrategy:
    row = st.lists(entries, min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows)


whole = st.integers(-4, 4)
fractions = st.builds(Fraction, st.integers(-30, 30), st.integers(1, 12))
surds = st.sampled_from(["0", "1", "-2", "sqrt(2)", "-sqrt(3)/2", "(1+sqrt(5))/2", "1/sqrt(2)"])
floats = st.floats(-10, 10).map(lambda x: 0.0 if abs(x) < 1e-100 else x)
graded = st.tuples(st.floats(1, 10), st.integers(-12, 12), st.sampled_from([1, -1])).map(
    lambda parts: parts[2] * parts[0] * 10.0 ** parts[1]
)
scales = st.integers(-150, 150).map(lambda k: 10.0**k)


def outer(u: list[Fraction], v: list[Fraction]) -> la.Matrix:
    return la.matrix([[a * b for b in v] for a in u])


pairs = st.lists(fractions, min_size=2, max_size=2)
planar = st.one_of(
    grids(whole).map(la.matrix),
    grids(fractions).map(la.matrix),
    grids(surds).map(la.matrix),
    grids(floats).map(np.array).map(la.matrix),
    grids(graded).map(np.array).map(la.matrix),
    st.builds(lambda rows, k: la.matrix(np.array(rows) * k), grids(floats.filter(bool)), scales),
    st.builds(outer, pairs, pairs),
)
st.register_type_strategy(la.Matrix, planar)
"""A test's argument annotated `la.Matrix` is any 2×2 matrix: exact, measured, singular, graded."""
