"""Identifiers, written alike whichever file they come from, and what kind of thing each of them names."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import NamedTuple

from her2ld.vocabulary import standard
from her2ld.vocabulary.prefixes import prefix_splitter

OBO = "http://purl.obolibrary.org/obo/"
NCIT = "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl#"
MESH = "mesh"

_NAMESPACES = {
    "hgnc": "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:",
    MESH: standard.MESH,
    "ncit": NCIT,
    "uniprot": "http://purl.uniprot.org/uniprot/",
}
_OBO_NAME = re.compile(rf"{re.escape(OBO)}([A-Za-z]+)_(\w+)")
_MESH_SHAPE = re.compile(r"(?:(D\d+)|(Q\d+)|(C\d+)|(D\d+Q\d+))")


class Kind(StrEnum):
    """What an identifier can name, in the words of MeSH; the terms of other vocabularies have no kind."""

    DESCRIPTOR = "descriptor"
    QUALIFIER = "qualifier"
    SUPPLEMENTARY = "supplementary concept record"
    PAIR = "pair of descriptor and qualifier"
    PUBLICATION_TYPE = "publication type"


_KINDS = (Kind.DESCRIPTOR, Kind.QUALIFIER, Kind.SUPPLEMENTARY, Kind.PAIR)


class Identifier(NamedTuple):
    """The name of a vocabulary in lower case, and the identifier in it: ``mesh`` and ``D018719``."""

    vocabulary: str
    local: str

    def __str__(self) -> str:
        """Write it as a CURIE."""
        return f"{self.vocabulary}:{self.local}"

    @property
    def kind(self) -> Kind | None:
        """What MeSH means by an identifier of this shape; None for other shapes and other vocabularies.

        >>> Identifier("mesh", "D001943Q000188").kind.value
        'pair of descriptor and qualifier'
        >>> Identifier("go", "0038128").kind is None
        True
        """
        shape = _MESH_SHAPE.fullmatch(self.local) if self.vocabulary == MESH else None
        return _KINDS[shape.lastindex - 1] if shape and shape.lastindex else None

    @property
    def section(self) -> str:
        """The part of a vocabulary that its owner releases as one: ``mesh descriptor``, ``go``.

        >>> Identifier("mesh", "Q000188").section, Identifier("go", "0038128").section
        ('mesh qualifier', 'go')
        """
        return f"{self.vocabulary} {self.kind}" if self.kind else self.vocabulary


MESH_SECTIONS = frozenset({MESH, *(f"{MESH} {kind}" for kind in _KINDS)})


def identifier_reader(prefixes: Mapping[str, str]) -> Callable[[str], Identifier | None]:
    """Return a function that reads an IRI, None where none of the prefixes fits.

    IRIs of the OBO library say themselves which vocabulary they are of, and the vocabularies whose releases have a form
    of their own are known by their namespaces, whatever prefix is used for them.

    >>> read = identifier_reader({"obo": OBO, "m": standard.MESH})
    >>> str(read("http://purl.obolibrary.org/obo/RO_0002436")), str(read("http://id.nlm.nih.gov/mesh/D018719"))
    ('ro:0002436', 'mesh:D018719')
    >>> read("http://example.org/x") is None
    True
    """
    split = prefix_splitter({**prefixes, **_NAMESPACES})

    def read(iri: str) -> Identifier | None:
        if name := _OBO_NAME.fullmatch(iri):
            return Identifier(name[1].lower(), name[2])
        parts = split(iri)
        return Identifier(parts[0].lower(), parts[1]) if parts else None

    return read
