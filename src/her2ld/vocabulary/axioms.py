"""The few axioms that tell what a statement can be about: superclasses, domains and ranges; lists in RDF."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Triple

from her2ld.vocabulary import standard

Classes = frozenset[NamedNode]
Description = defaultdict[object, defaultdict[NamedNode, list[object]]]


def class_ancestors(quads: Iterable[Quad]) -> dict[NamedNode, Classes]:
    """Give each class that is below another with all classes above it, itself among them."""
    parents: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for subject, predicate, value, _ in quads:
        if predicate == standard.SUBCLASS_OF and isinstance(subject, NamedNode) and isinstance(value, NamedNode):
            parents[subject].add(value)
    ancestors = {}
    for name in list(parents):
        found = {name}
        waiting = [name]
        while waiting:
            above = parents.get(waiting.pop(), set()) - found
            found |= above
            waiting += above
        ancestors[name] = frozenset(found)
    return ancestors


def classes_of_properties(quads: Iterable[Quad], predicate: NamedNode) -> dict[NamedNode, Classes]:
    """Return each property with the named classes that ``predicate`` gives it; a union counts as its members."""
    said = describe(quads)
    classes: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for subject, properties in list(said.items()):
        for value in properties.get(predicate, ()):
            members = [value] if isinstance(value, NamedNode) else _union(value, said)
            if isinstance(subject, NamedNode):
                classes[subject].update(member for member in members if isinstance(member, NamedNode))
    return {name: frozenset(members) for name, members in classes.items()}


def describe(triples: Iterable[Quad | Triple]) -> Description:
    """Give the values of each property of each subject; of what is not said, no values."""
    said: Description = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        said[triple.subject][triple.predicate].append(triple.object)
    return said


def list_items(cell: object, said: Description) -> Iterator[object]:
    """Yield the items of the RDF list that begins with a cell."""
    while cell != standard.NIL and said[cell].get(standard.REST):
        yield from said[cell][standard.FIRST]
        cell = said[cell][standard.REST][0]


def _union(node: object, said: Description) -> Iterable[object]:
    for cell in said[node].get(standard.UNION_OF, ()):
        yield from list_items(cell, said)
