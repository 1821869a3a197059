"""Names for the blank nodes of OWL axioms that are the same in every run.

A parser invents them at random. Here each is named after the place where it hangs (its owner and the property that
leads to it) and what it says, so that one axiom more changes the lines of that axiom and no others.
"""

import hashlib
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from her2ld.errors import OntologyError, Problem

_Node = NamedNode | BlankNode | Triple


def settle_blank_nodes(triples: Iterable[Triple | Quad], graph: NamedNode) -> tuple[Quad, ...]:
    """Put the triples into ``graph`` subject by subject, in order of first appearance, with lasting blank node names.

    What hangs on a blank node follows right after the subject that owns it. Raises OntologyError for blank nodes that
    refer to each other in a circle, which no OWL axiom does.
    """
    said: dict[_Node, list[Triple | Quad]] = {}
    owners: dict[BlankNode, Triple | Quad] = {}
    for triple in triples:
        said.setdefault(triple.subject, []).append(triple)
        if isinstance(triple.object, BlankNode):
            owners.setdefault(triple.object, triple)
    names: dict[BlankNode, BlankNode] = {}
    roots = [subject for subject in said if subject not in owners]
    quads = [quad for root in roots for quad in _walk(root, said, owners, names, graph)]
    if len({quad.subject for quad in quads}) < len(said):
        problem = Problem("ontology", "blank nodes refer to each other in a circle", "write each axiom out by itself")
        raise OntologyError([problem])
    return tuple(quads)


def _walk(
    subject: _Node,
    said: dict[_Node, list[Triple | Quad]],
    owners: dict[BlankNode, Triple | Quad],
    names: dict[BlankNode, BlankNode],
    graph: NamedNode,
) -> Iterator[Quad]:
    name = _named(subject, said, owners, names)
    parts = []
    for triple in said.get(subject, ()):
        value = triple.object
        if isinstance(value, BlankNode):
            if owners[value] is triple:
                parts.append(value)
            value = _named(value, said, owners, names)
        yield Quad(name, triple.predicate, value, graph)
    for part in parts:
        yield from _walk(part, said, owners, names, graph)


def _named(
    node: _Node,
    said: dict[_Node, list[Triple | Quad]],
    owners: dict[BlankNode, Triple | Quad],
    names: dict[BlankNode, BlankNode],
) -> _Node:
    if not isinstance(node, BlankNode):
        return node
    if node not in names:
        content = _content(node, said)
        owner = owners.get(node)
        place = f"{_named(owner.subject, said, owners, names)} {owner.predicate}" if owner else ""
        taken = set(names.values())
        twin = 0
        while (name := BlankNode("b" + _digest(f"{place} {twin} {content}")[:12])) in taken:
            twin += 1
        names[node] = name
    return names[node]


def _content(node: _Node, said: dict[_Node, list[Triple | Quad]]) -> str:
    """Spell out all that hangs on a blank node, independent of order and of names."""
    parts = []
    for triple in said.get(node, ()):
        value = triple.object
        parts.append(f"{triple.predicate} {_content(value, said) if isinstance(value, BlankNode) else value}")
    return _digest("\n".join(sorted(parts)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
