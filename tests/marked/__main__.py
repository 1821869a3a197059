"""Measure the finder of mentions against the marks: ``python -m tests.marked [--list] RECORDS...``.

RECORDS are files of PubMed that together hold the 40 records; without them, those of the folder that
HER2LD_PUBMED_RECORDS names.
"""

import sys

import click

from her2ld import Her2ldError, read_ontology
from tests.marked import details, found_in, marked_articles, measured, read_marks, summary
from tests.pubmed.inputs import more


@click.command()
@click.argument("records", nargs=-1)
@click.option("--list", "is_listed", is_flag=True, help="List each miss, each false mention and each wrong status.")
def main(records: tuple[str, ...], *, is_listed: bool) -> None:
    """Print recall and precision of the mentions in the RECORDS."""
    marks = read_marks()
    try:
        articles = marked_articles(marks, records or map(str, more()))
    except Her2ldError as error:
        sys.exit(str(error))
    found = found_in(articles, read_ontology())
    result = measured(marks, found)
    click.echo("\n".join(summary(result)))
    if is_listed:
        click.echo("\n".join(details(result, articles, found)))


if __name__ == "__main__":
    main()
