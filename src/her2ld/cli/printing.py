"""Output of the verbs: messages on a terminal, problems, bars of progress, and files or standard output to write to.

Control characters in data are made visible in messages, so that they cannot act on the terminal. Files, and answers in
the formats of others, are written as bytes and stay exact.
"""

import contextlib
import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import IO, TYPE_CHECKING, NoReturn

import click

from her2ld.texts import visible

if TYPE_CHECKING:
    from her2ld.errors import Problem

FINDINGS, COULD_NOT_RUN = 1, 2
"""Statuses with which the program ends: something was found wrong, or nothing could be done."""


@dataclass(frozen=True, slots=True)
class Styled:
    """A part of a message in a style; ``text`` is its visible form between the codes of the terminal."""

    text: str


def style(text: str, *, bold: bool | None = None, fg: str | None = None) -> Styled:
    """Return a part of a message in a style, for :func:`echo`."""
    return Styled(click.style(visible(text), bold=bold, fg=fg))


def echo(*parts: object, err: bool = False, nl: bool = True) -> None:
    """Print a message of one or more parts, with control characters made visible."""
    message = "".join(part.text if isinstance(part, Styled) else visible(str(part)) for part in parts)
    click.echo(message, err=err, nl=nl)


def secho(message: str, *, err: bool = False, bold: bool | None = None, fg: str | None = None) -> None:
    """Print a message in a style, with control characters made visible."""
    echo(style(message, bold=bold, fg=fg), err=err)


def print_note(problem: "Problem") -> None:
    """Print on standard error what was left out, and what to do if it matters."""
    echo(style("note", fg="blue"), f" {problem.where} {problem.what}; {problem.remedy}", err=True)


def print_problem(problem: "Problem") -> None:
    """Print a problem on standard error: its place, the mistake, and the remedy."""
    secho(problem.where, bold=True, err=True)
    echo(indent(problem.what, "  "), err=True)
    echo("  ", style("remedy:", fg="green"), f" {problem.remedy}", err=True)


def stop(problems: "Iterable[Problem]", status: int = COULD_NOT_RUN) -> NoReturn:
    """Print the problems and end the program."""
    for problem in problems:
        print_problem(problem)
    sys.exit(status)


def echo_json(value: object, *, err: bool = False) -> None:
    """Print a value as JSON, indented."""
    echo(json.dumps(value, indent=2, ensure_ascii=False), err=err)


def table_writer(form: str, columns: Sequence[str]) -> Callable[[Iterable[object]], object]:
    """Return a function that writes a row of a table as ``csv`` or ``tsv``; the header is written at once."""
    table = csv.writer(sys.stdout, delimiter="," if form == "csv" else "\t", lineterminator="\n")
    table.writerow(columns)
    return table.writerow


def write_rows(form: str, rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> None:
    """Write rows as ``json``, or as ``csv`` or ``tsv`` with semicolons between the items of a list."""
    if form == "json":
        echo_json(rows)
        return
    write = table_writer(form, columns)
    for row in rows:
        write("; ".join(map(str, each)) if isinstance(each, list) else each for each in row.values())


@contextlib.contextmanager
def opened(place: Path | str | None) -> Iterator[IO[bytes]]:
    """Open a file or a URL to write to; None stands for standard output.

    Raises ExportError if it cannot be written.
    """
    from her2ld.errors import ExportError, Problem
    from her2ld.files.writing import opened_to_write

    if place:
        with opened_to_write(str(place)) as file:
            yield file
        return
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise  # the reader has gone away, which is no error
    except OSError as error:
        what = f"cannot be written ({error.strerror})"
        raise ExportError([Problem("standard output", what, "make room, or write to a file")]) from error


Progress = Callable[[int, int], None]


@contextlib.contextmanager
def progress_bar(sources: Sequence[str]) -> Iterator[Progress]:
    """Show a bar on standard error if that is a terminal.

    Call the yielded function with the bytes and the records read so far, in all sources together.
    """
    from tqdm import tqdm

    sizes = [_size(source) for source in sources]
    total = None if None in sizes else sum(size for size in sizes if size)
    with tqdm(total=total, unit="B", unit_scale=True, unit_divisor=1024, disable=None, leave=False) as bar:

        def show(stored: int, records: int) -> None:
            bar.set_postfix_str(f"{records:,} records", refresh=False)
            bar.update(stored - bar.n)

        yield show


@contextlib.contextmanager
def step_bar(unit: str) -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar on standard error, if that is a terminal, for work of several steps.

    Call the yielded function with the name of the step, how much of it is done, and its total (0 if unknown).
    """
    from tqdm import tqdm

    with tqdm(unit=f" {unit}", unit_scale=True, disable=None, leave=False) as bar:
        step = ""

        def show(what: str, done: int, total: int) -> None:
            nonlocal step
            if what != step:
                step = what
                bar.reset(total or None)
                bar.set_description_str(what, refresh=False)
            bar.update(done - bar.n)

        yield show


def beside_bar() -> contextlib.AbstractContextManager[None]:
    """Hide the bar while lines are written to standard error."""
    from tqdm import tqdm

    aside: contextlib.AbstractContextManager[None] = tqdm.external_write_mode(file=sys.stderr)
    return aside


def _size(source: str) -> int | None:
    """Return the size of a file in bytes; None if it is unknown."""
    from her2ld.files.streams import STANDARD_INPUT, file_system, is_url

    if source == STANDARD_INPUT:
        return None
    try:
        if not is_url(source):
            return Path(source).stat().st_size
        system, path = file_system(source)
        size: int | None = system.size(path)
    except OSError:  # opening the file will report what is wrong with it
        return None
    return size
