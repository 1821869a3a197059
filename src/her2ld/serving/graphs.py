"""Triples that answer a question or describe the dataset, written as a document: the same triples, the same bytes."""

from collections.abc import Iterable, Mapping

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from her2ld.exports.blocks import blank_nodes_in
from her2ld.exports.turtle import turtle_lines
from her2ld.exports.writable import writable
from her2ld.rdf.syntaxes import RDF_XML, WRITTEN


def graph_document(triples: Iterable[Triple], form: RdfFormat, prefixes: Mapping[str, str]) -> bytes:
    r"""Write triples, sorted, in one of the formats of RDF. Raises ExportError where it has no place for some.

    >>> from pyoxigraph import NamedNode
    >>> iri = NamedNode("http://example.org/x")
    >>> graph_document([Triple(iri, iri, iri)], RdfFormat.N_TRIPLES, {})
    b'<http://example.org/x> <http://example.org/x> <http://example.org/x> .\n'
    """
    ordered = sorted(set(triples), key=str)
    if form != RdfFormat.TURTLE:
        syntax = next(each for each in WRITTEN if each.parsed_as == form)
        fitting = [quad.triple for quad in writable((Quad(*triple) for triple in ordered), syntax)]
        content = serialize(fitting, format=form, prefixes=dict(prefixes)) or b""
        return content.replace(b"\r", b"&#13;") if syntax == RDF_XML else content
    labelled = [node for triple in ordered for node in blank_nodes_in(triple)]
    return "".join(turtle_lines((Quad(*triple) for triple in ordered), prefixes, labelled)).encode()
