"""The verb ``serve``."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from her2ld.cli.printing import echo
from her2ld.cli.sources import (
    COULD_NOT_RUN,
    GivenFiles,
    is_one_store,
    kept_in,
    ontology_option,
    opened_store,
    print_problem,
    shipped_with,
    sound_quads,
    sources_options,
)

if TYPE_CHECKING:
    from pyoxigraph import Store

    from her2ld.query.rewritten import Rewritten
    from her2ld.vocabulary.ontology import Vocabulary


_ORIGIN = re.compile(r"https?://[^/\s]+")


@click.command()
@click.argument("sources", metavar="[SOURCE…]", nargs=-1, type=click.Path(path_type=Path))
@click.option("--port", metavar="PORT", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any.")
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--host-name", "host_names", metavar="NAME", multiple=True,
    help="A further name by which the server is asked, as behind a proxy; can be repeated.",
)  # fmt: skip
@click.option(
    "--cors", "origins", metavar="ORIGIN", multiple=True,
    help="Let web pages of another origin ask, such as https://yasgui.org, or * for all; can be repeated.",
)  # fmt: skip
@click.option(
    "--timeout", metavar="SECONDS", type=click.FloatRange(min=0, min_open=True), default=30, show_default=True,
    help="The time that a query may take.",
)  # fmt: skip
@click.option(
    "--memory", metavar="MIB", type=click.IntRange(min=16), default=512, show_default=True,
    help="The memory that a query may take.",
)  # fmt: skip
@click.option(
    "--queries", metavar="N", type=click.IntRange(min=1), default=4, show_default=True,
    help="How many long queries run at a time.",
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

    SOURCE is a curation folder, an RDF file, or the folder of a store (her2ld load); without it, what travels with
    her2ld. The data are only read. Each query runs in a process of its own that can open nothing and is ended at its
    limits.

    \b
    Examples:
      her2ld serve                          at http://127.0.0.1:8000/
      her2ld serve --port 0 found.nq        another dataset, at a port that is free
      her2ld serve store --timeout 10       a store on disk

    Exit status: 0 it was stopped; 2 it could not run.
    """
    from her2ld.errors import Her2ldError
    from her2ld.limits import Limits
    from her2ld.serving.running import Data, Settings
    from her2ld.serving.server import serve

    if any(origin != "*" and not _ORIGIN.fullmatch(origin) for origin in origins):
        raise click.BadParameter("an origin is written https://HOST, or *", param_hint="--cors")

    def ready(quads: int | None, address: str) -> None:
        what = f"the store {sources[0]}" if quads is None else f"{quads:,} quads"
        echo(f"serving {what} at {address} (stop with Ctrl-C)")
        sys.stdout.flush()

    try:
        folder = sources[0] if is_one_store(sources) else None
        data = Data(
            load=lambda rewritten: _load(sources, ontology, given_files, rewritten, folder),
            read_ontology=lambda: _ontology(ontology),
            folder=folder,
        )
        limits = Limits(seconds=timeout, memory=memory << 20)
        settings = Settings(host, port, host_names, origins, limits, queries)
        serve(data, settings, ready, _print_line if verbose else None)
    except Her2ldError as error:
        for problem in error.problems:
            print_problem(problem)
        sys.exit(COULD_NOT_RUN)


def _print_line(line: str) -> None:
    echo(line, err=True)


def _ontology(path: Path | None) -> "Vocabulary":
    from her2ld.vocabulary.ontology import read_ontology

    return read_ontology(path) if path else read_ontology()


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
    store.bulk_extend(watched(sound_quads(sources, _ontology(ontology), given_files), rewritten))
    if rewritten:
        echo(f"{described(rewritten)} (docs/serving.md)", err=True)
    return store
