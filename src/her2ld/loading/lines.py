"""Graphs as lines of canonical N-Triples: sorted, each once, on the disk, with a digest that identifies the graph.

The names of blank nodes follow from the triples that mention them (her2ld.rdf.canonical_names). The digest of a graph
is the sum, modulo 2 to the 256, of the SHA-256 digests of its lines. It does not depend on their order, so a store can
be summed up in the order in which it returns them. It shows what was lost or changed by mistake. It does not expose a
store that was made to deceive.
"""

import heapq
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby, islice
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    Triple,
)

from her2ld.errors import LimitError, LoadError, Problem
from her2ld.rdf.canonical_names import named_by_search, split_trees
from her2ld.rdf.parser_limits import LONGEST_TERM, term_too_long

Graph = NamedNode | DefaultGraph

_LINES_AT_ONCE = 200_000
_FILES_AT_ONCE = 100
_MOST_BLANK_TRIPLES = 500_000
# They take about four seconds. A ring of a thousand nodes takes a few thousand steps.
_MOST_STEPS = 10_000_000
_MODULUS = 1 << 256
_BLANK_NODE = re.compile(rb"^_:|> _:[A-Za-z0-9]+( <[^>]*>)? \.\n$")


@dataclass(frozen=True, slots=True)
class GraphSum:
    """How many triples a graph has, and the sum of their digests."""

    triples: int = 0
    total: int = 0

    def __add__(self, other: "GraphSum") -> "GraphSum":
        """Return the sum of two graphs that share no triple."""
        return GraphSum(self.triples + other.triples, (self.total + other.total) % _MODULUS)

    @property
    def digest(self) -> str:
        """The digest as 64 hexadecimal digits."""
        return f"{self.total % _MODULUS:064x}"


@dataclass(frozen=True, slots=True)
class SortedGraph:
    """A graph whose lines are in ``file``, sorted by code points, each once."""

    graph: Graph
    sum: GraphSum
    file: Path


def name_of(graph: Graph | BlankNode) -> str:
    """Return the IRI of a graph, the name of a blank node, or words for the default graph."""
    if isinstance(graph, DefaultGraph):
        return "the default graph"
    return graph.value if isinstance(graph, NamedNode) else str(graph)


def has_blank_node(line: bytes) -> bool:
    r"""Tell whether subject or object of a line of N-Triples or N-Quads is a blank node.

    >>> has_blank_node(b'_:c14n0 <p> "_:a" .\n'), has_blank_node(b'<s> <p> "> _:a ." .\n')
    (True, False)
    """
    return bool(_BLANK_NODE.search(line))


def nquads_of(graph: SortedGraph) -> Iterator[bytes]:
    """Yield the lines of a graph as N-Quads."""
    ending = b" .\n" if isinstance(graph.graph, DefaultGraph) else f" {graph.graph} .\n".encode()
    with graph.file.open("rb") as lines:
        for line in lines:
            yield line.removesuffix(b" .\n") + ending


def sum_of(lines: Iterable[bytes]) -> GraphSum:
    """Return the sum of lines. All their digests are in memory at once.

    >>> sum_of([b"b", b"a"]) == sum_of([b"a"]) + sum_of([b"b"])
    True
    """
    digests = [sha256(line).digest() for line in lines]
    return GraphSum(len(digests), sum(map(int.from_bytes, digests)) % _MODULUS)


class GraphLines:
    """Takes quads and returns their lines; ``blank`` holds the triples whose blank nodes have no name yet.

    Raises LoadError for what not every store can hold: a graph whose name is a blank node, a triple in a triple, or a
    term of more than 16 MiB.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.blank: defaultdict[Graph, list[Triple]] = defaultdict(list)
        self._length_of_name: dict[object, int] = {}

    def line(self, quad: Quad) -> tuple[Graph, bytes | None]:
        """Return the graph and the line of a quad; None for the line where it has to wait for names of blank nodes."""
        graph, text = quad.graph_name, str(quad)
        if len(text) > LONGEST_TERM:
            raise LoadError(term_too_long(name_of(graph)).problems)
        if "_:" in text or "<<(" in text:
            self._look_closely(quad)
            if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
                self._wait(graph, quad.triple)  # type: ignore[arg-type]  # a blank node was refused
                return graph, None  # type: ignore[return-value]
        length = self._length_of_name.get(graph)
        if length is None:
            length = self._length_of_name[graph] = 0 if graph == DefaultGraph() else len(str(graph)) + 1
        return graph, f"{text[: len(text) - length]} .\n".encode()  # type: ignore[return-value]

    @staticmethod
    def _look_closely(quad: Quad) -> None:
        if isinstance(quad.object, Triple):
            raise LoadError([Problem(str(quad), "says something about a triple", "load RDF 1.1 alone")])
        if isinstance(quad.graph_name, BlankNode):
            raise LoadError([Problem(str(quad.graph_name), "is a graph without an IRI", "give each graph an IRI")])

    def _wait(self, graph: Graph, triple: Triple) -> None:
        waiting = self.blank[graph]
        waiting.append(triple)
        if len(waiting) > _MOST_BLANK_TRIPLES:
            what = f"has more than {_MOST_BLANK_TRIPLES:,} triples with blank nodes, which cannot be compared"
            raise LoadError([Problem(name_of(graph), what, "name the nodes with IRIs")])

    def blank_lines(self, graph: Graph) -> list[bytes]:
        """Return the lines of the triples that waited, each once. Raises LimitError where it takes too much work."""
        waiting = self.blank.get(graph)
        if not waiting:
            return []

        named, others = split_trees(waiting)
        by_search = named_by_search(others, _MOST_STEPS)
        if by_search is None:
            what = f"has blank nodes that {_MOST_STEPS:,} steps do not tell apart, so that it cannot be compared"
            raise LimitError([Problem(name_of(graph), what, "name with IRIs those that hang together in circles")])
        return [f"{triple} .\n".encode() for triple in (*named, *by_search)]


class Summing:
    """Sums up each graph while its quads pass. A quad that comes twice counts twice."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.lines = GraphLines()
        self._sums: dict[Graph, GraphSum] = {}

    def add(self, graph: Graph, sum_: GraphSum) -> None:
        """Add what was summed up elsewhere."""
        self._sums[graph] = self._sums.get(graph, GraphSum()) + sum_

    def passing(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Yield the quads as they are, and count them."""
        line_of = self.lines.line
        counts: defaultdict[Graph, int] = defaultdict(int)
        totals: defaultdict[Graph, int] = defaultdict(int)
        for quad in quads:
            graph, line = line_of(quad)
            if line:
                counts[graph] += 1
                totals[graph] += int.from_bytes(sha256(line).digest())
            yield quad
        for graph, count in counts.items():
            self.add(graph, GraphSum(count, totals[graph] % _MODULUS))

    def sum_up(self, quads: Iterable[Quad]) -> None:
        """Count quads that need not pass on."""
        for _ in self.passing(quads):
            pass

    def join(self, other: "Summing") -> None:
        """Add what another one has summed up."""
        for graph, sum_ in other._sums.items():  # noqa: SLF001  # it is of this class
            self.add(graph, sum_)
        for graph, waiting in other.lines.blank.items():
            self.lines.blank[graph] += waiting

    def result(self) -> dict[Graph, GraphSum]:
        """Return the sum of each graph."""
        for graph in list(self.lines.blank):
            self.add(graph, sum_of(self.lines.blank_lines(graph)))
        self.lines.blank.clear()
        return dict(self._sums)


def sort_graphs(quads: Iterable[Quad], folder: Path) -> dict[Graph, SortedGraph]:
    """Return the quads of each graph, sorted into a file of the folder, in constant memory except for blank nodes."""
    lines = GraphLines()
    waiting: defaultdict[Graph, list[bytes]] = defaultdict(list)
    runs: defaultdict[Graph, list[Path]] = defaultdict(list)
    count = 0

    def write_runs() -> None:
        for graph, some in waiting.items():
            some.sort()
            run = folder / f"run-{sum(map(len, runs.values()))}"
            run.write_bytes(b"".join(some))
            runs[graph].append(run)
        waiting.clear()

    for quad in quads:
        graph, line = lines.line(quad)
        if line:
            waiting[graph].append(line)
            count += 1
            if count % _LINES_AT_ONCE == 0:
                write_runs()
    for graph in lines.blank:
        waiting[graph] += lines.blank_lines(graph)
    write_runs()
    return {graph: _merged(graph, runs[graph], folder / f"graph-{number}") for number, graph in enumerate(runs)}


def _merged(graph: Graph, runs: list[Path], file: Path) -> SortedGraph:
    while len(runs) > _FILES_AT_ONCE:
        some, runs = runs[:_FILES_AT_ONCE], runs[_FILES_AT_ONCE:]
        runs.append(_merged(graph, some, file.with_name(f"{some[0].name}-merged")).file)
    with ExitStack() as stack:
        streams = [stack.enter_context(run.open("rb")) for run in runs]
        output = stack.enter_context(file.open("wb"))
        lines = (line for line, _ in groupby(heapq.merge(*streams)))
        total = GraphSum()
        while together := list(islice(lines, _LINES_AT_ONCE)):
            output.writelines(together)
            total += sum_of(together)
    for run in runs:
        run.unlink()
    return SortedGraph(graph, total, file)
