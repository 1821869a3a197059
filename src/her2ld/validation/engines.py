"""Two ways to validate, asked the same and answering in the same form.

pySHACL, the reference, evaluates every constraint for every focus node. ``native`` asks the SPARQL constraints of
Oxigraph, and leaves the others to ``shacl`` (Rust), or to pySHACL where that is not installed. A test holds that both
report the same.
"""

from __future__ import annotations

import importlib.util
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, parse, serialize

from her2ld.errors import Problem, ValidationError
from her2ld.validation.queries import Question, answers, questions
from her2ld.validation.report import SH, Result, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    from her2ld.validation.shapes import Shapes

ENGINES = ("native", "pyshacl")


def run_engine(engine: str, data: Store, shapes: Shapes) -> list[Result]:
    """Validate the default graph of ``data``. Raises ValidationError where the engine is unknown or gives up."""
    if engine not in ENGINES:
        raise ValidationError([Problem(engine, "there is no engine of that name", f"choose {' or '.join(ENGINES)}")])
    run = _run_native if engine == "native" else _run_pyshacl
    try:
        return list(run(data, shapes))
    except (SyntaxError, TypeError, ValueError, RuntimeError) as error:
        raise ValidationError([Problem(engine, f"the engine gave up: {error}", "mend the shapes")]) from error


def _run_native(data: Store, shapes: Shapes) -> Iterator[Result]:
    asked, others = _divided(shapes)
    for question in asked:
        yield from answers(question, data)
    if others.constraints:
        yield from (_run_shacl if importlib.util.find_spec("shacl") else _run_pyshacl)(data, others)


@lru_cache(maxsize=8)  # the same shapes are asked of one graph after the other
def _divided(shapes: Shapes) -> tuple[tuple[Question, ...], Shapes]:
    """Return the constraints that are asked as questions, and the shapes graph of the others."""
    asked = questions(shapes)
    return asked, shapes.without(question.shape for question in asked)


def _run_shacl(data: Store, shapes: Shapes) -> Iterator[Result]:
    import shacl

    for result in shacl.Shapes.from_turtle(_shapes_text(shapes)).validate_turtle(_data_text(data)).results:
        yield Result(
            focus=parse_term(result.focus_node),
            path=_path(result.path),
            value=parse_term(result.value) if result.value else None,
            component=result.component,
            shape=_shape(result.source_shape),
        )


def _data_text(data: Store) -> str:
    return (data.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b"").decode()


def _shapes_text(shapes: Shapes) -> str:
    return (serialize(shapes.triples, format=RdfFormat.N_TRIPLES) or b"").decode()


def parse_term(text: str) -> Term:
    """Read one term in N-Triples."""
    (quad,) = parse(f"<x:s> <x:p> {text} .", format=RdfFormat.N_TRIPLES)
    value: Term = quad.object
    return value


def _path(text: str | None) -> NamedNode | None:
    """Return the one property of a path; a path of several has no IRI and is left out."""
    return NamedNode(text[1:-1]) if text and re.fullmatch("<[^<>]*>", text) else None


def _shape(text: str | None) -> NamedNode:
    if not text or not text.startswith("<"):
        raise ValueError(f"{text} stands where an IRI is needed: give every shape that has a target a name")
    return NamedNode(text[1:-1])


def _run_pyshacl(data: Store, shapes: Shapes) -> Iterator[Result]:
    import logging

    import pyshacl
    import rdflib

    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)  # it would log each ill-typed literal that is found
    _, report, _ = pyshacl.validate(
        rdflib.Graph().parse(data=_data_text(data), format="nt11"),
        shacl_graph=rdflib.Graph().parse(data=_shapes_text(shapes), format="nt11"),
    )
    if not isinstance(report, rdflib.Graph):
        raise TypeError(str(report))
    sh = rdflib.Namespace(SH)
    for node in report.objects(None, sh.result):  # others are details of these

        def said(name: str, node: rdflib.term.Node = node) -> str | None:
            value = report.value(node, sh[name])
            return None if value is None else value.n3()

        focus, shape, component = said("focusNode"), said("sourceShape"), said("sourceConstraintComponent")
        if focus is None or shape is None or component is None:
            raise RuntimeError("a result names no focus node, shape or component")
        path, value = said("resultPath"), said("value")
        yield Result(
            focus=parse_term(focus),
            path=_path(path),
            value=parse_term(value) if value else None,
            component=component.removeprefix(f"<{SH}").removesuffix(">"),
            shape=_shape(shape),
        )
