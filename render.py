"""Render clips: the command line."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

import scenes
from scenes.studio.request.clip import FORMATS, QUALITIES, UnusableError
from scenes.wording import short, visible

if TYPE_CHECKING:
    from scenes.studio.request.asked import Asked
    from scenes.studio.run.batch import Request

HELP = """\
Render SCENES (all of them if none is named) with a matrix of your own.

\b
  python render.py svd --matrix "3 0; 4 5"
  python render.py inverse rank --matrix "1 2; 3 4" --language zh-Hans,zh-Hant -q m
  python render.py --lesson first-steps
  python render.py --list

Rows are separated by semicolons; entries are numbers such as 3, -1/2, 0.5 or sqrt(2).
Clips, their captions and posters, and a page that plays them appear in the folder out/.
"""


STOPS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
INPUT = "input_"  # before the name of an input, in the parameters of the command


def input_options(function: Callable[..., int]) -> Callable[..., int]:
    """Add an option for each input that some scene declares."""
    for each in reversed(scenes.known_inputs().values()):
        names = (each.option, f"{INPUT}{each.name}")
        function = click.option(*names, metavar=each.metavar, help=each.help)(function)
    return function


def folder(_context: object, _option: object, name: str) -> Path:
    """Give the folder to render into; an empty name is a variable that was never set."""
    if not name.strip():
        raise UnusableError("--out is empty; name a folder, or leave it away for out/")
    return Path(name)


def lesson_file(_context: object, _option: object, name: Path | None) -> Path | None:
    """Give the lesson's file; one of the project's own can be called by its name alone."""
    own = scenes.FOLDER / "lessons" / f"{name}.toml"
    is_a_name = name is not None and name.name == str(name) and not name.exists()
    return own if is_a_name and own.is_file() else name


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
    callback=lesson_file,
    help="Render the clips of a lesson, and its page: first-steps, inverse-column-null, "
    "decompositions, or a file of yours.",
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
@click.option("--out", metavar="FOLDER", callback=folder, default="out", show_default=True)
@click.option("--plan", "planning", is_flag=True, help="Say what would be rendered, and why.")
@click.option("--force", is_flag=True, help="Render what has not changed, too.")
@click.option(
    "--prune", is_flag=True, help="Remove the clips in --out that this command does not ask for."
)
@click.option(
    "--verify", is_flag=True, help="Read every clip that is there, and draw damaged ones again."
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
    languages: tuple[str, ...],
    aspects: tuple[str, ...],
    themes: tuple[str, ...],
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
    verify: bool,
    timeout: float | None,
    memory: int,
    as_json: bool,
    **inputs: str | None,
) -> int:
    """Do what the command line says, and give the exit code."""
    if listing:
        return show_catalogue(as_json)
    from scenes.studio.request.asked import Asked

    given = {name.removeprefix(INPUT): text for name, text in inputs.items() if text is not None}
    asked = Asked(
        names=names,
        given=given,
        languages=languages,
        aspects=aspects,
        themes=themes,
        quality=quality,
        format=None if format == "auto" else format,
        captions=captions,
        lesson=lesson,
        allow_outside=allow_outside,
    )
    if watching and any((planning, as_json, dask, force, prune, verify)):
        raise UnusableError(
            "--watch goes without --plan, --json, --dask, --force, --prune and --verify: "
            "it renders drafts"
        )
    if planning:
        return show_plan(asked, out, as_json, force=force, verify=verify)
    planned = None if watching else asked.plan()
    from scenes.studio.run.batch import Request

    request = Request(
        clips=planned.clips if planned else (),
        out=out,
        within=(planned.folder,) if planned and planned.folder else (),
        jobs=jobs or cores(),
        dask=dask,
        lesson=planned.lesson if planned else None,
        force=force,
        prune=prune,
        verify=verify,
        timeout=timeout,
        memory=memory,
    )
    if planned is None:
        from scenes.studio.run.watch import watch

        return watch(asked, request, say)
    for note in planned.notes:
        say(note)
    return render(request, as_json)


def show_plan(asked: Asked, out: Path, as_json: bool, *, force: bool, verify: bool) -> int:
    """Say what would be rendered and why, what would be kept, and what nobody asks for."""
    from scenes.studio.store.clip_store import ClipStore
    from scenes.studio.store.disk import inner
    from scenes.studio.store.due import compare

    planned = asked.plan()
    for note in planned.notes:
        say(note)
    out, store = inner(out, planned.folder), ClipStore(out.absolute(), planned.folder)
    states = compare(planned.clips, store, force=force, thorough=verify)
    unwanted = store.unwanted(state.clip.id for state in states)
    if as_json:
        clips = [
            {"id": state.clip.id, "scene": state.clip.scene, "why": state.why or None}
            | {"command": state.clip.command}
            for state in states
        ]
        print(json.dumps({"clips": clips, "unwanted": unwanted}))
        return 0
    for state in states:
        said = f"render  {state.clip} — {state.why}" if state.why else f"keep    {state.clip}"
        print(visible(said))
    for folder in unwanted:
        print(visible(f"other   {out / folder} — not asked for; --prune removes it"))
    due = sum(bool(state.why) for state in states)
    print(f"{due} to render, {len(states) - due} to keep, {len(unwanted)} other")
    return 0


def render(request: Request, as_json: bool) -> int:
    """Render clips, tell how it goes on, sum up."""
    from rich.console import Console

    from scenes.studio.report.events import JsonListener
    from scenes.studio.report.listener import Listeners
    from scenes.studio.report.progress import progress_listener
    from scenes.studio.run.batch import render_batch

    events = JsonListener(sys.stdout)
    with ExitStack() as stack:
        shown = progress_listener(Console(stderr=True), request.folder, say)
        stack.enter_context(shown)
        result = render_batch(request, Listeners(shown, events) if as_json else shown)
    if request.lesson is not None:
        for folder in result.unwanted:
            say(f"{request.folder / folder} is no longer part of the lesson; --prune removes it")
    if as_json:
        events.ended(result)
    else:
        for line in result.lines(request.folder):
            click.echo(line, err=True)
        # a program needs the name as it is
        print(visible(str(result.page)) if sys.stdout.isatty() else result.page)
    return 1 if result.has_failed else 0


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
    with suppress(OSError):  # the terminal may be gone
        click.echo(f"render.py: {short(message, 2000)}", err=True)


def stop(number: int, _frame: object) -> NoReturn:
    """End in good order when somebody asks; nothing interrupts that, for it takes no time."""
    for each in STOPS:
        signal.signal(each, signal.SIG_IGN)
    if number == signal.SIGINT:
        raise KeyboardInterrupt
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
    except (ImportError, MemoryError) as error:
        what = f"{error}: the installation is not whole, or" if str(error) else "it seems that"
        say(f"{what} memory is too little; run ./setup.sh, or close other programs")
        return 1
    return 2


def hold_text(arguments: list[str]) -> None:
    """Refuse arguments with bytes that are no text: no page or record could name them."""
    for each in arguments:
        try:
            each.encode()
        except UnicodeEncodeError:
            shown = each.encode("ascii", "replace").decode()
            raise UnusableError(f"{short(shown)} is not text in UTF-8; rename it") from None


def run() -> int:
    """Do what the command line says, if it is text."""
    hold_text(sys.argv[1:])
    code: int = command.main(standalone_mode=False)
    return code


def main() -> NoReturn:
    """Run, and end with the exit code."""
    for each in STOPS:
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, stop)
    open_streams()
    code = 1
    try:
        code = answer(run)
    finally:
        code = flushed(code)
    sys.exit(code)


def open_streams() -> None:
    """Let what is said go nowhere where a stream is closed, and no other file take its place."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest number is free
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def flushed(code: int) -> int:
    """Say what is left to say, and give the exit code; what can't be said is dropped.

    Python would complain of it at its very end.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
            if not code:
                code = 1
                say(str(error))
    return code


if __name__ == "__main__":
    main()
