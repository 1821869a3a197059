"""What nested shapes found: a value that ought to have a shape has results of its own, sh:detail (SHACL 3.6.2.8)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Triple

from her2ld.validation.merged import SeenData
from her2ld.validation.paths import path_in_sparql
from her2ld.validation.report import SH, ShapeResult, Term
from her2ld.validation.shapes import PATH, PROPERTY, Shapes

# A shape of shapes in shapes is as deep as people write; a shape that holds itself would have no end.
_DEEPEST = 8
_NODE = NamedNode(SH + "node")
_LISTS = {f"{name}ConstraintComponent": NamedNode(SH + name.lower()) for name in ("And", "Or", "Xone")}

_Pair = tuple[NamedNode, Term]


def with_details(
    results: list[ShapeResult], data: SeenData, shapes: Shapes, run_at: Callable[[Iterable[_Pair]], list[ShapeResult]]
) -> list[ShapeResult]:
    """Return the results, those of values that ought to have a shape with what this shape finds.

    ``run_at`` validates nodes against shapes; all of one depth are asked for at once.
    """
    found: dict[_Pair, dict[ShapeResult, None]] = {}
    asked: set[_Pair] = set()
    waiting = list(results)
    for _ in range(_DEEPEST):
        pairs = {pair for result in waiting for pair in _nested(result, shapes)} - asked
        if not pairs:
            break
        asked |= pairs
        waiting = run_at(sorted(pairs, key=str))
        for result in waiting:
            found.setdefault((result.shape, result.focus), {})[result] = None
    return [_detailed(result, found, data, shapes, _DEEPEST) for result in results] if asked else results


def _nested(result: ShapeResult, shapes: Shapes) -> Iterator[_Pair]:
    """Yield the shapes that a value ought to have, with the value."""
    said = shapes.said.get(result.shape, {})
    if result.value is None or isinstance(result.value, Triple):
        return
    if result.component == "NodeConstraintComponent":
        ought = list(said.get(_NODE, ()))
    else:
        lists = said.get(_LISTS[result.component], ()) if result.component in _LISTS else ()
        ought = [member for each in lists for member in shapes.members(each)]
    yield from ((shape, result.value) for shape in ought if isinstance(shape, NamedNode))


def _detailed(
    result: ShapeResult, found: dict[_Pair, dict[ShapeResult, None]], data: SeenData, shapes: Shapes, depth: int
) -> ShapeResult:
    details: dict[ShapeResult, None] = {}
    for pair in _nested(result, shapes) if depth else ():
        for place in _foci(pair, data, shapes, set()):
            details |= found.get(place, {})
    return replace(result, details=tuple(_detailed(each, found, data, shapes, depth - 1) for each in details))


def _foci(pair: _Pair, data: SeenData, shapes: Shapes, seen: set[_Pair]) -> Iterator[_Pair]:
    """Yield a shape and its parts, each with the node that it looks at when the shape looks at the given one."""
    if pair in seen:
        return
    seen.add(pair)
    yield pair
    shape, node = pair
    parts = [part for part in shapes.said.get(shape, {}).get(PROPERTY, ()) if isinstance(part, NamedNode)]
    path = next(iter(shapes.said.get(shape, {}).get(PATH, ())), None)
    if not parts:
        return
    nodes: list[Term] = [node]
    if path is not None:
        if isinstance(node, Literal):
            return  # nothing leads from a literal
        query = f"SELECT DISTINCT ?value WHERE {{ $this {path_in_sparql(path, shapes)} ?value }}"
        nodes = [solution["value"] for solution in data.asked(query, node)]
    for part in parts:
        for each in nodes:
            yield from _foci((part, each), data, shapes, seen)
