"""The content of the pages of terms, studies, groups of patients, graphs and other things."""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from itertools import islice

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from her2ld.iris import path_of
from her2ld.mappings.term_mappings import TermMapping
from her2ld.pages.knowledge import Knowledge, Term, View
from her2ld.pages.links import Links
from her2ld.statements import Group, Statement, Study
from her2ld.vocabulary import model, standard, statement_model

Rows = list[tuple[NamedNode, list[Term]]]
Groups = list[tuple[NamedNode, list[Statement]]]

_SHOWN = 50
_SKOS_TEXTS = (standard.LABEL, standard.ALT_LABEL, standard.DEFINITION)
_SHOWN_ELSEWHERE = frozenset({
    *_SKOS_TEXTS, *standard.MAPPING_RELATIONS, model.NOT_EXACT_MATCH, model.NO_TERM_IN, standard.TYPE
})  # fmt: skip
# The graphs with plain triples that the ontology states or implies.
_ONTOLOGY = (model.ONTOLOGY_GRAPH, model.INFERRED_GRAPH)

# Properties from a statement to its parts. A part has a page, but no meaning without the statement.
_PARTS = (statement_model.RESULT, statement_model.DOSE)

# The content of each graph (docs/design.md).
GRAPHS = {
    model.ONTOLOGY_GRAPH: "The ontology: every class, relation and entity, with its names and mappings.",
    model.ASSERTED_GRAPH: "Plain triples: at least one paper asserts each of them, of at least one setting.",
    model.HEDGED_GRAPH: "The plain triples of hedged claims, only for queries that name this graph.",
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


def described(knowledge: Knowledge, thing: NamedNode, leaving_out: frozenset[NamedNode] = _SHOWN_ELSEWHERE) -> Rows:
    """Return the store's description of a thing by property, without the statements of papers."""
    uses = knowledge.uses.get(thing, ())
    claims = (statement.claim for property_, statement in uses if property_ == statement_model.SUBJECT)
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


def studies_view(knowledge: Knowledge) -> View:
    """Return the content of the list of studies: the design, population and number of statements of each."""
    return "studies.html", {
        "title": "Studies",
        "studies": [
            (each, _groups(knowledge, each), _paper(knowledge, each), len(_statements_on(knowledge, each)))
            for each in knowledge.judge.studies.values()
        ],
    }


def _paper(knowledge: Knowledge, study: Study) -> NamedNode | None:
    return next(iter(knowledge.iris(study.iri, standard.DERIVED_FROM)), None)


def _groups(knowledge: Knowledge, study: Study) -> list[Group]:
    return [each for each in knowledge.judge.groups.values() if each.of_study == study.iri]


def _statements_on(knowledge: Knowledge, thing: Study | Group) -> set[NamedNode]:
    """Return the statements on a study and its groups, or on a group alone."""
    groups = _groups(knowledge, thing) if isinstance(thing, Study) else []
    return {statement.iri for each in (thing, *groups) for _, statement in knowledge.uses.get(each.iri, ())}


def study_view(knowledge: Knowledge, study: Study) -> View:
    """Return the content of a study's page."""
    groups = _groups(knowledge, study)
    rows: Rows = [
        (statement_model.DESIGN, list(study.designs)),
        (statement_model.REGISTRATION_NUMBER, list(map(Literal, study.registry_numbers))),
        (statement_model.POPULATION, list(study.populations)),
        (statement_model.SIZE, _size(study)),
        (standard.DERIVED_FROM, list(knowledge.iris(study.iri, standard.DERIVED_FROM))),
    ]
    return _study_or_group(knowledge, study, rows, groups)


def group_view(knowledge: Knowledge, group: Group) -> View:
    """Return the content of the page of a study's group."""
    inside = [each for each in knowledge.judge.groups.values() if each.within == group.iri]
    rows: Rows = [
        (statement_model.OF_STUDY, _one(group.of_study)),
        (statement_model.WITHIN, _one(group.within)),
        (statement_model.REGIMEN, _one(group.regimen)),
        (statement_model.POPULATION, list(group.populations)),
        (statement_model.CONDITION, list(group.conditions)),
        (statement_model.SIZE, _size(group)),
        (standard.DERIVED_FROM, list(knowledge.iris(group.iri, standard.DERIVED_FROM))),
    ]
    return _study_or_group(knowledge, group, rows, inside)


def _study_or_group(knowledge: Knowledge, thing: Study | Group, rows: Rows, groups: list[Group]) -> View:
    """Return a study with all statements on it and on its groups, or a group with the statements on it alone."""
    statements = _statements_on(knowledge, thing)
    return "study.html", {
        "title": thing.called or knowledge.label(thing.iri),
        "is_study": isinstance(thing, Study),
        "iri": thing.iri.value,
        "rows": [(property_, values) for property_, values in rows if values],
        "quotes": thing.evidence,
        "groups": groups,
        "statements": [each for each in knowledge.statements.values() if each.iri in statements],
    }


def _one(value: NamedNode | None) -> list[Term]:
    return [value] if value else []


def _size(thing: Study | Group) -> list[Term]:
    return [Literal(thing.size)] if thing.size is not None else []
