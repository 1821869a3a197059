"""The content of the pages of terms, graphs and other things."""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from itertools import islice

from pyoxigraph import BlankNode, NamedNode, Quad

from her2ld.iris import path_of
from her2ld.mappings.term_mappings import TermMapping
from her2ld.pages.addresses import Links
from her2ld.pages.knowledge import Knowledge, Term, View
from her2ld.statements import Statement
from her2ld.vocabulary import model, standard, statement_model

Rows = list[tuple[NamedNode, list[Term]]]
Groups = list[tuple[NamedNode, list[Statement]]]

_SHOWN = 50
_SKOS_TEXTS = (standard.LABEL, standard.ALT_LABEL, standard.DEFINITION)
_SAID_ELSEWHERE = frozenset({
    *_SKOS_TEXTS, *standard.MAPPING_RELATIONS, model.NOT_EXACT_MATCH, model.NO_TERM_IN, standard.TYPE
})  # fmt: skip
# The graphs with plain triples that the ontology states or implies.
_ONTOLOGY = (model.ONTOLOGY_GRAPH, model.INFERRED_GRAPH)

# The properties from a statement to things that have a page of their own but no meaning without the statement.
_PARTS = (statement_model.RESULT, statement_model.DOSE)

# The content of each graph (docs/design.md).
GRAPHS = {
    model.ONTOLOGY_GRAPH: "The ontology: every class, relation and entity, with its names and mappings.",
    model.ASSERTED_GRAPH: "Plain triples: at least one paper asserts each of them, of at least one setting.",
    model.HEDGED_GRAPH: "The plain triples of what papers state less than surely: for who asks for them by name.",
    model.INFERRED_GRAPH: "What follows from the ontology and from what is asserted.",
    model.CONCLUSIONS_GRAPH: "What follows from statements, each conclusion as sure as the least sure of them.",
    model.STATEMENTS_GRAPH: "Claims and statements: how a statement stands to its claim, how surely, in which words.",
    model.RECORDS_GRAPH: "The papers: citation, headings, texts, sentences, and the names found in them.",
    model.EXCERPTS_GRAPH: "What other vocabularies say.",
}


def entity_view(knowledge: Knowledge, term: NamedNode, links: Links) -> View:
    """Return the content of the page of a class, an entity or a property."""
    as_subject, as_object, as_other = statements_of(knowledge, term)
    mentions = [
        (links.page(path), knowledge.label(paper))
        for path, text in mentions_of(knowledge, term)
        for paper in knowledge.iris(text, standard.IS_PART_OF)
    ]
    return "entity.html", {
        "title": knowledge.label(term),
        "iri": term.value,
        "kinds": kinds(knowledge, term),
        "definitions": knowledge.texts(term, standard.DEFINITION),
        "synonyms": knowledge.texts(term, standard.ALT_LABEL),
        "as_subject": as_subject,
        "as_object": as_object,
        "as_other": as_other,
        "count": len({statement.iri for _, statement in knowledge.uses.get(term, ())}),
        "rows": described(knowledge, term),
        "pointing": pointing(knowledge, term),
        "mappings": knowledge.mappings.get(term, ()),
        "relation_words": partial(_relation_words, knowledge),
        "mentions": mentions,
    }


def _relation_words(knowledge: Knowledge, mapping: TermMapping) -> str:
    words = knowledge.label(mapping.relation)
    return words.replace("is ", "is not ", 1) if mapping.negated else words


def graph_view(knowledge: Knowledge, graph: NamedNode) -> View:
    """Return the content of the page of a named graph."""
    count = sum(1 for _ in knowledge.store.quads_for_pattern(None, None, None, graph))
    meaning = GRAPHS[graph]
    return "graph.html", {"title": knowledge.label(graph), "iri": graph.value, "meaning": meaning, "count": count}


def thing_view(knowledge: Knowledge, thing: NamedNode) -> View:
    """Return the content of the page of any other thing."""
    wholes = [each for part in _PARTS for each in knowledge.subjects(part, thing)]
    return "thing.html", {
        "title": knowledge.label(thing),
        "wholes": wholes,
        "iri": thing.value,
        "rows": described(knowledge, thing, frozenset()),
        "pointing": pointing(knowledge, thing),
    }


def kinds(knowledge: Knowledge, term: NamedNode) -> list[NamedNode]:
    """Return the classes of an entity, or the declared types of a class or property."""
    types = knowledge.iris(term, standard.TYPE)
    return [kind for kind in types if kind != standard.OWL_INDIVIDUAL] or types


def described(knowledge: Knowledge, thing: NamedNode, leaving_out: frozenset[NamedNode] = _SAID_ELSEWHERE) -> Rows:
    """Return the store's description of a thing by property, without the statements of papers."""
    claims = (said.claim for property_, said in knowledge.uses.get(thing, ()) if property_ == statement_model.SUBJECT)
    stated = {(claim.relation, claim.object) for claim in claims if claim}
    quads = knowledge.store.quads_for_pattern(thing, None, None)
    others = (quad for quad in quads if (quad.predicate, quad.object) not in stated)
    return _by_property(knowledge, others, leaving_out, of_subject=False)


def pointing(knowledge: Knowledge, thing: NamedNode) -> Rows:
    """Return the ontology's triples with a thing as their object, by property."""
    graphs = _ONTOLOGY
    quads = (quad for graph in graphs for quad in knowledge.store.quads_for_pattern(None, None, thing, graph))
    return _by_property(knowledge, quads, frozenset(), of_subject=True)


def _by_property(
    knowledge: Knowledge, quads: Iterable[Quad], leaving_out: frozenset[NamedNode], *, of_subject: bool
) -> Rows:
    values: defaultdict[NamedNode, set[Term]] = defaultdict(set)
    for quad in quads:
        value = quad.subject if of_subject else quad.object
        shown = quad.graph_name != model.HEDGED_GRAPH and quad.predicate not in leaving_out
        if shown and not isinstance(value, BlankNode):
            values[quad.predicate].add(value)
    ordered = sorted(values.items(), key=lambda item: (knowledge.label(item[0]).casefold(), item[0].value))
    return [(property_, sorted(each, key=lambda one: _sorting(knowledge, one))) for property_, each in ordered]


def _sorting(knowledge: Knowledge, term: Term) -> tuple[str, str]:
    return (knowledge.label(term).casefold() if isinstance(term, NamedNode) else "", str(term))


def statements_of(knowledge: Knowledge, term: NamedNode) -> tuple[Groups, Groups, Groups]:
    """Return the statements that a term is part of: as subject and as object by relation, else by the property."""
    as_subject: defaultdict[NamedNode, list[Statement]] = defaultdict(list)
    as_object: defaultdict[NamedNode, list[Statement]] = defaultdict(list)
    otherwise: defaultdict[NamedNode, list[Statement]] = defaultdict(list)
    for property_, statement in knowledge.uses.get(term, ()):
        relation = statement.claim.relation if statement.claim else None
        if property_ == statement_model.SUBJECT and relation:
            as_subject[relation].append(statement)
        elif property_ == statement_model.OBJECT and relation:
            as_object[relation].append(statement)
        else:
            otherwise[property_].append(statement)
    subject, object_, rest = (
        sorted(groups.items(), key=lambda item: (knowledge.label(item[0]).casefold(), item[0].value))
        for groups in (as_subject, as_object, otherwise)
    )
    return subject, object_, rest


def mentions_of(knowledge: Knowledge, term: NamedNode) -> list[tuple[str, NamedNode]]:
    """Return the first texts that mention a term, each as the path of its page and its IRI."""
    found: dict[NamedNode, None] = {}
    for quad in islice(knowledge.store.quads_for_pattern(None, standard.HAS_BODY, term), _SHOWN * 10):
        if isinstance(quad.subject, NamedNode):
            for span in knowledge.iris(quad.subject, standard.HAS_TARGET):
                found.update(dict.fromkeys(knowledge.iris(span, standard.HAS_SOURCE)))
        if len(found) >= _SHOWN:
            break
    return [(path, text) for text in sorted(found, key=str) if (path := path_of(text))]
