"""What papers say together: the status of each claim, who disagrees with whom, and which numbers differ.

Every paper stands by itself. Two statements need not be of two papers to be compared: what one paper says of one claim
stands side by side and is compared as well.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from pyoxigraph import NamedNode

from her2ld.statements import plain
from her2ld.statements.disagreements import Disagreement, disagreements
from her2ld.statements.model import Statement
from her2ld.statements.number_differences import NumberDifference, Numbers, note_numbers, number_differences
from her2ld.statements.plain import Judge, Licence, Polarity
from her2ld.statements.voices import ClaimKey, Voice, claim_key, voice
from her2ld.vocabulary import statement_model as model


class Status(Enum):
    """How papers together stand to a claim: the value is its IRI."""

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
    """What statements say together; ``statuses`` are of the claims that have all their parts, by IRI."""

    statuses: Mapping[NamedNode, Status]
    disagreements: tuple[Disagreement, ...]
    number_differences: tuple[NumberDifference, ...]

    @property
    def disputed(self) -> frozenset[NamedNode]:
        """The affirmations that cannot stand beside what else is said."""
        return frozenset(each for disagreement in self.disagreements for each in disagreement.disputed)

    @property
    def limited(self) -> frozenset[NamedNode]:
        """The affirmations that stand with a mark; some of them may be disputed by others."""
        return frozenset(each for disagreement in self.disagreements for each in disagreement.limited)


def compare(statements: Iterable[Statement], by: Judge) -> Compared:
    """Return what statements say together, whatever their order; each is looked at once and not kept."""
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
    """Return the status of a claim by what is said of it.

    It is disputed only where no affirmation of it stands: a paper more that affirms it of another setting takes nothing
    from it. All statements of a voice are opposed alike.
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
    """Yield every statement with what it licenses beside the others; what is disputed licenses nothing.

    ``comparison`` is theirs, where it is at hand.
    """
    disputed = (comparison or compare(statements, by)).disputed
    for each in statements:
        yield each, Licence.NONE if each.iri in disputed else plain.licence(each, by)
