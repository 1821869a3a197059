"""The home page and the network of claims: nodes with a shape for each kind of thing, and a line for each claim.

A line is a claim that papers assert or hedge; claims that are only denied, not found, investigated or left open have
none.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from her2ld.iris import path_of
from her2ld.pages import stances
from her2ld.pages.knowledge import Knowledge, Term, View
from her2ld.pages.links import ONTOLOGY, QUERY, RECORDS, STATEMENTS, STUDIES, Links, LinkText
from her2ld.pages.number_tables import parts
from her2ld.pages.papers import listed
from her2ld.statements import Claim, Statement
from her2ld.statements.paper_comparison import Status
from her2ld.statements.plain import Licence
from her2ld.vocabulary import model, standard, statement_model

# The script draws the lines that a reader chooses. A page with more lines takes too long to load.
MOST_LINES = 4_000


def _regular(corners: int, *, turned: float = 0, waist: float = 1) -> str:
    """Return the corners of a polygon in a square from -1 to 1; ``waist`` pulls every second one in, for a star."""
    angles = [2 * math.pi * (corner / corners + turned) - math.pi / 2 for corner in range(corners)]
    radii = [waist if corner % 2 else 1 for corner in range(corners)]
    return " ".join(
        f"{radius * math.cos(angle):.2f} {radius * math.sin(angle):.2f}"
        for angle, radius in zip(angles, radii, strict=True)
    )


# Outlines that remain distinct when small, for both the drawing and its legend.
_OUTLINES = (
    _regular(32),
    _regular(4, turned=0.125),
    _regular(3),
    _regular(4),
    _regular(6),
    _regular(10, waist=0.5),
    _regular(3, turned=0.5),
    _regular(8, waist=0.4),
    _regular(5),
    "-1 -0.7 0.5 -0.7 1 0 0.5 0.7 -1 0.7 -0.5 0",
    "-1 0.6 -0.4 -0.6 1 -0.6 0.4 0.6",
    "-0.35 -1 0.35 -1 0.35 -0.35 1 -0.35 1 0.35 0.35 0.35 0.35 1 -0.35 1 -0.35 0.35 -1 0.35 -1 -0.35 -0.35 -0.35",
    _regular(8, turned=0.0625),
)


@dataclass(frozen=True, slots=True)
class NetworkLine:
    """A claim that papers assert or only hedge, whether it is limited, and the statements that assert or hedge it."""

    claim: Claim
    is_asserted: bool
    is_limited: bool
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """A drawing: its data for the script that draws it, the lines drawn, and the shapes used."""

    data: Mapping[str, object]
    drawn: tuple[NetworkLine, ...]
    shapes: tuple[tuple[str, NamedNode], ...]


def network_view(knowledge: Knowledge, name: Callable[[Term], LinkText]) -> View:
    """Return the content of the network's page: the drawing, and the same as a table."""
    table = lines(knowledge)
    drawing = draw(knowledge, name, table)
    return "network.html", {
        "title": "The network of claims",
        "network": drawing.data,
        "edges": drawing.drawn,
        "left_out": len(table) - len(drawing.drawn),
        "without_line": len(knowledge.claims) - len(table),
        "shapes": drawing.shapes,
        "table": table,
    }


def lines(knowledge: Knowledge) -> list[NetworkLine]:
    """Return the claims that have a plain triple, in the order of their first papers."""
    found = []
    for of_claim in knowledge.claims.values():
        licensed = {
            licence: tuple(each for each in of_claim if knowledge.licences[each.iri] is licence) for licence in Licence
        }
        statements = licensed[Licence.ASSERTED] or licensed[Licence.HEDGED]
        if statements and statements[0].claim:
            claim = statements[0].claim
            is_limited = knowledge.comparison.statuses.get(claim.iri) is Status.LIMITED
            found.append(NetworkLine(claim, bool(licensed[Licence.ASSERTED]), is_limited, statements))
    return found


def draw(knowledge: Knowledge, name: Callable[[Term], LinkText], table: Sequence[NetworkLine]) -> Network:
    """Return the network of the claims in a table of :func:`lines`, the first MOST_LINES of them.

    The data have the nodes with their kinds, and the lines with the papers that make the claim and the experimental
    systems in which it holds; papers and systems are given by their places in lists.
    """
    drawn = table[:MOST_LINES]
    ends = list(dict.fromkeys(end for each in drawn for end in (each.claim.subject, each.claim.object) if end))
    kinds = {end: _kind(knowledge, end) for end in ends}
    used = sorted({kind for kind in kinds.values() if kind}, key=lambda kind: kind.value)
    # The last outline is for things of an unknown kind; surplus kinds share the one before it.
    outlines = {kind: _OUTLINES[min(place, len(_OUTLINES) - 2)] for place, kind in enumerate(used)}
    nodes = [
        {
            "id": str(end),
            "label": name(end).text,
            "href": name(end).page,
            "outline": outlines.get(kinds[end], _OUTLINES[-1]),  # type: ignore[arg-type]
            "kind": used.index(kind) if (kind := kinds[end]) else len(used),
        }
        for end in ends
    ]
    systems = {each.claim.iri: _systems(knowledge, each) for each in drawn}
    used_systems = sorted({one for each in systems.values() for one in each}, key=lambda one: name(one).text.casefold())
    papers = list(dict.fromkeys(statement.paper for each in drawn for statement in each.statements if statement.paper))
    places = {paper: place for place, paper in enumerate(papers)}
    edges = [
        {
            "id": each.claim.iri.value,
            "source": str(each.claim.subject),
            "target": str(each.claim.object),
            "label": name(each.claim.relation).text if each.claim.relation else "",
            "asserted": each.is_asserted,
            "limited": each.is_limited,
            "papers": sorted({places[statement.paper] for statement in each.statements if statement.paper}),
            "systems": sorted(used_systems.index(one) for one in systems[each.claim.iri]),
            "href": name(each.claim.iri).page,
        }
        for each in drawn
    ]
    data = {
        "nodes": nodes,
        "lines": edges,
        "kinds": [*(name(kind).text for kind in used), "other"],
        "papers": [name(paper).text for paper in papers],
        "systems": [name(one).text for one in used_systems],
    }
    return Network(data, tuple(drawn), tuple((outlines[kind], kind) for kind in used))


def _systems(knowledge: Knowledge, line: NetworkLine) -> set[NamedNode]:
    """Return the experimental systems in which papers say that a claim holds."""
    found = (each for statement in line.statements for each in dict(parts(knowledge, statement)).get("system", ()))
    return {each for each in found if isinstance(each, NamedNode)}


def _kind(knowledge: Knowledge, end: Term) -> NamedNode | None:
    """Return the class directly below the root class of things in statements; None if there is none."""
    if not isinstance(end, NamedNode):
        return None
    types = knowledge.iris(end, standard.TYPE)
    ancestors = knowledge.vocabulary.ancestors
    above = {one for start in (end, *types) for one in ancestors.get(start, frozenset())}
    top = [one for one in above if ancestors.get(one) == frozenset({one, model.BIOMEDICAL_ENTITY})]
    return min(top, key=lambda one: one.value, default=None)


_MOST_RELATIONS = 8
_MOST_CLAIMS = 5


@dataclass(frozen=True, slots=True)
class ClaimEnd:
    """A claim about a thing: its other end, and the status to show; None if it is affirmed and unopposed."""

    claim: NamedNode
    end: NamedNode
    status: Status | None


@dataclass(frozen=True, slots=True)
class RelationOverview:
    """The claims about a thing with one relation, with the thing as subject or object: number of papers, first claims.

    ``more`` is the number of claims that are left out.
    """

    relation: NamedNode
    is_subject: bool
    papers: int
    ends: tuple[ClaimEnd, ...]
    more: int


def overview_of(knowledge: Knowledge, term: NamedNode) -> list[RelationOverview]:
    """Return the claims about a term by relation, those of most papers first."""
    found: defaultdict[tuple[NamedNode, bool], dict[NamedNode, tuple[Claim, tuple[Statement, ...]]]] = defaultdict(dict)
    for claim_iri in dict.fromkeys(each.claim.iri for _, each in knowledge.uses.get(term, ()) if each.claim):
        statements = knowledge.claims[claim_iri]
        claim = statements[0].claim
        if claim and claim.relation and term in (claim.subject, claim.object):
            found[claim.relation, claim.subject == term][claim_iri] = claim, statements
    overviews = [
        _overview(knowledge, relation, claims, is_subject=is_subject)
        for (relation, is_subject), claims in found.items()
    ]
    shown = [each for each in overviews if each.ends]
    shown.sort(key=lambda each: (-each.papers, -len(each.ends), knowledge.label(each.relation), each.is_subject))
    return shown[:_MOST_RELATIONS]


def _overview(
    knowledge: Knowledge,
    relation: NamedNode,
    claims: Mapping[NamedNode, tuple[Claim, tuple[Statement, ...]]],
    *,
    is_subject: bool,
) -> RelationOverview:
    ranked = [
        (len({each.paper for each in statements}), ClaimEnd(iri, end, _shown(knowledge, iri)))
        for iri, (claim, statements) in claims.items()
        if (end := claim.object if is_subject else claim.subject)
    ]
    ranked.sort(key=lambda each: (-each[0], each[1].status is not None, knowledge.label(each[1].end).casefold()))
    papers = {each.paper for _, statements in claims.values() for each in statements}
    first = tuple(each for _, each in ranked[:_MOST_CLAIMS])
    return RelationOverview(relation, is_subject, len(papers), first, len(ranked) - len(first))


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
    (stances.UNSURE, "hedged"),
    (stances.ASKED, "only investigated"),
    (stances.DENIED, "denied"),
    (stances.NOT_FOUND, "not found"),
    (stances.RETRACTED, "retracted"),
)


@dataclass(frozen=True, slots=True)
class Card:
    """A starting point for readers."""

    href: str
    title: str
    text: str


def home_view(knowledge: Knowledge, links: Links, name: Callable[[Term], LinkText]) -> View:
    """Return the content of the home page: the size of the dataset, the starting points, and the network."""
    _, header = knowledge.vocabulary.header
    drawing = draw(knowledge, name, lines(knowledge))
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
        "cards": cards(knowledge, links, name, entity),
        "papers": [listed(knowledge, paper) for paper in knowledge.papers[:_PAPERS_SHOWN]],
        "more_papers": knowledge.paper_count > _PAPERS_SHOWN,
        "edges": drawing.drawn,
        "network": drawing.data,
    }


def numbers(knowledge: Knowledge) -> list[tuple[int, str, str, str]]:
    """Return the number of things of each kind, the path of the page that shows them, and the place on that page."""
    by_stance = Counter(stances.stance_words(knowledge, each) for each in knowledge.statements.values())
    gaps = by_stance[stances.OPEN]
    with_numbers = sum(bool(each.results) for each in knowledge.statements.values())
    counts = [
        (knowledge.paper_count, "paper", "papers", RECORDS, ""),
        (len(knowledge.statements) - gaps, "statement", "statements", STATEMENTS, ""),
        *(
            (by_stance[each], f"of them {word}", f"of them {word}", STATEMENTS, each.name)
            for each, word in _SHOWN_APART
            if by_stance[each] or each in (stances.UNSURE, stances.DENIED)
        ),
        (with_numbers, "of them with numbers", "of them with numbers", STATEMENTS, ""),
        (gaps, "knowledge gap", "knowledge gaps", STATEMENTS, stances.OPEN.name),
        (len(knowledge.judge.studies), "study", "studies", STUDIES, ""),
        (len(knowledge.terms), "term", "terms", ONTOLOGY, ""),
        (sum(map(len, knowledge.mappings.values())), "mapping", "mappings", ONTOLOGY, ""),
    ]
    return [
        (count, one if count == 1 else many, place, anchor if count else "")
        for count, one, many, place, anchor in counts
    ]


def cards(knowledge: Knowledge, links: Links, name: Callable[[Term], LinkText], entity: NamedNode | None) -> list[Card]:
    """Return the starting points: ``entity``, which is that of most papers, a hedged statement, and a question."""
    hedged = next(
        (
            (each, cue)
            for each in knowledge.statements.values()
            if stances.stance_words(knowledge, each) is stances.UNSURE
            for cue in each.spans(statement_model.CERTAINTY_CUE)[:1]
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
        found.append(Card(page, stances.title(knowledge, hedged[0]), text))
    text = "Questions in SPARQL, answered with one click, or your own."
    if links.endpoint is None:
        text = "Questions in SPARQL, each with its answer."
    return [*found, Card(links.page(QUERY), "Ask a question", text)]


def most_used(knowledge: Knowledge) -> NamedNode | None:
    """Return the term that is subject or object in most papers, and among equals the one with most statements."""
    ranks: dict[NamedNode, tuple[int, int]] = {}
    for term, uses in knowledge.uses.items():
        if path_of(term) in knowledge.terms:
            as_end = [
                statement
                for property_, statement in uses
                if property_ in (statement_model.SUBJECT, statement_model.OBJECT)
            ]
            ranks[term] = (len({each.paper for each in as_end}), len(as_end))
    return min(ranks, key=lambda term: (-ranks[term][0], -ranks[term][1], term.value), default=None)
