"""How much faster the main job is than the same work with rdflib alone, as whole processes side by side.

    python benchmarks/main_job.py [RUNS] [PAPERS]

It is measured on the review alone, where starting up takes most of the time, and on a corpus: that many copies of the
review, each under a DOI of its own. The two programs take turns, so that a machine that slows down slows both; the
ratio is taken pair by pair, and the median of the ratios is the figure to quote.
"""

import pickle
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from her2ld import build, curation_folders, json_ld_context, read_curation, read_ontology
from her2ld.assets import ONTOLOGY, ontology_files
from her2ld.vocabulary import model

BASELINE = Path(__file__).with_name("main_job_with_rdflib.py")
DOI = "10.1007/BF02967477"
FOLDER = "10.1007_BF02967477"

Plain = tuple[str, str, tuple[str, str, str | None, str | None], str]


def seconds(command: list[str]) -> float:
    """Run a command to its end and give the user CPU it took; beside other work the clock says little."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(command, check=True, capture_output=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


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
    for name, times in zip(("her2ld export", "rdflib alone"), zip(*pairs, strict=True), strict=True):
        median = statistics.median(times)
        spread = f"least {min(times):.3f}, most {max(times):.3f}"
        print(f"  {name:14} {median:7.3f} s, {median / count * 1e6:6.1f} µs a quad  ({spread})")
    ratios = [theirs / ours for ours, theirs in pairs]
    print(f"  rdflib / her2ld {statistics.median(ratios):6.1f}    (least {min(ratios):.1f}, most {max(ratios):.1f})")


def main(runs: int, papers: int) -> None:
    """Compare on the review alone and on a corpus."""
    compare(1, runs)
    compare(papers, runs)


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*given, *(5, 100)[len(given) :])
