"""How long a million quads take into a folder of Oxigraph, beside its own bulk loader.

    python benchmarks/loading.py [--before REVISION] [--rounds NUMBER] [QUADS]

The quads are those of the review, again and again with other names, so that their terms are as different as those of
other papers; they are made once, in the cache folder of the user. Whole processes run in turn:

- ``pyoxigraph.Store(folder).bulk_load(path=…)`` and ``flush``, which compares nothing;
- ``her2ld load folder million.nq``, which loads into a new folder, reads it back, compares every graph and switches;
- the same at the revision before.

Printed are seconds by the clock, how many quads a second that is, seconds of CPU, and the most memory that a process
held; and for each ``her2ld load`` its rate and its CPU as multiples of those of the bulk loader, round by round.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from itertools import count, islice
from pathlib import Path

from her2ld import build, curation_folders, read_curation, read_ontology
from measuring import (
    MIB,
    NOW,
    Environment,
    Taken,
    cpu,
    in_turns,
    kept,
    memory,
    options,
    ratio,
    revisions,
    spread,
    whole,
)

BULK_LOADER = """
import sys, pyoxigraph
store = pyoxigraph.Store(sys.argv[1])
store.bulk_load(path=sys.argv[2], format=pyoxigraph.RdfFormat.N_QUADS)
store.flush()
"""
LOAD = [sys.executable, "-m", "her2ld", "load"]


def source(quads: int) -> Path:
    """Return a file of so many different quads, making it if it is not there."""
    file = kept(f"review-{quads}.nq")
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        vocabulary = read_ontology()
        papers = [read_curation(folder, vocabulary) for folder in curation_folders()]
        of_papers = [f"{quad} .\n" for quad in islice(build(vocabulary, papers), len(vocabulary.quads), None)]
        with file.open("w", encoding="utf-8") as output:
            output.writelines(islice((line for number in count() for line in renamed(of_papers, number)), quads))
    return file


def renamed(lines: list[str], number: int) -> Iterator[str]:
    """Yield the lines that name the paper or a statement, as if they were of another paper."""
    for line in lines:
        other = line.replace("BF02967477", f"BF{number:08}").replace("/statement/", f"/statement/{number:x}-")
        if other != line:
            yield other


def load(command: list[str], file: Path, environment: Environment) -> Taken:
    """Load a file into a new folder; return what that took."""
    with tempfile.TemporaryDirectory() as folder:
        return whole([*command, Path(folder) / "store", file], environment)


def main(rounds: int, quads: int, before: str | None) -> None:
    """Measure all in turn, and print what was measured."""
    file = source(quads)
    print(f"{quads:,} quads, {file.stat().st_size / MIB:,.0f} MiB, {os.cpu_count()} processors, {rounds} rounds")
    with revisions(before) as environments:
        work = {"bulk loader": partial(load, [sys.executable, "-c", BULK_LOADER], file, environments[NOW])}
        work |= {name: partial(load, LOAD, file, environment) for name, environment in environments.items()}
        done = in_turns(work, rounds)
    bulk = done["bulk loader"]
    for name, taken in done.items():
        clock = spread(each.clock for each in taken).median
        by_clock = f"{clock:6.2f} s by the clock, {quads / clock:7,.0f} quads/s"
        print(f"  {name:14} {by_clock}, {cpu(taken):.2f} s of CPU, {memory(taken):,.0f} MiB")
    for name in environments:
        rate = spread(theirs.clock / ours.clock for theirs, ours in zip(bulk, done[name], strict=True))
        print(f"  {name}: {rate:.2f} of the rate of the bulk loader, {ratio(done[name], bulk):.2f} times its CPU")


if __name__ == "__main__":
    parser = options(__doc__, rounds=3)
    parser.add_argument("quads", metavar="QUADS", nargs="?", type=int, default=1_000_000)
    given = parser.parse_args()
    main(given.rounds, given.quads, given.before)
