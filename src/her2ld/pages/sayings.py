"""The names of things on a page with their links, and the stance of a statement on its claim in words."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

from her2ld.iris import path_of
from her2ld.pages.addresses import Links
from her2ld.pages.knowledge import Knowledge, Term, record_path
from her2ld.statements import Claim, Statement
from her2ld.statements.plain import affirms, is_hedged, rank, stands
from her2ld.vocabulary import standard
from her2ld.vocabulary import statement_model as model


@dataclass(frozen=True, slots=True)
class Standing:
    """A stance of a statement on its claim.

    ``name`` is a class of the style and a place on the page, and ``word`` is shown beside the claim. ``heading`` is the
    heading of a list of such statements, and ``of_claim`` that of a list for one claim.
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
    """Return the stance of a statement on its claim; only certain affirmations that are not retracted are stated."""
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
    """Return the stance of a statement in words, with its certainty unless it is certain."""
    word = "not known" if statement.is_gap and statement.claim is None else _as_said(knowledge, statement).word
    lost = RETRACTED.word if standing(knowledge, statement) is RETRACTED else ""
    return ", ".join(filter(None, (lost, word, _hedge(knowledge, statement))))


def title(knowledge: Knowledge, statement: Statement) -> str:
    """Return a statement in words; unless it is stated for certain, it begins with the word for its stance."""
    said = claim_words(knowledge, statement.claim) if statement.claim else None
    if said is None:
        said = statement.unknown.exact if statement.unknown and statement.unknown.exact else statement.label
    return before(knowledge, statement) + said


def before(knowledge: Knowledge, statement: Statement) -> str:
    """Return the words before a claim in a heading: none if it is stated for certain."""
    found = standing(knowledge, statement)
    if found is STATED:
        return ""
    said = (_hedge(knowledge, statement) if found is UNSURE else "") or polarity(knowledge, statement)
    return f"{said[:1].upper()}{said[1:]}: "


def claim_words(knowledge: Knowledge, claim: Claim) -> str | None:
    """Return subject, relation and object in words; None if one of them is missing."""
    if not (claim.subject and claim.relation and claim.object):
        return None
    return " ".join(map(knowledge.label, (claim.subject, claim.relation, claim.object)))


def _hedge(knowledge: Knowledge, statement: Statement) -> str:
    certainty = statement.one(model.CERTAINTY)
    return knowledge.label(certainty) if certainty and is_hedged(statement) else ""


# The only addresses that a page links to: addresses that run a script (javascript:, data:) are shown as text.
_WEB = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LinkText:
    """A name on a page: its words, the address of its link, if any, and whether that is another site."""

    text: str
    href: str | None
    elsewhere: bool

    @property
    def page(self) -> str | None:
        """The address, if it is a page here."""
        return None if self.elsewhere else self.href


def namer(knowledge: Knowledge, links: Links, has_page: Callable[[str], bool]) -> Callable[[Term], LinkText]:
    """Return a function that names a term of a triple, and links it if there is a page for it."""
    curie = knowledge.curie

    def is_paper(iri: NamedNode) -> bool:
        kinds = knowledge.store.quads_for_pattern(iri, standard.TYPE, standard.ARTICLE)
        return next(kinds, None) is not None and has_page(record_path(knowledge.store, iri))

    def name(term: Term) -> LinkText:
        if isinstance(term, Literal):
            return LinkText(term.value, None, elsewhere=False)
        if not isinstance(term, NamedNode):
            return LinkText(
                "a node without a name" if isinstance(term, BlankNode) else str(term), None, elsewhere=False
            )
        path = path_of(term)
        label = _label(knowledge, term, path)
        if path is not None:
            page, hash_, place = path.partition("#")
            return LinkText(label, links.page(page) + hash_ + place if has_page(page) else None, elsewhere=False)
        if is_paper(term):
            return LinkText(label, links.page(record_path(knowledge.store, term)), elsewhere=False)
        web = term.value if _WEB.match(term.value) else None
        return LinkText(label if label != term.value else curie(term.value), web, elsewhere=True)

    return name


def _label(knowledge: Knowledge, term: NamedNode, path: str | None) -> str:
    """Return the name of a thing; a statement begins with the paper's stance, and a claim with the word for it."""
    statement = knowledge.statements.get(term.value if path is None else path)
    if statement:
        return title(knowledge, statement)
    return f"claim: {knowledge.label(term)}" if term in knowledge.claims else knowledge.label(term)
