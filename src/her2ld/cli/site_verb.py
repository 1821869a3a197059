"""The verb ``site``."""

import functools
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli.printing import echo
from her2ld.cli.sources import (
    COULD_NOT_RUN,
    FINDINGS,
    GivenFiles,
    is_one_store,
    ontology_option,
    opened_store,
    print_problem,
    sound_quads,
    sources_options,
)

if TYPE_CHECKING:
    from pyoxigraph import Store

    from her2ld.vocabulary.ontology import Vocabulary


@click.command()
@click.argument("sources", metavar="[SOURCE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", metavar="DIR", required=True, type=click.Path(path_type=Path),
    help="The folder to write; a folder from an earlier run is replaced as a whole.",
)  # fmt: skip
@click.option(
    "--base", metavar="URL",
    help="The address of the folder on the web: adds a site map, and the redirects from w3id.org.",
)  # fmt: skip
@functools.partial(sources_options, base_name="--source-base")
@ontology_option
def site(
    sources: tuple[Path, ...], output: Path, base: str | None, given_files: GivenFiles, ontology: Path | None
) -> None:
    """Write the pages and the RDF of every thing as a folder of files, for any web host or for local use.

    SOURCE is a curation folder, an RDF file, or the folder of a store (her2ld load); without it, the papers of her2ld
    are used. The pages are those of her2ld serve without search and new queries, which need a server. They need no
    network.

    \b
    Examples:
      her2ld site -o site                                    then open site/index.html
      her2ld site -o site --base https://example.org/her2/   to publish it at that address

    Exit status: 0 written; 1 a source has mistakes; 2 it could not run.
    """
    from her2ld.errors import CurationError, Her2ldError
    from her2ld.site.files import PAGE, RDF, site_files
    from her2ld.site.folder import check_place, write_site
    from her2ld.vocabulary.ontology import read_ontology

    try:
        check_place(output)
        vocabulary = read_ontology(ontology) if ontology else read_ontology()
        store = opened_store(sources[0]) if is_one_store(sources) else _read(sources, vocabulary, given_files)
        echo(f"read {len(store):,} quads", err=True)
        counts = write_site(output, site_files(store, vocabulary, base))
    except Her2ldError as error:
        for problem in error.problems:
            print_problem(problem)
        sys.exit(FINDINGS if isinstance(error, CurationError) else COULD_NOT_RUN)
    echo(f"wrote {output}: {counts[PAGE]:,} pages, {counts[RDF]:,} files of RDF", err=True)


def _read(sources: tuple[Path, ...], vocabulary: "Vocabulary", given_files: GivenFiles) -> "Store":
    from her2ld.site.files import filled_store

    return filled_store(sound_quads(sources, vocabulary, given_files), vocabulary)
