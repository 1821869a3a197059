"""The stance of a statement on its claim, in words."""

from dataclasses import dataclass

from her2ld.pages.knowledge import Knowledge
from her2ld.statements import Claim, Statement
from her2ld.statements.plain import affirms, is_hedged, rank, stands
from her2ld.vocabulary import statement_model as model


@dataclass(frozen=True, slots=True)
class StanceWords:
    """A stance of a statement on its claim.

    ``name`` is a class of the style and a place on the page, and ``word`` is shown beside the claim. ``heading`` is the
    heading of a list of such statements, and ``of_claim`` that of a list for one claim.
    """

    name: str
    word: str
    heading: str
    of_claim: str


STATED = StanceWords("stated", "affirmed", "What authors state", "Who states it")
UNSURE = StanceWords("hedged", "affirmed", "What authors state less than surely", "Who states it less than surely")
ASKED = StanceWords("asked", "investigated", "What authors investigate", "Who investigates it")
DENIED = StanceWords("denied", "denied", "What authors deny", "Who denies it")
NOT_FOUND = StanceWords(
    "not-found", "not found", "What authors look for and do not find", "Who looks for it and does not find it"
)
OPEN = StanceWords("open", "left open", "What authors leave open", "Who leaves it open")
UNCLEAR = StanceWords(
    "unclear", "unclear", "What was read without saying whether, or how surely, it is so",
    "Where it was not read whether, or how surely, it is so",
)  # fmt: skip
RETRACTED = StanceWords(
    "retracted", "retracted", "What papers said that were retracted", "Who said so in a paper that was retracted"
)
STANCES = (STATED, UNSURE, ASKED, DENIED, NOT_FOUND, OPEN, UNCLEAR, RETRACTED)

_BY_LINK = {model.DENIES: DENIED, model.FINDS_NO: NOT_FOUND}


def stance_words(knowledge: Knowledge, statement: Statement) -> StanceWords:
    """Return the stance of a statement on its claim; only certain affirmations that are not retracted are stated."""
    if not stands(statement, knowledge.vocabulary.steering):
        return RETRACTED
    return _as_said(knowledge, statement)


def _as_said(knowledge: Knowledge, statement: Statement) -> StanceWords:
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
    """Return the stance of a statement in words, with its certainty unless it is certain."""
    word = "not known" if statement.is_gap and statement.claim is None else _as_said(knowledge, statement).word
    lost = RETRACTED.word if stance_words(knowledge, statement) is RETRACTED else ""
    return ", ".join(filter(None, (lost, word, _hedge(knowledge, statement))))


def title(knowledge: Knowledge, statement: Statement) -> str:
    """Return a statement in words; unless it is stated for certain, it begins with the word for its stance."""
    words = claim_words(knowledge, statement.claim) if statement.claim else None
    if words is None:
        words = statement.unknown.exact if statement.unknown and statement.unknown.exact else statement.label
    return before(knowledge, statement) + words


def before(knowledge: Knowledge, statement: Statement) -> str:
    """Return the words before a claim in a heading: none if it is stated for certain."""
    found = stance_words(knowledge, statement)
    if found is STATED:
        return ""
    words = (_hedge(knowledge, statement) if found is UNSURE else "") or polarity(knowledge, statement)
    return f"{words[:1].upper()}{words[1:]}: "


def claim_words(knowledge: Knowledge, claim: Claim) -> str | None:
    """Return subject, relation and object in words; None if one of them is missing."""
    if not (claim.subject and claim.relation and claim.object):
        return None
    return " ".join(map(knowledge.label, (claim.subject, claim.relation, claim.object)))


def _hedge(knowledge: Knowledge, statement: Statement) -> str:
    certainty = statement.one(model.CERTAINTY)
    return knowledge.label(certainty) if certainty and is_hedged(statement) else ""
