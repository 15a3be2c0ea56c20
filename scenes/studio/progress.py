"""Tells how a batch goes on: bars on a terminal, plain lines anywhere else."""

from __future__ import annotations

import time
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.text import Text

from scenes.studio.bundle import Record
from scenes.studio.clip import Clip
from scenes.studio.take import Progress

__all__ = ["OnLines", "OnTerminal", "Tally", "teller"]


class Tally:
    """Counts the frames of a batch: those drawn, and those to be drawn in all.

    How long a clip is becomes known when it begins; until then it counts as long as
    the others are on average.
    """

    def __init__(self, clips: int) -> None:
        self._clips = clips
        self._totals: dict[str, int] = {}
        self._drawn: dict[str, int] = {}

    def note(self, progress: Progress) -> None:
        """Note how far a clip is."""
        if progress.total is not None:
            self._totals[progress.clip] = progress.total
        self._drawn[progress.clip] = progress.frames

    def settle(self, clip: str, frames: int | None) -> None:
        """Note that a clip is done with, whether it was finished or failed."""
        self._totals[clip] = self._drawn[clip] = frames or self._drawn.get(clip, 0)

    @property
    def drawn(self) -> int:
        """How many frames have been drawn."""
        return sum(self._drawn.values())

    @property
    def total(self) -> int | None:
        """How many frames there will be; None while nothing is known."""
        if not self._totals:
            return None
        return round(sum(self._totals.values()) / len(self._totals) * self._clips)


class OnLines:
    """A line when a clip is done.

    Parameters
    ----------
    console
        Where to.
    clips
        All clips of the batch.
    out
        The folder of the batch, as the reader knows it.
    """

    def __init__(self, console: Console, clips: tuple[Clip, ...], out: Path) -> None:
        self.console = console
        self.out = out
        self.count = len(clips)
        self.done = 0
        self._since = time.monotonic()
        self._begun: dict[str, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing stays open."""

    def progress(self, progress: Progress) -> None:
        """Note when the clip began."""
        self._begun.setdefault(progress.clip, time.monotonic())

    def finished(self, clip: Clip, record: Record) -> None:
        """Say that a clip was published, or why not and where its log is."""
        self.done += 1
        took = time.monotonic() - self._begun.get(clip.id, self._since)
        said = Text(f"[{self.done:>{len(str(self.count))}}/{self.count}] {clip} — ")
        if record["status"] == "rendered":
            said.append(f"{record['seconds']:.1f} s in {took:.1f} s")
        else:
            said.append(f"failed: {record['error']}", style="bold red")
            if record["log"]:
                said.append(f" (log: {self.out / record['log']})")
        self.console.print(said, soft_wrap=True, highlight=False)


class OnTerminal(OnLines):
    """The same, and below it a bar for each clip that is being filmed and one for all."""

    def __init__(self, console: Console, clips: tuple[Clip, ...], out: Path) -> None:
        super().__init__(console, clips, out)
        self._clips = {clip.id: clip for clip in clips}
        self._tally = Tally(len(clips))
        self._bars = Bars(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[beat]}", markup=False, style="dim"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._tasks: dict[str, TaskID] = {}
        self._all = self._bars.add_task("starting", total=None, beat="")

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def progress(self, progress: Progress) -> None:
        """Move the bars."""
        super().progress(progress)
        clip = progress.clip
        if clip not in self._tasks:
            self._tasks[clip] = self._bars.add_task(str(self._clips[clip]), total=None, beat="")
        self._bars.update(
            self._tasks[clip], completed=progress.frames, total=progress.total, beat=progress.beat
        )
        self._tally.note(progress)
        self._move_all()

    def finished(self, clip: Clip, record: Record) -> None:
        """Replace the clip's bar with its line."""
        if clip.id in self._tasks:
            self._bars.remove_task(self._tasks.pop(clip.id))
        super().finished(clip, record)
        self._tally.settle(clip.id, record.get("frames"))
        self._move_all()

    def _move_all(self) -> None:
        drawn, total = self._tally.drawn, self._tally.total
        self._bars.update(
            self._all,
            description=f"{self.done} of {self.count} clips",
            completed=drawn,
            total=total,
            beat=self._time_left(drawn, total),
        )

    def _time_left(self, drawn: int, total: int | None) -> str:
        """Give the time left at the speed so far; the first frames say too little."""
        passed = time.monotonic() - self._since
        if total is None or drawn < 0.02 * total or passed < 5:
            return ""
        minutes, seconds = divmod(round((total - drawn) * passed / drawn), 60)
        return f"about {minutes}:{seconds:02} left"


def teller(console: Console, clips: tuple[Clip, ...], out: Path) -> OnLines:
    """Give what suits where the messages go."""
    return (OnTerminal if console.is_terminal else OnLines)(console, clips, out)
