"""Bulk files, for stores that load files faster than requests: N-Quads in compressed pieces, compared as written."""

import tempfile
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from her2ld.dataset.rdf_files import read_rdf
from her2ld.errors import LoadError, Problem
from her2ld.files.folders import made, replacing_folder, take_place
from her2ld.files.writing import gzip_member
from her2ld.loading.comparing import GraphReport, compare, sorted_graph
from her2ld.loading.lines import Graph, SortedGraph, has_blank_node, nquads_of, sort_graphs
from her2ld.loading.loads import LoadReport, Note, Sources, check_not_empty, in_order, noted

_LINES_IN_A_FILE = 1_000_000
_FILES = "her2ld-*.nq.gz"


def write_files(folder: Path | str, sources: Sources, note: Note | None = None) -> LoadReport:
    """Write the sources as files ``her2ld-0001.nq.gz`` … into a folder, which is replaced as a whole.

    What has blank nodes is in the first file: stores take the names of blank nodes to hold for one file. Raises
    LoadError where there is nothing to write, or the folder holds something else; RecordError and LimitError as
    load_folder does.
    """
    place = Path(folder).absolute().resolve()
    if place.exists() and (not place.is_dir() or set(place.iterdir()) - set(place.glob(_FILES))):
        what = "holds something other than bulk files"
        raise LoadError([Problem(str(folder), what, "give a new folder")])
    with replacing_folder(place, error=LoadError, only_in_one_step=True) as work:
        graphs = sort_graphs(noted(sources.all_quads(), note), made(work.folder / "sent"))
        check_not_empty(graphs)
        new = made(work.folder / "new")
        lines = _lines(graphs)
        for number, first in enumerate(lines, start=1):
            with (new / f"her2ld-{number:04}.nq.gz").open("wb") as file, gzip_member(file) as member:
                member.write(first)
                member.writelines(islice(lines, _LINES_IN_A_FILE - 1))
        reports = _compare(graphs, sorted(new.iterdir()), made(work.folder / "held"), rewrites=False)
        verified = all(report.verified for report in reports)
        if verified:
            take_place(new, work)
        return LoadReport(str(folder), reports, verified)


def check_files(target: Path | str, sources: Sources, note: Note | None = None) -> LoadReport:
    """Compare RDF files, bulk files or the dump of a store, with the sources. Raises as write_files does."""
    target = Path(target)
    files = sorted(target.glob(_FILES)) if target.is_dir() else [target]
    with tempfile.TemporaryDirectory(prefix="her2ld-") as name:
        folder = Path(name)
        graphs = sort_graphs(noted(sources.all_quads(), note), made(folder / "sent"))
        check_not_empty(graphs)
        return LoadReport(str(target), _compare(graphs, files, made(folder / "held"), rewrites=True), changed=False)


def _lines(graphs: dict[Graph, SortedGraph]) -> Iterator[bytes]:
    """Yield the lines of all graphs as N-Quads, those with blank nodes first."""
    for blank in (True, False):
        for graph in in_order(graphs):
            yield from (line for line in nquads_of(graphs[graph]) if has_blank_node(line) == blank)


def _compare(
    graphs: dict[Graph, SortedGraph], files: list[Path], folder: Path, *, rewrites: bool
) -> tuple[GraphReport, ...]:
    held = sort_graphs(chain.from_iterable(map(read_rdf, files)), folder)
    reports = []
    for number, graph in enumerate(in_order(graphs)):
        held_here = held.get(graph) or sorted_graph(graph, (), folder)
        reports.append(compare(graphs[graph], held_here, made(folder / f"values-{number}"), rewrites=rewrites))
    return tuple(reports)
