"""One rehearsal for each clip, shared by all the tests that look at it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "stage")]

pytest.register_assert_rewrite("holds")

from takes import Take, everywhere, take, zoo_clips  # noqa: E402 - needs the path


@pytest.fixture(scope="session", params=zoo_clips(), ids=str)
def played(request: pytest.FixtureRequest) -> Iterator[Take]:
    """Every scene with every matrix of the zoo, watched in motion."""
    yield take(request.param)


@pytest.fixture(scope="session", params=everywhere(), ids=str)
def shown(request: pytest.FixtureRequest) -> Iterator[Take]:
    """Every scene in every language and aspect, and in the light theme."""
    yield take(request.param)
