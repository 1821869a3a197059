"""Two engines, which take the same shapes and data and return results in the same form.

pySHACL, the reference, evaluates every constraint for every focus node. ``native`` asks Oxigraph the SPARQL
constraints, and leaves the others to ``shacl`` (Rust), or to pySHACL where that is not installed. Oxigraph and
``shacl`` calculate with numbers and dates as values. So where the data have two forms of one value, a query that may
tell them apart goes to pySHACL. A test checks that both engines report the same.

Shapes can be aimed at given nodes: at those that a query selects, or at values whose nested results are wanted.
"""

from __future__ import annotations

import importlib.util
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from her2ld.errors import Problem, ValidationError
from her2ld.limits import Limits, run_limited
from her2ld.validation.author_report import from_row, row_of, with_details, with_messages
from her2ld.validation.merged import SeenData
from her2ld.validation.queries import (
    DECLARE,
    PREFIXES,
    ConstraintQuery,
    answers,
    declarations,
    nodes_of_queries,
    questions,
)
from her2ld.validation.report import SH, ShapeResult, Term
from her2ld.validation.shapes import PATH, TARGETS, Properties, Shapes, constraints_of, properties_by_subject

if TYPE_CHECKING:
    import rdflib
    import shacl


_POINTER = "urn:her2ld:target:"
_KINDS = {kind: predicate for predicate, kind in TARGETS.items()}


def at_selected(shapes: Shapes, data: SeenData) -> tuple[Shapes, list[Quad]]:
    """Return shapes whose targets are the nodes that their queries select, and triples that the data need for them.

    Raises ValidationError where a query cannot be asked.
    """
    with_queries = [each for each in shapes.constraints.values() if any(kind == "target" for kind, _ in each.targets)]
    if not with_queries:
        return shapes, []
    pairs = [(each.shape, node) for each in with_queries for node in nodes_of_queries(each, shapes, data)]
    targets, pointers = _targets(sorted(pairs, key=str))
    return shapes.aimed(targets, keeping=shapes.constraints), pointers


def at_nodes(shapes: Shapes, pairs: Iterable[tuple[NamedNode, Term]]) -> tuple[Shapes, list[Quad]]:
    """Return shapes that look only at the given nodes, and triples that the data need for that."""
    targets, pointers = _targets(pairs)
    return shapes.aimed(targets), pointers


def _targets(pairs: Iterable[tuple[NamedNode, Term]]) -> tuple[list[Triple], list[Quad]]:
    """Return targets, and triples that lead to blank nodes, since a target cannot name these."""
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


ENGINES = ("native", "pyshacl")
_QUERIES = frozenset(NamedNode(SH + name) for name in ("select", "ask"))
_PARAMETER, _RESULT, _MESSAGE = (NamedNode(SH + name) for name in ("parameter", "result", "resultMessage"))
_LABEL = re.compile(r'<[^>]*>|"(?:[^"\\]|\\.)*"|_:([\w.-]*\w)')

# Shapes for which pySHACL needs each of its modules.
_EXAMPLE = f"""
    @prefix sh: <{SH}> .
    <x:a> sh:targetSubjectsOf sh:path ; sh:pattern "x" ; sh:sparql [ sh:message "m {{?value}}" ; sh:select
        "SELECT $this ?value {{ $this ?p ?value FILTER(?value > 3 && STR(?value) != '5' && REGEX(STR(?p), 'p')) }}" ] .
"""

_Engine = Callable[[SeenData, "Shapes", Iterable[Quad]], Iterator[ShapeResult]]


def run_engine(engine: str, data: SeenData, shapes: Shapes) -> list[ShapeResult]:
    """Return the results for data. Raises ValidationError if the engine is unknown or gives up."""
    if engine not in ENGINES:
        raise ValidationError([Problem(engine, "there is no engine of that name", f"choose {' or '.join(ENGINES)}")])
    run: _Engine = _run_native if engine == "native" else _run_pyshacl

    def run_at(shape_and_node: Iterable[tuple[NamedNode, Term]]) -> list[ShapeResult]:
        return list(run(data, *at_nodes(shapes, shape_and_node)))

    try:
        results = list(run(data, *at_selected(shapes, data)))
        return with_messages(with_details(results, data, shapes, run_at), data, shapes)
    except ValidationError:
        raise
    except Exception as error:  # engines raise whatever they like
        raise ValidationError([Problem(engine, f"the engine gave up: {error}", "correct the shapes")]) from error


def run_bounded(engine: str, data: SeenData, shapes: Shapes, limits: Limits) -> list[ShapeResult]:
    """Return what run_engine returns, from a process with limits: shapes of others may need any amount of work.

    Raises LimitError where the limits do not suffice, too.
    """

    def answer() -> bytes:
        try:
            return json.dumps({"results": [row_of(result) for result in run_engine(engine, data, shapes)]}).encode()
        except ValidationError as error:
            problems = [{"where": each.where, "what": each.what, "remedy": each.remedy} for each in error.problems]
            return json.dumps({"problems": problems}).encode()

    prepare_engine(engine, data)  # the process can open nothing, so its modules must be loaded
    answered = json.loads(run_limited("validation", answer, limits))
    if "problems" in answered:
        raise ValidationError(Problem(**each) for each in answered["problems"])
    return [from_row(each) for each in answered["results"]]


def prepare_engine(engine: str, data: SeenData) -> None:
    """Load all modules that an engine needs for such data, before it runs where it can open no file."""
    if engine == "native" and importlib.util.find_spec("shacl"):
        import shacl  # noqa: F401
    if engine == "pyshacl" or data.rewritten or not importlib.util.find_spec("shacl"):
        _load_pyshacl()


@cache
def _load_pyshacl() -> None:
    shapes = constraints_of(quad.triple for quad in parse(_EXAMPLE, format=RdfFormat.TURTLE))
    run_engine("pyshacl", SeenData(Store()).extended([Quad(PATH, PATH, Literal("x"))]), shapes)


def _run_native(data: SeenData, shapes: Shapes, pointers: Iterable[Quad]) -> Iterator[ShapeResult]:
    asked, others = _divided(shapes)
    if not data.rewritten:
        found, _ = answers(asked, data, lambda: list(_run_rest(data, others, pointers)))
        yield from found
        return
    answered, by_form = answers(asked, data)
    yield from answered
    queried = set(_with_queries(others))
    by_form |= queried
    others = others.aimed((), keeping=set(others.constraints) - queried)
    if by_form:
        yield from _run_pyshacl(data, shapes.aimed((), keeping=by_form), pointers)
    yield from _run_rest(data, others, pointers)


def _run_rest(data: SeenData, shapes: Shapes, pointers: Iterable[Quad]) -> Iterator[ShapeResult]:
    """Return the results of the constraints that are not asked as questions."""
    if not shapes.constraints:
        return iter(())
    return (_run_shacl if importlib.util.find_spec("shacl") else _run_pyshacl)(data, shapes, pointers)


@lru_cache(maxsize=8)  # the same shapes are asked of one graph after the other
def _divided(shapes: Shapes) -> tuple[tuple[ConstraintQuery, ...], Shapes]:
    """Return the constraints that are asked as questions, and a shapes graph with the others."""
    asked = questions(shapes)
    return asked, shapes.without(question.shape for question in asked)


def _with_queries(shapes: Shapes) -> Iterator[NamedNode]:
    """Yield the constraints that contain a query, in a part of them or in a component that the shapes declare."""
    parameters = {each for own in shapes.by_subject.values() for each in own.get(_PARAMETER, ())}
    queries = _QUERIES | {path for each in parameters for path in shapes.by_subject.get(each, {}).get(PATH, ())}
    for shape in shapes.constraints:
        seen: set[Term] = set()
        waiting: list[Term] = [shape]
        while waiting:
            node = waiting.pop()
            if node in seen or node not in shapes.by_subject:
                continue
            seen.add(node)
            if not queries.isdisjoint(shapes.by_subject[node]):
                yield shape
                break
            waiting += (value for values in shapes.by_subject[node].values() for value in values)


def _run_shacl(data: SeenData, shapes: Shapes, pointers: Iterable[Quad]) -> Iterator[ShapeResult]:
    import shacl

    compiled = shacl.Shapes.from_text(_shapes_text(shapes), format="ntriples")
    try:
        with tempfile.NamedTemporaryFile(suffix=".ttl") as file:  # a text would be in memory up to three times
            data.write_turtle(Path(file.name), pointers)
            report = compiled.validate_file(file.name)
            yield from _reported(report, partial(Path(file.name).read_text, "utf-8"), shapes)
    except OSError:  # limits let nothing be opened
        text = data.turtle(pointers)
        yield from _reported(compiled.validate_turtle(text), lambda: text, shapes)


def _reported(report: shacl.Report, text: Callable[[], str], shapes: Shapes) -> list[ShapeResult]:
    """Return the results of a report; ``text`` returns the data that were validated."""
    if not report.results:
        return []
    answered = report.serialize("ntriples")
    names = _names_of_blank_nodes(text(), shapes) if " _:0_b" in answered else {}
    return list(_results((quad.triple for quad in parse(answered, format=RdfFormat.N_TRIPLES)), names))


def _shapes_text(shapes: Shapes) -> str:
    return (serialize(shapes.triples, format=RdfFormat.N_TRIPLES) or b"").decode()


def _run_pyshacl(data: SeenData, shapes: Shapes, pointers: Iterable[Quad]) -> Iterator[ShapeResult]:
    import logging
    import warnings

    import pyshacl
    import rdflib

    from her2ld.dataset import from_rdflib

    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)  # it would log each ill-typed literal that is found
    with warnings.catch_warnings(), _literals_as_written():
        warnings.simplefilter("ignore")  # of recursion, and of literals that are none of their datatype
        shapes_graph = _rdflib_graph(Quad(*triple) for triple in chain(shapes.triples, _declared(shapes)))
        _, report, _ = pyshacl.validate(_rdflib_graph(chain(data.quads(), pointers)), shacl_graph=shapes_graph)
    if not isinstance(report, rdflib.Graph):
        raise TypeError(str(report))
    yield from _results((quad.triple for quad in from_rdflib(report)), {})


def _declared(shapes: Shapes) -> Iterator[Triple]:
    """Yield the declarations that a node has from the nodes that it imports: pySHACL 0.40 does not look there."""
    for owner in {owner for own in shapes.by_subject.values() for owner in own.get(PREFIXES, ())}:
        if isinstance(owner, NamedNode | BlankNode):
            yield from (Triple(owner, DECLARE, each) for each in declarations(owner, shapes.by_subject))


@contextmanager
def _literals_as_written() -> Iterator[None]:
    """Keep rdflib from rewriting literals, and its queries from loading graphs."""
    import rdflib
    from rdflib.plugins import sparql

    before = rdflib.NORMALIZE_LITERALS, sparql.SPARQL_LOAD_GRAPHS
    rdflib.NORMALIZE_LITERALS, sparql.SPARQL_LOAD_GRAPHS = False, False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS, sparql.SPARQL_LOAD_GRAPHS = before


def _rdflib_graph(quads: Iterable[Quad]) -> rdflib.Graph:
    """Return a graph that parses a query once, not once for each node."""
    import rdflib
    from rdflib.plugins.sparql import prepareQuery

    from her2ld.dataset import to_rdflib

    prepared = cache(prepareQuery)

    class AskedAgain(rdflib.Graph):
        def query(self, query_object: Any, *given: Any, **named: Any) -> rdflib.query.Result:  # noqa: ANN401
            if isinstance(query_object, str):
                query_object = prepared(query_object)
            return super().query(query_object, *given, **named)

    graph = AskedAgain()
    for triple in to_rdflib(quads).default_graph:
        graph.add(triple)
    return graph


def _results(report: Iterable[Triple], names: Mapping[str, BlankNode]) -> Iterator[ShapeResult]:
    """Yield the results of a report; ``names`` are the blank nodes of the data by the labels that the report has."""
    by_subject = properties_by_subject(report)

    def one(own: Properties, name: str) -> Term | None:
        value = next(iter(own.get(NamedNode(SH + name), ())), None)
        return names.get(value.value, value) if isinstance(value, BlankNode) else value

    for node in [each for own in by_subject.values() for each in own.get(_RESULT, ())]:
        own = by_subject[node]
        focus, shape, component = (one(own, name) for name in ("focusNode", "sourceShape", "sourceConstraintComponent"))
        if focus is None or not isinstance(shape, NamedNode) or not isinstance(component, NamedNode):
            raise RuntimeError("a result names no focus node, shape or component")
        path, constraint = one(own, "resultPath"), one(own, "sourceConstraint")
        yield ShapeResult(
            focus=focus,
            path=path if isinstance(path, NamedNode) else None,
            value=one(own, "value"),
            component=component.value.removeprefix(SH),
            shape=shape,
            constraint=constraint if isinstance(constraint, NamedNode) else None,
            messages=tuple(each for each in own.get(_MESSAGE, ()) if isinstance(each, Literal)),
        )


def _names_of_blank_nodes(text: str, shapes: Shapes) -> dict[str, BlankNode]:
    """Return the blank nodes of a text by the labels that ``shacl`` gives them.

    It numbers blank nodes as they come, those of shapes first.
    """
    first = len({end for each in shapes.triples for end in (each.subject, each.object) if isinstance(end, BlankNode)})
    labels = dict.fromkeys(found[1] for found in _LABEL.finditer(text) if found[1])
    return {f"0_b{number}": BlankNode(label) for number, label in enumerate(labels, first)}
