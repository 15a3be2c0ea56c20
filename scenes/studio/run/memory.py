"""Whether there is memory for workers, before any is started."""

from __future__ import annotations

import contextlib
import math
import sys
from pathlib import Path

from scenes.studio.request.clip import UnusableError

__all__ = ["free_memory", "workers_that_fit"]

_LEAST = 256
"""Megabytes without which no worker draws anything: half of them are its libraries."""

_ADDRESSES = 1024
"""Megabytes of addresses that it needs: libraries and threads take more of them than they use."""


def workers_that_fit(jobs: int, allowed: float) -> int:
    """Give how many of some workers there is memory for, of which each may use so much.

    Raises
    ------
    UnusableError
        If there is not enough for one.
    """
    least = f"a worker needs {_LEAST} MB to draw anything"
    if allowed < _LEAST:
        raise UnusableError(f"--memory {allowed:.0f} is too little: {least}")
    free = free_memory()
    if free < _LEAST:
        raise UnusableError(
            f"there is too little memory: {least}, and {free:.0f} MB are free; close other programs"
        )
    addresses = _address_limit()
    if addresses < _ADDRESSES:
        raise UnusableError(
            f"there is too little memory: a worker needs {_ADDRESSES} MB of addresses, and "
            f"{addresses:.0f} are allowed; raise the limit (ulimit -v)"
        )
    return jobs if free == math.inf else min(jobs, int(free // _LEAST))


def free_memory() -> float:
    """Give the megabytes that new processes can have here; infinity where that can't be told."""
    return min(_of_machine(), *(_of_container(*each) for each in _CONTAINERS))


def _of_machine() -> float:
    with contextlib.suppress(OSError, ValueError):
        for line in Path("/proc/meminfo").read_text().splitlines():
            name, _, value = line.partition(":")
            if name == "MemAvailable":
                return int(value.split()[0]) / 2**10
    return math.inf


_GROUPS = Path("/sys/fs/cgroup")
_CONTAINERS = (
    ("memory.max", "memory.current", "memory.stat"),
    ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes", "memory/memory.stat"),
)
"""Limit, use, and what is told of it: of Linux' control groups, the second kind and the first."""


def _of_container(limit: str, use: str, stat: str) -> float:
    with contextlib.suppress(OSError, ValueError):
        told = dict(line.split() for line in (_GROUPS / stat).read_text().splitlines())
        # what files left in memory is given back when somebody needs it
        cached = sum(int(told.get(name, 0)) for name in ("inactive_file", "active_file"))
        used = int((_GROUPS / use).read_text()) - cached
        return max(0.0, int((_GROUPS / limit).read_text()) - used) / 2**20
    return math.inf


def _address_limit() -> float:
    if sys.platform == "win32":
        return math.inf
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return math.inf if limit == resource.RLIM_INFINITY else limit / 2**20
