"""The plain triple that a statement licenses by itself: the one place that decides by link, certainty and basis.

A plain triple means that at least one paper asserts it, in at least one setting. A statement that denies, does not
find, leaves open or only investigates its claim, or that is about one patient, licenses none. The triple of an
uncertain affirmation is hedged. :mod:`her2ld.statements.paper_comparison` takes the other statements into account.

Other statements can oppose the claim, its polarity, its certainty and its setting. Statements that agree in all of
these are one voice, regardless of the number of papers. So the work of a comparison grows with the number of different
statements, not of papers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from pyoxigraph import Literal, NamedNode

from her2ld.statements.statement import SETTING, Claim, Group, Statement, Study
from her2ld.vocabulary import model as records
from her2ld.vocabulary import statement_model as model
from her2ld.vocabulary.steering import Steering

Setting = Mapping[NamedNode, frozenset[NamedNode | Literal]]


class Licence(Enum):
    """The fate of a statement's triple: asserted, hedged or neither."""

    ASSERTED = "asserted"
    HEDGED = "hedged"
    NONE = "none"


class Obstacle(Enum):
    """The reason why a statement licenses no plain triple, regardless of other statements."""

    NOT_AFFIRMED = "it does not affirm the claim"
    INCOMPLETE = "the claim lacks a part"
    CERTAINTY_UNKNOWN = "its certainty is unknown"
    INVESTIGATED = "it is only the question of a study"
    NEEDS_RESULT = "the relation has no meaning without its number"
    EXAMPLES = "both ends are only examples"
    ONE_PATIENT = "it is about one patient"
    RETRACTED = "its paper was retracted"


class Polarity(Enum):
    """The polarity of a statement: whether it says that its claim holds."""

    AFFIRMED = model.AFFIRMS
    DENIED = model.DENIES
    NOT_FOUND = model.FINDS_NO


@dataclass(frozen=True, slots=True)
class Judge:
    """The basis of licences: the rules of the ontology, and the studies and groups that statements point to."""

    steering: Steering
    studies: Mapping[NamedNode, Study]
    groups: Mapping[NamedNode, Group]


def judge(steering: Steering, studies: Iterable[Study], groups: Iterable[Group]) -> Judge:
    """Return a judge of the statements of those studies and groups."""
    return Judge(steering, {each.iri: each for each in studies}, {each.iri: each for each in groups})


def affirms(statement: Statement) -> bool:
    """Tell whether a statement affirms its claim."""
    return statement.link == model.AFFIRMS


def stands(statement: Statement, steering: Steering) -> bool:
    """Tell whether the paper of a statement still stands; if not, the statement settles nothing."""
    return not steering.settling_nothing.intersection(statement.all(records.STANDING))


_POLARITIES: Mapping[NamedNode | None, Polarity] = {each.value: each for each in Polarity}


def polarity(statement: Statement) -> Polarity | None:
    """Return the polarity of a statement; None if it leaves its claim open, or has no single polarity."""
    return None if statement.is_gap else _POLARITIES.get(statement.link)


def is_hedged(statement: Statement) -> bool:
    """Tell whether a paper is less than certain of a statement; a gap is no hedge."""
    found = certainty(statement)
    return found is not None and found != model.CERTAIN


def certainty(statement: Statement) -> NamedNode | None:
    """Return the certainty of a statement; None if it has none."""
    return statement.one(model.CERTAINTY)


def rank(statement: Statement, steering: Steering) -> int | None:
    """Return the rank of a statement's certainty; None if it has no single value."""
    match statement.all(model.CERTAINTY):
        case [NamedNode() as certainty]:
            return steering.ranks.get(certainty)
    return None


def licence(statement: Statement, by: Judge) -> Licence:
    """Return the licence of a statement by itself, regardless of other statements."""
    if obstacle(statement, by):
        return Licence.NONE
    return Licence.ASSERTED if rank(statement, by.steering) == by.steering.highest_rank else Licence.HEDGED


def obstacle(statement: Statement, by: Judge) -> Obstacle | None:
    """Return the first reason why a statement by itself licenses no plain triple; None if it licenses one."""
    return next(obstacles(statement, by), None)


def obstacles(statement: Statement, by: Judge) -> Iterator[Obstacle]:
    """Yield every reason why a statement by itself licenses no plain triple."""
    claim = statement.claim
    if not affirms(statement):
        yield Obstacle.NOT_AFFIRMED
    if not stands(statement, by.steering):
        yield Obstacle.RETRACTED
    if claim is None or not (claim.subject and claim.relation and claim.object):
        yield Obstacle.INCOMPLETE
    if rank(statement, by.steering) is None:
        yield Obstacle.CERTAINTY_UNKNOWN
    if statement.one(model.BASIS) == model.INVESTIGATED:
        yield Obstacle.INVESTIGATED
    if claim and claim.relation in by.steering.needs_result:
        yield Obstacle.NEEDS_RESULT
    if statement.one(model.SUBJECT_EXAMPLE_OF) and statement.one(model.OBJECT_EXAMPLE_OF):
        yield Obstacle.EXAMPLES
    if _is_of_one_patient(statement, by):
        yield Obstacle.ONE_PATIENT


def _is_of_one_patient(statement: Statement, by: Judge) -> bool:
    group = by.groups.get(statement.one(model.GROUP) or _NOTHING)
    study = by.studies.get(statement.one(model.STUDY) or (group and group.of_study) or _NOTHING)
    if study and by.steering.designs_of_one.intersection(study.designs):
        return True
    sizes = [each.size for each in (group, study) if each and each.size is not None]
    return bool(sizes) and sizes[0] == 1


_NOTHING = NamedNode("urn:nothing")


def setting(statement: Statement, by: Judge) -> Setting:
    """Return the setting of a statement; a group counts as its regimen, its populations and its conditions."""
    found: dict[NamedNode, set[NamedNode | Literal]] = defaultdict(set)
    for property_, value in statement.values:
        if property_ not in SETTING:
            continue
        group = by.groups.get(value) if isinstance(value, NamedNode) else None
        if group is None:
            found[property_].add(value)
            continue
        for part, values in setting_of_group(group, by).items():
            if part == model.GROUP:
                found[property_].update(values)
            elif property_ == model.GROUP:
                found[part].update(values)
    for dose in statement.doses:
        found[model.DOSE].add(Literal(f"{dose.agent} {dose.value} {dose.lower} {dose.upper} {dose.unit}"))
    return {property_: frozenset(values) for property_, values in found.items() if values}


def setting_of_group(group: Group, by: Judge) -> Setting:
    """Return the setting of a group: its regimen (the group itself if that is unknown), populations and conditions."""
    return {
        model.GROUP: frozenset({regimen(group, by.groups) or group.iri}),
        model.POPULATION: frozenset(group.populations),
        model.CONDITION: frozenset(group.conditions),
    }


def regimen(group: Group, groups: Mapping[NamedNode, Group]) -> NamedNode | None:
    """Return the treatment of a group: its own regimen, or that of the group that contains it, among ``groups``."""
    seen: set[NamedNode] = set()
    within: Group | None = group
    while within and within.regimen is None and within.within and within.iri not in seen:
        seen.add(within.iri)
        within = groups.get(within.within)
    return within.regimen if within else None


def is_same_or_wider(one: Setting, other: Setting, steering: Steering) -> bool:
    """Tell whether each part of the first setting is, or is above, a part of the second; an absent part is widest."""
    return all(
        any(steering.is_same_or_above(value, narrower) for narrower in other.get(property_, ()))
        for property_, values in one.items()
        for value in values
    )


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
        return " ".join(map(str, (*self.claim, self.polarity.value, self.rank, *setting_lines(self.parts))))


def setting_lines(parts: SettingParts) -> list[str]:
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


def voice_of(statement: Statement, key: ClaimKey, by: Judge) -> Voice | None:
    """Return the voice of a statement; None if it does not say whether the claim holds."""
    found_polarity = polarity(statement)
    if found_polarity is None:
        return None
    found = frozenset(obstacles(statement, by))
    if not found.isdisjoint(_UNHEARD):
        return None
    sure = 0 if found & _SETTLES_NOTHING else rank(statement, by.steering) or 0
    return Voice(key, found_polarity, sure, frozenset(compared_setting(statement, key, by).items()))


def compared_setting(statement: Statement, key: ClaimKey, by: Judge) -> Setting:
    """Return the setting of a statement, without a group that consists only of the patients who receive the subject."""
    found = setting(statement, by)
    groups = found.get(model.GROUP)
    if groups is None or key[0] not in groups:
        return found
    others = {property_: values for property_, values in found.items() if property_ != model.GROUP}
    return {**others, model.GROUP: groups - {key[0]}} if len(groups) > 1 else others
