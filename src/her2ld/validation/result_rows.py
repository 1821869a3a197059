"""Results as rows of JSON, in which they go from one process to another."""

from typing import Any

from pyoxigraph import RdfFormat, parse

from her2ld.validation.report import ShapeResult, Term


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
