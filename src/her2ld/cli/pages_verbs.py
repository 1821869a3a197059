"""The verbs ``serve`` and ``site``: the pages over HTTP, or as a folder of files."""

import re
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli.options import GivenFiles, ontology_option, sources_options
from her2ld.cli.printing import FINDINGS, echo, stop
from her2ld.cli.reading import chosen_ontology, is_one_store, kept_in, opened_store, shipped_with, sound_quads

if TYPE_CHECKING:
    from pyoxigraph import Store

    from her2ld.query.rewritten import Rewritten


_ORIGIN = re.compile(r"https?://[^/\s]+")


@click.command()
@click.argument("sources", metavar="[SOURCE…]", nargs=-1, type=click.Path(path_type=Path))
@click.option("--port", metavar="PORT", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any.")
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--host-name", "host_names", metavar="NAME", multiple=True,
    help="A further name of the server, such as its name behind a proxy; can be repeated.",
)  # fmt: skip
@click.option(
    "--cors", "origins", metavar="ORIGIN", multiple=True,
    help="Allow queries from web pages of another origin, such as https://yasgui.org, or * for all; can be repeated.",
)  # fmt: skip
@click.option(
    "--timeout", metavar="SECONDS", type=click.FloatRange(min=0, min_open=True), default=30, show_default=True,
    help="The longest time for a query.",
)  # fmt: skip
@click.option(
    "--memory", metavar="MIB", type=click.IntRange(min=16), default=512, show_default=True,
    help="The most memory for a query.",
)  # fmt: skip
@click.option(
    "--queries", metavar="N", type=click.IntRange(min=1), default=4, show_default=True,
    help="The number of long queries that run at a time.",
)  # fmt: skip
@sources_options
@ontology_option
@click.option("--verbose", is_flag=True, help="Print a line for each request.")
def serve(  # noqa: PLR0913  # a verb has one parameter for each of its options
    sources: tuple[Path, ...],
    *,
    port: int,
    host: str,
    host_names: tuple[str, ...],
    origins: tuple[str, ...],
    timeout: float,
    memory: int,
    queries: int,
    given_files: GivenFiles,
    ontology: Path | None,
    verbose: bool,
) -> None:
    """Serve the data over HTTP: SPARQL, linked data, and pages to read in a browser.

    SOURCE is a curation folder, an RDF file, or the folder of a store (her2ld load); without it, the papers of her2ld
    are served. The data are never changed. Each query runs in a process of its own, which can open no files and no
    connections and ends at the limits.

    \b
    Examples:
      her2ld serve                          at http://127.0.0.1:8000/
      her2ld serve --port 0 found.nq        another dataset, at any free port
      her2ld serve store --timeout 10       a store on disk

    Exit status: 0 stopped; 2 it could not run.
    """
    from her2ld.limits import Limits
    from her2ld.serving.server import Data, Settings, serve

    if any(origin != "*" and not _ORIGIN.fullmatch(origin) for origin in origins):
        raise click.BadParameter("write an origin as https://HOST, or * for all", param_hint="--cors")

    def ready(quads: int | None, address: str) -> None:
        what = f"the store {sources[0]}" if quads is None else f"{quads:,} quads"
        echo(f"serving {what} at {address} (stop with Ctrl-C)")
        sys.stdout.flush()

    folder = sources[0] if is_one_store(sources) else None
    data = Data(
        load=lambda rewritten: _load(sources, ontology, given_files, rewritten, folder),
        read_ontology=lambda: chosen_ontology(ontology),
        folder=folder,
    )
    limits = Limits(seconds=timeout, memory=memory << 20)
    settings = Settings(host, port, host_names, origins, limits, queries)
    serve(data, settings, ready, partial(echo, err=True) if verbose else None)


def _load(
    sources: tuple[Path, ...],
    ontology: Path | None,
    given_files: GivenFiles,
    rewritten: "Rewritten",
    folder: Path | None,
) -> "Store":
    if folder:
        kept_in(folder)
        return opened_store(folder)
    if not sources and ontology is None:
        return shipped_with(given_files)
    from pyoxigraph import Store

    from her2ld.query.rewritten import described, watched

    store = Store()
    store.bulk_extend(watched(sound_quads(sources, chosen_ontology(ontology), given_files), rewritten))
    if rewritten:
        echo(f"{described(rewritten)} (docs/serving.md)", err=True)
    return store


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
@partial(sources_options, base_name="--source-base")
@ontology_option
def site(
    sources: tuple[Path, ...], output: Path, base: str | None, given_files: GivenFiles, ontology: Path | None
) -> None:
    """Write the pages and the RDF of every thing as a folder of files, for any web host or for local use.

    SOURCE is a curation folder, an RDF file, or the folder of a store (her2ld load); without it, the papers of her2ld
    are used. The pages are those of her2ld serve, but without search and new queries, which need a server. They load
    nothing from other hosts.

    \b
    Examples:
      her2ld site -o site                                    then open site/index.html
      her2ld site -o site --base https://example.org/her2/   to publish it at that address

    Exit status: 0 written; 1 a source has mistakes; 2 it could not run.
    """
    from her2ld.errors import CurationError
    from her2ld.site.static_site import PAGE, RDF, check_place, filled_store, site_files, write_site

    try:
        check_place(output)
        vocabulary = chosen_ontology(ontology)
        if is_one_store(sources):
            store = opened_store(sources[0])
        else:
            store = filled_store(sound_quads(sources, vocabulary, given_files), vocabulary)
        echo(f"read {len(store):,} quads", err=True)
        counts = write_site(output, site_files(store, vocabulary, base))
    except CurationError as error:
        stop(error.problems, FINDINGS)
    echo(f"wrote {output}: {counts[PAGE]:,} pages, {counts[RDF]:,} files of RDF", err=True)
