from __future__ import annotations

import time

import numpy as np
import pytest
import scipy.linalg
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import lamath as la
from lamath import _charpoly, _eigen, _eliminate

square = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.lists(st.integers(-3, 3), min_size=n, max_size=n), min_size=n, max_size=n)
)
symmetric = square.map(lambda rows: (np.array(rows) + np.array(rows).T).tolist())
built = st.integers(1, 4).flatmap(  # with eigenvalues that are known to be whole and repeated
    lambda n: st.tuples(
        st.lists(st.integers(-2, 2), min_size=n, max_size=n),
        st.lists(st.lists(st.integers(-2, 2), min_size=n, max_size=n), min_size=n, max_size=n),
    )
)


def spread(values) -> list[complex]:
    return sorted((complex(z) for z in values), key=lambda z: (-z.real, -z.imag))


@given(square)
def test_eigenvalues_are_those_of_numpy(rows):
    A = la.matrix(rows)
    found = la.eigen(A)
    assert len(found.eigenvalues) == len(rows)
    assert sympy.simplify(sum(found.eigenvalues) - sum(rows[i][i] for i in range(len(rows)))) == (
        pytest.approx(0, abs=1e-9)
    )
    charpoly = sympy.Matrix(rows).charpoly()
    for value in set(found.eigenvalues):
        size = abs(complex(value)) + 1
        assert abs(complex(charpoly.eval(sympy.N(value, 30)))) < 1e-9 * size ** len(rows)
    for space in found.spaces:
        for v in space.space.vectors:
            if v.is_exact:
                assert (
                    sympy.Matrix((A @ v - space.value * v).exact)
                    .applyfunc(sympy.simplify)
                    .is_zero_matrix
                )
            else:
                assert np.allclose((A @ v).array, float(space.value) * v.array, atol=1e-10)
        assert 1 <= space.space.dim <= space.multiplicity
        assert space.missing == space.multiplicity - space.space.dim
    assert found.is_real == all(complex(z).imag == 0 for z in found.eigenvalues)
    real = [float(space.value) for space in found.spaces]
    assert real == sorted(real, reverse=True)
    assert found.tolerance == 0


@given(built)
def test_repeated_eigenvalues_are_decided_exactly(parts):
    values, rows = parts
    P = sympy.Matrix(rows) + 3 * sympy.eye(len(rows))
    if P.det() == 0:
        return
    A = P * sympy.diag(*values) * P.inv()
    found = la.eigen(A)
    assert sorted(found.eigenvalues, reverse=True) == sorted(values, reverse=True)
    assert found.is_diagonalizable
    assert all(space.missing == 0 for space in found.spaces)
    assert all(values.count(space.value) == space.multiplicity for space in found.spaces)
    Q, D = la.diagonalize(A)
    assert Q @ D @ la.inverse(Q) == la.matrix(A)
    measured = la.eigen(np.array(A.evalf(), dtype=float))
    assert np.allclose(sorted(measured.eigenvalues), sorted(values), atol=1e-6)


@given(square)
def test_diagonal_forms_rebuild_or_say_why_not(rows):
    A = la.matrix(rows)
    truth = sympy.Matrix(rows)
    try:
        found = la.diagonalize(A)
    except la.ComplexEigenvaluesError as refusal:
        assert not la.eigen(A).is_real
        assert all(complex(z).imag != 0 for z in refusal.eigenvalues)
        assert "not real" in str(refusal)
    except la.DefectiveMatrixError as refusal:
        value = refusal.eigenvalue
        if not isinstance(value, float):
            shifted = truth - value * sympy.eye(len(rows))
            assert len(shifted.nullspace(simplify=True)) == refusal.found
        assert refusal.missing == refusal.multiplicity - refusal.found > 0
        assert "missing" in str(refusal)
    else:
        P, D = found
        assert np.allclose(P.array @ D.array @ np.linalg.inv(P.array), A.array, atol=1e-8)
        assert np.allclose(found.P_inverse.array, np.linalg.inv(P.array), atol=1e-8)


@given(symmetric)
def test_the_spectral_theorem(rows):
    for A in (la.matrix(rows), la.matrix(np.array(rows, dtype=float))):
        n = A.shape[0]
        found = la.spectral(A)
        Q, S = found
        assert np.allclose((Q @ S @ Q.T).array, A.array, atol=1e-11)
        assert np.allclose(Q.array.T @ Q.array, np.eye(n), atol=1e-12)
        assert np.linalg.det(Q.array) == pytest.approx(1)
        assert (np.diff(found.eigenvalues.array) <= 0).all()
        assert np.allclose(
            found.eigenvalues.array, scipy.linalg.eigvalsh(A.array)[::-1], atol=1e-11
        )
        values = np.sort(np.abs(found.eigenvalues.array))[::-1]
        assert np.allclose(values, la.svd(A).S.array, atol=1e-11)
        if Q.is_exact and S.is_exact:
            assert Q @ S @ Q.T == A
            assert la.matrix(np.eye(n, dtype=int)) == Q.T @ Q


@pytest.mark.parametrize(
    ("A", "eigenvalues", "vectors"),
    [
        ("3 1; 0 2", "3 2", "1 -1; 0 1"),
        ("4 1; 1 4", "5 3", "1 -1; 1 1"),
        ("2 0; 0 2", "2 2", "1 0; 0 1"),
        ("2 1; 1 3", "(5+√5)/2 (5-√5)/2", "√5-1 -1-√5; 2 2"),
        ("1 2; 2 4", "5 0", "1 -2; 2 1"),
        ("√2 1; 1 √2", "√2+1 √2-1", "1 -1; 1 1"),
        ("√2 √3; 0 √5", "√5 √2", "√15+√6 1; 3 0"),
        ("√2 √6; √3 3", "3+√2 0", "√2 -√3; √3 1"),
        ("2 2√2; √2/2 1", "3 0", "2√2 -√2; 1 1"),
        ("1 2 3; 2 4 6; 3 6 9", "14 0 0", "1 -2 -3; 2 1 0; 3 0 1"),
        ("5", "5", "1"),
    ],
)
def test_eigenvalues_by_hand(A, eigenvalues, vectors):
    found = la.eigen(A)
    assert la.vector([*found.eigenvalues]) == la.vector(eigenvalues)
    A = la.matrix(A)
    for value, column in zip(found.eigenvalues, found.eigenvectors.columns, strict=True):
        assert A @ column == value * column
    if A.shape != (2, 2) or la.matrix("√2 √3; 0 √5") != A:
        assert (
            all(
                la.column_space(la.matrix([[x] for x in one])).contains(other)
                for one, other in zip(
                    la.matrix(vectors).columns, found.eigenvectors.columns, strict=True
                )
            )
            or found.spaces[-1].space.dim > 1
        )


def test_what_does_not_turn_at_all_and_what_turns_everything():
    shear = la.eigen("1 1; 0 1")
    (space,) = shear.spaces
    assert (space.value, space.multiplicity, space.missing) == (1, 2, 1)
    assert space.space == la.column_space("1; 0")
    assert not shear.is_diagonalizable
    assert shear.is_real
    turn = la.eigen("0 -1; 1 0")
    assert turn.eigenvalues == (sympy.I, -sympy.I)
    assert turn.eigenvectors.shape == (2, 0)
    assert turn.spaces == ()
    assert not turn.is_real
    assert la.eigen("1 -2; 2 1").eigenvalues == (1 + 2 * sympy.I, 1 - 2 * sympy.I)
    with pytest.raises(
        la.DefectiveMatrixError, match="1 independent eigenvector, 1 is missing"
    ) as e:
        la.diagonalize("1 1; 0 1")
    assert (e.value.eigenvalue, e.value.multiplicity, e.value.found) == (1, 2, 1)
    with pytest.raises(la.ComplexEigenvaluesError, match="such as i") as e:
        la.diagonalize("0 -1; 1 0")
    assert e.value.eigenvalues == (sympy.I, -sympy.I)
    with pytest.raises(la.DefectiveMatrixError, match="2 independent eigenvectors, 2 are missing"):
        la.diagonalize("2 1 0 0; 0 2 0 0; 0 0 2 1; 0 0 0 2")
    with pytest.raises(la.ComplexEigenvaluesError, match=r"1 \+ 2i"):
        la.diagonalize(np.array([[1.0, -2], [2, 1]]))
    with pytest.raises(la.DefectiveMatrixError, match="eigenvalue 1 occurs 2"):
        la.diagonalize(np.array([[1.0, 1], [0, 1]]))


def test_the_axes_of_lesson_two():
    Q, S = la.spectral("4 1; 1 4")
    assert Q.columns == (la.vector("√2/2 √2/2"), la.vector("-√2/2 √2/2"))
    assert la.matrix("5 0; 0 3") == S
    assert la.matrix("1 0; 0 1") == la.spectral("2 0; 0 2").Q
    assert la.spectral(2 * np.eye(3)).Q.array.tolist() == np.eye(3).tolist()
    assert la.spectral("0 1; 1 0").Q == Q
    again = la.spectral(np.array([[4.0, 1], [1, 4]]))
    assert np.allclose(again.Q.array, Q.array)


def test_cubics_stay_floats_and_say_so():
    A = la.matrix("1 2 3; 4 5 6; 7 8 10")
    found = la.eigen(A)
    assert all(isinstance(x, float) for x in found.eigenvalues)
    assert not found.eigenvectors.is_exact
    assert found.is_diagonalizable
    assert not la.diagonalize(A).D.is_exact
    assert not la.svd(A).S.is_exact
    assert not la.spectral("2 1 0; 1 1 1; 0 1 -1").S.is_exact
    one = la.eigen("0 0 2; 1 0 0; 0 1 0")  # x³ − 2
    assert one.eigenvalues[0] == pytest.approx(2 ** (1 / 3))
    assert one.eigenvalues[1] == pytest.approx(2 ** (1 / 3) * np.exp(2j * np.pi / 3))
    assert len(one.spaces) == 1
    mixed = la.eigen("5 0 0 0; 0 0 0 2; 0 1 0 0; 0 0 1 0")
    assert mixed.eigenvalues[0] == 5
    assert mixed.spaces[0].space.is_exact
    assert not mixed.spaces[1].space.is_exact


def test_a_repeated_cubic_is_told_from_a_defective_one():
    C = np.array([[0, 0, 1], [1, 0, 3], [0, 1, 0]])  # x³ − 3x − 1: three real roots
    twice = np.kron(np.eye(2, dtype=int), C)
    jordan = twice.copy()
    jordan[:3, 3:] = np.eye(3)
    whole, short = la.eigen(twice), la.eigen(jordan)
    assert [space.multiplicity for space in whole.spaces] == [2, 2, 2]
    assert [space.missing for space in whole.spaces] == [0, 0, 0]
    assert [space.missing for space in short.spaces] == [1, 1, 1]
    with pytest.raises(la.DefectiveMatrixError):
        la.diagonalize(jordan)


def test_roots_in_the_entries():
    assert la.eigen("√2 1 0; 0 √3 1; 0 0 √5").eigenvalues == (
        sympy.sqrt(5),
        sympy.sqrt(3),
        sympy.sqrt(2),
    )
    u = la.matrix("1; √2; √3")
    assert la.eigen(u @ u.T).eigenvalues == (6, 0, 0)
    full = la.eigen("√2 1 0; 1 √3 1; 0 1 √5")
    assert not full.eigenvectors.is_exact
    assert np.allclose(
        [float(x) for x in full.eigenvalues],
        np.linalg.eigvalsh(la.matrix("√2 1 0; 1 √3 1; 0 1 √5").array)[::-1],
    )
    nested = la.eigen("0 √2; 1 0")  # ±⁴√2
    assert nested.eigenvalues[0] == pytest.approx(2**0.25)
    assert la.eigen("0 0; √2 0").eigenvalues == (0, 0)
    assert la.spectral("√2 1; 1 √3").S.array[0, 0] == pytest.approx(
        np.linalg.eigvalsh(np.array([[2**0.5, 1], [1, 3**0.5]]))[1]
    )


def test_nothing_ugly_hangs():
    rng = np.random.default_rng(3)
    started = time.thread_time()
    for digits in (3, 40, 280):
        for n in (3, 6):
            A = la.matrix(
                [
                    [
                        int(rng.integers(1, 9)) * 10**digits + int(rng.integers(0, 10**9))
                        for _ in range(n)
                    ]
                    for _ in range(n)
                ]
            )
            values = la.eigen(A).eigenvalues
            assert np.allclose(
                np.sort_complex(np.array(spread(values)) / 10.0**digits),
                np.sort_complex(np.linalg.eigvals(A.array / 10.0**digits)),
            )
            la.svd(A)
            la.spectral(A + A.T)
    B = la.matrix([[f"{i + j}/{10**60 + 7 * i + j}" for j in range(1, 7)] for i in range(6)])
    la.eigen(B)
    la.svd(B)
    assert time.thread_time() - started < 40  # 2 where nothing else counts along


def test_only_symmetric_matrices_have_perpendicular_axes():
    with pytest.raises(la.NotSymmetricError, match="row 1, column 2 holds 2") as refusal:
        la.spectral("1 2; 3 4")
    assert refusal.value.place == (0, 1)
    with pytest.raises(la.NotSymmetricError) as refusal:
        la.spectral(np.array([[1.0, 2, 3], [2, 1, 0], [3, 1e-9, 1]]))
    assert refusal.value.place == (1, 2)
    nearly = np.array([[1.0, 0.3], [0.3 + 1e-16, 1.0]])
    assert np.linalg.det(la.spectral(nearly).Q.array) == pytest.approx(1)
    for what in (la.eigen, la.diagonalize, la.spectral):
        with pytest.raises(la.ShapeError, match="square"):
            what("1 2 3; 4 5 6")


@settings(max_examples=60)
@given(st.integers(2, 5), st.integers(0, 10**6))
def test_measured_diagonal_forms_rebuild(n, seed):
    A = np.random.default_rng(seed).normal(size=(n, n))
    found = la.eigen(A)
    assert np.allclose(spread(found.eigenvalues), spread(np.linalg.eigvals(A)), atol=1e-8)
    assert found.tolerance > 0
    if found.is_real:
        P, D = la.diagonalize(A)
        assert np.allclose(P.array @ D.array @ np.linalg.inv(P.array), A, atol=1e-8)
    S = A + A.T
    Q, D = la.spectral(S)
    assert np.allclose((Q @ D @ Q.T).array, S, atol=1e-12)


def test_singular_measured_matrices_have_the_eigenvalue_zero():
    C = np.array([[1.0, 2, 3], [2, 4, 6], [3, 6, 9]])
    assert la.eigen(C).eigenvalues[1:] == (0.0, 0.0)
    assert la.eigen(C).eigenvalues[0] == pytest.approx(14)
    B = np.array([[1.0, 2], [3, 6]])
    assert la.eigen(B).eigenvalues == (pytest.approx(7), 0.0)
    assert la.eigen(np.zeros((2, 2))).eigenvalues == (0.0, 0.0)


def test_what_outgrows_exactness_is_measured(monkeypatch):
    A = la.matrix("√2+√3+√5+√7 √11+√13+√17+√19; √23+√29+√31+√37 √41+√43+√47+√53")
    assert not la.eigen(A).eigenvectors.is_exact
    big = la.matrix(np.diag(range(1, 8)))
    assert isinstance(la.eigen(big + la.matrix(np.ones((7, 7), dtype=int))).eigenvalues[0], float)
    monkeypatch.setattr(_eigen, "roots_of", lambda _: None)
    assert la.eigen("1 2 3; 4 5 6; 7 8 10").tolerance > 0
    monkeypatch.undo()

    class Endless:
        def nroots(self, **_):
            raise sympy.polys.polytools.NoConvergence

    monkeypatch.setattr(_charpoly.sp, "Poly", lambda *_, **__: Endless(), raising=False)
    assert _charpoly.roots_of([1, 0, -3, 1]) is None


def test_what_is_too_much_work_is_measured(monkeypatch):
    wide = "√2+√3+√5+√7+√11+√13+√17+√19+√23 0; 0 √29+√31+√37+√41+√43+√47+√53+√59+√61"
    assert not la.eigen(wide).eigenvectors.is_exact
    assert not la.spectral(wide).S.is_exact
    monkeypatch.setattr(_eliminate, "MAX_WORK", 0)
    _eliminate.reduced_rows.cache_clear()
    assert not la.eigen("2 1; 1 3").eigenvectors.is_exact
    assert not la.spectral("2 1; 1 3").S.is_exact
    monkeypatch.undo()
    _eliminate.reduced_rows.cache_clear()
    assert la.spectral("2 1; 1 3").S.is_exact


def test_a_double_root_among_roots():
    found = la.eigen("1+√2 -1; 1 √2-1")  # (λ − √2)²
    assert found.eigenvalues == (sympy.sqrt(2), sympy.sqrt(2))
    assert found.spaces[0].missing == 1


def test_how_much_an_error_grows_is_bounded():
    eps = np.finfo(float).eps
    assert _eigen._conditions(np.ones((2, 2)), eps) == pytest.approx([eps**-0.5] * 2)
    assert _eigen._conditions(np.eye(2), eps).tolist() == [1.0, 1.0]
    assert _eigen._conditions(np.array([[1.0]]), eps).tolist() == [1.0]


# --- For pictures -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["3/2 1; 1/2 1", "3 1; 0 2", "1 9; 0 2", "0 1; 1 1", "1 2; 2 4", "-2 0; 1 -3"]
)
def test_an_eigenbasis_can_be_drawn(text: str) -> None:
    A = la.matrix(text)
    P, D = la.eigenbasis(A)
    assert P @ D == A @ P
    assert la.det(P) > 0
    one, other = (float(la.norm(column)) for column in P.columns)
    assert 0.4 < one / other < 2.5
    assert max(one, other) < 5
    assert float(la.inner(*P.columns)) > -0.8 * one * other


def test_an_eigenbasis_needs_two_lines_of_the_plane() -> None:
    with pytest.raises(la.DefectiveMatrixError):
        la.eigenbasis("1 1; 0 1")
    with pytest.raises(la.ComplexEigenvaluesError):
        la.eigenbasis("0 -1; 1 0")
    with pytest.raises(la.ShapeError):
        la.eigenbasis("1 0 0; 0 2 0; 0 0 3")


@pytest.mark.parametrize("text", ["4 1; 1 4", "2 0; 0 1", "0 1; 1 0"])
def test_a_skewed_matrix_keeps_the_eigenvalues_and_not_the_symmetry(text: str) -> None:
    A = la.matrix(text)
    T = la.skewing(A)
    M = T @ A @ la.inverse(T)
    assert la.eigen(M).eigenvalues == la.eigen(A).eigenvalues
    assert M.T != M


def test_the_symmetric_part_is_symmetric() -> None:
    part = la.symmetric_part("1 2; 3 4")
    assert part == part.T
    assert la.symmetric_part(part) == part
    with pytest.raises(la.ShapeError):
        la.symmetric_part("1 2 3; 4 5 6")
