"""Linear algebra for teaching: exact results, and the paths that motion follows.

>>> import lamath as la
>>> A = la.matrix("3 0; 4 5")
>>> la.svd(A).S
vector("3*sqrt(5) sqrt(5)")
>>> la.path(A).end
array([[3., 0.],
       [4., 5.]])
"""

from lamath import errors, notation, weights, words
from lamath._decompositions import Polar, Svd, polar, svd
from lamath._eigen import (
    Diagonalization,
    Eigen,
    Eigenspace,
    Spectral,
    diagonalize,
    eigen,
    eigenbasis,
    spectral,
)
from lamath._eliminate import RowReduction, RowReplace, RowScale, RowStep, RowSwap, row_reduce
from lamath._matrix import Matrix, MatrixLike, Scalar, Vector, VectorLike, identity, matrix, vector
from lamath._motion.paths import LinearPath, flatten, fold, power, reflect, rotation
from lamath._motion.stages import Stage
from lamath._motion.whole import path
from lamath._norms import (
    condition_number,
    frobenius_norm,
    inner,
    norm,
    nuclear_norm,
    spectral_norm,
)
from lamath._orthogonal import GramSchmidt, GramSchmidtStep, Qr, Shadow, gram_schmidt, qr
from lamath._report import Report, analyze
from lamath._samples import (
    Coplanar,
    Neighbor,
    Parallel,
    Unreachable,
    coplanar,
    coset_points,
    crushed,
    directions,
    inconsistent,
    neighbor,
    parallel,
    unreachable,
)
from lamath._shears import Crossing, Shear, crossing, shears
from lamath._slides import Slide, crossing_in_space, slides
from lamath._solve import Solution, pinv, solve
from lamath._spaces import (
    Subspace,
    column_space,
    left_null_space,
    null_space,
    nullity,
    rank,
    row_space,
)
from lamath._spectrum import (
    LowRank,
    Storage,
    energy,
    low_rank,
    rank_for_energy,
    stable_rank,
    storage,
)
from lamath._square import Cofactor, Cofactors, cofactors, commute, det, inverse, trace
from lamath.errors import (
    ComplexEigenvaluesError,
    DefectiveMatrixError,
    InexactError,
    LanguageError,
    MatrixError,
    NotSymmetricError,
    ParseError,
    ShapeError,
    SingularMatrixError,
    WeightsError,
)

__all__ = [
    "Cofactor",
    "Cofactors",
    "ComplexEigenvaluesError",
    "Coplanar",
    "Crossing",
    "DefectiveMatrixError",
    "Diagonalization",
    "Eigen",
    "Eigenspace",
    "GramSchmidt",
    "GramSchmidtStep",
    "InexactError",
    "LanguageError",
    "LinearPath",
    "LowRank",
    "Matrix",
    "MatrixError",
    "MatrixLike",
    "Neighbor",
    "NotSymmetricError",
    "Parallel",
    "ParseError",
    "Polar",
    "Qr",
    "Report",
    "RowReduction",
    "RowReplace",
    "RowScale",
    "RowStep",
    "RowSwap",
    "Scalar",
    "Shadow",
    "ShapeError",
    "Shear",
    "SingularMatrixError",
    "Slide",
    "Solution",
    "Spectral",
    "Stage",
    "Storage",
    "Subspace",
    "Svd",
    "Unreachable",
    "Vector",
    "VectorLike",
    "WeightsError",
    "analyze",
    "cofactors",
    "column_space",
    "commute",
    "condition_number",
    "coplanar",
    "coset_points",
    "crossing",
    "crossing_in_space",
    "crushed",
    "det",
    "diagonalize",
    "directions",
    "eigen",
    "eigenbasis",
    "energy",
    "errors",
    "flatten",
    "fold",
    "frobenius_norm",
    "gram_schmidt",
    "identity",
    "inconsistent",
    "inner",
    "inverse",
    "left_null_space",
    "low_rank",
    "matrix",
    "neighbor",
    "norm",
    "notation",
    "nuclear_norm",
    "null_space",
    "nullity",
    "parallel",
    "path",
    "pinv",
    "polar",
    "power",
    "qr",
    "rank",
    "rank_for_energy",
    "reflect",
    "rotation",
    "row_reduce",
    "row_space",
    "shears",
    "slides",
    "solve",
    "spectral",
    "spectral_norm",
    "stable_rank",
    "storage",
    "svd",
    "trace",
    "unreachable",
    "vector",
    "weights",
    "words",
]
