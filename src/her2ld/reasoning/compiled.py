"""The rules, compiled for the axioms of an ontology: each becomes a join over one or two kinds of facts.

Once its axioms are known, a rule has one or two facts as premises, so few shapes are left. Each shape has functions on
sets, one for each premise, and a function that finds the premises of a conclusion. A shape is written as its premises
and its conclusion: ``x`` is a class membership, ``x-y`` a pair, ``x-=`` a pair whose object is given by an axiom.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, QuerySolutions, Store, Triple

from her2ld.reasoning.facts import BITS, MASK, TYPE, FactSets, Sets, Term, Terms, as_pairs, turned
from her2ld.reasoning.rules import CONTRADICTIONS, NAMESPACES, RULES, Rule

Way = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Join:
    """The arguments of a shape: the keys of its premises, and the number of the term that an axiom gives (``=``)."""

    premises: tuple[int, ...]
    named: int = 0


# A forward function may return its argument itself: the caller must not change the result.
Forward = Callable[[Join, set[int], FactSets], set[int]]
Backward = Callable[[Join, int, FactSets], Iterator[Way]]


@dataclass(frozen=True, slots=True)
class Shape:
    """The functions of a shape: from new facts of each premise to conclusions, and from a conclusion to its premises.

    For a contradiction, the forward function returns the facts that are part of one; each way begins with such a fact.
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
    # Contradictions are searched for among all facts, so the facts of the first premise are enough.
    "x x": Shape((_both_of_first,), _both_ways),
    "x-x": Shape((_to_itself,), _same_ways),
    "x-y y-x": Shape((_opposed_of_first,), _opposed_ways),
}


_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """One application of a rule: its conclusion (None for a contradiction), its premises, and the bound variables."""

    rule: Rule
    conclusion: Triple | None
    premises: tuple[Triple, ...]
    bound: Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its axioms filled in: the values of their variables, the join, and the key of its conclusions.

    For a contradiction, the key has no meaning.
    """

    rule: Rule
    bound: Mapping[str, Term]
    shape: Shape
    join: Join
    head: int

    def step(self, conclusion: Triple | None, way: Way, facts: FactSets) -> Step:
        """Return the application of the rule to the facts of a way."""
        bound = dict(self.bound)
        for pattern, key, number in zip(self.rule.facts, self.join.premises, way, strict=True):
            named = zip(pattern.split(), facts.terms.triple(key, number), strict=True)
            bound |= {name[1:]: term for name, term in named if name.startswith("?")}
        return Step(self.rule, conclusion, tuple(_triple(pattern, bound) for pattern in self.rule.body), bound)


@dataclass(frozen=True, slots=True)
class Program:
    """The compiled rules by the keys of their premises, with the place of the premise, and by the keys of conclusions.

    ``has_types`` is true if a rule treats rdf:type like any other property.
    """

    by_premise: Mapping[int, list[tuple[int, CompiledRule]]]
    by_head: Mapping[int, list[CompiledRule]]
    has_types: bool

    def consequences(self, delta: Sets, facts: FactSets, besides: Sets, *, is_all: bool = False) -> Sets:
        """Return what follows in one step from the facts of ``delta`` and all facts, without those in ``besides``.

        If ``delta`` holds all facts (``is_all``), the first premise of a rule yields all its conclusions.
        """
        found: Sets = {}
        for key, new in delta.items():
            for place, rule in self.by_premise.get(key, ()):
                if is_all and place:
                    continue
                fresh = rule.shape.forward[place](rule.join, new, facts) - besides.get(rule.head, _NONE)
                if rule.head in found:
                    found[rule.head] |= fresh
                elif fresh:
                    found[rule.head] = fresh
        return self.with_types(found)

    def prepare(self, facts: FactSets) -> None:
        """Build the indexes that the rules need, by applying each rule to an empty set and to an unknown number."""
        for rule in itertools.chain.from_iterable(self.by_head.values()):
            for forward in rule.shape.forward:
                forward(rule.join, set(), facts)
            next(rule.shape.ways(rule.join, -1, facts), None)

    def with_types(self, sets: Sets) -> Sets:
        """Return facts with each class membership also as a pair and the reverse, if a rule needs that."""
        if self.has_types:
            for pair in sets.get(TYPE, ()):
                sets.setdefault(~(pair & MASK), set()).add(pair >> BITS)
            pairs = as_pairs(sets)
            if pairs:
                sets[TYPE] = pairs
        return sets

    def ways(self, key: int, number: int, facts: FactSets) -> Iterator[tuple[CompiledRule, Way]]:
        """Yield the rules that conclude a fact in one step, with their premises."""
        for rule in self.by_head.get(key, ()):
            for way in rule.shape.ways(rule.join, number, facts):
                yield rule, way
        if key < TYPE and self.has_types:
            yield from self.ways(TYPE, number << BITS | ~key, facts)


def compiled(facts: FactSets) -> Program:
    """Return the rules compiled for the axioms among the facts."""
    by_premise: dict[int, list[tuple[int, CompiledRule]]] = defaultdict(list)
    by_head: dict[int, list[CompiledRule]] = defaultdict(list)
    rules = list(_with_axioms(RULES, facts))
    for rule in rules:
        by_head[rule.head].append(rule)
        for place, key in enumerate(rule.join.premises):
            by_premise[key].append((place, rule))
    return Program(by_premise, by_head, has_types=any(TYPE in (each.head, *each.join.premises) for each in rules))


def compiled_contradictions(facts: FactSets) -> Iterator[CompiledRule]:
    """Yield the rules of contradictions compiled for the axioms among the facts."""
    return _with_axioms(CONTRADICTIONS, facts)


def axiom_keys(terms: Terms) -> frozenset[int]:
    """Return the keys of the facts that are axioms."""
    numbers = {terms[_term(name)] for name in _AXIOM_NAMES}
    return frozenset(key for number in numbers for key in (number, ~number))


def _with_axioms(rules: Iterable[Rule], facts: FactSets) -> Iterator[CompiledRule]:
    terms = facts.terms
    axioms = {key: facts.sets[key] for key in axiom_keys(terms) if key in facts.sets}
    store = Store()
    store.extend(Quad(*triple) for triple in terms.decode(axioms))
    for rule in rules:
        rows = store.query(rule.axioms())
        assert isinstance(rows, QuerySolutions)  # noqa: S101
        names = [variable.value for variable in rows.variables]
        shape = SHAPES[_shape(rule, names)]
        for row in rows:
            bound = dict(zip(names, row, strict=True))
            compiled_rule = _compiled(rule, bound, shape, terms)
            if compiled_rule:
                yield compiled_rule


def _shape(rule: Rule, named: list[str]) -> str:
    """Return the key of the shape of a rule in SHAPES; a term that its axioms give is ``=``."""

    def of(pattern: str) -> str:
        subject, predicate, value = (each.removeprefix("?") for each in pattern.split())
        if predicate == "rdf:type":
            return subject
        return f"{subject}-{'=' if value in named else value}"

    facts = " ".join(map(of, rule.facts))
    return f"{facts} > {of(rule.head)}" if rule.head else facts


def _compiled(rule: Rule, bound: Mapping[str, Term], shape: Shape, terms: Terms) -> CompiledRule | None:
    """Return a rule with its axioms filled in; None if their property is no IRI, so that nothing follows."""
    patterns = [pattern.split() for pattern in (*rule.facts, *([rule.head] if rule.head else []))]
    keys = []
    for _, predicate, value in patterns:
        if predicate == "rdf:type":
            keys.append(~terms[bound[value[1:]]])
        elif isinstance(bound[predicate[1:]], NamedNode):
            keys.append(terms[bound[predicate[1:]]])
        else:
            return None
    named = [bound[value[1:]] for _, predicate, value in patterns if predicate != "rdf:type" and value[1:] in bound]
    premises = len(rule.facts)
    return CompiledRule(rule, bound, shape, Join(tuple(keys[:premises]), terms[named[0]] if named else 0), keys[-1])


def _triple(pattern: str, values: Mapping[str, Term]) -> Triple:
    subject, predicate, value = (values[each[1:]] if each.startswith("?") else _term(each) for each in pattern.split())
    return Triple(subject, predicate, value)  # type: ignore[arg-type]  # a rule puts no literal there


def _term(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(NAMESPACES[prefix] + local)


# All names in the rules except rdf:type, which class memberships have too.
_AXIOM_NAMES = {
    name
    for rule in (*RULES, *CONTRADICTIONS)
    for name in re.findall(r"\b(?:rdf|rdfs|owl):\w+", " ".join((*rule.body, rule.condition)))
} - {"rdf:type"}
