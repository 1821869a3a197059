"""How much faster the main job is than the same work with rdflib alone, as whole processes side by side.

    python benchmarks/main_job.py [RUNS] [PAPERS]

It is measured on the review alone, where starting up takes most of the time, and on a corpus: that many copies of the
review, each under a DOI of its own. The two programs take turns, so that a machine that slows down slows both; the
ratio is taken pair by pair, and the median of the ratios is the figure to quote. It is given by the clock and in user
CPU. The clock is the one that users see, for her2ld works as two processes on a corpus; but beside other work it says
little, and the CPU says more.
"""

import pickle
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from her2ld import build, curation_folders, json_ld_context, read_curation, read_ontology
from her2ld.assets import ONTOLOGY, ontology_files
from her2ld.vocabulary import model

BASELINE = Path(__file__).with_name("main_job_with_rdflib.py")
DOI = "10.1007/BF02967477"
FOLDER = "10.1007_BF02967477"

Plain = tuple[str, str, tuple[str, str, str | None, str | None], str]


class Seconds(NamedTuple):
    """What a command took: by the clock, and of the user CPU of all its processes."""

    clock: float
    cpu: float


def seconds(command: list[str]) -> Seconds:
    """Return what a command takes, run to its end."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime, time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return Seconds(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)


def copy_review(papers: int, folder: Path) -> None:
    """Put that many copies of the review into ``folder``, the first as it is, the others under other DOIs."""
    review = next(each for each in curation_folders() if each.name == FOLDER)
    for number in range(papers):
        copy = Path(shutil.copytree(review, folder / str(number)))
        record = copy / "record.txt"
        doi = f"{DOI}-{number}" if number else DOI
        record.write_text(record.read_text(encoding="utf-8").replace(DOI, doi), encoding="utf-8")


def plain(quad: Quad) -> Plain:
    """Return a quad as strings, for a process that has no pyoxigraph."""
    subject, predicate, value, graph = quad
    if isinstance(subject, NamedNode) and isinstance(graph, NamedNode):
        if isinstance(value, Literal):
            term = ("literal", value.value, value.language, value.datatype.value)
            return subject.value, predicate.value, term, graph.value
        if isinstance(value, NamedNode):
            return subject.value, predicate.value, ("iri", value.value, None, None), graph.value
    raise TypeError(quad)


def compare(papers: int, runs: int) -> None:
    """Print the times of both, and the ratio."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        copy_review(papers, folder / "papers")
        vocabulary = read_ontology()
        curations = [read_curation(each, vocabulary) for each in curation_folders(folder / "papers")]
        quads = [quad for quad in build(vocabulary, curations) if quad.graph_name != model.ONTOLOGY_GRAPH]
        prepared = folder / "prepared.pickle"
        prepared.write_bytes(pickle.dumps(([plain(quad) for quad in quads], json_ld_context(vocabulary))))
        ours = [sys.executable, "-m", "her2ld", "export", str(folder / "papers"), "-o", str(folder / "ours")]
        (folder / "theirs").mkdir()
        ontology = list(map(str, ontology_files(ONTOLOGY)))
        theirs = [sys.executable, str(BASELINE), str(prepared), str(folder / "theirs"), *ontology]
        pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs + 1)][1:]  # the first warms the file cache
    count = len(vocabulary.quads) + len(quads)
    print(f"{papers} paper{'s' * (papers > 1)}, {count:,} quads, six formats, {runs} runs")
    print_measure("by the clock", count, [(our.clock, their.clock) for our, their in pairs])
    print_measure("user CPU", count, [(our.cpu, their.cpu) for our, their in pairs])


def print_measure(measure: str, count: int, pairs: Sequence[tuple[float, float]]) -> None:
    """Print the seconds of her2ld and of rdflib by one measure, for so many quads, and the ratio."""
    print(f"  {measure}")
    for name, times in zip(("her2ld export", "rdflib alone"), zip(*pairs, strict=True), strict=True):
        median = statistics.median(times)
        spread = f"least {min(times):.3f}, most {max(times):.3f}"
        print(f"    {name:14} {median:7.3f} s, {median / count * 1e6:6.1f} µs a quad  ({spread})")
    ratios = [theirs / ours for ours, theirs in pairs]
    print(f"    rdflib / her2ld {statistics.median(ratios):6.1f}    (least {min(ratios):.1f}, most {max(ratios):.1f})")


def main(runs: int, papers: int) -> None:
    """Compare on the review alone and on a corpus."""
    compare(1, runs)
    compare(papers, runs)


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*given, *(5, 100)[len(given) :])
