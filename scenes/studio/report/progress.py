"""Tells a person how a batch goes on: bars on a terminal, plain lines anywhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.text import Text

from scenes.studio.report.estimate import BatchEstimate
from scenes.studio.request.clip import Clip
from scenes.studio.store.record import ClipRecord
from scenes.studio.store.result import Progress
from scenes.wording import clock, short, visible

__all__ = ["LineListener", "TerminalListener", "progress_listener"]


class LineListener:
    """Writes a line when a clip is done.

    Parameters
    ----------
    console
        Where to.
    out
        The folder of the batch, as the reader knows it.
    say
        Takes lines that the batch has for the person who waits.
    """

    def __init__(
        self, console: Console, out: Path, say: Callable[[str], None] = lambda _: None
    ) -> None:
        self.console = console
        self.out = out
        self._say = say

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing stays open."""

    def started(self, estimate: BatchEstimate, out: Path) -> None:
        """There is nothing to say yet."""

    def told(self, line: str) -> None:
        """Pass a line on."""
        self._say(line)

    def progress(self, progress: Progress, estimate: BatchEstimate) -> None:
        """There is no line before a clip is done."""

    def finished(self, clip: Clip, record: ClipRecord, estimate: BatchEstimate) -> None:
        """Say that a clip was published, or why not and where its log is."""
        done, count = estimate.done, estimate.clips
        said = Text(f"[{done:>{len(str(count))}}/{count}] {clip} — ")
        if record.status == "failed":
            said.append(f"failed: {short(record.error, 1000)}", style="bold red")
            if record.log:
                said.append(visible(f" (log: {self.out / record.log})"))
        elif record.status == "kept":
            said.append("kept", style="dim")
        else:
            said.append(f"{record.seconds:.1f} s in {estimate.took(clip.id):.1f} s")
        self.console.print(said, soft_wrap=True, highlight=False)


class TerminalListener(LineListener):
    """The same, and below it a bar for each clip that is being rendered and one for all."""

    def __init__(
        self, console: Console, out: Path, say: Callable[[str], None] = lambda _: None
    ) -> None:
        super().__init__(console, out, say)
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

    def progress(self, progress: Progress, estimate: BatchEstimate) -> None:
        """Move the bars."""
        clip = progress.clip
        if clip not in self._tasks:
            name = estimate.name(clip)
            self._tasks[clip] = self._bars.add_task(name, total=None, speed="", beat="")
        self._bars.update(
            self._tasks[clip],
            completed=progress.frames,
            total=progress.total,
            speed=f"{progress.frames} frames, {estimate.speed(clip):.0f}/s",
            beat=progress.beat,
        )
        self._move_all(estimate)

    def finished(self, clip: Clip, record: ClipRecord, estimate: BatchEstimate) -> None:
        """Replace the clip's bar with its line."""
        if clip.id in self._tasks:
            self._bars.remove_task(self._tasks.pop(clip.id))
        super().finished(clip, record, estimate)
        self._move_all(estimate)

    def _move_all(self, estimate: BatchEstimate) -> None:
        self._bars.update(
            self._all,
            description=f"{estimate.done} of {estimate.clips} clips",
            completed=estimate.drawn,
            total=estimate.total,
            speed=f"{estimate.drawn} frames" if estimate.drawn else "",
            beat=_time_left(estimate),
        )


def _time_left(estimate: BatchEstimate) -> str:
    """Say how long it will take, and how much of that is a guess."""
    left = estimate.left
    if left is None:
        return ""
    guessed = estimate.guessed
    supposing = f", if {guessed} not yet begun are as long as the others" if guessed else ""
    return f"about {clock(left)} left{supposing}"


def progress_listener(
    console: Console, out: Path, say: Callable[[str], None] = lambda _: None
) -> LineListener:
    """Give what suits where the messages go."""
    return (TerminalListener if console.is_terminal else LineListener)(console, out, say)
