"""The option ``--as-of``: which years it takes, and what is said of the papers that take no part."""

import re
from typing import TYPE_CHECKING

import click

from her2ld.texts import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Quad

    from her2ld.dataset.standing import AsOf
    from her2ld.vocabulary.ontology import Vocabulary


def _checked(_context: click.Context, _option: click.Parameter, text: str | None) -> int | None:
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{4}", text):
        raise click.BadParameter(f"“{text}” is no year: give four digits, such as 2021")
    return int(text)


as_of_option = click.option(
    "--as-of", "year", metavar="YEAR", callback=_checked,
    help="Only what papers said up to that year, that year included.",
)  # fmt: skip


def up_to(quads: "Sequence[Quad]", year: int | None, vocabulary: "Vocabulary") -> "tuple[Sequence[Quad], AsOf | None]":
    """Return the data up to a year and what was left out; all of it without a year."""
    from her2ld.dataset.standing import as_of

    if year is None:
        return quads, None
    found = as_of(quads, year, vocabulary)
    return found.quads, found


def told(found: "AsOf") -> str:
    """Say in one line how many papers and statements take part, and what is left out and why."""
    left_out = [
        _of_papers(found.later.papers, "of a later year", found.later.statements),
        _of_papers(found.without_year.papers, "without a year", found.without_year.statements),
        f"{counted(found.without_paper, 'statement')} without a paper" if found.without_paper else "",
        f"{counted(found.unstated, 'plain triple')} that no statement says" if found.unstated else "",
    ]
    beside = ", ".join(filter(None, left_out))
    return f"as of {found.year:04}: {_taking_part(found)}{f'; left out: {beside}' if beside else ''}"


def _taking_part(found: "AsOf") -> str:
    if found.papers:
        return f"{counted(found.papers, 'paper')} with {counted(found.statements, 'statement')}"
    first = "none has a year" if found.first_year is None else f"the first is of {found.first_year}"
    return f"no paper is that old, {first}"


def _of_papers(papers: int, why: str, statements: int) -> str:
    return f"{counted(papers, 'paper')} {why} ({counted(statements, 'statement')})" if papers else ""


def as_json(found: "AsOf") -> dict[str, object]:
    """Return the same for a report in JSON."""
    return {
        "year": found.year,
        "papers": found.papers,
        "statements": found.statements,
        "first_year": found.first_year,
        "left_out": {
            "of_a_later_year": {"papers": found.later.papers, "statements": found.later.statements},
            "without_a_year": {"papers": found.without_year.papers, "statements": found.without_year.statements},
            "without_a_paper": {"statements": found.without_paper},
            "that_no_statement_says": {"plain_triples": found.unstated},
        },
    }
