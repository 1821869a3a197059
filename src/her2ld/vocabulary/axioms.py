"""The few axioms that determine the topics of statements: superclasses, domains and ranges; and lists in RDF."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Triple

from her2ld.vocabulary import standard

Classes = frozenset[NamedNode]
Description = defaultdict[object, defaultdict[NamedNode, list[object]]]


def class_ancestors(description: Description) -> dict[NamedNode, Classes]:
    """Return each class that is below another with all classes above it, including itself."""
    parents = {
        subject: {value for value in properties[standard.SUBCLASS_OF] if isinstance(value, NamedNode)}
        for subject, properties in description.items()
        if isinstance(subject, NamedNode) and standard.SUBCLASS_OF in properties
    }
    ancestors = {}
    for name in (name for name, above in parents.items() if above):
        found = {name}
        waiting = [name]
        while waiting:
            above = parents.get(waiting.pop(), set()) - found
            found |= above
            waiting += above
        ancestors[name] = frozenset(found)
    return ancestors


def classes_of_properties(description: Description, predicate: NamedNode) -> dict[NamedNode, Classes]:
    """Return each property with the named classes that ``predicate`` gives it; a union counts as its members."""
    classes: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for subject, properties in list(description.items()):
        for value in properties.get(predicate, ()):
            members = [value] if isinstance(value, NamedNode) else _union(value, description)
            if isinstance(subject, NamedNode):
                classes[subject].update(member for member in members if isinstance(member, NamedNode))
    return {name: frozenset(members) for name, members in classes.items()}


def describe(triples: Iterable[Quad | Triple]) -> Description:
    """Return the values of each property of each subject; properties without values are missing."""
    description: Description = defaultdict(lambda: defaultdict(list))
    subject: object = None
    for triple in triples:
        if triple.subject != subject:  # most triples come subject by subject
            subject = triple.subject
            properties = description[subject]
        properties[triple.predicate].append(triple.object)
    return description


def list_items(cell: object, description: Description) -> Iterator[object]:
    """Yield the items of the RDF list that begins with a cell."""
    while cell != standard.NIL and description[cell].get(standard.REST):
        yield from description[cell][standard.FIRST]
        cell = description[cell][standard.REST][0]


def _union(node: object, description: Description) -> Iterable[object]:
    for cell in description[node].get(standard.UNION_OF, ()):
        yield from list_items(cell, description)
