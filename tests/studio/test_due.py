"""Only what changed is rendered, as the command line shows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import Run, start

import scenes
from scenes.studio.bundle import Shelf
from scenes.studio.clip import Clip
from scenes.studio.due import due
from scenes.studio.lesson import plan_lesson
from scenes.studio.page import write_page
from scenes.studio.plan import plan
from scenes.studio.take import Facts, Take

BEAT = {"name": "first", "caption": "Look.", "start": 0.0, "end": 2.0}
FILES = {"video": "video.mp4", "poster": "poster.png", "captions": "captions.vtt"}
FACTS = Facts("Title", 2.0, 30, 854, 480, 15.0, (BEAT,), FILES)


@pytest.fixture
def render(project: Path, tmp_path: Path) -> Run:
    """Run the command line of a project that nobody edits meanwhile."""
    return lambda *arguments, **more: start(project / "render.py", *arguments, cwd=tmp_path, **more)


@pytest.fixture
def shelf(project: Path, tmp_path: Path) -> Shelf:
    """A folder that seems to hold the whole catalogue."""
    return filled(tmp_path / "out", plan().clips)


def filled(out: Path, clips: tuple[Clip, ...]) -> Shelf:
    shelf = Shelf(out)
    shelf.open()
    for step in due(clips, shelf):
        take = Take(step.clip.id, FACTS, dict.fromkeys(FILES.values(), b"video"))
        shelf.publish(step.clip, take, step.key, step.sources)
    write_page(shelf)
    shelf.close()
    return shelf


def test_an_unchanged_catalogue_loads_nothing_heavy_and_writes_nothing(
    shelf: Shelf, render: Run
) -> None:
    looked = render(PYTHONPROFILEIMPORTTIME="1")
    loaded = {line.split("|")[-1].strip() for line in looked.stderr.splitlines() if "|" in line}
    assert "numpy" in loaded
    assert not loaded & {"manim", "sympy", "scipy", "av"}
    before = {path: path.stat().st_mtime_ns for path in shelf.out.rglob("*")}
    done = render()
    assert done.returncode == 0, done.stderr
    assert f"0 rendered, {len(scenes.CATALOGUE)} kept, 0 failed" in done.stderr
    assert {path: path.stat().st_mtime_ns for path in shelf.out.rglob("*")} == before


def test_the_plan_says_what_would_be_rendered_and_why_and_renders_nothing(
    shelf: Shelf, render: Run
) -> None:
    (shelf.out / "clips" / plan(["svd"]).clips[0].id / "video.mp4").write_bytes(b"vid")
    facts = shelf.out / "clips" / plan(["rank"]).clips[0].id / "clip.json"
    stored = json.loads(facts.read_text(encoding="utf-8"))
    stored["key"] |= {"theme": "other", "libraries": stored["key"]["libraries"] + " beta"}
    facts.write_text(json.dumps(stored), encoding="utf-8")
    before = {path: path.stat().st_mtime_ns for path in shelf.out.rglob("*")}

    said = render("svd", "rank", "null_space", "--theme", "dark,light", "--plan").stdout
    assert "render  svd · [3 0; 4 5] · en · 16:9 — video.mp4 is damaged\n" in said
    assert "render  rank · [1 2; 2 4] · en · 16:9 — theme and libraries (" in said
    assert "keep    null_space · [1 2; 2 4] · en · 16:9\n" in said
    assert "render  svd · [3 0; 4 5] · en · 16:9 · light — new\n" in said
    others = len(scenes.CATALOGUE) - 3
    assert said.count("not asked for; --prune removes it") == others
    assert said.endswith(f"5 to render, 1 to keep, {others} other\n")

    answer = json.loads(render("svd", "null_space", "--plan", "--json").stdout)
    assert [clip["why"] for clip in answer["clips"]] == ["video.mp4 is damaged", None]
    assert len(answer["unwanted"]) == len(scenes.CATALOGUE) - 2
    forced = json.loads(render("svd", "null_space", "--plan", "--force", "--json").stdout)
    assert [clip["why"] for clip in forced["clips"]] == ["forced", "forced"]
    assert {path: path.stat().st_mtime_ns for path in shelf.out.rglob("*")} == before


def test_pruning_removes_what_is_not_asked_for(shelf: Shelf, render: Run) -> None:
    kept = {plan([scene]).clips[0].id for scene in ("svd", "rank")}
    done = render("svd", "rank", "--prune")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("removed clips/") == len(scenes.CATALOGUE) - 2
    assert {path.name for path in (shelf.out / "clips").iterdir()} == kept
    assert len(json.loads((shelf.out / "manifest.json").read_text())["clips"]) == 2
    assert {path.name for path in shelf.out.iterdir()} == {"clips", "index.html", "manifest.json"}


LESSON = """
title = "Two"
quality = "l"
[[clip]]
scene = "svd"
[[clip]]
scene = "rank"
"""


def test_a_lesson_tells_which_clips_it_has_no_use_for(
    project: Path, render: Run, tmp_path: Path
) -> None:
    (tmp_path / "two.toml").write_text(LESSON)
    planned = plan_lesson(tmp_path / "two.toml")
    shelf = filled(tmp_path / "out" / planned.folder, planned.clips)
    write_anew = LESSON.replace("rank", "svd").replace('"Two"', '"One"')
    (tmp_path / "two.toml").write_text(write_anew)
    (gone,) = (f"clips/{clip.id}" for clip in planned.clips if clip.scene == "rank")
    told = render("--lesson", "two.toml")
    assert told.returncode == 0, told.stderr
    assert f"{gone} is no longer part of the lesson; --prune removes it\n" in told.stderr
    assert "One" in (shelf.out / "index.html").read_text(encoding="utf-8")
    assert (shelf.out / gone).is_dir()
    assert f"removed {gone}\n" in render("--lesson", "two.toml", "--prune").stderr
    assert not (shelf.out / gone).exists()
    assert "no longer" not in render("--lesson", "two.toml").stderr


def test_a_page_or_manifest_that_is_gone_is_written_again(shelf: Shelf, render: Run) -> None:
    manifest = (shelf.out / "manifest.json").read_bytes()
    (shelf.out / "index.html").unlink()
    (shelf.out / "manifest.json").write_text("{")
    assert render().returncode == 0
    assert (shelf.out / "index.html").exists()
    assert (shelf.out / "manifest.json").read_bytes() == manifest


def test_a_page_of_another_version_is_written_again(shelf: Shelf, render: Run) -> None:
    page = shelf.out / "index.html"
    today = page.read_text(encoding="utf-8")
    page.write_text(today.replace("<main>", '<main class="old">'), encoding="utf-8")
    assert render().returncode == 0
    assert page.read_text(encoding="utf-8") == today


def test_what_has_not_changed_is_rendered_by_force_only(stand_in: Run, tmp_path: Path) -> None:
    assert stand_in("calm").returncode == 0
    (video,) = (tmp_path / "out").glob("clips/*/video.mp4")
    first = video.stat().st_mtime_ns
    assert "0 rendered, 1 kept" in stand_in("calm").stderr
    assert video.stat().st_mtime_ns == first
    assert "1 rendered, 0 kept" in stand_in("calm", "--force").stderr
    assert video.stat().st_mtime_ns > first
