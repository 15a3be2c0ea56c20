"""The catalogue, and what a scene's file may say: no results, no coordinates, no colors."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

import lamath as la
import scenes
from scenes import CATALOGUE, Entry
from scenes.inputs import MatrixInput, MisfitError, take
from scenes.stage import MatrixScene

FILES = sorted({*(each.path for each in CATALOGUE), scenes.FOLDER / "no_way_back.py"})
SCENE = pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: each.id)
SOURCE = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


# --- The catalogue ------------------------------------------------------------------------------


def test_listing_the_catalogue_does_not_load_manim() -> None:
    code = (
        "import sys, scenes; [(each.title, each.inputs) for each in scenes.CATALOGUE];"
        "sys.exit('manim' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@SCENE
def test_an_entry_is_found_by_its_id_and_loads_its_class(each: Entry) -> None:
    assert scenes.entry(each.id) is each
    assert re.fullmatch(r"[a-z][a-z_]*", each.id)
    scene = each.load()
    assert issubclass(scene, MatrixScene)
    assert scene.__name__ == each.class_name
    assert scene.__doc__


def test_there_is_no_scene_of_another_name() -> None:
    with pytest.raises(KeyError):
        scenes.entry("svdd")


@SCENE
def test_the_defaults_are_such_as_the_scene_takes(each: Entry) -> None:
    scene, taken = each.load()(), take(each.inputs, {})
    for name, value in taken.values.items():
        assert getattr(scene, name) == value


TAKES_A_MATRIX = [
    (each, matrix)
    for each in CATALOGUE
    for declared in each.inputs
    if isinstance(declared, MatrixInput)
    for matrix in ("1", "1 2 3", "1; 2; 3", "1 2 3 4; 5 6 7 8; 1 2 3 4; 5 6 7 8")
    if not declared.fits(la.matrix(matrix).shape)
]


@pytest.mark.parametrize(("each", "matrix"), TAKES_A_MATRIX, ids=str)
def test_a_shape_that_does_not_fit_is_said_in_one_line(each: Entry, matrix: str) -> None:
    name = next(given.name for given in each.inputs if isinstance(given, MatrixInput))
    with pytest.raises(MisfitError) as caught:
        each.load()(**{name: matrix})
    message = str(caught.value)
    assert each.class_name in message
    assert "×" in message
    assert "\n" not in message


# --- The sources --------------------------------------------------------------------------------


def literals(node: ast.AST, kind: type) -> Iterator[ast.Constant]:
    for child in ast.walk(node):
        if isinstance(child, ast.Constant) and type(child.value) is kind:
            yield child


def is_marked(node: ast.AST) -> bool:
    """Whether it is a call of N_, which marks words for translation."""
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "N_"


SETTING = ("math", "label", "row", "running", "name_line", "equals", "card", "prose", "Rename")
"""Words of the stage that set mathematics."""


@SOURCE
def test_no_scene_writes_a_number_into_a_formula(path) -> None:
    """What is shown comes from lamath; a scene's own texts hold subscripts and 0, 1, 2 at most."""
    subscripts = re.compile(r"_\d\b|\^\(-1\)")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = getattr(node, "func", None)
        called = getattr(name, "attr", getattr(name, "id", ""))
        if not isinstance(node, ast.Call) or called not in SETTING:
            continue
        for argument in node.args:
            for literal in literals(argument, str):
                digits = set(re.findall(r"\d+", subscripts.sub("", literal.value)))
                assert digits <= {"0", "1", "2"}, literal.value


@SOURCE
def test_captions_type_no_result(path) -> None:
    """What a caption may count by itself are dimensions, and right angles."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if is_marked(node):
            (message,) = (ast.literal_eval(argument) for argument in node.args)
            assert set(re.findall(r"\d+", message)) <= {"0", "1", "2", "90", "180"}, message


@SOURCE
def test_a_scene_knows_mathematics_and_the_stage_and_nothing_else(path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {
        (node.module or "" if isinstance(node, ast.ImportFrom) else alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    plain = {"__future__", "collections.abc", "fractions", "itertools", "typing", "manim"}
    plain |= {"math", "lamath", "scenes.inputs"}
    topics = {f"scenes.{each.stem}" for each in scenes.FOLDER.glob("*.py")}
    for module in imported - plain - topics:
        assert module.startswith("scenes.stage"), module
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"#[0-9A-Fa-f]{6}\b", text), "a color"
