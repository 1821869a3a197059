"""The same quads in other forms: without named graphs, and as rdflib's terms and back."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from her2ld.errors import ExportError, Problem
from her2ld.vocabulary import model
from her2ld.vocabulary.standard import XSD_STRING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import rdflib


KNOWLEDGE = frozenset((model.ONTOLOGY_GRAPH, model.ASSERTED_GRAPH))


def without_named_graphs(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the triples of :func:`in_one_graph` as quads of the default graph."""
    return (Quad(subject, predicate, value) for subject, predicate, value in in_one_graph(quads))


def in_one_graph(quads: Iterable[Quad]) -> Iterator[Triple]:
    """Yield the triples for a format without named graphs: those of every graph except ``hedged``, each once.

    The ontology's triples about a term and the asserted triples about it are joined under one subject. Unlike the
    records, they are few, and they are held in memory until the first quad of another graph.
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
        # The test of the subject alone is faster, and few subjects are in both.
        if quad.graph_name != model.HEDGED_GRAPH and (quad.subject not in subjects or quad.triple not in known):
            yield quad.triple


_REMEDY = "leave it out, or write a file with export and read that"


def to_rdflib(quads: Iterable[Quad]) -> rdflib.Dataset:
    """Return the quads as an rdflib Dataset with the same named graphs; literals keep their lexical forms.

    Raises ExportError for triples within triples and for texts with a base direction, which RDF 1.1 does not have.

    >>> from her2ld import build, read_ontology, to_rdflib
    >>> dataset = to_rdflib(build(read_ontology(), []))
    >>> len(dataset.graph("https://w3id.org/her2ld/graph/ontology")) == len(read_ontology().quads)
    True
    """
    import rdflib  # its import takes 0.2 s

    def term(value: object) -> rdflib.term.Identifier:
        if isinstance(value, NamedNode):
            return rdflib.URIRef(value.value)
        if isinstance(value, BlankNode):
            return rdflib.BNode(value.value)
        if isinstance(value, Literal):
            if value.direction is not None:
                raise ExportError([Problem(str(value), "has a base direction, which rdflib does not keep", _REMEDY)])
            if value.language:
                return rdflib.Literal(value.value, lang=value.language)
            if value.datatype == XSD_STRING:  # for rdflib, a text with this datatype differs from one without it
                return rdflib.Literal(value.value)
            return rdflib.Literal(value.value, datatype=rdflib.URIRef(value.datatype.value), normalize=False)
        raise ExportError([Problem(str(value), "is a triple within a triple, which rdflib does not have", _REMEDY)])

    dataset = rdflib.Dataset()
    for quad in quads:
        name = quad.graph_name
        graph = dataset.default_graph if isinstance(name, DefaultGraph) else dataset.graph(name.value)
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return dataset


def from_rdflib(graph: rdflib.Graph) -> Iterator[Quad]:
    """Yield the quads of an rdflib Graph or Dataset.

    Raises ValueError for a term that rdflib allows and pyoxigraph refuses, such as an IRI with a quotation mark.
    """
    import rdflib

    def term(value: object) -> NamedNode | BlankNode | Literal:
        if isinstance(value, rdflib.URIRef):
            return NamedNode(str(value))
        if isinstance(value, rdflib.BNode):
            return BlankNode(str(value))
        if isinstance(value, rdflib.Literal):
            if value.language:
                return Literal(str(value), language=value.language)
            return (
                Literal(str(value), datatype=NamedNode(str(value.datatype))) if value.datatype else Literal(str(value))
            )
        raise TypeError(f"RDF has no term for {value!r}")

    if isinstance(graph, rdflib.Dataset):
        for subject, predicate, value, name in graph.quads():
            context = DefaultGraph() if name is None or name == rdflib.graph.DATASET_DEFAULT_GRAPH_ID else term(name)
            yield Quad(term(subject), term(predicate), term(value), context)  # type: ignore[arg-type]
    else:
        for subject, predicate, value in graph:
            yield Quad(term(subject), term(predicate), term(value))  # type: ignore[arg-type]
