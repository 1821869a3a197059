"""Axioms of OWL as triples: superclasses, domains, ranges and lists, and stable names for blank nodes.

A parser names blank nodes at random. Here each is named after its place (its owner and the property that leads to it)
and its content, so that a new axiom changes its own lines only.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from her2ld.errors import OntologyError, Problem
from her2ld.vocabulary import standard

Classes = frozenset[NamedNode]
Description = defaultdict[object, defaultdict[NamedNode, list[object]]]


def class_ancestors(description: Description) -> dict[NamedNode, Classes]:
    """Return the superclasses of each class that has any, including itself."""
    parents = {
        subject: {value for value in properties[standard.SUBCLASS_OF] if isinstance(value, NamedNode)}
        for subject, properties in description.items()
        if isinstance(subject, NamedNode) and standard.SUBCLASS_OF in properties
    }
    return {name: ancestors_of(name, parents) for name, above in parents.items() if above}


def ancestors_of(name: NamedNode, parents: Mapping[NamedNode, Iterable[NamedNode]]) -> frozenset[NamedNode]:
    """Return everything above a term in a hierarchy, and the term itself."""
    found = {name}
    waiting = [name]
    while waiting:
        above = set(parents.get(waiting.pop(), ())) - found
        found |= above
        waiting += above
    return frozenset(found)


def classes_of_properties(description: Description, predicate: NamedNode) -> dict[NamedNode, Classes]:
    """Return the named classes that ``predicate`` states for each property; a union counts as its members."""
    classes: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for subject, properties in list(description.items()):
        for value in properties.get(predicate, ()):
            members = [value] if isinstance(value, NamedNode) else _union(value, description)
            if isinstance(subject, NamedNode):
                classes[subject].update(member for member in members if isinstance(member, NamedNode))
    return {name: frozenset(members) for name, members in classes.items()}


def describe(triples: Iterable[Quad | Triple]) -> Description:
    """Return the values of each property of each subject."""
    description: Description = defaultdict(lambda: defaultdict(list))
    subject: object = None
    for triple in triples:
        if triple.subject != subject:  # triples are usually grouped by subject
            subject = triple.subject
            properties = description[subject]
        properties[triple.predicate].append(triple.object)
    return description


def list_items(cell: object, description: Description) -> Iterator[object]:
    """Yield the items of an RDF list, given its first cell."""
    while cell != standard.NIL and description[cell].get(standard.REST):
        yield from description[cell][standard.FIRST]
        cell = description[cell][standard.REST][0]


def _union(node: object, description: Description) -> Iterable[object]:
    for cell in description[node].get(standard.UNION_OF, ()):
        yield from list_items(cell, description)


_DEEPEST_NESTING = 100

Node = NamedNode | BlankNode | Triple
TriplesBySubject = dict[Node, list[Triple | Quad]]


def settle_blank_nodes(triples: Iterable[Triple | Quad], graph: NamedNode, letter: str = "b") -> tuple[Quad, ...]:
    """Return the triples as quads of ``graph``, grouped by subject in order of appearance, with stable blank nodes.

    The triples of a blank node follow the subject that owns it. Annotations of axioms come first, so that the nodes
    that they share with an axiom are named before they are nested. Names begin with ``letter``, so that an axiom in two
    graphs has different nodes. Raises OntologyError for structures that no OWL axiom has: blank nodes in a circle, or
    nested more than a hundred deep.
    """
    by_subject: TriplesBySubject = {}
    for triple in triples:
        by_subject.setdefault(triple.subject, []).append(triple)
    owners = _owners(by_subject)
    owning = {triple.subject for triple in owners.values()}
    roots = (each for each in by_subject if not (isinstance(each, BlankNode) and each in owners))
    trees = [list(_tree(root, by_subject, owners)) if root in owning else [root] for root in roots]
    if sum(map(len, trees)) < len(by_subject):
        raise OntologyError([_problem("blank nodes refer to each other in a circle")])
    annotating: list[list[Node]] = []
    others: list[list[Node]] = []
    for tree in trees:
        is_annotating = any(_annotates_another(triple, owners) for triple in by_subject[tree[0]])
        (annotating if is_annotating else others).append(tree)
    names: dict[Node, BlankNode] = {}
    taken: set[BlankNode] = set()
    for tree in [*others, *annotating]:
        blank = [node for node in tree if isinstance(node, BlankNode)]
        contents = _contents(blank, by_subject, names)
        for each in blank:
            owner = owners.get(each)
            place = f"{names.get(owner.subject, owner.subject)} {owner.predicate}" if owner else ""
            names[each] = _free_name(letter, f"{place} {contents[each]}", taken)
    quads = []
    for tree in [*annotating, *others]:
        for node in tree:
            subject = names.get(node, node)
            for triple in by_subject[node]:
                value = triple.object
                object_ = names.get(value, value) if isinstance(value, BlankNode) else value
                quads.append(Quad(subject, triple.predicate, object_, graph))
    return tuple(quads)


def _owners(by_subject: TriplesBySubject) -> dict[BlankNode, Triple | Quad]:
    """Return the triple that links each blank node to its owner; an annotation owns only what nothing else owns."""
    owners: dict[BlankNode, Triple | Quad] = {}
    for triple in (triple for about in by_subject.values() for triple in about):
        value = triple.object
        if isinstance(value, BlankNode):
            owner = owners.get(value)
            if owner is None or owner.predicate in standard.ANNOTATED_ENDS:
                owners[value] = triple
    return owners


def _annotates_another(triple: Triple | Quad, owners: dict[BlankNode, Triple | Quad]) -> bool:
    """Tell whether a triple of an annotation points to a blank node that the annotated axiom owns."""
    value = triple.object
    return isinstance(value, BlankNode) and triple.predicate in standard.ANNOTATED_ENDS and owners[value] is not triple


def _tree(root: Node, by_subject: TriplesBySubject, owners: dict[BlankNode, Triple | Quad]) -> Iterator[Node]:
    """Yield the root and all nodes below it, each owner before its nodes."""
    waiting = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > _DEEPEST_NESTING:
            raise OntologyError([_problem(f"an axiom is nested more than {_DEEPEST_NESTING} deep")])
        yield node
        # Each cell of a list owns the next one, which does not count as nesting.
        waiting += [
            (triple.object, depth + (triple.predicate != standard.REST))
            for triple in reversed(by_subject[node])
            if isinstance(triple.object, BlankNode) and triple.object in by_subject and owners[triple.object] is triple
        ]


def _contents(
    nodes: list[BlankNode], by_subject: TriplesBySubject, names: Mapping[Node, BlankNode]
) -> dict[BlankNode, str]:
    """Return a digest of the content below each node, independent of order and names.

    ``nodes`` are those of one tree, each owner before its nodes; ``names`` are the known names in other trees.
    """
    contents: dict[BlankNode, str] = {}
    for node in reversed(nodes):
        lines = [
            f"{triple.predicate} {contents.get(value, names.get(value, '')) if isinstance(value, BlankNode) else value}"
            for triple in by_subject[node]
            for value in (triple.object,)
        ]
        contents[node] = _digest("\n".join(sorted(lines)))
    return contents


def _free_name(letter: str, description: str, taken: set[BlankNode]) -> BlankNode:
    """Return a name made from a description; an equal description gets another name."""
    twin = 0
    while (name := BlankNode(letter + _digest(f"{description} {twin}")[:12])) in taken:
        twin += 1
    taken.add(name)
    return name


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _problem(what: str) -> Problem:
    return Problem("ontology", what, "write each axiom separately")
