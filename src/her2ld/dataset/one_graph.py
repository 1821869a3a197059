"""All graphs in one, for formats and tools that know no named graphs."""

from collections.abc import Iterable, Iterator
from itertools import chain

from pyoxigraph import BlankNode, DefaultGraph, Quad

from her2ld.vocabulary import model

_NO_NAME = DefaultGraph()
_KNOWLEDGE = frozenset((model.ONTOLOGY_GRAPH, model.ASSERTED_GRAPH))


class OneGraph(tuple[Quad, ...]):
    """Quads that were brought into one graph, and need not be again."""

    __slots__ = ()


def without_named_graphs(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the triples for a format that has no named graphs: those of every graph but ``hedged``, each once.

    What the ontology says of a term and what is settled about it are brought together under one subject. They, unlike
    the records, are few, and are held in memory until the first quad of another graph comes.
    """
    if isinstance(quads, OneGraph):
        yield from quads
        return
    knowledge: dict[object, dict[Quad, None]] = {}
    stream = iter(quads)
    rest: Iterator[Quad] = iter(())
    owner: object = None
    hanging: set[object] = set()
    for quad in stream:
        subject, predicate, value, graph = quad
        if graph not in _KNOWLEDGE:
            rest = chain((quad,), stream)
            break
        if subject != owner and subject not in hanging:
            owner, hanging = subject, set()
        if isinstance(value, BlankNode):
            hanging.add(value)
        knowledge.setdefault(owner, {})[Quad(subject, predicate, value)] = None
    known = {triple for triples in knowledge.values() for triple in triples}
    yield from chain.from_iterable(knowledge.values())
    for quad in rest:
        graph = quad.graph_name
        if graph == _NO_NAME:
            triple = quad
        elif graph == model.HEDGED_GRAPH:
            continue
        else:
            triple = Quad(quad.subject, quad.predicate, quad.object)
        if not known or triple not in known:
            yield triple
