"""How long it takes to compare what papers say together, beside the rest of an export, and what memory it holds.

    python benchmarks/comparing.py [STATEMENTS ...]

The papers are copies of the review and of two made-up papers that contradict each other, each copy under a DOI of its
own: each claim is made again and again, and every copy of the one paper disagrees with every copy of the other. Times
are of the processor. Memory is that which comparing takes at most and what its outcome keeps, as Python counts it.
"""

import shutil
import sys
import tempfile
import time
import tracemalloc
from io import BytesIO
from pathlib import Path

from her2ld import Curation, Vocabulary, build, curation_folders, export, read_curation, read_ontology
from her2ld.assets import ROOT
from her2ld.dataset.statements import compared

MADE_UP = ROOT / "tests" / "claims"
REVIEW = "10.1007_BF02967477"


def copies(statements: int, vocabulary: Vocabulary) -> list[Curation]:
    """Return copies of the papers, as many as have that many statements."""
    review = next(each for each in curation_folders() if each.name == REVIEW)
    papers = {each: each.name.replace("_", "/") for each in (review, *curation_folders(MADE_UP))}
    found: list[Curation] = []
    with tempfile.TemporaryDirectory() as temporary:
        while sum(len(each.statements) for each in found[: len(papers)]) * len(found) / len(papers) < statements:
            for folder, doi in papers.items():
                copy = Path(shutil.copytree(folder, Path(temporary, str(len(found)))))
                record = copy / "record.txt"
                renamed = record.read_text(encoding="utf-8").replace(doi, f"{doi}-{len(found)}")
                record.write_text(renamed, encoding="utf-8")
                found.append(read_curation(copy, vocabulary))
                shutil.rmtree(copy)
    return found


class Nowhere(BytesIO):
    """A file that forgets what is written."""

    def write(self, data: object, /) -> int:
        """Count what is written, and keep nothing of it."""
        return len(data)  # type: ignore[arg-type]  # bytes


def report(statements: int, vocabulary: Vocabulary) -> None:
    """Print what comparing takes, and the rest of the export."""
    papers = copies(statements, vocabulary)
    before = time.process_time()
    together = compared(papers, vocabulary)
    comparing = time.process_time() - before
    before = time.process_time()
    quads = export(build(vocabulary, papers), Nowhere(), "nquads", vocabulary)
    whole = time.process_time() - before
    tracemalloc.start()
    kept_before, _ = tracemalloc.get_traced_memory()
    together = compared(papers, vocabulary)
    kept, most = (each - kept_before for each in tracemalloc.get_traced_memory())
    tracemalloc.stop()
    count = sum(len(each.statements) for each in papers)
    print(
        f"{len(papers):,} papers, {count:,} statements of {len(together.statuses)} claims, {quads:,} quads, "
        f"{len(together.disagreements)} disagreements, {len(together.number_differences)} differences of numbers"
    )
    print(f"  comparing {comparing:7.2f} s, {comparing / count * 1e6:6.1f} µs a statement")
    print(f"  all else  {whole - comparing:7.2f} s: comparing adds {comparing / (whole - comparing):.0%}")
    print(f"  memory    {most / 2**20:7.2f} MiB at most, {kept / 2**20:.2f} MiB kept", flush=True)


if __name__ == "__main__":
    known = read_ontology()
    for size in [int(each) for each in sys.argv[1:]] or [10_000, 100_000]:
        report(size, known)
