"""Numbers in a lesson's texts: worked out, never typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenes.studio.request.lesson import plan_lesson
from scenes.studio.request.lesson_errors import LessonError
from scenes.studio.request.lesson_numbers import NUMBERS

HEAD = 'title = "T"\n'
INVERSE = '[[clip]]\nid = "first"\nscene = "inverse"\nmatrix = [[2, 1], [1, 3]]\n'
RANK = '[[clip]]\nid = "flat"\nscene = "rank"\nmatrix = [[1, 2], [2, 4]]\n'


def body(tmp_path: Path, *parts: str) -> str:
    """What the first text of a lesson says."""
    path = tmp_path / "lesson.toml"
    path.write_text(HEAD + "".join(parts), encoding="utf-8")
    shown = plan_lesson(path).lesson
    assert shown is not None
    return next(part["body"]["en"] for part in shown["parts"] if part["kind"] == "text")


def text(said: str) -> str:
    return f"[[text]]\nbody = '{said}'\n"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("det A = {det}", "det A = 5"),
        ("{=det}; {=kappa}; {~kappa}", "= 5; = (3 + √5)/2; ≈ 2.62"),
        ("{inverse}", "[3/5 −1/5; −1/5 2/5]"),
        ("{rank} of {columns}", "2 of 2"),
        ("{{det}} {det}", "{det} 5"),
        ("N(B) = {0}, {x | y}, {{7*7}}", "N(B) = {0}, {x | y}, {{7*7}}"),
    ],
)
def test_a_number_is_that_of_the_clip_above(tmp_path: Path, asked: str, said: str) -> None:
    assert body(tmp_path, INVERSE, text(asked), RANK) == said


def test_before_the_first_clip_it_is_that_of_the_first(tmp_path: Path) -> None:
    assert body(tmp_path, text("{det}"), INVERSE, RANK) == "5"


def test_another_clip_is_named(tmp_path: Path) -> None:
    assert body(tmp_path, INVERSE, text("{flat.rank}, {flat.null_vector}"), RANK) == "1, (−2, 1)"


def test_questions_and_titles_have_numbers_too(tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    question = "[[question]]\nprompt = 'det = ?'\nanswer = '{det}'\n"
    path.write_text(f"title = 'T'\n{INVERSE}title = 'det {{det}}'\n{question}", encoding="utf-8")
    shown = plan_lesson(path).lesson
    assert shown is not None
    clip, asked = shown["parts"]
    assert (clip["title"]["en"], asked["answer"]["en"]) == ("det 5", "5")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("{dett}", "there is no number {dett}; did you mean det?; for braces write {{dett}}"),
        ("{frist.det}", "there is no clip 'frist'; did you mean first?"),
        ("{flat.inverse}", "{inverse} is nothing here: "),
        ("{sigma_3}", "{sigma_3} is nothing here: [2 1; 1 3] has none"),
    ],
)
def test_what_there_is_not_is_said_with_its_line(tmp_path: Path, asked: str, said: str) -> None:
    with pytest.raises(LessonError) as stopped:
        body(tmp_path, INVERSE, text(asked), RANK)
    (line,) = stopped.value.problems
    assert line.startswith(f"{tmp_path / 'lesson.toml'}:7: text 1, body in en: ")
    assert said in line


def test_every_number_can_be_written(tmp_path: Path) -> None:
    square = '[[clip]]\nid = "s"\nscene = "solutions"\nmatrix = [[2, 1], [1, 3]]\nvector = [3, 4]\n'
    missing = {"null_vector", "sigma_3"}
    asked = " | ".join(f"{{={name}}}" for name in NUMBERS if name not in missing)
    said = body(tmp_path, square, text(asked)).split(" | ")
    assert len(said) == len(NUMBERS) - len(missing)
    assert all(each.startswith(("= ", "≈ ")) for each in said)
