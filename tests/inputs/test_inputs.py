"""What a scene can be given: parsed, judged, and written so that it gives the same again."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import lamath as la
import scenes
from scenes import Entry
from scenes.inputs import (
    ChoiceInput,
    Folder,
    ImageInput,
    Input,
    InputError,
    IntInput,
    MatricesInput,
    MatrixInput,
    MisfitError,
    NumberInput,
    TensorInput,
    TensorsInput,
    VectorInput,
    WeightsInput,
    look,
    misfit,
    take,
    with_defaults,
)

A = MatrixInput("2x2", default="2 1; 1 3")
x = VectorInput(of="input", default="-1 1")
DECLARED: tuple[Input, ...] = (
    MatrixInput("2x3", default="1 0 0; 0 1 0"),
    MatrixInput("nxn", name="matrix_b", symbol="B", default="2"),
    MatricesInput("2x2", default="1 2; 3 4 | 0 1; 1 0"),
    VectorInput(of="output", default="1/2 sqrt(2)"),
    WeightsInput(),
    TensorInput(),
    TensorsInput(),
    ImageInput(),
    IntInput("rank", 1, low=0, high=3),
    NumberInput("angle", default=0.5, low=-180, high=180),
    ChoiceInput("norm", "one", choices=("one", "two")),
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    np.savez(tmp_path / "w.npz", a=np.eye(2), b=np.eye(3))
    Image.new("RGB", (4, 3)).save(tmp_path / "p.png")
    return tmp_path


def test_what_is_not_given_comes_from_the_environment_then_by_default() -> None:
    assert take((A, x), {}).texts == {"matrix": "2 1; 1 3", "vector": "-1 1"}
    said = {"LAMATH_MATRIX": "1 0; 0 1", "LAMATH_VECTOR": ""}
    assert take((A, x), {}, said).texts == {"matrix": "1 0; 0 1", "vector": "-1 1"}
    assert take((A, x), {"matrix": "5 0; 0 5"}, said).values["matrix"] == la.matrix("5 0; 0 5")


def test_a_scene_may_do_without_and_may_have_no_matrix() -> None:
    taken = take((VectorInput(), WeightsInput()), {})
    assert taken == ({"vector": None, "weights": None}, {}, {})
    assert take((), {}).values == {}


def test_texts_and_values_give_the_same_again(here: Path) -> None:
    given: dict[str, Any] = {"weights": "w.npz", "tensor": "a", "tensors": "a", "image": "p.png"}
    first = take(DECLARED, given)
    assert first.texts["matrices"] == "1 2; 3 4 | 0 1; 1 0"
    assert (first.texts["rank"], first.texts["angle"]) == ("1", "0.5")
    assert first.files == {"weights": here / "w.npz", "image": here / "p.png"}
    assert take(DECLARED, first.texts) == first
    assert take(DECLARED, first.values) == first


@pytest.mark.parametrize(
    ("of", "shape", "length"), [("input", "2x3", 3), ("output", "2x3", 2), (4, "2x3", 4)]
)
def test_a_vector_is_as_long_as_the_scene_means(of: Any, shape: str, length: int) -> None:
    declared = (MatrixInput(shape, default="1 0 0; 0 1 0"), VectorInput(of=of))
    for count in range(1, 6):
        text = " ".join("1" * count)
        if count == length:
            assert len(take(declared, {"vector": text}).values["vector"]) == length
        else:
            with pytest.raises(MisfitError, match=f"a vector of {length} numbers.*give {length}"):
                take(declared, {"vector": text})


def test_of_several_defaults_the_first_that_fits_is_taken() -> None:
    declared = (
        MatrixInput("2x2", "3x3", default="1 0; 0 1"),
        VectorInput(default=("1 2", "1 2 3")),
    )
    assert take(declared, {}).texts["vector"] == "1 2"
    assert take(declared, {"matrix": "1 0 0; 0 1 0; 0 0 1"}).texts["vector"] == "1 2 3"


@pytest.mark.parametrize(
    ("shapes", "matrix", "fits"),
    [
        (("2x2", "3x3"), "1 2; 3 4", True),
        (("2x2", "3x3"), "1 2 3", False),
        (("nxn",), "1", True),
        (("nxn",), "1 2", False),
        (("2xn",), "1 2 3 4; 1 2 3 4", True),
        (("mxn",), "1 2 3", True),
        (("mxn",), " ".join("1" * 9), False),
    ],
)
def test_shapes_may_have_letters_and_are_bounded(
    shapes: tuple[str, ...], matrix: str, fits: bool
) -> None:
    assert MatrixInput(*shapes).fits(la.matrix(matrix).shape) is fits


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"matrix": "1 2; 3"}, "svd, matrix: row 2 has 1 entry"),
        ({"matrix": True}, "'True' is not made of numbers"),
        ({"matrix": {}}, "is not made of numbers"),
        ({"matrix": [[1, True]]}, "'True' is not a number"),
        ({"matrix": "1"}, "svd takes a 2×3 matrix, and [1] is 1×1; give another matrix"),
        ({"matrix_b": "1 2"}, "an n×n matrix with at most 8 rows and columns, and [1 2] is 1×2"),
        ({"matrices": "1 | 2 | 3 | 4 | 5"}, "there are 5 matrices; give 1 to 4"),
        ({"matrices": "1 | 2"}, "takes a 2×2 matrix"),
        ({"matrices": 3}, "is no list; write such as"),
        ({"matrix_b": "1e60"}, "stay between 1e-50 and 1e50"),
        ({"matrix_b": [[1e-60]]}, "stay between 1e-50 and 1e50"),
        ({"rank": "4"}, "'4' is out of bounds; give a whole number from 0 to 3"),
        ({"rank": "two"}, "'two' is no whole number; give one from 0 to 3"),
        ({"rank": 1.5}, "is no whole number"),
        ({"rank": True}, "is no whole number"),
        ({"angle": "inf"}, "out of bounds"),
        ({"angle": "nan"}, "out of bounds"),
        ({"norm": "tow"}, "there is no norm 'tow'; did you mean two?"),
        ({"weights": "none.npy"}, "there is no file 'none.npy'; check the name"),
        ({"weights": 3}, "is no text"),
        ({"weights": ""}, "it is empty"),
        ({"weights": "a\0"}, "can't be shown (U+0000)"),
        ({"weights": "w.npz"}, "holds 2 tensors; name one: tensor ="),
        ({"weights": "w.npz", "tensor": "q"}, "has no tensor 'q'; there is 'a'"),
        ({"weights": "w.npz", "tensor": "a", "tensors": "a,q"}, "has no tensor 'q'"),
        ({"tensors": ["a"] * 9}, "there are 9 names; give 1 to 8"),
        ({"tensor": "a"}, 'add weights = "…", or leave it out'),
        ({"image": "w.npz"}, "is no whole PNG, JPEG or WebP"),
        ({"colour": "red"}, "svd shows no colour; it takes matrix, "),
    ],
)
def test_what_is_wrong_is_said_in_one_line(here: Path, given: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError) as caught:
        take(DECLARED, given, who="svd")
    said = str(caught.value)
    assert says in said
    assert said.isprintable()


def test_what_is_wrong_in_the_environment_is_said_with_its_variable() -> None:
    for text, says in (
        ("1 x", "LAMATH_MATRIX: '1 x': 'x' is not"),
        ("1", "MATRIX: svd takes a 2×2"),
    ):
        with pytest.raises(InputError, match=says):
            take((A, x), {}, {"LAMATH_MATRIX": text}, who="svd")


def test_all_that_is_wrong_can_be_had_at_once() -> None:
    _, wrong = look((A, x), {"matrix": "1", "vector": "x"}, Folder(), "svd")
    assert [error.name for error in wrong] == ["matrix", "vector"]


def test_who_cannot_show_the_same_is_said_together() -> None:
    errors = [MisfitError(who, "a 2×2 matrix", "[1] is 1×1", "give another") for who in "ab"]
    errors.append(MisfitError("c", "a 3×3 matrix", "[1] is 1×1", "give another"))
    assert misfit(errors) == (
        "a and b take a 2×2 matrix; c takes a 3×3 matrix, and [1] is 1×1; give another"
    )
    assert str(pickle.loads(pickle.dumps(errors[0]))) == str(errors[0])  # noqa: S301


def test_a_closed_folder_keeps_what_is_outside_out(here: Path) -> None:
    (here / "in").mkdir()
    closed = Folder(here / "in", "the lesson's folder", is_closed=True)
    with pytest.raises(InputError, match="leaves the lesson's folder"):
        WeightsInput().parse("../w.npz", closed)
    opened = Folder(here / "in")
    assert opened.name(WeightsInput().parse("../w.npz", opened)) == "../w.npz"


def test_a_class_attribute_is_another_default() -> None:
    (other,) = with_defaults((A,), {"matrix": "1 0; 0 1", "title": "T"})
    assert other == MatrixInput("2x2", default="1 0; 0 1")
    assert A.default == "2 1; 1 3"


@pytest.mark.parametrize("declared", DECLARED, ids=lambda each: type(each).__name__)
def test_every_kind_says_what_it_is(declared: Input) -> None:
    assert declared.takes
    assert declared.metavar
    assert declared.label("1")
    assert declared.schema().keys() & {"type", "anyOf"}
    assert declared.variable == f"LAMATH_{declared.name.upper()}"
    assert "_" not in declared.option


SOURCE = """
class First(MatrixScene):
    title = N_("First")
    inputs = (
        MatrixInput("2x2", "3x3", default="1 2; 2 4"),
        VectorInput(of="output", default=None),
        IntInput("rank", 1, low=0, high=2),
    )


class Second(First):
    title = N_("Second")
    matrix = "0 1; 1 0"
    stages = some(thing)
"""


def test_the_catalogue_reads_the_list_from_the_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "topic.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(scenes, "FOLDER", tmp_path)
    first, second = (Entry(name.lower(), "topic", name) for name in ("First", "Second"))
    assert first.inputs == (
        MatrixInput("2x2", "3x3", default="1 2; 2 4"),
        VectorInput(of="output"),
        IntInput("rank", 1, low=0, high=2),
    )
    assert second.title == "Second"
    assert second.inputs == (first.inputs[0].with_default("0 1; 1 0"), *first.inputs[1:])
    with pytest.raises(LookupError, match="no class Third"):
        _ = Entry("third", "topic", "Third").inputs


def test_a_tensor_that_is_too_large_to_be_read_is_refused_in_planning(here: Path) -> None:
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (20000, 20000)}"
    npy = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header
    (here / "large.npy").write_bytes(npy)
    _, wrong = look((WeightsInput(), TensorInput()), {"weights": "large.npy"}, Folder(here), "s")
    assert [str(each) for each in wrong] == [
        "'large' takes 2.98 GB of memory, and 1 GB is the limit; choose a smaller one"
    ]


def test_a_second_factor_has_as_many_rows_as_the_first_has_columns() -> None:
    declared = (
        MatrixInput("mxn", default="1 2 0; 3 1 1"),
        MatrixInput("nxp", name="second", default=("1 1; 0 1", "1; 2; 3"), times="matrix"),
    )
    assert take(declared, {}).values["second"] == la.matrix("1; 2; 3")
    assert take(declared, {"matrix": "1 2"}).values["second"] == la.matrix("1 1; 0 1")
    with pytest.raises(MisfitError, match=r"3 columns, and \[1 1; 0 1\] has 2; give 3"):
        take(declared, {"second": "1 1; 0 1"})
