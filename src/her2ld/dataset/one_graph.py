"""All graphs in one, for formats and tools that know no named graphs."""

from collections.abc import Iterable, Iterator
from itertools import chain

from pyoxigraph import BlankNode, Quad, Triple

from her2ld.vocabulary import model

KNOWLEDGE = frozenset((model.ONTOLOGY_GRAPH, model.ASSERTED_GRAPH))


def without_named_graphs(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the triples of :func:`in_one_graph` as quads of the default graph."""
    return (Quad(subject, predicate, value) for subject, predicate, value in in_one_graph(quads))


def in_one_graph(quads: Iterable[Quad]) -> Iterator[Triple]:
    """Yield the triples for a format that has no named graphs: those of every graph but ``hedged``, each once.

    What the ontology says of a term and what is settled about it are brought together under one subject. They, unlike
    the records, are few, and are held in memory until the first quad of another graph comes.
    """
    knowledge: dict[object, dict[Triple, None]] = {}
    stream = iter(quads)
    rest: Iterator[Quad] = iter(())
    owner: object = None
    hanging: set[object] = set()
    for quad in stream:
        if quad.graph_name not in KNOWLEDGE:
            rest = chain((quad,), stream)
            break
        triple = quad.triple
        subject, _, value = triple
        if subject != owner and subject not in hanging:
            owner, hanging = subject, set()
        if isinstance(value, BlankNode):
            hanging.add(value)
        knowledge.setdefault(owner, {})[triple] = None
    known = {triple for triples in knowledge.values() for triple in triples}
    subjects = {triple.subject for triple in known}
    yield from chain.from_iterable(knowledge.values())
    for quad in rest:
        # To ask for the subject alone is quicker, and few are in both.
        if quad.graph_name != model.HEDGED_GRAPH and (quad.subject not in subjects or quad.triple not in known):
            yield quad.triple
