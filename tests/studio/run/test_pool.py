from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path

import pool_tasks as tasks
import pytest
from processes import ends, is_alive
from support import HERE, environment

from scenes.studio.run.pool import WorkerLostError, WorkerPool

ENVIRONMENT = environment(PYTHONPATH=os.pathsep.join([str(HERE), str(HERE.parents[1])]))


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1) as pool:
        yield pool


def test_it_is_an_executor(pool: WorkerPool) -> None:
    assert isinstance(pool, Executor)
    assert list(pool.map(abs, [-1, -2])) == [1, 2]


def test_a_worker_is_used_again_and_again(pool: WorkerPool) -> None:
    assert pool.submit(os.getpid).result() == pool.submit(os.getpid).result() != os.getpid()


def test_errors_come_back_as_they_are(pool: WorkerPool) -> None:
    with pytest.raises(ValueError, match="plain"):
        pool.submit(tasks.fail, "plain").result()
    with pytest.raises(FileNotFoundError):
        pool.submit(tasks.fail, "file").result()
    with pytest.raises(RuntimeError, match="OddError: 1 and 2"):
        pool.submit(tasks.fail_oddly).result()


def test_an_answer_that_cannot_travel_is_an_error_and_no_more(pool: WorkerPool) -> None:
    with pytest.raises(Exception, match=r"pickle|local object"):  # Python 3.11, 3.13
        pool.submit(tasks.unpicklable).result()
    assert pool.submit(abs, -1).result() == 1


def test_a_worker_needs_no_threads_for_small_matrices(pool: WorkerPool) -> None:
    assert pool.submit(tasks.threads).result() == "1"


def test_reports_arrive_in_order_and_before_the_answer() -> None:
    heard: list[int] = []
    with WorkerPool(1, heard.append) as pool:
        assert pool.submit(tasks.count, 100).result() == "counted"
        assert heard == list(range(100))


def test_a_dead_worker_costs_its_own_task_only() -> None:
    with WorkerPool(2) as pool:
        before = [pool.submit(tasks.pid) for _ in range(2)]
        killed, left = pool.submit(tasks.die), pool.submit(tasks.leave)
        after = [pool.submit(tasks.pid) for _ in range(4)]
        with pytest.raises(WorkerLostError, match="SIGKILL"):
            killed.result()
        with pytest.raises(WorkerLostError, match="exit code 7"):
            left.result()
        assert len({task.result() for task in before}) == 2
        assert all(task.result() for task in after)


def test_tasks_run_side_by_side() -> None:
    with WorkerPool(2) as pool:
        assert len({task.result() for task in [pool.submit(tasks.pid) for _ in range(2)]}) == 2


def test_no_worker_is_left_after_shutdown() -> None:
    with WorkerPool(2) as pool:
        pids = {task.result() for task in [pool.submit(tasks.pid) for _ in range(2)]}
    assert not any(map(is_alive, pids))


def test_kill_stops_at_once_and_drops_what_waits() -> None:
    asleep = threading.Event()
    pool = WorkerPool(1, lambda _: asleep.set())
    pid = pool.submit(os.getpid).result()
    busy, waiting = pool.submit(tasks.sleep), pool.submit(tasks.sleep)
    assert asleep.wait(60)
    pool.kill()
    assert not is_alive(pid)
    assert isinstance(busy.exception(), WorkerLostError)
    assert waiting.cancelled() or isinstance(waiting.exception(), WorkerLostError)


PARENT = """
import os, sys
import pool_tasks as tasks
from pathlib import Path
from scenes.studio.run.pool import WorkerPool

if __name__ == "__main__":
    pool = WorkerPool(1, scratch=Path(sys.argv[1]))
    print(pool.submit(os.getpid).result(), flush=True)
    pool.submit(tasks.sleep).result()
"""


COPIES = """
import multiprocessing, threading
import pool_tasks as tasks
from scenes.studio.run.pool import WorkerPool

pool = WorkerPool(2, forked=True)
copies = {each.pid for each in multiprocessing.active_children()}
assert len(copies) == 2
assert threading.active_count() == 1
assert {task.result() for task in [pool.submit(tasks.pid) for _ in range(2)]} == copies
pool.shutdown()
assert not multiprocessing.active_children()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system can't copy processes")
def test_copies_are_made_while_there_are_no_threads_and_then_used() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COPIES],
        capture_output=True, text=True, check=False, env=ENVIRONMENT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_workers_end_with_their_parent_and_clear_away_its_scratch(tmp_path: Path) -> None:
    script, scratch = tmp_path / "parent.py", tmp_path / "scratch"
    script.write_text(PARENT)
    scratch.mkdir()
    (scratch / "half a clip").touch()
    parent = subprocess.Popen(
        [sys.executable, script, scratch],
        stdout=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    )
    assert parent.stdout
    with parent:
        worker = int(parent.stdout.readline())
        assert is_alive(worker)
        parent.kill()
    assert ends(worker)
    assert not scratch.exists()
