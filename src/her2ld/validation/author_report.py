"""The parts of a report that come from the authors of shapes: messages, results of nested shapes, and paths.

A message is filled with the values that a query found. A value that ought to conform to a shape has results of its own,
sh:detail (SHACL 3.6.2.8). A path (SHACL 2.3.1) is written as SPARQL, or as the nodes by which a report describes it.
Results pass from one process to another as rows of JSON.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from her2ld.dataset.literals import as_stored
from her2ld.validation.merged import SeenData
from her2ld.validation.queries import prologue
from her2ld.validation.report import SH, Path, ShapeResult, Term
from her2ld.validation.shapes import MESSAGE, PATH, PROPERTY, SELECT, Shapes, text
from her2ld.vocabulary import standard

_INVERSE, _ALTERNATIVE = (NamedNode(SH + name) for name in ("inversePath", "alternativePath"))
_SIGNS = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
_REPEATED = {NamedNode(SH + name): sign for name, sign in _SIGNS.items()}
_DEEPEST_PATH = 50


def path_in_sparql(node: Term, shapes: Shapes, depth: int = 0) -> str:
    """Return a path as SPARQL writes it. Raises ValueError for what is no path.

    >>> from her2ld.validation.shapes import constraints_of
    >>> path_in_sparql(NamedNode("http://example.org/p"), constraints_of([]))
    '<http://example.org/p>'
    """
    if isinstance(node, NamedNode):
        return str(node)
    own = shapes.by_subject.get(node, {})
    if depth > _DEEPEST_PATH:
        raise ValueError("a path is nested too deep")

    def within(part: Term) -> str:
        return path_in_sparql(part, shapes, depth + 1)

    if own.get(standard.FIRST):
        return f"({'/'.join(within(each) for each in shapes.members(node))})"
    for part in own.get(_INVERSE, ()):
        return f"^({within(part)})"
    for part in own.get(_ALTERNATIVE, ()):
        return f"({'|'.join(within(each) for each in shapes.members(part))})"
    for predicate, sign in _REPEATED.items():
        for part in own.get(predicate, ()):
            return f"({within(part)}){sign}"
    raise ValueError(f"{node} is no path")


def path_of(shape: NamedNode, shapes: Shapes) -> Path | None:
    """Return the path of a property shape, as nodes of its own; None where the shape has none.

    What the nodes of the shape say besides does not belong to the path. Raises ValueError for what is no path.
    """
    node = _path_node(shape, shapes)
    if node is None:
        return None
    triples: list[Triple] = []
    names = (BlankNode(f"path{number}") for number in range(1 << 30))
    root = _copied(node, shapes, triples, names, 0)
    return Path(root, tuple(triples))


def _path_node(shape: Term, shapes: Shapes) -> Term | None:
    return next(iter(shapes.by_subject.get(shape, {}).get(PATH, ())), None)


def _copied(
    node: Term, shapes: Shapes, triples: list[Triple], names: Iterator[BlankNode], depth: int
) -> NamedNode | BlankNode:
    if isinstance(node, NamedNode):
        return node
    own = shapes.by_subject.get(node, {})
    if depth > _DEEPEST_PATH:
        raise ValueError("a path is nested too deep")
    if own.get(standard.FIRST):
        return _copied_list(node, shapes, triples, names, depth)
    for predicate in (_INVERSE, _ALTERNATIVE, *_REPEATED):
        for part in own.get(predicate, ()):
            copy = next(names)
            of_list = predicate == _ALTERNATIVE
            within = (_copied_list if of_list else _copied)(part, shapes, triples, names, depth + 1)
            triples.append(Triple(copy, predicate, within))
            return copy
    raise ValueError(f"{node} is no path")


def _copied_list(
    node: Term, shapes: Shapes, triples: list[Triple], names: Iterator[BlankNode], depth: int
) -> NamedNode | BlankNode:
    rest: NamedNode | BlankNode = standard.NIL
    for member in reversed(list(shapes.members(node))):
        copy = next(names)
        triples.append(Triple(copy, standard.FIRST, _copied(member, shapes, triples, names, depth + 1)))
        triples.append(Triple(copy, standard.REST, rest))
        rest = copy
    return rest


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
        declared = shapes.by_subject.get(component, {})
        validators = [each for kind in _VALIDATORS for each in declared.get(kind, ())]
        theirs = own or [each for node in validators for each in _of(node, shapes)] or _of(component, shapes)
        messages = [_filled(each, _parameters(result, shapes)) for each in theirs]
    else:
        messages = own
    details = tuple(_told(each, data, shapes, asked) for each in result.details)
    return replace(result, messages=tuple(messages), details=details)


def _of(node: Term, shapes: Shapes) -> list[Literal]:
    return [each for each in shapes.by_subject.get(node, {}).get(MESSAGE, ()) if isinstance(each, Literal)]


def _of_query(result: ShapeResult, own: list[Literal], data: SeenData, shapes: Shapes, asked: _Asked) -> list[Literal]:
    constraint = result.constraint
    if constraint is None:
        return own
    query = text(shapes.by_subject.get(constraint, {}), SELECT)
    says = _SAYS_MESSAGE.search(query) is not None
    if not says and not any(_VARIABLE.search(each.value) for each in own):
        return own
    if not says and data.tells_forms_apart(prologue(shapes.by_subject[constraint], shapes.by_subject) + query):
        return [_as_told(each, result.messages) for each in own]
    key = constraint, result.shape, result.focus
    if key not in asked:
        asked[key] = _solutions(query, key, data, shapes)
    place = next((number for number, each in enumerate(asked[key]) if _is_of(each, result)), None)
    bound = {} if place is None else asked[key].pop(place)  # two results of one value have a solution each
    bound |= {"this": result.focus, **({"value": result.value} if result.value is not None else {})}
    if says and isinstance(message := bound.get("message"), Literal):
        return [message]
    return [_filled(each, bound) for each in own]


def _as_told(message: Literal, told: Iterable[Literal]) -> Literal:
    """Return a message as an engine filled it in, with its language, which the engine may have lost."""
    parts = _VARIABLE.split(message.value)[0::2]
    form = re.compile("(?s:.*?)".join(map(re.escape, parts)))
    filled = next((each.value for each in told if form.fullmatch(each.value)), message.value)
    return Literal(filled, language=message.language) if message.language else Literal(filled)


def _solutions(query: str, key: tuple[NamedNode, NamedNode, Term], data: SeenData, shapes: Shapes) -> _Solutions:
    """Return all that the query of a constraint binds for a node; nothing if the store cannot answer it."""
    constraint, shape, focus = key
    path = _path_node(shape, shapes)
    query = query.replace("$PATH", "" if path is None else path_in_sparql(path, shapes))
    if isinstance(focus, Triple) or _UNKNOWN_HERE.search(query):
        return []
    try:
        solutions = data.asked(prologue(shapes.by_subject[constraint], shapes.by_subject) + query, focus)
        names = [variable.value for variable in solutions.variables]
        return [{name: each[name] for name in names if each[name] is not None} for each in solutions]
    except (SyntaxError, TypeError, ValueError):  # the engine answered it, so there are plain messages
        return []


def _is_of(solution: Mapping[str, Term], result: ShapeResult) -> bool:
    value, path = solution.get("value", result.focus), solution.get("path")
    return (result.value is None or _stored(value) == _stored(result.value)) and path in (None, result.path)


def _stored(term: Term) -> Term:
    return as_stored(term) if isinstance(term, Literal) else term


def _parameters(result: ShapeResult, shapes: Shapes) -> dict[str, Term]:
    """Return the values of the variables of a component, which are named after the properties of its parameters."""
    bound: dict[str, Term] = {"this": result.focus, **({"value": result.value} if result.value is not None else {})}
    for parameter in shapes.by_subject.get(NamedNode(result.component), {}).get(_PARAMETER, ()):
        for path in shapes.by_subject.get(parameter, {}).get(PATH, ()):
            if isinstance(path, NamedNode):
                values = shapes.by_subject.get(result.shape, {}).get(path, ())
                bound |= {re.split("[/#]", path.value)[-1]: value for value in values[:1]}
    return bound


def _filled(message: Literal, bound: Mapping[str, Term]) -> Literal:
    """Return a message with values in place of its variables; variables without a value stay as they are."""

    def in_its_place(variable: re.Match[str]) -> str:
        value = bound.get(variable[1])
        return variable[0] if value is None else str(getattr(value, "value", value))

    told = _VARIABLE.sub(in_its_place, message.value)
    return Literal(told, language=message.language) if message.language else Literal(told)


# People nest shapes less deeply than this. A shape that contains itself would have no end.
_DEEPEST = 8
_NODE = NamedNode(SH + "node")
_LISTS = {f"{name}ConstraintComponent": NamedNode(SH + name.lower()) for name in ("And", "Or", "Xone")}

_Pair = tuple[NamedNode, Term]


def with_details(
    results: list[ShapeResult], data: SeenData, shapes: Shapes, run_at: Callable[[Iterable[_Pair]], list[ShapeResult]]
) -> list[ShapeResult]:
    """Return the results; one about a value that ought to conform to a shape gets the results of that shape.

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
    """Yield the shapes that a value ought to conform to, each with the value."""
    own = shapes.by_subject.get(result.shape, {})
    if result.value is None or isinstance(result.value, Triple):
        return
    if result.component == "NodeConstraintComponent":
        ought = list(own.get(_NODE, ()))
    else:
        lists = own.get(_LISTS[result.component], ()) if result.component in _LISTS else ()
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
    """Yield a shape with its node, and each part of the shape with the nodes that it then looks at."""
    if pair in seen:
        return
    seen.add(pair)
    yield pair
    shape, node = pair
    parts = [part for part in shapes.by_subject.get(shape, {}).get(PROPERTY, ()) if isinstance(part, NamedNode)]
    path = _path_node(shape, shapes)
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
    """Return a result as a row of JSON, with terms in N-Triples."""
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
    """Return the term that a text in N-Triples holds."""
    (quad,) = parse(f"<x:s> <x:p> {text} .", format=RdfFormat.N_TRIPLES)
    value: Term = quad.object
    return value
