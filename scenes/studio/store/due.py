"""What is due: which clips have to be rendered, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scenes.studio.request.clip import Clip
from scenes.studio.store.clip_store import ClipStore
from scenes.studio.store.key import Keys, changes
from scenes.studio.store.record import FACTS, ClipRecord, Key, Source

__all__ = ["ClipState", "compare"]


@dataclass(frozen=True)
class ClipState:
    """A clip, and what there is to do for it."""

    clip: Clip
    key: Key
    sources: Mapping[str, Source]
    """What `Keys.sources` says of its files."""
    why: str
    """Why it has to be rendered: ``new``, ``stage changed``, …; empty if it need not be."""
    record: ClipRecord | None
    """Its bundle, if there is one."""

    @property
    def is_damaged(self) -> bool:
        """Whether its bundle is no longer what was published."""
        return self.why.endswith((" is damaged", " is missing"))


def compare(
    clips: Iterable[Clip], store: ClipStore, *, force: bool = False
) -> tuple[ClipState, ...]:
    """Compare clips with their bundles in a store; with `force`, all are due."""
    records = {clip: store.record(clip.id) for clip in clips}
    keys = Keys(each for record in records.values() if record for each in record.sources.values())
    return tuple(_state(clip, record, keys, store, force) for clip, record in records.items())


def _state(
    clip: Clip, record: ClipRecord | None, keys: Keys, store: ClipStore, force: bool
) -> ClipState:
    key = keys.of(clip)
    if force:
        why = "forced"
    elif store.has_failed(clip.id):
        why = "failed before"
    elif record is None:
        why = f"{FACTS} is damaged" if store.has_bundle(clip.id) else "new"
    else:
        why = changes(record.key, key) or store.damage(record)
    return ClipState(clip, key, keys.sources(clip), why, record)
