"""What was sent beside what a store holds: equal, equal by value, or which triples differ."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pyoxigraph import Literal, Quad, RdfFormat, parse

from her2ld.errors import LoadError, Problem
from her2ld.loading.lines import Graph, GraphSum, SortedGraph, name_of, sort_graphs
from her2ld.loading.values import by_value, may_be_rewritten, not_kept_by_oxigraph

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class GraphReport:
    """How a graph arrived: what was sent, what the store holds, and the first triples in which they differ.

    ``by_value`` counts the triples that the store writes in another way, with the same value. ``missing`` and
    ``unexpected`` count the triples that were sent and are not there, and those that are there and were not sent.
    """

    graph: str
    sent: GraphSum
    held: GraphSum
    by_value: int = 0
    missing: int = 0
    unexpected: int = 0
    first_missing: tuple[str, ...] = ()
    first_unexpected: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether the store holds what was sent, and nothing else in this graph."""
        return self.missing == self.unexpected == 0


def compare(sent: SortedGraph, held: SortedGraph, folder: Path, *, rewrites: bool) -> GraphReport:
    """Compare a graph that was sent with the one that the store holds.

    ``rewrites`` says that the store is known to keep values, not the way in which they are written. Temporary files go
    into ``folder``, which must be empty.
    """
    name = name_of(sent.graph)
    if sent.sum == held.sum:
        return GraphReport(name, sent.sum, held.sum)
    if rewrites:
        sent_values, held_values = (_values(each, folder / side) for each, side in ((sent, "sent"), (held, "held")))
        if sent_values.sum == held_values.sum:
            # A node is named after what it says: beside what is rewritten, lines of its other triples differ, too.
            rewritten = sum(map(may_be_rewritten, only_in(sent.file, held.file)))
            return GraphReport(name, sent.sum, held.sum, rewritten)
        sent, held = sent_values, held_values
    missing, unexpected = _CountedLines(only_in(sent.file, held.file)), _CountedLines(only_in(held.file, sent.file))
    return GraphReport(
        name,
        sent.sum,
        held.sum,
        missing=missing.count,
        unexpected=unexpected.count,
        first_missing=missing.first,
        first_unexpected=unexpected.first,
    )


def check_kept_by_oxigraph(graphs: Iterable[SortedGraph]) -> None:
    """Raise LoadError where Oxigraph would give a literal another value, or one that it does not have."""
    problems = []
    for graph in graphs:
        with graph.file.open("rb") as lines:
            lost = _CountedLines(not_kept_by_oxigraph(lines))
        if lost.count:
            what = f"holds literals that do not fit their datatype ({lost.count:,}), which Oxigraph would change"
            shown = [f"  - {line}" for line in lost.first]
            remedy = "mend them, or load a store that keeps each literal as it is written (docs/loading.md)"
            problems.append(Problem(name_of(graph.graph), "\n".join([what, *shown]), remedy))
    if problems:
        raise LoadError(problems)


class _CountedLines:
    def __init__(self, lines: Iterator[bytes]) -> None:
        self.first = tuple(line.decode().rstrip("\n") for line in islice(lines, _SHOWN))
        self.count = len(self.first) + sum(1 for _ in lines)


def only_in(one: Path, other: Path) -> Iterator[bytes]:
    """Yield the lines of one sorted file that the other has not."""
    with one.open("rb") as lines, other.open("rb") as others:
        candidate = next(others, None)
        for line in lines:
            while candidate is not None and candidate < line:
                candidate = next(others, None)
            if candidate != line:
                yield line


def _values(graph: SortedGraph, folder: Path) -> SortedGraph:
    folder.mkdir()
    return sorted_graph(graph.graph, map(_quad_by_value, quads_of_file(graph)), folder)


def _quad_by_value(quad: Quad) -> Quad:
    if not isinstance(quad.object, Literal):
        return quad
    return Quad(quad.subject, quad.predicate, by_value(quad.object), quad.graph_name)


def quads_of_file(graph: SortedGraph) -> Iterator[Quad]:
    """Parse the file of a graph."""
    with graph.file.open("rb") as file:
        for quad in parse(file, format=RdfFormat.N_TRIPLES):
            yield Quad(quad.subject, quad.predicate, quad.object, graph.graph)


def sorted_graph(graph: Graph, quads: Iterable[Quad], folder: Path) -> SortedGraph:
    """Sort the quads of one graph; without any, it is a graph with an empty file."""
    found = sort_graphs(quads, folder)
    if graph in found:
        return found[graph]
    empty = folder / "empty"
    empty.touch()
    return SortedGraph(graph, GraphSum(), empty)
