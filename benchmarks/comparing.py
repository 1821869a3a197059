"""How long it takes to compare what papers say together, beside the rest of an export and a load, and in what memory.

    python benchmarks/comparing.py [STATEMENTS ...]

The papers are copies of all curated papers and of two made-up ones that contradict each other, each copy under a PMID
and a DOI of its own: each claim is made again and again, and every copy of the one made-up paper disagrees with every
copy of the other. An export writes N-Quads; a load fills a folder of Oxigraph and compares every graph. Both are done
with the papers compared and without, in turns, each in a process of its own; printed are seconds of CPU, and the
greatest memory that such a process held. The memory of comparing alone is as Python counts it.
"""

import json
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path

import her2ld.dataset
from copied_papers import copies
from her2ld import Curation, Limits, Vocabulary, build, curation_folders, export, read_ontology
from her2ld.assets import ROOT
from her2ld.dataset.statements import compared
from her2ld.limits import run_limited
from her2ld.loading.loads import Sources
from her2ld.loading.oxigraph_folder import load_folder
from her2ld.statements.paper_comparison import Compared
from measuring import MIB, Taken, within

MADE_UP = ROOT / "tests" / "claims"
HOURS = Limits(seconds=36_000, memory=64 << 30)


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


def measured(work: Callable[[], object], *, without: bool = False) -> Taken:
    """Return what work took in a process of its own."""

    def run() -> bytes:
        if without:
            her2ld.dataset.compared = lambda *_: Compared({}, (), ())  # type: ignore[attr-defined]
        return json.dumps(within(work)).encode()

    return Taken(*json.loads(run_limited("the work", run, HOURS, may_open=True)))


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
    for name, function in (("export", exported), ("load", loaded)):
        work = partial(function, papers, vocabulary)
        without, taken = measured(work, without=True), measured(work)
        print(
            f"  {name:9} {taken.cpu:8.2f} s, without comparing {without.cpu:8.2f} s: "
            f"{taken.cpu / without.cpu:.2f} times; {taken.memory:,.0f} MiB, without {without.memory:,.0f} MiB",
            flush=True,
        )
    alone = measured(lambda: compared(papers, vocabulary)).cpu
    tracemalloc.start()
    kept_before, _ = tracemalloc.get_traced_memory()
    together = compared(papers, vocabulary)
    kept, most = (each - kept_before for each in tracemalloc.get_traced_memory())
    tracemalloc.stop()
    print(
        f"  comparing {alone:8.2f} s, {alone / count * 1e6:.1f} µs a statement; "
        f"{most / MIB:.2f} MiB at most, {kept / MIB:.2f} MiB kept",
        flush=True,
    )


if __name__ == "__main__":
    known = read_ontology()
    for size in [int(each) for each in sys.argv[1:]] or [25_000, 50_000, 100_000]:
        report(size, known)
