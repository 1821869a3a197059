"""The verb ``claims``."""

import sys
from pathlib import Path

import click

from her2ld.cli.as_of import as_of_option, told, up_to
from her2ld.cli.printing import echo
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
@click.option("--disputed", is_flag=True, help="Only claims on which papers contradict each other, with both sides.")
@click.option("--limited", is_flag=True, help="Only claims that hold with limits or doubts, with both sides.")
@click.option("--different", is_flag=True, help="Numbers of one claim whose intervals do not overlap, side by side.")
@as_of_option
@click.option("--to", "form", metavar="FORM", type=click.Choice(_FORMS), default="text", help="text, csv, tsv or json.")
@click.option(
    "--data", "sources", metavar="SOURCE", multiple=True, type=click.Path(path_type=Path),
    help="A curation folder or RDF, instead of the papers of her2ld; can be repeated.",
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
    """List the claims of papers by support: how many papers affirm, deny or do not find each, and when.

    With a TERM, list only claims about it, a kind of it, or a regimen with it, and claims that hold under it as a
    treatment. A TERM can also be a relation.

    A claim is disputed if each of its affirmations is opposed with equal certainty, in the same or a wider setting, by
    a denial or by the affirmation of its opposite. Any other opposition limits it. docs/claims.md has the details.

    \b
    Examples:
      her2ld claims                            all claims
      her2ld claims trastuzumab                claims about trastuzumab, alone or with others
      her2ld claims --disputed                 disagreements, with the sentences of both sides
      her2ld claims --different --to csv       numbers that differ, as a table
      her2ld claims --limited --data my-curation/ --data others.nq
      her2ld claims HER2 --as-of 2010          the claims of papers up to 2010

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
            # Programs read tables, so the message goes to standard error.
            echo(told(as_of), err=form != "text")
    except Her2ldError as error:
        for problem in error.problems:
            print_problem(problem)
        sys.exit(COULD_NOT_RUN)
    for problem in problems:
        print_problem(problem)
    sys.exit(FINDINGS if problems else 0)
