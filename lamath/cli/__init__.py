"""The command line: a matrix or a file of weights in, a report out."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from lamath._numbers.parse import on_one_line
from lamath.errors import LanguageError, MatrixError
from lamath.words import LANGUAGES, LOCALE, Words

__all__ = ["main"]

_NEGATIVE: Final = re.compile(r"[-−+]\s*([0-9.(√]|sqrt)", re.IGNORECASE)


class _Command(click.Command):
    """A command whose argument may begin with a minus."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        takes_value = {
            name
            for option in self.params
            if isinstance(option, click.Option) and not option.is_flag
            for name in option.opts
        }
        options: list[str] = []
        matrices: list[str] = []
        rest = iter(args)
        for each in rest:
            if each == "--":
                matrices += rest
            elif each in takes_value:
                options += [each, *[value for value in [next(rest, None)] if value is not None]]
            elif _NEGATIVE.match(each):
                matrices.append(each)
            else:
                options.append(each)
        return super().parse_args(ctx, [*options, "--", *matrices] if matrices else options)


@click.command(cls=_Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("matrix", required=False)
@click.option("--solve", "b", metavar="VECTOR", help='Solve A x = b, such as --solve "3 4".')
@click.option(
    "--weights",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Look at a tensor of a .npy, .npz or .safetensors file instead.",
)
@click.option("--tensor", metavar="NAME", help="Which tensor of the file.")
@click.option(
    "--limit",
    type=click.FloatRange(min=0, min_open=True),
    metavar="GB",
    help="The most memory that the tensor may take; default: 1.",
)
@click.option("--heads", type=int, metavar="N", help="How many attention heads it has.")
@click.option("--language", default="en", metavar="L", help=f"One of {', '.join(LANGUAGES)}.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    matrix: str | None,
    b: str | None,
    file: Path | None,
    tensor: str | None,
    limit: float | None,
    heads: int | None,
    language: str,
    *,
    as_json: bool,
) -> None:
    """Tell everything about a MATRIX, such as "2 1; 1 3": exact where it can be."""
    words = Words(LOCALE, "lamath", language)
    if file is None:
        if matrix is None:
            raise click.UsageError('give a matrix, such as "2 1; 1 3", or --weights FILE')
        if any(each is not None for each in (tensor, heads, limit)):
            raise click.UsageError("--tensor, --heads and --limit need --weights FILE")
        _matrix(matrix, b, words, as_json=as_json)
    else:
        if matrix is not None or b is not None:
            raise click.UsageError("give either a matrix or --weights FILE, not both")
        _weights(file, tensor, limit, heads, words, as_json=as_json)


def _matrix(text: str, b: str | None, words: Words, *, as_json: bool) -> None:
    from lamath._report import PARTS, analyze

    report = analyze(text, b)
    try:
        for part in PARTS:  # all of it is worked out before the first line is printed
            getattr(report, part)
    except OverflowError:
        raise MatrixError("a result is beyond the range of floats; scale the matrix") from None
    if as_json:
        _print_json(report.facts())
        return
    from lamath.cli.show import show

    show(report, _console(), words)


def _weights(
    file: Path,
    tensor: str | None,
    limit: float | None,
    heads: int | None,
    words: Words,
    *,
    as_json: bool,
) -> None:
    from lamath import weights

    most = weights.MAX_BYTES if limit is None else int(min(2**30, limit) * 2**30)
    W = weights.load(file, tensor, limit=most)
    held = weights.tensors(file)
    name = tensor if tensor is not None else next(iter(held))
    stored = held[name].stored
    parts = () if heads is None else weights.split_heads(W, heads)
    found = weights.analyze(W, stored=stored)
    each = [weights.analyze(part, stored=stored) for part in parts]
    if as_json:
        facts: dict[str, Any] = {"file": str(file), "tensor": name, **found.facts()}
        if heads is not None:
            facts["heads"] = [head.facts() for head in each]
        facts["verdicts"] = list(found.verdicts(words.language))
        _print_json(facts)
        return
    from lamath.cli.show import show_weights

    called = on_one_line(f"{file.name}: {name}", 200)
    show_weights(found, called, _console(), words, each)


def _print_json(facts: dict[str, Any]) -> None:
    text = json.dumps(facts, ensure_ascii=False, allow_nan=False)
    # a terminal may obey what is in names
    print("".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text))


def _console() -> Any:
    from rich.console import Console

    return Console(highlight=False, markup=True, emoji=False)


def _refuse(message: str) -> NoReturn:
    print(f"lamath: {on_one_line(message, 500)}", file=sys.stderr)
    sys.exit(2)


def main() -> None:
    """Run the command; what is wrong with the input is one line, and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")  # rather a question mark than no report
    try:
        command.main(prog_name="lamath", standalone_mode=False)
        sys.stdout.flush()
    except (MatrixError, LanguageError) as problem:
        _refuse(str(problem))
    except click.ClickException as problem:
        _refuse(problem.format_message())
    except click.Abort:
        sys.exit(130)
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
