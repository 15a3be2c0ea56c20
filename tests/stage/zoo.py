"""The matrices that everything is tried on, each for what could go wrong with it."""

from __future__ import annotations

from hypothesis import strategies as st

ZOO = {
    "kind": "2 1; 1 3",
    "turned over": "1 2; 3 4",
    "rank 1": "1 2; 2 4",
    "first column zero": "0 1; 0 2",
    "zero": "0 0; 0 0",
    "identity": "1 0; 0 1",
    "half turn": "-1 0; 0 -1",
    "quarter turn": "0 -1; 1 0",
    "wide turn": "-1 -1; 1 -1",
    "reflection": "0 1; 1 0",
    "repeated": "3 -4; 4 3",
    "shear": "1 1; 0 1",
    "nilpotent": "0 1; 0 0",
    "tiny": "0.01 0; 0 0.01",
    "huge": "1000 0; 200 1000",
    "stretched": "1000 0; 0 1",
    "huge rank 1": "1000 2000; 2000 4000",
    "fractions and surds": "1/2 sqrt(3)/2; -sqrt(2) 1/3",
}
"""A text for each kind; all are 2×2."""

SPACE = {
    "in space turned over": "1 0 1; 0 1 1; 1 1 0",
    "in space symmetric": "2 -1 0; -1 2 -1; 0 -1 2",
    "in space rank 2": "1 2 3; 4 5 6; 7 8 9",
    "in space rank 1": "1 2 3; 2 4 6; 3 6 9",
    "in space zero": "0 0 0; 0 0 0; 0 0 0",
    "in space identity": "1 0 0; 0 1 0; 0 0 1",
    "in space turn": "0 0 1; 1 0 0; 0 1 0",
    "in space point reflection": "-1 0 0; 0 -1 0; 0 0 -1",
    "in space nilpotent": "0 1 0; 0 0 1; 0 0 0",
    "in space nearly flat": "1 0 1; 0 1 1; 1 1 2.01",
    "in space stretched": "1000 0 0; 0 1 0; 0 0 0.01",
    "in space huge": "1000 0 0; 0 1000 200; 0 0 1000",
}
"""The same for 3×3."""

PAIRS = {
    "pair at a right angle": ("3 4", "-4 3"),
    "pair turned away": ("2 1", "-3 1"),
    "pair on one line": ("1 2", "2 4"),
    "pair on an axis": ("0 -1", "2 -2"),
    "pair with no first": ("0 0", "1 2"),
    "pair with no second": ("1 2", "0 0"),
    "pair of a tiny one": ("0.01 0", "0.02 0.03"),
    "pair of a huge one": ("1000 200", "3 4"),
    "pair of surds": ("sqrt(2) 1/3", "1 -1"),
}
"""Two vectors of the plane, u and v."""

LISTS = {
    "list of one": "2 1; 1 3",
    "list of flat ones": "0 0; 0 0 | 1 2 3; 2 4 6; 3 6 9 | 1 2 3; 4 5 6; 7 8 9 | 0 1; 0 2",
    "list of near ones": "1 1; 1 1.01 | 1 0 1; 0 1 1; 1 1 2.01",
    "list of sizes": "1000 0; 200 1000 | 1000 0; 0 1 | 0.01 0; 0 0.01 | 1000 0 0; 0 1 0; 0 0 0.01",
    "list of huge flat ones": "1000 2000; 2000 4000 | 1 -1; 1 -1",
    "list of reflections": "0 1; 1 0 | -1 0 0; 0 -1 0; 0 0 -1 | 1 0 1; 0 1 1; 1 1 0",
    "list of surds": "1/2 sqrt(3)/2; -sqrt(2) 1/3 | 1 0 0; 0 0 1; 0 1 0",
}
"""Several square matrices, with bars between them."""

texts = st.lists(st.integers(-6, 6), min_size=4, max_size=4).map(
    lambda entries: "{} {}; {} {}".format(*entries)
)
"""Any 2×2 matrix of small whole numbers, as text."""

texts_of_space = st.lists(st.integers(-6, 6), min_size=9, max_size=9).map(
    lambda entries: "{} {} {}; {} {} {}; {} {} {}".format(*entries)
)
"""Any 3×3 matrix of small whole numbers, as text."""
