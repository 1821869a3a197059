"""The verbs ``term change`` and ``term remove``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli.sources import COULD_NOT_RUN, FINDINGS
from her2ld.cli.term_options import (
    check_release_names,
    dry_run_option,
    proof_options,
    releases_of,
    stop,
    tell_installed_copy,
    tell_unproven,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_MATCHES = ("exact", "close", "broad", "narrow", "related")


def _identifier_options(command: "Callable[..., None]") -> "Callable[..., None]":
    for match in reversed(_MATCHES):
        command = click.option(
            f"--{match}", metavar="IDENTIFIER", multiple=True,
            help=f"What it is mapped to as {match}, such as mesh:D018719; can be repeated.",
        )(command)  # fmt: skip
    return command


_ontology = click.option(
    "--ontology", metavar="FILE", type=click.Path(path_type=Path),
    help="The ontology that has the term, instead of the one of her2ld.",
)  # fmt: skip


@click.command()
@click.argument("name", metavar="TERM")
@click.option("--synonym", "synonyms", metavar="NAME", multiple=True, help="Another name of it; can be repeated.")
@_identifier_options
@click.option("--checked-against", metavar="RELEASE", default="", help="Where you read the identifiers.")
@click.option(
    "--no-term-in", metavar="RELEASE", multiple=True,
    help="A vocabulary and its release that have no fitting term, as “MeSH 2024”; can be repeated.",
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
    """Return a term of the ontology more synonyms and identifiers, or say where there is none.

    TERM is a label or a synonym. An identifier that the term has already with another match gets the match that is
    given; one that was not proven is so no longer where --proof or --checked-against says where it stands.

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
        click.echo(changed.block)
        return
    click.echo(f"changed {changed.term.label}: {changed.path}, line {changed.line}")
    tell_unproven(changed.unproven)
    tell_installed_copy(path)


@click.command()
@click.argument("name", metavar="TERM")
@click.option(
    "--curation", "curations", metavar="DIR", multiple=True, type=click.Path(path_type=Path),
    help="A curation folder, or a folder of them, to look in besides those of her2ld; can be repeated.",
)  # fmt: skip
@_ontology
@dry_run_option
def remove(name: str, curations: tuple[Path, ...], ontology: Path | None, *, dry_run: bool) -> None:
    """Take a term out of the ontology that nothing uses.

    TERM is a label or a synonym. It is refused with every place where the ontology, a question, a shape or a paper
    speaks of it. The lines of what only this term is mapped to go with it: after term add, all is as it was before.

    \b
    Examples:
      her2ld term remove pegfilgrastim --dry-run      the block that would go
      her2ld term remove pegfilgrastim --curation my-papers/

    Exit status: 0 removed; 1 it is used, and nothing is written; 2 it could not run.
    """
    from her2ld.assets import ONTOLOGY, curation
    from her2ld.desk.new_terms import write_terms
    from her2ld.desk.removed_terms import remove_term
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
        click.echo(removed.block)
        return
    click.echo(f"removed {removed.term.label}: {removed.path}, line {removed.line}")
    tell_installed_copy(path)
