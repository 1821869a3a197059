"""An engine in a process of its own, with limits: shapes from elsewhere may ask for any amount of work."""

import importlib.util
import json

from pyoxigraph import NamedNode, Store

from her2ld.errors import Problem, ValidationError
from her2ld.limits import Limits, run_limited
from her2ld.validation.engines import parse_term, run_engine
from her2ld.validation.report import Result
from her2ld.validation.shapes import Shapes


def run_bounded(engine: str, data: Store, shapes: Shapes, limits: Limits) -> list[Result]:
    """Validate as run_engine does, within the limits. Raises LimitError where they do not suffice, too."""

    def answer() -> bytes:
        try:
            return json.dumps({"results": [_row(result) for result in run_engine(engine, data, shapes)]}).encode()
        except ValidationError as error:
            problems = [{"where": each.where, "what": each.what, "remedy": each.remedy} for each in error.problems]
            return json.dumps({"problems": problems}).encode()

    native_alone = engine == "native" and importlib.util.find_spec("shacl")
    if native_alone:
        import shacl  # noqa: F401  # the process opens nothing, so that its modules must be there
    answered = json.loads(run_limited("validation", answer, limits, may_open=not native_alone))
    if "problems" in answered:
        raise ValidationError(Problem(**each) for each in answered["problems"])
    return [_from_row(*row) for row in answered["results"]]


def _row(result: Result) -> list[str | None]:
    path, value = (None if each is None else str(each) for each in (result.path, result.value))
    return [str(result.focus), path, value, result.component, str(result.shape)]


def _from_row(focus: str, path: str | None, value: str | None, component: str, shape: str) -> Result:
    return Result(
        focus=parse_term(focus),
        path=NamedNode(path[1:-1]) if path else None,
        value=parse_term(value) if value else None,
        component=component,
        shape=NamedNode(shape[1:-1]),
    )
