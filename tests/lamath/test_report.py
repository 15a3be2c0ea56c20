from __future__ import annotations

import json
import math

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import lamath as la
from lamath import _report

A = "2 1; 1 3"
B = "1 2; 2 4"
C = "1 2 3; 2 4 6; 3 6 9"


@pytest.mark.parametrize(
    ("matrix", "part", "value"),
    [
        (A, "det", 5),
        (A, "trace", 5),
        (A, "inverse", la.matrix("3/5 -1/5; -1/5 2/5")),
        (A, "rank", 2),
        (A, "is_invertible", True),
        (A, "is_symmetric", True),
        (A, "condition_number", (3 + sympy.sqrt(5)) / 2),
        (A, "frobenius_norm", sympy.sqrt(15)),
        (A, "spectral_norm", (5 + sympy.sqrt(5)) / 2),
        (A, "nuclear_norm", 5),
        (B, "det", 0),
        (B, "inverse", None),
        (B, "nullity", 1),
        (B, "is_invertible", False),
        (B, "condition_number", math.inf),
        (B, "pinv", la.matrix("1/25 2/25; 2/25 4/25")),
        (B, "energy", la.vector("1 1")),
        (B, "energy_rank", 1),
        (B, "stable_rank", 1),
        (C, "nullity", 2),
        (C, "null_space", la.null_space(C)),
        (C, "column_space", la.column_space(C)),
        (C, "row_space", la.row_space(C)),
        (C, "left_null_space", la.left_null_space(C)),
        ("1 2 3; 4 5 6", "shape", (2, 3)),
        ("1 2 3; 4 5 6", "is_square", False),
        ("1 2 3; 4 5 6", "is_symmetric", False),
        ("1 2 3; 4 5 6", "polar", None),
        ("1 2 3; 4 5 6", "trace", None),
        ("1 2 3; 4 5 6", "eigen", None),
        ("3 1; 0 2", "diagonalization", la.diagonalize("3 1; 0 2")),
        ("3 1; 0 2", "spectral", None),
        ("3 1; 0 2", "is_symmetric", False),
        ("4 1; 1 4", "spectral", la.spectral("4 1; 1 4")),
        ("1 1; 0 1", "diagonalization", None),
        ("0 -1; 1 0", "diagonalization", None),
        ("3 0; 4 5", "svd", la.svd("3 0; 4 5")),
        ("3 0; 4 5", "polar", la.polar("3 0; 4 5")),
        ("3 0; 4 5", "qr", la.qr("3 0; 4 5")),
        ("3 0; 4 5", "solution", None),
    ],
)
def test_parts(matrix, part, value):
    assert getattr(la.analyze(matrix), part) == value


@pytest.mark.parametrize(
    ("matrix", "part", "error"),
    [
        (B, "inverse", la.SingularMatrixError),
        ("1 2 3; 4 5 6", "inverse", la.ShapeError),
        ("1 2 3; 4 5 6", "det", la.ShapeError),
        ("1 1; 0 1", "diagonalization", la.DefectiveMatrixError),
        ("0 -1; 1 0", "diagonalization", la.ComplexEigenvaluesError),
        ("3 1; 0 2", "spectral", la.NotSymmetricError),
        (np.diag([1e300, 1e300]), "det", la.MatrixError),
    ],
)
def test_what_is_missing_says_why(matrix, part, error):
    report = la.analyze(matrix)
    assert isinstance(report.why(part), error)
    assert getattr(report, part) is None
    assert report.why("rank") is None


def test_systems():
    report = la.analyze(B, "1 0")
    assert report.b == la.vector("1 0")
    assert report.solution == la.solve(B, "1 0")
    assert report.solution.kind == "none"
    with pytest.raises(la.ShapeError, match="3 entries and A has 2 rows"):
        la.analyze(B, "1 0 0")


def test_parts_are_worked_out_once_and_only_when_asked_for(monkeypatch):
    asked = []
    monkeypatch.setattr(_report, "svd", lambda A: asked.append(A) or la.svd(A))
    report = la.analyze("3 0; 4 5")
    assert not asked
    assert report.svd is report.svd
    assert len(asked) == 1


def everything(x: object) -> str:
    return json.dumps(x, allow_nan=False)


@given(st.from_type(la.Matrix))
def test_facts_are_json_and_agree_with_the_parts(A):
    report = la.analyze(A, A.column(0))
    facts = json.loads(everything(report.facts()))
    assert facts["rank"] == la.rank(A)
    assert facts["A"]["values"] == A.array.tolist()
    assert facts["solution"]["kind"] == report.solution.kind
    assert (facts["inverse"] is None) == (facts["rank"] < 2)
    if A.is_exact:
        assert la.matrix(facts["A"]["exact"]) == A
        assert facts["solution"]["kind"] != "none"
    else:
        assert facts["A"]["exact"] is None


def test_facts_of_steps_and_complex_numbers():
    facts = la.analyze("0 -1; 1 0", "0 1").facts()
    everything(facts)
    assert [step["type"] for step in facts["row_reduction"]["steps"]] == ["RowSwap", "RowScale"]
    assert facts["eigen"]["eigenvalues"][0] == {
        "exact": ["0", "1"],
        "real": 0.0,
        "imaginary": 1.0,
        "text": "i",
    }
    assert facts["diagonalization"] is None
    assert la.analyze(B).facts()["condition_number"]["value"] is None
    assert la.analyze(B).facts()["b"] is None


def test_everything_large_comes_to_an_end():
    rng = np.random.default_rng(0)
    report = la.analyze(rng.integers(-9, 9, (30, 30)))
    assert report.row_reduction is None
    everything(report.facts())
    everything(la.analyze(rng.standard_normal((20, 30))).facts())
