"""The parts of a statement that others can oppose: the claim, its polarity, its certainty and its setting.

Statements that agree in all of these are one voice, regardless of the number of papers. So the work of a comparison
grows with the number of different statements, not of papers. Voices hold no words.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from her2ld.statements.plain import Judge, Obstacle, Polarity, Setting, obstacles, polarity, rank, setting
from her2ld.statements.statement import Claim, Statement
from her2ld.vocabulary import statement_model as model
from her2ld.vocabulary.steering import Steering

ClaimKey = tuple[NamedNode, NamedNode, NamedNode]
# A setting in the form of a key.
SettingParts = frozenset[tuple[NamedNode, frozenset[NamedNode | Literal]]]

# Statements that comparisons ignore: they neither support nor oppose anything. This is the only place that lists them.
# A gap and an aim of a study have no polarity, and a retracted statement no longer counts.
_UNHEARD = frozenset({Obstacle.INCOMPLETE, Obstacle.INVESTIGATED, Obstacle.RETRACTED})
# Affirmations, denials and negative findings that settle nothing, however certain the author is.
_SETTLES_NOTHING = frozenset({Obstacle.ONE_PATIENT, Obstacle.EXAMPLES, Obstacle.CERTAINTY_UNKNOWN})


@dataclass(frozen=True, slots=True)
class Voice:
    """The common content of statements: a claim, a polarity and a certainty (``rank``, 0 if it settles nothing).

    ``parts`` are those of the setting in which the claim holds, or does not hold.
    """

    claim: ClaimKey
    polarity: Polarity
    rank: int
    parts: SettingParts

    @property
    def affirms(self) -> bool:
        """Whether the voice affirms the claim."""
        return self.polarity is Polarity.AFFIRMED

    def values(self, property_: NamedNode) -> frozenset[NamedNode | Literal]:
        """Return the values of one part of the setting."""
        return next((values for each, values in self.parts if each == property_), frozenset())

    def __str__(self) -> str:
        """Return the whole voice in one line, the same in every run."""
        return " ".join(map(str, (*self.claim, self.polarity.value, self.rank, *in_order(self.parts))))


def in_order(parts: SettingParts) -> list[str]:
    """Return each part of a setting as a text, the same in every run."""
    return sorted(f"{property_} {' '.join(sorted(map(str, values)))}" for property_, values in parts)


def claim_key(claim: Claim | None, steering: Steering) -> ClaimKey | None:
    """Return the key of a claim; None if it lacks a part.

    Inverse relations are reversed, and the ends of symmetric ones are sorted, as in curation, because data from other
    sources may not do so.
    """
    if claim is None or not (claim.subject and claim.relation and claim.object):
        return None
    return ordered_key(claim.subject, claim.relation, claim.object, steering)


def ordered_key(subject: NamedNode, relation: NamedNode, value: NamedNode, steering: Steering) -> ClaimKey:
    """Return the key of those three, reversed and sorted as by :func:`claim_key`."""
    if relation in steering.canonical:
        subject, relation, value = value, steering.canonical[relation], subject
    if relation in steering.symmetric and subject.value > value.value:
        subject, value = value, subject
    return subject, relation, value


def wider_keys(key: ClaimKey, steering: Steering) -> Iterator[ClaimKey]:
    """Yield the claims that follow from a claim: those of the relations above its own."""
    subject, relation, value = key
    for above in steering.relations_above.get(relation, ()):
        if above != relation:
            yield ordered_key(subject, above, value, steering)


def voice(statement: Statement, key: ClaimKey, by: Judge) -> Voice | None:
    """Return the voice of a statement; None if it does not say whether the claim holds."""
    said = polarity(statement)
    if said is None:
        return None
    found = frozenset(obstacles(statement, by))
    if not found.isdisjoint(_UNHEARD):
        return None
    sure = 0 if found & _SETTLES_NOTHING else rank(statement, by.steering) or 0
    return Voice(key, said, sure, frozenset(compared_setting(statement, key, by).items()))


def compared_setting(statement: Statement, key: ClaimKey, by: Judge) -> Setting:
    """Return the setting of a statement, without a group that consists only of the patients who receive the subject."""
    found = setting(statement, by)
    groups = found.get(model.GROUP)
    if groups is None or key[0] not in groups:
        return found
    others = {property_: values for property_, values in found.items() if property_ != model.GROUP}
    return {**others, model.GROUP: groups - {key[0]}} if len(groups) > 1 else others
