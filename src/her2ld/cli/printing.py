"""What verbs print at a terminal, with a bar of progress, and where they write: a whole file or standard output.

A terminal shows what data say, and does nothing that is in them. Files and answers in the formats of others are written
as bytes, and stay exact.
"""

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import click

from her2ld.texts import visible


@dataclass(frozen=True, slots=True)
class Styled:
    """A part of a message in a style; ``text`` has the codes of the terminal around what is visible."""

    text: str


def style(text: str, *, bold: bool | None = None, fg: str | None = None) -> Styled:
    """Return a part of a message in a style, for :func:`echo`."""
    return Styled(click.style(visible(text), bold=bold, fg=fg))


def echo(*parts: object, err: bool = False, nl: bool = True) -> None:
    """Print a message of one or more parts, what they hold of data made visible."""
    message = "".join(part.text if isinstance(part, Styled) else visible(str(part)) for part in parts)
    click.echo(message, err=err, nl=nl)


def secho(message: str, *, err: bool = False, bold: bool | None = None, fg: str | None = None) -> None:
    """Print a message in a style, what it holds of data made visible."""
    echo(style(message, bold=bold, fg=fg), err=err)


@contextlib.contextmanager
def opened(place: Path | str | None) -> Iterator[IO[bytes]]:
    """Open a file or a URL to be written, or standard output for None.

    Raises ExportError where it cannot be written.
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
        raise  # the reader has had enough; click ends quietly
    except OSError as error:
        what = f"cannot be written ({error.strerror})"
        raise ExportError([Problem("standard output", what, "make room, or write to a file")]) from error


Progress = Callable[[int, int], None]


@contextlib.contextmanager
def progress_bar(sources: Sequence[str]) -> Iterator[Progress]:
    """Show a bar on standard error if that is a terminal, and nothing if not.

    What is given is told the bytes and the records that were read in all.
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
    """Show a bar for work of several steps on standard error if that is a terminal, and nothing if not.

    What is given is told the step, how much of it is done, and of how much (0 where that is not known).
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
    """Take the bar away while lines are written to standard error."""
    from tqdm import tqdm

    aside: contextlib.AbstractContextManager[None] = tqdm.external_write_mode(file=sys.stderr)
    return aside


def _size(source: str) -> int | None:
    """Return the bytes of a file, None where they are not known."""
    from her2ld.files.streams import STANDARD_INPUT, file_system, is_url

    if source == STANDARD_INPUT:
        return None
    try:
        if not is_url(source):
            return Path(source).stat().st_size
        system, path = file_system(source)
        size: int | None = system.size(path)
    except OSError:  # whoever opens it will say what is wrong with it
        return None
    return size
