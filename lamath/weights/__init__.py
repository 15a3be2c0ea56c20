"""Weight matrices: measured, often large, and read from files that nobody has to trust.

A layer that computes y = W x stores W as (outputs, inputs), the layout of PyTorch and
safetensors: rows are outputs, columns inputs.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lamath._matrix import Array, MatrixLike, matrix
from lamath._spectrum import measured_rank_for_energy, measured_stable_rank, storage
from lamath.errors import MatrixError, ShapeError
from lamath.notation import plain
from lamath.weights.files import (
    MAX_BYTES,
    Tensor,
    check_finite,
    check_shape,
    check_size,
    load,
    tensors,
)
from lamath.words import LOCALE, N_, Phrase, Words

__all__ = [
    "MAX_BYTES", "Analysis", "Lora", "Tensor", "analyze", "check_size", "load", "lora",
    "split_heads", "tensors",
]  # fmt: skip

# What a matrix of weights is


@dataclass(frozen=True)
class Analysis:
    """What the singular values say about a matrix of weights."""

    shape: tuple[int, int]
    """Outputs and inputs: (m, n)."""
    stored: str
    """The name of the numbers that it came in, such as ``float32`` or ``bfloat16``."""
    singular_values: Array
    """All min(m, n) of them, descending, read-only."""
    tolerance: float
    """max(m, n)·ε·σ₁: singular values up to it count as zero."""
    rank: int
    """How many singular values are above the tolerance."""
    energy_share: float
    """The share of Σσ² that `energy_rank` is about."""
    energy_rank: int
    """The fewest directions that hold that share."""
    stable_rank: float
    """Σσ²/σ₁²."""
    rounding: float
    """u·‖W‖_F with u half the spacing of the stored numbers near 1: rounding them can have
    moved each singular value by this much, but not by more."""

    @property
    def rank_bound(self) -> int:
        """min(m, n): no matrix of this shape has a larger rank."""
        return min(self.shape)

    @property
    def nullity(self) -> int:
        """The dimension of the null space: inputs minus rank."""
        return self.shape[1] - self.rank

    @property
    def nullity_forced(self) -> int:
        """The part of the nullity that every matrix of this shape has: inputs minus min(m, n)."""
        return self.shape[1] - self.rank_bound

    @property
    def nullity_redundant(self) -> int:
        """The part of the nullity that the shape does not force: min(m, n) minus rank."""
        return self.rank_bound - self.rank

    @property
    def efficiency_inputs(self) -> float:
        """Rank for each input: rank/n, the part of the input space that is not lost."""
        return self.rank / self.shape[1]

    @property
    def efficiency_shape(self) -> float:
        """Rank for each that the shape allows: rank/min(m, n)."""
        return self.rank / self.rank_bound

    @property
    def spectral_norm(self) -> float:
        """The largest singular value."""
        return float(self.singular_values[0])

    @property
    def frobenius_norm(self) -> float:
        """√(Σσ²)."""
        return self.spectral_norm * math.sqrt(self.stable_rank)

    @property
    def condition_number(self) -> float:
        """κ = σ₁/σ_min, infinite where a singular value counts as zero."""
        if self.nullity_redundant:
            return math.inf
        return self.spectral_norm / float(self.singular_values[-1])

    @property
    def unsure(self) -> int:
        """How many of the singular values above the tolerance rounding alone can explain."""
        return int((self.singular_values[: self.rank] <= self.rounding).sum())

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The verdicts, not yet in any language."""
        return tuple(_verdicts(self))

    def verdicts(self, language: str = "en") -> tuple[str, ...]:
        """Say in words what the numbers mean, most important first.

        Raises
        ------
        LanguageError
            If there are no words in that language.

        Examples
        --------
        >>> analyze([[1, 2], [2, 4]]).verdicts()[0]
        'Rank 1 of at most 2; redundant directions: 1.'
        >>> analyze([[1, 2], [2, 4]]).verdicts("zh-Hans")[0]
        '秩为 1，而形状允许 2：有 1 个方向是冗余的。'
        """
        words = Words(LOCALE, "lamath", language)
        return tuple(phrase.said(words) for phrase in self.phrases)

    def facts(self) -> dict[str, Any]:
        """Give everything as JSON can hold it; an infinite κ is None.

        >>> facts = analyze([[1, 2], [2, 4]]).facts()
        >>> facts["rank"], facts["condition_number"]
        (1, None)
        """
        kappa = self.condition_number
        return {
            "shape": list(self.shape),
            "stored": self.stored,
            "rank": self.rank,
            "rank_bound": self.rank_bound,
            "tolerance": self.tolerance,
            "nullity": self.nullity,
            "nullity_forced": self.nullity_forced,
            "nullity_redundant": self.nullity_redundant,
            "efficiency_inputs": self.efficiency_inputs,
            "efficiency_shape": self.efficiency_shape,
            "condition_number": kappa if math.isfinite(kappa) else None,
            "energy_share": self.energy_share,
            "energy_rank": self.energy_rank,
            "stable_rank": self.stable_rank,
            "spectral_norm": self.spectral_norm,
            "frobenius_norm": self.frobenius_norm,
            "rounding": self.rounding,
            "unsure": self.unsure,
            "singular_values": self.singular_values.tolist(),
        }


def analyze(W: MatrixLike, *, energy: float = 0.95, stored: str | None = None) -> Analysis:
    """Measure a matrix of weights by its singular values alone.

    It costs one singular value decomposition without vectors, and one copy of W.
    float16 is widened to float32, which changes no number; integers become float64.
    ε is that of the arithmetic, so a matrix is judged as it is stored; what storing
    it in 16 bits can have changed is told apart, in `Analysis.rounding`.

    Parameters
    ----------
    W
        An array (m×n), mapped or not, or anything that `lamath.matrix` takes.
    energy
        The share of Σσ² for `Analysis.energy_rank`.
    stored
        The name of the numbers that W came in, if they were widened since:
        ``bfloat16`` or ``float16``.

    Raises
    ------
    ShapeError
        If W does not have two dimensions, or has no entries.
    MatrixError
        If W holds anything but finite real numbers, or the share is none.

    Examples
    --------
    >>> W = np.random.RandomState(42).randn(32, 64)
    >>> found = analyze(W)
    >>> found.rank, found.nullity, found.nullity_forced, found.nullity_redundant
    (32, 32, 32, 0)
    >>> found.energy_rank, round(found.condition_number, 3), round(found.stable_rank, 2)
    (25, 4.712, 13.29)
    """
    if not 0 < energy <= 1:
        raise MatrixError(f"{energy!r} is no share of the energy; choose one above 0, up to 1")
    array = W if isinstance(W, np.ndarray) else matrix(W).array
    name = stored or array.dtype.name
    check_shape(array.shape, "the array")
    check_finite(array, "the array")
    if array.dtype not in (np.float32, np.float64):
        array = array.astype(np.float32 if array.dtype == np.float16 else np.float64)
    values = _singular_values(array)
    eps = float(np.finfo(array.dtype).eps)
    m, n = array.shape
    tolerance = max(m, n) * eps * float(values[0])
    stable = measured_stable_rank(values)
    if not math.isfinite(float(values[0]) * math.sqrt(stable)):
        raise MatrixError("the norm is too large for floats; scale the matrix down")
    spacing = _SPACING.get(name, eps)
    return Analysis(
        shape=(m, n),
        stored=name,
        singular_values=values,
        tolerance=tolerance,
        rank=int((values > tolerance).sum()),
        energy_share=float(energy),
        energy_rank=measured_rank_for_energy(values, float(energy)),
        stable_rank=stable,
        rounding=spacing / 2 * float(values[0]) * math.sqrt(stable),
    )


def _singular_values(array: NDArray[Any]) -> Array:
    """Give the singular values, computed in the numbers of the array wherever those suffice."""
    from scipy.linalg import svdvals  # numpy would widen float32: twice the time and memory

    for kind in (array.dtype, np.float64):  # float32 may not hold σ₁ though it holds all entries
        with suppress(np.linalg.LinAlgError):
            wide = array.astype(kind, copy=False)
            values: Array = svdvals(wide, check_finite=False).astype(np.float64)
            if np.isfinite(values).all():
                values.flags.writeable = False
                return values
    raise MatrixError("the singular values are too large for floats; scale the matrix down")


_SPACING: Final = {"float16": 2.0**-10, "bfloat16": 2.0**-7}


def _verdicts(found: Analysis) -> Iterator[Phrase]:
    m, n = found.shape
    rank, most, k = found.rank, found.rank_bound, found.energy_rank
    if not rank:
        yield Phrase(N_("Every entry is zero: every input gives the same output."))
        return
    if found.nullity_redundant:
        yield Phrase(
            N_("Rank {rank} of at most {most}; redundant directions: {redundant}."),
            {"rank": rank, "most": most, "redundant": found.nullity_redundant},
        )
        if storage(m, n, rank).saves:
            yield Phrase(
                N_("Nothing is lost by keeping rank {rank}: {stored} numbers instead of {full}."),
                {"rank": rank, "stored": f"{rank * (m + n) + rank:,}", "full": f"{m * n:,}"},
            )
    else:
        yield Phrase(
            N_("Full rank, {rank} of at most {most}: no direction is redundant."),
            {"rank": rank, "most": most},
        )
    if found.nullity_forced:
        yield Phrase(
            N_(
                "Directions lost because there are more inputs than outputs: {forced}. "
                "The shape forces that; it is no redundancy."
            ),
            {"forced": found.nullity_forced},
        )
    if not found.nullity:
        yield Phrase(
            N_("Different inputs always give different outputs: the layer can be undone.")
            if m == n
            else N_("Different inputs always give different outputs.")
        )
    else:
        yield Phrase(
            N_("Directions in which inputs can differ and give the same output: {nullity}."),
            {"nullity": found.nullity},
        )
    yield from _conditioning(found)
    values = {"k": k, "most": most, "share": f"{100 * found.energy_share:.4g}%"}
    kept = storage(m, n, k)
    if kept.saves:
        yield Phrase(
            N_(
                "{k} of {most} directions hold {share} of the energy, in {stored} numbers "
                "instead of {full}: a low-rank form pays."
            ),
            {**values, "stored": f"{kept.stored:,}", "full": f"{kept.full:,}"},
        )
    else:
        yield Phrase(
            N_(
                "{share} of the energy takes {k} of {most} directions, past the break-even at "
                "{even}: a low-rank form does not pay."
            ),
            {**values, "even": plain(float(kept.break_even))},
        )
    if found.unsure:
        yield Phrase(
            N_(
                "{unsure} of the singular values are so small (up to {rounding}) that rounding "
                "to {stored} alone can explain them."
            ),
            {
                "unsure": found.unsure,
                "rounding": plain(found.rounding),
                "stored": found.stored,
            },
        )


def _conditioning(found: Analysis) -> Iterator[Phrase]:
    kappa = found.condition_number
    if math.isinf(kappa):
        yield Phrase(N_("κ is infinite: along the redundant directions no gradient comes through."))
        return
    values = {"kappa": plain(kappa)}
    if kappa < 10:
        message = N_("κ ≈ {kappa}, well conditioned: gradients keep their proportions.")
    elif kappa < 1000:
        message = N_("κ ≈ {kappa}, moderately conditioned: some directions learn slower.")
    else:
        message = N_("κ ≈ {kappa}, ill conditioned: along some directions gradients fade away.")
    yield Phrase(message, values)


# Attention heads and low-rank updates


def split_heads(W: NDArray[Any], heads: int) -> tuple[NDArray[Any], ...]:
    """Give the part of a projection that belongs to each attention head, as views of W.

    W is stored as (outputs, inputs), and head i owns the i-th block of rows.

    Raises
    ------
    ShapeError
        If W does not have two dimensions or its rows can't be divided among the heads.

    Examples
    --------
    >>> first, second = split_heads(np.arange(8).reshape(4, 2), 2)
    >>> second
    array([[4, 5],
           [6, 7]])
    """
    if W.ndim != 2:
        raise ShapeError(
            f"W has the shape {W.shape}; a projection has two dimensions, outputs and inputs"
        )
    try:
        count = operator.index(heads)
    except TypeError:
        count = 0
    if count < 1 or W.shape[0] % count or not W.shape[0]:
        raise ShapeError(
            f"{W.shape[0]} outputs can't be divided among {heads} heads; "
            "give the number of heads of the model, which divides the outputs"
        )
    each = W.shape[0] // count
    return tuple(W[i * each : (i + 1) * each] for i in range(count))


@dataclass(frozen=True, eq=False)
class Lora:
    """A low-rank update of a matrix of weights: W + ΔW, ΔW = (α/r) B A (Hu et al. 2021)."""

    B: NDArray[Any]
    """The second factor (m×r): zero at the start."""
    A: NDArray[Any]
    """The first factor (r×n): random at the start."""
    alpha: float
    """α, which keeps the size of the update apart from the choice of r."""

    @property
    def r(self) -> int:
        """The inner dimension, a bound on the rank of ΔW."""
        return int(self.A.shape[0])

    @property
    def scale(self) -> float:
        """α/r."""
        return self.alpha / self.r

    @property
    def delta(self) -> NDArray[Any]:
        """ΔW = (α/r) B A (m×n)."""
        product: NDArray[Any] = self.B @ self.A
        return product * self.scale

    @property
    def numbers(self) -> int:
        """How many numbers are trained: r(m + n)."""
        return int(self.A.size + self.B.size)

    @property
    def full(self) -> int:
        """How many numbers W has: m n."""
        return int(self.B.shape[0] * self.A.shape[1])

    @property
    def share(self) -> Fraction:
        """Trained numbers for each number of W."""
        return Fraction(self.numbers, self.full)


def lora(m: int, n: int, r: int, alpha: float = 1.0, seed: int | None = None) -> Lora:
    """Give the factors of a low-rank update of an m×n matrix before its first step.

    B is zero, so ΔW is, and training starts at W itself; A is normal with variance
    1/n. Were both random, the update would start far larger than W.

    Raises
    ------
    ShapeError
        Unless 1 ≤ r ≤ min(m, n).
    MatrixError
        If α is not finite.

    Examples
    --------
    >>> pair = lora(768, 768, 4, alpha=8, seed=0)
    >>> pair.numbers, pair.full, pair.scale, pair.delta.any()
    (6144, 589824, 2.0, np.False_)
    """
    if not 1 <= r <= min(m, n):
        raise ShapeError(
            f"there is no update of rank {r} of a {m}×{n} matrix; "
            f"choose r from 1 to {max(min(m, n), 1)}"
        )
    if not math.isfinite(alpha):
        raise MatrixError(f"α = {alpha} is not finite; choose a number such as r")
    A = np.random.default_rng(seed).standard_normal((r, n), dtype=np.float32) / math.sqrt(n)
    return Lora(np.zeros((m, r), dtype=np.float32), A, float(alpha))
