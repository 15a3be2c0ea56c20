"""The matrices that every property is tried on."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

import lamath as la


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
"""Any 2×2 matrix: exact, measured, singular, graded."""


def crushed(rows: int, columns: int, rank: int) -> st.SearchStrategy:
    """Matrices of whole numbers whose rank is at most `rank`."""
    return st.builds(
        lambda B, C: la.matrix((np.array(B) @ np.array(C)).tolist()),
        grids(whole, rows, rank),
        grids(whole, rank, columns),
    )


spatial = st.sampled_from([(3, 3), (2, 3), (3, 2)]).flatmap(
    lambda shape: st.one_of(
        grids(whole, *shape).map(la.matrix),
        grids(fractions, *shape).map(la.matrix),
        grids(floats, *shape).map(np.array).map(la.matrix),
        crushed(*shape, 1),
        crushed(*shape, 2),
    )
)
"""Matrices of space, and between it and the plane."""
pictured = st.one_of(planar, spatial)
"""All that a picture can show."""
