"""What is due: which clips have to be filmed, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scenes.studio.bundle import Record, Shelf
from scenes.studio.clip import Clip
from scenes.studio.key import Key, Keys, changes

__all__ = ["Step", "due"]


@dataclass(frozen=True)
class Step:
    """A clip, and what there is to do for it."""

    clip: Clip
    key: Key
    sources: Record
    """What `Keys.sources` says of its files."""
    why: str
    """Why it has to be filmed: ``new``, ``stage changed``, …; empty if it need not be."""
    record: Record | None
    """Its bundle as the manifest lists it, if there is one."""


def due(
    clips: Iterable[Clip],
    shelf: Shelf,
    *,
    force: bool = False,
) -> tuple[Step, ...]:
    """Compare clips with their bundles on a shelf.

    Parameters
    ----------
    force
        Whether all clips are due, whatever there is.
    """
    stored = {clip: shelf.stored(clip.id) for clip in clips}
    known = [each for facts in stored.values() if facts for each in facts["sources"].values()]
    keys = Keys(known)
    return tuple(_step(clip, facts, keys, shelf, force) for clip, facts in stored.items())


def _step(clip: Clip, stored: Record | None, keys: Keys, shelf: Shelf, force: bool) -> Step:
    key, record = keys.of(clip), None
    if force:
        why = "forced"
    elif shelf.has_failed(clip.id):
        why = "failed before"
    elif stored is None:
        why = "new"
    else:
        why = changes(stored["key"], key) or shelf.damage(stored)
        record = shelf.listed(stored)
    return Step(clip, key, keys.sources(clip), why, record)
