"""What a batch survives, done to it for real."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import av
import pytest
from processes import PATIENCE, ends, of_group, wait_until
from support import STAND_IN, Run, as_png, environment

posix = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")


def begin(folder: Path, *arguments: object) -> subprocess.Popen[str]:
    """Start a batch of stand-ins, in a process group of its own; temporary files are in `tmp`."""
    (folder / "tmp").mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, STAND_IN, *map(str, arguments)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=environment(TMPDIR=str(folder / "tmp")),
    )


def is_drawing(folder: Path, scene: str) -> bool:
    """Whether a worker has begun to write a scene's clip."""
    return any(folder.glob(f"tmp/lamath-*/{scene}*/bundle/*"))


def manifest(out: Path) -> dict[str, Any]:
    listed: dict[str, Any] = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    return listed


def states(out: Path) -> dict[str, str]:
    return {clip["scene"]: clip["status"] for clip in manifest(out)["clips"]}


def hold_true(out: Path, due: tuple[str, ...] = ()) -> None:
    """Hold that all that is there is whole and listed, and that nothing else is."""
    assert {path.name for path in out.iterdir()} <= {
        "clips", "failed", "index.html", "manifest.json",
    }  # fmt: skip
    listed = manifest(out)
    folders = {path.relative_to(out).as_posix() for path in out.glob("[cf]*/*")}
    assert {clip["folder"] for clip in listed["clips"]} == folders
    assert {clip["scene"] for clip in listed["due"]} == set(due)
    assert all(clip["why"] for clip in listed["due"])
    for clip in listed["clips"]:
        for name in clip["files"].values():
            assert (out / name).exists(), name
        facts = json.loads((out / clip["files"]["facts"]).read_text(encoding="utf-8"))
        for name, each in facts["sums"].items():
            data = (out / clip["folder"] / name).read_bytes()
            assert each["sha256"] == hashlib.sha256(data).hexdigest(), name
        if "video" in clip["files"]:
            with av.open(str(out / clip["files"]["video"])) as video:
                assert sum(1 for _ in video.decode(video=0)) == clip["frames"]


@pytest.mark.skipif(sys.platform != "linux", reason="only /proc tells which one films")
def test_a_worker_is_killed_and_a_scene_fails_once(tmp_path: Path) -> None:
    batch = begin(tmp_path, "endless", "flaky", "--jobs", 1)
    begun = tmp_path / "out"
    wait_until(lambda: is_drawing(tmp_path, "endless"))
    (worker,) = wait_until(lambda: workers_of(batch))
    os.kill(worker, signal.SIGKILL)
    (tmp_path / "enough").touch()
    _, stderr = batch.communicate(timeout=PATIENCE)
    assert batch.returncode == 0, stderr
    assert (tmp_path / "tried").exists()
    assert states(begun) == {"flaky": "rendered", "endless": "rendered"}
    hold_true(begun)


@pytest.mark.skipif(sys.platform != "linux", reason="only /proc tells who starts")
def test_a_worker_is_killed_while_it_starts(tmp_path: Path) -> None:
    batch = begin(tmp_path, "calm", "--jobs", 1)
    try:
        (worker,) = wait_until(lambda: starting(batch))
        os.kill(worker, signal.SIGKILL)
        _, stderr = batch.communicate(timeout=PATIENCE)
    finally:
        batch.kill()
    assert batch.returncode == 0, stderr
    assert states(tmp_path / "out") == {"calm": "rendered"}
    hold_true(tmp_path / "out")


def starting(batch: subprocess.Popen[str]) -> list[int]:
    """The workers of a batch, however little they have loaded."""
    return [
        pid
        for pid in of_group(batch.pid) - {batch.pid}
        if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


def workers_of(batch: subprocess.Popen[str]) -> list[int]:
    """The processes of a batch that film; they alone have loaded the encoder."""
    return [
        pid
        for pid in of_group(batch.pid) - {batch.pid}
        if "libx264" in Path(f"/proc/{pid}/maps").read_text(errors="replace")
    ]


@posix
def test_the_batch_itself_is_killed(tmp_path: Path, stand_in: Run) -> None:
    batch, out = begin(tmp_path, "calm", "endless", "--jobs", 2), tmp_path / "out"
    wait_until(lambda: list(out.glob("clips/calm*")) and "calm" in states(out))
    pids = of_group(batch.pid)
    batch.kill()
    batch.communicate(timeout=PATIENCE)
    assert all(ends(pid) for pid in pids)
    assert states(out) == {"calm": "rendered"}
    hold_true(out, due=("endless",))
    assert manifest(out)["due"][0]["why"] == "new"

    (tmp_path / "enough").touch()
    again = stand_in("calm", "endless", "--json")
    assert again.returncode == 0, again.stderr
    summary = json.loads(again.stdout.splitlines()[-1])
    assert (summary["kept"], summary["rendered"]) == (1, 1)
    hold_true(out)


@pytest.mark.parametrize(
    ("scene", "limit", "error"),
    [
        ("hangs", ("--timeout", 5), "it was given up after 5 s (in beat 'first', "),
        ("greedy", ("--memory", 700), "it needed more than 700 MB of memory (in beat 'first', "),
    ],
)
def test_a_scene_hangs_or_eats_memory(
    stand_in: Run, tmp_path: Path, scene: str, limit: tuple[str, int], error: str
) -> None:
    done = stand_in("calm", scene, "--jobs", 2, *limit)
    assert done.returncode == 1
    out = tmp_path / "out"
    assert states(out) == {"calm": "rendered", scene: "failed"}
    hold_true(out)
    (lost,) = (clip for clip in manifest(out)["clips"] if clip["status"] == "failed")
    assert lost["error"].startswith(error)
    assert lost["beat"] == "first"
    assert 0 < lost["time"] < 10
    assert f"    alone: {lost['command']}\n" in done.stderr
    assert f"    log:   out/{lost['log']}\n" in done.stderr


@posix
def test_the_second_batch_in_a_folder_waits_for_the_first(tmp_path: Path) -> None:
    first, out = begin(tmp_path, "endless", "--jobs", 1), tmp_path / "out"
    wait_until(lambda: list(out.glob(".batch-*")))
    second = begin(tmp_path, "endless", "calm")
    assert second.stderr
    said = second.stderr.readline()
    assert f"process {first.pid} renders into {out}; waiting" in said
    (tmp_path / "enough").touch()
    for batch in (first, second):
        _, stderr = batch.communicate(timeout=PATIENCE)
        assert batch.returncode == 0, stderr
    assert "endless · [1 0; 0 1] · en · 16:9 — kept" in stderr
    assert states(out) == {"endless": "rendered", "calm": "rendered"}
    hold_true(out)


# A place to draw


def test_clips_are_drawn_where_no_link_in_out_leads(tmp_path: Path, stand_in: Run) -> None:
    batch, out, outside = begin(tmp_path, "endless", "--jobs", 1), tmp_path / "out", tmp_path / "x"
    outside.mkdir()
    (outside / "thesis.docx").write_text("mine")
    wait_until(lambda: is_drawing(tmp_path, "endless"))
    (place,) = (tmp_path / "tmp").iterdir()
    if os.name == "posix":
        assert place.stat().st_mode & 0o777 == 0o700
    (batch_folder,) = out.glob(".batch-*")
    batch_folder.rename(tmp_path / "aside")
    batch_folder.symlink_to(outside, target_is_directory=True)
    (tmp_path / "enough").touch()
    _, stderr = batch.communicate(timeout=PATIENCE)
    assert batch.returncode == 1
    assert "Traceback" not in stderr
    assert [path.name for path in outside.iterdir()] == ["thesis.docx"]
    assert not list((tmp_path / "tmp").iterdir())
    batch_folder.unlink()
    again = stand_in("endless")
    assert again.returncode == 0, again.stderr
    hold_true(out)


@posix
def test_all_of_a_batch_is_killed(tmp_path: Path) -> None:
    batch, temporary = begin(tmp_path, "endless", "--jobs", 1), tmp_path / "tmp"
    wait_until(lambda: is_drawing(tmp_path, "endless"))
    pids = of_group(batch.pid)
    os.killpg(batch.pid, signal.SIGKILL)
    batch.communicate(timeout=PATIENCE)
    assert all(ends(pid) for pid in pids)
    (left,) = temporary.iterdir()
    (tmp_path / "enough").touch()
    for done in ("1 rendered, 0 kept", "0 rendered, 1 kept"):
        again = begin(tmp_path, "endless")
        assert done in again.communicate(timeout=PATIENCE)[1]
        assert not list(temporary.iterdir())
        left.mkdir()  # though nothing is due


def test_the_folder_for_temporary_files_is_full(disk: Path, stand_in: Run, tmp_path: Path) -> None:
    (disk / "full").write_bytes(bytes(940 * 1024))
    done = stand_in("calm", "--jobs", 1, TMPDIR=str(disk))
    assert done.returncode == 1
    said = "No space left on device"
    assert said in done.stderr
    assert "; name a folder with room for them in TMPDIR" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in disk.iterdir()] == ["full"]
    hold_true(tmp_path / "out")


# Edits


def captions(out: Path) -> set[str]:
    """What the clips of a folder say, as their records have it."""
    records = [json.loads(path.read_text("utf-8")) for path in out.glob("clips/*/clip.json")]
    return {beat["caption"] for record in records for beat in record["beats"]}


QUESTION = "Is 0 < 1 & <i>true</i>?"


class Edit(NamedTuple):
    """What somebody edits while a clip is drawn, and what the clip says by it."""

    arguments: tuple[str, ...]
    path: Path
    before: bytes
    after: bytes
    says: tuple[str, str]


def of_a_source(project: Path) -> Edit:
    path = project / "tests" / "studio" / "stand_ins.py"
    before = path.read_bytes()
    after = before.replace(QUESTION.encode(), QUESTION.upper().encode())
    return Edit(("endless",), path, before, after, (QUESTION, QUESTION.upper()))


def of_words(project: Path) -> Edit:
    path = project / "scenes" / "locale" / "zh_Hans" / "LC_MESSAGES" / "scenes.po"
    texts = path.read_bytes()
    before, after = (
        texts + f'\nmsgid "{QUESTION}"\nmsgstr "{said}"\n'.encode() for said in ("前", "后")
    )
    return Edit(("endless", "--language", "zh-Hans"), path, before, after, ("前", "后"))


def of_a_picture(project: Path) -> Edit:
    path = project / "p.png"
    before, after = as_png(), as_png(7)
    return Edit(("pictured", "--image", str(path)), path, before, after, ("4 wide.", "7 wide."))


@pytest.mark.parametrize("is_put_back", [True, False])
@pytest.mark.parametrize("edit", [of_a_source, of_words, of_a_picture])
def test_a_clip_is_what_its_key_says_though_somebody_edits(
    project: Path, tmp_path: Path, edit: Callable[[Path], Edit], is_put_back: bool
) -> None:
    stage, out = project / "tests" / "studio", tmp_path / "out"
    stage.mkdir(parents=True)
    for name in ("stand_in.py", "stand_ins.py"):
        shutil.copy(STAND_IN.parent / name, stage)
    arguments, path, before, after, says = edit(project)
    path.write_bytes(before)
    status = path.stat()
    command = [sys.executable, stage / "stand_in.py", *arguments]
    (tmp_path / "tmp").mkdir()
    env = environment(PYTHONPATH=str(project), TMPDIR=str(tmp_path / "tmp"))
    settings = {"cwd": tmp_path, "text": True, "env": env}
    batch = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **settings)
    try:
        wait_until(lambda: list(out.glob(".batch-*")))  # all is planned
        path.write_bytes(after)
        wait_until(lambda: is_drawing(tmp_path, "[ep]") or batch.poll() is not None)
        if is_put_back:
            path.write_bytes(before)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        (tmp_path / "enough").touch()
        _, stderr = batch.communicate(timeout=PATIENCE)
    finally:
        batch.kill()
    assert batch.returncode == 0, stderr
    assert captions(out) == {says[0] if is_put_back else says[1]}
    again = subprocess.run(command, capture_output=True, check=False, **settings)
    assert "0 rendered, 1 kept" in again.stderr


# Disks


def mounted(folder: Path, options: str) -> None:
    """Mount a small disk, or change it."""
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("no disk may be mounted here")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    if shutil.which("mount") is None or sys.platform != "linux":
        pytest.skip("no disk can be mounted here")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted(folder, "size=960k")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_the_disk_is_full(disk: Path, stand_in: Run) -> None:
    out, ask = disk / "out", ("calm", "chatty", "--format", "png-sequence", "--jobs", 1)
    done = stand_in(*ask, "--out", out)
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert states(out) == {"calm": "rendered", "chatty": "failed"}
    hold_true(out)

    mounted(disk, "remount,size=8m")
    done = stand_in(*ask, "--out", out)
    assert done.returncode == 0, done.stderr
    assert states(out) == {"calm": "rendered", "chatty": "rendered"}
    hold_true(out)


def test_no_byte_is_left_on_the_disk(disk: Path, stand_in: Run) -> None:
    (disk / "full").write_bytes(bytes(860 * 1024))
    done = stand_in("calm", "--out", disk / "out")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "No space left on device" in done.stderr
    assert [path.name for path in disk.iterdir()] == ["full"]


@posix
def test_a_file_grows_too_large(tmp_path: Path) -> None:
    """As on a full disk, where none can be mounted."""
    limited = f'ulimit -f 260; exec "{sys.executable}" "{STAND_IN}" "$@"'
    done = subprocess.run(
        ["bash", "-c", limited, "", "calm", "--format", "gif", "-q", "m"],
        cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE, check=False,
        env=environment(),
    )  # fmt: skip
    out = tmp_path / "out"
    assert done.returncode == 1
    assert "File too large" in done.stderr
    assert states(out) == {"calm": "failed"}
    hold_true(out)


def test_the_folder_is_read_only(disk: Path, stand_in: Run) -> None:
    out = disk / "out"
    assert stand_in("calm", "--out", out).returncode == 0
    before = (out / "manifest.json").read_bytes()
    mounted(disk, "remount,ro")
    kept = stand_in("calm", "--out", out)
    assert kept.returncode == 0, kept.stderr
    refused = stand_in("chatty", "--out", out)
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "can't be written to" in refused.stderr
    assert (out / "manifest.json").read_bytes() == before
    hold_true(out)
