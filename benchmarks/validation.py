"""What validation with the shipped shapes costs, beside pySHACL and beside another revision.

    python benchmarks/validation.py [--before REVISION] [--pyshacl] [--rounds NUMBER] [TRIPLES ...]

The data are the ontology with copies of the review, each under a DOI of its own. Each engine validates them in a
process of its own, in turns with the others. The revision before is run with all processors and with one, since earlier
revisions used a second process or none. pySHACL is asked once of each size, if at all, and is ended after a hundred
times the CPU seconds of the native engine.

Printed are medians: CPU seconds of all threads and processes, CPU seconds of the main thread (on a quiet machine, those
of the clock), seconds of the clock, and the greatest memory of all processes together. This is PSS, in which a page of
two processes counts once. The reading of the file is not part of the times. It needs Linux.
"""

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from before_and_after import copy_review
from her2ld import Curation, Vocabulary, build, curation_folders, read_curation, read_ontology
from her2ld.dataset import without_named_graphs
from measuring import BEFORE, MIB, NOW, Environment, in_turns, options, revisions

TIMES = 100
KIB, SECONDS_BETWEEN_LOOKS = 1024, 0.2
VALIDATE = """
import json, os, sys, time
from pyoxigraph import Quad, RdfFormat, parse
from her2ld import validate
quads = [Quad(*triple) for triple in parse(path=sys.argv[1], format=RdfFormat.N_TRIPLES)]
def now():
    times = os.times()
    return [sum(times[:4]), time.thread_time(), time.perf_counter()]
before = now()
report = validate(quads, engine=sys.argv[2])
print(json.dumps([*(after - begin for begin, after in zip(before, now())), report.conforms]))
"""
Measured = tuple[float, float, float, float]


def write_data(size: int, vocabulary: Vocabulary, file: Path) -> int:
    """Write at least ``size`` triples, the ontology and as many copies of the review as that takes; return how many."""
    one, two = (len(list(build(vocabulary, copies(number, vocabulary)))) for number in (1, 2))
    number = 1 + max(0, -(-(size - one) // (two - one)))
    count = 0
    with file.open("w", encoding="utf-8") as output:
        for quad in without_named_graphs(build(vocabulary, copies(number, vocabulary))):
            output.write(f"{quad.triple} .\n")
            count += 1
    return count


def copies(number: int, vocabulary: Vocabulary) -> list[Curation]:
    """Return that many copies of the review, read anew, for statements and words are named after their paper."""
    with tempfile.TemporaryDirectory() as folder:
        copy_review(number, Path(folder))
        return [read_curation(each, vocabulary) for each in curation_folders(Path(folder))]


def processes(process: int) -> Iterator[int]:
    """Yield a process and those that it began."""
    yield process
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from processes(int(child))


def shared_out(process: int) -> int:
    """Return the PSS of a process in bytes; 0 where it has ended."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * KIB
    return 0


def processor_seconds(process: int) -> float:
    """Return the CPU seconds of a process; 0 where it has ended."""
    with contextlib.suppress(OSError, IndexError):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0


def measure(command: list[str], environment: Environment, at_most: float = float("inf")) -> Measured | None:
    """Run a command to its end. Return CPU seconds, those of the main thread, seconds of the clock, and MiB.

    A process that takes more than ``at_most`` CPU seconds is ended, and None returned.
    """
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
    most = 0
    while process.poll() is None:
        most = max(most, sum(map(shared_out, processes(process.pid))))
        if processor_seconds(process.pid) > at_most:
            process.kill()
            process.communicate()
            return None
        time.sleep(SECONDS_BETWEEN_LOOKS)
    answer, _ = process.communicate()
    if process.returncode:
        sys.exit(f"{command} failed")
    processor, main_thread, clock, conforms = json.loads(answer)
    if not conforms:
        sys.exit("there are findings where there are none")
    return processor, main_thread, clock, most / MIB


def main(sizes: list[int], rounds: int, before: str | None, *, with_pyshacl: bool) -> None:
    """Measure all engines in turns, and print what was measured."""
    vocabulary = read_ontology()
    with revisions(before) as environments:
        for size in sizes:
            compare(size, rounds, environments, vocabulary, with_pyshacl=with_pyshacl)


def compare(
    size: int, rounds: int, environments: dict[str, Environment], vocabulary: Vocabulary, *, with_pyshacl: bool
) -> None:
    """Measure all engines on data of a size in turns, and print what was measured."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "data.nt"
        count = write_data(size, vocabulary, file)
        command = [sys.executable, "-c", VALIDATE, str(file)]
        work = {name: partial(measure, [*command, "native"], environment) for name, environment in environments.items()}
        if BEFORE in environments:
            one_processor = ["taskset", "-c", str(min(os.sched_getaffinity(0)))]
            work[f"{BEFORE}, one processor"] = partial(
                measure, [*one_processor, *command, "native"], environments[BEFORE]
            )
        measured = {name: list(filter(None, results)) for name, results in in_turns(work, rounds).items()}
        if with_pyshacl:
            most = TIMES * statistics.median(row[0] for row in measured[NOW])
            measured["pyshacl"] = list(filter(None, [measure([*command, "pyshacl"], environments[NOW], most)]))
    print(f"{count:,} triples, {rounds} rounds")
    for name, rows in measured.items():
        if not rows:
            print(f"  {name:28} ended after {TIMES} times the CPU seconds of her2ld")
            continue
        cpu, thread, clock, memory = (statistics.median(column) for column in zip(*rows, strict=True))
        told = f"{cpu:7.2f} s of CPU, {thread:7.2f} of the main thread, {clock:7.2f} s, {memory:6,.0f} MiB"
        print(f"  {name:28} {told}", flush=True)


if __name__ == "__main__":
    parser = options(__doc__, rounds=3)
    parser.add_argument("sizes", nargs="*", type=int, metavar="TRIPLES", default=[20_000, 200_000, 1_000_000])
    parser.add_argument("--pyshacl", action="store_true")
    given = parser.parse_args()
    main(given.sizes, given.rounds, given.before, with_pyshacl=given.pyshacl)
