"""The rows of the tables of KGX, one function a kind of row."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from her2ld.exports.kgx_graph import ABOUT, Graph, Said, Triple
from her2ld.vocabulary import model, standard

# Of KnowledgeLevelEnum and AgentTypeEnum (biolink-model 4.4.6): what an author or the ontology states and a person
# wrote down by hand, and what a program concludes from it.
_STATED = {"knowledge_level": ("knowledge_assertion",), "agent_type": ("manual_agent",)}
_CONCLUDED = {"knowledge_level": ("logical_entailment",), "agent_type": ("automated_agent",)}

# What has a column of its own, or is known from the row; the rest of a statement is told in its description.
_TOLD = {
    *ABOUT, standard.TYPE, standard.LABEL, standard.PREDICATE, standard.DERIVED_FROM, standard.ATTRIBUTED_TO,
    standard.CREATED, model.EVIDENCE, model.EVIDENCE_TYPE, model.MODALITY, model.POLARITY,
}  # fmt: skip

Row = Mapping[str, tuple[str, ...]]


def term_node(graph: Graph, iri: NamedNode) -> Row:
    """Give the node of an entity or class, under the identifier that Biolink prefers for what it is."""
    identity = graph.biolink.identities[iri]
    others = [each for each in identity.same if each != identity.iri]
    term = graph.vocabulary.terms[iri]
    return {
        "id": (_node_id(graph, iri),),
        "category": graph.biolink.categories[iri],
        "name": (term.label,),
        "description": _texts(graph.said[iri].get(standard.DEFINITION, ())),
        "synonym": tuple(sorted(term.synonyms)),
        "xref": tuple(sorted(graph.biolink.curie(each) for each in others)),
        "iri": (identity.iri.value,),
    }


def unsettled_node(graph: Graph, iri: NamedNode) -> Row:
    """Give the node of a statement that is no fact; its name begins with how sure the author is."""
    said = graph.said[iri]
    modality = _labels(graph, said.get(model.MODALITY, ()))
    kinds = (kind for kind in said[standard.TYPE] if isinstance(kind, NamedNode))
    categories = {name for kind in kinds for name in graph.biolink.categories.get(kind, ())}
    return {
        "id": (graph.biolink.curie(iri),),
        "category": tuple(sorted(categories)),
        "name": (f"{' '.join(modality)}: {' '.join(_texts(said.get(standard.LABEL, ())))}",),
        "description": _description(graph, said),
        "iri": (iri.value,),
        "modality": modality,
        "supporting_text": _quotes(graph, said.get(model.EVIDENCE, ())),
    }


def statement_edge(graph: Graph, statement: NamedNode) -> Row:
    """Give the edge of a statement that is a fact, with its paper, its words and its conditions."""
    said = graph.said[statement]
    return {
        **_edge(graph, graph.settled[statement]),
        **_STATED,
        **_evidence(graph, said),
        "id": (graph.biolink.curie(statement),),
        "modality": _labels(graph, said[model.MODALITY]),
        "description": _description(graph, said),
        "iri": (statement.value,),
    }


def defined_edge(graph: Graph, triple: Triple) -> Row:
    """Give the edge of what the ontology says of an entity or a class."""
    return {**_edge(graph, triple), **_STATED}


def inferred_edge(graph: Graph, triple: Triple) -> Row:
    """Give the edge of what follows."""
    return {**_edge(graph, triple), **_CONCLUDED}


def mention_edges(graph: Graph, statement: NamedNode) -> Iterator[Row]:
    """Yield the edges from a statement that is no fact to what it is about."""
    for triple in graph.mentions(statement):
        yield {**_edge(graph, triple), **_STATED, **_evidence(graph, graph.said[statement])}


def _edge(graph: Graph, triple: Triple) -> Row:
    """Give what every edge has; it is named after what it says (RFC 9562, version 5)."""
    subject, relation, value = triple
    curie = graph.biolink.curie
    return {
        "id": (uuid.uuid5(uuid.NAMESPACE_URL, " ".join(each.value for each in triple)).urn,),
        "category": (graph.biolink.edge_categories[relation],),
        "subject": (_node_id(graph, subject),),
        "predicate": graph.biolink.predicates[relation],
        "object": (_node_id(graph, value),),
        "original_subject": (curie(subject),),
        "original_predicate": (curie(relation),),
        "original_object": (curie(value),),
        "primary_knowledge_source": (model.HER2LD,),
    }


def _node_id(graph: Graph, iri: NamedNode) -> str:
    identity = graph.biolink.identities.get(iri)
    return graph.biolink.curie(identity.iri if identity else iri)


def _evidence(graph: Graph, said: Said) -> Row:
    """Give the paper, the words, and where they stand."""
    evidence = said.get(model.EVIDENCE, ())
    return {
        "publications": _curies(graph, said.get(standard.DERIVED_FROM, ())),
        "supporting_text": _quotes(graph, evidence),
        "has_evidence": _texts(evidence),
        "has_evidence_of_type": _curies(graph, said.get(model.EVIDENCE_TYPE, ())),
    }


def _description(graph: Graph, said: Said) -> tuple[str, ...]:
    """Tell under which conditions, for whom, in what number, and with which words of doubt."""
    polarity = [each for each in said.get(model.POLARITY, ()) if each != model.AFFIRMED]
    rest = {property_: values for property_, values in said.items() if property_ not in _TOLD}
    told = (
        f"{graph.vocabulary.label(property_)}: {text}"
        for property_, values in {**rest, model.POLARITY: polarity}.items()
        for value in values
        for text in _quotes(graph, [value]) or _labels(graph, [value])
    )
    return ("; ".join(sorted(told)),)


def _quotes(graph: Graph, spans: Iterable[NamedNode | Literal]) -> tuple[str, ...]:
    """Give the characters of those values that are spans."""
    selectors = (each for span in spans for each in _values(graph, span, standard.HAS_SELECTOR))
    return _texts(text for each in selectors for text in _values(graph, each, standard.EXACT))


def _values(graph: Graph, node: NamedNode | Literal, property_: NamedNode) -> Sequence[NamedNode | Literal]:
    return graph.said.get(node, {}).get(property_, ()) if isinstance(node, NamedNode) else ()


def _labels(graph: Graph, values: Iterable[NamedNode | Literal]) -> tuple[str, ...]:
    return tuple(sorted(graph.vocabulary.label(each) if isinstance(each, NamedNode) else each.value for each in values))


def _curies(graph: Graph, values: Iterable[NamedNode | Literal]) -> tuple[str, ...]:
    return tuple(sorted(graph.biolink.curie(each) for each in values if isinstance(each, NamedNode)))


def _texts(values: Iterable[NamedNode | Literal]) -> tuple[str, ...]:
    return tuple(sorted(each.value for each in values))
