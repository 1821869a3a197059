"""An engine in a process of its own, with limits: shapes from elsewhere may ask for any amount of work.

A pattern may backtrack for years and a query may join everything with everything. The process is ended at the limit of
time, cannot take more memory than it is given, and cannot connect to anything.
"""

import json
import sys
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse, serialize

from her2ld.errors import Problem, ValidationError
from her2ld.validate.engines import parse_term, run_engine
from her2ld.validate.report import Result
from her2ld.validate.shapes import Shapes, constraints_of

_SHAPES = NamedNode("urn:her2ld:shapes")
_REMEDY = "mend the shapes, or allow more with Limits"


@dataclass(frozen=True, slots=True)
class Limits:
    """What an engine may use: seconds of wall-clock time, and bytes of address space where the system can limit it."""

    seconds: float = 600
    memory: int = 8 << 30


def run_bounded(engine: str, data: Store, shapes: Shapes, limits: Limits) -> list[Result]:
    """Validate as run_engine does, within the limits. Raises ValidationError where they do not suffice, too."""
    import subprocess  # noqa: PLC0415  # its import takes longer than all of ours, and few ask for limits

    in_a_graph = (Quad(triple.subject, triple.predicate, triple.object, _SHAPES) for triple in shapes.triples)
    asked = serialize(chain(data, in_a_graph), format=RdfFormat.N_QUADS)
    command = "from her2ld.validate.bounded import main; main()"
    try:
        done = subprocess.run(  # noqa: S603  # our own code, in the interpreter that runs it now
            [sys.executable, "-P", "-c", command, engine, str(limits.memory)],
            input=asked,
            capture_output=True,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ValidationError([Problem(engine, f"it took more than {limits.seconds:g} s", _REMEDY)]) from error
    if done.returncode:
        *_, last = done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        what = f"it ended without an answer, having up to {limits.memory:,} bytes of memory ({last})"
        raise ValidationError([Problem(engine, what, _REMEDY)])
    answer = json.loads(done.stdout)
    if answer["problems"]:
        raise ValidationError(Problem(**each) for each in answer["problems"])
    return [_from_row(*row) for row in answer["results"]]


def main() -> None:
    """Be the process: read N-Quads with the shapes in a graph of their own, write the answer as JSON."""
    engine, memory = sys.argv[1:]
    _limit_memory(int(memory))
    sys.addaudithook(_refuse_connections)
    data = Store()
    data.bulk_extend(parse(sys.stdin.buffer, format=RdfFormat.N_QUADS))
    shapes = constraints_of(quad.triple for quad in data.quads_for_pattern(None, None, None, _SHAPES))
    data.remove_graph(_SHAPES)
    answer: dict[str, object] = {"problems": [], "results": []}
    try:
        answer["results"] = [_row(result) for result in run_engine(engine, data, shapes)]
    except ValidationError as error:
        answer["problems"] = [{"where": it.where, "what": it.what, "remedy": it.remedy} for it in error.problems]
    sys.stdout.write(json.dumps(answer))


def _limit_memory(limit: int) -> None:
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # Windows has none; there the limit of time holds alone
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _refuse_connections(event: str, _arguments: object) -> None:
    if event in {"socket.connect", "socket.getaddrinfo", "socket.sendto"}:
        raise RuntimeError("shapes must not reach out of the data")


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
