"""Identifiers of other vocabularies in one form, their kinds, and their uses in the ontology and in records."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from her2ld.vocabulary import model, standard, statement_model
from her2ld.vocabulary.identifiers import prefix_splitter

NCIT = "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl#"
MESH = "mesh"

_NAMESPACES = {
    "hgnc": "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:",
    MESH: standard.MESH,
    "ncit": NCIT,
    "uniprot": "http://purl.uniprot.org/uniprot/",
}
_OBO_NAME = re.compile(rf"{re.escape(standard.OBO)}([A-Za-z]+)_(\w+)")
_MESH_SHAPE = re.compile(r"(?:(D\d+)|(Q\d+)|(C\d+)|(D\d+Q\d+))")


class Kind(StrEnum):
    """The kinds of MeSH records that an identifier can name; the terms of other vocabularies have no kind."""

    DESCRIPTOR = "descriptor"
    QUALIFIER = "qualifier"
    SUPPLEMENTARY = "supplementary concept record"
    PAIR = "pair of descriptor and qualifier"
    PUBLICATION_TYPE = "publication type"


_KINDS = (Kind.DESCRIPTOR, Kind.QUALIFIER, Kind.SUPPLEMENTARY, Kind.PAIR)


class Identifier(NamedTuple):
    """The name of a vocabulary in lower case, and an identifier of it: ``mesh`` and ``D018719``."""

    vocabulary: str
    local: str

    def __str__(self) -> str:
        """Return the CURIE."""
        return f"{self.vocabulary}:{self.local}"

    @property
    def kind(self) -> Kind | None:
        """The kind of MeSH record with identifiers of this form; None for other forms and other vocabularies.

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
    """Return a function that reads the identifier in an IRI, or returns None if no prefix fits.

    IRIs of the OBO library contain the name of their vocabulary. Vocabularies whose releases have a format of their own
    are recognised by their namespaces, whatever their prefix is.

    >>> read = identifier_reader({"obo": standard.OBO, "m": standard.MESH})
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


_DEMANDED = {
    model.DESCRIPTOR: Kind.DESCRIPTOR,
    model.QUALIFIER: Kind.QUALIFIER,
    model.QUALIFIED_DESCRIPTOR: Kind.PAIR,
    model.PUBLICATION_TYPE: Kind.PUBLICATION_TYPE,
}
_MAPPED = (*standard.MAPPING_RELATIONS, model.NOT_EXACT_MATCH)
_USES = frozenset({*_MAPPED, *_DEMANDED, model.SUBSTANCE, statement_model.EVIDENCE_TYPE})
_DESCRIBED = frozenset({standard.LABEL, model.CHECKED_AGAINST, standard.MESH_TREE_NUMBER})


@dataclass(frozen=True, slots=True)
class IdentifierUse:
    """An identifier of another vocabulary, and everything that our data state about it.

    ``labels`` are its names, usually one; ``demands`` are the kinds that its uses require; ``tree_numbers`` may be
    incomplete; ``used`` are its uses, as ``subject property``; ``checked_against`` are the releases that were read.
    """

    identifier: Identifier
    iri: str
    labels: tuple[str, ...]
    demands: frozenset[Kind]
    tree_numbers: frozenset[str]
    used: tuple[str, ...]
    checked_against: tuple[str, ...]


def identifier_uses(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> tuple[IdentifierUse, ...]:
    """Return the identifiers of other vocabularies in quads, sorted, with everything that is stated about them.

    These are the terms that ours are mapped to, the headings, qualifiers, pairs of both, publication types and
    substances of records, types of evidence, and everything with a release that it was checked against.

    >>> from her2ld.vocabulary.ontology import read_ontology
    >>> vocabulary = read_ontology()
    >>> uses = identifier_uses(vocabulary.quads, vocabulary.prefixes)
    >>> one = next(each for each in uses if each.identifier.local == "P04626")
    >>> str(one.identifier), one.used
    ('uniprot:P04626', ('her2:HER2 skos:exactMatch', 'her2:HER2Gene her2:notExactMatch'))
    """
    values: dict[tuple[str, NamedNode], list[str]] = defaultdict(list)
    used: dict[str, list[tuple[str, NamedNode]]] = defaultdict(list)
    for subject, predicate, value, _ in quads:
        if not isinstance(subject, NamedNode):
            continue
        if predicate in _USES and isinstance(value, NamedNode):
            used[value.value].append((subject.value, predicate))
        elif predicate in _DESCRIBED and isinstance(value, NamedNode | Literal):
            values[subject.value, predicate].append(value.value)
    checked = {subject for subject, predicate in values if predicate == model.CHECKED_AGAINST}
    read = identifier_reader(prefixes)
    short = _shortener(prefixes)
    found = {}
    for iri in {*used, *checked}:
        if iri.startswith(model.HER2LD):
            continue
        identifier = read(iri) or _unknown(iri)
        trees = values.get((iri, standard.MESH_TREE_NUMBER), ())
        found[identifier, iri] = IdentifierUse(
            identifier,
            iri,
            _distinct(values.get((iri, standard.LABEL), ())),
            frozenset(_DEMANDED[predicate] for _, predicate in used[iri] if predicate in _DEMANDED),
            frozenset(number.removeprefix(standard.MESH) for number in trees),
            _distinct(f"{short(subject)} {short(predicate.value)}" for subject, predicate in used[iri]),
            _distinct(values.get((iri, model.CHECKED_AGAINST), ())),
        )
    return tuple(found[key] for key in sorted(found))


def _unknown(iri: str) -> Identifier:
    """Split an IRI without a known prefix after its last separator, so that it is counted as unproven."""
    end = max(iri.rfind(separator) for separator in "/#:") + 1
    return Identifier(iri[:end], iri[end:])


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(texts)))


def _shortener(prefixes: Mapping[str, str]) -> Callable[[str], str]:
    split = prefix_splitter(prefixes)

    def short(iri: str) -> str:
        parts = split(iri)
        return ":".join(parts) if parts and "/" not in parts[1] else iri

    return short
