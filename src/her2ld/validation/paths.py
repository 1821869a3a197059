"""Paths of SHACL (2.3.1): as paths of SPARQL, and as the nodes that a report says them with."""

from collections.abc import Iterator

from pyoxigraph import BlankNode, NamedNode, Triple

from her2ld.validation.report import SH, Path, Term
from her2ld.validation.shapes import PATH, Shapes
from her2ld.vocabulary import standard

_INVERSE, _ALTERNATIVE = (NamedNode(SH + name) for name in ("inversePath", "alternativePath"))
_SIGNS = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
_REPEATED = {NamedNode(SH + name): sign for name, sign in _SIGNS.items()}
_FIRST, _REST, _NIL = (NamedNode(standard.RDF + name) for name in ("first", "rest", "nil"))
_DEEPEST = 50


def path_in_sparql(node: Term, shapes: Shapes, depth: int = 0) -> str:
    """Return a path as SPARQL writes it. Raises ValueError for what is no path.

    >>> from her2ld.validation.shapes import constraints_of
    >>> path_in_sparql(NamedNode("http://example.org/p"), constraints_of([]))
    '<http://example.org/p>'
    """
    if isinstance(node, NamedNode):
        return str(node)
    said = shapes.said.get(node, {})
    if depth > _DEEPEST:
        raise ValueError("a path is nested too deep")

    def within(part: Term) -> str:
        return path_in_sparql(part, shapes, depth + 1)

    if said.get(_FIRST):
        return f"({'/'.join(within(each) for each in shapes.members(node))})"
    for part in said.get(_INVERSE, ()):
        return f"^({within(part)})"
    for part in said.get(_ALTERNATIVE, ()):
        return f"({'|'.join(within(each) for each in shapes.members(part))})"
    for predicate, sign in _REPEATED.items():
        for part in said.get(predicate, ()):
            return f"({within(part)}){sign}"
    raise ValueError(f"{node} is no path")


def path_of(shape: NamedNode, shapes: Shapes) -> Path | None:
    """Return the path of a property shape, as nodes of its own; None where the shape has none.

    What the nodes of the shape say besides does not belong to the path. Raises ValueError for what is no path.
    """
    node = next(iter(shapes.said.get(shape, {}).get(PATH, ())), None)
    if node is None:
        return None
    triples: list[Triple] = []
    names = (BlankNode(f"path{number}") for number in range(1 << 30))
    root = _copied(node, shapes, triples, names, 0)
    return Path(root, tuple(triples))


def _copied(
    node: Term, shapes: Shapes, triples: list[Triple], names: Iterator[BlankNode], depth: int
) -> NamedNode | BlankNode:
    if isinstance(node, NamedNode):
        return node
    said = shapes.said.get(node, {})
    if depth > _DEEPEST:
        raise ValueError("a path is nested too deep")
    if said.get(_FIRST):
        return _copied_list(node, shapes, triples, names, depth)
    for predicate in (_INVERSE, _ALTERNATIVE, *_REPEATED):
        for part in said.get(predicate, ()):
            copy = next(names)
            of_list = predicate == _ALTERNATIVE
            within = (_copied_list if of_list else _copied)(part, shapes, triples, names, depth + 1)
            triples.append(Triple(copy, predicate, within))
            return copy
    raise ValueError(f"{node} is no path")


def _copied_list(
    node: Term, shapes: Shapes, triples: list[Triple], names: Iterator[BlankNode], depth: int
) -> NamedNode | BlankNode:
    rest: NamedNode | BlankNode = _NIL
    for member in reversed(list(shapes.members(node))):
        copy = next(names)
        triples.append(Triple(copy, _FIRST, _copied(member, shapes, triples, names, depth + 1)))
        triples.append(Triple(copy, _REST, rest))
        rest = copy
    return rest
