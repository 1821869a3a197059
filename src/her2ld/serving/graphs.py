"""Triples that answer a question or describe the dataset, written as a document: the same triples, the same bytes."""

import io
from collections.abc import Iterable, Mapping

from pyoxigraph import RdfFormat, Triple, serialize

from her2ld.exports.blocks import blank_nodes_in, writable
from her2ld.exports.formats import export_triples
from her2ld.rdf.syntaxes import JSON_LD, WRITTEN


def graph_document(triples: Iterable[Triple], form: RdfFormat, prefixes: Mapping[str, str]) -> bytes:
    r"""Write triples, sorted, in one of the formats of RDF. Raises ExportError where it has no place for some.

    >>> from pyoxigraph import NamedNode
    >>> iri = NamedNode("http://example.org/x")
    >>> graph_document([Triple(iri, iri, iri)], RdfFormat.N_TRIPLES, {})
    b'<http://example.org/x> <http://example.org/x> <http://example.org/x> .\n'
    """
    ordered = sorted(set(triples), key=str)
    syntax = next(each for each in WRITTEN if each.parsed_as == form)
    if syntax == JSON_LD:  # with prefixes alone for a context: an answer may be of any properties
        return serialize(list(writable(ordered, syntax)), format=form, prefixes=dict(prefixes)) or b""
    output = io.BytesIO()
    labelled = [node for triple in ordered for node in blank_nodes_in(triple)]
    export_triples(ordered, output, syntax.name, prefixes, labelled)
    return output.getvalue()
