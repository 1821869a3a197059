"""The closure: all that follows, in rounds, and what contradicts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, QueryTriples, Store, Triple, Variable

from her2ld.reasoning.rules import CONTRADICTIONS, NAMESPACES, RULES, Rule, is_about_names, latest
from her2ld.vocabulary import standard

_SAMPLE = "urn:her2ld:sample:"
Term = NamedNode | BlankNode | Literal | Triple
_THING = NamedNode(standard.OWL + "Thing")


@dataclass(frozen=True, slots=True)
class Step:
    """One application of a rule: what follows (none, where it is a contradiction), and from which triples."""

    rule: Rule
    conclusion: Triple | None
    premises: tuple[Triple, ...]
    bound: Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Closure:
    """A store with all that follows from what was in it, and the round in which each new triple came, from 1."""

    store: Store
    rounds: Mapping[Triple, int]

    def holds(self, triple: Triple) -> bool:
        """Tell whether a triple was there or follows."""
        return Quad(triple.subject, triple.predicate, triple.object) in self.store

    def new(self) -> Iterator[Triple]:
        """Yield the new triples that join named things: class memberships (but of owl:Thing) and property values."""
        return (triple for triple in self.rounds if is_about_names(triple) and triple.object != _THING)

    def steps_to(self, triple: Triple) -> Iterator[Step]:
        """Yield the steps by which a triple follows from triples of earlier rounds."""
        before = self.rounds.get(triple, 0)
        for rule in RULES:
            for step in _applications(self.store, rule, triple):
                if all(self.rounds.get(premise, 0) < before for premise in step.premises):
                    yield step

    def contradictions(self) -> Iterator[Step]:
        """Yield the steps that end in a contradiction."""
        for rule in CONTRADICTIONS:
            yield from _applications(self.store, rule, None)


def closure(triples: Iterable[Triple | Quad]) -> Closure:
    """Return all that follows from the triples by the rules."""
    store = Store()
    store.bulk_extend(Quad(each.subject, each.predicate, each.object) for each in triples)
    rounds: dict[Triple, int] = {}
    number = 0
    found: dict[Triple, None] = {}
    while True:
        number += 1
        before = latest(found) if found else None
        found = {}
        for rule in RULES:
            query = rule.construct(before)
            results = store.query(query) if query else None
            if isinstance(results, QueryTriples):
                found |= dict.fromkeys(results)
        if not found:
            return Closure(store, rounds)
        rounds |= dict.fromkeys(found, number)
        store.extend(Quad(*triple) for triple in found)


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
    return closure([*(Triple(each.subject, each.predicate, each.object) for each in triples), *members]), samples


def class_of_sample(iri: NamedNode) -> NamedNode | None:
    """Return the class that a sample is one of; None for what is no sample."""
    return NamedNode(iri.value.removeprefix(_SAMPLE)) if iri.value.startswith(_SAMPLE) else None


def _applications(store: Store, rule: Rule, conclusion: Triple | None) -> Iterator[Step]:
    """Yield the ways in which a rule gives a conclusion, or any contradiction."""
    bound: dict[Variable, Term] = {}
    if conclusion is not None:
        for pattern, term in zip((rule.head or "").split(), conclusion, strict=True):
            if not pattern.startswith("?"):
                if _term(pattern) != term:
                    return
            elif bound.setdefault(Variable(pattern[1:]), term) != term:
                return
    solutions = store.query(rule.premises(), substitutions=bound)
    if not isinstance(solutions, QuerySolutions):
        return
    for solution in solutions:
        values = {name.value: solution[name] for name in solutions.variables} | {
            name.value: term for name, term in bound.items()
        }
        yield Step(rule, conclusion, tuple(_triple(pattern, values) for pattern in rule.body), values)


def _triple(pattern: str, values: Mapping[str, Term]) -> Triple:
    subject, predicate, value = (values[each[1:]] if each.startswith("?") else _term(each) for each in pattern.split())
    return Triple(subject, predicate, value)  # type: ignore[arg-type]  # a rule puts no literal there


def _term(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(NAMESPACES[prefix] + local)
