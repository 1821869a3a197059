"""The verb ``load``: data into a triple store, with every graph compared."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from her2ld.cli.options import GivenFiles, ontology_option, sources_options
from her2ld.cli.printing import (
    FINDINGS,
    beside_bar,
    echo,
    echo_json,
    print_problem,
    secho,
    step_bar,
    stop,
)
from her2ld.cli.reading import chosen_ontology, read_sources
from her2ld.texts import with_noun

if TYPE_CHECKING:
    from collections.abc import Callable

    from her2ld.errors import Problem
    from her2ld.loading import GraphReport, LoadReport, Sources
    from her2ld.statements import Curation

    Note = Callable[[str, int, int], None]

_STORES = (
    "fuseki", "graphdb", "rdf4j", "virtuoso", "oxigraph", "blazegraph", "stardog", "neptune", "qlever",
    "graph-store", "sparql",
)  # fmt: skip
_SECONDS = 600


@click.command()
@click.argument("target", metavar="TARGET")
@click.argument("source_paths", metavar="[SOURCE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--store", metavar="STORE", type=click.Choice(_STORES),
    help=f"The kind of store at the address: {', '.join(_STORES)}.",
)  # fmt: skip
@click.option("--update", "update_address", metavar="URL", help="The address for updates of graph-store or sparql.")
@click.option("--graph", metavar="IRI", help="The graph for triples without a graph.")
@click.option("--bulk", is_flag=True, help="Write files for the bulk loader of a store into the folder TARGET.")
@click.option("--check", is_flag=True, help="Load nothing; compare the data in TARGET with the sources.")
@click.option("--prune", is_flag=True, help="Remove graphs of her2ld that are not in the sources.")
@click.option(
    "--timeout", metavar="SECONDS", type=click.FloatRange(min=0, min_open=True), default=_SECONDS, show_default=True,
    help="The longest time to wait for an answer of a store.",
)  # fmt: skip
@sources_options
@ontology_option
@click.option("--json", "as_json", is_flag=True, help="Report as JSON.")
def load(  # noqa: PLR0913  # a verb has one parameter for each of its options
    target: str,
    source_paths: tuple[Path, ...],
    store: str | None,
    *,
    update_address: str | None,
    graph: str | None,
    timeout: float,
    given_files: GivenFiles,
    ontology: Path | None,
    bulk: bool,
    check: bool,
    prune: bool,
    as_json: bool,
) -> None:
    """Load a triple store, read the data back, and compare every graph with the data that were sent.

    TARGET is a folder for Oxigraph, or the address of a store, with its kind in --store. A SOURCE is a curation folder,
    a folder of them, or an RDF file (compressed if its name ends in .gz); without one, the ontology and the papers of
    her2ld are loaded.

    Graphs of the sources replace those of the same names; all others stay. New data are loaded beside the old ones, and
    replace them only if they arrived unchanged. User and password are read from ~/.netrc, or from HER2LD_STORE_USER and
    HER2LD_STORE_PASSWORD.

    \b
    Examples:
      her2ld load her2-store                                             a folder for Oxigraph
      her2ld load her2-store her2.nq.gz my-curation/
      her2ld load http://localhost:3030/her2 --store fuseki
      her2ld load http://localhost:8890 --store virtuoso
      her2ld load http://localhost:7200/repositories/her2 --store graphdb --prune
      her2ld load https://example.org/rdf --store graph-store            the Graph Store Protocol
      her2ld load https://example.org/sparql --store sparql --update https://example.org/update
      her2ld load her2-files --bulk                                      her2ld-0001.nq.gz …
      her2ld load her2-store --check                                     compare again, and load nothing

    Exit status: 0 the store has the data that were sent; 1 it has not, or a source has mistakes; 2 it could not run.
    """
    from her2ld.errors import CurationError

    asked = _Asked(target, store, update_address, timeout, bulk, check, prune)
    _check_options(asked)
    try:
        sources = _sources(source_paths, ontology, graph, given_files)
        with step_bar("triples") as note:
            report = (_loaded_address if store else _loaded_path)(asked, sources, note)
    except CurationError as error:
        stop(error.problems, FINDINGS)
    (_print_json if as_json else _print)(report, asked)
    sys.exit(0 if report.verified else FINDINGS)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The target and the options for it."""

    target: str
    store: str | None
    update_address: str | None
    timeout: float
    bulk: bool
    check: bool
    prune: bool


def _check_options(asked: _Asked) -> None:
    from her2ld.loading.stores import is_address

    if is_address(asked.target) != bool(asked.store):
        of_address = f"the address of a store needs --store: {', '.join(_STORES)}"
        of_store = "--store needs the address of a store: http://… or https://…"
        raise click.UsageError(of_store if asked.store else of_address)
    if "://" in asked.target and not asked.store:
        raise click.UsageError("give the address of a store with http or https, or the path of a folder")
    if asked.update_address and asked.store not in {"graph-store", "sparql"}:
        raise click.UsageError("--update needs --store graph-store or --store sparql")
    if asked.bulk and (asked.store or asked.prune):
        raise click.UsageError("--bulk writes files into a folder: leave out --store and --prune")
    if asked.check and (asked.bulk or asked.prune):
        raise click.UsageError("--check changes nothing: leave out --bulk and --prune")


def _sources(paths: Sequence[Path], ontology: Path | None, graph: str | None, given_files: GivenFiles) -> "Sources":
    """Return the quads of curation folders, by default those of her2ld, and the RDF files."""
    from pyoxigraph import NamedNode

    from her2ld.dataset import build
    from her2ld.dataset.rdf_files import format_of_rdf
    from her2ld.errors import CurationError
    from her2ld.loading import Sources

    try:
        graph_iri = NamedNode(graph) if graph else None
    except ValueError as error:
        raise click.UsageError(f"--graph: {error}") from error
    folders = [path for path in paths if path.is_dir() or not path.suffix]
    files = tuple(path for path in paths if path not in folders)
    for file in files:
        format_of_rdf(file)
    if files and not folders:
        return Sources((), files, graph_iri, given_files.reading)
    vocabulary = chosen_ontology(ontology)
    curations, problems = read_sources(folders, vocabulary, _print_reading, given_files)
    if problems:
        raise CurationError(problems)
    return Sources(tuple(build(vocabulary, curations)), files, graph_iri, given_files.reading)


def _print_reading(_folder: Path, curation: "Curation") -> None:
    from her2ld import iris
    from her2ld.statements.plain import is_hedged

    hedged = sum(map(is_hedged, curation.claims))
    paper = curation.record.doi or iris.article(curation.record).value
    echo(f"read {paper}: {with_noun(len(curation.claims), 'statement')} ({hedged} hedged)", err=True)


def _loaded_path(asked: _Asked, sources: "Sources", note: "Note") -> "LoadReport":
    from her2ld.loading import check_files, check_folder, load_folder, write_files

    path = Path(asked.target)
    if asked.check:
        are_files = path.is_file() or any(path.glob("her2ld-*.nq.gz"))
        return check_files(path, sources, note) if are_files else check_folder(path, sources)
    return write_files(path, sources, note) if asked.bulk else load_folder(path, sources, prune=asked.prune, note=note)


def _loaded_address(asked: _Asked, sources: "Sources", note: "Note") -> "LoadReport":
    from her2ld.loading import PRESETS, StoreClient, check_store, load_store, refresh_notice

    preset = PRESETS[str(asked.store)]
    with StoreClient(preset, asked.target, asked.update_address, asked.timeout) as store:
        if asked.check:
            return check_store(store, sources, note)
        with beside_bar():
            echo(refresh_notice(store), err=True)
        return load_store(store, sources, prune=asked.prune, note=note)


def _print(report: "LoadReport", asked: _Asked) -> None:
    """Print how each graph arrived, with the first triples in which a graph differs."""
    short = _shortener()
    done = "checked" if asked.check else "wrote" if asked.bulk else "loaded"
    for graph in report.graphs:
        if graph.verified:
            by_value = f", {graph.by_value:,} of them by value, as the store writes them" * bool(graph.by_value)
            echo(f"{done} {short(graph.graph)}: {with_noun(graph.held.triples, 'triple')}, verified{by_value}")
        else:
            print_problem(_difference(graph, short))
    for name in report.pruned:
        echo(f"removed {short(name)}, which the sources do not have")
    for name, count in report.stale.items():
        advice = "" if asked.check else "; --prune removes them"
        echo(f"left {short(name)}: {with_noun(count, 'triple')}, of which the sources have none{advice}")
    others = len(report.others) - len(report.stale)
    if others:
        echo(f"left {with_noun(others, 'graph')} of others")
    differing = sum(not graph.verified for graph in report.graphs)
    if differing:
        kept = "" if asked.check or report.changed else f"; {report.target} is as it was"
        secho(f"{differing} of {_graphs(report)} not as sent{kept}", fg="red", err=True)
    else:
        preposition = "in" if asked.check else "into"
        echo(f"{done} {with_noun(report.triples, 'triple')} in {_graphs(report)} {preposition} {report.target}")


def _graphs(report: "LoadReport") -> str:
    return with_noun(len(report.graphs), "graph")


def _shortener() -> "Callable[[str], str]":
    """Return a function that writes the names of our graphs with a prefix."""
    from her2ld.query.prepared import ontology_prefixes
    from her2ld.vocabulary import model

    prefix = next(prefix for prefix, iri in ontology_prefixes().items() if iri == model.HER2LD)
    return lambda name: f"{prefix}:{name.removeprefix(model.HER2LD)}" if name.startswith(model.HER2LD) else name


def _difference(graph: "GraphReport", short: "Callable[[str], str]") -> "Problem":
    from her2ld.errors import Problem

    missing = f"{with_noun(graph.missing, 'triple')} {'is' if graph.missing == 1 else 'are'} missing"
    not_sent = f"{graph.unexpected:,} {'was' if graph.unexpected == 1 else 'were'} not sent"
    what = f"is not what was sent: {missing}, {not_sent}"
    lines = [f"  - {line}" for line in graph.first_missing] + [f"  + {line}" for line in graph.first_unexpected]
    remedy = "load it again, and nothing beside it; if it differs again, the store rewrites it (docs/loading.md)"
    return Problem(short(graph.graph), "\n".join([what, *lines]), remedy)


def _print_json(report: "LoadReport", _asked: _Asked) -> None:
    graphs = [
        {
            "graph": graph.graph,
            "verified": graph.verified,
            "sent": graph.sent.triples,
            "held": graph.held.triples,
            "digest_sent": graph.sent.digest,
            "digest_held": graph.held.digest,
            "by_value": graph.by_value,
            "missing": graph.missing,
            "unexpected": graph.unexpected,
            "first_missing": graph.first_missing,
            "first_unexpected": graph.first_unexpected,
        }
        for graph in report.graphs
    ]
    values: dict[str, Any] = {
        "target": report.target,
        "verified": report.verified,
        "changed": report.changed,
        "graphs": graphs,
        "others": report.others,
        "pruned": report.pruned,
    }
    echo_json(values)
