"""The ontology in OWL for the tools of OBO users, as triples, in RDF/XML and in functional-style syntax.

Definitions, synonyms and cross-references have the properties that these tools read. Individuals can be written as
classes, which is what OBO users expect for agents and proteins.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from her2ld.errors import ExportError, Problem
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.axioms import describe, list_items
from her2ld.vocabulary.identifiers import prefix_splitter
from her2ld.vocabulary.ontology import Vocabulary

# All synonyms are exact: the vocabulary does not allow two terms with the same name.
_RENAMED = {standard.DEFINITION: standard.OBO_DEFINITION, standard.ALT_LABEL: standard.OBO_EXACT_SYNONYM}
# Readers interpret a cross-reference as the same or nearly the same term, unlike broader, narrower and related terms.
_CROSS_REFERENCED = {standard.EXACT_MATCH, standard.CLOSE_MATCH}
_MAPPING_RELATIONS = frozenset((*standard.MAPPING_RELATIONS, model.NOT_EXACT_MATCH))
# The labels that ROBOT gives these properties when it reads an OBO file.
_PROPERTIES = {
    standard.OBO_DEFINITION: "definition",
    standard.OBO_EXACT_SYNONYM: "has_exact_synonym",
    standard.OBO_CROSS_REFERENCE: "database_cross_reference",
}
_OBO_LIBRARY = re.compile(re.escape(standard.OBO) + r"([A-Za-z]+)_([A-Za-z0-9]+)")
_LOCAL_NAME = re.compile(r"[A-Za-z0-9_.-]+")


def obo_triples(vocabulary: Vocabulary) -> tuple[Triple, ...]:
    """Return the triples of the ontology, in its order, for the tools of OBO users.

    ``skos:definition`` becomes ``IAO:0000115``, and ``skos:altLabel`` becomes ``oboInOwl:hasExactSynonym``; exact and
    close mappings are kept and are also cross-references (``oboInOwl:hasDbXref``). The label of a term that ours are
    mapped to, and the release in which it was read, annotate each mapping, because OBO's rules allow a label only once
    in a file. Triples about the properties of RDF itself are left out, because OBO's rules forbid them.
    """
    compact = obo_identifiers(vocabulary.prefixes)
    by_subject: dict[object, list[Triple]] = {}
    for quad in vocabulary.quads:
        by_subject.setdefault(quad.subject, []).append(quad.triple)
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
        if predicate in _MAPPING_RELATIONS and value in elsewhere and value in by_subject:
            annotations += _annotated(triple, by_subject[value])
    for name, label in _PROPERTIES.items():
        triples[Triple(name, standard.TYPE, standard.OWL_ANNOTATION_PROPERTY)] = None
        triples[Triple(name, standard.LABEL, Literal(label))] = None
    return (*triples, *dict.fromkeys(annotations))


def _is_of_rdf(subject: object) -> bool:
    return isinstance(subject, NamedNode) and subject.value.startswith((standard.RDF, standard.RDFS))


def _mapped_terms(vocabulary: Vocabulary) -> set[object]:
    """Return the terms of other vocabularies for which the ontology has only labels and the releases of mappings."""
    mapped = {
        quad.object
        for quad in vocabulary.quads
        if quad.predicate in _MAPPING_RELATIONS and not _is_of_rdf(quad.subject)
    }
    ours = {quad.subject for quad in vocabulary.quads if quad.predicate in _MAPPING_RELATIONS}
    typed = {quad.subject for quad in vocabulary.quads if quad.predicate == standard.TYPE}
    return {name for name in mapped - ours - typed if isinstance(name, NamedNode)}


def _annotated(triple: Triple, about: list[Triple]) -> Iterator[Triple]:
    """Yield the annotation of a triple with the triples about its object; its blank node is the same in each run."""
    axiom = _node("m", triple)
    yield Triple(axiom, standard.TYPE, standard.OWL_AXIOM)
    yield Triple(axiom, standard.ANNOTATED_SOURCE, triple.subject)
    yield Triple(axiom, standard.ANNOTATED_PROPERTY, triple.predicate)
    yield Triple(axiom, standard.ANNOTATED_TARGET, triple.object)
    for each in about:
        yield Triple(axiom, each.predicate, each.object)


def _node(letter: str, triple: Triple) -> BlankNode:
    return BlankNode(letter + hashlib.sha256(str(triple).encode()).hexdigest()[:12])


def obo_prefixes(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the prefixes for :func:`obo_triples`."""
    return {"oboInOwl": standard.OBO_IN_OWL, **vocabulary.prefixes}


def obo_identifiers(prefixes: Mapping[str, str]) -> Callable[[str], tuple[str, str] | None]:
    """Return a function that splits an IRI into prefix and local name as in OBO, or returns None without a prefix.

    The prefix of IRIs of the OBO library is part of them; other prefixes are those of the ontology.

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
    """Return the triples of an ontology in which each individual is a subclass of its classes.

    A relation to another individual becomes a restriction with ``owl:someValuesFrom``, and to a literal one with
    ``owl:hasValue``. A definition by an individual (``owl:hasValue``) becomes one with ``owl:someValuesFrom``.
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
    """Yield the triples of a subclass of a restriction, whose blank node is the same in each run."""
    restriction = _node("r", triple)
    yield Triple(triple.subject, standard.SUBCLASS_OF, restriction)
    yield Triple(restriction, standard.TYPE, standard.RESTRICTION)
    yield Triple(restriction, standard.ON_PROPERTY, triple.predicate)
    yield Triple(restriction, values, triple.object)


def functional_syntax(triples: Sequence[Triple], prefixes: Mapping[str, str]) -> str:
    """Return the triples of an OWL 2 ontology in functional-style syntax (W3C 2012).

    Raises ExportError if py-horned-owl is not installed, or if it does not read every axiom.
    """
    try:
        import pyhornedowl
        from pyhornedowl.model import DisjointClasses
    except ImportError as error:
        remedy = "install it: pip install 'her2ld[obo]'"
        raise ExportError([Problem("functional syntax", f"{error.name} is not installed", remedy)]) from error
    ontology = pyhornedowl.open_ontology_from_string(rdf_xml(triples, prefixes).decode(), "rdf")
    disjoint = _disjoint_classes(triples)
    for members in disjoint:  # py-horned-owl 2.0 ignores these axioms in RDF
        classes = [ontology.class_(name) for name in members]
        ontology.add_axiom(DisjointClasses(classes))
    expected, found = _axioms(triples) + len(disjoint), len(ontology.get_components())
    if found != expected:
        what = f"py-horned-owl reads {found} of {expected} axioms"
        raise ExportError([Problem("functional syntax", what, "choose RDF/XML, which has them all")])
    for prefix, namespace in prefixes.items():
        ontology.add_prefix_mapping(prefix, namespace)
    text: str = ontology.save_to_string("ofn")
    return text


def rdf_xml(triples: Sequence[Triple], prefixes: Mapping[str, str]) -> bytes:
    """Return triples in RDF/XML."""
    return serialize(triples, format=RdfFormat.RDF_XML, prefixes=dict(prefixes)) or b""


def _axioms(triples: Sequence[Triple]) -> int:
    """Return the number of axioms in RDF as py-horned-owl counts: one for each triple about an IRI, and the header."""
    named = (each for each in triples if isinstance(each.subject, NamedNode))
    axioms = [each for each in named if each.predicate != standard.VERSION_IRI and each.object != standard.OWL_ONTOLOGY]
    return len(axioms) + 1


def _disjoint_classes(triples: Sequence[Triple]) -> list[list[str]]:
    description = describe(triples)
    axioms = [
        node for node, about in description.items() if standard.ALL_DISJOINT_CLASSES in about.get(standard.TYPE, ())
    ]
    members = [list_items(cell, description) for node in axioms for cell in description[node][standard.MEMBERS]]
    return [[name.value for name in names if isinstance(name, NamedNode)] for names in members]
