"""The comparison of papers: the status of each claim, and the papers for it and against it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from pyoxigraph import NamedNode

from her2ld.statements import plain
from her2ld.statements.disagreements import (
    Disagreement,
    NumberDifference,
    Numbers,
    disagreements,
    note_numbers,
    number_differences,
)
from her2ld.statements.plain import Judge, Licence, Polarity, setting_of_group, stands
from her2ld.statements.statement import Claim, Statement
from her2ld.statements.voices import ClaimKey, Voice, claim_key, voice
from her2ld.vocabulary import statement_model as model


class Status(Enum):
    """The status of a claim in all papers; the value is its IRI."""

    AFFIRMED = model.AFFIRMED_CLAIM
    HEDGED = model.HEDGED_CLAIM
    LIMITED = model.LIMITED_CLAIM
    DISPUTED = model.DISPUTED_CLAIM
    DENIED = model.DENIED_CLAIM
    NOT_FOUND = model.CLAIM_NOT_FOUND
    OPEN = model.OPEN_CLAIM
    RETRACTED = model.RETRACTED_CLAIM


@dataclass(frozen=True, slots=True)
class Compared:
    """The comparison of statements; ``statuses`` has the status of each complete claim, by IRI."""

    statuses: Mapping[NamedNode, Status]
    disagreements: tuple[Disagreement, ...]
    number_differences: tuple[NumberDifference, ...]

    @property
    def disputed(self) -> frozenset[NamedNode]:
        """The affirmations that other statements dispute."""
        return frozenset(each for disagreement in self.disagreements for each in disagreement.disputed)

    @property
    def limited(self) -> frozenset[NamedNode]:
        """The affirmations that other statements limit; some of them may also be disputed."""
        return frozenset(each for disagreement in self.disagreements for each in disagreement.limited)


def compare(statements: Iterable[Statement], by: Judge) -> Compared:
    """Return the comparison of statements, in any order; each is read once and not kept."""
    voices: dict[ClaimKey, dict[Voice, dict[NamedNode, None]]] = {}
    claims: dict[NamedNode, ClaimKey] = {}
    numbers: Numbers = {}
    lost: set[ClaimKey] = set()
    for each in statements:
        key = claim_key(each.claim, by.steering)
        if key is None or each.claim is None:
            continue
        claims[each.claim.iri] = key
        said = voice(each, key, by)
        if said:
            voices.setdefault(key, {}).setdefault(said, {})[each.iri] = None
            note_numbers(each, said, by, numbers)
        elif plain.polarity(each) and not plain.stands(each, by.steering):
            lost.add(key)
    names = {claims[each]: each for each in sorted(claims, key=str, reverse=True)}
    found = disagreements(voices, names, by.steering)
    disputed = frozenset(each for disagreement in found for each in disagreement.disputed)
    opposed = disputed.union(each for disagreement in found for each in disagreement.limited)
    statuses = {
        key: _status(voices[key], disputed, opposed, by)
        if key in voices
        else Status.RETRACTED
        if key in lost
        else Status.OPEN
        for key in claims.values()
    }
    return Compared(
        {claim: statuses[claims[claim]] for claim in sorted(claims, key=str)}, found, number_differences(numbers, names)
    )


def _status(
    group: Mapping[Voice, Iterable[NamedNode]], disputed: frozenset[NamedNode], opposed: frozenset[NamedNode], by: Judge
) -> Status:
    """Return the status of a claim by its statements.

    It is disputed only if every affirmation of it is: one more paper that affirms it in another setting never weakens
    it. All statements of a voice have the same opponents.
    """
    affirming = {said: next(iter(nodes)) for said, nodes in group.items() if said.affirms}
    if affirming:
        standing = [said for said, node in affirming.items() if node not in disputed]
        if not standing:
            return Status.DISPUTED
        if not opposed.isdisjoint(affirming.values()):
            return Status.LIMITED
        is_sure = any(said.rank == by.steering.highest_rank for said in standing)
        return Status.AFFIRMED if is_sure else Status.HEDGED
    polarities = {said.polarity for said in group}
    if Polarity.DENIED in polarities:
        return Status.DENIED
    return Status.NOT_FOUND if Polarity.NOT_FOUND in polarities else Status.OPEN


def licences(
    statements: Sequence[Statement], by: Judge, comparison: Compared | None = None
) -> Iterator[tuple[Statement, Licence]]:
    """Yield every statement with its licence in view of the others; disputed statements license nothing.

    ``comparison`` is that of the statements, if there is one already.
    """
    disputed = (comparison or compare(statements, by)).disputed
    for each in statements:
        yield each, Licence.NONE if each.iri in disputed else plain.licence(each, by)


class Stance(Enum):
    """The stance of a statement on its claim; an affirmation with a hedge or about one patient hedges the claim."""

    AFFIRMS = "affirmed"
    HEDGES = "hedged"
    DENIES = "denied"
    FINDS_NO = "not found"
    LEAVES_OPEN = "left open"
    ASKS = "asked"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Support:
    """A claim, its status, and its statements by stance, in their original order."""

    claim: Claim
    status: Status
    statements: Mapping[Stance, tuple[Statement, ...]]

    def papers(self, *stances: Stance) -> tuple[NamedNode, ...]:
        """Return the papers that take one of the stances, sorted, each once."""
        found = {each.paper for stance in stances for each in self.statements.get(stance, ()) if each.paper}
        return tuple(sorted(found, key=str))

    def __iter__(self) -> Iterator[tuple[Stance, Statement]]:
        """Yield each statement with its stance."""
        return ((stance, each) for stance, statements in self.statements.items() for each in statements)


def supports(
    statements: Iterable[Statement], comparison: Compared, by: Judge, name: Callable[[Claim], str]
) -> tuple[Support, ...]:
    """Return the support of every complete claim, those that most papers affirm first.

    Claims with equal support are sorted by their ``name``.
    """
    claims: dict[NamedNode, Claim] = {}
    said: dict[NamedNode, dict[Stance, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for each in statements:
        if each.claim and each.claim.iri in comparison.statuses and each.link:
            claims.setdefault(each.claim.iri, each.claim)
            said[each.claim.iri][stance(each, by)].append(each)
    found = (
        Support(
            claim,
            comparison.statuses[iri],
            {each: tuple(said[iri][each]) for each in Stance if each in said[iri]},
        )
        for iri, claim in claims.items()
    )
    return tuple(sorted(found, key=lambda each: (*_weight(each), name(each.claim), each.claim.iri.value)))


def _weight(support: Support) -> tuple[int, int, int]:
    affirming, hedging, against = (
        len(support.papers(*each)) for each in ((Stance.AFFIRMS,), (Stance.HEDGES,), (Stance.DENIES, Stance.FINDS_NO))
    )
    return -affirming, -hedging, -against


def stance(statement: Statement, by: Judge) -> Stance:
    """Return the stance of a statement on its claim; statements outside the comparison ask or leave open."""
    if not stands(statement, by.steering):
        return Stance.RETRACTED
    key = claim_key(statement.claim, by.steering)
    said = voice(statement, key, by) if key else None
    if said is None:
        return Stance.LEAVES_OPEN if statement.is_gap else Stance.ASKS
    if said.affirms:
        return Stance.AFFIRMS if said.rank == by.steering.highest_rank else Stance.HEDGES
    return Stance.DENIES if said.polarity is Polarity.DENIED else Stance.FINDS_NO


def is_about(claim: Claim, term: NamedNode, by: Judge) -> bool:
    """Tell whether a claim is about a term: its relation, or an end that is the term, a kind or a regimen of it."""
    return claim.relation == term or _is_among(term, (claim.subject, claim.object), by)


def is_said_with(statement: Statement, term: NamedNode, by: Judge) -> bool:
    """Tell whether a term is given in a setting: the agent or the group's regimen is or contains the term."""
    group = by.groups.get(statement.one(model.GROUP) or statement.iri)
    given = [*statement.all(model.AGENT), *(setting_of_group(group, by).get(model.GROUP, ()) if group else ())]
    return _is_among(term, given, by)


def _is_among(term: NamedNode, values: Iterable[object], by: Judge) -> bool:
    """Tell whether a term is one of the values, is above one, or above a component of one."""
    named = [each for each in values if isinstance(each, NamedNode)]
    within = [part for each in named for part in (each, *by.steering.components.get(each, ()))]
    return any(by.steering.is_same_or_above(term, each) for each in within)


def patients(statement: Statement, by: Judge) -> int | None:
    """Return the number of patients of a statement: the size of its group, or without a group that of its study.

    A group is only a part of its study, so it never takes the size of the study. Without a size, the number is the
    largest total of the results that belong to the group, or to no group.
    """
    group = statement.one(model.GROUP)
    of = by.groups.get(group) if group else by.studies.get(statement.one(model.STUDY) or statement.iri)
    if of and of.size is not None:
        return of.size
    totals = (each.out_of for each in statement.results if each.group in (None, group))
    return max((each for each in totals if each), default=None)
