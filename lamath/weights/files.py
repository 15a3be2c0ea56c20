"""Matrices from files of weights: mapped, checked, and never unpickled."""

from __future__ import annotations

import json
import math
import operator
import os
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import DTypeLike, NDArray

from lamath._numbers.parse import on_one_line, shortened
from lamath.errors import MatrixError, ShapeError, WeightsError

if TYPE_CHECKING:
    from os import PathLike
    from zipfile import ZipInfo

__all__ = [
    "MAX_BYTES", "Tensor", "check_finite", "check_shape", "check_size", "load", "tensors",
]  # fmt: skip

MAX_BYTES: Final = 2**30
"""The most bytes that a tensor may have, as it is in memory, unless somebody asks for more."""
MAX_HEADER: Final = 65_536
"""The most bytes that are read of an array's header."""
MAX_LIST: Final = 16 * 2**20
"""The most bytes in which a file may list its tensors; the largest models take some thousand."""
_Order: TypeAlias = Literal["C", "F"]
_BLOCK: Final = 2**20
"""Numbers that are looked at together, so that looking takes no memory to speak of."""


class Tensor(NamedTuple):
    """What a file says about one of its tensors."""

    shape: tuple[int, ...]
    """The lengths of its dimensions."""
    stored: str
    """The name of its numbers, such as ``float32`` or ``bfloat16``."""


class _Held(NamedTuple):
    """A tensor in a file, not yet read."""

    tensor: Tensor
    read: Callable[[], NDArray[Any]]


_Contents: TypeAlias = Mapping[str, Callable[[], _Held]]


def tensors(path: str | PathLike[str]) -> dict[str, Tensor]:
    """List the tensors of a ``.npy``, ``.npz`` or ``.safetensors`` file, reading headers only.

    The tensor of a ``.npy`` file has the name of the file.

    Raises
    ------
    WeightsError
        If the file is missing or is not what its name says.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     np.savez(f"{folder}/layer.npz", weight=np.eye(2), bias=np.zeros(2))
    ...     tensors(f"{folder}/layer.npz")
    {'weight': Tensor(shape=(2, 2), stored='float64'), 'bias': Tensor(shape=(2,), stored='float64')}
    """
    path = Path(path)
    with _telling(path):
        return {name: held().tensor for name, held in _contents(path).items()}


def load(
    path: str | PathLike[str], name: str | None = None, *, limit: int = MAX_BYTES
) -> NDArray[Any]:
    """Read one matrix from a ``.npy``, ``.npz`` or ``.safetensors`` file.

    Nothing is ever unpickled, so no file can run code. The matrix is mapped: it stays
    on disk and is read-only. Only what can't be mapped is copied into memory: a
    compressed ``.npz``, and bfloat16, which numpy does not know and which is widened to
    float32 without changing a number. float16 stays as it is. How much that will be is
    known from the header, before anything is read.

    Parameters
    ----------
    path
        The file; its suffix says what it is.
    name
        Which tensor; it may be left out where there is only one.
    limit
        The most bytes that it may take, mapped or not: 1 GiB, unless you give more.

    Raises
    ------
    WeightsError
        If the file is missing, not what its name says or cut off; if it has no tensor
        of that name (the nearest names are told); if the numbers are of another kind
        or more than the limit allows.
    ShapeError
        If the tensor is no matrix.
    MatrixError
        If it holds NaN or infinity.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     np.savez(f"{folder}/layer.npz", weight=np.eye(2), bias=np.zeros(2))
    ...     load(f"{folder}/layer.npz", "weight").tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    path = Path(path)
    with _telling(path):
        found = _contents(path)
        held = _choose(path, found, name)()
        what = f"{shortened(name)} in {_called(path)}" if name else _called(path)
        tensor = held.tensor
        check_shape(tensor.shape, what)
        check_size(tensor, what, limit, "choose a smaller one or raise the limit (--limit)")
        array = held.read()
        check_finite(array, what)
        return array


def _in_words(count: int) -> str:
    """Write a number of bytes, rounded to what people can compare.

    >>> _in_words(2**30), _in_words(5 * 2**20), _in_words(10**30)
    ('1 GB', '5 MB', 'more than 1000 GB')
    """
    if count > 1000 * 2**30:
        return "more than 1000 GB"
    unit, name = (2**30, "GB") if count >= 2**30 else (2**20, "MB")
    return f"{count / unit:.3g} {name}"


def _called(path: Path) -> str:
    return shortened(str(path), 100)


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Turn whatever a broken file causes into one line about it."""
    try:
        yield
    except MatrixError:
        raise
    except FileNotFoundError:
        raise WeightsError(f"there is no file {_called(path)}; check the path") from None
    except (PermissionError, IsADirectoryError) as problem:
        raise WeightsError(f"{_called(path)} can't be read: {problem.strerror}") from None
    except ImportError:
        raise
    except MemoryError:
        raise WeightsError(
            f"{_called(path)} holds more than fits in memory; save it without compression"
        ) from None
    except Exception as problem:  # a hostile file can make a reader raise anything
        said = on_one_line(str(problem) or type(problem).__name__, 80)
        raise _broken(path, said) from None


def _broken(path: Path, why: str) -> WeightsError:
    return WeightsError(
        f"{_called(path)} is not a whole {path.suffix.lower()} file ({why}); save or download it "
        "again"
    )


def _contents(path: Path) -> _Contents:
    suffix = path.suffix.lower()
    if suffix in (".pt", ".pth", ".bin", ".ckpt", ".pkl", ".pickle"):
        raise WeightsError(
            f"{_called(path)} may hold pickled objects, which run code when read; "
            "save it as .safetensors"
        )
    reader = {".npy": _npy, ".npz": _npz, ".safetensors": _safetensors}.get(suffix)
    if reader is None:
        raise WeightsError(
            f"{_called(path)} is none of .npy, .npz and .safetensors; save the weights as one"
        )
    if not path.exists():
        raise FileNotFoundError
    if not path.is_file():
        raise WeightsError(f"{_called(path)} is not a file; give one")
    return reader(path)


def _choose(path: Path, found: _Contents, name: str | None) -> Callable[[], _Held]:
    if not found:
        raise WeightsError(f"{_called(path)} holds no tensors; give another file")
    if name is None:
        if len(found) > 1:
            raise WeightsError(
                f"{_called(path)} holds {len(found)} tensors; name one, such as {_some(found)}"
            )
        return next(iter(found.values()))
    if name in found:
        return found[name]
    from difflib import get_close_matches

    near = get_close_matches(name, found, n=3, cutoff=0.6)
    near += [each for each in found if name in each and each not in near][:3]
    raise WeightsError(
        f"{_called(path)} has no tensor {shortened(name)}; "
        + (f"near it are {_some(near)}" if near else f"it has {_some(found)}")
    )


def _some(names: Any) -> str:
    listed = list(names)
    text = ", ".join(shortened(each, 80) for each in listed[:3])
    return text + (" …" if len(listed) > 3 else "")


def _mapped(
    path: Path, dtype: DTypeLike, shape: tuple[int, ...], offset: int, order: _Order = "C"
) -> NDArray[Any]:
    """Map a part of a file that has been seen to be there."""
    return np.memmap(path, dtype, "r", offset, shape, order)


class _Header(NamedTuple):
    """The header of a .npy file."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    order: _Order
    size: int

    @property
    def bytes(self) -> int:
        """How many bytes should follow it."""
        return math.prod(self.shape) * self.dtype.itemsize

    @property
    def tensor(self) -> Tensor:
        return Tensor(self.shape, self.dtype.name)


_READ: Final = frozenset(
    ["bfloat16", "bool", "float16", "float32", "float64", "float96", "float128"]
    + [f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)]
)

_KINDS: Final = {"object": "pickled objects"}


def _header(file: IO[bytes]) -> _Header:
    version = np.lib.format.read_magic(file)
    width = 2 if version == (1, 0) else 4
    start = file.read(width)
    length = int.from_bytes(start, "little")
    if length > MAX_HEADER:
        raise ValueError(f"a header of {length} bytes")
    text = file.read(length)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about headers that Python 2 wrote
        # version 3 differs in the names of fields only, and an array with fields is not read
        found: Any = np.lib.format
        parse = found.read_array_header_1_0 if width == 2 else found.read_array_header_2_0
        shape, fortran, dtype = parse(BytesIO(start + text))
    if any(each < 0 for each in shape):
        raise ValueError("a negative length")
    return _Header(dtype, shape, "F" if fortran else "C", 8 + width + length)


def _npy(path: Path) -> _Contents:
    with path.open("rb") as file:
        header = _header(file)

    def read() -> NDArray[Any]:
        if header.size + header.bytes > path.stat().st_size:
            raise ValueError("it is cut off")
        return _mapped(path, header.dtype, header.shape, header.size, header.order)

    return {path.stem: lambda: _Held(header.tensor, read)}


def _npz(path: Path) -> _Contents:
    from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

    _hold_list(_directory_size(path))
    archive = ZipFile(path)  # closed when nobody needs the list any more
    members = [each for each in archive.infolist() if each.filename.endswith(".npy")]

    def held(member: ZipInfo) -> _Held:
        if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # others take gigabytes to begin
            raise ValueError("numpy does not compress like this")
        with archive.open(member) as file:
            header = _header(file)
        return _Held(header.tensor, lambda: _member(path, member, header))

    return {each.filename.removesuffix(".npy"): partial(held, each) for each in members}


def _hold_list(size: int) -> None:
    if size > MAX_LIST:
        raise ValueError(f"{_in_words(size)} of names, where {_in_words(MAX_LIST)} is the limit")


def _directory_size(path: Path) -> int:
    """Give the bytes in which an archive lists its members, which zipfile reads in one go."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 2**16 - 2**10))
        end = file.read()
    found = [0]
    for sign, layout, place in ((b"PK\5\6", "<I", 12), (b"PK\6\6", "<Q", 40)):
        at = end.find(sign)
        while at >= 0:  # whichever of them zipfile takes for the true one
            with suppress(struct.error):  # a mark with nothing after it
                found += struct.unpack_from(layout, end, at + place)
            at = end.find(sign, at + 1)
    return min(max(found), size)


def _member(path: Path, member: ZipInfo, header: _Header) -> NDArray[Any]:
    """Map an array that an archive stores as it is; unpack one that it compresses."""
    from zipfile import ZIP_STORED, ZipFile

    if header.size + header.bytes != member.file_size:
        raise ValueError("a tensor is cut off")
    if member.compress_type == ZIP_STORED:
        with path.open("rb") as file:
            file.seek(member.header_offset)
            local = file.read(30)
        name, extra = struct.unpack("<HH", local[26:30])
        start = member.header_offset + 30 + name + extra
        check = 0
        whole = _mapped(path, np.uint8, (member.file_size,), start)
        for at in range(0, len(whole), 8 * _BLOCK):
            check = zlib.crc32(whole[at : at + 8 * _BLOCK].data, check)
        if check != member.CRC:
            raise ValueError("a checksum is wrong")
        return _mapped(path, header.dtype, header.shape, start + header.size, header.order)
    data = np.empty(header.bytes, np.uint8)
    with ZipFile(path) as archive, archive.open(member) as file:
        file.read(header.size)
        for at in range(0, len(data), 8 * _BLOCK):  # in one go it would be in memory twice
            part = data[at : at + 8 * _BLOCK]
            found = file.read(len(part))
            if len(found) != len(part):
                raise ValueError("a tensor is cut off")
            part[:] = np.frombuffer(found, np.uint8)
        file.read()  # to the end, where the checksum is compared
    data.flags.writeable = False
    return data.view(header.dtype).reshape(header.shape, order=header.order)


_SAFE: Final = {
    "F64": "float64",
    "F32": "float32",
    "F16": "float16",
    "BF16": "bfloat16",
    "BOOL": "bool",
    "C64": "complex64",
    **{
        f"{sign}{bits}": f"{'u' * (sign == 'U')}int{bits}"
        for sign in "IU"
        for bits in (8, 16, 32, 64)
    },
}


def _safetensors(path: Path) -> _Contents:
    from safetensors import safe_open

    with path.open("rb") as raw:
        (length,) = struct.unpack("<Q", raw.read(8))
        _hold_list(length)
    # opening it checks the whole header: its size, every offset, that no byte is left over
    with safe_open(path, framework="numpy") as file:
        names = list(file.keys())
    with path.open("rb") as raw:
        raw.seek(8)
        header = json.loads(raw.read(length))

    def held(name: str) -> _Held:
        entry = header[name]
        kind = _SAFE.get(entry["dtype"], str(entry["dtype"]))
        shape = tuple(map(operator.index, entry["shape"]))
        offset = 8 + length + operator.index(entry["data_offsets"][0])
        return _Held(Tensor(shape, kind), lambda: _tensor(path, kind, shape, offset))

    return {name: partial(held, name) for name in names}


def _tensor(path: Path, kind: str, shape: tuple[int, ...], offset: int) -> NDArray[Any]:
    if kind != "bfloat16":
        return _mapped(path, np.dtype(kind).newbyteorder("<"), shape, offset)
    # bfloat16 is the upper half of a float32
    wide = np.empty(shape, np.float32)
    bits = wide.view(np.uint32)
    bits[...] = _mapped(path, "<u2", shape, offset)
    bits <<= 16
    return wide


# What a matrix is


def check_shape(shape: tuple[int, ...], what: str) -> None:
    """Hold a shape to be that of a matrix with entries."""
    told = on_one_line(str(shape))
    if len(shape) != 2:
        raise ShapeError(
            f"{what} has the shape {told}, a matrix has two dimensions; "
            "choose another or reshape it"
        )
    if 0 in shape:
        raise ShapeError(
            f"{what} has no entries, shape {told}; give at least one row and one column"
        )


def check_size(
    tensor: Tensor, what: str, limit: int = MAX_BYTES, remedy: str = "choose a smaller one"
) -> None:
    """Hold a tensor to have numbers that can be read, and no more bytes than a limit."""
    if tensor.stored not in _READ:
        raise WeightsError(
            f"{what} holds {_KINDS.get(tensor.stored, tensor.stored)}, which is not read; "
            "convert it to float32, float16 or bfloat16"
        )
    kind = "float32" if tensor.stored == "bfloat16" else tensor.stored  # as which it is read
    size = math.prod(tensor.shape) * np.dtype(kind).itemsize
    if size > limit:
        raise WeightsError(
            f"{what} takes {_in_words(size)} of memory, and {_in_words(limit)} is the limit; "
            f"{remedy}"
        )


def check_finite(array: NDArray[Any], what: str) -> None:
    """Hold the entries of a matrix to be finite real numbers."""
    if array.dtype.kind not in "biuf":
        raise MatrixError(f"{what} holds {array.dtype.name}; convert it to real numbers")
    if array.dtype.kind != "f":
        return
    rows = max(1, _BLOCK // array.shape[1])
    for start in range(0, len(array), rows):
        finite = np.isfinite(array[start : start + rows])
        if not finite.all():
            i, j = np.argwhere(~finite)[0]
            raise MatrixError(
                f"{what} is not finite: {array[start + i, j]} in row {start + i + 1}, "
                f"column {j + 1}; every entry needs a finite value"
            )
