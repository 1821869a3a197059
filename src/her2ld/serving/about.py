"""What the dataset and the endpoint say of themselves, in VoID and as SPARQL Service Description; no blank nodes.

Sources: "Describing Linked Datasets with the VoID Vocabulary" (W3C, 2011), sections 2 to 4 and 7.1; "SPARQL 1.1 Service
Description" (W3C, 2013), sections 3.2 to 3.4.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, Store, Triple

from her2ld.iris import at_path
from her2ld.query.default_graph import all_but_hedged, triples_of_merge
from her2ld.serving.questions import GRAPHS, TABLES
from her2ld.vocabulary import model, standard
from her2ld.vocabulary.ontology import Vocabulary

_VOID = "http://rdfs.org/ns/void#"
_SD = "http://www.w3.org/ns/sparql-service-description#"
_FOAF = "http://xmlns.com/foaf/0.1/"
_DCTERMS = "http://purl.org/dc/terms/"
PREFIXES = {"void": _VOID, "sd": _SD, "dcterms": _DCTERMS, "foaf": _FOAF, "xsd": standard.XSD}
_COUNTS = "SELECT ?graph (COUNT(*) AS ?count) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph ORDER BY ?graph"
_OF_ONTOLOGY = (standard.TITLE, standard.DESCRIPTION, standard.LICENSE, standard.CREATOR, standard.PUBLISHER)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of a dataset: how many triples a query finds, those of each named graph, and its ontology's header.

    The triples are those of the default graph: of all graphs but ``hedged``, each once. ``rewritten`` tells of literals
    that are not as they were written.
    """

    triples: int
    graphs: dict[str, int]
    header: tuple[tuple[NamedNode, NamedNode | Literal], ...]
    rewritten: str = ""


def facts_of(store: Store, vocabulary: Vocabulary, rewritten: str = "") -> Facts:
    """Count what is in a store."""
    rows = store.query(_COUNTS)
    assert isinstance(rows, QuerySolutions)  # noqa: S101  # what SELECT gives
    graphs = {row["graph"].value: int(row["count"].value) for row in rows}
    _, said = vocabulary.header
    header = tuple((name, said[name]) for name in _OF_ONTOLOGY if name in said)
    return Facts(triples_of_merge(store, all_but_hedged(store)), graphs, header, rewritten)


def dataset_description(facts: Facts, base: str) -> list[Triple]:
    """Describe the dataset for who finds it at ``base``, in VoID."""
    document, dataset = NamedNode(f"{base}.well-known/void"), _dataset(base)
    return [
        Triple(document, standard.TYPE, NamedNode(_VOID + "DatasetDescription")),
        Triple(document, NamedNode(_FOAF + "primaryTopic"), dataset),
        Triple(dataset, standard.TYPE, NamedNode(_VOID + "Dataset")),
        *(Triple(dataset, name, value) for name, value in facts.header),
        *_triples(dataset, _VOID + "uriSpace", [Literal(model.HER2LD)]),
        *_triples(dataset, _FOAF + "homepage", [NamedNode(base)]),
        *_triples(dataset, _VOID + "sparqlEndpoint", [NamedNode(f"{base}sparql")]),
        *_triples(dataset, _VOID + "vocabulary", [at_path("ontology")]),
        *_triples(dataset, _VOID + "feature", sorted(_formats(GRAPHS.values()), key=str)),
        *_triples(dataset, _VOID + "triples", [Literal(facts.triples)]),
        *_triples(dataset, _VOID + "subset", [NamedNode(graph) for graph in facts.graphs]),
        *(triple for graph, count in facts.graphs.items() for triple in _graph(NamedNode(graph), count)),
    ]


def service_description(facts: Facts, base: str) -> list[Triple]:
    """Describe the endpoint at ``base``: what it understands, what it answers in, and which graphs it asks."""
    service, dataset = NamedNode(f"{base}sparql"), _dataset(base)
    usual = NamedNode(f"{base}sparql#default-graph")
    names = {graph: NamedNode(f"{base}sparql#{place}") for place, graph in enumerate(facts.graphs, 1)}
    return [
        Triple(service, standard.TYPE, NamedNode(_SD + "Service")),
        *_triples(service, _SD + "endpoint", [service]),
        *_triples(service, _SD + "supportedLanguage", [NamedNode(_SD + "SPARQL11Query")]),
        *_triples(service, _SD + "resultFormat", sorted(_formats((*TABLES.values(), *GRAPHS.values())), key=str)),
        *_triples(service, _SD + "defaultDataset", [dataset]),
        Triple(dataset, standard.TYPE, NamedNode(_SD + "Dataset")),
        *_triples(dataset, _SD + "defaultGraph", [usual]),
        *_triples(dataset, _SD + "namedGraph", names.values()),
        Triple(usual, standard.TYPE, NamedNode(_SD + "Graph")),
        *_triples(usual, _VOID + "triples", [Literal(facts.triples)]),
        *_triples(usual, standard.RDFS + "comment", [Literal(said, language="en") for said in _of_literals(facts)]),
        *(triple for graph, name in names.items() for triple in _named_graph(name, NamedNode(graph))),
        *(triple for graph, count in facts.graphs.items() for triple in _graph(NamedNode(graph), count)),
    ]


def _of_literals(facts: Facts) -> list[str]:
    """Say how literals are kept: of a store on disk it is not known how they were written."""
    said = "Numbers, truth values and times are kept and compared by value, not as they are written."
    return [said, *([f"Here {facts.rewritten}."] if facts.rewritten else [])]


def _dataset(base: str) -> NamedNode:
    return NamedNode(f"{base}.well-known/void#dataset")


def _named_graph(name: NamedNode, graph: NamedNode) -> list[Triple]:
    return [
        Triple(name, standard.TYPE, NamedNode(_SD + "NamedGraph")),
        *_triples(name, _SD + "name", [graph]),
        *_triples(name, _SD + "graph", [graph]),
    ]


def _graph(graph: NamedNode, count: int) -> list[Triple]:
    types = [NamedNode(_SD + "Graph"), NamedNode(_VOID + "Dataset")]
    return [
        *_triples(graph, standard.TYPE.value, types),
        *_triples(graph, _VOID + "triples", [Literal(count)]),
    ]


def _triples(subject: NamedNode, predicate: str, values: Iterable[NamedNode | Literal]) -> list[Triple]:
    return [Triple(subject, NamedNode(predicate), value) for value in values]


def _formats(formats: Iterable[RdfFormat | QueryResultsFormat]) -> set[NamedNode]:
    return {NamedNode(each.iri) for each in formats}
