"""The ontology with definitions, synonyms and cross-references where the tools of OBO users look for them."""

import re
from collections.abc import Callable, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from her2ld.vocabulary import standard
from her2ld.vocabulary.ontology import Vocabulary
from her2ld.vocabulary.prefixes import prefix_splitter

# A synonym is exact: the vocabulary refuses a name that two terms share, so each of ours means its term and no other.
_RENAMED = {standard.DEFINITION: standard.OBO_DEFINITION, standard.ALT_LABEL: standard.OBO_EXACT_SYNONYM}
# Readers take a cross-reference for "the same or nearly so", which broader, narrower and related terms are not.
_CROSS_REFERENCED = {standard.EXACT_MATCH, standard.CLOSE_MATCH}
# The labels are those that ROBOT gives these properties when it reads an OBO file.
_PROPERTIES = {
    standard.OBO_DEFINITION: "definition",
    standard.OBO_EXACT_SYNONYM: "has_exact_synonym",
    standard.OBO_CROSS_REFERENCE: "database_cross_reference",
}
_OBO_LIBRARY = re.compile(re.escape(standard.OBO) + r"([A-Za-z]+)_([A-Za-z0-9]+)")
_LOCAL_NAME = re.compile(r"[A-Za-z0-9_.-]+")


def obo_triples(vocabulary: Vocabulary) -> tuple[Triple, ...]:
    """Return what the ontology says, in its order, in the annotation properties of OBO.

    ``skos:definition`` becomes ``IAO:0000115`` and ``skos:altLabel`` ``oboInOwl:hasExactSynonym``; an exact or close
    mapping stays and is a cross-reference (``oboInOwl:hasDbXref``) as well. All else is unchanged, and nothing is left
    out.
    """
    compact = obo_identifiers(vocabulary.prefixes)
    triples: dict[Triple, None] = {}
    for subject, predicate, value, _ in vocabulary.quads:
        triples[Triple(subject, _RENAMED.get(predicate, predicate), value)] = None
        if predicate in _CROSS_REFERENCED and isinstance(value, NamedNode):
            reference = ":".join(compact(value.value) or (value.value,))
            triples[Triple(subject, standard.OBO_CROSS_REFERENCE, Literal(reference))] = None
    for name, label in _PROPERTIES.items():
        triples[Triple(name, standard.TYPE, standard.OWL_ANNOTATION_PROPERTY)] = None
        triples[Triple(name, standard.LABEL, Literal(label))] = None
    return tuple(triples)


def obo_prefixes(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the prefixes for :func:`obo_triples`."""
    return {"oboInOwl": standard.OBO_IN_OWL, **vocabulary.prefixes}


def obo_identifiers(prefixes: Mapping[str, str]) -> Callable[[str], tuple[str, str] | None]:
    """Return a function that makes an IRI a prefix and a local name as OBO has them, or None of one that has no prefix.

    IRIs of the OBO library have the prefix that stands in them; others that of the ontology.

    >>> compact = obo_identifiers({"go": "http://purl.obolibrary.org/obo/GO_", "mesh": "http://id.nlm.nih.gov/mesh/"})
    >>> compact("http://purl.obolibrary.org/obo/GO_0038128"), compact("http://id.nlm.nih.gov/mesh/D018719")
    (('GO', '0038128'), ('mesh', 'D018719'))
    >>> compact("http://id.nlm.nih.gov/mesh/vocab#hasDescriptor") is None
    True
    """
    split = prefix_splitter(prefixes)

    def compact(iri: str) -> tuple[str, str] | None:
        if of_the_library := _OBO_LIBRARY.fullmatch(iri):
            return of_the_library[1], of_the_library[2]
        parts = split(iri)
        return parts if parts and _LOCAL_NAME.fullmatch(parts[1]) else None

    return compact
