"""What the home page shows: what is here, and what to begin with, all drawn from the data."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from her2ld.iris import path_of
from her2ld.pages import network, overview, places, sayings
from her2ld.pages.knowledge import Knowledge, Term
from her2ld.pages.links import Links
from her2ld.pages.names import Name
from her2ld.pages.records import read_record
from her2ld.pages.views import View
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model

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
    """Something to begin with."""

    href: str
    title: str
    text: str


def view(knowledge: Knowledge, links: Links, name: Callable[[Term], Name]) -> View:
    """Return what the home page shows: what is here, what to begin with, and the network."""
    _, header = knowledge.vocabulary.header
    drawing = network.draw(knowledge, name)
    entity = most_used(knowledge)
    disagreed = overview.disagreed_on(knowledge)
    return "home.html", {
        "title": "Home",
        "description": header[standard.DESCRIPTION].value,
        "numbers": numbers(knowledge),
        "entity": entity,
        "overview": overview.overview_of(knowledge, entity) if entity else [],
        "statuses": overview.statuses(knowledge),
        "disagreed": disagreed[:_DISAGREED_SHOWN],
        "more_disagreed": max(0, len(disagreed) - _DISAGREED_SHOWN),
        "cards": cards(knowledge, links, name),
        "papers": [read_record(knowledge, paper) for paper in knowledge.papers[:_PAPERS_SHOWN]],
        "more_papers": knowledge.paper_count > _PAPERS_SHOWN,
        "edges": drawing.drawn,
        "network": drawing.data,
    }


def numbers(knowledge: Knowledge) -> list[tuple[int, str, str, str]]:
    """Return how much of what there is, the path of the page that shows it, and the place there, if it is one."""
    standings = Counter(sayings.standing(knowledge, each) for each in knowledge.statements.values())
    gaps = standings[sayings.OPEN]
    with_numbers = sum(bool(each.results) for each in knowledge.statements.values())
    counts = [
        (knowledge.paper_count, "paper", "papers", places.RECORDS, ""),
        (len(knowledge.statements) - gaps, "statement", "statements", places.STATEMENTS, ""),
        *(
            (standings[each], f"of them {word}", f"of them {word}", places.STATEMENTS, each.name)
            for each, word in _SHOWN_APART
            if standings[each] or each in (sayings.UNSURE, sayings.DENIED)
        ),
        (with_numbers, "of them with numbers", "of them with numbers", places.STATEMENTS, ""),
        (gaps, "knowledge gap", "knowledge gaps", places.STATEMENTS, sayings.OPEN.name),
        (len(knowledge.judge.studies), "study", "studies", places.STUDIES, ""),
        (len(knowledge.terms), "term", "terms", places.ONTOLOGY, ""),
        (sum(map(len, knowledge.mappings.values())), "mapping", "mappings", places.ONTOLOGY, ""),
    ]
    return [
        (count, one if count == 1 else many, place, anchor if count else "")
        for count, one, many, place, anchor in counts
    ]


def cards(knowledge: Knowledge, links: Links, name: Callable[[Term], Name]) -> list[Card]:
    """Return three things to begin with: the entity of which most papers speak, a hedged statement, and a question."""
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
    return [*found, Card(links.page(places.QUERY), "Ask a question", text)]


def most_used(knowledge: Knowledge) -> NamedNode | None:
    """Return the term of which most papers speak, as subject or object, and of those the one of most statements."""
    ranks: dict[NamedNode, tuple[int, int]] = {}
    for term, uses in knowledge.uses.items():
        if path_of(term) in knowledge.terms:
            said = [statement for property_, statement in uses if property_ in (model.SUBJECT, model.OBJECT)]
            ranks[term] = (len({each.paper for each in said}), len(said))
    return min(ranks, key=lambda term: (-ranks[term][0], -ranks[term][1], term.value), default=None)
