"""Answer jobs for paths: write the page of a thing, or its data, in the format that the client accepts.

The dataset and the endpoint describe themselves in VoID and as a SPARQL Service Description, without blank nodes.

Sources: "Describing Linked Datasets with the VoID Vocabulary" (W3C, 2011), sections 2 to 4 and 7.1; "SPARQL 1.1 Service
Description" (W3C, 2013), sections 3.2 to 3.4.
"""

import hashlib
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice

from pyoxigraph import Dataset, Literal, NamedNode, Quad, QueryResultsFormat, QuerySolutions, RdfFormat, Store, Triple

from her2ld.dataset.descriptions import describe
from her2ld.errors import ExportError, Problem, ServingError
from her2ld.exports import FORMATS, export
from her2ld.exports.formats import graph_document
from her2ld.iris import at_path
from her2ld.pages import Asked, Links, content_security_policy, offered, read_asked, read_knowledge, render
from her2ld.pages.links import FIXED, HOME, NETWORK, QUERY, RECORDS, SEARCH, STATEMENTS, STUDIES
from her2ld.query.default_graph import all_but_hedged, triples_of_merge
from her2ld.query.on_disk import Counts
from her2ld.rdf.syntaxes import N_QUADS, OFFERED, OFFERED_WITH_GRAPHS, TRIG
from her2ld.serving.messages import Job, Reply, refusal
from her2ld.serving.protocol import choose
from her2ld.serving.questions import GRAPHS, TABLES
from her2ld.vocabulary import model, standard, statement_model
from her2ld.vocabulary.ontology import Vocabulary

HTML = "text/html"
# The media types of data, each with the name of its format. If a client prefers several equally, the first is used.
DATA = {each.media_type: each.name for each in (*OFFERED, TRIG, N_QUADS)}
_WITH_GRAPHS = [media_type for media_type, name in DATA.items() if FORMATS[name].has_named_graphs]
# Hedged statements are only offered in formats that keep their graph.
_HEDGED_LINKS = Links(formats=offered(OFFERED_WITH_GRAPHS))
_ENDINGS = {FORMATS[name].suffix: media_type for media_type, name in DATA.items()} | {".html": HTML}
SERVICE, DATASET = "sparql", ".well-known/void"
# These descriptions are triples without a graph, so no formats for quads are offered.
_OFFERS = {SERVICE: tuple(GRAPHS), DATASET: tuple(GRAPHS), HOME: (HTML, *GRAPHS)}
# Pages that are drawn before the first request, because they take longest. They name most things, and what they draw of
# a thing is not drawn again for other pages. With many statements, only the first two are drawn in advance, and with so
# many that there are no pages, only the first.
_IN_ADVANCE = (QUERY, HOME, STATEMENTS, NETWORK, STUDIES, RECORDS)
_MANY_STATEMENTS = 2_000
# Pages compare all statements with each other and list them, which takes 40 s and 1.3 GB for so many.
_MOST_STATEMENTS = 50_000


def documents_of(
    store: Store, vocabulary: "Vocabulary", rewritten: str = "", counts: Counts | None = None
) -> Callable[[Job], Reply]:
    """Return the function that answers for a path: an IRI of her2ld, a page, or a description of the dataset.

    The text of a job is the path, percent-encoded as in the IRI. Its parameters are ``base``, the address of this
    server, and ``search``, the text to search for. ``rewritten`` describes the literals whose form the store changes;
    it is empty if none are known. ``counts`` are the numbers of triples; without them, triples are counted when a
    description needs their number. Of a store with more than 50,000 statements, only the query page is drawn.
    """
    has_pages = not _has_many_statements(store)
    # The query page of a large store completes the names of the ontology alone.
    knowledge = read_knowledge(store if has_pages else _store_of(vocabulary.quads), vocabulary)
    facts_here = cache(lambda: facts_of(store, vocabulary, rewritten, counts))
    pages_in_advance = 1 if not has_pages else 2 if len(knowledge.statements) >= _MANY_STATEMENTS else len(_IN_ADVANCE)
    drawn = {path: (render(knowledge, path, Links()) or "").encode() for path in _IN_ADVANCE[:pages_in_advance]}

    def content(path: str, media_type: str, job: Job) -> bytes:
        (base,) = job.values("base")
        if media_type == HTML and not has_pages and path != QUERY:
            return _no_page(store, path)
        if media_type == HTML:
            asked = _asked(job)
            if path in drawn and not asked:
                return drawn[path]
            links = _HEDGED_LINKS if at_path(path) == model.HEDGED_GRAPH else Links()
            (search,) = job.values("search")
            return (render(knowledge, path, links, search, asked) or "").encode()
        if path == SERVICE:
            return graph_document(service_description(facts_here(), base), GRAPHS[media_type], PREFIXES)
        if path in {DATASET, HOME}:
            return graph_document(dataset_description(facts_here(), base), GRAPHS[media_type], PREFIXES)
        return _exported(describe(store, at_path(path)), media_type, vocabulary)

    return lambda job: _answered(job, content)


def _has_many_statements(store: Store) -> bool:
    found = store.quads_for_pattern(None, standard.TYPE, statement_model.STATEMENT)
    return next(islice(found, _MOST_STATEMENTS, None), None) is not None


def _store_of(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


def _no_page(store: Store, path: str) -> bytes:
    """Return nothing if nothing is known about a path. Otherwise, raise ServingError, which says why it has no page."""
    iri = at_path(path)
    if not (path in {*FIXED, SEARCH} or store.contains_named_graph(iri) or describe(store, iri)):
        return b""
    what = f"cannot be drawn as a page, because the store has more than {_MOST_STATEMENTS:,} statements"
    raise ServingError([Problem(f"/{path}", what, f"ask for its data ({', '.join(DATA)}), or query at /{QUERY}")])


def _asked(job: Job) -> Asked | None:
    """Return the query that a browser without scripts sent from the query page, with its answer, if any."""
    asked = [value for name in ("query", "answer_type", "answer") for value in job.values(name)]
    if not asked:
        return None
    query, media_type, answer = asked
    return read_asked(query, media_type, answer.encode())


def _answered(job: Job, content: Callable[[str, str, Job], bytes]) -> Reply:
    """Return the reply to a job: what ``content`` returns for its path, in the media type that the client prefers."""
    path, accept = _without_ending(job.text, job.accept)
    offers = _OFFERS.get(path, (HTML, *DATA))
    media_type = choose(accept, offers)
    if media_type is None:
        what, remedy = f"cannot be had as {accept}", f"accept one of {', '.join(offers)}"
        return refusal(406, ServingError([Problem(f"/{path}", what, remedy)]))
    try:
        body = content(path, media_type, job) if _is_address(path) else b""
    except (ExportError, ServingError) as error:
        return refusal(406, error)
    if not body and media_type != HTML and _is_address(path) and content(path, HTML, job):
        what, remedy = "is a page, and no thing of which RDF speaks", f"accept {HTML}"
        return refusal(406, ServingError([Problem(f"/{path}", what, remedy)]))
    if not body:
        remedy = "begin at the home page, /, or search there"
        return refusal(404, ServingError([Problem(f"/{path}", "there is nothing here", remedy)]))
    headers = {"Vary": "Accept", "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"', "Cache-Control": "no-cache"}
    if media_type == HTML:
        headers["Content-Security-Policy"] = content_security_policy(path)
    is_text = media_type.startswith("text/")
    return Reply(200, f"{media_type}; charset=utf-8" if is_text else media_type, body, headers, lasts=True)


def _without_ending(path: str, accept: str) -> tuple[str, str]:
    """Return a path without an ending such as ``.ttl``, and the media type of the ending, or ``accept`` without one."""
    for ending, media_type in _ENDINGS.items():
        if path.endswith(ending):
            return path.removesuffix(ending), media_type
    return path, accept


def _is_address(path: str) -> bool:
    """Return whether a path makes a valid IRI. Nothing can be found at a path that does not."""
    try:
        at_path(path)
    except ValueError:
        return False
    return True


def _exported(quads: list[Quad], media_type: str, vocabulary: "Vocabulary") -> bytes:
    """Return the quads of a thing in a format. Raises ServingError if the format can hold none of them."""
    if not quads:
        return b""
    output = io.BytesIO()
    if not export(Dataset(quads), output, DATA[media_type], vocabulary):
        what = f"is only suggested, which is never said in {media_type}: it has no named graphs"
        raise ServingError([Problem("graph", what, f"accept one of {', '.join(_WITH_GRAPHS)}")])
    return output.getvalue()


_VOID = "http://rdfs.org/ns/void#"
_SD = "http://www.w3.org/ns/sparql-service-description#"
_FOAF = "http://xmlns.com/foaf/0.1/"
_DCTERMS = "http://purl.org/dc/terms/"
PREFIXES = {"void": _VOID, "sd": _SD, "dcterms": _DCTERMS, "foaf": _FOAF, "xsd": standard.XSD}
_COUNTS = "SELECT ?graph (COUNT(*) AS ?count) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
_OF_ONTOLOGY = (standard.TITLE, standard.DESCRIPTION, standard.LICENSE, standard.CREATOR, standard.PUBLISHER)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts that describe a dataset: the number of triples, in total and by named graph, and the ontology's header.

    ``triples`` counts the default graph: the triples of all graphs but ``hedged``, each once. ``rewritten`` describes
    the literals whose form the store changes.
    """

    triples: int
    graphs: dict[str, int]
    header: tuple[tuple[NamedNode, NamedNode | Literal], ...]
    rewritten: str = ""


def facts_of(store: Store, vocabulary: Vocabulary, rewritten: str = "", counts: Counts | None = None) -> Facts:
    """Return the facts about a store. Its triples are counted, unless their numbers are given."""
    counted = counts or _counted(store)
    _, metadata = vocabulary.header
    header = tuple((name, metadata[name]) for name in _OF_ONTOLOGY if name in metadata)
    return Facts(counted.merged, dict(sorted(counted.graphs.items())), header, rewritten)


def _counted(store: Store) -> Counts:
    rows = store.query(_COUNTS)
    assert isinstance(rows, QuerySolutions)  # noqa: S101  # the result of a SELECT query
    graphs = {row["graph"].value: int(row["count"].value) for row in rows}
    return Counts(triples_of_merge(store, all_but_hedged(store)), graphs)


def dataset_description(facts: Facts, base: str) -> list[Triple]:
    """Return the VoID description of the dataset that is served at ``base``."""
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
    """Return the description of the endpoint at ``base``: its query language, its result formats and its graphs."""
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
        *_triples(usual, standard.RDFS + "comment", [Literal(text, language="en") for text in _of_literals(facts)]),
        *(triple for graph, name in names.items() for triple in _named_graph(name, NamedNode(graph))),
        *(triple for graph, count in facts.graphs.items() for triple in _graph(NamedNode(graph), count)),
    ]


def _of_literals(facts: Facts) -> list[str]:
    """Return sentences on how literals are kept. For a store on disk, it is unknown how they were written."""
    sentence = "Numbers, truth values and times are kept and compared by value, not as they are written."
    return [sentence, *([f"Here {facts.rewritten}."] if facts.rewritten else [])]


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
