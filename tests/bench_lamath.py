"""Time `lamath.weights.analyze` against one `scipy.linalg.svdvals`, and measure its memory.

    python tests/bench_lamath.py                4096 × 4096, float32
    python tests/bench_lamath.py 1024 -r 3      a quick trial

The two are timed in turn, in one process, and the best of each counts. Memory is that of a fresh
process for each: how far its peak rises above what it held with the matrix made and scipy loaded.
All figures are of one run on one machine, to be compared with each other only.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import scipy
from scipy.linalg import svdvals

from lamath import weights

ROOT = Path(__file__).parent.parent
TIME_BOUND = 1.3
MEMORY_BOUND = 3.0

WORK: dict[str, Callable[[Any], Any]] = {"svdvals": svdvals, "analyze": weights.analyze}


def made(size: int, kind: str) -> np.ndarray:
    """Make the matrix, the same every time, without holding anything else that is large."""
    rng = np.random.default_rng(0)
    W = np.empty((size, size), kind)
    for row in W:
        row[:] = rng.standard_normal(size)
    return W


def peak() -> int:
    """Give the most bytes this process has held."""
    status = Path("/proc/self/status")
    if status.exists():  # on Linux getrusage counts what the parent held, too
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
        if found:
            return int(found[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def measure(name: str, size: int, kind: str) -> None:
    """Print how many bytes the work takes beside the matrix that it is given."""
    W = made(size, kind)
    WORK[name](W[:8, :8])  # load what is loaded late
    before = peak()
    WORK[name](W)
    print(max(0, peak() - before))


def memory(name: str, size: int, kind: str) -> int:
    """Measure in a fresh process."""
    command = [sys.executable, __file__, str(size), "--dtype", kind, "--measure", name]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return int(ended.stdout)


def best(runs: int, size: int, kind: str) -> dict[str, tuple[float, float]]:
    """Give the shortest wall time of each, and the CPU time of that run."""
    W = made(size, kind)
    found: dict[str, tuple[float, float]] = {}
    for _ in range(runs):
        for name, work in WORK.items():
            wall, cpu = time.perf_counter(), time.process_time()
            work(W)
            taken = time.perf_counter() - wall, time.process_time() - cpu
            found[name] = min(found.get(name, taken), taken)
    return found


def main() -> None:
    """Print a table of one run."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("size", nargs="?", type=int, default=4096)
    parser.add_argument("-r", "--runs", type=int, default=2)
    parser.add_argument("--dtype", default="float32", choices=["float16", "float32", "float64"])
    parser.add_argument("--measure", choices=WORK, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    size, kind = chosen.size, chosen.dtype
    if chosen.measure:
        measure(chosen.measure, size, kind)
        return
    copy = size * size * np.dtype(kind).itemsize
    print(
        f"{size} × {size} {kind}, {copy / 2**20:.0f} MB a copy; {platform.machine()}, "
        f"{os.cpu_count()} cores, numpy {np.__version__}, scipy {scipy.__version__}"
    )
    # svdvals does not take float16: it is timed on what analyze widens it to
    timed = "float32" if kind == "float16" else kind
    times = best(chosen.runs, size, timed)
    for name, (wall, cpu) in times.items():
        held = 1 + memory(name, size, timed if name == "svdvals" else kind) / copy
        print(f"{name:10} {wall:8.2f} s wall {cpu:8.2f} s CPU {held:6.2f} copies with its own")
        if name == "analyze":
            memory_kept = held <= MEMORY_BOUND
    ratio = times["analyze"][0] / times["svdvals"][0]
    print(
        f"time ratio {ratio:.3f} of at most {TIME_BOUND}, memory of at most {MEMORY_BOUND} copies"
    )
    print("kept" if ratio <= TIME_BOUND and memory_kept else "NOT kept")


if __name__ == "__main__":
    main()
