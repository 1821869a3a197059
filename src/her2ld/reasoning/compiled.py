"""The rules compiled: with the axioms of an ontology put in, each is a join of the facts of one or two kinds."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, QuerySolutions, Store, Triple

from her2ld.reasoning.facts import BITS, MASK, TYPE, FactSets, Sets, Term, Terms, as_pairs
from her2ld.reasoning.joins import SHAPES, Join, Shape, Way
from her2ld.reasoning.rules import CONTRADICTIONS, NAMESPACES, RULES, Rule

_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """One application of a rule: what follows (none, where it is a contradiction), and from which triples."""

    rule: Rule
    conclusion: Triple | None
    premises: tuple[Triple, ...]
    bound: Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with the axioms that it is about: the values of their variables, its join, and the kind of what follows.

    The kind of what follows from a contradiction is of no meaning.
    """

    rule: Rule
    bound: Mapping[str, Term]
    shape: Shape
    join: Join
    head: int

    def step(self, conclusion: Triple | None, way: Way, facts: FactSets) -> Step:
        """Return the application to some facts."""
        bound = dict(self.bound)
        for pattern, key, number in zip(self.rule.facts, self.join.premises, way, strict=True):
            named = zip(pattern.split(), facts.terms.triple(key, number), strict=True)
            bound |= {name[1:]: term for name, term in named if name.startswith("?")}
        return Step(self.rule, conclusion, tuple(_triple(pattern, bound) for pattern in self.rule.body), bound)


@dataclass(frozen=True, slots=True)
class Program:
    """The compiled rules by the kinds of their premises, each with the place of that premise, and by what they give.

    ``has_types`` says that a rule takes rdf:type for a property like any other.
    """

    by_premise: Mapping[int, list[tuple[int, CompiledRule]]]
    by_head: Mapping[int, list[CompiledRule]]
    has_types: bool

    def consequences(self, delta: Sets, facts: FactSets, besides: Sets, *, is_all: bool = False) -> Sets:
        """Return what follows in one step from some facts with the others, but not what is known besides.

        Where the some are all, what a rule makes of its first premise is all that it gives.
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
        """Make the indexes that the rules need: each is applied to nothing, and sought a way to a number of no term."""
        for rule in itertools.chain.from_iterable(self.by_head.values()):
            for forward in rule.shape.forward:
                forward(rule.join, set(), facts)
            next(rule.shape.ways(rule.join, -1, facts), None)

    def with_types(self, sets: Sets) -> Sets:
        """Return facts with each membership also as a pair, and the other way round, where a rule asks for that."""
        if self.has_types:
            for pair in sets.get(TYPE, ()):
                sets.setdefault(~(pair & MASK), set()).add(pair >> BITS)
            pairs = as_pairs(sets)
            if pairs:
                sets[TYPE] = pairs
        return sets

    def ways(self, key: int, number: int, facts: FactSets) -> Iterator[tuple[CompiledRule, Way]]:
        """Yield the rules that give a fact in one step, with the facts from which they do."""
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
    """Return the kinds of facts that are axioms."""
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
    """Return the shape of a rule in the words of SHAPES; what its axioms name is ``=``."""

    def of(pattern: str) -> str:
        subject, predicate, value = (each.removeprefix("?") for each in pattern.split())
        if predicate == "rdf:type":
            return subject
        return f"{subject}-{'=' if value in named else value}"

    facts = " ".join(map(of, rule.facts))
    return f"{facts} > {of(rule.head)}" if rule.head else facts


def _compiled(rule: Rule, bound: Mapping[str, Term], shape: Shape, terms: Terms) -> CompiledRule | None:
    """Return a rule with axioms put in; None where what they have for a property is none, so that nothing follows."""
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


# All names that rules have but rdf:type, which memberships have, too.
_AXIOM_NAMES = {
    name
    for rule in (*RULES, *CONTRADICTIONS)
    for name in re.findall(r"\b(?:rdf|rdfs|owl):\w+", " ".join((*rule.body, rule.condition)))
} - {"rdf:type"}
