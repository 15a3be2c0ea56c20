from __future__ import annotations

import math
from fractions import Fraction
from json import loads

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import lamath as la
from lamath.notation import data, decimal, degrees, is_simple, json, latex, plain, relation, typst

ROOT2, ROOT5, ROOT10 = sympy.sqrt(2), sympy.sqrt(5), sympy.sqrt(10)

EXACT = [
    (0, "0", "0", "0"),
    (-7, "−7", "-7", "-7"),
    (999_999, "999999", "999999", "999999"),
    (Fraction(3, 5), "3/5", "3/5", r"\frac{3}{5}"),
    (Fraction(-1, 5), "−1/5", "-1/5", r"-\frac{1}{5}"),
    (Fraction(1, 25), "1/25", "1/25", r"\frac{1}{25}"),
    (Fraction(5, 2), "5/2", "5/2", r"\frac{5}{2}"),
    (Fraction(1, 100), "0.01", "0.01", "0.01"),
    (Fraction(-101, 100), "−1.01", "-1.01", "-1.01"),
    (Fraction(123456, 1000), "123.456", "123.456", "123.456"),
    (Fraction(1, 10_000), "0.0001", "0.0001", "0.0001"),
    (Fraction(999, 98), "999/98", "999/98", r"\frac{999}{98}"),
    (3 * ROOT5, "3√5", "3 sqrt(5)", r"3\sqrt{5}"),
    (-ROOT2, "−√2", "-sqrt(2)", r"-\sqrt{2}"),
    (ROOT5 / 5, "√5/5", "sqrt(5)/5", r"\frac{\sqrt{5}}{5}"),
    (-3 * ROOT10 / 10, "−3√10/10", "-(3 sqrt(10))/10", r"-\frac{3\sqrt{10}}{10}"),
    ((5 + ROOT5) / 2, "(5 + √5)/2", "(5 + sqrt(5))/2", r"\frac{5 + \sqrt{5}}{2}"),
    ((5 - ROOT5) / 2, "(5 − √5)/2", "(5 - sqrt(5))/2", r"\frac{5 - \sqrt{5}}{2}"),
    ((ROOT5 - 1) / 2, "(√5 − 1)/2", "(sqrt(5) - 1)/2", r"\frac{\sqrt{5} - 1}{2}"),
    (-(5 + ROOT5) / 2, "−(5 + √5)/2", "-(5 + sqrt(5))/2", r"-\frac{5 + \sqrt{5}}{2}"),
    (1 + ROOT2, "1 + √2", "1 + sqrt(2)", r"1 + \sqrt{2}"),
    (-1 - ROOT2, "−(1 + √2)", "-(1 + sqrt(2))", r"-(1 + \sqrt{2})"),
    (2 - 3 * ROOT2, "2 − 3√2", "2 - 3 sqrt(2)", r"2 - 3\sqrt{2}"),
    (ROOT2 + sympy.sqrt(13), "√13 + √2", "sqrt(13) + sqrt(2)", r"\sqrt{13} + \sqrt{2}"),
    (ROOT2 - sympy.sqrt(13), "√2 − √13", "sqrt(2) - sqrt(13)", r"\sqrt{2} - \sqrt{13}"),
    (-ROOT2 - ROOT5, "−(√5 + √2)", "-(sqrt(5) + sqrt(2))", r"-(\sqrt{5} + \sqrt{2})"),
    (
        5 * ROOT2 / 2 + ROOT10 / 2,
        "(5√2 + √10)/2",
        "(5 sqrt(2) + sqrt(10))/2",
        r"\frac{5\sqrt{2} + \sqrt{10}}{2}",
    ),
    (1 / ROOT2, "√2/2", "sqrt(2)/2", r"\frac{\sqrt{2}}{2}"),
    (1_000_000, "1000000", "1000000", "1000000"),
]

ROUNDED = [
    (1_234_567, "1.23×10⁶", "1.23 times 10^(6)", r"1.23 \times 10^{6}"),
    (Fraction(1, 3000), "0.000333", "0.000333", "0.000333"),
    (Fraction(1000, 7), "143", "143", "143"),
    (1 + ROOT2 + sympy.sqrt(3), "4.15", "4.15", "4.15"),
    (ROOT2 + sympy.sqrt(1009), "33.2", "33.2", "33.2"),
    (100 * ROOT2 / 7, "20.2", "20.2", "20.2"),
    (sympy.sqrt(1009), "31.8", "31.8", "31.8"),
    (sympy.Integer(10) ** 400, "1.00×10⁴⁰⁰", "1.00 times 10^(400)", r"1.00 \times 10^{400}"),
    (Fraction(1, 10**400), "1.00×10⁻⁴⁰⁰", "1.00 times 10^(-400)", r"1.00 \times 10^{-400}"),
    (sympy.pi, "3.14", "3.14", "3.14"),
    (2.0, "2.00", "2.00", "2.00"),
    (-0.5, "−0.500", "-0.500", "-0.500"),
    (0.0, "0", "0", "0"),
    (-0.0, "0", "0", "0"),
    (np.float64(9.996), "10.0", "10.0", "10.0"),
    (99.96, "100", "100", "100"),
    (999.6, "1000", "1000", "1000"),
    (12345.6, "12346", "12346", "12346"),
    (999_999.4, "999999", "999999", "999999"),
    (999_999.6, "1.00×10⁶", "1.00 times 10^(6)", r"1.00 \times 10^{6}"),
    (1e-4, "0.000100", "0.000100", "0.000100"),
    (-1.2345e-7, "−1.23×10⁻⁷", "-1.23 times 10^(-7)", r"-1.23 \times 10^{-7}"),
    (5e-324, "4.94×10⁻³²⁴", "4.94 times 10^(-324)", r"4.94 \times 10^{-324}"),
    (1.7e308, "1.70×10³⁰⁸", "1.70 times 10^(308)", r"1.70 \times 10^{308}"),
    (sympy.Float("0.25"), "0.250", "0.250", "0.250"),
]


@pytest.mark.parametrize(("x", "text", "in_typst", "in_latex"), EXACT)
def test_what_is_simple_is_exact(x, text, in_typst, in_latex):
    assert is_simple(x)
    assert relation(x) == "="
    assert (plain(x), typst(x), latex(x)) == (text, in_typst, in_latex)
    assert plain(x, sign=True) == f"= {text}"
    assert typst(x, sign=True) == f"= {in_typst}"
    assert latex(x, sign=True) == f"= {in_latex}"


@pytest.mark.parametrize(("x", "text", "in_typst", "in_latex"), ROUNDED)
def test_what_is_not_has_three_figures(x, text, in_typst, in_latex):
    assert not is_simple(x)
    assert relation(x) == "≈"
    assert (plain(x), typst(x), latex(x)) == (text, in_typst, in_latex)
    assert plain(x, sign=True) == f"≈ {text}"
    assert typst(x, sign=True) == f"approx {in_typst}"
    assert latex(x, sign=True) == rf"\approx {in_latex}"


def test_text_counts_as_the_number_it_reads_as():
    assert plain("1/2") == "1/2"
    with pytest.raises(la.ParseError):
        plain("x")


def test_vectors_and_matrices():
    A = la.inverse("2 1; 1 3")
    assert plain(A) == "[3/5 −1/5; −1/5 2/5]"
    assert typst(A) == 'mat(delim: "[", 3/5, -1/5; -1/5, 2/5)'
    assert latex(A) == (
        r"\begin{bmatrix}\frac{3}{5} & -\frac{1}{5} \\ -\frac{1}{5} & \frac{2}{5}\end{bmatrix}"
    )
    v = la.vector("3 √5")
    assert plain(v) == "(3, √5)"
    assert typst(v) == 'vec(delim: "[", 3, sqrt(5))'
    assert latex(v) == r"\begin{bmatrix}3 \\ \sqrt{5}\end{bmatrix}"
    assert is_simple(A)
    assert plain(v, sign=True) == "= (3, √5)"
    measured = la.matrix(np.array([[1.0, 0.25]]))
    assert not is_simple(measured)
    assert plain(measured, sign=True) == "≈ [1.00 0.250]"
    assert not is_simple(la.vector("1 1234567"))


def test_degrees():
    assert degrees(-math.pi / 4) == "−45"
    assert degrees(-math.pi / 4, sign=True) == "= −45"
    assert degrees(math.atan2(3, 1)) == "71.6"
    assert degrees(math.atan2(3, 1), sign=True, style="typst") == "approx 71.6"
    assert degrees(math.pi) == "180"
    assert degrees(0.0) == "0"
    assert degrees(-math.pi / 4, style="latex") == "-45"
    out = la.svd("3 0; 4 5").stages()[2]
    assert degrees(out.angle, sign=True) == "≈ 71.6"


def test_what_can_not_be_written():
    with pytest.raises(ValueError, match="can't be written"):
        plain(math.nan)


@given(st.floats(-1e308, 1e308))
def test_decimals_are_near(x):
    text = typst(x).replace(" times 10^(", "e").replace(")", "")
    assert float(text) == pytest.approx(x, rel=5.1e-3, abs=1e-323)


@given(st.integers(-40, 40), st.integers(-40, 40), st.integers(2, 60), st.integers(1, 40))
def test_exact_text_reads_back(a, b, root, below):
    x = (a + b * sympy.sqrt(root)) / below
    if is_simple(x):
        assert la.matrix([[plain(x)]])[0, 0] == sympy.expand(x)


RESULTS = [
    (la.solve("1 2; 2 4", "2 4"), "x = (2/5, 4/5) + t (−2, 1)"),
    (la.solve("2 1; 1 3", "3 4"), "x = (1, 1)"),
    (la.solve("1 2; 2 4", "1 0"), "x̂ = (1/25, 2/25), ‖b − A x̂‖ = 2√5/5"),
    (
        la.solve("1 2 3; 2 4 6", "1 2"),
        "x = (1/14, 1/7, 3/14) + t₁ (−2, 1, 0) + t₂ (−3, 0, 1)",
    ),
    (
        la.row_reduce("0 2 1; 3 4 5"),
        "R₁ ↔ R₂, R₁ ← 1/3 R₁, R₂ ← 1/2 R₂, R₁ ← R₁ − 4/3 R₂, rref A = [1 0 1; 0 1 1/2]",
    ),
    (la.row_reduce("1 0; -1 -1").steps[0], "R₂ ← R₂ + R₁"),
    (la.row_reduce("1 0; 1 1").steps[0], "R₂ ← R₂ − R₁"),
    (la.row_reduce("-1").steps[0], "R₁ ← −R₁"),
    (la.cofactors("2 1 3; 0 4 -1; 5 2 0"), "det A = 4 − 5 − 60 = −61"),
    (la.cofactors("1 2; 3 -1"), "det A = −1 − 6 = −7"),
    (la.cofactors("2 1 3; 0 4 -1; 5 2 0").terms[2], "−60"),
    (la.eigen("3 1; 0 2"), "λ = 3, N(A − λI) = span{(1, 0)}, λ = 2, N(A − λI) = span{(−1, 1)}"),
    (la.eigen("1 -2; 2 1"), "λ = 1 + 2i, λ = 1 − 2i"),
    (la.eigen("3").spaces[0], "λ = 3, N(A − λI) = span{(1)}"),
    (la.diagonalize("3 1; 0 2"), "P = [1 −1; 0 1], D = [3 0; 0 2]"),
    (la.spectral("4 1; 1 4"), "Q = [√2/2 −√2/2; √2/2 √2/2], S = [5 0; 0 3]"),
    (la.qr("3 0; 4 5"), "Q = [3/5 −4/5; 4/5 3/5], R = [5 4; 0 3]"),
    (la.polar("0 -2; 1 0"), "R = [0 −1; 1 0], P = [1 0; 0 2]"),
    (la.svd("0 2; 1 0"), "U = [1 0; 0 −1], σ = (2, 1), Vᵀ = [0 1; −1 0]"),
    (
        la.gram_schmidt("3 5 1; 4 5 0"),
        "q₁ = (3/5, 4/5), q₂ = (4/5, −3/5), v₃ = (9/25, 12/25) + (16/25, −12/25)",
    ),
    (la.gram_schmidt("0; 0"), "v₁ = (0, 0)"),
    (la.gram_schmidt("3 5; 4 5").steps[1].shadows[0], "(21/5, 28/5)"),
    (la.null_space("1 2; 2 4"), "span{(−2, 1)}"),
    (la.null_space("1 0; 0 1"), "span{0}"),
    ((1, la.vector("1 2")), "1, (1, 2)"),
    (math.inf, "∞"),
    (-math.inf, "−∞"),
    (1j, "1.00 i"),
    (-2j, "−2.00 i"),
    (sympy.I, "i"),
    (-3 * sympy.I, "−3i"),
    (2 - sympy.I, "2 − i"),
    ((1 + sympy.sqrt(3) * sympy.I) / 2, "1/2 + √3/2 i"),
    (np.complex128(1 + 0.5j), "1.00 + 0.500 i"),
]


@pytest.mark.parametrize(("x", "text"), RESULTS, ids=[text for _, text in RESULTS])
def test_results_are_formulas(x, text):
    assert plain(x) == text
    for write in (typst, latex):
        assert write(x)
        assert "−" not in write(x)


def test_results_in_other_notations():
    solution = la.solve("1 2; 2 4", "2 4")
    assert typst(solution) == 'x = vec(delim: "[", 2/5, 4/5) + t vec(delim: "[", -2, 1)'
    assert latex(la.row_reduce("1 0; 2 1").steps[0]) == r"R_{2} \leftarrow R_{2} - 2 R_{1}"
    assert latex(la.null_space("1 0")) == (
        r"\operatorname{span}\{\begin{bmatrix}0 \\ 1\end{bmatrix}\}"
    )
    assert typst(1 + 2 * sympy.I) == "1 + 2 i"
    assert latex(math.inf, sign=True) == r"= \infty"
    assert plain((1, 2), sign=True) == "= 1, 2"
    assert plain(sympy.I, sign=True) == "= i"
    assert plain(1j, sign=True) == "≈ 1.00 i"


@pytest.mark.parametrize("x", [x for x, _ in RESULTS], ids=[text for _, text in RESULTS])
def test_results_are_json(x):
    assert loads(json(x)) == data(x)
    assert loads(json(x, indent=2)) == data(x)


def test_the_forms_of_json():
    A = la.matrix("1/2 √2; 3 -1")
    assert la.matrix(data(A)["exact"]) == A
    assert data(A)["values"] == A.array.tolist()
    assert la.vector(data(A.row(0))["exact"]) == A.row(0)
    measured = la.matrix(A.array)
    assert data(measured) == {"exact": None, "values": A.array.tolist()}
    assert data(la.vector(A.array[0])) == {"exact": None, "values": A.array[0].tolist()}
    assert data(la.det(A)) == {
        "exact": "(-1-6*sqrt(2))/2",
        "value": float(la.det(A)),
        "text": "−(1 + 6√2)/2",
    }
    assert data(0.5) == {"exact": None, "value": 0.5, "text": "0.500"}
    assert data(np.float64(0.5)) == data(0.5)
    assert data(np.arange(3)) == [0, 1, 2]
    assert data(math.inf) == {"exact": None, "value": None, "text": "∞"}
    assert data(sympy.Integer(10) ** 400)["value"] is None
    assert data(1 + 2 * sympy.I) == {
        "exact": ["1", "2"],
        "real": 1.0,
        "imaginary": 2.0,
        "text": "1 + 2i",
    }
    assert data(1 + 2j)["exact"] is None
    assert [data(x) for x in (None, True, 3, "x")] == [None, True, 3, "x"]
    assert data({"a": (1, 2)}) == {"a": [1, 2]}
    assert data(la.null_space("1 2; 2 4")) == {
        "dim": 1,
        "ambient": 2,
        "basis": [{"exact": ["-2", "1"], "values": [-2.0, 1.0]}],
        "tolerance": 0.0,
    }
    found = data(la.solve("1 2; 2 4", "2 4"))
    assert found["type"] == "Solution"
    assert (found["kind"], found["rank_A"], found["tolerance"]) == ("infinite", 1, 0.0)
    stage = data(la.svd("3 0; 4 5").stages()[1])
    assert (stage["type"], stage["name"]) == ("Stage", "stretch")
    assert stage["path"] == {"type": "LinearPath", "name": "stretch", "end": stage["path"]["end"]}
    for what in (object(), la.Svd, {1, 2}):
        with pytest.raises(TypeError, match="no JSON form"):
            data(what)


def test_typst_takes_it():
    typst_package = pytest.importorskip("typst")
    numbers = [typst(x, sign=True) for x, *_ in EXACT + ROUNDED]
    numbers += [typst(x) for x, _ in RESULTS]
    numbers += [typst(la.inverse("2 1; 1 3")), typst(la.vector("3 √5"))]
    source = "\n\n".join(f"$ {number} $" for number in numbers)
    assert typst_package.compile(source.encode(), format="svg")


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (Fraction(-1, 2), "= -0.5"),
        (Fraction(1, 3), "approx 0.333"),
        (ROOT2, "approx 1.41"),
        (Fraction(1, 10**5), "= 10^(-5)"),
        (Fraction(-2, 10**6), "= -2 times 10^(-6)"),
        (Fraction(12, 10**6), "approx 1.20 times 10^(-5)"),
        (la.vector("2 2.01"), "= (2, 2.01)"),
        ((1, 0.25), "approx (1, 0.250)"),
    ],
)
def test_decimals_are_exact_where_they_end(x, text):
    assert decimal(x, sign=True) == text
    assert decimal(x) == text.split(" ", 1)[1]
