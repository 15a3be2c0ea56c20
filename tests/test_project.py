"""What holds for the project as a whole: set-up, pins, documents, the catalogue."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import render
from scenes import CATALOGUE, FOLDER, Entry, known_inputs
from scenes.inputs import with_defaults
from scenes.stage.clip_scene import ClipScene
from scenes.studio.request.clip import Clip
from scenes.studio.request.lesson_tables import ClipTable

ROOT = FOLDER.parent
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "CURRICULUM.md")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def tracked() -> list[Path]:
    """The files that belong to the project: what git knows, or would add."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [ROOT / line for line in listing.splitlines() if (ROOT / line).is_file()]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", read("Makefile"), re.M))


def commands(document: str) -> str:
    """The text of a document that is code: indented blocks and `spans`."""
    text = read(document)
    blocks = re.findall(r"^(?: {4}|\t).*$", text, re.M)
    return "\n".join(blocks + re.findall(r"`([^`\n]+)`", text))


# --- Dependencies ---------------------------------------------------------------------------


def pins() -> list[Requirement]:
    lines = read("requirements.txt").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def wanted() -> list[Requirement]:
    project = tomllib.loads(read("pyproject.toml"))
    lines = project["project"]["dependencies"] + project["build-system"]["requires"]
    for extra in project["project"].get("optional-dependencies", {}).values():
        lines += extra
    return [Requirement(line) for line in lines]


def test_every_package_is_pinned_once() -> None:
    for pin in pins():
        assert [each.operator for each in pin.specifier] == ["=="], pin
        assert "*" not in str(pin.specifier), pin
    names = [canonicalize_name(pin.name) for pin in pins()]
    assert len(names) == len(set(names))


def test_pins_name_no_place() -> None:
    for line in read("requirements.txt").splitlines():
        assert "://" not in line
        assert " @ " not in line
        assert not line.startswith("-")


def test_pins_cover_what_the_project_wants() -> None:
    pinned = {
        canonicalize_name(pin.name): next(iter(pin.specifier)).version
        for pin in pins()
        if pin.marker is None
    }
    for want in wanted():
        assert want.specifier.contains(pinned[canonicalize_name(want.name)]), want


def imported() -> set[str]:
    """The modules from elsewhere that the project's own code imports."""
    found = set()
    for path in [ROOT / "render.py", *FOLDER.rglob("*.py"), *(ROOT / "lamath").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"lamath", "scenes", "render"}


def test_what_is_imported_is_declared() -> None:
    declared = {canonicalize_name(want.name) for want in wanted()}
    bringing = packages_distributions()
    for module in imported():
        assert declared & set(map(canonicalize_name, bringing[module])), module


def test_changelog_says_why_each_dependency_came_in() -> None:
    reasons = set(re.findall(r"\*\*([\w-]+)\*\*", read("CHANGELOG.md")))
    assert {want.name for want in wanted()} <= reasons


# --- What the files may say -------------------------------------------------------------------

# Put together from halves, so that this file does not find itself.
NEVER = [
    re.compile(first + last)
    for first, last in (
        (r"(?<![\w.$~])/ro", r"ot/"),
        (r"(?<![\w.$~])/ho", r"me/\w"),
        (r"/Us", r"ers/\w"),
        (r"(?<![\w.])/wo", r"rk/"),
        (r"[A-Z]:\\U", r"sers"),
        (r"py", r"pi\.org"),
        (r"pythonhos", r"ted"),
        (r"deb\.deb", r"ian"),
        (r"registry\.np", r"mjs"),
    )
]


def test_no_file_names_one_machine_or_a_package_host() -> None:
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a clip
        for pattern in NEVER:
            found = pattern.search(text)
            assert found is None, f"{path.relative_to(ROOT)}: {found[0]!r}"


def test_the_house_has_five_rooms() -> None:
    beside = {"Makefile", "LICENSE", "requirements.txt", "setup.sh", *DOCUMENTS}
    top = {path.relative_to(ROOT).parts[0] for path in tracked()}
    rooms = {name for name in top - beside if not name.startswith(".")}
    assert rooms <= {"render.py", "scenes", "lamath", "tests", "pyproject.toml"}


# --- Documents --------------------------------------------------------------------------------


@pytest.mark.parametrize("document", [*DOCUMENTS, ".ci/run"])
def test_every_make_command_exists(document: str) -> None:
    text = read(document) if document == ".ci/run" else commands(document)
    named = set(re.findall(r"\bmake +([a-z]+)", text))
    assert named <= targets()


def test_help_names_the_targets() -> None:
    shown = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert {name for name in targets() if name not in shown} <= {"help"}


def test_readme_names_every_scene() -> None:
    readme = commands("README.md")
    for each in CATALOGUE:
        assert re.search(rf"\b{each.id}\b", readme), each


def test_the_curriculum_names_scenes_and_tests_that_there_are() -> None:
    files = {"S": "tests/scenes/test_staging.py", "L": "tests/lamath/test_curriculum.py"}
    text = read("CURRICULUM.md")
    for letter, name in re.findall(r"\b([SL]) `(test_\w+)`", text):
        assert f"def {name}(" in read(files[letter]), name
    scenes = set(re.findall(r"(?<![SL] )`(\w+)`", text)) - {"lamath", *files}
    assert scenes == {each.id for each in CATALOGUE}
    rows = [cell.strip() for line in re.findall(r"^\| (I+\.[^|]*)\|", text, re.M)
            for cell in line.split(",")]  # fmt: skip
    assert rows == [f"I.{k}" for k in (*range(1, 13), 13, 17, 14, 15, 16)] + [
        f"II.{k}" for k in range(1, 13)
    ]


def test_readme_links_lead_somewhere() -> None:
    for document in DOCUMENTS:
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", read(document)):
            assert "://" in link or (ROOT / link).exists(), f"{document}: {link}"


def test_readme_uses_options_that_render_has() -> None:
    usage = subprocess.run(
        [sys.executable, "render.py", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    said = commands("README.md").splitlines()
    lines = [line.partition("render.py")[2] for line in said]  # before it, others have theirs
    options = set(re.findall(r"(?<!\S)--?[a-z]+", "\n".join(lines)))
    assert options
    assert {option for option in options if option not in usage} == set()


def test_readme_names_the_environment_that_scenes_read() -> None:
    variable = re.compile(r"\bLAMATH_[A-Z]+\b")
    read_by_scenes = {
        name
        for path in FOLDER.rglob("*.py")
        for name in variable.findall(path.read_text(encoding="utf-8"))
    }
    declared = {each.variable for each in known_inputs().values()}
    assert set(variable.findall(read("README.md"))) == read_by_scenes | declared


# --- The catalogue ----------------------------------------------------------------------------


def test_ids_are_unique() -> None:
    ids = [each.id for each in CATALOGUE]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: each.id)
def test_what_is_declared_is_what_the_class_has(each: Entry) -> None:
    scene = each.load()
    declared = each.declared
    assert scene.__module__ == f"scenes.{each.module}"
    assert str(scene.title) == declared.title
    own = {each.name: getattr(scene, each.name, each.default) for each in scene.inputs}
    assert with_defaults(scene.inputs, own) == declared.inputs


def test_an_input_of_one_name_is_the_same_thing_in_all_scenes() -> None:
    for each in CATALOGUE:
        for declared in each.inputs:
            first = known_inputs()[declared.name]
            assert type(declared) is type(first), (each, declared)
            assert declared.help == first.help, (each, declared)


def test_no_input_takes_the_name_of_something_else() -> None:
    parameters = set(inspect.signature(ClipScene.__init__).parameters)
    options = {each for option in render.command.params for each in option.opts}
    fields = set(ClipTable.model_fields)
    taken = {"self", *parameters, *fields, *(field.name for field in dataclasses.fields(Clip))}
    for name, declared in known_inputs().items():
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name)
        assert name not in taken
        assert declared.option in options
        assert declared.help
        mine = [option for option in render.command.params if declared.option in option.opts]
        assert len(mine) == 1


def test_no_scene_is_left_out_of_the_catalogue() -> None:
    listed = {(each.module, each.class_name) for each in CATALOGUE}
    for path in FOLDER.glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and any(
                isinstance(child, ast.FunctionDef) and child.name == "construct"
                for child in node.body
            ):
                assert (path.stem, node.name) in listed


# --- Set-up -----------------------------------------------------------------------------------


def families(name: str) -> list[str]:
    found = re.search(rf'^{name}="([^"]+)"', read("setup.sh"), re.M)
    assert found
    return found[1].split("|")


def test_set_up_looks_for_the_fonts_that_the_stage_accepts() -> None:
    from scenes.stage import fonts

    assert families("HANS") == list(fonts.FAMILIES["zh-Hans"])
    assert families("HANT") == list(fonts.FAMILIES["zh-Hant"])


class BareMachine:
    """A folder with the set-up script, and a path with nothing on it but what is put there."""

    def __init__(self, folder: Path) -> None:
        self.house, self.tools = folder / "my lessons", folder / "bin"
        self.house.mkdir()
        self.tools.mkdir()
        for name in ("setup.sh", "requirements.txt", "pyproject.toml"):
            shutil.copy(ROOT / name, self.house)
        for name in [
            "sh",
            "dirname",
            "cat",
            "cksum",
            "grep",
            "tr",
            "sed",
            "rm",
            "mv",
            "id",
            "uname",
        ]:
            found = shutil.which(name)
            assert found
            (self.tools / name).symlink_to(found)

    def add_python(self, script: str) -> None:
        stub = self.tools / "python3"
        stub.write_text(f"#!{shutil.which('sh')}\n{script}\n", encoding="utf-8")
        stub.chmod(0o755)

    def set_up(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.tools / "sh", "setup.sh"],
            cwd=self.house,
            env={"PATH": str(self.tools)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> BareMachine:
    if sys.platform != "linux":
        pytest.skip("plays a bare Linux machine")
    return BareMachine(tmp_path)


def test_set_up_says_that_it_found_no_python(machine: BareMachine) -> None:
    done = machine.set_up()
    assert done.returncode == 1
    assert "no Python 3.11 or newer was found" in done.stderr


def test_set_up_takes_no_older_python(machine: BareMachine) -> None:
    machine.add_python("exit 1")  # what asking for 3.11 or newer comes to
    assert "no Python 3.11 or newer was found" in machine.set_up().stderr


def test_set_up_says_what_to_install_where_it_may_not(machine: BareMachine) -> None:
    machine.add_python(f"exec '{sys.executable}' \"$@\"")
    done = machine.set_up()
    assert done.returncode == 1
    assert "this machine lacks" in done.stderr
    for package in ("libcairo2-dev", "libpango1.0-dev", "pkg-config", "fonts-noto-cjk"):
        assert package in done.stderr
    assert not (machine.house / ".venv").exists()
