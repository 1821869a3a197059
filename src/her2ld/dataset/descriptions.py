"""All data about one thing: the content of the document at its IRI.

A thing has with it the nodes that have no meaning without it: a statement its claim, its results and doses and its
spans of text; a record its texts, sentences and headings; a term the blank nodes of its OWL axioms. A suggestion of an
author is never included as a plain triple (``graph:hedged``), but as a statement with its certainty.
"""

from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import BlankNode, NamedNode, Quad, Store

from her2ld.dataset.statements import CLAIM_PARTS, SPANS
from her2ld.errors import LimitError, Problem
from her2ld.iris import NAMED_MESH, PUBMED, RECORD
from her2ld.statements.statement import FIELDS, LINKS
from her2ld.vocabulary import model, standard
from her2ld.vocabulary import statement_model as statements

# The data of a record about a MeSH term, with NLM's IRI or ours, belong to the record.
_GOES_WITH_RECORD = (RECORD, standard.MESH, NAMED_MESH)
# The graphs that are searched for triples with a term as object; records may mention a term a million times.
_TERM_GRAPHS = (model.ONTOLOGY_GRAPH, model.ASSERTED_GRAPH, model.INFERRED_GRAPH)
_SAYING_GRAPHS = (model.STATEMENTS_GRAPH, model.CONCLUSIONS_GRAPH)
# The properties from statements, claims, studies, groups, results and doses to other nodes.
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
    """Return all data about ``iri``, sorted; an empty list if there are none.

    The quads of a blank node directly follow those of the node that owns it, so that a writer can nest them.

    - a graph: its quads, including those of ``graph:hedged``, because they are asked for by name;
    - the ontology, or its version: the graph of the ontology;
    - a statement or a knowledge gap: with its claim, its results and doses, the spans of its evidence and its words,
      their selectors and sentences, and the curation of its paper; a study or a group: with the spans of its evidence;
    - a claim: with one triple for each statement that affirms it, denies it, does not find it or leaves it open;
    - a statement or a claim: with the disagreements and the differences of numbers that involve these statements;
    - a record, by its page or by the IRI of the paper: with its texts, sentences, mentions and headings, and one triple
      for each statement read in it; a text of it: with the sentences and mentions in it;
    - anything else: the triples that have it as subject or as object, except those of records, the axioms that contain
      it, and one triple for each claim, statement, study or group that names it.

    Raises LimitError if that would be more than a million quads.
    """
    if store.contains_named_graph(iri):
        return _sorted(store.quads_for_pattern(None, None, None, iri), iri)
    if _is_ontology(store, iri):
        return _sorted(store.quads_for_pattern(None, None, None, model.ONTOLOGY_GRAPH), iri)
    about = _about(store, _paper_of_page(store, iri) or iri)
    return _sorted((quad for quad in about if quad.graph_name != model.HEDGED_GRAPH), iri)


def in_order(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield quads sorted, graph by graph; those of a blank node directly follow the node that owns it."""
    quads = sorted(quads, key=model.graph_rank)
    left: dict[object, list[Quad]] = {}
    for quad in quads:
        left.setdefault((quad.graph_name, quad.subject), []).append(quad)
    owned = {(quad.graph_name, quad.object) for quad in quads if isinstance(quad.object, BlankNode)}
    # Blank nodes in a circle have no owner outside of it, and come last.
    for root in sorted(left, key=lambda node: node in owned):
        waiting = [root]
        while waiting:
            about = left.pop(waiting.pop(), [])
            yield from about
            waiting += [
                (quad.graph_name, quad.object) for quad in reversed(about) if isinstance(quad.object, BlankNode)
            ]


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
    """Yield the disagreements of a statement, or of the statements of a claim, and the differences of their numbers."""
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
    """Yield the curations of the paper of a statement, a study or a group, which have the curator and the date."""
    for paper in _pointed_at(store, iri, (standard.DERIVED_FROM,)):
        for quad in store.quads_for_pattern(None, standard.DERIVED_FROM, paper, model.STATEMENTS_GRAPH):
            kinds = store.quads_for_pattern(quad.subject, standard.TYPE, statements.CURATION, model.STATEMENTS_GRAPH)
            if isinstance(quad.subject, NamedNode) and next(kinds, None):
                yield quad.subject


def _words_in(store: Store, iri: NamedNode) -> Iterator[NamedNode]:
    """Yield the words in a paper or a text to which statements point: no triple leads from the text to them."""
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
    """Return the paper whose record has that page; None if the page's IRI is that of the paper, and for other IRIs."""
    if not iri.value.startswith(RECORD):
        return None
    for part in model.TEXT_CLASSES:
        text = NamedNode(f"{iri.value}/{part}")
        for quad in store.quads_for_pattern(text, standard.IS_PART_OF, None, model.RECORDS_GRAPH):
            if isinstance(quad.object, NamedNode):
                return quad.object
    key = iri.value.removeprefix(f"{RECORD}pubmed/")  # a record without title and abstract, such as that of a deletion
    return NamedNode(PUBMED + key) if key.isdigit() else None


def _with_parts(
    store: Store,
    nodes: Iterable[Node],
    parts: Callable[[Store, Quad], Iterable[Node]],
    graph: NamedNode | None = None,
) -> Iterator[Quad]:
    """Yield the quads of the nodes, of their parts by the function ``parts``, and of the parts of these."""
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
    """Yield the parts of a record to which a quad leads: a text has spans, and mentions point to a span."""
    value = quad.object
    if (
        isinstance(value, NamedNode)
        and value.value.startswith(_GOES_WITH_RECORD)
        and not str(quad.subject)[1:].startswith(value.value)  # the IRI of a part begins with that of the whole
    ):
        yield value
    for leads_to in (standard.HAS_SOURCE, standard.HAS_TARGET):
        for part in store.quads_for_pattern(None, leads_to, quad.subject, model.RECORDS_GRAPH):
            if isinstance(part.subject, NamedNode):
                yield part.subject


def _axioms_with(store: Store, iri: NamedNode) -> Iterator[Node]:
    """Yield the axioms that contain the IRI and have no owner, such as those of disjointness."""
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
