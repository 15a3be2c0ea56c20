"""Render clips: the command line."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click

import scenes
from scenes.studio.clip import FORMATS, QUALITIES, UnusableError

HELP = """\
Render SCENES (all of them if none is named) with a matrix of your own.

\b
  python render.py svd --matrix "3 0; 4 5"
  python render.py inverse rank --matrix "1 2; 3 4" --language zh-Hans,zh-Hant -q m
  python render.py --lesson scenes/lessons/first-steps.toml
  python render.py --list

Rows are separated by semicolons; entries are numbers such as 3, -1/2, 0.5 or sqrt(2).
Clips, their captions and posters, and a page that plays them appear in the folder out/.
"""


def input_options(function: Callable[..., int]) -> Callable[..., int]:
    """Add an option for each input that some scene declares."""
    for each in reversed(scenes.known_inputs().values()):
        names = (each.option, f"input_{each.name}")
        function = click.option(*names, metavar=each.metavar, help=each.help)(function)
    return function


@click.command(help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", metavar="[SCENE]...", nargs=-1)
@input_options
@click.option("--language", "languages", metavar="L", multiple=True, help="en, zh-Hans, zh-Hant.")
@click.option("--aspect", "aspects", metavar="A", multiple=True, help="16:9, 1:1, 9:16.")
@click.option("--theme", "themes", metavar="T", multiple=True, help="dark, light.")
@click.option(
    "-q",
    "--quality",
    type=click.Choice(QUALITIES, case_sensitive=False),
    show_default="l; in a lesson m",
    help="480p15, 720p30, 1080p60, 1440p60 or 2160p60.",
)
@click.option(
    "--format",
    type=click.Choice(("auto", *FORMATS), case_sensitive=False),
    help="auto, as without it, is mp4; png is the last frame only.",
)
@click.option(
    "--captions/--no-captions", default=None, help="Without: no sentences in the picture."
)
@click.option(
    "--lesson",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Render the clips of a lesson file, and its page.",
)
@click.option("--allow-outside", is_flag=True, help="Let a lesson use files outside of its folder.")
@click.option(
    "-j", "--jobs", metavar="N", type=click.IntRange(min=1), help="Clips at a time; default: cores."
)
@click.option(
    "--dask",
    metavar="ADDRESS",
    help="Render with the workers of a Dask scheduler: tcp://host:8786.",
)
@click.option("--out", type=click.Path(path_type=Path), default=Path("out"), show_default=True)
@click.option("--plan", "planning", is_flag=True, help="Say what would be rendered, and why.")
@click.option("--force", is_flag=True, help="Render what has not changed, too.")
@click.option(
    "--prune", is_flag=True, help="Remove the clips in --out that this command does not ask for."
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    help="Give a clip up that takes longer; default: 5 minutes and a second a frame.",
)
@click.option(
    "--memory",
    metavar="MB",
    type=click.IntRange(min=1),
    default=2048,
    show_default=True,
    help="Give a clip up whose worker needs more.",
)
@click.option(
    "--watch",
    "watching",
    is_flag=True,
    help="Render drafts into draft/ of --out, and again whenever a file changes.",
)
@click.option("--list", "listing", is_flag=True, help="List the scenes, and render nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print events, or the list, as JSON.")
def command(
    names: tuple[str, ...],
    out: Path,
    quality: str | None,
    format: str | None,
    captions: bool | None,
    lesson: Path | None,
    allow_outside: bool,
    jobs: int | None,
    dask: str | None,
    listing: bool,
    watching: bool,
    planning: bool,
    force: bool,
    prune: bool,
    timeout: float | None,
    memory: int,
    as_json: bool,
    **wishes: Any,
) -> int:
    """Do what the command line says, and give the exit code."""
    if listing:
        return show_catalogue(as_json)
    beats = click.get_current_context().obj  # given when this renders drafts for --watch
    if watching and beats is None:
        return watch(lesson, planning, as_json, dask, force, prune)
    if beats is not None:
        out, quality, format = out / "draft", "l", "mp4"
    given = {name: wishes.pop(f"input_{name}") for name in scenes.known_inputs()}
    kind = None if format == "auto" else format
    chosen = {"quality": quality, "format": kind, "captions": captions}
    wishes |= {name: value for name, value in chosen.items() if value is not None}
    if lesson is None:
        from scenes.studio.plan import plan

        planned = plan(names, given, **wishes)
    else:
        hers = [*names, *(text for text in given.values() if text is not None)]
        planned = plan_lesson(lesson, hers, allow_outside=allow_outside, **wishes)
        out /= planned.folder
    for note in planned.notes:
        say(note)
    if planning:
        return show_plan(planned, out, as_json, force=force)
    how: dict[str, Any] = {"force": force, "prune": prune, "timeout": timeout, "memory": memory}
    how |= {"lesson": planned.lesson, "beats": beats}
    return render(planned.clips, out, jobs or cores(), as_json, dask, **how)


def watch(lesson: Path | None, *conflicting: object) -> int:
    """Render drafts until somebody presses Ctrl-C."""
    if any(conflicting):
        raise UnusableError(
            "--watch goes without --plan, --json, --dask, --force and --prune: it renders drafts"
        )
    from scenes.studio import watch

    return watch.watch([each for each in sys.argv[1:] if each != "--watch"], lesson, say)


def draft(arguments: list[str], beats: Path) -> None:
    """Render what a command line asks for as a draft, into draft/ of its --out."""
    answer(lambda: command.main(arguments, obj=beats, standalone_mode=False))


def plan_lesson(
    file: Path,
    hers: list[str],
    *,
    allow_outside: bool,
    languages: tuple[str, ...],
    aspects: tuple[str, ...],
    themes: tuple[str, ...],
    **wishes: Any,
) -> Any:
    """Plan a lesson; the command line has the last word on everything but what it shows."""
    if hers:
        raise UnusableError(
            "a lesson says itself which scenes it has, and what they are given; "
            "leave these out, or leave --lesson out"
        )
    from scenes.studio import lesson
    from scenes.studio.plan import wishes as read_wishes

    asked = read_wishes(languages, aspects, themes)
    if len(asked["themes"]) > 1:
        raise UnusableError("a lesson has one theme; give --theme dark or --theme light")
    wishes |= {"languages": asked["languages"], "aspects": asked["aspects"]}
    if asked["themes"]:
        wishes["theme"] = asked["themes"][0]
    if "format" in wishes:
        wishes["formats"] = [wishes.pop("format")]
    return lesson.plan_lesson(file, allow_outside=allow_outside, asked=wishes)


def show_plan(planned: Any, out: Path, as_json: bool, *, force: bool) -> int:
    """Say what would be rendered and why, what would be kept, and what nobody asks for."""
    from scenes.studio.bundle import Shelf
    from scenes.studio.due import due

    shelf = Shelf(out.absolute())
    steps = due(planned.clips, shelf, force=force)
    unwanted = shelf.unwanted(step.clip.id for step in steps)
    if as_json:
        clips = [
            {"id": step.clip.id, "scene": step.clip.scene, "why": step.why or None}
            | {"command": step.clip.command}
            for step in steps
        ]
        print(json.dumps({"clips": clips, "unwanted": unwanted}))
        return 0
    for step in steps:
        print(f"render  {step.clip} — {step.why}" if step.why else f"keep    {step.clip}")
    for folder in unwanted:
        print(f"other   {out / folder} — not asked for; --prune removes it")
    waiting = sum(bool(step.why) for step in steps)
    print(f"{waiting} to render, {len(steps) - waiting} to keep, {len(unwanted)} other")
    return 0


def render(
    clips: tuple[Any, ...],
    out: Path,
    jobs: int,
    as_json: bool,
    dask: str | None = None,
    **how: Any,
) -> int:
    """Render clips, tell how it goes on, sum up."""
    from contextlib import ExitStack

    from rich.console import Console

    from scenes.studio import batch, events, progress

    with ExitStack() as stack:
        teller = stack.enter_context(progress.teller(Console(stderr=True), clips, out))
        listeners: list[batch.Listener] = [teller]
        if as_json:
            listeners.append(stack.enter_context(events.OnJson(sys.stdout, clips, out)))
        everyone = progress.Several(*listeners)
        records = batch.run(clips, out.absolute(), jobs, everyone, dask, say, **how)
    if how.get("beats"):
        from scenes.studio.watch import refresh

        refresh(out)
    if how["lesson"] is not None:
        say_unwanted(records, out)
    summary = events.summary(teller.tally, out)
    if as_json:
        shown = [events.without_beats(record) for record in records]
        print(
            json.dumps({"event": "summary", "time": summary["wall"]} | summary | {"clips": shown})
        )
    else:
        for line in progress.troubles(records, out):
            click.echo(line, err=True)
        click.echo(progress.sum_up(summary), err=True)
        print(summary["page"])
    return 1 if summary["failed"] else 0


def say_unwanted(records: list[Any], out: Path) -> None:
    """Say which clips in the folder of a lesson are not the lesson's any more."""
    from scenes.studio.bundle import Shelf

    unwanted = Shelf(out.absolute()).unwanted(record["id"] for record in records)
    for folder in unwanted:
        say(f"{out / folder} is no longer part of the lesson; --prune removes it")


def show_catalogue(as_json: bool) -> int:
    """Print what there is to render."""
    listed = [
        {
            "id": entry.id,
            "class": entry.class_name,
            "file": entry.file,
            "title": entry.title,
            "inputs": [
                {"name": each.name, "takes": each.takes, "default": each.default}
                | {"option": each.option, "help": each.help}
                for each in entry.inputs
            ],
        }
        for entry in scenes.CATALOGUE
    ]
    if as_json:
        print(json.dumps(listed, indent=2))
        return 0
    rows = [("scene", "title", "takes", "default")]
    for entry in scenes.CATALOGUE:
        takes = ", ".join(each.takes for each in entry.inputs)
        usual = ", ".join(str(each.default) for each in entry.inputs if each.default is not None)
        rows.append((entry.id, entry.title, takes, usual))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(map(str.ljust, row, widths)).rstrip())
    return 0


def cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def say(message: str) -> None:
    """Say one line to the person at the terminal."""
    click.echo(f"render.py: {' '.join(message.split())}", err=True)


def stop(number: int, _frame: object) -> NoReturn:
    """End in good order when the system asks."""
    sys.exit(128 + number)


def answer(task: Callable[[], int]) -> int:
    """Do a task, turn whatever stops it into lines, and give the exit code."""
    try:
        return task()
    except click.ClickException as error:
        say(error.format_message())
    except (KeyboardInterrupt, click.Abort):
        say("stopped; what was finished is kept")
        return 130
    except UnusableError as error:
        for line in str(error).splitlines():
            say(line)
    except OSError as error:
        say(str(error))
        return 1
    return 2


def main() -> NoReturn:
    """Run, and end with the exit code."""
    signal.signal(signal.SIGTERM, stop)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(answer(lambda: command.main(standalone_mode=False)))


if __name__ == "__main__":
    main()
