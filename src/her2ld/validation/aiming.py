"""Shapes aimed at given nodes: at those that a query selects, or at values of which more is to be known."""

from collections.abc import Iterable

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from her2ld.validation.merged import SeenData
from her2ld.validation.queries import nodes_of_queries
from her2ld.validation.report import Term
from her2ld.validation.shapes import TARGETS, Shapes

_POINTER = "urn:her2ld:target:"
_KINDS = {kind: predicate for predicate, kind in TARGETS.items()}


def at_selected(shapes: Shapes, data: SeenData) -> tuple[Shapes, list[Quad]]:
    """Return shapes with the nodes that their queries select as targets, and triples that the data need for that.

    Raises ValidationError where a query cannot be asked.
    """
    with_queries = [each for each in shapes.constraints.values() if any(kind == "target" for kind, _ in each.targets)]
    if not with_queries:
        return shapes, []
    pairs = [(each.shape, node) for each in with_queries for node in nodes_of_queries(each, shapes, data)]
    targets, pointers = _targets(sorted(pairs, key=str))
    return shapes.aimed(targets, keeping=shapes.constraints), pointers


def at_nodes(shapes: Shapes, pairs: Iterable[tuple[NamedNode, Term]]) -> tuple[Shapes, list[Quad]]:
    """Return shapes that look at these nodes alone, each shape at its own, and triples that the data need for that."""
    targets, pointers = _targets(pairs)
    return shapes.aimed(targets), pointers


def _targets(pairs: Iterable[tuple[NamedNode, Term]]) -> tuple[list[Triple], list[Quad]]:
    """Return targets, and the triples that lead to blank nodes, which have no name that a target could say."""
    targets: dict[Triple, None] = {}
    pointers: list[Quad] = []
    properties: dict[NamedNode, NamedNode] = {}
    for shape, node in pairs:
        if isinstance(node, BlankNode):
            pointer = properties.setdefault(shape, NamedNode(f"{_POINTER}{len(properties)}"))
            pointers.append(Quad(pointer, pointer, node))
            targets[Triple(shape, _KINDS["targetObjectsOf"], pointer)] = None
        elif isinstance(node, Triple):
            continue  # no engine takes one as a target
        else:
            targets[Triple(shape, _KINDS["targetNode"], node)] = None
    return list(targets), pointers
