"""What verbs print at a terminal, and where they write: a file that is whole or the old one, or standard output.

A terminal shows what data say, and does nothing that is in them. Files and answers in the formats of others are written
as bytes, and stay exact.
"""

import contextlib
import sys
from collections.abc import Iterator
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
