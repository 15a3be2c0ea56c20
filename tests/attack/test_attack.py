"""A small sample of the attacks that `make attack` makes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ATTACK = Path(__file__).with_name("attack.py")
KINDS = [
    each
    for kind in ("damage", "lessons", "live", "weights", "courses")
    for each in ("--kind", kind)
]
"""Those whose batches begin in an instant."""


@pytest.mark.skipif(sys.platform != "linux", reason="it looks at processes as Linux tells of them")
def test_a_sample_of_the_attacks_is_survived() -> None:
    done = subprocess.run(
        [sys.executable, ATTACK, "--seed", "4", "--share", "0.006", "--jobs", "1", *KINDS],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    counted = dict(re.findall(r"^(\w+), in all +(\d+)", done.stdout, re.MULTILINE))
    assert counted == {"damage": "2", "lessons": "6", "live": "2", "weights": "1", "courses": "1"}
