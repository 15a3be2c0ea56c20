from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from processes import wait_until
from support import shows

from scenes.studio.report.page import write_page
from scenes.studio.request.clip import Clip
from scenes.studio.store import bundle, lock
from scenes.studio.store.clear import clear
from scenes.studio.store.clip_store import ClipStore
from scenes.studio.store.disk import Folder, inner, time_of_change
from scenes.studio.store.lock import FolderLock
from scenes.studio.store.moves import put_right
from scenes.studio.store.record import FileSum, Source
from scenes.studio.store.result import BeatFacts, ClipFacts, ClipResult

CLIP = Clip("svd", shows("3 0; 4 5"))
BEAT = BeatFacts("first", "Look.", 0.0, 2.0)
FACTS = ClipFacts("Title", 2.0, 30, 854, 480, 15.0, (BEAT,), {"video": "video.mp4"})


def result(data: bytes = b"video") -> ClipResult:
    return ClipResult(CLIP.id, FACTS, {"video.mp4": data})


def lost(error: str = "broke") -> ClipResult:
    return ClipResult(CLIP.id, error=error, log="what happened\n")


@pytest.fixture
def store(tmp_path: Path) -> ClipStore:
    store = ClipStore(tmp_path / "deep" / "out")
    store.open()
    return store


def listed(store: ClipStore) -> list[dict[str, Any]]:
    store.write_manifest()
    return json.loads((store.out / "manifest.json").read_text(encoding="utf-8"))["clips"]


def everything(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_manifest_says_what_a_clip_is_and_where_its_files_are(store: ClipStore) -> None:
    store.publish(CLIP, result())
    folder = f"clips/{CLIP.id}"
    assert listed(store) == [
        {
            "id": CLIP.id, "scene": "svd", "title": "Title", "inputs": {"matrix": "3 0; 4 5"},
            "language": "en", "aspect": "16:9", "theme": "dark", "quality": "l", "format": "mp4",
            "status": "rendered", "seconds": 2.0, "frames": 30, "width": 854, "height": 480,
            "fps": 15.0, "folder": folder,
            "files": {"video": f"{folder}/video.mp4", "facts": f"{folder}/clip.json"},
        }
    ]  # fmt: skip
    facts = json.loads((store.out / folder / "clip.json").read_text(encoding="utf-8"))
    assert facts["beats"] == [BEAT._asdict()]
    assert facts["files"] == {"video": "video.mp4"}


def test_nothing_is_left_but_what_is_published(store: ClipStore) -> None:
    store.publish(CLIP, result())
    store.publish(CLIP, result(b"again"))
    store.write_manifest()
    store.close()
    files = {f"clips/{CLIP.id}/{name}" for name in ("video.mp4", "clip.json")}
    assert everything(store.out) == files | {"manifest.json"}
    assert {path.name for path in store.out.iterdir()} == {"clips", "manifest.json"}


def test_a_later_bundle_replaces_the_earlier_one_whole(store: ClipStore) -> None:
    store.publish(CLIP, ClipResult(CLIP.id, FACTS, {"video.mp4": b"old", "stray": b""}))
    store.publish(CLIP, result(b"new"))
    assert (store.out / "clips" / CLIP.id / "video.mp4").read_bytes() == b"new"
    assert not (store.out / "clips" / CLIP.id / "stray").exists()


def test_if_replacing_fails_the_earlier_bundle_stays(
    store: ClipStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.publish(CLIP, result(b"old"))
    place = store.out / "clips" / CLIP.id
    move = Folder.move

    def fails(self: Folder, name: str, to: str) -> None:
        if "/new/" in name:
            raise OSError("no space left")
        move(self, name, to)

    monkeypatch.setattr(Folder, "move", fails)
    with pytest.raises(OSError, match="no space"):
        store.publish(CLIP, result(b"new"))
    assert (place / "video.mp4").read_bytes() == b"old"


def test_a_failure_is_listed_with_its_log_until_the_clip_succeeds(store: ClipStore) -> None:
    store.publish(CLIP, result())
    store.publish(CLIP, lost())
    (record,) = listed(store)
    assert (record["status"], record["error"]) == ("failed", "broke")
    assert record["log"] == record["files"]["log"] == f"failed/{CLIP.id}/log.txt"
    assert (store.out / record["log"]).read_text() == "what happened\n"
    assert (store.out / "clips" / CLIP.id / "video.mp4").exists()
    store.publish(CLIP, result())
    assert [record["status"] for record in listed(store)] == ["rendered"]
    assert not (store.out / "failed").exists()


def test_earlier_bundles_stay_listed_as_long_as_they_are_there(store: ClipStore) -> None:
    other = Clip("rank", shows("1 2; 2 4"))
    store.publish(CLIP, result())
    store.publish(other, ClipResult(other.id, FACTS, {"video.mp4": b""}))
    assert [record["scene"] for record in listed(store)] == ["rank", "svd"]  # as catalogued
    (store.out / "manifest.json").write_text("{")
    (store.out / "clips" / other.id / "clip.json").unlink()
    assert [record["scene"] for record in listed(store)] == ["svd"]


def test_a_damaged_clip_is_not_listed(store: ClipStore) -> None:
    store.publish(CLIP, result())
    (store.out / "clips" / CLIP.id / "clip.json").write_text("{")
    assert listed(store) == []


def damaged(path: Path, change: dict[str, Any]) -> None:
    """Change what a record says."""
    said = json.loads(path.read_text("utf-8")) | change
    path.write_text(json.dumps({name: each for name, each in said.items() if each != "gone"}))


SUM = {"size": 5, "sha256": "0", "changed": 0}

ODD: list[dict[str, Any]] = [
    {"id": "another"}, {"id": None}, {"language": "xx"}, {"language": []}, {"inputs": None},
    {"inputs": {"matrix": 5}}, {"inputs": ["matrix"]}, {"inputs": {"matrix": "\ud800"}},
    {"status": "odd"}, {"status": "failed"}, {"status": {}}, {"status": None}, {"status": "gone"},
    {"files": []}, {"files": "gone"}, {"files": {"video": None}}, {"files": {"video": "../a"}},
    {"files": {"video": "/etc/passwd"}}, {"files": {"video": "c:\\a"}}, {"files": {"video": ""}},
    {"beats": None}, {"beats": "gone"}, {"beats": [{"name": "x"}]}, {"beats": {}}, {"beats": [[]]},
    {"beats": [BEAT._asdict() | {"start": float("nan")}]}, {"beats": [{"end": ""}]},
    {"scene": 5}, {"title": None}, {"title": "\udfff"}, {"captions": 1},
    {"seconds": None}, {"seconds": float("nan")}, {"seconds": float("inf")}, {"seconds": -1},
    {"frames": "30"}, {"frames": True}, {"frames": 1.5}, {"frames": 10**400}, {"fps": 10**30},
    {"sums": {"video.mp4": 5}}, {"sums": {"../../thesis.docx": SUM}}, {"sums": [SUM]},
    {"sums": {"video.mp4": SUM | {"size": "5"}}}, {"sums": {"video.mp4": SUM | {"sha256": None}}},
    {"sources": {"image": {}}}, {"sources": []}, {"key": []}, {"key": {"scene": None}},
]  # fmt: skip

NO_RECORDS = [
    b"", b"{", b"null", b"5", b'"clip"', b"[]", b"{}", b"\xff\xfe", b"\0" * 100, b"[" * 100_000,
    b'{"a":' * 100_000, b'{"id": ' + b"9" * 5000 + b"}", b'{"id": NaN}',
]  # fmt: skip


@pytest.mark.parametrize("change", ODD, ids=ascii)
def test_what_is_not_ours_is_not_listed(store: ClipStore, change: dict[str, Any]) -> None:
    store.publish(CLIP, result())
    assert len(listed(store)) == 1
    damaged(store.out / "clips" / CLIP.id / "clip.json", change)
    assert listed(store) == []


@pytest.mark.parametrize("data", NO_RECORDS, ids=lambda data: ascii(data[:10]))
def test_what_is_no_record_is_not_listed(store: ClipStore, data: bytes) -> None:
    store.publish(CLIP, result())
    (store.out / "clips" / CLIP.id / "clip.json").write_bytes(data)
    assert listed(store) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are POSIX's")
def test_nothing_but_a_regular_file_is_a_record(store: ClipStore) -> None:
    store.publish(CLIP, result())
    path = store.out / "clips" / CLIP.id / "clip.json"
    elsewhere = path.replace(store.out / "elsewhere.json")
    path.symlink_to(elsewhere)
    assert listed(store) == []
    path.unlink()
    os.mkfifo(path)  # who opens it as usual waits for ever
    assert listed(store) == []
    path.unlink()
    path.mkdir()
    assert listed(store) == []


def test_a_record_without_end_is_not_read_to_its_end(store: ClipStore) -> None:
    store.publish(CLIP, result())
    path = store.out / "clips" / CLIP.id / "clip.json"
    with path.open("r+b") as file:
        file.truncate(2**40)
    assert listed(store) == []


def left_by(pid: int, out: Path) -> Path:
    """What a batch leaves that was killed while it replaced a bundle."""
    batch = out / f".batch-{pid}-0"
    aside = batch / "replaced" / "clips" / CLIP.id
    aside.mkdir(parents=True)
    (aside / "video.mp4").write_bytes(b"old")
    (batch / "new").mkdir()
    return batch


def test_what_a_killed_batch_left_is_put_right(tmp_path: Path) -> None:
    reused = os.getppid()  # the number of the killed one is another process's now
    batch = left_by(reused, tmp_path)
    ClipStore(tmp_path).open()
    assert (tmp_path / "clips" / CLIP.id / "video.mp4").read_bytes() == b"old"
    assert not batch.exists()


def test_without_locks_a_batch_at_work_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FolderLock, "acquire", lambda self, waiting: None)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    dead, alive = left_by(ended.pid, tmp_path), left_by(os.getppid(), tmp_path)
    ClipStore(tmp_path).open()
    assert alive.exists()
    assert not dead.exists()


def test_two_may_put_the_same_right(tmp_path: Path) -> None:
    batch = left_by(1, tmp_path)
    (tmp_path / "clips" / CLIP.id).mkdir(parents=True)
    (tmp_path / "clips" / CLIP.id / "video.mp4").write_bytes(b"new")
    put_right(batch)
    put_right(batch)
    assert (tmp_path / "clips" / CLIP.id / "video.mp4").read_bytes() == b"new"


def test_what_was_published_is_known_by_what_it_was_made_from(store: ClipStore) -> None:
    assert store.record(CLIP.id) is None
    source = Source("here/p.png", 3, 5, "abc", settled=True)
    published = store.publish(CLIP, result(), {"scene": "1"}, {"image": source})
    stored = store.record(CLIP.id)
    assert stored == published
    assert (stored.key, stored.sources) == ({"scene": "1"}, {"image": source})
    assert stored.beats == (BEAT,)
    assert store.verify(stored) == ("", stored)
    video = store.out / "clips" / CLIP.id / "video.mp4"
    video.write_bytes(b"vide")
    assert store.verify(stored) == ("video.mp4 is damaged", stored)
    video.unlink()
    assert store.verify(stored) == ("video.mp4 is missing", stored)


def test_other_bytes_are_found_though_they_are_as_many(store: ClipStore) -> None:
    stored = store.publish(CLIP, result(b"video"))
    video = store.out / "clips" / CLIP.id / "video.mp4"
    times = video.stat().st_atime_ns, video.stat().st_mtime_ns
    wait_until(lambda: video.write_bytes(b"vid\0o") and video.stat().st_ctime_ns != times[1])
    os.utime(video, ns=times)  # as if nothing had happened
    assert store.verify(stored)[0] == "video.mp4 is damaged"


def test_what_has_not_changed_is_read_by_thorough_looks_only(
    store: ClipStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = store.publish(CLIP, result(b"video"))
    video = store.out / "clips" / CLIP.id / "video.mp4"
    video.write_bytes(b"vid\0o")
    unseen = FileSum.of(b"video")
    unseen = replace(unseen, changed=time_of_change(video.stat()))  # as bits rot
    stored = replace(stored, sums={"video.mp4": unseen})
    assert store.verify(stored, thorough=True)[0] == "video.mp4 is damaged"
    monkeypatch.setattr(Folder, "sha256", None)  # would fail
    assert store.verify(stored) == ("", stored)


def test_what_was_verified_is_not_read_again(
    store: ClipStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = store.publish(CLIP, result(b"video"))
    video = store.out / "clips" / CLIP.id / "video.mp4"
    wait_until(lambda: video.touch() or store.verify(stored) != ("", stored))
    why, verified = store.verify(stored)
    assert why == ""
    store.note_verified(verified)
    assert store.record(CLIP.id) == verified
    monkeypatch.setattr(Folder, "sha256", None)  # would fail
    assert store.verify(verified) == ("", verified)


def test_what_was_verified_is_no_news_of_another_bundle(store: ClipStore) -> None:
    stored = store.publish(CLIP, result(b"video"))
    later = store.publish(CLIP, result(b"other"))
    store.note_verified(stored)
    assert store.record(CLIP.id) == later


def test_a_record_without_checksums_is_not_believed(store: ClipStore) -> None:
    stored = store.publish(CLIP, result(b"video"))
    assert store.verify(replace(stored, sums={}))[0] == "video.mp4 has no checksum"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are POSIX's")
def test_what_is_no_file_is_not_opened(store: ClipStore) -> None:
    stored = store.publish(CLIP, result(b"video"))
    video = store.out / "clips" / CLIP.id / "video.mp4"
    elsewhere = video.replace(store.out / "elsewhere")
    for make in (os.mkfifo, os.mkdir, lambda path: path.symlink_to(elsewhere)):
        make(video)
        assert store.verify(stored, thorough=True)[0] == "video.mp4 is damaged"
        video.rmdir() if video.is_dir() else video.unlink()


def test_the_manifest_is_known_to_be_up_to_date_or_not(store: ClipStore) -> None:
    store.publish(CLIP, result())
    assert not store.lists(store.records())
    store.write_manifest()
    assert store.lists(store.records())
    store.publish(CLIP, lost())
    assert not store.lists(store.records())


def test_what_nobody_wants_is_removed_and_what_is_not_ours_stays(store: ClipStore) -> None:
    other = Clip("rank", shows("1 2; 2 4"))
    store.publish(CLIP, result())
    store.publish(other, lost())
    (store.out / "clips" / "holiday").mkdir()
    (store.out / "clips" / "holiday" / "clip.json").write_text('{"id": "sea"}')
    assert store.unwanted([CLIP.id, other.id]) == []
    unwanted = store.unwanted([])
    assert unwanted == [f"clips/{CLIP.id}", f"failed/{other.id}"]
    for folder in unwanted:
        store.remove(folder)
    store.close()
    assert {path.name for path in store.out.iterdir()} == {"clips"}
    assert {path.name for path in (store.out / "clips").iterdir()} == {"holiday"}


def test_what_the_record_does_not_list_stays_and_is_named(store: ClipStore) -> None:
    frames = {"frames/1.png": b"1", "frames/2.png": b"2", "video.mp4": b"video"}
    record = store.publish(CLIP, ClipResult(CLIP.id, FACTS, frames))
    folder = store.out / str(record.folder)
    for name in ("thesis.docx", "frames/note.txt"):
        (folder / name).write_text("mine")
    assert store.remove(str(record.folder)) == ["frames/note.txt", "thesis.docx"]
    assert everything(folder) == {"frames/note.txt", "thesis.docx"}
    assert store.unwanted([]) == []
    assert store.record(CLIP.id) is None
    assert not store.has_bundle(CLIP.id)


def test_a_log_is_removed_and_a_note_beside_it_is_not(store: ClipStore) -> None:
    record = store.publish(CLIP, lost())
    note = store.out / str(record.folder) / "note.txt"
    note.write_text("mine")
    store.publish(CLIP, result())
    assert everything(store.out / "failed") == {f"{CLIP.id}/note.txt"}
    assert not store.has_failed(CLIP.id)


def test_a_folder_of_somebody_else_is_left_alone(store: ClipStore) -> None:
    folder = store.out / "clips" / "holiday"
    folder.mkdir(parents=True)
    (folder / "clip.json").write_text('{"id": "holiday", "sums": {"thesis.docx": {}}}')
    (folder / "thesis.docx").write_text("mine")
    assert store.unwanted([]) == []
    assert store.unreadable([]) == ["clips/holiday"]
    assert store.remove("clips/holiday") == []
    assert everything(folder) == {"clip.json", "thesis.docx"}


def test_nothing_is_removed_through_a_link(store: ClipStore, tmp_path: Path) -> None:
    frames = {"frames/1.png": b"1", "video.mp4": b"video"}
    record = store.publish(CLIP, ClipResult(CLIP.id, FACTS, frames))
    folder, outside = store.out / str(record.folder), tmp_path / "outside"
    (folder / "frames").replace(outside)
    (folder / "frames").symlink_to(outside)
    assert store.remove(str(record.folder)) == ["frames"]
    assert everything(outside) == {"1.png"}


def test_a_note_survives_that_its_clip_is_drawn_again(store: ClipStore) -> None:
    record = store.publish(CLIP, result())
    folder = store.out / str(record.folder)
    (folder / "note.txt").write_text("mine")
    store.publish(CLIP, result(b"again"))
    assert everything(folder) == {"note.txt", "video.mp4", "clip.json"}
    (folder / "clip.json").write_text("{")
    (folder / "video.mp4").unlink()
    (folder / "video.mp4").mkdir()
    (folder / "video.mp4" / "thesis.docx").write_text("mine")
    store.publish(CLIP, result(b"again"))
    assert (folder / "video.mp4").read_bytes() == b"again"
    assert everything(folder) >= {"note.txt", "kept/video.mp4/thesis.docx"}


def test_clearing_removes_what_was_made_and_nothing_else(tmp_path: Path) -> None:
    for out in (tmp_path / "out", tmp_path / "out" / "draft" / "a lesson"):
        filled = ClipStore(out)
        filled.open()
        filled.publish(CLIP, result())
        filled.write_manifest()
        filled.close()
    mine = {f"clips/{CLIP.id}/note.txt", "thesis.docx", "site/index.html"}
    for name in mine:
        (tmp_path / "out" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "out" / name).write_text("mine")
    assert set(clear(tmp_path / "out")) == everything(tmp_path / "out") == mine
    assert not (tmp_path / "out" / "draft").exists()


HOLDER = """
import sys, time
from pathlib import Path
from scenes.studio.store.clear import clear
from scenes.studio.store.clip_store import ClipStore
store = ClipStore(Path(sys.argv[1]))
store.open()
print("open", flush=True)
time.sleep(60)
"""


def test_a_folder_has_one_batch_at_a_time_and_the_dead_hold_nothing(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, tmp_path / "out"], stdout=subprocess.PIPE
    )
    assert holder.stdout
    with holder:
        assert holder.stdout.readline() == b"open\n"
        store = ClipStore(tmp_path / "out")
        waited: list[str] = []

        def waiting() -> None:
            waited.append(store.at_work)
            holder.kill()  # as hard as can be

        store.open(waiting)
    assert waited == [f"process {holder.pid}"]
    store.remove_if_empty()
    store.close()
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_removed_meanwhile_is_made_again(tmp_path: Path) -> None:
    first, second = ClipStore(tmp_path / "out"), ClipStore(tmp_path / "out")
    first.open()
    second.open(waiting=first.remove_if_empty)
    assert second.scratch.is_dir()
    second.remove_if_empty()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a file is the lock anyway")
def test_where_no_folder_can_be_locked_a_file_is_and_it_goes_with_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on NFS."""
    flock = lock._lock

    def of_files_only(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EBADF, "Bad file descriptor")
        flock(descriptor)

    monkeypatch.setattr(lock, "_lock", of_files_only)
    first, second = ClipStore(tmp_path / "a" / "out"), ClipStore(tmp_path / "a" / "out")
    first.open()
    assert (tmp_path / "a" / "out" / ".lock").is_file()
    second.open(waiting=first.remove_if_empty)
    assert second.scratch.is_dir()
    second.remove_if_empty()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a", "a/b"])
def test_no_folder_is_removed_elsewhere_though_a_link_comes(tmp_path: Path, name: str) -> None:
    store, outside = ClipStore(tmp_path / "a" / "b" / "c"), tmp_path / "outside"
    store.open()
    below = (tmp_path / "a" / "b" / "c").relative_to(tmp_path / name)
    (outside / below).mkdir(parents=True)
    (tmp_path / name).rename(tmp_path / "aside")
    (tmp_path / name).symlink_to(outside)
    store.remove_if_empty()
    assert (outside / below).is_dir()


@pytest.mark.skipif(os.name != "posix", reason="pipes are POSIX's")
def test_a_lock_is_no_link(tmp_path: Path) -> None:
    (tmp_path / "outside").touch()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".lock").symlink_to(tmp_path / "outside")
    with pytest.raises(OSError, match=r"symbolic links|Not a directory"):
        Folder(tmp_path / "out").open_to_lock(".lock")
    (tmp_path / "out" / ".lock").unlink()
    os.mkfifo(tmp_path / "out" / ".lock")
    with pytest.raises(OSError, match="not a regular file"):
        Folder(tmp_path / "out").open_to_lock(".lock")


def test_opening_in_vain_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, make_new = ClipStore(tmp_path / "a" / "b"), Folder.make_new

    def full(self: Folder, name: str) -> None:
        if name == store.scratch.name:
            raise OSError("no space left")
        make_new(self, name)

    monkeypatch.setattr(Folder, "make_new", full)
    with pytest.raises(OSError, match="no space"):
        store.open()
    assert list(tmp_path.iterdir()) == []


def test_a_link_to_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to(tmp_path / "nothing")
    with pytest.raises(OSError, match="out is a link to nothing; move it away"):
        ClipStore(tmp_path / "out").open()
    with pytest.raises(OSError, match=r"symbolic links|Not a directory"):
        ClipStore(tmp_path / "out" / "below").open()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("out", ["file", "file/below"])
def test_a_file_in_the_way_is_noticed(tmp_path: Path, out: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="not a folder"):
        ClipStore(tmp_path / out).check()


@pytest.mark.parametrize(
    ("name", "belongs"),
    [
        ("clips", "a folder"), ("failed", "a folder"), (f"clips/{CLIP.id}", "a folder"),
        (f"failed/{CLIP.id}", "a folder"), ("manifest.json", "a file"), ("index.html", "a file"),
        ("lesson.json", "a file"),
    ],
)  # fmt: skip
def test_what_is_in_the_way_is_named(tmp_path: Path, name: str, belongs: str) -> None:
    out, outside = tmp_path / "out", tmp_path / "outside"
    (out / name).parent.mkdir(parents=True)
    outside.mkdir()
    store = ClipStore(out)
    store.check([CLIP.id])
    (out / name).symlink_to(outside)
    with pytest.raises(OSError, match=f"{name} is a link where {belongs} belongs; move it away"):
        store.check([CLIP.id])
    (out / name).unlink()
    (out / name).symlink_to(outside / "dangling")
    with pytest.raises(OSError, match=f"{name} is a link where {belongs} belongs; move it away"):
        store.check([CLIP.id])
    (out / name).unlink()
    (out / name).touch() if belongs == "a folder" else (out / name).mkdir()
    with pytest.raises(OSError, match=f" where {belongs} belongs; move it away"):
        store.check([CLIP.id])


@pytest.mark.parametrize("link", ["", "replaced", "replaced/clips", "replaced/clips/mine"])
def test_nothing_is_moved_in_from_outside(tmp_path: Path, link: str) -> None:
    out, outside = tmp_path / "out", tmp_path / "outside"
    below = Path("replaced/clips/mine").relative_to(link) if link else "replaced/clips/mine"
    (outside / below).mkdir(parents=True)
    (outside / below / "thesis.docx").write_text("mine")
    batch = out / ".batch-1-0"
    (batch / link).parent.mkdir(parents=True, exist_ok=True)
    (batch / link).symlink_to(outside)
    ClipStore(out).open()
    assert (outside / below / "thesis.docx").exists()
    assert not (out / "clips").exists()


def test_nothing_is_written_through_a_link_to_a_lessons_folder(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert inner(tmp_path / "out", "draft", "x") == tmp_path / "out" / "draft" / "x"
    (tmp_path / "out" / "draft").symlink_to(tmp_path)
    with pytest.raises(OSError, match="draft is a link where a folder belongs; move it away"):
        inner(tmp_path / "out", "draft", "x")


def replaced_by_a_link(store: ClipStore, name: str, outside: Path) -> None:
    """Put a link to a folder outside in the place of one in a store."""
    (store.out / name).rename(outside.with_name("aside"))
    outside.mkdir()
    (store.out / name).symlink_to(outside)


@pytest.mark.parametrize("name", ["clips", "scratch"])
def test_a_link_that_comes_while_a_clip_is_published_leads_nowhere(
    store: ClipStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    store.publish(CLIP, result())
    outside, fill = tmp_path / "outside", bundle.fill

    def fill_and_link(*arguments: Any) -> Any:
        filled = fill(*arguments)
        replaced_by_a_link(store, store.scratch.name if name == "scratch" else name, outside)
        return filled

    monkeypatch.setattr(bundle, "fill", fill_and_link)
    with pytest.raises(OSError, match=r"Not a directory|symbolic links"):
        store.publish(CLIP, result(b"again"))
    store.close()
    assert everything(outside) == set()
    assert everything(tmp_path / "aside") >= {f"{CLIP.id}/video.mp4"} or name == "scratch"


def test_a_batch_stays_with_the_folder_that_it_began_in(store: ClipStore, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    replaced_by_a_link(store, "", outside)
    store.publish(CLIP, result())
    store.write_manifest()
    store.close()
    assert everything(outside) == set()
    assert everything(tmp_path / "aside") == {
        "manifest.json", f"clips/{CLIP.id}/video.mp4", f"clips/{CLIP.id}/clip.json",
    }  # fmt: skip


def test_nothing_is_read_or_written_within_a_link(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "out" / "draft").symlink_to(tmp_path / "outside")
    store = ClipStore(tmp_path / "out", "draft", "x")
    with pytest.raises(OSError, match="draft is a link where a folder belongs; move it away"):
        store.check()
    with pytest.raises(OSError, match=r"Not a directory|symbolic links"):
        store.open()
    assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize("name", ["..", "../a", "a/../b", "/etc", "clips/../../a"])
def test_no_name_leads_out_of_a_folder(tmp_path: Path, name: str) -> None:
    folder = Folder(tmp_path / "out")
    with pytest.raises(OSError, match="leads elsewhere"):
        folder.write(name, b"")
    with pytest.raises(OSError, match="leads elsewhere"):
        folder.inner(name)
    assert folder.kind(name) == ""


def test_a_file_that_is_elsewhere_too_is_not_written_to(store: ClipStore, tmp_path: Path) -> None:
    store.publish(CLIP, result())
    video, mine = store.out / "clips" / CLIP.id / "video.mp4", tmp_path / "mine.mp4"
    os.link(video, mine)
    store.publish(CLIP, result(b"again"))
    assert (video.read_bytes(), mine.read_bytes()) == (b"again", b"video")


FOREIGN = {
    "index.html": b"<!doctype html>\n<title>My own page</title>\n",
    "manifest.json": b'{"name": "My own application"}\n',
    "lesson.json": b'["my own"]',
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_somebody_else_wrote_is_named_and_left_alone(store: ClipStore, name: str) -> None:
    (store.out / name).write_bytes(FOREIGN[name])
    remedy = "was not made by render.py; move it away, or name another folder"
    with pytest.raises(OSError, match=f"{name} {remedy}"):
        store.check(lesson=True)
    with pytest.raises(OSError, match=f"{name} {remedy}"):
        store.write(name, b"ours")
    store.remove_own()
    assert (store.out / name).read_bytes() == FOREIGN[name]


@pytest.mark.parametrize("left", [b"", b"\0" * 5000, b"\n", None])
def test_what_is_left_of_our_own_files_is_written_anew(
    store: ClipStore, left: bytes | None
) -> None:
    store.publish(CLIP, result())
    write_page(store)
    store.write("lesson.json", b'{"title": {"en": "Rank"}}')
    for name in FOREIGN:
        data = (store.out / name).read_bytes()
        (store.out / name).write_bytes(data[: len(data) // 2] if left is None else left)
    store.check(lesson=True)
    store.remove_own()
    assert {path.name for path in store.out.iterdir()} == {"clips", store.scratch.name}


def test_clips_behind_a_link_are_neither_listed_nor_removed(
    store: ClipStore, tmp_path: Path
) -> None:
    store.publish(CLIP, result())
    (store.out / "clips").replace(tmp_path / "elsewhere")
    (store.out / "clips").symlink_to(tmp_path / "elsewhere")
    assert store.records() == store.unwanted([]) == store.unreadable([]) == []
    assert store.remove(f"clips/{CLIP.id}") == []
    assert (tmp_path / "elsewhere" / CLIP.id / "video.mp4").exists()


def test_a_folder_that_cannot_be_written_to_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # as for a stranger
    with pytest.raises(OSError, match="can't be written to"):
        ClipStore(tmp_path / "out").check()
