"""How long the questions take: each with pyoxigraph beside rdflib, and some of a folder.

    python benchmarks/questions.py [TRIPLES ...]                  (without a number: 0 1000000)
    python benchmarks/questions.py folder QUADS [FOLDER]

The data is the ontology and all curated papers, with copies of the papers, each under a PMID and a DOI of its own,
until there are so many triples. Each question is asked of both engines again and again, until the clock can tell, and
the median of the seconds of CPU is printed. rdflib is cut off after 5 s a question, or after ten times what pyoxigraph
took where that is more; the question then counts as that. Where rdflib ends, its rows are compared with those of
pyoxigraph. ``starting.py query`` measures a question as a whole process.

``folder`` loads so many quads, of copies of all papers in their named graphs, into two folders: with the bulk loader of
pyoxigraph, and with her2ld, in FOLDER or in one that is removed. Selective questions are then asked of both in turn, in
a new process each time, of the merge of all graphs but ``hedged``. The medians of the milliseconds of CPU are printed,
the ratio, and whether the answers are the same to the byte. Nine million quads take 1.7 GB for the file, and 1.4 and
2.8 GB for the folders.
"""

import hashlib
import math
import resource
import statistics
import sys
import tempfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, serialize

from copied_papers import triples, write_quads
from her2ld import LimitError, Limits, find_question, read_ontology, read_questions
from her2ld.limits import run_limited
from her2ld.loading import Sources, load_folder
from measuring import in_turns, latency, told_by

# Asked until it has taken so many seconds of CPU, but no more often than so many times.
ASKED_SECONDS, ASKED_TIMES, CUT_OFF, TIMES = 0.5, 20, 5, 10
SELECTIVE, TIMES_OF_FOLDER = ("evidence_of", "drugs_that_target", "certainty_about", "reached_from_heading"), 3
OF_FOLDER = """
import hashlib, json, sys, time
from pathlib import Path
from pyoxigraph import QueryResultsFormat, Store
from her2ld.query.default_graph import Choice, all_but_hedged, evaluate
from her2ld.query.on_disk import kept_merge
from her2ld.query.reach import reach
store, is_ours, query = Store.read_only(sys.argv[1]), sys.argv[2] == "ours", sys.argv[3]
kept = kept_merge(Path(sys.argv[1])).store
begun = time.process_time()
if is_ours:
    results = evaluate(store, query, reach(query), Choice(all_but_hedged(store), on_disk=True, merge=kept))
else:
    results = store.query(query, default_graph=all_but_hedged(store))
rows = results.serialize(format=QueryResultsFormat.JSON)
print(json.dumps([time.process_time() - begun, len(rows), hashlib.sha256(rows).hexdigest()]))
"""


def digest(rows: Iterable[Iterable[object]]) -> str:
    """Return a digest of the set of rows, by the texts of their terms, which two engines have in common."""
    texts = {tuple(term.value if isinstance(term, NamedNode | Literal) else str(term) for term in row) for row in rows}
    return hashlib.sha256(repr(sorted(texts)).encode()).hexdigest()


def with_rdflib(graph: rdflib.Graph, query: str, most_seconds: int) -> tuple[float, str] | None:
    """Return the median with rdflib and the digest of its rows, or None where it was cut off."""

    def asked() -> bytes:
        most = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most))
        seconds = latency(lambda: list(graph.query(query)), ASKED_SECONDS, ASKED_TIMES)
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
        fast = latency(
            lambda query=question.query: list(store.query(query)),  # type: ignore[misc, arg-type]
            ASKED_SECONDS,
            ASKED_TIMES,
        )
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
            command = [sys.executable, "-c", OF_FOLDER]
            work = {
                whose: partial(told_by, [*command, folder, whose, query])
                for whose, folder in (("theirs", theirs), ("ours", ours))
            }
            done = in_turns(work, TIMES_OF_FOLDER)
            slow, fast = (1000 * statistics.median(seconds for seconds, *_ in done[whose]) for whose in work)
            ratio = statistics.median(their[0] / our[0] for their, our in zip(*done.values(), strict=True))
            same = len({digest for runs in done.values() for *_, digest in runs}) == 1
            print(
                f"{question:24} {done['ours'][0][1]:>15} {slow:8.1f} ms {fast:8.1f} ms {ratio:9.1f}",
                "" if same else "another answer",
                flush=True,
            )


def main(arguments: list[str]) -> None:
    """Print all comparisons, or those asked for."""
    if arguments[:1] == ["folder"]:
        of_folder(int(arguments[1]), Path(arguments[2]) if arguments[2:] else None)
        return
    for size in map(int, arguments or (0, 1_000_000)):
        compare(triples(size, read_ontology()))


if __name__ == "__main__":
    main(sys.argv[1:])
