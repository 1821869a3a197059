"""The closure: all that follows, in rounds, and what contradicts."""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from her2ld.reasoning.compiled import Program, Step, axiom_keys, compiled, compiled_contradictions
from her2ld.reasoning.facts import TYPE, FactSets, Sets, Terms, facts_of
from her2ld.reasoning.rules import is_about_names
from her2ld.vocabulary import model, standard

_SAMPLE = "urn:her2ld:sample:"
_THING = NamedNode(standard.OWL + "Thing")
_SEEN = frozenset((model.ONTOLOGY_GRAPH, model.ASSERTED_GRAPH, DefaultGraph()))


@dataclass(frozen=True, slots=True, eq=False)
class Rounds(Mapping[Triple, int]):
    """The round in which each new triple came, from 1: triples are made of the numbers when they are asked for."""

    terms: Terms
    found: tuple[Sets, ...]

    def __getitem__(self, triple: Triple) -> int:
        """Return the round of a triple. Raises KeyError for one that is not new."""
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
        """Return how many there are."""
        return sum(len(numbers) for sets in self.found for key, numbers in sets.items() if key != TYPE)


@dataclass(frozen=True, slots=True)
class Closure:
    """All that follows from some triples, with them, and the round in which each new triple came, from 1."""

    facts: FactSets
    program: Program
    rounds: Rounds

    def holds(self, triple: Triple) -> bool:
        """Tell whether a triple was there or follows."""
        return self.facts.holds(triple)

    def has(self, subject: NamedNode, predicate: NamedNode) -> bool:
        """Tell whether a thing has any value of a property."""
        key, number = self.facts.terms.get(predicate), self.facts.terms.get(subject)
        return key is not None and number is not None and bool(self.facts.objects(key).get(number))

    def triples(self) -> Iterator[Triple]:
        """Yield all triples, those that were there and those that follow."""
        return self.facts.triples()

    def new(self) -> Iterator[Triple]:
        """Yield the new triples that join named things: class memberships (but of owl:Thing) and property values."""
        return filter(is_news, self.rounds)

    def steps_to(self, triple: Triple) -> Iterator[Step]:
        """Yield the steps by which a triple follows from triples of earlier rounds."""
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
    """Return all that follows from the triples by the rules."""
    with without_collector():
        return closed(facts_of(triples))


def closed(facts: FactSets) -> Closure:
    """Return all that follows from facts, which it is added to."""
    with without_collector():
        program, found = close(facts)
    return Closure(facts, program, Rounds(facts.terms, found))


def close(facts: FactSets, begun: tuple[Program, Sets] | None = None) -> tuple[Program, tuple[Sets, ...]]:
    """Add all that follows to the facts; return the rules compiled for their axioms, and what each round brought.

    What a round brings may be axioms. Then the rules are compiled anew, and applied to all facts. Facts that had been
    closed, and got more, are closed again by the rules as they were compiled and what is more (``begun``).
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
    """Tell whether a triple that follows joins named things and says more than that each is a thing."""
    return is_about_names(triple) and triple.object != _THING


@contextmanager
def without_collector() -> Iterator[None]:
    """Switch off the collector of cycles: it would look at the many objects again and again, and none is in a cycle."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def class_hierarchy(triples: Iterable[Triple | Quad]) -> tuple[Closure, Mapping[NamedNode, NamedNode]]:
    """Return the closure with a sample of every named class, and the class of each sample.

    What a sample belongs to is above its class; where it contradicts, its class can have no member.
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
    """Return the class that a sample is one of; None for what is no sample."""
    return NamedNode(iri.value.removeprefix(_SAMPLE)) if iri.value.startswith(_SAMPLE) else None


def seen_by_reasoning(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """Return the quads that are reasoned over: the ontology, what is asserted, and what stands in no named graph."""
    return tuple(quad for quad in quads if quad.graph_name in _SEEN)
