"""What the authors of shapes say of a result: their messages with the values that a query found, and nested results.

A value that ought to have a shape has results of its own, sh:detail (SHACL 3.6.2.8). Results go from one process to
another as rows of JSON.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from her2ld.dataset.literals import as_stored
from her2ld.validation.merged import SeenData
from her2ld.validation.paths import path_in_sparql
from her2ld.validation.queries import prologue
from her2ld.validation.report import SH, ShapeResult, Term
from her2ld.validation.shapes import MESSAGE, PATH, PROPERTY, SELECT, Shapes, text

_SPARQL = "SPARQLConstraintComponent"
_VARIABLE = re.compile(r"\{[?$](\w+)\}")
_SAYS_MESSAGE = re.compile(r"[?$]message\b")
_UNKNOWN_HERE = re.compile(r"[$?](?:shapesGraph|currentShape)\b")
_VALIDATORS = [NamedNode(SH + name) for name in ("validator", "nodeValidator", "propertyValidator")]
_PARAMETER = NamedNode(SH + "parameter")

_Solutions = list[dict[str, Term]]
_Asked = dict[tuple[NamedNode, NamedNode, Term], _Solutions]


def with_messages(results: Iterable[ShapeResult], data: SeenData, shapes: Shapes) -> list[ShapeResult]:
    """Return the results with the messages of their shapes (SHACL 2.1.5).

    Those of a SPARQL constraint come before those of its shape, and what its query binds to ``?message`` before both
    (SHACL 5.3.2). ``{?variable}`` stands for what a query found; in the messages of other constraints it is left.
    """
    asked: _Asked = {}
    return [_told(result, data, shapes, asked) for result in results]


def _told(result: ShapeResult, data: SeenData, shapes: Shapes, asked: _Asked) -> ShapeResult:
    own = _of(result.shape, shapes)
    if result.component == _SPARQL and result.constraint is not None:
        messages = _of_query(result, _of(result.constraint, shapes) or own, data, shapes, asked)
    elif ":" in result.component:
        component = NamedNode(result.component)
        said = shapes.said.get(component, {})
        validators = [each for kind in _VALIDATORS for each in said.get(kind, ())]
        theirs = own or [each for node in validators for each in _of(node, shapes)] or _of(component, shapes)
        messages = [_filled(each, _parameters(result, shapes)) for each in theirs]
    else:
        messages = own
    details = tuple(_told(each, data, shapes, asked) for each in result.details)
    return replace(result, messages=tuple(messages), details=details)


def _of(node: Term, shapes: Shapes) -> list[Literal]:
    return [each for each in shapes.said.get(node, {}).get(MESSAGE, ()) if isinstance(each, Literal)]


def _of_query(result: ShapeResult, own: list[Literal], data: SeenData, shapes: Shapes, asked: _Asked) -> list[Literal]:
    constraint = result.constraint
    if constraint is None:
        return own
    query = text(shapes.said.get(constraint, {}), SELECT)
    says = _SAYS_MESSAGE.search(query) is not None
    if not says and not any(_VARIABLE.search(each.value) for each in own):
        return own
    if not says and data.tells_forms_apart(prologue(shapes.said[constraint], shapes.said) + query):
        return [_as_told(each, result.messages) for each in own]
    key = constraint, result.shape, result.focus
    if key not in asked:
        asked[key] = _solutions(query, key, data, shapes)
    place = next((number for number, each in enumerate(asked[key]) if _is_of(each, result)), None)
    bound = {} if place is None else asked[key].pop(place)  # of two results of one value, each has its own
    bound |= {"this": result.focus, **({"value": result.value} if result.value is not None else {})}
    if says and isinstance(message := bound.get("message"), Literal):
        return [message]
    return [_filled(each, bound) for each in own]


def _as_told(message: Literal, told: Iterable[Literal]) -> Literal:
    """Return a message as an engine filled it in, in its own language, which an engine may have lost."""
    parts = _VARIABLE.split(message.value)[0::2]
    form = re.compile("(?s:.*?)".join(map(re.escape, parts)))
    filled = next((each.value for each in told if form.fullmatch(each.value)), message.value)
    return Literal(filled, language=message.language) if message.language else Literal(filled)


def _solutions(query: str, key: tuple[NamedNode, NamedNode, Term], data: SeenData, shapes: Shapes) -> _Solutions:
    """Ask the query of a constraint once more of a node, for all that it binds; nothing where that cannot be done."""
    constraint, shape, focus = key
    path = next(iter(shapes.said.get(shape, {}).get(PATH, ())), None)
    query = query.replace("$PATH", "" if path is None else path_in_sparql(path, shapes))
    if isinstance(focus, Triple) or _UNKNOWN_HERE.search(query):
        return []
    try:
        solutions = data.asked(prologue(shapes.said[constraint], shapes.said) + query, focus)
        names = [variable.value for variable in solutions.variables]
        return [{name: each[name] for name in names if each[name] is not None} for each in solutions]
    except (SyntaxError, TypeError, ValueError):  # an engine understood it, and its results have the plain messages
        return []


def _is_of(solution: Mapping[str, Term], result: ShapeResult) -> bool:
    value, path = solution.get("value", result.focus), solution.get("path")
    return (result.value is None or _stored(value) == _stored(result.value)) and path in (None, result.path)


def _stored(term: Term) -> Term:
    return as_stored(term) if isinstance(term, Literal) else term


def _parameters(result: ShapeResult, shapes: Shapes) -> dict[str, Term]:
    """Return what the variables of a component stand for: its parameters have the names of their properties."""
    bound: dict[str, Term] = {"this": result.focus, **({"value": result.value} if result.value is not None else {})}
    for parameter in shapes.said.get(NamedNode(result.component), {}).get(_PARAMETER, ()):
        for path in shapes.said.get(parameter, {}).get(PATH, ()):
            if isinstance(path, NamedNode):
                values = shapes.said.get(result.shape, {}).get(path, ())
                bound |= {re.split("[/#]", path.value)[-1]: value for value in values[:1]}
    return bound


def _filled(message: Literal, bound: Mapping[str, Term]) -> Literal:
    """Put what is bound in the place of its variables; others stay as they are written."""

    def said(variable: re.Match[str]) -> str:
        value = bound.get(variable[1])
        return variable[0] if value is None else str(getattr(value, "value", value))

    told = _VARIABLE.sub(said, message.value)
    return Literal(told, language=message.language) if message.language else Literal(told)


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


def row_of(result: ShapeResult) -> list[object]:
    """Return a result as JSON has it, terms in N-Triples."""
    terms = (result.focus, result.path, result.value, result.shape, result.constraint)
    return [
        *(None if each is None else str(each) for each in terms),
        result.component,
        [str(each) for each in result.messages],
        [row_of(each) for each in result.details],
    ]


def from_row(row: list[Any]) -> ShapeResult:
    """Return the result that a row was made of."""
    focus, path, value, shape, constraint = (None if each is None else parse_term(each) for each in row[:5])
    return ShapeResult(
        focus=focus,  # type: ignore[arg-type]  # every result has one
        path=path,  # type: ignore[arg-type]
        value=value,
        component=row[5],
        shape=shape,  # type: ignore[arg-type]
        constraint=constraint,  # type: ignore[arg-type]
        messages=tuple(parse_term(each) for each in row[6]),  # type: ignore[misc]
        details=tuple(from_row(each) for each in row[7]),
    )


def parse_term(text: str) -> Term:
    """Read one term in N-Triples."""
    (quad,) = parse(f"<x:s> <x:p> {text} .", format=RdfFormat.N_TRIPLES)
    value: Term = quad.object
    return value
