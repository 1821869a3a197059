"""The verb ``claims``."""

import sys
from pathlib import Path

import click

from her2ld.cli.as_of import as_of_option, told, up_to
from her2ld.cli.sources import (
    COULD_NOT_RUN,
    FINDINGS,
    GivenFiles,
    ontology_option,
    print_problem,
    read_quads,
    sources_options,
)

_FORMS = ("text", "csv", "tsv", "json")


@click.command()
@click.argument("term", required=False)
@click.option("--disputed", is_flag=True, help="Only what papers contradict each other on, with both sides.")
@click.option("--limited", is_flag=True, help="Only what stands, but not everywhere or not undoubted, with both sides.")
@click.option("--different", is_flag=True, help="Numbers of one claim whose intervals do not meet, side by side.")
@as_of_option
@click.option("--to", "form", metavar="FORM", type=click.Choice(_FORMS), default="text", help="text, csv, tsv or json.")
@click.option(
    "--data", "sources", metavar="SOURCE", multiple=True, type=click.Path(path_type=Path),
    help="A curation folder or RDF, instead of what travels with her2ld; can be repeated.",
)  # fmt: skip
@sources_options
@ontology_option
def claims(  # noqa: PLR0913  # a verb has one parameter for each of its options
    term: str | None,
    *,
    disputed: bool,
    limited: bool,
    different: bool,
    year: int | None,
    form: str,
    sources: tuple[Path, ...],
    given_files: GivenFiles,
    ontology: Path | None,
) -> None:
    """List what papers claim, by support: how many papers affirm, deny or do not find it, and when.

    With a TERM, only claims that speak of it, of a kind of it, or of a regimen with it, and those that hold where it is
    given; a relation is a TERM, too.

    A claim is disputed if all that affirms it is denied, or its opposite is affirmed, as surely and of the same or a
    wider setting; else what opposes it limits it. docs/claims.md says more.

    \b
    Examples:
      her2ld claims                            all of them
      her2ld claims trastuzumab                those on trastuzumab, alone or with others
      her2ld claims --disputed                 who disagrees, with the sentences of both sides
      her2ld claims --different --to csv       numbers that differ, as a table
      her2ld claims --limited --data my-curation/ --data others.nq
      her2ld claims HER2 --as-of 2010          what papers of up to 2010 claim together

    Exit status: 0 listed; 1 a curation has mistakes, and the others are listed; 2 it could not run.
    """
    from her2ld.cli import claim_lists
    from her2ld.errors import Her2ldError
    from her2ld.vocabulary.ontology import read_ontology

    if disputed + limited + different > 1:
        raise click.UsageError("ask for one thing at a time: --disputed, --limited or --different")
    try:
        vocabulary = read_ontology(ontology) if ontology else read_ontology()
        about = claim_lists.find_term(term, vocabulary) if term is not None else None
        read, _, problems = read_quads(sources, vocabulary, given_files)
        quads, as_of = up_to(read, year, vocabulary)
        together = claim_lists.Together.of(quads, vocabulary, about)
        if different:
            claim_lists.tell_differences(together, form)
        elif disputed or limited:
            claim_lists.tell_disagreements(together, form, disputed=disputed)
        else:
            claim_lists.tell_claims(together, form)
        if as_of:
            # A table is read by programs: there it goes beside.
            click.echo(told(as_of), err=form != "text")
    except Her2ldError as error:
        for problem in error.problems:
            print_problem(problem)
        sys.exit(COULD_NOT_RUN)
    for problem in problems:
        print_problem(problem)
    sys.exit(FINDINGS if problems else 0)
