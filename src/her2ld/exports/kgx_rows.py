"""The rows of the tables of KGX, one function a kind of row."""

import uuid
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from her2ld.dataset.statements import SpanNode, StatementNode, Value
from her2ld.exports.kgx_graph import Graph, Triple, mentions
from her2ld.vocabulary import model, standard

# Of KnowledgeLevelEnum and AgentTypeEnum (biolink-model 4.4.6): what an author or the ontology states and a person
# wrote down by hand, and what a program concludes from it.
_STATED = {"knowledge_level": ("knowledge_assertion",), "agent_type": ("manual_agent",)}
_CONCLUDED = {"knowledge_level": ("logical_entailment",), "agent_type": ("automated_agent",)}

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
        "description": _texts(graph.said.about(iri).get(standard.DEFINITION, ())),
        "synonym": tuple(sorted(term.synonyms)),
        "xref": tuple(sorted(graph.biolink.curie(each) for each in others)),
        "iri": (identity.iri.value,),
    }


def unsettled_node(graph: Graph, statement: StatementNode) -> Row:
    """Return the node of a statement that is no fact; its name begins with how sure the author is."""
    modality = _labels(graph, (statement.modality,))
    return {
        "id": (graph.biolink.curie(statement.iri),),
        "category": tuple(sorted(graph.biolink.categories.get(statement.kind, ()))),
        "name": (f"{' '.join(modality)}: {statement.label}",),
        "description": _description(graph, statement),
        "iri": (statement.iri.value,),
        "modality": modality,
        "supporting_text": _words(statement.evidence),
    }


def statement_edge(graph: Graph, statement: StatementNode, triple: Triple) -> Row:
    """Return the edge of a statement that is a fact, with its paper, its words and its conditions."""
    return {
        **_edge(graph, triple),
        **_STATED,
        **_evidence(graph, statement),
        "id": (graph.biolink.curie(statement.iri),),
        "modality": _labels(graph, (statement.modality,)),
        "description": _description(graph, statement),
        "iri": (statement.iri.value,),
    }


def defined_edge(graph: Graph, triple: Triple) -> Row:
    """Give the edge of what the ontology says of an entity or a class."""
    return {**_edge(graph, triple), **_STATED}


def inferred_edge(graph: Graph, triple: Triple) -> Row:
    """Give the edge of what follows."""
    return {**_edge(graph, triple), **_CONCLUDED}


def mention_edges(graph: Graph, statement: StatementNode) -> Iterator[Row]:
    """Yield the edges from a statement that is no fact to what it is about."""
    for triple in mentions(statement):
        yield {**_edge(graph, triple), **_STATED, **_evidence(graph, statement)}


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


def _evidence(graph: Graph, statement: StatementNode) -> Row:
    """Return the paper, the words, and where they stand."""
    return {
        "publications": _curies(graph, (statement.paper,)),
        "supporting_text": _words(statement.evidence),
        "has_evidence": (statement.evidence.iri.value,) if statement.evidence else (),
        "has_evidence_of_type": _curies(graph, statement.evidence_types),
    }


def _description(graph: Graph, statement: StatementNode) -> tuple[str, ...]:
    """Tell under which conditions, for whom, in what number, and with which words of doubt."""
    told = [
        (property_, text)
        for property_, value in statement.qualifications
        for text in _words(value) or _labels(graph, (value,))
    ]
    return ("; ".join(sorted(f"{graph.vocabulary.label(property_)}: {text}" for property_, text in told)),)


def _words(value: SpanNode | Value | None) -> tuple[str, ...]:
    """Return the characters of what is a span."""
    return (value.exact,) if isinstance(value, SpanNode) else ()


def _labels(graph: Graph, values: Iterable[SpanNode | Value | None]) -> tuple[str, ...]:
    return tuple(
        sorted(
            graph.vocabulary.label(each) if isinstance(each, NamedNode) else each.value
            for each in values
            if isinstance(each, NamedNode | Literal)
        )
    )


def _curies(graph: Graph, values: Iterable[Value | None]) -> tuple[str, ...]:
    return tuple(sorted(graph.biolink.curie(each) for each in values if isinstance(each, NamedNode)))


def _texts(values: Iterable[Value]) -> tuple[str, ...]:
    return tuple(sorted(each.value for each in values if isinstance(each, NamedNode | Literal)))
