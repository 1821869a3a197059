"""The verbs ``term change`` and ``term remove``, and the options that all verbs of ``her2ld term`` share."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from her2ld.cli.printing import echo
from her2ld.cli.sources import COULD_NOT_RUN, FINDINGS, print_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyoxigraph import NamedNode

    from her2ld.desk.term_rows import TermRow
    from her2ld.errors import Problem
    from her2ld.mappings.releases import Release
    from her2ld.vocabulary.ontology import Vocabulary


def proof_options(command: "Callable[..., None]") -> "Callable[..., None]":
    """Add --proof and --release to a verb, which gets them as ``proving`` and ``names``."""
    for option in (
        click.option(
            "--release", "names", metavar="NAME", multiple=True,
            help="A name for a release whose file has none; can be repeated, in the order of those files.",
        ),
        click.option(
            "--proof", "proving", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
            help="Check the identifiers against this release of their vocabulary; can be repeated.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


dry_run_option = click.option("--dry-run", is_flag=True, help="Show the blocks, and write nothing.")


def stop(problems: "tuple[Problem, ...]", status: int) -> NoReturn:
    """Print the problems, and end the program."""
    for problem in problems:
        print_problem(problem)
    sys.exit(status)


def check_release_names(proving: tuple[Path, ...], names: tuple[str, ...]) -> None:
    """Raise UsageError if --release is given without a file that it could name."""
    if names and not proving:
        raise click.UsageError("--release names a file of --proof")


def releases_of(
    proving: tuple[Path, ...], names: tuple[str, ...], rows: "tuple[TermRow, ...]", vocabulary: "Vocabulary"
) -> "list[Release]":
    """Read the files of --proof, as far as they know the identifiers of the rows."""
    from her2ld.cli.mapping_lists import read_releases
    from her2ld.desk.term_rows import identifier_claims

    return read_releases(proving, names, identifier_claims(rows, vocabulary), vocabulary) if proving else []


def tell_unproven(unproven: "Sequence[NamedNode]") -> None:
    """Print how many identifiers were checked against no release."""
    if unproven:
        count = len(unproven)
        told = "1 identifier is" if count == 1 else f"{count} identifiers are"
        echo(f"{told} not proven: give a release that has {'it' if count == 1 else 'them'} with --proof")


def tell_installed_copy(ontology: Path) -> None:
    """Warn if the written ontology is the copy in the installed package, which the next installation replaces."""
    from her2ld.assets import ONTOLOGY, is_installed_copy

    if ontology == ONTOLOGY and is_installed_copy():
        echo(
            f"{ontology} is the copy of the installed her2ld, and lost when that is installed again: install your "
            "clone with pip install --editable, or name the file of your clone with --ontology",
            err=True,
        )


_MATCHES = ("exact", "close", "broad", "narrow", "related")


def _identifier_options(command: "Callable[..., None]") -> "Callable[..., None]":
    for match in reversed(_MATCHES):
        command = click.option(
            f"--{match}", metavar="IDENTIFIER", multiple=True,
            help=f"Its {match} match in another vocabulary, such as mesh:D018719; can be repeated.",
        )(command)  # fmt: skip
    return command


_ontology = click.option(
    "--ontology", metavar="FILE", type=click.Path(path_type=Path),
    help="The ontology that has the term, instead of the one of her2ld.",
)  # fmt: skip


@click.command()
@click.argument("name", metavar="TERM")
@click.option("--synonym", "synonyms", metavar="NAME", multiple=True, help="Another name for it; can be repeated.")
@_identifier_options
@click.option("--checked-against", metavar="RELEASE", default="", help="The release in which you read the identifiers.")
@click.option(
    "--no-term-in", metavar="RELEASE", multiple=True,
    help="A vocabulary and its release that have no fitting term, such as “MeSH 2024”; can be repeated.",
)  # fmt: skip
@proof_options
@_ontology
@dry_run_option
def change(  # noqa: PLR0913  # a verb has one parameter for each of its options
    *,
    name: str,
    synonyms: tuple[str, ...],
    checked_against: str,
    no_term_in: tuple[str, ...],
    proving: tuple[Path, ...],
    names: tuple[str, ...],
    ontology: Path | None,
    dry_run: bool,
    **matches: tuple[str, ...],
) -> None:
    """Add synonyms and identifiers to a term of the ontology, or record that a vocabulary has no such term.

    TERM is a label or a synonym. An identifier that the term has already with another match gets the given match. With
    --proof or --checked-against, an unproven identifier becomes proven.

    \b
    Examples:
      her2ld term change pegfilgrastim --synonym "PEG-G-CSF"
      her2ld term change pegfilgrastim --exact mesh:C455861 --proof supp2024.xml
      her2ld term change "mammosphere assay" --no-term-in "NCIt 24.04e"

    Exit status: 0 changed; 1 something is wrong, and nothing is written; 2 it could not run.
    """
    from her2ld.assets import ONTOLOGY
    from her2ld.desk.changed_terms import change_term
    from her2ld.desk.new_terms import write_terms
    from her2ld.desk.term_rows import term_row
    from her2ld.errors import Her2ldError, OntologyError
    from her2ld.vocabulary.ontology import read_ontology

    cells = {
        "synonyms": "|".join(synonyms),
        "identifiers": "|".join(f"{match} {each}" for match in _MATCHES for each in matches[match]),
        "checked_against": checked_against,
        "no_term_in": "|".join(no_term_in),
    }
    if not any(cells[each] for each in cells if each != "checked_against"):
        raise click.UsageError("say what changes: --synonym, --exact (or how else it fits) or --no-term-in")
    check_release_names(proving, names)
    path = ontology or ONTOLOGY
    try:
        row, wrong = term_row(f"“{name}”", cells, ())
        releases = releases_of(proving, names, (row,), read_ontology(path))
    except Her2ldError as error:
        stop(error.problems, COULD_NOT_RUN)
    try:
        changed = change_term(path, name, row, releases, wrong)
        if not dry_run:
            write_terms(changed.files)
    except OntologyError as error:
        stop(error.problems, FINDINGS)
    except Her2ldError as error:
        stop(error.problems, COULD_NOT_RUN)
    if dry_run:
        echo(changed.block)
        return
    echo(f"changed {changed.term.label}: {changed.path}, line {changed.line}")
    tell_unproven(changed.unproven)
    tell_installed_copy(path)


@click.command()
@click.argument("name", metavar="TERM")
@click.option(
    "--curation", "curations", metavar="DIR", multiple=True, type=click.Path(path_type=Path),
    help="A further curation folder, or a folder of them, to search for uses; can be repeated.",
)  # fmt: skip
@_ontology
@dry_run_option
def remove(name: str, curations: tuple[Path, ...], ontology: Path | None, *, dry_run: bool) -> None:
    """Remove a term from the ontology if nothing uses it.

    TERM is a label or a synonym. If the ontology, a question, a shape or a paper uses the term, the removal is refused
    with every place of use. The lines of identifiers that only this term has are removed, too, so that term remove
    undoes term add completely.

    \b
    Examples:
      her2ld term remove pegfilgrastim --dry-run      shows the block to remove
      her2ld term remove pegfilgrastim --curation my-papers/

    Exit status: 0 removed; 1 it is used, and nothing is written; 2 it could not run.
    """
    from her2ld.assets import ONTOLOGY, curation
    from her2ld.desk.changed_terms import remove_term
    from her2ld.desk.new_terms import write_terms
    from her2ld.errors import Her2ldError, OntologyError

    path = ontology or ONTOLOGY
    try:
        removed = remove_term(path, name, (curation(), *curations))
        if not dry_run:
            write_terms(removed.files)
    except OntologyError as error:
        stop(error.problems, FINDINGS)
    except Her2ldError as error:
        stop(error.problems, COULD_NOT_RUN)
    if dry_run:
        echo(removed.block)
        return
    echo(f"removed {removed.term.label}: {removed.path}, line {removed.line}")
    tell_installed_copy(path)
