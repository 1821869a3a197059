"""How much faster the main job is than the same work with rdflib alone, as whole processes side by side.

    python benchmarks/main_job.py [RUNS] [PAPERS]

It is measured on the review alone, where starting up takes most of the time, and on a corpus: that many copies of the
review, each under a DOI of its own. The two programs take turns, so that a machine that slows down slows both; the
ratio is taken pair by pair, and the median of the ratios is the figure to quote. It is given in CPU and by the
clock. The clock is what users see, for her2ld works as two processes on a corpus; but beside other work it says little,
and the CPU says more.
"""

import pickle
import sys
import tempfile
from functools import partial
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from before_and_after import copy_review
from her2ld import build, curation_folders, json_ld_context, read_curation, read_ontology
from her2ld.assets import ONTOLOGY, ontology_files
from her2ld.vocabulary import model
from measuring import ROOT, cpu, environment, in_turns, memory, ratio, spread, whole

BASELINE = Path(__file__).with_name("main_job_with_rdflib.py")

Plain = tuple[str, str, tuple[str, str, str | None, str | None], str]


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
        work = {"her2ld export": partial(whole, ours, environment(ROOT)), "rdflib alone": partial(whole, theirs)}
        done = in_turns(work, runs, warm=True)
    count = len(vocabulary.quads) + len(quads)
    print(f"{papers} paper{'s' * (papers > 1)}, {count:,} quads, six formats, {runs} runs")
    for name, taken in done.items():
        clock = spread(each.clock for each in taken)
        print(f"  {name:14} {cpu(taken):.3f} s of CPU, {clock:.3f} s by the clock, {memory(taken):,.0f} MiB")
    fast, slow = done.values()
    by_clock = spread(theirs.clock / ours.clock for ours, theirs in zip(fast, slow, strict=True))
    print(f"  rdflib / her2ld: {ratio(slow, fast):.1f} of CPU, {by_clock:.1f} by the clock", flush=True)


def main(runs: int, papers: int) -> None:
    """Compare on the review alone and on a corpus."""
    compare(1, runs)
    compare(papers, runs)


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*given, *(5, 100)[len(given) :])
