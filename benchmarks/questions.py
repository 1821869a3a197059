"""How long the questions take: each with pyoxigraph beside rdflib, and one as a whole process.

    python benchmarks/questions.py [TRIPLES ...]

The data is the ontology and the review, with copies of the review, each under a DOI of its own, until there are so many
triples. Each question is asked three times of each engine, and the median is printed; one that takes rdflib longer than
5 s is cut off. The whole process is ``her2ld query`` from its start to its end, beside a program that reads the same
data with rdflib from N-Triples, asks the same question and prints the rows.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import rdflib
from pyoxigraph import Quad, RdfFormat, Store, serialize

from her2ld import LimitError, Limits, read_ontology, read_questions
from her2ld.limits import run_limited
from validation import data

TIMES, PROCESSES, CUT_OFF = 3, 11, 5.0
WITH_RDFLIB = """
import sys, rdflib
graph = rdflib.Graph().parse(sys.argv[1], format="nt11")
for row in graph.query(open(sys.argv[2]).read()):
    print(*row, sep="\\t")
"""


def median(work: Callable[[], object], times: int) -> float:
    """Give the median of the seconds that the work takes."""
    taken = []
    for _ in range(times):
        before = time.perf_counter()
        work()
        taken.append(time.perf_counter() - before)
    return statistics.median(taken)


def with_rdflib(graph: rdflib.Graph, query: str) -> float | None:
    """Give the median with rdflib, or None where it was cut off."""

    def asked() -> bytes:
        return str(median(lambda: list(graph.query(query)), TIMES)).encode()

    try:
        return float(run_limited("rdflib", asked, Limits(seconds=CUT_OFF * TIMES), may_open=True))
    except LimitError:
        return None


def compare(quads: list[Quad]) -> None:
    """Print the median latency of each question on both engines."""
    store = Store()
    store.bulk_extend(quads)
    graph = rdflib.Graph().parse(data=serialize(quads, format=RdfFormat.N_TRIPLES), format="nt11")
    print(f"{len(quads):,} triples{'':20} pyoxigraph      rdflib     ratio")
    ratios = []
    for question in read_questions():
        if question.services or question.needs_inference:
            continue
        fast = median(lambda query=question.query: list(store.query(query)), TIMES)  # type: ignore[misc, arg-type]
        slow = with_rdflib(graph, question.query)
        shown = f"{1000 * slow:8.1f} ms" if slow else f"> {CUT_OFF:.0f} s"
        ratios.append((slow or CUT_OFF) / fast)
        print(f"{question.name:32} {1000 * fast:9.2f} ms {shown:>11} {ratios[-1]:9.0f}", flush=True)
    print(f"{'median of the ratios':56} {statistics.median(ratios):9.0f}", flush=True)


def whole_process(quads: list[Quad]) -> None:
    """Print how long a question takes from the start of the process to its end."""
    with tempfile.TemporaryDirectory() as folder:
        file, query = Path(folder) / "her2.nt", Path(folder) / "query.rq"
        file.write_bytes(serialize(quads, format=RdfFormat.N_TRIPLES) or b"")
        query.write_text(next(each.query for each in read_questions() if each.name == "certainty_about"))
        ours = [str(Path(sys.executable).with_name("her2ld")), "query", "certainty_about"]
        theirs = [sys.executable, "-W", "ignore", "-c", WITH_RDFLIB, str(file), str(query)]

        def run(command: list[str]) -> None:
            subprocess.run(command, check=True, capture_output=True)

        run(ours)  # prepares the data, once for each state of the files
        fast, slow = median(lambda: run(ours), PROCESSES), median(lambda: run(theirs), PROCESSES)
    print(f"whole process: her2ld query {1000 * fast:.0f} ms, rdflib {1000 * slow:.0f} ms, ratio {slow / fast:.1f}")


def main(sizes: list[int]) -> None:
    """Print all comparisons."""
    vocabulary = read_ontology()
    whole_process(data(0, vocabulary))
    for size in sizes:
        compare(data(size, vocabulary))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [0, 1_000_000])
