"""The content of a claim's page: its status, the papers for it and against it, its opponents, and its numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from her2ld.iris import path_of
from her2ld.pages import sayings
from her2ld.pages.forest import WIDTH
from her2ld.pages.knowledge import Knowledge, View
from her2ld.pages.records import year_of
from her2ld.pages.side_by_side import Parts, differences, number_groups, parts
from her2ld.statements import Statement
from her2ld.statements.disagreements import Disagreement
from her2ld.statements.paper_comparison import (
    Status,
    disagreement_words,
    opposing,
    part_names,
    patients,
    support_words,
    supports,
)
from her2ld.statements.plain import Licence, Obstacle, affirms, obstacle
from her2ld.statements.statement import SETTING
from her2ld.vocabulary import statement_model as model

_WORDS = {
    Licence.ASSERTED: ("stated", "asserted", "At least one paper states it of at least one setting"),
    Licence.HEDGED: ("hedged", "hedged", "Papers state it, but none of them surely"),
    Licence.NONE: ("none", "no plain triple", "It is not among the plain triples"),
}
_DISPUTED = "the claim is disputed in the same or a wider setting"


@dataclass(frozen=True, slots=True)
class PlainTriple:
    """The fate of a claim's triple: a class of the style, a word and a sentence for it, and the reason against it.

    ``status`` is the status of the claim; None if it lacks a part.
    """

    name: str
    word: str
    words: str
    reasons: tuple[str, ...]
    status: Status | None


@dataclass(frozen=True, slots=True)
class Witness:
    """A statement of a claim: its paper and year, its certainty and basis, and its setting."""

    statement: Statement
    year: str
    certainty: NamedNode | None
    basis: NamedNode | None
    setting: tuple[tuple[NamedNode, NamedNode | Literal], ...]


@dataclass(frozen=True, slots=True)
class SideStatement:
    """A statement on one side of a disagreement: its year, its setting, and its number of patients."""

    statement: Statement
    year: str
    where: Parts
    patients: int | None


@dataclass(frozen=True, slots=True)
class Opposed:
    """A disagreement in words, its two sides, and the names of the parts of the setting in which they differ."""

    words: str
    sides: tuple[tuple[SideStatement, ...], tuple[SideStatement, ...]]
    differs: tuple[str, ...]


def claim_view(knowledge: Knowledge, claim: NamedNode) -> View:
    """Return the content of a claim's page."""
    said = knowledge.claims[claim]
    found = said[0].claim
    groups = [
        (each, [_witness(knowledge, statement) for statement in said if sayings.standing(knowledge, statement) is each])
        for each in sayings.STANDINGS
    ]
    words = (found and sayings.claim_words(knowledge, found)) or knowledge.label(claim)
    return "claim.html", {
        "title": f"Claim: {words}",
        "iri": claim.value,
        "claim": found,
        "groups": [(each, witnesses) for each, witnesses in groups if witnesses],
        "plain": plain_triple(knowledge, claim),
        "status": knowledge.comparison.statuses.get(claim),
        "support": _support(knowledge, said),
        "opposed": [_opposed(knowledge, each, said) for each in opposing(said, knowledge.comparison)],
        "width": WIDTH,
        "numbers": number_groups(knowledge, said),
        "differences": differences(knowledge, said),
    }


def _support(knowledge: Knowledge, said: tuple[Statement, ...]) -> str:
    """Return in words how many papers affirm, hedge, deny a claim and so on."""
    found = supports(said, knowledge.comparison, knowledge.judge, lambda claim: claim.iri.value)
    told = (support_words(each, lambda paper: year_of(knowledge, paper), knowledge.judge) for each in found)
    return "; ".join(words for each in told for words in each)


def _opposed(knowledge: Knowledge, disagreement: Disagreement, said: tuple[Statement, ...]) -> Opposed:
    one, other = (_side(knowledge, side) for side in (disagreement.one_side, disagreement.other_side))
    words = disagreement_words(disagreement, said, knowledge.vocabulary.label)
    return Opposed(words, (one, other), tuple(part_names(disagreement.differs)))


def _side(knowledge: Knowledge, side: tuple[NamedNode, ...]) -> tuple[SideStatement, ...]:
    said = (knowledge.statements[path_of(iri) or iri.value] for iri in side)
    return tuple(
        SideStatement(
            each,
            year_of(knowledge, each.paper) if each.paper else "",
            parts(knowledge, each),
            patients(each, knowledge.judge),
        )
        for each in said
    )


def _witness(knowledge: Knowledge, statement: Statement) -> Witness:
    return Witness(
        statement,
        year_of(knowledge, statement.paper) if statement.paper else "",
        statement.one(model.CERTAINTY),
        statement.one(model.BASIS),
        tuple((property_, value) for property_, value in statement.values if property_ in SETTING),
    )


def plain_triple(knowledge: Knowledge, claim: NamedNode) -> PlainTriple:
    """Return the fate of a claim's triple in view of all its statements, with the reason."""
    said = knowledge.claims[claim]
    licences = {knowledge.licences[statement.iri] for statement in said}
    found = next(each for each in Licence if each in licences)
    reasons = tuple(dict.fromkeys(_reasons(knowledge, said, found)))
    return PlainTriple(*_WORDS[found], reasons, knowledge.comparison.statuses.get(claim))


def _reasons(knowledge: Knowledge, said: tuple[Statement, ...], found: Licence) -> Iterator[str]:
    if found is not Licence.NONE:
        return
    if not any(affirms(statement) for statement in said):
        yield "no paper affirms it"
        return
    for statement in said:
        reason = obstacle(statement, knowledge.judge)
        if reason is None:
            yield _DISPUTED
        elif reason is not Obstacle.NOT_AFFIRMED:
            yield reason.value
