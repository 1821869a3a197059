"""To rdflib and back, for those whose other tools speak it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from her2ld.errors import ExportError, Problem
from her2ld.vocabulary.standard import XSD_STRING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import rdflib


_REMEDY = "leave it out, or write a file with export and read that"


def to_rdflib(quads: Iterable[Quad]) -> rdflib.Dataset:
    """Return the quads as an rdflib Dataset with the same named graphs; literals keep their lexical forms.

    Raises ExportError for what RDF 1.1 does not have: triples within triples, and texts with a base direction.

    >>> from her2ld import build, read_ontology, to_rdflib
    >>> dataset = to_rdflib(build(read_ontology(), []))
    >>> len(dataset.graph("https://w3id.org/her2ld/graph/ontology")) == len(read_ontology().quads)
    True
    """
    import rdflib  # it takes 0.2 s to import, which nobody else should pay

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
            if value.datatype == XSD_STRING:  # to rdflib, a text with this datatype is another than one without
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

    Each term is made anew by pyoxigraph, which refuses what rdflib lets pass, such as an IRI with a quotation mark in
    it; a ValueError says which.
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
