"""How rules are applied to facts: a function on sets for each shape of a rule, and the ways back from what it gave.

Once its axioms are known, a rule speaks of one or two facts. So few shapes are left. A shape is written as its facts
and what follows: ``x`` is a membership, ``x-y`` a pair, ``x-=`` a pair whose object an axiom names.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from her2ld.reasoning.facts import BITS, MASK, FactSets, turned

Way = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Join:
    """What a shape needs to be applied: the keys of its premises, and the number of what an axiom names (``=``)."""

    premises: tuple[int, ...]
    named: int = 0


# Some are given back as they came: what a forward function returns is not to be changed.
Forward = Callable[[Join, set[int], FactSets], set[int]]
Backward = Callable[[Join, int, FactSets], Iterator[Way]]


@dataclass(frozen=True, slots=True)
class Shape:
    """What follows from new facts of each premise, and, for what follows, the facts from which it does.

    The shape of a contradiction gives those facts that are part of one, and its ways have such a fact as their first.
    """

    forward: tuple[Forward, ...]
    ways: Backward


# --- Shapes of one fact -------------------------------------------------------------------------------------------


def _same(_: Join, new: set[int], __: FactSets) -> set[int]:
    return new


def _same_ways(join: Join, number: int, facts: FactSets) -> Iterator[Way]:
    if number in facts.of(join.premises[0]):
        yield (number,)


def _turned(_: Join, new: set[int], facts: FactSets) -> set[int]:
    no_subjects = facts.terms.no_subjects
    return {turned(pair) for pair in new if pair & MASK not in no_subjects}


def _turned_ways(join: Join, number: int, facts: FactSets) -> Iterator[Way]:
    yield from _same_ways(join, turned(number), facts)


def _subject(_: Join, new: set[int], __: FactSets) -> set[int]:
    return {pair >> BITS for pair in new}


def _subject_ways(join: Join, number: int, facts: FactSets) -> Iterator[Way]:
    for value in facts.objects(join.premises[0]).get(number, ()):
        yield (number << BITS | value,)


def _object(_: Join, new: set[int], facts: FactSets) -> set[int]:
    return {pair & MASK for pair in new} - facts.terms.no_subjects


def _object_ways(join: Join, number: int, facts: FactSets) -> Iterator[Way]:
    for subject in facts.subjects(join.premises[0]).get(number, ()):
        yield (subject << BITS | number,)


def _has_named(join: Join, new: set[int], _: FactSets) -> set[int]:
    return {pair >> BITS for pair in new if pair & MASK == join.named}


def _has_named_ways(join: Join, number: int, facts: FactSets) -> Iterator[Way]:
    yield from _same_ways(join, number << BITS | join.named, facts)


def _gets_named(join: Join, new: set[int], _: FactSets) -> set[int]:
    return {number << BITS | join.named for number in new}


def _gets_named_ways(join: Join, number: int, facts: FactSets) -> Iterator[Way]:
    if number & MASK == join.named:
        yield from _same_ways(join, number >> BITS, facts)


def _to_itself(_: Join, new: set[int], __: FactSets) -> set[int]:
    return {pair for pair in new if pair == turned(pair)}


# --- Shapes of two facts ------------------------------------------------------------------------------------------


def _both_of_first(join: Join, new: set[int], facts: FactSets) -> set[int]:
    return new & facts.of(join.premises[1])


def _both_of_second(join: Join, new: set[int], facts: FactSets) -> set[int]:
    return new & facts.of(join.premises[0])


def _both_ways(join: Join, number: int, facts: FactSets) -> Iterator[Way]:
    if all(number in facts.of(key) for key in join.premises):
        yield (number, number)


def _some_of_pairs(join: Join, new: set[int], facts: FactSets) -> set[int]:
    members = facts.of(join.premises[1])
    return {pair >> BITS for pair in new if pair & MASK in members}


def _some_of_members(join: Join, new: set[int], facts: FactSets) -> set[int]:
    subjects = facts.subjects(join.premises[0])
    return {subject for member in new for subject in subjects.get(member, ())}


def _some_ways(join: Join, number: int, facts: FactSets) -> Iterator[Way]:
    pairs, members = join.premises
    for value in facts.objects(pairs).get(number, ()):
        if value in facts.of(members):
            yield (number << BITS | value, value)


def _chain_of_first(join: Join, new: set[int], facts: FactSets) -> set[int]:
    objects = facts.objects(join.premises[1])
    return {
        subject | value
        for pair in new
        if pair & MASK in objects
        for subject in (pair >> BITS << BITS,)
        for value in objects[pair & MASK]
    }


def _chain_of_second(join: Join, new: set[int], facts: FactSets) -> set[int]:
    subjects = facts.subjects(join.premises[0])
    return {
        subject << BITS | pair & MASK for pair in new if pair >> BITS in subjects for subject in subjects[pair >> BITS]
    }


def _chain_ways(join: Join, number: int, facts: FactSets) -> Iterator[Way]:
    first, second = join.premises
    for middle in facts.objects(first).get(number >> BITS, ()):
        if middle << BITS | number & MASK in facts.of(second):
            yield (number >> BITS << BITS | middle, middle << BITS | number & MASK)


def _opposed_of_first(join: Join, new: set[int], facts: FactSets) -> set[int]:
    pairs = facts.of(join.premises[1])
    return {pair for pair in new if turned(pair) in pairs}


def _opposed_ways(join: Join, number: int, facts: FactSets) -> Iterator[Way]:
    if number in facts.of(join.premises[0]) and turned(number) in facts.of(join.premises[1]):
        yield (number, turned(number))


SHAPES = {
    "x > x": Shape((_same,), _same_ways),
    "x > x-=": Shape((_gets_named,), _gets_named_ways),
    "x-= > x": Shape((_has_named,), _has_named_ways),
    "x-y > x": Shape((_subject,), _subject_ways),
    "x-y > y": Shape((_object,), _object_ways),
    "x-y > x-y": Shape((_same,), _same_ways),
    "x-y > y-x": Shape((_turned,), _turned_ways),
    "x x > x": Shape((_both_of_first, _both_of_second), _both_ways),
    "x-y y > x": Shape((_some_of_pairs, _some_of_members), _some_ways),
    "x-y y-z > x-z": Shape((_chain_of_first, _chain_of_second), _chain_ways),
    # Contradictions are sought among all facts, so that those of the first premise do.
    "x x": Shape((_both_of_first,), _both_ways),
    "x-x": Shape((_to_itself,), _same_ways),
    "x-y y-x": Shape((_opposed_of_first,), _opposed_ways),
}
