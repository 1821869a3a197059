"""Two SHACL engines, asked the same and answering in the same form.

pySHACL is the reference. ``shacl`` (Rust) is the default where it is installed; a test holds that both report the same.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from her2ld.errors import Problem, ValidationError
from her2ld.validate.report import SH, Node, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ENGINES = ("native", "pyshacl")


@dataclass(frozen=True, slots=True)
class Result:
    """What an engine reports: focus node, path, value, component and source shape (SHACL 3.6.2)."""

    focus: Node
    path: NamedNode | None
    value: Value | None
    component: str
    shape: NamedNode


def default_engine() -> str:
    """Give the fast engine where it is installed, else the reference."""
    return "native" if importlib.util.find_spec("shacl") else "pyshacl"


def run_engine(engine: str, data: Iterable[Triple], shapes: Iterable[Triple]) -> list[Result]:
    """Validate ``data`` with ``shapes``. Raises ValidationError where the engine is unknown, missing, or gives up."""
    if engine not in ENGINES:
        raise ValidationError([Problem(engine, "there is no engine of that name", f"choose {' or '.join(ENGINES)}")])
    run = _run_native if engine == "native" else _run_pyshacl
    try:
        return list(run(_text(data), _text(shapes)))
    except ImportError as error:
        remedy = "install it: pip install 'her2ld[fast]', or choose --engine pyshacl"
        raise ValidationError([Problem(engine, f"the engine is not installed ({error.name})", remedy)]) from error
    except (TypeError, ValueError, RuntimeError) as error:
        raise ValidationError([Problem(engine, f"the engine gave up: {error}", "mend the shapes")]) from error


def _text(triples: Iterable[Triple]) -> str:
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()


def _run_native(data: str, shapes: str) -> Iterator[Result]:
    import shacl  # noqa: PLC0415

    for result in shacl.Shapes.from_turtle(shapes).validate_turtle(data).results:
        yield Result(
            focus=_focus(result.focus_node),
            path=_iri(result.path) if result.path else None,
            value=_value(result.value) if result.value else None,
            component=result.component,
            shape=_iri(result.source_shape),
        )


def _value(text: str) -> Value:
    (quad,) = parse(f"<x:s> <x:p> {text} .", format=RdfFormat.N_TRIPLES)
    value: Value = quad.object
    return value


def _focus(text: str) -> Node:
    value = _value(text)
    if isinstance(value, Literal):
        raise TypeError(f"{text} is a literal: give no shape a literal to look at")
    return value


def _iri(text: str | None) -> NamedNode:
    if not text or not text.startswith("<"):
        raise ValueError(f"{text} stands where an IRI is needed: give every shape a name, and every path one property")
    return NamedNode(text[1:-1])


def _run_pyshacl(data: str, shapes: str) -> Iterator[Result]:
    import pyshacl  # noqa: PLC0415
    import rdflib  # noqa: PLC0415

    _, report, _ = pyshacl.validate(
        rdflib.Graph().parse(data=data, format="nt11"), shacl_graph=rdflib.Graph().parse(data=shapes, format="nt11")
    )
    if not isinstance(report, rdflib.Graph):
        raise TypeError(str(report))
    sh = rdflib.Namespace(SH)
    for node in report.subjects(rdflib.RDF.type, sh.ValidationResult):

        def said(name: str, node: rdflib.term.Node = node) -> str | None:
            value = report.value(node, sh[name])
            return None if value is None else value.n3()

        focus, shape, component = said("focusNode"), said("sourceShape"), said("sourceConstraintComponent")
        if focus is None or shape is None or component is None:
            raise RuntimeError("a result names no focus node, shape or component")
        path, value = said("resultPath"), said("value")
        yield Result(
            focus=_focus(focus),
            path=_iri(path) if path else None,
            value=_value(value) if value else None,
            component=_iri(component).value.removeprefix(SH),
            shape=_iri(shape),
        )
