"""The ontology with definitions, synonyms and cross-references where the tools of OBO users look for them.

Individuals can be classes there, which is what OBO users expect of agents and proteins.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from her2ld.vocabulary import model, standard
from her2ld.vocabulary.identifiers import prefix_splitter
from her2ld.vocabulary.ontology import Vocabulary

# A synonym is exact: the vocabulary refuses a name that two terms share, so each of ours means its term and no other.
_RENAMED = {standard.DEFINITION: standard.OBO_DEFINITION, standard.ALT_LABEL: standard.OBO_EXACT_SYNONYM}
# Readers take a cross-reference for "the same or nearly so", which broader, narrower and related terms are not.
_CROSS_REFERENCED = {standard.EXACT_MATCH, standard.CLOSE_MATCH}
_MAPPING_RELATIONS = frozenset((*standard.MAPPING_RELATIONS, model.NOT_EXACT_MATCH))
# The labels are those that ROBOT gives these properties when it reads an OBO file.
_PROPERTIES = {
    standard.OBO_DEFINITION: "definition",
    standard.OBO_EXACT_SYNONYM: "has_exact_synonym",
    standard.OBO_CROSS_REFERENCE: "database_cross_reference",
}
_OBO_LIBRARY = re.compile(re.escape(standard.OBO) + r"([A-Za-z]+)_([A-Za-z0-9]+)")
_LOCAL_NAME = re.compile(r"[A-Za-z0-9_.-]+")


def obo_triples(vocabulary: Vocabulary) -> tuple[Triple, ...]:
    """Return what the ontology says, in its order, as the tools of OBO users expect it.

    ``skos:definition`` becomes ``IAO:0000115`` and ``skos:altLabel`` ``oboInOwl:hasExactSynonym``; an exact or close
    mapping stays and is a cross-reference (``oboInOwl:hasDbXref``) as well. What is said of a term that ours are mapped
    to (its label, the release that it was read in) annotates each mapping, because OBO's rules want a label once in a
    file. Left out is what is said of RDF's own properties, which OBO's rules forbid.
    """
    compact = obo_identifiers(vocabulary.prefixes)
    said: dict[object, list[Triple]] = {}
    for quad in vocabulary.quads:
        said.setdefault(quad.subject, []).append(quad.triple)
    elsewhere = _mapped_terms(vocabulary)
    triples: dict[Triple, None] = {}
    annotations: list[Triple] = []
    for subject, predicate, value, _ in vocabulary.quads:
        if subject in elsewhere or _is_of_rdf(subject):
            continue
        triple = Triple(subject, _RENAMED.get(predicate, predicate), value)
        triples[triple] = None
        if predicate in _CROSS_REFERENCED and isinstance(value, NamedNode):
            reference = ":".join(compact(value.value) or (value.value,))
            triples[Triple(subject, standard.OBO_CROSS_REFERENCE, Literal(reference))] = None
        if predicate in _MAPPING_RELATIONS and value in elsewhere and value in said:
            annotations += _annotated(triple, said[value])
    for name, label in _PROPERTIES.items():
        triples[Triple(name, standard.TYPE, standard.OWL_ANNOTATION_PROPERTY)] = None
        triples[Triple(name, standard.LABEL, Literal(label))] = None
    return (*triples, *dict.fromkeys(annotations))


def _is_of_rdf(subject: object) -> bool:
    return isinstance(subject, NamedNode) and subject.value.startswith((standard.RDF, standard.RDFS))


def _mapped_terms(vocabulary: Vocabulary) -> set[object]:
    """Return the terms of others of which the ontology says no more than what they are called and where it was read."""
    mapped = {
        quad.object
        for quad in vocabulary.quads
        if quad.predicate in _MAPPING_RELATIONS and not _is_of_rdf(quad.subject)
    }
    ours = {quad.subject for quad in vocabulary.quads if quad.predicate in _MAPPING_RELATIONS}
    typed = {quad.subject for quad in vocabulary.quads if quad.predicate == standard.TYPE}
    return {name for name in mapped - ours - typed if isinstance(name, NamedNode)}


def _annotated(triple: Triple, said: list[Triple]) -> Iterator[Triple]:
    """Yield the annotation of a triple with what is said of its object, under a name that is the same in each run."""
    axiom = BlankNode("m" + hashlib.sha256(str(triple).encode()).hexdigest()[:12])
    yield Triple(axiom, standard.TYPE, standard.OWL_AXIOM)
    yield Triple(axiom, standard.ANNOTATED_SOURCE, triple.subject)
    yield Triple(axiom, standard.ANNOTATED_PROPERTY, triple.predicate)
    yield Triple(axiom, standard.ANNOTATED_TARGET, triple.object)
    for each in said:
        yield Triple(axiom, each.predicate, each.object)


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


_VALUES = {standard.OWL_OBJECT_PROPERTY: standard.SOME_VALUES_FROM, standard.OWL_DATATYPE_PROPERTY: standard.HAS_VALUE}


def individuals_as_classes(triples: Sequence[Triple]) -> tuple[Triple, ...]:
    """Return the triples of an ontology in which each individual is a class below the classes that it was of.

    What relates it to another becomes a restriction: with some value where that is an individual, too, with the very
    value where it is a literal. A definition by an individual (``owl:hasValue``) is one by some member of its class.
    """
    kinds = {kind: {each.subject for each in triples if each.object == kind} for kind in _VALUES}
    individuals = {each.subject for each in triples if each.object == standard.OWL_INDIVIDUAL}
    found: dict[Triple, None] = {}
    for triple in triples:
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        if predicate == standard.HAS_VALUE and value in individuals:
            found[Triple(subject, standard.SOME_VALUES_FROM, value)] = None
        elif subject not in individuals:
            found[triple] = None
        elif predicate == standard.TYPE:
            is_declared = value == standard.OWL_INDIVIDUAL
            link = (standard.TYPE, standard.OWL_CLASS) if is_declared else (standard.SUBCLASS_OF, value)
            found[Triple(subject, *link)] = None
        elif kind := next((kind for kind, names in kinds.items() if predicate in names), None):
            found.update(dict.fromkeys(_restricted(triple, _VALUES[kind])))
        else:
            found[triple] = None
    return tuple(found)


def _restricted(triple: Triple, values: NamedNode) -> Iterator[Triple]:
    """Yield a class below a restriction, under a name that is the same in each run."""
    restriction = BlankNode("r" + hashlib.sha256(str(triple).encode()).hexdigest()[:12])
    yield Triple(triple.subject, standard.SUBCLASS_OF, restriction)
    yield Triple(restriction, standard.TYPE, standard.RESTRICTION)
    yield Triple(restriction, standard.ON_PROPERTY, triple.predicate)
    yield Triple(restriction, values, triple.object)
