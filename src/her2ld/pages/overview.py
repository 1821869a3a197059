"""What papers say together, in one look: of one thing by relation, of all claims by status, and where they disagree."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from her2ld.pages.knowledge import Knowledge
from her2ld.statements import Claim, Statement
from her2ld.statements.comparison import Status

_MOST_RELATIONS = 8
_MOST_CLAIMS = 5


@dataclass(frozen=True, slots=True)
class Told:
    """A claim of a thing: its other end, and the status that is shown, None where it is affirmed and unopposed."""

    claim: NamedNode
    end: NamedNode
    status: Status | None


@dataclass(frozen=True, slots=True)
class RelationOverview:
    """What is told of a thing by one relation, as its subject or its object: by how many papers, and the first claims.

    ``more`` is the number of claims that are left out.
    """

    relation: NamedNode
    is_subject: bool
    papers: int
    told: tuple[Told, ...]
    more: int


def overview_of(knowledge: Knowledge, term: NamedNode) -> list[RelationOverview]:
    """Return what papers say of a term, by relation, those of which most papers speak first."""
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
    """Return the status of a claim, which every claim has that has all its parts, but for what is plainly affirmed."""
    status = knowledge.comparison.statuses.get(claim, Status.OPEN)
    return None if status is Status.AFFIRMED else status


def statuses(knowledge: Knowledge) -> list[tuple[Status, int]]:
    """Return how many claims have each status, without the statuses that none has."""
    counts = Counter(knowledge.comparison.statuses.values())
    return [(each, counts[each]) for each in Status if counts[each]]


def disagreed_on(knowledge: Knowledge) -> list[tuple[NamedNode, Status]]:
    """Return the claims on which papers disagree: first those that are disputed, then those that something limits."""
    found = knowledge.comparison.statuses.items()
    wanted = (Status.DISPUTED, Status.LIMITED)
    ordered = sorted(found, key=lambda each: (each[1] is Status.LIMITED, knowledge.label(each[0]).casefold()))
    return [(claim, status) for claim, status in ordered if status in wanted]
