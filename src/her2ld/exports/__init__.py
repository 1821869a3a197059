"""Export of quads in six formats of RDF, as nanopublications and as KGX, and of the ontology alone in four formats."""

from her2ld.exports.formats import FORMATS, FRAMED, KGX, NANOPUBLICATIONS, Format, export, format_of
from her2ld.exports.ontology_document import ONTOLOGY_FORMATS, OntologyDocument, ontology_document

__all__ = [
    "FORMATS",
    "FRAMED",
    "KGX",
    "NANOPUBLICATIONS",
    "ONTOLOGY_FORMATS",
    "Format",
    "OntologyDocument",
    "export",
    "format_of",
    "ontology_document",
]
