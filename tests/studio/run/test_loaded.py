"""What a process has loaded is told apart from what lies on the disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
