"""The ontology alone, in the four formats that the tools of OBO users read.

OBO Graph JSON is written here, as by ROBOT, with the model of github.com/geneontology/obographs, because fastobo omits
instances.
"""

import json
from dataclasses import dataclass
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from her2ld.errors import ExportError, Problem
from her2ld.exports.formats import Format
from her2ld.exports.obo import obo_document
from her2ld.exports.owl import functional_syntax, obo_prefixes, obo_triples, rdf_xml
from her2ld.vocabulary import standard
from her2ld.vocabulary.axioms import Description, describe, list_items
from her2ld.vocabulary.ontology import Vocabulary

_KINDS = {
    standard.OWL_CLASS: {"type": "CLASS"},
    standard.OWL_INDIVIDUAL: {"type": "INDIVIDUAL"},
    standard.OWL_OBJECT_PROPERTY: {"type": "PROPERTY", "propertyType": "OBJECT"},
    standard.OWL_DATATYPE_PROPERTY: {"type": "PROPERTY", "propertyType": "DATA"},
    standard.OWL_ANNOTATION_PROPERTY: {"type": "PROPERTY", "propertyType": "ANNOTATION"},
}
_EDGES = {
    standard.SUBCLASS_OF: "is_a",
    standard.SUBPROPERTY_OF: "subPropertyOf",
    standard.INVERSE_OF: "inverseOf",
    standard.TYPE: "type",
}
_ANNOTATED = (standard.ANNOTATED_SOURCE, standard.ANNOTATED_PROPERTY, standard.ANNOTATED_TARGET)
_DOMAINS_AND_RANGES = {standard.DOMAIN: "domainClassIds", standard.RANGE: "rangeClassIds"}

_Object = dict[str, Any]


def obo_graph(vocabulary: Vocabulary) -> tuple[str, int]:
    """Return the ontology as OBO Graph JSON, and the number of axioms that are left out.

    The format cannot express definitions by a value, unions, disjointness, datatypes as ranges, or symmetric and
    irreflexive relations. Languages are also left out.
    """
    triples = obo_triples(vocabulary)
    description = describe(triples)
    graph = _Graph(description)
    owned = {each.object for each in triples if isinstance(each.object, BlankNode)}
    annotations = {node for node in description if standard.ANNOTATED_SOURCE in description[node]}
    without_name = {each.subject for each in triples if isinstance(each.subject, BlankNode)} - owned - annotations
    left_out = len(without_name) + sum(not graph.add(each) for each in triples if isinstance(each.subject, NamedNode))
    return json.dumps(graph.document(), indent=2, ensure_ascii=False) + "\n", left_out


class _Graph:
    """One graph of the document, in the order of the ontology."""

    def __init__(self, description: Description) -> None:
        self._description = description
        self._annotations = _annotations(description)
        self._header: _Object = {}
        self._nodes: dict[str, _Object] = {}
        self._edges: list[_Object] = []
        self._domains_and_ranges: dict[str, _Object] = {}
        self._chains: list[_Object] = []

    def add(self, triple: Triple) -> bool:
        """Add a triple about an IRI; return False if the format cannot express it."""
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        if not isinstance(subject, NamedNode):
            return False
        if isinstance(value, NamedNode):
            return self._add_link(subject, predicate, value)
        if isinstance(value, Literal):
            return _annotate(self._about(subject), predicate, value.value)
        if predicate == standard.PROPERTY_CHAIN:
            return self._add_chain(subject.value, list(list_items(value, self._description)))
        return False

    def document(self) -> _Object:
        """Return the document."""
        parts = {
            **self._header,
            "nodes": list(self._nodes.values()),
            "edges": self._edges,
            "domainRangeAxioms": list(self._domains_and_ranges.values()),
            "propertyChainAxioms": self._chains,
        }
        return {"graphs": [parts]}

    def _about(self, name: NamedNode) -> _Object:
        """Return the object for an IRI: a node, or the graph itself for the ontology."""
        if standard.OWL_ONTOLOGY in self._description[name][standard.TYPE]:
            self._header["id"] = name.value
            return self._header
        return self._nodes.setdefault(name.value, {"id": name.value})

    def _add_link(self, subject: NamedNode, predicate: NamedNode, value: NamedNode) -> bool:
        about = self._about(subject)
        if predicate == standard.TYPE and value.value.startswith(standard.OWL):
            about.update(_KINDS.get(value, {}))
            return value in _KINDS or value == standard.OWL_ONTOLOGY
        if predicate in _DOMAINS_AND_RANGES:
            return self._add_domain_or_range(subject.value, _DOMAINS_AND_RANGES[predicate], value)
        if predicate in _EDGES or standard.OWL_OBJECT_PROPERTY in self._description[predicate][standard.TYPE]:
            edge = {"sub": subject.value, "pred": _EDGES.get(predicate, predicate.value), "obj": value.value}
            self._edges.append(edge)
            return True
        if predicate.value.startswith(standard.OWL) and predicate != standard.VERSION_IRI:
            return False
        return _annotate(about, predicate, value.value, self._annotations.get((subject, predicate, value)))

    def _add_chain(self, subject: str, chain: list[object]) -> bool:
        names = [each.value for each in chain if isinstance(each, NamedNode)]
        if len(names) == len(chain):
            self._chains.append({"predicateId": subject, "chainPredicateIds": names})
        return len(names) == len(chain)

    def _add_domain_or_range(self, subject: str, key: str, value: NamedNode) -> bool:
        is_class = standard.OWL_CLASS in self._description[value][standard.TYPE]
        if is_class:
            axiom = self._domains_and_ranges.setdefault(subject, {"predicateId": subject})
            axiom.setdefault(key, []).append(value.value)
        return is_class


def _annotations(description: Description) -> dict[tuple[object, ...], _Object]:
    """Return the annotations of triples in the form of the model, by triple."""
    found = {}
    for about in description.values():
        if standard.ANNOTATED_SOURCE in about:
            triple = tuple(about[each][0] for each in _ANNOTATED)
            values = [
                {"pred": predicate.value, "val": value.value}
                for predicate, all_values in about.items()
                if predicate not in _ANNOTATED and predicate != standard.TYPE
                for value in all_values
                if isinstance(value, (Literal, NamedNode))
            ]
            found[triple] = {"meta": {"basicPropertyValues": values}}
    return found


def _annotate(node: _Object, predicate: NamedNode, value: str, more: _Object | None = None) -> bool:
    """Add a value to the object of a node; return False if another value is there already."""
    if predicate == standard.LABEL:
        return bool(node.setdefault("lbl", value) == value)
    meta = node.setdefault("meta", {})
    if predicate == standard.VERSION_IRI:
        meta["version"] = value
    elif predicate == standard.OBO_DEFINITION:
        return bool(meta.setdefault("definition", {"val": value}) == {"val": value})
    elif predicate == standard.OBO_EXACT_SYNONYM:
        meta.setdefault("synonyms", []).append({"pred": "hasExactSynonym", "val": value})
    elif predicate == standard.OBO_CROSS_REFERENCE:
        meta.setdefault("xrefs", []).append({"val": value})
    else:
        meta.setdefault("basicPropertyValues", []).append({"pred": predicate.value, "val": value, **(more or {})})
    return True


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
    """The ontology in one format: its bytes, the number of its terms, and the number of axioms that are left out."""

    content: bytes
    terms: int
    left_out: int


def ontology_document(vocabulary: Vocabulary, format_name: str) -> OntologyDocument:
    """Return the ontology as ``owl``, ``ofn``, ``obo`` or ``obojson``, without statements of papers.

    Definitions, synonyms and cross-references have the properties that the tools of OBO users read. Raises ExportError
    for another format, and if a library is not installed.

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
        raise ExportError([Problem(format_name, "is not a format of the ontology alone", remedy)])
    return OntologyDocument(content, sum(bool(term.types) for term in vocabulary.terms.values()), left_out)
