"""What validation with the shipped shapes costs, beside pySHACL and beside another revision.

    python benchmarks/validation.py [--before PYTHON] [--pyshacl] [--rounds ROUNDS] [TRIPLES ...]

The data are the ontology with copies of the review, each under a DOI of its own. Each engine validates them in a
process of its own, in turns with the others; PYTHON is that of a checkout of another revision. It is run with all
processors and with one, since earlier revisions used a second process or none. pySHACL is asked once of each
size, if at all, and is ended after a hundred times the CPU seconds of the native engine.

Printed are medians: CPU seconds of all threads and processes, CPU seconds of the main thread (on a quiet machine, those
of the clock), seconds of the clock, and the greatest memory of all processes together. This is PSS, in which a page of
two processes counts once. The reading of the file is not part of the times. It needs Linux.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from her2ld import Curation, Vocabulary, build, curation_folders, read_curation, read_ontology
from her2ld.dataset import without_named_graphs
from main_job import copy_review

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


def measure(command: list[str], at_most: float = float("inf")) -> Measured | None:
    """Run a command to its end. Return CPU seconds, those of the main thread, seconds of the clock, and MiB.

    A process that takes more than ``at_most`` CPU seconds is ended, and None returned.
    """
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
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
    return processor, main_thread, clock, most / KIB / KIB


def main(sizes: list[int], rounds: int, before: str | None, *, with_pyshacl: bool) -> None:
    """Measure all engines in turns, and print what was measured."""
    vocabulary = read_ontology()
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "data.nt"
            count = write_data(size, vocabulary, file)

            def command(python: str, engine: str, data: Path = file) -> list[str]:
                return [python, "-c", VALIDATE, str(data), engine]

            commands = {"her2ld": command(sys.executable, "native")}
            if before:
                one_processor = ["taskset", "-c", str(min(os.sched_getaffinity(0)))]
                commands["before"] = command(before, "native")
                commands["before, on one processor"] = [*one_processor, *command(before, "native")]
            measured: dict[str, list[Measured]] = {name: [] for name in commands}
            for _ in range(rounds):
                for name, each in commands.items():
                    measured[name] += filter(None, [measure(each)])
            if with_pyshacl:
                most = TIMES * statistics.median(row[0] for row in measured["her2ld"])
                measured["pyshacl"] = list(filter(None, [measure(command(sys.executable, "pyshacl"), most)]))
        print(f"{count:,} triples, {rounds} rounds")
        for name, rows in measured.items():
            if not rows:
                print(f"  {name:25} ended after {TIMES} times the CPU seconds of her2ld")
                continue
            cpu, thread, clock, memory = (statistics.median(column) for column in zip(*rows, strict=True))
            told = f"{cpu:7.2f} s of CPU, {thread:7.2f} of the main thread, {clock:7.2f} s, {memory:6,.0f} MiB"
            print(f"  {name:25} {told}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", type=int, metavar="TRIPLES")
    parser.add_argument("--before", metavar="PYTHON")
    parser.add_argument("--pyshacl", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    main(given.sizes or [20_000, 200_000, 1_000_000], given.rounds, given.before, with_pyshacl=given.pyshacl)
