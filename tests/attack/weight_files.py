"""Hostile files of weights: each is measured or refused in one line, in bounded memory."""

from __future__ import annotations

import io
import json
import os
import pickle
import resource
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import house
import numpy as np

__all__ = ["attack"]

SHAPES: tuple[Any, ...] = (
    (3, 4), (0, 4), (), (4,), (2, 2, 2), (-1, 4), (2**31, 2**31), (2**62, 2), (10**400, 1),
    (1, 10**9), (262144, 262144), (1,) * 40, (True, 2), (1.5, 2), ("a",), (3, 5), (2**20, 2**20),
)  # fmt: skip
KINDS = (
    "<f4",
    "<f8",
    ">f4",
    "<f2",
    "|b1",
    "<i8",
    "<u8",
    "|O",
    "<c8",
    "|S5",
    "|V3",
    "<U4",
    "f16",
    "<M8[s]",
)


def _npy(rng: Random) -> bytes:
    text = repr({
        "descr": rng.choice(KINDS), "fortran_order": rng.choice([True, False, 1, None]),
        "shape": rng.choice(SHAPES),
    })  # fmt: skip
    text = rng.choice(
        [text, text, text, "(" * 5000, "__import__('os').abort()", text * 500, "{" + text]
    )
    length = rng.choice([len(text)] * 6 + [0, 2**16 - 1, 5])
    version, width = rng.choice(
        [(b"\x01\x00", "<H"), (b"\x02\x00", "<I"), (b"\x03\x00", "<I"), (b"\x09\x00", "<I")]
    )
    data = rng.choice([bytes(48), bytes(96), b"", rng.randbytes(96), b"\x7f" * 96, b"\xff" * 96])
    return b"\x93NUMPY" + version + struct.pack(width, length) + text.encode() + data


class Payload:
    """Runs a command, if anybody unpickles it."""

    def __reduce__(self) -> Any:
        return os.mkdir, ("ran",)


def _pickled() -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        file, {"descr": "|O", "fortran_order": False, "shape": (1, 1)}
    )
    return file.getvalue() + pickle.dumps(Payload())


NAMES = (
    "w.npy",
    "../../around/x.npy",
    "/etc/x.npy",
    "\x1b[31m.npy",
    "\u202e.npy",
    "a" * 5000 + ".npy",
    ".npy",
    "x.txt",
)


def _npz(rng: Random, path: Path) -> None:
    method = rng.choice(
        [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
    )
    warnings.simplefilter("ignore")  # names may come twice
    with zipfile.ZipFile(path, "w", method) as archive:
        for _ in range(rng.choice([0, 1, 1, 2, 3])):
            archive.writestr(
                rng.choice(NAMES), rng.choice([_npy(rng), _good(), _pickled(), b"", bytes(10**6)])
            )


def _good(shape: tuple[int, int] = (3, 4), scale: float = 1.0) -> bytes:
    file = io.BytesIO()
    np.save(file, np.arange(1.0, shape[0] * shape[1] + 1).reshape(shape) ** 2 * scale)
    return file.getvalue()


def _safetensors(rng: Random) -> bytes:
    entry = {
        "dtype": rng.choice(["F32", "F64", "BF16", "F16", "I64", "BOOL", "F8_E4M3", "X", 5, None]),
        "shape": rng.choice([[3, 4], [], [0, 1], [-1, 4], [2**40, 2**40], [3], "x", [1.5], [True]]),
        "data_offsets": rng.choice([[0, 48], [0, 10**18], [48, 0], [-1, 5], [0], "x", [0, 24]]),
    }
    header: Any = {rng.choice(["w", "\x1b[31m", "\u202e", "", "a" * 3000, "__metadata__"]): entry}
    text = rng.choice(
        [json.dumps(header)] * 5 + ["[" * 50_000, "{" * 10, "null", '{"a":' * 2000]
    ).encode()
    length = rng.choice([len(text)] * 5 + [2**63, 0, len(text) - 1, 99_999_999])
    return struct.pack("<Q", length) + text + bytes(rng.choice([48, 0, 24, 96]))


def _bomb(rng: Random, path: Path) -> None:
    head = io.BytesIO()
    rows = rng.choice([8_000, 28_000, 60_000])
    np.lib.format.write_array_header_1_0(
        head, {"descr": "<f4", "fortran_order": False, "shape": (rows, rows)}
    )
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("w.npy", "w", force_zip64=True) as file,
    ):
        file.write(head.getvalue())
        for _ in range(min(16, 4 * rows * rows >> 24)):
            file.write(bytes(2**24))


def _broken(rng: Random, path: Path) -> None:
    if path.suffix == ".npz":
        np.savez_compressed(path, w=np.eye(20), v=np.ones((3, 3)))
    elif path.suffix == ".npy":
        path.write_bytes(_good((20, 20)))
    else:
        from safetensors.numpy import save_file

        save_file({"w": np.eye(20, dtype=np.float32)}, path)
    data = bytearray(path.read_bytes())
    for _ in range(rng.randint(1, 8)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    path.write_bytes(data[: rng.choice([len(data), len(data), rng.randrange(len(data))])])


def _numbers(rng: Random) -> bytes:
    scale = rng.choice(
        [1e308, 1e300, 1e160, 1e-160, 5e-324, float("nan"), float("inf"), -1e305, 0.0]
    )
    file = io.BytesIO()
    with np.errstate(all="ignore"):
        np.save(file, rng.choice([np.eye(3), np.ones((3, 3)), np.diag([1.0, 1e-9, 0])]) * scale)
    return file.getvalue()


def _sparse(rng: Random, path: Path) -> None:
    side = rng.choice([30_000, 262_144])
    path.write_bytes(b"")
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(
            file, {"descr": "<f4", "fortran_order": False, "shape": (side, side)}
        )
        file.truncate(4 * side * side + 128)


def _plain(
    suffix: str, make: Callable[[Random], bytes]
) -> tuple[str, Callable[[Random, Path], object]]:
    return suffix, lambda rng, path: path.write_bytes(make(rng))


MAKERS: dict[str, tuple[str, Callable[[Random, Path], object]]] = {
    "an odd header: .npy": _plain(".npy", _npy),
    "an odd archive": (".npz", _npz),
    "an odd header: .safetensors": _plain(".safetensors", _safetensors),
    "bytes are changed: .npy": (".npy", _broken),
    "bytes are changed: .npz": (".npz", _broken),
    "bytes are changed: .safetensors": (".safetensors", _broken),
    "numbers at the end of floats": _plain(".npy", _numbers),
    "unpacks to too much": (".npz", _bomb),
    "a file with holes": (".npy", _sparse),
    "pickled objects": _plain(".npy", lambda rng: _pickled()),
    "not what its name says": _plain(".safetensors", lambda rng: _good()),
    "nothing": _plain(".npz", lambda rng: b""),
}


def attack(root: Path, rng: Random) -> tuple[str, list[str]]:
    """Write such a file, look at it as `lamath --weights` does, and say what does not hold."""
    from lamath import cli

    world = house.World(root)
    kind = rng.choice(sorted(MAKERS))
    suffix, make = MAKERS[kind]
    path = world.work / rng.choice([f"w{suffix}", f"{'n' * 200}{suffix}"])
    try:
        make(rng, path)
    except (OSError, ValueError, OverflowError):
        path.write_bytes(b"")
    before = house.picture(world.work) if path.stat().st_size < 2**27 else None
    said = rng.choice([(), ("--json",), ("--heads", "1"), ("--tensor", "w")])

    def look() -> None:
        import sys

        sys.argv = ["lamath", "--weights", path.name, *said]
        began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            cli.main()
        finally:
            more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - began) // 1024
            (world.root / "memory").write_text(str(more))

    batch = house.Batch(world, "--weights", path.name, *said, instead=look)
    batch.wait()
    found = world.problems()
    if batch.code not in (0, 2):
        found.append(f"it ended with {batch.code}: {batch.said[-200:]!a}")
    if batch.code == 2 and len(batch.said.splitlines()) != 1:
        found.append(f"it said {len(batch.said.splitlines())} lines")
    if max(map(len, batch.said.splitlines()), default=0) > 20_000:
        found.append("a line is too long")
    if int((world.root / "memory").read_text()) > 1500:
        found.append(f"it took {(world.root / 'memory').read_text()} MB")
    if before is not None and house.picture(world.work) != before:
        found.append("something was written")
    return kind, found
