"""The command line as it is used: in processes of its own, or in this one where that is enough."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

import lamath as la
from lamath import cli as command_line
from lamath import weights
from lamath.cli.show import show
from lamath.words import LANGUAGES, LOCALE, Words

FOLDER = Path(la.__file__).parent


class Said:
    """What a command printed, and how it ended."""

    def __init__(self, out: str, err: str, code: int) -> None:
        self.out, self.err, self.code = out, err, code


@pytest.fixture
def run(capsys, monkeypatch):
    """Run the command in this process, without a terminal."""
    monkeypatch.setenv("COLUMNS", "80")

    def started(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["lamath", *arguments])
        code = 0
        try:
            command_line.main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        out, err = capsys.readouterr()
        return Said(out, err, code)

    return started


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lamath", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        check=False,
    )


# --- What it says -----------------------------------------------------------------------------


def test_the_example_of_the_lesson_reads_well_in_simplified_chinese():
    ended = process("1 2; 2 4", "--solve", "1 0", "--language", "zh-Hans", COLUMNS="80")
    assert (ended.returncode, ended.stderr) == (0, "")
    lines = [line.rstrip() for line in ended.stdout.splitlines()]
    for line in (
        "  A = ⎡ 1  2 ⎤",
        "      ⎣ 2  4 ⎦",
        "  A 是奇异矩阵，没有逆矩阵：秩为 1，小于 2，它把 (−2, 1) 变成零。",
        "  秩               1（最大可能为 2）",
        "  条件数 κ         ∞（不是满秩）",
        "  无解：b 不在列空间中，rank A = 1 小于 rank [A | b] = 2。",
        "  最小二乘   x = (1/25, 2/25) + t (−2, 1)",
        "  残差       ‖b − A x‖ = 2√5/5 ≈ 0.894",
        "  零空间     (−2, 1)   1      ℝ²",
    ):
        assert line in lines
    assert "\x1b" not in ended.stdout
    assert max(map(cell_len, lines)) <= 80


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("matrix", "b"),
    [
        ("2 1; 1 3", "3 4"),
        ("1 2; 2 4", "1 0"),
        ("1 2; 2 4", "2 4"),
        ("1 2 3; 2 4 6; 3 6 9", "1 2 3"),
        ("1 2 3; 4 5 6", "1 2"),
        ("1 4; 2 5; 3 6", "1 0 0"),
        ("1 1; 0 1", None),
        ("3 1; 0 2", None),
        ("0 -1; 1 0", None),
        ("0 2; 1 0", None),
        ("0 0; 0 0", "0 0"),
        ("7", "1"),
        ("3 4", None),
        ("1 2 3; 4 5 6; 7 8 10", None),
        ("0 0 1 2; 0 0 0 1/2; 0 0 0 0; 0 0 0 0", None),
    ],
)
def test_every_report_is_whole_in_every_language(run, language, matrix, b):
    said = run(matrix, *(["--solve", b] if b else []), "--language", language)
    assert said.code == 0
    assert said.err == ""
    for line in said.out.splitlines():
        assert cell_len(line) <= 80
    assert not re.search(r"[{}]", said.out)
    if language != "en":
        # what is left of English are names
        left = set(re.findall(r"[A-Za-z]{3,}", said.out))
        assert left <= {"Frobenius", "rank"}, left


def test_columns_of_wide_characters_are_aligned(run):
    out = run("2 1; 1 3", "--language", "zh-Hant").out
    rows = [line for line in out.splitlines() if re.match(r"  (行列式|跡|零度（零化度）) ", line)]
    starts = {cell_len(re.match(r"  \S+ +", row)[0]) for row in rows}
    assert len(rows) == 3
    assert len(starts) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["2 1; 1 3"], ["(5 + √5)/2 ≈ 3.62", "(3 + √5)/2 ≈ 2.62", "⎡  3/5  −1/5 ⎤"]),
        (["2 1; 1 3", "--solve", "3 4"], ["Exactly one solution", "x = (1, 1)"]),
        (["1 2; 2 4", "--solve", "2 4"], ["Infinitely many", "(2/5, 4/5) + t (−2, 1)", "shortest"]),
        (["1 2 3; 2 4 6", "--solve", "1 2"], ["+ t₁ (−2, 1, 0) + t₂ (−3, 0, 1)"]),
        (["1 1; 0 1"], ["λ = 1 has multiplicity 2, but its eigenspace only has dimension 1"]),
        (["0 -1; 1 0"], ["its eigenvalue i is not real", "−i"]),
        (["0 2; 1 0"], ["Vᵀ turns by −90°", "U folds the plane over, about the line at 0°"]),
        (["3 0; 4 5"], ["Vᵀ turns by −45°", "U turns by ≈ 71.6°", "3√5 ≈ 6.71"]),
        (["1 2; 3 4"], ["R₂ − 3 R₁", "−1/2 R₂", "A is diagonalizable"]),
        (["4 1; 1 4"], ["A is symmetric"]),
        (["1 0; 0 1"], ["in reduced row echelon form already"]),
        (["1 2 3; 4 5 6"], ["not square", "ℝ³ to ℝ²", "Every output is reached"]),
        (["1; 2"], ["Different inputs always give different outputs"]),
        (["1 2; 3 4; 5 6; 7 8; 9 10; 11 12; 13 14; 15 16; 17 18"], ["⋮", "steps lead to"]),
        (["1 1 1 1 1 1", "--solve", "6"], ["(1, 1, 1, 1, 1, 1) + t₁", "… + t₅", "…"]),
        (["1 1; 1 1; 1 1", "--solve", "1 2 3"], ["x = (1, 1) + t (−1, 1)", "√2 ≈ 1.41"]),
        (["1 2; 3 5", "--solve", "1/3 0.5"], ["b = (1/3, 1/2)"]),
    ],
)
def test_what_a_person_reads(run, arguments, words):
    out = run(*arguments).out
    for each in words:
        assert each in out or each in " ".join(out.split())


def test_a_matrix_may_begin_with_a_minus(run):
    for text in ("-1 0; 0 1", "−1 0; 0 1", "-√4/2 0; 0 1", "-sqrt(1) 0; 0 1", "-.5*2 0; 0 1"):
        assert "⎡ −1  0 ⎤" in run(text).out
        assert "⎡ −1  0 ⎤" in run("--language", "en", text, "--solve", "-1 2").out
        assert "⎡ −1  0 ⎤" in run("--solve", "-1 2", "--", text).out
    assert "b = (−1, 2)" in run("-1 0; 0 1", "--solve", "-1 2").out


def test_json_of_a_matrix(run):
    facts = json.loads(run("2 1; 1 3", "--solve", "3 4", "--json").out)
    assert facts["det"] == {"exact": "5", "value": 5.0, "text": "5"}
    assert facts["solution"]["particular"]["exact"] == ["1", "1"]
    assert facts == la.analyze("2 1; 1 3", "3 4").facts()


def test_help_and_a_large_matrix(run):
    said = run("--help")
    assert said.code == 0
    assert "--solve" in said.out
    n = 26
    said = run("; ".join(" ".join(str((i * j + i) % 7) for j in range(n)) for i in range(n)))
    assert said.code == 0
    assert "⋱" in said.out


# --- Weights ----------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path):
    rng = np.random.default_rng(0)
    parts = [rng.standard_normal((8, r)) @ rng.standard_normal((r, 32)) for r in (8, 3, 1, 8)]
    np.savez(
        tmp_path / "w.npz",
        demo=np.random.RandomState(42).randn(32, 64),
        heads=np.vstack(parts).astype(np.float32),
        zero=np.zeros((2, 3)),
        half=np.ones((4, 4), np.float16),
    )
    return str(tmp_path / "w.npz")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tensor", ["demo", "heads", "zero", "half"])
def test_weights_in_every_language(run, file, tensor, language):
    said = run("--weights", file, "--tensor", tensor, "--language", language)
    assert said.code == 0
    assert not re.search(r"[{}]", said.out)
    for line in said.out.splitlines():
        assert cell_len(line) <= 80
    if language != "en":
        left = set(re.findall(r"[A-Za-z]{3,}", said.out))
        assert left <= {"Frobenius", "npz", "float", tensor}, left


def test_the_weight_demo(run, file):
    out = run("--weights", file, "--tensor", "demo").out
    for each in (
        "32 outputs × 64 inputs, float64",
        "32 = 32 forced by the shape + 0 redundant",
        "≈ 4.71",
        "in 25 of 32 directions",
        "≈ 13.3",
        "12.3 … 2.61",
    ):
        assert each in out


def test_heads_are_shown_each_by_itself(run, file):
    out = run("--weights", file, "--tensor", "heads", "--heads", "4").out
    assert re.findall(r"^  \d +(\d+) / 8", out, re.M) == ["8", "3", "1", "8"]
    assert "Together they read 20 of 32 directions" in " ".join(out.split())
    assert "·" in out  # singular values that count as zero


def test_json_of_weights(run, file):
    facts = json.loads(run("--weights", file, "--tensor", "heads", "--heads", "4", "--json").out)
    assert facts["rank"] == 20
    assert [head["rank"] for head in facts["heads"]] == [8, 3, 1, 8]
    assert facts["condition_number"] is None
    assert facts["tensor"] == "heads"
    found = json.loads(
        run("--weights", file, "--tensor", "demo", "--json", "--language", "zh-Hans").out
    )
    assert found["verdicts"] == list(
        weights.analyze(weights.load(file, "demo")).verdicts("zh-Hans")
    )


def test_the_only_tensor_needs_no_name(run, tmp_path):
    np.save(tmp_path / "layer.npy", np.eye(3))
    assert "layer.npy: layer" in run("--weights", str(tmp_path / "layer.npy")).out


@pytest.mark.parametrize("more", [(), ("--json",), ("--heads", "1")])
def test_numbers_whose_squares_overflow_are_told_all_the_same(run, tmp_path, more):
    np.save(tmp_path / "w.npy", np.diag([1e308, 1e308]))
    said = run("--weights", str(tmp_path / "w.npy"), *more)
    assert (said.code, said.err) == (0, "")


def test_no_name_in_a_file_is_obeyed_by_the_terminal(run, tmp_path):
    np.savez(tmp_path / "w.npz", **{"\x1b[31m\u202ew": np.eye(2)})
    said = run("--weights", str(tmp_path / "w.npz"))
    assert "w.npz: �[31m�w" in said.out
    as_json = run("--weights", str(tmp_path / "w.npz"), "--json", "--tensor", "\x1b[31m\u202ew").out
    assert as_json.strip().isprintable()
    assert json.loads(as_json)["tensor"] == "\x1b[31m\u202ew"
    assert "\x1b" not in run("1", "\x1b[31m" + "x" * 9999).err


def test_a_tensor_larger_than_the_limit(run, tmp_path):
    np.save(tmp_path / "w.npy", np.zeros((400, 400)))
    said = run("--weights", str(tmp_path / "w.npy"), "--limit", "0.001")
    assert said.code == 2
    assert "is the limit; choose a smaller one or raise the limit (--limit)" in said.err
    assert run("--weights", str(tmp_path / "w.npy"), "--limit", "0.002").code == 0


# --- What is wrong ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], 'give a matrix, such as "2 1; 1 3"'),
        (["1 2; 3"], "row 2 has 1 entry"),
        ([""], "empty"),
        (["__import__('os')"], "is not"),
        (["1 2; 3 4", "5"], "extra argument"),
        (["1 2; 3 4", "--solve", "1 2 3"], "3 entries"),
        (["1 2; 3 4", "--solve", "x"], "not a number"),
        (["1 2; 3 4", "--solve"], "requires an argument"),
        (["1 2; 3 4", "--language", "fr"], "en, zh-Hans, zh-Hant"),
        (["1 2; 3 4", "--laguage", "en"], "No such option"),
        (["1 2; 3 4", "--heads", "2"], "need --weights"),
        (["1 2; 3 4", "--tensor", "w"], "need --weights"),
        (["1 2; 3 4", "--limit", "2"], "need --weights"),
        (["1 2; 3 4", "--weights", "w.npy"], "not both"),
        (["--weights", "w.npy", "--solve", "1 2"], "not both"),
        (["--weights", "nowhere.npy"], "there is no file"),
        (["--weights", "model.bin"], "pickled"),
        (["--weights", "w.npy", "--heads", "x"], "not a valid integer"),
        (["-x"], "No such option"),
    ],
)
def test_one_line_and_exit_code_two(run, arguments, words):
    said = run(*arguments)
    assert said.code == 2
    assert said.out == ""
    assert said.err.startswith("lamath: ")
    assert said.err.count("\n") == 1
    assert words in said.err


def test_wrong_heads_and_tensors(run, file):
    for more, words in (
        (["--tensor", "hads"], "near it are 'heads'"),
        ([], "holds 4 tensors"),
        (["--tensor", "heads", "--heads", "5"], "can't be divided among 5 heads"),
    ):
        said = run("--weights", file, *more)
        assert said.code == 2
        assert words in said.err
        assert said.err.count("\n") == 1


@given(st.text(max_size=20), st.none() | st.text(max_size=10))
def test_no_text_shows_a_traceback(text, b):
    """Whatever is typed, the report comes or one line tells why not."""
    words = Words(LOCALE, "lamath", "en")
    try:
        report = la.analyze(text, b)
    except la.MatrixError as problem:
        assert "\n" not in str(problem)
        return
    console = Console(file=open(os.devnull, "w"), width=60)  # noqa: SIM115, PTH123
    show(report, console, words)
    console.file.close()


@given(st.from_type(la.Matrix))
def test_every_matrix_has_a_report(A):
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        for language in LANGUAGES:
            console = Console(file=nowhere, width=70)
            show(la.analyze(A, A.column(0)), console, Words(LOCALE, "lamath", language))


def test_a_measured_matrix_states_its_tolerance(capsys):
    console = Console(width=80)
    show(la.analyze(np.random.RandomState(42).randn(3, 70)), console, Words(LOCALE, "lamath", "en"))
    out = capsys.readouterr().out
    assert "Its numbers are measured: singular values up to" in out
    assert "…" in out


def test_processes_end_as_they_should(tmp_path):
    wrong = process("1 2; 3")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("lamath: row 2")
    # a terminal that knows only ASCII gets question marks, not a traceback
    plain = process("1 2; 2 4", "--language", "zh-Hans", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert plain.returncode == 0
    assert "?" in plain.stdout


@pytest.mark.skipif(os.name == "nt", reason="pipes close differently there")
def test_a_reader_that_stops_reading_is_no_error():
    with subprocess.Popen(
        [sys.executable, "-m", "lamath", "1 2; 3 4", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.close()
        assert started.stderr.read() == ""


def test_a_result_beyond_floats_is_one_line(run, monkeypatch):
    def overflow(_):
        raise OverflowError("integer division result too large for a float")

    monkeypatch.setattr("lamath._report.null_space", overflow)
    said = run("1 2; 2 4")
    assert (said.out, said.code) == ("", 2)
    assert said.err == "lamath: a result is beyond the range of floats; scale the matrix\n"


def test_interrupted(run, monkeypatch):
    def interrupt(*_, **__):
        raise command_line.click.Abort

    monkeypatch.setattr(command_line.command, "main", interrupt)
    assert run("1").code == 130


def test_a_closed_pipe_in_this_process(run, monkeypatch):
    def closed(*_, **__):
        raise BrokenPipeError

    monkeypatch.setattr(command_line.command, "main", closed)
    monkeypatch.setattr(command_line.os, "dup2", lambda *_: None)
    monkeypatch.setattr(command_line.sys, "stdout", open(os.devnull, "w"))  # noqa: SIM115, PTH123
    assert run("1").code == 1


@pytest.mark.filterwarnings("ignore:'lamath.__main__' found in sys.modules")
def test_it_runs_as_a_module(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["lamath", "1"])
    runpy.run_module("lamath", run_name="__main__")
    assert "[ 1 ]" in capsys.readouterr().out


# --- Words ------------------------------------------------------------------------------------


def messages() -> list[str]:
    """Everything that lamath says, as marked in its source."""
    found = []
    for path in sorted(FOLDER.rglob("*.py")):
        with path.open("rb") as source:
            found += [
                each[1] for each in extract("python", source, keywords={"N_": None, "_": None})
            ]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
def test_every_catalogue_is_complete(language):
    words = Words(LOCALE, "lamath", language)
    said = messages()
    assert len(said) > 50
    assert words.missing(said) == ()
    assert set(words.messages) == set(said)
    for message, translated in words.messages.items():
        names = sorted(re.findall(r"{\w*}", message))
        assert sorted(re.findall(r"{\w*}", translated)) == names, message


TERMS = {
    "zh-Hans": {
        "column space": "列空间",
        "null space": "零空间",
        "rank": "秩",
        "nullity": "零度",
        "determinant": "行列式",
        "Inverse": "逆矩阵",
        "singular values": "奇异值",
        "condition number κ": "条件数 κ",
        "least squares": "最小二乘",
        "residual": "残差",
        "particular solution": "特解",
        "Frobenius norm": "Frobenius 范数",
        "spectral norm": "谱范数",
        "eigenvectors": "特征向量",
    },
    "zh-Hant": {
        "column space": "列空間",
        "null space": "零空間",
        "rank": "秩",
        "nullity": "零度（零化度）",
        "determinant": "行列式",
        "Inverse": "反矩陣（逆矩陣）",
        "singular values": "奇異值",
        "condition number κ": "條件數 κ",
        "least squares": "最小平方",
        "residual": "殘差",
        "particular solution": "特解",
        "Frobenius norm": "Frobenius 範數",
        "spectral norm": "譜範數",
        "eigenvectors": "特徵向量",
    },
}


@pytest.mark.parametrize("language", TERMS)
def test_terms_are_those_of_the_lessons(language):
    words = Words(LOCALE, "lamath", language)
    for message, term in TERMS[language].items():
        assert words.gettext(message) == term
    svd = words.gettext("Singular value decomposition: rotate → stretch → rotate")
    assert (
        svd
        == {
            "zh-Hans": "奇异值分解：旋转 → 拉伸 → 旋转",
            "zh-Hant": "奇異值分解：旋轉 → 拉伸 → 旋轉",
        }[language]
    )


@pytest.mark.parametrize("language", ["zh_Hans", "zh_Hant"])
def test_catalogues_are_ones_that_other_tools_read(language):
    path = LOCALE / language / "LC_MESSAGES" / "lamath.po"
    with path.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    assert str(catalogue.locale) == language
    assert not any(message.fuzzy for message in catalogue if message.id)
