"""Who is killed leaves temporary folders, and the next clears them, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from scenes.studio.request.clip import UnusableError
from scenes.studio.store.temporary import TemporaryFolder, is_private

HOLDER = """
import sys, time
from pathlib import Path
from scenes.studio.request.clip import UnusableError
from scenes.studio.store.temporary import TemporaryFolder
print(TemporaryFolder(Path(sys.argv[1])).path.name, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(os.name != "posix", reason="elsewhere nobody may ask who runs")
def test_what_the_killed_left_is_cleared_and_what_is_in_use_is_not(tmp_path: Path) -> None:
    holders = [
        subprocess.Popen(
            [sys.executable, "-c", HOLDER, tmp_path], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    try:
        killed, used = (each.stdout.readline().strip() for each in holders if each.stdout)
        (tmp_path / killed / "beats" / "deep").mkdir(parents=True)
        (tmp_path / killed / "beats" / "one.mp4").touch()
        mine = {"lamath-notes", "lamath-1-a b", f"x{killed}"}
        for name in mine:
            (tmp_path / name).mkdir()
        ended = killed.rpartition("-")[0]
        (tmp_path / f"{ended}-file").write_text("mine")
        (tmp_path / f"{ended}-link").symlink_to(tmp_path / "lamath-notes")
        (tmp_path / "lamath-notes" / "thesis.docx").write_text("mine")
        holders[0].kill()
        holders[0].wait()
        with TemporaryFolder(tmp_path) as folder:
            assert folder.is_dir()
            assert not (tmp_path / killed).exists()
        left = {path.name for path in tmp_path.iterdir()}
        assert left == mine | {used, f"{ended}-file", f"{ended}-link"}
        assert (tmp_path / "lamath-notes" / "thesis.docx").exists()
    finally:
        for each in holders:
            each.kill()
            each.communicate()


@pytest.mark.skipif(os.name != "posix", reason="elsewhere nobody may ask who runs")
def test_a_folder_that_is_held_stays_though_its_process_cannot_be_seen(tmp_path: Path) -> None:
    """As when another container has the same temporary folder."""
    with TemporaryFolder(tmp_path) as folder:
        ended = subprocess.Popen([sys.executable, "-c", ""])
        ended.wait()
        held = folder.rename(tmp_path / f"lamath-{ended.pid}-00")
        TemporaryFolder(tmp_path).close()
        assert held.is_dir()


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_a_folder_that_others_may_write_to_is_not_private(tmp_path: Path) -> None:
    with TemporaryFolder(tmp_path) as folder:
        assert is_private(folder)
        folder.chmod(0o707)
        assert not is_private(folder)
        (tmp_path / "link").symlink_to(folder)
        assert not is_private(tmp_path / "link")
    assert not is_private(folder)


@pytest.mark.parametrize(
    ("name", "why"), [("{x}", "takes braces for templates"), ("no", "No such")]
)
def test_what_no_clip_can_be_drawn_in_is_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, why: str
) -> None:
    (tmp_path / "{x}").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / name))
    with pytest.raises(UnusableError, match=f"{why}.*; name a folder .* in TMPDIR$"):
        TemporaryFolder()
    assert not list((tmp_path / "{x}").iterdir())
