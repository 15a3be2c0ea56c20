"""A report as a person likes to read it, in a terminal or a pipe, in three languages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from lamath._eliminate import RowReduction
from lamath._matrix import Matrix, Scalar, Vector
from lamath._motion.stages import Stage
from lamath._report import Report
from lamath._spaces import Subspace
from lamath.errors import ComplexEigenvaluesError, DefectiveMatrixError
from lamath.notation import degrees, is_simple, plain
from lamath.weights import Analysis
from lamath.words import Words

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["show", "show_weights"]

MAX_DRAWN: Final = 8
"""Of larger matrices the middle is left out."""
MAX_STEPS: Final = 12
MAX_SPANNED: Final = 4
MAX_VALUES: Final = 8
MAX_LINE: Final = 40
_LEVELS: Final = "▁▂▃▄▅▆▇█"
_BARS: Final = 48
_SUBSCRIPTS: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPTS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


# Numbers and matrices in text


def number(x: Scalar) -> str:
    """Write a number with ≈ if it is rounded; one with a root is followed by its decimal.

    >>> number(3), number(0.5), number(math.inf), number(-1j)
    ('3', '≈ 0.500', '∞', '≈ −1.00 i')
    >>> import sympy
    >>> number(2 * sympy.sqrt(5) / 5)
    '2√5/5 ≈ 0.894'
    """
    written = plain(x)
    if not is_simple(x):
        return f"≈ {written}"
    rooted = "√" in written and "i" not in written
    return f"{written} ≈ {plain(float(x))}" if rooted else written


def _listed(values: Sequence[Scalar]) -> str:
    """Write numbers in a row, with one ≈ for all; of many the middle is left out."""
    shown = list(values)
    if len(shown) > MAX_VALUES:
        shown = [*shown[: MAX_VALUES - 2], None, shown[-1]]
    written = ["…" if x is None else number(x) for x in shown]
    rounded = [text.startswith("≈ ") for text in written if text != "…"]
    if all(rounded):
        return "≈ " + ",  ".join(text.removeprefix("≈ ") for text in written)
    return ",  ".join(written)


def _index(symbol: str, i: int) -> str:
    return symbol + str(i).translate(_SUBSCRIPTS)


def _space(n: int) -> str:
    return "ℝ" + str(n).translate(_SUPERSCRIPTS)


def _kept(count: int) -> list[int | None]:
    """Give the places that are drawn, None standing for those left out."""
    if count <= MAX_DRAWN:
        return list(range(count))
    return [*range(MAX_DRAWN - 2), None, count - 1]


def drawn(A: Matrix) -> list[str]:
    r"""Draw a matrix with its brackets, a line of text for each row.

    >>> import lamath as la
    >>> print("\n".join(drawn(la.matrix("3 0; -1/2 sqrt(5)"))))
    ⎡    3   0 ⎤
    ⎣ −1/2  √5 ⎦
    """
    rows = A.exact_rows if A.is_exact else A.array.tolist()
    across = _kept(A.shape[1])
    cells = []
    for i in _kept(A.shape[0]):
        if i is None:
            cells.append(["⋱" if j is None else "⋮" for j in across])
        else:
            cells.append(["⋯" if j is None else plain(rows[i][j]) for j in across])
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(c.rjust(w) for c, w in zip(row, widths, strict=True)) for row in cells]
    if len(lines) == 1:
        return [f"[ {lines[0]} ]"]
    left, right = "⎡⎢⎣", "⎤⎥⎦"
    ends = [0, *[1] * (len(lines) - 2), 2]
    return [f"{left[e]} {line} {right[e]}" for e, line in zip(ends, lines, strict=True)]


def beside(parts: Iterable[str | list[str]], width: int) -> list[str]:
    r"""Set drawings and signs beside each other, centered, in as few bands as the width allows.

    >>> print("\n".join(beside(["A", "=", ["⎡ 1 ⎤", "⎣ 2 ⎦"]], 40)))
    A = ⎡ 1 ⎤
        ⎣ 2 ⎦
    """
    from rich.cells import cell_len

    bands: list[list[list[str]]] = [[]]
    used = 0
    for part in parts:
        block = [part] if isinstance(part, str) else part
        wide = max(map(cell_len, block)) + 1
        if bands[-1] and used + wide > width:
            bands.append([])
            used = 4
        bands[-1].append(block)
        used += wide
    lines: list[str] = []
    for order, band in enumerate(bands):
        indent = ""
        if order:
            lines.append("")
            indent = "    "  # what goes on stands further in
        height = max(map(len, band))
        for row in range(height):
            pieces = []
            for block in band:
                at = row - (height - len(block)) // 2
                text = block[at] if 0 <= at < len(block) else ""
                pieces.append(text + " " * (max(map(cell_len, block)) - cell_len(text)))
            lines.append((indent + " ".join(pieces)).rstrip())
    return lines


def wrapped(text: str, width: int) -> list[str]:
    """Break text into lines at spaces and between Chinese characters.

    No line begins with a mark that closes or ends with one that opens, and a space
    inside parentheses, as in (−2, 1), is no place to break.

    >>> wrapped("A sends (−2, 1) to zero.", 12)
    ['A sends', '(−2, 1) to', 'zero.']
    >>> wrapped("它把 (−2, 1) 送到零。", 11)
    ['它把', '(−2, 1) 送', '到零。']
    """
    from rich.cells import cell_len

    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and cell_len(line) + cell_len(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()]


def _pieces(text: str) -> Iterator[str]:
    """Give the parts of a text that must not be broken."""
    from rich.cells import cell_len

    start = depth = 0
    for place in range(1, len(text)):
        before, after = text[place - 1], text[place]
        depth += (before in "([{") - (before in ")]}")
        apart = before == " " and depth == 0
        wide = cell_len(before) == 2 or cell_len(after) == 2
        if apart or (wide and before not in "（「 " and after not in "，。：；、）」！？ "):
            yield text[start:place]
            start = place
    yield text[start:]


# The page


class _Page:
    """A console, and what is said on it."""

    def __init__(self, console: Console, words: Words) -> None:
        self.console = console
        self.say = words.gettext

    def heading(self, text: str) -> None:
        from rich.rule import Rule

        self.console.print()
        self.console.print(Rule(f"[bold]{text}[/]", align="left", style="dim"))

    def line(self, text: str, style: str = "", *, indent: int = 2, hang: int = 0) -> None:
        """Print a sentence, broken into lines where its language allows it."""
        from rich.text import Text

        room = self.console.width - indent - hang
        for number_of_line, line in enumerate(wrapped(text, room)):
            before = indent + (hang if number_of_line else 0)
            self.console.print(Text(" " * before + line, style))

    def drawing(self, *parts: str | list[str]) -> None:
        from rich.text import Text

        for line in beside(parts, self.console.width - 2):
            self.console.print(
                Text("  " + line if line else ""), no_wrap=True, crop=False, overflow="ignore"
            )

    def table(self, rows: Iterable[Sequence[str]], head: Sequence[str] = ()) -> None:
        from rich.padding import Padding
        from rich.table import Table
        from rich.text import Text

        rows = list(rows)
        table = Table(box=None, show_header=bool(head), pad_edge=False, padding=(0, 3, 0, 0))
        for place in range(len(rows[0])):
            table.add_column(
                Text(head[place], "dim") if head else "",
                overflow="fold",
                style="cyan" if place == 0 and not head else "",
                no_wrap=place == 0,
            )
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        self.console.print(Padding(table, (0, 0, 0, 2), expand=False))


def show(report: Report, console: Console, words: Words) -> None:
    """Print a report on a matrix."""
    page, _ = _Page(console, words), words.gettext
    page.drawing("A", "=", drawn(report.A))
    if report.b is not None:
        page.drawing("b", "=", _vector(report.b))
    page.console.print()
    for sentence in _verdict(report, words):
        page.line(sentence, "bold")
    page.console.print()
    page.table(_basics(report, words))
    if report.solution is not None:
        page.heading(_("The system A x = b"))
        _system(page, report)
    page.heading(_("Four subspaces"))
    page.table(
        (
            (_("column space"), *_spanned(report.column_space)),
            (_("null space"), *_spanned(report.null_space)),
            (_("row space"), *_spanned(report.row_space)),
            (_("left null space"), *_spanned(report.left_null_space)),
        ),
        ("", _("spanned by"), _("dimension"), _("inside")),
    )
    if report.row_reduction is not None:
        page.heading(_("Row reduction"))
        _reduction(page, report.A, report.row_reduction)
    page.heading(_("Singular value decomposition: rotate → stretch → rotate"))
    _singular(page, report)
    if report.eigen is not None:
        page.heading(_("Eigenvalues and eigenvectors"))
        _eigen(page, report)
    if report.inverse is not None:
        page.heading(_("Inverse"))
        page.drawing("A⁻¹", _sign(report.inverse), drawn(report.inverse))
    elif report.pinv is not None:
        page.heading(_("Pseudo-inverse"))
        page.line(_("It takes b to the shortest x for which A x is nearest to b."))
        page.drawing("A⁺", _sign(report.pinv), drawn(report.pinv))
    if report.polar is not None:
        R, P = report.polar
        page.heading(_("Polar decomposition: stretch, then turn"))
        page.drawing("A = R P =" if _exact(R, P) else "A = R P ≈", drawn(R), drawn(P))
    Q, R = report.qr
    page.heading(_("QR decomposition"))
    page.drawing("A = Q R =" if _exact(Q, R) else "A = Q R ≈", drawn(Q), drawn(R))


def _exact(*factors: Matrix) -> bool:
    return all(map(is_simple, factors))


def _sign(*factors: Matrix) -> str:
    return "=" if _exact(*factors) else "≈"


def _vector(v: Vector) -> str:
    """Write a vector; of a long one the middle is left out."""
    if len(v) <= MAX_DRAWN:
        return plain(v)
    entries = v.exact_rows if v.is_exact else v.array[:, None].tolist()
    written = ["…" if i is None else plain(entries[i][0]) for i in _kept(len(v))]
    return f"({', '.join(written)})"


def _verdict(report: Report, words: Words) -> Iterator[str]:
    _ = words.gettext
    m, n = report.shape
    rank = report.rank
    if report.is_invertible:
        yield _("A is invertible: its rank is {n}, so what it does can be undone.").format(n=n)
    elif report.is_square:
        crushed = _vector(report.null_space.vectors[0])
        yield _(
            "A is singular, it has no inverse: its rank is {rank}, less than {n}, "
            "so it sends {vector} to zero."
        ).format(rank=rank, n=n, vector=crushed)
    else:
        yield _("A is not square, so it has no inverse: it takes {inputs} to {outputs}.").format(
            inputs=_space(n), outputs=_space(m)
        )
        if rank == n:
            yield _("Different inputs always give different outputs.")
        if rank == m:
            yield _("Every output is reached.")
    if not report.is_exact:
        tolerance = max(m, n) * report.A.eps * float(report.spectral_norm)
        yield _(
            "Its numbers are measured: singular values up to {tolerance} count as zero."
        ).format(tolerance=plain(tolerance))


def _basics(report: Report, words: Words) -> Iterator[tuple[str, str]]:
    _ = words.gettext
    yield (
        _("rank"),
        _("{rank} of at most {most}").format(rank=report.rank, most=min(report.shape)),
    )
    yield _("nullity"), str(report.nullity)
    if report.det is not None:
        yield _("determinant"), number(report.det)
    if report.trace is not None:
        yield _("trace"), number(report.trace)
    yield _("singular values"), _listed(tuple(report.svd.S))
    kappa = report.condition_number
    told = number(kappa)
    if told == "∞":
        told = _("∞ (the rank is not full)")
    yield _("condition number κ"), told
    yield _("Frobenius norm"), number(report.frobenius_norm)
    yield _("spectral norm"), number(report.spectral_norm)
    yield _("nuclear norm"), number(report.nuclear_norm)
    yield _("stable rank"), number(report.stable_rank)
    if report.rank:
        yield _energy(report.energy_rank, min(report.shape), 0.95, words)


def _energy(k: int, most: int, share: float, words: Words) -> tuple[str, str]:
    _ = words.gettext
    return (
        _("{share} of the energy").format(share=_percent(share)),
        _("in {k} of {most} directions").format(k=k, most=most),
    )


def _system(page: _Page, report: Report) -> None:
    _, solution = page.say, report.solution
    assert solution is not None  # noqa: S101  (the caller asked)
    ranks = {"A": solution.rank_A, "Ab": solution.rank_Ab}
    if solution.kind == "unique":
        page.line(
            _(
                "Exactly one solution: b lies in the column space (rank A = rank [A | b] = {A}) "
                "and the null space is trivial."
            ).format(**ranks)
        )
    elif solution.kind == "infinite":
        page.line(
            _(
                "Infinitely many solutions: b lies in the column space (rank A = rank [A | b] = "
                "{A}) and the null space is not trivial."
            ).format(**ranks)
        )
    else:
        page.line(
            _(
                "No solution: b does not lie in the column space, "
                "rank A = {A} is less than rank [A | b] = {Ab}."
            ).format(**ranks)
        )
    sign = "=" if is_simple(solution.least_squares) else "≈"
    if solution.kind == "none":
        page.table(
            [
                (
                    _("least squares"),
                    f"x {sign} {_vector(solution.least_squares)}{_free(solution.homogeneous)}",
                ),
                (_("residual"), f"‖b − A x‖ {_related(solution.residual)}"),
            ]
        )
        return
    x = solution.particular
    assert x is not None  # noqa: S101  (there is one unless kind is none)
    rows = [(_("solution"), f"x {sign} {_vector(x)}{_free(solution.homogeneous)}")]
    if solution.kind == "infinite":
        rows.append((_("particular solution"), _("{x}, the shortest one").format(x=_vector(x))))
    page.table(rows)


def _related(x: Scalar) -> str:
    written = number(x)
    return f"= {written}" if is_simple(x) else f"≈ {written}"


def _free(space: Subspace) -> str:
    """Write what may be added to a solution."""
    vectors = space.vectors
    if len(vectors) == 1:
        return f" + t {_vector(vectors[0])}"
    if len(vectors) > MAX_SPANNED:
        return (
            f" + t₁ {_vector(vectors[0])} + … + {_index('t', len(vectors))} {_vector(vectors[-1])}"
        )
    return "".join(f" + {_index('t', i)} {_vector(v)}" for i, v in enumerate(vectors, start=1))


def _spanned(space: Subspace) -> tuple[str, str, str]:
    return _vectors(space), str(space.dim), _space(space.ambient)


def _vectors(space: Subspace) -> str:
    """Write a basis; of a large one the end is left out."""
    if space.dim == 0:
        return "0"
    vectors = [_vector(v) for v in space.vectors]
    if len(vectors) > MAX_SPANNED:
        vectors = [*vectors[: MAX_SPANNED - 1], "…"]
    line = ", ".join(vectors)
    return line if len(line) <= MAX_LINE else ",\n".join(vectors)


def _reduction(page: _Page, A: Matrix, found: RowReduction) -> None:
    _ = page.say
    steps, rref, pivots = found
    if not steps:
        page.line(_("A is in reduced row echelon form already."))
    elif len(steps) <= MAX_STEPS and max(A.shape) <= MAX_DRAWN:
        parts: list[str | list[str]] = [drawn(A)]
        for step in steps:
            # an arrow and what it leads to stay together
            operation = plain(step).split(" ← ")[-1]
            arrow = [operation, "─" * (len(operation) - 1) + "→"]
            parts.append(beside([arrow, drawn(step.matrix)], 10**6))
        page.drawing(*parts)
    else:
        page.line(
            "  " + _("{count} steps lead to the reduced row echelon form:").format(count=len(steps))
        )
        page.drawing("rref A", _sign(rref), drawn(rref))
    columns = ", ".join(str(j + 1) for j in pivots) or "—"
    page.table([(_("pivot columns"), columns)])


def _singular(page: _Page, report: Report) -> None:
    _ = page.say
    U, Sigma, Vh = report.svd.U, report.svd.Sigma, report.svd.Vh
    sign = "=" if _exact(U, Sigma, Vh) else "≈"
    page.drawing(f"A = U Σ Vᵀ {sign}", drawn(U), drawn(Sigma), drawn(Vh))
    if report.shape == (2, 2):
        into, stretch, out = report.svd.stages()
        first, second = (plain(x) if is_simple(x) else f"≈ {plain(x)}" for x in stretch.factors)
        page.table(
            [
                (_("rotate"), _("Vᵀ turns by {angle}°").format(angle=_turn(into.angle))),
                (
                    _("stretch"),
                    _("Σ stretches by {first} and {second}").format(first=first, second=second),
                ),
                _out(page, out),
            ]
        )


def _out(page: _Page, out: Stage) -> tuple[str, str]:
    """Say what U does: it turns, or folds."""
    _ = page.say
    if out.mirror is None:
        return _("rotate"), _("U turns by {angle}°").format(angle=_turn(out.angle))
    x, y = out.mirror
    line = _turn(math.atan2(y, x))
    return _("fold"), _("U folds the plane over, about the line at {angle}°").format(angle=line)


def _turn(angle: float | None) -> str:
    """Write an angle in degrees, with ≈ before it if it is not exact."""
    return degrees(angle or 0.0, sign=True).removeprefix("= ")


def _percent(share: float) -> str:
    whole = Fraction(share).limit_denominator(10**9) * 100
    return f"{int(whole)}%" if whole.denominator == 1 else f"{float(whole):.3g}%"


def _eigen(page: _Page, report: Report) -> None:
    _, found = page.say, report.eigen
    assert found is not None  # noqa: S101  (the caller asked)
    rows = []
    for each in found.spaces:
        rows.append((number(each.value), str(each.multiplicity), _vectors(each.space)))
    real = sum(each.multiplicity for each in found.spaces)
    others = found.eigenvalues[real:]
    rows += [(number(x), str(others.count(x)), "—") for x in dict.fromkeys(others)]
    page.table(rows[: 2 * MAX_VALUES], (_("eigenvalue λ"), _("multiplicity"), _("eigenvectors")))
    page.console.print()
    if report.spectral is not None:
        Q, S = report.spectral
        page.line(_("A is symmetric: it has perpendicular eigenvectors (spectral theorem)."))
        page.drawing(f"A = Q S Qᵀ {_sign(Q, S)}", drawn(Q), drawn(S), drawn(Q.T))
        return
    form = report.diagonalization
    if form is not None:
        P, D = form
        back = form.P_inverse
        page.line(_("A is diagonalizable: its eigenvectors are a basis."))
        page.drawing(f"A = P D P⁻¹ {_sign(P, D, back)}", drawn(P), drawn(D), drawn(back))
        return
    problem = report.why("diagonalization")
    if isinstance(problem, ComplexEigenvaluesError):
        page.line(
            _(
                "A is not diagonalizable over the real numbers: its eigenvalue {value} is not real."
            ).format(value=number(problem.eigenvalues[0]))
        )
    if isinstance(problem, DefectiveMatrixError):
        page.line(
            _(
                "A is not diagonalizable: λ = {value} has multiplicity {multiplicity}, "
                "but its eigenspace only has dimension {found}."
            ).format(
                value=plain(problem.eigenvalue),
                multiplicity=problem.multiplicity,
                found=problem.found,
            )
        )


# Weights


def show_weights(
    found: Analysis,
    name: str,
    console: Console,
    words: Words,
    heads: Sequence[Analysis] = (),
) -> None:
    """Print what a matrix of weights is, and each of its attention heads."""
    page, _ = _Page(console, words), words.gettext
    m, n = found.shape
    page.line(name, "bold")
    page.console.print()
    kappa = found.condition_number
    page.table(
        (
            (
                _("shape"),
                _("{m} outputs × {n} inputs, {stored}").format(m=m, n=n, stored=found.stored),
            ),
            (
                _("rank"),
                _("{rank} of at most {most}").format(rank=found.rank, most=found.rank_bound),
            ),
            (
                _("tolerance"),
                _("{tolerance}: singular values up to here count as zero").format(
                    tolerance=plain(found.tolerance)
                ),
            ),
            (
                _("nullity"),
                _("{nullity} = {forced} forced by the shape + {redundant} redundant").format(
                    nullity=found.nullity,
                    forced=found.nullity_forced,
                    redundant=found.nullity_redundant,
                ),
            ),
            (_("rank per input"), _percent(found.efficiency_inputs)),
            (_("rank per rank possible"), _percent(found.efficiency_shape)),
            (
                _("condition number κ"),
                _("∞ (the rank is not full)") if math.isinf(kappa) else number(kappa),
            ),
            _energy(found.energy_rank, found.rank_bound, found.energy_share, words),
            (_("stable rank"), number(found.stable_rank)),
            (_("Frobenius norm"), number(found.frobenius_norm)),
            (_("spectral norm"), number(found.spectral_norm)),
            (_("singular values"), _range(found)),
            ("", _bars(found)),
        )
    )
    page.heading(_("What that means"))
    for sentence in found.phrases:
        page.line(f"• {sentence.said(words)}", hang=2)
    if heads:
        page.heading(_("Attention heads"))
        page.table(
            (
                (
                    str(i),
                    f"{head.rank} / {head.rank_bound}",
                    number(head.condition_number).removeprefix("≈ "),
                    plain(head.stable_rank),
                    str(head.energy_rank),
                    _bars(head, 16),
                )
                for i, head in enumerate(heads)
            ),
            (
                _("head"),
                _("rank"),
                "κ",
                _("stable rank"),
                _("{share} of the energy").format(share=_percent(found.energy_share)),
                _("singular values"),
            ),
        )
        page.console.print()
        page.line(
            _(
                "Together they read {rank} of {n} directions; "
                "the {nullity} directions left are in the null space of every head."
            ).format(rank=found.rank, n=n, nullity=found.nullity)
        )


def _range(found: Analysis) -> str:
    values = found.singular_values
    return f"{plain(float(values[0]))} … {plain(float(values[-1]))}"


def _bars(found: Analysis, width: int = _BARS) -> str:
    """Draw the singular values, largest first; those that count as zero are dots."""
    values = found.singular_values
    count = min(width, len(values))
    picked = [float(values[i * len(values) // count]) for i in range(count)]
    largest = picked[0]
    return "".join(
        "·" if x <= found.tolerance else _LEVELS[min(7, int(x / largest * 8))] for x in picked
    )
