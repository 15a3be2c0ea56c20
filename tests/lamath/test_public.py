from __future__ import annotations

import inspect
import pickle
import pkgutil
import re
import subprocess
import sys
from importlib import import_module

import pytest

import lamath as la

MODULES = ["lamath", *(module.name for module in pkgutil.walk_packages(la.__path__, "lamath."))]


@pytest.mark.parametrize("name", [name for name in MODULES if not name.endswith("__main__")])
def test_all_is_true(name):
    module = import_module(name)
    assert len(set(module.__all__)) == len(module.__all__)
    for public in module.__all__:
        assert hasattr(module, public)


def test_everything_public_is_in_all():
    names = {name for name in vars(la) if not name.startswith("_")}
    assert names - {"cli"} == set(la.__all__)  # the command line comes when it is called


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
    for name in la.errors.__all__:
        kind = getattr(la, name)
        assert kind is getattr(la.errors, name)
        assert issubclass(kind, ValueError)
        assert issubclass(kind, la.MatrixError) == (kind is not la.LanguageError)


@pytest.mark.parametrize("name", [n for n in la.__all__ if inspect.isfunction(getattr(la, n))])
def test_every_function_teaches_with_an_example(name):
    text = inspect.getdoc(getattr(la, name))
    assert text.split("\n")[0].endswith(".")
    assert ">>> " in text


BAD = {
    "inverse": "1 2; 2 4",
    "diagonalize": "1 1; 0 1",
    "spectral": "1 2; 3 4",
    "trace": "1 2 3; 4 5 6",
    "det": "1 2 3; 4 5 6",
    "cofactors": "1 2 3; 4 5 6",
    "eigen": "1 2 3; 4 5 6",
    "polar": "1 2 3; 4 5 6",
    "path": "1 2 3 4; 5 6 7 8",
}


@pytest.mark.parametrize("name", BAD)
def test_every_error_shows_the_matrix_and_a_remedy(name):
    with pytest.raises(la.MatrixError) as refusal:
        getattr(la, name)(BAD[name])
    line = str(refusal.value)
    assert BAD[name] in line
    assert "\n" not in line
    assert re.search(r"[;,] (give|change|make|look)|or use|or look", line)
    large = [[k + 1] * 30 for k in range(30 if BAD[name].count(";") else 29)]
    if name not in ("trace", "det", "eigen", "polar", "path", "diagonalize", "cofactors"):
        with pytest.raises(la.MatrixError) as refusal:
            getattr(la, name)(large)
        assert len(str(refusal.value)) < 400


@pytest.mark.parametrize("name", ["inverse", "diagonalize", "spectral", "det"])
def test_errors_travel_between_processes(name):
    with pytest.raises(la.MatrixError) as refusal:
        getattr(la, name)(BAD[name])
    again = pickle.loads(pickle.dumps(refusal.value))  # noqa: S301
    assert type(again) is type(refusal.value)
    assert str(again) == str(refusal.value)
    assert vars(again) == vars(refusal.value)
