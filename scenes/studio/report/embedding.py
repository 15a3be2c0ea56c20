"""What puts a clip into somebody's page, slides or notebook: a page for a frame, and snippets."""

from __future__ import annotations

import html
from dataclasses import replace

import scenes
from lamath.words import Words
from scenes.studio.report.shown import shown
from scenes.studio.report.templates import template
from scenes.studio.report.transcript import in_markdown
from scenes.studio.request.clip import Clip
from scenes.studio.store.record import ClipRecord
from scenes.studio.store.result import ClipResult

__all__ = ["embeddable"]

EMBED, SNIPPETS = "embed.html", "snippets.md"


def embeddable(clip: Clip, result: ClipResult) -> ClipResult:
    """Add to a clip the page that plays it alone, and what to write where to show it."""
    if result.facts is None:
        return result
    record = ClipRecord.of(clip, result)
    known = shown(record, record.files)
    texts = {
        EMBED: template(EMBED).render(
            clip=known,
            language=record.language,
            theme=record.theme,
            title=known["title"],
            movies=known["movies"],
            picture=known["picture"],
            say=Words(scenes.LOCALE, "studio", record.language).gettext,
        ),
        SNIPPETS: template(SNIPPETS).render(
            clip=known,
            folder=record.id,
            title=_in_fence(known["title"]),
            heading=in_markdown(known["title"]),
        ),
    }
    files = result.facts.files | {"embed": EMBED, "snippets": SNIPPETS}
    return replace(
        result,
        facts=replace(result.facts, files=files),
        files=result.files | {name: text.encode() for name, text in texts.items()},
    )


def _in_fence(text: str) -> str:
    """Write a text for HTML that stands in Markdown, in one line that ends no fence."""
    return html.escape(" ".join(text.split())).replace("`", "&#96;")
