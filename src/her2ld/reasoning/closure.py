"""The closure of triples under the rules: everything that follows, in rounds, and the contradictions.

A closure can also be kept while papers are added and removed: each change is computed from the changed triples alone.
"""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from her2ld.reasoning.compiled import Program, Step, axiom_keys, compiled, compiled_contradictions
from her2ld.reasoning.facts import TYPE, FactSets, Sets, Terms, facts_of
from her2ld.reasoning.rules import is_about_names, refuse_unread
from her2ld.vocabulary import model, standard

_SAMPLE = "urn:her2ld:sample:"
_THING = NamedNode(standard.OWL + "Thing")
_SEEN = frozenset((model.ONTOLOGY_GRAPH, model.ASSERTED_GRAPH, DefaultGraph()))


@dataclass(frozen=True, slots=True, eq=False)
class Rounds(Mapping[Triple, int]):
    """The round, from 1, in which each new triple was derived; triples are decoded only on request."""

    terms: Terms
    found: tuple[Sets, ...]

    def __getitem__(self, triple: Triple) -> int:
        """Return the round of a triple. Raises KeyError for a triple that is not new."""
        key, number = self.terms.find(triple) or (TYPE, -1)
        for count, sets in enumerate(self.found, 1):
            if number in sets.get(key, ()):
                return count
        raise KeyError(triple)

    def __iter__(self) -> Iterator[Triple]:
        """Yield the triples, round by round."""
        for sets in self.found:
            yield from self.terms.decode(sets)

    def __len__(self) -> int:
        """Return the number of new triples."""
        return sum(len(numbers) for sets in self.found for key, numbers in sets.items() if key != TYPE)


@dataclass(frozen=True, slots=True)
class Closure:
    """Some triples and everything that follows from them, with the round in which each new triple was derived."""

    facts: FactSets
    program: Program
    rounds: Rounds

    def holds(self, triple: Triple) -> bool:
        """Tell whether a triple was given or follows."""
        return self.facts.holds(triple)

    def has(self, subject: NamedNode, predicate: NamedNode) -> bool:
        """Tell whether a thing has any value of a property."""
        key, number = self.facts.terms.get(predicate), self.facts.terms.get(subject)
        return key is not None and number is not None and bool(self.facts.objects(key).get(number))

    def triples(self) -> Iterator[Triple]:
        """Yield all triples, given and new."""
        return self.facts.triples()

    def new(self) -> Iterator[Triple]:
        """Yield the new triples without blank nodes: property values, and class memberships except in owl:Thing."""
        return filter(is_news, self.rounds)

    def steps_to(self, triple: Triple) -> Iterator[Step]:
        """Yield the steps that derive a triple from triples of earlier rounds."""
        before = self.rounds.get(triple, 0)
        fact = self.facts.terms.find(triple)
        for rule, way in self.program.ways(*fact, self.facts) if fact else ():
            step = rule.step(triple, way, self.facts)
            if all(self.rounds.get(premise, 0) < before for premise in step.premises):
                yield step

    def contradictions(self) -> Iterator[Step]:
        """Yield the steps that end in a contradiction."""
        return contradicting(self.facts)


def closure(triples: Iterable[Triple | Quad]) -> Closure:
    """Return the closure of triples."""
    with without_collector():
        return closure_of(facts_of(triples))


def closure_of(facts: FactSets) -> Closure:
    """Return the closure of facts; the new facts are added to them."""
    with without_collector():
        program, found = close(facts)
    return Closure(facts, program, Rounds(facts.terms, found))


def close(facts: FactSets, begun: tuple[Program, Sets] | None = None) -> tuple[Program, tuple[Sets, ...]]:
    """Add everything that follows to the facts; return the compiled rules, and the new facts of each round.

    If a round derives axioms, the rules are compiled again and applied to all facts. A closure that got further facts
    is completed from its compiled rules and these facts (``begun``).
    """
    axioms = axiom_keys(facts.terms)
    rounds: list[Sets] = []
    program, delta = begun or (None, facts.sets)
    while True:
        is_all = delta is facts.sets
        if program is None or is_all:
            program = compiled(facts)
            facts.join_types(wanted=program.has_types)
        found = program.consequences(delta, facts, facts.sets, is_all=is_all)
        if not found:
            return program, tuple(rounds)
        facts.add(found)
        rounds.append(found)
        delta = found if axioms.isdisjoint(found) else facts.sets


def contradicting(facts: FactSets) -> Iterator[Step]:
    """Yield the steps that end in a contradiction."""
    for rule in compiled_contradictions(facts):
        (found,) = rule.shape.forward
        for number in found(rule.join, facts.sets.get(rule.join.premises[0], set()), facts):
            for way in rule.shape.ways(rule.join, number, facts):
                yield rule.step(None, way, facts)


def is_news(triple: Triple) -> bool:
    """Tell whether a derived triple has no blank node and says more than membership in owl:Thing."""
    return is_about_names(triple) and triple.object != _THING


@contextmanager
def without_collector() -> Iterator[None]:
    """Switch off the garbage collector: it would inspect many objects again and again, none of which is in a cycle."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def class_hierarchy(triples: Iterable[Triple | Quad]) -> tuple[Closure, Mapping[NamedNode, NamedNode]]:
    """Return the closure with a sample member of every named class, and the class of each sample.

    The classes of a sample are the superclasses of its class. If a sample leads to a contradiction, its class can have
    no member.
    """
    triples = tuple(triples)
    classes = {
        each.subject
        for each in triples
        if each.predicate == standard.TYPE and each.object == standard.OWL_CLASS and isinstance(each.subject, NamedNode)
    }
    samples = {NamedNode(_SAMPLE + each.value): each for each in sorted(classes, key=str)}
    members = (Triple(sample, standard.TYPE, each) for sample, each in samples.items())
    return closure([*triples, *members]), samples


def class_of_sample(iri: NamedNode) -> NamedNode | None:
    """Return the class of a sample; None for any other IRI."""
    return NamedNode(iri.value.removeprefix(_SAMPLE)) if iri.value.startswith(_SAMPLE) else None


def seen_by_reasoning(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """Return the quads that reasoning uses: those of the ontology, the asserted graph and the default graph."""
    return tuple(quad for quad in quads if quad.graph_name in _SEEN)


class KeptClosure:
    """The closure of quads that are added and removed. A triple in two graphs stays until it is removed from both.

    Removal first deletes every consequence of the removed triples, and then restores those that still follow in another
    way (delete and rederive: Gupta, Mumick and Subrahmanian 1993). If an axiom is added or removed, the closure is
    computed again. Terms keep their numbers after their triples are removed.

    >>> from pyoxigraph import RdfFormat, parse
    >>> part_of = "<urn:p> a <http://www.w3.org/2002/07/owl#TransitiveProperty> . <urn:a> <urn:p> <urn:b> ."
    >>> kept = KeptClosure(parse(part_of, format=RdfFormat.TURTLE))
    >>> paper = list(parse("<urn:b> <urn:p> <urn:c> .", format=RdfFormat.TURTLE))
    >>> sorted(str(triple.object) for triple in kept.add(paper)), len(kept.remove(paper)), list(kept.new())
    (['<urn:c>', '<urn:c>'], 2, [])
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        """Compute the closure of quads. Raises ReasoningError for axioms that the rules do not read."""
        self._terms = Terms()
        self._axioms = axiom_keys(self._terms)
        self._given: dict[object, Sets] = defaultdict(dict, self._by_graph(quads))
        refuse_unread(self._all_given())
        self._close_anew()

    def add(self, quads: Iterable[Quad]) -> frozenset[Triple]:
        """Add quads; return the triples without blank nodes that hold now and did not before.

        Raises ReasoningError for axioms that the rules do not read; nothing is added in this case.
        """
        added = self._by_graph(quads)
        together = FactSets(self._terms, _united(*added.values()))
        has_no_axiom = self._has_no_axiom(together)
        refuse_unread(together if has_no_axiom else self._all_given(together.sets))
        for graph, sets in added.items():
            _unite(self._given[graph], sets)
        if not has_no_axiom:
            before = self._facts.sets
            self._close_anew()
            return self._named(_minus(self._facts.sets, before))
        return self._named(self._close_from(_minus(together.sets, self._facts.sets)))

    def remove(self, quads: Iterable[Quad]) -> frozenset[Triple]:
        """Remove quads, ignoring unknown ones; return the triples without blank nodes that no longer hold."""
        removed: Sets = {}
        for graph, sets in self._by_graph(quads).items():
            given = self._given[graph]
            for key, numbers in sets.items():
                there = numbers & given.get(key, set())
                if there:
                    given[key] -= there
                    _unite(removed, {key: there})
        removed = _minus(removed, *self._given.values())
        gone = self._with_consequences(removed) if self._axioms.isdisjoint(removed) else removed
        if not self._axioms.isdisjoint(gone):
            before = self._facts.sets
            self._close_anew()
            return self._named(_minus(before, self._facts.sets))
        self._facts.remove(gone)
        ways = self._program.ways
        again = {
            key: {number for number in numbers if any(True for _ in ways(key, number, self._facts))}
            for key, numbers in gone.items()
            if key != TYPE
        }
        self._close_from({key: numbers for key, numbers in again.items() if numbers})
        return self._named(_minus(gone, self._facts.sets))

    def holds(self, triple: Triple) -> bool:
        """Tell whether a triple is given or follows."""
        return self._facts.holds(triple)

    def new(self) -> Iterator[Triple]:
        """Yield the triples that follow and are not given: ``Closure.new`` of the same quads, in another order."""
        return filter(is_news, self._terms.decode(_minus(self._facts.sets, *self._given.values())))

    @property
    def consistent(self) -> bool:
        """Whether nothing contradicts."""
        return not any(True for _ in contradicting(self._facts))

    def closure(self) -> Closure:
        """Return a new closure of the given quads, with the rounds that explanations need."""
        return closure_of(self._all_given())

    def _by_graph(self, quads: Iterable[Quad]) -> dict[object, Sets]:
        graphs: dict[object, list[Quad]] = defaultdict(list)
        for quad in seen_by_reasoning(quads):
            graphs[quad.graph_name].append(quad)
        return {graph: self._terms.encode(some) for graph, some in graphs.items()}

    def _all_given(self, *more: Sets) -> FactSets:
        return FactSets(self._terms, _united(*self._given.values(), *more))

    def _has_no_axiom(self, added: FactSets) -> bool:
        """Tell whether facts are part of no axiom. A union is safe as long as only its own axioms name it."""
        union_of = self._terms[standard.UNION_OF]
        unions = {union_of, *self._facts.objects(union_of)}
        return self._axioms.isdisjoint(added.sets) and unions.isdisjoint(added.numbers())

    def _close_anew(self) -> None:
        self._facts = self._all_given()
        with without_collector():
            self._program, _ = close(self._facts)
            self._program.prepare(self._facts)

    def _close_from(self, new: Sets) -> Sets:
        """Add new facts and everything that follows from them; return all of these."""
        new = self._program.with_types(new)
        self._facts.add(new)
        self._program, rounds = close(self._facts, (self._program, new))
        return _united(new, *rounds)

    def _with_consequences(self, removed: Sets) -> Sets:
        """Return facts and all their consequences, except those that are given."""
        new = gone = self._program.with_types(removed)
        while new:
            new = self._program.consequences(new, self._facts, gone)
            new.pop(TYPE, None)
            new = self._program.with_types(_minus(new, *self._given.values()))
            _unite(gone, new)
        return gone

    def _named(self, sets: Sets) -> frozenset[Triple]:
        return frozenset(filter(is_about_names, self._terms.decode(sets)))


def _united(*some: Sets) -> Sets:
    united: Sets = {}
    for sets in some:
        _unite(united, sets)
    return united


def _unite(sets: Sets, more: Sets) -> None:
    for key, numbers in more.items():
        sets.setdefault(key, set()).update(numbers)


def _minus(sets: Sets, *others: Sets) -> Sets:
    """Return the facts that are in none of the others; a small set is never compared with all of a large one."""
    left: Sets = {}
    for key, numbers in sets.items():
        remaining = numbers
        for other in others:
            if key in other:
                remaining = remaining - other[key]  # -= would iterate over the whole other set
        if remaining:
            left[key] = remaining
    return left
