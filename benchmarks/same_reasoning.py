"""Whether reasoning gives what it gave at another revision: the same triples, rounds, reasons and contradictions.

    python benchmarks/same_reasoning.py [--before REVISION] [TRIPLES ...]        (without a revision: HEAD)

The data of the closure is that of ``reasoning.py``, with some facts more, which contradict the axioms of each kind.
Either revision closes the same file and tells each new triple with its round, the reasons of some hundred triples with
all steps to them, and all contradictions with what they rest on. Then either runs ``her2ld reason --hedged`` on the
quads of so many papers and copies of them, and its report is compared. It ends with 1 where something differs.
"""

import itertools
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from her2ld.reasoning.closure import closure
from her2ld.reasoning.explanation import Reason, contradictions, explain
from her2ld.vocabulary import standard
from measuring import BEFORE, NOW, Environment, options, revisions

EXPLAINED, PLANTED = 300, 2
PARTS = ("new triples with their rounds", "reasons and steps", "contradictions")


def contradicting(axioms: Sequence[Triple]) -> Iterator[Triple]:
    """Yield facts that contradict the first axioms of each kind that the ontology has."""

    def named(name: str) -> NamedNode:
        return NamedNode(f"urn:her2ld:planted:{name}")

    disjoint = [each for each in axioms if each.predicate == NamedNode(standard.OWL + "disjointWith")][:PLANTED]
    for number, axiom in enumerate(disjoint):
        for each in (axiom.subject, axiom.object):
            yield Triple(named(f"both-{number}"), standard.TYPE, each)
    members = {each.subject: each.object for each in axioms if each.predicate == NamedNode(standard.OWL + "members")}
    first, rest = (
        {each.subject: each.object for each in axioms if each.predicate == NamedNode(standard.RDF + name)}
        for name in ("first", "rest")
    )
    for number, start in enumerate(itertools.islice(members.values(), PLANTED)):
        for node in (start, rest[start]):  # type: ignore[index]  # a list of classes
            yield Triple(named(f"two-{number}"), standard.TYPE, first[node])  # type: ignore[index]
    kind = NamedNode(standard.OWL + "IrreflexiveProperty")
    irreflexive = [each.subject for each in axioms if each.predicate == standard.TYPE and each.object == kind]
    for each in irreflexive[:PLANTED]:
        if isinstance(each, NamedNode):
            yield Triple(named("itself"), each, named("itself"))


# --- What runs at either revision, with no name that only one of them has -----------------------------------------


def tell(file: str, folder: Path) -> None:
    """Close a file, and write what is compared into a folder, a line for each."""
    followed = closure(parse(path=file, format=RdfFormat.N_TRIPLES))
    rounds = {str(triple): number for triple, number in followed.rounds.items()}
    _write(folder / "0", (f"{number} {triple}" for triple, number in rounds.items()))
    new = sorted(followed.rounds, key=str)
    some = new[:: max(1, len(new) // EXPLAINED)]
    _write(folder / "1", (json.dumps(_reason(explain(followed, triple))) for triple in some))
    with (folder / "1").open("a", encoding="utf-8") as lines:
        for triple in some:
            steps = {(each.rule.name, str(each.premises), _bound(each.bound)) for each in followed.steps_to(triple)}
            lines.writelines(f"{triple} {step}\n" for step in sorted(steps))
    found = contradictions(followed)
    _write(
        folder / "2",
        (f"{each.step.rule.name} {list(map(_reason, each.premises))} {list(map(str, each.needed))}" for each in found),
    )


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")


def _reason(reason: Reason | None) -> object:
    if reason is None:
        return None
    step = reason.step and [reason.step.rule.name, _bound(reason.step.bound)]
    return [str(reason.triple), step, [_reason(each) for each in reason.premises]]


def _bound(bound: Mapping[str, object]) -> str:
    return str(sorted((name, str(term)) for name, term in bound.items()))


# --- What compares ------------------------------------------------------------------------------------------------


def same_closure(size: int, environments: Mapping[str, Environment]) -> bool:
    """Close data of a size at both revisions, print what was compared, and tell whether all is the same."""
    from reasoning import data  # at another revision this file runs without it

    triples = data(size)
    triples += contradicting(triples)
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder, "data.nt"))
        serialize(triples, file, format=RdfFormat.N_TRIPLES)
        for name, environment in environments.items():
            Path(folder, name).mkdir()
            command = [sys.executable, __file__, "--tell", file, str(Path(folder, name))]
            subprocess.run(command, env=environment, check=True)
        print(f"closure of {len(triples):,} triples")
        same = [
            same_lines(part, *(Path(folder, name, str(number)) for name in environments))
            for number, part in enumerate(PARTS)
        ]
    return all(same)


def same_lines(part: str, now: Path, before: Path) -> bool:
    """Print whether two files have the same lines, and the first that only one of them has; tell whether they have."""
    lines, old = (path.read_text(encoding="utf-8").splitlines() for path in (now, before))
    is_same = lines == old
    print(
        f"  {len(lines):,} {part}: {'the same' if is_same else f'not the same as the {len(old):,} before'}", flush=True
    )
    if not is_same:
        for sign, some in (("+", set(lines) - set(old)), ("-", set(old) - set(lines))):
            for line in sorted(some)[:3]:
                print(f"    {sign} {line[:1000]}", flush=True)
    return is_same


def quads(size: int) -> list[Quad]:
    """Return at least so many quads of papers and of copies of them, with the ontology."""
    from copied_papers import copies
    from her2ld import build, curation_folders, read_ontology

    vocabulary, folders = read_ontology(), curation_folders()

    def of(papers: int) -> list[Quad]:
        times = -(-papers // len(folders))
        return list(build(vocabulary, list(itertools.islice(copies(times, vocabulary), papers))))

    # What a copy says of claims that are there already takes fewer quads than its paper did.
    once, twice = (len(of(times * len(folders))) for times in (1, 2))
    if size > once:
        return of(len(folders) - (once - size) * len(folders) // (twice - once) + 1)
    ontology = len(vocabulary.quads)
    return of(max(1, (size - ontology) * len(folders) // (once - ontology) + 1))


def same_hedged(size: int, environments: Mapping[str, Environment]) -> bool:
    """Run ``her2ld reason --hedged`` at both revisions, and tell whether the reports are the same."""
    from her2ld.assets import ONTOLOGY

    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder, "data.nq"))
        given = quads(size)
        serialize(given, file, format=RdfFormat.N_QUADS)
        command = [sys.executable, "-m", "her2ld", "reason", "--hedged", "--json", "--ontology", str(ONTOLOGY), file]
        done = {
            name: subprocess.run(command, env=environment, check=False, stdout=subprocess.PIPE, text=True)
            for name, environment in environments.items()
        }
    print(f"her2ld reason --hedged on {len(given):,} quads, which ends with {done[NOW].returncode}")
    now, before = (json.loads(done[name].stdout) for name in (NOW, BEFORE))
    parts = [part for part in {**now, **before} if now.get(part) != before.get(part)]
    counts = ", ".join(f"{len(told)} {part}" for part, told in now.items() if isinstance(told, list))
    print(f"  {counts}: {'not the same: ' + ', '.join(parts) if parts else 'the same'}", flush=True)
    return not parts and done[NOW].returncode == done[BEFORE].returncode


def main(sizes: Iterable[int], before: str) -> None:
    """Compare all sizes."""
    with revisions(before) as environments:
        same = [compare(size, environments) for size in sizes for compare in (same_closure, same_hedged)]
    if not all(same):
        sys.exit("something is not the same")


if __name__ == "__main__":
    parser = options(__doc__, rounds=1)
    parser.add_argument("--tell", nargs=2, help="what a process of its own does, which the others start")
    parser.add_argument("sizes", metavar="TRIPLES", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    arguments = parser.parse_args()
    if arguments.tell:
        tell(arguments.tell[0], Path(arguments.tell[1]))
    else:
        main(arguments.sizes, arguments.before or "HEAD")
