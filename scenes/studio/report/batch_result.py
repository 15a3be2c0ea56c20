"""What a batch came to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenes.studio.request.clip import written
from scenes.studio.store.record import ClipRecord
from scenes.wording import clock, short, visible

__all__ = ["BatchResult"]


@dataclass(frozen=True)
class BatchResult:
    """What a batch came to.

    Parameters
    ----------
    records
        The clips: those that were kept first, the others in the order of their completion.
    out
        The folder that they are in.
    seconds, wall, cpu
        Of video rendered, since the start, and of processor time spent on clips.
    unwanted
        Folders of clips, as seen from `out`, that nobody asked for.
    """

    records: tuple[ClipRecord, ...]
    out: Path
    seconds: float = 0.0
    wall: float = 0.0
    cpu: float = 0.0
    unwanted: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many clips were rendered, kept, and failed."""
        found = [record.status for record in self.records]
        return {status: found.count(status) for status in ("rendered", "kept", "failed")}

    @property
    def has_failed(self) -> bool:
        """Whether any clip failed."""
        return self.counts["failed"] > 0

    @property
    def page(self) -> Path:
        """The page that plays the clips."""
        return self.out / "index.html"

    def summary(self) -> dict[str, Any]:
        """Give it as values that JSON knows, with the clips as the manifest lists them."""
        times = {"seconds": self.seconds, "wall": self.wall, "cpu": self.cpu}
        return {
            **self.counts,
            **{name: round(value, 3) for name, value in times.items()},
            "manifest": str(self.out / "manifest.json"),
            "page": str(self.page),
            "clips": [record.entry() for record in self.records],
        }

    def lines(self, out: Path) -> Iterator[str]:
        """Say of each clip that failed what happened and how to make it happen again; sum up.

        `out` is the folder as the reader knows it.
        """
        for record in self.records:
            if record.status == "failed":
                given = [short(written(name, text), 80) for name, text in record.inputs.items()]
                yield f"failed: {' · '.join([record.scene, *given])}: {short(record.error, 1000)}"
                if record.log:
                    yield visible(f"    log:   {out / record.log}")
                yield visible(f"    alone: {record.command}")
        yield str(self)

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {what}" for what, count in self.counts.items())
        return (
            f"{counts}: {clock(self.seconds)} of video in {clock(self.wall)}"
            f" ({clock(self.cpu)} of processor time)"
        )
