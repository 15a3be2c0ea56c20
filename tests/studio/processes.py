"""Which processes run, and waiting for what they do."""

import os
import subprocess
import time
from pathlib import Path


def is_alive(pid):
    """Whether a process runs; one that has ended and waits to be noticed does not."""
    try:
        os.kill(pid, 0)
        status = Path(f"/proc/{pid}/stat").read_text()
    except ProcessLookupError:
        return False
    except OSError:
        return not Path("/proc").exists()
    return status.rpartition(")")[2].split()[0] not in "ZX"


PATIENCE = 120  # seconds, so that nothing fails because a machine is busy


def wait_until(condition):
    """Wait until a condition gives something, and give it."""
    until = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)
    return found


def ends(pid):
    """Wait until a process ends."""
    return wait_until(lambda: not is_alive(pid))


def of_group(group):
    """Every process of a process group."""
    if not Path("/proc").exists():
        listing = subprocess.run(
            ["ps", "-eo", "pid=,pgid="], capture_output=True, text=True, check=True
        ).stdout
        pairs = (map(int, line.split()) for line in listing.splitlines())
        return {pid for pid, pgid in pairs if pgid == group}
    return {
        int(path.parent.name) for path in Path("/proc").glob("[0-9]*/stat") if _group(path) == group
    }


def _group(stat):
    try:
        return int(stat.read_text().rpartition(")")[2].split()[2])
    except OSError:  # it has ended
        return None
