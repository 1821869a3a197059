"""OBO Graph JSON as ROBOT writes it: its model is that of github.com/geneontology/obographs.

fastobo drops the instances from the graphs that it writes, so they are written here.
"""

import json
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from her2ld.exports.oboinowl import obo_triples
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
    """Return the ontology as OBO Graph JSON, and the number of axioms that are left out because it cannot say them.

    These are definitions by a value, unions, disjointness, ranges that are datatypes, and that a relation is symmetric
    or irreflexive. Languages are left out, too.
    """
    triples = obo_triples(vocabulary)
    said = describe(triples)
    graph = _Graph(said)
    owned = {each.object for each in triples if isinstance(each.object, BlankNode)}
    annotations = {node for node in said if standard.ANNOTATED_SOURCE in said[node]}
    without_name = {each.subject for each in triples if isinstance(each.subject, BlankNode)} - owned - annotations
    left_out = len(without_name) + sum(not graph.add(each) for each in triples if isinstance(each.subject, NamedNode))
    return json.dumps(graph.document(), indent=2, ensure_ascii=False) + "\n", left_out


class _Graph:
    """One graph of the document, in the order of the ontology."""

    def __init__(self, said: Description) -> None:
        self._said = said
        self._annotations = _annotations(said)
        self._header: _Object = {}
        self._nodes: dict[str, _Object] = {}
        self._edges: list[_Object] = []
        self._domains_and_ranges: dict[str, _Object] = {}
        self._chains: list[_Object] = []

    def add(self, triple: Triple) -> bool:
        """Take a triple about a name in; False where there is no place for it."""
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        if not isinstance(subject, NamedNode):
            return False
        if isinstance(value, NamedNode):
            return self._add_link(subject, predicate, value)
        if isinstance(value, Literal):
            return _annotate(self._about(subject), predicate, value.value)
        if predicate == standard.PROPERTY_CHAIN:
            return self._add_chain(subject.value, list(list_items(value, self._said)))
        return False

    def document(self) -> _Object:
        """Return the document with what was taken in."""
        parts = {
            **self._header,
            "nodes": list(self._nodes.values()),
            "edges": self._edges,
            "domainRangeAxioms": list(self._domains_and_ranges.values()),
            "propertyChainAxioms": self._chains,
        }
        return {"graphs": [parts]}

    def _about(self, name: NamedNode) -> _Object:
        """Return the object that holds what is said of a name: a node, or the graph itself."""
        if standard.OWL_ONTOLOGY in self._said[name][standard.TYPE]:
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
        if predicate in _EDGES or standard.OWL_OBJECT_PROPERTY in self._said[predicate][standard.TYPE]:
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
        is_class = standard.OWL_CLASS in self._said[value][standard.TYPE]
        if is_class:
            axiom = self._domains_and_ranges.setdefault(subject, {"predicateId": subject})
            axiom.setdefault(key, []).append(value.value)
        return is_class


def _annotations(said: Description) -> dict[tuple[object, ...], _Object]:
    """Return what annotates a triple, as the model has it, under the triple."""
    found = {}
    for about in said.values():
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
    """Say something of a node in words or by an IRI."""
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
