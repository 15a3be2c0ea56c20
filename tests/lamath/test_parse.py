from __future__ import annotations

import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import lamath as la


@pytest.mark.parametrize(
    "text",
    [
        "3 0; 4 5",
        "3,0;4,5",
        "3, 0\n4, 5",
        " 3  0 ;\n 4  5 ;\n",
        "[[3,0],[4,5]]",
        "[[3, 0],\n [4, 5]]",
        "[[3 0] [4 5]]",
        "[[3,0];[4,5]]",
        "[3 0; 4 5]",
        "3\t0\r\n4\t5",
        "3，0；4，5",
        "［［３，０］，［４，５］］",
        "【3、0；4、5】",
        "6/2 1-1; 2*2 10/2",
        "9 / 3 0; 8 /2 5",
        "(3) (0); (4) (5)",
        "√9 0; √(16) sqrt(25)",
        "+3 -0; 4. 05",
        "3e0 0e5; 40e-1 .5E1",
        "--3 0; 4 5",
        "\ufeff3 0; 4 5",
    ],
)
def test_many_ways_to_write_one_matrix(text):
    assert la.matrix(text) == la.matrix([[3, 0], [4, 5]])


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("1 -2", [1, -2]),
        ("1 - 2", [-1]),
        ("1-2", [-1]),
        ("1- 2", [-1]),
        ("1 − 2", [-1]),
        ("1 −2", [1, -2]),
        ("1 +2", [1, 2]),
        ("1, - 2", [1, -2]),
        ("(1 -2)", [-1]),
        ("1 -2 - 3 -4", [1, -5, -4]),
        ("2*-3", [-6]),
        ("2 * 3 1", [6, 1]),
        ("1/2/2", ["1/4"]),
        ("1/3", ["1/3"]),
        ("3√5", ["3*sqrt(5)"]),
        ("3sqrt(5) 1", ["3*sqrt(5)", 1]),
        ("3 sqrt(5)", [3, "sqrt(5)"]),
        ("√5/5", ["sqrt(5)/5"]),
        ("1/√2", ["sqrt(2)/2"]),
        ("1/(3√5)", ["sqrt(5)/15"]),
        ("(1+√5)/2", ["(1+sqrt(5))/2"]),
        ("√√16", [2]),
        ("1e3 1e-3", [1000, "1/1000"]),
        ("0.1", ["1/10"]),
        ("2×3÷4", ["3/2"]),
    ],
)
def test_how_spaces_and_operators_read(text, row):
    assert la.matrix(text) == la.matrix([row])


REFUSED = {
    "3 x; 4 5": "'x' is not a number",
    "import os": "'import' is not a number",
    "__import__('os')": "not expected",
    "1 2; 3": "row 2 has 1 entry and row 1 has 2",
    "1; 2 3": "row 2 has 2 entries and row 1 has 1",
    "": "empty",
    " \n ": "empty",
    ";": "empty",
    "[]": "no entries",
    "[[]]": "row is empty",
    "1 2;; 3 4": "row 2 of .* is empty",
    "; 1 2": "row 1 of .* is empty",
    "nan 1": "NaN",
    "NaN": "NaN",
    "inf 1": "infinity",
    "-Infinity": "infinity",
    "∞": "infinity",
    "2i 1": "complex",
    "i 1": "complex",
    "1+2j": "complex",
    "1e400": "too large",
    "1e99999999999": "too large",
    "1e-400": "too close to zero",
    "1e300*1e300": "too large",
    "1e-200*1e-200": "too close to zero",
    "1/0": "division by zero",
    "1/(2-2)": "division by zero",
    "1/(√2-√2)": "division by zero",
    "sqrt(-1)": "negative",
    "√(1-2)": "negative",
    "sqrt(1+sqrt(2))": "no short exact form",
    "sqrt(998244353*1000000007)": "no short exact form",
    "sqrt 2": "parentheses",
    "√": "missing",
    "√ x": "not a number",
    "2^3": "powers",
    "2**3": "powers",
    "1.2.3": "two decimal points",
    "1/3√5": "two ways",
    "1/2sqrt(5)": "two ways",
    "(1": "not closed",
    "((1, 2)": "not expected",
    "1)": "not expected",
    "()": "not expected",
    "[1 2": "not closed",
    "[[1,2],[3,4": "not closed",
    "[[1,2],[3,4]": "do not match",
    "[[1,2],x,[3,4]]": "do not match",
    "[[[1]]]": "do not match",
    "1,,2": "missing beside a comma",
    "1,": "missing beside a comma",
    ",1": "not expected",
    "1 +": "missing at the end",
    "1 *": "missing at the end",
    "3%": "not expected",
    "½": "not a number",
    "2(3)": "not expected",
    "1_000": "not expected",
    "9" * 301: "more than 300 digits",
    "(" * 50 + "1" + ")" * 50: "nested too deeply",
    "√" * 50 + "1": "nested too deeply",
    "+".join(["1"] * 600): "too long",
    "*".join(f"(1+√{p})" for p in (2, 3, 5, 7, 11)): "too long to keep exactly",
    " ".join(["1"] * 65): "too many",
    "\n".join(["1"] * 65): "too many",
    "1 " * 60_000: "characters",
    "\x00": "not expected",
    "1 \U0001f600": "not expected",
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:12].encode("unicode_escape"))
def test_what_is_no_matrix_is_refused_in_one_line(text):
    with pytest.raises(la.ParseError, match=REFUSED[text]) as refusal:
        la.matrix(text)
    line = str(refusal.value)
    assert "\n" not in line
    assert len(line) < 200
    assert line.isprintable()


@pytest.mark.parametrize(
    "text", ["3 4", "(3,4)", "（3，4）", "3; 4", "[3, 4]", "[[3],[4]]", "3\n4"]
)
def test_many_ways_to_write_one_vector(text):
    assert la.vector(text) == la.vector([3, 4])


def test_parentheses_of_a_vector_are_not_those_of_an_entry():
    assert la.vector("(1+2) (4)") == la.vector("3 4")
    assert la.vector("((1+2), 4)") == la.vector("3 4")


@pytest.mark.parametrize("text", ["", "1 2; 3 4", "(1, 2", "x", "()"])
def test_what_is_no_vector_is_refused(text):
    with pytest.raises(la.ParseError):
        la.vector(text)


@given(A=...)
def test_text_reads_back(A: la.Matrix):
    again = la.matrix(str(A))
    assert (again.array == A.array).all()
    assert again == A or not A.is_exact


HOSTILE = st.one_of(
    st.text(max_size=40),
    st.text("0123456789.eE+-*/()√;,[] \n", max_size=40),
    st.text("19√()*/+-", max_size=200),
    st.text(string.printable, max_size=40),
    st.lists(
        st.sampled_from(
            ["sqrt(", "√", ")", "(", "1e300", "1e-300", "/", "*", "9" * 300, " - ", ";"]
        ),
        max_size=40,
    ).map("".join),
)


@settings(max_examples=1000)
@example("__import__('os').system('true')")
@example("(lambda: 1)()")
@given(HOSTILE)
def test_no_text_does_harm(text):
    try:
        A = la.matrix(text)
    except la.ParseError as refusal:
        assert "\n" not in str(refusal)
    else:
        assert A.is_exact
        assert abs(A.array).max() <= 1e300
