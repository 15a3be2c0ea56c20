"""How often every property is tried, and on which matrices."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st

import lamath as la

sys.path.insert(0, str(Path(__file__).parent))

from matrices import planar

settings.register_profile("lamath", settings.get_profile("patient"), max_examples=120)
settings.load_profile("lamath")

st.register_type_strategy(la.Matrix, planar)
"""A test's argument annotated `la.Matrix` is any 2×2 matrix: exact, measured, singular, graded."""
