"""What a statement says of a claim, as far as others can speak against it: whether it holds, how surely, and where.

Statements that are alike in all of these are one voice, however many papers raise it, so that what is compared grows
with what is said and not with who says it. No words are held.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from her2ld.statements.model import Claim, Statement
from her2ld.statements.plain import Judge, Obstacle, Polarity, Setting, obstacles, polarity, rank, setting
from her2ld.vocabulary import statement_model as model
from her2ld.vocabulary.steering import Steering

ClaimKey = tuple[NamedNode, NamedNode, NamedNode]
# A setting that can be a key.
SettingParts = frozenset[tuple[NamedNode, frozenset[NamedNode | Literal]]]

# What stands beside other statements as if it were not there: it supports nothing and opposes nothing. This is the one
# place for it. A gap and what a study only asks say nothing of whether the claim holds; what was
# retracted no longer says it.
_UNHEARD = frozenset({Obstacle.INCOMPLETE, Obstacle.INVESTIGATED, Obstacle.RETRACTED})
# What is affirmed, denied or not found without settling anything, however sure its author is.
_SETTLES_NOTHING = frozenset({Obstacle.ONE_PATIENT, Obstacle.EXAMPLES, Obstacle.CERTAINTY_UNKNOWN})


@dataclass(frozen=True, slots=True)
class Voice:
    """What statements say alike: a claim, whether it holds, and how surely (``rank``, 0 where it settles nothing).

    ``parts`` are those of the setting in which the claim is said to hold, or not to hold.
    """

    claim: ClaimKey
    polarity: Polarity
    rank: int
    parts: SettingParts

    @property
    def affirms(self) -> bool:
        """Whether the claim is affirmed."""
        return self.polarity is Polarity.AFFIRMED

    def values(self, property_: NamedNode) -> frozenset[NamedNode | Literal]:
        """Return the values of one part of the setting."""
        return next((values for each, values in self.parts if each == property_), frozenset())

    def __str__(self) -> str:
        """Say all of it in one line, the same in every run."""
        return " ".join(map(str, (*self.claim, self.polarity.value, self.rank, *in_order(self.parts))))


def in_order(parts: SettingParts) -> list[str]:
    """Return each part of a setting as a text, the same in every run."""
    return sorted(f"{property_} {' '.join(sorted(map(str, values)))}" for property_, values in parts)


def claim_key(claim: Claim | None, steering: Steering) -> ClaimKey | None:
    """Return what tells a claim apart; None for one that lacks a part.

    A relation that is the inverse of another is turned round, and the ends of a symmetric one are sorted, as curation
    has it: data of others may not.
    """
    if claim is None or not (claim.subject and claim.relation and claim.object):
        return None
    return ordered_key(claim.subject, claim.relation, claim.object, steering)


def ordered_key(subject: NamedNode, relation: NamedNode, value: NamedNode, steering: Steering) -> ClaimKey:
    """Return the key of those three, turned round and sorted as :func:`claim_key` has it."""
    if relation in steering.canonical:
        subject, relation, value = value, steering.canonical[relation], subject
    if relation in steering.symmetric and subject.value > value.value:
        subject, value = value, subject
    return subject, relation, value


def wider_keys(key: ClaimKey, steering: Steering) -> Iterator[ClaimKey]:
    """Yield the claims that hold if a claim does: those of the relations above its own."""
    subject, relation, value = key
    for above in steering.relations_above.get(relation, ()):
        if above != relation:
            yield ordered_key(subject, above, value, steering)


def voice(statement: Statement, key: ClaimKey, by: Judge) -> Voice | None:
    """Return what a statement says of its claim; None where it says nothing of whether the claim holds."""
    said = polarity(statement)
    if said is None:
        return None
    found = frozenset(obstacles(statement, by))
    if not found.isdisjoint(_UNHEARD):
        return None
    sure = 0 if found & _SETTLES_NOTHING else rank(statement, by.steering) or 0
    return Voice(key, said, sure, frozenset(compared_setting(statement, key, by).items()))


def compared_setting(statement: Statement, key: ClaimKey, by: Judge) -> Setting:
    """Return the setting of a statement, without a group that is no more than those who get the subject."""
    found = setting(statement, by)
    groups = found.get(model.GROUP)
    if groups is None or key[0] not in groups:
        return found
    others = {property_: values for property_, values in found.items() if property_ != model.GROUP}
    return {**others, model.GROUP: groups - {key[0]}} if len(groups) > 1 else others
