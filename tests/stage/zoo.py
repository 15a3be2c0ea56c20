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

texts = st.lists(st.integers(-6, 6), min_size=4, max_size=4).map(
    lambda entries: "{} {}; {} {}".format(*entries)
)
"""Any 2×2 matrix of small whole numbers, as text."""
