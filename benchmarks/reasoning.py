"""How long reasoning takes: ``her2ld reason`` beside HermiT, and the closure beside other engines and another revision.

    python benchmarks/reasoning.py [--before REVISION] [--rounds NUMBER] [--papers NUMBER] [TRIPLES ...]

The data of the closure is the ontology with the asserted facts of the curated papers, and copies of those facts with
other names, until there are so many triples. Each engine closes the file in a process of its own, in turns with the
others. Printed are seconds of CPU, with the reading of the file, and the greatest memory. ``reasonable`` is an engine
in Rust (``pip install reasonable==0.4.4``); it is left out where it is not installed. owlrl, the OWL 2 RL closure of
the rdflib family, is asked once, and only up to 20,000 triples. Files of more than half a million are closed once.

Then a paper is taken from a thousand and put back, in one graph of copies of all papers (``copied_papers.py``), beside
the closure of the whole. Last, ``her2ld reason`` runs as a whole process. It needs Linux.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from her2ld import build, curation_folders, read_curation, read_ontology
from her2ld.reasoning.closure import closure
from her2ld.vocabulary import model
from measuring import (
    BEFORE,
    NOW,
    Environment,
    Taken,
    cpu,
    in_turns,
    memory,
    options,
    ratio,
    revisions,
    spread,
    told_by,
    whole,
    within,
)

# The ontology with the facts of the papers is smaller than the first.
OWLRL_SIZE, LARGE, ROUNDS, PAPERS = 20_000, 500_000, 5, 1_000


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


MADE = "her2ld, triples made"
WORK: dict[str, Callable[[str], int]] = {
    NOW: with_her2ld,
    MADE: with_her2ld_and_triples,
    BEFORE: with_her2ld_and_triples,
    "reasonable": with_reasonable,
    "owlrl": with_owlrl,
}


def work(engine: str, file: str) -> None:
    """Do the work of an engine; print how many triples it has, and what it took."""
    counts: list[int] = []
    taken = within(lambda: counts.append(WORK[engine](file)))
    print(json.dumps([counts[0], *taken]))


def closed_by(engine: str, file: str, environments: Mapping[str, Environment]) -> tuple[int, Taken]:
    """Close a file in a process of its own, as an engine does; return how many triples it has, and what it took."""
    environment = environments.get(engine, environments[NOW])
    count, *taken = told_by([sys.executable, __file__, "--work", engine, file], environment)
    return count, Taken(*taken)


# --- What compares ------------------------------------------------------------------------------------------------


def compare(triples: list[Triple], rounds: int, environments: Mapping[str, Environment]) -> None:
    """Close triples with every engine in turns, and print a row for each."""
    engines = [NOW, MADE, *(each for each in environments if each == BEFORE)]
    engines += ["reasonable"] if find_spec("reasonable") else []
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder, "data.ttl"))  # N-Triples are Turtle, and reasonable goes by the suffix
        serialize(triples, file, format=RdfFormat.N_TRIPLES)
        work = {engine: partial(closed_by, engine, file, environments) for engine in engines}
        done = in_turns(work, rounds if len(triples) < LARGE else 1)
        if len(triples) <= OWLRL_SIZE:
            done["owlrl"] = [closed_by("owlrl", file, environments)]
    print(f"closure of {len(triples):,} triples")
    ours = [taken for _, taken in done[NOW]]
    for engine, results in done.items():
        taken = [each for _, each in results]
        print(
            f"  {engine:22}{results[0][0]:>10,} triples {cpu(taken):.2f} s, {memory(taken):,.0f} MiB; her2ld takes "
            f"{ratio(ours[: len(taken)], taken):.3f} of the CPU, {memory(ours) / memory(taken):.2f} of the memory",
            flush=True,
        )


def one_of_many(papers: int, rounds: int, environments: Mapping[str, Environment]) -> None:
    """Take a paper from many and put it back, beside the closure of the whole."""
    # Not at the top: another revision, which this file runs in, too, may not have these.
    from copied_papers import copies
    from her2ld import KeptClosure
    from her2ld.dataset import without_named_graphs

    vocabulary = read_ontology()
    many = list(copies(-(-papers // len(curation_folders())), vocabulary))
    everything, without = (list(without_named_graphs(build(vocabulary, some))) for some in (many, many[:-1]))
    paper, instead = list(set(everything) - set(without)), list(set(without) - set(everything))
    closed = spread(within(lambda: closure(everything)).cpu for _ in range(3))
    print(f"{len(many):,} papers, {len(everything):,} triples, of one paper {len(paper):,}")
    print(f"  closure of the whole: {closed:.2f} s", flush=True)
    if BEFORE in environments:
        with tempfile.TemporaryDirectory() as folder:
            file = str(Path(folder, "data.ttl"))
            serialize((quad.triple for quad in everything), file, format=RdfFormat.N_TRIPLES)
            _, taken = closed_by(BEFORE, file, environments)
        print(f"  closure of the whole before, with the reading of a file: {taken.cpu:.2f} s", flush=True)
    kept = KeptClosure(everything)
    expected = {"removed": set(closure(without).new()), "added": set(closure(everything).new())}
    changes = {
        "removed": lambda: (kept.remove(paper), kept.add(instead)),
        "added": lambda: (kept.remove(instead), kept.add(paper)),
    }
    taken_by: dict[str, list[float]] = {name: [] for name in changes}
    for _ in range(rounds):
        for name, change in changes.items():
            taken_by[name].append(within(change).cpu)
            if set(kept.new()) != expected[name]:
                sys.exit(f"one {name}: the kept closure is not that of the whole")
    for name, seconds in taken_by.items():
        each = spread(seconds)
        share = each.median / closed.median
        print(f"  one {name}: {1000 * each.median:.1f} ms, {share:.2%} of the whole, and equal to it", flush=True)


def processes(rounds: int, environments: Mapping[str, Environment]) -> None:
    """Print what ``her2ld reason`` takes as a whole process, by the rules and with HermiT."""
    command = [sys.executable, "-m", "her2ld", "reason"]
    work = {name: partial(whole, command, environment) for name, environment in environments.items()}
    work["with HermiT"] = partial(whole, [*command, "--engine", "hermit"], environments[NOW])
    done = in_turns(work, rounds, warm=True)
    print("her2ld reason, the whole process")
    for name, taken in done.items():
        ours = ratio(taken, done[NOW])
        print(f"  {name:22}{cpu(taken):.2f} s, {memory(taken):,.0f} MiB; {ours:.2f} times her2ld", flush=True)


def main(sizes: Iterable[int], papers: int, rounds: int, before: str | None) -> None:
    """Print all comparisons."""
    with revisions(before) as environments:
        for size in sizes:
            compare(data(size), rounds, environments)
        one_of_many(papers, rounds, environments)
        processes(rounds, environments)


if __name__ == "__main__":
    parser = options(__doc__, rounds=ROUNDS)
    parser.add_argument("--papers", metavar="NUMBER", type=int, default=PAPERS, help="of which one is taken away")
    parser.add_argument("--work", nargs=2, help="what a process of its own does, which the others start")
    parser.add_argument("sizes", metavar="TRIPLES", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    given = parser.parse_args()
    if given.work:
        work(*given.work)
    else:
        main(given.sizes, given.papers, given.rounds, given.before)
