"""An engine in a process of its own, with limits: shapes from elsewhere may ask for any amount of work."""

import json

from her2ld.errors import Problem, ValidationError
from her2ld.limits import Limits, run_limited
from her2ld.validation.engines import prepare_engine, run_engine
from her2ld.validation.merged import SeenData
from her2ld.validation.report import Result
from her2ld.validation.result_rows import from_row, row_of
from her2ld.validation.shapes import Shapes


def run_bounded(engine: str, data: SeenData, shapes: Shapes, limits: Limits) -> list[Result]:
    """Validate as run_engine does, within the limits. Raises LimitError where they do not suffice, too."""

    def answer() -> bytes:
        try:
            return json.dumps({"results": [row_of(result) for result in run_engine(engine, data, shapes)]}).encode()
        except ValidationError as error:
            problems = [{"where": each.where, "what": each.what, "remedy": each.remedy} for each in error.problems]
            return json.dumps({"problems": problems}).encode()

    prepare_engine(engine, data)  # the process opens nothing, so that its modules must be there
    answered = json.loads(run_limited("validation", answer, limits))
    if "problems" in answered:
        raise ValidationError(Problem(**each) for each in answered["problems"])
    return [from_row(each) for each in answered["results"]]
