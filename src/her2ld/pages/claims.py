"""What the page of a claim shows: which papers state it, deny it, do not find it or leave it open, and what follows."""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from her2ld.pages import sayings
from her2ld.pages.knowledge import Knowledge
from her2ld.pages.records import year_of
from her2ld.pages.views import View
from her2ld.statements import Statement
from her2ld.statements.fields import SETTING
from her2ld.statements.plain import Licence, Obstacle, affirms, obstacle
from her2ld.vocabulary import statement_model as model

_WORDS = {
    Licence.ASSERTED: ("stated", "asserted", "At least one paper states it of at least one setting"),
    Licence.HEDGED: ("hedged", "hedged", "Papers state it, but none of them surely"),
    Licence.NONE: ("none", "no plain triple", "It is not among the plain triples"),
}
_DISPUTED = "the claim is disputed in the same or a wider setting"


@dataclass(frozen=True, slots=True)
class PlainTriple:
    """What becomes of the triple of a claim: a class of the style, a word and a sentence for it, and why not."""

    name: str
    word: str
    words: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """A statement of a claim: its paper and year, how sure it is and on what basis, and where it holds."""

    statement: Statement
    year: str
    certainty: NamedNode | None
    basis: NamedNode | None
    setting: tuple[tuple[NamedNode, NamedNode | Literal], ...]


def claim_view(knowledge: Knowledge, claim: NamedNode) -> View:
    """Return what the page of a claim shows."""
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
    }


def _witness(knowledge: Knowledge, statement: Statement) -> Witness:
    return Witness(
        statement,
        year_of(knowledge, statement.paper) if statement.paper else "",
        statement.one(model.CERTAINTY),
        statement.one(model.BASIS),
        tuple((property_, value) for property_, value in statement.values if property_ in SETTING),
    )


def plain_triple(knowledge: Knowledge, claim: NamedNode) -> PlainTriple:
    """Return what becomes of the triple of a claim by all its statements, and why."""
    said = knowledge.claims[claim]
    licences = {knowledge.licences[statement.iri] for statement in said}
    found = next(each for each in Licence if each in licences)
    return PlainTriple(*_WORDS[found], tuple(dict.fromkeys(_reasons(knowledge, said, found))))


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
