"""Whether this revision is slower than another: the same work in both checkouts, in turns.

    python benchmarks/before_and_after.py [--before REVISION] [--rounds NUMBER] [--small] [TASK ...]
                                                                                (without a revision: HEAD)

Both prepare their own data: copies of the review as that checkout curates it, each under a DOI of its own. Then every
round does each task once with either, in turns. Printed are the seconds of CPU of the work, and the quads a second of
now over those of before.

- export: ``her2ld export`` of 100 papers, as a whole process.
- validation: about 200,000 triples, with all shipped shapes.
- closure: about 100,000 triples, the ontology and copies of the plain triples of the review.
- questions, questions-300: the median over the shipped questions, on the review and on 300 papers.
"""

import collections
import functools
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, QuerySolutions, QueryTriples, RdfFormat, Store, Triple, parse, serialize

from her2ld import build, curation_folders, read_curation, read_ontology, read_questions, validate
from her2ld.reasoning.closure import closure
from measuring import BEFORE, NOW, in_turns, latency, options, revisions, spread, told_by, whole, within

DOI, FOLDER = "10.1007/BF02967477", "10.1007_BF02967477"
TASKS = ("export", "validation", "closure", "questions", "questions-300")
ROUNDS = 5
# Each question is asked until it has taken so many seconds of CPU, but no more often than so many times.
ASKED_SECONDS, ASKED_TIMES = 0.02, 20


class Sizes(NamedTuple):
    """How many papers are exported and asked about, and how many triples are validated and closed."""

    papers: int
    many_papers: int
    validated: int
    closed: int


LARGE, SMALL = Sizes(100, 300, 200_000, 100_000), Sizes(1, 2, 0, 0)


# --- What runs in either checkout, with no name that only one of them has -----------------------------------------


def copy_review(papers: int, folder: Path) -> None:
    """Put that many copies of the review of this checkout into a folder, each but the first under a DOI of its own."""
    review = next(each for each in curation_folders() if each.name == FOLDER)
    for number in range(papers):
        copy = Path(shutil.copytree(review, folder / f"{number:03}"))
        record = copy / "record.txt"
        doi = f"{DOI}-{number}" if number else DOI
        record.write_text(record.read_text(encoding="utf-8").replace(DOI, doi), encoding="utf-8")


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


def prepare(folder: Path, sizes: Sizes) -> None:
    """Write the data of all tasks into a folder, as N-Triples, and the copies of the review for the export."""

    def write(task: str, triples: list[Triple]) -> None:
        serialize(triples, str(folder / f"{task}.nt"), format=RdfFormat.N_TRIPLES)

    copy_review(sizes.papers, folder / "papers")
    (folder / "quads").write_text(str(len(built(sizes.papers))), encoding="utf-8")
    review = built(1)
    one, two = len(one_graph(review)), len(one_graph(built(2)))
    write("validation", one_graph(built(1 + max(0, round((sizes.validated - one) / (two - one))))))
    write("closure", closed(review, sizes.closed))
    write("questions", one_graph(review))
    write("questions-300", one_graph(built(sizes.many_papers)))


def closed(quads: list[Quad], size: int) -> list[Triple]:
    """Return the ontology and the plain triples, and copies of these with other names up to a size."""
    triples = [quad.triple for quad in quads if is_of(quad, "/ontology")]
    plain = [quad.triple for quad in quads if is_of(quad, "/settled", "/asserted")]
    triples += plain
    for copy in range(1, 1 + max(0, (size - len(triples)) // len(plain))):
        for subject, predicate, value in plain:
            renamed = value if predicate.value.endswith("#type") else NamedNode(f"{value.value}-{copy}")
            triples.append(Triple(NamedNode(f"{subject.value}-{copy}"), predicate, renamed))
    return triples


def do(task: str, folder: Path) -> tuple[int, float]:
    """Do a task; return the quads read or written, and the seconds of CPU."""
    if task == "export":
        with tempfile.TemporaryDirectory() as out:
            command = [sys.executable, "-m", "her2ld", "export", str(folder / "papers"), "-o", str(Path(out) / "out")]
            seconds = within(lambda: subprocess.run(command, check=True, capture_output=True)).cpu
        return int((folder / "quads").read_text(encoding="utf-8")), seconds
    quads = list(parse(path=str(folder / f"{task}.nt"), format=RdfFormat.N_TRIPLES))
    if task == "validation":
        return len(quads), within(lambda: validate(quads)).cpu
    triples = [quad.triple for quad in quads]
    if task == "closure":
        return len(triples), within(lambda: closure(triples)).cpu
    store = Store()
    store.bulk_extend(Quad(*each) for each in triples)
    asked = [each.query for each in read_questions() if not each.services and not each.needs_inference]
    return len(quads), statistics.median(
        latency(functools.partial(_ask, store, query), ASKED_SECONDS, ASKED_TIMES) for query in asked
    )


def _ask(store: Store, query: str) -> None:
    rows = store.query(query)
    if isinstance(rows, QuerySolutions | QueryTriples):
        collections.deque(rows, maxlen=0)


# --- What compares ------------------------------------------------------------------------------------------------


def compare(before: str, rounds: int, tasks: Iterable[str], sizes: Sizes) -> None:
    """Prepare the data of both revisions, do all tasks in turns, and print the table."""
    with revisions(before) as environments, tempfile.TemporaryDirectory() as temporary:
        run = [sys.executable, __file__]
        folders = {name: Path(temporary, name) for name in environments}
        for name, folder in folders.items():
            folder.mkdir()
            whole([*run, "--prepare", folder, *map(str, sizes)], environments[name])
        print(f"{'':14}{'before: quads':>14}{'s':>9}{'µs/quad':>9}{'now: quads':>14}{'s':>9}{'µs/quad':>9}  ratio")
        for task in tasks:
            work = {
                name: functools.partial(told_by, [*run, "--do", task, folder], environments[name])
                for name, folder in folders.items()
            }
            done = in_turns(work, rounds, warm=True)
            print_row(task, done[BEFORE], done[NOW])


def print_row(task: str, before: list[tuple[int, float]], now: list[tuple[int, float]]) -> None:
    """Print the medians of a task, and the median, the least and the greatest of its ratios."""
    row = f"{task:14}"
    for results in (before, now):
        quads, seconds = results[0][0], spread(each for _, each in results).median
        row += f"{quads:>14,}{seconds:>9.3g}{seconds / quads * 1e6:>9.3f}"
    ratios = spread((new[0] / new[1]) / (old[0] / old[1]) for old, new in zip(before, now, strict=True))
    print(f"{row}  {ratios:.2f}", flush=True)


if __name__ == "__main__":
    parser = options(__doc__, rounds=ROUNDS)
    parser.add_argument("--small", action="store_true", help="little data, to see whether it runs")
    parser.add_argument("--prepare", nargs=5, help="what a process of its own does, which the others start")
    parser.add_argument("--do", nargs=2, help="the same")
    parser.add_argument("tasks", metavar="TASK", nargs="*", default=TASKS, help=", ".join(TASKS))
    given = parser.parse_args()
    if given.prepare:
        prepare(Path(given.prepare[0]), Sizes(*map(int, given.prepare[1:])))
    elif given.do:
        print(json.dumps(do(given.do[0], Path(given.do[1]))))
    else:
        compare(given.before or "HEAD", given.rounds, given.tasks, SMALL if given.small else LARGE)
