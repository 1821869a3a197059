"""Triples as integers: each term has a number, and the facts of one kind are a set of numbers.

A class membership (``x rdf:type C``) is the number of x in the set of C. A property value (``x p y``) is a pair, one
number made from those of x and y, in the set of p. The key of a set is the number of its property, or the complement
(``~``) of the number of its class, which is negative. So a rule is applied to many facts in one operation on sets.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from her2ld.dataset.literals import as_stored, is_rewritten
from her2ld.vocabulary import standard

Term = NamedNode | BlankNode | Literal | Triple
Sets = dict[int, set[int]]
Fact = tuple[int, int]

# Two numbers of 30 bits make one of 60 bits, which takes 32 bytes in Python.
BITS = 30
MASK = (1 << BITS) - 1
# The number of rdf:type. If a rule needs it, class memberships are also pairs in the set of rdf:type.
TYPE = 0
_NONE: frozenset[int] = frozenset()


class Terms(dict[Term, int]):
    """The numbers of terms: a new term gets the next number, which is its index in ``listed``.

    Two lexical forms of one value (“1” and “01” as integers) have one number, as in a store. ``no_subjects`` are the
    numbers of literals and other terms that cannot be the subject of a triple.
    """

    def __init__(self) -> None:
        """Begin with rdf:type."""
        super().__init__()
        self.listed: list[Term] = []
        self.no_subjects: set[int] = set()
        self[standard.TYPE]

    def __missing__(self, term: Term) -> int:
        """Return the next number, for a new term."""
        stored = _as_stored(term)
        if stored != term:
            self[term] = number = self[stored]
            return number
        self[term] = number = len(self.listed)
        self.listed.append(term)
        if not isinstance(term, NamedNode | BlankNode):
            self.no_subjects.add(number)
        return number

    def find(self, triple: Triple) -> Fact | None:
        """Return the key and the number of a triple; None if one of its terms has no number yet."""
        numbers = [self.get(term, self.get(_as_stored(term))) for term in triple]
        subject, predicate, value = numbers
        if subject is None or predicate is None or value is None:
            return None
        return (~value, subject) if predicate == TYPE else (predicate, subject << BITS | value)

    def encode(self, triples: Iterable[Triple | Quad]) -> Sets:
        """Return triples as facts."""
        sets: Sets = defaultdict(set)
        for each in triples:
            predicate = self[each.predicate]
            if predicate == TYPE:
                sets[~self[each.object]].add(self[each.subject])
            else:
                sets[predicate].add(self[each.subject] << BITS | self[each.object])
        return dict(sets)

    def decode(self, sets: Sets) -> Iterator[Triple]:
        """Yield facts as triples, each once."""
        terms = self.listed
        for key, numbers in sets.items():
            if key > TYPE:
                predicate = terms[key]
                for number in numbers:
                    yield Triple(terms[number >> BITS], predicate, terms[number & MASK])  # type: ignore[arg-type]
            elif key < TYPE:
                class_ = terms[~key]
                for number in numbers:
                    yield Triple(terms[number], standard.TYPE, class_)  # type: ignore[arg-type]  # it is a subject

    def triple(self, key: int, number: int) -> Triple:
        """Return one fact as a triple."""
        if key == TYPE:
            return Triple(self.listed[number >> BITS], standard.TYPE, self.listed[number & MASK])  # type: ignore[arg-type]
        return next(self.decode({key: {number}}))


def _as_stored(term: Term) -> Term:
    """Return a term as a store returns it: numbers and dates in their canonical form."""
    if isinstance(term, Literal):
        return as_stored(term) if is_rewritten(term) else term
    if isinstance(term, Triple):
        return Triple(term.subject, term.predicate, _as_stored(term.object))
    return term


@dataclass(frozen=True, slots=True)
class FactSets:
    """Sets of facts, which can grow and shrink, with the terms of their numbers and indexes of their pairs."""

    terms: Terms
    sets: Sets
    _objects: dict[int, Sets] = field(default_factory=dict)
    _subjects: dict[int, Sets] = field(default_factory=dict)

    def triples(self) -> Iterator[Triple]:
        """Yield all facts as triples."""
        return self.terms.decode(self.sets)

    def holds(self, triple: Triple) -> bool:
        """Tell whether a triple is among the facts."""
        key, number = self.terms.find(triple) or (TYPE, -1)
        return number in self.of(key)

    def numbers(self) -> set[int]:
        """Return the numbers of all terms of the facts."""
        every = {TYPE}
        for key, numbers in self.sets.items():
            if key < TYPE:
                every.add(~key)
                every |= numbers
            else:
                every.add(key)
                every.update({pair >> BITS for pair in numbers}, {pair & MASK for pair in numbers})
        return every

    def of(self, key: int) -> AbstractSet[int]:
        """Return the facts of a key."""
        return self.sets.get(key, _NONE)

    def objects(self, key: int) -> Sets:
        """Return the objects of each subject of a property. The first call builds an index, which is kept."""
        if key not in self._objects:
            self._objects[key] = _index(self.of(key))
        return self._objects[key]

    def subjects(self, key: int) -> Sets:
        """Return the subjects of each object of a property. The first call builds an index, which is kept."""
        if key not in self._subjects:
            self._subjects[key] = _index(map(turned, self.of(key)))
        return self._subjects[key]

    def add(self, more: Sets) -> None:
        """Add facts."""
        for key, numbers in more.items():
            if key in self.sets:
                self.sets[key] |= numbers
            else:
                self.sets[key] = set(numbers)
            if key in self._objects:
                _add_objects(self._objects[key], numbers)
            if key in self._subjects:
                _add_objects(self._subjects[key], map(turned, numbers))

    def remove(self, fewer: Sets) -> None:
        """Remove facts, all of which must be present."""
        for key, numbers in fewer.items():
            self.sets[key] -= numbers
            for number in numbers:
                if key in self._objects:
                    self._objects[key][number >> BITS].remove(number & MASK)
                if key in self._subjects:
                    self._subjects[key][number & MASK].remove(number >> BITS)

    def join_types(self, *, wanted: bool) -> None:
        """Put all class memberships into the set of rdf:type, or remove that set."""
        for sets in (self.sets, self._objects, self._subjects):
            sets.pop(TYPE, None)
        if wanted:
            self.sets[TYPE] = as_pairs(self.sets)


def facts_of(triples: Iterable[Triple | Quad]) -> FactSets:
    """Return triples as facts."""
    terms = Terms()
    return FactSets(terms, terms.encode(triples))


def turned(pair: int) -> int:
    """Return a pair with its two numbers exchanged."""
    return (pair & MASK) << BITS | pair >> BITS


def as_pairs(sets: Sets) -> set[int]:
    """Return the class memberships among facts as pairs of rdf:type."""
    return {number << BITS | ~key for key, numbers in sets.items() if key < TYPE for number in numbers}


def _index(pairs: Iterable[int]) -> Sets:
    index: Sets = defaultdict(set)
    _add_objects(index, pairs)
    return index


def _add_objects(index: Sets, pairs: Iterable[int]) -> None:
    for pair in pairs:
        index[pair >> BITS].add(pair & MASK)
