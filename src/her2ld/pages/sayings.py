"""How a statement stands to its claim, in words: every page puts them before the words of the claim."""

from dataclasses import dataclass

from her2ld.pages.knowledge import Knowledge
from her2ld.statements import Claim, Statement
from her2ld.statements.plain import affirms, is_hedged, rank, stands
from her2ld.vocabulary import statement_model as model


@dataclass(frozen=True, slots=True)
class Standing:
    """A way in which a statement stands to its claim.

    ``name`` is a class of the style and a place on the page, ``word`` stands beside the claim; ``heading`` is that of a
    list of such statements, ``of_claim`` that of those of one claim.
    """

    name: str
    word: str
    heading: str
    of_claim: str


STATED = Standing("stated", "affirmed", "What authors state", "Who states it")
UNSURE = Standing("hedged", "affirmed", "What authors state less than surely", "Who states it less than surely")
ASKED = Standing("asked", "investigated", "What authors investigate", "Who investigates it")
DENIED = Standing("denied", "denied", "What authors deny", "Who denies it")
NOT_FOUND = Standing(
    "not-found", "not found", "What authors look for and do not find", "Who looks for it and does not find it"
)
OPEN = Standing("open", "left open", "What authors leave open", "Who leaves it open")
UNCLEAR = Standing(
    "unclear", "unclear", "What was read without saying whether, or how surely, it is so",
    "Where it was not read whether, or how surely, it is so",
)  # fmt: skip
RETRACTED = Standing(
    "retracted", "retracted", "What papers said that were retracted", "Who said so in a paper that was retracted"
)
STANDINGS = (STATED, UNSURE, ASKED, DENIED, NOT_FOUND, OPEN, UNCLEAR, RETRACTED)

_BY_LINK = {model.DENIES: DENIED, model.FINDS_NO: NOT_FOUND}


def standing(knowledge: Knowledge, statement: Statement) -> Standing:
    """Return how a statement stands to its claim; only what is affirmed, surely, and not retracted is stated."""
    if not stands(statement, knowledge.vocabulary.steering):
        return RETRACTED
    return _as_said(knowledge, statement)


def _as_said(knowledge: Knowledge, statement: Statement) -> Standing:
    if statement.is_gap:
        return OPEN
    if not affirms(statement):
        return _BY_LINK.get(statement.link, UNCLEAR) if statement.link else UNCLEAR
    steering = knowledge.vocabulary.steering
    sure = rank(statement, steering)
    if sure is None:
        return UNCLEAR
    if statement.one(model.BASIS) == model.INVESTIGATED:
        return ASKED
    return STATED if sure == steering.highest_rank else UNSURE


def polarity(knowledge: Knowledge, statement: Statement) -> str:
    """Return the words for how a statement stands to its claim, and how sure it is where it is not certain."""
    word = "not known" if statement.is_gap and statement.claim is None else _as_said(knowledge, statement).word
    lost = RETRACTED.word if standing(knowledge, statement) is RETRACTED else ""
    return ", ".join(filter(None, (lost, word, _hedge(knowledge, statement))))


def title(knowledge: Knowledge, statement: Statement) -> str:
    """Return a statement in words; all that is not stated for certain has the word that says so before it."""
    said = claim_words(knowledge, statement.claim) if statement.claim else None
    if said is None:
        said = statement.unknown.exact if statement.unknown and statement.unknown.exact else statement.label
    return before(knowledge, statement) + said


def before(knowledge: Knowledge, statement: Statement) -> str:
    """Return what stands before the words of a claim in a heading: nothing where it is stated for certain."""
    found = standing(knowledge, statement)
    if found is STATED:
        return ""
    said = (_hedge(knowledge, statement) if found is UNSURE else "") or polarity(knowledge, statement)
    return f"{said[:1].upper()}{said[1:]}: "


def claim_words(knowledge: Knowledge, claim: Claim) -> str | None:
    """Return subject, relation and object in words; None where one of them is missing."""
    if not (claim.subject and claim.relation and claim.object):
        return None
    return " ".join(map(knowledge.label, (claim.subject, claim.relation, claim.object)))


def _hedge(knowledge: Knowledge, statement: Statement) -> str:
    certainty = statement.one(model.CERTAINTY)
    return knowledge.label(certainty) if certainty and is_hedged(statement) else ""
