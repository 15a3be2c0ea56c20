"""What is due: which clips have to be rendered, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

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
    is_news: bool = False
    """Whether its record has times that the one on the disk has not."""
    code: Mapping[str, str] = field(default_factory=dict)
    """What `Keys.code` says: the sources that have to draw it."""

    def renewed(self) -> ClipState:
        """Give the state of the clip with the sources and files as they are now."""
        keys, clip = Keys(self.sources.values()), self.clip
        return replace(self, key=keys.of(clip), sources=keys.sources(clip), code=keys.code(clip))

    @property
    def is_damaged(self) -> bool:
        """Whether its bundle is no longer what was published."""
        return self.why.endswith((" is damaged", " is missing"))


def compare(
    clips: Iterable[Clip], store: ClipStore, *, force: bool = False, thorough: bool = False
) -> tuple[ClipState, ...]:
    """Compare clips with their bundles in a store.

    With `force`, all are due. Files that have not changed since they were last verified are
    read if this is to be `thorough`.
    """
    records = {clip: store.record(clip.id) for clip in clips}
    keys = Keys(each for record in records.values() if record for each in record.sources.values())
    return tuple(
        _state(clip, record, keys, store, force, thorough) for clip, record in records.items()
    )


def _state(
    clip: Clip,
    record: ClipRecord | None,
    keys: Keys,
    store: ClipStore,
    force: bool,
    thorough: bool,
) -> ClipState:
    key, verified = keys.of(clip), record
    if force:
        why = "forced"
    elif store.has_failed(clip.id):
        why = "failed before"
    elif record is None:
        why = f"{FACTS} is damaged" if store.has_bundle(clip.id) else "new"
    else:
        why = changes(record.key, key)
        if not why:
            why, verified = store.verify(record, thorough=thorough)
    return ClipState(
        clip, key, keys.sources(clip), why, verified, verified != record, keys.code(clip)
    )
