"""What verbs print: for people at a terminal, who see what data say and nothing that data would make the terminal do.

Files and answers in the formats of others are written as bytes elsewhere, and stay exact.
"""

import re
from dataclasses import dataclass

import click

# Control characters but the line feed and the tab; and what turns the direction of writing, or begins a line.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    r"""Return a text with its control characters written as JSON has them, in which they so stay the same.

    >>> print(visible("HER2\x1b[2J\u202e"))
    HER2\u001b[2J\u202e
    """
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def in_one_line(text: str) -> str:
    r"""Return a text as :func:`visible` does, line feeds and tabs too.

    >>> print(in_one_line("HER2\nHER3"))
    HER2\nHER3
    """
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")


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
