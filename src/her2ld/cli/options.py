"""Options that several verbs share: the ontology, files for the sources, other vocabularies, and a last year."""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli.printing import print_note
from her2ld.texts import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Quad

    from her2ld.dataset.rdf_files import Reading
    from her2ld.dataset.standing import AsOf
    from her2ld.vocabulary.ontology import Vocabulary

_Verb = Callable[..., None]

ontology_option = click.option(
    "--ontology", metavar="FILE", type=click.Path(path_type=Path),
    help="An ontology in Turtle to use instead of the one that comes with her2ld.",
)  # fmt: skip
excerpts_option = click.option(
    "--with", "excerpt_files", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
    help="RDF or OBO of another vocabulary, to be added as the graph excerpts; can be repeated.",
)  # fmt: skip
_records_option = click.option(
    "--records", "record_files", metavar="FILE", multiple=True,
    help="Records of PubMed: the abstracts that curation folders leave out, and newer corrections; can be repeated.",
)  # fmt: skip
_corrections_option = click.option(
    "--corrections", "correction_files", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
    help="A list of papers that were retracted, corrected or doubted, one a line; can be repeated.",
)  # fmt: skip

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]*")


def _iri(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _ABSOLUTE.fullmatch(value):
        raise click.BadParameter("write an absolute IRI, as https://example.org/data/")
    return value


def _contexts(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, Path], ...]:
    """Split each ADDRESS=FILE at its last ``=``, because an address may hold one."""
    cut = [value.rpartition("=") for value in values]
    if not all(address and file for address, _, file in cut):
        raise click.BadParameter("write --context ADDRESS=FILE")
    return tuple((address, Path(file)) for address, _, file in cut)


def _base_option(name: str) -> Callable[[_Verb], _Verb]:
    return click.option(
        name, "rdf_base", metavar="IRI", callback=_iri,
        help="Resolve relative IRIs of RDF files against this one; without it, against the address of the file.",
    )  # fmt: skip


_context_option = click.option(
    "--context", "contexts", metavar="ADDRESS=FILE", multiple=True, callback=_contexts,
    help="A JSON-LD context that RDF files name by this address; can be repeated. Nothing is fetched.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GivenFiles:
    """The files of --records, --corrections and --context, and the IRI of --base."""

    records: tuple[str, ...] = ()
    corrections: tuple[Path, ...] = ()
    base: str | None = None
    contexts: tuple[tuple[str, Path], ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there are records or corrections."""
        return bool(self.records or self.corrections)

    @property
    def reading(self) -> "Reading":
        """The settings for reading RDF files; what a format leaves out is printed as a note."""
        from her2ld.dataset.rdf_files import Reading

        return Reading(self.base, dict(self.contexts), functools.cache(print_note))  # a file may be read twice


NOTHING_GIVEN = GivenFiles()


def records_option(command: _Verb) -> _Verb:
    """Add --records and --corrections to a verb, which gets both as ``given_files``."""

    @_records_option
    @_corrections_option
    @functools.wraps(command)
    def with_given(
        *args: object, record_files: tuple[str, ...], correction_files: tuple[Path, ...], **others: object
    ) -> None:
        command(*args, given_files=GivenFiles(record_files, correction_files), **others)

    return with_given


def reading_options(command: _Verb, base_name: str = "--base") -> _Verb:
    """Add --context and --base to a verb, which gets ``given_files``; a verb with another base renames the option."""

    @_base_option(base_name)
    @_context_option
    @functools.wraps(command)
    def with_reading(
        *args: object,
        rdf_base: str | None,
        contexts: tuple[tuple[str, Path], ...],
        given_files: GivenFiles = NOTHING_GIVEN,
        **others: object,
    ) -> None:
        command(*args, given_files=replace(given_files, base=rdf_base, contexts=contexts), **others)

    return with_reading


def sources_options(command: _Verb, base_name: str = "--base") -> _Verb:
    """Add --records, --corrections, --base and --context to a verb, which gets all as ``given_files``."""
    return records_option(reading_options(command, base_name))


def _year(_context: click.Context, _option: click.Parameter, text: str | None) -> int | None:
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{4}", text):
        raise click.BadParameter(f"“{text}” is no year: give four digits, such as 2021")
    return int(text)


as_of_option = click.option(
    "--as-of", "year", metavar="YEAR", callback=_year, help="Use only papers up to and including that year."
)


def up_to(quads: "Sequence[Quad]", year: int | None, vocabulary: "Vocabulary") -> "tuple[Sequence[Quad], AsOf | None]":
    """Return the data up to a year and a count of what was left out; all data and None without a year."""
    from her2ld.dataset.standing import as_of

    if year is None:
        return quads, None
    found = as_of(quads, year, vocabulary)
    return found.quads, found


def as_of_line(found: "AsOf") -> str:
    """Return a line that says how many papers and statements are used, and what is left out and why."""
    left_out = [
        _papers_left_out(found.later.papers, "of a later year", found.later.statements),
        _papers_left_out(found.without_year.papers, "without a year", found.without_year.statements),
        f"{counted(found.without_paper, 'statement')} without a paper" if found.without_paper else "",
        f"{counted(found.unstated, 'plain triple')} that no statement says" if found.unstated else "",
    ]
    beside = ", ".join(filter(None, left_out))
    return f"as of {found.year:04}: {_papers_used(found)}{f'; left out: {beside}' if beside else ''}"


def _papers_used(found: "AsOf") -> str:
    if found.papers:
        return f"{counted(found.papers, 'paper')} with {counted(found.statements, 'statement')}"
    first = "none has a year" if found.first_year is None else f"the first is of {found.first_year}"
    return f"no paper is that old, {first}"


def _papers_left_out(papers: int, why: str, statements: int) -> str:
    return f"{counted(papers, 'paper')} {why} ({counted(statements, 'statement')})" if papers else ""


def as_of_json(found: "AsOf") -> dict[str, object]:
    """Return the counts of :func:`as_of_line` for a report in JSON."""
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
