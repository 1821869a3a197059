"""How long reasoning takes: ``her2ld reason`` beside HermiT, and the closure beside other engines and another revision.

    python benchmarks/reasoning.py [--before PYTHON] [TRIPLES ...]

The data of the closure is the ontology with the asserted facts of the curated papers, and copies of those facts with
other names, until there are so many triples. Each engine closes the file in a process of its own, in turns with the
others. Printed are the median seconds of user CPU, with the reading of the file, and the greatest memory. PYTHON is
that of a checkout of another revision. ``reasonable`` is an engine in Rust (``pip install reasonable==0.4.4``). owlrl,
the OWL 2 RL closure of the rdflib family, is asked once, and only up to 20,000 triples. It needs Linux.

Then a paper is taken from a thousand and put back, in one graph of copies of all papers (``copied_papers.py``).
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from her2ld import build, curation_folders, read_curation, read_ontology
from her2ld.reasoning.closure import closure
from her2ld.vocabulary import model

# The ontology with the facts of the papers is smaller than the first. Larger files are closed once.
OWLRL_SIZE, ROUNDS, LARGE, PROCESSES = 20_000, 5, 500_000, 5
PAPERS = 1_000


def data(size: int) -> list[Triple]:
    """Return at least ``size`` triples: the ontology, and the asserted facts of the papers with copies."""
    vocabulary = read_ontology()
    quads = list(build(vocabulary, [read_curation(folder, vocabulary) for folder in curation_folders()]))
    triples = [quad.triple for quad in quads if quad.graph_name == model.ONTOLOGY_GRAPH]
    facts = [quad for quad in quads if quad.graph_name == model.ASSERTED_GRAPH]
    copy = 0
    while len(triples) < size or not copy:
        triples += [_renamed(quad, copy) for quad in facts]
        copy += 1
    return triples


def _renamed(quad: Quad, copy: int) -> Triple:
    if not copy:
        return quad.triple
    subject, value = NamedNode(f"{quad.subject.value}-{copy}"), quad.object  # type: ignore[union-attr]
    if isinstance(value, NamedNode) and not quad.predicate.value.endswith("#type"):
        value = NamedNode(f"{value.value}-{copy}")
    return Triple(subject, quad.predicate, value)


# --- What a process of its own does -------------------------------------------------------------------------------


def with_her2ld(file: str) -> int:
    """Close a file; return how many triples are new."""
    return len(closure(parse(path=file, format=RdfFormat.TURTLE)).rounds)


def with_her2ld_and_triples(file: str) -> int:
    """Close a file and make every new triple; return how many there are."""
    return len(list(closure(parse(path=file, format=RdfFormat.TURTLE)).rounds))


def with_reasonable(file: str) -> int:
    """Close a file with reasonable; return how many triples it has then, those that were there among them."""
    import reasonable

    reasoner = reasonable.PyReasoner()
    reasoner.load_file(file)
    return len(reasoner.reason())


def with_owlrl(file: str) -> int:
    """Close a file with owlrl; return how many triples it has then, those that were there among them."""
    import owlrl
    import rdflib

    graph = rdflib.Graph().parse(file, format="nt11")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return len(graph)


WORK: dict[str, Callable[[str], int]] = {
    "her2ld": with_her2ld,
    "her2ld, triples made": with_her2ld_and_triples,
    "before": with_her2ld_and_triples,
    "reasonable": with_reasonable,
    "owlrl": with_owlrl,
}


def work(engine: str, file: str) -> None:
    """Do the work of an engine; print the triples, the seconds of user CPU and the MiB that it took."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    count = WORK[engine](file)
    seconds = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
    # Not ru_maxrss, which begins with the memory of the process that started this one.
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    memory = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    sys.stdout.write(json.dumps([count, seconds, memory / 1024]))


# --- What compares ------------------------------------------------------------------------------------------------


def compare(size: int, before: str | None) -> None:
    """Close data of a size with every engine in turns, and print a row for each."""
    engines = ["her2ld", "her2ld, triples made"]
    engines += ["before"] if before else []
    engines += ["reasonable"] if find_spec("reasonable") else []
    triples = data(size)
    engines += ["owlrl"] if len(triples) <= OWLRL_SIZE else []
    measured: dict[str, list[tuple[int, float, float]]] = {engine: [] for engine in engines}
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder, "data.ttl"))  # N-Triples are Turtle, and reasonable goes by the suffix
        serialize(triples, file, format=RdfFormat.N_TRIPLES)
        for number in range(ROUNDS if len(triples) < LARGE else 1):
            for engine in engines:
                if engine == "owlrl" and number:
                    continue
                python = before if engine == "before" and before else sys.executable
                command = [python, __file__, "--work", engine, file]
                done = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
                measured[engine].append(json.loads(done))
    print(f"closure of {len(triples):,} triples")
    ours = [statistics.median(each[part] for each in measured["her2ld"]) for part in (1, 2)]
    for engine in engines:
        count, seconds, memory = (statistics.median(each[part] for each in measured[engine]) for part in range(3))
        print(
            f"  {engine:22}{count:>10,.0f} triples {seconds:8.2f} s {memory:7,.0f} MiB; "
            f"her2ld takes {ours[0] / seconds:.2f} of the CPU, {ours[1] / memory:.2f} of the memory",
            flush=True,
        )


def process(*arguments: str) -> float:
    """Return the median seconds of user CPU of the command from its start to its end, with all that it starts."""
    command = [str(Path(sys.executable).with_name("her2ld")), "reason", *arguments]
    taken = []
    for _ in range(PROCESSES):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        subprocess.run(command, check=True, capture_output=True)
        taken.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    return statistics.median(taken)


def one_of_many() -> None:
    """Take a paper from a thousand and put it back, beside the closure of the whole."""
    # Not at the top: another revision, which this file runs in, too, may not have these.
    from copied_papers import copies
    from her2ld import KeptClosure
    from her2ld.dataset import without_named_graphs

    vocabulary = read_ontology()
    papers = list(copies(-(-PAPERS // len(curation_folders())), vocabulary))
    whole, without = (list(without_named_graphs(build(vocabulary, some))) for some in (papers, papers[:-1]))
    paper, instead = list(set(whole) - set(without)), list(set(without) - set(whole))
    closed = statistics.median(_cpu(lambda: closure(whole)) for _ in range(3))
    kept = KeptClosure(whole)
    expected = [set(closure(some).new()) for some in (without, whole)]
    removed, added = [], []
    for _ in range(ROUNDS):
        removed.append(_cpu(lambda: (kept.remove(paper), kept.add(instead))))
        if set(kept.new()) != expected[0]:
            sys.exit("without the paper, the kept closure is not that of the whole")
        added.append(_cpu(lambda: (kept.remove(instead), kept.add(paper))))
        if set(kept.new()) != expected[1]:
            sys.exit("with the paper, the kept closure is not that of the whole")
    print(f"{len(papers):,} papers, {len(whole):,} triples, of one paper {len(paper):,}: closed in {closed:.2f} s")
    for name, taken in (("removed", removed), ("added", added)):
        median = statistics.median(taken)
        print(f"  one {name}: {median * 1000:.1f} ms, {median / closed:.2%} of the whole, and equal to it")


def _cpu(do: Callable[[], object]) -> float:
    before = time.process_time()
    do()
    return time.process_time() - before


def main(sizes: Iterable[int], before: str | None) -> None:
    """Print all comparisons."""
    for size in sizes:
        compare(size, before)
    one_of_many()
    rules, hermit = process(), process("--engine", "hermit")
    print(f"her2ld reason {rules:.2f} s, with HermiT {hermit:.2f} s, ratio {hermit / rules:.1f}")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--before")
    arguments.add_argument("--work", nargs=2)
    arguments.add_argument("sizes", nargs="*", type=int)
    given = arguments.parse_args()
    if given.work:
        work(*given.work)
    else:
        main(given.sizes or [10_000, 100_000, 1_000_000], given.before)
