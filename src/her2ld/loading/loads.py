"""The input of a load, quads and RDF files that are read as often as necessary, and the report of a load."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

from her2ld.dataset.rdf_files import AS_THEY_ARE, Reading, read_rdf
from her2ld.errors import LoadError, Problem
from her2ld.loading.comparing import GraphReport
from her2ld.loading.lines import Graph
from her2ld.vocabulary import model


@dataclass(frozen=True, slots=True)
class LoadReport:
    """How each graph arrived in ``target``, and what else is there.

    ``others`` are the graphs that stay, with their numbers of triples; of a store on the network, those of her2ld.
    ``changed`` says that data were replaced, ``pruned`` names the graphs of her2ld that were removed, because the
    sources do not have them.
    """

    target: str
    graphs: tuple[GraphReport, ...]
    changed: bool
    others: dict[str, int] = field(default_factory=dict)
    pruned: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether every graph is what was sent."""
        return all(graph.verified for graph in self.graphs)

    @property
    def triples(self) -> int:
        """The number of triples that the store holds of what was sent."""
        return sum(graph.held.triples for graph in self.graphs)

    @property
    def stale(self) -> dict[str, int]:
        """The graphs of her2ld that stay though the sources do not have them: they may be of an earlier load."""
        return {name: count for name, count in self.others.items() if name in _NAMES_OF_OURS}


_NAMES_OF_OURS = {graph.value for graph in model.GRAPHS}


def is_ours(graph: Graph | BlankNode) -> bool:
    """Tell whether a graph is one of those that her2ld writes: they are known by their names."""
    return graph in model.GRAPHS


def in_order(graphs: Iterable[Graph]) -> list[Graph]:
    """Return graphs in the order in which they are written; graphs that are not ours come last."""
    return sorted(
        graphs, key=lambda graph: (model.GRAPHS.index(graph) if is_ours(graph) else len(model.GRAPHS), str(graph))
    )


Note = Callable[[str, int, int], None]
"""It is called with the name of the work, the number of triples done, and the number of all (0 if unknown)."""

_QUADS_BETWEEN_NOTES = 10_000


@dataclass(frozen=True, slots=True)
class Sources:
    """What is loaded. Triples that are in no named graph go into ``graph``, if there is one.

    ``reading`` says how the files are read.
    """

    quads: tuple[Quad, ...] = ()
    files: tuple[Path | str, ...] = ()
    graph: NamedNode | None = None
    reading: Reading = AS_THEY_ARE

    def all_quads(self) -> Iterator[Quad]:
        """Yield all quads, those of the files one at a time. Raises RecordError as read_rdf does."""
        return self.placed(chain(self.quads, chain.from_iterable(read_rdf(file, self.reading) for file in self.files)))

    def placed(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Return the quads, with triples without a graph in ``graph``, if there is one."""
        if self.graph is None:
            return iter(quads)
        nowhere, graph = DefaultGraph(), self.graph
        return (
            Quad(quad.subject, quad.predicate, quad.object, graph) if quad.graph_name == nowhere else quad
            for quad in quads
        )


def noted(quads: Iterable[Quad], note: Note | None) -> Iterator[Quad]:
    """Yield the quads, and call ``note`` with the number read."""
    if note is None:
        yield from quads
        return
    for number, quad in enumerate(quads):
        if number % _QUADS_BETWEEN_NOTES == 0:
            note("reading", number, 0)
        yield quad


def check_not_empty(graphs: object) -> None:
    """Raise LoadError if there is no graph: loading nothing is not a success."""
    if not graphs:
        remedy = "give a source with statements in it"
        raise LoadError([Problem("the sources", "hold no triple, so that there is nothing to load", remedy)])
