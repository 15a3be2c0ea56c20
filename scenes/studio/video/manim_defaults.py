"""Manim as its makers ship it, whatever a manim.cfg on this machine says.

The studio takes Manim from here and from nowhere else, so that this import is the first.
"""

from __future__ import annotations

import configparser
import contextlib
import os
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

__all__ = ["SceneFileWriter", "as_shipped", "environment", "manim"]


@contextlib.contextmanager
def environment(wanted: Mapping[str, str]) -> Iterator[None]:
    """Let the environment be another one for a while."""
    before = dict(os.environ)
    try:
        _set(wanted)
        yield
    finally:
        _set(before)


def _set(wanted: Mapping[str, str]) -> None:
    for name in os.environ.keys() - wanted.keys():
        del os.environ[name]
    os.environ.update(wanted)


@contextlib.contextmanager
def _no_manim_cfg() -> Iterator[None]:
    """Hide the manim.cfg of the user and of the current folder, which Manim reads on import.

    Some of what they set (the renderer, default arguments) can't be undone later,
    and a mistake in one would stop every clip.
    """
    with (
        tempfile.TemporaryDirectory() as empty,
        contextlib.chdir(empty),
        environment(os.environ | {"HOME": empty, "USERPROFILE": empty}),
    ):
        yield


with _no_manim_cfg():
    import manim
    from manim._config.utils import ManimConfig
    from manim.scene.scene_file_writer import SceneFileWriter
    from tqdm import tqdm  # type: ignore[import-untyped]

# Its own lock is a semaphore of the system, which a worker that is killed would leave behind.
tqdm.set_lock(threading.RLock())


@contextlib.contextmanager
def as_shipped(**settings: Any) -> Iterator[None]:
    """Configure Manim as shipped but for `settings`, whoever configured it before."""
    parser = configparser.ConfigParser()
    parser.read(Path(manim.__file__).parent / "_config" / "default.cfg", encoding="utf-8")
    with manim.tempconfig({}):  # puts everything back at the end
        manim.config.update(ManimConfig().digest_parser(parser))
        manim.config.update(settings)
        yield
