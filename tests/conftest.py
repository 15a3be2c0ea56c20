"""What the command line of the tests takes."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-frames",
        action="store_true",
        help="draw the reference pictures in tests/scenes/frames/ anew",
    )
