"""How long reasoning takes: ``her2ld reason`` beside HermiT, and the closure by size beside owlrl.

    python benchmarks/reasoning.py [TRIPLES ...]

The data of the closure is the ontology with the asserted facts of the review, and copies of those facts with other
names, until there are so many triples. owlrl, the OWL 2 RL closure of the rdflib family, is ended after 300 s.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

import owlrl
import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from her2ld import LimitError, Limits, build, curation_folders, read_curation, read_ontology
from her2ld.limits import run_limited
from her2ld.reasoning.closure import closure
from her2ld.vocabulary import model

# The ontology with the facts of the review is smaller than the first.
OWLRL_SIZE, OWLRL_SECONDS, PROCESSES = 20_000, 300, 5


def data(size: int) -> list[Triple]:
    """Return at least ``size`` triples: the ontology, and the asserted facts of the review with copies."""
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


def with_owlrl(triples: list[Triple]) -> float | None:
    """Return the seconds of owlrl, or None where it was ended."""
    graph = rdflib.Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt11")

    def work() -> bytes:
        before = time.perf_counter()
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
        return str(time.perf_counter() - before).encode()

    try:
        return float(run_limited("owlrl", work, Limits(seconds=OWLRL_SECONDS), may_open=True))
    except LimitError:
        return None


def ours(triples: list[Triple]) -> float:
    """Return the seconds of our closure, and print them."""
    before = time.perf_counter()
    followed = closure(triples)
    taken = time.perf_counter() - before
    print(f"closure {len(triples):>9,} triples {taken:8.2f} s, {len(followed.rounds):,} new", flush=True)
    return taken


def process(*arguments: str) -> float:
    """Return the median seconds of the command from its start to its end."""
    command = [str(Path(sys.executable).with_name("her2ld")), "reason", *arguments]
    taken = []
    for _ in range(PROCESSES):
        before = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(time.perf_counter() - before)
    return statistics.median(taken)


def main(sizes: list[int]) -> None:
    """Print all comparisons."""
    rules, hermit = process(), process("--engine", "hermit")
    print(f"her2ld reason {rules:.2f} s, with HermiT {hermit:.2f} s, ratio {hermit / rules:.1f}")
    for size in sizes:
        ours(data(size))
    for size in (0, OWLRL_SIZE, 100_000):
        triples = data(size)
        fast, slow = ours(triples), with_owlrl(triples)
        told = f"{slow:.1f} s, ratio {slow / fast:.0f}" if slow else f"ended after {OWLRL_SECONDS} s"
        print(f"owlrl   {len(triples):>9,} triples: {told}", flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [100_000, 1_000_000])
