"""Pairs of opposing voices, with the reason and the differences between their settings; and numbers that differ.

The numbers of one claim are compared with each other. They differ if both have intervals that do not overlap.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from pyoxigraph import Literal, NamedNode

from her2ld.statements.plain import (
    ClaimKey,
    Judge,
    Polarity,
    Setting,
    SettingParts,
    Voice,
    is_same_or_wider,
    ordered_key,
    setting_lines,
    setting_of_group,
    wider_keys,
)
from her2ld.statements.statement import SETTING_ORDER, Result, Statement
from her2ld.vocabulary import statement_model as model
from her2ld.vocabulary.steering import Steering

Voices = Mapping[ClaimKey, Mapping[Voice, Collection[NamedNode]]]


class Opposition(Enum):
    """The reason why two voices oppose each other; the value is its IRI."""

    DENIAL = model.DENIAL
    NOTHING_FOUND = model.NOTHING_FOUND
    OPPOSITE_RELATION = model.OPPOSITE_RELATION
    REVERSED_COMPARISON = model.REVERSED_COMPARISON
    OTHER_DIRECTION = model.OTHER_DIRECTION


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Statements on one side and on the other that oppose each other.

    ``claim`` is that of the first side; ``digest`` identifies the disagreement by its content, not by its papers.
    ``disputed`` and ``limited`` are the affirmations, on either side, that are disputed or limited. ``differs`` are the
    properties of the parts of the setting in which the sides differ.
    """

    claim: NamedNode
    digest: str
    why: Opposition
    one_side: tuple[NamedNode, ...]
    other_side: tuple[NamedNode, ...]
    disputed: tuple[NamedNode, ...]
    limited: tuple[NamedNode, ...]
    differs: tuple[NamedNode, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two opposing voices; ``apart`` are the parts of the setting that are the reason."""

    why: Opposition
    one: Voice
    other: Voice
    apart: frozenset[NamedNode] = frozenset()
    is_weak: bool = False


def disagreements(voices: Voices, names: Mapping[ClaimKey, NamedNode], steering: Steering) -> tuple[Disagreement, ...]:
    """Return all disagreements between the statements of the voices, in an order that depends only on them.

    ``names`` are the IRIs of the claims.
    """
    pairs = dict.fromkeys(_pairs(voices, steering))
    found = (_disagreement(pair, voices, names, steering) for pair in pairs)
    return tuple(sorted(found, key=lambda each: (each.claim.value, each.digest)))


def _disagreement(pair: _Pair, voices: Voices, names: Mapping[ClaimKey, NamedNode], steering: Steering) -> Disagreement:
    sides = {each: tuple(sorted(voices[each.claim][each], key=str)) for each in (pair.one, pair.other)}
    disputed: list[NamedNode] = []
    limited: list[NamedNode] = []
    for on, by in ((pair.one, pair.other), (pair.other, pair.one)):
        if on.affirms:
            (disputed if _disputes(by, on, pair, steering) else limited).extend(sides[on])
    return Disagreement(
        claim=names[pair.one.claim],
        digest=digest(str(pair.why.value), str(pair.one), str(pair.other)),
        why=pair.why,
        one_side=sides[pair.one],
        other_side=sides[pair.other],
        disputed=tuple(sorted(disputed, key=str)),
        limited=tuple(sorted(limited, key=str)),
        differs=differing(*(_without(each, pair.apart) for each in (pair.one, pair.other))),
    )


def _disputes(by: Voice, on: Voice, pair: _Pair, steering: Steering) -> bool:
    as_sure = by.rank >= max(on.rank, 1)
    wider, narrower = (_without(each, pair.apart) for each in (by, on))
    return as_sure and not pair.is_weak and is_same_or_wider(wider, narrower, steering)


def digest(*parts: str) -> str:
    """Return sixteen digits that identify the content."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def differing(one: Setting, other: Setting) -> tuple[NamedNode, ...]:
    """Return the properties in which two settings differ, in the order of the fields of statements."""
    found = {each for each in {*one, *other} if one.get(each) != other.get(each)}
    in_order = [each for each in SETTING_ORDER if each in found]
    return (*in_order, *sorted(found.difference(in_order), key=str))


def _without(voice: Voice, apart: Iterable[NamedNode]) -> Setting:
    return {property_: values for property_, values in voice.parts if property_ not in apart}


def _pairs(voices: Voices, steering: Steering) -> Iterator[_Pair]:
    for key, group in voices.items():
        affirming = [each for each in group if each.affirms]
        if affirming:
            against = [each for other in (key, *wider_keys(key, steering)) for each in voices.get(other, ())]
            yield from _denied(affirming, against)
            yield from _opposite(key, affirming, voices, steering)
            yield from _reversed(key, affirming, voices, steering)
            yield from _of_other_direction(affirming, steering)


def _denied(affirming: Iterable[Voice], against: Sequence[Voice]) -> Iterator[_Pair]:
    denials = [each for each in against if not each.affirms]
    for one in affirming if denials else ():
        for other in denials:
            directions = one.values(model.DIRECTION), other.values(model.DIRECTION)
            if all(directions) and directions[0] != directions[1]:
                continue  # “not higher” does not deny “lower”
            if other.polarity is Polarity.DENIED:
                yield _Pair(Opposition.DENIAL, one, other)
            else:
                yield _Pair(Opposition.NOTHING_FOUND, one, other, is_weak=True)


def _opposite(key: ClaimKey, affirming: Iterable[Voice], voices: Voices, steering: Steering) -> Iterator[_Pair]:
    subject, relation, value = key
    for opposite in steering.opposites_of(relation, value):
        for other in voices.get(ordered_key(subject, opposite, value, steering), ()):
            if other.affirms:
                for one in affirming:
                    yield _in_order(Opposition.OPPOSITE_RELATION, one, other)


_COMPARED = frozenset({model.COMPARATOR})


def _reversed(key: ClaimKey, affirming: Iterable[Voice], voices: Voices, steering: Steering) -> Iterator[_Pair]:
    """Yield the pairs in which one says of A compared with B what the other says of B compared with A.

    Either end may be compared. An adverse event of both is no comparison: a comparison needs a direction, or a relation
    with an opposite.
    """
    for one in affirming:
        direction = one.values(model.DIRECTION)
        if not (direction & steering.opposites.keys() if direction else key[1] in steering.opposites):
            continue
        for turned, end in _turned(key, one):
            for other in voices.get(ordered_key(*turned, steering), ()):
                is_turned = end in other.values(model.COMPARATOR) and other.values(model.DIRECTION) == direction
                if other.affirms and is_turned:
                    yield _in_order(Opposition.REVERSED_COMPARISON, one, other, _COMPARED)


def _turned(key: ClaimKey, one: Voice) -> Iterator[tuple[ClaimKey, NamedNode]]:
    """Yield the claims with an end and its comparator exchanged, each with that end."""
    subject, relation, value = key
    for compared in one.values(model.COMPARATOR):
        if isinstance(compared, NamedNode) and compared not in (subject, value):
            yield (compared, relation, value), subject
            yield (subject, relation, compared), value


_DIRECTED = frozenset({model.DIRECTION})


def _of_other_direction(affirming: Iterable[Voice], steering: Steering) -> Iterator[_Pair]:
    """Yield the pairs with the same comparator, or a kind of it, in different directions."""
    by_direction: dict[NamedNode | Literal, list[Voice]] = {}
    for each in affirming:
        for direction in each.values(model.DIRECTION):
            by_direction.setdefault(direction, []).append(each)
    directions = sorted(by_direction, key=str)
    for place, first in enumerate(directions):
        for second in directions[place + 1 :]:
            is_opposite = isinstance(first, NamedNode) and second in steering.opposites.get(first, ())
            for one in by_direction[first]:
                for other in by_direction[second]:
                    if one != other and _compare_alike(one, other, steering):
                        yield _in_order(Opposition.OTHER_DIRECTION, one, other, _DIRECTED, is_weak=not is_opposite)


def _compare_alike(one: Voice, other: Voice, steering: Steering) -> bool:
    first, second = ({model.COMPARATOR: each.values(model.COMPARATOR)} for each in (one, other))
    return is_same_or_wider(first, second, steering) or is_same_or_wider(second, first, steering)


def _in_order(
    why: Opposition, one: Voice, other: Voice, apart: frozenset[NamedNode] = frozenset(), *, is_weak: bool = False
) -> _Pair:
    """Return the same pair whichever of the two comes first."""
    first, second = sorted((one, other), key=str)
    return _Pair(why, first, second, apart, is_weak)


_INFINITE = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class NumberDifference:
    """Results of one claim whose intervals do not overlap, the lower ones first.

    ``digest`` identifies the difference among others of the claim, by the numbers and their settings. ``differs`` are
    the properties of the parts of the settings in which they differ; if it has neither population nor system, these are
    the same.
    """

    claim: NamedNode
    digest: str
    one_side: tuple[NamedNode, ...]
    other_side: tuple[NamedNode, ...]
    differs: tuple[NamedNode, ...]

    @property
    def same_population(self) -> bool:
        """Whether both sides are of the same populations, or both name none."""
        return model.POPULATION not in self.differs

    @property
    def same_system(self) -> bool:
        """Whether both sides are of the same experimental systems, or both name none."""
        return model.SYSTEM not in self.differs


@dataclass(frozen=True, slots=True)
class _Kind:
    """The properties that two compared results share; ``whose`` is None for those of the subject itself."""

    claim: ClaimKey
    measure: NamedNode
    unit: str | None
    interval_kind: NamedNode | None
    whose: NamedNode | Literal | None


@dataclass(frozen=True, slots=True)
class _Interval:
    """An interval and its setting."""

    lower: Decimal
    upper: Decimal
    parts: SettingParts

    def __str__(self) -> str:
        # 0.50 and 0.5 are one number, which triple stores keep as 0.5.
        return " ".join((*(str(each.normalize()) for each in (self.lower, self.upper)), *setting_lines(self.parts)))


Source = tuple[NamedNode, NamedNode]  # a result and its statement
Numbers = dict[_Kind, dict[_Interval, list[Source]]]


def note_numbers(statement: Statement, voice: Voice, by: Judge, numbers: Numbers) -> None:
    """Add the results of a statement that have an interval to ``numbers``; ``voice`` is the statement's voice."""
    for result in statement.results:
        lower = _limit(result.lower, result.lower_unreached, -_INFINITE)
        upper = _limit(result.upper, result.upper_unreached, _INFINITE)
        if result.measure is None or lower is None or upper is None:
            continue
        setting: dict[NamedNode, frozenset[NamedNode | Literal]] = dict(voice.parts)
        whose, beside = _group(result, setting, voice.claim, by)
        kind = _Kind(voice.claim, result.measure, result.unit, result.interval_kind, whose)
        for property_, values in beside.items():
            setting[property_] = setting.get(property_, frozenset()) | values
        if result.time is not None:
            setting[model.RESULT_TIME] = frozenset({Literal(result.time)})
        if result.counted is not None:
            setting[model.COUNTED] = frozenset({result.counted})
        interval = _Interval(lower, upper, frozenset(setting.items()))
        numbers.setdefault(kind, {}).setdefault(interval, []).append((result.iri, statement.iri))


def _limit(printed: Decimal | None, unreached: NamedNode | None, beyond: Decimal) -> Decimal | None:
    return beyond if printed is None and unreached else printed


def _group(result: Result, own: Setting, key: ClaimKey, by: Judge) -> tuple[NamedNode | Literal | None, Setting]:
    """Return the group of a number, None if it belongs to the subject; and the setting of the group."""
    if result.group is None:
        return None, {}
    group = by.groups.get(result.group)
    if group is None:
        return (None if result.group == key[0] else result.group), {}
    found = dict(setting_of_group(group, by))
    whose = next(iter(found.pop(model.GROUP)))
    return (None if whose == key[0] or whose in own.get(model.GROUP, ()) else whose), found


def number_differences(numbers: Numbers, names: Mapping[ClaimKey, NamedNode]) -> tuple[NumberDifference, ...]:
    """Return the pairs whose intervals do not overlap, in an order that depends only on their content.

    ``names`` are the IRIs of the claims. Results of one statement are not compared: their sentence compares them.
    """
    return tuple(sorted(_differences(numbers, names), key=lambda each: (each.claim.value, each.digest)))


def _differences(numbers: Numbers, names: Mapping[ClaimKey, NamedNode]) -> Iterator[NumberDifference]:
    for kind, intervals in numbers.items():
        ordered = sorted(intervals, key=lambda each: each.lower)
        lowers = [each.lower for each in ordered]
        for one in ordered:
            for other in ordered[bisect_right(lowers, one.upper) :]:
                sources = intervals[one], intervals[other]
                if len({statement for side in sources for _, statement in side}) == 1:
                    continue
                lower, upper = (tuple(sorted({result for result, _ in side}, key=str)) for side in sources)
                content = (kind.measure, kind.unit, kind.interval_kind, kind.whose, one, other)
                yield NumberDifference(
                    names[kind.claim],
                    digest(*map(str, content)),
                    lower,
                    upper,
                    differing(dict(one.parts), dict(other.parts)),
                )
