"""The home page: the size of the dataset, an overview of the claims, and starting points."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from her2ld.iris import path_of
from her2ld.pages import addresses, network, sayings
from her2ld.pages.addresses import Links
from her2ld.pages.knowledge import Knowledge, Term, View
from her2ld.pages.records import read_record
from her2ld.pages.sayings import LinkText
from her2ld.statements import Claim, Statement
from her2ld.statements.paper_comparison import Status
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model

_MOST_RELATIONS = 8
_MOST_CLAIMS = 5


@dataclass(frozen=True, slots=True)
class Told:
    """A claim about a thing: its other end, and the status to show, None if it is affirmed and unopposed."""

    claim: NamedNode
    end: NamedNode
    status: Status | None


@dataclass(frozen=True, slots=True)
class RelationOverview:
    """The claims about a thing by one relation, with it as subject or object: the number of papers, the first claims.

    ``more`` is the number of claims that are left out.
    """

    relation: NamedNode
    is_subject: bool
    papers: int
    told: tuple[Told, ...]
    more: int


def overview_of(knowledge: Knowledge, term: NamedNode) -> list[RelationOverview]:
    """Return the claims about a term by relation, those of most papers first."""
    found: defaultdict[tuple[NamedNode, bool], dict[NamedNode, tuple[Claim, tuple[Statement, ...]]]] = defaultdict(dict)
    for claim_iri in dict.fromkeys(each.claim.iri for _, each in knowledge.uses.get(term, ()) if each.claim):
        said = knowledge.claims[claim_iri]
        claim = said[0].claim
        if claim and claim.relation and term in (claim.subject, claim.object):
            found[claim.relation, claim.subject == term][claim_iri] = claim, said
    overviews = [
        _overview(knowledge, relation, claims, is_subject=is_subject)
        for (relation, is_subject), claims in found.items()
    ]
    shown = [each for each in overviews if each.told]
    shown.sort(key=lambda each: (-each.papers, -len(each.told), knowledge.label(each.relation), each.is_subject))
    return shown[:_MOST_RELATIONS]


def _overview(
    knowledge: Knowledge,
    relation: NamedNode,
    claims: Mapping[NamedNode, tuple[Claim, tuple[Statement, ...]]],
    *,
    is_subject: bool,
) -> RelationOverview:
    told = [
        (len({each.paper for each in said}), Told(iri, end, _shown(knowledge, iri)))
        for iri, (claim, said) in claims.items()
        if (end := claim.object if is_subject else claim.subject)
    ]
    told.sort(key=lambda each: (-each[0], each[1].status is not None, knowledge.label(each[1].end).casefold()))
    papers = {each.paper for _, said in claims.values() for each in said}
    first = tuple(each for _, each in told[:_MOST_CLAIMS])
    return RelationOverview(relation, is_subject, len(papers), first, len(told) - len(first))


def _shown(knowledge: Knowledge, claim: NamedNode) -> Status | None:
    """Return the status of a complete claim; None if it is plainly affirmed."""
    status = knowledge.comparison.statuses.get(claim, Status.OPEN)
    return None if status is Status.AFFIRMED else status


def statuses(knowledge: Knowledge) -> list[tuple[Status, int]]:
    """Return the number of claims of each status that occurs."""
    counts = Counter(knowledge.comparison.statuses.values())
    return [(each, counts[each]) for each in Status if counts[each]]


def disagreed_on(knowledge: Knowledge) -> list[tuple[NamedNode, Status]]:
    """Return the claims on which papers disagree: first the disputed ones, then the limited ones."""
    found = knowledge.comparison.statuses.items()
    wanted = (Status.DISPUTED, Status.LIMITED)
    ordered = sorted(found, key=lambda each: (each[1] is Status.LIMITED, knowledge.label(each[0]).casefold()))
    return [(claim, status) for claim, status in ordered if status in wanted]


_PAPERS_SHOWN = 5
_DISAGREED_SHOWN = 10
_SHOWN_APART = (
    (sayings.UNSURE, "hedged"),
    (sayings.ASKED, "only investigated"),
    (sayings.DENIED, "denied"),
    (sayings.NOT_FOUND, "not found"),
    (sayings.RETRACTED, "retracted"),
)


@dataclass(frozen=True, slots=True)
class Card:
    """A starting point for readers."""

    href: str
    title: str
    text: str


def view(knowledge: Knowledge, links: Links, name: Callable[[Term], LinkText]) -> View:
    """Return the content of the home page: the size of the dataset, the starting points, and the network."""
    _, header = knowledge.vocabulary.header
    drawing = network.draw(knowledge, name)
    entity = most_used(knowledge)
    disagreed = disagreed_on(knowledge)
    return "home.html", {
        "title": "Home",
        "description": header[standard.DESCRIPTION].value,
        "numbers": numbers(knowledge),
        "entity": entity,
        "overview": overview_of(knowledge, entity) if entity else [],
        "statuses": statuses(knowledge),
        "disagreed": disagreed[:_DISAGREED_SHOWN],
        "more_disagreed": max(0, len(disagreed) - _DISAGREED_SHOWN),
        "cards": cards(knowledge, links, name),
        "papers": [read_record(knowledge, paper) for paper in knowledge.papers[:_PAPERS_SHOWN]],
        "more_papers": knowledge.paper_count > _PAPERS_SHOWN,
        "edges": drawing.drawn,
        "network": drawing.data,
    }


def numbers(knowledge: Knowledge) -> list[tuple[int, str, str, str]]:
    """Return the number of things of each kind, the path of the page that shows them, and the place there, if any."""
    standings = Counter(sayings.standing(knowledge, each) for each in knowledge.statements.values())
    gaps = standings[sayings.OPEN]
    with_numbers = sum(bool(each.results) for each in knowledge.statements.values())
    counts = [
        (knowledge.paper_count, "paper", "papers", addresses.RECORDS, ""),
        (len(knowledge.statements) - gaps, "statement", "statements", addresses.STATEMENTS, ""),
        *(
            (standings[each], f"of them {word}", f"of them {word}", addresses.STATEMENTS, each.name)
            for each, word in _SHOWN_APART
            if standings[each] or each in (sayings.UNSURE, sayings.DENIED)
        ),
        (with_numbers, "of them with numbers", "of them with numbers", addresses.STATEMENTS, ""),
        (gaps, "knowledge gap", "knowledge gaps", addresses.STATEMENTS, sayings.OPEN.name),
        (len(knowledge.judge.studies), "study", "studies", addresses.STUDIES, ""),
        (len(knowledge.terms), "term", "terms", addresses.ONTOLOGY, ""),
        (sum(map(len, knowledge.mappings.values())), "mapping", "mappings", addresses.ONTOLOGY, ""),
    ]
    return [
        (count, one if count == 1 else many, place, anchor if count else "")
        for count, one, many, place, anchor in counts
    ]


def cards(knowledge: Knowledge, links: Links, name: Callable[[Term], LinkText]) -> list[Card]:
    """Return three starting points: the entity with most papers, a hedged statement, and a question."""
    entity = most_used(knowledge)
    hedged = next(
        (
            (each, cue)
            for each in knowledge.statements.values()
            if sayings.standing(knowledge, each) is sayings.UNSURE
            for cue in each.spans(model.CERTAINTY_CUE)[:1]
        ),
        None,
    )
    found = []
    if entity and (page := name(entity).page):
        count = len({statement.iri for _, statement in knowledge.uses[entity]})
        text = f"The entity of which most papers speak: {count} statements, each with its sentence."
        found.append(Card(page, knowledge.label(entity), text))
    if hedged and (page := name(hedged[0].iri).page):
        text = f"Is it so? The authors say: “{hedged[1].exact}”. See the words in their sentence."
        found.append(Card(page, sayings.title(knowledge, hedged[0]), text))
    text = "Questions in SPARQL, answered with one click, or your own."
    if links.endpoint is None:
        text = "Questions in SPARQL, each with its answer."
    return [*found, Card(links.page(addresses.QUERY), "Ask a question", text)]


def most_used(knowledge: Knowledge) -> NamedNode | None:
    """Return the term that is subject or object in most papers, and among equals the one with most statements."""
    ranks: dict[NamedNode, tuple[int, int]] = {}
    for term, uses in knowledge.uses.items():
        if path_of(term) in knowledge.terms:
            said = [statement for property_, statement in uses if property_ in (model.SUBJECT, model.OBJECT)]
            ranks[term] = (len({each.paper for each in said}), len(said))
    return min(ranks, key=lambda term: (-ranks[term][0], -ranks[term][1], term.value), default=None)
