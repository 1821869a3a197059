"""A closure that is kept while papers come and go: what one of them changes is worked out from its triples alone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import Quad, Triple

from her2ld.reasoning.closure import Closure, close, closure, contradicting, is_news, without_collector
from her2ld.reasoning.compiled import axiom_keys
from her2ld.reasoning.facts import TYPE, Facts, Sets, Terms
from her2ld.reasoning.inference import refuse_beyond_the_rules, seen_by_reasoning
from her2ld.reasoning.rules import is_about_names
from her2ld.vocabulary import standard


class KeptClosure:
    """All that follows from quads that come and go. What two graphs say stays until it is removed from both.

    What is removed takes with it all that rests on it in any way. Then what follows from the rest in another way comes
    back (delete and derive again: Gupta, Mumick and Subrahmanian 1993). Where axioms come or go, all is closed anew.
    The numbers of terms are kept when their triples go.

    >>> from pyoxigraph import RdfFormat, parse
    >>> part_of = "<urn:p> a <http://www.w3.org/2002/07/owl#TransitiveProperty> . <urn:a> <urn:p> <urn:b> ."
    >>> kept = KeptClosure(parse(part_of, format=RdfFormat.TURTLE))
    >>> paper = list(parse("<urn:b> <urn:p> <urn:c> .", format=RdfFormat.TURTLE))
    >>> sorted(str(triple.object) for triple in kept.add(paper)), len(kept.remove(paper)), list(kept.new())
    (['<urn:c>', '<urn:c>'], 2, [])
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        """Close the quads. Raises ReasoningError for axioms that the rules do not read."""
        seen = seen_by_reasoning(quads)
        refuse_beyond_the_rules(seen)
        self._terms = Terms()
        self._axioms = axiom_keys(self._terms)
        self._given: dict[object, Sets] = defaultdict(dict)
        for graph, sets in self._by_graph(seen).items():
            self._given[graph] = sets
        self._close_anew()

    def add(self, quads: Iterable[Quad]) -> frozenset[Triple]:
        """Add quads; return the triples between named things that hold now and did not.

        Raises ReasoningError for axioms that the rules do not read; then nothing is added.
        """
        seen = seen_by_reasoning(quads)
        is_plain = self._is_plain(seen)
        refuse_beyond_the_rules(seen if is_plain else (*seen, *self._given_quads()))
        added = self._by_graph(seen)
        for graph, sets in added.items():
            _unite(self._given[graph], sets)
        if not is_plain:
            before = self._facts.sets
            self._close_anew()
            return self._named(_minus(self._facts.sets, before))
        new: Sets = {}
        for sets in added.values():
            _unite(new, _minus(sets, self._facts.sets))
        return self._named(self._close_from(new))

    def remove(self, quads: Iterable[Quad]) -> frozenset[Triple]:
        """Remove quads, but for those that are not there; return the triples between named things that hold no more."""
        removed: Sets = {}
        for graph, sets in self._by_graph(seen_by_reasoning(quads)).items():
            given = self._given[graph]
            for key, numbers in sets.items():
                there = numbers & given.get(key, set())
                if there:
                    given[key] -= there
                    _unite(removed, {key: there})
        removed = _minus(removed, *self._given.values())
        gone = self._resting_on(removed) if self._axioms.isdisjoint(removed) else removed
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
        """Tell whether a triple is there or follows."""
        key, number = self._terms.find(triple) or (TYPE, -1)
        return number in self._facts.of(key)

    def new(self) -> Iterator[Triple]:
        """Yield what follows and is not there: ``Closure.new`` of the same quads, in another order."""
        return filter(is_news, self._terms.decode(_minus(self._facts.sets, *self._given.values())))

    @property
    def consistent(self) -> bool:
        """Whether nothing contradicts."""
        return not any(True for _ in contradicting(self._terms, self._facts))

    def closure(self) -> Closure:
        """Return the closure of what is there, made anew: with the rounds that explanations go by."""
        return closure(self._given_quads())

    def _by_graph(self, quads: Iterable[Quad]) -> dict[object, Sets]:
        graphs: dict[object, list[Quad]] = defaultdict(list)
        for quad in quads:
            graphs[quad.graph_name].append(quad)
        return {graph: self._terms.encode(some) for graph, some in graphs.items()}

    def _given_quads(self) -> Iterator[Quad]:
        for sets in self._given.values():
            yield from (Quad(*triple) for triple in self._terms.decode(sets))

    def _is_plain(self, quads: Iterable[Quad]) -> bool:
        """Tell whether quads have no part in an axiom. A union is none as long as nothing but its axioms names it."""
        number_of = self._terms.get
        unions = self._facts.objects(self._terms[standard.UNION_OF])
        return not any(
            number_of(quad.predicate) in self._axioms
            or quad.predicate == standard.UNION_OF
            or (quad.predicate == standard.TYPE and ~number_of(quad.object, -1) in self._axioms)
            or number_of(quad.subject) in unions
            or number_of(quad.object) in unions
            for quad in quads
        )

    def _close_anew(self) -> None:
        with without_collector():
            all_given: Sets = {}
            for sets in self._given.values():
                _unite(all_given, sets)
            self._facts = Facts(all_given, self._terms.no_subjects)
            self._program, _ = close(self._terms, self._facts)

    def _close_from(self, new: Sets) -> Sets:
        """Add facts that are not there, and what follows from them; return all of these."""
        new = self._program.with_types(new)
        self._facts.add(new)
        self._program, rounds = close(self._terms, self._facts, (self._program, new))
        every: Sets = {}
        for sets in (new, *rounds):
            _unite(every, sets)
        return every

    def _resting_on(self, removed: Sets) -> Sets:
        """Return facts with all that rests on them in any way, but for what is given."""
        new = gone = self._program.with_types(removed)
        while new:
            new = self._program.consequences(new, self._facts, gone)
            new.pop(TYPE, None)
            new = self._program.with_types(_minus(new, *self._given.values()))
            _unite(gone, new)
        return gone

    def _named(self, sets: Sets) -> frozenset[Triple]:
        return frozenset(filter(is_about_names, self._terms.decode(sets)))


def _unite(sets: Sets, more: Sets) -> None:
    for key, numbers in more.items():
        sets.setdefault(key, set()).update(numbers)


def _minus(sets: Sets, *others: Sets) -> Sets:
    """Return the facts that are in none of the others; a small set is never compared with the whole of a large one."""
    left: Sets = {}
    for key, numbers in sets.items():
        remaining = numbers
        for other in others:
            if key in other:
                remaining = remaining - other[key]  # in place, it would go through all of the other set
        if remaining:
            left[key] = remaining
    return left
