"""What a scene can be given: one typed list a scene, which everybody who asks for inputs reads.

    inputs = (MatrixInput("2x2", default="2 1; 1 3"), VectorInput(of="input", default="-1 1"))

The catalogue reads such a list from the source, so its arguments are literals. Nobody else
knows the inputs of a scene by name: command line, environment, lesson files, ids, keys and
pages take them from here. An input parses what was given (text, or what TOML and Python
have instead), judges it by the inputs before it, and writes it as text that gives it again.
"""

from scenes.inputs.base import Folder, Input, InputError, MisfitError, misfit
from scenes.inputs.files import ImageInput, TensorInput, TensorsInput, WeightsInput
from scenes.inputs.numbers import (
    ChoiceInput,
    IntInput,
    MatricesInput,
    MatrixInput,
    NumberInput,
    VectorInput,
)
from scenes.inputs.taking import KINDS, Taken, look, take, with_defaults

__all__ = [
    "KINDS",
    "ChoiceInput",
    "Folder",
    "ImageInput",
    "Input",
    "InputError",
    "IntInput",
    "MatricesInput",
    "MatrixInput",
    "MisfitError",
    "NumberInput",
    "Taken",
    "TensorInput",
    "TensorsInput",
    "VectorInput",
    "WeightsInput",
    "look",
    "misfit",
    "take",
    "with_defaults",
]
