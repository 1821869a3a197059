"""Names for the blank nodes of OWL axioms that are the same in every run.

A parser invents them at random. Here each is named after its place (its owner and the property that leads to it) and
its content, so that one more axiom changes the lines of that axiom and no others.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from her2ld.errors import OntologyError, Problem
from her2ld.vocabulary import standard

_DEEPEST_NESTING = 100

Node = NamedNode | BlankNode | Triple
BySubject = dict[Node, list[Triple | Quad]]


def settle_blank_nodes(triples: Iterable[Triple | Quad], graph: NamedNode, letter: str = "b") -> tuple[Quad, ...]:
    """Return the triples as quads of ``graph``, subject by subject in the order of first appearance, with stable names.

    The triples of a blank node follow directly after the subject that owns it. The annotation of an axiom comes before
    all subjects, so that nodes shared with the axiom are named before they are nested anywhere. Names begin with
    ``letter``: an axiom in two graphs has a node of its own in each. Raises OntologyError for structures that no OWL
    axiom has: blank nodes that refer to each other in a circle, or that are nested more than a hundred deep.
    """
    by_subject: BySubject = {}
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


def _owners(by_subject: BySubject) -> dict[BlankNode, Triple | Quad]:
    """Return the triple that links each blank node to its owner, if necessary that of an annotation."""
    owners: dict[BlankNode, Triple | Quad] = {}
    for triple in (triple for about in by_subject.values() for triple in about):
        value = triple.object
        if isinstance(value, BlankNode):
            owner = owners.get(value)
            if owner is None or owner.predicate in standard.ANNOTATED_ENDS:
                owners[value] = triple
    return owners


def _annotates_another(triple: Triple | Quad, owners: dict[BlankNode, Triple | Quad]) -> bool:
    """Tell whether a triple names the annotated axiom by a blank node that belongs to the axiom."""
    value = triple.object
    return isinstance(value, BlankNode) and triple.predicate in standard.ANNOTATED_ENDS and owners[value] is not triple


def _tree(root: Node, by_subject: BySubject, owners: dict[BlankNode, Triple | Quad]) -> Iterator[Node]:
    """Yield the root and all nodes below it, owners before the nodes that they own."""
    waiting = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > _DEEPEST_NESTING:
            raise OntologyError([_problem(f"an axiom is nested more than {_DEEPEST_NESTING} deep")])
        yield node
        # The cells of a list own each other, which does not count as deeper nesting.
        waiting += [
            (triple.object, depth + (triple.predicate != standard.REST))
            for triple in reversed(by_subject[node])
            if isinstance(triple.object, BlankNode) and triple.object in by_subject and owners[triple.object] is triple
        ]


def _contents(nodes: list[BlankNode], by_subject: BySubject, names: Mapping[Node, BlankNode]) -> dict[BlankNode, str]:
    """Return a digest of the content below each node, independent of order and of names.

    ``nodes`` are those of one tree, owners before their nodes; ``names`` has the known names of other trees.
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
    """Return a name made from a description, and another one for each later twin."""
    twin = 0
    while (name := BlankNode(letter + _digest(f"{description} {twin}")[:12])) in taken:
        twin += 1
    taken.add(name)
    return name


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _problem(what: str) -> Problem:
    return Problem("ontology", what, "write each axiom out by itself")
