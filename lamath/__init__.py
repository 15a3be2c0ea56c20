"""Linear algebra for teaching: exact results, and the paths that motion follows.

>>> import lamath as la
>>> A = la.matrix("3 0; 4 5")
>>> A.shape
(2, 2)
"""

from lamath._matrix import Matrix, Vector, matrix, vector
from lamath._paths import LinearPath, flatten, fold, polar_path, rotation, straight
from lamath.errors import (
    InexactError,
    LanguageError,
    MatrixError,
    ParseError,
    ShapeError,
    SingularMatrixError,
)

__all__ = [
    "InexactError",
    "LanguageError",
    "LinearPath",
    "Matrix",
    "MatrixError",
    "ParseError",
    "ShapeError",
    "SingularMatrixError",
    "Vector",
    "flatten",
    "fold",
    "matrix",
    "polar_path",
    "rotation",
    "straight",
    "vector",
]
