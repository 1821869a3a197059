"""All that a dataset says of one thing: what is handed out where its IRI is looked up.

A thing brings along what has no meaning without it: a statement its claim, its results and doses and its spans of
text, a record its texts, sentences and headings, a term the blank nodes of its OWL axioms. What an author only suggests
is never among it as a plain triple (``graph:hedged``): its statement is, and says how sure the author is.
"""

from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import BlankNode, NamedNode, Quad, Store

from her2ld.dataset.statements import CLAIM_PARTS, SPANS
from her2ld.errors import LimitError, Problem
from her2ld.iris import NAMED_MESH, PUBMED, RECORD
from her2ld.statements.statement import FIELDS, LINKS
from her2ld.vocabulary import model, standard
from her2ld.vocabulary import statement_model as statements

# What a record says of a term of MeSH goes with the record, NLM's IRI or ours.
_GOES_WITH_RECORD = (RECORD, standard.MESH, NAMED_MESH)
# The graphs in which a term may be the object of a triple; in the records a term may be mentioned a million times.
_TERM_GRAPHS = (model.ONTOLOGY_GRAPH, model.ASSERTED_GRAPH, model.INFERRED_GRAPH)
_SAYING_GRAPHS = (model.STATEMENTS_GRAPH, model.CONCLUSIONS_GRAPH)
# By what statements, claims, studies, groups, results and doses name a term, a claim, a study, a group or a paper.
_NAMING = (
    *CLAIM_PARTS, *LINKS, statements.ABOUT, standard.DERIVED_FROM, *(field.property for field in FIELDS),
    statements.MEASURE, statements.COUNTED, statements.RESULT, statements.DOSE,
    statements.DESIGN, statements.OF_STUDY, statements.WITHIN, statements.REGIMEN,
)  # fmt: skip
_PARTS_OF_STATEMENT = (*LINKS, statements.RESULT, statements.DOSE)
_PARTS_OF_SPAN = (model.IN_SENTENCE, standard.HAS_SELECTOR)
_MOST_QUADS = 1_000_000

Node = NamedNode | BlankNode


def describe(store: Store, iri: NamedNode) -> list[Quad]:
    """Return all that the dataset says of ``iri``, sorted; an empty list where it says nothing.

    What hangs on a blank node follows right after the node that owns it, so that a writer can nest it.

    - a graph: its quads, those of ``graph:hedged`` too, as they are asked for by name;
    - the ontology, or its version: the graph of the ontology;
    - a statement or a knowledge gap: with its claim, its results and doses, the spans of its evidence and its words,
      their selectors and sentences, and who read its paper; a study or a group: with the spans of its evidence;
    - a claim: with one triple for each statement that affirms it, denies it, does not find it or leaves it open;
    - either of them: with the disagreements and the differences of numbers in which these statements stand;
    - a record, by its page or by the IRI of the paper: with its texts, sentences, mentions and headings, and one
      triple for each statement read in it; a text of it: with the sentences and mentions in it;
    - anything else: the triples that have it as subject or as object, but for those of records, the axioms in which it
      stands, and one triple for each claim, statement, study or group that names it.

    Raises LimitError where that would be more than a million quads.
    """
    if store.contains_named_graph(iri):
        return _sorted(store.quads_for_pattern(None, None, None, iri), iri)
    if _is_ontology(store, iri):
        return _sorted(store.quads_for_pattern(None, None, None, model.ONTOLOGY_GRAPH), iri)
    about = _about(store, _paper_of_page(store, iri) or iri)
    return _sorted((quad for quad in about if quad.graph_name != model.HEDGED_GRAPH), iri)


def in_order(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield quads sorted, graph by graph, but for what hangs on a blank node: it follows right after what owns it."""
    quads = sorted(quads, key=model.graph_rank)
    left: dict[object, list[Quad]] = {}
    for quad in quads:
        left.setdefault((quad.graph_name, quad.subject), []).append(quad)
    owned = {(quad.graph_name, quad.object) for quad in quads if isinstance(quad.object, BlankNode)}
    # What is in a circle is owned by nobody outside of it, and comes last.
    for root in sorted(left, key=lambda node: node in owned):
        waiting = [root]
        while waiting:
            said = left.pop(waiting.pop(), [])
            yield from said
            waiting += [(quad.graph_name, quad.object) for quad in reversed(said) if isinstance(quad.object, BlankNode)]


def _about(store: Store, iri: NamedNode) -> Iterator[Quad]:
    yield from _with_parts(store, [iri, *_axioms_with(store, iri)], _axiom_parts)
    for graph in _TERM_GRAPHS:
        for quad in store.quads_for_pattern(None, None, iri, graph):
            if isinstance(quad.subject, NamedNode):
                yield quad
    for graph in _SAYING_GRAPHS:
        for place in _NAMING:
            yield from store.quads_for_pattern(None, place, iri, graph)
    for part in _pointed_at(store, iri, _PARTS_OF_STATEMENT):
        yield from store.quads_for_pattern(part, None, None, model.STATEMENTS_GRAPH)
    for node in dict.fromkeys(_comparisons(store, iri)):
        yield from store.quads_for_pattern(node, None, None, model.STATEMENTS_GRAPH)
    for reading in _readings(store, iri):
        yield from store.quads_for_pattern(reading, None, None, model.STATEMENTS_GRAPH)
    yield from _with_parts(store, _pointed_at(store, iri, SPANS), _span_parts, model.RECORDS_GRAPH)
    yield from _with_parts(store, [iri], _record_parts, model.RECORDS_GRAPH)
    for word in _words_in(store, iri):
        yield from store.quads_for_pattern(word, None, None, model.RECORDS_GRAPH)


def _pointed_at(store: Store, iri: NamedNode, properties: Iterable[NamedNode]) -> Iterator[NamedNode]:
    for property_ in properties:
        for quad in store.quads_for_pattern(iri, property_, None, model.STATEMENTS_GRAPH):
            if isinstance(quad.object, NamedNode):
                yield quad.object


def _comparisons(store: Store, iri: NamedNode) -> Iterator[NamedNode]:
    """Yield the disagreements of a statement, or of those of a claim, and the differences of its numbers."""
    graph = model.STATEMENTS_GRAPH
    sayings = [quad.subject for link in LINKS for quad in store.quads_for_pattern(None, link, iri, graph)]
    for saying in (iri, *sayings):
        results = store.quads_for_pattern(saying, statements.RESULT, None, graph)
        for part in (saying, *(quad.object for quad in results)):
            for side in (statements.ONE_SIDE, statements.OTHER_SIDE):
                for quad in store.quads_for_pattern(None, side, part, graph):
                    if isinstance(quad.subject, NamedNode):
                        yield quad.subject


def _readings(store: Store, iri: NamedNode) -> Iterator[NamedNode]:
    """Yield the curations of the paper of a statement, a study or a group: they say who read it, and when."""
    for paper in _pointed_at(store, iri, (standard.DERIVED_FROM,)):
        for quad in store.quads_for_pattern(None, standard.DERIVED_FROM, paper, model.STATEMENTS_GRAPH):
            kinds = store.quads_for_pattern(quad.subject, standard.TYPE, statements.CURATION, model.STATEMENTS_GRAPH)
            if isinstance(quad.subject, NamedNode) and next(kinds, None):
                yield quad.subject


def _words_in(store: Store, iri: NamedNode) -> Iterator[NamedNode]:
    """Yield the words in a paper or a text that statements point to: no triple leads from the text to them."""
    wholes = store.quads_for_pattern(iri, standard.IS_PART_OF, None, model.RECORDS_GRAPH)
    for paper, within in ((iri, ""), *((quad.object, f"{iri.value}#") for quad in wholes)):
        for quad in store.quads_for_pattern(None, standard.DERIVED_FROM, paper, model.STATEMENTS_GRAPH):
            if isinstance(quad.subject, NamedNode):
                yield from (span for span in _pointed_at(store, quad.subject, SPANS) if span.value.startswith(within))


def _is_ontology(store: Store, iri: NamedNode) -> bool:
    graph = model.ONTOLOGY_GRAPH
    return any(store.quads_for_pattern(iri, standard.TYPE, standard.OWL_ONTOLOGY, graph)) or any(
        store.quads_for_pattern(None, standard.VERSION_IRI, iri, graph)
    )


def _paper_of_page(store: Store, iri: NamedNode) -> NamedNode | None:
    """Return the paper whose record has that page; None for a page that is the IRI of the paper, and for no page."""
    if not iri.value.startswith(RECORD):
        return None
    for part in model.TEXT_CLASSES:
        text = NamedNode(f"{iri.value}/{part}")
        for quad in store.quads_for_pattern(text, standard.IS_PART_OF, None, model.RECORDS_GRAPH):
            if isinstance(quad.object, NamedNode):
                return quad.object
    key = iri.value.removeprefix(f"{RECORD}pubmed/")  # a record without title and abstract, as that of a deletion
    return NamedNode(PUBMED + key) if key.isdigit() else None


def _with_parts(
    store: Store,
    nodes: Iterable[Node],
    parts: Callable[[Store, Quad], Iterable[Node]],
    graph: NamedNode | None = None,
) -> Iterator[Quad]:
    """Yield what is said of the nodes, and of what the function says are parts of them, and of parts of those."""
    waiting = list(nodes)
    seen = set(waiting)
    while waiting:
        for quad in store.quads_for_pattern(waiting.pop(), None, None, graph):
            yield quad
            new = [part for part in parts(store, quad) if part not in seen]
            seen.update(new)
            waiting.extend(new)


def _axiom_parts(_: Store, quad: Quad) -> Iterator[Node]:
    if isinstance(quad.object, BlankNode):
        yield quad.object


def _span_parts(_: Store, quad: Quad) -> Iterator[Node]:
    if quad.predicate in _PARTS_OF_SPAN and isinstance(quad.object, NamedNode):
        yield quad.object


def _record_parts(store: Store, quad: Quad) -> Iterator[Node]:
    """Yield the parts of a record that a quad leads to: a text has spans, and a span has mentions that point at it."""
    value = quad.object
    if (
        isinstance(value, NamedNode)
        and value.value.startswith(_GOES_WITH_RECORD)
        and not str(quad.subject)[1:].startswith(value.value)  # a part begins with the name of what it is a part of
    ):
        yield value
    for leads_to in (standard.HAS_SOURCE, standard.HAS_TARGET):
        for part in store.quads_for_pattern(None, leads_to, quad.subject, model.RECORDS_GRAPH):
            if isinstance(part.subject, NamedNode):
                yield part.subject


def _axioms_with(store: Store, iri: NamedNode) -> Iterator[Node]:
    """Yield the axioms that have the IRI somewhere in them and are nobody's: those of disjointness, for example."""
    waiting: list[Node] = [iri]
    seen: set[Node] = set()
    while waiting:
        for quad in store.quads_for_pattern(None, None, waiting.pop(), model.ONTOLOGY_GRAPH):
            holder = quad.subject
            if isinstance(holder, BlankNode) and holder not in seen:
                seen.add(holder)
                waiting.append(holder)
    for holder in seen:
        if next(store.quads_for_pattern(None, None, holder), None) is None:
            yield holder


def _sorted(quads: Iterable[Quad], iri: NamedNode) -> list[Quad]:
    found: set[Quad] = set()
    for quad in quads:
        found.add(quad)
        if len(found) > _MOST_QUADS:
            what = f"has more than {_MOST_QUADS:,} quads"
            raise LimitError([Problem(iri.value, what, "export the dataset, or ask for a part of it by a query")])
    return list(in_order(found))
