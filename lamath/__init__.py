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
from lamath._decompositions import Polar, Stage, Svd, path, polar, svd
from lamath._matrix import Matrix, MatrixLike, Scalar, Vector, VectorLike, matrix, vector
from lamath._paths import LinearPath, flatten, fold, polar_path, rotation, straight
from lamath._spaces import Subspace, column_space, det, inverse, null_space, nullity, rank
from lamath._spectrum import (
    LowRank,
    Storage,
    energy,
    low_rank,
    rank_for_energy,
    stable_rank,
    storage,
)
from lamath.errors import (
    InexactError,
    LanguageError,
    MatrixError,
    ParseError,
    ShapeError,
    SingularMatrixError,
    WeightsError,
)

__all__ = [
    "InexactError",
    "LanguageError",
    "LinearPath",
    "LowRank",
    "Matrix",
    "MatrixError",
    "MatrixLike",
    "ParseError",
    "Polar",
    "Scalar",
    "ShapeError",
    "SingularMatrixError",
    "Stage",
    "Storage",
    "Subspace",
    "Svd",
    "Vector",
    "VectorLike",
    "WeightsError",
    "column_space",
    "det",
    "energy",
    "errors",
    "flatten",
    "fold",
    "inverse",
    "low_rank",
    "matrix",
    "notation",
    "null_space",
    "nullity",
    "path",
    "polar",
    "polar_path",
    "rank",
    "rank_for_energy",
    "rotation",
    "stable_rank",
    "storage",
    "straight",
    "svd",
    "vector",
    "weights",
    "words",
]
