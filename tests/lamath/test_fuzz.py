"""Ten thousand hostile strings: none runs code, hangs, or ends in anything but a MatrixError."""

from __future__ import annotations

import random
import sys
import time

import pytest

import lamath as la

COUNT = 10_000
CODE = [
    "__import__('os').system('touch /tmp/x')",
    "eval('1')",
    "exec('import os')",
    "open('/etc/passwd').read()",
    "().__class__.__bases__[0].__subclasses__()",
    "lambda: 0",
    "{1: 2}",
    "f'{1}'",
    "sys.exit()",
    "$(id)",
    "`id`",
    "; rm -rf /",
    "' OR 1=1 --",
    "{{7*7}}",
    "%s%s%n",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "\\x00\\u0000",
    "nan",
    "-inf",
    "1e999999999",
    "9**9**9**9",
    "9^9^9",
    "sqrt(sqrt(sqrt(2)))",
    "factorial(10000)",
    "2!",
    "0x7fffffff",
    "1_000",
    "٣",
    "Ⅷ",
    "½",
    "²",
    "e",
    "π",
    "x",
    "NULL",
    "None",
    "True",
]
PIECES = [
    *"0123456789+-*/().,;[]{}√ \n\t^%!|&=<>?@#~_'\"\\",
    "sqrt(",
    "√(",
    "((",
    "))",
    "[[",
    "]]",
    ";;",
    ",,",
    "1e300",
    "1e-300",
    "1e400",
    "1/0",
    "0/0",
    "9" * 299,
    "9" * 301,
    "1/" * 50,
    "√" * 50,
    "(" * 60,
    "-" * 200,
    "1 " * 70,
    "1;" * 70,
    "1+√2",
    "√1000003",
    "√998244353998244353",
    "\u200b",
    "\u202e",
    "\ufeff",
    "\ufffd",
    "\ud800",
    "\x00",
    "\x1b[31m",
    "🙂",
    "１２３",
    "，",
    "；",
    "【",
    "−",
    "×",
    *CODE,
]


def hostile(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.15:
        return "".join(chr(rng.randrange(0x11000)) for _ in range(rng.randrange(30)))
    if kind < 0.3:  # a matrix with one thing wrong
        text = list("; ".join(" ".join(str(rng.randrange(-9, 9)) for _ in "ab") for _ in "ab"))
        text[rng.randrange(len(text))] = rng.choice(PIECES)
        return "".join(text)
    if kind < 0.32:
        return rng.choice(PIECES) * rng.randrange(1, 3000)
    return "".join(rng.choice(PIECES) for _ in range(rng.randrange(1, 12)))


DANGERS = ("compile", "exec", "import", "open", "os.", "subprocess.", "socket.", "ctypes.")


@pytest.fixture
def watched():
    """What the interpreter reports of code run, files opened and processes started (PEP 578)."""
    seen: list[str] = []
    active = [True]

    def hook(event: str, _: object) -> None:
        if active[0] and event.startswith(DANGERS):
            seen.append(event)

    sys.addaudithook(hook)
    yield seen
    active[0] = False  # a hook can't be taken away


def test_ten_thousand_hostile_strings(watched):
    rng = random.Random(20240229)  # noqa: S311
    texts = [hostile(rng) for _ in range(COUNT)]
    slowest, read = 0.0, 0
    watched.clear()
    for text in texts:
        for parse in (la.matrix, la.vector):
            started = time.thread_time()
            try:
                parse(text)
            except la.MatrixError as refusal:
                line = str(refusal)
                assert "\n" not in line, text
                assert line.isprintable(), text
                assert len(line) < 250, text
            else:
                read += 1
            slowest = max(slowest, time.thread_time() - started)
    assert not watched
    assert slowest < 3.0  # 0.1 where nothing else counts along
    assert 100 < read < COUNT  # some of it does read as numbers


@pytest.mark.parametrize("text", CODE)
def test_code_is_no_number(text):
    with pytest.raises(la.MatrixError):
        la.matrix(f"1 {text}; 3 4")
