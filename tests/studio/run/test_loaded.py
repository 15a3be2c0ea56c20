"""What a process has loaded is told apart from what lies on the disk."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from processes import wait_until

from scenes.studio.run.loaded import OutdatedError, hold_files
from scenes.studio.store.record import Source

CODE = """
import sys, hashlib
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from scenes.studio.run.loaded import OutdatedError, hold_loaded, note_loaded
note_loaded()
from scenes.studio.request import clip
import scenes.wording
path = Path(clip.__file__)
of = lambda: {"scenes.studio.request.clip": hashlib.sha256(path.read_bytes()).hexdigest()}
first = of()
hold_loaded(first | {"scenes.svd": "not loaded, so it may be anything"})
path.write_text(path.read_text(encoding="utf-8") + "# edited", encoding="utf-8")
hold_loaded(first)
try:
    hold_loaded(of())
except OutdatedError as error:
    print(error)
"""


def test_a_process_knows_what_it_loaded_however_files_change(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE, project], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    said = "scenes.studio.request.clip was edited while clips were drawn; run this again "
    assert done.stdout.startswith(said)


BYTECODE = """
import sys, hashlib, os
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from scenes.studio.run.loaded import OutdatedError, hold_loaded, note_loaded
import scenes
path = Path(scenes.__file__).with_name("odd.py")
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
import py_compile
path.write_text("said = 'before'", encoding="utf-8")
status = path.stat()
py_compile.compile(str(path), doraise=True)
path.write_text("said = 'after!'", encoding="utf-8")
os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
if sys.argv[2] == "noted":
    note_loaded()
import scenes.odd
note_loaded()
hold_loaded({"scenes.odd": hashlib.sha256(path.read_bytes()).hexdigest()})
print(scenes.odd.said)
"""


def test_old_bytecode_does_not_pass_for_a_source_of_the_same_size_and_time(project: Path) -> None:
    def load(when: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", BYTECODE, project, when]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert load("noted").stdout == "after!\n"
    late = load("late")  # as what workers load before anything can be noted
    assert "scenes.odd was edited while clips were drawn" in late.stderr
    assert not list((project / "scenes" / "__pycache__").glob("odd.*"))  # so the next one has it


WORDS = """
import sys, hashlib
from pathlib import Path
from lamath.words import Words
from scenes.studio.run.loaded import OutdatedError, hold_loaded
words = Words(Path(sys.argv[1]) / "scenes" / "locale", "scenes", "zh-Hans")
of = lambda: {words.name: hashlib.sha256(words.path.read_bytes()).hexdigest()}
first, original = of(), words.path.read_bytes()
hold_loaded({words.name: "not read, so it may be anything"})
assert words.catalogue.sha256 == first[words.name]
words.path.write_bytes(original + b"# edited")
hold_loaded(first)
words.messages
words.path.write_bytes(original)
try:
    hold_loaded(first)
except OutdatedError as error:
    print(error)
"""


def test_a_process_knows_which_words_it_read(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WORDS, project], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("zh_Hans/LC_MESSAGES/scenes.po was edited while clips were drawn")


def test_a_file_that_was_other_for_a_while_is_not_what_it_was(tmp_path: Path) -> None:
    path = tmp_path / "w.npy"
    path.write_bytes(b"one")
    before, status = Source.at(path), path.stat()
    hold_files([replace(before, sha256="…", settled=True), Source.at(tmp_path / "none")])

    def was_other() -> bool:
        path.write_bytes(b"two")
        path.write_bytes(b"one")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        return Source.at(path) != before

    wait_until(was_other)
    with pytest.raises(OutdatedError, match=r"w\.npy was edited"):
        hold_files([before])
