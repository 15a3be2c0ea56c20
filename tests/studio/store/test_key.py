"""What makes a clip due, and what doesn't, in a copy of the project that is edited."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import stand_in
from processes import wait_until
from support import shows

import scenes
from scenes.studio.report.page import write_page
from scenes.studio.request.clip import Clip, UnusableError
from scenes.studio.store import key, versions
from scenes.studio.store.clip_store import ClipStore
from scenes.studio.store.key import Keys, changes
from scenes.studio.store.result import ClipFacts, ClipResult

SVD = Clip("svd", shows("3 0; 4 5"))
CLIPS = [
    replace(SVD, scene=entry.id, language=language)
    for entry in scenes.CATALOGUE
    for language in ("en", "zh-Hans")
]
SCENES = {entry.id for entry in scenes.CATALOGUE}


def due_after(change: Callable[[], object]) -> set[tuple[str, str, str]]:
    """Scene, language and reason of every clip that a change makes due."""
    before = list(map(Keys().of, CLIPS))
    change()
    after = list(map(Keys().of, CLIPS))
    return {
        (clip.scene, clip.language, changes(old, new))
        for clip, old, new in zip(CLIPS, before, after, strict=True)
        if changes(old, new)
    }


def edited(path: Path, old: str = "", new: str = "") -> Callable[[], object]:
    text = path.read_text(encoding="utf-8")
    assert old in text
    after = text.replace(old, new) if old else f"{text}\n# edited\n"
    return lambda: path.write_text(after, encoding="utf-8")


def everywhere(reason: str) -> set[tuple[str, str, str]]:
    return {(scene, language, reason) for scene in SCENES for language in ("en", "zh-Hans")}


def test_nothing_changes_by_itself(project: Path) -> None:
    assert due_after(lambda: None) == set()


def test_a_scenes_file_makes_its_own_clips_due(project: Path) -> None:
    assert due_after(edited(project / "scenes" / "svd.py")) == {
        ("svd", "en", "scene changed"),
        ("svd", "zh-Hans", "scene changed"),
    }


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("scenes/stage/theme.py", "theme changed"),
        ("scenes/stage/ground.py", "stage changed"),
        ("scenes/studio/video/encoder.py", "encoder changed"),
        ("scenes/studio/video/rendering.py", "studio changed"),
        ("scenes/studio/report/captions.py", "studio changed"),
        ("lamath/_square.py", "lamath changed"),
    ],
)
def test_what_all_scenes_share_makes_all_clips_due(project: Path, file: str, reason: str) -> None:
    assert due_after(edited(project / file)) == everywhere(reason)


UNSEEN = (
    "scenes/__init__.py",
    "scenes/wording.py",
    "scenes/stage/__init__.py",
    "scenes/stage/audit.py",
    "scenes/studio/report/page.py",
    "scenes/studio/request/plan.py",
    "scenes/studio/run/batch.py",
    "scenes/studio/store/clip_store.py",
    "scenes/studio/video/draft.py",
)


def test_what_no_frame_shows_makes_none_due(project: Path) -> None:
    edits = [edited(project / file) for file in UNSEEN]
    assert due_after(lambda: [edit() for edit in edits]) == set()


def test_half_an_edit_is_a_change_and_no_more(project: Path) -> None:
    change = edited(project / "scenes" / "svd.py", "class ", "clas ")
    assert "svd" in {scene for scene, *_ in due_after(change)}


def test_what_a_scene_imports_is_followed_however_far(project: Path) -> None:
    (project / "scenes" / "far.py").write_text("FAR = 1\n")
    (project / "scenes" / "near.py").write_text("from . import far\n")
    edited(
        project / "scenes" / "svd.py", "import lamath", "from scenes import near\nimport lamath"
    )()
    change = edited(project / "scenes" / "far.py", "1", "2")
    assert {scene for scene, *_ in due_after(change)} == {"svd"}


def own_messages(scene: str) -> list[str]:
    """The sentences that only this scene says and that fit on one line of a catalogue."""
    sources = {e.id: e.path.read_text(encoding="utf-8") for e in scenes.CATALOGUE}
    said = re.findall(r'N_\("(.{1,60})"\)', sources.pop(scene))
    return [each for each in said if not any(each in other for other in sources.values())]


def test_a_translation_makes_due_the_scenes_that_say_it(project: Path) -> None:
    po = project / "scenes" / "locale" / "zh_Hans" / "LC_MESSAGES" / "scenes.po"
    own = f'msgid "{next(iter(own_messages("svd")))}"\nmsgstr "'
    assert due_after(edited(po, own, f"{own}A")) == {("svd", "zh-Hans", "words changed")}


def test_words_that_are_missing_are_named_in_one_line(project: Path) -> None:
    (project / "scenes" / "locale" / "zh_Hans" / "LC_MESSAGES" / "scenes.po").unlink()
    with pytest.raises(UnusableError, match=r"scenes\.po is missing; put it back"):
        Keys().of(replace(SVD, language="zh-Hans"))
    store = ClipStore(project / "out")
    store.open()
    clip = replace(SVD, language="zh-Hans")
    facts = ClipFacts("T", 2.0, 30, 854, 480, 15.0, (), {"poster": "p"})
    store.publish(clip, ClipResult(clip.id, facts, {"p": b"picture"}))
    with pytest.raises(UnusableError, match=r"scenes\.po is missing; put it back"):
        write_page(store)
    store.close()


def test_words_of_the_mathematics_make_all_clips_of_their_language_due(project: Path) -> None:
    po = project / "lamath" / "words" / "locale" / "zh_Hans" / "LC_MESSAGES" / "lamath.po"
    said = 'msgid "Different inputs always give different outputs."\nmsgstr "'
    changed = due_after(edited(po, said, f"{said}A"))
    assert changed == {(scene, "zh-Hans", "words changed") for scene in SCENES}
    unsaid = 'msgid "A is in reduced row echelon form already."\nmsgstr "'  # of `python -m lamath`
    assert due_after(edited(po, unsaid, f"{unsaid}A")) == set()


def test_libraries_and_fonts_are_named_with_their_versions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for tool in ("manim 0.", "numpy ", "av ", "typst ", "cairo 1.", "Pango 1."):
        assert tool in versions.libraries()
    with monkeypatch.context() as patch:
        patch.setattr(versions, "_version", lambda name: "99" if name == "av" else "1")
        newer = versions.libraries.__wrapped__()
    assert changes({"libraries": versions.libraries()}, {"libraries": newer}).startswith(
        "libraries ("
    )
    assert "av 99" in newer
    installed = {"Inter": "Inter.ttf 1 (9 bytes)", "PingFang SC": "macOS 15"}
    monkeypatch.setattr(versions, "_installed", lambda: installed)
    assert versions.fonts.__wrapped__("en") == "Inter: Inter.ttf 1 (9 bytes)"
    assert versions.fonts.__wrapped__("zh-Hans") == "PingFang SC: macOS 15"
    assert versions.fonts.__wrapped__("zh-Hant") == "none"


def test_fonts_are_those_the_stage_uses() -> None:
    from scenes.stage import fonts

    assert versions._families() == fonts.FAMILIES
    for language in fonts.FAMILIES:
        assert versions.fonts(language).startswith(f"{fonts.family(language)}: ")


def test_what_is_asked_for_is_part_of_the_key() -> None:
    keys = Keys()
    said = changes(keys.of(SVD), keys.of(replace(SVD, inputs=shows("1 2; 3 4"), theme="light")))
    assert said == "parameters (matrix=1 2; 3 4, theme=light) changed"


def test_files_count_by_their_bytes_and_are_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = tmp_path / "w.npy"
    weights.write_bytes(b"one")
    clip = replace(SVD, inputs=(("weights", "w.npy"),), places=(("weights", weights),))
    first, status = Keys().of(clip), weights.stat()
    assert not Keys().sources(clip)["weights"].settled
    monkeypatch.setattr(key, "_SETTLED", -60)  # as if all that were long ago
    known = list(Keys().sources(clip).values())
    assert known[0].settled

    with monkeypatch.context() as patch:
        patch.setattr(key.hashlib, "file_digest", None)  # would fail
        assert Keys(known).of(clip) == first

    wait_until(lambda: weights.touch() or Keys().sources(clip)["weights"] != known[0])
    assert Keys(known).of(clip) == first
    weights.write_bytes(b"two")
    os.utime(weights, ns=(status.st_atime_ns, status.st_mtime_ns))  # as if nothing had happened
    assert changes(first, Keys(known).of(clip)) == "weights changed"
    weights.unlink()
    assert Keys(known).of(clip)["weights"] == "missing"


def test_other_catalogues_are_followed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenes, "CATALOGUE", stand_in.CATALOGUE)
    keys = Keys()
    calm, wide = (keys.of(Clip(scene, shows("1 0; 0 1"))) for scene in ("calm", "wide"))
    assert calm["scene"] != wide["scene"]
    assert calm["stage"] == wide["stage"]
