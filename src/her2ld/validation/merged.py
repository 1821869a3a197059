"""The data as shapes see them: all graphs as one, and every plain triple that papers assert described by a node.

Shapes know no named graphs: whether a triple was asserted by an author or stands in the ontology is lost to them.
Therefore each triple of ``graph:asserted`` gets an ``rdf:Statement`` beside it, and where data without named graphs say
the triple of a claim, that triple does, too, unless the ontology says it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from her2ld.dataset import without_named_graphs
from her2ld.vocabulary import model, standard
from her2ld.vocabulary import statement_model as said
from her2ld.vocabulary.ontology import ontology_triples

_PLAIN = "urn:her2ld:plain:"
PLAIN_TRIPLE, _SUBJECT, _PREDICATE, _OBJECT = (
    NamedNode(standard.RDF + name) for name in ("Statement", "subject", "predicate", "object")
)


def merged(quads: Iterable[Quad]) -> tuple[Store, dict[NamedNode, Triple]]:
    """Return a store of all graphs but ``hedged`` and ``excerpts`` as one, and the asserted triples by their nodes.

    The nodes are not in the store: see :func:`described`.
    """
    asserted: dict[Triple, None] = {}
    defined: set[Triple] = set()
    store = Store()
    store.bulk_extend(without_named_graphs(_watched(quads, asserted, defined)))
    in_one_graph = [triple for triple in _triples_of_claims(store) if triple not in asserted and triple not in defined]
    if in_one_graph and not defined:
        defined.update(_said_by_the_ontology())
    asserted |= dict.fromkeys(triple for triple in in_one_graph if triple not in defined)
    return store, {_node(triple): triple for triple in asserted}


@cache  # a file that travels with the package does not change under a process
def _said_by_the_ontology() -> frozenset[Triple]:
    return frozenset(ontology_triples()[0])


def described(asserted: Mapping[NamedNode, Triple]) -> Iterator[Quad]:
    """Yield what shapes are told of asserted triples."""
    for node, triple in asserted.items():
        yield Quad(node, standard.TYPE, PLAIN_TRIPLE)
        yield Quad(node, _SUBJECT, triple.subject)
        yield Quad(node, _PREDICATE, triple.predicate)
        yield Quad(node, _OBJECT, triple.object)


def _watched(quads: Iterable[Quad], asserted: dict[Triple, None], defined: set[Triple]) -> Iterator[Quad]:
    nowhere = DefaultGraph()
    for quad in quads:
        graph = quad.graph_name
        if graph == nowhere:
            yield quad
            continue
        if graph == model.ASSERTED_GRAPH:
            asserted[quad.triple] = None
        elif graph == model.ONTOLOGY_GRAPH:
            defined.add(quad.triple)
        if graph != model.EXCERPTS_GRAPH:
            yield quad


def _triples_of_claims(store: Store) -> Iterator[Triple]:
    """Yield the triples of claims that the data also say by themselves."""
    for quad in store.quads_for_pattern(None, said.RELATION, None, DefaultGraph()):
        if not isinstance(quad.object, NamedNode):
            continue
        for subject in store.quads_for_pattern(quad.subject, said.SUBJECT, None, DefaultGraph()):
            for value in store.quads_for_pattern(quad.subject, said.OBJECT, None, DefaultGraph()):
                if isinstance(subject.object, NamedNode):
                    triple = Triple(subject.object, quad.object, value.object)
                    if Quad(triple.subject, triple.predicate, triple.object) in store:
                        yield triple


def _node(triple: Triple) -> NamedNode:
    return NamedNode(_PLAIN + hashlib.sha256(str(triple).encode()).hexdigest()[:16])
