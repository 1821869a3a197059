"""An engine in a process of its own, with limits: shapes from elsewhere may ask for any amount of work."""

import json
from typing import Any

from pyoxigraph import RdfFormat, parse

from her2ld.errors import Problem, ValidationError
from her2ld.limits import Limits, run_limited
from her2ld.validation.engines import prepare_engine, run_engine
from her2ld.validation.merged import SeenData
from her2ld.validation.report import Result, Term
from her2ld.validation.shapes import Shapes


def run_bounded(engine: str, data: SeenData, shapes: Shapes, limits: Limits) -> list[Result]:
    """Validate as run_engine does, within the limits. Raises LimitError where they do not suffice, too."""

    def answer() -> bytes:
        try:
            return json.dumps({"results": [_row(result) for result in run_engine(engine, data, shapes)]}).encode()
        except ValidationError as error:
            problems = [{"where": each.where, "what": each.what, "remedy": each.remedy} for each in error.problems]
            return json.dumps({"problems": problems}).encode()

    prepare_engine(engine, data)  # the process opens nothing, so that its modules must be there
    answered = json.loads(run_limited("validation", answer, limits))
    if "problems" in answered:
        raise ValidationError(Problem(**each) for each in answered["problems"])
    return [_from_row(each) for each in answered["results"]]


def _row(result: Result) -> list[object]:
    terms = (result.focus, result.path, result.value, result.shape, result.constraint)
    return [
        *(None if each is None else str(each) for each in terms),
        result.component,
        [str(each) for each in result.messages],
        [_row(each) for each in result.details],
    ]


def _from_row(row: list[Any]) -> Result:
    focus, path, value, shape, constraint = (None if each is None else parse_term(each) for each in row[:5])
    return Result(
        focus=focus,  # type: ignore[arg-type]  # every result has one
        path=path,  # type: ignore[arg-type]
        value=value,
        component=row[5],
        shape=shape,  # type: ignore[arg-type]
        constraint=constraint,  # type: ignore[arg-type]
        messages=tuple(parse_term(each) for each in row[6]),  # type: ignore[misc]
        details=tuple(_from_row(each) for each in row[7]),
    )


def parse_term(text: str) -> Term:
    """Read one term in N-Triples."""
    (quad,) = parse(f"<x:s> <x:p> {text} .", format=RdfFormat.N_TRIPLES)
    value: Term = quad.object
    return value
