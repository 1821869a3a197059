"""Names for the blank nodes of OWL axioms that are the same in every run.

A parser invents them at random. Here each is named after the place where it hangs (its owner and the property that
leads to it) and what it says, so that one axiom more changes the lines of that axiom and no others.
"""

import hashlib
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from her2ld.errors import OntologyError, Problem
from her2ld.vocabulary import standard

_DEEPEST_NESTING = 100

Node = NamedNode | BlankNode | Triple
Said = dict[Node, list[Triple | Quad]]


def settle_blank_nodes(triples: Iterable[Triple | Quad], graph: NamedNode, letter: str = "b") -> tuple[Quad, ...]:
    """Put the triples into ``graph`` subject by subject, in order of first appearance, with lasting blank node names.

    What hangs on a blank node follows right after the subject that owns it. Names begin with ``letter``: an axiom that
    stands in two graphs has a node of its own in each. Raises OntologyError for what no OWL axiom has: blank nodes that
    refer to each other in a circle, or that are nested more than a hundred deep.
    """
    said: Said = {}
    owners: dict[Node, Triple | Quad] = {}
    for triple in triples:
        said.setdefault(triple.subject, []).append(triple)
        if isinstance(triple.object, BlankNode):
            owners.setdefault(triple.object, triple)
    trees = [list(_tree(subject, said, owners)) for subject in said if subject not in owners]
    if sum(map(len, trees)) < len(said):
        raise OntologyError([_problem("blank nodes refer to each other in a circle")])
    names: dict[Node, Node] = {}
    taken: set[BlankNode] = set()
    for tree in trees:
        contents = _contents(tree, said)
        for node in tree:
            names[node] = node
            if isinstance(node, BlankNode):
                owner = owners.get(node)
                place = f"{names[owner.subject]} {owner.predicate}" if owner else ""
                names[node] = _free_name(letter, f"{place} {contents[node]}", taken)
    return tuple(
        Quad(names[node], triple.predicate, names.get(triple.object, triple.object), graph)  # type: ignore[arg-type]
        for tree in trees
        for node in tree
        for triple in said[node]
    )


def _tree(root: Node, said: Said, owners: dict[Node, Triple | Quad]) -> Iterator[Node]:
    """Yield the root and all that hangs on it, owners before what they own."""
    waiting = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > _DEEPEST_NESTING:
            raise OntologyError([_problem(f"an axiom is nested more than {_DEEPEST_NESTING} deep")])
        yield node
        # The cells of a list hang on each other, which does not nest it any deeper.
        waiting += [
            (triple.object, depth + (triple.predicate != standard.REST))
            for triple in reversed(said[node])
            if isinstance(triple.object, BlankNode) and triple.object in said and owners[triple.object] is triple
        ]


def _contents(tree: list[Node], said: Said) -> dict[Node, str]:
    """Give a digest of all that hangs on each node, independent of order and of names."""
    contents: dict[Node, str] = {}
    for node in reversed(tree):
        lines = [
            f"{triple.predicate} {contents.get(value, '') if isinstance(value, BlankNode) else value}"
            for triple in said[node]
            for value in (triple.object,)
        ]
        contents[node] = _digest("\n".join(sorted(lines)))
    return contents


def _free_name(letter: str, description: str, taken: set[BlankNode]) -> BlankNode:
    """Make a name from a description, and another one for each twin that comes after."""
    twin = 0
    while (name := BlankNode(letter + _digest(f"{description} {twin}")[:12])) in taken:
        twin += 1
    taken.add(name)
    return name


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _problem(what: str) -> Problem:
    return Problem("ontology", what, "write each axiom out by itself")
