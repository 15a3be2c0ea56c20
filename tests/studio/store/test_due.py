"""Only what changed is rendered, as the command line shows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import Run, start

import scenes
from scenes.studio.report.page import write_page
from scenes.studio.request.clip import Clip
from scenes.studio.request.lesson import plan_lesson
from scenes.studio.request.plan import plan
from scenes.studio.store.clip_store import ClipStore
from scenes.studio.store.due import compare
from scenes.studio.store.result import BeatFacts, ClipFacts, ClipResult

BEAT = BeatFacts("first", "Look.", 0.0, 2.0)
FILES = {"video": "video.mp4", "poster": "poster.png", "captions": "captions.vtt"}
FACTS = ClipFacts("Title", 2.0, 30, 854, 480, 15.0, (BEAT,), FILES)


@pytest.fixture
def render(project: Path, tmp_path: Path) -> Run:
    """Run the command line of a project that nobody edits meanwhile."""
    return lambda *arguments, **more: start(project / "render.py", *arguments, cwd=tmp_path, **more)


@pytest.fixture
def store(project: Path, tmp_path: Path) -> ClipStore:
    """A folder that seems to hold the whole catalogue."""
    return filled(tmp_path / "out", plan().clips)


def filled(out: Path, clips: tuple[Clip, ...]) -> ClipStore:
    store = ClipStore(out)
    store.open()
    for state in compare(clips, store):
        result = ClipResult(state.clip.id, FACTS, dict.fromkeys(FILES.values(), b"video"))
        store.publish(state.clip, result, state.key, state.sources)
    write_page(store)
    store.close()
    return store


def test_an_unchanged_catalogue_loads_nothing_heavy_and_writes_nothing(
    store: ClipStore, render: Run
) -> None:
    looked = render(PYTHONPROFILEIMPORTTIME="1")
    loaded = {line.split("|")[-1].strip() for line in looked.stderr.splitlines() if "|" in line}
    assert "numpy" in loaded
    assert not loaded & {"manim", "sympy", "scipy", "av"}
    before = {path: path.stat().st_mtime_ns for path in store.out.rglob("*")}
    done = render()
    assert done.returncode == 0, done.stderr
    assert f"0 rendered, {len(scenes.CATALOGUE)} kept, 0 failed" in done.stderr
    assert {path: path.stat().st_mtime_ns for path in store.out.rglob("*")} == before


def test_the_plan_says_what_would_be_rendered_and_why_and_renders_nothing(
    store: ClipStore, render: Run
) -> None:
    (store.out / "clips" / plan(["svd"]).clips[0].id / "video.mp4").write_bytes(b"vid")
    facts = store.out / "clips" / plan(["rank"]).clips[0].id / "clip.json"
    stored = json.loads(facts.read_text(encoding="utf-8"))
    stored["key"] |= {"theme": "other", "libraries": stored["key"]["libraries"] + " beta"}
    facts.write_text(json.dumps(stored), encoding="utf-8")
    before = {path: path.stat().st_mtime_ns for path in store.out.rglob("*")}

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
    assert {path: path.stat().st_mtime_ns for path in store.out.rglob("*")} == before


NEW_SCENE = '''
from scenes.inputs import MatrixInput
from scenes.stage import N_, MatrixScene


class AreaGrows(MatrixScene):
    """A scene that was not there."""

    title = N_("Said by nobody yet")
    inputs = (MatrixInput("2x2", default="2 1; 1 3"),)

    def construct(self):
        with self.beat("first", "It grows."):
            self.wait(1)
'''


def test_a_new_scene_the_audit_and_drafts_leave_every_other_clip_kept(
    store: ClipStore, project: Path, render: Run
) -> None:
    folder = project / "scenes"
    (folder / "area.py").write_text(NEW_SCENE, encoding="utf-8")
    catalogue = folder / "__init__.py"
    text = catalogue.read_text(encoding="utf-8")
    entry = 'CATALOGUE = (\n    Entry("area", "area", "AreaGrows"),\n'
    catalogue.write_text(text.replace("CATALOGUE = (\n", entry), encoding="utf-8")
    for language in ("zh_Hans", "zh_Hant"):
        with (folder / "locale" / language / "LC_MESSAGES" / "scenes.po").open("a") as po:
            po.write('\nmsgid "Said by nobody yet"\nmsgstr "…"\n')
    for other in ("stage/audit.py", "stage/__init__.py", "studio/video/draft.py"):
        with (folder / other).open("a") as source:
            source.write("\n# edited\n")
    said = render("--plan").stdout.splitlines()
    assert [line for line in said if line.startswith("render")] == [
        "render  area · [2 1; 1 3] · en · 16:9 — new"
    ]
    assert len([line for line in said if line.startswith("keep")]) == len(scenes.CATALOGUE)


def test_pruning_removes_what_is_not_asked_for(store: ClipStore, render: Run) -> None:
    kept = {plan([scene]).clips[0].id for scene in ("svd", "rank")}
    done = render("svd", "rank", "--prune")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("removed clips/") == len(scenes.CATALOGUE) - 2
    assert {path.name for path in (store.out / "clips").iterdir()} == kept
    assert len(json.loads((store.out / "manifest.json").read_text())["clips"]) == 2
    assert {path.name for path in store.out.iterdir()} == {"clips", "index.html", "manifest.json"}


LESSON = """
title = "Two"
quality = "l"
[[clip]]
scene = "svd"
[[clip]]
scene = "rank"
"""


def test_a_lesson_tells_which_clips_it_has_no_use_for(
    project: Path, render: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "two.toml").write_text(LESSON)
    planned = plan_lesson(tmp_path / "two.toml")
    store = filled(tmp_path / "out" / planned.folder, planned.clips)
    write_anew = LESSON.replace("rank", "svd").replace('"Two"', '"One"')
    (tmp_path / "two.toml").write_text(write_anew)
    (gone,) = (f"clips/{clip.id}" for clip in planned.clips if clip.scene == "rank")
    told = render("--lesson", "two.toml")
    assert told.returncode == 0, told.stderr
    assert f"{gone} is no longer part of the lesson; --prune removes it\n" in told.stderr
    assert "One" in (store.out / "index.html").read_text(encoding="utf-8")
    assert (store.out / gone).is_dir()
    assert f"removed {gone}\n" in render("--lesson", "two.toml", "--prune").stderr
    assert not (store.out / gone).exists()
    assert "no longer" not in render("--lesson", "two.toml").stderr


def test_a_page_or_manifest_that_is_gone_is_written_again(store: ClipStore, render: Run) -> None:
    manifest = (store.out / "manifest.json").read_bytes()
    (store.out / "index.html").unlink()
    (store.out / "manifest.json").write_text("{")
    assert render().returncode == 0
    assert (store.out / "index.html").exists()
    assert (store.out / "manifest.json").read_bytes() == manifest


def test_a_page_of_another_version_is_written_again(store: ClipStore, render: Run) -> None:
    page = store.out / "index.html"
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


def test_what_is_damaged_is_told_in_a_line_and_drawn_again(stand_in: Run, tmp_path: Path) -> None:
    assert stand_in("calm", "--matrix", "1 0; 0 1").returncode == 0
    (record,) = tmp_path.glob("out/clips/*/clip.json")
    record.write_text(json.dumps({"id": record.parent.name, "files": 5}))
    other = stand_in("wide", "--format", "png")
    assert (other.returncode, "damaged" in other.stderr) == (0, False)
    again = stand_in("calm", "--matrix", "1 0; 0 1")
    assert again.returncode == 0, again.stderr
    told = f"render.py: clips/{record.parent.name}: clip.json is damaged: drawn again\n"
    assert again.stderr.count(told) == 1
    assert "1 rendered, 0 kept" in again.stderr
    assert "0 rendered, 1 kept" in stand_in("calm", "--matrix", "1 0; 0 1").stderr


def test_rotten_bits_are_found_when_all_is_read(store: ClipStore, render: Run) -> None:
    record = store.out / "clips" / plan(["svd"]).clips[0].id / "clip.json"
    said = json.loads(record.read_text(encoding="utf-8"))
    said["sums"]["video.mp4"]["sha256"] = "0" * 64  # what a look at size and time can't tell
    record.write_text(json.dumps(said), encoding="utf-8")
    assert "keep    svd" in render("svd", "--plan").stdout
    assert "video.mp4 is damaged\n" in render("svd", "--plan", "--verify").stdout
