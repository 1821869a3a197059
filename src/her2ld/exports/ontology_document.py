"""The ontology alone, in the formats that the tools of OBO users take."""

from dataclasses import dataclass

from her2ld.errors import ExportError, Problem
from her2ld.exports.formats import Format
from her2ld.exports.obo import functional_syntax, obo_document, rdf_xml
from her2ld.exports.obo_graph import obo_graph
from her2ld.exports.oboinowl import obo_prefixes, obo_triples
from her2ld.vocabulary.ontology import Vocabulary

ONTOLOGY_FORMATS = {
    each.name: each
    for each in (
        Format("owl", "OWL in RDF/XML", ".owl", "terms"),
        Format("ofn", "OWL functional syntax", ".ofn", "terms"),
        Format("obo", "OBO format 1.4", ".obo", "terms"),
        Format("obojson", "OBO Graph JSON", ".json", "terms"),
    )
}


@dataclass(frozen=True, slots=True)
class OntologyDocument:
    """The ontology in one format: the bytes, how many terms they define, how many axioms the format cannot say."""

    content: bytes
    terms: int
    left_out: int


def ontology_document(vocabulary: Vocabulary, format_name: str) -> OntologyDocument:
    """Write the ontology as ``owl``, ``ofn``, ``obo`` or ``obojson``, without any statement.

    Definitions, synonyms and cross-references are where OBO users' tools look for them. Raises ExportError for another
    format, or where a library that it needs is not installed.

    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> document = ontology_document(read_ontology(), "obo")
    >>> print(document.content.decode().partition("ontology: ")[2].splitlines()[0])
    https://w3id.org/her2ld/ontology
    """
    left_out = 0
    if format_name == "owl":
        content = rdf_xml(obo_triples(vocabulary), obo_prefixes(vocabulary))
    elif format_name == "ofn":
        content = functional_syntax(obo_triples(vocabulary), obo_prefixes(vocabulary)).encode()
    elif format_name == "obo":
        text, left_out = obo_document(vocabulary)
        content = text.encode()
    elif format_name == "obojson":
        text, left_out = obo_graph(vocabulary)
        content = text.encode()
    else:
        remedy = f"choose one of {', '.join(ONTOLOGY_FORMATS)}"
        raise ExportError([Problem(format_name, "no format of that name holds the ontology alone", remedy)])
    return OntologyDocument(content, sum(bool(term.types) for term in vocabulary.terms.values()), left_out)
