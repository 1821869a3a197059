"""Triples that answer a question or describe the dataset, written as a document: the same triples, the same bytes."""

from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, Quad, RdfFormat, Triple, serialize

from her2ld.exports.turtle import turtle_lines


def graph_document(triples: Iterable[Triple], form: RdfFormat, prefixes: Mapping[str, str]) -> bytes:
    r"""Write triples, sorted, in one of the formats of RDF.

    >>> from pyoxigraph import NamedNode
    >>> iri = NamedNode("http://example.org/x")
    >>> graph_document([Triple(iri, iri, iri)], RdfFormat.N_TRIPLES, {})
    b'<http://example.org/x> <http://example.org/x> <http://example.org/x> .\n'
    """
    ordered = sorted(set(triples), key=str)
    if form != RdfFormat.TURTLE:
        return serialize(ordered, format=form, prefixes=dict(prefixes)) or b""
    labelled = [term for triple in ordered for term in triple if isinstance(term, BlankNode)]
    return "".join(turtle_lines((Quad(*triple) for triple in ordered), prefixes, labelled)).encode()
