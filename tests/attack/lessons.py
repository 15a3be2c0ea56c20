"""Hostile lesson files: each is read, or refused in lines that a teacher can use."""

from __future__ import annotations

import resource
import signal
import time
from pathlib import Path
from random import Random

import house
import numpy as np

from scenes.studio.request.clip import UnusableError
from scenes.studio.request.lesson import plan_lesson

__all__ = ["attack"]

GOOD = """\
title = "First steps"
languages = ["en", "zh-Hans"]
aspects = ["16:9"]
quality = "l"
theme = "dark"

[[text]]
title = "Look"
body.en = "What can undo a matrix?"
body.zh-Hans = "?"

[[clip]]
scene = "calm"
id = "first-look"
title = "A clip"
matrix = [[2, 1], [1, 3]]

[[clip]]
scene = "weighs"
weights = "w.npy"
image = "p.png"

[[question]]
prompt = "Is it?"
answer = "It is."
"""

SIGNS = (
    "[", "]", "[[", "]]", "{", "}", '"', '"""', "'''", "'", "\\", "\\u0000", "\\ud800", "\0", "\n",
    "\r", "=", ".", ",", "#", "0x", "0x" + "f" * 4000, "9" * 5000, "1e999", "-1e-999", "nan", "inf",
    "-inf", "1979-05-27", "07:32:00", "true", "\u202e", "\x1b[31m", "\ud7ff", "😀", "é" * 400,
    "../../around/secret.txt", "/etc/passwd", "file:///etc/passwd", "<script>", "{{7*7}}", "{0}",
    "%s", "title", "clip", "scene", "languages", "__class__", "en", "[" * 500, "{a=" * 300,
    "a." * 300, "x" * 100_000, "\n[[clip]]\nscene = 'calm'" * 600, "\ufeff", "\t" * 50,
)  # fmt: skip

FIELDS = (
    "title", "languages", "aspects", "quality", "theme", "formats", "captions", "scene", "id",
    "matrix", "vector", "weights", "tensor", "image", "body", "prompt", "answer", "clip", "text",
)  # fmt: skip

VALUES = (
    "0", "-1", "1.5", "nan", "true", '""', '" "', '"\\u0000"', "[]", "[[]]", "[[[1]]]", "{}",
    "{en = 1}", '{en = ""}', '["en", "en"]', '["xx"]', "[1, [2]]", '"../w.npy"', '"/dev/zero"',
    '"w.npy/."', '"link.npy"', '"."', '"pipe.npy"', '"1 2; 3"', '"1e300 1; 1 1"',
    '"sqrt(-1) 0; 0 1"', "1979-05-27", '"' + "a" * 3000 + '"', "0x" + "f" * 4000,
    "[[1e400, 1], [1, 1]]", "[[nan, 1], [1, 1]]", '"' + "(" * 3000 + '"', '"1/0 1; 1 1"',
    '"' + "9" * 400 + ' 1; 1 1"', '["mp4", "gif", "png"]', '"\\u202e"', '"<b>bold</b>"',
    "[" + "1," * 5000 + "]", '{zh-Hans = "x"}', '"$(reboot)"',
)  # fmt: skip


def _bytes(rng: Random) -> tuple[str, bytes]:
    data = bytearray(GOOD.encode())
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(data))
        data[at : at + rng.randint(0, 4)] = rng.randbytes(rng.randint(0, 3))
    return "bytes are changed", bytes(data)


def _signs(rng: Random) -> tuple[str, bytes]:
    text = GOOD
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(text))
        text = text[:at] + rng.choice(SIGNS) + text[at + rng.choice([0, 0, 1, 10]) :]
    return "odd signs", text.encode("utf-8", "surrogatepass")


def _fields(rng: Random) -> tuple[str, bytes]:
    lines = GOOD.splitlines()
    for _ in range(rng.randint(1, 5)):
        line = f"{rng.choice(FIELDS)} = {rng.choice(VALUES)}"
        at = rng.randrange(len(lines))
        lines[at : at + rng.choice([0, 1])] = [line]
    return "odd values", "\n".join(lines).encode("utf-8", "surrogatepass")


def _lines(rng: Random) -> tuple[str, bytes]:
    lines = GOOD.splitlines()
    for _ in range(rng.randint(1, 6)):
        how = rng.randrange(3)
        at = rng.randrange(len(lines))
        if how == 0:
            del lines[at]
        elif how == 1:
            lines.insert(rng.randrange(len(lines)), lines[at])
        else:
            lines[at] = lines[at][: rng.randrange(len(lines[at]) + 1)]
        lines = lines or [""]
    return "lines are moved", "\n".join(lines).encode()


def _noise(rng: Random) -> tuple[str, bytes]:
    data = rng.choice([
        rng.randbytes(rng.randint(0, 4000)), b"", b"\xff\xfe" + GOOD.encode("utf-16-le"),
        GOOD.encode() * 2, b"\0" * 10_000, b"[" * 200_000, b"a=1\n" * 60_000, b"x" * 300_000,
    ])  # fmt: skip
    return "no lesson at all", data


MAKERS = (_bytes, _signs, _fields, _fields, _lines, _noise)


def attack(root: Path, rng: Random) -> tuple[str, list[str]]:
    """Write a lesson that is not one, and say what does not hold when it is planned."""
    world = house.World(root)
    np.save(world.work / "w.npy", np.eye(2))
    (world.work / "link.npy").symlink_to(world.around / "secret.txt")
    with (world.work / "p.png").open("wb") as file:
        from PIL import Image

        Image.new("RGB", (4, 3)).save(file, "PNG")
    kind, data = rng.choice(MAKERS)(rng)
    file_ = world.work / rng.choice(["lesson.toml", "第 7 课.toml", "a b'c.toml", "{x}.toml"])
    file_.write_bytes(data)
    before = house.picture(world.work)
    if rng.random() < 0.04:  # as a teacher does
        batch = world.run("--lesson", file_.name, "--plan")
        found = world.problems()
        found += [f"it ended with {batch.code}"] if batch.code not in (0, 2) else []
    else:
        found = _planned(file_)
    if house.picture(world.work) != before:
        found.append("something was written")
    return kind, found


def _planned(path: Path) -> list[str]:
    began, peak = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    signal.alarm(60)
    found = []
    try:
        planned = plan_lesson(path)
    except UnusableError as error:
        lines = str(error).splitlines()
        found += [f"it says {line!a}" for line in lines if not line.isprintable()][:3]
        found += ["a line is too long"] if max(map(len, lines), default=0) > 1000 else []
        found += ["there are too many lines"] if not 1 <= len(lines) <= 60 else []
    except BaseException as error:
        found.append(f"{type(error).__name__}: {error}"[:300])
    else:
        ids = [clip.id for clip in planned.clips]
        found += [f"an id is {id!a}" for id in ids if not id.isascii() or "/" in id or ".." in id]
        found += ["its folder leads out"] if "/" in planned.folder or ".." in planned.folder else []
    signal.alarm(0)
    took = time.monotonic() - began
    found += [f"it took {took:.0f} s"] if took > 30 else []
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak) / 1024
    return found + ([f"it took {more:.0f} MB"] if more > 500 else [])
