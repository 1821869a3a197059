"""How long the questions take: each with pyoxigraph beside rdflib, one as a whole process, some of a folder.

    python benchmarks/questions.py [process] [TRIPLES ...]        (without a word: process 0 1000000)
    python benchmarks/questions.py folder QUADS [FOLDER]

The data is the ontology and all curated papers, with copies of the papers, each under a PMID and a DOI of its own,
until there are so many triples. Each question is asked of both engines again and again, until the clock can tell, and
the median of the seconds of CPU is printed. rdflib is cut off after 5 s a question, or after ten times what pyoxigraph
took where that is more; the question then counts as that. Where rdflib ends, its rows are compared with those of
pyoxigraph. The whole process is ``her2ld query`` from its start to its end, beside a program that reads the same data
with rdflib from N-Triples, asks the same question and prints the rows: about all papers, and about the review alone.
Of both, the medians of the seconds of CPU are printed, and the median of the ratios of runs in turn.

``folder`` loads so many quads, of copies of all papers in their named graphs, into two folders: with the bulk loader of
pyoxigraph, and with her2ld, in FOLDER or in one that is removed. Selective questions are then asked of both in turn, in
a new process each time, of the merge of all graphs but ``hedged``. The medians of the milliseconds of CPU are printed,
the ratio, and whether the answers are the same to the byte. Nine million quads take 1.7 GB for the file, and 1.4 and
2.8 GB for the folders.
"""

import compileall
import hashlib
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, serialize

import her2ld
from copied_papers import triples, write_quads
from her2ld import (
    LimitError,
    Limits,
    build,
    curation_folders,
    find_question,
    read_curation,
    read_ontology,
    read_questions,
)
from her2ld.assets import curation
from her2ld.dataset import without_named_graphs
from her2ld.limits import run_limited
from her2ld.loading import Sources, load_folder

# Asked until it has taken so many seconds of CPU, but no more often than so many times.
ASKED_SECONDS, ASKED_TIMES, PROCESSES, CUT_OFF, TIMES = 0.5, 20, 11, 5, 10
SOURCE = Path(her2ld.__file__).parent
REVIEW = Path(__file__).parent.parent / "tests" / "review"
WITH_RDFLIB = """
import sys, rdflib
graph = rdflib.Graph().parse(sys.argv[1], format="nt11")
for row in graph.query(open(sys.argv[2]).read()):
    print(*row, sep="\\t")
"""
SELECTIVE, TIMES_OF_FOLDER = ("evidence_of", "drugs_that_target", "certainty_about", "reached_from_heading"), 3
OF_FOLDER = """
import hashlib, sys, time
from pathlib import Path
from pyoxigraph import QueryResultsFormat, Store
from her2ld.query.default_graph import Choice, all_but_hedged, evaluate
from her2ld.query.on_disk import kept_merge
from her2ld.query.reach import reach
store, query, is_ours = Store.read_only(sys.argv[1]), sys.stdin.read(), sys.argv[2] == "ours"
kept = kept_merge(Path(sys.argv[1])).store
begun = time.process_time()
if is_ours:
    results = evaluate(store, query, reach(query), Choice(all_but_hedged(store), on_disk=True, merge=kept))
else:
    results = store.query(query, default_graph=all_but_hedged(store))
rows = results.serialize(format=QueryResultsFormat.JSON)
print(time.process_time() - begun, len(rows), hashlib.sha256(rows).hexdigest())
"""


def latency(work: Callable[[], object]) -> float:
    """Return the median seconds of CPU of work that is done until the clock can tell."""
    taken: list[float] = []
    while not taken or (sum(taken) < ASKED_SECONDS and len(taken) < ASKED_TIMES):
        before = time.process_time()
        work()
        taken.append(time.process_time() - before)
    return statistics.median(taken)


def digest(rows: Iterable[Iterable[object]]) -> str:
    """Return a digest of the set of rows, by the texts of their terms, which two engines have in common."""
    texts = {tuple(term.value if isinstance(term, NamedNode | Literal) else str(term) for term in row) for row in rows}
    return hashlib.sha256(repr(sorted(texts)).encode()).hexdigest()


def with_rdflib(graph: rdflib.Graph, query: str, most_seconds: int) -> tuple[float, str] | None:
    """Return the median with rdflib and the digest of its rows, or None where it was cut off."""

    def asked() -> bytes:
        most = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most))
        seconds = latency(lambda: list(graph.query(query)))
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
        return f"{seconds} {digest(graph.query(query))}".encode()  # type: ignore[arg-type]

    try:
        seconds, rows = run_limited("rdflib", asked, Limits(seconds=100 * most_seconds), may_open=True).decode().split()
    except LimitError:
        return None
    return float(seconds), rows


def compare(quads: list[Quad]) -> None:
    """Print the median seconds of CPU of each question on both engines, and how their answers compare."""
    store = Store()
    store.bulk_extend(quads)
    graph = rdflib.Graph().parse(data=serialize(quads, format=RdfFormat.N_TRIPLES), format="nt11")
    print(f"{len(quads):,} triples{'':20} pyoxigraph      rdflib     ratio")
    ratios = []
    for question in read_questions():
        if question.services or question.needs_inference or question.excerpts:
            continue
        fast = latency(lambda query=question.query: list(store.query(query)))  # type: ignore[misc, arg-type]
        most = max(CUT_OFF, math.ceil(TIMES * fast))
        slow = with_rdflib(graph, question.query, most)
        shown = f"{1000 * slow[0]:8.1f} ms" if slow else f"> {most} s"
        same = not slow or slow[1] == digest(store.query(question.query))  # type: ignore[arg-type]
        ratios.append((slow[0] if slow else most) / fast)
        print(
            f"{question.name:32} {1000 * fast:9.2f} ms {shown:>11} {ratios[-1]:9.1f}",
            "" if same else "another answer",
            flush=True,
        )
    print(f"{'median of the ratios, and the least':56} {statistics.median(ratios):9.1f} {min(ratios):.1f}", flush=True)


def whole_process(what: str, quads: Iterable[Quad], curation: Path) -> None:
    """Print how long a question about the papers of a folder takes from the start of the process to its end."""
    with tempfile.TemporaryDirectory() as folder:
        file, query = Path(folder) / "her2.nt", Path(folder) / "query.rq"
        file.write_bytes(serialize(quads, format=RdfFormat.N_TRIPLES) or b"")
        query.write_text(next(each.query for each in read_questions() if each.name == "certainty_about"))
        ours = [str(Path(sys.executable).with_name("her2ld")), "query", "certainty_about"]
        theirs = [sys.executable, "-W", "ignore", "-c", WITH_RDFLIB, str(file), str(query)]

        environment = os.environ | {"HER2LD_CURATION": str(curation), "XDG_CACHE_HOME": folder}

        def run(command: list[str]) -> float:
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
            _, status, used = os.wait4(process.pid, 0)
            if status:
                raise subprocess.CalledProcessError(status, command)
            return used.ru_utime + used.ru_stime

        compileall.compile_dir(SOURCE, quiet=1)  # as an installed package is
        run(ours)  # prepares the data, once for each state of the files
        pairs = [(run(ours), run(theirs)) for _ in range(PROCESSES)]
    fast, slow = (statistics.median(pair[one] for pair in pairs) for one in (0, 1))
    ratio = statistics.median(pair[1] / pair[0] for pair in pairs)
    print(f"whole process, {what}: her2ld query {1000 * fast:.0f} ms, rdflib {1000 * slow:.0f} ms, ratio {ratio:.1f}")


def whole_processes() -> None:
    """Print how long a question about all papers takes, and one about the review alone."""
    vocabulary = read_ontology()
    for what, root in (("all papers", curation()), ("the review alone", REVIEW)):
        papers = [read_curation(folder, vocabulary) for folder in curation_folders(root)]
        whole_process(what, without_named_graphs(build(vocabulary, papers)), root)


def of_folder(size: int, place: Path | None) -> None:
    """Print how long selective questions of a folder take that her2ld loaded, beside one that pyoxigraph did."""
    with tempfile.TemporaryDirectory() as name:
        file, theirs, ours = Path(name) / "quads.nq", Path(name) / "theirs", place or Path(name) / "ours"
        quads = write_quads(file, size, read_ontology())
        store = Store(theirs)
        store.bulk_load(path=file)
        store.flush()
        del store
        load_folder(ours, Sources(files=(file,)))
        print(f"{quads:,} quads{'':10} bytes of answer  pyoxigraph      her2ld     ratio")
        for question in SELECTIVE:
            query = find_question(question).query
            runs = [(_asked(theirs, "theirs", query), _asked(ours, "ours", query)) for _ in range(TIMES_OF_FOLDER)]
            slow, fast = (1000 * statistics.median(run[one][0] for run in runs) for one in (0, 1))
            ratio = statistics.median(their[0] / our[0] for their, our in runs)
            same = len({run[one][2] for run in runs for one in (0, 1)}) == 1
            print(
                f"{question:24} {runs[0][0][1]:>15} {slow:8.1f} ms {fast:8.1f} ms {ratio:9.1f}",
                "" if same else "another answer",
                flush=True,
            )


def _asked(folder: Path, whose: str, query: str) -> tuple[float, str, str]:
    """Return the seconds of CPU of a question in a process of its own, the length of its answer, and the digest."""
    command = [sys.executable, "-c", OF_FOLDER, str(folder), whose]
    seconds, length, of_answer = subprocess.check_output(command, input=query, text=True).split()
    return float(seconds), length, of_answer


def main(arguments: list[str]) -> None:
    """Print all comparisons, or those asked for."""
    if arguments[:1] == ["folder"]:
        of_folder(int(arguments[1]), Path(arguments[2]) if arguments[2:] else None)
        return
    if not arguments or "process" in arguments:
        whole_processes()
    for size in [int(each) for each in arguments if each != "process"] if arguments else [0, 1_000_000]:
        compare(triples(size, read_ontology()))


if __name__ == "__main__":
    main(sys.argv[1:])
