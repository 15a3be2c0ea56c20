"""Lesson files: what they say, and everything that can be wrong with them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import stand_in
from html_reader import Reader
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from support import Run, shows

import scenes
from scenes.inputs import ImageInput, Input, TensorInput, WeightsInput, files
from scenes.studio.report.page import lesson_page
from scenes.studio.request.clip import Clip
from scenes.studio.request.lesson import plan_lesson
from scenes.studio.request.lesson_errors import LessonError

HEAD = 'title = "T"\n'
CALM = '[[clip]]\nscene = "calm"\n'

Write = Callable[..., Path]


def takes(name: str, *inputs: Input) -> scenes.Entry:
    """A scene of the catalogue that is only ever planned."""
    entry = stand_in.StandInEntry(name, "stand_ins", "Calm")
    entry.__dict__["declared"] = entry.declared._replace(inputs=inputs)
    return entry


@pytest.fixture(autouse=True)
def catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    known = [entry for entry in stand_in.CATALOGUE if entry.id != "weighs"]
    more = (takes("layers", WeightsInput(), TensorInput()), takes("photo", ImageInput()))
    monkeypatch.setattr(scenes, "CATALOGUE", (*known, *more))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a lesson file in a folder of its own."""

    def write(text: str | bytes, name: str = "lesson.toml") -> Path:
        path = tmp_path / "course" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


def problems(path: Path, **options: Any) -> list[str]:
    """What is said of a file, without its name."""
    with pytest.raises(LessonError) as stopped:
        plan_lesson(path, **options)
    said = list(stopped.value.problems)
    assert str(stopped.value) == "\n".join(said)
    assert all(line.isprintable() and line.startswith(f"{path}:") for line in said)
    return [line.removeprefix(f"{path}:") for line in said]


# What it says


def test_parts_keep_the_order_of_the_file(write: Write) -> None:
    text = (
        HEAD + '[[text]]\nbody = "one"\n' + CALM + '[[question]]\nprompt = "two?"\nanswer = "2"\n'
        "# [[clip]]\n" + CALM + '[[text]]\n[text.body]\nen = """\n[[clip]]\nthree"""\n'
    )
    shown = plan_lesson(write(text)).lesson
    assert shown is not None
    assert [part["kind"] for part in shown["parts"]] == ["text", "clip", "question", "clip", "text"]
    assert [part.get("id") for part in shown["parts"]] == [None, "clip-1", None, "clip-2", None]
    assert shown["parts"][4]["body"] == {"en": "[[clip]]\nthree"}


def test_inline_arrays_are_understood_as_well(write: Write) -> None:
    text = HEAD + 'text = [{body = "one"}]\nclip = [{scene = "calm"}, {scene = "chatty"}]\n'
    shown = plan_lesson(write(text)).lesson
    assert shown is not None
    assert [part["kind"] for part in shown["parts"]] == ["text", "clip", "clip"]


def test_a_clip_says_what_the_lesson_says_unless_it_says_otherwise(write: Write) -> None:
    text = (
        HEAD + 'languages = ["en", "zh-CN"]\naspects = ["1:1"]\nquality = "h"\ntheme = "light"\n'
        'formats = ["mp4", "gif"]\ncaptions = false\n' + CALM + CALM
        + 'matrix = [[1, 0.1], ["1/2", 3]]\nlanguages = "zh-Hant"\naspects = ["9:16", "16:9"]\n'
        'quality = "k"\ntheme = "dark"\nformats = "webm"\ncaptions = true\n'
    )  # fmt: skip
    clips = plan_lesson(write(text)).clips
    same = {"aspect": "1:1", "theme": "light", "quality": "h", "captions": False}
    own = {"theme": "dark", "quality": "k", "format": "webm"}
    assert clips == (
        Clip("calm", shows("1 0; 0 1"), language="en", **same),
        Clip("calm", shows("1 0; 0 1"), language="en", format="gif", **same),
        Clip("calm", shows("1 0; 0 1"), language="zh-Hans", **same),
        Clip("calm", shows("1 0; 0 1"), language="zh-Hans", format="gif", **same),
        Clip("calm", shows("1 1/10; 1/2 3"), language="zh-Hant", aspect="9:16", **own),
        Clip("calm", shows("1 1/10; 1/2 3"), language="zh-Hant", aspect="16:9", **own),
    )


def test_what_nobody_says_is_as_usual(write: Write) -> None:
    assert plan_lesson(write(HEAD + CALM)).clips == (Clip("calm", shows("1 0; 0 1"), quality="m"),)


def test_the_command_line_wins(write: Write) -> None:
    path = write(HEAD + 'quality = "k"\n' + CALM + 'quality = "h"\nlanguages = "en"\n')
    asked = {"quality": "l", "languages": ["zh-Hans"], "aspects": [], "captions": None}
    planned = plan_lesson(path, asked=asked)
    assert planned.clips == (Clip("calm", shows("1 0; 0 1"), language="zh-Hans", quality="l"),)
    assert planned.lesson is not None
    assert planned.lesson["languages"] == ["zh-Hans"]


def test_texts_have_to_speak_what_the_command_line_asks_for(write: Write) -> None:
    path = write('title.en = "T"\n' + CALM)
    assert problems(path, asked={"languages": ["zh-Hant"]}) == [
        "1: title: it has no words in zh-Hant; add them, or take zh-Hant out of languages"
    ]


def test_a_clip_that_is_shown_twice_is_rendered_once(write: Write) -> None:
    planned = plan_lesson(write(HEAD + CALM + CALM))
    assert len(planned.clips) == 1
    assert planned.lesson is not None
    assert len(planned.lesson["parts"]) == 2


def test_a_matrix_and_a_vector_may_be_text_or_arrays(write: Write) -> None:
    chatty = '[[clip]]\nscene = "chatty"\n'
    text = HEAD + chatty + 'matrix = "1 2; 3 4"\nvector = "1 1/2"\n'
    text += chatty + 'matrix = [[1, 2], [3, 4]]\nvector = [1, "1/2"]\n'
    (clip,) = plan_lesson(write(text)).clips
    assert clip.inputs == (("matrix", "1 2; 3 4"), ("vector", "1 1/2"))


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_editor_will_do(write: Write, mark: str, end: str) -> None:
    text = (mark + HEAD + CALM + "matrix = 'x'\n").replace("\n", end)
    assert problems(write(text))[0].startswith("4: clip 1, matrix: ")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            f"id = 0x{'f' * 4000}",
            "4: clip 1, id: it has a number of more than 300 digits; write a shorter one",
        ),
        (f"matrix = [[0b{'1' * 4000}, 1], [1, 1]]", "4: clip 1, matrix: it has a number of more"),
        (f"matrix = [[0x{'f' * 4000}, 1], [1, 1]]", "a number of more than 300 digits"),
        ("matrix = [[1e299, 1], [1, 1e299]]", "stay between 1e-50 and 1e50"),
        (f"matrix = '1{'0' * 151} 1; 1 1'", "stay between 1e-50 and 1e50"),
    ],
    ids=["id", "binary", "matrix", "float", "text"],
)
def test_numbers_that_no_clip_can_show_are_refused(write: Write, line: str, says: str) -> None:
    (said,) = problems(write(f"{HEAD}{CALM}{line}\n"))
    assert says in said


def test_ids_that_are_given_are_not_given_again(write: Write) -> None:
    shown = plan_lesson(write(HEAD + CALM + CALM + 'id = "clip-1"\n')).lesson
    assert shown is not None
    assert [part["id"] for part in shown["parts"]] == ["clip-1-a", "clip-1"]


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("first-steps.toml", "first-steps"),
        ("first steps.toml", "first-steps-......"),
        ("第7课.toml", "第7课"),
        ("...toml", "lesson-......"),
        ("<script>.toml", "script-......"),
        ("a" * 200 + ".toml", "a" * 60 + "-......"),
        ("clips.toml", "clips-......"),
        ("First.toml", "First-......"),
    ],
)
def test_the_folder_of_a_lesson_is_named_like_its_file(
    write: Write, monkeypatch: pytest.MonkeyPatch, name: str, folder: str
) -> None:
    path = write(HEAD + CALM, name)
    monkeypatch.chdir(path.parent)
    assert re.fullmatch(folder, plan_lesson(Path(name)).folder)
    assert plan_lesson(path).folder == plan_lesson(Path(name)).folder


def test_lessons_of_one_name_have_folders_of_their_own(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "course" / "a").mkdir(parents=True)
    (tmp_path / "course" / "b").mkdir()
    monkeypatch.chdir(tmp_path / "course")
    names = ("x.toml", "a/x.toml", "b/x.toml", "a x.toml", "a-x.toml", "A-x.toml")
    folders = {plan_lesson(write(HEAD + CALM, name)).folder.lower() for name in names}
    assert len(folders) == len(names)


# What is wrong with its fields


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        # the lesson
        (CALM, 1, 'title: it is missing; add title = "First steps"'),
        ("title = 3\n" + CALM, 1, "title: '3' is no text; write it in quotes, or one for each"),
        ('title = ""\n' + CALM, 1, "title: it is empty; write something"),
        ('title.fr = "T"\ntitle.en = "T"\n' + CALM, 1, "title in fr: there are no words in 'fr';"),
        ("title.en = 3\n" + CALM, 1, "title in en: '3' is no text"),
        ('languages = ["en", "zh-Hans"]\ntitle.en = "T"\n' + CALM, 2, "no words in zh-Hans; add"),
        ("title = '" + "x" * 201 + "'\n" + CALM, 1, "201 characters; shorten it to 200"),
        (HEAD + "langauges = 'en'\n" + CALM, 2, "langauges: there is no such field; did you mean "
         "languages?"),
        (HEAD + "languages = ['en',\n 'fr']\n" + CALM, 3, "languages: there are no words in 'fr'"),
        (HEAD + "languages = []\n" + CALM, 2, "languages: it is empty; write such as languages ="),
        (HEAD + "languages = 3\n" + CALM, 2, "languages: '3' is no list; write such as languages"),
        (HEAD + "languages = [3]\n" + CALM, 2, "languages: '3' is no text"),
        (HEAD + "aspects = '16:8'\n" + CALM, 2, "did you mean 16:9? (choose 16:9, 1:1 or 9:16)"),
        (HEAD + "quality = 'HD'\n" + CALM, 2, "did you mean h? (choose l, m, h, p or k)"),
        (HEAD + "quality = 3\n" + CALM, 2, "'3' is no text; write it in quotes: quality = \"m\""),
        (HEAD + "theme = 'drak'\n" + CALM, 2, "did you mean dark? (choose dark or light)"),
        (HEAD + "formats = ['mp5']\n" + CALM, 2, "no format 'mp5'; did you mean mp4?"),
        (HEAD + "captions = 'no'\n" + CALM, 2, "captions: 'no' is neither true nor false"),
        (HEAD, 1, 'clip: it is missing; add [[clip]] with scene = "svd" below it'),
        (HEAD + "clip = []\n", 2, "clip: it is empty"),
        (HEAD + "[clip]\nscene = 'calm'\n", 2, "clip: it is one table; write [[clip]]"),
        (HEAD + "clip = ['calm']\n", 2, "clip 1: 'calm' is no table; write [[clip]]"),
        (HEAD + "[[clips]]\nscene = 'calm'\n" + CALM, 2, "clips: there is no such field; did you"),
        # clips
        (HEAD + "[[clip]]\nid = 'a'\n", 2, 'clip 1, scene: it is missing; add scene = "svd"'),
        (HEAD + CALM + "[[clip]]\nscene = 'clam'\n", 5, "clip 2, scene: there is no scene 'clam'; "
         "did you mean calm?"),
        (HEAD + CALM + "matrix = '1 2; 3'\n", 4, "clip 1, matrix: row 2 has 1 entry"),
        (HEAD + CALM + "matrix = [[1, 2], [3]]\n", 4, "clip 1, matrix: row 2 has 1 entr"),
        (HEAD + CALM + "matrix = [[1, 2],\n [3, true]]\n", 4, "'True' is not a number; write"),
        (HEAD + CALM + "matrix = [1, 2]\n", 4, "clip 1, matrix: "),
        (HEAD + CALM + "matrix = []\n", 4, "clip 1, matrix: there are no entries"),
        (HEAD + CALM + "matrix = [['1; 2', 2], [3, 4]]\n", 4, "clip 1, matrix: "),
        (HEAD + CALM + "matrix = [[nan, 0], [0, 1]]\n", 4, "clip 1, matrix: "),
        (HEAD + CALM + "matrix = false\n", 4, "clip 1, matrix: 'False' is not made of numbers"),
        (HEAD + CALM + "matrix = { a = 1 }\n", 4, "clip 1, matrix: "),
        (HEAD + CALM + "matrix = '1 2 3; 4 5 6'\n", 4, "calm takes a 2×2 matrix, and [1 2 3; 4 5 6]"
         " is 2×3; give another matrix or another scene"),
        (HEAD + CALM + "vector = '1 2'\n", 4, "clip 1, vector: calm shows no vector; leave the "
         "line out, or choose chatty"),
        (HEAD + "[[clip]]\nscene = 'chatty'\nvector = [1, 2, 3]\n", 4, "takes a vector of 2 numbers"
         " as an output of a 2×2 matrix, and (1 2 3) has 3; give 2"),
        (HEAD + CALM + "weights = 'w.npy'\n", 4, "calm shows no weights; leave the line out, or "
         "choose layers"),
        (HEAD + CALM + "image = 'w.png'\n", 4, "calm shows no picture; leave the line out, or "
         "choose pictured or photo"),
        (HEAD + CALM + "tensor = 'w'\n", 4, "tensor: calm shows no tensor; leave the line out, or"),
        (HEAD + CALM + "languages = 'de'\n", 4, "clip 1, languages: there are no words in 'de'"),
        (HEAD + CALM + "title.en = 'x'\nlanguages = ['en', 'zh-Hant']\n", 4, "words in zh-Hant"),
        (HEAD + CALM + "id = 'A b'\n", 4, "clip 1, id: 'A b' is no id; use small letters, digits "
         "and single dashes: a-b"),
        (HEAD + CALM + "id = '../x'\n", 4, "clip 1, id: '../x' is no id"),
        (HEAD + CALM + "id = 'a'\n" + CALM + "id = 'a'\n", 7, "clip 2, id: 'a' is the id of clip 1 "
         "too; choose another"),
        (HEAD + CALM + "colour = 'red'\n", 4, "clip 1, colour: there is no such field; choose"),
        (HEAD + CALM + "matrx = '1'\n", 4, "clip 1, matrx: there is no such field; did you mean "
         "matrix?"),
        # texts and questions
        (HEAD + CALM + "[[text]]\ntitle = 'x'\n", 4, 'text 1, body: it is missing; add body = "…"'),
        (HEAD + CALM + "[[text]]\nbody = 'x'\n[[text]]\nbody = ['x']\n", 7, "text 2, body: "),
        (HEAD + CALM + "[[text]]\nbody = '" + "x" * 10_001 + "'\n", 5, "shorten it to 10000"),
        (HEAD + CALM + "[[question]]\nprompt = 'x'\n", 4, "question 1, answer: it is missing; add"),
        (HEAD + CALM + "[[question]]\nprompt = 'x'\nanswer.zh-Hans = 'x'\n", 6, "question 1, "
         "answer: it has no words in en; add them, or take en out of languages"),
        # text that can't be shown
        (HEAD + CALM + '[[text]]\nbody = "\\u001b[31mred"\n', 5, "can't be shown (U+001B); remove"),
        (HEAD + CALM + '[[text]]\nbody = "\\u0000"\n', 5, "can't be shown (U+0000)"),
        (HEAD + CALM + '[[text]]\nbody = "\\u202egnp.exe"\n', 5, "can't be shown (U+202E)"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_with_its_line_and_remedy(
    write: Write, text: str, line: int, says: str
) -> None:
    (said,) = problems(write(text))
    assert said.startswith(f"{line}: ")
    assert says in said
    assert "; " in said  # the remedy


def test_all_mistakes_are_said_at_once_in_the_order_of_the_file(write: Write) -> None:
    text = (
        'titel = "x"\nquality = "x"\n[[clip]]\nscene = "clam"\nmatrix = "1"\n'
        '[[text]]\n[[clip]]\nscene = "chatty"\nmatrix = "1 2 3"\nvector = "x"\nid = "A"\nx = 1\n'
    )
    assert [re.match(r"(\d+: [\w ,]+): ", said)[1] for said in problems(write(text))] == [  # type: ignore[index]
        "1: title", "1: titel", "2: quality", "4: clip 1, scene", "6: text 1, body",
        "9: clip 2, matrix", "10: clip 2, vector", "11: clip 2, id", "12: clip 2, x",
    ]  # fmt: skip


def test_no_flood_of_mistakes(write: Write) -> None:
    with pytest.raises(LessonError) as stopped:
        plan_lesson(write(HEAD + "[[clip]]\nscene = 'x'\n" * 200))
    assert len(stopped.value.problems) == 51
    assert stopped.value.problems[-1] == "and 150 more of the like"


# What is wrong with the file


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("title = T\n", 1, "texts go in quotes"),
        (HEAD + "\n[[clip]\n", 3, "this is not TOML"),
        (HEAD + HEAD, 2, "this field is there twice; keep one"),
        (HEAD + "[clip]\nscene = 'a'\n[clip]\n", 4, "begin each clip with [[clip]]"),
        ('title = "T\n' + CALM, 1, "a quote is not closed"),
        ("title\n", 1, "a field is written name = value"),
        ("a = [1,\n2\n", 3, "not TOML"),
        ('title = "\\ud800"\n', 1, "not TOML"),
        ("title = '\x07'\n", 1, "not TOML"),
        ("a = 1\nb = " + "9" * 5000 + "\n", None, "not TOML"),
        ("a = " + "[" * 50_000, None, "nested too deeply"),
        ("a = " + "[" * 50 + "]" * 50, None, "nested too deeply"),
        ("a." * 100_000 + "a = 1\n", None, "nested too deeply"),
        ("[" + "a." * 100_000 + "a]\n", None, "nested too deeply"),
        ("x = {" + "a." * 100_000 + "a = 1}\n", None, "nested too deeply"),
        ("x = " + "{a = " * 10_000 + "1" + "}" * 10_000 + "\n", None, "nested too deeply"),
        (b"title = 'T'\nx = '\xff'\n", 2, "it is not UTF-8; save it as UTF-8 text"),
        ("# " + "x" * 600_000, None, "larger than 256 KB"),
    ],
)
def test_what_is_no_toml_is_said_in_one_line(
    write: Write, text: str | bytes, line: int | None, says: str
) -> None:
    (said,) = problems(write(text))
    assert says in said
    if line is not None:
        assert said.startswith(f"{line}: ")
    assert "; " in said


def test_a_file_that_is_none(tmp_path: Path) -> None:
    assert problems(tmp_path / "no.toml") == [" there is no such file; check the path"]
    assert problems(tmp_path) == [" it is not a file; check the path"]
    if os.name == "posix":
        os.mkfifo(tmp_path / "pipe.toml")
        assert "is not a file" in problems(tmp_path / "pipe.toml")[0]


def test_the_size_of_everything_is_bounded(write: Write) -> None:
    assert "more than 300 clips" in problems(write(HEAD + CALM * 301))[0]
    many = (
        HEAD + "languages = ['en', 'zh-Hans', 'zh-Hant']\naspects = ['16:9', '1:1', '9:16']\n"
        "formats = ['mp4', 'webm', 'gif']\n" + CALM * 100
    )
    assert problems(write(many)) == [
        "1: languages × aspects × formats come to 2700 clips; 2000 are the most, so leave some out"
    ]
    assert len(plan_lesson(write(many), asked={"languages": ["en"]}).clips) == 9


_WORDS = st.sampled_from(
    ["title", "clip", "text", "question", "scene", "matrix", "body", "id", "en", "calm", "16:9"]
)
_JUNK = st.recursive(
    st.one_of(_WORDS, st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(_WORDS, inner, max_size=4)
    ),
    max_leaves=12,
)


def as_toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {as_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, float):
        return repr(value)
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.dictionaries(_WORDS, _JUNK, max_size=6))
def test_whatever_is_in_a_file_it_is_read_or_refused(write: Write, values: dict[str, Any]) -> None:
    path = write("".join(f"{key} = {as_toml(value)}\n" for key, value in values.items()))
    try:
        plan_lesson(path)
    except LessonError as error:
        assert all(line.isprintable() and len(line) < 700 for line in error.problems)


# Files that it names


def layers(name: str, more: str = "") -> str:
    return f"{HEAD}[[clip]]\nscene = 'layers'\nweights = {json.dumps(name)}\n{more}"


def photo(name: str) -> str:
    return f"{HEAD}[[clip]]\nscene = 'photo'\nimage = {json.dumps(name)}\n"


def test_a_clip_names_its_files_from_the_lessons_folder(write: Write, tmp_path: Path) -> None:
    path = write(layers("sub/../w.npz", "tensor = 'a'\n"))
    np.savez(path.parent / "w.npz", a=np.eye(2), b=np.eye(3))
    (path.parent / "sub").mkdir()
    planned = plan_lesson(path)
    (clip,) = planned.clips
    assert clip.inputs == (("weights", "w.npz"), ("tensor", "a"))
    assert clip.files == {"weights": path.parent / "w.npz"}
    assert str(tmp_path) not in repr(clip)


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    np.save(tmp_path / "w.npy", np.eye(2))
    (tmp_path / "course2").mkdir()
    np.save(tmp_path / "course2" / "w.npy", np.eye(2))
    return tmp_path


@pytest.mark.parametrize(
    "name", ["../w.npy", "{}/w.npy", "a/../../w.npy", "../course2/w.npy", "../missing.npy", ".."]
)
def test_no_path_leaves_the_folder(write: Write, outside: Path, name: str) -> None:
    path = write(layers(name.format(outside)))
    (said,) = problems(path)
    assert said.startswith("4: clip 1, weights: ")
    assert "leaves the lesson's folder; put the file beside the lesson, or give --allow" in said


@pytest.mark.skipif(os.name != "posix", reason="Windows asks for rights to make links")
def test_no_link_leads_out_of_the_folder(write: Write, outside: Path) -> None:
    path = write(layers("link.npy"))
    (path.parent / "link.npy").symlink_to(outside / "w.npy")
    (path.parent / "folder").symlink_to(outside)
    (path.parent / "loop.npy").symlink_to(path.parent / "loop.npy")
    (path.parent / "dangling.npy").symlink_to(outside / "nothing.npy")
    for name in ("link.npy", "folder/w.npy", "dangling.npy"):
        assert "leaves the lesson's folder" in problems(write(layers(name)))[0]
    (problem,) = problems(write(layers("loop.npy")))
    assert problem.startswith("4: clip 1, weights: ")
    assert "'loop.npy'" in problem
    assert plan_lesson(write(layers("link.npy")), allow_outside=True).clips


@pytest.mark.skipif(os.name != "posix", reason="Windows asks for rights to make links")
def test_the_folder_may_itself_be_a_link(write: Write, tmp_path: Path) -> None:
    np.save(write(layers("w.npy")).parent / "w.npy", np.eye(2))
    (tmp_path / "alias").symlink_to(tmp_path / "course")
    assert plan_lesson(tmp_path / "alias" / "lesson.toml").clips[0].inputs == (
        ("weights", "w.npy"),
    )


def test_files_outside_may_be_allowed(write: Write, outside: Path) -> None:
    planned = plan_lesson(write(layers("../w.npy")), allow_outside=True)
    (clip,) = planned.clips
    assert clip.inputs == (("weights", "../w.npy"),)
    assert clip.files == {"weights": outside / "w.npy"}
    by_place = plan_lesson(write(layers(str(outside / "w.npy"))), allow_outside=True)
    assert by_place.clips == planned.clips
    assert str(outside) not in repr(planned.clips)


@pytest.mark.parametrize(
    ("name", "more", "says"),
    [
        ("none.npy", "", "there is no file 'none.npy' in the lesson's folder; check the name"),
        (".", "", "there is no file '.'"),
        ("x" * 290, "", "can't be read"),
        ("a\nb", "", "there is no file 'a b'"),
        ("a\0b", "", "can't be shown (U+0000)"),
        ("w.pt", "", "pickled"),
        ("w.txt", "", "none of .npy, .npz and .safetensors"),
        ("broken.npy", "", "is not a whole .npy file"),
        ("empty.npz", "", "no tensors"),
        ("two.npz", "", "'two.npz' holds 2 tensors; name one: tensor = \"first\""),
        ("two.npz", "tensor = 'frist'\n", "no tensor 'frist'; did you mean 'first'?"),
        ("two.npz", "tensor = 'q'\n", "has no tensor 'q'; there is 'first'"),
        ("flat.npy", "", "is no matrix: it has 1 dimension"),
        ("flat.npy", "tensor = 'flat'\n", "is no matrix: it has 1 dimension"),
    ],
)
def test_weights_exist_and_are_weights(write: Write, name: str, more: str, says: str) -> None:
    path = write(layers(name, more))
    folder = path.parent
    for each in ("w.pt", "w.txt", "broken.npy"):
        (folder / each).write_bytes(b"\x93NUMPYwhatever")
    np.savez(folder / "empty.npz")
    np.savez(folder / "two.npz", first=np.eye(2), second=np.eye(2))
    np.save(folder / "flat.npy", np.ones(3))
    (said,) = problems(path)
    assert says in said
    assert re.match(r"[245]: clip 1, (weights|tensor): ", said)
    assert str(folder) not in said


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read(write: Write) -> None:
    path = write(layers("w.npy"))
    np.save(path.parent / "w.npy", np.eye(2))
    (path.parent / "w.npy").chmod(0)
    assert "can't be read; check its permissions" in problems(path)[0]


def test_pictures_are_pictures(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(photo("p.png"))
    Image.new("RGB", (40, 30)).save(path.parent / "p.png")
    planned = plan_lesson(path)
    assert planned.clips[0].inputs == (("image", "p.png"),)
    data = (path.parent / "p.png").read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(files, "MAX_PIXELS", 1000)
        assert "it has 40×30 pixels; make it smaller" in problems(path)[0]
        patch.setattr(files, "MAX_IMAGE", 10)
        assert "make it smaller" in problems(path)[0]
    for broken in (b"", b"GIF89a", b"<svg/>", data[:60], data[:-30]):
        (path.parent / "p.png").write_bytes(broken)
        (said,) = problems(path)
        assert (
            said == "4: clip 1, image: 'p.png': it is no whole PNG, JPEG or WebP; "
            "save it as one of these"
        )


# Text that means harm


EVIL = [
    """<script>alert("x")</script>' onload="alert(1)""",
    """</textarea></style></script><img src=x onerror=alert(1)>""",
    """#read("/etc/passwd") #import "@preview/x:1.0.0" $integral$ \\u{41}""",
    """{{ 7 * 7 }}{% include "/etc/passwd" %}${7*7}`id`$(id)""",
    """[<b>; <i>] [1 2; "x" onclick=alert(1)]""",
]


@pytest.mark.parametrize("evil", EVIL)
def test_text_stays_text_on_the_page(write: Write, evil: str) -> None:
    said = json.dumps(evil)
    text = (
        f"title = {said}\nlanguages = ['en', 'zh-Hant']\n{CALM}title = {said}\n"
        f"[[text]]\ntitle = {said}\nbody = {said}\n[[question]]\nprompt = {said}\nanswer = {said}\n"
    )
    shown = plan_lesson(write(text)).lesson
    assert shown is not None
    html = lesson_page(json.loads(json.dumps(shown)), [])
    read = Reader(html)
    assert len(read.all("script")) == 1
    assert not read.all("img") + read.all("b") + read.all("i")
    names = {name for _, attributes in read.elements for name in attributes}
    assert not {name for name in names if name.startswith("on")}
    assert read.text.count(evil) >= 10
    assert "root:" not in html


# From the command line


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["calm"], "leave these out, or leave --lesson out"),
        (["--matrix", "1 2; 3 4"], "leave these out, or leave --lesson out"),
        (["--theme", "dark,light"], "a lesson has one theme"),
        (["--language", "fr"], "no words in 'fr'"),
        (["--format", "avi"], "avi"),
    ],
)
def test_what_does_not_go_with_a_lesson(
    stand_in: Run, tmp_path: Path, arguments: list[str], says: str
) -> None:
    (tmp_path / "a.toml").write_text(HEAD + CALM, encoding="utf-8")
    done = stand_in("--lesson", "a.toml", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert says in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.toml"]


def test_a_wrong_lesson_gets_exit_code_2_and_writes_nothing(stand_in: Run, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("x = 1\n[[clip]]\nscene = 'clam'\n", encoding="utf-8")
    done = stand_in("--lesson", "a.toml")
    assert (done.returncode, done.stdout) == (2, "")
    assert [line.split(": ")[:3] for line in done.stderr.splitlines()] == [
        ["render.py", "a.toml:1", "title"],
        ["render.py", "a.toml:1", "x"],
        ["render.py", "a.toml:3", "clip 1, scene"],
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["a.toml"]


def test_only_a_lesson_loads_pydantic(render: Run) -> None:
    for arguments in (["--help"], ["--list"], ["svd", "--plan"]):
        assert "pydantic" not in render(*arguments, PYTHONPROFILEIMPORTTIME="1").stderr


LESSON = """
title.en = "A <b>short</b> one"
title.zh-Hans = "短课"
languages = ["en", "zh-Hans"]
quality = "l"

[[text]]
body = "Look at [1 0; 0 1]."

[[question]]
prompt = "What moves?"
answer = "Nothing."

[[clip]]
scene = "calm"
id = "still"

[[clip]]
scene = "raises"
languages = "en"
"""


def test_a_lesson_becomes_clips_and_a_page(stand_in: Run, tmp_path: Path) -> None:
    (tmp_path / "short.toml").write_text(LESSON, encoding="utf-8")
    arguments = ["--lesson", "short.toml", "--jobs", 2]
    done = stand_in(*arguments)
    assert done.returncode == 1, done.stderr  # one of them raises
    out = tmp_path / "out" / "short"
    assert done.stdout.splitlines()[-1] == str(out / "index.html")
    clips = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["clips"]
    assert sorted((clip["scene"], clip["language"], clip["status"]) for clip in clips) == [
        ("calm", "en", "rendered"),
        ("calm", "zh-Hans", "rendered"),
        ("raises", "en", "failed"),
    ]
    html = Reader((out / "index.html").read_text(encoding="utf-8"))
    assert "A <b>short</b> one" in html.text
    assert "the chalk broke" in html.text
    assert [section.get("id") for section in html.all("section")] == [None, None, "still", "clip-2"]
    for source in html.all("source"):
        assert (out / str(source["src"]).partition("#")[0]).is_file()

    # What did not change is not rendered again, and a new text is on the page at once.
    (tmp_path / "short.toml").write_text(
        LESSON.partition('[[clip]]\nscene = "raises"')[0].replace("Nothing", "Nobody"),
        encoding="utf-8",
    )
    again = stand_in(*arguments)
    assert again.returncode == 0, again.stderr
    assert "Nobody." in Reader((out / "index.html").read_text(encoding="utf-8")).text
    assert "0 rendered, 2 kept, 0 failed" in again.stderr
