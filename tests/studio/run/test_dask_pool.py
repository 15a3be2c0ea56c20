"""A real scheduler and two real workers on this machine, reached as a cluster is."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pool_tasks as tasks
import pytest
from distributed import Client
from processes import PATIENCE, ends, wait_until
from support import HERE, RENDER, STAND_IN, Run, as_png, environment

from scenes.studio.request.clip import Clip, UnusableError
from scenes.studio.run.dask_pool import DaskPool, differences, environment_of
from scenes.studio.run.task import render_task
from scenes.studio.store.result import Progress

LOCAL = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", "scheduler.json"]


def end(process: subprocess.Popen[Any]) -> None:
    process.kill()
    process.wait()


def begin(
    folder: Path, name: str, *command: object, path: Path = RENDER.parent
) -> subprocess.Popen[bytes]:
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, *map(str, command), *LOCAL],
            cwd=folder,
            stdout=log,
            stderr=log,
            env=environment(TMPDIR=str(folder), PYTHONPATH=str(path)),
        )


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    # Two threads a worker: that is what somebody will forget to set.
    worker = [HERE / "dask_worker.py", "--nthreads", 2, "--local-directory", folder]
    started = [begin(folder, "scheduler", "-m", "distributed.cli.dask_scheduler", "--port", 0)]
    try:
        started += [begin(folder, f"worker-{n}", *worker) for n in (1, 2)]
        wait_until(file.is_file)
        with Client(scheduler_file=str(file), set_as_default=False) as client:
            client.wait_for_workers(2, timeout=PATIENCE)
            address = client.scheduler.address
            yield SimpleNamespace(address=address, client=client, file=file, folder=folder)
    finally:
        for process in reversed(started):
            process.kill()  # workers and their crews end when they notice
            process.wait()


# A batch


def test_the_same_command_renders_on_a_cluster_and_outlives_a_worker(
    cluster: SimpleNamespace, tmp_path: Path
) -> None:
    client = cluster.client
    batch = subprocess.Popen(
        [sys.executable, STAND_IN, "slow", "calm", "raises", "--aspect", "16:9,1:1", "--json",
         "--dask", cluster.address],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(),
    )  # fmt: skip
    assert batch.stdout
    lost = None
    try:
        for line in batch.stdout:
            event = json.loads(line)
            if lost is None and event["event"] == "progress" and event["scene"] == "slow":
                pids = client.run(os.getpid)
                lost = next(each for each, has in client.processing().items() if has)
                os.kill(pids[lost], signal.SIGKILL)
            last = event
        stderr = batch.communicate(timeout=PATIENCE)[1]
    finally:
        batch.kill()
    assert lost is not None
    assert batch.returncode == 1, stderr
    clips = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["clips"]
    assert sorted((clip["scene"], clip["status"]) for clip in clips) == [
        ("calm", "rendered"), ("calm", "rendered"), ("raises", "failed"), ("raises", "failed"),
        ("slow", "rendered"), ("slow", "rendered"),
    ]  # fmt: skip
    for clip in clips:
        for file in clip["files"].values():
            assert (tmp_path / "out" / file).is_file()
    assert (last["event"], last["rendered"], last["failed"]) == ("summary", 4, 2)
    assert last["cpu"] > 0
    assert "Traceback" not in stderr
    assert "distributed" not in stderr
    client.wait_for_workers(2, timeout=PATIENCE)  # its nanny has started another
    wait_until(lambda: not list(cluster.folder.glob("lamath-*/*")))


def test_ctrl_c_leaves_the_cluster_as_it_was(cluster: SimpleNamespace, tmp_path: Path) -> None:
    batch = subprocess.Popen(
        [sys.executable, STAND_IN, "slow", "--aspect", "16:9,1:1,9:16", "--json",
         "--dask", cluster.address],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(),
    )  # fmt: skip
    assert batch.stdout
    try:
        if any('"progress"' in line for line in batch.stdout):
            batch.send_signal(signal.SIGINT)
        stderr = batch.communicate(timeout=PATIENCE)[1]
    finally:
        batch.kill()
    assert batch.returncode == 130, stderr
    assert stderr.strip() == "render.py: stopped; what was finished is kept"
    assert not list(tmp_path.glob("out/.batch-*"))
    wait_until(lambda: not any(cluster.client.processing().values()))


# Tasks


@pytest.fixture
def pool(cluster: SimpleNamespace) -> Iterator[DaskPool]:
    pool = DaskPool(cluster.address)
    yield pool
    pool.kill()


def test_a_worker_does_one_task_at_a_time_whatever_threads_it_has(
    pool: DaskPool, tmp_path: Path
) -> None:
    spans = [task.result() for task in [pool.submit(tasks.span) for _ in range(6)]]
    for _, moment, _ in spans:  # as many tasks at once as there are workers, not threads
        assert sum(begun <= moment < ended for _, begun, ended in spans) <= 2


def test_a_task_that_kills_its_process_costs_no_worker(
    pool: DaskPool, cluster: SimpleNamespace
) -> None:
    before = set(cluster.client.run(os.getpid).values())
    with pytest.raises(Exception, match="SIGKILL"):
        pool.submit(tasks.die).result()
    assert set(cluster.client.run(os.getpid).values()) == before
    assert pool.submit(abs, -1).result() == 1


def test_errors_come_back_as_they_are(pool: DaskPool) -> None:
    with pytest.raises(ValueError, match="plain"):
        pool.submit(tasks.fail, "plain").result()


def test_what_a_clip_shows_travels_with_it(pool: DaskPool) -> None:
    clip = Clip("weighs", (("weights", "w.npy"), ("image", "p.png")))
    weights = io.BytesIO()
    np.save(weights, np.array([[1.5]]))
    files = {"weights": weights.getvalue(), "image": as_png()}
    result = pool.submit(render_task, clip, files=files).result()
    assert result.facts is not None
    assert "[[1.5]] b" in result.log
    assert "x89PNG" in result.log


def test_progress_is_heard_from_afar(cluster: SimpleNamespace) -> None:
    heard: list[Progress] = []
    pool = DaskPool(str(cluster.file), hear=heard.append)
    try:
        pool.submit(tasks.progress, 5).result()
        wait_until(lambda: len(heard) >= 5)
        assert heard == [Progress("a clip", n, 10, f"beat {n}", n / 2) for n in range(5)]
    finally:
        pool.shutdown()


def test_crews_end_with_their_worker(cluster: SimpleNamespace, pool: DaskPool) -> None:
    crews = {task.result()[0] for task in [pool.submit(tasks.span) for _ in range(4)]}
    workers = cluster.client.run(os.getpid)
    for pid in workers.values():
        os.kill(pid, signal.SIGKILL)
    assert all(ends(pid) for pid in crews)
    wait_until(lambda: not set(cluster.client.run(os.getpid).values()) & set(workers.values()))
    cluster.client.wait_for_workers(2, timeout=PATIENCE)


# What stands in the way


def test_a_scheduler_that_does_not_answer_is_said_soon(render: Run, tmp_path: Path) -> None:
    done = render("svd", "--dask", "tcp://127.0.0.1:1")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "no scheduler answers at tcp://127.0.0.1:1" in done.stderr
    assert "dask scheduler" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("address", ["nonsense", "ftp://host:1", ""])
def test_an_address_that_is_none_is_one_line(render: Run, address: str) -> None:
    done = render("svd", "--dask", address)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1, done.stderr


def test_a_worker_that_differs_is_named_with_the_remedy(
    cluster: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scenes.studio.store.versions.libraries", lambda: "numpy 0.1, Python 2.7")
    environment_of.cache_clear()
    try:
        with pytest.raises(UnusableError) as caught:
            DaskPool(cluster.address)
    finally:
        environment_of.cache_clear()
    said = str(caught.value)
    assert said.startswith("worker tcp://127.0.0.1:")
    assert "(and 1 more like it)" in said
    assert "here it is 0.1" in said
    assert "run make setup there" in said
    assert "\n" not in said


def test_everything_that_shows_is_compared() -> None:
    here = environment_of(("en", "zh-Hans"))
    assert {"project", "Python", "manim", "numpy", "av", "font for en", "font for zh-Hans"} <= set(
        here
    )
    assert differences(here, dict(here)) == ""
    other = differences(here, here | {"project": "0"})
    assert "check out the same version there" in other
    assert "install the same font" in differences(here, here | {"font for en": "Comic Sans"})
    assert "does not have this project" in differences(here, ModuleNotFoundError("No module"))


def test_a_worker_that_joins_late_and_differs_is_left_out(
    cluster: SimpleNamespace, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    for room in ("scenes", "lamath", "tests/studio"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(RENDER.parent / room, other / room, ignore=ignored)
    with (other / "lamath" / "__init__.py").open("a") as source:
        source.write("# edited\n")
    enough, joined = cluster.folder / "enough", None
    batch = ask(
        cluster.address, tmp_path, "endless", "--aspect", "16:9,1:1,9:16", "--theme", "dark,light"
    )
    try:
        wait_for_progress(batch)
        late = other / "tests" / "studio" / "dask_worker.py", "--local-directory", tmp_path
        joined = begin(cluster.folder, "late", *late, path=other)
        assert batch.stderr
        told = batch.stderr.readline()
        enough.touch()
        _, stderr = batch.communicate(timeout=PATIENCE)
    finally:
        batch.kill()
        enough.unlink(missing_ok=True)
        if joined is not None:
            end(joined)
    assert told.startswith("render.py: worker tcp://127.0.0.1:")
    assert "is left out: it has project " in told
    assert told.endswith("; check out the same version there, and start the worker again\n")
    assert batch.returncode == 0, stderr
    assert {clip["status"] for clip in listed(tmp_path)["clips"]} == {"rendered"}
    assert len(listed(tmp_path)["clips"]) == 6


def test_a_worker_that_joins_late_and_is_alike_takes_part(
    cluster: SimpleNamespace, pool: DaskPool
) -> None:
    for pid in cluster.client.run(os.getpid).values():
        os.kill(pid, signal.SIGKILL)  # nannies start others, at addresses of their own
    done = [pool.submit(tasks.span) for _ in range(6)]
    assert len({task.result(PATIENCE)[0] for task in done}) == 2
    cluster.client.wait_for_workers(2, timeout=PATIENCE)


def test_a_scheduler_that_is_lost_is_one_line_and_costs_nothing_finished(
    tmp_path: Path, stand_in: Run
) -> None:
    file, started = tmp_path / "scheduler.json", []
    started.append(
        begin(tmp_path, "scheduler", "-m", "distributed.cli.dask_scheduler", "--port", 0)
    )
    batch = None
    try:
        wait_until(file.is_file)
        worker = HERE / "dask_worker.py", "--nthreads", 1, "--local-directory", tmp_path
        started.append(begin(tmp_path, "worker", *worker))
        batch = ask(file, tmp_path, "calm", "endless")
        wait_for_progress(batch, "finished", "calm")
        wait_for_progress(batch, "progress", "endless")
        end(started[0])
        _, stderr = batch.communicate(timeout=PATIENCE)
    finally:
        for each in filter(None, (batch, *started)):
            end(each)
    assert batch.returncode == 1
    said = [line for line in stderr.splitlines() if line.startswith("render.py: ")]
    lost = "render.py: --dask: the scheduler was lost; run this again for the rest"
    assert [line for line in said if "waiting for a worker" not in line] == [lost]
    assert "Traceback" not in stderr
    assert [clip["scene"] for clip in listed(tmp_path)["clips"]] == ["calm"]
    assert [clip["scene"] for clip in listed(tmp_path)["due"]] == ["endless"]
    assert not list(tmp_path.glob("out/.batch-*"))
    (tmp_path / "enough").touch()
    again = stand_in("calm", "endless")
    assert "1 rendered, 1 kept" in again.stderr


def ask(address: object, folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a batch of stand-ins on a cluster."""
    return subprocess.Popen(
        [sys.executable, STAND_IN, *arguments, "--json", "--dask", str(address)],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(),
    )  # fmt: skip


def wait_for_progress(
    batch: subprocess.Popen[str], name: str = "progress", scene: str = "endless"
) -> None:
    """Wait for an event of a batch that concerns a scene."""
    assert batch.stdout
    for line in batch.stdout:
        event = json.loads(line)
        if event["event"] == name and scene in str(event):
            return
    raise AssertionError(f"no {name} of {scene}")


def listed(folder: Path) -> Any:
    return json.loads((folder / "out" / "manifest.json").read_text("utf-8"))


def test_waiting_for_a_scheduler_and_its_first_worker_is_said(tmp_path: Path) -> None:
    scheduler = None
    try:
        batch = subprocess.Popen(
            [sys.executable, RENDER, "svd", "--dask", "scheduler.json"],
            cwd=tmp_path, stderr=subprocess.PIPE, text=True, env=environment(),
        )  # fmt: skip
        assert batch.stderr
        with batch:
            assert batch.stderr.readline().startswith("render.py: waiting for scheduler.json, ")
            scheduler = begin(
                tmp_path, "scheduler", "-m", "distributed.cli.dask_scheduler", "--port", 0
            )
            line: Any = batch.stderr.readline()
            batch.send_signal(signal.SIGINT)
            rest = batch.stderr.read()
        assert line.startswith("render.py: waiting for a worker; start one with: dask worker ")
        assert rest.strip() == "render.py: stopped; what was finished is kept"
        assert batch.returncode == 130
    finally:
        batch.kill()
        if scheduler is not None:
            scheduler.kill()
            scheduler.wait()
