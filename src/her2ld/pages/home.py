"""What the home page shows: what is here, and what to begin with, all drawn from the data."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from her2ld.iris import path_of
from her2ld.pages import network, places
from her2ld.pages.knowledge import Knowledge, Term
from her2ld.pages.links import Links
from her2ld.pages.names import Name
from her2ld.pages.records import read_record
from her2ld.pages.views import View
from her2ld.vocabulary import standard

_PAPERS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Card:
    """Something to begin with."""

    href: str
    title: str
    text: str


def view(knowledge: Knowledge, links: Links, name: Callable[[Term], Name]) -> View:
    """Give what the home page shows: what is here, what to begin with, and the network."""
    _, header = knowledge.vocabulary.header
    drawing = network.draw(knowledge, name)
    return "home.html", {
        "title": "Home",
        "description": header[standard.DESCRIPTION].value,
        "numbers": numbers(knowledge),
        "cards": cards(knowledge, links, name),
        "papers": [read_record(knowledge, paper) for paper in knowledge.papers[:_PAPERS_SHOWN]],
        "more_papers": knowledge.paper_count > _PAPERS_SHOWN,
        "edges": drawing.drawn,
        "network": drawing.data,
    }


def numbers(knowledge: Knowledge) -> list[tuple[int, str, str]]:
    """Give how much of what there is, and the path of the page that shows it."""
    statements = [each for each in knowledge.statements.values() if not each.is_gap]
    hedged = [each for each in statements if not each.is_sure]
    gaps = len(knowledge.statements) - len(statements)
    counts = [
        (knowledge.paper_count, "paper", "papers", places.RECORDS),
        (len(statements), "statement", "statements", places.STATEMENTS),
        (len(hedged), "of them hedged", "of them hedged", places.STATEMENTS),
        (gaps, "knowledge gap", "knowledge gaps", places.STATEMENTS),
        (len(knowledge.terms), "term", "terms", places.ONTOLOGY),
        (sum(map(len, knowledge.mappings.values())), "mapping", "mappings", places.ONTOLOGY),
    ]
    return [(count, one if count == 1 else many, place) for count, one, many, place in counts]


def cards(knowledge: Knowledge, links: Links, name: Callable[[Term], Name]) -> list[Card]:
    """Give three things to begin with: the entity of which most is said, a statement that is hedged, and a question."""
    entity = most_used(knowledge)
    hedged = next((each for each in knowledge.statements.values() if not each.is_sure and each.cue), None)
    found = []
    if entity and (page := name(entity).page):
        text = f"The entity of which most is said: {len(knowledge.uses[entity])} statements, each with its sentence."
        found.append(Card(page, knowledge.label(entity), text))
    if hedged and hedged.cue and (page := name(hedged.iri).page):
        text = f"Is it so? The author says: “{hedged.cue.exact}”. See the words in their sentence."
        found.append(Card(page, hedged.label, text))
    text = "Questions in SPARQL, answered with one click, or your own."
    if links.endpoint is None:
        text = "Questions in SPARQL, each with its answer."
    return [*found, Card(links.page(places.QUERY), "Ask a question", text)]


def most_used(knowledge: Knowledge) -> NamedNode | None:
    """Give the term that most statements have as subject or object."""
    counts = Counter(
        {
            term: sum(property_ in (standard.SUBJECT, standard.OBJECT) for property_, _ in uses)
            for term, uses in knowledge.uses.items()
            if path_of(term) in knowledge.terms
        }
    )
    return min(counts, key=lambda term: (-counts[term], term.value), default=None)
