"""The command line, run as a teacher runs it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import av
import pytest
from processes import PATIENCE, ends, of_group, wait_until
from support import RENDER, STAND_IN, Run, environment

import scenes

# What is wrong with the arguments


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["svd", "--matrix", "a b; c d"], "'a' is not a number"),
        (["svd", "--matrix", "1 2; 3"], "row 2 has 1 entry"),
        (["svd", "--matrix", ""], "empty"),
        (["svd", "--matrix", "nan 0; 0 1"], "NaN"),
        (["svd", "--matrix", "inf 0; 0 1"], "infinity"),
        (["svd", "--matrix", "1+2j 0; 0 1"], "complex"),
        (["svd", "--matrix", "1e400 0; 0 1"], "too large"),
        (["svd", "--matrix", "1e300 1; 1 1e299"], "stay between 1e-50 and 1e50"),
        (["svd", "--matrix", "9e49 1e-99; 1 1"], "stay between 1e-50 and 1e50"),
        (["svd", "--memory", "60"], "--memory 60 is too little: a worker needs 256 MB"),
        (["svd", "--matrix", "; ".join(["1 2 3 4 5"] * 5)], "svd takes a 2×2 matrix"),
        (["--matrix", "; ".join(["1 2 3 4 5 6"] * 6)], "is 6×6"),
        (["inverse", "--vector", "1 2 3"], "a vector of 2 numbers"),
        (["inverse", "--vector", "x"], "'x' is not a number"),
        (["svd", "--vector", "1 2"], "leave --vector out"),
        (["swd"], "did you mean svd?"),
        (["svd", "--language", "en", "zh-Hans"], "--language en,zh-Hans,zh-Hant"),
        (["svd", "--language", "fr"], "'fr'"),
        (["svd", "--aspect", "4:3"], "16:9, 1:1 or 9:16"),
        (["svd", "--theme", "blue"], "dark or light"),
        (["svd", "--jobs", "0"], "--jobs"),
        (["svd", "-q", "x"], "'l', 'm', 'h', 'p', 'k'"),
        (["svd", "--format", "avi"], "'mp4'"),
        (["svd", "--colour", "red"], "--colour"),
        (["svd", "--out", "a file"], "--out: "),
        (["svd", "--out", "a file/out"], "--out: "),
        (["svd", "--out", "/proc/out"], "--out: "),
        (["svd", "--out", "/dev/null/out"], "--out: "),
    ],
)
def test_bad_arguments_get_one_line_and_exit_code_2_and_write_nothing(
    render: Run, tmp_path: Path, arguments: list[str], says: str
) -> None:
    (tmp_path / "a file").touch()
    done = render(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("render.py: ")
    assert says in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a file"]


@pytest.mark.skipif(sys.platform != "linux", reason="fontconfig decides on Linux only")
def test_a_missing_font_is_said_before_anything_is_written(render: Run, tmp_path: Path) -> None:
    config, out = tmp_path / "fonts.conf", tmp_path / "out"
    latin = tmp_path / "fonts"
    latin.mkdir()
    config.write_text(f"<fontconfig><dir>{latin}</dir></fontconfig>")
    done = render("svd", "--language", "zh-Hans", FONTCONFIG_FILE=str(config))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "font" in done.stderr
    assert "zh-Hans" in done.stderr
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--out", ""], "--out is empty; name a folder"),
        (["--out", " "], "--out is empty; name a folder"),
        (["--out", os.fsdecode(b"caf\xe9")], "caf? is not text in UTF-8; rename it"),
        (["--lesson", os.fsdecode(b"\xff.toml")], "?.toml is not text in UTF-8; rename it"),
        (["--matrix", os.fsdecode(b"1\xff")], "1? is not text in UTF-8; rename it"),
    ],
)
def test_what_names_no_folder_or_is_no_text_is_refused(
    render: Run, tmp_path: Path, arguments: list[str], says: str
) -> None:
    done = render("svd", *arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert says in done.stderr
    assert not list(tmp_path.iterdir())


def test_what_is_said_again_is_short_and_obeyed_by_no_terminal(render: Run, tmp_path: Path) -> None:
    name = "\u202e\x9b31m"
    (tmp_path / name).touch()
    done = render("svd", "--out", name)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "\N{REPLACEMENT CHARACTER}" in done.stderr
    assert done.stderr.strip("\n").isprintable()
    assert len(render("svd", "--no-such-option" + "x" * 5000).stderr) < 2100
    long = "; ".join([f"1/{'7' * 49} 2/{'7' * 49}"] * 2)
    assert len(render("svd", "--matrix", long, "--plan").stdout.splitlines()[0]) < 130


def test_nothing_that_failed_is_said_so_that_a_terminal_obeys(
    stand_in: Run, tmp_path: Path
) -> None:
    done = stand_in("raises", "--out", "\u202e\x9b31m")
    assert done.returncode == 1
    assert "alone: python render.py raises" in done.stderr
    assert done.stderr.replace("\n", "").isprintable()
    page = tmp_path / "\u202e\x9b31m" / "index.html"
    assert done.stdout == f"{page}\n"  # for programs


def test_what_is_in_the_way_is_said_before_work_starts(render: Run, tmp_path: Path) -> None:
    (tmp_path / "out" / "index.html").mkdir(parents=True)
    done = render("svd")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "index.html is a folder where a file belongs; move it away" in done.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["index.html"]


@pytest.mark.parametrize("name", ["index.html", "manifest.json"])
def test_a_page_of_somebody_else_is_named_and_left_alone(
    render: Run, tmp_path: Path, name: str
) -> None:
    page = tmp_path / "out" / name
    page.parent.mkdir()
    page.write_text("My own page\n")
    done = render("svd")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"{name} was not made by render.py; move it away, or name another" in done.stderr
    assert page.read_text() == "My own page\n"
    assert list(page.parent.iterdir()) == [page]


def test_a_page_that_names_no_maker_yet_is_known_by_its_style(render: Run, tmp_path: Path) -> None:
    page = tmp_path / "out" / "index.html"
    page.parent.mkdir()
    style = "--ink: #f2f4f7; --muted: #9aa7b8; --i: #2fc9a7; --j: #f0904d; --light: #6cc4f5;"
    page.write_text(f"<!doctype html><style>:root {{ {style} }}</style>")
    assert render("svd", "--plan").returncode == 0


@pytest.mark.parametrize("out", ["{x}", "{{7*7}}"])
def test_a_folder_may_be_named_with_braces(stand_in: Run, tmp_path: Path, out: str) -> None:
    (tmp_path / "temporary").mkdir()
    done = stand_in("calm", "--out", out, TMPDIR=str(tmp_path / "temporary"))
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / out).glob("clips/*/video.mp4"))) == 1
    assert not list((tmp_path / "temporary").iterdir())


# Answers without rendering


@pytest.mark.parametrize("arguments", [["--help"], ["--list"], ["--list", "--json"], ["swd"]])
def test_quick_answers_load_no_heavy_library(render: Run, arguments: list[str]) -> None:
    done = render(*arguments, PYTHONPROFILEIMPORTTIME="1")
    loaded = {line.split("|")[-1].strip() for line in done.stderr.splitlines() if "|" in line}
    assert "click" in loaded
    assert not loaded & {"manim", "sympy", "rich", "av"}
    if arguments != ["swd"]:
        assert "numpy" not in loaded


def _as_json(value: Any) -> Any:
    """What JSON has instead of a value."""
    return json.loads(json.dumps(value))


def test_the_catalogue_as_json(render: Run) -> None:
    listed = json.loads(render("--list", "--json").stdout)
    assert listed == [
        {
            "id": entry.id,
            "class": entry.class_name,
            "file": f"scenes/{entry.module}.py",
            "title": entry.title,
            "inputs": [
                {
                    "name": each.name,
                    "takes": each.takes,
                    "default": _as_json(each.default),
                    "option": f"--{each.name}",
                    "help": each.help,
                }
                for each in entry.inputs
            ],
        }
        for entry in scenes.CATALOGUE
    ]


def test_the_catalogue_for_people(render: Run) -> None:
    lines = render("--list").stdout.splitlines()
    assert [line.split()[0] for line in lines[1:]] == [entry.id for entry in scenes.CATALOGUE]


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run render.py as a shell does that closes or leads its streams elsewhere."""
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f'"$0" "$1" {command}', sys.executable, STAND_IN],
        cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False,
        env=environment(),
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    return done


@pytest.mark.skipif(os.name != "posix", reason="shells are POSIX's")
@pytest.mark.parametrize(
    ("command", "code", "says"),
    [
        ("--list >&-", 0, ""),
        ("--list <&- >&- 2>&-", 0, ""),
        ("no-such-scene 2>&-", 2, ""),
        ("--list --json | true", 1, ""),
        pytest.param(
            "--list > /dev/full", 1, "render.py: [Errno 28] No space left on device\n",
            marks=pytest.mark.skipif(not os.path.exists("/dev/full"), reason="it is Linux's"),  # noqa: PTH110
        ),
    ],
)  # fmt: skip
def test_streams_that_nobody_reads_end_quietly(
    tmp_path: Path, command: str, code: int, says: str
) -> None:
    done = shell(command, tmp_path)
    assert (done.returncode, done.stderr) == (code, says)


@pytest.mark.skipif(os.name != "posix", reason="shells are POSIX's")
def test_no_clip_takes_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    done = shell("calm <&- >&- 2>&-", tmp_path)
    assert done.returncode == 0
    (record,) = tmp_path.glob("out/clips/*/clip.json")
    facts = json.loads(record.read_text("utf-8"))
    with av.open(str(record.parent / "video.mp4")) as video:
        assert sum(1 for _ in video.decode(video=0)) == facts["frames"]
    assert "0 rendered, 1 kept" in shell("calm --verify", tmp_path).stderr


# A batch in which much goes wrong


def of(troubled: SimpleNamespace, scene: str) -> list[dict[str, object]]:
    return [clip for clip in troubled.clips if clip["scene"] == scene]


def test_some_failed(troubled: SimpleNamespace) -> None:
    assert troubled.done.returncode == 1


def test_one_clips_failure_stops_no_other(troubled: SimpleNamespace) -> None:
    status = {scene: {clip["status"] for clip in of(troubled, scene)} for scene in
              ("calm", "chatty", "raises", "dies", "exits", "empty")}  # fmt: skip
    assert status == {
        "calm": {"rendered"},
        "chatty": {"rendered"},
        "raises": {"failed"},
        "dies": {"failed"},
        "exits": {"failed"},
        "empty": {"failed"},
    }
    assert len(troubled.clips) == 12


@pytest.mark.parametrize(
    ("scene", "error", "logged"),
    [
        (
            "raises",
            "ValueError: the chalk broke (in beat 'first', 0.20 s into the clip)",
            "Traceback",
        ),
        ("dies", "SIGKILL", "last words"),
        ("exits", "had enough", "SystemExit"),
        ("empty", "no play calls", "RuntimeError"),
    ],
)
def test_a_failed_clip_keeps_its_log_which_is_named(
    troubled: SimpleNamespace, scene: str, error: str, logged: str
) -> None:
    for clip in of(troubled, scene):
        assert error in clip["error"]
        log = (troubled.out / clip["log"]).read_text(encoding="utf-8")
        assert logged in log
        assert f"python render.py {scene} " in log
        assert clip["log"] in troubled.done.stderr


def test_stdout_is_json_lines_and_the_last_sums_up(troubled: SimpleNamespace) -> None:
    events = [json.loads(line) for line in troubled.done.stdout.splitlines()]
    result = events[-1]
    assert [event["event"] for event in events].count("summary") == 1
    assert result["event"] == "summary"
    assert (result["rendered"], result["failed"]) == (4, 8)
    assert result["seconds"] == pytest.approx(
        sum(clip["seconds"] for clip in troubled.clips if clip["status"] == "rendered"), abs=0.01
    )
    assert Path(result["manifest"]) == troubled.out / "manifest.json"
    by_id = {clip["id"]: clip for clip in troubled.clips}
    assert {clip["id"]: clip for clip in result["clips"]} == by_id


def test_messages_are_plain_lines_off_a_terminal(troubled: SimpleNamespace) -> None:
    lines = troubled.done.stderr.splitlines()
    assert "\x1b" not in troubled.done.stderr
    assert len([line for line in lines if line.startswith("[")]) == 12
    assert "Traceback" not in troubled.done.stderr


def test_no_temporary_folder_is_left(troubled: SimpleNamespace) -> None:
    names = {path.name for path in troubled.out.iterdir()}
    assert names == {"clips", "failed", "index.html", "manifest.json"}


def test_the_environment_does_not_change_a_clip(troubled: SimpleNamespace) -> None:
    for clip in troubled.clips:
        vector = {"vector": "1 2"} if clip["scene"] == "chatty" else {}
        assert clip["inputs"] == {"matrix": "1 0; 0 1"} | vector
        assert clip["theme"] == "dark"


def test_the_manifest_tells_the_truth_about_the_files(troubled: SimpleNamespace) -> None:
    sizes = set()
    for clip in of(troubled, "calm") + of(troubled, "chatty"):
        for path in clip["files"].values():
            assert (troubled.out / path).is_file()
        with av.open(str(troubled.out / clip["files"]["video"])) as video:
            stream = video.streams.video[0]
            assert (stream.width, stream.height) == (clip["width"], clip["height"])
            assert stream.average_rate == clip["fps"] == 15
            assert sum(1 for _ in video.decode(stream)) == clip["frames"]
            assert float(stream.duration * stream.time_base) == pytest.approx(clip["seconds"])
        sizes.add((clip["aspect"], clip["width"], clip["height"]))
    assert sizes == {("16:9", 854, 480), ("1:1", 480, 480)}


def test_every_entry_of_the_manifest_has_every_field(troubled: SimpleNamespace) -> None:
    fields = {
        "id", "scene", "inputs", "language", "aspect", "theme", "quality", "status",
        "seconds", "frames", "width", "height", "fps", "folder", "files",
    }  # fmt: skip
    for clip in troubled.clips:
        assert fields <= set(clip)
        assert (troubled.out / clip["folder"]).is_dir()


# Ways to ask


def test_a_later_batch_keeps_what_an_earlier_one_left(stand_in: Run, tmp_path: Path) -> None:
    first = stand_in("calm", "--matrix", "-1 0; 0 1", "--out", "here/and there")
    assert first.returncode == 0, first.stderr
    page = tmp_path / "here" / "and there" / "index.html"
    assert first.stdout == f"{page}\n"
    second = stand_in("calm", "--format", "png", "--out", "here/and there")
    assert second.returncode == 0, second.stderr
    clips = json.loads((page.parent / "manifest.json").read_text(encoding="utf-8"))["clips"]
    assert [clip["inputs"]["matrix"] for clip in clips] == ["-1 0; 0 1", "1 0; 0 1"]


# Stopping


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
@pytest.mark.parametrize(
    ("number", "to_all", "code"),
    [("SIGINT", True, 130), ("SIGTERM", False, 143), ("SIGHUP", True, 129)],
    ids=["Ctrl-C", "terminated", "terminal closed"],
)
def test_stopping_leaves_what_is_finished_and_nothing_else(
    tmp_path: Path, number: str, to_all: bool, code: int
) -> None:
    batch = subprocess.Popen(
        [sys.executable, STAND_IN, "calm", "endless", "raises", "--jobs", "2", "--aspect", "1:1"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=environment(),
    )
    out = tmp_path / "out"
    try:
        wait_until(lambda: list(out.glob("failed/*/log.txt")) and list(out.glob("clips/*/video*")))
        pids = of_group(batch.pid)
        assert len(pids) >= 3  # itself and two workers
        if to_all:
            os.killpg(batch.pid, getattr(signal, number))
        else:
            batch.send_signal(getattr(signal, number))
        stdout, stderr = batch.communicate(timeout=PATIENCE)
    finally:
        batch.kill()
    assert batch.returncode == code, stderr
    assert stdout == ""
    assert "Traceback" not in stderr
    assert "leaked" not in stderr
    assert all(ends(pid) for pid in pids)
    assert {path.name for path in out.iterdir()} == {
        "clips", "failed", "index.html", "manifest.json"
    }  # fmt: skip
    clips = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["clips"]
    assert {(clip["scene"], clip["status"]) for clip in clips} == {
        ("calm", "rendered"),
        ("raises", "failed"),
    }


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
@pytest.mark.parametrize("delay", [0.0, 0.1, 0.5, 1.5])
def test_ctrl_c_is_calm_while_workers_start(tmp_path: Path, delay: float) -> None:
    batch = subprocess.Popen(
        [sys.executable, RENDER, "svd", "--jobs", "2", "--language", "en", "--aspect", "1:1,9:16"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    wait_until(lambda: len(of_group(batch.pid)) > 1)
    time.sleep(delay)
    os.killpg(batch.pid, signal.SIGINT)
    _, stderr = batch.communicate(timeout=PATIENCE)
    assert batch.returncode == 130
    assert stderr.split("\n") == ["", "render.py: stopped; what was finished is kept", ""]
    assert not list(tmp_path.iterdir())
    assert all(ends(pid) for pid in of_group(batch.pid))
