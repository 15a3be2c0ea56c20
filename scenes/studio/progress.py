"""Tells a person how a batch goes on: bars on a terminal, plain lines anywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.progress import BarColumn, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.text import Text

from scenes.studio.batch import Listener
from scenes.studio.bundle import Record
from scenes.studio.clip import Clip, written
from scenes.studio.take import Progress
from scenes.studio.tally import Tally

__all__ = ["OnLines", "OnTerminal", "Several", "clock", "sum_up", "teller", "troubles"]


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
        self.tally = Tally(clips)

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
        """Note how far the clip is."""
        self.tally.note(progress)

    def finished(self, clip: Clip, record: Record) -> None:
        """Say that a clip was published, or why not and where its log is."""
        self.tally.settle(clip, record)
        done, count = self.tally.done, self.tally.clips
        said = Text(f"[{done:>{len(str(count))}}/{count}] {clip} — ")
        if record["status"] == "failed":
            said.append(f"failed: {record['error']}", style="bold red")
            if record["log"]:
                said.append(f" (log: {self.out / record['log']})")
        elif record["status"] == "kept":
            said.append("kept", style="dim")
        else:
            said.append(f"{record['seconds']:.1f} s in {self.tally.took(clip.id):.1f} s")
        self.console.print(said, soft_wrap=True, highlight=False)


class OnTerminal(OnLines):
    """The same, and below it a bar for each clip that is being filmed and one for all."""

    def __init__(self, console: Console, clips: tuple[Clip, ...], out: Path) -> None:
        super().__init__(console, clips, out)
        self._clips = {clip.id: clip for clip in clips}
        self._bars = Bars(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[speed]}", markup=False),
            TextColumn("{task.fields[beat]}", markup=False, style="dim"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._tasks: dict[str, TaskID] = {}
        self._all = self._bars.add_task("starting", total=None, speed="", beat="")

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
            name = str(self._clips[clip])
            self._tasks[clip] = self._bars.add_task(name, total=None, speed="", beat="")
        self._bars.update(
            self._tasks[clip],
            completed=progress.frames,
            total=progress.total,
            speed=f"{progress.frames} frames, {self.tally.speed(clip):.0f}/s",
            beat=progress.beat,
        )
        self._move_all()

    def finished(self, clip: Clip, record: Record) -> None:
        """Replace the clip's bar with its line."""
        if clip.id in self._tasks:
            self._bars.remove_task(self._tasks.pop(clip.id))
        super().finished(clip, record)
        self._move_all()

    def _move_all(self) -> None:
        tally = self.tally
        self._bars.update(
            self._all,
            description=f"{tally.done} of {tally.clips} clips",
            completed=tally.drawn,
            total=tally.total,
            speed=f"{tally.drawn} frames" if tally.drawn else "",
            beat=self._time_left(),
        )

    def _time_left(self) -> str:
        """Say how long it will take, and how much of that is a guess."""
        left = self.tally.left
        if left is None:
            return ""
        guessed = self.tally.guessed
        supposing = f", if {guessed} not yet begun are as long as the others" if guessed else ""
        return f"about {clock(left)} left{supposing}"


class Several:
    """Passes everything on to several who want to know."""

    def __init__(self, *listeners: Listener) -> None:
        self._listeners = listeners

    def progress(self, progress: Progress) -> None:
        """Pass on how far a clip is."""
        for listener in self._listeners:
            listener.progress(progress)

    def finished(self, clip: Clip, record: Record) -> None:
        """Pass on that a clip was published, or why not."""
        for listener in self._listeners:
            listener.finished(clip, record)


def clock(seconds: float) -> str:
    """Write a time as a person does.

    >>> clock(75), clock(3 * 3600 + 62)
    ('1:15', '3:01:02')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def troubles(records: Iterable[Record], out: Path) -> Iterator[str]:
    """Say of each clip that failed what happened, where, and how to make it happen again."""
    for record in records:
        if record["status"] == "failed":
            yield f"failed: {' · '.join([record['scene'], *_inputs(record)])}: {record['error']}"
            if record["log"]:
                yield f"    log:   {out / record['log']}"
            yield f"    alone: {record['command']}"


def _inputs(record: Record) -> list[str]:
    return [written(name, text) for name, text in record["inputs"].items()]


def sum_up(summary: dict[str, Any]) -> str:
    """Say in one line what a batch came to.

    >>> sum_up({"rendered": 2, "kept": 1, "failed": 0, "seconds": 61, "wall": 9.4, "cpu": 15.2})
    '2 rendered, 1 kept, 0 failed: 1:01 of video in 0:09 (0:15 of processor time)'
    """
    counts = ", ".join(f"{summary[what]} {what}" for what in ("rendered", "kept", "failed"))
    return (
        f"{counts}: {clock(summary['seconds'])} of video in {clock(summary['wall'])}"
        f" ({clock(summary['cpu'])} of processor time)"
    )


def teller(console: Console, clips: tuple[Clip, ...], out: Path) -> OnLines:
    """Give what suits where the messages go."""
    return (OnTerminal if console.is_terminal else OnLines)(console, clips, out)
