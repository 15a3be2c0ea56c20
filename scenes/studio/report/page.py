"""The page that plays every clip of a store, from a web server or straight from the disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import scenes
from lamath.errors import LanguageError
from lamath.words import LANGUAGES, Words
from scenes.studio.report.lesson_record import read_lesson
from scenes.studio.report.prose import blocks
from scenes.studio.report.shown import inputs, shown, title
from scenes.studio.report.templates import NAMES, template
from scenes.studio.request.clip import UnusableError
from scenes.studio.store.clip_store import ClipStore
from scenes.studio.store.record import ClipRecord
from scenes.wording import clock

__all__ = ["is_current", "lesson_page", "page", "write_page"]

_MARGIN = 10_000  # letters that a draft's page may have more


def write_page(store: ClipStore) -> None:
    """Write manifest.json and index.html anew; a lesson's store has the page of the lesson."""
    records = store.write_manifest()
    store.write("index.html", _page_of(store, records).encode())


def is_current(store: ClipStore) -> bool:
    """Whether manifest.json and index.html are as `write_page` would write them."""
    records = store.records()
    with suppress(OSError):
        # a draft's page goes on where others end
        wanted = _page_of(store, records).removesuffix("</body>\n</html>\n").encode()
        found = store.folder.read("index.html", len(wanted) + _MARGIN)
        return found.startswith(wanted) and store.lists(records)
    return False


def _page_of(store: ClipStore, records: list[ClipRecord]) -> str:
    lesson = read_lesson(store.folder)
    try:
        return page(records) if lesson is None else lesson_page(lesson, records)
    except LanguageError as error:  # somebody has moved them away since the batch began
        raise UnusableError(f"{error}; put it back") from None


def page(records: list[ClipRecord]) -> str:
    """Give the page as HTML, the records in the order in which they come, by topic.

    It speaks the language of its clips if that is only one, otherwise English, and
    needs nothing but the files of the store.
    """
    spoken = [each for each in LANGUAGES if any(each == record.language for record in records)]
    language = spoken[0] if len(spoken) == 1 else "en"
    return template("page.html").render(
        language=language,
        languages={each: NAMES[each] for each in spoken},
        seconds=clock(sum(record.seconds or 0 for record in records)),
        count=sum(record.status == "rendered" for record in records),
        say=Words(scenes.LOCALE, "studio", language).gettext,
        topics=_topics(records),
    )


def _topics(records: list[ClipRecord]) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """Part records by what their scenes are about: an id, a title, what is shown of the clips."""
    known = [*scenes.TOPICS, ("others", "Others", ())]
    of = {scene: id for id, _, members in known for scene in members}
    parts = []
    for id, called, _ in known:
        mine = [record for record in records if of.get(record.scene, "others") == id]
        if mine:
            parts.append((id, called, [shown(record, record.paths) for record in mine]))
    return parts


def lesson_page(lesson: Mapping[str, Any], records: list[ClipRecord]) -> str:
    """Give the page of a lesson as HTML: clips, texts and questions in its order."""
    spoken, shapes = lesson["languages"], lesson["aspects"]
    rendered = {record.id: record for record in records}
    parts: list[dict[str, Any]] = []
    for part in lesson["parts"]:
        if part["kind"] == "clip":
            follows = bool(parts) and parts[-1]["kind"] == "question"
            versions = _versions(part, spoken, shapes, rendered)
            part = part | {"versions": versions, "secret": follows}
        parts.append(part)
    return template("lesson.html").render(
        language=spoken[0],
        languages={each: NAMES[each] for each in spoken},
        shapes=shapes if _several(part["versions"] for part in parts if "versions" in part) else [],
        theme=lesson["theme"],
        title=lesson["title"],
        parts=parts,
        say={each: Words(scenes.LOCALE, "studio", each).gettext for each in NAMES},
        blocks=blocks,
    )


def _versions(
    part: Mapping[str, Any],
    spoken: list[str],
    shapes: list[str],
    rendered: Mapping[str, ClipRecord],
) -> list[dict[str, Any]]:
    """Give a clip of a lesson in each language and aspect, and for whom each of them is.

    Who reads in a language that the clip does not speak sees it in its first one.
    """
    files: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for each in part["clips"]:
        files.setdefault((each["language"], each["aspect"]), []).append(each)
    tongues = list(dict.fromkeys(language for language, _ in files))
    frames = list(dict.fromkeys(aspect for _, aspect in files))
    versions = []
    for (language, aspect), kinds in files.items():
        found = [rendered[each["id"]] for each in kinds if each["id"] in rendered]
        version = _together(found) if found else {"status": "waiting", **_as_planned(kinds[0])}
        title = part["title"] or {}
        versions.append(
            version
            | {
                "title": title.get(language) or version["title"],
                "serves": [s for s in spoken if language == (s if s in tongues else tongues[0])],
                "shapes": [s for s in shapes if aspect == (s if s in frames else frames[0])],
            }
        )
    return [version for version in versions if version["serves"] and version["shapes"]]


def _together(records: list[ClipRecord]) -> dict[str, Any]:
    """Show a clip that there is in several formats: what a browser plays best comes first."""
    known = [shown(record, record.paths) for record in records]
    known.sort(key=lambda clip: (clip["status"] == "failed", not clip["movies"]))
    files = [(each["format"], each["files"]["video"]) for each in known if "video" in each["files"]]
    return known[0] | {
        "movies": [movie for each in known for movie in each["movies"]],
        "downloads": files,
    }


def _as_planned(clip: Mapping[str, Any]) -> dict[str, Any]:
    """Show a clip of which there is nothing yet."""
    return {
        "language": clip["language"],
        "title": title(clip["scene"], clip["language"]),
        "question": "",
        **inputs(clip["inputs"]),
    }


def _several(versions: Iterable[list[dict[str, Any]]]) -> bool:
    """Whether there is more than one shape to choose from."""
    return any(len({tuple(each["shapes"]) for each in clip}) > 1 for clip in versions)
