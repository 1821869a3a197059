"""How long it takes to compare what papers say together, beside the rest of an export and a load, and in what memory.

    python benchmarks/comparing.py [STATEMENTS ...]

The papers are copies of all curated papers and of two made-up ones that contradict each other, each copy under a PMID
and a DOI of its own: each claim is made again and again, and every copy of the one made-up paper disagrees with every
copy of the other. An export writes N-Quads; a load fills a folder of Oxigraph and compares every graph. Both are done
with the papers compared and without, in turns, each in a process of its own; printed are seconds of CPU, and the
greatest memory that such a process held. The memory of comparing alone is as Python counts it.
"""

import json
import resource
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import her2ld.dataset
from copied_papers import copies
from her2ld import Curation, Limits, Vocabulary, build, curation_folders, export, read_ontology
from her2ld.assets import ROOT
from her2ld.dataset.statements import compared
from her2ld.limits import run_limited
from her2ld.loading.folder import load_folder
from her2ld.loading.sources import Sources
from her2ld.statements.paper_comparison import Compared

MADE_UP = ROOT / "tests" / "claims"
HOURS, MEMORY = Limits(seconds=36_000, memory=64 << 30), 1 << 20


class Nowhere(BytesIO):
    """A file that forgets what is written."""

    def write(self, data: object, /) -> int:
        """Count what is written, and keep nothing of it."""
        return len(data)  # type: ignore[arg-type]  # bytes


def exported(papers: Sequence[Curation], vocabulary: Vocabulary) -> None:
    """Write the papers as N-Quads."""
    export(build(vocabulary, papers), Nowhere(), "nquads", vocabulary)


def loaded(papers: Sequence[Curation], vocabulary: Vocabulary) -> None:
    """Load the papers into a folder."""
    with tempfile.TemporaryDirectory() as folder:
        load_folder(Path(folder) / "store", Sources(tuple(build(vocabulary, papers))))


def measured(work: Callable[[], object], *, without: bool = False) -> tuple[float, float]:
    """Return the seconds of CPU of work in a process of its own, and the MiB that it held at most."""

    def run() -> bytes:
        if without:
            her2ld.dataset.compared = lambda *_: Compared({}, (), ())  # type: ignore[attr-defined]
        before = time.process_time()
        work()
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return json.dumps([time.process_time() - before, most]).encode()

    seconds, most = json.loads(run_limited("the work", run, HOURS, may_open=True))
    return seconds, most


def report(statements: int, vocabulary: Vocabulary) -> None:
    """Print what comparing takes of an export and of a load."""
    folders = [*curation_folders(), *curation_folders(MADE_UP)]
    once = sum(len(each.statements) for each in copies(1, vocabulary, folders))
    papers = list(copies(-(-statements // once), vocabulary, folders))
    together = compared(papers, vocabulary)
    count = sum(len(each.statements) for each in papers)
    print(
        f"{len(papers):,} papers, {count:,} statements of {len(together.statuses)} claims, "
        f"{len(together.disagreements)} disagreements, {len(together.number_differences)} differences of numbers",
        flush=True,
    )
    for name, work in (("export", exported), ("load", loaded)):
        without, least = measured(lambda work=work: work(papers, vocabulary), without=True)  # type: ignore[misc]
        taken, most = measured(lambda work=work: work(papers, vocabulary))  # type: ignore[misc]
        print(
            f"  {name:9} {taken:8.2f} s, without comparing {without:8.2f} s: {taken / without:.2f} times; "
            f"{most:,.0f} MiB, without {least:,.0f} MiB",
            flush=True,
        )
    taken, _ = measured(lambda: compared(papers, vocabulary))
    tracemalloc.start()
    kept_before, _ = tracemalloc.get_traced_memory()
    together = compared(papers, vocabulary)
    kept, most = (each - kept_before for each in tracemalloc.get_traced_memory())
    tracemalloc.stop()
    print(
        f"  comparing {taken:8.2f} s, {taken / count * 1e6:.1f} µs a statement; "
        f"{most / MEMORY:.2f} MiB at most, {kept / MEMORY:.2f} MiB kept",
        flush=True,
    )


if __name__ == "__main__":
    known = read_ontology()
    for size in [int(each) for each in sys.argv[1:]] or [25_000, 50_000, 100_000]:
        report(size, known)
