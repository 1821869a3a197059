"""What is loaded: quads that are there, and RDF files, which are read as often as need be."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad

from her2ld.dataset.rdf_files import AS_THEY_ARE, Reading, read_rdf
from her2ld.errors import LoadError, Problem

Note = Callable[[str, int, int], None]
"""Is told what is done, how many triples of it are done, and of how many (0 where that is not known)."""

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
        """Put triples without a graph where they belong."""
        if self.graph is None:
            return iter(quads)
        nowhere, graph = DefaultGraph(), self.graph
        return (
            Quad(quad.subject, quad.predicate, quad.object, graph) if quad.graph_name == nowhere else quad
            for quad in quads
        )


def noted(quads: Iterable[Quad], note: Note | None) -> Iterator[Quad]:
    """Yield the quads, and tell how many were read."""
    if note is None:
        yield from quads
        return
    for number, quad in enumerate(quads):
        if number % _QUADS_BETWEEN_NOTES == 0:
            note("reading", number, 0)
        yield quad


def check_not_empty(graphs: object) -> None:
    """Raise LoadError where there is no graph, which is no success."""
    if not graphs:
        remedy = "give a source with statements in it"
        raise LoadError([Problem("the sources", "hold no triple, so that there is nothing to load", remedy)])
