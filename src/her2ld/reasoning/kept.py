"""A closure that is kept while papers come and go: what one of them changes is worked out from its triples alone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import Quad, Triple

from her2ld.reasoning.closure import Closure, close, closed, contradicting, is_news, seen_by_reasoning, without_collector
from her2ld.reasoning.compiled import axiom_keys
from her2ld.reasoning.facts import TYPE, FactSets, Sets, Terms
from her2ld.reasoning.rules import is_about_names
from her2ld.reasoning.unread import refuse_unread
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
        self._terms = Terms()
        self._axioms = axiom_keys(self._terms)
        self._given: dict[object, Sets] = defaultdict(dict, self._by_graph(quads))
        refuse_unread(self._all_given())
        self._close_anew()

    def add(self, quads: Iterable[Quad]) -> frozenset[Triple]:
        """Add quads; return the triples between named things that hold now and did not.

        Raises ReasoningError for axioms that the rules do not read; then nothing is added.
        """
        added = self._by_graph(quads)
        together = FactSets(self._terms, _united(*added.values()))
        is_plain = self._is_plain(together)
        refuse_unread(together if is_plain else self._all_given(together.sets))
        for graph, sets in added.items():
            _unite(self._given[graph], sets)
        if not is_plain:
            before = self._facts.sets
            self._close_anew()
            return self._named(_minus(self._facts.sets, before))
        return self._named(self._close_from(_minus(together.sets, self._facts.sets)))

    def remove(self, quads: Iterable[Quad]) -> frozenset[Triple]:
        """Remove quads, but for those that are not there; return the triples between named things that hold no more."""
        removed: Sets = {}
        for graph, sets in self._by_graph(quads).items():
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
        return self._facts.holds(triple)

    def new(self) -> Iterator[Triple]:
        """Yield what follows and is not there: ``Closure.new`` of the same quads, in another order."""
        return filter(is_news, self._terms.decode(_minus(self._facts.sets, *self._given.values())))

    @property
    def consistent(self) -> bool:
        """Whether nothing contradicts."""
        return not any(True for _ in contradicting(self._facts))

    def closure(self) -> Closure:
        """Return the closure of what is there, made anew: with the rounds that explanations go by."""
        return closed(self._all_given())

    def _by_graph(self, quads: Iterable[Quad]) -> dict[object, Sets]:
        graphs: dict[object, list[Quad]] = defaultdict(list)
        for quad in seen_by_reasoning(quads):
            graphs[quad.graph_name].append(quad)
        return {graph: self._terms.encode(some) for graph, some in graphs.items()}

    def _all_given(self, *more: Sets) -> FactSets:
        return FactSets(self._terms, _united(*self._given.values(), *more))

    def _is_plain(self, added: FactSets) -> bool:
        """Tell whether facts have no part in an axiom. A union is none as long as nothing but its axioms names it."""
        union_of = self._terms[standard.UNION_OF]
        unions = {union_of, *self._facts.objects(union_of)}
        return self._axioms.isdisjoint(added.sets) and unions.isdisjoint(added.numbers())

    def _close_anew(self) -> None:
        self._facts = self._all_given()
        with without_collector():
            self._program, _ = close(self._facts)
            self._program.prepare(self._facts)

    def _close_from(self, new: Sets) -> Sets:
        """Add facts that are not there, and what follows from them; return all of these."""
        new = self._program.with_types(new)
        self._facts.add(new)
        self._program, rounds = close(self._facts, (self._program, new))
        return _united(new, *rounds)

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


def _united(*some: Sets) -> Sets:
    united: Sets = {}
    for sets in some:
        _unite(united, sets)
    return united


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
