"""Whether this revision is slower than another: the same work in both checkouts, in turns.

    python benchmarks/before_and_after.py PYTHON_BEFORE PYTHON_AFTER [ROUNDS] [TASK ...]

Each Python has its own checkout of her2ld installed, with the same versions of everything else, and either may run this
file. Both prepare their own data: copies of the review as that checkout curates it, each under a DOI of its own. Then
every round does each task once with either Python, so that a machine that slows down slows both. What is printed is the
user CPU of the work, the median of the rounds, and the quads a second of after over those of before, the median of the
ratios round by round.

- export: ``her2ld export`` of 100 papers, as a whole process.
- validation: about 200,000 triples, with all shipped shapes.
- closure: about 100,000 triples, the ontology and copies of the plain triples of the review.
- questions, questions-300: the median over the shipped questions, on the review and on 300 papers.
"""

import collections
import functools
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from pyoxigraph import NamedNode, Quad, QuerySolutions, QueryTriples, RdfFormat, Store, Triple, parse, serialize

from her2ld import build, curation_folders, read_curation, read_ontology, read_questions, validate
from her2ld.reasoning.closure import closure

DOI, FOLDER = "10.1007/BF02967477", "10.1007_BF02967477"
PAPERS, MANY_PAPERS, VALIDATED, CLOSED = 100, 300, 200_000, 100_000
TASKS = ("export", "validation", "closure", "questions", "questions-300")
# Each question is asked until it has taken so many seconds of CPU, but no more often than so many times.
ASKED_SECONDS, ASKED_TIMES = 0.02, 20


# --- What runs in either checkout, with no name that only one of them has -----------------------------------------


def copy_review(papers: int, folder: Path) -> None:
    """Put that many copies of the review of this checkout into a folder, each but the first under a DOI of its own."""
    review = next(each for each in curation_folders() if each.name == FOLDER)
    for number in range(papers):
        copy = Path(shutil.copytree(review, folder / f"{number:03}"))
        record = copy / "record.txt"
        doi = f"{DOI}-{number}" if number else DOI
        record.write_text(record.read_text(encoding="utf-8").replace(DOI, doi), encoding="utf-8")


def user_cpu() -> float:
    """Return the seconds of user CPU of this process and of the processes that it has waited for."""
    return sum(resource.getrusage(who).ru_utime for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def timed(work: Callable[[], object]) -> float:
    """Return the user CPU of some work, in seconds."""
    before = user_cpu()
    work()
    return user_cpu() - before


def built(papers: int) -> list[Quad]:
    """Return the quads of that many copies of the review with the ontology."""
    vocabulary = read_ontology()
    with tempfile.TemporaryDirectory() as temporary:
        copy_review(papers, Path(temporary))
        return list(build(vocabulary, [read_curation(each, vocabulary) for each in curation_folders(Path(temporary))]))


def is_of(quad: Quad, *graphs: str) -> bool:
    """Tell whether a quad stands in one of these graphs."""
    return isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.endswith(graphs)


def one_graph(quads: Iterable[Quad]) -> list[Triple]:
    """Return the triples that both checkouts validate and ask as one graph."""
    return list(dict.fromkeys(quad.triple for quad in quads if not is_of(quad, "/hedged", "/excerpts")))


def prepare(folder: Path) -> None:
    """Write the data of all tasks into a folder, as N-Triples, and the copies of the review for the export."""

    def write(task: str, triples: list[Triple]) -> None:
        serialize(triples, str(folder / f"{task}.nt"), format=RdfFormat.N_TRIPLES)

    copy_review(PAPERS, folder / "papers")
    (folder / "quads").write_text(str(len(built(PAPERS))), encoding="utf-8")
    review = built(1)
    one, two = len(one_graph(review)), len(one_graph(built(2)))
    write("validation", one_graph(built(1 + round((VALIDATED - one) / (two - one)))))
    write("closure", closed(review))
    write("questions", one_graph(review))
    write("questions-300", one_graph(built(MANY_PAPERS)))


def closed(quads: list[Quad]) -> list[Triple]:
    """Return the ontology and the plain triples, and copies of these with other names."""
    triples = [quad.triple for quad in quads if is_of(quad, "/ontology")]
    plain = [quad.triple for quad in quads if is_of(quad, "/settled", "/asserted")]
    triples += plain
    for copy in range(1, 1 + max(0, (CLOSED - len(triples)) // len(plain))):
        for subject, predicate, value in plain:
            renamed = value if predicate.value.endswith("#type") else NamedNode(f"{value.value}-{copy}")
            triples.append(Triple(NamedNode(f"{subject.value}-{copy}"), predicate, renamed))
    return triples


def do(task: str, folder: Path) -> tuple[int, float]:
    """Do a task; return the quads read or written, and the seconds of user CPU."""
    if task == "export":
        with tempfile.TemporaryDirectory() as out:
            command = [sys.executable, "-m", "her2ld", "export", str(folder / "papers"), "-o", str(Path(out) / "out")]
            seconds = timed(lambda: subprocess.run(command, check=True, capture_output=True))
        return int((folder / "quads").read_text(encoding="utf-8")), seconds
    quads = list(parse(path=str(folder / f"{task}.nt"), format=RdfFormat.N_TRIPLES))
    if task == "validation":
        return len(quads), timed(lambda: validate(quads))
    triples = [quad.triple for quad in quads]
    if task == "closure":
        return len(triples), timed(lambda: closure(triples))
    store = Store()
    store.bulk_extend(Quad(*each) for each in triples)
    asked = [each.query for each in read_questions() if not each.services and not each.needs_inference]
    return len(quads), statistics.median(latency(functools.partial(_ask, store, query)) for query in asked)


def _ask(store: Store, query: str) -> None:
    rows = store.query(query)
    if isinstance(rows, QuerySolutions | QueryTriples):
        collections.deque(rows, maxlen=0)


def latency(work: Callable[[], object]) -> float:
    """Return the median seconds of CPU of work that is done until the clock can tell."""
    taken: list[float] = []
    while not taken or (sum(taken) < ASKED_SECONDS and len(taken) < ASKED_TIMES):
        before = time.process_time()
        work()
        taken.append(time.process_time() - before)
    return statistics.median(taken)


# --- What compares ------------------------------------------------------------------------------------------------


def work_in(python: str, *arguments: str) -> str:
    """Run this file with a Python of a checkout, which writes nothing but what it measured."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [python, __file__, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout


def compare(pythons: tuple[str, str], rounds: int, tasks: Iterable[str]) -> None:
    """Prepare the data of both checkouts, do all tasks in turns, and print the table."""
    with tempfile.TemporaryDirectory() as temporary:
        folders = [Path(temporary) / name for name in ("before", "after")]
        for python, folder in zip(pythons, folders, strict=True):
            folder.mkdir()
            work_in(python, "--prepare", str(folder))
        print(f"{'':14}{'before: quads':>14}{'s':>9}{'µs/quad':>9}{'after: quads':>14}{'s':>9}{'µs/quad':>9}  ratio")
        for task in tasks:
            pairs: list[list[tuple[int, float]]] = []
            for number in range(rounds + 1):  # the first warms the caches of files
                # Who goes first changes from round to round.
                order = (0, 1) if number % 2 else (1, 0)
                done = {one: json.loads(work_in(pythons[one], "--do", task, str(folders[one]))) for one in order}
                pairs.append([done[0], done[1]])
            print_row(task, pairs[1:])


def print_row(task: str, pairs: list[list[tuple[int, float]]]) -> None:
    """Print the medians of a task, and the median, the least and the greatest of its ratios."""
    row = f"{task:14}"
    for one in (0, 1):
        quads, seconds = pairs[0][one][0], statistics.median(pair[one][1] for pair in pairs)
        row += f"{quads:>14,}{seconds:>9.3g}{seconds / quads * 1e6:>9.3f}"
    ratios = [(after[0] / after[1]) / (before[0] / before[1]) for before, after in pairs]
    print(f"{row}  {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})", flush=True)


def main(arguments: list[str]) -> None:
    """Do one part of the work where a comparison asks for it, else compare."""
    match arguments:
        case ["--prepare", folder]:
            prepare(Path(folder))
        case ["--do", task, folder]:
            print(json.dumps(do(task, Path(folder))))
        case [before, after, *rest]:
            rounds = int(rest[0]) if rest else 5
            compare((before, after), rounds, rest[1:] or TASKS)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
