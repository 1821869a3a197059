"""How long a million quads take into a folder of Oxigraph, beside its own bulk loader.

    python benchmarks/loading.py [--before PYTHON] [RUNS [QUADS]]

The quads are those of the review, again and again with other names, so that their terms are as different as those of
other papers; they are made once, in the cache folder of the user. Whole processes run in turn:

- ``pyoxigraph.Store(folder).bulk_load(path=…)`` and ``flush``, which compares nothing;
- ``her2ld load folder million.nq``, which loads into a new folder, reads it back, compares every graph and switches;
- the same with PYTHON, that of a checkout of another revision.

Printed are medians of seconds and of CPU seconds, how many quads a second that is, and the most memory that a process
held; and for each ``her2ld load`` the medians of its rate and of its CPU as multiples of those of the bulk loader.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from her2ld import build, curation_folders, read_curation, read_ontology

MIB = 1 << 20
BULK_LOADER = """
import sys, pyoxigraph
store = pyoxigraph.Store(sys.argv[1])
store.bulk_load(path=sys.argv[2], format=pyoxigraph.RdfFormat.N_QUADS)
store.flush()
"""
LOAD = ["-m", "her2ld", "load"]


def source(quads: int) -> Path:
    """Return a file of so many different quads, making it if it is not there."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "her2ld" / "benchmarks"
    file = cache / f"review-{quads}.nq"
    if not file.exists():
        cache.mkdir(parents=True, exist_ok=True)
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


def measure(command: list[str]) -> tuple[float, float, float]:
    """Run a command to its end. Return the seconds and CPU seconds it took, and the most MiB of memory it held."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command} failed")
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / MIB


def main(runs: int, quads: int, before: str | None) -> None:
    """Measure all in turn, and print what was measured."""
    file = str(source(quads))
    print(f"{quads:,} quads, {Path(file).stat().st_size / MIB:,.0f} MiB, {os.cpu_count()} processors, {runs} runs")
    commands = {"bulk loader": [sys.executable, "-c", BULK_LOADER], "her2ld load": [sys.executable, *LOAD]}
    if before:
        commands["before"] = [before, *LOAD]
    measured: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            with tempfile.TemporaryDirectory() as folder:
                measured[name].append(measure([*command, str(Path(folder) / "store"), file]))
    for name, rows in measured.items():
        seconds, processor, memory = (statistics.median(column) for column in zip(*rows, strict=True))
        print(f"  {name:12} {seconds:6.2f} s  {processor:6.2f} s of CPU  {quads / seconds:7,.0f}/s  {memory:,.0f} MiB")
    for name, rows in list(measured.items())[1:]:
        pairs = list(zip(measured["bulk loader"], rows, strict=True))
        rate = statistics.median(bulk[0] / ours[0] for bulk, ours in pairs)
        processor = statistics.median(ours[1] / bulk[1] for bulk, ours in pairs)
        print(f"  {name}: {rate:.2f} of the rate of the bulk loader, {processor:.2f} times its CPU")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("runs", nargs="?", type=int, default=3)
    parser.add_argument("quads", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--before", metavar="PYTHON")
    given = parser.parse_args()
    main(given.runs, given.quads, given.before)
