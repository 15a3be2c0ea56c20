from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import lamath as la
from lamath.notation import degrees, is_simple, latex, plain, relation, typst

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
    (1 / ROOT2, "√2/2", "sqrt(2)/2", r"\frac{\sqrt{2}}{2}"),
]

ROUNDED = [
    (1_234_567, "1.23×10⁶", "1.23 times 10^(6)", r"1.23 \times 10^{6}"),
    (Fraction(1, 3000), "0.000333", "0.000333", "0.000333"),
    (Fraction(1000, 7), "143", "143", "143"),
    (ROOT2 + sympy.sqrt(3), "3.15", "3.15", "3.15"),
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


def test_typst_takes_it():
    typst_package = pytest.importorskip("typst")
    numbers = [typst(x, sign=True) for x, *_ in EXACT + ROUNDED]
    numbers += [typst(la.inverse("2 1; 1 3")), typst(la.vector("3 √5"))]
    source = "\n\n".join(f"$ {number} $" for number in numbers)
    assert typst_package.compile(source.encode(), format="svg")
