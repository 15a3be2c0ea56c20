from __future__ import annotations

import inspect
import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest

import lamath as la

MODULES = ["lamath", *(f"lamath.{module.name}" for module in pkgutil.iter_modules(la.__path__))]


@pytest.mark.parametrize("name", [name for name in MODULES if not name.endswith("__main__")])
def test_all_is_true(name):
    module = import_module(name)
    assert len(set(module.__all__)) == len(module.__all__)
    for public in module.__all__:
        assert hasattr(module, public)


def test_everything_public_is_in_all():
    names = {name for name in vars(la) if not name.startswith("_")}
    assert names == set(la.__all__)


@pytest.mark.parametrize("name", la.__all__)
def test_everything_public_has_a_docstring(name):
    thing = getattr(la, name)
    assert inspect.getdoc(thing)
    if inspect.isclass(thing):
        for method, value in vars(thing).items():
            if not method.startswith("_") and (callable(value) or isinstance(value, property)):
                assert inspect.getdoc(value), f"{name}.{method}"


def test_importing_costs_numpy_only():
    script = "import sys, lamath; print(*(m for m in sys.modules if '.' not in m))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "numpy" in loaded
    assert not {"sympy", "scipy", "manim", "babel", "rich"} & set(loaded)


def test_errors_are_one_tree():
    for name in ("ParseError", "ShapeError", "InexactError", "SingularMatrixError"):
        assert issubclass(getattr(la, name), la.MatrixError)
    assert issubclass(la.MatrixError, ValueError)
