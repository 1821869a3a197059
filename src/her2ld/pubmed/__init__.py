"""Readers of PubMed's forms; each yields :class:`Record`."""

from her2ld.pubmed.article import AbstractSection, HeadingQualifier, MeshHeading, MeshTerm
from her2ld.pubmed.page import parse_pubmed_text, read_pubmed_text
from her2ld.pubmed.record import Citation, Place, Record
from her2ld.pubmed.sentences import sentence_bounds

__all__ = [
    "AbstractSection",
    "Citation",
    "HeadingQualifier",
    "MeshHeading",
    "MeshTerm",
    "Place",
    "Record",
    "parse_pubmed_text",
    "read_pubmed_text",
    "sentence_bounds",
]
